import { hook } from "./parts.ts";
import { flag, key, list, mapping, oneOf, orEmpty, type Shape, text, textOrSet } from "./shape.ts";

/** `develop` of a service: what `docker compose watch` does (compose-spec develop.md, read 2026-11). */
export const develop: Shape = orEmpty(
  mapping({
    watch: key(
      "Paths that are watched, and what a change does.",
      list(
        mapping(
          {
            path: key("Files to watch.", text),
            action: key(
              "What a change does.",
              oneOf("sync", "rebuild", "restart", "sync+restart", "sync+exec"),
            ),
            target: key("Where synced files go in the container.", text),
            ignore: key("Patterns that are left out.", textOrSet),
            include: key("Patterns that are watched.", textOrSet),
            exec: key("Command that runs after a sync.", hook),
            initial_sync: key("Syncs once at the start.", flag),
          },
          "path",
          "action",
        ),
      ),
    ),
  }),
);
