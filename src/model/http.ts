/** One question over HTTP. */
export interface HttpQuestion {
  readonly method: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  /** JSON. */
  readonly body?: string
  /** To the last byte of the answer. */
  readonly timeoutMs: number
  readonly largestBytes: number
  /** The process environment: for a proxy. */
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly signal?: AbortSignal
}

export interface HttpAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

/** The whole answer, or in words why there is none. Redirects are not followed. Never throws. */
export type Exchange = (question: HttpQuestion) => Promise<HttpAnswer | { readonly broken: string }>
