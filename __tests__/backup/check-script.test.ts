import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import { checkScript } from '../../src/backup/check-script.js'
import { aFolder } from '../support/postgres/a-folder.js'

const HEAD = '--\n-- PostgreSQL database dump\n--\n\n\\restrict Key9\n\n'
const VERSIONS = '-- Dumped from database version 15.18\n-- Dumped by pg_dump version 15.17 (Debian)\n'
const END = '--\n-- PostgreSQL database dump complete\n--\n\n\\unrestrict Key9\n\n'

async function check(text: string, change: (packed: Buffer) => Buffer = (packed) => packed) {
  await using folder = await aFolder()
  const path = join(folder.path, 'a.sql.gz')
  await writeFile(path, change(gzipSync(text)))
  return await checkScript(path)
}

describe('a compressed dump in SQL', () => {
  it.each([
    ['short', 'SELECT 1;\n'],
    ['long', 'SELECT 1;\n'.repeat(50_000)],
    ['not ASCII', "SELECT 'é😀';\n".repeat(3000)],
  ])('that is %s tells who wrote it, and where its statements are', async (_what, body) => {
    const text = HEAD + VERSIONS + body + END
    const checked = await check(text)
    if ('why' in checked) throw new Error(checked.why)
    expect(checked).toMatchObject({ serverVersion: '15.18', dumpVersion: '15.17 (Debian)' })
    const statements = Buffer.from(text).subarray(checked.span.start, checked.span.end).toString()
    expect(statements).toBe(`\n${VERSIONS}${body}--\n-- PostgreSQL database dump complete\n--\n\n`)
  })

  it.each([
    ['it does not begin as a dump does', `SELECT 1;\n${HEAD}${VERSIONS}${END}`],
    ['its end is missing', `${HEAD}${VERSIONS}SELECT 1;\n`],
    ['its end is missing', `${HEAD}${VERSIONS}${END.replace('Key9', 'Key8')}`],
    ['it does not tell what wrote it', HEAD + END],
    ['older than the fix of CVE-2025-8714', `${HEAD.replace('\\restrict Key9\n', '')}${VERSIONS}${END}`],
  ])('is refused: %s', async (why, text) => {
    expect(await check(text)).toEqual({ why: expect.stringContaining(why) })
  })

  it('is refused where its bytes are cut or changed', async () => {
    const text = HEAD + VERSIONS + 'SELECT 1;\n'.repeat(1000) + END
    const refused = { why: expect.stringContaining('no whole gzip file') }
    expect(await check(text, (packed) => packed.subarray(0, -9))).toEqual(refused)
    expect(await check(text, (packed) => Buffer.concat([packed.subarray(0, -6), Buffer.alloc(6)]))).toEqual(
      refused,
    )
    expect(await check(text, () => Buffer.alloc(0))).toEqual({ why: expect.any(String) })
  })
})
