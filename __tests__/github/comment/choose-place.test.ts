import { describe, expect, it } from '@jest/globals'
import { makeJob } from '../../../src/gate/make-job.js'
import { chooseCommentPlace } from '../../../src/github/comment/choose-place.js'
import { HEAD, SHA } from '../../support/github-api/a-repository.js'

const aJob = (payload: unknown, sha = SHA) =>
  makeJob(
    {
      GITHUB_ACTIONS: 'true',
      GITHUB_REPOSITORY: 'acme/shop',
      GITHUB_RUN_ID: '42',
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_EVENT_NAME: 'x',
      GITHUB_SHA: sha,
    },
    payload,
  )
const pullRequest = { pull_request: { number: 7, head: { sha: HEAD } } }

describe('the pull request that is commented on', () => {
  it('is the one that started the job, at the newest commit that it had then', () => {
    const place = { repository: 'acme/shop', number: 7, commitSha: HEAD }
    expect(chooseCommentPlace(aJob(pullRequest))).toEqual(place)
    expect(chooseCommentPlace(aJob(pullRequest), 7)).toEqual(place)
  })

  it('is the one that is named, at the commit of the job', () => {
    const place = { repository: 'acme/shop', number: 9, commitSha: SHA }
    expect(chooseCommentPlace(aJob({}), 9)).toEqual(place)
    expect(chooseCommentPlace(aJob(pullRequest), 9)).toEqual(place)
  })

  it.each([
    ['on a push', aJob({}), undefined],
    ['outside of a job', undefined, 9],
    ['where no commit is known', aJob({}, 'main'), 9],
    ['where what is named is no number of one', aJob({}), 0],
    ['where what is named is no whole number', aJob({}), 1.5],
  ])('is none %s', (_, job, named) => {
    expect(chooseCommentPlace(job, named)).toBeUndefined()
  })
})
