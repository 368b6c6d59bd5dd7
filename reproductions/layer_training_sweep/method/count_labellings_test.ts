import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { countLabellings, type LabelCourse } from "./count_labellings.ts";

/** Some inputs whose labels change a few times on half the circle. */
const someCourses: fc.Arbitrary<LabelCourse[]> = fc.array(
  fc.record({
    positive: fc.boolean(),
    changes: fc.array(fc.double({ min: 0.001, max: 3.141, noNaN: true }), { maxLength: 6 })
      .map((angles) => angles.toSorted((a, b) => a - b)),
  }),
  { minLength: 1, maxLength: 5 },
);

Deno.test("countLabellings() counts a labelling that comes back once", () => {
  // + -, - -, + - and the opposites - +, + +, - +.
  assertEquals(countLabellings([{ positive: true, changes: [1, 2] }, { positive: false, changes: [] }]), 4);
});

Deno.test("countLabellings() finds labels that never change, and their opposites", () => {
  assertEquals(countLabellings([{ positive: true, changes: [] }, { positive: true, changes: [] }]), 2);
});

Deno.test("countLabellings() counts the shortest arc, which a grid misses", () => {
  const courses = [{ positive: true, changes: [1] }, { positive: false, changes: [1 + 1e-9] }];
  assertEquals([countLabellings(courses), countLabellings(courses, 4096)], [4, 2]);
});

Deno.test("countLabellings() on a grid never finds more than there are, and no fewer on a grid that holds it", () => {
  fc.assert(fc.property(someCourses, (courses) => {
    const counts = [2, 4, 8, 64, 4096].map((points) => countLabellings(courses, points));
    counts.push(countLabellings(courses));
    assertEquals(counts, counts.toSorted((a, b) => a - b));
    assert(counts.at(-1)! <= 2 ** courses.length);
  }));
});

Deno.test("countLabellings() tells thirty inputs apart", () => {
  const courses = Array.from({ length: 30 }, (_, input) => ({ positive: true, changes: [(input + 1) / 10] }));
  assertEquals(countLabellings(courses), 2 * 30);
});
