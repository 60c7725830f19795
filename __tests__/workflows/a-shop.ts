import { aProject, type Project } from '../support/a-project.js'

/** A project whose production is rehearsed on itself, so that a test needs no second server. */
export function aShop(environment: readonly string[] = []): Promise<Project> {
  const lines = [
    'version: "1"',
    'database:',
    '  environments:',
    '    development:',
    '      url_env: DATABASE_URL',
    '    staging:',
    '      url_env: DATABASE_URL',
    '    production:',
    '      url_env: DATABASE_URL',
    '      rehearse: target',
    ...environment.map((line) => `      ${line}`),
  ]
  return aProject({
    'devflow.yml': `${lines.join('\n')}\n`,
    'migrations/01_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);\n',
    'migrations/02_orders.sql': 'CREATE TABLE orders (id bigint PRIMARY KEY);\n',
  })
}

/** The tables that the files of the shop make, of those that are there. */
export const TABLES = `SELECT coalesce(string_agg(table_name, ' ' ORDER BY table_name), '') AS names
  FROM information_schema.tables WHERE table_schema = 'public'`
