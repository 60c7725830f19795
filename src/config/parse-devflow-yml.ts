import type { Problem } from '../model/problem.js'
import type { DevflowDocument } from './devflow-schema.js'
import { explainIssue } from './explain-issue.js'
import { firstAtEachPath } from './first-at-each-path.js'
import { type PlacedProblem, parseYaml } from './parse-yaml.js'

/** A `devflow.yml`, read and checked. */
export interface DevflowFile {
  /** The path as people know it, for messages. */
  readonly name: string
  /** Empty where there are problems: nothing of a wrong file is believed. */
  readonly document: DevflowDocument
  /** Every mistake, in the order of the file. */
  readonly problems: readonly Problem[]
  /** `devflow.yml:9:13`: where the value at that path is. */
  readonly placeOf: (path: readonly string[]) => string
}

const MOST_PROBLEMS = 50

/** The schema and the YAML library are loaded here, and not before there is a file: start-up time. */
export async function parseDevflowYml(text: string, name: string): Promise<DevflowFile> {
  const yaml = await parseYaml(text, name)
  const placeOf: DevflowFile['placeOf'] = (path) => yaml.placeAt(yaml.offsetOf(path, 'value'))
  if (yaml.value === undefined) return { name, document: {}, problems: inOrder(yaml.problems, name), placeOf }
  const { devflowSchema } = await import(/* webpackMode: "eager" */ './devflow-schema.js')
  // A file of comments only is an empty one.
  const checked = devflowSchema.safeParse(yaml.value ?? {})
  const { knownKeys } = await import(/* webpackMode: "eager" */ './known-keys.js')
  const issues = firstAtEachPath(checked.error?.issues ?? [])
  const problems = [...yaml.problems, ...issues.flatMap((issue) => explainIssue(issue, yaml, knownKeys))]
  const document = checked.success && problems.length === 0 ? checked.data : {}
  return { name, document, problems: inOrder(problems, name), placeOf }
}

function inOrder(problems: readonly PlacedProblem[], name: string): Problem[] {
  const sorted = problems
    .toSorted((a, b) => a.offset - b.offset)
    .map(({ message, help }) => ({ message, help }))
  const rest = sorted.length - MOST_PROBLEMS
  if (rest <= 0) return sorted
  const more = { message: `${name}: ${rest} more mistakes.`, help: 'Correct those above first.' }
  return [...sorted.slice(0, MOST_PROBLEMS), more]
}
