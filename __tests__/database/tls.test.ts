import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect } from '@jest/globals'
import { needs } from '../support/needs.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import { aProject } from './a-project.js'
import { aTlsProxy, type TlsProxy } from './a-tls-proxy.js'
import { aCertificate } from './certificates.js'

const { it } = needs('openssl')

function through(proxy: TlsProxy, database: TestDatabase, query: string, host = '127.0.0.1'): string {
  const url = new URL(database.url)
  url.hostname = host
  url.port = String(proxy.port)
  return `${url.href}?${query}`
}

const files = { 'migrations/01_users.sql': 'create table public.users (id int);\n' }

describe('a man in the middle with a certificate of his own', () => {
  it('gets no connection, whatever counts as verified', async () => {
    await using database = await aDatabase()
    await using project = await aProject(files)
    await using proxy = await aTlsProxy(database.url, await aCertificate('IP:127.0.0.1'))
    const other = await aCertificate('IP:127.0.0.1')
    await writeFile(join(project.path, 'other.pem'), other.ca)

    let tried = 0
    for (const query of [
      'sslmode=require',
      'sslmode=verify-ca',
      'sslmode=verify-full',
      'sslrootcert=system',
    ]) {
      for (const given of [{}, { 'tls-ca': 'other.pem' }]) {
        for (const command of ['status', 'migrate']) {
          const report = await project.run(command, through(proxy, database, query), given)
          expect(report).toMatchObject({ status: 'failed', exitCode: 2, ready: false })
          expect(report.problems[0]?.message).toMatch(/Cannot connect to 127\.0\.0\.1:\d+.*certificate/)
          expect(report.problems[0]?.help).toMatch(/tls-ca.*sslmode=no-verify/)
          expect(JSON.stringify(report)).not.toContain(new URL(database.url).password)
          tried++
        }
      }
    }
    expect(proxy.seen).toMatchObject({ connections: tried, plainBytes: 0 })
  })

  it('gets no connection with a certificate that is good for another name', async () => {
    await using database = await aDatabase()
    await using project = await aProject(files)
    for (const name of ['DNS:db.example.com', 'DNS:localhost', 'IP:127.0.0.2']) {
      const certificate = await aCertificate(name)
      await writeFile(join(project.path, 'ca.pem'), certificate.ca)
      await using proxy = await aTlsProxy(database.url, certificate)
      const report = await project.run('migrate', through(proxy, database, 'sslmode=verify-ca'), {
        'tls-ca': 'ca.pem',
      })
      expect(report).toMatchObject({ status: 'failed', exitCode: 2, outcomes: [] })
      expect(report.problems[0]?.message).toMatch(/Hostname\/IP does not match certificate's altnames/)
      expect(proxy.seen.plainBytes).toBe(0)
    }
  })
})

describe('a server with a certificate of an authority that is named', () => {
  it('is connected to by address and by name, and the report says verify-full', async () => {
    await using database = await aDatabase()
    await using project = await aProject(files)
    for (const [host, name] of [
      ['127.0.0.1', 'IP:127.0.0.1'],
      ['localhost', 'DNS:localhost'],
    ] as const) {
      const certificate = await aCertificate(name)
      await writeFile(join(project.path, 'ca.pem'), certificate.ca)
      await using proxy = await aTlsProxy(database.url, certificate)
      for (const [query, given] of [
        ['sslmode=require', { 'tls-ca': 'ca.pem' }],
        ['sslmode=prefer', { 'tls-ca': 'ca.pem' }],
        [`sslmode=verify-full&sslrootcert=${encodeURIComponent(join(project.path, 'ca.pem'))}`, {}],
        [`sslrootcert=${encodeURIComponent(join(project.path, 'ca.pem'))}`, {}],
      ] as const) {
        const report = await project.run('status', through(proxy, database, query, host), given)
        expect(report).toMatchObject({
          status: 'pending',
          problems: [],
          target: { host, tls: 'verify-full' },
        })
      }
      expect(proxy.seen.handshakes).toBe(4)
      expect(proxy.seen.plainBytes).toBeGreaterThan(0)
    }
  })

  it('is left before a password is sent where channel binding is required and not to be had', async () => {
    await using database = await aDatabase()
    await using project = await aProject(files)
    const certificate = await aCertificate('IP:127.0.0.1')
    await writeFile(join(project.path, 'ca.pem'), certificate.ca)
    // It ends TLS, so the server behind it has none to bind to.
    await using proxy = await aTlsProxy(database.url, certificate)
    for (const query of ['channel_binding=require', 'channel_binding=require&sslmode=require']) {
      const report = await project.run('status', through(proxy, database, query), { 'tls-ca': 'ca.pem' })
      expect(report).toMatchObject({ status: 'failed', exitCode: 2 })
      expect(report.problems).toMatchObject([
        {
          message: expect.stringMatching(/channel_binding=require, and the server .*: no channel binding/),
          help: expect.stringMatching(/^Let the server ask for scram-sha-256/),
        },
      ])
    }
    expect(proxy.seen.handshakes).toBe(2)
    const preferred = through(proxy, database, 'channel_binding=prefer')
    expect(await project.run('status', preferred, { 'tls-ca': 'ca.pem' })).toMatchObject({ problems: [] })
  })

  it('is told of where the file with the authority can not be read', async () => {
    await using database = await aDatabase()
    await using project = await aProject(files)
    const report = await project.run('status', `${database.url}?sslrootcert=/nowhere/ca.pem`)
    expect(report).toMatchObject({
      exitCode: 2,
      problems: [{ message: expect.stringContaining('sslrootcert') }],
    })
  })
})

describe('opting out in words', () => {
  it('connects without a check, or in the clear, and the report says so', async () => {
    await using database = await aDatabase()
    await using project = await aProject(files)
    await using proxy = await aTlsProxy(database.url, await aCertificate('DNS:elsewhere.example.com'))
    expect(await project.run('status', through(proxy, database, 'sslmode=no-verify'))).toMatchObject({
      status: 'pending',
      target: { tls: 'not verified (sslmode=no-verify)' },
    })
    expect(proxy.seen.handshakes).toBe(1)
    expect(await project.run('status', `${database.url}?sslmode=disable`)).toMatchObject({
      status: 'pending',
      target: { tls: 'off (sslmode=disable)' },
    })
    expect(await project.run('status', database.url)).toMatchObject({
      target: { tls: 'off (private address)' },
    })
  })
})
