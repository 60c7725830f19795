import { describe, expect, it } from '@jest/globals'
import { ALL_TOOLS } from '../../src/adopt/all-tools.js'
import { parseArguments } from '../../src/config/parse-arguments.js'
import { ACCEPTED_WORDS, FOREIGN_TOOLS } from '../../src/model/foreign-tool.js'
import { aMigrator, verdict } from '../programs/a-migrator.js'
import { parseBlocks, parseTable } from '../repository/markdown.js'
import { read } from '../repository/tree.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { HISTORIES } from './histories.js'

const page = read('docs/adopt.md')
const blocks = parseBlocks(page)
const commands = blocks.filter(({ language }) => language === 'bash').map(({ text }) => text.trim())
const told = blocks
  .filter(({ language }) => language === 'text')
  .flatMap(({ text }) => text.trim().split('\n'))

describe('the page about adopting', () => {
  it('has a line for each tool, with the name of its table, and says so where nothing is compared', () => {
    const rows = parseTable(page, 'By tool')
    expect(rows.map(([tool]) => tool)).toEqual(FOREIGN_TOOLS.map((tool) => `\`${tool}\``))
    for (const [index, [, table = '', compared = '']] of rows.entries()) {
      const tool = FOREIGN_TOOLS[index] ?? 'flyway'
      expect(table.replaceAll('`', '').split('.').at(-1)).toBe(ALL_TOOLS[tool].table.names[0])
      const history = HISTORIES.find((each) => each.tool === tool)
      expect([tool, compared.startsWith('Nothing')]).toEqual([tool, !history?.checks])
    }
  })

  it('names each word that can be accepted', () => {
    for (const word of ACCEPTED_WORDS) expect(page).toMatch(new RegExp(`\`\\d=${word}\``))
  })

  it('shows what its commands do, one after the other', async () => {
    const flyway = HISTORIES[0]
    if (flyway?.tool !== 'flyway') throw new Error('the first is Flyway')
    const fines = ['V4__fines.sql', 'create table fines (id integer primary key);\n'] as const
    await using database = await aDatabase()
    const applied = [...Object.entries(flyway.files), fines]
    await database.query(`${applied.map(([, sql]) => sql).join('')}${flyway.ddl}${flyway.record(applied)}`)
    const edited = { ...flyway.files, 'V3__loans.sql': 'create table loans (id bigint primary key);\n' }
    await using migrator = await aMigrator(database.url, edited)
    const run = async (line = '') => {
      const asked = parseArguments(line.split(' ').slice(1), {}, '.')
      if (asked.kind !== 'run') throw new Error(line)
      expect(asked.inputs.mistakes).toEqual([])
      return migrator.run('', { given: asked.inputs.given })
    }
    expect(commands).toHaveLength(4)
    const [look, accept, migrate, undo] = commands
    const refused = await run(look)
    expect(verdict(refused)).toBe('1 refused')
    expect(refused.problems.map(({ message }) => message).toSorted()).toEqual(told.toSorted())
    expect(verdict(await run(accept))).toBe('0 applied')
    expect(verdict(await run(migrate))).toBe('0 up-to-date')
    expect(verdict(await run(undo))).toBe('0 applied')
  })
})
