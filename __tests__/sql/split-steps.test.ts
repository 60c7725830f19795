import { describe, expect, it } from '@jest/globals'
import type { RunnableStatement } from '../../src/model/plan.js'
import { splitSteps } from '../../src/sql/split-steps.js'
import { aRunnable } from '../executors/sql/a-work.js'
import { cpuMs } from '../support/cpu-ms.js'

async function steps(text: string): Promise<string[]> {
  const migration = await aRunnable('01_a.sql', text)
  return splitSteps(migration).map(
    ({ kind, statements, start, end }) => `${kind} ${statements.length}: ${text.slice(start, end)}`,
  )
}

describe('the steps of a file', () => {
  it('are one transaction where everything can stand in one', async () => {
    expect(await steps('select 1;\n-- ;\nselect 2;')).toEqual(['transaction 2: select 1;\n-- ;\nselect 2'])
  })

  it('are found in time that grows with the file', async () => {
    const [begin, one, commit] = (
      await aRunnable('01_a.sql', '-- devflow:no-transaction\nbegin; select 1; commit;')
    ).statements as RunnableStatement[]
    const many = <Each>(each: readonly Each[]) => Array.from({ length: 30_000 }, () => each).flat()
    const whole = await aRunnable('01_a.sql', 'select 1;')
    const before = cpuMs()
    const transactions = splitSteps({
      ...whole,
      statements: many([begin, one, commit]) as RunnableStatement[],
    })
    const together = splitSteps({ ...whole, statements: many([one]) as RunnableStatement[] })
    expect([transactions.length, together.length]).toEqual([30_000, 1])
    expect(cpuMs() - before).toBeLessThan(2_000)
  })

  it('are cut around what can not stand in a transaction', async () => {
    expect(await steps(`select 1; select 2; vacuum; reindex database x; select ';🐘'; vacuum;`)).toEqual([
      'transaction 2: select 1; select 2',
      'alone 1: vacuum',
      'alone 1: reindex database x',
      `transaction 1: select ';🐘'`,
      'alone 1: vacuum',
    ])
  })

  it('are single statements in a file declared no-transaction', async () => {
    expect(await steps('-- devflow:no-transaction\nselect 1; select 2;')).toEqual([
      'transaction 1: select 1',
      'transaction 1: select 2',
    ])
  })

  it('are its own transactions, whole, in such a file', async () => {
    expect(
      await steps(
        '-- devflow:no-transaction\nselect 1; begin; select 2; savepoint a; commit; call p(); begin; select 3; rollback; begin read only; end; do $$ begin end $$;',
      ),
    ).toEqual([
      'transaction 1: select 1',
      'own 4: begin; select 2; savepoint a; commit',
      'alone 1: call p()',
      'own-after 3: begin; select 3; rollback',
      'own-after 2: begin read only; end',
      'transaction 1: do $$ begin end $$',
    ])
  })

  it.each([
    ['begin read only; select 1; commit', 'own-after'],
    ["begin; set search_path = x; set transaction_read_only = 't'; select 1; commit", 'own-after'],
    ['begin read write; set transaction isolation level serializable, read only; commit', 'own-after'],
    ['begin read only; set local transaction_read_only = on; select 1; commit', 'own-after'],
    ['begin; insert into a values (1); set transaction read only; rollback', 'own-after'],
    ['begin read only; set transaction read write; insert into a values (1); commit', 'own'],
    ['begin read only; set transaction_read_only = of; insert into a values (1); commit', 'own'],
    ['begin read only, read write; insert into a values (1); commit', 'own'],
    ['begin; set session characteristics as transaction read only; insert into a values (1); commit', 'own'],
    ['begin; set transaction read write; insert into a values (1); commit', 'own'],
  ])(
    'hold their record unless they are read only from their head on, or rolled back: %s',
    async (text, kind) => {
      const found = await steps(`-- devflow:no-transaction\n${text};`)
      expect(found.map((step) => step.split(' ')[0])).toEqual([kind])
    },
  )

  it('are those behind what is done', async () => {
    const migration = await aRunnable('01_a.sql', 'select 1; select 2; vacuum; select 3;')
    const from = (done: number) =>
      splitSteps(migration, done).map(
        ({ kind, first, statements }) => `${kind} ${first} ${statements.length}`,
      )
    expect(from(1)).toEqual(['transaction 1 1', 'alone 2 1', 'transaction 3 1'])
    expect(from(3)).toEqual(['transaction 3 1'])
    expect(from(4)).toEqual([])
  })

  it('are none in a file without statements', async () => {
    expect(await steps('-- devflow:no-transaction\n-- nothing;\n')).toEqual([])
  })
})
