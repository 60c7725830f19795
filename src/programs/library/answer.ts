/** JSON that is already a text. Nothing of it is to be kept on the way. */
export function answerText(status: number, json: string): Response {
  return new Response(json, {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}

/** What is wrong, and the way out. */
export function answerError(status: number, error: string, help: string): Response {
  return answerText(status, `${JSON.stringify({ error, help })}\n`)
}
