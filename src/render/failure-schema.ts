import { z } from 'zod'
import { positionSchema } from './finding-schema.js'

const otherSession = z
  .strictObject({
    processId: z.int().min(0).describe('Its process on the server; 0 for a prepared transaction.'),
    user: z.string().nullable(),
    application: z.string().nullable().describe('The name it gave itself.'),
    address: z.string().nullable(),
    state: z
      .string()
      .nullable()
      .describe('Such as `active` or `idle in transaction`; null where the role may not see it.'),
    ageMs: z.number().min(0).nullable().describe('Since its query began, or since it is idle.'),
    query: z
      .string()
      .nullable()
      .describe('Without strings and numbers, at most 200 characters; null where the role may not see it.'),
  })
  .describe('Another session of the database.')

export const waitedForSchema = z
  .array(otherSession)
  .describe('Where it was tried again: who was in its way last, unless its failure tells that.')

/** What the database refused, as the JSON report has it. */
export const failureSchema = z
  .strictObject({
    code: z
      .string()
      .describe('SQLSTATE; a code of ours, which begins with `DF`; or a word such as `connection-lost`.'),
    message: z.string().describe("The server's message."),
    hint: z.string().nullable().describe("The server's hint."),
    context: z.array(z.string()).describe('Where in PL/pgSQL it was, the innermost first.'),
    position: positionSchema.nullable().describe("The failing statement's place in the file."),
    excerpt: z.string().nullable().describe('The offending line and a caret under the column.'),
    statement: z.int().min(1).nullable().describe('Index of the failing statement in the file, from 1.'),
    blockers: z.array(otherSession).describe('Who held the lock that was not to be had.'),
  })
  .describe('What the database refused.')
