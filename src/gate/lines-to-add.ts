/** Lines for a job of a workflow, as they stand there. A `permissions:` block takes away what it does not name. */

export function permissionLines(permissions: readonly string[]): string {
  const named = ['contents: read', ...permissions.filter((one) => one !== 'contents: read')]
  return ['permissions:', ...named.map((one) => `  ${one}`)].join('\n')
}

/** How the job gets its own token to the tool. */
export function tokenLines(entry: 'action' | 'cli'): string {
  return entry === 'action'
    ? `with:\n  github-token: \${{ github.token }}`
    : `env:\n  GITHUB_TOKEN: \${{ github.token }}`
}
