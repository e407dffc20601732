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
    // What it fetches and where may stand in a file.
    if (options.has("-K") || options.has("--config")) changes.mayWriteBelow("/");
    for (const name of ["-o", "--output"]) {
      const output = options.get(name);
      if (!options.has(name) || output === "-") continue;
      // `#1` stands for what a pattern in the address stands for.
      if (output !== undefined && /#\d/.test(output))
        mayWriteBelowOperand(call, changes, directory ?? output.replace(/[^/]*#\d.*$/, "."));
      else writeTo(call, changes, inDirectory(directory, output));
    }
    const isNamedByServer = options.has("-J") || options.has("--remote-header-name");
    if (!isNamedByServer && !["-O", "--remote-name", "--remote-name-all"].some((it) => options.has(it)))
      return;
    for (const url of operands) {
      const file = url === undefined || /[{}[\]]/.test(url) ? undefined : nameIn(url.replace(/[?#].*$/, ""));
      if (file === undefined || isNamedByServer) mayWriteBelowOperand(call, changes, directory ?? ".");
      else writeTo(call, changes, inDirectory(directory, file));
    }
  },
};

function inDirectory(directory: string | undefined, file: string | undefined): string | undefined {
  return directory === undefined || file === undefined ? file : joinPath(directory, file);
}

const WGET_OPTIONS = optionSet(
  "-O --output-document -P --directory-prefix -o --output-file -a -t --tries -T --timeout --header --user-agent -U -w --wait --user --password " +
    "-i --input-file -e --execute -l --level -A --accept -R --reject -D --domains -I -X -Q --quota -B --base",
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
    if (NAMED_OTHERWISE.some((it) => options.has(it))) {
      mayWriteBelowOperand(call, changes, directory ?? ".");
      return;
    }
    for (const url of operands) writeNamed(call, changes, url, directory);
  },
};

/** With these the server or a list says what it is called, or directories are made (wget(1) 1.21). */
const NAMED_OTHERWISE: readonly string[] = [
  ...["--content-disposition", "--trust-server-names", "-E", "--adjust-extension", "-i", "--input-file"],
  ...["-r", "--recursive", "-m", "--mirror", "-p", "--page-requisites", "-x", "--force-directories"],
];

function writeNamed(
  call: Call,
  changes: Parameters<CommandFamily["run"]>[1],
  url: string | undefined,
  directory: string | undefined,
): void {
  // What is asked for behind `?` belongs to the name.
  const file = url === undefined ? undefined : nameIn(url.replace(/#.*$/, ""));
  const at = pathOf(call, directory ?? ".");
  if (file === undefined || file.includes("?") || at === undefined)
    mayWriteBelowOperand(call, changes, directory ?? ".");
  else changes.write(joinPath(at, file), "file");
}

function nameIn(url: string): string | undefined {
  const name = baseName(url);
  return name === "" ? undefined : name;
}
