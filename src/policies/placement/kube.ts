/** Deviations of all policies that use scores of kube-scheduler. */
export const KUBE_DEVIATIONS: readonly string[] = [
  "only one score decides; kube-scheduler adds up the scores of all its plugins",
  "scores are not rounded to whole numbers; ties go to the lowest machine number, not to a random machine",
  "the model allows CPU requests above the capacity (`cpuOvercommit`), kube-scheduler does " +
    "not; shares above 1 are not cut to 1",
];
