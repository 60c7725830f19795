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
  C: () => (/* binding */ renderResult)
});

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

;// CONCATENATED MODULE: ./build/render/place.js
/** `path:line:column`, as editors and terminals open it; the path alone where there is no position. */
function renderPlace(path, position) {
    return position === undefined ? path : `${path}:${position.line}:${position.column}`;
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

;// CONCATENATED MODULE: ./build/render/xml-text.js

/** Text of an XML 1.0 document, in an element or in a quoted attribute: no markup, no character that XML forbids. */
function xmlText(foreign, limit = 4000) {
    return logText(cutText(foreign, limit))
        .replace(/[\ufffe\uffff]/g, '\ufffd')
        .replace(/[&<>"'\n\t]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

;// CONCATENATED MODULE: ./build/render/junit.js






/**
 * The run as JUnit XML, which most CI servers show, ended by a line end. A suite for the run itself, then one a file:
 * an error is a failed test, a warning or a notice a passed one with output, what is suppressed a skipped one.
 */
function renderJunit(report) {
    const suites = [runSuite(report), ...fileSuites(report)];
    const { tests, failures, skipped } = addUp(suites.flatMap(({ cases }) => cases));
    const time = seconds(report.durationMs);
    return [
        '<?xml version="1.0" encoding="UTF-8"?>',
        `<testsuites name="devflow-migrate" tests="${tests}" failures="${failures}" errors="0" skipped="${skipped}" time="${time}">`,
        ...suites.flatMap((suite) => renderSuite(suite, report.startedAt)),
        '</testsuites>\n',
    ].join('\n');
}
/** It fails where the run does, so that a red run is red without findings too. */
function runSuite(report) {
    const name = `devflow ${report.command} ${report.environment}`.trim();
    const troubles = [
        ...report.problems.map(({ message, help }) => failed('set-up', 'set-up', message, `Way out: ${help}`)),
        ...makeFailures(report).map(({ path, failure, during }) => failed(renderPlace(path, failure.position), failure.code, `${during}: ${failure.message}`, failure.hint)),
        ...report.drift.map((drift) => {
            const { message, help } = makeDriftText(drift, (foreign) => foreign);
            return failed(drift.name ?? drift.recordedName, 'checksum-drift', message, `Way out: ${help}`);
        }),
    ];
    const verdict = report.exitCode === 0
        ? { name: 'run', state: 'passed' }
        : failed('run', 'verdict', `status ${report.status}, exit code ${report.exitCode}`);
    return { name, cases: [verdict, ...troubles] };
}
function failed(name, type, message, text = '') {
    return { name, state: 'failed', type, message, text };
}
function fileSuites(report) {
    const all = [...findingsBesideDrift(report), ...report.suppressed];
    return groupFindings(all).map(({ file, findings }) => ({
        name: file ?? (report.directory || 'target'),
        cases: findings.map((finding) => findingCase(finding, report.actor)),
    }));
}
function findingCase(finding, actor) {
    const { rule, severity, position, message, excerpt } = finding;
    const name = position === undefined ? rule : `${rule} ${position.line}:${position.column}`;
    if ('reason' in finding)
        return { name, state: 'skipped', message: finding.reason, text: message };
    const details = makeFindingDetails(finding, { actor }).map(({ label, text }) => `${label}: ${text}`);
    const text = [...(excerpt === undefined ? [] : [excerpt]), ...details].join('\n');
    if (severity === 'error')
        return failed(name, rule, message, text);
    return { name, state: 'passed', text: `${severity}: ${message}\n${text}` };
}
function addUp(cases) {
    const count = (state) => cases.filter((one) => one.state === state).length;
    return { tests: cases.length, failures: count('failed'), skipped: count('skipped') };
}
function renderSuite({ name, cases }, timestamp) {
    const { tests, failures, skipped } = addUp(cases);
    const counts = `tests="${tests}" failures="${failures}" errors="0" skipped="${skipped}"`;
    return [
        `  <testsuite name="${xmlText(name)}" ${counts} time="0" timestamp="${xmlText(timestamp)}">`,
        ...cases.map((one) => renderCase(one, name)),
        '  </testsuite>',
    ];
}
function renderCase({ name, state, type = '', message = '', text = '' }, suite) {
    const head = `    <testcase name="${xmlText(name)}" classname="${xmlText(suite)}" time="0">`;
    const end = '</testcase>';
    if (state === 'failed') {
        return `${head}<failure type="${xmlText(type)}" message="${xmlText(message)}">${xmlText(text, 8000)}</failure>${end}`;
    }
    if (state === 'skipped')
        return `${head}<skipped message="${xmlText(message)}"/>${end}`;
    return text === '' ? `${head}${end}` : `${head}<system-out>${xmlText(text, 8000)}</system-out>${end}`;
}
function seconds(ms) {
    return (ms / 1000).toFixed(3);
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

;// CONCATENATED MODULE: ./build/render/plan-file.js

/**
 * A plan as a file, which `plan/parse-plan-file.ts` reads again. `plan` is what the hash is over, laid out for people: its
 * canonical form is what `jq -cjS .plan` prints.
 */
function renderPlanFile({ hash, plan, applied, about }) {
    return `${escapeJson(JSON.stringify({ hash, plan, applied, about }, null, 2))}\n`;
}

;// CONCATENATED MODULE: external "node:zlib"
const external_node_zlib_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");
;// CONCATENATED MODULE: ./build/model/tool-version.js
/** The version in package.json, which a test compares. */
const TOOL_VERSION = '0.1.0';

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

;// CONCATENATED MODULE: ./build/render/plural.js
/** `1 migration`, `3 migrations`, `0 migrations`. */
function plural(count, noun, several = `${noun}s`) {
    return `${count} ${count === 1 ? noun : several}`;
}

;// CONCATENATED MODULE: ./build/render/sarif-location.js

/** Where a finding lies. One about a whole file lies at its first character, since GitHub wants a place. */
function makeSarifLocation(file, position) {
    const region = makeRegion(position ?? { line: 1, column: 1, endLine: 1, endColumn: 1 });
    return { physicalLocation: { artifactLocation: makeArtifactLocation(file), region } };
}
/** A path as a URI: relative to the root of the repository, unless it is absolute. */
function makeArtifactLocation(path) {
    if (/^[A-Za-z]:[\\/]/.test(path)) {
        return { uri: `file:///${path.slice(0, 2)}${encodePath(path.slice(2).replaceAll('\\', '/'))}` };
    }
    if (path.startsWith('/'))
        return { uri: `file://${encodePath(path)}` };
    return { uri: encodePath(path) || '.', uriBaseId: '%SRCROOT%' };
}
/** A position whose end comes before its start is the one place where it starts. */
function makeRegion({ line, column, endLine, endColumn }) {
    const isBackwards = endLine < line || (endLine === line && endColumn < column);
    return {
        startLine: line,
        startColumn: column,
        endLine: isBackwards ? line : endLine,
        endColumn: (isBackwards ? column : endColumn) + 1,
    };
}

;// CONCATENATED MODULE: ./build/render/sarif-text.js

/**
 * Plain text of a SARIF message. What viewers would read as more than text is broken up: `[text](link)`, placeholders
 * such as `{0}`, and mentions, since code scanning repeats messages in comments.
 */
function sarifText(foreign, limit = 4000) {
    return logText(cutText(foreign, limit))
        .replaceAll('](', '] (')
        .replace(/\{(?=\d+\})/g, '{ ')
        .replace(/@(?=[A-Za-z0-9])/g, '@\u200b');
}

;// CONCATENATED MODULE: ./build/render/sarif-notifications.js





/** What is left out of the results and why; then what was wrong with the set-up, and what the database refused. */
function makeNotifications(report, { cut, suppressed }) {
    return [
        ...(cut === 0
            ? []
            : [note('warning', `${plural(cut, 'more finding')} did not fit here: the JSON report has them all.`)]),
        ...(suppressed === 0
            ? []
            : [
                note('note', `${plural(suppressed, 'suppressed finding')} left out, since code scanning would show them as open alerts: the JSON report has them, with the reasons.`),
            ]),
        ...report.problems.map(({ message, help }) => note('error', `${message}\nWay out: ${help}`)),
        ...makeFailures(report).map(({ path, failure, during, name }) => ({
            ...note('error', `${name} ${during}: ${failure.message} (${renderFailureCode(failure.code)})`),
            locations: [makeSarifLocation(path, failure.position)],
        })),
    ];
}
function note(level, text) {
    return { level, message: { text: sarifText(text) } };
}

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
;// CONCATENATED MODULE: ./build/render/sarif-results.js






/** Worst first. Those that are suppressed apart, because not everybody who reads SARIF heeds it. */
function makeSarifResults(report) {
    const fingerprint = makeFingerprinting();
    const found = [
        ...report.drift.map((drift) => ofDrift(drift, report.directory)),
        ...findingsBesideDrift(report),
    ];
    const make = (finding) => 
    // GitHub refuses a whole upload for one result without a place.
    makeResult({ file: report.directory || '.', ...finding }, report.actor, fingerprint);
    return {
        results: found.toSorted(compareFindings).map(make),
        suppressed: report.suppressed
            .toSorted(compareFindings)
            .map((one) => ({ ...make(one), suppressions: [makeSuppression(one)] })),
    };
}
function ofDrift(drift, directory) {
    const { message, help } = makeDriftText(drift, (foreign) => foreign);
    const file = drift.path ?? recordedPath(drift, directory);
    return {
        rule: 'checksum-drift',
        severity: 'error',
        message,
        help,
        ...(file === undefined ? {} : { file }),
    };
}
const levels = { error: 'error', warning: 'warning', notice: 'note' };
function makeResult(finding, actor, fingerprint) {
    const { rule, severity, file, position, message } = finding;
    const fix = makeFix(finding);
    // What is the same for each finding of a rule is told with the rule.
    const details = makeFindingDetails(finding, { actor, told: new Set([rule]) });
    const lines = [message, ...details.map(({ label, text }) => `${label}: ${text}`)];
    return {
        ruleId: sarifText(rule),
        level: levels[severity],
        message: { text: sarifText(lines.join('\n')) },
        locations: [makeSarifLocation(file, position)],
        partialFingerprints: { 'devflowFinding/v1': fingerprint(finding) },
        ...(fix === undefined ? {} : { fixes: [fix] }),
        ...makeProperties(finding),
    };
}
function makeProperties({ force, measured }) {
    if (force === undefined && measured === undefined)
        return {};
    return {
        properties: {
            ...(force === undefined ? {} : { force }),
            ...(measured === undefined ? {} : { measured }),
        },
    };
}
function makeFix({ file, fix }) {
    const replacements = fix?.edits.flatMap(makeReplacement) ?? [];
    if (file === undefined || fix === undefined || replacements.length === 0)
        return undefined;
    // A half of a rewrite is worse than none.
    if (replacements.length < fix.edits.length)
        return undefined;
    return {
        description: { text: sarifText(fix.title) },
        artifactChanges: [{ artifactLocation: makeArtifactLocation(file), replacements }],
    };
}
function makeReplacement({ span, text, position }) {
    if (position === undefined)
        return [];
    const region = makeRegion(position);
    const isEmpty = span.start === span.end;
    const deletedRegion = isEmpty ? { ...region, endColumn: region.startColumn } : region;
    return [{ deletedRegion, insertedContent: { text: text.replace(/\p{Surrogate}/gu, '\ufffd') } }];
}
function makeSuppression({ reason }) {
    return { kind: 'inSource', status: 'accepted', justification: sarifText(reason) };
}
/**
 * The same for a finding whose lines moved: of rule, file and the text of the line, counted where they are equal.
 * `primaryLocationLineHash` is left to whoever uploads, who has the file, and complains about any other value there.
 */
function makeFingerprinting() {
    const seen = new Map();
    return ({ rule, file = '', excerpt, message }) => {
        const line = (excerpt?.split('\n')[0] ?? message).replace(/\s+/g, ' ').trim();
        const hash = (0,external_node_crypto_namespaceObject.createHash)('sha256')
            .update(JSON.stringify([rule, file, line]))
            .digest('hex')
            .slice(0, 32);
        const count = (seen.get(hash) ?? 0) + 1;
        seen.set(hash, count);
        return `${hash}:${count}`;
    };
}

;// CONCATENATED MODULE: ./build/render/checks.js
/**
 * Everything a finding's `rule` can be that is no rule about SQL. It always holds, whatever the environment. Each is
 * in `docs/rules.md`.
 */
const CHECKS = {
    symlink: [
        'A symbolic link in place of a file or folder',
        'It could lead anywhere, out of the workspace too, so links are not followed.',
    ],
    'not-a-regular-file': ['A FIFO, socket or device', 'Reading it could wait for ever.'],
    'outside-boundary': ['A folder outside of the workspace', 'So are other people\u2019s secrets.'],
    'file-too-large': [
        'A file of more than 64 MiB',
        'It would exhaust the machine. Data of that size is better loaded by other means.',
    ],
    'too-many-entries': ['More than 100,000 entries in the folder', 'The same.'],
    'unreadable-file': [
        'A file that can not be read',
        'It would be missing among the migrations, and the next ones would run without it.',
    ],
    'invalid-utf-8': ['Text in another encoding', 'Other characters than the author\u2019s would be stored.'],
    'nul-byte': ['A NUL byte', 'PostgreSQL would not see what follows it.'],
    'empty-folder': ['No migration in the folder', 'Mostly it is the wrong folder.'],
    'bad-name': [
        'A name in none of the naming styles',
        'It has no place in the order, and passed over in silence it would never be applied.',
    ],
    'unsupported-file': ['`B__` files', 'They would not be carried out.'],
    'two-downs': ['Two down parts for one version', 'Which of them undoes it can not be told.'],
    'duplicate-version': ['One version twice', 'Only one of the two would ever be applied.'],
    'case-collision': [
        'Names that differ in case or in the spelling of accents only',
        'They are one file on other disks.',
    ],
    'mixed-styles': ['More than one naming style', 'The order would be a guess.'],
    'unknown-directive': [
        'A directive that does not exist',
        'It would do nothing, and its author would think it did.',
    ],
    'bad-directive': ['A directive with a wrong value or in a wrong place', 'The same.'],
    'down-before-up': ['An up marker below a down marker', 'The up part would not be applied.'],
    'missing-dependency': ['A dependency that does not exist', 'The file would run without what it needs.'],
    'ambiguous-dependency': ['A dependency that could be two files', 'The order would be a guess.'],
    'circular-dependency': [
        'Files that wait for one another',
        'There is no order in which they can be applied.',
    ],
    'health-check': [
        'A health check that does not hold, or can not be known',
        'Migrations would be applied to what is not well already; or they left it so.',
    ],
    'schema-dump': [
        'A schema that was not written to its file',
        'What is reviewed would be older than the database.',
    ],
    'out-of-step': [
        'Two records of one database that do not agree: ours, and the Supabase CLI\u2019s',
        'What one side counts as applied the other would run again.',
    ],
    'checksum-drift': [
        'An applied migration that was edited, renamed or deleted',
        'Databases that have it would differ from those that get it later, and nobody would know.',
    ],
    'changed-since-base': [
        'A migration of the base branch that was edited, renamed or deleted',
        'Wherever it is applied, every later run would stop for it.',
    ],
    'out-of-order-with-base': [
        'A new file that sorts before the newest on the base branch',
        'It would be applied out of order, or refused.',
    ],
    'base-unknown': [
        'A base that is not in the checkout',
        'What the pull request changes is not known, so every file is judged.',
    ],
    'late-dependency': [
        'A dependency on a file of a later version',
        'The files are not applied in the order of their versions, which people expect.',
    ],
    'version-gap': ['A number left out among the versions', 'A file may be missing.'],
    'no-statement': ['A file without a statement', 'It is recorded as applied and does nothing.'],
    'out-of-order': [
        'A file that sorts before one that is applied already',
        'It runs after files that were written without it.',
    ],
    'syntax-error': ['SQL that PostgreSQL can not read', 'The file would fail wherever it is applied.'],
    'unreadable-sql': [
        'A statement that could not be analysed',
        'It is larger or deeper nested than the parser reads. It is applied as it is.',
    ],
    'misplaced-substitution': [
        'A placeholder where it looks filled in and would not be',
        'The text would reach the database as it stands, or mean something else.',
    ],
    'foreign-mark': [
        'A comment that asks another tool for something that is not carried out',
        'Without it the file does something else than its author wrote.',
    ],
    'psql-command': [
        'A command or variable of psql',
        'The server does not know it; psql itself is never started.',
    ],
    'copy-data': ['`COPY` whose rows are not where they must be', 'Rows would be read as SQL, or SQL as rows.'],
    'discard-all': [
        '`DISCARD ALL`',
        'It lets go of all advisory locks of the session, and with them of the one that keeps other runs out.',
    ],
    'standard-conforming-strings': [
        '`standard_conforming_strings` set to `off`',
        'It decides where strings end, so the file would run in another way than it was checked.',
    ],
    'bad-suppression': [
        'A comment that is to silence a rule, and can not',
        'It silences nothing, and its author thinks it does.',
    ],
    'unused-suppression': [
        'A comment that silences nothing',
        'It would hide the next thing that the rule finds there.',
    ],
    'transaction-control': [
        '`BEGIN`, `COMMIT`, `ROLLBACK` or `SET TRANSACTION` in a file',
        'It would end the transaction that keeps the file and its record together.',
    ],
    'statement-in-transaction': [
        'A statement that can not run in a transaction, between `BEGIN` and `COMMIT`',
        'The server refuses it.',
    ],
    'too-many-statements': [
        'A large file outside of a transaction',
        'It would be run statement by statement, for hours.',
    ],
    'not-together': [
        'A file that can not share one transaction with the others',
        '`transaction: all` promises all or nothing, and it could not be kept.',
    ],
    'tracking-statement': [
        'A statement that makes the tracking tables',
        'It is left out: the tables are there already.',
    ],
    'unfinished-migration': [
        'A migration that an earlier run began and did not finish',
        'What it did is there in part. What comes after it may need the rest.',
    ],
    'no-backup-chosen': [
        'An environment of class production of which nobody said whether it is backed up',
        'What a migration deletes is gone, unless somebody thought of it before.',
    ],
    'schema-drift': [
        'An object of the database that other hands changed since the last run',
        'Other databases do not have the change, and what is pending was written without it.',
    ],
    'baseline-difference': [
        'An object that the database has otherwise than the files of a baseline make it',
        'A baseline would say that it is there as the files have it.',
    ],
    'round-trip': [
        'A down part that does not take back what its up part made',
        'Going back by it would leave a schema that no file describes.',
    ],
    'history-chain': [
        'A row of the history that is not as it was written, or is gone',
        'What was done to the database, by whom, and who let them, can not be told by it any more.',
    ],
    'invalid-index': [
        'An index that is INVALID: what built it, dropped it or attaches it was not finished',
        'No query uses it, and every write still pays for it.',
    ],
    'pending-detach': [
        'A partition that is half detached',
        'No query on its table sees its rows any more, though it is still a part of it.',
    ],
    'workflow-concurrency': [
        'A workflow of which two runs can work on one environment at once',
        'The second waits at the database, where a job costs its minutes; or a newer run cancels one that is applying.',
    ],
};
/** A check as outlets want it that know rules. */
function makeCheckDoc(id) {
    const [title, why] = (Object.hasOwn(CHECKS, id) && CHECKS[id]) || [];
    if (title === undefined || why === undefined)
        return undefined;
    const levels = { development: 'never', staging: 'never', production: 'never' };
    return { id, group: 'files', title, why, instead: '', levels };
}

;// CONCATENATED MODULE: ./build/render/sarif-rules.js




/** GitHub cuts a description that is longer. */
const LONGEST = 1000;
/** The rules that results name, each once, in the order in which results name them first. */
function makeSarifRules(report, results) {
    const docs = new Map(report.rules.map((doc) => [sarifText(doc.id), doc]));
    const first = new Map();
    for (const result of results)
        if (!first.has(result.ruleId))
            first.set(result.ruleId, result);
    return [...first].map(([id, { level }]) => makeRule(id, docs.get(id) ?? makeCheckDoc(id), level));
}
function makeRule(id, doc, worst) {
    const { title = id, why = '', instead = '' } = doc ?? {};
    const level = doc === undefined || doc.group === 'files' ? worst : levelOf(doc.levels.production);
    const link = docsLink(id);
    return {
        id,
        name: inPascalCase(id),
        shortDescription: describe(title),
        fullDescription: describe(why || title),
        help: {
            text: sarifText([withoutCode(why), instead, link].filter(Boolean).join('\n\n')),
            markdown: [why, instead, `[Documentation](${link})`].filter(Boolean).join('\n\n'),
        },
        helpUri: link,
        defaultConfiguration: { level },
        properties: sarif_rules_makeProperties(doc, level),
    };
}
function describe(markdown) {
    return { text: sarifText(cutText(withoutCode(markdown), LONGEST)) || 'No description.' };
}
function levelOf(level) {
    if (level === 'warn')
        return 'warning';
    return level === 'notice' || level === 'off' ? 'note' : 'error';
}
function sarif_rules_makeProperties(doc, level) {
    const group = doc?.group ?? 'files';
    const isSecurity = group === 'security' || group === 'rls';
    return {
        tags: ['postgresql', 'migration', group, ...(isSecurity && group !== 'security' ? ['security'] : [])],
        precision: 'high',
        'problem.severity': level === 'note' ? 'recommendation' : level,
        ...(isSecurity && doc ? { 'security-severity': severityOf(doc.levels.production) } : {}),
    };
}
/** On GitHub's scale: above 9 critical, from 7 high, from 4 medium. */
function severityOf(level) {
    if (level === 'never')
        return '9.5';
    if (level === 'block' || level === 'force')
        return '8.0';
    return level === 'warn' ? '5.5' : '3.0';
}
function withoutCode(markdown) {
    return markdown.replaceAll('`', '');
}
function inPascalCase(id) {
    return id.replace(/(?:^|-)([a-z])/g, (_, letter) => letter.toUpperCase());
}

;// CONCATENATED MODULE: ./build/render/sarif.js








/** GitHub refuses a run with more results, and shows the first 5,000. */
const MOST_RESULTS = 25_000;
/** GitHub refuses a file that is larger when compressed. Some room is left for another compressor. */
const MOST_BYTES_GZIPPED = 9_500_000;
/**
 * Findings and drift as SARIF 2.1.0, which code scanning and editors read, ended by a line end. Within GitHub's limits:
 * worst first, and what does not fit is counted in a notification.
 */
function renderSarif(report, { forCodeScanning = false } = {}) {
    const { results, suppressed } = makeSarifResults(report);
    const all = forCodeScanning ? results : [...results, ...suppressed];
    const leftOut = forCodeScanning ? suppressed.length : 0;
    for (let most = Math.min(MOST_RESULTS, all.length);; most = Math.floor(most / 2)) {
        const kept = all.slice(0, most);
        const notifications = makeNotifications(report, { cut: all.length - kept.length, suppressed: leftOut });
        const text = `${escapeJson(JSON.stringify(makeLog(report, kept, notifications), null, 2))}\n`;
        if (most === 0 || fits(text))
            return text;
    }
}
function fits(text) {
    const bytes = Buffer.byteLength(text);
    return bytes <= MOST_BYTES_GZIPPED || (0,external_node_zlib_namespaceObject.gzipSync)(text).length <= MOST_BYTES_GZIPPED;
}
function makeLog(report, found, notifications) {
    const rules = makeSarifRules(report, found);
    const indexes = new Map(rules.map(({ id }, index) => [id, index]));
    return {
        $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
        version: '2.1.0',
        runs: [
            {
                tool: {
                    driver: {
                        name: 'devflow-migrate',
                        version: TOOL_VERSION,
                        semanticVersion: TOOL_VERSION,
                        informationUri: REPOSITORY_URL,
                        rules,
                    },
                },
                // One upload for each folder: a second one of the same category would close the alerts of the first.
                automationDetails: { id: `devflow-migrate/${encodePath(report.directory || 'migrations')}/` },
                columnKind: 'unicodeCodePoints',
                originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
                invocations: [
                    {
                        executionSuccessful: report.exitCode === 0 || report.exitCode === 1,
                        exitCode: report.exitCode,
                        startTimeUtc: report.startedAt,
                        toolExecutionNotifications: notifications,
                    },
                ],
                results: found.map((result) => ({ ...result, ruleIndex: indexes.get(result.ruleId) ?? -1 })),
            },
        ],
    };
}

;// CONCATENATED MODULE: ./build/render/render-result.js



/**
 * What another program reads. Of a bundle of its own, for the few runs that write such a file.
 *
 * @throws where there is no plan, or one that a secret would have to be taken out of: its hash would not hold any more
 */
function renderResult(kind, report, { forCodeScanning, redact }) {
    if (kind === 'sarif')
        return renderSarif(report, { forCodeScanning });
    return kind === 'junit' ? renderJunit(report) : renderPlan(report, redact);
}
function renderPlan({ planDocument }, redact) {
    if (planDocument === undefined)
        throw new Error('there is no plan');
    const text = renderPlanFile(planDocument);
    if (redact(text) !== text)
        throw new Error('it would hold a secret');
    return text;
}

var __webpack_exports__renderResult = __webpack_exports__.C;
export { __webpack_exports__renderResult as renderResult };
