// Writes schema/devflow.schema.json from the compiled schema: run `npm run schema` after a change to devflow-schema.ts.
import { mkdir, writeFile } from 'node:fs/promises'
import { buildJsonSchema } from '../build/config/build-json-schema.js'

const target = new URL('../schema/devflow.schema.json', import.meta.url)
await mkdir(new URL('.', target), { recursive: true })
await writeFile(target, buildJsonSchema())
