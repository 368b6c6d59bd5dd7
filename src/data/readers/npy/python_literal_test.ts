import { assertEquals, assertThrows } from "@std/assert";
import { readPythonLiteral } from "./python_literal.ts";

Deno.test("readPythonLiteral() reads what ast.literal_eval of Python reads", async (t) => {
  const cases: [text: string, value: ReturnType<typeof readPythonLiteral>][] = [
    ["None", null],
    ["-0", 0],
    [" -12 ", -12],
    ["(True, False)", [true, false]],
    ["(1,)", [1]],
    ["[]", []],
    ["{}", new Map()],
    ["{1: 'a', 'b': (2, [3])}", new Map<string | number, unknown>([[1, "a"], ["b", [2, [3]]]]) as never],
    ["{'a': 1, 'a': 2}", new Map([["a", 2]])],
    [String.raw`'it\'s a \\ "b"'`, String.raw`it's a \ "b"`],
    ['"it\'s"', "it's"],
    [
      "[".repeat(20) + "]".repeat(20),
      Array.from({ length: 19 }).reduce<never[]>((inner) => [inner] as never, []),
    ],
  ];
  for (const [text, value] of cases) await t.step(text, () => assertEquals(readPythonLiteral(text), value));
});

Deno.test("readPythonLiteral() refuses what is none, with the place", async (t) => {
  const cases: [text: string, place: number][] = [
    ["", 0],
    ["Infinity", 0],
    ["NaN", 0],
    ["nan", 0],
    ["1 2", 2],
    ["(1)x", 3],
    ["(1, 2", 5],
    ["{1: 2", 5],
    ["{1}", 2],
    ["[1 2]", 3],
    ["(,)", 1],
    ["0x10", 1],
    ["1.5", 1],
    ["'a", 0],
    ["'a\nb'", 0],
    // Python reads this as "A"; no header has it, and read otherwise it would be another text.
    [String.raw`'\x41'`, 0],
    ["[".repeat(30) + "]".repeat(30), 21],
  ];
  for (const [text, place] of cases) {
    await t.step(text, () => {
      const { message } = assertThrows(() => readPythonLiteral(text), SyntaxError);
      assertEquals(message, `it is no literal of Python at character ${place}`);
    });
  }
});
