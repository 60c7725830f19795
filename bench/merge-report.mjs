/**
 * A report with what another measured: line by line and column by column of the tables of the same title; what was not
 * measured this time stays.
 */
export function mergeReports(before, now) {
  const [old, fresh] = [parseReport(before), parseReport(now)]
  const sections = new Map(old.sections)
  for (const [title, body] of fresh.sections) {
    const known = sections.get(title)
    sections.set(title, known ? mergeTables(known, body) : body)
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

const RULE = 1

/** By the first cell of a line, and the name of a column: where several have one name, by which of them it is. */
function mergeTables(before, now) {
  const [old, fresh] = [parseTable(before), parseTable(now)]
  const columns = new Map([...old.columns, ...fresh.columns])
  const keys = new Set([...old.lines.keys(), ...fresh.lines.keys()])
  const cellOf = (key, column) => fresh.lines.get(key)?.get(column) ?? old.lines.get(key)?.get(column) ?? '–'
  const lines = [...keys].map((key) => [key, ...[...columns.keys()].map((column) => cellOf(key, column))])
  const rule = ['---', ...[...columns].map(() => '---:')]
  return [[fresh.corner, ...columns.values()], rule, ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

function parseTable(text) {
  const table = text.split('\n').map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  )
  const [[corner, ...names]] = table
  const ids = names.map(
    (name, index) => `${name} ${names.slice(0, index).filter((each) => each === name).length}`,
  )
  const lines = table
    .filter((_, index) => index > RULE)
    .map(([key, ...cells]) => [key, new Map(ids.map((id, index) => [id, cells[index]]))])
  return { corner, columns: new Map(ids.map((id, index) => [id, names[index]])), lines: new Map(lines) }
}
