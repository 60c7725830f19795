import type { Finding, Fix } from '../model/finding.js'
import { docsLink } from './docs-link.js'
import type { ReportJson } from './report-schema.js'

type FindingJson = ReportJson['findings'][number]

/** A finding as the documented JSON shape: every field there, null where there is nothing to tell. */
export function findingJson(finding: Finding): FindingJson {
  const { rule, severity, file, position, message, help, excerpt, why, force, fix, measured } = finding
  return {
    rule,
    severity,
    file: file ?? null,
    position: position ?? null,
    message,
    help,
    excerpt: excerpt ?? null,
    why: why ?? null,
    force: force ?? null,
    fix: fix === undefined ? null : fixJson(fix),
    measured: measured ?? null,
    docs: docsLink(rule),
  }
}

function fixJson({ title, edits, next, preview }: Fix): FindingJson['fix'] {
  return {
    title,
    edits: edits.map(({ span, text, position }) => ({
      start: span.start,
      end: span.end,
      position: position ?? null,
      text,
    })),
    preview: preview ?? null,
    next: next ?? null,
  }
}
