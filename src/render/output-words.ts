import type { Status } from '../model/report.js'

const statuses: Readonly<Record<Status, true>> = {
  valid: true,
  invalid: true,
  pending: true,
  'up-to-date': true,
  planned: true,
  rehearsed: true,
  applied: true,
  partial: true,
  failed: true,
  refused: true,
  cancelled: true,
  unknown: true,
}

/**
 * What the outputs hold whatever is run. GitHub does not pass on an output that holds a mask, so a job gated on
 * `ready` would wait for ever where the password of the database is one of these words, or a piece of one.
 */
export const OUTPUT_WORDS: readonly string[] = [
  'true',
  'false',
  ...Object.keys(statuses),
  '[{"version":"","name":""}]',
  'v1:sha256:',
]
