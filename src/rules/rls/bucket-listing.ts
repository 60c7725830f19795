import type { CreatePolicyStmt, Node } from '@pgsql/types'
import { isAlwaysTrue } from '../../sql/always-true.js'
import { nodeAs, stringsOf } from '../../sql/tree.js'
import { everywhere } from '../everywhere.js'
import type { Hit, Rule } from '../rule.js'
import { judgingPolicies } from './judged-policies.js'
import { isForApi, policyRoles, showPolicy } from './policy-text.js'

export const bucketListing: Rule = {
  id: 'bucket-listing',
  group: 'rls',
  title: 'A policy that lets everybody list the files of a bucket',
  why: 'Files of a public bucket are served by their address without any policy. A policy that lets everybody read `storage.objects` gives away the list of all files besides, and with it the addresses nobody was meant to guess.',
  instead:
    'Leave the policy out for a public bucket, or say whose files they are:\n\n```sql\ncreate policy "own files" on storage.objects for select to authenticated\n  using (bucket_id = \'avatars\' and owner_id = (select auth.uid())::text);\n```',
  levels: everywhere('warn'),
  needsApi: true,
  examples: {
    bad: ['create policy "Public access" on storage.objects for select using (bucket_id = \'avatars\');'],
    good: [
      "create policy own on storage.objects for select using (bucket_id = 'avatars' and owner_id = (select auth.uid())::text);",
      "create policy own on storage.objects for insert to authenticated with check (bucket_id = 'avatars');",
    ],
  },
  ...judgingPolicies(({ definition }) => hitOf(definition)),
}

function hitOf(policy: CreatePolicyStmt): Hit | undefined {
  const { table, cmd_name: command, permissive, qual } = policy
  const isOfFiles = table?.schemaname === 'storage' && table.relname === 'objects'
  const reads = permissive === true && (command === 'select' || command === 'all')
  if (!isOfFiles || !reads || !isForApi(policy)) return undefined
  const bucket = onlyBucket(qual)
  if (bucket === undefined && !isAlwaysTrue(qual)) return undefined
  const files = bucket === undefined ? 'the files of every bucket' : `all files of the bucket ${bucket}`
  return {
    message: `${showPolicy(policy)} lets ${policyRoles(policy).join(', ')} list ${files}.`,
    help: 'Leave it out for a public bucket, whose files need no policy to be served, or say whose files they are.',
  }
}

/** `bucket_id = 'avatars'` and nothing else. */
function onlyBucket(condition: Node | undefined): string | undefined {
  const { kind, name, lexpr, rexpr } = nodeAs(condition, 'A_Expr') ?? {}
  if (kind !== 'AEXPR_OP' || stringsOf(name)[0] !== '=') return undefined
  const sides = [lexpr, rexpr]
  const isBucket = sides.some((each) => stringsOf(nodeAs(each, 'ColumnRef')?.fields).at(-1) === 'bucket_id')
  const bucket = sides.map((each) => nodeAs(nodeAs(each, 'TypeCast')?.arg ?? each, 'A_Const')?.sval?.sval)
  return isBucket ? bucket.find((each) => each !== undefined) : undefined
}
