import { z } from 'zod'
import { reportSchema } from './report-schema.js'

/**
 * The text of `schema/report.schema.json` (JSON Schema draft 2020-12), which scripts may check reports against.
 * It allows fields it does not name, since later reports of the same version may have more.
 */
export function buildReportSchema(): string {
  const schema = z.toJSONSchema(reportSchema, {
    override: ({ jsonSchema }) => {
      delete jsonSchema.additionalProperties
    },
  })
  return `${JSON.stringify(schema, null, 2)}\n`
}
