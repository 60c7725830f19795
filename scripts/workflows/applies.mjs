const ours = /^(\.\/$|org\/devflow-migrate@)/

/** Whether a step changes a database (`applies`), only takes its locks (`rehearses`), or neither. */
export function whatStepDoes({ uses = '', run = '', with: given = {} }) {
  if (ours.test(uses)) return byCommand(String(given.command ?? 'migrate'), given['dry-run'] === true)
  const lines = run.match(/devflow db (?:migrate|dry-run)[^\n]*/g) ?? []
  const does = lines.map((line) => byCommand(line.split(' ')[2], /--dry-run/.test(line)))
  return does.includes('applies') ? 'applies' : does[0]
}

/** A database in a container of the job is thrown away with it. */
export function isThrowaway({ services }) {
  return Object.values(services ?? {}).some(({ image = '' }) => /postgres/.test(image))
}

function byCommand(command, isDryRun) {
  if (command === 'migrate' && !isDryRun) return 'applies'
  return ['migrate', 'dry-run'].includes(command) ? 'rehearses' : undefined
}
