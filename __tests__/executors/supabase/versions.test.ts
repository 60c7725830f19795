import { describe, expect, it } from '@jest/globals'
import { judgeVersion } from '../../../src/executors/supabase/judge-version.js'
import { pushCommand } from '../../../src/executors/supabase/push-command.js'
import { readVersion } from '../../../src/executors/supabase/read-version.js'
import { isBefore, semanticsOf } from '../../../src/executors/supabase/semantics.js'

const cli = (version: string) => ({ version, path: '/bin/supabase', command: ['/bin/supabase'] as const })

describe('a version of the Supabase CLI', () => {
  it.each([
    ['3.1.0\n', '3.1.0'],
    ['v2.109.0', '2.109.0'],
    ['A new version is there\n2.110.0-beta.12\n', '2.110.0-beta.12'],
    ['supabase 2.0.0', '2.0.0'],
    ['command not found', undefined],
    ['', undefined],
  ])('is read from what it prints: %j', (printed, version) => {
    expect(readVersion(printed)).toBe(version)
  })

  it('is compared by numbers', () => {
    expect(isBefore('2.99.0', '2.110.0')).toBe(true)
    expect(isBefore('2.110.0', '2.110.0')).toBe(false)
    expect(isBefore('3.0.0', '2.122.1')).toBe(false)
  })

  it.each([
    ['2.109.1', 'pipeline'],
    ['2.110.0', 'block'],
    ['2.114.0', 'block'],
    ['2.115.0', 'split'],
    ['3.1.0', 'split'],
  ])('%s sends files as %s', (version, semantics) => {
    expect(semanticsOf(version)).toBe(semantics)
  })

  it.each([
    ['1.226.4', 'off (private address)'],
    ['2.89.0', 'off (private address)'],
    ['2.91.3', 'off (private address)'],
    ['2.110.0', 'verify-full'],
    ['2.116.0', 'verify-full'],
  ] as const)('%s is refused by name over a connection that is %s', (version, tls) => {
    expect(judgeVersion(cli(version), tls).problem?.message).toContain(
      `The Supabase CLI ${version} (/bin/supabase) is not used: `,
    )
  })

  it.each([
    ['2.109.0', 'verify-full'],
    ['2.110.0', 'off (private address)'],
    ['2.117.0', 'verify-full'],
    ['3.1.0', 'verify-full'],
  ] as const)('%s is used over a connection that is %s', (version, tls) => {
    expect(judgeVersion(cli(version), tls).problem).toBeUndefined()
  })

  it('that was never tried is used with a word of it', () => {
    expect(judgeVersion(cli('2.100.0'), 'verify-full').notes.join()).toContain('older than any')
    expect(judgeVersion(cli('4.0.0'), 'verify-full').notes.join()).toContain('newer than any')
    expect(judgeVersion(cli('3.1.0'), 'verify-full').notes).toEqual([])
  })

  it('decides by which flag it is told where to connect', () => {
    const target = {
      host: '::1',
      port: 5432,
      user: 'a@b',
      database: 'x/y',
      sslMode: 'verify-full',
      sslRootCert: '/ca.pem',
      options: '-c a=1',
    } as const
    const options = { workdir: '/work', includeAll: true }
    expect(pushCommand(cli('2.122.1'), target, options)).toEqual([
      'db',
      'push',
      '--db-url',
      'postgresql://a%40b@[::1]:5432/x%2Fy?sslmode=verify-full&sslrootcert=%2Fca.pem&connect_timeout=20&options=-c%20a%3D1',
      '--workdir',
      '/work',
      '--yes',
      '--include-all',
    ])
    expect(pushCommand(cli('3.0.0'), target, options)[2]).toBe('--remote')
  })
})
