import type { Finding, SuppressedFinding } from '../model/finding.js'
import type { Judging } from '../model/judging.js'
import type { MigrationFile } from '../model/migration.js'
import type { Span } from '../model/position.js'
import { place } from '../sql/place.js'
import { placeFix } from '../sql/place-fix.js'
import { shownText } from '../sql/shown-text.js'
import { decideLevel } from './decide-level.js'
import { parseSuppressions, type Suppression } from './parse-suppressions.js'
import type { JudgedFile, PlacedHit, Rule } from './rule.js'

/** What came of judging: what is to be told, and what a comment with a reason silences. */
export interface Judged {
  readonly findings: readonly Finding[]
  readonly suppressed: readonly SuppressedFinding[]
}

/** A hit with its rule. */
export interface PlacedRuleHit {
  readonly rule: Rule
  readonly hit: PlacedHit
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

/** Reads them. In a file of which not all was read, who silenced nothing may silence something in the rest. */
export function silencing({
  file,
  statements,
  isPartial = false,
}: Omit<JudgedFile, 'transactional'>): Silencing {
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
  const inOrder = hits.toSorted((a, b) => a.hit.span.start - b.hit.span.start)
  for (const { rule, hit } of inOrder) {
    const decided = decideLevel(rule, hit, judging)
    const silencer = silenced.get(hit.file)?.find(rule.id, hit.span)
    if (!decided) continue
    const { level, ...told } = decided
    const { file, span, message, help, fix } = hit
    const finding: Finding = {
      rule: rule.id,
      ...told,
      ...place(file, span),
      message,
      help,
      why: rule.why,
      ...(fix ? { fix: placeFix(file.text, fix, shownText(file)) } : {}),
    }
    if (!silencer) findings.push(finding)
    else if (level === 'never') findings.push({ ...finding, help: `${help} No comment silences this here.` })
    else suppressed.push({ ...finding, reason: silencer.reason })
  }
  return { findings, suppressed }
}
