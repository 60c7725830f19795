import { z } from 'zod'

/** Who let it be applied; null where nobody had to. */
export const approvalSchema = z
  .strictObject({
    kind: z.enum(['github-environment', 'comment', 'review', 'confirmation']),
    by: z.string(),
    as: z.string().describe('What it is, in words.'),
    at: z.string().nullable(),
    comment: z.string().nullable(),
    url: z.string().nullable(),
  })
  .nullable()
  .describe('Who let it be applied, where an approval was asked for.')
