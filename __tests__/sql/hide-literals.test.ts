import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { hideLiterals } from '../../src/sql/hide-literals.js'

describe('the query of another session', () => {
  it.each([
    ["UPDATE users SET email = 'ada@example.org' WHERE id = 4711", 'UPDATE users SET email = … WHERE id = …'],
    ["ALTER ROLE app PASSWORD 'hunter2'", 'ALTER ROLE app PASSWORD …'],
    ["SELECT E'it\\'s', U&'\\0041', B'01', $tag$a'b$tag$, \"Name\"", 'SELECT …, U&…, B…, …, "Name"'],
    ['SELECT 1.5e3, t1.c2, $1', 'SELECT ….…, t1.c2, $…'],
    [
      'SELECT 1_234_567, 0xDEADBEEF, 0b1010, 0o17 FROM t_1 WHERE a1 = 2',
      'SELECT …, …, …, … FROM t_1 WHERE a1 = …',
    ],
    ['SELECT a -- for ada\nFROM t /* of /* bob */ x */ LIMIT 5', 'SELECT a  \nFROM t   LIMIT …'],
    ["INSERT INTO t VALUES ('cut in the mid", 'INSERT INTO t VALUES (…'],
    ['', ''],
  ])('shows %j without its data', (query, shown) => {
    expect(hideLiterals(query)).toBe(shown)
  })

  it('is not shown behind a quote that another setting of the server ends elsewhere', () => {
    expect(hideLiterals("SELECT 'a\\'' , 'hidden', x")).toBe('SELECT …')
  })

  it('keeps nothing of a string, however it is quoted and whatever stands around it', () => {
    const secret = 'zQ7'
    const quoted = [
      `'${secret}'`,
      `E'\\'${secret}'`,
      `$a$${secret}$a$`,
      `'\\'${secret}'`,
      `'''${secret}'`,
      `N'${secret}`,
    ]
    const around = fc.array(fc.constantFrom('a', '1', ' ', '"b"', "'c'", '$$d$$', 'E', '(', '\n', "'\\\\'"), {
      maxLength: 6,
    })
    fc.assert(
      fc.property(around, fc.constantFrom(...quoted), (before, string) => {
        expect(hideLiterals(`${before.join(' ')} ${string}`)).not.toContain(secret)
      }),
    )
  })
})
