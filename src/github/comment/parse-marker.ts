import type { CommentMarker } from '../../model/comment.js'

/** Attributes that a later version adds are let be. */
const FORM = /^<!-- devflow-migrate: ([^\s/]*)\/([^\s/]+)((?: [a-z-]+=\S*)*) -->\r?(?:\n|$)/

/** The marker in the first line of a comment, as `render/comment-marker.ts` writes it; undefined where there is none. */
export function parseMarker(body: string): CommentMarker | undefined {
  const [, project = '', environment = '', text = ''] = FORM.exec(body) ?? []
  const values = new Map(Array.from(text.matchAll(/ ([a-z-]+)=(\S*)/g), ([, name, value]) => [name, value]))
  const decoded = decodeAll([project, environment, values.get('commit') ?? '', values.get('at') ?? ''])
  const about = values.get('about')
  if (decoded === undefined || environment === '' || (about !== 'files' && about !== 'target'))
    return undefined
  const [ofProject = '', ofEnvironment = '', commitSha = '', startedAt = ''] = decoded
  return { project: ofProject, environment: ofEnvironment, about, commitSha, startedAt }
}

function decodeAll(texts: readonly string[]): string[] | undefined {
  try {
    return texts.map(decodeURIComponent)
  } catch {
    return undefined
  }
}
