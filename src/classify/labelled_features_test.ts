import { assertEquals, assertThrows } from "@std/assert";
import { checkFeatures, checkLabelledFeatures } from "./labelled_features.ts";

const data = { features: new Float32Array(6), dimension: 2, labels: Uint8Array.of(0, 1, 1), classes: 2 };

Deno.test("checkLabelledFeatures() counts rows, and says what does not fit", () => {
  assertEquals(checkLabelledFeatures("fit", data), 3);
  for (const classes of [0, 257, 1.5, NaN]) {
    assertThrows(
      () => checkLabelledFeatures("fit", { ...data, classes }),
      RangeError,
      `Cannot fit: the number of classes must be an integer in 1..256: current value is ${classes}`,
    );
  }
  assertThrows(
    () => checkLabelledFeatures("fit", { ...data, labels: new Uint8Array(2) }),
    RangeError,
    "3 rows have 2 labels",
  );
  assertThrows(
    () => checkLabelledFeatures("fit", { ...data, classes: 1 }),
    RangeError,
    "label 1 has the value 1",
  );
});

Deno.test("checkFeatures() wants whole rows of finite values", () => {
  for (const dimension of [0, -1, 1.5, NaN]) {
    assertThrows(
      () => checkFeatures("fit", new Float32Array(2), dimension),
      RangeError,
      `the dimension must be an integer >= 1: current value is ${dimension}`,
    );
  }
  assertThrows(
    () => checkFeatures("fit", new Float32Array(3), 2),
    RangeError,
    "no whole number of rows of 2",
  );
  assertThrows(
    () => checkFeatures("fit", Float32Array.of(1, 2, 3, Infinity), 2),
    RangeError,
    "feature 1 of row 1",
  );
});
