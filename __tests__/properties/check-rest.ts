import { effectsOf, isBegun, type Recorded, type Seen } from './look.js'
import { type Text, versionOfEffect } from './migration-text.js'

/** What must hold in any database at rest, whatever was done to it. Empty where it does. */
export function checkRest(before: Seen, after: Seen, texts: readonly Text[]): string[] {
  const versions = new Set([
    ...after.records.map(({ version }) => version),
    ...Object.keys(after.effects).map(versionOfEffect),
  ])
  return [
    ...Object.entries(after.effects)
      .filter(([, times]) => times > 1)
      .map(([effect, times]) => `${effect} is there ${times} times`),
    ...[...versions].flatMap((version) => checkVersion(version, after, texts)),
    ...checkKept(before, after),
    ...(after.advisoryLocks > 0 ? [`${after.advisoryLocks} advisory locks are held`] : []),
    ...after.sessions.map((doing) => `a session is left, ${doing}`),
  ]
}

function checkVersion(version: string, seen: Seen, texts: readonly Text[]): string[] {
  const record = seen.records.find((each) => each.version === version)
  const present = effectsOf(seen, version)
  const told = seen.events.filter((each) => each.version === version && each.event === 'applied')
  const completed = record?.status === 'completed'
  const wrong = completed ? checkCompleted(record, present, texts) : checkOpen(record, present, texts)
  if (told.length !== (completed ? 1 : 0))
    wrong.push(`history tells ${told.length} times that it was applied`)
  if (told.some(({ status }) => status !== 'success'))
    wrong.push('history tells of an applied one without success')
  const shown = `${version} (${record?.status ?? 'no record'}; there is ${present.join(' ') || 'nothing'})`
  return wrong.map((what) => `${shown}: ${what}`)
}

function checkCompleted(record: Recorded, present: readonly string[], texts: readonly Text[]): string[] {
  const text = texts.find((each) => isOf(each, record))
  if (!text) return ['recorded with a checksum and name that no file ever had']
  if (text.spec.fails) return ['completed although it fails']
  return isSame(text.effects, present) ? [] : [`its text does ${text.effects.join(' ')}`]
}

/** Of an atomic file nothing is there, of any other what comes first in it. */
function checkOpen(
  record: Recorded | undefined,
  present: readonly string[],
  texts: readonly Text[],
): string[] {
  const text = record && texts.find((each) => isOf(each, record))
  if (record && !text) return ['recorded with a checksum and name that no file ever had']
  const begun = record && isBegun(record)
  if (!text || !begun) return present.length > 0 ? ['not recorded as begun'] : []
  if (text.atomic) return [`a file in one transaction is recorded as ${record.status}`]
  if (!record.journal) return ['there is no journal']
  const first = text.effects.slice(0, present.length)
  return isSame(first, present) ? [] : [`its text does ${text.effects.join(' ')}, in this order`]
}

function isOf({ spec, name, checksum }: Text, record: Recorded): boolean {
  return spec.version === record.version && name === record.name && checksum === record.checksum
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((each) => others.includes(each))
}

/** What is completed stays so, and history only grows. */
function checkKept(before: Seen, after: Seen): string[] {
  const lost = before.records
    .filter(({ status }) => status === 'completed')
    .filter((record) => !after.records.some((each) => JSON.stringify(each) === JSON.stringify(record)))
  const kept = before.events.every(
    (event, index) => JSON.stringify(after.events[index]) === JSON.stringify(event),
  )
  return [
    ...lost.map(({ version }) => `${version} is no longer recorded as it was`),
    ...(kept ? [] : ['history lost events']),
  ]
}
