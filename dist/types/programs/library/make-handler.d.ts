import type { HandlerCommand } from './handler-command.js';
import { type Place, type Quietly } from './run-quietly.js';
export type { HandlerCommand };
export interface HandlerOptions extends Omit<Place, 'databaseUrl'> {
    /** Never taken from a request. */
    readonly databaseUrl: string | undefined;
    /** What may be asked for. Default: all three. */
    readonly commands?: readonly HandlerCommand[];
    /** `Authorization: Bearer <token>` lets a request in. An empty or absent one lets nobody in. */
    readonly token?: string | undefined;
    /** Instead of a token: whether a request is let in. An error thrown lets it not in. */
    readonly authorize?: (request: Request) => boolean | Promise<boolean>;
}
/** What `serve` hands on to each run. */
interface Serving {
    /** Asks what is under way to end. */
    readonly signal?: AbortSignal;
    readonly given?: Quietly['given'];
}
/** See `createHandler` in `index.ts`. */
export declare function makeHandler(options: HandlerOptions, serving?: Serving): (request: Request) => Promise<Response>;
