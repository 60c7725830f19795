import { expect, it } from '@jest/globals'
import { aDatabase } from '../support/postgres/a-database.js'
import { eachMajor } from '../support/postgres/major.js'
import { aMigrator, verdict } from './a-migrator.js'
import { everyOutlet } from './every-outlet.js'

const MB = 1_000_000

eachMajor('an error of a million characters', (major) => {
  it.each([
    ['in a file', { rehearse: 'off' }, '1 failed: 01 failed', ''],
    ['in its rehearsal', { rehearse: 'target' }, '1 failed: 01 not-run', 'in the rehearsal: '],
    ['outside a transaction', { rehearse: 'off', transaction: 'none' }, '1 failed: 01 failed', ''],
  ] as const)(
    'is shown and recorded by its beginning, and how much was left out, %s',
    async (_, given, end, before) => {
      await using database = await aDatabase({ major })
      await using migrator = await aMigrator(database.url, {
        '01_a.sql': `do $$ begin raise notice '%', repeat('n', ${MB});
          raise exception '%', repeat('x', ${MB}) using hint = repeat('h', ${MB}); end $$;`,
      })
      const report = await migrator.run('migrate', { given })
      expect(verdict(report)).toBe(end)
      const { failure } = report.outcomes[0]?.failure
        ? (report.outcomes[0] ?? {})
        : (report.rehearsal[0] ?? {})
      expect(failure).toMatchObject({
        message: `${'x'.repeat(4_000)}… (996000 more characters)`,
        hint: `${'h'.repeat(4_000)}… (996000 more characters)`,
      })
      const shown = everyOutlet(report, migrator.events)
      expect(shown).toContain('999000 more characters')
      expect(shown).not.toMatch(/[xnh]{4001}/)
      expect(shown.length).toBeLessThan(200_000)
      const recorded = await database.query<{ said: string }>(
        `select error_message as said from devflow.migration_history where error_message is not null`,
      )
      const told = new RegExp(`^${before}(x+)… \\((\\d+) more characters\\) \\(PL/pgSQL .*\\)$`)
      const [, said = '', left] = told.exec(recorded[0]?.said ?? '') ?? []
      expect([recorded.length, said.length + Number(left)]).toEqual([1, MB])
      expect(said.length).toBeGreaterThan(3_500)
      const history = await migrator.run('history')
      expect(everyOutlet(history, []).length).toBeLessThan(50_000)
    },
  )
})
