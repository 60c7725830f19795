import type { Report } from '../model/report.js'
import type { Section } from './fit-sections.js'
import { cutText, markdownCode, markdownText } from './foreign-text.js'
import { makeSideRow, type SideRow } from './side-words.js'

/** For `status`, where the Supabase CLI's table is kept in step: which side has what. */
export function makeSidesSection({ command, sides = [] }: Report): Section[] {
  if (command !== 'status' || sides.length === 0) return []
  const head = '\n| Name | File | devflow | Supabase | |\n| :-- | :-- | :-- | :-- | :-- |\n'
  const more = (count: number) => `| … | and ${count} more | | | |\n`
  return [{ rank: 6, head, items: sides.map((side) => tableRow(makeSideRow(side))), tail: '', more }]
}

function tableRow({ side, file, ours, supabase, says }: SideRow): string {
  const name = markdownCode(cutText(side.name, 200))
  return `| ${name} | ${file} | ${markdownText(ours)} | ${supabase} | ${markdownText(cutText(says, 300))} |\n`
}
