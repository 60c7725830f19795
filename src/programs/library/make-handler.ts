import type { Config } from '../../model/config.js'
import type { Problem } from '../../model/problem.js'
import type { Report } from '../../model/report.js'
import { UserError } from '../../model/user-error.js'
import { renderJson } from '../../render/json.js'
import { answerError, answerText } from './answer.js'
import type { HandlerCommand } from './handler-command.js'
import { type Authorize, isAllowed } from './is-allowed.js'
import { isAnswer, readAsked } from './read-asked.js'
import { type Place, type Quietly, runQuietly } from './run-quietly.js'

const COMMANDS: readonly HandlerCommand[] = ['status', 'dry-run', 'migrate']

export type { HandlerCommand }

export interface HandlerOptions extends Omit<Place, 'databaseUrl'> {
  /** Never taken from a request. */
  readonly databaseUrl: string | undefined
  /** What may be asked for. Default: all three. */
  readonly commands?: readonly HandlerCommand[]
  /** `Authorization: Bearer <token>` lets a request in. An empty or absent one lets nobody in. */
  readonly token?: string | undefined
  /** Instead of a token: whether a request is let in. An error thrown lets it not in. */
  readonly authorize?: (request: Request) => boolean | Promise<boolean>
}

/** What `serve` hands on to each run. */
interface Serving {
  /** Asks what is under way to end. */
  readonly signal?: AbortSignal
  readonly given?: Quietly['given']
}

/** See `createHandler` in `index.ts`. */
export function makeHandler(
  options: HandlerOptions,
  serving: Serving = {},
): (request: Request) => Promise<Response> {
  const { commands = COMMANDS, token, authorize } = options
  checkOptions(options)
  const lets: Authorize = authorize ?? ((request) => isAllowed(request, token))
  const running: Running = {}
  return async (request) => {
    const shut = whyShut(options)
    if (shut !== undefined) return answerError(403, shut.message, shut.help)
    // Who authorizes may read the body too, to check a signature.
    const own = authorize === undefined || request.bodyUsed ? request : request.clone()
    if (!(await letsIn(lets, request))) return refuseStranger()
    const asked = await readAsked(own)
    if (isAnswer(asked)) return asked
    if (!commands.includes(asked)) return refuseCommand(asked, commands)
    return oneAtATime(running, asked, () => carryOut(placeOf(options), asked, serving))
  }
}

function checkOptions({
  commands = [],
  token,
  authorize,
}: Pick<HandlerOptions, 'commands' | 'token' | 'authorize'>): void {
  if (token !== undefined && authorize !== undefined)
    throw new TypeError('createHandler takes a token or authorize, not both.')
  const unknown = commands.find((command) => !COMMANDS.includes(command))
  if (unknown !== undefined)
    throw new TypeError(`createHandler can allow ${COMMANDS.join(', ')}, and not ${String(unknown)}.`)
}

function whyShut({ token, authorize, databaseUrl }: HandlerOptions): Problem | undefined {
  if (process.env.NODE_ENV === 'production')
    return { message: 'Migrations over HTTP are refused where NODE_ENV is production.', help: IN_A_JOB }
  if (authorize === undefined && !token)
    return {
      message: 'No token is configured, so nobody is let in.',
      help: 'Give createHandler a token, such as process.env.INTERNAL_ADMIN_TOKEN.',
    }
  if (!databaseUrl?.trim())
    return { message: 'No database is configured.', help: 'Give createHandler a databaseUrl.' }
  return undefined
}

function placeOf({ databaseUrl, environment, directory, config, folder }: HandlerOptions): Place {
  return {
    ...(databaseUrl ? { databaseUrl } : {}),
    ...(environment === undefined ? {} : { environment }),
    ...(directory === undefined ? {} : { directory }),
    ...(config === undefined ? {} : { config }),
    ...(folder === undefined ? {} : { folder }),
  }
}

const IN_A_JOB = 'Apply migrations to production from a workflow that somebody approves.'

async function letsIn(authorize: Authorize, request: Request): Promise<boolean> {
  try {
    return (await authorize(request)) === true
  } catch {
    return false
  }
}

function refuseStranger(): Response {
  const answer = answerError(
    401,
    'The request is not authorized.',
    'Send Authorization: Bearer and the token.',
  )
  answer.headers.set('www-authenticate', 'Bearer')
  return answer
}

function refuseCommand(asked: HandlerCommand, commands: readonly HandlerCommand[]): Response {
  return answerError(403, `${asked} is not allowed here.`, `Allowed: ${commands.join(', ') || 'nothing'}.`)
}

/** What is under way in this process, if anything is. */
interface Running {
  now?: { readonly command: HandlerCommand; readonly since: Date }
}

/** Runs beside one another are held apart by the database; this answers without asking it. */
async function oneAtATime(
  running: Running,
  command: HandlerCommand,
  work: () => Promise<Response>,
): Promise<Response> {
  if (command === 'status') return work()
  if (running.now) {
    const { command: other, since } = running.now
    return answerError(
      409,
      `${other} is under way since ${since.toISOString()}.`,
      'Ask again when it has ended.',
    )
  }
  running.now = { command, since: new Date() }
  try {
    return await work()
  } finally {
    delete running.now
  }
}

async function carryOut(place: Place, command: HandlerCommand, serving: Serving): Promise<Response> {
  const production: { refused?: true } = {}
  const given = { ...serving.given, ...(command === 'status' ? {} : { 'lock-wait': '0' }) }
  const onConfig = async (config: Config) => {
    if (!isProduction(config)) return
    production.refused = true
    throw new UserError([{ message: refusedClass(config), help: IN_A_JOB }])
  }
  const report = await runQuietly(place, command, { ...serving, given, onConfig })
  return answerText(production.refused ? 403 : statusOf(report), renderJson(report))
}

function isProduction({ environment }: Config): boolean {
  return environment.class === 'production' || environment.requireApproval
}

function refusedClass({ environment }: Config): string {
  const why = environment.class === 'production' ? 'is of class production' : 'requires an approval'
  return `Migrations over HTTP are refused: the environment ${environment.name} ${why}.`
}

/** 409: another run has the lock; 422: the migrations are at fault; 500: the set-up is; 503: it was asked to end. */
function statusOf({ exitCode, problems }: Report): number {
  if (exitCode === 0) return 200
  if (problems.some(({ busy }) => busy)) return 409
  if (exitCode === 1) return 422
  return exitCode > 128 ? 503 : 500
}
