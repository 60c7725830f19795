/** A table as a file names it: without a schema it is any of that name. `*` stands for every table of the schema. */
export interface HealthTable {
    readonly schema?: string;
    readonly name: string;
}
/** What a health check looks at. Times are in milliseconds, sizes in bytes. */
export type HealthSubject = 
/** A new connection is made, and the server answers on it. */
{
    readonly kind: 'connectivity';
} | {
    readonly kind: 'tables';
    readonly tables: readonly HealthTable[];
}
/** Row level security is enabled. */
 | {
    readonly kind: 'rls';
    readonly tables: readonly HealthTable[];
}
/** One query whose only value has to be true. */
 | {
    readonly kind: 'sql';
    readonly sql: string;
}
/** `url` and the values of `headers` may hold `${NAME}`, a variable of the environment. */
 | {
    readonly kind: 'http';
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    /** Absent: any of 200 to 299. */
    readonly status?: number;
    /** What the answer has to hold. */
    readonly body?: string;
}
/** The REST API of the Supabase project at SUPABASE_URL. */
 | {
    readonly kind: 'supabase';
    readonly keyVariable: string;
} | {
    readonly kind: 'replication-lag';
    readonly mostMs: number;
} | {
    readonly kind: 'long-transactions';
    readonly mostMs: number;
}
/** `diskBytes`: of the disk that the databases lie on, where somebody said it. */
 | {
    readonly kind: 'free-space';
    readonly leastBytes: number;
    readonly diskBytes?: number;
};
export type HealthCheck = HealthSubject & {
    /** As people know it, for messages. Safe to print. */
    readonly label: string;
    /** Of one try. */
    readonly timeoutMs: number;
    /** So often it is tried again. */
    readonly retries: number;
};
/** What has to hold before anything is applied, and after all of it was. */
export interface HealthChecks {
    readonly before: readonly HealthCheck[];
    readonly after: readonly HealthCheck[];
}
/** What one check showed. `unknown`: it can not be told here, which is no reason to stop. */
export type HealthVerdict = {
    readonly state: 'passed';
    readonly details?: string;
} | {
    readonly state: 'failed' | 'unknown';
    readonly message: string;
    readonly help: string;
};
