/** Paths in a clone of this project. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder: this file is compiled to dist/tools/jupyter. */
export const PROJECT: string = fileURLToPath(new URL("../../..", import.meta.url)).replace(/[/\\]$/, "");
export const NOTEBOOKS: string = join(PROJECT, "notebooks");
/** The user's own notebooks, which git and the commands of this project leave alone. */
export const OWN_NOTEBOOKS: string = join(NOTEBOOKS, "mine");
/** The installed packages, which notebooks in all folders can import. */
export const PACKAGES: string = join(PROJECT, "node_modules");
/** The private Python environment. */
export const ENVIRONMENT: string = join(PROJECT, ".venv");
/** The folder of the files for Python. */
export const PYTHON_FILES: string = join(PROJECT, "src", "tools", "jupyter");
/**
 * A Python package that lets papermill set the parameters of notebooks; pip installs it without a network.
 */
export const PAPERMILL: string = join(PYTHON_FILES, "papermill");
/** Templates of pages, for nbconvert, with the style sheet and the script of pages. */
export const TEMPLATES: string = join(PYTHON_FILES, "templates");
export const KERNEL_NAME = "schedlab";

/** The notebook that `npm run lab` opens first. */
export const EXPLORE = "explore.ipynb";

/** Whether a file of `notebooks/` is one that `reproduce` runs, such as 03-policies.ipynb. */
export function isPaperNotebook(file: string): boolean {
  return /^\d\d-.*\.ipynb$/.test(file);
}

/** Whether a file of `notebooks/` belongs to the project; others are the user's. */
export function isOwnNotebook(file: string): boolean {
  return file === EXPLORE || isPaperNotebook(file);
}
