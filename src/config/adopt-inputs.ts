import { FOREIGN_TOOLS } from '../model/foreign-tool.js'
import type { InputName } from '../model/inputs.js'
import type { InputSpec } from './input-spec.js'

type AdoptInput = Extract<InputName, 'from' | 'from-table' | 'accept' | 'undo'>

/** Those of `inputs.ts` that are about taking over another tool's history. */
export const ADOPT_INPUTS: Readonly<Record<AdoptInput, InputSpec>> = {
  from: {
    flag: '--from',
    kind: 'choice',
    values: ['auto', ...FOREIGN_TOOLS],
    default: '`auto`: the tool whose table is there',
    doc: 'The tool whose history is taken over.',
    commands: ['adopt'],
  },
  'from-table': {
    flag: '--from-table',
    kind: 'text',
    default: 'the one that is found by its columns',
    doc: 'The table of that tool, as `table` or `schema.table`, where it has another name than usual or there are several.',
    commands: ['adopt'],
  },
  accept: {
    flag: '--accept',
    kind: 'text',
    default: 'nothing: what disagrees is refused',
    doc: 'What is so where table and folder disagree, for each version: `0003=edited, 0004=missing, 0005=applied, 0006=not-applied`.',
    commands: ['adopt'],
  },
  undo: {
    flag: '--undo',
    kind: 'flag',
    default: '`false`',
    doc: 'Take back what was adopted, as long as nothing else was recorded since.',
    commands: ['adopt'],
  },
}
