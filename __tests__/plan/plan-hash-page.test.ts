import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from '@jest/globals'
import { digestApplied } from '../../src/plan/digest-applied.js'
import { listApplied } from '../../src/plan/list-applied.js'
import { parsePlanFile } from '../../src/plan/parse-plan-file.js'
import { planFileSchema } from '../../src/plan/plan-file-schema.js'
import { renderPlanFile } from '../../src/render/plan-file.js'
import { parseBlocks, parseTable } from '../repository/markdown.js'
import { read } from '../repository/tree.js'
import { anAppliedRecord } from '../support/builders.js'
import { needs } from '../support/needs.js'
import { withDatabase } from '../support/postgres/a-database.js'
import { majors } from '../support/postgres/major.js'
import { aPlanDocument, aRunnable } from './a-plan-document.js'

const page = read('docs/plan-hash.md')
const block = (language: string) => parseBlocks(page).find((each) => each.language === language)?.text ?? ''
const hash = block('text').trim()

const folder = mkdtempSync(join(tmpdir(), 'devflow-plan-hash-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const hostile = aPlanDocument({
  migrations: [aRunnable({ name: '03_"\\\u0001é😀\u2028##[x.sql', version: '03_"\\\u0001é😀\u2028##[x' })],
  records: ['1', '10', '9', 'é', '\uffff', '😀', 'a"\\\n'].map((version) => anAppliedRecord({ version })),
})
const examples: [string, string, string][] = [
  ['the example', block('json'), hash],
  ['hostile names', renderPlanFile(hostile), hostile.hash],
]

describe('the page on the plan hash', () => {
  it('has an example that is a plan file, with the hash at its top', () => {
    const document = parsePlanFile(block('json'), 'the example')
    expect(document.hash).toBe(hash)
    expect(renderPlanFile(document)).toBe(block('json'))
  })

  it('names every field that is hashed, and no other', () => {
    const told = parseTable(page, 'What is hashed').flatMap(([field = '']) =>
      [...field.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
    )
    expect(told.sort()).toEqual([...new Set(fieldsOf(planFileSchema.shape.plan as unknown as Schema))].sort())
  })

  it.each(examples)('gives a recipe for Node by which anybody computes it: %s', (_, file, expected) => {
    writeFileSync(join(folder, 'devflow-plan.json'), file)
    writeFileSync(join(folder, 'recipe.mjs'), block('js'))
    const printed = execFileSync(process.execPath, ['recipe.mjs'], { cwd: folder, encoding: 'utf8' })
    expect(printed).toBe(`true\n${expected}\n`)
  })

  for (const [what, file, expected] of examples) {
    needs('jq', 'sha256sum').it(`gives a recipe for jq by which anybody computes it: ${what}`, () => {
      writeFileSync(join(folder, 'devflow-plan.json'), file)
      const printed = execFileSync('bash', ['-c', block('bash')], { cwd: folder, encoding: 'utf8' })
      expect(printed).toBe(`${expected}\n`)
    })
  }

  it.each(majors)('gives a query for the digest of the history, on PostgreSQL %s', (major) =>
    withDatabase({ major }, async (database) => {
      const rows = ['1', '10', '9', 'Z', 'é', '\uffff', '😀', 'a"\\\n\u0001', 'failed'].map((version) =>
        anAppliedRecord({ version, checksum: `md5 "${version}"` }),
      )
      await database.query(
        'create schema devflow; create table devflow.schema_migrations (version text, checksum text, status text)',
      )
      expect(await database.query(block('sql'))).toEqual([{ applied: digestApplied([]) }])
      for (const { version, checksum } of rows) {
        const status = version === 'failed' ? 'failed' : 'completed'
        const insert = 'insert into devflow.schema_migrations values ($1, $2, $3)'
        await database.query(insert, [version, checksum, status])
      }
      const completed = listApplied(rows.filter(({ version }) => version !== 'failed'))
      expect(await database.query(block('sql'))).toEqual([{ applied: digestApplied(completed) }])
    }),
  )
})

interface Schema {
  readonly shape?: Readonly<Record<string, Schema>>
  readonly options?: readonly unknown[]
  readonly element?: Schema
}

/** The fields of a plan as the page writes them, as deep as it does. */
function fieldsOf({ shape = {} }: Schema, above = '', deep = 0): string[] {
  return Object.entries(shape).flatMap(([name, field]) => {
    const path = `${above}${name}`
    const forms = (field.options ?? []).filter((form): form is Schema => typeof form === 'object')
    if (name === 'migrations') return [path, ...fieldsOf(field.element ?? {}, `${path}[].`, 1)]
    if (forms.length > 0) return forms.flatMap((form) => fieldsOf(form, `${path}.`, 1))
    return field.shape && deep === 0 ? fieldsOf(field, `${path}.`, 1) : [path]
  })
}
