/** Loaded late: a database of our own is for trying things out, and what starts one is for nobody else. */
export { openLocalDatabase } from '../database/embedded/open-local-database.js'
