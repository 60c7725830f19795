import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'

const folder = join(import.meta.dirname, '../../src')

it('our own SQL looks into pg_temp last: without being named it comes first, and a migration may have a type `text` there', () => {
  const wrong = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .filter((name) =>
      /search_path(?: = |: '|', ')pg_catalog(?!, pg_temp)/.test(readFileSync(join(folder, name), 'utf8')),
    )
  expect(wrong).toEqual([])
})
