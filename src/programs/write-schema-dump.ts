import { relative } from 'node:path'
import { takeSchemaDump } from '../database/schema-dump/take-schema-dump.js'
import { seenThrough } from '../database/seen-through.js'
import { writeInside } from '../host/write-inside.js'
import type { Config } from '../model/config.js'
import type { Finding } from '../model/finding.js'
import { MOST_SECRETS } from '../model/secret.js'
import { findSecrets } from '../rules/secrets/find-secrets.js'
import { throwWhenLost } from './connecting/throw-when-lost.js'
import type { Way } from './way.js'

/** What became of the file. */
export interface SchemaDumped {
  readonly findings: readonly Finding[]
  readonly notes: readonly string[]
}

/**
 * Writes the schema to a file, for review. Loaded late, and throws nothing: the database is as it should be, so a file that
 * could not be written is a warning and fails no run.
 */
export async function writeSchemaDump(
  {
    door,
    config,
    system,
    known,
    signal,
    gathered,
  }: Pick<Way, 'door' | 'config' | 'system' | 'known' | 'signal' | 'gathered'>,
  { path, within }: NonNullable<Config['schemaDump']>,
): Promise<SchemaDumped> {
  const shown = relative(config.base, path)
  const notWritten = (why: string, help: string): SchemaDumped => ({
    findings: [
      {
        rule: 'schema-dump',
        severity: 'warning',
        message: config.redact(`The schema was not written to ${shown}: ${why}.`),
        help: `${help} The migrations are applied all the same; what the file held before is still there.`,
      },
    ],
    notes: [],
  })
  try {
    const plain = seenThrough(door.plain, { observe: system.observe, redact: config.redact })
    await using session = await plain.open(() => {})
    const target = gathered.target ?? known.target
    const dump = await takeSchemaDump({
      target,
      url: door.url,
      access: config,
      session: throwWhenLost(session),
      schemas: config.schemas,
      signal,
    })
    if ('why' in dump) return notWritten(dump.why, dump.help)
    const safe = await hideSecretsIn(dump.sql, config)
    if (safe === undefined)
      return notWritten(
        `it holds ${MOST_SECRETS} secrets or more`,
        'Keep them out of the schema, or name with database.schemas what is to be in the file.',
      )
    const { sql, hidden } = safe
    await writeInside(path, sql, within)
    const left = dump.unreadable.length
    const without =
      left > 0 ? `, without ${left} ${left === 1 ? 'table' : 'tables'} that the role may not read` : ''
    const secrets =
      hidden > 0 ? ` *** stands for a secret in ${hidden} ${hidden === 1 ? 'place' : 'places'} of it.` : ''
    return { findings: [], notes: [`The schema was written to ${shown}${without}.${secrets}`] }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return notWritten(code ?? message.replace(/\.$/, ''), 'Name a place that can be written to.')
  }
}

/**
 * The file is made to be committed: what an older migration put into a function, a trigger or a foreign server is nothing
 * that anybody should read there. So is what this run was given.
 *
 * @returns undefined where there are more than are looked for
 */
async function hideSecretsIn(
  sql: string,
  { redact }: Pick<Config, 'redact'>,
): Promise<{ readonly sql: string; readonly hidden: number } | undefined> {
  const [found = []] = await findSecrets([sql])
  if (found.length >= MOST_SECRETS) return undefined
  const spans = found.filter(({ kind }) => kind !== 'weak' && kind !== 'public').map(({ span }) => span)
  const ends = [...spans, { start: sql.length, end: sql.length }]
  const pieces = ends.map(({ start }, index) => sql.slice(spans[index - 1]?.end ?? 0, start))
  const text = redact(pieces.join(HIDDEN))
  return { sql: text, hidden: countOf(text) - countOf(sql) }
}

const HIDDEN = '***'

function countOf(text: string): number {
  return text.split(HIDDEN).length - 1
}
