import { execFileSync } from 'node:child_process'
import { aProject, type Project } from '../support/a-project.js'

/** A project under git, on branch `main`. */
export interface Repository extends Project {
  /** Runs git in it, and gives what it printed. */
  git(...words: string[]): string
  /** Commits everything, and gives the commit's hash. */
  commit(): string
}

/** @param files by path; committed */
export async function aRepository(files: Readonly<Record<string, string>> = {}): Promise<Repository> {
  const project = await aProject(files)
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...words], {
      cwd: project.path,
      env: { PATH: process.env.PATH, HOME: project.path, GIT_CONFIG_NOSYSTEM: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
      .toString()
      .trim()
  const commit = () => {
    git('add', '--all')
    git('commit', '--quiet', '--allow-empty', '-m', 'x')
    return git('rev-parse', 'HEAD')
  }
  git('init', '--quiet', '--initial-branch=main')
  commit()
  return { ...project, git, commit }
}
