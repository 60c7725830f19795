import type { RuleId } from '../model/rule-ids.js'
import { deleteWithoutWhere } from './data/delete-without-where.js'
import { insertSeedData } from './data/insert-seed-data.js'
import { unbatchedBackfill } from './data/unbatched-backfill.js'
import { updateWithoutWhere } from './data/update-without-where.js'
import { charColumn } from './design/char-column.js'
import { createEnum } from './design/create-enum.js'
import { duplicateColumnAssignment } from './design/duplicate-column-assignment.js'
import { duplicateIndex } from './design/duplicate-index.js'
import { enumWithoutPosition } from './design/enum-without-position.js'
import { hashIndex } from './design/hash-index.js'
import { identifierTooLong } from './design/identifier-too-long.js'
import { intColumn } from './design/int-column.js'
import { jsonColumn } from './design/json-column.js'
import { moneyColumn } from './design/money-column.js'
import { serialColumn } from './design/serial-column.js'
import { smallintColumn } from './design/smallint-column.js'
import { tableWithoutPrimaryKey } from './design/table-without-primary-key.js'
import { tableWithoutSchema } from './design/table-without-schema.js'
import { timestampWithoutTz } from './design/timestamp-without-tz.js'
import { varcharLimit } from './design/varchar-limit.js'
import { wideIndex } from './design/wide-index.js'
import { dropCascade } from './destructive/drop-cascade.js'
import { dropColumn } from './destructive/drop-column.js'
import { dropConstraint } from './destructive/drop-constraint.js'
import { dropDatabase } from './destructive/drop-database.js'
import { dropNotNull } from './destructive/drop-not-null.js'
import { dropPrimaryKey } from './destructive/drop-primary-key.js'
import { dropSchema } from './destructive/drop-schema.js'
import { dropSchemaCascade } from './destructive/drop-schema-cascade.js'
import { dropTable } from './destructive/drop-table.js'
import { dropTrigger } from './destructive/drop-trigger.js'
import { dropWithDependants } from './destructive/drop-with-dependants.js'
import { renameColumn } from './destructive/rename-column.js'
import { renameEnumValue } from './destructive/rename-enum-value.js'
import { renameSchema } from './destructive/rename-schema.js'
import { renameTable } from './destructive/rename-table.js'
import { setSchema } from './destructive/set-schema.js'
import { truncate } from './destructive/truncate.js'
import { truncateCascade } from './destructive/truncate-cascade.js'
import { addCheckWithoutNotValid } from './locks/add-check-without-not-valid.js'
import { addColumnInlineCheck } from './locks/add-column-inline-check.js'
import { addColumnInlineForeignKey } from './locks/add-column-inline-foreign-key.js'
import { addColumnRequired } from './locks/add-column-required.js'
import { addColumnSerialOrIdentity } from './locks/add-column-serial-or-identity.js'
import { addColumnStoredGenerated } from './locks/add-column-stored-generated.js'
import { addColumnVolatileDefault } from './locks/add-column-volatile-default.js'
import { addExclusionConstraint } from './locks/add-exclusion-constraint.js'
import { addForeignKeyWithoutNotValid } from './locks/add-foreign-key-without-not-valid.js'
import { addPrimaryKey } from './locks/add-primary-key.js'
import { addUniqueConstraint } from './locks/add-unique-constraint.js'
import { attachPartitionWithoutCheck } from './locks/attach-partition-without-check.js'
import { changeColumnType } from './locks/change-column-type.js'
import { changeTypeUnderCheckConstraint } from './locks/change-type-under-check-constraint.js'
import { createIndexNotConcurrent } from './locks/create-index-not-concurrent.js'
import { createTriggerOnExistingTable } from './locks/create-trigger-on-existing-table.js'
import { detachPartitionNotConcurrent } from './locks/detach-partition-not-concurrent.js'
import { domainConstraint } from './locks/domain-constraint.js'
import { dropIndexNotConcurrent } from './locks/drop-index-not-concurrent.js'
import { foreignKeyWithoutIndex } from './locks/foreign-key-without-index.js'
import { lockTable } from './locks/lock-table.js'
import { multipleAlterTable } from './locks/multiple-alter-table.js'
import { narrowColumnType } from './locks/narrow-column-type.js'
import { refreshMatviewNotConcurrent } from './locks/refresh-matview-not-concurrent.js'
import { reindexNotConcurrent } from './locks/reindex-not-concurrent.js'
import { setAccessMethod } from './locks/set-access-method.js'
import { setLoggedUnlogged } from './locks/set-logged-unlogged.js'
import { setNotNull } from './locks/set-not-null.js'
import { setTablespace } from './locks/set-tablespace.js'
import { statementAfterAccessExclusive } from './locks/statement-after-access-exclusive.js'
import { vacuumFullOrCluster } from './locks/vacuum-full-or-cluster.js'
import { validateInSameTransaction } from './locks/validate-in-same-transaction.js'
import { wideLockWindow } from './locks/wide-lock-window.js'
import { bucketListing } from './rls/bucket-listing.js'
import { extensionInPublic } from './rls/extension-in-public.js'
import { fkToAuthUnique } from './rls/fk-to-auth-unique.js'
import { foreignTableInApi } from './rls/foreign-table-in-api.js'
import { functionSearchPath } from './rls/function-search-path.js'
import { matviewInApi } from './rls/matview-in-api.js'
import { multiplePermissivePolicies } from './rls/multiple-permissive-policies.js'
import { policyAlwaysTrue } from './rls/policy-always-true.js'
import { policyUncachedAuthCall } from './rls/policy-uncached-auth-call.js'
import { policyUserMetadata } from './rls/policy-user-metadata.js'
import { policyWithoutRls } from './rls/policy-without-rls.js'
import { regTypeColumn } from './rls/reg-type-column.js'
import { rlsWithoutPolicy } from './rls/rls-without-policy.js'
import { sensitiveColumnExposed } from './rls/sensitive-column-exposed.js'
import { tableWithoutRls } from './rls/table-without-rls.js'
import { viewExposesAuthUsers } from './rls/view-exposes-auth-users.js'
import { viewNotSecurityInvoker } from './rls/view-not-security-invoker.js'
import type { Rule } from './rule.js'
import { alterDefaultPrivileges } from './security/alter-default-privileges.js'
import { alterSystem } from './security/alter-system.js'
import { changeOwner } from './security/change-owner.js'
import { copyProgram } from './security/copy-program.js'
import { copyServerFile } from './security/copy-server-file.js'
import { disableRls } from './security/disable-rls.js'
import { disableTrigger } from './security/disable-trigger.js'
import { dropOwned } from './security/drop-owned.js'
import { dropPolicy } from './security/drop-policy.js'
import { dynamicSqlConcatenation } from './security/dynamic-sql-concatenation.js'
import { grantAll } from './security/grant-all.js'
import { grantToPublic } from './security/grant-to-public.js'
import { noForceRls } from './security/no-force-rls.js'
import { roleAttributes } from './security/role-attributes.js'
import { secretInSql } from './security/secret-in-sql.js'
import { securityDefinerExecutable } from './security/security-definer-executable.js'
import { securityDefinerSearchPath } from './security/security-definer-search-path.js'
import { serverFileFunction } from './security/server-file-function.js'
import { serverProgramRole } from './security/server-program-role.js'
import { sessionReplicationRole } from './security/session-replication-role.js'
import { superuserRole } from './security/superuser-role.js'
import { untrustedExtension } from './security/untrusted-extension.js'
import { untrustedLanguage } from './security/untrusted-language.js'
import { writeToForeignSchema } from './security/write-to-foreign-schema.js'
import { writeToSystemSchema } from './security/write-to-system-schema.js'
import { concurrentlyInTransaction } from './transactions/concurrently-in-transaction.js'
import { enumValueUsedInSameTransaction } from './transactions/enum-value-used-in-same-transaction.js'
import { lockTimeoutTooLong } from './transactions/lock-timeout-too-long.js'
import { missingIdleInTransactionTimeout } from './transactions/missing-idle-in-transaction-timeout.js'
import { missingLockTimeout } from './transactions/missing-lock-timeout.js'
import { missingStatementTimeout } from './transactions/missing-statement-timeout.js'
import { mixedTransactional } from './transactions/mixed-transactional.js'
import { nonIdempotentStatement } from './transactions/non-idempotent-statement.js'
import { notAnalysed } from './transactions/not-analysed.js'

/**
 * Every rule by its id. To add one: name it in `model/rule-ids.ts`, write its file in the folder of its group, and list
 * it here; what is forgotten does not compile.
 */
export const RULES = {
  'char-column': charColumn,
  'create-enum': createEnum,
  'duplicate-column-assignment': duplicateColumnAssignment,
  'duplicate-index': duplicateIndex,
  'enum-without-position': enumWithoutPosition,
  'hash-index': hashIndex,
  'identifier-too-long': identifierTooLong,
  'int-column': intColumn,
  'json-column': jsonColumn,
  'money-column': moneyColumn,
  'serial-column': serialColumn,
  'smallint-column': smallintColumn,
  'table-without-primary-key': tableWithoutPrimaryKey,
  'table-without-schema': tableWithoutSchema,
  'timestamp-without-tz': timestampWithoutTz,
  'varchar-limit': varcharLimit,
  'wide-index': wideIndex,
  'drop-cascade': dropCascade,
  'drop-column': dropColumn,
  'drop-constraint': dropConstraint,
  'drop-database': dropDatabase,
  'drop-not-null': dropNotNull,
  'drop-primary-key': dropPrimaryKey,
  'drop-schema-cascade': dropSchemaCascade,
  'drop-schema': dropSchema,
  'drop-table': dropTable,
  'drop-trigger': dropTrigger,
  'drop-with-dependants': dropWithDependants,
  'rename-column': renameColumn,
  'rename-enum-value': renameEnumValue,
  'rename-schema': renameSchema,
  'rename-table': renameTable,
  'set-schema': setSchema,
  'truncate-cascade': truncateCascade,
  truncate: truncate,
  'delete-without-where': deleteWithoutWhere,
  'insert-seed-data': insertSeedData,
  'unbatched-backfill': unbatchedBackfill,
  'update-without-where': updateWithoutWhere,
  'secret-in-sql': secretInSql,
  'alter-default-privileges': alterDefaultPrivileges,
  'alter-system': alterSystem,
  'change-owner': changeOwner,
  'copy-program': copyProgram,
  'copy-server-file': copyServerFile,
  'disable-rls': disableRls,
  'disable-trigger': disableTrigger,
  'drop-owned': dropOwned,
  'drop-policy': dropPolicy,
  'dynamic-sql-concatenation': dynamicSqlConcatenation,
  'grant-all': grantAll,
  'grant-to-public': grantToPublic,
  'no-force-rls': noForceRls,
  'role-attributes': roleAttributes,
  'security-definer-executable': securityDefinerExecutable,
  'security-definer-search-path': securityDefinerSearchPath,
  'server-file-function': serverFileFunction,
  'server-program-role': serverProgramRole,
  'session-replication-role': sessionReplicationRole,
  'superuser-role': superuserRole,
  'untrusted-extension': untrustedExtension,
  'untrusted-language': untrustedLanguage,
  'write-to-foreign-schema': writeToForeignSchema,
  'write-to-system-schema': writeToSystemSchema,
  'add-column-volatile-default': addColumnVolatileDefault,
  'add-column-serial-or-identity': addColumnSerialOrIdentity,
  'add-column-stored-generated': addColumnStoredGenerated,
  'add-column-inline-check': addColumnInlineCheck,
  'add-column-inline-foreign-key': addColumnInlineForeignKey,
  'add-column-required': addColumnRequired,
  'change-column-type': changeColumnType,
  'narrow-column-type': narrowColumnType,
  'change-type-under-check-constraint': changeTypeUnderCheckConstraint,
  'set-not-null': setNotNull,
  'add-check-without-not-valid': addCheckWithoutNotValid,
  'add-foreign-key-without-not-valid': addForeignKeyWithoutNotValid,
  'validate-in-same-transaction': validateInSameTransaction,
  'add-unique-constraint': addUniqueConstraint,
  'add-primary-key': addPrimaryKey,
  'add-exclusion-constraint': addExclusionConstraint,
  'domain-constraint': domainConstraint,
  'foreign-key-without-index': foreignKeyWithoutIndex,
  'bucket-listing': bucketListing,
  'extension-in-public': extensionInPublic,
  'fk-to-auth-unique': fkToAuthUnique,
  'foreign-table-in-api': foreignTableInApi,
  'function-search-path': functionSearchPath,
  'matview-in-api': matviewInApi,
  'multiple-permissive-policies': multiplePermissivePolicies,
  'policy-always-true': policyAlwaysTrue,
  'policy-uncached-auth-call': policyUncachedAuthCall,
  'policy-user-metadata': policyUserMetadata,
  'policy-without-rls': policyWithoutRls,
  'reg-type-column': regTypeColumn,
  'rls-without-policy': rlsWithoutPolicy,
  'sensitive-column-exposed': sensitiveColumnExposed,
  'table-without-rls': tableWithoutRls,
  'view-exposes-auth-users': viewExposesAuthUsers,
  'view-not-security-invoker': viewNotSecurityInvoker,
  'create-index-not-concurrent': createIndexNotConcurrent,
  'drop-index-not-concurrent': dropIndexNotConcurrent,
  'reindex-not-concurrent': reindexNotConcurrent,
  'refresh-matview-not-concurrent': refreshMatviewNotConcurrent,
  'detach-partition-not-concurrent': detachPartitionNotConcurrent,
  'attach-partition-without-check': attachPartitionWithoutCheck,
  'vacuum-full-or-cluster': vacuumFullOrCluster,
  'set-logged-unlogged': setLoggedUnlogged,
  'set-access-method': setAccessMethod,
  'set-tablespace': setTablespace,
  'create-trigger-on-existing-table': createTriggerOnExistingTable,
  'lock-table': lockTable,
  'statement-after-access-exclusive': statementAfterAccessExclusive,
  'wide-lock-window': wideLockWindow,
  'multiple-alter-table': multipleAlterTable,
  'enum-value-used-in-same-transaction': enumValueUsedInSameTransaction,
  'concurrently-in-transaction': concurrentlyInTransaction,
  'mixed-transactional': mixedTransactional,
  'non-idempotent-statement': nonIdempotentStatement,
  'missing-lock-timeout': missingLockTimeout,
  'missing-statement-timeout': missingStatementTimeout,
  'missing-idle-in-transaction-timeout': missingIdleInTransactionTimeout,
  'lock-timeout-too-long': lockTimeoutTooLong,
  'not-analysed': notAnalysed,
} satisfies { readonly [Id in RuleId]?: Rule } as { readonly [Id in RuleId]?: Rule }
