import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Report } from '../../src/model/report.js'
import { renderJunit } from '../../src/render/junit.js'
import { aDrift, aFinding, aReport, aRuleFinding, aSuppressedFinding } from '../support/builders.js'
import { aHostileReport } from '../support/hostile-report.js'
import { hostileText } from '../support/hostile-text.js'
import { parseXml } from '../support/parse-xml.js'
import { exampleReports } from './example-reports.js'

const suitesOf = (report: Report) => parseXml(renderJunit(report)).children

describe('the JUnit file', () => {
  it.each(Object.entries(exampleReports))(
    'of a run that is %s is XML, and red where the run is',
    (_, report) => {
      const { attributes, children } = parseXml(renderJunit(report))
      expect(attributes.failures === '0').toBe(report.exitCode === 0)
      const cases = children.flatMap((suite) => suite.children)
      expect(attributes.tests).toBe(String(cases.length))
      const failed = cases.filter(({ children: [inside] }) => inside?.name === 'failure')
      expect(attributes.failures).toBe(String(failed.length))
    },
  )

  it('is XML whatever others wrote, and makes no command in a log', () => {
    fc.assert(
      fc.property(fc.array(hostileText(), { minLength: 50, maxLength: 50 }), (values) => {
        let index = 0
        const text = renderJunit(aHostileReport(() => values[index++ % values.length] as string))
        expect(parseXml(text).name).toBe('testsuites')
        expect(text).not.toMatch(/^\s*::|##\[/m)
      }),
      { numRuns: 400 },
    )
  })

  it('has a suite for the run and one a file: errors fail, others pass with output, suppressed ones are skipped', () => {
    const findings = [aFinding({ file: 'a.sql' }), aRuleFinding({ file: 'a.sql' })]
    const suppressed = [aSuppressedFinding({ file: 'b.sql' })]
    const suites = suitesOf(
      aReport({ command: 'validate', status: 'invalid', exitCode: 1, findings, suppressed }),
    )
    expect(
      suites.map(({ attributes, children }) => [
        attributes.name,
        ...children.map((one) => [
          one.attributes.name,
          one.children[0]?.name,
          one.children[0]?.attributes.message,
        ]),
      ]),
    ).toEqual([
      ['devflow validate staging', ['run', 'failure', 'status invalid, exit code 1']],
      [
        'a.sql',
        ['syntax-error 4:8', 'failure', 'syntax error at or near "tabel".'],
        ['create-index-not-concurrent 3:1', 'system-out', undefined],
      ],
      ['b.sql', ['drop-table 4:8', 'skipped', 'Empty since March.']],
    ])
    expect(suites[1]?.children[1]?.children[0]?.text).toMatch(
      /^warning: `CREATE INDEX` on `orders` .*\ncreate index i on orders \(total\);\n\^\nWhy: .*\nWay out: /,
    )
  })

  it('fails for drift', () => {
    const [run] = suitesOf(aReport({ status: 'refused', exitCode: 1, drift: [aDrift()] }))
    expect(run?.children.map(({ attributes }) => attributes.name)).toEqual(['run', '01_users.sql'])
  })
})
