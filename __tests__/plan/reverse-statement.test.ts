import { describe, expect, it } from '@jest/globals'
import { reverseStatement } from '../../src/plan/reverse-statement.js'
import { openParser } from '../../src/sql/open-parser.js'

async function reverse(sql: string) {
  const parsed = (await openParser()).parse(sql)
  const [statement] = parsed.kind === 'statements' ? parsed.statements : []
  if (statement === undefined) throw new Error(`${sql}: ${parsed.kind}`)
  return reverseStatement(statement)
}

describe('the reverse of a statement', () => {
  it.each([
    ['CREATE TABLE "S".users (id int)', 'DROP TABLE "S".users'],
    ['CREATE TABLE copy AS SELECT 1', 'DROP TABLE copy'],
    ['CREATE MATERIALIZED VIEW m AS SELECT 1', 'DROP MATERIALIZED VIEW m'],
    ['CREATE UNIQUE INDEX by_id ON s.t (id)', 'DROP INDEX s.by_id'],
    ['CREATE INDEX CONCURRENTLY by_id ON t (id)', 'DROP INDEX CONCURRENTLY by_id'],
    ['CREATE VIEW "a""b" AS SELECT 1', 'DROP VIEW "a""b"'],
    ['CREATE SEQUENCE q', 'DROP SEQUENCE q'],
    ['CREATE SCHEMA w', 'DROP SCHEMA w'],
    ["CREATE TYPE s.mood AS ENUM ('ok')", 'DROP TYPE s.mood'],
    ['CREATE TYPE r AS RANGE (subtype = int)', 'DROP TYPE r'],
    ['CREATE TYPE pair AS (a int)', 'DROP TYPE pair'],
    ['CREATE DOMAIN d AS int', 'DROP DOMAIN d'],
    ['CREATE EXTENSION pgcrypto', 'DROP EXTENSION pgcrypto'],
    ["CREATE FUNCTION s.f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'", 'DROP FUNCTION s.f'],
    ["CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1'", 'DROP PROCEDURE p'],
    ['CREATE TRIGGER g BEFORE INSERT ON s.t FOR EACH ROW EXECUTE FUNCTION f()', 'DROP TRIGGER g ON s.t'],
    ['CREATE POLICY p ON t USING (true)', 'DROP POLICY p ON t'],
    ['ALTER TABLE s.t RENAME TO u', 'ALTER TABLE s.u RENAME TO t'],
    ['ALTER INDEX i RENAME TO j', 'ALTER INDEX j RENAME TO i'],
    ['ALTER TABLE t RENAME COLUMN a TO b', 'ALTER TABLE t RENAME COLUMN b TO a'],
    ['ALTER TABLE t RENAME CONSTRAINT a TO b', 'ALTER TABLE t RENAME CONSTRAINT b TO a'],
    ['ALTER TABLE t ENABLE ROW LEVEL SECURITY', 'ALTER TABLE t DISABLE ROW LEVEL SECURITY'],
    ['ALTER TABLE t ALTER COLUMN c SET NOT NULL', 'ALTER TABLE t ALTER COLUMN c DROP NOT NULL'],
  ])('of %s is %s', async (sql, expected) => {
    expect(await reverse(sql)).toEqual({ sql: [expected], lost: [] })
  })

  it('of several changes of a table is theirs, from the last to the first', async () => {
    expect(
      await reverse(
        'ALTER TABLE t ADD COLUMN "A b" int, ADD CONSTRAINT k UNIQUE ("A b"), ALTER COLUMN c TYPE text, ADD CHECK (c > 0)',
      ),
    ).toEqual({
      sql: ['ALTER TABLE t DROP CONSTRAINT k', 'ALTER TABLE t DROP COLUMN "A b"'],
      lost: [
        'the server chose the name of the constraint',
        'of ALTER TABLE … ALTER COLUMN TYPE the text does not tell what was there before',
      ],
    })
  })

  it.each([
    'DROP TABLE t',
    'INSERT INTO t VALUES (1)',
    'CREATE TABLE IF NOT EXISTS t (id int)',
    'CREATE OR REPLACE VIEW v AS SELECT 1',
    "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    'CREATE INDEX ON t (id)',
    'ALTER TABLE t ADD COLUMN IF NOT EXISTS c int',
    'ALTER TABLE t DROP COLUMN c',
    "ALTER TYPE mood ADD VALUE 'sad'",
    'GRANT SELECT ON t TO u',
    'ALTER TYPE a RENAME TO b',
    'DO $$ BEGIN END $$',
  ])('of %s is for somebody to write', async (sql) => {
    const { sql: none, lost } = await reverse(sql)
    expect([none, lost.length]).toEqual([[], 1])
  })
})
