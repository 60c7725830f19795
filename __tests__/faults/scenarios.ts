import type { Scenario, ScenarioFile } from './scenario.js'
import { inProbe, PROBE, thereIs } from './snapshot.js'

function aFile(version: string, sql: string, overrides: Partial<ScenarioFile> = {}): ScenarioFile {
  return {
    version,
    name: `${version}_file.sql`,
    sql: `INSERT INTO public.probe (mark) VALUES ('${version}');\n${sql}\n`,
    atomic: true,
    ends: 'applied',
    effects: [inProbe(version), thereIs(`public.t${version}`)],
    ...overrides,
  }
}

function aTable(version: string, overrides: Partial<ScenarioFile> = {}): ScenarioFile {
  return aFile(version, `CREATE TABLE public.t${version} (id bigint PRIMARY KEY, name text);`, overrides)
}

/** Where a file is applied, the first was in an earlier transaction; where it is rehearsed, in the same one. */
const FIRST_IS_COMMITTED = `EXISTS (SELECT FROM public.probe WHERE mark = '01' AND transaction <> pg_current_xact_id())`

/** Where something was applied before, the tracking tables are there, and what files leave their marks in. */
const before: Scenario['before'] = { name: '00_before.sql', sql: PROBE }

const three: Scenario = { name: 'three files', files: ['01', '02', '03'].map((version) => aTable(version)) }

const many: Scenario = {
  name: 'six files',
  files: Array.from({ length: 6 }, (_, index) => aTable(String(index + 1).padStart(2, '0'))),
}

const concurrentIndex: Scenario = {
  name: 'a concurrent index in the middle',
  files: [
    aFile(
      '01',
      'CREATE TABLE public.t01 AS SELECT id, md5(id::text) AS name FROM generate_series(1, 2000) AS id;',
    ),
    {
      ...aFile('02', ''),
      sql: 'CREATE INDEX CONCURRENTLY t01_name ON public.t01 (name);\n',
      atomic: false,
      effects: [thereIs('public.t01_name')],
    },
    aTable('03'),
  ],
}

const mixed: Scenario = {
  name: 'a concurrent index between statements',
  before,
  files: [
    aFile('01', 'CREATE TABLE public.t01 AS SELECT id FROM generate_series(1, 2000) AS id;'),
    aFile(
      '02',
      `CREATE TABLE public.t02 ();
CREATE INDEX CONCURRENTLY t01_id ON public.t01 (id);
INSERT INTO public.probe (mark) VALUES ('02, afterwards');`,
      {
        atomic: false,
        effects: [inProbe('02'), thereIs('public.t02'), thereIs('public.t01_id'), inProbe('02, afterwards')],
      },
    ),
    aTable('03'),
  ],
}

const copy: Scenario = {
  name: 'COPY FROM stdin',
  before,
  files: [
    aTable('01'),
    aFile(
      '02',
      `CREATE TABLE public.t02 ();
COPY public.probe (mark) FROM stdin;
02 of the data
02 é😀
\\.
INSERT INTO public.probe (mark) VALUES ('02, afterwards');
COPY public.probe (mark) FROM stdin;
02 of more data
\\.`,
      {
        effects: [
          inProbe('02'),
          thereIs('public.t02'),
          inProbe('02 of the data'),
          inProbe('02 é😀'),
          inProbe('02, afterwards'),
          inProbe('02 of more data'),
        ],
      },
    ),
    aTable('03'),
  ],
}

const failing: Scenario = {
  name: 'a failing second file',
  before,
  files: [
    aTable('01'),
    aFile(
      '02',
      `CREATE TABLE public.t02 ();\nSELECT 1 / CASE WHEN ${FIRST_IS_COMMITTED} THEN 0 ELSE 1 END;`,
      { ends: 'failed' },
    ),
    aTable('03', { ends: 'not-run' }),
  ],
}

const failingOutside: Scenario = {
  name: 'a failing concurrent index',
  before,
  files: [
    aTable('01'),
    {
      ...aFile('02', ''),
      sql: 'CREATE INDEX CONCURRENTLY t01_none ON public.t01 (none);\n',
      atomic: false,
      ends: 'failed',
      effects: [thereIs('public.t01_none')],
    },
    aTable('03', { ends: 'not-run' }),
  ],
}

const deferred: Scenario = {
  name: 'a deferred constraint',
  before,
  files: [
    aTable('01'),
    aFile(
      '02',
      `CREATE TABLE public.t02 (parent bigint REFERENCES public.t01 DEFERRABLE INITIALLY DEFERRED);
INSERT INTO public.t02 SELECT 99 WHERE ${FIRST_IS_COMMITTED};`,
      { ends: 'failed' },
    ),
    aTable('03', { ends: 'not-run' }),
  ],
}

const notices: Scenario = {
  name: 'DO with notices',
  before,
  files: [
    aTable('01'),
    aFile(
      '02',
      `CREATE TABLE public.t02 ();
DO $$ BEGIN FOR step IN 1..8 LOOP RAISE NOTICE 'step %', step; END LOOP; END $$;`,
    ),
    aTable('03'),
  ],
}

const together: Scenario = {
  ...three,
  name: 'three files in one transaction',
  given: { transaction: 'all' },
}

const unrehearsed: Scenario = {
  ...many,
  name: 'six approved files without a rehearsal',
  approved: true,
  given: { rehearse: 'off' },
}

const dryRun: Scenario = {
  ...three,
  name: 'a dry run of three files',
  command: 'dry-run',
}

const rollback: Scenario = {
  name: 'a rollback of three files',
  command: 'rollback',
  before,
  files: ['01', '02', '03'].map((version) =>
    aTable(version, {
      down: `DROP TABLE public.t${version};\nINSERT INTO public.probe (mark) VALUES ('down ${version}');\n`,
      effects: [inProbe(`down ${version}`), `1 - ${thereIs(`public.t${version}`)}`],
    }),
  ),
  given: { to: '00' },
}

/** The first file is what the shadow's schema is made of where the target can't be dumped. */
const onShadow: Scenario = {
  ...concurrentIndex,
  name: 'a concurrent index, rehearsed on a shadow',
  onShadow: true,
  before,
}

const dryRunOnShadow: Scenario = {
  ...onShadow,
  name: 'a dry run on a shadow',
  command: 'dry-run',
}

/** Everything that runs are disturbed in. */
export const SCENARIOS = {
  three,
  many,
  unrehearsed,
  together,
  concurrentIndex,
  mixed,
  copy,
  failing,
  failingOutside,
  deferred,
  notices,
  dryRun,
  rollback,
  onShadow,
  dryRunOnShadow,
} as const
