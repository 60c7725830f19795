import { expect, it } from '@jest/globals'
import { openParser } from '../../../src/sql/open-parser.js'
import { readReach } from '../../../src/sql/reach/read-reach.js'
import { cpuMs } from '../../support/cpu-ms.js'

const parser = await openParser()

/** Bodies with so many statements each. */
const bodies: readonly (readonly [string, (count: number) => string])[] = [
  ['calls', (count) => 'perform f(1);\n'.repeat(count)],
  ['statements', (count) => 'update t set a = 1 where b = 2;\n'.repeat(count)],
  ['text that is executed', (count) => "execute 'delete from t where a = 1';\n".repeat(count)],
]

it.each(bodies)('what a block of %s sets in motion is told in time linear in the block', (_, body) => {
  const time = (count: number) => {
    const text = `do $$ declare n int; begin ${body(count)} end $$`
    const parsed = parser.parse(text)
    const [statement] = parsed.kind === 'statements' ? parsed.statements : []
    if (!statement) throw new Error('it can not be read')
    const started = cpuMs()
    const reach = readReach(parser, text, statement)
    const took = cpuMs() - started
    expect(Math.max(...Object.values(reach).map((list) => [list].flat().length))).toBeGreaterThanOrEqual(
      count,
    )
    return took
  }
  time(500)
  const limit = 32 * 2.5 * Math.min(time(1000), time(1000), time(1000))
  // Others use the processor too: only what no round shows is a cost of the work itself.
  const first = time(32_000)
  expect(first < limit ? first : time(32_000)).toBeLessThan(limit)
})
