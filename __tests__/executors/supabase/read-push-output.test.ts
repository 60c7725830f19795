import { describe, expect, it } from '@jest/globals'
import { readPushFailure, readPushLine } from '../../../src/executors/supabase/read-push-output.js'

describe('what supabase db push prints', () => {
  it('tells which file it begins with, coloured or not', () => {
    const line = { kind: 'applying', name: '20260101000000_a b.sql' }
    expect(readPushLine('Applying migration 20260101000000_a b.sql...')).toEqual(line)
    expect(readPushLine('\u001b[1mApplying migration \u001b[22m20260101000000_a b.sql...\r')).toEqual(line)
  })

  it('passes the server’s notices on', () => {
    expect(readPushLine('WARNING (01000): look: here')).toEqual({
      kind: 'notice',
      severity: 'WARNING',
      message: 'look: here',
    })
    expect(readPushLine('Finished supabase db push.')).toEqual({ kind: 'other' })
  })

  it('tells the server’s error and which statement it was', () => {
    const output =
      '\u001b[31mERROR: relation "x" does not exist (SQLSTATE 42P01)\nAt statement: 1\nselect * from x\n\u001b[39mTry rerunning the command with --debug'
    expect(readPushFailure(output, 1)).toEqual({
      code: '42P01',
      message: 'relation "x" does not exist',
      statement: 2,
    })
  })

  it('tells the last error where a migration raised texts that look like one', () => {
    const output =
      'ERROR: no error at all (SQLSTATE 00000)\nERROR: division by zero (SQLSTATE 22012)\nAt statement: 0\n'
    expect(readPushFailure(output, 1)).toEqual({ code: '22012', message: 'division by zero', statement: 1 })
  })

  it('tells what it said itself, without what it says whatever happens', () => {
    const output =
      'Connecting to remote database...\nDo you want to push these migrations to the remote database?\n • a.sql\n\n [Y/n] y\nfailed to connect: tls error\nTry rerunning the command with --debug to troubleshoot the error.\n'
    expect(readPushFailure(output, 1)).toEqual({
      code: 'supabase-cli',
      message: 'failed to connect: tls error',
    })
  })

  it('says so where it said nothing', () => {
    expect(readPushFailure('', 3).message).toBe('the Supabase CLI ended with exit code 3 and did not say why')
    expect(readPushFailure('', null).message).toBe('the Supabase CLI was ended and did not say why')
  })
})
