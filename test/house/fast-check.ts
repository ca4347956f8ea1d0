import fc from "fast-check";

/**
 * One seed for all properties, so that a run says the same about the same commit everywhere. `OOMLOG_SEED=$RANDOM` (and
 * the fuzzer, which prints its own) look further.
 */
fc.configureGlobal({ seed: Number(process.env["OOMLOG_SEED"] ?? 20_261_201) });
