import type { Span } from './position.js';
/** Something in a file's text that gives whoever reads it access to something. */
export interface FoundSecret {
    /** The secret alone, without quotes. In the file's text. */
    readonly span: Span;
    /** What it is, for a sentence: `the password of a role`. */
    readonly what: string;
    /** As it is written, without quotes and escapes. */
    readonly value: string;
    /**
     * `secret`: it must not be in a file. `hash`: what a password can be guessed from. `unsure`: it may be none. `weak`: a
     * word that stands in for one, or that everybody would try first. `public`: made to be seen.
     */
    readonly kind: 'secret' | 'hash' | 'unsure' | 'weak' | 'public';
    /** It is all of a string literal, in whose place something else may be written. */
    readonly isLiteral: boolean;
}
/** Of one file, so many are found and no more: a dump may hold a hash in each row. */
export declare const MOST_SECRETS = 1000;
