import { readFile } from 'node:fs/promises'
import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { buildJsonSchema } from '../../src/config/build-json-schema.js'
import { CLI_FLAGS, INPUTS } from '../../src/config/inputs.js'
import { parseDevflowYml } from '../../src/config/parse-devflow-yml.js'
import { VARIABLES } from '../../src/config/variables.js'

const doc = await readFile(new URL('../../docs/configuration.md', import.meta.url), 'utf8')

describe('docs/configuration.md', () => {
  it.each(keysOf(JSON.parse(buildJsonSchema())))('names the key %s', (key) => {
    const keys = namesIn('devflow.yml').flatMap((name) => name.split('.'))
    expect(keys).toContain(key)
  })

  it.each(Object.keys(VARIABLES))('names the variable %s', (name) => {
    expect(namesIn('Environment variables')).toContain(name)
  })

  it.each(Object.entries(INPUTS))('names the input %s, its flag and its variable', (name, spec) => {
    const row = linesOf('Inputs and flags').find((line) => line.startsWith(`| \`${name}\` |`)) ?? ''
    expect(row).toContain(spec.flag === undefined ? 'the verb' : `\`${spec.flag}\``)
    if (spec.variable !== undefined) expect(row).toContain(`\`${spec.variable}\``)
  })

  it.each(Object.keys(CLI_FLAGS))('names the flag %s', (flag) => {
    expect(doc).toContain(`\`${flag}\``)
  })

  it('shows a file that is read as it stands, and names every key', async () => {
    const [example = ''] = [...doc.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1])
    expect((await parseDevflowYml(example, 'devflow.yml')).problems).toEqual([])
    expect(Object.keys(parse(example))).toEqual(['version', 'project', 'database', 'secrets'])
  })
})

function linesOf(heading: string): string[] {
  const section = doc.split(/^## /m).find((text) => text.startsWith(`${heading}\n`))
  return section?.split('\n').filter((line) => line.startsWith('|')) ?? []
}

function namesIn(heading: string): string[] {
  return linesOf(heading).flatMap((line) => [...line.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''))
}

interface Schema {
  properties?: Record<string, Schema>
  additionalProperties?: Schema | false
  items?: Schema
  anyOf?: Schema[]
}

function keysOf(schema: Schema): string[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, inner]) => [key, ...keysOf(inner)])
  const others = [schema.additionalProperties, schema.items, ...(schema.anyOf ?? [])]
  return [...new Set([...own, ...others.flatMap((inner) => (inner ? keysOf(inner) : []))])]
}
