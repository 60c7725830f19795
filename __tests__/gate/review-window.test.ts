import { describe, expect, it } from '@jest/globals'
import { judgeContinuation } from '../../src/gate/judge-continuation.js'
import type { ProgressEvent } from '../../src/model/progress.js'
import { verdict } from '../programs/a-migrator.js'
import { aDatabase } from '../support/postgres/a-database.js'
import { aCheckout } from './a-gated-job.js'

const isWindow = (event: ProgressEvent) => event.kind === 'review-window'

describe('a review window', () => {
  it('passes before anything is applied, counted down', async () => {
    await using database = await aDatabase()
    await using checkout = await aCheckout(database.url, { class: 'staging', 'review-window': '1s' })
    const report = await checkout.step('migrate')
    expect(verdict(report)).toBe('0 applied: 01 applied')
    expect(report.durationMs).toBeGreaterThanOrEqual(1_000)
    const kinds = checkout.events.map(({ kind }) => kind)
    expect(kinds.indexOf('review-window')).toBeGreaterThan(kinds.indexOf('planned'))
    expect(kinds.lastIndexOf('review-window')).toBeLessThan(kinds.indexOf('applied'))
    expect(checkout.events.find(isWindow)).toMatchObject({
      leftMs: 1_000,
      about: {
        names: ['01_a.sql'],
        environment: 'live',
        database: database.name,
        runUrl: 'https://github.com/acme/shop/actions/runs/42',
      },
    })
  })

  it('can be ended: the run is cancelled, nothing is applied or recorded, and the lock is free', async () => {
    await using database = await aDatabase()
    await using checkout = await aCheckout(database.url, { class: 'staging' })
    const controller = new AbortController()
    const report = await checkout.step('migrate', {
      given: { 'review-window': '10m' },
      system: {
        signal: controller.signal,
        observe: (event) => void (isWindow(event) && controller.abort('SIGINT')),
      },
    })
    expect(verdict(report)).toBe('130 cancelled')
    expect(report).toMatchObject({ ready: false, endedBy: 'SIGINT' })
    expect(await database.query(`select to_regclass('a') as a, to_regnamespace('devflow') as d`)).toEqual([
      { a: null, d: null },
    ])
    expect(verdict(await checkout.step('migrate', { given: { 'lock-wait': '0s' } }))).toBe(
      '0 applied: 01 applied',
    )
  })

  it('is in the history when it was ended, which is no beginning that a later attempt goes on with', async () => {
    await using database = await aDatabase()
    await using checkout = await aCheckout(database.url, { class: 'staging' })
    await checkout.step('migrate')
    await checkout.project.write('migrations/02_b.sql', 'create table b (n int);')
    const controller = new AbortController()
    const report = await checkout.step('migrate', {
      given: { 'review-window': '10m' },
      system: {
        signal: controller.signal,
        observe: (event) => void (isWindow(event) && controller.abort('SIGINT')),
      },
    })
    expect(verdict(report)).toBe('130 cancelled')
    const { events } = await checkout.step('history')
    const [event] = events
    expect(event).toMatchObject({
      event: 'cancelled',
      version: '',
      status: 'failed',
      errorMessage: 'The run was ended by SIGINT in its review window.',
      planHash: report.plan?.hash,
    })
    const later = judgeContinuation(
      { onlyContinuing: event?.planHash ?? '' },
      { runUrl: event?.runUrl ?? '', attempt: 2 },
      events,
    )
    expect(later?.reason).toBe('rerun')
    expect(await checkout.step('verify')).toMatchObject({ findings: [], drift: [] })
  })

  it('stands before a rollback too, which is not carried out where it is ended', async () => {
    await using database = await aDatabase()
    await using checkout = await aCheckout(database.url, { class: 'staging' })
    await checkout.project.write('migrations/01_a.down.sql', 'drop table a;')
    await checkout.step('migrate')
    const controller = new AbortController()
    const given = { steps: '1', 'review-window': '10m' }
    const report = await checkout.step('rollback', {
      given,
      system: {
        signal: controller.signal,
        observe: (event) => {
          if (event.kind !== 'review-window') return
          expect(event.about).toMatchObject({ names: ['01_a.down.sql'], undoes: true })
          controller.abort('SIGINT')
        },
      },
    })
    expect([report.exitCode, report.status]).toEqual([130, 'cancelled'])
    expect(report.operation?.steps.map(({ state }) => state)).toEqual(['not-run'])
    expect(await database.query(`select to_regclass('a')::text as a`)).toEqual([{ a: 'a' }])
    const [event] = (await checkout.step('history')).events
    expect(event).toMatchObject({ event: 'cancelled', action: 'rollback' })
    await checkout.step('rollback', { given: { ...given, 'review-window': '0' } })
    expect(await database.query(`select to_regclass('a')::text as a`)).toEqual([{ a: null }])
  })

  it('holds the lock, so that no other run changes what is looked at', async () => {
    await using database = await aDatabase()
    await using checkout = await aCheckout(database.url, { class: 'staging' })
    const controller = new AbortController()
    let another: ReturnType<typeof checkout.step> | undefined
    const report = await checkout.step('migrate', {
      given: { 'review-window': '10m' },
      system: {
        signal: controller.signal,
        observe: (event) => {
          if (!isWindow(event) || another) return
          another = checkout.step('migrate', { given: { 'lock-wait': '300ms' } })
          void another.then(() => controller.abort('SIGTERM'))
        },
      },
    })
    expect((await another)?.status).not.toBe('applied')
    expect((await another)?.exitCode).toBe(1)
    expect(verdict(report)).toBe('143 cancelled')
  })

  it('is not waited for where nothing is to be applied, or where it is only rehearsed', async () => {
    await using database = await aDatabase()
    await using checkout = await aCheckout(database.url, { class: 'staging', 'review-window': '10m' })
    expect(verdict(await checkout.step('plan'))).toBe('0 planned')
    expect(verdict(await checkout.step('dry-run'))).toMatch(/^0 /)
    await checkout.step('migrate', { given: { 'review-window': '0' } })
    expect(verdict(await checkout.step('migrate'))).toBe('0 up-to-date')
    expect(checkout.events.filter(isWindow)).toEqual([])
  })
})
