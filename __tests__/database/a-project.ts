import type { InputName } from '../../src/model/inputs.js'
import type { Report } from '../../src/model/report.js'
import { run } from '../../src/programs/run.js'
import { aProject as aCheckout, type Project as Checkout } from '../support/a-project.js'

/** A project, and the whole program run in it against any database, environment `staging`. */
export interface Project extends Checkout {
  writeAll(files: Readonly<Record<string, string>>): Promise<void>
  run(command: string, databaseUrl: string, given?: Partial<Record<InputName, string>>): Promise<Report>
}

/** @param files by their path in the project, `migrations/01_a.sql` */
export async function aProject(files: Readonly<Record<string, string>> = {}): Promise<Project> {
  const checkout = await aCheckout(files)
  return {
    ...checkout,
    writeAll: async (more) => {
      for (const [path, text] of Object.entries(more)) await checkout.write(path, text)
    },
    run: (command, databaseUrl, given = {}) =>
      run(
        {
          entry: 'cli',
          given: { command, environment: 'staging', ...given },
          variables: { DATABASE_URL: databaseUrl },
          folder: checkout.path,
          ci: true,
          verbose: false,
        },
        { observe: () => {}, now: () => new Date() },
        async () => {},
      ),
  }
}

/** A devflow.yml that keeps history in the given schema. */
export function trackedIn(schema: string): Record<string, string> {
  return {
    'devflow.yml': `version: "1"\nproject:\n  name: test\ndatabase:\n  migrations:\n    tracking_schema: ${schema}\n  environments:\n    staging:\n      url_env: DATABASE_URL\n`,
  }
}
