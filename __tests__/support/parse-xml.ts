/** An element of an XML document. */
export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Element[]
  readonly text: string
}

/**
 * Reads an XML 1.0 document as strictly as a parser must: every element closed in turn, attributes in quotes and once,
 * no bare `<` or `&`, and no character that XML forbids. Knows elements, attributes, text and references; that is all.
 *
 * @throws Error at the first thing that is none of these
 */
export function parseXml(document: string): Element {
  if (FORBIDDEN.test(document)) throw new Error('It holds a character that XML forbids.')
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n'
  if (!document.startsWith(head)) throw new Error('It does not begin as XML.')
  const { element, end } = readElement(document, head.length)
  if (document.slice(end).trim() !== '') throw new Error('Something follows the root.')
  return element
}

const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u
const OPEN = /<([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>/y

function readElement(document: string, start: number): { element: Element; end: number } {
  const [tag, name = '', written = '', closed] = matchAt(OPEN, document, start)
  const attributes = readAttributes(written)
  let at = start + tag.length
  if (closed === '/') return { element: { name, attributes, children: [], text: '' }, end: at }
  const children: Element[] = []
  let text = ''
  for (;;) {
    const [run] = matchAt(/[^<]*/y, document, at)
    text += readReferences(run)
    at += run.length
    if (document.startsWith('</', at)) {
      const [end] = matchAt(/<\/[a-z-]+>/y, document, at)
      if (end !== `</${name}>`) throw new Error(`${end} ends <${name}>.`)
      return { element: { name, attributes, children, text }, end: at + end.length }
    }
    const child = readElement(document, at)
    children.push(child.element)
    at = child.end
  }
}

function matchAt(pattern: RegExp, document: string, at: number): RegExpExecArray {
  pattern.lastIndex = at
  const found = pattern.exec(document)
  if (!found) throw new Error(`Nothing known at ${at}: ${document.slice(at, at + 40)}`)
  return found
}

function readAttributes(written: string): Record<string, string> {
  const attributes: Record<string, string> = {}
  for (const [, name = '', value = ''] of written.matchAll(/ ([a-z]+)="([^"]*)"/g)) {
    if (name in attributes) throw new Error(`The attribute ${name} is there twice.`)
    attributes[name] = readReferences(value)
  }
  return attributes
}

function readReferences(text: string): string {
  return text.replace(/&(?:#(\d+);)?/g, (whole, code: string | undefined) => {
    if (code === undefined) throw new Error(`A bare ${whole}.`)
    return String.fromCodePoint(Number(code))
  })
}
