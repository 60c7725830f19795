import { createHash, timingSafeEqual } from 'node:crypto'

/** Whether a request is let in. */
export type Authorize = (request: Request) => boolean | Promise<boolean>

/** Whether the request bears the token; how long it takes tells nothing of the token. No token: nobody does. */
export function isAllowed(request: Request, token: string | undefined): boolean {
  if (!token) return false
  const given = /^Bearer ([^\s]+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? ''
  return timingSafeEqual(digest(given), digest(token))
}

/** Equal in length, whatever was sent. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
