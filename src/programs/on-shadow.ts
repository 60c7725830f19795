import { rehearseOnShadow } from './rehearsing/rehearse-on-shadow.js'
import { tellOfShadow } from './rehearsing/tell-of-shadow.js'

/** What has to do with a shadow, from a bundle of its own: most rehearsals are on the target. */
export const ON_SHADOW = { rehearse: rehearseOnShadow, tell: tellOfShadow }
