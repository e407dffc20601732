import type { FilesOfImage } from "./image-files.ts";
import { join } from "./image-tree.ts";

/** Where Go looks for certificates (crypto/x509/root_linux.go, 1.26), which covers what OpenSSL builds of the distributions do. */
const bundles = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/pki/tls/cacert.pem",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/ssl/cert.pem",
];
const certificateFolder = "/etc/ssl/certs";

/** The bundle or folder of certificates that programs find. Null when there are none, undefined when it is not known. */
export async function certificatesOf(files: FilesOfImage): Promise<string | null | undefined> {
  for (const path of bundles) {
    const file = await files.find(path);
    if (file && !file.isDirectory && file.size > 0) return path;
  }
  // Without a bundle Go reads every file of the folder.
  const folder = await files.find(certificateFolder);
  if (!folder?.isDirectory) return null;
  await files.readDirectory(folder.path);
  const certificate = files.tree.namesIn(folder.path).find((it) => {
    const file = files.tree.resolve(join(folder.path, it));
    return (
      /\.(pem|crt|0)$/.test(it) && (file.is === "unknown" || (file.is === "there" && file.entry.size > 0))
    );
  });
  if (certificate !== undefined) return certificateFolder;
  return files.tree.isComplete(folder.path) ? null : undefined;
}
