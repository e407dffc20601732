const BOOLEAN = /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/;

/** As Go's `strconv.ParseBool`. */
export function isBoolean(value: string): boolean {
  return BOOLEAN.test(value);
}
