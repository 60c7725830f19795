/** All figures of several runs, each with the number of its run, from 1. The runs are as `addRun` gives them. */
export function openBook(runs) {
  const cells = (section) =>
    runs.flatMap(({ figures }, index) =>
      Object.entries(figures[section] ?? {}).flatMap(([line, columns]) =>
        Object.entries(columns).map(([column, figure]) => ({ line, column, figure, run: index + 1 })),
      ),
    )
  return {
    cell: (section, line, column) =>
      cells(section).find((cell) => cell.line === line && cell.column === String(column)),
    cells,
    lines: (section) => unique(cells(section).map(({ line }) => line)),
    /** The columns that are numbers by their size, behind them the others. */
    columns: (section) => unique(cells(section).map(({ column }) => column)).sort(bySize),
    /** Sections of one kind, such as all of `far 20` and `far 50`: what is behind the word. */
    kinds: (word) =>
      unique(runs.flatMap(({ figures }) => Object.keys(figures)))
        .filter((section) => section.startsWith(`${word} `) && isNumber(section.slice(word.length + 1)))
        .map((section) => section.slice(word.length + 1))
        .sort(bySize),
  }
}

const unique = (values) => [...new Set(values)]
const isNumber = (text) => /^\d+$/.test(text)
const bySize = (one, other) =>
  isNumber(one) && isNumber(other)
    ? Number(one) - Number(other)
    : Number(isNumber(other)) - Number(isNumber(one))
