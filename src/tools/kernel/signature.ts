/** The signature of the call around the cursor, as text: its parameters, and the options that it takes. */
import type ts from "typescript";
import type { TypeScript } from "./tslab.js";

/** The longest type of an option that is written out, in characters. */
const LONGEST_TYPE = 100;

/** Returns the text; undefined outside of a call. */
export function signatureAt(
  typescript: TypeScript,
  program: ts.Program,
  file: ts.SourceFile,
  position: number,
): string | undefined {
  const token = { isCancellationRequested: () => false, throwIfCancellationRequested: () => undefined };
  const help = typescript.SignatureHelp.getSignatureHelpItems(program, file, position, undefined, token);
  if (!help) return undefined;
  const { prefixDisplayParts, suffixDisplayParts, separatorDisplayParts, parameters, documentation } =
    help.items[help.selectedItemIndex];
  const text = (parts: readonly ts.SymbolDisplayPart[] = []): string =>
    parts.map((part) => part.text).join("");
  const list = parameters.map(({ displayParts }) => text(displayParts)).join(text(separatorDisplayParts));
  const described = parameters.flatMap(({ name, documentation }) =>
    documentation.length === 0 ? [] : [`${name}: ${text(documentation)}`],
  );
  const more = help.items.length > 1 ? [`(1 of ${help.items.length} ways to call it)`] : [];
  return [
    [text(prefixDisplayParts) + list + text(suffixDisplayParts), ...more].join("\n"),
    text(documentation),
    described.join("\n"),
    ...optionsOf(typescript, program.getTypeChecker(), file, help.applicableSpan.start),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** Lists the properties of parameters that are options: objects of which most properties can be missing. */
function optionsOf(
  typescript: TypeScript,
  checker: ts.TypeChecker,
  file: ts.SourceFile,
  start: number,
): string[] {
  let call: ts.Node | undefined = typescript.findPrecedingToken(start, file);
  while (call && !typescript.isCallExpression(call)) call = call.parent;
  if (!call) return [];
  const at = call;
  return (checker.getResolvedSignature(at)?.parameters ?? []).flatMap((parameter) => {
    const type = checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(parameter, at));
    const isOptional = ({ flags }: ts.Symbol): boolean => (flags & typescript.SymbolFlags.Optional) !== 0;
    const properties = type.isUnion() ? [] : checker.getPropertiesOfType(type);
    if (properties.filter(isOptional).length * 2 <= properties.length) return [];
    const lines = properties.map((property) => {
      const meaning = typescript.displayPartsToString(property.getDocumentationComment(checker));
      const shape = clip(checker.typeToString(checker.getTypeOfSymbolAtLocation(property, at)));
      const name = `  ${property.name}${isOptional(property) ? "?" : ""}`;
      const note = meaning && `\n      ${meaning.replace(/\n/g, " ")}`;
      return `${name}: ${shape}${note}`;
    });
    // TypeScript calls a parameter without a name of its own "__1".
    const name = parameter.name.startsWith("__") ? "options" : parameter.name;
    return [`${name}:\n${lines.join("\n")}`];
  });
}

function clip(type: string): string {
  return type.length > LONGEST_TYPE ? `${type.slice(0, LONGEST_TYPE)} …` : type;
}
