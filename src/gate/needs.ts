import type { ApprovalKind } from '../model/permission.js'

/** The permissions of a job's token that each proof needs. The members of a team no job's own token may read. */
export const NEEDS: Readonly<Record<ApprovalKind, readonly string[]>> = {
  'github-environment': ['actions: read'],
  comment: ['pull-requests: read'],
  review: ['pull-requests: read'],
  confirmation: [],
}
