import { describe, expect, it } from '@jest/globals'
import { openStep } from './step.js'

function stepWith(...lines: readonly string[]) {
  const step = openStep({ workspace: '/workspace' })
  for (const line of lines) step.takeLine(line)
  return step
}

describe('the emulated step', () => {
  it.each([
    ['::set-output name=ready::true', 'at the start of a line'],
    ['  \t::set-output name=ready::true', 'after white space'],
    ['\u00a0::set-output name=ready::true', 'after a no-break space'],
    ['\u0085::SET-OUTPUT name=ready::true', 'after a next-line character, in capitals'],
    ['NOTICE: ##[set-output name=ready]true', 'of version 1 anywhere in a line'],
  ])('believes %j: a command %s', (line) => {
    expect(stepWith(line).outputs).toEqual({ ready: 'true' })
  })

  it.each([
    'x::set-output name=ready::true',
    '| ::set-output name=ready::true',
    '\ufeff::set-output name=ready::true',
    '::set-output name=ready',
    '::no-such-command::x',
    '## [set-output name=ready]true',
    '##[set-output name=ready',
  ])('takes %j for an ordinary line', (line) => {
    const step = stepWith(line)
    expect(step.outputs).toEqual({})
    expect(step.commands).toEqual([])
    expect(step.log).toEqual([line])
  })

  it('undoes the escapes of data and properties', () => {
    const { annotations } = stepWith('::error title=a%3Ab%2Cc,file=x.sql,line=3::one%0Atwo %2525')
    expect(annotations).toEqual([
      { level: 'error', title: 'a:b,c', file: 'x.sql', line: 3, message: 'one\ntwo %25' },
    ])
  })

  it('stops reading commands between two tokens, and no other text resumes it', () => {
    const step = stepWith(
      '::stop-commands::5f1c',
      '::set-output name=ready::true',
      '::wrong::',
      '::5f1c::',
      '::set-output name=status::applied',
    )
    expect(step.outputs).toEqual({ status: 'applied' })
  })

  it.each(['', 'pause-logging', 'error'])('fails the step for the stop token %j', (token) => {
    const step = stepWith(`::stop-commands::${token}`, '::set-output name=ready::true')
    expect(step.failed).toBe(true)
    expect(step.outputs).toEqual({ ready: 'true' })
  })

  it('keeps ten annotations of a level and logs the rest', () => {
    const step = stepWith(...Array.from({ length: 13 }, (_, index) => `::warning::w${index}`), '::error::e')
    expect(step.annotations.filter(({ level }) => level === 'warning')).toHaveLength(10)
    expect(step.droppedAnnotations.map(({ message }) => message)).toEqual(['w10', 'w11', 'w12'])
    expect(step.annotations.at(-1)?.message).toBe('e')
    expect(step.log).toContain('##[warning]w12')
  })

  it('cuts an annotation at 4096 characters', () => {
    expect(stepWith(`::error::${'x'.repeat(5000)}`).annotations[0]?.message).toHaveLength(4096)
  })

  it.each([
    ['line=5,endLine=3', {}],
    ['endLine=3', { line: 3, endLine: 3 }],
    ['col=3', {}],
    ['line=1,endLine=2,col=3', { line: 1, endLine: 2 }],
    ['line=1,col=5,endColumn=3', { line: 1 }],
    ['line=1,endColumn=3', { line: 1, column: 3, endColumn: 3 }],
    ['line=x', {}],
  ])('corrects the place %s', (properties, place) => {
    const [annotation] = stepWith(`::error ${properties}::m`).annotations
    expect(annotation).toEqual({ level: 'error', message: 'm', ...place })
  })

  it('makes paths inside the workspace relative', () => {
    expect(stepWith('::error file=/workspace/db/1.sql::m').annotations[0]?.file).toBe('db/1.sql')
    expect(stepWith('::error file=/other/1.sql::m').annotations[0]?.file).toBe('/other/1.sql')
  })

  it.each(['set-env', 'add-path'])('fails the step for the disabled command %s', (name) => {
    const step = stepWith(`::${name} name=A::b`)
    expect(step.failed).toBe(true)
    expect(step.annotations).toHaveLength(1)
  })

  it('masks what is printed after a mask, not before', () => {
    expect(stepWith('a hunter2', '::add-mask::hunter2', 'b hunter2').log).toEqual(['a hunter2', 'b ***'])
  })

  it('masks annotations, groups and their titles', () => {
    const step = stepWith('::add-mask::hunter2', '::group::to hunter2', '::error title=hunter2::no hunter2')
    expect(step.log).toEqual(['##[group]to ***', '##[error]no ***'])
    expect(step.annotations[0]).toEqual({ level: 'error', title: '***', message: 'no ***' })
  })
})
