import type { SecretProvider } from './provider.js'

/** The environment is looked at before any provider is asked, so what is wanted here is not there. */
export const env: SecretProvider = {
  fetch: async ({ wanted }) =>
    wanted.map(({ variable }) => ({
      problem: {
        message: `The variable ${variable} is not set, and secrets.provider is env.`,
        help: `Set ${variable}.`,
      },
    })),
}
