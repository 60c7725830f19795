import type { Level } from '../../model/judging.js'
import type { FoundSecret } from '../../model/secret.js'
import { hideSecret } from '../../sql/hide-secrets.js'
import type { Hit, Rule } from '../rule.js'

/** Findings in one file: more help nobody. */
const MOST = 100

export const secretInSql: Rule = {
  id: 'secret-in-sql',
  group: 'security',
  title: 'A password, key or token in a migration',
  why: 'Whoever can read the repository, a fork, a build log or the server’s log has it, and taking it out of the file leaves it in the history. A migration is applied to every environment, so all of them get the same one.',
  instead: `Have it filled in from the environment when the file is applied, and change the one that was in the file.

\`\`\`sql
-- devflow:substitute=APP_PASSWORD
CREATE ROLE app LOGIN PASSWORD \${APP_PASSWORD};
\`\`\``,
  levels: { development: 'block', staging: 'block', production: 'never' },
  examples: {
    bad: [
      "CREATE ROLE app LOGIN PASSWORD 'correct horse battery';",
      "CREATE USER MAPPING FOR app SERVER billing OPTIONS (user 'app', password 'correct horse');",
      "CREATE SUBSCRIPTION orders CONNECTION 'host=primary user=app password=correcthorse' PUBLICATION orders;",
      "SELECT set_config('app.jwt_secret', 'correct horse battery', false);",
    ],
    good: [
      'CREATE ROLE app LOGIN PASSWORD NULL;',
      "CREATE ROLE app LOGIN PASSWORD '{{ app_password }}';",
      "CREATE SUBSCRIPTION orders CONNECTION 'service=primary' PUBLICATION orders;",
      "SELECT set_config('app.password_min_length', '12', false);",
    ],
  },
  checkFile: ({ secrets = [] }) => secrets.slice(0, MOST).map(hitOf),
}

function hitOf(secret: FoundSecret): Hit {
  const level = LEVELS[secret.kind]
  return {
    message: messageFor(secret),
    help: helpFor(secret),
    span: secret.span,
    ...(level === undefined ? {} : { levels: level }),
  }
}

const LEVELS: Readonly<Partial<Record<FoundSecret['kind'], Level>>> = {
  hash: 'warn',
  unsure: 'warn',
  weak: 'warn',
  public: 'notice',
}

function messageFor({ kind, what, value }: FoundSecret): string {
  const hidden = `(${shown(value)}, ${value.length} characters)`
  switch (kind) {
    case 'hash':
      return `The file holds ${what} ${hidden}, from which a weak password can be guessed.`
    case 'unsure':
      return `The file holds ${what} ${hidden}, which looks like a secret.`
    case 'weak':
      return `The file holds ${what} ${hidden}, and it is one that everybody tries first.`
    case 'public':
      return `The file holds ${what} ${hidden}, which is made to be public.`
    default:
      return `The file holds ${what} ${hidden}.`
  }
}

/** Two characters at most, as in excerpts. */
function shown(value: string): string {
  return `${/^[^*\s]{0,2}(?=[*]|$)/.exec(hideSecret(value))?.[0] ?? ''}…`
}

function helpFor({ kind, isLiteral }: FoundSecret): string {
  if (kind === 'public') return 'Nothing is to be done as long as row level security holds for the role.'
  const changed = kind === 'weak' ? '' : ' Change the secret too: it stays in the history of the repository.'
  return isLiteral ? `${FILL_IN}${changed}` : `${TAKE_OUT}${changed}`
}

const FILL_IN = `Write \${NAME} in its place, without quotes, and \`-- devflow:substitute=NAME\` at the top of the file: the value comes from that variable of the environment.`
const TAKE_OUT =
  'Take it out of the file: have the whole text that it stands in filled in from the environment (`-- devflow:substitute=NAME`), or keep it outside of migrations.'
