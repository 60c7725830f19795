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
  C: () => (/* binding */ planSupabase),
  l: () => (/* binding */ withSupabase)
});

;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;// CONCATENATED MODULE: external "node:fs/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");
;// CONCATENATED MODULE: external "node:tls"
const external_node_tls_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");
;// CONCATENATED MODULE: ./build/database/application-name.js
/** The server cuts the name at this many bytes. */
const LONGEST = 63;
/**
 * What others see of a run in `pg_stat_activity`: `devflow-migrate <run id> <owner/repository>` in a GitHub job.
 *
 * @param runUrl the URL of the run, where there is one
 */
function application_name_applicationName(runUrl) {
    const run = /\/([^/]+\/[^/]+)\/actions\/runs\/(\d+)$/.exec(runUrl ?? '');
    return run ? `devflow-migrate ${run[2]} ${run[1]}`.slice(0, LONGEST) : 'devflow-migrate';
}
/**
 * The URL of the run that a name tells of; its number where the name was cut within the repository's, and nobody can tell
 * which that is. Nearly always it is that of the run that asks.
 *
 * @param ownRunUrl of the run that asks: both are taken to be of one GitHub server
 */
function runUrlOf(name, ownRunUrl) {
    const [, id, said = ''] = /^devflow-migrate (\d+) ([\w.-]+(?:\/[\w.-]*)?)$/.exec(name) ?? [];
    if (id === undefined)
        return undefined;
    const [, server = 'https://github.com', own = ''] = /^(https?:\/\/[^/]+)(?:\/([^/]+\/[^/]+)\/)?/.exec(ownRunUrl ?? '') ?? [];
    const url = (repository) => `${server}/${repository}/actions/runs/${id}`;
    if (Buffer.byteLength(name) < LONGEST)
        return /\/./.test(said) ? url(said) : undefined;
    return own.startsWith(said) ? url(own) : `run ${id}`;
}

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

;// CONCATENATED MODULE: ./build/database/choose-tls.js

/**
 * verify-full for public names and addresses; private ones may be plain; opting out takes `sslmode=disable` or
 * `no-verify` in words. `require` counts as verify-full: a connection that checks no certificate protects from nobody
 * in the middle.
 *
 * @param ca PEM text that replaces the built-in authorities
 */
function chooseTls(url, ca) {
    const verified = { mode: 'verify-full', ssl: { rejectUnauthorized: true, ...(ca ? { ca } : {}) } };
    switch (url.sslMode) {
        case 'disable':
            return { mode: 'off (sslmode=disable)', ssl: false };
        case 'no-verify':
            return { mode: 'not verified (sslmode=no-verify)', ssl: { rejectUnauthorized: false } };
        case 'require':
        case 'verify-ca':
        case 'verify-full':
            return verified;
        default:
            return isPrivateHost(url.host) && !ca ? { mode: 'off (private address)', ssl: false } : verified;
    }
}

;// CONCATENATED MODULE: external "node:child_process"
const external_node_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");
;// CONCATENATED MODULE: external "node:events"
const external_node_events_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");
;// CONCATENATED MODULE: ./build/database/embedded/guard.js


/**
 * A shell reads a pipe that only this process holds open: its end is this process's end, SIGKILL included.
 * Fast shutdown first (SIGINT); immediate (SIGQUIT) after 20 s, in which the server kills processes of its own that hang for
 * 5 s; SIGKILL after 7 s more, for a server that hangs itself. $1 is the data folder, the rest is removed.
 */
const script = `
pid=
while read -r line; do pid=$line; done
pidfile=$1/postmaster.pid
shift
running() { [ -n "$pid" ] && [ -e "$pidfile" ] && kill -0 "$pid" 2>/dev/null; }
wait_for() { n=0; while running && [ "$n" -lt "$1" ]; do sleep 0.05; n=$((n + 1)); done; }
if [ -n "$pid" ]; then kill -INT "$pid" 2>/dev/null; fi
wait_for 400
if running; then kill -QUIT "$pid" 2>/dev/null; wait_for 140; fi
if running; then kill -KILL "$pid" 2>/dev/null; fi
n=0
while rm -rf "$@" 2>/dev/null; [ "$?" -ne 0 ] && [ "$n" -lt 40 ]; do sleep 0.05; n=$((n + 1)); done
`;
/** Starts the guard of the server in `dataFolder`. Detached, so that Ctrl-C on a terminal does not reach it. */
function guard_startGuard(dataFolder, removed) {
    const shell = (0,external_node_child_process_namespaceObject.spawn)('/bin/sh', ['-c', script, 'devflow-guard', dataFolder, ...removed], {
        cwd: '/',
        detached: true,
        stdio: ['pipe', 'ignore', 'ignore'],
    });
    // Whatever happens to the shell shows in `release`, which the caller follows by its own cleaning up.
    shell.on('error', () => { });
    shell.stdin.on('error', () => { });
    shell.unref();
    unrefPipe(shell);
    return {
        watch: (pid) => void shell.stdin.write(`${pid}\n`),
        forget: () => void shell.stdin.write('\n'),
        release: () => release(shell),
    };
}
function unrefPipe(shell) {
    const pipe = shell.stdin;
    if (pipe !== null && 'unref' in pipe && typeof pipe.unref === 'function')
        pipe.unref();
}
async function release(shell) {
    shell.stdin?.end();
    if (shell.pid === undefined || shell.exitCode !== null || shell.signalCode !== null)
        return;
    shell.ref();
    await (0,external_node_events_namespaceObject.once)(shell, 'exit');
}

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
;// CONCATENATED MODULE: ./build/database/embedded/reachable.js


const enter = 0o1;
/**
 * True where the account may enter the folder (or run the program), judged by the mode bits of it and of every
 * folder above.
 * Without an account (the server runs as the caller) there is nothing to judge.
 */
async function reachable_isReachable(path, account) {
    if (account === undefined)
        return true;
    let current = await (0,promises_namespaceObject.realpath)(path);
    for (;;) {
        if (!(await mayEnter(current, account)))
            return false;
        const above = (0,external_node_path_namespaceObject.dirname)(current);
        if (above === current)
            return true;
        current = above;
    }
}
async function mayEnter(path, account) {
    const { mode, uid, gid } = await (0,promises_namespaceObject.stat)(path);
    if (uid === account.uid)
        return (mode & (enter << 6)) !== 0;
    if (gid === account.gid)
        return (mode & (enter << 3)) !== 0;
    return (mode & enter) !== 0;
}

;// CONCATENATED MODULE: ./build/database/embedded/ready-binaries.js



/**
 * npm packages hold no symbolic links, so the package makes those of its libraries in a postinstall script.
 * Where that did not run (npm 12, `ignore-scripts`) they are made here: in place, or in a copy under `scratch`
 * where the package may not be written to. A package that the account may not run is copied as well.
 */
async function ready_binaries_readyBinaries(folder, scratch, account) {
    const major = await loadMajor(folder);
    const missing = await missingLinks(folder);
    const program = join(folder, 'native', 'bin', 'postgres');
    const inPlace = (await isReachable(program, account)) && (missing.length === 0 || (await isWritable(folder)));
    if (inPlace) {
        await makeLinks(folder, missing);
        return { bin: join(folder, 'native', 'bin'), major };
    }
    const copy = await copyOpen(folder, scratch);
    await makeLinks(copy, missing);
    return { bin: join(copy, 'native', 'bin'), major, copiedTo: copy };
}
/** A copy that everybody may read and its owner may delete, whatever the modes in the package are. */
async function copyOpen(folder, scratch) {
    const copy = join(scratch, 'binaries');
    await cp(join(folder, 'native'), join(copy, 'native'), { recursive: true, verbatimSymlinks: true });
    await chmod(copy, 0o755);
    for (const name of await readdir(copy, { recursive: true })) {
        const path = join(copy, name);
        if (!(await lstat(path)).isSymbolicLink())
            await chmod(path, 0o755);
    }
    return copy;
}
/** Of the PostgreSQL in a package folder: 15, 18, \u2026 */
async function loadMajor(folder) {
    const text = await readFile(join(folder, 'package.json'), 'utf8');
    const { version } = JSON.parse(text);
    return Number.parseInt(version ?? '', 10);
}
async function missingLinks(folder) {
    const text = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
    const missing = [];
    for (const link of JSON.parse(text)) {
        const isThere = await lstat(join(folder, link.target)).then(() => true, () => false);
        if (!isThere)
            missing.push(link);
    }
    return missing;
}
async function isWritable(folder) {
    return access(join(folder, 'native', 'lib'), constants.W_OK).then(() => true, () => false);
}
async function makeLinks(folder, links) {
    for (const { source, target } of links) {
        await symlink(relative(dirname(target), source), join(folder, target)).catch(unlessItExists);
    }
}
/** Two processes may make the same links at the same time. */
function unlessItExists(error) {
    if (error.code !== 'EEXIST')
        throw error;
}

;// CONCATENATED MODULE: external "node:util"
const external_node_util_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");
;// CONCATENATED MODULE: ./build/database/embedded/run-initdb.js




const run = (0,external_node_util_namespaceObject.promisify)(external_node_child_process_namespaceObject.execFile);
/** Makes a data folder that nobody is let into without a password. Throws with what `initdb` said. */
async function run_initdb_runInitdb(options) {
    const { bin, folder, user, passwordFile, account, isTemporary } = options;
    await run(join(bin, 'initdb'), [
        `--pgdata=${folder}`,
        `--username=${user}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--no-locale',
        ...(isTemporary ? ['--no-sync', '--no-instructions'] : []),
    ], { ...runAs(account), timeout: LONGEST_MS, killSignal: 'SIGKILL' });
}
/** Of what takes some seconds: longer, and it hangs. */
const LONGEST_MS = 300_000;

;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");
;// CONCATENATED MODULE: ./build/database/embedded/process-start.js



/**
 * When a process began, in words that only compare. Undefined where there is none, or only the rest of one that has
 * ended (a zombie).
 */
async function process_start_findStart(pid) {
    const line = await (0,promises_namespaceObject.readFile)(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
    if (line !== undefined)
        return startInStat(line);
    const isLinux = await (0,promises_namespaceObject.readFile)('/proc/self/stat').then(() => true, () => false);
    return isLinux ? undefined : askPs(pid);
}
/** Fields by proc(5): after the name in parentheses, which may hold anything, the 1st is the state, the 20th the start. */
function startInStat(line) {
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}
async function askPs(pid) {
    const said = await (0,external_node_util_namespaceObject.promisify)(external_node_child_process_namespaceObject.execFile)('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]).then(({ stdout }) => stdout.trim(), () => '');
    const [, state = '', start] = /^(\S+)\s+(.+)$/.exec(said) ?? [];
    return state.startsWith('Z') ? undefined : start;
}

;// CONCATENATED MODULE: ./build/database/embedded/run-mark.js




const FILE = 'devflow-run.json';
/** Marks a temporary folder as this run's. */
async function run_mark_writeRunMark(folder) {
    const start = (await process_start_findStart(process.pid)) ?? '';
    const mark = { pid: process.pid, start, place: await findPlace() };
    await (0,promises_namespaceObject.writeFile)((0,external_node_path_namespaceObject.join)(folder, FILE), JSON.stringify(mark), { mode: 0o600, flag: 'wx' });
}
/** A run may have made its folder and not come to mark it yet. */
const UNMARKED_MS = 60_000;
/** Nothing is known of a run elsewhere; none lasts this long. */
const ELSEWHERE_MS = (/* unused pure expression or super */ null && (24 * 60 * 60_000));
/** True where the run that made the folder is over, however it ended. */
async function isAbandoned(folder) {
    const age = Date.now() - (await stat(folder)).mtimeMs;
    const mark = await loadRunMark(folder);
    if (mark === undefined)
        return age > UNMARKED_MS;
    if (mark.place !== (await findPlace()))
        return age > ELSEWHERE_MS;
    return (await findStart(mark.pid)) !== mark.start;
}
async function loadRunMark(folder) {
    const path = join(folder, FILE);
    const isFile = await stat(path).then((found) => found.isFile() && found.size < 10_000, () => false);
    return isFile ? parseRunMark(await readFile(path, 'utf8').catch(() => '')) : undefined;
}
function parseRunMark(text) {
    try {
        const { pid, start, place } = JSON.parse(text);
        const isWhole = Number.isInteger(pid) && typeof start === 'string' && typeof place === 'string';
        return isWhole ? { pid: Number(pid), start, place } : undefined;
    }
    catch {
        return undefined;
    }
}
async function findPlace() {
    return `${(0,external_node_os_namespaceObject.hostname)()} ${await (0,promises_namespaceObject.readlink)('/proc/self/ns/pid').catch(() => '')}`;
}

;// CONCATENATED MODULE: ./build/database/embedded/scratch.js




/**
 * A new private folder of the server's account, for what goes when the server stops. Where TMPDIR is closed
 * to that account (root's own, say) it lies in /tmp or /var/tmp.
 */
async function scratch_makeScratch(account, { prefix = 'devflow-postgres-', longestPlace, prepare } = {}) {
    const folder = await (0,promises_namespaceObject.mkdtemp)((0,external_node_path_namespaceObject.join)(await temporaryPlace(account, longestPlace), prefix));
    await prepare?.(folder);
    if (account !== undefined)
        await (0,promises_namespaceObject.chown)(folder, account.uid, account.gid);
    return folder;
}
/** Where `makeScratch` makes its folders, the first that is fit. */
const SCRATCH_PLACES = () => [...new Set([(0,external_node_os_namespaceObject.tmpdir)(), '/tmp', '/var/tmp'])];
async function temporaryPlace(account, longest = Number.POSITIVE_INFINITY) {
    for (const place of SCRATCH_PLACES()) {
        if (Buffer.byteLength(place) > longest)
            continue;
        const isThere = await (0,promises_namespaceObject.stat)(place).then((found) => found.isDirectory(), () => false);
        if (isThere && (await reachable_isReachable(place, account)))
            return place;
    }
    return (0,external_node_os_namespaceObject.tmpdir)();
}

;// CONCATENATED MODULE: external "node:timers/promises"
const external_node_timers_promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
;// CONCATENATED MODULE: ./build/database/embedded/postmaster-file.js


/** Undefined when no server runs on the folder, or the file is only half written. */
async function postmaster_file_loadPostmasterFile(dataFolder) {
    const text = await readFile(join(dataFolder, 'postmaster.pid'), 'utf8').catch(() => '');
    return parsePostmasterFile(text);
}
/** Lines by PostgreSQL's src/include/utils/pidfile.h: 1 pid, 4 port, 8 status. */
function parsePostmasterFile(text) {
    const lines = text.split('\n');
    const pid = Number.parseInt(lines[0] ?? '', 10);
    if (!(pid > 0))
        return undefined;
    return {
        pid,
        port: Number.parseInt(lines[3] ?? '', 10) || 0,
        isReady: (lines[7] ?? '').trim() === 'ready',
    };
}

;// CONCATENATED MODULE: ./build/database/embedded/start-postgres.js








const readyLimitMs = 60_000;
/** What does not end by itself. */
const HANGS_MS = 10_000;
/** Starts the server once, reachable on 127.0.0.1 or on a socket only. Throws with the end of the log when it does not come up. */
async function start_postgres_startPostgres(options) {
    const port = options.port === 0 ? await freePort() : options.port;
    const logStart = await sizeOf(options.log);
    const child = await spawnPostgres(options, port);
    if (await becomesReady(child, options.dataFolder))
        return { kind: 'ready', port, child };
    const said = (await readFile(options.log)).subarray(logStart).toString('utf8');
    if (/lock file "postmaster.pid" (already exists|is empty)/.test(said))
        return { kind: 'folder-taken' };
    if (/could not bind|[Cc]ould not create any TCP/.test(said))
        return { kind: 'port-taken', port };
    throw new Error(`PostgreSQL did not start. The end of its log:\n${said.slice(-2000)}`);
}
async function freePort() {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    server.close();
    await once(server, 'close');
    return typeof address === 'object' && address !== null ? address.port : 0;
}
async function sizeOf(file) {
    return stat(file).then(({ size }) => size, () => 0);
}
async function spawnPostgres(options, port) {
    const log = await open(options.log, 'a', 0o600);
    try {
        const child = spawn(join(options.bin, 'postgres'), postgresArguments(options, port), {
            ...runAs(options.account),
            // Ctrl-C on a terminal must reach the run, which then stops the server; not the server first.
            detached: true,
            stdio: ['ignore', log.fd, log.fd],
        });
        await once(child, 'spawn');
        child.unref();
        if (child.pid !== undefined)
            options.onSpawn(child.pid);
        return child;
    }
    finally {
        await log.close();
    }
}
function postgresArguments(options, port) {
    const { dataFolder, isTemporary, socketFolder } = options;
    const settings = [...listening(socketFolder), 'logging_collector=off', ...(options.settings ?? [])];
    if (isTemporary)
        settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off');
    return ['-D', dataFolder, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
}
function listening(socketFolder) {
    if (socketFolder === undefined)
        return ['listen_addresses=127.0.0.1', 'unix_socket_directories='];
    // The setting is a list: quotes make one name of it.
    const quoted = `"${socketFolder.replaceAll('"', '""')}"`;
    return ['listen_addresses=', `unix_socket_directories=${quoted}`, 'unix_socket_permissions=0700'];
}
/** False when the process ended instead. A server that hangs is stopped and counts as ended. */
async function becomesReady(child, dataFolder) {
    const limit = Date.now() + readyLimitMs;
    while (child.exitCode === null && child.signalCode === null) {
        const file = await loadPostmasterFile(dataFolder);
        if (file?.pid === child.pid && file?.isReady === true)
            return true;
        if (Date.now() > limit)
            child.kill(Date.now() > limit + HANGS_MS ? 'SIGKILL' : 'SIGQUIT');
        await sleep(10);
    }
    return false;
}

;// CONCATENATED MODULE: ./build/database/embedded/open-socket-server.js










/** What the names of their temporary folders begin with. */
const SOCKET_PREFIX = 'devflow-shadow-';
const PORT = 5432;
/** Bytes of a socket's path on macOS, which has the least, without `/devflow-shadow-XXXXXX/.s.PGSQL.5432.lock`. */
const LONGEST_PLACE = (/* unused pure expression or super */ null && (103 - 45));
/**
 * Starts a server that is gone when it is disposed of, and at the latest some seconds after this process ended, however
 * it ended. Throws with what the programs said where it does not come up.
 */
async function openSocketServer(options) {
    const { account } = options;
    const scratch = await makeScratch(account, {
        prefix: SOCKET_PREFIX,
        longestPlace: LONGEST_PLACE,
        prepare: writeRunMark,
    });
    const guard = startGuard(join(scratch, 'data'), [scratch]);
    const close = async (child) => {
        await guard.release();
        await stopped(child);
        await rm(scratch, { recursive: true, force: true });
    };
    try {
        return await open_socket_server_open(options, scratch, guard, close);
    }
    catch (error) {
        await close();
        throw error;
    }
}
async function open_socket_server_open({ programs, account, settings = [] }, scratch, guard, close) {
    const bin = 'npm' in programs ? (await readyBinaries(programs.npm, scratch, account)).bin : programs.bin;
    const owner = {
        user: `devflow_${randomBytes(6).toString('hex')}`,
        password: randomBytes(24).toString('hex'),
    };
    const folder = await makeData(bin, scratch, owner, account);
    const started = await startPostgres({
        bin,
        dataFolder: folder,
        port: PORT,
        socketFolder: scratch,
        settings: [...SETTINGS, ...settings],
        log: join(scratch, 'postgres.log'),
        account,
        isTemporary: true,
        onSpawn: guard.watch,
    });
    if (started.kind !== 'ready')
        throw new Error(`PostgreSQL did not start: ${started.kind} in ${folder}.`);
    let closed;
    return {
        socketFolder: scratch,
        port: PORT,
        owner,
        [Symbol.asyncDispose]: () => {
            closed ??= close(started.child);
            return closed;
        },
    };
}
const SETTINGS = (/* unused pure expression or super */ null && ([
    'max_connections=20',
    // A rehearsal in one transaction keeps the locks of all its files.
    'max_locks_per_transaction=1024',
    // In the data folder instead of /dev/shm: small in containers, and left behind by what is killed.
    'dynamic_shared_memory_type=mmap',
]));
async function makeData(bin, scratch, { user, password }, account) {
    const folder = join(scratch, 'data');
    const passwordFile = join(scratch, 'password');
    await mkdir(folder, { mode: 0o700 });
    await writeFile(passwordFile, password, { mode: 0o600, flag: 'wx' });
    if (account)
        await Promise.all([folder, passwordFile].map((path) => chown(path, account.uid, account.gid)));
    await runInitdb({ bin, folder, user, passwordFile, account, isTemporary: true });
    await rm(passwordFile);
    return folder;
}
/** The guard has done it, unless somebody killed the guard. */
async function stopped(child) {
    if (!child || child.exitCode !== null || child.signalCode !== null)
        return;
    child.ref();
    const ended = once(child, 'exit');
    child.kill('SIGINT');
    const hanging = setTimeout(() => child.kill('SIGKILL'), open_socket_server_HANGS_MS);
    await ended;
    clearTimeout(hanging);
}
/** A server that is stopped in the middle ends for nothing else. */
const open_socket_server_HANGS_MS = 10_000;

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

;// CONCATENATED MODULE: ./build/database/load-root-certificate.js


/**
 * The PEM text of the authorities that `sslrootcert` in a URL names, if it names any.
 *
 * @throws UserError when the file can not be read
 */
async function loadRootCertificate({ sslRootCert: path, }) {
    if (!path)
        return undefined;
    try {
        // Opening a FIFO would wait for ever.
        if ((await (0,promises_namespaceObject.stat)(path)).isFile())
            return await (0,promises_namespaceObject.readFile)(path, 'utf8');
    }
    catch {
        // Told below.
    }
    throw new UserError([
        {
            message: 'The file that sslrootcert names can not be read.',
            help: 'Give the path of a PEM file, or use the input tls-ca.',
        },
    ]);
}

;// CONCATENATED MODULE: ./build/database/parse-database-url.js

const SSL_MODES = ['disable', 'no-verify', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'];
/**
 * Text \u2192 parts, after libpq's URI form. No message made here holds any piece of the URL, because where a password is
 * not percent-encoded any piece may be a piece of the password.
 *
 * @param source what to call the place the URL came from, in messages
 * @throws UserError
 */
function parseDatabaseUrl(text, source) {
    const refuse = (what) => {
        throw new UserError([{ message: `The database URL in ${source} ${what}.`, help: HELP }]);
    };
    const match = /^postgres(?:ql)?:\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?(#.*)?$/is.exec(text.trim());
    if (!match)
        return refuse('does not begin with postgresql:// or postgres://');
    const [, authority = '', path = '', query = '', fragment] = match;
    if (fragment !== undefined)
        refuse('holds a # that is not percent-encoded (%23)');
    if (path.includes('@') || query.includes('@'))
        refuse('has an @ after the first /, ? or #: the password holds one of these unencoded');
    const parameters = parseParameters(query, refuse);
    checkParameters(parameters, refuse);
    const at = authority.lastIndexOf('@');
    const user = at < 0 ? {} : parseUser(authority.slice(0, at), refuse);
    const place = parsePlace(authority.slice(at + 1), parameters, refuse);
    const database = decode(path.slice(1), refuse);
    if (database.includes('/') && !path.includes('%2F') && !path.includes('%2f'))
        refuse('has more than one / after the host');
    return {
        ...place,
        ...user,
        ...withDatabase(parse_database_url_once(database, parameters, 'dbname', refuse)),
        ...parseOptions(parameters, user, refuse),
    };
}
const HELP = 'Write postgresql://user:password@host:5432/database and percent-encode each of : / ? # [ ] @ % and spaces in the user and password, for example @ as %40 and # as %23.';
function parseParameters(query, refuse) {
    const parameters = new Map();
    for (const pair of query.split('&').filter(Boolean)) {
        const equals = pair.indexOf('=');
        if (equals < 0)
            refuse('has a parameter without a value after the ?');
        const name = decode(pair.slice(0, equals), refuse);
        const value = decode(pair.slice(equals + 1), refuse);
        if ((parameters.get(name) ?? value) !== value)
            refuse('has a parameter twice, with different values');
        parameters.set(name, value);
    }
    return parameters;
}
function parseUser(text, refuse) {
    const colon = text.indexOf(':');
    const user = decode(colon < 0 ? text : text.slice(0, colon), refuse);
    const password = colon < 0 ? '' : decode(text.slice(colon + 1), refuse);
    return { ...(user ? { user } : {}), ...(password ? { password } : {}) };
}
function parsePlace(text, parameters, refuse) {
    if (text.includes(','))
        refuse('names several hosts, and one is needed: the one that takes writes');
    const match = /^(?:\[([0-9a-f:.]+)\]|([^:[\]]*))(?::([^:]*))?$/i.exec(text);
    if (!match)
        return refuse('has a host and port that can not be read: a : or [ in the password may be unencoded');
    const named = match[1] ?? decode(match[2] ?? '', refuse);
    const host = parse_database_url_once(named, parameters, 'host', refuse) || 'localhost';
    if (!host.startsWith('/') && !/^[a-z0-9._:-]+$/i.test(host))
        refuse('has characters in its host that no host name has: the password may be unencoded');
    const portText = parse_database_url_once(match[3] ?? '', parameters, 'port', refuse) || '5432';
    const port = /^\d{1,5}$/.test(portText) ? Number(portText) : 0;
    if (port < 1 || port > 65535)
        refuse('has a port that is no number from 1 to 65535: the password may be unencoded');
    return { host, port };
}
function parseOptions(parameters, authority, refuse) {
    const sslRootCert = parameters.get('sslrootcert');
    const binding = parameters.get('channel_binding');
    const sslMode = chooseSslMode(parameters, refuse);
    if (parameters.has('sslcert') || parameters.has('sslkey'))
        refuse('asks for a client certificate (sslcert, sslkey), which is not supported');
    const options = parameters.get('options');
    const user = parse_database_url_once(authority.user ?? '', parameters, 'user', refuse);
    const password = parse_database_url_once(authority.password ?? '', parameters, 'password', refuse);
    return {
        ...(sslMode === undefined ? {} : { sslMode }),
        ...(sslRootCert && sslRootCert !== 'system' ? { sslRootCert } : {}),
        ...(options ? { options } : {}),
        ...(user ? { user } : {}),
        ...(password ? { password } : {}),
        channelBinding: ['require', 'prefer'].includes(binding ?? ''),
        ...(binding === 'require' ? { bindingRequired: true } : {}),
    };
}
/** What asks for TLS is never passed over: it makes a weaker sslmode a stronger one, and contradicts one without TLS. */
function chooseSslMode(parameters, refuse) {
    const said = parameters.get('sslmode');
    if (said !== undefined && !isSslMode(said))
        return refuse(`has an sslmode that is none of ${SSL_MODES.join(', ')}`);
    const demand = sslDemand(parameters);
    if (demand === undefined || said === undefined)
        return said ?? demand;
    if (said === 'disable' || (said === 'no-verify' && demand === 'verify-full'))
        return refuse(`asks for TLS by one parameter, and against it by sslmode=${said}`);
    if (said !== 'prefer' && said !== 'allow')
        return said;
    // For a public host these would be verified, so that is the safer of the two.
    return demand === 'no-verify' ? 'require' : demand;
}
/** By other parameters than sslmode, those of other drivers included. */
function sslDemand(parameters) {
    // As in libpq: to name the system's authorities is to ask for verification.
    if (parameters.get('sslrootcert') === 'system')
        return 'verify-full';
    const ssl = parameters.get('ssl');
    const asks = (ssl !== undefined && !['false', '0', 'no-verify'].includes(ssl)) ||
        parameters.get('requiressl') === '1' ||
        // There is none without TLS.
        parameters.get('channel_binding') === 'require' ||
        parameters.get('sslnegotiation') === 'direct';
    if (ssl === 'no-verify')
        return ssl;
    return asks ? 'require' : undefined;
}
/** What stands in the authority may stand in a parameter instead, as with psql, but not differently in both. */
function parse_database_url_once(given, parameters, name, refuse) {
    const parameter = parameters.get(name);
    if (parameter !== undefined && given !== '' && parameter !== given)
        refuse(`says one ${name} in its parameters and another before them`);
    return parameter ?? given;
}
function checkParameters(parameters, refuse) {
    for (const [name, value] of parameters) {
        if (!CARRIED_OUT.has(name) && !WITHOUT_EFFECT.has(name))
            refuse('has a parameter that is not known here; names are in lower case, for example sslmode');
        if (name === 'target_session_attrs' && !['any', 'read-write', 'primary'].includes(value))
            refuse('asks by target_session_attrs for a server that takes no writes');
        if (name === 'gssencmode' && value === 'require')
            refuse('asks for encryption by GSSAPI (gssencmode=require), which is not supported');
        if (name === 'channel_binding' && !['disable', 'prefer', 'require'].includes(value))
            refuse('has a channel_binding that is none of disable, prefer, require');
    }
}
const CARRIED_OUT = new Set([
    ...['host', 'port', 'dbname', 'user', 'password', 'options', 'channel_binding', 'target_session_attrs'],
    ...['sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'ssl', 'requiressl'],
]);
/** Of libpq and of other drivers, found in URLs that work elsewhere. None of them names a target or demands safety but by a value that is looked at. */
const WITHOUT_EFFECT = new Set([
    ...[
        'application_name',
        'fallback_application_name',
        'client_encoding',
        'connect_timeout',
        'load_balance_hosts',
    ],
    ...['keepalives', 'keepalives_idle', 'keepalives_interval', 'keepalives_count', 'tcp_user_timeout'],
    ...['gssencmode', 'krbsrvname', 'gsslib', 'gssdelegation', 'sslcompression', 'sslsni', 'sslnegotiation'],
    ...['schema', 'connection_limit', 'pool_timeout', 'pgbouncer', 'socket_timeout', 'statement_cache_size'],
    ...[
        'uselibpqcompat',
        'supa',
        'workaround',
        'prepared_statements',
        'pool_mode',
        'max_idle_connection_lifetime',
    ],
]);
function isSslMode(text) {
    return SSL_MODES.some((mode) => mode === text);
}
function withDatabase(database) {
    return database ? { database } : {};
}
function decode(text, refuse) {
    if (/%00|\0/.test(text))
        refuse('holds a NUL (%00)');
    try {
        return decodeURIComponent(text);
    }
    catch {
        return refuse('holds a % that begins no percent-code: write %25');
    }
}

;// CONCATENATED MODULE: ./build/database/open-libpq.js











/** Opens a way for PostgreSQL's programs, with TLS as strict as ours. Its files are gone with it. */
async function openLibpq({ url, user, access, database, removed = [] }) {
    const parts = parseDatabaseUrl(url, access.databaseSource);
    const ca = access.tlsCa ?? (await loadRootCertificate(parts));
    const folder = await scratch_makeScratch(undefined, { prefix: SOCKET_PREFIX, prepare: run_mark_writeRunMark });
    // Its release removes the folder; the end of this process is a release too.
    const guard = guard_startGuard((0,external_node_path_namespaceObject.join)(folder, 'data'), [folder, ...removed]);
    const authorities = (0,external_node_path_namespaceObject.join)(folder, 'authorities.pem');
    try {
        await (0,promises_namespaceObject.writeFile)(authorities, ca ?? external_node_tls_namespaceObject.rootCertificates.join('\n'), { mode: 0o600 });
    }
    catch (error) {
        await guard.release();
        throw error;
    }
    return {
        environment: {
            ...environmentOf(parts, user, folder),
            ...(database === undefined ? {} : { PGDATABASE: database }),
            PGAPPNAME: application_name_applicationName(access.run.runUrl),
            ...tlsEnvironment(chooseTls(parts, ca), authorities),
        },
        guard,
        [Symbol.asyncDispose]: () => guard.release(),
    };
}
/** All that libpq would take from elsewhere is said. */
function environmentOf({ host, port, password = '', database, options = '', bindingRequired }, user, folder) {
    return {
        PATH: '/usr/local/bin:/usr/bin:/bin',
        LC_ALL: 'C',
        HOME: folder,
        PGHOST: host,
        PGPORT: String(port),
        PGUSER: user,
        PGPASSWORD: password,
        PGDATABASE: database ?? user,
        PGOPTIONS: options,
        PGCONNECT_TIMEOUT: '20',
        PGGSSENCMODE: 'disable',
        PGCHANNELBINDING: bindingRequired ? 'require' : 'prefer',
        PGPASSFILE: '/dev/null',
        PGSERVICEFILE: '/dev/null',
        PGSYSCONFDIR: folder,
    };
}
/** As our own connection has it. Node's authorities instead of libpq's, which has none of its own. */
function tlsEnvironment({ ssl }, authorities) {
    if (ssl === false)
        return { PGSSLMODE: 'disable' };
    if (ssl.rejectUnauthorized === false)
        return { PGSSLMODE: 'require' };
    return { PGSSLMODE: 'verify-full', PGSSLROOTCERT: authorities };
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
function identifier_quoteLiteral(value) {
    if (value.includes('\0'))
        throw new RangeError('A text for PostgreSQL can not hold a NUL character.');
    const doubled = value.replaceAll("'", "''");
    // The space keeps the E from becoming the end of a word before it.
    return doubled.includes('\\') ? ` E'${doubled.replaceAll('\\', '\\\\')}'` : `'${doubled}'`;
}

;// CONCATENATED MODULE: ./build/sql/from-text.js
const READERS = {
    integer: 'int4in',
    bigint: 'int8in',
    oid: 'oidin',
    xid8: 'xid8in',
    json: 'json_in',
    jsonb: 'jsonb_in',
};
/**
 * SQL that reads a text as another type, by the type's own input function: an expression of type text that is cast goes
 * through the cast of a user, where there is one. Raises as the cast would.
 *
 * @param text SQL of type text
 */
function fromText(type, text) {
    return `pg_catalog.${READERS[type]}(pg_catalog.textout(${text}))`;
}

;// CONCATENATED MODULE: ./build/sql/session-now.js

/**
 * Settings of ours, which every run says anew, those of a transaction, and one that can't be read. What a file sets of them is read from its text,
 * like settings with a dot in their name: those may be secrets, which belong into no table, and no view has them all.
 */
const NOT_KEPT = [
    'application_name',
    'client_connection_check_interval',
    'client_encoding',
    'default_transaction_deferrable',
    'idle_in_transaction_session_timeout',
    'idle_session_timeout',
    'lock_timeout',
    'quote_all_identifiers',
    'seed',
    'standard_conforming_strings',
    'statement_timeout',
    'tcp_keepalives_count',
    'tcp_keepalives_idle',
    'tcp_keepalives_interval',
    'tcp_user_timeout',
    'transaction_deferrable',
    'transaction_isolation',
    'transaction_read_only',
    'transaction_timeout',
];
/** SQL: which rows of `pg_settings s` a journal keeps. */
const session_now_IS_KEPT = `s.context OPERATOR(pg_catalog.=) ANY (ARRAY['user', 'superuser'])
    AND pg_catalog.strpos(s.name, '.') OPERATOR(pg_catalog.=) 0
    AND NOT s.name OPERATOR(pg_catalog.=) ANY (ARRAY[${NOT_KEPT.map((name) => `'${name}'`).join(', ')}])`;
/**
 * SQL of type jsonb, whatever the search path is: what is set in the session. `search_path` and role always, because role and
 * database may carry others by the next run; the user only where it is another than the connection's.
 */
const SESSION_NOW = `(SELECT pg_catalog.jsonb_object_agg(now.name, now.setting) FROM (
  SELECT s.name, s.setting FROM pg_catalog.pg_settings AS s
  WHERE (s.source OPERATOR(pg_catalog.=) 'session' OR s.name OPERATOR(pg_catalog.=) 'search_path') AND ${session_now_IS_KEPT}
  UNION ALL SELECT 'role', pg_catalog.current_setting('role')
  UNION ALL SELECT 'session_authorization', pg_catalog.current_setting('session_authorization')
  FROM pg_catalog.pg_stat_get_activity(pg_catalog.pg_backend_pid()) AS a
  WHERE pg_catalog.pg_get_userbyid(a.usesysid) OPERATOR(pg_catalog.<>) pg_catalog.current_setting('session_authorization')) AS now)`;
/**
 * SQL that keeps for the rest of the transaction what the session is set to, for {@link withSession}, and answers with it for
 * {@link readSession}. To stand before all else that is ours, and changes nothing of what it looks at.
 *
 * @param before what it was set to before the file's statements in this transaction. Where it is another now, that may be
 *   for this transaction only, which does not show: `unsettled` is written along
 */
function keepSession(before) {
    const changed = before ? `pg_catalog.jsonb_ne(kept.now, ${jsonbOf(before)})` : 'false';
    return `SET LOCAL statement_timeout = 0;
SELECT pg_catalog.encode(pg_catalog.convert_to(pg_catalog.concat(kept.now), 'UTF8'), 'hex') AS ${COLUMN}
FROM (SELECT ${SESSION_NOW} AS now) AS kept
WHERE pg_catalog.set_config('${KEPT_IN}', pg_catalog.concat('"session": ', kept.now,
  CASE WHEN ${changed} THEN ', "unsettled": true' END), true) IS NOT NULL;`;
}
const KEPT_IN = 'devflow.session';
const COLUMN = 'devflow_session_now';
/** How {@link keepSession} is asked for where result rows are dropped. */
const SESSION_COLUMN = (/* unused pure expression or super */ null && (COLUMN));
/** SQL of type jsonb. As digits, because a name may hold any quotes, and the message be read in any encoding. */
function jsonbOf(session) {
    const bytes = Buffer.from(JSON.stringify(session)).toString('hex');
    return fromText('jsonb', `pg_catalog.convert_from(pg_catalog.decode('${bytes}', 'hex'), 'UTF8')`);
}
/** What {@link keepSession} answered: a file's own result of that name would stand before it. */
function readSession({ results }) {
    const hex = results.findLast(({ columns }) => columns.length === 1 && columns[0] === COLUMN)?.rows[0]?.[0];
    return hex ? JSON.parse(Buffer.from(hex, 'hex').toString()) : undefined;
}
/** Where the server puts what {@link keepSession} keeps: no text in JSON holds it. */
const HERE = '"session":"@"';
/** A journal with a place for the settings. */
function placeSession(journal) {
    return journal.replace(/\}$/, `,${HERE}}`);
}
/** SQL of a journal's text: with the settings that are kept in this transaction, where it has a place for them. */
function withSession(literal) {
    return literal.includes(HERE)
        ? `pg_catalog.replace(${literal}, '${HERE}', pg_catalog.current_setting('${KEPT_IN}'))`
        : literal;
}

;// CONCATENATED MODULE: ./build/sql/sets-encoding.js

/** What every connection of ours is set to. Texts are sent as UTF-8. */
const sets_encoding_AS_WE_SEND = "SET client_encoding = 'UTF8';";
/** Whether a text may say itself in which encoding it is read from then on. What stands in SQL of ours does not count. */
function setsEncoding(text) {
    return MAY_SET_ENCODING.test(text.replaceAll(sets_encoding_AS_WE_SEND, '').replaceAll(IS_KEPT, ''));
}
const MAY_SET_ENCODING = /\bclient_encoding\b|\bnames\b/i;

;// CONCATENATED MODULE: ./build/database/session-settings.js



/**
 * SQL that sets a connection up for work, and sets it back after a migration changed it. Every timeout is said, because
 * a role or database may carry others (`ALTER ROLE \u2026 SET statement_timeout`). The server looks for its client each
 * second while it works, and on the wire where nothing is heard, so that work and lock end soon after their run.
 * What a pooler forgets on RESET ALL is said again, and what a login trigger may have set. No transaction control, and no lookup by search path: it runs
 * with the role's own.
 */
function sessionSettings(config, server) {
    const settings = [
        ...Object.entries(timeoutsFor(config.timeouts, server)).map(([name, ms]) => [name, String(ms)]),
        ['idle_session_timeout', '0'],
        ['default_transaction_isolation', "'read committed'"],
        ['default_transaction_deferrable', 'off'],
        ['standard_conforming_strings', 'on'],
        ['quote_all_identifiers', 'off'],
        ['application_name', quoteLiteral(applicationName(config.run.runUrl))],
        ...(server.windows ? [] : CLIENT_CHECKS),
    ];
    return [...settings.map(([name, value]) => `SET ${name} = ${value};`), AS_WE_SEND].join('\n');
}
/** The settings of PostgreSQL that the timeouts are for, in milliseconds, as far as a server has them. */
function timeoutsFor(timeouts, { serverMajor }) {
    return {
        statement_timeout: timeouts.statementMs,
        lock_timeout: timeouts.lockMs,
        idle_in_transaction_session_timeout: timeouts.idleInTransactionMs,
        ...(serverMajor >= 17 ? { transaction_timeout: timeouts.transactionMs } : {}),
    };
}
/** A client that closed is noticed within a second, one that fell silent within half a minute. Without effect on a Unix socket. */
const CLIENT_CHECKS = (/* unused pure expression or super */ null && ([
    ['client_connection_check_interval', "'1s'"],
    ['tcp_keepalives_idle', '10'],
    ['tcp_keepalives_interval', '5'],
    ['tcp_keepalives_count', '3'],
    ['tcp_user_timeout', "'25s'"],
]));

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

;// CONCATENATED MODULE: ./build/database/do-block.js
/** An anonymous block. Its dollar quotes carry a tag that the body does not hold. */
function doBlock(body) {
    let tag = '$devflow$';
    for (let n = 1; body.includes(tag); n++)
        tag = `$devflow${n}$`;
    return `DO ${tag}${body}${tag};`;
}

;// CONCATENATED MODULE: ./build/database/reading-limit.js
/**
 * How long the tables that remember are waited for where they are read, in milliseconds: somebody who holds one exclusively
 * would keep a run waiting without end and without a word.
 */
const READING_LOCK_MS = 10_000;

;// CONCATENATED MODULE: ./build/database/supabase/supabase-table.js
/** Where the Supabase CLI, its dashboard and its branches record what is applied. It can not be set otherwise. */
const SUPABASE_SCHEMA = 'supabase_migrations';
const SUPABASE_TABLE = 'schema_migrations';
/** The same, for SQL. */
const SUPABASE_RELATION = `${SUPABASE_SCHEMA}.${SUPABASE_TABLE}`;
/**
 * What every CLI from 2.99 to 3.1 sends before it applies anything, so that a table made by us is one made by it. Sent twice
 * it does no harm. A table of an older CLI lacks columns.
 */
const SUPABASE_DDL = (/* unused pure expression or super */ null && (`CREATE SCHEMA IF NOT EXISTS ${SUPABASE_SCHEMA};
CREATE TABLE IF NOT EXISTS ${SUPABASE_RELATION} (version text NOT NULL PRIMARY KEY);
ALTER TABLE ${SUPABASE_RELATION} ADD COLUMN IF NOT EXISTS statements text[];
ALTER TABLE ${SUPABASE_RELATION} ADD COLUMN IF NOT EXISTS name text;`));

;// CONCATENATED MODULE: ./build/database/supabase/read-supabase.js





/** The one column of the answer to {@link supabaseQuery}: what it is found by among a message's results. */
const ANSWER_COLUMN = 'supabase_rows';
/** Where the answer stands until it is read, for the rest of the transaction. */
const ANSWER = 'devflow.supabase';
/**
 * Reads the Supabase CLI's table, whichever of its columns are there; null where there is none. In a transaction of its own,
 * with `row_security = off`, so that a role without rights gets an error and never an empty table.
 */
function supabaseQuery() {
    return `${beginReading()}
SET LOCAL lock_timeout = ${READING_LOCK_MS};
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL row_security = off;
${doBlock(`DECLARE told text := '';
BEGIN
  IF to_regclass(${identifier_quoteLiteral(SUPABASE_RELATION)}) IS NOT NULL THEN
    EXECUTE ${identifier_quoteLiteral(ROWS)} INTO told;
  END IF;
  PERFORM set_config('${ANSWER}', told, true);
END`)}
SELECT nullif(current_setting('${ANSWER}'), '') AS ${ANSWER_COLUMN};
COMMIT;`;
}
/** A table of an older CLI lacks columns, which JSON does not mind. */
const ROWS = `SELECT coalesce(json_agg(json_build_object('version', row->>'version', 'name', row->>'name', 'statements', row->'statements')
    ORDER BY row->>'version' COLLATE "C"), '[]')
  FROM (SELECT to_json(t) AS row FROM ${SUPABASE_RELATION} t) rows`;
/** Text \u2192 rows of {@link supabaseQuery}, in the order of the CLI. Undefined where there is no table, or the message did not ask. */
function parseSupabase({ results }) {
    const answer = results.find(({ columns }) => columns[0] === ANSWER_COLUMN);
    const text = answer?.rows[0]?.[0];
    return text ? JSON.parse(text).map(asRow) : undefined;
}
/** A row that a person wrote may hold NULLs where the CLI writes none. */
function asRow({ version, name, statements }) {
    return {
        version,
        name: name ?? null,
        statements: statements === null ? null : statements.map((statement) => statement ?? ''),
    };
}

;// CONCATENATED MODULE: ./build/database/tracking-names.js

/** Unquoted names of what stands beside the tracking table. */
const HISTORY_TABLE = 'migration_history';
const SNAPSHOTS_TABLE = 'schema_snapshots';
const IDENTITY_TABLE = 'target_identity';
const CHAIN_FUNCTION = 'devflow_chain_event';
const STATUS_FUNCTION = 'get_migration_status';
const STATUS_VIEW = 'migration_status_view';
/** The constraint that every tracking table of ours has had, whatever it is called. */
const STATUS_CHECK = 'devflow_status';
/** Of the tracking table: the columns of the custom runner's document, which ours keep. */
const DOCUMENT_COLUMNS = (/* unused pure expression or super */ null && ([
    'version',
    'name',
    'applied_at',
    'checksum',
    'execution_time_ms',
    'status',
    'error_message',
    'applied_by',
]));
function trackingNames(tracking) {
    const schema = quoteIdentifier(tracking.schema);
    const inSchema = (name) => `${schema}.${quoteIdentifier(name)}`;
    return {
        schema,
        table: inSchema(tracking.table),
        history: inSchema(HISTORY_TABLE),
        snapshots: inSchema(SNAPSHOTS_TABLE),
        identity: inSchema(IDENTITY_TABLE),
        chainFunction: inSchema(CHAIN_FUNCTION),
        statusFunction: inSchema(STATUS_FUNCTION),
        statusView: inSchema(STATUS_VIEW),
    };
}

;// CONCATENATED MODULE: ./build/model/version.js
/**
 * One spelling for versions that are the same: `1` and `01`, `1_2` and `1.2`. Versions that are no dotted numbers
 * (dates with a name) are themselves.
 */
function version_versionKey(version) {
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
    return new Map(items.map((item) => [version_versionKey(item.version), item]));
}

;// CONCATENATED MODULE: ./build/sql/is-raised.js
/**
 * Whether a RAISE of the migration itself said it. Its SQLSTATE is the author's choice then, and tells nothing of the
 * server. The name of the statement is RAISE in every language.
 */
function isRaised({ context = [] }) {
    return / RAISE$/.test(context[0] ?? '');
}

;// CONCATENATED MODULE: ./build/sql/session-limit.js

/** The limits at which the server ends the session, whatever runs in it, by the SQLSTATE that it says then. */
const LIMITS = {
    '25P03': {
        setting: 'idle_in_transaction_session_timeout',
        key: 'idle-in-transaction-session-timeout',
        ms: ({ idleInTransactionMs }) => idleInTransactionMs,
    },
    '25P04': {
        setting: 'transaction_timeout',
        key: 'transaction-timeout',
        ms: ({ transactionMs }) => transactionMs,
    },
};
function isSessionLimit(code) {
    return Object.hasOwn(LIMITS, code);
}
/**
 * Whether the server ended the connection at a limit before any file was begun: that is none of a file.
 *
 * @param prologue how many statements of the message make the tracking tables
 */
function isAtTables(reply, prologue) {
    return reply.error?.limit !== undefined && reply.completed < prologue;
}
/** What was set, to how much, by whom, and the way out, in one hint. */
function explainLimit(limit, said) {
    return explain(LIMITS[limit], said, 'split the file');
}
/**
 * The same of a statement that the server ended, and not the session; undefined where that was not for its time. What is
 * ended by hand has the same SQLSTATE, and another text; a text in another language is judged by the time it took.
 *
 * @param text of the file
 */
function explainStatementLimit(failure, said, text) {
    if (failure.code !== '57014' || isRaised(failure))
        return undefined;
    const limitMs = said.file?.statementMs ?? said.run.statementMs ?? 0;
    const lasted = limitMs > 0 && (said.spentMs ?? 0) >= limitMs;
    if (ENGLISH.test(failure.message) ? !failure.message.includes('statement timeout') : !lasted)
        return undefined;
    // When the client heard that it began says little of when it did.
    const { spentMs: _, ...sure } = said;
    return explain(STATEMENT, SETS_ITSELF.test(text) ? { run: {} } : sure, 'make it do less');
}
const STATEMENT = {
    setting: 'statement_timeout',
    key: 'statement-timeout',
    ms: ({ statementMs }) => statementMs,
};
const ENGLISH = /^cancell?ing /;
const SETS_ITSELF = /\b(?:set|reset|set_config)\b[^;]{0,80}\bstatement_timeout\b/i;
function explain({ setting, key, ms }, { run, file = {}, spentMs }, less) {
    const ofFile = ms(file);
    const holds = ofFile ?? ms(run) ?? 0;
    if (holds === 0 || (spentMs !== undefined && spentMs < holds))
        return `${setting} is set by the file itself, or by what it calls. Raise it there, or ${less}.`;
    const value = inWords(holds);
    const where = ofFile === undefined
        ? `for this run (${key}). Raise it there, or for this file alone with -- devflow:${key}=\u2026;`
        : `by the file's directive devflow:${key}. Raise it there,`;
    return `${setting} is ${value} ${where} or ${less}.`;
}
/** The same of what is no file's: a message of ours, which is as long as it has to be. */
function explainOwnLimit(limit, run) {
    const { setting, key, ms } = LIMITS[limit];
    const holds = ms(run) ?? 0;
    return holds === 0
        ? `${setting} is set on the server, by an event trigger or a trigger perhaps. Raise it there, and run again.`
        : `${setting} is ${inWords(holds)} for this run (${key}). Raise it, and run again.`;
}
function inWords(ms) {
    return ms % 1_000 === 0 ? `${ms / 1_000}s` : `${ms}ms`;
}

;// CONCATENATED MODULE: ./build/executors/sql/course.js

/** At the first migration, nothing done. */
function beginCourse(work) {
    return {
        work,
        outcomes: work.migrations.map(notRun),
        next: 0,
        ...beforeFirst(work),
        recorded: false,
        losses: 0,
        takenBack: 0,
        confirmed: 0,
        waits: work.waits ?? false,
        tries: new Map(),
        alone: new Set(),
    };
}
/** What of that which comes before the first migration is needless on this connection. */
function beforeFirst({ bookkeeping }) {
    return { ensured: bookkeeping.ensure === '', begun: bookkeeping.begins === '' };
}
/** The outcome of a migration before it is reached. */
function notRun(migration) {
    const { version, name, path } = migration.file;
    return { version, name, path, state: 'not-run', durationMs: 0, mode: migration.mode, attempts: 0 };
}
/** How often a migration was tried, and since when. */
function triesOf({ tries }, migration) {
    const known = tries.get(migration) ?? { count: 1, begunAt: Date.now() };
    tries.set(migration, known);
    return known;
}
/** Enters what became of a migration, and tells. */
function course_enter(course, index, outcome) {
    const { work, outcomes } = course;
    const migration = work.migrations[index];
    if (!migration)
        return;
    const tries = triesOf(course, migration);
    // A crash may take it back: that is another beginning.
    tries.toldAt = undefined;
    const attempts = tries.count;
    const whole = { ...notRun(migration), attempts, ...explained(course, migration, outcome) };
    outcomes[index] = whole;
    work.observe({ kind: 'applied', outcome: whole, index: index + 1, count: outcomes.length });
}
/** A statement that took too long is told with the limit, and who set that. */
function explained({ work: { signal, timeouts } }, { file, text }, outcome) {
    const { failure, durationMs: spentMs = 0 } = outcome;
    if (!failure || failure.hint || signal.aborted)
        return outcome;
    const said = { run: timeouts, file: file.directives.timeouts, spentMs };
    const hint = explainStatementLimit(failure, said, text);
    return hint === undefined ? outcome : { ...outcome, failure: { ...failure, hint } };
}
/** Tells that a migration is being applied; what was sent together is begun one after the other. */
function announce(course, index) {
    const { work, outcomes } = course;
    const migration = work.migrations[index];
    if (!migration)
        return;
    const tries = triesOf(course, migration);
    if (tries.failedAt === undefined)
        tries.begunAt = Date.now();
    tries.toldAt ??= Date.now();
    work.observe({ kind: 'applying', name: migration.file.name, index: index + 1, count: outcomes.length });
}

;// CONCATENATED MODULE: ./build/executors/sql/connect-again.js


/**
 * The one way to another connection in the middle of a run: whatever was the reason, the server may have crashed, and another run
 * may have had the lock. Undefined where there is none, and nothing can be known.
 */
async function connectAgain(course, reason) {
    const { work } = course;
    await work.session[Symbol.asyncDispose]();
    const line = await work.reconnect(reason);
    if (!line)
        return undefined;
    const isTakenBack = takeBack(course, line);
    // Another run may have had the lock, and done more than was sent.
    const count = goOnWith(course, line, work.migrations.slice(course.next));
    return { line, before: work.records, count, isTakenBack };
}
/** A server that crashed has lost what was committed and not on its disk, each file with its record: that is sent again. */
function takeBack(course, { records }) {
    const { work, next, outcomes } = course;
    const seen = byVersion(records);
    const first = work.migrations.slice(0, next).findIndex((migration) => !isCompleted(seen, migration));
    if (first === -1)
        return false;
    outcomes.splice(first, next - first, ...work.migrations.slice(first, next).map(notRun));
    course.next = first;
    work.observe({ kind: 'taken-back', index: first + 1, count: next - first });
    return true;
}
/** Enters what history shows to be applied. @returns how many */
function goOnWith(course, line, left) {
    course.work = { ...course.work, ...line };
    course.waits = true;
    Object.assign(course, beforeFirst(line));
    const records = byVersion(line.records);
    const done = left.findIndex((migration) => !isCompleted(records, migration));
    const count = done === -1 ? left.length : done;
    for (let index = 0; index < count; index++)
        course_enter(course, course.next + index, { state: 'applied', durationMs: spent(course, left[index]) });
    course.next += count;
    return count;
}
function isCompleted(records, { file }) {
    const record = records.get(version_versionKey(file.version));
    return record?.status === 'completed' && record.checksum === file.checksum;
}
/** How long a migration has been under way. Milliseconds. */
function spent(course, migration) {
    return migration ? Date.now() - triesOf(course, migration).begunAt : 0;
}
function recordOf(records, migration) {
    const key = migration && versionKey(migration.file.version);
    return records.find(({ version }) => versionKey(version) === key);
}
/** A row `running` that was written since: one that an earlier run left says nothing of this one. */
function beganSince({ before, line }, migration) {
    const [was, is] = [recordOf(before, migration), recordOf(line.records, migration)];
    return is?.status === 'running' && isAnew(was, is);
}
/** Whether a row was written since it was read before. */
function isAnew(was, is) {
    return was?.status !== is.status || was.appliedAt !== is.appliedAt;
}

;// CONCATENATED MODULE: ./build/sql/in-any-encoding.js
/**
 * SQL of ours that is read as it is meant whatever `client_encoding` a migration has set: the server reads a message in the
 * encoding that holds as it arrives, and every one knows ASCII. As it is where it has nothing else.
 *
 * @param sql statements that give no rows and control no transaction
 */
function inAnyEncoding(sql) {
    if (!/\P{ASCII}/u.test(sql))
        return sql;
    const bytes = Buffer.from(sql).toString('hex');
    return `DO $devflow$BEGIN
  EXECUTE pg_catalog.convert_from(pg_catalog.decode('${bytes}', 'hex'), 'UTF8');
END$devflow$;`;
}

;// CONCATENATED MODULE: ./build/sql/limit-session.js
/**
 * SQL that sets the limits that end the session, as far as a file asks for them.
 *
 * @param isLocal for the rest of the transaction, not of the session
 */
function limitSession({ idleInTransactionMs, transactionMs }, isLocal = true) {
    return [
        ...(idleInTransactionMs === undefined
            ? []
            : [`SET ${isLocal ? 'LOCAL ' : ''}idle_in_transaction_session_timeout = ${idleInTransactionMs};`]),
        ...(transactionMs === undefined ? [] : [limitTransaction(transactionMs, isLocal)]),
    ];
}
/** The setting is there from PostgreSQL 17 on. Where one holds, the server keeps to it until it is taken away. */
function limitTransaction(ms, isLocal) {
    return `SELECT CASE WHEN pg_catalog.current_setting('transaction_timeout', true) IS NOT NULL
  THEN pg_catalog.concat(pg_catalog.set_config('transaction_timeout', '0', ${isLocal}), pg_catalog.set_config('transaction_timeout', '${ms}', ${isLocal})) END;`;
}

;// CONCATENATED MODULE: ./build/sql/session-reset.js
/**
 * Undoes what a migration may have left in the session: role, settings, cursors, prepared statements, listeners and
 * temporary objects. Advisory locks are kept, ours among them, which is why this is no DISCARD ALL. The settings the
 * connection was set up with have to be sent again.
 */
const RESET_SESSION = resetSession('RESET ALL;\nDEALLOCATE ALL;');
/**
 * The same, with those settings said again. Before the rest: RESET ALL brings back limits that role or database carry, and many
 * temporary objects take their time.
 *
 * @param settings SQL
 */
function resetSessionTo(settings) {
    return resetSession(`RESET ALL;\n${settings}\nDEALLOCATE ALL;`);
}
/**
 * The same, except that one setting of the transaction is kept, and prepared statements of ours.
 *
 * @param setting its name, of ours
 * @param prefix what the names of the statements begin with
 */
function resetSessionBut(setting, prefix) {
    return resetSession(`DO $devflow$
DECLARE
  kept text := pg_catalog.current_setting('${setting}', true);
  statement text;
BEGIN
  EXECUTE 'RESET ALL';
  PERFORM pg_catalog.set_config('${setting}', kept, true);
  FOR statement IN
    SELECT name FROM pg_catalog.pg_prepared_statements WHERE NOT pg_catalog.starts_with(name, '${prefix}')
  LOOP
    EXECUTE pg_catalog.format('DEALLOCATE %I', statement);
  END LOOP;
END
$devflow$;`);
}
function resetSession(settingsAndStatements) {
    return `RESET SESSION AUTHORIZATION;
RESET ROLE;
${settingsAndStatements}
CLOSE ALL;
UNLISTEN *;
DISCARD TEMP;
DISCARD SEQUENCES;`;
}
/**
 * For the rest of the transaction: the connection's own role, no names but ours, and a commit that waits for the disk as it
 * does here, whatever a migration set. Ends with the transaction, so that a file in several steps finds its own settings again.
 */
const AS_OURSELVES = `SET LOCAL statement_timeout = 0;
SET LOCAL synchronous_commit TO DEFAULT;
SET LOCAL session_authorization TO DEFAULT;
SET LOCAL role TO DEFAULT;
SET LOCAL search_path = pg_catalog, pg_temp;`;

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

;// CONCATENATED MODULE: ./build/sql/with-context.js

/** What is recorded of a failure: its message, and where in PL/pgSQL it was, for which a long message leaves room. */
function withContext({ message, context = [] }) {
    const where = ` (${context.join('; ')})`;
    return context.length === 0 ? message : `${cutMessage(message, with_context_LONGEST - where.length)}${where}`;
}
/** Less than what is recorded: words of ours may come before. */
const with_context_LONGEST = 3_900;

;// CONCATENATED MODULE: ./build/executors/sql/cancelled.js
/** SQLSTATE of what was asked to end. */
const CANCELLED = '57014';
/** Why nothing more is sent of a file outside a transaction, where the run was asked to end. */
function cancelledBetween({ signal }) {
    if (!signal.aborted)
        return undefined;
    return { code: CANCELLED, message: `the run was ended by ${String(signal.reason)} between two statements` };
}

;// CONCATENATED MODULE: ./build/sql/send-watched.js
/**
 * Sends a part of a migration: its rows are dropped, and what it waits for is looked at when a step takes long. A step
 * ends at each mark.
 *
 * @param lockMs the shortest `lock_timeout` that holds for it; 0: none
 */
function sendWatched({ session, watch, backend }, lockMs, sql, { onMark, isLastMark = () => false, ...options }) {
    return watch.during(backend, lockMs, (stepDone) => {
        const told = (mark) => {
            stepDone(isLastMark(mark));
            onMark?.(mark);
        };
        return session.send(sql, { keepRows: false, ...options, isWatched: true, onMark: told });
    }, (reason) => session.giveUp(reason));
}

;// CONCATENATED MODULE: ./build/executors/sql/send.js

/** Sends a part of a migration as it is applied. */
function send(work, sql, { lockMs = work.timeouts.lockMs, ...options } = {}) {
    return sendWatched(work, lockMs, sql, options);
}

;// CONCATENATED MODULE: ./build/executors/sql/retry.js
/** A transaction that only waited too long for a lock, or lost in a deadlock, may be tried again: it left nothing. */
function isRetryable(code) {
    return code === '55P03' || code === '40P01';
}
const RETRY_LIMIT = 10;
const RETRY_WITHIN_MS = 120_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 8_000;
/**
 * How long to wait before the next attempt: doubling, with jitter, so that two runs do not meet again.
 *
 * @param attempt how many attempts were made
 * @param spentMs since the first failed
 * @returns milliseconds, or undefined when the limits are reached
 */
function pauseBefore(attempt, spentMs) {
    if (attempt >= RETRY_LIMIT || spentMs >= RETRY_WITHIN_MS)
        return undefined;
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS);
    return pause / 2 + Math.random() * (pause / 2);
}

;// CONCATENATED MODULE: ./build/executors/sql/wait-to-retry.js


/**
 * Waits before a transaction that was rolled back is tried again, and counts that.
 *
 * @returns false where it is not to be: another error, or too many attempts, or too long since the first of them failed
 */
async function waitToRetry({ observe, signal }, { file }, failure, tries) {
    if (!isRetryable(failure.code) || isFilesOwn(failure) || signal.aborted)
        return false;
    tries.failedAt ??= Date.now();
    const waitMs = pauseBefore(tries.count, Date.now() - tries.failedAt);
    if (waitMs === undefined)
        return false;
    const { message: reason, blockers = [] } = failure;
    observe({ kind: 'retrying', name: file.name, reason, attempt: tries.count, limit: RETRY_LIMIT, blockers });
    await pause(waitMs, signal);
    if (signal.aborted)
        return false;
    tries.count++;
    return true;
}
/** A RAISE of the file's own with nobody in its way says the same the next time. */
function isFilesOwn(failure) {
    return isRaised(failure) && (failure.blockers ?? []).length === 0;
}
function pause(ms, signal) {
    return new Promise((resolve) => {
        const done = () => {
            clearTimeout(timer);
            signal.removeEventListener('abort', done);
            resolve();
        };
        const timer = setTimeout(done, ms);
        signal.addEventListener('abort', done);
    });
}

;// CONCATENATED MODULE: ./build/executors/sql/record.js







/** What is recorded about a migration of this run. */
function record_recordOf(work, { file, forced }) {
    const { version, name, checksum } = file;
    return { version, name, checksum, planHash: work.planHash, ...(forced ? { forced } : {}) };
}
/** The timeouts a migration runs with: its own directives, else the configuration's. */
function timeoutsOf(work, { file }) {
    return { ...work.timeouts, ...file.directives.timeouts };
}
/**
 * Sends our own statements as one transaction that nothing a migration set can bend, a read-only default and an encoding
 * included; rolls it back when it fails, and tries again while it only fails to get a lock.
 *
 * @param of the migration that it is about
 * @param first reads the session as the migration left it, in any search path
 */
async function sendOwn(work, of, statements, first = '') {
    const sql = `BEGIN READ WRITE;\n${first && `${first}\n`}${ownLimits(work)}\n${AS_OURSELVES}\n${inAnyEncoding(statements)}\nCOMMIT;`;
    const tries = { count: 1 };
    for (;;) {
        const answer = await sendOnce(work, sql);
        // A request to cancel the statement before may have come late.
        if (answer.error?.code === CANCELLED && work.signal.aborted)
            return sendOnce(work, sql);
        if (!answer.error)
            return answer;
        const { error, blockers } = answer;
        const failure = { code: error.code, message: `its record: ${error.message}`, blockers };
        if (!(await waitToRetry(work, of, failure, tries)))
            return answer;
    }
}
async function sendOnce(work, sql) {
    const { reply, blockers } = await send(work, sql, { keepRows: true });
    await rollBack(work, reply);
    return { ...reply, blockers };
}
/** Those of the run, whatever the file has set. What is done must not be forgotten for having taken long. */
function ownLimits({ timeouts: { lockMs } }) {
    return [`SET LOCAL lock_timeout = ${lockMs};`, ...limitSession({ transactionMs: 0 })].join('\n');
}
/** Ends a transaction that an error left open. Where there is none, ROLLBACK would warn in the log. */
async function rollBack({ session }, { error, state }) {
    if (error && (state === 'E' || state === 'T'))
        await session.send('ROLLBACK;');
}
/** The session as it was before the migration, in the next message. */
function resetAfter(work) {
    return resetSessionTo(work.settings);
}
/** Records a failure. What is told of it says so where that was not to be done. */
async function recordFailure(work, migration, failure, recorded) {
    return asRecorded(failure, await sendFailure(work, migration, failure, recorded));
}
/** A failure as it is told, after the answer to {@link sendFailure}. */
function asRecorded(failure, { error }) {
    if (!error)
        return failure;
    return {
        ...failure,
        message: `${failure.message} (and the failure could not be recorded: ${error.message})`,
    };
}
/** Sets the session back and records the failure in a second, short transaction; the first is rolled back by now. */
async function sendFailure(work, migration, failure, recorded) {
    await work.session.send(resetAfter(work));
    const fields = {
        ...recorded,
        event: 'apply',
        message: withContext(failure),
        cancelled: work.signal.aborted && failure.code === CANCELLED,
    };
    return sendOwn(work, migration, work.bookkeeping.fail(record_recordOf(work, migration), fields));
}

;// CONCATENATED MODULE: ./build/executors/sql/record-schema-now.js

/**
 * Records what the schema is, in a message of its own, where the last message of migrations did not. Not where nothing
 * was changed: what other hands did would be taken for what the last run left. Nor where the run was asked to end.
 */
async function recordSchemaNow({ work, outcomes, recorded }) {
    const { recordSchema: sql, session, signal } = work;
    if (!sql || recorded || signal.aborted || !outcomes.some(isChange))
        return;
    await rollBack(work, await session.send(sql));
}
/** In part, it is what an earlier run left as well. */
function isChange({ state }) {
    return state === 'applied' || state === 'partial';
}

;// CONCATENATED MODULE: ./build/sql/journal-text.js

/** A journal as the tracking table keeps it: JSON. */
function journal_text_renderJournal(journal) {
    // Nothing was set by what is not done.
    const { session: _, unsettled: __, ...bare } = journal;
    return JSON.stringify(journal.done > 0 ? journal : bare);
}
/** @returns undefined for what is no journal: somebody wrote it by hand, or a newer version did */
function parseJournal(text) {
    try {
        const value = JSON.parse(text);
        return isJournal(value) ? value : undefined;
    }
    catch {
        return undefined;
    }
}
/** The SHA-256 of a statement's text with the data its COPY reads, as `started.digest` has it. Line ends count as LF. */
function digestStatement({ file }, { span, copyData }) {
    const hash = (0,external_node_crypto_namespaceObject.createHash)('sha256');
    // No text of a file holds a NUL.
    for (const part of [span, ...(copyData ? [copyData] : [])])
        hash.update(`${file.text.slice(part.start, part.end).replaceAll(/\r\n?/g, '\n')}\0`);
    return hash.digest('hex');
}
/** The journal of a file of which nothing is done. */
const NOTHING_DONE = { done: 0, digest: '' };
/** The journal once the statements up to a count are done. Its digest is that of the one before and of each statement since. */
function journalAt(migration, done, from = NOTHING_DONE) {
    const more = (migration.statements ?? []).slice(from.done, done);
    const digest = more.reduce((before, statement) => (0,external_node_crypto_namespaceObject.createHash)('sha256')
        .update(`${before}${digestStatement(migration, statement)}`)
        .digest('hex'), from.digest);
    return { done, digest };
}
const STATES = [
    'running',
    'failed',
    'done',
    'again',
];
function isJournal(value) {
    if (!isObject(value))
        return false;
    const { done, digest, started, session = {}, unsettled } = value;
    return (Number.isSafeInteger(done) &&
        Number(done) >= 0 &&
        typeof digest === 'string' &&
        isStarted(started) &&
        isObject(session) &&
        isList(Object.values(session)) &&
        (unsettled === undefined || unsettled === true));
}
function isStarted(value) {
    if (value === undefined)
        return true;
    if (!isObject(value))
        return false;
    const { digest, state, before, trace, left = [] } = value;
    return (typeof digest === 'string' &&
        STATES.includes(state) &&
        isList(before) &&
        isList(left) &&
        (trace === undefined || (isObject(trace) && isTrace(trace))));
}
function isList(value) {
    return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
/** What each kind of trace has to name. */
const NAMED = {
    'builds-index': ['table'],
    'drops-index': ['index'],
    reindexes: [],
    detaches: ['table', 'partition'],
    creates: ['what', 'name'],
    drops: ['what', 'name'],
    repeatable: [],
};
function isTrace(trace) {
    const named = Object.entries(NAMED).find(([kind]) => kind === trace.kind)?.[1];
    const isText = Object.values(trace).every((value) => typeof value === 'string');
    return named !== undefined && isText && named.every((field) => field in trace);
}
function isObject(value) {
    return typeof value === 'object' && value !== null;
}

;// CONCATENATED MODULE: ./build/executors/sql/is-loss.js

/** The session is of no use any more, though connected. No SQLSTATE, which a file could raise. */
const UNFIT = 'session-unfit';
const ENDED = 'ended-at-';
/** The server said itself that it ends the session. No SQLSTATE either. */
const TOLD = 'ended-by-server';
/** What is the matter with a session that the server ended, at a limit or for another reason. */
function endedAt({ limit, isTold: told }) {
    if (limit)
        return { code: `${ENDED}${limit}` };
    return told && { code: TOLD };
}
function isTold({ code }) {
    return code === TOLD;
}
/** What people are told of a loss that nobody is to blame for: codes of ours that only say how it looked are left out. */
function asLoss(failure) {
    return isTold(failure) || limitOf(failure) ? { ...failure, code: LOST } : failure;
}
/** One that the server told, where it is not known whether its record is there: history has to be read. */
function asUnread(failure) {
    const message = `${failure.message} (and the connection was lost before it was known whether that is recorded)`;
    return { ...failure, code: LOST, message };
}
const LOST = 'connection-lost';
/** The limit at which the server ended the session: what ran would run into it again. */
function limitOf({ code }) {
    const limit = code.startsWith(ENDED) ? code.slice(ENDED.length) : '';
    return isSessionLimit(limit) ? limit : undefined;
}
/** The connection is gone, or its session is of no use any more: what was done has to be read on another. */
function isLoss(failure) {
    return failure.code === LOST || failure.code === UNFIT || isTold(failure) || limitOf(failure) !== undefined;
}

;// CONCATENATED MODULE: ./build/executors/sql/judge.js
const AGAIN = { first: [], so: 'again' };
const DONE = { first: [], so: 'done' };
/**
 * Decides by the catalog whether a statement that ran outside a transaction is done. What was there before it began is
 * not its own and is left alone. Its backend has to be gone: whoever asks holds the lock of the run.
 */
function judge(trace, before, now, since = {}) {
    switch (trace.kind) {
        case 'builds-index':
            return judgeBuild(trace, ownOf(before, now, since));
        case 'reindexes':
            return again(ownOf(before, now, since).filter(isNumbered));
        case 'drops-index':
        case 'drops':
            return judgeDrop(trace, before, now, since);
        case 'creates':
            return !since.failed && freshOf(before, now).length > 0 ? DONE : AGAIN;
        case 'detaches':
            return judgeDetach(trace, before, now, since);
        case 'repeatable':
            return AGAIN;
    }
}
/** What of `now` was not there before, by what each text begins with. */
function freshOf(before, now) {
    const known = new Set(before.map(idOf));
    return now.filter((text) => !known.has(idOf(text)));
}
/** An index as `lookUp` tells it. */
function parseIndex(text) {
    const [, valid = '', name = '', definition] = /^\S+ (\S+) (.*?)(?: #(-?\d+))?$/s.exec(text) ?? [];
    return { name, valid: valid === 'valid', ...(definition === undefined ? {} : { definition }) };
}
/** The number in the catalog, with which each text begins. */
function idOf(text) {
    return text.split(' ', 1)[0] ?? '';
}
/** Not what is kept beside, to look there again. */
function isNumbered(text) {
    return /^\d/.test(text);
}
/**
 * What may be the statement's own. Of one that failed it is what it left, and what somebody made whole of that since:
 * with the same number, or built again with the same definition.
 */
function ownOf(before, now, { failed, left }) {
    const fresh = freshOf(before, now);
    if (!failed)
        return fresh;
    if (!left)
        return fresh.filter((text) => !parseIndex(text).valid);
    const broken = left.filter((text) => !parseIndex(text).valid);
    const numbers = new Set(broken.map(idOf));
    const definitions = new Set(broken.flatMap((text) => parseIndex(text).definition ?? []));
    return fresh.filter((text) => {
        const { valid, definition = '' } = parseIndex(text);
        return numbers.has(idOf(text)) || (valid && definitions.has(definition));
    });
}
function judgeBuild(trace, fresh) {
    const own = fresh.filter((text) => mayBeOwn(trace, parseIndex(text)));
    if (trace.index === undefined && own.length > (trace.chosen === undefined ? 0 : 1)) {
        const names = own.map((text) => parseIndex(text).name).join(', ');
        return { first: [], so: 'unclear', why: `it names no index, and new on its table is: ${names}` };
    }
    return own.some((text) => parseIndex(text).valid) ? DONE : again(own);
}
/** Somebody else may have built one on the same table meanwhile. */
function mayBeOwn({ index, chosen }, { name }) {
    if (index !== undefined || chosen === undefined)
        return true;
    const bare = /(?:^|\.)(?:"((?:[^"]|"")*)"|([^".]*))$/.exec(name);
    const read = bare?.[1]?.replaceAll('""', '"') ?? bare?.[2] ?? '';
    return read.startsWith(chosen) && /^\d*$/.test(read.slice(chosen.length));
}
/** Without what it left. */
function again(own) {
    if (own.length === 0)
        return AGAIN;
    const first = own.map((text) => `DROP INDEX CONCURRENTLY IF EXISTS ${nameOf(text)};`);
    return { first, takes: own.map(idOf), so: 'again' };
}
/** Of what a REINDEX left there is no word on whether it is valid. */
function nameOf(text) {
    return /^\S+ (?:valid|INVALID) /.test(text) ? parseIndex(text).name : text.slice(text.indexOf(' ') + 1);
}
/** Gone is what has neither its number nor its name any more. */
function judgeDrop({ kind }, before, now, { failed, moved: [moved] = [] }) {
    if (before.length === 0)
        return AGAIN;
    if (moved !== undefined) {
        const invalid = / INVALID /.test(moved) ? ', INVALID' : '';
        const why = `what it was to drop is there under another name: ${nameOf(moved)}${invalid}`;
        return { first: [], so: 'unclear', why };
    }
    if (now.length === 0)
        return DONE;
    // An index is built anew by REINDEX CONCURRENTLY; but a database of that name may be somebody's by now.
    const another = kind === 'drops' && !failed && freshOf(before, now).length > 0;
    const why = 'what it was to drop is gone, and there is another of that name';
    return another ? { first: [], so: 'unclear', why } : AGAIN;
}
/** While it is pending, only FINALIZE can end it. */
function judgeDetach({ table, partition }, [before = ''], [now], { moved: [moved] = [] }) {
    if (before === '' || parseDetach(before).pending)
        return AGAIN;
    if (now !== undefined) {
        const isIts = parseDetach(before).pair === '' || parseDetach(before).pair === parseDetach(now).pair;
        return isIts && parseDetach(now).pending
            ? { first: [`ALTER TABLE ${table} DETACH PARTITION ${partition} FINALIZE;`], so: 'done' }
            : AGAIN;
    }
    if (moved === undefined)
        return DONE;
    const why = `what it was to detach is attached under another name, as in ${parseDetach(moved).as}`;
    return { first: [], so: 'unclear', why };
}
/** A partition as `lookUp` tells it; in journals of older versions it is only whether it is pending. */
function parseDetach(text) {
    const [, pair = '', pending = '', as = ''] = /^(?:(\d+\/\d+) )?(true|false)(?: (.*))?$/s.exec(text) ?? [];
    return { pair, pending: pending === 'true', as: `ALTER TABLE ${as}` };
}

;// CONCATENATED MODULE: ./build/executors/sql/look-up-leftovers.js

/**
 * A query for what a REINDEX CONCURRENTLY that failed leaves, `<oid> <name>`: INVALID indexes by the names it gives, with
 * the definition of one that it rebuilds, on the tables that it works on or their TOAST tables. Those that another
 * session has locked are being built just now, and not ours. Beside them, `on <oid>` for each such table and `in <oid>`
 * for a schema: a name may lead elsewhere later.
 *
 * @returns undefined where it is not known of what, as in a journal of an older version
 */
function lookUpLeftovers(trace, before) {
    const scope = scopeOf(trace, before);
    if (scope === undefined)
        return undefined;
    return `WITH place (kind, id) AS (${scope}),
tables (id) AS (SELECT c.oid FROM pg_catalog.pg_class c, place p
  WHERE p.kind = 'on' AND c.oid = p.id OR p.kind = 'in' AND c.relnamespace = p.id OR p.kind = 'all'),
places (id) AS (SELECT id FROM tables
  UNION SELECT c.reltoastrelid FROM pg_catalog.pg_class c JOIN tables t ON t.id = c.oid)
SELECT pg_catalog.format('%s %s', kind, id) FROM place WHERE kind <> 'all' AND id IS NOT NULL
UNION ALL (SELECT pg_catalog.format('%s %s.%I', i.indexrelid, c.relnamespace::pg_catalog.regnamespace, c.relname)
FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
WHERE NOT i.indisvalid AND c.relname ~ '_cc(new|old)[0-9]*$' AND i.indrelid IN (SELECT id FROM places)
  AND EXISTS (${REBUILT}) AND NOT EXISTS (${BUILT_NOW})
ORDER BY i.indexrelid)`;
}
/** The index beside which it was built. Of a long name the server takes the beginning. */
const REBUILT = `SELECT FROM pg_catalog.pg_index o JOIN pg_catalog.pg_class n ON n.oid = o.indexrelid
  WHERE o.indrelid = i.indrelid AND o.indexrelid <> i.indexrelid
    AND pg_catalog.starts_with(n.relname::pg_catalog.text, pg_catalog.regexp_replace(c.relname::pg_catalog.text, '_cc(new|old)[0-9]*$', ''))
    AND (o.indkey, o.indclass, o.indcollation, o.indoption, o.indisunique)::pg_catalog.text
      = (i.indkey, i.indclass, i.indcollation, i.indoption, i.indisunique)::pg_catalog.text`;
const BUILT_NOW = `SELECT FROM pg_catalog.pg_locks l WHERE l.locktype = 'relation' AND l.relation = i.indexrelid
    AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
    AND l.mode = 'ShareUpdateExclusiveLock' AND l.pid <> pg_catalog.pg_backend_pid()`;
/** Rows of what it works on: by number where that was kept, else by name. */
function scopeOf({ what, name }, before) {
    const kept = before.flatMap((text) => {
        const [, kind, id] = /^(on|in) (\d+)$/.exec(text) ?? [];
        return kind ? [`('${kind}', ${id}::pg_catalog.oid)`] : [];
    });
    if (kept.length > 0)
        return `VALUES ${kept.join(', ')}`;
    if (what === undefined || name === undefined)
        return undefined;
    return byName(what, identifier_quoteLiteral(name));
}
function byName(what, name) {
    const partitions = `SELECT relid FROM pg_catalog.pg_partition_tree(pg_catalog.to_regclass(${name}))`;
    switch (what) {
        case 'index':
            return `SELECT DISTINCT 'on', x.indrelid FROM pg_catalog.pg_index x
  WHERE x.indexrelid = pg_catalog.to_regclass(${name}) OR x.indexrelid IN (${partitions})`;
        case 'table':
            return `SELECT 'on', pg_catalog.to_regclass(${name})::pg_catalog.oid
  UNION SELECT 'on', relid FROM (${partitions}) AS p`;
        case 'schema':
            return `SELECT 'in', s.oid FROM pg_catalog.pg_namespace s WHERE s.nspname = ${name}`;
        case 'database':
            return `SELECT 'all', NULL::pg_catalog.oid`;
    }
}

;// CONCATENATED MODULE: ./build/executors/sql/look-up.js


/**
 * Looks in the catalog, with the file's own search path.
 *
 * @param before what was found before the statement began, which is looked for by its number too: somebody may have
 *   given it another name since
 */
async function lookUp({ session }, trace, before = []) {
    const query = queryOf(trace, before);
    if (query === undefined)
        return { found: [], moved: [] };
    const reply = await session.send(query);
    const rows = reply.results[0]?.rows ?? [];
    const textsOf = (moved) => rows.filter((row) => (row[1] === 'moved') === moved).map(([text]) => text ?? '');
    return { found: textsOf(false), moved: textsOf(true), reply };
}
function queryOf(trace, before) {
    switch (trace.kind) {
        case 'builds-index':
            return builtIndexes(trace);
        case 'drops-index':
            return byNameOrNumber(`${INDEX}`, INDEXES, 'i.indexrelid', {
                isNamed: `i.indexrelid = pg_catalog.to_regclass(${identifier_quoteLiteral(trace.index)})`,
                before,
            });
        case 'reindexes':
            return lookUpLeftovers(trace, before);
        case 'detaches':
            return detached(trace, before);
        case 'creates':
        case 'drops':
            return object(trace.what, trace.name, before);
        case 'repeatable':
            return undefined;
    }
}
/** `<oid> valid|INVALID <name>` of the indexes of that name on the table, or of all on it. */
function builtIndexes({ table, index }) {
    const named = index === undefined ? '' : ` AND c.relname = ${identifier_quoteLiteral(index)}`;
    return `SELECT ${INDEX} FROM ${INDEXES}
WHERE i.indrelid = pg_catalog.to_regclass(${identifier_quoteLiteral(table)})${named}
ORDER BY i.indexrelid`;
}
const INDEXES = 'pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid';
/**
 * `<oid> valid|INVALID <name> #<definition>`, the name with its schema, because people read it whose search path is not
 * the file's, the last as a number. Read from the columns: `pg_get_indexdef` would wait
 * for a lock of the table.
 */
const INDEX = `pg_catalog.format('%s %s %s.%I #%s', i.indexrelid,
  CASE WHEN i.indisvalid THEN 'valid' ELSE 'INVALID' END, c.relnamespace::pg_catalog.regnamespace, c.relname,
  pg_catalog.hashtextextended(pg_catalog.concat_ws('|', i.indrelid, i.indkey, i.indnkeyatts, i.indclass, i.indcollation,
    i.indoption, i.indisunique, i.indnullsnotdistinct, i.indexprs, i.indpred, c.relam, c.reloptions), 0))`;
/** What the name leads to, and apart from it what was found before and is there still. */
function byNameOrNumber(text, from, oid, { isNamed, before }) {
    const numbers = before.flatMap((each) => /^\d+/.exec(each) ?? []);
    const isKnown = numbers.length > 0 ? ` OR ${oid} IN (${numbers.join(', ')})` : '';
    return `SELECT ${text}, CASE WHEN ${isNamed} THEN 'named' ELSE 'moved' END FROM ${from}
WHERE ${isNamed}${isKnown}`;
}
/** `<partition>/<parent> true|false <parent> DETACH PARTITION <partition>`: whether it is pending, and how it is named. */
function detached({ table, partition }, [before = '']) {
    const isNamed = `h.inhparent = pg_catalog.to_regclass(${identifier_quoteLiteral(table)})
  AND h.inhrelid = pg_catalog.to_regclass(${identifier_quoteLiteral(partition)})`;
    const [, rel, parent] = /^(\d+)\/(\d+) /.exec(before) ?? [];
    const isKnown = rel === undefined ? '' : ` OR h.inhrelid = ${rel} AND h.inhparent = ${parent}`;
    return `SELECT pg_catalog.format('%s/%s %s %s DETACH PARTITION %s', h.inhrelid, h.inhparent,
  h.inhdetachpending::pg_catalog.text, ${withSchema('h.inhparent')}, ${withSchema('h.inhrelid')}),
  CASE WHEN ${isNamed} THEN 'named' ELSE 'moved' END
FROM pg_catalog.pg_inherits h WHERE ${isNamed}${isKnown}`;
}
function withSchema(oid) {
    return `(SELECT pg_catalog.format('%s.%I', r.relnamespace::pg_catalog.regnamespace, r.relname)
    FROM pg_catalog.pg_class r WHERE r.oid = ${oid})`;
}
/** `<oid> <name>`; of a prepared transaction its name. */
function object(what, name, before) {
    if (what === 'prepared transaction')
        return `SELECT gid FROM pg_catalog.pg_prepared_xacts WHERE gid = ${identifier_quoteLiteral(name)}`;
    const [from, column] = OBJECTS[what];
    return byNameOrNumber(`pg_catalog.format('%s %I', o.oid, o.${column})`, from, 'o.oid', {
        isNamed: `o.${column} = ${identifier_quoteLiteral(name)}`,
        before,
    });
}
const OBJECTS = {
    database: ['pg_catalog.pg_database o', 'datname'],
    tablespace: ['pg_catalog.pg_tablespace o', 'spcname'],
    subscription: [
        `pg_catalog.pg_subscription o JOIN pg_catalog.pg_database d
  ON d.oid = o.subdbid AND d.datname = pg_catalog.current_database()`,
        'subname',
    ],
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

;// CONCATENATED MODULE: ./build/model/by-hand.js

/** How to look into a migration that is half done, and to say what became of it. */
const HALF_DONE_PAGE = docsPage('database', 'a-file-that-stopped-in-the-middle');
/** What to do about a statement of which nothing shows whether it is done. */
const SAY_WHAT_BECAME = `Then write into the row's journal whether it is done, or undone and to be run again: ${HALF_DONE_PAGE} says how.`;
/** What to do about a migration that is half done and that no run can carry on. */
function byHand(version) {
    return `Look at what it did (${HALF_DONE_PAGE}). Finish it by hand, then record that with repair --applied ${version}; or undo it by hand, then repair --clear ${version}.`;
}

;// CONCATENATED MODULE: ./build/sql/position.js
/**
 * Where a span lies as people count: lines and columns from 1, the end inclusive, columns in code points. CRLF, a lone
 * CR and LF each end one line. An empty span is the one place where it starts.
 */
function positionOf(text, span) {
    const start = positionAt(text, span.start);
    const end = span.end > span.start ? positionAt(text, lastOffset(text, span)) : start;
    return { line: start.line, column: start.column, endLine: end.endLine, endColumn: end.endColumn };
}
/** Back from where people count: the span whose position it is. */
function spanOf(text, { line, column, endLine, endColumn }) {
    return {
        start: offsetInLine(text, lineSpan(text, line).start, column - 1),
        end: offsetInLine(text, lineSpan(text, endLine).start, endColumn),
    };
}
/** The one character at a UTF-16 offset. An offset past the end is the place just after the last character. */
function positionAt(text, offset) {
    const at = wholeCharacter(text, Math.max(0, Math.min(offset, text.length)));
    const { line, start } = text.length > LONG_TEXT ? countLines(text, (each) => each.start <= at) : findLine(text, at);
    const column = advance(text, start, 'at', at).column + 1;
    return { line, column, endLine: line, endColumn: column };
}
/** Where a line begins and, without its line end, ends. */
function lineSpan(text, line) {
    if (text.length <= LONG_TEXT) {
        const starts = lineStarts(text);
        const start = starts[line - 1] ?? text.length;
        return { start, end: withoutEnd(text, start, starts[line] ?? text.length) };
    }
    const { start, end } = countLines(text, (each) => each.line <= line);
    return { start, end };
}
function withoutEnd(text, start, next) {
    let end = next;
    while (end > start && (text[end - 1] === '\n' || text[end - 1] === '\r'))
        end--;
    return end;
}
/** The offset that a number of characters (code points) behind the start of a line reaches; at most the text's length. */
function offsetInLine(text, lineStart, count) {
    return advance(text, lineStart, 'column', count).at;
}
/** Characters (code points) before a UTF-16 offset. The server's `position` is this plus one. */
function codePointOffset(text, offset) {
    const end = Math.min(offset, text.length);
    let count = 0;
    for (let at = 0; at < end; at += widthAt(text, at))
        count++;
    return count;
}
/** The UTF-16 offset that a number of characters (code points) reaches; at most the text's length. */
function offsetFromCodePoints(text, count) {
    let at = 0;
    for (let left = count; left > 0 && at < text.length; left--)
        at += widthAt(text, at);
    return at;
}
/**
 * Turns UTF-8 byte offsets (`stmt_location` and every `location` in a tree) into UTF-16 offsets. It counts from the one
 * asked for before, forwards or back, so statement by statement the time is linear in the text.
 */
function byteOffsets(text) {
    let seen = 0;
    let at = 0;
    return (bytes) => {
        while (seen > bytes && at > 0) {
            at = wholeCharacter(text, at - 1);
            seen -= bytesAt(text, at);
        }
        while (seen < bytes && at < text.length) {
            seen += bytesAt(text, at);
            at += widthAt(text, at);
        }
        return at;
    };
}
function lastOffset(text, span) {
    return Math.max(span.start, wholeCharacter(text, Math.min(span.end, text.length) - 1));
}
function wholeCharacter(text, offset) {
    return offset > 0 && widthAt(text, offset - 1) === 2 ? offset - 1 : offset;
}
/** The starts of all lines of a longer text would need as much memory again. */
const LONG_TEXT = 1024 * 1024;
const LINE_END = /\r\n|\r|\n/g;
// Positions are asked for in ascending order mostly, so counting goes on from the last.
let counted = { text: '', line: 1, start: 0, end: 0, next: undefined };
/** The last line for which it holds. */
function countLines(text, holds) {
    let last = counted.text === text && holds(counted) ? counted : readLine(text, { line: 1, start: 0 });
    while (last.next !== undefined) {
        const next = { line: last.line + 1, start: last.next };
        if (!holds(next))
            break;
        last = readLine(text, next);
    }
    counted = last;
    return last;
}
function readLine(text, { line, start }) {
    LINE_END.lastIndex = start;
    const found = LINE_END.exec(text);
    return {
        text,
        line,
        start,
        end: found?.index ?? text.length,
        next: found ? LINE_END.lastIndex : undefined,
    };
}
// A dump can be one line of megabytes with thousands of findings.
let reached = {
    text: '',
    start: 0,
    at: 0,
    column: 0,
};
/** Goes to an offset or a column of a line, character by character, from where it was last or the line's start. */
function advance(text, start, by, to) {
    const goesOn = reached.start === start && reached.text === text;
    let next = goesOn ? reached : { at: start, column: 0 };
    while (next[by] > to && next.at > start) {
        const at = wholeCharacter(text, next.at - 1);
        next = { at, column: next.column - 1 };
    }
    while (next[by] < to && next.at < text.length)
        next = { at: next.at + widthAt(text, next.at), column: next.column + 1 };
    reached = { text, start, ...next };
    return next;
}
function findLine(text, at) {
    const starts = lineStarts(text);
    const index = lastAtMost(starts, at);
    return { line: index + 1, start: starts[index] ?? 0 };
}
// Some texts are asked for in turn.
let known = [];
// Many positions are asked of one text in a row: its line starts are found once.
function lineStarts(text) {
    const found = known.find((each) => each.text === text);
    if (found)
        return found.starts;
    LINE_END.lastIndex = 0;
    const after = Array.from(text.matchAll(LINE_END), (end) => end.index + end[0].length);
    const starts = [0].concat(after);
    known = [{ text, starts }, ...known.slice(0, 1)];
    return starts;
}
function lastAtMost(starts, offset) {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= offset)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}
function widthAt(text, offset) {
    return (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
}
function bytesAt(text, offset) {
    const code = text.codePointAt(offset) ?? 0;
    if (code < 0x80)
        return 1;
    if (code < 0x800)
        return 2;
    return code > 0xffff ? 4 : 3;
}

;// CONCATENATED MODULE: ./build/executors/sql/find-half-done.js

/**
 * What a statement that failed left half done of something that was there before it: not ours to take away, nor to finish
 * where the file no longer asks for it. Undefined for what is whole.
 *
 * @param before the catalog before the statement, as `lookUp` tells it
 * @param now the catalog as it is, with what has another name since
 */
function findHalfDone(trace, before, now) {
    if (trace.kind === 'drops-index')
        return halfDropped(before, now);
    return trace.kind === 'detaches' ? halfDetached(trace, before, now) : undefined;
}
function halfDetached({ table, partition }, [before = ''], now) {
    const was = parseDetach(before);
    // One of an older version does not say which it was.
    const is = now.map(parseDetach).find(({ pair }) => was.pair === '' || was.pair === pair);
    if (before === '' || was.pending || !is?.pending)
        return undefined;
    return {
        message: `${partition} is still to be detached from ${table}: DETACH PARTITION CONCURRENTLY failed half-way in an earlier run, and the file was edited there`,
        hint: `Run ${is.as} FINALIZE, and ATTACH PARTITION where it is to stay; or give that statement its former text and place. Then run again.`,
    };
}
function halfDropped([before = ''], now) {
    const same = now.find((text) => idOf(text) === idOf(before));
    // One of an older version holds the number alone.
    if (same === undefined || !parseIndex(before).valid || parseIndex(same).valid)
        return undefined;
    const is = parseIndex(same);
    return {
        message: `the index ${is.name} is INVALID: DROP INDEX CONCURRENTLY failed half-way in an earlier run, and the file no longer drops it`,
        hint: `Run REINDEX INDEX CONCURRENTLY ${is.name}, which makes it whole, or DROP INDEX CONCURRENTLY ${is.name} where nothing in the file needs it; then run again.`,
    };
}

;// CONCATENATED MODULE: ./build/sql/excerpt.js

/**
 * The line that a position begins on and, below it, a caret under the column. Control characters, and those that turn
 * the direction of text, show as `\ufffd`; a long line is cut around the column. Two lines, no line end after the second.
 *
 * @param visible the text with what nobody may read hidden; its positions are the same
 */
function excerpt(text, position, visible = text) {
    const near = nearColumn(text, lineSpan(text, position.line), position.column - 1);
    const line = Array.from(visible.slice(near.start, near.end), shown);
    const column = Math.min(near.column, line.length);
    const { before, cut, after } = cutAround(line, column);
    const pad = cut.slice(0, column - before.skipped).map(blankFor);
    return `${before.mark}${cut.join('')}${after}\n${' '.repeat(before.mark.length)}${pad.join('')}^`;
}
/** Dumps have lines of megabytes: what is far from the column is not looked at. */
function nearColumn(text, line, column) {
    if (line.end - line.start <= LONG_LINE)
        return { ...line, column };
    const at = Math.min(offsetInLine(text, line.start, column), line.end);
    const isHalf = /[\udc00-\udfff]/.test(text.charAt(at - LOOKED_AT));
    const start = Math.max(line.start, at - LOOKED_AT - (isHalf ? 1 : 0));
    return {
        start,
        end: Math.min(at + LOOKED_AT, line.end),
        column: codePointOffset(text.slice(start, at), at - start),
    };
}
const LONG_LINE = 10_000;
const LOOKED_AT = 400;
const HIDDEN = /[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/u;
function shown(character) {
    return character !== '\t' && HIDDEN.test(character) ? '\ufffd' : character;
}
const WIDEST = 160;
function cutAround(line, column) {
    const start = line.length <= WIDEST ? 0 : Math.max(0, Math.min(column - WIDEST / 2, line.length - WIDEST));
    return {
        before: { mark: start > 0 ? '\u2026' : '', skipped: start },
        cut: line.slice(start, start + WIDEST),
        after: start + WIDEST < line.length ? '\u2026' : '',
    };
}
const WIDE = /[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;
// What takes the place of a character in the line of the caret: as wide as it is on a terminal.
function blankFor(character) {
    if (character === '\t')
        return '\t';
    if (/\p{M}|\u200d/u.test(character))
        return '';
    return WIDE.test(character) ? '  ' : ' ';
}

;// CONCATENATED MODULE: ./build/model/secret.js
/** Of one file, so many are found and no more: a dump may hold a hash in each row. */
const MOST_SECRETS = 1_000;

;// CONCATENATED MODULE: ./build/sql/hide-secrets.js
/**
 * The text with signs in place of secrets: of the same length in UTF-16 and in characters, line ends where they were, so
 * that every position in it is the text's. The first two characters stay of a secret that is long enough to hide the rest.
 */
function hideSecrets(text, secrets) {
    const parts = [];
    let from = 0;
    for (const { start, end } of secrets.toSorted((a, b) => a.start - b.start)) {
        if (end <= from)
            continue;
        // What another secret reaches into has no beginning of its own to show.
        const rest = start < from ? signs(text.slice(from, end)) : hideSecret(text.slice(start, end));
        parts.push(text.slice(from, Math.max(start, from)), rest);
        from = Math.min(end, text.length);
    }
    return parts.length === 0 ? text : parts.join('') + text.slice(from);
}
/** A secret as it may be shown. */
function hideSecret(secret) {
    const shown = secret.length < SHORTEST_SHOWN ? '' : (/^[!-~]{2}/.exec(secret)?.[0] ?? '');
    return shown + signs(secret.slice(shown.length));
}
/** Of a shorter one, two characters would be a good part. */
const SHORTEST_SHOWN = 8;
function signs(text) {
    return text.replace(/[^\r\n]/gu, signFor);
}
// A character that takes two units of UTF-16 gives way to another such.
function signFor(character) {
    return character.length === 2 ? '\u{1f784}' : '*';
}

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
        return lex_closed('line-comment', start, next(lex_LINE_END, text, start));
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
const lex_LINE_END = /[\n\r]/g;
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
            at = next(lex_LINE_END, text, at);
    }
    return text[at] === "'" && next(lex_LINE_END, text, from) < at ? at + 1 : undefined;
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

;// CONCATENATED MODULE: ./build/sql/shown-text.js



/** A file's text as people may see it, its secrets hidden: what every excerpt is cut from. Positions are the file's. */
function shownText(file) {
    const { text, secrets = [] } = file;
    if (secrets.length === 0)
        return text;
    const known = shown_text_shown.get(file);
    if (known !== undefined)
        return known;
    const spans = secrets.map(({ span }) => span);
    const hidden = hideSecrets(text, spans.length < MOST_SECRETS ? spans : spans.concat(placesOf(text)));
    shown_text_shown.set(file, hidden);
    return hidden;
}
// One file has many findings.
const shown_text_shown = new WeakMap();
/** Wherever one more may stand that was not looked for. */
function placesOf(text) {
    const pieces = [];
    for (const { kind, start, end } of lexScript(text))
        if (HOLDS_TEXT.has(kind))
            pieces.push({ start, end });
    return pieces;
}
const HOLDS_TEXT = new Set([
    'string',
    'dollar-string',
    'quoted-name',
    'line-comment',
    'block-comment',
    'psql-command',
    'copy-rows',
]);

;// CONCATENATED MODULE: ./build/executors/sql/not-recorded.js





/**
 * Why a record of ours could not be written, told so that nobody looks for it in the file. A check of ours that raised
 * speaks for itself.
 *
 * @param what a clause: what is so nevertheless
 */
function not_recorded_notRecorded(failure, what) {
    if (isLoss(failure) || failure.code.startsWith('DF'))
        return failure;
    return {
        hint: 'Nothing of the file need be mended: run again.',
        ...failure,
        message: `${what}: ${failure.message}`,
    };
}
/** The same, of a statement that is done, by its index in the file. */
function doneNotRecorded(failure, { file, statements = [] }, index) {
    const what = `statement ${index + 1} of ${statements.length} is done, and that could not be recorded`;
    const told = not_recorded_notRecorded(failure, what);
    const statement = statements[index];
    if (told === failure || !statement)
        return told;
    const position = positionOf(file.text, statement.span);
    const ask = statement.trace
        ? ''
        : ` Should the next run ask what became of it: it is done. ${SAY_WHAT_BECAME}`;
    return {
        ...told,
        hint: `Nothing of the file need be mended: run again, and it goes on behind that statement.${ask}`,
        position,
        excerpt: excerpt(shownText(file), position),
        statement: index + 1,
    };
}

;// CONCATENATED MODULE: ./build/executors/sql/keep-journal.js






/** A journal as the row takes it. */
function recorded(journal) {
    return { statementsDone: journal.done, journal: renderJournal(journal) };
}
/**
 * SQL that records how far a file came, with what the session is set to, for a transaction of whatever was done, in whatever
 * encoding the file has set. After `keepSession`.
 */
function journalSql(work, migration, journal) {
    const { session: _, unsettled: __, ...bare } = journal;
    const text = journal_text_renderJournal(bare);
    const reached = { statementsDone: bare.done, journal: bare.done > 0 ? placeSession(text) : text };
    return inAnyEncoding(work.bookkeeping.progress(record_recordOf(work, migration), reached));
}
/** Records that a statement begins, in a transaction of its own. */
async function keepJournal(work, migration, journal) {
    const failure = failureOf(await sendJournal(work, migration, journal));
    const statement = `statement ${journal.done + 1} of ${migration.statements?.length}`;
    return failure && notRecorded(failure, `that ${statement} begins could not be recorded, so it was not sent`);
}
/** Records how far a file came, in a transaction of its own, with what the session is set to in the journal. */
async function keepProgress(work, migration, journal) {
    const reply = await sendJournal(work, migration, journal);
    const failure = failureOf(reply);
    if (failure)
        return { journal, failure: doneNotRecorded(failure, migration, journal.done - 1) };
    const { session: _, unsettled: __, ...bare } = journal;
    const session = readSession(reply);
    return { journal: { ...bare, ...(session ? { session } : {}) } };
}
function sendJournal(work, migration, journal) {
    return sendOwn(work, migration, journalSql(work, migration, journal), keepSession());
}
/** The error of a message of ours, which has no place in the file. */
function failureOf({ error, blockers = [] }) {
    if (!error)
        return undefined;
    const failure = { code: error.code, message: error.message, ...endedAt(error) };
    return blockers.length > 0 ? { ...failure, blockers } : failure;
}

;// CONCATENATED MODULE: ./build/executors/sql/find-builder.js

/**
 * Looks whether another session builds an index on a table of those that are to be dropped. The two would wait for each
 * other, and the server would end one of them: maybe the other's, which is none of ours.
 *
 * @param takes the numbers of the indexes
 * @returns what stands against dropping them
 */
async function findBuilder({ session }, takes = []) {
    if (takes.length === 0)
        return undefined;
    const reply = await session.send(builderOn(takes));
    const [pid, index] = reply.results[0]?.rows[0] ?? [];
    if (!pid)
        return failureOf(reply);
    return {
        code: BUSY,
        message: `${index} is to be dropped first, which an earlier run left; but process ${pid} builds an index on its table just now, and one of the two would end in a deadlock`,
        hint: `Wait until it has built that, then run again. This shows how far it is: select * from pg_stat_progress_create_index where pid = ${pid}`,
    };
}
/** As for a lock that is not to be had: it may be tried again. */
const BUSY = '55P03';
/** By the lock: which table it is, the view of the progress shows only to whom it may show other roles' sessions. */
function builderOn(takes) {
    return `SELECT p.pid, i.indexrelid::pg_catalog.regclass FROM pg_catalog.pg_stat_progress_create_index p
JOIN pg_catalog.pg_locks l ON l.pid = p.pid AND l.locktype = 'relation' AND l.granted
  AND l.mode = 'ShareUpdateExclusiveLock'
JOIN pg_catalog.pg_database d ON d.oid = l.database AND d.datname = pg_catalog.current_database()
JOIN pg_catalog.pg_index i ON i.indrelid = l.relation
WHERE p.pid <> pg_catalog.pg_backend_pid() AND i.indexrelid IN (${takes.join(', ')}) LIMIT 1`;
}

;// CONCATENATED MODULE: ./build/executors/sql/wait-without-limit.js
/**
 * Whether a concurrent statement, and what settles it, waits for locks as long as it takes: an index would be left INVALID
 * by a timeout. A partition that is being detached is not: whoever reads it waits behind, and it can be ended at any time.
 */
function mustOutwaitLocks({ kind }) {
    return kind === 'builds-index' || kind === 'drops-index' || kind === 'reindexes';
}
/**
 * Lets what follows wait for locks as long as it takes: a concurrent build, or the dropping of an index, that runs into a
 * lock timeout leaves the index INVALID.
 *
 * @returns SQL that sets the session's limit back: the file's own, where it set one
 */
async function waitWithoutLimit({ session }) {
    const reply = await session.send(`SELECT pg_catalog.current_setting('lock_timeout');\nSET lock_timeout = 0;`);
    return `SET lock_timeout = '${reply.results[0]?.rows[0]?.[0] ?? '0'}';`;
}

;// CONCATENATED MODULE: ./build/sql/shortest-lock-timeout.js
/**
 * The shortest `lock_timeout` of several, in milliseconds; 0: there is none.
 *
 * @param limits 0 and undefined: none
 */
function shortestLockTimeout(limits) {
    const set = limits.flatMap((ms) => (ms ? [ms] : []));
    return set.reduce((shortest, ms) => Math.min(shortest, ms), set[0] ?? 0);
}

;// CONCATENATED MODULE: ./build/executors/sql/watched-lock-timeout.js


/**
 * The shortest `lock_timeout` that may hold while migrations are worked on, in milliseconds: what they run with, and what
 * they set themselves. 0: none. Who is in their way is looked for before it runs out.
 */
function watchedLockTimeout(work, migrations) {
    return shortestLockTimeout(migrations.flatMap((migration) => [timeoutsOf(work, migration).lockMs, migration.ownLockMs]));
}

;// CONCATENATED MODULE: ./build/executors/sql/send-settling.js








/** Sends them one after the other, each again while it only fails to get a lock, or somebody builds an index there. */
async function sendSettling(work, settling) {
    if (settling.statements.length === 0)
        return undefined;
    const limit = mustOutwaitLocks(settling.trace) ? await waitWithoutLimit(work) : undefined;
    const failure = await sendEach(work, settling, limit === undefined);
    if (limit !== undefined && !(failure && isLoss(failure)))
        await work.session.send(limit);
    return failure;
}
async function sendEach(work, settling, isLimited) {
    const { migration, statements, takes, tries } = settling;
    const lockMs = isLimited ? watchedLockTimeout(work, [migration]) : 0;
    for (const sql of statements) {
        let failure;
        do {
            const cancelled = cancelledBetween(work);
            if (cancelled)
                return cancelled;
            failure = (await findBuilder(work, takes)) ?? (await sendOne(work, sql, lockMs));
        } while (failure && tries && (await waitToRetry(work, migration, failure, tries)));
        if (failure)
            return failure;
    }
    return undefined;
}
async function sendOne(work, sql, lockMs) {
    const { reply, blockers } = await send(work, sql, { lockMs });
    const failure = failureOf(reply);
    if (!failure)
        return undefined;
    return {
        ...failure,
        message: `${failure.message} (in ${sql})`,
        ...(blockers.length > 0 ? { blockers } : {}),
    };
}

;// CONCATENATED MODULE: ./build/executors/sql/settle-started.js








/**
 * Decides about the statement that an earlier run began: takes away what it left, counts it as done, or leaves it to be
 * run again, by what the catalog shows. It is judged as it was then, whatever the file holds in its place by now, and
 * before anything of the file runs.
 *
 * @param tries of what it sends, where that is to be tried again here
 */
async function settleStarted(work, migration, journal, tries) {
    const { started, ...reached } = journal;
    const { done } = reached;
    const open = { journal: reached };
    const now = migration.statements?.[done];
    const isSame = now !== undefined && digestStatement(migration, now) === started?.digest;
    // A journal of an older version does not say what another statement would have left.
    const trace = (isSame ? now.trace : undefined) ?? started?.trace;
    if (!started || !trace)
        return open;
    const { found, moved, reply } = await lookUp(work, trace, started.before);
    const refused = reply && failureOf(reply);
    if (refused)
        return { journal, failure: refused };
    const { before, state, left } = started;
    const verdict = judge(trace, before, found, {
        failed: state === 'failed',
        ...(left ? { left } : {}),
        moved,
    });
    // Where the file asks for something else by now, it is enough that nothing is half done.
    if (verdict.so === 'unclear' && (isSame || trace.kind === 'builds-index'))
        return { journal, unclear: true, failure: unclear(migration, journal, isSame, { ...verdict, trace }) };
    const isMended = holds(migration, started, done, trace) && moved.length === 0;
    const halfDone = isMended ? undefined : findHalfDone(trace, before, [...found, ...moved]);
    if (halfDone)
        return { journal, failure: { code: 'DF007', ...halfDone } };
    const { first: statements, takes } = verdict;
    const failure = await sendSettling(work, { migration, trace, statements, takes, tries });
    if (failure)
        return { journal, failure: { ...failure, ...(isSame ? { statement: done + 1 } : {}) } };
    if (!isSame)
        return open;
    if (verdict.so === 'done')
        return finish(work, migration, journal);
    // It may be half dropped: the next try has to know what was whole before the first.
    return trace.kind === 'drops-index'
        ? { journal: { ...reached, started: { ...started, state: 'failed' } } }
        : open;
}
/** Whether the file still has the statement; a partition that is half detached can only be finished in its place. */
function holds(migration, { digest }, done, { kind }) {
    const left = (migration.statements ?? []).slice(done, kind === 'detaches' ? done + 1 : undefined);
    return left.some((statement) => digestStatement(migration, statement) === digest);
}
async function finish(work, migration, journal) {
    return keepProgress(work, migration, journalAt(migration, journal.done + 1, journal));
}
function unclear(migration, { done, started }, isSame, { trace, why = '' }) {
    const { file, statements = [] } = migration;
    const { span = { start: 0, end: 0 } } = statements[done] ?? {};
    const isBuild = trace.kind === 'builds-index';
    const failed = started?.state === 'failed';
    const what = isBuild ? 'which index it left' : 'whether it is to run again';
    const became = failed
        ? `failed, and ${what} can not be told`
        : 'was cut off, and whether it is done can not be told';
    const which = isSame
        ? `statement ${done + 1} of ${statements.length}`
        : `statement ${done + 1}, edited since,`;
    const look = isBuild
        ? `Look which index is its own. ${failed ? 'If one is INVALID, drop it. ' : ''}`
        : 'Give it its former name, or finish by hand what was to be done with it. ';
    return {
        code: 'DF007',
        message: `${which} ${became}: ${why}`,
        hint: `${look}${SAY_WHAT_BECAME}`,
        ...(isSame ? { position: positionOf(file.text, span), statement: done + 1 } : {}),
    };
}

;// CONCATENATED MODULE: ./build/executors/sql/settle-forgotten.js







/**
 * Takes away what an earlier run left of files that are not part of this one, or come later in it: a file that failed may be
 * renamed or deleted, and another one would be content with the index that it left. Sends nothing where no row tells of such.
 *
 * @param carriesOn whether what is left of a file of this run is settled when its turn comes. Else an index that it left
 *   is taken away here, and what it holds no more is settled as of a file that is gone
 * @returns what stands against it, before anything of this run is sent
 */
async function settleForgotten(work, carriesOn = true) {
    const inRun = keysOf(work.migrations.map(({ file }) => file.version));
    const later = keysOf(work.later ?? []);
    for (const record of work.goesBack ? [] : work.records) {
        const key = version_versionKey(record.version);
        const journal = record.status === 'failed' && record.journal ? parseJournal(record.journal) : undefined;
        if (journal?.started?.state !== 'failed')
            continue;
        const isOwn = inRun.has(key) && (carriesOn || isHeld(work, key, journal.started));
        if (isOwn && !isBefore(work, key, journal.started, carriesOn))
            continue;
        const { failure } = await settleStarted(work, withoutText(record), journal);
        const isElsewhere = isOwn || later.has(key) || isDroppedIn(work, journal.started);
        if (failure?.code === 'DF007' && isElsewhere)
            continue;
        if (failure)
            return settle_forgotten_stopped(record, failure, inRun.has(key));
        if (!inRun.has(key))
            await forget(work, record, journal.started, later.has(key));
    }
    return undefined;
}
/** Whether others of the run come before it, which could take what it left for their own; or it would itself. */
function isBefore({ migrations }, key, { trace }, carriesOn) {
    const [first] = migrations;
    const isFirst = first !== undefined && version_versionKey(first.file.version) === key;
    return !(isFirst && carriesOn) && (trace?.kind === 'builds-index' || trace?.kind === 'reindexes');
}
/** Whether the file still has the statement that failed. */
function isHeld({ migrations }, key, { digest }) {
    const migration = migrations.find(({ file }) => version_versionKey(file.version) === key);
    return migration?.statements?.some((one) => digestStatement(migration, one) === digest) ?? false;
}
function keysOf(versions) {
    return new Set(versions.map(version_versionKey));
}
/** Whether a file of the run drops the half dropped index all the same: it was renamed, or the statement was moved. */
function isDroppedIn({ migrations }, { trace, digest }) {
    if (trace?.kind !== 'drops-index')
        return false;
    return migrations.some((migration) => migration.statements?.some((statement) => digestStatement(migration, statement) === digest));
}
function settle_forgotten_stopped({ name }, failure, isInRun) {
    if (isLoss(failure))
        return { kind: 'lost', failure };
    const which = isInRun ? 'comes later' : 'is not part of this run';
    const message = `${failure.message} (that is ${name}, which failed then and ${which})`;
    return { kind: 'failed', failure: { ...failure, message }, state: 'failed' };
}
/** Its row need not be looked at again; but a file that is left for later has to know that its statement is done after all. */
async function forget(work, record, { trace, before, left }, isLater) {
    if (!trace)
        return;
    const { found, moved, reply } = await lookUp(work, trace, before);
    if (reply?.error)
        return;
    const verdict = judge(trace, before, found, { failed: true, ...(left ? { left } : {}), moved });
    if (verdict.so === 'again' || (verdict.so === 'done' && !isLater))
        await sendOwn(work, withoutText(record), work.bookkeeping.settled(record));
}
/** A file of which only the row is at hand: whatever it holds by now, it is not sent. */
function withoutText({ version, name, checksum }) {
    const file = {
        version,
        name,
        checksum,
        path: name,
        style: 'number',
        text: '',
        up: { start: 0, end: 0 },
        otherChecksums: [],
        directives: { noTransaction: false, timeouts: {} },
        dependsOn: [],
    };
    return { file, text: '', statements: [], mode: 'transaction' };
}

;// CONCATENATED MODULE: ./build/executors/supabase/choose-group.js

/**
 * The next files that can be pushed in one go: those with the same limits, as long as the CLI, which goes by the bytes of
 * their names, would take them in our order. One that is not atomic is pushed alone.
 */
function chooseGroup({ work, next }) {
    const [first, ...rest] = work.migrations.slice(next);
    const limits = limitsOf(work, first);
    const group = [first];
    for (const migration of first.mode === 'transaction' ? rest : []) {
        const { lockMs, statementMs } = limitsOf(work, migration);
        const isSame = lockMs === limits.lockMs && statementMs === limits.statementMs;
        const before = group[group.length - 1] ?? first;
        if (migration.mode !== 'transaction' || !isSame || !isInOrder(before, migration))
            break;
        group.push(migration);
    }
    return { migrations: group, ...limits };
}
/** A timeout of a concurrent build leaves an INVALID index. */
function limitsOf(work, migration) {
    const { lockMs, statementMs } = timeoutsOf(work, migration);
    return { lockMs: migration.mode === 'transaction' ? lockMs : 0, statementMs };
}
function isInOrder(before, after) {
    return Buffer.compare(Buffer.from(before.file.name), Buffer.from(after.file.name)) < 0;
}

;// CONCATENATED MODULE: ./build/executors/supabase/give-up.js


/** Records it in our tables and enters it; the CLI's table knows of no failures. @returns false: nothing follows */
async function giveUp(course, migration, { state, failure, journal }) {
    const { work } = course;
    const spentMs = Date.now() - triesOf(course, migration).begunAt;
    const told = await recordFailure(work, migration, cancelled(failure, work.signal), {
        status: state,
        executionTimeMs: spentMs,
        statementsDone: journal === undefined ? null : 0,
        ...(journal === undefined ? {} : { journal }),
    });
    course_enter(course, work.migrations.indexOf(migration), { state, failure: told, durationMs: spentMs });
    return false;
}
function cancelled(failure, signal) {
    if (!signal.aborted || failure.code !== 'supabase-ended')
        return failure;
    // As the server calls a statement that was asked to end, so that the history does too.
    return { ...failure, code: '57014', message: `cancelled by ${String(signal.reason)}: ${failure.message}` };
}

;// CONCATENATED MODULE: ./build/executors/supabase/most-losses.js
/** How many connections may be lost in a row before it is given up. */
const MOST_LOSSES = 3;

;// CONCATENATED MODULE: ./build/executors/supabase/make-tables.js


/**
 * Makes the tables, where they are not as they must be: a crash may have taken them. Once more where the connection is lost
 * meanwhile, or right after: it reads then whether they were made.
 */
async function makeTables(course) {
    for (let losses = 1; !(course.ensured && course.begun); losses++) {
        const failure = await course.work.ensureTables(course.work);
        if (failure) {
            const again = losses < MOST_LOSSES ? await connectAgain(course, failure.message) : undefined;
            if (!again)
                return failure;
        }
        else {
            course.ensured = true;
            course.begun = true;
        }
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/executors/supabase/find-backends.js

/** The server's clock, as text that {@link findBackends} takes. Undefined where the connection is gone. */
async function readClock(session) {
    const reply = await session.send('SELECT pg_catalog.clock_timestamp()::pg_catalog.text');
    return reply.results[0]?.rows[0]?.[0] ?? undefined;
}
/**
 * The server processes that work for a client like the CLI, begun since, of this database, user and address. Undefined where
 * it can not be found out.
 */
async function findBackends(session, { since, applicationName }) {
    const reply = await session.send(`SELECT a.pid FROM pg_catalog.pg_stat_activity a
WHERE a.datname = pg_catalog.current_database() AND a.usename = session_user AND a.pid <> pg_catalog.pg_backend_pid()
  AND a.backend_start >= ${identifier_quoteLiteral(since)}::pg_catalog.timestamptz
  AND a.client_addr IS NOT DISTINCT FROM pg_catalog.inet_client_addr()
  AND a.application_name IN (${[applicationName, ...OWN_NAMES].map(identifier_quoteLiteral).join(', ')})`);
    if (reply.error)
        return undefined;
    return reply.results[0]?.rows.map(([pid]) => Number(pid));
}
const OWN_NAMES = ['@effect/sql-pg', 'supabase'];

;// CONCATENATED MODULE: ./build/executors/sql/find-invalid-index.js

/**
 * Looks whether a statement that was to build an index concurrently left an INVALID one, or was content with one:
 * `IF NOT EXISTS` is satisfied by the INVALID index of an earlier failure, and recording that as applied would be wrong.
 *
 * @param now the catalog after the statement, as `lookUp` tells it
 */
function findInvalidIndex(trace, before, now) {
    if (trace?.kind !== 'builds-index')
        return undefined;
    const fresh = freshOf(before, now);
    const own = fresh.map(parseIndex).findLast(({ valid }) => !valid);
    if (own)
        return { name: own.name, own: true };
    // Without a name it has built another; whatever else is INVALID on the table is not of its making.
    const other = trace.index === undefined ? undefined : now.map(parseIndex).find(({ valid }) => !valid);
    return other && { name: other.name, own: false };
}

;// CONCATENATED MODULE: ./build/executors/supabase/find-invalid.js



/**
 * The name of an INVALID index that stands where a statement of the file builds one concurrently, if there is one; or why
 * that can not be told.
 */
async function findInvalid(work, { statements = [] }) {
    for (const { trace } of statements) {
        if (trace?.kind !== 'builds-index' || trace.index === undefined)
            continue;
        const { found, reply } = await lookUp(work, trace);
        const failure = reply && failureOf(reply);
        if (failure)
            return { failure };
        const invalid = findInvalidIndex(trace, found, found);
        if (invalid)
            return { name: invalid.name };
    }
    return {};
}

;// CONCATENATED MODULE: ./build/executors/sql/tell-left.js


/**
 * A failure that says what its statement left and what becomes of that, wherever the catalog is another than before it:
 * what runs outside a transaction is not rolled back.
 */
function tellLeft(failure, { trace, before, now, isCancelled = false }) {
    const told = now ? hintOf(trace, before, now, isCancelled) : UNSEEN;
    if (!told)
        return failure;
    const { hint, isLeft } = told;
    return {
        ...failure,
        hint: failure.hint ? `${failure.hint} ${hint}` : hint,
        ...(isLeft ? { left: true } : {}),
    };
}
/** A failure to settle what an earlier run left: that is there still, or may be. */
function stillLeft(failure) {
    return { ...failure, hint: failure.hint ?? STILL, left: true };
}
const STILL = 'What its statement left in an earlier run may be there still: the next run settles it first.';
const UNSEEN = {
    hint: 'What it left could not be read in the catalog: the next run looks first, and settles it.',
    isLeft: true,
};
function hintOf(trace, before, now, isCancelled) {
    switch (trace.kind) {
        case 'builds-index': {
            const invalid = findInvalidIndex(trace, before, now);
            return invalid && ofBuild(invalid, judge(trace, before, now).so === 'again', isCancelled);
        }
        case 'drops-index':
            return ofDrop(before, now);
        case 'reindexes': {
            const { first } = judge(trace, before, now);
            const hint = `It left INVALID indexes beside those it was to build anew. Run again: the next run begins with ${first.join(' ')}`;
            return first.length > 0 ? left(hint) : undefined;
        }
        case 'detaches':
            return ofDetach(trace, before, now);
        case 'creates':
            return freshOf(before, now).length > 0
                ? left(`The ${trace.what} ${trace.name} is there all the same. Look whether it is as it is to be, and drop it or take the statement out; then run again.`)
                : undefined;
        case 'drops':
            return before.length > 0 && now.length === 0 ? left(GONE) : undefined;
        case 'repeatable':
            return undefined;
    }
}
function left(hint) {
    return { hint, isLeft: true };
}
const GONE = 'What it was to drop is gone all the same. Run again: the next run counts it as done.';
function ofBuild({ name, own }, isTaken, isCancelled) {
    if (!own) {
        const hint = `The index ${name} was INVALID before. If it is of no use, run DROP INDEX CONCURRENTLY ${name}; then run again.`;
        return { hint, isLeft: false };
    }
    const then = isTaken
        ? `${isCancelled ? 'Run' : 'Mend what made the build fail, then run'} again: the next run begins with DROP INDEX CONCURRENTLY ${name}, and builds it anew.`
        : `${isCancelled ? 'Run' : 'Mend what made the build fail, and run'} DROP INDEX CONCURRENTLY ${name}; then run again.`;
    return left(`It left the index ${name} INVALID. ${then}`);
}
function ofDrop([before = ''], now) {
    if (before === '')
        return undefined;
    if (now.length === 0)
        return left(GONE);
    const same = now
        .map((text) => ({ id: idOf(text), ...parseIndex(text) }))
        .find(({ id }) => id === idOf(before));
    if (!same || same.valid || !parseIndex(before).valid)
        return undefined;
    return left(`It left the index ${same.name} INVALID, half dropped: no query uses it. Run again: the next run drops it. To keep it, take the statement out of the file, and run REINDEX INDEX CONCURRENTLY ${same.name} first.`);
}
function ofDetach({ table, partition }, [before = ''], [now]) {
    if (before === '' || parseDetach(before).pending)
        return undefined;
    if (now === undefined)
        return left(`${partition} is detached all the same. Run again: the next run counts it as done.`);
    if (!parseDetach(now).pending)
        return undefined;
    return left(`It left ${partition} half detached: no query on ${table} sees its rows any more, and nothing but FINALIZE ends that. Run again: the next run begins with ALTER TABLE ${table} DETACH PARTITION ${partition} FINALIZE.`);
}

;// CONCATENATED MODULE: ./build/executors/supabase/journal-failed.js





/** Only of a statement that can leave something where it fails. */
async function lookBefore(work, migration) {
    const trace = migration.statements?.[0]?.trace;
    if (!trace || trace.kind === 'repeatable')
        return undefined;
    const { found, reply } = await lookUp(work, trace);
    const failure = reply && failureOf(reply);
    return failure ? { failure } : { found };
}
/**
 * The journal of a file whose first statement failed and left something: so the next run takes that away, whatever becomes
 * of the file until then. How far a file came the CLI does not tell, so of one that is done in part there is none.
 */
async function journalFailed(work, migration, before) {
    const [first] = migration.statements ?? [];
    const { trace } = first ?? {};
    if (!first || !trace || !before || 'failure' in before)
        return undefined;
    const { found, reply } = await lookUp(work, trace, before.found);
    if (!reply || reply.error)
        return undefined;
    const isLeft = tellLeft({ code: '', message: '' }, { trace, before: before.found, now: found }).left;
    const started = {
        digest: digestStatement(migration, first),
        state: 'failed',
        before: before.found,
        trace,
        left: freshOf(before.found, found),
    };
    return isLeft ? journal_text_renderJournal({ done: 0, digest: '', started }) : undefined;
}

;// CONCATENATED MODULE: ./build/sql/trim-space.js
/**
 * Where a text of SQL ends without the white space at its end, as the server's scanner knows white space. `trimEnd` and
 * `\s` know more of it than that: to the server a no-break space or U+3000 is a letter, and `t` followed by one is another
 * table.
 */
function trimmedEnd(text, end = text.length) {
    let at = end;
    while (at > 0 && SPACE.has(text[at - 1] ?? ''))
        at--;
    return at;
}
/** The text without the server's white space at both ends. */
function trimSpace(text) {
    let start = 0;
    while (SPACE.has(text[start] ?? ''))
        start++;
    return text.slice(start, Math.max(start, trimmedEnd(text)));
}
const SPACE = new Set([' ', '\t', '\n', '\r', '\f', '\v']);

;// CONCATENATED MODULE: ./build/sql/match-statements.js


/**
 * Whether statements that the Supabase CLI recorded are those of a file, whichever of its splitters cut them: one after the
 * other they stand in the text, and between them is nothing but white space, semicolons and comments. Line ends count as LF.
 */
function matchStatements(statements, text) {
    const file = asLf(text);
    let at = 0;
    for (const statement of statements) {
        const wanted = trimSpace(asLf(statement));
        const found = wanted === '' ? at : findNext(file, at, wanted);
        if (found < 0)
            return false;
        at = found + wanted.length;
    }
    return skipEmpty(file, at) === file.length;
}
/** Where it stands, unless something that runs stands before it. */
function findNext(file, from, wanted) {
    for (const { kind, start } of lex(file, from)) {
        // A statement has the comments before it, but maybe not in each version of the CLI.
        if (file.startsWith(wanted, start))
            return start;
        if (!EMPTY.has(kind))
            return -1;
    }
    return -1;
}
function skipEmpty(file, from) {
    for (const { kind, start } of lex(file, from))
        if (!EMPTY.has(kind))
            return start;
    return file.length;
}
const EMPTY = new Set(['space', 'line-comment', 'block-comment', 'semicolon']);
function asLf(text) {
    return text.replaceAll(/\r\n?/g, '\n');
}

;// CONCATENATED MODULE: ./build/executors/supabase/judge-push.js




function rowOf(rows, { file }) {
    return rows.find(({ version }) => version_versionKey(version) === version_versionKey(file.version));
}
/** Decides by the CLI's table what became of a file; by what the CLI said only why. */
async function judgePush(work, migration, { rows, pushed, isAnnounced }) {
    if (rows === undefined)
        return { state: 'unknown', failure: unknown(pushed, 'its table could not be read afterwards') };
    const row = rowOf(rows, migration);
    if (row)
        return judgeRow(work, migration, row);
    const { failure, backends } = pushed;
    if (backends === 'alive')
        return { state: 'unknown', failure: unknown(pushed, 'the server still works on it') };
    if (failure === undefined)
        return { state: 'unknown', failure: NOT_RECORDED };
    const isCut = failure.code === 'supabase-ended' || failure.code === 'connection-lost';
    const isDecided = backends === 'gone' && isAtomic(migration) && !hasOwnCommit(migration);
    if (isAnnounced && isCut && !isDecided)
        return { state: 'unknown', failure: unknown(pushed, 'it was cut off in the middle of it') };
    if (!isAnnounced || isAtomic(migration))
        return { state: 'failed', failure, again: true };
    return judgeHalf(work, migration, failure);
}
const NOT_RECORDED = {
    code: 'supabase-not-recorded',
    message: 'the Supabase CLI ended with exit code 0, but supabase_migrations.schema_migrations does not have it: a part of it may be done',
    hint: 'Look at what the file did. A COMMIT or ROLLBACK inside a file ends the transaction that was to record it.',
};
async function judgeRow(work, migration, { statements }) {
    if (statements !== null && !matchStatements(statements, migration.file.text))
        return {
            state: 'unknown',
            failure: {
                code: 'supabase-other-text',
                message: 'supabase_migrations.schema_migrations has this version with other statements than the file: somebody else pushed another file meanwhile',
            },
        };
    const { name: invalid, failure } = migration.mode === 'transaction' ? {} : await findInvalid(work, migration);
    if (failure)
        return { state: 'unknown', failure: unlooked(failure) };
    if (invalid === undefined)
        return { state: 'applied' };
    return {
        state: 'partial',
        failure: {
            code: 'supabase-invalid-index',
            message: `the Supabase CLI recorded it as applied, but its index ${invalid} is INVALID`,
            hint: `Run REINDEX INDEX CONCURRENTLY ${invalid}; then devflow db repair.`,
        },
    };
}
function unlooked({ code, message }) {
    return {
        code,
        message: `the Supabase CLI recorded it as applied, but whether its indexes are valid could not be read: ${message}`,
    };
}
/** Of a file that is not atomic everything before the failing statement stays. */
async function judgeHalf(work, migration, failure) {
    const { name: invalid } = await findInvalid(work, migration);
    const state = failure.statement === 1 ? 'failed' : 'partial';
    if (invalid === undefined)
        return { state, failure };
    const hint = state === 'failed'
        ? `Mend what made the build fail, then run again: the next run begins with DROP INDEX CONCURRENTLY ${invalid}.`
        : `Run DROP INDEX CONCURRENTLY ${invalid}; before it is tried again.`;
    return {
        state,
        failure: { ...failure, message: `${failure.message}; it left the INVALID index ${invalid}`, hint },
    };
}
/** Nothing of it stays where it fails. What a directive asks for is nothing to the CLI: it goes by the statements. */
function isAtomic({ mode, statements }) {
    if (statements === undefined)
        return mode === 'transaction';
    return statements.every(({ outside, control, commits }) => outside === undefined && control === undefined && !commits);
}
/** It commits by itself, and is recorded only afterwards. */
function hasOwnCommit({ file, text }) {
    if (text === file.text)
        return false;
    for (const { kind, start, end } of lex(file.text))
        if (kind === 'word')
            return /^(?:begin|start)$/i.test(file.text.slice(start, end));
    return false;
}
/** Of another code than a lost connection: by that, others would take it for rolled back. */
function unknown({ failure }, why) {
    const so = `what became of it is not known: ${why}`;
    if (failure === undefined)
        return { code: 'supabase-history', message: so };
    const code = failure.code === 'connection-lost' ? 'supabase-ended' : failure.code;
    return { ...failure, code, message: `${failure.message}; ${so}` };
}

;// CONCATENATED MODULE: ./build/executors/supabase/on-session.js


/** What is next is another migration than before: a crash took those before it, or history shows it to be applied. */
const ELSEWHERE = Symbol('elsewhere');
/**
 * Asks something on the session that holds the lock; where that is lost, once more on another, which took the lock again,
 * unless that shows that the run is elsewhere.
 *
 * @param ask its answer is undefined where there was none
 */
async function onSession(course, ask) {
    const { next } = course;
    const answer = await ask(course.work);
    if (answer !== undefined)
        return answer;
    const { error, state } = await course.work.session.send('SELECT 1');
    if (error === undefined && state !== 'lost')
        return undefined;
    const again = await connectAgain(course, 'the connection that holds the lock was lost');
    if (!again || (again.isTakenBack && ++course.takenBack > MOST_TAKEN_BACK))
        return undefined;
    if (await makeTables(course))
        return undefined;
    return course.next === next ? ask(course.work) : ELSEWHERE;
}
/** A server whose commits never wait for its disk may crash each time. */
const MOST_TAKEN_BACK = 3;

;// CONCATENATED MODULE: ./build/sql/place.js



/** Where in a file a finding is. */
function place(file, span) {
    const position = positionOf(file.text, span);
    return { file: file.path, position, excerpt: excerpt(file.text, position, shownText(file)) };
}

;// CONCATENATED MODULE: ./build/executors/supabase/place-failure.js


/**
 * Where in the file it failed, by the statement that the CLI printed: it counts statements in its own way. Only where just
 * one of the file begins with what it printed.
 */
function placeFailure({ statement: _, ...failure }, { file, statements = [] }, output) {
    const first = printedStatement(output);
    const found = statements.flatMap(({ span }, index) => first !== '' && file.text.slice(span.start, span.end).trimStart().startsWith(first)
        ? [{ span, index }]
        : []);
    const [only] = found;
    if (only === undefined || found.length > 1)
        return failure;
    const { position, excerpt } = place(file, only.span);
    return { ...failure, statement: only.index + 1, position, excerpt };
}
/** The first line of it that is no comment. */
function printedStatement(output) {
    const lines = (0,external_node_util_namespaceObject.stripVTControlCharacters)(output).split(/\r?\n/);
    const at = lines.findLastIndex((line) => /^At statement: \d+/.test(line));
    const printed = at < 0 ? [] : lines.slice(at + 1);
    return (printed.find((line) => line.trim() !== '' && !line.trim().startsWith('--')) ?? '').trim();
}

;// CONCATENATED MODULE: ./build/executors/supabase/semantics.js
function semanticsOf(version) {
    if (semantics_isBefore(version, '2.110.0'))
        return 'pipeline';
    return semantics_isBefore(version, '2.115.0') ? 'block' : 'split';
}
/** By numbers; what follows a `-` (a beta) counts as its release. */
function semantics_isBefore(version, other) {
    const [left, right] = [numbersOf(version), numbersOf(other)];
    const at = left.findIndex((number, index) => number !== right[index]);
    return at >= 0 && (left[at] ?? 0) < (right[at] ?? 0);
}
function numbersOf(version) {
    const { major, minor, patch } = /^v?(?<major>\d+)\.(?<minor>\d+)\.(?<patch>\d+)/.exec(version)?.groups ?? {};
    return [Number(major ?? 0), Number(minor ?? 0), Number(patch ?? 0)];
}

;// CONCATENATED MODULE: ./build/executors/supabase/push-command.js

/** The arguments of one `db push`. */
function pushCommand({ version }, target, { workdir, includeAll }) {
    return [
        'db',
        'push',
        // Releases from 3.0 on know both, and will lose the old name.
        semantics_isBefore(version, '3.0.0') ? '--db-url' : '--remote',
        urlOf(target),
        '--workdir',
        workdir,
        // Without a terminal some releases ask and take silence for yes, and others refuse.
        '--yes',
        ...(includeAll ? ['--include-all'] : []),
    ];
}
function urlOf({ host, port, user, database, sslMode, sslRootCert, options }) {
    const place = host.includes(':') ? `[${host}]` : host;
    const parameters = [
        ['sslmode', sslMode],
        ...(sslRootCert === undefined ? [] : [['sslrootcert', sslRootCert]]),
        ['connect_timeout', '20'],
        ...(options === '' ? [] : [['options', options]]),
    ];
    const query = parameters.map(([name = '', value = '']) => `${name}=${encodeURIComponent(value)}`).join('&');
    return `postgresql://${encodeURIComponent(user)}@${place}:${port}/${encodeURIComponent(database)}?${query}`;
}

;// CONCATENATED MODULE: ./build/executors/supabase/read-push-output.js


function readPushLine(line) {
    const text = (0,external_node_util_namespaceObject.stripVTControlCharacters)(line).trim();
    const name = /^Applying migration (.+)\.\.\.$/.exec(text)?.[1];
    if (name !== undefined)
        return { kind: 'applying', name };
    const [, severity, message] = /^(NOTICE|WARNING|INFO|LOG|DEBUG) \(\w{5}\): (.*)$/.exec(text) ?? [];
    return severity === undefined || message === undefined
        ? { kind: 'other' }
        : { kind: 'notice', severity, message };
}
/**
 * Why a push failed, by what it printed last. `statement` counts from 1, in the CLI's own cut of the file.
 * Its code is the server's, or `supabase-cli`.
 */
function readPushFailure(output, exitCode) {
    const lines = (0,external_node_util_namespaceObject.stripVTControlCharacters)(output)
        .split(/\r?\n/)
        .map((line) => line.trim());
    const at = lines.findLastIndex((line) => SERVER_ERROR.test(line));
    const [, said, code] = SERVER_ERROR.exec(lines[at] ?? '') ?? [];
    if (said === undefined || code === undefined)
        return { code: 'supabase-cli', message: unknownFailure(lines, exitCode) };
    const index = lines.slice(at).flatMap((line) => /^At statement: (\d+)$/.exec(line)?.[1] ?? [])[0];
    return {
        code,
        message: cutMessage(said),
        ...(index === undefined ? {} : { statement: Number(index) + 1 }),
    };
}
const SERVER_ERROR = /^(?:ERROR|FATAL|PANIC): (.*) \(SQLSTATE (\w{5})\)$/;
function unknownFailure(lines, exitCode) {
    const told = lines
        .filter((line) => line !== '' && !CHATTER.test(line))
        .slice(-MOST_LINES)
        .join(' ');
    const ended = exitCode === null ? 'was ended' : `ended with exit code ${exitCode}`;
    return told === '' ? `the Supabase CLI ${ended} and did not say why` : cutMessage(told, read_push_output_LONGEST);
}
/** What it prints whatever happens. */
const CHATTER = /^(?:Try rerunning|Applying migration|Connecting to|Do you want|\[Y\/n\]|\u2022|Target:|Confirmed by|Warning: --db-url|Finished|A new version|We recommend|posthog|.*\[Y\/n\] ?y?$)/i;
const MOST_LINES = 6;
const read_push_output_LONGEST = 2000;

;// CONCATENATED MODULE: ./build/executors/supabase/leash.js

/** A shell reads a pipe that only this process holds open. */
const leash_script = `
group=
while read -r line; do group=$line; done
if [ -n "$group" ]; then kill -KILL "-$group" 2>/dev/null; fi
`;
/**
 * Without it a Supabase CLI whose run was killed would go on with the next file, under nobody's lock. Where there is no
 * shell there is no leash.
 */
function openLeash() {
    const shell = (0,external_node_child_process_namespaceObject.spawn)('/bin/sh', ['-c', leash_script, 'devflow-leash'], {
        cwd: '/',
        detached: true,
        env: { PATH: '/usr/bin:/bin' },
        stdio: ['pipe', 'ignore', 'ignore'],
    });
    shell.on('error', () => { });
    shell.stdin.on('error', () => { });
    shell.unref();
    const pipe = shell.stdin;
    if ('unref' in pipe && typeof pipe.unref === 'function')
        pipe.unref();
    return {
        hold: (group) => void shell.stdin.write(`${group}\n`),
        letGo: () => void shell.stdin.end('\n'),
    };
}

;// CONCATENATED MODULE: ./build/executors/supabase/run-cli.js


/** What is kept of its output, in characters. A migration may raise a million notices. */
const KEPT = 64 * 1024;
/**
 * Starts it with an environment that is said whole and a closed standard input, in a process group of its own.
 *
 * @param onLine called with each line that it prints, as it is
 */
function runCli({ command: [program, ...first] }, args, options) {
    const leash = openLeash();
    const child = (0,external_node_child_process_namespaceObject.spawn)(program, [...first, ...args], {
        cwd: options.cwd,
        env: options.env,
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (child.pid !== undefined)
        leash.hold(child.pid);
    let output = '';
    let killed = false;
    for (const stream of [child.stdout, child.stderr])
        readLines(stream, (line) => {
            output = `${output}${line}\n`.slice(-KEPT);
            options.onLine(line);
        });
    const ended = new Promise((resolve) => {
        const end = (exitCode) => {
            leash.letGo();
            resolve({ exitCode, output, killed });
        };
        child.on('error', (error) => {
            output += `${error.message}\n`;
            end(null);
        });
        child.on('close', (code) => end(code));
    });
    const kill = () => {
        killed = true;
        if (child.pid === undefined || child.exitCode !== null)
            return;
        try {
            process.kill(-child.pid, 'SIGKILL');
        }
        catch {
            child.kill('SIGKILL');
        }
    };
    return { ended, kill };
}
/** Cut where a line is longer than anybody reads. */
function readLines(stream, onLine) {
    let rest = '';
    stream.setEncoding('utf8');
    stream.on('data', (data) => {
        const lines = `${rest}${data}`.split('\n');
        rest = (lines.pop() ?? '').slice(-LONGEST_LINE);
        for (const line of lines)
            onLine(line.slice(0, LONGEST_LINE));
    });
    stream.on('end', () => {
        if (rest !== '')
            onLine(rest);
    });
    stream.on('error', () => { });
}
const LONGEST_LINE = 8 * 1024;

;// CONCATENATED MODULE: ./build/executors/supabase/until-ended.js

const PATIENCE = { silentMs: 60_000, lookEveryMs: 1_000 };
/**
 * Waits for a CLI to end, and ends it where it hangs, on a name server or a server that never answers, or where it works
 * under nobody's lock.
 */
async function untilEnded(cli, { find, holdsLock, heardAt }, { silentMs, lookEveryMs } = PATIENCE) {
    const ended = cli.ended.then(() => 'ended');
    for (;;) {
        if (await isOver(ended, lookEveryMs))
            return 'ended';
        const held = await Promise.race([ended, holdsLock()]);
        if (held === 'ended')
            return 'ended';
        if (!held)
            return end(cli, 'unlocked');
        if (Date.now() - heardAt() < silentMs)
            continue;
        const backends = await find();
        if (backends?.length === 0)
            return end(cli, 'silent');
    }
}
function end(cli, why) {
    cli.kill();
    return why;
}
async function isOver(ended, withinMs) {
    const timer = new AbortController();
    const pause = (0,external_node_timers_promises_namespaceObject.setTimeout)(withinMs, false, { signal: timer.signal }).catch(() => false);
    const over = await Promise.race([ended.then(() => true), pause]);
    timer.abort();
    return over;
}

;// CONCATENATED MODULE: ./build/executors/supabase/until-gone.js

/** The server looks for its client each second. */
const GONE_WITHIN_MS = 15_000;
const CANCELLED_WITHIN_MS = 2_000;
/** Where nobody can look any more: time for the server to see it. */
const UNSEEN_WITHIN_MS = 3_000;
const PAUSE_MS = 100;
/** What was cut off may go on on the server until that sees that nobody listens. */
async function untilGone(find, { pooled, signal }) {
    if (pooled)
        return 'unseen';
    const started = Date.now();
    for (;;) {
        const backends = await find();
        if (backends?.length === 0)
            return 'gone';
        const waited = Date.now() - started;
        if (backends === undefined && waited > UNSEEN_WITHIN_MS)
            return 'unseen';
        if (waited > (signal.aborted ? CANCELLED_WITHIN_MS : GONE_WITHIN_MS))
            return backends === undefined ? 'unseen' : 'alive';
        await (0,external_node_timers_promises_namespaceObject.setTimeout)(PAUSE_MS);
    }
}

;// CONCATENATED MODULE: ./build/executors/supabase/push.js








/** Starts the CLI and stays with it until it, and what it started on the server, has ended. */
async function push(course, supervision, group, { since, includeAll, onApplying }) {
    const { signal } = course.work;
    const heard = listen(course, supervision, group, onApplying);
    const cli = start(supervision, group, includeAll, heard.hear);
    const kill = () => cli.kill();
    if (signal.aborted)
        kill();
    signal.addEventListener('abort', kill, { once: true });
    const ask = inTurn();
    const asked = { since, applicationName: supervision.applicationName };
    const find = () => ask(() => findBackends(course.work.session, asked));
    const blockers = watchIt(course, group, cli, heard.firstFile, find).catch(() => []);
    const pooled = supervision.optionsFor === undefined;
    // Through a pooler nobody can tell which server process is whose.
    const ending = await untilEnded(cli, {
        find: pooled ? async () => undefined : find,
        holdsLock: () => ask(() => holdsLock(course)),
        heardAt: heard.lastAt,
    });
    signal.removeEventListener('abort', kill);
    const { exitCode, output, killed } = await cli.ended;
    const endedAt = Date.now();
    const failure = exitCode === 0 ? undefined : push_explain(supervision.redact(output), exitCode, { killed, ending });
    const migration = heard.current();
    const placed = failure && migration ? placeFailure(failure, migration, output) : failure;
    const broken = heard.broken();
    const isCut = failure !== undefined && isCutOff(failure);
    return {
        ...(placed ? { failure: withBlockers(placed, await blockers) } : {}),
        ...(broken ? { broken } : {}),
        durations: group.migrations.map((_, index) => durationOf(heard.begun, index, endedAt)),
        backends: isCut ? await untilGone(find, { pooled, signal }) : 'gone',
    };
}
/** One question at a time on the session that holds the lock. */
function inTurn() {
    let last = Promise.resolve();
    return (ask) => {
        const answer = last.then(ask);
        last = answer.catch(() => { });
        return answer;
    };
}
async function holdsLock({ work }) {
    const { error } = await work.session.send(work.bookkeeping.lockHeld);
    return error === undefined;
}
function listen({ work: { observe } }, { redact }, { migrations }, onApplying) {
    const begun = new Map();
    let lastAt = Date.now();
    let broken;
    let announce = () => { };
    const firstFile = new Promise((resolve) => {
        announce = resolve;
    });
    const tell = (line) => {
        const said = readPushLine(line);
        if (said.kind === 'notice')
            observe({ ...said, message: redact(said.message) });
        if (said.kind !== 'applying')
            return;
        const index = migrations.findIndex(({ file }) => file.name === said.name);
        if (index < 0)
            return;
        begun.set(index, Date.now());
        announce();
        onApplying(index);
    };
    return {
        begun,
        firstFile,
        lastAt: () => lastAt,
        current: () => migrations[[...begun.keys()].at(-1) ?? -1],
        broken: () => broken,
        hear: (line) => {
            lastAt = Date.now();
            // It comes from the stream's own events, where nobody catches: told once it is known what was applied.
            try {
                tell(line);
            }
            catch (error) {
                broken ??= { error };
            }
        },
    };
}
function start({ cli, target, optionsFor, environment, folder }, limits, includeAll, onLine) {
    const options = [target.options, optionsFor?.(limits) ?? ''].filter(Boolean).join(' ');
    const args = pushCommand(cli, { ...target, options }, { workdir: folder, includeAll });
    return runCli(cli, args, { env: environment, cwd: folder, onLine });
}
/** Looks at what its server process waits for, once it is known which one that is. */
async function watchIt({ work }, { migrations, lockMs: given }, cli, firstFile, find) {
    const ended = cli.ended.then(asReply);
    if ((await Promise.race([firstFile, ended])) !== undefined)
        return [];
    const backends = await find();
    const [backend] = backends ?? [];
    if (backend === undefined || backends?.length !== 1)
        return [];
    const lockMs = shortestLockTimeout([given, ...migrations.map(({ ownLockMs }) => ownLockMs)]);
    return (await work.watch.during(backend, lockMs, () => ended)).blockers;
}
function asReply({ output }) {
    const { code, message } = readPushFailure(output, null);
    return { results: [], completed: 0, state: 'I', error: { code, message, fatal: false } };
}
function push_explain(output, exitCode, { killed, ending }) {
    if (ending === 'unlocked')
        return {
            code: 'connection-lost',
            message: 'the lock of this run was lost while the Supabase CLI worked, and the CLI was ended',
        };
    if (ending === 'silent')
        return {
            code: 'supabase-ended',
            message: `the Supabase CLI said nothing for ${PATIENCE.silentMs / 1000} s while the server did nothing for it, and was ended`,
        };
    const said = readPushFailure(output, exitCode);
    if (killed)
        return { code: 'supabase-ended', message: 'the Supabase CLI was ended' };
    if (said.code === 'supabase-cli' && exitCode === null && !LOSS.test(said.message))
        return { ...said, code: 'supabase-ended' };
    return LOST_CODE.test(said.code) || (said.code === 'supabase-cli' && LOSS.test(said.message))
        ? { ...said, code: 'connection-lost' }
        : said;
}
const LOST_CODE = /^(?:57P0[123]|08\w{3})$/;
const LOSS = /unexpected EOF|ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|connection (?:reset|terminated|closed|refused)|terminating connection|broken pipe|closed the connection|conn closed/i;
function isCutOff({ code }) {
    return code === 'supabase-ended' || code === 'connection-lost' || code === 'supabase-cli';
}
function withBlockers(failure, blockers) {
    return failure.code === '55P03' && blockers.length > 0 ? { ...failure, blockers } : failure;
}
function durationOf(begun, index, endedAt) {
    const from = begun.get(index);
    return from === undefined ? undefined : (begun.get(index + 1) ?? endedAt) - from;
}

;// CONCATENATED MODULE: ./build/executors/supabase/record-applied.js


/** Records in our tables what the CLI's table shows as applied, with its event, in one transaction. Tells why it could not. */
async function recordApplied(course, { backdate }, migration, durationMs) {
    const sent = await onSession(course, async (work) => {
        const { bookkeeping } = work;
        const record = record_recordOf(work, migration);
        // The row of one that is not atomic may be there as begun, and is begun again.
        const statements = [
            bookkeeping.start(record),
            backdate(migration, durationMs),
            bookkeeping.complete(record),
        ];
        const reply = await sendOwn(work, migration, statements.join('\n'));
        return reply.state === 'lost' ? undefined : reply;
    });
    if (sent === ELSEWHERE)
        return ELSEWHERE;
    if (sent !== undefined && sent.error === undefined)
        return undefined;
    return {
        // No lost connection to those who ask what became of the file: that is known.
        code: 'supabase-record',
        message: `the Supabase CLI has applied and recorded it, but our own record could not be written: ${sent?.error?.message ?? 'the connection was lost'}`,
        hint: 'Run again: the next run takes it over from supabase_migrations.schema_migrations.',
    };
}

;// CONCATENATED MODULE: ./build/executors/supabase/stage-folder.js


/**
 * Writes a project that holds just what is to be pushed, as it was read and judged, whatever the repository's folder is by
 * now. What is applied stands there by its version alone: the CLI compares nothing else. The repository's `config.toml` is
 * not there, so nothing but migrations is pushed.
 *
 * @param folder absolute; what is in it is deleted
 */
async function stageFolder(folder, migrations, applied) {
    const place = (0,external_node_path_namespaceObject.join)(folder, 'supabase', 'migrations');
    await (0,promises_namespaceObject.rm)(folder, { recursive: true, force: true });
    await (0,promises_namespaceObject.mkdir)(place, { recursive: true, mode: 0o700 });
    for (const { version } of applied)
        if (/^[0-9]{1,200}$/.test(version))
            await (0,promises_namespaceObject.writeFile)((0,external_node_path_namespaceObject.join)(place, `${version}_applied.sql`), '');
    // No name of a migration that is staged has a slash: `find-unsupported.ts`.
    for (const { file } of migrations)
        await (0,promises_namespaceObject.writeFile)((0,external_node_path_namespaceObject.join)(place, file.name), file.text, { mode: 0o600 });
}

;// CONCATENATED MODULE: ./build/executors/supabase/push-group.js















/** Pushes some files and settles what became of each. @returns whether what comes next may follow */
async function pushGroup(course, supervision, group) {
    const [first] = group.migrations;
    for (const migration of group.migrations)
        triesOf(course, migration);
    const before = await onSession(course, ({ session }) => supervision.readRows(session));
    if (before === ELSEWHERE)
        return true;
    if (before === undefined)
        return notBegun(course, first, UNREADABLE);
    const since = await onSession(course, ({ session }) => readClock(session));
    if (since === ELSEWHERE)
        return true;
    if (since === undefined)
        return notBegun(course, first, UNREADABLE);
    course.work.sent?.(course.next, group.migrations.length);
    const ready = await prepareSafely(course, group, before);
    if (ready === ELSEWHERE)
        return true;
    if (ready.failure !== undefined)
        return giveUp(course, first, { state: 'failed', failure: ready.failure });
    // One that is not atomic is recorded as begun by now.
    if (course.work.signal.aborted && first.mode === 'transaction')
        return false;
    await stageFolder(supervision.folder, group.migrations, before);
    const includeAll = sortsBefore(group, before);
    const pushed = await push(course, supervision, group, {
        since,
        includeAll,
        onApplying: (index) => announce(course, course.next + index),
    });
    const looked = await lookAgain(course, supervision, pushed, since);
    const goesOn = await settle(course, supervision, group, looked, ready.found);
    if (pushed.broken)
        throw pushed.broken.error;
    return goesOn;
}
/** Where the run was asked to end, that is why: what was not begun is not run. */
async function notBegun(course, first, failure) {
    return course.work.signal.aborted ? false : giveUp(course, first, { state: 'failed', failure });
}
const UNREADABLE = {
    code: 'supabase-history',
    message: 'supabase_migrations.schema_migrations can not be read, so nothing was pushed',
};
/** Once more where the connection is lost meanwhile: none of it does harm twice. */
async function prepareSafely(course, group, before) {
    let ready = {};
    const answer = await onSession(course, async () => {
        ready = await prepare(course, group, before);
        return ready.failure && isLoss(ready.failure) ? undefined : ready;
    });
    if (answer === ELSEWHERE)
        return ELSEWHERE;
    return ready.failure ? { failure: asLoss(ready.failure) } : ready;
}
/** What a file that is not atomic needs before: no INVALID index in its way, and a record that outlives this run. */
async function prepare(course, { migrations: [first] }, before) {
    if (first.mode === 'transaction' || rowOf(before, first))
        return {};
    const { name: invalid, failure: unread } = await findInvalid(course.work, first);
    const found = await lookBefore(course.work, first);
    const failure = unread ?? (found && 'failure' in found ? found.failure : undefined);
    if (failure) {
        const message = `whether its indexes are valid can not be read, so it was not begun: ${failure.message}`;
        return { failure: { ...failure, message } };
    }
    if (invalid !== undefined)
        return { failure: inTheWay(invalid, first) };
    const { error } = await sendOwn(course.work, first, course.work.bookkeeping.start(record_recordOf(course.work, first)));
    if (!error)
        return { found };
    return {
        failure: { code: error.code, message: `it can not be recorded, so it was not begun: ${error.message}` },
    };
}
function inTheWay(invalid, { file }) {
    return {
        code: 'supabase-invalid-index',
        message: `the index ${invalid} is INVALID, left by a concurrent build that failed, and the Supabase CLI would record ${file.name} over it`,
        hint: `Run DROP INDEX CONCURRENTLY ${invalid}; and run again.`,
    };
}
/** Without being told so the CLI applies nothing that sorts before what is applied. Our plan has let it. */
function sortsBefore({ migrations: [first] }, before) {
    const version = first.file.version;
    return before.some((row) => row.version > version);
}
/** Where the connection that would have seen them was lost too, another sees whether they still work. */
async function lookAgain(course, { applicationName, optionsFor }, pushed, since) {
    const { signal } = course.work;
    const pooled = optionsFor === undefined;
    if (pushed.backends !== 'unseen' || pooled || signal.aborted)
        return pushed;
    await onSession(course, ({ session }) => readClock(session));
    const find = () => findBackends(course.work.session, { since, applicationName });
    return { ...pushed, backends: await untilGone(find, { pooled, signal }) };
}
async function settle(course, supervision, group, pushed, found) {
    const rows = await readAfter(course, supervision);
    for (const [index, migration] of group.migrations.entries()) {
        const at = course.work.migrations.indexOf(migration);
        // What history showed to be applied is entered.
        if (at < course.next)
            continue;
        const durationMs = pushed.durations[index] ?? 0;
        const isAnnounced = pushed.durations[index] !== undefined;
        const verdict = await judgePush(course.work, migration, { rows, pushed, isAnnounced });
        // A crash took what comes before it, and that is pushed again; what is there of this one, the CLI's table will tell.
        if (verdict.state === 'applied' && at > course.next)
            return true;
        if (verdict.state === 'applied') {
            const failure = await recordApplied(course, supervision, migration, durationMs);
            if (failure === ELSEWHERE && at < course.next)
                continue;
            if (failure === ELSEWHERE)
                return true;
            course_enter(course, at, failure ? { state: 'unknown', failure, durationMs } : { state: 'applied', durationMs });
            course.next++;
            course.losses = 0;
            if (failure)
                return false;
            continue;
        }
        if (verdict.again && (await mayTryAgain(course, migration, verdict.failure)))
            return true;
        const isWhole = verdict.state === 'failed' && migration.mode !== 'transaction';
        const journal = isWhole ? await journalFailed(course.work, migration, found) : undefined;
        return giveUp(course, migration, { ...verdict, journal });
    }
    return true;
}
/** The CLI's table, wherever the run is by now. */
async function readAfter(course, { readRows }) {
    const rows = await onSession(course, ({ session }) => readRows(session));
    return rows === ELSEWHERE ? readRows(course.work.session) : rows;
}
async function mayTryAgain(course, migration, failure) {
    const { work } = course;
    if (work.signal.aborted)
        return false;
    const tries = triesOf(course, migration);
    if (failure.code === 'connection-lost') {
        if (++course.losses >= MOST_LOSSES)
            return false;
        work.observe({ kind: 'reconnecting', reason: failure.message, attempt: course.losses });
        tries.count++;
        return true;
    }
    return waitToRetry(work, migration, failure, tries);
}

;// CONCATENATED MODULE: ./build/executors/supabase/apply.js









/**
 * The Supabase CLI as an executor: it applies, under the lock that our own session holds, and nothing that it says is
 * believed. What its table shows before and after decides what became of each file; ours, and the history, tell of it.
 */
function superviseSupabase(supervision) {
    return async (work) => {
        const course = beginCourse(work);
        const failure = await makeTables(course);
        if (failure)
            return giveUpAll(course, failure);
        let goesOn = await settleBefore(course);
        while (goesOn && course.next < work.migrations.length && !work.signal.aborted) {
            goesOn = await pushGroup(course, supervision, chooseGroup(course));
        }
        await recordSchemaNow(course);
        return course.outcomes;
    };
}
/** The CLI is content with whatever index is there: what files left that failed is taken away before any is pushed. */
async function settleBefore(course) {
    for (let losses = 1;; losses++) {
        const { work, next } = course;
        const first = work.migrations[next];
        const stop = first && !work.signal.aborted ? await settleForgotten(work, false) : undefined;
        if (!first || !stop || !('failure' in stop))
            return true;
        const again = stop.kind === 'lost' && losses < MOST_LOSSES
            ? await connectAgain(course, stop.failure.message)
            : undefined;
        // Nothing was begun.
        if (!again && work.signal.aborted)
            return false;
        if (!again)
            return giveUp(course, first, { state: 'failed', failure: stop.failure });
    }
}
function giveUpAll(course, failure) {
    const { work, next, outcomes } = course;
    if (!work.signal.aborted)
        course_enter(course, next, { state: 'failed', failure });
    return outcomes;
}

;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
;// CONCATENATED MODULE: ./build/executors/supabase/read-version.js
/** The version in what `supabase --version` prints: the number alone, or with a `v` or a word before it. */
function readVersion(printed) {
    return /(?:^|\s)v?(\d+\.\d+\.\d+(?:-[\w.]+)?)\s*$/m.exec(printed)?.[1];
}

;// CONCATENATED MODULE: ./build/executors/supabase/find-cli.js






const find_cli_run = (0,external_node_util_namespaceObject.promisify)(external_node_child_process_namespaceObject.execFile);
/**
 * The configured CLI, else the one that the project has installed, which its lock file pins, else the first on PATH. Starts
 * it once to ask for its version: no number in a file name or a manifest is believed.
 */
async function findCli(searched) {
    const path = await findPath(searched);
    if (path === undefined)
        return notFound(searched);
    const command = await commandOf(path);
    const [program, ...first] = command;
    try {
        const { stdout } = await find_cli_run(program, [...first, '--version'], {
            timeout: WITHIN_MS,
            env: QUIET,
            cwd: '/',
        });
        const version = readVersion(stdout);
        return version === undefined
            ? strange(path, 'it does not say which version it is')
            : { path, command, version };
    }
    catch (error) {
        return strange(path, `it can not be started (${error.code ?? 'no code'})`);
    }
}
const WITHIN_MS = 30_000;
/** Of this process's variables it gets none. */
const QUIET = {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    NO_COLOR: '1',
    SUPABASE_TELEMETRY_DISABLED: '1',
    HOME: '/nonexistent',
};
async function findPath({ configured, folder, path }) {
    const name = process.platform === 'win32' ? 'supabase.exe' : 'supabase';
    const places = configured === undefined
        ? [
            ...foldersAbove(folder).map((each) => (0,external_node_path_namespaceObject.join)(each, 'node_modules', '.bin', name)),
            // An entry that is relative means another program in each folder.
            ...path
                .split(external_node_path_namespaceObject.delimiter)
                .filter(external_node_path_namespaceObject.isAbsolute)
                .map((each) => (0,external_node_path_namespaceObject.join)(each, name)),
        ]
        : [configured];
    for (const place of places)
        if (await isProgram(place))
            return place;
    return undefined;
}
function foldersAbove(folder) {
    const above = (0,external_node_path_namespaceObject.dirname)(folder);
    return above === folder ? [folder] : [folder, ...foldersAbove(above)];
}
async function isProgram(path) {
    try {
        await (0,promises_namespaceObject.access)(path, external_node_fs_namespaceObject.constants.X_OK);
        return (await (0,promises_namespaceObject.stat)(path)).isFile();
    }
    catch {
        return false;
    }
}
/** What npm installs is a script for Node.js, which need not be on the PATH that it is started with. */
async function commandOf(path) {
    const real = await (0,promises_namespaceObject.realpath)(path);
    const file = await (0,promises_namespaceObject.open)(real);
    try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(80), 0, 80, 0);
        const isScript = /^#!.*\bnode\b/.test(buffer.toString('latin1', 0, bytesRead));
        return isScript ? [process.execPath, real] : [real];
    }
    finally {
        await file.close();
    }
}
function notFound({ configured }) {
    const message = configured === undefined
        ? 'The Supabase CLI is not here: there is none in node_modules/.bin of the working directory or of a folder above it, and none on PATH.'
        : `supabase-cli: ${configured} is no program that can be started.`;
    return {
        problem: {
            message,
            help: 'Install it in the job: npm install --save-dev supabase, or the action supabase/setup-cli; or name it in devflow.yml as database.migrations.supabase-cli. Or apply the files without it: format: sql.',
        },
    };
}
function strange(path, why) {
    return {
        problem: {
            message: `${path} is not used as the Supabase CLI: ${why}.`,
            help: 'Run it with --version, and install it again: npm install --save-dev supabase.',
        },
    };
}

;// CONCATENATED MODULE: ./build/model/supabase.js
/**
 * Version and name as the Supabase CLI takes them from a file's name. Undefined for names that it skips with a notice:
 * a file called so is never applied by it.
 */
function supabaseNameOf(fileName) {
    const { version, name } = /^(?<version>[0-9]+)_(?<name>.*)\.sql$/s.exec(fileName)?.groups ?? {};
    return version === undefined || name === undefined ? undefined : { version, name };
}

;// CONCATENATED MODULE: ./build/executors/supabase/find-unsupported.js




/**
 * What a Supabase CLI of a version would not apply as the rehearsal shows it: what it passes over, what it knows nothing of,
 * and what fails in the way that it sends a file. Found before anything is sent.
 *
 * @param oldest the pending file that no other file of the folder sorts before, by name
 */
function findUnsupported(migrations, version, oldest) {
    return migrations.flatMap((migration) => [
        ...refuseName(migration, oldest),
        ...refuseForm(migration, version),
        ...refuseStatements(migration, version),
    ]);
}
function refuseName({ file }, oldest) {
    const tell = (message, help) => [finding('supabase-cli-name', file.path, message, help)];
    if (supabaseNameOf(file.name) === undefined || file.name.includes('/'))
        return tell(`The Supabase CLI passes over ${file.name}: it applies only files whose name is digits, _ and a name.`, 'Rename it, for example 20260120103000_add_users.sql; or apply the folder without the CLI: format: sql.');
    const [, timestamp] = /(\d{14})_init\.sql/.exec(file.name) ?? [];
    if (file.name === oldest && timestamp !== undefined && timestamp < OLD_INIT)
        return tell(`The Supabase CLI passes over ${file.name}: the first file is taken for one of its own, from before 2021-12-09, when it is called so.`, 'Replace init in its name by another word.');
    return [];
}
const OLD_INIT = '20211209000000';
/** What this tool does to a text before it is sent, the CLI does not. */
function refuseForm({ file, placeholders = [], statements = [], pieces = [] }, version) {
    const tell = (span, message, help) => ({
        ...finding('supabase-cli-form', file.path, message, help),
        ...place(file, span),
    });
    const [placeholder] = placeholders;
    const copy = statements.find(({ copyData }) => copyData !== undefined);
    const rest = file.text.slice(file.up.end).trim();
    return [
        ...(placeholder
            ? [tell(placeholder, `\${${placeholder.name}} is not filled in by the Supabase CLI.`, SQL_INSTEAD)]
            : []),
        ...(copy || pieces.some(({ script }) => script)
            ? [
                tell(copy?.span ?? START, `The Supabase CLI ${version} can not send lines of COPY or of psql.`, 'Write INSERT statements. '.concat(SQL_INSTEAD)),
            ]
            : []),
        ...(rest === ''
            ? []
            : [
                tell({ start: file.up.end, end: file.up.end + 1 }, 'The Supabase CLI would run the down section too.', 'Move it into a file of its own, or delete it.'),
            ]),
    ];
}
const START = { start: 0, end: 0 };
const SQL_INSTEAD = 'Or apply the folder without the CLI: format: sql.';
function refuseStatements({ file, statements = [] }, version) {
    const semantics = semanticsOf(version);
    const found = [];
    const isInBlock = /^(?:begin|start)$/i.test(firstWord(file.text));
    statements.forEach((statement, index) => {
        const why = whyNot(statement, file.text.slice(statement.span.start, statement.span.end), {
            semantics,
            isFirst: index === 0,
            isInBlock,
        });
        if (why === undefined)
            return;
        found.push({
            ...finding('supabase-cli-statement', file.path, `The Supabase CLI ${version} can not apply this: ${why.why}.`, why.help),
            ...place(file, statement.span),
        });
    });
    return found.slice(0, MOST);
}
const MOST = 20;
function whyNot({ outside }, text, { semantics, isFirst, isInBlock }) {
    if (outside !== undefined && semantics === 'pipeline' && !isFirst)
        return {
            why: `it sends a file in one piece, in which ${outside} can only be the first statement`,
            help: 'Use 2.115.0 or newer, or write it first in a file of its own.',
        };
    if (outside !== undefined && semantics === 'block' && !SPLIT_OUT.test(outside))
        return { why: `it sends ${outside} inside a transaction`, help: 'Use 2.115.0 or newer.' };
    if (semantics !== 'block' && !isInBlock && NEEDS_BLOCK.test(text) && !/\bwith\s+hold\b/i.test(text))
        return {
            why: `it opens no transaction block, which ${firstWord(text).toUpperCase()} needs (25P01)`,
            help: 'Write BEGIN; before the first statement of the file and COMMIT; after the last.',
        };
    return undefined;
}
/** Those that releases from 2.110 to 2.114 send outside of their transaction. */
const SPLIT_OUT = /^(?:CREATE (?:UNIQUE )?INDEX|REINDEX|VACUUM)\b/i;
const NEEDS_BLOCK = /^(?:lock|declare)\b/i;
/** The first word that is no comment. */
function firstWord(text) {
    for (const { kind, start, end } of lex(text)) {
        if (kind === 'word')
            return text.slice(start, end);
        if (kind === 'other' || kind === 'string')
            return '';
    }
    return '';
}
function finding(rule, file, message, help) {
    return { rule, severity: 'error', file, message, help };
}

;// CONCATENATED MODULE: ./build/executors/supabase/judge-version.js

/** The releases that the tests run. */
const OLDEST_TRIED = '2.108.0';
const NEWEST_TRIED = '3.1.0';
/** Refuses versions that are known to do harm here, by name, and tells of what others can not do. */
function judgeVersion({ version, path }, tls) {
    const refused = REFUSED.find(({ from, until, onlyVerified }) => {
        const isIn = !semantics_isBefore(version, from) && semantics_isBefore(version, until);
        return isIn && (!onlyVerified || tls === 'verify-full');
    });
    if (refused)
        return {
            problem: {
                message: `The Supabase CLI ${version} (${path}) is not used: ${refused.why}.`,
                help: `Install ${refused.until} or newer: npm install --save-dev supabase@${NEWEST_TRIED}. Or apply the files without it: format: sql.`,
            },
            notes: [],
        };
    return {
        notes: NOTED.flatMap(({ from, until, note }) => (isIn(version, from, until) ? [note(version)] : [])),
    };
}
function isIn(version, from, until) {
    return !semantics_isBefore(version, from) && semantics_isBefore(version, until);
}
const REFUSED = [
    { from: '0.0.0', until: '2.0.0', why: 'nothing is known of how it applies files' },
    { from: '2.89.0', until: '2.92.0', why: 'it sends files in a form that servers refuse (42601)' },
    {
        from: '2.110.0',
        until: '2.117.0',
        onlyVerified: true,
        why: "it checks the certificate of a server, but not the name in it, and so is laxer than this run's own connection (verify-full)",
    },
];
const NEVER = '999999.0.0';
const NOTED = [
    {
        from: '0.0.0',
        until: OLDEST_TRIED,
        note: (version) => `The Supabase CLI ${version} is older than any that this tool is tested with (${OLDEST_TRIED} to ${NEWEST_TRIED}).`,
    },
    {
        from: '2.110.0',
        until: '2.111.0',
        note: (version) => `The Supabase CLI ${version} does not tell why a file failed; 2.111.0 and newer do.`,
    },
    {
        from: '4.0.0',
        until: NEVER,
        note: (version) => `The Supabase CLI ${version} is newer than any that this tool is tested with (${OLDEST_TRIED} to ${NEWEST_TRIED}).`,
    },
];

;// CONCATENATED MODULE: ./build/programs/supervise-supabase.js
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












/*
 * A bundle of its own, loaded only where format is supabase: it throws nothing that is told by its class.
 */
/** Looks for the CLI and asks what of the pending files it could not apply as they are rehearsed. */
async function planSupabase(run, migrations) {
    const { config, door, gathered } = run;
    const none = { findings: [], notes: [] };
    if (door.endpoint.host.startsWith('/'))
        return { ...none, problem: noSocket(config) };
    const found = await findCli(searchedBy(config));
    if ('problem' in found)
        return { ...none, problem: found.problem };
    clis.set(gathered, found);
    const verdict = judgeVersion(found, door.endpoint.tls);
    if (verdict.problem)
        return { ...none, problem: verdict.problem };
    const names = (gathered.files ?? []).map(({ name }) => name).sort(byBytes);
    return {
        findings: findUnsupported(migrations, found.version, names[0]),
        notes: [describe(found, config.base), ...verdict.notes, ...noteTimeouts(run)],
    };
}
/** Runs some work with an executor that supervises the CLI. What it needs of the disk is gone afterwards. */
async function withSupabase(run, work) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { config, door, known, gathered } = run;
        const cli = clis.get(gathered) ?? (await findCli(searchedBy(config)));
        if ('problem' in cli)
            return cli;
        const { user } = door.endpoint;
        const libpq = __addDisposableResource(env_1, await openLibpq({ url: door.url, user, access: config }), true);
        const { PGOPTIONS: _, HOME: home = '', ...environment } = libpq.environment;
        const { table } = trackingNames(known.target.tracking);
        const isDirect = known.backend === run.session.processId;
        return await work(superviseSupabase({
            cli,
            target: targetOf(run, environment),
            environment: { ...environment, ...supervise_supabase_QUIET, HOME: home, PGAPPNAME: APPLICATION },
            applicationName: APPLICATION,
            folder: (0,external_node_path_namespaceObject.join)(home, 'project'),
            ...(isDirect ? { optionsFor: optionsOf(run) } : {}),
            readRows,
            backdate: ({ file }, milliseconds) => `UPDATE ${table} SET applied_at = applied_at - interval '1 millisecond' * ${Math.max(0, Math.round(milliseconds))} WHERE version = ${identifier_quoteLiteral(file.version)};`,
            redact: config.redact,
        }));
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
}
/** Of a run: it is asked for its version once. */
const clis = new WeakMap();
const APPLICATION = 'devflow-migrate supabase';
const supervise_supabase_QUIET = {
    NO_COLOR: '1',
    TERM: 'dumb',
    SUPABASE_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
    CI: 'true',
};
function searchedBy({ directory, supabaseCli, variableOf }) {
    return {
        // The working directory is above it, or the folder of a project within.
        folder: directory,
        path: variableOf('PATH') ?? '',
        ...(supabaseCli === undefined ? {} : { configured: supabaseCli }),
    };
}
function targetOf({ config, door }, { PGSSLROOTCERT }) {
    const { host, port, user, database, tls } = door.endpoint;
    const { options = '' } = parseDatabaseUrl(door.url, config.databaseSource);
    return {
        host,
        port,
        user,
        database,
        sslMode: supervise_supabase_SSL_MODES[tls],
        ...(PGSSLROOTCERT === undefined ? {} : { sslRootCert: PGSSLROOTCERT }),
        options,
    };
}
/** As our own connection is, in libpq's words. */
const supervise_supabase_SSL_MODES = {
    'verify-full': 'verify-full',
    'off (private address)': 'disable',
    'off (sslmode=disable)': 'disable',
    'not verified (sslmode=no-verify)': 'require',
};
/** What RESET ALL, which the CLI sends before each file, goes back to. */
function optionsOf({ config, known }) {
    const { target, windows } = known;
    return ({ lockMs, statementMs }) => Object.entries({
        ...timeoutsFor({ ...config.timeouts, lockMs, statementMs }, target),
        // A CLI that was ended is noticed within a second, and what it left undone is rolled back.
        ...(windows ? {} : { client_connection_check_interval: 1000 }),
    })
        .map(([name, value]) => `-c ${name}=${value}`)
        .join(' ');
}
async function readRows(session) {
    const reply = await session.send(supabaseQuery());
    return reply.error ? undefined : (parseSupabase(reply) ?? []);
}
function describe({ version, path }, base) {
    const inside = (0,external_node_path_namespaceObject.relative)(base, path);
    const shown = inside.startsWith('..') ? path : inside;
    const how = {
        pipeline: 'sends each file with its record as one implicit transaction',
        block: 'sends each file with its record between BEGIN and COMMIT, and concurrent index builds outside of it',
        split: 'sends each file with its record as one implicit transaction, and what runs in none outside of it',
    }[semanticsOf(version)];
    return `The Supabase CLI ${version} (${shown}) applies, and ${how}. A rehearsal executes the files without it: its own dry run only lists their names.`;
}
/** Behind a pooler its connection takes no settings from us. */
function noteTimeouts({ known, session }) {
    if (known.backend === session.processId)
        return [];
    return [
        'Through a connection pooler the Supabase CLI gets no lock-timeout and no statement-timeout from this run: connect to PostgreSQL itself for that.',
    ];
}
function noSocket({ databaseSource }) {
    return {
        message: `The database URL in ${databaseSource} names a Unix socket, which the Supabase CLI can not connect to.`,
        help: 'Name the host and port of the server. Or apply the files without the CLI: format: sql.',
    };
}
function byBytes(left, right) {
    return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

var __webpack_exports__planSupabase = __webpack_exports__.C;
var __webpack_exports__withSupabase = __webpack_exports__.l;
export { __webpack_exports__planSupabase as planSupabase, __webpack_exports__withSupabase as withSupabase };
