import type { RehearsalPlace } from '../model/measured.js'
import type { Report } from '../model/report.js'
import { plural } from './plural.js'

type Quote = (foreign: string) => string

/** Where a rehearsal ran and what that means, or why there was none. Sentences, foreign text quoted. */
export interface PlaceText {
  /** Bold where the outlet can: `Rehearsed`, `Not rehearsed`. */
  readonly verdict: string
  readonly text: string
  /** Each a sentence: what can't be told, or a way to have a rehearsal. */
  readonly items: readonly string[]
}

/** Undefined where nothing was to be rehearsed. Foreign text goes through `quote`. */
export function makePlaceText(report: Report, quote: Quote): PlaceText | undefined {
  const { rehearsedOn, notRehearsed } = report
  if (notRehearsed !== undefined) {
    const text = `${quote(withoutEnd(notRehearsed.why))}.`
    const items = notRehearsed.ways.slice(0, MOST_ITEMS).map(quote)
    return { verdict: 'Not rehearsed:', text, items }
  }
  if (rehearsedOn === undefined) return undefined
  const { where, schemaFrom, asked, kind, limits } = rehearsedOn
  const from = schemaFrom === undefined ? '' : `its schema: ${quote(schemaFrom)}; `
  const ran = `${quote(where)} (${from}${quote(`\`rehearse: ${asked}\``)}).`
  return {
    verdict: 'Rehearsed',
    text: `${ran} ${MEANING[kind]}`,
    items: [...limits.slice(0, MOST_ITEMS).map(quote), ...notSent(report)],
  }
}

const MOST_ITEMS = 20

const MEANING: Readonly<Record<RehearsalPlace['kind'], string>> = {
  target: 'Locks, sizes and times are those of the target itself, and nothing was kept.',
  shadow:
    'Locks, rewrites and scans are what the target would see, and sizes are the target’s; how long it takes there, a shadow does not tell.',
}

function notSent({ rehearsal }: Report): string[] {
  const count = rehearsal.reduce((sum, { left = [] }) => sum + left.length, 0)
  return count === 0
    ? []
    : [`${plural(count, 'statement was', 'statements were')} not sent: see below which, and why.`]
}

function withoutEnd(sentence: string): string {
  return sentence.replace(/\.$/, '')
}
