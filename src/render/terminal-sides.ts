import type { Report } from '../model/report.js'
import { alignColumns } from './align.js'
import { cutText, logLine } from './foreign-text.js'
import type { Paint } from './paint.js'
import { makeSideRow } from './side-words.js'

/** For `status`, where the Supabase CLI's table is kept in step: which side has what. Of what is in step, the newest. */
export function sideLines({ command, sides = [] }: Report, paint: Paint, width: number): string[] {
  if (command !== 'status' || sides.length === 0) return []
  const rows = sides.map(makeSideRow)
  const shown = rows.filter(({ says }, index) => says !== 'in step' || index >= rows.length - IN_STEP_SHOWN)
  const cells = shown.map(({ side, file, ours, supabase, says }) => [
    cutText(logLine(side.name), Math.max(20, width - 60)),
    file,
    logLine(ours),
    supabase,
    logLine(says),
  ])
  const [head = '', ...lines] = alignColumns([['', 'file', 'devflow', 'Supabase', ''], ...cells])
  const left = rows.length - shown.length
  return [
    paint('bold', 'Side by side'),
    paint('dim', `    ${head.trimEnd()}`),
    ...(left === 0 ? [] : [paint('dim', `  … ${left} earlier in step`)]),
    ...lines.map((line, index) => {
      const isFine = shown[index]?.isFine ?? false
      return `  ${isFine ? paint('green', '✔') : paint('yellow', '●')} ${line}`
    }),
  ]
}

const IN_STEP_SHOWN = 5
