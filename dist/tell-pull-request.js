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
  g: () => (/* binding */ tellPullRequest)
});

;// CONCATENATED MODULE: ./build/github/comment/choose-place.js
/**
 * The pull request that started the job, else the one that is named. A push has none: which one it was, GitHub can only
 * guess, and a comment on another one misleads whoever reads it.
 *
 * @param named a number that the workflow gives
 */
function chooseCommentPlace(job, named) {
    if (job === undefined)
        return undefined;
    const { repository, pullRequest, sha } = job;
    if (pullRequest !== undefined && (named === undefined || named === pullRequest.number))
        return { repository, number: pullRequest.number, commitSha: pullRequest.headSha };
    if (named === undefined || sha === undefined || !Number.isSafeInteger(named) || named < 1)
        return undefined;
    return { repository, number: named, commitSha: sha };
}

;// CONCATENATED MODULE: ./build/github/approvals/json-shape.js
/** Readers of JSON that GitHub sent. What is not there, or is something else, is undefined: whoever needs it says so. */
function fieldOf(value, ...path) {
    return path.reduce((inner, key) => typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
        ? inner[key]
        : undefined, value);
}
function textOf(value, ...path) {
    const found = fieldOf(value, ...path);
    return typeof found === 'string' ? found : undefined;
}
function numberOf(value, ...path) {
    const found = fieldOf(value, ...path);
    return typeof found === 'number' && Number.isSafeInteger(found) ? found : undefined;
}
function listOf(value, ...path) {
    const found = fieldOf(value, ...path);
    return Array.isArray(found) ? found : undefined;
}
/** `{ key: value }`, or nothing to spread where there is no value. */
function given(key, value) {
    return value === undefined ? {} : { [key]: value };
}

;// CONCATENATED MODULE: ./build/github/approvals/parse-pull-request.js

/** As a single one and as one of a list. Undefined where it is none. */
function parsePullRequest(value) {
    const number = numberOf(value, 'number');
    const headSha = textOf(value, 'head', 'sha');
    if (number === undefined || headSha === undefined)
        return undefined;
    return {
        number,
        headSha,
        ...given('url', textOf(value, 'html_url')),
        ...given('author', textOf(value, 'user', 'login')),
        ...given('mergeSha', textOf(value, 'merge_commit_sha')),
        // A list has only the time.
        isMerged: fieldOf(value, 'merged') === true || textOf(value, 'merged_at') !== undefined,
    };
}

;// CONCATENATED MODULE: ./build/github/comment/decide-comment.js
/**
 * Whether a run writes its comment, beside one that is there. Runs end in another order than they began in, and the one that
 * ends last may know the least.
 *
 * @param pull undefined where it can not be read: then nobody knows that the branch has moved on
 */
function decideComment(ours, there, pull) {
    const moved = movedSince(ours, pull);
    const write = { kind: 'write', ...(moved === undefined ? {} : { moved }) };
    if (there === undefined)
        return write;
    const isOfCommit = there.marker.commitSha === ours.commitSha;
    if (!isOfCommit && moved === undefined)
        return write;
    const movedThere = movedSince(there.marker, pull);
    const isNewer = Date.parse(there.marker.startedAt) > Date.parse(ours.startedAt);
    if (!isNewer && (isOfCommit || movedThere !== undefined))
        return write;
    return { kind: 'leave', there, ...(movedThere === undefined ? {} : { moved: movedThere }) };
}
/** The merge that GitHub tried, or made, is of the newest commit. */
function movedSince({ commitSha }, pull) {
    if (pull === undefined || [pull.headSha, pull.mergeSha].includes(commitSha))
        return undefined;
    return { commitSha, headSha: pull.headSha };
}

;// CONCATENATED MODULE: ./build/github/comment/explain-comment-failure.js
const SUMMARY = 'The summary of the run has all that the comment would.';
/** Why there is no comment, or not the one that should be there, with the way out of each. */
function explainCommentFailure(failure, { number, repository }, { isFork, done = 'written' }) {
    const lead = `The comment on pull request ${number} was not ${done}`;
    const because = (why, help = SUMMARY) => ({ message: `${lead}: ${why}.`, help });
    switch (failure.kind) {
        case 'forbidden':
            return explainForbidden(failure, isFork, because);
        case 'not-found':
            return because(`there is nothing at ${failure.asked} (404 or 410)`, `Check that ${repository} has a pull request ${number}, and that the token is of this repository. ${SUMMARY}`);
        case 'unauthorised':
            return because('GitHub does not accept the token (401)', TOKEN);
        case 'rejected':
            return because(`GitHub refused ${failure.asked} (${failure.status})${said(failure.message)}`);
        case 'rate-limited':
            return because('GitHub was asked too often with this token', failure.retryAt === undefined ? SUMMARY : `Run the job again after ${failure.retryAt}. ${SUMMARY}`);
        case 'server-error':
            return because(`GitHub answered ${failure.status} each time`);
        case 'unreachable':
            return because(`GitHub can not be reached, ${failure.detail}`);
        case 'unreadable':
            return because(`the answer of ${failure.asked} can not be read, ${failure.detail}`);
        case 'cancelled':
            return because('the run was asked to end');
    }
}
const TOKEN = `Pass the token of the job: github-token: \${{ github.token }} under with, or GITHUB_TOKEN under env for the command line. ${SUMMARY}`;
function explainForbidden({ message, asked }, isFork, because) {
    if (/\blocked\b/i.test(message))
        return because(`its conversation is locked${said(message)}`, `Unlock it for new comments. ${SUMMARY}`);
    if (isFork)
        return because(`the run of a fork\u2019s pull request has a token that only reads (403 for ${asked})`, `No permission in the workflow changes that. ${SUMMARY}`);
    return because(`the token lacks the permission pull-requests: write (403 for ${asked})${said(message)}`, `Add to the job, with what else it needs under permissions, for what is not named there is taken away. The run of a fork\u2019s pull request, or of Dependabot, never has it: there the summary of the run has all of it.\npermissions:\n  contents: read\n  pull-requests: write`);
}
/** GitHub's own words, which tell of single sign-on, address lists and the like. */
function said(message) {
    return message === '' ? '' : `: ${message.replace(/\.$/, '')}`;
}

;// CONCATENATED MODULE: ./build/github/approvals/cut-comment.js
const LONGEST = 65_536;
/** As long as GitHub lets a comment be; a lone half of a character, which no database takes, is replaced. */
function cutComment(text) {
    return (text ?? '')
        .slice(0, LONGEST)
        .replace(/\p{Surrogate}/gu, '\ufffd')
        .replaceAll('\0', '\ufffd');
}

;// CONCATENATED MODULE: ./build/github/approvals/parse-account.js

/** A login as GitHub gives them, `[bot]` of an app included; anything else is no account. */
const LOGIN = /^[A-Za-z0-9][\w.-]{0,99}(?:\[bot\])?$/;
/** Undefined for an account that is gone: GitHub says null. */
function parseAccount(value) {
    const login = textOf(value, 'login');
    if (login === undefined || !LOGIN.test(login))
        return undefined;
    return { login, isBot: textOf(value, 'type') === 'Bot' || login.endsWith('[bot]') };
}

;// CONCATENATED MODULE: ./build/github/approvals/parse-comment.js



/** Undefined where it is no comment. */
function parseComment(value) {
    const id = numberOf(value, 'id');
    const createdAt = textOf(value, 'created_at');
    if (id === undefined || createdAt === undefined)
        return undefined;
    const app = fieldOf(value, 'performed_via_github_app');
    return {
        id,
        createdAt,
        updatedAt: textOf(value, 'updated_at') ?? createdAt,
        ...given('by', parseAccount(fieldOf(value, 'user'))),
        byApp: app !== null && app !== undefined,
        body: cutComment(textOf(value, 'body')),
        ...given('url', textOf(value, 'html_url')),
    };
}

;// CONCATENATED MODULE: ./build/github/comment/parse-marker.js
/** Attributes that a later version adds are let be. */
const FORM = /^<!-- devflow-migrate: ([^\s/]*)\/([^\s/]+)((?: [a-z-]+=\S*)*) -->\r?(?:\n|$)/;
/** The marker in the first line of a comment, as `render/comment-marker.ts` writes it; undefined where there is none. */
function parseMarker(body) {
    const [, project = '', environment = '', text = ''] = FORM.exec(body) ?? [];
    const values = new Map(Array.from(text.matchAll(/ ([a-z-]+)=(\S*)/g), ([, name, value]) => [name, value]));
    const decoded = decodeAll([project, environment, values.get('commit') ?? '', values.get('at') ?? '']);
    const about = values.get('about');
    if (decoded === undefined || environment === '' || (about !== 'files' && about !== 'target'))
        return undefined;
    const [ofProject = '', ofEnvironment = '', commitSha = '', startedAt = ''] = decoded;
    return { project: ofProject, environment: ofEnvironment, about, commitSha, startedAt };
}
function decodeAll(texts) {
    try {
        return texts.map(decodeURIComponent);
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/github/comment/find-marked.js


/** The comments of a slot among all of a pull request, the newest first. */
function findMarked(comments, slot) {
    return comments
        .flatMap((value) => {
        const facts = parseComment(value);
        const marker = parseMarker(facts?.body ?? '');
        return facts !== undefined && marker !== undefined && isSame(marker, slot) ? [{ facts, marker }] : [];
    })
        .toSorted((a, b) => b.facts.id - a.facts.id);
}
function isSame(a, b) {
    return a.project === b.project && a.environment === b.environment && a.about === b.about;
}

;// CONCATENATED MODULE: ./build/github/comment/find-own-login.js

/**
 * Who the token writes as: `github-actions[bot]`, an app, a person. Undefined where GitHub does not tell: a server of one's
 * own has the first question elsewhere, and the second is answered to people only.
 */
async function findOwnLogin(rest) {
    const viewer = await rest.send('POST', '/graphql', { query: 'query { viewer { login } }' });
    const login = textOf(viewer.value, 'data', 'viewer', 'login');
    if (login !== undefined)
        return login;
    const user = await rest.get('/user');
    return textOf(user.value, 'login');
}

;// CONCATENATED MODULE: ./build/github/comment/is-own.js
/**
 * Whether the token's account wrote a comment. Anybody can write the marker, and what others wrote is never touched. Where
 * the account is not known, what an app wrote is taken for one's own: people are told apart in any case.
 */
function isOwn({ by }, login) {
    if (by === undefined)
        return false;
    if (login === undefined)
        return by.isBot;
    const [author, own] = [by.login.toLowerCase(), login.toLowerCase()];
    return author === own || (by.isBot && author === `${own}[bot]`);
}

;// CONCATENATED MODULE: ./build/github/comment/patch-comment.js
/** Gives a comment that is there another body. */
function patchComment({ rest, path }, { facts }, body) {
    return rest.send('PATCH', `${path}/issues/comments/${facts.id}`, { body });
}

;// CONCATENATED MODULE: ./build/github/comment/leave-comment.js



/** Lets a newer comment be, and marks it where its branch has moved on from it too. */
async function leaveComment(way, { there, moved }) {
    const { place, comment, isFork } = way;
    const { body, url } = there.facts;
    const told = {
        message: `Pull request ${place.number} keeps a comment that is newer than this run\u2019s: it is for commit ${there.marker.commitSha.slice(0, 7)}, this run for commit ${place.commitSha.slice(0, 7)}.`,
        help: 'Look at the newest run. The summary of this one has all that it found.',
    };
    const marked = moved === undefined ? body : comment.outdated(body, moved);
    const { failure } = marked === body ? {} : await patchComment(way, there, marked);
    const done = 'marked as out of date';
    const failed = failure === undefined ? [] : [explainCommentFailure(failure, place, { isFork, done })];
    return { state: 'left', ...given('url', url), notes: [told, ...failed] };
}

;// CONCATENATED MODULE: ./build/github/comment/delete-comments.js


/**
 * Deletes comments that another one took the place of: earlier ones, and those of jobs that raced. Only what is certain to
 * be of the account goes.
 *
 * @returns why one is still there
 */
async function deleteComments({ rest, path, place, isFork }, comments, login) {
    const notes = [];
    for (const { facts } of comments) {
        if (login === undefined || !isOwn(facts, login))
            continue;
        const { failure } = await rest.send('DELETE', `${path}/issues/comments/${facts.id}`, undefined);
        if (failure === undefined || failure.kind === 'not-found')
            continue;
        notes.push(explainCommentFailure(failure, place, { isFork, done: 'deleted' }));
    }
    return notes;
}

;// CONCATENATED MODULE: ./build/github/comment/write-comment.js




/** Creates the comment, or replaces what is there. A new one is there before an old one goes. */
async function writeComment(way, there) {
    const { comment, place } = way;
    const { own, mode, moved } = there;
    const body = moved === undefined ? comment.body : comment.outdated(comment.body, moved);
    const notes = moved === undefined ? [] : [tellMoved(place.number, moved)];
    const result = own[0] === undefined
        ? await create(way, body)
        : mode === 'recreate'
            ? await recreate(way, there, body)
            : await update(way, own[0], there, body);
    return { ...result, notes: [...notes, ...result.notes] };
}
function tellMoved(number, { commitSha, headSha }) {
    return {
        message: `Pull request ${number} has moved on from commit ${commitSha.slice(0, 7)}, which this run is for, to ${headSha.slice(0, 7)}; its comment says so.`,
        help: 'The run of the newest commit replaces it.',
    };
}
async function create(way, body) {
    const reply = await post(way, body);
    if (reply.failure)
        return failed(way, reply.failure);
    return { state: 'created', ...given('url', textOf(reply.value, 'html_url')), notes: [] };
}
function post({ rest, path, place }, body) {
    return rest.send('POST', `${path}/issues/${place.number}/comments`, { body });
}
async function recreate(way, there, body) {
    const { own, login } = there;
    const reply = await post(way, body);
    const [newest] = own;
    // In a locked conversation nothing is created, and what is there can be edited.
    if (reply.failure?.kind === 'forbidden' && newest)
        return update(way, newest, there, body);
    if (reply.failure)
        return failed(way, reply.failure, newest);
    const notes = await deleteComments(way, own, login ?? textOf(reply.value, 'user', 'login'));
    return { state: 'recreated', ...given('url', textOf(reply.value, 'html_url')), notes };
}
async function update(way, newest, { own, login }, body) {
    const { failure } = await patchComment(way, newest, body);
    // Somebody deleted it meanwhile.
    if (failure?.kind === 'not-found')
        return create(way, body);
    if (failure)
        return failed(way, failure, newest);
    const others = own.filter((one) => one !== newest);
    const notes = login === undefined ? [] : await deleteComments(way, others, login);
    return { state: 'updated', ...given('url', newest.facts.url), notes };
}
/** What stays there of an older commit is told, and marked where GitHub takes that. */
async function failed(way, failure, stale) {
    const { place, comment, isFork } = way;
    const why = explainCommentFailure(failure, place, { isFork });
    if (stale === undefined)
        return { state: 'failed', notes: [why] };
    const { facts, marker } = stale;
    const url = given('url', facts.url);
    const isOld = marker.commitSha !== comment.marker.commitSha;
    if (!isOld)
        return { state: 'failed', ...url, notes: [why] };
    const moved = { commitSha: marker.commitSha, headSha: comment.marker.commitSha };
    if (failure.kind === 'rejected')
        await patchComment(way, stale, comment.outdated(facts.body, moved));
    const message = `The comment that stays on pull request ${place.number} is out of date: it is for commit ${marker.commitSha.slice(0, 7)}, this run for ${moved.headSha.slice(0, 7)}.`;
    return { state: 'failed', ...url, notes: [why, { message, help: 'Read the summary of this run instead.' }] };
}

;// CONCATENATED MODULE: ./build/github/comment/upsert-comment.js









/**
 * Leaves one comment of its slot on a pull request: the one that is there is found by its marker among those that the
 * token's own account wrote. What GitHub does not take is told in a note; nothing here throws, and no run fails for it.
 */
async function upsertComment(rest, place, comment, mode) {
    if (mode === 'off')
        return { state: 'off', notes: [] };
    const path = `/repos/${place.repository}`;
    const pulled = await rest.get(`${path}/pulls/${place.number}`);
    // Whoever may comment may not always read it. It tells only whether the branch has moved on.
    if (pulled.failure !== undefined && pulled.failure.kind !== 'forbidden')
        return { state: 'failed', notes: [explainCommentFailure(pulled.failure, place, { isFork: false })] };
    const pull = parsePullRequest(pulled.value);
    const isFork = isOfFork(pulled.value);
    const listed = await rest.getAll(`${path}/issues/${place.number}/comments?per_page=100`);
    if (listed.failure)
        return { state: 'failed', notes: [explainCommentFailure(listed.failure, place, { isFork })] };
    const { own, login } = await chooseOwn(rest, findMarked(listed.value, comment.marker));
    const way = { rest, path, place, comment, isFork };
    const decision = decideComment(comment.marker, own[0], pull);
    return decision.kind === 'leave'
        ? leaveComment(way, decision)
        : writeComment(way, { own, login, mode, moved: decision.moved });
}
/** A fork that was deleted is told as none. */
function isOfFork(pull) {
    if (fieldOf(pull, 'head', 'repo') === null)
        return true;
    const head = textOf(pull, 'head', 'repo', 'full_name');
    const base = textOf(pull, 'base', 'repo', 'full_name');
    return head !== undefined && base !== undefined && head !== base;
}
async function chooseOwn(rest, marked) {
    if (marked.length === 0)
        return { own: [] };
    const login = await findOwnLogin(rest);
    return { own: marked.filter(({ facts }) => isOwn(facts, login)), login };
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

;// CONCATENATED MODULE: ./build/render/comment-fit.js

/** Of what stands open, so that no list pushes everything else out. */
const MOST_ITEMS = 100;
/**
 * Sections joined in their order within `limitBytes`, and below them what is missing. What is folded is there whole or not
 * at all, for half of it would look like all; what stands open loses its last items and says how many.
 *
 * @param renderMissing a line from the titles of sections that are left out or cut short
 */
function fitComment(sections, limitBytes, renderMissing) {
    let room = limitBytes - byteLength(renderMissing(sections.map(titleOf)));
    const shown = new Map();
    for (const section of sections.toSorted((a, b) => a.rank - b.rank)) {
        const text = section.rank === 0 ? whole(section) : shrink(section, room);
        if (text === undefined)
            continue;
        shown.set(section, text);
        room -= byteLength(text);
    }
    const missing = sections.filter((section) => shown.get(section) !== whole(section));
    const text = sections.map((section) => shown.get(section) ?? '').join('');
    return missing.length === 0 ? text : text + renderMissing(missing.map(titleOf));
}
function shrink(section, room) {
    if (!section.head.includes('<details><summary>'))
        return fitSection(bounded(section), room);
    const text = whole(section);
    return byteLength(text) <= room ? text : undefined;
}
function bounded(section) {
    const { items, tail, more } = section;
    const left = items.length - MOST_ITEMS;
    if (left <= 0)
        return section;
    return {
        ...section,
        items: items.slice(0, MOST_ITEMS),
        tail: more(left) + tail,
        more: (count) => more(count + left),
    };
}
/** As its own head has it, in Markdown. */
function titleOf({ head }) {
    const [, folded, open, label] = /<summary>(.*?)<\/summary>|^### (.+)$|^- \*\*(.+?):\*\*/m.exec(head) ?? [];
    return folded ?? open ?? label ?? 'Migrations';
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

;// CONCATENATED MODULE: ./build/render/comment-marker.js

/** What tells the comment of a report from every other. */
function makeCommentMarker({ command, environment, startedAt }, { project = '', commitSha }) {
    const about = command === 'validate' || command === 'graph' ? 'files' : 'target';
    return { project, environment, about, commitSha, startedAt };
}
/** One line of HTML that nobody sees; `github/comment/parse-marker.ts` reads it. No name can end it early. */
function renderCommentMarker(marker) {
    const { project, environment, about, commitSha, startedAt } = marker;
    const slot = `${encode(project)}/${encode(environment)}`;
    return `<!-- devflow-migrate: ${slot} about=${about} commit=${encode(commitSha)} at=${encode(startedAt)} -->`;
}
/** Some readers end a comment of HTML at two hyphens. */
function encode(text) {
    return encodeUriPart(text).replaceAll('--', '%2D%2D');
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

;// CONCATENATED MODULE: ./build/render/plural.js
/** `1 migration`, `3 migrations`, `0 migrations`. */
function plural(count, noun, several = `${noun}s`) {
    return `${count} ${count === 1 ? noun : several}`;
}

;// CONCATENATED MODULE: ./build/render/quantity.js
/** `5,000`, `12,300,000`. */
function renderQuantity(count) {
    return String(Math.round(count)).replace(/\B(?=(?:\d{3})+$)/g, ',');
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

;// CONCATENATED MODULE: ./build/render/comment-rehearsal.js



/** So many are named; the file's own table, which is folded, has more. */
const MOST_NAMES = 10;
/** What of a rehearsal must not be overlooked in a review: what would be rewritten, and what would go with a CASCADE. */
function makeRehearsalFacts(report) {
    const lines = [...rewrittenLine(report), ...victimsLine(report)];
    if (lines.length === 0)
        return [];
    return [{ rank: 2, head: `\n${lines.join('')}`, items: [], tail: '', more: () => '' }];
}
function rewrittenLine(report) {
    const sizes = sizesByRelation(report);
    const rewritten = new Set(statementsOf(report).flatMap((measured) => measured.rewritten));
    if (rewritten.size === 0)
        return [];
    const bytesOf = (relation) => sizes.get(relation)?.bytes ?? 0;
    const named = [...rewritten]
        .toSorted((a, b) => bytesOf(b) - bytesOf(a))
        .slice(0, MOST_NAMES)
        .map((relation) => {
        const size = describeSize(sizes.get(relation));
        return size === '' ? code(relation) : `${code(relation)} (${size})`;
    });
    const more = rewritten.size - named.length;
    return [`- **Rewritten:** ${[...named, ...(more === 0 ? [] : [`and ${more} more`])].join(', ')}\n`];
}
function victimsLine(report) {
    const victims = statementsOf(report).flatMap(({ dropped }) => dropped.filter(isVictim));
    if (victims.length === 0)
        return [];
    const named = describeObjects(victims, MOST_NAMES, { code, prose: markdownText });
    return [`- **Gone with a \`CASCADE\`:** ${named}\n`];
}
function isVictim({ cascaded }) {
    return cascaded;
}
function statementsOf({ rehearsal }) {
    return rehearsal.flatMap(({ measured = [] }) => measured);
}
function code(foreign) {
    return markdownCode(foreign_text_cutText(foreign, 200));
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
    const by = actor === undefined ? '' : ` by ${summary_findings_code(actor)}`;
    const items = forced.map(({ rule, file, position, message }) => {
        return `- ${summary_findings_placeOf(file, position)}${summary_findings_prose(message)} (${summary_findings_code(rule)})\n`;
    });
    const more = (count) => `- and ${count} more\n`;
    return [{ rank: 2, head: `\n### Forced${by}\n\n`, items, tail: '', more }];
}
function findingItem(finding, isFirstOfFile, actor, told) {
    const { rule, severity, file, position, message, excerpt } = finding;
    const lines = [
        ...(isFirstOfFile && file !== undefined ? [`#### ${summary_findings_code(file)}`] : []),
        `**${severity}** ${summary_findings_placeOf(file, position)}${summary_findings_prose(message)} (${summary_findings_code(rule)})`,
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
    return `- ${summary_findings_placeOf(file, position)}${summary_findings_code(rule)}: ${summary_findings_prose(foreign_text_cutText(reason, 500))}\n`;
}
function summary_findings_placeOf(file, position) {
    return file === undefined ? '' : `${summary_findings_code(renderPlace(file, position))} `;
}
function summary_findings_prose(foreign) {
    return markdownProse(foreign_text_cutText(foreign, 2000));
}
function summary_findings_code(foreign) {
    return markdownCode(foreign_text_cutText(foreign, 300));
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
        const items = notRehearsed.ways.slice(0, rehearsal_place_MOST_ITEMS).map(quote);
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
        items: [...limits.slice(0, rehearsal_place_MOST_ITEMS).map(quote), ...notSent(report)],
    };
}
const rehearsal_place_MOST_ITEMS = 20;
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
const summary_measured_MOST_NAMES = 20;
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
    const more = lines.length - summary_measured_MOST_NAMES;
    return more <= 0 ? lines : [...lines.slice(0, summary_measured_MOST_NAMES), `- ${what}: ${more} more, in the JSON report\n`];
}
function summary_measured_lineOf(position) {
    return position === undefined ? '' : ` at line ${position.line}`;
}
function describe(objects) {
    return describeObjects(objects, summary_measured_MOST_NAMES, { code: summary_measured_code, prose: markdownText });
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

;// CONCATENATED MODULE: ./build/render/comment.js









/** GitHub's limit, less a mark that the comment is out of date. */
const comment_LONGEST = 65_000;
/**
 * GitHub-flavoured Markdown for a pull request: the marker, the verdict, the plan with its hash, what the rehearsal showed,
 * the findings. What was there before the run is left out, and what does not fit is named. It pings nobody, and commands
 * no bot.
 */
function renderComment(report, about, limitBytes = comment_LONGEST) {
    const marker = renderCommentMarker(about.marker);
    const sections = [
        verdict(report, about),
        ...makeMainSections(report, makeRehearsalFacts(report)),
        ...makeDetails({ ...report, records: [], events: [] }),
    ];
    const render = (room) => `${marker}\n${about.redact(guard(fitComment(sections, room, (titles) => missing(titles, about))))}`;
    for (let room = limitBytes - byteLength(marker) - 1;;) {
        const text = render(room);
        // What was put into it since it was measured.
        const over = byteLength(text) - limitBytes;
        if (over <= 0 || room < 0)
            return text;
        room -= over;
    }
}
function verdict(report, { marker, runUrl }) {
    const { icon, text } = makeHeadline(report, comment_quote);
    const facts = [
        ...makeFacts(report),
        ...(isCommit(marker.commitSha) ? [`made for commit ${marker.commitSha.slice(0, 7)}`] : []),
        ...(isLink(runUrl) ? [`[the run](${runUrl})`] : []),
    ];
    const { hash = '' } = report.plan ?? {};
    const head = `## ${icon} ${text}\n\n${facts.join(' \u00b7 ')}\n${hash === '' ? '' : `\nPlan hash: ${comment_quote(hash)}\n`}`;
    return { rank: 0, head, items: [], tail: '', more: () => '' };
}
function missing(titles, { runUrl }) {
    const where = isLink(runUrl) ? `[The summary of the run](${runUrl})` : 'The summary of the run';
    return `\nA comment has no room for all of it. Left out or cut short: ${titles.join(', ')}. ${where} has everything.\n`;
}
/**
 * Blocks of code show lines as they are. GitHub pings nobody from there, but bots read what a comment holds and take a line
 * with `/approve` or `@dependabot merge` for a command.
 */
function guard(text) {
    return text.replace(/^([^\S\n]*)(?=[@/][A-Za-z0-9])/gm, `$1${ZERO_WIDTH_SPACE}`);
}
const ZERO_WIDTH_SPACE = '\u200b';
function comment_quote(foreign) {
    return markdownCode(foreign_text_cutText(foreign, 200));
}
function isCommit(sha) {
    return /^[0-9a-f]{40,64}$/.test(sha);
}
function isLink(url) {
    return url !== undefined && /^https?:\/\/[\w./:%?=#-]+$/.test(url);
}

;// CONCATENATED MODULE: ./build/render/comment-outdated.js

/** GitHub takes no longer comment. It counts characters, of which there are never more than bytes. */
const LONGEST_COMMENT = 65_536;
/** The body of a comment with a mark at its top that its branch has moved on. A mark that is there already is replaced. */
function renderOutdated(body, { commitSha, headSha }) {
    const [marker = '', ...rest] = body.replaceAll('\r\n', '\n').replace(MARK, '').split('\n');
    const mark = `${MARK_BEGINS} This was made for commit ${comment_outdated_short(commitSha)}; the branch has moved on to ${comment_outdated_short(headSha)}.\n`;
    const text = [marker, mark, ...rest].join('\n');
    return byteLength(text) <= LONGEST_COMMENT ? text : `${marker}\n${mark}`;
}
const MARK_BEGINS = '> [!WARNING]\n> **Out of date.**';
/** With the empty line after it. */
const MARK = /(?<=^[^\n]*\n)> \[!WARNING\]\n> \*\*Out of date\.\*\*[^\n]*\n\n?/;
/** As people know commits, and GitHub links them. */
function comment_outdated_short(sha) {
    return /^[0-9a-f]{40,64}$/.test(sha) ? sha.slice(0, 7) : 'unknown';
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

;// CONCATENATED MODULE: ./build/gate/make-job.js
/**
 * The job that this process is a step of; undefined outside one. The variables are the runner's, which no step of a
 * workflow can set; what is not in GitHub's form is left out.
 *
 * @param payload the event, parsed from the file of GITHUB_EVENT_PATH
 */
function makeJob(variables, payload) {
    const repository = inForm(variables.GITHUB_REPOSITORY, /^[\w.-]+\/[\w.-]+$/);
    const runId = inForm(variables.GITHUB_RUN_ID, /^[1-9]\d{0,18}$/);
    const attempt = inForm(variables.GITHUB_RUN_ATTEMPT, /^[1-9]\d{0,8}$/);
    if (variables.GITHUB_ACTIONS !== 'true' || !repository || !runId || !attempt)
        return undefined;
    const server = variables.GITHUB_SERVER_URL || 'https://github.com';
    const sha = inForm(variables.GITHUB_SHA, SHA);
    const pullRequest = pullRequestIn(payload);
    return {
        repository,
        runId,
        attempt: Number(attempt),
        runUrl: `${server}/${repository}/actions/runs/${runId}`,
        actors: [variables.GITHUB_ACTOR, variables.GITHUB_TRIGGERING_ACTOR].flatMap((login) => login || []),
        event: variables.GITHUB_EVENT_NAME ?? '',
        ...(sha === undefined ? {} : { sha }),
        ...(pullRequest === undefined ? {} : { pullRequest }),
        offersReviewers: offersReviewers(server, payload),
    };
}
const SHA = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
function inForm(value, form) {
    return value !== undefined && form.test(value) ? value : undefined;
}
function pullRequestIn(payload) {
    const { number, head } = payload?.pull_request ?? {};
    if (!Number.isSafeInteger(number) || typeof head?.sha !== 'string' || !SHA.test(head.sha))
        return undefined;
    return { number: number, headSha: head.sha };
}
/** Public repositories have required reviewers on every plan, others with GitHub Enterprise: hosted or an own server. */
function offersReviewers(server, payload) {
    const { repository, enterprise } = payload ?? {};
    const isOwnServer = URL.canParse(server) && new URL(server).hostname !== 'github.com';
    const isOpen = repository?.private === false || ['public', 'internal'].includes(String(repository?.visibility));
    return isOwnServer || isOpen || (typeof enterprise === 'object' && enterprise !== null);
}

;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
;// CONCATENATED MODULE: ./build/model/tool-version.js
/** The version in package.json, which a test compares. */
const TOOL_VERSION = '0.1.0';

;// CONCATENATED MODULE: external "node:http"
const external_node_http_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");
;// CONCATENATED MODULE: external "node:https"
const external_node_https_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");
;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
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
        return { broken: rest_exchange_describe(error) };
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
const rest_exchange_WORDS = {
    ENOTFOUND: 'its name is not known here',
    EAI_AGAIN: 'its name is not known here',
    ECONNREFUSED: 'the connection was refused',
    ECONNRESET: 'the connection broke off',
    ETIMEDOUT: 'the connection timed out',
    ENETUNREACH: 'the network does not reach it',
    EHOSTUNREACH: 'the network does not reach it',
};
/** Our own errors have no code. Node's messages are not shown: they may hold what was sent. */
function rest_exchange_describe(error) {
    const { code, message } = error;
    if (code === undefined)
        return error instanceof TypeError ? 'the question could not be sent' : message;
    const known = rest_exchange_WORDS[code];
    if (known !== undefined)
        return known;
    const isTrust = /CERT|SIGNATURE|ISSUER|ALTNAME/.test(code);
    return isTrust
        ? `its certificate is not trusted (${code}); NODE_EXTRA_CA_CERTS names more authorities`
        : code;
}

;// CONCATENATED MODULE: ./build/github/rest-failure-of.js
const rest_failure_of_LONGEST_MESSAGE = 200;
/** What an answer that is none says is wrong; undefined where its status says that it is one. */
function restFailureOf(answer, now) {
    const { status } = answer;
    if (status < 300)
        return undefined;
    if (status < 400)
        return { kind: 'unreadable', detail: `it answered ${status}` };
    if (status >= 500)
        return { kind: 'server-error', status };
    const message = messageOf(answer);
    if (status === 429 || (status === 403 && isTooOften(answer, message)))
        return tooOften(answer, now);
    if (status === 401)
        return { kind: 'unauthorised' };
    if (status === 404 || status === 410)
        return { kind: 'not-found' };
    if (status !== 403)
        return { kind: 'rejected', status, message };
    const needs = parseNeeds(headerOf(answer, 'x-accepted-github-permissions') ?? '');
    return { kind: 'forbidden', ...(needs === undefined ? {} : { needs }), message };
}
/** One value of a header that may be repeated. */
function headerOf({ headers }, name) {
    const value = headers[name];
    return Array.isArray(value) ? value[0] : value;
}
function messageOf({ text }) {
    try {
        const { message } = JSON.parse(text);
        return typeof message === 'string' ? message.slice(0, rest_failure_of_LONGEST_MESSAGE) : '';
    }
    catch {
        return '';
    }
}
/** GitHub's secondary limits answer 403 as well. */
function isTooOften(answer, message) {
    return (headerOf(answer, 'retry-after') !== undefined ||
        headerOf(answer, 'x-ratelimit-remaining') === '0' ||
        /rate limit|abuse detection/i.test(message));
}
function tooOften(answer, now) {
    const after = headerOf(answer, 'retry-after');
    const reset = headerOf(answer, 'x-ratelimit-reset');
    const isSpent = headerOf(answer, 'x-ratelimit-remaining') === '0';
    const atMs = after === undefined ? (isSpent ? Number(reset) * 1000 : Number.NaN) : afterMs(after, now);
    return { kind: 'rate-limited', ...(isDate(atMs) ? { retryAt: new Date(atMs).toISOString() } : {}) };
}
/** Seconds, or a date. */
function afterMs(text, now) {
    return /^\d+$/.test(text) ? now.getTime() + Number(text) * 1000 : Date.parse(text);
}
function isDate(ms) {
    return Math.abs(ms) <= 8_640_000_000_000_000;
}
/**
 * `actions=read` \u2192 `actions: read`, as under `permissions:` of a workflow. A comma joins what is needed together, a
 * semicolon what would do instead. Anything else in it is left out.
 */
function parseNeeds(header) {
    const ways = header.split(';').map((way) => way.split(',').flatMap(parseNeed).join(' and '));
    return ways.filter(Boolean).join(' or ') || undefined;
}
function parseNeed(pair) {
    const [, name, level] = /^\s*([a-z_]{1,40})=(read|write|admin)\s*$/.exec(pair) ?? [];
    return name === undefined ? [] : [`${name.replaceAll('_', '-')}: ${level}`];
}

;// CONCATENATED MODULE: ./build/github/rest-next-page.js
/**
 * The path of the next page, from a `Link` header; undefined on the last one. A link to another server or out of the API
 * is none, for the token would follow it.
 */
function nextPage(link, base) {
    const text = Array.isArray(link) ? link.join(',') : (link ?? '');
    for (const [, target = '', attributes = ''] of text.matchAll(/<([^<>]*)>([^<]*)/g)) {
        if (!/;\s*rel="?next"?/.test(attributes) || !URL.canParse(target))
            continue;
        const { origin, pathname, search } = new URL(target);
        const address = new URL(base);
        const root = address.pathname.replace(/\/$/, '');
        if (origin !== address.origin || !pathname.startsWith(`${root}/`))
            continue;
        return pathname.slice(root.length) + search;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/github/rest-wait.js
/**
 * How long to wait before the question is asked again, in milliseconds; undefined where another try would end the same,
 * or could do twice what is to be done once.
 */
function waitBefore({ tries, cause, method, pauseMs }) {
    // A quarter more or less, so that jobs which failed together do not come back together.
    const growing = pauseMs * 2 ** (tries - 1) * (0.75 + Math.random() / 2);
    if (cause.kind === 'rate-limited')
        return untilMs(cause.retryAt) ?? growing;
    const isPassing = ['unreachable', 'server-error', 'unreadable'].includes(cause.kind);
    return isPassing && method !== 'POST' ? growing : undefined;
}
function untilMs(retryAt) {
    return retryAt === undefined ? undefined : Math.max(0, Date.parse(retryAt) - Date.now());
}

;// CONCATENATED MODULE: ./build/github/rest.js






const MOST_TRIES = 4;
const MOST_PAGES = 30;
const MOST_REDIRECTS = 3;
/**
 * Written here rather than taken from GitHub's toolkit or Node's fetch: the one would double the start-up of each step,
 * the other costs three times what `node:https` does, and before Node 24 neither of the built-in clients knows a proxy.
 */
function makeRest(options) {
    const base = options.apiUrl.replace(/\/+$/, '');
    const ask = async (question) => {
        const url = urlOf(base, question.path);
        const asked = `${question.method} ${question.path.split('?', 1)[0]}`;
        const cause = unsendable(base, options.token) ?? (url === undefined ? NOT_FOUND : undefined);
        if (cause || !url)
            return { failure: { asked, ...(cause ?? NOT_FOUND) } };
        const body = question.body === undefined ? {} : { body: JSON.stringify(question.body) };
        return tryAll({ method: question.method, url, ...body }, asked, options);
    };
    return {
        get: async (path) => bodyOf(await ask({ method: 'GET', path })),
        getAll: (path) => readPages(path, base, (page) => ask({ method: 'GET', path: page })),
        send: async (method, path, body) => bodyOf(await ask({ method, path, body })),
    };
}
const NOT_FOUND = { kind: 'not-found' };
/** A name of dots would lead to another address than the one that is asked for: there is nothing of that name. */
function urlOf(base, path) {
    const text = base + path;
    if (!URL.canParse(text))
        return undefined;
    const url = new URL(text);
    return url.pathname === new URL(base).pathname.replace(/\/$/, '') + path.split('?', 1)[0] ? url : undefined;
}
function unsendable(base, token) {
    if (!URL.canParse(base))
        return { kind: 'unreachable', detail: 'GITHUB_API_URL is no URL' };
    const { protocol, hostname } = new URL(base);
    const isLocal = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
    if (protocol !== 'https:' && !(protocol === 'http:' && isLocal))
        return {
            kind: 'unreachable',
            detail: 'GITHUB_API_URL is not https, and a token is not sent in plain text',
        };
    return /^[\x21-\x7e]+$/.test(token) ? undefined : { kind: 'unauthorised' };
}
async function tryAll(question, asked, options) {
    let patienceMs = options.patienceMs ?? 60_000;
    for (let tries = 1;; tries += 1) {
        const answer = await follow(question, options);
        const value = 'broken' in answer ? undefined : valueIn(answer);
        if (value !== undefined)
            return { value };
        const cause = causeOf(answer, options);
        const waitMs = waitBefore({ tries, cause, method: question.method, pauseMs: options.pauseMs ?? 500 });
        if (waitMs === undefined || tries >= MOST_TRIES || waitMs > patienceMs)
            return { failure: { asked, ...cause } };
        patienceMs -= waitMs;
        await (0,promises_namespaceObject.setTimeout)(waitMs, undefined, options.signal && { signal: options.signal }).catch(() => { });
    }
}
function valueIn({ status, text, headers }) {
    if (status >= 300)
        return undefined;
    if (status === 204)
        return { value: null, headers };
    try {
        return { value: JSON.parse(text), headers };
    }
    catch {
        return undefined;
    }
}
function causeOf(answer, { signal, token }) {
    if (signal?.aborted)
        return { kind: 'cancelled' };
    if ('broken' in answer)
        return { kind: 'unreachable', detail: answer.broken };
    // An answer may repeat what it was asked, the token included.
    const text = answer.text.replaceAll(token, '***');
    return restFailureOf({ ...answer, text }, new Date()) ?? { kind: 'unreadable', detail: 'it is no JSON' };
}
/** A repository that was renamed answers from its new address. The token never goes to another server. */
async function follow(question, options) {
    let { url } = question;
    for (let redirects = 0;; redirects += 1) {
        const answer = await exchange({
            ...question,
            url,
            headers: headersFor(options.token),
            ...limits(options),
        });
        if ('broken' in answer || ![301, 302, 307, 308].includes(answer.status) || question.method !== 'GET')
            return answer;
        const location = headerOf(answer, 'location') ?? '';
        const target = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
        if (target?.origin !== url.origin)
            return { broken: 'it points to another server' };
        if (redirects >= MOST_REDIRECTS)
            return { broken: 'it points from one address to the next without end' };
        url = target;
    }
}
function limits({ variables, signal, timeoutMs = 10_000, largestBytes = 8_388_608 }) {
    return { variables, timeoutMs, largestBytes, ...(signal ? { signal } : {}) };
}
function headersFor(token) {
    return {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'user-agent': `devflow-migrate/${TOOL_VERSION}`,
        'x-github-api-version': '2022-11-28',
    };
}
function bodyOf(asked) {
    return asked.failure ? asked : { value: asked.value.value };
}
async function readPages(path, base, ask) {
    const items = [];
    let page = path;
    for (let pages = 0; page !== undefined; pages += 1) {
        if (pages >= MOST_PAGES)
            return unreadable(path, `its list has more than ${MOST_PAGES} pages`);
        const reply = await ask(page);
        if (reply.failure)
            return reply;
        const { value, headers } = reply.value;
        if (!Array.isArray(value))
            return unreadable(path, 'its answer is no list');
        items.push(...value);
        page = nextPage(headers.link, base);
    }
    return { value: items };
}
function unreadable(path, detail) {
    return { failure: { asked: `GET ${path.split('?', 1)[0]}`, kind: 'unreadable', detail } };
}

;// CONCATENATED MODULE: ./build/programs/permission/job.js


/** The job of the workflow that this run is a step of. */
function jobOf({ variableOf, gate }) {
    const names = [
        'GITHUB_ACTIONS',
        'GITHUB_REPOSITORY',
        'GITHUB_RUN_ID',
        'GITHUB_RUN_ATTEMPT',
        'GITHUB_SERVER_URL',
        'GITHUB_SHA',
        'GITHUB_ACTOR',
        'GITHUB_TRIGGERING_ACTOR',
        'GITHUB_EVENT_NAME',
    ];
    return makeJob(Object.fromEntries(names.map((name) => [name, variableOf(name)])), gate.event);
}
/** GitHub's REST, where there is a token. */
function restOf({ variableOf, gate }, limits) {
    if (gate.githubToken === undefined)
        return undefined;
    return makeRest({
        apiUrl: variableOf('GITHUB_API_URL') ?? 'https://api.github.com',
        token: gate.githubToken,
        variables: proxyVariables(variableOf),
        ...limits,
    });
}
function proxyVariables(variableOf) {
    const names = ['https_proxy', 'HTTPS_PROXY', 'no_proxy', 'NO_PROXY'];
    return Object.fromEntries(names.map((name) => [name, variableOf(name)]));
}

;// CONCATENATED MODULE: ./build/programs/tell-pull-request.js







/**
 * Tells of a run in a comment on its pull request. Nothing that goes wrong with it fails the run.
 *
 * @returns what did go wrong, each with the way out
 */
async function tellPullRequest(config, report, system) {
    const { gate, run, project } = config;
    const place = chooseCommentPlace(jobOf(config));
    if (place === undefined || gate.comment === 'off')
        return [];
    const rest = restOf(config, { ...system.github, patienceMs: PATIENCE_MS, signal: soonAfter(system.signal) });
    if (rest === undefined)
        return [WITHOUT_TOKEN];
    const marker = makeCommentMarker(report, {
        ...(project === undefined ? {} : { project }),
        commitSha: place.commitSha,
    });
    const { runUrl } = run;
    const body = renderComment(report, {
        marker,
        redact: config.redact,
        ...(runUrl === undefined ? {} : { runUrl }),
    });
    const { notes } = await upsertComment(rest, place, { marker, body, outdated: renderOutdated }, gate.comment);
    return notes;
}
const WITHOUT_TOKEN = {
    message: 'No comment was written on the pull request: there is no token to write it with.',
    help: `Give the input github-token: \${{ github.token }}, and the job permissions: pull-requests: write.`,
};
/** All else of the report waits for it. */
const PATIENCE_MS = 15_000;

var __webpack_exports__tellPullRequest = __webpack_exports__.g;
export { __webpack_exports__tellPullRequest as tellPullRequest };
