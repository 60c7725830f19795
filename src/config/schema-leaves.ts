import * as z from 'zod'
import { DURATION_PATTERN, DURATION_WORDS, parseDuration } from './parse-duration.js'

/*
 * The `error` of each leaf is the list of allowed values, put into "… is X; it must be <error>". The descriptions are
 * what editors show.
 */

const TEXT_WORDS = 'text, in quotes where it looks like a number'

export const text = (description: string) =>
  z
    .string({ error: TEXT_WORDS })
    .min(1, TEXT_WORDS)
    .refine((value) => !value.includes('\0'), 'text without NUL')
    .meta({ description })

export const yesNo = (description: string) =>
  z.boolean({ error: 'true or false' }).optional().meta({ description })

export const duration = (description: string) =>
  z
    .union(
      [
        // Of a text that is none, the union tells what this branch says, not its own words.
        z
          .string({ error: DURATION_WORDS })
          .regex(DURATION_PATTERN, { error: DURATION_WORDS, abort: true })
          .refine((value) => parseDuration(value) !== undefined, DURATION_WORDS),
        z.literal(0, { error: DURATION_WORDS }),
      ],
      { error: DURATION_WORDS },
    )
    .optional()
    .meta({ description })

export const variableName = (description: string) =>
  z
    .string({ error: 'the name of an environment variable' })
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'the name of an environment variable, such as DATABASE_URL')
    .optional()
    .meta({ description })
