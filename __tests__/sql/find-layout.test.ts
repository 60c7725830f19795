import { describe, expect, it } from '@jest/globals'
import type { Reply } from '../../src/model/session.js'
import { composeMessage, wholeFile } from '../../src/sql/compose-message.js'
import { findLayout } from '../../src/sql/find-layout.js'
import { locateFailure } from '../../src/sql/locate-failure.js'
import { aRunnable } from '../executors/sql/a-work.js'

async function aCutFile(text: string) {
  const migration = await aRunnable('01_a.sql', text)
  const message = composeMessage()
  message.own('BEGIN;')
  const placed = message.apart(migration, wholeFile(migration), (index) => `SELECT ${index};`)
  const { sent } = message.seal()
  return { migration, sent, layouts: placed.map((each) => ({ ...each, sent })) }
}

const failing = (completed: number, characterPosition?: number): Reply => ({
  results: [],
  completed,
  state: 'E',
  error: { code: '42601', message: 'no', fatal: false, ...(characterPosition ? { characterPosition } : {}) },
})

describe('a file that is cut into its statements', () => {
  it('is sent in full, with ours behind each, whatever comments lie between', async () => {
    const { sent } = await aCutFile("select 1; -- one; '\nselect /* ; */ 2 -- two\n;;\n-- three")
    expect(sent).toBe(
      "BEGIN;\nselect 1\n;\nSELECT 0;\n; -- one; '\nselect /* ; */ 2 -- two\n;;\n-- three\n;\nSELECT 1;\n",
    )
  })

  it('finds the statement that failed by how many were done', async () => {
    const { migration, layouts } = await aCutFile('select 1;\n\nselect 2;\nselect 3')
    const lines = [1, 3, 5].map((completed) => {
      const layout = findLayout(failing(completed), layouts)
      return layout && locateFailure(failing(completed), migration, layout)
    })
    expect(lines).toMatchObject([
      { statement: 1, position: { line: 1 } },
      { statement: 2, position: { line: 3 } },
      { statement: 3, position: { line: 4 } },
    ])
  })

  it('finds it by the place where the server could not read the message', async () => {
    const { migration, sent, layouts } = await aCutFile("select 'é😀';\nselect 2;\nselect 'x'")
    const at = Array.from(sent.slice(0, sent.indexOf('select 2') + 7)).length + 1
    const layout = findLayout(failing(0, at), layouts)
    expect(layout && locateFailure(failing(0, at), migration, layout)).toMatchObject({
      position: { line: 2, column: 8 },
    })
  })

  it('has a place for a file without statements', async () => {
    const { layouts, sent } = await aCutFile('-- nothing')
    expect(layouts).toHaveLength(1)
    expect(sent).toBe('BEGIN;\n-- nothing\n;\n')
  })
})
