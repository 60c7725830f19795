/** Why a run could not start or was not allowed to, in one place, with the way out. */
export interface Problem {
    readonly message: string;
    readonly help: string;
    /** Lines to add to a workflow, of ours, as they stand there. */
    readonly lines?: string;
    /** Another run is at work: the same may be allowed when it has ended. */
    readonly busy?: true;
}
