/** Measured network traffic of migrations. */

export interface MeasuredMigration {
  readonly application: string;
  /** MB on the network for a migration between the nodes of a GiantVM, by its scheduler LaS. */
  readonly giantVm: number;
  /** MB for the live migration of a virtual machine with the same application. */
  readonly vm: number;
  /** MB of the application's working set. */
  readonly workingSet: number;
}

/**
 * Nine applications, four nodes (8-core Xeon E5-2620 v4, RDMA). The virtual machine: QEMU 2.8.1.1, post-copy
 * with XBZRLE. The task had been on the target node before, so its unchanged pages were still there.
 *
 * Source: the authors' plotting data, github.com/snake0/paper-scripts, live-mig.py, for Jia et al., TACO
 * 19(2), 2022, doi 10.1145/3505251. The working sets are in a comment of that file.
 */
export const MEASURED_MIGRATIONS: readonly MeasuredMigration[] = [
  { application: "Apache2", giantVm: 162, vm: 995.8, workingSet: 482 },
  { application: "Apache-build", giantVm: 693.6, vm: 2329, workingSet: 683 },
  { application: "OpenSSL", giantVm: 74.2, vm: 838.1, workingSet: 469 },
  { application: "Blowfish", giantVm: 78.4, vm: 910.9, workingSet: 510 },
  { application: "MD5", giantVm: 54.7, vm: 921.4, workingSet: 520 },
  { application: "POV-Ray", giantVm: 60.1, vm: 863.5, workingSet: 510 },
  { application: "7-Zip", giantVm: 9943.1, vm: 5120.9, workingSet: 3791 },
  { application: "Redis", giantVm: 99.6, vm: 1129, workingSet: 507 },
  { application: "PHPBench", giantVm: 62.2, vm: 862.9, workingSet: 702 },
];
