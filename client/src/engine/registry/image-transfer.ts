import { ask, type Call, type Connection, open } from "../connection.ts";
import { EngineError } from "../engine.ts";
import { otherFailure, toEngineError } from "../failures.ts";
import type { ImageTransfer } from "../images/store-types.ts";
import { type BuildRecord, records } from "../records.ts";
import { imageReference } from "./image-reference.ts";
import { credentialsOf, dockerHub } from "./registry-credentials.ts";

/** Fetches an image from its registry, with the login that `docker login` keeps. Without a tag `latest` is meant, never all. */
export function pull(
  connection: Connection,
  reference: string,
  platform: string | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<ImageTransfer> {
  const { name, tag } = imageReference(reference);
  const query = { fromImage: name, tag, ...(platform !== undefined && { platform }) };
  return transfer(connection, `pulling ${reference}`, reference, { path: "/images/create", query }, signal);
}

/** Sends a name of an image to the registry that it says. */
export function push(
  connection: Connection,
  reference: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<ImageTransfer> {
  const { name, tag } = imageReference(reference);
  const to = { path: `/images/${name}/push`, query: { tag } };
  return transfer(connection, `pushing ${reference}`, reference, to, signal);
}

async function* transfer(
  connection: Connection,
  doing: string,
  reference: string,
  { path, query }: Pick<Call, "path" | "query">,
  signal: AbortSignal | undefined,
): AsyncGenerator<ImageTransfer> {
  const notes: string[] = [];
  const { host } = imageReference(reference);
  const login = await loginFor(host, (sentence) => notes.push(sentence));
  const explain = (message: string) => refusal(reference, host, message, notes);
  const what: Call = { method: "POST", path, ...(query && { query }), login };
  const answer = await ask(connection, doing, signal, () => open(connection, what, signal)).catch((error) => {
    if (error instanceof EngineError && ["not-found", "other"].includes(error.failure.kind))
      throw explain(error.message);
    throw error;
  });
  const tally = tallied();
  try {
    for await (const record of records(answer)) {
      const failed = record.errorDetail?.message ?? record.error;
      if (failed !== undefined) throw explain(failed);
      yield tally(record);
    }
  } catch (error) {
    throw toEngineError(error, connection.address, doing, signal);
  } finally {
    // Left early, the engine stops too.
    answer.destroy();
  }
}

const over = new Set(["Pull complete", "Already exists", "Layer already exists", "Pushed"]);
const moves = new Set(["Downloading", "Pushing"]);

/** Sums up what the engine tells of each layer (records as of engines 20.10 to 28 and Podman 5). */
function tallied(): (record: BuildRecord) => ImageTransfer {
  const layers = new Map<string, { current: number; total: number; isDone: boolean }>();
  return ({ id, status = "", progressDetail: { current = 0, total = 0 } = {} }) => {
    // A line about the whole has the tag as id.
    if (id !== undefined && /^[0-9a-f]{12,}$/.test(id)) {
      const layer = layers.get(id) ?? { current: 0, total: 0, isDone: false };
      layers.set(id, layer);
      if (moves.has(status)) {
        layer.current = current;
        // Not told in the beginning, and at times less than what comes.
        layer.total = Math.max(total, current);
      }
      if (status === "Download complete") layer.current = layer.total;
      if (over.has(status) || status.startsWith("Mounted from")) {
        layer.isDone = true;
        layer.current = layer.total;
      }
    }
    const all = [...layers.values()];
    return {
      layers: all.length,
      layersDone: all.filter((it) => it.isDone).length,
      bytes: all.reduce((sum, it) => sum + it.current, 0),
      ofBytes: all.reduce((sum, it) => sum + it.total, 0),
    };
  };
}

/** The header X-Registry-Auth. Base64 for URLs, as Go reads it. */
async function loginFor(host: string, note: (sentence: string) => void): Promise<string> {
  const found = await credentialsOf(host, note);
  const serveraddress = host === "docker.io" ? dockerHub : host;
  const login =
    found === undefined
      ? {}
      : "identityToken" in found
        ? { identitytoken: found.identityToken, serveraddress }
        : { ...found, serveraddress };
  // Podman and engines refuse a push without the header, also where no login is needed.
  return Buffer.from(JSON.stringify(login)).toString("base64").replaceAll("+", "-").replaceAll("/", "_");
}

/** What the registry's refusal means. Wordings of engines 20.10 to 28, Docker Hub, distribution 2.8 and Podman. */
function refusal(reference: string, host: string, message: string, notes: readonly string[]): EngineError {
  const logIn = `“docker login${host === "docker.io" ? "" : ` ${host}`}”`;
  const also = notes.length > 0 ? ` ${notes.join(" ")}` : "";
  if (/no matching manifest|no image found.*platform|does not match the specified platform/i.test(message))
    return notFound(reference, `${reference} is not there for this platform.${also}`);
  if (/does not exist locally|tag does not exist|No such image|image not known/i.test(message))
    return notFound(reference, `There is no image ${reference} here.`);
  if (/manifest unknown|manifest for .* not found|name unknown|not found: manifest/i.test(message))
    return notFound(reference, `${host} has no ${reference}. See whether its name and tag are right.${also}`);
  if (/denied|unauthorized|authentication required|no basic auth|authorization failed/i.test(message))
    return otherFailure(
      `${host} refuses ${reference}: there is no such image, or it takes a login with more rights. Run ${logIn} in a terminal, then try again.${also}`,
    );
  if (
    /no such host|connection refused|i\/o timeout|TLS handshake timeout|network is unreachable|server misbehaving/i.test(
      message,
    )
  )
    return otherFailure(`The engine cannot reach ${host}: ${message.trim()}${also}`);
  return otherFailure(`${reference}: ${message.trim()}${also}`);
}

function notFound(what: string, message: string): EngineError {
  return new EngineError({ kind: "not-found", what }, message);
}
