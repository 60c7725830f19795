import type { OperationStep } from '../model/operation.js'
import type { Report } from '../model/report.js'
import { renderDuration } from './duration.js'
import type { Section } from './fit-sections.js'
import { cutText, markdownText } from './foreign-text.js'
import { stepWords } from './step-words.js'

/** For the job summary: a table of the steps of an operation. */
export function makeOperationSection({ operation }: Report): Section[] {
  const steps = operation?.steps ?? []
  if (steps.length === 0) return []
  const head = '\n| Step | State | Time |\n| :-- | :-- | --: |\n'
  const more = (count: number) => `| and ${count} more | | |\n`
  return [{ rank: 3, head, items: steps.map(row), tail: '', more }]
}

function row({ what, state, details = [], durationMs, failure }: OperationStep): string {
  const { icon, word } = stepWords[state]
  const why = failure === undefined ? [] : [`${failure.message} (${failure.code})`]
  const told = [what, ...details, ...why].map((text) => cell(text)).join('<br>')
  return `| ${told} | ${icon} ${word} | ${durationMs === undefined ? '' : renderDuration(durationMs)} |\n`
}

/** A bar would end the cell, and a line end the table. */
function cell(text: string): string {
  return markdownText(cutText(text, 500)).replaceAll(/\s*\n\s*/g, ' ')
}
