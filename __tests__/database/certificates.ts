import { spawnSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { aFolder } from '../support/postgres/a-folder.js'

/** A key and the certificate for it, PEM, and the authority that signed it. */
export interface Certificate {
  readonly key: string
  readonly cert: string
  readonly ca: string
}

/**
 * A certificate of a new authority for the given subject alternative name, made by the program openssl.
 *
 * @param name `DNS:db.example.com`, `IP:127.0.0.1`
 */
export async function aCertificate(name: string): Promise<Certificate> {
  await using folder = await aFolder()
  const at = (file: string) => join(folder.path, file)
  const request = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-batch']
  await writeFile(
    at('ca.cnf'),
    '[req]\ndistinguished_name=dn\nx509_extensions=v3\n[dn]\n[v3]\nbasicConstraints=critical,CA:true\n',
  )
  openssl(
    'req',
    '-x509',
    ...request,
    '-subj',
    '/CN=Test authority',
    '-days',
    '2',
    '-config',
    at('ca.cnf'),
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.pem'),
  )
  openssl(
    'req',
    ...request,
    '-subj',
    '/CN=Test server',
    '-config',
    at('ca.cnf'),
    '-keyout',
    at('key.pem'),
    '-out',
    at('request.pem'),
  )
  await writeFile(at('extensions'), `subjectAltName=${name}\n`)
  openssl(
    'x509',
    '-req',
    '-in',
    at('request.pem'),
    '-CA',
    at('ca.pem'),
    '-CAkey',
    at('ca.key'),
    '-set_serial',
    '7',
    '-days',
    '2',
    '-extfile',
    at('extensions'),
    '-out',
    at('cert.pem'),
  )
  const [key, cert, ca] = await Promise.all(
    ['key.pem', 'cert.pem', 'ca.pem'].map((file) => readFile(at(file), 'utf8')),
  )
  return { key: key ?? '', cert: cert ?? '', ca: ca ?? '' }
}

function openssl(...words: readonly string[]): void {
  const { status, stderr, error } = spawnSync('openssl', words, { encoding: 'utf8' })
  if (error || status !== 0) throw error ?? new Error(`openssl ${words[0]}: ${stderr}`)
}
