import type { PlanDocument } from '../model/plan-document.js'
import { UserError } from '../model/user-error.js'
import { digestApplied } from './digest-applied.js'
import { hashPlan } from './hash-plan.js'
import { planFileSchema } from './plan-file-schema.js'

/**
 * Reads a plan file, which may have passed through anybody's hands: what it says is believed only because its hash is
 * computed again from it, and because that hash is the one that was approved, which the caller compares.
 *
 * @param name of the file, for messages
 * @throws UserError for what is no plan file of this version, or was changed after it was written
 */
export function parsePlanFile(text: string, name: string): PlanDocument {
  if (Buffer.byteLength(text) > LARGEST_BYTES) throw refused(`${name} is larger than 32 MiB.`)
  const parsed = planFileSchema.safeParse(readJson(text, name))
  if (!parsed.success) throw refused(`${name} is no plan file: ${whereOf(parsed.error.issues[0])}.`)
  const document = asDocument(parsed.data)
  const hash = hashPlan(document.plan)
  if (hash !== document.hash)
    throw refused(`${name} was changed after it was written: it says ${document.hash}, and holds ${hash}.`)
  if (digestApplied(document.applied) !== document.plan.applied)
    throw refused(
      `${name} was changed after it was written: its list of applied migrations is not the one it was made with.`,
    )
  const twice = findTwice(document)
  if (twice) throw refused(`${name} is no plan file: it names a version twice, at ${twice}.`)
  return document
}

const LARGEST_BYTES = 32 * 1024 * 1024

function readJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text)
  } catch {
    throw refused(`${name} is no plan file: it can not be read as JSON.`)
  }
}

interface Issue {
  readonly code?: string
  readonly path: readonly PropertyKey[]
}

/** The library's own words may repeat what the file holds. */
function whereOf(issue: Issue | undefined): string {
  const place = (issue?.path ?? []).map(String).filter((part) => /^\w{1,20}$/.test(part))
  const what =
    issue?.code === 'unrecognized_keys' ? 'a field that this version does not know' : 'not as expected'
  return place.length === 0 ? what : `${what} at ${place.join('.')}`
}

/** Without the fields that are not there. */
function asDocument(data: ReturnType<typeof planFileSchema.parse>): PlanDocument {
  const { names, ...others } = data.about
  const about = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined))
  return { ...data, about: { ...about, names } }
}

/** A plan that we make never does; what it holds twice could be compared with neither. */
function findTwice({ plan, applied }: PlanDocument): string | undefined {
  const lists = { 'plan.migrations': plan.migrations, 'plan.policy.forced': plan.policy.forced, applied }
  return Object.entries(lists).find(
    ([, list]) => new Set(list.map(({ version }) => version)).size < list.length,
  )?.[0]
}

function refused(message: string): UserError {
  return new UserError([
    { message, help: 'Name the file that plan or dry-run wrote, as it was written, or make a new plan.' },
  ])
}
