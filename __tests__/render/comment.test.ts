import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { readComment } from '../../src/gate/read-comment.js'
import { renderComment } from '../../src/render/comment.js'
import { renderOutdated } from '../../src/render/comment-outdated.js'
import {
  aFailure,
  aFix,
  aMeasured,
  anOutcome,
  aPlace,
  aPlan,
  aRehearsed,
  aReport,
  aRuleFinding,
} from '../support/builders.js'
import { aHostileReport } from '../support/hostile-report.js'
import { hostileText } from '../support/hostile-text.js'
import { aCommentAbout, HEAD, SHA } from './a-comment-about.js'
import { exampleReports } from './example-reports.js'

const bytes = (text: string) => Buffer.byteLength(text)
const render = (report: ReturnType<typeof aReport>, limit?: number) =>
  renderComment(report, aCommentAbout(report), limit)

const aLargeReport = (count: number) => {
  const names = Array.from({ length: count }, (_, index) => `${index}_migration_é.sql`)
  const finding = (severity: 'error' | 'warning') => (file: string) => aRuleFinding({ file, severity })
  return aReport({
    status: 'invalid',
    exitCode: 1,
    plan: aPlan(names),
    findings: [...names.slice(0, count / 4).map(finding('error')), ...names.map(finding('warning'))],
    notes: ['Worth knowing.'],
  })
}

const large = aLargeReport(2000)

/** What GitHub shows as code is no Markdown, and pings nobody. */
function proseOf(comment: string): string {
  return comment
    .replace(/^<!--.*-->$/m, '')
    .replace(/^(`{3,})[a-z]*\n[\s\S]*?\n\1$/gm, '')
    .replace(/`[^`\n]+`/g, '')
}

describe('the comment on a pull request', () => {
  it('begins with its marker, then has the verdict, the commit, the run and the plan’s hash', () => {
    const report = exampleReports.rehearsed!
    const [marker, heading, , facts, , hash] = render(report).split('\n')
    expect(marker).toMatch(/^<!-- devflow-migrate: shop\/staging about=target commit=0123.* -->$/)
    expect(heading).toMatch(/^## 🧪 3 migrations rehearsed on `staging`/)
    expect(facts).toContain(
      'made for commit 0123456 · [the run](https://github.com/acme/shop/actions/runs/42)',
    )
    expect(hash).toBe(`Plan hash: \`${report.plan?.hash}\``)
  })

  it('names in sight what a rehearsal rewrote and what went with a CASCADE, the largest first, ten of each', () => {
    const tables = Array.from({ length: 12 }, (_, index) => `public.t${index}`)
    const dropped = tables.map((name) => ({ type: 'view', name, cascaded: true }))
    const measured = [aMeasured({ rewritten: tables, dropped }), aMeasured({ rewritten: ['public.t3'] })]
    const comment = render(
      aReport({
        status: 'rehearsed',
        plan: aPlan(['01_a.sql']),
        rehearsedOn: aPlace(),
        rehearsal: [aRehearsed({ name: '01_a.sql', measured })],
        sizes: [{ relation: 'public.t7', bytes: 8192, rows: 40 }],
      }),
    )
    const inSight = comment.split('<details>')[0]
    expect(inSight).toMatch(/^- \*\*Rewritten:\*\* `public\.t7` \(8\.0 kB, about 40 rows\), `public\.t0`,/m)
    expect(inSight).toMatch(/^- \*\*Gone with a `CASCADE`:\*\* view `public\.t0`, .*, and 2 more$/m)
  })

  it('approves nothing, though it holds the plan’s hash', () => {
    const report = exampleReports.rehearsed!
    expect(readComment(render(report), report.plan?.hash ?? '')).toBe('nothing')
    expect(readComment(report.plan?.hash ?? '', report.plan?.hash ?? '')).toBe('approves')
  })

  it('leaves out what was there before the run', () => {
    expect(render(exampleReports.pending!)).not.toContain('Applied')
    expect(render(exampleReports.history!)).not.toContain('already exists')
  })

  it('never is longer than GitHub takes, and keeps the verdict and the plan', () => {
    const comment = render(large)
    expect(bytes(comment)).toBeLessThanOrEqual(65_000)
    expect(comment).toContain(`Plan hash: \`${large.plan?.hash}\``)
    expect(comment.match(/^\| `\d+`/gm)).toHaveLength(100)
    expect(comment).toContain('| … | and 1900 more | | | |')
  })

  it('drops what is folded whole, and says what it dropped and where it is', () => {
    const comment = render(large)
    const shown = comment.match(/^\*\*error\*\* /gm)?.length ?? 0
    expect(shown).toBeGreaterThan(5)
    expect(comment).toContain(`- and ${500 - shown} more`)
    expect(comment).not.toContain('**warning**')
    expect(comment).toMatch(
      /Left out or cut short: Migrations, ❌ Errors \(500\), .*⚠️ Warnings \(2000\).*\. \[The summary of the run\]\(https:\/\/github\.com\/acme\/shop\/actions\/runs\/42\) has everything\.\n$/,
    )
    expect(render(exampleReports.judged!)).not.toContain('Left out')
  })

  it('keeps its form within any limit', () => {
    const report = aLargeReport(200)
    const whole = bytes(render(report, 10_000_000))
    expect(whole).toBeGreaterThan(65_000)
    fc.assert(
      fc.property(fc.integer({ min: 1500, max: whole }), (limit) => {
        const comment = render(report, limit)
        expect(bytes(comment)).toBeLessThanOrEqual(limit)
        expect(comment.split(/<details(?: open)?>/)).toHaveLength(comment.split('</details>').length)
        expect(comment.split('```').length % 2).toBe(1)
      }),
      { numRuns: 60 },
    )
    expect(render(large, 1)).toMatch(/^<!-- .* -->\n## ❌ /)
  })

  it('has no secret, and stays within its limit where redacting makes it longer', () => {
    const findings = Array.from({ length: 300 }, (_, index) =>
      aRuleFinding({ severity: 'error', file: `${index}.sql`, message: 'hunter2 and ab '.repeat(20) }),
    )
    const report = aReport({ status: 'invalid', exitCode: 1, findings })
    const redact = (text: string) => text.replaceAll('hunter2', '***').replaceAll('ab', '*****')
    const comment = renderComment(report, aCommentAbout(report, { redact }))
    expect(comment).toContain('***')
    expect(comment).not.toContain('hunter2')
    expect(bytes(comment)).toBeLessThanOrEqual(65_000)
  })

  it('links no run whose address is none', () => {
    const report = exampleReports.failed!
    for (const runUrl of [undefined, 'javascript:alert(1)', 'https://x.example/) @octocat'])
      expect(renderComment(report, aCommentAbout(report, { runUrl }))).not.toContain('[the run]')
  })
})

describe('hostile text in a comment', () => {
  const texts = fc.array(hostileText(), { minLength: 100, maxLength: 100 })
  const cycle = (values: readonly string[]) => {
    let index = 0
    return () => values[index++ % values.length] as string
  }

  it('adds no markup, no mention, no reference, no second marker, no command', () => {
    fc.assert(
      fc.property(texts, (values) => {
        const report = aHostileReport(cycle(values))
        const comment = render(report)
        expect(bytes(comment)).toBeLessThanOrEqual(65_000)
        expect(comment.match(/^<!-- devflow-migrate: /gm)).toHaveLength(1)
        const prose = proseOf(comment)
        const tags = Array.from(prose.matchAll(/<\/?(\w*)/g), (match) => match[1])
        expect(['details', 'summary', 'code', 'span']).toEqual(expect.arrayContaining(tags))
        expect(prose.split(/<details(?: open)?>/)).toHaveLength(prose.split('</details>').length)
        expect(prose).not.toMatch(/@[A-Za-z0-9]/)
        const others = prose.replace(/\]\(https:\/\/github\.com\/[^)\s]*\)/g, '').replace(/&#\d+;/g, '')
        expect(others).not.toMatch(/#\d|:\/\//)
        expect(comment).not.toMatch(/^\s*[/@][A-Za-z]/m)
        for (const table of prose.match(/^\|.*(?:\n\|.*)*/gm) ?? []) {
          const [head = '', ...rows] = table.split('\n')
          for (const row of rows) expect(row.split('|')).toHaveLength(head.split('|').length)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('commands no bot from a rewrite that is shown as it is', () => {
    const preview = 'comment on table t is $$\n/approve\n  @dependabot merge\n$$;'
    const comment = render(aReport({ findings: [aRuleFinding({ fix: aFix({ preview }) })] }))
    expect(comment).toContain('\n\u200b/approve\n  \u200b@dependabot merge\n')
  })

  it('leaves commands of ours as they are to be typed', () => {
    expect(render(exampleReports['not-rehearsed']!)).toMatch(/`npm install --save-dev @electric-sql\/pglite`/)
  })
})

describe('a mark that a comment is out of date', () => {
  const report = aReport({
    status: 'failed',
    exitCode: 1,
    plan: aPlan(['01_users.sql']),
    outcomes: [anOutcome({ state: 'failed', failure: aFailure() })],
  })
  const body = render(report)
  const moved = { commitSha: SHA, headSha: HEAD }

  it('stands at the top, below the marker, and leaves the rest', () => {
    const [marker, ...rest] = body.split('\n')
    const [first, alert, sentence, empty, ...after] = renderOutdated(body, moved).split('\n')
    expect(first).toBe(marker)
    expect(alert).toBe('> [!WARNING]')
    expect(sentence).toBe(
      '> **Out of date.** This was made for commit 0123456; the branch has moved on to feedfac.',
    )
    expect(empty).toBe('')
    expect(after).toEqual(rest)
  })

  it('is replaced by the next one, in a text with Windows line ends too', () => {
    const once = renderOutdated(body, moved)
    expect(renderOutdated(once, moved)).toBe(once)
    expect(renderOutdated(once.replaceAll('\n', '\r\n'), moved)).toBe(once)
    const later = renderOutdated(once, { ...moved, headSha: 'c'.repeat(40) })
    expect(later.match(/Out of date/g)).toHaveLength(1)
    expect(later).toContain('moved on to ccccccc.')
  })

  it('fits into the longest comment, and takes the place of one that is too long', () => {
    const longest = renderOutdated(render(large), moved)
    expect(bytes(longest)).toBeLessThanOrEqual(65_536)
    expect(longest).toContain('❌ Errors')
    const foreign = `${body}${'x'.repeat(65_000)}`
    expect(renderOutdated(foreign, moved)).toMatch(/^<!-- .* -->\n> \[!WARNING\]\n> [^\n]*\n$/)
  })

  it('shows no text that is no commit', () => {
    const text = renderOutdated(body, { commitSha: '@octocat', headSha: '' })
    expect(text).toContain('for commit unknown; the branch has moved on to unknown.')
  })
})
