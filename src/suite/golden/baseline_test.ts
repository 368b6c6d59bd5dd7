import { assertEquals, assertThrows } from "@std/assert";
import { GoldenError } from "../../errors.ts";
import { type Baseline, formatBaselines, judgeBaseline, parseBaselines } from "./baseline.ts";

const digest = "ab".repeat(32);
const baseline: Baseline = {
  cell: "table1/J=1/m=0",
  value: 0.1 + 0.2,
  standardError: null,
  within: 1e-9,
  dataDigest: digest,
  acceptedIn: "e354008",
  environment: "deno 2.9.6, linux, x86_64",
};

function measured(value: number | null) {
  return { value, standardError: null, unitOfError: null, values: [value ?? NaN] };
}

Deno.test("parseBaselines() reads back what formatBaselines() wrote, to the last bit", () => {
  const other = { ...baseline, cell: "b", standardError: 1 / 3, value: -5e-324 };
  const read = parseBaselines(formatBaselines([baseline, other]), "x.csv");
  assertEquals([...read.values()], [baseline, other]);
});

Deno.test("parseBaselines() names file, line, column and rule", async (t) => {
  const text = formatBaselines([baseline]);
  const cases: [string, string, string][] = [
    ["header", text.replace("within", "about"), "x.csv:1: the header must be"],
    ["value", text.replace(String(baseline.value), "NaN"), "x.csv:2: column value must be a finite number"],
    ["within", text.replace("1e-9", "-1"), "x.csv:2: column within must be >= 0"],
    ["digest", text.replace(digest, "ab"), "x.csv:2: column data_digest must be a SHA-256"],
    ["a column more", text.replace("e354008", "e35,4008"), "x.csv:2: the row must have 7 columns: it has 8"],
    ["an open quote", text.replace("e354008", 'e"354008'), "x.csv: it must be CSV: "],
    ["cell twice", text + text.split("\n")[1] + "\n", "x.csv:3: column cell must be unique"],
  ];
  for (const [name, broken, message] of cases) {
    await t.step(name, () => {
      assertThrows(() => parseBaselines(broken, "x.csv"), GoldenError, message);
    });
  }
});

Deno.test("judgeBaseline() compares only on the data that was accepted", () => {
  const verdict = (value: number | null, data = digest) =>
    judgeBaseline(baseline, measured(value), data)?.verdict;
  assertEquals(verdict(0.3), "unchanged");
  assertEquals(verdict(0.3 + 2e-9), "moved");
  assertEquals(verdict(0.3 + 2e-9, "other"), "none");
  assertEquals(verdict(null), "moved", "a value that is not finite is never within");
  assertEquals(judgeBaseline(baseline, null, digest)?.verdict, "none");
  assertEquals(judgeBaseline(undefined, measured(0.3), digest), null);
});
