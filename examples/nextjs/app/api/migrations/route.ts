import { createHandler } from 'devflow-migrate'

// Not for production: it is refused there, and workflows that somebody approves apply migrations instead.
const handler = createHandler({
  databaseUrl: process.env.DATABASE_URL,
  token: process.env.INTERNAL_ADMIN_TOKEN,
  environment: process.env.ENVIRONMENT ?? 'staging',
})

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

export { handler as GET, handler as POST }
