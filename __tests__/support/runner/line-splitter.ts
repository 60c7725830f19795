/** Cuts a stream into lines as .NET's ReadLine does: at LF, CR and CRLF. `flush` gives a last line without an end. */
export interface LineSplitter {
  readonly push: (chunk: string) => void
  readonly flush: () => void
}

export function makeLineSplitter(take: (line: string) => void): LineSplitter {
  let rest = ''
  return {
    push: (chunk) => {
      const text = rest + chunk
      // A CR at the end may be half of a CRLF.
      const held = text.endsWith('\r') ? 1 : 0
      const lines = text.slice(0, text.length - held).split(/\r\n|\r|\n/)
      rest = (lines.pop() ?? '') + (held === 1 ? '\r' : '')
      for (const line of lines) take(line)
    },
    flush: () => {
      if (rest !== '') take(rest.replace(/\r$/, ''))
      rest = ''
    },
  }
}
