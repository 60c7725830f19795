import { describe, expect, it } from '@jest/globals'
import { type Differences, makeExcuse } from '../../../../src/database/shadows/schema/make-excuse.js'
import { namesLacking, tellLacks } from '../../../../src/database/shadows/schema/tell-lacks.js'

const excuse = (shadow: Partial<Differences>, code: string, message = '') =>
  makeExcuse({
    major: 18,
    targetMajor: 18,
    lostSuperuser: false,
    otherName: false,
    lacking: new Set(),
    ...shadow,
  })({ code, message })

describe('an error on a shadow', () => {
  it('is the file’s, where the shadow is as the target', () => {
    for (const code of ['42P01', '42501', '42601', '23505', '3D000', '0A000'])
      expect(excuse({}, code, 'relation "t" does not exist')).toBeUndefined()
  })

  it('is not where a right is missing that the role on the target has', () => {
    expect(excuse({ lostSuperuser: true }, '42501')).toContain('superuser')
  })

  it.each([
    ['0A000', 'extension "postgis" is not available'],
    ['58P01', 'could not open extension control file "/x/postgis.control": No such file or directory'],
  ])('is not where an extension is missing (%s)', (code, message) => {
    expect(excuse({}, code, message)).toContain('extension is not installed')
  })

  it('is not where the database has another name', () => {
    expect(excuse({ otherName: true }, '3D000', 'database "app" does not exist')).toContain('another name')
  })

  it('is not where only the newer target knows what is meant', () => {
    expect(excuse({ major: 15, targetMajor: 18 }, '42601')).toContain('PostgreSQL 15')
    expect(excuse({ major: 18, targetMajor: 15 }, '42601')).toBeUndefined()
  })

  it('is not where it names what is known to be missing', () => {
    const lacking = namesLacking([
      {
        sql: 'CREATE TABLE public.places (\n at geometry\n)',
        code: '42704',
        message: 'type "geometry" does not exist',
      },
    ])
    expect(excuse({ lacking }, '42P01', 'relation "places" does not exist')).toContain('not there')
    expect(excuse({ lacking }, '42P01', 'relation "public.places" does not exist')).toContain('not there')
    expect(excuse({ lacking }, '42P01', 'relation "public.other" does not exist')).toBeUndefined()
    expect(excuse({ lacking }, '23505', 'relation "places"')).toBeUndefined()
  })

  it('may be anything where an extension is missing', () => {
    const lacking = namesLacking([{ sql: 'CREATE EXTENSION postgis', code: '0A000', message: '' }])
    expect(excuse({ lacking }, '42883', 'function st_area(geometry) does not exist')).toContain('not there')
  })
})

describe('what a shadow lacks', () => {
  it('is told without the values in a statement', () => {
    const sql = "CREATE FOREIGN TABLE public.f (\n a int\n) SERVER s OPTIONS (password 'hunter2')"
    expect(tellLacks([{ sql, code: '42704', message: 'no' }])).toEqual(['CREATE FOREIGN TABLE public.f: no'])
  })

  it('is not what makes no difference', () => {
    const refused = [
      'SET transaction_timeout = 0',
      "COMMENT ON EXTENSION x IS 'y'",
      'ALTER SERVER s OWNER TO r',
    ]
    expect(tellLacks(refused.map((sql) => ({ sql, code: '42704', message: '' })))).toEqual([])
    expect(tellLacks([{ sql: 'CREATE SCHEMA public', code: '42P06', message: '' }])).toEqual([])
  })

  it('is counted where it is much', () => {
    const refused = Array.from({ length: 50 }, (_, n) => ({
      sql: `CREATE TABLE t${n} ()`,
      code: 'x',
      message: 'y',
    }))
    expect(tellLacks(refused)).toHaveLength(21)
    expect(tellLacks(refused).at(-1)).toBe('and 30 more')
  })
})
