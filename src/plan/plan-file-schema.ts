import * as z from 'zod'
import { PLAN_HASH_FORM } from '../model/plan-document.js'

const text = z.string().max(4_096)
const checksum = text
const version = text
const word = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/)

const migration = z.strictObject({ version, checksum, mode: z.enum(['transaction', 'no-transaction']) })

const target = z.union([
  z.strictObject({ database: text, system: z.string().regex(/^-?[0-9]{1,20}$/) }),
  z.strictObject({ database: text, host: text, port: z.string().regex(/^[0-9]{1,5}$/) }),
])

const policy = z.strictObject({
  environment: text,
  class: z.enum(['development', 'staging', 'production']),
  approval: z.record(word, text),
  transaction: z.enum(['file', 'all', 'none']),
  executor: z.literal('supabase').exactOptional(),
  outOfOrder: z.boolean(),
  only: version.nullable(),
  to: version.nullable(),
  force: z.boolean(),
  forced: z.array(z.strictObject({ version, rules: z.array(word) })),
  rules: z.record(word, word),
  excluded: z.record(word, z.array(text)),
})

const plan = z.strictObject({
  format: z.literal('devflow-migrate plan 1'),
  migrations: z.array(migration),
  target,
  applied: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  policy,
})

const about = z.strictObject({
  plannedAt: text.optional(),
  plannedBy: text.optional(),
  toolVersion: text.optional(),
  commitSha: text.optional(),
  runUrl: text.optional(),
  names: z.array(z.strictObject({ version, name: text })),
})

/** A plan file, field by field. What it does not name is refused: it would be part of no hash and no comparison. */
export const planFileSchema = z.strictObject({
  hash: z.string().regex(PLAN_HASH_FORM),
  plan,
  applied: z.array(z.strictObject({ version, checksum, name: text })),
  about,
})
