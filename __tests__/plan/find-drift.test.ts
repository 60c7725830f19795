import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { loadMigrations } from '../../src/migrations/load-migrations.js'
import type { AppliedRecord } from '../../src/model/history.js'
import type { MigrationFile } from '../../src/model/migration.js'
import { findDrift } from '../../src/plan/find-drift.js'
import { makePlan } from '../../src/plan/make-plan.js'
import { matchChecksum } from '../../src/plan/match-checksum.js'
import { aChecksum, aMigration, anAppliedRecord } from '../support/builders.js'
import { aFolder } from '../support/postgres/a-folder.js'

/** A record of a file as it is. */
function recordOf(file: MigrationFile, overrides: Partial<AppliedRecord> = {}): AppliedRecord {
  return anAppliedRecord({ version: file.version, name: file.name, checksum: file.checksum, ...overrides })
}

const users = aMigration({ name: '01_users.sql' })
const orders = aMigration({ name: '02_orders.sql', text: 'create table orders ();' })

describe('drift', () => {
  it('is none where the applied files are as they were', () => {
    expect(findDrift([recordOf(users), recordOf(orders)], [users, orders])).toEqual([])
    expect(findDrift([], [users])).toEqual([])
  })

  it('is an applied file that was edited, with both checksums and its path', () => {
    expect(findDrift([recordOf(users, { checksum: aChecksum('before') })], [users])).toEqual([
      {
        kind: 'edited',
        version: '01',
        recordedName: '01_users.sql',
        storedChecksum: aChecksum('before'),
        name: '01_users.sql',
        path: 'migrations/01_users.sql',
        presentChecksum: users.checksum,
      },
    ])
  })

  it('is an applied file that was deleted', () => {
    expect(findDrift([recordOf(users), recordOf(orders)], [users])).toEqual([
      { kind: 'deleted', version: '02', recordedName: '02_orders.sql', storedChecksum: orders.checksum },
    ])
  })

  it('is an applied file that was renamed, by case alone too', () => {
    for (const name of ['01_people.sql', '01_Users.sql', '01_users_.sql']) {
      const renamed = aMigration({ name, version: '01' })
      expect(findDrift([recordOf(users)], [renamed])).toMatchObject([
        { kind: 'renamed', version: '01', name },
      ])
    }
  })

  it('is a file whose version changed: deleted as it was, and pending as it is', () => {
    const moved = { ...users, version: '03', name: '03_users.sql' }
    expect(findDrift([recordOf(users)], [moved])).toMatchObject([{ kind: 'deleted', version: '01' }])
  })

  it('is found under another spelling of the same version', () => {
    const respelled = { ...users, version: '1', name: '1_users.sql' }
    expect(findDrift([recordOf(users)], [respelled])).toMatchObject([{ kind: 'renamed', version: '01' }])
  })

  it('is another file that has the version of an applied one: neither its name nor its text is the same', () => {
    const payments = aMigration({ name: '02_payments.sql', text: 'create table payments ();' })
    expect(findDrift([recordOf(orders)], [payments])).toEqual([
      {
        kind: 'replaced',
        version: '02',
        recordedName: '02_orders.sql',
        storedChecksum: orders.checksum,
        name: '02_payments.sql',
        path: 'migrations/02_payments.sql',
        presentChecksum: payments.checksum,
      },
    ])
    const recorded = { name: 'Orders', ours: false }
    expect(findDrift([recordOf(orders, recorded)], [payments])).toMatchObject([{ kind: 'edited' }])
  })

  it('is no matter of rows that never completed', () => {
    for (const status of ['pending', 'running', 'failed', 'partial', 'unknown', 'rolled_back'] as const) {
      expect(
        findDrift([recordOf(users, { status, checksum: 'x' }), recordOf(orders, { status })], [users]),
      ).toEqual([])
    }
  })

  it('is not the name that another runner gave', () => {
    expect(findDrift([recordOf(users, { name: 'Users', ours: false })], [users])).toEqual([])
  })
})

describe('files as they lie on disk', () => {
  const text = 'create table a ();\ninsert into a default values;\n'

  /** The files of a folder, and what loading found wrong with them. */
  async function load(files: Readonly<Record<string, string | Buffer>>) {
    await using folder = await aFolder()
    const directory = join(folder.path, 'migrations')
    await mkdir(directory)
    for (const [name, content] of Object.entries(files)) await writeFile(join(directory, name), content)
    return await loadMigrations({ directory, boundary: folder.path, base: folder.path, exclude: [] })
  }

  it('are no drift with a byte-order mark or other line ends: the checksum is the same', async () => {
    const { files: before } = await load({ '01_a.sql': text })
    const records = before.map((file) => recordOf(file))
    for (const same of [
      `\ufeff${text}`,
      text.replaceAll('\n', '\r\n'),
      `\ufeff${text.replaceAll('\n', '\r\n')}`,
    ]) {
      const { files, findings } = await load({ '01_a.sql': same })
      expect(files[0]?.checksum).toBe(`sha256:${createHash('sha256').update(text).digest('hex')}`)
      expect([findings, findDrift(records, files)]).toEqual([[], []])
      expect(makePlan(files, records, { allowOutOfOrder: false }).plan.migrations).toEqual([])
    }
    for (const other of [`${text} `, text.replace('a', 'b'), text.trimEnd(), `\ufeff\ufeff${text}`]) {
      const { files } = await load({ '01_a.sql': other })
      expect(findDrift(records, files)).toMatchObject([{ kind: 'edited' }])
    }
  })

  it('are refused where two have one version, or names that differ by case alone', async () => {
    for (const names of [
      ['01_a.sql', '01_b.sql'],
      ['1_a.sql', '01_b.sql'],
      ['01_a.sql', '01_A.sql'],
    ]) {
      const { findings } = await load(Object.fromEntries(names.map((name) => [name, text])))
      const errors = findings.filter(({ severity }) => severity === 'error')
      expect(errors.length).toBeGreaterThan(0)
      for (const name of names) expect(JSON.stringify(errors)).toContain(name)
    }
  })

  it('match what another runner stored: MD5 or SHA-256, raw or normalised, in any case', async () => {
    const raw = `\ufeff${text.replaceAll('\n', '\r\n')}`
    const { files } = await load({ '01_a.sql': raw })
    const [file] = files
    for (const form of [raw, text]) {
      for (const algorithm of ['md5', 'sha256']) {
        const digest = createHash(algorithm).update(form).digest('hex')
        for (const stored of [digest, digest.toUpperCase(), ` ${digest}\n`]) {
          expect(file && matchChecksum(stored, file)).toBe(true)
        }
        expect(file && matchChecksum(`${algorithm}x:${digest}`, file)).toBe(false)
        expect(file && matchChecksum(digest.slice(1), file)).toBe(false)
      }
    }
    expect(file && matchChecksum('', file)).toBe(false)
  })
})
