import type { Finding } from '../model/finding.js'
import { LARGEST_FILE, type LoadedFile } from './load-file.js'

type Refused = Exclude<LoadedFile, { kind: 'read' }>

/** Why something named like a migration was not read. */
export function refuseEntry(file: string, refused: Refused): Finding {
  return { rule: refused.kind, severity: 'error', file, ...why(refused) }
}

function why(refused: Refused): Pick<Finding, 'message' | 'help'> {
  switch (refused.kind) {
    case 'symlink':
      return {
        message: 'This is a symbolic link, and links are not followed.',
        help: 'Put the file itself here.',
      }
    case 'not-a-regular-file':
      return {
        message: 'This is no regular file (but a FIFO, socket or device).',
        help: 'Remove or rename it.',
      }
    case 'file-too-large':
      return {
        message: `The file has ${refused.size.toLocaleString('en')} bytes; the limit is ${LARGEST_FILE.toLocaleString('en')}.`,
        help: 'Split it. Data of that size is better loaded by other means than a migration.',
      }
    case 'unreadable-file':
      return { message: `This can not be read: ${refused.reason}.`, help: 'Check its rights.' }
  }
}
