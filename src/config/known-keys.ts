import * as z from 'zod'
import { devflowSchema } from './devflow-schema.js'

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly additionalProperties?: JsonSchema | false
  readonly items?: JsonSchema
  readonly propertyNames?: { readonly enum?: readonly string[] }
  readonly anyOf?: readonly JsonSchema[]
}

/** The keys that `devflow.yml` may have at a path, in the order of the schema: for "did you mean" and for the docs' test. */
export function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  let schema = z.toJSONSchema(devflowSchema, { target: 'draft-7', io: 'input' }) as JsonSchema
  for (const step of path) schema = inner(schema, step)
  return schema.propertyNames?.enum ?? Object.keys(schema.properties ?? {})
}

function inner(schema: JsonSchema, step: PropertyKey): JsonSchema {
  const named = Object.entries(schema.properties ?? {}).find(([key]) => key === step)?.[1]
  const found =
    typeof step === 'number' ? schema.items : (named ?? (schema.additionalProperties || undefined))
  return found?.anyOf?.find((option) => option.properties !== undefined) ?? found ?? {}
}
