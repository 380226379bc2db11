/**
 * A small trace of each format that lies in files, as published: the tables by name, without header lines
 * where the format has none.
 */
export interface ExampleTrace {
  readonly format: string;
  /** Text by file name. */
  readonly files: Readonly<Record<string, string>>;
  /** Official names of the columns, by table. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
  readonly delimiter: string;
  /** True where the published files have a header line. */
  readonly hasHeader?: boolean;
  /** True where columns have no order, so that a file must name them. */
  readonly needsNames?: boolean;
  /** Where the format wants one file and no folder. */
  readonly isFile?: boolean;
}

const lines = (...rows: readonly string[]): string => rows.map((row) => `${row}\n`).join("");

const google2011: ExampleTrace = {
  format: "google2011",
  delimiter: ",",
  columns: {
    machine_events: ["time", "machine ID", "event type", "platform ID", "CPUs", "Memory"],
    task_events: [
      "time",
      "missing info",
      "job ID",
      "task index",
      "machine ID",
      "event type",
      "user",
      "scheduling class",
      "priority",
      "CPU request",
      "memory request",
      "disk space request",
      "different machines restriction",
    ],
    task_usage: [
      "start time",
      "end time",
      "job ID",
      "task index",
      "machine ID",
      "CPU rate",
      "canonical memory usage",
      "assigned memory usage",
      "unmapped page cache",
      "total page cache",
      "maximum memory usage",
      "disk I/O time",
      "local disk space usage",
      "maximum CPU rate",
      "maximum disk IO time",
      "cycles per instruction",
      "memory accesses per instruction",
      "sample portion",
      "aggregation type",
      "sampled CPU usage",
    ],
  },
  files: {
    "machine_events/part-00000-of-00001.csv": lines(
      "0,4155527081,0,p,0.5,0.25",
      "0,5,0,p,0.5,0.25",
      "700000000,5,1,p,,",
    ),
    "task_events/part-00000-of-00001.csv": lines(
      "0,,6000000001,0,,0,u,3,9,0.25,0.125,0,0",
      "0,,6000000001,0,4155527081,1,u,3,9,0.25,0.125,0,0",
      "650000000,,6000000002,3,,0,u,0,0,0.125,0.0625,0,0",
      "660000000,,6000000002,3,5,1,u,0,0,0.125,0.0625,0,0",
      "1100000000,,6000000002,3,5,4,u,0,0,0.125,0.0625,0,0",
    ),
    "task_usage/part-00000-of-00001.csv": lines(
      "600000000,900000000,6000000001,0,4155527081,0.125,0.0625,0,0,0,0.0625,0,0,0.25,0,1.5,0.01,1,0,0.125",
      "900000000,1200000000,6000000001,0,4155527081,0.25,0.0625,0,0,0,0.0625,0,0,0.25,0,,,1,0,0.125",
      "660000000,900000000,6000000002,3,5,9.765625e-04,0.03125,0,0,0,0.0625,0,0,0.25,0,1.5,0.01,1,1,0.125",
    ),
  },
};

const google2019: ExampleTrace = {
  format: "google2019",
  delimiter: ",",
  hasHeader: true,
  needsNames: true,
  columns: {
    machine_events: ["time", "machine_id", "type", "capacity.cpus", "capacity.memory"],
    instance_events: [
      "time",
      "type",
      "collection_id",
      "instance_index",
      "machine_id",
      "scheduling_class",
      "priority",
      "resource_request.cpus",
      "resource_request.memory",
      "collection_type",
    ],
    instance_usage: [
      "start_time",
      "end_time",
      "collection_id",
      "instance_index",
      "machine_id",
      "average_usage.cpus",
      "average_usage.memory",
      "collection_type",
    ],
  },
  files: {
    "machine_events-000000000000.csv": lines("0,11,1,0.5,0.5", "0,12,1,0.5,0.5"),
    "instance_events-000000000000.csv": lines(
      "0,3,374101000001,0,11,0,110,0.25,0.125,0",
      "700000000,0,374101000002,7,,3,200,0.125,0.125,0",
      "800000000,3,374101000002,7,12,3,200,0.125,0.125,0",
      "1200000000,6,374101000001,0,11,0,110,,,0",
    ),
    "instance_usage-000000000000.csv": lines(
      "600000000,900000000,374101000001,0,11,0.25,0.0625,0",
      "900000000,1200000000,374101000001,0,11,0.125,0.0625,0",
      "900000000,1200000000,374101000002,7,12,0.0625,0.0625,0",
    ),
  },
};

const alibaba2018: ExampleTrace = {
  format: "alibaba2018",
  delimiter: ",",
  columns: {
    machine_meta: [
      "machine_id",
      "time_stamp",
      "failure_domain_1",
      "failure_domain_2",
      "cpu_num",
      "mem_size",
      "status",
    ],
    machine_usage: [
      "machine_id",
      "time_stamp",
      "cpu_util_percent",
      "mem_util_percent",
      "mem_gps",
      "mkpi",
      "net_in",
      "net_out",
      "disk_io_percent",
    ],
    container_meta: [
      "container_id",
      "machine_id",
      "time_stamp",
      "app_du",
      "status",
      "cpu_request",
      "cpu_limit",
      "mem_size",
    ],
    container_usage: [
      "container_id",
      "machine_id",
      "time_stamp",
      "cpu_util_percent",
      "mem_util_percent",
      "cpi",
      "mem_gps",
      "mpki",
      "net_in",
      "net_out",
      "disk_io_percent",
    ],
    batch_task: [
      "task_name",
      "instance_num",
      "job_name",
      "task_type",
      "status",
      "start_time",
      "end_time",
      "plan_cpu",
      "plan_mem",
    ],
    batch_instance: [
      "instance_name",
      "task_name",
      "job_name",
      "task_type",
      "status",
      "start_time",
      "end_time",
      "machine_id",
      "seq_no",
      "total_seq_no",
      "cpu_avg",
      "cpu_max",
      "mem_avg",
      "mem_max",
    ],
  },
  files: {
    "machine_meta.csv": lines("m_1,0,5,7,96,100,USING", "m_2,0,5,8,48,100,USING"),
    "machine_usage.csv": lines("m_1,10,50,40,,,1.5,2.5,3", "m_1,320,60,40,,,1.5,2.5,3", "m_2,20,5,6,,,1,2,3"),
    "container_meta.csv": lines("c_1,m_1,0,app_7,started,4800,4800,25"),
    "container_usage.csv": lines("c_1,m_1,0,50,40,,,,,,", "c_1,m_1,300,25,40,,,,,,"),
    "batch_task.csv": lines(
      "M1,2,j_3,1,Terminated,300,600,1920,10",
      "R2_1,1,j_3,1,Terminated,600,900,960,5",
      "task_x=,,j_4,1,Waiting,0,0,,",
    ),
    "batch_instance.csv": lines(
      "ins_1,M1,j_3,1,Terminated,300,600,m_2,1,1,960,990,2,3",
      "ins_2,M1,j_3,1,Terminated,300,600,m_1,1,1,960,990,2,3",
      "ins_3,R2_1,j_3,1,Failed,600,900,m_2,1,1,,,1,3",
    ),
  },
};

const azure2019: ExampleTrace = {
  format: "azure2019",
  delimiter: ",",
  columns: {
    vmtable: [
      "vmid",
      "subscriptionid",
      "deploymentid",
      "vmcreated",
      "vmdeleted",
      "maxcpu",
      "avgcpu",
      "p95maxcpu",
      "vmcategory",
      "vmcorecountbucket",
      "vmmemorybucket",
    ],
    vm_cpu_readings: ["timestamp", "vmid", "mincpu", "maxcpu", "avgcpu"],
  },
  files: {
    "vmtable.csv": lines(
      "vm+B/=,sub1,dep1,0,600,90,50,80,Interactive,8,64",
      "vmA,sub1,dep1,300,900,90,50,80,Delay-insensitive,8,64",
      "vmC,sub2,dep0,0,900,90,10,80,Unknown,>24,>64",
    ),
    "vm_cpu_readings-file-1-of-195.csv": lines(
      "0,vm+B/=,1,99,50",
      "300,vm+B/=,1,99,25",
      "300,vmA,1,99,100.5",
      "600,vmA,1,99,50",
    ),
  },
};

const bitbrains: ExampleTrace = {
  format: "bitbrains",
  delimiter: ";",
  hasHeader: true,
  columns: {
    "1": [
      "Timestamp [ms]",
      "CPU cores",
      "CPU capacity provisioned [MHZ]",
      "CPU usage [MHZ]",
      "CPU usage [%]",
      "Memory capacity provisioned [KB]",
      "Memory usage [KB]",
      "Disk read throughput [KB/s]",
      "Disk write throughput [KB/s]",
      "Network received throughput [KB/s]",
      "Network transmitted throughput [KB/s]",
    ],
  },
  files: {
    "1.csv": lines(
      "1372629804;2;5851.5;87.75;1.5;8218624;1034592;160.5;21.5;0.25;1.5",
      "1372630104;2;5851.5;29.25;0.5;8218624;458575;0;2.25;0.25;1",
      "1372630404;2;5851.5;58.5;1;8218624;458575;0;2.25;0.25;1",
    ),
  },
};

const planetlab: ExampleTrace = {
  format: "planetlab",
  delimiter: ",",
  columns: { vm1: ["CPU [%]"] },
  files: { vm1: lines("10", "25", "7") },
};

const swf: ExampleTrace = {
  format: "swf",
  delimiter: " ",
  isFile: true,
  columns: {
    log: [
      "Job Number",
      "Submit Time",
      "Wait Time",
      "Run Time",
      "Number of Allocated Processors",
      "Average CPU Time Used",
      "Used Memory",
      "Requested Number of Processors",
      "Requested Time",
      "Requested Memory",
      "Status",
      "User ID",
      "Group ID",
      "Executable (Application) Number",
      "Queue Number",
      "Partition Number",
      "Preceding Job Number",
      "Think Time from Preceding Job",
    ],
  },
  files: {
    "log.swf": lines(
      "1 0 0 600 3 300 1000 3 900 2000 1 1 1 1 1 1 -1 -1",
      "2 300 0 300 1 -1 -1 1 300 -1 0 2 1 1 1 1 1 0",
      "3 400 -1 -1 -1 -1 -1 1 300 -1 5 2 1 1 1 1 -1 -1",
      "4 500 5 60 2 45.5 -1 2 300 -1 1 2 1 1 1 1 -1 -1",
    ),
  },
};

/** In its present layout, as text: published are Parquet files of the same columns. */
const opendc: ExampleTrace = {
  format: "opendc",
  delimiter: ",",
  hasHeader: true,
  needsNames: true,
  columns: {
    tasks: ["id", "submission_time", "duration", "cpu_count", "cpu_capacity", "mem_capacity"],
    fragments: ["id", "duration", "cpu_count", "cpu_usage"],
  },
  files: {
    "tasks.csv": lines("7,1376314846000,900000,4,11704,67108", "9,1376315446000,600000,2,5852,8218"),
    "fragments.csv": lines(
      "7,300000,4,585.2",
      "7,300000,4,1170.4",
      "7,300000,4,0",
      "9,300000,2,2926",
      "9,300000,2,1463",
    ),
  },
};

export const EXAMPLE_TRACES: readonly ExampleTrace[] = [
  google2011,
  google2019,
  alibaba2018,
  azure2019,
  bitbrains,
  planetlab,
  swf,
  opendc,
];

/** Returns the text of each file as published, with its header line. */
export function publishedFiles({
  files,
  columns,
  delimiter,
  hasHeader,
}: ExampleTrace): Record<string, string> {
  const header = (name: string): string => {
    const own = Object.entries(columns).find(([table]) => name.includes(table))!;
    return lines(own[1].join(delimiter));
  };
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name, hasHeader === true ? header(name) + text : text]),
  );
}
