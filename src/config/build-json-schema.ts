import * as z from 'zod'
import { devflowSchema } from './devflow-schema.js'

/** The text of `schema/devflow.schema.json`, which editors use to complete `devflow.yml`. Draft 7: what they all read. */
export function buildJsonSchema(): string {
  const schema = z.toJSONSchema(devflowSchema, { target: 'draft-7', io: 'input' })
  return `${JSON.stringify(schema, null, 2)}\n`
}
