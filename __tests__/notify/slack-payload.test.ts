import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { makeMessage } from '../../src/notify/make-message.js'
import { slackPayload } from '../../src/notify/slack-payload.js'
import { aDrift, aFailure, anOutcome, aPlan, aReport, aTarget } from '../support/builders.js'

type Reported = Parameters<typeof aReport>[0]

const messageOf = (report: Reported, title = 'Something happened') =>
  makeMessage(aReport(report), {
    events: ['failed'],
    title,
    project: 'shop',
    run: {
      runUrl: 'https://github.com/acme/shop/actions/runs/42',
      commitSha: '0123456789abcdef',
      toolVersion: '0.1.0',
    },
    clean: (text) => text.replaceAll('geheim', '***'),
  })

/** Every text of every block. */
function textsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'text' && typeof inner === 'string' ? [inner] : textsOf(inner),
  )
}

describe('a message for Slack', () => {
  it('has a head, the verdict, what failed, what is applied and pending, and where', () => {
    const payload = slackPayload(
      messageOf({
        status: 'partial',
        exitCode: 1,
        plan: aPlan(['01_users.sql', '02_orders.sql']),
        outcomes: [anOutcome(), anOutcome({ name: '02_orders.sql', state: 'failed', failure: aFailure() })],
        target: aTarget(),
        actor: 'octocat',
      }),
    )
    expect(payload.text).toBe('❌ shop · staging: migrate failed. Something happened')
    expect(textsOf(payload.blocks)).toEqual([
      '❌ shop · staging: migrate failed',
      'Something happened',
      '*Failed*\n• `02_orders.sql`: 42P01 relation "orders" does not exist',
      '*Applied*\n• `01_users.sql`',
      '*Pending*\n• `02_orders.sql`',
      expect.stringMatching(
        /^`db\.example\.com:5432\/app` · by `octocat` · `0123456789` · plan `v1:sha256:[0-9a-f]{64}` · <https:\/\/github\.com\/acme\/shop\/actions\/runs\/42\|the run>$/,
      ),
    ])
  })

  it('pings nobody and links nowhere, whatever a file is called', () => {
    const name = '01_<!channel>`<@U1>`&<https://evil|x>.sql'
    const texts = textsOf(slackPayload(messageOf({ plan: aPlan([name]) }, name)))
    expect(
      texts.join('\n').replace('<https://github.com/acme/shop/actions/runs/42|the run>', ''),
    ).not.toMatch(/[<>]/)
    expect(texts.join('\n')).toContain('`01_&lt;!channel&gt;ˋ&lt;@U1&gt;ˋ&amp;&lt;https://evil|x&gt;.sql`')
  })

  it('stays within what Slack takes, and says what it leaves out', () => {
    const names = Array.from({ length: 200 }, (_, index) => `${index}_${'<&>'.repeat(200)}.sql`)
    const { blocks, text } = slackPayload(
      messageOf({
        plan: aPlan(names),
        drift: names.map((recordedName) => aDrift({ recordedName })),
        environment: 'x'.repeat(400),
      }),
    )
    expect(blocks.length).toBeLessThanOrEqual(50)
    expect(textsOf(blocks)[0]?.length).toBeLessThanOrEqual(150)
    for (const each of [text, ...textsOf(blocks)]) expect(each.length).toBeLessThanOrEqual(3_000)
    expect(
      textsOf(slackPayload(messageOf({ plan: aPlan(names.map((_, index) => `${index}.sql`)) }))).join('\n'),
    ).toContain('and 190 more')
  })

  it('never holds an empty text, nor half an entity, whatever it tells', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 4_000, unit: 'grapheme' }), (text) => {
        const texts = textsOf(
          slackPayload(messageOf({ plan: aPlan([text || 'a']), environment: text }, text || 'a')),
        )
        for (const each of texts) {
          expect(each.trim()).not.toBe('')
          expect(each).not.toMatch(/&(?!(?:amp|lt|gt);)(?!$)/)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('is redacted', () => {
    expect(JSON.stringify(slackPayload(messageOf({ environment: 'geheim' }, 'geheim')))).not.toContain(
      'geheim',
    )
  })
})
