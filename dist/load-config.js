import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ // The require scope
/******/ var __nccwpck_require__ = {};
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/************************************************************************/
var __webpack_exports__ = {};

// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Z: () => (/* binding */ loadConfig)
});

;// CONCATENATED MODULE: external "node:fs/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");
;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");
;// CONCATENATED MODULE: ./build/model/user-error.js
const MARK = Symbol.for('devflow-migrate/user-error');
/** The set-up is wrong: exit code 2, no stack. Holds every mistake found, not the first. */
class UserError extends Error {
    [MARK] = true;
    problems;
    constructor(problems) {
        super(problems.map((problem) => problem.message).join('\n'));
        this.name = 'UserError';
        this.problems = problems;
    }
    /** Each bundle of dist/ has a class of its own of this name; what one throws is known to all. */
    static [Symbol.hasInstance](value) {
        return typeof value === 'object' && value !== null && MARK in value;
    }
}

;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;// CONCATENATED MODULE: ./build/config/is-inside.js

/** By their names only: links are not followed here. Whoever opens the path checks where it really leads. */
function isInside(folder, path) {
    const way = (0,external_node_path_namespaceObject.relative)(folder, path);
    return way !== '..' && !way.startsWith(`..${external_node_path_namespaceObject.sep}`) && !(0,external_node_path_namespaceObject.isAbsolute)(way);
}

;// CONCATENATED MODULE: ./build/config/load-disk.js




/**
 * The machine as configuration sees it.
 *
 * @param boundary nothing that lies outside this folder is read, whatever links say
 */
function loadDisk(toolVersion, boundary) {
    return {
        readFile: (path) => readSmallFile(path, boundary),
        exists: (path) => (0,promises_namespaceObject.lstat)(path).then(Boolean, () => false),
        readPlan: (path) => readSmallFile(path, undefined, LARGEST_EVENT),
        // The runner's own file, which lies outside the workspace; nothing of it is shown.
        readEvent: (path) => readSmallFile(path, undefined, LARGEST_EVENT).catch(() => undefined),
        osUser: osUser(),
        toolVersion,
    };
}
/** A process in a container may run under a number that has no name. */
function osUser() {
    try {
        return (0,external_node_os_namespaceObject.userInfo)().username;
    }
    catch {
        return `user ${process.getuid?.() ?? 'unknown'}`;
    }
}
const LARGEST = 1024 * 1024;
const LARGEST_EVENT = 32 * LARGEST;
async function readSmallFile(path, boundary, largest = LARGEST) {
    try {
        const real = await (0,promises_namespaceObject.realpath)(path);
        if (boundary !== undefined && !isInside(await (0,promises_namespaceObject.realpath)(boundary), real))
            throw refuse(path, 'lies outside the workspace');
        const { size, isFile } = await (0,promises_namespaceObject.lstat)(real).then((stats) => ({ size: stats.size, isFile: stats.isFile() }));
        if (!isFile)
            throw refuse(path, 'is not a regular file');
        if (size > largest)
            throw refuse(path, `has ${size} bytes, and ${largest} are allowed`);
        return await (0,promises_namespaceObject.readFile)(real, 'utf8');
    }
    catch (error) {
        if (error instanceof UserError)
            throw error;
        const { code } = error;
        if (code === 'ENOENT' || code === 'ENOTDIR')
            return undefined;
        throw refuse(path, `can not be read (${code ?? 'unknown reason'})`);
    }
}
function refuse(path, what) {
    return new UserError([{ message: `The file ${path} ${what}.`, help: 'Name another file.' }]);
}

;// CONCATENATED MODULE: ./build/model/foreign-tool.js
/** The tools whose history can be adopted, as they are named in the input `from`. */
const FOREIGN_TOOLS = [
    'flyway',
    'liquibase',
    'prisma',
    'supabase',
    'dbmate',
    'golang-migrate',
    'goose',
    'node-pg-migrate',
    'knex',
    'graphile-migrate',
    'atlas',
    'sqlx',
    'sqitch',
];
/**
 * What a person says of a version that another tool's table and the folder disagree about.
 *
 * - `edited`: the file as it is now is to count as what was applied
 * - `missing`: there is no file any more, and nothing is to be recorded
 * - `applied`, `not-applied`: what became of a migration that failed, or that was left half done
 */
const ACCEPTED_WORDS = ['edited', 'missing', 'applied', 'not-applied'];

;// CONCATENATED MODULE: ./build/model/version.js
/**
 * One spelling for versions that are the same: `1` and `01`, `1_2` and `1.2`. Versions that are no dotted numbers
 * (dates with a name) are themselves.
 */
function versionKey(version) {
    // What nearly every file's version is, thousands of times a run.
    if (/^[1-9]\d*$/.test(version))
        return version;
    if (!/^\d+([._]\d+)*$/.test(version))
        return version;
    const parts = version.split(/[._]/).map((part) => BigInt(part));
    while (parts.length > 1 && parts.at(-1) === 0n)
        parts.pop();
    return parts.join('.');
}
/** By {@link versionKey}; of several with one key the last. */
function byVersion(items) {
    return new Map(items.map((item) => [versionKey(item.version), item]));
}

;// CONCATENATED MODULE: ./build/config/did-you-mean.js
/**
 * The known word that was probably meant: at most a third of its letters differ, swapped neighbours counting once,
 * and `-` the same as `_`. Undefined where nothing is near.
 */
function didYouMean(word, known) {
    let best;
    let least = Number.POSITIVE_INFINITY;
    for (const candidate of known) {
        const differs = distance(plain(word), plain(candidate));
        if (differs < least && differs <= Math.max(1, Math.floor(candidate.length / 3))) {
            best = candidate;
            least = differs;
        }
    }
    return best;
}
/** Bounded, because the cost is the product of the lengths and the word is foreign. */
function plain(word) {
    return word.slice(0, 64).toLowerCase().replaceAll('-', '_');
}
function distance(a, b) {
    let older = [];
    let old = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
        const row = [i];
        for (let j = 1; j <= b.length; j++)
            row.push(cheapest(a, b, i, j, row, old, older));
        older = old;
        old = row;
    }
    return old[b.length] ?? a.length;
}
function cheapest(a, b, i, j, row, old, older) {
    const at = (numbers, index) => numbers[index] ?? Number.POSITIVE_INFINITY;
    const same = a[i - 1] === b[j - 1] ? 0 : 1;
    const plainest = Math.min(at(old, j) + 1, at(row, j - 1) + 1, at(old, j - 1) + same);
    const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
    return swapped ? Math.min(plainest, at(older, j - 2) + 1) : plainest;
}

;// CONCATENATED MODULE: ./build/config/adopt-inputs.js

/** Those of `inputs.ts` that are about taking over another tool's history. */
const ADOPT_INPUTS = {
    from: {
        flag: '--from',
        kind: 'choice',
        values: ['auto', ...FOREIGN_TOOLS],
        default: '`auto`: the tool whose table is there',
        doc: 'The tool whose history is taken over.',
        commands: ['adopt'],
    },
    'from-table': {
        flag: '--from-table',
        kind: 'text',
        default: 'the one that is found by its columns',
        doc: 'The table of that tool, as `table` or `schema.table`, where it has another name than usual or there are several.',
        commands: ['adopt'],
    },
    accept: {
        flag: '--accept',
        kind: 'text',
        default: 'nothing: what disagrees is refused',
        doc: 'What is so where table and folder disagree, for each version: `0003=edited, 0004=missing, 0005=applied, 0006=not-applied`.',
        commands: ['adopt'],
    },
    undo: {
        flag: '--undo',
        kind: 'flag',
        default: '`false`',
        doc: 'Take back what was adopted, as long as nothing else was recorded since.',
        commands: ['adopt'],
    },
};

;// CONCATENATED MODULE: ./build/model/backup.js
/** What is done before anything is applied, the safest first. */
const BACKUP_MODES = ['full', 'touched', 'marker', 'off'];
const BACKUP_FORMATS = ['custom', 'sql.gz'];

;// CONCATENATED MODULE: ./build/config/backup-inputs.js

/** Whatever changes more than the history. */
const BACKING_UP = ['migrate', 'rollback', 'backup'];
/** Those of `inputs.ts` that are about backups and what is restored from them. */
const BACKUP_INPUTS = {
    backup: {
        flag: '--backup',
        kind: 'choice',
        values: BACKUP_MODES,
        default: 'the file\u2019s `backup`; of several sources the safest holds: `full`, `touched`, `marker`, `off`',
        doc: 'What is backed up before anything is applied: all; the schema and the rows of what the rehearsal saw changed; only the point in time that a provider\u2019s backup can go back to; nothing.',
        commands: BACKING_UP,
    },
    'backup-id': {
        flag: '--backup-id',
        kind: 'text',
        default: 'none',
        doc: 'What the provider calls its own snapshot; recorded in the history.',
        commands: BACKING_UP,
    },
    'backup-verify': {
        flag: '--backup-verify',
        kind: 'flag',
        default: 'the file\u2019s `backup-verify`, else `false`; a `true` from any source wins',
        doc: 'Restore the backup into a scratch database and compare it, before anything is applied.',
        commands: BACKING_UP,
    },
    'backup-directory': {
        flag: '--backup-directory',
        kind: 'path',
        default: 'the file\u2019s `backup-directory`, else `backups/migrations`',
        doc: 'The folder that backups are written to.',
        commands: BACKING_UP,
    },
    'backup-keep': {
        flag: '--backup-keep',
        kind: 'text',
        default: 'the file\u2019s `backup-keep`, else `10`',
        doc: 'How many backups of the same database are kept; older ones are deleted.',
        commands: BACKING_UP,
    },
    'backup-format': {
        flag: '--backup-format',
        kind: 'choice',
        values: BACKUP_FORMATS,
        default: 'the file\u2019s `backup-format`, else `custom`',
        doc: 'The format of a backup: that of pg_dump, or compressed SQL.',
        commands: BACKING_UP,
    },
    file: {
        flag: '--file',
        kind: 'path',
        default: 'none: it has to be named',
        doc: 'The backup to restore.',
        commands: ['restore'],
    },
    create: {
        flag: '--create',
        kind: 'text',
        default: 'none: the database of the URL has to be empty',
        doc: 'The name of a new database to restore into, on the server of the URL.',
        commands: ['restore'],
    },
};

;// CONCATENATED MODULE: ./build/config/commands.js
const BOTH = ['action', 'cli'];
/** Every command, once, in the order in which the help shows them. */
const COMMANDS = {
    validate: {
        doc: 'Check the migration files; needs no database.',
        connects: false,
        locks: false,
        changes: false,
        entries: BOTH,
    },
    graph: {
        doc: 'Print the graph of what the migration files declare to need.',
        connects: false,
        locks: false,
        changes: false,
        entries: BOTH,
    },
    status: {
        doc: 'Show what is applied and what is pending.',
        connects: true,
        locks: false,
        changes: false,
        entries: BOTH,
    },
    plan: {
        doc: 'Show what would run, in order, with its hash; changes nothing.',
        connects: true,
        locks: false,
        changes: false,
        entries: BOTH,
    },
    'dry-run': {
        doc: 'Plan, then execute the pending migrations and roll them back.',
        connects: true,
        locks: true,
        changes: false,
        entries: BOTH,
    },
    migrate: {
        doc: 'Validate, plan, rehearse, apply and verify.',
        connects: true,
        locks: true,
        changes: true,
        entries: BOTH,
    },
    verify: {
        doc: 'Check that the database is what its history and the files say.',
        connects: true,
        locks: false,
        changes: false,
        entries: BOTH,
    },
    history: {
        doc: 'Show everything that was tried on the database.',
        connects: true,
        locks: false,
        changes: false,
        entries: BOTH,
    },
    rollback: {
        doc: 'Undo applied migrations by their down files.',
        connects: true,
        locks: true,
        changes: true,
        entries: BOTH,
    },
    repair: {
        doc: 'Correct the history, with a reason; runs no migration.',
        connects: true,
        locks: true,
        changes: true,
        entries: BOTH,
    },
    baseline: {
        doc: 'Record migrations as applied without running them.',
        connects: true,
        locks: true,
        changes: true,
        entries: BOTH,
    },
    adopt: {
        doc: 'Take over what another tool has recorded as applied.',
        connects: true,
        locks: true,
        changes: true,
        entries: BOTH,
    },
    backup: {
        doc: 'Back the database up, and prove it where that is asked.',
        connects: true,
        locks: true,
        changes: false,
        entries: BOTH,
    },
    restore: {
        doc: 'Restore a backup into a new or empty database.',
        connects: true,
        locks: true,
        changes: true,
        entries: BOTH,
    },
    new: {
        doc: 'Create a migration file with the next version.',
        connects: false,
        locks: false,
        changes: false,
        entries: ['cli'],
    },
    serve: {
        doc: 'Answer HTTP requests on this machine, for local work.',
        connects: true,
        locks: false,
        changes: false,
        entries: ['cli'],
    },
    setup: {
        doc: 'Put the command `devflow` on PATH for later steps.',
        connects: false,
        locks: false,
        changes: false,
        entries: ['action'],
    },
};

;// CONCATENATED MODULE: ./build/config/command-groups.js

/** The commands that an input changes something for. */
const ALL = Object.keys(COMMANDS);
/** What the action's input `command` takes. */
const IN_ACTION = ALL.filter((command) => COMMANDS[command].entries.includes('action'));
const READING = ALL.filter((command) => command !== 'setup');
const CONNECTING = ALL.filter((command) => COMMANDS[command].connects);
const LOCKING = ALL.filter((command) => COMMANDS[command].locks);
const CHANGING = ALL.filter((command) => COMMANDS[command].changes);
const JUDGING = ['validate', 'plan', 'dry-run', 'migrate'];
/** Those that read what is pending as SQL. */
const PLANNING = ['plan', 'dry-run', 'migrate'];
/** Those that are no part of bringing pending migrations into a target (`programs/operate.ts`). */
const OPERATING = (/* unused pure expression or super */ null && ([
    'rollback',
    'repair',
    'baseline',
    'adopt',
    'backup',
    'restore',
]));
function isOperating(command) {
    return OPERATING.some((each) => each === command);
}

;// CONCATENATED MODULE: ./build/config/modes.js
/** What `transaction` may be, the default first. */
const TRANSACTION_MODES = ['file', 'all', 'none'];
/** What `rehearse` may be, the default first. */
const REHEARSE_MODES = [
    'auto',
    'shadow',
    'target',
    'off',
];
/** What `comment` may be, the default first. */
const COMMENT_MODES = [
    'off',
    'update',
    'recreate',
];
/** What `format` may be, the default first. */
const GRAPH_FORMATS = ['mermaid', 'dot'];

;// CONCATENATED MODULE: ./build/config/gate-inputs.js


/** Those of `inputs.ts` that are about what lets a run through. */
const GATE_INPUTS = {
    'expected-plan-hash': {
        flag: '--expected-plan-hash',
        kind: 'text',
        default: 'whatever is pending',
        doc: 'The hash of the plan that was approved: anything else is refused.',
        commands: ['migrate', 'rollback', 'repair', 'baseline', 'adopt'],
    },
    'plan-file': {
        flag: '--plan-file',
        kind: 'path',
        default: 'none',
        doc: 'The file that plan and dry-run write the plan to; migrate applies that plan, or nothing.',
        commands: PLANNING,
    },
    confirm: {
        flag: '--confirm',
        kind: 'text',
        default: 'nothing',
        doc: 'MIGRATE-PRODUCTION, typed by a person, where the environment\u2019s approval is a confirmation.',
        commands: CHANGING,
    },
    'review-window': {
        flag: '--review-window',
        kind: 'duration',
        default: 'the file\u2019s `review-window`, else `0`',
        doc: 'How long to wait before applying or undoing, so that somebody can stop it.',
        commands: ['migrate', 'rollback'],
    },
    'github-token': {
        flag: '--github-token',
        kind: 'text',
        variable: 'GITHUB_TOKEN',
        default: 'none',
        doc: 'The token that approvals are read with, and the comment is written with.',
        commands: ['validate', 'plan', 'dry-run', ...CHANGING],
    },
    ephemeral: {
        flag: '--ephemeral',
        kind: 'flag',
        default: 'the file\u2019s `ephemeral`, else `false`',
        doc: 'The database is thrown away with the job: it may be connected to whoever\u2019s pull request runs.',
        commands: CONNECTING,
    },
    comment: {
        flag: '--comment',
        kind: 'choice',
        values: COMMENT_MODES,
        default: '`off`',
        doc: 'Tell of the run in a comment on the pull request: kept up to date, or made anew each time.',
        commands: ['validate', ...PLANNING],
    },
    'move-target': {
        flag: '--move-target',
        kind: 'text',
        default: 'nothing',
        doc: 'What a refusal printed, to say on purpose that a database now belongs to this environment, or is a copy.',
        commands: ['migrate'],
    },
};

;// CONCATENATED MODULE: ./build/config/history-inputs.js
/** Those of `inputs.ts` that are about going back, and about what the history says. */
const HISTORY_INPUTS = {
    steps: {
        flag: '--steps',
        kind: 'text',
        default: 'none',
        doc: 'How many of the newest applied migrations rollback undoes.',
        commands: ['rollback'],
    },
    propose: {
        flag: '--propose',
        kind: 'flag',
        default: '`false`',
        doc: 'Write a new migration that reverses what has no down part, to be read and completed; it is never run by itself.',
        commands: ['rollback'],
    },
    applied: {
        flag: '--applied',
        kind: 'text',
        default: 'none',
        doc: 'Versions that repair records as applied, with commas between them.',
        commands: ['repair'],
    },
    reverted: {
        flag: '--reverted',
        kind: 'text',
        default: 'none',
        doc: 'Applied versions that repair records as rolled back, so that they are pending again.',
        commands: ['repair'],
    },
    'accept-checksum': {
        flag: '--accept-checksum',
        kind: 'text',
        default: 'none',
        doc: 'Applied versions whose files repair takes as they are now.',
        commands: ['repair'],
    },
    clear: {
        flag: '--clear',
        kind: 'text',
        default: 'none',
        doc: 'Versions whose failed or unfinished record repair takes away.',
        commands: ['repair'],
    },
    reason: {
        flag: '--reason',
        kind: 'text',
        default: 'none; repair needs one',
        doc: 'Why it is corrected or undone; recorded with it.',
        commands: ['repair', 'baseline', 'rollback'],
    },
    verify: {
        flag: '--verify',
        kind: 'flag',
        default: '`false`',
        doc: 'Replay the files of a baseline on a shadow, and compare its schema with that of the database.',
        commands: ['baseline'],
    },
    'round-trip': {
        flag: '--round-trip',
        kind: 'flag',
        default: '`false`',
        doc: 'Run migrations up, down and up again on a shadow, and compare the schemas.',
        commands: ['verify'],
    },
};

;// CONCATENATED MODULE: ./build/config/schema-dump-input.js
/** The input about the file that the schema is written to. */
const SCHEMA_DUMP_INPUT = {
    'schema-dump': {
        flag: '--schema-dump',
        kind: 'path',
        default: 'the file\u2019s `schema-dump`, else none',
        doc: 'A file that the schema is written to after migrate, as stable SQL for review.',
        commands: ['migrate'],
    },
};

;// CONCATENATED MODULE: ./build/config/inputs.js







/**
 * Every input, once: the flags and the help of the command line, `action.yml` and the README's table are made from
 * this or tested against it. To add one: name it in `model/inputs.ts`, describe it here, read it in `make-config.ts`.
 */
const INPUTS = {
    command: {
        kind: 'choice',
        values: IN_ACTION,
        default: '`migrate` in the action; on the command line one is named',
        doc: 'What to do.',
        commands: ALL,
    },
    environment: {
        flag: '--env',
        kind: 'text',
        variable: 'ENVIRONMENT',
        default: 'on the command line `NODE_ENV`, else `local`; the action needs one named for whatever connects',
        doc: 'The environment to work on.',
        commands: READING,
    },
    config: {
        flag: '--config',
        kind: 'path',
        default: '`devflow.yml` (or `devflow.yaml`) in the working directory, where there is one',
        doc: 'The configuration file.',
        commands: READING,
    },
    directory: {
        flag: '--directory',
        kind: 'path',
        default: 'the file\u2019s `directory`, else `migrations`, else `supabase/migrations`',
        doc: 'The folder of the migration files.',
        commands: READING,
    },
    'working-directory': {
        flag: '--working-directory',
        kind: 'path',
        default: 'the workspace; on the command line the current folder',
        doc: 'The folder that all other relative paths start from.',
        commands: READING,
    },
    'database-url': {
        flag: '--database-url',
        kind: 'text',
        variable: 'DATABASE_URL',
        default: 'the variable that the environment\u2019s `url_env` names',
        doc: 'The URL of the database: from a secret, better by its variable, because command lines can be seen by others.',
        commands: CONNECTING,
    },
    'dry-run': {
        flag: '--dry-run',
        kind: 'flag',
        variable: 'DRY_RUN',
        default: '`false`; a `true` from any source wins',
        doc: 'Plan and rehearse, apply nothing.',
        commands: LOCKING,
    },
    version: {
        flag: '--version',
        kind: 'text',
        default: 'every pending one',
        doc: 'Exactly this pending migration; refused while older ones are pending, unless out of order is allowed. For rollback exactly this applied one.',
        commands: [...PLANNING, 'rollback'],
    },
    to: {
        flag: '--to',
        kind: 'text',
        default: 'the newest',
        doc: 'Pending migrations up to and including this version. For rollback the version to go back to: what was applied after it is undone. For baseline the last that is recorded.',
        commands: [...PLANNING, 'rollback', 'baseline'],
    },
    'allow-out-of-order': {
        flag: '--allow-out-of-order',
        kind: 'flag',
        default: 'the file\u2019s `allow_out_of_order`, else `false`; a `false` from any source wins',
        doc: 'Apply a pending file that sorts before an applied one.',
        commands: [...CONNECTING, 'validate'],
    },
    rehearse: {
        flag: '--rehearse',
        kind: 'choice',
        values: REHEARSE_MODES,
        default: 'the file\u2019s `rehearse`, else `auto`; an `off` holds only where no source names anything else',
        doc: 'Where the pending migrations are tried before they are applied: on a shadow, thrown away; on the target, rolled back; not at all; or (auto) on a shadow for what is protected, else on the target.',
        commands: [...PLANNING, 'rollback'],
    },
    'shadow-url': {
        flag: '--shadow-url',
        kind: 'text',
        variable: 'SHADOW_DATABASE_URL',
        default: 'the variable that the environment\u2019s `shadow_url_env` names',
        doc: 'The URL of a server to rehearse on, in a database of its own that is dropped afterwards: a service container.',
        commands: [...PLANNING, 'rollback', 'baseline', 'verify', 'backup'],
    },
    ...GATE_INPUTS,
    ...BACKUP_INPUTS,
    force: {
        flag: '--force',
        kind: 'flag',
        variable: 'FORCE_RUN',
        default: '`false`; a `false` from any source wins',
        doc: 'Let findings of level force not stop the run. What was forced is shown and recorded, with who ran it.',
        commands: [...JUDGING, 'rollback'],
    },
    'lock-wait': {
        flag: '--lock-wait',
        kind: 'duration',
        default: 'the file\u2019s `lock-wait`, else `5m`',
        doc: 'How long to wait for another run on the same database to finish.',
        commands: LOCKING,
    },
    'lock-timeout': {
        flag: '--lock-timeout',
        kind: 'duration',
        default: 'the file\u2019s `lock-timeout`, else `3s`',
        doc: 'How long one attempt waits for a table lock; a timeout is tried again within bounds.',
        commands: LOCKING,
    },
    'statement-timeout': {
        flag: '--statement-timeout',
        kind: 'duration',
        variable: 'TIMEOUT',
        default: 'the file\u2019s `statement-timeout`, else `0`: no limit',
        doc: 'How long one statement may run. The variable is in seconds, without a unit.',
        commands: LOCKING,
    },
    'idle-in-transaction-session-timeout': {
        flag: '--idle-in-transaction-session-timeout',
        kind: 'duration',
        default: 'the file\u2019s `idle-in-transaction-session-timeout`, else `0`: no limit',
        doc: 'How long the server keeps a transaction of ours open in which nothing runs.',
        commands: LOCKING,
    },
    'transaction-timeout': {
        flag: '--transaction-timeout',
        kind: 'duration',
        default: 'the file\u2019s `transaction-timeout`, else `0`: no limit',
        doc: 'How long one transaction may take, on PostgreSQL 17 and newer.',
        commands: LOCKING,
    },
    transaction: {
        flag: '--transaction',
        kind: 'choice',
        values: TRANSACTION_MODES,
        default: 'the file\u2019s `transaction`, else `file`',
        doc: 'One transaction for each file, one for all pending files, or none: each statement alone.',
        commands: [...PLANNING, 'rollback'],
    },
    'tls-ca': {
        flag: '--tls-ca',
        kind: 'path',
        default: 'the certificate authorities that Node trusts',
        doc: 'A PEM file of certificate authorities to trust for the database\u2019s certificate.',
        commands: CONNECTING,
    },
    'log-file': {
        flag: '--log-file',
        kind: 'path',
        default: 'none',
        doc: 'A file that the log of the run is written to as well.',
        commands: READING,
    },
    'sarif-file': {
        flag: '--sarif-file',
        kind: 'path',
        default: 'none',
        doc: 'A file that the findings are written to as SARIF 2.1.0, for code scanning and editors.',
        commands: READING,
    },
    'junit-file': {
        flag: '--junit-file',
        kind: 'path',
        default: 'none',
        doc: 'A file that the findings are written to as JUnit XML.',
        commands: READING,
    },
    ...SCHEMA_DUMP_INPUT,
    since: {
        flag: '--since',
        kind: 'text',
        default: 'in the job of a pull request its base, else nothing',
        doc: 'Compare the files with this commit or branch: what it has must not change, and only what is new is judged.',
        commands: ['validate'],
    },
    all: {
        flag: '--all',
        kind: 'flag',
        default: '`false`',
        doc: 'Judge every file, not only what is new since the base.',
        commands: ['validate'],
    },
    format: {
        flag: '--format',
        kind: 'choice',
        values: GRAPH_FORMATS,
        default: '`mermaid`',
        doc: 'How the dependency graph is written.',
        commands: ['graph'],
    },
    ...HISTORY_INPUTS,
    ...ADOPT_INPUTS,
};
/** Flags that only the command line has. `devflow --version`, before `db`, prints the tool's version. */
const CLI_FLAGS = {
    '--ci': 'Never ask; no colour; plain progress. The local PostgreSQL is not used.',
    '--fix': 'Write the safe rewrites of what validate finds into the files.',
    '--json': 'Print the report as JSON on standard output.',
    '--verbose': 'Show where each setting came from, and more detail.',
    '--help': 'Show the commands and flags.',
};

;// CONCATENATED MODULE: ./build/config/given.js

/** What was given for an input, trimmed; an empty value is an absent one (GitHub passes unset inputs as empty). */
function given(inputs, name) {
    const value = inputs.given[name]?.trim();
    return value ? { value, source: callInput(inputs, name) } : undefined;
}
/** How the person who gave it knows an input: `the flag --env` or `the input environment`. */
function callInput(inputs, name) {
    const flag = INPUTS[name].flag;
    if (inputs.entry === 'cli')
        return flag === undefined ? 'the command' : `the flag ${flag}`;
    return `the input ${name}`;
}
/** An environment variable, trimmed; an empty one is an absent one. */
function variable(inputs, name) {
    const value = Object.hasOwn(inputs.variables, name) ? inputs.variables[name]?.trim() : undefined;
    return value ? { value, source: inputs.origins?.[name] ?? `the variable ${name}` } : undefined;
}

;// CONCATENATED MODULE: ./build/config/parse-boolean.js
/** For messages: what is allowed. */
const BOOLEAN_WORDS = 'true or false (also yes, no, 1, 0)';
/** Undefined where the text is neither: `DRY_RUN=ture` must stop a run and not count as false. */
function parseBoolean(text) {
    const word = text.toLowerCase();
    if (word === 'true' || word === 'yes' || word === '1')
        return true;
    if (word === 'false' || word === 'no' || word === '0')
        return false;
    return undefined;
}

;// CONCATENATED MODULE: ./build/config/show-value.js
const LONGEST = 80;
/**
 * A value somebody gave, for a message: in quotes, control characters escaped, bounded. Anything that could be a URL
 * with credentials is not shown: people paste the database URL where its variable's name belongs.
 */
function showValue(value) {
    if (value === null || value === undefined)
        return 'empty';
    if (Array.isArray(value))
        return 'a list';
    if (typeof value === 'object')
        return 'a map';
    if (typeof value !== 'string')
        return String(value);
    if (value.includes('://') || value.includes('@'))
        return 'a URL or address (not shown)';
    const cut = value.length > LONGEST ? `${value.slice(0, LONGEST)}\u2026` : value;
    return JSON.stringify(cut).replace(/[\u007f-\u009f\u2028\u2029]/g, ' ');
}

;// CONCATENATED MODULE: ./build/config/read-boolean.js


/** What a source says, yes or no; anything else is a problem, and counts as nothing said. */
function readBoolean(chosen, ledger) {
    if (chosen === undefined)
        return undefined;
    const value = parseBoolean(chosen.value);
    if (value !== undefined)
        return { value, source: chosen.source };
    const place = chosen.source.charAt(0).toUpperCase() + chosen.source.slice(1);
    const message = `${place} is ${showValue(chosen.value)}; it must be ${BOOLEAN_WORDS}.`;
    ledger.problems.push({ message, help: 'Correct the value, or leave it out.' });
    return undefined;
}

;// CONCATENATED MODULE: ./build/config/choose-adopt.js






/** Whose history is adopted, and what a person says of what disagrees. */
function chooseAdopt(sources) {
    const { inputs, ledger } = sources;
    const table = chooseTable(sources);
    const undo = readBoolean(given(inputs, 'undo'), ledger)?.value ?? false;
    return {
        adopt: { from: chooseFrom(sources), ...(table ? { table } : {}), accept: chooseAccept(sources), undo },
    };
}
function chooseFrom({ inputs, ledger }) {
    const said = given(inputs, 'from');
    const words = ['auto', ...FOREIGN_TOOLS];
    const from = words.find((word) => word === said?.value);
    if (said === undefined || from !== undefined)
        return from ?? 'auto';
    const meant = didYouMean(said.value, words);
    tell(ledger, said.source, `is ${showValue(said.value)}; the tools are ${words.join(', ')}`, meant === undefined ? 'Correct the value.' : `Did you mean ${meant}?`);
    return 'auto';
}
/** Names that hold a dot themselves can be given by the schema's name, which is found by its columns. */
function chooseTable({ inputs, ledger }) {
    const said = given(inputs, 'from-table');
    if (said === undefined)
        return undefined;
    const [first = '', second, ...more] = said.value.split('.');
    const parts = second === undefined ? [first] : [first, second];
    if (more.length === 0 && parts.every((part) => part !== '' && !part.includes('\0')))
        return second === undefined ? { name: first } : { schema: first, name: second };
    tell(ledger, said.source, `is ${showValue(said.value)}; it must be table or schema.table, without quotes`, 'Correct the value.');
    return undefined;
}
function chooseAccept({ inputs, ledger }) {
    const said = given(inputs, 'accept');
    const accept = new Map();
    for (const part of said?.value.split(',') ?? []) {
        const { version, word } = /^\s*(?<version>.*\S)\s*=\s*(?<word>\S+)\s*$/s.exec(part)?.groups ?? {};
        const known = ACCEPTED_WORDS.find((each) => each === word);
        const key = versionKey(version ?? '');
        if (version !== undefined && known !== undefined && !accept.has(key))
            accept.set(key, known);
        else if (said && accept.has(key))
            tell(ledger, said.source, `says two things of ${showValue(version)}`, 'Keep one of them.');
        else if (said)
            tell(ledger, said.source, `holds ${showValue(part.trim())}; each part must be <version>=<word>`, `Words: ${ACCEPTED_WORDS.join(', ')}.`);
    }
    return accept;
}
function tell({ problems }, source, what, help) {
    problems.push({ message: `${source.charAt(0).toUpperCase()}${source.slice(1)} ${what}.`, help });
}

;// CONCATENATED MODULE: ./build/model/template.js
const NAME = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
/** The names in a text that holds variables of the environment as `${NAME}`. */
function namesIn(template) {
    return [...template.matchAll(NAME)].map(([, name = '']) => name);
}
/** The text with their values. A variable that is not set leaves nothing. */
function fillTemplate(template, find) {
    return template.replace(NAME, (_, name) => find(name) ?? '');
}

;// CONCATENATED MODULE: ./build/config/health-variables.js



/** Every check of the file for an environment: those of all environments, then its own. */
function healthSettings(settings, { file }) {
    const all = file?.document.database?.health;
    const own = settings.health;
    return {
        before: [...(all?.before ?? []), ...(own?.before ?? [])],
        after: [...(all?.after ?? []), ...(own?.after ?? [])],
    };
}
/** Whether a command carries checks out at all. */
function checksHealth({ command }) {
    return command !== undefined && ['migrate', 'dry-run', 'verify', 'rollback'].includes(command);
}
/** The variables of the environment that they read. */
function healthVariables(settings, sources) {
    if (!checksHealth(sources))
        return [];
    const { before, after } = healthSettings(settings, sources);
    const read = appliesNothing(sources) ? before : [...before, ...after];
    return [...new Set(read.flatMap((check) => [...urlVariablesOf(check), ...keyVariablesOf(check)]))];
}
/** A dry run carries out no check of what it does not apply. */
function appliesNothing({ command, inputs }) {
    const said = [given(inputs, 'dry-run'), variable(inputs, 'DRY_RUN')];
    return (command === 'dry-run' ||
        ((command === 'migrate' || command === 'rollback') &&
            said.some((one) => parseBoolean(one?.value ?? '') === true)));
}
/** They hold a key or a token as a whole. */
function keyVariablesOf({ headers = {}, http = '', supabase, }) {
    const [, ...query] = http.split('?');
    const names = [...Object.values(headers), ...query].flatMap(namesIn);
    return [...names, ...(supabase === undefined ? [] : [supabase])];
}
function urlVariablesOf({ http, supabase }) {
    return [...namesIn(http ?? ''), ...(supabase === undefined ? [] : ['SUPABASE_URL'])];
}

;// CONCATENATED MODULE: ./build/config/parse-duration.js
const UNITS = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 };
/** The largest value PostgreSQL's millisecond settings hold (a signed 32-bit integer): a little under 25 days. */
const LONGEST_MS = 2_147_483_647;
/** What a duration looks like, for regular expressions and the JSON schema: a whole number with a unit, or 0. */
const DURATION_PATTERN = /^(?:0|[0-9]+(?:ms|s|m|min|h))$/;
/** For messages: what is allowed. */
const DURATION_WORDS = 'a duration with a unit (500ms, 3s, 5m, 1h), at most 24 days, or 0';
/**
 * Milliseconds of `500ms`, `3s`, `5m` (or `5min`), `1h`, `0`. A bare number is refused because PostgreSQL reads it as
 * milliseconds and people mean seconds. Undefined: not a duration, or longer than PostgreSQL can hold.
 */
function parseDuration(text) {
    if (!DURATION_PATTERN.test(text))
        return undefined;
    const unit = text.replace(/^[0-9]+/, '');
    const ms = Number.parseInt(text, 10) * (unit === '' ? 0 : UNITS[unit]);
    return ms <= LONGEST_MS ? ms : undefined;
}

;// CONCATENATED MODULE: ./build/config/parse-size.js
const parse_size_UNITS = {
    kB: 1024,
    KB: 1024,
    MB: 1024 ** 2,
    GB: 1024 ** 3,
    TB: 1024 ** 4,
};
const SIZE_PATTERN = /^\d{1,9} ?(?:kB|KB|MB|GB|TB)$/;
const SIZE_WORDS = 'a size such as 10MB or 1GB';
/** Bytes; units as PostgreSQL has them, 1 kB being 1,024 bytes. Undefined for what is no size. */
function parseSize(text) {
    const [, digits, unit] = /^(\d{1,9}) ?(\w\w)$/.exec(text) ?? [];
    const factor = parse_size_UNITS[unit ?? ''];
    return digits === undefined || factor === undefined ? undefined : Number(digits) * factor;
}

;// CONCATENATED MODULE: ./build/config/choose-health.js




const TIMEOUT_MS = 10_000;
const RETRIES = 2;
/** The health checks of an environment. A variable that one reads and that is not set is a mistake: nobody finds out afterwards. */
function chooseHealth(settings, sources) {
    const { before, after } = healthSettings(settings, sources);
    if (before.length + after.length === 0 || !checksHealth(sources))
        return {};
    reportMissing(settings, sources);
    return { health: { before: before.map(asCheck), after: after.map(asCheck) } };
}
function reportMissing(settings, sources) {
    const { inputs, file, ledger, notProvided } = sources;
    const missing = healthVariables(settings, sources).filter((name) => !variable(inputs, name));
    for (const name of missing) {
        const why = notProvided?.get(name);
        // It was asked for, and what came of it is told.
        if (why === '')
            continue;
        ledger.problems.push({
            message: `A health check of ${file?.name} reads the variable ${name}, which is not set, or empty.${why ? ` ${file?.name}: ${why}.` : ''}`,
            help: `Set ${name}, in a workflow from a secret: env: ${name}: \${{ secrets.${name} }}.`,
        });
    }
}
function asCheck(given) {
    const subject = subjectOf(given);
    return {
        ...subject,
        label: given.name ?? labelOf(subject),
        timeoutMs: durationOf(given.timeout, TIMEOUT_MS) || TIMEOUT_MS,
        retries: given.retries ?? RETRIES,
    };
}
function subjectOf(given) {
    const { tables, rls, sql, http, status, body, headers = {}, supabase } = given;
    if (tables !== undefined)
        return { kind: 'tables', tables: tables.map(asTable) };
    if (rls !== undefined)
        return { kind: 'rls', tables: rls.map(asTable) };
    if (sql !== undefined)
        return { kind: 'sql', sql };
    if (supabase !== undefined)
        return { kind: 'supabase', keyVariable: supabase };
    if (http !== undefined)
        return {
            kind: 'http',
            url: http,
            headers,
            ...(status === undefined ? {} : { status }),
            ...(body === undefined ? {} : { body }),
        };
    return measureOf(given);
}
function measureOf(given) {
    const { 'replication-lag': lag, 'long-transactions': long, 'free-space': free, disk } = given;
    if (lag !== undefined)
        return { kind: 'replication-lag', mostMs: durationOf(lag, 0) };
    if (long !== undefined)
        return { kind: 'long-transactions', mostMs: durationOf(long, 0) };
    if (free === undefined)
        return { kind: 'connectivity' };
    const diskBytes = disk === undefined ? undefined : parseSize(disk);
    return {
        kind: 'free-space',
        leastBytes: parseSize(free) ?? 0,
        ...(diskBytes === undefined ? {} : { diskBytes }),
    };
}
function durationOf(value, otherwise) {
    return value === undefined ? otherwise : (parseDuration(String(value)) ?? otherwise);
}
function asTable(text) {
    const dot = text.indexOf('.');
    return dot < 0 ? { name: text } : { schema: text.slice(0, dot), name: text.slice(dot + 1) };
}
const LONGEST_LABEL = 80;
function labelOf(subject) {
    switch (subject.kind) {
        case 'tables':
        case 'rls':
            return cut(`${subject.kind} ${subject.tables.map(({ schema, name }) => (schema ? `${schema}.${name}` : name)).join(', ')}`);
        case 'sql':
            return cut(subject.sql.replace(/\s+/g, ' ').trim());
        case 'http':
            // A token can stand in a query, a password before the host.
            return cut((subject.url.split(/[?#]/, 1)[0] ?? '').replace(/^(https?:\/\/)[^/]*@/, '$1'));
        case 'supabase':
            return 'the REST API of Supabase';
        default:
            return subject.kind;
    }
}
function cut(text) {
    return text.length > LONGEST_LABEL ? `${text.slice(0, LONGEST_LABEL - 1)}\u2026` : text;
}

;// CONCATENATED MODULE: ./build/model/notification.js
/** What a notification can be about, the most pressing first: of several that hold, the first is its title. */
const NOTIFICATION_EVENTS = ['failed', 'drift', 'waiting-for-approval', 'applied', 'planned'];
/** Commands that only show what is there tell nobody. */
const SILENT_COMMANDS = [
    'validate',
    'graph',
    'status',
    'history',
    'new',
    'serve',
    'setup',
];
const NOTIFICATION_TYPES = (/* unused pure expression or super */ null && (['webhook', 'slack']));

;// CONCATENATED MODULE: ./build/config/is-same-environment.js
const SAME = [
    ['dev', 'development'],
    ['prod', 'production'],
    ['stage', 'staging'],
];
/** Whether a name means the environment: upper and lower case are one, and so are the two usual names of one. */
function isSameEnvironment(name, environment) {
    const [one, two] = [name.toLowerCase(), environment.toLowerCase()];
    return one === two || SAME.some((pair) => pair.includes(one) && pair.includes(two));
}

;// CONCATENATED MODULE: ./build/config/notification-variables.js


/** Those that may be sent of a command in an environment. */
function notificationsFor(environment, command, file) {
    if (SILENT_COMMANDS.includes(command))
        return [];
    return (file?.document.notifications ?? []).filter(({ environments }) => environments?.some((name) => isSameEnvironment(name, environment)) ?? true);
}
/** The variables that hold where notifications go to and what signs them: all of each is secret. */
function notificationVariables(notifications) {
    return (notifications ?? []).flatMap(({ url_env, secret_env }) => [
        url_env,
        ...(secret_env ? [secret_env] : []),
    ]);
}

;// CONCATENATED MODULE: ./build/config/choose-notifications.js




/** Who is told of this run. An environment that there is none of is a mistake: nobody would ever be told of it. */
function chooseNotifications({ environment }, { file, command, ledger }) {
    if (file === undefined || command === undefined)
        return {};
    const known = Object.keys(file.document.database?.environments ?? {});
    const named = new Set((file.document.notifications ?? []).flatMap(({ environments = [] }) => environments));
    for (const name of known.length === 0 ? [] : named)
        if (!known.some((one) => isSameEnvironment(name, one)))
            ledger.problems.push(unknown(name, known, file));
    const here = notificationsFor(environment.name, command, file);
    return here.length === 0 ? {} : { notifications: here.map(asNotification) };
}
function unknown(name, known, { name: file }) {
    return {
        message: `A notification of ${file} is for the environment ${showValue(name)}, which is not there.`,
        help: `Environments there: ${known.slice(0, 20).map(showValue).join(', ')}.`,
    };
}
function asNotification({ type, url_env, secret_env, on }) {
    return {
        type,
        urlVariable: url_env,
        ...(secret_env === undefined ? {} : { secretVariable: secret_env }),
        // A plan of each pull request would be more than anybody reads.
        on: on ?? NOTIFICATION_EVENTS.filter((event) => event !== 'planned'),
    };
}

;// CONCATENATED MODULE: ./build/config/choose-schema-dump.js




/**
 * The file that the schema is written to after `migrate`: the input, else the environment's `schema-dump`, else that of all.
 * It lies in the workspace, and not among the migrations; on the command line a flag may name any place.
 */
function chooseSchemaDump(settings, sources, directory) {
    if (sources.command !== 'migrate')
        return {};
    const byInput = given(sources.inputs, 'schema-dump');
    const named = byInput ?? fromFile(settings, sources);
    if (named === undefined)
        return {};
    const { inputs, folder, ledger } = sources;
    const path = (0,external_node_path_namespaceObject.resolve)(folder, named.value);
    const within = inputs.boundary ?? (byInput === undefined ? folder : undefined);
    ledger.provenance.push({ name: 'schema-dump', value: named.value, source: named.source });
    const where = wrongPlace(path, within, directory);
    if (where !== undefined)
        ledger.problems.push({
            message: `schema-dump is ${showValue(named.value)} (from ${named.source}), ${where}.`,
            help: 'Name a file elsewhere, such as schema.sql.',
        });
    return { schemaDump: { path, ...(within === undefined ? {} : { within }) } };
}
function fromFile(settings, { file }) {
    const value = settings['schema-dump'] ?? file?.document.database?.['schema-dump'];
    return value === undefined || file === undefined ? undefined : { value, source: file.name };
}
function wrongPlace(path, within, directory) {
    if (within !== undefined && (!isInside(within, path) || path === within))
        return 'outside the workspace';
    return isInside(directory, path) ? 'in the migrations folder' : undefined;
}

;// CONCATENATED MODULE: ./build/config/choose-around.js



/** What is done around a run, where it is configured: health checks, who is told, the schema as a file. */
function chooseAround(chosen, sources, directory) {
    return {
        ...chooseHealth(chosen.settings, sources),
        ...chooseNotifications(chosen, sources),
        ...chooseSchemaDump(chosen.settings, sources, directory),
    };
}

;// CONCATENATED MODULE: ./build/config/why-outside.js

/** Why a path may not be used in the action, as a clause; undefined where it may, and on the command line. */
function whyOutside(path, { inputs }) {
    if (inputs.boundary === undefined)
        return undefined;
    const allowed = [inputs.boundary, inputs.variables.RUNNER_TEMP].filter((parent) => parent !== undefined);
    const isAllowed = allowed.some((parent) => parent !== '' && isInside(parent, path));
    return isAllowed ? undefined : 'outside the workspace and RUNNER_TEMP';
}

;// CONCATENATED MODULE: ./build/config/choose-restored.js




/** What `restore` restores, and the database that it makes for it. */
function chooseRestored(sources) {
    const file = chooseFile(sources);
    const create = chooseCreated(sources);
    return { ...(file === undefined ? {} : { file }), ...(create === undefined ? {} : { create }) };
}
function chooseFile(sources) {
    const { inputs, ledger, folder, command } = sources;
    const said = given(inputs, 'file');
    if (said === undefined) {
        if (command === 'restore')
            ledger.problems.push({
                message: 'No backup is named to restore.',
                help: `Name one with ${callInput(inputs, 'file')}, such as backups/migrations/backup_before_migration_20260121_143022.dump.`,
            });
        return undefined;
    }
    const path = (0,external_node_path_namespaceObject.resolve)(folder, said.value);
    const where = whyOutside(path, sources);
    if (where !== undefined)
        ledger.problems.push({
            message: `file is ${showValue(said.value)}, ${where}.`,
            help: 'Bring the backup into the workspace, or into RUNNER_TEMP.',
        });
    return path;
}
function chooseCreated({ inputs, ledger }) {
    const said = given(inputs, 'create');
    if (said === undefined)
        return undefined;
    if (!/^\P{Cc}+$/u.test(said.value) || Buffer.byteLength(said.value) > 63)
        ledger.problems.push({
            message: `create is ${showValue(said.value)}, which is no name for a database.`,
            help: 'A name has 1 to 63 bytes, all of them printable.',
        });
    return said.value;
}

;// CONCATENATED MODULE: ./build/config/choose-safest.js
/**
 * A switch on which sources may disagree: the safe value wins whoever said it, and a note says so. So `DRY_RUN=true`
 * in a workflow is not undone by an input further down.
 */
function chooseSafest(name, said, safe, ledger) {
    const all = said.filter((choice) => choice !== undefined);
    const winner = all.find((choice) => choice.value === safe) ?? all[0];
    const loser = winner?.value === safe ? all.find((choice) => choice.value !== safe) : undefined;
    const value = winner?.value ?? false;
    if (winner !== undefined && loser !== undefined) {
        ledger.notes.push(`${name}: ${winner.source} says ${winner.value}, ${loser.source} says ${loser.value}; the safer one holds: ${value}.`);
    }
    ledger.provenance.push({ name, value: String(value), source: winner?.source ?? 'the default' });
    return value;
}

;// CONCATENATED MODULE: ./build/config/choose-backup.js











/** Where backups go unless somebody names another folder. */
const DIRECTORY = 'backups/migrations';
const KEEP = 10;
const MOST_KEPT = 1000;
const MOST_JOBS = 64;
/** What is backed up before anything is applied, where to, and what a restore is of. */
function chooseBackup(environment, settings, sources, directory) {
    const mode = chooseMode(environment, settings, sources);
    const format = chooseFormat(settings, sources);
    if (mode === 'touched' && format === 'sql.gz')
        sources.ledger.problems.push(TOUCHED_AS_SQL);
    const id = chooseId(sources);
    return {
        backup: {
            ...(mode === undefined ? {} : { mode }),
            ...(id === undefined ? {} : { id }),
            verify: chooseVerify(settings, sources),
            directory: chooseFolder(settings, sources, directory),
            keep: chooseKeep(settings, sources),
            format,
            jobs: chooseJobs(mode, sources),
            ...chooseRestored(sources),
        },
    };
}
const TOUCHED_AS_SQL = {
    message: 'backup is touched and backup-format is sql.gz: what is restored of it lacks rows that its foreign keys need.',
    help: 'Take backup-format: custom, of which they are left out; or backup: full.',
};
/** The safest that any source names. SKIP_BACKUP undoes it, except on class production, where it is a wish like others. */
function chooseMode({ class: ofClass }, { backup: inFile }, sources) {
    const { inputs, ledger, file } = sources;
    const skip = readBoolean(variable(inputs, 'SKIP_BACKUP'), ledger);
    const skipped = skip?.value ? [{ value: 'off', source: skip.source }] : [];
    const said = [
        ...one(chosenOf('backup', BACKUP_MODES, sources)),
        ...(inFile === undefined || file === undefined ? [] : [{ value: inFile, source: file.name }]),
        ...skipped,
    ];
    const safest = said.toSorted((one, other) => rank(one) - rank(other))[0];
    const chosen = ofClass === 'production' ? safest : (skipped[0] ?? safest);
    const other = said.find(({ value }) => value !== chosen?.value);
    if (chosen !== undefined && other !== undefined)
        ledger.notes.push(`backup: ${told(chosen)}, ${told(other)}; ${why(chosen, safest)}: ${chosen.value}.`);
    ledger.provenance.push({
        name: 'backup',
        value: chosen?.value ?? 'off',
        source: chosen?.source ?? 'the default',
    });
    return chosen?.value;
}
function rank({ value }) {
    return BACKUP_MODES.indexOf(value);
}
function told({ value, source }) {
    return source === 'the variable SKIP_BACKUP' ? `${source} says true` : `${source} says ${value}`;
}
function why(chosen, safest) {
    return chosen === safest ? 'the safer one holds' : 'outside class production the variable holds';
}
function one(value) {
    return value === undefined ? [] : [value];
}
/** What is none of the values is told, and counts as nothing said. */
function chosenOf(name, values, { inputs, ledger }) {
    const said = given(inputs, name);
    if (said === undefined)
        return undefined;
    const value = values.find((each) => each === said.value);
    if (value !== undefined)
        return { value, source: said.source };
    const meant = didYouMean(said.value, values);
    ledger.problems.push({
        message: `${capitalised(said.source)} is ${showValue(said.value)}; it must be ${values.slice(0, -1).join(', ')} or ${values.at(-1)}.`,
        help: meant === undefined ? 'Correct the value.' : `Did you mean ${meant}?`,
    });
    return undefined;
}
function chooseId({ inputs, ledger }) {
    const said = given(inputs, 'backup-id');
    if (said === undefined)
        return undefined;
    ledger.provenance.push({ name: 'backup-id', value: said.value, source: said.source });
    if (!/^\P{Cc}{1,255}$/u.test(said.value))
        ledger.problems.push({
            message: `${capitalised(said.source)} is ${showValue(said.value)}, which is no identifier.`,
            help: 'Give what the provider calls its snapshot: 1 to 255 printable characters.',
        });
    return said.value;
}
function chooseVerify(settings, { inputs, ledger, file }) {
    const inFile = settings['backup-verify'];
    return chooseSafest('backup-verify', [
        readBoolean(given(inputs, 'backup-verify'), ledger),
        inFile === undefined || file === undefined ? undefined : { value: inFile, source: file.name },
    ], true, ledger);
}
function chooseFolder(settings, sources, migrations) {
    const { inputs, ledger, folder, file } = sources;
    const inFile = settings['backup-directory'];
    const said = given(inputs, 'backup-directory') ??
        (inFile === undefined || file === undefined ? undefined : { value: inFile, source: file.name });
    if (said === undefined)
        return (0,external_node_path_namespaceObject.resolve)(folder, DIRECTORY);
    ledger.provenance.push({ name: 'backup-directory', ...said });
    const path = (0,external_node_path_namespaceObject.resolve)(folder, said.value);
    const where = isInside(migrations, path) ? 'in the migrations folder' : whyOutside(path, sources);
    if (where !== undefined)
        ledger.problems.push({
            message: `backup-directory is ${showValue(said.value)}, ${where}.`,
            help: `Name a folder elsewhere, such as ${DIRECTORY}.`,
        });
    return path;
}
function chooseKeep(settings, { inputs, ledger, file }) {
    const said = given(inputs, 'backup-keep');
    const inFile = settings['backup-keep'];
    const source = said?.source ?? (inFile === undefined ? 'the default' : (file?.name ?? ''));
    const value = said === undefined ? (inFile ?? KEEP) : wholeNumber(said.value, MOST_KEPT);
    if (said !== undefined && value === undefined)
        ledger.problems.push({
            message: `${capitalised(said.source)} is ${showValue(said.value)}; it must be a whole number from 1 to ${MOST_KEPT}.`,
            help: 'Correct the value.',
        });
    if (source !== 'the default')
        ledger.provenance.push({ name: 'backup-keep', value: String(value ?? KEEP), source });
    return value ?? KEEP;
}
function wholeNumber(text, most) {
    const value = /^\d{1,6}$/.test(text) ? Number(text) : 0;
    return value >= 1 && value <= most ? value : undefined;
}
function chooseFormat(settings, sources) {
    return chosenOf('backup-format', BACKUP_FORMATS, sources)?.value ?? settings['backup-format'] ?? 'custom';
}
/** The variable may be another tool's: what is no number is said, and stops nothing. */
function chooseJobs(mode, { inputs, ledger, command }) {
    const said = variable(inputs, 'PARALLEL_JOBS');
    if (said === undefined)
        return 1;
    const dumps = command === 'backup' ||
        (command !== undefined &&
            BACKUP_INPUTS.backup.commands.includes(command) &&
            (mode === 'full' || mode === 'touched'));
    const jobs = wholeNumber(said.value, MOST_JOBS);
    if (jobs === undefined)
        ledger.notes.push(`The variable PARALLEL_JOBS is no number from 1 to ${MOST_JOBS}; it has no effect here.`);
    else if (!dumps)
        ledger.notes.push('The variable PARALLEL_JOBS is set; it does nothing where no backup is written.');
    return jobs ?? 1;
}
function capitalised(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
}

;// CONCATENATED MODULE: ./build/config/choose-command.js




/** The action's default is `migrate`; on a command line nothing is applied without being named. */
function chooseCommand(inputs, ledger) {
    const words = Object.keys(COMMANDS);
    const allowed = words.filter((word) => COMMANDS[word].entries.includes(inputs.entry));
    const asked = given(inputs, 'command') ?? fallback(inputs);
    const command = allowed.find((word) => word === (ALIASES[asked?.value ?? ''] ?? asked?.value));
    if (command !== undefined && asked !== undefined) {
        ledger.provenance.push({ name: 'command', value: command, source: asked.source });
        return command;
    }
    const meant = asked === undefined ? undefined : didYouMean(asked.value, allowed);
    ledger.problems.push({
        message: asked === undefined
            ? 'No command is named.'
            : `${capital(callInput(inputs, 'command'))} ${showValue(asked.value)} is unknown.`,
        help: `${meant === undefined ? '' : `Did you mean ${meant}? `}Commands: ${allowed.join(', ')}.`,
    });
    return undefined;
}
/** Words of the Supabase CLI for what is a command here. */
const ALIASES = { list: 'status', lint: 'validate' };
function fallback(inputs) {
    return inputs.entry === 'action' ? { value: 'migrate', source: 'the default' } : undefined;
}
function capital(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
}

;// CONCATENATED MODULE: ./build/config/choose-supabase-project.js

/** The variable that holds the password of a project's database, unless the file names another. As the Supabase CLI has it. */
const PASSWORD_VARIABLE = 'SUPABASE_DB_PASSWORD';
/** Undefined where the environment names no project. */
function passwordVariableOf({ supabase }) {
    return supabase && (supabase.password_env ?? PASSWORD_VARIABLE);
}
/**
 * The database URL of a project in Supabase's cloud, made of its reference and the password alone: no access token is needed,
 * and nobody is asked. Undefined where the environment names no project, or its password is not there.
 */
function supabaseProjectUrl({ supabase }, { inputs }) {
    const password = variable(inputs, passwordVariableOf({ supabase }) ?? '');
    if (supabase === undefined || password === undefined)
        return undefined;
    const { project, pooler } = supabase;
    // Port 5432 of the pooler is its session mode; 6543 can hold no lock.
    const place = pooler === undefined ? `db.${project}.supabase.co` : pooler;
    const user = pooler === undefined ? 'postgres' : `postgres.${project}`;
    return {
        value: `postgresql://${user}:${encodeURIComponent(password.value)}@${place}:5432/postgres`,
        source: `the project ${project} and ${password.source}`,
    };
}

;// CONCATENATED MODULE: ./build/config/choose-database.js


/**
 * The input, else the variable that `url_env` names; never another one, because a fallback is how a staging job
 * reaches production. The local server serves `local` only, never with `--ci`, with CI set, or in the action.
 */
function chooseDatabase({ environment, known, settings }, sources) {
    if (!sources.connects)
        return { source: 'nowhere: none is needed' };
    const { inputs, ledger, file } = sources;
    const url = given(inputs, 'database-url') ??
        variable(inputs, environment.urlVariable) ??
        supabaseProjectUrl(settings, sources);
    if (url !== undefined) {
        // Any variable of theirs is a reason to have the section.
        if (file?.document.secrets && inputs.origins === undefined) {
            ledger.notes.push(`${file.name}: secrets is not asked for the database URL, which comes from ${url.source}.`);
        }
        return { database: { url: url.value }, source: choose_database_told(url.source, '***', sources) };
    }
    if (mayBeLocal(environment, sources)) {
        return { database: 'embedded', source: choose_database_told('the local PostgreSQL', 'embedded', sources) };
    }
    const isTold = sources.notProvided?.get(environment.urlVariable) === '';
    if (!sources.broken && known && !isTold)
        choose_database_reportMissing(environment, sources, passwordVariableOf(settings));
    return { source: `the variable ${environment.urlVariable}` };
}
/** The variables that the URL is read from, where it is not given; with `onlyInWords` the run can do without. */
function chooseUrlVariables({ environment, settings }, sources) {
    if (!sources.connects || given(sources.inputs, 'database-url'))
        return [];
    const password = passwordVariableOf(settings);
    return [
        {
            name: environment.urlVariable,
            isOptional: false,
            onlyInWords: password !== undefined || mayBeLocal(environment, sources),
        },
        ...(password === undefined ? [] : [{ name: password, isOptional: false }]),
    ];
}
function choose_database_told(source, value, { ledger }) {
    ledger.provenance.push({ name: 'database-url', value, source });
    return source;
}
function mayBeLocal(environment, { inputs }) {
    const automatic = inputs.entry === 'action' || inputs.ci || variable(inputs, 'CI') !== undefined;
    return environment.name === 'local' && !automatic;
}
function choose_database_reportMissing(environment, sources, password) {
    const { inputs, ledger } = sources;
    const name = environment.urlVariable;
    if (password !== undefined)
        return void ledger.problems.push({
            message: `There is no password for the Supabase project of environment ${environment.name}: the variable ${password} is not set, or empty.`,
            help: `Set ${password}, in the workflow from a secret: it is the password of the database, which the dashboard can set anew. An access token opens no connection to a database. Or set ${name} to its URL.`,
        });
    const fromSecret = inputs.entry === 'action' ? `, in the workflow from a secret: env: ${name}: \${{ secrets.${name} }}` : '';
    ledger.problems.push({
        message: `There is no database URL: the variable ${name} is not set, or empty.${secretsWords(environment, sources)}`,
        help: `Set ${name}${fromSecret}, or give ${callInput(inputs, 'database-url')}.${supabaseWords(sources)}${localWords(environment, sources)}`,
    });
}
/** Why whoever keeps the secrets was not asked. */
function secretsWords({ urlVariable }, { file, notProvided }) {
    const secrets = file?.document.secrets;
    if (file === undefined || secrets === undefined || secrets.provider === 'env')
        return '';
    const why = notProvided?.get(urlVariable) ?? `no mapping has the name ${urlVariable}`;
    return ` ${file.placeOf(['secrets', 'provider'])}: ${secrets.provider} was not asked: ${why}.`;
}
function supabaseWords({ inputs }) {
    const set = ['SUPABASE_URL', 'SUPABASE_SERVICE_KEY'].filter((name) => variable(inputs, name) !== undefined);
    if (set.length === 0)
        return '';
    return ` ${set.join(' and ')} can't serve: a service key can't run migrations. Take the PostgreSQL connection string of the project instead.`;
}
function localWords(environment, { inputs }) {
    if (environment.name !== 'local' || inputs.entry === 'action')
        return '';
    return ' The local PostgreSQL is not used with --ci or where the variable CI is set.';
}

;// CONCATENATED MODULE: ./build/config/path-from.js


/** A path as people know it: relative to the base, with `/`; absolute where it lies elsewhere. */
function pathFrom(base, path) {
    return isInside(base, path) ? (0,external_node_path_namespaceObject.relative)(base, path).split(external_node_path_namespaceObject.sep).join('/') || '.' : path;
}

;// CONCATENATED MODULE: ./build/config/choose-directory.js





const DEFAULTS = ['migrations', 'supabase/migrations'];
/** The absolute migrations folder: the input, else the file, else the one default that is there. */
async function chooseDirectory(sources) {
    if (sources.command === 'setup')
        return (0,external_node_path_namespaceObject.resolve)(sources.folder, DEFAULTS[0]);
    const named = given(sources.inputs, 'directory') ?? choose_directory_fromFile(sources);
    const directory = named === undefined ? await findDefault(sources) : await checkNamed(named, sources);
    const source = named?.source ?? 'the default';
    sources.ledger.provenance.push({
        name: 'directory',
        value: pathFrom(sources.inputs.folder, directory),
        source,
    });
    return directory;
}
function choose_directory_fromFile({ file }) {
    const value = file?.document.database?.migrations?.directory;
    if (file === undefined || value === undefined)
        return undefined;
    return { value, source: file.placeOf(['database', 'migrations', 'directory']) };
}
async function checkNamed(named, { inputs, folder, lost, system, ledger }) {
    const directory = (0,external_node_path_namespaceObject.resolve)(folder, named.value);
    if (lost)
        return directory;
    if (inputs.boundary !== undefined && !isInside(inputs.boundary, directory)) {
        ledger.problems.push({
            message: `The migrations folder ${showValue(named.value)} (from ${named.source}) lies outside the workspace.`,
            help: 'Name a folder inside the workspace.',
        });
    }
    else if (!(await system.exists(directory))) {
        ledger.problems.push({
            message: `The migrations folder ${showValue(named.value)} (from ${named.source}) does not exist.`,
            help: 'Check the spelling and the working directory, and that the repository is checked out before.',
        });
    }
    return directory;
}
async function findDefault({ inputs, folder, system, ledger, broken }) {
    const there = await Promise.all(DEFAULTS.map((name) => system.exists((0,external_node_path_namespaceObject.resolve)(folder, name))));
    const found = DEFAULTS.filter((_, index) => there[index]);
    const [only = DEFAULTS[0]] = found;
    const help = 'Name the folder with the input directory, or as database.migrations.directory in devflow.yml.';
    if (broken || found.length === 1)
        return (0,external_node_path_namespaceObject.resolve)(folder, only);
    const place = pathFrom(inputs.folder, folder);
    const message = found.length === 0
        ? `There is no migrations folder: neither ${DEFAULTS.join(' nor ')} exists in ${showValue(place)}.`
        : `There are two migrations folders: both ${DEFAULTS.join(' and ')} exist.`;
    ledger.problems.push({ message, help });
    return (0,external_node_path_namespaceObject.resolve)(folder, only);
}

;// CONCATENATED MODULE: ./build/config/choose-duration.js



const choose_duration_DEFAULTS = {
    'lock-wait': '5m',
    'lock-timeout': '3s',
    'statement-timeout': '0',
    'idle-in-transaction-session-timeout': '0',
    'transaction-timeout': '0',
    'review-window': '0',
};
/**
 * Milliseconds: the input, else the variable (already in words of ours), else the environment's section, else the
 * default. Every one that is given is checked, the one that doesn't count as well.
 */
function chooseDuration(name, fromVariable, inFile, sources) {
    const said = [given(sources.inputs, name), fromVariable, choose_duration_fromFile(inFile, sources)];
    const checked = said.filter((choice) => choice !== undefined).map((choice) => check(choice, sources));
    const chosen = checked[0] ?? { value: choose_duration_DEFAULTS[name], source: 'the default' };
    sources.ledger.provenance.push({ name, value: chosen.value, source: chosen.source });
    return parseDuration(chosen.value) ?? 0;
}
function choose_duration_fromFile(value, { file }) {
    return value === undefined || file === undefined ? undefined : { value: String(value), source: file.name };
}
function check(choice, { ledger }) {
    if (parseDuration(choice.value) === undefined) {
        const place = choice.source.charAt(0).toUpperCase() + choice.source.slice(1);
        const seconds = /^[0-9]{1,9}$/.test(choice.value)
            ? `For seconds write ${choice.value}s.`
            : 'Correct the value.';
        const message = `${place} is ${showValue(choice.value)}; it must be ${DURATION_WORDS}.`;
        ledger.problems.push({ message, help: seconds });
    }
    return choice;
}

;// CONCATENATED MODULE: ./build/config/choose-environment.js



const choose_environment_ALIASES = [
    ['dev', 'development'],
    ['prod', 'production'],
];
const CLASSES = {
    local: 'development',
    dev: 'development',
    development: 'development',
    test: 'development',
    staging: 'staging',
    stage: 'staging',
    preview: 'staging',
    uat: 'staging',
};
const UNNAMED = 'the default';
/** Which environment: input, ENVIRONMENT, NODE_ENV (command line only), `local`. A name the file doesn't have is a problem. */
function chooseEnvironment(sources) {
    const asked = chooseName(sources);
    const known = new Map(Object.entries(sources.file?.document.database?.environments ?? {}));
    const name = resolveAlias(asked.value, known);
    // What connects to nothing can't reach the wrong database, so there only a name that was typed is judged.
    const judged = sources.connects || given(sources.inputs, 'environment') !== undefined;
    const unknown = known.size > 0 && !known.has(name);
    if (judged && unknown)
        reportUnknown(asked, [...known.keys()], sources);
    const unnamed = asked.source === UNNAMED && sources.inputs.entry === 'action';
    const settings = known.get(name) ?? {};
    return {
        environment: makeEnvironment({ ...asked, value: name }, settings, sources),
        settings,
        known: !unknown && !unnamed,
        named: !unknown && asked.source !== UNNAMED,
    };
}
function chooseName(sources) {
    const { inputs, ledger, connects } = sources;
    const named = given(inputs, 'environment') ?? variable(inputs, 'ENVIRONMENT');
    const asked = named ?? (inputs.entry === 'cli' ? variable(inputs, 'NODE_ENV') : undefined);
    if (asked === undefined && inputs.entry === 'action' && connects) {
        ledger.problems.push({
            message: 'No environment is named.',
            help: `Give ${callInput(inputs, 'environment')}, for example staging or production.`,
        });
    }
    if (asked !== undefined && !/^\P{Cc}{1,255}$/u.test(asked.value)) {
        ledger.problems.push({
            message: `The environment ${showValue(asked.value)} of ${asked.source} is no name.`,
            help: 'A name has 1 to 255 characters, all of them printable.',
        });
    }
    return asked ?? { value: 'local', source: UNNAMED };
}
function resolveAlias(name, known) {
    if (known.has(name))
        return name;
    const pair = choose_environment_ALIASES.find((names) => names.some((alias) => alias === name));
    return pair?.find((alias) => known.has(alias)) ?? name;
}
function reportUnknown(asked, names, sources) {
    const meant = didYouMean(asked.value, names);
    const list = names.slice(0, 20).map(showName).join(', ');
    sources.ledger.problems.push({
        message: `The environment ${showValue(asked.value)} (from ${asked.source}) is not in ${sources.file?.name}.`,
        help: `${meant === undefined ? '' : `Did you mean ${showName(meant)}? `}Environments there: ${list}. Choose with ${callInput(sources.inputs, 'environment')}.`,
    });
}
function showName(name) {
    return /^[\w.-]{1,80}$/.test(name) ? name : showValue(name);
}
function makeEnvironment(name, settings, { ledger, file }) {
    const chosen = classOf(name.value, settings);
    ledger.provenance.push({ name: 'environment', value: name.value, source: name.source }, {
        name: 'class',
        value: chosen,
        source: settings.class ? (file?.name ?? '') : 'the name of the environment',
    });
    return {
        name: name.value,
        class: chosen,
        requireApproval: settings.require_approval ?? false,
        urlVariable: settings.url_env ?? 'DATABASE_URL',
    };
}
/** What the file says, else by the name; a name that says nothing is production. */
function classOf(name, settings) {
    const word = name.toLowerCase();
    return settings.class ?? (Object.hasOwn(CLASSES, word) ? CLASSES[word] : undefined) ?? 'production';
}

;// CONCATENATED MODULE: ./build/config/choose-executor.js


/** What applies the files, and where the Supabase CLI is. `use_supabase_cli: true` wins over `format: sql`, as the documents have it. */
function chooseExecutor(sources) {
    const { file, ledger } = sources;
    const settings = file?.document.database?.migrations;
    const key = settings?.use_supabase_cli ? 'use_supabase_cli' : 'format';
    const format = settings?.use_supabase_cli ? 'supabase' : (settings?.format ?? 'sql');
    const source = settings?.[key] ? (file?.name ?? '') : 'the default';
    ledger.provenance.push({ name: 'format', value: format, source });
    if (format === 'supabase')
        refuseModes(sources);
    const cli = settings?.['supabase-cli'];
    if (cli === undefined)
        return { format };
    ledger.provenance.push({ name: 'supabase-cli', value: cli, source: file?.name ?? '' });
    if (format === 'sql')
        ledger.notes.push(`${file?.name}: supabase-cli is not used: the files are applied without it (format: sql).`);
    return { format, supabaseCli: (0,external_node_path_namespaceObject.resolve)(sources.folder, cli) };
}
/** What the CLI can not do is refused, not passed over: whoever asks for one transaction counts on it. */
function refuseModes({ inputs, file, ledger }) {
    const environments = Object.entries(file?.document.database?.environments ?? {});
    const inFile = environments.flatMap(([name, settings]) => {
        const value = settings?.transaction;
        const place = file?.placeOf(['database', 'environments', name, 'transaction']);
        return value === undefined ? [] : [{ value, source: `${place}: transaction` }];
    });
    const asked = given(inputs, 'transaction');
    for (const { value, source } of [...inFile, ...(asked ? [asked] : [])])
        if (value === 'all' || value === 'none')
            ledger.problems.push({
                message: `${source} is ${value}, which the Supabase CLI can not do: it sends each file in a transaction of its own.`,
                help: 'Leave it out, or write file. Or apply the files without the CLI: format: sql.',
            });
}

;// CONCATENATED MODULE: ./build/config/choose-folder.js




/** The absolute working directory, resolved before every other path. Undefined: there is none to go on from. */
async function choose_folder_chooseFolder(inputs, system, ledger) {
    const named = given(inputs, 'working-directory');
    if (named === undefined)
        return (0,external_node_path_namespaceObject.resolve)(inputs.folder);
    const folder = (0,external_node_path_namespaceObject.resolve)(inputs.folder, named.value);
    if (inputs.boundary !== undefined && !isInside(inputs.boundary, folder)) {
        ledger.problems.push({
            message: `${showValue(named.value)} of ${named.source} lies outside the workspace.`,
            help: 'Name a folder inside the workspace.',
        });
        return undefined;
    }
    if (!(await system.exists(folder))) {
        ledger.problems.push({
            message: `The folder ${showValue(named.value)} of ${named.source} does not exist.`,
            help: 'Check the spelling, and that the repository is checked out before.',
        });
        return undefined;
    }
    ledger.provenance.push({ name: 'working-directory', value: folder, source: named.source });
    return folder;
}

;// CONCATENATED MODULE: ./build/config/choose-gate.js







/** What a run is let through by: approval, confirmation, the plan that is expected, and where a comment tells of it. */
async function chooseGate(environment, settings, sources, { planFile, dryRun }) {
    const { inputs } = sources;
    const comment = chooseComment(sources);
    const typed = given(inputs, 'confirm')?.value;
    const expectedPlanHash = given(inputs, 'expected-plan-hash')?.value;
    const moveTarget = given(inputs, 'move-target')?.value;
    const applies = sources.command === 'migrate' && !dryRun;
    const expectedPlan = applies && planFile !== undefined ? await readExpected(planFile, sources) : undefined;
    const githubToken = (given(inputs, 'github-token') ?? variable(inputs, 'GITHUB_TOKEN'))?.value;
    return {
        gate: {
            ...(environment.requireApproval ? { approval: choosePolicy(environment, settings, sources) } : {}),
            ...(typed === undefined ? {} : { typed }),
            ...(moveTarget === undefined ? {} : { moveTarget }),
            ...(expectedPlanHash === undefined ? {} : { expectedPlanHash }),
            ...(expectedPlan === undefined ? {} : { expectedPlan }),
            ...(githubToken === undefined ? {} : { githubToken }),
            ...(sources.connects || comment !== 'off' ? await readEvent(sources) : {}),
            ephemeral: chooseEphemeral(settings, sources),
            reviewWindowMs: chooseDuration('review-window', undefined, settings['review-window'], sources),
            comment,
        },
    };
}
async function readExpected(path, { system, ledger }) {
    try {
        const text = await system.readPlan(path);
        if (text === undefined)
            ledger.problems.push({
                message: `The plan file ${JSON.stringify(path)} is not there, and migrate applies what it holds or nothing.`,
                help: 'Let plan or dry-run write it with plan-file, and hand it to the job that applies.',
            });
        return text;
    }
    catch (error) {
        if (!(error instanceof UserError))
            throw error;
        ledger.problems.push(...error.problems);
        return undefined;
    }
}
/** Only of a job: who may be let through depends on it, and where a comment goes. */
async function readEvent({ inputs, system }) {
    if (variable(inputs, 'GITHUB_ACTIONS')?.value !== 'true')
        return {};
    const path = variable(inputs, 'GITHUB_EVENT_PATH')?.value;
    const text = path === undefined ? undefined : await system.readEvent(path);
    try {
        return { event: JSON.parse(text ?? '') };
    }
    catch {
        return { event: null };
    }
}
function choosePolicy(environment, settings, { ledger, file }) {
    const kind = settings.approval ?? 'github-environment';
    const team = settings['approval-team'];
    ledger.provenance.push({
        name: 'approval',
        value: kind,
        source: settings.approval === undefined ? 'the default' : (file?.name ?? ''),
    });
    if (kind === 'review' && team === undefined)
        ledger.problems.push({
            message: `${file?.name}: approval is review, and approval-team names no team.`,
            help: 'Name the team whose reviews count: approval-team: dba, or organisation/dba.',
        });
    return {
        kind,
        githubEnvironment: settings['github-environment'] ?? environment.name,
        selfApproval: settings['self-approval'] ?? 'allowed',
        rerun: settings['approval-rerun'] ?? 'continue',
        ...(team === undefined ? {} : { team }),
    };
}
/** The workflow is believed where the file of a checkout may be a stranger's. */
function chooseEphemeral(settings, { inputs, ledger }) {
    const said = readBoolean(given(inputs, 'ephemeral'), ledger);
    if (said !== undefined)
        return said.value ? 'workflow' : 'no';
    return settings.ephemeral === true ? 'file' : 'no';
}
function chooseComment({ inputs, ledger }) {
    const said = given(inputs, 'comment');
    if (said === undefined)
        return COMMENT_MODES[0];
    const mode = COMMENT_MODES.find((each) => each === said.value);
    if (mode !== undefined)
        return mode;
    const meant = didYouMean(said.value, COMMENT_MODES);
    ledger.problems.push({
        message: `${choose_gate_capitalised(callInput(inputs, 'comment'))} is ${showValue(said.value)}; it must be off, update or recreate.`,
        help: meant === undefined ? 'Correct the value.' : `Did you mean ${meant}?`,
    });
    return COMMENT_MODES[0];
}
function choose_gate_capitalised(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
}

;// CONCATENATED MODULE: ./build/config/choose-history.js



const REPAIRS = ['applied', 'reverted', 'accept-checksum', 'clear'];
/** More than anybody writes, and less than a history takes. Characters. */
const LONGEST_REASON = 1_000;
/** What going back and correcting the history were asked for; what is missing or contradicts itself is told. */
function chooseHistory(sources) {
    const { command } = sources;
    if (command === undefined || !['rollback', 'repair', 'baseline', 'verify'].includes(command))
        return {};
    const reason = chooseReason(sources);
    const steps = command === 'rollback' ? chooseSteps(sources) : undefined;
    const flag = (name) => readBoolean(given(sources.inputs, name), sources.ledger)?.value ?? false;
    const history = {
        ...(steps === undefined ? {} : { steps }),
        propose: flag('propose'),
        repairs: command === 'repair' ? chooseRepairs(sources, reason) : [],
        ...(reason === undefined ? {} : { reason }),
        verify: flag('verify'),
        roundTrip: flag('round-trip'),
    };
    return { history };
}
function chooseReason({ inputs, ledger }) {
    const reason = given(inputs, 'reason')?.value;
    if (reason !== undefined && reason.length > LONGEST_REASON)
        ledger.problems.push({
            message: `${choose_history_capital(callInput(inputs, 'reason'))} has ${reason.length} characters; at most ${LONGEST_REASON} are recorded.`,
            help: 'Say it shorter, with a link to the rest.',
        });
    return reason;
}
/** `rollback` says in exactly one way how far it goes: nothing that is undone is undone by a default. */
function chooseSteps({ inputs, ledger }) {
    const steps = given(inputs, 'steps');
    const named = ['to', 'version', 'steps'].filter((name) => given(inputs, name) !== undefined);
    if (named.length === 0)
        ledger.problems.push({
            message: 'rollback was not told how far to go back.',
            help: `Give ${callInput(inputs, 'to')} (everything after that version is undone), ${callInput(inputs, 'version')} (exactly that one) or ${callInput(inputs, 'steps')} (so many of the newest).`,
        });
    // That `version` and `to` are two different things is told already.
    if (steps !== undefined && named.length > 1)
        ledger.problems.push({
            message: `rollback was told how far to go back by ${named.map((name) => callInput(inputs, name)).join(' and ')}.`,
            help: 'Give one of them.',
        });
    if (steps === undefined || /^[1-9]\d{0,5}$/.test(steps.value))
        return steps === undefined ? undefined : Number(steps.value);
    ledger.problems.push({
        message: `${choose_history_capital(steps.source)} is ${showValue(steps.value)}; it must be a whole number, 1 or more.`,
        help: 'Give how many of the newest applied migrations are to be undone.',
    });
    return undefined;
}
function chooseRepairs({ inputs, ledger }, reason) {
    const repairs = REPAIRS.flatMap((kind) => {
        const said = given(inputs, kind);
        if (said === undefined)
            return [];
        const versions = said.value.split(',').map((version) => version.trim());
        if (!versions.includes(''))
            return [{ kind, versions: [...new Set(versions)] }];
        ledger.problems.push({
            message: `${choose_history_capital(said.source)} is ${showValue(said.value)}, where a version is empty.`,
            help: 'Give versions with commas between them: 03,04.',
        });
        return [];
    });
    const isAsked = REPAIRS.some((kind) => given(inputs, kind) !== undefined);
    if (!isAsked)
        ledger.problems.push({
            message: 'repair was not told what to correct.',
            help: `Give the versions with ${REPAIRS.map((kind) => (inputs.entry === 'cli' ? `--${kind}` : kind)).join(', ')}; status and verify show what is recorded.`,
        });
    if (reason === undefined)
        ledger.problems.push({
            message: 'repair was given no reason.',
            help: `Say why with ${callInput(inputs, 'reason')}: it is recorded with the change, for whoever reads the history later.`,
        });
    return repairs;
}
function choose_history_capital(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
}

;// CONCATENATED MODULE: ./build/config/choose-in-step.js
/** Whether the settings of the tracking table name the Supabase CLI's own, which can hold no checksum and no failure. */
function namesSupabaseTable(settings) {
    const { tracking_schema: schema, tracking_table: table = 'schema_migrations' } = settings ?? {};
    return schema === 'supabase_migrations' && table === 'schema_migrations';
}
/**
 * Whether the Supabase CLI's table is kept in step with ours: by default where the files are those that the CLI would
 * push. What we apply without telling it there, its next `db push` would run a second time.
 */
function chooseInStep({ file, ledger }, directory) {
    const settings = file?.document.database?.migrations;
    // There the CLI writes its table itself.
    if (settings?.use_supabase_cli || settings?.format === 'supabase')
        return {};
    const byDefault = isSupabaseFolder(directory) || namesSupabaseTable(settings) ? 'both' : 'devflow';
    const tracking = settings?.tracking ?? byDefault;
    ledger.provenance.push({
        name: 'tracking',
        value: tracking,
        source: settings?.tracking === undefined ? 'the default' : (file?.name ?? 'the default'),
    });
    if (namesSupabaseTable(settings))
        ledger.notes.push('tracking_schema names the table of the Supabase CLI. It is kept in step; checksums, failures and history are kept beside it, in devflow.');
    return tracking === 'devflow' ? {} : { inStep: tracking };
}
/** The one place that the Supabase CLI reads. */
function isSupabaseFolder(directory) {
    return /(?:^|[\\/])supabase[\\/]migrations$/.test(directory);
}

;// CONCATENATED MODULE: ./build/model/rule-ids.js
/** Every rule about SQL, once. To add one: name it here, write its file under `rules/`, and list it in `rules/all-rules.ts`. */
const RULE_IDS = [
    // Locks, rewrites and scans
    'add-column-volatile-default',
    'add-column-serial-or-identity',
    'add-column-stored-generated',
    'add-column-inline-check',
    'add-column-inline-foreign-key',
    'add-column-required',
    'change-column-type',
    'narrow-column-type',
    'change-type-under-check-constraint',
    'set-not-null',
    'add-check-without-not-valid',
    'add-foreign-key-without-not-valid',
    'validate-in-same-transaction',
    'add-unique-constraint',
    'add-primary-key',
    'add-exclusion-constraint',
    'create-index-not-concurrent',
    'drop-index-not-concurrent',
    'reindex-not-concurrent',
    'refresh-matview-not-concurrent',
    'detach-partition-not-concurrent',
    'attach-partition-without-check',
    'vacuum-full-or-cluster',
    'set-logged-unlogged',
    'set-access-method',
    'set-tablespace',
    'domain-constraint',
    'create-trigger-on-existing-table',
    'lock-table',
    'statement-after-access-exclusive',
    'wide-lock-window',
    'multiple-alter-table',
    'foreign-key-without-index',
    // Transactions and time limits
    'enum-value-used-in-same-transaction',
    'concurrently-in-transaction',
    'mixed-transactional',
    'non-idempotent-statement',
    'missing-lock-timeout',
    'missing-statement-timeout',
    'missing-idle-in-transaction-timeout',
    'lock-timeout-too-long',
    'not-analysed',
    // Destructive and breaking changes
    'drop-database',
    'drop-schema',
    'drop-schema-cascade',
    'drop-table',
    'drop-column',
    'drop-cascade',
    'drop-constraint',
    'drop-primary-key',
    'drop-not-null',
    'drop-trigger',
    'drop-with-dependants',
    'rename-table',
    'rename-column',
    'rename-schema',
    'rename-enum-value',
    'set-schema',
    'truncate',
    'truncate-cascade',
    // Data
    'delete-without-where',
    'update-without-where',
    'unbatched-backfill',
    'insert-seed-data',
    // Security
    'secret-in-sql',
    'disable-rls',
    'no-force-rls',
    'drop-policy',
    'disable-trigger',
    'session-replication-role',
    'grant-to-public',
    'grant-all',
    'alter-default-privileges',
    'superuser-role',
    'role-attributes',
    'server-program-role',
    'change-owner',
    'drop-owned',
    'alter-system',
    'copy-program',
    'copy-server-file',
    'server-file-function',
    'untrusted-language',
    'untrusted-extension',
    'write-to-foreign-schema',
    'write-to-system-schema',
    'dynamic-sql-concatenation',
    'security-definer-search-path',
    'security-definer-executable',
    // Row level security, judged on the state after the last file
    'table-without-rls',
    'policy-without-rls',
    'rls-without-policy',
    'policy-always-true',
    'policy-user-metadata',
    'policy-uncached-auth-call',
    'multiple-permissive-policies',
    'view-not-security-invoker',
    'view-exposes-auth-users',
    'function-search-path',
    'extension-in-public',
    'matview-in-api',
    'foreign-table-in-api',
    'reg-type-column',
    'fk-to-auth-unique',
    'sensitive-column-exposed',
    'bucket-listing',
    // Found only by running
    'measured-rewrite',
    'measured-scan',
    'measured-drop',
    // Types and design
    'char-column',
    'varchar-limit',
    'int-column',
    'smallint-column',
    'serial-column',
    'timestamp-without-tz',
    'json-column',
    'money-column',
    'create-enum',
    'enum-without-position',
    'identifier-too-long',
    'table-without-schema',
    'duplicate-column-assignment',
    'table-without-primary-key',
    'duplicate-index',
    'wide-index',
    'hash-index',
];

;// CONCATENATED MODULE: ./build/config/choose-since.js


/**
 * What the files are compared with: what is asked for, else in the job of a pull request or a merge queue its base, by
 * its commit where the event tells it.
 */
async function chooseSince(sources) {
    const { inputs, ledger, command } = sources;
    const asked = given(inputs, 'since');
    if (asked !== undefined && !isRef(asked.value)) {
        ledger.problems.push({
            message: `${asked.source.charAt(0).toUpperCase()}${asked.source.slice(1)} is ${showValue(asked.value)}, which names no commit or branch.`,
            help: 'Give a branch, a tag or the hash of a commit: origin/main.',
        });
        return undefined;
    }
    if (command !== 'validate')
        return undefined;
    const ref = asked?.value ?? (await baseOfEvent(sources));
    const source = asked?.source ?? 'the base of the pull request';
    if (ref !== undefined)
        ledger.provenance.push({ name: 'since', value: ref, source });
    return ref === undefined ? undefined : { ref, asked: asked !== undefined };
}
/** What begins with `-` would be an option, and a range is no commit. */
function isRef(text) {
    return text.length <= 255 && !/^-|\.\.|\p{Cc}|\p{Surrogate}|[\s:\\*?[]/u.test(text);
}
async function baseOfEvent({ inputs, system }) {
    const event = variable(inputs, 'GITHUB_EVENT_NAME')?.value ?? '';
    if (!/^(?:pull_request|pull_request_target|merge_group)$/.test(event))
        return undefined;
    const path = variable(inputs, 'GITHUB_EVENT_PATH')?.value;
    const payload = path === undefined ? undefined : await system.readEvent(path);
    const branch = variable(inputs, 'GITHUB_BASE_REF')?.value;
    return commitIn(payload) ?? (branch !== undefined && isRef(branch) ? `origin/${branch}` : undefined);
}
function commitIn(payload) {
    const event = parseJson(payload ?? '');
    const sha = event?.pull_request?.base?.sha ?? event?.merge_group?.base_sha;
    return typeof sha === 'string' && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(sha) ? sha : undefined;
}
function parseJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return null;
    }
}

;// CONCATENATED MODULE: ./build/model/never-lowered.js
/**
 * Rules whose findings stop a run whatever the configuration says, by the classes of environments in which they do.
 * Known here so that a configuration that tries is refused before anything is read; a test compares it with the rules.
 */
const NEVER_LOWERED = {
    'alter-system': ['production'],
    'copy-program': ['production'],
    'copy-server-file': ['production'],
    'drop-database': ['production'],
    'drop-owned': ['production'],
    'drop-schema-cascade': ['production'],
    'secret-in-sql': ['production'],
    'server-program-role': ['production'],
    'superuser-role': ['production'],
    'truncate-cascade': ['production'],
    'write-to-system-schema': ['production'],
};

;// CONCATENATED MODULE: ./build/config/find-lowered.js

/**
 * Where a file tries to lower a rule that nothing lowers. Of all environments, not only that of the run: the mistake is
 * found where the file is reviewed.
 */
function findLowered(file, classOf) {
    const { rules = {}, environments = {} } = file.document.database ?? {};
    return Object.entries(NEVER_LOWERED).flatMap(([id, classes]) => [
        ...inRules(id, rules[id], classes, file),
        ...Object.entries(environments).flatMap(([name, settings]) => settings && classes.includes(classOf(name, settings)) ? inEnvironment(id, name, settings, file) : []),
    ]);
}
function inRules(id, settings, classes, file) {
    const path = ['database', 'rules', id];
    const where = inWords(classes);
    if (typeof settings === 'string')
        return settings === 'never' ? [] : [lowered(id, settings, path, where, file)];
    const lower = (key) => settings?.[key] !== undefined && settings[key] !== 'never'
        ? [lowered(id, settings[key], [...path, key], where, file)]
        : [];
    const covered = classes.every((one) => settings?.[one] === 'never');
    return [
        ...(covered ? [] : lower('level')),
        ...classes.flatMap(lower),
        ...(settings?.exclude ? [excluded(id, [...path, 'exclude'], where, file)] : []),
    ];
}
function inEnvironment(id, name, { rules, force }, file) {
    const path = ['database', 'environments', name];
    const level = rules?.[id];
    const where = 'there';
    return [
        ...(level !== undefined && level !== 'never'
            ? [lowered(id, level, [...path, 'rules', id], where, file)]
            : []),
        ...(force?.includes(id) ? [lowered(id, 'forced', [...path, 'force'], where, file)] : []),
    ];
}
function lowered(id, level, path, where, file) {
    return {
        message: `${file.placeOf(path)}: ${id} is ${level}, and its findings always stop a run ${where}.`,
        help: 'Remove the line, or set it for other classes: development and staging.',
    };
}
function excluded(id, path, where, file) {
    return {
        message: `${file.placeOf(path)}: ${id} excludes files, and its findings always stop a run ${where}.`,
        help: 'Remove the line.',
    };
}
function inWords(classes) {
    return `on ${classes.join(' and ')}`;
}

;// CONCATENATED MODULE: ./build/config/choose-judging.js







/**
 * How the files are judged: for the class of the environment that is named, and else for production, where they will run.
 * What the file says of one environment wins over what it says of all.
 *
 * @param directory the absolute migrations folder
 */
async function chooseJudging(chosen, directory, sources) {
    const { file, inputs, ledger, command } = sources;
    const database = file?.document.database;
    const named = chosen.named || sources.connects;
    const ofClass = named ? chosen.environment.class : 'production';
    if (!named && command === 'validate')
        ledger.notes.push(choose_judging_UNNAMED);
    if (file !== undefined)
        ledger.problems.push(...findLowered(file, classOf));
    const since = await chooseSince(sources);
    return {
        class: ofClass,
        levels: new Map(RULE_IDS.flatMap((id) => levelOf(id, ofClass, named ? chosen : undefined, sources))),
        excludes: new Map(RULE_IDS.flatMap((id) => excludeOf(id, sources))),
        force: chooseForce(sources),
        forced: new Set(named ? chosen.settings.force : []),
        postgres: Number(database?.['postgres-version'] ?? OLDEST),
        apiSchemas: database?.['api-schemas'] ?? (isSupabase(directory, sources) ? ['public'] : []),
        apiConfigured: database?.['api-schemas'] !== undefined,
        bigTables: database?.['big-tables'] ?? [],
        all: readBoolean(given(inputs, 'all'), ledger)?.value ?? false,
        ...(since ? { since } : {}),
    };
}
const choose_judging_UNNAMED = 'No environment is named, so the files are judged for class production, where they will run in the end.';
/** The strictest for what the rules know. */
const OLDEST = 15;
function levelOf(id, ofClass, chosen, { file }) {
    const here = chosen?.settings.rules?.[id];
    const everywhere = file?.document.database?.rules?.[id];
    const general = typeof everywhere === 'string' ? everywhere : (everywhere?.[ofClass] ?? everywhere?.level);
    const level = here ?? general;
    return level === undefined ? [] : [[id, level]];
}
function excludeOf(id, { file }) {
    const settings = file?.document.database?.rules?.[id];
    return typeof settings === 'object' && settings.exclude ? [[id, settings.exclude]] : [];
}
/** To force is the less safe wish, so it holds only where no source says no. */
function chooseForce({ inputs, ledger }) {
    const said = [given(inputs, 'force'), variable(inputs, 'FORCE_RUN')];
    return chooseSafest('force', said.map((one) => readBoolean(one, ledger)), false, ledger);
}
function isSupabase(directory, { file }) {
    const settings = file?.document.database?.migrations;
    return (settings?.format === 'supabase' ||
        settings?.use_supabase_cli === true ||
        /(?:^|[\\/])supabase[\\/]migrations[\\/]?$/.test(directory));
}

;// CONCATENATED MODULE: ./build/config/choose-migrations-asked.js

/** `version` and `to` together ask for two different things. */
function chooseMigrationsAsked({ inputs, ledger }) {
    const only = given(inputs, 'version');
    const to = given(inputs, 'to');
    if (only !== undefined && to !== undefined) {
        ledger.problems.push({
            message: `Both ${callInput(inputs, 'version')} and ${callInput(inputs, 'to')} are given.`,
            help: 'Use version for exactly one pending migration, or to for all up to and including one.',
        });
        return {};
    }
    for (const [name, choice] of Object.entries({ version: only, to })) {
        if (choice !== undefined)
            ledger.provenance.push({ name, value: choice.value, source: choice.source });
    }
    return { ...(only ? { only: only.value } : {}), ...(to ? { to: to.value } : {}) };
}

;// CONCATENATED MODULE: ./build/config/choose-modes.js




/**
 * How pending files are tried and applied, and how a graph is written: the input, else the environment's section, else the default. Not to rehearse
 * is the less safe of two wishes, so `off` holds only where no source names anything else.
 */
function chooseModes(settings, sources) {
    const said = gather('transaction', TRANSACTION_MODES, settings.transaction, sources);
    const transaction = said[0] ?? { value: TRANSACTION_MODES[0], source: 'the default' };
    const rehearse = chooseRehearse(gather('rehearse', REHEARSE_MODES, settings.rehearse, sources), sources);
    sources.ledger.provenance.push({ name: 'rehearse', ...rehearse }, { name: 'transaction', ...transaction });
    const isHeld = settings.rehearse !== undefined && settings.rehearse !== 'off';
    const [format] = gather('format', GRAPH_FORMATS, undefined, sources);
    return {
        transaction: transaction.value,
        rehearse: rehearse.value,
        ...(isHeld && sources.file ? { rehearseHeldBy: sources.file.name } : {}),
        graphFormat: format?.value ?? GRAPH_FORMATS[0],
    };
}
/** What is said, the strongest source first. What is no mode is told, and counts as nothing said. */
function gather(name, modes, inFile, { inputs, file, ledger }) {
    const input = given(inputs, name);
    const value = modes.find((mode) => mode === input?.value);
    if (input !== undefined && value === undefined) {
        const place = input.source.charAt(0).toUpperCase() + input.source.slice(1);
        const meant = didYouMean(input.value, modes);
        ledger.problems.push({
            message: `${place} is ${showValue(input.value)}; it must be ${choose_modes_inWords(modes)}.`,
            help: meant === undefined ? 'Correct the value.' : `Did you mean ${meant}?`,
        });
    }
    return [
        ...(input !== undefined && value !== undefined ? [{ value, source: input.source }] : []),
        ...(inFile !== undefined && file !== undefined ? [{ value: inFile, source: file.name }] : []),
    ];
}
function chooseRehearse(said, { ledger }) {
    const [first] = said;
    if (first === undefined)
        return { value: REHEARSE_MODES[0], source: 'the default' };
    const safer = said.find(({ value }) => value !== 'off');
    if (first.value !== 'off' || safer === undefined)
        return first;
    ledger.notes.push(`rehearse: ${first.source} says off, ${safer.source} says ${safer.value}; the safer one holds: ${safer.value}.`);
    return safer;
}
function choose_modes_inWords(modes) {
    return `${modes.slice(0, -1).join(', ')} or ${modes.at(-1)}`;
}

;// CONCATENATED MODULE: ./build/config/choose-new-name.js

/** What `new` calls its file, as it stands in the name: words are joined by `_`. */
function chooseNewName({ command, inputs, ledger }) {
    if (command !== 'new')
        return {};
    const name = inputs.name?.trim().replaceAll(/\s+/g, '_') ?? '';
    if (choose_new_name_NAME.test(name))
        return { newName: name };
    ledger.problems.push({
        message: name === ''
            ? 'What the new migration does is not named.'
            : `The name ${showValue(name)} can not stand in a file name.`,
        help: 'Write devflow db new add_users: up to 100 letters, digits, _ and -, the first a letter or a digit.',
    });
    return {};
}
/** The folder's styles, every file system and every shell take these. */
const choose_new_name_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;

;// CONCATENATED MODULE: ./build/config/choose-port.js


const DEFAULT_PORT = 8788;
/** What `serve` listens on, by the variable PORT. 0: any that is free. */
function choosePort({ inputs, command, ledger }) {
    const asked = command === 'serve' ? variable(inputs, 'PORT') : undefined;
    const port = asked === undefined ? DEFAULT_PORT : Number(asked.value);
    if (asked === undefined || (/^\d+$/.test(asked.value) && port <= 65_535))
        return { port };
    ledger.problems.push({
        message: `${asked.source}: ${showValue(asked.value)} is no port.`,
        help: 'Write a number from 1 to 65535, or 0 for any that is free.',
    });
    return { port: DEFAULT_PORT };
}

;// CONCATENATED MODULE: ./build/config/choose-prelude.js

/** Whether shadows get stand-ins for what Supabase itself makes in a database. */
function choosePrelude({ file, ledger }, directory) {
    const settings = file?.document.database?.migrations;
    const isSupabase = isSupabaseFolder(directory) || settings?.use_supabase_cli === true || settings?.format === 'supabase';
    const prelude = settings?.prelude ?? (isSupabase ? 'supabase' : 'off');
    ledger.provenance.push({
        name: 'prelude',
        value: prelude,
        source: settings?.prelude === undefined ? 'the default' : (file?.name ?? 'the default'),
    });
    if (prelude === 'off')
        return {};
    return { prelude: settings?.prelude === 'supabase' ? 'always' : 'as-target' };
}

;// CONCATENATED MODULE: ./build/config/choose-rehearsal.js



const choose_rehearsal_DEFAULTS = { 'lock-timeout': '1s', 'statement-timeout': '30s', 'large-table': '10MB' };
/** The variable that holds the URL of a shadow, unless the environment's `shadow_url_env` names another. */
const SHADOW_VARIABLE = 'SHADOW_DATABASE_URL';
/** Where and how long is rehearsed, and what becomes of a schema that other hands changed. */
function chooseRehearsal(settings, sources) {
    const { file, ledger } = sources;
    const choose = (name) => {
        const inFile = settings.rehearsal?.[name];
        const value = inFile === undefined ? choose_rehearsal_DEFAULTS[name] : String(inFile);
        const source = inFile === undefined ? 'the default' : (file?.name ?? '');
        ledger.provenance.push({ name: `rehearsal ${name}`, value, source });
        return value;
    };
    return {
        rehearsal: {
            ...chooseShadow(settings, sources),
            lockMs: parseDuration(choose('lock-timeout')) ?? 0,
            statementMs: parseDuration(choose('statement-timeout')) ?? 0,
            largeBytes: parseSize(choose('large-table')) ?? 0,
        },
        schemaDrift: settings['schema-drift'] ?? 'warn',
        schemas: file?.document.database?.schemas ?? [],
    };
}
function chooseShadow(settings, { inputs, ledger }) {
    const url = given(inputs, 'shadow-url') ?? variable(inputs, settings.shadow_url_env ?? SHADOW_VARIABLE);
    if (url === undefined)
        return {};
    ledger.provenance.push({ name: 'shadow-url', value: '***', source: url.source });
    return { shadowUrl: url.value };
}

;// CONCATENATED MODULE: ./build/config/read-timeout-variable.js



/** TIMEOUT is in seconds without a unit, as the scripts that it comes from have it; here as a duration with its unit. */
function readTimeoutVariable({ inputs, ledger }) {
    const given = variable(inputs, 'TIMEOUT');
    if (given === undefined)
        return undefined;
    const value = `${given.value}s`;
    if (/^[0-9]+$/.test(given.value) && parseDuration(value) !== undefined)
        return { value, source: given.source };
    ledger.problems.push({
        message: `The variable TIMEOUT is ${showValue(given.value)}; it must be a whole number of seconds, at most 2147483.`,
        help: 'Write TIMEOUT=300 for five minutes, or use the input statement-timeout with a unit.',
    });
    return undefined;
}

;// CONCATENATED MODULE: ./build/config/choose-timeouts.js


/** The limits that the server keeps; each is said to it, whatever its role or database says. */
function chooseTimeouts(settings, sources) {
    const choose = (name) => chooseDuration(name, name === 'statement-timeout' ? readTimeoutVariable(sources) : undefined, settings[name], sources);
    return {
        lockMs: choose('lock-timeout'),
        statementMs: choose('statement-timeout'),
        idleInTransactionMs: choose('idle-in-transaction-session-timeout'),
        transactionMs: choose('transaction-timeout'),
    };
}

;// CONCATENATED MODULE: ./build/config/choose-written-files.js



/** The files that a run writes: its log, its findings for other programs, and its plan. */
function chooseWrittenFiles(sources, directory) {
    const logFile = choose_written_files_chooseFile('log-file', 'logs/migration.log', sources, directory);
    const sarifFile = choose_written_files_chooseFile('sarif-file', 'findings.sarif', sources, directory);
    const junitFile = choose_written_files_chooseFile('junit-file', 'reports/migrations.xml', sources, directory);
    const planFile = choose_written_files_chooseFile('plan-file', 'devflow-plan.json', sources, directory);
    refuseShared([logFile, sarifFile, junitFile, planFile], sources);
    return {
        ...(logFile === undefined ? {} : { logFile }),
        ...(sarifFile === undefined ? {} : { sarifFile }),
        ...(junitFile === undefined ? {} : { junitFile }),
        ...(planFile === undefined ? {} : { planFile }),
    };
}
/**
 * Where one of them goes. It is written to, so it never lies among the migrations, and in the action nowhere but in the
 * workspace and the runner's temporary folder.
 */
function choose_written_files_chooseFile(name, example, sources, directory) {
    const named = given(sources.inputs, name);
    if (named === undefined)
        return undefined;
    sources.ledger.provenance.push({ name, value: named.value, source: named.source });
    const file = (0,external_node_path_namespaceObject.resolve)(sources.folder, named.value);
    const where = choose_written_files_wrongPlace(file, sources, directory);
    if (where !== undefined)
        choose_written_files_tell(name, named, where, example, sources);
    return file;
}
function choose_written_files_wrongPlace(file, { inputs }, directory) {
    const allowed = [inputs.boundary, inputs.boundary && inputs.variables.RUNNER_TEMP].filter(Boolean);
    const outside = allowed.length > 0 && !allowed.some((parent) => isInside(parent, file));
    if (outside)
        return 'outside the workspace and RUNNER_TEMP';
    return isInside(directory, file) ? 'in the migrations folder' : undefined;
}
function choose_written_files_tell(name, { value }, where, example, { ledger }) {
    ledger.problems.push({
        message: `${name} is ${JSON.stringify(value)}, ${where}.`,
        help: `Name a file elsewhere, such as ${example}.`,
    });
}
function refuseShared(files, { ledger }) {
    const named = files.filter((file) => file !== undefined);
    const twice = named.find((file, index) => named.indexOf(file) < index);
    if (twice === undefined)
        return;
    ledger.problems.push({
        message: `${JSON.stringify(twice)} is named for two of log-file, sarif-file, junit-file and plan-file.`,
        help: 'Name a file for each.',
    });
}

;// CONCATENATED MODULE: ./build/config/secrets.js
/** Shorter values are words that occur everywhere; replacing them would destroy the text and betray the secret. */
const SHORTEST = 4;
/** Enough for any URL, and a bound for a hostile one. */
const MOST_CANDIDATES = 64;
/**
 * Every spelling of the secrets in a database URL that must never be printed: the URL, `user:password@`, and the
 * password raw, decoded, encoded in each way that a library on the road may choose, in base64 and JSON. Where the URL
 * is malformed (an unencoded `@ / ? #` in the password) every reading of it counts, and each piece of such a password.
 * Left out: values under 4 characters and those that are the user, the host or the database as well.
 */
function secretSpellings(databaseUrl) {
    const found = readingsOf(databaseUrl).map((rest) => readPasswords(rest));
    const elsewhere = [...parameterPasswords(databaseUrl), ...urlClassPassword(databaseUrl)];
    const users = found.map(({ user }) => user);
    const passwords = [...found.flatMap((reading) => reading.passwords), ...elsewhere];
    const names = new Set(found.flatMap((reading) => reading.names));
    const alone = [...passwords, ...found.flatMap((reading) => reading.pieces)]
        .flatMap(spellSecret)
        .filter((text) => !names.has(text));
    const joined = users.flatMap((user) => passwords.flatMap((password) => spellPair(user, password)));
    const whole = passwords.length > 0 ? [databaseUrl, normalised(databaseUrl), base64(databaseUrl)] : [];
    return [...new Set([...whole, ...joined, ...alone])].filter((text) => text.length >= SHORTEST);
}
/** What follows the scheme; and where the scheme is none of ours, all of it too: `://` may be the password's. */
function readingsOf(databaseUrl) {
    const mark = databaseUrl.indexOf('://');
    const rest = databaseUrl.slice(mark < 0 ? 0 : mark + 3);
    return mark < 0 || /^\s*postgres(ql)?:\/\//i.test(databaseUrl) ? [rest] : [rest, databaseUrl];
}
function readPasswords(rest) {
    const colon = rest.indexOf(':');
    return {
        user: colon < 0 ? '' : rest.slice(0, colon),
        passwords: userInfoPasswords(rest, colon),
        pieces: pieces(rest, colon),
        names: namesAround(rest, likelyEnd(rest)).flatMap((name) => [name, decode(name)]),
    };
}
/** Readings of what stands between the user's colon and an `@`: each `@` may be the one that ends the password. */
function userInfoPasswords(rest, colon) {
    if (colon < 0)
        return [];
    const found = [];
    for (let at = rest.indexOf('@', colon); at >= 0 && found.length < MOST_CANDIDATES; at = rest.indexOf('@', at + 1)) {
        found.push(rest.slice(colon + 1, at));
    }
    const last = rest.lastIndexOf('@');
    if (last > colon)
        return [...found, rest.slice(colon + 1, last)];
    const afterColon = rest.slice(colon + 1);
    // No @ at all: a port, or a password whose host was forgotten.
    return /^\d*(?:[/?#]|$)/.test(afterColon) || rest.startsWith('[') ? [] : [afterColon];
}
function parameterPasswords(text) {
    const found = text.matchAll(/(?:ssl)?password\s*=\s*(?:'((?:[^'\\]|\\.)*)'|([^&\s#]*))/gi);
    // In a URL only & and # end it, in a key-value string white space does.
    const inQuery = text.matchAll(/password=([^&#]*)/gi);
    return [...[...found].slice(0, MOST_CANDIDATES), ...[...inQuery].slice(0, MOST_CANDIDATES)].flatMap((match) => {
        const value = match[1] ?? match[2] ?? '';
        return [value, value.replaceAll('+', ' ')];
    });
}
/** The URL class drops tabs and line ends, so what it shows can differ from all that stands in the text. */
function urlClassPassword(text) {
    return URL.canParse(text) ? [new URL(text).password].filter(Boolean) : [];
}
/** A parser that stops at an unencoded delimiter shows the rest of the password as host, path or query. */
function pieces(rest, colon) {
    const end = likelyEnd(rest);
    if (colon < 0 || end < colon)
        return [];
    const parts = rest.slice(colon + 1, end).split(/[/?#@]/);
    return parts.length > 1 ? parts.slice(0, MOST_CANDIDATES) : [];
}
/** The `@` before the host: the last one, but for those in a well-formed query (`?application_name=me@here`). */
function likelyEnd(rest) {
    const beforeQuery = rest.split(/\?\w+=/, 1)[0] ?? '';
    return beforeQuery.includes('@') ? beforeQuery.lastIndexOf('@') : rest.lastIndexOf('@');
}
/** User, host and database, where that `@` is the one before the host. */
function namesAround(rest, at) {
    const user = at < 0 ? '' : (rest.slice(0, at).split(':', 1)[0] ?? '');
    const place = /^(\[[^\]]*\]|[^:/?#]*)(?::[^/?#]*)?(?:\/([^?#]*))?/.exec(rest.slice(at + 1));
    return [user, place?.[1] ?? '', place?.[2] ?? ''].filter(Boolean);
}
/** Every spelling in which a secret may be met: raw, encoded as URLs have it, in base64, JSON, HTML and SQL; each of its lines. */
function spellSecret(secret) {
    const forms = [...new Set([secret, decode(secret), ...linesOf(secret)])];
    return forms.flatMap((form) => [
        form,
        ...encodings(form),
        ...base64Forms(form),
        JSON.stringify(form).slice(1, -1),
        form.replaceAll("'", "''"),
        form.replaceAll('"', '""'),
        form.replaceAll('\\', '\\\\').replaceAll("'", "\\'"),
        form.replaceAll('\\', '\\\\').replaceAll("'", "''"),
        form.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    ]);
}
/** What is printed line by line is met in lines: of a private key, say. A short one is a word that occurs anywhere. */
function linesOf(secret) {
    const lines = secret.split(/[\r\n]+/);
    return lines.length === 1 ? [] : lines.filter((line) => line.trim().length >= SHORTEST_LINE);
}
const SHORTEST_LINE = 8;
function spellPair(user, password) {
    const raw = `${user}:${password}`;
    const decoded = `${decode(user)}:${decode(password)}`;
    return [`${raw}@`, `${decoded}@`, ...base64Forms(raw), ...base64Forms(decoded)];
}
function encodings(text) {
    const whole = text.replace(/\p{Surrogate}/gu, '\ufffd');
    const component = encodeURIComponent(whole);
    const strict = component.replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
    const upper = [component, strict, encodeURI(whole), asForm(whole), asUserInfo(whole)];
    return [...upper, ...upper.map((form) => form.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()))];
}
function asForm(text) {
    return new URLSearchParams({ p: text }).toString().slice(2);
}
/** What the URL class shows, and so every message that quotes its parts. */
function asUserInfo(text) {
    const url = new URL('postgres://u@h');
    url.password = text;
    return url.password;
}
function base64(text) {
    return Buffer.from(text).toString('base64');
}
function base64Forms(text) {
    const padded = base64(text);
    return [padded, padded.replace(/=+$/, ''), Buffer.from(text).toString('base64url')];
}
/** Decodes what can be decoded: a lone `%` stays as it is. */
function decode(text) {
    return text.replace(/(?:%[0-9a-f]{2})+/gi, (codes) => {
        try {
            return decodeURIComponent(codes);
        }
        catch {
            return codes;
        }
    });
}
function normalised(url) {
    return URL.canParse(url) ? new URL(url).href : url;
}
/**
 * Replaces each of the secrets by `***`, the longest first, until none is left: what two replacements leave between
 * them can be one again. Secrets under 4 characters are not looked for.
 */
function makeRedact(secrets) {
    const longEnough = [...new Set(secrets)].filter((secret) => secret.length >= SHORTEST);
    if (longEnough.length === 0)
        return (text) => text;
    const longestFirst = longEnough.sort((a, b) => b.length - a.length);
    const pattern = new RegExp(longestFirst.map(escapePattern).join('|'), 'g');
    return (text) => {
        let before;
        let after = text;
        do {
            before = after;
            after = before.replace(pattern, '***');
        } while (after !== before);
        return after;
    };
}
function escapePattern(text) {
    return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

;// CONCATENATED MODULE: ./build/config/collect-secrets.js






/** Every spelling of every secret this run was given, those of the other environments of the file included. */
function collectSecrets(sources) {
    const { inputs, file } = sources;
    const environments = Object.values(file?.document.database?.environments ?? {});
    const variables = [
        'DATABASE_URL',
        ...environments.map((environment) => environment?.url_env ?? 'DATABASE_URL'),
    ];
    const shadows = [
        SHADOW_VARIABLE,
        ...environments.flatMap((environment) => environment?.shadow_url_env ?? []),
    ];
    const urls = [
        given(inputs, 'database-url'),
        given(inputs, 'shadow-url'),
        ...[...variables, ...shadows, ...PROXIES].map((name) => variable(inputs, name)),
    ];
    const spellings = urls.flatMap((url) => (url === undefined ? [] : secretSpellings(url.value)));
    return [...new Set([...spellings, ...plainSecrets(inputs), ...secretsAround(sources)])];
}
/** What is no URL: it is secret as it is. */
function plainSecrets(inputs) {
    const all = [
        variable(inputs, 'SUPABASE_SERVICE_KEY'),
        variable(inputs, 'SUPABASE_ACCESS_TOKEN'),
        variable(inputs, 'GITHUB_TOKEN'),
        given(inputs, 'github-token'),
    ];
    return all.flatMap((each) => (each === undefined ? [] : spellSecret(each.value)));
}
/**
 * What `secrets` of the file gave, the token that it was asked with, and what health checks and notifications hold: a
 * webhook's URL lets whoever has it write.
 */
function secretsAround({ inputs, file }) {
    const environments = Object.values(file?.document.database?.environments ?? {});
    const all = [file?.document.database?.health, ...environments.map((environment) => environment?.health)];
    const checks = all.flatMap((health) => [...(health?.before ?? []), ...(health?.after ?? [])]);
    const names = [
        'OP_SERVICE_ACCOUNT_TOKEN',
        'SUPABASE_DB_PASSWORD',
        ...environments.flatMap((environment) => passwordVariableOf(environment ?? {}) ?? []),
        ...Object.keys(inputs.origins ?? {}),
        ...checks.flatMap(keyVariablesOf),
        ...notificationVariables(file?.document.notifications),
    ];
    return [...new Set(names)].flatMap((name) => {
        const value = variable(inputs, name)?.value;
        return value === undefined ? [] : [...spellSecret(value), ...pathOf(value).flatMap(spellSecret)];
    });
}
/** The part of a webhook's URL that is the secret, alone: a message may name it without its server. */
function pathOf(value) {
    const url = URL.canParse(value) ? new URL(value) : undefined;
    const path = url?.protocol === 'https:' || url?.protocol === 'http:' ? url.pathname + url.search : '';
    return path.length >= SHORTEST_PATH ? [path] : [];
}
const SHORTEST_PATH = 12;
/** A proxy's URL can hold a password. */
const PROXIES = ['https_proxy', 'HTTPS_PROXY'];

;// CONCATENATED MODULE: ./build/config/read-text.js


/**
 * The text of a file that somebody named, or undefined where there is none.
 * @param shown the path as people know it, for the message
 * @throws UserError where it is there and can't be read
 */
async function readText(system, path, shown) {
    try {
        return await system.readFile(path);
    }
    catch (error) {
        if (error instanceof UserError)
            throw error;
        const message = `The file ${showValue(shown)} can not be read (${codeOf(error)}).`;
        throw new UserError([{ message, help: 'Check that it is a file, and its permissions.' }]);
    }
}
function codeOf(error) {
    const code = error?.code;
    return typeof code === 'string' ? code : 'unknown error';
}

;// CONCATENATED MODULE: ./build/config/find-config-file.js







const NAMES = ['devflow.yml', 'devflow.yaml'];
/**
 * The named file, else `devflow.yml` in the working directory, read and checked; undefined where none is named and
 * none is there.
 * @throws UserError where there is a file to go by and it can't be had
 */
async function findConfigFile(inputs, folder, system) {
    const named = given(inputs, 'config');
    if (named === undefined)
        return findByName(inputs, folder, system);
    const path = (0,external_node_path_namespaceObject.resolve)(folder, named.value);
    if (inputs.boundary !== undefined && !isInside(inputs.boundary, path)) {
        throw refusal({
            message: `${showValue(named.value)} of ${named.source} lies outside the workspace.`,
            help: 'Name a file inside the workspace.',
        });
    }
    const file = await readConfig(inputs, path, system);
    if (file !== undefined)
        return file;
    throw refusal({
        message: `The file ${showValue(named.value)} of ${named.source} does not exist.`,
        help: 'Check the spelling, and that the repository is checked out before.',
    });
}
async function findByName(inputs, folder, system) {
    const [first, second] = await Promise.all(NAMES.map(async (name) => ((await system.exists((0,external_node_path_namespaceObject.resolve)(folder, name))) ? name : undefined)));
    if (first !== undefined && second !== undefined) {
        throw refusal({
            message: `Both ${first} and ${second} are there.`,
            help: 'Keep one, or name it with the input config.',
        });
    }
    const name = first ?? second;
    return name === undefined ? undefined : readConfig(inputs, (0,external_node_path_namespaceObject.resolve)(folder, name), system);
}
async function readConfig(inputs, path, system) {
    const shown = pathFrom(inputs.boundary ?? inputs.folder, path);
    const text = await readText(system, path, shown);
    if (text === undefined)
        return undefined;
    // Loaded late, from a bundle of its own: without a file neither the YAML nor the schema library is needed.
    const { parseDevflowYml } = await import(/* webpackIgnore: true */ './parse-devflow-yml.js');
    return parseDevflowYml(text, shown);
}
function refusal(problem) {
    return new UserError([problem]);
}

;// CONCATENATED MODULE: ./build/config/make-run-context.js

/** Who and what runs. A variable that is not in GitHub's form is left out: it would be recorded for good. */
function makeRunContext(inputs, system) {
    const runUrl = makeRunUrl(inputs);
    const attempt = inForm(inputs, 'GITHUB_RUN_ATTEMPT', /^[0-9]{1,9}$/);
    const commitSha = inForm(inputs, 'GITHUB_SHA', /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/);
    return {
        actor: variable(inputs, 'GITHUB_ACTOR')?.value ?? system.osUser,
        ...(runUrl ? { runUrl } : {}),
        ...(attempt ? { runAttempt: Number(attempt) } : {}),
        ...(commitSha ? { commitSha } : {}),
        toolVersion: system.toolVersion,
    };
}
function makeRunUrl(inputs) {
    const server = inForm(inputs, 'GITHUB_SERVER_URL', /^https?:\/\/[A-Za-z0-9.:-]+$/);
    const repository = inForm(inputs, 'GITHUB_REPOSITORY', /^[\w.-]+\/[\w.-]+$/);
    const run = inForm(inputs, 'GITHUB_RUN_ID', /^[0-9]+$/);
    return server && repository && run ? `${server}/${repository}/actions/runs/${run}` : undefined;
}
function inForm(inputs, name, form) {
    const value = variable(inputs, name)?.value;
    return value !== undefined && form.test(value) ? value : undefined;
}

;// CONCATENATED MODULE: ./build/config/note-unused.js


/** Whatever was given and changes nothing is said: nobody should rely on a setting that isn't read. */
function noteUnused(sources) {
    const { inputs, ledger, command } = sources;
    if (inputs.fix && command !== undefined && command !== 'validate')
        ledger.notes.push(`the flag --fix changes nothing for ${command}.`);
    for (const name of Object.keys(INPUTS)) {
        const unused = command !== undefined && !INPUTS[name].commands.includes(command);
        // A dry run of what changes nothing is what it is already.
        if (unused && name !== 'dry-run' && given(inputs, name)) {
            ledger.notes.push(`${callInput(inputs, name)} changes nothing for ${command}.`);
        }
    }
}

;// CONCATENATED MODULE: ./build/config/open-redactor.js

/** Each has some twenty spellings, and every text that is printed is searched for all of them. */
const MOST = 2_000;
/** @param known spellings of the secrets that are known from the start */
function openRedactor(known) {
    const spellings = new Set(known);
    let hidden = 0;
    let redact = makeRedact(known);
    return {
        redact: (text) => redact(text),
        hide(secrets) {
            const fresh = secrets.slice(0, MOST - hidden).flatMap(spellSecret);
            hidden += Math.min(secrets.length, MOST - hidden);
            if (fresh.every((spelling) => spellings.has(spelling)))
                return fresh;
            for (const spelling of fresh)
                spellings.add(spelling);
            redact = makeRedact([...spellings]);
            return fresh;
        },
    };
}

;// CONCATENATED MODULE: ./build/config/choose-mapping.js

/**
 * The mapping for a variable in an environment. One item stands for one database: a mapping whose names tell of another
 * environment serves no other, and where several environments read one variable it has to be clear which it is for. A
 * guess is how a staging job reaches production.
 */
function chooseMapping(mappings, question) {
    const named = mappings.filter(({ name }) => stands(name, question));
    if (named.length === 0)
        return undefined;
    const serving = named.filter((mapping) => whyNot(mapping, question) === undefined);
    const inWords = serving.filter(({ environments }) => environments !== undefined);
    const [mapping, other] = inWords.length > 0 ? inWords : serving;
    if (mapping === undefined)
        return {
            why: named.map((one) => `the mapping ${show(one.name)} ${whyNot(one, question)}`).join(', and '),
        };
    if (other === undefined)
        return { mapping };
    return {
        why: `the mappings ${show(mapping.op_item)} and ${show(other.op_item)} both are for it; say with environments which is for ${question.environment}`,
    };
}
/** `aosentry_database_url` stands for DATABASE_URL in the project aosentry. */
function stands(name, { variable, project }) {
    const wanted = choose_mapping_plain(variable);
    return choose_mapping_plain(name) === wanted || (project !== undefined && choose_mapping_plain(name) === `${choose_mapping_plain(project)}_${wanted}`);
}
function choose_mapping_plain(name) {
    return name.toLowerCase().replace(/[^a-z0-9]+/g, '_');
}
function whyNot(mapping, question) {
    const { environment, sharedBy, variable, onlyInWords } = question;
    const { environments } = mapping;
    if (environments !== undefined)
        return environments.some((name) => isSameEnvironment(name, environment))
            ? undefined
            : `is for ${list(environments)}`;
    if (onlyInWords)
        return `does not say environments: [${environment}]`;
    const told = environmentsIn(mapping, question);
    if (told.length > 0)
        return told.some((name) => isSameEnvironment(name, environment))
            ? undefined
            : `is for ${list(told)} by its names`;
    if (sharedBy.length <= 1)
        return undefined;
    return `does not say for which of ${list(sharedBy)} it is, which all read ${variable}; say environments: [${environment}]`;
}
/** What environments are called; a name of the file is added to them. */
const USUAL = [
    'local',
    'dev',
    'development',
    'test',
    'staging',
    'stage',
    'preview',
    'uat',
    'prod',
    'production',
];
/** The longest name counts: `Shop EU Production` is for eu-production, not for production. */
function environmentsIn({ name, op_item, op_field }, { environments }) {
    const words = [name, op_item, op_field].map((text) => `_${choose_mapping_plain(text)}_`);
    const found = [...new Set([...environments, ...USUAL])].filter((one) => words.some((text) => text.includes(`_${choose_mapping_plain(one)}_`)));
    return found.filter((one) => !found.some((other) => other.length > one.length && holds(other, one)));
}
function holds(longer, shorter) {
    return `_${choose_mapping_plain(longer)}_`.includes(`_${choose_mapping_plain(shorter)}_`);
}
function list(names) {
    return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
function show(text) {
    return JSON.stringify(text);
}

;// CONCATENATED MODULE: ./build/config/needed-variables.js







/** The variables with secrets that a command reads in an environment, whether they are set or not. */
function neededVariables(chosen, sources) {
    const { command, connects, inputs, file } = sources;
    if (command === undefined || !connects)
        return [];
    const { settings } = chosen;
    const substitutes = LOCKING.includes(command) ? (file?.document.database?.migrations?.substitute ?? []) : [];
    const shadow = INPUTS['shadow-url'].commands.includes(command) && !given(inputs, 'shadow-url')
        ? [settings.shadow_url_env ?? SHADOW_VARIABLE]
        : [];
    const needed = [
        ...chooseUrlVariables(chosen, sources),
        ...[
            ...shadow,
            ...substitutes.map((one) => (typeof one === 'string' ? one : one.name)),
            ...healthVariables(settings, sources),
        ].map((name) => ({ name, isOptional: false })),
        ...notificationVariables(notificationsFor(chosen.environment.name, command, file)).map((name) => ({
            name,
            isOptional: true,
        })),
    ];
    return needed.filter(({ name }, index) => needed.findIndex((other) => other.name === name) === index);
}

;// CONCATENATED MODULE: ./build/config/provide-secrets.js



/**
 * Asks the provider of the file for what this run needs and the environment does not have, and nothing else. From here on
 * the values are variables like any other, which say where they came from.
 */
async function provideSecrets(chosen, sources) {
    const secrets = sources.file?.document.secrets;
    if (secrets === undefined || secrets.provider === 'env' || !chosen.known)
        return sources;
    const missing = neededVariables(chosen, sources).filter(({ name }) => !variable(sources.inputs, name));
    const choices = missing.map((needed) => ({ needed, choice: choose(needed, chosen, sources) }));
    const wanted = choices.flatMap(({ needed, choice }) => asWanted(needed, choice));
    const why = choices.flatMap(({ needed, choice }) => choice !== undefined && 'why' in choice ? [[needed.name, choice.why]] : []);
    const noMistakes = sources.ledger.problems.length === 0;
    const answers = wanted.length > 0 && noMistakes ? await ask(wanted, sources) : wanted.map(() => UNASKED);
    const told = wanted
        .filter((_, index) => !hasValue(answers[index]))
        .map(({ variable: name }) => [name, '']);
    provide_secrets_tell(wanted, answers, sources);
    return { ...withValues(wanted, answers, sources), notProvided: new Map([...why, ...told]) };
}
function choose(needed, chosen, { file }) {
    const { secrets, project, database } = file?.document ?? {};
    const environments = Object.entries(database?.environments ?? {});
    const readers = environments.filter(([, settings]) => (settings?.url_env ?? 'DATABASE_URL') === needed.name);
    return chooseMapping(secrets?.mappings ?? [], {
        variable: needed.name,
        environment: chosen.environment.name,
        environments: environments.map(([name]) => name),
        sharedBy: readers.map(([name]) => name),
        ...(project?.name === undefined ? {} : { project: project.name }),
        ...(needed.onlyInWords === undefined ? {} : { onlyInWords: needed.onlyInWords }),
    });
}
function asWanted({ name, isOptional }, choice) {
    if (choice === undefined || 'why' in choice)
        return [];
    const { op_item: item, op_field: field } = choice.mapping;
    return [{ variable: name, item, field, isOptional }];
}
/** With mistakes in the set-up nothing runs, so nothing is asked. */
const UNASKED = undefined;
async function ask(wanted, { system, inputs, file }) {
    const { provider = 'env', vault } = file?.document.secrets ?? {};
    if (system.fetchSecrets === undefined)
        return wanted.map(({ variable: name }) => ({
            problem: { message: `${provider} can not be asked from here.`, help: `Set ${name}.` },
        }));
    return system.fetchSecrets({
        provider,
        ...(vault === undefined ? {} : { vault }),
        wanted: wanted.map(({ variable: name, item, field }) => ({ variable: name, item, field })),
        variables: inputs.variables,
    });
}
function hasValue(answer) {
    return answer !== undefined && 'value' in answer;
}
/** One reason that holds for all is told once; what a run can do without is a note. */
function provide_secrets_tell(wanted, answers, { ledger, file }) {
    const problems = [];
    for (const [index, { isOptional, variable: name }] of wanted.entries()) {
        const answer = answers[index];
        if (answer === undefined || hasValue(answer))
            continue;
        if (isOptional)
            ledger.notes.push(`The variable ${name} was not to be had. ${answer.problem.message}`);
        else if (!problems.some(({ message }) => message === answer.problem.message))
            problems.push(answer.problem);
    }
    const place = file?.placeOf(['secrets', 'provider']);
    ledger.problems.push(...problems.map(({ message, help }) => ({ message: `${place}: ${message}`, help })));
}
function withValues(wanted, answers, sources) {
    const found = wanted.flatMap((one, index) => {
        const answer = answers[index];
        return hasValue(answer) ? [{ ...one, value: answer.value }] : [];
    });
    if (found.length === 0)
        return sources;
    const { inputs } = sources;
    const variables = {
        ...inputs.variables,
        ...Object.fromEntries(found.map((one) => [one.variable, one.value])),
    };
    const origins = Object.fromEntries(found.map(({ variable: name, item, field }) => [
        name,
        `1Password (${JSON.stringify(item)}, ${JSON.stringify(field)})`,
    ]));
    return { ...sources, inputs: { ...inputs, variables, origins } };
}

;// CONCATENATED MODULE: ./build/config/read-certificates.js






/**
 * The PEM text of `tls-ca`; undefined where none is given.
 * @throws UserError where it is given and can't be had: going on without it would trust other authorities than asked for
 */
async function readCertificates({ inputs, folder, lost, system, ledger, }) {
    const named = given(inputs, 'tls-ca');
    if (named === undefined || lost)
        return undefined;
    const path = (0,external_node_path_namespaceObject.resolve)(folder, named.value);
    const refuse = (what, help) => new UserError([{ message: `The file ${showValue(named.value)} of ${named.source} ${what}.`, help }]);
    if (inputs.boundary !== undefined && !isInside(inputs.boundary, path)) {
        throw refuse('lies outside the workspace', 'Name a file inside the workspace.');
    }
    const text = await readText(system, path, named.value);
    if (text === undefined)
        throw refuse('does not exist', 'Check the spelling and the working directory.');
    if (!text.includes('-----BEGIN CERTIFICATE-----')) {
        throw refuse('holds no certificate', 'Give certificates in PEM form (-----BEGIN CERTIFICATE-----).');
    }
    ledger.provenance.push({ name: 'tls-ca', value: named.value, source: named.source });
    return text;
}

;// CONCATENATED MODULE: ./build/config/read-debug.js


/** Other tools read DEBUG too (`DEBUG=express:*`), so a value that isn't ours is no mistake here, and has no effect. */
function readDebug(inputs, ledger) {
    const said = variable(inputs, 'DEBUG');
    if (said === undefined)
        return false;
    const value = parseBoolean(said.value);
    if (value === undefined)
        ledger.notes.push('The variable DEBUG is neither true nor false; it has no effect here.');
    else
        ledger.provenance.push({ name: 'debug', value: String(value), source: said.source });
    return value ?? false;
}

;// CONCATENATED MODULE: ./build/config/make-config.js




































/**
 * Everything that was given, checked and completed: flag or input, then variable, then file, then default, and the
 * safer value where they disagree on safety. Reads the disk only through `system`, and opens no connection.
 * @throws UserError with every mistake of inputs, variables and file at once; no message holds a database URL
 */
async function makeConfig(inputs, system) {
    const ledger = { problems: [...(inputs.mistakes ?? [])], notes: [], provenance: [] };
    const sources = await gatherSources(inputs, system, ledger);
    const config = await buildConfig(sources);
    if (ledger.problems.length === 0)
        return config;
    throw new UserError(ledger.problems.map(({ message, help }) => ({
        message: config.redact(message),
        help: config.redact(help),
    })));
}
/** What every part of a Config is made from: command, working directory and file, each with its mistakes told. */
async function gatherSources(inputs, system, ledger) {
    const command = chooseCommand(inputs, ledger);
    const folder = await choose_folder_chooseFolder(inputs, system, ledger);
    const before = ledger.problems.length;
    const looked = folder !== undefined && command !== 'setup';
    const file = looked ? await tellProblems(findConfigFile(inputs, folder, system), ledger) : undefined;
    ledger.problems.push(...(file?.problems ?? []));
    if (file !== undefined)
        ledger.provenance.push({ name: 'config', value: file.name, source: whereFrom(inputs) });
    return {
        inputs,
        system,
        ledger,
        command,
        connects: command !== undefined && COMMANDS[command].connects,
        folder: folder ?? (0,external_node_path_namespaceObject.resolve)(inputs.folder),
        lost: folder === undefined,
        file,
        broken: folder === undefined || ledger.problems.length > before,
    };
}
function whereFrom(inputs) {
    return given(inputs, 'config')?.source ?? 'the default';
}
/** Lets the other parts go on, so that their mistakes are told in the same run. */
async function tellProblems(work, ledger) {
    try {
        return await work;
    }
    catch (error) {
        if (!(error instanceof UserError))
            throw error;
        ledger.problems.push(...error.problems);
        return undefined;
    }
}
async function buildConfig(asGiven) {
    const chosen = chooseEnvironment(asGiven);
    const sources = await provideSecrets(chosen, asGiven);
    const { inputs, system, ledger, command = 'validate' } = sources;
    const { environment, settings } = chosen;
    const { database, source: databaseSource } = chooseDatabase(chosen, sources);
    const directory = await chooseDirectory(sources);
    const project = sources.file?.document.project?.name;
    const tlsCa = await tellProblems(readCertificates(sources), ledger);
    const secrets = collectSecrets(sources);
    const migrations = { ...chooseMigrationsSettings(sources), ...chooseMigrationsAsked(sources) };
    const switches = chooseSwitches(sources, command);
    const written = chooseWrittenFiles(sources, directory);
    noteUnused(sources);
    return {
        command,
        ...(project === undefined ? {} : { project }),
        environment,
        ...chooseExecutor(sources),
        ...chooseInStep(sources, directory),
        ...choosePrelude(sources, directory),
        directory,
        boundary: inputs.boundary ?? directory,
        base: inputs.boundary ?? inputs.folder,
        ...migrations,
        ...(database === undefined ? {} : { database }),
        databaseSource,
        ...(tlsCa === undefined ? {} : { tlsCa }),
        ...switches,
        lockWaitMs: chooseDuration('lock-wait', undefined, settings['lock-wait'], sources),
        timeouts: chooseTimeouts(settings, sources),
        ...chooseModes(settings, sources),
        ...chooseRehearsal(settings, sources),
        ...(await chooseGate(environment, settings, sources, { ...written, ...switches })),
        ...chooseBackup(environment, settings, sources, directory),
        judging: await chooseJudging(chosen, directory, sources),
        fix: command === 'validate' && inputs.fix === true,
        ...choosePort(sources),
        ...chooseNewName(sources),
        ...chooseHistory(sources),
        ...chooseAdopt(sources),
        entry: inputs.entry,
        ci: inputs.ci,
        verbose: inputs.verbose,
        ...written,
        ...chooseAround(chosen, sources, directory),
        run: makeRunContext(inputs, system),
        ...openRedactor(secrets),
        variableOf: (name) => (Object.hasOwn(inputs.variables, name) && inputs.variables[name]) || undefined,
        secrets,
        provenance: ledger.provenance,
        notes: ledger.notes,
    };
}
function chooseMigrationsSettings({ file, ledger, }) {
    const settings = file?.document.database?.migrations;
    // Ours stand beside the Supabase CLI's then, in a schema of their own.
    const isSupabase = namesSupabaseTable(settings);
    const schema = isSupabase ? 'devflow' : (settings?.tracking_schema ?? 'devflow');
    const table = settings?.tracking_table ?? 'schema_migrations';
    const from = (value) => (value === undefined ? 'the default' : (file?.name ?? 'the default'));
    ledger.provenance.push({ name: 'tracking_schema', value: schema, source: from(settings?.tracking_schema) }, { name: 'tracking_table', value: table, source: from(settings?.tracking_table) });
    const configured = settings?.tracking_schema !== undefined && !isSupabase;
    return {
        exclude: settings?.exclude ?? [],
        legacy: settings?.legacy ?? [],
        substitute: (settings?.substitute ?? []).map(asSubstitute),
        gaps: settings?.gaps ?? 'off',
        changed: settings?.changed ?? 'error',
        tracking: { schema, table, configured },
    };
}
function asSubstitute(given) {
    return typeof given === 'string'
        ? { name: given, as: 'literal' }
        : { name: given.name, as: given.as ?? 'literal' };
}
function chooseSwitches({ inputs, file, ledger }, command) {
    const read = (chosen) => readBoolean(chosen, ledger);
    const inFile = file?.document.database?.migrations?.allow_out_of_order;
    const byCommand = command === 'dry-run' ? { value: true, source: 'the command dry-run' } : undefined;
    const dryRun = [byCommand, read(given(inputs, 'dry-run')), read(variable(inputs, 'DRY_RUN'))];
    const outOfOrder = [
        read(given(inputs, 'allow-out-of-order')),
        inFile === undefined || file === undefined ? undefined : { value: inFile, source: file.name },
    ];
    const asked = chooseSafest('dry-run', dryRun, true, ledger);
    const proposes = command === 'rollback' && read(given(inputs, 'propose'))?.value === true;
    return {
        dryRun: asked && COMMANDS[command].locks,
        // A proposal is a file, and nothing is done to the target for it.
        changes: !asked && COMMANDS[command].changes && !proposes,
        allowOutOfOrder: chooseSafest('allow-out-of-order', outOfOrder, false, ledger),
        confirmed: read(variable(inputs, 'CONFIRM_PRODUCTION_MIGRATION'))?.value ?? false,
        debug: readDebug(inputs, ledger),
    };
}

;// CONCATENATED MODULE: ./build/model/tool-version.js
/** The version in package.json, which a test compares. */
const TOOL_VERSION = '0.1.0';

;// CONCATENATED MODULE: ./build/programs/load-config.js



/** The configuration of a run on this machine. @throws UserError with everything that is wrong with it */
function loadConfig(inputs) {
    const disk = loadDisk(TOOL_VERSION, inputs.boundary);
    const fetchSecrets = async (request) => {
        const { askSecrets } = await import(/* webpackIgnore: true */ './ask-secrets.js');
        return askSecrets(request, disk.readEvent);
    };
    return makeConfig(inputs, { ...disk, fetchSecrets });
}

var __webpack_exports__loadConfig = __webpack_exports__.Z;
export { __webpack_exports__loadConfig as loadConfig };
