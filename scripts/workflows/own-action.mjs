const ours = /^(\.\/$|org\/devflow-migrate@)/

/** Inputs that our action doesn't have are ignored, and outputs that it doesn't have are empty: neither is ever told. */
export function findOwnMistakes(text, { jobs }, { inputs, outputs }) {
  return Object.entries(jobs).flatMap(([id, { steps = [] }]) => {
    const own = steps.filter(({ uses }) => ours.test(uses ?? ''))
    const given = own.flatMap((step) =>
      Object.keys(step.with ?? {})
        .filter((name) => !(name in inputs))
        .map((name) => `job ${id}, step ${step.name}: the action has no input ${name}`),
    )
    const asked = own.flatMap((step) =>
      step.id === undefined ? [] : outputsAsked(text, step.id).filter((name) => !(name in outputs)),
    )
    return [...given, ...new Set(asked.map((name) => `job ${id}: the action has no output ${name}`))]
  })
}

/** Of any job whose step has this id: other actions' steps have other ids here. */
function outputsAsked(text, id) {
  return Array.from(
    text.matchAll(new RegExp(`\\bsteps\\.${id}\\.outputs\\.([\\w-]+)`, 'g')),
    ([, name]) => name,
  )
}
