/**
 * Foreign text for Slack: `& < >` as it wants them, so that nothing becomes a link, a mention or `<!channel>`.
 * https://docs.slack.dev/messaging/formatting-message-text
 */
export function slackText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** In a fixed-width font. What would end it is written otherwise: there is no way to escape it. */
export function slackCode(text: string): string {
  return text.trim() === '' ? '' : `\`${slackText(text.replaceAll('`', 'ˋ'))}\``
}
