import type { FoundSecret } from '../../model/secret.js'

/** What a value is, and in words where its form tells more than its place. */
export interface Weighed {
  readonly kind: FoundSecret['kind']
  readonly what?: string
}
