import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, it } from '@jest/globals'
import { aDatabase } from './support/postgres/a-database.js'
import { eachMajor } from './support/postgres/major.js'

const migrations = new URL('../examples/shop/migrations/', import.meta.url)

eachMajor('the example shop', (major) => {
  it('applies, file after file', async () => {
    await using database = await aDatabase({ major })
    const names = (await readdir(fileURLToPath(migrations))).sort()
    for (const name of names) await database.query(await readFile(new URL(name, migrations), 'utf8'))
    expect(names).toHaveLength(12)
    const [row] = await database.query<{ found: string }>(
      `select string_agg(sku, ',') as found from products join stock on stock.product_id = id
       where search @@ to_tsquery('simple', 'sencha | iron')`,
    )
    expect(row?.found.split(',').sort()).toEqual(['POT-02', 'TEA-09'])
  })
})
