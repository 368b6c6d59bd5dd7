import { join } from "@std/path";
import { DataError } from "../../errors.ts";
import { isFile } from "../../files/is_file.ts";
import type { LanguageModel } from "../model/language_model.ts";
import type { Tokenizer } from "../model/tokenizer.ts";
import { hearSilence, readWhisperConfig, readWhisperDecoder, readWhisperTokenizer } from "./whisper.ts";

/** Reads a text file of the folder. */
type ReadText = (path: string) => string;

/** Under these names, in the folder or in `onnx/`, an exporter puts the two halves; the first one that is there is taken. */
const names = {
  encoder: ["encoder_model_quantized.onnx", "encoder_model.onnx"],
  decoder: ["decoder_model_merged_quantized.onnx", "decoder_model_merged.onnx"],
};

/**
 * Opens a Whisper: `config.json`, `vocab.json`, `merges.txt`, `added_tokens.json`, and encoder and decoder in ONNX. The encoder runs once,
 * on half a minute of silence and on the current backend: what the decoder listens to.
 *
 * @param folder The path.
 * @param readText How its texts are read.
 * @throws {DataError} Where a file is missing or damaged, or the model is none that is computed here.
 */
export async function openWhisperFolder(
  folder: string,
  readText: ReadText,
): Promise<{ readonly model: LanguageModel; readonly tokenizer: Tokenizer }> {
  const text = (name: string) => readText(join(folder, name));
  const config = readWhisperConfig(text("config.json"), join(folder, "config.json"));
  const files = { vocab: text("vocab.json"), merges: text("merges.txt"), added: text("added_tokens.json") };
  const tokenizer = readWhisperTokenizer(files, config.decoder.vocab, folder);
  const [encoder, decoder] = [find(folder, names.encoder), find(folder, names.decoder)];
  const heard = hearSilence(await Deno.readFile(encoder), config.encoder, encoder);
  return {
    model: readWhisperDecoder(await Deno.readFile(decoder), config.decoder, heard, decoder),
    tokenizer,
  };
}

function find(folder: string, names: readonly string[]): string {
  const found = names.flatMap((name) => [join(folder, name), join(folder, "onnx", name)]).find(isFile);
  if (found !== undefined) return found;
  throw new DataError(`Cannot read ${folder}: it must hold ${names.join(" or ")}, itself or in onnx/`);
}
