import { describeRule } from '../describe-rule.js'

describeRule('untrusted-extension', {
  bad: [
    {
      sql: '⟦create extension if not exists "Odd"⟧;',
      message: 'The extension "Odd" is not one of those known as harmless.',
      severity: 'error',
    },
    {
      sql: '⟦create extension dblink with schema extensions⟧;',
      message: 'The extension dblink lets everyone who may call it run SQL on other servers.',
      severity: 'warning',
    },
  ],
  good: [
    'create extension if not exists "uuid-ossp"; create extension vector; create extension postgis;',
    'create extension plperlu; create extension jsonb_plperl;',
  ],
})
