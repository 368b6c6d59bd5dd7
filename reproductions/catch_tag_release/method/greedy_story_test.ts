import { assert, assertEquals, assertThrows } from "@std/assert";
import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
import { testContext } from "../../../src/suite/testing.ts";
import { forward } from "../../../src/transformers/model/forward.ts";
import { likeliest } from "../../../src/transformers/model/generate.ts";
import { readOut } from "../../../src/transformers/model/read_out.ts";
import { checkGreedyText, greedyStory, greedyText } from "./greedy_story.ts";
import { readStories } from "./read_stories.ts";
import { stories260k } from "./stories_source.ts";
import { length } from "./window_length.ts";

Deno.test("checkGreedyText() wants every character that llama2.c prints", () => {
  checkGreedyText(`${greedyText} and more`);
  assertThrows(
    () => checkGreedyText(greedyText.replace("Lily", "Lila")),
    Error,
    'must begin with the 464 characters of llama2.c: character 52 is "a", not "y"',
  );
  assertThrows(() => checkGreedyText("Once"), Error, 'character 5 is "", not " "');
});

Deno.test("the forward pass in float32 has the greedy tokens and logits of the decoder in float64", async () => {
  const stories = await readStories(stories260k.resolve({ source: "stand-in", files: [] }), testContext());
  const story = greedyStory(stories);
  assertEquals(story.length, length);
  const decoder = stories.reference();
  const backend = await startBackend({ threads: 1 });
  try {
    const logits = await readOut(stories.model, await forward(stories.model, story, length));
    const { vocab } = stories.model.config;
    for (let i = 0; i < length; i++) {
      const own = logits.subarray(i * vocab, (i + 1) * vocab);
      for (const [token, logit] of decoder.next(story[i]!).entries()) {
        assert(Math.abs(logit - own[token]!) < 1e-4, `token ${token} at ${i}: ${logit}, ${own[token]}`);
      }
      if (i + 1 < length) assertEquals(likeliest(own), story[i + 1]);
    }
  } finally {
    backend.dispose();
  }
});
