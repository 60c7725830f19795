import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import type { CheckedDump } from './checked-dump.js'

/** Where the statements of a plain dump stand in its text, without psql's own lines. Bytes. */
export interface ScriptSpan {
  readonly start: number
  readonly end: number
}

/** Enough for the comment at the beginning, and the one at the end. */
const KEPT = 8 * 1024

const HEAD = /^--\n-- PostgreSQL database dump\n--\n\n\\restrict ([A-Za-z0-9]+)\n/
const VERSIONS = /^-- Dumped from database version (.+)\n-- Dumped by pg_dump version (.+)\n/m

/**
 * Reads a compressed plain dump to its end, whose checksum gzip compares, or says what is wrong with it, as a clause. Its
 * last words must be those that pg_dump ends with; and between them and its first psql must have been told to run nothing
 * of its own (`\restrict`), which pg_dump does since August 2025 (CVE-2025-8714): without it, a comment in the database
 * could start programs wherever the dump is restored.
 */
export async function checkScript(
  path: string,
): Promise<(CheckedDump & { readonly span: ScriptSpan }) | { readonly why: string }> {
  let head = Buffer.alloc(0)
  let tail = Buffer.alloc(0)
  let bytes = 0
  try {
    const unpacked = createReadStream(path).pipe(createGunzip())
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (head.length < KEPT) head = Buffer.concat([head, chunk.subarray(0, KEPT - head.length)])
      tail = Buffer.concat([tail, chunk]).subarray(-KEPT)
    }
  } catch (error) {
    return { why: `it is no whole gzip file: ${error instanceof Error ? error.message : String(error)}` }
  }
  return parseEnds(head.toString('latin1'), tail.toString('latin1'), bytes)
}

function parseEnds(
  head: string,
  tail: string,
  bytes: number,
): (CheckedDump & { readonly span: ScriptSpan }) | { readonly why: string } {
  const [first, key] = HEAD.exec(head) ?? []
  const [, serverVersion, dumpVersion] = VERSIONS.exec(head) ?? []
  if (!/^--\n-- PostgreSQL database dump\n--\n/.test(head)) return { why: 'it does not begin as a dump does' }
  if (first === undefined || key === undefined)
    return {
      why: 'the pg_dump that wrote it is older than the fix of CVE-2025-8714; update it, or use backup-format: custom',
    }
  if (serverVersion === undefined || dumpVersion === undefined)
    return { why: 'it does not tell what wrote it' }
  const last = `--\n-- PostgreSQL database dump complete\n--\n\n\\unrestrict ${key}\n`
  const rest = tail.trimEnd()
  const found = rest.endsWith(last.trimEnd())
  if (!found) return { why: 'its end is missing' }
  const trailing = tail.length - tail.lastIndexOf(`\\unrestrict ${key}`)
  return { serverVersion, dumpVersion, span: { start: first.length, end: bytes - trailing } }
}
