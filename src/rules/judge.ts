import type { Judging } from '../model/judging.js'
import type { MigrationFile } from '../model/migration.js'
import type { RuleId } from '../model/rule-ids.js'
import { RULES } from './all-rules.js'
import { openAskRules } from './ask-rules.js'
import { learn } from './known/learn.js'
import { settle } from './known/settle.js'
import { makeState, type State, USUAL_PATH } from './known/state.js'
import { type Judged, makeFindings, type PlacedRuleHit, type Silencing, silencing } from './make-findings.js'
import { hasSuppressions } from './parse-suppressions.js'
import type { Hit, JudgedFile, Rule, Seen, SetContext } from './rule.js'

/** Asks every rule about files, one after the other in the order they run in. */
export interface Judge {
  /** Takes note of what a file makes that is not to be judged: it is applied already, or somebody else's. */
  learn(file: Pick<JudgedFile, 'file' | 'statements'>): void
  /** @param isThere it is applied already, perhaps: what it makes is new to itself, but not to the files after it */
  judge(file: JudgedFile, isThere?: boolean): Judged
  /** {@link judge}, part by part: of a file too large to be kept whole a rule sees the statements of one part at a time. */
  begin(file: MigrationFile, isThere?: boolean): Hearing
  /** {@link learn}, part by part. Nothing is found. */
  beginLearning(file: MigrationFile): Hearing
  /** After the last file: what only the end shows, and comments that silenced nothing. */
  conclude(): Judged
}

/** One file being judged. */
export interface Hearing {
  hear(part: Pick<JudgedFile, 'statements' | 'transactional'>): void
  /** @param isPartial as of {@link JudgedFile} */
  end(isPartial: boolean): Judged
}

/** What the judge is told besides the files. */
export interface JudgeOptions {
  readonly judging: Judging
  /** Major version of the server the files are for. */
  readonly postgres: number
  /** Whether a rule is not to be asked about the file of that name. */
  readonly isExcluded?: (rule: RuleId, name: string) => boolean
}

/** A judge who knows nothing yet. */
export function openJudge({ judging, postgres, isExcluded = () => false }: JudgeOptions): Judge {
  const state = makeState()
  const files = new Map<MigrationFile, Silencing>()
  const rules = Object.values(RULES).filter((rule) => isHeard(rule, judging))
  const claiming = Object.values(RULES).filter((rule) => isClaiming(rule) && !rules.includes(rule))
  const heard = new Set<string>(rules.filter(isAsked).map(({ id }) => id))
  const set = { known: state, judging, postgres }
  const { aboutFile, aboutPart } = askAbout({ rules, claiming, isExcluded, set })
  const begin = (file: MigrationFile, isThere = false): Hearing => {
    const hits = aboutFile(file)
    const spans = keepSpans(file)
    const learned = (statement: Seen) => note(state, statement, file, true)
    beginFile(state)
    return {
      hear(part) {
        spans.keep(part.statements)
        for (const hit of aboutPart({ ...part, file }, learned)) hits.push(hit)
      },
      end(isPartial) {
        files.set(file, silencing({ file, statements: spans.kept, isPartial }))
        if (isThere) settle(state, file)
        return makeFindings(hits, judging, files)
      },
    }
  }
  const beginLearning = (file: MigrationFile): Hearing => {
    beginFile(state)
    return {
      hear({ statements }) {
        for (const statement of statements) note(state, statement, file, false)
      },
      end: () => NOTHING_FOUND,
    }
  }
  return {
    begin,
    beginLearning,
    learn: ({ file, ...whole }) => beginLearning(file).hear({ transactional: true, ...whole }),
    judge({ file, isPartial = false, ...whole }, isThere) {
      const hearing = begin(file, isThere)
      hearing.hear(whole)
      return hearing.end(isPartial)
    },
    conclude() {
      const hits = rules.flatMap((rule) =>
        [...(rule.conclude?.(set) ?? [])]
          .filter(({ file }) => files.has(file) && !isExcluded(rule.id, file.name))
          .map((hit) => ({ rule, hit })),
      )
      const judged = makeFindings(hits, judging, files)
      const unused = [...files.values()].flatMap(({ unused }) => unused(heard))
      return { ...judged, findings: [...judged.findings, ...unused] }
    },
  }
}

const NOTHING_FOUND: Judged = { findings: [], suppressed: [], unsaid: [] }

interface Asking {
  readonly rules: readonly Rule[]
  readonly claiming: readonly Rule[]
  readonly isExcluded: (rule: RuleId, name: string) => boolean
  readonly set: SetContext
}

/** Asks each rule what it is asked of a file, and of some statements of it in order. */
function askAbout({ rules, claiming, isExcluded, set }: Asking) {
  const aboutFiles = rules.filter((rule) => rule.checkFile !== undefined)
  const aboutStatements = rules.filter((rule) => rule.check !== undefined)
  const askedOf = chooseRules(aboutStatements, claiming, isExcluded)
  const ask = openAskRules()
  return {
    aboutFile: (file: MigrationFile): PlacedRuleHit[] =>
      aboutFiles
        .filter(({ id }) => !isExcluded(id, file.name))
        .flatMap((rule) =>
          [...(rule.checkFile?.(file, set) ?? [])].map((hit) => placed(rule, hit, file, FIRST_LINE)),
        ),
    /** @param learn called with each statement when it was asked about */
    aboutPart(judged: JudgedFile, learn: (statement: Seen) => void): PlacedRuleHit[] {
      const { rules, inFunctions, unheard } = askedOf(judged.file.name)
      return judged.statements.flatMap((statement, index) => {
        const asked = statement.within === 'function' ? inFunctions : rules
        const hits = ask(asked, statement, { ...set, file: judged, index }).map(({ rule, hit }) => ({
          ...placed(rule, hit, judged.file, statement),
          ...(unheard.has(rule) ? { unheard: true as const } : {}),
        }))
        learn(statement)
        return hits
      })
    },
  }
}

interface Asked {
  readonly rules: readonly Rule[]
  /** Of them those that are asked about the bodies of functions too. */
  readonly inFunctions: readonly Rule[]
  /** What these find, nobody is told. */
  readonly unheard: ReadonlySet<Rule>
}

/** The rules that are asked about the statements of a file, by its name; the same lists for all that exclude nothing. */
function chooseRules(
  heard: readonly Rule[],
  claiming: readonly Rule[],
  isExcluded: (rule: RuleId, name: string) => boolean,
): (name: string) => Asked {
  const choose = (asked: readonly Rule[]): Asked => {
    const unheard = new Set([
      ...claiming,
      ...heard.filter((rule) => isClaiming(rule) && !asked.includes(rule)),
    ])
    const rules = [...asked, ...unheard]
    return { rules, unheard, inFunctions: rules.filter(({ inFunctions }) => inFunctions) }
  }
  const all = choose(heard)
  return (name) => {
    const asked = heard.filter(({ id }) => !isExcluded(id, name))
    return asked.length === heard.length ? all : choose(asked)
  }
}

/** What a rule that is off would find, nobody is told. None of them raises a hit above its own level. */
function isHeard({ id, levels, needsApi }: Rule, judging: Judging): boolean {
  if (needsApi && judging.apiSchemas.length === 0) return false
  const own = levels[judging.class]
  return own === 'never' || (judging.levels.get(id) ?? own) !== 'off'
}

/** Where it is off nobody is told, but that a statement does so is then not found only by running it. */
function isClaiming({ claims = [], check }: Rule): boolean {
  return claims.length > 0 && check !== undefined
}

/** A comment that silences what only a rehearsal shows is not unused because nothing has run yet. */
function isAsked({ check, checkFile, conclude }: Rule): boolean {
  return check !== undefined || checkFile !== undefined || conclude !== undefined
}

function placed(rule: Rule, hit: Hit, file: MigrationFile, { span }: Pick<Seen, 'span'>): PlacedRuleHit {
  return { rule, hit: { ...hit, span: hit.span ?? span, file } }
}

/** Of what is about a file as a whole. */
const FIRST_LINE = { span: { start: 0, end: 0 } }

/** Where the statements of a file stand, which nobody needs of one without a comment that silences. */
function keepSpans({ text }: MigrationFile) {
  const kept: Pick<Seen, 'span' | 'within'>[] = []
  const isSilenced = hasSuppressions(text)
  return {
    kept,
    keep(statements: readonly Seen[]) {
      if (isSilenced) for (const { span, within } of statements) kept.push({ span, within })
    },
  }
}

/** A file begins in a session that is set back. */
function beginFile(state: State): void {
  state.searchPath = USUAL_PATH
}

/** What stands in a function's body makes nothing; what stands in a DO block may. */
function note(state: State, statement: Seen, file: MigrationFile, isNew: boolean): void {
  if (statement.within !== 'function') learn(state, statement, { file, span: statement.span, isNew })
}
