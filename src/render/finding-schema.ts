import { z } from 'zod'

export const positionSchema = z
  .strictObject({
    line: z.int().min(1),
    column: z.int().min(1),
    endLine: z.int().min(1),
    endColumn: z.int().min(1),
  })
  .describe('A stretch of a file: lines and columns from 1, the end inclusive, columns in characters.')

const edit = z.strictObject({
  start: z.int().min(0).describe('Offset in UTF-16 units in the text without byte-order mark, from 0.'),
  end: z.int().min(0).describe('The same, exclusive.'),
  position: positionSchema
    .nullable()
    .describe('The same for people; where start and end are equal, the place to add before.'),
  text: z.string().describe('What takes its place.'),
})

const fix = z
  .strictObject({
    title: z.string().describe('What it does, in the imperative.'),
    edits: z.array(edit).describe('Ascending, not overlapping.'),
    preview: z.string().nullable().describe('The lines that the edits touch, as they leave them.'),
    next: z.string().nullable().describe('SQL for a migration of its own, to be applied after this one.'),
  })
  .describe('A safe rewrite.')

const fields = {
  rule: z.string().describe('Kebab-case id, the same in every outlet.'),
  severity: z.enum(['error', 'warning', 'notice']),
  file: z.string().nullable(),
  position: positionSchema.nullable(),
  message: z.string(),
  help: z.string().describe('The way out.'),
  excerpt: z.string().nullable().describe('The offending line and a caret under the column.'),
  why: z.string().nullable().describe('What it does in production.'),
  force: z
    .enum(['needed', 'used'])
    .nullable()
    .describe('`needed`: it stops the run unless FORCE_RUN=true; `used`: it would have.'),
  fix: fix.nullable(),
  measured: z
    .enum(['confirmed', 'refuted', 'found'])
    .nullable()
    .describe(
      'What the rehearsal showed of it: it did that; it did not, and nothing is stopped by it; only running it shows it.',
    ),
  docs: z.string().describe('Where to read more.'),
}

/** One thing found, as the JSON report has it. */
export const findingSchema = z.strictObject(fields)

/** One thing found that somebody said to be fine. */
export const suppressedSchema = z.strictObject({
  ...fields,
  reason: z.string().describe('Why, in the words of whoever said so.'),
})
