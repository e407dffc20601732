import { parseDotenv } from "../../../syntax/dotenv/parse.ts";

/** `NAME=value` for an `.env` or `env_file`, in quotes where it needs some. Undefined where the file cannot hold this text. */
export function dotenvLine(name: string, value: string): string | undefined {
  // Most are plain, and need no reading.
  if (/^[A-Za-z_]\w*=[\w.-]+$/.test(`${name}=${value}`)) return `${name}=${value}`;
  const forms = [`${name}=${value}`, `${name}='${value}'`, `${name}="${value}"`];
  return forms.find((line) => {
    const { entries, problems } = parseDotenv(`${line}\n`);
    const [entry] = entries;
    // A dollar outside of single quotes is a variable, and blanks at the ends are easily lost.
    const isPlain =
      entry?.quote === "single" ||
      (entry?.quote === "double" && !/["$\\`\r\n]/.test(value)) ||
      /^(?:[^\s"'#$\\`][^\s#$\\`]*(?: [^\s#$\\`]+)*)?$/.test(value);
    return (
      entries.length === 1 &&
      problems.length === 0 &&
      entry?.name === name &&
      entry.value === value &&
      isPlain
    );
  });
}
