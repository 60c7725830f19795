import { expect, it } from '@jest/globals'
import type { Course } from '../../../src/executors/sql/course.js'
import { chooseGroup } from '../../../src/executors/supabase/choose-group.js'
import { aRunnable } from '../sql/a-work.js'

const timeouts = { lockMs: 3_000, statementMs: 60_000, idleInTransactionMs: 0, transactionMs: 0 }

async function groupsOf(files: Readonly<Record<string, string>>) {
  const migrations = await Promise.all(Object.entries(files).map(([name, text]) => aRunnable(name, text)))
  const groups = []
  for (let next = 0; next < migrations.length; ) {
    const group = chooseGroup({ work: { migrations, timeouts }, next } as unknown as Course)
    groups.push({ names: group.migrations.map(({ file }) => file.name), lockMs: group.lockMs })
    next += group.migrations.length
  }
  return groups
}

it('files with the same limits are pushed in one go', async () => {
  expect(
    await groupsOf({ '01_a.sql': 'select 1;', '02_b.sql': 'select 1;', '03_c.sql': 'select 1;' }),
  ).toEqual([{ names: ['01_a.sql', '02_b.sql', '03_c.sql'], lockMs: 3_000 }])
})

it('a file that is not atomic is pushed alone, and waits for locks as long as it takes', async () => {
  const files = {
    '01_a.sql': 'select 1;',
    '02_b.sql': 'create index concurrently i on t (n);',
    '03_c.sql': 'select 1;',
  }
  expect(await groupsOf(files)).toEqual([
    { names: ['01_a.sql'], lockMs: 3_000 },
    { names: ['02_b.sql'], lockMs: 0 },
    { names: ['03_c.sql'], lockMs: 3_000 },
  ])
})

it('a file with limits of its own begins another push', async () => {
  const files = { '01_a.sql': 'select 1;', '02_b.sql': '-- devflow:lock-timeout=1s\nselect 1;' }
  expect(await groupsOf(files)).toEqual([
    { names: ['01_a.sql'], lockMs: 3_000 },
    { names: ['02_b.sql'], lockMs: 1_000 },
  ])
})

it('what the CLI would take in another order than the plan is pushed one after the other', async () => {
  expect(await groupsOf({ '2_b.sql': 'select 1;', '3_c.sql': 'select 1;', '10_a.sql': 'select 1;' })).toEqual(
    [
      { names: ['2_b.sql', '3_c.sql'], lockMs: 3_000 },
      { names: ['10_a.sql'], lockMs: 3_000 },
    ],
  )
})
