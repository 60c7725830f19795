import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { openResultFiles } from '../../src/host/open-result-files.js'
import { aFolder } from '../support/postgres/a-folder.js'

const render = { sarif: () => 'sarif', junit: () => 'junit', plan: () => 'plan' }

const command = { command: 'plan', dryRun: false } as const

describe('the files for other programs', () => {
  it('are written anew, in folders that are made', async () => {
    await using folder = await aFolder()
    const sarifFile = join(folder.path, 'a', 'b', 'f.sarif')
    const junitFile = join(folder.path, 'j.xml')
    await writeFile(junitFile, 'much longer, of an earlier run')
    const files = await openResultFiles({ ...command, sarifFile, junitFile })
    expect(await readFile(junitFile, 'utf8')).toBe('')
    expect(await files.end(render)).toEqual([])
    expect(await readFile(sarifFile, 'utf8')).toBe('sarif')
    expect(await readFile(junitFile, 'utf8')).toBe('junit')
  })

  it('are none where none is asked for, and nothing is rendered', async () => {
    const files = await openResultFiles(command)
    const never = () => {
      throw new Error('rendered')
    }
    expect(await files.end({ sarif: never, junit: never, plan: never })).toEqual([])
  })

  it('are refused by name before anything is done, links included', async () => {
    await using folder = await aFolder()
    const path = join(folder.path, 'folder')
    await mkdir(path)
    await expect(openResultFiles({ ...command, sarifFile: path })).rejects.toMatchObject({
      problems: [
        { message: `The SARIF file ${path} is no regular file.`, help: 'Name another file as sarif-file.' },
      ],
    })
    await writeFile(join(folder.path, 'other'), 'kept')
    const link = join(folder.path, 'link')
    await symlink(join(folder.path, 'other'), link)
    await expect(openResultFiles({ ...command, junitFile: link })).rejects.toMatchObject({
      problems: [{ message: `The JUnit file ${link} is no regular file.` }],
    })
    expect(await readFile(join(folder.path, 'other'), 'utf8')).toBe('kept')
  })

  it('that fail at the end are told, and the other is written', async () => {
    await using folder = await aFolder()
    const [sarifFile, junitFile] = [join(folder.path, 's'), join(folder.path, 'j')]
    const files = await openResultFiles({ ...command, sarifFile, junitFile })
    const sarif = () => {
      throw new Error('no room')
    }
    expect(await files.end({ ...render, sarif })).toEqual([`${sarifFile} was not written: no room`])
    expect(await readFile(junitFile, 'utf8')).toBe('junit')
  })

  it('hold the plan where one is made, and leave alone the one that is applied', async () => {
    await using folder = await aFolder()
    const planFile = join(folder.path, 'plan.json')
    const made = await openResultFiles({ command: 'migrate', dryRun: true, planFile })
    expect(await made.end(render)).toEqual([])
    expect(await readFile(planFile, 'utf8')).toBe('plan')
    await writeFile(planFile, 'approved')
    const applied = await openResultFiles({ command: 'migrate', dryRun: false, planFile })
    expect(await applied.end(render)).toEqual([])
    expect(await readFile(planFile, 'utf8')).toBe('approved')
  })
})
