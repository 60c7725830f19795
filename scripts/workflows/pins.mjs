const ours = /^org\/devflow-migrate(?:\/\.github\/workflows\/[\w-]+\.yml)?@v\d+$/
const local = /^\.\/(?:\.github\/workflows\/[\w-]+\.yml)?$/
const pinned = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/

/** A tag of somebody else's action can be moved to other code; a commit can't. Ours is named as a user names it. */
export function findUnpinned(text) {
  return text
    .split('\n')
    .map((line) => /^\s*(?:- )?uses:\s*(.*?)\s*$/.exec(line)?.[1])
    .filter((named) => named !== undefined && ![ours, local, pinned].some((form) => form.test(named)))
    .map((named) => `not pinned by a commit with its version: ${named}`)
}
