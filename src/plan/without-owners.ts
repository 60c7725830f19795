import type { SchemaObject } from '../model/schema.js'

/**
 * Objects without who owns them, for schemas that were made by different roles: what a database holds from before its
 * history was mostly made by another one than migrations run as.
 */
export function withoutOwners(objects: readonly SchemaObject[]): SchemaObject[] {
  return objects.flatMap((object) => {
    if (object.kind !== 'rights') return [{ ...object, definition: object.definition.replace(OWNER, '') }]
    const definition = object.definition.replaceAll(OWNERS_RIGHTS, '').replace(/, $/, '')
    return definition === '' ? [] : [{ ...object, definition }]
  })
}

/** A name may be quoted. */
const OWNER = /^OWNER (?:"(?:[^"]|"")*"|[^ ]*) ?/

/** `owner ada=r`, and between two of them a comma and a space. */
const OWNERS_RIGHTS = /owner (?:"(?:[^"]|"")*"|[^"=, ]+)=[A-Za-z*]*(?:, |$)/g
