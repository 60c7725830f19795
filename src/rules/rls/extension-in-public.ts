import type { CreateExtensionStmt } from '@pgsql/types'
import { showName } from '../../sql/relation-name.js'
import { nodeAs, treeAs } from '../../sql/tree.js'
import { everywhere } from '../everywhere.js'
import type { Context, Rule } from '../rule.js'

export const extensionInPublic: Rule = {
  id: 'extension-in-public',
  group: 'rls',
  title: 'An extension in a schema that the API serves',
  why: 'Its functions and tables become part of the API, callable by everybody who can ask it, and its names are in the way of yours.',
  instead:
    'Put it into a schema of its own:\n\n```sql\ncreate extension pg_trgm with schema extensions;\n```',
  levels: everywhere('warn'),
  needsApi: true,
  examples: {
    bad: ['create extension pg_trgm;', 'create extension if not exists hstore with schema public;'],
    good: ['create extension pg_trgm with schema extensions;', 'create extension pg_cron;'],
  },
  *check(statement, context) {
    const extension = treeAs(statement, 'CreateExtensionStmt')
    const schema = extension && schemaOf(extension, context)
    if (schema === undefined || !context.judging.apiSchemas.includes(schema)) return
    const name = showName([extension?.extname ?? ''])
    if (isMoved(extension?.extname, context)) return
    yield {
      message: `Extension ${name} goes into the schema ${showName([schema])}, which the API serves.`,
      help: `Write create extension ${name} with schema extensions.`,
    }
  },
}

/** Where the extension does not say: the first schema of the search_path. */
function schemaOf({ extname = '', options = [] }: CreateExtensionStmt, context: Context): string | undefined {
  const option = options.map((each) => nodeAs(each, 'DefElem')).find((each) => each?.defname === 'schema')
  const written = nodeAs(option?.arg, 'String')?.sval
  return written ?? (OWN_SCHEMA.has(extname) ? undefined : currentSchema(context))
}

function currentSchema({ file: { statements }, index }: Context): string {
  const setting = statements
    .slice(0, index)
    .map((each) => treeAs(each, 'VariableSetStmt'))
    .findLast((each) => each?.name === 'search_path')
  return nodeAs(setting?.args?.[0], 'A_Const')?.sval?.sval ?? 'public'
}

function isMoved(extension: string | undefined, { file: { statements }, index }: Context): boolean {
  return statements.slice(index + 1).some((each) => {
    const moved = treeAs(each, 'AlterObjectSchemaStmt')
    return moved?.objectType === 'OBJECT_EXTENSION' && nodeAs(moved.object, 'String')?.sval === extension
  })
}

/** Extensions whose control file names their schema. */
const OWN_SCHEMA: ReadonlySet<string> = new Set([
  'adminpack',
  'pg_cron',
  'pg_graphql',
  'pg_net',
  'pg_partman_bgw',
  'pg_tle',
  'pgmq',
  'pgsodium',
  'pljava',
  'plperl',
  'plperlu',
  'plpgsql',
  'plpython3u',
  'pltcl',
  'pltclu',
  'plv8',
  'postgis_tiger_geocoder',
  'postgis_topology',
  'supabase_vault',
])
