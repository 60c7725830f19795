import { execFile } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { createServer as createProxy } from 'node:http'
import { createServer as createSecure } from 'node:https'
import { type AddressInfo, connect, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import { makeRest } from '../../src/github/rest.js'
import { exchange } from '../../src/github/rest-exchange.js'
import { aCertificate } from '../database/certificates.js'
import { compileSource } from '../support/compile-source.js'

async function listen(server: Server): Promise<number> {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return (server.address() as AddressInfo).port
}

/** A proxy that writes down what it is asked, and answers with `status`. */
async function aProxy(status = 200) {
  const asked: { url: string | undefined; credentials: string | undefined }[] = []
  const server = createProxy()
  const sockets: Socket[] = []
  server.on('connection', (socket) => sockets.push(socket))
  server.on('connect', ({ url, headers }, socket) => {
    asked.push({ url, credentials: headers['proxy-authorization'] })
    socket.on('error', () => {})
    if (status !== 200) {
      socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`)
      return
    }
    const [, port] = (url ?? '').split(':')
    const upstream = connect(Number(port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      upstream.pipe(socket).pipe(upstream)
    }).on('error', () => socket.destroy())
  })
  const port = await listen(server)
  return {
    port,
    asked,
    [Symbol.asyncDispose]: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise<void>((done) => void server.close(() => done()))
    },
  }
}

/** Answers with what it was asked. */
async function aSecureServer() {
  const { key, cert, ca } = await aCertificate('DNS:localhost')
  const server = createSecure({ key, cert }, async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString('utf8')
    response.end(JSON.stringify(`${request.method} ${request.url} ${body}`))
  })
  const url = `https://localhost:${await listen(server)}`
  return {
    url,
    ca,
    [Symbol.asyncDispose]: () => {
      server.closeAllConnections()
      return new Promise<void>((done) => void server.close(() => done()))
    },
  }
}

const restBy = (variables: Record<string, string>, apiUrl = 'https://api.github.test') =>
  makeRest({ apiUrl, token: 't0ken', variables, timeoutMs: 30_000, patienceMs: 0 })

describe('a proxy', () => {
  it('that refuses is named, with its status and without its password', async () => {
    await using proxy = await aProxy(407)
    const https_proxy = `http://me:s3%40cret@127.0.0.1:${proxy.port}`
    const reply = await restBy({ https_proxy }).get('/x')
    expect(reply.failure).toMatchObject({ kind: 'unreachable', detail: 'the proxy answered 407' })
    expect(proxy.asked).toEqual([
      { url: 'api.github.test:443', credentials: `Basic ${Buffer.from('me:s3@cret').toString('base64')}` },
    ])
    expect(JSON.stringify(reply)).not.toMatch(/s3(%40|@)cret/)
  })

  it('is gone through to a server whose certificate is checked', async () => {
    await using proxy = await aProxy()
    await using server = await aSecureServer()
    const reply = await restBy({ HTTPS_PROXY: `127.0.0.1:${proxy.port}` }, server.url).get('/x')
    expect(reply.failure).toMatchObject({
      kind: 'unreachable',
      detail: expect.stringMatching(/^its certificate is not trusted \([A-Z_]+\); NODE_EXTRA_CA_CERTS/),
    })
    expect(proxy.asked).toEqual([{ url: server.url.replace('https://', ''), credentials: undefined }])
  })

  it('is gone through to a server that is trusted, as often as there is something to ask', async () => {
    await using proxy = await aProxy()
    await using server = await aSecureServer()
    const folder = await compileSource(['github', 'model'])
    await writeFile(join(folder, 'ca.pem'), server.ca)
    const code = `
      import { makeRest } from './github/rest.js'
      const rest = makeRest({ apiUrl: '${server.url}', token: 't0ken', variables: process.env })
      console.log(JSON.stringify([await rest.get('/x'), await rest.send('POST', '/y', { a: 1 })]))`
    await writeFile(join(folder, 'script.js'), code)
    const env = {
      https_proxy: `http://127.0.0.1:${proxy.port}`,
      NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
    }
    const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'script.js')], { env })
    await rm(folder, { recursive: true, force: true })
    expect(JSON.parse(stdout)).toEqual([{ value: 'GET /x ' }, { value: 'POST /y {"a":1}' }])
    expect(proxy.asked).toHaveLength(2)
  })

  it('that is not there is told', async () => {
    const { failure } = await restBy({ https_proxy: 'http://127.0.0.1:1' }).get('/x')
    expect(failure).toMatchObject({ detail: 'the proxy can not be reached (ECONNREFUSED)' })
  })

  it('that is no URL is told', async () => {
    const { failure } = await restBy({ https_proxy: 'http://[' }).get('/x')
    expect(failure).toMatchObject({ detail: 'the variable https_proxy holds no URL' })
  })

  it.each(['*', 'github.test', '.github.test', '*.github.test', 'a.example, api.github.test:443'])(
    'is left out where no_proxy is %s',
    async (no_proxy) => {
      await using proxy = await aProxy(407)
      const https_proxy = `http://127.0.0.1:${proxy.port}`
      expect((await restBy({ https_proxy, no_proxy }).get('/x')).failure?.kind).toBe('unreachable')
      expect(proxy.asked).toEqual([])
    },
  )

  it.each([
    ['::1', 0],
    ['[::1]', 0],
    ['[::1]:1', 0],
    ['[::1]:2', 1],
    ['::2', 1],
  ])('asks for an address of IPv6 where no_proxy is %s: %s times', async (no_proxy, times) => {
    await using proxy = await aProxy(407)
    const variables = { https_proxy: `http://127.0.0.1:${proxy.port}`, no_proxy }
    const asked = { method: 'GET', url: new URL('https://[::1]:1/'), headers: {}, variables }
    expect(await exchange({ ...asked, timeoutMs: 30_000, largestBytes: 100 })).toHaveProperty('broken')
    expect(proxy.asked).toHaveLength(times)
  })

  it.each(['', 'hub.test', 'api.github.test:8443', 'example.com'])(
    'is not left out where no_proxy is %s',
    async (no_proxy) => {
      await using proxy = await aProxy(407)
      await restBy({ https_proxy: `http://127.0.0.1:${proxy.port}`, no_proxy }).get('/x')
      expect(proxy.asked).toHaveLength(1)
    },
  )
})
