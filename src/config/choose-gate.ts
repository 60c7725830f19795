import type { Config, Environment } from '../model/config.js'
import type { GateSettings } from '../model/gate-settings.js'
import type { ApprovalPolicy } from '../model/permission.js'
import { UserError } from '../model/user-error.js'
import { chooseDuration } from './choose-duration.js'
import type { EnvironmentSettings } from './choose-environment.js'
import { didYouMean } from './did-you-mean.js'
import { callInput, given, variable } from './given.js'
import { COMMENT_MODES } from './modes.js'
import { readBoolean } from './read-boolean.js'
import { showValue } from './show-value.js'
import type { Sources } from './sources.js'

/** What a run is let through by: approval, confirmation, the plan that is expected, and where a comment tells of it. */
export async function chooseGate(
  environment: Environment,
  settings: EnvironmentSettings,
  sources: Sources,
  { planFile, dryRun }: Pick<Config, 'planFile' | 'dryRun'>,
): Promise<Pick<Config, 'gate'>> {
  const { inputs } = sources
  const comment = chooseComment(sources)
  const typed = given(inputs, 'confirm')?.value
  const expectedPlanHash = given(inputs, 'expected-plan-hash')?.value
  const moveTarget = given(inputs, 'move-target')?.value
  const applies = sources.command === 'migrate' && !dryRun
  const expectedPlan = applies && planFile !== undefined ? await readExpected(planFile, sources) : undefined
  const githubToken = (given(inputs, 'github-token') ?? variable(inputs, 'GITHUB_TOKEN'))?.value
  return {
    gate: {
      ...(environment.requireApproval ? { approval: choosePolicy(environment, settings, sources) } : {}),
      ...(typed === undefined ? {} : { typed }),
      ...(moveTarget === undefined ? {} : { moveTarget }),
      ...(expectedPlanHash === undefined ? {} : { expectedPlanHash }),
      ...(expectedPlan === undefined ? {} : { expectedPlan }),
      ...(githubToken === undefined ? {} : { githubToken }),
      ...(sources.connects || comment !== 'off' ? await readEvent(sources) : {}),
      ephemeral: chooseEphemeral(settings, sources),
      reviewWindowMs: chooseDuration('review-window', undefined, settings['review-window'], sources),
      comment,
    },
  }
}

async function readExpected(path: string, { system, ledger }: Sources): Promise<string | undefined> {
  try {
    const text = await system.readPlan(path)
    if (text === undefined)
      ledger.problems.push({
        message: `The plan file ${JSON.stringify(path)} is not there, and migrate applies what it holds or nothing.`,
        help: 'Let plan or dry-run write it with plan-file, and hand it to the job that applies.',
      })
    return text
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    ledger.problems.push(...error.problems)
    return undefined
  }
}

/** Only of a job: who may be let through depends on it, and where a comment goes. */
async function readEvent({ inputs, system }: Sources): Promise<Pick<GateSettings, 'event'>> {
  if (variable(inputs, 'GITHUB_ACTIONS')?.value !== 'true') return {}
  const path = variable(inputs, 'GITHUB_EVENT_PATH')?.value
  const text = path === undefined ? undefined : await system.readEvent(path)
  try {
    return { event: JSON.parse(text ?? '') }
  } catch {
    return { event: null }
  }
}

function choosePolicy(
  environment: Environment,
  settings: EnvironmentSettings,
  { ledger, file }: Sources,
): ApprovalPolicy {
  const kind = settings.approval ?? 'github-environment'
  const team = settings['approval-team']
  ledger.provenance.push({
    name: 'approval',
    value: kind,
    source: settings.approval === undefined ? 'the default' : (file?.name ?? ''),
  })
  if (kind === 'review' && team === undefined)
    ledger.problems.push({
      message: `${file?.name}: approval is review, and approval-team names no team.`,
      help: 'Name the team whose reviews count: approval-team: dba, or organisation/dba.',
    })
  return {
    kind,
    githubEnvironment: settings['github-environment'] ?? environment.name,
    selfApproval: settings['self-approval'] ?? 'allowed',
    rerun: settings['approval-rerun'] ?? 'continue',
    ...(team === undefined ? {} : { team }),
  }
}

/** The workflow is believed where the file of a checkout may be a stranger's. */
function chooseEphemeral(
  settings: EnvironmentSettings,
  { inputs, ledger }: Sources,
): GateSettings['ephemeral'] {
  const said = readBoolean(given(inputs, 'ephemeral'), ledger)
  if (said !== undefined) return said.value ? 'workflow' : 'no'
  return settings.ephemeral === true ? 'file' : 'no'
}

function chooseComment({ inputs, ledger }: Sources): GateSettings['comment'] {
  const said = given(inputs, 'comment')
  if (said === undefined) return COMMENT_MODES[0]
  const mode = COMMENT_MODES.find((each) => each === said.value)
  if (mode !== undefined) return mode
  const meant = didYouMean(said.value, COMMENT_MODES)
  ledger.problems.push({
    message: `${capitalised(callInput(inputs, 'comment'))} is ${showValue(said.value)}; it must be off, update or recreate.`,
    help: meant === undefined ? 'Correct the value.' : `Did you mean ${meant}?`,
  })
  return COMMENT_MODES[0]
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
