import { describe, expect, it } from '@jest/globals'
import { applicationName, runUrlOf } from '../../src/database/application-name.js'

const run = 'https://github.com/acme/shop/actions/runs/42'

describe('the name of a run in pg_stat_activity', () => {
  it('tells its run where there is one', () => {
    expect(applicationName(run)).toBe('devflow-migrate 42 acme/shop')
    expect(applicationName('https://ghe.example.com:8443/acme/shop/actions/runs/42')).toBe(
      'devflow-migrate 42 acme/shop',
    )
    expect(applicationName(undefined)).toBe('devflow-migrate')
    expect(applicationName('https://example.com/somewhere/else')).toBe('devflow-migrate')
  })

  it('has at most the 63 bytes that the server keeps', () => {
    expect(
      Buffer.byteLength(
        applicationName(`https://github.com/${'o'.repeat(39)}/${'r'.repeat(100)}/actions/runs/42`),
      ),
    ).toBe(63)
  })

  it('leads back to the run, on the server of the one that asks', () => {
    expect(runUrlOf(applicationName(run), undefined)).toBe(run)
    expect(runUrlOf(applicationName(run), 'https://ghe.example.com:8443/acme/shop/actions/runs/1')).toBe(
      'https://ghe.example.com:8443/acme/shop/actions/runs/42',
    )
  })

  it.each([
    ['acme/shop-database-migrations-and-more-of-it', 'the repository is cut'],
    [`${'o'.repeat(39)}/${'r'.repeat(100)}`, 'the owner has all the room'],
    ['an-organisation-of-a-long-name-1234/r', 'it is cut at the slash'],
    [`acme/${'r'.repeat(39 - 'acme/'.length)}`, 'it just fits'],
  ])('leads back to a run of the repository of the one that asks, %s: %s', (repository) => {
    const [holder, asks] = ['12345678', '12345679'].map(
      (id) => `https://ghe.example.com/${repository}/actions/runs/${id}`,
    )
    expect(runUrlOf(applicationName(holder), asks)).toBe(holder)
  })

  it('tells the number of the run where it was cut, and may be of another repository', () => {
    const long = applicationName(`https://github.com/acme/${'r'.repeat(100)}/actions/runs/42`)
    expect(runUrlOf(long, undefined)).toBe('run 42')
    expect(runUrlOf(long, run)).toBe('run 42')
  })

  it('leads nowhere where it is not one of ours', () => {
    for (const name of [
      '',
      'psql',
      'devflow-migrate',
      'devflow-migrate 42',
      'devflow-migrate x acme/shop',
      'devflow-migrate 42 a/b/c',
      'devflow-migrate 42 acme/shop?x=1',
    ])
      expect(runUrlOf(name, run)).toBeUndefined()
  })
})
