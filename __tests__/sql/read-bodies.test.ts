import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { openParser } from '../../src/sql/open-parser.js'
import { readBodies } from '../../src/sql/read-bodies.js'
import { cpuMs } from '../support/cpu-ms.js'

const parser = await openParser()

function bodiesOf(text: string) {
  const parsed = parser.parse(text)
  if (parsed.kind !== 'statements') throw new Error(`${parsed.kind}: ${text.slice(0, 100)}`)
  return parsed.statements.flatMap((statement) => [...readBodies(parser, text, statement)])
}

/** Kind and text of each statement, as the file has it. */
const found = (text: string) =>
  bodiesOf(text).map(({ node, span }) => [node, text.slice(span.start, span.end)])

const inDo = (body: string) => found(`do $$ declare n int; r record; begin ${body} end $$`)

describe('the statements in a PL/pgSQL body', () => {
  it.each([
    ['a branch', 'if n > 1 then drop table a; elsif n < 0 then drop table b; else drop table c; end if;'],
    ['loops', 'loop drop table a; while n > 1 loop drop table b; end loop; drop table c; end loop;'],
    ['a handler', 'begin drop table a; exception when others then drop table b; end; drop table c;'],
    ['CASE', 'case n when 1 then drop table a; when 2 then drop table b; else drop table c; end case;'],
    ['blocks in blocks', 'begin begin drop table a; end; drop table b; end; drop table c;'],
    ['a loop over a query', 'for n in 1..3 loop drop table a; end loop; drop table b; drop table c;'],
  ])('are found in %s', (_, body) => {
    expect(inDo(body)).toEqual(['a', 'b', 'c'].map((name) => ['DropStmt', `drop table ${name}`]))
  })

  it.each([
    ['perform pg_sleep(1), 2;', [['SelectStmt', 'perform pg_sleep(1), 2']]],
    ['n := (select 1 from t);', [['SelectStmt', 'n := (select 1 from t)']]],
    ['n := n + 1;', []],
    ['if exists (select 1 from q) then null; end if;', [['SelectStmt', 'exists (select 1 from q)']]],
    ['select a into strict n from t;', [['SelectStmt', 'select a into strict n from t']]],
    [
      'delete from t where a = 1 returning a into n;',
      [['DeleteStmt', 'delete from t where a = 1 returning a into n']],
    ],
    ['call p(1); commit;', [['CallStmt', 'call p(1)']]],
    [
      'for r in select * from t loop delete from u; end loop;',
      [
        ['SelectStmt', 'select * from t'],
        ['DeleteStmt', 'delete from u'],
      ],
    ],
  ])('include what %s runs', (body, expected) => {
    expect(inDo(body)).toEqual(expected)
  })

  it('include RETURN QUERY, the queries of cursors and the defaults of variables', () => {
    const text = `create function f() returns setof int language plpgsql as $$
      declare c cursor for select 1 from c1; n int := (select max(a) from d1);
      begin return query select a from r1; end $$`
    expect(found(text)).toEqual([
      ['SelectStmt', 'select 1 from c1'],
      ['SelectStmt', '(select max(a) from d1)'],
      ['SelectStmt', 'select a from r1'],
    ])
  })

  it('are found beside variables of a row type, which only the server knows', () => {
    const text = `do $$ declare r t%rowtype; s public.t %ROWTYPE; begin r.a := 1; drop table x; select 1 into s.b; end $$`
    expect(found(text).map(([node]) => node)).toEqual(['DropStmt', 'SelectStmt'])
  })

  it.each([
    ['do $$ begin /* é */ drop table a; perform f(1) where 1 not -- 😀\n in (2); drop table b; end $$'],
    ["do 'begin -- it''s\n drop table a; perform f(1) where 1 not /* é */ in (2); drop table b; end'"],
    ["do E'begin drop table a;\\n perform f(1) where 1 not -- c\\n in (2); drop table b; end'"],
  ])('are read where a comment stands between words that are read together: %j', (text) => {
    const [a, f, b] = found(text)
    expect([a, b]).toEqual([
      ['DropStmt', 'drop table a'],
      ['DropStmt', 'drop table b'],
    ])
    expect(f?.[0]).toBe('SelectStmt')
    expect(f?.[1]).toMatch(/^perform f\(1\) where 1 not .* in \(2\)$/s)
  })

  it('are read in SQL, with such a comment, each at its place', () => {
    const body = 'select \'é\' where 1 not /* 漢😀 */ in (2); select "b" from c'
    const [first, second] = bodiesOf(`create function f() returns text language sql as $$ ${body} $$`)
    expect([first?.node, second?.node]).toEqual(['SelectStmt', 'SelectStmt'])
    const text = `create function f() returns text language sql as $$ ${body} $$`
    const [, at] = /"relname":"c".*?"location":(\d+)/.exec(JSON.stringify(second?.tree)) ?? []
    expect(text.slice(second?.offsetOf(Number(at)))).toBe('c $$')
  })

  it('are told apart from comments and from one another on the same line', () => {
    const text = `do $$ begin /* drop table a; */ drop table a; -- drop table a
      perform 'drop table a'; drop table a; drop table a; end $$`
    const places = bodiesOf(text)
      .filter(({ node }) => node === 'DropStmt')
      .map(({ span }) => span.start)
    const [, first, , , second, third] = [...text.matchAll(/drop table a/g)].map(({ index }) => index)
    expect(places).toEqual([first, second, third])
  })

  it.each(['$$', '$x$'])('say where they are in the file, in quotes of %s', (quote) => {
    const text = `select '😀é';\r\ndo ${quote} begin\r\n  delete from é😀; truncate t; end ${quote}`
    const [first, second] = bodiesOf(text)
    expect(text.slice(first?.span.start, first?.span.end)).toBe('delete from é😀')
    const { relation } = (first?.tree ?? {}) as { relation?: { location: number } }
    expect(text.slice(first?.offsetOf(relation?.location))).toMatch(/^é😀;/)
    expect(first?.offsetOf(undefined)).toBe(first?.span.start)
    expect(text.slice(second?.span.start, second?.span.end)).toBe('truncate t')
  })
})

describe('a body in quotes', () => {
  it.each([
    ["do 'begin update t set a = ''x''; drop table b; end'", "update t set a = ''x''"],
    [
      "do 'begin update t set a = '''' where b = ''''; drop table b; end'",
      "update t set a = '''' where b = ''''",
    ],
    ["do E'begin\\n update t set a = \\'x\\';\\n drop table b; end'", "update t set a = \\'x\\'"],
    ["do 'begin update t '\n  'set a = 1; drop table b; end'", "update t '\n  'set a = 1"],
    ["do e'begin update t '\n  '\\x73et a = 1; drop table b; end'", "update t '\n  '\\x73et a = 1"],
  ])('is read at its place in %j', (text, first) => {
    expect(found(text)).toEqual([
      ['UpdateStmt', first],
      ['DropStmt', 'drop table b'],
    ])
  })

  it('in a form that is not followed is read, and put at the whole statement', () => {
    const text = "do U&'begin drop table \\0074; end'"
    expect(found(text)).toEqual([['DropStmt', text]])
  })
})

describe('EXECUTE', () => {
  it.each([
    ["execute 'drop table a';", 'drop table a'],
    ['execute $q$drop table a$q$;', 'drop table a'],
    ["execute 'drop ' || 'table ' || 'a';", "drop ' || 'table ' || 'a"],
    ["execute format('drop table a');", 'drop table a'],
    ["execute 'drop table a'::text into n using 1;", 'drop table a'],
  ])('of a constant is the statement, at its place: %s', (body, expected) => {
    expect(inDo(body)).toEqual([['DropStmt', expected]])
  })

  it('runs several statements of one constant', () => {
    expect(inDo("execute 'drop table a; truncate b';")).toEqual([
      ['DropStmt', 'drop table a'],
      ['TruncateStmt', 'truncate b'],
    ])
  })

  it.each([
    ["execute 'drop table ' || n;", { text: 'drop table …', concatenates: true, usesFormat: false }],
    [
      "execute 'drop table ' || quote_ident(n::text);",
      { text: 'drop table …', concatenates: false, usesFormat: false },
    ],
    [
      "execute 'drop table ' || n::regclass;",
      { text: 'drop table …', concatenates: false, usesFormat: false },
    ],
    ["execute format('drop table %s', n);", { text: 'drop table %s', concatenates: false, usesFormat: true }],
    ["execute concat('drop table ', n);", { text: 'drop table …', concatenates: true, usesFormat: false }],
    ['execute n;', { concatenates: false, usesFormat: false }],
    ["execute 'no sql';", { text: 'no sql', concatenates: false, usesFormat: false }],
  ])('of anything else is said to be unknown: %s', (body, tree) => {
    const text = `do $$ declare n text; begin ${body} end $$`
    const expression = body.slice('execute '.length, -1)
    expect(found(text)).toEqual([['DynamicExecute', expression]])
    expect(bodiesOf(text)[0]?.tree).toEqual(tree)
  })

  it.each([
    "return query execute 'select 1 from x';",
    "for r in execute 'select 1 from x' loop null; end loop;",
  ])('is read in %s', (body) => {
    const text = `create function f() returns setof int language plpgsql as $$ declare r record; begin ${body} end $$`
    expect(found(text)).toEqual([['SelectStmt', 'select 1 from x']])
  })
})

describe('a function in SQL', () => {
  it.each([
    ['as $$ update t set a = 1; delete from u $$', ['update t set a = 1', 'delete from u']],
    ['begin atomic update é set a = 1; delete from u; end', ['update é set a = 1', 'delete from u']],
    [
      'begin atomic update t set a = case when b then 1 end; end',
      ['update t set a = case when b then 1 end'],
    ],
    ['return (select 1 from t)', ['(select 1 from t)']],
  ])('is read: %s', (body, expected) => {
    const text = `create or replace function f(a text default 'x') returns int language sql ${body}; select 1`
    expect(found(text).map(([, sql]) => sql)).toEqual(expected)
  })
})

describe('where a statement is', () => {
  it('is said for blocks, functions, and functions that a block makes', () => {
    const text = `
      do $$ begin drop table a; execute $q$ create function f() returns void language plpgsql as $b$ begin drop table b; end $b$ $q$; end $$;
      create procedure p() language plpgsql as $$ begin drop table c; end $$`
    const drops = bodiesOf(text).filter(({ node }) => node === 'DropStmt')
    expect(drops.map(({ span, within }) => [text.slice(span.start, span.end), within])).toEqual([
      ['drop table a', 'do'],
      ['drop table b', 'function'],
      ['drop table c', 'function'],
    ])
  })
})

describe('a body that can not be read', () => {
  const nested = (levels: number) => `do $$ begin ${'begin '.repeat(levels)}${'end; '.repeat(levels)} end $$`
  const inside = (levels: number, body = 'begin null; end'): string =>
    levels === 0
      ? body
      : inside(
          levels - 1,
          `begin execute $x${levels}$ do $y${levels}$ ${body} $y${levels}$ $x${levels}$; end`,
        )
  it.each([
    ["create function f() returns int language plpython3u as 'x'", { language: 'plpython3u' }],
    [
      "create function f() returns int language sql as 'selec'",
      { language: 'sql', reason: 'syntax error at or near "selec"' },
    ],
    [
      'do $$ begin nonsense here; end $$',
      { language: 'plpgsql', reason: 'syntax error at or near "nonsense"' },
    ],
    ['do $$ begin x := 1; end $$', { language: 'plpgsql', reason: '"x" is not a known variable' }],
    [nested(20_000), { language: 'plpgsql', reason: 'memory exhausted at or near "begin"' }],
    [`do $do$ ${inside(9)} $do$`, { language: 'plpgsql', reason: 'it is nested too deep' }],
  ])('is said to be so', (text, tree) => {
    const last = bodiesOf(text).at(-1)
    expect(last).toMatchObject({ node: 'UnreadBody', tree })
    expect(bodiesOf('do $$ begin drop table t; end $$')).toHaveLength(1)
  })
})

it('is nothing for other statements', () => {
  expect(bodiesOf("select 'begin drop table t; end'; create table t (a int)")).toEqual([])
})

it('never throws and stays in its statement, whatever the body holds', () => {
  const fragment = fc.constantFrom(
    ...["''", '--', '/*', '*/', ';', '\n', '\r\n', '\\', '(', ')', '||', 'é', '😀', ' ', ':=', '%rowtype '],
    ...[
      'begin ',
      ' end; ',
      'if n then ',
      'else ',
      'end if; ',
      'loop ',
      'end loop; ',
      'select 1 ',
      'into n ',
      'from t ',
    ],
    ...[
      'perform f(1) ',
      "execute ''drop table t'' ",
      'delete from t ',
      'n := (select 1) ',
      'exception when others then ',
      '$a$',
    ],
  )
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 25 }), fc.boolean(), (fragments, closes) => {
      const text = `select 'é'; do 'declare n int; begin ${fragments.join('')}${closes ? '; end' : ''}'`
      const parsed = parser.parse(text)
      if (parsed.kind !== 'statements') return
      for (const statement of parsed.statements) {
        for (const { span, offsetOf } of readBodies(parser, text, statement)) {
          expect(span.start).toBeGreaterThanOrEqual(statement.span.start)
          expect(span.end).toBeLessThanOrEqual(statement.span.end)
          expect(span.end).toBeGreaterThan(span.start)
          expect(offsetOf(undefined)).toBeGreaterThanOrEqual(statement.span.start)
        }
      }
    }),
    { numRuns: 2000 },
  )
})

it('takes time linear in the body', () => {
  const time = (count: number) => {
    const text = `do $$ declare n int; begin ${'update t set a = (select 1) where b = 2; n := f(n);\n'.repeat(count)} end $$`
    const started = cpuMs()
    expect(bodiesOf(text)).toHaveLength(2 * count)
    return cpuMs() - started
  }
  time(500)
  const small = Math.min(time(1000), time(1000))
  expect(time(8000)).toBeLessThan(8 * 3 * small)
})
