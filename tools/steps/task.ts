/**
 * `deno task check`, `coverage` and `ok`: runs the steps of the task that deno.json names.
 *
 * @module
 */
import { exitStatus, runCommand, say } from "../../scripts/lib/command_line.ts";
import { stepsTasks } from "./steps.ts";

const [name, ...args] = Deno.args;
const { summary, steps } = stepsTasks[name!]!;
const command = {
  task: name!,
  summary,
  options: {},
  example: "",
  note: `It runs, until one fails: ${steps.map((step) => step.replace(/ --no-prompt.*/, " ...")).join("; ")}`,
};

await runCommand(command, async () => {
  for (const step of steps) {
    say(`\n${step}`);
    const code = await run(step.split(" "));
    if (code !== exitStatus.ok) return code;
  }
  return exitStatus.ok;
}, args);

/** Runs a program to its end, and ends it where this one is ended. */
async function run([program, ...words]: readonly string[]): Promise<number> {
  const child = new Deno.Command(program!, { args: words, stdin: "inherit" }).spawn();
  const end = () => child.kill("SIGTERM");
  Deno.addSignalListener("SIGTERM", end);
  try {
    return (await child.status).code;
  } finally {
    Deno.removeSignalListener("SIGTERM", end);
  }
}
