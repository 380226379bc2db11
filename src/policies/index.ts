/** Policies: the built-in ones by name, and whatever else may stand for one. */
export * from "./registry.js";
