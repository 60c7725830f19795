import { cutText, logText } from './foreign-text.js'

/**
 * Plain text of a SARIF message. What viewers would read as more than text is broken up: `[text](link)`, placeholders
 * such as `{0}`, and mentions, since code scanning repeats messages in comments.
 */
export function sarifText(foreign: string, limit = 4000): string {
  return logText(cutText(foreign, limit))
    .replaceAll('](', '] (')
    .replace(/\{(?=\d+\})/g, '{ ')
    .replace(/@(?=[A-Za-z0-9])/g, '@\u200b')
}
