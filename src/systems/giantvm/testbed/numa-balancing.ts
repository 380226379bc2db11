/**
 * Whether Linux's automatic NUMA balancing moves a thread to its preferred node, which has most pages of its
 * process. It does so unless the loads of the two nodes become more uneven (load_too_imbalanced, Linux 4.9,
 * nodes of equal capacity). It considers faults and load, but never steal.
 */
export function followsFaults(fromThreads: number, toThreads: number): boolean {
  return Math.abs(toThreads + 1 - (fromThreads - 1)) <= Math.abs(toThreads - fromThreads);
}
