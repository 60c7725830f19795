import type { BackupManifest, Contents } from '../../src/model/backup.js'

/** Of a database with one table of two rows, unless overridden. */
export function aManifest(override: Partial<BackupManifest> = {}): BackupManifest {
  return {
    form: 'devflow-backup/1',
    toolVersion: '0.1.0',
    environment: 'test',
    database: 'shop',
    serverMajor: 15,
    serverVersion: '15.18',
    dumpVersion: '15.18',
    mode: 'full',
    kind: 'custom',
    bytes: 3,
    sha256: '0'.repeat(64),
    tracking: { schema: 'devflow', table: 'schema_migrations' },
    locale: { encoding: 'UTF8', collate: 'C', ctype: 'C', provider: 'c', locale: null },
    owners: [],
    roles: [],
    contents: someContents(),
    withoutRows: [],
    verified: false,
    serverTime: '2026-01-21T14:30:22.104512Z',
    lsn: '0/1A2B3C4',
    timeline: 1,
    systemIdentifier: '7439',
    ...override,
  }
}

export function someContents(override: Partial<Contents> = {}): Contents {
  return {
    tables: { 'public.books': { rows: 2, sum: '7' } },
    sequences: { 'public.books_id_seq': { last: '2', called: true, increment: '1' } },
    largeObjects: { rows: 1, sum: '5' },
    schema: {
      table: { count: 1, sha256: 'a' },
      owner: { count: 1, sha256: 'b' },
      rights: { count: 1, sha256: 'c' },
    },
    ...override,
  }
}
