import type { RecordedIdentity, UnreadableIdentity } from './identity.js';
/** How the connection is protected, in the words of the report. */
export type TlsMode = 'verify-full' | 'off (private address)' | 'off (sslmode=disable)' | 'not verified (sslmode=no-verify)';
/** Where a connection goes. Holds no password. */
export interface Endpoint {
    readonly host: string;
    readonly port: number;
    readonly database: string;
    readonly user: string;
    readonly tls: TlsMode;
    /** The settings that `options` of the URL name, in small letters. */
    readonly sets?: readonly string[];
}
/** The tables that history is kept in. */
export interface Tracking {
    readonly schema: string;
    readonly table: string;
    /** `absent`: nothing there yet · `0`: the custom runner's own tables · 1…: ours. */
    readonly version: 'absent' | number;
}
/** One database that migrations are applied to, as found when connecting. */
export interface Target extends Endpoint {
    /** Whose rights hold, where `options` of the URL, the role or the database set another than the user's own. */
    readonly role?: string;
    /** `server_version_num` / 10000. */
    readonly serverMajor: number;
    readonly serverVersion: string;
    readonly tracking: Tracking;
    /** `pg_control_system()`: the same for a server and its standbys; absent where the role may not ask. */
    readonly systemIdentifier?: string;
    readonly databaseOid?: number;
    /** `pg_control_checkpoint()`; absent for a standby, which may lag behind, and where the role may not ask. */
    readonly timeline?: number;
    /** Absent where nothing was remembered yet. */
    readonly identity?: RecordedIdentity | UnreadableIdentity;
}
