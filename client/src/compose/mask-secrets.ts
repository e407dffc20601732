import { isSecretOption, hidden as mask, namesValue, textWithoutSecrets } from "../shared/secrets.ts";

/**
 * What Compose prints for `config`, with values in place of which `•••` stands: those of names that look secret, passwords in addresses,
 * and what follows an option that names one. The text is Compose's own YAML: one entry or item a line,
 * long texts as blocks.
 */
export function maskSecrets(yaml: string): string {
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
    if (entry && said && namesValue(plain(entry[2] ?? "")) && !/^(?:null|""|''|\{\}|\[\])$/.test(said)) {
      lines.push(`${entry[1]}${entry[2]}: ${mask}`);
      // A block, or a text that goes on in the next lines.
      block = indentation;
      continue;
    }
    lines.push(textWithoutSecrets(line));
  }
  return lines.join("\n");
}

function plain(text: string): string {
  return text.replace(/^["']|["']$/g, "");
}
