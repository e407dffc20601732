import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { EngineError } from "../engine.ts";
import { cancelled, otherFailure, throwIfAborted } from "../failures.ts";

export interface RegistryAnswer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
}

export interface RegistryQuestion {
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as a form, by POST. */
  readonly form?: Readonly<Record<string, string>>;
  /** The certificate is not looked at, as the engine is set up for this registry. */
  readonly isInsecure: boolean;
}

/** A manifest is some kilobytes; the distribution specification says that 4 MiB have to do. */
const longest = 4 * 1024 * 1024;
/** ms until a registry has to answer. */
const patience = 20_000;

/** More than any registry sends one around. */
const mostRedirects = 5;

/**
 * Asks a registry, and whom it sends to (registry.k8s.io does so for manifests); a login is shown to the first host alone. Throws
 * EngineError.
 */
export async function askRegistry(
  question: RegistryQuestion,
  signal: AbortSignal | undefined,
): Promise<RegistryAnswer> {
  let { url, headers = {}, isInsecure } = question;
  for (let left = mostRedirects; ; left--) {
    const answer = await askOnce({ ...question, url, headers, isInsecure }, signal);
    const { location } = answer.headers;
    if (![301, 302, 303, 307, 308].includes(answer.status) || location === undefined) return answer;
    const next = URL.canParse(location, url) ? new URL(location, url) : undefined;
    if (next === undefined || left === 0 || question.form !== undefined)
      throw otherFailure(`The registry ${question.url.host} sends elsewhere without end, or to no address.`);
    if (next.host !== url.host) {
      const { authorization: _, ...others } = headers;
      headers = others;
      isInsecure = false;
    }
    if (next.protocol !== "https:" && !isInsecure)
      throw otherFailure(
        `The registry ${question.url.host} sends to ${next.origin}, which is not encrypted.`,
      );
    url = next;
  }
}

/**
 * Asks one question and reads the answer to its end. Through Node's own modules and not `fetch`, as VS Code puts the user's
 * proxy and certificates into these. Throws EngineError.
 */
function askOnce(
  { url, headers, form, isInsecure }: RegistryQuestion,
  signal: AbortSignal | undefined,
): Promise<RegistryAnswer> {
  throwIfAborted(signal);
  const limit = AbortSignal.timeout(patience);
  const body = form && new URLSearchParams({ ...form }).toString();
  return new Promise((resolve, reject) => {
    const fail = (error: Error & { readonly code?: string }) =>
      reject(
        signal?.aborted
          ? cancelled()
          : unreachable(url.host, limit.aborted ? "ETIMEDOUT" : error.code, error),
      );
    const options = {
      method: body === undefined ? "GET" : "POST",
      headers: {
        "user-agent": "plimsoll",
        ...headers,
        ...(body !== undefined && { "content-type": "application/x-www-form-urlencoded" }),
      },
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    };
    const answered = (answer: IncomingMessage) => {
      const pieces: Buffer[] = [];
      let bytes = 0;
      answer.on("data", (piece: Buffer) => {
        bytes += piece.length;
        if (bytes > longest) answer.destroy(new Error("it answers more than a manifest can be"));
        else pieces.push(piece);
      });
      answer.on("error", fail);
      answer.on("end", () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          text: Buffer.concat(pieces).toString(),
        }),
      );
    };
    const sent =
      url.protocol === "https:"
        ? httpsRequest(url, { ...options, rejectUnauthorized: !isInsecure }, answered)
        : httpRequest(url, options, answered);
    sent.on("error", fail);
    sent.end(body);
  });
}

/** `isPlain`: the other end may be one that speaks HTTP without TLS. */
class RegistryUnreachable extends EngineError {
  readonly isPlain: boolean;
  constructor(message: string, isPlain: boolean) {
    super({ kind: "other", message }, message);
    this.isPlain = isPlain;
  }
}

/** Whether the other end may understand HTTP without TLS. */
export function speaksNoTls(error: unknown): boolean {
  return error instanceof RegistryUnreachable && error.isPlain;
}

function unreachable(host: string, code: string | undefined, { message }: Error): EngineError {
  const why = (sentence: string, isPlain = false) => new RegistryUnreachable(sentence, isPlain);
  switch (code) {
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return why(`The registry ${host} is not known here. Check the name, and the network.`);
    case "ECONNREFUSED":
      return why(`Nothing answers at the registry ${host}.`, true);
    case "ETIMEDOUT":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return why(`The registry ${host} does not answer. Check the network.`);
    default:
      if (/CERT|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET)/.test(code ?? ""))
        return otherFailure(`The certificate of the registry ${host} cannot be trusted: ${message}.`);
      return why(
        `The registry ${host} cannot be asked: ${message}.`,
        /EPROTO|ECONNRESET|SSL/.test(code ?? ""),
      );
  }
}
