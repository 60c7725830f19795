import { readFile } from 'node:fs/promises'
import { describe, expect, it } from '@jest/globals'
import { Ajv } from 'ajv'
import { parse } from 'yaml'
import { buildJsonSchema } from '../../src/config/build-json-schema.js'
import { parseDevflowYml } from '../../src/config/parse-devflow-yml.js'

describe('buildJsonSchema', () => {
  it('gives what is committed', async () => {
    const committed = await readFile(new URL('../../schema/devflow.schema.json', import.meta.url), 'utf8')
    expect(committed).toBe(buildJsonSchema())
  })

  it('describes every key and has a title but no id', () => {
    const schema = JSON.parse(buildJsonSchema())
    expect(schema.title).toBe('devflow.yml')
    expect(schema.$schema).toBe('http://json-schema.org/draft-07/schema#')
    expect(buildJsonSchema()).not.toContain('$id')
    expect(undescribed(schema, '')).toEqual([])
  })

  it.each([
    'version: "1"',
    'database: { environments: { local: , staging: { lock-timeout: 3s, statement-timeout: 0 } } }',
    'database: { environments: { staging: { lock-timeout: 3 } } }',
    'database: { environments: { staging: { url_env: "a b" } } }',
    'database: { migrations: { format: sql, exclude: [a] } }',
    'database: { migrations: { format: psql } }',
    'database: { migrations: { legacy: ["*.sql"] }, environments: { local: { transaction: none, rehearse: off } } }',
    'database: { environments: { local: { transaction: some } } }',
    'database: { environments: { local: { rehearse: true } } }',
    'databse: {}',
    'secrets: { provider: 1password, mappings: [{ name: a }] }',
    'secrets: { provider: 1password, vault: x }',
    'secrets: { provider: env, token: x }',
    'database: { health: { before: [{ connectivity: true }], after: [{ tables: [a], timeout: 5s, retries: 1 }] } }',
    'database: { environments: { local: { health: { after: [{ tabels: [a] }] }, schema-dump: schema.sql } } }',
    'notifications: [{ type: slack, url_env: A, on: [failed] }]',
    'notifications: [{ type: slack }]',
  ])('judges %p as the program does', async (text) => {
    const judge = new Ajv({ allowUnionTypes: true }).compile(JSON.parse(buildJsonSchema()))
    const problems = (await parseDevflowYml(text, 'devflow.yml')).problems
    expect(judge(parse(text))).toBe(problems.length === 0)
  })
})

interface Schema {
  description?: string
  properties?: Record<string, Schema>
  additionalProperties?: Schema | false
  items?: Schema
  anyOf?: Schema[]
}

function undescribed(schema: Schema, path: string): string[] {
  const named = Object.entries(schema.properties ?? {}).flatMap(([key, inner]) => [
    ...(inner.description ? [] : [`${path}.${key}`]),
    ...undescribed(inner, `${path}.${key}`),
  ])
  const others = [schema.additionalProperties, schema.items, ...(schema.anyOf ?? [])]
  return [...named, ...others.flatMap((inner) => (inner ? undescribed(inner, `${path}.*`) : []))]
}
