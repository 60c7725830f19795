import type { Problem } from '../model/problem.js'
import { loadGit } from './load-git.js'

/** Two commits that the files are compared with, and where the folder lies in them. */
export interface Checkout {
  /** What the base is called: as it was asked for. */
  readonly ref: string
  /** The newest commit of the base. */
  readonly tip: string
  /** Where the checkout left the base. */
  readonly mergeBase: string
  /** The migrations folder from the repository's root: empty, or with a `/` at the end. */
  readonly prefix: string
}

/**
 * Finds the base of the checkout that a folder lies in.
 *
 * @param root the folder, no link in its path
 * @param ref names a commit; not of a form that git would take for an option
 * @returns undefined where there is no repository, or no git; what to mend, where there is something
 */
export async function loadCheckout(root: string, ref: string): Promise<Checkout | Problem | undefined> {
  const where = await loadGit(root, [
    'rev-parse',
    '--is-inside-work-tree',
    '--is-shallow-repository',
    '--show-prefix',
  ])
  if (where === undefined) return undefined
  if (where.code !== 0) return explain(where.stderr)
  const [inside, shallow, ...rest] = where.stdout.toString().split('\n')
  if (inside !== 'true') return undefined
  // A folder's name may hold a line end.
  const prefix = rest.slice(0, -1).join('\n')
  const isShallow = shallow === 'true'
  const tip = await firstLine(root, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`])
  if (tip === undefined) return missing(ref, isShallow)
  const mergeBase = await firstLine(root, ['merge-base', tip, 'HEAD'])
  if (mergeBase === undefined) return unrelated(ref, tip, isShallow)
  return { ref, tip, mergeBase, prefix }
}

async function firstLine(root: string, words: readonly string[]): Promise<string | undefined> {
  const reply = await loadGit(root, words)
  const [line] = reply?.code === 0 ? reply.stdout.toString().split('\n') : []
  return line === undefined || !/^[0-9a-f]{40,64}$/.test(line) ? undefined : line
}

function explain(stderr: string): Problem | undefined {
  if (/not a git repository/.test(stderr)) return undefined
  const folder = /dubious ownership in repository at '(?<folder>[^'\n]+)'/.exec(stderr)?.groups?.folder
  if (folder !== undefined) {
    return {
      message: `git does not trust the repository in ${folder}: it belongs to another user than this one, as happens in containers.`,
      help: `Run git config --global --add safe.directory '${folder}' before this.`,
    }
  }
  const [line = 'it gave no reason'] = stderr.split('\n').filter((each) => each.trim() !== '')
  return {
    message: `git can not read the repository: ${line.slice(0, 300)}.`,
    help: 'Try git status in the migrations folder.',
  }
}

const WHOLE_HISTORY =
  'Check out the whole history: fetch-depth: 0 of actions/checkout, or git fetch --unshallow.'

function missing(ref: string, isShallow: boolean): Problem {
  return isShallow
    ? {
        message: `The base ${ref} is not in this checkout, which is shallow: it holds only a part of the history.`,
        help: WHOLE_HISTORY,
      }
    : {
        message: `The base ${ref} is not in this checkout.`,
        help: 'Fetch it, or name another commit or branch: origin/main.',
      }
}

function unrelated(ref: string, tip: string, isShallow: boolean): Problem {
  const named = ref === tip ? ref : `${ref} (${tip})`
  return isShallow
    ? {
        message: `Where this checkout left the base ${named} is not known: the checkout is shallow, and the commit that both come from is not in it.`,
        help: WHOLE_HISTORY,
      }
    : {
        message: `This checkout and the base ${named} have no commit in common.`,
        help: 'Name the branch that the checkout comes from.',
      }
}
