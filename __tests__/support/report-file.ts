import { readFile } from 'node:fs/promises'
import ajvModule from 'ajv/dist/2020.js'
import { type ReportJson, reportSchema } from '../../src/render/report-schema.js'

const published = new URL('../../schema/report.schema.json', import.meta.url)
const validate = new ajvModule.default({ strict: true, allErrors: true, allowUnionTypes: true }).compile(
  JSON.parse(await readFile(published, 'utf8')),
)

/** One JSON document and nothing else, as the published schema says. Throws where it is not. */
export function parseReport(text: string): ReportJson {
  const report: unknown = JSON.parse(text)
  if (!validate(report)) throw new Error(JSON.stringify(validate.errors))
  return reportSchema.parse(report)
}
