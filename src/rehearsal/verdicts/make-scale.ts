import type { Config } from '../../model/config.js'
import type { RelationSize } from '../../model/measured.js'
import type { Scale } from './weigh-work.js'

/** @param sizes on the target */
export function makeScale(
  sizes: readonly RelationSize[],
  { judging, rehearsal }: Pick<Config, 'judging' | 'rehearsal'>,
): Scale {
  return {
    sizes: new Map(sizes.map((size) => [size.relation, size])),
    largeBytes: rehearsal.largeBytes,
    bigTables: judging.bigTables,
  }
}
