import type { CreatePolicyStmt } from '@pgsql/types'
import { showName } from '../../sql/relation-name.js'
import { everywhere } from '../everywhere.js'
import type { Rule } from '../rule.js'
import { policyRoles, showPolicy } from './policy-text.js'

export const multiplePermissivePolicies: Rule = {
  id: 'multiple-permissive-policies',
  group: 'rls',
  title: 'Several permissive policies for one command and role',
  why: 'PostgreSQL joins them with OR: every one is evaluated for each row until one holds, and the loosest of them decides, however strict the others are.',
  instead: 'Make one policy of them with OR, or give them roles or commands that do not overlap.',
  levels: everywhere('warn'),
  needsApi: true,
  examples: {
    bad: [
      'create table t (a int, b int); create policy one on t for select using (a > 0); create policy two on t using (b > 0);',
    ],
    good: [
      'create table t (a int, b int); create policy one on t for select using (a > 0); create policy two on t for insert with check (b > 0);',
      'create table t (a int, b int); create policy one on t to anon using (a > 0); create policy two on t to authenticated using (b > 0);',
    ],
  },
  *conclude({ known }) {
    for (const { policies } of known.relations.values()) {
      for (const [index, { definition, made }] of policies.entries()) {
        if (!made.isNew) continue
        const other = policies.slice(0, index).find((each) => overlap(each.definition, definition))
        if (!other) continue
        yield {
          message: `${showPolicy(definition)} overlaps with ${showName([other.name])}: both are permissive for ${shared(definition, other.definition)}.`,
          help: 'Make one policy of them with OR, or AS RESTRICTIVE of the one that must always hold.',
          file: made.file,
          span: made.span,
        }
      }
    }
  },
}

function overlap(one: CreatePolicyStmt, other: CreatePolicyStmt): boolean {
  return (
    one.permissive === true &&
    other.permissive === true &&
    sharedOf(commandOf(one), commandOf(other), 'all') !== undefined &&
    sharedRole(one, other) !== undefined
  )
}

function shared(one: CreatePolicyStmt, other: CreatePolicyStmt): string {
  const command = sharedOf(commandOf(one), commandOf(other), 'all') ?? ''
  return `${command.toUpperCase()} by ${sharedRole(one, other)}`
}

function commandOf({ cmd_name: command = 'all' }: CreatePolicyStmt): string {
  return command
}

function sharedRole(one: CreatePolicyStmt, other: CreatePolicyStmt): string | undefined {
  for (const role of policyRoles(one)) {
    for (const each of policyRoles(other)) {
      const both = sharedOf(role, each, 'public')
      if (both !== undefined) return both
    }
  }
  return undefined
}

/** What two words have in common, where one word stands for all. */
function sharedOf(one: string, other: string, all: string): string | undefined {
  if (one === other || other === all) return one
  return one === all ? other : undefined
}
