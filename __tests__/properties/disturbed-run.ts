import type { InputName } from '../../src/model/inputs.js'
import type { Report } from '../../src/model/report.js'
import { openProxy } from '../faults/pg-proxy.js'
import type { Asked, Disturbance } from './command.js'
import { inputsOf, type World } from './world.js'

export interface DisturbedRun {
  readonly report: Report
  /** It came to the message that was to be its last, or to be lost. */
  readonly fired: boolean
}

/** A command, with something happening to its connection, or to itself, at one message. */
export async function disturbedRun(
  world: World,
  command: string,
  given: Partial<Record<InputName, string>>,
  by: Disturbance,
): Promise<DisturbedRun> {
  const controller = new AbortController()
  const forGood = by.how === 'cut for good'
  const struck = by.how === 'abort' || by.how === 'terminate'
  let striking: Promise<unknown> | undefined
  const strike = async (backend: number | undefined) => {
    if (by.how === 'abort') controller.abort('SIGTERM')
    else striking = world.database.query('SELECT pg_terminate_backend($1, 5000)', [backend])
    await striking
  }
  await using proxy = await openProxy({
    url: world.database.url,
    fault: { side: by.side, k: by.k, when: by.when, how: struck ? 'strike' : 'rst', forGood },
    strike,
  })
  const report = await world.migrator.run(command, {
    given,
    variables: { DATABASE_URL: proxy.url },
    system: { signal: controller.signal, reconnectWithinMs: forGood ? 100 : 30_000 },
  })
  await striking
  return { report, fired: proxy.fired() }
}

/** `migrate`, asked to end when it tells of its n-th event. */
export async function abortedRun(
  { migrator, ...world }: World,
  asked: Asked,
  event: number,
): Promise<DisturbedRun> {
  const controller = new AbortController()
  let left = event
  const report = await migrator.run('migrate', {
    given: inputsOf({ migrator, ...world }, asked),
    system: {
      signal: controller.signal,
      observe: () => {
        if (left-- === 0) controller.abort('SIGTERM')
      },
    },
  })
  return { report, fired: controller.signal.aborted }
}
