import type { Problem } from '../model/problem.js'
import type { SecretAnswer, WantedSecret } from '../model/secret-provider.js'
import type { ChosenEnvironment } from './choose-environment.js'
import { type ChosenMapping, chooseMapping } from './choose-mapping.js'
import { variable } from './given.js'
import { type NeededVariable, neededVariables } from './needed-variables.js'
import type { Sources } from './sources.js'

interface Wanted extends WantedSecret {
  readonly isOptional: boolean
}

/**
 * Asks the provider of the file for what this run needs and the environment does not have, and nothing else. From here on
 * the values are variables like any other, which say where they came from.
 */
export async function provideSecrets(chosen: ChosenEnvironment, sources: Sources): Promise<Sources> {
  const secrets = sources.file?.document.secrets
  if (secrets === undefined || secrets.provider === 'env' || !chosen.known) return sources
  const missing = neededVariables(chosen, sources).filter(({ name }) => !variable(sources.inputs, name))
  const choices = missing.map((needed) => ({ needed, choice: choose(needed, chosen, sources) }))
  const wanted = choices.flatMap(({ needed, choice }) => asWanted(needed, choice))
  const why = choices.flatMap(({ needed, choice }) =>
    choice !== undefined && 'why' in choice ? [[needed.name, choice.why] as const] : [],
  )
  const noMistakes = sources.ledger.problems.length === 0
  const answers = wanted.length > 0 && noMistakes ? await ask(wanted, sources) : wanted.map(() => UNASKED)
  const told = wanted
    .filter((_, index) => !hasValue(answers[index]))
    .map(({ variable: name }) => [name, ''] as const)
  tell(wanted, answers, sources)
  return { ...withValues(wanted, answers, sources), notProvided: new Map([...why, ...told]) }
}

function choose(needed: NeededVariable, chosen: ChosenEnvironment, { file }: Sources): ChosenMapping {
  const { secrets, project, database } = file?.document ?? {}
  const environments = Object.entries(database?.environments ?? {})
  const readers = environments.filter(([, settings]) => (settings?.url_env ?? 'DATABASE_URL') === needed.name)
  return chooseMapping(secrets?.mappings ?? [], {
    variable: needed.name,
    environment: chosen.environment.name,
    environments: environments.map(([name]) => name),
    sharedBy: readers.map(([name]) => name),
    ...(project?.name === undefined ? {} : { project: project.name }),
    ...(needed.onlyInWords === undefined ? {} : { onlyInWords: needed.onlyInWords }),
  })
}

function asWanted({ name, isOptional }: NeededVariable, choice: ChosenMapping): Wanted[] {
  if (choice === undefined || 'why' in choice) return []
  const { op_item: item, op_field: field } = choice.mapping
  return [{ variable: name, item, field, isOptional }]
}

/** With mistakes in the set-up nothing runs, so nothing is asked. */
const UNASKED = undefined

async function ask(
  wanted: readonly Wanted[],
  { system, inputs, file }: Sources,
): Promise<readonly (SecretAnswer | undefined)[]> {
  const { provider = 'env', vault } = file?.document.secrets ?? {}
  if (system.fetchSecrets === undefined)
    return wanted.map(({ variable: name }) => ({
      problem: { message: `${provider} can not be asked from here.`, help: `Set ${name}.` },
    }))
  return system.fetchSecrets({
    provider,
    ...(vault === undefined ? {} : { vault }),
    wanted: wanted.map(({ variable: name, item, field }) => ({ variable: name, item, field })),
    variables: inputs.variables,
  })
}

function hasValue(answer: SecretAnswer | undefined): answer is { readonly value: string } {
  return answer !== undefined && 'value' in answer
}

/** One reason that holds for all is told once; what a run can do without is a note. */
function tell(
  wanted: readonly Wanted[],
  answers: readonly (SecretAnswer | undefined)[],
  { ledger, file }: Sources,
): void {
  const problems: Problem[] = []
  for (const [index, { isOptional, variable: name }] of wanted.entries()) {
    const answer = answers[index]
    if (answer === undefined || hasValue(answer)) continue
    if (isOptional) ledger.notes.push(`The variable ${name} was not to be had. ${answer.problem.message}`)
    else if (!problems.some(({ message }) => message === answer.problem.message))
      problems.push(answer.problem)
  }
  const place = file?.placeOf(['secrets', 'provider'])
  ledger.problems.push(...problems.map(({ message, help }) => ({ message: `${place}: ${message}`, help })))
}

function withValues(
  wanted: readonly Wanted[],
  answers: readonly (SecretAnswer | undefined)[],
  sources: Sources,
): Sources {
  const found = wanted.flatMap((one, index) => {
    const answer = answers[index]
    return hasValue(answer) ? [{ ...one, value: answer.value }] : []
  })
  if (found.length === 0) return sources
  const { inputs } = sources
  const variables = {
    ...inputs.variables,
    ...Object.fromEntries(found.map((one) => [one.variable, one.value])),
  }
  const origins = Object.fromEntries(
    found.map(({ variable: name, item, field }) => [
      name,
      `1Password (${JSON.stringify(item)}, ${JSON.stringify(field)})`,
    ]),
  )
  return { ...sources, inputs: { ...inputs, variables, origins } }
}
