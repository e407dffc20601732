import { entriesOf, mappingAt, scalarsIn, valueAt } from "../../syntax/compose/find.ts";
import { spanInside } from "../../syntax/compose/scalar-span.ts";
import type { YamlNode } from "../../syntax/compose/tree.ts";
import { source } from "../../text/source.ts";
import { firstSecretIn, type PlacedSecret } from "../knowledge/compose/secrets-beside.ts";
import { looksLikeKey } from "../knowledge/secrets/secret-values.ts";
import { composeRule } from "../rule.ts";

export const plainPasswordInResource = composeRule({
  id: "plain-password-in-resource",
  title: "Password or key written into a config or a volume",
  severity: "info",
  tags: ["security"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports a secret in plain text in \`content\` of a config, or in the options of a volume's driver: the password in an address, the
      login of a share (\`o: "username=…,password=…"\`), private keys and the tokens of well-known services.`,
    why: source`
      The file goes into version control and to whoever runs the project, and the secret with it. A config may take it from a variable, or
      be a secret with a file that is not checked in; options of a volume may take it from a variable.`,
    bad: source`
      services:
        files:
          image: example/files:1.4
          volumes: ["share:/data"]
      volumes:
        share:
          driver_opts:
            type: cifs
            device: //nas.example.com/share
            o: username=files,password=h7Gk2pQ9
                                       ^^^^^^^^ plain-password-in-resource: The password in the volume share is for everyone to read.`,
    good: source`
      services:
        files:
          image: example/files:1.4
          volumes: ["share:/data"]
      volumes:
        share:
          driver_opts:
            type: cifs
            device: //nas.example.com/share
            o: username=files,password=\${SHARE_PASSWORD}`,
  },

  check({ file }, report) {
    const tell = (what: string, name: string, found: PlacedSecret | undefined) => {
      if (found) report(found.span, `The ${found.kind} in the ${what} ${name} is for everyone to read.`);
    };
    for (const { key, value } of entriesOf(mappingAt(file.root, "configs")))
      tell("config", key.value, firstSecretIn(valueAt(value, "content"), file.text));
    for (const { key, value } of entriesOf(mappingAt(file.root, "volumes")))
      tell("volume", key.value, loginIn(valueAt(value, "driver_opts"), file.text));
  },
});

/** As mount.cifs(8) takes a login, or in the address of a device. */
function loginIn(options: YamlNode | undefined, text: string): PlacedSecret | undefined {
  for (const scalar of scalarsIn(options)) {
    const match = /(?:^|,)(?:password|pass)=([^,$\s]{4,})(?=,|$)/.exec(scalar.value);
    const password = match?.[1] ?? "";
    if (!match || !looksLikeKey(password)) continue;
    const end = match.index + match[0].length;
    return { kind: "password", span: spanInside(text, scalar, end - password.length, end) };
  }
  return firstSecretIn(options, text);
}
