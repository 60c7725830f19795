/** A stretch of a file as people count: lines and columns from 1, the end inclusive, columns in characters (code points). */
export interface Position {
    readonly line: number;
    readonly column: number;
    readonly endLine: number;
    readonly endColumn: number;
}
/** A stretch of a text as programs count: UTF-16 offsets from 0, the end exclusive. */
export interface Span {
    readonly start: number;
    readonly end: number;
}
