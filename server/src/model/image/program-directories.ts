/** Where a shell looks for programs in every distribution, in this order; PATH may name more. */
export const PROGRAM_DIRECTORIES: readonly string[] = [
  "/usr/local/sbin",
  "/usr/local/bin",
  "/usr/sbin",
  "/usr/bin",
  "/sbin",
  "/bin",
];
