import type { Graph } from '../model/graph.js'

/** A dependency graph as Mermaid or DOT text, arrows leading from what is needed. Ends with a line end. */
export function renderGraph(graph: Graph): string {
  return graph.format === 'dot' ? renderDot(graph) : renderMermaid(graph)
}

/** https://mermaid.js.org/syntax/flowchart.html */
export function renderMermaid({ names, edges }: Graph): string {
  const nodes = names.map((name, index) => `  n${index}["${mermaidText(name)}"]\n`)
  const arrows = edges.map(({ needed, by }) => `  n${needed} --> n${by}\n`)
  return `flowchart TD\n${nodes.join('')}${arrows.join('')}`
}

/** Names are foreign: whatever could end the label, begin markup or link somewhere is written as its code. */
function mermaidText(name: string): string {
  return name.replace(/[^A-Za-z0-9_. /-]/gu, (character) => `#${character.codePointAt(0)};`)
}

/** https://graphviz.org/doc/info/lang.html */
function renderDot({ names, edges }: Graph): string {
  const nodes = names.map((name, index) => `  n${index} [label="${dotText(name)}"];\n`)
  const arrows = edges.map(({ needed, by }) => `  n${needed} -> n${by};\n`)
  return `digraph migrations {\n  node [shape=box];\n${nodes.join('')}${arrows.join('')}}\n`
}

/** In a label a backslash begins an escape and `&` an entity. */
function dotText(name: string): string {
  return name
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('&', '&amp;')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => `&#${character.codePointAt(0)};`)
}
