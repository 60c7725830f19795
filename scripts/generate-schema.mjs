// Writes schema/ from the compiled schemas of devflow.yml and of the report. Part of `npm run build`; alone: `npm run schema`.
import { mkdir, writeFile } from 'node:fs/promises'
import { buildJsonSchema } from '../build/config/build-json-schema.js'
import { buildReportSchema } from '../build/render/build-report-schema.js'

const folder = new URL('../schema/', import.meta.url)
await mkdir(folder, { recursive: true })
await writeFile(new URL('devflow.schema.json', folder), buildJsonSchema())
await writeFile(new URL('report.schema.json', folder), buildReportSchema())
