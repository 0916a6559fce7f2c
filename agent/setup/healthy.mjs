// A container's health check: exits 0 when the address given answers 200 within four seconds.
const [, , address] = process.argv;
const answer = await fetch(address, { signal: AbortSignal.timeout(4_000) }).catch(() => undefined);
process.exit(answer?.ok ? 0 : 1);
