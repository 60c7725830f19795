import type { Report } from '../model/report.js'
import type { Section } from './fit-sections.js'
import { renderMermaid } from './graph.js'

/** What GitHub's Mermaid draws; beyond that it shows an error. */
const MOST_CHARACTERS = 50_000
const MOST_EDGES = 500

/** The dependency graph as a picture, or why there is none. */
export function makeGraphSection({ graph }: Report): Section[] {
  if (graph === undefined) return []
  const text = renderMermaid(graph)
  const tooLarge = text.length > MOST_CHARACTERS || graph.edges.length > MOST_EDGES
  const head = tooLarge
    ? '\nThe dependency graph is too large to be drawn here; `devflow db graph --format dot` writes it for Graphviz.\n'
    : `\n\`\`\`mermaid\n${text}\`\`\`\n`
  return [{ rank: 3, head, items: [], tail: '', more: () => '' }]
}
