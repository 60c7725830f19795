import { describe, expect, it } from '@jest/globals'
import { loadMigrations } from '../../src/migrations/load-migrations.js'
import { aProject } from '../support/a-project.js'

describe('a file that lies as another tool has it', () => {
  it.each([
    ['deploy/users.sql', 'Sqitch keeps scripts like this.'],
    ['committed/000001-first.sql', 'Name its folder migrations/committed as the directory.'],
    ['current.sql', 'graphile-migrate keeps files like this.'],
    ['afterMigrate__views.sql', 'Flyway takes a file like this for a callback'],
    ['orders/V2__orders.sql', 'Flyway looks for files in the folders below too.'],
    ['orders/2_orders.sql', 'Rename it ('],
  ])('%s is refused with the way out', async (name, expected) => {
    await using project = await aProject({ [`migrations/${name}`]: 'select 1;' })
    const { findings } = await loadMigrations({
      directory: `${project.path}/migrations`,
      boundary: project.path,
      base: project.path,
      exclude: [],
    })
    expect(findings.map(({ rule, file }) => `${rule} ${file}`)).toEqual([`bad-name migrations/${name}`])
    expect(findings[0]?.help).toContain(expected)
  })
})
