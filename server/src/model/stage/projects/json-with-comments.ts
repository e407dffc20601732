import { readJsonObject } from "../../../text/json.ts";
/** An object of JSON with comments and commas at the end, as TypeScript and others read it; undefined for anything else. */
export function readJsonWithComments(text: string): Readonly<Record<string, unknown>> | undefined {
  return readJsonObject(withoutComments(text));
}

function withoutComments(text: string): string {
  return text
    .replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (it) => (it.startsWith('"') ? it : " "))
    .replace(/"(?:[^"\\\n]|\\.)*"|,(?=\s*[}\]])/g, (it) => (it === "," ? "" : it));
}
