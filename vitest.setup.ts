import fc from "fast-check";

// The same cases in every run, so that a failure is a change of the code. MHGAN_SEED looks elsewhere, to hunt.
fc.configureGlobal({ seed: Number(process.env["MHGAN_SEED"] ?? 20_261_123) });
