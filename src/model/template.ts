const NAME = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g

/** The names in a text that holds variables of the environment as `${NAME}`. */
export function namesIn(template: string): string[] {
  return [...template.matchAll(NAME)].map(([, name = '']) => name)
}

/** The text with their values. A variable that is not set leaves nothing. */
export function fillTemplate(template: string, find: (name: string) => string | undefined): string {
  return template.replace(NAME, (_, name: string) => find(name) ?? '')
}
