import { scanScript } from '../../../sql/scan-script.js'

/** A dump as statements. */
export interface ReadDump {
  readonly statements: readonly string[]
  /** What is not to be run on a shadow, and why; others may need it. */
  readonly left: readonly { readonly sql: string; readonly why: string }[]
  /** Statements that lead to other servers are left out as well: nothing needs what they make. */
  readonly leadsElsewhere: boolean
}

/**
 * Cuts a dump into statements. psql's own lines (`\\restrict`) are no part of it.
 *
 * @param isContained see `Shadow.isContained`
 */
export function readDump(text: string, isContained: boolean): ReadDump {
  const statements: string[] = []
  const left: { sql: string; why: string }[] = []
  let leadsElsewhere = false
  for (const item of scanScript(text)) {
    if (item.kind !== 'statement') continue
    const sql = text.slice(item.span.start, item.span.end).replace(/;$/, '')
    const head = sql.slice(0, HEAD)
    const why = isContained ? undefined : whyLeft(head, sql)
    // With its password a shadow would write to the server it leads to.
    if (/^(?:CREATE|ALTER|COMMENT ON) (?:USER MAPPING|SUBSCRIPTION)\b/i.test(head)) leadsElsewhere = true
    else if (item.copy) continue
    else if (why === undefined) statements.push(sql)
    else left.push({ sql, why })
  }
  return { statements, left, leadsElsewhere }
}

function whyLeft(head: string, sql: string): string | undefined {
  const extension = /^CREATE EXTENSION (?:IF NOT EXISTS )?"?([\w-]+)"?/i.exec(head)?.[1]
  if (extension !== undefined && REACHES_OUT.test(extension))
    return 'it could reach out of the database, to this machine'
  // An object's name may hold what an old pg_dump takes for the end of a comment.
  const isOfSchema = SCHEMA.test(head) || (/^(?:GRANT|REVOKE)\b/i.test(head) && /\bON\b/i.test(sql))
  return isOfSchema ? undefined : 'it is no part of a schema'
}

/** All that pg_dump writes for a schema. */
const SCHEMA =
  /^(?:(?:CREATE|ALTER) (?!(?:SYSTEM|ROLE|USER|GROUP|DATABASE|TABLESPACE)\b)|COMMENT ON |SET |SELECT pg_catalog\.set_config\()/i

const HEAD = 200

/** Untrusted languages, and modules that read files or connect elsewhere. */
const REACHES_OUT = /^(?:pl\w+u|file_fdw|adminpack|dblink|http|pg_net|plsh)$/
