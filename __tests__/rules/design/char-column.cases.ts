import { describeRule } from '../describe-rule.js'

describeRule('char-column', {
  bad: [
    {
      sql: 'create table currency (\n  id bigint,\n  ⟦code char(3)⟧ not null,\n  ⟦"Sign" character⟧\n);',
      message: [
        'Column code of currency is char(3), which is padded with blanks.',
        'Column "Sign" of currency is char(1), which is padded with blanks.',
      ],
    },
    {
      sql: 'alter table a.t add column ⟦c bpchar⟧;',
      message: 'Column c of a.t is bpchar, which ignores trailing blanks.',
    },
    {
      sql: 'alter table t\n  alter column ⟦c type nchar(5)⟧ using c::text;',
      message: 'Column c of t is char(5), which is padded with blanks.',
      help: 'Write text, and where the length is a rule CHECK (char_length(c) <= 5).',
    },
    {
      sql: 'create table t (⟦c "char"⟧, ⟦d pg_catalog.char⟧, ⟦e char(2)[]⟧)',
      message: [
        'Column c of t is "char", the server\'s internal type of a single byte.',
        'Column d of t is "char", the server\'s internal type of a single byte.',
        'Column e of t is char(2)[], which is padded with blanks.',
      ],
    },
    { sql: 'create table t (⟦c "bpchar"(50)⟧, é text, ⟦d\n  char (4)⟧);' },
  ],
  good: [
    'create table t (a varchar(3), b text, c app.char);',
    'create foreign table t (a char(3)) server s;',
    "select 'a'::char(3);",
  ],
})
