import { showName } from '../../sql/relation-name.js'
import type { Rule } from '../rule.js'
import { roleOptions } from './role-options.js'

export const superuserRole: Rule = {
  id: 'superuser-role',
  group: 'security',
  title: 'CREATE or ALTER ROLE … SUPERUSER',
  why: "No permission is checked for a superuser: it reads every row and every password hash, runs programs on the server's machine and turns off its logs. One leaked URL is then the whole machine.",
  instead:
    'Give the role the privileges that it needs by GRANT. Superusers are made by hand, by who runs the server.',
  levels: { development: 'warn', staging: 'force', production: 'never' },
  examples: {
    bad: ['create role admin superuser;', 'alter role app with superuser;'],
    good: ['create role app login;', 'alter role app nosuperuser;'],
  },
  *check(statement, { file }) {
    for (const { name, role, span } of roleOptions(statement, file.file.text)) {
      if (name !== 'superuser') continue
      yield {
        ...(span ? { span } : {}),
        message: `The role ${showName([role])} becomes a superuser, for whom no permission is checked.`,
        help: 'Grant the privileges that it needs by name.',
      }
    }
  },
}
