import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openCountingProxy } from './counting-proxy.mjs'
import { runCommand, TookTooLong } from './run-command.mjs'

/**
 * Applies the texts with a tool to an empty database of its own, through a network of that round trip, and makes sure
 * that it did.
 *
 * @param again asks for the run after, which has nothing left to do: so many times, past the proxy but for the first
 * @returns undefined when it took longer than it may
 */
export async function measureRun(
  tool,
  { server, folder, capMs },
  { texts, check, roundTripMs = 0, weigh, again = 0 },
) {
  const database = `bench_${process.hrtime.bigint()}`
  await server.query('postgres', `create database ${database}`)
  const proxy = await openCountingProxy({ host: server.host, port: server.port, roundTripMs })
  const home = mkdtempSync(join(folder, 'run-'))
  const commandsAt = (port) =>
    tool.prepare({ folder: filesIn(home), texts, url: server.urlOf(database, port) })
  const runAll = (commands, how) => runCommands(commands, home, { capMs, ...how })
  try {
    const first = await runAll(commandsAt(proxy.port), { weigh })
    const turns = proxy.turns()
    await verify(tool, { server, database, count: texts.length, check })
    if (tool.history === undefined || again === 0) return { ...first, turns }
    await runAll(commandsAt(proxy.port))
    const turnsAgain = proxy.turns() - turns
    const seconds = []
    const direct = commandsAt(server.port)
    for (let run = 0; run < again; run += 1) seconds.push((await runAll(direct)).seconds)
    return { ...first, turns, turnsAgain, secondsAgain: Math.min(...seconds) }
  } catch (error) {
    if (error instanceof TookTooLong) return undefined
    throw new Error(`${tool.name}: ${error.message}`, { cause: error })
  } finally {
    await proxy[Symbol.asyncDispose]()
    await server.query('postgres', `drop database ${database} with (force)`)
    rmSync(home, { recursive: true, force: true })
  }
}

function filesIn(home) {
  const folder = join(home, 'files')
  mkdirSync(folder, { recursive: true })
  return folder
}

/** Of several runs the one that was fastest: what slows one down is something else on the machine. */
export async function fastest(runs, measure) {
  let best
  for (let run = 0; run < runs; run += 1) {
    const measured = await measure()
    if (measured === undefined) return undefined
    if (best === undefined || measured.seconds < best.seconds) best = measured
  }
  return best
}

async function runCommands(commands, home, { capMs, weigh }) {
  const total = { seconds: 0, lines: 0, megabytes: 0 }
  for (const command of commands) {
    const left = capMs - total.seconds * 1000
    const { seconds, lines, megabytes } = await runCommand(command, home, { capMs: Math.max(left, 1), weigh })
    total.seconds += seconds
    total.lines += lines
    total.megabytes = Math.max(total.megabytes, megabytes ?? 0)
  }
  return total
}

/** A tool that did not do its work is not measured: the benchmark stops. */
async function verify(tool, { server, database, count, check }) {
  await check((sql) => server.query(database, sql))
  if (tool.history === undefined) return
  const [{ count: recorded }] = await server.query(database, tool.history)
  if (Number(recorded) !== count) throw new Error(`It recorded ${recorded} of ${count} files.`)
}
