import { describe, expect, it } from '@jest/globals'
import type { Claim } from '../../../src/model/claim.js'
import { aSuppressedFinding } from '../../support/builders.js'
import { aClaim, FREE, INDEX, MB, meet, REWRITE, type Scene, verdictOn } from './meet.js'

describe('a finding that a rehearsal refutes', () => {
  it('says what was measured, is a notice, and stops nothing', () => {
    const fix = { title: 'Do it', edits: [] }
    const finding = aClaim(['rewrite'], 1, 1, { severity: 'error', force: 'needed', fix })
    expect(verdictOn({ did: FREE, findings: [finding], on: 'target' })).toEqual({
      rule: finding.rule,
      file: finding.file,
      position: finding.position,
      excerpt: finding.excerpt,
      claims: ['rewrite'],
      severity: 'notice',
      measured: 'refuted',
      message: 'It rewrites the whole table. Measured on the target: no rewrite, no scan, 2 ms.',
      help: 'Nothing is to be done.',
    })
  })

  it('is none where the server did not count what is read, unless its locks tell', () => {
    const did = { ...FREE, uncounted: true } as const
    for (const claim of ['rewrite', 'scan'] as const)
      expect(verdictOn({ did, claims: [claim], on: 'target' })).toEqual(aClaim([claim]))
    expect(verdictOn({ did: { uncounted: true }, claims: ['stops-writes'] }).measured).toBe('refuted')
    expect(verdictOn({ did: { ...REWRITE, scanned: [], uncounted: true } }).measured).toBe('confirmed')
  })

  it('says no time where the tables were empty', () => {
    expect(verdictOn({ did: FREE }).message).toMatch(/ Measured on a shadow: no rewrite, no scan\.$/)
  })

  it('stops nothing even where the configuration raises its rule', () => {
    const finding = aClaim(['rewrite'], 1, 1, { severity: 'error' })
    const levels = { 'change-column-type': 'block' } as const
    expect(verdictOn({ did: FREE, findings: [finding], levels }).severity).toBe('notice')
  })

  it.each<[string, Scene]>([
    [
      'a read that stops nobody',
      {
        claims: ['scan'],
        did: { locks: { 'public.books': 'ShareUpdateExclusive' }, scanned: ['public.books'] },
      },
    ],
    ['no lock where one is claimed', { claims: ['stops-reads'], did: {} }],
    [
      'a lock weaker than claimed',
      { claims: ['stops-reads'], did: { locks: { 'public.books': 'ShareRowExclusive' } } },
    ],
    ['nothing held while it runs', { claims: ['under-lock'], did: { scanned: ['public.books'] } }],
    ['one table locked at a time', { claims: ['two-locks'], did: FREE }],
    [
      'a DROP that takes nothing along',
      { claims: ['victims'], did: { dropped: [{ type: 'view', name: 'public.bv', cascaded: false }] } },
    ],
    ['a statement that the server did not refuse', { claims: ['refused'], did: FREE }],
    ['rows that there are none of', { claims: ['fails-on-rows'], did: FREE, on: 'target' }],
  ])('is one about %s', (_, scene) => {
    expect(verdictOn(scene)).toMatchObject({ measured: 'refuted', severity: 'notice' })
  })
})

describe('a finding that a rehearsal confirms', () => {
  it.each<[Claim, Scene, string]>([
    [
      'rewrite',
      { did: REWRITE, sizes: { 'public.books': 3.2 * 1024 * MB } },
      'rewrites public.books (3.2 GB) under ACCESS EXCLUSIVE',
    ],
    ['rewrite', { did: REWRITE }, 'rewrites public.books under ACCESS EXCLUSIVE'],
    [
      'scan',
      { did: INDEX, sizes: { 'public.books': 5 * MB } },
      'reads all of public.books (5.0 MB) under SHARE',
    ],
    ['rewrite', { did: INDEX }, 'reads all of public.books under SHARE'],
    [
      'rewrite',
      {
        did: {
          locks: { 'public.books': 'Share', 'public.books_pkey': 'AccessExclusive' },
          rewritten: ['public.books_pkey'],
        },
      },
      'rewrites public.books_pkey under ACCESS EXCLUSIVE',
    ],
    [
      'stops-writes',
      { did: { locks: { 'public.books': 'ShareRowExclusive' } } },
      'takes SHARE ROW EXCLUSIVE on public.books',
    ],
    ['stops-reads', { did: FREE }, 'takes ACCESS EXCLUSIVE on public.books'],
    [
      'victims',
      {
        did: {
          dropped: [
            { type: 'table', name: 'public.books', cascaded: false },
            { type: 'view', name: 'public.bv', cascaded: true },
          ],
        },
      },
      'also drops view public.bv',
    ],
  ])('of claim %s gains the fact', (claim, scene, fact) => {
    const { message, measured } = verdictOn({ ...scene, claims: [claim] })
    expect(message).toBe(`It rewrites the whole table. Measured on a shadow: ${fact}.`)
    expect(measured).toBe('confirmed')
  })

  const [small, large] = [{ 'public.books': 10 * MB - 1 }, { 'public.books': 10 * MB }]
  it.each<[string, Scene, string]>([
    ['a notice in development', { class: 'development', sizes: large }, 'notice'],
    ['a warning in staging', { class: 'staging', sizes: large }, 'warning'],
    ['a warning in production below the size', { sizes: small }, 'warning'],
    ['an error in production from the size on', { sizes: large }, 'error'],
    ['a warning in production where the size is not known', { sizes: { 'public.books': null } }, 'warning'],
    ['an error in production where the table is said to be large', { bigTables: ['books'] }, 'error'],
    ['a warning where another schema’s table is said to be large', { bigTables: ['old.books'] }, 'warning'],
    [
      'a notice in production where the table is empty',
      { sizes: { 'public.books': 16_384 }, rows: 0 },
      'notice',
    ],
    ['an error where no row is counted in a large table', { sizes: large, rows: 0 }, 'error'],
    [
      'what the configuration says in words',
      { sizes: large, levels: { 'change-column-type': 'warn' } },
      'warning',
    ],
  ])('is %s', (_, scene, severity) => {
    expect(verdictOn({ did: REWRITE, ...scene }).severity).toBe(severity)
  })

  it('says from what size on it stops the run', () => {
    expect(verdictOn({ did: REWRITE, sizes: large }).help).toBe(
      'Do otherwise. From 10 MB on this stops the run, unless a comment with a reason silences it.',
    )
  })

  it('counts all that a statement goes through', () => {
    const scanned = ['public.books', 'public.authors']
    const did = {
      locks: { 'public.books': 'ShareRowExclusive', 'public.authors': 'ShareRowExclusive' },
      scanned,
    } as const
    const sizes = { 'public.books': 6 * MB, 'public.authors': 6 * MB }
    expect(verdictOn({ claims: ['scan'], did, sizes })).toMatchObject({
      severity: 'error',
      message: expect.stringContaining(
        'reads all of public.books (6.0 MB) and public.authors (6.0 MB) under SHARE ROW EXCLUSIVE',
      ),
    })
  })

  it('is as bad as it was where a size does not make it worse', () => {
    const finding = aClaim(['stops-reads'], 1, 1, { severity: 'notice' })
    expect(verdictOn({ did: FREE, findings: [finding], sizes: large }).severity).toBe('notice')
  })
})

describe('a finding that stands as it is', () => {
  it.each<[string, Scene]>([
    ['claims nothing that is measured', { claims: [], did: FREE }],
    ['is about a statement that was not measured', { findings: [aClaim(['rewrite'], 2)], did: FREE }],
    ['is about another file', { findings: [aClaim(['rewrite'], 1, 2)], did: FREE }],
    ['depends on rows, and a shadow has none', { claims: ['fails-on-rows'], did: FREE }],
    ['is in a DO block, whose branches may depend on rows', { did: { text: 'do $$ begin …' } }],
    ['is about what a shadow by replay may lack', { did: {}, wholeSchema: false }],
    [
      'is about dependants that a shadow by replay may lack',
      { claims: ['victims'], did: FREE, wholeSchema: false },
    ],
    [
      'is about what hangs there, which a shadow by replay may lack',
      { claims: ['refused'], did: FREE, wholeSchema: false },
    ],
  ])('where it %s', (_, scene) => {
    const [before] = scene.findings ?? [aClaim(scene.claims ?? ['rewrite'])]
    expect(verdictOn(scene)).toEqual(before)
  })

  it('keeps its place among the others', () => {
    const findings = [aClaim([], 1), aClaim(['rewrite'], 1), aClaim(['scan'], 9)]
    expect(meet({ findings, did: FREE }).findings.map(({ measured }) => measured)).toEqual([
      undefined,
      'refuted',
      undefined,
    ])
  })
})

describe('a lock of an earlier statement', () => {
  const add: Scene['files'] = [[FREE, { scanned: ['public.books'] }]]

  it('of the same transaction makes a read one that stops others', () => {
    expect(verdictOn({ files: add, findings: [aClaim(['scan'], 2)] })).toMatchObject({
      measured: 'confirmed',
      message: expect.stringContaining('reads all of public.books under ACCESS EXCLUSIVE'),
    })
  })

  it('of another file does not, though the rehearsal holds it', () => {
    const files = [[FREE], [{ ...FREE, locks: {} }]]
    expect(verdictOn({ files, findings: [aClaim(['scan'], 1, 2)], on: 'target' }).measured).toBe('refuted')
    expect(verdictOn({ files, findings: [aClaim(['under-lock'], 1, 2)], on: 'target' }).measured).toBe(
      'refuted',
    )
  })

  it('of another file hides whether the statement takes it again', () => {
    const files = [[FREE], [{}]]
    for (const claim of ['stops-reads', 'stops-writes'] as const)
      expect(verdictOn({ files, findings: [aClaim([claim], 1, 2)], on: 'target' }).measured).toBeUndefined()
    const read = [[FREE], [{ scanned: ['public.books'] }]]
    expect(verdictOn({ files: read, findings: [aClaim(['scan'], 1, 2)], on: 'target' })).toMatchObject({
      measured: 'confirmed',
      message: expect.stringContaining('reads all of public.books,'),
    })
    expect(meet({ files: read, findings: [], on: 'target' }).found).toEqual([])
  })

  it('of another file is held where all files are one transaction', () => {
    const files = [[FREE], [{ scanned: ['public.authors'] }]]
    const findings = [aClaim(['under-lock'], 1, 2)]
    expect(verdictOn({ files, findings, on: 'target', together: true }).measured).toBe('confirmed')
  })

  it('is gone outside of a transaction', () => {
    const scene = { files: add, findings: [aClaim(['under-lock'], 2)], mode: 'no-transaction' } as const
    expect(verdictOn({ ...scene, on: 'shadow' }).measured).toBe('refuted')
    expect(verdictOn({ ...scene, on: 'target' }).measured).toBeUndefined()
  })

  it('is held outside of a transaction where the file opens one', () => {
    const files = [[FREE, { heldBefore: [{ relation: 'public.books', since: 1 }] }]]
    expect(verdictOn({ files, findings: [aClaim(['under-lock'], 2)], mode: 'no-transaction' })).toMatchObject(
      {
        measured: 'confirmed',
        message: expect.stringContaining('runs while public.books is locked against reads and writes'),
      },
    )
  })

  it.each([
    [
      'target',
      'error',
      'reads all of public.authors (20 MB) while public.books is locked against reads and writes',
    ],
    ['shadow', 'warning', 'runs while public.books is locked against reads and writes'],
  ] as const)('keeps readers waiting, for how long a %s tells: %s', (on, severity, fact) => {
    const files = [[FREE, { text: 'update authors …', scanned: ['public.authors'] }]]
    const sizes = { 'public.authors': 20 * MB }
    expect(verdictOn({ files, findings: [aClaim(['under-lock'], 2)], on, sizes })).toMatchObject({
      severity,
      message: expect.stringContaining(fact),
    })
  })

  it('is held while another is waited for', () => {
    const files = [[{ locks: { 'public.authors': 'ShareRowExclusive' } }, FREE] as const]
    expect(verdictOn({ files, findings: [aClaim(['two-locks'], 2)] })).toMatchObject({
      measured: 'confirmed',
      message: expect.stringContaining(
        'takes ACCESS EXCLUSIVE on public.books while it holds SHARE ROW EXCLUSIVE on public.authors',
      ),
    })
    const mild = [[{ locks: { 'public.authors': 'Share' } }, { locks: { 'public.books': 'Share' } }] as const]
    expect(verdictOn({ files: mild, findings: [aClaim(['two-locks'], 2)] }).measured).toBe('refuted')
  })
})

describe('what nothing but running a statement shows', () => {
  const doBlock = { ...REWRITE, text: 'do $$ begin execute …' }
  const alone: Scene = { did: doBlock, findings: [] }

  it('is a rewrite', () => {
    expect(meet({ ...alone, sizes: { 'public.books': 20 * MB } }).found).toEqual([
      {
        rule: 'measured-rewrite',
        path: 'migrations/01_file.sql',
        position: { line: 1, column: 1, endLine: 1, endColumn: 60 },
        message:
          'Running it shows what the text does not tell. Measured on a shadow: rewrites public.books (20 MB) under ACCESS EXCLUSIVE.',
        help: expect.any(String),
        levels: { development: 'notice', staging: 'warn', production: 'block' },
      },
    ])
  })

  it('is a read under a lock that stops others', () => {
    expect(meet({ did: INDEX, findings: [] }).found).toMatchObject([
      { rule: 'measured-scan', levels: { production: 'warn' } },
    ])
  })

  it('is what a block drops and does not name', () => {
    const dropped = [
      { type: 'table', name: 'public.books', cascaded: false },
      { type: 'view', name: 'public.bv', cascaded: false },
    ]
    const scene: Scene = {
      did: { text: 'do $$ …', dropped },
      findings: [],
      text: "do $$ … 'drop table books' …",
    }
    expect(meet(scene).found).toMatchObject([
      { rule: 'measured-drop', message: expect.stringContaining('drops view public.bv.') },
    ])
    expect(meet({ ...scene, text: "do $$ … 'books' … 'bv' …" }).found).toEqual([])
    expect(meet({ ...scene, text: 'do $$ …' }).found).toMatchObject([
      { message: expect.stringContaining('drops table public.books and view public.bv.') },
    ])
    const cascade: Scene = { text: scene.text ?? '', claims: ['victims'], on: 'target' }
    expect(verdictOn({ ...cascade, did: { text: 'do $$ …', dropped } }).measured).toBe('confirmed')
    expect(
      verdictOn({ ...cascade, did: { text: 'do $$ …', dropped }, text: "'books' 'bv'" }).measured,
    ).toBeUndefined()
  })

  it.each<[string, Scene]>([
    ['a finding says', { did: doBlock, findings: [aClaim(['scan'])] }],
    ['a comment silences', { ...alone, suppressed: [aSuppressedFinding(aClaim(['rewrite']))] }],
    ['a rule says that is off', { ...alone, unsaid: [aClaim(['rewrite'])] }],
    ['looking for rows in the way is', { did: INDEX, findings: [aClaim(['fails-on-rows'])] }],
    ['nobody has to wait for', { did: { scanned: ['public.books'] }, findings: [] }],
    ['a TRUNCATE does, which writes nothing', { did: { ...REWRITE, text: 'truncate books' }, findings: [] }],
    ['a TRUNCATE in a DO block does', { ...alone, findings: [aClaim([], 1, 1, { rule: 'truncate' })] }],
    [
      'another plan for rows would not do',
      { files: [[FREE, { text: 'update books …', scanned: ['public.books'] }]], findings: [] },
    ],
  ])('is not what %s', (_, scene) => {
    expect(meet(scene).found).toEqual([])
  })
})
