/** Where all of kube-scheduler's scores depart from it. */
export const KUBE_DEVIATIONS: readonly string[] = [
  "one score alone decides, where kube-scheduler adds up those of all its plugins",
  "scores are not rounded to whole numbers; ties go to the lowest number, not to one drawn at random",
  "the model lets CPU requests pass the capacity (`cpuOvercommit`), kube-scheduler does " +
    "not: shares above 1 count as they are and are not cut off",
];
