import { imageOf } from "../builds/run-image.ts";
import type { KnownServer, Settings } from "./known-server.ts";

/** `HOST` and its like behind one of the words for a server, in capitals: `REDIS_HOST`, `SPRING_REDIS__HOSTNAME`, `KAFKA_BROKERS`. */
export function hostVariable(words: string, ...whole: readonly string[]): RegExp {
  const address =
    "(?:URL_|CLUSTER_)?(?:HOSTS?|HOSTNAME|SERVERS?|ADDR|ADDRESS(?:ES)?|ENDPOINT|NODES?|URLS?|URIS?)";
  return new RegExp(
    `^(?:${[...whole, `(?:.*[^A-Z])?(?:${words})_+${address}`, `.*__(?:${words})`].join("|")})$`,
  );
}

/**
 * Number that the tag of a service's image starts with; a moving tag such as `latest` is newer than any of them. Images of an
 * extension name PostgreSQL's version behind their own: `0.8.1-pg17` (tags of pgvector/pgvector, timescale/timescaledb; read
 * 2026-11).
 */
export function majorVersion(service: Pick<Settings, "image" | "imageBuild">): number {
  const tag = imageOf(service)?.tag ?? "";
  const version = /(?:^|-)pg(\d+)(?=[-.]|$)/.exec(tag)?.[1] ?? /^\d+/.exec(tag)?.[0];
  return Number(version ?? Number.POSITIVE_INFINITY);
}

/** A variable's value where it is written out, `fallback` where it is certainly not set, else the variable for the shell in the container. */
export function settingOf(
  { environment, environmentComplete }: Settings,
  name: string,
  fallback: string,
): string {
  const entry = environment.find((it) => it.name.value === name);
  if (!entry && environmentComplete) return fallback;
  const value = entry?.value?.known ? entry.value.value : "";
  return /^[\w.-]+$/.test(value) ? value : `$\${${name}:-${fallback}}`;
}

/** The value of a variable that is written out; undefined where it is not, or where a file may set it otherwise. */
export function writtenSetting({ environment }: Settings, name: string): string | undefined {
  const value = environment.find((it) => it.name.value === name)?.value;
  return value?.known ? value.value : undefined;
}

/** `healthcheck.test`, as YAML, that a shell of the container reads. */
export function shellTest(command: string): string {
  return `["CMD-SHELL", ${JSON.stringify(command)}]`;
}

/** The same without a shell: a program and its words. */
export function commandTest(...words: readonly string[]): string {
  return `[${["CMD", ...words].map((it) => JSON.stringify(it)).join(", ")}]`;
}

/** For servers whose images have no program that asks them. */
export const noReadyTest: KnownServer["readyTest"] = () => undefined;
