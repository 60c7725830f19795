import { measuredDrop } from './measured-drop.js'
import { measuredRewrite } from './measured-rewrite.js'
import { measuredScan } from './measured-scan.js'

/** The rules of this folder, in the order the documentation shows them. */
export const MEASURED_RULES = {
  'measured-rewrite': measuredRewrite,
  'measured-scan': measuredScan,
  'measured-drop': measuredDrop,
}
