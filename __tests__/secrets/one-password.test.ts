import { delimiter, relative } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import type { SecretAnswer, WantedSecret } from '../../src/model/secret-provider.js'
import { fetchSecrets } from '../../src/secrets/fetch.js'
import { runOp } from '../../src/secrets/run-op.js'
import { anOp, type Op, TOKEN, type Vaults } from './an-op.js'

const VAULTS: Vaults = {
  'Team A': {
    'Shop Staging': { database_url: 'postgresql://app:geheim@db.example.com/shop', empty: ' ' },
    'Shop (old) & new/2': { 'Datenbank-URL ü': 'über', 'db/url': 'in a section', url: 'on its own' },
    '--version': { 'a b': 'not an option', é: 'nor this' },
  },
}

const want = (item: string, field: string): WantedSecret => ({ variable: 'DATABASE_URL', item, field })

const ask = (op: Op, wanted: readonly WantedSecret[], vault = 'Team A') =>
  fetchSecrets({
    provider: '1password',
    vault,
    wanted,
    variables: { ...op.variables, DATABASE_PASSWORD: 'theirs', GITHUB_TOKEN: 'theirs' },
  })

const problemOf = (answer: SecretAnswer | undefined) =>
  answer !== undefined && 'problem' in answer ? `${answer.problem.message} ${answer.problem.help}` : 'none'

describe('1Password', () => {
  it('is asked for a field by its reference, and for each only once', async () => {
    await using op = await anOp(VAULTS)
    const one = want('Shop Staging', 'database_url')
    expect(await ask(op, [one, one])).toEqual([
      { value: 'postgresql://app:geheim@db.example.com/shop' },
      { value: 'postgresql://app:geheim@db.example.com/shop' },
    ])
    const calls = await op.calls()
    expect(calls.map(({ args }) => args)).toEqual([
      ['read', '--no-newline', 'op://Team A/Shop Staging/database_url'],
    ])
    expect(calls[0]?.env).toContain('OP_SERVICE_ACCOUNT_TOKEN')
    for (const name of ['DATABASE_PASSWORD', 'GITHUB_TOKEN', 'OP_FORMAT'])
      expect(calls[0]?.env).not.toContain(name)
  })

  it('is asked for the item where a name is none that a reference can hold', async () => {
    await using op = await anOp(VAULTS)
    const odd = 'Shop (old) & new/2'
    const wanted = [want(odd, 'Datenbank-URL ü'), want(odd, 'DB/URL'), want(odd, 'nope')]
    const answers = await ask(op, wanted)
    expect(answers.slice(0, 2)).toEqual([{ value: 'über' }, { value: 'in a section' }])
    expect(problemOf(answers[2])).toContain('the item has no such field')
    expect((await op.calls()).map(({ args }) => args)).toEqual([
      ['item', 'get', '--vault=Team A', '--format=json', '--', odd],
    ])
  })

  it('takes a name for a name, whatever it begins with', async () => {
    await using op = await anOp(VAULTS)
    expect(await ask(op, [want('--version', 'a b'), want('--version', 'é')])).toEqual([
      { value: 'not an option' },
      { value: 'nor this' },
    ])
  })

  it.each<[string, WantedSecret, string, string]>([
    [
      'a vault',
      want('a', 'b'),
      'Nowhere',
      '1Password has no vault "Nowhere" that the service account may read.',
    ],
    ['an item', want('Gone', 'b'), 'Team A', '1Password has no item "Gone" in the vault "Team A".'],
    [
      'a field',
      want('Shop Staging', 'gone'),
      'Team A',
      'The item "Shop Staging" in 1Password has no field "gone".',
    ],
    [
      'a value',
      want('Shop Staging', 'empty'),
      'Team A',
      '1Password: the field "empty" of "Shop Staging" is empty.',
    ],
  ])('tells that %s is not there', async (_what, wanted, vault, expected) => {
    await using op = await anOp(VAULTS)
    expect(problemOf((await ask(op, [wanted], vault))[0])).toContain(expected)
  })

  it.each([
    [
      'failed to DecodeSACredentials: invalid token',
      '1Password does not take the token in OP_SERVICE_ACCOUNT_TOKEN.',
    ],
    ['Too many requests. Your client has been rate-limited.', '1Password was asked too often'],
    [
      'More than one item matches "a". Try again and specify the item by its ID',
      'more than one item "Shop Staging"',
    ],
    [
      'something new',
      '1Password did not give the field "database_url" of "Shop Staging". op says: something new.',
    ],
  ])('tells apart what it says: %s', async (error, expected) => {
    await using op = await anOp(VAULTS, { error })
    const told = problemOf((await ask(op, [want('Shop Staging', 'database_url')]))[0])
    expect(told).toContain(expected)
    expect(told).toContain(error.replace(/\.$/, ''))
  })

  it('is not asked without a vault or a token', async () => {
    await using op = await anOp(VAULTS)
    const wanted = [want('a', 'b')]
    const { OP_SERVICE_ACCOUNT_TOKEN: _, ...without } = op.variables
    const [noToken] = await fetchSecrets({ provider: '1password', vault: 'V', wanted, variables: without })
    expect(problemOf(noToken)).toContain('the variable OP_SERVICE_ACCOUNT_TOKEN is not set')
    const [noVault] = await fetchSecrets({ provider: '1password', wanted, variables: op.variables })
    expect(problemOf(noVault)).toContain('secrets.vault is missing')
    expect(await op.calls()).toEqual([])
  })

  it('is not looked for in a folder that is named from where this runs', async () => {
    await using op = await anOp(VAULTS)
    const [folder = ''] = op.variables.PATH.split(delimiter)
    const here = { ...op.variables, PATH: relative(process.cwd(), folder) }
    expect(await runOp(['read', 'x'], here)).toMatchObject({ broken: 'missing' })
    expect(await op.calls()).toEqual([])
  })

  it('tells where its command line is not installed', async () => {
    const variables = { PATH: '/nowhere', OP_SERVICE_ACCOUNT_TOKEN: TOKEN }
    const [answer] = await fetchSecrets({
      provider: '1password',
      vault: 'V',
      wanted: [want('a', 'b')],
      variables,
    })
    expect(problemOf(answer)).toMatch(
      /op is not on this machine \(ENOENT\), and DATABASE_URL is to come from it.*install-cli-action/,
    )
  })

  it('is not waited for without end', async () => {
    await using op = await anOp(VAULTS, 'hang')
    expect(await runOp(['read', 'x'], op.variables, 300)).toEqual({ broken: 'time', detail: '0.3 s' })
  })
})

describe('the provider env', () => {
  it('has nothing that the environment does not have', async () => {
    const [answer] = await fetchSecrets({ provider: 'env', wanted: [want('a', 'b')], variables: {} })
    expect(problemOf(answer)).toBe(
      'The variable DATABASE_URL is not set, and secrets.provider is env. Set DATABASE_URL.',
    )
  })
})
