import type { Observe, ProgressEvent } from '../../model/progress.js'

/** Up to so many migrations a log tells of each; of more, of one in so many, and of all that do not go as they should. */
export const EACH_UP_TO = 200

const LINES_OF_MANY = 100

/** How often a run that waits for another one says so. */
const WAIT_EVERY_MS = 10_000

/**
 * Keeps a run of thousands of migrations from filling the log. What is left out is passed on all the same, since a bar is
 * drawn again with each. A migration that takes long, or that the server tells something of, is named first. One that is
 * begun again before anything was told of it is named once: of a message that the server could not read nothing is done.
 */
export function limitLines(observe: Observe): Observe {
  let untold: OfOne | Rehearsing | undefined
  let before: ProgressEvent | undefined
  let said = false
  let nextWaitMs = 0
  return (event) => {
    if (untold && isAboutWhatRuns(event)) {
      observe(untold)
      untold = undefined
    }
    const isBegunAgain = isSame(event, before)
    if (event.kind !== 'watching' || event.worthALine) before = event
    if (event.kind === 'waiting-for-lock') {
      const worthALine = event.waitedMs >= nextWaitMs
      if (worthALine) nextWaitMs = event.waitedMs + WAIT_EVERY_MS
      return observe({ ...event, worthALine })
    }
    if (event.kind === 'rehearsing') untold = { ...event, worthALine: true }
    if (!isOfOne(event)) return observe(event)
    if (isBegunAgain) return observe({ ...event, worthALine: false })
    const worthALine = isWorthALine(event)
    untold = event.kind === 'applying' && !worthALine ? event : undefined
    observe(worthALine ? event : { ...event, worthALine })
    if (worthALine || said) return
    said = true
    observe({ kind: 'note', message: saidOf(event.count) })
  }
}

function isSame(event: ProgressEvent, before: ProgressEvent | undefined): boolean {
  if (event.kind !== 'applying' || before?.kind !== 'applying') return false
  return event.index === before.index && event.count === before.count
}

type OfOne = Extract<ProgressEvent, { kind: 'rehearsed' | 'applying' | 'applied' }>

type Rehearsing = Extract<ProgressEvent, { kind: 'rehearsing' }>

function isOfOne(event: ProgressEvent): event is OfOne {
  return event.kind === 'rehearsed' || event.kind === 'applying' || event.kind === 'applied'
}

function isWorthALine(event: OfOne): boolean {
  const { index, count } = event
  const isTold = count <= EACH_UP_TO || index === count || (index - 1) % everyOf(count) === 0
  return isTold || wentWrong(event)
}

function everyOf(count: number): number {
  return Math.ceil(count / LINES_OF_MANY)
}

function wentWrong(event: OfOne): boolean {
  if (event.kind === 'rehearsed') return event.rehearsed.state === 'failed'
  return event.kind === 'applied' && event.outcome.state !== 'applied'
}

function isAboutWhatRuns(event: ProgressEvent): boolean {
  return event.kind === 'notice' || (event.kind === 'watching' && event.worthALine === true)
}

function saidOf(count: number): string {
  return `Of ${count} migrations the log names one in ${everyOf(count)}, and each that goes wrong.`
}
