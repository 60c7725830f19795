/** Waits until something holds, asking every 20 ms; fails after thirty seconds. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const started = Date.now(); !(await holds()); ) {
    if (Date.now() - started > 30_000) throw new Error('it did not come to hold within 30 s')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
