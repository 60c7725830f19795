import { chmod, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import { findCli } from '../../../src/executors/supabase/find-cli.js'
import { aProject, type Project } from '../../support/a-project.js'

async function program(project: Project, path: string, text: string): Promise<string> {
  await project.write(path, text)
  await chmod(join(project.path, path), 0o755)
  return join(project.path, path)
}

const says = (version: string) => `#!/bin/sh\necho ${version}\n`

it('the configured program is taken before that of the project, and that before the one on PATH', async () => {
  await using project = await aProject()
  const onPath = await program(project, 'bin/supabase', says('3.0.0'))
  const searched = { folder: join(project.path, 'app'), path: `relative:${join(project.path, 'bin')}` }
  expect(await findCli(searched)).toMatchObject({ path: onPath, version: '3.0.0' })
  const above = await program(project, 'node_modules/.bin/supabase', says('3.1.0'))
  expect(await findCli(searched)).toMatchObject({ path: above, version: '3.1.0' })
  const named = await program(project, 'app/tools/sb', says('2.122.1'))
  expect(await findCli({ ...searched, configured: named })).toMatchObject({
    path: named,
    version: '2.122.1',
  })
})

it('what npm installs is run by the Node.js that runs us, whatever is on PATH', async () => {
  await using project = await aProject()
  const script = await program(
    project,
    'node_modules/supabase/dist/supabase.js',
    '#!/usr/bin/env node\nconsole.log("3.1.0")\n',
  )
  await project.write('node_modules/.bin/.keep', '')
  await symlink('../supabase/dist/supabase.js', join(project.path, 'node_modules/.bin/supabase'))
  expect(await findCli({ folder: project.path, path: '' })).toMatchObject({
    command: [process.execPath, script],
    version: '3.1.0',
  })
})

it('what is no program, or says no version, is not used', async () => {
  await using project = await aProject()
  const searched = { folder: project.path, path: '' }
  expect(await findCli(searched)).toMatchObject({
    problem: { message: expect.stringContaining('none on PATH') },
  })
  await project.write('plain', says('3.1.0'))
  expect(await findCli({ ...searched, configured: join(project.path, 'plain') })).toMatchObject({
    problem: { message: expect.stringContaining('plain') },
  })
  await program(project, 'silent', '#!/bin/sh\n')
  expect(await findCli({ ...searched, configured: join(project.path, 'silent') })).toMatchObject({
    problem: { message: expect.stringContaining('it does not say which version it is') },
  })
})
