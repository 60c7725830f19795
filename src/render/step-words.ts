import type { StepState } from '../model/operation.js'

/** What is said of a step, and how it is marked. */
export const stepWords: Readonly<
  Record<StepState, { readonly word: string; readonly mark: string; readonly icon: string }>
> = {
  planned: { word: 'would be done', mark: '●', icon: '📋' },
  done: { word: 'done', mark: '✔', icon: '✅' },
  failed: { word: 'failed', mark: '✖', icon: '❌' },
  partial: { word: 'done in part', mark: '!', icon: '⚠️' },
  'not-run': { word: 'not reached', mark: '–', icon: '⏭️' },
  unknown: { word: 'not known whether it was done', mark: '?', icon: '❓' },
}
