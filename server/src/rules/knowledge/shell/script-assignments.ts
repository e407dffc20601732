/** Does a script set a variable: `NAME=`, `for NAME in`, `read NAME`? */
export function assigns(script: string, name: string): boolean {
  return new RegExp(
    `(?:^|[\\s;&|("'])(?:${name}=|for\\s+${name}\\s+in\\s|read\\s+(?:-\\w+\\s+)*${name}\\b)`,
  ).test(script);
}
