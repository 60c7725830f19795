import { describe, expect, it } from '@jest/globals'
import { weighTypeChange } from '../../../src/rules/locks/weigh-type-change.js'
import { aDatabase } from '../../support/postgres/a-database.js'

const TYPES = [
  ...['varchar', 'varchar(10)', 'varchar(20)', 'text', 'bpchar', 'bpchar(10)', 'bpchar(20)', 'name', 'xml'],
  ...['varchar[]', 'varchar(10)[]', 'varchar(20)[]', 'text[]', 'json', 'jsonb', 'uuid', 'bool', 'bytea'],
  ...['int2', 'int4', 'int8', 'oid', 'regclass', 'regtype', 'float4', 'float8', 'money', '"char"'],
  ...['numeric', 'numeric(10,2)', 'numeric(12,2)', 'numeric(12,4)', 'numeric(8,2)', 'numeric(10)'],
  ...['timestamp', 'timestamp(3)', 'timestamp(6)', 'timestamptz', 'timestamptz(3)', 'timestamptz(6)', 'date'],
  ...['time', 'time(3)', 'time(6)', 'timetz', 'interval', 'interval(3)', 'interval(6)', 'interval day'],
  ...['bit(5)', 'bit(6)', 'varbit', 'varbit(5)', 'varbit(6)', 'inet', 'cidr', 'macaddr', 'macaddr8'],
]

/** As `typeName` of the parser's tree gives them. */
const PARSED: Readonly<Record<string, string>> = {
  '"char"': 'char',
  'interval(3)': 'interval(32767,3)',
  'interval(6)': 'interval(32767,6)',
  'interval day': 'interval(8)',
}

// The server answers for itself: the file of a table changes when it is rewritten, that of an index when it is rebuilt.
const ASK = `
create temp table answer (zone text, old text, new text, rewritten bool, reindexed bool);
create function ask(types text[]) returns void language plpgsql as $$
declare old text; new text; zone text; tables oid[]; rewritten bool; reindexed bool;
begin
  foreach zone in array array['UTC', 'Europe/Oslo'] loop
    perform set_config('TimeZone', zone, false);
    foreach old in array types loop foreach new in array types loop
      continue when zone <> 'UTC' and old || new !~ 'time';
      begin
        execute format('create table t (c %s)', old);
        begin execute 'create index i on t (c)'; exception when others then null; end;
        tables := array[pg_relation_filenode('t'), pg_relation_filenode(to_regclass('i'))];
        execute format('alter table t alter c type %s', new);
        rewritten := pg_relation_filenode('t') <> tables[1];
        reindexed := pg_relation_filenode(to_regclass('i')) <> tables[2];
        raise exception 'enough' using errcode = 'ZZ001';
      exception
        when sqlstate 'ZZ001' then insert into answer values (zone, old, new, rewritten, reindexed);
        when others then null;
      end;
    end loop; end loop;
  end loop;
end $$;`

interface Answer {
  readonly zone: string
  readonly old: string
  readonly new: string
  readonly rewritten: boolean
  readonly reindexed: boolean | null
}

describe('the cost of a change of type', () => {
  it.each([15, 18] as const)('is what PostgreSQL %i does', async (major) => {
    await using database = await aDatabase({ major })
    await database.query(ASK)
    // Of the oldest every other type is asked: the full square takes its time.
    const types = TYPES.filter((_, index) => major === 18 || index % 2 === 0)
    await database.query('select ask($1)', [types])
    const answers = await database.query<Answer>('select * from answer')
    expect(answers.length).toBeGreaterThan(major === 18 ? 400 : 100)
    const wrong = answers.filter((answer) => !agrees(answer, major))
    expect(wrong.map((each) => ({ ...each, said: said(each, major) }))).toEqual([])
  })

  it.each([
    ['serial', 'int4', 'free'],
    ['public.citext', 'text', 'reindex'],
    ['varchar(9)', 'extensions.citext', 'reindex'],
    ['geometry(4326)', 'geometry(3857)', 'unknown'],
    ['int4', 'public.mine', 'unknown'],
    ['', 'int4', 'unknown'],
  ])('from %p to %p is %p', (from, to, cost) => {
    expect(weighTypeChange(from, to, 18)).toBe(cost)
  })

  it('of a timestamp is a rewrite before PostgreSQL 12', () => {
    expect(weighTypeChange('timestamp', 'timestamptz', 11)).toBe('rewrite')
    expect(weighTypeChange('timestamp', 'timestamptz', 12)).toBe('utc')
  })
})

function said({ old, new: to }: Answer, major: number): string {
  return weighTypeChange(PARSED[old] ?? old, PARSED[to] ?? to, major)
}

function agrees(answer: Answer, major: number): boolean {
  const cost = said(answer, major)
  const rewritten = cost === 'rewrite' || (cost === 'utc' && answer.zone !== 'UTC')
  const mayReindex = rewritten || cost === 'reindex' || cost === 'utc'
  return answer.rewritten === rewritten && (mayReindex || answer.reindexed !== true)
}
