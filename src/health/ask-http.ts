import type { HealthVerdict } from '../model/health.js'
import type { HttpAnswer } from '../model/http.js'
import { TOOL_VERSION } from '../model/tool-version.js'
import type { HealthPlace } from './look.js'

interface HttpAsked {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** It goes nowhere in plain text over the internet. */
  readonly isSecret: boolean
  readonly timeoutMs: number
}

/** The root of Supabase's API describes every table. */
const LARGEST = 32 * 1024 * 1024

/** One GET; redirects are answers like others. The URL stands in no message: a part of it can be a secret. */
export async function askHttp(
  { url, headers, isSecret, timeoutMs }: HttpAsked,
  { exchange, isPrivate, variableOf, signal }: HealthPlace,
): Promise<HttpAnswer | { readonly problem: HealthVerdict }> {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol))
    return problem('with its variables it is no URL of http or https', 'Look at what the variables hold.')
  const host = parsed.hostname.replace(/^\[|\]$/g, '')
  if ((isSecret || parsed.password !== '') && parsed.protocol === 'http:' && !isPrivate(host))
    return problem(
      'it is http, and what its variables hold is not sent in plain text over the internet',
      'Use https.',
    )
  const unsendable = Object.entries(headers).find(([, value]) => /[^\t\x20-\x7e\x80-\xff]/.test(value))
  if (unsendable !== undefined)
    return problem(
      `the value of the header ${unsendable[0]} holds what no header can`,
      'Look for a line end in the variable.',
    )
  const answer = await exchange({
    method: 'GET',
    url: parsed,
    headers: { 'user-agent': `devflow-migrate/${TOOL_VERSION}`, ...headers },
    timeoutMs,
    largestBytes: LARGEST,
    variables: Object.fromEntries(PROXY.map((name) => [name, variableOf(name)])),
    ...(signal ? { signal } : {}),
  })
  return 'broken' in answer
    ? problem(`it can not be asked: ${answer.broken}`, 'Look whether this machine reaches it.')
    : answer
}

const PROXY = ['https_proxy', 'HTTPS_PROXY', 'no_proxy', 'NO_PROXY']

function problem(message: string, help: string): { readonly problem: HealthVerdict } {
  return { problem: { state: 'failed', message, help } }
}
