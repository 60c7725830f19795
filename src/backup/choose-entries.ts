/** An archive's list in two parts, and what is in neither. */
export interface ChosenEntries {
  /** Schemas, extensions, foreign servers: only a superuser may make some of them. They run nothing of the database's own. */
  readonly first: string
  readonly rest: string
  /** Kinds that are in neither, because only a superuser may make them. */
  readonly leftOut: readonly string[]
}

const FIRST = ['SCHEMA', 'EXTENSION', 'FOREIGN DATA WRAPPER', 'SERVER']
const LEFT_OUT: Readonly<Record<string, string>> = {
  'EVENT TRIGGER': 'event trigger',
  PUBLICATION: 'publication',
  'PUBLICATION TABLE': 'publication',
  'PUBLICATION TABLES IN SCHEMA': 'publication',
  SUBSCRIPTION: 'subscription',
  'SUBSCRIPTION TABLE': 'subscription',
  'USER MAPPING': 'user mapping',
}

/** What is not restored either where rows are missing that it would be checked against. */
const NEEDS_ROWS: Readonly<Record<string, string>> = { 'FK CONSTRAINT': 'constraint' }

/**
 * Cuts the list of an archive for a restore by a role that is no superuser; or, with `all`, only for one that has not the
 * rows of every table.
 *
 * @param list what `pg_restore --list` prints
 */
export function chooseEntries(
  list: string,
  { hasAllRows, all = false }: { readonly hasAllRows: boolean; readonly all?: boolean },
): ChosenEntries {
  const not = { ...(all ? {} : LEFT_OUT), ...(hasAllRows ? {} : NEEDS_ROWS) }
  const first: string[] = []
  const rest: string[] = []
  const leftOut = new Set<string>()
  for (const line of list.split('\n')) {
    const kind = kindOf(line)
    if (kind === undefined) continue
    const left = about(line, kind, not)
    if (left !== undefined) leftOut.add(left)
    else if (!all && kind === 'COMMENT' && OF_OTHERS.test(line)) continue
    else if (FIRST.includes(kind)) first.push(line)
    else rest.push(line)
  }
  return { first: `${first.join('\n')}\n`, rest: `${rest.join('\n')}\n`, leftOut: [...leftOut] }
}

/** Only who owns them may comment on them. */
const OF_OTHERS = / - (?:EXTENSION|FOREIGN DATA WRAPPER|SERVER) /

/** A comment goes with what it is on. */
function about(line: string, kind: string, not: Readonly<Record<string, string>>): string | undefined {
  if (Object.hasOwn(not, kind)) return not[kind]
  const on = Object.keys(not).find(
    (each) => kind === 'COMMENT' && line.includes(` ${COMMENTED[each] ?? each} `),
  )
  return on === undefined ? undefined : not[on]
}

/** What comments call it. */
const COMMENTED: Readonly<Record<string, string>> = { 'FK CONSTRAINT': 'CONSTRAINT' }

const ENTRY = /^\d+; \d+ \d+ /
const KINDS = /^(?:[A-Z]+(?: (?:IN )?[A-Z]+)*)/

/** `3456; 0 16390 TABLE DATA public books ada`: capitals up to the schema, which is `-` where there is none. */
function kindOf(line: string): string | undefined {
  const found = ENTRY.exec(line)
  if (!found) return undefined
  const said = KINDS.exec(line.slice(found[0].length))?.[0] ?? ''
  return (
    [...Object.keys(LEFT_OUT), ...Object.keys(NEEDS_ROWS)].find(
      (kind) => said === kind || said.startsWith(`${kind} `),
    ) ?? said
  )
}
