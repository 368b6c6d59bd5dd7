import type { Profile } from "../reproduction.ts";

/** The command that measures one cell alone. */
export function cellCommand(reproduction: string, cell: string, profile: Profile): string {
  const flag = profile === "standard" ? "" : ` --profile ${profile}`;
  return `deno task reproduce ${reproduction} --cell '${cell}'${flag}`;
}
