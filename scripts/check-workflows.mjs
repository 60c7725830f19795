// node scripts/check-workflows.mjs [file …]: what is wrong with the workflows of the repository and its examples.
// Exit code 1 where anything is. Also a test, which holds each of these rules with an example that breaks it.
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openCheck } from './workflows/open-check.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const folders = ['.github/workflows', 'examples/workflows']

const named = process.argv.slice(2)
const paths = named.length > 0 ? named : folders.flatMap(listWorkflows)
const check = await openCheck()
const problems = paths.flatMap((path) =>
  check(readFileSync(named.length > 0 ? path : join(root, path), 'utf8'), path),
)
for (const problem of problems) console.log(problem)
console.log(`${paths.length} workflows, ${problems.length} problems`)
process.exitCode = problems.length > 0 ? 1 : 0

function listWorkflows(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => posix.join(folder, name))
}
