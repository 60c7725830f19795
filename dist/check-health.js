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
  N: () => (/* binding */ checkHealth)
});

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

;// CONCATENATED MODULE: ./build/database/open-reader.js
/**
 * A session for what only reads, which sets nothing that outlives a message: not even how long it may be idle. Where role or
 * database let the server end it between two messages, or it was lost otherwise, what is asked next is asked once more on a
 * new one. Nothing of a session is needed again: through some poolers each message has another.
 *
 * @param open each time another one
 */
async function openReader(open) {
    let session = await open();
    let isIdle = true;
    const renew = async () => {
        await session[Symbol.asyncDispose]();
        session = await open();
        return session;
    };
    return {
        get processId() {
            return session.processId;
        },
        send: async (sql, options) => {
            const canBeAnother = isIdle;
            const first = await session.send(sql, options);
            const reply = first.state === 'lost' && canBeAnother ? await (await renew()).send(sql, options) : first;
            isIdle = reply.state === 'I';
            return reply;
        },
        giveUp: (reason) => session.giveUp(reason),
        cancel: () => session.cancel(),
        keeps: (backend) => session.keeps?.(backend),
        [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
    };
}

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

;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
;// CONCATENATED MODULE: ./build/health/connectivity.js
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});
/** A new connection, as an application makes it: the one that the run has may be older than the trouble. */
const lookAtConnectivity = async (_check, { open }) => {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const session = __addDisposableResource(env_1, await open(), true);
        const { error } = await session.send('SELECT 1;');
        if (!error)
            return { state: 'passed' };
        return {
            state: 'failed',
            message: `a new connection could be made, but the server does not answer on it: ${error.message}`,
            help: 'Look at the server\u2019s log, and whether it is overloaded.',
        };
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = __disposeResources(env_1);
        if (result_1)
            await result_1;
    }
};

;// CONCATENATED MODULE: external "node:fs/promises"
const external_node_fs_promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");
;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;// CONCATENATED MODULE: ./build/health/free-bytes-here.js


/**
 * What is free on the disk of a server's folder, in bytes, where it lies on this machine and is that server's: a container
 * has a folder of the same name.
 *
 * @param systemIdentifier of the server, which stands at the beginning of its control file
 */
async function freeBytesHere(folder, systemIdentifier) {
    if (folder === undefined || systemIdentifier === undefined || !(0,external_node_path_namespaceObject.isAbsolute)(folder))
        return undefined;
    try {
        if ((await readIdentifier(folder)) !== systemIdentifier)
            return undefined;
        const { bavail, bsize } = await (0,external_node_fs_promises_namespaceObject.statfs)(folder);
        return bavail * bsize;
    }
    catch {
        return undefined;
    }
}
async function readIdentifier(folder) {
    const file = await (0,external_node_fs_promises_namespaceObject.open)((0,external_node_path_namespaceObject.join)(folder, 'global', 'pg_control'));
    try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
        return bytesRead === 8 ? buffer.readBigUInt64LE().toString() : '';
    }
    finally {
        await file.close();
    }
}

;// CONCATENATED MODULE: ./build/health/unreadable.js
/** The server refused to tell. */
function unreadable(what, { message }) {
    return {
        state: 'failed',
        message: `${what} could not be read: ${message}`,
        help: 'Look at what the role of the connection may read; or give the check more time (timeout).',
    };
}

;// CONCATENATED MODULE: ./build/health/words.js
/** `0.4 s`, `12 s`, `5 min`, for messages. */
function seconds(ms) {
    if (ms >= 120_000)
        return `${Math.round(ms / 60_000)} min`;
    return ms < 10_000 && ms % 1000 !== 0 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
}
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];
/** `1.5 GB`; 1 kB is 1,024 bytes. */
function bytes(count) {
    const power = Math.min(Math.max(Math.floor(Math.log2(Math.max(Math.abs(count), 1)) / 10), 0), UNITS.length - 1);
    const value = count / 1024 ** power;
    return `${Number.isInteger(value) ? value : value.toFixed(1)} ${UNITS[power]}`;
}

;// CONCATENATED MODULE: ./build/health/free-space.js



/**
 * PostgreSQL tells nobody how much of its disk is free. It can be known where the size of the disk was said (less what the
 * databases and the write-ahead log take), or where the server runs on this machine and its folder can be looked at.
 */
const lookAtFreeSpace = async (check, { read, target }) => {
    const { leastBytes, diskBytes, timeoutMs } = check;
    const { results, error } = await read(diskBytes === undefined ? FOLDER : USED, timeoutMs);
    if (error)
        return unreadable('what the databases take', error);
    const [value] = results.at(-1)?.rows[0] ?? [];
    const free = diskBytes === undefined
        ? await freeBytesHere(value ?? undefined, target.systemIdentifier)
        : diskBytes - Number(value ?? 0);
    if (free === undefined)
        return UNKNOWN;
    const of = diskBytes === undefined ? '' : ` of ${bytes(diskBytes)}, by what its databases take`;
    if (free >= leastBytes)
        return { state: 'passed', details: `${bytes(free)} are free` };
    return {
        state: 'failed',
        message: `${bytes(Math.max(free, 0))} are free${of}, and ${bytes(leastBytes)} are wanted`,
        help: 'Make room, or give the server a larger disk: a rewrite needs as much as the table and its indexes take.',
    };
};
/** A role that may not see the setting sees no row. */
const FOLDER = `SELECT setting FROM pg_catalog.pg_settings WHERE name = 'data_directory'`;
/** Databases that the role may not connect to are not counted; nor is the log where it may not be listed. */
const USED = `SELECT (SELECT pg_catalog.sum(pg_catalog.pg_database_size(oid)) FROM pg_catalog.pg_database
  WHERE pg_catalog.has_database_privilege(oid, 'CONNECT'))
  + CASE WHEN pg_catalog.has_function_privilege('pg_catalog.pg_ls_waldir()', 'EXECUTE')
    THEN (SELECT coalesce(pg_catalog.sum(size), 0) FROM pg_catalog.pg_ls_waldir()) ELSE 0 END`;
const UNKNOWN = {
    state: 'unknown',
    message: 'how much of the disk is free can not be known from here',
    help: 'Say how large the disk is, disk: 100GB, and what the databases take is subtracted; or watch it where the server runs.',
};

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

;// CONCATENATED MODULE: ./build/model/tool-version.js
/** The version in package.json, which a test compares. */
const TOOL_VERSION = '0.1.0';

;// CONCATENATED MODULE: ./build/health/ask-http.js

/** The root of Supabase's API describes every table. */
const LARGEST = 32 * 1024 * 1024;
/** One GET; redirects are answers like others. The URL stands in no message: a part of it can be a secret. */
async function askHttp({ url, headers, isSecret, timeoutMs }, { exchange, isPrivate, variableOf, signal }) {
    const parsed = URL.canParse(url) ? new URL(url) : undefined;
    if (parsed === undefined || !/^https?:$/.test(parsed.protocol))
        return problem('with its variables it is no URL of http or https', 'Look at what the variables hold.');
    const host = parsed.hostname.replace(/^\[|\]$/g, '');
    if ((isSecret || parsed.password !== '') && parsed.protocol === 'http:' && !isPrivate(host))
        return problem('it is http, and what its variables hold is not sent in plain text over the internet', 'Use https.');
    const unsendable = Object.entries(headers).find(([, value]) => /[^\t\x20-\x7e\x80-\xff]/.test(value));
    if (unsendable !== undefined)
        return problem(`the value of the header ${unsendable[0]} holds what no header can`, 'Look for a line end in the variable.');
    const answer = await exchange({
        method: 'GET',
        url: parsed,
        headers: { 'user-agent': `devflow-migrate/${TOOL_VERSION}`, ...headers },
        timeoutMs,
        largestBytes: LARGEST,
        variables: Object.fromEntries(PROXY.map((name) => [name, variableOf(name)])),
        ...(signal ? { signal } : {}),
    });
    return 'broken' in answer
        ? problem(`it can not be asked: ${answer.broken}`, 'Look whether this machine reaches it.')
        : answer;
}
const PROXY = ['https_proxy', 'HTTPS_PROXY', 'no_proxy', 'NO_PROXY'];
function problem(message, help) {
    return { problem: { state: 'failed', message, help } };
}

;// CONCATENATED MODULE: ./build/health/http.js


/** An endpoint, by GET: its status, and what its answer holds. */
const lookAtHttp = async (check, place) => {
    const { url, headers, status, body, timeoutMs } = check;
    const filled = Object.entries(headers).map(([name, value]) => [name, fillTemplate(value, place.variableOf)]);
    const answer = await askHttp({
        url: fillTemplate(url, place.variableOf),
        headers: Object.fromEntries(filled),
        // What is written out in the file is no secret, and a variable before the query is an address.
        isSecret: [...Object.values(headers), url.split('?').slice(1).join('?')].some((value) => namesIn(value).length > 0),
        timeoutMs,
    }, place);
    if ('problem' in answer)
        return answer.problem;
    const isFine = status === undefined ? answer.status >= 200 && answer.status < 300 : answer.status === status;
    if (!isFine)
        return unexpected(`it answered ${answer.status}, and ${status ?? 'one of 200 to 299'} is expected`);
    if (body === undefined || answer.text.includes(body))
        return { state: 'passed' };
    return unexpected(`it answered ${answer.status}, but not with the text that is expected (body)`);
};
/** What it answered is not shown: it may repeat what it was asked, or hold what is nobody's business. */
function unexpected(message) {
    return { state: 'failed', message, help: 'Ask it by hand, and look at the log of the service.' };
}

;// CONCATENATED MODULE: ./build/model/user-error.js
const MARK = Symbol.for('devflow-migrate/user-error');
/** The set-up is wrong: exit code 2, no stack. Holds every mistake found, not the first. */
class user_error_UserError extends Error {
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

;// CONCATENATED MODULE: ./build/sql/identifier.js

/** Bytes of UTF-8 after which the server cuts a name, in silence. */
const LONGEST_NAME = 63;
/**
 * A name in double quotes, exactly as given: nothing is folded or split at dots. The only way by which a name from
 * outside gets into SQL.
 *
 * @throws UserError for a name that the server would refuse or cut
 */
function quoteIdentifier(name) {
    const wrong = wrongName(name);
    if (wrong !== undefined) {
        throw new UserError([
            {
                message: `${JSON.stringify(name.slice(0, 80))} can not be a name in PostgreSQL: ${wrong}.`,
                help: `Use 1 to ${LONGEST_NAME} bytes without NUL.`,
            },
        ]);
    }
    return `"${name.replaceAll('"', '""')}"`;
}
function wrongName(name) {
    if (name === '')
        return 'it is empty';
    if (name.includes('\0'))
        return 'it holds a NUL character';
    const bytes = Buffer.byteLength(name);
    return bytes > LONGEST_NAME
        ? `it has ${bytes} bytes, and the server cuts names at ${LONGEST_NAME}`
        : undefined;
}
/**
 * A text as a string literal, the same whatever `standard_conforming_strings` is. The only way by which a value gets
 * into SQL that is not sent as a parameter.
 *
 * @throws RangeError for a NUL, which no PostgreSQL text can hold
 */
function quoteLiteral(value) {
    if (value.includes('\0'))
        throw new RangeError('A text for PostgreSQL can not hold a NUL character.');
    const doubled = value.replaceAll("'", "''");
    // The space keeps the E from becoming the end of a word before it.
    return doubled.includes('\\') ? ` E'${doubled.replaceAll('\\', '\\\\')}'` : `'${doubled}'`;
}

;// CONCATENATED MODULE: ./build/health/table-values.js

/** The tables as a row each of `(n, schema, name)`: null where any schema will do, `*` where any name will. */
function tableValues(tables) {
    const rows = tables.map(({ schema, name }, index) => `(${index}, ${schema === undefined ? 'NULL' : quoteLiteral(schema)}::text, ${quoteLiteral(name)}::text)`);
    return `(VALUES ${rows.join(', ')}) AS wanted (n, schema, name)`;
}
/** Whether the table `c` in the schema `s` is one of those wanted. */
const IS_WANTED = `(CASE WHEN wanted.schema IS NULL THEN s.nspname !~ '^pg_' AND s.nspname <> 'information_schema' ELSE s.nspname = wanted.schema END)
  AND (wanted.name = '*' OR c.relname = wanted.name)`;
/** As the file writes it. */
function showTable({ schema, name }) {
    return schema === undefined ? name : `${schema}.${name}`;
}
const MOST_SHOWN = 10;
/** `a, b and 3 more` */
function showSome(names) {
    const rest = names.length - MOST_SHOWN;
    const shown = names.slice(0, MOST_SHOWN).join(', ');
    return rest > 0 ? `${shown} and ${rest} more` : shown;
}

;// CONCATENATED MODULE: ./build/health/long-transactions.js



const QUERY = `SELECT 'process ' || pid, usename, application_name,
  pg_catalog.ceil(EXTRACT(EPOCH FROM pg_catalog.clock_timestamp() - xact_start) * 1000)::int8,
  (query = '<insufficient privilege>')::int4
FROM pg_catalog.pg_stat_activity
WHERE datname = pg_catalog.current_database() AND pid <> pg_catalog.pg_backend_pid()
  AND (backend_type = 'client backend' OR query = '<insufficient privilege>')
UNION ALL
SELECT 'prepared transaction ' || gid, owner, NULL,
  pg_catalog.ceil(EXTRACT(EPOCH FROM pg_catalog.clock_timestamp() - prepared) * 1000)::int8, 0
FROM pg_catalog.pg_prepared_xacts WHERE database = pg_catalog.current_database()
ORDER BY 4 DESC NULLS LAST, 1`;
/** Transactions of others in this database: each keeps its locks, and what it might still see from being cleared away. */
const lookAtLongTransactions = async ({ mostMs, timeoutMs }, { read }) => {
    const { results, error } = await read(QUERY, timeoutMs);
    if (error)
        return unreadable('the sessions', error);
    const rows = results.at(-1)?.rows ?? [];
    const long = rows.filter(([, , , age]) => age !== null && Number(age) > mostMs);
    const hidden = rows.filter(([, , , , isHidden]) => isHidden === '1').length;
    if (long.length > 0)
        return {
            state: 'failed',
            message: `transactions are open for longer than ${seconds(mostMs)}: ${showSome(long.map(show))}`,
            help: 'Wait for them to end, or end them: SELECT pg_terminate_backend(<process>).',
        };
    if (hidden === 0)
        return { state: 'passed' };
    return {
        state: 'unknown',
        message: `whether transactions are open for long can not be known: the role may not see those of ${hidden} ${hidden === 1 ? 'session' : 'sessions'}`,
        help: 'Grant it: GRANT pg_read_all_stats TO <role>.',
    };
};
function show([what, user, application, age]) {
    const by = [user, application].filter(Boolean).join(', ');
    return `${what} (${by}) for ${seconds(Number(age))}`;
}

;// CONCATENATED MODULE: ./build/health/replication-lag.js



/** How long what was written here takes until standbys show it. */
const lookAtReplicationLag = async ({ mostMs, timeoutMs }, { read }) => {
    const { results, error } = await read(`SELECT application_name, state, pg_catalog.ceil(EXTRACT(EPOCH FROM replay_lag) * 1000)::int8 FROM pg_catalog.pg_stat_replication ORDER BY 1`, timeoutMs);
    if (error)
        return unreadable('the standbys', error);
    // A base backup that is being taken is no standby.
    const standbys = (results.at(-1)?.rows ?? []).filter(([, state]) => state !== 'backup');
    if (standbys.length === 0)
        return { state: 'passed', details: 'no standby is connected' };
    if (standbys.some(([, state]) => state === null))
        return {
            state: 'unknown',
            message: 'how far the standbys lag can not be known: the role may not see them',
            help: 'Grant it: GRANT pg_read_all_stats TO <role>.',
        };
    const slow = standbys.filter(([, state, lag]) => state !== 'streaming' || Number(lag ?? 0) > mostMs);
    if (slow.length === 0)
        return { state: 'passed', details: `${standbys.length} connected` };
    const told = slow.map(([name, state, lag]) => state === 'streaming' ? `${name} lags ${seconds(Number(lag))}` : `${name} does not stream yet (${state})`);
    return {
        state: 'failed',
        message: `${showSome(told)}; ${seconds(mostMs)} are allowed`,
        help: 'Wait until the standbys have caught up: a large migration would put them further behind.',
    };
};

;// CONCATENATED MODULE: ./build/health/rls.js


/** Row level security is enabled. What belongs to an extension does not count among all tables of a schema. */
const lookAtRls = async ({ tables, timeoutMs }, { read }) => {
    const { results, error } = await read(`SELECT wanted.n, s.nspname, c.relname, c.relrowsecurity FROM ${tableValues(tables)}
LEFT JOIN (pg_catalog.pg_class c JOIN pg_catalog.pg_namespace s ON s.oid = c.relnamespace)
  ON c.relkind IN ('r', 'p') AND ${IS_WANTED} AND NOT (wanted.name = '*' AND EXISTS (
    SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'e'))
WHERE c.relrowsecurity IS NOT TRUE ORDER BY 1, 2, 3`, timeoutMs);
    if (error)
        return unreadable('row level security', error);
    const rows = results.at(-1)?.rows ?? [];
    const open = rows.filter(([, , , enabled]) => enabled !== null);
    // Of a schema without any table too: its name may be misspelt.
    const missing = rows.filter(([, , , enabled]) => enabled === null).flatMap(([n]) => tables[Number(n)] ?? []);
    if (open.length + missing.length === 0)
        return { state: 'passed' };
    const said = [
        ...(open.length > 0
            ? [
                `row level security is not enabled on ${showSome(open.map(([, schema, name]) => `${schema}.${name}`))}`,
            ]
            : []),
        ...(missing.length > 0 ? [`there is no table ${showSome(missing.map(showTable))}`] : []),
    ];
    return {
        state: 'failed',
        message: said.join(', and '),
        help: 'Enable it in a migration, ALTER TABLE \u2026 ENABLE ROW LEVEL SECURITY, with the policies that its readers need.',
    };
};

;// CONCATENATED MODULE: ./build/sql/lex.js
/**
 * Cuts SQL into pieces that together are the whole text: enough to know what is a comment and what is quoted, in text
 * that the real parser may refuse. It follows the server's `scan.l` with `standard_conforming_strings` on and never
 * throws. It does not know statements: a semicolon inside `BEGIN ATOMIC \u2026 END` is a semicolon.
 */
function* lex(text, from = 0) {
    let start = from;
    while (start < text.length) {
        const piece = pieceAt(text, start);
        yield piece;
        start = piece.end;
    }
}
function pieceAt(text, start) {
    const two = text.slice(start, start + 2);
    if (two === '--')
        return lex_closed('line-comment', start, next(LINE_END, text, start));
    if (two === '/*')
        return blockComment(text, start);
    if (two === "e'" || two === "E'")
        return escapeString(text, start);
    switch (two[0]) {
        case "'":
            return quoted('string', text, start);
        case '"':
            return quoted('quoted-name', text, start);
        case '$':
            return dollarString(text, start);
        case ';':
            return lex_closed('semicolon', start, start + 1);
    }
    const space = next(NO_SPACE, text, start);
    if (space > start)
        return lex_closed('space', start, space);
    const word = wordEnd(text, start);
    return word > start ? lex_closed('word', start, word) : lex_closed('other', start, start + 1);
}
// Each pattern matches one character and is searched for: a repetition would need memory for each character.
const LINE_END = /[\n\r]/g;
const NO_SPACE = /[^ \t\n\r\f\v]/g;
const NAME_START = /[A-Za-z_\u0080-\uffff]/;
const NO_NAME = /[^\w$\u0080-\uffff]/g;
const NO_TAG = /[^\w\u0080-\uffff]/g;
const NO_DIGIT = /\D/g;
function next(pattern, text, from) {
    pattern.lastIndex = from;
    return pattern.exec(text)?.index ?? text.length;
}
function lex_closed(kind, start, end) {
    return { kind, start, end, closed: true };
}
// Numbers stop before a `$`, names do not: `1$$a$$` holds a dollar quote, `a1$$a$$` does not.
function wordEnd(text, start) {
    return NAME_START.test(text[start] ?? '') ? next(NO_NAME, text, start) : next(NO_DIGIT, text, start);
}
function quoted(kind, text, start) {
    const quote = text[start] ?? '';
    let end = text.indexOf(quote, start + 1);
    while (end !== -1 && text[end + 1] === quote)
        end = text.indexOf(quote, end + 2);
    return end === -1 ? unclosed(kind, text, start) : lex_closed(kind, start, end + 1);
}
function unclosed(kind, text, start) {
    return { kind, start, end: text.length, closed: false };
}
function escapeString(text, start) {
    let at = start + 2;
    while (true) {
        at = next(QUOTE_OR_BACKSLASH, text, at);
        if (at === text.length)
            return unclosed('string', text, start);
        if (text[at] === '\\' || text[at + 1] === "'") {
            at += 2;
            continue;
        }
        const again = continuation(text, at + 1);
        if (again === undefined)
            return lex_closed('string', start, at + 1);
        at = again;
    }
}
const QUOTE_OR_BACKSLASH = /['\\]/g;
/**
 * After white space that holds a line end a string goes on, and keeps its kind. A comment to the end of its line is white
 * space there.
 *
 * @param from where a part of it has ended
 * @returns where the next part begins, behind its quote
 */
function continuation(text, from) {
    let at = from;
    for (let before = -1; before !== at;) {
        before = at;
        at = next(NO_SPACE, text, at);
        if (text.startsWith('--', at))
            at = next(LINE_END, text, at);
    }
    return text[at] === "'" && next(LINE_END, text, from) < at ? at + 1 : undefined;
}
function dollarString(text, start) {
    const body = next(NO_TAG, text, start + 1) + 1;
    const tag = text.slice(start, body);
    if (!tag.endsWith('$') || tag.length < 2 || /^\$\d/.test(tag))
        return lex_closed('other', start, start + 1);
    const close = text.indexOf(tag, body);
    return close === -1
        ? unclosed('dollar-string', text, start)
        : lex_closed('dollar-string', start, close + tag.length);
}
function blockComment(text, start) {
    let depth = 0;
    lex_MARK.lastIndex = start;
    for (let mark = lex_MARK.exec(text); mark !== null; mark = lex_MARK.exec(text)) {
        depth += mark[0] === '/*' ? 1 : -1;
        if (depth === 0)
            return lex_closed('block-comment', start, lex_MARK.lastIndex);
    }
    return unclosed('block-comment', text, start);
}
const lex_MARK = /\/\*|\*\//g;

;// CONCATENATED MODULE: ./build/sql/lex-script.js

/**
 * {@link lex} for a file as psql reads it: the lines of `COPY \u2026 FROM STDIN` are no SQL, and neither is a meta-command.
 * They begin, as with psql, on the line after the semicolon, and end before a line that is `\.` and nothing else.
 */
function* lexScript(text) {
    for (let from = 0; from < text.length;) {
        let head = NOTHING;
        let stopped;
        for (const piece of lex(text, from)) {
            if (piece.kind === 'other' && text[piece.start] === '\\') {
                stopped = piece;
                break;
            }
            yield piece;
            if (piece.kind !== 'semicolon')
                head = afterPiece(head, text, piece);
            else if (head.reached === 'stdin') {
                stopped = piece;
                break;
            }
            else
                head = NOTHING;
        }
        if (!stopped)
            return;
        const ahead = stopped.kind === 'semicolon' ? copyPieces(text, stopped.end) : [psqlCommand(text, stopped)];
        yield* ahead;
        from = ahead.at(-1)?.end ?? text.length;
    }
}
/** Whether a text can hold anything of psql's: without a backslash, `STDIN` and `STDOUT` it is SQL alone. */
function mayBeScript(text) {
    return text.includes('\\') || /std(?:in|out)/i.test(text);
}
const NOTHING = { reached: 'nothing', parentheses: 0 };
const OTHER = { reached: 'other', parentheses: 0 };
function afterPiece(head, text, piece) {
    const { reached, parentheses } = head;
    if (reached === 'other' || reached === 'stdin' || isGap(piece))
        return head;
    const word = wordAt(text, piece);
    if (reached === 'nothing')
        return word === 'COPY' ? { reached: 'copy', parentheses } : OTHER;
    // Behind FROM, the server and psql take either for the client.
    if (reached === 'from')
        return word === 'STDIN' || word === 'STDOUT' ? { reached: 'stdin', parentheses } : OTHER;
    if (word !== '')
        return word === 'FROM' && parentheses === 0 ? { reached: 'from', parentheses } : head;
    const depth = parentheses + parenthesis(text, piece);
    return depth === parentheses ? head : { reached, parentheses: depth };
}
/** 1 where a piece opens parentheses, -1 where it closes them. */
function parenthesis(text, { kind, start }) {
    if (kind !== 'other')
        return 0;
    if (text[start] === '(')
        return 1;
    return text[start] === ')' ? -1 : 0;
}
/** White space and comments. */
function isGap({ kind }) {
    return kind === 'space' || kind === 'line-comment' || kind === 'block-comment';
}
/** A word in capitals, if it can be a key word: those are ASCII, and the server folds nothing else. */
function wordAt(text, { kind, start, end }) {
    if (kind !== 'word' || end - start > LONGEST_KEYWORD)
        return '';
    const word = text.slice(start, end);
    return /^[a-z_]+$/i.test(word) ? word.toUpperCase() : '';
}
const LONGEST_KEYWORD = 20;
function psqlCommand(text, { start }) {
    return { kind: 'psql-command', start, end: lineEnd(text, start), closed: true };
}
function copyPieces(text, from) {
    const tailEnd = lineEnd(text, from);
    const tail = { kind: 'copy-tail', start: from, end: tailEnd, closed: true };
    const start = Math.min(tailEnd + 1, text.length);
    const mark = endMark(text, start);
    const rows = { kind: 'copy-rows', start, end: mark ?? text.length, closed: mark !== undefined };
    if (mark === undefined)
        return [tail, rows];
    const end = Math.min(lineEnd(text, mark) + 1, text.length);
    return [tail, rows, { kind: 'copy-end', start: mark, end, closed: true }];
}
// psql reads lines that end with LF, with or without a CR before it.
function lineEnd(text, from) {
    const end = text.indexOf('\n', from);
    return end === -1 ? text.length : end;
}
function endMark(text, from) {
    for (let at = text.indexOf('\\.', from); at !== -1; at = text.indexOf('\\.', at + 2)) {
        if (at > from && text[at - 1] !== '\n')
            continue;
        if (/^\r?(?:\n|$)/.test(text.slice(at + 2, at + 4)))
            return at;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/sql/scan-script.js

/**
 * Cuts a script at the semicolons that end statements, as the server's parser would where it accepts the text: those in
 * the body of a `BEGIN ATOMIC` function or procedure and in the parentheses of a rule end none. Empty statements are
 * left out. Memory does not depend on the text's length, nor on how many statements there are.
 *
 * @param pieces of the text: those of `lex` where all of it is SQL
 */
function* scanScript(text, pieces = lexScript(text)) {
    let open;
    let last;
    for (const piece of pieces) {
        if (last) {
            if (piece.kind.startsWith('copy-')) {
                last = withCopy(last, piece);
                continue;
            }
            yield last;
            last = undefined;
        }
        if (isGap(piece) && piece.closed)
            continue;
        if (piece.kind === 'psql-command') {
            yield { kind: 'psql-command', span: piece, inside: open !== undefined, next: piece.end };
            open = undefined;
        }
        else if (open || piece.kind !== 'semicolon') {
            open ??= { start: piece.start, end: piece.end, levels: [head()] };
            open.end = piece.end;
            if (!piece.closed)
                open.unclosed = piece.start;
            if (endsStatement(open.levels, text, piece)) {
                last = statementOf(open);
                open = undefined;
            }
        }
    }
    if (last)
        yield last;
    if (open)
        yield statementOf(open);
}
function statementOf({ start, end, unclosed }) {
    return {
        kind: 'statement',
        span: { start, end },
        next: end,
        ...(unclosed === undefined ? {} : { unclosed }),
    };
}
function withCopy(statement, { kind, start, end, closed }) {
    const { copy = { tail: { start, end }, rows: { start: end, end }, closed: false } } = statement;
    if (kind === 'copy-rows')
        return { ...statement, copy: { ...copy, rows: { start, end }, closed }, next: end };
    return { ...statement, copy, next: end };
}
function head() {
    return { kind: 'undecided', words: [], parentheses: 0, begins: false };
}
function endsStatement(levels, text, piece) {
    const level = levels.at(-1) ?? head();
    if (piece.kind === 'semicolon')
        return endsAtSemicolon(levels, level);
    if (level.kind === 'plain')
        return false;
    const word = wordAt(text, piece);
    // In a body a statement that begins with END is none: it ends the body.
    if (levels.length > 1 && level.words.length === 0 && word === 'END')
        levels.pop();
    else if (level.kind === 'undecided')
        decide(level, word);
    else
        readOn(levels, level, word, parenthesis(text, piece));
    return false;
}
function endsAtSemicolon(levels, level) {
    if (level.kind === 'rule' && level.parentheses > 0)
        return false;
    if (levels.length === 1)
        return true;
    levels[levels.length - 1] = head();
    return false;
}
function decide(level, word) {
    level.words.push(word);
    const [first, second] = level.words;
    const made = second === 'OR' ? level.words[3] : second;
    if (first !== 'CREATE')
        level.kind = 'plain';
    else if (made === 'FUNCTION' || made === 'PROCEDURE')
        level.kind = 'routine';
    else if (made === 'RULE')
        level.kind = 'rule';
    else if (made !== undefined)
        level.kind = 'plain';
}
function readOn(levels, level, word, parenthesis) {
    level.parentheses += parenthesis;
    if (level.kind !== 'routine')
        return;
    if (level.begins && word === 'ATOMIC')
        levels.push(head());
    level.begins = word === 'BEGIN' && level.parentheses === 0;
}

;// CONCATENATED MODULE: ./build/health/sql.js

/** One query of the file's, whose only value has to be true. What it returns is not shown: it can be anybody's data. */
const lookAtSql = async ({ sql, timeoutMs }, { read }) => {
    // Two rows show that there is more than one, however many there are.
    const { results, error } = await read(`SELECT * FROM (\n${withoutEnd(sql)}\n) AS health_check LIMIT 2`, timeoutMs);
    if (error)
        return failed(`the query failed: ${error.message}`);
    const why = whyNot(results.at(-1));
    return why === undefined ? { state: 'passed' } : failed(`the query returned ${why}`);
};
/** Without the semicolon, and what stands behind it. */
function withoutEnd(sql) {
    const [statement] = [...scanScript(sql)];
    return statement === undefined ? '' : sql.slice(statement.span.start, statement.span.end).replace(/;$/, '');
}
function whyNot(answer) {
    const rows = answer?.rows ?? [];
    const [value] = rows[0] ?? [];
    if (rows.length === 0)
        return 'no row, and one that is true is expected';
    if (rows.length > 1)
        return 'more than one row, and one that is true is expected';
    if ((answer?.columns.length ?? 0) !== 1)
        return `${answer?.columns.length} columns, and one is expected`;
    if (value === 't')
        return undefined;
    if (value === null || value === undefined)
        return 'NULL, and not true';
    return value === 'f' ? 'false' : 'something else than true or false';
}
function failed(message) {
    return { state: 'failed', message, help: 'Run the query by hand, as the role of the connection.' };
}

;// CONCATENATED MODULE: ./build/health/supabase.js

/**
 * The REST API of a Supabase project, which reads the schema anew after a migration: its root answers with what it
 * serves. A key of the older kind is a JWT, and is the bearer token too; one of the newer (`sb_\u2026`) is not.
 */
const lookAtSupabase = async ({ keyVariable, timeoutMs }, place) => {
    const base = (place.variableOf('SUPABASE_URL') ?? '').replace(/\/+$/, '');
    const key = place.variableOf(keyVariable) ?? '';
    const answer = await askHttp({
        url: `${base}/rest/v1/`,
        headers: { apikey: key, ...(key.startsWith('eyJ') ? { authorization: `Bearer ${key}` } : {}) },
        isSecret: true,
        timeoutMs,
    }, place);
    if ('problem' in answer)
        return answer.problem;
    return answer.status >= 200 && answer.status < 300
        ? { state: 'passed' }
        : explain(answer.status, keyVariable);
};
function explain(status, keyVariable) {
    const message = `it answered ${status}, and one of 200 to 299 is expected`;
    if (status === 401 || status === 403)
        return {
            state: 'failed',
            message,
            help: `Look at the key in ${keyVariable}: it may be of another project, or not be let to read what the API serves; a secret key is.`,
        };
    if (status === 404)
        return { state: 'failed', message, help: 'Look at SUPABASE_URL: it is the address of the project alone.' };
    return {
        state: 'failed',
        message,
        help: "Look at the log of the API. After a change of the schema it may need NOTIFY pgrst, 'reload schema'.",
    };
}

;// CONCATENATED MODULE: ./build/health/tables.js


/** Tables that have to be there, partitioned and foreign ones included; of `schema.*` at least one. */
const lookAtTables = async ({ tables, timeoutMs }, { read }) => {
    const { results, error } = await read(`SELECT wanted.n FROM ${tableValues(tables)} WHERE NOT EXISTS (
  SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace s ON s.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'f') AND ${IS_WANTED}) ORDER BY 1`, timeoutMs);
    if (error)
        return unreadable('the tables', error);
    const missing = (results.at(-1)?.rows ?? []).flatMap(([n]) => tables[Number(n)] ?? []);
    if (missing.length === 0)
        return { state: 'passed' };
    return {
        state: 'failed',
        message: `there is no table ${showSome(missing.map(showTable))}`,
        help: 'Look at which migration was to make it, and at its name: names count as they are, upper and lower case too.',
    };
};

;// CONCATENATED MODULE: ./build/health/looks.js









/** Every check there is. One that is forgotten here does not compile. */
const LOOKS = {
    connectivity: lookAtConnectivity,
    tables: lookAtTables,
    rls: lookAtRls,
    sql: lookAtSql,
    http: lookAtHttp,
    supabase: lookAtSupabase,
    'replication-lag': lookAtReplicationLag,
    'long-transactions': lookAtLongTransactions,
    'free-space': lookAtFreeSpace,
};

;// CONCATENATED MODULE: ./build/health/check-all.js


const LONGEST_PAUSE_MS = 8_000;
/** Every check, in order, each as often as it says; what passes or can not be known is not tried again. Never rejects. */
async function checkAll(checks, place, pauseMs = 1_000) {
    const checked = [];
    for (const check of checks)
        checked.push({ check, verdict: await checkOne(check, place, pauseMs) });
    return checked;
}
async function checkOne(check, place, pauseMs) {
    for (let tries = 1;; tries++) {
        const verdict = await lookOnce(check, place);
        if (verdict.state !== 'failed')
            return verdict;
        if (place.signal?.aborted)
            return ENDED;
        if (tries > check.retries)
            return tries === 1 ? verdict : tried(verdict, tries);
        const waitMs = Math.min(pauseMs * 2 ** (tries - 1), LONGEST_PAUSE_MS);
        await (0,promises_namespaceObject.setTimeout)(waitMs, undefined, place.signal && { signal: place.signal }).catch(() => { });
    }
}
function tried(verdict, tries) {
    return { ...verdict, message: `${verdict.message} (tried ${tries} times)` };
}
/** The server and the other side of HTTP have the same time; what is lost on the way is waited for a little longer. */
const LATE_MS = 2_000;
async function lookOnce(check, place) {
    if (place.signal?.aborted)
        return ENDED;
    const look = LOOKS[check.kind];
    const late = new AbortController();
    const { signal } = late;
    const tooLate = (0,promises_namespaceObject.setTimeout)(check.timeoutMs + LATE_MS, LATE, { signal, ref: false }).then(promises_namespaceObject.setImmediate);
    try {
        const looking = look(check, place);
        // Where time has run out nobody waits for it any more.
        looking.catch(() => { });
        return await Promise.race([looking, tooLate]);
    }
    catch (error) {
        return {
            state: 'failed',
            message: error instanceof Error ? error.message.replace(/\.$/, '') : 'it could not be looked at',
            help: 'Look whether this machine reaches the database.',
        };
    }
    finally {
        late.abort();
        tooLate.catch(() => { });
    }
}
const ENDED = {
    state: 'failed',
    message: 'the run was ended before it was known',
    help: 'Run verify to know.',
};
const LATE = {
    state: 'failed',
    message: 'there was no answer in time (timeout)',
    help: 'Give it more time, or look at why it takes so long.',
};

;// CONCATENATED MODULE: ./build/sql/begin-reading.js
/**
 * SQL that begins a transaction of ours that only reads, without a result, whatever role, database and server bring
 * along. A serializable one that is deferrable would wait without an end for whoever writes, and a standby has none. A
 * limit to the transaction ends the connection; it is known from PostgreSQL 17 on, and named where it is known. The
 * cursor is there because a SELECT would have a result, and PL/pgSQL needs a right. Names come with quotes where they
 * need them, and in our encoding, which a login trigger may have changed.
 *
 * @param begin what the block begins with: a message without BEGIN is a transaction that ends with it
 */
function beginReading(isolation = 'READ COMMITTED', begin = 'BEGIN') {
    return `${begin} ISOLATION LEVEL ${isolation} READ ONLY NOT DEFERRABLE;
DECLARE devflow_unlimited NO SCROLL CURSOR FOR SELECT pg_catalog.set_config('transaction_timeout', '0', true)
WHERE pg_catalog.current_setting('transaction_timeout', true) IS NOT NULL;
MOVE devflow_unlimited;
CLOSE devflow_unlimited;
SET LOCAL statement_timeout = 0;
SET LOCAL idle_in_transaction_session_timeout = 0;
SET LOCAL quote_all_identifiers = off;
SET LOCAL client_encoding = 'UTF8';`;
}

;// CONCATENATED MODULE: ./build/health/open-reading.js


/** Each query runs alone in a transaction that only reads and is rolled back. */
function openReading(open) {
    let opened;
    const close = async () => {
        const session = opened;
        opened = undefined;
        await (await session?.catch(() => undefined))?.[Symbol.asyncDispose]();
    };
    return {
        read: async (sql, timeoutMs) => {
            opened ??= open();
            const session = await opened.catch((error) => {
                opened = undefined;
                throw error;
            });
            const reply = await inTime(session.send(messageOf(sql, Math.ceil(timeoutMs))), timeoutMs);
            if (reply.state === 'lost')
                void close();
            else if (reply.state !== 'I')
                await session.send('ROLLBACK;');
            return reply;
        },
        [Symbol.asyncDispose]: close,
    };
}
function messageOf(sql, timeoutMs) {
    return `${beginReading()}
SET LOCAL statement_timeout = ${timeoutMs};
SET LOCAL lock_timeout = ${timeoutMs};
${sql}
;
ROLLBACK;`;
}
/** What the server says of its own time comes first; over a network that has gone silent it says nothing. */
const open_reading_LATE_MS = 1_000;
async function inTime(sent, timeoutMs) {
    const answered = new AbortController();
    const { signal } = answered;
    // Where this process could not run meanwhile, the answer may be here already and is read first.
    const late = (0,promises_namespaceObject.setTimeout)(timeoutMs + open_reading_LATE_MS, SILENT, { signal, ref: false }).then(promises_namespaceObject.setImmediate);
    late.catch(() => { });
    const reply = await Promise.race([sent, late]);
    answered.abort();
    return reply;
}
const SILENT = {
    results: [],
    completed: 0,
    error: { code: 'connection-lost', message: 'the server did not answer in time', fatal: true },
    state: 'lost',
};

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

;// CONCATENATED MODULE: ./build/programs/check-health.js
var check_health_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var check_health_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});






/**
 * Carries checks out, on connections of their own: the one that the run works on is left as it is. Loaded late, and throws
 * nothing. What could not be known stops nothing, and is told.
 */
async function checkHealth({ door, config, system, known, signal }, checks, moment) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const open = () => door.plain.open(() => { });
        const reading = check_health_addDisposableResource(env_1, openReading(() => openReader(open)), true);
        const checked = await checkAll(checks, {
            target: known.target,
            open,
            read: reading.read,
            exchange: isStrangers(config) ? sendNothing : exchange,
            isPrivate: isPrivateHost,
            variableOf: config.variableOf,
            signal,
        }, system.healthPauseMs);
        return {
            findings: checked.flatMap((one) => asFinding(one, moment)),
            notes: [summarise(checked, moment)].map(config.redact),
        };
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = check_health_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** The file that says where to may be theirs, and secrets of the job would go there. */
async function sendNothing() {
    return { broken: 'this job may have the code of a stranger, so nothing is sent anywhere' };
}
function asFinding({ check, verdict }, moment) {
    if (verdict.state === 'passed')
        return [];
    const failed = verdict.state === 'failed';
    return [
        {
            rule: 'health-check',
            severity: failed ? 'error' : 'warning',
            message: `Health check ${moment}, ${check.label}: ${verdict.message}.`,
            help: failed ? `${verdict.help} ${WAYS[moment]}` : verdict.help,
        },
    ];
}
const WAYS = {
    'before applying': 'Nothing was applied: run again when it holds.',
    'after applying': 'What was applied stays applied: mend it by a new migration or roll back, and run migrate again, which checks once more.',
    'before undoing': 'Nothing was undone: run again when it holds.',
    'after undoing': 'What was undone stays undone: mend what does not hold, and run verify, which checks once more.',
    now: 'Run verify again when it holds.',
};
function summarise(checked, moment) {
    const count = (state) => checked.filter(({ verdict }) => verdict.state === state).length;
    const passed = checked.flatMap(({ check, verdict }) => {
        if (verdict.state !== 'passed')
            return [];
        return [verdict.details === undefined ? check.label : `${check.label} (${verdict.details})`];
    });
    const others = [
        [count('failed'), 'failed'],
        [count('unknown'), 'could not be known'],
    ].flatMap(([number, what]) => (number === 0 ? [] : [`, ${number} ${what}`]));
    const list = passed.length > 0 ? `: ${passed.join('; ')}` : '';
    return `Health checks ${moment}: ${passed.length} of ${checked.length} passed${others.join('')}${list}.`;
}

var __webpack_exports__checkHealth = __webpack_exports__.N;
export { __webpack_exports__checkHealth as checkHealth };
