import { columnsOf } from './align.js'
import { cutText, logLine } from './foreign-text.js'
import { type ReviewWindowEvent, renderReviewWindowShort } from './review-window.js'
import { renderWatchingShort, type WatchingEvent } from './watching.js'

export interface BarState {
  /** How many are done. */
  readonly index: number
  readonly count: number
  /** What is under way. Foreign text. */
  readonly name: string
  /** Columns of the terminal. */
  readonly width: number
  /** The last look at it, where it takes long. */
  readonly watching?: WatchingEvent | undefined
  /** Nothing is under way yet. */
  readonly window?: ReviewWindowEvent | undefined
}

/** A progress bar of one terminal line, never wider than `width`, without line end or cursor movement. */
export function renderBar({ index, count, name, width, watching, window }: BarState): string {
  if (window !== undefined) {
    const cells = renderCells(window.totalMs - window.leftMs, window.totalMs, width)
    return cutColumns(`${cells} ${renderReviewWindowShort(window)}`, width)
  }
  const head = `${renderCells(index, count, width)} ${index}/${count}`
  const detail = watching === undefined ? '' : ` · ${renderWatchingShort(watching)}`
  return cutColumns(`${head} ${logLine(cutText(name, 200))}${detail}`, width)
}

function renderCells(done: number, all: number, width: number): string {
  const share = all === 0 ? 1 : Math.min(1, Math.max(0, done / all))
  const cells = Math.max(0, Math.min(24, Math.floor(width / 3)))
  const filled = Math.round(share * cells)
  return '█'.repeat(filled) + '░'.repeat(cells - filled)
}

function cutColumns(text: string, width: number): string {
  if (columnsOf(text) <= width) return text
  let kept = ''
  for (const character of text) {
    if (columnsOf(kept + character) > width - 1) break
    kept += character
  }
  return width < 1 ? '' : `${kept}…`
}
