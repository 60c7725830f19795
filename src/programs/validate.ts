import { loadBase } from '../migrations/load-base.js'
import type { Config } from '../model/config.js'
import type { Gathering } from '../report/gathered.js'
import { RULES } from '../rules/all-rules.js'
import { fixFiles } from './fix-files.js'
import { hideInFindings } from './judging/hide-in-findings.js'
import { judgeFiles } from './judging/judge-files.js'
import type { System } from './system.js'

/**
 * Everything that can be told of the files without a database: what the base says of them, what the parser and the rules
 * say. With `--fix` what can be rewritten is, and judged once more.
 *
 * @param load reads the files into what is gathered, from the beginning
 */
export async function validate(
  config: Config,
  system: System,
  gathered: Gathering,
  load: () => Promise<void>,
): Promise<void> {
  await lookAtAll(config, gathered, system.signal)
  if (!config.fix || !(await fixFiles(config, gathered, system.now()))) return
  const notes = gathered.notes ?? []
  await load()
  await lookAtAll(config, gathered, system.signal)
  gathered.notes = [...new Set([...notes, ...(gathered.notes ?? [])])]
}

async function lookAtAll(config: Config, gathered: Gathering, signal?: AbortSignal): Promise<void> {
  const { files = [] } = gathered
  const base = await loadBase(config, files)
  if (base.added) gathered.added = base.added
  gathered.findings = [...(gathered.findings ?? []), ...hideInFindings(base.findings, files)]
  gathered.notes = [...(gathered.notes ?? []), ...base.notes]
  if (files.length === 0) return
  const { findings, suppressed } = await judgeFiles(files, config, {
    ...(base.added ? { added: new Set(base.added) } : {}),
    ...(signal ? { signal } : {}),
  })
  gathered.findings = [...gathered.findings, ...findings]
  gathered.suppressed = suppressed
  gathered.rules = Object.values(RULES)
}
