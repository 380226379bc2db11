import type { Command } from "commander";
import type { FiguresOptions } from "../figures.js";
import type { Streams } from "../streams.js";

/** `schedlab figures [DIR]`: redraws every exported chart from its manifest. */
export function addFigures(program: Command, streams: Streams): void {
  program
    .command("figures")
    .description("redraw exported charts and tables from their manifests")
    .argument("[dir]", "folder of charts, searched with its subfolders", "figures")
    .option("--language <language>", "en or zh; default: as exported")
    .option("--width <width>", "column, page, slide, screen, or as 345pt, 8.5cm; default: as exported")
    .addHelpText("after", "\nExample:\n  $ schedlab figures figures --width page")
    .action(async (folder: string, options: FiguresOptions) => {
      const { redrawFigures } = await import("../figures.js");
      await redrawFigures(folder, options, streams);
    });
}
