import type { Refusal } from '../model/permission.js'
import type { Problem } from '../model/problem.js'

/** A refusal as every outlet shows one. */
export function tellRefusal({ message, help, lines }: Pick<Refusal, 'message' | 'help' | 'lines'>): Problem {
  return { message, help, ...(lines === undefined ? {} : { lines }) }
}
