import { parseArgs } from 'node:util'
import type { InputName, Inputs } from '../model/inputs.js'
import type { Problem } from '../model/problem.js'
import { COMMANDS } from './commands.js'
import { didYouMean } from './did-you-mean.js'
import { CLI_FLAGS, INPUTS } from './inputs.js'
import { showValue } from './show-value.js'

/** What a command line asks for. `mistakes` holds all that is wrong with it, for the report. */
export type Arguments =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'run'; readonly inputs: Inputs; readonly json: boolean }

/**
 * Text → what to do. Never throws: mistakes go into the inputs, to be told together with those of the configuration.
 *
 * @param words what follows the program's name
 */
export function parseArguments(
  words: readonly string[],
  variables: Inputs['variables'],
  folder: string,
): Arguments {
  if (words.length === 0 || words.every((word) => ['--help', '-h', 'help'].includes(word)))
    return { kind: 'help' }
  if (words.length === 1 && ['--version', '-V'].includes(words[0] ?? '')) return { kind: 'version' }
  const found = readWords(words)
  if (found.switches.has('--help')) return { kind: 'help' }
  return {
    kind: 'run',
    json: found.switches.has('--json'),
    inputs: {
      entry: 'cli',
      given: found.given,
      variables,
      folder,
      ci: found.switches.has('--ci'),
      verbose: found.switches.has('--verbose'),
      fix: found.switches.has('--fix'),
      ...(found.name === undefined ? {} : { name: found.name }),
      mistakes: found.mistakes,
    },
  }
}

interface Found {
  readonly given: Partial<Record<InputName, string>>
  readonly switches: Set<string>
  name?: string
  readonly mistakes: Problem[]
}

const BY_FLAG = new Map(
  Object.entries(INPUTS).flatMap(([name, spec]) =>
    spec.flag ? [[spec.flag, { ...spec, name: name as InputName }]] : [],
  ),
)
const SWITCHES: readonly string[] = Object.keys(CLI_FLAGS)
const VERBS = Object.entries(COMMANDS).flatMap(([verb, { entries }]) =>
  entries.includes('cli') ? [verb] : [],
)

function readWords(words: readonly string[]): Found {
  const found: Found = { given: {}, switches: new Set(), mistakes: [] }
  const { tokens } = parseArgs({
    args: [...words],
    options: parserOptions(),
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const verbs: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') verbs.push(token.value)
    if (token.kind === 'option') readOption(token, found)
  }
  readVerbs(verbs, found)
  return found
}

function parserOptions(): NonNullable<Parameters<typeof parseArgs>[0]>['options'] {
  const flags = [...BY_FLAG].map(
    ([flag, { kind }]) => [flag.slice(2), { type: kind === 'flag' ? 'boolean' : 'string' }] as const,
  )
  const switches = SWITCHES.map((flag) => [flag.slice(2), { type: 'boolean' }] as const)
  return Object.fromEntries([...flags, ...switches, ['help', { type: 'boolean', short: 'h' } as const]])
}

interface OptionToken {
  readonly rawName: string
  readonly name: string
  readonly value?: string | undefined
  readonly inlineValue?: boolean | undefined
}

function readOption({ rawName, name, value, inlineValue }: OptionToken, found: Found): void {
  const flag = `--${name}`
  const spec = BY_FLAG.get(flag)
  if (SWITCHES.includes(flag)) {
    if (value !== undefined)
      found.mistakes.push({ message: `${flag} takes no value.`, help: `Write ${flag} alone.` })
    found.switches.add(flag)
  } else if (!spec || rawName !== flag) {
    found.mistakes.push(unknownFlag(rawName))
  } else if (spec.kind !== 'flag' && (value === undefined || (!inlineValue && value.startsWith('--')))) {
    found.mistakes.push({ message: `${flag} needs a value.`, help: `Write ${flag}=… or ${flag} ….` })
    // The parser took the next flag for the value.
    if (value !== undefined && SWITCHES.includes(value)) found.switches.add(value)
  } else if (found.given[spec.name] !== undefined) {
    found.mistakes.push({ message: `${flag} is given twice.`, help: 'Give it once.' })
  } else if (value !== '') {
    found.given[spec.name] = value ?? 'true'
  }
}

function unknownFlag(flag: string): Problem {
  const known = [...BY_FLAG.keys(), ...SWITCHES]
  return {
    message: `Unknown flag ${showValue(flag)}.`,
    help: didYouMean(flag, known) ?? 'devflow --help lists the flags.',
  }
}

/** `db` and then one verb; behind `new` stands a name. */
function readVerbs([group, verb, ...rest]: readonly string[], found: Found): void {
  if (verb !== undefined) found.given.command = verb
  const [name] = verb === 'new' ? rest : []
  if (name !== undefined) found.name = name
  const more = name === undefined ? rest : rest.slice(1)
  if (group !== 'db') {
    found.mistakes.push({
      message: `Unknown command ${showValue(group ?? '')}.`,
      help: `Write devflow db and one of ${VERBS.join(', ')}.`,
    })
  }
  if (more.length > 0) {
    found.mistakes.push({
      message: `Nothing follows the command, and here stands ${showValue(more.join(' '))}.`,
      help: 'Options begin with --.',
    })
  }
}
