import type { Account } from '../../model/approval-facts.js'
import { textOf } from './json-shape.js'

/** A login as GitHub gives them, `[bot]` of an app included; anything else is no account. */
const LOGIN = /^[A-Za-z0-9][\w.-]{0,99}(?:\[bot\])?$/

/** Undefined for an account that is gone: GitHub says null. */
export function parseAccount(value: unknown): Account | undefined {
  const login = textOf(value, 'login')
  if (login === undefined || !LOGIN.test(login)) return undefined
  return { login, isBot: textOf(value, 'type') === 'Bot' || login.endsWith('[bot]') }
}
