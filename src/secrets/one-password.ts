import type { SecretAnswer, SecretsRequest, WantedSecret } from '../model/secret-provider.js'
import { explainOp } from './explain-op.js'
import { findInItem } from './find-in-item.js'
import type { SecretProvider } from './provider.js'
import { type OpSaid, runOp } from './run-op.js'

/** The variable that 1Password's command line reads the token of a service account from. */
const TOKEN_VARIABLE = 'OP_SERVICE_ACCOUNT_TOKEN'

/**
 * 1Password, through its command line `op` and a service account. Names go to it as arguments, the token by its variable;
 * values come back on its standard output. https://developer.1password.com/docs/cli/secrets-reference-syntax
 */
export const onePassword: SecretProvider = {
  fetch: async (request) => {
    const before = whyNotAsked(request)
    if (before !== undefined) return request.wanted.map(() => ({ problem: before }))
    const asked = new Map<string, Promise<OpSaid>>()
    return Promise.all(request.wanted.map((wanted) => fetchOne(wanted, request, asked)))
  },
}

function whyNotAsked({ vault, variables }: SecretsRequest) {
  if (vault === undefined)
    return {
      message: 'secrets.vault is missing: a service account of 1Password is asked for an item in a vault.',
      help: 'Name the vault in devflow.yml: secrets.vault.',
    }
  if (variables[TOKEN_VARIABLE]) return undefined
  return {
    message: `1Password can not be asked: the variable ${TOKEN_VARIABLE} is not set, or empty.`,
    help: `Make a service account that may read the vault, and hand its token on: ${TOKEN_VARIABLE}: \${{ secrets.${TOKEN_VARIABLE} }}.`,
  }
}

/** What one question answers twice is asked once: a service account has a limit of questions a day. */
async function fetchOne(
  wanted: WantedSecret,
  { vault = '', variables }: SecretsRequest,
  asked: Map<string, Promise<OpSaid>>,
): Promise<SecretAnswer> {
  const plain = [vault, wanted.item, wanted.field].every((name) => PLAIN.test(name))
  const ask = plain
    ? ['read', '--no-newline', `op://${vault}/${wanted.item}/${wanted.field}`]
    : getItem(vault, wanted)
  const key = ask.join('\0')
  const saying = asked.get(key) ?? runOp(ask, variables)
  asked.set(key, saying)
  const said = await saying
  if ('broken' in said || said.code !== 0) return { problem: explainOp(said, wanted, vault) }
  if (plain) return answerOf(said.output, wanted)
  const found = findInItem(said.output, wanted.field)
  return 'why' in found
    ? { problem: { message: `1Password: ${naming(wanted)}: ${found.why}.`, help: CHECK_NAMES } }
    : answerOf(found.value, wanted)
}

/** What a reference may hold; what holds anything else is looked for in the whole item. */
const PLAIN = /^[A-Za-z0-9_.-](?:[A-Za-z0-9_. -]*[A-Za-z0-9_.-])?$/

/** Whatever the item is called, it is no option behind `--`. */
function getItem(vault: string, { item }: WantedSecret): string[] {
  return ['item', 'get', `--vault=${vault}`, '--format=json', '--', item]
}

function answerOf(value: string, wanted: WantedSecret): SecretAnswer {
  if (value.trim() !== '') return { value: value.trim() }
  return {
    problem: {
      message: `1Password: ${naming(wanted)} is empty.`,
      help: `Fill it, or set ${wanted.variable}.`,
    },
  }
}

function naming({ item, field }: WantedSecret): string {
  return `the field ${JSON.stringify(field)} of ${JSON.stringify(item)}`
}

const CHECK_NAMES = 'Check op_item and op_field in devflow.yml; an ID names them too.'
