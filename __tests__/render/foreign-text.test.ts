import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  cutText,
  guardLog,
  logLine,
  logText,
  markdownBlock,
  markdownCode,
  markdownProse,
  markdownText,
} from '../../src/render/foreign-text.js'
import { cpuMs } from '../support/cpu-ms.js'
import { hostileText } from '../support/hostile-text.js'

const runs = { numRuns: 10_000 }

describe('text for the log', () => {
  it.each([
    ['plain', 'plain'],
    ['::set-output name=a::b', ': :set-output name=a::b'],
    ['one\n  ::error::x', 'one\n  : :error::x'],
    ['a ##[error]x', 'a ## [error]x'],
    ['a\rb\r\nc\u2028d', 'a\nb\nc\nd'],
    ['\u001b[31mred\u001b[0m \u009b1mbold \u001b]0;title\u0007end', 'red bold end'],
    ['\u001b[1m::error::x', ': :error::x'],
    ['#\u0000#[x]', '## [x]'],
    [':\u200b:error::x', ': :error::x'],
    ['user\u202etxt.exe', 'usertxt.exe'],
    ['tab\tkept', 'tab\tkept'],
    ['half \ud83d', 'half \ufffd'],
    ['👩‍👧 é 日本', '👩‍👧 é 日本'],
  ])('turns %j into %j', (text, expected) => {
    expect(logText(text)).toBe(expected)
  })

  it('never holds a command, whatever the text', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const written = logText(text)
        expect(written).not.toContain('##[')
        expect(written).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
        for (const line of written.split('\n')) expect(line).not.toMatch(/^\s*::/)
        expect(logText(written)).toBe(written)
        expect(logLine(text)).not.toMatch(/[\n\t]|^\s*::|##\[/)
      }),
      runs,
    )
  })

  it('breaks up a command that two harmless pieces make, behind colours too', () => {
    expect(guardLog(`${logText('a ##')}[error]`)).toBe('a ## [error]')
    expect(guardLog('\u001b[31m \u001b[1m::error::x')).toBe('\u001b[31m \u001b[1m: :error::x')
  })

  it('takes time in proportion to the text', () => {
    const began = cpuMs()
    logText(
      '\u001b]'.repeat(200_000) + '\u001b['.repeat(200_000) + ' \n'.repeat(200_000) + ' '.repeat(400_000),
    )
    // Work that grows with its square takes minutes.
    expect(cpuMs() - began).toBeLessThan(5_000)
  })
})

describe('text for Markdown', () => {
  it.each([
    ['01_users.sql', '01_users.sql'],
    ['relation "a_b" does not exist', 'relation "a_b" does not exist'],
    ['a | b', 'a &#124; b'],
    ['**bold** _it_', '&#42;&#42;bold&#42;&#42; &#95;it&#95;'],
    ['<img src=x>', '&#60;img src=x&#62;'],
    ['@octocat', '@\u200boctocat'],
    ['fix #12', 'fix #\u200b12'],
    ['#12;', '#\u200b12;'],
    ['https://a.example', 'https:\u200b//a.example'],
    ['- item', '&#45; item'],
    ['1. item', '1&#46; item'],
    ['two\nlines', 'two lines'],
    ['$x$', '<span>$</span>x<span>$</span>'],
  ])('turns %j into %j', (text, expected) => {
    expect(markdownText(text)).toBe(expected)
  })

  it('holds no markup, mention, reference or link of its own, whatever the text', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const written = markdownText(text)
          .replaceAll('<span>$</span>', '')
          .replace(/&#\d+;/g, '')
        expect(written).not.toMatch(/[\n\\`*{}[\]<>()!|~&]|:\/\/|www\.|@\w|#\w|GH-\d/i)
      }),
      runs,
    )
  })

  it('shows what our sentences quote as code', () => {
    expect(markdownProse('Drop `a_b` of <t>.')).toBe('Drop `a_b` of &#60;t&#62;.')
    expect(markdownProse('`x|y`, and a lone `')).toBe('<code>x&#124;y</code>, and a lone &#96;')
  })

  it('holds no markup of its own around quotes, whatever the text', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const written = markdownProse(text)
          .replace(/<code>(?:[^<]|<span>\$<\/span>)*<\/code>/g, '')
          .replace(/`[^`\n]+`/g, '')
          .replaceAll('<span>$</span>', '')
          .replace(/&#\d+;/g, '')
        expect(written).not.toMatch(/[\n\\`*{}[\]<>()!|~&]|:\/\/|www\.|@\w|#\w|GH-\d/i)
      }),
      runs,
    )
  })

  it('shows code without an end of its own, in a table cell too', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const written = markdownCode(text)
        if (written.startsWith('<code>')) expect(written.slice(6, -7)).not.toMatch(/[`|\\\n]|<(?!\/?span>)/)
        else expect(written).toMatch(/^(`[^`|\\\n]+`)?$/)
      }),
      runs,
    )
  })

  it('fences a block so that nothing inside ends it', () => {
    expect(markdownBlock('a\n```\nb', 'sql')).toBe('````sql\na\n```\nb\n````')
    fc.assert(
      fc.property(hostileText(), (text) => {
        const lines = markdownBlock(text).split('\n')
        const fence = lines[0] as string
        expect(lines.at(-1)).toBe(fence)
        expect(lines.slice(1, -1).some((line) => line.includes(fence))).toBe(false)
      }),
      runs,
    )
  })
})

describe('cut text', () => {
  it('stays within the limit and never holds half a character', () => {
    expect(cutText('short', 5)).toBe('short')
    expect(cutText('longer', 5)).toBe('long…')
    expect(cutText('abc😀d', 5)).toBe('abc…')
  })
})
