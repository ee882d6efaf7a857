/**
 * A score with one decimal, as the reference prints it: a tie such as 7.25 goes to the even digit (7.2), where
 * JavaScript alone would round it up.
 */
export function scoreText(score: number): string {
  const quarters = score * 4;
  const isTie = Number.isInteger(quarters) && Math.abs(quarters) % 2 === 1;
  if (!isTie) return score.toFixed(1);
  const below = Math.floor(score * 10);
  return ((below % 2 === 0 ? below : below + 1) / 10).toFixed(1);
}
