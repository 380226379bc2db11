/** Policies: the built-in ones by name, and whatever else may stand for one. */
export * from "./registry.js";
export {
  createPolicy,
  resolvePolicy,
  type PolicyChoice,
  type PolicyModule,
  type ResolvedPolicy,
} from "./resolve.js";
export { loadPolicy } from "./load.js";
