import { describe, expect, it } from '@jest/globals'
import { parseList } from '../../src/backup/check-dump.js'

describe('the list of an archive', () => {
  it('tells who wrote it, of what, and how many tables it has rows of', () => {
    const text =
      ';     Dumped from database version: 15.18 (Debian)\n;     Dumped by pg_dump version: 15.18\n;\n4001; 0 16392 TABLE DATA app TABLE DATA ada\n215; 1259 1 TABLE app a ada\n'
    expect(parseList(text)).toEqual({ dumpVersion: '15.18', serverVersion: '15.18 (Debian)', tables: 1 })
    expect(parseList(';\n')).toEqual({ why: 'its list does not tell what wrote it' })
  })
})
