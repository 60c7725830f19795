// Writes schema/ from the compiled schemas of devflow.yml and of the report, and docs/rules.md from the rules. Part of `npm run build`; alone: `npm run schema`.
import { mkdir, writeFile } from 'node:fs/promises'
import { buildJsonSchema } from '../build/config/build-json-schema.js'
import { buildRulesDoc } from '../build/programs/build-rules-doc.js'
import { buildReportSchema } from '../build/render/build-report-schema.js'

const folder = new URL('../schema/', import.meta.url)
await mkdir(folder, { recursive: true })
await writeFile(new URL('devflow.schema.json', folder), buildJsonSchema())
await writeFile(new URL('report.schema.json', folder), buildReportSchema())
await writeFile(new URL('../docs/rules.md', import.meta.url), await buildRulesDoc())
