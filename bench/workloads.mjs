/** So many files, each with a table and an index on it. */
export function tablesAndIndexes(count) {
  const numbers = Array.from({ length: count }, (_, index) => index + 1)
  return {
    texts: numbers.map(
      (number) =>
        `create table bench_${number} (id bigint generated always as identity primary key, name text not null);\n` +
        `create index bench_${number}_name on bench_${number} (name);\n`,
    ),
    async check(query) {
      const [{ tables, indexes }] = await query(
        "select count(*) filter (where relkind = 'r') as tables, count(*) filter (where relkind = 'i' and relname like '%name') as indexes " +
          "from pg_class where relname like 'bench%' and relnamespace = 'public'::regnamespace",
      )
      if (Number(tables) === count && Number(indexes) === count) return
      throw new Error(`It made ${tables} tables and ${indexes} indexes instead of ${count} each.`)
    },
  }
}

/** So many files, each with a table that refers to the one before, two indexes, and rows: some eight times the work. */
export function tablesWithRows(count) {
  const numbers = Array.from({ length: count }, (_, index) => index + 1)
  const parent = (number) => (number === 1 ? '' : ` references bench_${number - 1}`)
  return {
    texts: numbers.map(
      (number) =>
        `create table bench_${number} (id bigint generated always as identity primary key, parent bigint${parent(number)}, name text not null unique);\n` +
        `create index bench_${number}_parent on bench_${number} (parent);\n` +
        `insert into bench_${number} (name) select 'row ' || n from generate_series(1, 1000) as n;\n`,
    ),
    check: async (query) => {
      const [{ rows }] = await query(
        "select sum(n_live_tup) as rows from (select (xpath('/row/n/text()', query_to_xml('select count(*) as n from ' || relname, true, true, '')))[1]::text::bigint as n_live_tup from pg_stat_user_tables where relname like 'bench%' and schemaname = 'public') as counts",
      )
      if (Number(rows) !== 1000 * count) throw new Error(`It made ${rows} rows instead of ${1000 * count}.`)
    },
  }
}

/** One file of about that many megabytes: rows of a kilobyte, a statement each. */
export function largeFile(megabytes) {
  const rows = megabytes * 1000
  const text = 'x'.repeat(950)
  const lines = Array.from(
    { length: rows },
    (_, row) => `insert into bench_large values (${row}, '${text}');\n`,
  )
  return {
    texts: [`create table bench_large (id int, text text);\n${lines.join('')}`],
    check: expectCount('select count(*) from bench_large', rows),
  }
}

/** One file, which makes the server send that many notices. */
export function manyNotices(count) {
  return {
    texts: [
      `create table bench_notices (id int);\n` +
        `do $$ begin for i in 1..${count} loop raise notice 'notice %', i; end loop; end $$;\n`,
    ],
    check: expectCount("select count(*) from pg_class where relname = 'bench_notices'", 1),
  }
}

function expectCount(sql, expected) {
  return async (query) => {
    const [{ count }] = await query(sql)
    if (Number(count) !== expected) throw new Error(`${sql} gives ${count} instead of ${expected}.`)
  }
}
