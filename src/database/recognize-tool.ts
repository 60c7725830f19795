/** Tracking tables of other tools that can stand under our table's name, by columns that only they have. */
const TOOLS: readonly {
  readonly tool: string
  readonly columns: readonly string[]
  readonly exact?: boolean
}[] = [
  { tool: 'the Supabase CLI', columns: ['version', 'statements'] },
  { tool: 'golang-migrate', columns: ['version', 'dirty'] },
  { tool: 'Ecto', columns: ['version', 'inserted_at'] },
  { tool: 'Flyway', columns: ['installed_rank', 'script'] },
  { tool: 'goose', columns: ['version_id', 'is_applied'] },
  { tool: 'Prisma', columns: ['migration_name', 'applied_steps_count'] },
  { tool: 'the eneas-os migration tracker', columns: ['version', 'checksum', 'executed_at', 'success'] },
  { tool: 'dbmate or Rails', columns: ['version'], exact: true },
]

/** @returns the name of the tool a table's columns belong to, where they tell */
export function recognizeTool(columns: readonly string[]): string | undefined {
  return TOOLS.find(
    (known) =>
      known.columns.every((column) => columns.includes(column)) &&
      (!known.exact || columns.length === known.columns.length),
  )?.tool
}
