import { chooseCommentPlace } from '../github/comment/choose-place.js'
import { upsertComment } from '../github/comment/upsert-comment.js'
import type { Config } from '../model/config.js'
import type { Problem } from '../model/problem.js'
import type { Report } from '../model/report.js'
import { renderComment } from '../render/comment.js'
import { makeCommentMarker } from '../render/comment-marker.js'
import { renderOutdated } from '../render/comment-outdated.js'
import { soonAfter } from './connecting/soon-after.js'
import { jobOf, restOf } from './permission/job.js'
import type { System } from './system.js'

/**
 * Tells of a run in a comment on its pull request. Nothing that goes wrong with it fails the run.
 *
 * @returns what did go wrong, each with the way out
 */
export async function tellPullRequest(
  config: Config,
  report: Report,
  system: System,
): Promise<readonly Problem[]> {
  const { gate, run, project } = config
  const place = chooseCommentPlace(jobOf(config))
  if (place === undefined || gate.comment === 'off') return []
  const rest = restOf(config, { ...system.github, patienceMs: PATIENCE_MS, signal: soonAfter(system.signal) })
  if (rest === undefined) return [WITHOUT_TOKEN]
  const marker = makeCommentMarker(report, {
    ...(project === undefined ? {} : { project }),
    commitSha: place.commitSha,
  })
  const { runUrl } = run
  const body = renderComment(report, {
    marker,
    redact: config.redact,
    ...(runUrl === undefined ? {} : { runUrl }),
  })
  const { notes } = await upsertComment(rest, place, { marker, body, outdated: renderOutdated }, gate.comment)
  return notes
}

const WITHOUT_TOKEN: Problem = {
  message: 'No comment was written on the pull request: there is no token to write it with.',
  help: `Give the input github-token: \${{ github.token }}, and the job permissions: pull-requests: write.`,
}

/** All else of the report waits for it. */
const PATIENCE_MS = 15_000
