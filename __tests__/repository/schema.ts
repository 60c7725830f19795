import { Ajv, type ErrorObject } from 'ajv'
import { read } from './tree.js'

/** A check of a value against a JSON schema of the repository: one line for each mistake. */
export function openSchema(path: string): (value: unknown) => string[] {
  const validate = new Ajv({ allErrors: true, strict: false }).compile(JSON.parse(read(path)))
  return (value) => {
    validate(value)
    return (validate.errors ?? []).map(describeError)
  }
}

function describeError({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath || '/'} ${message} ${JSON.stringify(params)}`
}
