/** An object of JSON with comments and commas at the end, as TypeScript and others read it; undefined for anything else. */
export function readJsonWithComments(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(withoutComments(text));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The texts among the values of an object. */
export function textsOf(value: unknown): Record<string, string> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((it): it is [string, string] => typeof it[1] === "string"),
  );
}

function withoutComments(text: string): string {
  return text
    .replace(/^\uFEFF/, "")
    .replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (it) => (it.startsWith('"') ? it : " "))
    .replace(/"(?:[^"\\\n]|\\.)*"|,(?=\s*[}\]])/g, (it) => (it === "," ? "" : it));
}
