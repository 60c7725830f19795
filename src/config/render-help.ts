import { docsPage } from '../model/docs-page.js'
import { COMMANDS } from './commands.js'
import { CLI_FLAGS, INPUTS } from './inputs.js'

/** The help of the command line, made from the tables that it obeys. Ends with a line end. */
export function renderHelp(): string {
  const verbs = Object.entries(COMMANDS).filter(([, { entries }]) => entries.includes('cli'))
  const flags = Object.values(INPUTS).flatMap((spec) =>
    spec.flag ? [[spec.kind === 'flag' ? spec.flag : `${spec.flag} <${spec.kind}>`, spec.doc] as const] : [],
  )
  return `devflow: plain-SQL PostgreSQL migrations, safely.

Usage: devflow db <command> [flags]
       devflow --version

Commands
${columns(verbs.map(([verb, { doc }]) => [verb, doc]))}
Flags
${columns([...flags, ...Object.entries(CLI_FLAGS)])}
Exit codes: 0 done or nothing to do, 1 failed or refused, 2 the set-up is wrong.
Each flag is also an input of the GitHub action and may have an environment variable:
${docsPage('configuration', 'inputs-and-flags')}
`
}

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, doc]) => `  ${name.padEnd(width)}  ${doc}\n`).join('')
}
