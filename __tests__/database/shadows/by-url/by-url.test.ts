import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { openSocketServer, type SocketServer } from '../../../../src/database/embedded/open-socket-server.js'
import { loadServerAccount } from '../../../../src/database/embedded/server-account.js'
import { openShadow } from '../../../../src/database/shadows/open-shadow.js'
import { ROLE_COMMENT, type Shadow } from '../../../../src/database/shadows/shadow.js'
import { binariesOf } from '../../../support/postgres/major.js'
import { aRequest, aTarget } from '../a-request.js'

// Roles are of the whole server, and others are at work on the shared one.
let server: SocketServer
let admin: pg.Client

beforeAll(async () => {
  server = await openSocketServer({
    programs: { npm: await binariesOf(15) },
    account: await loadServerAccount(),
  })
  admin = await connect()
})

afterAll(async () => {
  await admin.end()
  await server[Symbol.asyncDispose]()
})

describe('a shadow on a server that is given', () => {
  it('is a database of its own, gone afterwards', async () => {
    const before = await databases()
    {
      await using shadow = await aShadow()
      await using session = await shadow.open(() => {})
      expect((await session.send('CREATE TABLE t ()')).error).toBeUndefined()
      expect(await databases()).toHaveLength(before.length + 1)
      expect(shadow.where).toMatch(/^on a PostgreSQL 15 at \/.+:5432, in a database of its own$/)
      expect(shadow.limits).toEqual([expect.stringContaining('PostgreSQL 15 and the target 18')])
    }
    expect(await databases()).toEqual(before)
  })

  it('says in the database whose it is', async () => {
    await using _shadow = await aShadow()
    const [made] = (await admin.query(COMMENTS)).rows
    expect(made.said).toMatch(/^Shadow of devflow-migrate, made by ada on .+ at 2\d{3}-.+Dropped after/)
  })

  it('takes roles along that were made for it, or that a file made', async () => {
    const before = await roles()
    await admin.end()
    {
      await using shadow = await aShadow()
      await using session = await shadow.open(() => {})
      await session.send(
        `CREATE ROLE by_a_file; CREATE ROLE for_it; COMMENT ON ROLE for_it IS '${ROLE_COMMENT}'`,
      )
    }
    admin = await connect()
    expect(await roles()).toEqual(before)
  })

  it('leaves roles alone that somebody else may have made meanwhile', async () => {
    {
      await using _shadow = await aShadow()
      await admin.query('CREATE ROLE of_somebody')
    }
    expect(await roles()).toContain('of_somebody')
    await admin.query('DROP ROLE of_somebody')
  })

  it('takes no role along that no file names, although whoever made it is gone', async () => {
    const before = await roles()
    await admin.end()
    {
      await using shadow = await aShadow()
      const somebody = await connect()
      await somebody.query('CREATE ROLE of_somebody')
      await somebody.end()
      await using session = await shadow.open(() => {})
      const { error } = await session.send(`DO $$ BEGIN IF true THEN CREATE  ROLE in_a_block; END IF; END $$;
        create user "Quoted ""x" ; CREATE GROUP First; ALTER ROLE first RENAME TO other; CREATE ROLE ${'long_'.repeat(20)};`)
      expect(error).toBeUndefined()
    }
    admin = await connect()
    expect((await roles()).filter((name) => !before.includes(name))).toEqual(['of_somebody'])
    await admin.query('DROP ROLE of_somebody')
  })

  it('does not stay where its connection was lost meanwhile', async () => {
    const before = await databases()
    {
      await using _shadow = await aShadow()
      await admin.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datid IS NOT NULL',
      )
    }
    expect(await databases()).toEqual(before)
  })

  it('clears away what killed runs left, and nothing that may be in use', async () => {
    const old = Math.floor(Date.now() / 1000) - 3600
    const [killed, open, odd] = [
      `devflow_shadow_${old}_000000000000`,
      `devflow_shadow_${old}_111111111111`,
      'devflow_shadow_of_ada',
    ]
    const young = `devflow_shadow_${old + 3590}_222222222222`
    for (const name of [killed, open, odd, young]) await admin.query(`CREATE DATABASE ${name}`)
    const user = await connect(open)
    await admin.query(`CREATE ROLE left_behind; COMMENT ON ROLE left_behind IS '${ROLE_COMMENT}'`)
    await (await aShadow())[Symbol.asyncDispose]()
    expect(await databases()).toEqual(expect.arrayContaining([open, odd, young]))
    expect(await databases()).not.toContain(killed)
    // Another shadow may need it.
    expect(await roles()).toContain('left_behind')
    await user.end()
    for (const name of [open, odd, young]) await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
    await (await aShadow())[Symbol.asyncDispose]()
    expect(await roles()).not.toContain('left_behind')
  })
})

describe('a server that is given', () => {
  it('is refused where it is the protected target’s own, whatever it is called', async () => {
    const { rows } = await admin.query('SELECT system_identifier::text FROM pg_control_system()')
    const target = aTarget({ systemIdentifier: rows[0].system_identifier })
    expect(await whyNot({ target })).toMatch(/is the target's own, and its environment is protected/)
    const named = aTarget({ host: server.socketFolder, port: server.port })
    expect(await whyNot({ target: named })).toMatch(/is the target's own/)
    await using shadow = await aShadow({ target: named, isProtected: false })
    expect(shadow.major).toBe(15)
  })

  it('is refused where the role may not create databases', async () => {
    await admin.query("CREATE ROLE weak LOGIN PASSWORD 'p'")
    expect(await whyNot({ shadowUrl: urlOf('weak', 'p') })).toMatch(
      /^the role weak may not create databases on/,
    )
    await admin.query('DROP ROLE weak')
  })

  it('is enough where its role may create databases, and is no superuser', async () => {
    await admin.query("CREATE ROLE able LOGIN CREATEDB CREATEROLE PASSWORD 'p'")
    await (await aShadow({ shadowUrl: urlOf('able', 'p') }))[Symbol.asyncDispose]()
    await admin.query('DROP ROLE able')
    expect((await databases()).filter((name) => name.startsWith('devflow_'))).toEqual([])
  })

  it('is not passed over where it does not answer, and its password is not told', async () => {
    const why = await whyNot({ shadowUrl: 'postgresql://ada:hunter2@127.0.0.1:1/x' })
    expect(why).toMatch(/^cannot connect to 127\.0\.0\.1:1/)
    expect(why).not.toContain('hunter2')
    expect(await whyNot({ shadowUrl: 'nonsense' })).toMatch(/does not begin with postgresql/)
  })
})

const COMMENTS =
  "SELECT shobj_description(oid, 'pg_database') AS said FROM pg_database WHERE datname LIKE 'devflow!_shadow!_%' ESCAPE '!'"

function urlOf(user = server.owner.user, password = server.owner.password): string {
  return `postgresql://${user}:${password}@/postgres?host=${encodeURIComponent(server.socketFolder)}&port=${server.port}`
}

async function connect(database = 'postgres'): Promise<pg.Client> {
  const { socketFolder: host, port, owner } = server
  const client = new pg.Client({ host, port, database, ...owner })
  client.on('error', () => {})
  await client.connect()
  return client
}

type Overrides = Parameters<typeof aRequest>[0]

/** With every kind to be had: a URL is the only one that counts. */
const open = (overrides: Overrides) => openShadow(aRequest({ shadowUrl: urlOf(), ...overrides }))

async function aShadow(overrides: Overrides = {}): Promise<Shadow> {
  const found = await open(overrides)
  if ('why' in found) throw new Error(found.why.join('; '))
  return found
}

async function whyNot(overrides: Overrides): Promise<string> {
  const found = await open(overrides)
  if ('why' in found) return found.why.join('; ')
  await found[Symbol.asyncDispose]()
  return 'it is one'
}

async function databases(): Promise<string[]> {
  return (await admin.query('SELECT datname FROM pg_database ORDER BY 1')).rows.map((row) => row.datname)
}

async function roles(): Promise<string[]> {
  return (await admin.query('SELECT rolname FROM pg_roles ORDER BY 1')).rows.map((row) => row.rolname)
}
