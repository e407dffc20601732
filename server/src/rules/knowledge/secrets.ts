/**
 * Does BuildKit's check SecretsUsedInArgOrEnv take this for the name of a secret? The same words between the same
 * boundaries as in its frontend/dockerfile/dockerfile2llb/validations.go (read 2026-11).
 */
export function isSecretName(name: string): boolean {
  const isSecret = /(_|^)(apikey|auth|credentials?|key|password|pword|passwd|secret|token)(_|$)/i.test(name);
  return isSecret && !/(_|^)(public|file|version)(_|$)/i.test(name);
}

/**
 * Does hadolint's DL3064 take this for a secret, and is it one by its name? Its words count wherever a part of the name
 * ends with them, as in PGPASSWORD; those that it finds in the middle (TOKENIZERS_PARALLELISM), and names of users, are
 * no secrets (DL3064.hs, read 2026-11). Neither are keys that their makers mean to be seen in browsers.
 */
export function isSecretToHadolint(name: string): boolean {
  if (SHOWN_KEYS.test(name) || ABOUT_SECRETS.test(name)) return false;
  if (isSecretName(name)) return true;
  const isSecret = /(api_?key|client_?key|password|passwd|secret|token)(_|$)/i.test(name);
  return isSecret && !/(_|^)(public|file|path|dir|version|url|length|ttl|expiry)(_|$)/i.test(name);
}

/** `TOKEN_COOKIE_NAME`, `AUTH_TYPE`: what is said about a secret, not one. */
const ABOUT_SECRETS =
  /_(name|type|method|mode|provider|algorithm|enabled|ttl|expiry|expiration|lifetime|endpoint|issuer|audience)$/i;

/**
 * `RECAPTCHA_SITE_KEY` (Google, hCaptcha, Cloudflare's Turnstile), `STRIPE_PUBLISHABLE_KEY` (Stripe, Clerk, Supabase) and
 * `SUPABASE_ANON_KEY`: by the documentation of each, as generally known.
 */
const SHOWN_KEYS = /(^|_)(site_?key|publishable(_default)?_key|anon_key)$/i;

/**
 * Is a value no secret, whatever the name of the variable? A switch (`DISABLE_AUTH=true`), the path of a file or a socket
 * (`SSH_AUTH_SOCK=/run/ssh.sock`), or the fingerprint of somebody's public key, with which a download is verified
 * (`GPG_KEY` of the official images). BuildKit does not look at values.
 */
export function isPlainValue(name: string, value: string): boolean {
  const [, , text = value] = /^(["'])(.*)\1$/.exec(value) ?? [];
  if (/^(true|false|yes|no|on|off|0|1)$/i.test(text)) return true;
  if (/^(\/[\w.-]+){2,}$/.test(text)) return true;
  const digits = text.replaceAll(" ", "");
  const isOfKey = /(^|_)(gpg|pgp)(_|$)|fingerprint/i.test(name);
  if (isOfKey && /^(0x)?([0-9A-F]{16}|[0-9A-F]{40})$/i.test(digits)) return true;
  // As GnuPG prints fingerprints: 40 digits, in upper case. Keys of services are not written so.
  return /(^|_)(sign(ing)?|release)_keys?$/i.test(name) && /^(0x)?[0-9A-F]{40}$/.test(digits);
}

/**
 * Is the value of a variable of this name, in capitals, a secret of its own: a key, a token, the salt of sessions? Names of
 * passwords are another question, and what browsers are given is no secret.
 */
export function namesKey(name: string): boolean {
  return (
    /(?:^|_)(?:SECRET|TOKEN|API_?KEY|SECRET_KEY(?:_BASE)?|PRIVATE_KEY|ACCESS_KEY|ENCRYPTION_KEY|SIGNING_KEY|MASTER_KEY)$/.test(
      name,
    ) &&
    !/(?:^|_)PUBLIC(?:_|$)|^(?:VITE|REACT_APP)_/.test(name) &&
    !isNameOfSwitch(name)
  );
}

/** Is this the text of a secret rather than of a stand-in, a name, a path, an address or a number? */
export function looksLikeKey(value: string): boolean {
  if (value.length < 8 || /\s|[<>{}]/.test(value)) return false;
  if (/^(?:\.{0,2}\/|[a-z][a-z0-9+]*:\/\/)/i.test(value) || /^\d+[smhd]?$/.test(value)) return false;
  if (
    /(.)\1{4}|change|your|example|placeholder|dummy|insert|todo|replace|fake|sample|insecure|default/i.test(
      value,
    )
  )
    return false;
  return !/(?:^|[-_.])(?:dev|local|test|none|null|my)(?:[-_.]|$)/i.test(value);
}

/** Does a name say that something is turned on or off (`DISABLE_AUTH`, `REQUIRE_TOKEN`, `APT_KEY_DONT_WARN…`), whatever it is about? */
export function isNameOfSwitch(name: string): boolean {
  return /^(.*_)?(disable|enable|skip|allow|require|use|dont)d?_/i.test(name);
}

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

/** Where in a text a URL carries a password; undefined for variables and for what is plainly a stand-in. */
export function passwordInUrl(
  text: string,
):
  | { readonly start: number; readonly end: number; readonly host: string; readonly password: string }
  | undefined {
  // Few texts hold a URL at all, and fewer a user in one.
  const first = text.indexOf("://");
  if (first < 0 || !text.includes("@", first)) return undefined;
  for (const match of text.matchAll(
    /[a-z][a-z0-9+.-]{0,30}:\/\/([^\s:@/'"$<{]*):([^\s@/'"$<{]+)@([\w.-]+)/gi,
  )) {
    const [whole, user = "", password = "", host = ""] = match;
    if (password === user || standIns.test(password) || /^(localhost$|127\.|example\.)/.test(host)) continue;
    return { start: match.index, end: match.index + whole.length, host, password };
  }
  return undefined;
}

/** Is this what somebody writes where a secret belongs, in an example or for a build alone? */
export function isStandIn(value: string): boolean {
  return standIns.test(value);
}

const standIns =
  /^(pass(word|wd)?|pwd|secret|token|dummy|example|change_?me|placeholder|postgres|root|guest|anonymous|foobared|x+|\*+|\.+)$/i;
