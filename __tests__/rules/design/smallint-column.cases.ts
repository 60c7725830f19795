import { describeRule } from '../describe-rule.js'

describeRule('smallint-column', {
  bad: [
    {
      sql: 'create table people (⟦id smallserial⟧,\n⟦age smallint⟧, ⟦n int2⟧, ⟦s serial2⟧);',
      message: [
        'Column id of people is smallint, which ends at 32,767.',
        'Column age of people is smallint, which ends at 32,767.',
        'Column n of people is smallint, which ends at 32,767.',
        'Column s of people is smallint, which ends at 32,767.',
      ],
      fixed: 'create table people (id bigserial,\nage bigint, n bigint, s bigserial);',
    },
    {
      sql: 'alter table a.people add column ⟦age smallint⟧;',
      message: 'Column age of a.people is smallint, which ends at 32,767.',
    },
    { sql: 'alter table people alter age type bigint, alter ⟦n type smallint⟧;', help: 'Write bigint.' },
  ],
  good: ['create table people (id bigint, n integer, s serial, t app.int2);'],
})
