import { describe, expect, it } from '@jest/globals'
import { describeRule } from '../describe-rule.js'
import { lint } from '../lint.js'

describeRule('secret-in-sql', {
  bad: [
    {
      sql: "create role app login password '⟦correct horse⟧';",
      message: 'The file holds the password of a role (co…, 13 characters).',
      help: 'devflow:substitute=NAME',
      severity: 'error',
    },
    {
      sql: "create role app password '⟦s3cr3t⟧';",
      message: 'The file holds the password of a role (…, 6 characters).',
      severity: 'error',
    },
    {
      sql: "-- as it was\n-- create user app password '⟦correct horse⟧';\nselect 1;",
      message: 'The file holds the password of a role (co…, 13 characters).',
      severity: 'error',
    },
    {
      sql: "create role app password '⟦changeme⟧';",
      message:
        'The file holds the password of a role (ch…, 8 characters), and it is one that everybody tries first.',
      severity: 'warning',
    },
    {
      sql: `create role app password '⟦md5${'0123456789abcdef'.repeat(2)}⟧';`,
      message:
        'The file holds the MD5 hash of a password (md…, 35 characters), from which a weak password can be guessed.',
      severity: 'warning',
    },
    {
      sql: `insert into settings values ('⟦${jwtOf({ role: 'service_role' })}⟧');`,
      severity: 'error',
    },
    {
      sql: `insert into settings values ('⟦${jwtOf({ role: 'anon' })}⟧');`,
      help: 'row level security',
      severity: 'notice',
    },
    {
      sql: "select encode(digest('⟦correct8horse⟧', 'sha256'), 'hex');",
      message: 'The file holds a text that is hashed (co…, 13 characters), which looks like a secret.',
      severity: 'warning',
    },
    { sql: "do $$ begin create role app password '⟦correct horse⟧'; end $$;" },
    { sql: "create role a password '⟦correct horse⟧'; create role b password '⟦battery staple⟧';" },
  ],
  good: ['create role app password null;', `create role app password '\${APP_PASSWORD}';`, 'select 1;'],
})

describe('rule secret-in-sql in a file', () => {
  it('speaks without a statement that could be read', async () => {
    const [syntax] = await lint("create role app password 'correct horse' nonsense;")
    expect(syntax?.rule).toBe('secret-in-sql')
  })

  it('is not to be silenced in production, and says so', async () => {
    const sql =
      "-- devflow-ignore secret-in-sql: it is only a test\ncreate role app password 'correct horse';"
    const [finding] = await lint(sql)
    expect(finding?.severity).toBe('error')
    expect(finding?.help).toContain('No comment silences this here')
    expect(await lint(sql, { class: 'staging' })).toEqual([])
  })

  it('shows no more of a secret than two characters, in every text of a finding', async () => {
    const findings = await lint("create role app password 'correct horse'; drop table users, orders cascade;")
    expect(findings.length).toBeGreaterThan(1)
    expect(JSON.stringify(findings)).not.toMatch(/cor|horse/)
    expect(findings[0]?.excerpt).toBe(
      "create role app password 'co***********'; drop table users, orders cascade;\n                          ^",
    )
  })
})

function jwtOf(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return [part({ alg: 'HS256', typ: 'JWT' }), part({ iss: 'supabase', ...claims }), 'c2lnbmF0dXJl'].join('.')
}
