import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/**
 * The program of a package that starts it with Node, as found from there: that start, and Node's memory, are no part of
 * it and not to be measured.
 *
 * @param platformPackage the package that holds the program for one platform, without the platform
 */
export function nativeProgram(name, platformPackage, program = name) {
  const own = createRequire(createRequire(import.meta.url).resolve(`${name}/package.json`))
  const folder = dirname(own.resolve(`${platformPackage}${process.platform}-${process.arch}/package.json`))
  return join(folder, 'bin', program)
}
