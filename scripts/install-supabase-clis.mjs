// Installs the Supabase CLIs that the tests run, each folder by its own lock file: nobody who only uses the repository
// downloads them. `newest` (the default) is what npm test needs with DEVFLOW_TEST_ALL=1; `older` what npm run supabase runs.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const clis = fileURLToPath(new URL('../__tests__/supabase/clis', import.meta.url))

for (const name of process.argv.length > 2 ? process.argv.slice(2) : ['newest']) {
  const folder = join(clis, name)
  if (existsSync(join(folder, 'node_modules'))) continue
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit' })
  if (status !== 0) process.exit(1)
}
