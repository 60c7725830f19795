import { beforeAll, describe, expect, it } from '@jest/globals'
import { prepareMigration } from '../../src/plan/prepare-migration.js'
import { openParser, type Parser } from '../../src/sql/open-parser.js'
import { aMigration } from '../support/builders.js'

let parser: Parser
beforeAll(async () => {
  parser = await openParser()
})

const marksIn = (text: string, overrides = {}) =>
  prepareMigration(parser, aMigration({ text, ...overrides }))
    .findings.filter(({ rule }) => rule === 'foreign-mark')
    .map(({ position, message }) => `${position?.line}: ${message}`)

describe('a mark of another tool that is not carried out', () => {
  it.each([
    ['-- atlas:checkpoint v1', 'is a checkpoint of Atlas'],
    ['-- atlas:txtar', 'makes the file an archive of Atlas'],
    ['-- atlas:delimiter \\n\\n', 'lets Atlas split the file'],
    ['-- +goose ENVSUB ON', 'lets goose fill in variables'],
    ['--preconditions onFail:MARK_RAN', 'is a condition of Liquibase'],
    ['--precondition-sql-check expectedResult:0 select count(*) from t', 'is a condition of Liquibase'],
    ['--changeset ann:1 dbms:mysql', 'lets Liquibase decide whether'],
    ['-- changeset ann:1 labels:"v1" context:test', 'lets Liquibase decide whether'],
    ['--changeset ann:1 endDelimiter:/', 'lets Liquibase decide whether'],
    ['--changeset ann:1 runOnChange:true', 'lets Liquibase run the changeset more than once'],
    ['--changeset ann:1 failOnError:false', 'lets Liquibase go on after an error'],
    ['--property name:schema value:x', 'is a parameter of Liquibase'],
  ])('%s stops the file', (mark, expected) => {
    const [found, ...others] = marksIn(`select 1;\n${mark}\nselect 2;\n`)
    expect(found).toContain(`2: "${mark}" ${expected}`)
    expect(found).toContain('; that is not carried out here.')
    expect(others).toEqual([])
  })

  it.each([
    '-- +goose Up\n-- +goose StatementBegin\nselect 1;\n-- +goose StatementEnd\n',
    '-- +goose ENVSUB OFF\nselect 1;\n',
    '--liquibase formatted sql\n--changeset ann:1 splitStatements:false runInTransaction:false stripComments:false\n--comment: no context: at all\nselect 1;\n--rollback select 1;\n',
    '-- atlas:nolint\n-- atlas:txmode file\n\nselect 1;\n',
    '--! split: 1-current.sql\nselect 1;\n',
    "select '-- atlas:checkpoint', $$\n--preconditions x\n$$;\n",
  ])('is not found in what is understood, or is no comment: %j', (text) => {
    expect(marksIn(text)).toEqual([])
  })

  it('does not count in the down part', () => {
    const up = 'select 1;\n'
    const text = `${up}-- +goose Down\n-- +goose ENVSUB ON\nselect 2;\n`
    expect(marksIn(text, { up: { start: 0, end: up.length } })).toEqual([])
  })

  it('is told twenty times at most', () => {
    expect(marksIn('-- atlas:checkpoint\n'.repeat(100))).toHaveLength(20)
  })
})
