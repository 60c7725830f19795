import { randomBytes } from 'node:crypto'
import { expect, it } from '@jest/globals'
import { noteRoles } from '../../../../src/database/shadows/by-url/note-roles.js'
import { quoteIdentifier } from '../../../../src/sql/identifier.js'
import { aDatabase } from '../../../support/postgres/a-database.js'
import { eachMajor } from '../../../support/postgres/major.js'
import { aSession } from '../../a-session.js'

eachMajor('a role that is made on a shadow', (major) => {
  it.each([
    ['in small letters', (name: string) => `create role ${name}`],
    ['in capitals', (name: string) => `CREATE\n\tROLE\f${name.toUpperCase()}`],
    ['quoted', (name: string) => `create user "A ""${name}"`],
    ['quoted, without a space', (name: string) => `create group"${name}"`],
    ['with a letter beyond ASCII, which stays as it is', (name: string) => `create role É${name}`],
    ['with a no-break space, which is a letter', (name: string) => `create role \u00a0${name}\u3000`],
    [
      'given another name',
      (name: string) => `create role x${name}; alter role x${name} rename to \ufeff${name}`,
    ],
    ['in a block', (name: string) => `do $$ begin create role ${name}; end $$`],
  ])('is noted by the name that it gets: %s', async (_, making) => {
    await using database = await aDatabase({ major })
    await using session = await aSession(database.url)
    const name = `r${randomBytes(6).toString('hex')}`
    const noted = new Set<string>()
    const { error } = await noteRoles(session, noted).send(`${making(name)};`)
    const made = await database.query<{ name: string }>(
      'select rolname as name from pg_roles where rolname ~ $1',
      [name],
    )
    for (const role of made) await database.query(`drop role ${quoteIdentifier(role.name)}`)
    expect([error, made.length]).toEqual([undefined, 1])
    expect([...noted]).toContain(made[0]?.name)
  })
})
