/** Every environment variable that is read, besides those that `url_env` names. What is said to do nothing says so in the report, too. */
export const VARIABLES = {
  DATABASE_URL: 'The database URL, unless the environment’s `url_env` names another variable.',
  ENVIRONMENT: 'The environment.',
  NODE_ENV: 'The environment where `ENVIRONMENT` is not set; command line only.',
  DRY_RUN: '`true`: apply nothing. No other source undoes it.',
  TIMEOUT: 'The statement timeout in seconds, without a unit.',
  DEBUG: '`true`: more detail in the log.',
  CI: 'Anything: the local PostgreSQL is not used.',
  CONFIRM_PRODUCTION_MIGRATION: '`true`: confirms that production is meant.',
  GITHUB_ACTOR: 'Recorded as who ran it; else the user of the operating system.',
  GITHUB_SERVER_URL: 'With `GITHUB_REPOSITORY` and `GITHUB_RUN_ID`: the URL of the run, recorded.',
  GITHUB_REPOSITORY: 'See `GITHUB_SERVER_URL`.',
  GITHUB_RUN_ID: 'See `GITHUB_SERVER_URL`.',
  GITHUB_RUN_ATTEMPT: 'The attempt of the run, recorded.',
  GITHUB_SHA: 'The commit, recorded.',
  FORCE_RUN: 'Accepted; does nothing in this version.',
  SKIP_BACKUP: 'Accepted; does nothing in this version.',
  PARALLEL_JOBS: 'Accepted; does nothing in this version.',
  SUPABASE_URL: 'Not used: migrations need a PostgreSQL URL.',
  SUPABASE_SERVICE_KEY: 'Not used: a service key can’t run migrations. Never printed.',
} as const

export type VariableName = keyof typeof VARIABLES
