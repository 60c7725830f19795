import { describe, expect, it } from '@jest/globals'
import { buildJsonSchema } from '../../src/config/build-json-schema.js'
import { parseDevflowYml } from '../../src/config/parse-devflow-yml.js'
import { DURATION_WORDS } from '../../src/config/parse-duration.js'

interface Schema {
  properties?: Record<string, Schema>
  additionalProperties?: Schema | false
  propertyNames?: { enum?: readonly string[] }
  items?: Schema
  anyOf?: Schema[]
  pattern?: string
}

type Path = readonly (string | number)[]

/** One of each kind of value that a leaf may refuse. */
const WRONG = [
  ...[0, 5, -3, 1.5, 1e21, true, false, null],
  ...['', ' ', '-3s', '1d', '5', '999999999h', 'a b', 'a\0b', 'a\nb', '.', '*', '${', 'yes', 'é'.repeat(300)],
  ...[[], [0], [''], [null], [[]], ['a', 'a'], {}, { x: 1 }, { '': '' }],
]

/** What the schema's library says where nobody gave it words. */
const RAW =
  /Invalid|must match pattern|Too (?:small|big|long|short)|Unrecognized|[Ee]xpected|received|[Nn]ot a multiple|zod/

describe('a wrong value in devflow.yml', () => {
  const nodes = nodesOf(JSON.parse(buildJsonSchema()), [])

  it('is looked for at every key', () => {
    expect(nodes.length).toBeGreaterThan(100)
    expect(nodes.map(({ path }) => path.join('.'))).toContain(
      'database.environments.x.health.after.0.timeout',
    )
  })

  it.each(nodes.map(({ path }) => [path.join('.'), path] as const))(
    'of %s is one mistake, in words of ours',
    async (_, path) => {
      for (const value of WRONG) {
        const messages = await messagesOf(documentWith(path, value))
        expect(messages.filter((message) => RAW.test(message))).toEqual([])
        const places = messages.map((message) => message.replace(/ is .*/, ''))
        expect(new Set(places).size).toBe(places.length)
      }
    },
  )

  it.each(['', 'a b', 'a:b', '__proto__', '\u0000', 'x'.repeat(300)])(
    'and the name %j in a map of names is one as well',
    async (name) => {
      for (const { path } of nodes.filter(({ isNamed }) => isNamed))
        for (const value of [null, 5, '', 'x', {}])
          for (const message of await messagesOf(documentWith([...path.slice(0, -1), name], value)))
            expect(message).not.toMatch(RAW)
    },
  )

  it('says of a name in a map of names what it must be', async () => {
    const check = { http: 'https://a', headers: { 'a b': 'x' } }
    expect(await messagesOf(documentWith(['database', 'health', 'after', 0], check))).toEqual([
      expect.stringMatching(
        /: the key "a b" in database\.health\.after\[0\]\.headers must be the name of a header\.$/,
      ),
    ])
  })

  const durations = nodes.filter(({ schema }) =>
    schema.anyOf?.some(({ pattern }) => pattern?.includes('ms|s')),
  )

  it.each(durations.map(({ path }) => [path.join('.'), path] as const))(
    'of the duration %s is told what a duration is',
    async (_, path) => {
      for (const value of ['-3s', '1d', '5', '', '3 s', '999999999h', 5, -1, 0.5, true]) {
        const told = (await messagesOf(documentWith(path, value))).filter((message) =>
          message.includes(' is '),
        )
        expect(told).toContainEqual(expect.stringContaining(`it must be ${DURATION_WORDS}.`))
      }
    },
  )
})

async function messagesOf(document: unknown): Promise<string[]> {
  const { problems } = await parseDevflowYml(JSON.stringify(document), 'devflow.yml')
  return problems.map(({ message }) => message)
}

function documentWith(path: Path, value: unknown): unknown {
  return path.reduceRight<unknown>(
    (inner, step) => (typeof step === 'number' ? [inner] : { [step]: inner }),
    value,
  )
}

interface Node {
  readonly path: Path
  readonly schema: Schema
  /** Below a map whose keys are names of the user's, or of rules. */
  readonly isNamed: boolean
}

function nodesOf(schema: Schema, path: Path, isNamed = false): Node[] {
  const named = Object.entries(schema.properties ?? {}).flatMap(([key, inner]) =>
    nodesOf(inner, [...path, key]),
  )
  const some = schema.propertyNames?.enum?.[0] ?? 'x'
  const other = schema.additionalProperties ? nodesOf(schema.additionalProperties, [...path, some], true) : []
  const item = schema.items ? nodesOf(schema.items, [...path, 0]) : []
  // The same key stands in more than one alternative at times; it is one.
  const inner = (schema.anyOf ?? []).flatMap((each) => nodesOf(each, path).slice(1))
  return [{ path, schema, isNamed }, ...named, ...other, ...item, ...inner]
}
