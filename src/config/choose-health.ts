import type { Config } from '../model/config.js'
import type { HealthCheck, HealthSubject, HealthTable } from '../model/health.js'
import type { EnvironmentSettings } from './choose-environment.js'
import { variable } from './given.js'
import type { HealthCheckSettings } from './health-schema.js'
import { checksHealth, healthSettings, healthVariables } from './health-variables.js'
import { parseDuration } from './parse-duration.js'
import { parseSize } from './parse-size.js'
import type { Sources } from './sources.js'

const TIMEOUT_MS = 10_000
const RETRIES = 2

/** The health checks of an environment. A variable that one reads and that is not set is a mistake: nobody finds out afterwards. */
export function chooseHealth(settings: EnvironmentSettings, sources: Sources): Pick<Config, 'health'> {
  const { before, after } = healthSettings(settings, sources)
  if (before.length + after.length === 0 || !checksHealth(sources)) return {}
  reportMissing(settings, sources)
  return { health: { before: before.map(asCheck), after: after.map(asCheck) } }
}

function reportMissing(settings: EnvironmentSettings, sources: Sources): void {
  const { inputs, file, ledger, notProvided } = sources
  const missing = healthVariables(settings, sources).filter((name) => !variable(inputs, name))
  for (const name of missing) {
    const why = notProvided?.get(name)
    // It was asked for, and what came of it is told.
    if (why === '') continue
    ledger.problems.push({
      message: `A health check of ${file?.name} reads the variable ${name}, which is not set, or empty.${why ? ` ${file?.name}: ${why}.` : ''}`,
      help: `Set ${name}, in a workflow from a secret: env: ${name}: \${{ secrets.${name} }}.`,
    })
  }
}

function asCheck(given: HealthCheckSettings): HealthCheck {
  const subject = subjectOf(given)
  return {
    ...subject,
    label: given.name ?? labelOf(subject),
    timeoutMs: durationOf(given.timeout, TIMEOUT_MS) || TIMEOUT_MS,
    retries: given.retries ?? RETRIES,
  }
}

function subjectOf(given: HealthCheckSettings): HealthSubject {
  const { tables, rls, sql, http, status, body, headers = {}, supabase } = given
  if (tables !== undefined) return { kind: 'tables', tables: tables.map(asTable) }
  if (rls !== undefined) return { kind: 'rls', tables: rls.map(asTable) }
  if (sql !== undefined) return { kind: 'sql', sql }
  if (supabase !== undefined) return { kind: 'supabase', keyVariable: supabase }
  if (http !== undefined)
    return {
      kind: 'http',
      url: http,
      headers,
      ...(status === undefined ? {} : { status }),
      ...(body === undefined ? {} : { body }),
    }
  return measureOf(given)
}

function measureOf(given: HealthCheckSettings): HealthSubject {
  const { 'replication-lag': lag, 'long-transactions': long, 'free-space': free, disk } = given
  if (lag !== undefined) return { kind: 'replication-lag', mostMs: durationOf(lag, 0) }
  if (long !== undefined) return { kind: 'long-transactions', mostMs: durationOf(long, 0) }
  if (free === undefined) return { kind: 'connectivity' }
  const diskBytes = disk === undefined ? undefined : parseSize(disk)
  return {
    kind: 'free-space',
    leastBytes: parseSize(free) ?? 0,
    ...(diskBytes === undefined ? {} : { diskBytes }),
  }
}

function durationOf(value: string | number | undefined, otherwise: number): number {
  return value === undefined ? otherwise : (parseDuration(String(value)) ?? otherwise)
}

function asTable(text: string): HealthTable {
  const dot = text.indexOf('.')
  return dot < 0 ? { name: text } : { schema: text.slice(0, dot), name: text.slice(dot + 1) }
}

const LONGEST_LABEL = 80

function labelOf(subject: HealthSubject): string {
  switch (subject.kind) {
    case 'tables':
    case 'rls':
      return cut(
        `${subject.kind} ${subject.tables.map(({ schema, name }) => (schema ? `${schema}.${name}` : name)).join(', ')}`,
      )
    case 'sql':
      return cut(subject.sql.replace(/\s+/g, ' ').trim())
    case 'http':
      // A token can stand in a query, a password before the host.
      return cut((subject.url.split(/[?#]/, 1)[0] ?? '').replace(/^(https?:\/\/)[^/]*@/, '$1'))
    case 'supabase':
      return 'the REST API of Supabase'
    default:
      return subject.kind
  }
}

function cut(text: string): string {
  return text.length > LONGEST_LABEL ? `${text.slice(0, LONGEST_LABEL - 1)}…` : text
}
