import type { CommandFamily } from "./command-family.ts";

/** Makes the bundle out of what is in the certificate directories. */
export const updateCertificates: CommandFamily = {
  programs: ["update-ca-certificates", "update-ca-trust"],
  run(_, changes) {
    changes.addFeature("certificates");
    changes.mayWriteBelow("/etc/ssl/certs");
    changes.mayWriteBelow("/etc/pki");
  },
};
