import { parseSync } from '@swc/core'

/** What the rules about code look at in one file. */
export interface Source {
  /** Specifiers of static, dynamic and bare imports, re-exports and type imports. */
  readonly imports: readonly string[]
  /** Dynamic imports whose specifier is computed, so that nothing can be said about them. */
  readonly computedImports: number
  readonly defaultExports: number
  /** Every function, method and arrow function, with its length in lines from first to last token. */
  readonly functions: readonly { readonly line: number; readonly lines: number }[]
}

type Node = Record<string, unknown> & { readonly type?: string }

/** Reads TypeScript by a real parser, so that comments and strings can't be mistaken for code. */
export function parseSource(text: string): Source {
  // Spans of this parser count bytes from an origin that moves with every call: a first token marks it.
  const module = parseSync(`;${text}`, { syntax: 'typescript', target: 'es2022' })
  const bytes = Buffer.from(`;${text}`)
  const lineAt = (offset: number) => {
    const before = bytes.subarray(0, offset - module.span.start)
    return before.filter((byte) => byte === 0x0a).length + 1
  }
  const imports: string[] = []
  const functions: { line: number; lines: number }[] = []
  let computedImports = 0
  let defaultExports = 0
  for (const node of walk(module as unknown as Node)) {
    const specifier = specifierOf(node)
    if (specifier === 'computed') computedImports += 1
    else if (specifier !== undefined) imports.push(specifier.value)
    if (node.type === 'ExportDefaultDeclaration' || node.type === 'ExportDefaultExpression')
      defaultExports += 1
    if (!isFunction(node)) continue
    const span = node.span as { start: number; end: number }
    const line = lineAt(span.start)
    functions.push({ line, lines: lineAt(span.end) - line + 1 })
  }
  return { imports, computedImports, defaultExports, functions }
}

function specifierOf(node: Node): { value: string } | 'computed' | undefined {
  if (['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration'].includes(node.type ?? '')) {
    return (node.source as { value: string } | null) ?? undefined
  }
  if (node.type === 'TsImportType') return node.argument as { value: string }
  if (node.type === 'TsExternalModuleReference') return node.expression as { value: string }
  if (node.type !== 'CallExpression' || !callsImport(node.callee as Node)) return undefined
  const [first] = node.arguments as { expression: Node }[]
  if (first?.expression.type !== 'StringLiteral') return 'computed'
  return { value: String(first.expression.value) }
}

function callsImport(callee: Node): boolean {
  return callee.type === 'Import' || (callee.type === 'Identifier' && callee.value === 'require')
}

function isFunction(node: Node): boolean {
  if (node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression') return node.body != null
  return ['ArrowFunctionExpression', 'ClassMethod', 'MethodProperty', 'Constructor'].includes(node.type ?? '')
}

function* walk(value: unknown): Generator<Node> {
  if (Array.isArray(value)) {
    for (const item of value) yield* walk(item)
  } else if (typeof value === 'object' && value !== null) {
    if (typeof (value as Node).type === 'string') yield value as Node
    for (const child of Object.values(value)) yield* walk(child)
  }
}
