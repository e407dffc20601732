/** Where the official images have compiled extensions, in a folder named after PHP's API (docker-library/php, read 2026-11). */
export const PHP_EXTENSIONS = "/usr/local/lib/php/extensions";
