import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { output } from "../../setup/programs.ts";

/** Folders with `ca.pem`, `cert.pem` and `key.pem`, as Docker has them. */
export interface Certificates {
  readonly server: string;
  readonly client: string;
}

/** Makes an authority, and what it signs for a server called `localhost` and for a client, below a folder. Takes the program openssl. */
export async function makeCertificates(folder: string): Promise<Certificates> {
  mkdirSync(folder, { recursive: true });
  const at = (...parts: string[]) => path.join(folder, ...parts);
  const openssl = (...args: readonly string[]) => output("openssl", args);
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  await openssl(
    ...["req", "-x509", ...newKey, "-days", "2", "-subj", "/CN=plimsoll test authority"],
    ...["-keyout", at("ca-key.pem"), "-out", at("ca.pem")],
  );
  for (const [name, extension] of [
    ["server", "subjectAltName=DNS:localhost"],
    ["client", "extendedKeyUsage=clientAuth"],
  ] as const) {
    mkdirSync(at(name));
    const request = ["req", ...newKey, "-subj", `/CN=${name}`];
    await openssl(...request, "-keyout", at(name, "key.pem"), "-out", at(name, "request.pem"));
    writeFileSync(at(name, "extensions"), `${extension}\n`);
    await openssl(
      ...["x509", "-req", "-in", at(name, "request.pem"), "-CA", at("ca.pem"), "-CAkey", at("ca-key.pem")],
      ...["-CAcreateserial", "-days", "2", "-extfile", at(name, "extensions"), "-out", at(name, "cert.pem")],
    );
    await openssl("x509", "-in", at("ca.pem"), "-out", at(name, "ca.pem"));
  }
  return { server: at("server"), client: at("client") };
}
