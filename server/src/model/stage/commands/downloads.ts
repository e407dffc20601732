import { baseName, joinPath } from "../paths.ts";
import {
  type Call,
  type CommandFamily,
  mayWriteBelowOperand,
  optionSet,
  pathOf,
  readWords,
  writeTo,
} from "./command-family.ts";

const CURL_OPTIONS = optionSet(
  "-o --output --output-dir -H --header -d --data -X --request -u --user -A --user-agent -b --cookie -e --referer -m --max-time --retry --retry-delay --connect-timeout -T --cacert -x --proxy -w --write-out --proto --create-file-mode -F",
);

/** Prints what it fetches, or writes it where `-o` or `-O` says. */
export const curl: CommandFamily = {
  programs: ["curl"],
  run(call, changes) {
    const { options, operands } = readWords(call.words, CURL_OPTIONS);
    const directory = options.get("--output-dir");
    for (const name of ["-o", "--output"])
      if (options.has(name) && options.get(name) !== "-") writeTo(call, changes, options.get(name));
    if (
      !options.has("-O") &&
      !options.has("--remote-name") &&
      !options.has("--remote-name-all") &&
      !options.has("-J")
    )
      return;
    for (const url of operands) {
      const file = nameIn(url);
      if (file === undefined || options.has("-J")) mayWriteBelowOperand(call, changes, directory ?? ".");
      else writeTo(call, changes, directory === undefined ? file : joinPath(directory, file));
    }
  },
};

const WGET_OPTIONS = optionSet(
  "-O --output-document -P --directory-prefix -o --output-file -a -t --tries -T --timeout --header --user-agent -U -w --wait --user --password",
);

/** Writes a file named as the URL ends, unless `-O` says where; `-O -` prints. */
export const wget: CommandFamily = {
  programs: ["wget"],
  run(call, changes) {
    const { options, operands } = readWords(call.words, WGET_OPTIONS);
    const output = ["-O", "--output-document"].find((it) => options.has(it));
    if (output !== undefined) {
      if (options.get(output) !== "-") writeTo(call, changes, options.get(output));
      return;
    }
    const directory = options.get("-P") ?? options.get("--directory-prefix");
    for (const url of operands) writeNamed(call, changes, url, directory);
  },
};

function writeNamed(
  call: Call,
  changes: Parameters<CommandFamily["run"]>[1],
  url: string | undefined,
  directory: string | undefined,
): void {
  const file = nameIn(url);
  const at = pathOf(call, directory ?? ".");
  if (file === undefined || at === undefined) mayWriteBelowOperand(call, changes, directory ?? ".");
  else changes.write(joinPath(at, file), "file");
}

function nameIn(url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  const name = baseName(url.replace(/[?#].*$/, ""));
  return name === "" ? undefined : name;
}
