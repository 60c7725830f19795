// postgrator is a library: this is the smallest program around it, as its documentation shows one.
import pg from 'pg'
import Postgrator from 'postgrator'

const [url, folder] = process.argv.slice(2)
const client = new pg.Client({ connectionString: url })
await client.connect()
try {
  const postgrator = new Postgrator({
    migrationPattern: `${folder}/*`,
    driver: 'pg',
    execQuery: (query) => client.query(query),
  })
  await postgrator.migrate()
} finally {
  await client.end()
}
