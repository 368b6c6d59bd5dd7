import { assert, assertEquals, assertThrows } from "@std/assert";
import { startBackend } from "../tfjs/start_backend.ts";
import { randomStream } from "../../numeric/random/random_stream.ts";
import { gramOfRows } from "./gram_of_rows.ts";

Deno.test("gramOfRows()", async (t) => {
  const results: Float64Array[] = [];
  for (const threads of [1, 2]) {
    const backend = await startBackend({ threads });
    for (const [rows, columns] of [[1, 1], [3, 700], [300, 257], [520, 40]] as const) {
      await t.step(`of ${rows} rows of ${columns} on ${threads} threads`, () => {
        const stream = randomStream("matrix", 1);
        const x = Float32Array.from({ length: rows * columns }, () => 1 + stream.normal());
        const gram = gramOfRows(x, rows, columns);
        for (let i = 0; i < rows; i += 7) {
          for (let j = 0; j < rows; j += 5) {
            let sum = 0;
            let size = 0;
            for (let k = 0; k < columns; k++) {
              const product = x[i * columns + k]! * x[j * columns + k]!;
              sum += product;
              size += Math.abs(product);
            }
            // 256 roundings to 2^-24 of the sum so far go like sqrt(256), not all in one direction.
            const error = Math.abs(gram[i * rows + j]! - sum);
            assert(error <= 16 * 2 ** -24 * size, `element ${i}, ${j} errs by ${error} of ${size}`);
            assertEquals(gram[j * rows + i], gram[i * rows + j]);
          }
        }
        results.push(gram);
      });
    }
    await t.step(`throws for a matrix of another size, ${threads} threads`, () => {
      assertThrows(() => gramOfRows(new Float32Array(5), 2, 3), RangeError, "2 rows and 3 columns");
    });
    backend.dispose();
  }
  await t.step("the bits are the same on one and two threads", () => {
    assertEquals(results.slice(results.length / 2), results.slice(0, results.length / 2));
  });
});
