import { byHand } from '../model/by-hand.js'
import type { Journal } from '../model/journal.js'
import type { RunnableMigration } from '../model/plan.js'
import { fillIn } from './fill-in.js'
import { quoteLiteral } from './identifier.js'
import { IS_KEPT, jsonbOf, NOT_KEPT, SESSION_NOW, type SessionSettings } from './session-now.js'

/**
 * SQL that sets a session as the first statements of a file left theirs, which is gone: what the journal keeps of that, and
 * the rest as their text says it.
 */
export function replaySettings(migration: RunnableMigration, journal: Journal): string {
  const { session, unsettled, done } = journal
  if (done === 0 || !session) return replayText(migration, done)
  return unsettled
    ? `${replayText(migration, done)}\n${expectSession(migration, done, session)}`
    : `${replayText(migration, done, isKept)}\n${setSession(migration, done, session)}`
}

function isKept(name: string): boolean {
  return name !== '' && !name.includes('.') && !(NOT_KEPT as readonly string[]).includes(name)
}

/** Only the last value of each setting, because the first may name what is gone too. */
function replayText(
  migration: RunnableMigration,
  done: number,
  isLeftOut: (name: string) => boolean = () => false,
): string {
  const { text, statements = [] } = migration
  const last = new Map<string, string>()
  for (const [index, { sets, span }] of statements.slice(0, done).entries()) {
    if (sets === undefined || isLeftOut(sets)) continue
    const key = sets || `${index}`
    // A setting made again comes last: `role` follows `session_authorization`.
    last.delete(key)
    last.set(key, fillIn(text.slice(span.start, span.end), span.start, migration).sql)
  }
  return [...last.values()].map((sql) => `${sql}\n;`).join('\n')
}

/** As the connection's own user, and the role last: it may not be allowed the rest. */
function setSession(migration: RunnableMigration, done: number, session: SessionSettings): string {
  const message = `the session can not be set as statement ${done} of the file left it: `
  const hint = `Make that possible again, and run again. Or: ${byHand(migration.file.version)}`
  return `DO $devflow$
DECLARE
  kept pg_catalog.jsonb := ${jsonbOf(session)};
  path pg_catalog.text := pg_catalog.jsonb_extract_path_text(kept, 'search_path');
  who pg_catalog.text := pg_catalog.jsonb_extract_path_text(kept, 'session_authorization');
  wanted pg_catalog.text := pg_catalog.jsonb_extract_path_text(kept, 'role');
  is_role pg_catalog.bool;
  one pg_catalog.record;
BEGIN
  SET SESSION AUTHORIZATION DEFAULT;
  RESET ROLE;
  PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', false);
  FOR one IN SELECT s.name, kept ->> s.name AS setting FROM pg_settings s
    WHERE ${IS_KEPT} AND s.name <> 'search_path'
      AND CASE WHEN jsonb_exists(kept, s.name) THEN s.setting <> kept ->> s.name ELSE s.source = 'session' END
  LOOP
    IF one.setting IS NULL THEN EXECUTE format('RESET %I', one.name);
    ELSE PERFORM set_config(one.name, one.setting, false);
    END IF;
  END LOOP;
  is_role := who IS NULL AND current_setting('role') = wanted;
  PERFORM set_config('search_path', path, false);
  IF who IS NOT NULL THEN PERFORM pg_catalog.set_config('session_authorization', who, false); END IF;
  IF NOT is_role THEN PERFORM pg_catalog.set_config('role', wanted, false); END IF;
EXCEPTION WHEN OTHERS THEN
  RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = pg_catalog.concat(${quoteLiteral(message)}, SQLERRM), HINT = ${quoteLiteral(hint)};
END
$devflow$;`
}

/** The run was cut off before it could look again: its own word counts where the text says the same. */
function expectSession({ file }: RunnableMigration, done: number, session: SessionSettings): string {
  const message = `the run was cut off right behind statement ${done}, which set something in its session, maybe for its own transaction only: what holds for the next can not be told`
  return `DO $devflow$
BEGIN
  IF pg_catalog.jsonb_ne(${SESSION_NOW}, ${jsonbOf(session)}) THEN
    RAISE EXCEPTION USING ERRCODE = 'DF007', MESSAGE = ${quoteLiteral(message)}, HINT = ${quoteLiteral(byHand(file.version))};
  END IF;
END
$devflow$;`
}
