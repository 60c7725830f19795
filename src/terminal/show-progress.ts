import type { ProgressEvent } from '../model/progress.js'

/** What the bar shows. */
export interface BarState {
  /** How many are done. */
  readonly index: number
  readonly count: number
  readonly name: string
  readonly width: number
  /** The last look at what runs, where it takes long. */
  readonly watching?: Watching | undefined
  /** Nothing is under way yet. */
  readonly window?: Window | undefined
}

type Watching = Extract<ProgressEvent, { kind: 'watching' }>
type Window = Extract<ProgressEvent, { kind: 'review-window' }>

/** How progress is drawn: handed in, because renderers are a stage of their own. */
export interface Drawing {
  readonly line: (event: ProgressEvent) => string | undefined
  readonly bar: (state: BarState) => string
}

/** Progress on a terminal: lines that stay, and below them a bar that is drawn again and goes at the end. */
export function showProgress(
  out: NodeJS.WriteStream,
  drawing: Drawing,
): { observe: (event: ProgressEvent) => void; close: () => void } {
  let running: Running | undefined
  let drawn = false
  const clear = () => {
    if (drawn) out.write(`\r${ERASE}`)
    drawn = false
  }
  return {
    close: () => {
      clear()
      running = undefined
    },
    observe: (event) => {
      const line = staysInSight(event) ? drawing.line(event) : undefined
      clear()
      if (line !== undefined) out.write(`${line}\n`)
      running = runningAfter(event, running)
      if (!running) return
      out.write(drawing.bar({ ...running, width: (out.columns ?? 80) - 1 }))
      drawn = true
    },
  }
}

/** ANSI: erase to the end of the line. */
const ERASE = '\u001b[K'

type Running = Omit<BarState, 'width'>

type Ended = Extract<ProgressEvent, { kind: 'rehearsed' | 'applied' }>

/** Who is in the way, and who waits, is worth a line; how far it is, the bar shows. */
function staysInSight(event: ProgressEvent): boolean {
  if (event.kind === 'review-window') return event.isFirst
  return event.kind !== 'watching' || event.blockedBy.length + event.blocking.length > 0
}

function runningAfter(event: ProgressEvent, running: Running | undefined): Running | undefined {
  switch (event.kind) {
    case 'rehearsing':
    case 'applying':
      return { index: event.index - 1, count: event.count, name: event.name }
    case 'rehearsed':
    case 'applied':
      return withoutLook(running, doneBy(event))
    case 'watching':
      return running && { ...running, watching: event }
    case 'review-window':
      return { index: 0, count: event.about.names.length, name: '', window: event }
    case 'stage':
      return undefined
    case 'notice':
    case 'note':
      return running
    default:
      return withoutLook(running)
  }
}

/** What was looked at is over, and so is the countdown. */
function withoutLook(running: Running | undefined, index = running?.index): Running | undefined {
  if (running === undefined || index === undefined || running.window !== undefined) return undefined
  return { ...running, index, watching: undefined }
}

/** What did not go as it should is not done. */
function doneBy(event: Ended): number {
  const isDone =
    event.kind === 'applied' ? event.outcome.state === 'applied' : event.rehearsed.state !== 'failed'
  return isDone ? event.index : event.index - 1
}
