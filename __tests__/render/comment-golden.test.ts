import { readFile, writeFile } from 'node:fs/promises'
import { describe, expect, it } from '@jest/globals'
import { renderComment } from '../../src/render/comment.js'
import { renderOutdated } from '../../src/render/comment-outdated.js'
import { aCommentAbout, HEAD, SHA } from './a-comment-about.js'
import { exampleReports } from './example-reports.js'

/** Written anew with UPDATE_GOLDEN=1, and read in review. */
async function expectGolden(name: string, text: string): Promise<void> {
  const url = new URL(`./__golden__/comment-${name}.md`, import.meta.url)
  if (process.env.UPDATE_GOLDEN === '1') await writeFile(url, text)
  expect(text).toBe(await readFile(url, 'utf8'))
}

const shown = ['rehearsed-on-shadow', 'refused-by-rehearsal', 'not-rehearsed', 'judged', 'failed', 'hostile']

describe('the committed', () => {
  it.each(shown)('comment of a report that is %s is what is rendered', (name) =>
    expectGolden(name, renderComment(exampleReports[name]!, aCommentAbout(exampleReports[name]!))),
  )

  it('comment whose branch has moved on is what is rendered', () => {
    const report = exampleReports.rehearsed!
    const body = renderComment(report, aCommentAbout(report))
    return expectGolden('outdated', renderOutdated(body, { commitSha: SHA, headSha: HEAD }))
  })
})
