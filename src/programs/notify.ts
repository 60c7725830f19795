import { randomUUID } from 'node:crypto'
import { isPrivateHost } from '../database/is-private-host.js'
import { exchange } from '../github/rest-exchange.js'
import type { Config } from '../model/config.js'
import type { Notification } from '../model/notification.js'
import type { Problem } from '../model/problem.js'
import type { Report } from '../model/report.js'
import { chooseEvents } from '../notify/choose-events.js'
import { makeMessage } from '../notify/make-message.js'
import { PAYLOADS } from '../notify/payloads.js'
import { type Means, send } from '../notify/send.js'
import { logLine } from '../render/foreign-text.js'
import { makeHeadline } from '../render/headline.js'
import { soonAfter } from './connecting/soon-after.js'
import type { System } from './system.js'
import { isStrangers } from './telling/is-strangers.js'

/**
 * Tells those who want to know of a run. Loaded late; throws nothing for what the other side does, and changes no verdict.
 *
 * @returns what was not told, each with the way out
 */
export async function notify(
  config: Config,
  report: Report,
  system: Pick<System, 'signal' | 'now' | 'github'>,
): Promise<readonly Problem[]> {
  const events = chooseEvents(report, {
    isProtected: config.environment.requireApproval || config.environment.class === 'production',
    isInJob: config.variableOf('GITHUB_ACTIONS') === 'true',
  })
  const pauseMs = system.github?.pauseMs
  const means: Means = {
    exchange,
    variables: Object.fromEntries(PROXY.map((name) => [name, config.variableOf(name)])),
    isPrivate: isPrivateHost,
    now: system.now,
    signal: soonAfter(system.signal),
    ...(pauseMs === undefined ? {} : { pauseMs }),
  }
  const told = (config.notifications ?? []).map((one) => tell(one, { config, report, events, means }))
  return (await Promise.all(told)).flat()
}

const PROXY = ['https_proxy', 'HTTPS_PROXY', 'no_proxy', 'NO_PROXY']

interface Run {
  readonly config: Config
  readonly report: Report
  readonly events: ReturnType<typeof chooseEvents>
  readonly means: Means
}

async function tell(notification: Notification, { config, report, events, means }: Run): Promise<Problem[]> {
  const wanted = events.filter((event) => notification.on.includes(event))
  const [event] = wanted
  if (event === undefined) return []
  const { type, urlVariable, secretVariable } = notification
  if (isStrangers(config)) return [notSent(notification, 'this job may have the code of a stranger')]
  const url = config.variableOf(urlVariable)
  const secret = secretVariable === undefined ? undefined : config.variableOf(secretVariable)
  if (url === undefined) return [notSet(notification, urlVariable)]
  // Who checks signatures would take it for a forgery.
  if (secretVariable !== undefined && secret === undefined) return [notSet(notification, secretVariable)]
  const message = makeMessage(report, {
    events: wanted,
    title: makeHeadline(report, logLine).text,
    ...(config.project === undefined ? {} : { project: config.project }),
    run: config.run,
    clean: (text) => logLine(config.redact(text)),
  })
  const payload = PAYLOADS[type](message)
  const delivery = {
    url: url.trim(),
    payload,
    event,
    id: randomUUID(),
    ...(secret === undefined ? {} : { secret }),
  }
  const why = await send(delivery, means)
  return why === undefined ? [] : [notSent(notification, why)]
}

function notSet({ type, urlVariable }: Notification, name: string): Problem {
  return {
    message: `The notification to ${urlVariable} (${type}) was not sent: the variable ${name} is not set, or empty.`,
    help: `Hand it on from a secret: env: ${name}: \${{ secrets.${name} }}.`,
  }
}

function notSent({ type, urlVariable }: Notification, why: string): Problem {
  return {
    message: `The notification to ${urlVariable} (${type}) was not sent: ${why}.`,
    help: 'The run is what it is without it. Look at what the variable holds, and at the other side.',
  }
}
