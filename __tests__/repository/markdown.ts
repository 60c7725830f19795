/** A fenced block of a Markdown text. */
export interface Block {
  /** The first word after the fence: `yaml`, `bash`, or empty. */
  readonly language: string
  readonly text: string
  /** 1-based line of its first line of text. */
  readonly line: number
}

/** The fenced blocks of a Markdown text, in order, without their fences' indentation. */
export function parseBlocks(markdown: string): Block[] {
  const blocks: Block[] = []
  const lines = markdown.split('\n')
  for (let at = 0; at < lines.length; at += 1) {
    const open = /^( *)(`{3,})(\S*)/.exec(lines[at] ?? '')
    if (!open) continue
    const [, indent = '', fence = '', language = ''] = open
    const start = at + 1
    at = lines.findIndex((line, index) => index >= start && line.trim() === fence)
    if (at < 0) throw new Error(`The block that begins in line ${start} has no end.`)
    const text = lines.slice(start, at).map((line) => line.slice(Math.min(indent.length, line.length)))
    blocks.push({ language, text: `${text.join('\n')}\n`, line: start + 1 })
  }
  return blocks
}

/** The text without its fenced blocks, which keep their lines as empty ones. */
export function withoutBlocks(markdown: string): string {
  return markdown.replace(/^( *)(`{3,}).*\n[\s\S]*?^ *\2 *$/gm, (block) => block.replace(/[^\n]/g, ''))
}

/** The rows of the first table under a heading, cells as written, without the head. */
export function parseTable(markdown: string, heading: string): string[][] {
  const section = new RegExp(`^#+ ${heading}$([\\s\\S]*?)(?=^#|$(?![\\s\\S]))`, 'm').exec(markdown)?.[1]
  if (section === undefined) throw new Error(`There is no heading ${heading}.`)
  return section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .slice(1, line.lastIndexOf('|'))
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    )
}

/** The anchors of a Markdown text: those that GitHub makes of headings, and those of its own. */
export function anchorsOf(markdown: string): Set<string> {
  const own = [...withoutBlocks(markdown).matchAll(/<a id="([^"]+)"><\/a>/g)].map(([, id = '']) => id)
  const headings = withoutBlocks(markdown).matchAll(/^#{1,6} +(.+?) *$/gm)
  const made = [...headings].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
  return new Set([...own, ...made])
}
