import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parseDatabaseUrl } from '../../src/database/parse-database-url.js'
import { UserError } from '../../src/model/user-error.js'

const SOURCE = 'the variable DATABASE_URL'
const parse = (text: string) => parseDatabaseUrl(text, SOURCE)

/** The message and the way out, or nothing where the URL is understood. */
function refusal(text: string): string | undefined {
  try {
    parse(text)
    return undefined
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return error.problems.map(({ message, help }) => `${message}\n${help}`).join('\n')
  }
}

describe('a database URL', () => {
  it.each([
    ['postgresql://u:p@h:6543/d', { user: 'u', password: 'p', host: 'h', port: 6543, database: 'd' }],
    ['postgres://u:p@h/d', { user: 'u', password: 'p', host: 'h', port: 5432, database: 'd' }],
    ['  POSTGRESQL://u:p@h/d\n', { user: 'u', password: 'p', host: 'h', port: 5432, database: 'd' }],
    ['postgresql://h', { host: 'h', port: 5432 }],
    ['postgresql://', { host: 'localhost', port: 5432 }],
    ['postgresql:///d', { host: 'localhost', port: 5432, database: 'd' }],
    ['postgresql://u@h', { user: 'u', host: 'h', port: 5432 }],
    ['postgresql://u:@h', { user: 'u', host: 'h', port: 5432 }],
    ['postgresql://:p@h', { password: 'p', host: 'h', port: 5432 }],
    ['postgresql://u:p@x@h/d', { user: 'u', password: 'p@x', host: 'h', port: 5432, database: 'd' }],
    ['postgresql://u:p:x@h/d', { user: 'u', password: 'p:x', host: 'h', port: 5432, database: 'd' }],
    [
      'postgresql://us%40er:p%3A%2F%3F%23%5B%5D%40%25%20@h/d%2Fe',
      { user: 'us@er', password: 'p:/?#[]@% ', host: 'h', port: 5432, database: 'd/e' },
    ],
    ['postgresql://u:p+q@h/d', { user: 'u', password: 'p+q', host: 'h', port: 5432, database: 'd' }],
    ['postgresql://u:%F0%9F%98%80@h', { user: 'u', password: '😀', host: 'h', port: 5432 }],
    ['postgresql://u:p@[::1]:6543/d', { user: 'u', password: 'p', host: '::1', port: 6543, database: 'd' }],
    ['postgresql://[2001:db8::7]/d', { host: '2001:db8::7', port: 5432, database: 'd' }],
    [
      'postgresql://u@%2Fvar%2Frun%2Fpostgresql/d',
      { user: 'u', host: '/var/run/postgresql', port: 5432, database: 'd' },
    ],
    [
      'postgresql:///d?host=/var/run/postgresql&port=6543',
      { host: '/var/run/postgresql', port: 6543, database: 'd' },
    ],
    [
      'postgresql://h/?dbname=d&user=u&password=p%26q',
      { user: 'u', password: 'p&q', host: 'h', port: 5432, database: 'd' },
    ],
    [
      'postgresql://h/d?options=-c%20search_path%3Dx&application_name=y',
      { host: 'h', port: 5432, database: 'd', options: '-c search_path=x' },
    ],
    [
      'postgresql://h/d?sslmode=verify-full&sslrootcert=/ca.pem',
      { host: 'h', port: 5432, database: 'd', sslMode: 'verify-full', sslRootCert: '/ca.pem' },
    ],
    ['postgresql://h/d?sslrootcert=system', { host: 'h', port: 5432, database: 'd', sslMode: 'verify-full' }],
    [
      'postgresql://h/d?channel_binding=require',
      {
        ...{ host: 'h', port: 5432, database: 'd' },
        ...{ sslMode: 'require', channelBinding: true, bindingRequired: true },
      },
    ],
  ])('is taken apart: %s', (text, parts) => {
    expect(parse(text)).toEqual({ channelBinding: false, ...parts })
  })

  it.each([
    ['mysql://u:p@h/d', 'does not begin with postgresql:// or postgres://'],
    ['host=h user=u password=p', 'does not begin with'],
    ['', 'does not begin with'],
    ['postgresql://u:pa#ss@h/d', 'holds a # that is not percent-encoded'],
    ['postgresql://u:pa/ss@h/d', 'has an @ after the first /'],
    ['postgresql://u:pa?ss@h/d', 'has an @ after the first /'],
    ['postgresql://u:pa%ss@h/d', 'holds a % that begins no percent-code'],
    ['postgresql://u:p%00@h/d', 'holds a NUL'],
    ['postgresql://u:p@h1,h2/d', 'names several hosts'],
    ['postgresql://u:p@h:0/d', 'has a port that is no number from 1 to 65535'],
    ['postgresql://u:p@h:65536/d', 'has a port'],
    ['postgresql://u:p@h:54x/d', 'has a port'],
    ['postgresql://u:p@h:1:2/d', 'has a host and port that can not be read'],
    ['postgresql://u:p@::1/d', 'has a host and port that can not be read'],
    ['postgresql://u:p@h ost/d', 'has characters in its host'],
    ['postgresql://u:p@h/d/e', 'has more than one / after the host'],
    ['postgresql://u:p@h/d?sslmode', 'has a parameter without a value'],
    ['postgresql://u:p@h/d?sslmode=of', 'has an sslmode that is none of disable, no-verify'],
    ['postgresql://u:p@h/d?sslcert=/c.pem', 'asks for a client certificate'],
  ])('is refused with the way out: %s', (text, what) => {
    const told = refusal(text)
    expect(told).toContain(`The database URL in ${SOURCE} ${what}`)
    expect(told).toContain('percent-encode')
  })

  it('gives back whatever was encoded', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((it) => !/[\0\ud800-\udfff]/u.test(it))
    fc.assert(
      fc.property(text, text, text, (user, password, database) => {
        const url = `postgresql://${[user, password].map(encodeURIComponent).join(':')}@h/${encodeURIComponent(database)}`
        expect(parse(url)).toEqual({ user, password, database, host: 'h', port: 5432, channelBinding: false })
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('10,000 URLs with a password in them', () => {
  /** No sentence of ours holds a capital Q or a digit 7, so any piece of such a password in a message is a leak. */
  const secret = fc
    .array(
      fc.constantFrom(
        'Q',
        '7',
        'Q7',
        '@',
        ':',
        '/',
        '?',
        '#',
        '[',
        ']',
        '%',
        '%41',
        '&',
        '=',
        ' ',
        ',',
        '+',
        '\\',
        'ß',
        '😀',
      ),
      {
        minLength: 4,
        maxLength: 16,
      },
    )
    .map((parts) => `Q7Q${parts.join('')}7Q7`)
  const around = fc.record({
    scheme: fc.constantFrom('postgresql://', 'postgres://', 'postgresql:/', 'mysql://', ''),
    user: fc.constantFrom('app', '', 'us er', 'a@b', 'a:b'),
    host: fc.constantFrom('db.example.com', '', '[::1]', '::1', 'a,b', 'h:99999', 'h:x', 'h o'),
    path: fc.constantFrom('/app', '', '/a/b', '/app?sslmode=bogus', '/app?x', '/app#f', '/%zz'),
    encoded: fc.boolean(),
    place: fc.constantFrom('userinfo', 'parameter', 'no at'),
  })

  it('are understood, or refused in a sentence that holds no piece of the password', () => {
    let refused = 0
    fc.assert(
      fc.property(secret, around, (password, { scheme, user, host, path, encoded, place }) => {
        const written = encoded ? encodeURIComponent(password) : password
        const url =
          place === 'userinfo'
            ? `${scheme}${user}:${written}@${host}${path}`
            : place === 'no at'
              ? `${scheme}${user}:${written}${path}`
              : `${scheme}${user}@${host}${path}${path.includes('?') ? '&' : '?'}password=${written}`
        const told = refusal(url)
        if (told === undefined) return
        refused++
        if (/[Q7]/.test(told)) throw new Error(`A piece of ${password} is in: ${told}`)
      }),
      { numRuns: 10_000 },
    )
    expect(refused).toBeGreaterThan(3_000)
  })

  it('are refused in sentences that are the same whatever the password is', () => {
    const sentences = new Set<string>()
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 40 }),
        around,
        (password, { scheme, user, host, path }) => {
          const told = refusal(`${scheme}${user}:${password}@${host}${path}`)
          if (told !== undefined) sentences.add(told)
        },
      ),
      { numRuns: 10_000 },
    )
    expect(sentences.size).toBeLessThanOrEqual(13)
  })
})

describe('parameters of a database URL', () => {
  const parse = (rest: string) =>
    parseDatabaseUrl(`postgres://u:secret@db.example.com:5432/app${rest}`, 'here')

  it.each(['?dbname=other', '?host=elsewhere', '?port=6543', '?user=x', '?password=y'])(
    'never name another target than the part before them: %s',
    (rest) => {
      expect(() => parse(rest)).toThrow(/says one \w+ in its parameters and another before them/)
    },
  )

  it.each([
    '?sslmod=verify-full',
    '?SSLMODE=require',
    '?hostaddr=10.0.0.1',
    '?service=x',
    '?require_auth=none',
  ])('are refused where they are not known, since one may have asked for safety: %s', (rest) => {
    expect(() => parse(rest)).toThrow(/a parameter that is not known here/)
  })

  it.each([
    ['?ssl=true', 'require'],
    ['?requiressl=1', 'require'],
    ['?ssl=no-verify', 'no-verify'],
    ['?channel_binding=require', 'require'],
    ['?channel_binding=prefer', undefined],
    ['?sslnegotiation=direct', 'require'],
    ['?sslnegotiation=postgres', undefined],
    ['?requiressl=1&sslmode=prefer', 'require'],
    ['?ssl=true&sslmode=allow', 'require'],
    ['?ssl=no-verify&sslmode=prefer', 'require'],
    ['?channel_binding=require&sslmode=prefer', 'require'],
    ['?sslrootcert=system&sslmode=prefer', 'verify-full'],
    ['?ssl=true&sslmode=verify-full', 'verify-full'],
    ['?ssl=true&sslmode=no-verify', 'no-verify'],
    ['?ssl=false&sslmode=require', 'require'],
    ['?ssl=false', undefined],
  ])('ask for TLS in the words of other drivers too: %s', (rest, sslMode) => {
    expect(parse(rest).sslMode).toBe(sslMode)
  })

  it.each([
    ['?ssl=true&sslmode=disable', /asks for TLS by one parameter, and against it by sslmode=disable/],
    ['?ssl=no-verify&sslmode=disable', /asks for TLS by one parameter/],
    ['?requiressl=1&sslmode=disable', /asks for TLS by one parameter/],
    ['?channel_binding=require&sslmode=disable', /asks for TLS by one parameter/],
    ['?sslnegotiation=direct&sslmode=disable', /asks for TLS by one parameter/],
    ['?sslrootcert=system&sslmode=disable', /asks for TLS by one parameter/],
    ['?sslrootcert=system&sslmode=no-verify', /against it by sslmode=no-verify/],
    ['?gssencmode=require', /encryption by GSSAPI \(gssencmode=require\), which is not supported/],
    ['?channel_binding=required', /a channel_binding that is none of disable, prefer, require/],
    ['?sslmode=require&sslmode=disable', /a parameter twice, with different values/],
  ])('are refused where they ask for safety that is not to be had: %s', (rest, why) => {
    expect(() => parse(rest)).toThrow(why)
  })

  it.each(['?gssencmode=prefer', '?gssencmode=disable', '?sslmode=require&sslmode=require'])(
    'are taken where they ask for nothing, or for the same twice: %s',
    (rest) => {
      expect(parse(rest).database).toBe('app')
    },
  )

  it('refuse a server that takes no writes', () => {
    expect(() => parse('?target_session_attrs=standby')).toThrow(/takes no writes/)
    expect(parse('?target_session_attrs=read-write').database).toBe('app')
  })

  it('may say what stands before them once more, and are passed over where they have no effect', () => {
    expect(parse('?dbname=app&schema=public&connect_timeout=5')).toMatchObject({
      database: 'app',
      host: 'db.example.com',
    })
  })
})
