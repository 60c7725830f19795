import type { Finding, Severity } from '../model/finding.js'
import type { Judging, Level } from '../model/judging.js'
import type { Hit, Rule } from './rule.js'

/** What a hit means where the file is to run: nothing at all, or a severity and what FORCE_RUN has to do with it. */
export function decideLevel(
  rule: Rule,
  hit: Hit,
  judging: Judging,
): (Pick<Finding, 'severity' | 'force'> & { readonly level: Level }) | undefined {
  const level = levelOf(rule, hit, judging)
  if (level === 'off') return undefined
  if (level !== 'force') return { severity: SEVERITIES[level], level }
  const yields = judging.force || judging.forced.has(rule.id)
  return { severity: yields ? 'warning' : 'error', force: yields ? 'used' : 'needed', level }
}

const SEVERITIES: Readonly<Record<Exclude<Level, 'off' | 'force'>, Severity>> = {
  notice: 'notice',
  warn: 'warning',
  block: 'error',
  never: 'error',
}

/** What the configuration sets holds, except against a `never`. */
function levelOf(rule: Rule, { levels }: Hit, judging: Judging): Level {
  const special = typeof levels === 'string' ? levels : levels?.[judging.class]
  const own = guessed(special ?? rule.levels[judging.class], rule, judging)
  return own === 'never' ? own : (judging.levels.get(rule.id) ?? own)
}

/** That a folder looks like Supabase's does not make its schema public. */
function guessed(level: Level, { needsApi }: Rule, { apiConfigured }: Judging): Level {
  const stops = level !== 'off' && level !== 'notice' && level !== 'warn'
  return needsApi && !apiConfigured && stops ? 'warn' : level
}
