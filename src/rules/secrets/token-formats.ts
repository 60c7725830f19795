import type { lintSource } from '@secretlint/core'
import type { Pause } from '../../model/pause.js'
import type { Span } from '../../model/position.js'

/** Something that has the form of a token of a well-known service. */
export interface TokenFound extends Span {
  readonly what: string
}

/**
 * Finds the tokens of well-known services in texts, by the rules of secretlint. They are loaded here, and not before
 * there is something to look at: start-up time.
 *
 * @returns for each text, what is in it
 */
export async function findTokens(texts: readonly string[], pause: Pause): Promise<TokenFound[][]> {
  const found: TokenFound[][] = texts.map(() => [])
  const { lintSource, config } = await loadTokenRules()
  for (const chunk of chunksOf(texts)) {
    const content = chunk.parts
      .map(({ start, end }, index) => texts[chunk.from + index]?.slice(start, end))
      .join(BETWEEN)
    const { messages } = await lintSource({
      source: { content, filePath: 'migration.sql', ext: '.sql', contentType: 'text' },
      options: { config, noPhysicFilePath: true },
    })
    for (const { range, ruleId } of messages) place(chunk, range, nameOf(ruleId), found)
    await pause()
  }
  return found
}

/** Loads the rules, once. */
async function loadTokenRules(): Promise<TokenRules> {
  const { lintSource } = await import(/* webpackMode: "eager" */ '@secretlint/core')
  const { creator } = await import(/* webpackMode: "eager" */ '@secretlint/secretlint-rule-preset-recommend')
  const { secretLintProfiler } = await import(/* webpackMode: "eager" */ '@secretlint/profiler')
  // It would measure each rule on each text and keep all of it, which takes as long as the rules do.
  secretLintProfiler.mark = () => {}
  return { lintSource, config: configFor(creator as unknown as Preset) }
}

interface TokenRules {
  readonly lintSource: typeof lintSource
  readonly config: Config
}

type Config = Parameters<typeof lintSource>[0]['options']['config']

/** As much of secretlint's preset as is used of it here. */
interface Preset {
  create(context: PresetContext, options: unknown): void
}

interface PresetContext {
  registerRule(rule: { readonly meta: { readonly id: string } }, ...rest: readonly unknown[]): void
}

function configFor(preset: Preset): Config {
  const rule: Preset = {
    ...preset,
    create: (context, options) => preset.create(withoutSome(context), options),
  }
  const rules = [{ id: `${RULE}aws`, options: { enableIDScanRule: true } }]
  return { rules: [{ id: `${RULE}preset-recommend`, rule, rules }] } as unknown as Config
}

// `disabled` is not looked at in a preset.
function withoutSome(context: PresetContext): PresetContext {
  return {
    ...context,
    registerRule: (rule, ...rest) => {
      if (!LEFT_OUT.has(rule.meta.id)) context.registerRule(rule, ...rest)
    },
  }
}

const RULE = '@secretlint/secretlint-rule-'

const LEFT_OUT: ReadonlySet<string> = new Set([
  // With it a comment in the file switches all of this off.
  `${RULE}filter-comments`,
  // URLs are read by `by-form.ts`.
  `${RULE}basicauth`,
  `${RULE}database-connection-string`,
])

/** Stretches of some texts that are looked at in one go: each call costs more than the text it is given. */
interface Chunk {
  /** Index of the first text. */
  readonly from: number
  /** Of it and those that follow. */
  readonly parts: readonly Span[]
}

const LARGEST_CHUNK = 1024 * 1024

/** Longer than any token: what is cut off at the end of one stretch is whole in the next. */
const OVERLAP = 2_000

/** No token goes over from one text to the next. */
const BETWEEN = '\n\n'

function* chunksOf(texts: readonly string[]): Generator<Chunk> {
  let parts: Span[] = []
  let size = 0
  for (const [index, { length }] of texts.entries()) {
    if (parts.length > 0 && size + length > LARGEST_CHUNK) {
      yield { from: index - parts.length, parts }
      parts = []
      size = 0
    }
    let start = 0
    for (; length - start > LARGEST_CHUNK; start += LARGEST_CHUNK - OVERLAP)
      yield { from: index, parts: [{ start, end: start + LARGEST_CHUNK }] }
    parts.push({ start, end: length })
    size += length - start
  }
  if (parts.length > 0) yield { from: texts.length - parts.length, parts }
}

/** Enters what was found at its place in its own text. */
function place({ from, parts }: Chunk, range: readonly number[], what: string, found: TokenFound[][]): void {
  const [first = 0, last = first] = range
  let at = 0
  for (const [index, { start, end }] of parts.entries()) {
    const length = end - start
    if (first < at + length) {
      const offset = start - at
      found[from + index]?.push({ start: first + offset, end: Math.min(last, at + length) + offset, what })
      return
    }
    at += length + BETWEEN.length
  }
}

function nameOf(ruleId: string): string {
  const id = ruleId.replace(RULE, '')
  return id === 'privatekey' ? 'a private key' : `a key or token of ${SERVICES[id] ?? id}`
}

const SERVICES: Readonly<Record<string, string>> = {
  '1password': '1Password',
  anthropic: 'Anthropic',
  aws: 'AWS',
  databricks: 'Databricks',
  docker: 'Docker',
  figma: 'Figma',
  gcp: 'Google Cloud',
  github: 'GitHub',
  gitlab: 'GitLab',
  grafana: 'Grafana',
  groq: 'Groq',
  'hashicorp-vault': 'HashiCorp Vault',
  huggingface: 'Hugging Face',
  linear: 'Linear',
  notion: 'Notion',
  npm: 'npm',
  openai: 'OpenAI',
  sendgrid: 'SendGrid',
  shopify: 'Shopify',
  slack: 'Slack',
  vercel: 'Vercel',
}
