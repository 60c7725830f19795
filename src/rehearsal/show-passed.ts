import type { RunnableMigration } from '../model/plan.js'
import type { Course, Shown } from './course.js'
import { listReasons, mayBeMissed } from './left-out.js'

/** What a migration shows that went through, and what later ones may miss of it. */
export function showPassed({ left, past, rehearsal }: Course, migration: RunnableMigration): Shown {
  const out = left.get(migration)
  if (!out) return { state: 'rehearsed' }
  if (out.some(mayBeMissed)) past.leftOut.push(migration)
  if (out.some(({ outside }) => outside === undefined)) past.escaped.push(migration)
  return { state: 'partly-rehearsed', reason: rehearsal.redact(listReasons(out, ' and was left out')) }
}
