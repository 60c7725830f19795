import { addCheckWithoutNotValid } from './add-check-without-not-valid.js'
import { addColumnInlineCheck } from './add-column-inline-check.js'
import { addColumnInlineForeignKey } from './add-column-inline-foreign-key.js'
import { addColumnRequired } from './add-column-required.js'
import { addColumnSerialOrIdentity } from './add-column-serial-or-identity.js'
import { addColumnStoredGenerated } from './add-column-stored-generated.js'
import { addColumnVolatileDefault } from './add-column-volatile-default.js'
import { addExclusionConstraint } from './add-exclusion-constraint.js'
import { addForeignKeyWithoutNotValid } from './add-foreign-key-without-not-valid.js'
import { addPrimaryKey } from './add-primary-key.js'
import { addUniqueConstraint } from './add-unique-constraint.js'
import { attachPartitionWithoutCheck } from './attach-partition-without-check.js'
import { changeColumnType } from './change-column-type.js'
import { changeTypeUnderCheckConstraint } from './change-type-under-check-constraint.js'
import { createIndexNotConcurrent } from './create-index-not-concurrent.js'
import { createTriggerOnExistingTable } from './create-trigger-on-existing-table.js'
import { detachPartitionNotConcurrent } from './detach-partition-not-concurrent.js'
import { domainConstraint } from './domain-constraint.js'
import { dropIndexNotConcurrent } from './drop-index-not-concurrent.js'
import { foreignKeyWithoutIndex } from './foreign-key-without-index.js'
import { lockTable } from './lock-table.js'
import { multipleAlterTable } from './multiple-alter-table.js'
import { narrowColumnType } from './narrow-column-type.js'
import { refreshMatviewNotConcurrent } from './refresh-matview-not-concurrent.js'
import { reindexNotConcurrent } from './reindex-not-concurrent.js'
import { setAccessMethod } from './set-access-method.js'
import { setLoggedUnlogged } from './set-logged-unlogged.js'
import { setNotNull } from './set-not-null.js'
import { setTablespace } from './set-tablespace.js'
import { statementAfterAccessExclusive } from './statement-after-access-exclusive.js'
import { vacuumFullOrCluster } from './vacuum-full-or-cluster.js'
import { validateInSameTransaction } from './validate-in-same-transaction.js'
import { wideLockWindow } from './wide-lock-window.js'

/** The rules of this folder, in the order the documentation shows them. */
export const LOCK_RULES = {
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
  'domain-constraint': domainConstraint,
  'create-trigger-on-existing-table': createTriggerOnExistingTable,
  'lock-table': lockTable,
  'statement-after-access-exclusive': statementAfterAccessExclusive,
  'wide-lock-window': wideLockWindow,
  'multiple-alter-table': multipleAlterTable,
  'foreign-key-without-index': foreignKeyWithoutIndex,
}
