import type { AcceptedWord } from '../model/foreign-tool.js'
import type { MigrationFile } from '../model/migration.js'
import type { Problem } from '../model/problem.js'
import { versionKey } from '../model/version.js'
import type { Compared, ForeignTool } from './foreign-tool.js'

/**
 * What our own history says of a file: nothing, or nothing that counts · that this text is applied · that another one is ·
 * that something is half done · that it was applied and rolled back, which the other tool's table can not know of.
 */
export type Recorded = 'nothing' | 'same' | 'other' | 'unfinished' | 'undone'

/** What is to become of one comparison. */
export interface Decided {
  readonly compared: Compared
  /** `record`: as applied · `leave`: pending, recorded already, or left out as somebody said. */
  readonly action: 'record' | 'leave' | 'refuse'
  /** The word by which a person decided. */
  readonly accepted?: AcceptedWord
  readonly refusal?: Problem
  /** It is to be applied yet: neither of the two tools knows it to be. */
  readonly isPending?: true
}

/**
 * Whether a history can be adopted. Where table, folder and our own history don't agree, nothing is guessed: a person says
 * what is so, for each version, and a word that doesn't fit what is there counts as none.
 */
export function decideAdoption(
  all: readonly Compared[],
  tool: Pick<ForeignTool, 'title'>,
  accept: ReadonlyMap<string, AcceptedWord>,
  recordedOf: (file: MigrationFile) => Recorded,
): { readonly decided: readonly Decided[]; readonly refusals: readonly Problem[] } {
  const decided = all.map((compared) => decide(compared, tool, accept.get(tokenOf(compared)), recordedOf))
  const tokens = new Set(all.map(tokenOf))
  const strangers = [...accept.keys()].filter((token) => !tokens.has(token))
  return {
    decided,
    refusals: [...decided.flatMap(({ refusal }) => refusal ?? []), ...strangers.map(aboutNothing)],
  }
}

/** What a person calls it by. */
function tokenOf({ file, row }: Compared): string {
  return versionKey(file?.version ?? row?.key ?? '')
}

function decide(
  compared: Compared,
  { title }: Pick<ForeignTool, 'title'>,
  word: AcceptedWord | undefined,
  recordedOf: (file: MigrationFile) => Recorded,
): Decided {
  const { kind, file } = compared
  const recorded = file === undefined ? 'nothing' : recordedOf(file)
  const fitting = (recorded === 'undone' ? FITTING_UNDONE[kind] : undefined) ?? FITTING[kind]
  if (word !== undefined && !fitting.includes(word))
    return refuse(compared, notFitting(compared, word, fitting))
  const said = word === undefined ? {} : { accepted: word }
  if (word === 'missing') return { compared, action: 'leave', ...said }
  if (file === undefined) return refuse(compared, missing(compared, title))
  if (recorded === 'same') return { compared, action: 'leave', ...said }
  if (kind === 'pending' || word === 'not-applied')
    return { compared, action: 'leave', isPending: true, ...said }
  if (recorded === 'undone' && word === undefined) return refuse(compared, undone(compared, file, title))
  if (kind === 'edited' && word === undefined) return refuse(compared, edited(compared, file, title))
  if (kind === 'failed' && word === undefined) return refuse(compared, failed(compared, file, title))
  if (recorded === 'other' || recorded === 'unfinished') return refuse(compared, recordedElse(file, recorded))
  return { compared, action: 'record', ...said }
}

/** The words by which each kind of disagreement is settled. */
const FITTING: Readonly<Record<Compared['kind'], readonly AcceptedWord[]>> = {
  applied: [],
  pending: [],
  edited: ['edited'],
  failed: ['applied', 'not-applied'],
  missing: ['missing'],
}

/** The same for what was rolled back here. */
const FITTING_UNDONE: Partial<typeof FITTING> = {
  applied: ['applied', 'not-applied'],
  edited: ['edited', 'not-applied'],
}

function refuse(compared: Compared, refusal: Problem): Decided {
  return { compared, action: 'refuse', refusal }
}

function undone({ kind }: Compared, { name, version }: MigrationFile, title: string): Problem {
  const word = kind === 'edited' ? 'edited' : 'applied'
  return {
    message: `${name} was rolled back here, and ${title} has it recorded all the same.`,
    help: `Look at the database. Where nothing of it is there, say accept ${version}=not-applied, and it is pending; where the file as it is now is there, ${version}=${word}.`,
  }
}

function edited({ note }: Compared, { name, version }: MigrationFile, title: string): Problem {
  return {
    message: `${name} is not what ${title} applied${clause(note ?? 'its checksum differs')}.`,
    help: `Put the file back as it was applied. Or say that the file as it is now counts: accept ${version}=edited.`,
  }
}

function failed({ note }: Compared, { name, version }: MigrationFile, title: string): Problem {
  return {
    message: `${title} does not know ${name} to be done${clause(note)}.`,
    help: `Look at the database. Where all of the file is there, say accept ${version}=applied; where nothing of it is, ${version}=not-applied, and it is pending.`,
  }
}

function missing(compared: Compared, title: string): Problem {
  const { row, note } = compared
  return {
    message: `${title} has recorded ${row?.label ?? 'a migration'}, and the folder has no file of it${clause(note)}.`,
    help: `Put the file there. Or say that nothing is to be recorded of it: accept ${tokenOf(compared)}=missing.`,
  }
}

function recordedElse({ name, version }: MigrationFile, recorded: 'other' | 'unfinished'): Problem {
  return recorded === 'other'
    ? {
        message: `${name} is recorded here already, with another checksum than the file has.`,
        help: `Put the file back, or take it as it is now: repair --accept-checksum ${version}.`,
      }
    : {
        message: `${name} is recorded here as not finished.`,
        help: `Look at the database, then clear that record: repair --clear ${version}.`,
      }
}

function notFitting(compared: Compared, word: AcceptedWord, words: readonly AcceptedWord[]): Problem {
  const may = words.length > 0 ? `it can be ${words.join(' or ')}` : 'there is nothing to be said of it'
  return {
    message: `accept says ${tokenOf(compared)}=${word}, and that version is ${IN_WORDS[compared.kind]}: ${may}.`,
    help: 'Run adopt --dry-run without it, and read what it shows.',
  }
}

const IN_WORDS: Readonly<Record<Compared['kind'], string>> = {
  applied: 'as it was applied',
  pending: 'pending',
  edited: 'edited',
  failed: 'not known to be done',
  missing: 'without a file',
}

function aboutNothing(token: string): Problem {
  return {
    message: `accept names ${token}, and neither the table nor the folder has that version.`,
    help: 'Run adopt --dry-run without it, and read what it shows.',
  }
}

function clause(note: string | undefined): string {
  return note === undefined ? '' : `: ${note}`
}
