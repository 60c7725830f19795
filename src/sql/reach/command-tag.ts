import type { Visited } from '../walk-tree.js'

/**
 * The command that event triggers know a statement by, `CREATE TABLE`; empty text where it is one that they fire at and
 * its name is not known here, or there are others in it, as in the script of an extension; undefined where they do not
 * fire.
 */
export function commandTag({ node, tree }: Visited): string | undefined {
  const { objtype, removeType, renameType, objectType, kind, is_procedure, is_grant, intoClause } =
    tree as Options
  const plain = TAGS[node]
  if (plain !== undefined) return plain
  switch (node) {
    case 'SelectStmt':
      return intoClause === undefined ? undefined : 'SELECT INTO'
    case 'AlterTableStmt':
      return `ALTER ${words(objtype)}`
    case 'CreateTableAsStmt':
      return objtype === 'OBJECT_MATVIEW' ? 'CREATE MATERIALIZED VIEW' : 'CREATE TABLE AS'
    case 'DropStmt':
      return `DROP ${words(removeType)}`
    case 'RenameStmt':
      return isPart(renameType) ? '' : `ALTER ${words(renameType)}`
    case 'AlterObjectSchemaStmt':
    case 'AlterOwnerStmt':
      return `ALTER ${words(objectType)}`
    case 'DefineStmt':
      return `CREATE ${words(kind)}`
    case 'CreateFunctionStmt':
      return is_procedure === true ? 'CREATE PROCEDURE' : 'CREATE FUNCTION'
    case 'GrantStmt':
      return is_grant === true ? 'GRANT' : 'REVOKE'
    default:
      return NO_COMMAND.test(node) ? undefined : ''
  }
}

interface Options {
  readonly objtype?: string
  readonly removeType?: string
  readonly renameType?: string
  readonly objectType?: string
  readonly kind?: string
  readonly is_procedure?: boolean
  readonly is_grant?: boolean
  readonly intoClause?: object
}

function isPart(type: string | undefined): boolean {
  return /COLUMN|ATTRIBUTE|CONSTRAINT/.test(type ?? '')
}

/** `OBJECT_MATVIEW` → `MATERIALIZED VIEW` */
function words(type: string | undefined): string {
  const name = (type ?? '').replace(/^OBJECT_/, '')
  return SPELT[name] ?? name.replaceAll('_', ' ')
}

const SPELT: Readonly<Record<string, string>> = {
  MATVIEW: 'MATERIALIZED VIEW',
  TSPARSER: 'TEXT SEARCH PARSER',
  TSDICTIONARY: 'TEXT SEARCH DICTIONARY',
  TSTEMPLATE: 'TEXT SEARCH TEMPLATE',
  TSCONFIGURATION: 'TEXT SEARCH CONFIGURATION',
  OPCLASS: 'OPERATOR CLASS',
  OPFAMILY: 'OPERATOR FAMILY',
  FDW: 'FOREIGN DATA WRAPPER',
  FOREIGN_SERVER: 'SERVER',
  STATISTIC_EXT: 'STATISTICS',
}

const TAGS: Readonly<Record<string, string>> = {
  CreateStmt: 'CREATE TABLE',
  IndexStmt: 'CREATE INDEX',
  ViewStmt: 'CREATE VIEW',
  CreateSeqStmt: 'CREATE SEQUENCE',
  AlterSeqStmt: 'ALTER SEQUENCE',
  CreateTrigStmt: 'CREATE TRIGGER',
  CreatePolicyStmt: 'CREATE POLICY',
  AlterPolicyStmt: 'ALTER POLICY',
  CreateSchemaStmt: 'CREATE SCHEMA',
  AlterExtensionContentsStmt: 'ALTER EXTENSION',
  CreateEnumStmt: 'CREATE TYPE',
  CompositeTypeStmt: 'CREATE TYPE',
  CreateRangeStmt: 'CREATE TYPE',
  AlterEnumStmt: 'ALTER TYPE',
  CreateDomainStmt: 'CREATE DOMAIN',
  AlterDomainStmt: 'ALTER DOMAIN',
  CommentStmt: 'COMMENT',
  RuleStmt: 'CREATE RULE',
  RefreshMatViewStmt: 'REFRESH MATERIALIZED VIEW',
  ReindexStmt: 'REINDEX',
  CreateForeignTableStmt: 'CREATE FOREIGN TABLE',
  AlterDefaultPrivilegesStmt: 'ALTER DEFAULT PRIVILEGES',
  CreateStatsStmt: 'CREATE STATISTICS',
  CreatePublicationStmt: 'CREATE PUBLICATION',
}

/** What changes no definition, or one that all databases share. */
const NO_COMMAND =
  /^(?:Insert|Update|Delete|Merge|Copy|Truncate|Call|Do|Explain|Execute|Prepare|Deallocate|DeclareCursor|Fetch|ClosePortal|Lock|Listen|Unlisten|Notify|VariableSet|VariableShow|Transaction|ConstraintsSet|Discard|CheckPoint|Load|Vacuum|Cluster|CreateRole|AlterRole|AlterRoleSet|DropRole|GrantRole|Createdb|AlterDatabase|AlterDatabaseSet|AlterDatabaseRefreshColl|Dropdb|CreateTableSpace|DropTableSpace|AlterTableSpaceOptions|AlterSystem|CreateEventTrig|AlterEventTrig|Return|PLAssign)Stmt$/
