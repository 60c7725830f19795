import { describe, expect, it } from '@jest/globals'
import type { RunnableMigration } from '../../src/model/plan.js'
import { refersToNewOnly } from '../../src/rehearsal/refers-to-new.js'
import { openParser } from '../../src/sql/open-parser.js'
import { aMigration } from '../support/builders.js'

const parser = await openParser()

function aFile(text: string): RunnableMigration {
  const parsed = parser.parse(text)
  if (parsed.kind !== 'statements') throw new Error(`Not SQL: ${text}`)
  return { file: aMigration(), text, statements: parsed.statements, mode: 'transaction' }
}

const VIOLATED = 'insert or update on table "orders" violates foreign key constraint "orders_state_fkey"'

function isNewOnly(text: string, there: readonly string[] = [], message = VIOLATED): boolean {
  return refersToNewOnly(message, [aFile(text)], (name) => there.includes(name))
}

const states = 'create table states (name text primary key);'
const orders = 'create table orders (id int, state text references states);'
const insert = "insert into orders values (1, 'open');"

describe('a violated foreign key', () => {
  it.each([
    `${states} insert into states values ('closed'); ${orders} ${insert}`,
    `create table public."States" (name text primary key); create table orders (id int, state text references public."States"); ${insert}`,
    `${states} comment on table states is 'x'; grant all on states to public; ${orders} create index on states (name); ${insert}`,
    `create table if not exists app.states (name text); ${orders} copy states from stdin; ${insert}`,
    `create table Öffentlich (n int); create table"x"(n int); create table orders (id int references"x", k int references Öffentlich); ${insert}`,
    `${states} alter table orders add constraint orders_state_fkey foreign key (state) references states (name); ${insert}`,
  ])('that refers to what is made and filled here is no matter of missing rows: %s', (text) => {
    expect(isNewOnly(text)).toBe(true)
  })

  it.each([
    [`${orders} ${insert}`, ['states']],
    [`create table if not exists states (name text primary key); ${orders} ${insert}`, ['states']],
    [`${orders} ${insert}`, []],
    [insert, ['orders', 'states']],
    // To the server a no-break space is a letter, and É no é.
    [`create table É (n int); create table orders (id int references É); ${insert}`, ['É']],
    [
      'create table s\u00a0 (n int); create table orders (id int references s\u00a0); insert into orders values (1)',
      ['s\u00a0'],
    ],
    [`create table "s" (n int); create table orders (id int references s\u3000); ${insert}`, []],
  ])('may refer to a row of the target: %s, %j', (text, there) => {
    expect(isNewOnly(text, there)).toBe(false)
  })

  it.each([
    'insert into states select distinct state from old;',
    'insert into states table old;',
    'insert into states values ((select min(state) from old));',
    "do $$ begin insert into states values ('x'); end $$;",
    'create function f() returns trigger language plpgsql as $$ begin insert into states values (new.a); return new; end $$;',
    "copy states from '/tmp/states.txt';",
    'alter table states inherit old;',
    'create table more (name text) partition by list (name); alter table more attach partition states default;',
  ])('may refer to what is filled from elsewhere: %s', (filling) => {
    expect(isNewOnly(`${states} ${filling} ${orders} ${insert}`)).toBe(false)
  })

  it('may refer to what CREATE TABLE takes from elsewhere', () => {
    for (const made of ['create table states as select state from old;', 'create table states as table old;'])
      expect(isNewOnly(`${made} ${orders} ${insert}`)).toBe(false)
  })

  it('is understood in other languages', () => {
    const german =
      'Einfügen oder Aktualisieren in Tabelle »orders« verletzt Fremdschlüssel-Constraint »orders_state_fkey«'
    expect(isNewOnly(`${states} ${orders} ${insert}`, [], german)).toBe(true)
    const french =
      'une instruction insert ou update sur la table « orders » viole la contrainte de clé étrangère « orders_state_fkey »'
    expect(isNewOnly(`${states} ${orders} ${insert}`, [], french)).toBe(true)
  })

  it('is not judged where a file was not read statement by statement', () => {
    const { statements: _, ...unread } = aFile(`${states} ${orders} ${insert}`)
    expect(refersToNewOnly(VIOLATED, [unread], () => false)).toBe(false)
  })
})
