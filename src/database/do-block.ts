/** An anonymous block. Its dollar quotes carry a tag that the body does not hold. */
export function doBlock(body: string): string {
  let tag = '$devflow$'
  for (let n = 1; body.includes(tag); n++) tag = `$devflow${n}$`
  return `DO ${tag}${body}${tag};`
}
