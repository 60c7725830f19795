import { describe, expect, it } from '@jest/globals'
import { readDump } from '../../../../src/database/shadows/schema/read-dump.js'

const sqlOf = (text: string, isContained = false) => readDump(text, isContained).statements

describe('a dump', () => {
  it('is cut at its statements, bodies with semicolons in them included', () => {
    const body = 'CREATE FUNCTION f() RETURNS int\n    LANGUAGE sql\n    BEGIN ATOMIC\n SELECT 1;\nEND'
    const quoted = 'CREATE FUNCTION g() RETURNS void LANGUAGE plpgsql AS $$begin; end;$$'
    expect(sqlOf(`-- Name: f;\nSET x = 1;\n${body};\n\n${quoted};\n`)).toEqual(['SET x = 1', body, quoted])
  })

  it('loses what psql keeps for itself', () => {
    expect(sqlOf('\\restrict abc\nCREATE TABLE t ();\n\\unrestrict abc\n')).toEqual(['CREATE TABLE t ()'])
  })

  it('brings no way into other servers along', () => {
    const text = `CREATE SERVER s FOREIGN DATA WRAPPER f;
CREATE USER MAPPING FOR a SERVER s OPTIONS (password 'p');
CREATE SUBSCRIPTION s CONNECTION 'password=p' PUBLICATION p;`
    const dump = readDump(text, true)
    expect(dump.statements).toEqual(['CREATE SERVER s FOREIGN DATA WRAPPER f'])
    expect(dump.leadsElsewhere).toBe(true)
    expect(dump.left).toEqual([])
  })

  it.each(['dblink', 'plpython3u', '"file_fdw"', 'plperlu'])('brings no %s to this machine', (name) => {
    const text = `CREATE EXTENSION IF NOT EXISTS ${name} WITH SCHEMA public;`
    expect(sqlOf(text)).toEqual([])
    expect(readDump(text, false).left).toHaveLength(1)
    expect(sqlOf(text, true)).toHaveLength(1)
  })

  it.each([
    "COPY (SELECT 1) TO PROGRAM 'sh'",
    "ALTER SYSTEM SET archive_command = 'sh'",
    'GRANT pg_execute_server_program TO public',
    'CREATE ROLE r SUPERUSER',
    'DO $$ begin end $$',
    'SELECT pg_read_file($$/etc/passwd$$)',
    'CALL p()',
  ])('does not run what is no part of a schema: %s', (sql) => {
    expect(sqlOf(`${sql};`)).toEqual([])
  })

  it.each([
    'GRANT SELECT(a,b) ON TABLE t TO r',
    'REVOKE ALL ON FUNCTION f() FROM PUBLIC',
    'ALTER DEFAULT PRIVILEGES FOR ROLE r IN SCHEMA s GRANT SELECT ON TABLES TO x',
    'CREATE UNIQUE INDEX i ON t (a)',
    'ALTER TABLE ONLY t REPLICA IDENTITY FULL',
    "SELECT pg_catalog.set_config('search_path', '', false)",
    "COMMENT ON TABLE t IS 'x'",
  ])('runs what is: %s', (sql) => {
    expect(sqlOf(`${sql};`)).toEqual([sql])
  })
})
