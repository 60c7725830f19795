import { showName, showRelation } from '../../sql/relation-name.js'
import { typeName } from '../../sql/type-name.js'
import { type TypedColumn, typedColumns } from '../../sql/typed-columns.js'
import { everywhere } from '../everywhere.js'
import type { Rule } from '../rule.js'

export const charColumn: Rule = {
  id: 'char-column',
  group: 'design',
  title: 'A column of type `char`',
  why: '`char(n)` is padded with blanks to n characters: each row takes that room, and trailing blanks that mattered are gone when values are compared or cast to `text`. It is no faster than `text`.',
  instead: 'Use `text`, with `CHECK (char_length(code) <= 3)` where the length is a rule.',
  levels: everywhere('off'),
  examples: {
    bad: [
      'create table currency (code char(3) primary key);',
      'alter table currency add column sign character;',
    ],
    good: ['create table currency (code text primary key check (char_length(code) = 3));'],
  },
  *check(statement, context) {
    for (const column of typedColumns(statement, context.file.file.text)) {
      if (!CHARS.has(column.type)) continue
      yield { message: messageOf(column), help: helpOf(column), span: column.span }
    }
  },
}

const CHARS: ReadonlySet<string> = new Set(['bpchar', 'char', 'character'])

function messageOf({ relation, name, type, definition }: TypedColumn): string {
  const column = `Column ${showName([name])} of ${showRelation(relation)}`
  if (type === 'char') return `${column} is "char", the server's internal type of a single byte.`
  const length = definition.typeName?.typmods
  if (!length) return `${column} is bpchar, which ignores trailing blanks.`
  const shown = typeName(definition.typeName)?.replace(type, 'char')
  return `${column} is ${shown}, which is padded with blanks.`
}

function helpOf({ nameText, type, definition }: TypedColumn): string {
  const length = /\((\d+)\)/.exec(typeName(definition.typeName) ?? '')?.[1]
  return type === 'char' || length === undefined
    ? 'Write text.'
    : `Write text, and where the length is a rule CHECK (char_length(${nameText}) <= ${length}).`
}
