import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Config } from '../../model/config.js'
import type { MigrationFile } from '../../model/migration.js'
import { findSecrets } from '../../rules/secrets/find-secrets.js'
import { openParser } from '../../sql/open-parser.js'
import { judgeFiles } from './judge-files.js'

/**
 * Some 80 ms for the parser, the formats of tokens and the rules, all of which take longer the first time. Between them
 * the network is listened to.
 *
 * @param files the last of them is read and judged for nothing, where it is short
 */
export async function loadWhatReadsSql(
  files: readonly MigrationFile[],
  config: Pick<Config, 'judging'>,
): Promise<void> {
  await whatHasCome()
  await openParser()
  await whatHasCome()
  const last = files.slice(-1).filter(({ text }) => text.length <= SHORT)
  await findSecrets(last.map(({ text }) => text))
  await whatHasCome()
  await judgeFiles(last, config)
}

/** What came while work was done in a turn of the network's own is seen in the turn after the next. */
async function whatHasCome(): Promise<void> {
  await nextTurn()
  await nextTurn()
}

/** Characters: some milliseconds. */
const SHORT = 16 * 1024
