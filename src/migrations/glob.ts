/**
 * Whether a path relative to the migrations folder is excluded. `*` and `?` stop at `/`, `**` does not; all other
 * characters are themselves. As in `.gitignore`, a pattern without `/` is tried on the last part of the path, and a
 * folder that fits takes its contents with it (the caller asks for each folder on the way).
 */
export function makeExcluder(patterns: readonly string[]): (path: string) => boolean {
  const tests = patterns.map((pattern) => {
    const whole = pattern.replace(/\/$/, '').includes('/')
    return {
      tokens:
        pattern
          .replace(/^\.?\//, '')
          .replace(/\/$/, '')
          .match(/\*\*\/|\*+|./gsu) ?? [],
      whole,
    }
  })
  return (path) =>
    tests.some(({ tokens, whole }) => fits(tokens, whole ? path : path.slice(path.lastIndexOf('/') + 1)))
}

// One pass over the text with all the places in the pattern that may be reached: no pattern can make it slow. A half is
// the place within `**/`, which may stand for nothing only where it begins.
function fits(tokens: readonly string[], text: string): boolean {
  let places = arrive(tokens, [0])
  for (const character of text) {
    places = arrive(
      tokens,
      [...places].flatMap((place) => step(tokens, place, character)),
    )
  }
  return places.has(tokens.length)
}

function step(tokens: readonly string[], place: number, character: string): number[] {
  const token = tokens[Math.floor(place)]
  const next = Math.floor(place) + 1
  if (token === '**/') return character === '/' ? [next - 0.5, next] : [next - 0.5]
  if (token?.startsWith('**')) return [place]
  if (token === '*') return character === '/' ? [] : [place]
  return token === character || (token === '?' && character !== '/') ? [next] : []
}

function arrive(tokens: readonly string[], reached: readonly number[]): ReadonlySet<number> {
  const places = new Set(reached)
  for (const place of places) {
    if (tokens[place]?.startsWith('*')) places.add(place + 1)
  }
  return places
}
