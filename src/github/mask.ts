import type { StepLog } from './step-log.js'

/**
 * Makes the runner replace secrets in everything logged from here on. It is not retroactive: call it before the
 * first line. Values under four characters are left out, since the runner would then drop every output and blank
 * every log line that happens to hold them; those are redacted where they are read.
 *
 * @param kept texts that outputs hold: a secret that is a piece of one is left out for the same reason
 * @returns what is masked now
 */
export function maskSecrets(
  secrets: readonly string[],
  log: StepLog,
  kept: readonly string[] = [],
): readonly string[] {
  const isKept = (secret: string) => kept.some((text) => text.includes(secret.trim()))
  const worthy = new Set(secrets.filter((secret) => secret.trim().length >= 4 && !isKept(secret)))
  for (const secret of worthy) log.command(`::add-mask::${escapeData(secret)}`)
  return [...worthy]
}

/** As GitHub's toolkit escapes the data of a command. */
function escapeData(secret: string): string {
  return secret.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}
