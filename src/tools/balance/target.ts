/** Work that can be confined to some CPUs, and the saved state that is needed to restore it. */
import type { Node } from "./topology.js";

export interface SavedThread {
  readonly tid: number;
  readonly start: number;
  readonly cpus: string;
}

/** The original state of a control group. */
export interface SavedGroup {
  readonly kind: "group";
  readonly path: string;
  /**
   * The inode of the folder, which identifies the group: a later group of the same name has another inode.
   */
  readonly inode: number;
  readonly cpus: string;
  readonly mems: string;
  /** Its threads that were confined to fewer CPUs than the group. */
  readonly threads: readonly SavedThread[];
}

/** The original state of a process. */
export interface SavedProcess {
  readonly kind: "process";
  readonly pid: number;
  readonly start: number;
  /** The CPUs of its first thread; threads that it starts later are restored to these. */
  readonly cpus: string;
  readonly threads: readonly SavedThread[];
}

export type SavedTarget = SavedGroup | SavedProcess;

export interface Target {
  /** Its name in logs and decisions. */
  readonly id: string;
  /** Identifies the work to other instances of schedlab, so that they do not move it, too. */
  readonly claim: Claim;
  /** Returns its present processes; empty after it has ended. */
  readonly processes: () => readonly number[];
  /** Returns all CPUs that its threads may run on; undefined after it has ended. */
  readonly cpus: () => readonly number[] | undefined;
  /** Returns the state to restore later. Throws InputError where it could not be restored. */
  readonly save: () => SavedTarget;
  /** Confines it to a node. Throws InputError where the kernel refuses. */
  readonly confine: (node: Node) => void;
}

export type Claim =
  | { readonly kind: "group"; readonly path: string; readonly inode: number }
  | { readonly kind: "process"; readonly pid: number; readonly start: number };
