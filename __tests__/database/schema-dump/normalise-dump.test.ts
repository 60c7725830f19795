import { describe, expect, it } from '@jest/globals'
import { normaliseDump } from '../../../src/database/schema-dump/normalise-dump.js'

const HEAD = `-- The schema when the newest migration was applied, written by devflow-migrate for review.
-- It is changed by migrations, not here.

SET check_function_bodies = false;
SELECT pg_catalog.set_config('search_path', '', false);
`

const OWN = { schema: 'devflow', functions: ['get_migration_status', 'devflow_chain_event'] }

/** What stands behind the head. */
function normalised(text: string, own = OWN): string {
  const whole = normaliseDump(text, own)
  expect(whole.startsWith(HEAD)).toBe(true)
  return whole.slice(HEAD.length).trim()
}

const PREAMBLE = (version: string, token: string) => `--
-- PostgreSQL database dump
--

\\restrict ${token}

-- Dumped from database version ${version}
-- Dumped by pg_dump version ${version}

SET statement_timeout = 0;
SET lock_timeout = 0;
SET client_encoding = 'UTF8';
SELECT pg_catalog.set_config('search_path', '', false);
SET row_security = off;

SET default_tablespace = '';

SET default_table_access_method = heap;

`

describe('a dump made stable', () => {
  it('is the same whatever wrote it, and when', () => {
    const body =
      '--\n-- Name: a; Type: TABLE; Schema: public; Owner: -\n--\n\nCREATE TABLE public.a (\n    id integer\n);\n\n\n'
    const one = `${PREAMBLE('15.18', 'abc')}${body}--\n-- PostgreSQL database dump complete\n--\n\n\\unrestrict abc\n`
    const other = `${PREAMBLE('15.14 (Debian 15.14-1)', 'xyz')}SET transaction_timeout = 0;\n${body}\\unrestrict xyz\n`
    expect(normalised(one)).toBe('CREATE TABLE public.a (\n    id integer\n);')
    expect(normaliseDump(one, OWN)).toBe(normaliseDump(other, OWN))
  })

  it('keeps what only looks like a setting or a comment of the dump', () => {
    const body = `CREATE FUNCTION public.f() RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
  -- Dumped from database version 1
SET statement_timeout = 0;
END;
$$;`
    expect(normalised(body)).toBe(body)
  })

  it('says how tables are kept where that is not the usual way', () => {
    const text =
      'SET default_table_access_method = heap;\nCREATE TABLE a ();\nSET default_table_access_method = other;\nCREATE TABLE b ();'
    expect(normalised(text)).toContain('SET default_table_access_method = other;\n\nCREATE TABLE b ();')
  })

  it.each([
    'CREATE SCHEMA devflow;',
    'CREATE FUNCTION devflow.get_migration_status() RETURNS TABLE(total bigint) LANGUAGE sql AS $$ SELECT 1; $$;',
    'COMMENT ON FUNCTION devflow.get_migration_status() IS $x$a; b$x$;',
    'REVOKE ALL ON FUNCTION devflow.devflow_chain_event() FROM PUBLIC;',
    'GRANT USAGE ON SCHEMA devflow TO reader;',
    "COMMENT ON SCHEMA devflow IS 'ours';",
  ])('has nothing of our own bookkeeping: %s', (sql) => {
    expect(normalised(`${sql}\nCREATE TABLE public.a ();`)).toBe('CREATE TABLE public.a ();')
  })

  it.each([
    'CREATE TABLE devflow.theirs ();',
    'CREATE FUNCTION devflow.get_migration_status_of(a text) RETURNS text;',
  ])('has what others put beside it: %s', (sql) => {
    expect(normalised(`CREATE SCHEMA devflow;\n${sql}`)).toBe(`CREATE SCHEMA devflow;\n\n${sql}`)
  })

  it('takes a name with anything in it for a name', () => {
    const own = { ...OWN, schema: 'a.b "(c)' }
    expect(
      normalised(
        'CREATE SCHEMA "a.b ""(c)";\nGRANT USAGE ON SCHEMA "a.b ""(c)" TO x;\nCREATE TABLE t ();',
        own,
      ),
    ).toBe('CREATE TABLE t ();')
  })

  it('holds no password of another server', () => {
    const sql =
      "CREATE USER MAPPING FOR ada SERVER other OPTIONS (\n    password 'geheim',\n    \"user\" 'ada'\n);"
    expect(normalised(`${sql}\n`)).toBe('-- A user mapping is left out: it can hold a password.')
  })
})
