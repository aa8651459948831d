/**
 * What coaching did for the scores of eight schools: the estimate for each, and its standard error. Each school ran an experiment of its own.
 *
 * Rubin (1981), "Estimation in parallel randomized experiments", Journal of Educational Statistics 6, table 1.
 */
export const schools: readonly { readonly name: string; readonly effect: number; readonly error: number }[] =
  [
    { name: "A", effect: 28, error: 15 },
    { name: "B", effect: 8, error: 10 },
    { name: "C", effect: -3, error: 16 },
    { name: "D", effect: 7, error: 11 },
    { name: "E", effect: -1, error: 9 },
    { name: "F", effect: 1, error: 11 },
    { name: "G", effect: 18, error: 10 },
    { name: "H", effect: 12, error: 18 },
  ];
