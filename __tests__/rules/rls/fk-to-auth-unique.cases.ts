import { describeRule } from '../describe-rule.js'

describeRule('fk-to-auth-unique', {
  bad: [
    {
      sql: 'create table profiles (\n  phone text ⟦references auth.users (phone)⟧ on delete cascade\n);',
      message: 'This foreign key hangs on phone of auth.users, which is not its primary key.',
      help: 'Refer to auth.users (id).',
      severity: 'error',
    },
    {
      sql: 'create table p (a text, b text, ⟦constraint c foreign key (a, b) references auth.identities (provider_id, provider)⟧);',
      message:
        'This foreign key hangs on provider_id, provider of auth.identities, which is not its primary key.',
    },
    { sql: 'alter table p add column a text ⟦references auth.users (phone)⟧, add b int;' },
    {
      sql: 'alter table p ⟦add constraint c foreign key (a) references auth.users (phone)⟧;'.replace(
        '⟦add ',
        'add ⟦',
      ),
    },
  ],
  good: [
    'create table p (id uuid references auth.users, b uuid references auth.users (id));',
    'create table p (email text references users (email));',
    'alter table p add foreign key (id) references auth.users (id);',
  ],
})
