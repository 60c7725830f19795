import { describe, expect, it } from '@jest/globals'
import type { Traced } from './describe-message.js'
import {
  ABORT,
  ASKED_THEN_CUT,
  AT_AN_ANSWER,
  askedBy,
  CUT_THEN_ASKED,
  CUTS,
  CUTS_FOR_GOOD,
  cutPoints,
  isReachable,
  isTransient,
  type Mode,
  OUTAGES,
  RESTART,
  SIGNALS,
  STALLS,
  TWICE,
} from './mode.js'

/** A connection's messages from the server, by their types; a space begins another piece. */
function answers(types: string, connection = 0): Traced[] {
  return types.split(' ').flatMap((piece, number) =>
    [...piece].map((type) => ({
      side: 'backend' as const,
      connection,
      type,
      served: true,
      piece: number,
      text: type,
    })),
  )
}

const before = CUTS.find(({ fault }) => fault.side === 'backend' && fault.when === 'before') as Mode

/** The types of the messages it is tried at; a dot for each that is left out. */
function tried(mode: Mode, trace: readonly Traced[]): string {
  const points = new Set(cutPoints(mode, trace))
  return trace.map(({ type }, k) => (points.has(k) ? type : '.')).join('')
}

describe('the messages that a run is disturbed at', () => {
  it('are all of the client, and all that the client acts on', () => {
    const sent = answers('QQXQ').map((message) => ({ ...message, side: 'frontend' as const }))
    const cut = CUTS.find(({ fault }) => fault.side === 'frontend') as Mode
    expect(tried(cut, sent)).toBe('QQXQ')
    expect(tried(before, answers('RRRKZNNEZG'))).toBe('RRRKZNNEZG')
  })

  it('are the first and the last of what the client only keeps, where it came at one moment', () => {
    expect(tried(before, answers('CCTDDCCNCCCZ'))).toBe('C.....CNC.CZ')
    expect(tried(before, answers('CCC CCC'))).toBe('C.CC.C')
  })

  it('leave rows out, however many pieces they came in', () => {
    expect(tried(before, answers('NTDDD DDD DDCZ'))).toBe('NT........CZ')
  })

  it('are fewer in the middle of a dump, which only its own end tells of', () => {
    const dump = Array.from({ length: 64 }, (_, number) =>
      answers('Z', 1).map((each) => ({ ...each, piece: number })),
    )
    const asked = {
      ...answers('Z', 1)[0],
      side: 'frontend',
      text: 'Q SELECT pg_catalog.pg_is_in_recovery()',
    } as Traced
    const trace = [...answers('ZZ'), ...dump.flat(), ...answers('ZZ')]
    expect(cutPoints(before, trace)).toHaveLength(68)
    expect(cutPoints(before, [...trace, asked])).toEqual([
      ...Array.from({ length: 10 }, (_, k) => k),
      ...[16, 32, 48],
      ...Array.from({ length: 10 }, (_, k) => k + 58),
    ])
  })

  it('are all, where all are asked for', () => {
    expect(cutPoints(before, answers('CCCCDDDDC'), { every: true })).toHaveLength(9)
  })

  it('part where connections do', () => {
    expect(tried(before, [...answers('CC'), ...answers('CC', 1)])).toBe('CCCC')
  })
})

describe('the ways to disturb a run', () => {
  it('have a name each', () => {
    const both = [...CUT_THEN_ASKED, ...ASKED_THEN_CUT]
    const others = [...CUTS, ...OUTAGES, ...TWICE, ABORT, RESTART, ...Object.values(AT_AN_ANSWER)]
    const names = [...both, ...others].map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
  })

  it('let it finish where it can reach the server again soon', () => {
    expect([...CUTS, ...TWICE, RESTART, AT_AN_ANSWER.restart].every(isTransient)).toBe(true)
    expect(OUTAGES.filter(isTransient).map(({ fault }) => fault.refuses)).toEqual([1, 1, 1])
    expect([ABORT, AT_AN_ANSWER.kill].some(isTransient)).toBe(false)
  })

  it('ask it to end as well, and leave the server where it is', () => {
    const both = [...CUT_THEN_ASKED, ...ASKED_THEN_CUT]
    expect(both.some(isTransient)).toBe(false)
    expect(both.every(isReachable)).toBe(true)
    expect([ABORT, ...both].map(askedBy)).toEqual(Array(both.length + 1).fill('SIGTERM'))
    expect([...CUTS, RESTART].map(askedBy)).toEqual(Array(CUTS.length + 1).fill(undefined))
    expect(SIGNALS.map(askedBy)).toEqual(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'])
    expect([...STALLS, ...CUTS_FOR_GOOD].some(isReachable)).toBe(false)
  })
})
