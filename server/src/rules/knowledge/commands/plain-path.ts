/** Is a word the path of a file, relative or absolute, in which nothing is expanded? A name alone is one too. */
export function isPlainPath(word: string): boolean {
  return PLAIN.test(word);
}

const PLAIN = /^(?:\.{0,2}\/)?[\w.@+-]+(?:\/[\w.@+-]+)*$/;
