/** What `op item get --format=json` says of a field, as far as it is read. */
interface Field {
  readonly id?: unknown
  readonly label?: unknown
  readonly value?: unknown
  readonly section?: { readonly label?: unknown; readonly id?: unknown }
}

/**
 * The value of a field by its label, its ID, or `section/label`.
 *
 * @returns or why there is none, as a clause about the field; it holds nothing of the item
 */
export function findInItem(
  text: string,
  name: string,
): { readonly value: string } | { readonly why: string } {
  const fields = fieldsOf(text)
  if (fields === undefined) return { why: 'op answered something that is no item' }
  const exact = fields.filter((field) => namesOf(field).includes(name))
  const folded = fields.filter((field) => namesOf(field).map(fold).includes(fold(name)))
  const found = exact.length > 0 ? exact : folded
  const [only] = found
  if (only === undefined) return { why: 'the item has no such field' }
  if (found.length > 1)
    return { why: `the item has ${found.length} fields of that name; use section/field, or the ID` }
  return typeof only.value === 'string' ? { value: only.value } : { why: 'the field is empty' }
}

function fieldsOf(text: string): readonly Field[] | undefined {
  try {
    const { fields } = JSON.parse(text) as { fields?: unknown }
    return Array.isArray(fields)
      ? fields.filter((field) => typeof field === 'object' && field !== null)
      : undefined
  } catch {
    return undefined
  }
}

function namesOf({ id, label, section }: Field): string[] {
  const own = [id, label].filter((name) => typeof name === 'string')
  const sections = [section?.id, section?.label].filter((name) => typeof name === 'string')
  return [...own, ...sections.flatMap((part) => own.map((name) => `${part}/${name}`))]
}

/** As 1Password's own references, which do not tell upper from lower case. */
function fold(name: string): string {
  return name.toLowerCase()
}
