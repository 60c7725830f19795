/** Why GitHub's API did not tell. Foreign text in it is bounded, and none of it holds the token. */
export type RestFailure = { readonly asked: string } & RestFailureCause

/** Each has a way out of its own, so each is told apart. */
export type RestFailureCause =
  /** No answer at all: name, network, proxy, TLS, time, an answer that broke off. */
  | { readonly kind: 'unreachable'; readonly detail: string }
  /** It answered 5xx, as often as it was asked. */
  | { readonly kind: 'server-error'; readonly status: number }
  /** 401: no token of this server, or one that has expired. */
  | { readonly kind: 'unauthorised' }
  /** 403. `needs`: the permissions it names, as a workflow spells them: `actions: read`. */
  | { readonly kind: 'forbidden'; readonly needs?: string; readonly message: string }
  /** 404: it is not there, or the token may not know that it is. */
  | { readonly kind: 'not-found' }
  /** 422 and the other 4xx. */
  | { readonly kind: 'rejected'; readonly status: number; readonly message: string }
  /** 429, or 403 for asking too often, longer than was waited. `retryAt`: ISO 8601. */
  | { readonly kind: 'rate-limited'; readonly retryAt?: string }
  /** It answered something that is not what its documentation says. */
  | { readonly kind: 'unreadable'; readonly detail: string }
  /** The run was asked to end. */
  | { readonly kind: 'cancelled' }

/** What the API told, or why it did not. */
export type Reply<T> =
  | { readonly value: T; readonly failure?: undefined }
  | { readonly failure: RestFailure; readonly value?: undefined }
