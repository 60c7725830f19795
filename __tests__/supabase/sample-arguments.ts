import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

/** The command lines of all processes that ran at any of many looks while some work was done: what anybody on the machine can see. */
export async function sampleArguments(work: () => Promise<unknown>): Promise<ReadonlySet<string>> {
  const seen = new Set<string>()
  let over = false
  const looking = (async () => {
    while (!over) {
      for (const line of await commandLines()) seen.add(line)
      await sleep(20)
    }
  })()
  try {
    await work()
  } finally {
    over = true
    await looking
  }
  return seen
}

async function commandLines(): Promise<string[]> {
  const names = await readdir('/proc')
  return Promise.all(
    names
      .filter((name) => /^\d+$/.test(name))
      .map((name) => readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')),
  )
}

/** The ids of processes whose command line holds a text. */
export async function processesWith(text: string): Promise<number[]> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(
    names.map(async (name) => {
      const line = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')
      return line.includes(text) ? [Number(name)] : []
    }),
  )
  return found.flat()
}
