/** What asks a run to end: ^C, a cancelled job or a container that is stopped, a terminal that is closed. */
export const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
