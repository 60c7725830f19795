import type { Node } from '@pgsql/types'
import { showName } from '../../sql/relation-name.js'
import { nodeAs, treeAs } from '../../sql/tree.js'
import type { Rule, Seen } from '../rule.js'
import { showList } from '../show-list.js'
import { roleOptions } from './role-options.js'
import { roles } from './roles.js'

export const serverProgramRole: Rule = {
  id: 'server-program-role',
  group: 'security',
  title: 'Membership of pg_execute_server_program, pg_write_server_files or pg_read_server_files',
  why: "Members run programs and read or write files on the server's machine as the user that PostgreSQL runs as. PostgreSQL's own documentation says that this can be used to become superuser.",
  instead: 'Load and unload data through the client: `COPY … FROM STDIN`, `COPY … TO STDOUT`.',
  levels: { development: 'warn', staging: 'force', production: 'never' },
  examples: {
    bad: [
      'grant pg_execute_server_program to app;',
      'create role loader login in role pg_write_server_files;',
    ],
    good: ['grant pg_read_all_data to reporting;', 'revoke pg_execute_server_program from app;'],
  },
  *check(statement, { file }) {
    const { granted, members } = membership(statement, file.file.text)
    const powers = granted.filter((name) => POWERS.has(name))
    if (powers.length === 0) return
    yield {
      message: `${showList(members.map((name) => showName([name])))} ${members.length === 1 ? 'gets' : 'get'} ${showList(powers)}, and with it the machine of the server.`,
      help: 'Leave it out and move data through the client: COPY … FROM STDIN, COPY … TO STDOUT.',
    }
  },
}

const POWERS = new Set(['pg_execute_server_program', 'pg_write_server_files', 'pg_read_server_files'])

function membership(statement: Seen, text: string): { granted: string[]; members: string[] } {
  const grant = treeAs(statement, 'GrantRoleStmt')
  if (grant?.is_grant)
    return { granted: privilegeNames(grant.granted_roles), members: roles(grant.grantee_roles) }
  const options = roleOptions(statement, text).filter(({ name }) => name === 'addroleto')
  return {
    granted: options.flatMap(({ option }) => roles(nodeAs(option.arg, 'List')?.items)),
    members: options.slice(0, 1).map(({ role }) => role),
  }
}

function privilegeNames(nodes: readonly Node[] = []): string[] {
  return nodes.flatMap((node) => nodeAs(node, 'AccessPriv')?.priv_name ?? [])
}
