/** Waits until something holds, asking every 20 ms; fails after fifty seconds. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const started = Date.now(); !(await holds()); ) {
    if (Date.now() - started > 50_000) throw new Error('it did not come to hold within 50 s')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
