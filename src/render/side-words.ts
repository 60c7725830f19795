import type { Side } from '../model/sides.js'

/** One version where two tables record it, as tables show it. */
export interface SideRow {
  readonly side: Side
  readonly file: string
  readonly ours: string
  readonly supabase: string
  /** What to make of it. */
  readonly says: string
  /** Nothing is to be done about it. */
  readonly isFine: boolean
}

/** Which side has what of a version: the file, our table, the Supabase CLI's; and the command that mends it. */
export function makeSideRow(side: Side): SideRow {
  const { file, ours, supabase } = side
  const isOurs = ours === 'completed'
  return {
    side,
    file: file ? 'yes' : 'none',
    ours: ours ?? 'none',
    supabase: supabase ? 'applied' : 'none',
    says: wordsOf(side),
    isFine: file && (supabase ? isOurs : ours === null || (isOurs && !isPushed(side))),
  }
}

function wordsOf(side: Side): string {
  const { version, file, ours, supabase } = side
  const isOurs = ours === 'completed'
  if (!file && supabase)
    return `no file: fetch it from the branch that has it, or repair --reverted ${version}`
  if (!file) return isOurs ? 'no file: fetch it from the branch that has it' : `no file, ${ours}`
  if (supabase) return isOurs ? 'in step' : 'applied by the Supabase CLI: the next migrate records it here'
  if (!isOurs) return ours === null ? 'pending' : `${ours}: pending for both`
  return isPushed(side)
    ? `missing there: repair --applied ${version} if it is applied, --reverted ${version} if it was undone`
    : 'applied; the Supabase CLI does not read a file of this name'
}

/** The Supabase CLI reads files of such names, and no others. */
function isPushed({ name }: Side): boolean {
  return /^\d+_.*\.sql$/s.test(name)
}
