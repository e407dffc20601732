import { expect, test } from "vitest";
import { maskSecrets } from "../../../client/src/compose/mask-secrets.ts";

test("what looks secret is masked, and all else is as Compose printed it", () => {
  const printed = `name: shop
services:
  api:
    build:
      args:
        NPM_TOKEN: abc
        VERSION: "1.2"
    command:
      - redis-server
      - --requirepass
      - hush
      - --port
      - "6379"
    environment:
      DATABASE_URL: postgres://shop:p:ss@db:5432/shop?sslmode=disable
      DB_PASSWORD_FILE: /run/secrets/db_password
      EMPTY_SECRET: ""
      POSTGRES_PASSWORD: 'hush: hush'
      PRIVATE_KEY: |-
        -----BEGIN
        MIIE
      UNSET_TOKEN: null
      USER: shop
    entrypoint:
      - sh
      - -c
      - curl --token=abc http://x && API_KEY=def run
    secrets:
      - source: db_password
        target: /run/secrets/db_password
secrets:
  db_password:
    name: shop_db_password
    file: /p/db.txt
`;
  expect(maskSecrets(printed)).toBe(`name: shop
services:
  api:
    build:
      args:
        NPM_TOKEN: •••
        VERSION: "1.2"
    command:
      - redis-server
      - --requirepass
      - •••
      - --port
      - "6379"
    environment:
      DATABASE_URL: postgres://shop:•••@db:5432/shop?sslmode=disable
      DB_PASSWORD_FILE: /run/secrets/db_password
      EMPTY_SECRET: ""
      POSTGRES_PASSWORD: •••
      PRIVATE_KEY: •••
      UNSET_TOKEN: null
      USER: shop
    entrypoint:
      - sh
      - -c
      - curl --token=••• http://x && API_KEY=••• run
    secrets:
      - source: db_password
        target: /run/secrets/db_password
secrets:
  db_password:
    name: shop_db_password
    file: /p/db.txt
`);
});
