/** The form of a chart for a page on which a reader explores it: title, hover line, menu and slider. */
import type { Animation, Figure, Language, PlotlyFigure } from "../figure.js";
import { inMarkup, layOut } from "../theme.js";
import { withHoverLine } from "./hover-line.js";
import { withMenu } from "./menu.js";
import { fontOf, withRoomAbove } from "./room.js";
import { withSlider } from "./slider.js";

export interface LiveFigure extends PlotlyFigure {
  /** What stands above and below the chart for each choice of its menu; one entry without a menu. */
  readonly texts: readonly { readonly says: string; readonly caption: string }[];
}

/**
 * Returns the chart in plotly's format, as wide as a page on a screen or wider, with a title, with one hover
 * line for all lines, with a menu where it has choices, and with a slider where it has several times.
 */
export function toLive(figure: Figure, language: Language = "en"): LiveFigure {
  const { choices } = figure;
  const figures = choices ? choices.figures.map((choice) => choice.figure) : [figure];
  const drawn = figures.map((each) =>
    inMarkup(each, withTitle(withHoverLine(layOut(each, { language, width: "screen" })), each, language)),
  );
  const chosen = choices ? withMenu(drawn, choices, language) : drawn[0];
  const animation = joinAnimations(figures, choices?.shown ?? 0);
  return {
    ...(animation ? withSlider(chosen, animation, language) : chosen),
    texts: figures.map(({ says, caption }) => ({ says: says?.[language] ?? "", caption: caption[language] })),
  };
}

/** Puts the title at the left, above everything. */
function withTitle(chart: PlotlyFigure, { title }: Figure, language: Language): PlotlyFigure {
  if (title[language] === "") return chart;
  const { data, layout } = withRoomAbove(chart, TITLE);
  return {
    data,
    layout: {
      ...layout,
      title: {
        text: title[language],
        font: { size: Math.round(1.15 * fontOf(layout)) },
        x: 0,
        xref: "container",
        xanchor: "left",
        pad: { l: 4, t: 4 },
        y: 1,
        yref: "container",
        yanchor: "top",
      },
    },
  };
}

/** Height of the title, in ems. */
const TITLE = 2.2;

/** Returns one animation of all figures; undefined where one of them has none, or other steps. */
function joinAnimations(figures: readonly Figure[], shown: number): Animation | undefined {
  const animations = figures.map(({ animation }) => animation);
  const first = animations[shown];
  const isSame = (other: Animation | undefined): other is Animation =>
    other !== undefined && first !== undefined && namesOf(other) === namesOf(first);
  if (first === undefined || !animations.every(isSame)) return undefined;
  const steps = first.steps.map(({ name }, i) => ({
    name,
    changes: animations.flatMap(({ steps }) => steps[i].changes),
  }));
  return { ...first, steps };
}

function namesOf({ steps }: Animation): string {
  return JSON.stringify(steps.map(({ name }) => name));
}
