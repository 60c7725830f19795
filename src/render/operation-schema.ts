import { z } from 'zod'
import { failureSchema } from './failure-schema.js'

const step = z.strictObject({
  what: z.string().describe('What it does, as a clause.'),
  version: z.string().nullable(),
  name: z.string().nullable(),
  state: z
    .enum(['planned', 'done', 'failed', 'partial', 'not-run', 'unknown'])
    .describe('`failed` left nothing; `partial` stopped half-way, and what it did until then is kept.'),
  details: z.array(z.string()).describe('What there is to know of it, as sentences.'),
  durationMs: z.number().min(0).nullable(),
  failure: failureSchema.nullable(),
})

/** What a command did that is not the way of pending migrations into a target. */
export const operationSchema = z
  .strictObject({
    steps: z.array(step).describe('Each exactly once, in order; `planned` in a dry run.'),
    next: z.array(z.string()).describe('What to do next.'),
    facts: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
      .describe('Figures by name, such as `sha256` and `bytes`.'),
  })
  .nullable()
  .describe('Only for `rollback`, `repair`, `baseline`, `adopt`, `backup` and `restore`.')

export type OperationJson = z.infer<typeof operationSchema>
