/** Programs whose absence other rules report: package managers, and those that make users. */
export function isReportedElsewhere(program: string): boolean {
  return elsewhere.has(program);
}

const elsewhere: ReadonlySet<string> = new Set(
  (
    "apk apt apt-get apt-cache apt-key apt-mark aptitude dpkg dnf microdnf yum tdnf rpm zypper pacman brew sudo doas " +
    "useradd usermod userdel groupadd groupmod groupdel adduser addgroup deluser delgroup"
  ).split(" "),
);
