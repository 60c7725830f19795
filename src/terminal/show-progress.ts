import type { ProgressEvent } from '../model/progress.js'

/** How progress is drawn: handed in, because renderers are a stage of their own. */
export interface Drawing {
  readonly line: (event: ProgressEvent) => string | undefined
  readonly bar: (state: { index: number; count: number; name: string; width: number }) => string
}

/** Progress on a terminal: lines that stay, and below them a bar that is drawn again and goes at the end. */
export function showProgress(
  out: NodeJS.WriteStream,
  drawing: Drawing,
): { observe: (event: ProgressEvent) => void; close: () => void } {
  let bar = ''
  const clear = () => {
    if (bar) out.write(`\r${ERASE}`)
  }
  const close = () => {
    clear()
    bar = ''
  }
  return {
    close,
    observe: (event) => {
      const line = drawing.line(event)
      clear()
      if (line !== undefined) out.write(`${line}\n`)
      if (event.kind === 'rehearsing' || event.kind === 'applying') {
        const { index, count, name } = event
        bar = drawing.bar({ index: index - 1, count, name, width: (out.columns ?? 80) - 1 })
      } else if (event.kind === 'stage') {
        bar = ''
      }
      if (bar) out.write(bar)
    },
  }
}

/** ANSI: erase to the end of the line. */
const ERASE = '\u001b[K'
