import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { COMMANDS } from '../../src/config/commands.js'
import { CLI_FLAGS, INPUTS } from '../../src/config/inputs.js'
import { parseArguments } from '../../src/config/parse-arguments.js'

const parse = (...words: string[]) => parseArguments(words, { A: 'b' }, '/work')

function asRun(...words: string[]) {
  const wanted = parse(...words)
  if (wanted.kind !== 'run') throw new Error(`${words.join(' ')} is ${wanted.kind}`)
  return {
    ...wanted.inputs,
    json: wanted.json,
    told: wanted.inputs.mistakes?.map(({ message }) => message) ?? [],
  }
}

describe('a command line', () => {
  it('is a command of db with its flags, however they are written', () => {
    const expected = {
      command: 'migrate',
      environment: 'staging',
      version: '03',
      'allow-out-of-order': 'true',
    }
    for (const words of [
      ['db', 'migrate', '--env', 'staging', '--version', '03', '--allow-out-of-order'],
      ['db', 'migrate', '--env=staging', '--version=03', '--allow-out-of-order'],
      ['--env=staging', 'db', '--allow-out-of-order', 'migrate', '--version', '03'],
    ]) {
      expect(asRun(...words)).toMatchObject({
        given: expected,
        told: [],
        entry: 'cli',
        folder: '/work',
        variables: { A: 'b' },
      })
    }
  })

  it.each(Object.entries(COMMANDS).flatMap(([verb, { entries }]) => (entries.includes('cli') ? [verb] : [])))(
    'may ask for %s',
    (verb) =>
      expect(asRun('db', verb)).toMatchObject({ given: { command: verb }, told: [], json: false, ci: false }),
  )

  it('is called as the documents call it', () => {
    expect(asRun('db', 'status', '--env', 'staging', '--json')).toMatchObject({
      given: { command: 'status', environment: 'staging' },
      json: true,
      told: [],
    })
    expect(asRun('db', 'migrate', '--env', 'staging', '--ci', '--json', '--dry-run')).toMatchObject({
      given: { command: 'migrate', environment: 'staging', 'dry-run': 'true' },
      json: true,
      ci: true,
      told: [],
    })
  })

  it('takes a value for a flag that is on or off, and none for one that is only on', () => {
    expect(asRun('db', 'migrate', '--dry-run=false').given).toMatchObject({ 'dry-run': 'false' })
    expect(asRun('db', 'migrate', '--json=no')).toMatchObject({
      json: true,
      told: ['--json takes no value.'],
    })
  })

  it('may hold values that look like anything but a flag', () => {
    expect(asRun('db', 'plan', '--database-url', 'postgresql://u:-p=--x@h/d', '--to', '-1').given).toEqual({
      command: 'plan',
      'database-url': 'postgresql://u:-p=--x@h/d',
      to: '-1',
    })
    expect(asRun('db', 'plan', '--env=--json')).toMatchObject({
      given: { environment: '--json' },
      json: false,
      told: [],
    })
  })

  it('takes an empty value for none', () => {
    expect(asRun('db', 'plan', '--to=', '--env', '')).toMatchObject({ given: { command: 'plan' }, told: [] })
  })

  it('never takes the next flag for a value', () => {
    expect(asRun('db', 'status', '--env', '--json')).toMatchObject({
      given: { command: 'status' },
      json: true,
      told: ['--env needs a value.'],
    })
    expect(asRun('db', 'status', '--env')).toMatchObject({ told: ['--env needs a value.'] })
  })

  it('is told of every mistake, and run nowhere', () => {
    expect(asRun('migrate', '--evn', 'staging', '--to', '1', '--to', '2', '-x').told).toEqual([
      'Unknown flag "--evn".',
      '--to is given twice.',
      'Unknown flag "-x".',
      'Unknown command "migrate".',
    ])
    expect(asRun('db', 'migrate', 'now', 'please').told).toEqual([
      'Nothing follows the command, and here stands "now please".',
    ])
    expect(asRun('db', 'status', '--evn=x').mistakes?.[0]?.help).toContain('--env')
    expect(asRun('--json').told).toHaveLength(1)
    expect(asRun('db', '--', 'status').told).toEqual([])
  })

  it('asks for help or for the version', () => {
    for (const words of [
      [],
      ['--help'],
      ['-h'],
      ['help'],
      ['db', '--help'],
      ['db', 'migrate', '--env', 'x', '-h'],
    ]) {
      expect(parse(...words)).toEqual({ kind: 'help' })
    }
    expect(parse('--version')).toEqual({ kind: 'version' })
    expect(asRun('db', 'migrate', '--version', '1').given).toMatchObject({ version: '1' })
  })

  it('is read whatever it holds, and only what is known is believed', () => {
    const word = fc.oneof(
      fc.constantFrom(
        'db',
        'status',
        '--env',
        '--json',
        '--',
        '-',
        '--=',
        '--no-json',
        '--__proto__=x',
        '--constructor',
        '-hx',
        '--to=1',
      ),
      fc.string(),
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (words) => {
        const wanted = parse(...words)
        if (wanted.kind !== 'run') return
        for (const name of Object.keys(wanted.inputs.given)) expect(Object.keys(INPUTS)).toContain(name)
      }),
      { numRuns: 2_000 },
    )
    expect(Object.keys(CLI_FLAGS)).toContain('--json')
  })
})
