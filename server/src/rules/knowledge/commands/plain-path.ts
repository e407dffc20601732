/** Is a word the path of a file, relative or absolute, in which nothing is expanded? A name alone is one too. */
export function isPlainPath(word: string): boolean {
  return PLAIN.test(word);
}

const PLAIN = /^(?:\.{0,2}\/)?[\w.@+-]+(?:\/[\w.@+-]+)*$/;

/** A plain path that a layer may have: what the kernel shows is in none, and `-` is standard input. A `/` may stand at its end. */
export function isPathOfLayer(literal: string): boolean {
  return isPlainPath(literal.replace(/(?<=.)\/+$/, "")) && !/^-|^\/(dev|proc|sys)\//.test(literal);
}
