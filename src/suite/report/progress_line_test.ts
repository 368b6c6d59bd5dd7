import { assertEquals } from "@std/assert";
import type { JobProgress } from "../runner/run_jobs.ts";
import { ProgressLine, type ProgressOutput, RunProgressLine, runProgressText } from "./progress_line.ts";

/** An output that keeps what is written, with a clock that is set by hand. */
class KeptOutput implements ProgressOutput {
  readonly isTerminal: boolean;
  readonly columns: number;
  readonly written: string[] = [];
  time = 0;

  constructor(isTerminal: boolean, columns = 200) {
    this.isTerminal = isTerminal;
    this.columns = columns;
  }

  write(text: string): void {
    this.written.push(text);
  }

  now(): number {
    return this.time;
  }
}

const jobs = (done: number, total: number, cached = 0, resumed = 0): JobProgress => {
  return { done, total, cached, resumed };
};

/** The share and the time left of a line. */
function told(line: string): string[] {
  return [/\d+ %/.exec(line)![0], line.split(", ").at(-1)!];
}

Deno.test("ProgressLine writes over its line in a terminal, and takes it away with the last job", () => {
  const output = new KeptOutput(true);
  const line = new ProgressLine("scatter", "images", output);
  line.show(jobs(0, 2));
  output.time = 1000;
  line.show(jobs(1, 2));
  line.show(jobs(2, 2));
  assertEquals(output.written, [
    "\r\u001b[2Kscatter [....................] 0 %, 0 of 2 images, ...",
    "\r\u001b[2Kscatter [##########..........] 50 %, 1 of 2 images, 0:01 left",
    "\r\u001b[2K",
  ]);
});

Deno.test("ProgressLine leaves nothing behind in a terminal where the work is broken off", () => {
  const output = new KeptOutput(true);
  {
    using line = new ProgressLine("scatter", "images", output);
    line.show(jobs(1, 2));
  }
  assertEquals(output.written.at(-1), "\r\u001b[2K");
});

Deno.test("ProgressLine keeps five seconds between plain lines, but for the last", () => {
  const output = new KeptOutput(false);
  const line = new ProgressLine("scatter", "images", output);
  for (const [done, time] of [[0, 0], [1, 4900], [2, 5000], [3, 9900], [4, 9950]] as const) {
    output.time = time;
    line.show(jobs(done, 4));
  }
  assertEquals(output.written.map((text) => /(\d) of 4.*\n$/.exec(text)?.[1]), ["0", "2", "4"]);
});

Deno.test("ProgressLine cuts a line that a terminal would wrap", () => {
  const output = new KeptOutput(true, 20);
  new ProgressLine("scatter", "images", output).show(jobs(0, 2));
  assertEquals(output.written, ["\r\u001b[2Kscatter [.........…"]);
});

Deno.test("runProgressText() weighs reproductions by their minutes, and their jobs alike", () => {
  const courses = [
    { id: "short", minutes: 1, progress: jobs(90, 90), isLatest: false },
    { id: "long", minutes: 9, progress: jobs(0, 10), isLatest: false },
  ];
  assertEquals(told(runProgressText(courses, 60_000)), ["10 %", "9:00 left"]);
});

Deno.test("runProgressText() takes what was in the cache or in a checkpoint for no work of this run", () => {
  const courses = [
    { id: "cached", minutes: 100, progress: jobs(10, 10, 10), isLatest: false },
    { id: "half", minutes: 10, progress: jobs(6, 10, 4, 1), isLatest: false },
  ];
  // 1 of the 5 jobs that were left: 10 s each.
  assertEquals(
    runProgressText(courses, 10_000),
    "run [##........] 20 %, 16 of 20 jobs, 14 from the cache, 0:40 left",
  );
});

Deno.test("runProgressText() tells hours, and no time before anything was computed", () => {
  const course = (progress: JobProgress) => [{ id: "a", minutes: 60, progress, isLatest: false }];
  assertEquals(told(runProgressText(course(jobs(1, 100)), 60_000)), ["1 %", "1:39:00 left"]);
  assertEquals(told(runProgressText(course(jobs(5, 100, 5)), 60_000)), ["0 %", "..."]);
  assertEquals(told(runProgressText(course(jobs(5, 5, 5)), 100)), ["100 %", "0.1 s"]);
  assertEquals(told(runProgressText([], 100)), ["100 %", "0.1 s"]);
  // 3.1 - 3 - 0.1 is not 0.
  assertEquals(told(runProgressText(course(jobs(3 + 0.1, 100, 3, 0.1)), 100)), ["0 %", "..."]);
});

Deno.test("RunProgressLine shows nothing before all have reported, then one line for the run", () => {
  const output = new KeptOutput(false);
  const line = new RunProgressLine([{ id: "a", minutes: 1 }, { id: "b", minutes: 1 }], output);
  line.update("a", jobs(2, 2, 2));
  assertEquals(output.written, []);
  line.update("b", jobs(2, 2, 2));
  assertEquals(output.written, ["run [##########] 100 %, 4 of 4 jobs, 4 from the cache, 0.0 s\n"]);
});

Deno.test("RunProgressLine leaves a reproduction out that has no job in the run", () => {
  const output = new KeptOutput(false);
  const line = new RunProgressLine([{ id: "a", minutes: 1 }, { id: "b", minutes: 1 }], output);
  line.update("a", jobs(0, 2));
  line.update("a", jobs(2, 2));
  assertEquals(output.written.length, 1);
  assertEquals(output.written[0]!.includes("2 of 2 jobs"), true);
});

Deno.test("RunProgressLine names at most two reproductions, those that came further last and are not done", () => {
  const output = new KeptOutput(true);
  const ids = ["a", "b", "c"];
  const line = new RunProgressLine(ids.map((id) => ({ id, minutes: 1 })), output);
  const names = () => /: (.*)$/.exec(output.written.at(-1)!)?.[1];
  for (const id of ids) line.update(id, jobs(0, 4));
  assertEquals(names(), undefined);
  line.update("c", jobs(1, 4));
  assertEquals(names(), "c");
  line.update("a", jobs(1, 4));
  line.update("b", jobs(1, 4));
  assertEquals(names(), "a, b");
  line.update("b", jobs(4, 4));
  assertEquals(names(), "a, c");
});

Deno.test("RunProgressLine.end() takes an open line away, once, and shows nothing after it", () => {
  const output = new KeptOutput(true);
  const line = new RunProgressLine([{ id: "a", minutes: 1 }], output);
  line.update("a", jobs(0, 2));
  line.end();
  line.end();
  line.update("a", jobs(1, 2));
  assertEquals(output.written.slice(1), ["\r\u001b[2K"]);
});
