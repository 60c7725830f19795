import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { root } from './tree.js'

type MakeFramer = (onMessage: () => void) => (chunk: Buffer) => void

const { makeFramer } = (await import(pathToFileURL(join(root, 'bench/counting-proxy.mjs')).href)) as {
  makeFramer: MakeFramer
}

type MakeDelayLine = (delayMs: number) => (deliver: () => void, notBefore?: number) => void

const { makeDelayLine } = (await import(pathToFileURL(join(root, 'bench/counting-proxy.mjs')).href)) as {
  makeDelayLine: MakeDelayLine
}

type ListMigrations = (folder: string, excluded?: string[]) => { name: string; text: string }[]

const { listMigrations } = (await import(pathToFileURL(join(root, 'bench/migration-list.mjs')).href)) as {
  listMigrations: ListMigrations
}

const untyped = (body: Buffer) => Buffer.concat([lengthOf(body), body])
const typed = (body: Buffer) => Buffer.concat([Buffer.from('Q'), lengthOf(body), body])
const sslRequest = untyped(Buffer.from([4, 210, 22, 47]))

function lengthOf(body: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length + 4)
  return length
}

function countMessages(stream: Buffer, cuts: readonly number[]): number {
  let count = 0
  const framer = makeFramer(() => (count += 1))
  const places = [0, ...cuts.map((cut) => cut % stream.length).sort((a, b) => a - b), stream.length]
  places.slice(1).forEach((place, index) => {
    framer(stream.subarray(places[index], place))
  })
  return count
}

describe("the benchmark's count of messages", () => {
  it('is the same however the stream is cut, with and without a request for encryption', () => {
    const body = fc.uint8Array({ minLength: 0, maxLength: 40 }).map((bytes) => Buffer.from(bytes))
    const startUp = fc.uint8Array({ minLength: 8, maxLength: 40 }).map((bytes) => untyped(Buffer.from(bytes)))
    const stream = fc.record({
      asks: fc.boolean(),
      startUp,
      bodies: fc.array(body),
      cuts: fc.array(fc.nat()),
    })
    fc.assert(
      fc.property(stream, ({ asks, startUp: first, bodies, cuts }) => {
        const messages = [...(asks ? [sslRequest] : []), first, ...bodies.map(typed)]
        expect(countMessages(Buffer.concat(messages), cuts)).toBe(messages.length)
      }),
    )
  })
})

describe("the benchmark's network", () => {
  it('delays all that is sent in one go once, and keeps its order', async () => {
    const line = makeDelayLine(100)
    const started = performance.now()
    const arrived = await new Promise<number[]>((resolve) => {
      const order: number[] = []
      for (let index = 0; index < 100; index++) {
        line(() => {
          order.push(index)
          if (order.length === 100) resolve(order)
        })
      }
    })
    const elapsed = performance.now() - started
    expect(arrived).toEqual([...arrived.keys()])
    expect(elapsed).toBeGreaterThanOrEqual(99)
    // One delay each would be ten seconds.
    expect(elapsed).toBeLessThan(9_000)
  })

  it('holds back what comes before the connection could be there', async () => {
    const line = makeDelayLine(1)
    const notBefore = performance.now() + 50
    await new Promise<void>((resolve) => line(resolve, notBefore))
    expect(performance.now()).toBeGreaterThanOrEqual(notBefore)
  })

  it('is nothing without a delay', () => {
    let arrived = 0
    makeDelayLine(0)(() => arrived++)
    expect(arrived).toBe(1)
  })
})

describe('the comparison with psql', () => {
  it('runs the up migrations of a folder by number, without down files, down parts and what is excluded', async () => {
    const names = await listed(
      {
        '10_b.sql': 'b;',
        '9_a.up.sql': 'a;',
        '9_a.down.sql': 'no;',
        '11_c/up.sql': 'c;\n-- migrate:down\nno;\n',
        '11_c/down.sql': 'no;',
        '2026_d/migration.sql': 'd;',
        'seed.sql': 'no;',
        'testdata/1_x.sql': 'no;',
      },
      ['s*.sql'],
    )
    expect(names).toEqual([
      ['9_a.up.sql', 'a;'],
      ['10_b.sql', 'b;'],
      ['11_c/up.sql', 'c;\n'],
      ['2026_d/migration.sql', 'd;'],
    ])
  })

  it('knows the versions of Flyway', async () => {
    const names = await listed({ 'V1_10__b.sql': '', 'V1_9__a.sql': '', 'V2__c.sql': '' })
    expect(names.map(([name]) => name)).toEqual(['V1_9__a.sql', 'V1_10__b.sql', 'V2__c.sql'])
  })
})

async function listed(files: Record<string, string>, excluded: string[] = []): Promise<[string, string][]> {
  const folder = await mkdtemp(join(tmpdir(), 'devflow-list-'))
  try {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true })
      await writeFile(join(folder, name), text)
    }
    return listMigrations(folder, excluded).map(({ name, text }) => [name, text])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
