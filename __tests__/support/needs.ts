import { spawnSync } from 'node:child_process'
import { it } from '@jest/globals'

/** What a bare machine may lack. */
export type Need =
  | string
  /** A program of this major or newer. */
  | { readonly program: string; readonly atLeast: number }
  /** Anything else, looked for by the test. */
  | { readonly what: string; readonly isThere: boolean }

export interface Needing {
  /** Undefined when everything is there. */
  readonly missing: string | undefined
  /** Runs the test; or reports it as `NOT RUN`; or, with `DEVFLOW_TEST_ALL=1`, fails. */
  it(name: string, test: () => Promise<void> | void, timeout?: number): void
}

/** `needs('psql', { program: 'pg_dump', atLeast: 15 }).it('…', async () => { … })` */
export function needs(...wanted: readonly Need[]): Needing {
  const missing = wanted.map(whatIsMissing).find((sentence) => sentence !== undefined)
  if (missing === undefined) return { missing, it }
  if (process.env.DEVFLOW_TEST_ALL === '1') return { missing, it: (name) => failing(name, missing) }
  return { missing, it: (name, test) => it.skip(`NOT RUN: ${name} (${missing})`, test) }
}

function failing(name: string, missing: string): void {
  it(name, () => {
    throw new Error(`${missing}, and DEVFLOW_TEST_ALL=1 wants every test run`)
  })
}

function whatIsMissing(need: Need): string | undefined {
  if (typeof need === 'string') return isInstalled(need) ? undefined : `${need} is not installed`
  if ('what' in need) return need.isThere ? undefined : `${need.what} is not here`
  if (!isInstalled(need.program)) return `${need.program} is not installed`
  const major = majorOf(need.program)
  return major >= need.atLeast ? undefined : `${need.program} is ${major}, needed is ${need.atLeast}`
}

function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined
}

function majorOf(program: string): number {
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' })
  return Number.parseInt(/\d+/.exec(stdout)?.[0] ?? '', 10)
}
