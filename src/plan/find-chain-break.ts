import type { ChainFault, ChainVerdict } from '../model/chain.js'
import { docsPage } from '../model/docs-page.js'
import type { Finding } from '../model/finding.js'

/** What the check of the history is to be told as: what is wrong; or, as a note, what it was found to be. */
export interface ChainTold {
  readonly findings: readonly Finding[]
  /** See `Report.notes`. */
  readonly notes: readonly string[]
}

export function findChainBreak(verdict: ChainVerdict): ChainTold {
  if (verdict.kind === 'sound') return { findings: [], notes: [describeSound(verdict)] }
  return {
    findings: [{ rule: 'history-chain', severity: 'error', message: describe(verdict), help: HELP }],
    notes: [],
  }
}

/** The head is told so that it stands where nobody who changes the database can change it too: in the log of this run. */
function describeSound({ chained, earlier, head }: Extract<ChainVerdict, { kind: 'sound' }>): string {
  const before = earlier === 0 ? '' : `, over ${earlier} earlier ones`
  const rows = chained === 1 ? 'row' : 'rows'
  return `The history is as it was written: ${chained} chained ${rows}${before}. The last one is seq ${head.seq}, ${head.hash}.`
}

function describe({ fault, seq, version }: Extract<ChainVerdict, { kind: 'broken' }>): string {
  const of = version ? ` (version ${version})` : ''
  switch (fault) {
    case 'end-missing':
      return version
        ? `The history ends with seq ${seq}, and does not have what the tracking table has of version ${version}: rows are gone from its end.`
        : `The history ends with seq ${seq}, and had newer rows when the schema was recorded last: they are gone.`
    case 'other-record':
      return `The tracking table has another checksum for version ${version} than the history.`
    case 'no-anchor':
      return seq === undefined
        ? 'The history has no chained row: all of them, with the anchor that they began with, are gone.'
        : `The row of the history with seq ${seq}${of} is the first with a hash, and is no anchor: what stood before it is gone.`
    default:
      return `The row of the history with seq ${seq}${of} ${SAID[fault]}.`
  }
}

const SAID: Readonly<Record<Exclude<ChainFault, 'end-missing' | 'other-record' | 'no-anchor'>, string>> = {
  content: 'was changed after it was written: its hash is not over what it says',
  unchained: 'has no hash: it was added while the trigger of the history was off',
  'missing-before': 'does not follow the one before it: what stood between them is gone',
  'put-in': 'follows the last but one: the row between them was put in',
  order: 'has a number that is not above that of the row before it',
  'second-anchor': 'is a second anchor, and a chain begins once',
  earlier: 'is the anchor of the chain, and the rows before it are not those it was written over',
}

const HELP = `Somebody with the rights of the owner changed history. Compare it with a backup, and with what earlier runs told of its last row. What is hashed: ${docsPage('database', 'the-chain')}.`
