/** An expression in a script is code that its value writes; a token left in the work tree is anybody's who reads there. */
export function findUnsafeSteps({ jobs }) {
  return Object.entries(jobs).flatMap(([id, { steps = [] }]) =>
    steps.flatMap((step) => {
      const at = `job ${id}, step ${step.name}`
      if (step.run?.includes('${{')) return [`${at}: an expression in a script is code; pass it by env`]
      const keeps = step.uses?.startsWith('actions/checkout@') && step.with?.['persist-credentials'] !== false
      return keeps ? [`${at}: the token is left in the work tree`] : []
    }),
  )
}
