/** esbuild writes the styles that a page imports to a file beside its script. */
declare module "*.css";
