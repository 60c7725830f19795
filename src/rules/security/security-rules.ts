import { alterDefaultPrivileges } from './alter-default-privileges.js'
import { alterSystem } from './alter-system.js'
import { changeOwner } from './change-owner.js'
import { copyProgram } from './copy-program.js'
import { copyServerFile } from './copy-server-file.js'
import { disableRls } from './disable-rls.js'
import { disableTrigger } from './disable-trigger.js'
import { dropOwned } from './drop-owned.js'
import { dropPolicy } from './drop-policy.js'
import { dynamicSqlConcatenation } from './dynamic-sql-concatenation.js'
import { grantAll } from './grant-all.js'
import { grantToPublic } from './grant-to-public.js'
import { noForceRls } from './no-force-rls.js'
import { roleAttributes } from './role-attributes.js'
import { secretInSql } from './secret-in-sql.js'
import { securityDefinerExecutable } from './security-definer-executable.js'
import { securityDefinerSearchPath } from './security-definer-search-path.js'
import { serverFileFunction } from './server-file-function.js'
import { serverProgramRole } from './server-program-role.js'
import { sessionReplicationRole } from './session-replication-role.js'
import { superuserRole } from './superuser-role.js'
import { untrustedExtension } from './untrusted-extension.js'
import { untrustedLanguage } from './untrusted-language.js'
import { writeToForeignSchema } from './write-to-foreign-schema.js'
import { writeToSystemSchema } from './write-to-system-schema.js'

/** The rules of this folder, in the order the documentation shows them. */
export const SECURITY_RULES = {
  'secret-in-sql': secretInSql,
  'disable-rls': disableRls,
  'no-force-rls': noForceRls,
  'drop-policy': dropPolicy,
  'disable-trigger': disableTrigger,
  'session-replication-role': sessionReplicationRole,
  'grant-to-public': grantToPublic,
  'grant-all': grantAll,
  'alter-default-privileges': alterDefaultPrivileges,
  'superuser-role': superuserRole,
  'role-attributes': roleAttributes,
  'server-program-role': serverProgramRole,
  'change-owner': changeOwner,
  'drop-owned': dropOwned,
  'alter-system': alterSystem,
  'copy-program': copyProgram,
  'copy-server-file': copyServerFile,
  'server-file-function': serverFileFunction,
  'untrusted-language': untrustedLanguage,
  'untrusted-extension': untrustedExtension,
  'write-to-foreign-schema': writeToForeignSchema,
  'write-to-system-schema': writeToSystemSchema,
  'dynamic-sql-concatenation': dynamicSqlConcatenation,
  'security-definer-search-path': securityDefinerSearchPath,
  'security-definer-executable': securityDefinerExecutable,
}
