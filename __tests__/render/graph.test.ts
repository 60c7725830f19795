import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Graph } from '../../src/model/graph.js'
import { renderGraph } from '../../src/render/graph.js'
import { renderSummary } from '../../src/render/summary.js'
import { aReport } from '../support/builders.js'

const graphOf = (format: Graph['format'], names: readonly string[], edges: Graph['edges'] = []): Graph => ({
  format,
  names,
  edges,
})

const CHAIN = [{ needed: 0, by: 1 }]

describe('a graph as Mermaid', () => {
  it('leads from what is needed to what needs it, and shows what stands alone', () => {
    expect(renderGraph(graphOf('mermaid', ['01_a.sql', '02_b/up.sql', '03 c.sql'], CHAIN))).toBe(
      'flowchart TD\n  n0["01_a.sql"]\n  n1["02_b/up.sql"]\n  n2["03 c.sql"]\n  n0 --> n1\n',
    )
  })

  it('is nothing but nodes with plain labels and arrows, whatever the names are', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 5 }), (names) => {
        const lines = renderGraph(graphOf('mermaid', names)).split('\n').slice(1, -1)
        expect(lines).toHaveLength(names.length)
        for (const [index, line] of lines.entries())
          expect(line).toMatch(new RegExp(`^  n${index}\\["(?:[A-Za-z0-9_. /-]|#\\d+;)*"\\]$`))
      }),
    )
  })

  it('keeps every name apart', () => {
    expect(renderGraph(graphOf('mermaid', ['a"]; click n0 "x" --> é`#35;']))).toContain(
      'n0["a#34;#93;#59; click n0 #34;x#34; --#62; #233;#96;#35;35#59;"]',
    )
  })
})

describe('a graph as DOT', () => {
  it('leads from what is needed to what needs it', () => {
    expect(renderGraph(graphOf('dot', ['01_a.sql', '02_b.sql'], CHAIN))).toBe(
      'digraph migrations {\n  node [shape=box];\n  n0 [label="01_a.sql"];\n  n1 [label="02_b.sql"];\n  n0 -> n1;\n}\n',
    )
  })

  it('has a label a name, whatever the names are', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 5 }), (names) => {
        const lines = renderGraph(graphOf('dot', names)).split('\n').slice(2, -2)
        expect(lines).toHaveLength(names.length)
        for (const line of lines) expect(line).toMatch(/^ {2}n\d \[label="(?:[^"\\]|\\["\\])*"\];$/u)
      }),
    )
  })

  it('shows what Graphviz would take for escapes as it is', () => {
    expect(renderGraph(graphOf('dot', ['a\\N"b&lt;\n']))).toContain('label="a\\\\N\\"b&amp;lt;&#10;"')
  })
})

describe('the job summary', () => {
  const summaryOf = (graph: Graph) => renderSummary(aReport({ command: 'graph', status: 'valid', graph }))

  it('draws the graph', () => {
    const summary = summaryOf(graphOf('dot', ['01_a.sql', '02_b.sql'], CHAIN))
    expect(summary).toContain(
      '```mermaid\nflowchart TD\n  n0["01_a.sql"]\n  n1["02_b.sql"]\n  n0 --> n1\n```\n',
    )
    expect(summary).toContain('2 migrations, 1 declared dependency')
  })

  it('says so where GitHub would not draw it', () => {
    const names = Array.from({ length: 3000 }, (_, index) => `${index}_a_migration.sql`)
    const summary = summaryOf(graphOf('mermaid', names))
    expect(summary).not.toContain('```mermaid')
    expect(summary).toContain('`devflow db graph --format dot`')
  })
})
