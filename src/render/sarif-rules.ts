import type { Level } from '../model/judging.js'
import type { Report } from '../model/report.js'
import type { RuleDoc } from '../model/rule-doc.js'
import { makeCheckDoc } from './checks.js'
import { docsLink } from './docs-link.js'
import { cutText } from './foreign-text.js'
import type { SarifResult } from './sarif-results.js'
import { sarifText } from './sarif-text.js'

/** A rule as code scanning wants it. */
export interface SarifRule {
  readonly id: string
  readonly name: string
  readonly shortDescription: { readonly text: string }
  readonly fullDescription: { readonly text: string }
  readonly help: { readonly text: string; readonly markdown: string }
  readonly helpUri: string
  readonly defaultConfiguration: { readonly level: 'error' | 'warning' | 'note' }
  readonly properties: object
}

/** GitHub cuts a description that is longer. */
const LONGEST = 1000

/** The rules that results name, each once, in the order in which results name them first. */
export function makeSarifRules(report: Report, results: readonly SarifResult[]): SarifRule[] {
  const docs = new Map(report.rules.map((doc) => [sarifText(doc.id), doc]))
  const first = new Map<string, SarifResult>()
  for (const result of results) if (!first.has(result.ruleId)) first.set(result.ruleId, result)
  return [...first].map(([id, { level }]) => makeRule(id, docs.get(id) ?? makeCheckDoc(id), level))
}

function makeRule(id: string, doc: RuleDoc | undefined, worst: SarifResult['level']): SarifRule {
  const { title = id, why = '', instead = '' } = doc ?? {}
  const level = doc === undefined || doc.group === 'files' ? worst : levelOf(doc.levels.production)
  const link = docsLink(id)
  return {
    id,
    name: inPascalCase(id),
    shortDescription: describe(title),
    fullDescription: describe(why || title),
    help: {
      text: sarifText([withoutCode(why), instead, link].filter(Boolean).join('\n\n')),
      markdown: [why, instead, `[Documentation](${link})`].filter(Boolean).join('\n\n'),
    },
    helpUri: link,
    defaultConfiguration: { level },
    properties: makeProperties(doc, level),
  }
}

function describe(markdown: string): { text: string } {
  return { text: sarifText(cutText(withoutCode(markdown), LONGEST)) || 'No description.' }
}

function levelOf(level: Level): SarifRule['defaultConfiguration']['level'] {
  if (level === 'warn') return 'warning'
  return level === 'notice' || level === 'off' ? 'note' : 'error'
}

function makeProperties(doc: RuleDoc | undefined, level: SarifResult['level']): object {
  const group = doc?.group ?? 'files'
  const isSecurity = group === 'security' || group === 'rls'
  return {
    tags: ['postgresql', 'migration', group, ...(isSecurity && group !== 'security' ? ['security'] : [])],
    precision: 'high',
    'problem.severity': level === 'note' ? 'recommendation' : level,
    ...(isSecurity && doc ? { 'security-severity': severityOf(doc.levels.production) } : {}),
  }
}

/** On GitHub's scale: above 9 critical, from 7 high, from 4 medium. */
function severityOf(level: Level): string {
  if (level === 'never') return '9.5'
  if (level === 'block' || level === 'force') return '8.0'
  return level === 'warn' ? '5.5' : '3.0'
}

function withoutCode(markdown: string): string {
  return markdown.replaceAll('`', '')
}

function inPascalCase(id: string): string {
  return id.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
