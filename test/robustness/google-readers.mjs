/** The readers of the Google trace as checkRows wants them; `load` imports a module of src or of dist. */
export async function googleReaders(load) {
  const { readMachineRows } = await load("traces/google2011/machine-events.js");
  const { readEvents } = await load("traces/google2011/events.js");
  const { readUsage } = await load("traces/google2011/usage-rows.js");
  const { createMemorySource } = await load("traces/google2011/parts/memory-source.js");
  const { ON_THIS_THREAD } = await load("traces/google2011/parts/part-reader.js");
  const { SCHEMAS } = await load("traces/google2011/tables.js");
  const { scanFile } = await load("traces/text/scan/scan-file.js");
  const { InputError } = await load("base/errors.js");
  return {
    createMemorySource: (options) => createMemorySource(ON_THIS_THREAD, options),
    ...{ scanFile, SCHEMAS, InputError },
    machine_events: readMachineRows,
    task_events: async (parts, options) => only((await readEvents(parts, options)).table),
    task_usage: async (parts, options) => only((await readUsage(parts, undefined, options)).table),
  };
}

/** The columns of the only batch: nothing was put on disk. */
async function only({ batches }) {
  for await (const { columns } of batches()) return columns;
}
