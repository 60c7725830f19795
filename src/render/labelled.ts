import { cutMessage } from '../model/cut-message.js'
import { logText } from './foreign-text.js'

const labelWidth = 10

/** `  Label     text`, foreign text of several lines indented under the first. */
export function labelled(label: string, text: string): string[] {
  const lines = logText(cutMessage(text)).split('\n')
  return lines.map((line, index) => `  ${(index === 0 ? label : '').padEnd(labelWidth)}  ${line}`)
}
