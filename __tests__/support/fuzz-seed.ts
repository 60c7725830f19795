import fc from 'fast-check'

/**
 * Property tests run the same cases every time, so that a failure can be run again, and other cases where a seed is
 * given: `DEVFLOW_FUZZ_SEED=7 npm test`. The CI of this repository gives each run its own.
 */
fc.configureGlobal({ seed: Number(process.env.DEVFLOW_FUZZ_SEED ?? 1) | 0 })
