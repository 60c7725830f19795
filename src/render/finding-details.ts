import type { Finding } from '../model/finding.js'
import { docsLink } from './docs-link.js'

/** One thing to say of a finding below its message. Foreign text: it goes through the outlet's writer. */
export interface Detail {
  readonly label: string
  readonly text: string
  /** `sql` is of one or more lines and shown as it is; `prose` holds code between backticks. */
  readonly kind: 'prose' | 'sql' | 'link'
}

interface Asked {
  /** Who ran it, where something was forced. */
  readonly actor?: string | undefined
  /** Rules whose consequence and page were told before. Those told now are added. */
  readonly told?: Set<string>
}

/**
 * The same for every outlet, in the same order: what a rehearsal showed of it, what it does, the way out, the rewrite,
 * where to read more. What is refuted needs no way out.
 */
export function makeFindingDetails(finding: Finding, { actor, told = new Set() }: Asked = {}): Detail[] {
  const { rule, why, help, fix, measured } = finding
  const isNew = !told.has(rule)
  told.add(rule)
  if (measured === 'refuted') return [prose('Rehearsal', MEASURED.refuted), ...docs(rule, isNew)]
  return [
    ...(measured === undefined ? [] : [prose('Rehearsal', MEASURED[measured])]),
    ...(why === undefined || !isNew ? [] : [prose('Why', why)]),
    prose('Way out', help),
    ...force(finding, actor),
    ...(fix === undefined ? [] : [prose('Fix', fix.title)]),
    ...(fix?.preview === undefined ? [] : [sql('Instead', fix.preview)]),
    ...(fix?.next === undefined ? [] : [sql('Then, in a migration of its own', fix.next)]),
    ...docs(rule, isNew),
  ]
}

function docs(rule: string, isNew: boolean): Detail[] {
  return isNew ? [{ label: 'Docs', text: docsLink(rule), kind: 'link' }] : []
}

const MEASURED: Readonly<Record<NonNullable<Finding['measured']>, string>> = {
  confirmed: 'confirmed: the statement did it.',
  refuted: 'refuted: the statement did not do it, and it stops nothing.',
  found: 'found only by running it: the text does not show it.',
}

function force({ force: forced, help }: Finding, actor: string | undefined): Detail[] {
  if (forced === undefined) return []
  if (forced === 'used') {
    const by = actor === undefined ? '' : ` by ${actor}`
    return [prose('Forced', `It stops a run, unless forced. This one was forced${by}.`)]
  }
  if (help.includes('FORCE_RUN')) return []
  return [
    prose(
      'Force',
      'If it is meant, set `FORCE_RUN=true`, or `force`: the run goes on, and who forced it is recorded.',
    ),
  ]
}

function prose(label: string, text: string): Detail {
  return { label, text, kind: 'prose' }
}

function sql(label: string, text: string): Detail {
  return { label, text, kind: 'sql' }
}
