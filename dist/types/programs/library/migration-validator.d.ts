import type { Report } from '../../model/report.js';
import { type Place } from './run-quietly.js';
/** What `validateAllMigrations` found. */
export interface ValidationReport {
    /** Nothing was found that stops a run. */
    readonly valid: boolean;
    readonly fileCount: number;
    /** In the order of the files: error, warning or notice, with place, message and help. */
    readonly findings: Report['findings'];
    /** Everything there is to tell. */
    readonly report: Report;
}
/** Checks of migration files; needs no database. The environment decides how strict the rules are. */
export declare class MigrationValidator {
    #private;
    /** @param directory relative to the working directory of the process, or to `place.folder` */
    constructor(directory: string, environment: string, place?: Omit<Place, 'directory' | 'environment'>);
    /** @throws MigrationError where the set-up is wrong: the folder is not there, the configuration is not understood */
    validateAllMigrations(): Promise<ValidationReport>;
    /**
     * Names of the files in the order of application: what needs another file comes after it.
     *
     * @throws MigrationError where there is no such order: a file is missing, or they need one another
     */
    calculateExecutionOrder(): Promise<readonly string[]>;
    /** Markdown, as the job summary has it. */
    generateValidationReport({ report }: ValidationReport): string;
}
