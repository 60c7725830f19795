import * as z from 'zod'
import { isRunsOwn } from '../model/substitute.js'

const NAME_WORDS = 'the name of a variable, such as APP_PASSWORD, that holds nothing of the run itself'

const name = z
  .string({ error: NAME_WORDS })
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,199}$/, { error: NAME_WORDS, abort: true })
  .refine((text) => !isRunsOwn(text), NAME_WORDS)
  .meta({ description: 'A variable of the environment.' })

/** `database.migrations.substitute`: names, or maps of a name and what its value is in SQL. */
export const substituteSchema = z
  .array(
    z.union(
      [
        name,
        z.strictObject({
          name,
          as: z
            .enum(['literal', 'identifier'], { error: 'literal or identifier' })
            .optional()
            .meta({ description: 'What its value is in SQL: a literal (the default) or an identifier.' }),
        }),
      ],
      { error: `${NAME_WORDS}, or a map with name and as (literal or identifier)` },
    ),
    { error: 'a list of names of variables' },
  )
  .optional()
  .meta({
    description: `Variables of the environment that are filled in where a migration says \${NAME}.`,
  })
