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
  S: () => (/* binding */ provePermission)
});

;// CONCATENATED MODULE: ./build/gate/refuse.js
/** A refusal in words. `lines`: what to add to a workflow. */
function refuse(reason, message, help, lines) {
    return { reason, message, help, ...(lines === undefined ? {} : { lines }) };
}
/** Each kind of answer that a gate can give has `reason` or has not. */
function isRefusal(answer) {
    return 'reason' in answer;
}

;// CONCATENATED MODULE: ./build/gate/judge-confirmation.js

/** What has to be typed, exactly. */
const CONFIRMATION = 'MIGRATE-PRODUCTION';
const LONGEST_SHOWN = 40;
/** A confirmation shows that somebody meant it, not that anybody else looked: it is recorded as no more than that. */
function judgeConfirmation({ environment, actor, confirmation, job }) {
    const { byVariable, typed } = confirmation;
    if (typed !== undefined && typed !== CONFIRMATION)
        return refuse('wrong-confirmation', `The input confirm is ${JSON.stringify(typed.slice(0, LONGEST_SHOWN))}, and ${CONFIRMATION} confirms, typed exactly so.`, `Type ${CONFIRMATION}.`);
    if (typed === undefined && !byVariable)
        return refuseUnconfirmed(environment);
    const how = typed === undefined ? 'the variable CONFIRM_PRODUCTION_MIGRATION' : `typing ${CONFIRMATION}`;
    return {
        approval: {
            kind: 'confirmation',
            by: actor,
            ...(job === undefined ? {} : { url: job.runUrl }),
            as: `a confirmation by ${how}, which nobody reviewed`,
        },
        notes: [],
    };
}
function refuseUnconfirmed(environment) {
    return refuse('not-confirmed', `Environment ${environment} has require_approval: true with approval: confirmation, and nothing confirms that migrations are to be applied to it.`, `Set CONFIRM_PRODUCTION_MIGRATION=true for this step, or let whoever starts the workflow type ${CONFIRMATION} for the input confirm.`);
}

;// CONCATENATED MODULE: ./build/gate/lines-to-add.js
/** Lines for a job of a workflow, as they stand there. A `permissions:` block takes away what it does not name. */
function permissionLines(permissions) {
    const named = ['contents: read', ...permissions.filter((one) => one !== 'contents: read')];
    return ['permissions:', ...named.map((one) => `  ${one}`)].join('\n');
}
/** How the job gets its own token to the tool. */
function tokenLines(entry) {
    return entry === 'action'
        ? `with:\n  github-token: \${{ github.token }}`
        : `env:\n  GITHUB_TOKEN: \${{ github.token }}`;
}

;// CONCATENATED MODULE: ./build/gate/needs.js
/** The permissions of a job's token that each proof needs. The members of a team no job's own token may read. */
const NEEDS = {
    'github-environment': ['actions: read'],
    comment: ['pull-requests: read'],
    review: ['pull-requests: read'],
    confirmation: [],
};

;// CONCATENATED MODULE: ./build/gate/refuse-failure.js


const AGAIN = 'Nothing was applied. Run the job again when GitHub answers: https://www.githubstatus.com tells.';
/** What GitHub did not tell is never taken for a yes: each reason why, with its way out. */
function refuseFailure(failure, asked) {
    const unknown = `It is not known ${asked.what}`;
    switch (failure.kind) {
        case 'unreachable':
            return refuse('unreachable', `${unknown}: GitHub can not be reached, ${failure.detail}.`, AGAIN);
        case 'server-error':
            return refuse('unreachable', `${unknown}: GitHub answered ${failure.status} each time.`, AGAIN);
        case 'cancelled':
            return refuse('unreachable', `${unknown}: the run was asked to end.`, 'Nothing was applied.');
        case 'unreadable':
            return refuse('unreadable', `${unknown}: the answer of ${failure.asked} can not be read, ${failure.detail}.`, UNREADABLE);
        case 'rate-limited':
            return refuse('rate-limited', `${unknown}: GitHub was asked too often with this token.`, `Nothing was applied. Run the job again ${failure.retryAt === undefined ? 'later' : `after ${failure.retryAt}`}.`);
        case 'unauthorised':
            return refuse('token-refused', `${unknown}: GitHub does not accept the token (401).`, RENEW, tokenLines(asked.entry));
        case 'forbidden':
            return refuseForbidden(failure, asked, unknown);
        case 'not-found':
            return refuse('run-not-found', `${unknown}: there is nothing at ${failure.asked} (404).`, INVISIBLE);
        case 'rejected':
            return refuse('unreadable', `${unknown}: GitHub refused ${failure.asked} (${failure.status})${said(failure.message)}.`, 'Nothing was applied. Run the job again; if it stays so, report it to the maintainers of this tool.');
    }
}
const UNREADABLE = 'Nothing was applied. Run the job again; if it stays so, look at what stands between this runner and GitHub, a proxy perhaps.';
const RENEW = 'Give the token of the job itself, or one that has not expired.';
const INVISIBLE = 'Give a token that may read this repository: the one of the job itself may.';
function refuseForbidden(failure, { needs, entry }, unknown) {
    const all = [...new Set([...needs, ...singles(failure.needs)])];
    return refuse('permission-missing', `${unknown}: the token lacks the permission ${failure.needs ?? needs.join(' and ')} (403 for ${failure.asked})${said(failure.message)}.`, `Add to the job, with what else it needs under permissions, for what is not named there is taken away; and pass the token:`, `${permissionLines(all)}\n${tokenLines(entry)}`);
}
/** Where one of several would do, ours is named already. */
function singles(needs) {
    return needs === undefined || needs.includes(' or ') ? [] : needs.split(' and ');
}
/** GitHub's own words, which tell of single sign-on, address lists and the like. */
function said(message) {
    return message === '' ? '' : `: ${message.replace(/\.$/, '')}`;
}

;// CONCATENATED MODULE: ./build/gate/find-pull-request.js



/**
 * The pull request whose approval counts: the one that started the run, at the commit that it had then; else the one that
 * brought the run's commit, as its merge or as its newest commit. None where more than one could be meant.
 */
async function findPullRequest(asked, source) {
    const { pullRequest, sha } = asked.job;
    if (pullRequest) {
        const { value, failure } = await source.pullRequest(pullRequest.number);
        if (failure)
            return refuseUnread(failure, asked);
        return value.headSha === pullRequest.headSha ? value : refuseMoved(value, pullRequest.headSha);
    }
    if (sha === undefined)
        return refuseNone(asked, 'no commit is known');
    const { value: found, failure } = await source.pullRequestsOf(sha);
    if (failure)
        return refuseUnread(failure, asked);
    const merged = found.filter(({ isMerged, mergeSha }) => isMerged && mergeSha === sha);
    const holding = merged.length > 0 ? merged : found.filter(({ headSha }) => headSha === sha);
    const [only, ...others] = holding;
    if (only === undefined)
        return refuseNone(asked, `no pull request was merged as commit ${sha}, or ends with it`);
    return others.length === 0 ? only : refuseNone(asked, `commit ${sha} is of several pull requests`);
}
/** What could not be learned of the approval that a pull request holds. */
function refuseUnread(failure, { entry, policy, job }) {
    const what = `whether what run ${job.runId} applies was approved on its pull request`;
    return refuseFailure(failure, { entry, needs: NEEDS[policy.kind], what });
}
function refuseMoved({ number }, headSha) {
    return refuse('pull-request-moved', `Pull request ${number} has got commits since ${headSha}, which this run is of.`, 'Use the run of its newest commit.');
}
function refuseNone({ policy, job }, why) {
    return refuse('no-pull-request', `approval: ${policy.kind} looks for the approval on the pull request of the run\u2019s commit, and ${why}.`, `Merge what is applied by a pull request, and run on the commit that the merge makes (${job.event} started this run).`);
}

;// CONCATENATED MODULE: ./build/gate/holds-hash.js
/** Whether a text holds the whole hash, and not as the beginning of a longer one. */
function holdsHash(text, hash) {
    if (hash === '')
        return false;
    for (let at = text.indexOf(hash); at >= 0; at = text.indexOf(hash, at + 1)) {
        const before = text.charAt(at - 1);
        const after = text.charAt(at + hash.length);
        if (!/[0-9A-Za-z:]/.test(before) && !/[0-9A-Za-z]/.test(after))
            return true;
    }
    return false;
}

;// CONCATENATED MODULE: ./build/gate/read-comment.js

/** In some languages: to take a no for a yes can not be undone, and the other mistake costs a comment. */
const NO = /(?<![\p{L}\p{N}])(?:no|not|never|cannot|\p{L}+n['\u2019]t|dont|wont|cant|wait|hold|stop|block(?:s|ed|ing)?|reject(?:s|ed|ing)?|refuse[sd]?|object(?:s|ed|ion|ions)?|den(?:y|ied)|revoke[sd]?|withdr(?:aw|awn|ew)|disapprove[sd]?|unapprove[sd]?|nack|nak|veto|cancel(?:led|ed)?|abort|nein|nicht|kein\p{L}*|nie|non|pas|n\u00e3o|nunca|niet|geen|ikke|inte|nem|nije|\u043d\u0435\u0442|\u043d\u0435)(?![\p{L}\p{N}])|~~|\ud83d\udc4e|\u26d4|\ud83d\udeab|\u274c|\ud83d\uded1|:-1:|(?<![\p{L}\p{N}])-1(?!\p{N})/iu;
const YES = /^(?:approve[sd]?|lgtm|ok|okay|good|ship|yes|confirm(?:ed)?|accept(?:ed)?|agreed?|\+1|thumbsup|white_check_mark)$/;
const FILLING = /^(?:a|and|devflow|for|hash|i|is|it|looks|me|migrations?|of|plan|production|reviewed|the|this|to|we|with)$/;
const SIGNS = /\ud83d\udc4d|\u2705|\ud83d\ude80|\ud83c\udf89/u;
/**
 * What a comment says about the plan of a hash. It approves where the hash stands alone, or in a paragraph of words of
 * approval and nothing else (`approve v1:\u2026`), with no word of refusal anywhere. Quotes and code blocks are somebody else's
 * words, and a hidden comment is a tool's.
 */
function readComment(body, hash) {
    if (!holdsHash(body, hash) || /<(?:!--|details|blockquote|pre)/i.test(body))
        return 'nothing';
    const own = ownLines(body.replace(/\r\n?/g, '\n').split('\n')).join('\n');
    const paragraphs = own.split(/\n(?:[^\S\n]*\n)+/).filter((paragraph) => /\S/.test(paragraph));
    const about = paragraphs.filter((paragraph) => holdsHash(paragraph, hash));
    if (about.length === 0)
        return 'nothing';
    if (NO.test(own.replaceAll(hash, ' ')))
        return 'objects';
    const isAlone = paragraphs.length === 1;
    return about.some((paragraph) => isYes(paragraph.replaceAll(hash, ' '), isAlone)) ? 'approves' : 'nothing';
}
function ownLines(lines) {
    const own = [];
    let fence;
    for (const line of lines) {
        const mark = /^[ \t]*(`{3,}|~{3,})/.exec(line)?.[1];
        if (fence !== undefined)
            fence = mark?.startsWith(fence) ? undefined : fence;
        else if (mark !== undefined)
            fence = mark;
        else if (!/^\s*>|^(?: {4}|\t)/.test(line))
            own.push(line);
    }
    return own;
}
/** A word that is not known may be a condition, a question to somebody, or a no in another language. */
function isYes(words, isAlone) {
    if (/[?\u00bf\uff1f@]/.test(words))
        return false;
    const all = words.toLowerCase().match(/\+1|[\p{L}\p{N}_'\u2019]+/gu) ?? [];
    const isKnown = all.every((word) => YES.test(word) || FILLING.test(word));
    const hasYes = all.some((word) => YES.test(word)) || SIGNS.test(words);
    return isKnown && (hasYes || (isAlone && all.length === 0));
}

;// CONCATENATED MODULE: ./build/gate/judge-comments.js


/**
 * Whether what was said about a plan approves it. Of each person the newest word counts, an objection of one stands against
 * the approval of another, and only the words of those who may write to the repository count at all.
 *
 * @param comments those that say something about the plan
 */
function judgeComments(asked, pullRequest, comments, rights) {
    const said = comments.map((comment) => weigh(comment, asked, pullRequest, rights));
    const newest = new Map();
    const counting = said.filter(({ flaw }) => flaw === undefined);
    for (const one of counting.toSorted((a, b) => a.comment.id - b.comment.id))
        newest.set(one.by, one);
    const standing = [...newest.values()];
    const objection = standing.find(({ objects }) => objects);
    if (objection)
        return refuseObjected(objection, asked);
    const approval = standing.find(({ isOwn }) => !isOwn) ?? standing[0];
    if (approval === undefined)
        return refuseUncounted(said, asked, pullRequest);
    const { comment, by, isOwn } = approval;
    return {
        approval: {
            kind: 'comment',
            by,
            at: comment.createdAt,
            comment: comment.body,
            ...(comment.url === undefined ? {} : { url: comment.url }),
            as: `a comment on pull request ${pullRequest.number} that holds the plan\u2019s hash, by somebody who may write to ${asked.job.repository}`,
        },
        notes: isOwn ? [`${by}, who approved it, started this run or wrote the pull request.`] : [],
    };
}
function weigh(comment, { policy, job, planHash }, { author }, rights) {
    const by = comment.by?.login ?? '';
    const objects = readComment(comment.body, planHash) === 'objects';
    const isOwn = [...job.actors, author ?? ''].some((login) => login.toLowerCase() === by.toLowerCase());
    const right = rights.get(by);
    const mayWrite = right === 'write' || right === 'admin';
    const flaws = [
        ['approved-by-bot', comment.by === undefined || comment.by.isBot || comment.byApp],
        ['no-write-access', !mayWrite],
        // Others than its author may have edited it. A no stays one.
        ['comment-edited', !objects && comment.updatedAt !== comment.createdAt],
        ['self-approved', !objects && isOwn && policy.selfApproval === 'refused'],
    ];
    const flaw = flaws.find(([, holds]) => holds)?.[0];
    return { comment, by, objects, isOwn, ...(flaw === undefined ? {} : { flaw }) };
}
function refuseObjected({ by, comment }, { planHash }) {
    return refuse('objected', `${by} objects to the plan ${planHash}${placeOf(comment)}: ${JSON.stringify(comment.body.slice(0, 200))}.`, 'Mend what is objected to. Where it was meant as an approval: a comment with a word such as no, not or wait is none; let the same person write a new one that says approve and the hash, and no more.');
}
/** What came closest is told. */
function refuseUncounted(said, { planHash }, { number }) {
    const help = `Let somebody who may write to the repository comment on pull request ${number}, with no other words: approve ${planHash}`;
    const closest = ['comment-edited', 'self-approved', 'no-write-access', 'approved-by-bot'].flatMap((flaw) => said.filter((one) => one.flaw === flaw && !one.objects).slice(0, 1))[0];
    if (closest?.flaw === undefined)
        return refuse('no-comment', `No comment on pull request ${number} approves the plan ${planHash}.`, help);
    return refuse(closest.flaw, `No comment on pull request ${number} approves the plan ${planHash}: the one by ${closest.by || 'an account that is gone'}${placeOf(closest.comment)} ${WHY[closest.flaw]}.`, help);
}
const WHY = {
    'comment-edited': 'was edited, which others than its author may have done',
    'self-approved': 'is by who started this run or wrote the pull request',
    'no-write-access': 'is by somebody who may not write to the repository',
    'approved-by-bot': 'is by no person',
};
function placeOf({ url }) {
    return url === undefined ? '' : ` (${url})`;
}

;// CONCATENATED MODULE: ./build/gate/prove-by-comment.js




/** Each needs a question of its own; nobody reviews with so many. */
const MOST_AUTHORS = 50;
/** That somebody who may write to the repository put the plan's hash into a comment on the pull request. */
async function proveByComment(asked, source) {
    const { planHash } = asked;
    if (planHash === undefined)
        return refuseUnhashed(asked);
    const pullRequest = await findPullRequest(asked, source);
    if (isRefusal(pullRequest))
        return pullRequest;
    const comments = await source.comments(pullRequest.number);
    if (comments.failure)
        return refuseUnread(comments.failure, asked);
    const about = comments.value.filter(({ body }) => readComment(body, planHash) !== 'nothing');
    const rights = await rightsOf(about, asked, source);
    return isRefusal(rights) ? rights : judgeComments({ ...asked, planHash }, pullRequest, about, rights);
}
async function rightsOf(comments, asked, source) {
    const logins = new Set(comments.flatMap(({ by }) => (by && !by.isBot ? [by.login] : [])));
    if (logins.size > MOST_AUTHORS)
        return refuse('unreadable', `${logins.size} accounts wrote about this plan, and at most ${MOST_AUTHORS} are looked at.`, 'Remove comments of accounts that have nothing to do with it.');
    const rights = new Map();
    const replies = await Promise.all([...logins].map(async (login) => ({ login, reply: await source.rightOf(login) })));
    for (const { login, reply } of replies) {
        if (reply.failure)
            return refuseUnread(reply.failure, asked);
        rights.set(login, reply.value);
    }
    return rights;
}
function refuseUnhashed({ environment }) {
    return refuse('no-plan-hash', `Environment ${environment} has approval: comment, and without expected-plan-hash there is no plan that a comment could be about.`, 'Let a job before this one run plan, and pass its output:', `with:\n  expected-plan-hash: \${{ needs.plan.outputs.plan-hash }}`);
}

;// CONCATENATED MODULE: ./build/gate/judge-environment.js


/** Whether this run was approved for the environment, by what the environment is now and what was said in reviews of the run. */
function judgeEnvironment(asked, environment, reviews, run) {
    const { reviewers } = environment;
    if (reviewers === undefined)
        return refuseUnprotected(asked, environment, run);
    const ours = reviews.filter((review) => isFor(review, asked.policy.githubEnvironment, environment.id));
    const rejected = ours.find(({ state }) => state === 'rejected');
    if (rejected)
        return refuseRejected(asked, rejected);
    const approvals = ours.filter(({ state }) => state === 'approved');
    if (approvals.length === 0)
        return refuseUnapproved(asked, reviewers.names);
    const people = approvals.flatMap(({ by, comment }) => (by && !by.isBot ? [{ by: by.login, comment }] : []));
    if (people.length === 0)
        return refuseBot(asked, approvals[0]?.by?.login);
    const isOthers = asked.policy.selfApproval === 'refused' || reviewers.preventsSelfReview;
    const own = lower([...asked.job.actors, ...run.actors]);
    const others = people.filter(({ by }) => !own.includes(by.toLowerCase()));
    const counting = isOthers ? others : [...others, ...people];
    if (counting.length === 0)
        return refuseOwn(asked, people[0]?.by ?? '');
    return ofAttempt(asked, counting, others.length === 0);
}
/** GitHub takes names without regard to case. One that was deleted and made again is another one. */
function isFor(review, name, id) {
    return review.environments.some((one) => one.name.toLowerCase() === name.toLowerCase() &&
        (one.id === undefined || id === undefined || one.id === id));
}
function lower(names) {
    return names.map((name) => name.toLowerCase());
}
/** The API does not tell of which attempt an approval is, so a later one needs another tie. */
function ofAttempt(asked, approvals, isOwn) {
    const { job, policy, planHash } = asked;
    const naming = approvals.find(({ comment }) => planHash !== undefined && holdsHash(comment, planHash));
    const approval = naming ?? approvals[0];
    if (approval === undefined)
        throw new Error('One of no approvals was chosen.');
    const own = isOwn ? [`${approval.by}, who approved it, started this run.`] : [];
    const permission = permit(asked, approval, own);
    if (job.attempt === 1)
        return permission;
    if (policy.rerun === 'refuse')
        return refuseRerun(asked);
    if (naming)
        return permission;
    if (policy.rerun === 'accept') {
        const note = `This is attempt ${job.attempt} of the run: its approval may have been for an earlier one, which approval-rerun: accept allows.`;
        return { ...permission, notes: [...permission.notes, note] };
    }
    return planHash === undefined ? refuseRerun(asked) : { ...permission, onlyContinuing: planHash };
}
function permit({ policy, job }, { by, comment }, notes) {
    return {
        approval: {
            kind: 'github-environment',
            by,
            ...(comment === '' ? {} : { comment }),
            url: job.runUrl,
            as: `a required reviewer of the GitHub environment ${policy.githubEnvironment}`,
        },
        notes,
    };
}
function refuseUnprotected({ policy, job }, { hasPaidRule }, { isPrivate }) {
    const name = policy.githubEnvironment;
    if (job.offersReviewers || hasPaidRule || isPrivate === false)
        return refuse('no-reviewers', `The GitHub environment ${name} of ${job.repository} has no required reviewers, so every job may use it without an approval.`, `Add them under Settings \u2192 Environments \u2192 ${name} \u2192 Required reviewers.`);
    return refuse('reviewers-not-offered', `The GitHub environment ${name} of ${job.repository} has no required reviewers. In a private repository they need GitHub Enterprise; other plans do not offer them.`, `With Enterprise, add them under Settings \u2192 Environments \u2192 ${name}. Without, set approval: comment or approval: review in devflow.yml; or approval: confirmation, which nobody reviews.`);
}
function refuseUnapproved({ policy, job }, names) {
    const name = policy.githubEnvironment;
    const who = names.length === 0 ? 'a required reviewer' : names.slice(0, 6).join(' or ');
    return refuse('not-approved', `Run ${job.runId} was not approved for the GitHub environment ${name}.`, `An administrator who starts a waiting job past its rules leaves no approval. Let ${who} approve it at ${job.runUrl}, and the job name the environment:`, `environment: ${name}`);
}
function refuseRejected({ policy, job }, { by, comment }) {
    const words = comment === '' ? '' : `: ${JSON.stringify(comment.slice(0, 200))}`;
    return refuse('rejected', `Run ${job.runId} was rejected for the GitHub environment ${policy.githubEnvironment} by ${by?.login ?? 'an account that is gone'}${words}.`, 'Start a new run when what was objected to is mended. A rejection stays with its run, for GitHub does not tell which review came last.');
}
function refuseBot({ policy, job }, login) {
    const who = login === undefined ? 'an account that is gone' : `${login}, which is an app and no person`;
    return refuse('approved-by-bot', `Run ${job.runId} was approved for the GitHub environment ${policy.githubEnvironment} by nobody but ${who}.`, 'Let a person approve a new run.');
}
function refuseOwn({ policy, job }, login) {
    return refuse('self-approved', `Run ${job.runId} was approved for the GitHub environment ${policy.githubEnvironment} by nobody but ${login}, who started it.`, `Let somebody else approve a new run at ${job.runUrl.replace(/\/runs\/\d+$/, '')}.`);
}
function refuseRerun({ job, policy }) {
    return refuse('rerun', `This is attempt ${job.attempt} of run ${job.runId}, and GitHub does not tell of which attempt an approval is.`, policy.rerun === 'refuse'
        ? 'Start a new run, which is approved anew: approval-rerun: refuse allows no other.'
        : 'Start a new run, which is approved anew. With expected-plan-hash a later attempt may go on with a plan that an earlier one began, or that the approval names in its comment; approval-rerun: accept in devflow.yml takes the approval whatever it was for.');
}

;// CONCATENATED MODULE: ./build/gate/judge-run.js

/** Events whose run has the very commit that its jobs get. A pull request's jobs get one that was made for the trial. */
const SAME_COMMIT = ['push', 'workflow_dispatch', 'schedule'];
/** Whether the run that GitHub tells of is the one that this job is of. What GitHub leaves out is not compared. */
function judgeRun({ job }, run) {
    const { event, attempt, sha } = job;
    if (run.status === 'completed')
        return mismatch(job.runId, 'has ended');
    if (run.attempt !== undefined && run.attempt !== attempt)
        return mismatch(job.runId, `is at attempt ${run.attempt}, and this job is of attempt ${attempt}`);
    if (run.event !== undefined && run.event !== event)
        return mismatch(job.runId, `was started by ${run.event}, and this job by ${event}`);
    if (SAME_COMMIT.includes(event) && run.headSha !== undefined && run.headSha !== sha)
        return mismatch(job.runId, `is of commit ${run.headSha}, and this job of ${sha ?? 'none'}`);
    return undefined;
}
function mismatch(runId, what) {
    return refuse('run-mismatch', `Run ${runId} ${what}, so its approval is none for this job.`, 'Start a new run, and leave the variables GITHUB_\u2026 as the runner sets them.');
}

;// CONCATENATED MODULE: ./build/gate/prove-by-environment.js





/** That this run was approved for the GitHub environment by a required reviewer, which the environment must really have. */
async function proveByEnvironment(asked, source) {
    const name = asked.policy.githubEnvironment;
    const [environment, reviews, run] = await Promise.all([
        source.environment(name),
        source.environmentReviews(),
        source.run(),
    ]);
    // The run first: who may not see the repository is told that nothing is there.
    const failed = [run, reviews].find(({ failure }) => failure !== undefined)?.failure;
    if (failed)
        return prove_by_environment_refuseUnread(failed, asked);
    if (environment.failure?.kind === 'not-found')
        return refuseMissing(asked, run.value?.isPrivate);
    if (environment.failure)
        return prove_by_environment_refuseUnread(environment.failure, asked);
    if (!environment.value || !reviews.value || !run.value)
        throw new Error('A reply holds a value or a failure.');
    return judgeRun(asked, run.value) ?? judgeEnvironment(asked, environment.value, reviews.value, run.value);
}
function prove_by_environment_refuseUnread(failure, { entry, policy, job }) {
    const what = `whether run ${job.runId} was approved for the GitHub environment ${policy.githubEnvironment}`;
    return refuseFailure(failure, { entry, needs: NEEDS['github-environment'], what });
}
/** A name that is written wrong in a workflow makes an environment that protects nothing. */
function refuseMissing({ policy, job }, isPrivate = false) {
    const plan = isPrivate && !job.offersReviewers
        ? ' In a private repository environments need GitHub Pro, Team or Enterprise, and required reviewers need Enterprise.'
        : '';
    return refuse('environment-missing', `The GitHub environment ${policy.githubEnvironment} does not exist in ${job.repository}.${plan}`, 'Create it under Settings \u2192 Environments with required reviewers, or name the right one with github-environment in devflow.yml.');
}

;// CONCATENATED MODULE: ./build/gate/judge-reviews.js

/**
 * Whether a member of the team approved the pull request as it was merged. A review of an earlier commit is none of this
 * one, and a member who asks for changes stands against the others.
 *
 * @param reviews the newest of each person, yes or no
 */
function judgeReviews(asked, pullRequest, reviews, members) {
    const ofTeam = reviews.filter(({ by }) => by !== undefined && members.has(by.login));
    const against = ofTeam.find(({ state }) => state === 'CHANGES_REQUESTED');
    if (against)
        return refuseAgainst(against, asked, pullRequest);
    const approving = ofTeam.filter(({ state }) => state === 'APPROVED');
    const onCommit = approving.filter(({ commitSha }) => commitSha === pullRequest.headSha);
    const isOwn = ({ by }) => ownLogins(asked, pullRequest).includes(by?.login.toLowerCase() ?? '');
    const review = onCommit.find((one) => !isOwn(one)) ?? onCommit[0];
    if (review === undefined)
        return refuseUnreviewed(asked, pullRequest, approving[0], reviews);
    if (isOwn(review) && asked.policy.selfApproval === 'refused')
        return judge_reviews_refuseOwn(asked, pullRequest, review);
    return judge_reviews_permit(asked, pullRequest, review, isOwn(review));
}
function ownLogins({ job }, { author }) {
    return [...job.actors, author ?? ''].filter(Boolean).map((login) => login.toLowerCase());
}
function judge_reviews_permit({ team }, { number }, { by, submittedAt, body, url, commitSha }, isOwn) {
    const login = by?.login ?? '';
    return {
        approval: {
            kind: 'review',
            by: login,
            ...(submittedAt === undefined ? {} : { at: submittedAt }),
            ...(body === '' ? {} : { comment: body }),
            ...(url === undefined ? {} : { url }),
            as: `a review of pull request ${number} at commit ${commitSha} by a member of ${team}`,
        },
        notes: isOwn ? [`${login}, who approved it, started this run.`] : [],
    };
}
function refuseAgainst({ by, url }, { team }, { number }) {
    return refuse('objected', `${by?.login} of ${team} asks for changes of pull request ${number}${url === undefined ? '' : ` (${url})`}.`, 'Mend it, and let the same person review it again.');
}
function refuseUnreviewed({ team }, { number, headSha }, earlier, reviews) {
    const help = `Let a member of ${team} approve pull request ${number} at commit ${headSha}.`;
    const none = `No member of ${team} approved pull request ${number} at commit ${headSha}`;
    if (earlier)
        return refuse('reviewed-other-commit', `${none}: ${earlier.by?.login} approved ${earlier.commitSha ?? 'another commit'}.`, help);
    const outsider = reviews.find(({ state, by }) => state === 'APPROVED' && by !== undefined)?.by;
    if (outsider)
        return refuse('not-in-team', `${none}: ${outsider.login}, who did, is no member.`, help);
    return refuse('not-reviewed', `${none}.`, help);
}
function judge_reviews_refuseOwn({ team }, { number }, { by }) {
    return refuse('self-approved', `Pull request ${number} was approved by nobody but ${by?.login}, who started this run or wrote it.`, `Let another member of ${team} approve it.`);
}

;// CONCATENATED MODULE: ./build/gate/newest-reviews.js
/** The newest review of each person that says yes or no, as GitHub counts them: remarks change nothing, a dismissed one is gone. */
function newestReviews(reviews) {
    const newest = new Map();
    for (const review of reviews.toSorted((a, b) => a.id - b.id)) {
        const isWord = review.state !== 'COMMENTED' && review.state !== 'PENDING';
        if (isWord && review.by)
            newest.set(review.by.login, review);
    }
    return [...newest.values()].filter(({ state }) => state !== 'DISMISSED');
}

;// CONCATENATED MODULE: ./build/gate/prove-by-review.js





/** That a member of the team approved the pull request at the very commit. */
async function proveByReview(asked, source) {
    const team = teamOf(asked);
    if (team === undefined)
        return refuseTeamless(asked);
    const pullRequest = await findPullRequest(asked, source);
    if (isRefusal(pullRequest))
        return pullRequest;
    const [reviews, exists] = await Promise.all([
        source.reviews(pullRequest.number),
        source.team(team.organisation, team.slug),
    ]);
    if (reviews.failure)
        return refuseUnread(reviews.failure, asked);
    if (exists.failure)
        return refuseTeam(exists.failure, team.name, asked);
    return judgeMembers(asked, source, team, pullRequest, newestReviews(reviews.value));
}
function teamOf({ policy, job }) {
    const [, organisation = job.repository.split('/', 1)[0] ?? '', slug] = /^@?(?:([\w.-]+)\/)?([\w.-]+)$/.exec(policy.team ?? '') ?? [];
    return slug === undefined ? undefined : { organisation, slug, name: `@${organisation}/${slug}` };
}
async function judgeMembers(asked, source, { organisation, slug, name }, pullRequest, reviews) {
    const members = new Set();
    for (const { by } of reviews) {
        if (by === undefined || by.isBot)
            continue;
        const { value, failure } = await source.isMember(organisation, slug, by.login);
        if (failure)
            return refuseTeam(failure, name, asked);
        if (value)
            members.add(by.login);
    }
    return judgeReviews({ ...asked, team: name }, pullRequest, reviews, members);
}
function refuseTeamless({ environment, policy }) {
    const seen = policy.team === undefined ? 'no team is named' : `${JSON.stringify(policy.team.slice(0, 80))} is no team`;
    return refuse('no-team', `Environment ${environment} has approval: review, and ${seen}.`, 'Name the team whose reviews count with approval-team in devflow.yml: organisation/team.');
}
/** A job's own token belongs to the repository, and teams to the organisation. */
function refuseTeam(failure, team, { entry }) {
    const token = `Pass a token that may read the organisation\u2019s members as ${entry === 'action' ? 'the input github-token' : 'the variable GITHUB_TOKEN'}, for the job\u2019s own never may: of a GitHub App with Members: read, or a classic one with read:org.`;
    if (failure.kind === 'not-found')
        return refuse('team-missing', `The team ${team} does not exist, or the token may not see it.`, token);
    if (failure.kind === 'forbidden')
        return refuse('permission-missing', `The token may not see who is in the team ${team} (403).`, token);
    return refuseFailure(failure, { entry, needs: [], what: `who is in the team ${team}` });
}

;// CONCATENATED MODULE: ./build/gate/prove-approval.js







/**
 * Whether what runs now was approved, for an environment with `require_approval: true`, in the way that the configuration
 * chose. Whatever is not known is a refusal; each reason for one has its own words and its own way out.
 *
 * @param source absent where there is no token
 */
async function proveApproval(asked, source) {
    const { policy, job } = asked;
    if (policy.kind === 'confirmation')
        return judgeConfirmation(asked);
    if (job === undefined)
        return refuseOutside(asked);
    if (source === undefined)
        return refuseWithoutToken(asked);
    const inJob = { ...asked, job };
    if (policy.kind === 'comment')
        return proveByComment(inJob, source);
    if (policy.kind === 'review')
        return proveByReview(inJob, source);
    return proveByEnvironment(inJob, source);
}
function refuseOutside({ environment }) {
    return refuse('no-job', `Environment ${environment} has require_approval: true, and this does not run in a GitHub job, whose approval could be proven.`, 'Run it in a GitHub Actions workflow; or set approval: confirmation for the environment in devflow.yml, which nobody reviews.');
}
function refuseWithoutToken({ environment, entry, policy }) {
    const lines = `${permissionLines(NEEDS[policy.kind])}\n${tokenLines(entry)}`;
    return refuse('no-token', `Environment ${environment} has require_approval: true, and there is no token to ask GitHub for the approval with.`, 'Add to the job, with what else it needs under permissions, for what is not named there is taken away:', lines);
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

;// CONCATENATED MODULE: ./build/github/approvals/parse-environment.js

/** Undefined where it is no environment. A rule for reviewers that names none protects nothing, and counts as none. */
function parseEnvironment(value) {
    if (textOf(value, 'name') === undefined)
        return undefined;
    const rules = listOf(value, 'protection_rules') ?? [];
    const paid = ['wait_timer', 'required_reviewers'];
    return {
        ...given('id', numberOf(value, 'id')),
        ...given('reviewers', parseReviewers(rules)),
        hasPaidRule: rules.some((rule) => paid.includes(textOf(rule, 'type') ?? '')),
    };
}
function parseReviewers(rules) {
    const required = rules.filter((rule) => textOf(rule, 'type') === 'required_reviewers');
    const reviewers = required.flatMap((rule) => listOf(rule, 'reviewers') ?? []);
    if (reviewers.length === 0)
        return undefined;
    return {
        names: reviewers.flatMap((one) => nameOf(one) ?? []),
        preventsSelfReview: required.some((rule) => fieldOf(rule, 'prevent_self_review') === true),
    };
}
function nameOf(reviewer) {
    const login = textOf(reviewer, 'reviewer', 'login');
    if (login !== undefined)
        return login;
    const team = textOf(reviewer, 'reviewer', 'slug') ?? textOf(reviewer, 'reviewer', 'name');
    return team === undefined ? undefined : `team ${team}`;
}

;// CONCATENATED MODULE: ./build/github/approvals/parse-environment-review.js



/** Undefined where it is no review, or one in a state that is not known: what is not understood must not be passed over. */
function parseEnvironmentReview(value) {
    const state = textOf(value, 'state');
    const environments = listOf(value, 'environments');
    if (state !== 'approved' && state !== 'rejected' && state !== 'pending')
        return undefined;
    if (environments === undefined)
        return undefined;
    return {
        state,
        environments: environments.flatMap((one) => {
            const name = textOf(one, 'name');
            return name === undefined ? [] : [{ name, ...given('id', numberOf(one, 'id')) }];
        }),
        ...given('by', parseAccount(value.user)),
        comment: cutComment(textOf(value, 'comment')),
    };
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

;// CONCATENATED MODULE: ./build/github/approvals/parse-review.js



const STATES = ['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED', 'DISMISSED', 'PENDING'];
/** Undefined where it is no review, or one in a state that is not known. */
function parseReview(value) {
    const id = numberOf(value, 'id');
    const state = textOf(value, 'state')?.toUpperCase() ?? '';
    if (id === undefined || !STATES.includes(state))
        return undefined;
    return {
        id,
        state: state,
        ...given('by', parseAccount(fieldOf(value, 'user'))),
        ...given('commitSha', textOf(value, 'commit_id')),
        ...given('submittedAt', textOf(value, 'submitted_at')),
        body: cutComment(textOf(value, 'body')),
        ...given('url', textOf(value, 'html_url')),
    };
}

;// CONCATENATED MODULE: ./build/github/approvals/parse-run.js

/** Undefined where it is no run, or another one than was asked for. */
function parseRun(value, runId) {
    const id = numberOf(value, 'id');
    const attempt = numberOf(value, 'run_attempt');
    const headSha = textOf(value, 'head_sha');
    if (id === undefined ? attempt === undefined && headSha === undefined : String(id) !== runId)
        return undefined;
    return {
        ...given('attempt', attempt),
        ...given('status', textOf(value, 'status')),
        ...given('event', textOf(value, 'event')),
        ...given('headSha', headSha),
        ...given('isPrivate', booleanOf(fieldOf(value, 'repository', 'private'))),
        actors: ['actor', 'triggering_actor'].flatMap((who) => textOf(value, who, 'login') ?? []),
    };
}
function booleanOf(value) {
    return typeof value === 'boolean' ? value : undefined;
}

;// CONCATENATED MODULE: ./build/github/approvals/make-approval-source.js







/** The facts about an approval from GitHub's API. An answer in another form than documented is a failure, never a fact. */
function makeApprovalSource(rest, { repository, runId, attempt }) {
    const repo = `/repos/${repository.split('/').map(encode).join('/')}`;
    const runPath = `${repo}/actions/runs/${runId}`;
    const one = async (path, parse) => read(path, await rest.get(path), parse);
    const all = async (path, parse) => read(path, await rest.getAll(path), (values) => parseAll(values, parse));
    const teamPath = (organisation, team) => `/orgs/${encode(organisation)}/teams/${encode(team)}`;
    return {
        environment: (name) => one(`${repo}/environments/${encode(name)}`, parseEnvironment),
        environmentReviews: () => all(`${runPath}/approvals`, parseEnvironmentReview),
        run: async () => {
            const parse = (value) => parseRun(value, runId);
            const reply = await one(`${runPath}/attempts/${attempt}`, parse);
            // Servers before the one that knows attempts know the run.
            return reply.failure?.kind === 'not-found' ? one(runPath, parse) : reply;
        },
        pullRequest: (number) => one(`${repo}/pulls/${number}`, parsePullRequest),
        pullRequestsOf: (sha) => all(`${repo}/commits/${sha}/pulls?per_page=100`, parsePullRequest),
        comments: (number) => all(`${repo}/issues/${number}/comments?per_page=100`, parseComment),
        reviews: (number) => all(`${repo}/pulls/${number}/reviews?per_page=100`, parseReview),
        rightOf: async (login) => {
            const reply = await one(`${repo}/collaborators/${encode(login)}/permission`, parseRight);
            return absentAs('none', reply);
        },
        team: (organisation, team) => one(teamPath(organisation, team), (value) => (textOf(value, 'slug') === undefined ? undefined : true)),
        isMember: async (organisation, team, login) => {
            const path = `${teamPath(organisation, team)}/memberships/${encode(login)}`;
            return absentAs(false, await one(path, parseMembership));
        },
    };
}
/** A lone half of a character has no encoding, and no name on GitHub holds one. */
function encode(name) {
    return encodeURIComponent(name.replace(/\p{Surrogate}/gu, '\ufffd'));
}
function read(path, reply, parse) {
    if (reply.failure)
        return reply;
    const value = parse(reply.value);
    if (value !== undefined)
        return { value };
    const detail = 'it is not what GitHub documents';
    return { failure: { asked: `GET ${path.split('?', 1)[0]}`, kind: 'unreadable', detail } };
}
/** All of them or none: the one that can not be read may be the one that says no. */
function parseAll(values, parse) {
    const parsed = values.flatMap((value) => parse(value) ?? []);
    return parsed.length === values.length ? parsed : undefined;
}
/** `permission` knows four words: `maintain` is `write` there, and `triage` is `read`. */
function parseRight(value) {
    const right = textOf(value, 'permission');
    return right === 'admin' || right === 'write' || right === 'read' || right === 'none' ? right : undefined;
}
/** An invitation that was not taken up is `pending`. */
function parseMembership(value) {
    const state = textOf(value, 'state');
    return state === undefined ? undefined : state === 'active';
}
function absentAs(value, reply) {
    return reply.failure?.kind === 'not-found' ? { value } : reply;
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
        return rest_exchange_read(await answerTo((0,external_node_http_namespaceObject.request)(url, options), body), largestBytes);
    const socket = await openTunnel(url, variables, signal);
    if (socket === undefined)
        return rest_exchange_read(await answerTo((0,external_node_https_namespaceObject.request)(url, options), body), largestBytes);
    try {
        const host = url.hostname.replace(/^\[|\]$/g, '');
        // An address has no name to be asked for, and its certificate is checked for the address.
        const createConnection = () => (0,external_node_tls_namespaceObject.connect)({ socket, host, servername: (0,external_node_net_namespaceObject.isIP)(host) ? '' : host });
        const request = (0,external_node_https_namespaceObject.request)(url, { ...options, agent: false, createConnection });
        return await rest_exchange_read(await answerTo(request, body), largestBytes);
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
async function rest_exchange_read(response, largestBytes) {
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

;// CONCATENATED MODULE: ./build/github/rest-failure-of.js
const LONGEST_MESSAGE = 200;
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
        return typeof message === 'string' ? message.slice(0, LONGEST_MESSAGE) : '';
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

;// CONCATENATED MODULE: ./build/programs/prove-permission.js



/**
 * Who approved it, by what GitHub or a person says; undefined where nobody has to.
 *
 * @param expected the plan that was approved, where one was named
 */
async function provePermission(config, system, signal, expected) {
    const { gate, environment, entry, run, confirmed } = config;
    if (gate.approval === undefined)
        return undefined;
    const job = jobOf(config);
    const asked = {
        environment: environment.name,
        policy: gate.approval,
        entry,
        actor: run.actor,
        ...(job === undefined ? {} : { job }),
        ...(expected === undefined ? {} : { planHash: expected.hash }),
        confirmation: { byVariable: confirmed, ...(gate.typed === undefined ? {} : { typed: gate.typed }) },
    };
    const rest = restOf(config, { ...system.github, signal });
    return proveApproval(asked, rest && job ? makeApprovalSource(rest, job) : undefined);
}

var __webpack_exports__provePermission = __webpack_exports__.S;
export { __webpack_exports__provePermission as provePermission };
