import { describe, expect, it } from '@jest/globals'
import { directEndpoint } from '../../src/database/direct-endpoint.js'

describe('the endpoint without transaction pooling', () => {
  it.each([
    ['aws-0-eu-central-1.pooler.supabase.com', 6543, 'aws-0-eu-central-1.pooler.supabase.com', 5432],
    ['AWS-1-us-east-1.Pooler.Supabase.com', 6543, 'AWS-1-us-east-1.Pooler.Supabase.com', 5432],
    ['db.abcdefghijklmnopqrst.supabase.co', 6543, 'db.abcdefghijklmnopqrst.supabase.co', 5432],
    [
      'ep-cool-sun-123456-pooler.eu-central-1.aws.neon.tech',
      5432,
      'ep-cool-sun-123456.eu-central-1.aws.neon.tech',
      5432,
    ],
    [
      'ep-cool-sun-123456-pooler.c-2.us-east-1.aws.neon.tech',
      5432,
      'ep-cool-sun-123456.c-2.us-east-1.aws.neon.tech',
      5432,
    ],
  ])('of %s:%i is %s:%i', (host, port, directHost, directPort) => {
    expect(directEndpoint({ host, port })).toEqual({ host: directHost, port: directPort })
  })

  it.each([
    ['aws-0-eu-central-1.pooler.supabase.com', 5432],
    ['db.abcdefghijklmnopqrst.supabase.co', 5432],
    ['ep-cool-sun-123456.eu-central-1.aws.neon.tech', 5432],
    ['127.0.0.1', 6543],
    ['localhost', 6432],
    ['/run/postgresql', 6543],
    ['pooler.example.com', 6543],
    ['db-pooler.example.com', 5432],
    ['pooler.supabase.com.example.com', 6543],
    ['neon.tech.example.com', 5432],
  ])('of %s:%i is not known', (host, port) => {
    expect(directEndpoint({ host, port })).toBeUndefined()
  })
})
