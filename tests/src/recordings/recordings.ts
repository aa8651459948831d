/** A line of shell whose output docs/terminal.md shows. */
export interface Recording {
  readonly title: string;
  readonly about: string;
  /** Typed one after the other, in a folder that is empty before the first of all. */
  readonly lines: readonly string[];
}

/** A folder that recordings need, with what to do where it is missing. */
export const needed = {
  folder: "/usr/share/datasets/fashion-mnist",
  advice: "install Debian's package dataset-fashion-mnist, so that the recording shows no download",
} as const;

/** Writes scores, which are normal but for the tails: sums of twelve uniform numbers. */
const scores = (count: number, mean: number, file: string): string =>
  `awk 'BEGIN { srand(${mean}); for (n = ${count}; n > 0; n--) { s = ${mean - 6}; for (k = 0; k < 12; k++) s += rand(); print s } }' > ${file}`;

/** All of them, in the order of the document. They share one folder, so that a later one may use what an earlier one wrote. */
export const recordings: readonly Recording[] = [
  { title: "Help", about: "All commands.", lines: ["mhgan --help"] },
  {
    title: "Doctor",
    about: "What runs here, what does not, and what to do about it.",
    lines: ["mhgan doctor"],
  },
  {
    title: "Demo",
    about: "A small GAN on 25 Gaussians. While it trains, one line tells how far it is.",
    lines: ["mhgan demo", "ls mhgan-demo"],
  },
  {
    title: "Select",
    about: "Picks among samples of any generator by two files of scores: no model is loaded.",
    lines: [
      scores(20_000, 0, "fake.csv"),
      scores(2000, 1, "real.csv"),
      "mhgan select --fake fake.csv --real real.csv --draws 1000 --method auto --explain --out picks.csv",
      "head -n 4 picks.csv",
      "mhgan select --fake fake.csv --real real.csv --draws 1000 | tail -n 2",
    ],
  },
  {
    title: "Demo of images",
    about: "A GAN that comes with mhgan. Its folder is a run, with which the other commands go on.",
    lines: [
      "mhgan demo --images --out images",
      "ls images",
      "mhgan predict images",
      "mhgan compare images",
      "mhgan sample images --method obrs --budget 0.05 --draws 100",
      "mhgan sample images --draws 100; echo $?",
    ],
  },
  {
    title: "A run",
    about: "A GAN of images, trained for far too short a time, calibrated and sampled.",
    lines: [
      "mhgan run --dataset fashion-mnist --steps 600 --batch-size 32 --chain-length 100 --out fashion",
      "ls fashion",
    ],
  },
  {
    title: "Options from a file",
    about: "The keys are the names of the options. What the command line says goes first.",
    lines: [
      `echo '{"steps": 500, "draws": 1000, "chain-length": 50}' > small.json`,
      "mhgan demo --config small.json --chain-length 20 --out small",
      `echo '{"steps": "many"}' > wrong.json; mhgan demo --config wrong.json`,
    ],
  },
  {
    title: "Wrong calls",
    about: "They end with exit code 2 and say what to do.",
    lines: ["mhgan demoo", "mhgan demo --step 5", "mhgan demo --backend tfjs; echo $?"],
  },
  {
    title: "Data sets",
    about: "Those that are known by name.",
    lines: ["mhgan datasets list", "mhgan datasets info kmnist"],
  },
];
