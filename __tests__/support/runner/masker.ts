/** The runner's list of secrets, with the spellings that it adds by itself to each. */
export interface Masker {
  /** Registers a value, and every line of one that has several. */
  readonly add: (value: string) => void
  /** Every spelling is replaced by `***`; where two overlap, one `***` stands for both. */
  readonly mask: (text: string) => string
  readonly values: () => readonly string[]
}

export function makeMasker(): Masker {
  const values = new Set<string>()
  const spellings = new Set<string>()
  const addOne = (value: string) => {
    if (value === '') return
    values.add(value)
    for (const spelling of encode(value)) if (spelling !== '') spellings.add(spelling)
  }
  return {
    add: (value) => {
      addOne(value)
      for (const line of value.split(/[\r\n]+/)) addOne(line.trim())
    },
    mask: (text) => maskSpans(text, findSpans(text, [...values, ...spellings])),
    values: () => [...values],
  }
}

/** The encoders of HostContext.cs. */
function encode(value: string): string[] {
  const bytes = Buffer.from(value, 'utf8')
  return [
    ...[0, 1, 2].map((shift) => bytes.subarray(bytes.length > shift ? shift : 0).toString('base64')),
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value.replace(/\p{Surrogate}/gu, '\ufffd')).replace(
      /[!'()*]/g,
      (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
    ),
    value
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&apos;'),
    value.replaceAll("'", "''"),
    value.replaceAll('"', '\\"'),
    value.length > 2 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : '',
  ]
}

type Span = readonly [start: number, end: number]

function findSpans(text: string, needles: readonly string[]): Span[] {
  const spans: Span[] = []
  for (const needle of needles) {
    for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
      spans.push([at, at + needle.length])
    }
  }
  return spans.sort((a, b) => a[0] - b[0])
}

function maskSpans(text: string, spans: readonly Span[]): string {
  let masked = ''
  let done = 0
  for (let index = 0; index < spans.length; ) {
    const [start, first] = spans[index] as Span
    let end = first
    for (index += 1; index < spans.length && (spans[index] as Span)[0] <= end; index += 1) {
      end = Math.max(end, (spans[index] as Span)[1])
    }
    masked += `${text.slice(done, start)}***`
    done = end
  }
  return masked + text.slice(done)
}
