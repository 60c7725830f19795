/** Where secrets can be kept; `env`: in the variables of the environment only. */
export const SECRET_PROVIDERS = ['env', '1password'] as const

export type SecretProviderName = (typeof SECRET_PROVIDERS)[number]

/** A secret that this run needs, and where the provider has it. */
export interface WantedSecret {
  /** The variable of the environment that it stands in for. */
  readonly variable: string
  readonly item: string
  readonly field: string
}

/** What a provider is asked, once a run. */
export interface SecretsRequest {
  readonly provider: SecretProviderName
  /** Where the file has none, the provider says whether it needs one. */
  readonly vault?: string
  readonly wanted: readonly WantedSecret[]
  /** The process environment: the provider's own token is in it. */
  readonly variables: Readonly<Record<string, string | undefined>>
}

/** The value of one wanted secret, or why there is none, with the way out. Neither text holds a secret. */
export type SecretAnswer =
  | { readonly value: string }
  | { readonly problem: { readonly message: string; readonly help: string } }

/** Answers in the order of what was wanted. Never throws. */
export type FetchSecrets = (request: SecretsRequest) => Promise<readonly SecretAnswer[]>
