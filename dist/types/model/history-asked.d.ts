/** What `repair` is to do to the records of some versions. */
export type RepairKind = 'applied' | 'reverted' | 'accept-checksum' | 'clear';
export interface RepairAsked {
    readonly kind: RepairKind;
    /** As given; at least one. */
    readonly versions: readonly string[];
}
/** What `rollback`, `repair`, `baseline` and `verify` were asked for, beside `Config.only` and `Config.to`. */
export interface HistoryAsked {
    /** How many of the newest are undone. */
    readonly steps?: number;
    /** A migration is to be written that reverses what has no down part. */
    readonly propose: boolean;
    readonly repairs: readonly RepairAsked[];
    readonly reason?: string;
    /** A baseline is compared with what its files make on a shadow. */
    readonly verify: boolean;
    readonly roundTrip: boolean;
}
