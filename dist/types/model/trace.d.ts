/**
 * Where the catalog shows whether a statement that ran outside a transaction is done. Tables, indexes and partitions are
 * quoted as they would be looked up; other names are as they are.
 */
export type Trace = BuildsIndex | {
    readonly kind: 'drops-index';
    readonly index: string;
} | Reindexes | {
    readonly kind: 'detaches';
    readonly table: string;
    readonly partition: string;
} | {
    readonly kind: 'creates' | 'drops';
    readonly what: TracedObject;
    readonly name: string;
}
/** To run it again does no harm, whether it is done or not. */
 | {
    readonly kind: 'repeatable';
};
/**
 * REINDEX CONCURRENTLY, which builds indexes beside the old ones and leaves them INVALID when it fails. Journals of older
 * versions don't say of what.
 */
export interface Reindexes {
    readonly kind: 'reindexes';
    readonly what?: Reindexed;
    /** Quoted where it is an index or a table; that of a schema is as it is. */
    readonly name?: string;
}
export type Reindexed = 'index' | 'table' | 'schema' | 'database';
/** CREATE INDEX CONCURRENTLY. */
export interface BuildsIndex {
    readonly kind: 'builds-index';
    readonly table: string;
    readonly index?: string;
    /** Without a name it is the server that chooses this one, or this with a number; absent where that can not be told. */
    readonly chosen?: string;
}
export type TracedObject = 'database' | 'tablespace' | 'subscription' | 'prepared transaction';
