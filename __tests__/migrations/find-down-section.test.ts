import { describe, expect, it } from '@jest/globals'
import { findingDownSection } from '../../src/migrations/find-down-section.js'
import { atOnce } from '../../src/model/at-once.js'

const findDown = (text: string) => atOnce(findingDownSection(text))
const upOf = (text: string) => text.slice(0, findDown(text).up.end)

describe('a down section', () => {
  it.each([
    '-- migrate:down',
    '--migrate:down',
    '-- migrate:down transaction:false',
    '-- +goose Down',
    '-- +goose down',
    '-- +migrate Down',
    '-- +migrate Down notransaction',
    '-- Down Migration',
    '--- DOWN MIGRATION ---'.replace(' ---', ''),
    '  \t-- migrate:down',
  ])('begins with the line "%s"', (marker) => {
    expect(upOf(`create table t (id int);\n${marker}\ndrop table t;`)).toBe('create table t (id int);\n')
    expect(upOf(`a;\r\n${marker}\r\ndrop table t;`)).toBe('a;\r\n')
  })

  it('begins behind the rows of a COPY, whatever quotes they hold', () => {
    const up = "copy t from stdin;\nit's\n-- migrate:down\n\\.\n"
    expect(upOf(`${up}-- migrate:down\ndrop table t;`)).toBe(up)
  })

  it('may be all of a file', () => {
    expect(upOf('-- migrate:down\ndrop table t;')).toBe('')
  })

  it('begins in the middle of a statement that is not finished', () => {
    expect(upOf('alter table t\n  -- migrate:down\ndrop table t;')).toBe('alter table t\n')
  })

  it.each([
    'select 1;',
    "select '\n-- migrate:down\n';",
    '$$\n-- +goose Down\n$$',
    '/*\n-- migrate:down\n*/ select 1',
    'select 1; -- migrate:down\nselect 2',
    'select 1 as a,\n\u00a0-- migrate:down\nfrom t',
    '-- migrate:downwards\nselect 1',
    '-- this needs a down migration some day\nselect 1',
    '-- migrate:up\nselect 1',
    '-- +goose StatementBegin\nselect 1',
  ])('is not seen in %j', (text) => {
    expect(findDown(text)).toEqual({ up: { start: 0, end: text.length } })
  })

  it('above the up section is told, because nothing would be applied', () => {
    const text = '-- +goose Down\ndrop table t;\n-- +goose Up\ncreate table t (id int);'
    const { strayUp } = findDown(text)
    expect(text.slice(strayUp?.start, strayUp?.end)).toBe('-- +goose Up')
    expect(findDown('-- migrate:up\na;\n-- migrate:down\nb;').strayUp).toBeUndefined()
  })
})
