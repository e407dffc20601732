/** PostgreSQL's own image and those built on it, which take its variables, options and folders (their Dockerfiles, read 2026-11). */
export const POSTGRES_IMAGES: readonly string[] = [
  "postgres",
  "pgvector/pgvector",
  "postgis/postgis",
  "timescale/timescaledb",
];

/** The same for tables that know images by patterns. */
export const POSTGRES_IMAGE = new RegExp(`^(?:${POSTGRES_IMAGES.join("|")})$`);
