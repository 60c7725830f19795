import { randomBytes } from 'node:crypto'

/** What finds the databases of shadows again, in SQL's LIKE. */
export const SHADOW_NAMES = 'devflow\\_shadow\\_%'

/** @param now by the server's clock, in seconds since 1970 */
export function makeShadowName(now: number): string {
  return `devflow_shadow_${Math.floor(now)}_${randomBytes(6).toString('hex')}`
}

/** When a shadow's database was made. Undefined for a name that is no shadow's. */
export function madeAt(name: string): number | undefined {
  const seconds = /^devflow_shadow_(\d{10,12})_[0-9a-f]{12}$/.exec(name)?.[1]
  return seconds === undefined ? undefined : Number(seconds)
}
