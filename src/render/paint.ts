export type Colour = 'red' | 'green' | 'yellow' | 'cyan' | 'dim' | 'bold'

export type Paint = (colour: Colour, text: string) => string

const codes: Readonly<Record<Colour, readonly [number, number]>> = {
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
  dim: [2, 22],
  bold: [1, 22],
}

/** Colours text for a terminal, or leaves it as it is. */
export function makePaint(color: boolean): Paint {
  if (!color) return (_, text) => text
  return (colour, text) => `\u001b[${codes[colour][0]}m${text}\u001b[${codes[colour][1]}m`
}
