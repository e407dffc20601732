import type { Dockerfile, Instruction } from "../../../syntax/dockerfile/tree.ts";

/** A COPY of something else with the flags of this one: `COPY --from=build --chown=node /app/public ./public`. */
export function copyLike(
  { flags }: Instruction,
  { text }: Dockerfile,
  source: string,
  target: string,
): string {
  const written = flags.map(({ span }) => text.slice(span.start, span.end));
  return ["COPY", ...written, source, target].join(" ");
}
