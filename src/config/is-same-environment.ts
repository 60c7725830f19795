const SAME = [
  ['dev', 'development'],
  ['prod', 'production'],
  ['stage', 'staging'],
]

/** Whether a name means the environment: upper and lower case are one, and so are the two usual names of one. */
export function isSameEnvironment(name: string, environment: string): boolean {
  const [one, two] = [name.toLowerCase(), environment.toLowerCase()]
  return one === two || SAME.some((pair) => pair.includes(one) && pair.includes(two))
}
