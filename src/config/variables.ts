/**
 * The environment variables that set something, besides those that `url_env` names. What is said to do nothing says so in
 * the report, too. Those that tell of the job or the machine are in `docs/configuration.md`.
 */
export const VARIABLES = {
  DATABASE_URL: 'The database URL, unless the environment’s `url_env` names another variable.',
  SHADOW_DATABASE_URL:
    'The URL of a server to rehearse on, unless the environment’s `shadow_url_env` names another variable.',
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
  GITHUB_TOKEN: 'The token that approvals are read with, and the comment is written with.',
  GITHUB_SHA: 'The commit, recorded.',
  FORCE_RUN: '`true`: findings that stop a run unless it is forced do not stop it. Recorded with who ran it.',
  GITHUB_EVENT_NAME: 'In the job of a pull request or a merge queue: `validate` compares with the base.',
  GITHUB_EVENT_PATH: 'The base’s commit is read from this file.',
  GITHUB_BASE_REF: 'The base’s branch, where the event tells no commit.',
  SKIP_BACKUP: '`true`: back nothing up. On class production another source that asks for a backup wins.',
  PARALLEL_JOBS: 'How many jobs write a backup; more than one make a folder of it.',
  SUPABASE_URL: 'Where the health check `supabase` finds the API. Migrations need a PostgreSQL URL.',
  OP_SERVICE_ACCOUNT_TOKEN: 'The token of the service account that 1Password is asked with.',
  SUPABASE_DB_PASSWORD:
    'The password of a project’s database, where the environment names a Supabase project and no URL is given.',
  INTERNAL_ADMIN_TOKEN: 'The token that `serve` lets requests in by.',
  PORT: 'What `serve` listens on; `8788`.',
  SUPABASE_ACCESS_TOKEN: 'Not used: it opens no connection to a database. Never printed.',
  SUPABASE_SERVICE_KEY:
    'Not used, unless a health check names it: a service key can’t run migrations. Never printed.',
} as const
