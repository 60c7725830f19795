import type { ReviewFacts } from '../model/approval-facts.js'

/** The newest review of each person that says yes or no, as GitHub counts them: remarks change nothing, a dismissed one is gone. */
export function newestReviews(reviews: readonly ReviewFacts[]): ReviewFacts[] {
  const newest = new Map<string, ReviewFacts>()
  for (const review of reviews.toSorted((a, b) => a.id - b.id)) {
    const isWord = review.state !== 'COMMENTED' && review.state !== 'PENDING'
    if (isWord && review.by) newest.set(review.by.login, review)
  }
  return [...newest.values()].filter(({ state }) => state !== 'DISMISSED')
}
