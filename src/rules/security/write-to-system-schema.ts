import { showName } from '../../sql/relation-name.js'
import type { Known } from '../known/known.js'
import type { Rule } from '../rule.js'
import { type Written, writtenRelations } from './written-relations.js'

export const writeToSystemSchema: Rule = {
  id: 'write-to-system-schema',
  group: 'security',
  title: 'Changes to the system catalogs',
  why: 'The catalogs are how PostgreSQL knows what there is. A row changed by hand is checked by nothing, locks nothing, and can leave a database that no longer starts, dumps or upgrades.',
  instead:
    'Use the statement that is meant for it: `ALTER TYPE`, `ALTER TABLE`, `UPDATE` of a setting by `ALTER DATABASE … SET`.',
  levels: { development: 'warn', staging: 'force', production: 'never' },
  examples: {
    bad: [
      "delete from pg_catalog.pg_enum where enumlabel = 'old';",
      "update pg_attribute set atttypmod = 104 where attname = 'name';",
      'create function pg_catalog.now2() returns timestamptz language sql as $$ select now() $$;',
    ],
    good: ['select * from pg_catalog.pg_class;', 'create table pg_like (id int);'],
  },
  *check(statement, { file, known }) {
    for (const written of writtenRelations(statement, file.file.text)) {
      if (!isSystem(written, known)) continue
      const { schema, name, by, span } = written
      const parts = [schema ?? [], name === '' ? [] : name].flat()
      yield {
        span,
        message: `${by} changes ${showName(parts)}, which belongs to PostgreSQL itself.`,
        help: 'Use the statement that PostgreSQL has for it, which checks and locks what it changes.',
      }
    }
  },
}

function isSystem({ schema, name, by }: Written, known: Known): boolean {
  if (schema !== undefined) return SYSTEM.has(schema)
  return CATALOGS.has(name) && !by.startsWith('CREATE') && !known.named([name])
}

const SYSTEM = new Set(['pg_catalog', 'information_schema', 'pg_toast'])

/** Found before anything else of that name. */
const CATALOGS = new Set(
  `pg_aggregate pg_am pg_amop pg_amproc pg_attrdef pg_attribute pg_auth_members pg_authid pg_cast pg_class
  pg_collation pg_constraint pg_conversion pg_database pg_db_role_setting pg_default_acl pg_depend pg_description
  pg_enum pg_event_trigger pg_extension pg_foreign_data_wrapper pg_foreign_server pg_foreign_table pg_index
  pg_inherits pg_init_privs pg_language pg_largeobject pg_largeobject_metadata pg_namespace pg_opclass pg_operator
  pg_opfamily pg_parameter_acl pg_partitioned_table pg_policy pg_proc pg_publication pg_publication_namespace
  pg_publication_rel pg_range pg_replication_origin pg_rewrite pg_seclabel pg_sequence
  pg_shdepend pg_shdescription pg_shseclabel pg_statistic pg_statistic_ext pg_statistic_ext_data pg_subscription
  pg_subscription_rel pg_tablespace pg_transform pg_trigger pg_ts_config pg_ts_config_map pg_ts_dict pg_ts_parser
  pg_ts_template pg_type pg_user_mapping`.split(/\s+/),
)
