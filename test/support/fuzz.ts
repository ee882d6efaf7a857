/** How often a property is tried: few times in `npm test`, 100,000 times in `npm run fuzz`. */
export function runs(quick: number): number {
  return Number(process.env.ASSAY_FUZZ_RUNS ?? quick);
}
