import type { EnvironmentClass } from '../model/environment-class.js'
import { NEVER_LOWERED } from '../model/never-lowered.js'
import type { Problem } from '../model/problem.js'
import type { RuleId } from '../model/rule-ids.js'
import type { EnvironmentSettings } from './choose-environment.js'
import type { DevflowFile } from './parse-devflow-yml.js'

/**
 * Where a file tries to lower a rule that nothing lowers. Of all environments, not only that of the run: the mistake is
 * found where the file is reviewed.
 */
export function findLowered(
  file: DevflowFile,
  classOf: (name: string, settings: EnvironmentSettings) => EnvironmentClass,
): Problem[] {
  const { rules = {}, environments = {} } = file.document.database ?? {}
  return (Object.entries(NEVER_LOWERED) as [RuleId, readonly EnvironmentClass[]][]).flatMap(
    ([id, classes]) => [
      ...inRules(id, rules[id], classes, file),
      ...Object.entries(environments).flatMap(([name, settings]) =>
        settings && classes.includes(classOf(name, settings)) ? inEnvironment(id, name, settings, file) : [],
      ),
    ],
  )
}

type Rules = NonNullable<NonNullable<DevflowFile['document']['database']>['rules']>

function inRules(
  id: RuleId,
  settings: Rules[RuleId],
  classes: readonly EnvironmentClass[],
  file: DevflowFile,
): Problem[] {
  const path = ['database', 'rules', id]
  const where = inWords(classes)
  if (typeof settings === 'string')
    return settings === 'never' ? [] : [lowered(id, settings, path, where, file)]
  const lower = (key: 'level' | EnvironmentClass) =>
    settings?.[key] !== undefined && settings[key] !== 'never'
      ? [lowered(id, settings[key], [...path, key], where, file)]
      : []
  const covered = classes.every((one) => settings?.[one] === 'never')
  return [
    ...(covered ? [] : lower('level')),
    ...classes.flatMap(lower),
    ...(settings?.exclude ? [excluded(id, [...path, 'exclude'], where, file)] : []),
  ]
}

function inEnvironment(
  id: RuleId,
  name: string,
  { rules, force }: EnvironmentSettings,
  file: DevflowFile,
): Problem[] {
  const path = ['database', 'environments', name]
  const level = rules?.[id]
  const where = 'there'
  return [
    ...(level !== undefined && level !== 'never'
      ? [lowered(id, level, [...path, 'rules', id], where, file)]
      : []),
    ...(force?.includes(id) ? [lowered(id, 'forced', [...path, 'force'], where, file)] : []),
  ]
}

function lowered(
  id: RuleId,
  level: string,
  path: readonly string[],
  where: string,
  file: DevflowFile,
): Problem {
  return {
    message: `${file.placeOf(path)}: ${id} is ${level}, and its findings always stop a run ${where}.`,
    help: 'Remove the line, or set it for other classes: development and staging.',
  }
}

function excluded(id: RuleId, path: readonly string[], where: string, file: DevflowFile): Problem {
  return {
    message: `${file.placeOf(path)}: ${id} excludes files, and its findings always stop a run ${where}.`,
    help: 'Remove the line.',
  }
}

function inWords(classes: readonly EnvironmentClass[]): string {
  return `on ${classes.join(' and ')}`
}
