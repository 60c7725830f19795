import { openLocalDatabase } from '../database/embedded/open-local-database.js'
import { listen } from '../host/listen.js'
import type { Config } from '../model/config.js'
import type { Inputs } from '../model/inputs.js'
import type { Problem } from '../model/problem.js'
import type { Report } from '../model/report.js'
import { UserError } from '../model/user-error.js'
import type { Gathered } from '../report/gathered.js'
import { makeReport } from '../report/make-report.js'
import { makeHandler } from './library/make-handler.js'
import { loadConfig } from './load-config.js'
import type { System } from './system.js'

const PATH = '/api/migrations'

/** The HTTP handler on this machine, until the process is asked to end. For local work: refused for class production. */
export async function serve(
  inputs: Inputs,
  system: System,
  onConfig: (config: Config) => Promise<void>,
): Promise<Report> {
  const startedAt = system.now()
  let config: Gathered['config'] = { ...UNKNOWN, environment: { name: inputs.given.environment ?? '' } }
  const tell = (more: Partial<Gathered>) =>
    makeReport({ config, startedAt, directory: '', ...more }, system.now())
  try {
    const whole = await loadConfig(inputs)
    config = whole
    await onConfig(whole)
    await serveUntilEnded(whole, inputs, system)
    return tell({ endedBy: String(system.signal?.reason ?? 'SIGTERM') })
  } catch (error) {
    if (error instanceof UserError) return tell({ problems: error.problems })
    throw error
  }
}

const UNKNOWN = { command: 'serve', dryRun: false, notes: [], redact: (text: string) => text } as const

async function serveUntilEnded(
  config: Config,
  { given, folder }: Inputs,
  { observe, signal = new AbortController().signal }: System,
): Promise<void> {
  const { environment, variableOf } = config
  const token = variableOf('INTERNAL_ADMIN_TOKEN')
  const refused = refuse(config, token, variableOf('NODE_ENV'))
  if (refused) throw new UserError([refused])
  config.hide([token ?? ''])
  const tell = (message: string) => observe({ kind: 'note', message })
  await using local =
    config.database === 'embedded' ? await openLocalDatabase(config.base, { onWait: tell }) : undefined
  const options = {
    databaseUrl: local?.url ?? (config.database as { url: string }).url,
    token,
    environment: environment.name,
    folder,
    ...(given.directory === undefined ? {} : { directory: given.directory }),
    ...(given.config === undefined ? {} : { config: given.config }),
  }
  const tlsCa = given['tls-ca']
  const handler = makeHandler(options, { signal, given: tlsCa === undefined ? {} : { 'tls-ca': tlsCa } })
  const { port, ended } = await openPort(handler, config.port, signal)
  tell(`Listening on http://127.0.0.1:${port}${PATH} for ${environment.name}. End it with Ctrl-C.`)
  await ended
}

function refuse(
  { environment }: Config,
  token: string | undefined,
  nodeEnv: string | undefined,
): Problem | undefined {
  const { name, requireApproval } = environment
  if (environment.class === 'production' || requireApproval)
    return {
      message: `serve is refused for ${name}, ${requireApproval ? 'where somebody has to approve' : 'which is of class production'}.`,
      help: 'Serve an environment of class development or staging, such as --env local.',
    }
  if (nodeEnv === 'production')
    return {
      message: 'serve is refused where NODE_ENV is production: each request would be.',
      help: 'Unset NODE_ENV, and name the environment: --env local.',
    }
  if (token === undefined)
    return {
      message: 'The variable INTERNAL_ADMIN_TOKEN is not set, so nobody would be let in.',
      help: 'Set it to a long random text, and send it as Authorization: Bearer.',
    }
  return undefined
}

async function openPort(
  handler: (request: Request) => Promise<Response>,
  port: number,
  signal: AbortSignal,
): ReturnType<typeof listen> {
  try {
    return await listen(handler, { port, path: PATH, signal })
  } catch (error) {
    const { code = 'unknown reason' } = error as NodeJS.ErrnoException
    const message = `Port ${port} of 127.0.0.1 can not be opened (${code}).`
    throw new UserError([{ message, help: 'Name another in the variable PORT; 0 takes any that is free.' }])
  }
}
