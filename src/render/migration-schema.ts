import { z } from 'zod'

/** What names a migration, wherever the JSON report has one. */
export const migrationFields = {
  version: z.string().describe('As written in the file name.'),
  name: z.string().describe('Path relative to the migrations folder.'),
}
