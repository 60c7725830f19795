import type { MigrationFile } from '../model/migration.js'

/** The name of a file without folder and endings: `20260101000000_users` of `20260101000000_users.up.sql`. */
export function stemOf({ name }: Pick<MigrationFile, 'name'>): string {
  return (name.split('/').at(-1) ?? name).replace(/\.sql$/, '').replace(/\.up$/, '')
}
