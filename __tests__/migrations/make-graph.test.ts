import { describe, expect, it } from '@jest/globals'
import { makeGraph } from '../../src/migrations/make-graph.js'
import { aMigration } from '../support/builders.js'

describe('makeGraph', () => {
  it('shows what is declared, and every file', () => {
    const files = [
      aMigration({ name: '01_a.sql' }),
      aMigration({ name: '02_b.sql', dependsOn: ['1'] }),
      aMigration({ name: '03_c.sql', dependsOn: ['01', '02'] }),
      aMigration({ name: '04_d.sql' }),
    ]
    expect(makeGraph(files, 'dot')).toEqual({
      format: 'dot',
      names: ['01_a.sql', '02_b.sql', '03_c.sql', '04_d.sql'],
      edges: [
        { needed: 0, by: 1 },
        { needed: 0, by: 2 },
        { needed: 1, by: 2 },
      ],
    })
  })

  it('is empty for no files', () => {
    expect(makeGraph([], 'mermaid')).toEqual({ format: 'mermaid', names: [], edges: [] })
  })
})
