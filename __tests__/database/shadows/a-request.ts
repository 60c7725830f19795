import { fileURLToPath } from 'node:url'
import type { ShadowRequest } from '../../../src/database/shadows/shadow.js'

/** A protected target somewhere else, and a machine that has what this one has. */
export function aRequest(overrides: Partial<ShadowRequest> = {}): ShadowRequest {
  return {
    target: aTarget(),
    isProtected: true,
    redact: (text) => text,
    run: { actor: 'ada', toolVersion: '0.0.0' },
    searched: [fileURLToPath(new URL('.', import.meta.url))],
    ...overrides,
  }
}

export function aTarget(overrides: Partial<ShadowRequest['target']> = {}): ShadowRequest['target'] {
  return {
    host: 'db.example.com',
    port: 5432,
    database: 'app',
    user: 'app_owner',
    serverMajor: 18,
    tracking: { schema: 'devflow', table: 'schema_migrations', version: 'absent' },
    ...overrides,
  }
}
