import { aChecksum } from '../support/builders.js'

/** What a migration is made of, and with it how it must be run. */
export type Kind = keyof typeof BODIES

/** What makes a migration fail when all the rest of it is done. */
export type Fails = 'divides' | 'deferred' | 'unlocks' | 'newer' | 'syntax'

/** One file of a folder, as far as it can be edited. */
export interface FileSpec {
  /** Four digits. */
  readonly version: string
  /** The rest of its name. */
  readonly word: string
  readonly kind: Kind
  /** Every statement is another in each revision. */
  readonly revision: number
  /** Only a comment at its end. */
  readonly note: number
  readonly fails: Fails | undefined
}

/** A file as it is written. */
export interface Text {
  readonly spec: FileSpec
  readonly name: string
  readonly sql: string
  readonly checksum: string
  /** All of it or nothing, together with its record. */
  readonly atomic: boolean
  /** What is there when it is done, in the order in which it is done. */
  readonly effects: readonly string[]
}

/** What a folder's file holds. */
export function textOf(spec: FileSpec): Text {
  const { version, word, kind, revision, note } = spec
  const atomic = !ONE_BY_ONE.has(kind)
  const parts = BODIES[kind](`${version}_${revision}`)
  const failing = spec.fails ? [{ sql: failure(spec.fails, atomic, version) }] : []
  // What fails stands before the file's own COMMIT, where that ends it.
  const all =
    kind === 'wrapped' ? [...parts.slice(0, -1), ...failing, ...parts.slice(-1)] : [...parts, ...failing]
  const sql = `${all.map((part) => part.sql).join('\n')}\n${note > 0 ? `-- note ${note}\n` : ''}`
  return {
    spec,
    name: `${version}_${word}.sql`,
    sql,
    checksum: aChecksum(sql),
    atomic,
    effects: parts.flatMap(({ effects = [] }) => effects),
  }
}

/** The version whose file makes a thing: `t0010_0` is a table, `0010_0.a` a row. */
export function versionOfEffect(effect: string): string {
  return /^[ti]?(\d{4})_/.exec(effect)?.[1] ?? effect
}

interface Part {
  readonly sql: string
  readonly effects?: readonly string[]
}

const row = (tag: string, slot: string): Part => ({
  sql: `INSERT INTO public.probe (mark) VALUES ('${tag}.${slot}');`,
  effects: [`${tag}.${slot}`],
})

const table = (tag: string): Part => ({
  sql: `CREATE TABLE public.t${tag} AS SELECT id FROM generate_series(1, 50) AS id;`,
  effects: [`t${tag}`],
})

const index = (tag: string, on: string): Part => ({
  sql: `CREATE INDEX CONCURRENTLY i${tag} ON ${on};`,
  effects: [`i${tag}`],
})

const plain = (sql: string): Part => ({ sql })

const DECLARED = plain('-- devflow:no-transaction')

const BODIES = {
  /** Nothing in the database stands against doing it twice. */
  rows: (tag) => [row(tag, 'a')],
  table: (tag) => [row(tag, 'a'), table(tag)],
  wrapped: (tag) => [plain('BEGIN;'), row(tag, 'a'), table(tag), plain('COMMIT;')],
  copied: (tag) => [
    {
      sql: `COPY public.probe (mark) FROM stdin;\n${tag}.a\n${tag}.b\n\\.`,
      effects: [`${tag}.a`, `${tag}.b`],
    },
    row(tag, 'c'),
  ],
  /** Changes its session in every way that would be in the next file's way. */
  leaky: (tag) => [
    row(tag, 'a'),
    plain(
      'SET search_path = nowhere;\nSET default_transaction_read_only = on;\nSET client_min_messages = error;',
    ),
    plain(`PREPARE leaked AS SELECT 1;\nCREATE TEMPORARY TABLE leaked (id int);`),
    plain(`DO $$ BEGIN RAISE NOTICE '${tag} is at work'; END $$;\nSET ROLE pg_monitor;`),
  ],
  indexed: (tag) => [row(tag, 'a'), table(tag), index(tag, `public.t${tag} (id)`), row(tag, 'b')],
  'index alone': (tag) => [index(tag, 'public.probe (mark)')],
  declared: (tag) => [DECLARED, row(tag, 'a'), plain('VACUUM public.probe;'), row(tag, 'b')],
  'own control': (tag) => [
    DECLARED,
    row(tag, 'a'),
    plain('BEGIN;'),
    row(tag, 'b'),
    row(tag, 'c'),
    plain('COMMIT;\nVACUUM public.probe;'),
    row(tag, 'd'),
  ],
} satisfies Record<string, (tag: string) => readonly Part[]>

const ONE_BY_ONE: ReadonlySet<string> = new Set(['indexed', 'index alone', 'declared', 'own control'])

export const KINDS = Object.keys(BODIES) as readonly Kind[]

function failure(fails: Fails, atomic: boolean, version: string): string {
  switch (fails) {
    case 'divides':
      return 'SELECT 1 / 0;'
    case 'deferred':
      return atomic ? deferred(version) : 'SELECT 1 / 0;'
    case 'unlocks':
      return 'SELECT pg_catalog.pg_advisory_unlock_all();'
    // PostgreSQL 15 can not read it, and then refuses the whole message that holds it.
    case 'newer':
      return 'SELECT 0x1F / 0;'
    case 'syntax':
      return 'SELEC 1;'
  }
}

/** Fails where constraints are checked: at the end of its transaction. */
function deferred(version: string): string {
  return `RESET ROLE;
SET default_transaction_read_only = off;
CREATE TABLE public.d${version} (id int UNIQUE DEFERRABLE INITIALLY DEFERRED);
INSERT INTO public.d${version} VALUES (1), (1);`
}
