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
  _: () => (/* binding */ migrate)
});

;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;// CONCATENATED MODULE: ./build/config/commands.js
const BOTH = ['action', 'cli'];
/** Every command, once, in the order in which the help shows them. */
const COMMANDS = {
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

;// CONCATENATED MODULE: ./build/config/command-groups.js

/** The commands that an input changes something for. */
const ALL = Object.keys(COMMANDS);
/** What the action's input `command` takes. */
const IN_ACTION = ALL.filter((command) => COMMANDS[command].entries.includes('action'));
const READING = ALL.filter((command) => command !== 'setup');
const CONNECTING = ALL.filter((command) => COMMANDS[command].connects);
const LOCKING = ALL.filter((command) => COMMANDS[command].locks);
const CHANGING = ALL.filter((command) => COMMANDS[command].changes);
const JUDGING = (/* unused pure expression or super */ null && (['validate', 'plan', 'dry-run', 'migrate']));
/** Those that read what is pending as SQL. */
const PLANNING = ['plan', 'dry-run', 'migrate'];
/** Those that are no part of bringing pending migrations into a target (`programs/operate.ts`). */
const OPERATING = (/* unused pure expression or super */ null && ([
    'rollback',
    'repair',
    'baseline',
    'adopt',
    'backup',
    'restore',
]));
function isOperating(command) {
    return OPERATING.some((each) => each === command);
}

;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");
// EXTERNAL MODULE: ./node_modules/pg/lib/index.js
var lib = __nccwpck_require__(3273);
;// CONCATENATED MODULE: ./node_modules/pg/esm/index.mjs
// ESM wrapper for pg


// Re-export all the properties
const Client = lib.Client
const Pool = lib.Pool
const Connection = lib.Connection
const types = lib.types
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

;// CONCATENATED MODULE: ./build/database/explain-connection-error.js

/**
 * A failed connection in one sentence that names host and reason, with the way out. Never the password.
 *
 * @param systemCode what the operating system or TLS called it (`ECONNREFUSED`, `SELF_SIGNED_CERT_IN_CHAIN`)
 */
function explainConnectionError(endpoint, error, systemCode) {
    const place = `${endpoint.host}:${endpoint.port}`;
    const help = HELP[systemCode ?? ''] ??
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
const HELP = {
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
        return HELP.ETIMEDOUT;
    if (/password must be a (non-empty )?string/i.test(message))
        return 'The server asks for a password and the URL has none.';
    if (/unsupported (startup parameter|options)/i.test(message))
        return 'A pooler in between refuses a parameter of the connection: take options out of the URL, or connect to PostgreSQL itself.';
    return undefined;
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
function from_text_fromText(type, text) {
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
const AS_WE_SEND = "SET client_encoding = 'UTF8';";
/** Whether a text may say itself in which encoding it is read from then on. What stands in SQL of ours does not count. */
function setsEncoding(text) {
    return MAY_SET_ENCODING.test(text.replaceAll(AS_WE_SEND, '').replaceAll(IS_KEPT, ''));
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

;// CONCATENATED MODULE: external "node:fs/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");
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
        throw new UserError([{ message: `The database URL in ${source} ${what}.`, help: parse_database_url_HELP }]);
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
const parse_database_url_HELP = 'Write postgresql://user:password@host:5432/database and percent-encode each of : / ? # [ ] @ % and spaces in the user and password, for example @ as %40 and # as %23.';
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

;// CONCATENATED MODULE: ./build/sql/lex.js
/**
 * Cuts SQL into pieces that together are the whole text: enough to know what is a comment and what is quoted, in text
 * that the real parser may refuse. It follows the server's `scan.l` with `standard_conforming_strings` on and never
 * throws. It does not know statements: a semicolon inside `BEGIN ATOMIC \u2026 END` is a semicolon.
 */
function* lex_lex(text, from = 0) {
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
        for (const piece of lex_lex(text, from)) {
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
    const word = lex_script_wordAt(text, piece);
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
    return fromText('integer', `pg_catalog.concat(${quoteLiteral(`${code}: ${message} #`)}, pg_catalog.pg_backend_pid())`);
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

;// CONCATENATED MODULE: ./build/migrations/find-gaps.js

/**
 * Numbers left out among versions that count: 01, 02, 04. Days and moments do not count, and where the counting begins
 * is nobody's business.
 */
function findGaps(files, strictness) {
    if (strictness === 'off')
        return [];
    const severity = strictness === 'error' ? 'error' : 'warning';
    const counted = files
        .flatMap((file) => {
        const number = numberOf(file);
        return number === undefined ? [] : [{ file, number }];
    })
        .sort((a, b) => a.number - b.number);
    return counted.flatMap(({ file, number }, index) => {
        const before = counted[index - 1];
        if (before === undefined || number - before.number <= 1)
            return [];
        return [{ ...RULE, severity, file: file.path, ...tell(before, { file, number }) }];
    });
}
const RULE = { rule: 'version-gap' };
const LONGEST_COUNTED = 6;
function numberOf({ version, style }) {
    if (style === 'timestamp' || style === 'date')
        return undefined;
    // Of a folder the whole name is the version.
    const digits = style === 'folder' ? /^\d+(?=_)/.exec(version)?.[0] : version_versionKey(version);
    const isNumber = digits !== undefined && /^\d+$/.test(digits) && digits.length <= LONGEST_COUNTED;
    return isNumber ? Number(digits) : undefined;
}
function tell(before, after) {
    const first = before.number + 1;
    const last = after.number - 1;
    const missing = first === last ? `Version ${first} is` : `Versions ${first} to ${last} are`;
    return {
        message: `${missing} missing: ${after.file.name} follows ${before.file.name}.`,
        help: 'Was a file forgotten? Otherwise number the newer ones on, as long as they are applied nowhere.',
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
    const [x, y] = numbers.map((number) => version_versionKey(number ?? ''));
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

;// CONCATENATED MODULE: ./build/migrations/find-name-conflicts.js



/**
 * What is wrong with names only beside other names: one version twice, names that are one file on a disk that ignores
 * case (macOS, Windows), more than one naming style. One finding for each file that is not the first of its kind.
 *
 * @param named in any order
 * @param pathOf the path for findings
 */
function findNameConflicts(named, pathOf) {
    const sorted = named.toSorted((a, b) => compareBytes(a.name, b.name));
    const ups = sorted.flatMap(({ name, parsed }) => (parsed.kind === 'up' ? { name, parsed } : NONE));
    return [
        ...repeated(ups, ({ parsed }) => version_versionKey(parsed.version)).map(([first, name]) => sameVersion(first, name, pathOf(name))),
        ...repeated(sorted, ({ name }) => name.normalize('NFC').toLowerCase()).map(([first, name]) => sameSpelling(first, name, pathOf(name))),
        // What is run again whenever it changes has no place among the versions.
        ...mixedStyles(ups.filter(({ parsed }) => !isRepeatable(parsed)), pathOf),
    ];
}
const NONE = [];
// Each name whose key was there before, with the name that had it first.
function repeated(all, keyOf) {
    const firsts = new Map();
    const again = [];
    for (const one of all) {
        const key = keyOf(one);
        const first = firsts.get(key);
        if (first === undefined)
            firsts.set(key, one.name);
        else
            again.push([first, one.name]);
    }
    return again;
}
function sameVersion(first, name, file) {
    return {
        rule: 'duplicate-version',
        severity: 'error',
        file,
        message: `${name} has the same version as ${first}: only one of them would ever be applied.`,
        help: 'Give the newer one, which has been applied nowhere, a version of its own.',
    };
}
function sameSpelling(first, name, file) {
    return {
        rule: 'case-collision',
        severity: 'error',
        file,
        message: `${name} and ${first} are one file on a disk that ignores case or the spelling of accents.`,
        help: 'Rename one of them.',
    };
}
function mixedStyles(ups, pathOf) {
    const families = new Set(ups.map(({ parsed }) => parsed.family));
    if (families.size <= 1)
        return [];
    const groups = [...families].map((family) => ups.filter(({ parsed }) => parsed.family === family));
    const [usual, ...others] = groups.toSorted((a, b) => b.length - a.length);
    return others.flat().map(({ name }) => ({
        rule: 'mixed-styles',
        severity: 'error',
        file: pathOf(name),
        message: `${name} is named in another style than ${usual?.[0]?.name ?? 'the others'}: their order would be a guess.`,
        help: 'Use one style in a folder, or exclude the file.',
    }));
}

;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
;// CONCATENATED MODULE: ./build/migrations/load-file.js

/** Bytes of one file. */
const LARGEST_FILE = 64 * 1024 * 1024;
// Absent on Windows, where links need rights to be made.
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = external_node_fs_namespaceObject.constants;
/**
 * Reads a regular file. What the path has become since it was listed is found on the opened file, so nothing can be put
 * in its place in between: a link is not followed, a FIFO not waited for.
 *
 * It blocks: for the small files migrations are, that takes an eighth of the time of reading many at once.
 */
function loadFile(path) {
    let handle;
    try {
        handle = (0,external_node_fs_namespaceObject.openSync)(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
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
        (0,external_node_fs_namespaceObject.closeSync)(handle);
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
    const status = (0,external_node_fs_namespaceObject.fstatSync)(handle);
    if (!status.isFile())
        return { kind: 'not-a-regular-file' };
    if (status.size > LARGEST_FILE)
        return { kind: 'file-too-large', size: status.size };
    // One byte more than it should have shows that it grew.
    const bytes = Buffer.allocUnsafe(status.size + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < bytes.length; length += read) {
        read = (0,external_node_fs_namespaceObject.readSync)(handle, bytes, length, bytes.length - length, null);
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
    const entries = (0,external_node_fs_namespaceObject.opendirSync)((0,external_node_path_namespaceObject.join)(walk.root, folder), { bufferSize: 1024 });
    try {
        for (let entry = entries.readSync(); entry !== null; entry = entries.readSync()) {
            if (++walk.entries > walk.most)
                return;
            const name = `${folder}${entry.name}`;
            if (walk.isExcluded(name))
                continue;
            const kind = kindByEntry(entry, entry.name) ?? (await kindOf((0,external_node_path_namespaceObject.join)(walk.root, name), entry.name));
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

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
;// CONCATENATED MODULE: ./build/migrations/checksum.js


/** @param text of those bytes, without byte-order mark */
function makeChecksums(bytes, text) {
    return atOnce(makingChecksums(bytes, text));
}
/** {@link makeChecksums} with pauses where there is much to read. */
function* makingChecksums(bytes, text) {
    const body = startsWithMark(bytes) ? bytes.subarray(3) : bytes;
    const digest = text.includes('\r\n') ? hexNormalised : hex;
    const sha256 = yield* digest('sha256', body);
    const ofText = [sha256, yield* digest('md5', body)];
    const ofBytes = digest === hex && body === bytes ? [] : [yield* hex('sha256', bytes), yield* hex('md5', bytes)];
    return { checksum: `sha256:${sha256}`, otherChecksums: [...ofText, ...ofBytes] };
}
function startsWithMark(bytes) {
    return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
/** With CRLF as LF; of a large file, a chunk at a time is copied. */
function* hexNormalised(algorithm, bytes) {
    if (bytes.length <= checksum_CHUNK)
        return yield* hex(algorithm, withoutReturns(bytes));
    const hash = (0,external_node_crypto_namespaceObject.createHash)(algorithm);
    for (let at = 0; at < bytes.length;) {
        const end = at + checksum_CHUNK;
        // CRLF is not cut in two.
        const whole = bytes[end - 1] === CR ? end + 1 : end;
        hash.update(withoutReturns(bytes.subarray(at, whole)));
        at = whole;
        yield;
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
function* hex(algorithm, data) {
    if (data.length <= checksum_CHUNK)
        return hashAtOnce?.(algorithm, data) ?? (0,external_node_crypto_namespaceObject.createHash)(algorithm).update(data).digest('hex');
    const hash = (0,external_node_crypto_namespaceObject.createHash)(algorithm);
    for (let at = 0; at < data.length; at += checksum_CHUNK) {
        hash.update(data.subarray(at, at + checksum_CHUNK));
        yield;
    }
    return hash.digest('hex');
}
// From Node 20.12 on, and for small files in a third of the time.
const hashAtOnce = "" in external_node_crypto_namespaceObject ? external_node_crypto_namespaceObject.hash : undefined;

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

;// CONCATENATED MODULE: ./build/migrations/find-down-section.js


/**
 * Finds the down section that dbmate, goose, sql-migrate and node-pg-migrate keep in the file: from a line comment that
 * is alone in its line and says so. Quotes, dollar quotes, block comments and the lines of a COPY hide it. Pauses where
 * there is much to read.
 */
function* findingDownSection(text) {
    const up = { start: 0, end: text.length };
    if (!/migrat|goose/i.test(text))
        return { up };
    let down;
    let pieces = 0;
    for (const { kind, start, end } of lexScript(text)) {
        if (++pieces % MANY === 0)
            yield;
        if (kind !== 'line-comment')
            continue;
        const comment = text.slice(start, end);
        if (down === undefined && DOWN.test(comment))
            down = lineStart(text, start);
        else if (down !== undefined && UP.test(comment))
            return { up: { start: 0, end: down }, strayUp: { start, end } };
    }
    return { up: { start: 0, end: down ?? text.length } };
}
/** Pieces: some milliseconds. */
const MANY = 10_000;
const DOWN = /^--\s*(?:migrate:down|\+goose\s+down|\+migrate\s+down)(?:\s.*)?$|^--[\s-]*down\s+migration\s*$/i;
const UP = /^--\s*(?:migrate:up|\+goose\s+up|\+migrate\s+up)(?:\s.*)?$|^--[\s-]*up\s+migration\s*$/i;
// The offset of the line's beginning where nothing but white space is before the comment.
function lineStart(text, start) {
    // At offset 0 there is nothing before it; and what is not there would be looked for in all that is.
    const line = start === 0 ? '' : text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
    const before = line.slice(line.lastIndexOf('\r') + 1);
    return trimmedEnd(before) === 0 ? start - before.length : undefined;
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
const LONGEST_MS = 2 ** 31 - 1;
const UNITS = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 };
function milliseconds(text) {
    if (text === '0')
        return 0;
    const { count, unit = '' } = /^(?<count>\d+)\s*(?<unit>[a-z]+)$/.exec(text)?.groups ?? {};
    const ms = Number(count) * (UNITS[unit] ?? Number.NaN);
    return ms <= LONGEST_MS ? ms : undefined;
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
    return atOnce(makingCandidate(named, bytes));
}
/** {@link makeCandidate} with pauses where the file is large. */
function* makingCandidate(named, bytes) {
    const decoded = decodeText(bytes);
    if (bytes.length > LARGE)
        yield;
    if ('rule' in decoded)
        return { findings: [{ ...decoded, severity: 'error', file: named.path }] };
    const { text } = decoded;
    const { up, strayUp } = yield* findingDownSection(text);
    // Only comments ask for anything.
    const head = /--|\/\*/.test(text) ? parseHead(text.slice(0, up.end)) : EMPTY_HEAD;
    const mistakes = [...head.mistakes, ...(strayUp ? [downBeforeUp(strayUp)] : [])];
    const { checksum, otherChecksums } = yield* makingChecksums(bytes, text);
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
/** Bytes. */
const LARGE = 1024 * 1024;
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
    const folder = (0,external_node_path_namespaceObject.relative)(base, directory);
    const slashed = external_node_path_namespaceObject.sep === '/' ? folder : folder.replaceAll(external_node_path_namespaceObject.sep, '/');
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

;// CONCATENATED MODULE: ./build/migrations/foreign-layout.js
/**
 * The way out where a file that fits no naming style lies as another tool has it; undefined where no tool is known to.
 *
 * @param name path relative to the migrations folder, with `/`
 */
function foreignLayout(name) {
    return LAYOUTS.find(({ is }) => is.test(name))?.help;
}
const LAYOUTS = [
    {
        is: /^(?:deploy|revert|verify)\/.+\.sql$/,
        help: 'Sqitch keeps scripts like this. Copy those of deploy/ into another folder as 01_<change>.sql, in the order of sqitch.plan, those of revert/ as 01_<change>.down.sql, and name that folder as the directory: docs/adopt.md has more.',
    },
    {
        is: /^(?:committed\/\d{6,}(?:-[\w-]*)?|current(?:\/.+)?|current-\w+)\.sql$/,
        help: 'graphile-migrate keeps files like this. Name its folder migrations/committed as the directory.',
    },
    {
        is: /^(?:before|after)[A-Z]\w*(?:__.+)?\.sql$/,
        help: 'Flyway takes a file like this for a callback, which is not carried out here. Exclude it, and put what it does into the migrations.',
    },
    {
        is: /^[^/]+\/V\d+(?:[._]\d+)*__.+\.sql$/,
        help: 'Flyway looks for files in the folders below too. Put the files into one folder, which keeps their checksums.',
    },
];

;// CONCATENATED MODULE: ./build/migrations/refuse-name.js


/** Why a `.sql` file is no migration that could be placed. A file that is passed over in silence is never applied. */
function refuseName(name, file, parsed) {
    if (parsed.kind === 'unsupported') {
        return {
            rule: 'unsupported-file',
            severity: 'error',
            file,
            message: `${name} is ${parsed.what}, which is not carried out here.`,
            help: 'Turn it into an ordinary migration, or exclude it.',
        };
    }
    return {
        rule: 'bad-name',
        severity: 'error',
        file,
        message: `${name} fits no naming style, so it has no version and no place in the order.`,
        help: foreignLayout(name) ?? `Rename it (${STYLES}), or exclude it.`,
    };
}

;// CONCATENATED MODULE: ./build/migrations/find-cycles.js
/** So many circles are told at once: whoever breaks these sees the next. */
const MOST = 20;
/**
 * Circles among what needs what, each as the indexes on the way round, beginning with its smallest. None is found only
 * where there is none. Linear in time, and without recursion: a chain may be long.
 *
 * @param needed for each index the indexes it needs
 */
function findCycles(needed) {
    const walk = { needed, state: new Map(), cycles: [] };
    for (const start of needed.keys()) {
        if (!walk.state.has(start))
            walkFrom(start, walk);
        if (walk.cycles.length >= MOST)
            break;
    }
    return walk.cycles.slice(0, MOST);
}
function walkFrom(start, { needed, state, cycles }) {
    const path = [{ index: start, next: 0 }];
    state.set(start, 'open');
    for (let top = path.at(-1); top !== undefined && cycles.length < MOST; top = path.at(-1)) {
        const target = needed[top.index]?.[top.next++];
        if (target === undefined) {
            state.set(top.index, 'done');
            path.pop();
        }
        else if (!state.has(target)) {
            state.set(target, 'open');
            path.push({ index: target, next: 0 });
        }
        else if (state.get(target) === 'open') {
            const indexes = path.map(({ index }) => index);
            cycles.push(fromSmallest(indexes.slice(indexes.indexOf(target))));
        }
    }
}
function fromSmallest(cycle) {
    const at = cycle.reduce((least, index, place) => (index < (cycle[least] ?? index) ? place : least), 0);
    return [...cycle.slice(at), ...cycle.slice(0, at)];
}

;// CONCATENATED MODULE: ./build/migrations/in-order.js
/**
 * Indexes such that each comes after all it needs, the smallest possible first wherever there is a choice. Those that
 * can't come after what they need (a circle) follow at the end, in their own order. Time n log n.
 *
 * @param needed for each index the indexes it needs, none twice
 */
function inOrder(needed) {
    const waiting = needed.map((needs) => needs.length);
    const dependents = makeDependents(needed);
    const ready = [];
    for (const [index, count] of waiting.entries())
        if (count === 0)
            push(ready, index);
    const order = [];
    for (let next = pop(ready); next !== undefined; next = pop(ready)) {
        order.push(next);
        for (const dependent of dependents[next] ?? []) {
            waiting[dependent] = (waiting[dependent] ?? 0) - 1;
            if (waiting[dependent] === 0)
                push(ready, dependent);
        }
    }
    const done = new Set(order);
    return [...order, ...[...needed.keys()].filter((index) => !done.has(index))];
}
function makeDependents(needed) {
    const dependents = needed.map(() => []);
    for (const [index, needs] of needed.entries())
        for (const need of needs)
            dependents[need]?.push(index);
    return dependents;
}
// A binary heap, the smallest on top.
function push(heap, value) {
    let at = heap.length;
    while (at > 0) {
        const parent = (at - 1) >> 1;
        const above = heap[parent] ?? value;
        if (above <= value)
            break;
        heap[at] = above;
        at = parent;
    }
    heap[at] = value;
}
function pop(heap) {
    const [top] = heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0)
        return top;
    let at = 0;
    for (let child = smallerChild(heap, at); (heap[child] ?? last) < last; child = smallerChild(heap, at)) {
        heap[at] = heap[child] ?? last;
        at = child;
    }
    heap[at] = last;
    return top;
}
function smallerChild(heap, at) {
    const left = 2 * at + 1;
    return (heap[left + 1] ?? Number.POSITIVE_INFINITY) < (heap[left] ?? Number.POSITIVE_INFINITY)
        ? left + 1
        : left;
}

;// CONCATENATED MODULE: ./build/migrations/resolve-need.js

/**
 * Finds what a reference means: the indexes of the files with that name, else that name without its ending (or of that
 * folder), else that version. More than one: it is ambiguous.
 */
function makeResolver(files) {
    const names = indexBy(files, ({ name }) => name);
    const stems = indexBy(files, ({ name }) => stemOf(name));
    const versions = indexBy(files, ({ version }) => version_versionKey(version));
    return (reference) => {
        const written = reference.replace(/^\.\//, '').normalize('NFC');
        return names.get(written) ?? stems.get(stemOf(written)) ?? versions.get(version_versionKey(written)) ?? [];
    };
}
function stemOf(name) {
    return name.replace(/\/(?:migration|up)\.sql$|(?:\.up)?\.sql$/, '');
}
function indexBy(files, key) {
    const index = new Map();
    for (const [position, file] of files.entries()) {
        const written = key(file).normalize('NFC');
        const same = index.get(written);
        if (same)
            same.push(position);
        else
            index.set(written, [position]);
    }
    return index;
}

;// CONCATENATED MODULE: ./build/migrations/sort-migrations.js





/**
 * Puts files into the order they are applied in: what a file needs comes before it; apart from that by version, then by
 * the bytes of the name. Files in a circle, and those that need them, come last.
 */
function sortMigrations(candidates) {
    const sorted = candidates
        .map(({ file, needs }) => ({ file, needs, key: version_versionKey(file.version) }))
        .sort((a, b) => compareKeys(a.key, b.key) || compareBytes(a.file.name, b.file.name));
    const files = sorted.map(({ file }) => file);
    // Nearly always.
    if (sorted.every(({ needs }) => needs.length === 0))
        return { files, mistakes: [] };
    const resolve = makeResolver(files);
    const lookups = sorted.map(({ needs }) => needs.map((need) => ({ need, found: resolve(need.reference) })));
    const needed = lookups.map((each) => [
        ...new Set(each.flatMap(({ found }) => (found.length === 1 ? found : []))),
    ]);
    const mistakes = files.flatMap((file, index) => (lookups[index] ?? []).flatMap(({ need, found }) => unresolved(file, need, found, files)));
    const circles = findCycles(needed).flatMap((cycle) => circular(cycle, files, lookups));
    // In a circle everything needs something later.
    const lates = circles.length > 0 ? [] : files.flatMap((_, index) => late(index, lookups, files));
    return {
        files: inOrder(needed).flatMap((index) => withNeeds(files, index, needed[index] ?? [])),
        mistakes: [...mistakes, ...circles, ...lates],
    };
}
function unresolved(file, need, found, files) {
    if (found.length === 0)
        return [missing(file, need)];
    return found.length > 1
        ? [
            ambiguous(file, need, found.flatMap((index) => files[index]?.name ?? [])),
        ]
        : [];
}
/** @param index the place by version */
function late(index, lookups, files) {
    return (lookups[index] ?? []).flatMap(({ need, found }) => {
        const [file, later] = [files[index], files[found[0] ?? index]];
        if (found.length !== 1 || (found[0] ?? index) <= index || !file || !later)
            return [];
        return [
            {
                rule: 'late-dependency',
                file,
                need,
                message: `${file.name} \u2192 ${later.name}: it is applied after a file of a later version, because it needs it.`,
                help: 'Where people expect the order of versions, give it a version after that file, as long as it is applied nowhere.',
            },
        ];
    });
}
function missing(file, need) {
    return {
        rule: 'missing-dependency',
        file,
        need,
        message: `${file.name} \u2192 ${need.reference}: there is no such migration.`,
        help: 'Write the file name (with or without .sql) or the version of a migration in this folder, or "None".',
    };
}
function ambiguous(file, need, names) {
    return {
        rule: 'ambiguous-dependency',
        file,
        need,
        message: `${file.name} \u2192 ${need.reference}: that is ${names.join(' or ')}.`,
        help: 'Write the full name of the file that is meant.',
    };
}
function circular(cycle, files, lookups) {
    const [first = 0, second = first] = cycle;
    const file = files[first];
    const need = lookups[first]?.find(({ found }) => found.length === 1 && found[0] === second)?.need;
    if (file === undefined || need === undefined)
        return [];
    const path = [...cycle, first].map((index) => files[index]?.name ?? '').join(' \u2192 ');
    return [
        {
            rule: 'circular-dependency',
            file,
            need,
            message: `${path}: these migrations wait for one another.`,
            help: 'Remove the dependency that is not real, or move what both need into a migration of its own.',
        },
    ];
}
function withNeeds(files, index, needed) {
    const file = files[index];
    return file ? [{ ...file, dependsOn: needed.flatMap((each) => files[each]?.version ?? []) }] : [];
}

;// CONCATENATED MODULE: ./build/migrations/load-migrations.js














/**
 * Reads the migrations folder. Whatever is wrong with files in it is a finding, all of them at once.
 *
 * @param pause large files, and many, take a while
 * @throws UserError where there is no such folder
 */
async function loadMigrations(config, pause = () => undefined) {
    const root = await checkFolder(config);
    if (typeof root !== 'string')
        return { files: [], findings: [root] };
    const pathOf = makePathOf(config);
    const folder = await loadFolder(root, makeExcluder(config.exclude));
    const named = folder.names.toSorted().map((name) => ({ name, parsed: parseName(name) }));
    const loaded = [];
    for (const one of named) {
        const work = loadOne(root, one, pathOf(one.name));
        for (let step = work.next();; step = work.next()) {
            const waiting = pause();
            if (waiting)
                await waiting;
            if (!step.done)
                continue;
            loaded.push(step.value);
            break;
        }
    }
    const candidates = loaded.flatMap(({ candidate }) => candidate ?? load_migrations_NONE);
    const sorted = sortMigrations(candidates);
    const findings = [
        ...folderFindings(folder, pathOf),
        ...loaded.flatMap((one) => one.findings),
        ...findNameConflicts(named, pathOf),
        ...sorted.mistakes.map(needFinding),
        ...findGaps(sorted.files, config.gaps ?? 'off'),
    ];
    if (sorted.files.length === 0 && findings.length === 0)
        findings.push(emptyFolder(pathOf('')));
    return { files: sorted.files, findings };
}
// The folder without links in its path, or why nothing in it is read.
async function checkFolder({ directory, boundary, }) {
    const status = await (0,promises_namespaceObject.lstat)(directory).catch((error) => error.code ?? 'unknown');
    if (typeof status === 'string')
        throw noFolder(directory, status === 'ENOENT' ? 'does not exist' : `can not be read (${status})`);
    if (status.isSymbolicLink()) {
        return folderFinding('symlink', `The migrations folder ${directory} is a symbolic link.`, 'Name the folder that it leads to.');
    }
    if (!status.isDirectory())
        throw noFolder(directory, 'is no folder');
    const [root, limit] = await Promise.all([(0,promises_namespaceObject.realpath)(directory), (0,promises_namespaceObject.realpath)(boundary)]);
    if (root === limit || root.startsWith(limit.endsWith(external_node_path_namespaceObject.sep) ? limit : limit + external_node_path_namespaceObject.sep))
        return root;
    return folderFinding('outside-boundary', `The migrations folder ${directory} leads to ${root}, outside ${limit}, and nothing outside is read.`, 'Use a folder inside; a symbolic link does not make another one part of it.');
}
function noFolder(directory, what) {
    return new UserError([
        {
            message: `The migrations folder ${directory} ${what}.`,
            help: 'Name another with `directory`, or create it.',
        },
    ]);
}
function folderFinding(rule, message, help) {
    return { rule, severity: 'error', message, help };
}
const load_migrations_NONE = [];
function* loadOne(root, { name, parsed }, path) {
    if (parsed.kind === 'down')
        return { findings: [] };
    if (parsed.kind !== 'up')
        return { findings: [refuseName(name, path, parsed)] };
    // The name was put together from what the folder holds: there is nothing to normalise.
    const file = loadFile(`${root}/${name}`);
    return file.kind === 'read'
        ? yield* makingCandidate({ name, path, version: parsed.version, style: parsed.style }, file.bytes)
        : { findings: [refuseEntry(path, file)] };
}
function folderFindings({ refused, tooMany }, pathOf) {
    const entries = refused.map(({ name, why }) => refuseEntry(pathOf(name), why));
    if (!tooMany)
        return entries;
    const message = `The migrations folder holds more than ${MOST_ENTRIES.toLocaleString('en')} entries.`;
    return [
        ...entries,
        folderFinding('too-many-entries', message, 'Name the folder that holds the migrations only.'),
    ];
}
function needFinding({ rule, file, need, message, help }) {
    const severity = rule === 'late-dependency' ? 'notice' : 'error';
    return { rule, severity, ...place(file, need.span), message, help };
}
function emptyFolder(path) {
    return {
        rule: 'empty-folder',
        severity: 'warning',
        message: `The migrations folder ${path || '.'} holds no migration.`,
        help: 'Nothing is applied. Is it the right folder?',
    };
}

;// CONCATENATED MODULE: ./build/migrations/make-graph.js

/** Every migration, with what it declares to need; what is merely applied before it is no dependency. */
function makeGraph(files, format) {
    const places = new Map(files.map(({ version }, index) => [version_versionKey(version), index]));
    const edges = files.flatMap(({ dependsOn }, by) => dependsOn.flatMap((version) => {
        const needed = places.get(version_versionKey(version));
        return needed === undefined ? [] : [{ needed, by }];
    }));
    return { format, names: files.map(({ name }) => name), edges };
}

;// CONCATENATED MODULE: ./build/plan/as-declared.js
/**
 * The file as if it declared itself what the configuration says of it: `no-transaction`, for all files by
 * `transaction: none`, for some by `legacy`; and the variables of `substitute`, of which its own come first.
 *
 * @param isLegacy whether a file's name fits the patterns of `legacy`
 */
function asDeclared(file, { transaction, substitute }, isLegacy) {
    const noTransactionBy = saidBy(file, transaction === 'none', isLegacy);
    if (!noTransactionBy && substitute.length === 0)
        return file;
    const own = file.directives.substitute ?? [];
    const others = substitute.filter(({ name }) => !own.some((each) => each.name === name));
    const directives = {
        ...file.directives,
        ...(noTransactionBy ? { noTransaction: true, noTransactionBy } : {}),
        ...(substitute.length > 0 ? { substitute: [...own, ...others] } : {}),
    };
    return { ...file, directives };
}
function saidBy({ name, directives }, isNone, isLegacy) {
    if (directives.noTransaction)
        return undefined;
    if (isNone)
        return 'transaction';
    return isLegacy(name) ? 'legacy' : undefined;
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

;// CONCATENATED MODULE: ./build/report/decide-verdict.js
/** Status, exit code and readiness from what was found and done. The first that holds decides. */
function decideVerdict(gathered) {
    const wrong = ended(gathered) ?? setUpWrong(gathered) ?? refused(gathered) ?? notApplied(gathered);
    if (wrong)
        return { ...wrong, ready: false };
    if (['validate', 'graph', 'setup'].includes(gathered.config.command))
        return { status: 'valid', exitCode: 0, ready: false };
    if (gathered.operation)
        return operated(gathered.operation);
    const left = leftPending(gathered);
    const status = decide_verdict_reached(gathered, left);
    const unmet = gathered.config.command === 'verify' && left > 0;
    return {
        status,
        exitCode: unmet ? 1 : 0,
        ready: left === 0 && gathered.plan !== undefined && !unsound(gathered),
    };
}
/** A run that was asked to end and did all it was to do all the same is no cancelled one. */
function ended(gathered) {
    const { endedBy, outcomes = [], config, plan, applying = false, operation } = gathered;
    if (endedBy === undefined)
        return undefined;
    if (gathered.cutShort)
        return { status: 'cancelled', exitCode: exitCodeOf(endedBy) };
    if (operation)
        return endedOperation(operation, config, endedBy);
    const applies = config.command === 'migrate' || config.command === 'dry-run';
    const left = applies && plan?.migrations.length !== outcomes.filter(({ state }) => state === 'applied').length;
    if (plan !== undefined && !left && !applying)
        return undefined;
    const states = outcomes.map(({ state }) => state);
    const half = states.find((state) => state === 'unknown' || state === 'partial');
    return { status: half ?? 'cancelled', exitCode: exitCodeOf(endedBy) };
}
function endedOperation({ steps }, { dryRun }, endedBy) {
    const states = steps.map(({ state }) => state);
    if (states.every((state) => state === 'done' || (state === 'planned' && dryRun)))
        return undefined;
    const half = ['unknown', 'partial'].find((state) => states.includes(state));
    return { status: half ?? 'cancelled', exitCode: exitCodeOf(endedBy) };
}
/** 128 + the number of the signal, as shells have it. */
function exitCodeOf(signal) {
    return 128 + (SIGNALS[signal] ?? 15);
}
const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };
function setUpWrong({ problems = [], bug }) {
    if (bug !== undefined)
        return { status: 'failed', exitCode: 1 };
    return problems.length > 0 ? { status: 'failed', exitCode: 2 } : undefined;
}
function refused(gathered) {
    if (gathered.cancelled)
        return { status: 'cancelled', exitCode: 1 };
    if ((gathered.refusals ?? []).length > 0)
        return { status: 'refused', exitCode: 1 };
    // All of it was applied: nothing was refused.
    if (gathered.unhealthy)
        return { status: 'failed', exitCode: 1 };
    // History is shown whatever it holds; the outcomes tell of findings that did not hold anything up.
    if (gathered.config.command === 'history' || !unsound(gathered))
        return undefined;
    return {
        status: ['validate', 'graph'].includes(gathered.config.command) ? 'invalid' : 'refused',
        exitCode: 1,
    };
}
function unsound({ drift = [], findings = [] }) {
    return drift.length > 0 || findings.some((finding) => finding.severity === 'error');
}
function notApplied({ rehearsal = [], outcomes = [], operation }) {
    const states = outcomes.map((outcome) => outcome.state);
    if (operation !== undefined)
        return notDone(operation);
    if (states.includes('unknown'))
        return { status: 'unknown', exitCode: 1 };
    if (states.includes('partial'))
        return { status: 'partial', exitCode: 1 };
    if (states.includes('failed'))
        return { status: states.includes('applied') ? 'partial' : 'failed', exitCode: 1 };
    if (rehearsal.some((one) => one.state === 'failed'))
        return { status: 'failed', exitCode: 1 };
    // Nothing failed, but the run ended early: the connection was lost after the server had committed.
    return states.includes('not-run') ? { status: 'partial', exitCode: 1 } : undefined;
}
/** What an operation did not do, it did not do to the end. */
function notDone({ steps }) {
    const states = steps.map(({ state }) => state);
    if (states.includes('unknown'))
        return { status: 'unknown', exitCode: 1 };
    if (states.includes('partial'))
        return { status: 'partial', exitCode: 1 };
    if (!states.includes('failed') && !states.includes('not-run'))
        return undefined;
    return { status: states.includes('done') ? 'partial' : 'failed', exitCode: 1 };
}
function operated({ steps }) {
    const status = steps.length === 0 ? 'up-to-date' : steps.some(({ state }) => state === 'done') ? 'applied' : 'planned';
    return { status, exitCode: 0, ready: false };
}
function leftPending({ plan, outcomes = [] }) {
    const applied = outcomes.filter((outcome) => outcome.state === 'applied').length;
    return (plan?.migrations.length ?? 0) + (plan?.deferred.length ?? 0) - applied;
}
function decide_verdict_reached({ config, plan, rehearsal = [], outcomes = [] }, left) {
    if (outcomes.some((outcome) => outcome.state === 'applied'))
        return 'applied';
    if (config.command === 'verify' || config.command === 'history' || config.command === 'status') {
        return left > 0 ? 'pending' : 'up-to-date';
    }
    if ((plan?.migrations.length ?? 0) === 0)
        return left > 0 ? 'pending' : 'up-to-date';
    return rehearsal.some((one) => one.state === 'rehearsed' || one.state === 'partly-rehearsed')
        ? 'rehearsed'
        : 'planned';
}

;// CONCATENATED MODULE: ./build/report/redact-operation.js
/** The operation without secrets in what a file, a program or another tool's table says. */
function redactOperation(operation, redact) {
    const { steps, next, facts } = operation;
    return {
        steps: steps.map((step) => redactStep(step, redact)),
        ...(next === undefined ? {} : { next: next.map(redact) }),
        ...(facts === undefined ? {} : { facts: redactFacts(facts, redact) }),
    };
}
function redactStep(step, redact) {
    const { what, details, failure } = step;
    return {
        ...step,
        what: redact(what),
        ...(details === undefined ? {} : { details: details.map(redact) }),
        ...(failure === undefined ? {} : { failure: redactFailure(failure, redact) }),
    };
}
function redactFailure(failure, redact) {
    const { message, hint, excerpt } = failure;
    return {
        ...failure,
        message: redact(message),
        ...(hint === undefined ? {} : { hint: redact(hint) }),
        ...(excerpt === undefined ? {} : { excerpt: redact(excerpt) }),
    };
}
function redactFacts(facts, redact) {
    return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, typeof value === 'string' ? redact(value) : value]));
}

;// CONCATENATED MODULE: ./build/report/redact-rehearsal.js
/**
 * The rehearsal's part of a report without secrets: names of the database can hold them, and so can the beginning of a
 * statement. The failures of its files are left as they are.
 */
function redactRehearsal(report, redactText) {
    const redact = remember(redactText);
    return {
        rehearsal: report.rehearsal.map((one) => redactFile(one, redact)),
        ...(report.rehearsedOn ? { rehearsedOn: redactPlace(report.rehearsedOn, redact) } : {}),
        ...(report.notRehearsed ? { notRehearsed: redactWhy(report.notRehearsed, redact) } : {}),
        sizes: report.sizes.map((size) => ({ ...size, relation: redact(size.relation) })),
    };
}
/** A name comes again with each statement that touches it. */
function remember(redact) {
    const known = new Map();
    return (text) => {
        const redacted = known.get(text) ?? redact(text);
        known.set(text, redacted);
        return redacted;
    };
}
function redactPlace({ where, schemaFrom, limits, ...rest }, redact) {
    return {
        ...rest,
        where: redact(where),
        ...(schemaFrom === undefined ? {} : { schemaFrom: redact(schemaFrom) }),
        limits: limits.map(redact),
    };
}
function redactWhy({ why, ways, ...rest }, redact) {
    return { ...rest, why: redact(why), ways: ways.map(redact) };
}
function redactFile(rehearsed, redact) {
    const { reason, measured, left } = rehearsed;
    return {
        ...rehearsed,
        ...(reason === undefined ? {} : { reason: redact(reason) }),
        ...(measured === undefined ? {} : { measured: measured.map((one) => redactMeasured(one, redact)) }),
        ...(left === undefined
            ? {}
            : { left: left.map((one) => ({ ...one, text: redact(one.text), reason: redact(one.reason) })) }),
    };
}
function redactMeasured(measured, redact) {
    const named = (one) => {
        return { ...one, relation: redact(one.relation) };
    };
    const object = (one) => {
        return { ...one, name: redact(one.name) };
    };
    return {
        ...measured,
        text: redact(measured.text),
        locks: measured.locks.map(named),
        rewritten: measured.rewritten.map(redact),
        scanned: measured.scanned.map(redact),
        rows: measured.rows.map(named),
        created: measured.created.map(object),
        dropped: measured.dropped.map(object),
        heldBefore: measured.heldBefore.map(named),
    };
}

;// CONCATENATED MODULE: ./build/report/redact-report.js


/**
 * The report without the database's password in what a file, or another runner's history, holds of it: an excerpt of
 * `ALTER ROLE app PASSWORD '\u2026'`, a parser's message. What the server says is redacted where it comes in.
 */
function redactReport(report, redact) {
    const redacted = (one, keys) => {
        const texts = keys.flatMap((key) => {
            const text = one[key];
            return typeof text === 'string' ? [[key, redact(text)]] : [];
        });
        return texts.length === 0 ? one : { ...one, ...Object.fromEntries(texts) };
    };
    const withFailure = (one) => one.failure ? { ...one, failure: redacted(one.failure, ['message', 'hint', 'excerpt']) } : one;
    const rehearsal = redactRehearsal(report, redact);
    return {
        ...report,
        findings: report.findings.map((finding) => redactFinding(finding, redact)),
        suppressed: report.suppressed.map((one) => ({
            ...redactFinding(one, redact),
            reason: redact(one.reason),
        })),
        ...rehearsal,
        ...(report.approval ? { approval: redacted(report.approval, ['comment']) } : {}),
        ...(report.backup ? { backup: redacted(report.backup, ['path']) } : {}),
        rehearsal: rehearsal.rehearsal.map(withFailure),
        outcomes: report.outcomes.map(withFailure),
        ...(report.operation ? { operation: redactOperation(report.operation, redact) } : {}),
        records: report.records.map((record) => redacted(record, ['errorMessage'])),
        events: report.events.map((event) => redacted(event, ['errorMessage', 'detail', 'approvalComment'])),
    };
}
function redactFinding(finding, redact) {
    const { message, help, excerpt, fix } = finding;
    return {
        ...finding,
        message: redact(message),
        help: redact(help),
        ...(excerpt === undefined ? {} : { excerpt: redact(excerpt) }),
        ...(fix === undefined ? {} : { fix: redactFix(fix, redact) }),
    };
}
function redactFix({ title, edits, next, preview }, redact) {
    return {
        title: redact(title),
        edits: edits.map((edit) => ({ ...edit, text: redact(edit.text) })),
        ...(next === undefined ? {} : { next: redact(next) }),
        ...(preview === undefined ? {} : { preview: redact(preview) }),
    };
}

;// CONCATENATED MODULE: ./build/report/make-report.js





/** Everything a run has to tell, with its verdict. Complete whatever was reached. */
function makeReport(gathered, now) {
    const { config, startedAt } = gathered;
    const current = currentVersion(gathered);
    const verdict = decideVerdict(gathered);
    const report = {
        command: config.command,
        environment: config.environment.name,
        ...(config.run === undefined ? {} : { actor: config.run.actor }),
        dryRun: config.dryRun || config.command === 'dry-run',
        ...verdict,
        startedAt: startedAt.toISOString(),
        durationMs: now.getTime() - startedAt.getTime(),
        directory: gathered.directory,
        fileCount: gathered.files?.length ?? 0,
        ...(gathered.target ? { target: gathered.target } : {}),
        ...(gathered.plan ? { plan: gathered.plan } : {}),
        ...(gathered.planDocument ? { planDocument: gathered.planDocument } : {}),
        ...(gathered.permission ? { approval: gathered.permission.approval } : {}),
        ...(gathered.backup ? { backup: gathered.backup } : {}),
        ...(gathered.isMarked ? { isMarked: true } : {}),
        records: gathered.records ?? [],
        events: gathered.events ?? [],
        ...(gathered.sides ? { sides: gathered.sides } : {}),
        drift: gathered.drift ?? [],
        findings: gathered.findings ?? [],
        suppressed: gathered.suppressed ?? [],
        rules: rulesThatFound(gathered),
        ...(gathered.graph ? { graph: gathered.graph } : {}),
        ...(config.transaction === undefined ? {} : { transaction: config.transaction }),
        rehearsal: gathered.rehearsal ?? [],
        ...(gathered.rehearsedOn ? { rehearsedOn: gathered.rehearsedOn } : {}),
        ...(gathered.notRehearsed ? { notRehearsed: gathered.notRehearsed } : {}),
        sizes: gathered.sizes ?? [],
        outcomes: gathered.outcomes ?? [],
        ...(gathered.operation ? { operation: asDecided(gathered.operation, verdict) } : {}),
        // A run that did all of its work before it could be ended was not.
        ...(gathered.endedBy !== undefined && verdict.exitCode > 128 ? { endedBy: gathered.endedBy } : {}),
        ...(current === undefined ? {} : { currentVersion: current }),
        problems: [...(gathered.problems ?? []), ...(gathered.refusals ?? []), ...ownBug(gathered)],
        notes: [...config.notes, ...(gathered.notes ?? [])],
    };
    return redactReport(report, config.redact);
}
/** What is refused would not be done. */
function asDecided(operation, { status }) {
    if (status !== 'refused')
        return operation;
    const steps = operation.steps.map((step) => step.state === 'planned' ? { ...step, state: 'not-run' } : step);
    return { ...operation, steps };
}
function rulesThatFound({ rules = [], findings = [], suppressed = [] }) {
    const found = new Set([...findings, ...suppressed].map(({ rule }) => rule));
    return rules
        .filter(({ id }) => found.has(id))
        .map(({ id, group, title, why, instead, levels }) => ({ id, group, title, why, instead, levels }));
}
function ownBug({ bug }) {
    return bug === undefined
        ? []
        : [
            {
                message: `An error of devflow-migrate itself, not of your migrations: ${bug}`,
                help: `Please report it, with this text. How to see what was applied: ${docsPage('incident')}.`,
            },
        ];
}
function currentVersion({ records = [], files = [] }) {
    const completed = new Set(records.filter((record) => record.status === 'completed').map((record) => version_versionKey(record.version)));
    return files.findLast((file) => !isRepeatable(file) && completed.has(version_versionKey(file.version)))?.version;
}

;// CONCATENATED MODULE: ./build/gate/refuse.js
/** A refusal in words. `lines`: what to add to a workflow. */
function refuse_refuse(reason, message, help, lines) {
    return { reason, message, help, ...(lines === undefined ? {} : { lines }) };
}
/** Each kind of answer that a gate can give has `reason` or has not. */
function isRefusal(answer) {
    return 'reason' in answer;
}

;// CONCATENATED MODULE: ./build/gate/tell-refusal.js
/** A refusal as every outlet shows one. */
function tellRefusal({ message, help, lines }) {
    return { message, help, ...(lines === undefined ? {} : { lines }) };
}

;// CONCATENATED MODULE: ./build/gate/decide.js


/** Whether an approval has to be proven: only what applies needs one, so that a plan can be made to be approved. */
function needsApproval({ changes, environment }) {
    return changes && environment.requireApproval;
}
/**
 * What must hold before anything is applied. An empty list is the permission. Asked before a connection is opened;
 * reading and rehearsing need none of it.
 *
 * @param proof what `proveApproval` found, where `needsApproval`
 */
function decide(config, proof) {
    if (!config.changes)
        return [];
    return config.environment.requireApproval ? unproven(config, proof) : unconfirmedProduction(config);
}
function unproven({ environment }, proof) {
    if (proof !== undefined)
        return isRefusal(proof) ? [tellRefusal(proof)] : [];
    return [
        {
            message: `Environment ${environment.name} has require_approval: true, and nothing proves an approval, so nothing is applied there.`,
            help: 'Run plan or dry-run there, or remove require_approval and let the required reviewers of a GitHub environment hold the job.',
        },
    ];
}
function unconfirmedProduction({ environment, entry, confirmed }) {
    if (environment.class !== 'production' || entry !== 'cli' || confirmed)
        return [];
    return [
        {
            message: `Environment ${environment.name} is of class production, and nothing confirms that migrations are to be applied to it.`,
            help: 'Set CONFIRM_PRODUCTION_MIGRATION=true for this command, or give the environment another class in devflow.yml.',
        },
    ];
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

;// CONCATENATED MODULE: ./build/programs/ask-permission.js



/**
 * Asks whether this job may connect at all, and where something is to be applied, whether that was approved.
 *
 * @param expected the plan that was approved, where one was named
 */
async function askPermission(config, system, signal, expected) {
    const { variableOf, gate } = config;
    const stranger = mayConnect({
        isInJob: variableOf('GITHUB_ACTIONS') === 'true',
        name: variableOf('GITHUB_EVENT_NAME'),
        payload: gate.event,
        repository: variableOf('GITHUB_REPOSITORY'),
        ephemeral: gate.ephemeral,
    });
    if (stranger.length > 0)
        return { refusals: stranger, lacksApproval: false };
    const proof = needsApproval(config) ? await prove(config, system, signal, expected) : undefined;
    const refusals = decide(config, proof);
    if (proof === undefined || isRefusal(proof))
        return { refusals, lacksApproval: needsApproval(config) };
    const isOpen = config.command === 'migrate' && expected === undefined;
    const notes = isOpen ? [...proof.notes, WITHOUT_PLAN] : proof.notes;
    return { refusals, lacksApproval: false, permission: { ...proof, notes } };
}
/** Also where a workflow hands on the empty output of a job that was left out. */
const WITHOUT_PLAN = 'No plan was named by expected-plan-hash or plan-file, so what is applied is what is pending now, whatever was looked at when it was approved.';
/** From a bundle of its own: on a person's own machine nobody is asked. */
async function prove(...asked) {
    const [{ gate }] = asked;
    if (gate.approval === undefined)
        return undefined;
    const { provePermission } = await import(/* webpackIgnore: true */ './prove-permission.js');
    return provePermission(...asked);
}

;// CONCATENATED MODULE: ./build/programs/confirming/leave-off.js
/**
 * Ends what is gathered of a run that was asked to end, where it is left before it is done: what the server has and has not
 * answered for may be done or not; what it never got is not run.
 *
 * @param signal its name
 */
function leaveOff(gathered, signal) {
    gathered.endedBy = signal;
    if (!gathered.applying)
        return;
    const message = `the run was ended by ${signal}, and the server did not stop in time: what becomes of it is not known`;
    const failure = { code: 'cancelled', message };
    const whetherSent = (each, index) => each.state === 'not-run' && isSent(gathered, index)
        ? { ...each, state: 'unknown', durationMs: spentOn(gathered, index), failure }
        : each;
    if (gathered.outcomes)
        gathered.outcomes = gathered.outcomes.map(whetherSent);
    if (gathered.operation)
        gathered.operation = { ...gathered.operation, steps: gathered.operation.steps.map(whetherSent) };
}
/** Who sends all at once tells nothing of it. */
function isSent({ sent }, index) {
    return sent === undefined || (index >= sent.first && index < sent.first + sent.count);
}
function spentOn({ begun }, index) {
    return begun?.index === index ? Date.now() - begun.at : 0;
}

;// CONCATENATED MODULE: external "node:timers/promises"
const external_node_timers_promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
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

;// CONCATENATED MODULE: ./build/database/look-query.js

/**
 * SQL that looks at a process of ours while it works: whether it is there, its locks, its progress, who is in its way, in
 * whose way it is; five results in that order. One message without BEGIN is one transaction, which ends with it however it ends, so that
 * no look holds a snapshot that a concurrent index build would wait for.
 *
 * That the connection may stay idle is all that outlives the message: no other one is sent on it.
 *
 * Lays hands on no table: what asks for a relation's size, say, waits for the lock that the process itself holds.
 *
 * @param backend of `pg_backend_pid()`
 */
function lookQuery(backend) {
    return `${beginReading('READ COMMITTED', 'SET TRANSACTION')}
SET idle_session_timeout = 0;
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL statement_timeout = 2000;
SET LOCAL lock_timeout = 500;
SELECT extract(epoch FROM pg_postmaster_start_time()), EXISTS (SELECT FROM pg_stat_activity WHERE pid = ${backend}),
  EXISTS (SELECT FROM pg_stat_activity WHERE pid = ${backend} AND state LIKE 'idle%'), pg_is_in_recovery(), pg_backend_pid();
${locksQuery(backend)};
${progressQuery(backend)};
${blockersQuery(backend)};
${blockedQuery(backend)};`;
}
/** The lock it waits for first, then those that keep every other session out. */
function locksQuery(backend) {
    return `SELECT l.granted, l.locktype, l.mode, c.oid::regclass::text
FROM pg_locks l LEFT JOIN pg_class c ON l.locktype = 'relation' AND c.oid = l.relation
WHERE l.pid = ${backend}
  AND (NOT l.granted OR (l.mode = 'AccessExclusiveLock' AND c.relkind IN ('r', 'p', 'm', 'f')))
ORDER BY l.granted, c.oid LIMIT 4`;
}
/** Done and total are of the phase. https://www.postgresql.org/docs/current/progress-reporting.html */
function progressQuery(backend) {
    const name = (relation) => `(SELECT c.oid::regclass::text FROM pg_class c WHERE c.oid = ${relation})`;
    const share = (phase, what) => `WHEN phase ${phase} THEN ARRAY[${what}_done, ${what}_total]`;
    return `SELECT command, ${name('relid')}, ${name('index_relid')}, phase, part[1], part[2]
FROM (SELECT *, CASE ${share("LIKE 'waiting%'", 'lockers')} ${share("LIKE '%loading tuples%'", 'tuples')}
  ${share("LIKE '%scanning%'", 'blocks')} END AS part FROM pg_stat_progress_create_index WHERE pid = ${backend}) p
UNION ALL SELECT command, ${name('relid')}, NULL, phase,
  CASE phase WHEN 'seq scanning heap' THEN heap_blks_scanned END, heap_blks_total
FROM pg_stat_progress_cluster WHERE pid = ${backend}
UNION ALL SELECT command, ${name('relid')}, NULL, tuples_processed || ' rows', bytes_processed, bytes_total
FROM pg_stat_progress_copy WHERE pid = ${backend}
UNION ALL SELECT 'VACUUM', ${name('relid')}, NULL, phase,
  CASE phase WHEN 'scanning heap' THEN heap_blks_scanned WHEN 'vacuuming heap' THEN heap_blks_vacuumed END,
  heap_blks_total
FROM pg_stat_progress_vacuum WHERE pid = ${backend}
UNION ALL SELECT 'ANALYZE', ${name('relid')}, NULL, phase,
  CASE phase WHEN 'acquiring sample rows' THEN sample_blks_scanned END, sample_blks_total
FROM pg_stat_progress_analyze WHERE pid = ${backend}`;
}
/**
 * Of `pg_stat_activity a`. What a role may not see of others is null, but for the query, which says so in words.
 * The query is not cut to what is shown yet: a secret in it must be found whole.
 */
const sessionColumns = `a.pid, a.usename, coalesce(nullif(a.application_name, ''), nullif(a.backend_type, 'client backend')),
  host(a.client_addr), a.state, (1000 * extract(epoch FROM clock_timestamp()
    - CASE a.state WHEN 'active' THEN a.query_start ELSE a.state_change END))::bigint,
  CASE WHEN a.state IS NOT NULL THEN left(a.query, 4000) END`;
/** A prepared transaction has no process: it is 0, and what it is stands in its state. */
function blockersQuery(backend) {
    return `WITH b AS MATERIALIZED (SELECT DISTINCT pid FROM unnest(pg_blocking_pids(${backend})) pid WHERE pid <> ${backend})
SELECT ${sessionColumns} FROM b JOIN pg_stat_activity a ON a.pid = b.pid
UNION ALL SELECT 0, p.owner, NULL, NULL, 'prepared transaction ' || p.gid,
  (1000 * extract(epoch FROM clock_timestamp() - p.prepared))::bigint, NULL
FROM pg_prepared_xacts p JOIN pg_locks x ON x.transactionid = p.transaction AND x.pid IS NULL
WHERE EXISTS (SELECT FROM b WHERE b.pid = 0) AND EXISTS (
  SELECT FROM pg_locks h JOIN pg_locks w ON w.pid = ${backend} AND NOT w.granted AND w.locktype = h.locktype
    AND ${sameLock}
  WHERE h.granted AND h.pid IS NULL AND h.virtualtransaction = x.virtualtransaction)
LIMIT ${SESSIONS}`;
}
/** What a lock is on: of its kind, what it has no use for is null. */
const sameLock = [
    ...['database', 'relation', 'page', 'tuple', 'virtualxid'],
    ...['transactionid', 'classid', 'objid', 'objsubid'],
]
    .map((part) => `w.${part} IS NOT DISTINCT FROM h.${part}`)
    .join(' AND ');
/** Asking who blocks whom holds up the server's lock table, so only those that wait are asked about, and not all. */
function blockedQuery(backend) {
    return `WITH w AS MATERIALIZED (SELECT DISTINCT pid FROM pg_locks WHERE NOT granted AND pid <> ${backend} LIMIT 50)
SELECT ${sessionColumns} FROM w JOIN pg_stat_activity a ON a.pid = w.pid
WHERE ${backend} = ANY (pg_blocking_pids(w.pid)) LIMIT ${SESSIONS}`;
}
const SESSIONS = 20;

;// CONCATENATED MODULE: ./build/sql/hide-literals.js

/**
 * A query of somebody else without what it holds of data: strings and numbers give way to `\u2026`, comments go. Where the
 * server may have read a quote otherwise than it is read here (`standard_conforming_strings = off`), nothing that
 * follows is shown. A text that was cut in the middle is cut there here too.
 */
function hideLiterals(query) {
    let shown = '';
    let numberEnd = -1;
    for (const piece of lex_lex(query)) {
        const text = query.slice(piece.start, piece.end);
        if (isAmbiguous(piece, text))
            return `${shown}${hide_literals_HIDDEN}`;
        const isNumber = piece.kind === 'word' && (piece.start === numberEnd || /^\d/.test(text));
        // Of one number there are several pieces: `0xBEEF`, `1_000`, `2e9`.
        if (!isNumber)
            shown += shownOf(piece, text);
        else if (piece.start !== numberEnd)
            shown += hide_literals_HIDDEN;
        if (isNumber)
            numberEnd = piece.end;
    }
    return shown;
}
const hide_literals_HIDDEN = '\u2026';
function isAmbiguous({ kind }, text) {
    return kind === 'string' && text.startsWith("'") && text.includes("\\'");
}
function shownOf({ kind }, text) {
    switch (kind) {
        case 'string':
        case 'dollar-string':
            return hide_literals_HIDDEN;
        case 'line-comment':
        case 'block-comment':
            return ' ';
        default:
            return text;
    }
}

;// CONCATENATED MODULE: ./build/database/describe-progress.js
/**
 * Puts the first two results of `lookQuery` into words. A rewrite by ALTER TABLE reports no progress and its new file is
 * not visible to others before it ends: then the tables it keeps others out of are what can be said.
 */
function describeProgress(locks, progress) {
    const [working] = progress.rows;
    const waiting = locks.rows.find(([granted]) => granted === 'f');
    const parts = [
        ...(working ? [describeCommand(working)] : []),
        ...(waiting && !working?.[3]?.startsWith('waiting') ? [describeWait(waiting)] : []),
    ];
    const doing = parts.length > 0 ? parts.join('; ') : describeHeld(locks);
    const share = working ? shareOf(working) : undefined;
    return { ...(doing === undefined ? {} : { doing }), ...(share === undefined ? {} : { share }) };
}
/** `building the index public.orders_by_day: scanning table`. */
function describeCommand([command, table, index, phase]) {
    // What this transaction made has no name for others yet.
    const on = table ?? 'a new table';
    const words = {
        VACUUM: `vacuuming ${on}`,
        ANALYZE: `analysing ${on}`,
        'COPY FROM': `copying into ${on}`,
        'COPY TO': `copying from ${table ?? 'a query'}`,
        'VACUUM FULL': `rewriting ${on} (VACUUM FULL)`,
        CLUSTER: `rewriting ${on} (CLUSTER)`,
    }[command ?? ''];
    const what = words ?? `${command?.startsWith('RE') ? 'rebuilding' : 'building'} ${indexOn(index, on)}`;
    return phase ? `${what}: ${phase.replace(/^building index: /, '')}` : what;
}
function indexOn(index, table) {
    return index ? `the index ${index} on ${table}` : `an index on ${table}`;
}
function describeWait([, kind, mode, table]) {
    if (table)
        return `waiting for ${mode} on ${table}`;
    if (kind === 'transactionid')
        return 'waiting for another transaction to end';
    if (kind === 'virtualxid')
        return 'waiting for transactions that began earlier to end';
    return `waiting for a lock (${kind ?? 'of an unknown kind'})`;
}
const TABLES_SHOWN = 3;
function describeHeld({ rows }) {
    const tables = rows.flatMap(([, , , table]) => (table ? [table] : []));
    if (tables.length === 0)
        return undefined;
    const more = tables.length > TABLES_SHOWN ? ' and others' : '';
    return `holding AccessExclusiveLock on ${tables.slice(0, TABLES_SHOWN).join(', ')}${more}`;
}
function shareOf([, , , , done, total]) {
    if (done == null || total == null || Number(total) <= 0)
        return undefined;
    return Math.min(1, Math.max(0, Number(done) / Number(total)));
}

;// CONCATENATED MODULE: ./build/database/parse-look.js


/** Reads the answer to `lookQuery`; undefined where it failed. */
function parseLook({ error, results }, redact) {
    const [presence, locks, progress, blockers, blocked] = results;
    if (error || !presence || !locks || !progress || !blockers || !blocked)
        return undefined;
    const [server, isThere, isIdle, isStandby, looker] = presence.rows[0] ?? [];
    const { doing, share } = describeProgress(locks, progress);
    return {
        isThere: isThere === 't',
        isIdle: isIdle === 't',
        isStandby: isStandby === 't',
        looker: Number(looker),
        server: server ?? '',
        ...(doing === undefined ? {} : { doing: redact(doing) }),
        ...(share === undefined ? {} : { share }),
        blockedBy: parseSessions(blockers, redact),
        blocking: parseSessions(blocked, redact),
    };
}
const QUERY_SHOWN = 200;
function parseSessions({ rows }, redact) {
    const text = (value) => (value == null ? null : redact(value));
    return rows.map(([pid, user, application, address, state, age, query]) => ({
        processId: Number(pid),
        user: text(user),
        application: text(application),
        address: text(address),
        state: text(state),
        ageMs: age == null ? null : Math.max(0, Number(age)),
        // What somebody writes into a query may be anybody's data, as in DETAIL and CONTEXT of an error.
        query: query ? cut(redact(hideLiterals(query))) : null,
    }));
}
/** Redacted first: half a secret is not found. Never ends in half a character. */
function cut(query) {
    const line = query.trim().replace(/\s+/g, ' ');
    const characters = Array.from(line.slice(0, 2 * QUERY_SHOWN + 2));
    return characters.length <= QUERY_SHOWN ? line : `${characters.slice(0, QUERY_SHOWN - 1).join('')}\u2026`;
}

;// CONCATENATED MODULE: ./build/database/within.js
/** Waits for something, but not longer than so many milliseconds. Throws what it throws in time. */
async function within(ms, done) {
    let timer;
    const late = new Promise((resolve) => {
        timer = setTimeout(resolve, ms);
    });
    try {
        await Promise.race([done, late]);
    }
    finally {
        clearTimeout(timer);
    }
}

;// CONCATENATED MODULE: ./build/database/open-lookout.js





/** A server that restarts is looked at again afterwards; one that won't let us is left alone. */
const OPENED_AT_MOST = 3;
/** Between two tries where none is to be had just now; twice as long each time. */
const AGAIN_MS = { first: 1_000, longest: 10_000 };
const CLOSE_MS = 500;
/** The server itself gives up a look sooner. */
const LOOK_MS = 10_000;
/**
 * @param onRefused told in a sentence that no connection is to be had, or none that lasts; then none is tried again. Or that
 *   none is to be had just now, which is told once, and is tried again later. A server that starts is only waited for
 */
function openLookout(door, redact, onRefused) {
    let held;
    let mayOpen = OPENED_AT_MOST;
    const tries = spaced();
    const open = () => {
        mayOpen--;
        const opened = { session: door.open(() => { }).catch((error) => refused(opened, error)) };
        return opened;
    };
    const refused = (opened, error) => {
        // Nobody waits any more for what was given up.
        if (held !== opened)
            return undefined;
        held = undefined;
        const { passes, isNews } = tries.refused(error);
        // It was not lost: it was never there.
        mayOpen = passes ? mayOpen + 1 : 0;
        if (isNews)
            onRefused(reasonOf(error), passes);
        return undefined;
    };
    const lost = ({ error }) => {
        held = undefined;
        if (mayOpen <= 0)
            onRefused(lostTooOften(error?.message ?? 'without a reason'), false);
    };
    const rest = async () => {
        const left = held;
        held = undefined;
        if (left === undefined)
            return;
        // It was not lost.
        mayOpen++;
        // One that is still being opened is closed once it is there, and nobody waits for that.
        const gone = left.session.then((session) => session?.[Symbol.asyncDispose]()).catch(() => { });
        await within(CLOSE_MS, gone);
    };
    return {
        look: async (backend, home, isOwn = true) => {
            if (!held && (mayOpen <= 0 || tries.isTooSoon()))
                return undefined;
            held ??= open();
            const own = held;
            const session = await own.session;
            if (session)
                tries.came();
            const reply = session && (await ask(session, backend));
            if (reply?.state === 'lost' && held === own)
                lost(reply);
            const look = reply && parseLook(reply, redact);
            const isReal = isOwn || look?.looker === session?.processId;
            if (look === undefined || !isReal)
                return undefined;
            const seen = seenOf(look, home);
            // An address may lead to several servers: it is asked anew each time, until the process is seen.
            if (seen === undefined || home.server === undefined)
                await rest();
            return seen;
        },
        rest,
        [Symbol.asyncDispose]: async () => {
            const closed = rest();
            mayOpen = 0;
            await closed;
        },
    };
}
/** Tries to connect that are not made one right after the other, and what of their failures is worth telling. */
function spaced() {
    let isTold = false;
    let pauseMs = AGAIN_MS.first;
    let notBefore = 0;
    return {
        isTooSoon: () => Date.now() < notBefore,
        came: () => {
            pauseMs = AGAIN_MS.first;
        },
        refused: (error) => {
            const trouble = error instanceof ConnectionError ? error.trouble : 'final';
            const passes = trouble === 'starting' || trouble === 'away' || trouble === 'cut';
            notBefore = Date.now() + pauseMs;
            pauseMs = Math.min(2 * pauseMs, AGAIN_MS.longest);
            const isNews = !passes || (trouble !== 'starting' && !isTold);
            isTold ||= passes && isNews;
            return { passes, isNews };
        },
    };
}
async function ask(session, backend) {
    const late = setTimeout(() => session.giveUp('it does not answer'), LOOK_MS);
    const reply = await session.send(lookQuery(backend));
    clearTimeout(late);
    return reply;
}
function seenOf(look, home) {
    const { isThere, isIdle, isStandby, looker: _, server, ...shown } = look;
    // A standby that was asked first may have a stranger of that number; of servers that are written to there is one.
    if (isThere && (home.server === undefined || (home.isStandby && !isStandby)))
        Object.assign(home, { server, isStandby });
    if (isThere && server === home.server)
        return isIdle ? 'idle' : shown;
    // One of several standbys may never have had it.
    return server === home.server || !isStandby ? 'gone' : undefined;
}
function lostTooOften(why) {
    return `the second connection was lost ${OPENED_AT_MOST} times (${why}).`;
}
function reasonOf(error) {
    if (error instanceof UserError)
        return error.problems.map(({ message }) => message).join(' ');
    return 'a second connection could not be opened.';
}

;// CONCATENATED MODULE: ./build/database/silence.js
/** How long a message of ours may take before anybody looks whether somebody works on it. Milliseconds. */
const SILENT_MS = 5_000;
/** The last words of a process that has ended may still be on the wire. */
const ON_THE_WAY_MS = 3_000;
const GONE = 'the server has ended the session, and no word of it came through';
/** Of a process that waits for us while we wait for it. */
const NOT_AT_WORK = {
    doing: 'the server has nothing of it to work on, so it is still on its way, or its answer is',
    blockedBy: [],
    blocking: [],
};

;// CONCATENATED MODULE: ./build/database/await-answer.js



/**
 * Waits for the answer to a message of ours, which is no statement of a file. One that does not come within seconds is
 * looked for: what is waited for is told, a process that is gone is given up, and so is one that nobody sees at work for
 * long. Nothing is opened for an answer that comes sooner. What is given up has come about or has not, as after any loss.
 */
async function awaitAnswer(sent, asked) {
    const over = new AbortController();
    const looks = openLooks(asked);
    const end = () => {
        over.abort();
        return looks.close();
    };
    asked.closed.addEventListener('abort', end, { once: true });
    void follow(asked, looks, over.signal).catch(() => { });
    try {
        return await sent;
    }
    finally {
        asked.closed.removeEventListener('abort', end);
        // A pool may have no other connection for what is opened next.
        await end();
    }
}
async function follow({ session, observe, unseenMs = UNSEEN_MS, longestMs = Number.POSITIVE_INFINITY, heardAt }, looks, over) {
    const started = Date.now();
    const limit = () => Math.max(started, heardAt?.() ?? started) + longestMs;
    let atWork = started;
    let goneSince;
    let idleSince;
    for (let pauseMs = SILENT_MS; await passes(Math.min(pauseMs, longestMs), over);) {
        const seen = await looks.look();
        if (over.aborted)
            return;
        const now = Date.now();
        goneSince = seen === 'gone' ? (goneSince ?? now) : undefined;
        if (goneSince !== undefined && now - goneSince >= ON_THE_WAY_MS)
            return session.giveUp(GONE);
        if (typeof seen === 'object')
            atWork = now;
        idleSince = seen === 'idle' ? (idleSince ?? now) : undefined;
        if (now - atWork >= unseenMs)
            return session.giveUp(UNSEEN);
        // What we wait for waits for us.
        if (idleSince !== undefined && now - idleSince >= unseenMs / 10)
            return session.giveUp(UNSEEN);
        pauseMs = seen === 'gone' ? GONE_PAUSE_MS : await_answer_PAUSE_MS;
        try {
            observe({ kind: 'watching', elapsedMs: now - started, ...tellOf(seen) });
        }
        catch {
            // Whoever is told may fail, and must not end this.
        }
        if (now >= limit())
            return session.giveUp(tooLong(longestMs));
    }
}
/** Longer than a pool keeps anybody in its line; some ten minutes is what the system takes to find out by itself. */
const UNSEEN_MS = 600_000;
const UNSEEN = 'no answer came for long, and nobody was seen at work on one';
const tooLong = (ms) => `no answer came within ${ms / 1_000} s`;
const await_answer_PAUSE_MS = 5_000;
const GONE_PAUSE_MS = 1_000;
async function passes(ms, over) {
    await (0,external_node_timers_promises_namespaceObject.setTimeout)(ms, undefined, { signal: over }).catch(() => { });
    return !over.aborted;
}
function tellOf(seen) {
    if (seen === 'idle')
        return NOT_AT_WORK;
    if (seen === undefined || seen === 'gone')
        return { doing: UNANSWERED, blockedBy: [], blocking: [] };
    return { ...seen, doing: seen.doing ?? AT_WORK };
}
const UNANSWERED = 'waiting for an answer of the server, of which nothing is to be seen';
const AT_WORK = 'waiting for an answer of the server, which works on it';
/** Opens nothing before the first look; where nothing could be seen, the next begins anew. */
function openLooks({ door, redact, backend, isOwn }) {
    let lookout;
    const home = {};
    const close = async () => {
        const left = lookout;
        lookout = undefined;
        await left?.[Symbol.asyncDispose]();
    };
    return {
        look: async () => {
            lookout ??= openLookout(door, redact, () => { });
            const seen = await lookout.look(backend, home, isOwn).catch(() => undefined);
            if (seen === undefined)
                await close();
            return seen;
        },
        close,
    };
}

;// CONCATENATED MODULE: ./build/database/seen-through.js

/** The same door, but what is sent through it is seen after where its answer does not come, unless a watch does that. */
function seenThrough(door, watcher) {
    return {
        ...door,
        open: async (onNotice) => seenAfter(await door.open(onNotice), door, watcher),
    };
}
function seenAfter(session, door, watcher) {
    const closing = new AbortController();
    let works = { backend: session.processId, isOwn: false };
    return {
        ...session,
        send: (sql, options) => {
            let heard = Date.now();
            const onHeard = () => {
                heard = Date.now();
            };
            const sent = session.send(sql, options && hearing(options, onHeard));
            if (options?.isWatched && !watcher.isAlone)
                return sent;
            // What somebody else wrote may take as long as it likes, where nobody says how long it may.
            const isBounded = options?.keepRows !== false || watcher.longestMs !== undefined;
            const { observe, redact, longestMs = Number.POSITIVE_INFINITY } = watcher;
            const heardAt = () => heard;
            const asked = { session, ...works, closed: closing.signal, door, observe, redact, longestMs, heardAt };
            return awaitAnswer(sent, isBounded ? asked : { ...asked, unseenMs: Number.POSITIVE_INFINITY });
        },
        keeps: (backend) => {
            works = { backend, isOwn: true };
        },
        [Symbol.asyncDispose]: () => {
            closing.abort();
            return session[Symbol.asyncDispose]();
        },
    };
}
function hearing(options, onHeard) {
    const { onMark } = options;
    if (!onMark)
        return options;
    return {
        ...options,
        onMark: (mark) => {
            onHeard();
            onMark(mark);
        },
    };
}

;// CONCATENATED MODULE: ./build/programs/connecting/cancelled-by.js
/** A session whose running statement is cancelled when the run is asked to end, and what is sent of a migration afterwards. */
function cancelledBy(signal, session) {
    const cancel = () => void session.cancel();
    if (!signal.aborted)
        signal.addEventListener('abort', cancel, { once: true });
    return {
        ...session,
        send: (sql, options) => {
            const reply = session.send(sql, options);
            if (signal.aborted && options?.keepRows === false)
                cancel();
            return reply;
        },
        [Symbol.asyncDispose]: async () => {
            signal.removeEventListener('abort', cancel);
            await session[Symbol.asyncDispose]();
        },
    };
}

;// CONCATENATED MODULE: ./build/programs/connecting/steady-door.js





/**
 * Connections of a run: one that breaks while it is being made is tried again a few times; when the run is asked to end,
 * the statement that a session runs is cancelled, and nobody waits for a connection any more. An answer that does not come
 * is seen after, unless a watch does that already.
 */
function makeSteady(door, url, signal, watcher) {
    const seen = seenThrough(door, watcher);
    let losses = 0;
    let opened = 0;
    const count = (reply) => {
        if (reply.state === 'lost')
            losses++;
        return reply;
    };
    const openOne = (onNotice) => openSoon(() => seen.open(onNotice), signal);
    const steady = (session) => {
        opened++;
        return cancelledBy(signal, {
            ...session,
            send: async (sql, options) => count(await session.send(sql, options)),
        });
    };
    return {
        endpoint: door.endpoint,
        url,
        plain: door,
        losses: () => losses,
        opened: () => opened,
        open: async (onNotice) => steady(await openOne(onNotice)),
        openReader: async (onNotice) => steady(await openReader(() => openOne(onNotice))),
    };
}
const steady_door_TRIES = 3;
const steady_door_PAUSE_MS = 200;
async function openSoon(open, signal) {
    for (let attempt = 1;; attempt++) {
        try {
            return await unlessAborted(open(), signal);
        }
        catch (error) {
            const passes = error instanceof ConnectionError && ['cut', 'starting'].includes(error.trouble);
            const again = passes && attempt < steady_door_TRIES;
            if (!again || signal.aborted)
                throw error;
            await (0,external_node_timers_promises_namespaceObject.setTimeout)(steady_door_PAUSE_MS * attempt);
        }
    }
}
/** What is opened after the run was asked to end is needed to end it well. */
async function unlessAborted(opening, signal) {
    if (signal.aborted)
        return opening;
    let stop;
    const aborted = new Promise((_, reject) => {
        stop = () => reject(new ConnectionError(CANCELLED, 'final'));
        signal.addEventListener('abort', stop, { once: true });
    });
    try {
        return await Promise.race([opening, aborted]);
    }
    catch (error) {
        void opening.then((session) => session[Symbol.asyncDispose]()).catch(() => { });
        throw error;
    }
    finally {
        if (stop)
            signal.removeEventListener('abort', stop);
    }
}
const CANCELLED = { message: 'The run was ended while it was connecting.', help: 'Run again.' };

;// CONCATENATED MODULE: ./build/database/open-watch.js



/**
 * Looks at long messages from a second connection. Nothing that goes wrong with it reaches the message: a connection
 * that can't be had, or is lost again and again, is told once as a note. A message whose process is gone is given up: the
 * server has noticed that nobody answers any more on a connection that the system here would wait on for a quarter of
 * an hour.
 */
function openWatch(door, observe, redact) {
    const lookout = openLookout(door, redact, (reason, isForNow) => observe({
        kind: 'note',
        message: `Long statements are not watched${isForNow ? ' for now' : ''}: ${reason}`,
    }));
    let atMostMs = SECOND_MS;
    return {
        during: async (backend, lockMs, send, giveUp = () => { }) => {
            const pauseMs = Math.min(pauseFor(lockMs), atMostMs);
            const home = {};
            const { tookMs, ...watched } = await watchMessage({
                send,
                giveUp,
                pauseMs,
                look: () => lookout.look(backend, home),
                tell: (elapsedMs, shown) => observe({ kind: 'watching', elapsedMs, ...shown }),
            });
            atMostMs = pauseAfter(watched, Math.min(pauseMs, tookMs), atMostMs);
            return watched;
        },
        rest: () => lookout.rest(),
        [Symbol.asyncDispose]: () => lookout[Symbol.asyncDispose](),
    };
}
const SECOND_MS = 1_000;
const SHORTEST_PAUSE_MS = 50;
/** A wait for a lock can begin at any time of the message, and must be seen before it runs out. */
function pauseFor(lockMs) {
    return lockMs > 0 ? Math.max(SHORTEST_PAUSE_MS, Math.min(SECOND_MS, lockMs / 2)) : SECOND_MS;
}
/**
 * What sets a shorter `lock_timeout` than is known of, in a block or a function say, fails before it is looked at. It is
 * tried again; each time nobody was seen in its way it is looked at in half the time.
 */
function pauseAfter({ reply, blockers }, missedMs, before) {
    if (!isAboutLocks(reply))
        return SECOND_MS;
    return blockers.length > 0 ? before : Math.max(SOONEST_MS, missedMs / 2);
}
const SOONEST_MS = 5;
async function watchMessage({ send, giveUp, pauseMs, look, tell }) {
    let started = Date.now();
    let isOver = false;
    let answered = false;
    let waiting = true;
    let blockers = [];
    let looking;
    let goneSince;
    const lookOnce = async () => {
        const seen = await look();
        const shown = seen === 'gone' ? undefined : seen === 'idle' ? NOT_AT_WORK : seen;
        if (shown && shown.blockedBy.length > 0)
            blockers = shown.blockedBy;
        if (answered)
            return;
        goneSince = seen === 'gone' ? (goneSince ?? Date.now()) : undefined;
        if (goneSince !== undefined && Date.now() - goneSince >= ON_THE_WAY_MS)
            return giveUp(GONE);
        timer = setTimeout(begin, isOver ? SECOND_MS : Math.max(SHORTEST_PAUSE_MS, pauseMs));
        waiting = true;
        const elapsedMs = Date.now() - started;
        // How long it takes is told although nothing is to be seen of it.
        const told = shown ?? (seen === undefined && elapsedMs >= SECOND_MS ? NOTHING_SEEN : undefined);
        if (told && !isOver)
            tell(elapsedMs, told);
    };
    const begin = () => {
        waiting = false;
        // Whoever is told may fail, and must not fail the message.
        looking = lookOnce().catch(() => { });
    };
    let timer = setTimeout(begin, pauseMs);
    const stepDone = (isLast = false) => {
        started = Date.now();
        blockers = [];
        if (isLast && !isOver) {
            isOver = true;
            // What follows is ours and waits for nobody: its end is all that it is looked at for, if it does not come.
            clearTimeout(timer);
            if (waiting)
                timer = setTimeout(begin, SILENT_MS);
        }
        else if (waiting)
            timer.refresh();
    };
    try {
        const reply = await send(stepDone);
        answered = true;
        const tookMs = Date.now() - started;
        // The transaction is rolled back by now, and who was in its way may be on the wire.
        if (looking && blockers.length === 0 && isAboutLocks(reply))
            await within(GRACE_MS, looking);
        return { reply, blockers, tookMs };
    }
    finally {
        answered = true;
        clearTimeout(timer);
    }
}
const NOTHING_SEEN = { blockedBy: [], blocking: [] };
const GRACE_MS = 200;
function isAboutLocks({ error }) {
    return error?.code === '55P03' || error?.code === '40P01';
}

;// CONCATENATED MODULE: ./build/database/reading-limit.js
/**
 * How long the tables that remember are waited for where they are read, in milliseconds: somebody who holds one exclusively
 * would keep a run waiting without end and without a word.
 */
const READING_LOCK_MS = 10_000;

;// CONCATENATED MODULE: ./build/database/tracking-names.js

/** Unquoted names of what stands beside the tracking table. */
const HISTORY_TABLE = 'migration_history';
const SNAPSHOTS_TABLE = 'schema_snapshots';
const IDENTITY_TABLE = 'target_identity';
const CHAIN_FUNCTION = 'devflow_chain_event';
const STATUS_FUNCTION = 'get_migration_status';
const STATUS_VIEW = 'migration_status_view';
/** The constraint that every tracking table of ours has had, whatever it is called. */
const tracking_names_STATUS_CHECK = 'devflow_status';
/** Of the tracking table: the columns of the custom runner's document, which ours keep. */
const DOCUMENT_COLUMNS = [
    'version',
    'name',
    'applied_at',
    'checksum',
    'execution_time_ms',
    'status',
    'error_message',
    'applied_by',
];
function tracking_names_trackingNames(tracking) {
    const schema = identifier_quoteIdentifier(tracking.schema);
    const inSchema = (name) => `${schema}.${identifier_quoteIdentifier(name)}`;
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

;// CONCATENATED MODULE: ./build/database/read-history.js



/**
 * Reads the tracking table. Runs with `row_security = off`, so that a role without rights gets an error and never an
 * empty history. Empty text when there is no table.
 */
function recordsQuery(tracking) {
    if (tracking.version === 'absent')
        return '';
    const ours = tracking.version > 0;
    return readOnly(`SELECT version, name, checksum, status, ${isoTime('applied_at')}, execution_time_ms, applied_by, error_message,
  ${ours ? 'tool_version IS NOT NULL' : 'false'}, ${ours ? 'statements_done' : 'NULL'}, ${tracking.version > 1 ? 'journal' : 'NULL'},
  ${ours ? 'plan_hash, run_url' : 'NULL, NULL'}
FROM ${tracking_names_trackingNames(tracking).table} ORDER BY applied_at NULLS FIRST, version;`);
}
/** Text \u2192 rows of {@link recordsQuery}, which must have been the message's last result. */
function parseRecords(reply) {
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
FROM ${tracking_names_trackingNames(tracking).history} ORDER BY ${version > 0 ? 'seq' : 'executed_at'} DESC LIMIT ${limit};`);
}
function sqlOf(column) {
    return column === 'executed_at' ? isoTime(column) : column;
}
/** Columns of the history, each with the version of the tables since which it is there. */
const EVENT_COLUMNS = [
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
];
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
const ACTIONS = [
    'apply',
    'rollback',
    'repair',
    'baseline',
    'adopt',
    'backup',
    'move',
    'anchor',
];
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
const RECORD_STATUSES = [
    'pending',
    'running',
    'completed',
    'failed',
    'partial',
    'unknown',
    'rolled_back',
];
function isRecordStatus(text) {
    return RECORD_STATUSES.includes(text ?? '');
}

;// CONCATENATED MODULE: ./build/gate/judge-continuation.js

/**
 * Events that nothing but applying writes. A rehearsal, or a refusal of a gate, needed no approval; and whoever ends a run
 * before it applies anything means it to stay undone.
 */
const BY_APPLYING = ['started', 'applied', 'failed', 'partial', 'cancelled', 'unknown'];
/**
 * Whether a later attempt of a run goes on with what an earlier one began, where its approval holds for nothing else. To be
 * asked under the lock, before anything is applied.
 *
 * @param events what the history holds; only those of this run with this plan's hash are looked at
 */
function judgeContinuation(permission, { runUrl, attempt }, events) {
    const { onlyContinuing } = permission;
    if (onlyContinuing === undefined)
        return undefined;
    const began = events.some((one) => one.runUrl === runUrl &&
        one.planHash === onlyContinuing &&
        one.runAttempt !== null &&
        one.runAttempt < attempt &&
        (one.action === 'apply' || one.action === 'rollback') &&
        BY_APPLYING.includes(one.event ?? '') &&
        (one.version !== '' || one.event === 'started'));
    if (began)
        return undefined;
    return refuse_refuse('rerun', `This is attempt ${attempt} of ${runUrl}, GitHub does not tell of which attempt an approval is, and no earlier one began the plan ${onlyContinuing}.`, 'Start a new run, which is approved anew; or set approval-rerun: accept in devflow.yml, which takes the approval whatever it was for.');
}

;// CONCATENATED MODULE: ./build/plan/mark-forced.js
/** Migrations with the rules that were forced for them, to be recorded with each. */
function markForced(migrations, findings) {
    const byPath = new Map();
    for (const { file, force, rule } of findings) {
        if (force !== 'used' || file === undefined)
            continue;
        byPath.set(file, (byPath.get(file) ?? new Set()).add(rule));
    }
    return migrations.map((migration) => {
        const rules = byPath.get(migration.file.path);
        return rules ? { ...migration, forced: [...rules].sort() } : migration;
    });
}

;// CONCATENATED MODULE: ./build/programs/keep-healthy.js
/** What has to hold before anything is tried, applied or undone. @returns whether it does; what does not is a finding */
async function isHealthyBefore(run) {
    const { config } = run;
    const before = config.health?.before ?? [];
    const goes = ['migrate', 'dry-run', 'rollback'].includes(config.command);
    return !goes || before.length === 0 || (await check(run, before, `before ${doing(run)}`));
}
/**
 * What has to hold when all is applied, whether it was applied now or before: the run that failed by it may be run again.
 * Or when all is undone that was to be.
 */
async function isHealthyAfter(run) {
    const { gathered, config } = run;
    const after = config.health?.after ?? [];
    if (after.length === 0)
        return true;
    // A run that is ended in the middle of it has not shown that it holds.
    gathered.unhealthy = true;
    const moment = `after ${doing(run)}`;
    const unfinished = `The health checks ${moment} were not carried out to the end. Run verify to know.`;
    gathered.notes = [...(gathered.notes ?? []), unfinished];
    const isWell = await check(run, after, moment);
    gathered.notes = gathered.notes.filter((note) => note !== unfinished);
    if (isWell)
        delete gathered.unhealthy;
    return isWell;
}
function doing({ config }) {
    return config.command === 'rollback' ? 'undoing' : 'applying';
}
/** All of them, for `verify`. One that stands in both lists is carried out once. */
async function lookAtHealth(run) {
    const { before = [], after = [] } = run.config.health ?? {};
    const all = new Map([...before, ...after].map((one) => [JSON.stringify(one), one]));
    if (all.size > 0)
        await check(run, [...all.values()], 'now');
}
async function check(run, checks, moment) {
    const { gathered, system } = run;
    const count = `${checks.length} ${checks.length === 1 ? 'health check' : 'health checks'}`;
    system.observe({ kind: 'note', message: `${count} ${moment}.` });
    const { checkHealth } = await import(/* webpackIgnore: true */ './check-health.js');
    const { findings, notes } = await checkHealth(run, checks, moment);
    gathered.findings = [...(gathered.findings ?? []), ...findings];
    gathered.notes = [...(gathered.notes ?? []), ...notes];
    return findings.every(({ severity }) => severity !== 'error');
}

;// CONCATENATED MODULE: ./build/programs/finish-applied.js

/** What is done when everything that was asked for is applied, now or before: whether it holds, then the schema as a file. */
async function finishApplied(run) {
    if (!isApplied(run) || !(await isHealthyAfter(run)) || run.config.schemaDump === undefined)
        return;
    const { writeSchemaDump } = await import(/* webpackIgnore: true */ './write-schema-dump.js');
    const { findings, notes } = await writeSchemaDump(run, run.config.schemaDump);
    run.gathered.findings = [...(run.gathered.findings ?? []), ...findings];
    run.gathered.notes = [...(run.gathered.notes ?? []), ...notes];
}
function isApplied({ config, gathered, signal }) {
    const { plan, outcomes = [], refusals = [], drift = [], findings = [], cancelled = false } = gathered;
    if (config.command !== 'migrate' || config.dryRun || signal.aborted || cancelled)
        return false;
    if (refusals.length + drift.length > 0 || findings.some(({ severity }) => severity === 'error'))
        return false;
    return (plan !== undefined &&
        outcomes.length === plan.migrations.length &&
        outcomes.every(({ state }) => state === 'applied'));
}

;// CONCATENATED MODULE: ./build/programs/judging/warm-up.js
/**
 * What is needed as soon as something is pending is loaded while the network is waited for, which costs no time then:
 * some 80 ms for the code, the parser and the formats of tokens. A server that answers at once is not waited for, and most runs
 * have nothing to do: there it is loaded when it is needed, if at all.
 *
 * @param waiting what is waited for
 * @param load what goes wrong in it is not told: it goes wrong again where it is needed
 * @returns to be closed before the run ends: nothing is left at work then
 */
function warmUpDuring(waiting, load) {
    let loading;
    const timer = setTimeout(() => {
        loading = load().catch(() => { });
    }, NEARBY_MS);
    const stop = () => clearTimeout(timer);
    waiting.then(stop, stop);
    return {
        async [Symbol.asyncDispose]() {
            stop();
            await loading;
        },
    };
}
/** A server on the same machine has answered by then, even where it has to start a process first. */
const NEARBY_MS = 8;

;// CONCATENATED MODULE: ./build/programs/load-pending-work.js
/**
 * What is needed as soon as files are read as SQL, from a bundle of its own which what only finds out that nothing
 * is pending does without. Loaded once, whoever asks.
 */
async function loadPendingWork() {
    const { PENDING_WORK: work } = await import(/* webpackIgnore: true */ './pending-work.js');
    return work;
}

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
function chain_ddl_chainDdl({ history, chainFunction }) {
    return `CREATE INDEX IF NOT EXISTS ${quoteIdentifier(INDEX)} ON ${history} (seq);
CREATE OR REPLACE FUNCTION ${chainFunction}() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS ${quoteLiteral(chainBody(history))};
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

;// CONCATENATED MODULE: ./build/database/tracking-ddl.js





/** The version of the tables that this tool writes. Kept in the comment of the tracking table. */
const TRACKING_VERSION = 4;
/** The comment by which our tables are known again; the number is their version. */
function trackingComment(version) {
    return `devflow-migrate tracking table, version ${version}`;
}
/** @returns the version a table comment names, 0 where it names none */
function trackingVersionOf(comment) {
    return Number(/^devflow-migrate tracking table, version (\d+)$/.exec(comment ?? '')?.[1] ?? 0);
}
/**
 * SQL that creates the tracking tables, or brings older ones, the custom runner's included, to this version: columns
 * are added and rows stay. Empty when there is nothing to do. For a transaction with `search_path = pg_catalog, pg_temp`.
 */
function trackingDdl(tracking, schemaExists) {
    if (tracking.version === TRACKING_VERSION)
        return '';
    const names = trackingNames(tracking);
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
        `COMMENT ON TABLE ${names.table} IS ${quoteLiteral(trackingComment(TRACKING_VERSION))};`,
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
    const both = `(${quoteLiteral(table)}::regclass, ${quoteLiteral(history)}::regclass)`;
    return doBlock(`DECLARE
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
  IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = ${quoteLiteral(history)}::regclass AND attname = 'id'
    AND atttypid = 'uuid'::regtype AND NOT atthasdef)
  THEN ALTER TABLE ${history} ALTER COLUMN id SET DEFAULT gen_random_uuid(); END IF;
  EXECUTE format('ALTER TABLE %s ADD COLUMN IF NOT EXISTS executed_at %s GENERATED ALWAYS AS (applied_at) STORED',
    ${quoteLiteral(table)}, (SELECT format_type(atttypid, atttypmod) FROM pg_attribute
      WHERE attrelid = ${quoteLiteral(table)}::regclass AND attname = 'applied_at'));
END`);
}
function addCheck({ table }) {
    return `ALTER TABLE ${table} ADD CONSTRAINT ${STATUS_CHECK} CHECK
  (status IN ('pending', 'running', 'completed', 'failed', 'partial', 'unknown', 'rolled_back'));`;
}
function dropReports({ statusFunction, statusView }) {
    return `DROP VIEW IF EXISTS ${statusView};\nDROP FUNCTION IF EXISTS ${statusFunction}();`;
}
/** The document's function and view. They count rows: SQL sees no files. */
function createReports({ table, statusFunction, statusView }) {
    return `CREATE FUNCTION ${statusFunction}() RETURNS TABLE
  (total bigint, completed bigint, pending bigint, failed bigint, last_version text, last_applied_at timestamptz)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS ${quoteLiteral(`
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
${doBlock(`DECLARE
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
        .map((name) => `${quoteLiteral(`${name}()`)}::regprocedure`)
        .join(', ');
    const relations = [table, history, snapshots, identity, statusView]
        .map((name) => `${quoteLiteral(name)}::regclass`)
        .join(', ');
    const sequences = [`${quoteLiteral(history)}, 'seq'`, `${quoteLiteral(snapshots)}, 'id'`]
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
      WHERE oid = ${quoteLiteral(schema)}::regnamespace`;
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

;// CONCATENATED MODULE: ./build/database/history/record-refusal.js


/**
 * Adds to the history that nothing was done, in a short transaction of its own. Nothing is created for it: where there are
 * no tables of this version, nothing is recorded.
 *
 * @returns why it could not be recorded, where it could not
 */
async function recordRefusal(session, target, writer, refusal) {
    const sql = refusedEvent(target, writer, refusal);
    if (sql === '')
        return undefined;
    const { error, state } = await session.send(sql);
    if (error && (state === 'E' || state === 'T'))
        await session.send('ROLLBACK;');
    return error?.message;
}
/** SQL that {@link recordRefusal} sends; empty where there is nowhere to record it. */
function refusedEvent(target, writer, { event, action, message, planHash }) {
    if (target.tracking.version !== TRACKING_VERSION)
        return '';
    const row = recordEvent(target, writer, {
        event,
        action,
        status: 'failed',
        version: '',
        errorMessage: message,
        ...(planHash === undefined ? {} : { planHash }),
    });
    return `BEGIN READ WRITE;
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL lock_timeout = ${LOCK_MS};
SET LOCAL statement_timeout = ${STATEMENT_MS};
${row};
COMMIT;`;
}
/** Nobody waits long to be refused. Milliseconds. */
const LOCK_MS = 2_000;
const STATEMENT_MS = 5_000;

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

;// CONCATENATED MODULE: ./build/programs/permission/tell-refusals.js



/** What kept a run from changing anything is part of the history. What it tried and could not do is recorded where it is. */
async function tellRefusals({ config, gathered, session, known }) {
    if (!config.changes || gathered.outcomes !== undefined)
        return;
    const message = whyNothing(gathered);
    if (message !== '')
        await tellNothingDone({ config, gathered, session, known }, { event: 'refused', message });
}
/** Somebody ended it before it changed anything. */
async function tellCancelled(run, where) {
    const message = `The run was ended by ${String(run.signal.reason)} ${where}.`;
    await tellNothingDone(run, { event: 'cancelled', message });
}
async function tellNothingDone({ config, gathered, session, known }, told) {
    const why = await recordNothingDone(config, gathered, session, known.target, told, gathered.plan?.hash);
    if (why !== undefined)
        gathered.notes = [...(gathered.notes ?? []), notRecorded(config, why)];
}
/**
 * @param planHash of what was to be applied
 * @returns why it could not be recorded, where it could not
 */
function recordNothingDone(config, gathered, session, target, { event, message }, planHash) {
    return recordRefusal(session, target, writerOf({ config, gathered }), {
        event,
        action: tell_refusals_ACTIONS[config.command] ?? 'apply',
        message: config.redact(message),
        ...(planHash === undefined ? {} : { planHash }),
    });
}
const tell_refusals_ACTIONS = {
    rollback: 'rollback',
    repair: 'repair',
    baseline: 'baseline',
    adopt: 'adopt',
    backup: 'backup',
};
/** Sentences; empty where nothing stands against it. An operation is held up by findings as long as nothing of it was begun. */
function whyNothing({ operation, refusals = [], drift = [], findings = [] }) {
    const refused = refusals.map(({ message }) => message);
    const isBegun = operation?.steps.some(({ state }) => state !== 'planned') ?? false;
    if (operation !== undefined && (refused.length > 0 || isBegun))
        return refused.join(' ');
    return [
        ...refused,
        ...(operation === undefined ? drift : []).map((one) => makeDriftText(one, (foreign) => foreign).message),
        ...findings
            .filter(({ severity }) => severity === 'error')
            .map(({ rule, file, message }) => `${file === undefined ? '' : `${file}: `}${message} (${rule})`),
    ].join(' ');
}
/** A note. */
function notRecorded({ redact }, why) {
    return `That nothing was done could not be recorded: ${redact(why).replace(/\.$/, '')}.`;
}

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
        ['application_name', identifier_quoteLiteral(applicationName(config.run.runUrl))],
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
const CLIENT_CHECKS = [
    ['client_connection_check_interval', "'1s'"],
    ['tcp_keepalives_idle', '10'],
    ['tcp_keepalives_interval', '5'],
    ['tcp_keepalives_count', '3'],
    ['tcp_user_timeout', "'25s'"],
];

;// CONCATENATED MODULE: ./build/database/timeouts-elsewhere.js

/**
 * A scalar query, to be run with `search_path = pg_catalog, pg_temp`. Reads `reset_val`, which no `SET LOCAL` of the same
 * transaction changes; the `source` it would change.
 */
const TIMEOUTS_ELSEWHERE = `(
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
      AND s.reset_val <> s.boot_val)`;
/**
 * What holds is what the strongest said, unless the URL's `options` said something stronger still.
 *
 * @param sets the settings that those name
 */
function parseElsewhere(found, sets = []) {
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
function noteElsewhere(found, timeouts, serverMajor) {
    const own = timeoutsFor(timeouts, { serverMajor });
    return found.map(({ name, ms, where }) => `${name} is set to ${timeouts_elsewhere_inWords(ms)} ${where}; this run uses ${timeouts_elsewhere_inWords(own[name] ?? ms)}.`);
}
/**
 * A `transaction_timeout` that is asked for on a server that has none, in one sentence.
 *
 * @param files those that ask for it by a directive; empty: the run
 */
function noteNoLimit({ serverMajor }, files = []) {
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

;// CONCATENATED MODULE: ./build/sql/down-journal.js
/**
 * The journal of a rollback, in the row of the migration that it undoes: one that nobody can take for the migration's own,
 * so that a later `migrate` does not go on with it.
 */
function wrapDown(journal) {
    return `{"down":${journal}}`;
}
/** The journal inside; undefined for one that is no rollback's. */
function unwrapDown(journal) {
    return journal === null ? undefined : /^\{"down":(.*)\}$/s.exec(journal)?.[1];
}

;// CONCATENATED MODULE: ./build/plan/describe-left.js

/** What the rows say that are neither applied nor rolled back, a sentence each. */
function describeLeft(records) {
    return records.flatMap((record) => describe_left_describe(record) ?? []);
}
function describe_left_describe(record) {
    const { name, status, appliedAt, errorMessage } = record;
    switch (status) {
        case 'failed':
            return `${name} failed when it was tried last, at ${appliedAt}: ${describe_left_reasonOf(errorMessage)}.`;
        case 'running':
            return `${name} is recorded as running since ${appliedAt}: a run is at it just now, or was cut off in it. ${howFar(record)}`;
        case 'partial':
        case 'unknown':
            return `${name} is recorded as ${status} since ${appliedAt}: ${describe_left_reasonOf(errorMessage)}. ${howFar(record)}`;
        default:
            return undefined;
    }
}
/** As a clause: what is recorded may be sentences. */
function describe_left_reasonOf(errorMessage) {
    return errorMessage?.replace(/\.$/, '') ?? 'no reason is recorded';
}
function howFar({ journal, statementsDone }) {
    if (unwrapDown(journal) !== undefined)
        return 'It is undone in part.';
    if (statementsDone === null)
        return 'How far it came is not recorded.';
    return `Of its statements ${statementsDone === 1 ? '1 is' : `${statementsDone} are`} done.`;
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

;// CONCATENATED MODULE: ./build/plan/is-another.js

/**
 * Whether neither the name nor the text of a file is what was recorded of its version: then it may be another migration,
 * of which nothing was ever run. Another runner's names follow a rule of its own, and say nothing.
 */
function isAnother({ name, checksum, ours }, file) {
    return ours && name !== file.name && !matchChecksum(checksum, file);
}
/** Taken for the recorded one, what nobody has run would count as applied. */
function refuseAnother({ version, name }, file) {
    return {
        message: `Version ${version} was applied as ${name}. ${file.name} is another file: neither its name nor its text is what was applied.`,
        help: `Give ${file.name} a new version, and put ${name} back, which another branch may have. If it is the same migration, renamed and edited: give it its recorded name back first.`,
    };
}

;// CONCATENATED MODULE: ./build/plan/find-drift.js




/**
 * Applied versions whose file was edited, deleted, renamed or replaced by another since. Rows that never completed are no drift; nor are
 * repeatable files, which are there to be changed.
 */
function findDrift(records, files) {
    const byVersion = new Map(files.map((file) => [version_versionKey(file.version), file]));
    return records.flatMap((record) => {
        if (record.status !== 'completed' || isRepeatable(record))
            return [];
        return driftOf(record, byVersion.get(version_versionKey(record.version))) ?? find_drift_NONE;
    });
}
const find_drift_NONE = [];
function driftOf(record, file) {
    const isSame = file !== undefined && matchChecksum(record.checksum, file);
    // Another runner's names follow a rule of its own.
    if (isSame && (!record.ours || record.name === file.name))
        return undefined;
    const stored = { version: record.version, recordedName: record.name, storedChecksum: record.checksum };
    if (!file)
        return { kind: 'deleted', ...stored };
    const present = { name: file.name, path: file.path, presentChecksum: file.checksum };
    return { kind: isSame ? 'renamed' : isAnother(record, file) ? 'replaced' : 'edited', ...stored, ...present };
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

;// CONCATENATED MODULE: ./build/plan/describe-schema-change.js


/** A sentence or two: what is there that was not, what is gone, or what of it is another now. Names as they are. */
function describeSchemaChange(change) {
    const { kind, name } = change;
    if (kind === 'rights' || kind === 'default privileges') {
        const what = kind === 'rights' ? `The rights on the ${name}` : `The default privileges of ${name}`;
        return `${what} are not as the last run left them: ${describeRights(change)}.`;
    }
    const the = `The ${kind} ${name}`;
    if (change.change === 'added')
        return `${the} is in the database and was not when the last run ended.`;
    if (change.change === 'dropped')
        return `${the} is gone from the database; it was there when the last run ended.`;
    return `${the} is not as the last run left it: ${describeDefinitions(change.before ?? '', change.after ?? '')}.`;
}

;// CONCATENATED MODULE: ./build/plan/find-schema-drift.js

/** So many are told one by one. */
const MOST_FINDINGS = 20;
/** Nothing where nothing was compared, or the configuration does not ask. */
function findSchemaDrift(comparison, { schemaDrift, redact }) {
    if (comparison === undefined || schemaDrift === 'off')
        return { findings: [], notes: [] };
    const severity = schemaDrift === 'error' ? 'error' : 'warning';
    const messages = [...find_schema_drift_shown(comparison).map(describeSchemaChange), ...andMore(comparison)];
    return {
        findings: messages.map((message) => ({
            rule: 'schema-drift',
            severity,
            message: redact(message),
            help: severity === 'error' ? `${find_schema_drift_HELP} ${WHERE_IT_STOPS}` : `${find_schema_drift_HELP} ${NEXT_TIME}`,
        })),
        notes: notesOf(comparison).map(redact),
    };
}
function find_schema_drift_shown({ changes }) {
    return changes.slice(0, MOST_FINDINGS);
}
function andMore(comparison) {
    const left = comparison.count - find_schema_drift_shown(comparison).length;
    if (left <= 0)
        return [];
    const [are, objects] = left === 1 ? ['is', 'object'] : ['are', 'objects'];
    return [
        `And ${left} more ${objects} of the database ${are} not as the last run left ${left === 1 ? 'it' : 'them'}.`,
    ];
}
const find_schema_drift_HELP = 'If it is to stay, write it as a migration that does nothing where it is there already, so that other databases get it; else undo it.';
const NEXT_TIME = 'The next run that applies something takes the schema as it is then.';
const WHERE_IT_STOPS = 'To go on with it as it is, set schema-drift to warn for one run, or delete the rows of schema_snapshots beside the tracking table.';
function notesOf({ state, reason, recordedMajor }) {
    const why = WHY_NOT[state];
    if (why !== undefined)
        return [`Whether other hands changed the schema can not be told: ${why}.`];
    if (state === 'unreadable')
        return [
            `Whether other hands changed the schema could not be looked up: ${reason ?? 'the server gave no reason'}.`,
        ];
    if (state === 'changed' && recordedMajor !== undefined)
        return [
            `The schema was recorded on PostgreSQL ${recordedMajor}; some of what differs may come from the upgrade.`,
        ];
    return [];
}
const WHY_NOT = {
    'moved-on': 'something was applied after it was recorded last, by a run that was cut off or by hand',
    'other-scope': 'database.schemas named others when it was recorded last',
    'other-form': 'another version of this tool recorded it, in another form',
};

;// CONCATENATED MODULE: ./build/model/by-hand.js

/** How to look into a migration that is half done, and to say what became of it. */
const HALF_DONE_PAGE = docsPage('database', 'a-file-that-stopped-in-the-middle');
/** What to do about a statement of which nothing shows whether it is done. */
const SAY_WHAT_BECAME = (/* unused pure expression or super */ null && (`Then write into the row's journal whether it is done, or undone and to be run again: ${HALF_DONE_PAGE} says how.`));
/** What to do about a migration that is half done and that no run can carry on. */
function byHand(version) {
    return `Look at what it did (${HALF_DONE_PAGE}). Finish it by hand, then record that with repair --applied ${version}; or undo it by hand, then repair --clear ${version}.`;
}

;// CONCATENATED MODULE: ./build/plan/find-by-version.js

/** What a version names: exactly, or by how its version begins where that is one's alone (`2026-01-20`). */
function findByVersion(version, all) {
    const exactly = all.find((each) => version_versionKey(each.version) === version_versionKey(version));
    const begins = all.filter((each) => each.version.startsWith(version) && /^[_-]/.test(each.version.slice(version.length)));
    return exactly ?? (begins.length === 1 ? begins[0] : undefined);
}

;// CONCATENATED MODULE: ./build/plan/file-of.js


/**
 * The file that a version names ({@link findByVersion}).
 *
 * @param input for the message: `version`, `to`
 * @throws UserError where there is none
 */
function fileOf(version, files, input) {
    const file = findByVersion(version, files);
    if (file)
        return file;
    const known = files.slice(-5).map((each) => each.version);
    throw new UserError([
        {
            message: `${input} names ${version}, and no migration has that version.`,
            help: known.length ? `The newest versions are: ${known.join(', ')}.` : 'The folder holds no migration.',
        },
    ]);
}

;// CONCATENATED MODULE: ./build/sql/journal-text.js

/** A journal as the tracking table keeps it: JSON. */
function renderJournal(journal) {
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
    const hash = createHash('sha256');
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
    const digest = more.reduce((before, statement) => createHash('sha256')
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

;// CONCATENATED MODULE: ./build/plan/find-forgotten.js


/** Rows that tell of a statement that failed outside a transaction, and that no file of the run settles. */
function findForgotten(records, inRun) {
    const versions = new Set(inRun.map(({ version }) => version_versionKey(version)));
    return records
        .filter(({ status, version }) => status === 'failed' && !versions.has(version_versionKey(version)))
        .flatMap((record) => {
        const { started } = parseJournal(record.journal ?? '') ?? {};
        const trace = started?.state === 'failed' ? started.trace : undefined;
        return trace && trace.kind !== 'repeatable' ? [{ record, trace }] : [];
    });
}
/** What is done about one, told by name. */
function tellForgotten({ record: { name, version } }) {
    return {
        rule: 'unfinished-migration',
        severity: 'notice',
        message: `A statement outside a transaction failed in ${name} in an earlier run, and ${name} is not part of this one.`,
        help: `What the statement left is looked up in the catalog, and taken away before the first file runs; what can't be stops the run. Where nothing is left, repair --clear ${version} has it no longer looked for.`,
    };
}
/** Names of indexes that may be left, as a file that makes them anew would have them in its text. */
function namesLeft(forgotten) {
    return forgotten.flatMap(({ trace }) => {
        if (trace.kind !== 'builds-index')
            return [];
        return trace.index ?? trace.chosen ?? [];
    });
}

;// CONCATENATED MODULE: ./build/plan/make-plan.js







/**
 * The pending migrations in order, cut to what `version` or `to` ask for.
 *
 * @param files in the order of application
 * @throws UserError when `version` or `to` name no file
 */
function makePlan(files, records, config) {
    const pending = findPending(files, records);
    const chosen = choose(pending, files, config);
    const inRun = new Set(chosen);
    const deferred = pending.filter((migration) => !inRun.has(migration));
    const outOfOrder = config.allowOutOfOrder ? [] : chosen.filter((migration) => migration.outOfOrder);
    return {
        plan: { migrations: chosen, deferred },
        findings: [
            ...outOfOrder.map(({ file }) => outOfOrderFinding(file)),
            ...unfinished(records, chosen),
            ...findForgotten(records, chosen.map(({ file }) => file)).map(tellForgotten),
        ],
        refusals: [...skippedOlder(pending, chosen, config), ...skippedNeeds(chosen, deferred)],
        notes: chosen.length === 0 ? nothingLeft(files, config) : [],
    };
}
function nothingLeft(files, { only, to }) {
    if (only !== undefined)
        return [`${fileOf(only, files, 'version').name} is applied already.`];
    if (to !== undefined)
        return [`All migrations up to ${fileOf(to, files, 'to').name} are applied already.`];
    return [];
}
function findPending(files, records) {
    const completed = new Map();
    for (const { status, version, checksum } of records)
        if (status === 'completed')
            completed.set(version_versionKey(version), checksum);
    const isApplied = (file) => {
        const checksum = completed.get(version_versionKey(file.version));
        return checksum !== undefined && (!isRepeatable(file) || matchChecksum(checksum, file));
    };
    const begun = new Set(records.filter(isBegun).map(({ version }) => version_versionKey(version)));
    const last = files.findLastIndex((file) => !isRepeatable(file) && (isApplied(file) || begun.has(version_versionKey(file.version))));
    return files.flatMap((file, index) => (isApplied(file) ? [] : [{ file, outOfOrder: index < last }]));
}
/** Some of it is done and stays: what sorts before it comes too late for that. */
function isBegun({ status, statementsDone }) {
    return HALF_DONE.has(status) && statementsDone !== null && statementsDone > 0;
}
const HALF_DONE = new Set(['running', 'partial', 'unknown']);
function choose(pending, files, { only, to }) {
    if (only !== undefined) {
        const file = fileOf(only, files, 'version');
        return pending.filter((migration) => migration.file === file);
    }
    if (to === undefined)
        return pending;
    const upTo = new Set(files.slice(0, files.indexOf(fileOf(to, files, 'to')) + 1));
    return pending.filter((migration) => upTo.has(migration.file));
}
function outOfOrderFinding(file) {
    return {
        rule: 'out-of-order',
        severity: 'error',
        file: file.path,
        message: `${file.name} sorts before a migration that is applied already, or in part.`,
        help: 'Rename it so that it sorts last, or run with allow-out-of-order if it depends on nothing that came later.',
    };
}
/**
 * What is half done and not part of this run. What is part of it is judged when its file is read (`findUnfinished`), since
 * only the file shows where it goes on.
 */
function unfinished(records, chosen) {
    const inRun = new Set(chosen.map(({ file }) => version_versionKey(file.version)));
    return records
        .filter(({ status }) => HALF_DONE.has(status))
        .filter((record) => !inRun.has(version_versionKey(record.version)))
        .map((record) => ({
        rule: 'unfinished-migration',
        severity: 'error',
        message: `Migration ${record.version} (${record.name}) is recorded as ${record.status} and is not part of this run: it is being applied just now, or a run was cut off in it.${make_plan_saidBy(record)}`,
        help: `Let a run finish it first. If its file is gone, or no run can: ${byHand(record.version)}`,
    }));
}
/** What it left may be named there and nowhere else. */
function make_plan_saidBy({ errorMessage }) {
    return errorMessage ? ` Its row says: ${cutMessage(errorMessage, 300).replace(/\.$/, '')}.` : '';
}
/** `version` picks one migration: those it would jump over are named, unless that is allowed. */
function skippedOlder(pending, chosen, { only, allowOutOfOrder }) {
    const [first] = chosen;
    const older = first ? pending.slice(0, pending.indexOf(first)) : [];
    if (only === undefined || allowOutOfOrder || !first || older.length === 0)
        return [];
    return [
        {
            message: `${first.file.name} would be applied before older pending migrations: ${nameAll(older)}.`,
            help: `Apply those first (to: ${first.file.version} applies them all in order), or run with allow-out-of-order.`,
        },
    ];
}
/** What a migration declares to need is applied before it, or with it. */
function skippedNeeds(chosen, deferred) {
    const left = new Map(deferred.map((migration) => [version_versionKey(migration.file.version), migration]));
    return chosen.flatMap(({ file }) => {
        const missing = file.dependsOn.flatMap((version) => left.get(version_versionKey(version)) ?? []);
        return missing.length === 0
            ? []
            : [
                {
                    message: `${file.name} needs ${nameAll(missing)}, pending and not part of this run.`,
                    help: 'Apply those first.',
                },
            ];
    });
}
function nameAll(migrations) {
    return migrations.map(({ file }) => file.name).join(', ');
}

;// CONCATENATED MODULE: ./build/plan/supabase/find-out-of-step.js
/**
 * Versions that we applied and that the Supabase CLI's table had and has no more, or never got: the CLI would run them
 * again. An error, because only a person knows whether they were undone.
 */
function findOutOfStep({ missing }) {
    if (missing.length === 0)
        return [];
    const versions = missing.map(({ version }) => version).join(',');
    const names = missing.slice(0, find_out_of_step_MOST).map(({ name }) => name);
    const more = missing.length > find_out_of_step_MOST ? ` and ${missing.length - find_out_of_step_MOST} more` : '';
    return [
        {
            rule: 'out-of-step',
            severity: 'error',
            message: `Applied by our tracking table, and missing in supabase_migrations.schema_migrations, so that supabase db push would run it again: ${names.join(', ')}${more}.`,
            help: `If it is applied, devflow db repair --applied ${versions} --reason "\u2026" records it there. If it was undone, devflow db repair --reverted ${versions} --reason "\u2026" makes it pending here too.`,
        },
    ];
}
const find_out_of_step_MOST = 10;

;// CONCATENATED MODULE: ./build/programs/plan-pending.js










/**
 * Compares what is recorded with the files, and has those judged that are pending, by what is loaded for it alone.
 *
 * @returns undefined when nothing is pending, or something stands against it that no rehearsal can judge
 */
async function planPending(run) {
    const { config, system, gathered, known } = run;
    system.observe({ kind: 'stage', stage: 'plan' });
    const { files = [], findings = [] } = gathered;
    gathered.drift = findDrift(known.records, files);
    const { plan, findings: planFindings, refusals, notes } = makePlan(files, known.records, config);
    const schema = findSchemaDrift(known.schemaComparison, config);
    gathered.plan = plan;
    const outOfStep = known.step ? findOutOfStep(known.step) : [];
    gathered.findings = [...findings, ...planFindings, ...outOfStep, ...schema.findings];
    gathered.refusals = refusals;
    note(gathered, [...notes, ...schema.notes]);
    note(gathered, noteUnlimited(run, plan));
    const pending = PLANNING.includes(config.command) ? plan.migrations.map(({ file }) => file) : [];
    if (config.command !== 'migrate')
        note(gathered, describeLeft(known.records).map(config.redact));
    if (pending.length > 0)
        return (await loadPendingWork()).judge(run, pending);
    const begun = config.command === 'history' ? [] : begunOf(plan, known.records);
    if (!PLANNING.includes(config.command) && begun.length > 0)
        await (await loadPendingWork()).tellUnfinished(run, begun);
    if (isPlanOfNothing(config))
        await (await loadPendingWork()).settleNothing(run);
    system.observe({ kind: 'planned', plan: gathered.plan });
    return undefined;
}
/** It can be approved like any other, and what comes later is no part of it. An approved plan is used once, also where nothing is left of it. */
function isPlanOfNothing({ command, dryRun, gate }) {
    const isExpected = (gate.expectedPlanHash ?? gate.expectedPlan) !== undefined;
    return command === 'plan' || command === 'dry-run' || (command === 'migrate' && (dryRun || isExpected));
}
/** A limit that pending files ask for and the server does not have. Told by those that read it for the run's own too. */
function noteUnlimited({ known, config }, { migrations }) {
    const asking = migrations.filter(({ file }) => (file.directives.timeouts.transactionMs ?? 0) > 0);
    if (asking.length === 0 || !COMMANDS[config.command].locks)
        return [];
    return noteNoLimit(known.target, asking.map(({ file }) => file.name));
}
function note(gathered, sentences) {
    if (sentences.length > 0)
        gathered.notes = [...(gathered.notes ?? []), ...sentences];
}
/** Pending files that an earlier run began. */
function begunOf({ migrations, deferred }, records) {
    const begun = new Set(records.filter(plan_pending_isBegun).map(({ version }) => version_versionKey(version)));
    return [...migrations, ...deferred].flatMap(({ file }) => (begun.has(version_versionKey(file.version)) ? file : []));
}
function plan_pending_isBegun({ status, journal }) {
    return ['running', 'partial', 'unknown'].includes(status) || (status === 'failed' && journal !== null);
}

;// CONCATENATED MODULE: ./build/database/find-invalid-indexes.js


/** Looks for what nobody has finished: the catalog tells of it, whoever began it. */
async function findInvalidIndexes(session) {
    const reply = await session.send(`${beginReading()}
SET LOCAL search_path = pg_catalog, pg_temp;
SELECT i.indexrelid::text, i.indexrelid::regclass::text, i.indrelid::regclass::text, (c.relkind = 'I')::text,
  c.relispartition::text, i.indislive::text
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE NOT i.indisvalid ORDER BY 2;
SELECT inhrelid::regclass::text, inhparent::regclass::text, format('%s/%s', inhrelid, inhparent)
FROM pg_inherits WHERE inhdetachpending ORDER BY 1;
COMMIT;`);
    if (reply.error)
        throw new UserError([
            {
                message: `The indexes can not be read: ${reply.error.message}.`,
                help: 'Check the connection and run verify again.',
            },
        ]);
    const [indexes, detaches] = reply.results.slice(-2);
    return {
        indexes: (indexes?.rows ?? []).map(([oid = '', name = '', table = '', ...is]) => {
            const [partitioned, attached, live] = is.map((text) => text === 'true');
            const known = { oid: oid ?? '', name: name ?? '', table: table ?? '' };
            return { ...known, partitioned: partitioned === true, attached: attached === true, live: live === true };
        }),
        detaches: (detaches?.rows ?? []).map(([partition, table, pair]) => ({
            partition: partition ?? '',
            table: table ?? '',
            pair: pair ?? '',
        })),
    };
}

;// CONCATENATED MODULE: ./build/database/history/chained-content.js
/**
 * SQL of what is hashed of a row: the canonical JSON (RFC 8785) of a list of texts and nulls. Never changes: hashes that
 * begin with `sha256:` are over this, in this order.
 *
 * @param row what the columns are qualified with: `NEW`, or an alias
 */
function chained_content_chainedContent(row) {
    return `array_to_json(ARRAY[${chainedFields(row).join(', ')}]::text[])::text`;
}
/** SQL of each text that is hashed, the hash of the row before first. */
function chainedFields(row) {
    return CHAINED_COLUMNS.map((column) => 
    // Seconds since 1970, whatever the session's time zone is and whether the column has one.
    column === 'executed_at' ? `extract(epoch FROM ${row}.${column})::text` : `${row}.${column}::text`);
}
/** `sha256:` and the digest of a text, as SQL. */
function chained_content_sha256Sql(text) {
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

;// CONCATENATED MODULE: ./build/database/history/read-chain.js




/** Since when the tables hold hashes. */
const CHAINED_SINCE = 4;
/** So many rows are in memory at once. */
const PAGE = 500;
/**
 * Reads the whole history in the order of its numbers, a page at a time, in one transaction that only reads and sees one
 * moment. Runs with `row_security = off`, so that a role without rights gets an error and never a part.
 *
 * @returns what beside the history tells of it; `why` where it can not be read; undefined where the tables have no chain
 */
async function readChain(session, tracking, onRows) {
    if (tracking.version === 'absent' || tracking.version < CHAINED_SINCE)
        return undefined;
    const opened = await session.send(read_chain_open(tracking_names_trackingNames(tracking)));
    if (opened.error)
        return giveUp(session, opened);
    const [newest, records, first] = opened.results;
    for (let page = first; page && page.rows.length > 0;) {
        onRows(page.rows.map(parseRow));
        const next = page.rows.length < PAGE ? undefined : await session.send(FETCH);
        if (next?.error)
            return giveUp(session, next);
        page = next?.results[0];
    }
    const closed = await session.send('COMMIT;');
    return closed.error ? giveUp(session, closed) : makeWitness(newest, records);
}
async function giveUp(session, { error, state }) {
    if (state === 'E' || state === 'T')
        await session.send('ROLLBACK;');
    return { why: error?.message ?? 'the server gave no reason', code: error?.code ?? '' };
}
const FETCH = `FETCH ${PAGE} FROM devflow_chain;`;
const read_chain_NAMED = ['seq', 'event', 'version', 'action', 'status', 'checksum', 'hash'];
function read_chain_open({ history, table, snapshots }) {
    const named = read_chain_NAMED.map((column) => `h.${column}::text`);
    return `${beginReading('REPEATABLE READ')}
SET LOCAL lock_timeout = ${READING_LOCK_MS};
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL row_security = off;
SELECT max(history_seq)::text FROM ${snapshots};
SELECT version, checksum, status FROM ${table} WHERE tool_version IS NOT NULL;
DECLARE devflow_chain NO SCROLL CURSOR FOR SELECT ${[...named, ...chainedFields('h')].join(', ')}
FROM ${history} h ORDER BY h.seq;
${FETCH}`;
}
function parseRow(row) {
    const [seq, event, version, action, status, checksum, hash, ...content] = row;
    return {
        seq: seq ?? '',
        event: event ?? null,
        version: version ?? '',
        action: action ?? '',
        status: status ?? '',
        checksum: checksum ?? null,
        content,
        prevHash: content[0] ?? null,
        hash: hash ?? null,
    };
}
function makeWitness(newest, records) {
    return {
        newestSeq: newest?.rows[0]?.[0] ?? null,
        records: (records?.rows ?? []).map(([version, checksum, status]) => ({
            version: version ?? '',
            checksum: checksum ?? '',
            status: status ?? '',
        })),
    };
}

;// CONCATENATED MODULE: ./build/plan/canonical-json.js
/**
 * The one spelling of a value, after RFC 8785: no white space, the names of each object in ascending order of UTF-16 code
 * units, text escaped only where JSON must.
 */
function canonicalJson(value) {
    if (value === null || typeof value !== 'object')
        return JSON.stringify(value);
    if (canonical_json_isList(value))
        return `[${value.map(canonicalJson).join(',')}]`;
    const members = Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
}
function canonical_json_isList(value) {
    return Array.isArray(value);
}

;// CONCATENATED MODULE: ./build/plan/find-missing-end.js
/** Notes what a row says of its version, where it says what became of it. */
function noteTold(told, row) {
    const isDone = saysDone(row);
    if (isDone !== undefined)
        told.set(row.version, { isDone, checksum: row.checksum });
}
const UNDONE = [
    'failed',
    'partial',
    'unknown',
    'cancelled',
    'rehearsal-failed',
    'rolled-back',
];
const KEEPS = ['failed', 'cancelled', 'rehearsal-failed'];
const DONE = ['applied', 'baselined', 'adopted'];
function saysDone({ event, version, action, status, checksum }) {
    if (version === '')
        return undefined;
    // What failed while it was undone is applied as before, unless it is undone in part.
    if (action === 'rollback' && KEEPS.includes(event ?? ''))
        return undefined;
    if (event !== null && DONE.includes(event))
        return true;
    // The checksum of what counts as applied from here on; a row that was reverted or cleared has none.
    if (event === 'repaired')
        return checksum !== null;
    if (event !== null)
        return UNDONE.includes(event) ? false : undefined;
    return status === 'success' && action === 'apply';
}
/**
 * Looks beside the chain, from which alone nobody sees that its end was cut off: what the tracking table and the record of
 * the schema tell of has to be in the history.
 */
function findMissingEnd(lastSeq, told, { newestSeq, records }) {
    for (const { version, checksum, status } of records) {
        const last = told.get(version);
        const seq = lastSeq;
        if (last?.isDone !== SHOULD_BE_DONE.get(status) && SHOULD_BE_DONE.has(status))
            return { fault: 'end-missing', seq, version };
        if (status === 'completed' && last?.checksum && last.checksum !== checksum)
            return { fault: 'other-record', seq, version };
    }
    if (newestSeq !== null && BigInt(newestSeq) > BigInt(lastSeq))
        return { fault: 'end-missing', seq: lastSeq };
    return undefined;
}
/** By the status in the tracking table. Of the others the history need not say anything. */
const SHOULD_BE_DONE = new Map([
    ['completed', true],
    ['failed', false],
    ['partial', false],
    ['unknown', false],
]);

;// CONCATENATED MODULE: ./build/plan/sha256-json.js


/** `sha256:` and 64 lower-case hex digits, over the UTF-8 of the canonical JSON. */
function sha256Json(value) {
    return `sha256:${(0,external_node_crypto_namespaceObject.createHash)('sha256').update(canonicalJson(value), 'utf8').digest('hex')}`;
}

;// CONCATENATED MODULE: ./build/plan/check-chain.js




/** Finds the first row that is not as it was written. */
function beginChain() {
    const state = {
        earlier: 0,
        chained: 0,
        digest: (0,external_node_crypto_namespaceObject.createHash)('sha256').update('['),
        lastSeq: BELOW_ALL,
        told: new Map(),
    };
    return {
        add(rows) {
            for (const row of rows)
                if (state.broken === undefined)
                    take(state, row);
        },
        end(witness) {
            if (state.broken)
                return { kind: 'broken', ...state.broken };
            const { head } = state;
            if (head === undefined)
                return { kind: 'broken', fault: 'no-anchor' };
            const missing = findMissingEnd(head.seq, state.told, witness);
            if (missing)
                return { kind: 'broken', ...missing };
            return { kind: 'sound', earlier: state.earlier, chained: state.chained, head };
        },
    };
}
/** Whoever writes a number by hand can choose one below zero. */
const BELOW_ALL = -(2n ** 64n);
function take(state, row) {
    const fault = BigInt(row.seq) <= state.lastSeq ? 'order' : judge(state, row);
    if (fault) {
        state.broken = { fault, seq: row.seq, version: row.version };
        return;
    }
    state.lastSeq = BigInt(row.seq);
    noteTold(state.told, row);
    if (row.hash === null) {
        state.digest.update(`${state.earlier === 0 ? '' : ','}${canonicalJson(row.content)}`);
        state.earlier++;
        return;
    }
    if (state.head)
        state.before = state.head;
    state.head = { seq: row.seq, hash: row.hash };
    state.chained++;
}
function judge(state, row) {
    const { head, before } = state;
    if (row.hash === null)
        return head === undefined ? undefined : 'unchained';
    const isAnchor = row.event === 'anchor';
    if (head === undefined && !isAnchor)
        return 'no-anchor';
    if (sha256Json(row.content) !== row.hash)
        return 'content';
    if (head === undefined)
        return isOver(state, row) ? undefined : 'earlier';
    if (isAnchor)
        return 'second-anchor';
    if (row.prevHash === head.hash)
        return undefined;
    // It follows the last but one: what stands between them is none of the chain.
    return before && row.prevHash === before.hash ? 'put-in' : 'missing-before';
}
function isOver({ digest }, anchor) {
    return anchor.prevHash === `sha256:${digest.copy().update(']').digest('hex')}`;
}

;// CONCATENATED MODULE: ./build/plan/find-chain-break.js

function findChainBreak(verdict) {
    if (verdict.kind === 'sound')
        return { findings: [], notes: [describeSound(verdict)] };
    return {
        findings: [{ rule: 'history-chain', severity: 'error', message: find_chain_break_describe(verdict), help: find_chain_break_HELP }],
        notes: [],
    };
}
/** The head is told so that it stands where nobody who changes the database can change it too: in the log of this run. */
function describeSound({ chained, earlier, head }) {
    const before = earlier === 0 ? '' : `, over ${earlier} earlier ones`;
    const rows = chained === 1 ? 'row' : 'rows';
    return `The history is as it was written: ${chained} chained ${rows}${before}. The last one is seq ${head.seq}, ${head.hash}.`;
}
function find_chain_break_describe({ fault, seq, version }) {
    const of = version ? ` (version ${version})` : '';
    switch (fault) {
        case 'end-missing':
            return version
                ? `The history ends with seq ${seq}, and does not have what the tracking table has of version ${version}: rows are gone from its end.`
                : `The history ends with seq ${seq}, and had newer rows when the schema was recorded last: they are gone.`;
        case 'other-record':
            return `The tracking table has another checksum for version ${version} than the history.`;
        case 'no-anchor':
            return seq === undefined
                ? 'The history has no chained row: all of them, with the anchor that they began with, are gone.'
                : `The row of the history with seq ${seq}${of} is the first with a hash, and is no anchor: what stood before it is gone.`;
        default:
            return `The row of the history with seq ${seq}${of} ${SAID[fault]}.`;
    }
}
const SAID = {
    content: 'was changed after it was written: its hash is not over what it says',
    unchained: 'has no hash: it was added while the trigger of the history was off',
    'missing-before': 'does not follow the one before it: what stood between them is gone',
    'put-in': 'follows the last but one: the row between them was put in',
    order: 'has a number that is not above that of the row before it',
    'second-anchor': 'is a second anchor, and a chain begins once',
    earlier: 'is the anchor of the chain, and the rows before it are not those it was written over',
};
const find_chain_break_HELP = `Somebody with the rights of the owner changed history. Compare it with a backup, and with what earlier runs told of its last row. What is hashed: ${docsPage('database', 'the-chain')}.`;

;// CONCATENATED MODULE: ./build/plan/tell-half-done.js


/** An INVALID index as `verify` tells it: what made it so, as far as that can be told, and what ends it. */
function tellInvalidIndex(index, records) {
    const begun = findBegun(records, (started) => isIndexOf(started, index));
    const { why, help } = begun ? byRow(index, begun) : byCatalog(index);
    return {
        rule: 'invalid-index',
        severity: 'error',
        message: `The index ${index.name} is INVALID: ${why}.`,
        help,
    };
}
/** A partition that is half detached, in the same way. */
function tellPendingDetach(detach, records) {
    const { partition, table, pair } = detach;
    const begun = findBegun(records, ({ trace, before: [before = ''] }) => trace?.kind === 'detaches' ? before.startsWith(`${pair} `) : false);
    const ends = `ALTER TABLE ${table} DETACH PARTITION ${partition} FINALIZE`;
    return {
        rule: 'pending-detach',
        severity: 'error',
        message: `The partition ${partition} is half detached from ${table}, and no query on that sees its rows any more: DETACH PARTITION CONCURRENTLY ${begun ? `${outcomeOf(begun)} in ${begun.name}` : 'was not finished'}.`,
        help: begun
            ? `Run ${begun.command} again: where ${begun.name} still has the statement, it begins with ${ends}.`
            : `Run ${ends}, and ATTACH PARTITION where it is to stay.`,
    };
}
function findBegun(records, isIt) {
    for (const { name, journal, status } of records) {
        if (status === 'completed' || status === 'rolled_back')
            continue;
        const down = unwrapDown(journal);
        const { started } = parseJournal(down ?? journal ?? '') ?? {};
        if (started && isIt(started))
            return { name, started, command: down === undefined ? 'migrate' : 'rollback' };
    }
    return undefined;
}
/** By the number in the catalog; of what was cut off only the name is known. */
function isIndexOf({ trace, before, left = [], state }, { oid, name }) {
    const has = (texts) => texts.some((text) => text.split(' ', 1)[0] === oid);
    if (trace?.kind === 'drops-index')
        return has(before);
    if (trace?.kind !== 'builds-index' && trace?.kind !== 'reindexes')
        return false;
    if (has(left))
        return true;
    if (state !== 'running' || has(before))
        return false;
    const bare = bareName(name);
    return trace.kind === 'reindexes' ? REBUILT.test(bare) : trace.index === bare;
}
function bareName(name) {
    const [, quoted, plain = ''] = /(?:^|\.)(?:"((?:[^"]|"")*)"|([^".]*))$/.exec(name) ?? [];
    return quoted?.replaceAll('""', '"') ?? plain;
}
/** What REINDEX CONCURRENTLY calls the index that it builds, or replaces. */
const REBUILT = /_cc(new|old)\d*$/;
function outcomeOf({ started }) {
    return started.state === 'failed' ? 'failed' : 'was cut off, or is at work just now,';
}
function byRow({ name: index }, begun) {
    const { name, started, command } = begun;
    const became = outcomeOf(begun);
    switch (started.trace?.kind) {
        case 'drops-index':
            return {
                why: `it is half dropped, because DROP INDEX CONCURRENTLY ${became} in ${name}`,
                help: `Run ${command} again: where ${name} still has the statement, it drops the index. To keep it, take the statement out, and run REINDEX INDEX CONCURRENTLY ${index} first.`,
            };
        case 'reindexes':
            return {
                why: `it is what a REINDEX CONCURRENTLY left that ${became} in ${name}`,
                help: `Run ${command} again: it takes the index away first.`,
            };
        default:
            return {
                why: `its concurrent build ${became} in ${name}`,
                help: `Mend what made the build fail, and run ${command} again: it takes the index away first, and builds it anew where ${name} still has the statement.`,
            };
    }
}
function byCatalog({ name, table, partitioned, attached, live }) {
    if (partitioned)
        return {
            why: `not every partition of ${table} has a valid index attached to it`,
            help: `On each partition that lacks one, run CREATE INDEX CONCURRENTLY, then ALTER INDEX ${name} ATTACH PARTITION: with the last one it is valid. If it is of no use, run DROP INDEX ${name}, which no concurrent way is for.`,
        };
    if (attached)
        return {
            why: 'a concurrent build of it failed',
            help: `Run REINDEX INDEX CONCURRENTLY ${name}: it is part of the index of a partitioned table, and can not be dropped alone.`,
        };
    if (!live)
        return {
            why: 'it is half dropped, because a DROP INDEX CONCURRENTLY of it was not finished',
            help: `Run DROP INDEX CONCURRENTLY ${name}, which ends that.`,
        };
    if (REBUILT.test(bareName(name)))
        return {
            why: 'it is what a REINDEX CONCURRENTLY left that failed',
            help: `Run DROP INDEX CONCURRENTLY ${name}.`,
        };
    return {
        why: 'a concurrent build of it failed, or a concurrent drop',
        help: `Run DROP INDEX CONCURRENTLY ${name}, and build it again in a new migration; or REINDEX INDEX CONCURRENTLY ${name}, where it was whole before and is to stay.`,
    };
}

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
async function detectPooler(session, backend, door, patienceMs = detect_pooler_PATIENCE_MS) {
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

;// CONCATENATED MODULE: ./build/database/direct-endpoint.js
/**
 * Where a provider has the server itself, or a pool in session mode, instead of its pool in transaction mode.
 * Undefined where host and port don't tell. Supabase has transaction mode on port 6543 and session mode, or the server,
 * on 5432 of the same host; Neon has its pools at the host's name with `-pooler` at the end of the first part.
 */
function directEndpoint({ host, port, }) {
    const name = host.toLowerCase().replace(/\.$/, '');
    const atSupabase = /\.pooler\.supabase\.com$|^db\.[a-z0-9]+\.supabase\.co$/.test(name);
    if (atSupabase && port === 6543)
        return { host, port: 5432 };
    const atNeon = /^[a-z0-9-]+-pooler(?:\.[a-z0-9-]+)*\.neon\.tech$/.test(name);
    if (atNeon)
        return { host: host.replace(/-pooler(?=\.)/i, ''), port };
    return undefined;
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
const TELLING_TABLES_SQL = `(
    SELECT coalesce(json_agg(json_build_object('schema', n.nspname, 'name', c.relname)), '[]')
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relname IN (${[...TELLING_TABLES.keys()].map(identifier_quoteLiteral).join(', ')}) AND c.relkind IN ('r', 'p'))`;
/** To whoever has no history here yet: without being adopted all files would be applied once more. */
function noteTellingTables(found = []) {
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
function recognizeTool(columns) {
    return TOOLS.find((known) => known.columns.every((column) => columns.includes(column)) &&
        (!known.exact || columns.length === known.columns.length))?.tool;
}

;// CONCATENATED MODULE: ./build/database/choose-tracking.js




/** Where history is kept unless the configuration says otherwise. */
const DEFAULT_SCHEMA = 'devflow';
/** Where the custom runner's document puts its tables. */
const CUSTOM_RUNNER_SCHEMA = 'public';
/**
 * The configured place; else ours; else the custom runner's own tables; else ours, to be created.
 *
 * @throws UserError for what is another's in our place, or of a newer version of ours
 */
function chooseTracking(facts, wanted) {
    const schema = wanted.configured ? wanted.schema : DEFAULT_SCHEMA;
    const table = wanted.table;
    const found = versionIn(facts, schema, table);
    if (found !== 'absent' || wanted.configured)
        return { schema, table, version: checked(facts, schema, table, found) };
    const custom = versionIn(facts, CUSTOM_RUNNER_SCHEMA, table);
    if (typeof custom === 'number') {
        return {
            schema: CUSTOM_RUNNER_SCHEMA,
            table,
            version: checked(facts, CUSTOM_RUNNER_SCHEMA, table, custom),
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
    [HISTORY_TABLE, DOCUMENT_HISTORY_COLUMNS],
    [
        SNAPSHOTS_TABLE,
        ['id', 'recorded_at', 'server_major', 'schemas', 'history_seq', 'fingerprint', 'objects'],
    ],
    [
        IDENTITY_TABLE,
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

;// CONCATENATED MODULE: ./build/database/do-block.js
/** An anonymous block. Its dollar quotes carry a tag that the body does not hold. */
function do_block_doBlock(body) {
    let tag = '$devflow$';
    for (let n = 1; body.includes(tag); n++)
        tag = `$devflow${n}$`;
    return `DO ${tag}${body}${tag};`;
}

;// CONCATENATED MODULE: ./build/database/identity/identities-query.js




/** Where the answer stands until it is read, for the rest of the transaction. */
const ANSWER = 'devflow.identities';
/** SQL: what {@link readIdentities} found, as JSON: an identity, or why it can not be read, by schema. */
const IDENTITIES = from_text_fromText('json', `nullif(current_setting('${ANSWER}', true), '')`);
/** So long somebody who changes the table is waited for. Milliseconds. */
const identities_query_LOCK_MS = 2_000;
/**
 * SQL that reads what targets remember of themselves, for a transaction with `search_path = pg_catalog, pg_temp`. Never fails: the
 * table may not be there, and the role may not be allowed to read it.
 */
function readIdentities(schemas, table) {
    const list = schemas.map(identifier_quoteLiteral).join(', ');
    return `SET LOCAL row_security = off;
SET LOCAL lock_timeout = ${identities_query_LOCK_MS};
${do_block_doBlock(`DECLARE
  place name;
  one json;
  told jsonb := '{}';
BEGIN
  FOR place IN SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN (${list}) AND c.relname = ${identifier_quoteLiteral(IDENTITY_TABLE)} AND c.relkind = 'r'
  LOOP
    BEGIN
      EXECUTE format(${identifier_quoteLiteral(IDENTITY)}, place, ${identifier_quoteLiteral(table)}) INTO one;
    EXCEPTION WHEN OTHERS THEN one := json_build_object('unreadable', SQLERRM);
    END;
    told := told || jsonb_build_object(place, one);
  END LOOP;
  PERFORM set_config('${ANSWER}', told::text, true);
END`)}`;
}
/** One row as `RecordedIdentity`; null where there is none. */
const IDENTITY = `SELECT json_build_object('id', id, 'project', project, 'environment', environment,
  'systemIdentifier', system_identifier, 'timeline', timeline, 'database', database_name, 'databaseOid', database_oid::bigint)
  FROM %I.${IDENTITY_TABLE} WHERE tracking_table = %L`;

;// CONCATENATED MODULE: ./build/database/identity/system-query.js


/** Where the answer stands until it is read, for the rest of the transaction. */
const system_query_ANSWER = 'devflow.system';
/** SQL: what {@link READ_SYSTEM} found, as JSON. */
const SYSTEM = from_text_fromText('json', `nullif(current_setting('${system_query_ANSWER}', true), '')`);
/**
 * SQL that asks for the database system, for a transaction with `search_path = pg_catalog, pg_temp`. By default every role
 * may (seen on PostgreSQL 15 and 18). One that may not is told before it asks: an error may end the connection
 * (`exit_on_error`), and any other must not pass for that one. A server that is PostgreSQL in part has no answer.
 */
const READ_SYSTEM = do_block_doBlock(`DECLARE
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
function namesakesSql(schemas, table) {
    const list = schemas.map(identifier_quoteLiteral).join(', ');
    const text = "CASE WHEN p.prokind = 'f' THEN pg_get_functiondef(p.oid) ELSE '' END";
    const tracking = `pg_class t WHERE t.relnamespace = n.oid AND t.relkind = 'r' AND (t.relname = ${identifier_quoteLiteral(table)}
          OR EXISTS (SELECT FROM pg_constraint WHERE conrelid = t.oid AND conname = '${tracking_names_STATUS_CHECK}'))`;
    return `(
    SELECT coalesce(json_agg(json_build_object('schema', n.nspname, 'name', f.name, 'kind', f.kind, 'ours', f.ours)), '[]')
    FROM pg_namespace n CROSS JOIN LATERAL (
      SELECT p.proname, 'function', CASE p.proname
        WHEN '${CHAIN_FUNCTION}' THEN p.prorettype = 'trigger'::regtype AND strpos(${text}, '${HISTORY_TABLE}') > 0
        ELSE EXISTS (SELECT FROM ${tracking} AND strpos(${text}, t.relname) > 0)
          OR (p.proargnames = '{total,completed,pending,failed,last_version,last_applied_at}'
            AND strpos(${text}, ${identifier_quoteLiteral(table)}) > 0) END
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
const OTHER_HISTORIES = from_text_fromText('json', `nullif(current_setting('${other_histories_query_ANSWER}', true), '')`);
/**
 * SQL that reads the histories of our kind at other places, where there is none at the wanted one: whoever names a new
 * place would have all files applied once more. By their columns, and by the name of the custom runner's document or a
 * constraint of ours, which are looked up however many tables there are. For a transaction with
 * `search_path = pg_catalog, pg_temp`, a limit on locks, and row security off. Never fails.
 */
function readOtherHistories(schemas, table) {
    const list = schemas.map(identifier_quoteLiteral).join(', ');
    return do_block_doBlock(`DECLARE
  place name;
  relation name;
  one json;
  project text;
  told jsonb := '[]';
BEGIN
  IF EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN (${list}) AND c.relname = ${identifier_quoteLiteral(table)} AND ${OF_OUR_KIND}) THEN RETURN; END IF;
  FOR place, relation IN SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.oid IN (SELECT oid FROM pg_class WHERE relname IN (${identifier_quoteLiteral(table)}, 'schema_migrations')
        UNION SELECT conrelid FROM pg_constraint WHERE conname = '${tracking_names_STATUS_CHECK}')
      AND c.relpersistence <> 't' AND ${OF_OUR_KIND}
    ORDER BY 1, 2
  LOOP
    BEGIN
      project := NULL;
      IF EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = place AND c.relname = '${IDENTITY_TABLE}' AND c.relkind = 'r')
      THEN EXECUTE format(${identifier_quoteLiteral(PROJECT)}, place, relation) INTO project; END IF;
      EXECUTE format(${identifier_quoteLiteral(COMPLETED)}, place, relation) INTO one;
      one := json_build_object('schema', place, 'table', relation, 'project', project, 'completed', one);
    EXCEPTION WHEN OTHERS THEN
      one := json_build_object('schema', place, 'table', relation, 'code', SQLSTATE, 'unreadable', SQLERRM);
    END;
    told := told || jsonb_build_array(one);
  END LOOP;
  PERFORM set_config('${other_histories_query_ANSWER}', told::text, true);
END`);
}
const OF_OUR_KIND = `c.relkind = 'r' AND ${DOCUMENT_COLUMNS.length} = (SELECT count(*) FROM pg_attribute a
      WHERE a.attrelid = c.oid AND NOT a.attisdropped AND a.attname IN (${DOCUMENT_COLUMNS.map(identifier_quoteLiteral).join(', ')}))`;
const PROJECT = `SELECT project FROM %I.${IDENTITY_TABLE} WHERE tracking_table = %L`;
const COMPLETED = `SELECT json_agg(json_build_array(version, name, checksum)) FROM %I.%I WHERE status = 'completed'`;

;// CONCATENATED MODULE: ./build/database/target-facts.js










/** Sets nothing beyond itself. Its one result holds {@link TargetFacts} as JSON. */
function factsQuery(schemas, table) {
    const list = schemas.map(identifier_quoteLiteral).join(', ');
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
  'versionNumber', ${from_text_fromText('integer', "current_setting('server_version_num')")},
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
    WHERE n.nspname IN (${list}) AND c.relname IN (${[table, HISTORY_TABLE, SNAPSHOTS_TABLE, IDENTITY_TABLE].map(identifier_quoteLiteral).join(', ')})));
COMMIT;`;
}

;// CONCATENATED MODULE: ./build/database/why-read-only.js

/** Undefined where something can. */
function whyReadOnly(facts) {
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
        help: why_read_only_reset(`ROLE ${identifier_quoteIdentifier(role)} IN DATABASE ${identifier_quoteIdentifier(database)}`),
    }),
    user: (role) => ({ where: `for the role ${role}`, help: why_read_only_reset(`ROLE ${identifier_quoteIdentifier(role)}`) }),
    database: (_, database) => ({
        where: `for the database ${database}`,
        help: why_read_only_reset(`DATABASE ${identifier_quoteIdentifier(database)}`),
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
async function readTarget(session, endpoint, wanted) {
    const { results, error } = await session.send(targetQuery(wanted));
    const [facts] = results;
    if (!facts || error)
        throw unreadable(endpoint, error?.message ?? 'there was no answer');
    return parseTarget(facts, endpoint, wanted);
}
/** The message that {@link parseTarget} reads the answer to: one result. */
function targetQuery(wanted) {
    const schemas = wanted.configured ? [wanted.schema] : [DEFAULT_SCHEMA, CUSTOM_RUNNER_SCHEMA];
    return factsQuery(schemas, wanted.table);
}
/** @throws UserError as {@link readTarget} */
function parseTarget(said, endpoint, wanted) {
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
const NO_LANGUAGE = `What is asked is a block in PL/pgSQL, which every database has. Give the role the right to it: GRANT USAGE ON LANGUAGE plpgsql TO <role>; ${docsPage('database', 'rights')} lists what else it needs.`;

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
typ AS MATERIALIZED (${found_objects_types}),
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
    const ours = [tracking.table, HISTORY_TABLE, SNAPSHOTS_TABLE, IDENTITY_TABLE, STATUS_VIEW]
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
const found_objects_types = `SELECT t.*, 'type' AS kind, ns.name || '.' || ${nameOf('typname')} AS name, ns.name AS schema
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
const schema_lines_setAlike = `PERFORM ${Object.entries(WRITTEN_ALIKE)
    .map(([name, value]) => `set_config(${identifier_quoteLiteral(name)}, ${identifier_quoteLiteral(value)}, true)`)
    .join(', ')};
  IF current_setting('transaction_timeout', true) IS NOT NULL THEN PERFORM set_config('transaction_timeout', '0', true); END IF;`;

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
SET LOCAL statement_timeout = ${LOOK_WITHIN_MS};
${doBlock(`DECLARE
  said record;
BEGIN
  ${setAlike}
  EXECUTE ${schemaQuery({ tracking, schemas })} INTO said;
  INSERT INTO ${snapshots} (tool_version, server_major, schemas, history_seq, fingerprint, objects)
    SELECT ${quoteLiteral(toolVersion)}, ${fromText('integer', "current_setting('server_version_num')")} / 10000, ${arrayOf(schemas)},
      coalesce(max(seq), 0), said.fingerprint, said.objects FROM ${history};
  DELETE FROM ${snapshots} WHERE id NOT IN (SELECT id FROM ${snapshots} ORDER BY id DESC LIMIT ${record_schema_KEPT});
EXCEPTION WHEN OTHERS OR query_canceled OR assert_failure THEN
  RAISE WARNING USING ERRCODE = '${NOT_RECORDED}', MESSAGE = 'the schema could not be recorded: ' || SQLERRM;
END`)}
COMMIT;`;
}
/** How long the server may look, in milliseconds. */
const LOOK_WITHIN_MS = 10_000;
/** SQL: a sorted array of names. */
function arrayOf(names) {
    return `ARRAY[${[...new Set(names)].sort().map(identifier_quoteLiteral).join(', ')}]::text[]`;
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
function schemaDriftQuery(tracking, schemas, files) {
    if (tracking.version === 'absent' || tracking.version < RECORDED_SINCE)
        return '';
    return `${beginReading()}
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL statement_timeout = ${LOOK_WITHIN_MS};
${do_block_doBlock(`DECLARE
  was record;
  is_now record;
  answer json;
BEGIN
  ${unlessDone(tracking, files)}
  ${schema_lines_setAlike}
  ${lookAtRecorded(tracking, schemas)}
  IF answer IS NULL THEN
    EXECUTE ${schema_lines_schemaQuery({ tracking, schemas })} INTO is_now;
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
    return `IF (SELECT count(*) FROM ${tracking_names_trackingNames(tracking).table} WHERE status = 'completed') >= ${files} THEN RETURN; END IF;`;
}
/** What changed nothing: what failed was rolled back; a repair that says something of the schema records it anew. */
const CHANGED_NOTHING = [
    'failed',
    'cancelled',
    'rehearsal-failed',
    'refused',
    'anchor',
    'moved',
    'repaired',
    'backed-up',
    'backup-marker',
];
/** Nothing can be told where something was applied since. */
function lookAtRecorded(tracking, schemas) {
    const { snapshots, history, table } = tracking_names_trackingNames(tracking);
    return `SELECT * INTO was FROM ${snapshots} ORDER BY id DESC LIMIT 1;
  IF was.id IS NULL THEN answer := json_build_object('state', 'not-recorded');
  ELSIF EXISTS (SELECT FROM ${history} WHERE seq > was.history_seq AND coalesce(event, '') NOT IN (${CHANGED_NOTHING.map(identifier_quoteLiteral).join(', ')}))
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
const changes = `      WITH changed AS MATERIALIZED (SELECT kind, name, coalesce(a.part_of, b.part_of) AS part_of, b.definition AS before, a.definition AS after,
        CASE WHEN b.kind IS NULL THEN 'added' WHEN a.kind IS NULL THEN 'dropped' ELSE 'changed' END AS change
      FROM (${fieldsOf('was.objects', 'is_now.objects')}) b FULL JOIN (${fieldsOf('is_now.objects', 'was.objects')}) a USING (kind, name)),
      told AS MATERIALIZED (SELECT * FROM changed c WHERE NOT EXISTS (SELECT FROM changed w
        WHERE c.change <> 'changed' AND w.change = c.change AND w.kind || ' ' || w.name = c.part_of))
      SELECT json_build_object('state', 'changed', 'fingerprint', is_now.fingerprint, 'recordedMajor', was.server_major,
        'presentMajor', ${from_text_fromText('integer', "current_setting('server_version_num')")} / 10000, 'count', (SELECT count(*) FROM told),
        'recordedAt', to_char(was.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'changes', (SELECT json_agg(c) FROM (
          SELECT change, kind, name, left(before, ${LONGEST_TOLD}) AS before, left(after, ${LONGEST_TOLD}) AS after
          FROM told ORDER BY kind COLLATE "C", name COLLATE "C" LIMIT ${MOST_TOLD}) c)) INTO answer;`;
/** The one result of {@link schemaDriftQuery}. Any other, or none, says that it was not sent. */
function parseSchemaComparison(result) {
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
const read_supabase_ANSWER = 'devflow.supabase';
/**
 * Reads the Supabase CLI's table, whichever of its columns are there; null where there is none. In a transaction of its own,
 * with `row_security = off`, so that a role without rights gets an error and never an empty table.
 */
function supabaseQuery() {
    return `${beginReading()}
SET LOCAL lock_timeout = ${READING_LOCK_MS};
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL row_security = off;
${do_block_doBlock(`DECLARE told text := '';
BEGIN
  IF to_regclass(${identifier_quoteLiteral(SUPABASE_RELATION)}) IS NOT NULL THEN
    EXECUTE ${identifier_quoteLiteral(ROWS)} INTO told;
  END IF;
  PERFORM set_config('${read_supabase_ANSWER}', told, true);
END`)}
SELECT nullif(current_setting('${read_supabase_ANSWER}'), '') AS ${ANSWER_COLUMN};
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

;// CONCATENATED MODULE: ./build/database/lock-key.js

/**
 * The advisory lock's 64-bit key: the first eight bytes, big-endian and signed, of the SHA-256 of
 * `devflow-migrate lock`, the database and `schema.table`, each followed by a line feed. Never changes: two
 * versions of this tool must exclude each other.
 */
function lockKey(database, tracking) {
    const text = `devflow-migrate lock\n${database}\n${tracking.schema}.${tracking.table}\n`;
    return (0,external_node_crypto_namespaceObject.createHash)('sha256').update(text).digest().readBigInt64BE(0);
}
/** The key as `pg_locks` shows it: `classid` and `objid`, with `objsubid` 1. */
function lockKeyParts(key) {
    const unsigned = BigInt.asUintN(64, key);
    return { classId: String(unsigned >> 32n), objectId: String(unsigned & 0xffffffffn) };
}

;// CONCATENATED MODULE: ./build/database/take-lock.js




/**
 * Tries for the run's lock and, in the same turn, sends a message that must see what the lock protects. Waits on the
 * client's side: a session that waits inside PostgreSQL holds a snapshot, which concurrent index builds wait for.
 */
async function takeLock(session, target, { settings, message, limitMs, signal, runUrl, onWait }) {
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
    await (0,external_node_timers_promises_namespaceObject.setTimeout)(ms, undefined, signal ? { signal } : {}).catch(() => { });
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

;// CONCATENATED MODULE: ./build/render/user-name.js
/** Who a run is on its target: the user that it logged in as and, where the rights are those of another role, that one too. */
function renderUser({ user, role }, quote = (foreign) => foreign) {
    return role === undefined ? quote(user) : `${quote(user)} with the role ${quote(role)}`;
}

;// CONCATENATED MODULE: ./build/gate/same-environment.js
/** Names that a configuration takes for one another where it has only one of them. */
const ALIASES = [
    ['dev', 'development'],
    ['prod', 'production'],
];
function isSameEnvironment(one, other) {
    return one === other || ALIASES.some((names) => names.includes(one) && names.includes(other));
}

;// CONCATENATED MODULE: ./build/gate/judge-identity.js


/**
 * Whether a target is what a run takes it for, by what it remembers of itself. To be asked before anything is planned. A
 * target that remembers nothing yet is taken for what it is said to be.
 *
 * A standby that took over is the same target: same system, a later timeline. A copy that was restored elsewhere is another
 * one, though it remembers the same; so is a server whose timeline is behind.
 *
 * @param moveTarget what was given to say that it is another one on purpose; what has to be given stands in the refusal
 */
function judgeIdentity(recorded, present, moveTarget) {
    if (recorded === undefined)
        return same(moveTarget, []);
    if ('unreadable' in recorded)
        return { kind: 'refused', problem: judge_identity_unreadable(recorded) };
    const differs = findDifferences(recorded, present);
    if (differs.length === 0)
        return same(moveTarget, findChanges(recorded, present));
    const move = isCopy(recorded, present) ? `copy-of-${shortId(recorded)}` : shortId(recorded);
    if (moveTarget === move)
        return { kind: 'moved', notes: [`The target was moved: ${differs.join('; ')}.`] };
    return { kind: 'refused', move, problem: judge_identity_refused(differs, move, moveTarget, isCopy(recorded, present)) };
}
function same(moveTarget, notes) {
    const needless = moveTarget === undefined ? [] : ['move-target is given, and there is nothing to move: remove it.'];
    return { kind: 'same', notes: [...notes, ...needless] };
}
/** What makes it another target than it was, as clauses. */
function findDifferences(recorded, present) {
    const { environment, project } = recorded;
    return [
        ...(isSameEnvironment(environment, present.environment)
            ? []
            : [`it is environment ${show(environment)}, and this run is for ${show(present.environment)}`]),
        ...(project === null || present.project === undefined || project === present.project
            ? []
            : [`it belongs to project ${show(project)}, and this run is of ${show(present.project)}`]),
        ...(isCopy(recorded, present) ? [describeCopy(recorded, present)] : []),
    ];
}
function isCopy(recorded, present) {
    return isOtherSystem(recorded, present) || isOtherDatabase(recorded, present) || isBehind(recorded, present);
}
function isOtherSystem({ systemIdentifier }, present) {
    return (systemIdentifier !== null &&
        present.systemIdentifier !== undefined &&
        systemIdentifier !== present.systemIdentifier);
}
/** It has neither the name nor the number that the recorded one had. */
function isOtherDatabase(recorded, { database, databaseOid }) {
    return databaseOid !== undefined && databaseOid !== recorded.databaseOid && database !== recorded.database;
}
/** Nobody goes back on a timeline: it is the primary of before a failover, or was restored from before one. */
function isBehind({ timeline, systemIdentifier }, present) {
    return (timeline !== null &&
        present.timeline !== undefined &&
        systemIdentifier !== null &&
        systemIdentifier === present.systemIdentifier &&
        present.timeline < timeline);
}
function describeCopy(recorded, present) {
    if (isOtherSystem(recorded, present))
        return `it was used on the database system ${recorded.systemIdentifier}, and this is ${present.systemIdentifier}: a restored copy, or an upgraded server`;
    if (isOtherDatabase(recorded, present))
        return `it was used as database ${show(recorded.database)}, and this is ${show(present.database)} on the same server: a copy`;
    return `it was used on timeline ${recorded.timeline}, and this server is on ${present.timeline}: the primary of before a failover, or an older copy`;
}
/** What is not as it was, and makes it no other target. */
function findChanges(recorded, present) {
    const { timeline, database, databaseOid } = recorded;
    const isNewer = timeline !== null && present.timeline !== undefined && present.timeline > timeline;
    const isMadeAgain = present.databaseOid !== undefined && present.databaseOid !== databaseOid;
    return [
        ...(isNewer
            ? [
                `A standby took over, or the server was restored to a point in time, since this target was used last: the same database system, on timeline ${present.timeline} after ${timeline}.`,
            ]
            : []),
        ...(database === present.database
            ? []
            : [`The database was renamed from ${show(database)} to ${show(present.database)}.`]),
        ...(isMadeAgain
            ? [
                `The database ${show(database)} was dropped and restored since this target was used last, on the same server.`,
            ]
            : []),
    ];
}
function judge_identity_refused(differs, move, given, copy) {
    const wrong = given === undefined ? '' : ` (move-target is ${show(given)}, which is for another one)`;
    const what = copy ? 'If this copy is to be used as what this run takes it for' : 'If it is to become that';
    return {
        message: `This is not the target that the run is for, by what it remembers of itself: ${differs.join('; ')}${wrong}.`,
        help: `Check the database URL and the environment. ${what}, run once with move-target: ${move}.`,
    };
}
function judge_identity_unreadable({ unreadable: why }) {
    return {
        message: `Whether this is the right target can not be told, because what it remembers of itself can not be read: ${why}.`,
        help: `Use the role that owns the tables, or grant what a reading role needs, SELECT on target_identity too: ${docsPage('database', 'rights')} lists it.`,
    };
}
/** Enough of it to be typed, and not by chance. */
function shortId({ id }) {
    return id.slice(0, 8);
}
/** Foreign text. */
function show(name) {
    return /^[\w.-]{1,80}$/.test(name) ? name : JSON.stringify(name.slice(0, 80));
}

;// CONCATENATED MODULE: ./build/programs/target/judge-target.js

/** What the target remembers of itself, beside what this run takes it for. */
function judgeTarget(target, config) {
    return judgeIdentity(target.identity, presentOf(target, config), config.gate.moveTarget);
}
function presentOf({ database, databaseOid, systemIdentifier, timeline }, { environment, project }) {
    return {
        environment: environment.name,
        database,
        ...(project === undefined ? {} : { project }),
        ...(databaseOid === undefined ? {} : { databaseOid }),
        ...(systemIdentifier === undefined ? {} : { systemIdentifier }),
        ...(timeline === undefined ? {} : { timeline }),
    };
}

;// CONCATENATED MODULE: ./build/programs/target/read-history.js















/**
 * Reads target and history. What only reads sets nothing and takes no lock, so that it works through every pooler. What
 * rehearses or applies reads under the run's lock, so that nothing changes between reading and doing; where the target
 * is another one than the run is for, that is told before anything is set, and its lock is left to the runs it is for.
 *
 * @throws UserError where the history can not be read, or the target is none to work on: before anything is set on it
 */
async function readHistory(session, door, config, system, asked = {}) {
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
const COMPARING = [
    'plan',
    'dry-run',
    'migrate',
    'verify',
    'rollback',
    'repair',
    'baseline',
    'adopt',
];
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
const NO_RIGHTS = `Use the role that owns the tables, or grant what a reading role needs: ${docsPage('database', 'rights')} lists it.`;
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

;// CONCATENATED MODULE: ./build/programs/target/check-integrity.js






/** What `verify` looks for beyond drift: what was left half done, and a history that is not as it was written. */
async function checkIntegrity({ session, gathered, known }) {
    const left = await findInvalidIndexes(session);
    const chain = beginChain();
    const witness = await readChain(session, known.target.tracking, (rows) => chain.add(rows));
    if (witness !== undefined && 'why' in witness)
        throw unreadableHistory(known.target, { code: witness.code, message: witness.why });
    const told = witness ? findChainBreak(chain.end(witness)) : { findings: [], notes: [] };
    gathered.notes = [...(gathered.notes ?? []), ...told.notes];
    gathered.findings = [
        ...(gathered.findings ?? []),
        ...told.findings,
        ...left.indexes.map((index) => tellInvalidIndex(index, known.records)),
        ...left.detaches.map((detach) => tellPendingDetach(detach, known.records)),
    ];
}

;// CONCATENATED MODULE: ./build/database/find-lacking-characters.js


/** Where the answer stands until it is read, for the rest of the transaction. */
const find_lacking_characters_ANSWER = 'devflow.lacking_characters';
/**
 * Which characters of some texts the database's encoding lacks, in one turn; none where it has all of Unicode, or takes any
 * bytes, without one. The server refuses a message with such a character before it reads it, so each is sent as its bytes.
 *
 * @param encoding `server_encoding`
 */
async function findLackingCharacters(session, encoding, texts) {
    const asked = [...new Set(texts.join('').match(/\P{ASCII}/gu))];
    if (encoding === undefined || TAKES_ALL.includes(encoding) || asked.length === 0)
        return new Set();
    const bytes = asked.map((character) => `'${Buffer.from(character).toString('hex')}'`);
    const reply = await session.send(`${beginReading()}
SET LOCAL search_path = pg_catalog, pg_temp;
${do_block_doBlock(`DECLARE
  bytes text;
  lacking text := '';
BEGIN
  FOREACH bytes IN ARRAY ARRAY[${bytes.join(', ')}] LOOP
    BEGIN
      PERFORM convert(decode(bytes, 'hex'), 'UTF8', getdatabaseencoding());
    EXCEPTION WHEN OTHERS THEN lacking := concat(lacking, bytes, ' ');
    END;
  END LOOP;
  PERFORM set_config('${find_lacking_characters_ANSWER}', lacking, true);
END`)}
SELECT current_setting('${find_lacking_characters_ANSWER}');
COMMIT;`);
    const lacking = reply.results[0]?.rows[0]?.[0] ?? '';
    return new Set(lacking
        .split(' ')
        .filter(Boolean)
        .map((hex) => Buffer.from(hex, 'hex').toString()));
}
const TAKES_ALL = ['UTF8', 'SQL_ASCII'];

;// CONCATENATED MODULE: ./build/programs/target/fit-encoding.js



/**
 * The run with texts that the database's encoding can hold: one character that it lacks, and the server refuses a whole
 * message, whatever else is in it. What only tells of the run is escaped, for the history; by what is compared later,
 * such as a file's name, it is refused before anything runs (`Known.unrecordable`).
 */
async function fitEncoding(run) {
    const { config, gathered, session, known } = run;
    if (!COMMANDS[config.command].locks)
        return run;
    const { history } = config;
    const { permission } = gathered;
    const keys = keysOf(run);
    const telling = [
        ...Object.values(config.run).filter((value) => typeof value === 'string'),
        ...[history?.reason, permission?.approval.by, permission?.approval.comment].filter(isText),
    ];
    const texts = [...keys.map(({ text }) => text), ...telling];
    const lacking = await findLackingCharacters(session, known.encoding, texts);
    if (lacking.size === 0)
        return run;
    const written = (text) => escaped(text, lacking);
    if (permission) {
        const { by, comment } = permission.approval;
        const approval = {
            ...permission.approval,
            by: written(by),
            ...(comment === undefined ? {} : { comment: written(comment) }),
        };
        gathered.permission = { ...permission, approval };
    }
    const { actor, runUrl } = config.run;
    const fitted = {
        ...config,
        run: {
            ...config.run,
            actor: written(actor),
            ...(runUrl === undefined ? {} : { runUrl: written(runUrl) }),
        },
        ...(history?.reason === undefined ? {} : { history: { ...history, reason: written(history.reason) } }),
    };
    const unrecordable = keys.flatMap((key) => fit_encoding_refuse(key, lacking, known));
    return { ...run, config: fitted, known: unrecordable.length > 0 ? { ...known, unrecordable } : known };
}
/** A file that is applied already was recorded. */
function keysOf({ config, gathered, known }) {
    const done = new Set(known.records.filter(({ status }) => status === 'completed').map(({ version }) => version_versionKey(version)));
    const files = RECORDS_FILES.includes(config.command) ? (gathered.files ?? []) : [];
    const pending = files.filter(({ version }) => !done.has(version_versionKey(version)));
    const { environment, project } = config;
    return [
        ...pending.map(({ name }) => ({ text: name, what: 'The file', help: 'Rename the file' })),
        { text: environment.name, what: 'The environment', help: 'Give the environment another name' },
        ...(project === undefined
            ? []
            : [{ text: project, what: 'The project', help: 'Write another project.name' }]),
    ];
}
/** Others record a file at most that was recorded before, or is named. */
const RECORDS_FILES = ['migrate', 'dry-run', 'baseline', 'adopt'];
function fit_encoding_refuse({ text, what, help }, lacking, { encoding, target }) {
    const found = [...new Set(text)].filter((character) => lacking.has(character));
    if (found.length === 0)
        return [];
    return [
        {
            message: `${what} ${text} can not be recorded in the database ${target.database}: its encoding ${encoding} lacks ${found.join(' ')}.`,
            help: `${help}, with characters that ${encoding} has.`,
        },
    ];
}
/** As JSON escapes it. */
function escaped(text, lacking) {
    const code = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
    return [...text]
        .map((character) => (lacking.has(character) ? character.split('').map(code).join('') : character))
        .join('');
}
function isText(value) {
    return value !== undefined;
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
    for (const { kind, start } of lex_lex(file, from)) {
        // A statement has the comments before it, but maybe not in each version of the CLI.
        if (file.startsWith(wanted, start))
            return start;
        if (!match_statements_EMPTY.has(kind))
            return -1;
    }
    return -1;
}
function skipEmpty(file, from) {
    for (const { kind, start } of lex_lex(file, from))
        if (!match_statements_EMPTY.has(kind))
            return start;
    return file.length;
}
const match_statements_EMPTY = new Set(['space', 'line-comment', 'block-comment', 'semicolon']);
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
    const word = lex_script_wordAt(text, piece);
    // In a body a statement that begins with END is none: it ends the body.
    if (levels.length > 1 && level.words.length === 0 && word === 'END')
        levels.pop();
    else if (level.kind === 'undecided')
        scan_script_decide(level, word);
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
function scan_script_decide(level, word) {
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
function splitStatements(text) {
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

;// CONCATENATED MODULE: ./build/plan/supabase/compare-sides.js






/**
 * Compares our tracking table with the Supabase CLI's. What either has counts as applied. What the CLI applied is compared
 * by the statements that it kept: a file that was edited since has another checksum than its record, which is drift.
 */
function compareSides({ rows: present, records, files, leads }) {
    const rows = present ?? [];
    const known = {
        rows: new Map(rows.map((row) => [version_versionKey(row.version), row])),
        records: new Map(records.map((record) => [version_versionKey(record.version), record])),
        files: new Map(files.map((file) => [version_versionKey(file.version), file])),
    };
    const adopted = rows.flatMap((row) => adopt(row, known) ?? []);
    const gone = records.filter((record) => isGone(record, known));
    // Nobody means all files to be run again who empties a table.
    const takenBack = leads && rows.length > 0 ? gone : [];
    const later = new Map([
        ...adopted.map(({ record }) => [version_versionKey(record.version), record]),
        ...takenBack.map((record) => [version_versionKey(record.version), rolledBack(record)]),
    ]);
    const kept = records.map((record) => later.get(version_versionKey(record.version)) ?? record);
    const added = adopted.filter(({ isNew }) => isNew).map(({ record }) => record);
    const sides = makeSides(known);
    const missing = new Set(present && takenBack.length === 0 ? gone.map(({ version }) => version) : []);
    return {
        records: [...added, ...kept],
        step: {
            sides,
            changes: [...adopted.map(({ change }) => change), ...takenBack.map(takeBack)],
            fill: present ? [] : gone.flatMap(({ version }) => rowOf(known, version) ?? []),
            missing: sides.filter(({ version }) => missing.has(version)),
            isWhole: rows.some(({ name, statements }) => name !== null || statements !== null),
            rowOf: (version) => rowOf(known, version),
        },
    };
}
function adopt(row, { records, files }) {
    const key = version_versionKey(row.version);
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
    return status === 'completed' && !known.rows.has(version_versionKey(version)) && rowOf(known, version) !== undefined;
}
function rowOf({ files }, version) {
    const file = files.get(version_versionKey(version));
    const named = file && supabaseNameOf(file.name);
    if (!named)
        return undefined;
    const text = textsOf(file).at(-1) ?? '';
    return { ...named, statements: text.length > LARGEST ? null : splitStatements(text) };
}
/** Characters. The text stands once more in the message that records the file. */
const LARGEST = 2 * 1024 * 1024;
function rolledBack(record) {
    return { ...record, status: 'rolled_back' };
}
function takeBack({ version, name, checksum }) {
    return {
        version,
        expected: { status: 'completed', checksum },
        becomes: { name, checksum, status: 'rolled_back', keepsRun: true },
        told: { event: 'repaired', action: 'repair', status: 'success', name, detail: TAKEN_BACK },
    };
}
const TAKEN_BACK = 'it is gone from supabase_migrations.schema_migrations, which decides (tracking: supabase)';
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
function markEdited(records, rows, files) {
    const kept = new Map(rows.map((row) => [version_versionKey(row.version), row.statements]));
    const texts = new Map(files.map((file) => [version_versionKey(file.version), file]));
    return records.map((record) => {
        const key = version_versionKey(record.version);
        const [statements, file] = [kept.get(key), texts.get(key)];
        const isSame = !statements || !file || record.status !== 'completed' || record.checksum !== file.checksum;
        if (isSame || matchStatements(statements, file.text))
            return record;
        return { ...record, checksum: `supabase:${sha256Json([...statements])}` };
    });
}

;// CONCATENATED MODULE: ./build/programs/telling/name-versions.js
/** Versions, in words; of a whole folder, which can be hundreds, the first of them. */
function nameVersions(versions) {
    const more = versions.length - name_versions_MOST;
    return `${versions.slice(0, name_versions_MOST).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
const name_versions_MOST = 10;

;// CONCATENATED MODULE: ./build/programs/target/keep-in-step.js



/** What is known of a target once the Supabase CLI's table was compared with ours, where the two are kept in step. */
function keepInStep(known, config, files) {
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

;// CONCATENATED MODULE: ./build/plan/find-other-histories.js


/**
 * Two histories in one database may be meant: of two projects, each in a place of its own. So nothing is refused for a
 * history of a project of another name, or for one that has none of these files; but one that has a file, by its version
 * and its name or its text, is most likely that of this folder.
 *
 * @param project `project.name`, where it is given
 */
function findOtherHistories(others, files, tracking, project) {
    const refusals = [];
    const notes = [];
    for (const other of others) {
        const place = `${other.schema}.${other.table}`;
        if (other.unreadable !== undefined) {
            if (other.code === find_other_histories_NO_RIGHTS)
                notes.push(notReadable(place, other.unreadable));
            else
                refusals.push(refuseUnread(place, other.unreadable));
            continue;
        }
        const completed = other.completed ?? [];
        const isAnothers = project !== undefined && (other.project ?? project) !== project;
        if (completed.length === 0 || isAnothers)
            continue;
        const recorded = filesIn(completed, files);
        if (recorded.length > 0)
            refusals.push(find_other_histories_refuse(other, recorded, tracking));
        else
            notes.push(`The database has another history of this kind, ${place}. None of these files is recorded there.`);
    }
    return { refusals, notes };
}
/** Of each file one row at most: a version is there once. */
function filesIn(completed, files) {
    const rows = new Map(completed.map((row) => [version_versionKey(row[0]), row]));
    return files.filter((file) => {
        const [, name, checksum] = rows.get(version_versionKey(file.version)) ?? [];
        if (name === undefined || checksum === undefined)
            return false;
        return matchChecksum(checksum, file) || isNamed(name, file);
    });
}
/** Other runners record a name without version and ending. */
function isNamed(recorded, { name }) {
    const plain = (text) => text
        .replace(/^.*\//, '')
        .replace(/\.sql$/i, '')
        .toLowerCase();
    const [there, here] = [plain(recorded), plain(name)];
    return there === here || here.replace(/^[\d._-]+/, '') === there;
}
const find_other_histories_LISTED = 3;
function find_other_histories_refuse({ schema, table }, recorded, tracking) {
    const names = recorded.slice(0, find_other_histories_LISTED).map(({ name }) => name);
    const more = recorded.length > find_other_histories_LISTED ? ` and ${recorded.length - find_other_histories_LISTED} more` : '';
    const here = `${tracking.schema}.${tracking.table}`;
    const tableToo = table === tracking.table ? '' : `, database.migrations.tracking_table: ${table}`;
    return {
        message: `There is no history in ${here}, but ${schema}.${table} records these files as applied: ${names.join(', ')}${more}. They would be applied a second time.`,
        help: `Name that place in devflow.yml: database.migrations.tracking_schema: ${schema}${tableToo}. To keep history in ${here} from now on, record what is applied there with baseline first. Where it is the history of another project, give both a project.name, and let the other one migrate once with its own.`,
    };
}
const find_other_histories_NO_RIGHTS = '42501';
function notReadable(place, why) {
    return `The database has another history of this kind, ${place}, and it can not be read: ${why}. Files that are recorded there would be applied a second time.`;
}
function refuseUnread(place, why) {
    return {
        message: `The database has another history of this kind, ${place}, and it can not be read: ${why}. Files that are recorded there would be applied a second time.`,
        help: 'Run again when nobody holds it, or put right what the server says.',
        busy: true,
    };
}

;// CONCATENATED MODULE: ./build/programs/target/know-target.js


/**
 * Whether the target is what the run takes it for, by what it remembers of itself: asked before anything is planned.
 * `status` and `history` only tell.
 */
function isTheTarget(run) {
    const { config, gathered, known } = run;
    if (!isTheHistory(run))
        return false;
    if (known.unrecordable) {
        gathered.refusals = [...(gathered.refusals ?? []), ...known.unrecordable];
        return false;
    }
    const verdict = judgeTarget(known.target, config);
    if (verdict.kind !== 'refused') {
        if (verdict.kind === 'moved')
            gathered.movesTarget = true;
        gathered.notes = [...(gathered.notes ?? []), ...verdict.notes];
        return true;
    }
    if (config.command === 'status' || config.command === 'history') {
        gathered.notes = [...(gathered.notes ?? []), config.redact(verdict.problem.message)];
        return true;
    }
    gathered.refusals = [...(gathered.refusals ?? []), verdict.problem];
    return false;
}
/** What is recorded elsewhere in the database would be applied once more. What runs no file may make this the place. */
function isTheHistory({ config, gathered, known }) {
    const { others } = known;
    if (others === undefined || RUNS_NOTHING.includes(config.command))
        return true;
    const { tracking } = known.target;
    const found = findOtherHistories(others, gathered.files ?? [], tracking, config.project);
    const tells = config.command === 'status' || config.command === 'history';
    const told = tells ? found.refusals.map(({ message }) => message) : [];
    gathered.notes = [...(gathered.notes ?? []), ...[...found.notes, ...told].map(config.redact)];
    if (tells || found.refusals.length === 0)
        return true;
    const refusals = found.refusals.map(({ message, help, ...rest }) => ({
        ...rest,
        message: config.redact(message),
        help: config.redact(help),
    }));
    gathered.refusals = [...(gathered.refusals ?? []), ...refusals];
    return false;
}
const RUNS_NOTHING = ['baseline', 'adopt', 'repair', 'backup', 'restore'];

;// CONCATENATED MODULE: ./build/programs/on-target.js
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


















/** Connects, reads, plans and, as far as the command goes, rehearses and applies. */
async function onTarget(door, config, system, gathered, signal, lastTry, operate) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { host, port, database } = door.endpoint;
        const { observe } = system;
        observe({ kind: 'connecting', host, port, database });
        const onNotice = (severity, message) => observe({ kind: 'notice', severity, message });
        const opening = COMMANDS[config.command].locks ? door.open(onNotice) : door.openReader(onNotice);
        const _warm = __addDisposableResource(env_1, needsSql(config, gathered)
            ? warmUpDuring(opening, () => loadWhatReadsSql(config, gathered))
            : undefined, true);
        const session = __addDisposableResource(env_1, await opening, true);
        const { read, ahead } = await readAndJudge(session, door, config, { ...system, signal }, gathered);
        const known = keepInStep(read, config, gathered.files ?? []);
        gathered.target = known.target;
        gathered.notes = [...(gathered.notes ?? []), ...known.notes];
        observe({ kind: 'connected', target: known.target });
        if (known.cancelled)
            return;
        if (known.refusal) {
            gathered.refusals = [known.refusal];
            return;
        }
        gathered.records = known.records;
        if (known.step)
            gathered.sides = known.step.sides;
        const watch = __addDisposableResource(env_1, openWatch(door.plain, observe, config.redact), true);
        const all = { door, config, system, gathered, session, known, watch, signal, lastTry, onNotice, ahead };
        const run = await fitEncoding(all);
        const isTarget = isTheTarget(run);
        if (operate) {
            if (!isTarget)
                return;
            if (!(await refuseOtherAttempt(run)))
                await operate(run);
            // Awaited before the session is closed.
            return await tellRefusals(run);
        }
        const planned = isTarget ? await planPending(run) : undefined;
        if (config.command === 'history')
            gathered.events = await readEvents(run, EVENTS_SHOWN);
        if (config.command === 'verify')
            await checkIntegrity(run);
        if (config.command === 'verify' && isTarget)
            await lookAtHealth(run);
        if (isTarget && config.history?.roundTrip && !signal.aborted)
            await goRound(run);
        if (signal.aborted)
            return;
        if (planned === undefined || (await refuseOtherAttempt(run))) {
            // What is another target than it is taken for is not written to.
            if (isTarget)
                await endWithoutWork(run);
            return await finishApplied(run);
        }
        if (config.command === 'plan')
            return await tellOfShadow(run);
        if (!(await isHealthyBefore(run)))
            return await tellRefusals(run);
        const work = await loadPendingWork();
        if (await work.rehearse(run, planned))
            await work.apply(run, markForced(planned.migrations, gathered.findings ?? []));
        else if (!signal.aborted)
            await tellRefusals(run);
        await finishApplied(run);
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
/** Up, down and up again, on a shadow. */
async function goRound(run) {
    const { gathered } = run;
    const { roundTrip } = await import(/* webpackIgnore: true */ './round-trip.js');
    const { findings, notes } = await roundTrip(run);
    gathered.findings = [...(gathered.findings ?? []), ...findings];
    gathered.notes = [...(gathered.notes ?? []), ...notes];
}
async function tellOfShadow(run) {
    const { ON_SHADOW } = await import(/* webpackIgnore: true */ './on-shadow.js');
    await ON_SHADOW.tell(run);
}
/** Perhaps, if anything is pending. */
function needsSql({ command }, { files = [] }) {
    return PLANNING.includes(command) && files.length > 0;
}
async function loadWhatReadsSql(config, { files = [] }) {
    await (await loadPendingWork()).prepare(files, config);
}
/** Reads what the target is and its history; meanwhile what is likely to be pending is judged. */
async function readAndJudge(session, door, config, system, gathered) {
    let ahead;
    const read = await readHistory(session, door.plain, config, system, {
        files: gathered.files?.length,
        onTarget: (target) => {
            if (needsSql(config, gathered))
                ahead = judgeSoon(config, gathered, target, system.signal);
        },
    });
    return { read, ahead };
}
async function judgeSoon(config, { files = [] }, target, signal) {
    const work = await loadPendingWork().catch(() => undefined);
    return work?.judgeAhead(config, files, target, signal);
}
/** What a gate refused is recorded; so is what a target was moved to, where nothing is left to apply. */
async function endWithoutWork(run) {
    const { config, gathered } = run;
    await tellRefusals(run);
    const applies = config.command === 'migrate' && !config.dryRun && (gathered.refusals ?? []).length === 0;
    if (applies && (gathered.movesTarget || on_target_isBehind(run)))
        await (await loadPendingWork()).writeWithoutWork(run);
}
/** The Supabase CLI's table, or ours, does not know yet what the other one does. */
function on_target_isBehind({ known: { step }, gathered: { drift = [], findings = [] } }) {
    const isSound = drift.length === 0 && !findings.some(({ severity }) => severity === 'error');
    return isSound && step !== undefined && step.changes.length + step.fill.length > 0;
}
/** GitHub does not tell of which attempt an approval is: a later one may only go on with what an earlier one began. */
async function refuseOtherAttempt(run) {
    const { gathered, config } = run;
    const { permission, refusals = [] } = gathered;
    if (permission?.onlyContinuing === undefined)
        return false;
    const { runUrl = '', runAttempt = 1 } = config.run;
    const events = await readEvents(run, EVENTS_OF_A_RUN);
    const refusal = judgeContinuation(permission, { runUrl, attempt: runAttempt }, events);
    if (refusal === undefined)
        return false;
    gathered.refusals = [...refusals, tellRefusal(refusal)];
    return true;
}
const EVENTS_OF_A_RUN = 10_000;
async function readEvents({ session, known }, limit) {
    const query = eventsQuery(known.target.tracking, limit);
    const reply = query ? await session.send(query) : undefined;
    if (reply?.error)
        throw unreadableHistory(known.target, reply.error);
    return reply ? parseEvents(reply) : [];
}
const EVENTS_SHOWN = 100;

;// CONCATENATED MODULE: ./build/programs/connecting/reconnect-within.js
/** How long a server may be away. Milliseconds. */
const RECONNECT_WITHIN_MS = 60_000;

;// CONCATENATED MODULE: ./build/programs/connecting/until-connected.js





/** How often a connection may be lost before anything is applied. */
const LOSSES = 3;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 2_000;
/**
 * A connection that is lost before anything was applied is no reason to end: all of it is done again. Nor is a server
 * that restarts: it is waited for, as after a loss.
 */
async function untilConnected(door, config, system, gathered, signal, operate) {
    const before = { ...gathered };
    const until = Date.now() + (system.reconnectWithinMs ?? RECONNECT_WITHIN_MS);
    for (let attempt = 1, lost = 1;; attempt++) {
        const losses = door.losses();
        try {
            return await onTarget(door, config, system, gathered, signal, lost === LOSSES, operate);
        }
        catch (error) {
            if (!(error instanceof UserError) || hasBegun(gathered) || signal.aborted)
                throw error;
            if (error instanceof ConnectionError && error.trouble === 'limit')
                throw error;
            const wasLost = door.losses() > losses;
            const pauseMs = Math.min(FIRST_PAUSE_MS * attempt, LONGEST_PAUSE_MS);
            if (wasLost && lost === LOSSES)
                throw error;
            if (!wasLost && !(restarts(error, door) && Date.now() + pauseMs < until))
                throw error;
            if (wasLost)
                lost++;
            system.observe({ kind: 'reconnecting', reason: error.message, attempt });
            if (!wasLost)
                await (0,external_node_timers_promises_namespaceObject.setTimeout)(pauseMs, undefined, { signal }).catch(() => { });
            for (const key of Object.keys(gathered))
                delete gathered[key];
            Object.assign(gathered, before);
        }
    }
}
/** Done once more, it would be done to what it has done already. */
function hasBegun({ outcomes, applying, operation }) {
    const isStep = operation?.steps.some(({ state }) => state !== 'planned' && state !== 'not-run');
    return outcomes !== undefined || applying === true || isStep === true;
}
/** The server says so; or it was there a moment ago. */
function restarts(error, door) {
    if (!(error instanceof ConnectionError) || ['refused', 'final'].includes(error.trouble))
        return false;
    return error.trouble === 'starting' || door.opened() > 0;
}

;// CONCATENATED MODULE: ./build/programs/judging/ended.js

const ended_MARK = Symbol.for('devflow-migrate/ended');
/** Thrown where the run was asked to end before anything was sent. Nobody made a mistake, and there is nothing to tell. */
class Ended extends UserError {
    [ended_MARK] = true;
    constructor() {
        super([]);
    }
    /** As of a `UserError`: each bundle has a class of its own. */
    static [Symbol.hasInstance](value) {
        return typeof value === 'object' && value !== null && ended_MARK in value;
    }
}

;// CONCATENATED MODULE: ./build/programs/judging/breathing.js


/**
 * For works that follow one another: many short ones are as long as a long one.
 *
 * @param signal that asks the run to end: at the next pause the work is left. @throws Ended
 */
function openBreathing(signal) {
    let breathed = performance.now();
    const rest = async () => {
        await (0,external_node_timers_promises_namespaceObject.setImmediate)();
        breathed = performance.now();
        if (signal?.aborted)
            throw new Ended();
    };
    const pause = () => {
        if (signal?.aborted)
            throw new Ended();
        return performance.now() - breathed >= AT_MOST_MS ? rest() : undefined;
    };
    const through = async (work) => {
        for (;;) {
            const { done, value } = work.next();
            const waiting = pause();
            if (waiting)
                await waiting;
            if (done)
                return value;
        }
    };
    return Object.assign(through, { pause });
}
/** So long nobody notices. */
const AT_MOST_MS = 50;

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

;// CONCATENATED MODULE: ./build/programs/judging/hide-in-findings.js


/** Findings that were made when a file was loaded, with the excerpts that may be shown; none where that can not be told. */
function hideInFindings(findings, files) {
    const byPath = new Map(files.map((file) => [file.path, file]));
    return findings.map((finding) => {
        const { excerpt: shown, ...rest } = finding;
        if (shown === undefined)
            return finding;
        const file = finding.file === undefined ? undefined : byPath.get(finding.file);
        return file && rest.position
            ? { ...rest, excerpt: excerpt(file.text, rest.position, shownText(file)) }
            : rest;
    });
}

;// CONCATENATED MODULE: ./build/programs/judging/stopped-before.js
/** What `plan`, `dry-run` and `migrate` say of a rehearsal that was not come to. */
function stoppedBefore({ findings = [], drift = [], refusals = [] }) {
    const rules = [...new Set(findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule))];
    const named = rules.slice(0, stopped_before_MOST_NAMED).join(', ');
    const more = rules.length > stopped_before_MOST_NAMED ? ` and ${rules.length - stopped_before_MOST_NAMED} more` : '';
    const reasons = [
        ...(refusals.length > 0 ? ['it was refused'] : []),
        ...(drift.length > 0 ? ['an applied file is not what it was'] : []),
        ...(rules.length > 0 ? [`of what was found (${named}${more})`] : []),
    ];
    return {
        why: `the run ended before that, because ${reasons.join(', and ')}`,
        ways: ['Mend that first, then run dry-run: it rehearses what is pending.'],
    };
}
const stopped_before_MOST_NAMED = 5;

;// CONCATENATED MODULE: ./build/programs/permission/record-refused-approval.js
var record_refused_approval_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var record_refused_approval_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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





/** Nobody waits long to be refused. Milliseconds. */
const CONNECT_WITHIN_MS = 3_000;
const ALL_WITHIN_MS = 6_000;
/**
 * Has the target's history tell that an approval was missing, although nothing was done there. Not asked for where the
 * event may bring a stranger's code: then nothing is connected to. Nothing is created for it, a target that is not what it
 * is taken for is not written to, and no verdict hangs on it.
 */
async function recordRefusedApproval(config, gathered, signal) {
    if (config.database === 'embedded' || config.database === undefined || signal.aborted)
        return;
    const soon = AbortSignal.any([signal, AbortSignal.timeout(ALL_WITHIN_MS)]);
    const recorded = tryToRecord(config, config.database.url, gathered, soon);
    const why = await Promise.race([recorded, whenLate(soon)]).catch((error) => error instanceof Error ? error.message : String(error));
    if (why !== undefined)
        gathered.notes = [...(gathered.notes ?? []), notRecorded(config, why)];
}
/** @returns why it was not */
async function tryToRecord(config, url, gathered, soon) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const door = await makeDoor(url, config, { connectWithinMs: CONNECT_WITHIN_MS });
        const session = record_refused_approval_addDisposableResource(env_1, cancelledBy(soon, await door.open(() => { })), true);
        const { target, readOnly } = await readTarget(session, door.endpoint, config.tracking);
        if (readOnly !== undefined)
            return `the server ${readOnly.why}`;
        if (judgeTarget(target, config).kind !== 'same')
            return 'the target remembers that it is another one';
        const told = { event: 'refused', message: whyNothing(gathered) };
        return await recordNothingDone(config, gathered, session, target, told, gathered.expected?.hash);
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = record_refused_approval_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
function whenLate(soon) {
    return new Promise((resolve) => soon.addEventListener('abort', () => resolve('the database took too long to answer'), { once: true }));
}

;// CONCATENATED MODULE: ./build/programs/telling/limit-lines.js
/** Up to so many migrations a log tells of each; of more, of one in so many, and of all that do not go as they should. */
const EACH_UP_TO = 200;
const LINES_OF_MANY = 100;
/** How often a run that waits for another one says so. */
const WAIT_EVERY_MS = 10_000;
/**
 * Keeps a run of thousands of migrations from filling the log. What is left out is passed on all the same, since a bar is
 * drawn again with each. A migration that takes long, or that the server tells something of, is named first. One that is
 * begun again before anything was told of it is named once: of a message that the server could not read nothing is done.
 */
function limitLines(observe) {
    let untold;
    let before;
    let said = false;
    let nextWaitMs = 0;
    return (event) => {
        if (untold && isAboutWhatRuns(event)) {
            observe(untold);
            untold = undefined;
        }
        const isBegunAgain = isSame(event, before);
        if (event.kind !== 'watching' || event.worthALine)
            before = event;
        if (event.kind === 'waiting-for-lock') {
            const worthALine = event.waitedMs >= nextWaitMs;
            if (worthALine)
                nextWaitMs = event.waitedMs + WAIT_EVERY_MS;
            return observe({ ...event, worthALine });
        }
        if (event.kind === 'rehearsing')
            untold = { ...event, worthALine: true };
        if (!isOfOne(event))
            return observe(event);
        if (isBegunAgain)
            return observe({ ...event, worthALine: false });
        const worthALine = isWorthALine(event);
        untold = event.kind === 'applying' && !worthALine ? event : undefined;
        observe(worthALine ? event : { ...event, worthALine });
        if (worthALine || said)
            return;
        said = true;
        observe({ kind: 'note', message: saidOf(event.count) });
    };
}
function isSame(event, before) {
    if (event.kind !== 'applying' || before?.kind !== 'applying')
        return false;
    return event.index === before.index && event.count === before.count;
}
function isOfOne(event) {
    return event.kind === 'rehearsed' || event.kind === 'applying' || event.kind === 'applied';
}
function isWorthALine(event) {
    const { index, count } = event;
    const isTold = count <= EACH_UP_TO || index === count || (index - 1) % everyOf(count) === 0;
    return isTold || wentWrong(event);
}
function everyOf(count) {
    return Math.ceil(count / LINES_OF_MANY);
}
function wentWrong(event) {
    if (event.kind === 'rehearsed')
        return event.rehearsed.state === 'failed';
    return event.kind === 'applied' && event.outcome.state !== 'applied';
}
function isAboutWhatRuns(event) {
    return event.kind === 'notice' || (event.kind === 'watching' && event.worthALine === true);
}
function saidOf(count) {
    return `Of ${count} migrations the log names one in ${everyOf(count)}, and each that goes wrong.`;
}

;// CONCATENATED MODULE: ./build/programs/telling/limit-notices.js
/** How many notices of the server one migration may put into the log. The rest is counted. */
const NOTICE_LIMIT = 100;
/** How many all migrations of a run may put into it together. */
const NOTICES_OF_A_RUN = 750;
/** Keeps a migration that raises a million notices, and a thousand that raise some, from filling the log. */
function limitNotices(observe) {
    let seen = 0;
    let shown = 0;
    let said = false;
    let broken;
    return (event) => {
        if (event.kind === 'notice') {
            seen++;
            // A notice comes from the connection's own events, where nobody catches: the next event tells of it.
            try {
                if (seen > NOTICE_LIMIT || shown === NOTICES_OF_A_RUN)
                    return;
                shown++;
                observe(event);
            }
            catch (error) {
                broken = { error };
            }
            return;
        }
        // A look at what goes on ends no migration, and comes from a timer, where nobody catches either.
        if (event.kind === 'watching')
            return observe(event);
        if (broken)
            throw broken.error;
        if (seen > NOTICE_LIMIT && !said)
            observe({ kind: 'note', message: `\u2026 and ${seen - NOTICE_LIMIT} more notices` });
        seen = 0;
        if (shown === NOTICES_OF_A_RUN && !said) {
            said = true;
            observe({
                kind: 'note',
                message: `${shown} notices of the server were shown; of this run no more are.`,
            });
        }
        observe(event);
    };
}

;// CONCATENATED MODULE: ./build/programs/telling/limit-watching.js

/** How often work that takes long may put a line into a log. */
const LINE_EVERY_MS = 10_000;
/**
 * Marks those looks at long work that are worth a line in a log: one every ten seconds, and the first that shows who is
 * in its way, or in whose way it is, at once. All are passed on, since a bar is drawn again with each.
 *
 * The time is the log's, not the message's: a file may go in many messages, none of which takes ten seconds.
 *
 * @param now in milliseconds
 */
function limitWatching(observe, now = () => performance.now()) {
    let told = { seenMs: -1, lineAt: now(), blockedAt: NEVER, blockingAt: NEVER };
    return (event) => {
        if (isLine(event))
            told = { ...told, lineAt: now() };
        // Who is in the way of this migration may not be who was in the way of the one before. Who waits does so for the run.
        if (beginsAnew(event))
            told = { ...told, blockedAt: NEVER };
        if (event.kind !== 'watching')
            return observe(event);
        const { elapsedMs, blockedBy, blocking } = event;
        // That clock is the message's own: where it has not gone on, another message began.
        if (elapsedMs <= told.seenMs)
            told = { ...told, blockedAt: NEVER };
        const at = now();
        const isDue = (since) => at - since >= LINE_EVERY_MS;
        const isBlocked = blockedBy.length > 0;
        const isBlocking = blocking.length > 0;
        const worthALine = isDue(told.lineAt) || (isBlocked && isDue(told.blockedAt)) || (isBlocking && isDue(told.blockingAt));
        told = {
            seenMs: elapsedMs,
            lineAt: worthALine ? at : told.lineAt,
            blockedAt: worthALine && isBlocked ? at : told.blockedAt,
            blockingAt: worthALine && isBlocking ? at : told.blockingAt,
        };
        observe({ ...event, worthALine });
    };
}
const NEVER = Number.NEGATIVE_INFINITY;
function beginsAnew({ kind }) {
    return kind === 'stage' || kind === 'retrying' || kind === 'applying';
}
/** The log tells by it that the work goes on; of many migrations it does not tell of each. */
function isLine(event) {
    switch (event.kind) {
        case 'stage':
        case 'retrying':
            return true;
        case 'rehearsed':
        case 'applying':
        case 'applied':
            return event.count <= EACH_UP_TO;
        default:
            return false;
    }
}

;// CONCATENATED MODULE: ./build/programs/migrate.js
var migrate_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var migrate_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
 * The one sequence: validate \u2282 plan \u2282 dry-run \u2282 migrate. Each command stops where it has what it was asked for;
 * `status`, `verify` and `history` read the target and stop.
 * Never throws: what went wrong stands in the report beside what was done.
 */
async function migrate(config, { observe, ...rest }, startedAt, operate) {
    const system = { ...rest, observe: limitNotices(limitWatching(limitLines(observe))) };
    const gathered = {
        config,
        startedAt,
        directory: (0,external_node_path_namespaceObject.relative)(config.base, config.directory) || '.',
    };
    system.observe({ kind: 'configured', config });
    const signal = system.signal ?? new AbortController().signal;
    await Promise.race([gatherAll(config, system, gathered, signal, operate), migrate_tooLong(signal)]);
    if (signal.aborted)
        leaveOff(gathered, String(signal.reason));
    return makeReport(gathered, system.now());
}
async function gatherAll(config, system, gathered, signal, operate) {
    try {
        await gather(config, system, gathered, signal, operate);
    }
    catch (error) {
        if (error instanceof Ended)
            gathered.cutShort = true;
        if (error instanceof UserError)
            gathered.problems = signal.aborted ? [] : error.problems;
        else
            gathered.bug = config.redact(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
}
/** GitHub kills a cancelled job 7.5 s after its first signal; what is known must be told before. */
const CANCEL_WITHIN_MS = 4_000;
/** Ends some time after the run was asked to end. Never, where it is not asked. */
function migrate_tooLong(signal) {
    const wait = (resolve) => void setTimeout(resolve, CANCEL_WITHIN_MS).unref();
    return new Promise((resolve) => {
        if (signal.aborted)
            wait(resolve);
        else
            signal.addEventListener('abort', () => wait(resolve), { once: true });
    });
}
async function gather(config, system, gathered, signal, operate) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        if (signal.aborted)
            throw new Ended();
        system.observe({ kind: 'stage', stage: 'validate' });
        await load(config, gathered, system);
        const { files = [], findings = [] } = gathered;
        if (config.command === 'graph')
            gathered.graph = makeGraph(files, config.graphFormat);
        if (config.command === 'graph')
            return;
        if (config.command === 'validate')
            return (await loadPendingWork()).validate(config, system, gathered, () => load(config, gathered, system));
        // Whatever the folder is, what was done to the target can be read.
        if (config.command !== 'history' && findings.some((finding) => finding.severity === 'error')) {
            if (PLANNING.includes(config.command))
                gathered.notRehearsed = stoppedBefore(gathered);
            return;
        }
        if (config.command === 'new')
            return await writeNew(config, system, gathered);
        const expected = await loadExpected(config);
        if (expected)
            gathered.expected = expected;
        const { refusals, permission, lacksApproval } = await askPermission(config, system, signal, expected);
        gathered.refusals = refusals;
        if (lacksApproval)
            await recordRefusedApproval(config, gathered, signal);
        if (refusals.length > 0)
            return;
        if (permission) {
            gathered.permission = permission;
            gathered.notes = [...(gathered.notes ?? []), ...permission.notes];
        }
        const local = migrate_addDisposableResource(env_1, config.database === 'embedded' ? await openLocal(config, system) : undefined, true);
        if (local)
            gathered.notes = [
                ...(gathered.notes ?? []),
                `Using the local PostgreSQL in ${local.folder}.`,
                ...local.notes,
            ];
        const url = local?.url ?? config.database.url;
        await untilConnected(makeSteady(await makeDoor(url, config), url, signal, { observe: system.observe, redact: config.redact }), config, system, gathered, signal, operate);
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = migrate_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
async function writeNew(config, system, gathered) {
    const { makeNew } = await import(/* webpackIgnore: true */ './new.js');
    await makeNew(config, gathered, system.now());
}
/** @throws UserError for what is no plan */
async function loadExpected(config) {
    const { expectedPlanHash, expectedPlan } = config.gate;
    if (!config.changes || (expectedPlanHash ?? expectedPlan) === undefined)
        return undefined;
    const { expectedBy } = await import(/* webpackIgnore: true */ './expected-by.js');
    return expectedBy(config);
}
/** Characters of all files, and of one: what is read of so many would let the heap grow far past what they take themselves. */
const MUCH = 8 * 1024 * 1024;
const migrate_LARGE = 512 * 1024;
/** Reads the folder, from the beginning whatever was gathered. */
async function load(config, gathered, { spareMemory, signal }) {
    const { files, findings } = await loadMigrations(config, openBreathing(signal).pause);
    const lengths = files.map(({ text }) => text.length);
    if (lengths.some((length) => length > migrate_LARGE) || lengths.reduce((total, length) => total + length, 0) > MUCH)
        spareMemory?.();
    const isLegacy = makeExcluder(config.legacy);
    const declared = files.map((file) => asDeclared(file, config, isLegacy));
    const shows = config.command === 'validate' || findings.some((finding) => finding.excerpt !== undefined);
    gathered.files = shows
        ? await (await loadPendingWork()).hideFileSecrets(declared, config, signal)
        : declared;
    gathered.findings = hideInFindings(findings, gathered.files);
}
async function openLocal({ base }, { observe }) {
    const { openLocalDatabase } = await import(/* webpackIgnore: true */ './open-local-database.js');
    return openLocalDatabase(base, { onWait: (message) => observe({ kind: 'note', message }) });
}

var __webpack_exports__migrate = __webpack_exports__._;
export { __webpack_exports__migrate as migrate };
