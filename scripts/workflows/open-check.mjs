import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { parse, parseDocument } from 'yaml'
import { findCallMistakes } from './calls.mjs'
import { findRaces } from './concurrency.mjs'
import { openLint } from './lint.mjs'
import { findOwnMistakes } from './own-action.mjs'
import { findWidePermissions } from './permissions.mjs'
import { findUnpinned } from './pins.mjs'
import { findUnsafeSteps } from './steps.mjs'
import { findDangerousTriggers, findUngated } from './triggers.mjs'

const root = new URL('../../', import.meta.url)

/**
 * Opens the check that every workflow must pass, in the repository, its examples and its documents: `(text, path)` to a
 * line for each problem. What GitHub would not start is told alone, for the rest then says little.
 */
export async function openCheck() {
  const lint = await openLint()
  const checkSchema = openSchema()
  return (text, path) => {
    const workflow = parse(text)
    const shape = [...findDangerousTriggers(workflow), ...checkSchema(workflow)]
    const problems = shape.length > 0 ? shape : findProblems(text, workflow, lint)
    return problems.map((problem) => `${path}: ${problem}`)
  }
}

function findProblems(text, workflow, lint) {
  return [
    ...lint(text, workflow),
    ...findUnpinned(text),
    ...findWidePermissions(parseDocument(text)),
    ...findUnsafeSteps(workflow),
    ...findRaces(workflow),
    ...findUngated(workflow),
    ...findOwnMistakes(text, workflow, parse(readFileSync(new URL('action.yml', root), 'utf8'))),
    ...findCallMistakes(workflow, loadOurs),
  ]
}

function openSchema() {
  const file = new URL('__tests__/repository/schemas/workflow.schema.json', root)
  const validate = new Ajv({ allErrors: true, strict: false }).compile(JSON.parse(readFileSync(file, 'utf8')))
  return (workflow) => {
    validate(workflow)
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
    )
  }
}

/** A reusable workflow of this repository; undefined for one that is not there. */
function loadOurs(name) {
  try {
    return parse(readFileSync(new URL(`.github/workflows/${name}`, root), 'utf8'))
  } catch {
    return undefined
  }
}
