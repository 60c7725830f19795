import { describe, expect, it } from '@jest/globals'
import { chooseServer, type Server } from '../../../../src/database/shadows/from-binaries/choose-server.js'

describe('the server a shadow is started from', () => {
  it.each([
    [[15, 16, 17], 16, 16],
    [[15, 17, 18], 16, 17],
    [[13, 14, 15], 16, 15],
    [[15], 18, 15],
    [[18], 15, 18],
  ])('of %j for a target of %d is %d', (majors, target, chosen) => {
    expect(chooseServer(majors.map(aServer), target)?.major).toBe(chosen)
  })

  it('is the first of several alike', () => {
    const servers = [aServer(16), { ...aServer(16), folder: '/other' }]
    expect(chooseServer(servers, 16)?.folder).toBe('/bin')
  })

  it('is none where none is there', () => {
    expect(chooseServer([], 16)).toBeUndefined()
  })
})

function aServer(major: number): Server {
  return { major, folder: '/bin', programs: { bin: '/bin' } }
}
