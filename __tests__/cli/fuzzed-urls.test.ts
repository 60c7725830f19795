import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Inputs } from '../../src/model/inputs.js'
import type { ProgressEvent } from '../../src/model/progress.js'
import type { Report } from '../../src/model/report.js'
import { run } from '../../src/programs/run.js'
import { renderAnnotation } from '../../src/render/annotation-command.js'
import { makeAnnotations } from '../../src/render/annotations.js'
import { renderJson } from '../../src/render/json.js'
import { makeOutputs } from '../../src/render/outputs.js'
import { renderProgress } from '../../src/render/progress.js'
import { renderProvenance } from '../../src/render/provenance.js'
import { renderSummary } from '../../src/render/summary.js'
import { renderTerminal } from '../../src/render/terminal.js'
import { aProject } from '../support/a-project.js'

/** Letters that no message of ours holds four of in a row, and all that a URL makes something of. */
const password = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.stringMatching(/^[QZXJ0-9]{1,5}$/) },
      { weight: 2, arbitrary: fc.constantFrom(...'@:/?#[]%&=+;,\'"\\<> $!*()~`|{}^') },
      { weight: 1, arbitrary: fc.constantFrom('é', '🙂', '%40', '%2F', '%', '%zz', '\t', '::', '##[') },
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((pieces) => `QZ${pieces.join('')}XJ`)

/** How people write it into a URL: as it is, encoded, or half encoded. */
const spelled = password.chain((secret) =>
  fc.constantFrom(
    { secret, written: secret },
    { secret, written: encodeURIComponent(secret) },
    { secret, written: encodeURI(secret) },
    { secret, written: secret.replaceAll('@', '%40').replaceAll('/', '%2f') },
  ),
)

/** Nothing listens on port 1, so a URL that can be read is refused by the operating system. */
const databaseUrl = fc
  .tuple(
    spelled,
    fc.constantFrom('postgres', 'postgresql', 'postgres ', 'mysql', 'http', ''),
    fc.constantFrom(
      '127.0.0.1:1',
      '127.0.0.1:1',
      'localhost:1',
      '127.0.0.1:port',
      '[::1]:1',
      '',
      '127.0.0.1:99999',
    ),
    fc.constantFrom('/shop', '', '/shop?sslmode=disable', '/shop?sslmode=never', '/shop#x', '/a/b', '/%zz'),
    fc.constantFrom('userinfo', 'userinfo', 'userinfo', 'query', 'none'),
  )
  .map(([{ secret, written }, scheme, host, rest, place]) => {
    const start = scheme === '' ? '' : `${scheme}://`
    const sign = rest.includes('?') ? '&' : '?'
    // Without its host, one with an @ would be a URL like any other, whose host is what follows.
    if (place === 'userinfo' || (place === 'none' && written.includes('@')))
      return { secret, written, url: `${start}app:${written}@${host}${rest}` }
    if (place === 'query') {
      // These two end a parameter, so what follows is none of the password.
      const value = written.replaceAll('&', '%26').replaceAll('#', '%23')
      const url = `${start}${host}${rest}${sign}user=app&password=${value}`
      return { secret, written: value, url }
    }
    return { secret, written, url: `${start}app:${written}` }
  })

const where = fc.constantFrom('input', 'variable')

/** Every spelling of a password, whole. */
function forms(secret: string, written: string): string[] {
  const both = [secret, written]
  const encoded = both.flatMap((text) => [
    encodeURIComponent(text),
    encodeURI(text),
    JSON.stringify(text).slice(1, -1),
  ])
  const base64 = both.map((text) => Buffer.from(text).toString('base64').replace(/=+$/, ''))
  return [...new Set([...both, ...encoded, ...base64])]
}

/** What the server gets as password. A URL that can't be decoded is refused before. */
function decode(written: string): string {
  try {
    return decodeURIComponent(written)
  } catch {
    return written
  }
}

/** What a parser that stops at a delimiter makes of it. */
function pieces(secret: string): string[] {
  return secret.split(/[^QZXJ0-9]+/).filter((piece) => piece.length >= 4)
}

async function runWith(url: string, place: 'input' | 'variable', folder: string) {
  const events: ProgressEvent[] = []
  let provenance = ''
  let redact = (text: string) => text
  const inputs: Inputs = {
    entry: 'cli',
    given: {
      command: 'status',
      environment: 'staging',
      ...(place === 'input' ? { 'database-url': url } : {}),
    },
    variables: place === 'variable' ? { DATABASE_URL: url } : {},
    folder,
    ci: true,
    verbose: true,
  }
  const system = { observe: (event: ProgressEvent) => void events.push(event), now: () => new Date(0) }
  const report = await run(inputs, system, async (config) => {
    provenance = renderProvenance(config)
    redact = config.redact
  })
  return { report, redact, text: [provenance, ...everything(report, events)].join('\n') }
}

function everything(report: Report, events: readonly ProgressEvent[]): string[] {
  return [
    ...events.map((event) => renderProgress(event, { color: true }) ?? ''),
    renderTerminal(report, { color: true }),
    renderTerminal(report, { color: false, width: 40 }),
    renderSummary(report),
    renderJson(report),
    ...Object.values(makeOutputs(report, '')),
    ...makeAnnotations(report).flatMap((one) => [one.message, renderAnnotation(one)]),
  ]
}

describe('the password of a database URL', () => {
  it('is in nothing that is said of it, and in nothing that a server says of it, over 10,000 URLs', async () => {
    await using project = await aProject({ 'migrations/01_a.sql': 'CREATE TABLE a ();' })
    await fc.assert(
      fc.asyncProperty(databaseUrl, where, async ({ secret, written, url }, place) => {
        const { report, text, redact } = await runWith(url, place, project.path)
        expect([report.exitCode, report.problems.length]).toEqual([2, 1])
        expect(report.problems[0]?.message).not.toMatch('error of devflow-migrate itself')
        expect([...forms(secret, written), ...pieces(secret)].filter((form) => text.includes(form))).toEqual(
          [],
        )
        const spellings = forms(decode(written), written)
        const echo = redact(spellings.map((form) => `the server said "${form}" about it`).join('\n'))
        expect(spellings.filter((form) => echo.includes(form))).toEqual([])
      }),
      { numRuns: 10_000 },
    )
  }, 600_000)
})
