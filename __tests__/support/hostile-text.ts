import fc from 'fast-check'

const fragments = [
  ...[
    '::',
    ':',
    '##[',
    '##',
    '#',
    '[',
    ']',
    '::set-output name=ready::true',
    '##[set-output name=ready]true',
  ],
  ...['::stop-commands::x', '::add-mask::a', '::error::', 'add-matcher', '%0A', '%25', ';', ',', '='],
  ...[
    '\n',
    '\r',
    '\r\n',
    '\t',
    ' ',
    '\u00a0',
    '\u0085',
    '\u2028',
    '\u2029',
    '\ufeff',
    '\u200b',
    '\u202e',
    '\u200d',
  ],
  ...[
    '\u001b[31m',
    '\u001b[',
    '\u001b]0;t\u0007',
    '\u009b1m',
    '\u0000',
    '\u0008',
    '\u007f',
    '\ud800',
    '\udc00',
    '😀',
  ],
  ...[
    '|',
    '`',
    '```',
    '~~~',
    '<',
    '>',
    '</details>',
    '</code>',
    '<script>',
    '<!--',
    '&lt;',
    '\\',
    '*',
    '_',
    '$',
    '![',
  ],
  ...[
    '@octocat',
    '#123',
    'GH-1',
    'https://example.com',
    'www.example.com',
    '](x)',
    '---',
    '1. ',
    '- ',
    '"',
    "'",
  ],
]

/** Text as an attacker would write it: pieces of commands, controls, Markdown, HTML, and any characters between. */
export function hostileText(): fc.Arbitrary<string> {
  const piece = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...fragments) },
    { weight: 1, arbitrary: fc.nat({ max: 0xffff }).map((unit) => String.fromCharCode(unit)) },
  )
  return fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join(''))
}
