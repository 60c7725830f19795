import { describe, expect, it } from '@jest/globals'
import { judgeIdentity } from '../../src/gate/judge-identity.js'
import type { PresentIdentity, RecordedIdentity } from '../../src/model/identity.js'

const recorded: RecordedIdentity = {
  id: '7f3a2b1c-0000-4000-8000-000000000000',
  project: 'shop',
  environment: 'production',
  systemIdentifier: '7301',
  timeline: 3,
  database: 'shop',
  databaseOid: 16_384,
}
const present: PresentIdentity = {
  project: 'shop',
  environment: 'production',
  systemIdentifier: '7301',
  timeline: 3,
  database: 'shop',
  databaseOid: 16_384,
}

/** The same, of which less is known. */
function without<K extends keyof PresentIdentity>(...keys: readonly K[]): PresentIdentity {
  const left = Object.entries(present).filter(([key]) => !keys.some((each) => each === key))
  return Object.fromEntries(left) as unknown as PresentIdentity
}

const refused = (now: PresentIdentity, was = recorded, move?: string) => {
  const verdict = judgeIdentity(was, now, move)
  if (verdict.kind !== 'refused') throw new Error(`not refused: ${verdict.kind}`)
  return verdict
}

describe('a target', () => {
  it.each<[string, PresentIdentity, RecordedIdentity | undefined]>([
    ['remembers nothing yet', present, undefined],
    ['is what it was', present, recorded],
    ['has the other name of its environment', { ...present, environment: 'prod' }, recorded],
    ['was used before the project had a name', present, { ...recorded, project: null }],
    ['is used by a project without a name', without('project'), recorded],
    ['does not let this role ask for its system', without('systemIdentifier'), recorded],
    ['did not let the first role ask for its system', present, { ...recorded, systemIdentifier: null }],
    ['is a standby, which tells no timeline', without('timeline'), recorded],
    ['did not tell its timeline at first', present, { ...recorded, timeline: null }],
    ['tells no number of its database', without('databaseOid'), recorded],
  ])('that %s is let through, and nothing is told', (_, now, was) => {
    expect(judgeIdentity(was, now, undefined)).toEqual({ kind: 'same', notes: [] })
  })

  it.each<[string, Partial<PresentIdentity>, RegExp]>([
    [
      'a standby took over',
      { timeline: 4 },
      /A standby took over.*the same database system, on timeline 4 after 3/,
    ],
    ['the database was renamed', { database: 'store' }, /was renamed from shop to store/],
    ['the database was restored in its place', { databaseOid: 20_000 }, /shop was dropped and restored/],
  ])('is let through where %s, and that is told', (_, now, note) => {
    const verdict = judgeIdentity(recorded, { ...present, ...now }, undefined)
    expect(verdict).toEqual({ kind: 'same', notes: [expect.stringMatching(note)] })
  })

  it.each<[string, Partial<PresentIdentity>, string, RegExp]>([
    [
      'of another environment',
      { environment: 'staging' },
      '7f3a2b1c',
      /it is environment production, and this run is for staging/,
    ],
    [
      'of another project',
      { project: 'blog' },
      '7f3a2b1c',
      /it belongs to project shop, and this run is of blog/,
    ],
    [
      'restored on another server',
      { systemIdentifier: '7402' },
      'copy-of-7f3a2b1c',
      /used on the database system 7301, and this is 7402: a restored copy/,
    ],
    [
      'restored on another server, as another environment',
      { systemIdentifier: '7402', environment: 'staging' },
      'copy-of-7f3a2b1c',
      /it is environment production.*; it was used on the database system 7301/,
    ],
    [
      'copied on its own server',
      { database: 'shop_copy', databaseOid: 20_000 },
      'copy-of-7f3a2b1c',
      /used as database shop, and this is shop_copy on the same server/,
    ],
    [
      'on a server that was the primary before a failover',
      { timeline: 2 },
      'copy-of-7f3a2b1c',
      /used on timeline 3, and this server is on 2/,
    ],
  ])('%s is refused, with what moves it on purpose', (_, now, move, message) => {
    const verdict = refused({ ...present, ...now })
    expect(verdict.move).toBe(move)
    expect(verdict.problem.message).toMatch(message)
    expect(verdict.problem.help).toContain(`move-target: ${move}.`)
    expect(judgeIdentity(recorded, { ...present, ...now }, move)).toMatchObject({ kind: 'moved' })
  })

  it('that is a copy is not moved by what moves the original, nor the original by what moves a copy', () => {
    const elsewhere = { ...present, systemIdentifier: '7402', environment: 'staging' }
    const inPlace = { ...present, environment: 'staging' }
    expect(refused(elsewhere, recorded, '7f3a2b1c').problem.message).toContain('move-target is 7f3a2b1c')
    expect(refused(inPlace, recorded, 'copy-of-7f3a2b1c').problem.message).toContain('for another one')
    expect(refused(inPlace, { ...recorded, id: 'aaaaaaaa-0000' }, '7f3a2b1c').move).toBe('aaaaaaaa')
  })

  it('that has nothing to be moved says so', () => {
    expect(judgeIdentity(recorded, present, '7f3a2b1c')).toEqual({
      kind: 'same',
      notes: ['move-target is given, and there is nothing to move: remove it.'],
    })
  })

  it('that can not be read is refused, and nothing moves it', () => {
    const verdict = judgeIdentity(
      { unreadable: 'permission denied for table target_identity' },
      present,
      'any',
    )
    expect(verdict).toMatchObject({
      kind: 'refused',
      problem: { message: expect.stringContaining('permission denied') },
    })
    expect(verdict).not.toHaveProperty('move')
  })

  it('whose names are hostile is told of without them as they are', () => {
    const { message } = refused({ ...present, environment: 'a\n::error::b' }).problem
    expect(message).toContain(String.raw`"a\n::error::b"`)
  })
})
