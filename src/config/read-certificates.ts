import { resolve } from 'node:path'
import { UserError } from '../model/user-error.js'
import { given } from './given.js'
import { isInside } from './is-inside.js'
import { readText } from './read-text.js'
import { showValue } from './show-value.js'
import type { Sources } from './sources.js'

/**
 * The PEM text of `tls-ca`; undefined where none is given.
 * @throws UserError where it is given and can't be had: going on without it would trust other authorities than asked for
 */
export async function readCertificates({
  inputs,
  folder,
  lost,
  system,
  ledger,
}: Sources): Promise<string | undefined> {
  const named = given(inputs, 'tls-ca')
  if (named === undefined || lost) return undefined
  const path = resolve(folder, named.value)
  const refuse = (what: string, help: string) =>
    new UserError([{ message: `The file ${showValue(named.value)} of ${named.source} ${what}.`, help }])
  if (inputs.boundary !== undefined && !isInside(inputs.boundary, path)) {
    throw refuse('lies outside the workspace', 'Name a file inside the workspace.')
  }
  const text = await readText(system, path, named.value)
  if (text === undefined) throw refuse('does not exist', 'Check the spelling and the working directory.')
  if (!text.includes('-----BEGIN CERTIFICATE-----')) {
    throw refuse('holds no certificate', 'Give certificates in PEM form (-----BEGIN CERTIFICATE-----).')
  }
  ledger.provenance.push({ name: 'tls-ca', value: named.value, source: named.source })
  return text
}
