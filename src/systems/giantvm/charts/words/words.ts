/** The texts of GiantVM's charts in both languages. */
import { both } from "../../../../charts/words/both.js";
import { en } from "./en.js";
import { zh } from "./zh.js";

export const giantVmWords = both(en, zh);
