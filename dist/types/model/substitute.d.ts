import type { Span } from './position.js';
/** A variable of the environment that a file may hold as `${NAME}`, and what its value is in SQL. */
export interface Substitute {
    readonly name: string;
    readonly as: 'literal' | 'identifier';
}
/** `${NAME}` where it is to be filled in. UTF-16 offsets in the file. */
export interface Placeholder extends Span, Substitute {
}
/**
 * What a file or the configuration declares: `APP_PASSWORD`, or `APP_ROLE:identifier`. Undefined where that is no name of
 * a variable, or no such kind.
 */
export declare function parseSubstitute(text: string): Substitute | undefined;
/** Whether a variable holds what is the run's own: whoever may change a file could send it to the database otherwise. */
export declare function isRunsOwn(name: string): boolean;
