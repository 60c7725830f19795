import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { chooseMapping, type MappingQuestion } from '../../src/config/choose-mapping.js'

const aQuestion = (overrides: Partial<MappingQuestion> = {}): MappingQuestion => ({
  variable: 'DATABASE_URL',
  environment: 'staging',
  environments: ['local', 'staging', 'production'],
  sharedBy: ['local', 'staging', 'production'],
  project: 'aosentry',
  ...overrides,
})

const aMapping = (name: string, op_item = 'Item', more: { environments?: string[] } = {}) => ({
  name,
  op_item,
  op_field: 'database_url',
  ...more,
})

/** The item; or why none. */
function chosen(
  mappings: Parameters<typeof chooseMapping>[0],
  overrides: Partial<MappingQuestion> = {},
): string {
  const choice = chooseMapping(mappings, aQuestion(overrides))
  if (choice === undefined) return 'none has the name'
  return 'why' in choice ? choice.why : choice.mapping.op_item
}

/** The AOSentry document's: three environments read one variable, and the item is that of one. */
const OF_THE_DOCUMENT = [aMapping('aosentry_database_url', 'AOSentry Staging')]

describe('a mapping', () => {
  it.each(['staging', 'Staging', 'stage'])(
    'serves the environment that its names tell: %s',
    (environment) => {
      expect(chosen(OF_THE_DOCUMENT, { environment })).toBe('AOSentry Staging')
    },
  )

  it.each(['production', 'local', 'prod'])(
    'serves no other, whatever variable it reads: %s',
    (environment) => {
      const why = 'the mapping "aosentry_database_url" is for staging by its names'
      expect(chosen(OF_THE_DOCUMENT, { environment })).toBe(why)
      expect(chosen(OF_THE_DOCUMENT, { environment, sharedBy: [], environments: [] })).toBe(why)
    },
  )

  it.each([
    ['database_url', 'Item'],
    ['DATABASE-URL', 'Item'],
    ['aosentry_database_url', 'Item'],
    ['AOSentry.database.url', 'Item'],
    ['other_database_url', 'none has the name'],
    ['database_url_2', 'none has the name'],
  ])('stands for the variable by its name, with that of the project or without: %s', (name, expected) => {
    expect(chosen([aMapping(name)], { sharedBy: ['staging'] })).toBe(expected)
  })

  it('has to say which it is for where several read the variable', () => {
    expect(chosen([aMapping('database_url')])).toBe(
      'the mapping "database_url" does not say for which of local, staging and production it is, which all read DATABASE_URL; say environments: [staging]',
    )
    expect(chosen([aMapping('database_url', 'Item', { environments: ['staging'] })])).toBe('Item')
    expect(chosen([aMapping('database_url', 'Item', { environments: ['local'] })])).toBe(
      'the mapping "database_url" is for local',
    )
  })

  it('that says it in words wins over names', () => {
    const mappings = [
      aMapping('database_url', 'Shop Staging'),
      aMapping('database_url', 'Shop Production Copy', { environments: ['staging'] }),
    ]
    expect(chosen(mappings)).toBe('Shop Production Copy')
    expect(chosen([aMapping('database_url', 'Staging A'), aMapping('database_url', 'Staging B')])).toContain(
      'both are for it',
    )
  })

  it('is for the longest name that it tells', () => {
    const environments = ['production', 'eu-production']
    const mappings = [aMapping('database_url', 'Shop EU Production')]
    expect(chosen(mappings, { environments, environment: 'eu-production' })).toBe('Shop EU Production')
    expect(chosen(mappings, { environments, environment: 'production' })).toContain(
      'is for eu-production by its names',
    )
  })

  it('never serves an environment by the name of another, whatever the file calls them', () => {
    // The last letters keep them from being words of the mapping itself, or another word for one of the usual.
    const name = fc.stringMatching(/^[a-z]{1,6}q(?:-[a-z]{1,5}q)?$/)
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { minLength: 2, maxLength: 5 }),
        fc.nat(),
        fc.nat(),
        (environments, one, other) => {
          const theirs = environments[one % environments.length] ?? ''
          const ours = environments[other % environments.length] ?? ''
          const choice = chooseMapping(
            [aMapping('database_url', `Item ${theirs.toUpperCase()}`)],
            aQuestion({
              environment: ours,
              environments,
              sharedBy: environments,
            }),
          )
          expect(choice !== undefined && 'mapping' in choice).toBe(ours === theirs)
        },
      ),
      { numRuns: 200 },
    )
  })

  it('takes the place of the local server only where it says so in words', () => {
    const local = { environment: 'local', sharedBy: ['local'], onlyInWords: true }
    expect(chosen([aMapping('database_url', 'Local')], local)).toContain('does not say environments: [local]')
    expect(chosen([aMapping('database_url', 'L', { environments: ['local'] })], local)).toBe('L')
  })
})
