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
  m: () => (/* binding */ notify)
});

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
;// CONCATENATED MODULE: ./build/database/is-private-host.js

/**
 * Hosts that may be reached without TLS: Unix sockets, loopback, private ranges and single-label names (service
 * containers). Everything else counts as public, odd spellings of addresses (`127.1`, `0x7f.1`) included.
 */
function isPrivateHost(host) {
    if (host.startsWith('/'))
        return true;
    const family = (0,external_node_net_namespaceObject.isIP)(host);
    if (family !== 0)
        return privateRanges.check(host, family === 6 ? 'ipv6' : 'ipv4');
    return /^[a-z][a-z0-9_-]*$/i.test(host);
}
const privateRanges = new external_node_net_namespaceObject.BlockList();
privateRanges.addSubnet('127.0.0.0', 8, 'ipv4');
privateRanges.addSubnet('10.0.0.0', 8, 'ipv4');
privateRanges.addSubnet('172.16.0.0', 12, 'ipv4');
privateRanges.addSubnet('192.168.0.0', 16, 'ipv4');
privateRanges.addAddress('::1', 'ipv6');
privateRanges.addSubnet('fc00::', 7, 'ipv6');
privateRanges.addSubnet('fe80::', 10, 'ipv6');

;// CONCATENATED MODULE: external "node:http"
const external_node_http_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");
;// CONCATENATED MODULE: external "node:https"
const external_node_https_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");
;// CONCATENATED MODULE: external "node:tls"
const external_node_tls_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");
;// CONCATENATED MODULE: ./build/github/rest-tunnel.js



/**
 * A connection through the proxy of `https_proxy`, as runners behind one have it; nothing where there is none, or
 * `no_proxy` leaves the server out.
 *
 * @throws Error in words for a message, without the proxy's password
 */
async function openTunnel(url, variables, signal) {
    const proxy = chooseProxy(url, variables);
    if (proxy === undefined)
        return undefined;
    if (!URL.canParse(proxy))
        throw new Error('the variable https_proxy holds no URL');
    return connectThrough(new URL(proxy), `${url.hostname}:${url.port || 443}`, signal);
}
function chooseProxy(url, variables) {
    const proxy = variables.https_proxy || variables.HTTPS_PROXY;
    if (!proxy || isLeftOut(url, variables.no_proxy || variables.NO_PROXY || ''))
        return undefined;
    return proxy.includes('://') ? proxy : `http://${proxy}`;
}
/** `example.com` and `.example.com` stand for every name that ends so; `*` for all. */
function isLeftOut({ hostname, port }, list) {
    const names = list.toLowerCase().split(/[\s,]+/);
    return names.filter(Boolean).some((name) => {
        // An address of IPv6 stands there with brackets, and without.
        const whole = (0,external_node_net_namespaceObject.isIPv6)(name) ? `[${name}]` : name;
        const [, host = '', onPort] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(whole) ?? [];
        if (onPort !== undefined && onPort !== (port || '443'))
            return false;
        return name === '*' || (host !== '' && (hostname === host || hostname.endsWith(`.${host}`)));
    });
}
function connectThrough(proxy, path, signal) {
    const request = proxy.protocol === 'https:' ? external_node_https_namespaceObject.request : external_node_http_namespaceObject.request;
    const asked = request({
        method: 'CONNECT',
        host: proxy.hostname.replace(/^\[|\]$/g, ''),
        port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
        path,
        headers: { host: path, ...credentials(proxy) },
        agent: false,
        signal,
    });
    return new Promise((resolve, reject) => {
        asked.once('connect', (response, socket) => {
            if (response.statusCode === 200)
                return resolve(socket);
            socket.destroy();
            reject(new Error(`the proxy answered ${response.statusCode}`));
        });
        asked.on('error', ({ code }) => reject(new Error(`the proxy can not be reached (${code})`)));
        asked.end();
    });
}
function credentials({ username, password }) {
    if (username === '' && password === '')
        return {};
    const pair = Buffer.from(`${decode(username)}:${decode(password)}`).toString('base64');
    return { 'proxy-authorization': `Basic ${pair}` };
}
function decode(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}

;// CONCATENATED MODULE: ./build/github/rest-exchange.js





/** One question and its whole answer, or in words why there is none. Never throws. */
async function exchange(asked) {
    const ending = new AbortController();
    const end = () => ending.abort();
    // Where this process could not run meanwhile, the answer may be here already, and is read first.
    const timer = setTimeout(() => setImmediate(() => ending.abort('time')), asked.timeoutMs);
    asked.signal?.addEventListener('abort', end, { once: true });
    if (asked.signal?.aborted)
        end();
    try {
        return await converse(asked, ending.signal);
    }
    catch (error) {
        if (ending.signal.reason === 'time')
            return { broken: `no answer within ${asked.timeoutMs / 1000} s` };
        return { broken: describe(error) };
    }
    finally {
        clearTimeout(timer);
        asked.signal?.removeEventListener('abort', end);
    }
}
async function converse(asked, signal) {
    const { url, method, variables, body = '', largestBytes } = asked;
    const headers = { ...asked.headers, ...(asked.body === undefined ? {} : lengthOf(body)) };
    const options = { method, headers, signal };
    if (url.protocol === 'http:')
        return read(await answerTo((0,external_node_http_namespaceObject.request)(url, options), body), largestBytes);
    const socket = await openTunnel(url, variables, signal);
    if (socket === undefined)
        return read(await answerTo((0,external_node_https_namespaceObject.request)(url, options), body), largestBytes);
    try {
        const host = url.hostname.replace(/^\[|\]$/g, '');
        // An address has no name to be asked for, and its certificate is checked for the address.
        const createConnection = () => (0,external_node_tls_namespaceObject.connect)({ socket, host, servername: (0,external_node_net_namespaceObject.isIP)(host) ? '' : host });
        const request = (0,external_node_https_namespaceObject.request)(url, { ...options, agent: false, createConnection });
        return await read(await answerTo(request, body), largestBytes);
    }
    finally {
        // A handshake that fails leaves it open, and the process would not end.
        socket.destroy();
    }
}
function lengthOf(body) {
    return { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) };
}
function answerTo(request, body) {
    return new Promise((resolve, reject) => {
        request.once('response', resolve).on('error', reject).end(body);
    });
}
async function read(response, largestBytes) {
    const chunks = [];
    let bytes = 0;
    for await (const chunk of response) {
        bytes += chunk.length;
        if (bytes > largestBytes)
            throw new Error(`its answer is larger than ${largestBytes} bytes`);
        chunks.push(chunk);
    }
    if (!response.complete)
        throw new Error('its answer broke off');
    return {
        status: response.statusCode ?? 0,
        headers: response.headers,
        text: Buffer.concat(chunks).toString('utf8'),
    };
}
const WORDS = {
    ENOTFOUND: 'its name is not known here',
    EAI_AGAIN: 'its name is not known here',
    ECONNREFUSED: 'the connection was refused',
    ECONNRESET: 'the connection broke off',
    ETIMEDOUT: 'the connection timed out',
    ENETUNREACH: 'the network does not reach it',
    EHOSTUNREACH: 'the network does not reach it',
};
/** Our own errors have no code. Node's messages are not shown: they may hold what was sent. */
function describe(error) {
    const { code, message } = error;
    if (code === undefined)
        return error instanceof TypeError ? 'the question could not be sent' : message;
    const known = WORDS[code];
    if (known !== undefined)
        return known;
    const isTrust = /CERT|SIGNATURE|ISSUER|ALTNAME/.test(code);
    return isTrust
        ? `its certificate is not trusted (${code}); NODE_EXTRA_CA_CERTS names more authorities`
        : code;
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

;// CONCATENATED MODULE: ./build/notify/choose-events.js

/** What there is to tell of a run, the most pressing first; nothing where it did nothing that anybody waits for. */
function chooseEvents(report, circumstances) {
    if (SILENT_COMMANDS.includes(report.command))
        return [];
    return NOTIFICATION_EVENTS.filter((event) => HOLDS[event](report, circumstances));
}
const HOLDS = {
    failed: ({ exitCode }) => exitCode !== 0,
    drift: ({ drift, findings }) => drift.length > 0 || findings.some(({ rule }) => rule === 'schema-drift'),
    'waiting-for-approval': (report, { isProtected, isInJob }) => isPlan(report) && isProtected && isInJob && report.plan?.hash !== undefined,
    applied: ({ exitCode, status, outcomes }) => exitCode === 0 && (status === 'applied' || outcomes.some(({ state }) => state === 'applied')),
    planned: isPlan,
};
function isPlan({ command, dryRun, exitCode, plan }) {
    return exitCode === 0 && (command === 'plan' || dryRun) && (plan?.migrations.length ?? 0) > 0;
}

;// CONCATENATED MODULE: ./build/notify/make-message.js
const MOST = 50;
const LONGEST = 500;
/** @param about `events` is not empty */
function makeMessage(report, about) {
    const { target, plan, outcomes } = report;
    const clean = (text) => cut(about.clean(text));
    const named = ({ version, name }) => ({
        version: clean(version),
        name: clean(name),
    });
    const done = new Set(outcomes.filter(({ state }) => state === 'applied').map(({ version }) => version));
    const pending = [...(plan?.migrations ?? []), ...(plan?.deferred ?? [])].map(({ file }) => file);
    const failed = [...outcomes, ...report.rehearsal].find(({ failure }) => failure !== undefined);
    return {
        version: 1,
        event: about.events[0] ?? 'failed',
        events: about.events,
        title: clean(about.title),
        project: about.project === undefined ? null : clean(about.project),
        environment: clean(report.environment),
        command: report.command,
        dryRun: report.dryRun,
        status: report.status,
        exitCode: report.exitCode,
        ready: report.ready,
        actor: report.actor === undefined ? null : clean(report.actor),
        approver: report.approval === undefined ? null : clean(report.approval.by),
        database: target ? { host: clean(target.host), port: target.port, name: clean(target.database) } : null,
        planHash: plan?.hash ?? null,
        pending: some(pending.filter(({ version }) => !done.has(version)).map(named)),
        applied: some(outcomes.filter(({ state }) => state === 'applied').map(named)),
        failure: failed?.failure
            ? { name: clean(failed.name), code: failed.failure.code, message: clean(failed.failure.message) }
            : null,
        problems: some(problemsOf(report).map(clean)),
        driftCount: report.drift.length,
        runUrl: about.run.runUrl ?? null,
        commitSha: about.run.commitSha ?? null,
        startedAt: report.startedAt,
        durationMs: report.durationMs,
        toolVersion: about.run.toolVersion,
    };
}
function problemsOf({ problems, findings, drift, operation }) {
    const steps = operation?.steps ?? [];
    return [
        ...problems.map(({ message }) => message),
        ...drift.map(({ kind, recordedName }) => `${recordedName} was ${kind} after it was applied.`),
        ...findings
            .filter(({ severity, rule }) => severity === 'error' || rule === 'schema-drift')
            .map(({ file, message }) => (file === undefined ? message : `${file}: ${message}`)),
        ...steps.flatMap(({ what, failure }) => (failure === undefined ? [] : [`${what}: ${failure.message}`])),
    ];
}
function some(items) {
    return { count: items.length, first: items.slice(0, MOST) };
}
function cut(text) {
    return text.length > LONGEST ? `${text.slice(0, LONGEST - 1).replace(/[\ud800-\udbff]$/, '')}\u2026` : text;
}

;// CONCATENATED MODULE: ./build/notify/slack-text.js
/**
 * Foreign text for Slack: `& < >` as it wants them, so that nothing becomes a link, a mention or `<!channel>`.
 * https://docs.slack.dev/messaging/formatting-message-text
 */
function slackText(text) {
    return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
/** In a fixed-width font. What would end it is written otherwise: there is no way to escape it. */
function slackCode(text) {
    return text.trim() === '' ? '' : `\`${slackText(text.replaceAll('`', '\u02cb'))}\``;
}

;// CONCATENATED MODULE: ./build/notify/slack-payload.js

const ICONS = {
    failed: '\u274c',
    drift: '\u26a0\ufe0f',
    'waiting-for-approval': '\u270b',
    applied: '\u2705',
    planned: '\ud83d\udccb',
};
const TITLES = {
    failed: (command) => `${command} failed`,
    drift: () => 'drift',
    'waiting-for-approval': () => 'waiting for approval',
    applied: (command) => (command === 'migrate' ? 'migrations applied' : `${command} done`),
    planned: () => 'migrations planned',
};
/** Limits of Block Kit: a header of 150 characters, a text of 3,000, 50 blocks. */
const LONGEST_HEADER = 150;
const LONGEST_TEXT = 2_900;
const MOST_LISTED = 10;
function slackPayload(message) {
    const { event, environment, project, title, command } = message;
    const where = [project, environment].filter(Boolean).join(' \u00b7 ');
    const head = `${ICONS[event]} ${where}: ${TITLES[event](command)}`;
    return {
        text: slack_payload_cut(`${slackText(head)}. ${slackText(title)}`, LONGEST_TEXT),
        blocks: [
            { type: 'header', text: { type: 'plain_text', text: slack_payload_cut(head, LONGEST_HEADER), emoji: false } },
            section(slackText(title)),
            ...listed('Failed', failureOf(message)),
            ...listed('What is wrong', linesOf(message.problems, slackText)),
            ...listed('Applied', linesOf(message.applied, ({ name }) => slackCode(name))),
            ...listed('Pending', linesOf(message.pending, ({ name }) => slackCode(name))),
            {
                type: 'context',
                elements: [{ type: 'mrkdwn', verbatim: true, text: slack_payload_cut(factsOf(message), LONGEST_TEXT) }],
            },
        ],
    };
}
function section(text) {
    return { type: 'section', text: { type: 'mrkdwn', verbatim: true, text: slack_payload_cut(text, LONGEST_TEXT) } };
}
function listed(title, lines) {
    return lines.length === 0 ? [] : [section(`*${title}*\n${lines.map((line) => `\u2022 ${line}`).join('\n')}`)];
}
function failureOf({ failure }) {
    return failure === null
        ? []
        : [`${slackCode(failure.name)}: ${slackText(`${failure.code} ${failure.message}`)}`];
}
function linesOf({ count, first }, show) {
    const shown = first.slice(0, MOST_LISTED).map(show);
    return count > shown.length ? [...shown, `and ${count - shown.length} more`] : shown;
}
function factsOf({ database, planHash, actor, approver, runUrl, commitSha }) {
    const facts = [
        database === null ? '' : slackCode(`${database.host}:${database.port}/${database.name}`),
        actor === null ? '' : `by ${slackCode(actor)}`,
        approver === null ? '' : `approved by ${slackCode(approver)}`,
        commitSha === null ? '' : slackCode(commitSha.slice(0, 10)),
        planHash === null ? '' : `plan ${slackCode(planHash)}`,
        // Made of GitHub's own variables in GitHub's own form.
        runUrl === null ? '' : `<${slackText(runUrl)}|the run>`,
    ];
    return facts.filter(Boolean).join(' \u00b7 ') || 'devflow-migrate';
}
/** Not in the middle of an entity. */
function slack_payload_cut(text, longest) {
    if (text.length <= longest)
        return text;
    return `${text.slice(0, longest - 1).replace(/(?:&[a-z]{0,4}|[\ud800-\udbff])$/, '')}\u2026`;
}

;// CONCATENATED MODULE: ./build/notify/payloads.js

/**
 * The axis: whom a message is made for. To add one: its name in `model/notification.ts`, its file here, its line below. What
 * it makes is sent as JSON.
 */
const PAYLOADS = {
    webhook: (message) => message,
    slack: slackPayload,
};

;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
;// CONCATENATED MODULE: ./build/model/tool-version.js
/** The version in package.json, which a test compares. */
const TOOL_VERSION = '0.1.0';

;// CONCATENATED MODULE: ./build/notify/send.js



const MOST_TRIES = 4;
const TIMEOUT_MS = 10_000;
/**
 * Sends a message, again where the other side asks to wait or does not answer, within bounds. Redirects are not followed.
 *
 * @returns why it was not taken, as a clause; undefined where it was. The URL stands in none. Never throws
 */
async function send(delivery, means) {
    const url = URL.canParse(delivery.url) ? new URL(delivery.url) : undefined;
    if (url === undefined || !/^https?:$/.test(url.protocol))
        return 'what the variable holds is no URL of https';
    if (url.protocol === 'http:' && !means.isPrivate(url.hostname.replace(/^\[|\]$/g, '')))
        return 'its URL is http, and it is a secret that is not sent in plain text';
    const body = JSON.stringify(delivery.payload);
    const until = Date.now() + (means.patienceMs ?? 20_000);
    for (let tries = 1;; tries++) {
        const answer = await means.exchange({
            method: 'POST',
            url,
            headers: headersOf(delivery, body),
            body,
            timeoutMs: Math.max(1, Math.min(TIMEOUT_MS, until - Date.now())),
            largestBytes: 65_536,
            variables: means.variables,
            ...(means.signal ? { signal: means.signal } : {}),
        });
        const why = whyNot(answer);
        if (why === undefined || !mayPass(answer))
            return why;
        const waitMs = waitFor(answer, tries, means);
        if (tries >= MOST_TRIES || Date.now() + waitMs > until || means.signal?.aborted)
            return tried(why, tries);
        await (0,promises_namespaceObject.setTimeout)(waitMs, undefined, means.signal && { signal: means.signal }).catch(() => { });
    }
}
function tried(why, tries) {
    return tries === 1 ? why : `${why} (tried ${tries} times)`;
}
function headersOf({ event, id, secret }, body) {
    return {
        'user-agent': `devflow-migrate/${TOOL_VERSION}`,
        'x-devflow-event': event,
        'x-devflow-delivery': id,
        ...(secret === undefined
            ? {}
            : { 'x-devflow-signature-256': `sha256=${(0,external_node_crypto_namespaceObject.createHmac)('sha256', secret).update(body).digest('hex')}` }),
    };
}
function whyNot(answer) {
    if ('broken' in answer)
        return answer.broken;
    return answer.status >= 200 && answer.status < 300 ? undefined : `it answered ${answer.status}`;
}
function mayPass(answer) {
    return 'broken' in answer || answer.status === 408 || answer.status === 429 || answer.status >= 500;
}
/** As it asks to be waited for; else a growing time, a quarter more or less. */
function waitFor(answer, tries, { pauseMs = 500, now }) {
    const after = 'broken' in answer ? undefined : answer.headers['retry-after'];
    const asked = typeof after === 'string' ? untilMs(after, now()) : Number.NaN;
    return asked >= 0 ? asked : pauseMs * 2 ** (tries - 1) * (0.75 + Math.random() / 2);
}
/** Seconds, or a date. */
function untilMs(text, now) {
    return /^\d+$/.test(text) ? Number(text) * 1000 : Math.max(0, Date.parse(text) - now.getTime());
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
        text: `${plural(report.events.length, 'event')} recorded on ${placeOf(report, quote)}`,
    };
}
function verified(report, applied, where) {
    return `${plural(applied, 'migration is', 'migrations are')} applied to ${where}, as in ${plural(report.fileCount, 'file')}`;
}
function cause(report, quote) {
    const where = placeOf(report, quote);
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
        return `${quote(stopped.name)} failed on ${where} and ${ended(stopped)}. ${whatWasDone(report)}`;
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

;// CONCATENATED MODULE: ./build/programs/connecting/soon-after.js
/** A cancelled job is killed some seconds after its signal, and its outputs are not set yet. */
const AFTER_SIGNAL_MS = 2_000;
/** Aborted some time after the run was asked to end: what tells others of it gets that long. */
function soonAfter(signal) {
    const controller = new AbortController();
    const wait = () => void setTimeout(() => controller.abort(), AFTER_SIGNAL_MS).unref();
    if (signal?.aborted)
        wait();
    else
        signal?.addEventListener('abort', wait, { once: true });
    return controller.signal;
}

;// CONCATENATED MODULE: ./build/gate/may-connect.js
/** Whose commit is the repository's own, whoever started it. */
const OWN = [
    'create',
    'deployment',
    'deployment_status',
    'merge_group',
    'push',
    'release',
    'repository_dispatch',
    'schedule',
    'workflow_dispatch',
];
/** Whose commit may be a fork's: the payload tells. */
const PULL_REQUEST = ['pull_request', 'pull_request_review', 'pull_request_review_comment'];
/**
 * Whether this job may open a connection at all, by the event that started it. An empty list is the permission. What could
 * be a stranger's code, and what is not known, may not.
 */
function mayConnect(event) {
    if (!event.isInJob)
        return [];
    const trouble = findTrouble(event);
    if (trouble === undefined)
        return [];
    const { why, hasSecrets } = trouble;
    if (event.ephemeral === 'workflow' || (event.ephemeral === 'file' && !hasSecrets))
        return [];
    const believed = hasSecrets
        ? 'in the workflow, for the configuration file of this checkout may be the stranger\u2019s'
        : 'in the workflow or in devflow.yml';
    return [
        {
            message: `${why}, so nothing is connected to.`,
            help: `Run validate there, which needs no database. Where the database is thrown away with the job, declare it ephemeral ${believed}.`,
        },
    ];
}
function findTrouble(event) {
    const { name = '' } = event;
    if (OWN.includes(name))
        return undefined;
    if (PULL_REQUEST.includes(name)) {
        const why = foreignHead(event, ['pull_request', 'head', 'repo', 'full_name'], 'The pull request');
        return why === undefined ? undefined : { why, hasSecrets: false };
    }
    if (name === 'workflow_run')
        return ofWorkflowRun(event);
    if (name === 'pull_request_target')
        return { why: WITH_SECRETS, hasSecrets: true };
    if (name === 'issue_comment')
        return { why: BY_COMMENT, hasSecrets: true };
    const seen = name === '' ? 'No event is named' : `The event ${JSON.stringify(name.slice(0, 80))} is not known`;
    return { why: `${seen} as one that brings the repository\u2019s own code`, hasSecrets: true };
}
const WITH_SECRETS = 'The event pull_request_target gives the code of any pull request the secrets of the repository';
const BY_COMMENT = 'The event issue_comment can be started by anybody, and does not tell whose code is checked out';
function ofWorkflowRun(event) {
    if (may_connect_read(event.payload, ['workflow_run', 'event']) === 'pull_request_target')
        return { why: WITH_SECRETS, hasSecrets: true };
    const path = ['workflow_run', 'head_repository', 'full_name'];
    const why = foreignHead(event, path, 'The run that started this one');
    return why === undefined ? undefined : { why, hasSecrets: true };
}
/** A head that is not told is taken for a stranger's: GitHub tells none of a fork that was deleted. */
function foreignHead({ payload, repository }, path, what) {
    const head = may_connect_read(payload, path);
    if (typeof head !== 'string')
        return `${what} does not tell which repository its code is from`;
    if (repository === undefined)
        return 'The variable GITHUB_REPOSITORY is not set';
    if (head.toLowerCase() === repository.toLowerCase())
        return undefined;
    return `${what} brings code from ${head.slice(0, 140)}, a fork of ${repository}`;
}
function may_connect_read(value, path) {
    return path.reduce((inner, key) => typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
        ? inner[key]
        : undefined, value);
}

;// CONCATENATED MODULE: ./build/programs/telling/is-strangers.js

/**
 * Whether the checkout of this job may be a stranger's, its configuration too. Then no secret of the job goes where that
 * file says, also where the database is thrown away and may be connected to.
 */
function isStrangers({ variableOf, gate }) {
    if (variableOf('GITHUB_ACTIONS') !== 'true')
        return false;
    const refused = mayConnect({
        isInJob: true,
        name: variableOf('GITHUB_EVENT_NAME'),
        payload: gate.event,
        repository: variableOf('GITHUB_REPOSITORY'),
        ephemeral: 'no',
    });
    return refused.length > 0;
}

;// CONCATENATED MODULE: ./build/programs/notify.js











/**
 * Tells those who want to know of a run. Loaded late; throws nothing for what the other side does, and changes no verdict.
 *
 * @returns what was not told, each with the way out
 */
async function notify(config, report, system) {
    const events = chooseEvents(report, {
        isProtected: config.environment.requireApproval || config.environment.class === 'production',
        isInJob: config.variableOf('GITHUB_ACTIONS') === 'true',
    });
    const pauseMs = system.github?.pauseMs;
    const means = {
        exchange: exchange,
        variables: Object.fromEntries(PROXY.map((name) => [name, config.variableOf(name)])),
        isPrivate: isPrivateHost,
        now: system.now,
        signal: soonAfter(system.signal),
        ...(pauseMs === undefined ? {} : { pauseMs }),
    };
    const told = (config.notifications ?? []).map((one) => tell(one, { config, report, events, means }));
    return (await Promise.all(told)).flat();
}
const PROXY = ['https_proxy', 'HTTPS_PROXY', 'no_proxy', 'NO_PROXY'];
async function tell(notification, { config, report, events, means }) {
    const wanted = events.filter((event) => notification.on.includes(event));
    const [event] = wanted;
    if (event === undefined)
        return [];
    const { type, urlVariable, secretVariable } = notification;
    if (isStrangers(config))
        return [notSent(notification, 'this job may have the code of a stranger')];
    const url = config.variableOf(urlVariable);
    const secret = secretVariable === undefined ? undefined : config.variableOf(secretVariable);
    if (url === undefined)
        return [notSet(notification, urlVariable)];
    // Who checks signatures would take it for a forgery.
    if (secretVariable !== undefined && secret === undefined)
        return [notSet(notification, secretVariable)];
    const message = makeMessage(report, {
        events: wanted,
        title: makeHeadline(report, logLine).text,
        ...(config.project === undefined ? {} : { project: config.project }),
        run: config.run,
        clean: (text) => logLine(config.redact(text)),
    });
    const payload = PAYLOADS[type](message);
    const delivery = {
        url: url.trim(),
        payload,
        event,
        id: (0,external_node_crypto_namespaceObject.randomUUID)(),
        ...(secret === undefined ? {} : { secret }),
    };
    const why = await send(delivery, means);
    return why === undefined ? [] : [notSent(notification, why)];
}
function notSet({ type, urlVariable }, name) {
    return {
        message: `The notification to ${urlVariable} (${type}) was not sent: the variable ${name} is not set, or empty.`,
        help: `Hand it on from a secret: env: ${name}: \${{ secrets.${name} }}.`,
    };
}
function notSent({ type, urlVariable }, why) {
    return {
        message: `The notification to ${urlVariable} (${type}) was not sent: ${why}.`,
        help: 'The run is what it is without it. Look at what the variable holds, and at the other side.',
    };
}

var __webpack_exports__notify = __webpack_exports__.m;
export { __webpack_exports__notify as notify };
