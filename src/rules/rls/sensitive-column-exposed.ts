import { showName } from '../../sql/relation-name.js'
import type { KnownColumn } from '../known/known.js'
import type { Rule } from '../rule.js'
import { showList } from '../show-list.js'
import { exposedRelations } from './exposed.js'

export const sensitiveColumnExposed: Rule = {
  id: 'sensitive-column-exposed',
  group: 'rls',
  title: 'Passwords, tokens and the like in a table without row level security',
  why: 'By its name the column holds what nobody else may see, and whoever has the public key of the API can read all of it.',
  instead:
    'Enable row level security with a policy for the owner of the row, or keep the column in a table of a schema that the API does not serve.',
  levels: { development: 'warn', staging: 'warn', production: 'force' },
  needsApi: true,
  examples: {
    bad: ['create table members (id bigint primary key, password_hash text);'],
    good: [
      'create table members (id bigint primary key, password_hash text); alter table members enable row level security;',
      'create table members (id bigint primary key, name text);',
    ],
  },
  *conclude(context) {
    for (const { schema, name, rls, columns, file, span } of exposedRelations(context, 'table')) {
      const sensitive = rls ? [] : [...columns.values()].filter(isSensitive)
      const [first] = sensitive
      if (!first) continue
      const names = showList(sensitive.map((each) => showName([each.name])))
      yield {
        message: `The API shows ${names} of ${showName([schema, name])} to everybody: the table has no row level security.`,
        help: `Enable row level security on it, or move ${sensitive.length > 1 ? 'the columns' : 'the column'} out of the API's reach.`,
        file: first.made.isNew ? first.made.file : file,
        span: first.made.isNew ? first.made.span : span,
      }
    }
  },
}

/** A number or a flag of that name says something about it: `password_resets`, `has_token`. */
function isSensitive({ name, type = 'text' }: KnownColumn): boolean {
  return HOLDS_SECRETS.test(type) && SENSITIVE.test(name.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toLowerCase())
}

const HOLDS_SECRETS = /^(text|varchar|bpchar|citext|bytea|jsonb?|uuid|extensions\.citext|public\.citext)\b/

const SENSITIVE =
  /^(.*_)?(passw(or)?d|passwd|pwd|passphrase|password_(hash|digest|salt)|encrypted_password|secret|client_secret|api_?key|secret_key|private_key|access_token|refresh_token|auth_token|session_token|reset_token|otp|otp_secret|totp_secret|mfa_secret|backup_codes|recovery_codes|ssn|social_security(_number)?|tax_id|passport(_number)?|drivers?_licen[cs]e(_number)?|national_id|credit_card(_number)?|card_number|cvv|cvc|pin_code|bank_account(_number)?|account_number|routing_number|iban|medical_record(_number)?|diagnosis|date_of_birth)$/
