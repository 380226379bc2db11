/** Reads a thrown value, whatever it is, into plain data that another process can describe. */
import { inspect } from "node:util";

export interface ThrownError {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
}

/** An error with its causes, or the text of a value that is no error. */
export type Thrown = (ThrownError & { readonly causes: readonly ThrownError[] }) | { readonly text: string };

const MOST_CAUSES = 4;

/** Returns what can be read of the value. Never throws, and calls nothing that a cell may have replaced. */
export function readThrown(thrown: unknown): Thrown {
  const error = readError(thrown);
  if (error === undefined) return { text: textOf(thrown) };
  const causes: ThrownError[] = [];
  let cause = causeOf(thrown);
  for (let depth = 0; depth < MOST_CAUSES; depth++) {
    const read = readError(cause);
    if (read === undefined) break;
    causes[depth] = read;
    cause = causeOf(cause);
  }
  return { ...error, causes };
}

/** Returns undefined for what is no error: `instanceof` fails for those of another vm context. */
function readError(value: unknown): ThrownError | undefined {
  try {
    if (typeof value !== "object" || value === null || !("message" in value && "stack" in value))
      return undefined;
  } catch {
    return undefined;
  }
  const property = (name: "name" | "message" | "stack"): string => {
    try {
      const read = (value as Record<string, unknown>)[name];
      return typeof read === "string" ? read : textOf(read);
    } catch {
      return "(cannot be read)";
    }
  };
  return { name: property("name"), message: property("message"), stack: property("stack") };
}

function causeOf(error: unknown): unknown {
  try {
    return (error as Error).cause;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string {
  try {
    return inspect(value, { depth: 2 });
  } catch {
    return "a value that cannot be read";
  }
}
