import type { AlterDomainStmt, CreateDomainStmt } from '@pgsql/types'
import { showName } from '../../sql/relation-name.js'
import { nodeAs, stringsOf, treeAs } from '../../sql/tree.js'
import type { Context, Hit, Rule } from '../rule.js'
import { isChecked } from './is-checked.js'
import { LESSER_LOCK_LEVELS, LOCK_LEVELS } from './lock-levels.js'

export const domainConstraint: Rule = {
  id: 'domain-constraint',
  group: 'locks',
  title: 'A constraint on a domain',
  why: 'A constraint added to a domain is checked in all tables that have a column of it, in one statement, under a SHARE lock on each: nobody can write to any of them until it is done. `NOT VALID` puts that off, but `VALIDATE CONSTRAINT` then takes the same locks. And a column whose type is a domain with a constraint can not be added without rewriting the table.',
  instead: `Put the constraint on the columns, where it can be added \`NOT VALID\` and validated without stopping anybody.

\`\`\`sql
alter table orders add constraint orders_fee_check check (fee >= 0) not valid;
\`\`\``,
  levels: LOCK_LEVELS,
  claims: ['scan'],
  examples: {
    bad: [
      'alter domain cents add constraint cents_check check (value >= 0);',
      'create domain cents as int check (value >= 0);',
    ],
    good: ['create domain cents as int;', 'alter domain cents add check (value >= 0) not valid;'],
  },
  *check(statement, context) {
    const made = treeAs(statement, 'CreateDomainStmt')
    const altered = treeAs(statement, 'AlterDomainStmt')
    const hit = (made && ofNew(made)) ?? (altered && ofOld(altered, context))
    if (hit) yield hit
  },
}

function ofNew(domain: CreateDomainStmt): Hit | undefined {
  if (!isChecked(domain)) return undefined
  const name = showName(stringsOf(domain.domainname))
  return {
    levels: LESSER_LOCK_LEVELS,
    claims: [],
    message: `Domain ${name} has a constraint: adding a column of it to a table rewrites the table, and changing it later locks every table that uses it.`,
    help: 'Nothing uses it yet. Where it is meant for large tables, put the constraint on their columns instead.',
  }
}

function ofOld({ subtype, typeName, def, name }: AlterDomainStmt, { known }: Context): Hit | undefined {
  const parts = stringsOf(typeName)
  if (known.type(parts)?.isNew) return undefined
  const constraint = nodeAs(def, 'Constraint')
  const what = WHAT[subtype ?? '']
  if (what === undefined || constraint?.skip_validation) return undefined
  const told = subtype === 'V' ? `${what} ${showName([name ?? ''])}` : what
  return {
    message: `${told} of domain ${showName(parts)} reads every table that uses it while nobody can write to them.`,
    help:
      subtype === 'V'
        ? 'VALIDATE takes a SHARE lock on each of those tables: run it when little is written. A CHECK on the columns could be validated without that.'
        : 'Put the constraint on the columns, as CHECK … NOT VALID, and validate it in the next migration.',
  }
}

/** What ALTER DOMAIN does, by the letter in the tree. */
const WHAT: Readonly<Record<string, string>> = {
  C: 'Adding a constraint',
  O: 'Making values NOT NULL',
  V: 'Validating the constraint',
}
