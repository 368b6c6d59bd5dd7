import { verdictMarks } from "../verdict_kind.ts";
import { type Html, html } from "./html.ts";

/** What the words, marks and pictures of the page mean. */
export const howToRead: Html = html`
  <section id="how-to-read" aria-labelledby="how-to-read-heading">
    <h2 id="how-to-read-heading">How to read this report</h2>
    <p>A table has the rows and columns of the paper. In each cell the number that the paper prints stands above the one that
  this run measured. A dot (·) stands where the claim prints no number, a dash where nothing was measured; an empty place is
  empty in the paper. The verdict opens a card with the role of the cell, its source, the values, the tolerance with its reason,
  our last accepted value, and the command that measures this cell alone. The command keeps the other cells of this run where it is
  given the --data and --out that the run was given, if any: folders of a machine are not printed here.</p>
    <dl class="terms">
      <dt>(measured − published) / tolerance</dt>
      <dd>How far a printed number is off, in units of what is allowed: the shaded band from −1 to 1 is what agrees. A dot is a printed number, a
  ring in the lane below a variant, an arrow head one that lies beyond the scale. Each leads to the card of its cell; with the keyboard,
  arrow keys go from dot to dot. What was not measured has no dot, nor has a claim, a printed bound, or a number on a stand-in. The tables can
  be ordered by it, the largest first; what the page is filtered and ordered by stands in its address.</dd>
      <dt>printed number</dt>
      <dd>A number that stands in a paper, measured by the protocol of the paper as far as that is stated, or by a shorter schedule of
  it. It is judged on both sides of the printed number: a better value deviates as a worse one does. Only where the paper itself
  prints a bound is one side free.</dd>
      <dt>claim</dt>
      <dd>What a paper says without printing a number for it, or what this project says, as the source names it: an ordering of two
  methods, a bound, an identity, a rate.</dd>
      <dt>variant</dt>
      <dd>A printed number under another, labelled protocol: a fitted constant, another filter. It is judged as a printed number is,
  but counted apart, and is no part of the headline.</dd>
      <dt class="agrees"><b>${verdictMarks.agrees}</b> agrees</dt>
      <dd>Of a printed number or a variant: the measured value lies within what is allowed. It is counted as <em>within noise</em> where
  it differs from the printed number by no more than twice its standard error and half a unit of the last printed digit.</dd>
      <dt class="deviates"><b>${verdictMarks.deviates}</b> deviates (expected)</dt>
      <dd>It does not lie there, and the golden file says so, with the reason. No tolerance is widened to make a cell agree.</dd>
      <dt class="holds"><b>${verdictMarks.holds}</b> holds</dt>
      <dd>Of a claim: the measured value lies on the claimed side of the bound and, where it has a standard error, more than two of them
  away from it.</dd>
      <dt class="undecided"><b>${verdictMarks.undecided}</b> undecided (expected)</dt>
      <dd>The measured value lies within two standard errors of the bound, on whichever side, so the claim is neither shown nor refuted;
  the golden file says so, with the reason.</dd>
      <dt class="fails"><b>${verdictMarks.fails}</b> fails (expected)</dt>
      <dd>The measured value lies on the other side of the bound, and the golden file says so, with the reason.</dd>
      <dt class="unexpected"><b>${verdictMarks.unexpected}</b> any verdict (unexpected), baseline moved</dt>
      <dd>The verdict is not
  the one that the golden file expects, or the value is not the one that was last accepted on the same data. Either makes the
  run fail.</dd>
      <dt class="stand-in"><b>${verdictMarks["stand-in"]}</b> stand-in</dt>
      <dd>The data was not at hand and a built-in stand-in took its
  place: the number is no result and is not judged.</dd>
      <dt class="not-measured"><b>${verdictMarks["not-measured"]}</b> not measured</dt>
      <dd>Outside the profile or the selection of this run, or
  its job failed. Never counted as a success.</dd>
      <dt>95 % interval</dt>
      <dd>Lower and upper bound around the measured value: 1.96 standard errors to either side, by the normal
  approximation, which is rough for a few seeds. The error is over images, classes, seeds, random samples or test items, as the
  card of the cell says; that of a difference of two methods on the same test items is the paired one. Where there is none, the value is
  deterministic or was measured once.</dd>
      <dt>within</dt>
      <dd>The band is what is allowed, the hollow dot the published number, the filled dot the measured value with its
  interval. A line is a bound: with the allowed side shaded, or one on each side of 0 where a claim allows both signs. An arrow head
  points to a value beyond the picture.</dd>
      <dt>difference</dt>
      <dd>The measured value less the printed number, wherever one is printed. Of a claim, which prints none, the measured value less the
  bound that it lies nearest to.</dd>
      <dt>allowed</dt>
      <dd>± a number: in the unit of the cell; ± per cent: of the published value; ± s.e.: in standard errors of the
  measurement; &lt;= and &gt;=: a bound. Of a claim, ± is around 0. Set in the golden file with a reason: rounding, sampling, seeds,
  protocol (a detail that the paper leaves open) or numeric.</dd>
      <dt>baseline</dt>
      <dd>Our own last accepted value, which guards against change; never mixed with what a paper published.</dd>
      <dt>accepted before</dt>
      <dd>The values that were accepted in the course of the project, where there was more than one, with day and commit; from the history of the
  checkout that wrote this page.</dd>
      <dt>computing</dt>
      <dd>The time that the finished jobs of a reproduction took, added up, also where their results came from the cache of an earlier
  run; of a job that went on from a checkpoint, all of its parts. It stands in the first table, and beside the time of this run under the environment.</dd>
    </dl>
  </section>
`;
