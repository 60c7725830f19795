import type { Report } from '../../model/report.js';
/** What was asked for could not be done. */
export declare class MigrationError extends Error {
    /** Everything there is to tell. */
    readonly report: Report;
    readonly name = "MigrationError";
    constructor(message: string, 
    /** Everything there is to tell. */
    report: Report);
}
/** @throws MigrationError where the set-up is wrong, or a gate or a finding stood against it */
export declare function throwUnlessDone(report: Report): void;
