import { showName } from '../../sql/relation-name.js'
import type { Context, Rule } from '../rule.js'
import { type Written, writtenRelations } from './written-relations.js'

export const writeToForeignSchema: Rule = {
  id: 'write-to-foreign-schema',
  group: 'security',
  title: 'Changes to what a platform or this tool keeps for itself',
  why: 'Supabase changes `auth`, `storage`, `realtime` and their like itself: what a migration alters there stops its next upgrade or is overwritten by it. In the tables that record migrations, a changed row makes a migration run twice or never.',
  instead: `Keep own data in own tables that refer to theirs, and use what is meant for it: triggers on \`auth.users\`, policies on \`storage.objects\`, buckets, the API. Records of migrations are the tool’s alone.

\`\`\`sql
create table public.profiles (id uuid primary key references auth.users on delete cascade);
\`\`\``,
  levels: { development: 'warn', staging: 'force', production: 'force' },
  examples: {
    bad: [
      'alter table auth.users add column nickname text;',
      "delete from devflow.schema_migrations where version = '7';",
    ],
    good: [
      'create policy own on storage.objects for select using (owner = auth.uid());',
      'create trigger on_signup after insert on auth.users for each row execute function public.welcome();',
      'create schema auth; create table auth.accounts (id int);',
    ],
  },
  *check(statement, context) {
    for (const written of writtenRelations(statement, context.file.file.text)) {
      const owner = ownerOf(written, context)
      if (owner === undefined) continue
      const { schema, name, by, span } = written
      const what =
        name === '' ? showName([schema ?? '']) : showName(schema === undefined ? [name] : [schema, name])
      yield {
        span,
        message: `${by} changes ${what}, which ${owner} keeps for itself.`,
        help:
          owner === TOOL
            ? 'Leave the records of migrations to the tool.'
            : 'Keep own columns and rows in an own table that refers to it.',
      }
    }
  },
}

const TOOL = 'the migration tool'

function ownerOf({ schema, name, by }: Written, { known, file }: Context): string | undefined {
  const relation = known.named(schema === undefined ? [name] : [schema, name])
  if (schema === 'devflow' && !known.schemas.has(schema)) return TOOL
  if (isTracking(schema, name))
    return by === 'CREATE TABLE' || relation?.file === file.file ? undefined : TOOL
  if (schema === undefined || !PLATFORM.has(schema) || known.schemas.has(schema) || relation) return undefined
  return MEANT.some(([place, how]) => place === `${schema}.${name}` && how.test(by))
    ? undefined
    : 'the platform'
}

function isTracking(schema: string | undefined, name: string): boolean {
  return OURS.has(name) && (schema === undefined || schema === 'public' || schema === 'devflow')
}

const OURS = new Set(['schema_migrations', 'migration_history', 'schema_snapshots', 'target_identity'])

const PLATFORM = new Set([
  'auth',
  'storage',
  'realtime',
  '_realtime',
  '_analytics',
  'supabase_migrations',
  'supabase_functions',
  'vault',
  'pgsodium',
  'pgbouncer',
  'cron',
  'net',
])

/** What the platform's documentation tells people to do. */
const MEANT: readonly (readonly [string, RegExp])[] = [
  ['auth.users', / TRIGGER$/],
  ['storage.objects', / POLICY$/],
  ['storage.buckets', / POLICY$|^INSERT$|^UPDATE$/],
  ['realtime.messages', / POLICY$/],
]
