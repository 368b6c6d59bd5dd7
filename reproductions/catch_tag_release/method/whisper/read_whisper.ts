import type { ReadContext } from "../../../../src/data/sources/source.ts";
import {
  hearSilence,
  readWhisperConfig,
  readWhisperDecoder,
  readWhisperTokenizer,
} from "../../../../src/transformers/formats/whisper.ts";
import type { LanguageModel } from "../../../../src/transformers/model/language_model.ts";
import type { Tokenizer } from "../../../../src/transformers/model/tokenizer.ts";
import { standInWhisper } from "./stand_in.ts";
import type { WhisperReading } from "./whisper_source.ts";

/** Whisper's decoder, which listens to silence, and its tokenizer. */
export interface Whisper {
  readonly model: LanguageModel;
  readonly tokenizer: Tokenizer;
}

/**
 * Reads whisper-tiny, or makes a stand-in, on the current backend. The encoder runs once for all jobs.
 *
 * @param reading What is read.
 * @param context What it is read with.
 */
export async function readWhisper(reading: WhisperReading, context: ReadContext): Promise<Whisper> {
  if (reading.standIn) return standInWhisper();
  const { dataset, files } = reading;
  const [config, vocab, merges, added, encoder, decoder] = files as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const bytes = (name: string) => context.read({ dataset, name });
  const text = async (name: string) => new TextDecoder().decode(await bytes(name));
  const shape = readWhisperConfig(await text(config), config);
  const tokenizer = readWhisperTokenizer(
    { vocab: await text(vocab), merges: await text(merges), added: await text(added) },
    shape.decoder.vocab,
    dataset,
  );
  const heard = await context.artifact({ encoded: "silence" }, [reading], async () => {
    const { states } = hearSilence(await bytes(encoder), shape.encoder, encoder);
    return new Uint8Array(states.buffer, states.byteOffset, states.byteLength);
  });
  const states = new Float32Array(heard.slice().buffer);
  const { frames } = shape.encoder;
  return {
    model: readWhisperDecoder(await bytes(decoder), shape.decoder, { frames, states }, decoder),
    tokenizer,
  };
}
