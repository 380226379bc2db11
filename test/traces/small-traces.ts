/** A small trace of each format; the file that is opened, or "" for the folder. */
export const SMALL_TRACES: Readonly<
  Record<string, { readonly open: string; readonly files: Readonly<Record<string, string>> }>
> = {
  swf: {
    open: "log.swf",
    files: {
      "log.swf":
        "; MaxNodes: 2\n; MaxProcs: 4\n1 0 0 600 3 300 1000 3 900 -1 1 1 1 -1 1 -1 -1 -1\n2 300 300 300 " +
        "1 -1 -1 1 900 -1 5 1 1 -1 1 -1 1 60\n",
    },
  },
  bitbrains: {
    open: "",
    files: {
      "1.csv":
        "Timestamp [ms];\tCPU cores;\tCPU capacity provisioned [MHZ];\tCPU usage [MHZ];\tCPU usage [%];\t" +
        "Memory capacity provisioned [KB];\tMemory usage [KB]\n" +
        "1376314800;16;46816;100.5;0;134217728;1e5\n1376315100;16;46816;50;0;134217728;1e5\n",
    },
  },
  azure2019: {
    open: "",
    files: {
      "vmtable.csv": "vmB,s,d1,0,600,90,50,80,Interactive,8,64\nvmA,s,d1,300,900,90,50,80,Unknown,>24,>64\n",
      "vm_cpu_readings-1.csv": "0,vmB,1,99,50\n300,vmA,1,99,25\n",
    },
  },
  alibaba2018: {
    open: "",
    files: {
      "machine_meta.csv": "m_1,0,5,d1,96,100,USING\n",
      "container_meta.csv": "c_1,m_1,0,app_7,started,4800,4800,25\n",
      "container_usage.csv": "c_1,m_1,0,50,40,1,1,1,1,1,1\n",
      "batch_task.csv": "M1,1,j_3,1,Terminated,300,600,1920,10\nR2_1,1,j_3,1,Terminated,600,900,960,5\n",
      "batch_instance.csv":
        "i,M1,j_3,1,Terminated,300,600,m_1,1,1,960,990,2,3\ni,R2_1,j_3,1,Failed,600,900,m_2,1,1,480,990,1,3\n",
    },
  },
  google2019: {
    open: "",
    files: {
      "machine_events.csv": "time,machine_id,type,capacity.cpus,capacity.memory\n0,11,1,1,0.5\n",
      "instance_events.json":
        '{"time":"0","type":3,"collection_id":"5","priority":110,"instance_index":0,"machine_id":"11","resource_request":{"cpus":0.25,"memory":0.125}}\n',
      "instance_usage.json":
        '{"start_time":"600000000","end_time":"900000000","collection_id":"5","instance_index":0,"machine_id":"11","average_usage":{"cpus":0.2,"memory":0.1}}\n',
    },
  },
};
