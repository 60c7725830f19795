import type { Config, Redact } from '../model/config.js'
import { type LogFile, openLogFile } from './open-log-file.js'
import { openResultFiles, type ResultFiles, type ResultRenderers } from './open-result-files.js'

/** The files that a run writes beside what it prints: its log, and its results for other programs. */
export interface RunFiles {
  /**
   * Opens those that were asked for.
   *
   * @throws UserError where one can not be written
   */
  open(config: Config): Promise<void>
  /** @param line asked only where there is a log */
  note(line: () => string | undefined): void
  /**
   * Writes what came of the run, and closes them.
   *
   * @param answer as the log has it
   * @returns what went wrong, a sentence each
   */
  end(answer: () => string, render: (redact: Redact) => ResultRenderers): Promise<string[]>
}

export function makeRunFiles(): RunFiles {
  let log: LogFile | undefined
  let results: ResultFiles | undefined
  let redact: Redact = (text) => text
  const note = (line: () => string | undefined) => {
    const text = log && line()
    if (text !== undefined) log?.write(text)
  }
  return {
    open: async (config) => {
      redact = config.redact
      if (config.logFile !== undefined) log = await openLogFile(config.logFile, () => new Date())
      results = await openResultFiles(config)
    },
    note,
    end: async (answer, render) => {
      note(() => answer().trimEnd())
      await log?.close()
      return (await results?.end(render(redact))) ?? []
    },
  }
}
