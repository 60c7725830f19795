import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { InputName } from '../../src/model/inputs.js'
import type { Report } from '../../src/model/report.js'
import { run } from '../../src/programs/run.js'
import { aFolder } from '../support/postgres/a-folder.js'

/** A project in a temporary folder, and the whole program run in it, environment `staging`. */
export interface Project extends AsyncDisposable {
  readonly path: string
  write(files: Readonly<Record<string, string>>): Promise<void>
  run(command: string, databaseUrl: string, given?: Partial<Record<InputName, string>>): Promise<Report>
}

/** @param files by their path in the project, `migrations/01_a.sql` */
export async function aProject(files: Readonly<Record<string, string>> = {}): Promise<Project> {
  const folder = await aFolder()
  const project: Project = {
    path: folder.path,
    async write(more) {
      for (const [name, text] of Object.entries(more)) {
        await mkdir(dirname(join(folder.path, name)), { recursive: true })
        await writeFile(join(folder.path, name), text)
      }
    },
    run: (command, databaseUrl, given = {}) =>
      run(
        {
          entry: 'cli',
          given: { command, environment: 'staging', ...given },
          variables: { DATABASE_URL: databaseUrl },
          folder: folder.path,
          ci: true,
          verbose: false,
        },
        { observe: () => {}, now: () => new Date() },
        async () => {},
      ),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
  await project.write(files)
  return project
}

/** A devflow.yml that keeps history in the given schema. */
export function trackedIn(schema: string): Record<string, string> {
  return {
    'devflow.yml': `version: "1"\nproject:\n  name: test\ndatabase:\n  migrations:\n    tracking_schema: ${schema}\n  environments:\n    staging:\n      url_env: DATABASE_URL\n`,
  }
}
