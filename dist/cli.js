#!/usr/bin/env node
import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 1455:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");

/***/ }),

/***/ 8161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 8500:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");

/***/ }),

/***/ 7066:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tty");

/***/ }),

/***/ 3986:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var node_tty__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7066);
/* harmony import */ var _config_parse_arguments_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6105);
/* harmony import */ var _config_render_help_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5155);
/* harmony import */ var _github_cli_in_job_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(7573);
/* harmony import */ var _github_groups_js__WEBPACK_IMPORTED_MODULE_21__ = __nccwpck_require__(1028);
/* harmony import */ var _github_step_log_js__WEBPACK_IMPORTED_MODULE_24__ = __nccwpck_require__(3381);
/* harmony import */ var _host_end_on_signals_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(2386);
/* harmony import */ var _host_leave_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(6500);
/* harmony import */ var _host_run_files_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(5888);
/* harmony import */ var _host_spare_memory_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(8440);
/* harmony import */ var _host_write_answer_js__WEBPACK_IMPORTED_MODULE_15__ = __nccwpck_require__(7527);
/* harmony import */ var _model_tool_version_js__WEBPACK_IMPORTED_MODULE_16__ = __nccwpck_require__(6327);
/* harmony import */ var _programs_start_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(5187);
/* harmony import */ var _render_annotation_command_js__WEBPACK_IMPORTED_MODULE_25__ = __nccwpck_require__(196);
/* harmony import */ var _render_annotations_js__WEBPACK_IMPORTED_MODULE_9__ = __nccwpck_require__(9987);
/* harmony import */ var _render_bar_js__WEBPACK_IMPORTED_MODULE_23__ = __nccwpck_require__(7044);
/* harmony import */ var _render_force_question_js__WEBPACK_IMPORTED_MODULE_27__ = __nccwpck_require__(9291);
/* harmony import */ var _render_foreign_text_js__WEBPACK_IMPORTED_MODULE_20__ = __nccwpck_require__(7357);
/* harmony import */ var _render_graph_js__WEBPACK_IMPORTED_MODULE_17__ = __nccwpck_require__(4569);
/* harmony import */ var _render_json_js__WEBPACK_IMPORTED_MODULE_10__ = __nccwpck_require__(5103);
/* harmony import */ var _render_operation_question_js__WEBPACK_IMPORTED_MODULE_26__ = __nccwpck_require__(8629);
/* harmony import */ var _render_progress_js__WEBPACK_IMPORTED_MODULE_11__ = __nccwpck_require__(5338);
/* harmony import */ var _render_provenance_js__WEBPACK_IMPORTED_MODULE_18__ = __nccwpck_require__(3890);
/* harmony import */ var _render_result_renderers_js__WEBPACK_IMPORTED_MODULE_19__ = __nccwpck_require__(8301);
/* harmony import */ var _render_summary_js__WEBPACK_IMPORTED_MODULE_12__ = __nccwpck_require__(1247);
/* harmony import */ var _render_terminal_js__WEBPACK_IMPORTED_MODULE_13__ = __nccwpck_require__(9117);
/* harmony import */ var _terminal_ask_js__WEBPACK_IMPORTED_MODULE_14__ = __nccwpck_require__(1543);
/* harmony import */ var _terminal_show_progress_js__WEBPACK_IMPORTED_MODULE_22__ = __nccwpck_require__(194);




























/** `devflow`: the answer goes to standard output, everything else to standard error. */
async function main() {
    const wanted = (0,_config_parse_arguments_js__WEBPACK_IMPORTED_MODULE_1__/* .parseArguments */ .W)(process.argv.slice(2), process.env, process.cwd());
    if (wanted.kind === 'help')
        process.exitCode = await (0,_host_write_answer_js__WEBPACK_IMPORTED_MODULE_15__/* .writeAnswer */ .Q)((0,_config_render_help_js__WEBPACK_IMPORTED_MODULE_2__/* .renderHelp */ .W)(), 0);
    else if (wanted.kind === 'version')
        process.exitCode = await (0,_host_write_answer_js__WEBPACK_IMPORTED_MODULE_15__/* .writeAnswer */ .Q)(`${_model_tool_version_js__WEBPACK_IMPORTED_MODULE_16__/* .TOOL_VERSION */ .w}\n`, 0);
    else
        await command(wanted.inputs, wanted.json);
}
async function command(inputs, json) {
    const color = wantsColor(process.stderr, inputs);
    const log = openLog(inputs, color);
    const signal = (0,_host_end_on_signals_js__WEBPACK_IMPORTED_MODULE_4__/* .endOnSignals */ .c)((name) => log.observe({ kind: 'cancelling', signal: name }));
    // Not process.stdin, which costs some milliseconds to make.
    const asks = !inputs.ci && (0,node_tty__WEBPACK_IMPORTED_MODULE_0__.isatty)(0) && process.stderr.isTTY === true;
    const system = {
        observe: log.observe,
        now: () => new Date(),
        spareMemory: _host_spare_memory_js__WEBPACK_IMPORTED_MODULE_7__/* .spareMemory */ .$,
        signal,
        ...(asks ? asking(log.close, signal) : {}),
    };
    const report = await (0,_programs_start_js__WEBPACK_IMPORTED_MODULE_8__/* .start */ .n)(inputs, system, log.begin);
    log.close();
    if ((0,_github_cli_in_job_js__WEBPACK_IMPORTED_MODULE_3__/* .isInJob */ .T)(process.env))
        await tellJob(report);
    await log.end(report);
    const answer = json ? (0,_render_json_js__WEBPACK_IMPORTED_MODULE_10__/* .renderJson */ .h)(report) : renderAnswer(report, style(inputs));
    const exitCode = await (0,_host_write_answer_js__WEBPACK_IMPORTED_MODULE_15__/* .writeAnswer */ .Q)(answer, report.exitCode);
    // Goodbye is said to the server by now. Nobody waits for its answer, which may never come.
    await (0,_host_leave_js__WEBPACK_IMPORTED_MODULE_5__/* .leave */ .q)(exitCode);
}
/** A graph is for other programs: what else there is to tell goes to standard error. */
function renderAnswer(report, look) {
    if (report.graph === undefined)
        return (0,_render_terminal_js__WEBPACK_IMPORTED_MODULE_13__/* .renderTerminal */ .b)(report, look);
    if (report.exitCode !== 0 || report.findings.length > 0)
        process.stderr.write((0,_render_terminal_js__WEBPACK_IMPORTED_MODULE_13__/* .renderTerminal */ .b)(report, look));
    return (0,_render_graph_js__WEBPACK_IMPORTED_MODULE_17__/* .renderGraph */ .D)(report.graph);
}
function style(inputs) {
    const { columns } = process.stdout;
    const { verbose } = inputs;
    return { color: wantsColor(process.stdout, inputs), verbose, ...(columns ? { width: columns } : {}) };
}
/** https://no-color.org: any non-empty value means no colour. */
function wantsColor(stream, { ci, variables }) {
    return !ci && stream.isTTY === true && !variables.NO_COLOR && variables.TERM !== 'dumb';
}
/** Progress: a bar on a terminal, groups in a GitHub job, lines elsewhere; and all of it in the log file. */
function openLog(inputs, color) {
    const files = (0,_host_run_files_js__WEBPACK_IMPORTED_MODULE_6__/* .makeRunFiles */ .v)();
    const line = (event) => (0,_render_progress_js__WEBPACK_IMPORTED_MODULE_11__/* .renderProgress */ .E)(event, { color });
    const shown = chooseLog(inputs, line);
    return {
        observe: (event) => {
            files.note(() => (0,_render_progress_js__WEBPACK_IMPORTED_MODULE_11__/* .renderProgress */ .E)(event, { color: false }));
            shown.observe(event);
        },
        begin: async (config) => {
            await files.open(config);
            if (config.verbose)
                process.stderr.write((0,_render_provenance_js__WEBPACK_IMPORTED_MODULE_18__/* .renderProvenance */ ._)(config));
        },
        close: shown.close,
        end: async (report) => {
            const problems = await files.end(() => (0,_render_terminal_js__WEBPACK_IMPORTED_MODULE_13__/* .renderTerminal */ .b)(report, { color: false }), (redact) => (0,_render_result_renderers_js__WEBPACK_IMPORTED_MODULE_19__/* .resultRenderers */ .k)(report, (0,_github_cli_in_job_js__WEBPACK_IMPORTED_MODULE_3__/* .isInJob */ .T)(process.env), redact));
            for (const problem of problems)
                process.stderr.write(`${(0,_render_foreign_text_js__WEBPACK_IMPORTED_MODULE_20__/* .logText */ .kc)(problem)}\n`);
        },
    };
}
function chooseLog({ ci }, line) {
    if ((0,_github_cli_in_job_js__WEBPACK_IMPORTED_MODULE_3__/* .isInJob */ .T)(process.env))
        return (0,_github_groups_js__WEBPACK_IMPORTED_MODULE_21__/* .makeGroupedLog */ .b)(stepLog(), line);
    if (!ci && process.stderr.isTTY)
        return (0,_terminal_show_progress_js__WEBPACK_IMPORTED_MODULE_22__/* .showProgress */ .R)(process.stderr, { line, bar: _render_bar_js__WEBPACK_IMPORTED_MODULE_23__/* .renderBar */ .o });
    const observe = (event) => {
        const text = line(event);
        if (text !== undefined)
            process.stderr.write(`${text}\n`);
    };
    return { observe, close: () => { } };
}
function stepLog() {
    return (0,_github_step_log_js__WEBPACK_IMPORTED_MODULE_24__/* .makeStepLog */ .x)((chunk) => process.stderr.write(chunk), _render_foreign_text_js__WEBPACK_IMPORTED_MODULE_20__/* .logText */ .kc);
}
function tellJob(report) {
    const annotations = (0,_render_annotations_js__WEBPACK_IMPORTED_MODULE_9__/* .makeAnnotations */ .n)(report).map(_render_annotation_command_js__WEBPACK_IMPORTED_MODULE_25__/* .renderAnnotation */ .q);
    return (0,_github_cli_in_job_js__WEBPACK_IMPORTED_MODULE_3__/* .deliverInJob */ .s)(annotations, (limit) => (0,_render_summary_js__WEBPACK_IMPORTED_MODULE_12__/* .renderSummary */ .B)(report, limit), process.env, stepLog());
}
function asking(clear, signal) {
    return {
        confirm: confirmPlan(clear, signal),
        confirmOperation: confirmOperation(clear, signal),
        confirmForce: confirmForce(clear, signal),
    };
}
/** Staging and production are asked about, where somebody is there to answer. */
function confirmPlan(clear, signal) {
    return async (plan, { environment }) => {
        if (environment.class === 'development')
            return true;
        clear();
        const count = plan.migrations.length;
        return (0,_terminal_ask_js__WEBPACK_IMPORTED_MODULE_14__/* .ask */ .k)(`Apply ${count} ${count === 1 ? 'migration' : 'migrations'} to ${(0,_render_foreign_text_js__WEBPACK_IMPORTED_MODULE_20__/* .logText */ .kc)(environment.name)}?`, signal);
    };
}
/** As with a plan; what would be done is shown first, since no plan was. */
function confirmOperation(clear, signal) {
    return async (operation, { command, environment }) => {
        if (environment.class === 'development')
            return true;
        clear();
        process.stderr.write((0,_render_operation_question_js__WEBPACK_IMPORTED_MODULE_26__/* .renderOperationQuestion */ .k)(operation));
        return (0,_terminal_ask_js__WEBPACK_IMPORTED_MODULE_14__/* .ask */ .k)(`Do this (${command}) on ${(0,_render_foreign_text_js__WEBPACK_IMPORTED_MODULE_20__/* .logText */ .kc)(environment.name)}?`, signal);
    };
}
/** Whoever says yes is recorded. */
function confirmForce(clear, signal) {
    return (findings, { environment }) => {
        clear();
        process.stderr.write((0,_render_force_question_js__WEBPACK_IMPORTED_MODULE_27__/* .renderForceQuestion */ .K)(findings));
        return (0,_terminal_ask_js__WEBPACK_IMPORTED_MODULE_14__/* .ask */ .k)(`Force it on ${(0,_render_foreign_text_js__WEBPACK_IMPORTED_MODULE_20__/* .logText */ .kc)(environment.name)}, on your name?`, signal);
    };
}
// Whoever read the output may be gone; what is being applied goes on, and the exit code still tells.
for (const stream of [process.stdout, process.stderr])
    stream.on('error', () => { });
await main();

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 6123:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   L9: () => (/* binding */ IN_ACTION),
/* harmony export */   P6: () => (/* binding */ JUDGING),
/* harmony export */   Wt: () => (/* binding */ CHANGING),
/* harmony export */   Zt: () => (/* binding */ CONNECTING),
/* harmony export */   _m: () => (/* binding */ PLANNING),
/* harmony export */   _r: () => (/* binding */ LOCKING),
/* harmony export */   eo: () => (/* binding */ isOperating),
/* harmony export */   rq: () => (/* binding */ READING),
/* harmony export */   y2: () => (/* binding */ ALL)
/* harmony export */ });
/* harmony import */ var _commands_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6601);

/** The commands that an input changes something for. */
const ALL = Object.keys(_commands_js__WEBPACK_IMPORTED_MODULE_0__/* .COMMANDS */ .L);
/** What the action's input `command` takes. */
const IN_ACTION = ALL.filter((command) => _commands_js__WEBPACK_IMPORTED_MODULE_0__/* .COMMANDS */ .L[command].entries.includes('action'));
const READING = ALL.filter((command) => command !== 'setup');
const CONNECTING = ALL.filter((command) => _commands_js__WEBPACK_IMPORTED_MODULE_0__/* .COMMANDS */ .L[command].connects);
const LOCKING = ALL.filter((command) => _commands_js__WEBPACK_IMPORTED_MODULE_0__/* .COMMANDS */ .L[command].locks);
const CHANGING = ALL.filter((command) => _commands_js__WEBPACK_IMPORTED_MODULE_0__/* .COMMANDS */ .L[command].changes);
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


/***/ }),

/***/ 6601:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ COMMANDS)
/* harmony export */ });
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


/***/ }),

/***/ 7704:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ didYouMean)
/* harmony export */ });
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


/***/ }),

/***/ 2989:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  h: () => (/* binding */ CLI_FLAGS),
  m: () => (/* binding */ INPUTS)
});

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

// EXTERNAL MODULE: ./build/config/command-groups.js
var command_groups = __nccwpck_require__(6123);
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
        commands: command_groups/* PLANNING */._m,
    },
    confirm: {
        flag: '--confirm',
        kind: 'text',
        default: 'nothing',
        doc: 'MIGRATE-PRODUCTION, typed by a person, where the environment\u2019s approval is a confirmation.',
        commands: command_groups/* CHANGING */.Wt,
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
        commands: ['validate', 'plan', 'dry-run', ...command_groups/* CHANGING */.Wt],
    },
    ephemeral: {
        flag: '--ephemeral',
        kind: 'flag',
        default: 'the file\u2019s `ephemeral`, else `false`',
        doc: 'The database is thrown away with the job: it may be connected to whoever\u2019s pull request runs.',
        commands: command_groups/* CONNECTING */.Zt,
    },
    comment: {
        flag: '--comment',
        kind: 'choice',
        values: COMMENT_MODES,
        default: '`off`',
        doc: 'Tell of the run in a comment on the pull request: kept up to date, or made anew each time.',
        commands: ['validate', ...command_groups/* PLANNING */._m],
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
        values: command_groups/* IN_ACTION */.L9,
        default: '`migrate` in the action; on the command line one is named',
        doc: 'What to do.',
        commands: command_groups/* ALL */.y2,
    },
    environment: {
        flag: '--env',
        kind: 'text',
        variable: 'ENVIRONMENT',
        default: 'on the command line `NODE_ENV`, else `local`; the action needs one named for whatever connects',
        doc: 'The environment to work on.',
        commands: command_groups/* READING */.rq,
    },
    config: {
        flag: '--config',
        kind: 'path',
        default: '`devflow.yml` (or `devflow.yaml`) in the working directory, where there is one',
        doc: 'The configuration file.',
        commands: command_groups/* READING */.rq,
    },
    directory: {
        flag: '--directory',
        kind: 'path',
        default: 'the file\u2019s `directory`, else `migrations`, else `supabase/migrations`',
        doc: 'The folder of the migration files.',
        commands: command_groups/* READING */.rq,
    },
    'working-directory': {
        flag: '--working-directory',
        kind: 'path',
        default: 'the workspace; on the command line the current folder',
        doc: 'The folder that all other relative paths start from.',
        commands: command_groups/* READING */.rq,
    },
    'database-url': {
        flag: '--database-url',
        kind: 'text',
        variable: 'DATABASE_URL',
        default: 'the variable that the environment\u2019s `url_env` names',
        doc: 'The URL of the database: from a secret, better by its variable, because command lines can be seen by others.',
        commands: command_groups/* CONNECTING */.Zt,
    },
    'dry-run': {
        flag: '--dry-run',
        kind: 'flag',
        variable: 'DRY_RUN',
        default: '`false`; a `true` from any source wins',
        doc: 'Plan and rehearse, apply nothing.',
        commands: command_groups/* LOCKING */._r,
    },
    version: {
        flag: '--version',
        kind: 'text',
        default: 'every pending one',
        doc: 'Exactly this pending migration; refused while older ones are pending, unless out of order is allowed. For rollback exactly this applied one.',
        commands: [...command_groups/* PLANNING */._m, 'rollback'],
    },
    to: {
        flag: '--to',
        kind: 'text',
        default: 'the newest',
        doc: 'Pending migrations up to and including this version. For rollback the version to go back to: what was applied after it is undone. For baseline the last that is recorded.',
        commands: [...command_groups/* PLANNING */._m, 'rollback', 'baseline'],
    },
    'allow-out-of-order': {
        flag: '--allow-out-of-order',
        kind: 'flag',
        default: 'the file\u2019s `allow_out_of_order`, else `false`; a `false` from any source wins',
        doc: 'Apply a pending file that sorts before an applied one.',
        commands: [...command_groups/* CONNECTING */.Zt, 'validate'],
    },
    rehearse: {
        flag: '--rehearse',
        kind: 'choice',
        values: REHEARSE_MODES,
        default: 'the file\u2019s `rehearse`, else `auto`; an `off` holds only where no source names anything else',
        doc: 'Where the pending migrations are tried before they are applied: on a shadow, thrown away; on the target, rolled back; not at all; or (auto) on a shadow for what is protected, else on the target.',
        commands: [...command_groups/* PLANNING */._m, 'rollback'],
    },
    'shadow-url': {
        flag: '--shadow-url',
        kind: 'text',
        variable: 'SHADOW_DATABASE_URL',
        default: 'the variable that the environment\u2019s `shadow_url_env` names',
        doc: 'The URL of a server to rehearse on, in a database of its own that is dropped afterwards: a service container.',
        commands: [...command_groups/* PLANNING */._m, 'rollback', 'baseline', 'verify', 'backup'],
    },
    ...GATE_INPUTS,
    ...BACKUP_INPUTS,
    force: {
        flag: '--force',
        kind: 'flag',
        variable: 'FORCE_RUN',
        default: '`false`; a `false` from any source wins',
        doc: 'Let findings of level force not stop the run. What was forced is shown and recorded, with who ran it.',
        commands: [...command_groups/* JUDGING */.P6, 'rollback'],
    },
    'lock-wait': {
        flag: '--lock-wait',
        kind: 'duration',
        default: 'the file\u2019s `lock-wait`, else `5m`',
        doc: 'How long to wait for another run on the same database to finish.',
        commands: command_groups/* LOCKING */._r,
    },
    'lock-timeout': {
        flag: '--lock-timeout',
        kind: 'duration',
        default: 'the file\u2019s `lock-timeout`, else `3s`',
        doc: 'How long one attempt waits for a table lock; a timeout is tried again within bounds.',
        commands: command_groups/* LOCKING */._r,
    },
    'statement-timeout': {
        flag: '--statement-timeout',
        kind: 'duration',
        variable: 'TIMEOUT',
        default: 'the file\u2019s `statement-timeout`, else `0`: no limit',
        doc: 'How long one statement may run. The variable is in seconds, without a unit.',
        commands: command_groups/* LOCKING */._r,
    },
    'idle-in-transaction-session-timeout': {
        flag: '--idle-in-transaction-session-timeout',
        kind: 'duration',
        default: 'the file\u2019s `idle-in-transaction-session-timeout`, else `0`: no limit',
        doc: 'How long the server keeps a transaction of ours open in which nothing runs.',
        commands: command_groups/* LOCKING */._r,
    },
    'transaction-timeout': {
        flag: '--transaction-timeout',
        kind: 'duration',
        default: 'the file\u2019s `transaction-timeout`, else `0`: no limit',
        doc: 'How long one transaction may take, on PostgreSQL 17 and newer.',
        commands: command_groups/* LOCKING */._r,
    },
    transaction: {
        flag: '--transaction',
        kind: 'choice',
        values: TRANSACTION_MODES,
        default: 'the file\u2019s `transaction`, else `file`',
        doc: 'One transaction for each file, one for all pending files, or none: each statement alone.',
        commands: [...command_groups/* PLANNING */._m, 'rollback'],
    },
    'tls-ca': {
        flag: '--tls-ca',
        kind: 'path',
        default: 'the certificate authorities that Node trusts',
        doc: 'A PEM file of certificate authorities to trust for the database\u2019s certificate.',
        commands: command_groups/* CONNECTING */.Zt,
    },
    'log-file': {
        flag: '--log-file',
        kind: 'path',
        default: 'none',
        doc: 'A file that the log of the run is written to as well.',
        commands: command_groups/* READING */.rq,
    },
    'sarif-file': {
        flag: '--sarif-file',
        kind: 'path',
        default: 'none',
        doc: 'A file that the findings are written to as SARIF 2.1.0, for code scanning and editors.',
        commands: command_groups/* READING */.rq,
    },
    'junit-file': {
        flag: '--junit-file',
        kind: 'path',
        default: 'none',
        doc: 'A file that the findings are written to as JUnit XML.',
        commands: command_groups/* READING */.rq,
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


/***/ }),

/***/ 6105:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  W: () => (/* binding */ parseArguments)
});

;// CONCATENATED MODULE: external "node:util"
const external_node_util_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");
// EXTERNAL MODULE: ./build/config/commands.js
var commands = __nccwpck_require__(6601);
// EXTERNAL MODULE: ./build/config/did-you-mean.js
var did_you_mean = __nccwpck_require__(7704);
// EXTERNAL MODULE: ./build/config/inputs.js + 8 modules
var inputs = __nccwpck_require__(2989);
// EXTERNAL MODULE: ./build/config/show-value.js
var show_value = __nccwpck_require__(1670);
;// CONCATENATED MODULE: ./build/config/parse-arguments.js





/**
 * Text \u2192 what to do. Never throws: mistakes go into the inputs, to be told together with those of the configuration.
 *
 * @param words what follows the program's name
 */
function parseArguments(words, variables, folder) {
    if (words.length === 0 || words.every((word) => ['--help', '-h', 'help'].includes(word)))
        return { kind: 'help' };
    if (words.length === 1 && ['--version', '-V'].includes(words[0] ?? ''))
        return { kind: 'version' };
    const found = readWords(words);
    if (found.switches.has('--help'))
        return { kind: 'help' };
    return {
        kind: 'run',
        json: found.switches.has('--json'),
        inputs: {
            entry: 'cli',
            given: found.given,
            variables,
            folder,
            ci: found.switches.has('--ci'),
            verbose: found.switches.has('--verbose'),
            fix: found.switches.has('--fix'),
            ...(found.name === undefined ? {} : { name: found.name }),
            mistakes: found.mistakes,
        },
    };
}
const BY_FLAG = new Map(Object.entries(inputs/* INPUTS */.m).flatMap(([name, spec]) => spec.flag ? [[spec.flag, { ...spec, name: name }]] : []));
const SWITCHES = Object.keys(inputs/* CLI_FLAGS */.h);
const VERBS = Object.entries(commands/* COMMANDS */.L).flatMap(([verb, { entries }]) => entries.includes('cli') ? [verb] : []);
function readWords(words) {
    const found = { given: {}, switches: new Set(), mistakes: [] };
    const { tokens } = (0,external_node_util_namespaceObject.parseArgs)({
        args: [...words],
        options: parserOptions(),
        strict: false,
        allowPositionals: true,
        tokens: true,
    });
    const verbs = [];
    for (const token of tokens) {
        if (token.kind === 'positional')
            verbs.push(token.value);
        if (token.kind === 'option')
            readOption(token, found);
    }
    readVerbs(verbs, found);
    return found;
}
function parserOptions() {
    const flags = [...BY_FLAG].map(([flag, { kind }]) => [flag.slice(2), { type: kind === 'flag' ? 'boolean' : 'string' }]);
    const switches = SWITCHES.map((flag) => [flag.slice(2), { type: 'boolean' }]);
    return Object.fromEntries([...flags, ...switches, ['help', { type: 'boolean', short: 'h' }]]);
}
function readOption({ rawName, name, value, inlineValue }, found) {
    const flag = `--${name}`;
    const spec = BY_FLAG.get(flag);
    if (SWITCHES.includes(flag)) {
        if (value !== undefined)
            found.mistakes.push({ message: `${flag} takes no value.`, help: `Write ${flag} alone.` });
        found.switches.add(flag);
    }
    else if (!spec || rawName !== flag) {
        found.mistakes.push(unknownFlag(rawName));
    }
    else if (spec.kind !== 'flag' && (value === undefined || (!inlineValue && value.startsWith('--')))) {
        found.mistakes.push({ message: `${flag} needs a value.`, help: `Write ${flag}=\u2026 or ${flag} \u2026.` });
        // The parser took the next flag for the value.
        if (value !== undefined && SWITCHES.includes(value))
            found.switches.add(value);
    }
    else if (found.given[spec.name] !== undefined) {
        found.mistakes.push({ message: `${flag} is given twice.`, help: 'Give it once.' });
    }
    else if (value !== '') {
        found.given[spec.name] = value ?? 'true';
    }
}
function unknownFlag(flag) {
    const known = [...BY_FLAG.keys(), ...SWITCHES];
    return {
        message: `Unknown flag ${(0,show_value/* showValue */.v)(flag)}.`,
        help: (0,did_you_mean/* didYouMean */.a)(flag, known) ?? 'devflow --help lists the flags.',
    };
}
/** `db` and then one verb; behind `new` stands a name. */
function readVerbs([group, verb, ...rest], found) {
    if (verb !== undefined)
        found.given.command = verb;
    const [name] = verb === 'new' ? rest : [];
    if (name !== undefined)
        found.name = name;
    const more = name === undefined ? rest : rest.slice(1);
    if (group !== 'db') {
        found.mistakes.push({
            message: `Unknown command ${(0,show_value/* showValue */.v)(group ?? '')}.`,
            help: `Write devflow db and one of ${VERBS.join(', ')}.`,
        });
    }
    if (more.length > 0) {
        found.mistakes.push({
            message: `Nothing follows the command, and here stands ${(0,show_value/* showValue */.v)(more.join(' '))}.`,
            help: 'Options begin with --.',
        });
    }
}


/***/ }),

/***/ 5155:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ renderHelp)
/* harmony export */ });
/* harmony import */ var _model_docs_page_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5227);
/* harmony import */ var _commands_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6601);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2989);



/** The help of the command line, made from the tables that it obeys. Ends with a line end. */
function renderHelp() {
    const verbs = Object.entries(_commands_js__WEBPACK_IMPORTED_MODULE_0__/* .COMMANDS */ .L).filter(([, { entries }]) => entries.includes('cli'));
    const flags = Object.values(_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .INPUTS */ .m).flatMap((spec) => spec.flag ? [[spec.kind === 'flag' ? spec.flag : `${spec.flag} <${spec.kind}>`, spec.doc]] : []);
    return `devflow: plain-SQL PostgreSQL migrations, safely.

Usage: devflow db <command> [flags]
       devflow --version

Commands
${columns(verbs.map(([verb, { doc }]) => [verb, doc]))}
Flags
${columns([...flags, ...Object.entries(_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .CLI_FLAGS */ .h)])}
Exit codes: 0 done or nothing to do, 1 failed or refused, 2 the set-up is wrong.
Each flag is also an input of the GitHub action and may have an environment variable:
${(0,_model_docs_page_js__WEBPACK_IMPORTED_MODULE_2__/* .docsPage */ .t)('configuration', 'inputs-and-flags')}
`;
}
function columns(rows) {
    const width = Math.max(...rows.map(([name]) => name.length));
    return rows.map(([name, doc]) => `  ${name.padEnd(width)}  ${doc}\n`).join('');
}


/***/ }),

/***/ 1670:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   v: () => (/* binding */ showValue)
/* harmony export */ });
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


/***/ }),

/***/ 7573:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  s: () => (/* binding */ deliverInJob),
  T: () => (/* binding */ isInJob)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(1455);
;// CONCATENATED MODULE: ./build/github/append-summary.js

/** GitHub drops the whole summary of a step above 1 MiB, in bytes. */
const hardLimit = 1_048_576;
const ourLimit = 1_000_000;
/**
 * Appends to the job summary of this step, into what room earlier commands of the step left. `render` gets that
 * room in bytes. Returns what went wrong in a sentence, or nothing: a summary is never worth failing a run for.
 */
async function appendSummary(path, render) {
    if (path === undefined || path === '')
        return 'The job summary was not written: GITHUB_STEP_SUMMARY is not set.';
    try {
        const { size } = await (0,promises_.stat)(path);
        const text = render(Math.min(ourLimit, hardLimit - size));
        if (size + Buffer.byteLength(text) > hardLimit) {
            return 'The job summary was not written: what this step wrote before leaves no room under 1 MiB.';
        }
        await (0,promises_.appendFile)(path, text);
        return undefined;
    }
    catch (error) {
        return `The job summary was not written: ${error instanceof Error ? error.message : String(error)}`;
    }
}

;// CONCATENATED MODULE: ./build/github/cli-in-job.js

/** Whether the command line runs in a step of a GitHub job. */
function isInJob(env) {
    return env.GITHUB_ACTIONS === 'true';
}
/**
 * What the command line leaves in a GitHub job: annotations, as commands on the stream that `log` writes to
 * (standard error, since standard output belongs to `--json`), and the job summary. Does not load the toolkit,
 * which would double the start-up. Never throws for what is missing around it.
 */
async function deliverInJob(annotations, summary, env, log) {
    for (const annotation of annotations)
        log.command(annotation);
    const problem = await appendSummary(env.GITHUB_STEP_SUMMARY, summary);
    if (problem !== undefined)
        log.write(problem);
}


/***/ }),

/***/ 1028:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ makeGroupedLog)
/* harmony export */ });
/** Folds the log by stage. `render` gives an event's line, or undefined for none. Groups do not nest on GitHub. */
function makeGroupedLog(log, render) {
    let open = false;
    const close = () => {
        if (open)
            log.command('::endgroup::');
        open = false;
    };
    return {
        close,
        observe: (event) => {
            const line = render(event);
            // Whoever is to stop it must see it.
            if (event.kind === 'review-window')
                close();
            if (event.kind !== 'stage') {
                if (line !== undefined)
                    log.write(line);
                return;
            }
            close();
            log.command(`::group::${line ?? event.stage}`);
            open = true;
        },
    };
}


/***/ }),

/***/ 3381:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   x: () => (/* binding */ makeStepLog)
/* harmony export */ });
/**
 * `send` gets whole lines with their line end; `clean` is the writer for foreign text.
 * A command that holds a line end is a bug of ours and throws, because what follows it would be believed.
 */
function makeStepLog(send, clean) {
    return {
        write: (text) => send(`${clean(text)}\n`),
        command: (command) => {
            if (/[\r\n]/.test(command))
                throw new Error('A workflow command is one line.');
            send(`${command}\n`);
        },
    };
}


/***/ }),

/***/ 2386:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ endOnSignals)
/* harmony export */ });
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8161);
/* harmony import */ var _ending_signals_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(3952);
/* harmony import */ var _leave_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6500);



/**
 * The first signal asks the run to end: the statement that runs is cancelled, what was done is recorded and reported.
 * A second one ends the process at once.
 *
 * @param tell called with the first signal's name
 * @returns aborted by the first signal, with its name as the reason
 */
function endOnSignals(tell) {
    const controller = new AbortController();
    for (const name of _ending_signals_js__WEBPACK_IMPORTED_MODULE_2__/* .ENDING_SIGNALS */ .g) {
        process.on(name, () => {
            if (controller.signal.aborted)
                (0,_leave_js__WEBPACK_IMPORTED_MODULE_1__/* .leaveNow */ .Y)(128 + node_os__WEBPACK_IMPORTED_MODULE_0__.constants.signals[name]);
            controller.abort(name);
            tell(name);
        });
    }
    return controller.signal;
}


/***/ }),

/***/ 3952:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ ENDING_SIGNALS)
/* harmony export */ });
/** What asks a run to end: ^C, a cancelled job or a container that is stopped, a terminal that is closed. */
const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];


/***/ }),

/***/ 6500:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ leaveNow),
/* harmony export */   q: () => (/* binding */ leave)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8161);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(8500);
/* harmony import */ var node_tty__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(7066);
/* harmony import */ var _ending_signals_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(3952);





/** As the process was started. */
const TERMINALS = [0, 1, 2].filter((descriptor) => (0,node_tty__WEBPACK_IMPORTED_MODULE_3__.isatty)(descriptor));
/** Ends the process as `leaveNow` does, once what other threads are about to finish is finished, so that it seldom needs a signal. */
async function leave(exitCode) {
    const end = performance.now() + FINISH_WITHIN_MS;
    while (signalOf(exitCode) !== undefined && isHeldUp() && performance.now() < end)
        await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_2__.setTimeout)(10);
    return leaveNow(exitCode);
}
const FINISH_WITHIN_MS = 200;
/**
 * Ends the process, whatever is under way.
 *
 * Node's exit waits for its threads, and one that looks up a name may take half a minute. So where the exit code is that of
 * a signal and a thread is at work, the process dies of that signal instead: a shell, Docker and GitHub's runner see the
 * same code, a program that started it sees the signal.
 *
 * @param exitCode 128 + n: ended by signal n
 */
function leaveNow(exitCode) {
    // A signal that comes while the process exits is to end it, too.
    for (const name of _ending_signals_js__WEBPACK_IMPORTED_MODULE_4__/* .ENDING_SIGNALS */ .g)
        process.removeAllListeners(name);
    const signal = signalOf(exitCode);
    if (signal !== undefined && isHeldUp())
        process.kill(process.pid, signal);
    letGoOfTerminals();
    // As process 1 it is here with a thread at work: no signal of its own ends it.
    process.exit(exitCode);
}
function signalOf(exitCode) {
    return _ending_signals_js__WEBPACK_IMPORTED_MODULE_4__/* .ENDING_SIGNALS */ .g.find((name) => 128 + node_os__WEBPACK_IMPORTED_MODULE_1__.constants.signals[name] === exitCode);
}
/** Names that are looked up, and files: what libuv's threads do that has no limit of its own. */
const IN_A_THREAD = /^(?:GetAddrInfo|GetNameInfo|FSReq)/;
function isHeldUp() {
    return process.getActiveResourcesInfo().some((name) => IN_A_THREAD.test(name));
}
/** Node 20 resets terminals when it exits, and aborts where one was closed. */
function letGoOfTerminals() {
    for (const descriptor of TERMINALS) {
        try {
            if (!(0,node_tty__WEBPACK_IMPORTED_MODULE_3__.isatty)(descriptor))
                (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync)(descriptor);
        }
        catch {
            // It is closed already.
        }
    }
}


/***/ }),

/***/ 5888:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  v: () => (/* binding */ makeRunFiles)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(1455);
;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
// EXTERNAL MODULE: ./build/model/user-error.js
var user_error = __nccwpck_require__(136);
;// CONCATENATED MODULE: ./build/host/open-regular-file.js




/**
 * Opens a file for writing and makes its folder. Links are not followed, since what is written would go elsewhere.
 *
 * @param input the input that names it: `log-file`
 * @param mode `add` to what is there, or begin `anew`
 * @throws UserError where it can not be written
 */
async function openRegularFile(path, input, mode) {
    try {
        await (0,promises_.mkdir)((0,external_node_path_namespaceObject.dirname)(path), { recursive: true });
        const before = await (0,promises_.lstat)(path).catch(() => undefined);
        if (before && !before.isFile())
            throw refused(path, input, 'is no regular file');
        return await (0,promises_.open)(path, FLAGS[mode], 0o644);
    }
    catch (error) {
        if (error instanceof user_error/* UserError */.y)
            throw error;
        const { code } = error;
        throw refused(path, input, `can not be written (${code ?? 'unknown reason'})`);
    }
}
const ANY = external_node_fs_.constants.O_WRONLY | external_node_fs_.constants.O_CREAT | external_node_fs_.constants.O_NOFOLLOW;
const FLAGS = { add: ANY | external_node_fs_.constants.O_APPEND, anew: ANY | external_node_fs_.constants.O_TRUNC };
function refused(path, input, why) {
    const kind = input.replace('-', ' ').replace('sarif', 'SARIF').replace('junit', 'JUnit');
    return new user_error/* UserError */.y([{ message: `The ${kind} ${path} ${why}.`, help: `Name another file as ${input}.` }]);
}

;// CONCATENATED MODULE: ./build/host/open-log-file.js

/**
 * Opens a file that the run's log is appended to, and makes its folder.
 *
 * @throws UserError where it can not be written
 */
async function openLogFile(path, now) {
    const file = await openRegularFile(path, 'log-file', 'add');
    let written = Promise.resolve();
    return {
        write: (line) => {
            const stamped = line.split('\n').map((each) => `${now().toISOString()} ${each}\n`);
            written = written.then(() => file.appendFile(stamped.join(''))).catch(() => { });
        },
        close: async () => {
            await written;
            await file.close();
        },
    };
}

;// CONCATENATED MODULE: ./build/host/open-result-files.js

/**
 * Opens them before anything is done, so that a path that can not be written stops the run rather than its report. What
 * an earlier run wrote is gone then, and is not taken for this one's.
 *
 * @throws UserError where one can not be written
 */
async function openResultFiles(config) {
    const { sarifFile, junitFile, planFile } = config;
    const files = [];
    for (const [kind, path] of [
        ['sarif', sarifFile],
        ['junit', junitFile],
        ['plan', writesPlan(config) ? planFile : undefined],
    ]) {
        if (path !== undefined)
            files.push([kind, path, await openRegularFile(path, `${kind}-file`, 'anew')]);
    }
    return {
        end: async (render) => {
            const problems = [];
            for (const [kind, path, file] of files) {
                try {
                    await file.writeFile(await render[kind]());
                }
                catch (error) {
                    problems.push(`${path} was not written: ${error instanceof Error ? error.message : String(error)}`);
                }
                finally {
                    await file.close().catch(() => { });
                }
            }
            return problems;
        },
    };
}
/** What applies reads it. */
function writesPlan({ command, dryRun }) {
    return command === 'plan' || command === 'dry-run' || dryRun;
}

;// CONCATENATED MODULE: ./build/host/run-files.js


function makeRunFiles() {
    let log;
    let results;
    let redact = (text) => text;
    const note = (line) => {
        const text = log && line();
        if (text !== undefined)
            log?.write(text);
    };
    return {
        open: async (config) => {
            redact = config.redact;
            if (config.logFile !== undefined)
                log = await openLogFile(config.logFile, () => new Date());
            results = await openResultFiles(config);
        },
        note,
        end: async (answer, render) => {
            note(() => answer().trimEnd());
            await log?.close();
            return (await results?.end(render(redact))) ?? [];
        },
    };
}


/***/ }),

/***/ 8440:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  $: () => (/* binding */ spareMemory)
});

;// CONCATENATED MODULE: external "node:v8"
const external_node_v8_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:v8");
;// CONCATENATED MODULE: ./build/host/spare-memory.js

/**
 * Makes this process free what is no longer used sooner, at the cost of some per cent of its speed: left to itself, the
 * heap grows by as much again as is in use before it is looked through.
 */
function spareMemory() {
    (0,external_node_v8_namespaceObject.setFlagsFromString)('--optimize-for-size');
}


/***/ }),

/***/ 7527:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ writeAnswer)
/* harmony export */ });
/**
 * Writes what a command answers, and resolves once it has arrived, with all that was written before.
 *
 * @returns the exit code: `exitCode`, or 1 where that is 0 and the answer could not be written. Whoever read it may be
 *   gone, as `head` is when it has enough: that is no failure.
 */
async function writeAnswer(text, exitCode) {
    const error = await written(process.stdout, text);
    const lost = error && error.code !== 'EPIPE';
    const words = lost
        ? `The answer could not be written to standard output: ${error.message}. What was done is done; the exit code without this is ${exitCode}.\n`
        : '';
    await written(process.stderr, words);
    return lost && exitCode === 0 ? 1 : exitCode;
}
function written(stream, text) {
    return new Promise((resolve) => void stream.write(text, (error) => resolve(error ?? undefined)));
}


/***/ }),

/***/ 9356:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ cutMessage)
/* harmony export */ });
/* unused harmony export leftOut */
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


/***/ }),

/***/ 5227:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ docsPage)
/* harmony export */ });
/* unused harmony export REPOSITORY_URL */
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


/***/ }),

/***/ 6327:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ TOOL_VERSION)
/* harmony export */ });
/** The version in package.json, which a test compares. */
const TOOL_VERSION = '0.1.0';


/***/ }),

/***/ 136:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ UserError)
/* harmony export */ });
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


/***/ }),

/***/ 178:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ versionKey)
/* harmony export */ });
/* unused harmony export byVersion */
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


/***/ }),

/***/ 5187:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  n: () => (/* binding */ start)
});

// EXTERNAL MODULE: ./build/config/command-groups.js
var command_groups = __nccwpck_require__(6123);
// EXTERNAL MODULE: ./build/config/commands.js
var commands = __nccwpck_require__(6601);
// EXTERNAL MODULE: ./build/model/user-error.js
var user_error = __nccwpck_require__(136);
// EXTERNAL MODULE: ./build/config/did-you-mean.js
var did_you_mean = __nccwpck_require__(7704);
// EXTERNAL MODULE: ./build/config/inputs.js + 8 modules
var config_inputs = __nccwpck_require__(2989);
;// CONCATENATED MODULE: ./build/config/given.js

/** What was given for an input, trimmed; an empty value is an absent one (GitHub passes unset inputs as empty). */
function given(inputs, name) {
    const value = inputs.given[name]?.trim();
    return value ? { value, source: callInput(inputs, name) } : undefined;
}
/** How the person who gave it knows an input: `the flag --env` or `the input environment`. */
function callInput(inputs, name) {
    const flag = config_inputs/* INPUTS */.m[name].flag;
    if (inputs.entry === 'cli')
        return flag === undefined ? 'the command' : `the flag ${flag}`;
    return `the input ${name}`;
}
/** An environment variable, trimmed; an empty one is an absent one. */
function variable(inputs, name) {
    const value = Object.hasOwn(inputs.variables, name) ? inputs.variables[name]?.trim() : undefined;
    return value ? { value, source: inputs.origins?.[name] ?? `the variable ${name}` } : undefined;
}

// EXTERNAL MODULE: ./build/config/show-value.js
var show_value = __nccwpck_require__(1670);
;// CONCATENATED MODULE: ./build/config/choose-command.js




/** The action's default is `migrate`; on a command line nothing is applied without being named. */
function chooseCommand(inputs, ledger) {
    const words = Object.keys(commands/* COMMANDS */.L);
    const allowed = words.filter((word) => commands/* COMMANDS */.L[word].entries.includes(inputs.entry));
    const asked = given(inputs, 'command') ?? fallback(inputs);
    const command = allowed.find((word) => word === (ALIASES[asked?.value ?? ''] ?? asked?.value));
    if (command !== undefined && asked !== undefined) {
        ledger.provenance.push({ name: 'command', value: command, source: asked.source });
        return command;
    }
    const meant = asked === undefined ? undefined : (0,did_you_mean/* didYouMean */.a)(asked.value, allowed);
    ledger.problems.push({
        message: asked === undefined
            ? 'No command is named.'
            : `${capital(callInput(inputs, 'command'))} ${(0,show_value/* showValue */.v)(asked.value)} is unknown.`,
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
        throw new user_error/* UserError */.y(problems);
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

// EXTERNAL MODULE: ./build/model/docs-page.js
var docs_page = __nccwpck_require__(5227);
;// CONCATENATED MODULE: ./build/model/is-repeatable.js
/**
 * Whether a version is that of a repeatable migration, `R__name`: it has no place among the versions, comes after all of
 * them, and is run again whenever its text is another. No other version begins with a letter.
 */
function isRepeatable({ version }) {
    return version.startsWith('R__');
}

// EXTERNAL MODULE: ./build/model/version.js
var version = __nccwpck_require__(178);
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
                help: `Please report it, with this text. How to see what was applied: ${(0,docs_page/* docsPage */.t)('incident')}.`,
            },
        ];
}
function currentVersion({ records = [], files = [] }) {
    const completed = new Set(records.filter((record) => record.status === 'completed').map((record) => (0,version/* versionKey */._)(record.version)));
    return files.findLast((file) => !isRepeatable(file) && completed.has((0,version/* versionKey */._)(file.version)))?.version;
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
        const told = error instanceof user_error/* UserError */.y
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
    if ((0,command_groups/* isOperating */.eo)(config.command)) {
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
    const command = Object.hasOwn(commands/* COMMANDS */.L, asked) ? asked : 'migrate';
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

;// CONCATENATED MODULE: ./build/programs/start.js

/** What a command line asks for: one run, or a server, of which each answer is a run of its own. */
async function start(...asked) {
    if (asked[0].given.command !== 'serve')
        return run(...asked);
    const { serve } = await import(/* webpackIgnore: true */ './serve.js');
    return serve(...asked);
}


/***/ }),

/***/ 4929:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  B: () => (/* binding */ makeAdvice)
});

// EXTERNAL MODULE: ./build/model/docs-page.js
var docs_page = __nccwpck_require__(5227);
;// CONCATENATED MODULE: ./build/model/by-hand.js

/** How to look into a migration that is half done, and to say what became of it. */
const HALF_DONE_PAGE = (0,docs_page/* docsPage */.t)('database', 'a-file-that-stopped-in-the-middle');
/** What to do about a statement of which nothing shows whether it is done. */
const SAY_WHAT_BECAME = (/* unused pure expression or super */ null && (`Then write into the row's journal whether it is done, or undone and to be run again: ${HALF_DONE_PAGE} says how.`));
/** What to do about a migration that is half done and that no run can carry on. */
function byHand(version) {
    return `Look at what it did (${HALF_DONE_PAGE}). Finish it by hand, then record that with repair --applied ${version}; or undo it by hand, then repair --clear ${version}.`;
}

// EXTERNAL MODULE: ./build/render/needs-a-word.js
var needs_a_word = __nccwpck_require__(5919);
// EXTERNAL MODULE: ./build/render/plural.js
var plural = __nccwpck_require__(7663);
// EXTERNAL MODULE: ./build/render/tally.js
var tally = __nccwpck_require__(9755);
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
    const { appliedNow, notRun: without } = (0,tally/* makeTally */.X)(report);
    const before = report.outcomes.slice(0, report.outcomes.indexOf(stopped));
    const undone = report.transaction === 'all' ? before.filter(({ state }) => state === 'not-run').length : 0;
    const notRun = without - undone;
    return [
        ...(appliedNow === 0 ? [] : [`Applied before it, and kept: ${(0,plural/* plural */.L)(appliedNow, 'migration')}.`]),
        ...(undone === 0 ? [] : [`Rolled back with it: ${(0,plural/* plural */.L)(undone, 'migration')}.`]),
        ...(notRun === 0 ? [] : [`Not reached: ${(0,plural/* plural */.L)(notRun, 'migration')}.`]),
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
    if ((0,needs_a_word/* needsAWord */.$1)(stopped)) {
        return [
            `Every later run stops at ${name} until somebody has looked, and said what became of it: ${HALF_DONE_PAGE} says how.`,
        ];
    }
    if ((0,needs_a_word/* didNotStop */.p$)(stopped)) {
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
    const isKept = (0,tally/* makeTally */.X)(report).appliedNow > 0 || state === 'partial';
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
    const { pending } = (0,tally/* makeTally */.X)(report);
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


/***/ }),

/***/ 8772:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ columnsOf),
/* harmony export */   R: () => (/* binding */ alignColumns)
/* harmony export */ });
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


/***/ }),

/***/ 196:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ renderAnnotation)
/* harmony export */ });
/* harmony import */ var _foreign_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7357);

/**
 * The workflow command that makes GitHub show an annotation: one line without line end.
 * Escapes as GitHub's own toolkit does: `%`, CR, LF everywhere, `:` and `,` in properties as well.
 */
function renderAnnotation(annotation) {
    const { level, title, message, file, line, endLine, column, endColumn } = annotation;
    const properties = { title, file, line, endLine, col: column, endColumn };
    const given = Object.entries(properties).flatMap(([name, value]) => value === undefined || value === '' ? [] : [`${name}=${escapeProperty(String(value))}`]);
    return `::${level}${given.length === 0 ? '' : ` ${given.join(',')}`}::${escapeData((0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_0__/* .guardLog */ .gr)(message))}`;
}
function escapeData(text) {
    return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
function escapeProperty(text) {
    return escapeData((0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_0__/* .guardLog */ .gr)(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}


/***/ }),

/***/ 9987:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ makeAnnotations)
/* harmony export */ });
/* harmony import */ var _model_cut_message_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(9356);
/* harmony import */ var _drift_text_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(396);
/* harmony import */ var _failure_code_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(4365);
/* harmony import */ var _failures_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(382);
/* harmony import */ var _finding_details_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5771);
/* harmony import */ var _foreign_text_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(7357);
/* harmony import */ var _group_findings_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(625);
/* harmony import */ var _headline_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(2841);
/* harmony import */ var _other_session_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(3158);









/** GitHub keeps ten of a level in a step and drops the rest without a word. */
const perLevel = 10;
const messageLimit = 4096;
/** Worst first, at most ten of a level; where there are more, the tenth counts them and points to the summary. */
function makeAnnotations(report) {
    const all = [
        ...(0,_failures_js__WEBPACK_IMPORTED_MODULE_0__/* .makeFailures */ .Q)(report).map(ofFailure),
        ...report.drift.map((drift) => ofDrift(drift, report.directory)),
        ...report.problems.map((problem) => ofProblem(problem, report)),
        ...(0,_group_findings_js__WEBPACK_IMPORTED_MODULE_2__/* .findingsBesideDrift */ .cp)(report).map((finding) => ofFinding(finding, report.actor)),
    ];
    const told = report.exitCode === 0 || all.some(({ level }) => level === 'error');
    return ['error', 'warning', 'notice'].flatMap((level) => withinCap([...all, ...(told ? [] : [ofVerdict(report)])].filter((one) => one.level === level)));
}
/** A step that fails without a word sends people searching the log. */
function ofVerdict(report) {
    const steps = (report.operation?.steps ?? []).flatMap(({ what, failure }) => failure ? [`${(0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_4__/* .logLine */ .BP)(what)}: ${(0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_4__/* .logText */ .kc)(failure.message)} (${(0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_4__/* .logLine */ .BP)(failure.code)})`] : []);
    return { level: 'error', title: 'devflow', message: body([(0,_headline_js__WEBPACK_IMPORTED_MODULE_3__/* .makeHeadline */ .d)(report, _foreign_text_js__WEBPACK_IMPORTED_MODULE_4__/* .logLine */ .BP).text, ...steps]) };
}
/** Characters of what the server said, so that there is room for the rest. */
const MOST_OF_IT = 2_000;
function ofFailure({ name, path, failure, during }) {
    const lines = [
        `${(0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_4__/* .logLine */ .BP)(name)} ${during}: ${(0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_4__/* .logText */ .kc)((0,_model_cut_message_js__WEBPACK_IMPORTED_MODULE_5__/* .cutMessage */ .w)(failure.message, MOST_OF_IT))} (${(0,_failure_code_js__WEBPACK_IMPORTED_MODULE_6__/* .renderFailureCode */ .A)(failure.code, _foreign_text_js__WEBPACK_IMPORTED_MODULE_4__/* .logLine */ .BP)})`,
        ...(failure.hint === undefined ? [] : [`Hint: ${(0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_4__/* .logText */ .kc)(failure.hint)}`]),
        ...(failure.context ?? []).map((line) => `In ${(0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_4__/* .logLine */ .BP)(line)}`),
        ...(failure.blockers ?? []).map((one) => `Blocked by ${(0,_other_session_js__WEBPACK_IMPORTED_MODULE_7__/* .describeSession */ ._0)(one, _foreign_text_js__WEBPACK_IMPORTED_MODULE_4__/* .logLine */ .BP)}`),
        ...(failure.excerpt === undefined ? [] : [(0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_4__/* .logText */ .kc)(failure.excerpt)]),
    ];
    return {
        level: 'error',
        title: 'Migration failed',
        message: body(lines),
        ...place(path, failure.position),
    };
}
function ofDrift(drift, directory) {
    const { message, stored, present, help } = (0,_drift_text_js__WEBPACK_IMPORTED_MODULE_8__/* .makeDriftText */ .B)(drift, _foreign_text_js__WEBPACK_IMPORTED_MODULE_4__/* .logLine */ .BP);
    const sums = [
        `Stored checksum: ${stored}`,
        ...(present === undefined ? [] : [`Present checksum: ${present}`]),
    ];
    const file = drift.path ?? (0,_drift_text_js__WEBPACK_IMPORTED_MODULE_8__/* .recordedPath */ .w)(drift, directory);
    return {
        level: 'error',
        title: 'Applied migration changed',
        message: body([message, ...sums, `Way out: ${help}`]),
        ...(file === undefined ? {} : { file: (0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_4__/* .logLine */ .BP)(file), line: 1 }),
    };
}
function ofProblem({ message, help, lines }, { status, exitCode }) {
    return {
        level: 'error',
        title: status === 'refused' && exitCode === 1 ? 'Refused' : 'Set-up',
        message: body([
            (0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_4__/* .logText */ .kc)(message),
            `Way out: ${(0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_4__/* .logText */ .kc)(help)}`,
            ...(lines === undefined ? [] : [(0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_4__/* .logText */ .kc)(lines)]),
        ]),
    };
}
function ofFinding(finding, actor) {
    const { rule, severity, file, position, message, measured } = finding;
    const details = (0,_finding_details_js__WEBPACK_IMPORTED_MODULE_1__/* .makeFindingDetails */ .S)(finding, { actor }).map(({ label, text, kind }) => kind === 'sql' ? `${label}:\n${(0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_4__/* .logText */ .kc)(text)}` : `${label}: ${(0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_4__/* .logText */ .kc)(text)}`);
    return {
        // What did not happen when it ran must not look like a reason to stop.
        level: measured === 'refuted' ? 'notice' : severity,
        title: (0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_4__/* .logLine */ .BP)(rule),
        message: body([(0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_4__/* .logText */ .kc)(message), ...details]),
        ...(file === undefined ? {} : place(file, position)),
    };
}
function body(lines) {
    return (0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_4__/* .cutText */ .IN)(lines.join('\n'), messageLimit);
}
/** GitHub drops columns where the lines differ, and both ends where they are the wrong way round. */
function place(file, position) {
    const { line, column, endLine, endColumn } = position ?? { line: 1, column: 1, endLine: 0, endColumn: 0 };
    return {
        file: (0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_4__/* .logLine */ .BP)(file),
        line,
        ...(endLine >= line ? { endLine } : {}),
        ...(position !== undefined && endLine === line ? { column } : {}),
        ...(position !== undefined && endLine === line && endColumn >= column ? { endColumn } : {}),
    };
}
function withinCap(annotations) {
    if (annotations.length <= perLevel)
        return [...annotations];
    const kept = annotations.slice(0, perLevel - 1);
    const left = annotations.length - kept.length;
    const { level } = annotations[0];
    const message = `And ${left} more of level ${level}: the JSON report has them all, the job summary as many as fit.`;
    return [...kept, { level, title: `${left} more`, message }];
}


/***/ }),

/***/ 8036:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ makeApprovalText)
/* harmony export */ });
/** Who approved, as what, and what they wrote: `alice, a required reviewer of the GitHub environment production`. */
function makeApprovalText({ by, as, at, comment }, quote) {
    const when = at === undefined ? '' : `, ${quote(at)}`;
    const words = comment ? `: ${quote(comment)}` : '';
    return `${quote(by)}, ${as}${when}${words}`;
}


/***/ }),

/***/ 7044:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ renderBar)
/* harmony export */ });
/* harmony import */ var _align_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(8772);
/* harmony import */ var _foreign_text_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7357);
/* harmony import */ var _review_window_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5370);
/* harmony import */ var _watching_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5152);




/** A progress bar of one terminal line, never wider than `width`, without line end or cursor movement. */
function renderBar({ index, count, name, width, watching, window }) {
    if (window !== undefined) {
        const cells = renderCells(window.totalMs - window.leftMs, window.totalMs, width);
        return cutColumns(`${cells} ${(0,_review_window_js__WEBPACK_IMPORTED_MODULE_0__/* .renderReviewWindowShort */ .Z)(window)}`, width);
    }
    const head = `${renderCells(index, count, width)} ${index}/${count}`;
    const detail = watching === undefined ? '' : ` \u00b7 ${(0,_watching_js__WEBPACK_IMPORTED_MODULE_1__/* .renderWatchingShort */ .S)(watching)}`;
    return cutColumns(`${head} ${(0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_2__/* .logLine */ .BP)((0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_2__/* .cutText */ .IN)(name, 200))}${detail}`, width);
}
function renderCells(done, all, width) {
    const share = all === 0 ? 1 : Math.min(1, Math.max(0, done / all));
    const cells = Math.max(0, Math.min(24, Math.floor(width / 3)));
    const filled = Math.round(share * cells);
    return '\u2588'.repeat(filled) + '\u2591'.repeat(cells - filled);
}
function cutColumns(text, width) {
    if ((0,_align_js__WEBPACK_IMPORTED_MODULE_3__/* .columnsOf */ .P)(text) <= width)
        return text;
    let kept = '';
    for (const character of text) {
        if ((0,_align_js__WEBPACK_IMPORTED_MODULE_3__/* .columnsOf */ .P)(kept + character) > width - 1)
            break;
        kept += character;
    }
    return width < 1 ? '' : `${kept}\u2026`;
}


/***/ }),

/***/ 6134:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ renderBytes)
/* harmony export */ });
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


/***/ }),

/***/ 1856:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ makeCodeFrame),
/* harmony export */   b: () => (/* binding */ renderCodeFrame)
/* harmony export */ });
/* harmony import */ var _align_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8772);
/* harmony import */ var _foreign_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7357);


/**
 * An excerpt (a line and, below it, a caret; see `sql/excerpt.ts`) with its line number, the carets as long as what
 * they point to is on that line. Safe for logs. An excerpt of another form stays as it is.
 */
function makeCodeFrame(excerpt, position) {
    const lines = (0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_0__/* .logText */ .kc)((0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cutText */ .IN)(excerpt, 2000)).split('\n');
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
        columns += (0,_align_js__WEBPACK_IMPORTED_MODULE_1__/* .columnsOf */ .P)(characters[at]);
    }
    const { line: first, column, endLine, endColumn } = position;
    const length = endLine === first ? Math.max(1, endColumn - column + 1) : characters.length;
    return Math.max(1, (0,_align_js__WEBPACK_IMPORTED_MODULE_1__/* .columnsOf */ .P)(characters
        .slice(at, at + length)
        .join('')
        .trimEnd()));
}


/***/ }),

/***/ 6186:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  _: () => (/* binding */ docsLink)
});

// EXTERNAL MODULE: ./build/model/docs-page.js
var docs_page = __nccwpck_require__(5227);
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
    return (0,docs_page/* docsPage */.t)('rules', encodeUriPart(rule));
}


/***/ }),

/***/ 396:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ makeDriftText),
/* harmony export */   w: () => (/* binding */ recordedPath)
/* harmony export */ });
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


/***/ }),

/***/ 3541:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ renderDuration)
/* harmony export */ });
/** Milliseconds as people read them: `12 ms`, `1.2 s`, `2 m 05 s`. */
function renderDuration(ms) {
    if (ms < 1000)
        return `${Math.max(0, Math.round(ms))} ms`;
    if (ms < 59_950)
        return `${(ms / 1000).toFixed(1)} s`;
    const seconds = Math.round(ms / 1000);
    return `${Math.floor(seconds / 60)} m ${String(seconds % 60).padStart(2, '0')} s`;
}


/***/ }),

/***/ 2267:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ eventProof),
/* harmony export */   Z: () => (/* binding */ eventWord)
/* harmony export */ });
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


/***/ }),

/***/ 4365:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ renderFailureCode),
/* harmony export */   I: () => (/* binding */ isSqlState)
/* harmony export */ });
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


/***/ }),

/***/ 382:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ makeFailures)
/* harmony export */ });
/* harmony import */ var _needs_a_word_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5919);

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
    const isSuch = [_needs_a_word_js__WEBPACK_IMPORTED_MODULE_0__/* .isUnconfirmed */ .H0, _needs_a_word_js__WEBPACK_IMPORTED_MODULE_0__/* .didNotStop */ .p$].find((is) => is(outcome));
    return isSuch !== undefined && outcomes.find(isSuch) !== outcome;
}
function wordOfCancelled({ left }) {
    return left ? 'was cancelled, and is half done' : 'was cancelled and rolled back';
}
function wordFor(state, failure) {
    if ((0,_needs_a_word_js__WEBPACK_IMPORTED_MODULE_0__/* .isUnconfirmed */ .H0)({ state, failure }))
        return 'is not confirmed';
    if ((0,_needs_a_word_js__WEBPACK_IMPORTED_MODULE_0__/* .didNotStop */ .p$)({ state, failure }))
        return 'did not stop in time';
    if ((0,_needs_a_word_js__WEBPACK_IMPORTED_MODULE_0__/* .needsAWord */ .$1)({ state, failure }))
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


/***/ }),

/***/ 2725:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ renderCounts),
/* harmony export */   n: () => (/* binding */ countSeverities)
/* harmony export */ });
/* harmony import */ var _plural_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7663);

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
        return count === 0 ? [] : [(0,_plural_js__WEBPACK_IMPORTED_MODULE_0__/* .plural */ .L)(count, severity)];
    });
}


/***/ }),

/***/ 5771:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ makeFindingDetails)
/* harmony export */ });
/* harmony import */ var _docs_link_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6186);

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
    return isNew ? [{ label: 'Docs', text: (0,_docs_link_js__WEBPACK_IMPORTED_MODULE_0__/* .docsLink */ ._)(rule), kind: 'link' }] : [];
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


/***/ }),

/***/ 9291:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ renderForceQuestion)
/* harmony export */ });
/* harmony import */ var _foreign_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7357);

const MOST_SHOWN = 30;
/** The list that a person is shown before being asked whether to force it. Ends with a line end. */
function renderForceQuestion(findings) {
    const lines = findings.slice(0, MOST_SHOWN).map(({ rule, file = '', position, message }) => {
        const place = position === undefined ? file : `${file}:${position.line}`;
        return `  ${(0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_0__/* .logLine */ .BP)(rule)}  ${(0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_0__/* .logLine */ .BP)((0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cutText */ .IN)(place, 200))}  ${(0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_0__/* .logLine */ .BP)((0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cutText */ .IN)(message, 300))}`;
    });
    const rest = findings.length - lines.length;
    const more = rest > 0 ? [`  and ${rest} more; validate shows them all`] : [];
    return `${['This stops the run unless it is forced:', ...lines, ...more].join('\n')}\n`;
}


/***/ }),

/***/ 7357:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   BP: () => (/* binding */ logLine),
/* harmony export */   D9: () => (/* binding */ markdownCode),
/* harmony export */   IN: () => (/* binding */ cutText),
/* harmony export */   dI: () => (/* binding */ markdownBlock),
/* harmony export */   gr: () => (/* binding */ guardLog),
/* harmony export */   h$: () => (/* binding */ markdownProse),
/* harmony export */   kc: () => (/* binding */ logText),
/* harmony export */   p7: () => (/* binding */ markdownText)
/* harmony export */ });
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
function cutText(text, limit) {
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


/***/ }),

/***/ 4569:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ renderGraph),
/* harmony export */   m: () => (/* binding */ renderMermaid)
/* harmony export */ });
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


/***/ }),

/***/ 625:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Eg: () => (/* binding */ compareFindings),
/* harmony export */   cp: () => (/* binding */ findingsBesideDrift),
/* harmony export */   kG: () => (/* binding */ groupFindings)
/* harmony export */ });
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


/***/ }),

/***/ 2841:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  d: () => (/* binding */ makeHeadline)
});

// EXTERNAL MODULE: ./build/render/needs-a-word.js
var needs_a_word = __nccwpck_require__(5919);
// EXTERNAL MODULE: ./build/render/plural.js
var plural = __nccwpck_require__(7663);
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
        return `${command} on ${where}: ${(0,plural/* plural */.L)(done, 'step')} done${unwell(report)}`;
    return done === 0
        ? `${command} on ${where}: ${(0,plural/* plural */.L)(steps.length, 'step')} would be done`
        : `${command} on ${where}: ${done} of ${(0,plural/* plural */.L)(steps.length, 'step')} done`;
}
/** What was done is done, whatever holds now. */
function unwell({ findings, exitCode }) {
    const failed = findings.filter(({ rule, severity }) => rule === 'health-check' && severity === 'error');
    return exitCode === 0 || failed.length === 0
        ? ''
        : `, and ${(0,plural/* plural */.L)(failed.length, 'health check')} failed afterwards`;
}
const ENDINGS = {
    failed: 'failed',
    partial: 'stopped half-way in a step, and what that did until then is kept',
    unknown: 'lost the connection: what became of it is not known',
};
function endingOf(step) {
    if ((0,needs_a_word/* didNotStop */.p$)(step))
        return 'did not stop in time: what becomes of it is not known';
    return isUnconfirmed(step) ? UNCONFIRMED : ENDINGS[step.state];
}
/** No connection was lost on the way. */
function isUnconfirmed({ state, failure }) {
    return state === 'unknown' && failure?.code === 'DF006';
}
const UNCONFIRMED = 'is done as far as the server said, and nothing confirms it';
function before(done) {
    return done === 0 ? 'Nothing was done' : `${(0,plural/* plural */.L)(done, 'step')} done before`;
}

// EXTERNAL MODULE: ./build/render/tally.js
var tally = __nccwpck_require__(9755);
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
        return operated(report, quote);
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
    const then = (name) => stopped?.state === 'failed' ? `${name} ${ended(stopped)}. ${whatWasDone(report)}` : cause(report, quote);
    const undone = () => isBegun(report) ? operationHeadline(report, placeOf(report, quote)) : whatWasDone(report);
    const what = stopped === undefined ? undone() : then(quote(stopped.name));
    return { mood: 'bad', icon: '\u23f9\ufe0f', text: `Cancelled${by}. ${what}` };
}
function isBegun({ operation }) {
    return operation?.steps.some(({ state }) => state !== 'planned' && state !== 'not-run') === true;
}
function stoppedOutcome({ outcomes }) {
    return outcomes.find((outcome) => outcome.state !== 'applied' && outcome.state !== 'not-run');
}
function operated(report, quote) {
    const text = operationHeadline(report, placeOf(report, quote));
    if (report.exitCode !== 0)
        return bad(text);
    return report.status === 'planned' ? { mood: 'waiting', icon: '\ud83d\udccb', text } : good(text);
}
function settled(report, quote) {
    const where = placeOf(report, quote);
    const { pending, applied, appliedNow } = (0,tally/* makeTally */.X)(report);
    const count = (0,plural/* plural */.L)(report.plan?.migrations.length ?? pending.length, 'migration');
    switch (report.status) {
        case 'valid':
            if (report.command === 'setup')
                return good('devflow is on PATH for the steps that follow');
            if (report.graph !== undefined)
                return good(graphed(report.graph));
            return good(`${(0,plural/* plural */.L)(report.fileCount, 'migration file is', 'migration files are')} valid`);
        case 'up-to-date':
            if (report.command === 'verify')
                return good(verified(report, applied.length, where));
            return good(`Nothing to do on ${where}: ${(0,plural/* plural */.L)(applied.length, 'migration is', 'migrations are')} applied`);
        case 'applied':
            return good(`${(0,plural/* plural */.L)(appliedNow, 'migration')} applied to ${where}${remaining(pending.length)}`);
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
    return `${(0,plural/* plural */.L)(names.length, 'migration')}, ${(0,plural/* plural */.L)(edges.length, 'declared dependency', 'declared dependencies')}`;
}
function pendingOn(report, where) {
    return `${(0,plural/* plural */.L)((0,tally/* makeTally */.X)(report).pending.length, 'migration is', 'migrations are')} pending on ${where}`;
}
function recorded(report, quote) {
    return {
        mood: 'good',
        icon: '\ud83d\udcdc',
        text: `${(0,plural/* plural */.L)(report.events.length, 'event')} recorded on ${placeOf(report, quote)}`,
    };
}
function verified(report, applied, where) {
    return `${(0,plural/* plural */.L)(applied, 'migration is', 'migrations are')} applied to ${where}, as in ${(0,plural/* plural */.L)(report.fileCount, 'file')}`;
}
function cause(report, quote) {
    const where = placeOf(report, quote);
    const stopped = stoppedOutcome(report);
    if (stopped?.state === 'partial')
        return `${quote(stopped.name)} is partly applied on ${where}`;
    if (stopped !== undefined && (0,needs_a_word/* needsAWord */.$1)(stopped)) {
        return `Nobody can tell what became of ${quote(stopped.name)} on ${where}`;
    }
    if (stopped?.failure && (0,needs_a_word/* isUnconfirmed */.H0)(stopped)) {
        return `Nothing confirms on ${where} that ${unconfirmed(report, quote)} applied: ${quote(stopped.failure.message)}`;
    }
    if (stopped !== undefined && (0,needs_a_word/* didNotStop */.p$)(stopped)) {
        return `${quote(stopped.name)} did not stop in time on ${where}: what becomes of it is not known`;
    }
    if (stopped?.state === 'unknown') {
        return `The connection was lost on ${where}: what became of ${quote(stopped.name)} is not known`;
    }
    if (stopped !== undefined) {
        return `${quote(stopped.name)} failed on ${where} and ${ended(stopped)}. ${whatWasDone(report)}`;
    }
    if (report.drift.length > 0) {
        const files = (0,plural/* plural */.L)(report.drift.length, 'applied migration is', 'applied migrations are');
        return `${files} no longer what was applied to ${where}. ${whatWasDone(report)}`;
    }
    return causeBeforeApplying(report, where, quote);
}
function unconfirmed({ outcomes }, quote) {
    const [first, ...more] = outcomes.filter(needs_a_word/* isUnconfirmed */.H0);
    return more.length === 0 ? `${quote(first?.name ?? '')} is` : `${more.length + 1} migrations are`;
}
/** What runs outside a transaction is not rolled back. */
function ended({ failure }) {
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
        return `${(0,plural/* plural */.L)(errors, 'error')} in the migrations. ${whatWasDone(report)}`;
    if (report.status === 'pending')
        return pendingOn(report, where);
    if (report.status === 'refused')
        return `Refused on ${where}. ${whatWasDone(report)}`;
    return `Failed on ${where}. ${whatWasDone(report)}`;
}
/** What was applied is applied, whatever holds now. */
function sick(report, count, where) {
    const { appliedNow } = (0,tally/* makeTally */.X)(report);
    const failed = (0,plural/* plural */.L)(count, 'health check');
    if (appliedNow > 0)
        return `${(0,plural/* plural */.L)(appliedNow, 'migration')} applied to ${where}, and ${failed} failed afterwards`;
    return `${failed} failed on ${where}. Nothing was applied`;
}
function whatWasDone(report) {
    const { appliedNow } = (0,tally/* makeTally */.X)(report);
    return appliedNow === 0 ? 'Nothing was applied' : `${(0,plural/* plural */.L)(appliedNow, 'migration')} applied before`;
}
function remaining(pending) {
    return pending === 0 ? '' : `; ${pending} still pending`;
}
function placeOf(report, quote) {
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


/***/ }),

/***/ 5019:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ makeHeldLocks)
/* harmony export */ });
/* harmony import */ var _lock_words_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7687);
/* harmony import */ var _relation_sizes_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7602);
/* harmony import */ var _rows_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(688);



/**
 * The strong locks of a rehearsal, the worst first: on a target what was held longest; on a shadow, whose times say
 * nothing, what would be held through the most work, then by the size of the relation and the strength of the lock.
 */
function makeHeldLocks(report) {
    if (report.rehearsal.length === 0)
        return [];
    const sizes = (0,_relation_sizes_js__WEBPACK_IMPORTED_MODULE_2__/* .sizesByRelation */ .S)(report);
    const held = transactionsOf(report).flatMap((transaction) => locksOf(transaction, sizes));
    return held.toSorted(report.rehearsedOn?.kind === 'shadow' ? byWork : byTime);
}
function transactionsOf(report) {
    const modes = new Map((0,_rows_js__WEBPACK_IMPORTED_MODULE_1__/* .makeRows */ .G)(report).map(({ version, mode }) => [version, mode]));
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
            if (mode === undefined || !(0,_lock_words_js__WEBPACK_IMPORTED_MODULE_0__/* .isStrong */ .kg)(mode))
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
    return b.heldMs - a.heldMs || (0,_lock_words_js__WEBPACK_IMPORTED_MODULE_0__/* .strengthOf */ .NY)(b.mode) - (0,_lock_words_js__WEBPACK_IMPORTED_MODULE_0__/* .strengthOf */ .NY)(a.mode) || bytesOf(b) - bytesOf(a);
}
function byWork(a, b) {
    return compareWork(a.work, b.work) || bytesOf(b) - bytesOf(a) || (0,_lock_words_js__WEBPACK_IMPORTED_MODULE_0__/* .strengthOf */ .NY)(b.mode) - (0,_lock_words_js__WEBPACK_IMPORTED_MODULE_0__/* .strengthOf */ .NY)(a.mode);
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


/***/ }),

/***/ 5103:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  h: () => (/* binding */ renderJson)
});

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

// EXTERNAL MODULE: ./build/render/docs-link.js + 1 modules
var docs_link = __nccwpck_require__(6186);
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
        docs: (0,docs_link/* docsLink */._)(rule),
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

// EXTERNAL MODULE: ./build/render/tally.js
var tally = __nccwpck_require__(9755);
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
        failedVersion: (0,tally/* makeTally */.X)(report).failedVersion ?? null,
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
    const { pending, applied, appliedNow, notRun } = (0,tally/* makeTally */.X)(report);
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
        pending: (0,tally/* makeTally */.X)(report).pending.map((migration) => ({
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


/***/ }),

/***/ 7687:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  hl: () => (/* binding */ BLOCKED),
  kg: () => (/* binding */ isStrong),
  l4: () => (/* binding */ lockName),
  NY: () => (/* binding */ strengthOf)
});

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


/***/ }),

/***/ 4135:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ makeLockText)
/* harmony export */ });
/* harmony import */ var _bytes_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(6134);
/* harmony import */ var _duration_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(3541);
/* harmony import */ var _lock_words_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7687);
/* harmony import */ var _relation_sizes_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7602);




/**
 * On a target it is told in time, on a shadow, whose times say nothing, in what is done meanwhile. Undefined where
 * nothing was measured. Foreign text goes through `quote`.
 */
function makeLockText(report, worst, quote) {
    const onShadow = report.rehearsedOn?.kind === 'shadow';
    if (worst === undefined)
        return noLock(report);
    const { relation, mode, size, heldMs } = worst;
    const large = (0,_relation_sizes_js__WEBPACK_IMPORTED_MODULE_1__/* .describeSize */ .j)(size);
    const what = `${_lock_words_js__WEBPACK_IMPORTED_MODULE_0__/* .BLOCKED */ .hl[mode]} of ${quote(relation)}${large === '' ? '' : ` (${large})`} are blocked`;
    const long = onShadow ? '' : ` for ${(0,_duration_js__WEBPACK_IMPORTED_MODULE_2__/* .renderDuration */ .P)(heldMs)}`;
    const text = `${what}${long}, ${describeSpan(worst, quote)} (${(0,_lock_words_js__WEBPACK_IMPORTED_MODULE_0__/* .lockName */ .l4)(mode)}); ${describeWork(worst, quote)}.`;
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
    const bytes = work.bytes === null ? undefined : (0,_bytes_js__WEBPACK_IMPORTED_MODULE_3__/* .renderBytes */ .U)(work.bytes);
    const itself = work.relation === relation;
    const what = itself ? (bytes ?? 'it') : quote(work.relation);
    const large = itself || bytes === undefined ? '' : ` (${bytes})`;
    const verb = work.kind === 'rewrites' ? `rewrites ${what}` : `reads ${what}`;
    return `what runs meanwhile ${verb}${large}${work.kind === 'scans' ? ' from end to end' : ''}`;
}


/***/ }),

/***/ 6217:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $7: () => (/* binding */ describeRows),
/* harmony export */   FD: () => (/* binding */ describeLock),
/* harmony export */   FH: () => (/* binding */ describeQuietly),
/* harmony export */   of: () => (/* binding */ describeObjects)
/* harmony export */ });
/* harmony import */ var _duration_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3541);
/* harmony import */ var _lock_words_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7687);
/* harmony import */ var _plural_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(7663);
/* harmony import */ var _quantity_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1532);




/** `blocks reads and writes for 4.1 s`; without the time where times say nothing. Empty where it took no lock there. */
function describeLock({ lock }, held, timesTell) {
    if (lock === undefined)
        return '';
    const long = held === undefined || !timesTell ? '' : ` for ${(0,_duration_js__WEBPACK_IMPORTED_MODULE_1__/* .renderDuration */ .P)(held.heldMs)}`;
    return `blocks ${_lock_words_js__WEBPACK_IMPORTED_MODULE_0__/* .BLOCKED */ .hl[lock]}${long}`;
}
/** `5,000 updated, 3 deleted`. */
function describeRows({ inserted, updated, deleted }) {
    const counts = { inserted, updated, deleted };
    return Object.entries(counts)
        .flatMap(([what, count]) => (count === 0 ? [] : [`${(0,_quantity_js__WEBPACK_IMPORTED_MODULE_2__/* .renderQuantity */ .O)(count)} ${what}`]))
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
        (0,_plural_js__WEBPACK_IMPORTED_MODULE_3__/* .plural */ .L)(statements.length, 'statement'),
        ...(created === 0 ? [] : [`${(0,_plural_js__WEBPACK_IMPORTED_MODULE_3__/* .plural */ .L)(created, 'object')} created`]),
        ...(rows === '' ? [] : [`rows: ${rows}`]),
        ...(timesTell ? [(0,_duration_js__WEBPACK_IMPORTED_MODULE_1__/* .renderDuration */ .P)(time)] : []),
    ].join(', ');
}
function addUp(rows) {
    const sum = (key) => rows.reduce((total, one) => total + one[key], 0);
    return { inserted: sum('inserted'), updated: sum('updated'), deleted: sum('deleted') };
}


/***/ }),

/***/ 5919:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $1: () => (/* binding */ needsAWord),
/* harmony export */   H0: () => (/* binding */ isUnconfirmed),
/* harmony export */   p$: () => (/* binding */ didNotStop)
/* harmony export */ });
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


/***/ }),

/***/ 8629:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ renderOperationQuestion)
/* harmony export */ });
/* harmony import */ var _foreign_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7357);

const MOST_SHOWN = 30;
/** What a person is shown before being asked whether it is to be done. Ends with a line end. */
function renderOperationQuestion({ steps }) {
    const lines = steps
        .slice(0, MOST_SHOWN)
        .flatMap(({ what, details = [] }) => [
        `  ${(0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_0__/* .logLine */ .BP)((0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cutText */ .IN)(what, 300))}`,
        ...details.map((detail) => `    ${(0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_0__/* .logLine */ .BP)((0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cutText */ .IN)(detail, 300))}`),
    ]);
    const rest = steps.length - Math.min(steps.length, MOST_SHOWN);
    const more = rest > 0 ? [`  and ${rest} more; a dry run shows them all`] : [];
    return `${['This would be done:', ...lines, ...more].join('\n')}\n`;
}


/***/ }),

/***/ 3158:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Kx: () => (/* binding */ nameSession),
/* harmony export */   Pj: () => (/* binding */ describeSessions),
/* harmony export */   _0: () => (/* binding */ describeSession)
/* harmony export */ });
/* harmony import */ var _duration_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3541);
/* harmony import */ var _foreign_text_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7357);
/* harmony import */ var _plural_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7663);



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
    const age = ageMs === null ? '' : `for ${(0,_duration_js__WEBPACK_IMPORTED_MODULE_0__/* .renderDuration */ .P)(ageMs)}`;
    return processId === 0 ? age : `${quote(state)} ${age}`.trim();
}
/** The first session in full, and how many more there are: for one line of a log. */
function describeSessions([first, ...more], quote) {
    if (first === undefined)
        return 'nobody';
    const others = more.length === 0 ? '' : `; and ${(0,_plural_js__WEBPACK_IMPORTED_MODULE_1__/* .plural */ .L)(more.length, 'other session')}`;
    return `${describeSession(first, quote)}${others}`;
}
/** Where there is little room: `4711 (psql)`. */
function nameSession({ processId, application, user }, quote) {
    const who = processId === 0 ? 'a prepared transaction' : String(processId);
    const name = application ?? user;
    return name === null ? who : `${who} (${quote((0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_2__/* .cutText */ .IN)(name, 40))})`;
}


/***/ }),

/***/ 7237:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ makePaint)
/* harmony export */ });
const codes = {
    red: [31, 39],
    green: [32, 39],
    yellow: [33, 39],
    cyan: [36, 39],
    dim: [2, 22],
    bold: [1, 22],
};
/** Colours text for a terminal, or leaves it as it is. */
function makePaint(color) {
    if (!color)
        return (_, text) => text;
    return (colour, text) => `\u001b[${codes[colour][0]}m${text}\u001b[${codes[colour][1]}m`;
}


/***/ }),

/***/ 3306:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ renderPlace)
/* harmony export */ });
/** `path:line:column`, as editors and terminals open it; the path alone where there is no position. */
function renderPlace(path, position) {
    return position === undefined ? path : `${path}:${position.line}:${position.column}`;
}


/***/ }),

/***/ 7663:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ plural)
/* harmony export */ });
/** `1 migration`, `3 migrations`, `0 migrations`. */
function plural(count, noun, several = `${noun}s`) {
    return `${count} ${count === 1 ? noun : several}`;
}


/***/ }),

/***/ 5338:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ renderProgress)
/* harmony export */ });
/* harmony import */ var _model_cut_message_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(9356);
/* harmony import */ var _duration_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(3541);
/* harmony import */ var _foreign_text_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7357);
/* harmony import */ var _other_session_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(3158);
/* harmony import */ var _paint_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7237);
/* harmony import */ var _plural_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(7663);
/* harmony import */ var _review_window_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(5370);
/* harmony import */ var _watching_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5152);








/** A line for the log while the run goes on, without line end; undefined where an event is not worth one. */
function renderProgress(event, { color }) {
    const line = renderEvent(event, (0,_paint_js__WEBPACK_IMPORTED_MODULE_0__/* .makePaint */ .R)(color));
    return line === undefined ? undefined : (0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_1__/* .guardLog */ .gr)(line);
}
function renderEvent(event, paint) {
    switch (event.kind) {
        case 'configured':
            return undefined;
        case 'rehearsing':
            return event.worthALine ? `${counter(event)} ${(0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_1__/* .logLine */ .BP)(event.name)} \u2026` : undefined;
        case 'watching':
            return event.worthALine ? (0,_watching_js__WEBPACK_IMPORTED_MODULE_2__/* .renderWatching */ .Q)(event, paint) : undefined;
        case 'review-window':
            return event.worthALine ? (0,_review_window_js__WEBPACK_IMPORTED_MODULE_3__/* .renderReviewWindow */ .t)(event, paint) : undefined;
        case 'connecting':
            return `Connecting to ${(0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_1__/* .logLine */ .BP)(`${event.host}:${event.port}`)}, database ${(0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_1__/* .logLine */ .BP)(event.database)}`;
        case 'connected':
            return `Connected to PostgreSQL ${(0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_1__/* .logLine */ .BP)(event.target.serverVersion)}, TLS ${event.target.tls}`;
        case 'waiting-for-lock':
            if (event.worthALine === false)
                return undefined;
            return paint('yellow', `Another run holds the lock: ${(0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_1__/* .logLine */ .BP)(event.holder)} (waited ${(0,_duration_js__WEBPACK_IMPORTED_MODULE_4__/* .renderDuration */ .P)(event.waitedMs)} of ${(0,_duration_js__WEBPACK_IMPORTED_MODULE_4__/* .renderDuration */ .P)(event.limitMs)})`);
        case 'planned':
            return `Plan: ${(0,_plural_js__WEBPACK_IMPORTED_MODULE_5__/* .plural */ .L)(event.plan.migrations.length, 'migration')} to run${event.plan.hash === undefined ? '' : `, ${(0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_1__/* .logLine */ .BP)(event.plan.hash)}`}`;
        case 'stage':
            return paint('bold', stageWords[event.stage]);
        case 'reconnecting':
            return paint('yellow', `Connecting again, attempt ${event.attempt}: ${short(event.reason)}`);
        case 'taken-back':
            return paint('yellow', takenBack(event.count));
        case 'cancelling':
            return paint('yellow', `${(0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_1__/* .logLine */ .BP)(event.signal)}: the run is being ended, and with it any statement that is running. A second signal leaves at once.`);
        default:
            return isTold(event) ? renderMigrationEvent(event, paint) : undefined;
    }
}
function takenBack(count) {
    const which = count === 1 ? 'is not: it is' : 'are not: they are';
    return `The server crashed before all that was committed was on its disk. ${(0,_plural_js__WEBPACK_IMPORTED_MODULE_5__/* .plural */ .L)(count, 'migration')} ${which} sent again`;
}
/** Headings of the log's groups. */
const stageWords = {
    validate: 'Validate the files',
    plan: 'Plan',
    rehearse: 'Rehearse',
    apply: 'Apply',
    verify: 'Verify',
};
function isTold(event) {
    return !('worthALine' in event) || event.worthALine !== false;
}
function renderMigrationEvent(event, paint) {
    switch (event.kind) {
        case 'rehearsed': {
            const { name, state, durationMs, reason } = event.rehearsed;
            const why = reason === undefined ? '' : `: ${short(reason)}`;
            const text = `${(0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_1__/* .logLine */ .BP)(name)} ${state} in ${(0,_duration_js__WEBPACK_IMPORTED_MODULE_4__/* .renderDuration */ .P)(durationMs)}${why}`;
            return `${counter(event)} ${state === 'failed' ? paint('red', text) : text}`;
        }
        case 'applying':
            return `${counter(event)} ${(0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_1__/* .logLine */ .BP)(event.name)} \u2026`;
        case 'applied': {
            const { name, state, durationMs } = event.outcome;
            const text = `${(0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_1__/* .logLine */ .BP)(name)} ${state} in ${(0,_duration_js__WEBPACK_IMPORTED_MODULE_4__/* .renderDuration */ .P)(durationMs)}`;
            return `${counter(event)} ${paint(state === 'applied' ? 'green' : 'red', text)}`;
        }
        case 'retrying': {
            const { name, attempt, limit, reason, blockers } = event;
            const by = blockers.length === 0 ? '' : `; blocked by ${(0,_other_session_js__WEBPACK_IMPORTED_MODULE_6__/* .describeSessions */ .Pj)(blockers, _foreign_text_js__WEBPACK_IMPORTED_MODULE_1__/* .logLine */ .BP)}`;
            return paint('yellow', `${(0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_1__/* .logLine */ .BP)(name)}: attempt ${attempt} of ${limit}: ${short(reason)}${by}`);
        }
        case 'notice':
            return paint('dim', `  ${(0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_1__/* .logLine */ .BP)(event.severity)}: ${short(event.message)}`);
        case 'note':
            return short(event.message);
    }
}
/** `[ 3/12]`, the index from 1. */
function counter({ index, count }) {
    const total = String(count);
    return `[${String(index).padStart(total.length)}/${total}]`;
}
function short(text) {
    return (0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_1__/* .logLine */ .BP)((0,_model_cut_message_js__WEBPACK_IMPORTED_MODULE_7__/* .cutMessage */ .w)(text, 1000));
}


/***/ }),

/***/ 3890:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ renderProvenance)
/* harmony export */ });
/* harmony import */ var _align_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8772);
/* harmony import */ var _foreign_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7357);


/** For `--verbose`: each setting, its value (secrets as `***`) and where it came from. Ends with a line end. */
function renderProvenance({ provenance }) {
    const rows = provenance.map(({ name, value, source }) => [
        (0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_0__/* .logLine */ .BP)(name),
        (0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_0__/* .logLine */ .BP)(value),
        `from ${(0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_0__/* .logLine */ .BP)(source)}`,
    ]);
    return (0,_align_js__WEBPACK_IMPORTED_MODULE_1__/* .alignColumns */ .R)(rows)
        .map((row) => `  ${row}\n`)
        .join('');
}


/***/ }),

/***/ 1532:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ renderQuantity)
/* harmony export */ });
/** `5,000`, `12,300,000`. */
function renderQuantity(count) {
    return String(Math.round(count)).replace(/\B(?=(?:\d{3})+$)/g, ',');
}


/***/ }),

/***/ 2216:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ makeRehearsalFiles)
/* harmony export */ });
/* harmony import */ var _held_locks_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5019);
/* harmony import */ var _relation_sizes_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7602);
/* harmony import */ var _touched_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4255);



/** The files that were reached: first what failed, then those with the worst locks, then what else is worth knowing. */
function makeRehearsalFiles(report) {
    const sizes = (0,_relation_sizes_js__WEBPACK_IMPORTED_MODULE_2__/* .sizesByRelation */ .S)(report);
    const locks = (0,_held_locks_js__WEBPACK_IMPORTED_MODULE_0__/* .makeHeldLocks */ ._)(report);
    const ofStatement = groupLocks(locks, ({ statement }) => statement);
    const ofFile = groupLocks(locks, ({ rehearsed }) => rehearsed);
    const places = new Map(locks.map((lock, index) => [lock, index]));
    return report.rehearsal
        .filter(({ state }) => state !== 'not-run')
        .map((rehearsed) => {
        const statements = (rehearsed.measured ?? []).map((measured) => makeStatement(measured, (0,_touched_js__WEBPACK_IMPORTED_MODULE_1__/* .makeTouched */ .T)(measured, sizes), ofStatement.get(measured) ?? []));
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
        isGrave: touched.some(_touched_js__WEBPACK_IMPORTED_MODULE_1__/* .isGrave */ .I) || measured.dropped.length > 0,
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


/***/ }),

/***/ 4244:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ makePlaceText)
/* harmony export */ });
/* harmony import */ var _plural_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7663);

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
        : [`${(0,_plural_js__WEBPACK_IMPORTED_MODULE_0__/* .plural */ .L)(count, 'statement was', 'statements were')} not sent: see below which, and why.`];
}
function withoutEnd(sentence) {
    return sentence.replace(/\.$/, '');
}


/***/ }),

/***/ 7602:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ sizesByRelation),
/* harmony export */   j: () => (/* binding */ describeSize)
/* harmony export */ });
/* harmony import */ var _bytes_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6134);
/* harmony import */ var _quantity_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1532);


/** Of the relations on the target, to be asked by name. */
function sizesByRelation({ sizes }) {
    return new Map(sizes.map((size) => [size.relation, size]));
}
/** `3.2 GB, about 12,300,000 rows`; empty where nothing is known. */
function describeSize(size) {
    const { bytes = null, rows = null } = size ?? {};
    return [
        ...(bytes === null ? [] : [(0,_bytes_js__WEBPACK_IMPORTED_MODULE_0__/* .renderBytes */ .U)(bytes)]),
        // The server's estimate is -1 for a table that was never analysed, and 0 for one it may know nothing of.
        ...(rows === null || rows < 1 ? [] : [`about ${(0,_quantity_js__WEBPACK_IMPORTED_MODULE_1__/* .renderQuantity */ .O)(rows)} rows`]),
    ].join(', ');
}


/***/ }),

/***/ 8301:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ resultRenderers)
/* harmony export */ });
/** What renders the files for other programs, loaded when one is written: most runs write none. */
function resultRenderers(report, forCodeScanning, redact) {
    const render = async (kind) => {
        const { renderResult } = await import(/* webpackIgnore: true */ './render-result.js');
        return renderResult(kind, report, { forCodeScanning, redact });
    };
    return { sarif: () => render('sarif'), junit: () => render('junit'), plan: () => render('plan') };
}


/***/ }),

/***/ 5370:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ renderReviewWindowShort),
/* harmony export */   t: () => (/* binding */ renderReviewWindow)
/* harmony export */ });
/* harmony import */ var _duration_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3541);
/* harmony import */ var _foreign_text_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7357);
/* harmony import */ var _plural_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7663);



/** So many files are named; the plan has all. */
const MOST_NAMES = 10;
/** How long is left to stop a run, as a line of a log; the first one says what is applied or undone, where, and how to stop it. */
function renderReviewWindow(event, paint) {
    const { isFirst, leftMs, about } = event;
    const { names, database, undoes = false } = about;
    if (!isFirst)
        return `  ${renderLeft(leftMs)} left before ${whatAndWhere(event)}`;
    const shown = names.slice(0, MOST_NAMES).map(short);
    const more = names.length - shown.length;
    const files = [...shown, ...(more === 0 ? [] : [`and ${more} more`])].join(', ');
    const line = `In ${renderLeft(leftMs)} ${whatAndWhere(event)} (database ${short(database)}): ${files}. To stop it, ${wayToStop(event)}; nothing is ${undoes ? 'undone' : 'applied'} then.`;
    return paint('yellow', line);
}
/** The same for a line that is drawn again and again, what matters most first. */
function renderReviewWindowShort(event) {
    return `${renderLeft(event.leftMs)} before ${whatAndWhere(event)} \u00b7 ${wayToStop(event)} to stop it`;
}
/** Nobody counts down in tenths. */
function renderLeft(ms) {
    return ms < 60_000 ? `${Math.ceil(ms / 1000)} s` : (0,_duration_js__WEBPACK_IMPORTED_MODULE_0__/* .renderDuration */ .P)(ms);
}
function whatAndWhere({ about: { names, undoes, environment } }) {
    const done = undoes ? 'undone on' : 'applied to';
    return `${(0,_plural_js__WEBPACK_IMPORTED_MODULE_1__/* .plural */ .L)(names.length, 'migration is', 'migrations are')} ${done} ${short(environment)}`;
}
function wayToStop({ about: { runUrl } }) {
    return runUrl === undefined ? 'press Ctrl-C' : `cancel the workflow run (${short(runUrl)})`;
}
function short(foreign) {
    return (0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_2__/* .logLine */ .BP)((0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_2__/* .cutText */ .IN)(foreign, 200));
}


/***/ }),

/***/ 688:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ makeRows),
/* harmony export */   O: () => (/* binding */ rowWords)
/* harmony export */ });
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


/***/ }),

/***/ 506:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ makeSideRow)
/* harmony export */ });
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


/***/ }),

/***/ 4771:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ stepWords)
/* harmony export */ });
/** What is said of a step, and how it is marked. */
const stepWords = {
    planned: { word: 'would be done', mark: '\u25cf', icon: '\ud83d\udccb' },
    done: { word: 'done', mark: '\u2714', icon: '\u2705' },
    failed: { word: 'failed', mark: '\u2716', icon: '\u274c' },
    partial: { word: 'done in part', mark: '!', icon: '\u26a0\ufe0f' },
    'not-run': { word: 'not reached', mark: '\u2013', icon: '\u23ed\ufe0f' },
    unknown: { word: 'not known whether it was done', mark: '?', icon: '\u2753' },
};


/***/ }),

/***/ 1247:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  B: () => (/* binding */ renderSummary)
});

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

// EXTERNAL MODULE: ./build/render/foreign-text.js
var foreign_text = __nccwpck_require__(7357);
// EXTERNAL MODULE: ./build/render/headline.js + 1 modules
var headline = __nccwpck_require__(2841);
// EXTERNAL MODULE: ./build/model/cut-message.js
var cut_message = __nccwpck_require__(9356);
// EXTERNAL MODULE: ./build/render/approval-text.js
var approval_text = __nccwpck_require__(8036);
// EXTERNAL MODULE: ./build/render/drift-text.js
var drift_text = __nccwpck_require__(396);
// EXTERNAL MODULE: ./build/render/duration.js
var duration = __nccwpck_require__(3541);
// EXTERNAL MODULE: ./build/render/event-facts.js
var event_facts = __nccwpck_require__(2267);
// EXTERNAL MODULE: ./build/render/failure-code.js
var failure_code = __nccwpck_require__(4365);
// EXTERNAL MODULE: ./build/render/failures.js
var failures = __nccwpck_require__(382);
;// CONCATENATED MODULE: ./build/render/folded.js
/** A section of a summary behind its title and count, open or not; nothing where there is nothing in it. */
function folded(rank, title, items, open = false) {
    if (items.length === 0)
        return [];
    const head = `\n<details${open ? ' open' : ''}><summary>${title} (${items.length})</summary>\n\n`;
    return [{ rank, head, items, tail: '\n</details>\n', more: (count) => `\n- and ${count} more\n` }];
}

// EXTERNAL MODULE: ./build/render/code-frame.js
var code_frame = __nccwpck_require__(1856);
;// CONCATENATED MODULE: ./build/render/markdown-frame.js


/** An excerpt as a block of Markdown, with its line number and as many carets as the statement has on that line. */
function markdownFrame(excerpt, position) {
    return (0,foreign_text/* markdownBlock */.dI)((0,code_frame/* renderCodeFrame */.b)(excerpt, position), 'sql');
}

// EXTERNAL MODULE: ./build/render/other-session.js
var other_session = __nccwpck_require__(3158);
// EXTERNAL MODULE: ./build/render/place.js
var place = __nccwpck_require__(3306);
// EXTERNAL MODULE: ./build/render/finding-details.js
var finding_details = __nccwpck_require__(5771);
// EXTERNAL MODULE: ./build/render/group-findings.js
var group_findings = __nccwpck_require__(625);
;// CONCATENATED MODULE: ./build/render/summary-findings.js






/** Findings by severity, and of each severity by file: errors open, the rest folded, what was suppressed last. */
function makeFindingSections(report) {
    const told = new Set();
    const findings = (0,group_findings/* findingsBesideDrift */.cp)(report);
    const items = (severity) => (0,group_findings/* groupFindings */.kG)(findings.filter((finding) => finding.severity === severity)).flatMap((group) => group.findings.map((finding, index) => findingItem(finding, index === 0, report.actor, told)));
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
        return `- ${placeOf(file, position)}${prose(message)} (${code(rule)})\n`;
    });
    const more = (count) => `- and ${count} more\n`;
    return [{ rank: 2, head: `\n### Forced${by}\n\n`, items, tail: '', more }];
}
function findingItem(finding, isFirstOfFile, actor, told) {
    const { rule, severity, file, position, message, excerpt } = finding;
    const lines = [
        ...(isFirstOfFile && file !== undefined ? [`#### ${code(file)}`] : []),
        `**${severity}** ${placeOf(file, position)}${prose(message)} (${code(rule)})`,
        ...(excerpt === undefined ? [] : [markdownFrame((0,foreign_text/* cutText */.IN)(excerpt, 2000), position)]),
        ...(0,finding_details/* makeFindingDetails */.S)(finding, { actor, told }).map(renderDetail),
    ];
    return `${lines.join('\n\n')}\n\n`;
}
function renderDetail({ label, text, kind }) {
    if (kind === 'sql')
        return `${label}:\n\n${(0,foreign_text/* markdownBlock */.dI)((0,foreign_text/* cutText */.IN)(text, 4000), 'sql')}`;
    return kind === 'link' ? `[${label}](${text})` : `${label}: ${prose(text)}`;
}
function suppressedItem({ rule, file, position, reason }) {
    return `- ${placeOf(file, position)}${code(rule)}: ${prose((0,foreign_text/* cutText */.IN)(reason, 500))}\n`;
}
function placeOf(file, position) {
    return file === undefined ? '' : `${code((0,place/* renderPlace */.o)(file, position))} `;
}
function prose(foreign) {
    return (0,foreign_text/* markdownProse */.h$)((0,foreign_text/* cutText */.IN)(foreign, 2000));
}
function code(foreign) {
    return (0,foreign_text/* markdownCode */.D9)((0,foreign_text/* cutText */.IN)(foreign, 300));
}

// EXTERNAL MODULE: ./build/render/held-locks.js
var held_locks = __nccwpck_require__(5019);
// EXTERNAL MODULE: ./build/render/lock-words.js + 1 modules
var lock_words = __nccwpck_require__(7687);
// EXTERNAL MODULE: ./build/render/longest-lock.js
var longest_lock = __nccwpck_require__(4135);
// EXTERNAL MODULE: ./build/render/measured-text.js
var measured_text = __nccwpck_require__(6217);
// EXTERNAL MODULE: ./build/render/rehearsal-files.js
var rehearsal_files = __nccwpck_require__(2216);
// EXTERNAL MODULE: ./build/render/rehearsal-place.js
var rehearsal_place = __nccwpck_require__(4244);
;// CONCATENATED MODULE: ./build/render/rehearsal-words.js
/** Of a file, for people. */
const REHEARSAL_WORDS = {
    rehearsed: 'rehearsed',
    failed: 'failed',
    'partly-rehearsed': 'partly rehearsed',
    'not-rehearsable': 'not rehearsable here',
    'not-run': 'not reached',
};

// EXTERNAL MODULE: ./build/render/bytes.js
var render_bytes = __nccwpck_require__(6134);
// EXTERNAL MODULE: ./build/render/plural.js
var plural = __nccwpck_require__(7663);
// EXTERNAL MODULE: ./build/render/touched.js
var touched = __nccwpck_require__(4255);
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
        ...(left === 0 ? [] : [`_${(0,plural/* plural */.L)(left, 'more statement')} in the JSON report._\n`]),
    ];
}
const COLUMNS = [
    { head: 'Line', isNumber: true, cell: once(({ position }) => String(position.line)) },
    { head: 'Statement', cell: once(({ text }) => measured_table_code((0,foreign_text/* cutText */.IN)(text, 80))) },
    { head: 'Relation', cell: relationCell },
    { head: 'Lock', cell: lockCell },
    { head: 'Rewrite', cell: ({ touched }) => (touched?.rewritten ? '**yes**' : '') },
    { head: 'Scan', cell: ({ touched }) => (touched?.scanned ? 'yes' : '') },
    { head: 'Size', isNumber: true, cell: sizeCell, needs: 'cells' },
    {
        head: 'Rows',
        cell: ({ touched }) => (touched?.changed ? (0,measured_text/* describeRows */.$7)(touched.changed) : ''),
        needs: 'cells',
    },
    {
        head: 'Time',
        isNumber: true,
        cell: once(({ durationMs }) => (0,duration/* renderDuration */.P)(durationMs)),
        needs: 'times',
    },
    {
        head: 'WAL',
        isNumber: true,
        cell: once(({ walBytes = 0 }) => (walBytes === 0 ? '' : (0,render_bytes/* renderBytes */.U)(walBytes))),
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
    return touched === undefined ? '' : (0,measured_text/* describeLock */.FD)(touched, statement.held.get(touched.relation), timesTell);
}
function sizeCell({ touched }) {
    const bytes = touched?.size?.bytes ?? null;
    return bytes === null ? '' : (0,render_bytes/* renderBytes */.U)(bytes);
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
    const telling = statement.touched.filter((one) => (0,touched/* isGrave */.I)(one) || one.changed !== undefined);
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
    return (0,foreign_text/* markdownCode */.D9)((0,foreign_text/* cutText */.IN)(foreign, 200));
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
                `Failed${lineOf(failure.position)}: ${summary_measured_prose(failure.message)} (${(0,failure_code/* renderFailureCode */.A)(failure.code, summary_measured_code)})\n`,
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
        return `- Not sent (line ${position.line}): ${summary_measured_code((0,foreign_text/* cutText */.IN)(text, 80))}: ${summary_measured_prose(reason)}\n`;
    });
    return atMost(lines, 'Not sent');
}
function atMost(lines, what) {
    const more = lines.length - MOST_NAMES;
    return more <= 0 ? lines : [...lines.slice(0, MOST_NAMES), `- ${what}: ${more} more, in the JSON report\n`];
}
function lineOf(position) {
    return position === undefined ? '' : ` at line ${position.line}`;
}
function describe(objects) {
    return (0,measured_text/* describeObjects */.of)(objects, MOST_NAMES, { code: summary_measured_code, prose: foreign_text/* markdownText */.p7 });
}
function summary_measured_prose(foreign) {
    return (0,foreign_text/* markdownProse */.h$)((0,foreign_text/* cutText */.IN)(foreign, 500));
}
function summary_measured_code(foreign) {
    return (0,foreign_text/* markdownCode */.D9)((0,foreign_text/* cutText */.IN)(foreign, 200));
}

;// CONCATENATED MODULE: ./build/render/summary-rehearsal.js










/** Where the rehearsal ran, or why there was none, and the lock that an application would wait for most. */
function makeRehearsalSection(report) {
    const place = (0,rehearsal_place/* makePlaceText */.V)(report, summary_rehearsal_prose);
    const [worst] = (0,held_locks/* makeHeldLocks */._)(report);
    const lock = (0,longest_lock/* makeLockText */.t)(report, worst, summary_rehearsal_code);
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
    const items = apart((0,rehearsal_files/* makeRehearsalFiles */.p)(report).flatMap((file) => renderFile(file, timesTell)));
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
        ...(measured.length === 0 ? [] : [(0,measured_text/* describeQuietly */.FH)(measured, timesTell)]),
    ];
    return facts.length === 0 ? [] : [`- ${summary_rehearsal_code(name)}: ${facts.join(': ')}\n`];
}
/** In HTML, where Markdown is not read. */
function summarise({ rehearsed, worst }, timesTell) {
    const state = rehearsed.state === 'rehearsed' ? [] : [REHEARSAL_WORDS[rehearsed.state]];
    const long = worst === undefined || !timesTell ? '' : ` for ${(0,duration/* renderDuration */.P)(worst.heldMs)}`;
    const lock = worst === undefined ? [] : [`blocks ${lock_words/* BLOCKED */.hl[worst.mode]} of ${tag(worst.relation)}${long}`];
    return [tag(rehearsed.name), ...state, ...lock].join(' \u00b7 ');
}
function tag(foreign) {
    return `<code>${(0,foreign_text/* markdownText */.p7)((0,foreign_text/* cutText */.IN)(foreign, 200))}</code>`;
}
function summary_rehearsal_prose(foreign) {
    return (0,foreign_text/* markdownProse */.h$)((0,foreign_text/* cutText */.IN)(foreign, 1000));
}
function summary_rehearsal_code(foreign) {
    return (0,foreign_text/* markdownCode */.D9)((0,foreign_text/* cutText */.IN)(foreign, 200));
}

// EXTERNAL MODULE: ./build/render/tally.js
var tally = __nccwpck_require__(9755);
;// CONCATENATED MODULE: ./build/render/user-name.js
/** Who a run is on its target: the user that it logged in as and, where the rights are those of another role, that one too. */
function renderUser({ user, role }, quote = (foreign) => foreign) {
    return role === undefined ? quote(user) : `${quote(user)} with the role ${quote(role)}`;
}

// EXTERNAL MODULE: ./build/render/was-in-the-way.js
var was_in_the_way = __nccwpck_require__(2926);
;// CONCATENATED MODULE: ./build/render/summary-details.js

















/** The folded sections of the summary, those first that say why a run stopped. */
function makeDetails(report) {
    const { applied } = (0,tally/* makeTally */.X)(report);
    return [
        ...folded(3, 'Failures', (0,failures/* makeFailures */.Q)(report).map(failureItem)),
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
    return (0,foreign_text/* markdownText */.p7)((0,cut_message/* cutMessage */.w)(foreign, 2000));
}
function summary_details_code(foreign) {
    return (0,foreign_text/* markdownCode */.D9)((0,foreign_text/* cutText */.IN)(foreign, 300));
}
function failureItem({ path, failure, during }) {
    const lines = [
        `**${summary_details_code((0,place/* renderPlace */.o)(path, failure.position))}** ${during}: ${summary_details_text(failure.message)} (${(0,failure_code/* renderFailureCode */.A)(failure.code, summary_details_code)})`,
        ...(failure.statement === undefined ? [] : [`Statement ${failure.statement} of the file.`]),
        ...(failure.hint === undefined
            ? []
            : [`${(0,failure_code/* isSqlState */.I)(failure.code) ? 'Hint of the server' : 'Hint'}: ${summary_details_text(failure.hint)}`]),
        ...(failure.context ?? []).map((line) => `In ${summary_details_code(line)}`),
        ...(failure.blockers ?? []).map((one) => `Blocked by ${(0,other_session/* describeSession */._0)(one, summary_details_code)}`),
        ...(failure.excerpt === undefined ? [] : [markdownFrame(failure.excerpt, failure.position)]),
    ];
    return `${lines.join('\n\n')}\n\n`;
}
function driftItem(drift) {
    const { message, stored, present, help } = (0,drift_text/* makeDriftText */.B)(drift, summary_details_code);
    const sums = present === undefined ? [`stored ${stored}`] : [`stored ${stored}`, `present ${present}`];
    return `- ${message}\n${sums.map((sum) => `  - ${sum}\n`).join('')}  - **Way out:** ${help}\n`;
}
function atomicityItem({ name, atomicity }) {
    return atomicity === undefined ? [] : [`- ${summary_details_code(name)}: ${summary_details_text(atomicity)}\n`];
}
function waitItem(outcome) {
    return (0,was_in_the_way/* wasInTheWay */.H)(outcome, summary_details_code).map((words) => `- ${summary_details_code(outcome.name)}: ${words}\n`);
}
function eventItem(event) {
    const { executedAt, version, name, executionTimeMs, executedBy, environment } = event;
    const facts = [
        summary_details_text(executedAt),
        summary_details_text((0,event_facts/* eventWord */.Z)(event)),
        ...(version === '' ? [] : [summary_details_code(name ?? version)]),
        ...(executionTimeMs === null ? [] : [(0,duration/* renderDuration */.P)(executionTimeMs)]),
        ...(executedBy === null ? [] : [`by ${summary_details_text(executedBy)}`]),
        ...(environment === null ? [] : [`on ${summary_details_code(environment)}`]),
        ...(0,event_facts/* eventProof */.F)(event, summary_details_text),
        ...(event.approvalComment ? [`approval: ${summary_details_text((0,foreign_text/* cutText */.IN)(event.approvalComment, 300))}`] : []),
        ...(event.forced === null ? [] : [`forced ${summary_details_text(event.forced)}`]),
        ...[event.detail, event.errorMessage].flatMap((said) => said === null ? [] : [summary_details_text((0,foreign_text/* cutText */.IN)(said, 300))]),
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
        ...(approval === undefined ? [] : [`- Approved by ${(0,approval_text/* makeApprovalText */.r)(approval, summary_details_code)}\n`]),
    ];
    if (items.length === 0)
        return [];
    const head = '\n<details><summary>Target, tracking, plan</summary>\n\n';
    return [{ rank: 8, head, items, tail: '\n</details>\n', more: () => '' }];
}

// EXTERNAL MODULE: ./build/render/finding-counts.js
var finding_counts = __nccwpck_require__(2725);
;// CONCATENATED MODULE: ./build/render/summary-facts.js



/** What was run, where, how it ended and how long it took, each a few words of Markdown. */
function makeFacts(report) {
    const counts = (0,finding_counts/* renderCounts */.P)(report);
    return [
        `Command ${quote(report.command)}`,
        `environment ${quote(report.environment)}`,
        `status **${report.status}**`,
        ...(report.dryRun ? ['dry run'] : []),
        (0,duration/* renderDuration */.P)(report.durationMs),
        ...(counts === '' ? [] : [`**${counts}**`]),
    ];
}
function quote(foreign) {
    return (0,foreign_text/* markdownCode */.D9)((0,foreign_text/* cutText */.IN)(foreign, 200));
}

// EXTERNAL MODULE: ./build/render/advice.js + 1 modules
var advice = __nccwpck_require__(4929);
// EXTERNAL MODULE: ./build/render/rows.js
var render_rows = __nccwpck_require__(688);
// EXTERNAL MODULE: ./build/render/graph.js
var render_graph = __nccwpck_require__(4569);
;// CONCATENATED MODULE: ./build/render/summary-graph.js

/** What GitHub's Mermaid draws; beyond that it shows an error. */
const MOST_CHARACTERS = 50_000;
const MOST_EDGES = 500;
/** The dependency graph as a picture, or why there is none. */
function makeGraphSection({ graph }) {
    if (graph === undefined)
        return [];
    const text = (0,render_graph/* renderMermaid */.m)(graph);
    const tooLarge = text.length > MOST_CHARACTERS || graph.edges.length > MOST_EDGES;
    const head = tooLarge
        ? '\nThe dependency graph is too large to be drawn here; `devflow db graph --format dot` writes it for Graphviz.\n'
        : `\n\`\`\`mermaid\n${text}\`\`\`\n`;
    return [{ rank: 3, head, items: [], tail: '', more: () => '' }];
}

// EXTERNAL MODULE: ./build/render/step-words.js
var step_words = __nccwpck_require__(4771);
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
    const { icon, word } = step_words/* stepWords */.c[state];
    const why = failure === undefined ? [] : [`${failure.message} (${failure.code})`];
    const told = [what, ...details, ...why].map((text) => cell(text)).join('<br>');
    return `| ${told} | ${icon} ${word} | ${durationMs === undefined ? '' : (0,duration/* renderDuration */.P)(durationMs)} |\n`;
}
/** A bar would end the cell, and a line end the table. */
function cell(text) {
    return (0,foreign_text/* markdownText */.p7)((0,foreign_text/* cutText */.IN)(text, 500)).replaceAll(/\s*\n\s*/g, ' ');
}

// EXTERNAL MODULE: ./build/render/side-words.js
var side_words = __nccwpck_require__(506);
;// CONCATENATED MODULE: ./build/render/summary-sides.js


/** For `status`, where the Supabase CLI's table is kept in step: which side has what. */
function makeSidesSection({ command, sides = [] }) {
    if (command !== 'status' || sides.length === 0)
        return [];
    const head = '\n| Name | File | devflow | Supabase | |\n| :-- | :-- | :-- | :-- | :-- |\n';
    const more = (count) => `| \u2026 | and ${count} more | | | |\n`;
    return [{ rank: 6, head, items: sides.map((side) => tableRow((0,side_words/* makeSideRow */.Q)(side))), tail: '', more }];
}
function tableRow({ side, file, ours, supabase, says }) {
    const name = (0,foreign_text/* markdownCode */.D9)((0,foreign_text/* cutText */.IN)(side.name, 200));
    return `| ${name} | ${file} | ${(0,foreign_text/* markdownText */.p7)(ours)} | ${supabase} | ${(0,foreign_text/* markdownText */.p7)((0,foreign_text/* cutText */.IN)(says, 300))} |\n`;
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
    const items = report.problems.map(({ message, help, lines }) => `- ${(0,foreign_text/* markdownText */.p7)((0,foreign_text/* cutText */.IN)(message, 2000))}\n  **Way out:** ${(0,foreign_text/* markdownText */.p7)((0,foreign_text/* cutText */.IN)(help, 2000))}\n${block(lines)}`);
    const more = (count) => `- and ${count} more\n`;
    return [{ rank: 1, head: '\n### What is wrong\n\n', items, tail: '', more }];
}
/** Lines to be copied stand on their own. */
function block(lines) {
    return lines === undefined ? '' : `\n${(0,foreign_text/* markdownBlock */.dI)(lines, 'yaml')}\n\n`;
}
function next(report) {
    const { operation } = report;
    const sentences = operation ? (operation.next ?? []).map(foreign_text/* markdownProse */.h$) : (0,advice/* makeAdvice */.B)(report, summary_main_quote);
    const items = sentences.map((sentence) => `- ${sentence}\n`);
    if (items.length === 0)
        return [];
    return [{ rank: 2, head: '\n### What to do next\n\n', items, tail: '', more: () => '' }];
}
function table(report) {
    const rows = (0,render_rows/* makeRows */.G)(report);
    if (rows.length === 0)
        return [];
    const head = '\n| Version | Name | State | Mode | Time |\n| :-- | :-- | :-- | :-- | --: |\n';
    const more = (count) => `| \u2026 | and ${count} more | | | |\n`;
    return [{ rank: 4, head, items: rows.map(summary_main_tableRow), tail: '', more }];
}
function summary_main_tableRow(row) {
    const { icon, word } = render_rows/* rowWords */.O[row.state];
    const state = row.outOfOrder ? `${icon} ${word} (out of order)` : `${icon} ${word}`;
    const time = row.durationMs === undefined ? '' : (0,duration/* renderDuration */.P)(row.durationMs);
    return `| ${summary_main_quote(row.version)} | ${summary_main_quote(row.name)} | ${state} | ${row.mode} | ${time} |\n`;
}
function summary_main_quote(foreign) {
    return (0,foreign_text/* markdownCode */.D9)((0,foreign_text/* cutText */.IN)(foreign, 200));
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
    return (0,foreign_text/* markdownCode */.D9)((0,foreign_text/* cutText */.IN)(foreign, 200));
}
function verdict(report) {
    const { icon, text } = (0,headline/* makeHeadline */.d)(report, summary_quote);
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


/***/ }),

/***/ 9755:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ makeTally)
/* harmony export */ });
/* harmony import */ var _model_version_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(178);

/** True on every path: a file applied a moment ago counts, even where the tracking table was read before. */
function makeTally(report) {
    const now = new Set(report.outcomes.filter((o) => o.state === 'applied').map((o) => (0,_model_version_js__WEBPACK_IMPORTED_MODULE_0__/* .versionKey */ ._)(o.version)));
    const planned = [...(report.plan?.migrations ?? []), ...(report.plan?.deferred ?? [])];
    const applied = appliedEntries(report, now);
    return {
        pending: planned.filter((migration) => !now.has((0,_model_version_js__WEBPACK_IMPORTED_MODULE_0__/* .versionKey */ ._)(migration.file.version))),
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
        const thisRun = now.has((0,_model_version_js__WEBPACK_IMPORTED_MODULE_0__/* .versionKey */ ._)(version));
        return { version, name, checksum, appliedAt, executionTimeMs, appliedBy, thisRun };
    });
    const known = new Set(recorded.map((entry) => (0,_model_version_js__WEBPACK_IMPORTED_MODULE_0__/* .versionKey */ ._)(entry.version)));
    const checksums = new Map(report.plan?.migrations.map(({ file }) => [file.version, file.checksum]));
    const unread = report.outcomes
        .filter((outcome) => outcome.state === 'applied' && !known.has((0,_model_version_js__WEBPACK_IMPORTED_MODULE_0__/* .versionKey */ ._)(outcome.version)))
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


/***/ }),

/***/ 9117:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  b: () => (/* binding */ renderTerminal)
});

// EXTERNAL MODULE: ./build/render/advice.js + 1 modules
var render_advice = __nccwpck_require__(4929);
// EXTERNAL MODULE: ./build/render/approval-text.js
var approval_text = __nccwpck_require__(8036);
// EXTERNAL MODULE: ./build/render/duration.js
var duration = __nccwpck_require__(3541);
// EXTERNAL MODULE: ./build/render/finding-counts.js
var finding_counts = __nccwpck_require__(2725);
// EXTERNAL MODULE: ./build/render/foreign-text.js
var foreign_text = __nccwpck_require__(7357);
// EXTERNAL MODULE: ./build/render/headline.js + 1 modules
var render_headline = __nccwpck_require__(2841);
// EXTERNAL MODULE: ./build/model/cut-message.js
var cut_message = __nccwpck_require__(9356);
;// CONCATENATED MODULE: ./build/render/labelled.js


const labelWidth = 10;
/** `  Label     text`, foreign text of several lines indented under the first. */
function labelled(label, text) {
    const lines = (0,foreign_text/* logText */.kc)((0,cut_message/* cutMessage */.w)(text)).split('\n');
    return lines.map((line, index) => `  ${(index === 0 ? label : '').padEnd(labelWidth)}  ${line}`);
}

// EXTERNAL MODULE: ./build/render/code-frame.js
var code_frame = __nccwpck_require__(1856);
;// CONCATENATED MODULE: ./build/render/frame-lines.js

/** An excerpt for a terminal, with its line number and the carets in colour. */
function frameLines(excerpt, position, paint) {
    return (0,code_frame/* makeCodeFrame */.H)(excerpt, position).map(({ gutter, text, isCaret }) => {
        const bar = paint('dim', `${gutter}${gutter === '' ? '' : ' '}\u2502`);
        return `  ${bar} ${isCaret ? paint('red', text) : text}`;
    });
}

// EXTERNAL MODULE: ./build/render/other-session.js
var other_session = __nccwpck_require__(3158);
// EXTERNAL MODULE: ./build/render/step-words.js
var step_words = __nccwpck_require__(4771);
;// CONCATENATED MODULE: ./build/render/operation-lines.js






/** For a terminal: each step with what became of it, and why not. */
function operationLines({ operation }, paint) {
    return (operation?.steps ?? []).flatMap((step) => stepLines(step, paint));
}
const colours = {
    planned: 'yellow',
    done: 'green',
    failed: 'red',
    partial: 'red',
    'not-run': 'dim',
    unknown: 'red',
};
function stepLines(step, paint) {
    const { what, state, details = [], durationMs, failure } = step;
    const { mark, word } = step_words/* stepWords */.c[state];
    const facts = [...(state === 'done' ? [] : [word]), ...(durationMs ? [(0,duration/* renderDuration */.P)(durationMs)] : [])];
    const aside = facts.length === 0 ? '' : ` ${paint('dim', `(${facts.join(', ')})`)}`;
    return [
        `${paint(colours[state], mark)} ${(0,foreign_text/* logLine */.BP)((0,foreign_text/* cutText */.IN)(what, 400))}${aside}`,
        ...details.flatMap((detail) => labelled('', detail)),
        ...(failure === undefined ? [] : failureLines(failure, paint)),
    ];
}
function failureLines(failure, paint) {
    const { message, code, hint, excerpt, position, blockers = [] } = failure;
    return [
        ...labelled('Why', `${message} (${code})`),
        ...(hint === undefined ? [] : labelled('Hint', hint)),
        ...blockers.flatMap((one) => labelled('Blocked by', (0,other_session/* describeSession */._0)(one, foreign_text/* logLine */.BP))),
        ...(excerpt === undefined ? [] : frameLines(excerpt, position, paint)),
    ];
}

// EXTERNAL MODULE: ./build/render/paint.js
var render_paint = __nccwpck_require__(7237);
// EXTERNAL MODULE: ./build/render/plural.js
var plural = __nccwpck_require__(7663);
// EXTERNAL MODULE: ./build/render/finding-details.js
var finding_details = __nccwpck_require__(5771);
// EXTERNAL MODULE: ./build/render/group-findings.js
var group_findings = __nccwpck_require__(625);
// EXTERNAL MODULE: ./build/render/place.js
var place = __nccwpck_require__(3306);
;// CONCATENATED MODULE: ./build/render/terminal-findings.js







/** Of more findings, the worst; the report in JSON and SARIF have all. */
const FINDINGS_SHOWN = 200;
/** Findings file by file, each with its line, carets, the way out and, the first time, why its rule is there. */
function findingLines(report, paint) {
    const all = (0,group_findings/* findingsBesideDrift */.cp)(report);
    const left = all.length - FINDINGS_SHOWN;
    const shown = left > 0 ? all.toSorted(group_findings/* compareFindings */.Eg).slice(0, FINDINGS_SHOWN) : all;
    return [...groupLines((0,group_findings/* groupFindings */.kG)(shown), report, paint), ...moreLines(left, 'findings', paint)];
}
function moreLines(left, what, paint) {
    return left > 0 ? ['', paint('bold', `\u2026 and ${left} more ${what}, which the report in JSON names`)] : [];
}
function groupLines(groups, report, paint) {
    const told = new Set();
    return groups.flatMap((group, index) => [
        ...(index === 0 ? [] : ['']),
        ...headLines(group, paint),
        ...group.findings.flatMap((finding) => [
            ...verdictLines(finding, paint),
            ...(0,finding_details/* makeFindingDetails */.S)(finding, { actor: report.actor, told }).flatMap((one) => detailLines(one, paint)),
        ]),
    ]);
}
/** What was found and said to be fine, a line each, with the reason. */
function suppressedLines({ suppressed }, paint) {
    if (suppressed.length === 0)
        return [];
    const line = ({ rule, file, position, reason }) => `  ${placeOf(file, position)}${(0,foreign_text/* logLine */.BP)(rule)}: ${(0,foreign_text/* logLine */.BP)((0,foreign_text/* cutText */.IN)(reason, 500))}`;
    return [
        paint('bold', `Suppressed (${suppressed.length})`),
        ...suppressed.slice(0, FINDINGS_SHOWN).map(line),
        ...moreLines(suppressed.length - FINDINGS_SHOWN, 'suppressed findings', paint),
    ];
}
const terminal_findings_colours = {
    error: 'red',
    warning: 'yellow',
    notice: 'cyan',
};
function headLines({ file, findings }, paint) {
    if (file === undefined || findings.length === 1)
        return [];
    return [`${paint('bold', (0,foreign_text/* logLine */.BP)((0,foreign_text/* cutText */.IN)(file, 500)))}: ${(0,finding_counts/* countSeverities */.n)(findings).join(', ')}`];
}
function verdictLines({ rule, severity, file, position, message, excerpt }, paint) {
    return [
        `${paint(terminal_findings_colours[severity], severity)} ${placeOf(file, position)}${paint('dim', (0,foreign_text/* logLine */.BP)(rule))}`,
        ...labelled('', message),
        ...(excerpt === undefined ? [] : frameLines(excerpt, position, paint)),
    ];
}
function detailLines({ label, text, kind }, paint) {
    if (kind === 'prose')
        return labelled(label, text);
    if (kind === 'link')
        return labelled(label, text).map((line) => paint('dim', line));
    const lines = (0,foreign_text/* logText */.kc)((0,foreign_text/* cutText */.IN)(text, 4000)).split('\n');
    return [`  ${label}:`, ...lines.map((line) => `    ${paint('green', line)}`)];
}
function placeOf(file, position) {
    return file === undefined ? '' : `${(0,foreign_text/* logLine */.BP)((0,place/* renderPlace */.o)(file, position))} `;
}

// EXTERNAL MODULE: ./build/render/bytes.js
var render_bytes = __nccwpck_require__(6134);
// EXTERNAL MODULE: ./build/render/held-locks.js
var held_locks = __nccwpck_require__(5019);
// EXTERNAL MODULE: ./build/render/longest-lock.js
var longest_lock = __nccwpck_require__(4135);
// EXTERNAL MODULE: ./build/render/measured-text.js
var measured_text = __nccwpck_require__(6217);
// EXTERNAL MODULE: ./build/render/rehearsal-files.js
var rehearsal_files = __nccwpck_require__(2216);
// EXTERNAL MODULE: ./build/render/rehearsal-place.js
var rehearsal_place = __nccwpck_require__(4244);
// EXTERNAL MODULE: ./build/render/touched.js
var render_touched = __nccwpck_require__(4255);
;// CONCATENATED MODULE: ./build/render/terminal-rehearsal.js









/** Lines about statements; the rest is counted. */
const MOST_LINES = 30;
const MOST_NAMES = 5;
const MOST_RELATIONS = 3;
/**
 * Where the rehearsal ran, the worst lock, and a line for each statement that keeps others out, rewrites, reads a table
 * from end to end, drops something or was not sent. With `verbose` a line for every statement.
 */
function rehearsalLines(report, paint, verbose) {
    const place = (0,rehearsal_place/* makePlaceText */.V)(report, prose);
    const timesTell = report.rehearsedOn?.kind !== 'shadow';
    const [worst] = (0,held_locks/* makeHeldLocks */._)(report);
    const lock = (0,longest_lock/* makeLockText */.t)(report, worst, terminal_rehearsal_name);
    const files = (0,rehearsal_files/* makeRehearsalFiles */.p)(report);
    const lines = files.flatMap((file) => fileLines(file, { paint, verbose, timesTell }));
    const shown = verbose ? lines : lines.slice(0, MOST_LINES);
    const left = lines.length - shown.length;
    return [
        ...(place === undefined ? [] : [`${paint('bold', place.verdict)} ${place.text}`]),
        ...(place?.items ?? []).map((item) => `  - ${item}`),
        ...(lock === undefined ? [] : [`${paint(worst ? 'yellow' : 'green', lock.label)} ${lock.text}`]),
        ...shown,
        ...(left === 0 ? [] : [paint('dim', `  \u2026 ${left} more: --verbose, or the JSON report, has them`)]),
    ];
}
function fileLines({ rehearsed, statements }, look) {
    const place = (line) => `  ${terminal_rehearsal_name(rehearsed.name)}:${line}  `;
    const done = statements
        .filter((statement) => look.verbose || statement.isGrave)
        .map((statement) => place(statement.measured.position.line) + statementText(statement, look));
    const left = (rehearsed.left ?? []).map(({ position, reason }) => `${place(position.line)}${look.paint('yellow', 'not sent')}: ${prose(reason)}`);
    return [...done, ...left];
}
function statementText({ measured, touched, held }, look) {
    const shown = look.verbose ? touched : touched.filter(render_touched/* isGrave */.I);
    const relations = shown.slice(0, look.verbose ? shown.length : MOST_RELATIONS).map((one) => {
        const facts = [
            (0,measured_text/* describeLock */.FD)(one, held.get(one.relation), look.timesTell),
            ...(one.rewritten ? ['rewrites it'] : []),
            ...(one.scanned ? ['reads it from end to end'] : []),
            ...(one.changed ? [(0,measured_text/* describeRows */.$7)(one.changed)] : []),
        ].filter((fact) => fact !== '');
        return `${relationText(one)}: ${look.paint(colourOf(one), facts.join(', '))}`;
    });
    const more = shown.length - relations.length;
    const parts = [
        ...relations,
        ...(more === 0 ? [] : [(0,plural/* plural */.L)(more, 'more relation')]),
        ...objects('drops', measured.dropped.filter(({ cascaded }) => !cascaded)),
        ...objects('CASCADE drops', measured.dropped.filter(({ cascaded }) => cascaded)),
        ...(look.verbose ? objects('creates', measured.created) : []),
    ];
    const quiet = parts.length === 0 ? [(0,measured_text/* describeQuietly */.FH)([measured], look.timesTell)] : parts;
    return look.verbose ? `${look.paint('dim', terminal_rehearsal_name(measured.text))}  ${quiet.join('; ')}` : quiet.join('; ');
}
function relationText(touched) {
    const bytes = touched.size?.bytes ?? null;
    return `${terminal_rehearsal_name(touched.relation)}${bytes === null ? '' : ` (${(0,render_bytes/* renderBytes */.U)(bytes)})`}`;
}
function colourOf({ lock, rewritten }) {
    return rewritten || lock === 'AccessExclusive' ? 'red' : 'yellow';
}
function objects(verb, all) {
    return all.length === 0 ? [] : [`${verb} ${(0,measured_text/* describeObjects */.of)(all, MOST_NAMES, { code: terminal_rehearsal_name, prose: terminal_rehearsal_name })}`];
}
function terminal_rehearsal_name(foreign) {
    return (0,foreign_text/* logLine */.BP)((0,foreign_text/* cutText */.IN)(foreign, 120));
}
function prose(foreign) {
    return (0,foreign_text/* logLine */.BP)((0,foreign_text/* cutText */.IN)(foreign, 1000));
}

// EXTERNAL MODULE: ./build/render/align.js
var align = __nccwpck_require__(8772);
// EXTERNAL MODULE: ./build/render/side-words.js
var side_words = __nccwpck_require__(506);
;// CONCATENATED MODULE: ./build/render/terminal-sides.js



/** For `status`, where the Supabase CLI's table is kept in step: which side has what. Of what is in step, the newest. */
function sideLines({ command, sides = [] }, paint, width) {
    if (command !== 'status' || sides.length === 0)
        return [];
    const rows = sides.map(side_words/* makeSideRow */.Q);
    const shown = rows.filter(({ says }, index) => says !== 'in step' || index >= rows.length - IN_STEP_SHOWN);
    const cells = shown.map(({ side, file, ours, supabase, says }) => [
        (0,foreign_text/* cutText */.IN)((0,foreign_text/* logLine */.BP)(side.name), Math.max(20, width - 60)),
        file,
        (0,foreign_text/* logLine */.BP)(ours),
        supabase,
        (0,foreign_text/* logLine */.BP)(says),
    ]);
    const [head = '', ...lines] = (0,align/* alignColumns */.R)([['', 'file', 'devflow', 'Supabase', ''], ...cells]);
    const left = rows.length - shown.length;
    return [
        paint('bold', 'Side by side'),
        paint('dim', `    ${head.trimEnd()}`),
        ...(left === 0 ? [] : [paint('dim', `  \u2026 ${left} earlier in step`)]),
        ...lines.map((line, index) => {
            const isFine = shown[index]?.isFine ?? false;
            return `  ${isFine ? paint('green', '\u2714') : paint('yellow', '\u25cf')} ${line}`;
        }),
    ];
}
const IN_STEP_SHOWN = 5;

// EXTERNAL MODULE: ./build/render/event-facts.js
var event_facts = __nccwpck_require__(2267);
// EXTERNAL MODULE: ./build/render/rows.js
var render_rows = __nccwpck_require__(688);
// EXTERNAL MODULE: ./build/render/tally.js
var tally = __nccwpck_require__(9755);
;// CONCATENATED MODULE: ./build/render/terminal-tables.js







const appliedShown = 5;
const look = {
    applied: ['\u2714', 'green'],
    failed: ['\u2716', 'red'],
    'failed-half-done': ['!', 'red'],
    partial: ['!', 'red'],
    unknown: ['?', 'red'],
    'not-reached': ['\u00b7', 'dim'],
    rehearsed: ['\u2714', 'green'],
    'partly-rehearsed': ['~', 'yellow'],
    'not-rehearsable': ['~', 'yellow'],
    'rehearsal-failed': ['\u2716', 'red'],
    pending: ['\u25cf', 'yellow'],
    'left-out': ['\u00b7', 'dim'],
};
/** One line a planned migration. Of very many those at both ends, and those that did not go as they should. */
function planLines(report, paint, width) {
    const all = (0,render_rows/* makeRows */.G)(report);
    const rows = all.length <= ROWS_SHOWN ? all : someOf(all);
    const left = all.length - rows.length;
    return [
        ...rowLines(rows, paint, width),
        ...(left === 0 ? [] : [paint('dim', `  \u2026 and ${left} more, which the report in JSON names`)]),
    ];
}
const ROWS_SHOWN = 400;
const ROWS_OF_AN_END = 100;
function someOf(rows) {
    const wrong = new Set(rows.filter(({ state }) => look[state][1] === 'red').slice(0, ROWS_OF_AN_END));
    return rows.filter((row, index) => index < ROWS_OF_AN_END || index >= rows.length - ROWS_OF_AN_END || wrong.has(row));
}
function rowLines(rows, paint, width) {
    const lines = (0,align/* alignColumns */.R)(rows.map((row) => planCells(row, width)));
    return rows.flatMap((row, index) => {
        const [mark, colour] = look[row.state];
        const line = `  ${paint(colour, mark)} ${lines[index] ?? ''}`;
        if (row.remark === undefined)
            return [line];
        return [line, paint('dim', `      ${(0,foreign_text/* logLine */.BP)((0,foreign_text/* cutText */.IN)(row.remark, 500))}`)];
    });
}
function planCells(row, width) {
    const remarks = [
        render_rows/* rowWords */.O[row.state].word,
        ...(row.mode === 'no-transaction' ? ['outside a transaction'] : []),
        ...(row.outOfOrder ? ['out of order'] : []),
    ];
    const time = row.durationMs === undefined ? '' : (0,duration/* renderDuration */.P)(row.durationMs);
    return [nameCell(row.name, width), remarks.join(', '), time];
}
/** The newest applied migrations, for the commands that ask what is there. */
function appliedLines(report, paint, width) {
    if (report.command !== 'status' && report.command !== 'verify')
        return [];
    const { applied } = (0,tally/* makeTally */.X)(report);
    if (applied.length === 0)
        return [];
    const newest = applied.slice(-appliedShown);
    const cells = newest.map(({ name, appliedAt, appliedBy }) => [
        nameCell(name, width),
        (0,foreign_text/* logLine */.BP)(appliedAt ?? ''),
        appliedBy === null ? '' : `by ${(0,foreign_text/* logLine */.BP)((0,foreign_text/* cutText */.IN)(appliedBy, 60))}`,
    ]);
    const earlier = applied.length - newest.length;
    return [
        paint('bold', (0,plural/* plural */.L)(applied.length, 'migration is', 'migrations are').concat(' applied')),
        ...(earlier === 0 ? [] : [paint('dim', `  \u2026 ${earlier} earlier`)]),
        ...(0,align/* alignColumns */.R)(cells).map((line) => `  ${paint('green', '\u2714')} ${line}`),
    ];
}
/** One line an event of the append-only history, newest first; below it what proves it, and what it tells. */
function eventLines({ events }, paint, width) {
    if (events.length === 0)
        return ['  No events are recorded.'];
    const cells = events.map((event) => [
        (0,foreign_text/* logLine */.BP)(event.executedAt),
        cell((0,event_facts/* eventWord */.Z)(event)),
        nameCell(event.name ?? event.version, width),
        event.executionTimeMs === null ? '' : (0,duration/* renderDuration */.P)(event.executionTimeMs),
        event.executedBy === null ? '' : `by ${cell(event.executedBy)}`,
        event.environment === null ? '' : `on ${cell(event.environment)}`,
    ]);
    const lines = (0,align/* alignColumns */.R)(cells);
    return events.flatMap((event, index) => {
        const good = event.status === 'success';
        const line = `  ${paint(good ? 'green' : 'red', good ? '\u2714' : '\u2716')} ${lines[index] ?? ''}`;
        return [line, ...moreOf(event).map((text) => paint('dim', `      ${(0,foreign_text/* logLine */.BP)((0,foreign_text/* cutText */.IN)(text, 300))}`))];
    });
}
function moreOf(event) {
    const proof = (0,event_facts/* eventProof */.F)(event, (foreign) => foreign);
    const { forced, approvalComment, detail, errorMessage } = event;
    return [
        ...(proof.length === 0 ? [] : [proof.join(' \u00b7 ')]),
        ...(approvalComment ? [`approval: ${approvalComment}`] : []),
        ...(forced === null ? [] : [`forced: ${forced}`]),
        ...[detail, errorMessage].filter((text) => text !== null),
    ];
}
function cell(text) {
    return (0,foreign_text/* logLine */.BP)((0,foreign_text/* cutText */.IN)(text, 60));
}
function nameCell(name, width) {
    return (0,foreign_text/* cutText */.IN)((0,foreign_text/* logLine */.BP)(name), Math.max(20, width - 40));
}

// EXTERNAL MODULE: ./build/render/drift-text.js
var drift_text = __nccwpck_require__(396);
// EXTERNAL MODULE: ./build/render/failure-code.js
var failure_code = __nccwpck_require__(4365);
// EXTERNAL MODULE: ./build/render/failures.js
var failures = __nccwpck_require__(382);
// EXTERNAL MODULE: ./build/render/was-in-the-way.js
var was_in_the_way = __nccwpck_require__(2926);
;// CONCATENATED MODULE: ./build/render/terminal-trouble.js









/** Every mistake in the set-up with its way out. */
function problemLines({ problems }, paint) {
    return problems.flatMap(({ message, help, lines }) => [
        ...labelled('Wrong', message).map((line) => paint('red', line)),
        ...labelled('Way out', lines === undefined ? help : `${help}\n${lines}`),
    ]);
}
/** What went wrong with a file: place, message, code, hint, and the line with a caret under the column. */
function terminal_trouble_failureLines(report, paint) {
    return (0,failures/* makeFailures */.Q)(report).flatMap(({ path, failure, during }) => [
        `${paint('red', (0,foreign_text/* logLine */.BP)((0,place/* renderPlace */.o)(path, failure.position)))} ${during}`,
        ...labelled((0,failure_code/* isSqlState */.I)(failure.code) ? 'Server' : 'Why', `${failure.message} (${(0,failure_code/* renderFailureCode */.A)(failure.code)})`),
        ...(failure.hint === undefined ? [] : labelled('Hint', failure.hint)),
        ...(failure.context ?? []).flatMap((line) => labelled('In', line)),
        ...(failure.blockers ?? []).flatMap((one) => labelled('Blocked by', (0,other_session/* describeSession */._0)(one, foreign_text/* logLine */.BP))),
        ...(failure.excerpt === undefined ? [] : frameLines(failure.excerpt, failure.position, paint)),
    ]);
}
/** Who was in the way of what was tried again, whatever became of it. */
function waitLines({ outcomes }) {
    return outcomes.flatMap((outcome) => (0,was_in_the_way/* wasInTheWay */.H)(outcome, foreign_text/* logLine */.BP).flatMap((words) => labelled('Waited', `${(0,foreign_text/* logLine */.BP)(outcome.name)}: ${words}`)));
}
/** Applied files that are no longer what was applied, with both checksums and the way out. */
function driftLines({ drift }, paint) {
    return drift.flatMap((one) => {
        const { message, stored, present, help } = (0,drift_text/* makeDriftText */.B)(one, foreign_text/* logLine */.BP);
        return [
            paint('red', message),
            ...labelled('Stored', stored),
            ...(present === undefined ? [] : labelled('Present', present)),
            ...labelled('Way out', help),
        ];
    });
}

;// CONCATENATED MODULE: ./build/render/terminal.js















/** The report for people: verdict, what is wrong, the plan, what to do next. Ends with a line end. */
function renderTerminal(report, { color, width = 100, verbose = false }) {
    const paint = (0,render_paint/* makePaint */.R)(color);
    const blocks = [
        terminal_verdictLines(report, paint),
        problemLines(report, paint),
        operationLines(report, paint),
        planLines(report, paint, width),
        report.command === 'history' ? eventLines(report, paint, width) : appliedLines(report, paint, width),
        sideLines(report, paint, width),
        terminal_trouble_failureLines(report, paint),
        waitLines(report),
        rehearsalLines(report, paint, verbose),
        driftLines(report, paint),
        findingLines(report, paint),
        suppressedLines(report, paint),
        adviceLines(report, paint),
        footerLines(report, paint),
    ];
    const text = blocks
        .filter((block) => block.length > 0)
        .map((block) => block.join('\n'))
        .join('\n\n');
    return `${(0,foreign_text/* guardLog */.gr)(text)}\n`;
}
const marks = {
    good: ['\u2714', 'green'],
    waiting: ['\u25cf', 'yellow'],
    bad: ['\u2716', 'red'],
};
function terminal_verdictLines(report, paint) {
    const headline = (0,render_headline/* makeHeadline */.d)(report, (foreign) => (0,foreign_text/* logLine */.BP)((0,foreign_text/* cutText */.IN)(foreign, 200)));
    const [mark, colour] = marks[headline.mood];
    const facts = [...(report.dryRun ? ['dry run'] : []), (0,duration/* renderDuration */.P)(report.durationMs)];
    return [`${paint(colour, mark)} ${paint('bold', headline.text)} ${paint('dim', `(${facts.join(', ')})`)}`];
}
function adviceLines(report, paint) {
    const { operation } = report;
    const advice = operation ? (operation.next ?? []).map(foreign_text/* logLine */.BP) : (0,render_advice/* makeAdvice */.B)(report, foreign_text/* logLine */.BP);
    if (advice.length === 0)
        return [];
    return [paint('bold', 'What to do next'), ...advice.map((sentence) => `  - ${sentence}`)];
}
function footerLines(report, paint) {
    const { target, plan, approval, notes, directory, fileCount } = report;
    const counts = (0,finding_counts/* renderCounts */.P)(report);
    const lines = [
        ...(counts === '' ? [] : labelled('Findings', counts)),
        ...notes.flatMap((note) => labelled('Note', note)),
        ...(directory === '' ? [] : labelled('Migrations', `${directory} (${(0,plural/* plural */.L)(fileCount, 'file')})`)),
        ...(target === undefined
            ? []
            : labelled('Target', `PostgreSQL ${target.serverVersion}, ${target.user}@${target.host}:${target.port}/${target.database}${target.role === undefined ? '' : ` with the role ${target.role}`}, TLS ${target.tls}, tracking ${target.tracking.schema}.${target.tracking.table}`)),
        ...(plan?.hash === undefined ? [] : labelled('Plan hash', plan.hash)),
        ...(approval === undefined
            ? []
            : labelled('Approved', (0,approval_text/* makeApprovalText */.r)(approval, (text) => text))),
    ];
    return lines.map((line) => paint('dim', line));
}


/***/ }),

/***/ 4255:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ isGrave),
/* harmony export */   T: () => (/* binding */ makeTouched)
/* harmony export */ });
/* harmony import */ var _lock_words_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7687);

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
    return rewritten || scanned || (lock !== undefined && (0,_lock_words_js__WEBPACK_IMPORTED_MODULE_0__/* .isStrong */ .kg)(lock));
}
/** A table before its indexes, which are smaller than it is with them. */
function byGravity(a, b) {
    return (Number(b.rewritten) - Number(a.rewritten) ||
        strength(b) - strength(a) ||
        Number(b.scanned) - Number(a.scanned) ||
        (b.size?.bytes ?? 0) - (a.size?.bytes ?? 0));
}
function strength({ lock }) {
    return lock === undefined ? -1 : (0,_lock_words_js__WEBPACK_IMPORTED_MODULE_0__/* .strengthOf */ .NY)(lock);
}


/***/ }),

/***/ 2926:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ wasInTheWay)
/* harmony export */ });
/* harmony import */ var _other_session_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3158);
/* harmony import */ var _plural_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7663);


/** Who held up a migration that was tried again, as a sentence without the file's name; nothing where nobody was seen. */
function wasInTheWay({ attempts, blockers = [] }, quote) {
    if (blockers.length === 0)
        return [];
    return [`${(0,_plural_js__WEBPACK_IMPORTED_MODULE_0__/* .plural */ .L)(attempts, 'attempt')}; the last that it waited for: ${(0,_other_session_js__WEBPACK_IMPORTED_MODULE_1__/* .describeSessions */ .Pj)(blockers, quote)}`];
}


/***/ }),

/***/ 5152:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ renderWatching),
/* harmony export */   S: () => (/* binding */ renderWatchingShort)
/* harmony export */ });
/* harmony import */ var _duration_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3541);
/* harmony import */ var _foreign_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7357);
/* harmony import */ var _other_session_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(3158);



/** A look at a long message as a line of a log: how long, what, how far, who is in its way, in whose way it is. */
function renderWatching(event, paint) {
    const { elapsedMs, doing, blockedBy, blocking } = event;
    const what = doing === undefined ? '' : `: ${(0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_0__/* .logLine */ .BP)((0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cutText */ .IN)(doing, 500))}`;
    const line = [
        `  running for ${(0,_duration_js__WEBPACK_IMPORTED_MODULE_1__/* .renderDuration */ .P)(elapsedMs)}${what}${shareOf(event)}`,
        ...(blockedBy.length === 0 ? [] : [`blocked by ${(0,_other_session_js__WEBPACK_IMPORTED_MODULE_2__/* .describeSessions */ .Pj)(blockedBy, _foreign_text_js__WEBPACK_IMPORTED_MODULE_0__/* .logLine */ .BP)}`]),
        ...(blocking.length === 0 ? [] : [`others wait for it: ${(0,_other_session_js__WEBPACK_IMPORTED_MODULE_2__/* .describeSessions */ .Pj)(blocking, _foreign_text_js__WEBPACK_IMPORTED_MODULE_0__/* .logLine */ .BP)}`]),
    ].join('; ');
    return paint(blockedBy.length + blocking.length === 0 ? 'dim' : 'yellow', line);
}
/** The same in short, what matters most first, for a bar that may cut it. */
function renderWatchingShort(event) {
    const { elapsedMs, doing, blockedBy, blocking } = event;
    const [blocker, ...more] = blockedBy;
    const others = more.length === 0 ? '' : ` and ${more.length} more`;
    return [
        `${(0,_duration_js__WEBPACK_IMPORTED_MODULE_1__/* .renderDuration */ .P)(elapsedMs)}${shareOf(event)}`,
        ...(blocker === undefined ? [] : [`blocked by ${(0,_other_session_js__WEBPACK_IMPORTED_MODULE_2__/* .nameSession */ .Kx)(blocker, _foreign_text_js__WEBPACK_IMPORTED_MODULE_0__/* .logLine */ .BP)}${others}`]),
        ...(blocking.length === 0 ? [] : [`${blocking.length} waiting for it`]),
        ...(doing === undefined ? [] : [(0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_0__/* .logLine */ .BP)((0,_foreign_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cutText */ .IN)(doing, 200))]),
    ].join(' \u00b7 ');
}
function shareOf({ share }) {
    return share === undefined ? '' : `, ${Math.floor(share * 100)} %`;
}


/***/ }),

/***/ 1543:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  k: () => (/* binding */ ask)
});

;// CONCATENATED MODULE: external "node:readline/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:readline/promises");
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __nccwpck_require__(8500);
// EXTERNAL MODULE: external "node:tty"
var external_node_tty_ = __nccwpck_require__(7066);
;// CONCATENATED MODULE: ./build/terminal/ask.js



/**
 * Asks on a terminal; anything but `yes` is a no, and so is the end of the input.
 *
 * @param signal of the run: once it is aborted, nobody is asked any longer, and that is a no
 */
async function ask(question, signal) {
    if (signal.aborted || !process.stdin.readable)
        return false;
    const onTerminal = (0,external_node_tty_.isatty)(STDIN);
    // In the terminal's own mode: in readline's, ^C is no signal, and a terminal that is closed can't be put back.
    const lines = (0,promises_namespaceObject.createInterface)({ input: process.stdin, output: process.stderr, terminal: false });
    const ended = new Promise((resolve) => {
        lines.once('close', () => resolve(undefined));
        // A terminal that is closed can't be read; Node versions differ in who says so.
        for (const each of [lines, process.stdin])
            each.on('error', () => resolve(undefined));
    });
    const answered = lines.question(`${question} Type yes to go on: `, { signal });
    const answer = await Promise.race([answered, ended]).catch(() => undefined);
    lines.close();
    // A terminal that was closed sends a signal too, which tells more than the end of the input. Its shell hands it on, and
    // may take its time where the machine is busy; nobody is there any more to wait for us.
    const signalMs = onTerminal && !(0,external_node_tty_.isatty)(STDIN) ? CLOSED_SIGNAL_WITHIN_MS : SIGNAL_WITHIN_MS;
    if (answer === undefined)
        await (0,promises_.setTimeout)(signalMs, undefined, { signal }).catch(() => { });
    if (signal.aborted)
        process.stderr.write('\n');
    return !signal.aborted && answer?.trim().toLowerCase() === 'yes';
}
const STDIN = 0;
const SIGNAL_WITHIN_MS = 100;
const CLOSED_SIGNAL_WITHIN_MS = 3_000;


/***/ }),

/***/ 194:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ showProgress)
/* harmony export */ });
/** Progress on a terminal: lines that stay, and below them a bar that is drawn again and goes at the end. */
function showProgress(out, drawing) {
    let running;
    let drawn = false;
    const clear = () => {
        if (drawn)
            out.write(`\r${ERASE}`);
        drawn = false;
    };
    return {
        close: () => {
            clear();
            running = undefined;
        },
        observe: (event) => {
            const line = staysInSight(event) ? drawing.line(event) : undefined;
            clear();
            if (line !== undefined)
                out.write(`${line}\n`);
            running = runningAfter(event, running);
            if (!running)
                return;
            out.write(drawing.bar({ ...running, width: (out.columns ?? 80) - 1 }));
            drawn = true;
        },
    };
}
/** ANSI: erase to the end of the line. */
const ERASE = '\u001b[K';
/** Who is in the way, and who waits, is worth a line; how far it is, the bar shows. */
function staysInSight(event) {
    if (event.kind === 'review-window')
        return event.isFirst;
    return event.kind !== 'watching' || event.blockedBy.length + event.blocking.length > 0;
}
function runningAfter(event, running) {
    switch (event.kind) {
        case 'rehearsing':
        case 'applying':
            return { index: event.index - 1, count: event.count, name: event.name };
        case 'rehearsed':
        case 'applied':
            return withoutLook(running, doneBy(event));
        case 'watching':
            return running && { ...running, watching: event };
        case 'review-window':
            return { index: 0, count: event.about.names.length, name: '', window: event };
        case 'stage':
            return undefined;
        case 'notice':
        case 'note':
            return running;
        default:
            return withoutLook(running);
    }
}
/** What was looked at is over, and so is the countdown. */
function withoutLook(running, index = running?.index) {
    if (running === undefined || index === undefined || running.window !== undefined)
        return undefined;
    return { ...running, index, watching: undefined };
}
/** What did not go as it should is not done. */
function doneBy(event) {
    const isDone = event.kind === 'applied' ? event.outcome.state === 'applied' : event.rehearsed.state !== 'failed';
    return isDone ? event.index : event.index - 1;
}


/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
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
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(3986);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
