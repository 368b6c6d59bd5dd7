import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";
import { UsageError } from "../../src/errors.ts";
import { type Command, helpText, type Options } from "./command.ts";
import {
  parseCommandLine,
  parseCount,
  parseCountFrom0,
  parseThreads,
  parseWord,
  shortPath,
  userPath,
} from "./command_line.ts";

const options = {
  out: { value: "DIR", text: "a folder", default: "out" },
  times: { value: "N", text: "a count", otherwise: "1", parse: parseCount },
  kind: { value: "a|b", text: "a kind", otherwise: "all", repeatable: true, parse: parseWord(["a", "b"]) },
  model: { value: "DIR", text: "a model", required: true },
  json: { text: "as JSON" },
} as const;

const command: Command<typeof options> = {
  task: "try",
  summary: "Try things",
  operands: { usage: "FILE ...", text: "files", least: 1, most: 2 },
  options,
  example: "a --model b",
};

const parse = (...args: string[]) => parseCommandLine(command, args);

Deno.test("parseCommandLine() gives what was given, checked, and defaults", () => {
  assertEquals(parse("a", "--model", "m"), {
    options: { out: "out", times: undefined, kind: [], model: "m", json: false },
    operands: ["a"],
  });
  assertEquals(
    parse("a", "--model=m", "--times", "3", "--kind", "b", "b", "--kind", "a", "--json", "--out", "o"),
    {
      options: { out: "o", times: 3, kind: ["b", "a"], model: "m", json: true },
      operands: ["a", "b"],
    },
  );
});

Deno.test("parseCommandLine() gives null where help is asked for, whatever else is there", () => {
  for (const help of ["--help", "-h"]) {
    assertEquals(parse(help), null);
    assertEquals(parse("a", "b", "c", help, "--times", "many"), null);
  }
});

const wrong: [string, string[], string][] = [
  [
    "an unknown option",
    ["--modle", "m"],
    'Unknown option "--modle": did you mean --model? deno task try --help',
  ],
  ["one that is like none", ["--zzzzzz"], 'Unknown option "--zzzzzz": deno task try --help lists all'],
  ["an unknown letter", ["-x"], 'Unknown option "-x"'],
  [
    "no value",
    ["a", "--times"],
    "--times lacks its value: it must be N, and behind = where it starts with a dash",
  ],
  ["an option for a value", ["a", "--model", "--json"], "--model lacks its value"],
  ["a value too many", ["--json=1"], "Cannot take a value for --json: it has none"],
  ["a wrong value", ["a", "--model", "m", "--times", "0"], 'Cannot take --times "0"'],
  ["a wrong word", ["a", "--model", "m", "--kind", "c"], 'Cannot take --kind "c": it must be one of a, b'],
  [
    "a second value",
    ["a", "--model", "m", "--out", "x", "--out", "y"],
    "Cannot take --out twice: it has one value",
  ],
  ["the same value twice", ["a", "--model", "m", "--model=m"], "Cannot take --model twice"],
  ["a missing option", ["a"], "--model DIR is missing: a model: deno task try --help"],
  ["nothing to take", ["--model", "m"], "FILE ... must be named: none is given"],
  [
    "too much to take",
    ["a", "b", "c", "--model", "m"],
    'Cannot take "c": it takes FILE ...: deno task try --help',
  ],
];
for (const [name, args, message] of wrong) {
  Deno.test(`parseCommandLine() refuses ${name} in one line`, () => {
    const { message: said } = assertThrows(() => parse(...args), UsageError);
    assertStringIncludes(said, message);
    assertEquals(said.includes("\n"), false);
  });
}

const optionName = fc.stringMatching(/^[a-z][a-z-]{0,8}[a-z]$/).filter((name) =>
  name !== "help" && !name.startsWith("no-")
);

const anyOptions: fc.Arbitrary<Options> = fc.dictionary(
  optionName,
  fc.constantFrom<Options[string]>(
    { text: "a toggle" },
    { text: "a default", value: "N", default: "7" },
    { text: "a choice", value: "NAME", otherwise: "none" },
    { text: "a list", value: "NAME", otherwise: "none", repeatable: true },
    { text: "a must", value: "NAME", required: true },
  ),
  { maxKeys: 6 },
);

Deno.test("helpText() has a line for each option that is parsed, and every option of a line is parsed", () => {
  fc.assert(fc.property(anyOptions, (own) => {
    const any: Command<Options> = { task: "try", summary: "Try", options: own, example: "" };
    const lines = helpText(any).split("\n").filter((line) => line.startsWith("  --"));
    const listed = lines.map((line) => /--([a-z-]+)/.exec(line)![1]!);
    assertEquals(listed.toSorted(), ["help", ...Object.keys(own)].toSorted());
    const args = Object.entries(own).flatMap(([name, option]) =>
      option.value === undefined ? [`--${name}`] : [`--${name}`, "3"]
    );
    assertEquals(Object.keys(parseCommandLine(any, args)!.options), Object.keys(own));
    for (const [name, option] of Object.entries(own)) {
      const line = lines.find((one) => one.startsWith(`  --${name} `))!;
      assertStringIncludes(line, option.text);
      if ("default" in option) assertStringIncludes(line, `(default: ${option.default})`);
      if ("otherwise" in option) assertStringIncludes(line, `(default: ${option.otherwise})`);
    }
  }));
});

Deno.test("parseCountFrom0() takes 0, and no other number that parseCount() refuses", () => {
  assertEquals(["0", "12"].map((text) => parseCountFrom0(text, "--a")), [0, 12]);
  for (const text of ["-1", "1.5", "", "00", "1e3", "1000000"]) {
    assertThrows(() => parseCount(text, "--a"), UsageError, `Cannot take --a "${text}"`);
    assertThrows(() => parseCountFrom0(text, "--a"), UsageError, `Cannot take --a "${text}"`);
  }
});

Deno.test("shortPath() is relative to where the user stands, where that is shorter", () => {
  const standpoint = Deno.env.get("INIT_CWD");
  Deno.env.set("INIT_CWD", "/home/user/project");
  try {
    const paths = ["/home/user/project/out/a.html", "/tmp/a.html", "/home/user/a.html"];
    assertEquals(paths.map(shortPath), ["out/a.html", "/tmp/a.html", "../a.html"]);
  } finally {
    if (standpoint === undefined) Deno.env.delete("INIT_CWD");
    else Deno.env.set("INIT_CWD", standpoint);
  }
});

Deno.test("parseCommandLine() takes an option without a value as often as it is given", () => {
  assertEquals(parse("a", "--model", "m", "--json", "--json")!.options.json, true);
});

Deno.test("parseThreads() takes at most four threads a core", () => {
  const cores = navigator.hardwareConcurrency;
  assertEquals([1, 4 * cores, 4 * cores + 1, 500_000].map((n) => parseThreads(String(n), "--threads")), [
    1,
    4 * cores,
    4 * cores,
    4 * cores,
  ]);
  assertThrows(() => parseThreads("0", "--threads"), UsageError, 'Cannot take --threads "0"');
});

Deno.test("userPath() takes no standard stream and no empty name for a file", () => {
  assertThrows(
    () => userPath("-"),
    UsageError,
    'Cannot take "-" as a file: no standard stream takes its place',
  );
  assertThrows(() => userPath(""), UsageError, 'Cannot take "" as a file: it must be a name');
  assertEquals(userPath("./-").endsWith("/-"), true);
});
