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

/** Does a name say that something is turned on or off (`DISABLE_AUTH`, `REQUIRE_TOKEN`, `APT_KEY_DONT_WARN…`), whatever it is about? */
export function isNameOfSwitch(name: string): boolean {
  return /^(.*_)?(disable|enable|skip|allow|require|use|dont)d?_/i.test(name);
}
