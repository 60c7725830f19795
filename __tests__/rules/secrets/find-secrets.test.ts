// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders are those of the SQL
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { findSecrets } from '../../../src/rules/secrets/find-secrets.js'
import { cpuMs } from '../../support/cpu-ms.js'

// Put together here, so that no scanner takes this file for a leak.
const GITHUB = ['ghp', 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('_')
const AWS = ['AKIA', 'IOSFODNN7EXAMPLA'].join('')
const STRIPE = ['sk', 'live', '51H8xKq2eZvKYlo2C0aBcDeFgHiJ'].join('_')
const SLACK = ['xoxb', '123456789012', '1234567890123', 'abcdefghijklmnopqrstuvwx'].join('-')
const SUPABASE = ['sb', 'secret', 'abcdEFGH12345678'].join('_')
const PUBLISHABLE = ['sb', 'publishable', 'abcdEFGH12345678'].join('_')
const BCRYPT = `$2a$10$${'abcdefghijklmnopqrstuu'}${'ABCDEFGHIJKLMNOPQRSTUVWXYZ01234'}`
const MD5 = `md5${'0123456789abcdef'.repeat(2)}`
const SCRAM = 'SCRAM-SHA-256$4096:c2FsdHNhbHQ=$c3RvcmVk:c2VydmVy'
const KEY = [
  '-----BEGIN RSA ',
  'PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7\n-----END RSA ',
  'PRIVATE KEY-----',
].join('')

function jwt(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return [part({ alg: 'HS256', typ: 'JWT' }), part(claims), 'c2lnbmF0dXJl'].join('.')
}

const SERVICE = jwt({ iss: 'supabase', role: 'service_role' })
const ANON = jwt({ iss: 'supabase', role: 'anon' })
const DEMO = jwt({ iss: 'supabase-demo', role: 'service_role' })

/** SQL, what of it is found, and what it is said to be. */
const SECRETS: readonly [sql: string, text: string, what: string][] = [
  ["create role app login password 'hunter2x';", 'hunter2x', 'the password of a role'],
  [
    "CREATE USER app ENCRYPTED PASSWORD 'hun''ter2x' VALID UNTIL 'infinity';",
    "hun''ter2x",
    'the password of a role',
  ],
  ["alter user app password E'hun\\'ter2x';", "hun\\'ter2x", 'the password of a role'],
  ['alter role app password $$hunter2x$$;', 'hunter2x', 'the password of a role'],
  ['alter role app password $pw$hunter2x$pw$;', 'hunter2x', 'the password of a role'],
  ["alter role app password U&'hunter2x';", 'hunter2x', 'the password of a role'],
  ["create role app login passwrd 'hunter2x';", 'hunter2x', 'the password of a role'],
  ["alter user app pasword = 'hunter2x';", 'hunter2x', 'the password of a role'],
  ["create group g with password 'hunter2x';", 'hunter2x', 'the password of a role'],
  [
    "create user mapping for a server s options (user 'a', password 'hunter2x');",
    'hunter2x',
    'the password of a foreign server',
  ],
  [
    "alter user mapping for a server s options (set password 'hunter2x');",
    'hunter2x',
    'the password of a foreign server',
  ],
  [
    "create server s foreign data wrapper w options (api_key 'hunter2x');",
    'hunter2x',
    'the option api_key of a foreign server',
  ],
  [
    "select dblink_connect('c', 'host=db user=app password=hunter2x');",
    'hunter2x',
    'the password of a connection',
  ],
  [
    "select * from dblink('host=db password=''hunter 2x''', 'select 1') as t(a int);",
    'hunter 2x',
    'the password of a connection',
  ],
  [
    "create subscription s connection 'host=a user=b password=hunter2x dbname=c' publication p;",
    'hunter2x',
    'the password of a connection',
  ],
  ["alter subscription s connection 'postgresql://rep:hunter2x@a/c';", 'hunter2x', 'the password in a URL'],
  [
    "alter system set primary_conninfo = 'host=a password=hunter2x';",
    'hunter2x',
    'the password of a connection',
  ],
  ["select vault.create_secret('hunter2x', 'name');", 'hunter2x', 'a secret of the vault'],
  [
    "select vault.create_secret(new_name => 'n', new_secret => 'hunter2x');",
    'hunter2x',
    'a secret of the vault',
  ],
  ["select vault.update_secret('4f2b', 'hunter2x');", 'hunter2x', 'a secret of the vault'],
  ["insert into vault.secrets (name, secret) values ('a', 'hunter2x');", 'hunter2x', 'a secret of the vault'],
  ["select set_config('app.jwt_secret', 'hunter2x', false);", 'hunter2x', 'the setting app.jwt_secret'],
  [
    "select pg_catalog.set_config('app.api_token', 'hunter2x', false);",
    'hunter2x',
    'the setting app.api_token',
  ],
  ['alter database shop set "app.jwt_secret" to \'hunter2x\';', 'hunter2x', 'the setting app.jwt_secret'],
  ["alter role authenticator set pgrst.jwt_secret = 'hunter2x';", 'hunter2x', 'the setting pgrst.jwt_secret'],
  ["set local app.encryption_key = 'hunter2x';", 'hunter2x', 'the setting app.encryption_key'],
  ["update users set hash = crypt('hunter2x', gen_salt('bf'));", 'hunter2x', 'a password that is hashed'],
  ["select hmac(body, 'hunter2x', 'sha256') from t;", 'hunter2x', 'the key of an HMAC'],
  ["select pgp_sym_encrypt(ssn, 'hunter2x'::text) from t;", 'hunter2x', 'the key of an encryption'],
  ["select sign('{}'::json, 'hunter2x', 'HS256');", 'hunter2x', 'the secret that a JWT is signed with'],
  [
    "copy t from program 'curl -u bob:hunter2x https://x.example.com';",
    'hunter2x',
    'the password that a program is handed',
  ],
  ["copy t to program 'PGPASSWORD=hunter2x psql -h a';", 'hunter2x', 'the password that a program is handed'],
  [
    'select net.http_post(headers := \'{"Authorization": "Bearer abcdef0123456789"}\');',
    'abcdef0123456789',
    'the key in a request’s header',
  ],
  [
    "select jsonb_build_object('apikey', 'abcd1234efgh5678');",
    'abcd1234efgh5678',
    'the key in a request’s header',
  ],
  [`select '${SERVICE}';`, SERVICE, 'a JWT of the role service_role'],
  [`alter database d set app.service_key = '${SERVICE}';`, SERVICE, 'a JWT of the role service_role'],
  [`-- the key: ${SERVICE}`, SERVICE, 'a JWT of the role service_role'],
  [`insert into c values ('${SUPABASE}');`, SUPABASE, 'a secret key of Supabase'],
  ["do $$ begin create role app password 'hunter2x'; end $$;", 'hunter2x', 'the password of a role'],
  [
    "do $$ begin execute 'create role app password ''hunter2x'''; end $$;",
    'hunter2x',
    'the password of a role',
  ],
  [
    "do $$ begin execute format('alter role %I password %L', 'app', 'hunter2x'); end $$;",
    'hunter2x',
    'the password of a role',
  ],
  [
    "do $$ begin execute 'alter role app password ' || quote_literal('hunter2x'); end $$;",
    'hunter2x',
    'the password of a role',
  ],
  [
    "create function f() returns void language sql as 'alter role app password ''hunter2x''';",
    'hunter2x',
    'the password of a role',
  ],
  ["/* create user app password 'hunter2x'; */", 'hunter2x', 'the password of a role'],
  ["-- don't: CREATE USER app PASSWORD 'hunter2x';", 'hunter2x', 'the password of a role'],
  ['-- postgresql://app:S3cr3t%21@db.example.com:5432/app', 'S3cr3t%21', 'the password in a URL'],
  ["\\set app_password 'hunter2x'\nselect 1;", 'hunter2x', 'a variable of psql'],
  [`select '${GITHUB}'; -- secretlint-disable-line`, GITHUB, 'a key or token of GitHub'],
  [`select '${AWS}';`, AWS, 'a key or token of AWS'],
  [`-- ${SLACK}`, SLACK, 'a key or token of Slack'],
  [`copy t from stdin;\n1\t${STRIPE}\n\\.\n`, STRIPE, 'a live key of Stripe'],
  [`insert into k values ('${KEY}');`, KEY, 'a private key'],
  ["create user app password 'hunt'er2x-more';", "hunt'er2x-more'", 'the password of a role'],
  ["select 'it's'; create user x password 'hunter2x'; select 'a';", 'hunter2x', 'a password'],
  ["create user x password 'hunter2x;\nselect 1;", 'hunter2x;', 'the password of a role'],
]

const LESS: readonly [sql: string, kind: string, what: string][] = [
  ["select extensions.digest('hunter2x', 'sha256');", 'unsure', 'a text that is hashed'],
  [`create role a password '${MD5}';`, 'hash', 'the MD5 hash of a password'],
  [`create role a password '${SCRAM}';`, 'hash', 'the SCRAM hash of a password'],
  [
    `insert into auth.users (encrypted_password) values ('${BCRYPT}');`,
    'hash',
    'the bcrypt hash of a password',
  ],
  [`insert into c values ('${ANON}');`, 'public', 'a JWT of the role anon'],
  [`alter database d set app.anon_key = '${ANON}';`, 'public', 'a JWT of the role anon'],
  [`insert into c values ('${DEMO}');`, 'weak', 'the demo JWT of the role service_role'],
  ["create role app password 'changeme';", 'weak', 'the password of a role'],
  ['-- postgres://postgres:postgres@localhost:5432/postgres', 'weak', 'the password in a URL'],
  [
    "insert into config (name, api_key) values ('x', 'a8f5f167f44f4964e6c998dee827110c');",
    'unsure',
    'the value of api_key',
  ],
  ["do $$ declare api_key text := 'abcd1234efgh'; begin end $$;", 'unsure', 'the value of api_key'],
]

const CLEAN = [
  'create role app login;',
  'create role app password null;',
  "create role app password '';",
  "create role app password '${APP_PASSWORD}';",
  'create role app password ${APP_PASSWORD};',
  "create role app password :'app_password';",
  "create role app password '{{ app_password }}';",
  "create role app password '<password>';",
  "create role app password '********';",
  'create table users (id bigint primary key, password text not null, api_key text);',
  "comment on column users.password is 'bcrypt hash of the password';",
  "set password_encryption = 'scram-sha-256';",
  "select set_config('app.password_min_length', '12', false);",
  'select set_config(\'request.jwt.claims\', \'{"role":"anon"}\', true);',
  "select set_config('app.jwt_secret', current_setting('x'), false);",
  `insert into c values ('${PUBLISHABLE}');`,
  "update users set password = crypt(new_password, gen_salt('bf'));",
  'select crypt($1, password_hash) = password_hash from users;',
  "insert into users (email, password) values ('a@example.com', 'x');",
  "select dblink_connect('c', 'host=db dbname=shop user=app');",
  "create subscription s connection 'service=primary' publication p;",
  '-- docs: https://example.com:8080/a@b',
  '-- postgres://user:password@host/db is the form',
  "create type kind as enum ('password', 'token', 'secret');",
  "do $$ begin raise exception 'password must not be empty'; end $$;",
  "create function f(secret text) returns bytea language sql as $$ select hmac('x', secret, 'sha256') $$;",
  "select jsonb_build_object('token', t.token, 'kind', 'password') from t;",
  "select jsonb_build_object('Authorization', 'Bearer ' || key) from t;",
  "select pgp_sym_encrypt(ssn, current_setting('app.key')) from t;",
  "create policy p on t using (auth.jwt() ->> 'role' = 'service_role');",
  "update t set api_token = 'abc' where id = 1;",
  "select decrypted_secret from vault.decrypted_secrets where name = 'x';",
  "insert into files values ('d41d8cd98f00b204e9800998ecf8427e', '4f2b7e0c-3a77-4c1e-9b53-2f6d1c9a7e10');",
  "-- the user's password 'never' expires",
  'create index on tokens (token_hash);',
  "select encode(digest(body, 'sha256'), 'hex') from t;",
  'alter table users add column password_reset_token text, add column token_expires_at timestamptz;',
  "do $$ declare token_type text := 'bearer'; begin end $$;",
  'select sign(-1), verify(1);',
]

async function found(sql: string): Promise<readonly (readonly [string, string, string])[]> {
  const [secrets = []] = await findSecrets([sql])
  return secrets.map(({ span, what, kind }) => [sql.slice(span.start, span.end), what, kind] as const)
}

describe('findSecrets', () => {
  it.each(SECRETS)('finds the secret in %j', async (sql, text, what) => {
    expect(await found(sql)).toEqual([[text, what, 'secret']])
  })

  it.each(LESS)('finds what is less than a secret in %j', async (sql, kind, what) => {
    expect((await found(sql)).map(([, said, weight]) => [weight, said])).toEqual([[kind, what]])
  })

  it.each(CLEAN)('finds none in %j', async (sql) => {
    expect(await found(sql)).toEqual([])
  })

  it('reads what a value says: quotes and escapes undone', async () => {
    const [[first] = [], [second] = []] = await findSecrets([
      "alter role a password 'it''s 9';",
      "alter role a password E'it\\'s\\t9';",
    ])
    expect([first?.value, second?.value]).toEqual(["it's 9", "it's\t9"])
  })

  it('says of a literal whether something else may be written in its place', async () => {
    const [secrets = []] = await findSecrets([
      "alter role a password 'hunter2x'; do $$ begin alter role a password 'hunter3x'; end $$;",
    ])
    expect(secrets.map(({ isLiteral }) => isLiteral)).toEqual([true, false])
  })

  it('tells of many files, each its own, whatever lies between them', async () => {
    const filler = 'select 1; -- 😀\n'.repeat(20_000)
    const texts = Array.from({ length: 12 }, (_, index) => `${filler.slice(index)}-- ${index} ${GITHUB}\n`)
    const secrets = await findSecrets(['', ...texts, 'select 1;', KEY.slice(0, 20)])
    expect(
      secrets.map((each, index) =>
        each.map(({ span }) => [index, texts[index - 1]?.slice(span.start, span.end)]),
      ),
    ).toEqual([[], ...texts.map((_, index) => [[index + 1, GITHUB]]), [], []])
  })

  it('finds what stands far down in a large file, and across the cuts in it', async () => {
    const at = 1024 * 1024 - 20
    const text = `${'x '.repeat(at / 2)}${GITHUB} ${'y '.repeat(at)}${AWS}`
    const [secrets = []] = await findSecrets([text])
    expect(secrets.map(({ span }) => text.slice(span.start, span.end))).toEqual([GITHUB, AWS])
  })

  it('is through with a large file in time, whatever is in it', async () => {
    const long = [
      `insert into t values ('${'a1B2c3'.repeat(500_000)}');`,
      `select '${'password='.repeat(100_000)}';`,
      `${"create role a password 'x' ".repeat(50_000)}`,
      `select ${'f('.repeat(50_000)}`,
      `-- ${'a://b:'.repeat(100_000)}`,
      `insert into t (password) values ${"('x'),".repeat(200_000)}('x');`,
      `${'eyJ'.repeat(300_000)}`,
      `insert into pages values ('forgot your password? ${"don''t ".repeat(200_000)}');`,
      `select ${'key'.repeat(100_000)}`,
      `${"'".repeat(100_001)}`,
    ]
    const since = cpuMs()
    await findSecrets(long)
    expect(cpuMs() - since).toBeLessThan(20_000)
  }, 60_000)

  it('never throws, and keeps in order, inside the text and apart', async () => {
    const pieces = fc.constantFrom(
      "'",
      '"',
      '$$',
      '$a$',
      '--',
      '/*',
      '*/',
      '\n',
      ' ',
      ';',
      '(',
      ')',
      ',',
      '||',
      ':=',
      '=',
      '😀',
      '\\',
      "E'",
      'password',
      'create role',
      'options',
      'set',
      'set_config',
      'secret',
      'insert into',
      'values',
      'format',
      'copy',
      'program',
      'hunter2x',
      'postgres://a:bcd@e',
      GITHUB,
    )
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 30 }), async (parts) => {
        const text = parts.join(' ')
        const [secrets = []] = await findSecrets([text])
        let from = 0
        for (const { span } of secrets) {
          expect(span.start).toBeGreaterThanOrEqual(from)
          expect(span.end).toBeGreaterThan(span.start)
          from = span.end
        }
        expect(from).toBeLessThanOrEqual(text.length)
      }),
    )
  })
})
