import type { Made, Reach } from '../../model/reach.js'
import type { Parser } from '../../sql/open-parser.js'
import { mergeReach } from '../../sql/reach/merge-reach.js'
import { showName } from '../../sql/relation-name.js'
import type { EscapeFacts } from './escape-facts.js'
import { readLazily } from './read-lazily.js'

/** What runs when functions, domains and event triggers of the target are used. */
export function* madeByRoutines(parser: Parser, told: EscapeFacts): Generator<Made> {
  for (const [schema, name, language, definition, parts] of told.functions ?? []) {
    const where = `in ${showName([schema, name])}()`
    const reach = definition === null ? partsOf(language, parts) : bodyOf(parser, definition)
    yield { kind: 'function', name: [schema, name], where, reach }
  }
  for (const [schema, domain, expression] of told.domains ?? []) {
    const where = `by the default of the domain ${showName([schema, domain])}`
    const reach = readLazily(parser, `SELECT ${expression}`)
    yield { kind: 'relation', name: [schema, domain], where, reach }
  }
  for (const [schema, domain, ...name] of told.domainCalls ?? []) {
    const where = `in the domain ${showName([schema, domain])}`
    yield { kind: 'relation', name: [schema, domain], where, reach: () => ({ calls: [{ name }] }) }
  }
  for (const [trigger, event, tags, ...name] of told.eventTriggers ?? [])
    yield {
      kind: 'event trigger',
      name: [trigger],
      ...commandsOf(event, tags),
      where: `by the event trigger ${showName([trigger])}`,
      reach: () => ({ calls: [{ name }] }),
    }
}

/** An aggregate calls what it is made of. */
function partsOf(language: string, parts: readonly string[] | null): () => Reach {
  const calls = (parts ?? []).map((part) => {
    const dot = part.indexOf('.')
    return { name: [part.slice(0, dot), part.slice(dot + 1)] }
  })
  const reach: Reach =
    parts === null ? { unknown: [`it can not be told what code in ${language} does`] } : { calls }
  return () => reach
}

/** @param definition CREATE FUNCTION, which itself does nothing */
function bodyOf(parser: Parser, definition: string): () => Reach {
  const read = readLazily(parser, definition)
  return () => {
    const { makes = [], unknown = [] } = read()
    return mergeReach([...(unknown.length > 0 ? [{ unknown }] : []), ...makes.map(({ reach }) => reach())])
  }
}

/** A table is rewritten by ALTER TABLE and ALTER TYPE alone. */
function commandsOf(event: string, tags: readonly string[] | null): Pick<Made, 'commands'> {
  if (tags) return { commands: tags }
  return event === 'table_rewrite' ? { commands: ['ALTER TABLE', 'ALTER TYPE'] } : {}
}
