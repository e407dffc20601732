/** A text of JavaScript, Gradle and the like without its comments; those of a line count where a blank stands in front of them, as `//` is in addresses too. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/[^\n]*/g, "$1");
}
