/** The code of a thread that writes parts. */
import { answering, type InputFault } from "../../base/threads.js";
import * as parts from "./write-part.js";

/** As `writeText` of `write-part`. */
export function writeText(part: parts.TextPart): Promise<InputFault | undefined> {
  return answering(() => parts.writeText(part).then(() => undefined));
}

/** As `writeUsage` of `write-part`. */
export function writeUsage(part: parts.UsagePart): Promise<InputFault | undefined> {
  return answering(() => parts.writeUsage(part).then(() => undefined));
}
