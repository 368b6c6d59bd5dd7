import { assertEquals } from "@std/assert";
import { causeIn } from "./cause.ts";

Deno.test("causeIn() tells a cause that was shown from one that is conjectured, and from one that is so in part", () => {
  const cases: [string, string][] = [
    ["shown: on 8 x 8 it is 1.85", "shown"],
    ["3 epochs in place of 300: shown by full", "shown"],
    ["Shown by the paired standard error", "shown"],
    ["conjectured: the window is not stated", "conjectured"],
    ["a quarter of the channels: conjectured, since none was changed alone", "conjectured"],
    ["shown: the total becomes 99.36; conjectured: a broader low-pass", "shown in part"],
    ["conjectured: few coefficients; shown for n = 2000", "shown in part"],
    ["partly shown: with Lanczos resampling it is 74.63", "shown in part"],
    ["shown: it is 74.63; what remains is not explained", "shown in part"],
    ["not explained", "not given"],
    ["", "not given"],
  ];
  for (const [because, cause] of cases) assertEquals(causeIn(because) as string, cause, because);
});
