import { describe, expect, it } from '@jest/globals'
import { RESERVED_WORDS } from '../../src/sql/reserved-words.js'
import { aDatabase } from '../support/postgres/a-database.js'

describe('words that need quotes', () => {
  it.each([15, 18] as const)('are those that PostgreSQL %i keeps for itself', async (major) => {
    await using database = await aDatabase({ major })
    const words = await database.query<{ word: string }>(
      "select word from pg_get_keywords() where catcode in ('R', 'T')",
    )
    expect(words.map(({ word }) => word).filter((word) => !RESERVED_WORDS.has(word))).toEqual([])
    if (major === 18) expect(RESERVED_WORDS.size).toBe(words.length)
  })
})
