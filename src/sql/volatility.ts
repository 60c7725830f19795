/**
 * Whether a function of the server gives the same value throughout a statement. `unknown`: it is none of the server's
 * or of its usual extensions', or one that is of both kinds.
 *
 * @param name as the server folds it, without its schema
 */
export function serverVolatility(name: string): 'volatile' | 'stable' | 'unknown' {
  if (VOLATILE.has(name)) return 'volatile'
  return STABLE.has(name) ? 'stable' : 'unknown'
}

// From pg_proc.provolatile of PostgreSQL 15 and 18, where all functions of the name agree: those that a default may
// call. The last line is of uuid-ossp and pgcrypto.
const VOLATILE =
  words(`array_sample array_shuffle clock_timestamp current_query currval gen_random_uuid lastval
  lo_creat lo_create lo_from_bytea lo_import nextval pg_current_wal_insert_lsn pg_current_wal_lsn pg_database_size
  pg_is_in_recovery pg_last_xact_replay_timestamp pg_nextoid pg_notify pg_relation_size pg_sleep pg_table_size
  pg_total_relation_size query_to_xml random random_normal set_config setseed setval timeofday txid_status uuidv4 uuidv7
  uuid_generate_v1 uuid_generate_v1mc uuid_generate_v4 gen_salt gen_random_bytes pgp_sym_encrypt pgp_pub_encrypt`)

// Stable or immutable, from the same. The last lines are of uuid-ossp, pgcrypto, unaccent, citext and hstore.
const STABLE =
  words(`abbrev abs acos acosd acosh age area array_append array_cat array_dims array_fill array_length
  array_lower array_ndims array_position array_positions array_prepend array_remove array_replace array_reverse
  array_sort array_to_json array_to_string array_to_tsvector array_upper ascii asin asind asinh atan atan2 atan2d atand
  atanh bit bit_count bit_length bool box bpchar broadcast btrim bytea cardinality casefold cbrt ceil ceiling center
  char char_length character_length chr cidr circle col_description concat concat_ws convert convert_from convert_to cos
  cosd cosh cot cotd crc32 crc32c current_database current_schema current_schemas current_setting current_user date
  date_add date_bin date_part date_subtract date_trunc daterange datemultirange decode degrees diagonal diameter div
  encode enum_first enum_last enum_range erf erfc exp extract factorial family float4 float8 floor format format_type
  gamma gcd get_bit get_byte get_current_ts_config getdatabaseencoding height host hostmask inet_client_addr
  inet_client_port inet_merge inet_same_family inet_server_addr inet_server_port initcap int2 int4 int4multirange
  int4range int8 int8multirange int8range interval is_normalized isclosed isempty isfinite isopen json_array_length
  json_build_array json_build_object json_extract_path json_extract_path_text json_object json_populate_record
  json_strip_nulls json_typeof jsonb_array_length jsonb_build_array jsonb_build_object jsonb_concat
  jsonb_extract_path jsonb_extract_path_text jsonb_insert jsonb_object jsonb_path_exists jsonb_path_match
  jsonb_path_query_array jsonb_path_query_first jsonb_populate_record jsonb_pretty jsonb_set jsonb_set_lax
  jsonb_strip_nulls jsonb_typeof justify_days justify_hours justify_interval lcm left length lgamma like ln log log10
  lower lower_inc lower_inf lpad lseg ltrim macaddr macaddr8 make_date make_interval make_time make_timestamp
  make_timestamptz masklen md5 min_scale mod money name netmask network normalize now num_nonnulls num_nulls nummultirange
  numnode numrange numeric obj_description octet_length oid overlaps overlay parse_ident path pg_backend_pid
  pg_client_encoding pg_collation_for pg_column_size pg_current_snapshot pg_current_xact_id pg_encoding_to_char
  pg_get_userbyid pg_lsn pg_my_temp_schema pg_postmaster_start_time pg_size_bytes pg_size_pretty pg_trigger_depth
  pg_typeof phraseto_tsquery pi plainto_tsquery point polygon popen position pow power querytree quote_ident
  quote_literal quote_nullable radians radius range_merge regclass regexp_count regexp_instr regexp_like regexp_match
  regexp_replace regexp_split_to_array regexp_substr repeat replace reverse right round row_to_json rpad rtrim scale
  session_user set_bit set_byte set_masklen setweight sha224 sha256 sha384 sha512 sign sin sind sinh slope split_part
  sqrt starts_with statement_timestamp string_to_array strip strpos substr substring system_user tan tand tanh text time
  timestamp timestamptz timetz timezone to_ascii to_bin to_char to_date to_hex to_json to_jsonb to_number to_oct
  to_regclass to_regnamespace to_regproc to_regprocedure to_regrole to_regtype to_timestamp to_tsquery to_tsvector
  transaction_timestamp translate trim_array trim_scale trunc tsmultirange tsquery_phrase tsrange tstzmultirange
  tstzrange tsvector_to_array txid_current txid_current_if_assigned txid_current_snapshot unistr upper upper_inc upper_inf
  uuid_extract_timestamp uuid_extract_version varbit varchar version websearch_to_tsquery width width_bucket xid xml
  xmlcomment xmltext xpath xpath_exists
  uuid_generate_v3 uuid_generate_v5 uuid_nil uuid_ns_dns uuid_ns_oid uuid_ns_url uuid_ns_x500 digest hmac crypt armor
  unaccent citext hstore`)

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/))
}
