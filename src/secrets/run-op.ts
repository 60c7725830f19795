import { spawn } from 'node:child_process'
import { delimiter, isAbsolute } from 'node:path'

type Variables = Readonly<Record<string, string | undefined>>

/** What `op` said; or why it said nothing. */
export type OpSaid =
  | { readonly code: number | null; readonly output: string; readonly error: string }
  | { readonly broken: 'missing' | 'time' | 'large' | 'other'; readonly detail: string }

const WITHIN_MS = 30_000
const LARGEST = 1024 * 1024

/**
 * Runs 1Password's command line. It gets nothing of this process's environment but what it needs: no database URL, and no
 * token of others. Never throws.
 */
export function runOp(args: readonly string[], variables: Variables, withinMs = WITHIN_MS): Promise<OpSaid> {
  const child = spawn('op', args, {
    env: environmentOf(variables),
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  })
  let late = false
  // Node's own would go on where there is no program, and keep the process.
  const timer = setTimeout(() => {
    late = true
    child.kill('SIGKILL')
    // What it has started may hold them open.
    child.stdout.destroy()
    child.stderr.destroy()
  }, withinMs)
  return new Promise((resolve) => {
    const output: Buffer[] = []
    let bytes = 0
    let error = ''
    child.stdout.on('data', (data: Buffer) => {
      output.push(data)
      bytes += data.length
      if (bytes > LARGEST) child.kill('SIGKILL')
    })
    child.stderr.on('data', (data: Buffer) => {
      error = (error + data.toString('utf8')).slice(0, 4_000)
    })
    child.on('error', ({ code }: NodeJS.ErrnoException) => {
      clearTimeout(timer)
      const missing = code === 'ENOENT' || code === 'EACCES'
      resolve({ broken: missing ? 'missing' : 'other', detail: code ?? 'it could not be started' })
    })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      if (bytes > LARGEST) resolve({ broken: 'large', detail: `${LARGEST} bytes` })
      else if (late) resolve({ broken: 'time', detail: `${withinMs / 1000} s` })
      else if (signal !== null) resolve({ broken: 'other', detail: `it was ended by ${signal}` })
      else
        resolve({
          code,
          output: Buffer.concat(output).toString('utf8'),
          error: withoutToken(error, variables),
        })
    })
  })
}

function withoutToken(text: string, { OP_SERVICE_ACCOUNT_TOKEN: token }: Variables): string {
  return token ? text.replaceAll(token, '***') : text
}

/** Where its settings lie, how it gets out, who it is. Not those that would change how it answers (`OP_FORMAT`). */
const HANDED_ON = [
  ...['HOME', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA', 'SYSTEMROOT', 'TMPDIR', 'TEMP', 'TMP'],
  ...['XDG_CONFIG_HOME', 'XDG_RUNTIME_DIR', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
  ...['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY', 'no_proxy', 'NO_PROXY'],
  'OP_SERVICE_ACCOUNT_TOKEN',
]

function environmentOf(variables: Variables): NodeJS.ProcessEnv {
  const handed = HANDED_ON.flatMap((name) => {
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined
    return value === undefined ? [] : [[name, value] as const]
  })
  // A folder that is named from where this runs may be a stranger's checkout, and what is found there would get the token.
  const path = (variables.PATH ?? '').split(delimiter).filter((folder) => isAbsolute(folder))
  // It would leave a process behind that keeps what it was told.
  return {
    ...Object.fromEntries(handed),
    PATH: path.join(delimiter),
    LC_ALL: 'C',
    OP_CACHE: 'false',
    OP_BIOMETRIC_UNLOCK_ENABLED: 'false',
  }
}
