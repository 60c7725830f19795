/** How PostgreSQL's own programs connect. Opened by `database/open-libpq.ts`. */
export interface ProgramAccess {
  /** All of it. Holds the password. */
  readonly environment: NodeJS.ProcessEnv
  /** Ends the program that it is told of, however this process ends. */
  readonly guard: { watch(pid: number): void; forget(): void }
}
