import type { Approval } from '../../model/permission.js'
import type { Writer } from '../../model/writer.js'
import type { Way } from '../way.js'

/** Who a run is, for the history it writes. */
export function writerOf({ config, gathered }: Pick<Way, 'config' | 'gathered'>): Writer {
  const { run, environment, project, redact } = config
  const { permission, movesTarget } = gathered
  return {
    ...run,
    environment: environment.name,
    ...(project === undefined ? {} : { project }),
    ...(permission ? { approval: redacted(permission.approval, redact) } : {}),
    ...(movesTarget ? { movesTarget } : {}),
  }
}

function redacted(approval: Approval, redact: (text: string) => string): Approval {
  const { comment } = approval
  return comment === undefined ? approval : { ...approval, comment: redact(comment) }
}
