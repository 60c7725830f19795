import type { ForeignToolName } from '../model/foreign-tool.js'
import { atlas } from './atlas.js'
import { dbmate } from './dbmate.js'
import { flyway } from './flyway.js'
import type { ForeignTool } from './foreign-tool.js'
import { golangMigrate } from './golang-migrate.js'
import { goose } from './goose.js'
import { graphileMigrate } from './graphile-migrate.js'
import { knex } from './knex.js'
import { liquibase } from './liquibase.js'
import { nodePgMigrate } from './node-pg-migrate.js'
import { prisma } from './prisma.js'
import { sqitch } from './sqitch.js'
import { sqlx } from './sqlx.js'
import { supabase } from './supabase.js'

/** Every tool whose history can be adopted. To add one, see `foreign-tool.ts`. */
export const ALL_TOOLS = {
  flyway,
  liquibase,
  prisma,
  supabase,
  dbmate,
  'golang-migrate': golangMigrate,
  goose,
  'node-pg-migrate': nodePgMigrate,
  knex,
  'graphile-migrate': graphileMigrate,
  atlas,
  sqlx,
  sqitch,
} satisfies Record<ForeignToolName, ForeignTool>
