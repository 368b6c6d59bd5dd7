import { parseWord } from "./command_line.ts";

/** The option of every command that prints tables. */
export const tableOption = {
  value: "wide|narrow",
  text: "form of the tables",
  otherwise: "wide if it fits or is piped",
  parse: parseWord(["wide", "narrow"]),
} as const;
