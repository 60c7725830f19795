const called = /^(?:\.|org\/devflow-migrate)\/\.github\/workflows\/([\w-]+\.yml)(?:@v\d+)?$/
const levels = ['none', 'read', 'write']

/**
 * A job that calls one of our reusable workflows gives it what it asks for: its inputs, its secrets, and each permission
 * that any of its jobs has, for without one of them GitHub starts none of its jobs, whatever their `if:` says.
 *
 * @param load a workflow by the name of its file, parsed; undefined where there is none
 */
export function findCallMistakes({ permissions, jobs }, load) {
  return Object.entries(jobs)
    .filter(([, { uses }]) => uses !== undefined)
    .flatMap(([id, job]) => {
      const name = called.exec(job.uses)?.[1]
      const target = name === undefined ? undefined : load(name)
      if (target?.on?.workflow_call === undefined)
        return [`job ${id}: ${job.uses} is no reusable workflow of ours`]
      return [
        ...compareNames('input', job.with, target.on.workflow_call.inputs),
        ...compareNames('secret', job.secrets, target.on.workflow_call.secrets),
        ...comparePermissions(job.permissions ?? permissions, target),
      ].map((what) => `job ${id}: ${what}`)
    })
}

function compareNames(kind, given = {}, declared = {}) {
  const needed = Object.keys(declared ?? {}).filter((name) => declared[name]?.required === true)
  return [
    ...Object.keys(given)
      .filter((name) => !(name in declared))
      .map((name) => `the called workflow has no ${kind} ${name}`),
    ...needed
      .filter((name) => !(name in given))
      .map((name) => `the called workflow needs the ${kind} ${name}`),
  ]
}

function comparePermissions(granted = {}, target) {
  const wanted = Object.values(target.jobs).flatMap((job) =>
    Object.entries(job.permissions ?? target.permissions ?? {}),
  )
  const missing = wanted.filter(
    ([scope, level]) => levels.indexOf(level) > levels.indexOf(granted[scope] ?? 'none'),
  )
  return [...new Set(missing.map(([scope, level]) => `a called job needs ${scope}: ${level}`))]
}
