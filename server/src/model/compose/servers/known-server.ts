import { imageOf } from "../builds/run-image.ts";
import { notedOnService, type Service } from "../project.ts";
import { brokers } from "./brokers.ts";
import { databases } from "./databases.ts";

/**
 * A database or broker that other services connect to: by which image, URL scheme and variable it is recognised, and what
 * tells that it accepts connections.
 */
export interface KnownServer {
  /** As its makers write it. */
  readonly title: string;
  /** What it keeps would be missed. */
  readonly isDatabase: boolean;
  /** Variables call it by its own name, and never `DB` or `DATABASE`. */
  readonly isNamedAlone?: true;
  /** Browsers and other machines are often given its address. */
  readonly isForBrowsers?: true;
  /** The official image reads its passwords from files too, by variables that end in `_FILE`. */
  readonly secretFiles?: true;
  /** Where it listens unless told otherwise. */
  readonly port: number;
  /** Where the official image keeps its data; a mount above or below it keeps them too. */
  readonly dataPath: string;
  /** The last part of an image's name, where that is not one of `official`. */
  readonly image: RegExp;
  /** Names of images that ship the program that `readyTest` runs, and set no health check themselves. */
  readonly official: readonly string[];
  /** Schemes of its URLs, without what stands behind `+`. */
  readonly schemes: readonly string[];
  /** Names of variables that hold its host. */
  readonly variable: RegExp;
  /** `healthcheck.test` for this service as YAML; undefined when this version has no fitting program. */
  readyTest(service: Settings): string | undefined;
}

/** What a health check depends on. */
export type Settings = Pick<Service, "image" | "imageBuild" | "environment" | "environmentComplete">;

export const knownServers: readonly KnownServer[] = [...databases, ...brokers];

/** The server that a service runs, told by its image. */
export const serverOf = notedOnService((service): KnownServer | undefined => {
  const name = imageOf(service)?.name;
  if (name === undefined) return undefined;
  const last = name.split("/").at(-1) ?? "";
  return knownServers.find((it) => it.official.includes(name) || it.image.test(last));
});

/** Whether the image is one whose programs are known. */
export function isOfficial(server: KnownServer, service: Service): boolean {
  const image = imageOf(service);
  return image !== undefined && server.official.includes(image.name);
}
