// npm run supabase: the supervised Supabase CLI at each release that is tested, and a table of what was shown of each.
// Arguments go to jest.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
/** Their names in `__tests__/supabase/a-cli.ts`. */
const RELEASES = 'newest,2.122,2.110,2.109'

const temporary = mkdtempSync(join(tmpdir(), 'devflow-supabase-'))
const results = join(temporary, 'jest.json')

try {
  run([join(root, 'scripts/install-supabase-clis.mjs'), 'newest', 'older'])
  const jest = ['--experimental-vm-modules', '--no-warnings', join(root, 'node_modules/jest/bin/jest.js')]
  const given = [
    '__tests__/supabase/executor.test.ts',
    '--json',
    `--outputFile=${results}`,
    ...process.argv.slice(2),
  ]
  process.exitCode = run([...jest, ...given], { DEVFLOW_SUPABASE_CLIS: RELEASES, DEVFLOW_TEST_ALL: '1' })
  printTable(JSON.parse(readFileSync(results, 'utf8')).testResults.flatMap((file) => file.assertionResults))
} finally {
  rmSync(temporary, { recursive: true, force: true })
}

function run(args, more = {}) {
  const stdio = ['inherit', 'ignore', 'inherit']
  return spawnSync(process.execPath, args, { cwd: root, stdio, env: { ...process.env, ...more } }).status ?? 1
}

function printTable(tests) {
  const releaseOf = (test) => test.ancestorTitles.join(' ').split(' ').at(-1)
  const releases = [...new Set(tests.map(releaseOf))]
  const titles = [...new Set(tests.map(({ title }) => title))]
  console.log(['', ...releases].join('\t'))
  for (const title of titles) {
    const cells = releases.map((release) => {
      const test = tests.find((one) => one.title === title && releaseOf(one) === release)
      return test ? `${test.status} ${Math.round((test.duration ?? 0) / 100) / 10}s` : '-'
    })
    console.log([...cells, title].join('\t'))
  }
}
