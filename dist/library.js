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
  Py: () => (/* reexport */ MigrationError),
  P_: () => (/* reexport */ MigrationValidator),
  jK: () => (/* binding */ createHandler),
  JA: () => (/* binding */ createMigrationTracker)
});

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

;// CONCATENATED MODULE: ./build/render/escape-json.js
/**
 * The same JSON value, safe to print in a GitHub job: no `##[`, which the runner would read as a command anywhere in a
 * line, and no C1 or bidirectional control that would reach a terminal.
 */
function escapeJson(json) {
    return json
        .replaceAll('##[', '#\\u0023[')
        .replace(/[\u007f-\u009f\u200e\u200f\u061c\u2028-\u202e\u2066-\u2069\ufeff]/g, unicodeEscape);
}
function unicodeEscape(character) {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

;// CONCATENATED MODULE: ./build/render/failure-json.js
/** A failure as the documented JSON shape; null where nothing failed. */
function failureJson(failure) {
    if (failure === undefined)
        return null;
    const { code, message, hint, context = [], position, excerpt, statement, blockers = [] } = failure;
    return {
        code,
        message,
        hint: hint ?? null,
        context: [...context],
        position: position ?? null,
        excerpt: excerpt ?? null,
        statement: statement ?? null,
        blockers: blockers.map((one) => ({ ...one })),
    };
}

;// CONCATENATED MODULE: ./build/model/docs-page.js
/** Where this tool lives. */
const REPOSITORY_URL = 'https://github.com/org/devflow-migrate';
/**
 * The address of a page of `docs/`, for messages: whoever reads them has the bundle, not this repository.
 *
 * @param place the anchor of one of its headings
 */
function docsPage(page, place) {
    return `${REPOSITORY_URL}/blob/main/docs/${page}.md${place === undefined ? '' : `#${place}`}`;
}

;// CONCATENATED MODULE: ./build/render/encode-uri.js
/** A path with each of its parts percent-encoded. */
function encodePath(path) {
    return path.split('/').map(encodeUriPart).join('/');
}
/** Everything but letters, digits, `-`, `.` and `_` percent-encoded, so that it ends no link; half a character as `\ufffd`. */
function encodeUriPart(text) {
    return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd')).replace(/[!'()*~]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

;// CONCATENATED MODULE: ./build/render/docs-link.js


/** The page and place that say what a rule is about. `docs/rules.md` has a heading or an anchor for each. */
function docsLink(rule) {
    return docsPage('rules', encodeUriPart(rule));
}

;// CONCATENATED MODULE: ./build/render/finding-json.js

/** A finding as the documented JSON shape: every field there, null where there is nothing to tell. */
function findingJson(finding) {
    const { rule, severity, file, position, message, help, excerpt, why, force, fix, measured } = finding;
    return {
        rule,
        severity,
        file: file ?? null,
        position: position ?? null,
        message,
        help,
        excerpt: excerpt ?? null,
        why: why ?? null,
        force: force ?? null,
        fix: fix === undefined ? null : fixJson(fix),
        measured: measured ?? null,
        docs: docsLink(rule),
    };
}
function fixJson({ title, edits, next, preview }) {
    return {
        title,
        edits: edits.map(({ span, text, position }) => ({
            start: span.start,
            end: span.end,
            position: position ?? null,
            text,
        })),
        preview: preview ?? null,
        next: next ?? null,
    };
}

;// CONCATENATED MODULE: ./build/render/operation-json.js

/** Null where the command is none of those. */
function operationJson(operation) {
    if (operation === undefined)
        return null;
    const steps = operation.steps.map(({ what, version = null, name = null, state, details = [], durationMs = null, failure }) => {
        return { what, version, name, state, details: [...details], durationMs, failure: failureJson(failure) };
    });
    return { steps, next: [...(operation.next ?? [])], facts: { ...operation.facts } };
}

;// CONCATENATED MODULE: ./build/render/rehearsal-json.js

/** The rehearsal as the documented JSON shape, with all that was measured. */
function rehearsalJson({ rehearsedOn, notRehearsed, rehearsal, sizes }) {
    return {
        rehearsedOn: placeJson(rehearsedOn),
        notRehearsed: notRehearsed ? { why: notRehearsed.why, ways: [...notRehearsed.ways] } : null,
        rehearsal: rehearsal.map(fileJson),
        sizes: sizes.map(({ relation, bytes, rows }) => ({ relation, bytes, rows })),
    };
}
function placeJson(place) {
    if (place === undefined)
        return null;
    const { kind, asked, where, schemaFrom, limits } = place;
    return { kind, asked, where, schemaFrom: schemaFrom ?? null, limits: [...limits] };
}
function fileJson(rehearsed) {
    const { version, name, path, state, durationMs, reason, failure, measured = [], left = [] } = rehearsed;
    return {
        version,
        name,
        path,
        state,
        durationMs,
        reason: reason ?? null,
        failure: failureJson(failure),
        measured: measured.map(measuredJson),
        left: left.map(({ statement, position, text, reason }) => ({ statement, position, text, reason })),
    };
}
function measuredJson(measured) {
    const { statement, position, text, durationMs, walBytes } = measured;
    return {
        statement,
        position,
        text,
        durationMs,
        walBytes: walBytes ?? null,
        locks: measured.locks.map(({ relation, modes }) => ({ relation, modes: [...modes] })),
        rewritten: [...measured.rewritten],
        scanned: [...measured.scanned],
        rows: measured.rows.map((rows) => ({ ...rows })),
        created: measured.created.map((object) => ({ ...object })),
        dropped: measured.dropped.map((object) => ({ ...object })),
        heldBefore: measured.heldBefore.map((held) => ({ ...held })),
    };
}

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

;// CONCATENATED MODULE: ./build/render/tally.js

/** True on every path: a file applied a moment ago counts, even where the tracking table was read before. */
function makeTally(report) {
    const now = new Set(report.outcomes.filter((o) => o.state === 'applied').map((o) => versionKey(o.version)));
    const planned = [...(report.plan?.migrations ?? []), ...(report.plan?.deferred ?? [])];
    const applied = appliedEntries(report, now);
    return {
        pending: planned.filter((migration) => !now.has(versionKey(migration.file.version))),
        applied,
        appliedNow: now.size,
        notRun: report.outcomes.filter(({ state }) => state === 'not-run').length,
        failedVersion: failedVersion(report),
    };
}
function appliedEntries(report, now) {
    const recorded = report.records
        .filter((record) => record.status === 'completed')
        .map(({ version, name, checksum, appliedAt, executionTimeMs, appliedBy }) => {
        const thisRun = now.has(versionKey(version));
        return { version, name, checksum, appliedAt, executionTimeMs, appliedBy, thisRun };
    });
    const known = new Set(recorded.map((entry) => versionKey(entry.version)));
    const checksums = new Map(report.plan?.migrations.map(({ file }) => [file.version, file.checksum]));
    const unread = report.outcomes
        .filter((outcome) => outcome.state === 'applied' && !known.has(versionKey(outcome.version)))
        .map((outcome) => ({
        version: outcome.version,
        name: outcome.name,
        checksum: checksums.get(outcome.version) ?? null,
        appliedAt: null,
        executionTimeMs: Math.round(outcome.durationMs),
        appliedBy: null,
        thisRun: true,
    }));
    return [...recorded, ...unread];
}
function failedVersion(report) {
    const outcome = report.outcomes.find((o) => o.state !== 'applied' && o.state !== 'not-run');
    const step = report.operation?.steps.find(({ version, state }) => version !== undefined && FAILED.has(state));
    return (outcome?.version ??
        step?.version ??
        report.rehearsal.find((rehearsed) => rehearsed.state === 'failed')?.version);
}
const FAILED = new Set(['failed', 'partial', 'unknown']);

;// CONCATENATED MODULE: ./build/render/make-report-json.js





/** The report as the documented JSON shape: every field there, null where there is nothing to tell. */
function makeReportJson(report) {
    const { command, environment, dryRun, status, exitCode, ready, startedAt, durationMs, directory } = report;
    return {
        schemaVersion: 1,
        command,
        environment,
        actor: report.actor ?? null,
        dryRun,
        status,
        exitCode,
        endedBy: report.endedBy ?? null,
        ready,
        startedAt,
        durationMs,
        directory,
        ...ofTarget(report.target),
        planHash: report.plan?.hash ?? null,
        approval: ofApproval(report.approval),
        backup: report.backup ? { ...report.backup } : null,
        currentVersion: report.currentVersion ?? null,
        failedVersion: makeTally(report).failedVersion ?? null,
        counts: counts(report),
        ...ofMigrations(report),
        operation: operationJson(report.operation),
        ...rehearsalJson(report),
        sides: report.sides?.map((side) => ({ ...side })) ?? null,
        drift: report.drift.map(({ kind, version, recordedName, name, path, storedChecksum, presentChecksum }) => ({
            kind,
            version,
            recordedName,
            name: name ?? null,
            path: path ?? null,
            storedChecksum,
            presentChecksum: presentChecksum ?? null,
        })),
        findings: report.findings.map(findingJson),
        suppressed: report.suppressed.map((finding) => ({ ...findingJson(finding), reason: finding.reason })),
        graph: report.graph
            ? { names: [...report.graph.names], edges: report.graph.edges.map((edge) => ({ ...edge })) }
            : null,
        events: report.events.map((event) => ({ ...event })),
        problems: report.problems.map(({ message, help, lines = null }) => ({ message, help, lines })),
        notes: [...report.notes],
    };
}
function ofApproval(approval) {
    if (approval === undefined)
        return null;
    const { kind, by, as, at = null, comment = null, url = null } = approval;
    return { kind, by, as, at, comment, url };
}
function ofTarget(target) {
    if (target === undefined)
        return { target: null, tracking: null };
    const { host, port, database, user, tls, serverMajor, serverVersion } = target;
    const { schema, table, version } = target.tracking;
    return {
        target: { host, port, database, user, tls, serverMajor, serverVersion },
        tracking: { schema, table, version: version === 'absent' ? null : version },
    };
}
function counts(report) {
    const { pending, applied, appliedNow, notRun } = makeTally(report);
    const ofSeverity = (severity) => report.findings.filter((f) => f.severity === severity).length;
    return {
        files: report.fileCount,
        pending: pending.length,
        applied: appliedNow,
        completed: applied.length,
        notRun,
        drift: report.drift.length,
        findings: report.findings.length,
        errors: ofSeverity('error'),
        warnings: ofSeverity('warning'),
        notices: ofSeverity('notice'),
        suppressed: report.suppressed.length,
        forced: report.findings.filter(({ force }) => force === 'used').length,
    };
}
function ofMigrations(report) {
    const leftOut = new Set(report.plan?.deferred);
    return {
        pending: makeTally(report).pending.map((migration) => ({
            version: migration.file.version,
            name: migration.file.name,
            path: migration.file.path,
            checksum: migration.file.checksum,
            outOfOrder: migration.outOfOrder,
            inThisRun: !leftOut.has(migration),
        })),
        applied: report.outcomes
            .filter((outcome) => outcome.state === 'applied')
            .map(({ version, name, durationMs }) => ({ version, name, durationMs })),
        records: report.records.map(({ version, name, checksum, status, appliedAt, executionTimeMs, appliedBy, errorMessage }) => {
            return { version, name, checksum, status, appliedAt, executionTimeMs, appliedBy, errorMessage };
        }),
        outcomes: report.outcomes.map(({ version, name, path, state, mode, atomicity, durationMs, attempts, blockers = [], failure }) => ({
            version,
            name,
            path,
            state,
            mode,
            atomicity: atomicity ?? null,
            durationMs,
            attempts,
            blockers: blockers.map((one) => ({ ...one })),
            failure: failureJson(failure),
        })),
    };
}

;// CONCATENATED MODULE: ./build/render/json.js


/**
 * The documented JSON report (`schema/report.schema.json`), ended by a line end. Safe to print in a GitHub job:
 * `##[` inside a text, which the runner would read as a command anywhere in a line, is spelled with an escape.
 */
function renderJson(report) {
    return `${escapeJson(JSON.stringify(makeReportJson(report), null, 2))}\n`;
}

;// CONCATENATED MODULE: ./build/programs/library/answer.js
/** JSON that is already a text. Nothing of it is to be kept on the way. */
function answerText(status, json) {
    return new Response(json, {
        status,
        headers: {
            'content-type': 'application/json; charset=utf-8',
            'cache-control': 'no-store',
            'x-content-type-options': 'nosniff',
        },
    });
}
/** What is wrong, and the way out. */
function answerError(status, error, help) {
    return answerText(status, `${JSON.stringify({ error, help })}\n`);
}

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
;// CONCATENATED MODULE: ./build/programs/library/is-allowed.js

/** Whether the request bears the token; how long it takes tells nothing of the token. No token: nobody does. */
function isAllowed(request, token) {
    if (!token)
        return false;
    const given = /^Bearer ([^\s]+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
    return (0,external_node_crypto_namespaceObject.timingSafeEqual)(digest(given), digest(token));
}
/** Equal in length, whatever was sent. */
function digest(text) {
    return (0,external_node_crypto_namespaceObject.createHash)('sha256').update(text).digest();
}

;// CONCATENATED MODULE: ./build/programs/library/read-asked.js

/** Bytes. What can be said in a body is `{"dryRun": false}`. */
const LARGEST_BODY = 4096;
/** What a request asks for, or the answer to one that asks for nothing that there is. */
async function readAsked(request) {
    if (request.method === 'GET')
        return 'status';
    if (request.method !== 'POST')
        return refuseMethod(request.method);
    const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
    if (type !== 'application/json')
        return answerError(415, 'The body is not JSON.', 'Send Content-Type: application/json.');
    const text = await readBody(request);
    if (text === undefined)
        return answerError(413, `The body has more than ${LARGEST_BODY} bytes.`, WANTED);
    const dryRun = readDryRun(text);
    if (dryRun === undefined)
        return answerError(400, 'The body is not understood.', WANTED);
    return dryRun ? 'dry-run' : 'migrate';
}
function isAnswer(asked) {
    return typeof asked !== 'string';
}
const WANTED = 'Send {"dryRun": true} to rehearse, or {"dryRun": false} to apply, and nothing else.';
function refuseMethod(method) {
    const answer = answerError(405, `${method} is not understood.`, 'GET tells the status; POST rehearses or applies.');
    answer.headers.set('allow', 'GET, POST');
    return answer;
}
/** No more is read than is allowed, whatever length the request says it has. */
async function readBody(request) {
    const chunks = [];
    let length = 0;
    const reader = request.body?.getReader();
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
        length += part.value.byteLength;
        if (length > LARGEST_BODY) {
            await reader?.cancel().catch(() => { });
            return undefined;
        }
        chunks.push(part.value);
    }
    return Buffer.concat(chunks).toString('utf8');
}
/** Anything that is not exactly the one key is a mistake: a misspelt `dryRun` must not apply. */
function readDryRun(text) {
    try {
        const body = JSON.parse(text);
        if (typeof body !== 'object' || body === null || Object.keys(body).join() !== 'dryRun')
            return undefined;
        const { dryRun } = body;
        return typeof dryRun === 'boolean' ? dryRun : undefined;
    }
    catch {
        return undefined;
    }
}

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
const OPERATING = [
    'rollback',
    'repair',
    'baseline',
    'adopt',
    'backup',
    'restore',
];
function isOperating(command) {
    return OPERATING.some((each) => each === command);
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
const ACCEPTED_WORDS = (/* unused pure expression or super */ null && (['edited', 'missing', 'applied', 'not-applied']));

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

;// CONCATENATED MODULE: ./build/config/refuse-unknown.js


/**
 * A word that is no command is refused before anything else is looked at: nothing can be said of what it would need.
 * Other mistakes, and a word that could be a secret, wait for the configuration, which knows what must not be shown.
 *
 * @throws UserError
 */
function refuseUnknown(inputs) {
    const problems = [...(inputs.mistakes ?? [])];
    if (problems.length > 0)
        return;
    const command = chooseCommand(inputs, { problems, notes: [], provenance: [] });
    if (command === undefined && !couldBeSecret(inputs.given.command?.trim() ?? '', inputs))
        throw new UserError(problems);
}
/** A plain word that stands in nothing this run was given, decoded or not, is none. */
function couldBeSecret(word, { given, variables }) {
    if (!/^[a-z-]{0,20}$/.test(word))
        return true;
    const { command: _, ...others } = given;
    const { INPUT_COMMAND: __, ...around } = variables;
    const values = [...Object.values(others), ...Object.values(around)];
    return word !== '' && values.some((value = '') => value.includes(word) || decoded(value).includes(word));
}
function decoded(value) {
    try {
        return decodeURIComponent(value);
    }
    catch {
        return value;
    }
}

;// CONCATENATED MODULE: ./build/model/is-repeatable.js
/**
 * Whether a version is that of a repeatable migration, `R__name`: it has no place among the versions, comes after all of
 * them, and is run again whenever its text is another. No other version begins with a letter.
 */
function isRepeatable({ version }) {
    return version.startsWith('R__');
}

;// CONCATENATED MODULE: ./build/report/decide-verdict.js
/** Status, exit code and readiness from what was found and done. The first that holds decides. */
function decideVerdict(gathered) {
    const wrong = ended(gathered) ?? setUpWrong(gathered) ?? refused(gathered) ?? notApplied(gathered);
    if (wrong)
        return { ...wrong, ready: false };
    if (['validate', 'graph', 'setup'].includes(gathered.config.command))
        return { status: 'valid', exitCode: 0, ready: false };
    if (gathered.operation)
        return operated(gathered.operation);
    const left = leftPending(gathered);
    const status = reached(gathered, left);
    const unmet = gathered.config.command === 'verify' && left > 0;
    return {
        status,
        exitCode: unmet ? 1 : 0,
        ready: left === 0 && gathered.plan !== undefined && !unsound(gathered),
    };
}
/** A run that was asked to end and did all it was to do all the same is no cancelled one. */
function ended(gathered) {
    const { endedBy, outcomes = [], config, plan, applying = false, operation } = gathered;
    if (endedBy === undefined)
        return undefined;
    if (gathered.cutShort)
        return { status: 'cancelled', exitCode: exitCodeOf(endedBy) };
    if (operation)
        return endedOperation(operation, config, endedBy);
    const applies = config.command === 'migrate' || config.command === 'dry-run';
    const left = applies && plan?.migrations.length !== outcomes.filter(({ state }) => state === 'applied').length;
    if (plan !== undefined && !left && !applying)
        return undefined;
    const states = outcomes.map(({ state }) => state);
    const half = states.find((state) => state === 'unknown' || state === 'partial');
    return { status: half ?? 'cancelled', exitCode: exitCodeOf(endedBy) };
}
function endedOperation({ steps }, { dryRun }, endedBy) {
    const states = steps.map(({ state }) => state);
    if (states.every((state) => state === 'done' || (state === 'planned' && dryRun)))
        return undefined;
    const half = ['unknown', 'partial'].find((state) => states.includes(state));
    return { status: half ?? 'cancelled', exitCode: exitCodeOf(endedBy) };
}
/** 128 + the number of the signal, as shells have it. */
function exitCodeOf(signal) {
    return 128 + (SIGNALS[signal] ?? 15);
}
const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };
function setUpWrong({ problems = [], bug }) {
    if (bug !== undefined)
        return { status: 'failed', exitCode: 1 };
    return problems.length > 0 ? { status: 'failed', exitCode: 2 } : undefined;
}
function refused(gathered) {
    if (gathered.cancelled)
        return { status: 'cancelled', exitCode: 1 };
    if ((gathered.refusals ?? []).length > 0)
        return { status: 'refused', exitCode: 1 };
    // All of it was applied: nothing was refused.
    if (gathered.unhealthy)
        return { status: 'failed', exitCode: 1 };
    // History is shown whatever it holds; the outcomes tell of findings that did not hold anything up.
    if (gathered.config.command === 'history' || !unsound(gathered))
        return undefined;
    return {
        status: ['validate', 'graph'].includes(gathered.config.command) ? 'invalid' : 'refused',
        exitCode: 1,
    };
}
function unsound({ drift = [], findings = [] }) {
    return drift.length > 0 || findings.some((finding) => finding.severity === 'error');
}
function notApplied({ rehearsal = [], outcomes = [], operation }) {
    const states = outcomes.map((outcome) => outcome.state);
    if (operation !== undefined)
        return notDone(operation);
    if (states.includes('unknown'))
        return { status: 'unknown', exitCode: 1 };
    if (states.includes('partial'))
        return { status: 'partial', exitCode: 1 };
    if (states.includes('failed'))
        return { status: states.includes('applied') ? 'partial' : 'failed', exitCode: 1 };
    if (rehearsal.some((one) => one.state === 'failed'))
        return { status: 'failed', exitCode: 1 };
    // Nothing failed, but the run ended early: the connection was lost after the server had committed.
    return states.includes('not-run') ? { status: 'partial', exitCode: 1 } : undefined;
}
/** What an operation did not do, it did not do to the end. */
function notDone({ steps }) {
    const states = steps.map(({ state }) => state);
    if (states.includes('unknown'))
        return { status: 'unknown', exitCode: 1 };
    if (states.includes('partial'))
        return { status: 'partial', exitCode: 1 };
    if (!states.includes('failed') && !states.includes('not-run'))
        return undefined;
    return { status: states.includes('done') ? 'partial' : 'failed', exitCode: 1 };
}
function operated({ steps }) {
    const status = steps.length === 0 ? 'up-to-date' : steps.some(({ state }) => state === 'done') ? 'applied' : 'planned';
    return { status, exitCode: 0, ready: false };
}
function leftPending({ plan, outcomes = [] }) {
    const applied = outcomes.filter((outcome) => outcome.state === 'applied').length;
    return (plan?.migrations.length ?? 0) + (plan?.deferred.length ?? 0) - applied;
}
function reached({ config, plan, rehearsal = [], outcomes = [] }, left) {
    if (outcomes.some((outcome) => outcome.state === 'applied'))
        return 'applied';
    if (config.command === 'verify' || config.command === 'history' || config.command === 'status') {
        return left > 0 ? 'pending' : 'up-to-date';
    }
    if ((plan?.migrations.length ?? 0) === 0)
        return left > 0 ? 'pending' : 'up-to-date';
    return rehearsal.some((one) => one.state === 'rehearsed' || one.state === 'partly-rehearsed')
        ? 'rehearsed'
        : 'planned';
}

;// CONCATENATED MODULE: ./build/report/redact-operation.js
/** The operation without secrets in what a file, a program or another tool's table says. */
function redactOperation(operation, redact) {
    const { steps, next, facts } = operation;
    return {
        steps: steps.map((step) => redactStep(step, redact)),
        ...(next === undefined ? {} : { next: next.map(redact) }),
        ...(facts === undefined ? {} : { facts: redactFacts(facts, redact) }),
    };
}
function redactStep(step, redact) {
    const { what, details, failure } = step;
    return {
        ...step,
        what: redact(what),
        ...(details === undefined ? {} : { details: details.map(redact) }),
        ...(failure === undefined ? {} : { failure: redactFailure(failure, redact) }),
    };
}
function redactFailure(failure, redact) {
    const { message, hint, excerpt } = failure;
    return {
        ...failure,
        message: redact(message),
        ...(hint === undefined ? {} : { hint: redact(hint) }),
        ...(excerpt === undefined ? {} : { excerpt: redact(excerpt) }),
    };
}
function redactFacts(facts, redact) {
    return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, typeof value === 'string' ? redact(value) : value]));
}

;// CONCATENATED MODULE: ./build/report/redact-rehearsal.js
/**
 * The rehearsal's part of a report without secrets: names of the database can hold them, and so can the beginning of a
 * statement. The failures of its files are left as they are.
 */
function redactRehearsal(report, redactText) {
    const redact = remember(redactText);
    return {
        rehearsal: report.rehearsal.map((one) => redactFile(one, redact)),
        ...(report.rehearsedOn ? { rehearsedOn: redactPlace(report.rehearsedOn, redact) } : {}),
        ...(report.notRehearsed ? { notRehearsed: redactWhy(report.notRehearsed, redact) } : {}),
        sizes: report.sizes.map((size) => ({ ...size, relation: redact(size.relation) })),
    };
}
/** A name comes again with each statement that touches it. */
function remember(redact) {
    const known = new Map();
    return (text) => {
        const redacted = known.get(text) ?? redact(text);
        known.set(text, redacted);
        return redacted;
    };
}
function redactPlace({ where, schemaFrom, limits, ...rest }, redact) {
    return {
        ...rest,
        where: redact(where),
        ...(schemaFrom === undefined ? {} : { schemaFrom: redact(schemaFrom) }),
        limits: limits.map(redact),
    };
}
function redactWhy({ why, ways, ...rest }, redact) {
    return { ...rest, why: redact(why), ways: ways.map(redact) };
}
function redactFile(rehearsed, redact) {
    const { reason, measured, left } = rehearsed;
    return {
        ...rehearsed,
        ...(reason === undefined ? {} : { reason: redact(reason) }),
        ...(measured === undefined ? {} : { measured: measured.map((one) => redactMeasured(one, redact)) }),
        ...(left === undefined
            ? {}
            : { left: left.map((one) => ({ ...one, text: redact(one.text), reason: redact(one.reason) })) }),
    };
}
function redactMeasured(measured, redact) {
    const named = (one) => {
        return { ...one, relation: redact(one.relation) };
    };
    const object = (one) => {
        return { ...one, name: redact(one.name) };
    };
    return {
        ...measured,
        text: redact(measured.text),
        locks: measured.locks.map(named),
        rewritten: measured.rewritten.map(redact),
        scanned: measured.scanned.map(redact),
        rows: measured.rows.map(named),
        created: measured.created.map(object),
        dropped: measured.dropped.map(object),
        heldBefore: measured.heldBefore.map(named),
    };
}

;// CONCATENATED MODULE: ./build/report/redact-report.js


/**
 * The report without the database's password in what a file, or another runner's history, holds of it: an excerpt of
 * `ALTER ROLE app PASSWORD '\u2026'`, a parser's message. What the server says is redacted where it comes in.
 */
function redactReport(report, redact) {
    const redacted = (one, keys) => {
        const texts = keys.flatMap((key) => {
            const text = one[key];
            return typeof text === 'string' ? [[key, redact(text)]] : [];
        });
        return texts.length === 0 ? one : { ...one, ...Object.fromEntries(texts) };
    };
    const withFailure = (one) => one.failure ? { ...one, failure: redacted(one.failure, ['message', 'hint', 'excerpt']) } : one;
    const rehearsal = redactRehearsal(report, redact);
    return {
        ...report,
        findings: report.findings.map((finding) => redactFinding(finding, redact)),
        suppressed: report.suppressed.map((one) => ({
            ...redactFinding(one, redact),
            reason: redact(one.reason),
        })),
        ...rehearsal,
        ...(report.approval ? { approval: redacted(report.approval, ['comment']) } : {}),
        ...(report.backup ? { backup: redacted(report.backup, ['path']) } : {}),
        rehearsal: rehearsal.rehearsal.map(withFailure),
        outcomes: report.outcomes.map(withFailure),
        ...(report.operation ? { operation: redactOperation(report.operation, redact) } : {}),
        records: report.records.map((record) => redacted(record, ['errorMessage'])),
        events: report.events.map((event) => redacted(event, ['errorMessage', 'detail', 'approvalComment'])),
    };
}
function redactFinding(finding, redact) {
    const { message, help, excerpt, fix } = finding;
    return {
        ...finding,
        message: redact(message),
        help: redact(help),
        ...(excerpt === undefined ? {} : { excerpt: redact(excerpt) }),
        ...(fix === undefined ? {} : { fix: redactFix(fix, redact) }),
    };
}
function redactFix({ title, edits, next, preview }, redact) {
    return {
        title: redact(title),
        edits: edits.map((edit) => ({ ...edit, text: redact(edit.text) })),
        ...(next === undefined ? {} : { next: redact(next) }),
        ...(preview === undefined ? {} : { preview: redact(preview) }),
    };
}

;// CONCATENATED MODULE: ./build/report/make-report.js





/** Everything a run has to tell, with its verdict. Complete whatever was reached. */
function makeReport(gathered, now) {
    const { config, startedAt } = gathered;
    const current = currentVersion(gathered);
    const verdict = decideVerdict(gathered);
    const report = {
        command: config.command,
        environment: config.environment.name,
        ...(config.run === undefined ? {} : { actor: config.run.actor }),
        dryRun: config.dryRun || config.command === 'dry-run',
        ...verdict,
        startedAt: startedAt.toISOString(),
        durationMs: now.getTime() - startedAt.getTime(),
        directory: gathered.directory,
        fileCount: gathered.files?.length ?? 0,
        ...(gathered.target ? { target: gathered.target } : {}),
        ...(gathered.plan ? { plan: gathered.plan } : {}),
        ...(gathered.planDocument ? { planDocument: gathered.planDocument } : {}),
        ...(gathered.permission ? { approval: gathered.permission.approval } : {}),
        ...(gathered.backup ? { backup: gathered.backup } : {}),
        ...(gathered.isMarked ? { isMarked: true } : {}),
        records: gathered.records ?? [],
        events: gathered.events ?? [],
        ...(gathered.sides ? { sides: gathered.sides } : {}),
        drift: gathered.drift ?? [],
        findings: gathered.findings ?? [],
        suppressed: gathered.suppressed ?? [],
        rules: rulesThatFound(gathered),
        ...(gathered.graph ? { graph: gathered.graph } : {}),
        ...(config.transaction === undefined ? {} : { transaction: config.transaction }),
        rehearsal: gathered.rehearsal ?? [],
        ...(gathered.rehearsedOn ? { rehearsedOn: gathered.rehearsedOn } : {}),
        ...(gathered.notRehearsed ? { notRehearsed: gathered.notRehearsed } : {}),
        sizes: gathered.sizes ?? [],
        outcomes: gathered.outcomes ?? [],
        ...(gathered.operation ? { operation: asDecided(gathered.operation, verdict) } : {}),
        // A run that did all of its work before it could be ended was not.
        ...(gathered.endedBy !== undefined && verdict.exitCode > 128 ? { endedBy: gathered.endedBy } : {}),
        ...(current === undefined ? {} : { currentVersion: current }),
        problems: [...(gathered.problems ?? []), ...(gathered.refusals ?? []), ...ownBug(gathered)],
        notes: [...config.notes, ...(gathered.notes ?? [])],
    };
    return redactReport(report, config.redact);
}
/** What is refused would not be done. */
function asDecided(operation, { status }) {
    if (status !== 'refused')
        return operation;
    const steps = operation.steps.map((step) => step.state === 'planned' ? { ...step, state: 'not-run' } : step);
    return { ...operation, steps };
}
function rulesThatFound({ rules = [], findings = [], suppressed = [] }) {
    const found = new Set([...findings, ...suppressed].map(({ rule }) => rule));
    return rules
        .filter(({ id }) => found.has(id))
        .map(({ id, group, title, why, instead, levels }) => ({ id, group, title, why, instead, levels }));
}
function ownBug({ bug }) {
    return bug === undefined
        ? []
        : [
            {
                message: `An error of devflow-migrate itself, not of your migrations: ${bug}`,
                help: `Please report it, with this text. How to see what was applied: ${docsPage('incident')}.`,
            },
        ];
}
function currentVersion({ records = [], files = [] }) {
    const completed = new Set(records.filter((record) => record.status === 'completed').map((record) => versionKey(record.version)));
    return files.findLast((file) => !isRepeatable(file) && completed.has(versionKey(file.version)))?.version;
}

;// CONCATENATED MODULE: ./build/programs/telling/name-runtime.js
/**
 * Sets `navigator` as Node has it from 21 on. The database driver looks there for what it runs on, and where there is
 * none makes a `Response` to find out: for that Node 20 loads its whole HTTP client, in a tenth of the time of a short run.
 * To be called before the driver is loaded.
 */
function nameRuntime() {
    if ('navigator' in globalThis)
        return;
    const [major] = process.versions.node.split('.');
    Object.defineProperty(globalThis, 'navigator', {
        value: { userAgent: `Node.js/${major}` },
        configurable: true,
        enumerable: true,
    });
}

;// CONCATENATED MODULE: ./build/programs/run.js






/**
 * One command, from inputs to report. Never throws: a wrong set-up is a report too (exit code 2), and so is a bug of
 * ours (exit code 1).
 *
 * @param onConfig called as soon as the configuration stands, so that secrets are masked before anything is printed
 */
async function run(inputs, system, onConfig) {
    const startedAt = system.now();
    let config;
    try {
        config = await configure(inputs);
        await onConfig(config);
        if (config.command === 'setup')
            return makeReport({ config, startedAt, directory: '' }, system.now());
        nameRuntime();
        // Loaded late, from a bundle of its own: refusing a mistake needs neither the driver nor the parser.
        // Advice that fails must not leave a run alone that is under way.
        const advised = advise(config).catch(() => undefined);
        const [report, advice] = await Promise.all([work(config, system, startedAt), advised]);
        const whole = advice ? withAdvice(config, report, advice) : report;
        return await withNotifications(config, await withComment(config, whole, system), system);
    }
    catch (error) {
        const told = error instanceof UserError
            ? { problems: error.problems }
            : { bug: (config?.redact ?? hideAll)(stackOf(error)) };
        return makeReport({ config: config ?? unknownConfig(inputs), startedAt, directory: '', ...told }, system.now());
    }
}
/** From a bundle of its own, unless there is no such command: then there is nothing to configure. */
async function configure(inputs) {
    refuseUnknown(inputs);
    const { loadConfig } = await import(/* webpackIgnore: true */ './load-config.js');
    return loadConfig(inputs);
}
/** The way of migrations into a target; or what else a command does, from a bundle that most runs never read. */
async function work(config, system, startedAt) {
    if (isOperating(config.command)) {
        const { operate } = await import(/* webpackIgnore: true */ './operate.js');
        return operate(config, system, startedAt);
    }
    const { migrate } = await import(/* webpackIgnore: true */ './migrate.js');
    return migrate(config, system, startedAt);
}
/** Of a job that works on what more than one run can reach: what its workflow should say, so that they wait for one another. */
async function advise(config) {
    const { command, environment, gate, variableOf } = config;
    const works = config.changes || command === 'migrate' || command === 'dry-run';
    if (!works || variableOf('GITHUB_ACTIONS') !== 'true')
        return undefined;
    if (environment.class === 'development' || gate.ephemeral !== 'no')
        return undefined;
    const { adviseOnConcurrency } = await import(/* webpackIgnore: true */ './advise-on-concurrency.js');
    return adviseOnConcurrency(config);
}
/** A warning, once: a dry run before it in the same job says it in a note. */
function withAdvice({ changes }, report, advice) {
    if (changes)
        return { ...report, findings: [...report.findings, advice] };
    return { ...report, notes: [...report.notes, `${advice.message} ${advice.help}`] };
}
/** The pull request is told last, of all there is to tell; what goes wrong with that is a note. */
async function withComment(config, report, system) {
    if (config.gate.comment === 'off')
        return report;
    const notes = await tryToComment(config, report, system).catch((error) => [
        `The comment on the pull request was not written, by an error of devflow-migrate itself: ${stackOf(error)}`,
    ]);
    return { ...report, notes: [...report.notes, ...notes.map(config.redact)] };
}
/** Whoever wants to know is told; what goes wrong with that is a note. */
async function withNotifications(config, report, system) {
    if (config.notifications === undefined)
        return report;
    const notes = await tryToNotify(config, report, system).catch((error) => [
        `Nobody was notified, by an error of devflow-migrate itself: ${stackOf(error)}`,
    ]);
    return { ...report, notes: [...report.notes, ...notes.map(config.redact)] };
}
async function tryToNotify(config, report, system) {
    const { notify } = await import(/* webpackIgnore: true */ './notify.js');
    const problems = await notify(config, report, system);
    return problems.map(({ message, help }) => `${message} ${help}`);
}
async function tryToComment(config, report, system) {
    const { tellPullRequest } = await import(/* webpackIgnore: true */ './tell-pull-request.js');
    const problems = await tellPullRequest(config, report, system);
    return problems.map(({ message, help }) => `${message} ${help}`);
}
/** What the report needs to say of a run that has no configuration: what was asked for, as far as it can be told. */
function unknownConfig({ given, entry }) {
    const asked = given.command ?? (entry === 'action' ? 'migrate' : 'validate');
    const command = Object.hasOwn(COMMANDS, asked) ? asked : 'migrate';
    // Its messages are made, and redacted, by the configuration stage.
    return {
        command,
        dryRun: false,
        notes: [],
        environment: { name: given.environment ?? '' },
        redact: (text) => text,
    };
}
function stackOf(error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
/** What is secret is not known yet, so only where it happened is told. */
function hideAll(stack) {
    return stack
        .split('\n')
        .filter((line) => /^\s+at /.test(line))
        .join('\n');
}

;// CONCATENATED MODULE: ./build/programs/library/run-quietly.js

/** One command as the command line runs it with `--ci`, in this process; prints nothing and never throws. */
function runQuietly({ databaseUrl, environment, directory, config, folder = process.cwd() }, command, { given = {}, onConfig = async () => { }, signal } = {}) {
    const named = { environment, directory, config, 'database-url': databaseUrl, ...given, command };
    const inputs = {
        entry: 'cli',
        given: Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined && value !== '')),
        variables: process.env,
        folder,
        ci: true,
        verbose: false,
    };
    const system = { observe: () => { }, now: () => new Date(), ...(signal ? { signal } : {}) };
    return run(inputs, system, onConfig);
}

;// CONCATENATED MODULE: ./build/programs/library/make-handler.js






const make_handler_COMMANDS = ['status', 'dry-run', 'migrate'];
/** See `createHandler` in `index.ts`. */
function makeHandler(options, serving = {}) {
    const { commands = make_handler_COMMANDS, token, authorize } = options;
    checkOptions(options);
    const lets = authorize ?? ((request) => isAllowed(request, token));
    const running = {};
    return async (request) => {
        const shut = whyShut(options);
        if (shut !== undefined)
            return answerError(403, shut.message, shut.help);
        // Who authorizes may read the body too, to check a signature.
        const own = authorize === undefined || request.bodyUsed ? request : request.clone();
        if (!(await letsIn(lets, request)))
            return refuseStranger();
        const asked = await readAsked(own);
        if (isAnswer(asked))
            return asked;
        if (!commands.includes(asked))
            return refuseCommand(asked, commands);
        return oneAtATime(running, asked, () => carryOut(placeOf(options), asked, serving));
    };
}
function checkOptions({ commands = [], token, authorize, }) {
    if (token !== undefined && authorize !== undefined)
        throw new TypeError('createHandler takes a token or authorize, not both.');
    const unknown = commands.find((command) => !make_handler_COMMANDS.includes(command));
    if (unknown !== undefined)
        throw new TypeError(`createHandler can allow ${make_handler_COMMANDS.join(', ')}, and not ${String(unknown)}.`);
}
function whyShut({ token, authorize, databaseUrl }) {
    if (process.env.NODE_ENV === 'production')
        return { message: 'Migrations over HTTP are refused where NODE_ENV is production.', help: IN_A_JOB };
    if (authorize === undefined && !token)
        return {
            message: 'No token is configured, so nobody is let in.',
            help: 'Give createHandler a token, such as process.env.INTERNAL_ADMIN_TOKEN.',
        };
    if (!databaseUrl?.trim())
        return { message: 'No database is configured.', help: 'Give createHandler a databaseUrl.' };
    return undefined;
}
function placeOf({ databaseUrl, environment, directory, config, folder }) {
    return {
        ...(databaseUrl ? { databaseUrl } : {}),
        ...(environment === undefined ? {} : { environment }),
        ...(directory === undefined ? {} : { directory }),
        ...(config === undefined ? {} : { config }),
        ...(folder === undefined ? {} : { folder }),
    };
}
const IN_A_JOB = 'Apply migrations to production from a workflow that somebody approves.';
async function letsIn(authorize, request) {
    try {
        return (await authorize(request)) === true;
    }
    catch {
        return false;
    }
}
function refuseStranger() {
    const answer = answerError(401, 'The request is not authorized.', 'Send Authorization: Bearer and the token.');
    answer.headers.set('www-authenticate', 'Bearer');
    return answer;
}
function refuseCommand(asked, commands) {
    return answerError(403, `${asked} is not allowed here.`, `Allowed: ${commands.join(', ') || 'nothing'}.`);
}
/** Runs beside one another are held apart by the database; this answers without asking it. */
async function oneAtATime(running, command, work) {
    if (command === 'status')
        return work();
    if (running.now) {
        const { command: other, since } = running.now;
        return answerError(409, `${other} is under way since ${since.toISOString()}.`, 'Ask again when it has ended.');
    }
    running.now = { command, since: new Date() };
    try {
        return await work();
    }
    finally {
        delete running.now;
    }
}
async function carryOut(place, command, serving) {
    const production = {};
    const given = { ...serving.given, ...(command === 'status' ? {} : { 'lock-wait': '0' }) };
    const onConfig = async (config) => {
        if (!isProduction(config))
            return;
        production.refused = true;
        throw new UserError([{ message: refusedClass(config), help: IN_A_JOB }]);
    };
    const report = await runQuietly(place, command, { ...serving, given, onConfig });
    return answerText(production.refused ? 403 : statusOf(report), renderJson(report));
}
function isProduction({ environment }) {
    return environment.class === 'production' || environment.requireApproval;
}
function refusedClass({ environment }) {
    const why = environment.class === 'production' ? 'is of class production' : 'requires an approval';
    return `Migrations over HTTP are refused: the environment ${environment.name} ${why}.`;
}
/** 409: another run has the lock; 422: the migrations are at fault; 500: the set-up is; 503: it was asked to end. */
function statusOf({ exitCode, problems }) {
    if (exitCode === 0)
        return 200;
    if (problems.some(({ busy }) => busy))
        return 409;
    if (exitCode === 1)
        return 422;
    return exitCode > 128 ? 503 : 500;
}

;// CONCATENATED MODULE: ./build/programs/library/library-error.js
/** What was asked for could not be done. */
class MigrationError extends Error {
    report;
    name = 'MigrationError';
    constructor(message, 
    /** Everything there is to tell. */
    report) {
        super(message);
        this.report = report;
    }
}
/** @throws MigrationError where the set-up is wrong, or a gate or a finding stood against it */
function throwUnlessDone(report) {
    if (report.exitCode === 0)
        return;
    const reasons = [
        ...report.problems.map(({ message, help }) => `${message} ${help}`),
        ...report.findings.filter(({ severity }) => severity === 'error').map(({ message }) => message),
        ...report.drift.map(({ recordedName, kind }) => `${recordedName} was ${kind} after it was applied.`),
        ...report.rehearsal.flatMap(({ name, failure }) => (failure ? [`${name}: ${failure.message}`] : [])),
    ];
    throw new MigrationError(reasons.join('\n') || `The run ended as ${report.status}.`, report);
}

;// CONCATENATED MODULE: ./build/programs/library/open-tracker.js


/** See `createMigrationTracker` in `index.ts`. */
function openTracker(place) {
    return {
        async getPendingMigrations() {
            const report = await runQuietly(place, 'status');
            throwUnlessDone(report);
            return pendingOf(report);
        },
        async executePendingMigrations() {
            const report = await runQuietly(place, 'migrate');
            if (report.outcomes.every(({ state }) => state === 'not-run'))
                throwUnlessDone(report);
            return report.outcomes.map(resultOf);
        },
        async getMigrationHistory() {
            const report = await runQuietly(place, 'history');
            throwUnlessDone(report);
            return report.events;
        },
        async performHealthCheck() {
            const report = await runQuietly(place, 'verify');
            return { healthy: report.exitCode === 0, problems: problemsOf(report), report };
        },
    };
}
function pendingOf({ plan }) {
    return (plan?.migrations ?? []).map(({ file: { version, name, path, checksum } }) => {
        return { version, name, path, checksum };
    });
}
function resultOf({ version, name, state, durationMs, failure, }) {
    return {
        version,
        name,
        state,
        success: state === 'applied',
        executionTimeMs: durationMs,
        ...(failure ? { error: failure.message } : {}),
    };
}
function problemsOf(report) {
    return [
        ...report.problems.map(({ message }) => message),
        ...report.findings.filter(({ severity }) => severity === 'error').map(({ message }) => message),
        ...report.drift.map(({ recordedName, kind }) => `${recordedName} was ${kind} after it was applied.`),
        ...pendingOf(report).map(({ name }) => `${name} is not applied.`),
    ];
}

;// CONCATENATED MODULE: ./build/render/fit-sections.js
const encoder = new TextEncoder();
/** UTF-8 bytes, which GitHub's limits count. */
function byteLength(text) {
    return encoder.encode(text).length;
}
/** Sections joined in their order within `limitBytes`: what ranks last loses its items, then itself, first. */
function fitSections(sections, limitBytes) {
    const note = '\n_Some sections did not fit here; the JSON report holds everything._\n';
    let room = limitBytes - byteLength(note);
    const shown = new Map();
    for (const section of sections.toSorted((a, b) => a.rank - b.rank)) {
        const text = section.rank === 0 ? whole(section) : fitSection(section, room);
        if (text === undefined)
            continue;
        shown.set(section, text);
        room -= byteLength(text);
    }
    const missing = shown.size < sections.length;
    const text = sections.map((section) => shown.get(section) ?? '').join('');
    return missing && byteLength(text) + byteLength(note) <= limitBytes ? text + note : text;
}
/** A section with all its items. */
function whole(section) {
    return section.head + section.items.join('') + section.tail;
}
/** A section with as many items as fit into `room` bytes, and the line for the rest; undefined where not even that fits. */
function fitSection(section, room) {
    const { head, items, tail, more } = section;
    let left = room - byteLength(head) - byteLength(tail) - byteLength(more(items.length));
    if (left < 0)
        return undefined;
    let count = 0;
    for (const item of items) {
        left -= byteLength(item);
        if (left < 0)
            break;
        count += 1;
    }
    if (count === items.length)
        return whole(section);
    return head + items.slice(0, count).join('') + more(items.length - count) + tail;
}

;// CONCATENATED MODULE: ./build/render/foreign-text.js
/**
 * The one writer for text that others wrote: SQL, file names, server messages, notices, config values.
 * GitHub's runner reads workflow commands out of both streams: a line that begins, after white space, with
 * `::`, and `##[` anywhere in a line. Whoever can make us print such a line can forge an output.
 */
const ansiSequence = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?/g;
/** Bidirectional and other invisible format characters, except the joiners that scripts and emoji need. */
const invisible = /[^\P{Cf}\u200c\u200d]/gu;
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const zeroWidthSpace = '\u200b';
/** Text for a log, possibly of several lines joined by LF. No line of it can be read as a workflow command. */
function logText(text) {
    return guardLog(withoutControls(text));
}
/** As `logText`, on one line: for names in tables and sentences. */
function logLine(text) {
    return guardLog(oneLine(text));
}
/**
 * Breaks up what would be a workflow command in finished log text, colours left as they are. Renderers run it
 * last, because two harmless pieces (`##` and `[`) can meet in one line.
 */
function guardLog(text) {
    return text
        .replaceAll('##[', '## [')
        .replace(/^((?:[^\S\n]|[\u200c\u200d]|\u001b\[[0-9;]*m)*)::/gm, (_, lead) => `${lead}: :`);
}
/** Inline Markdown that shows the text and nothing else: no HTML, links, mentions, references, table cells. */
function markdownText(text) {
    return inert(oneLine(text).trim());
}
/** As `markdownText`, with what stands between backticks in a fixed-width font: for our own sentences, which quote so. */
function markdownProse(text) {
    return oneLine(text)
        .trim()
        .split(/`([^`]+)`/)
        .map((piece, index) => (index % 2 === 1 ? markdownCode(piece) : inert(piece)))
        .join('');
}
/** Inline Markdown in a fixed-width font, safe in table cells too. */
function markdownCode(text) {
    const line = oneLine(text);
    if (line.trim() === '')
        return '';
    return /[`|\\]/.test(line) ? `<code>${markdownText(line)}</code>` : `\`${line}\``;
}
/** A fenced block. The fence is longer than any run of backticks in the text, so that nothing ends it early. */
function markdownBlock(text, language = '') {
    const lines = withoutControls(text);
    const longest = Math.max(2, ...Array.from(lines.matchAll(/`+/g), (run) => run[0].length));
    const fence = '`'.repeat(longest + 1);
    return `${fence}${language}\n${lines}\n${fence}`;
}
/** At most `limit` UTF-16 units, never half a character, with an ellipsis where something was left out. */
function foreign_text_cutText(text, limit) {
    if (text.length <= limit)
        return text;
    const end = limit - 1;
    const splitsPair = /[\ud800-\udbff]/.test(text.charAt(end - 1));
    return `${text.slice(0, splitsPair ? end - 1 : end)}\u2026`;
}
function inert(line) {
    return line
        .replace(/[@#]|GH-|www(?=\.)/gi, (mark) => mark + zeroWidthSpace)
        .replaceAll('://', `:${zeroWidthSpace}//`)
        .replace(/[\\`*{}[\]<>()!|~&^]|^[-+=]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, entity)
        .replace(/^(\d+)([.)])/, (_, digits, mark) => digits + entity(mark))
        .replaceAll('$', '<span>$</span>');
}
function withoutControls(text) {
    return text
        .replace(ansiSequence, '')
        .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
        .replace(invisible, '')
        .replace(control, '')
        .replace(/\p{Surrogate}/gu, '\ufffd');
}
function oneLine(text) {
    return withoutControls(text)
        .replace(/\s*\n\s*/g, ' ')
        .replaceAll('\t', ' ');
}
function entity(character) {
    return `&#${character.codePointAt(0) ?? 0xfffd};`;
}

;// CONCATENATED MODULE: ./build/render/needs-a-word.js
/**
 * Its outcome is unknown for good, with the database at hand: every later run stops at it until somebody has said what
 * became of the statement that was cut off. Not one that can be read from the history as soon as there is a connection.
 */
function needsAWord({ state, failure }) {
    return state === 'unknown' && failure?.code === 'DF007';
}
/** The run was left while the server still worked on it: no connection was lost. */
function didNotStop({ state, failure, }) {
    return state === 'unknown' && failure?.code === 'cancelled';
}
/** Applied as far as the server said, on a connection that was not lost; history, read again, does not show it. */
function isUnconfirmed({ state, failure }) {
    return state === 'unknown' && failure?.code === 'DF006';
}

;// CONCATENATED MODULE: ./build/render/plural.js
/** `1 migration`, `3 migrations`, `0 migrations`. */
function plural(count, noun, several = `${noun}s`) {
    return `${count} ${count === 1 ? noun : several}`;
}

;// CONCATENATED MODULE: ./build/render/operation-headline.js


/**
 * What became of an operation, in a sentence.
 *
 * @param where the target, ready to be shown
 */
function operationHeadline(report, where) {
    const { command, operation, problems, status } = report;
    const steps = operation?.steps ?? [];
    const done = steps.filter(({ state }) => state === 'done').length;
    const stopped = steps.find(({ state }) => state in ENDINGS);
    const ending = stopped && endingOf(stopped);
    if (ending !== undefined)
        return `${command} on ${where} ${ending}. ${before(done)}`;
    if (problems.length > 0 || status === 'refused')
        return `${command} is refused on ${where}. ${before(done)}`;
    if (steps.length === 0)
        return `Nothing to do on ${where}`;
    if (done === steps.length)
        return `${command} on ${where}: ${plural(done, 'step')} done${unwell(report)}`;
    return done === 0
        ? `${command} on ${where}: ${plural(steps.length, 'step')} would be done`
        : `${command} on ${where}: ${done} of ${plural(steps.length, 'step')} done`;
}
/** What was done is done, whatever holds now. */
function unwell({ findings, exitCode }) {
    const failed = findings.filter(({ rule, severity }) => rule === 'health-check' && severity === 'error');
    return exitCode === 0 || failed.length === 0
        ? ''
        : `, and ${plural(failed.length, 'health check')} failed afterwards`;
}
const ENDINGS = {
    failed: 'failed',
    partial: 'stopped half-way in a step, and what that did until then is kept',
    unknown: 'lost the connection: what became of it is not known',
};
function endingOf(step) {
    if (didNotStop(step))
        return 'did not stop in time: what becomes of it is not known';
    return operation_headline_isUnconfirmed(step) ? UNCONFIRMED : ENDINGS[step.state];
}
/** No connection was lost on the way. */
function operation_headline_isUnconfirmed({ state, failure }) {
    return state === 'unknown' && failure?.code === 'DF006';
}
const UNCONFIRMED = 'is done as far as the server said, and nothing confirms it';
function before(done) {
    return done === 0 ? 'Nothing was done' : `${plural(done, 'step')} done before`;
}

;// CONCATENATED MODULE: ./build/render/headline.js




/** What happened and where, in a sentence. Foreign text goes through `quote`. */
function makeHeadline(report, quote) {
    const { status } = report;
    if (report.exitCode === 2)
        return bad(`The set-up is wrong. ${whatWasDone(report)}`);
    if (report.command === 'serve' && report.endedBy !== undefined)
        return served(report, quote);
    if (status === 'cancelled' || report.endedBy !== undefined)
        return cancelled(report, quote);
    if (report.command === 'history' && report.exitCode === 0)
        return recorded(report, quote);
    if (report.operation !== undefined)
        return headline_operated(report, quote);
    if (report.exitCode !== 0)
        return bad(cause(report, quote));
    return settled(report, quote);
}
/** There is no other end to it; what was asked for meanwhile was answered then. */
function served(report, quote) {
    return {
        mood: 'good',
        icon: '\u23f9\ufe0f',
        text: `Served ${quote(report.environment)} until ${quote(report.endedBy ?? '')}`,
    };
}
/** Whatever it was doing: what is neither applied nor rolled back must be told before anything else. */
function cancelled(report, quote) {
    const by = report.endedBy === undefined ? '' : ` by ${quote(report.endedBy)}`;
    const stopped = stoppedOutcome(report);
    const then = (name) => stopped?.state === 'failed' ? `${name} ${headline_ended(stopped)}. ${whatWasDone(report)}` : cause(report, quote);
    const undone = () => isBegun(report) ? operationHeadline(report, headline_placeOf(report, quote)) : whatWasDone(report);
    const what = stopped === undefined ? undone() : then(quote(stopped.name));
    return { mood: 'bad', icon: '\u23f9\ufe0f', text: `Cancelled${by}. ${what}` };
}
function isBegun({ operation }) {
    return operation?.steps.some(({ state }) => state !== 'planned' && state !== 'not-run') === true;
}
function stoppedOutcome({ outcomes }) {
    return outcomes.find((outcome) => outcome.state !== 'applied' && outcome.state !== 'not-run');
}
function headline_operated(report, quote) {
    const text = operationHeadline(report, headline_placeOf(report, quote));
    if (report.exitCode !== 0)
        return bad(text);
    return report.status === 'planned' ? { mood: 'waiting', icon: '\ud83d\udccb', text } : good(text);
}
function settled(report, quote) {
    const where = headline_placeOf(report, quote);
    const { pending, applied, appliedNow } = makeTally(report);
    const count = plural(report.plan?.migrations.length ?? pending.length, 'migration');
    switch (report.status) {
        case 'valid':
            if (report.command === 'setup')
                return good('devflow is on PATH for the steps that follow');
            if (report.graph !== undefined)
                return good(graphed(report.graph));
            return good(`${plural(report.fileCount, 'migration file is', 'migration files are')} valid`);
        case 'up-to-date':
            if (report.command === 'verify')
                return good(verified(report, applied.length, where));
            return good(`Nothing to do on ${where}: ${plural(applied.length, 'migration is', 'migrations are')} applied`);
        case 'applied':
            return good(`${plural(appliedNow, 'migration')} applied to ${where}${remaining(pending.length)}`);
        case 'rehearsed':
            return {
                mood: 'good',
                icon: '\ud83e\uddea',
                text: `${count} rehearsed on ${rehearsalPlace(report, where)}: nothing was changed`,
            };
        case 'planned':
            return { mood: 'waiting', icon: '\ud83d\udccb', text: `${count} would run on ${where}${notRehearsed(report)}` };
        default:
            return { mood: 'waiting', icon: '\u23f3', text: pendingOn(report, where) };
    }
}
/** What ran on a shadow changed nothing on the target because it never was there. */
function rehearsalPlace({ rehearsedOn }, where) {
    return rehearsedOn?.kind === 'shadow' ? `a shadow of ${where}` : where;
}
function notRehearsed(report) {
    return report.notRehearsed === undefined ? '' : ': not rehearsed';
}
function graphed({ names, edges }) {
    return `${plural(names.length, 'migration')}, ${plural(edges.length, 'declared dependency', 'declared dependencies')}`;
}
function pendingOn(report, where) {
    return `${plural(makeTally(report).pending.length, 'migration is', 'migrations are')} pending on ${where}`;
}
function recorded(report, quote) {
    return {
        mood: 'good',
        icon: '\ud83d\udcdc',
        text: `${plural(report.events.length, 'event')} recorded on ${headline_placeOf(report, quote)}`,
    };
}
function verified(report, applied, where) {
    return `${plural(applied, 'migration is', 'migrations are')} applied to ${where}, as in ${plural(report.fileCount, 'file')}`;
}
function cause(report, quote) {
    const where = headline_placeOf(report, quote);
    const stopped = stoppedOutcome(report);
    if (stopped?.state === 'partial')
        return `${quote(stopped.name)} is partly applied on ${where}`;
    if (stopped !== undefined && needsAWord(stopped)) {
        return `Nobody can tell what became of ${quote(stopped.name)} on ${where}`;
    }
    if (stopped?.failure && isUnconfirmed(stopped)) {
        return `Nothing confirms on ${where} that ${unconfirmed(report, quote)} applied: ${quote(stopped.failure.message)}`;
    }
    if (stopped !== undefined && didNotStop(stopped)) {
        return `${quote(stopped.name)} did not stop in time on ${where}: what becomes of it is not known`;
    }
    if (stopped?.state === 'unknown') {
        return `The connection was lost on ${where}: what became of ${quote(stopped.name)} is not known`;
    }
    if (stopped !== undefined) {
        return `${quote(stopped.name)} failed on ${where} and ${headline_ended(stopped)}. ${whatWasDone(report)}`;
    }
    if (report.drift.length > 0) {
        const files = plural(report.drift.length, 'applied migration is', 'applied migrations are');
        return `${files} no longer what was applied to ${where}. ${whatWasDone(report)}`;
    }
    return causeBeforeApplying(report, where, quote);
}
function unconfirmed({ outcomes }, quote) {
    const [first, ...more] = outcomes.filter(isUnconfirmed);
    return more.length === 0 ? `${quote(first?.name ?? '')} is` : `${more.length + 1} migrations are`;
}
/** What runs outside a transaction is not rolled back. */
function headline_ended({ failure }) {
    return failure?.left ? 'is half done' : 'was rolled back';
}
function causeBeforeApplying(report, where, quote) {
    const rehearsed = report.rehearsal.find((r) => r.state === 'failed');
    if (rehearsed !== undefined) {
        return `The rehearsal of ${quote(rehearsed.name)} failed on ${rehearsalPlace(report, where)}. ${whatWasDone(report)}`;
    }
    const wrong = report.findings.filter((finding) => finding.severity === 'error');
    const unhealthy = wrong.filter(({ rule }) => rule === 'health-check').length;
    if (unhealthy > 0 && unhealthy === wrong.length)
        return sick(report, unhealthy, where);
    const errors = wrong.length;
    if (errors > 0)
        return `${plural(errors, 'error')} in the migrations. ${whatWasDone(report)}`;
    if (report.status === 'pending')
        return pendingOn(report, where);
    if (report.status === 'refused')
        return `Refused on ${where}. ${whatWasDone(report)}`;
    return `Failed on ${where}. ${whatWasDone(report)}`;
}
/** What was applied is applied, whatever holds now. */
function sick(report, count, where) {
    const { appliedNow } = makeTally(report);
    const failed = plural(count, 'health check');
    if (appliedNow > 0)
        return `${plural(appliedNow, 'migration')} applied to ${where}, and ${failed} failed afterwards`;
    return `${failed} failed on ${where}. Nothing was applied`;
}
function whatWasDone(report) {
    const { appliedNow } = makeTally(report);
    return appliedNow === 0 ? 'Nothing was applied' : `${plural(appliedNow, 'migration')} applied before`;
}
function remaining(pending) {
    return pending === 0 ? '' : `; ${pending} still pending`;
}
function headline_placeOf(report, quote) {
    const { target } = report;
    const environment = quote(report.environment);
    if (target === undefined)
        return environment;
    return `${environment} (database ${quote(target.database)} at ${quote(`${target.host}:${target.port}`)})`;
}
function good(text) {
    return { mood: 'good', icon: '\u2705', text };
}
function bad(text) {
    return { mood: 'bad', icon: '\u274c', text };
}

;// CONCATENATED MODULE: ./build/model/cut-message.js
/**
 * What somebody else said can be of any length, is shown by every outlet, and recorded: its beginning, and how much was left
 * out. Of what was cut before, that counts too.
 *
 * @param longest in UTF-16 units, without the words about what was left out
 */
function cutMessage(message, longest = LONGEST_MESSAGE) {
    if (message.length <= longest + LONGEST_WORDS)
        return message;
    const [words = '', before = '0'] = WORDS.exec(message) ?? [];
    const beginning = message.slice(0, longest).replace(/[\ud800-\udbff]$/, '');
    const left = message.length - words.length - beginning.length + Number(before);
    return beginning + leftOut(left);
}
/** The words for so many characters that are left out, at the end of what is shown. */
const leftOut = (count) => `\u2026 (${count} more characters)`;
const LONGEST_MESSAGE = 4_000;
const WORDS = /\u2026 \((\d+) more characters\)$/;
const LONGEST_WORDS = 40;

;// CONCATENATED MODULE: ./build/render/approval-text.js
/** Who approved, as what, and what they wrote: `alice, a required reviewer of the GitHub environment production`. */
function makeApprovalText({ by, as, at, comment }, quote) {
    const when = at === undefined ? '' : `, ${quote(at)}`;
    const words = comment ? `: ${quote(comment)}` : '';
    return `${quote(by)}, ${as}${when}${words}`;
}

;// CONCATENATED MODULE: ./build/render/drift-text.js
/** The same words for every outlet: what differs, both checksums, the way out. */
function makeDriftText(drift, quote) {
    return {
        message: message(drift, quote),
        stored: quote(drift.storedChecksum),
        ...(drift.presentChecksum === undefined ? {} : { present: quote(drift.presentChecksum) }),
        help: help(drift, quote),
    };
}
/** Where a deleted file lay, unless that is outside what GitHub knows or another runner recorded no file name. */
function recordedPath({ recordedName }, directory) {
    const isFile = recordedName.endsWith('.sql') && !directory.startsWith('/') && !directory.startsWith('..');
    return isFile ? `${directory}/${recordedName}` : undefined;
}
function message({ kind, version, recordedName, name }, quote) {
    const recorded = quote(recordedName);
    if (kind === 'deleted')
        return `${recorded} (version ${quote(version)}) was applied, but its file is gone.`;
    if (kind === 'renamed')
        return `${recorded} was applied under that name; the file is now ${quote(name ?? '')}.`;
    if (kind === 'replaced')
        return `Version ${quote(version)} was applied as ${recorded}. ${quote(name ?? '')} is another file: neither its name nor its text is what was applied.`;
    return `${quote(name ?? recordedName)} was edited after it was applied.`;
}
function help({ kind, version, recordedName, name }, quote) {
    if (kind === 'deleted') {
        return `Restore ${quote(recordedName)} from version control. To undo what it did, write a new migration that reverses it.`;
    }
    if (kind === 'replaced') {
        return `Give ${quote(name ?? '')} a new version, and put ${quote(recordedName)} back, which another branch may have. If it is the same migration, renamed and edited: give it its recorded name back first.`;
    }
    const accept = `Or take the file as it is now, with repair --accept-checksum (version ${quote(version)})`;
    if (kind === 'renamed')
        return `Give the file its recorded name back: ${quote(recordedName)}. ${accept}.`;
    return `Restore the file as it was applied (version control has it), and put the change into a new migration. ${accept}: the database stays as the former text made it.`;
}

;// CONCATENATED MODULE: ./build/render/duration.js
/** Milliseconds as people read them: `12 ms`, `1.2 s`, `2 m 05 s`. */
function renderDuration(ms) {
    if (ms < 1000)
        return `${Math.max(0, Math.round(ms))} ms`;
    if (ms < 59_950)
        return `${(ms / 1000).toFixed(1)} s`;
    const seconds = Math.round(ms / 1000);
    return `${Math.floor(seconds / 60)} m ${String(seconds % 60).padStart(2, '0')} s`;
}

;// CONCATENATED MODULE: ./build/render/event-facts.js
/** What an event was, in a word or two: ours have one, another runner's are told by what they did and how it ended. */
function eventWord({ event, action, status }) {
    return event ?? `${action} ${status}`;
}
/**
 * Who let it, under which plan, from which commit, by which run. Foreign text goes through `quote`.
 *
 * @param quote makes a text safe for its outlet
 */
function eventProof(event, quote) {
    const { approver, approvalKind, planHash, commitSha, runUrl, runAttempt } = event;
    const kind = approvalKind === null ? '' : ` (${quote(approvalKind)})`;
    const attempt = runAttempt === null || runAttempt === 1 ? '' : ` attempt ${runAttempt}`;
    return [
        ...(approver === null ? [] : [`approved by ${quote(approver)}${kind}`]),
        ...(planHash ? [`plan ${quote(shorten(planHash, SHORT_HASH))}`] : []),
        ...(commitSha === null ? [] : [`commit ${quote(shorten(commitSha, SHORT_COMMIT))}`]),
        ...(runUrl === null ? [] : [`${quote(runUrl)}${attempt}`]),
    ];
}
/** `v1:sha256:` and twelve digits. */
const SHORT_HASH = 22;
const SHORT_COMMIT = 12;
function shorten(text, length) {
    return text.length <= length ? text : `${text.slice(0, length)}\u2026`;
}

;// CONCATENATED MODULE: ./build/render/failure-code.js
/** Five characters; class DF is ours and used by nobody else, and every word of ours is longer. */
const SQLSTATE = /^(?!DF)[0-9A-Z]{5}$/;
/** Whether the code of a failure is PostgreSQL's, so that it can be looked up there. */
function isSqlState(code) {
    return SQLSTATE.test(code);
}
/**
 * The code of a failure, as it stands in brackets behind what is said: ours (`DF006`, `connection-lost`) without the word
 * SQLSTATE, which would send people to PostgreSQL's list.
 */
function renderFailureCode(code, quote = (foreign) => foreign) {
    return isSqlState(code) ? `SQLSTATE ${quote(code)}` : quote(code);
}

;// CONCATENATED MODULE: ./build/render/failures.js

/** Failures of the run first, then those of the rehearsal, in plan order. What is so of several for one reason is told once. */
function makeFailures(report) {
    const outcomes = report.outcomes.flatMap((outcome) => {
        const { name, path, failure, state } = outcome;
        if (failure === undefined || isToldBefore(outcome, report))
            return [];
        const cancelled = report.endedBy !== undefined && state === 'failed';
        const during = cancelled ? wordOfCancelled(failure) : wordFor(state, failure);
        return [{ name, path, failure, during }];
    });
    const rehearsal = report.rehearsal.flatMap(({ name, path, failure, state }) => {
        if (failure === undefined || state !== 'failed')
            return [];
        return [{ name, path, failure, during: 'failed in the rehearsal' }];
    });
    return [...outcomes, ...rehearsal];
}
/** Not confirmed, or in the message that did not stop: the first of them tells it. */
function isToldBefore(outcome, { outcomes }) {
    const isSuch = [isUnconfirmed, didNotStop].find((is) => is(outcome));
    return isSuch !== undefined && outcomes.find(isSuch) !== outcome;
}
function wordOfCancelled({ left }) {
    return left ? 'was cancelled, and is half done' : 'was cancelled and rolled back';
}
function wordFor(state, failure) {
    if (isUnconfirmed({ state, failure }))
        return 'is not confirmed';
    if (didNotStop({ state, failure }))
        return 'did not stop in time';
    if (needsAWord({ state, failure }))
        return 'stopped where nobody can tell what is done';
    if (state === 'failed' && failure.left)
        return 'failed, and is half done';
    return applyWords[state] ?? 'failed';
}
const applyWords = {
    failed: 'failed and was rolled back',
    partial: 'is partly applied',
    unknown: 'lost the connection',
};

;// CONCATENATED MODULE: ./build/render/folded.js
/** A section of a summary behind its title and count, open or not; nothing where there is nothing in it. */
function folded(rank, title, items, open = false) {
    if (items.length === 0)
        return [];
    const head = `\n<details${open ? ' open' : ''}><summary>${title} (${items.length})</summary>\n\n`;
    return [{ rank, head, items, tail: '\n</details>\n', more: (count) => `\n- and ${count} more\n` }];
}

;// CONCATENATED MODULE: ./build/render/align.js
/** Rows as columns of equal width, two spaces apart. Cells hold no colours and no line ends. */
function alignColumns(rows) {
    const widths = [];
    for (const row of rows) {
        row.forEach((cell, index) => {
            widths[index] = Math.max(widths[index] ?? 0, columnsOf(cell));
        });
    }
    return rows.map((row) => row
        .map((cell, index) => padTo(cell, widths[index] ?? 0))
        .join('  ')
        .trimEnd());
}
/** Columns a text takes on a terminal, near enough: wide East Asian characters and emoji take two. */
function columnsOf(text) {
    let columns = 0;
    for (const character of text) {
        if (/\p{M}/u.test(character))
            continue;
        columns +=
            /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]|\p{Emoji_Presentation}/u.test(character)
                ? 2
                : 1;
    }
    return columns;
}
function padTo(cell, width) {
    return cell + ' '.repeat(Math.max(0, width - columnsOf(cell)));
}

;// CONCATENATED MODULE: ./build/render/code-frame.js


/**
 * An excerpt (a line and, below it, a caret; see `sql/excerpt.ts`) with its line number, the carets as long as what
 * they point to is on that line. Safe for logs. An excerpt of another form stays as it is.
 */
function makeCodeFrame(excerpt, position) {
    const lines = logText(foreign_text_cutText(excerpt, 2000)).split('\n');
    const [line = '', caret = ''] = lines;
    if (lines.length !== 2 || position === undefined || !/^\s*\^$/.test(caret)) {
        return lines.map((text) => ({ gutter: '', text, isCaret: false }));
    }
    const gutter = String(position.line);
    return [
        { gutter, text: line, isCaret: false },
        {
            gutter: ' '.repeat(gutter.length),
            text: caret + '^'.repeat(columnsPointedTo(line, caret, position) - 1),
            isCaret: true,
        },
    ];
}
/** As lines, with a bar between number and text. */
function renderCodeFrame(excerpt, position) {
    return makeCodeFrame(excerpt, position)
        .map(({ gutter, text }) => `${gutter}${gutter === '' ? '' : ' '}\u2502 ${text}`)
        .join('\n');
}
function columnsPointedTo(line, caret, position) {
    const characters = Array.from(line);
    let at = 0;
    for (let columns = 0; columns < caret.length - 1 && at < characters.length; at++) {
        columns += columnsOf(characters[at]);
    }
    const { line: first, column, endLine, endColumn } = position;
    const length = endLine === first ? Math.max(1, endColumn - column + 1) : characters.length;
    return Math.max(1, columnsOf(characters
        .slice(at, at + length)
        .join('')
        .trimEnd()));
}

;// CONCATENATED MODULE: ./build/render/markdown-frame.js


/** An excerpt as a block of Markdown, with its line number and as many carets as the statement has on that line. */
function markdownFrame(excerpt, position) {
    return markdownBlock(renderCodeFrame(excerpt, position), 'sql');
}

;// CONCATENATED MODULE: ./build/render/other-session.js



/** `process 4711 (user app, psql, 10.0.0.3, idle in transaction for 34.0 s): SELECT \u2026`, foreign text through `quote`. */
function describeSession(session, quote) {
    const { processId, state, query } = session;
    const name = processId === 0 && state !== null ? quote(state) : `process ${processId}`;
    const who = `${name} (${factsOf(session, quote).join(', ')})`;
    return query === null ? who : `${who}: ${quote(query)}`;
}
function factsOf(session, quote) {
    const { user, application, address } = session;
    return [
        ...(user === null ? [] : [`user ${quote(user)}`]),
        ...(application === null ? [] : [quote(application)]),
        ...(address === null ? [] : [quote(address)]),
        stateOf(session, quote),
    ];
}
function stateOf({ processId, state, ageMs }, quote) {
    // The server hides it from roles that are not members of pg_read_all_stats.
    if (state === null)
        return 'what it does is hidden from this role';
    const age = ageMs === null ? '' : `for ${renderDuration(ageMs)}`;
    return processId === 0 ? age : `${quote(state)} ${age}`.trim();
}
/** The first session in full, and how many more there are: for one line of a log. */
function describeSessions([first, ...more], quote) {
    if (first === undefined)
        return 'nobody';
    const others = more.length === 0 ? '' : `; and ${plural(more.length, 'other session')}`;
    return `${describeSession(first, quote)}${others}`;
}
/** Where there is little room: `4711 (psql)`. */
function nameSession({ processId, application, user }, quote) {
    const who = processId === 0 ? 'a prepared transaction' : String(processId);
    const name = application ?? user;
    return name === null ? who : `${who} (${quote(cutText(name, 40))})`;
}

;// CONCATENATED MODULE: ./build/render/place.js
/** `path:line:column`, as editors and terminals open it; the path alone where there is no position. */
function renderPlace(path, position) {
    return position === undefined ? path : `${path}:${position.line}:${position.column}`;
}

;// CONCATENATED MODULE: ./build/render/finding-details.js

/**
 * The same for every outlet, in the same order: what a rehearsal showed of it, what it does, the way out, the rewrite,
 * where to read more. What is refuted needs no way out.
 */
function makeFindingDetails(finding, { actor, told = new Set() } = {}) {
    const { rule, why, help, fix, measured } = finding;
    const isNew = !told.has(rule);
    told.add(rule);
    if (measured === 'refuted')
        return [prose('Rehearsal', MEASURED.refuted), ...docs(rule, isNew)];
    return [
        ...(measured === undefined ? [] : [prose('Rehearsal', MEASURED[measured])]),
        ...(why === undefined || !isNew ? [] : [prose('Why', why)]),
        prose('Way out', help),
        ...force(finding, actor),
        ...(fix === undefined ? [] : [prose('Fix', fix.title)]),
        ...(fix?.preview === undefined ? [] : [sql('Instead', fix.preview)]),
        ...(fix?.next === undefined ? [] : [sql('Then, in a migration of its own', fix.next)]),
        ...docs(rule, isNew),
    ];
}
function docs(rule, isNew) {
    return isNew ? [{ label: 'Docs', text: docsLink(rule), kind: 'link' }] : [];
}
const MEASURED = {
    confirmed: 'confirmed: the statement did it.',
    refuted: 'refuted: the statement did not do it, and it stops nothing.',
    found: 'found only by running it: the text does not show it.',
};
function force({ force: forced, help }, actor) {
    if (forced === undefined)
        return [];
    if (forced === 'used') {
        const by = actor === undefined ? '' : ` by ${actor}`;
        return [prose('Forced', `It stops a run, unless forced. This one was forced${by}.`)];
    }
    if (help.includes('FORCE_RUN'))
        return [];
    return [
        prose('Force', 'If it is meant, set `FORCE_RUN=true`, or `force`: the run goes on, and who forced it is recorded.'),
    ];
}
function prose(label, text) {
    return { label, text, kind: 'prose' };
}
function sql(label, text) {
    return { label, text, kind: 'sql' };
}

;// CONCATENATED MODULE: ./build/render/group-findings.js
/** By file, the file with the worst finding first; files that are equally bad stay in their order. */
function groupFindings(findings) {
    const groups = new Map();
    for (const finding of findings) {
        const group = groups.get(finding.file);
        if (group === undefined)
            groups.set(finding.file, [finding]);
        else
            group.push(finding);
    }
    return [...groups]
        .map(([file, found]) => ({ file, findings: found.toSorted(compareFindings) }))
        .toSorted((a, b) => worst(a) - worst(b));
}
/** Worst first; in a file by place. */
function compareFindings(a, b) {
    const byBadness = badness[a.severity] - badness[b.severity];
    if (byBadness !== 0 || a.file !== b.file)
        return byBadness;
    return lineOf(a) - lineOf(b) || columnOf(a) - columnOf(b);
}
/** What a report finds, without what it tells as drift, with both checksums, as well. */
function findingsBesideDrift({ findings, drift }) {
    return drift.length === 0 ? findings : findings.filter(({ rule }) => rule !== 'checksum-drift');
}
const badness = { error: 0, warning: 1, notice: 2 };
function worst({ findings: [first] }) {
    return first === undefined ? 3 : badness[first.severity];
}
function lineOf({ position }) {
    return position?.line ?? 0;
}
function columnOf({ position }) {
    return position?.column ?? 0;
}

;// CONCATENATED MODULE: ./build/render/summary-findings.js






/** Findings by severity, and of each severity by file: errors open, the rest folded, what was suppressed last. */
function makeFindingSections(report) {
    const told = new Set();
    const findings = findingsBesideDrift(report);
    const items = (severity) => groupFindings(findings.filter((finding) => finding.severity === severity)).flatMap((group) => group.findings.map((finding, index) => findingItem(finding, index === 0, report.actor, told)));
    return [
        ...forcedSection(report),
        ...folded(5, '\u274c Errors', items('error'), true),
        ...folded(6, '\u26a0\ufe0f Warnings', items('warning')),
        ...folded(9, '\u2139\ufe0f Notices', items('notice')),
        ...folded(9, 'Suppressed', report.suppressed.map(suppressedItem)),
    ];
}
/** Whoever reads no further must see what somebody let pass. */
function forcedSection({ findings, actor }) {
    const forced = findings.filter(({ force }) => force === 'used');
    if (forced.length === 0)
        return [];
    const by = actor === undefined ? '' : ` by ${code(actor)}`;
    const items = forced.map(({ rule, file, position, message }) => {
        return `- ${summary_findings_placeOf(file, position)}${summary_findings_prose(message)} (${code(rule)})\n`;
    });
    const more = (count) => `- and ${count} more\n`;
    return [{ rank: 2, head: `\n### Forced${by}\n\n`, items, tail: '', more }];
}
function findingItem(finding, isFirstOfFile, actor, told) {
    const { rule, severity, file, position, message, excerpt } = finding;
    const lines = [
        ...(isFirstOfFile && file !== undefined ? [`#### ${code(file)}`] : []),
        `**${severity}** ${summary_findings_placeOf(file, position)}${summary_findings_prose(message)} (${code(rule)})`,
        ...(excerpt === undefined ? [] : [markdownFrame(foreign_text_cutText(excerpt, 2000), position)]),
        ...makeFindingDetails(finding, { actor, told }).map(renderDetail),
    ];
    return `${lines.join('\n\n')}\n\n`;
}
function renderDetail({ label, text, kind }) {
    if (kind === 'sql')
        return `${label}:\n\n${markdownBlock(foreign_text_cutText(text, 4000), 'sql')}`;
    return kind === 'link' ? `[${label}](${text})` : `${label}: ${summary_findings_prose(text)}`;
}
function suppressedItem({ rule, file, position, reason }) {
    return `- ${summary_findings_placeOf(file, position)}${code(rule)}: ${summary_findings_prose(foreign_text_cutText(reason, 500))}\n`;
}
function summary_findings_placeOf(file, position) {
    return file === undefined ? '' : `${code(renderPlace(file, position))} `;
}
function summary_findings_prose(foreign) {
    return markdownProse(foreign_text_cutText(foreign, 2000));
}
function code(foreign) {
    return markdownCode(foreign_text_cutText(foreign, 300));
}

;// CONCATENATED MODULE: ./build/model/measured.js
/** Weakest first: `pg_locks.mode` without its `Lock`. */
const LOCK_STRENGTHS = [
    'AccessShare',
    'RowShare',
    'RowExclusive',
    'ShareUpdateExclusive',
    'Share',
    'ShareRowExclusive',
    'Exclusive',
    'AccessExclusive',
];

;// CONCATENATED MODULE: ./build/render/lock-words.js

/** What others can't do to a relation while it is locked so, from PostgreSQL's table of conflicting lock modes. */
const BLOCKED = {
    AccessExclusive: 'reads and writes',
    Exclusive: 'writes and SELECT FOR UPDATE',
    ShareRowExclusive: 'writes',
    Share: 'writes',
    ShareUpdateExclusive: 'schema changes and VACUUM',
    RowExclusive: 'schema changes and index builds',
    RowShare: 'dropping and most altering',
    AccessShare: 'dropping and most altering',
};
/** As SQL and PostgreSQL's documentation spell it: `ACCESS EXCLUSIVE`. */
function lockName(mode) {
    return mode.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toUpperCase();
}
/** Whether it keeps out who reads or writes rows: such a lock makes an application wait. */
function isStrong(mode) {
    return strengthOf(mode) >= strengthOf('Share');
}
/** From 0, the weakest. */
function strengthOf(mode) {
    return LOCK_STRENGTHS.indexOf(mode);
}

;// CONCATENATED MODULE: ./build/render/bytes.js
const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];
/** `312 bytes`, `8.0 kB`, `3.2 GB`, `640 MB`; 1 kB is 1,024 bytes, as PostgreSQL has it. */
function renderBytes(bytes) {
    let value = Math.max(0, bytes);
    let unit = 0;
    while (value >= 1023.5 && unit < UNITS.length - 1) {
        value /= 1024;
        unit += 1;
    }
    const digits = unit > 0 && value < 9.95 ? value.toFixed(1) : String(Math.round(value));
    return `${digits} ${UNITS[unit]}`;
}

;// CONCATENATED MODULE: ./build/render/quantity.js
/** `5,000`, `12,300,000`. */
function renderQuantity(count) {
    return String(Math.round(count)).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

;// CONCATENATED MODULE: ./build/render/relation-sizes.js


/** Of the relations on the target, to be asked by name. */
function sizesByRelation({ sizes }) {
    return new Map(sizes.map((size) => [size.relation, size]));
}
/** `3.2 GB, about 12,300,000 rows`; empty where nothing is known. */
function describeSize(size) {
    const { bytes = null, rows = null } = size ?? {};
    return [
        ...(bytes === null ? [] : [renderBytes(bytes)]),
        // The server's estimate is -1 for a table that was never analysed, and 0 for one it may know nothing of.
        ...(rows === null || rows < 1 ? [] : [`about ${renderQuantity(rows)} rows`]),
    ].join(', ');
}

;// CONCATENATED MODULE: ./build/render/rows.js
/** Words for people; the icon stands beside the word, never alone. */
const rowWords = {
    applied: { icon: '\u2705', word: 'applied' },
    failed: { icon: '\u274c', word: 'failed, rolled back' },
    'failed-half-done': { icon: '\u26a0\ufe0f', word: 'failed, half done' },
    partial: { icon: '\u26a0\ufe0f', word: 'partly applied' },
    unknown: { icon: '\u2753', word: 'unknown' },
    'not-reached': { icon: '\u23ed\ufe0f', word: 'not reached' },
    rehearsed: { icon: '\ud83e\uddea', word: 'rehearsed' },
    'partly-rehearsed': { icon: '\ud83e\uddea', word: 'partly rehearsed' },
    'not-rehearsable': { icon: '\u2796', word: 'not rehearsable here' },
    'rehearsal-failed': { icon: '\u274c', word: 'rehearsal failed' },
    pending: { icon: '\u23f3', word: 'pending' },
    'left-out': { icon: '\u23f8\ufe0f', word: 'pending, not part of this run' },
};
/** One row a planned migration, in plan order, then those that this run left out. */
function makeRows(report) {
    const outcomes = new Map(report.outcomes.map((outcome) => [outcome.version, outcome]));
    const rehearsal = new Map(report.rehearsal.map((rehearsed) => [rehearsed.version, rehearsed]));
    const applying = report.outcomes.some((outcome) => outcome.state !== 'not-run');
    const planned = (report.plan?.migrations ?? []).map((migration) => {
        const { version } = migration.file;
        return plannedRow(migration, outcomes.get(version), rehearsal.get(version), applying);
    });
    const leftOut = (report.plan?.deferred ?? []).map((migration) => ({
        ...plannedRow(migration, undefined, undefined, false),
        state: 'left-out',
    }));
    return [...planned, ...leftOut];
}
function plannedRow({ file, outOfOrder }, outcome, rehearsed, applying) {
    const shown = applying ? outcome : rehearsed;
    const ran = shown !== undefined && shown.state !== 'not-run';
    const remark = outcome?.atomicity ?? rehearsed?.reason;
    return {
        version: file.version,
        name: file.name,
        state: applying ? appliedState(outcome) : rehearsedState(rehearsed),
        mode: outcome?.mode ?? (file.directives.noTransaction ? 'no-transaction' : 'transaction'),
        outOfOrder,
        ...(ran ? { durationMs: shown.durationMs } : {}),
        ...(remark === undefined ? {} : { remark }),
    };
}
function appliedState(outcome) {
    if (outcome === undefined || outcome.state === 'not-run')
        return 'not-reached';
    return outcome.state === 'failed' && outcome.failure?.left ? 'failed-half-done' : outcome.state;
}
function rehearsedState(rehearsed) {
    if (rehearsed === undefined || rehearsed.state === 'not-run')
        return 'pending';
    return rehearsed.state === 'failed' ? 'rehearsal-failed' : rehearsed.state;
}

;// CONCATENATED MODULE: ./build/render/held-locks.js



/**
 * The strong locks of a rehearsal, the worst first: on a target what was held longest; on a shadow, whose times say
 * nothing, what would be held through the most work, then by the size of the relation and the strength of the lock.
 */
function makeHeldLocks(report) {
    if (report.rehearsal.length === 0)
        return [];
    const sizes = sizesByRelation(report);
    const held = transactionsOf(report).flatMap((transaction) => locksOf(transaction, sizes));
    return held.toSorted(report.rehearsedOn?.kind === 'shadow' ? byWork : byTime);
}
function transactionsOf(report) {
    const modes = new Map(makeRows(report).map(({ version, mode }) => [version, mode]));
    const files = report.rehearsal.map((rehearsed) => ({
        outside: report.transaction === 'none' || modes.get(rehearsed.version) === 'no-transaction',
        steps: (rehearsed.measured ?? []).map((statement) => ({ rehearsed, statement })),
    }));
    if (report.transaction === 'all')
        return [{ steps: files.flatMap(({ steps }) => steps), lasts: 'run' }];
    return files.flatMap(({ outside, steps }) => outside ? ownTransactions(steps) : [{ steps, lasts: 'file' }]);
}
/** Outside of a transaction a lock goes with its statement, unless a later one found it still held. */
function ownTransactions(steps) {
    const ends = steps.map((_, index) => index);
    steps.forEach(({ statement }, index) => {
        for (const { since } of statement.heldBefore) {
            const first = steps.findIndex((step) => step.statement.statement === since);
            if (first !== -1)
                ends[first] = index;
        }
    });
    return steps.map((_, index) => {
        const end = ends[index] ?? index;
        return { steps: steps.slice(index, end + 1), lasts: end > index ? 'statements' : 'statement' };
    });
}
function locksOf({ steps, lasts }, sizes) {
    const held = [];
    let heldMs = 0;
    let work;
    // From the end, so that what is held through all the later statements is added up once.
    for (const { rehearsed, statement } of [...steps].reverse()) {
        heldMs += statement.durationMs;
        work = heavier(work, workOf(statement, sizes));
        const until = steps.at(-1)?.statement ?? statement;
        for (const { relation, modes } of [...statement.locks].reverse()) {
            const [mode] = modes;
            if (mode === undefined || !isStrong(mode))
                continue;
            const size = sizes.get(relation);
            held.push({ relation, mode, size, rehearsed, statement, until, lasts, heldMs, work });
        }
    }
    const own = lasts === 'statement' || lasts === 'statements';
    return own ? held.filter(({ statement }) => statement === steps[0]?.statement) : held.reverse();
}
function workOf({ rewritten, scanned }, sizes) {
    const kind = rewritten.length > 0 ? 'rewrites' : 'scans';
    return (kind === 'rewrites' ? rewritten : scanned)
        .map((relation) => ({ kind, relation, bytes: sizes.get(relation)?.bytes ?? null }))
        .reduce((a, b) => heavier(b, a), undefined);
}
/** Where both weigh the same it is `b`. */
function heavier(a, b) {
    if (a === undefined || b === undefined)
        return a ?? b;
    return compareWork(a, b) < 0 ? a : b;
}
function byTime(a, b) {
    return b.heldMs - a.heldMs || strengthOf(b.mode) - strengthOf(a.mode) || bytesOf(b) - bytesOf(a);
}
function byWork(a, b) {
    return compareWork(a.work, b.work) || bytesOf(b) - bytesOf(a) || strengthOf(b.mode) - strengthOf(a.mode);
}
function bytesOf({ size }) {
    return size?.bytes ?? 0;
}
/** Most first: bytes first of all, since to read a large table takes longer than to rewrite a small one. */
function compareWork(a, b) {
    return weightOf(b) - weightOf(a) || Number(b?.kind === 'rewrites') - Number(a?.kind === 'rewrites');
}
function weightOf(work) {
    return work === undefined ? -1 : (work.bytes ?? 0);
}

;// CONCATENATED MODULE: ./build/render/longest-lock.js




/**
 * On a target it is told in time, on a shadow, whose times say nothing, in what is done meanwhile. Undefined where
 * nothing was measured. Foreign text goes through `quote`.
 */
function makeLockText(report, worst, quote) {
    const onShadow = report.rehearsedOn?.kind === 'shadow';
    if (worst === undefined)
        return noLock(report);
    const { relation, mode, size, heldMs } = worst;
    const large = describeSize(size);
    const what = `${BLOCKED[mode]} of ${quote(relation)}${large === '' ? '' : ` (${large})`} are blocked`;
    const long = onShadow ? '' : ` for ${renderDuration(heldMs)}`;
    const text = `${what}${long}, ${describeSpan(worst, quote)} (${lockName(mode)}); ${describeWork(worst, quote)}.`;
    return { label: onShadow ? 'Heaviest lock:' : 'Longest lock:', text };
}
function noLock({ rehearsal }) {
    const measured = rehearsal.some((one) => (one.measured ?? []).length > 0);
    if (!measured)
        return undefined;
    return {
        label: 'Locks:',
        text: 'nothing that was measured keeps readers or writers from what was there before.',
    };
}
function describeSpan({ rehearsed, statement, until, lasts }, quote) {
    const { line } = statement.position;
    const file = quote(rehearsed.name);
    if (until === statement)
        return `by line ${line} of ${file}`;
    if (lasts === 'file')
        return `from line ${line} of ${file} to its end`;
    if (lasts === 'run')
        return `from line ${line} of ${file} to the end of the run`;
    return `from line ${line} to line ${until.position.line} of ${file}`;
}
function describeWork({ relation, work }, quote) {
    if (work === undefined)
        return 'nothing is rewritten or read from end to end meanwhile';
    const bytes = work.bytes === null ? undefined : renderBytes(work.bytes);
    const itself = work.relation === relation;
    const what = itself ? (bytes ?? 'it') : quote(work.relation);
    const large = itself || bytes === undefined ? '' : ` (${bytes})`;
    const verb = work.kind === 'rewrites' ? `rewrites ${what}` : `reads ${what}`;
    return `what runs meanwhile ${verb}${large}${work.kind === 'scans' ? ' from end to end' : ''}`;
}

;// CONCATENATED MODULE: ./build/render/measured-text.js




/** `blocks reads and writes for 4.1 s`; without the time where times say nothing. Empty where it took no lock there. */
function describeLock({ lock }, held, timesTell) {
    if (lock === undefined)
        return '';
    const long = held === undefined || !timesTell ? '' : ` for ${renderDuration(held.heldMs)}`;
    return `blocks ${BLOCKED[lock]}${long}`;
}
/** `5,000 updated, 3 deleted`. */
function describeRows({ inserted, updated, deleted }) {
    const counts = { inserted, updated, deleted };
    return Object.entries(counts)
        .flatMap(([what, count]) => (count === 0 ? [] : [`${renderQuantity(count)} ${what}`]))
        .join(', ');
}
/** Objects by name, at most so many, each with what it is: `` table `public.a`, index `public.i` ``. */
function describeObjects(objects, most, { code, prose }) {
    const named = objects.slice(0, most).map(({ type, name }) => `${prose(type)} ${code(name)}`);
    const more = objects.length - named.length;
    return [...named, ...(more === 0 ? [] : [`and ${more} more`])].join(', ');
}
/** What a file did that nobody has to read closely: `5 statements, 3 objects created, 120 inserted, 12 ms`. */
function describeQuietly(statements, timesTell) {
    const created = statements.reduce((sum, one) => sum + one.created.length, 0);
    const rows = describeRows(addUp(statements.flatMap((one) => one.rows)));
    const time = statements.reduce((sum, one) => sum + one.durationMs, 0);
    return [
        plural(statements.length, 'statement'),
        ...(created === 0 ? [] : [`${plural(created, 'object')} created`]),
        ...(rows === '' ? [] : [`rows: ${rows}`]),
        ...(timesTell ? [renderDuration(time)] : []),
    ].join(', ');
}
function addUp(rows) {
    const sum = (key) => rows.reduce((total, one) => total + one[key], 0);
    return { inserted: sum('inserted'), updated: sum('updated'), deleted: sum('deleted') };
}

;// CONCATENATED MODULE: ./build/render/touched.js

/** Relation by relation what a statement did, the gravest first. */
function makeTouched(measured, sizes) {
    const locks = new Map(measured.locks.map(({ relation, modes }) => [relation, modes[0]]));
    const changes = new Map(measured.rows.map((rows) => [rows.relation, rows]));
    const rewritten = new Set(measured.rewritten);
    const scanned = new Set(measured.scanned);
    const relations = new Set([...locks.keys(), ...rewritten, ...scanned, ...changes.keys()]);
    return [...relations]
        .map((relation) => {
        const lock = locks.get(relation);
        const changed = changes.get(relation);
        const size = sizes.get(relation);
        return {
            relation,
            rewritten: rewritten.has(relation),
            scanned: scanned.has(relation),
            ...(lock === undefined ? {} : { lock }),
            ...(changed === undefined ? {} : { changed }),
            ...(size === undefined ? {} : { size }),
        };
    })
        .toSorted(byGravity);
}
/** Whether somebody who approves should know: it keeps others out, or takes longer the larger the relation is. */
function isGrave({ lock, rewritten, scanned }) {
    return rewritten || scanned || (lock !== undefined && isStrong(lock));
}
/** A table before its indexes, which are smaller than it is with them. */
function byGravity(a, b) {
    return (Number(b.rewritten) - Number(a.rewritten) ||
        strength(b) - strength(a) ||
        Number(b.scanned) - Number(a.scanned) ||
        (b.size?.bytes ?? 0) - (a.size?.bytes ?? 0));
}
function strength({ lock }) {
    return lock === undefined ? -1 : strengthOf(lock);
}

;// CONCATENATED MODULE: ./build/render/rehearsal-files.js



/** The files that were reached: first what failed, then those with the worst locks, then what else is worth knowing. */
function makeRehearsalFiles(report) {
    const sizes = sizesByRelation(report);
    const locks = makeHeldLocks(report);
    const ofStatement = groupLocks(locks, ({ statement }) => statement);
    const ofFile = groupLocks(locks, ({ rehearsed }) => rehearsed);
    const places = new Map(locks.map((lock, index) => [lock, index]));
    return report.rehearsal
        .filter(({ state }) => state !== 'not-run')
        .map((rehearsed) => {
        const statements = (rehearsed.measured ?? []).map((measured) => makeStatement(measured, makeTouched(measured, sizes), ofStatement.get(measured) ?? []));
        const worst = ofFile.get(rehearsed)?.[0];
        return { rehearsed, statements, worst, isGrave: isGraveFile(rehearsed, statements) };
    })
        .map((file) => ({ file, rank: rankOf(file, (lock) => places.get(lock) ?? 0, locks.length) }))
        .toSorted((a, b) => a.rank - b.rank)
        .map(({ file }) => file);
}
/** Of each the locks in their order, the worst first. */
function groupLocks(locks, keyOf) {
    const groups = new Map();
    for (const lock of locks) {
        const group = groups.get(keyOf(lock));
        if (group === undefined)
            groups.set(keyOf(lock), [lock]);
        else
            group.push(lock);
    }
    return groups;
}
function makeStatement(measured, touched, locks) {
    return {
        measured,
        touched,
        held: new Map(locks.map((lock) => [lock.relation, lock])),
        isGrave: touched.some(isGrave) || measured.dropped.length > 0,
    };
}
function isGraveFile({ state, left = [] }, statements) {
    return state !== 'rehearsed' || left.length > 0 || statements.some((statement) => statement.isGrave);
}
function rankOf(file, placeOf, last) {
    if (file.rehearsed.state === 'failed')
        return -1;
    if (!file.isGrave)
        return last + 1;
    return file.worst === undefined ? last : placeOf(file.worst);
}

;// CONCATENATED MODULE: ./build/render/rehearsal-place.js

/** Undefined where nothing was to be rehearsed. Foreign text goes through `quote`. */
function makePlaceText(report, quote) {
    const { rehearsedOn, notRehearsed } = report;
    if (notRehearsed !== undefined) {
        const text = `${quote(withoutEnd(notRehearsed.why))}.`;
        const items = notRehearsed.ways.slice(0, MOST_ITEMS).map(quote);
        return { verdict: 'Not rehearsed:', text, items };
    }
    if (rehearsedOn === undefined)
        return undefined;
    const { where, schemaFrom, asked, kind, limits } = rehearsedOn;
    const from = schemaFrom === undefined ? '' : `its schema: ${quote(schemaFrom)}; `;
    const ran = `${quote(where)} (${from}${quote(`\`rehearse: ${asked}\``)}).`;
    return {
        verdict: 'Rehearsed',
        text: `${ran} ${MEANING[kind]}`,
        items: [...limits.slice(0, MOST_ITEMS).map(quote), ...notSent(report)],
    };
}
const MOST_ITEMS = 20;
const MEANING = {
    target: 'Locks, sizes and times are those of the target itself, and nothing was kept.',
    shadow: 'Locks, rewrites and scans are what the target would see, and sizes are the target\u2019s; how long it takes there, a shadow does not tell.',
};
function notSent({ rehearsal }) {
    const count = rehearsal.reduce((sum, { left = [] }) => sum + left.length, 0);
    return count === 0
        ? []
        : [`${plural(count, 'statement was', 'statements were')} not sent: see below which, and why.`];
}
function withoutEnd(sentence) {
    return sentence.replace(/\.$/, '');
}

;// CONCATENATED MODULE: ./build/render/rehearsal-words.js
/** Of a file, for people. */
const REHEARSAL_WORDS = {
    rehearsed: 'rehearsed',
    failed: 'failed',
    'partly-rehearsed': 'partly rehearsed',
    'not-rehearsable': 'not rehearsable here',
    'not-run': 'not reached',
};

;// CONCATENATED MODULE: ./build/render/measured-table.js






/** What is shown of one file and of one statement; the JSON report has all. */
const MOST_STATEMENTS = 40;
const MOST_RELATIONS = 6;
/** A Markdown table of what statements did to relations that were there before, and what it leaves out. */
function renderMeasuredTable(statements, timesTell) {
    const shown = chooseStatements(statements);
    if (shown.length === 0)
        return [];
    const lines = shown.flatMap((statement) => makeLines(statement, timesTell));
    const columns = COLUMNS.filter(({ needs, cell }) => needs === undefined || ((needs === 'cells' || timesTell) && lines.some((line) => cell(line) !== '')));
    const rows = [
        columns.map(({ head }) => head),
        columns.map(({ isNumber }) => (isNumber ? '--:' : ':--')),
        ...lines.map((line) => columns.map(({ cell }) => cell(line))),
    ];
    const left = statements.length - shown.length;
    return [
        `${rows.map(toRow).join('\n')}\n`,
        ...(left === 0 ? [] : [`_${plural(left, 'more statement')} in the JSON report._\n`]),
    ];
}
const COLUMNS = [
    { head: 'Line', isNumber: true, cell: once(({ position }) => String(position.line)) },
    { head: 'Statement', cell: once(({ text }) => measured_table_code(foreign_text_cutText(text, 80))) },
    { head: 'Relation', cell: relationCell },
    { head: 'Lock', cell: lockCell },
    { head: 'Rewrite', cell: ({ touched }) => (touched?.rewritten ? '**yes**' : '') },
    { head: 'Scan', cell: ({ touched }) => (touched?.scanned ? 'yes' : '') },
    { head: 'Size', isNumber: true, cell: sizeCell, needs: 'cells' },
    {
        head: 'Rows',
        cell: ({ touched }) => (touched?.changed ? describeRows(touched.changed) : ''),
        needs: 'cells',
    },
    {
        head: 'Time',
        isNumber: true,
        cell: once(({ durationMs }) => renderDuration(durationMs)),
        needs: 'times',
    },
    {
        head: 'WAL',
        isNumber: true,
        cell: once(({ walBytes = 0 }) => (walBytes === 0 ? '' : renderBytes(walBytes))),
        needs: 'times',
    },
];
/** Of a statement, not of a relation: on its first line. */
function once(cell) {
    return ({ isFirst, statement }) => (isFirst ? cell(statement.measured) : '');
}
function relationCell({ touched, more }) {
    if (touched === undefined)
        return '';
    return `${measured_table_code(touched.relation)}${more === 0 ? '' : ` and ${more} more`}`;
}
function lockCell({ touched, statement, timesTell }) {
    return touched === undefined ? '' : describeLock(touched, statement.held.get(touched.relation), timesTell);
}
function sizeCell({ touched }) {
    const bytes = touched?.size?.bytes ?? null;
    return bytes === null ? '' : renderBytes(bytes);
}
function toRow(cells) {
    return `| ${cells.join(' | ')} |`;
}
/** All, in their order; of too many those that are worth knowing. */
function chooseStatements(statements) {
    if (statements.length <= MOST_STATEMENTS)
        return statements;
    return statements.filter((statement) => statement.isGrave).slice(0, MOST_STATEMENTS);
}
function makeLines(statement, timesTell) {
    const telling = statement.touched.filter((one) => isGrave(one) || one.changed !== undefined);
    // A weak lock alone is worth a word only where there is nothing else to say.
    const all = telling.length === 0 ? statement.touched.slice(0, 1) : telling;
    const shown = all.slice(0, MOST_RELATIONS);
    if (shown.length === 0)
        return [{ statement, touched: undefined, isFirst: true, more: 0, timesTell }];
    return shown.map((touched, index) => ({
        statement,
        touched,
        isFirst: index === 0,
        more: index === shown.length - 1 ? all.length - shown.length : 0,
        timesTell,
    }));
}
function measured_table_code(foreign) {
    return markdownCode(foreign_text_cutText(foreign, 200));
}

;// CONCATENATED MODULE: ./build/render/summary-measured.js




/** So many objects are named in a line, and so many lines shown of a kind; the JSON report has all. */
const MOST_NAMES = 20;
/**
 * What one file's statements did: a table, what came and went, and what was not sent. Empty where there is no more to say
 * than its state and the reason.
 */
function renderFileDetails({ rehearsed, statements }, timesTell) {
    const { reason, failure } = rehearsed;
    const table = renderMeasuredTable(statements, timesTell);
    const list = [...objectLines(statements), ...leftLines(rehearsed)];
    if (table.length + list.length === 0)
        return '';
    return [
        ...(reason === undefined ? [] : [`${summary_measured_prose(reason)}\n`]),
        ...(failure === undefined
            ? []
            : [
                `Failed${summary_measured_lineOf(failure.position)}: ${summary_measured_prose(failure.message)} (${renderFailureCode(failure.code, summary_measured_code)})\n`,
            ]),
        ...table,
        ...(list.length === 0 ? [] : [list.join('')]),
    ].join('\n');
}
function objectLines(statements) {
    const created = statements.flatMap(({ measured }) => measured.created);
    const named = statements.flatMap(({ measured }) => measured.dropped.filter(({ cascaded }) => !cascaded));
    return [
        ...(created.length === 0 ? [] : [`- Created: ${describe(created)}\n`]),
        ...(named.length === 0 ? [] : [`- Dropped: ${describe(named)}\n`]),
        ...atMost(statements.flatMap(victimLine), 'Went with it'),
    ];
}
function victimLine({ measured }) {
    const victims = measured.dropped.filter(({ cascaded }) => cascaded);
    if (victims.length === 0)
        return [];
    return [`- **Went with it** (line ${measured.position.line}): ${describe(victims)}\n`];
}
function leftLines({ left = [] }) {
    const lines = left.map(({ position, text, reason }) => {
        return `- Not sent (line ${position.line}): ${summary_measured_code(foreign_text_cutText(text, 80))}: ${summary_measured_prose(reason)}\n`;
    });
    return atMost(lines, 'Not sent');
}
function atMost(lines, what) {
    const more = lines.length - MOST_NAMES;
    return more <= 0 ? lines : [...lines.slice(0, MOST_NAMES), `- ${what}: ${more} more, in the JSON report\n`];
}
function summary_measured_lineOf(position) {
    return position === undefined ? '' : ` at line ${position.line}`;
}
function describe(objects) {
    return describeObjects(objects, MOST_NAMES, { code: summary_measured_code, prose: markdownText });
}
function summary_measured_prose(foreign) {
    return markdownProse(foreign_text_cutText(foreign, 500));
}
function summary_measured_code(foreign) {
    return markdownCode(foreign_text_cutText(foreign, 200));
}

;// CONCATENATED MODULE: ./build/render/summary-rehearsal.js










/** Where the rehearsal ran, or why there was none, and the lock that an application would wait for most. */
function makeRehearsalSection(report) {
    const place = makePlaceText(report, summary_rehearsal_prose);
    const [worst] = makeHeldLocks(report);
    const lock = makeLockText(report, worst, summary_rehearsal_code);
    if (place === undefined && lock === undefined)
        return [];
    const paragraphs = [
        ...(place === undefined ? [] : [`**${place.verdict}** ${place.text}`]),
        ...(place === undefined || place.items.length === 0
            ? []
            : [place.items.map((item) => `- ${item}`).join('\n')]),
        ...(lock === undefined ? [] : [`**${lock.label}** ${lock.text}`]),
    ];
    const head = `\n### Rehearsal\n\n${paragraphs.join('\n\n')}\n`;
    return [{ rank: 2, head, items: [], tail: '', more: () => '' }];
}
/** File by file what the statements did, those worth knowing first with a table each, the rest a line each. */
function makeMeasuredSection(report) {
    const timesTell = report.rehearsedOn?.kind !== 'shadow';
    const items = apart(makeRehearsalFiles(report).flatMap((file) => renderFile(file, timesTell)));
    if (items.length === 0)
        return [];
    const head = `\n<details><summary>What the rehearsal showed (${items.length})</summary>\n\n`;
    const more = (count) => `\n_${count === 1 ? 'One more file is' : `${count} more files are`} not shown here: the JSON report has them all._\n`;
    return [{ rank: 7, head, items, tail: '\n</details>\n', more }];
}
function renderFile(file, timesTell) {
    const details = file.isGrave ? renderFileDetails(file, timesTell) : '';
    if (details === '')
        return quietLine(file, timesTell);
    return [`<details><summary>${summarise(file, timesTell)}</summary>\n\n${details}\n</details>\n`];
}
/** A blank line ends HTML, and a list: without one the next item would be read as a part of it. */
function apart(items) {
    const kind = (item) => item?.startsWith('<');
    return items.map((item, index) => index === 0 || kind(item) === kind(items[index - 1]) ? item : `\n${item}`);
}
function quietLine({ rehearsed, statements }, timesTell) {
    const { name, state, reason } = rehearsed;
    const measured = statements.map((statement) => statement.measured);
    const facts = [
        ...(state === 'rehearsed' ? [] : [REHEARSAL_WORDS[state]]),
        ...(reason === undefined ? [] : [summary_rehearsal_prose(reason)]),
        ...(measured.length === 0 ? [] : [describeQuietly(measured, timesTell)]),
    ];
    return facts.length === 0 ? [] : [`- ${summary_rehearsal_code(name)}: ${facts.join(': ')}\n`];
}
/** In HTML, where Markdown is not read. */
function summarise({ rehearsed, worst }, timesTell) {
    const state = rehearsed.state === 'rehearsed' ? [] : [REHEARSAL_WORDS[rehearsed.state]];
    const long = worst === undefined || !timesTell ? '' : ` for ${renderDuration(worst.heldMs)}`;
    const lock = worst === undefined ? [] : [`blocks ${BLOCKED[worst.mode]} of ${tag(worst.relation)}${long}`];
    return [tag(rehearsed.name), ...state, ...lock].join(' \u00b7 ');
}
function tag(foreign) {
    return `<code>${markdownText(foreign_text_cutText(foreign, 200))}</code>`;
}
function summary_rehearsal_prose(foreign) {
    return markdownProse(foreign_text_cutText(foreign, 1000));
}
function summary_rehearsal_code(foreign) {
    return markdownCode(foreign_text_cutText(foreign, 200));
}

;// CONCATENATED MODULE: ./build/render/user-name.js
/** Who a run is on its target: the user that it logged in as and, where the rights are those of another role, that one too. */
function renderUser({ user, role }, quote = (foreign) => foreign) {
    return role === undefined ? quote(user) : `${quote(user)} with the role ${quote(role)}`;
}

;// CONCATENATED MODULE: ./build/render/was-in-the-way.js


/** Who held up a migration that was tried again, as a sentence without the file's name; nothing where nobody was seen. */
function wasInTheWay({ attempts, blockers = [] }, quote) {
    if (blockers.length === 0)
        return [];
    return [`${plural(attempts, 'attempt')}; the last that it waited for: ${describeSessions(blockers, quote)}`];
}

;// CONCATENATED MODULE: ./build/render/summary-details.js

















/** The folded sections of the summary, those first that say why a run stopped. */
function makeDetails(report) {
    const { applied } = makeTally(report);
    return [
        ...folded(3, 'Failures', makeFailures(report).map(failureItem)),
        ...folded(5, 'Drift', report.drift.map(driftItem)),
        ...makeFindingSections(report),
        ...makeMeasuredSection(report),
        ...folded(7, 'What was atomic', report.outcomes.flatMap(atomicityItem)),
        ...folded(7, 'Waited for others', report.outcomes.flatMap(waitItem)),
        ...folded(8, 'History', report.events.map(eventItem)),
        ...folded(10, 'Applied', applied.map(appliedItem)),
        ...folded(9, 'Notes', report.notes.map((note) => `- ${summary_details_text(note)}\n`)),
        ...targetSection(report),
    ];
}
function summary_details_text(foreign) {
    return markdownText(cutMessage(foreign, 2000));
}
function summary_details_code(foreign) {
    return markdownCode(foreign_text_cutText(foreign, 300));
}
function failureItem({ path, failure, during }) {
    const lines = [
        `**${summary_details_code(renderPlace(path, failure.position))}** ${during}: ${summary_details_text(failure.message)} (${renderFailureCode(failure.code, summary_details_code)})`,
        ...(failure.statement === undefined ? [] : [`Statement ${failure.statement} of the file.`]),
        ...(failure.hint === undefined
            ? []
            : [`${isSqlState(failure.code) ? 'Hint of the server' : 'Hint'}: ${summary_details_text(failure.hint)}`]),
        ...(failure.context ?? []).map((line) => `In ${summary_details_code(line)}`),
        ...(failure.blockers ?? []).map((one) => `Blocked by ${describeSession(one, summary_details_code)}`),
        ...(failure.excerpt === undefined ? [] : [markdownFrame(failure.excerpt, failure.position)]),
    ];
    return `${lines.join('\n\n')}\n\n`;
}
function driftItem(drift) {
    const { message, stored, present, help } = makeDriftText(drift, summary_details_code);
    const sums = present === undefined ? [`stored ${stored}`] : [`stored ${stored}`, `present ${present}`];
    return `- ${message}\n${sums.map((sum) => `  - ${sum}\n`).join('')}  - **Way out:** ${help}\n`;
}
function atomicityItem({ name, atomicity }) {
    return atomicity === undefined ? [] : [`- ${summary_details_code(name)}: ${summary_details_text(atomicity)}\n`];
}
function waitItem(outcome) {
    return wasInTheWay(outcome, summary_details_code).map((words) => `- ${summary_details_code(outcome.name)}: ${words}\n`);
}
function eventItem(event) {
    const { executedAt, version, name, executionTimeMs, executedBy, environment } = event;
    const facts = [
        summary_details_text(executedAt),
        summary_details_text(eventWord(event)),
        ...(version === '' ? [] : [summary_details_code(name ?? version)]),
        ...(executionTimeMs === null ? [] : [renderDuration(executionTimeMs)]),
        ...(executedBy === null ? [] : [`by ${summary_details_text(executedBy)}`]),
        ...(environment === null ? [] : [`on ${summary_details_code(environment)}`]),
        ...eventProof(event, summary_details_text),
        ...(event.approvalComment ? [`approval: ${summary_details_text(foreign_text_cutText(event.approvalComment, 300))}`] : []),
        ...(event.forced === null ? [] : [`forced ${summary_details_text(event.forced)}`]),
        ...[event.detail, event.errorMessage].flatMap((said) => said === null ? [] : [summary_details_text(foreign_text_cutText(said, 300))]),
    ];
    return `- ${facts.join(' \u00b7 ')}\n`;
}
function appliedItem({ version, name, appliedAt, thisRun }) {
    const when = thisRun ? 'in this run' : summary_details_text(appliedAt ?? 'at an unknown time');
    return `- ${summary_details_code(version)} ${summary_details_code(name)} ${when}\n`;
}
function targetSection({ target, plan, approval, directory }) {
    const items = [
        ...(directory === '' ? [] : [`- Migrations: ${summary_details_code(directory)}\n`]),
        ...(target === undefined
            ? []
            : [
                `- Target: database ${summary_details_code(target.database)} at ${summary_details_code(`${target.host}:${target.port}`)} as ${renderUser(target, summary_details_code)}\n`,
                `- Server: PostgreSQL ${summary_details_code(target.serverVersion)}, TLS ${target.tls}\n`,
                `- Tracking: ${summary_details_code(`${target.tracking.schema}.${target.tracking.table}`)} (${target.tracking.version === 'absent' ? 'not there yet' : `version ${target.tracking.version}`})\n`,
            ]),
        ...(plan?.hash === undefined ? [] : [`- Plan hash: ${summary_details_code(plan.hash)}\n`]),
        ...(approval === undefined ? [] : [`- Approved by ${makeApprovalText(approval, summary_details_code)}\n`]),
    ];
    if (items.length === 0)
        return [];
    const head = '\n<details><summary>Target, tracking, plan</summary>\n\n';
    return [{ rank: 8, head, items, tail: '\n</details>\n', more: () => '' }];
}

;// CONCATENATED MODULE: ./build/render/finding-counts.js

/** `2 errors, 1 warning, 3 suppressed, 1 forced`; empty where nothing was found. */
function renderCounts({ findings, suppressed }) {
    const forced = findings.filter(({ force }) => force === 'used').length;
    return [
        ...countSeverities(findings),
        ...(suppressed.length === 0 ? [] : [`${suppressed.length} suppressed`]),
        ...(forced === 0 ? [] : [`${forced} forced`]),
    ].join(', ');
}
/** `2 errors` and so on, the worst first, without those there are none of. */
function countSeverities(findings) {
    return ['error', 'warning', 'notice'].flatMap((severity) => {
        const count = findings.filter((finding) => finding.severity === severity).length;
        return count === 0 ? [] : [plural(count, severity)];
    });
}

;// CONCATENATED MODULE: ./build/render/summary-facts.js



/** What was run, where, how it ended and how long it took, each a few words of Markdown. */
function makeFacts(report) {
    const counts = renderCounts(report);
    return [
        `Command ${quote(report.command)}`,
        `environment ${quote(report.environment)}`,
        `status **${report.status}**`,
        ...(report.dryRun ? ['dry run'] : []),
        renderDuration(report.durationMs),
        ...(counts === '' ? [] : [`**${counts}**`]),
    ];
}
function quote(foreign) {
    return markdownCode(foreign_text_cutText(foreign, 200));
}

;// CONCATENATED MODULE: ./build/model/by-hand.js

/** How to look into a migration that is half done, and to say what became of it. */
const HALF_DONE_PAGE = docsPage('database', 'a-file-that-stopped-in-the-middle');
/** What to do about a statement of which nothing shows whether it is done. */
const SAY_WHAT_BECAME = (/* unused pure expression or super */ null && (`Then write into the row's journal whether it is done, or undone and to be run again: ${HALF_DONE_PAGE} says how.`));
/** What to do about a migration that is half done and that no run can carry on. */
function byHand(version) {
    return `Look at what it did (${HALF_DONE_PAGE}). Finish it by hand, then record that with repair --applied ${version}; or undo it by hand, then repair --clear ${version}.`;
}

;// CONCATENATED MODULE: ./build/render/advice.js




/** What to do next, a sentence each; empty where there is nothing to do. Foreign text goes through `quote`. */
function makeAdvice(report, quote) {
    const stopped = report.outcomes.find((o) => o.state !== 'applied' && o.state !== 'not-run');
    if (stopped !== undefined)
        return [...whatHappened(report, stopped), ...afterFailure(report, stopped, quote)];
    if (report.rehearsal.some((rehearsed) => rehearsed.state === 'failed')) {
        return ['Mend the file and run again. A file that is not applied yet may be edited freely.'];
    }
    if (report.exitCode !== 0 && report.status !== 'pending')
        return [];
    return whatIsLeft(report, quote);
}
function whatHappened(report, stopped) {
    const { appliedNow, notRun: without } = makeTally(report);
    const before = report.outcomes.slice(0, report.outcomes.indexOf(stopped));
    const undone = report.transaction === 'all' ? before.filter(({ state }) => state === 'not-run').length : 0;
    const notRun = without - undone;
    return [
        ...(appliedNow === 0 ? [] : [`Applied before it, and kept: ${plural(appliedNow, 'migration')}.`]),
        ...(undone === 0 ? [] : [`Rolled back with it: ${plural(undone, 'migration')}.`]),
        ...(notRun === 0 ? [] : [`Not reached: ${plural(notRun, 'migration')}.`]),
    ];
}
function afterFailure(report, stopped, quote) {
    const undo = wayBack(report, stopped);
    const name = quote(stopped.name);
    if (stopped.state === 'partial' && stopped.atomicity !== undefined && isAboutLocks(stopped.failure)) {
        return [
            `What is done of ${name} stays, and nothing in it need be mended: another session had the lock.`,
            ...wayToLock(stopped.failure, quote),
            'Then run again: the run goes on there.',
        ];
    }
    if (stopped.state === 'partial') {
        return [
            `The statements of ${name} before the failing one are done and stay. ${afterPart(stopped, quote)}`,
            ...undo,
        ];
    }
    if (needsAWord(stopped)) {
        return [
            `Every later run stops at ${name} until somebody has looked, and said what became of it: ${HALF_DONE_PAGE} says how.`,
        ];
    }
    if (didNotStop(stopped)) {
        return [
            `The server may be at work on it still, and holds the lock of the run until it ends. Then run ${quote(`devflow db status --env ${report.environment}`)}: it reads what was recorded.`,
        ];
    }
    if (stopped.state === 'unknown') {
        return [
            `When the database can be reached, run ${quote(`devflow db status --env ${report.environment}`)}: it reads what was recorded.`,
        ];
    }
    const kept = whatIsKept(stopped, name);
    if (report.endedBy !== undefined) {
        return [`${kept} To carry on, run again: what is applied is not applied again.`];
    }
    if (NOT_THE_FILE.includes(stopped.failure?.code ?? ''))
        return [`${kept} The file need not change: run again.`];
    if (stopped.failure?.code === HALF_DONE)
        return [`${kept} Do what the error says, and run again.`];
    if (waitedInVain(stopped.failure)) {
        return [
            `${kept} Another session had the lock, and the file need not change.`,
            ...wayToLock(stopped.failure, quote),
            'Then run again.',
        ];
    }
    return [`${kept} Mend it and run again: a failed file may be edited freely.`, ...undo];
}
/** Only from what was kept. */
function wayBack(report, { state }) {
    const isKept = makeTally(report).appliedNow > 0 || state === 'partial';
    return [
        ...(isKept
            ? [
                'To undo what was applied, write a new migration that reverses it; never edit or delete an applied file.',
            ]
            : []),
        ...(isKept && report.backup
            ? ['If data was harmed, restore the backup that was taken before the run.']
            : []),
        ...(isKept && report.isMarked
            ? ['If data was harmed, go back to the point in time before the run, which history shows.']
            : []),
    ];
}
/** What runs outside a transaction is not rolled back. */
function whatIsKept({ failure }, name) {
    return failure?.left
        ? `${name} is half done: what is left of it, and what the next run does with that, stands with the error.`
        : `Nothing of ${name} was kept.`;
}
/** What an earlier run left half done stands in the way. */
const HALF_DONE = 'DF007';
/** The connection was lost too often, or another run changed what this one was planned for. */
const NOT_THE_FILE = ['connection-lost', 'DF009'];
/** Only what was sent statement by statement has a journal that says where to go on. */
function afterPart({ atomicity, version, stuck }, quote) {
    if (stuck !== undefined)
        return `The next run does not go on behind them. ${quote(stuck)}`;
    return atomicity === undefined
        ? byHand(quote(version))
        : 'Mend the failing one, leave those before it as they are, and run again: the run goes on there.';
}
function isAboutLocks(failure) {
    const { code = '' } = failure ?? {};
    return ['55P03', '40P01'].includes(code) || waitedInVain(failure);
}
/** Not for a lock that was waited for and got before something else went wrong. */
function waitedInVain(failure) {
    const { code = '', blockers = [] } = failure ?? {};
    return blockers.length > 0 && ['55P03', '40P01', '57014'].includes(code);
}
function wayToLock({ blockers = [] }, quote) {
    const ends = blockers
        .filter(({ processId }) => processId !== 0)
        .slice(0, 5)
        .map(({ processId }) => quote(`SELECT pg_terminate_backend(${processId});`));
    const prepared = blockers.some(({ processId }) => processId === 0);
    return [
        ...(ends.length === 0 ? [] : [`Wait until it has ended, or end it: ${ends.join(' ')}`]),
        ...(prepared
            ? [`A prepared transaction stays until ${quote('COMMIT PREPARED')} or ${quote('ROLLBACK PREPARED')}.`]
            : []),
    ];
}
function whatIsLeft(report, quote) {
    const { pending } = makeTally(report);
    if (pending.length === 0 || report.status === 'applied')
        return [];
    const command = `devflow db migrate --env ${report.environment}`;
    const { ways = [], heldBy } = report.notRehearsed ?? {};
    if (ways.length === 0)
        return [`To apply: ${quote(command)}`];
    return [
        'To apply: have it rehearsed, in one of the ways above.',
        `To have it rehearsed on the target itself: ${quote(`${command} --rehearse target`)}`,
        heldBy === undefined
            ? `To apply without a rehearsal: ${quote(`${command} --rehearse off`)}`
            : `To apply without a rehearsal: set ${quote('rehearse: off')} for ${quote(report.environment)} in ${quote(heldBy)}, which holds against the flag.`,
    ];
}

;// CONCATENATED MODULE: ./build/render/graph.js
/** A dependency graph as Mermaid or DOT text, arrows leading from what is needed. Ends with a line end. */
function renderGraph(graph) {
    return graph.format === 'dot' ? renderDot(graph) : renderMermaid(graph);
}
/** https://mermaid.js.org/syntax/flowchart.html */
function renderMermaid({ names, edges }) {
    const nodes = names.map((name, index) => `  n${index}["${mermaidText(name)}"]\n`);
    const arrows = edges.map(({ needed, by }) => `  n${needed} --> n${by}\n`);
    return `flowchart TD\n${nodes.join('')}${arrows.join('')}`;
}
/** Names are foreign: whatever could end the label, begin markup or link somewhere is written as its code. */
function mermaidText(name) {
    return name.replace(/[^A-Za-z0-9_. /-]/gu, (character) => `#${character.codePointAt(0)};`);
}
/** https://graphviz.org/doc/info/lang.html */
function renderDot({ names, edges }) {
    const nodes = names.map((name, index) => `  n${index} [label="${dotText(name)}"];\n`);
    const arrows = edges.map(({ needed, by }) => `  n${needed} -> n${by};\n`);
    return `digraph migrations {\n  node [shape=box];\n${nodes.join('')}${arrows.join('')}}\n`;
}
/** In a label a backslash begins an escape and `&` an entity. */
function dotText(name) {
    return name
        .replaceAll('\\', '\\\\')
        .replaceAll('"', '\\"')
        .replaceAll('&', '&amp;')
        .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => `&#${character.codePointAt(0)};`);
}

;// CONCATENATED MODULE: ./build/render/summary-graph.js

/** What GitHub's Mermaid draws; beyond that it shows an error. */
const MOST_CHARACTERS = 50_000;
const MOST_EDGES = 500;
/** The dependency graph as a picture, or why there is none. */
function makeGraphSection({ graph }) {
    if (graph === undefined)
        return [];
    const text = renderMermaid(graph);
    const tooLarge = text.length > MOST_CHARACTERS || graph.edges.length > MOST_EDGES;
    const head = tooLarge
        ? '\nThe dependency graph is too large to be drawn here; `devflow db graph --format dot` writes it for Graphviz.\n'
        : `\n\`\`\`mermaid\n${text}\`\`\`\n`;
    return [{ rank: 3, head, items: [], tail: '', more: () => '' }];
}

;// CONCATENATED MODULE: ./build/render/step-words.js
/** What is said of a step, and how it is marked. */
const stepWords = {
    planned: { word: 'would be done', mark: '\u25cf', icon: '\ud83d\udccb' },
    done: { word: 'done', mark: '\u2714', icon: '\u2705' },
    failed: { word: 'failed', mark: '\u2716', icon: '\u274c' },
    partial: { word: 'done in part', mark: '!', icon: '\u26a0\ufe0f' },
    'not-run': { word: 'not reached', mark: '\u2013', icon: '\u23ed\ufe0f' },
    unknown: { word: 'not known whether it was done', mark: '?', icon: '\u2753' },
};

;// CONCATENATED MODULE: ./build/render/summary-operation.js



/** For the job summary: a table of the steps of an operation. */
function makeOperationSection({ operation }) {
    const steps = operation?.steps ?? [];
    if (steps.length === 0)
        return [];
    const head = '\n| Step | State | Time |\n| :-- | :-- | --: |\n';
    const more = (count) => `| and ${count} more | | |\n`;
    return [{ rank: 3, head, items: steps.map(row), tail: '', more }];
}
function row({ what, state, details = [], durationMs, failure }) {
    const { icon, word } = stepWords[state];
    const why = failure === undefined ? [] : [`${failure.message} (${failure.code})`];
    const told = [what, ...details, ...why].map((text) => cell(text)).join('<br>');
    return `| ${told} | ${icon} ${word} | ${durationMs === undefined ? '' : renderDuration(durationMs)} |\n`;
}
/** A bar would end the cell, and a line end the table. */
function cell(text) {
    return markdownText(foreign_text_cutText(text, 500)).replaceAll(/\s*\n\s*/g, ' ');
}

;// CONCATENATED MODULE: ./build/render/side-words.js
/** Which side has what of a version: the file, our table, the Supabase CLI's; and the command that mends it. */
function makeSideRow(side) {
    const { file, ours, supabase } = side;
    const isOurs = ours === 'completed';
    return {
        side,
        file: file ? 'yes' : 'none',
        ours: ours ?? 'none',
        supabase: supabase ? 'applied' : 'none',
        says: wordsOf(side),
        isFine: file && (supabase ? isOurs : ours === null || (isOurs && !isPushed(side))),
    };
}
function wordsOf(side) {
    const { version, file, ours, supabase } = side;
    const isOurs = ours === 'completed';
    if (!file && supabase)
        return `no file: fetch it from the branch that has it, or repair --reverted ${version}`;
    if (!file)
        return isOurs ? 'no file: fetch it from the branch that has it' : `no file, ${ours}`;
    if (supabase)
        return isOurs ? 'in step' : 'applied by the Supabase CLI: the next migrate records it here';
    if (!isOurs)
        return ours === null ? 'pending' : `${ours}: pending for both`;
    return isPushed(side)
        ? `missing there: repair --applied ${version} if it is applied, --reverted ${version} if it was undone`
        : 'applied; the Supabase CLI does not read a file of this name';
}
/** The Supabase CLI reads files of such names, and no others. */
function isPushed({ name }) {
    return /^\d+_.*\.sql$/s.test(name);
}

;// CONCATENATED MODULE: ./build/render/summary-sides.js


/** For `status`, where the Supabase CLI's table is kept in step: which side has what. */
function makeSidesSection({ command, sides = [] }) {
    if (command !== 'status' || sides.length === 0)
        return [];
    const head = '\n| Name | File | devflow | Supabase | |\n| :-- | :-- | :-- | :-- | :-- |\n';
    const more = (count) => `| \u2026 | and ${count} more | | | |\n`;
    return [{ rank: 6, head, items: sides.map((side) => tableRow(makeSideRow(side))), tail: '', more }];
}
function tableRow({ side, file, ours, supabase, says }) {
    const name = markdownCode(foreign_text_cutText(side.name, 200));
    return `| ${name} | ${file} | ${markdownText(ours)} | ${supabase} | ${markdownText(foreign_text_cutText(says, 300))} |\n`;
}

;// CONCATENATED MODULE: ./build/render/summary-main.js








/**
 * What stands open below the verdict: what is wrong, the plan, where it was rehearsed, what to do next.
 *
 * @param facts more that the rehearsal showed
 */
function makeMainSections(report, facts = []) {
    return [
        ...problems(report),
        ...makeGraphSection(report),
        ...makeOperationSection(report),
        ...table(report),
        ...makeSidesSection(report),
        ...makeRehearsalSection(report),
        ...facts,
        ...next(report),
    ];
}
function problems(report) {
    if (report.problems.length === 0)
        return [];
    const items = report.problems.map(({ message, help, lines }) => `- ${markdownText(foreign_text_cutText(message, 2000))}\n  **Way out:** ${markdownText(foreign_text_cutText(help, 2000))}\n${block(lines)}`);
    const more = (count) => `- and ${count} more\n`;
    return [{ rank: 1, head: '\n### What is wrong\n\n', items, tail: '', more }];
}
/** Lines to be copied stand on their own. */
function block(lines) {
    return lines === undefined ? '' : `\n${markdownBlock(lines, 'yaml')}\n\n`;
}
function next(report) {
    const { operation } = report;
    const sentences = operation ? (operation.next ?? []).map(markdownProse) : makeAdvice(report, summary_main_quote);
    const items = sentences.map((sentence) => `- ${sentence}\n`);
    if (items.length === 0)
        return [];
    return [{ rank: 2, head: '\n### What to do next\n\n', items, tail: '', more: () => '' }];
}
function table(report) {
    const rows = makeRows(report);
    if (rows.length === 0)
        return [];
    const head = '\n| Version | Name | State | Mode | Time |\n| :-- | :-- | :-- | :-- | --: |\n';
    const more = (count) => `| \u2026 | and ${count} more | | | |\n`;
    return [{ rank: 4, head, items: rows.map(summary_main_tableRow), tail: '', more }];
}
function summary_main_tableRow(row) {
    const { icon, word } = rowWords[row.state];
    const state = row.outOfOrder ? `${icon} ${word} (out of order)` : `${icon} ${word}`;
    const time = row.durationMs === undefined ? '' : renderDuration(row.durationMs);
    return `| ${summary_main_quote(row.version)} | ${summary_main_quote(row.name)} | ${state} | ${row.mode} | ${time} |\n`;
}
function summary_main_quote(foreign) {
    return markdownCode(foreign_text_cutText(foreign, 200));
}

;// CONCATENATED MODULE: ./build/render/summary.js






/**
 * GitHub-flavoured Markdown for the job summary: the verdict, one table, everything else folded. GitHub drops a
 * summary above 1 MiB whole, so it stays within `limitBytes` of UTF-8 by leaving out details, then table rows.
 */
function renderSummary(report, limitBytes = 1_000_000) {
    return fitSections([verdict(report), ...makeMainSections(report), ...makeDetails(report)], limitBytes);
}
function summary_quote(foreign) {
    return markdownCode(foreign_text_cutText(foreign, 200));
}
function verdict(report) {
    const { icon, text } = makeHeadline(report, summary_quote);
    return {
        rank: 0,
        head: `## ${icon} ${text}\n\n${makeFacts(report).join(' \u00b7 ')}\n${toApprove(report)}`,
        items: [],
        tail: '',
        more: () => '',
    };
}
/** By which whoever approves a plan names it. */
function toApprove({ command, dryRun, plan }) {
    const isPlan = command === 'plan' || dryRun;
    return isPlan && plan?.hash !== undefined ? `\nPlan hash: ${summary_quote(plan.hash)}\n` : '';
}

;// CONCATENATED MODULE: ./build/programs/library/migration-validator.js



/** Checks of migration files; needs no database. The environment decides how strict the rules are. */
class MigrationValidator {
    #place;
    /** @param directory relative to the working directory of the process, or to `place.folder` */
    constructor(directory, environment, place = {}) {
        this.#place = { ...place, directory, environment };
    }
    /** @throws MigrationError where the set-up is wrong: the folder is not there, the configuration is not understood */
    async validateAllMigrations() {
        const report = await runQuietly(this.#place, 'validate', { given: { all: 'true' } });
        if (report.exitCode === 2)
            throwUnlessDone(report);
        const { fileCount, findings } = report;
        return { valid: report.exitCode === 0, fileCount, findings, report };
    }
    /**
     * Names of the files in the order of application: what needs another file comes after it.
     *
     * @throws MigrationError where there is no such order: a file is missing, or they need one another
     */
    async calculateExecutionOrder() {
        const report = await runQuietly(this.#place, 'graph');
        throwUnlessDone(report);
        return report.graph?.names ?? [];
    }
    /** Markdown, as the job summary has it. */
    generateValidationReport({ report }) {
        return renderSummary(report);
    }
}

;// CONCATENATED MODULE: ./build/index.js




/**
 * Status and migrations over HTTP, for databases that are not production, as a function of the Fetch standard that any
 * framework's route can be: `GET` answers with the status, `POST {"dryRun": true | false}` rehearses or applies. The answer
 * is the JSON report (`schema/report.schema.json`), or `{ error, help }`.
 *
 * Answers 403 where NODE_ENV or the environment is production, and where there is neither `token` nor `authorize`, or no
 * `databaseUrl`: an unset variable must not let everybody in, nor choose another database.
 *
 * @throws TypeError where both `token` and `authorize` are given, or a command that can not be allowed
 */
function createHandler(options) {
    return makeHandler(options);
}
/**
 * Migrations of one environment, as the command line sees them with `--ci`: the same configuration, gates, rehearsal and
 * history. Connects only when asked something.
 *
 * @param environment as `--env`
 */
async function createMigrationTracker(environment, place = {}) {
    return openTracker({ ...place, environment });
}

var __webpack_exports__MigrationError = __webpack_exports__.Py;
var __webpack_exports__MigrationValidator = __webpack_exports__.P_;
var __webpack_exports__createHandler = __webpack_exports__.jK;
var __webpack_exports__createMigrationTracker = __webpack_exports__.JA;
export { __webpack_exports__MigrationError as MigrationError, __webpack_exports__MigrationValidator as MigrationValidator, __webpack_exports__createHandler as createHandler, __webpack_exports__createMigrationTracker as createMigrationTracker };
