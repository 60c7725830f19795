/** A schema and a name in it. */
export type Names = readonly [string, string]

/** What of the target a statement could set in motion: the answer to `escapeFactsQuery`. Each list is null where it is empty. */
export interface EscapeFacts {
  /** `search_path` as each file finds it. */
  readonly path?: string | null
  readonly user?: string
  readonly relations?: readonly [...Names, kind: string][] | null
  readonly owned?: readonly [...Names, ...Names][] | null
  readonly functions?:
    | readonly [...Names, language: string, definition: string | null, aggregates: readonly string[] | null][]
    | null
  readonly defaults?:
    | readonly [...Names, column: string, isGenerated: boolean, place: number, expression: string][]
    | null
  readonly domains?: readonly [...Names, expression: string][] | null
  readonly triggers?: readonly [...Names, trigger: string, events: number, ...Names][] | null
  readonly calls?: readonly [...Names, deeds: string, place: string, ...Names][] | null
  readonly domainCalls?: readonly [...Names, ...Names][] | null
  readonly columnDomains?: readonly [...Names, ...Names][] | null
  readonly rules?: readonly string[] | null
  readonly views?: readonly [...Names, below: readonly Names[]][] | null
  readonly definitions?: readonly [...Names, query: string][] | null
  readonly children?: readonly [...Names, ...Names][] | null
  readonly foreignKeys?:
    | readonly [...Names, ...Names, name: string, onDelete: string, onUpdate: string, truncates: boolean][]
    | null
  readonly foreign?: readonly [...Names, runsProgram: boolean | null][] | null
  readonly eventTriggers?:
    | readonly [name: string, event: string, tags: readonly string[] | null, ...Names][]
    | null
}
