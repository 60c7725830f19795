import type { Timeouts } from './config.js';
import type { Span } from './position.js';
import type { FoundSecret } from './secret.js';
import type { Substitute } from './substitute.js';
/** The naming styles a folder may use; one style a folder. */
export type NamingStyle = 'number' | 'timestamp' | 'date' | 'flyway' | 'folder';
/** What `-- devflow:` directives in a file's head ask for. Durations are in milliseconds. */
export interface Directives {
    readonly noTransaction: boolean;
    /** Which setting says so, where the file itself does not. */
    readonly noTransactionBy?: 'transaction' | 'legacy';
    readonly timeouts: Partial<Timeouts>;
    /** The environment's variables that are filled in for `${NAME}`. */
    readonly substitute?: readonly Substitute[];
}
/** One `.sql` file, read and named, not yet parsed as SQL. */
export interface MigrationFile {
    /** As written in the name: `01`, `20260120103000`, `2026-01-20_create_users`. */
    readonly version: string;
    /** What is recorded as `name`: the path relative to the migrations folder, with `/`: `01_users.sql`, `2026…_x/migration.sql`. */
    readonly name: string;
    /** For findings: relative to the boundary, with `/`. */
    readonly path: string;
    readonly style: NamingStyle;
    /** The whole text: UTF-8, without byte-order mark, line ends as in the file. */
    readonly text: string;
    /** The part that is applied: all of the text, or what is before a down section. */
    readonly up: Span;
    /** `sha256:` over the text without byte-order mark and with LF, lower-case hex. */
    readonly checksum: string;
    /** Digests of the raw bytes and the normalised text, for unprefixed checksums another runner stored: lower-case hex. */
    readonly otherChecksums: readonly string[];
    readonly directives: Directives;
    /** Versions this file declares to need, as far as they could be resolved. */
    readonly dependsOn: readonly string[];
    /** What nobody may read of its text, in order. Absent: it was not looked for. See `rules/secrets/with-secrets.ts`. */
    readonly secrets?: readonly FoundSecret[];
}
