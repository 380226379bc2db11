/** Work that can be confined to some CPUs, and what has to be known to set it free again. */
import type { Node } from "./topology.js";

export interface SavedThread {
  readonly tid: number;
  readonly start: number;
  readonly cpus: string;
}

/** A control group as it was found. */
export interface SavedGroup {
  readonly kind: "group";
  readonly path: string;
  /** Of the folder: a group of the same name that was made later has another. */
  readonly inode: number;
  readonly cpus: string;
  readonly mems: string;
  /** Its threads that were confined to fewer CPUs than the group. */
  readonly threads: readonly SavedThread[];
}

/** A process as it was found. */
export interface SavedProcess {
  readonly kind: "process";
  readonly pid: number;
  readonly start: number;
  /** Of its first thread: threads that it starts later get these back. */
  readonly cpus: string;
  readonly threads: readonly SavedThread[];
}

export type SavedTarget = SavedGroup | SavedProcess;

export interface Target {
  /** What logs and decisions call it. */
  readonly id: string;
  /** Names it to other instances of schedlab: who moves the same work. */
  readonly claim: Claim;
  /** Processes that belong to it now; empty once it is gone. */
  readonly processes: () => readonly number[];
  /** CPUs that its threads may run on, together; undefined once it is gone. */
  readonly cpus: () => readonly number[] | undefined;
  /** Reads the state that `restore` brings back. Throws InputError where it could not be brought back. */
  readonly save: () => SavedTarget;
  /** Confines it to a node. Throws InputError where the kernel refuses. */
  readonly confine: (node: Node) => void;
}

export type Claim =
  | { readonly kind: "group"; readonly path: string; readonly inode: number }
  | { readonly kind: "process"; readonly pid: number; readonly start: number };
