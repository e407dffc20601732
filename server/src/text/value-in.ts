/** What a table says of a name that a user wrote: nothing of those that every object of JavaScript has, `constructor` for one. */
export function valueIn<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
