import { describe, expect, it } from '@jest/globals'
import type { Report } from '../../src/model/report.js'
import { makeOutputs, OUTPUTS } from '../../src/render/outputs.js'
import { aGitHubApi } from '../support/github-api/a-github-api.js'
import { aRepository, PLAN } from '../support/github-api/a-repository.js'
import { SITUATIONS, type Situation } from '../support/github-api/situations.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { aCheckout, type Checkout, told } from './a-gated-job.js'
import { aTrap } from './a-trap.js'
import { attemptOf, optionsOf, replacing, settingsOf, verdictOf, wordsOf } from './of-situation.js'

const REFUSED = SITUATIONS.filter(({ becomes }) => 'reason' in becomes)
const ALLOWED = SITUATIONS.filter(({ becomes }) => 'by' in becomes)

/** A plan is made first, as another job does, and named by whoever approves it. */
async function planned(checkout: Checkout): Promise<string> {
  const { plan } = await checkout.step('plan')
  return plan?.hash ?? ''
}

function expectWholeOutputs(report: Report): void {
  const outputs = makeOutputs(report, 'report.json')
  expect(Object.keys(outputs).sort()).toEqual(Object.keys(OUTPUTS).sort())
  expect(outputs).toMatchObject({ ready: String(report.ready), status: report.status })
}

describe('migrate, where an approval is required and not proven', () => {
  it.each(REFUSED.map((one) => [one.kind, one.name, one] as const))(
    'by %s, because %s, says so and connects for no more than to record it',
    async (_, __, situation) => {
      await using trap = await aTrap()
      await using api = await aGitHubApi(aRepository(situation.repository, attemptOf(situation)))
      await using checkout = await aCheckout(trap.url, settingsOf(situation))
      const report = await checkout.step('migrate', optionsOf(situation, api, PLAN))
      const { status, exitCode } = verdictOf(situation)
      expect(trap.connections()).toBe(status === 'refused' ? 1 : 0)
      expect(report).toMatchObject({ ready: false, outcomes: [], status, exitCode })
      expect(report.target).toBeUndefined()
      for (const words of wordsOf(situation)) expect(told(report)).toContain(words)
      for (const secret of [api.token, trap.password, 'ghs_expired00000000'])
        expect(JSON.stringify([report, makeOutputs(report, '')])).not.toContain(secret)
      expectWholeOutputs(report)
    },
  )
})

describe('migrate, where an approval is required and proven', () => {
  it.each(ALLOWED.map((one) => [one.kind, one.name, one] as const))(
    'by %s, because %s, applies and tells who gave it',
    async (_, __, situation) => {
      await using database = await aDatabase()
      await using checkout = await aCheckout(database.url, settingsOf(situation))
      const hash = await planned(checkout)
      const repository = replacing(situation.repository, hash) as Situation['repository']
      const routes = aRepository(repository, attemptOf(situation))
      await using api = await aGitHubApi(replacing(routes, hash) as typeof routes)
      const report = await checkout.step('migrate', optionsOf(situation, api, hash))
      const { becomes } = situation
      const { by, notes = 0 } = 'by' in becomes ? becomes : { by: '' }
      expect(told(report)).toBe('')
      expect(report).toMatchObject({ status: 'applied', exitCode: 0, ready: true })
      expect(report.approval).toMatchObject({ kind: situation.kind, by })
      expect(
        report.notes.filter((note) => /approved it|wrote the pull request|attempt/.test(note)),
      ).toHaveLength(notes)
      expect(await database.query('select version, status from devflow.schema_migrations')).toEqual([
        { version: '01', status: 'completed' },
      ])
      expect(JSON.stringify(report)).not.toContain(api.token)
      expectWholeOutputs(report)
    },
  )
})
