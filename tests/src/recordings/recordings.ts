/** A line of shell whose output docs/terminal.md shows. */
export interface Recording {
  readonly title: string;
  readonly about: string;
  /** Typed one after the other, in a folder that is empty before the first of all. */
  readonly lines: readonly string[];
}

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
