/**
 * Do these words of a call make npm go on where it would refuse? It takes `-f` among other letters and with two dashes, and `--force`
 * by a beginning that no other option has (tried with npm 11.19).
 */
export function npmForces(words: readonly string[]): boolean {
  return words.some((it) => /^(?:-[a-z]*f[a-z]*|--f|--forc|--force(?:=(?!false$).*)?)$/i.test(it));
}
