import type { Command } from './inputs.js';
/** What a notification can be about, the most pressing first: of several that hold, the first is its title. */
export declare const NOTIFICATION_EVENTS: readonly ['failed', 'drift', 'waiting-for-approval', 'applied', 'planned'];
export type NotificationEvent = (typeof NOTIFICATION_EVENTS)[number];
/** Commands that only show what is there tell nobody. */
export declare const SILENT_COMMANDS: readonly Command[];
export declare const NOTIFICATION_TYPES: readonly ['webhook', 'slack'];
/** Where a message goes to, and on what. Holds no secret: only the names of variables. */
export interface Notification {
    readonly type: (typeof NOTIFICATION_TYPES)[number];
    readonly urlVariable: string;
    /** Its value signs the message. */
    readonly secretVariable?: string;
    readonly on: readonly NotificationEvent[];
}
