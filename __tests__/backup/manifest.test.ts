import { describe, expect, it } from '@jest/globals'
import { parseManifest } from '../../src/backup/manifest.js'
import { aManifest } from './a-backup-manifest.js'

describe('a manifest', () => {
  it('is read as it was written', () => {
    expect(parseManifest(JSON.stringify(aManifest()))).toEqual(aManifest())
  })

  it.each([
    '',
    '[]',
    'null',
    '{}',
    JSON.stringify({ ...aManifest(), form: 'devflow-backup/2' }),
    JSON.stringify({ ...aManifest(), contents: {} }),
    JSON.stringify({ ...aManifest(), roles: [1] }),
  ])('is refused otherwise: %s', (text) => {
    expect(parseManifest(text)).toEqual({ why: expect.stringContaining('not as devflow-migrate writes it') })
  })
})
