import type { Config } from '../model/config.js'
import { showValue } from './show-value.js'
import type { Sources } from './sources.js'

/** What `new` calls its file, as it stands in the name: words are joined by `_`. */
export function chooseNewName({ command, inputs, ledger }: Sources): Pick<Config, 'newName'> {
  if (command !== 'new') return {}
  const name = inputs.name?.trim().replaceAll(/\s+/g, '_') ?? ''
  if (NAME.test(name)) return { newName: name }
  ledger.problems.push({
    message:
      name === ''
        ? 'What the new migration does is not named.'
        : `The name ${showValue(name)} can not stand in a file name.`,
    help: 'Write devflow db new add_users: up to 100 letters, digits, _ and -, the first a letter or a digit.',
  })
  return {}
}

/** The folder's styles, every file system and every shell take these. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/
