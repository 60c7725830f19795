import { spawn } from 'node:child_process'
import { dirname } from 'node:path'

/** What git answered. */
export interface GitReply {
  /** Its exit code; -1 where it was killed. */
  readonly code: number
  readonly stdout: Buffer
  readonly stderr: string
}

/** Kills a git that does not come to an end, on a network drive say. */
const WITHIN_MS = 120_000
const MOST_ERROR = 10_000

/**
 * Runs git in a folder, to read. The repository may be a stranger's, its configuration included: nothing of it is run,
 * nothing is fetched, and git sees none of our variables that could hold a secret or name another repository.
 *
 * @param words arguments, none of them made of foreign text that could be taken for an option
 * @param onOutput takes the output in pieces, in place of `stdout`
 * @returns undefined where there is no git
 */
export async function loadGit(
  folder: string,
  words: readonly string[],
  { input = '', onOutput }: { readonly input?: string; readonly onOutput?: (chunk: Buffer) => void } = {},
): Promise<GitReply | undefined> {
  const chunks: Buffer[] = []
  let stderr = ''
  const child = spawn('git', [...ALWAYS, '-C', folder, ...words], {
    // Windows looks for programs in the current folder first.
    cwd: dirname(process.execPath),
    env: environment(),
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: WITHIN_MS,
    windowsHide: true,
  })
  child.stdout.on('data', onOutput ?? ((chunk: Buffer) => chunks.push(chunk)))
  child.stderr.on('data', (chunk: Buffer) => {
    if (stderr.length < MOST_ERROR) stderr += chunk.toString()
  })
  // It may have refused before it read.
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  return new Promise((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' || error.code === 'EACCES' ? resolve(undefined) : reject(error),
    )
    child.on('close', (code) => resolve({ code: code ?? -1, stdout: Buffer.concat(chunks), stderr }))
  })
}

const ALWAYS = ['--no-pager', '--literal-pathspecs', '--no-replace-objects', '-c', 'core.fsmonitor=false']

/** GIT_CONFIG_… is how a container says which folders are safe; others, as hooks set them, name another repository. */
const PASSED =
  /^(?:PATH|HOME|USERPROFILE|HOMEDRIVE|HOMEPATH|XDG_CONFIG_HOME|SYSTEMROOT|TEMP|TMP|TMPDIR|GIT_CONFIG_\w+|GIT_CEILING_DIRECTORIES|GIT_DISCOVERY_ACROSS_FILESYSTEM)$/i

function environment(): Record<string, string | undefined> {
  const passed = Object.entries(process.env).filter(([name]) => PASSED.test(name))
  return {
    ...Object.fromEntries(passed),
    // What it says is read.
    LC_ALL: 'C',
    // A partial clone would fetch what is missing, by programs that its configuration names.
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_NO_LAZY_FETCH: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
  }
}
