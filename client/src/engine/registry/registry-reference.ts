import { writtenRegistry } from "../../../../server/src/syntax/image-name/registry.ts";
import { otherFailure } from "../failures.ts";

/** A name of an image, taken apart as Docker does (distribution/reference, read 2026-11). */
export interface RegistryReference {
  /** `docker.io`, `ghcr.io`, `127.0.0.1:5000`. */
  readonly host: string;
  /** `library/alpine`, `team/app`. */
  readonly repository: string;
  /** What to ask for: a digest where the name has one, else the tag, `latest` without one. */
  readonly version: string;
  /** Nothing left out: `docker.io/library/alpine:3.24`, `ghcr.io/team/app@sha256:…`. */
  readonly name: string;
}

const component = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const form = new RegExp(
  `^(?<path>${component}(?:/${component})*)(?::(?<tag>\\w[\\w.-]{0,127}))?(?:@(?<digest>[a-z0-9]+:[0-9a-f]{32,}))?$`,
);

/** Throws EngineError for what is no name of an image. */
export function registryReference(text: string): RegistryReference {
  const whole = text.trim();
  const written = writtenRegistry(whole);
  const host = written ?? "docker.io";
  const found = form.exec(written === undefined ? whole : whole.slice(written.length + 1))?.groups;
  if (found?.["path"] === undefined || !/^[\w.-]+(?::\d+)?$|^\[[0-9a-f:]+\](?::\d+)?$/i.test(host))
    throw otherFailure(
      `“${text}” is no name of an image. It looks like alpine:3.24 or ghcr.io/team/app:1.0.`,
    );
  const { path, tag = "latest", digest } = found;
  const isHub = /^(?:index\.|registry-1\.)?docker\.io$/.test(host);
  const repository = isHub && !path.includes("/") ? `library/${path}` : path;
  const named = `${isHub ? "docker.io" : host}/${repository}`;
  return {
    host: isHub ? "docker.io" : host,
    repository,
    version: digest ?? tag,
    name: digest === undefined ? `${named}:${tag}` : `${named}@${digest}`,
  };
}
