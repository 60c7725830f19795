import { join } from 'node:path'
import pg from 'pg'
import { startTestServers } from '../../__tests__/support/postgres/test-servers.mjs'
import { importTypeScript } from '../import-typescript.mjs'
import { isCopy, schema } from './facts.mjs'
import { readRows } from './read-cases.mjs'

const majors = ['15', '18']

const tests = new URL('../../__tests__/', import.meta.url)

/**
 * Each measured statement, run by our own rehearsal: on a target with rows in its tables, rolled back, and on a shadow
 * without rows. Tells what differs.
 */
export async function measureFacts(folder) {
  const facts = readRows(join(folder, 'measured_facts.jsonl'))
  if (facts.length === 0) return []
  const { aRehearsal } = await importTypeScript(new URL('rehearsal/a-rehearsal.ts', tests))
  const stop = await startTestServers()
  try {
    const judged = []
    for (const major of majors)
      judged.push(...(await measureOn(await urlOf(major), major, facts, aRehearsal)))
    return judged
  } finally {
    await stop()
  }
}

async function urlOf(major) {
  const response = await fetch(`${process.env.DEVFLOW_TEST_SERVERS}/${major}`)
  if (!response.ok) throw new Error(await response.text())
  return response.text()
}

/** Enough for the planner to read a table from end to end. */
const rows = `
insert into authors select i, 'author ' || i from generate_series(1, 10000) i;
insert into books select i, 1 + i % 10000, 'title ' || i, i, now(), 100, '{}' from generate_series(1, 100000) i;
insert into cand select i, 100 + i % 100 from generate_series(1, 100000) i;
refresh materialized view mv0;
`

async function measureOn(server, major, facts, rehearse) {
  const admin = await connect(server)
  const at = (name) => Object.assign(new URL(server), { pathname: `/${name}` }).href
  await makeDatabase(admin, at, 'facts_empty', schema)
  await makeDatabase(admin, at, 'facts_full', schema + rows)
  const relations = await relationsOf(at('facts_empty'))
  const judged = []
  for (const [index, fact] of facts.entries()) {
    const text = [...(fact.before ?? []), fact.sql].map((sql) => `${sql};`).join('\n')
    const files = { '01_case.sql': text }
    const onTarget = await rehearse(at('facts_full'), files, { statementMs: 0 })
    await admin.query('create database facts_shadow template facts_empty')
    const onShadow = await rehearse(at('facts_shadow'), files, { place: 'shadow', statementMs: 0 })
    await admin.query('drop database facts_shadow with (force)')
    const name = text.replaceAll('\n', ' ')
    const copied = isCopy(facts, index)
    judged.push({ name, major, place: 'target', copied, ...compare(fact, onTarget[0], 'target', relations) })
    judged.push({ name, major, place: 'shadow', copied, ...compare(fact, onShadow[0], 'shadow', relations) })
  }
  for (const name of ['facts_empty', 'facts_full']) await admin.query(`drop database ${name} with (force)`)
  await admin.end()
  return judged
}

async function makeDatabase(admin, at, name, sql) {
  await admin.query(`drop database if exists ${name} with (force)`)
  await admin.query(`create database ${name} template template0`)
  for (const setting of ['max_parallel_workers_per_gather', 'max_parallel_maintenance_workers'])
    await admin.query(`alter database ${name} set ${setting} = 0`)
  const client = await connect(at(name))
  await client.query(sql)
  await client.end()
}

async function relationsOf(url) {
  const client = await connect(url)
  const { rows: found } = await client.query(
    "select relname from pg_class where relnamespace = 'public'::regnamespace",
  )
  await client.end()
  return new Set(found.map(({ relname }) => relname))
}

async function connect(url) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client
}

/** @returns `wrong`: what differs; `waived`: what was not compared, and why */
function compare(fact, { state, failure, left = [], measured = [] }, place, relations) {
  if (fact.error) return compareError(fact.error, { state, failure, left }, place)
  if (failure) return { wrong: [`it failed: ${failure.message}`], waived: [] }
  const one = measured.at(-1)
  const before = measured.slice(0, -1)
  if (one === undefined || measured.length !== (fact.before ?? []).length + 1)
    return { wrong: [`it was not measured: ${state}`], waived: [] }
  const waived = []
  const made = madeBefore(fact, relations)
  if (made.length > 0) waived.push(`${made.join(', ')}: made by the statement before`)
  const dropped = before.flatMap((each) => each.dropped.map(({ name }) => bare(name)))
  const wrong = [
    ...differences('locks', without(fact.locks, made), locksOf(one)),
    ...differences('written anew', without(fact.rewritten, made), one.rewritten.map(bare)),
    ...differences(
      'read',
      readWithoutRows(without(fact.scanned, made), one, place, waived),
      one.scanned.map(bare),
    ),
    ...differences(
      'locked before',
      without(fact.held_access_exclusive_before, made).map((name) => named(name, dropped)),
      one.heldBefore.map(({ relation }) => bare(relation)),
    ),
    ...compareRows(fact, one, place),
  ]
  return { wrong, waived }
}

/** What can't run in a transaction is left out on a target, and runs on a shadow, where rows that would fail are not. */
function compareError(error, { state, failure, left }, place) {
  const code = error.slice(0, 5)
  if (place === 'shadow' && /^2[23]/.test(code)) return { wrong: [], waived: [`${code}: there are no rows`] }
  const isRight =
    code !== '25001'
      ? failure?.code === code
      : place === 'target'
        ? left.length === 1 && !failure
        : state === 'rehearsed'
  return { wrong: isRight ? [] : [`for ${error} it is ${state}`], waived: [] }
}

const bare = (name) => name.replace(/^public\./, '')

const locksOf = ({ locks }) =>
  locks.flatMap(({ relation, modes }) => modes.map((mode) => `${bare(relation)}:${mode}Lock`))

/** Of what the run itself made, or named anew, nothing but the making is told. */
function madeBefore(fact, relations) {
  const told = [...fact.locks, ...fact.rewritten, ...fact.scanned, ...fact.held_access_exclusive_before]
  const names = new Set(told.map(relationOf))
  return [...names].filter((name) => !relations.has(name) && !/^\d+$/.test(name))
}

const relationOf = (lock) => lock.split(':')[0]

const without = (list, names) => list.filter((each) => !names.includes(relationOf(each)))

/** The number of a relation that was dropped before. */
const named = (name, dropped) => (/^\d+$/.test(name) && dropped.length === 1 ? dropped[0] : name)

/** The rows that a foreign key points to are not read for a table without rows. */
function readWithoutRows(scanned, { locks }, place, waived) {
  if (place !== 'shadow') return scanned
  const isReferred = (name) =>
    locks.some(({ relation, modes }) => bare(relation) === name && modes.includes('RowShare'))
  const referred = scanned.filter(isReferred)
  if (referred.length > 0) waived.push(`${referred.join(', ')}: nothing refers to it where there are no rows`)
  return scanned.filter((name) => !isReferred(name))
}

function differences(what, expected, found) {
  const missing = expected.filter((each) => !found.includes(each))
  const more = found.filter((each) => !expected.includes(each))
  return [
    ...(missing.length > 0 ? [`${what}: ${missing.join(', ')} is missing`] : []),
    ...(more.length > 0 ? [`${what}: ${more.join(', ')} is too much`] : []),
  ]
}

/** A SELECT changes none. */
function compareRows({ rows: expected, sql }, { rows: found }, place) {
  if (expected === null || place === 'shadow' || /^\s*select/i.test(sql)) return []
  const sum = found.reduce((all, { inserted, updated, deleted }) => all + inserted + updated + deleted, 0)
  return sum === expected ? [] : [`rows: ${sum} in place of ${expected}`]
}
