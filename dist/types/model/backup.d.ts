/** What is done before anything is applied, the safest first. */
export declare const BACKUP_MODES: readonly ['full', 'touched', 'marker', 'off'];
/**
 * `full`: the whole database · `touched`: its schema, and the rows of what the rehearsal saw changed · `marker`: only the
 * point in time that a provider's own backup can go back to · `off`: nothing.
 */
export type BackupMode = (typeof BACKUP_MODES)[number];
export declare const BACKUP_FORMATS: readonly ['custom', 'sql.gz'];
/** `custom`: pg_dump's own, which `PARALLEL_JOBS` makes its folder · `sql.gz`: SQL for psql, compressed. */
export type BackupFormat = (typeof BACKUP_FORMATS)[number];
/** How a backup lies on the disk. */
export type BackupForm = 'custom' | 'folder' | 'sql.gz';
/** What the configuration says of backups. */
export interface BackupSettings {
    /** Absent: nobody said. Nothing is backed up then, except by the command `backup`. */
    readonly mode?: BackupMode;
    /** What the provider calls its own snapshot: recorded, and not looked up. */
    readonly id?: string;
    /** Restore it into a database of its own, and compare, before it counts. */
    readonly verify: boolean;
    /** Absolute. */
    readonly directory: string;
    /** So many of the same database are kept, the newest; older ones are deleted. */
    readonly keep: number;
    readonly format: BackupFormat;
    /** More than 1 makes a folder of the format `custom`. */
    readonly jobs: number;
    /** The command `restore`: absolute path of the backup. */
    readonly file?: string;
    /** The command `restore`: the name of the database that it makes. */
    readonly create?: string;
}
/** What a table held: how many rows, and a sum over all of them in which their order has no part. */
export interface RowDigest {
    readonly rows: number;
    readonly sum: string;
}
/** How far a sequence had come. Others may have gone on with it since: no snapshot holds it still. */
export interface SequenceState {
    readonly last: string;
    readonly called: boolean;
    /** Negative where it counts down. */
    readonly increment: string;
}
/** What a database held in one snapshot. Names are as the server quotes them: `public.books`. */
export interface Contents {
    readonly tables: Readonly<Record<string, RowDigest>>;
    readonly sequences: Readonly<Record<string, SequenceState>>;
    /** Null where the role may not read them. */
    readonly largeObjects: RowDigest | null;
    /** By kind of object: how many there are, and the digest of their definitions. */
    readonly schema: Readonly<Record<string, SchemaDigest>>;
}
export interface SchemaDigest {
    readonly count: number;
    readonly sha256: string;
}
/** When and where a snapshot was taken, by the server. */
export interface Moment {
    /** ISO 8601. */
    readonly serverTime: string;
    /** Of the log, as `pg_current_wal_lsn()` has it. Everything the snapshot sees was written before. */
    readonly lsn: string;
    readonly timeline: number | null;
    readonly systemIdentifier: string | null;
}
/** What stands beside a backup: what it is of, and what it must still be when it is restored. */
export interface BackupManifest extends Moment {
    readonly form: 'devflow-backup/1';
    readonly toolVersion: string;
    readonly environment: string;
    readonly database: string;
    readonly serverMajor: number;
    readonly serverVersion: string;
    /** Of the program that wrote it. */
    readonly dumpVersion: string;
    readonly mode: 'full' | 'touched';
    readonly kind: BackupForm;
    /** Of the file; of a folder all its files. */
    readonly bytes: number;
    /** Hex. Of a folder: of the list of its files with their digests. */
    readonly sha256: string;
    /** Its schema has this one's tables left out when it is compared. */
    readonly tracking: {
        readonly schema: string;
        readonly table: string;
    };
    /** What CREATE DATABASE makes one with, so that text sorts as it did. */
    readonly locale: DatabaseLocale;
    /** Roles that own something, and all that something is granted to or is for. */
    readonly owners: readonly string[];
    readonly roles: readonly string[];
    readonly contents: Contents;
    /** Of `touched`: all other tables, whose rows are not in it. */
    readonly withoutRows: readonly string[];
    /** It was restored and compared before it counted. */
    readonly verified: boolean;
}
export interface DatabaseLocale {
    readonly encoding: string;
    readonly collate: string;
    readonly ctype: string;
    /** `c`: the operating system's · `i`: ICU · `b`: PostgreSQL's own. */
    readonly provider: string;
    readonly locale: string | null;
}
/** Where a backup lies, and what tells whether it is still what was written. */
export interface BackupFile {
    readonly path: string;
    /** 64 hexadecimal digits, as its manifest has them. */
    readonly sha256: string;
}
