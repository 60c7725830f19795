import { createHmac } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from '@jest/globals'
import { parseDevflowYml } from '../../src/config/parse-devflow-yml.js'
import { NOTIFICATION_EVENTS } from '../../src/model/notification.js'
import { makeMessage } from '../../src/notify/make-message.js'
import { parseBlocks, parseTable } from '../repository/markdown.js'
import { aReport } from '../support/builders.js'

const doc = await readFile(new URL('../../docs/notifications.md', import.meta.url), 'utf8')
const block = (language: string) => parseBlocks(doc).find((each) => each.language === language)?.text ?? ''
const namesIn = (cells: readonly (string | undefined)[]) =>
  cells.flatMap((cell) => [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name))

describe('docs/notifications.md', () => {
  it('shows a configuration that is read as it stands', async () => {
    expect((await parseDevflowYml(block('yaml'), 'devflow.yml')).problems).toEqual([])
  })

  it('names the events, the most pressing first', () => {
    expect(namesIn(parseTable(doc, 'Notifications').map(([name]) => name))).toEqual([...NOTIFICATION_EVENTS])
  })

  it('names every field of the message', () => {
    const message = makeMessage(aReport(), {
      events: ['failed'],
      title: 'x',
      run: { toolVersion: '0.1.0' },
      clean: (text) => text,
    })
    const named = namesIn(parseTable(doc, 'The message').map(([name]) => name))
    expect(named.sort()).toEqual(Object.keys(message).sort())
  })

  it('checks a signature as it is made', () => {
    // What the page shows, as a function of the two that it imports.
    const body = block('js')
      .replace(/^import .*$/m, '')
      .replace('export function', 'return function')
    const isGenuine = new Function('createHmac', 'timingSafeEqual', body)(
      createHmac,
      (one: Buffer, other: Buffer) => one.equals(other),
    )
    const signature = `sha256=${createHmac('sha256', 'secret').update('{"a":1}').digest('hex')}`
    expect(isGenuine('{"a":1}', signature, 'secret')).toBe(true)
    expect(isGenuine('{"a":2}', signature, 'secret')).toBe(false)
    expect(isGenuine('{"a":1}', 'sha256=00', 'secret')).toBe(false)
  })
})
