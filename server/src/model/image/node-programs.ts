/**
 * Programs of npm's packages that images start by name, and that nothing else brings (npmjs.com, as generally known, 2026-11). A
 * project's own are in its node_modules/.bin.
 */
export const PACKAGE_PROGRAMS: ReadonlySet<string> = new Set(
  (
    "nodemon pm2 tsc ts-node tsx nest ng vite next nuxt concurrently cross-env prisma turbo nx lerna sequelize knex typeorm " +
    "react-scripts webpack eslint jest vitest"
  ).split(" "),
);
