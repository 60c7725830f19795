import { nodeAs, stringsOf } from '../tree.js'
import { operands } from './constant-text.js'

/** What is known of an EXECUTE whose text is made while it runs. */
export interface DynamicExecute {
  /** Its literal parts in order, `…` for each other: `drop table …`; the format of a `format()` as it is. */
  readonly text?: string
  /** A value is joined to it by `||` or `concat` that is neither quoted nor a literal. */
  readonly concatenates: boolean
  /** `format()` makes it. What `%s` puts in is not quoted. */
  readonly usesFormat: boolean
}

export function describeDynamic(expression: unknown): DynamicExecute {
  const parts = [...partsOf(expression)]
  const text = parts.map((part) => part.text ?? '…').join('')
  return {
    ...(parts.some((part) => part.text !== undefined) ? { text } : {}),
    concatenates: parts.length > 1 && parts.some(({ isSafe }) => !isSafe),
    usesFormat: parts.some((part) => part.isFormat),
  }
}

interface DynamicPart {
  readonly text?: string
  readonly isSafe: boolean
  readonly isFormat?: boolean
}

function* partsOf(node: unknown): Generator<DynamicPart> {
  const joined = operands(node)
  const cast = nodeAs(node, 'TypeCast')
  const call = nodeAs(node, 'FuncCall')
  if (joined) for (const operand of joined) yield* partsOf(operand)
  else if (cast) yield* castParts(cast)
  else if (call) yield* callParts(stringsOf(call.funcname).at(-1) ?? '', call.args ?? [])
  else yield constantPart(node)
}

function constantPart(node: unknown): DynamicPart {
  const constant = nodeAs(node, 'A_Const')
  if (!constant) return { isSafe: false }
  if (constant.sval) return { text: constant.sval.sval ?? '', isSafe: true }
  return { text: String(constant.ival?.ival ?? constant.fval?.fval ?? ''), isSafe: true }
}

type Cast = NonNullable<ReturnType<typeof nodeAs<'TypeCast'>>>

function* castParts({ arg, typeName }: Cast): Generator<DynamicPart> {
  const type = stringsOf(typeName?.names).at(-1) ?? ''
  if (SAFE_TYPES.has(type)) yield { isSafe: true }
  else yield* partsOf(arg)
}

/** Types whose text can hold no SQL, or is quoted where it needs to be. */
const SAFE_TYPES: ReadonlySet<string> = new Set(
  'int2 int4 int8 oid bool uuid date timestamp timestamptz numeric float4 float8 regclass regtype regproc regprocedure regrole regnamespace'.split(
    ' ',
  ),
)

function* callParts(name: string, args: readonly unknown[]): Generator<DynamicPart> {
  if (QUOTING.has(name)) yield { isSafe: true }
  else if (name === 'format') {
    const [first] = args
    const format = nodeAs(first, 'A_Const')?.sval
    yield { ...(format ? { text: format.sval ?? '' } : {}), isSafe: format !== undefined, isFormat: true }
  } else if (name === 'concat') for (const arg of args) yield* partsOf(arg)
  else yield { isSafe: false }
}

const QUOTING: ReadonlySet<string> = new Set(['quote_ident', 'quote_literal', 'quote_nullable'])
