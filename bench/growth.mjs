import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runCommand, TookTooLong } from './run-command.mjs'

/**
 * Seconds of a run that has nothing to do, on databases with fewer and with more files, in turns: what else the machine
 * does slows both alike.
 *
 * @param apply the tool that fills the databases, and `again` the one that then finds nothing to do
 * @returns so many pairs; of a workload that took too long undefined in each
 */
export async function measureGrowth({ apply, again, pairs }, { server, folder, capMs }, workloads) {
  const places = []
  try {
    for (const { texts, check } of workloads) {
      const database = `bench_${process.hrtime.bigint()}`
      const home = mkdtempSync(join(folder, 'run-'))
      await server.query('postgres', `create database ${database}`)
      const files = join(home, 'files')
      mkdirSync(files)
      const wanted = { folder: files, texts, url: server.urlOf(database) }
      const place = { database, home, commands: again.prepare(wanted) }
      places.push(place)
      place.isThere = (await runAll(apply.prepare(wanted), place, capMs)) !== undefined
      if (place.isThere) await check((sql) => server.query(database, sql))
    }
    const measured = []
    for (let pair = 0; pair < pairs; pair += 1) {
      const both = []
      for (const place of places)
        both.push(place.isThere ? await runAll(place.commands, place, capMs) : undefined)
      measured.push(both)
    }
    return measured
  } finally {
    for (const { database, home } of places) {
      await server.query('postgres', `drop database ${database} with (force)`)
      rmSync(home, { recursive: true, force: true })
    }
  }
}

/** @returns undefined when it took longer than it may */
async function runAll(commands, { home }, capMs) {
  try {
    let seconds = 0
    for (const command of commands) seconds += (await runCommand(command, home, { capMs })).seconds
    return { seconds }
  } catch (error) {
    if (error instanceof TookTooLong) return undefined
    throw error
  }
}
