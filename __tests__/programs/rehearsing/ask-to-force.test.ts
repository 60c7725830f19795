import { describe, expect, it } from '@jest/globals'
import type { Config } from '../../../src/model/config.js'
import type { Finding } from '../../../src/model/finding.js'
import { askToForce } from '../../../src/programs/rehearsing/ask-to-force.js'
import type { Gathering } from '../../../src/report/gathered.js'
import { aDrift, aFinding } from '../../support/builders.js'

const NEEDED = aFinding({ rule: 'drop-column', force: 'needed' })
const WARNING = aFinding({ severity: 'warning' })

interface Asked {
  readonly findings?: readonly Finding[]
  readonly config?: Partial<Config>
  readonly gathered?: Partial<Gathering>
  readonly answer?: boolean
}

/** A migrate on staging, on a terminal. */
async function ask({ findings = [NEEDED, WARNING], config = {}, gathered = {}, answer = true }: Asked = {}) {
  const shown: (readonly Finding[])[] = []
  const known = { findings, ...gathered } as Gathering
  const system = {
    observe: () => {},
    now: () => new Date(),
    confirmForce: async (listed: readonly Finding[]) => {
      shown.push(listed)
      return answer
    },
  }
  const given = { command: 'migrate', changes: true, ci: false, judging: { class: 'staging' }, ...config }
  await askToForce(given as Config, system, known)
  await askToForce(given as Config, system, known)
  return { shown, gathered: known }
}

describe('on staging, a person', () => {
  it('is asked once, with the list, and a yes forces all of it', async () => {
    const { shown, gathered } = await ask()
    expect(shown).toEqual([[NEEDED]])
    expect(gathered.findings).toEqual([{ ...NEEDED, severity: 'warning', force: 'used' }, WARNING])
  })

  it('changes nothing with a no, and is asked no second time', async () => {
    const { shown, gathered } = await ask({ answer: false })
    expect(shown).toHaveLength(1)
    expect(gathered.findings).toEqual([NEEDED, WARNING])
  })

  it.each<[string, Asked]>([
    ['under --ci', { config: { ci: true } }],
    ['on production', { config: { judging: { class: 'production' } as never } }],
    ['when nothing is applied', { config: { changes: false } }],
    ['by another command', { config: { command: 'plan', changes: false } }],
    ['where nothing needs it', { findings: [WARNING] }],
    ['where an error stays that nothing forces', { findings: [NEEDED, aFinding()] }],
    ['where a file drifted', { gathered: { drift: [aDrift()] } }],
    ['where the run is refused', { gathered: { refusals: [{ message: 'x', help: 'y' }] } }],
  ])('is not asked %s', async (_, asked) => {
    const { shown, gathered } = await ask(asked)
    expect(shown).toEqual([])
    expect(gathered.findings).toEqual(asked.findings ?? [NEEDED, WARNING])
  })
})
