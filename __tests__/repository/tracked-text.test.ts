import { describe, expect, it } from '@jest/globals'
import { list, read, root } from './tree.js'

const binary = /\.(png|jpg|wasm|gz|zip|ico)$/
const files = list('.').filter((path) => !binary.test(path))
const lockFiles = files.filter((path) => path.endsWith('package-lock.json'))

/** Folders of a person's own, and the place where this very copy lies. GitHub's runners and Homebrew are nobody's. */
const homes = [
  /\/home\/(?!(?:runner|linuxbrew)\/)[a-z][\w-]*\//,
  /\/Users\/[A-Za-z][\w-]*\//,
  /[A-Z]:\\Users\\/,
  /\/root\/\w/,
]
const here = root.replace(/\/+$/, '')

describe('a file of the repository', () => {
  it('holds no path of the machine it was written on', () => {
    const leaks = files.filter((path) => {
      const text = read(path)
      return homes.some((home) => home.test(text)) || text.includes(`${here}/`)
    })
    expect(leaks.filter((path) => !path.endsWith('tracked-text.test.ts'))).toEqual([])
  })

  it.each(lockFiles)('%s records no download address', (path) => {
    expect(read(path)).not.toContain('"resolved"')
  })
})
