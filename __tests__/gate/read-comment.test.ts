import { describe, expect, it } from '@jest/globals'
import * as fc from 'fast-check'
import { readComment } from '../../src/gate/read-comment.js'
import { cpuMs } from '../support/cpu-ms.js'

const HASH = `v1:sha256:${'ab'.repeat(32)}`

describe('a comment with the hash of a plan', () => {
  it.each([
    HASH,
    `approve ${HASH}`,
    `Approved: ${HASH}.`,
    `LGTM ${HASH}`,
    `I approve the plan \`${HASH}\``,
    `👍 ${HASH}`,
    `+1 ${HASH}`,
    `**${HASH}**`,
    `Looks good to me, ship it!\n${HASH}\n\nThe index is built later, on Friday.`,
    `> do not apply ${HASH}\n\napproved ${HASH}`,
    `approve ${HASH}\n\n\`\`\`sql\nselect 1 -- not for us\n\`\`\``,
    `ok\r\n${HASH}\r\n`,
  ])('approves it: %j', (body) => expect(readComment(body, HASH)).toBe('approves'))

  it.each([
    `do not apply ${HASH}`,
    `Don't approve ${HASH}`,
    `don’t: ${HASH}`,
    `Do not apply this plan:\n\n${HASH}`,
    `${HASH}\n\nStop, this locks orders.`,
    `approved ${HASH}, but wait for me`,
    `I object. ${HASH}`,
    `rejected: ${HASH}`,
    `~~approved ${HASH}~~`,
    `👎 ${HASH}`,
    `-1 ${HASH}`,
    `nicht freigeben ${HASH}`,
    `não aprovo ${HASH}`,
    `NO ${HASH}`,
  ])('objects to it: %j', (body) => expect(readComment(body, HASH)).toBe('objects'))

  it.each([
    '',
    'approved',
    `approve ${HASH}0`,
    `approve x${HASH}`,
    `approve ${HASH.slice(0, -1)}`,
    `approve ${HASH.toUpperCase()}`,
    `> approve ${HASH}`,
    `The plan\n\n\`\`\`\napprove ${HASH}\n\`\`\`\n`,
    `The plan\n\n~~~json\n{"hash": "${HASH}"}\n~~~\nfine`,
    `\`\`\`\nnever closed, approve ${HASH}`,
    `    approve ${HASH}`,
    `<details><summary>Plan</summary>\napprove ${HASH}\n</details>`,
    `<blockquote>approve ${HASH}</blockquote>`,
    `<!-- devflow-migrate -->\nTo approve, comment: approve ${HASH}`,
    `Is ${HASH} approved?`,
    `devflow ${HASH}`,
    `The plan of run 42 is ${HASH}`,
    `Plan ${HASH}\n\nWe approve it on Monday.`,
    `@bob please approve ${HASH}`,
    `To be approved: ${HASH}`,
    `approve ${HASH} if the backup is there`,
    `Bitte noch warten:\n\n${HASH}`,
    `подождите, approve ${HASH}`,
  ])('says nothing of it: %j', (body) => expect(readComment(body, HASH)).toBe('nothing'))

  it('never approves with a word of refusal, wherever it stands', () => {
    const words = fc.constantFrom('approve', 'ok', 'yes', '\n', '\n\n', HASH, 'LGTM', '👍', '.')
    const no = fc.constantFrom('not', 'no', 'never', 'Don’t', 'wait', 'nicht', 'stop', 'rejected')
    fc.assert(
      fc.property(fc.array(words), no, fc.array(words), (before, refusal, after) => {
        expect(readComment([...before, refusal, ...after].join(' '), HASH)).not.toBe('approves')
      }),
    )
  })

  it('is read in time, however it is written', () => {
    for (const piece of ['```\n', '~~~', '<details>', '> ', `${HASH} `, 'n’t ', '<pre', '`', '\n\n', 'a']) {
      const began = cpuMs()
      readComment(`${HASH}\n${piece.repeat(Math.floor(65_000 / piece.length))}`, HASH)
      expect(cpuMs() - began).toBeLessThan(2_000)
    }
  })
})
