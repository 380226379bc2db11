/** The names of the tables of each trace that is a folder of tables. */
export const TABLES_OF = {
  google2011: ["machine_events", "job_events", "task_events", "task_usage"],
  google2019: ["machine_events", "instance_events", "instance_usage"],
  alibaba2018: [
    "machine_meta",
    "machine_usage",
    "container_meta",
    "container_usage",
    "batch_task",
    "batch_instance",
  ],
  azure2019: ["vmtable", "vm_cpu_readings"],
  opendc: ["tasks", "fragments", "meta", "trace"],
} as const;
