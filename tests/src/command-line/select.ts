import { writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { formatNpy, parseNpy } from "@mhgan/datasets";
import { normal, randomStream } from "@mhgan/mcmc";
import { beforeAll, describe, expect, it } from "vitest";
import type { InstalledProgram } from "./installed-program.ts";

/** Tests of `mhgan select`, which knows files of scores alone. */
export function testSelect({ mhgan, bash, outOf }: InstalledProgram): void {
  describe.concurrent("mhgan select", () => {
    const normals = (length: number, mean: number) => {
      const random = randomStream(mean);
      return Float64Array.from({ length }, () => mean + normal(random));
    };
    const [fake, real] = [normals(2000, 0), normals(400, 1)];

    beforeAll(() => {
      for (const [name, scores] of [
        ["fake", fake],
        ["real", real],
      ] as const) {
        writeFileSync(outOf(`${name}.npy`), formatNpy({ data: scores, shape: [scores.length] }));
        writeFileSync(outOf(`${name}.csv`), `score\n${scores.join("\n")}\n`);
      }
    });

    const picksOf = (csv: string): number[] => csv.trim().split("\n").slice(1).map(Number);

    it("picks the same from NPY, CSV and a pipe", async () => {
      const options = "--draws 100 --method obrs --seed 3";
      const [npy, csv, pipe, file] = await Promise.all([
        bash(`mhgan select --fake '${outOf("fake.npy")}' --real '${outOf("real.npy")}' ${options}`),
        bash(`mhgan select --fake '${outOf("fake.csv")}' --real '${outOf("real.csv")}' ${options}`),
        bash(
          `cat '${outOf("fake.csv")}' | mhgan select --fake - --format csv --real '${outOf("real.npy")}' ${options}`,
        ),
        bash(
          `mhgan select --fake '${outOf("fake.npy")}' --real '${outOf("real.csv")}' ${options} --out '${outOf("picks.npy")}'`,
        ),
      ]);
      expect([npy, csv, pipe, file].map(({ code }) => code)).toEqual([0, 0, 0, 0]);
      const picks = picksOf(npy.out);
      expect(picks).toHaveLength(100);
      // Fake scores have a mean of 0 and real ones of 1, that of 100 draws a standard deviation of 0.1.
      const mean = picks.reduce((sum, pick) => sum + fake[pick]!, 0) / picks.length;
      expect(Math.abs(mean - 1)).toBeLessThan(0.4);
      expect(picksOf(csv.out)).toEqual(picks);
      expect(picksOf(pipe.out)).toEqual(picks);
      expect(file.out).toBe("");
      expect(Array.from(parseNpy(await readFile(outOf("picks.npy"))).data as Int32Array, Number)).toEqual(
        picks,
      );
    });

    it("does not mind a reader that has seen enough", async () => {
      const line = `mhgan select --fake '${outOf("fake.npy")}' --real '${outOf("real.npy")}' --method weights | head -n 2`;
      const { code, out } = await bash(line);
      expect(code).toBe(0);
      expect(out.split("\n")).toHaveLength(3);
    });

    it("names the file that cannot be used, and what to do", async () => {
      writeFileSync(outOf("words.csv"), "score\n0.5\nmany\n0.25\n0.1\n");
      const [missing, words, full] = await Promise.all([
        mhgan("select", "--fake", outOf("nothing.csv"), "--real", outOf("real.csv")),
        mhgan("select", "--fake", outOf("words.csv"), "--real", outOf("real.csv")),
        bash(`mhgan select --fake '${outOf("fake.csv")}' --real '${outOf("real.csv")}' > /dev/full`),
      ]);
      expect(missing).toMatchObject({ code: 1, out: "", err: expect.stringContaining(outOf("nothing.csv")) });
      expect(words).toMatchObject({
        code: 1,
        out: "",
        err: expect.stringContaining("words.csv must have a finite number at line 3"),
      });
      expect(full.code).toBe(1);
      expect(full.err).toContain("mhgan: could not write the result: ENOSPC");
    });
  });
}
