import type { Report } from '../model/report.js'
import { renderFailureCode } from './failure-code.js'
import { makeFailures } from './failures.js'
import { plural } from './plural.js'
import { makeSarifLocation } from './sarif-location.js'
import { sarifText } from './sarif-text.js'

/** What a run has to tell that is no result. */
export interface SarifNotification {
  readonly level: 'error' | 'warning' | 'note'
  readonly message: { readonly text: string }
  readonly locations?: readonly object[]
}

/** How many results are not in the file. */
interface LeftOut {
  readonly cut: number
  readonly suppressed: number
}

/** What is left out of the results and why; then what was wrong with the set-up, and what the database refused. */
export function makeNotifications(report: Report, { cut, suppressed }: LeftOut): SarifNotification[] {
  return [
    ...(cut === 0
      ? []
      : [note('warning', `${plural(cut, 'more finding')} did not fit here: the JSON report has them all.`)]),
    ...(suppressed === 0
      ? []
      : [
          note(
            'note',
            `${plural(suppressed, 'suppressed finding')} left out, since code scanning would show them as open alerts: the JSON report has them, with the reasons.`,
          ),
        ]),
    ...report.problems.map(({ message, help }) => note('error', `${message}\nWay out: ${help}`)),
    ...makeFailures(report).map(({ path, failure, during, name }) => ({
      ...note('error', `${name} ${during}: ${failure.message} (${renderFailureCode(failure.code)})`),
      locations: [makeSarifLocation(path, failure.position)],
    })),
  ]
}

function note(level: SarifNotification['level'], text: string): SarifNotification {
  return { level, message: { text: sarifText(text) } }
}
