import type { InputName } from '../../src/model/inputs.js'
import type { ProgressEvent } from '../../src/model/progress.js'
import type { Report } from '../../src/model/report.js'
import { run } from '../../src/programs/run.js'
import type { System } from '../../src/programs/system.js'
import { aProject, type Project } from '../support/a-project.js'

/** What a run was given beyond the command. */
export interface Asked {
  readonly given?: Partial<Record<InputName, string>>
  readonly variables?: Readonly<Record<string, string>>
  readonly system?: Partial<System>
  /** Default: true. */
  readonly ci?: boolean
}

/** A project with migrations, and the whole program run in it against one database, environment `test`. */
export interface Migrator extends AsyncDisposable {
  readonly project: Project
  /** All events of all runs. */
  readonly events: ProgressEvent[]
  write(name: string, sql: string): Promise<void>
  run(command: string, asked?: Asked): Promise<Report>
}

/** @param files by name in the folder `migrations` */
export async function aMigrator(
  url: string,
  files: Readonly<Record<string, string>> = {},
): Promise<Migrator> {
  const project = await aProject()
  const events: ProgressEvent[] = []
  const write = (name: string, sql: string) => project.write(`migrations/${name}`, sql)
  for (const [name, sql] of Object.entries(files)) await write(name, sql)
  return {
    project,
    events,
    write,
    run: (command, { given = {}, variables = {}, system = {}, ci = true } = {}) =>
      run(
        {
          entry: 'cli',
          given: { command, environment: 'test', ...given },
          variables: { DATABASE_URL: url, GITHUB_ACTOR: 'octocat', ...variables },
          folder: project.path,
          ci,
          verbose: false,
        },
        { observe: (event) => events.push(event), now: () => new Date(), ...system },
        async () => {},
      ),
    [Symbol.asyncDispose]: () => project[Symbol.asyncDispose](),
  }
}

/** A report as one line says it: `0 applied: 01 applied, 02 applied`. */
export function verdict(report: Report): string {
  const outcomes = report.outcomes.map(({ version, state }) => `${version} ${state}`)
  return `${report.exitCode} ${report.status}${outcomes.length > 0 ? `: ${outcomes.join(', ')}` : ''}`
}

/** What was shown of each file: `01 rehearsed, 02 not-rehearsable`. */
export function rehearsed(report: Report): string {
  return report.rehearsal.map(({ version, state }) => `${version} ${state}`).join(', ')
}

/** Everything in a report that tells what is wrong, to be searched. */
export function trouble({ problems, findings, outcomes, rehearsal }: Report): string {
  return JSON.stringify({ problems, findings, outcomes, rehearsal })
}
