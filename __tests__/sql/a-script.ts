import fc from 'fast-check'

/** White space and comments, with what would end a statement were it SQL. */
const gap = fc.constantFrom(
  ' ',
  '\n',
  '\r\n\t',
  ' -- ; it\'s $$ "\n',
  " /* ; ' */ ",
  ' /* a /* ; $$ */ b */ ',
  '\f',
)

const literal = fc.constantFrom(
  "';'",
  "'it''s; --'",
  "E'\\'; /*'",
  "e'a\\\\'",
  '$$;$$',
  "$a$;'$$ $b$ ; $a$",
  "'\\'",
  "U&'\\0041;'",
  "B'1'",
  "'a'\n  ';b'",
  '1',
  'null',
  "'漢😀;'",
  "E'\\\\'\n';\"'",
  '1.5e3',
)

const name = fc.constantFrom(
  't',
  'begin',
  'atomic',
  '"a;b"',
  '"a""; b"',
  'a$b$c',
  'rule',
  'procedure',
  'é',
  'copy',
  'stdin',
  'U&"\\0041;"',
  '"END"',
)

const expression: fc.Arbitrary<string> = fc.oneof(
  literal,
  name.map((column) => `(${column})`),
  fc.tuple(literal, literal).map(([a, b]) => `case when ${a} is null then ${b} end`),
  fc.tuple(literal, literal).map(([a, b]) => `(${a} || ${b})`),
  fc.tuple(literal, gap, literal).map(([a, between, b]) => `coalesce(${a},${between}${b})`),
  literal.map((a) => `(case case ${a} when 1 then 2 end when 2 then 3 else 4 end)`),
  fc.constantFrom(
    'array[1,2]',
    '(array[1,2])[1:2]',
    '$1',
    "'{}'::int[]",
    '(select 1)',
    '-1',
    '@ -1',
    't.end',
  ),
)

const query = fc
  .tuple(expression, gap, name)
  .map(([value, between, column]) => `select${between}${value} as ${column}`)

const change = fc.oneof(
  fc.tuple(name, expression).map(([table, value]) => `insert into ${table} values (${value})`),
  fc.tuple(name, expression).map(([table, value]) => `delete from ${table} where ${value} = 1`),
  fc
    .tuple(name, name, expression)
    .map(([table, column, value]) => `update ${table} set ${column} = ${value}`),
)

const orReplace = fc.constantFrom('', 'or replace ', 'OR/**/REPLACE ')

const body = (statement: fc.Arbitrary<string>) =>
  fc
    .tuple(fc.array(fc.tuple(gap, statement, gap), { maxLength: 3 }), gap, gap)
    .map(([inner, a, b]) => `begin${a}atomic ${inner.map(([x, s, y]) => `${x}${s}${y};`).join('')}${b}end`)

const routine = (statement: fc.Arbitrary<string>) =>
  fc
    .tuple(orReplace, fc.constantFrom('function', 'procedure', 'FUNCTION'), name, gap, body(statement))
    .map(
      ([replace, kind, called, between, text]) =>
        `create ${replace}${kind} ${called}(begin int default 1, atomic text)${between}language sql ${text}`,
    )

const rule = fc
  .tuple(orReplace, name, name, fc.array(fc.tuple(change, gap), { minLength: 1, maxLength: 3 }))
  .map(
    ([replace, called, table, actions]) =>
      `create ${replace}rule ${called} as on insert to ${table} do also (${actions.map(([s, g]) => `${s}${g}`).join(';')})`,
  )

const other = fc.oneof(
  fc.tuple(name, expression).map(([called, value]) => `create table ${called} (a int default (${value}))`),
  fc
    .tuple(name, literal)
    .map(([called, value]) => `do $x$ begin perform ${value}; end; $x$; select ${called}`),
  fc.constantFrom(
    'begin',
    'end',
    'commit',
    'start transaction',
    'savepoint begin',
    'select begin atomic from t',
    'select 1 end',
    'create function f(begin int) returns begin as $$ begin; end; $$ language plpgsql',
    'create function f() returns int return case 1 when 1 then 2 end',
    'create view rule as select 1 as begin',
    'create table function (rule int)',
    'create or replace view v as select 1',
    'create rule r as on insert to t do nothing',
    'create schema s create table procedure (a int) create view v as select 1',
    "copy t from program 'cat;'",
    'copy (select 1 from stdin) to stdout',
    "copy t from '/x;'",
    'alter function f() owner to begin',
  ),
)

const simple = fc.oneof(query, change, other)
const nested = fc.oneof(simple, rule, routine(fc.oneof(query, change, rule, routine(query))))

/** Statements that the parser accepts, put together as nobody would write them. */
export const aScript = fc
  .tuple(
    fc.array(fc.tuple(gap, nested, gap, fc.constantFrom(';', ';;', '; ;'))),
    gap,
    fc.option(nested, { nil: '' }),
  )
  .map(([all, between, last]) => `${all.map((parts) => parts.join('')).join('')}${between}${last}`)

/** What statements are made of, in any order: hardly ever SQL. */
export const aSoup = fc
  .array(
    fc.oneof(
      literal,
      name,
      gap,
      fc.constantFrom(
        ';',
        '(',
        ')',
        'select',
        'select 1',
        'create function f()',
        'create rule r as on insert to t do',
        'begin atomic',
        'end',
        'case',
        "'",
        '"',
        '$$',
        '$a$',
        '/*',
        '*/',
        '--',
        '\n',
        '\\',
        "E'",
        ',',
        '::',
      ),
    ),
    { maxLength: 25 },
  )
  .map((parts) => parts.join(' '))

const ownValue = fc.oneof(
  literal.filter((value) => !value.includes('\\0041')).map((value) => `(${value})::text`),
  fc.tuple(literal, gap).map(([a, between]) => `case when true then${between}(${a})::text end`),
)

/** Statements that a server carries out in any order, on the table `t (a text)`. */
export const anExecutableScript = fc
  .array(
    fc.tuple(
      gap,
      fc.oneof(
        ownValue.map((value) => `select ${value} as begin`),
        ownValue.map((value) => `insert into t values (${value})`),
        fc
          .array(fc.tuple(gap, ownValue), { minLength: 1, maxLength: 3 })
          .map(
            (all) =>
              `create or replace function f() returns text language sql begin atomic ${all.map(([between, value]) => `select ${value};${between}`).join('')} end`,
          ),
        fc
          .tuple(ownValue, gap)
          .map(
            ([value, between]) =>
              `create or replace rule r as on update to t do also (notify a;${between}delete from t where a = ${value})`,
          ),
        ownValue.map((value) => `do $do$ begin perform ${value}; end; $do$`),
        fc.constant('savepoint begin'),
      ),
      gap,
      fc.constantFrom(';', ';;', '; ;'),
    ),
    { maxLength: 8 },
  )
  .map((all) => all.map((parts) => parts.join('')).join(''))
