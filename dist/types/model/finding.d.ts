import type { Claim } from './claim.js';
import type { Position, Span } from './position.js';
export type Severity = 'error' | 'warning' | 'notice';
/** Something wrong with a file, the configuration's effect or a target. An `error` stops whatever would be applied. */
export interface Finding {
    /** Kebab-case id, the same in every outlet: `checksum-drift`, `duplicate-version`. */
    readonly rule: string;
    readonly severity: Severity;
    /** Path relative to the boundary (in the action the workspace, so that GitHub finds the file), with `/`. Absent: about no file. */
    readonly file?: string;
    readonly position?: Position;
    /** What is wrong, one sentence, with the value seen. */
    readonly message: string;
    /** The way out. */
    readonly help: string;
    /** The offending line and a caret under the column, where there is one to show. */
    readonly excerpt?: string;
    /** What it does in production, where a rule says so. */
    readonly why?: string;
    /** `needed`: stops the run unless FORCE_RUN=true; `used`: would have stopped it. */
    readonly force?: 'needed' | 'used';
    readonly fix?: Fix;
    /** What of it a rehearsal can show to be so or not. */
    readonly claims?: readonly Claim[];
    /** What the rehearsal showed of it: it did what the finding says · it did not, and nothing is stopped by it · nothing but running it shows it. */
    readonly measured?: 'confirmed' | 'refuted' | 'found';
}
/** A finding that a comment in the file silences, with a reason. */
export interface SuppressedFinding extends Finding {
    readonly reason: string;
}
/** A safe rewrite of what a finding is about. */
export interface Fix {
    /** What it does, in the imperative: `Build the index concurrently`. */
    readonly title: string;
    /** In the file's text, ascending, not overlapping. */
    readonly edits: readonly Edit[];
    /** SQL for a migration of its own, to be applied after this one: `ALTER TABLE … VALIDATE CONSTRAINT …;`. */
    readonly next?: string;
    /** The lines that the edits touch, as they leave them; cut where they are many. For people. See `sql/place-fix.ts`. */
    readonly preview?: string;
}
export interface Edit {
    readonly span: Span;
    readonly text: string;
    /** The same span as people count; an empty span, which only adds text, is the place it is added before. */
    readonly position?: Position;
}
