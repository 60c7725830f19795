import type { RunnableMigration, RunnableStatement } from '../model/plan.js'

/** What the `COPY … FROM STDIN` among statements of a migration read, in order: lines as the file has them. */
export function copiesOf(
  { file }: Pick<RunnableMigration, 'file'>,
  statements: readonly RunnableStatement[],
): string[] {
  return statements.flatMap(({ copyData }) =>
    copyData ? [file.text.slice(copyData.start, copyData.end)] : [],
  )
}
