import { describe, expect, it } from '@jest/globals'
import { wantsPrelude, withPreludeRoles } from '../../../../src/database/shadows/schema/load-prelude.js'
import type { SourceFacts } from '../../../../src/database/shadows/schema/source-facts.js'

const facts: SourceFacts = {
  role: 'postgres',
  database: 'app',
  roles: [
    { name: 'anon', superuser: false, createdb: false, createrole: true, bypassrls: false, inherit: true },
  ],
  members: [],
  settings: [],
  hasPublic: true,
  objects: 0,
  ownObjects: 0,
  platform: [],
  unreadable: [],
  tablespaces: [],
}

describe('stand-ins for Supabase', () => {
  it.each<['as-target' | 'always' | undefined, readonly string[], boolean]>([
    ['as-target', ['users'], true],
    ['as-target', [], false],
    ['always', [], true],
    [undefined, ['users'], false],
  ])('with %s, on a target with %p: %p', (prelude, platform, wanted) => {
    expect(wantsPrelude(prelude === undefined ? {} : { prelude }, { platform })).toBe(wanted)
  })

  it('bring the roles that the target lacks, and leave its own as they are', () => {
    const { roles } = withPreludeRoles(facts)
    expect(roles.filter(({ name }) => name === 'anon')).toEqual(facts.roles)
    expect(roles.find(({ name }) => name === 'service_role')).toMatchObject({
      bypassrls: true,
      superuser: false,
    })
    expect(roles.map(({ name }) => name)).toContain('authenticated')
  })
})
