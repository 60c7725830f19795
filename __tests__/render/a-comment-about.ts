import type { Report } from '../../src/model/report.js'
import type { CommentAbout } from '../../src/render/comment.js'
import { makeCommentMarker } from '../../src/render/comment-marker.js'

export const SHA = '0123456789abcdef0123456789abcdef01234567'
export const HEAD = 'feedfacefeedfacefeedfacefeedfacefeedface'

/** What a comment on a report knows beside it. */
export function aCommentAbout(report: Report, overrides: Partial<CommentAbout> = {}): CommentAbout {
  return {
    marker: makeCommentMarker(report, { project: 'shop', commitSha: SHA }),
    runUrl: 'https://github.com/acme/shop/actions/runs/42',
    redact: (text) => text,
    ...overrides,
  }
}
