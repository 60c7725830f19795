import { createServer, type Server } from 'node:net'
import { describe, expect, it } from '@jest/globals'
import { explainConnectionError } from '../../src/database/explain-connection-error.js'
import { aTarget } from '../support/builders.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aProject } from './a-project.js'

const PASSWORD = 'Zq7#Wv/9@K%x'
const encoded = encodeURIComponent(PASSWORD)

/** Connects as status does, and gives back what was told, after looking that the password is nowhere in it. */
async function told(url: string): Promise<string> {
  await using project = await aProject({ 'migrations/01_a.sql': 'select 1;\n' })
  const report = await project.run('status', url)
  expect(report).toMatchObject({ status: 'failed', exitCode: 2, ready: false })
  expect(report.problems).toHaveLength(1)
  const everything = JSON.stringify(report)
  for (const form of [PASSWORD, encoded, btoa(PASSWORD), 'Zq7', 'Wv/9', 'K%x'])
    expect(everything).not.toContain(form)
  return report.problems.map(({ message, help }) => `${message} ${help}`).join('')
}

/** A port that answers each connection by this, and counts what gets through. */
async function aPort(
  answer: (socket: import('node:net').Socket) => void,
): Promise<{ port: number; server: Server }> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    answer(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return { port: typeof address === 'object' && address ? address.port : 0, server }
}

describe('a connection that can not be had', () => {
  it('to a port where nothing listens, names host, port and reason', async () => {
    const { port, server } = await aPort(() => {})
    await new Promise((resolve) => server.close(resolve))
    expect(await told(`postgresql://app:${encoded}@127.0.0.1:${port}/shop`)).toMatch(
      new RegExp(
        `^Cannot connect to 127\\.0\\.0\\.1:${port}, database shop, as app: .*ECONNREFUSED.*Nothing listens there`,
      ),
    )
  })

  it('to localhost, where each of its addresses refuses, still tells the reason', async () => {
    const { port, server } = await aPort(() => {})
    await new Promise((resolve) => server.close(resolve))
    expect(await told(`postgresql://app:${encoded}@localhost:${port}/shop`)).toMatch(
      /ECONNREFUSED.*Nothing listens there/,
    )
  })

  it('to a host that does not exist, says so', async () => {
    expect(await told(`postgresql://app:${encoded}@db.does-not-exist.invalid/shop`)).toMatch(
      /Cannot connect to db\.does-not-exist\.invalid:5432.*(ENOTFOUND|EAI_AGAIN).*does not resolve/,
    )
  })

  it('to a socket that does not exist, says so', async () => {
    expect(await told(`postgresql://app:${encoded}@/shop?host=/nowhere`)).toMatch(
      /ENOENT.*no socket of that name/,
    )
  })

  it('to a server that offers no TLS where it is asked for, says how to go without', async () => {
    const { port, server } = await aPort((socket) => socket.once('data', () => socket.end('N')))
    try {
      expect(await told(`postgresql://app:${encoded}@127.0.0.1:${port}/shop?sslmode=require`)).toMatch(
        /does not support SSL.*The server offers no TLS\. If that is meant, say so with sslmode=disable/,
      )
    } finally {
      server.close()
    }
  })

  it('to something that is no PostgreSQL, ends and says so', async () => {
    const { port, server } = await aPort((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    )
    try {
      expect(await told(`postgresql://app:${encoded}@127.0.0.1:${port}/shop?sslmode=require`)).toMatch(
        /Cannot connect to/,
      )
    } finally {
      server.close()
    }
  })
})

eachMajor('a server', (major) => {
  it('that refuses the password or the user, says which user', async () => {
    await using database = await aDatabase({ major })
    const url = new URL(database.url)
    url.password = encoded
    expect(await told(url.href)).toMatch(
      /database \S+, as postgres: password authentication failed for user "postgres"\. The password is wrong/,
    )
    url.username = 'nobody_here'
    expect(await told(url.href)).toMatch(/as nobody_here: .*authentication failed/)
  })

  it('that has no such database, says which', async () => {
    await using database = await aDatabase({ major })
    const url = new URL(database.url)
    url.pathname = '/not_here'
    await using project = await aProject({ 'migrations/01_a.sql': 'select 1;\n' })
    const report = await project.run('status', url.href)
    expect(report).toMatchObject({ exitCode: 2 })
    expect(report.problems[0]?.message).toMatch(/database "not_here" does not exist/)
    expect(report.problems[0]?.help).toMatch(/create it first/)
    expect(JSON.stringify(report)).not.toContain(url.password)
  })

  it('that asks for a password and got none, says so', async () => {
    await using database = await aDatabase({ major })
    const url = new URL(database.url)
    url.password = ''
    await using project = await aProject({ 'migrations/01_a.sql': 'select 1;\n' })
    const report = await project.run('status', url.href)
    expect(report.exitCode).toBe(2)
    expect(report.problems[0]?.help).toBe('The server asks for a password and the URL has none.')
  })

  it('that lets nobody in just now, says so', async () => {
    await using database = await aDatabase({ major })
    await using other = await aDatabase({ major })
    await other.query(`ALTER DATABASE ${database.name} ALLOW_CONNECTIONS false`)
    await using project = await aProject({ 'migrations/01_a.sql': 'select 1;\n' })
    const report = await project.run('status', database.url)
    expect(report.exitCode).toBe(2)
    expect(report.problems[0]?.message).toMatch(/is not currently accepting connections/)
  })
})

describe('the words for a failed connection', () => {
  const words = (code: string, message = 'it failed') =>
    explainConnectionError(aTarget(), { code: 'connection-lost', message, fatal: true }, code).problems[0]

  it.each([
    ['ETIMEDOUT', 'firewalls and allow-lists'],
    ['ENETUNREACH', 'no IPv6'],
    ['EHOSTUNREACH', 'no route'],
    ['EAI_AGAIN', 'try again'],
    ['28P01', 'password is wrong'],
    ['28000', 'pg_hba.conf'],
    ['3D000', 'no such database'],
    ['53300', 'max_connections'],
    ['57P03', 'starting up'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls-ca'],
    ['CERT_HAS_EXPIRED', 'tls-ca'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls-ca'],
    ['EWHATEVER', 'Check that the server runs'],
  ])('after %s point to the way out', (code, help) => {
    expect(words(code)).toMatchObject({
      message: 'Cannot connect to db.example.com:5432, database app, as deployer: it failed.',
      help: expect.stringContaining(help),
    })
  })

  it('fall back on the name of the error where it has no message', () => {
    expect(words('ECONNREFUSED', '')?.message).toMatch(/as deployer: ECONNREFUSED\.$/)
    expect(words('', 'timeout expired')?.help).toMatch(/did not answer/)
  })
})
