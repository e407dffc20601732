import { tokenIn } from "../../../../../client/src/shared/secrets.ts";
import { looksLikeKey, passwordInUrl } from "./secret-values.ts";
import { loginWritten, propertyWritten, settingWritten } from "./written-secrets.ts";

/** What a file is by its name, when that is always a secret. */
export function secretFileKind(path: string): string | undefined {
  // One look for what stands in all of the names below.
  if (!/\.(env|key|pem|netrc|pgpass|git-|pypirc|htpasswd|aws|kube|docker)|id_/.test(path)) return undefined;
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (/^\.env(\.(local|prod|production|staging|dev|development|secret|secrets))?(\.local)?$/.test(name)) {
    return "a file of environment variables";
  }
  if (/^id_(rsa|dsa|ecdsa|ed25519)(_sk)?$/.test(name)) return "a private SSH key";
  if (/^(server|client|private|privkey|tls|ssl|domain|localhost|key)([._-]\w+)*\.key$/.test(name))
    return "a private key";
  if (/^(privkey|private[._-]?key)\w*\.pem$/.test(name)) return "a private key";
  if (/^\.(netrc|pgpass|git-credentials|pypirc|htpasswd)$/.test(name)) return "a file of passwords";
  if (/(^|\/)\.aws\/credentials$/.test(path)) return "a file of AWS credentials";
  if (/(^|\/)\.kube\/config$/.test(path)) return "a file of Kubernetes credentials";
  if (/(^|\/)\.docker\/config\.json$/.test(path)) return "a file of registry credentials";
  return undefined;
}

/** What a file is by its text, when that is always a secret; asked only of names that `mayHoldSecret` lets through. */
export function secretTextKind(path: string, text: string): string | undefined {
  if (/^-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/m.test(text)) return "a private key";
  if (path.endsWith(".json") && /"private_key"\s*:\s*"-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text))
    return "a key of a Google service account";
  if (tokenIn(text)) return "a file with a token";
  if (/(^|\/)(master|production)\.key$/.test(path))
    return /^[0-9a-f]{32}\s*$/.test(text) ? "the master key of Rails" : undefined;
  for (const { name, kind, holds } of files) if (name.test(path)) return holds(text) ? kind : undefined;
  return undefined;
}

/** Only of a server that has a full name: others are of the same machine or project, as for development. */
const CONNECTION =
  /\b(?:server|data source|host)=[\w-]+\.[\w.-]*[a-z]{2}[,;:][^"\n]{0,200}?\b(?:password|pwd)=([^";\n]{4,})/gi;

const PASSWORDS = "a file with a password";
const TOKENS = "a file with a token of a registry";
const holdsSetting = (text: string) => settingWritten(text) !== undefined;
const holdsProperty = (text: string) => propertyWritten(text) !== undefined;

/** Files of tools, by what they are called (their documentation, read 2026-11). Each tool puts variables in by its own rules. */
const files: readonly {
  readonly name: RegExp;
  readonly kind: string;
  readonly holds: (text: string) => boolean;
}[] = [
  { name: /(^|\/)\.?npmrc$|(^|\/)\.yarnrc\.yml$/, kind: TOKENS, holds: holdsSetting },
  { name: /(^|\/)(nuget\.config|[\w.-]*settings[\w.-]*\.xml)$/i, kind: PASSWORDS, holds: holdsSetting },
  { name: /(^|\/)auth\.json$/, kind: PASSWORDS, holds: holdsSetting },
  {
    name: /(^|\/)[._]?netrc$/,
    kind: PASSWORDS,
    holds: (text) => loginWritten(text) !== undefined,
  },
  { name: /(^|\/)pip\.conf$/, kind: PASSWORDS, holds: (text) => passwordInUrl(text) !== undefined },
  {
    name: /(^|\/)gradle\.properties$/,
    kind: PASSWORDS,
    holds: holdsProperty,
  },
  {
    name: /(^|\/)application-prod(uction)?\.(ya?ml|properties)$/,
    kind: PASSWORDS,
    holds: holdsProperty,
  },
  {
    name: /(^|\/)appsettings(\.Production)?\.json$/,
    kind: PASSWORDS,
    holds: (text) => [...text.matchAll(CONNECTION)].some((it) => looksLikeKey(it[1] ?? "")),
  },
  {
    name: /(^|\/)\.cargo\/credentials(\.toml)?$/,
    kind: TOKENS,
    holds: (text) => /^\s*token\s*=\s*"[^"\s$]{16,}"/m.test(text),
  },
  {
    name: /(^|\/)(kubeconfig|\.?kube\/config)$/,
    kind: "a file of Kubernetes credentials",
    holds: holdsSetting,
  },
  {
    name: /(^|\/)(prod|production)\.secret\.exs$/,
    kind: "a file of secrets of Phoenix",
    holds: (text) => /\bsecret_key_base:\s*"[^"\s$]{64,}"/.test(text),
  },
];

/** Is a look into the file worth its while? */
export function mayHoldSecret(path: string): boolean {
  return (
    /\.(pem|key)$/.test(path) ||
    files.some(({ name }) => name.test(path)) ||
    /(^|\/)([\w.-]*(service[_-]?account|credentials?|gcp|gcloud|google)[\w.-]*|key|sa)\.json$/i.test(path)
  );
}
