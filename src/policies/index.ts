/** Built-in policies by name, and all other ways to give a policy. */
export * from "./registry.js";
export {
  createPolicy,
  resolvePolicy,
  type PolicyChoice,
  type PolicyModule,
  type ResolvedPolicy,
} from "./resolve.js";
export { loadPolicy } from "./load.js";
