import { describe, expect, it } from '@jest/globals'
import { makeOutputs } from '../../src/render/outputs.js'
import { verdict } from '../programs/a-migrator.js'
import type { TestDatabase } from '../support/postgres/a-database.js'
import { type StepOptions, told } from './a-gated-job.js'
import { aWork, type Known, migrate, plan, planFile, STAGING, tablesIn, type Work } from './two-jobs.js'

/** What another run does with the same database. */
const anotherRun = ({ checkout }: Pick<Work, 'checkout'>, given: NonNullable<StepOptions['given']>) =>
  checkout.step('migrate', { given, variables: { GITHUB_RUN_ID: '99', GITHUB_ACTOR: 'mallory' } })

interface Change {
  readonly what: string
  readonly make: (work: Work) => Promise<unknown>
  /** For the second job. */
  readonly options?: StepOptions
  /** The fields that differ, as a refusal with the plan file names them, and more of what it says. */
  readonly fields: string
  readonly words: readonly string[]
  /** What a refusal says that knows the hash alone. */
  readonly byHash: readonly string[]
  /** The tables of the database afterwards; default: those of before. */
  readonly tables?: string
}

const UNTOLD = [
  'From the hash alone it can not be told what differs',
  'With its plan file, all that differs is named',
]

const CHANGES: readonly Change[] = [
  {
    what: 'a file is added',
    make: ({ checkout }) => checkout.project.write('migrations/04_d.sql', 'create table d ();'),
    fields: 'This field differs: migrations.',
    words: ['04_d.sql is pending, and is not part of the plan'],
    byHash: ['04_d.sql is pending, and is not part of the plan'],
  },
  {
    what: 'a file is edited',
    make: ({ checkout }) => checkout.project.write('migrations/03_c.sql', 'create table c (n int, m int);'),
    fields: 'This field differs: migrations.',
    words: ['03_c.sql was edited: the plan has '],
    byHash: UNTOLD,
  },
  {
    what: 'a file is removed',
    make: ({ checkout }) => checkout.project.remove('migrations/03_c.sql'),
    fields: 'This field differs: migrations.',
    words: ['03_c.sql is part of the plan, and is no part of this run'],
    byHash: UNTOLD,
  },
  {
    what: 'a file is renamed to another version',
    make: ({ checkout }) => checkout.project.rename('migrations/03_c.sql', 'migrations/05_c.sql'),
    fields: 'This field differs: migrations.',
    words: [
      '05_c.sql is pending, and is not part of the plan',
      '03_c.sql is part of the plan, and is no part of',
    ],
    byHash: UNTOLD,
  },
  {
    what: 'a file is no longer run in a transaction',
    make: ({ checkout }) =>
      checkout.project.write('migrations/03_c.sql', '-- devflow:no-transaction\ncreate table c (n int);'),
    fields: 'This field differs: migrations.',
    words: [
      '03_c.sql was edited',
      '03_c.sql would run statement by statement, and the plan has it in one transaction',
    ],
    byHash: UNTOLD,
  },
  {
    what: 'the commits are force-pushed away and others stand in their place',
    make: async ({ checkout: { project } }) => {
      await project.remove('migrations/02_b.sql')
      await project.remove('migrations/03_c.sql')
      await project.write('migrations/02_other.sql', 'create table other ();')
    },
    fields: 'This field differs: migrations.',
    words: [
      '02_other.sql stands where the plan has 02_b.sql',
      '03_c.sql is part of the plan, and is no part of this run',
    ],
    byHash: UNTOLD,
  },
  {
    what: 'another run applies a part of it',
    make: (work) => anotherRun(work, { version: '02' }),
    fields: 'This field differs: applied.',
    words: [
      '02_b.sql, a part of the plan, was applied after the plan was made, by mallory, at',
      'actions/runs/99',
    ],
    byHash: ['02_b.sql, a part of the plan, was applied after the plan was made, by mallory'],
    tables: 'a b',
  },
  {
    what: 'another run applies all of it',
    make: (work) => anotherRun(work, {}),
    fields: 'This field differs: applied.',
    words: ['02_b.sql, a part of the plan,', '03_c.sql, a part of the plan,', 'by mallory'],
    byHash: ['02_b.sql, a part of the plan,', '03_c.sql, a part of the plan,'],
    tables: 'a b c',
  },
  {
    what: 'another run applies something else, and its file is there',
    make: async (work) => {
      await work.checkout.project.write('migrations/04_d.sql', 'create table d ();')
      await anotherRun(work, { version: '04', 'allow-out-of-order': 'true' })
    },
    options: { given: { 'allow-out-of-order': 'true' } },
    fields: 'These fields differ: applied, policy.outOfOrder.',
    words: ['04_d.sql was applied after the plan was made, by mallory'],
    byHash: UNTOLD,
    tables: 'a d',
  },
  {
    what: 'it is forced',
    make: async () => {},
    options: { variables: { FORCE_RUN: 'true' } },
    fields: 'This field differs: policy.force.',
    words: ['Forcing (FORCE_RUN) was false when the plan was made, and is true now'],
    byHash: ['Forcing (FORCE_RUN) was false when the plan was made, and is true now'],
  },
  {
    what: 'all files are to be one transaction',
    make: async () => {},
    options: { given: { transaction: 'all' } },
    fields: 'This field differs: policy.transaction.',
    words: ['The setting transaction was file when the plan was made, and is all now'],
    byHash: ['The setting transaction was file when the plan was made, and is all now'],
  },
  {
    what: 'only the first of it is to be applied',
    make: async () => {},
    options: { given: { to: '02' } },
    fields: 'These fields differ: migrations, policy.to.',
    words: ['03_c.sql is part of the plan, and is no part of this run', 'The input to was not set'],
    byHash: UNTOLD,
  },
  {
    what: 'the configuration no longer stops what it stopped',
    make: ({ checkout }) => checkout.configure({ ...STAGING, rules: { 'drop-table': 'off' } }),
    fields: 'This field differs: policy.rules.drop-table.',
    words: ['The configured level of the rule drop-table was not set when the plan was made, and is off now'],
    byHash: UNTOLD,
  },
  {
    what: 'the environment is of another class',
    make: ({ checkout }) => checkout.configure({ class: 'development' }),
    fields: 'This field differs: policy.class.',
    words: ['The class of the environment was staging when the plan was made, and is development now'],
    byHash: ['The class of the environment was staging'],
  },
]

describe.each<[Known, string]>([
  ['hash', 'whose hash'],
  ['file', 'whose file'],
])('a plan %s', (known, phrase) => {
  it.each(CHANGES.map((one) => [one.what, one] as const))(
    `${phrase} a later job has, is refused when %s`,
    async (_, { make, options = {}, fields, words, byHash, tables = 'a' }) => {
      await using work = await aWork()
      const hash = await plan(work)
      await make(work)
      const before = await recorded(work.database)
      const report = await migrate(work, hash, known, options)
      expect(verdict(report)).toBe('1 refused')
      expect(told(report)).toContain(`the plan was ${hash}`)
      for (const said of known === 'file' ? [fields, ...words] : byHash) expect(told(report)).toContain(said)
      expect(told(report)).toContain('Nothing was applied. Make a new plan')
      expect(report.ready).toBe(false)
      expect(await tablesIn(work.database)).toBe(tables)
      expect(await recorded(work.database)).toEqual(before)
    },
  )

  it(`${phrase} a later job has, is applied when nothing changed, and no second time`, async () => {
    await using work = await aWork()
    const hash = await plan(work)
    expect(await plan(work)).toBe(hash)
    const report = await migrate(work, hash, known)
    expect(verdict(report)).toBe('0 applied: 02 applied, 03 applied')
    expect(makeOutputs(report, '')).toMatchObject({ ready: 'true', 'plan-hash': hash, 'applied-count': '2' })
    const events = await work.database.query(
      'select version, plan_hash from devflow.schema_migrations where version > $1 order by version',
      ['01'],
    )
    expect(events).toEqual(['02', '03'].map((version) => ({ version, plan_hash: hash })))

    const inAnotherRun = await migrate(work, hash, known, { variables: { GITHUB_RUN_ID: '43' } })
    expect(verdict(inAnotherRun)).toBe('1 refused')
    expect(told(inAnotherRun)).toContain('It was used already: under it 02, 03 were applied')
    expect(told(inAnotherRun)).toContain('https://github.com/acme/shop/actions/runs/42')

    const again = await migrate(work, hash, known, { variables: { GITHUB_RUN_ATTEMPT: '2' } })
    expect(verdict(again)).toBe('0 up-to-date')
    expect(await tablesIn(work.database)).toBe('a b c')
  })
})

async function recorded(database: TestDatabase): Promise<object[]> {
  return database.query('select version, status, checksum from devflow.schema_migrations order by version')
}

describe('a plan', () => {
  it('that was approved is refused where an approval is no longer asked for', async () => {
    await using work = await aWork()
    await work.checkout.configure({ ...STAGING, require_approval: true, 'self-approval': 'refused' })
    const hash = await plan(work)
    await work.checkout.configure(STAGING)
    const report = await migrate(work, hash, 'file')
    expect(verdict(report)).toBe('1 refused')
    expect(told(report)).toContain('policy.approval.kind')
    expect(told(report)).toContain('the kind was github-environment when the plan was made, and is none now')
    expect(await tablesIn(work.database)).toBe('a')
  })

  it('is applied by one of two runs that use it at once', async () => {
    await using work = await aWork()
    const hash = await plan(work)
    const reports = await Promise.all(
      ['51', '52'].map((id) => migrate(work, hash, 'hash', { variables: { GITHUB_RUN_ID: id } })),
    )
    expect(reports.map(verdict).sort()).toEqual(['0 applied: 02 applied, 03 applied', '1 refused'])
    const refused = reports.find(({ status }) => status === 'refused')
    expect(refused && told(refused)).toContain('It was used already')
  })

  it('has the same hash on another machine, for another person, at another time', async () => {
    await using work = await aWork()
    const hash = await plan(work)
    const elsewhere = await plan(work, {
      entry: 'cli',
      variables: { GITHUB_ACTOR: 'alice', GITHUB_RUN_ID: '77', GITHUB_SHA: 'f'.repeat(40), TIMEOUT: '17' },
      system: { now: () => new Date('2031-01-01T00:00:00Z') },
    })
    expect(elsewhere).toBe(hash)
    const dryRun = await work.checkout.step('dry-run')
    expect(dryRun.plan?.hash).toBe(hash)
  })

  it('of nothing is one too: what comes after it is refused', async () => {
    await using work = await aWork()
    await migrate(work, await plan(work), 'hash')
    const report = await work.checkout.step('plan', { given: planFile })
    expect(report).toMatchObject({ status: 'up-to-date', exitCode: 0, ready: true })
    const hash = makeOutputs(report, '')['plan-hash']
    expect(verdict(await migrate(work, hash, 'file'))).toBe('0 up-to-date')
    await work.checkout.project.write('migrations/04_d.sql', 'create table d ();')
    const refused = await migrate(work, hash, 'file')
    expect(verdict(refused)).toBe('1 refused')
    expect(told(refused)).toContain('04_d.sql is pending, and is not part of the plan')
  })

  it.each([
    ['v0:sha256:00', 'made by an older version'],
    ['true', 'a plan hash is v1:sha256:'],
    [`v1:sha256:${'A'.repeat(64)}`, 'in lower case'],
  ])('can not be %j', async (hash, words) => {
    await using work = await aWork()
    const report = await migrate(work, hash, 'hash')
    expect(verdict(report)).toBe('2 failed')
    expect(told(report)).toContain(words)
  })

  it.each<[string, (text: string) => string, string]>([
    ['edited', (text) => text.replace('"mode": "transaction"', '"mode": "no-transaction"'), 'changed after'],
    ['cut', (text) => text.slice(0, 100), ''],
    ['empty', () => '', ''],
  ])('whose file was %s is no plan', async (_, edit, words) => {
    await using work = await aWork()
    const hash = await plan(work)
    const { project } = work.checkout
    await project.write('devflow-plan.json', edit(await project.read('devflow-plan.json')))
    const report = await migrate(work, hash, 'file')
    expect(verdict(report)).toBe('2 failed')
    expect(told(report)).toContain(words)
    expect(await tablesIn(work.database)).toBe('a')
  })

  it('whose file is not there is not applied without it', async () => {
    await using work = await aWork()
    const hash = await plan(work)
    await work.checkout.project.remove('devflow-plan.json')
    const report = await migrate(work, hash, 'file')
    expect(verdict(report)).toBe('2 failed')
    expect(told(report)).toContain('is not there, and migrate applies what it holds or nothing')
  })

  it('that is that of another file is refused before anything is connected to', async () => {
    await using work = await aWork()
    await plan(work)
    const report = await migrate(work, `v1:sha256:${'0'.repeat(64)}`, 'file')
    expect(verdict(report)).toBe('2 failed')
    expect(told(report)).toContain('and the plan file is that of')
  })
})
