import { cutText, logText } from './foreign-text.js'

/** Text of an XML 1.0 document, in an element or in a quoted attribute: no markup, no character that XML forbids. */
export function xmlText(foreign: string, limit = 4000): string {
  return logText(cutText(foreign, limit))
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"'\n\t]/g, (mark) => `&#${mark.charCodeAt(0)};`)
}
