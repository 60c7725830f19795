// Compiles src/ and bundles the two entries, and what they load late, into dist/, which is committed: GitHub runs it as it stands.
// --check bundles into a temporary folder instead and says which files of dist/ are not what src/ gives.
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { renderLicences } from './licences.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const require = createRequire(import.meta.url)

/** `libpg-query` looks for its grammar beside the file that loads it, and the bundler does not carry it along. */
const grammar = join(root, 'node_modules/libpg-query/wasm/libpg-query.wasm')

/** Where the compiler puts what the modules of src/ declare. */
const declarations = join(root, 'build/types')

/** The bundler puts one of these where it did not find a module. `pg-native` is optional to `pg`. */
const stub = /webpackMissingModule|Cannot find module '(?!pg-native')[^']*'/g

/**
 * Loaded by the two entries when they are needed, each from a bundle of its own: refusing a mistake, or `--version`,
 * then reads a tenth of the code, and a run that has nothing to do a third. The name of the bundle is the one in the
 * `import()`. Modules exist once in each: what is to be known of a class in another bundle than its own, it has to tell
 * itself (`model/user-error.ts`).
 */
const lazily = [
  'programs/load-config.js',
  'programs/migrate.js',
  'programs/pending-work.js',
  'programs/on-shadow.js',
  'programs/open-local-database.js',
  'programs/expected-by.js',
  'programs/prove-permission.js',
  'programs/new.js',
  'programs/operate.js',
  'programs/serve.js',
  'programs/back-up.js',
  'programs/tell-pull-request.js',
  'programs/advise-on-concurrency.js',
  'programs/supervise-supabase.js',
  'programs/ask-secrets.js',
  'programs/check-health.js',
  'programs/round-trip.js',
  'programs/write-schema-dump.js',
  'programs/notify.js',
  'config/parse-devflow-yml.js',
  'render/render-result.js',
]

const shebang = '#!/usr/bin/env node\n'

try {
  if (process.argv.includes('--check')) await check()
  else await build(join(root, 'dist'))
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}

async function check() {
  const folder = await mkdtemp(join(tmpdir(), 'devflow-dist-'))
  try {
    await build(folder)
    const different = await differences(join(root, 'dist'), folder)
    for (const name of different) console.error(`dist/${name} is not what src/ gives`)
    if (different.length === 0) return console.log('dist/ is what src/ gives')
    console.error('Run `npm run build` and commit dist/.')
    process.exitCode = 1
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function build(output) {
  compile()
  await rm(output, { recursive: true, force: true })
  await mkdir(output, { recursive: true })
  const action = await bundle('build/action.js', join(output, 'index.js'))
  const cli = await bundle('build/cli.js', join(output, 'cli.js'), shebang)
  await chmod(join(output, 'cli.js'), 0o755)
  const late = []
  for (const path of lazily) late.push(await bundle(join('build', path), join(output, basename(path))))
  late.push(await bundle('build/index.js', join(output, 'library.js')))
  await copyDeclarations('index.d.ts', join(output, 'types'))
  await copyFile(grammar, join(output, 'libpg-query.wasm'))
  await chmod(join(output, 'libpg-query.wasm'), 0o644)
  await writeFile(join(output, 'package.json'), '{ "type": "module" }\n')
  await writeFile(join(output, 'licenses.txt'), await renderLicences(root, [action, cli, ...late].join('\n')))
}

/** build/ is made anew, so that a file that was deleted from src/ does not live on in the bundle. */
function compile() {
  rmSync(join(root, 'build'), { recursive: true, force: true })
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const asked = ['-p', 'tsconfig.json', '--declaration', '--declarationDir', declarations]
  const { status } = spawnSync(process.execPath, [tsc, ...asked], { cwd: root, stdio: 'inherit' })
  if (status !== 0) throw new Error('src/ does not compile')
}

/** What the library's own types say, and the types that those name; of the rest of src/ nothing. */
async function copyDeclarations(path, output, done = new Set()) {
  if (done.has(path)) return
  done.add(path)
  const text = await readFile(join(declarations, path), 'utf8')
  await mkdir(dirname(join(output, path)), { recursive: true })
  await writeFile(join(output, path), text)
  for (const [, specifier] of text.matchAll(/(?:from|import\()\s*'(\.{1,2}\/[^']+)\.js'/g))
    await copyDeclarations(join(dirname(path), `${specifier}.d.ts`), output, done)
}

/** Returns the bundler's list of the licences of what it packed; an empty one where that is all our own. */
async function bundle(entry, file, firstLine = '') {
  const ncc = require('@vercel/ncc')
  const licences = 'licences.txt'
  const { code, assets } = await ncc(join(root, entry), {
    filename: 'index.js',
    license: licences,
    cache: false,
    quiet: true,
    sourceMap: false,
  })
  refuseHoles(entry, code, Object.keys(assets), licences)
  await writeFile(file, firstLine + inAscii(code.replace(/^#!.*\n/, '')))
  return String(assets[licences]?.source ?? '')
}

/**
 * Half the memory, and read faster than a text with one character beyond Latin-1; and nothing in it can look like what it
 * is not. In strings, templates and patterns, where such characters are, an escape is the same.
 */
function inAscii(code) {
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function refuseHoles(entry, code, assets, licences) {
  const missing = [...new Set(code.match(stub))]
  if (missing.length > 0) throw new Error(`${entry} is bundled with holes: ${missing.join(', ')}`)
  const others = assets.filter((name) => ![licences, 'package.json'].includes(name))
  if (others.length > 0) throw new Error(`${entry} is bundled with files beside it: ${others.join(', ')}`)
}

async function differences(committed, fresh) {
  const names = new Set([...(await namesIn(committed)), ...(await namesIn(fresh))])
  const different = []
  for (const name of [...names].sort()) {
    const [before, after] = await Promise.all([committed, fresh].map((folder) => read(join(folder, name))))
    if (before === undefined || after === undefined || !before.equals(after)) different.push(name)
  }
  return different
}

async function namesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
}

async function read(file) {
  return readFile(file).catch(() => undefined)
}
