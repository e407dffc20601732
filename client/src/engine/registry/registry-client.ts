import { createHash } from "node:crypto";
import { EngineError } from "../engine.ts";
import { otherFailure } from "../failures.ts";
import { askRegistry, type RegistryAnswer, speaksNoTls } from "./registry-answers.ts";
import { credentialsOf } from "./registry-credentials.ts";
import {
  imageFor,
  manifestTypes,
  platformName,
  type RegistryPlatform,
  readManifest,
} from "./registry-manifest.ts";
import { type RegistryReference, registryReference } from "./registry-reference.ts";
import { authorization, challengeOf } from "./registry-token.ts";
import type { RegistryImage } from "./registry-types.ts";

/** What the engine is, and how it is set up for registries. */
export interface RegistrySurroundings {
  readonly platform: RegistryPlatform;
  /** Whether the engine asks this one without TLS, or without looking at its certificate. */
  isInsecure(host: string): boolean;
}

/**
 * What an image weighs in its registry, by its manifest. The registry is asked with the login that `docker login` keeps for it, only
 * when it wants one. Throws EngineError.
 */
export async function registryImage(
  text: string,
  around: RegistrySurroundings,
  signal: AbortSignal | undefined,
): Promise<RegistryImage> {
  const reference = registryReference(text);
  const { name } = reference;
  const ask = manifestReader(reference, around.isInsecure(reference.host), signal);
  const first = await ask(reference.version);
  const read = readManifest(first.text, name);
  if (read.kind === "image") return imageOf(name, digestOf(first), undefined, read.layers);
  const chosen = imageFor(around.platform, read.images, name);
  const image = readManifest((await ask(chosen.digest)).text, name);
  if (image.kind !== "image") throw otherFailure(`${name} is an index of indexes, which no engine can pull.`);
  return imageOf(name, chosen.digest, platformName(chosen.platform ?? around.platform), image.layers);
}

function imageOf(
  name: string,
  digest: string,
  platform: string | undefined,
  layers: RegistryImage["layers"],
): RegistryImage {
  return { name, digest, platform, layers, transfer: layers.reduce((sum, it) => sum + it.bytes, 0) };
}

function digestOf({ headers, text }: RegistryAnswer): string {
  const told = headers["docker-content-digest"];
  return typeof told === "string" ? told : `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

/** Asks for one manifest after another; what the first answer wanted to see is shown from then on. */
function manifestReader(
  reference: RegistryReference,
  isInsecure: boolean,
  signal: AbortSignal | undefined,
): (version: string) => Promise<RegistryAnswer> {
  const { host, repository, name } = reference;
  const at = host === "docker.io" ? "registry-1.docker.io" : host;
  let scheme = "https";
  let shown: string | undefined;
  const get = async (version: string): Promise<RegistryAnswer> => {
    const url = new URL(`${scheme}://${at}/v2/${repository}/manifests/${version}`);
    const headers = { accept: manifestTypes.join(", "), ...(shown && { authorization: shown }) };
    try {
      return await askRegistry({ url, headers, isInsecure }, signal);
    } catch (error) {
      if (scheme === "http" || !isInsecure || !speaksNoTls(error)) throw error;
      scheme = "http";
      return get(version);
    }
  };
  return async (version) => {
    const notes: string[] = [];
    let answer = await get(version);
    if (answer.status === 401) {
      const challenge = challengeOf(answer.headers["www-authenticate"]);
      if (challenge === undefined)
        throw otherFailure(`The registry ${host} wants a kind of login that Plimsoll does not know.`);
      const login = await credentialsOf(host, (note) => notes.push(note));
      shown = await authorization({ host, repository, challenge, login, isInsecure }, signal);
      if (shown !== undefined) answer = await get(version);
      if (answer.status === 401 || shown === undefined) throw refused(reference, login !== undefined, notes);
    }
    switch (answer.status) {
      case 200:
        return answer;
      case 401:
      case 403:
        throw refused(reference, true, notes);
      case 404:
        throw new EngineError({ kind: "not-found", what: name }, `The registry ${host} has no ${name}.`);
      case 429:
        throw otherFailure(
          `The registry ${host} answers no more questions for a while: too many were asked. Log in, or wait.`,
        );
      default:
        throw otherFailure(`The registry ${host} cannot tell of ${name} (HTTP ${answer.status}).`);
    }
  };
}

function refused(
  { host, name }: RegistryReference,
  isLoggedIn: boolean,
  notes: readonly string[],
): EngineError {
  const what = isLoggedIn
    ? `Your login for ${host} may not read ${name}, or it is not there.`
    : `The registry ${host} tells of ${name} only to those who log in, or it is not there. Run “docker login ${host}”.`;
  return otherFailure([what, ...notes].join(" "));
}
