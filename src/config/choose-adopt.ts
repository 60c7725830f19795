import type { Config } from '../model/config.js'
import {
  ACCEPTED_WORDS,
  type AcceptedWord,
  type AdoptSettings,
  FOREIGN_TOOLS,
} from '../model/foreign-tool.js'
import { versionKey } from '../model/version.js'
import { didYouMean } from './did-you-mean.js'
import { given } from './given.js'
import { readBoolean } from './read-boolean.js'
import { showValue } from './show-value.js'
import type { Ledger, Sources } from './sources.js'

/** Whose history is adopted, and what a person says of what disagrees. */
export function chooseAdopt(sources: Sources): Pick<Config, 'adopt'> {
  const { inputs, ledger } = sources
  const table = chooseTable(sources)
  const undo = readBoolean(given(inputs, 'undo'), ledger)?.value ?? false
  return {
    adopt: { from: chooseFrom(sources), ...(table ? { table } : {}), accept: chooseAccept(sources), undo },
  }
}

function chooseFrom({ inputs, ledger }: Sources): AdoptSettings['from'] {
  const said = given(inputs, 'from')
  const words = ['auto', ...FOREIGN_TOOLS] as const
  const from = words.find((word) => word === said?.value)
  if (said === undefined || from !== undefined) return from ?? 'auto'
  const meant = didYouMean(said.value, words)
  tell(
    ledger,
    said.source,
    `is ${showValue(said.value)}; the tools are ${words.join(', ')}`,
    meant === undefined ? 'Correct the value.' : `Did you mean ${meant}?`,
  )
  return 'auto'
}

/** Names that hold a dot themselves can be given by the schema's name, which is found by its columns. */
function chooseTable({ inputs, ledger }: Sources): AdoptSettings['table'] {
  const said = given(inputs, 'from-table')
  if (said === undefined) return undefined
  const [first = '', second, ...more] = said.value.split('.')
  const parts = second === undefined ? [first] : [first, second]
  if (more.length === 0 && parts.every((part) => part !== '' && !part.includes('\0')))
    return second === undefined ? { name: first } : { schema: first, name: second }
  tell(
    ledger,
    said.source,
    `is ${showValue(said.value)}; it must be table or schema.table, without quotes`,
    'Correct the value.',
  )
  return undefined
}

function chooseAccept({ inputs, ledger }: Sources): AdoptSettings['accept'] {
  const said = given(inputs, 'accept')
  const accept = new Map<string, AcceptedWord>()
  for (const part of said?.value.split(',') ?? []) {
    const { version, word } = /^\s*(?<version>.*\S)\s*=\s*(?<word>\S+)\s*$/s.exec(part)?.groups ?? {}
    const known = ACCEPTED_WORDS.find((each) => each === word)
    const key = versionKey(version ?? '')
    if (version !== undefined && known !== undefined && !accept.has(key)) accept.set(key, known)
    else if (said && accept.has(key))
      tell(ledger, said.source, `says two things of ${showValue(version)}`, 'Keep one of them.')
    else if (said)
      tell(
        ledger,
        said.source,
        `holds ${showValue(part.trim())}; each part must be <version>=<word>`,
        `Words: ${ACCEPTED_WORDS.join(', ')}.`,
      )
  }
  return accept
}

function tell({ problems }: Ledger, source: string, what: string, help: string): void {
  problems.push({ message: `${source.charAt(0).toUpperCase()}${source.slice(1)} ${what}.`, help })
}
