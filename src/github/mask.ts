/**
 * Makes the runner replace secrets in everything logged from here on. It is not retroactive: call it before the
 * first line. Values under four characters are left out, since the runner would then drop every output and blank
 * every log line that happens to hold them; those are redacted where they are read.
 *
 * @param kept texts that outputs hold: a secret that is a piece of one is left out for the same reason
 * @returns what is masked now
 */
export async function maskSecrets(
  secrets: readonly string[],
  kept: readonly string[] = [],
): Promise<readonly string[]> {
  const isKept = (secret: string) => kept.some((text) => text.includes(secret.trim()))
  const worthy = new Set(secrets.filter((secret) => secret.trim().length >= 4 && !isKept(secret)))
  if (worthy.size === 0) return []
  const { setSecret } = await import(/* webpackMode: "eager" */ '@actions/core')
  for (const secret of worthy) setSecret(secret)
  return [...worthy]
}
