import type { InputName } from '../model/inputs.js'
import type { InputSpec } from './input-spec.js'

/** The input about the file that the schema is written to. */
export const SCHEMA_DUMP_INPUT: Readonly<Record<Extract<InputName, 'schema-dump'>, InputSpec>> = {
  'schema-dump': {
    flag: '--schema-dump',
    kind: 'path',
    default: 'the file’s `schema-dump`, else none',
    doc: 'A file that the schema is written to after migrate, as stable SQL for review.',
    commands: ['migrate'],
  },
}
