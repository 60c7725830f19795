import { isThrowaway, whatStepDoes } from './applies.mjs'

/** Runs that are not of one group are not kept apart. */
const varying = /github\s*\.\s*(?:run_id|run_number|run_attempt|sha|ref|ref_name|head_ref|actor|event_name)\b/

/** Two runs at once wait for each other's lock, at best; a run that is cancelled half-way leaves half of its files. */
export function findRaces({ concurrency, jobs }) {
  return Object.entries(jobs)
    .filter(([, job]) => job.steps?.some((step) => whatStepDoes(step) !== undefined))
    .flatMap(([id, job]) => findRace(job.concurrency ?? concurrency, job).map((what) => `job ${id}: ${what}`))
}

function findRace(concurrency, job) {
  if (concurrency === undefined) return ['nothing keeps two runs apart; add concurrency']
  if (isThrowaway(job)) return []
  const cancels = concurrency['cancel-in-progress'] !== false
  return [
    ...(cancels ? ['a newer run may cancel it while it applies; set cancel-in-progress: false'] : []),
    ...(varying.test(concurrency.group)
      ? ['its group is another one for each run, so it keeps none apart']
      : []),
  ]
}
