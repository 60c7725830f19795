import type { FetchSecrets, SecretProviderName } from '../model/secret-provider.js'
import { env } from './env.js'
import { onePassword } from './one-password.js'
import type { SecretProvider } from './provider.js'

const PROVIDERS = {
  env,
  '1password': onePassword,
} satisfies Record<SecretProviderName, SecretProvider>

/** Asks the provider that the file names. */
export const fetchSecrets: FetchSecrets = (request) => PROVIDERS[request.provider].fetch(request)
