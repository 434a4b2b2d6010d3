import fc from 'fast-check';

/** The same cases on every run, so that a red run is the change's doing; `FAST_CHECK_SEED=…` looks at others. */
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20261122) });
