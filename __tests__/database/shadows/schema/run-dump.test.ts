import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { describe, expect, it } from '@jest/globals'
import { type Dumped, type DumpOptions, runDump } from '../../../../src/database/shadows/schema/run-dump.js'
import { aFolder } from '../../../support/postgres/a-folder.js'

describe('pg_dump', () => {
  it('is told all by its environment, and gets nothing of this process’s', async () => {
    process.env.DEVFLOW_TEST_SECRET = 'theirs'
    const said = await run(
      'env; echo "args: $*"',
      'postgresql://ada:hunter2@db.internal:6000/app?sslmode=disable&options=-c%20a%3Db',
    )
    delete process.env.DEVFLOW_TEST_SECRET
    const lines = said.split('\n')
    expect(lines).toEqual(
      expect.arrayContaining([
        'PGHOST=db.internal',
        'PGPORT=6000',
        'PGUSER=ada',
        'PGDATABASE=app',
        'PGPASSWORD=hunter2',
        'PGOPTIONS=-c a=b',
        'PGSSLMODE=disable',
      ]),
    )
    expect(said).not.toContain('theirs')
    expect(lines.find((line) => line.startsWith('args: '))).not.toMatch(/hunter2|db\.internal/)
  })

  it('verifies the server as our own connection does, by the same authorities', async () => {
    const verified = await run(
      'echo "$PGSSLMODE"; cat "$PGSSLROOTCERT"',
      'postgresql://ada@db.example.com/app?sslmode=require',
    )
    expect(verified).toMatch(/^verify-full\n/)
    expect(verified).toContain(rootCertificates[0])
    const given = await run('cat "$PGSSLROOTCERT"', 'postgresql://ada@db.example.com/app', {
      tlsCa: 'their own',
    })
    expect(given).toBe('their own')
    expect(await run('echo "$PGSSLMODE"', 'postgresql://ada@db.example.com/app?sslmode=no-verify')).toBe(
      'require\n',
    )
    expect(await run('echo "$PGSSLMODE"', 'postgresql://ada@127.0.0.1/app')).toBe('disable\n')
  })

  it('leaves out what may not be read, by its exact name', async () => {
    const unreadable = [{ schema: 'a.b', name: 'odd "* name' }]
    expect(await run('for a; do echo "$a"; done', URL_OF_ADA, {}, { unreadable })).toContain(
      '\n--exclude-table="a.b"."odd ""* name"\n',
    )
  })

  it('leaves no file behind', async () => {
    const folder = (await run('echo "$HOME"', URL_OF_ADA)).trim()
    expect(folder).toContain('devflow-shadow-')
    expect(existsSync(folder)).toBe(false)
  })

  it('that fails is quoted, without secrets', async () => {
    const program = 'echo "pg_dump: error: connection as hunter2 failed" >&2; exit 1'
    const redact = (text: string) => text.replaceAll('hunter2', '***')
    expect(await dump(program, URL_OF_ADA, { redact })).toEqual({
      why: 'pg_dump failed: connection as *** failed',
    })
    expect(await dump('exit 3', URL_OF_ADA)).toEqual({ why: 'pg_dump failed with exit code 3' })
  })

  it('whose connection broke is told from others', async () => {
    const program =
      'echo "pg_dump: error: query failed: server closed the connection unexpectedly" >&2; exit 1'
    expect(await dump(program, URL_OF_ADA)).toMatchObject({ lost: true })
  })

  it('ends with the run', async () => {
    const dumped = dump('exec sleep 60', URL_OF_ADA, {}, { signal: AbortSignal.timeout(200) })
    expect(await dumped).toEqual({ why: 'the run was asked to end' })
  })
})

const URL_OF_ADA = 'postgresql://ada@127.0.0.1/app'

async function run(...given: Parameters<typeof dump>): Promise<string> {
  const dumped = await dump(...given)
  if ('why' in dumped) throw new Error(dumped.why)
  return dumped.sql
}

/** With a program of a few lines in place of pg_dump. */
async function dump(
  lines: string,
  url: string,
  access: Partial<DumpOptions['access']> = {},
  options: Partial<DumpOptions> = {},
): Promise<Dumped> {
  await using folder = await aFolder()
  const path = join(folder.path, 'pg_dump')
  await writeFile(path, `#!/bin/sh\n${lines}\n`, { mode: 0o755 })
  return await runDump({
    path,
    url,
    user: 'ada',
    access: {
      databaseSource: 'a test',
      redact: (text) => text,
      run: { actor: 'ada', toolVersion: '0' },
      ...access,
    },
    unreadable: [],
    keepsOwners: true,
    ...options,
  })
}
