import { randomBytes } from 'node:crypto'
import { recordSchema } from '../../../src/database/schema/record-schema.js'
import { parseSchemaComparison, schemaDriftQuery } from '../../../src/database/schema/schema-drift-query.js'
import { TRACKING_VERSION } from '../../../src/database/tracking-ddl.js'
import type { SchemaComparison } from '../../../src/model/schema.js'
import type { Session } from '../../../src/model/session.js'
import type { TestDatabase } from '../../support/postgres/a-database.js'
import { aSession, ensureTables, nowhere, sent } from '../a-session.js'

/** A database with tracking tables, and a session of ours that records and compares its schema. */
export interface RecordedSchema extends AsyncDisposable {
  readonly session: Session
  record(schemas?: readonly string[]): Promise<void>
  compare(schemas?: readonly string[], files?: number): Promise<SchemaComparison>
  /** The lines that were recorded last. */
  lines(): Promise<string[]>
}

export const present = { ...nowhere, version: TRACKING_VERSION }

export async function aRecordedSchema(database: TestDatabase): Promise<RecordedSchema> {
  const session = await aSession(database.url)
  await ensureTables(session)
  return {
    session,
    record: async (schemas = []) => void (await sent(session, recordSchema(present, '0.1.0', schemas))),
    compare: (schemas = [], files) => compareOn(session, schemas, files),
    lines: async () => {
      const [row] = await database.query<{ objects: string }>(
        'SELECT objects FROM devflow.schema_snapshots ORDER BY id DESC LIMIT 1',
      )
      return (row?.objects ?? '').split('\n').slice(0, -1)
    },
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  }
}

/** What a session is told of the schema. */
export async function compareOn(
  session: Session,
  schemas: readonly string[] = [],
  files?: number,
): Promise<SchemaComparison> {
  const reply = await sent(session, schemaDriftQuery(present, schemas, files))
  if (reply.results.length !== 1) throw new Error(`${reply.results.length} results`)
  return parseSchemaComparison(reply.results[0])
}

/** What differs, a line each: `added column public.t.a`. */
export function changesOf({ changes }: SchemaComparison): string[] {
  return changes.map(({ change, kind, name }) => `${change} ${kind} ${name}`)
}

/** A role of a test's own, gone with what it was granted in this database. */
export async function aRole(database: TestDatabase, attributes = '', name = roleName()) {
  const quoted = `"${name.replaceAll('"', '""')}"`
  await database.query(`CREATE ROLE ${quoted} ${attributes}`)
  return {
    name: quoted,
    async [Symbol.asyncDispose]() {
      await database.query(`DROP OWNED BY ${quoted} CASCADE; DROP ROLE ${quoted}`)
    },
  }
}

export function roleName(): string {
  return `role_${randomBytes(5).toString('hex')}`
}
