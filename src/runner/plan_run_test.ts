import { assertRejects } from "@std/assert";
import { withFolder } from "../files/test_helpers.ts";
import type { Job, Plan } from "../reproduction.ts";
import { planRun } from "./plan_run.ts";
import { reproduction } from "./testdata/toy.ts";

/** Plans the toy with other jobs, on the golden file of the toy. */
function planWith(jobs: (plan: Plan) => Job<{ i: number; seeds: number }>[]): Promise<void> {
  return withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/golden`);
    await Deno.writeTextFile(
      `${folder}/golden/toy.csv`,
      "cell,table,row,column,quantity,unit,published,kind,tolerance,rationale,expect,because,profile\n" +
        "toy/all,Toy,all,x,a number,,,at-most,9,numeric: a bound that always holds,agrees,,\n",
    );
    await planRun({
      modules: [{ reproduction: { ...reproduction, jobs }, url: import.meta.resolve("./testdata/toy.ts") }],
      profile: "smoke",
      cells: [],
      seeds: null,
      root: folder,
      open: (id) => Promise.reject(new Error(`no data set ${id}`)),
    });
  });
}

Deno.test("planRun() refuses two jobs of one id", async () => {
  const job = { id: "twice", cells: ["toy/all"], inputs: [], parameters: { i: 0, seeds: 1 } };
  await assertRejects(() => planWith(() => [job, job]), Error, "Two jobs of toy have the same id");
});

Deno.test("planRun() refuses a data set that the module does not declare", async () => {
  await assertRejects(
    () =>
      planWith((plan) => {
        plan.dataset("digits");
        return [];
      }),
    Error,
    "toy does not declare the data set digits",
  );
});
