import { assertEquals } from "@std/assert";
import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
import { LearningCurve } from "./learning_curve.ts";

Deno.test("LearningCurve keeps what was written down, and gaps", async () => {
  const backend = await startBackend({ threads: 1 });
  const curve = new LearningCurve(3);
  const layer = curve.layer([10], 0, 0);
  curve.record(0, { errors: 90, fisher: 0.5 });
  curve.record(2, { errors: 12, fisher: null });
  assertEquals(curve.points, [{ errors: 90, fisher: 0.5 }, null, { errors: 12, fisher: null }]);
  assertEquals([layer.parameters.length, layer.state[0]!.variable.trainable], [0, false]);
  backend.dispose();
});
