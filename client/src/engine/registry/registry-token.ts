import { otherFailure } from "../failures.ts";
import { askRegistry } from "./registry-answers.ts";
import type { RegistryCredentials } from "./registry-credentials.ts";

/** What a registry wants instead of the answer, from its header `WWW-Authenticate`. */
export interface Challenge {
  readonly scheme: "basic" | "bearer";
  readonly parameters: Readonly<Record<string, string>>;
}

/** Undefined for a scheme that no registry uses. */
export function challengeOf(header: string | undefined): Challenge | undefined {
  const [, word = "", rest = ""] = /^\s*(\w+)\s*(.*)$/s.exec(header ?? "") ?? [];
  const scheme = word.toLowerCase();
  if (scheme !== "basic" && scheme !== "bearer") return undefined;
  const found = [...rest.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g)];
  return {
    scheme,
    parameters: Object.fromEntries(
      found.map(([, name = "", quoted, bare]) => [name.toLowerCase(), quoted ?? bare ?? ""]),
    ),
  };
}

export interface TokenRequest {
  readonly host: string;
  readonly repository: string;
  readonly challenge: Challenge;
  /** Undefined for what anyone may read. */
  readonly login: RegistryCredentials | undefined;
  readonly isInsecure: boolean;
}

/**
 * The header `Authorization` that answers a challenge: the login itself, or a token that the registry's own server hands out for it
 * (distribution's token specification, read 2026-11). Undefined where a login is wanted and there is none. Throws EngineError.
 */
export async function authorization(
  { host, repository, challenge, login, isInsecure }: TokenRequest,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const basic = login && "username" in login ? basicOf(login.username, login.password) : undefined;
  if (challenge.scheme === "basic") return basic;
  const { realm = "", service = "", scope = `repository:${repository}:pull` } = challenge.parameters;
  const url = URL.canParse(realm) ? new URL(realm) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw otherFailure(`The registry ${host} names no server that hands out tokens: “${realm}”.`);
  // A login travels unencrypted only to where the engine would send it so too.
  if (login && url.protocol === "http:" && !isInsecure)
    throw otherFailure(
      `The registry ${host} wants the login sent to ${url.origin} without encryption, which is not done.`,
    );
  const answer = await (login && "identityToken" in login
    ? askRegistry(
        {
          url,
          isInsecure,
          form: {
            grant_type: "refresh_token",
            refresh_token: login.identityToken,
            service,
            scope,
            client_id: "plimsoll",
          },
        },
        signal,
      )
    : askRegistry(
        {
          url: withQuery(url, { service, scope }),
          isInsecure,
          ...(basic && { headers: { authorization: basic } }),
        },
        signal,
      ));
  if (answer.status === 401 || answer.status === 403) return undefined;
  const token = tokenIn(answer.text);
  if (answer.status !== 200 || token === undefined)
    throw otherFailure(`${url.host} hands out no token for the registry ${host} (HTTP ${answer.status}).`);
  return `Bearer ${token}`;
}

function basicOf(name: string, password: string): string {
  return `Basic ${Buffer.from(`${name}:${password}`).toString("base64")}`;
}

function withQuery(url: URL, values: Readonly<Record<string, string>>): URL {
  const whole = new URL(url);
  for (const [name, value] of Object.entries(values)) if (value !== "") whole.searchParams.set(name, value);
  return whole;
}

function tokenIn(text: string): string | undefined {
  try {
    const { token, access_token } = JSON.parse(text) as {
      readonly token?: unknown;
      readonly access_token?: unknown;
    };
    const found = token ?? access_token;
    return typeof found === "string" && found !== "" ? found : undefined;
  } catch {
    return undefined;
  }
}
