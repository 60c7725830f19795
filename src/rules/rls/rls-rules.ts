import { bucketListing } from './bucket-listing.js'
import { extensionInPublic } from './extension-in-public.js'
import { fkToAuthUnique } from './fk-to-auth-unique.js'
import { foreignTableInApi } from './foreign-table-in-api.js'
import { functionSearchPath } from './function-search-path.js'
import { matviewInApi } from './matview-in-api.js'
import { multiplePermissivePolicies } from './multiple-permissive-policies.js'
import { policyAlwaysTrue } from './policy-always-true.js'
import { policyUncachedAuthCall } from './policy-uncached-auth-call.js'
import { policyUserMetadata } from './policy-user-metadata.js'
import { policyWithoutRls } from './policy-without-rls.js'
import { regTypeColumn } from './reg-type-column.js'
import { rlsWithoutPolicy } from './rls-without-policy.js'
import { sensitiveColumnExposed } from './sensitive-column-exposed.js'
import { tableWithoutRls } from './table-without-rls.js'
import { viewExposesAuthUsers } from './view-exposes-auth-users.js'
import { viewNotSecurityInvoker } from './view-not-security-invoker.js'

/** The rules of this folder, in the order the documentation shows them. */
export const RLS_RULES = {
  'table-without-rls': tableWithoutRls,
  'policy-without-rls': policyWithoutRls,
  'rls-without-policy': rlsWithoutPolicy,
  'policy-always-true': policyAlwaysTrue,
  'policy-user-metadata': policyUserMetadata,
  'policy-uncached-auth-call': policyUncachedAuthCall,
  'multiple-permissive-policies': multiplePermissivePolicies,
  'view-not-security-invoker': viewNotSecurityInvoker,
  'view-exposes-auth-users': viewExposesAuthUsers,
  'function-search-path': functionSearchPath,
  'extension-in-public': extensionInPublic,
  'matview-in-api': matviewInApi,
  'foreign-table-in-api': foreignTableInApi,
  'reg-type-column': regTypeColumn,
  'fk-to-auth-unique': fkToAuthUnique,
  'sensitive-column-exposed': sensitiveColumnExposed,
  'bucket-listing': bucketListing,
}
