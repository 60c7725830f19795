import { describeRule } from '../describe-rule.js'

describeRule('drop-database', {
  bad: [
    {
      sql: '⟦drop database "Shop"⟧;',
      message: 'DROP DATABASE "Shop" deletes the database with all that is in it.',
      severity: 'error',
    },
    {
      sql: '⟦drop database if exists shop⟧;\n⟦drop database shop with (force)⟧',
      class: 'development',
      severity: 'error',
    },
    {
      sql: '⟦alter database shop rename to old_shop⟧;',
      message: 'The database shop gets another name, and every URL with the old one stops working.',
    },
  ],
  good: ['create database shop;', 'alter table database rename to other;'],
})
