import type { ShellWord } from "../../../syntax/shell/script.ts";
import { readOptions } from "../shell/shell-options.ts";

/** Options of curl and GNU wget that take a value (curl 8.17 and wget 1.25 manuals, read 2026-11). */
const CURL_VALUED =
  "A b c C d D e E F h H K m o P Q r t T u U w x X y Y z cacert capath cert ciphers config connect-timeout cookie cookie-jar " +
  "create-file-mode data data-binary data-raw data-urlencode dump-header form header interface key limit-rate max-filesize " +
  "max-redirs max-time noproxy output output-dir pass pinnedpubkey proto proto-default proxy proxy-user range referer request " +
  "resolve retry retry-delay retry-max-time socks5 socks5-hostname speed-limit speed-time tls-max unix-socket upload-file url " +
  "user user-agent write-out";

export const WGET_VALUED =
  "a A B D e i I l o O P Q R t T U w X n append-output accept base body-data body-file ca-certificate certificate compression " +
  "config connect-timeout cut-dirs default-page directory-prefix dns-timeout execute header http-password http-user " +
  "input-file level limit-rate load-cookies max-redirect method output-document output-file password post-data post-file " +
  "prefer-family private-key proxy-password proxy-user quota read-timeout referer reject restrict-file-names " +
  "save-cookies secure-protocol timeout tries user user-agent wait waitretry retry-on-http-error";

/** What curl or wget fetches: the words that are URLs, with or without a scheme. */
export function downloadedUrls(program: string, words: readonly ShellWord[]): ShellWord[] {
  const { options, operands } = readOptions(words, valuedOf(program));
  const named = options.filter((it) => it.name === "url").flatMap((it) => it.valueWord ?? it.word);
  return [...operands, ...named];
}

/** The options of a call of curl or wget. */
export function downloadOptions(program: string, words: readonly ShellWord[]) {
  return readOptions(words, valuedOf(program)).options;
}

function valuedOf(program: string): string {
  return program === "curl" ? CURL_VALUED : WGET_VALUED;
}

/** The host of a URL as written; undefined when a variable is part of it, or it has no scheme. */
export function hostOf(url: string): string | undefined {
  const [, host] = /^["']?[a-z]+:\/\/(?:[^/@"']*@)?(\[[^\]]*\]|[^/:"'?#]*)/i.exec(url) ?? [];
  return host === undefined || host === "" || host.includes("$") ? undefined : host;
}

/** Is this a host of the build's own machine or network, that no certificate is made for? */
export function isLocalHost(host: string): boolean {
  if (/^\[/.test(host)) return /^\[(::1|f[cde])/i.test(host);
  if (/^(127|10)\.|^192\.168\.|^169\.254\.|^172\.(1[6-9]|2\d|3[01])\./.test(host))
    return /^[\d.]+$/.test(host);
  return (
    !host.includes(".") ||
    /\.(local|localhost|internal|intranet|lan|home|corp|test|svc|cluster)\.?$/i.test(host)
  );
}
