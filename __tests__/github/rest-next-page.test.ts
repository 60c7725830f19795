import { describe, expect, it } from '@jest/globals'
import { nextPage } from '../../src/github/rest-next-page.js'

const base = 'https://ghe.example/api/v3'

describe('the next page', () => {
  it.each([
    [
      '<https://ghe.example/api/v3/x?page=2>; rel="next", <https://ghe.example/api/v3/x?page=9>; rel="last"',
      '/x?page=2',
    ],
    [
      '<https://ghe.example/api/v3/x?page=1>; rel="prev", <https://ghe.example/api/v3/x?page=3>; rel=next',
      '/x?page=3',
    ],
    ['<https://ghe.example/api/v3/x?page=9>; rel="last"', undefined],
    ['<https://evil.example/api/v3/x?page=2>; rel="next"', undefined],
    ['<https://ghe.example/other/x?page=2>; rel="next"', undefined],
    ['<https://ghe.example/api/v3/../x?page=2>; rel="next"', undefined],
    ['nonsense', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('of %s is %s', (link, page) => expect(nextPage(link, base)).toBe(page))
})
