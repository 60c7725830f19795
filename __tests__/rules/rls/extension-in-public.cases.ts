import { describeRule } from '../describe-rule.js'

describeRule('extension-in-public', {
  bad: [
    {
      sql: '⟦create extension if not exists "uuid-ossp"⟧;',
      message: 'Extension "uuid-ossp" goes into the schema public, which the API serves.',
      help: 'Write create extension "uuid-ossp" with schema extensions.',
      severity: 'warning',
    },
    { sql: '⟦create extension hstore with schema api cascade⟧;', apiSchemas: ['api'] },
    { sql: 'set search_path = api, public; ⟦create extension hstore⟧;', apiSchemas: ['api'] },
    { sql: '⟦create extension pg_cron with schema public⟧;' },
  ],
  good: [
    'create extension hstore schema extensions; create extension pg_cron; create extension plpgsql;',
    'create extension hstore; alter extension hstore set schema extensions;',
    'set search_path = extensions; create extension hstore;',
    { sql: 'create extension hstore;', apiSchemas: ['api'] },
    'drop extension hstore;',
  ],
})
