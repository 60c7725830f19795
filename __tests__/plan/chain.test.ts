import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { ChainFault, ChainRow, ChainWitness } from '../../src/model/chain.js'
import { beginChain } from '../../src/plan/check-chain.js'
import { findChainBreak } from '../../src/plan/find-chain-break.js'
import { sha256Json } from '../../src/plan/sha256-json.js'
import { aChain, aChainRow, aWitness, type ToldRow } from './a-chain.js'

const applied = (version: string, checksum: string | null = null): ToldRow => ({ version, checksum })
/** Room between two numbers, for what is put in. */
const tens = Array.from({ length: 20 }, (_, index) => (index + 1) * 10)
const six = () =>
  aChain(
    [{ event: null, version: '00' }],
    ['01', '02', '03', '04'].map((version) => applied(version)),
    tens,
  )
const verifyChain = (rows: readonly ChainRow[], witness: ChainWitness) => {
  const check = beginChain()
  check.add(rows)
  return check.end(witness)
}
const faultOf = (rows: readonly ChainRow[], witness = aWitness()) => {
  const verdict = verifyChain(rows, witness)
  return verdict.kind === 'broken' ? `${verdict.fault} ${verdict.seq ?? '-'}` : 'sound'
}
const without = <T>(list: readonly T[], index: number) => list.toSpliced(index, 1)

describe('a history as it was written', () => {
  it('is sound, whatever gaps rolled back rows left in its numbers', () => {
    const rows = aChain([{ event: null }], [applied('01'), applied('02')], [3, 9, 10, 4_000_000_000_000])
    expect(verifyChain(rows, aWitness({ newestSeq: '4000000000000' }))).toEqual({
      kind: 'sound',
      earlier: 1,
      chained: 3,
      head: { seq: '4000000000000', hash: rows.at(-1)?.hash },
    })
  })

  it('may have nothing before its anchor, and nothing after it', () => {
    expect(verifyChain(aChain([], []), aWitness())).toMatchObject({ kind: 'sound', earlier: 0, chained: 1 })
    expect(verifyChain(aChain([{}, {}], []), aWitness())).toMatchObject({ earlier: 2, chained: 1 })
  })

  it('is found to be the same read at once and in pieces', () => {
    const rows = six()
    const check = beginChain()
    for (const row of rows) check.add([row])
    expect(check.end(aWitness())).toEqual(verifyChain(rows, aWitness()))
  })
})

describe('a history that was changed', () => {
  it.each<[string, ChainFault, number | undefined, (rows: ChainRow[]) => ChainRow[]]>([
    ['a text', 'content', 40, (rows) => change(rows, 3, { executedBy: 'mallory' })],
    ['its own hash', 'content', 40, (rows) => with_(rows, 3, { hash: `sha256:${'0'.repeat(64)}` })],
    [
      'a text, with its own hash made again',
      'missing-before',
      50,
      (rows) => rehash(change(rows, 3, { version: '9' }), 3),
    ],
    ['a hash taken away', 'unchained', 40, (rows) => with_(rows, 3, { hash: null })],
    ['a row before the anchor', 'earlier', 20, (rows) => change(rows, 0, { version: '9' })],
    ['no row before the anchor', 'earlier', 20, (rows) => without(rows, 0)],
    ['no anchor', 'no-anchor', 30, (rows) => without(rows, 1)],
    ['nothing but what stood before the anchor', 'no-anchor', undefined, (rows) => rows.slice(0, 1)],
    ['nothing at all', 'no-anchor', undefined, () => []],
    ['a row gone', 'missing-before', 50, (rows) => without(rows, 3)],
    ['two rows gone', 'missing-before', 60, (rows) => rows.toSpliced(3, 2)],
    ['two rows that changed places', 'missing-before', 50, (rows) => swap(rows, 3, 4)],
    ['two rows with one number', 'order', 30, (rows) => rows.toSpliced(2, 0, rows[2] as ChainRow)],
    [
      'a row put in that follows the one before it',
      'put-in',
      40,
      (rows) => putIn(rows, 3, rows[2]?.hash ?? null),
    ],
    ['a row put in that follows nothing', 'missing-before', 35, (rows) => putIn(rows, 3, null)],
    [
      'a second anchor',
      'second-anchor',
      70,
      (rows) => [...rows, hashed(aChainRow({ seq: '70', event: 'anchor' }, 'sha256:00'))],
    ],
  ])('with %s is told: %s, row %s', (_, fault, seq, tamper) => {
    expect(faultOf(tamper(six()))).toBe(`${fault} ${seq ?? '-'}`)
  })

  it('is found at its first bad row, whatever is wrong after it', () => {
    const rows = change(change(six(), 3, { executedBy: 'a' }), 4, { executedBy: 'b' })
    expect(verifyChain(rows, aWitness({ newestSeq: '990' }))).toEqual({
      kind: 'broken',
      fault: 'content',
      seq: '40',
      version: '02',
    })
  })
})

describe('a history whose end was cut off', () => {
  const rows = () => aChain([], [applied('01', 'sha256:a'), { ...applied('02'), event: 'failed' }])
  const completed = { version: '01', checksum: 'sha256:a', status: 'completed' }
  const failed = { version: '02', checksum: 'sha256:b', status: 'failed' }

  it('is seen by what the tracking table has', () => {
    const witness = aWitness({ records: [completed, failed] })
    expect(faultOf(rows(), witness)).toBe('sound')
    expect(verifyChain(rows().slice(0, 2), witness)).toEqual({
      kind: 'broken',
      fault: 'end-missing',
      seq: '2',
      version: '02',
    })
    expect(verifyChain(rows().slice(0, 1), witness)).toMatchObject({
      fault: 'end-missing',
      seq: '1',
      version: '01',
    })
  })

  it('is seen by the record of the schema, which tells of a newer row', () => {
    expect(faultOf(rows(), aWitness({ newestSeq: '3' }))).toBe('sound')
    expect(faultOf(rows().slice(0, 2), aWitness({ newestSeq: '3' }))).toBe('end-missing 2')
  })

  it('is seen where what is left ends before the migration was done', () => {
    const retried = aChain([], [{ ...applied('01'), event: 'failed' }, applied('01')])
    const witness = aWitness({ records: [completed] })
    expect(faultOf(retried, witness)).toBe('sound')
    expect(faultOf(retried.slice(0, 2), witness)).toBe('end-missing 2')
  })

  it('is not seen where nothing tells of it: only what an earlier run told of its last row does', () => {
    expect(faultOf(rows().slice(0, 2), aWitness({ records: [completed] }))).toBe('sound')
  })

  it('is told from a tracking table that was changed', () => {
    const changed = aWitness({ records: [{ ...completed, checksum: 'sha256:z' }] })
    expect(verifyChain(rows(), changed)).toMatchObject({ fault: 'other-record', version: '01' })
  })

  it.each([
    ['a row that another runner left as done', { event: null }, 'completed', 'sound'],
    [
      'a row that another runner left as failed',
      { event: null, status: 'failed' },
      'completed',
      'end-missing 2',
    ],
    ['a row that was marked as applied', { event: 'repaired', checksum: 'c' }, 'completed', 'sound'],
    [
      'a row that was marked as reverted',
      { event: 'repaired', checksum: null },
      'completed',
      'end-missing 2',
    ],
    ['a row that was baselined', { event: 'baselined' }, 'completed', 'sound'],
    ['a row that was adopted', { event: 'adopted' }, 'completed', 'sound'],
    [
      'a row that was rolled back',
      { event: 'rolled-back', action: 'rollback' },
      'completed',
      'end-missing 2',
    ],
    ['a file that has begun', { event: 'started' }, 'running', 'sound'],
    ['a file that was cancelled', { event: 'cancelled' }, 'failed', 'sound'],
    ['a rehearsal that failed', { event: 'rehearsal-failed' }, 'failed', 'sound'],
    ['a file that is half done', { event: 'partial' }, 'partial', 'sound'],
    ['a file that nobody knows of', { event: 'applied' }, 'unknown', 'end-missing 2'],
    ['nothing of a file that runs', { event: 'refused', version: '' }, 'running', 'sound'],
    ['nothing of a file that was rolled back', { event: 'refused', version: '' }, 'rolled_back', 'sound'],
  ])('knows %s', (_, told, status, expected) => {
    const witness = aWitness({ records: [{ version: '01', checksum: 'c', status }] })
    expect(faultOf(aChain([], [told]), witness)).toBe(expected)
  })
})

describe('any tampering with any history', () => {
  const told: fc.Arbitrary<ToldRow> = fc.record({
    version: fc.constantFrom('01', '02', '03'),
    event: fc.constantFrom('applied', 'failed', 'refused', 'started'),
    checksum: fc.option(fc.string(), { nil: null }),
    executedBy: fc.option(fc.string({ unit: 'binary' }), { nil: null }),
  })
  const histories = fc
    .tuple(fc.array(told, { maxLength: 4 }), fc.array(told, { minLength: 1, maxLength: 8 }))
    .map(([earlier, events]) => aChain(earlier, events, tens))
  /** As the last run left it beside the history. */
  const witnessOf = (rows: readonly ChainRow[]): ChainWitness =>
    aWitness({ newestSeq: rows.at(-1)?.seq ?? null })

  it('is found: a field, a row, an order, an end', () => {
    fc.assert(
      fc.property(histories, fc.nat(), fc.nat(), fc.string(), (rows, one, two, text) => {
        const witness = witnessOf(rows)
        expect(faultOf(rows, witness)).toBe('sound')
        const index = one % rows.length
        const row = rows[index] as ChainRow
        const field = two % row.content.length
        const other = row.content[field] === text ? `${text}!` : text
        const tampered = [
          with_(rows, index, { content: row.content.with(field, other) }),
          without(rows, index),
          swap(rows, index, (index + 1) % rows.length),
          putIn(rows, index, rows[index - 1]?.hash ?? null),
          putIn(rows, index, null),
          rows.slice(0, index),
        ]
        expect(tampered.map((each) => faultOf(each, witness)).filter((fault) => fault === 'sound')).toEqual(
          [],
        )
      }),
    )
  })
})

describe('what is told of a history', () => {
  it('is its last row where it is sound, so that it stands where nobody can change it', () => {
    const rows = aChain([{}], [applied('01')])
    const told = findChainBreak(verifyChain(rows, aWitness()))
    expect(told.findings).toEqual([])
    expect(told.notes).toEqual([
      `The history is as it was written: 2 chained rows, over 1 earlier ones. The last one is seq 3, ${rows.at(-1)?.hash}.`,
    ])
  })

  it.each([
    ['content', 'The row of the history with seq 7 (version 03) was changed after it was written'],
    ['missing-before', 'The row of the history with seq 7 (version 03) does not follow the one before it'],
    [
      'end-missing',
      'The history ends with seq 7, and does not have what the tracking table has of version 03',
    ],
    ['other-record', 'The tracking table has another checksum for version 03 than the history.'],
    [
      'no-anchor',
      'The row of the history with seq 7 (version 03) is the first with a hash, and is no anchor',
    ],
  ] as const)('is the first bad row and what is wrong: %s', (fault, message) => {
    const { findings, notes } = findChainBreak({ kind: 'broken', fault, seq: '7', version: '03' })
    expect(notes).toEqual([])
    expect(findings).toMatchObject([{ rule: 'history-chain', severity: 'error' }])
    expect(findings[0]?.message).toContain(message)
  })
})

function with_(rows: readonly ChainRow[], index: number, overrides: Partial<ChainRow>): ChainRow[] {
  return rows.with(index, { ...(rows[index] as ChainRow), ...overrides })
}

/** Says something else, under the hash that it had. */
function change(rows: readonly ChainRow[], index: number, told: ToldRow): ChainRow[] {
  const row = rows[index] as ChainRow
  const { seq, event, version, action, status, checksum, prevHash, hash } = row
  return rows.with(index, {
    ...aChainRow({ seq, event, version, action, status, checksum, ...told }, prevHash),
    hash,
  })
}

function rehash(rows: readonly ChainRow[], index: number): ChainRow[] {
  return rows.with(index, hashed(rows[index] as ChainRow))
}

function hashed(row: ChainRow): ChainRow {
  return { ...row, hash: sha256Json(row.content) }
}

/** The two take each other's place, and each keeps its number. */
function swap(rows: readonly ChainRow[], one: number, other: number): ChainRow[] {
  return rows.with(one, rows[other] as ChainRow).with(other, rows[one] as ChainRow)
}

/** A row of somebody's own, with a number between its neighbours'. */
function putIn(rows: readonly ChainRow[], index: number, prevHash: string | null): ChainRow[] {
  const seq = String(Number(rows[index - 1]?.seq ?? 0) + 5)
  return rows.toSpliced(index, 0, hashed(aChainRow({ seq, version: '99' }, prevHash)))
}
