import type { Drift } from '../model/plan.js'

/** What happened to an applied file, in words, with foreign text through `quote`. */
export interface DriftText {
  readonly message: string
  readonly stored: string
  /** Absent where the file is gone. */
  readonly present?: string
  readonly help: string
}

/** The same words for every outlet: what differs, both checksums, the way out. */
export function makeDriftText(drift: Drift, quote: (foreign: string) => string): DriftText {
  return {
    message: message(drift, quote),
    stored: quote(drift.storedChecksum),
    ...(drift.presentChecksum === undefined ? {} : { present: quote(drift.presentChecksum) }),
    help: help(drift, quote),
  }
}

/** Where a deleted file lay, unless that is outside what GitHub knows or another runner recorded no file name. */
export function recordedPath({ recordedName }: Drift, directory: string): string | undefined {
  const isFile = recordedName.endsWith('.sql') && !directory.startsWith('/') && !directory.startsWith('..')
  return isFile ? `${directory}/${recordedName}` : undefined
}

function message({ kind, version, recordedName, name }: Drift, quote: (foreign: string) => string): string {
  const recorded = quote(recordedName)
  if (kind === 'deleted') return `${recorded} (version ${quote(version)}) was applied, but its file is gone.`
  if (kind === 'renamed')
    return `${recorded} was applied under that name; the file is now ${quote(name ?? '')}.`
  if (kind === 'replaced')
    return `Version ${quote(version)} was applied as ${recorded}. ${quote(name ?? '')} is another file: neither its name nor its text is what was applied.`
  return `${quote(name ?? recordedName)} was edited after it was applied.`
}

function help({ kind, version, recordedName, name }: Drift, quote: (foreign: string) => string): string {
  if (kind === 'deleted') {
    return `Restore ${quote(recordedName)} from version control. To undo what it did, write a new migration that reverses it.`
  }
  if (kind === 'replaced') {
    return `Give ${quote(name ?? '')} a new version, and put ${quote(recordedName)} back, which another branch may have. If it is the same migration, renamed and edited: give it its recorded name back first.`
  }
  const accept = `Or take the file as it is now, with repair --accept-checksum (version ${quote(version)})`
  if (kind === 'renamed') return `Give the file its recorded name back: ${quote(recordedName)}. ${accept}.`
  return `Restore the file as it was applied (version control has it), and put the change into a new migration. ${accept}: the database stays as the former text made it.`
}
