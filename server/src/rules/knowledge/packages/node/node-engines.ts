import { isBefore } from "../../../../text/version-order.ts";

/**
 * The Node.js that a package demands in its `engines`, by the version of it that a manifest asks for at least; undefined where none is known,
 * or the version may be any.
 */
export function nodeDemandedBy(name: string, version: string): string | undefined {
  const [, least] = /^[~^=v]*(\d+(?:\.\d+){0,2})(?:\.x)?$/.exec(version) ?? [];
  return least === undefined
    ? undefined
    : ENGINES.get(name)?.findLast(([from]) => !isBefore(least, from))?.[1];
}

/**
 * By package: from which version on it demands which Node.js at least, from 18 on. What all later versions of the same major version
 * demand too (`engines` of every release in the npm registry, read 2026-11-27).
 */
const ENGINES: ReadonlyMap<string, readonly (readonly [from: string, node: string])[]> = new Map(
  `
  @angular-devkit/build-angular 17:18.13 18:18.19.1 20:20.19 22:22.22.3
  @angular/build 18:18.19.1 20:20.19 22:22.22.3
  @angular/cli 17:18.13 18:18.19.1 20:20.19 22:22.22.3
  @apollo/server 5:20
  @aws-sdk/client-s3 3.723:18 3.968:20
  @babel/core 8:22.18
  @commitlint/cli 18:18 21:22.12
  @google-cloud/pubsub 5:18 6:22
  @google-cloud/storage 7.22:18 8:22
  @hono/node-server 1:18 1.2.1:18.14.1 2:20
  @nestjs/cli 11:20.11
  @octokit/rest 20:18 22:20
  @playwright/test 1.45:18 1.62:20
  @react-router/dev 7:20 8:22.22
  @sentry/nextjs 9:18 11:20.19
  @sentry/node 9:18 11:20.19
  @storybook/react 8:18 9:20
  @sveltejs/kit 2:18.13 3:22.17
  @vitejs/plugin-react 5:20.19
  @vitejs/plugin-react-swc 4:20.19
  @vitejs/plugin-vue 5:18 6:20.19
  astro 3:18.14.1 4.6:18.17.1 5.8:18.20.8 6:20.19.1 6.0.6:22.12
  chalk 6:22
  cheerio 1:18.17 1.1.1:20.18.1
  chokidar 5:20.19 6:22.22
  commander 12:18 14:20 15:22.12
  concurrently 9:18 10:22
  cross-env 10:20
  css-loader 7:18.12
  cypress 14:18 15.3:20.1
  eslint 9:18.18 10:20.19
  execa 9:18 9.2:18.19 10:22
  expo 58:22.13
  file-type 19:18 21:20 22:22
  firebase-admin 13:18 14:22
  glob 11:20 13:18
  googleapis 150.0.1:18 178.1.1:22
  got 14:20 15:22
  graphql 17:22
  helmet 8:18
  husky 9.0.1:18
  inquirer 9.2.14:18 13:20.12 14.0.1:20.17
  ioredis 6:20
  jest 30:18.14
  jsdom 23:18 27:20 27.1:20.19 30:22.22.2
  lerna 8:18 9:20.19 10:22.13 10.1.1:22.22.2
  less 4.6:18
  lint-staged 15:18.12 16:20.17 17:22.22.1
  lru-cache 11:20
  marked 10:18 16:20
  metro 0.77:18 0.81:18.18 0.83:20.19.4 0.85:22.13
  mongodb 7:20.19
  mongoose 9:20.19
  nanoid 5:18 6:22
  nanostores 0.10:18 1.0.1:20
  next 14:18.17 15:18.18 16:20.9
  nodemailer 10:20
  nuxt 3.15:18.12 3.17.6:20.9 3.18:20.19 4.4.6:22.12 4.5:22.19
  ora 8:18 9:20
  p-limit 5:18 7:20
  p-queue 8:18 9:20 10:22
  playwright 1.45:18 1.62:20
  pm2 7:18
  postcss-loader 8:18.12
  prisma 6:18.18 7:20.19
  puppeteer 22:18 25.0.2:22.12
  react-native 0.73:18 0.81:20.19.4 0.87:22.13
  react-router 7:20 8:22.22
  redis 5:18 5.12:18.19 6:20
  release-it 17:18 17.2:18.18 18:20.9 19.0.2:20.12 20:20.19 21:22.21 21.1:22.22.2
  rimraf 6:20
  sass 1.100:20.19
  sass-loader 14:18.12 17:22.11
  semantic-release 20:18 22:18.17 23:20.8.1 25:22.14
  sharp 0.33:18.17 0.35:20.9
  stylelint 16:18.12 17:20.19 18:22.22.2
  typeorm 1:20.19
  typescript-eslint 7.3:18.18
  undici 6:18 6.14:18.17 7:20.18.1 8:22.19
  vite 5:18 7:20.19
  vitest 1:18 4:20 5:22.12
  webpack-dev-server 5:18.12 6:22.15
  wrangler 4:18 4.49:20 4.77:20.3 4.87:22 4.160:22.12
  yargs 18:20.19
`
    .trim()
    .split("\n")
    .map((line) => {
      const [name = "", ...rows] = line.trim().split(" ");
      return [name, rows.map((it) => it.split(":") as [string, string])] as const;
    }),
);
