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
  N: () => (/* binding */ makeNew)
});

;// CONCATENATED MODULE: ./build/model/is-repeatable.js
/**
 * Whether a version is that of a repeatable migration, `R__name`: it has no place among the versions, comes after all of
 * them, and is run again whenever its text is another. No other version begins with a letter.
 */
function isRepeatable({ version }) {
    return version.startsWith('R__');
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

;// CONCATENATED MODULE: ./build/migrations/version-order.js

/**
 * The order of versions: by the dotted number each begins with, then by bytes; those that begin with none come last.
 * Zero where they are one version (`1` and `01`, `1.0` and `1`).
 */
function compareVersions(a, b) {
    return compareKeys(versionKey(a), versionKey(b));
}
/** {@link compareVersions} of what `versionKey` gave already. */
function compareKeys(left, right) {
    if (left === right)
        return 0;
    if (left.length === right.length && DIGITS.test(left) && DIGITS.test(right))
        return left < right ? -1 : 1;
    const numbers = [left, right].map((key) => LEADING.exec(key)?.[0]);
    if (numbers[0] === undefined || numbers[1] === undefined) {
        return Number(numbers[0] === undefined) - Number(numbers[1] === undefined) || compareBytes(left, right);
    }
    const [x, y] = numbers.map((number) => versionKey(number ?? ''));
    return compareNumbers((x ?? '').split('.'), (y ?? '').split('.')) || compareBytes(left, right);
}
/** By UTF-8 bytes, the order of `LC_ALL=C ls`; never by a locale. */
function compareBytes(a, b) {
    // The order of UTF-16 is that of UTF-8 but for surrogates.
    if (SURROGATE.test(a) || SURROGATE.test(b))
        return Buffer.compare(Buffer.from(a), Buffer.from(b));
    return a < b ? -1 : Number(a > b);
}
const SURROGATE = /[\ud800-\udfff]/;
const DIGITS = /^\d+$/;
const LEADING = /^\d+(?:\.\d+)*/;
// A version key has no leading zeros: a longer number is a larger one.
function compareNumbers(a, b) {
    for (const [index, left] of a.entries()) {
        const right = b[index];
        if (right === undefined)
            return 1;
        if (left !== right)
            return left.length - right.length || (left < right ? -1 : 1);
    }
    return a.length - b.length;
}

;// CONCATENATED MODULE: ./build/migrations/find-newest.js


/** The file with the highest version: what is made next must come after it, whatever the order of application is. */
function findNewest(files) {
    return files.reduce((most, file) => isRepeatable(file) || (most && compareVersions(most.version, file.version) >= 0) ? most : file, undefined);
}

;// CONCATENATED MODULE: ./build/migrations/name-next.js
/**
 * A name for a new migration that comes after another: in its style, by the clock where the style is one of days or
 * moments.
 *
 * @param newest of all versions in the folder
 * @param what it does, in letters, digits, `_` and `-`
 */
function nameNext({ name, style }, what, now) {
    if (style === 'folder') {
        const [folder = '', file = 'migration.sql'] = name.split('/');
        return `${nextStem(folder, what, now)}/${file}`;
    }
    if (style !== 'flyway')
        return `${nextStem(name, what, now)}.sql`;
    const number = /^V(\d+)/.exec(name)?.[1] ?? '0';
    return `V${plusOne(number)}__${what}.sql`;
}
function nextStem(name, what, now) {
    const date = /^\d{4}-\d{2}-\d{2}/.exec(name)?.[0];
    if (date !== undefined)
        return `${dayAfter(date, now)}_${what}`;
    const number = /^\d+/.exec(name)?.[0] ?? '0';
    const separator = name.charAt(number.length) === '-' ? '-' : '_';
    return `${nextNumber(number, now)}${separator}${what}`;
}
function nextNumber(number, now) {
    if (/^(?:19|20)\d{6}$/.test(number)) {
        const date = `${number.slice(0, 4)}-${number.slice(4, 6)}-${number.slice(6)}`;
        return dayAfter(date, now).replaceAll('-', '');
    }
    return number.length === 14 ? momentAfter(number, now) : plusOne(number);
}
function plusOne(number) {
    return String(BigInt(number) + 1n).padStart(number.length, '0');
}
/** Today, or the day after the given one where that is not past. */
function dayAfter(date, now) {
    const today = now.toISOString().slice(0, 10);
    if (today > date)
        return today;
    const day = new Date(`${date}T00:00:00Z`);
    // A day that no calendar has.
    if (Number.isNaN(day.getTime()))
        return `${plusOne(date.slice(0, 4))}-01-01`;
    day.setUTCDate(day.getUTCDate() + 1);
    return day.toISOString().slice(0, 10);
}
/** Now, or the second after the given moment where that is not past. */
function momentAfter(moment, now) {
    const present = digitsOf(now);
    if (present > moment)
        return present;
    const [, date, hours, minutes, seconds] = /^(\d{4}\d{2}\d{2})(\d{2})(\d{2})(\d{2})$/.exec(moment) ?? [];
    const day = date?.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
    const time = new Date(`${day}T${hours}:${minutes}:${seconds}Z`).getTime();
    // Counted in the form of a moment: 20260120240001.
    return Number.isNaN(time) ? plusOne(moment) : digitsOf(new Date(time + 1000));
}
function digitsOf(time) {
    return time.toISOString().replace(/\D/g, '').slice(0, 14);
}

;// CONCATENATED MODULE: external "node:fs/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");
;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;// CONCATENATED MODULE: ./build/migrations/write-new.js


/**
 * Writes a file that is not there yet into the migrations folder; one that is there stays as it is.
 *
 * @param directory the migrations folder
 * @returns why it was not written, a clause; undefined where it was
 */
async function writeNew(directory, { name, text }) {
    try {
        const path = (0,external_node_path_namespaceObject.join)(await (0,promises_namespaceObject.realpath)(directory), name);
        // A migration may be a folder with a file in it.
        await (0,promises_namespaceObject.mkdir)((0,external_node_path_namespaceObject.dirname)(path), { recursive: true });
        await (0,promises_namespaceObject.writeFile)(path, text, { flag: 'wx' });
        return undefined;
    }
    catch (error) {
        const code = error.code ?? String(error);
        return code === 'EEXIST' ? 'there is a file of that name already' : `it can not be written (${code})`;
    }
}

;// CONCATENATED MODULE: ./build/programs/new.js



/**
 * Writes the next migration file, in the style of the folder. It holds a comment and no statement: until there is one,
 * `validate` says so.
 */
async function makeNew({ directory, newName = 'migration' }, gathered, now) {
    const { files = [] } = gathered;
    const name = nameNext(findNewest(files) ?? firstOf(now), newName, now);
    const path = gathered.directory === '.' ? name : `${gathered.directory}/${name}`;
    const step = { what: `create ${path}`, name, state: 'not-run' };
    gathered.operation = { steps: [step], next: [] };
    const why = await writeNew(directory, { name, text: TEXT });
    gathered.operation = why === undefined ? done(step, path) : failed(step, why);
}
/** An empty folder has no style: a moment can not be taken by two branches at once, as the next number can. */
function firstOf(now) {
    const before = new Date(now.getTime() - 1000);
    return { name: `${before.toISOString().replace(/\D/g, '').slice(0, 14)}_`, style: 'timestamp' };
}
const TEXT = '-- What this migration does, and why.\n\n';
function done(step, path) {
    return {
        steps: [{ ...step, state: 'done' }],
        next: [`Write its statements into ${path}, then run devflow db validate.`],
    };
}
function failed(step, why) {
    const failure = { code: 'not-written', message: `${step.name} is not created: ${why}` };
    return { steps: [{ ...step, state: 'failed', failure }], next: [] };
}

var __webpack_exports__makeNew = __webpack_exports__.N;
export { __webpack_exports__makeNew as makeNew };
