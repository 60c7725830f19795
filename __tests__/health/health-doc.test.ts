import { readFile } from 'node:fs/promises'
import { describe, expect, it } from '@jest/globals'
import { HEALTH_KINDS } from '../../src/config/health-schema.js'
import { parseDevflowYml } from '../../src/config/parse-devflow-yml.js'
import { parseBlocks, parseTable } from '../repository/markdown.js'

const doc = await readFile(new URL('../../docs/health.md', import.meta.url), 'utf8')

describe('docs/health.md', () => {
  it('shows configurations that are read as they stand, with every check', async () => {
    const shown = parseBlocks(doc).filter(({ language }) => language === 'yaml')
    for (const { text } of shown) expect((await parseDevflowYml(text, 'devflow.yml')).problems).toEqual([])
    expect(HEALTH_KINDS.filter((kind) => !shown[0]?.text.includes(`- ${kind}:`))).toEqual([])
  })

  it('says of every check what holds', () => {
    const named = parseTable(doc, 'Health checks').flatMap(
      ([name = '']) => /^`([a-z-]+)/.exec(name)?.[1] ?? [],
    )
    expect(named).toEqual([...HEALTH_KINDS])
  })
})
