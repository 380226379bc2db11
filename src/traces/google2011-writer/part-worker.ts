/** The code of a thread that writes parts. The functions are those of `write-part`. */
import { answering, type InputFault } from "../../base/threads.js";
import * as parts from "./write-part.js";

export function writeText(part: parts.TextPart): Promise<InputFault | undefined> {
  return answering(() => parts.writeText(part).then(() => undefined));
}

export function writeUsage(part: parts.UsagePart): Promise<InputFault | undefined> {
  return answering(() => parts.writeUsage(part).then(() => undefined));
}
