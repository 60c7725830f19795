import type { SecretAnswer, SecretsRequest } from '../model/secret-provider.js'

/**
 * The axis: who keeps the secrets that `devflow.yml` maps to variables. To add one: its name in
 * `model/secret-provider.ts`, its file here, its line in `fetch.ts`. A provider is asked only for what a run needs and the
 * environment does not have. It answers in the order it was asked, never throws, hands no secret to another program in an
 * argument, and lets none into a message.
 */
export interface SecretProvider {
  fetch(request: SecretsRequest): Promise<readonly SecretAnswer[]>
}
