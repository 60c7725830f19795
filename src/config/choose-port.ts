import type { Config } from '../model/config.js'
import { variable } from './given.js'
import { showValue } from './show-value.js'
import type { Sources } from './sources.js'

const DEFAULT_PORT = 8788

/** What `serve` listens on, by the variable PORT. 0: any that is free. */
export function choosePort({ inputs, command, ledger }: Sources): Pick<Config, 'port'> {
  const asked = command === 'serve' ? variable(inputs, 'PORT') : undefined
  const port = asked === undefined ? DEFAULT_PORT : Number(asked.value)
  if (asked === undefined || (/^\d+$/.test(asked.value) && port <= 65_535)) return { port }
  ledger.problems.push({
    message: `${asked.source}: ${showValue(asked.value)} is no port.`,
    help: 'Write a number from 1 to 65535, or 0 for any that is free.',
  })
  return { port: DEFAULT_PORT }
}
