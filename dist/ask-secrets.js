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
  $: () => (/* binding */ askSecrets)
});

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
    if (read(event.payload, ['workflow_run', 'event']) === 'pull_request_target')
        return { why: WITH_SECRETS, hasSecrets: true };
    const path = ['workflow_run', 'head_repository', 'full_name'];
    const why = foreignHead(event, path, 'The run that started this one');
    return why === undefined ? undefined : { why, hasSecrets: true };
}
/** A head that is not told is taken for a stranger's: GitHub tells none of a fork that was deleted. */
function foreignHead({ payload, repository }, path, what) {
    const head = read(payload, path);
    if (typeof head !== 'string')
        return `${what} does not tell which repository its code is from`;
    if (repository === undefined)
        return 'The variable GITHUB_REPOSITORY is not set';
    if (head.toLowerCase() === repository.toLowerCase())
        return undefined;
    return `${what} brings code from ${head.slice(0, 140)}, a fork of ${repository}`;
}
function read(value, path) {
    return path.reduce((inner, key) => typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
        ? inner[key]
        : undefined, value);
}

;// CONCATENATED MODULE: ./build/secrets/env.js
/** The environment is looked at before any provider is asked, so what is wanted here is not there. */
const env = {
    fetch: async ({ wanted }) => wanted.map(({ variable }) => ({
        problem: {
            message: `The variable ${variable} is not set, and secrets.provider is env.`,
            help: `Set ${variable}.`,
        },
    })),
};

;// CONCATENATED MODULE: ./build/secrets/explain-op.js
/**
 * Why `op` gave no value, told apart by what it says, each with its way out. Its own words stand in the message, cut and on
 * one line: it quotes names, and no values.
 */
function explainOp(said, { variable, item, field }, vault) {
    if ('broken' in said)
        return explainBroken(said, variable);
    const words = wordsOf(said);
    const tell = (message, help) => ({ message: `${message} op says: ${words}.`, help });
    if (/isn'?t a vault|no vault|vault .*not found/i.test(words))
        return tell(`1Password has no vault ${show(vault)} that the service account may read.`, 'Check secrets.vault in devflow.yml, and which vaults the service account may read.');
    if (/isn'?t an item|no item|item .*not found/i.test(words))
        return tell(`1Password has no item ${show(item)} in the vault ${show(vault)}.`, 'Check op_item in devflow.yml; the ID of the item names it too.');
    if (/more than one (?:item|vault)|multiple (?:items|vaults)/i.test(words))
        return tell(`1Password has more than one item ${show(item)} in the vault ${show(vault)}.`, 'Give the ID of the item as op_item in devflow.yml.');
    if (/does not have a field|isn'?t a field|no field|field .*not found/i.test(words))
        return tell(`The item ${show(item)} in 1Password has no field ${show(field)}.`, 'Check op_field in devflow.yml; the ID of the field names it too.');
    if (/too many requests|rate.?limit/i.test(words))
        return tell('1Password was asked too often by this service account.', `Wait, or hand ${variable} on by other means. op service-account ratelimit shows the limits.`);
    if (/token|credential|unauthori[sz]ed|not (?:currently )?signed in|authenticat|forbidden|no accounts? configured/i.test(words))
        return tell('1Password does not take the token in OP_SERVICE_ACCOUNT_TOKEN.', 'It may have expired, or be cut off: make a new one, and keep it as a secret.');
    return tell(`1Password did not give the field ${show(field)} of ${show(item)}.`, `Run op read with the same token to see more, or set ${variable} by other means.`);
}
function explainBroken(said, variable) {
    if (said.broken === 'missing')
        return {
            message: `1Password's command line op is not on this machine (${said.detail}), and ${variable} is to come from it.`,
            help: `Install it before this step (in a job by 1Password's install-cli-action), or set ${variable}.`,
        };
    if (said.broken === 'time')
        return {
            message: `1Password's command line op did not answer within ${said.detail}.`,
            help: 'Run again. If it stays so, look whether this machine reaches 1Password.',
        };
    return {
        message: `1Password's command line op could not be asked: ${said.broken === 'large' ? `it answered more than ${said.detail}` : said.detail}.`,
        help: `Run op --version on this machine, or set ${variable} by other means.`,
    };
}
const LONGEST = 300;
/** `[ERROR] 2026/01/21 12:00:00 could not read secret \u2026` without what stands before. */
function wordsOf({ error, code }) {
    const line = error.split(/\r?\n/).find((each) => /\[ERROR\]/.test(each)) ?? error.trim().split(/\r?\n/)[0] ?? '';
    const words = line
        .replace(/^.*\[ERROR\]\s*(?:\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d\s*)?/, '')
        .replace(/\p{Cc}/gu, ' ');
    return words.slice(0, LONGEST).replace(/[.\s]+$/, '') || `nothing, with exit code ${code}`;
}
function show(name) {
    return JSON.stringify(name);
}

;// CONCATENATED MODULE: ./build/secrets/find-in-item.js
/**
 * The value of a field by its label, its ID, or `section/label`.
 *
 * @returns or why there is none, as a clause about the field; it holds nothing of the item
 */
function findInItem(text, name) {
    const fields = fieldsOf(text);
    if (fields === undefined)
        return { why: 'op answered something that is no item' };
    const exact = fields.filter((field) => namesOf(field).includes(name));
    const folded = fields.filter((field) => namesOf(field).map(fold).includes(fold(name)));
    const found = exact.length > 0 ? exact : folded;
    const [only] = found;
    if (only === undefined)
        return { why: 'the item has no such field' };
    if (found.length > 1)
        return { why: `the item has ${found.length} fields of that name; use section/field, or the ID` };
    return typeof only.value === 'string' ? { value: only.value } : { why: 'the field is empty' };
}
function fieldsOf(text) {
    try {
        const { fields } = JSON.parse(text);
        return Array.isArray(fields)
            ? fields.filter((field) => typeof field === 'object' && field !== null)
            : undefined;
    }
    catch {
        return undefined;
    }
}
function namesOf({ id, label, section }) {
    const own = [id, label].filter((name) => typeof name === 'string');
    const sections = [section?.id, section?.label].filter((name) => typeof name === 'string');
    return [...own, ...sections.flatMap((part) => own.map((name) => `${part}/${name}`))];
}
/** As 1Password's own references, which do not tell upper from lower case. */
function fold(name) {
    return name.toLowerCase();
}

;// CONCATENATED MODULE: external "node:child_process"
const external_node_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");
;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;// CONCATENATED MODULE: ./build/secrets/run-op.js


const WITHIN_MS = 30_000;
const LARGEST = 1024 * 1024;
/**
 * Runs 1Password's command line. It gets nothing of this process's environment but what it needs: no database URL, and no
 * token of others. Never throws.
 */
function runOp(args, variables, withinMs = WITHIN_MS) {
    const child = (0,external_node_child_process_namespaceObject.spawn)('op', args, {
        env: environmentOf(variables),
        stdio: ['ignore', 'pipe', 'pipe'],
        windowsHide: true,
    });
    let late = false;
    // Node's own would go on where there is no program, and keep the process.
    const timer = setTimeout(() => {
        late = true;
        child.kill('SIGKILL');
        // What it has started may hold them open.
        child.stdout.destroy();
        child.stderr.destroy();
    }, withinMs);
    return new Promise((resolve) => {
        const output = [];
        let bytes = 0;
        let error = '';
        child.stdout.on('data', (data) => {
            output.push(data);
            bytes += data.length;
            if (bytes > LARGEST)
                child.kill('SIGKILL');
        });
        child.stderr.on('data', (data) => {
            error = (error + data.toString('utf8')).slice(0, 4_000);
        });
        child.on('error', ({ code }) => {
            clearTimeout(timer);
            const missing = code === 'ENOENT' || code === 'EACCES';
            resolve({ broken: missing ? 'missing' : 'other', detail: code ?? 'it could not be started' });
        });
        child.on('close', (code, signal) => {
            clearTimeout(timer);
            if (bytes > LARGEST)
                resolve({ broken: 'large', detail: `${LARGEST} bytes` });
            else if (late)
                resolve({ broken: 'time', detail: `${withinMs / 1000} s` });
            else if (signal !== null)
                resolve({ broken: 'other', detail: `it was ended by ${signal}` });
            else
                resolve({
                    code,
                    output: Buffer.concat(output).toString('utf8'),
                    error: withoutToken(error, variables),
                });
        });
    });
}
function withoutToken(text, { OP_SERVICE_ACCOUNT_TOKEN: token }) {
    return token ? text.replaceAll(token, '***') : text;
}
/** Where its settings lie, how it gets out, who it is. Not those that would change how it answers (`OP_FORMAT`). */
const HANDED_ON = [
    ...['HOME', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA', 'SYSTEMROOT', 'TMPDIR', 'TEMP', 'TMP'],
    ...['XDG_CONFIG_HOME', 'XDG_RUNTIME_DIR', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
    ...['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY', 'no_proxy', 'NO_PROXY'],
    'OP_SERVICE_ACCOUNT_TOKEN',
];
function environmentOf(variables) {
    const handed = HANDED_ON.flatMap((name) => {
        const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
        return value === undefined ? [] : [[name, value]];
    });
    // A folder that is named from where this runs may be a stranger's checkout, and what is found there would get the token.
    const path = (variables.PATH ?? '').split(external_node_path_namespaceObject.delimiter).filter((folder) => (0,external_node_path_namespaceObject.isAbsolute)(folder));
    // It would leave a process behind that keeps what it was told.
    return {
        ...Object.fromEntries(handed),
        PATH: path.join(external_node_path_namespaceObject.delimiter),
        LC_ALL: 'C',
        OP_CACHE: 'false',
        OP_BIOMETRIC_UNLOCK_ENABLED: 'false',
    };
}

;// CONCATENATED MODULE: ./build/secrets/one-password.js



/** The variable that 1Password's command line reads the token of a service account from. */
const TOKEN_VARIABLE = 'OP_SERVICE_ACCOUNT_TOKEN';
/**
 * 1Password, through its command line `op` and a service account. Names go to it as arguments, the token by its variable;
 * values come back on its standard output. https://developer.1password.com/docs/cli/secrets-reference-syntax
 */
const onePassword = {
    fetch: async (request) => {
        const before = whyNotAsked(request);
        if (before !== undefined)
            return request.wanted.map(() => ({ problem: before }));
        const asked = new Map();
        return Promise.all(request.wanted.map((wanted) => fetchOne(wanted, request, asked)));
    },
};
function whyNotAsked({ vault, variables }) {
    if (vault === undefined)
        return {
            message: 'secrets.vault is missing: a service account of 1Password is asked for an item in a vault.',
            help: 'Name the vault in devflow.yml: secrets.vault.',
        };
    if (variables[TOKEN_VARIABLE])
        return undefined;
    return {
        message: `1Password can not be asked: the variable ${TOKEN_VARIABLE} is not set, or empty.`,
        help: `Make a service account that may read the vault, and hand its token on: ${TOKEN_VARIABLE}: \${{ secrets.${TOKEN_VARIABLE} }}.`,
    };
}
/** What one question answers twice is asked once: a service account has a limit of questions a day. */
async function fetchOne(wanted, { vault = '', variables }, asked) {
    const plain = [vault, wanted.item, wanted.field].every((name) => PLAIN.test(name));
    const ask = plain
        ? ['read', '--no-newline', `op://${vault}/${wanted.item}/${wanted.field}`]
        : getItem(vault, wanted);
    const key = ask.join('\0');
    const saying = asked.get(key) ?? runOp(ask, variables);
    asked.set(key, saying);
    const said = await saying;
    if ('broken' in said || said.code !== 0)
        return { problem: explainOp(said, wanted, vault) };
    if (plain)
        return answerOf(said.output, wanted);
    const found = findInItem(said.output, wanted.field);
    return 'why' in found
        ? { problem: { message: `1Password: ${naming(wanted)}: ${found.why}.`, help: CHECK_NAMES } }
        : answerOf(found.value, wanted);
}
/** What a reference may hold; what holds anything else is looked for in the whole item. */
const PLAIN = /^[A-Za-z0-9_.-](?:[A-Za-z0-9_. -]*[A-Za-z0-9_.-])?$/;
/** Whatever the item is called, it is no option behind `--`. */
function getItem(vault, { item }) {
    return ['item', 'get', `--vault=${vault}`, '--format=json', '--', item];
}
function answerOf(value, wanted) {
    if (value.trim() !== '')
        return { value: value.trim() };
    return {
        problem: {
            message: `1Password: ${naming(wanted)} is empty.`,
            help: `Fill it, or set ${wanted.variable}.`,
        },
    };
}
function naming({ item, field }) {
    return `the field ${JSON.stringify(field)} of ${JSON.stringify(item)}`;
}
const CHECK_NAMES = 'Check op_item and op_field in devflow.yml; an ID names them too.';

;// CONCATENATED MODULE: ./build/secrets/fetch.js


const PROVIDERS = {
    env: env,
    '1password': onePassword,
};
/** Asks the provider that the file names. */
const fetchSecrets = (request) => PROVIDERS[request.provider].fetch(request);

;// CONCATENATED MODULE: ./build/programs/ask-secrets.js


/**
 * Asks whoever keeps the secrets. Loaded late: most runs have theirs in the environment. In a job whose checkout may be a
 * stranger's nobody is asked, whatever is declared of its database: the file that says which secrets are wanted may be the
 * stranger's too.
 *
 * @param readEvent what GitHub tells of the event, at GITHUB_EVENT_PATH
 */
async function askSecrets(request, readEvent) {
    const { variables, wanted } = request;
    const [stranger] = mayConnect({
        isInJob: variables.GITHUB_ACTIONS === 'true',
        name: variables.GITHUB_EVENT_NAME,
        payload: parse(await readEvent(variables.GITHUB_EVENT_PATH ?? '')),
        repository: variables.GITHUB_REPOSITORY || undefined,
        ephemeral: 'no',
    });
    if (stranger === undefined)
        return fetchSecrets(request);
    const message = `No secret is asked for. ${stranger.message}`;
    return wanted.map(({ variable }) => ({
        problem: {
            message,
            help: `Run validate there, which needs no database; or set ${variable} in the workflow.`,
        },
    }));
}
function parse(event) {
    try {
        return JSON.parse(event ?? '');
    }
    catch {
        return undefined;
    }
}

var __webpack_exports__askSecrets = __webpack_exports__.$;
export { __webpack_exports__askSecrets as askSecrets };
