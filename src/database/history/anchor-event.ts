import type { Target } from '../../model/target.js'
import type { Writer } from '../../model/writer.js'
import { trackingNames } from '../tracking-names.js'
import { recordEvent } from './record-event.js'

/** SQL that begins the chain where none has begun: over the digest of all rows that are there, our own older ones too. */
export function anchorEvent(target: Target, writer: Writer): string {
  const { history } = trackingNames(target.tracking)
  const told = { event: 'anchor', action: 'anchor', status: 'success', version: '' } as const
  return `${recordEvent(target, writer, told, `WHERE NOT EXISTS (SELECT FROM ${history} WHERE event = 'anchor')`)};`
}
