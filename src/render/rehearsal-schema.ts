import { z } from 'zod'
import { LOCK_STRENGTHS } from '../model/measured.js'
import { failureSchema } from './failure-schema.js'
import { positionSchema } from './finding-schema.js'
import { migrationFields } from './migration-schema.js'

const count = z.int().min(0)
const relation = z.string().describe('With its schema, quoted as the server quotes it.')
const object = {
  type: z.string().describe('Such as `table`, `index`, `view`, `function`, `table constraint`.'),
  name: z.string(),
}
const statement = {
  statement: z.int().min(1).describe('Index among the statements of the file, from 1.'),
  position: positionSchema,
  text: z.string().describe('Its beginning in one line, without secrets.'),
}

const lock = z.strictObject({
  relation,
  modes: z
    .array(z.enum(LOCK_STRENGTHS))
    .describe('What the statement took there and the transaction did not hold before, the strongest first.'),
})

const measured = z
  .strictObject({
    ...statement,
    durationMs: z.number().min(0).describe('On a shadow it says nothing.'),
    walBytes: z
      .number()
      .nullable()
      .describe('Write-ahead log of the whole server meanwhile: exact where nobody else is at work.'),
    locks: z.array(lock).describe('On relations that were there before.'),
    rewritten: z
      .array(relation)
      .describe('Tables, indexes and materialised views that were there before and got a new file.'),
    scanned: z
      .array(relation)
      .describe('Tables that were there before and were read from one end to the other.'),
    rows: z
      .array(z.strictObject({ relation, inserted: count, updated: count, deleted: count }))
      .describe('Rows changed, by triggers and foreign keys too.'),
    created: z.array(z.strictObject(object)),
    dropped: z.array(
      z.strictObject({
        ...object,
        cascaded: z.boolean().describe('It hung on what the statement names, and went with it.'),
      }),
    ),
    heldBefore: z
      .array(z.strictObject({ relation, since: z.int().min(1).describe('The statement that locked it.') }))
      .describe('What an earlier statement of the transaction locked against all reads and writes.'),
  })
  .describe('What one statement did.')

const left = z
  .strictObject({ ...statement, reason: z.string() })
  .describe('A statement that was not sent, and why.')

const rehearsed = z.strictObject({
  ...migrationFields,
  path: z.string(),
  state: z.enum(['rehearsed', 'failed', 'partly-rehearsed', 'not-rehearsable', 'not-run']),
  durationMs: z.number().min(0),
  reason: z.string().nullable().describe('Why it is not, or only partly, rehearsed.'),
  failure: failureSchema.nullable(),
  measured: z.array(measured).describe('Its statements in order, as far as they ran and were measured.'),
  left: z.array(left),
})

const place = z
  .strictObject({
    kind: z
      .enum(['target', 'shadow'])
      .describe('`target`: rolled back on the target itself; `shadow`: on a server thrown away afterwards.'),
    asked: z.enum(['auto', 'shadow', 'target']).describe('What `rehearse` says.'),
    where: z.string(),
    schemaFrom: z.string().nullable().describe('How the shadow came by its schema.'),
    limits: z.array(z.string()).describe('What can not be told from it.'),
  })
  .describe('Where the rehearsal ran.')

const size = z.strictObject({
  relation,
  bytes: z.number().nullable().describe('With its indexes and TOAST.'),
  rows: z.number().nullable().describe('As the server estimates them.'),
})

/** What the JSON report has of a rehearsal. */
export const rehearsalFields = {
  rehearsedOn: place.nullable(),
  notRehearsed: z
    .strictObject({ why: z.string(), ways: z.array(z.string()).describe('To have a rehearsal.') })
    .nullable()
    .describe('Why something that is pending was not rehearsed.'),
  rehearsal: z.array(rehearsed).describe('One for each migration of the rehearsal.'),
  sizes: z.array(size).describe('On the target, of the relations that the rehearsal touched.'),
}
