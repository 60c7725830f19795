/** How long a server may be away. Milliseconds. */
export const RECONNECT_WITHIN_MS = 60_000
