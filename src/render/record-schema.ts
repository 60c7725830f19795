import { z } from 'zod'
import { migrationFields } from './migration-schema.js'

/** A row of our tracking table. */
export const recordSchema = z.strictObject({
  ...migrationFields,
  checksum: z.string().describe('As stored.'),
  status: z.enum(['pending', 'running', 'completed', 'failed', 'partial', 'unknown', 'rolled_back']),
  appliedAt: z.string().nullable().describe("ISO 8601, by the server's clock."),
  executionTimeMs: z.number().nullable(),
  appliedBy: z.string().nullable(),
  errorMessage: z.string().nullable(),
})

/** A version where two tables record it: ours, and the Supabase CLI's. */
export const sideSchema = z.strictObject({
  version: z.string(),
  name: z.string().describe('Of the file, else as recorded.'),
  file: z.boolean().describe('There is a file of it.'),
  ours: recordSchema.shape.status.nullable().describe('What our table says; null where it has no row.'),
  supabase: z.boolean().describe('The Supabase CLI’s table has it as applied.'),
})
