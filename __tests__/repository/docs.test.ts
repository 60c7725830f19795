import { existsSync } from 'node:fs'
import { posix } from 'node:path'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { Ajv } from 'ajv'
import { parse } from 'yaml'
import { buildJsonSchema } from '../../src/config/build-json-schema.js'
import { COMMANDS } from '../../src/config/commands.js'
import { CLI_FLAGS, INPUTS } from '../../src/config/inputs.js'
import { VARIABLES } from '../../src/config/variables.js'
import { anchorsOf, type Block, parseBlocks, parseTable, withoutBlocks } from './markdown.js'
import { list, read, root } from './tree.js'
import { type CheckWorkflow, openWorkflowCheck } from './workflow-rules.js'

const documents = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', ...list('docs')].filter(
  (path) => path.endsWith('.md'),
)
const blocks = documents.flatMap((path) => parseBlocks(read(path)).map((block) => ({ path, ...block })))
const named = <Found extends { path: string; line: number }>(found: Found) =>
  [`${found.path}:${found.line}`, found] as const
const ofLanguage = (...languages: string[]) =>
  blocks.filter(({ language }) => languages.includes(language)).map(named)

let checkWorkflow: CheckWorkflow
beforeAll(async () => {
  checkWorkflow = await openWorkflowCheck()
})

describe('a link', () => {
  it.each(documents)('in %s leads to something that is there', (path) => {
    const broken = linksOf(path).filter(({ target }) => !leadsSomewhere(path, target))
    expect(broken.map(({ target }) => target)).toEqual([])
  })

  it.each(linksInMessages())('in a message, $link, leads to a heading', ({ page, place }) => {
    expect(documents).toContain(`docs/${page}.md`)
    if (place !== undefined) expect([...anchorsOf(read(`docs/${page}.md`))]).toContain(place)
  })
})

describe('a YAML example', () => {
  it.each(ofLanguage('yaml'))('at %s is a sound workflow or a valid devflow.yml', (at, { text }) => {
    expect(checkYaml(text, at)).toEqual([])
  })

  it('is a workflow with staging and production in the README', () => {
    const [workflow] = parseBlocks(read('README.md')).filter(({ language }) => language === 'yaml')
    const { jobs } = parse(workflow?.text ?? '')
    expect(Object.keys(jobs)).toEqual(['migrate', 'deploy', 'migrate-production', 'deploy-production'])
    expect(jobs.deploy.if).toBe("needs.migrate.outputs.ready == 'true'")
    expect(jobs['migrate-production'].environment).toBe('production')
  })
})

describe('a command in the documents', () => {
  it.each(commandLines().map(named))('at %s has a verb and flags that exist', (_at, { text }) => {
    const [, verb] = /\bdevflow db ([a-z][a-z-]*)/.exec(text) ?? []
    if (verb !== undefined) expect(Object.keys(COMMANDS)).toContain(verb)
    expect(flagsOf(text).filter((flag) => !isOurs(flag))).toEqual([])
  })

  it.each(documents)('%s names no flag in its prose that does not exist', (path) => {
    const inCode = [...withoutBlocks(read(path)).matchAll(/`(--[^`]+)`/g)].map(([, code = '']) => code)
    expect(inCode.flatMap(flagsOf).filter((flag) => !isOurs(flag))).toEqual([])
  })
})

describe('the documents', () => {
  it.each(Object.keys(VARIABLES))('name the variable %s', (name) => {
    expect(
      documents.some((path) => read(path).includes(`\`${name}\``) || read(path).includes(`\`${name}=`)),
    ).toBe(true)
  })

  it.each(Object.keys(COMMANDS))('tell what the command %s does', (name) => {
    expect(read('docs/cli.md') + read('docs/github-action.md')).toContain(`\`${name}\``)
  })

  it.each([...Object.values(INPUTS).flatMap(({ flag }) => flag ?? []), ...Object.keys(CLI_FLAGS)])(
    'list the flag %s with the command line',
    (flag) => {
      expect(read('docs/cli.md')).toContain(`\`${flag}`)
    },
  )

  it('begin the changelog with what is not released yet', () => {
    const [first] = read('CHANGELOG.md').match(/^## .*$/m) ?? []
    expect(first).toBe('## [Unreleased]')
  })

  it('tell contributors what each folder of the code is for', () => {
    const folders = new Set(list('src').flatMap((path) => /^src\/([^/]+\/)/.exec(path)?.[1] ?? []))
    const told = parseTable(read('CONTRIBUTING.md'), 'Where things are').map(([folder]) => folder)
    expect(told.sort()).toEqual([...folders].map((folder) => `\`${folder}\``).sort())
  })

  it('have a page of documentation linked from the README for each file', () => {
    const linked = linksOf('README.md').map(({ target }) => target)
    expect(list('docs').filter((path) => path.endsWith('.md') && !linked.includes(path))).toEqual([])
  })
})

interface Link {
  readonly target: string
}

function linksOf(path: string): Link[] {
  const prose = withoutBlocks(read(path)).replace(/`[^`\n]*`/g, '')
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => ({ target }))
}

function leadsSomewhere(path: string, target: string): boolean {
  if (/^https:\/\//.test(target)) return true
  const [file = '', anchor] = target.split('#')
  const place = file === '' ? path : posix.join(posix.dirname(path), file)
  if (place.startsWith('..') || !existsSync(`${root}/${place}`)) return false
  return anchor === undefined || anchorsOf(read(place)).has(anchor)
}

/** A whole workflow, some jobs, some steps, or a configuration; anything else is an example of nothing. */
function checkYaml(text: string, at: string): string[] {
  const value = parse(text)
  if (Array.isArray(value)) return checkWorkflow(aroundSteps(text), at)
  if ('jobs' in value) return checkWorkflow(text, at)
  if (Object.values(value).every(isJob)) return checkWorkflow(aroundJobs(text, value), at)
  const validate = new Ajv({ strict: false, allErrors: true }).compile(JSON.parse(buildJsonSchema()))
  validate(value)
  return (validate.errors ?? []).map(({ instancePath, message }) => `${at}: ${instancePath} ${message}`)
}

function isJob(value: unknown): value is { needs?: string[]; steps: unknown[] } {
  return typeof value === 'object' && value !== null && 'steps' in value
}

const around = `name: Example
on:
  push:
permissions:
  contents: read
concurrency:
  group: example
  cancel-in-progress: false
jobs:
`

const aroundSteps = (text: string) =>
  `${around}  job:\n    name: Job\n    runs-on: ubuntu-latest\n    timeout-minutes: 30\n    steps:\n${indent(text, 6)}`

/** With stand-ins for the jobs of the reader's file that these wait for. */
function aroundJobs(text: string, jobs: Record<string, { needs?: string[] }>): string {
  const needed = new Set(Object.values(jobs).flatMap(({ needs = [] }) => needs))
  const missing = [...needed].filter((name) => !(name in jobs))
  const job = (name: string) =>
    `  ${name}:\n    name: Job\n    runs-on: ubuntu-latest\n    timeout-minutes: 1\n    outputs: { ready: "true" }\n    steps: [{ name: Step, run: "true" }]\n`
  return `${around}${missing.map(job).join('')}${indent(text, 2)}`
}

function indent(text: string, by: number): string {
  const own = /^ */.exec(text)?.[0].length ?? 0
  return text.replace(/^(?=.*\S)/gm, ' '.repeat(by)).replace(new RegExp(`^ {${own}}`, 'gm'), '')
}

function commandLines(): (Block & { path: string })[] {
  return blocks
    .filter(({ language }) => ['bash', 'yaml'].includes(language))
    .flatMap((block) =>
      block.text
        .split('\n')
        .map((text, index) => ({ ...block, line: block.line + index, text: text.replace(/ # .*/, '') })),
    )
    .filter(({ text }) => /(^|[\s:])devflow (db|--)/.test(text))
}

const flagsOf = (text: string) => text.match(/(?<=^|\s)--[a-z][a-z-]*/g) ?? []

function isOurs(flag: string): boolean {
  return (
    flag in CLI_FLAGS || flag === '--version' || Object.values(INPUTS).some((input) => input.flag === flag)
  )
}

/** What the code calls `docsPage` with, in words. */
function linksInMessages() {
  const calls = list('src')
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) => [...read(path).matchAll(/docsPage\('([\w-]+)'(?:, '([\w-]+)')?\)/g)])
  return calls.map(([link, page, place]) => ({ link, page, place }))
}
