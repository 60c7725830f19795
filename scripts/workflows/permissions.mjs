import { isMap } from 'yaml'

/**
 * What is granted to every job is granted to those that don't need it: only reading stands at the top. What a job gets
 * beyond the checkout has a comment that says what for.
 */
export function findWidePermissions(document) {
  const top = grantsOf(document.get('permissions', true))
    .filter(({ level }) => level === 'write')
    .map(({ scope }) => `permissions: ${scope}: write is for a job, not for all of them`)
  const jobs = document.get('jobs').items.flatMap(({ key, value }) =>
    grantsOf(value.get('permissions', true))
      .filter(({ scope, level, why }) => `${scope}: ${level}` !== 'contents: read' && why === '')
      .map(({ scope, level }) => `job ${key.value}: nothing says what ${scope}: ${level} is for`),
  )
  return [...top, ...jobs]
}

function grantsOf(permissions) {
  if (!isMap(permissions)) return []
  return permissions.items.map(({ key, value }) => ({
    scope: key.value,
    level: value.value,
    why: (value.comment ?? '').trim(),
  }))
}
