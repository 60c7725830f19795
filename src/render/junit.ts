import type { Finding, SuppressedFinding } from '../model/finding.js'
import type { Report } from '../model/report.js'
import { makeDriftText } from './drift-text.js'
import { makeFailures } from './failures.js'
import { makeFindingDetails } from './finding-details.js'
import { findingsBesideDrift, groupFindings } from './group-findings.js'
import { renderPlace } from './place.js'
import { xmlText } from './xml-text.js'

/**
 * The run as JUnit XML, which most CI servers show, ended by a line end. A suite for the run itself, then one a file:
 * an error is a failed test, a warning or a notice a passed one with output, what is suppressed a skipped one.
 */
export function renderJunit(report: Report): string {
  const suites = [runSuite(report), ...fileSuites(report)]
  const { tests, failures, skipped } = addUp(suites.flatMap(({ cases }) => cases))
  const time = seconds(report.durationMs)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="devflow-migrate" tests="${tests}" failures="${failures}" errors="0" skipped="${skipped}" time="${time}">`,
    ...suites.flatMap((suite) => renderSuite(suite, report.startedAt)),
    '</testsuites>\n',
  ].join('\n')
}

interface Suite {
  readonly name: string
  readonly cases: readonly Case[]
}

/** Foreign text. */
interface Case {
  readonly name: string
  readonly state: 'passed' | 'failed' | 'skipped'
  /** `syntax-error`; of what failed. */
  readonly type?: string
  readonly message?: string
  readonly text?: string
}

/** It fails where the run does, so that a red run is red without findings too. */
function runSuite(report: Report): Suite {
  const name = `devflow ${report.command} ${report.environment}`.trim()
  const troubles = [
    ...report.problems.map(({ message, help }) => failed('set-up', 'set-up', message, `Way out: ${help}`)),
    ...makeFailures(report).map(({ path, failure, during }) =>
      failed(
        renderPlace(path, failure.position),
        failure.code,
        `${during}: ${failure.message}`,
        failure.hint,
      ),
    ),
    ...report.drift.map((drift) => {
      const { message, help } = makeDriftText(drift, (foreign) => foreign)
      return failed(drift.name ?? drift.recordedName, 'checksum-drift', message, `Way out: ${help}`)
    }),
  ]
  const verdict: Case =
    report.exitCode === 0
      ? { name: 'run', state: 'passed' }
      : failed('run', 'verdict', `status ${report.status}, exit code ${report.exitCode}`)
  return { name, cases: [verdict, ...troubles] }
}

function failed(name: string, type: string, message: string, text = ''): Case {
  return { name, state: 'failed', type, message, text }
}

function fileSuites(report: Report): Suite[] {
  const all: readonly (Finding | SuppressedFinding)[] = [...findingsBesideDrift(report), ...report.suppressed]
  return groupFindings(all).map(({ file, findings }) => ({
    name: file ?? (report.directory || 'target'),
    cases: findings.map((finding) => findingCase(finding, report.actor)),
  }))
}

function findingCase(finding: Finding | SuppressedFinding, actor: string | undefined): Case {
  const { rule, severity, position, message, excerpt } = finding
  const name = position === undefined ? rule : `${rule} ${position.line}:${position.column}`
  if ('reason' in finding) return { name, state: 'skipped', message: finding.reason, text: message }
  const details = makeFindingDetails(finding, { actor }).map(({ label, text }) => `${label}: ${text}`)
  const text = [...(excerpt === undefined ? [] : [excerpt]), ...details].join('\n')
  if (severity === 'error') return failed(name, rule, message, text)
  return { name, state: 'passed', text: `${severity}: ${message}\n${text}` }
}

function addUp(cases: readonly Case[]): { tests: number; failures: number; skipped: number } {
  const count = (state: Case['state']) => cases.filter((one) => one.state === state).length
  return { tests: cases.length, failures: count('failed'), skipped: count('skipped') }
}

function renderSuite({ name, cases }: Suite, timestamp: string): string[] {
  const { tests, failures, skipped } = addUp(cases)
  const counts = `tests="${tests}" failures="${failures}" errors="0" skipped="${skipped}"`
  return [
    `  <testsuite name="${xmlText(name)}" ${counts} time="0" timestamp="${xmlText(timestamp)}">`,
    ...cases.map((one) => renderCase(one, name)),
    '  </testsuite>',
  ]
}

function renderCase({ name, state, type = '', message = '', text = '' }: Case, suite: string): string {
  const head = `    <testcase name="${xmlText(name)}" classname="${xmlText(suite)}" time="0">`
  const end = '</testcase>'
  if (state === 'failed') {
    return `${head}<failure type="${xmlText(type)}" message="${xmlText(message)}">${xmlText(text, 8000)}</failure>${end}`
  }
  if (state === 'skipped') return `${head}<skipped message="${xmlText(message)}"/>${end}`
  return text === '' ? `${head}${end}` : `${head}<system-out>${xmlText(text, 8000)}</system-out>${end}`
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3)
}
