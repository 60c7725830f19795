import { holdsHash } from './holds-hash.js'

export type Stance = 'approves' | 'objects' | 'nothing'

/** In some languages: to take a no for a yes can not be undone, and the other mistake costs a comment. */
const NO =
  /(?<![\p{L}\p{N}])(?:no|not|never|cannot|\p{L}+n['’]t|dont|wont|cant|wait|hold|stop|block(?:s|ed|ing)?|reject(?:s|ed|ing)?|refuse[sd]?|object(?:s|ed|ion|ions)?|den(?:y|ied)|revoke[sd]?|withdr(?:aw|awn|ew)|disapprove[sd]?|unapprove[sd]?|nack|nak|veto|cancel(?:led|ed)?|abort|nein|nicht|kein\p{L}*|nie|non|pas|não|nunca|niet|geen|ikke|inte|nem|nije|нет|не)(?![\p{L}\p{N}])|~~|👎|⛔|🚫|❌|🛑|:-1:|(?<![\p{L}\p{N}])-1(?!\p{N})/iu

const YES =
  /^(?:approve[sd]?|lgtm|ok|okay|good|ship|yes|confirm(?:ed)?|accept(?:ed)?|agreed?|\+1|thumbsup|white_check_mark)$/
const FILLING =
  /^(?:a|and|devflow|for|hash|i|is|it|looks|me|migrations?|of|plan|production|reviewed|the|this|to|we|with)$/
const SIGNS = /👍|✅|🚀|🎉/u

/**
 * What a comment says about the plan of a hash. It approves where the hash stands alone, or in a paragraph of words of
 * approval and nothing else (`approve v1:…`), with no word of refusal anywhere. Quotes and code blocks are somebody else's
 * words, and a hidden comment is a tool's.
 */
export function readComment(body: string, hash: string): Stance {
  if (!holdsHash(body, hash) || /<(?:!--|details|blockquote|pre)/i.test(body)) return 'nothing'
  const own = ownLines(body.replace(/\r\n?/g, '\n').split('\n')).join('\n')
  const paragraphs = own.split(/\n(?:[^\S\n]*\n)+/).filter((paragraph) => /\S/.test(paragraph))
  const about = paragraphs.filter((paragraph) => holdsHash(paragraph, hash))
  if (about.length === 0) return 'nothing'
  if (NO.test(own.replaceAll(hash, ' '))) return 'objects'
  const isAlone = paragraphs.length === 1
  return about.some((paragraph) => isYes(paragraph.replaceAll(hash, ' '), isAlone)) ? 'approves' : 'nothing'
}

function ownLines(lines: readonly string[]): string[] {
  const own: string[] = []
  let fence: string | undefined
  for (const line of lines) {
    const mark = /^[ \t]*(`{3,}|~{3,})/.exec(line)?.[1]
    if (fence !== undefined) fence = mark?.startsWith(fence) ? undefined : fence
    else if (mark !== undefined) fence = mark
    else if (!/^\s*>|^(?: {4}|\t)/.test(line)) own.push(line)
  }
  return own
}

/** A word that is not known may be a condition, a question to somebody, or a no in another language. */
function isYes(words: string, isAlone: boolean): boolean {
  if (/[?¿？@]/.test(words)) return false
  const all = words.toLowerCase().match(/\+1|[\p{L}\p{N}_'’]+/gu) ?? []
  const isKnown = all.every((word) => YES.test(word) || FILLING.test(word))
  const hasYes = all.some((word) => YES.test(word)) || SIGNS.test(words)
  return isKnown && (hasYes || (isAlone && all.length === 0))
}
