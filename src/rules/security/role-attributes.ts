import { showName } from '../../sql/relation-name.js'
import type { Rule } from '../rule.js'
import { roleOptions } from './role-options.js'

export const roleAttributes: Rule = {
  id: 'role-attributes',
  group: 'security',
  title: 'A role with BYPASSRLS, REPLICATION or CREATEROLE',
  why: 'BYPASSRLS sees and changes all rows whatever the policies say, REPLICATION can copy the whole server with its password hashes, CREATEROLE can make and change roles and their passwords (before PostgreSQL 16 those of every role that is no superuser).',
  instead:
    'Use a policy for the role in place of BYPASSRLS, and let who runs the server make roles and replicas.',
  levels: { development: 'warn', staging: 'force', production: 'force' },
  examples: {
    bad: [
      'create role jobs login bypassrls;',
      'alter role app createrole;',
      'create role copy replication login;',
    ],
    good: ['create role app login nobypassrls;', 'alter role app createdb;'],
  },
  *check(statement, { file }) {
    for (const { name, role, span } of roleOptions(statement, file.file.text)) {
      const attribute = ATTRIBUTES.get(name)
      if (!attribute) continue
      yield {
        ...(span ? { span } : {}),
        message: `The role ${showName([role])} gets ${attribute.name}: it ${attribute.does}.`,
        help: attribute.instead,
      }
    }
  },
}

const ATTRIBUTES = new Map([
  [
    'bypassrls',
    {
      name: 'BYPASSRLS',
      does: 'sees and changes all rows whatever the policies say',
      instead: 'Write a policy for it: CREATE POLICY … TO this role USING (…).',
    },
  ],
  [
    'isreplication',
    {
      name: 'REPLICATION',
      does: 'can copy the whole server',
      instead: 'Let who runs the server make the roles that replicas connect as.',
    },
  ],
  [
    'createrole',
    {
      name: 'CREATEROLE',
      does: 'can make and change other roles',
      instead: 'Make the roles that are needed here, by a role that may, and leave CREATEROLE out.',
    },
  ],
])
