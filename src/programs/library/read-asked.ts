import { answerError } from './answer.js'
import type { HandlerCommand } from './handler-command.js'

/** Bytes. What can be said in a body is `{"dryRun": false}`. */
const LARGEST_BODY = 4096

/** What a request asks for, or the answer to one that asks for nothing that there is. */
export async function readAsked(request: Request): Promise<HandlerCommand | Response> {
  if (request.method === 'GET') return 'status'
  if (request.method !== 'POST') return refuseMethod(request.method)
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json')
    return answerError(415, 'The body is not JSON.', 'Send Content-Type: application/json.')
  const text = await readBody(request)
  if (text === undefined) return answerError(413, `The body has more than ${LARGEST_BODY} bytes.`, WANTED)
  const dryRun = readDryRun(text)
  if (dryRun === undefined) return answerError(400, 'The body is not understood.', WANTED)
  return dryRun ? 'dry-run' : 'migrate'
}

export function isAnswer(asked: HandlerCommand | Response): asked is Response {
  return typeof asked !== 'string'
}

const WANTED = 'Send {"dryRun": true} to rehearse, or {"dryRun": false} to apply, and nothing else.'

function refuseMethod(method: string): Response {
  const answer = answerError(
    405,
    `${method} is not understood.`,
    'GET tells the status; POST rehearses or applies.',
  )
  answer.headers.set('allow', 'GET, POST')
  return answer
}

/** No more is read than is allowed, whatever length the request says it has. */
async function readBody(request: Request): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = request.body?.getReader()
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    length += part.value.byteLength
    if (length > LARGEST_BODY) {
      await reader?.cancel().catch(() => {})
      return undefined
    }
    chunks.push(part.value)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Anything that is not exactly the one key is a mistake: a misspelt `dryRun` must not apply. */
function readDryRun(text: string): boolean | undefined {
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body !== 'object' || body === null || Object.keys(body).join() !== 'dryRun') return undefined
    const { dryRun } = body as { dryRun: unknown }
    return typeof dryRun === 'boolean' ? dryRun : undefined
  } catch {
    return undefined
  }
}
