import { describe, expect, it } from '@jest/globals'
import { renderComment } from '../../src/render/comment.js'
import { renderTerminal } from '../../src/render/terminal.js'
import { everyOutlet } from '../programs/every-outlet.js'
import { aFailure, aMeasured, anOutcome, aRehearsed, aReport } from '../support/builders.js'
import { aCommentAbout } from './a-comment-about.js'

function failingWith(code: string) {
  const failure = aFailure({ code })
  return aReport({
    status: 'failed',
    exitCode: 1,
    outcomes: [anOutcome({ state: 'failed', failure })],
    rehearsal: [aRehearsed({ state: 'failed', failure, measured: [aMeasured()] })],
  })
}

function shownOf(code: string): string {
  const report = failingWith(code)
  return `${everyOutlet(report, [])}\n${renderComment(report, aCommentAbout(report))}`
}

describe('the code of a failure', () => {
  it.each(['DF001', 'DF006', 'DF011', 'connection-lost', 'session-ended', 'supabase-cli'])(
    'of ours, %s, is told by no outlet as one of PostgreSQL',
    (code) => {
      const shown = shownOf(code)
      expect(shown).not.toMatch(/SQLSTATE|Hint of the server/)
      expect(shown).toContain(`does not exist (${code})`)
      expect(shown).toContain(`does not exist (\`${code}\`)`)
    },
  )

  it.each(['42P01', '25P04', '57014', 'P0001'])('of PostgreSQL, %s, can be looked up there', (code) => {
    const shown = shownOf(code)
    expect(shown).toContain(`does not exist (SQLSTATE ${code})`)
    expect(shown).toContain(`does not exist (SQLSTATE \`${code}\`)`)
    expect(shown).not.toMatch(/exist \(`?(?!SQLSTATE)\w+`?\)/)
  })

  it.each([
    ['42P01', 'Server'],
    ['DF006', 'Why'],
  ])('%s says on a terminal who speaks: %s', (code, label) => {
    const lines = renderTerminal(failingWith(code), { color: false }).split('\n')
    expect(
      lines.filter((line) => line.includes('does not exist')).map((line) => line.trim().split(/ {2,}/)[0]),
    ).toContain(label)
  })
})
