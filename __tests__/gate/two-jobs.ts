import { expect } from '@jest/globals'
import type { Report } from '../../src/model/report.js'
import { makeOutputs } from '../../src/render/outputs.js'
import { aDatabase, type TestDatabase } from '../support/postgres/a-database.js'
import type { Major } from '../support/postgres/major.js'
import { aCheckout, type Checkout, type Settings, type StepOptions, told } from './a-gated-job.js'

/** What is applied without an approval. */
export const STAGING = { class: 'staging' }

/** Applied: 01. To be planned: 02 and 03. */
const FILES = {
  '01_a.sql': 'create table a (n int);',
  '02_b.sql': 'create table b (n int);',
  '03_c.sql': 'create table c (n int);',
}

export interface Work extends AsyncDisposable {
  readonly database: TestDatabase
  readonly checkout: Checkout
}

/** A database that is one migration old, and a checkout with two more. */
export async function aWork(settings: Settings = STAGING, options: { major?: Major } = {}): Promise<Work> {
  const database = await aDatabase(options)
  const checkout = await aCheckout(database.url, settings, FILES)
  const first = await checkout.step('migrate', { given: { to: '01' }, variables: { GITHUB_RUN_ID: '41' } })
  if (first.status !== 'applied') throw new Error(told(first))
  return {
    database,
    checkout,
    [Symbol.asyncDispose]: async () => {
      await checkout[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
}

/** Where both jobs have the plan file. */
export const planFile = { 'plan-file': 'devflow-plan.json' }

/** The first job: its outputs are what the second one gets. */
export async function plan({ checkout }: Pick<Work, 'checkout'>, options: StepOptions = {}): Promise<string> {
  const report = await checkout.step('plan', { ...options, given: { ...planFile, ...options.given } })
  expect(report).toMatchObject({ status: 'planned', exitCode: 0, ready: false })
  return makeOutputs(report, '')['plan-hash']
}

/** What the second job is given: the hash alone, or the plan file too. */
export type Known = 'hash' | 'file'

export function migrate(
  { checkout }: Pick<Work, 'checkout'>,
  hash: string,
  known: Known,
  options: StepOptions = {},
): Promise<Report> {
  const given = { 'expected-plan-hash': hash, ...(known === 'file' ? planFile : {}), ...options.given }
  return checkout.step('migrate', { ...options, given })
}

export async function tablesIn(database: TestDatabase): Promise<string> {
  const [row] = await database.query<{ tables: string }>(
    `select string_agg(relname, ' ' order by relname) as tables from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
  )
  return row?.tables ?? ''
}
