import { afterAll, beforeAll, describe, expect } from '@jest/globals'
import { aBundle, type Bundle } from '../support/a-bundle.js'
import { aProject } from '../support/a-project.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { runAction } from '../support/runner/run-action.js'
import { type ActionResult, inNode24, runStep } from './a-job.js'

let bundle: Bundle
beforeAll(async () => {
  bundle = await aBundle()
})
afterAll(() => bundle[Symbol.asyncDispose]())

const ansi = '\u001b[31m'
const payloads = [
  '::set-output name=ready::true',
  '::error file=forged.ts,line=1::forged',
  '##[error]forged',
  '##[set-output name=ready;]true',
  '  \t::add-mask::completed',
  `${ansi}::warning::forged`,
  'a%0A::notice::forged%0D%0A##[warning]forged',
  '\r::error::forged',
  'x\n::stop-commands::forged\n##[group]forged',
  '\u2028::error::forged\u0085::error::forged\ufeff::error::forged',
  '\u001b]0;forged\u0007::error::forged',
]
const lines = payloads.join('\n')
const quoted = lines.replaceAll("'", "''")

/** Commands that the action itself gives. */
const own = ['add-mask', 'group', 'endgroup', 'error', 'warning', 'notice']

function expectNothingForged(
  result: Pick<ActionResult, 'commands' | 'annotations' | 'log' | 'raw' | 'masks'>,
) {
  expect(result.commands.filter(({ name }) => !own.includes(name))).toEqual([])
  const groups = result.commands.filter(({ name }) => name === 'group').map(({ data }) => data)
  expect(['Validate the files', 'Plan', 'Rehearse', 'Apply', 'Verify']).toEqual(
    expect.arrayContaining(groups),
  )
  expect(result.annotations.filter(({ file }) => file === 'forged.ts')).toEqual([])
  for (const { message, title } of result.annotations) {
    expect(message).not.toBe('forged')
    expect(title).toMatch(
      /^(Migration failed|Applied migration changed|Set-up|Refused|devflow|[a-z-]+|\d+ more)$/,
    )
  }
  expect(result.masks).not.toContain('completed')
  const ours = /^::(add-mask::|group::|endgroup::|(error|warning|notice) title=)/
  const suspects = result.raw.filter((line) => /^[\s\u0085\u001b[0-9;m]*::|##\[/.test(line))
  expect(suspects.filter((line) => !ours.test(line) || line.slice(2).includes('##['))).toEqual([])
  // biome-ignore lint/complexity/useRegexLiterals: written as what it is
  expect(result.raw.filter((line) => new RegExp('\\u001b').test(line))).toEqual([])
}

describe('a hostile migration', () => {
  inNode24('forges nothing by what it raises', async () => {
    await using database = await aDatabase()
    await using project = await aProject({
      'migrations/01_notices.sql': `DO $do$ BEGIN RAISE NOTICE '%', '${quoted}'; RAISE WARNING '%', '${quoted}'; END $do$;`,
      'migrations/02_raise.sql': `DO $do$ BEGIN RAISE EXCEPTION USING MESSAGE = '${quoted}', HINT = '${quoted}', DETAIL = '${quoted}'; END $do$;`,
    })
    const env = { DATABASE_URL: database.url }
    const result = await runStep({ bundle, project, inputs: { environment: 'staging' }, env })
    expectNothingForged(result)
    expect(result.exitCode).toBe(1)
    expect(result.outputs).toMatchObject({ ready: 'false', 'failed-version': '02' })
    expect(result.annotations.map(({ file }) => file)).toEqual(['migrations/02_raise.sql'])
    expect(result.log.join('\n')).toContain('forged')

    const history = await runStep({
      bundle,
      project,
      inputs: { environment: 'staging', command: 'history' },
      env,
    })
    expectNothingForged(history)
    expect(history.report.events.length).toBeGreaterThan(0)

    // On the command line of a job all streams are read, too.
    const cli = await runAction({
      script: bundle.cli,
      args: ['db', 'migrate', '--env', 'staging', '--json', '--verbose'],
      workspace: project.path,
      env,
    })
    expectNothingForged(cli)
    expect(cli.outputs).toEqual({})
  })

  inNode24('forges nothing by names of objects, of files and of its own syntax', async () => {
    await using database = await aDatabase()
    const name = '##[error]forged::error::%0A::set-output name=ready::true'
    await using project = await aProject({
      [`migrations/01_${name}.sql`]: `SELECT * FROM "::error::\n${quoted}";`,
      'migrations/02_b.sql': `-- ${name}\nCREATE TABLE (\n${lines}\n;`,
      'migrations/\n::error::forged.sql': 'SELECT 1;',
    })
    const env = { DATABASE_URL: database.url }
    const inputs = { environment: 'staging' }
    const byName = await runStep({ bundle, project, inputs, env })
    expectNothingForged(byName)
    expect(byName.exitCode).toBe(1)
    await project.remove('migrations/\n::error::forged.sql')
    const bySyntax = await runStep({ bundle, project, inputs, env })
    expectNothingForged(bySyntax)
    await project.remove('migrations/02_b.sql')
    const byObject = await runStep({ bundle, project, inputs, env })
    expectNothingForged(byObject)
    expect(byObject.outputs).toMatchObject({ ready: 'false', status: 'failed', 'failed-version': '01' })
  })

  inNode24('forges nothing by inputs, variables and the configuration', async () => {
    await using project = await aProject({
      'migrations/01_a.sql': '',
      'devflow.yml': `version: "1"\n"::error::forged":\n  "##[error]forged": 1\nproject:\n  name: "${'x\\n::error::forged'}"\n`,
    })
    for (const text of payloads) {
      const inputs = {
        environment: text,
        command: text,
        version: text,
        'lock-timeout': text,
        directory: text,
      }
      expectNothingForged(await runStep({ bundle, project, inputs, env: { DRY_RUN: text, TIMEOUT: text } }))
    }
  })
})
