import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { aFolder } from '../support/postgres/a-folder.js'

/** What a vault has: items by title, their fields by label. */
export type Vaults = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>

export interface Op extends AsyncDisposable {
  /** What PATH, and the token, have to be for it to be found and to answer. */
  readonly variables: {
    readonly PATH: string
    readonly OP_SERVICE_ACCOUNT_TOKEN: string
    readonly OP_FORMAT: string
  }
  /** The arguments of each call, and the names of what it found in its environment. */
  readonly calls: () => Promise<
    readonly { readonly args: readonly string[]; readonly env: readonly string[] }[]
  >
}

export const TOKEN = 'ops_eyJzaWduSW5BZGRyZXNzIjoiZ2VoZWltIn0'

/**
 * Stands in for 1Password's command line, whose server these tests can not have: `read` of a reference and `item get` as
 * JSON, with the arguments, the answers and the errors of version 2, a service account's refusals included.
 *
 * @param behaviour in place of an answer: `hang`, or what is said on standard error with exit code 1
 */
export async function anOp(
  vaults: Vaults,
  behaviour: 'hang' | { readonly error: string } | 'answer' = 'answer',
): Promise<Op> {
  const folder = await aFolder()
  const log = join(folder.path, 'calls.jsonl')
  await writeFile(log, '')
  await writeFile(join(folder.path, 'op'), programOf(vaults, behaviour, log))
  await chmod(join(folder.path, 'op'), 0o755)
  return {
    variables: {
      PATH: `${folder.path}:${process.env.PATH}`,
      OP_SERVICE_ACCOUNT_TOKEN: TOKEN,
      // It would change how it answers, and must not reach it.
      OP_FORMAT: 'json',
    },
    calls: async () =>
      (await readFile(log, 'utf8'))
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
}

function programOf(vaults: Vaults, behaviour: Parameters<typeof anOp>[1], log: string): string {
  return `#!${process.execPath}
const vaults = ${JSON.stringify(vaults)}
const behaviour = ${JSON.stringify(behaviour)}
const args = process.argv.slice(2)
require('node:fs').appendFileSync(${JSON.stringify(log)}, JSON.stringify({ args, env: Object.keys(process.env).sort() }) + '\\n')
const fail = (text) => { process.stderr.write('[ERROR] 2026/01/21 12:00:00 ' + text + '\\n'); process.exit(1) }
const find = (vault, item) => {
  if (!Object.hasOwn(vaults, vault)) fail('"' + vault + '" isn\\'t a vault in this account. Specify the vault with its ID or name.')
  if (!Object.hasOwn(vaults[vault], item)) fail('"' + item + '" isn\\'t an item in the "' + vault + '" vault. Specify the item with its UUID, name, or domain.')
  return vaults[vault][item]
}
if (behaviour === 'hang') setInterval(() => {}, 1000)
else if (behaviour !== 'answer') fail(behaviour.error)
else if (process.env.OP_SERVICE_ACCOUNT_TOKEN !== ${JSON.stringify(TOKEN)}) fail('failed to DecodeSACredentials: invalid token')
else if (args[0] === 'read') {
  const reference = args.at(-1)
  const [, vault, item, field, more] = /^op:\\/\\/([\\w .-]+)\\/([\\w .-]+)\\/([\\w .-]+)(.*)$/.exec(reference) ?? []
  if (vault === undefined || more !== '') fail('invalid secret reference \\'' + reference + '\\': invalid character in secret reference')
  const fields = find(vault, item)
  if (!Object.hasOwn(fields, field)) fail('could not read secret \\'' + reference + '\\': item \\'' + vault + '/' + item + '\\' does not have a field \\'' + field + '\\'')
  process.stdout.write(fields[field] + (args.includes('--no-newline') ? '' : '\\n'))
} else if (args[0] === 'item' && args[1] === 'get') {
  const vault = args.find((arg) => arg.startsWith('--vault='))?.slice(8)
  if (vault === undefined) fail('a vault query must be provided when this command is called by a service account. Please specify one either through the --vault flag or through piped input')
  const title = args[args.indexOf('--') + 1]
  const fields = Object.entries(find(vault, title)).map(([label, value], index) => {
    const [name, section] = label.split('/').reverse()
    return { id: 'id' + index, type: 'CONCEALED', label: name, value, reference: 'op://' + vault, ...(section ? { section: { id: 's1', label: section } } : {}) }
  })
  process.stdout.write(JSON.stringify({ id: 'abc', title, vault: { id: 'v', name: vault }, category: 'DATABASE', fields }))
} else fail('unknown command')
`
}
