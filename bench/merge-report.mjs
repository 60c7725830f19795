/**
 * A report in which the sections of another replace those of the same title; all others stay, and of the promises each
 * that was not measured this time.
 */
export function mergeReports(before, now) {
  const [old, fresh] = [parseReport(before), parseReport(now)]
  const sections = new Map(old.sections)
  for (const [title, body] of fresh.sections) {
    const known = sections.get(title)
    sections.set(title, title === 'Promised' && known ? mergeTables(known, body) : body)
  }
  const texts = [...sections].map(([title, body]) => `### ${title}\n\n${body}`)
  return [...texts, fresh.end].join('\n\n')
}

/** Sections by their titles, and the paragraph after the last. */
function parseReport(text) {
  const sections = new Map()
  let end = text.trim()
  for (const part of text.trim().split(/^### /m).slice(1)) {
    const [title, ...rest] = part.split('\n')
    const [body, ...after] = rest.join('\n').trim().split('\n\n')
    sections.set(title, body)
    end = after.join('\n\n').trim()
  }
  return { sections, end }
}

/** By the first cell of a line. */
function mergeTables(before, now) {
  const lines = new Map(
    [before, now].flatMap((table) => table.split('\n')).map((line) => [keyOf(line), line]),
  )
  return [...lines.values()].join('\n')
}

function keyOf(line) {
  return line.split('|')[1].trim()
}
