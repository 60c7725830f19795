import type { HealthVerdict } from '../model/health.js'
import { fillTemplate, namesIn } from '../model/template.js'
import { askHttp } from './ask-http.js'
import type { Look } from './look.js'

/** An endpoint, by GET: its status, and what its answer holds. */
export const lookAtHttp: Look<'http'> = async (check, place) => {
  const { url, headers, status, body, timeoutMs } = check
  const filled = Object.entries(headers).map(([name, value]) => [name, fillTemplate(value, place.variableOf)])
  const answer = await askHttp(
    {
      url: fillTemplate(url, place.variableOf),
      headers: Object.fromEntries(filled),
      // What is written out in the file is no secret, and a variable before the query is an address.
      isSecret: [...Object.values(headers), url.split('?').slice(1).join('?')].some(
        (value) => namesIn(value).length > 0,
      ),
      timeoutMs,
    },
    place,
  )
  if ('problem' in answer) return answer.problem
  const isFine = status === undefined ? answer.status >= 200 && answer.status < 300 : answer.status === status
  if (!isFine)
    return unexpected(`it answered ${answer.status}, and ${status ?? 'one of 200 to 299'} is expected`)
  if (body === undefined || answer.text.includes(body)) return { state: 'passed' }
  return unexpected(`it answered ${answer.status}, but not with the text that is expected (body)`)
}

/** What it answered is not shown: it may repeat what it was asked, or hold what is nobody's business. */
function unexpected(message: string): HealthVerdict {
  return { state: 'failed', message, help: 'Ask it by hand, and look at the log of the service.' }
}
