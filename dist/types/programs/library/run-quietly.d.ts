import type { Config } from '../../model/config.js';
import type { Command, InputName } from '../../model/inputs.js';
import type { Report } from '../../model/report.js';
/** Where a program that uses the library lets migrations run. */
export interface Place {
    /** Default: the variable that the environment's `url_env` names, as on the command line. */
    readonly databaseUrl?: string;
    /** As `--env`. Default: ENVIRONMENT, else NODE_ENV, else `local`. */
    readonly environment?: string;
    /** As `--directory`, relative to `folder`. */
    readonly directory?: string;
    /** As `--config`, relative to `folder`. */
    readonly config?: string;
    /** Absolute folder that relative paths start from. Default: the working directory of the process. */
    readonly folder?: string;
}
/** What a caller of {@link runQuietly} may say beside the place. */
export interface Quietly {
    readonly given?: Readonly<Partial<Record<InputName, string>>>;
    /** Called as soon as the configuration stands, before anything is connected to. What it throws as a `UserError` is told. */
    readonly onConfig?: (config: Config) => Promise<void>;
    readonly signal?: AbortSignal;
}
/** One command as the command line runs it with `--ci`, in this process; prints nothing and never throws. */
export declare function runQuietly({ databaseUrl, environment, directory, config, folder }: Place, command: Command, { given, onConfig, signal }?: Quietly): Promise<Report>;
