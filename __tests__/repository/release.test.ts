import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { read } from './tree.js'

const { jobs } = parse(read('.github/workflows/release.yml'))
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Runs a step's own script as the runner would. */
function runStep(job: string, name: string, env: Record<string, string>) {
  const step = jobs[job].steps.find((candidate: { name: string }) => candidate.name === name)
  const script = join(folder, 'step.sh')
  writeFileSync(script, step.run)
  return spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], {
    cwd: folder,
    env: { PATH: `${folder}:${process.env.PATH}`, ...env },
    encoding: 'utf8',
  })
}

describe('the notes of a release', () => {
  const changelog =
    '# Changelog\n\n## [Unreleased]\n\n- later\n\n## [1.2.0] - 2026-12-01\n\n### Added\n\n- now\n\n## [1.1.0]\n\n- before\n\n[1.2.0]: https://example.com\n'
  const takeNotes = (tag: string) => {
    writeFileSync(join(folder, 'CHANGELOG.md'), changelog)
    const notes = join(folder, 'notes.md')
    return { ...runStep('draft', 'Take the notes from CHANGELOG.md', { TAG: tag, NOTES: notes }), notes }
  }

  it('are what the changelog has under the version, and nothing else', () => {
    const { status, notes } = takeNotes('v1.2.0')
    expect(status).toBe(0)
    expect(readFileSync(notes, 'utf8').trim()).toBe('### Added\n\n- now')
  })

  it('stop the release where the changelog has nothing', () => {
    const { status, stderr } = takeNotes('v1.2')
    expect(status).toBe(1)
    expect(stderr).toContain('nothing under ## [1.2]')
  })
})

describe('the moving tags', () => {
  /** A `gh` that knows these releases and tags, and writes down what it is asked to change. */
  const moveTags = (tag: string, { releases, tags }: { releases: string[]; tags: string[] }) => {
    writeFileSync(
      join(folder, 'gh'),
      `#!/usr/bin/env bash
case "$*" in
  *"/commits/"*) echo 0123abc ;;
  *"/releases"*) printf '%s\\n' ${releases.join(' ')} ;;
  *"--method"*) echo "$*" >> "${folder}/changes" ;;
  *"/git/ref/tags/"*) [[ " ${tags.join(' ')} " == *" \${2##*/} "* ]] ;;
esac
`,
    )
    chmodSync(join(folder, 'gh'), 0o755)
    writeFileSync(join(folder, 'changes'), '')
    const ran = runStep('tags', 'Move', { GH_TOKEN: 'x', REPOSITORY: 'org/it', TAG: tag })
    expect(ran.status).toBe(0)
    return readFileSync(join(folder, 'changes'), 'utf8').trim().split('\n').filter(Boolean)
  }

  it('go to a version that is the newest of both lines', () => {
    expect(moveTags('v1.10.0', { releases: ['v1.9.0', 'v1.10.0'], tags: ['v1', 'v1.9'] })).toEqual([
      'api --method POST repos/org/it/git/refs --field ref=refs/tags/v1.10 --field sha=0123abc',
      'api --method PATCH repos/org/it/git/refs/tags/v1 --field sha=0123abc --field force=true',
    ])
  })

  it('leave the major line where a fix for an older minor line is released', () => {
    expect(moveTags('v1.9.1', { releases: ['v1.9.0', 'v1.10.0', 'v1.9.1'], tags: ['v1', 'v1.9'] })).toEqual([
      'api --method PATCH repos/org/it/git/refs/tags/v1.9 --field sha=0123abc --field force=true',
    ])
  })

  it('are not confused by another major that begins with the same digit', () => {
    expect(moveTags('v1.0.0', { releases: ['v10.0.0', 'v1.0.0'], tags: ['v1', 'v1.0'] })).toHaveLength(2)
  })

  it('stay where the tag is no plain version', () => {
    expect(moveTags('v1.2.0-rc.1', { releases: ['v1.2.0-rc.1'], tags: [] })).toEqual([])
  })
})
