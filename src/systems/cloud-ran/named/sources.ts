/** Words that several rules share. */

export const RT_OPEX =
  "RT-OPEX: Flexible Scheduling for Cloud-RAN Processing, CoNEXT 2016; program gkchai/RT-OPEX 4bd3993";

export const STOPPED =
  "a subframe stops at its deadline, so that its core is free; caches and the time of a switch cost nothing";
