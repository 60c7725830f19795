import type { Claim } from '../model/claim.js'
import type { Finding, SuppressedFinding } from '../model/finding.js'
import type { Judging } from '../model/judging.js'
import type { MigrationFile } from '../model/migration.js'
import type { Span } from '../model/position.js'
import { place } from '../sql/place.js'
import { placeFix } from '../sql/place-fix.js'
import { shownText } from '../sql/shown-text.js'
import { decideLevel } from './decide-level.js'
import { parseSuppressions, type Suppression } from './parse-suppressions.js'
import type { Hit, JudgedFile, PlacedHit, Rule, Seen } from './rule.js'

/** What came of judging: what is to be told, and what a comment with a reason silences. */
export interface Judged {
  readonly findings: readonly Finding[]
  readonly suppressed: readonly SuppressedFinding[]
  /** Of rules that are off here: nobody is told, but what they claim is known before anything runs. */
  readonly unsaid: readonly Finding[]
}

/** A hit with its rule. */
export interface PlacedRuleHit {
  readonly rule: Rule
  readonly hit: PlacedHit
  /** The rule is off here, or not to be asked about the file. */
  readonly unheard?: true
}

/** The comments of a file that silence rules, and which of them did. */
export interface Silencing {
  /** The comment that silences a rule at a place. */
  find(rule: string, span: Span): Suppression | undefined
  /**
   * Findings about those that did nothing so far.
   *
   * @param heard rules that are on here: the others may be on elsewhere
   */
  unused(heard: ReadonlySet<string>): Finding[]
}

/** A file whose comments are read. */
export interface SilencedFile extends Pick<JudgedFile, 'file' | 'isPartial'> {
  readonly statements: readonly Pick<Seen, 'span' | 'within'>[]
}

/** Reads them. In a file of which not all was read, who silenced nothing may silence something in the rest. */
export function silencing({ file, statements, isPartial = false }: SilencedFile): Silencing {
  const spans = statements.filter(({ within }) => within === 'file').map(({ span }) => span)
  const { suppressions, bad } = parseSuppressions(file.text, spans)
  const used = new Set<Suppression>()
  return {
    find(rule, { start }) {
      const found = suppressions.find(
        (each) => each.rule === rule && start >= each.covers.start && start < each.covers.end,
      )
      if (found) used.add(found)
      return found
    },
    unused: (heard) => [
      ...bad.map(({ span, ...told }) => about(file, span, 'bad-suppression', told)),
      ...suppressions
        .filter((each) => !isPartial && heard.has(each.rule) && !used.has(each))
        .map(({ rule, span }) =>
          about(file, span, 'unused-suppression', {
            message: `This silences ${rule}, which finds nothing here.`,
            help: 'Remove the comment, or move it to the line before the statement that it is about.',
          }),
        ),
    ],
  }
}

function about(
  file: MigrationFile,
  span: Span,
  rule: string,
  told: Pick<Finding, 'message' | 'help'>,
): Finding {
  return { rule, severity: 'warning', ...place(file, span), ...told }
}

/** Hits as they are told, in the order of their places. */
export function makeFindings(
  hits: readonly PlacedRuleHit[],
  judging: Judging,
  silenced: ReadonlyMap<MigrationFile, Silencing>,
): Judged {
  const findings: Finding[] = []
  const suppressed: SuppressedFinding[] = []
  const unsaid: Finding[] = []
  const inOrder = hits.toSorted((a, b) => a.hit.span.start - b.hit.span.start)
  for (const { rule, hit, unheard } of inOrder) {
    const decided = unheard ? undefined : decideLevel(rule, hit, judging)
    const silencer = unheard ? undefined : silenced.get(hit.file)?.find(rule.id, hit.span)
    if (!decided) {
      if (claimsOf(rule, hit).length > 0) unsaid.push(makeFinding({ rule, hit }, { severity: 'notice' }))
      continue
    }
    const { level, ...told } = decided
    const finding = makeFinding({ rule, hit }, told)
    const { help } = finding
    if (!silencer) findings.push(finding)
    else if (level === 'never') findings.push({ ...finding, help: `${help} No comment silences this here.` })
    else suppressed.push({ ...finding, reason: silencer.reason })
  }
  return { findings, suppressed, unsaid }
}

function makeFinding(
  { rule, hit }: Omit<PlacedRuleHit, 'unheard'>,
  told: Pick<Finding, 'severity' | 'force'>,
): Finding {
  const { file, span, message, help, fix } = hit
  const claims = claimsOf(rule, hit)
  return {
    rule: rule.id,
    ...told,
    ...place(file, span),
    message,
    help,
    why: rule.why,
    ...(fix ? { fix: placeFix(file.text, fix, shownText(file)) } : {}),
    ...(claims.length > 0 ? { claims } : {}),
  }
}

function claimsOf(rule: Rule, hit: Hit): readonly Claim[] {
  return hit.claims ?? rule.claims ?? []
}
