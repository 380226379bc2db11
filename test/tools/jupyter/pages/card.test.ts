import { expect, it } from "vitest";
import { cardHtml, cardOf } from "../../../../src/tools/jupyter/pages/card.js";
import { PAGE_WORDS } from "../../../../src/tools/jupyter/pages/words.js";
import { chart, failing, notebook, text } from "./example.js";

const intro = text(["# The *trace*\n", "\n", "**Question.** What is\n", "in [it](a.html)?\n"]);

it("takes title, question and first picture from the notebook", () => {
  expect(cardOf("01-trace", notebook([intro, chart("first"), chart("second")]))).toEqual({
    name: "01-trace",
    title: "The *trace*",
    text: "What is in it?",
    picture: "figures/00-first.svg",
    isFailed: false,
  });
});

it("takes the picture that the notebook names, if there is one of that name", () => {
  const cells = [chart("first"), chart("second")];
  expect(cardOf("x", notebook(cells, "second")).picture).toBe("figures/00-second.svg");
  expect(cardOf("x", notebook(cells, "third")).picture).toBe("figures/00-first.svg");
});

it("holds the image itself where the chart has no file", () => {
  expect(cardOf("x", notebook([chart("shown", [])])).picture).toBe("data:image/png;base64,AABB");
});

it("marks a notebook with an error, and has no picture where there is none", () => {
  const card = cardOf("x", notebook([failing]));
  expect(card).toEqual({ name: "x", title: "x", text: "", isFailed: true });
  expect(cardHtml(card, PAGE_WORDS.en)).toContain("A cell of this notebook failed");
});
