import { configurationOf, type GatewayConfiguration, type PassedHost, passedHost } from "./passed-host.ts";

/**
 * Whom Prometheus asks, by its configuration in YAML: `targets` of `static_configs`, and `url` of what it writes to or reads from
 * (prometheus.io, Configuration, as generally known). Of a job whose targets are parameters of a prober, that prober alone.
 */
export function readPrometheus(written: string): GatewayConfiguration {
  // Comments as blanks, so that places stay.
  const text = written.replace(/(?<=^|[ \t])#.*/gm, (it) => " ".repeat(it.length));
  const hosts: PassedHost[] = [];
  for (const { start, end } of jobsOf(text)) {
    const job = text.slice(start, end);
    // What is put in place of an address is one, wherever the address went.
    hosts.push(...valuesIn(job, start, /^[ \t]*(?:-[ \t]+)?replacement:[ \t]*["']?([\w.-]+:\d+)\b/gm));
    hosts.push(...valuesIn(job, start, /^[ \t]*(?:-[ \t]+)?url:[ \t]*["']?([a-z]+:\/\/[^\s"'#]+)/gm));
    if (!job.includes("__address__")) hosts.push(...targetsIn(job, start));
  }
  return configurationOf(hosts);
}

/** The parts that begin with the name of a job, and what stands in front of them. */
function jobsOf(text: string): readonly { readonly start: number; readonly end: number }[] {
  const starts = [0, ...[...text.matchAll(/^[ \t]*-[ \t]+job_name:/gm)].map((it) => it.index)];
  return starts.map((start, at) => ({ start, end: starts[at + 1] ?? text.length }));
}

function valuesIn(text: string, at: number, pattern: RegExp): readonly PassedHost[] {
  return [...text.matchAll(pattern)].flatMap(({ 0: whole, 1: value = "", index }) => {
    return passedHost(value, at + index + whole.length - value.length) ?? [];
  });
}

/** In brackets, or each on a line of its own. */
function targetsIn(text: string, at: number): readonly PassedHost[] {
  return [...text.matchAll(/\btargets:[ \t]*/g)].flatMap(({ 0: key, index }) => {
    const from = index + key.length;
    const list = text[from] === "[" ? text.slice(from + 1, text.indexOf("]", from)) : linesFrom(text, from);
    const listAt = at + from + (text[from] === "[" ? 1 : 0);
    return [...list.matchAll(/(?<![^\s"',])[\w.-]+(?::\d+)?(?=[\s"',]|$)/g)].flatMap(
      (it) => (it[0] === "-" ? [] : passedHost(it[0], listAt + it.index)) ?? [],
    );
  });
}

/** The entries of a list, as long as each line has one. */
function linesFrom(text: string, from: number): string {
  let end = text.indexOf("\n", from);
  while (end >= 0) {
    const next = text.indexOf("\n", end + 1);
    const line = text.slice(end + 1, next < 0 ? undefined : next);
    if (!/^[ \t]*(?:-[ \t]+[^\s:]+(?::\d+)?["']?[ \t]*)?\r?$/.test(line)) break;
    if (next < 0) return text.slice(from);
    end = next;
  }
  return text.slice(from, end < 0 ? undefined : end);
}
