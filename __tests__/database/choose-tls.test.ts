import { describe, expect, it } from '@jest/globals'
import { chooseTls } from '../../src/database/choose-tls.js'
import { isPrivateHost } from '../../src/database/is-private-host.js'
import { parseDatabaseUrl } from '../../src/database/parse-database-url.js'

describe('a host that may be plain', () => {
  it.each([
    'localhost',
    'postgres',
    'db-1',
    'my_db',
    'DB',
    '127.0.0.1',
    '127.255.255.254',
    '10.0.0.1',
    '10.255.255.255',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '::1',
    'fc00::1',
    'fd12:3456::7',
    'fe80::1',
    '/var/run/postgresql',
  ])('is %s', (host) => expect(isPrivateHost(host)).toBe(true))

  it.each([
    'db.example.com',
    'localhost.example.com',
    'localhost.',
    'db.local',
    'db.internal',
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.0',
    '126.255.255.255',
    '128.0.0.1',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '192.169.0.0',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '2001:db8::1',
    '::',
    'fe00::1',
    'fec0::1',
    '::ffff:8.8.8.8',
    '127.1',
    '0x7f.1',
    '2130706433',
    '0x7f000001',
    '017700000001',
    '10.1',
    '1',
    '',
    'a b',
    '-db',
  ])('is not %s', (host) => expect(isPrivateHost(host)).toBe(false))

  it('is a private IPv4 address in the clothes of IPv6 at most', () => {
    expect(isPrivateHost('::ffff:127.0.0.1')).toBe(isPrivateHost('127.0.0.1'))
    expect(isPrivateHost('::ffff:7f00:1')).toBe(isPrivateHost('127.0.0.1'))
    expect(isPrivateHost('::ffff:808:808')).toBe(false)
  })
})

describe('encryption', () => {
  const verified = { mode: 'verify-full', ssl: { rejectUnauthorized: true } }
  const withCa = { mode: 'verify-full', ssl: { rejectUnauthorized: true, ca: 'PEM' } }
  const plain = { mode: 'off (private address)', ssl: false }
  const off = { mode: 'off (sslmode=disable)', ssl: false }
  const blind = { mode: 'not verified (sslmode=no-verify)', ssl: { rejectUnauthorized: false } }

  it.each([
    ['db.example.com', undefined, undefined, verified],
    ['db.example.com', 'allow', undefined, verified],
    ['db.example.com', 'prefer', undefined, verified],
    ['db.example.com', 'require', undefined, verified],
    ['db.example.com', 'verify-ca', undefined, verified],
    ['db.example.com', 'verify-full', undefined, verified],
    ['db.example.com', 'disable', undefined, off],
    ['db.example.com', 'no-verify', undefined, blind],
    ['db.example.com', undefined, 'PEM', withCa],
    ['db.example.com', 'require', 'PEM', withCa],
    ['db.example.com', 'no-verify', 'PEM', blind],
    ['8.8.8.8', undefined, undefined, verified],
    ['postgres', undefined, undefined, plain],
    ['127.0.0.1', undefined, undefined, plain],
    ['127.0.0.1', 'prefer', undefined, plain],
    ['127.0.0.1', 'allow', undefined, plain],
    ['127.0.0.1', 'require', undefined, verified],
    ['127.0.0.1', 'verify-ca', undefined, verified],
    ['127.0.0.1', 'verify-full', undefined, verified],
    ['127.0.0.1', 'disable', undefined, off],
    ['127.0.0.1', 'no-verify', undefined, blind],
    ['127.0.0.1', undefined, 'PEM', withCa],
    ['127.0.0.1', 'prefer', 'PEM', withCa],
    ['/var/run/postgresql', undefined, undefined, plain],
  ] as const)('to %s with sslmode %s and authority %s', (host, sslMode, ca, expected) => {
    expect(chooseTls({ host, ...(sslMode ? { sslMode } : {}) }, ca)).toEqual(expected)
  })

  it('is verified where the URL names the system’s authorities, on a private address too', () => {
    expect(
      chooseTls(parseDatabaseUrl('postgresql://u@10.0.0.1/d?sslrootcert=system', 'x'), undefined),
    ).toEqual(verified)
  })
})
