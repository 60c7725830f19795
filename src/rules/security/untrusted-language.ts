import type { Node } from '@pgsql/types'
import { showName } from '../../sql/relation-name.js'
import { nodeAs, stringsOf, treeAs } from '../../sql/tree.js'
import type { Rule, Seen } from '../rule.js'

export const untrustedLanguage: Rule = {
  id: 'untrusted-language',
  group: 'security',
  title: 'Code in an untrusted language',
  why: "Functions in C, plpython3u, plperlu and their like are bound by no permission of the database: they reach the files, the network and the memory of the server's machine. Only superusers can make them.",
  instead:
    'Use PL/pgSQL or SQL, or a trusted language (plperl, pltcl, plv8); what needs the network belongs in the application.',
  levels: { development: 'warn', staging: 'force', production: 'force' },
  examples: {
    bad: [
      'create function f() returns int language plpython3u as $$ return 1 $$;',
      'create extension plperlu;',
      "do language plperlu $$ system('ls') $$;",
    ],
    good: ['create function f() returns int language sql as $$ select 1 $$;', 'create extension plperl;'],
  },
  *check(statement) {
    const { language, what } = languageOf(statement)
    if (language === undefined || !UNTRUSTED.has(language)) return
    yield {
      message: `${what} is written in ${language}, which no permission of the database binds.`,
      help: 'Write it in PL/pgSQL or SQL, or do it in the application.',
    }
  },
}

const UNTRUSTED = new Set([
  'c',
  'internal',
  'plpython3u',
  'plpython2u',
  'plpythonu',
  'plperlu',
  'pltclu',
  'plr',
  'plsh',
  'plrustu',
  'pljavau',
  'javau',
])

function languageOf(statement: Seen): { language?: string; what: string } {
  const made = treeAs(statement, 'CreateFunctionStmt')
  if (made) return { ...named(made.options), what: `${showName(stringsOf(made.funcname))}()` }
  const block = treeAs(statement, 'DoStmt')
  if (block) return { ...named(block.args), what: 'The DO block' }
  const name =
    treeAs(statement, 'CreateExtensionStmt')?.extname ?? treeAs(statement, 'CreatePLangStmt')?.plname
  return name === undefined ? { what: '' } : { language: name, what: 'What uses this language' }
}

function named(options: readonly Node[] | undefined): { language?: string } {
  for (const node of options ?? []) {
    const { defname, arg } = nodeAs(node, 'DefElem') ?? {}
    const language = defname === 'language' ? nodeAs(arg, 'String')?.sval : undefined
    if (language !== undefined) return { language: language.toLowerCase() }
  }
  return {}
}
