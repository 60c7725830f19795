import type { Report } from '../model/report.js'
import { run } from './run.js'

/** What a command line asks for: one run, or a server, of which each answer is a run of its own. */
export async function start(...asked: Parameters<typeof run>): Promise<Report> {
  if (asked[0].given.command !== 'serve') return run(...asked)
  const { serve } = await import(/* webpackIgnore: true */ './serve.js')
  return serve(...asked)
}
