import { type HandlerOptions } from './programs/library/make-handler.js';
import { type MigrationTracker } from './programs/library/open-tracker.js';
import type { Place } from './programs/library/run-quietly.js';
export type { HistoryEvent } from './model/history.js';
export type { Report } from './model/report.js';
export type { HandlerCommand } from './programs/library/handler-command.js';
export { MigrationError } from './programs/library/library-error.js';
export type { HandlerOptions } from './programs/library/make-handler.js';
export { MigrationValidator, type ValidationReport } from './programs/library/migration-validator.js';
export type { ExecutionResult, HealthCheck, MigrationTracker, PendingMigration, } from './programs/library/open-tracker.js';
export type { Place } from './programs/library/run-quietly.js';
/**
 * Status and migrations over HTTP, for databases that are not production, as a function of the Fetch standard that any
 * framework's route can be: `GET` answers with the status, `POST {"dryRun": true | false}` rehearses or applies. The answer
 * is the JSON report (`schema/report.schema.json`), or `{ error, help }`.
 *
 * Answers 403 where NODE_ENV or the environment is production, and where there is neither `token` nor `authorize`, or no
 * `databaseUrl`: an unset variable must not let everybody in, nor choose another database.
 *
 * @throws TypeError where both `token` and `authorize` are given, or a command that can not be allowed
 */
export declare function createHandler(options: HandlerOptions): (request: Request) => Promise<Response>;
/**
 * Migrations of one environment, as the command line sees them with `--ci`: the same configuration, gates, rehearsal and
 * history. Connects only when asked something.
 *
 * @param environment as `--env`
 */
export declare function createMigrationTracker(environment: string, place?: Omit<Place, 'environment'>): Promise<MigrationTracker>;
