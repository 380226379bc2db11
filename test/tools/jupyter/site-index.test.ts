import { expect, it } from "vitest";
import { cardOf } from "../../../src/tools/jupyter/site-index.js";

it("takes title, first sentence and first picture from the notebook", () => {
  const card = cardOf("01-trace", [
    {
      cell_type: "markdown",
      source: ["# The *trace*\n", "\n", "**Question.** What is\n", "in [it](a.html)?\n"],
    },
    {
      cell_type: "code",
      source: "show()",
      outputs: [
        { output_type: "display_data", data: { "text/plain": "x" } },
        { output_type: "display_data", data: { "image/png": ["AA", "BB"] } },
      ],
    },
  ]);
  expect(card).toEqual({
    name: "01-trace",
    title: "The *trace*",
    text: "Question. What is in it?",
    picture: "AABB",
    isFailed: false,
  });
});

it("marks a notebook with an error, and has no picture where there is none", () => {
  const card = cardOf("x", [{ cell_type: "code", source: "", outputs: [{ output_type: "error" }] }]);
  expect(card).toEqual({ name: "x", title: "x", text: "", isFailed: true });
});
