/** Names that a configuration takes for one another where it has only one of them. */
const ALIASES: readonly (readonly string[])[] = [
  ['dev', 'development'],
  ['prod', 'production'],
]

export function isSameEnvironment(one: string, other: string): boolean {
  return one === other || ALIASES.some((names) => names.includes(one) && names.includes(other))
}
