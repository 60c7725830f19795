import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { makeRedact, secretSpellings } from '../../src/config/secrets.js'

const redactFor = (url: string) => makeRedact(secretSpellings(url))

describe('secretSpellings', () => {
  it('has the URL, the user and password, and the password raw, decoded, encoded, in base64 and JSON', () => {
    const spellings = secretSpellings('postgresql://app:p%40ss%22w%5Crd@db.example.com:5432/shop')
    expect(spellings).toEqual(
      expect.arrayContaining([
        'postgresql://app:p%40ss%22w%5Crd@db.example.com:5432/shop',
        'app:p%40ss%22w%5Crd@',
        'app:p@ss"w\\rd@',
        'p%40ss%22w%5Crd',
        'p@ss"w\\rd',
        'p%40ss%22w%5crd',
        'p@ss\\"w\\\\rd',
        Buffer.from('p@ss"w\\rd').toString('base64'),
        Buffer.from('app:p@ss"w\\rd').toString('base64'),
      ]),
    )
  })

  it.each([
    ['@', 'postgres://app:geh@eim@db.example.com/shop', 'geh@eim'],
    ['/', 'postgres://app:geh/eim@db.example.com/shop', 'geh/eim'],
    ['?', 'postgres://app:geh?eim@db.example.com/shop', 'geh?eim'],
    ['#', 'postgres://app:geh#eim@db.example.com/shop', 'geh#eim'],
    ['%', 'postgres://app:geh%eim@db.example.com/shop', 'geh%eim'],
    [':', 'postgres://app:geh:eim@db.example.com/shop', 'geh:eim'],
    ['#, with an @ in the query', 'postgres://app:geh#eim@db/shop?application_name=me@here', 'geh#eim'],
  ])('finds a password with an unencoded %s', (_, url, password) => {
    expect(secretSpellings(url)).toContain(password)
  })

  it('finds the pieces that a parser makes of a malformed password', () => {
    expect(secretSpellings('postgres://app:first/second#third@db.example.com/shop')).toEqual(
      expect.arrayContaining(['first', 'second', 'third']),
    )
  })

  it('finds a password in the query, in a key-value string, and where the host was forgotten', () => {
    expect(secretSpellings('postgres://db/shop?password=gehe%20im&sslmode=disable')).toContain('gehe im')
    expect(secretSpellings('postgres://db/shop?password=gehe+im')).toContain('gehe im')
    expect(secretSpellings('postgres://db/shop?sslpassword=schluessel')).toContain('schluessel')
    expect(secretSpellings("host=db password='ge heim' user=app")).toContain('ge heim')
    expect(secretSpellings('postgres://app:geheim')).toContain('geheim')
  })

  it('leaves out what is short and what is the user, the host or the database too', () => {
    expect(secretSpellings('postgres://postgres:postgres@localhost:5432/shop')).not.toContain('postgres')
    expect(secretSpellings('postgres://app:shop@localhost:5432/shop')).not.toContain('shop')
    expect(secretSpellings('postgres://app:localhost@localhost/shop')).not.toContain('localhost')
    expect(secretSpellings('postgres://app:abc@localhost/shop')).not.toContain('abc')
    for (const spelling of secretSpellings('postgres://app:abc@localhost/shop')) {
      expect(spelling.length).toBeGreaterThanOrEqual(4)
    }
  })

  it.each([
    'postgres://db.example.com:5432/shop',
    'postgres://app@db.example.com/shop',
    'postgres://[::1]:5432/shop',
    '',
  ])('has nothing to hide in %p', (url) => {
    expect(secretSpellings(url)).toEqual([])
  })

  it('does not take a well-formed query for a piece of the password', () => {
    const redact = redactFor('postgres://app:geheim@db.example.com:5432/shop?application_name=me@here')
    const text = 'connecting to db.example.com, port 5432, database shop, application_name me'
    expect(redact(text)).toBe(text)
  })
})

describe('makeRedact', () => {
  it('leaves text alone where there is no secret', () => {
    expect(makeRedact([])('any text')).toBe('any text')
    expect(makeRedact(['abc'])('abc')).toBe('abc')
  })

  it('replaces the longest secret first', () => {
    expect(makeRedact(['geheim', 'geheimnis'])('das geheimnis ist geheim')).toBe('das *** ist ***')
  })

  it('takes a secret by the letter, not as a pattern', () => {
    const redact = makeRedact(['a.b*c(d)[e]|$^\\-/'])
    expect(redact('x a.b*c(d)[e]|$^\\-/ y')).toBe('x *** y')
    expect(redact('aXbbbc')).toBe('aXbbbc')
  })

  it('leaves no secret that its own stars complete', () => {
    expect(makeRedact(['****'])('*****')).toBe('***')
  })

  it('lets no password of four characters or more through, in any spelling, from any URL', () => {
    fc.assert(
      fc.property(anyUrl(), fc.string(), fc.string(), ({ url, password, spellings }, before, after) => {
        const list = spellings.map((spelling) => `${before}"${spelling}"${after}`).join('\n')
        const redacted = redactFor(url)(`${before}${password}${after}\n${list}`)
        const left = [password, ...spellings].filter((text) => text.length >= 4 && redacted.includes(text))
        expect(left).toEqual([])
      }),
      { numRuns: Number(process.env.DEVFLOW_FUZZ_RUNS ?? 2_000) },
    )
  })
})

/** A URL and every way in which its password may turn up, made without the code under test. */
function anyUrl() {
  const password = fc
    .oneof(
      { weight: 3, arbitrary: fc.string({ minLength: 4, maxLength: 30 }) },
      { weight: 2, arbitrary: fc.string({ unit: 'binary', minLength: 4, maxLength: 20 }) },
      { weight: 3, arbitrary: stringOf('ab1@:/?#%&=+ \'"\\$*.[](){}|^-<>!~`,;', 4, 16) },
    )
    .filter((text) => !text.includes('\0') && !['user', 'host', 'shop', 'db.example.com'].includes(text))
  const host = fc.constantFrom('host', 'db.example.com:5432', '[::1]:6543', '10.0.0.1')
  const query = fc.constantFrom('', '?sslmode=require', '?application_name=me@here')
  return fc
    .tuple(fc.constantFrom('postgres', 'postgresql'), password, host, query, fc.constantFrom(...WRITINGS))
    .map(([scheme, plain, place, rest, write]) => {
      const written = write(plain)
      const url = `${scheme}://user:${written}@${place}/shop${rest}`
      return { url, password: plain, spellings: spellingsOf(url, plain, written) }
    })
}

const WRITINGS = [
  (text: string) => encodeURIComponent(text),
  (text: string) => encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase()),
  (text: string) => text,
]

function spellingsOf(url: string, plain: string, written: string): string[] {
  return [
    url,
    plain,
    written,
    `user:${written}@`,
    encodeURIComponent(plain),
    JSON.stringify(plain).slice(1, -1),
    Buffer.from(plain).toString('base64'),
    Buffer.from(plain).toString('base64url'),
    Buffer.from(`user:${plain}`).toString('base64'),
    Buffer.from(url).toString('base64'),
    ...(URL.canParse(url) ? [new URL(url).href, new URL(url).password] : []),
  ]
}

function stringOf(alphabet: string, minLength: number, maxLength: number) {
  return fc
    .array(fc.constantFrom(...alphabet), { minLength, maxLength })
    .map((characters) => characters.join(''))
}

it('finds a password that holds :// where the scheme is missing', () => {
  const redact = makeRedact(secretSpellings('app:QZ:://#?*XJ@127.0.0.1:1/shop'))
  expect(redact('the server said "QZ:://#?*XJ" and "QZ%3A%3A%2F%2F%23%3F*XJ"')).not.toMatch(/QZ/)
})
