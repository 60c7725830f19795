import type { Config } from '../model/config.js'

/** What `transaction` may be, the default first. */
export const TRANSACTION_MODES = ['file', 'all', 'none'] as const satisfies readonly Config['transaction'][]

/** What `rehearse` may be, the default first. */
export const REHEARSE_MODES = [
  'auto',
  'shadow',
  'target',
  'off',
] as const satisfies readonly Config['rehearse'][]

/** What `comment` may be, the default first. */
export const COMMENT_MODES = [
  'off',
  'update',
  'recreate',
] as const satisfies readonly Config['gate']['comment'][]

/** What `format` may be, the default first. */
export const GRAPH_FORMATS = ['mermaid', 'dot'] as const satisfies readonly Config['graphFormat'][]
