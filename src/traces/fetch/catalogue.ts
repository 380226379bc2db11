/**
 * The traces that `schedlab fetch` downloads: their addresses, the parts that the user can choose, and the
 * files that the reader gets. The addresses are the publishers' own, as docs/formats.md names them.
 */
import { partName } from "../google2011/layout.js";

/** The user's choice: numbers of parts, and names of pieces (tables, sets, days, logs). */
export interface Choice {
  readonly parts?: readonly number[];
  readonly pieces?: readonly string[];
}

/** One file on the server. A file that ends in .zip or .tar.gz is unpacked, then removed. */
export interface RemoteFile {
  /** Its path below the base address. */
  readonly remote: string;
  /** The resulting files (or folders, if it is an archive), below the user's folder. */
  readonly becomes: readonly string[];
  /** The published SHA-256 in hexadecimal, if there is one. */
  readonly sha256?: string;
}

export interface FetchableTrace {
  /** The name of its format. */
  readonly name: string;
  readonly about: string;
  readonly base: string;
  /** Shown to everybody who fetches the trace. */
  readonly licence: string;
  readonly example: string;
  /** The range of part numbers; the user must choose some of them. */
  readonly parts?: { readonly first: number; readonly last: number; readonly about: string };
  readonly pieces?: {
    /** The option's name: "tables" for `--tables`. */
    readonly option: string;
    readonly about: string;
    readonly known: readonly string[];
    /** The pieces to fetch if the user names none; without this list the user must choose. */
    readonly usual?: readonly string[];
  };
  /** The name of the publisher's SHA-256 list, in the form of `sha256sum`, below the base address. */
  readonly sums?: string;
  readonly files: (choice: Choice) => readonly RemoteFile[];
}

const google2011: FetchableTrace = {
  name: "google2011",
  about: "Google, 2011: a part covers 84 minutes, and its task_usage takes about 90 MB",
  // The bucket that the trace's "format + schema" document names.
  base: "https://commondatastorage.googleapis.com/clusterdata-2011-2",
  licence: "CC-BY 4.0; cite Reiss, Wilkes, Hellerstein, Google cluster-usage traces: format + schema (2011)",
  example: "--parts 0-9 --to clusterdata-2011-2",
  parts: { first: 0, last: 499, about: "which parts" },
  pieces: {
    option: "tables",
    about: "which tables",
    known: ["machine_events", "job_events", "task_events", "task_usage"],
    // The tables that a replay needs.
    usual: ["machine_events", "task_events", "task_usage"],
  },
  sums: "SHA256SUM",
  files: ({ parts = [], pieces = [] }) =>
    pieces
      .flatMap((table) =>
        table === "machine_events"
          ? [partName(table, 0, 1)]
          : inOrder(parts).map((part) => partName(table, part)),
      )
      .map(asItIs),
};

/**
 * By table: the SHA-256 of its tar file, from README.md of cluster-trace-v2018
 * (github.com/alibaba/clusterdata).
 */
const ALIBABA_SUMS: Readonly<Record<string, string>> = {
  machine_meta: "b5b1b786b22cd413a3674b8f2ebfb2f02fac991c95df537f363ef2797c8f6d55",
  container_meta: "febd75e693d1f208a8941395e7faa7e466e50d21c256eff12a815b7e2fa2053f",
  batch_task: "7c4b32361bd1ec2083647a8f52a6854a03bc125ca5c202652316c499fbf978c6",
  machine_usage: "3e6ee87fd204bb85b9e234c5c75a5096580fdabc8f085b224033080090753a7a",
  batch_instance: "e73e5a9326669aa079ba20048ddd759383cabe1fe3e58620aa75bd034e2450c6",
  container_usage: "b4bd3b1b82f5407c1b0dd47fe736ff5152c4b016a9c30cb26f988e2d1c5e5031",
};

const alibaba2018: FetchableTrace = {
  name: "alibaba2018",
  about:
    "Alibaba, 2018: machine_meta (92 kB), container_meta (2.4 MB), batch_task (125 MB), " +
    "machine_usage (1.7 GB), batch_instance (20 GB), container_usage (28 GB)",
  // Plain http, as in the publisher's fetchData.sh: every file is checked against its published SHA-256.
  base: "http://aliopentrace.oss-cn-beijing.aliyuncs.com/v2018Traces",
  licence:
    "for research or study; the publisher asks for a short survey: " +
    "https://github.com/alibaba/clusterdata/tree/master/cluster-trace-v2018",
  example: "--tables machine_meta,batch_task --to cluster-trace-v2018",
  pieces: {
    option: "tables",
    about: "which tables",
    known: Object.keys(ALIBABA_SUMS),
    usual: ["machine_meta", "container_meta", "batch_task"],
  },
  files: ({ pieces = [] }) =>
    pieces.map((table) => ({
      remote: `${table}.tar.gz`,
      becomes: [`${table}.csv.gz`],
      sha256: ALIBABA_SUMS[table],
    })),
};

const azure2019: FetchableTrace = {
  name: "azure2019",
  about: "Azure, 2019 (V2): vmtable (438 MB), and readings of 195 files, each of 856 MB and 3.7 hours",
  base: "https://github.com/Azure/AzurePublicDataset/releases/download/dataset-v2",
  licence: "CC-BY 4.0; cite Cortez et al., Resource Central (SOSP 2017)",
  example: "--parts 1-4 --to azure-v2",
  parts: { first: 1, last: 195, about: "which files of readings" },
  files: ({ parts = [] }) => [
    { remote: "trace_data_vmtable_vmtable.csv.gz", becomes: ["vmtable.csv.gz"] },
    ...inOrder(parts).map((part) => {
      const name = `vm_cpu_readings-file-${part}-of-195.csv.gz`;
      return { remote: `trace_data_vm_cpu_readings_${name}`, becomes: [name] };
    }),
  ],
};

const bitbrains: FetchableTrace = {
  name: "bitbrains",
  about:
    "Bitbrains, 2013 (GWA-T-12): fastStorage (one month, 128 MB compressed) and rnd (three months, " +
    "156 MB compressed)",
  base: "https://atlarge-research.com/gwa-traces",
  licence:
    "free for research; acknowledge Bitbrains IT Services Inc. and cite Shen, van Beek, Iosup (CCGrid 2015)",
  example: "--sets rnd --to gwa-t-12",
  pieces: {
    option: "sets",
    about: "which sets",
    known: ["fastStorage", "rnd"],
    usual: ["fastStorage"],
  },
  files: ({ pieces = [] }) => pieces.map((set) => ({ remote: `gwa_t_12_${set}.zip`, becomes: [set] })),
};

const planetlab: FetchableTrace = {
  name: "planetlab",
  about: "PlanetLab, 2011: ten days, one folder per day, all in one archive",
  base: "https://github.com/beloglazov/planetlab-workload-traces",
  licence:
    "no formal licence; cite Park, Pai, CoMon (2006), and Beloglazov, Buyya (Concurrency and Computation " +
    "24(13), 2012)",
  example: "--days 20110303 --to planetlab",
  pieces: {
    option: "days",
    about: "which days",
    known: [
      "20110303",
      "20110306",
      "20110309",
      "20110322",
      "20110325",
      "20110403",
      "20110409",
      "20110411",
      "20110412",
      "20110420",
    ],
  },
  files: ({ pieces = [] }) => [{ remote: "archive/HEAD.tar.gz", becomes: pieces }],
};

/** By log: its folder in the Parallel Workloads Archive. */
const SWF_FOLDERS: Readonly<Record<string, string>> = {
  "ANL-Intrepid-2009-1": "l_anl_int",
  "CEA-Curie-2011-2.1-cln": "l_cea_curie",
  "CTC-SP2-1996-3.1-cln": "l_ctc_sp2",
  "HPC2N-2002-2.2-cln": "l_hpc2n",
  "KIT-FH2-2016-1": "l_kit_fh2",
  "KTH-SP2-1996-2.1-cln": "l_kth_sp2",
  "LANL-CM5-1994-4.1-cln": "l_lanl_cm5",
  "LLNL-Atlas-2006-2.1-cln": "l_llnl_atlas",
  "LLNL-Thunder-2007-1.1-cln": "l_llnl_thunder",
  "LPC-EGEE-2004-1.2-cln": "l_lpc",
  "METACENTRUM-2009-2": "l_metacentrum",
  "METACENTRUM-2013-3": "l_metacentrum2",
  "NASA-iPSC-1993-3.1-cln": "l_nasa_ipsc",
  "RICC-2010-2": "l_ricc",
  "SDSC-BLUE-2000-4.2-cln": "l_sdsc_blue",
  "SDSC-DS-2004-2.1-cln": "l_sdsc_ds",
  "SDSC-SP2-1998-4.2-cln": "l_sdsc_sp2",
  "UniLu-Gaia-2014-2": "l_unilu_gaia",
};

const swf: FetchableTrace = {
  name: "swf",
  about: "job logs of the Parallel Workloads Archive",
  base: "https://www.cs.huji.ac.il/labs/parallel/workload",
  licence:
    "free; acknowledge the archive and the provider of the log: " +
    "https://www.cs.huji.ac.il/labs/parallel/workload/",
  example: "--logs KTH-SP2-1996-2.1-cln --to logs",
  pieces: { option: "logs", about: "which logs", known: Object.keys(SWF_FOLDERS) },
  files: ({ pieces = [] }) =>
    pieces.map((log) => ({ remote: `${SWF_FOLDERS[log]}/${log}.swf.gz`, becomes: [`${log}.swf.gz`] })),
};

/** The newest layout. Each file has its own commit, because the folder has moved three times. */
const OPENDC_FILES: Readonly<Record<string, string>> = {
  "tasks.parquet": "e22c97dcca7478d6941b78bdf7cd873bc0d23cdc",
  "fragments.parquet": "867c1af22325f14bac57cc953ee9d4813f42757a",
};
const OPENDC_FOLDER =
  "opendc-experiments/opendc-experiments-base/src/test/resources/workloadTraces/bitbrains-small";

const opendc: FetchableTrace = {
  name: "opendc",
  about: "bitbrains-small: some VMs of Bitbrains in the Parquet layout of the simulator OpenDC",
  base: "https://raw.githubusercontent.com/atlarge-research/opendc",
  licence: "MIT (OpenDC); its data is that of bitbrains: cite Shen, van Beek, Iosup (CCGrid 2015)",
  example: "--to bitbrains-small",
  files: () =>
    Object.entries(OPENDC_FILES).map(([name, commit]) => ({
      remote: `${commit}/${OPENDC_FOLDER}/${name}`,
      becomes: [name],
    })),
};

export const FETCHABLE: readonly FetchableTrace[] = [
  google2011,
  alibaba2018,
  azure2019,
  bitbrains,
  planetlab,
  swf,
  opendc,
];

/** By format: why a trace cannot be fetched, and what the user can do instead. */
export const ELSEWHERE: Readonly<Record<string, string>> = {
  google2019:
    "google2019 cannot be fetched: its public files are cut across jobs and times, so a few of " +
    "them are not a usable trace; export a slice of the tables with BigQuery " +
    "(google.com:google-cluster-data.clusterdata_2019_a to _h), then open the exports as " +
    "google2019:DIR",
};

const asItIs = (name: string): RemoteFile => ({ remote: name, becomes: [name] });

function inOrder(parts: readonly number[]): number[] {
  return [...new Set(parts)].sort((a, b) => a - b);
}
