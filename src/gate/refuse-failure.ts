import type { Refusal } from '../model/permission.js'
import type { RestFailure } from '../model/rest-failure.js'
import { permissionLines, tokenLines } from './lines-to-add.js'
import { refuse } from './refuse.js'

interface Asked {
  readonly entry: 'action' | 'cli'
  /** The permissions that the proof needs, as a workflow spells them. */
  readonly needs: readonly string[]
  /** What was to be learned: `whether this run was approved`. */
  readonly what: string
}

const AGAIN =
  'Nothing was applied. Run the job again when GitHub answers: https://www.githubstatus.com tells.'

/** What GitHub did not tell is never taken for a yes: each reason why, with its way out. */
export function refuseFailure(failure: RestFailure, asked: Asked): Refusal {
  const unknown = `It is not known ${asked.what}`
  switch (failure.kind) {
    case 'unreachable':
      return refuse('unreachable', `${unknown}: GitHub can not be reached, ${failure.detail}.`, AGAIN)
    case 'server-error':
      return refuse('unreachable', `${unknown}: GitHub answered ${failure.status} each time.`, AGAIN)
    case 'cancelled':
      return refuse('unreachable', `${unknown}: the run was asked to end.`, 'Nothing was applied.')
    case 'unreadable':
      return refuse(
        'unreadable',
        `${unknown}: the answer of ${failure.asked} can not be read, ${failure.detail}.`,
        UNREADABLE,
      )
    case 'rate-limited':
      return refuse(
        'rate-limited',
        `${unknown}: GitHub was asked too often with this token.`,
        `Nothing was applied. Run the job again ${failure.retryAt === undefined ? 'later' : `after ${failure.retryAt}`}.`,
      )
    case 'unauthorised':
      return refuse(
        'token-refused',
        `${unknown}: GitHub does not accept the token (401).`,
        RENEW,
        tokenLines(asked.entry),
      )
    case 'forbidden':
      return refuseForbidden(failure, asked, unknown)
    case 'not-found':
      return refuse('run-not-found', `${unknown}: there is nothing at ${failure.asked} (404).`, INVISIBLE)
    case 'rejected':
      return refuse(
        'unreadable',
        `${unknown}: GitHub refused ${failure.asked} (${failure.status})${said(failure.message)}.`,
        'Nothing was applied. Run the job again; if it stays so, report it to the maintainers of this tool.',
      )
  }
}

const UNREADABLE =
  'Nothing was applied. Run the job again; if it stays so, look at what stands between this runner and GitHub, a proxy perhaps.'
const RENEW = 'Give the token of the job itself, or one that has not expired.'
const INVISIBLE = 'Give a token that may read this repository: the one of the job itself may.'

function refuseForbidden(
  failure: RestFailure & { kind: 'forbidden' },
  { needs, entry }: Asked,
  unknown: string,
): Refusal {
  const all = [...new Set([...needs, ...singles(failure.needs)])]
  return refuse(
    'permission-missing',
    `${unknown}: the token lacks the permission ${failure.needs ?? needs.join(' and ')} (403 for ${failure.asked})${said(failure.message)}.`,
    `Add to the job, with what else it needs under permissions, for what is not named there is taken away; and pass the token:`,
    `${permissionLines(all)}\n${tokenLines(entry)}`,
  )
}

/** Where one of several would do, ours is named already. */
function singles(needs: string | undefined): string[] {
  return needs === undefined || needs.includes(' or ') ? [] : needs.split(' and ')
}

/** GitHub's own words, which tell of single sign-on, address lists and the like. */
function said(message: string): string {
  return message === '' ? '' : `: ${message.replace(/\.$/, '')}`
}
