import type { InputName } from '../../src/model/inputs.js'
import { aMigrator, type Migrator } from '../programs/a-migrator.js'
import type { TestDatabase } from '../support/postgres/a-database.js'
import type { Asked } from './command.js'
import type { Folder } from './edit-folder.js'
import { look, reset, type Seen } from './look.js'
import { type Text, textOf } from './migration-text.js'
import { scopeVersion } from './predict.js'

/** A folder of migrations and a database, with all that is known of their past. */
export interface World extends AsyncDisposable {
  readonly database: TestDatabase
  readonly migrator: Migrator
  /** As it is now. */
  folder: Folder
  /** After each edit, the oldest first. */
  readonly folders: Folder[]
  readonly texts: Text[]
  /** The database as it was found last. */
  seen: Seen
  /** A line for each command so far, for whoever reads of a violation. */
  readonly trail: string[]
  readonly tally: Tally
}

/** How often something happened, over all lists of commands: what never happens is not tested. */
export type Tally = Record<string, number>

export function count({ tally }: Pick<World, 'tally'>, what: string, times = 1): void {
  tally[what] = (tally[what] ?? 0) + times
}

/** An empty folder, and the database as no run has ever been in it. */
export async function aWorld(database: TestDatabase, tally: Tally): Promise<World> {
  await reset(database)
  const migrator = await aMigrator(database.url)
  // Git keeps no empty folder, but whoever deletes the last file has one.
  await migrator.write('README', '')
  return {
    database,
    migrator,
    folder: [],
    folders: [[]],
    texts: [],
    seen: await look(database),
    trail: [],
    tally,
    [Symbol.asyncDispose]: () => migrator[Symbol.asyncDispose](),
  }
}

/** Makes the folder on disk what it is to be. */
export async function writeFolder(world: World, folder: Folder): Promise<void> {
  const names = (each: Folder) => each.map((file) => textOf(file).name)
  const wanted = new Set(names(folder))
  for (const name of names(world.folder))
    if (!wanted.has(name)) await world.migrator.project.remove(`migrations/${name}`)
  for (const text of folder.map(textOf)) {
    await world.migrator.write(text.name, text.sql)
    if (!world.texts.some(({ name, checksum }) => name === text.name && checksum === text.checksum))
      world.texts.push(text)
  }
  world.folder = folder
  world.folders.push(folder)
}

/** The inputs of a run. Waiting for a lock is a matter of the machine, and no part of the model. */
export function inputsOf({ folder }: World, asked: Asked): Partial<Record<InputName, string>> {
  const version = scopeVersion(folder, asked.scope)
  return {
    rehearse: asked.rehearse ? 'target' : 'off',
    transaction: asked.together ? 'all' : 'file',
    'allow-out-of-order': String(asked.outOfOrder),
    'lock-wait': '50s',
    'lock-timeout': '30s',
    ...(asked.scope && version !== undefined ? { [asked.scope.by]: version } : {}),
  }
}
