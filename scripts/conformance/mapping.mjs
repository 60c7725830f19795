// Which of our rules answers for which rule of another tool. docs/rules-of-other-tools.md shows it; a test compares.

const timeouts = ['missing-lock-timeout', 'missing-statement-timeout']
const transactions = ['transaction-control', 'statement-in-transaction']
const concurrently = ['concurrently-in-transaction', 'mixed-transactional', 'statement-in-transaction']
const rewritingDefaults = ['add-column-volatile-default', 'add-column-stored-generated']
const serialColumns = ['add-column-serial-or-identity', 'add-column-stored-generated']
const foreignKeys = ['add-foreign-key-without-not-valid', 'add-column-inline-foreign-key']
const checks = ['add-check-without-not-valid', 'add-column-inline-check']
const typeChanges = ['change-column-type', 'narrow-column-type']
/** By tool and its rule; several of ours where it makes no difference that we make, or the other way round. */
export const mapping = {
  squawk: {
    'adding-field-with-default': [...rewritingDefaults, 'add-column-serial-or-identity'],
    'adding-foreign-key-constraint': foreignKeys,
    'adding-not-nullable-field': ['set-not-null'],
    'adding-required-field': ['add-column-required'],
    'adding-serial-primary-key-field': ['add-primary-key'],
    'ban-alter-domain-with-add-constraint': ['domain-constraint'],
    'ban-char-field': ['char-column'],
    'ban-concurrent-index-creation-in-transaction': concurrently,
    'ban-create-domain-with-constraint': ['domain-constraint'],
    'ban-drop-column': ['drop-column'],
    'ban-drop-database': ['drop-database'],
    'ban-drop-not-null': ['drop-not-null'],
    'ban-drop-table': ['drop-table'],
    'ban-duplicate-column-assignments': ['duplicate-column-assignment'],
    'ban-truncate-cascade': ['truncate-cascade'],
    'ban-uncommitted-transaction': transactions,
    'changing-column-type': typeChanges,
    'constraint-missing-not-valid': [
      'add-check-without-not-valid',
      'add-foreign-key-without-not-valid',
      'add-unique-constraint',
      'add-primary-key',
      'add-exclusion-constraint',
      'validate-in-same-transaction',
    ],
    'disallowed-unique-constraint': ['add-unique-constraint'],
    'identifier-too-long': ['identifier-too-long'],
    'prefer-bigint-over-int': ['int-column'],
    'prefer-bigint-over-smallint': ['smallint-column'],
    'prefer-identity': ['serial-column'],
    'prefer-repack': ['vacuum-full-or-cluster'],
    'prefer-robust-stmts': ['non-idempotent-statement'],
    'prefer-text-field': ['varchar-limit'],
    'prefer-timestamp-tz': ['timestamp-without-tz'],
    'renaming-column': ['rename-column'],
    'renaming-table': ['rename-table'],
    'require-concurrent-index-creation': ['create-index-not-concurrent'],
    'require-concurrent-index-deletion': ['drop-index-not-concurrent'],
    'require-concurrent-partition-detach': ['detach-partition-not-concurrent'],
    'require-concurrent-reindex': ['reindex-not-concurrent'],
    'require-enum-value-ordering': ['enum-without-position'],
    'require-lock-timeout': ['missing-lock-timeout'],
    'require-statement-timeout': ['missing-statement-timeout'],
    'require-table-schema': ['table-without-schema'],
    'require-timeout-settings': timeouts,
    'transaction-nesting': transactions,
    'unused-ignore': ['unused-suppression'],
  },
  pgls: {
    addSerialColumn: serialColumns,
    addingFieldWithDefault: rewritingDefaults,
    addingForeignKeyConstraint: foreignKeys,
    addingNotNullField: ['set-not-null'],
    addingPrimaryKeyConstraint: ['add-primary-key'],
    addingRequiredField: ['add-column-required'],
    avoidAddingExclusionConstraint: ['add-exclusion-constraint'],
    avoidAttachingPartition: ['attach-partition-without-check'],
    avoidCreateTrigger: ['create-trigger-on-existing-table'],
    avoidEnableDisableTrigger: ['disable-trigger'],
    avoidWideLockWindow: ['wide-lock-window'],
    banCharField: ['char-column'],
    banConcurrentIndexCreationInTransaction: concurrently,
    banDeleteWithoutWhere: ['delete-without-where'],
    banDropColumn: ['drop-column'],
    banDropDatabase: ['drop-database'],
    banDropNotNull: ['drop-not-null'],
    banDropSchema: ['drop-schema', 'drop-schema-cascade'],
    banDropTable: ['drop-table'],
    banDropTrigger: ['drop-trigger'],
    banTruncate: ['truncate', 'truncate-cascade'],
    banTruncateCascade: ['truncate-cascade'],
    banUpdateWithoutWhere: ['update-without-where'],
    banVacuumFull: ['vacuum-full-or-cluster'],
    changingColumnType: typeChanges,
    constraintMissingNotValid: [...checks, ...foreignKeys],
    creatingEnum: ['create-enum'],
    disallowUniqueConstraint: ['add-unique-constraint'],
    lockTimeoutWarning: ['missing-lock-timeout'],
    multipleAlterTable: ['multiple-alter-table'],
    preferBigInt: ['int-column', 'smallint-column'],
    preferBigintOverInt: ['int-column'],
    preferBigintOverSmallint: ['smallint-column'],
    preferIdentity: ['serial-column'],
    preferJsonb: ['json-column'],
    preferRobustStmts: ['non-idempotent-statement'],
    preferTextField: ['varchar-limit'],
    preferTimestamptz: ['timestamp-without-tz'],
    renamingColumn: ['rename-column'],
    renamingTable: ['rename-table'],
    requireConcurrentDetachPartition: ['detach-partition-not-concurrent'],
    requireConcurrentIndexCreation: ['create-index-not-concurrent'],
    requireConcurrentIndexDeletion: ['drop-index-not-concurrent'],
    requireConcurrentRefreshMatview: ['refresh-matview-not-concurrent'],
    requireConcurrentReindex: ['reindex-not-concurrent'],
    requireIdleInTransactionTimeout: ['missing-idle-in-transaction-timeout'],
    requireSeparateConstraintValidation: ['validate-in-same-transaction'],
    requireStatementTimeout: ['missing-statement-timeout'],
    runningStatementWhileHoldingAccessExclusive: ['statement-after-access-exclusive'],
    transactionNesting: transactions,
  },
  eugene: {
    E1: [...checks, ...foreignKeys],
    E2: ['set-not-null'],
    E3: ['json-column'],
    E4: ['statement-after-access-exclusive'],
    E5: typeChanges,
    E6: ['create-index-not-concurrent'],
    E7: ['add-unique-constraint', 'add-primary-key'],
    E8: ['add-exclusion-constraint'],
    E9: ['missing-lock-timeout'],
    E10: ['wide-lock-window'],
    E11: serialColumns,
    W12: ['multiple-alter-table'],
    W13: ['create-enum'],
    W14: ['add-primary-key'],
    E15: ['foreign-key-without-index'],
  },
}

/** What eugene's own tests call its lints. */
export const eugeneNames = {
  ADDING_VALID_CONSTRAINT: 'E1',
  MAKE_COLUMN_NOT_NULLABLE_WITH_LOCK: 'E2',
  SET_COLUMN_TYPE_TO_JSON: 'E3',
  RUNNING_STATEMENT_WHILE_HOLDING_ACCESS_EXCLUSIVE: 'E4',
  CHANGE_COLUMN_TYPE: 'E5',
  CREATE_INDEX_NONCONCURRENTLY: 'E6',
  ADD_NEW_UNIQUE_CONSTRAINT_WITHOUT_USING_INDEX: 'E7',
  ADDING_EXCLUSION_CONSTRAINT: 'E8',
  LOCKTIMEOUT_WARNING: 'E9',
  ADD_SERIAL_COLUMN: 'E11',
  MULTIPLE_ALTER_TABLES_WHERE_ONE_WILL_DO: 'W12',
  CREATING_ENUM: 'W13',
  ADD_PRIMARY_KEY_USING_INDEX: 'W14',
  SETTING_PRIMARY_KEY_USING_INDEX: 'W14',
}

/** Rules of theirs that have no like among ours, and why; five at most. Their cases do not count. */
export const notOurs = [
  {
    tool: 'pgls',
    rule: 'avoidAlterEnumAddValue',
    reason:
      'ALTER TYPE … ADD VALUE takes no lock on any table; that the value can not be used in the same transaction is told where it is used (`enum-value-used-in-same-transaction`).',
  },
  {
    tool: 'pgls',
    rule: 'concurrentRefreshMatviewLock',
    reason:
      'It speaks against REFRESH … CONCURRENTLY, which is what `refresh-matview-not-concurrent` asks for: readers go on.',
  },
]

/** Our rules for a case, or undefined where its rule has none. */
export function rulesFor({ tool, rule }) {
  return mapping[tool]?.[rule] ?? (tool === 'eugene' ? mapping.eugene[eugeneNames[rule]] : undefined)
}

/** Why a case does not count, if it does not. */
export function whyNotOurs({ tool, rule }) {
  return notOurs.find((each) => each.tool === tool && each.rule === rule)?.reason
}
