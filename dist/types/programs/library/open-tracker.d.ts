import type { HistoryEvent } from '../../model/history.js';
import type { Report } from '../../model/report.js';
import { type Place } from './run-quietly.js';
/** A migration that is not applied yet. */
export interface PendingMigration {
    readonly version: string;
    readonly name: string;
    /** Path of the file. */
    readonly path: string;
    /** `sha256:…` */
    readonly checksum: string;
}
/** What became of one pending migration. */
export interface ExecutionResult {
    readonly version: string;
    readonly name: string;
    readonly success: boolean;
    readonly state: Report['outcomes'][number]['state'];
    readonly executionTimeMs: number;
    /** Why it is not applied, in the words of the server. */
    readonly error?: string;
}
export interface HealthCheck {
    /** Reachable, nothing changed that was applied, history whole, and nothing pending. */
    readonly healthy: boolean;
    /** What is wrong, a sentence each. */
    readonly problems: readonly string[];
    readonly report: Report;
}
/** Migrations of one environment. Holds no connection: each call opens its own and closes it. */
export interface MigrationTracker {
    /** @throws MigrationError */
    getPendingMigrations(): Promise<PendingMigration[]>;
    /**
     * Rehearses and applies what is pending, as `devflow db migrate --ci` does: class production needs
     * CONFIRM_PRODUCTION_MIGRATION=true, and an approval is asked for where one is required.
     *
     * @returns one result for each, also for those not reached; empty where nothing was pending
     * @throws MigrationError where nothing could be tried: `report` tells why
     */
    executePendingMigrations(): Promise<ExecutionResult[]>;
    /** Newest first, at most a hundred. @throws MigrationError */
    getMigrationHistory(): Promise<readonly HistoryEvent[]>;
    performHealthCheck(): Promise<HealthCheck>;
}
/** See `createMigrationTracker` in `index.ts`. */
export declare function openTracker(place: Place): MigrationTracker;
