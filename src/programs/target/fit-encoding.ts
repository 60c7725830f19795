import { COMMANDS } from '../../config/commands.js'
import { findLackingCharacters } from '../../database/find-lacking-characters.js'
import type { Config } from '../../model/config.js'
import type { Problem } from '../../model/problem.js'
import { versionKey } from '../../model/version.js'
import type { Way } from '../way.js'
import type { Known } from './read-history.js'

/**
 * The run with texts that the database's encoding can hold: one character that it lacks, and the server refuses a whole
 * message, whatever else is in it. What only tells of the run is escaped, for the history; by what is compared later,
 * such as a file's name, it is refused before anything runs (`Known.unrecordable`).
 */
export async function fitEncoding(run: Way): Promise<Way> {
  const { config, gathered, session, known } = run
  if (!COMMANDS[config.command].locks) return run
  const { history } = config
  const { permission } = gathered
  const keys = keysOf(run)
  const telling = [
    ...Object.values(config.run).filter((value) => typeof value === 'string'),
    ...[history?.reason, permission?.approval.by, permission?.approval.comment].filter(isText),
  ]
  const texts = [...keys.map(({ text }) => text), ...telling]
  const lacking = await findLackingCharacters(session, known.encoding, texts)
  if (lacking.size === 0) return run
  const written = (text: string) => escaped(text, lacking)
  if (permission) {
    const { by, comment } = permission.approval
    const approval = {
      ...permission.approval,
      by: written(by),
      ...(comment === undefined ? {} : { comment: written(comment) }),
    }
    gathered.permission = { ...permission, approval }
  }
  const { actor, runUrl } = config.run
  const fitted = {
    ...config,
    run: {
      ...config.run,
      actor: written(actor),
      ...(runUrl === undefined ? {} : { runUrl: written(runUrl) }),
    },
    ...(history?.reason === undefined ? {} : { history: { ...history, reason: written(history.reason) } }),
  }
  const unrecordable = keys.flatMap((key) => refuse(key, lacking, known))
  return { ...run, config: fitted, known: unrecordable.length > 0 ? { ...known, unrecordable } : known }
}

/** A text that later runs compare with, and what it is. */
interface Key {
  readonly text: string
  readonly what: string
  readonly help: string
}

/** A file that is applied already was recorded. */
function keysOf({ config, gathered, known }: Way): readonly Key[] {
  const done = new Set(
    known.records.filter(({ status }) => status === 'completed').map(({ version }) => versionKey(version)),
  )
  const files = RECORDS_FILES.includes(config.command) ? (gathered.files ?? []) : []
  const pending = files.filter(({ version }) => !done.has(versionKey(version)))
  const { environment, project } = config
  return [
    ...pending.map(({ name }) => ({ text: name, what: 'The file', help: 'Rename the file' })),
    { text: environment.name, what: 'The environment', help: 'Give the environment another name' },
    ...(project === undefined
      ? []
      : [{ text: project, what: 'The project', help: 'Write another project.name' }]),
  ]
}

/** Others record a file at most that was recorded before, or is named. */
const RECORDS_FILES: readonly Config['command'][] = ['migrate', 'dry-run', 'baseline', 'adopt']

function refuse(
  { text, what, help }: Key,
  lacking: ReadonlySet<string>,
  { encoding, target }: Known,
): Problem[] {
  const found = [...new Set(text)].filter((character) => lacking.has(character))
  if (found.length === 0) return []
  return [
    {
      message: `${what} ${text} can not be recorded in the database ${target.database}: its encoding ${encoding} lacks ${found.join(' ')}.`,
      help: `${help}, with characters that ${encoding} has.`,
    },
  ]
}

/** As JSON escapes it. */
function escaped(text: string, lacking: ReadonlySet<string>): string {
  const code = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  return [...text]
    .map((character) => (lacking.has(character) ? character.split('').map(code).join('') : character))
    .join('')
}

function isText(value: string | undefined): value is string {
  return value !== undefined
}
