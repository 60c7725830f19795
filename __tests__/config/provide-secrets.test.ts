import { describe, expect, it } from '@jest/globals'
import { loadDisk } from '../../src/config/load-disk.js'
import { makeConfig } from '../../src/config/make-config.js'
import type { InputName } from '../../src/model/inputs.js'
import type { SecretAnswer, SecretsRequest, WantedSecret } from '../../src/model/secret-provider.js'
import { UserError } from '../../src/model/user-error.js'
import { aProject } from '../support/a-project.js'

const URL_OF_IT = 'postgresql://app:geheim-0815@db.example.com/shop'

interface Asked {
  readonly yml: string
  readonly given?: Partial<Record<InputName, string>>
  readonly variables?: Readonly<Record<string, string>>
  readonly answer?: (wanted: WantedSecret) => SecretAnswer
  readonly entry?: 'action' | 'cli'
}

/** A configuration, with what its provider was asked. */
async function configured({ yml, given = {}, variables = {}, answer, entry = 'cli' }: Asked) {
  await using project = await aProject({ 'devflow.yml': yml, 'migrations/01_a.sql': 'CREATE TABLE a ();' })
  const requests: SecretsRequest[] = []
  const inputs = {
    entry,
    given: { command: 'migrate', environment: 'staging', ...given },
    variables: { OP_SERVICE_ACCOUNT_TOKEN: 'ops_geheim', ...variables },
    folder: project.path,
    ci: true,
    verbose: false,
    ...(entry === 'action' ? { boundary: project.path } : {}),
  }
  const fetchSecrets = async (request: SecretsRequest) => {
    requests.push(request)
    return request.wanted.map(answer ?? (() => ({ value: URL_OF_IT })))
  }
  const asked = () => requests.flatMap(({ wanted }) => wanted.map(({ variable }) => variable))
  try {
    const config = await makeConfig(inputs, { ...loadDisk('0.1.0', undefined), fetchSecrets })
    return { config, requests, asked: asked(), problems: [] }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { requests, asked: asked(), problems: error.problems.map(({ message }) => message) }
  }
}

const SECRETS = `secrets:
  provider: 1password
  vault: Team
  mappings:
    - { name: database_url, op_item: Shop Staging, op_field: url }
    - { name: shadow_database_url, op_item: Shop, op_field: shadow }
    - { name: APP_PASSWORD, op_item: Shop, op_field: password }
    - { name: API_TOKEN, op_item: Shop, op_field: token }
    - { name: SLACK_URL, op_item: Shop, op_field: slack }
    - { name: NOBODYS, op_item: Shop, op_field: nobody }
`

const REST = `database:
  migrations: { substitute: [APP_PASSWORD] }
  health: { after: [{ http: "https://example.com", headers: { a: "\${API_TOKEN}" } }] }
notifications:
  - { type: slack, url_env: SLACK_URL }
`

describe('the secrets of devflow.yml', () => {
  it('stand in for what the environment does not have, and say where they came from', async () => {
    const { config, requests } = await configured({ yml: SECRETS })
    expect(config?.database).toEqual({ url: URL_OF_IT })
    expect(config?.databaseSource).toBe('1Password ("Shop Staging", "url")')
    expect(config?.variableOf('DATABASE_URL')).toBe(URL_OF_IT)
    expect(requests).toMatchObject([{ provider: '1password', vault: 'Team' }])
    expect(requests[0]?.wanted[0]).toEqual({ variable: 'DATABASE_URL', item: 'Shop Staging', field: 'url' })
    expect(config?.notes).toEqual([])
  })

  it('are masked as a whole and in part, and so is the token that they were asked with', async () => {
    const { config } = await configured({ yml: SECRETS })
    expect(config?.redact(`a ${URL_OF_IT} b geheim-0815 c ops_geheim`)).toBe('a *** b *** c ***')
    expect(config?.secrets).toEqual(expect.arrayContaining([URL_OF_IT, 'geheim-0815', 'ops_geheim']))
  })

  it('are masked in the query of a health check too, and no password of its URL is its name', async () => {
    const check = `{ http: "https://ada:geheim-4713@example.com/x?key=\${QUERY_KEY}" }`
    const { config } = await configured({
      yml: `database: { health: { after: [${check}] } }`,
      variables: { DATABASE_URL: URL_OF_IT, QUERY_KEY: 'geheim-4712' },
    })
    expect(config?.redact('a geheim-4712')).toBe('a ***')
    expect(config?.health?.after.map(({ label }) => label)).toEqual(['https://example.com/x'])
  })

  it.each<[string, Asked, string[]]>([
    [
      'what migrate reads',
      { yml: SECRETS + REST },
      ['DATABASE_URL', 'SHADOW_DATABASE_URL', 'APP_PASSWORD', 'API_TOKEN', 'SLACK_URL'],
    ],
    ['what status reads', { yml: SECRETS + REST, given: { command: 'status' } }, ['DATABASE_URL']],
    [
      'what is sent of this environment',
      {
        yml: SECRETS + REST.replace('SLACK_URL', 'SLACK_URL, environments: [prod]'),
        given: { command: 'plan' },
      },
      ['DATABASE_URL', 'SHADOW_DATABASE_URL'],
    ],
    ['nothing for validate', { yml: SECRETS + REST, given: { command: 'validate' } }, []],
    [
      'nothing that is set',
      { yml: SECRETS, variables: { DATABASE_URL: URL_OF_IT, SHADOW_DATABASE_URL: URL_OF_IT } },
      [],
    ],
    ['no URL that is given', { yml: SECRETS, given: { command: 'status', 'database-url': URL_OF_IT } }, []],
    [
      'nothing where the set-up is wrong',
      { yml: SECRETS, given: { 'lock-wait': 'soon', environment: '\u0007' } },
      [],
    ],
    ['nothing by the provider env', { yml: 'secrets: { provider: env }' }, []],
  ])('are asked for only as needed: %s', async (_what, asked, expected) => {
    expect((await configured(asked)).asked).toEqual(expected)
  })

  it('stop the run where one is not to be had, with one reason that holds for all told once', async () => {
    const problem = { message: '1Password is away.', help: 'Wait.' }
    expect((await configured({ yml: SECRETS + REST, answer: () => ({ problem }) })).problems).toEqual([
      'devflow.yml:2:13: 1Password is away.',
    ])
  })

  it('stop nothing where only a notification needs them', async () => {
    const { config, problems } = await configured({
      yml: SECRETS + REST,
      answer: ({ variable }) =>
        variable === 'SLACK_URL' ? { problem: { message: 'Gone.', help: '' } } : { value: URL_OF_IT },
    })
    expect(problems).toEqual([])
    expect(config?.notes).toEqual(['The variable SLACK_URL was not to be had. Gone.'])
  })

  it('stop the run where nobody can be asked', async () => {
    await using project = await aProject({ 'devflow.yml': SECRETS, 'migrations/01_a.sql': 'SELECT 1;' })
    const given = { command: 'status', environment: 'staging' }
    const inputs = {
      entry: 'cli' as const,
      given,
      variables: {},
      folder: project.path,
      ci: true,
      verbose: false,
    }
    await expect(makeConfig(inputs, loadDisk('0.1.0', undefined))).rejects.toMatchObject({
      problems: [{ message: 'devflow.yml:2:13: 1password can not be asked from here.' }],
    })
  })

  it('have mappings only where somebody keeps them', async () => {
    expect((await configured({ yml: SECRETS.replace('1password', 'env') })).problems[0]).toContain(
      'it must be a map in which vault and mappings stand with provider: 1password',
    )
  })

  it('of one environment are not used for another', async () => {
    const { problems, asked } = await configured({
      yml: SECRETS,
      given: { environment: 'production', command: 'status' },
    })
    expect(asked).toEqual([])
    expect(problems).toEqual([
      'There is no database URL: the variable DATABASE_URL is not set, or empty. devflow.yml:2:13: 1password was not asked: the mapping "database_url" is for staging by its names.',
    ])
  })

  it('do not take the place of the local server unasked', async () => {
    const yml = SECRETS.replace('Shop Staging', 'Shop')
    const { config, asked } = await configured({ yml, given: { environment: 'local', command: 'status' } })
    // With --ci there is no local server: what is mapped is used.
    expect(asked).toEqual(['DATABASE_URL'])
    expect(config?.database).toEqual({ url: URL_OF_IT })
  })
})
