import type { CreatePolicyStmt } from '@pgsql/types'
import type { MigrationFile } from '../../model/migration.js'
import type { Span } from '../../model/position.js'
import { byteOffsets } from '../../sql/position.js'
import { treeAs } from '../../sql/tree.js'
import type { Context, Hit, PlacedHit, Rule, Seen, SetContext } from '../rule.js'

/** A policy as it stands after the last file, or, where nothing is known of its table, as it was written. */
export interface JudgedPolicy {
  /** Of ALTER POLICY on a table of which nothing is known: without its command. */
  readonly definition: CreatePolicyStmt
  readonly file: MigrationFile
  readonly span: Span
  /** From a `location` of the tree to the file. */
  offsetOf(location: number | undefined): number
}

/** A rule's `check` and `conclude` for what is wrong with one policy alone. Policies dropped again are not judged. */
export function judgingPolicies(
  judge: (policy: JudgedPolicy) => Hit | undefined,
): Required<Pick<Rule, 'check' | 'conclude'>> {
  return {
    *check(statement, context) {
      const policy = unknownPolicy(statement, context)
      const hit = policy && judge(policy)
      if (hit) yield hit
    },
    *conclude(context) {
      for (const policy of knownPolicies(context)) {
        const hit = judge(policy)
        if (hit) yield { span: policy.span, ...hit, file: policy.file } satisfies PlacedHit
      }
    },
  }
}

function unknownPolicy(statement: Seen, { known, file }: Context): JudgedPolicy | undefined {
  const definition = treeAs(statement, 'CreatePolicyStmt') ?? treeAs(statement, 'AlterPolicyStmt')
  if (!definition) return undefined
  const { policies } = known.relation(definition.table) ?? {}
  const isFollowed =
    policies &&
    (statement.node === 'CreatePolicyStmt' || policies.some(({ name }) => name === definition.policy_name))
  if (isFollowed) return undefined
  return { definition, file: file.file, span: statement.span, offsetOf: (at) => statement.offsetOf(at) }
}

function* knownPolicies({ known }: SetContext): Generator<JudgedPolicy> {
  for (const { policies } of known.relations.values()) {
    for (const { definition, made } of policies) {
      if (!made.isNew) continue
      const { file, span } = made
      const offset = byteOffsets(file.text)
      const offsetOf = (at: number | undefined) => (at === undefined ? span.start : offset(at))
      yield { definition, file, span, offsetOf }
    }
  }
}
