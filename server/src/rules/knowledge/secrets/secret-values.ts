/**
 * Is a value no secret, whatever the name of the variable? A switch (`DISABLE_AUTH=true`), the path of a file or a socket
 * (`SSH_AUTH_SOCK=/run/ssh.sock`), or the fingerprints of public keys, with which a download is verified (`GPG_KEY` of the
 * official images). BuildKit does not look at values.
 */
export function isPlainValue(name: string, value: string): boolean {
  const [, , text = value] = /^(["'])(.*)\1$/.exec(value) ?? [];
  if (isSwitch(text)) return true;
  if (/^(\/[\w.-]+){2,}$/.test(text)) return true;
  const areAll = (pattern: RegExp) =>
    pattern.test(text.replaceAll(" ", "")) || text.split(/\s+/).every((it) => pattern.test(it));
  const isOfKey = /(^|_)(gpg|pgp)(_|$)|fingerprint/i.test(name);
  if (isOfKey && areAll(/^(0x)?([0-9A-F]{16}|[0-9A-F]{40})$/i)) return true;
  // As GnuPG prints fingerprints: 40 digits, in upper case. Keys of services are not written so.
  return /(^|_)(sign(ing)?|release)_keys?$/i.test(name) && areAll(/^(0x)?[0-9A-F]{40}$/);
}

/** Does it turn something on or off? */
export function isSwitch(value: string): boolean {
  return /^(?:true|false|yes|no|on|off|0|1)$/i.test(value);
}

/** Is this the text of a secret rather than of a stand-in, a name, a path, an address or a number? */
export function looksLikeKey(value: string): boolean {
  if (value.length < 8 || /\s|[<>{}]/.test(value)) return false;
  if (/^(?:\.{0,2}\/|[a-z][a-z0-9+]*:\/\/)/i.test(value) || /^\d+[smhd]?$/.test(value)) return false;
  if (holdsStandIn(value) || /(.)\1{4}|insecure|default/i.test(value)) return false;
  return !/(?:^|[-_.])(?:dev|local|test|none|null|my)(?:[-_.]|$)/i.test(value);
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

/** Is there a word in it that says that the secret is still to be written here: `change-me-please`, `your_token`? */
export function holdsStandIn(value: string): boolean {
  return /change|your|example|placeholder|dummy|insert|todo|replace|fake|sample/i.test(value);
}
