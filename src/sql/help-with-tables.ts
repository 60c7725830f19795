import { docsPage } from '../model/docs-page.js'
import { quoteLiteral } from './identifier.js'

/**
 * What to do where the server refused to make, upgrade or write our own tables, by its SQLSTATE. Never another place:
 * where a history is at this one, all of it would be applied once more there.
 *
 * @param table the tracking table's name
 */
export function helpWithTables(code: string | undefined, table = 'schema_migrations'): string {
  switch (code) {
    case '42501':
      return `Use a role that may create the schema and owns the tables. ${docsPage('database', 'rights')} lists what is needed.`
    // Feature not supported, as the type of a column that a view reads; dependent objects still exist.
    case '0A000':
    case '2BP01':
      return `Something depends on these tables: a view, a policy, a trigger or a publication. Find it with SELECT pg_describe_object(classid, objid, objsubid) FROM pg_depend WHERE deptype = 'n' AND refobjid IN (SELECT oid FROM pg_class WHERE relname IN (${quoteLiteral(table)}, 'migration_history')); drop it, run again, and create it anew.`
    case 'P0001':
      return 'A trigger or an event trigger of the database raised this. Let it pass for these tables, or disable it for this run.'
    // Duplicate table, object, function, schema.
    case '42P07':
    case '42710':
    case '42723':
    case '42P06':
      return 'Something of that name is there and is not of this tool. Rename it, and run again.'
    // Lock not available, deadlock, serialization failure.
    case '55P03':
    case '40P01':
    case '40001':
      return 'Another session holds one of them. Wait until it has ended, then run again.'
    // Untranslatable character.
    case '22P05':
      return `The database's encoding lacks a character of what is recorded, such as the actor (GITHUB_ACTOR), the project's name or a file's. Write it with characters that the database has.`
    default:
      return 'Put right what the server says, and run again.'
  }
}
