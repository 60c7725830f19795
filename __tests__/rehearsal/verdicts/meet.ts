import type { Claim } from '../../../src/model/claim.js'
import type { EnvironmentClass } from '../../../src/model/environment-class.js'
import type { Finding, SuppressedFinding } from '../../../src/model/finding.js'
import type { Level } from '../../../src/model/judging.js'
import type { LockStrength, Measured, RelationSize } from '../../../src/model/measured.js'
import type { TransactionMode } from '../../../src/model/plan.js'
import type { RuleId } from '../../../src/model/rule-ids.js'
import { type Met, meetFacts } from '../../../src/rehearsal/verdicts/meet-facts.js'
import { renderBytes } from '../../../src/render/bytes.js'
import { renderDuration } from '../../../src/render/duration.js'
import { aFinding, aMeasured, aRehearsed } from '../../support/builders.js'

/** What a statement did, as a test tells it. */
export type Did = Partial<Omit<Measured, 'locks'>> & {
  readonly locks?: Readonly<Record<string, LockStrength>>
}

/** Statements of one file, each on the line of its number; findings on the line of theirs. */
export interface Scene {
  /** A file is a list of what its statements did. */
  readonly files?: readonly (readonly Did[])[]
  /** In place of files: the one statement of the one file. */
  readonly did?: Did
  readonly claims?: readonly Claim[]
  /** In place of claims. */
  readonly findings?: readonly Finding[]
  readonly suppressed?: readonly SuppressedFinding[]
  readonly unsaid?: readonly Finding[]
  readonly on?: 'target' | 'shadow'
  readonly wholeSchema?: boolean
  readonly class?: EnvironmentClass
  readonly levels?: Readonly<Partial<Record<RuleId, Level>>>
  readonly sizes?: Readonly<Record<string, number | null>>
  readonly rows?: number | null
  readonly bigTables?: readonly string[]
  readonly mode?: TransactionMode
  readonly together?: boolean
  /** Of each file. */
  readonly text?: string
}

/** On a shadow of production with its whole schema, 10 MB being large, unless overridden. */
export function meet(scene: Scene): Met {
  const { did = {}, files = [[did]], claims = ['rewrite'], on = 'shadow', mode = 'transaction' } = scene
  const sizes = Object.entries(scene.sizes ?? {}).map(
    ([relation, bytes]): RelationSize => ({ relation, bytes, rows: scene.rows ?? null }),
  )
  const rehearsal = files.map((statements, index) =>
    aRehearsed({ name: `0${index + 1}_file.sql`, measured: statements.map(measuredOf) }),
  )
  return meetFacts({
    findings: scene.findings ?? [aClaim(claims)],
    suppressed: scene.suppressed ?? [],
    unsaid: scene.unsaid ?? [],
    rehearsal,
    place: { kind: on },
    wholeSchema: scene.wholeSchema ?? true,
    modes: new Map(rehearsal.map(({ path }) => [path, mode])),
    texts: new Map(rehearsal.map(({ path }) => [path, scene.text ?? 'do $$ begin … end $$;'])),
    together: scene.together ?? false,
    judging: {
      class: scene.class ?? 'production',
      levels: new Map(Object.entries(scene.levels ?? {}) as [RuleId, Level][]),
    },
    scale: {
      sizes: new Map(sizes.map((size) => [size.relation, size])),
      largeBytes: 10 * 1024 * 1024,
      bigTables: scene.bigTables ?? [],
    },
    quantities: { bytes: renderBytes, duration: renderDuration },
  })
}

function measuredOf({ locks = {}, ...did }: Did, index: number): Measured {
  return aMeasured({
    statement: index + 1,
    position: lineAt(index + 1),
    text: 'alter table books …',
    durationMs: 2,
    locks: Object.entries(locks).map(([relation, mode]) => ({ relation, modes: [mode] })),
    rewritten: [],
    scanned: [],
    rows: [],
    created: [],
    dropped: [],
    heldBefore: [],
    ...did,
  })
}

function lineAt(line: number): Measured['position'] {
  return { line, column: 1, endLine: line, endColumn: 60 }
}

/** A warning that claims something of a part of the statement on a line of a file. */
export function aClaim(
  claims: readonly Claim[],
  line = 1,
  file = 1,
  overrides: Partial<Finding> = {},
): Finding {
  return aFinding({
    rule: 'change-column-type',
    severity: 'warning',
    file: `migrations/0${file}_file.sql`,
    position: { line, column: 19, endLine: line, endColumn: 40 },
    message: 'It rewrites the whole table.',
    help: 'Do otherwise.',
    claims,
    ...overrides,
  })
}

/** The one finding there was. */
export function verdictOn(scene: Scene): Finding {
  const [finding] = meet(scene).findings
  if (!finding) throw new Error('There is no finding.')
  return finding
}

export const MB = 1024 * 1024

/** What `int` to `bigint` does. */
export const REWRITE: Did = {
  locks: { 'public.books': 'AccessExclusive', 'public.books_pkey': 'AccessExclusive' },
  rewritten: ['public.books', 'public.books_pkey'],
  scanned: ['public.books'],
}

/** What `varchar(100)` to `varchar(200)` does. */
export const FREE: Did = { locks: { 'public.books': 'AccessExclusive' } }

/** What `CREATE INDEX` does. */
export const INDEX: Did = { locks: { 'public.books': 'Share' }, scanned: ['public.books'] }
