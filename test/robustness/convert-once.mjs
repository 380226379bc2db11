/**
 * Converts the trace in a folder to a file: a process to be killed. Usage: node convert-once.mjs DIR
 * FILE.arrow
 */
import { convertGoogle2011 } from "../../dist/traces/google2011/convert.js";

const [trace, out] = process.argv.slice(2);
await convertGoogle2011(trace, out);
