import type { Problem } from './problem.js';
/** What a target remembers of itself since a run first wrote to it, or moved it. Travels with every copy of the database. */
export interface RecordedIdentity {
    /** Random, of the target's own. A copy has it too, until it is moved. */
    readonly id: string;
    /** `project.name` of the file; null where it had none. */
    readonly project: string | null;
    readonly environment: string;
    /** `pg_control_system()`; null where the role was not allowed to ask. */
    readonly systemIdentifier: string | null;
    /** Grows each time a standby becomes the primary; null where it could not be asked. */
    readonly timeline: number | null;
    readonly database: string;
    /** Keeps when a database is renamed, and differs for each that is created. */
    readonly databaseOid: number;
}
/** It is there, and the role may not read it. */
export interface UnreadableIdentity {
    /** The server's words. */
    readonly unreadable: string;
}
/** What a run takes a target for, and what the server says of itself. */
export interface PresentIdentity {
    readonly project?: string;
    readonly environment: string;
    readonly database: string;
    readonly databaseOid?: number;
    readonly systemIdentifier?: string;
    readonly timeline?: number;
}
/** `moved`: the target is to remember what it is now. */
export type IdentityVerdict = {
    readonly kind: 'same' | 'moved';
    readonly notes: readonly string[];
} | {
    readonly kind: 'refused';
    readonly problem: Problem;
    /** What says that the target is moved on purpose; absent where that is no way out. */
    readonly move?: string;
};
