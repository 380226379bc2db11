/** The texts of built-in charts in both languages: `words.gini.title`, `words.build.overTime(label)`. */
import { both } from "./both.js";
import { en as build } from "./en/build.js";
import { en as migrations } from "./en/migrations.js";
import { en as runs } from "./en/runs.js";
import { en as studies } from "./en/studies.js";
import { zh as zhBuild } from "./zh/build.js";
import { zh as zhMigrations } from "./zh/migrations.js";
import { zh as zhRuns } from "./zh/runs.js";
import { zh as zhStudies } from "./zh/studies.js";

export const words = {
  ...both(build, zhBuild),
  ...both(runs, zhRuns),
  ...both(studies, zhStudies),
  ...both(migrations, zhMigrations),
};
