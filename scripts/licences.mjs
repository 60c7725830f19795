import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

const licenceFile = /^(licen[cs]e|copying|notice)/i

/** What the package of the grammar does not say of its own parts. */
const ofTheGrammar = `libpg-query.wasm holds libpg_query (BSD-3-Clause, https://github.com/pganalyze/libpg_query/blob/HEAD/LICENSE)
and the parser of PostgreSQL (PostgreSQL License, https://www.postgresql.org/about/licence/).
`

/**
 * The licence of each package that is named in the bundler's lists, once, by name: what redistribution of the
 * bundles asks for. The lists give a package's name and, on the next line, the licence of its package.json.
 */
export async function renderLicences(root, lists) {
  const packages = await installedPackages(root)
  const lines = lists.split('\n')
  const named = packages.filter(({ name, license }) =>
    lines.some((line, index) => line === name && lines[index + 1] === license),
  )
  const once = [...new Map(named.map((one) => [`${one.name}@${one.version}`, one])).values()]
  if (once.length === 0) throw new Error('the bundler named no package whose licence could be listed')
  once.sort((one, other) => (`${one.name}@${one.version}` < `${other.name}@${other.version}` ? -1 : 1))
  const texts = await Promise.all(once.map((one) => renderOne(one)))
  return [...texts, ofTheGrammar].join(`\n${'-'.repeat(80)}\n\n`)
}

async function installedPackages(root) {
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'))
  const folders = Object.keys(lock.packages).filter((path) => path.startsWith('node_modules/'))
  const found = await Promise.all(folders.map((path) => loadPackage(join(root, path))))
  return found.filter((one) => one !== undefined)
}

/** Undefined for an optional package that is not installed on this platform. */
async function loadPackage(folder) {
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const { name, version, license } = JSON.parse(text)
  return { name, version, license, folder }
}

async function renderOne({ name, version, license, folder }) {
  const files = (await readdir(folder)).filter((file) => licenceFile.test(file)).sort()
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))
  const body = texts.map((text) => text.replaceAll('\r\n', '\n').trim()).join('\n\n')
  return `${name} ${version}\n${license}\n\n${body}\n`
}
