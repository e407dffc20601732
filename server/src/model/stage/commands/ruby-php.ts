import type { CommandFamily } from "./command-family.ts";

/** Gems bring programs; `exec` and rake run the author's code. */
export const bundle: CommandFamily = {
  programs: ["bundle", "bundler", "gem", "rake", "rails", "ruby"],
  run(_, changes) {
    changes.mayInstallPrograms();
    changes.mayWriteAnywhere();
  },
};

export const composer: CommandFamily = {
  programs: [
    "composer",
    "php",
    "artisan",
    "pecl",
    "docker-php-ext-install",
    "docker-php-ext-configure",
    "docker-php-ext-enable",
  ],
  run(_, changes) {
    changes.mayWriteAnywhere();
  },
};
