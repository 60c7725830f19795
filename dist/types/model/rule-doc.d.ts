import type { Levels } from './judging.js';
/** What the documentation says of what can be found, for outlets that tell it once and not with each finding. */
export interface RuleDoc {
    /** As in `Finding.rule`. */
    readonly id: string;
    /** `security` and `rls` are about security; see `rules/rule.ts` for the others. */
    readonly group: string;
    /** What is found, in a few words, as Markdown. */
    readonly title: string;
    /** What it does in production, as Markdown. */
    readonly why: string;
    /** What to do instead, as Markdown. */
    readonly instead: string;
    readonly levels: Levels;
}
