import { describe, expect, it } from '@jest/globals'
import { chooseEntries } from '../../src/backup/choose-entries.js'

const LIST = `;
; Archive created at 2026-01-21 14:30:22 UTC
;     dbname: shop
6; 2615 16389 SCHEMA - app ada
2; 3079 16390 EXTENSION - citext
4000; 0 0 COMMENT - EXTENSION citext
3; 2328 16391 FOREIGN DATA WRAPPER - fdw ada
7; 2615 16389 SCHEMA - EVENT TRIGGER ada
215; 1259 16392 TABLE app books ada
216; 1259 16393 TABLE APP BOOKS ada
4001; 0 16392 TABLE DATA app books ada
4002; 0 0 COMMENT app COLUMN books.n ada
3900; 2606 16399 FK CONSTRAINT app books books_kind_fkey ada
4003; 0 0 COMMENT app CONSTRAINT books_kind_fkey ON books ada
3901; 2606 16400 CONSTRAINT app books books_pkey ada
3902; 6104 16401 PUBLICATION - tell ada
3903; 6106 16402 PUBLICATION TABLE app tell books ada
3904; 3466 16403 EVENT TRIGGER - watch ada
4004; 0 0 COMMENT - EVENT TRIGGER watch ada
`

const ids = (text: string) => text.match(/^\d+/gm)

describe('of an archive', () => {
  it('a superuser makes schemas, extensions and foreign servers, and somebody else the rest', () => {
    const { first, rest, leftOut } = chooseEntries(LIST, { hasAllRows: true })
    expect(ids(first)).toEqual(['6', '2', '3', '7'])
    expect(ids(rest)).toEqual(['215', '216', '4001', '4002', '3900', '4003', '3901'])
    expect(leftOut).toEqual(['publication', 'event trigger'])
  })

  it('foreign keys are left out, with what is said of them, where rows are', () => {
    const { first, rest, leftOut } = chooseEntries(LIST, { hasAllRows: false, all: true })
    const kept = ids(first + rest)
    expect(kept).not.toEqual(expect.arrayContaining(['3900']))
    expect(kept).toEqual(expect.arrayContaining(['3901', '3902', '3904', '4000', '4004']))
    expect(leftOut).toEqual(['constraint'])
  })
})
