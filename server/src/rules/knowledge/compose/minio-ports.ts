import type { Service } from "../../../model/compose/project.ts";
import { HOLE } from "../../../syntax/compose/interpolate.ts";

/** Where MinIO listens. */
export interface MinioPorts {
  readonly ports: readonly number[];
  /** Without one the console takes another port at each start. */
  readonly hasConsole: boolean;
}

/**
 * By the command and variables of MinIO's own image, of releases since 2021-07-08: only from then on the console has a port of its own, and a static
 * one with `--console-address` alone (minio/minio#12660, read 2026-11-27). Undefined where more may be told elsewhere.
 */
export function minioPortsOf(service: Service): MinioPorts | undefined {
  const { image, imageBuild, entrypoint, command, complete, environment, environmentComplete } = service;
  const { name = "", tag, digest } = image?.value ?? {};
  if (imageBuild || entrypoint || !complete || !environmentComplete) return undefined;
  if (!/^(?:quay\.io\/)?minio\/minio$/.test(name) || (tag === undefined && digest)) return undefined;
  if (tag !== undefined && tag !== "latest" && !(tag > FIRST && /^RELEASE\.2\d{3}-/.test(tag)))
    return undefined;
  const words = command?.words?.[0] === "minio" ? command.words.slice(1) : command?.words;
  if (words?.[0] !== "server") return undefined;
  const isOpen = words.some((it) => it.includes(HOLE) || /^--?(?:config|s?ftp)\b/.test(it));
  if (isOpen || environment.some((it) => it.name.value === "MINIO_CONFIG_ENV_FILE")) return undefined;
  const told = (option: string, variable: string) => {
    const at = words.findIndex((it) => it === option || it.startsWith(`${option}=`));
    if (at >= 0) return words[at]?.includes("=") ? words[at]?.slice(option.length + 1) : words[at + 1];
    return environment.findLast((it) => it.name.value === variable)?.value?.value;
  };
  const api = told("--address", "MINIO_ADDRESS") ?? ":9000";
  const console = told("--console-address", "MINIO_CONSOLE_ADDRESS");
  const ports = [api, ...(console === undefined ? [] : [console])].map((it) => PORT.exec(it)?.[1]);
  if (ports.includes(undefined)) return undefined;
  return { ports: ports.map(Number), hasConsole: console !== undefined };
}

const FIRST = "RELEASE.2021-07-08";
const PORT = /^[\w.[\]:]*:(\d+)$/;
