import { verdictMarks } from "../verdict_kind.ts";
import { type Html, html } from "./html.ts";

/** What the words, marks and pictures of the page mean. */
export const howToRead: Html = html`
  <section id="how-to-read" aria-labelledby="how-to-read-heading">
    <h2 id="how-to-read-heading">How to read this report</h2>
    <p>A table has the rows and columns of the paper. In each cell the number that the paper prints stands above the one that
  this run measured. A dot (·) stands where the claim prints no number, a dash where nothing was measured; an empty place is
  empty in the paper. The verdict opens a card with the claim, its source, the values, the tolerance with its reason, our
  last accepted value, and the command that measures this cell alone.</p>
    <dl class="terms">
      <dt class="agrees"><b>${verdictMarks.agrees}</b> agrees</dt>
      <dd>The measured value lies within what is allowed.</dd>
      <dt class="deviates"><b>${verdictMarks.deviates}</b> deviates (expected)</dt>
      <dd>It does not, and the golden file says so, with the
  reason. No tolerance is widened to make a cell agree.</dd>
      <dt class="unexpected"><b>${verdictMarks
        .unexpected}</b> deviates, agrees (unexpected), baseline moved</dt>
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
  approximation, which is rough for a few seeds. The error is over images, seeds, draws or test items, as the card of the cell
  says. Where there is none, the value is deterministic or was drawn once.</dd>
      <dt>within</dt>
      <dd>The band is what is allowed, the hollow dot the published value, the filled dot the measured one with its
  interval. For an upper or lower bound the line is the bound and the allowed side is shaded. An arrow head points to a
  value beyond the picture.</dd>
      <dt>difference</dt>
      <dd>The measured value less the published one; for an upper or lower bound, less the bound.</dd>
      <dt>allowed</dt>
      <dd>± a number: in the unit of the cell; ± per cent: of the published value; ± s.e.: in standard errors of the
  measurement; &lt;= and &gt;=: a bound. Set in the golden file with a reason: rounding, sampling, seeds, protocol (a detail
  that the paper leaves open) or numeric.</dd>
      <dt>baseline</dt>
      <dd>Our own last accepted value, which guards against change; never mixed with what a paper published.</dd>
    </dl>
  </section>
`;
