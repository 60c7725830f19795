import { describeRule } from '../describe-rule.js'

describeRule('enum-without-position', {
  bad: [
    {
      sql: "\n⟦ALTER TYPE my_enum ADD VALUE 'new_value'⟧;\n",
      message: "The place of 'new_value' among the values of my_enum is not said.",
      help: "Add BEFORE or AFTER and the value that it belongs beside: AFTER 'existing_value'.",
    },
    {
      sql: "⟦alter type a.my_enum add value if not exists 'it''s'⟧;",
      message: "The place of 'it''s' among the values of a.my_enum is not said.",
    },
    {
      before: "create type mood as enum ('sad', 'o''k'); alter type mood add value 'low' before 'sad';",
      sql: "⟦alter type mood add value 'glad'⟧;",
      fixed: "alter type mood add value 'glad' after 'o''k';",
    },
    {
      before:
        "create type mood as enum ('a', 'c'); alter type mood add value 'b' after 'a'; alter type mood rename value 'c' to 'd';",
      sql: "⟦alter type mood add value 'e'⟧;",
      fixed: "alter type mood add value 'e' after 'd';",
    },
  ],
  good: [
    "alter type my_enum add value 'new' before 'old';",
    "alter type my_enum add value 'new' after 'old';",
    "alter type my_enum rename value 'new' to 'old';",
    'alter type my_enum rename to other;',
  ],
})
