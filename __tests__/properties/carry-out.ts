import type { Report } from '../../src/model/report.js'
import { type Around, checkAsExpected, checkClaims, checkEnded, completedBetween } from './check-report.js'
import { checkRest } from './check-rest.js'
import { type Asked, type Command, type Disturbance, isEdit, type Reading } from './command.js'
import { abortedRun, type DisturbedRun, disturbedRun } from './disturbed-run.js'
import { editFolder } from './edit-folder.js'
import { killedRun } from './killed-run.js'
import { look } from './look.js'
import { type Expected, predict, predictReading } from './predict.js'
import { count, inputsOf, type World, writeFolder } from './world.js'

/** What a run came to, to be held against what the model says. */
type Check = (around: Around, expected: Expected) => string[]

/**
 * Does what a command says, and looks whether everything is as it must be.
 *
 * @throws Error with what is wrong and all that was done until then
 */
export async function carryOut(world: World, command: Command): Promise<void> {
  world.trail.push(JSON.stringify(command))
  if (isEdit(command)) return writeFolder(world, editFolder(world.folder, command, world))
  if (world.folder.length === 0) return
  const { folder, seen: before } = world
  const expected = predict(folder, before, world.texts, command.asked)
  const check = await run(world, command)
  const after = await look(world.database)
  const wrong = [...checkRest(before, after, world.texts), ...check({ folder, before, after }, expected)]
  world.seen = after
  world.trail.push(`  ${describe(world)}`)
  count(world, 'runs')
  count(world, 'completed files', completedBetween({ before, after }).length)
  count(
    world,
    `to be ${expected.untouched ? (expected.exitCode === 0 ? 'idle' : 'refused') : expected.exitCode === 0 ? 'applied' : 'failed'}`,
  )
  if (wrong.length > 0) throw new Error(`${wrong.join('\n')}\nafter:\n${world.trail.join('\n')}`)
}

function describe({ folder, seen }: World): string {
  const files = folder.map(({ version, kind, fails }) => `${version} ${kind}${fails ? `, ${fails}` : ''}`)
  const records = seen.records.map(({ version, status }) => `${version} ${status}`)
  return `[${files.join('; ')}] => [${records.join('; ')}]`
}

type Run = Exclude<Command, Parameters<typeof editFolder>[1]>

async function run(world: World, command: Run): Promise<Check> {
  const { asked } = command
  switch (command.do) {
    case 'migrate':
      return undisturbed(world, await world.migrator.run('migrate', { given: inputsOf(world, asked) }))
    case 'disturbed':
      return disturbed(world, await disturbedMigrate(world, asked, command.by), command.by.how)
    case 'aborted':
      return disturbed(world, await abortedRun(world, asked, command.event), 'abort')
    case 'killed':
      return killed(world, asked, command.k)
    case 'together':
      return several(world, asked, command.runs, command.by)
    case 'read':
      return reading(world, command)
  }
}

function disturbedMigrate(world: World, asked: Asked, by: Disturbance): Promise<DisturbedRun> {
  return disturbedRun(world, 'migrate', inputsOf(world, asked), by)
}

function undisturbed(world: World, report: Report): Check {
  tell(world, report)
  return (around, expected) => [...checkClaims(report, around), ...checkAsExpected(report, around, expected)]
}

/** What passes leaves no trace; what does not may have ended the run anywhere. */
function disturbed(world: World, { report, fired }: DisturbedRun, how: Disturbance['how']): Check {
  count(world, fired ? how : 'not disturbed after all')
  if (!fired || how === 'cut' || how === 'terminate') return undisturbed(world, report)
  tell(world, report)
  return (around, expected) => [
    ...checkClaims(report, around),
    ...checkEnded(report, around, expected, how === 'abort'),
  ]
}

async function killed(world: World, asked: Asked, k: number): Promise<Check> {
  const fired = await killedRun(world, asked, k)
  count(world, fired ? 'killed' : 'not killed after all')
  world.trail.push(`  ${fired ? 'killed' : 'it ended before'}`)
  return (around, expected) => checkEnded(undefined, around, expected, false)
}

async function several(world: World, asked: Asked, runs: number, by?: Disturbance): Promise<Check> {
  const given = inputsOf(world, asked)
  const [first, ...others] = await Promise.all([
    by ? disturbedMigrate(world, asked, by) : world.migrator.run('migrate', { given }).then(whole),
    ...Array.from({ length: runs - 1 }, () => world.migrator.run('migrate', { given }).then(whole)),
  ])
  const reports = [first, ...others].map(({ report }) => report)
  count(world, first.fired ? `at once, ${by?.how}` : 'at once')
  for (const report of reports) tell(world, report)
  const lasting = first.fired && (by?.how === 'abort' || by?.how === 'cut for good')
  return (around, expected) => checkSeveral(reports, lasting, around, expected)
}

function whole(report: Report): DisturbedRun {
  return { report, fired: false }
}

/** Each does what is left for it, and ends as if it had been alone. */
function checkSeveral(
  reports: readonly Report[],
  lasting: boolean,
  around: Around,
  expected: Expected,
): string[] {
  const done = completedBetween(around)
  const claims = reports.flatMap(({ outcomes }) =>
    outcomes.flatMap(({ version, state }) => (state === 'applied' ? [version] : [])),
  )
  const twice = claims.filter((version, index) => claims.indexOf(version) !== index)
  const codes = reports.slice(lasting ? 1 : 0).map(({ exitCode }) => exitCode)
  const missing = expected.completes.filter((version) => !done.includes(version))
  return [
    ...reports.flatMap((report, index) => checkClaims(report, around, lasting && index === 0)),
    ...twice.map((version) => `two runs say that they applied ${version}`),
    ...(codes.every((code) => code === expected.exitCode)
      ? []
      : [`they end with ${codes.join(', ')}; expected: ${JSON.stringify(expected)}`]),
    ...(done.length === expected.completes.length && missing.length === 0
      ? []
      : [`they completed ${done.join(' ') || 'nothing'}; expected: ${JSON.stringify(expected)}`]),
  ]
}

async function reading(world: World, command: Extract<Run, { do: 'read' }>): Promise<Check> {
  const { folder, seen, texts } = world
  const { report, fired } = await runReading(world, command)
  tell(world, report)
  const passes = !fired || command.by?.how === 'cut' || command.by?.how === 'terminate'
  const exitCode = passes ? predictReading(command.command, folder, seen, texts, command.asked) : undefined
  return ({ before, after }) => [
    ...(before.digest === after.digest && before.refusals === after.refusals
      ? []
      : ['something changed in the database']),
    ...(exitCode === undefined || report.exitCode === exitCode
      ? []
      : [`it ends with ${report.exitCode}, and not with ${exitCode}`]),
  ]
}

async function runReading(
  world: World,
  { command, asked, by }: Extract<Run, { do: 'read' }>,
): Promise<DisturbedRun> {
  const given = readingInputs(world, command, asked)
  if (!by) return whole(await world.migrator.run(command, { given }))
  const disturbed = await disturbedRun(world, command, given, by)
  if (disturbed.fired) count(world, `reading, ${by.how}`)
  return disturbed
}

function readingInputs(world: World, command: Reading, asked: Asked): ReturnType<typeof inputsOf> {
  const { rehearse: _, transaction: __, ...given } = inputsOf(world, { ...asked, together: false })
  return command === 'validate' || command === 'history' ? {} : given
}

function tell(
  world: World,
  { exitCode, status, outcomes, problems, findings, drift, rehearsal }: Report,
): void {
  const said = [
    ...problems.map(({ message }) => message),
    ...findings.filter(({ severity }) => severity === 'error').map(({ message }) => message),
    ...drift.map(({ kind, version }) => `${version} ${kind}`),
    ...rehearsal.flatMap(({ version, failure }) =>
      failure ? [`rehearsal ${version}: ${failure.code} ${failure.message}`] : [],
    ),
    ...outcomes.map(
      ({ version, state, failure }) =>
        `${version} ${state}${failure ? ` (${failure.code} ${failure.message})` : ''}`,
    ),
  ]
  world.trail.push(`  ${exitCode} ${status}: ${said.join(' | ').slice(0, 600)}`)
}
