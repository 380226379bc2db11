/**
 * Whether Linux's automatic NUMA balancing takes a thread from a node to its preferred one, that with most of
 * its process's pages: unless that makes the nodes' loads more uneven than they are (load_too_imbalanced,
 * Linux 4.9, nodes of equal capacity). It looks at faults and load, never at steal.
 */
export function followsFaults(fromThreads: number, toThreads: number): boolean {
  return Math.abs(toThreads + 1 - (fromThreads - 1)) <= Math.abs(toThreads - fromThreads);
}
