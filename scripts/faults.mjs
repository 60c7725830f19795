// npm run faults: every way to disturb a run, at every message of it, in every scenario, on both majors.
//
//   npm run faults -- [--scenario NAME]… [--mode NAME]… [--major 15|18]… [--most N] [--every] [--lanes N] [--cli FILE]
//
// Modes: cuts, twice, for-good, outages, terminate, abort, cut-asked, asked-cut, stalls, signals, restart. --most tries each at so
// many messages only; --every also at those at which nothing else can come of it than at their neighbours. Prints a line for each,
// and what was wrong.
// Exit code 0: every promise held; 1: one did not.
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startTestServers } from '../__tests__/support/postgres/test-servers.mjs'
import { importTypeScript } from './import-typescript.mjs'

const { values } = parseArgs({
  options: {
    scenario: { type: 'string', multiple: true },
    mode: { type: 'string', multiple: true },
    major: { type: 'string', multiple: true },
    most: { type: 'string' },
    every: { type: 'boolean' },
    lanes: { type: 'string', default: '3' },
    cli: { type: 'string', default: fileURLToPath(new URL('../dist/cli.js', import.meta.url)) },
  },
})

const stopServers = await startTestServers()
try {
  process.exitCode = await main()
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  await stopServers()
}

async function main() {
  const faults = new URL('../__tests__/faults/', import.meta.url)
  const { runFullSweep } = await importTypeScript(new URL('full-sweep.ts', faults))
  const { renderTally } = await importTypeScript(new URL('tally.ts', faults))
  const started = performance.now()
  const all = await runFullSweep({
    cli: values.cli,
    scenarios: values.scenario,
    modes: values.mode,
    majors: values.major,
    most: values.most && Number(values.most),
    every: values.every,
    lanes: Number(values.lanes),
    print: (line) => console.log(line),
  })
  const seconds = Math.round((performance.now() - started) / 1000)
  console.log(`${'all'.padEnd(64)} ${renderTally(all)} seconds=${seconds}`)
  const share = all.transient > 0 ? all.byThemselves / all.transient : 1
  if (share < 0.95)
    console.log(
      `Only ${(share * 100).toFixed(1)} % of the transient faults were got over; 95 % are promised.`,
    )
  return all.violations.length === 0 && share >= 0.95 ? 0 : 1
}
