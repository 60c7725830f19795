import { docsPage } from '../model/docs-page.js'
import type {
  IdentityVerdict,
  PresentIdentity,
  RecordedIdentity,
  UnreadableIdentity,
} from '../model/identity.js'
import type { Problem } from '../model/problem.js'
import { isSameEnvironment } from './same-environment.js'

/**
 * Whether a target is what a run takes it for, by what it remembers of itself. To be asked before anything is planned. A
 * target that remembers nothing yet is taken for what it is said to be.
 *
 * A standby that took over is the same target: same system, a later timeline. A copy that was restored elsewhere is another
 * one, though it remembers the same; so is a server whose timeline is behind.
 *
 * @param moveTarget what was given to say that it is another one on purpose; what has to be given stands in the refusal
 */
export function judgeIdentity(
  recorded: RecordedIdentity | UnreadableIdentity | undefined,
  present: PresentIdentity,
  moveTarget: string | undefined,
): IdentityVerdict {
  if (recorded === undefined) return same(moveTarget, [])
  if ('unreadable' in recorded) return { kind: 'refused', problem: unreadable(recorded) }
  const differs = findDifferences(recorded, present)
  if (differs.length === 0) return same(moveTarget, findChanges(recorded, present))
  const move = isCopy(recorded, present) ? `copy-of-${shortId(recorded)}` : shortId(recorded)
  if (moveTarget === move) return { kind: 'moved', notes: [`The target was moved: ${differs.join('; ')}.`] }
  return { kind: 'refused', move, problem: refused(differs, move, moveTarget, isCopy(recorded, present)) }
}

function same(moveTarget: string | undefined, notes: readonly string[]): IdentityVerdict {
  const needless =
    moveTarget === undefined ? [] : ['move-target is given, and there is nothing to move: remove it.']
  return { kind: 'same', notes: [...notes, ...needless] }
}

/** What makes it another target than it was, as clauses. */
function findDifferences(recorded: RecordedIdentity, present: PresentIdentity): string[] {
  const { environment, project } = recorded
  return [
    ...(isSameEnvironment(environment, present.environment)
      ? []
      : [`it is environment ${show(environment)}, and this run is for ${show(present.environment)}`]),
    ...(project === null || present.project === undefined || project === present.project
      ? []
      : [`it belongs to project ${show(project)}, and this run is of ${show(present.project)}`]),
    ...(isCopy(recorded, present) ? [describeCopy(recorded, present)] : []),
  ]
}

function isCopy(recorded: RecordedIdentity, present: PresentIdentity): boolean {
  return isOtherSystem(recorded, present) || isOtherDatabase(recorded, present) || isBehind(recorded, present)
}

function isOtherSystem({ systemIdentifier }: RecordedIdentity, present: PresentIdentity): boolean {
  return (
    systemIdentifier !== null &&
    present.systemIdentifier !== undefined &&
    systemIdentifier !== present.systemIdentifier
  )
}

/** It has neither the name nor the number that the recorded one had. */
function isOtherDatabase(recorded: RecordedIdentity, { database, databaseOid }: PresentIdentity): boolean {
  return databaseOid !== undefined && databaseOid !== recorded.databaseOid && database !== recorded.database
}

/** Nobody goes back on a timeline: it is the primary of before a failover, or was restored from before one. */
function isBehind({ timeline, systemIdentifier }: RecordedIdentity, present: PresentIdentity): boolean {
  return (
    timeline !== null &&
    present.timeline !== undefined &&
    systemIdentifier !== null &&
    systemIdentifier === present.systemIdentifier &&
    present.timeline < timeline
  )
}

function describeCopy(recorded: RecordedIdentity, present: PresentIdentity): string {
  if (isOtherSystem(recorded, present))
    return `it was used on the database system ${recorded.systemIdentifier}, and this is ${present.systemIdentifier}: a restored copy, or an upgraded server`
  if (isOtherDatabase(recorded, present))
    return `it was used as database ${show(recorded.database)}, and this is ${show(present.database)} on the same server: a copy`
  return `it was used on timeline ${recorded.timeline}, and this server is on ${present.timeline}: the primary of before a failover, or an older copy`
}

/** What is not as it was, and makes it no other target. */
function findChanges(recorded: RecordedIdentity, present: PresentIdentity): string[] {
  const { timeline, database, databaseOid } = recorded
  const isNewer = timeline !== null && present.timeline !== undefined && present.timeline > timeline
  const isMadeAgain = present.databaseOid !== undefined && present.databaseOid !== databaseOid
  return [
    ...(isNewer
      ? [
          `A standby took over, or the server was restored to a point in time, since this target was used last: the same database system, on timeline ${present.timeline} after ${timeline}.`,
        ]
      : []),
    ...(database === present.database
      ? []
      : [`The database was renamed from ${show(database)} to ${show(present.database)}.`]),
    ...(isMadeAgain
      ? [
          `The database ${show(database)} was dropped and restored since this target was used last, on the same server.`,
        ]
      : []),
  ]
}

function refused(
  differs: readonly string[],
  move: string,
  given: string | undefined,
  copy: boolean,
): Problem {
  const wrong = given === undefined ? '' : ` (move-target is ${show(given)}, which is for another one)`
  const what = copy ? 'If this copy is to be used as what this run takes it for' : 'If it is to become that'
  return {
    message: `This is not the target that the run is for, by what it remembers of itself: ${differs.join('; ')}${wrong}.`,
    help: `Check the database URL and the environment. ${what}, run once with move-target: ${move}.`,
  }
}

function unreadable({ unreadable: why }: UnreadableIdentity): Problem {
  return {
    message: `Whether this is the right target can not be told, because what it remembers of itself can not be read: ${why}.`,
    help: `Use the role that owns the tables, or grant what a reading role needs, SELECT on target_identity too: ${docsPage('database', 'rights')} lists it.`,
  }
}

/** Enough of it to be typed, and not by chance. */
function shortId({ id }: RecordedIdentity): string {
  return id.slice(0, 8)
}

/** Foreign text. */
function show(name: string): string {
  return /^[\w.-]{1,80}$/.test(name) ? name : JSON.stringify(name.slice(0, 80))
}
