import type { Config } from '../../model/config.js'
import type { Finding, SuppressedFinding } from '../../model/finding.js'
import type { RehearsalPlace, RelationSize } from '../../model/measured.js'
import type { Rehearsed } from '../../model/outcome.js'
import type { RunnableMigration } from '../../model/plan.js'
import { makeScale } from '../../rehearsal/verdicts/make-scale.js'
import { meetFacts } from '../../rehearsal/verdicts/meet-facts.js'
import { renderBytes } from '../../render/bytes.js'
import { renderDuration } from '../../render/duration.js'
import { judgeFound } from '../../rules/judge-found.js'
import { spanOf } from '../../sql/position.js'
import { excluderOf } from './excluder-of.js'

/** What was found before files ran, and what running them showed. */
export interface ToJudge {
  /** All there are; those about nothing that was measured come back as they are. */
  readonly findings: readonly Finding[]
  readonly suppressed: readonly SuppressedFinding[]
  /** See `JudgedFiles.unsaid`. */
  readonly unsaid: readonly Finding[]
  readonly migrations: readonly RunnableMigration[]
  readonly rehearsal: readonly Rehearsed[]
  /** Of what was touched, on the target. */
  readonly sizes: readonly RelationSize[]
  readonly place: RehearsalPlace
  /** On a shadow: all that is on the target is there, as far as is known, what other hands made too. */
  readonly wholeSchema: boolean
  readonly config: Pick<Config, 'judging' | 'rehearsal' | 'transaction'>
}

/** @returns what takes the place of both: findings confirmed or refuted, and those that only running the files shows */
export function judgeMeasured(given: ToJudge): Pick<ToJudge, 'findings' | 'suppressed'> {
  const { config, migrations, sizes } = given
  const { judging, transaction } = config
  const { findings, found } = meetFacts({
    ...given,
    judging,
    scale: makeScale(sizes, config),
    modes: new Map(migrations.map(({ file, mode }) => [file.path, mode])),
    texts: new Map(migrations.map(({ file }) => [file.path, file.text])),
    together: transaction === 'all',
    quantities: { bytes: renderBytes, duration: renderDuration },
  })
  const isExcluded = excluderOf(judging.excludes)
  const files = new Map(migrations.map(({ file }) => [file.path, file]))
  const placed = found.flatMap(({ path, position, ...hit }) => {
    const file = files.get(path)
    if (!file || isExcluded(hit.rule, file.name)) return []
    return [{ ...hit, file, span: spanOf(file.text, position) }]
  })
  const judged = judgeFound(placed, migrations, judging)
  return {
    findings: [...findings, ...judged.findings],
    suppressed: [...given.suppressed, ...judged.suppressed],
  }
}
