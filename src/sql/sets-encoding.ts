import { IS_KEPT } from './session-now.js'

/** What every connection of ours is set to. Texts are sent as UTF-8. */
export const AS_WE_SEND = "SET client_encoding = 'UTF8';"

/** Whether a text may say itself in which encoding it is read from then on. What stands in SQL of ours does not count. */
export function setsEncoding(text: string): boolean {
  return MAY_SET_ENCODING.test(text.replaceAll(AS_WE_SEND, '').replaceAll(IS_KEPT, ''))
}

const MAY_SET_ENCODING = /\bclient_encoding\b|\bnames\b/i
