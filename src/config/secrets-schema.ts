import * as z from 'zod'
import { SECRET_PROVIDERS } from '../model/secret-provider.js'
import { text } from './schema-leaves.js'

const mapping = z.strictObject(
  {
    name: text('The variable it stands in for, in any case, with the name of the project before it or not.'),
    op_item: text('The item in 1Password: its name or its ID.'),
    op_field: text('The field of the item: its name or its ID.'),
    environments: z
      .array(text('The name of an environment.'), { error: 'a list of environments' })
      .optional()
      .meta({ description: 'The environments it is for. Default: those that its names tell, else all.' }),
  },
  { error: 'a map with name, op_item and op_field' },
)

/** `secrets` */
export const secretsSchema = z
  .strictObject(
    {
      provider: z.enum(SECRET_PROVIDERS, { error: '1password or env' }).meta({
        description: 'Where secrets are kept: 1password, or env, the variables of the environment only.',
      }),
      vault: text('The vault in 1Password: its name or its ID.').optional(),
      mappings: z
        .array(mapping, { error: 'a list of mappings' })
        .optional()
        .meta({ description: 'Which secret is which item and field.' }),
    },
    { error: 'a map of settings' },
  )
  .refine(
    ({ provider, vault, mappings }) => provider !== 'env' || (vault ?? mappings) === undefined,
    'a map in which vault and mappings stand with provider: 1password',
  )

export type SecretsSettings = z.infer<typeof secretsSchema>
