const mask = "•••";

/**
 * What Compose prints for `config`, with values in place of which `•••` stands: those of names that look secret, passwords in addresses,
 * and what follows an option that names one. `looksSecret` judges a name. The text is Compose's own YAML: one entry or item a line,
 * long texts as blocks.
 */
export function maskSecrets(yaml: string, looksSecret: (name: string) => boolean): string {
  const isSecret = (name: string) => looksSecret(name) && !/_FILE$/i.test(name);
  // `--requirepass` of Redis, `--pass`.
  const isSecretOption = (name: string) => isSecret(name) || /pass$/i.test(name);
  /** Indentation of the secret whose block is being left out. */
  let block: number | undefined;
  let afterOption = false;
  const lines: string[] = [];
  for (const line of yaml.split("\n")) {
    const indentation = line.search(/\S/);
    if (block !== undefined) {
      if (indentation < 0 || indentation > block) continue;
      block = undefined;
    }
    const [, start = "", value = ""] = /^(\s*- )(.+)$/.exec(line) ?? [];
    if (afterOption && value !== "" && !/^["']?--/.test(value)) {
      lines.push(start + mask);
      afterOption = false;
      continue;
    }
    const option = /^["']?--?([\w-]+)["']?$/.exec(value)?.[1];
    afterOption = option !== undefined && isSecretOption(option);

    const entry = /^(\s*(?:- )?)("[^"]*"|'[^']*'|[\w.$/-]+):(?: (.*))?$/.exec(line);
    const said = entry?.[3];
    if (entry && said && isSecret(plain(entry[2] ?? "")) && !/^(?:null|""|''|\{\}|\[\])$/.test(said)) {
      lines.push(`${entry[1]}${entry[2]}: ${mask}`);
      // A block, or a text that goes on in the next lines.
      block = indentation;
      continue;
    }
    lines.push(maskInText(line, isSecretOption));
  }
  return lines.join("\n");
}

function maskInText(line: string, isSecret: (name: string) => boolean): string {
  return line
    .replace(/([a-z][\w+.-]*:\/\/[^\s:@/]*:)[^\s@/]+(@)/gi, `$1${mask}$2`)
    .replace(/([A-Za-z_][\w.-]*)=("[^"]*"|'[^']*'|[^\s"',;&]+)/g, (all, name: string) =>
      isSecret(name) ? `${name}=${mask}` : all,
    );
}

function plain(text: string): string {
  return text.replace(/^["']|["']$/g, "");
}
