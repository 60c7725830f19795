import { fileURLToPath } from 'node:url'

/** The bundled command line tool. */
export const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))
