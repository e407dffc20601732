import type { BuildRequest } from "../build/build-types.ts";
import { registryHost } from "../registry/image-reference.ts";

/**
 * What of a build the classic builder cannot do, to begin a sentence with; undefined when it can do all. `text` is the Dockerfile,
 * undefined for builders that read here-documents: engine 28's classic builder leaves them out and says nothing.
 */
export function beyondClassic(request: BuildRequest, text: string | undefined): string | undefined {
  if (request.secrets?.length) return "Build secrets";
  if (request.ssh?.length) return "SSH agents in a build";
  if (request.contexts && Object.keys(request.contexts).length > 0) return "Named build contexts";
  if (text !== undefined && hasHereDocument(text)) return "Here-documents (<<) in the Dockerfile";
  return undefined;
}

/** Instructions in the lines of a Dockerfile; continued lines are one. */
function instructions(text: string): readonly string[] {
  return text
    .replace(/^[ \t]*#.*(?:\r?\n|$)/gm, "")
    .replace(/[\\`][ \t]*\r?\n/g, " ")
    .split(/\r?\n/);
}

function hasHereDocument(text: string): boolean {
  return instructions(text).some((it) =>
    /^\s*(?:RUN|COPY|ADD)\s.*?(?<![<\w$"'])<<-?(["']?)[a-z_]\w*\1(?=\s|$)/i.test(it),
  );
}

/** Hosts of the registries that FROM and `--from` name, Docker Hub as `docker.io`. Stages and what is not known are left out. */
export function registriesOf(
  text: string,
  buildArguments: Readonly<Record<string, string>>,
): ReadonlySet<string> {
  const values: Record<string, string> = {};
  const stages = new Set<string>(["scratch"]);
  const hosts = new Set<string>();
  const add = (written: string) => {
    const image = written.replace(
      /\$(?:\{(\w+)(?::-([^}]*))?\}|(\w+))/g,
      (_, braced, preset = "", plain) => values[braced ?? plain] ?? preset,
    );
    if (image === "" || /^\d+$/.test(image) || stages.has(image.toLowerCase())) return;
    hosts.add(registryHost(image));
  };
  for (const it of instructions(text)) {
    const argument = /^\s*ARG\s+(\w+)=(\S*)/i.exec(it);
    const name = argument?.[1];
    if (name !== undefined && stages.size === 1)
      values[name] = buildArguments[name] ?? (argument?.[2] ?? "").replace(/^(["'])(.*)\1$/, "$2");
    const from = /^\s*FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i.exec(it);
    if (from?.[1]) add(from[1]);
    if (from) stages.add((from[2] ?? "").toLowerCase());
    const copied = /^\s*COPY\s+(?:--\S+\s+)*--from=(\S+)/i.exec(it)?.[1];
    if (copied) add(copied);
  }
  return hosts;
}
