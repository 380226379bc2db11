/** What built-in charts say in English; `zh.ts` has the same in Chinese. */
export const en = {
  build: {
    overTime: (y: string) => `${y} over time`,
    against: (y: string, x: string) => `${y} by ${lowerFirst(x)}`,
    sentence: (title: string) => `${title}.`,
    and: (names: readonly string[]) => names.join(" and "),
    marks: {
      lines: "line",
      bands: "band",
      points: "color",
      bars: "color",
      cells: "color",
      intervals: "color",
    },
    onePer: (mark: string, color: string) => `One ${mark} for each value of ${lowerFirst(color)}.`,
    onePanel: (facet: string) => `One panel for each value of ${lowerFirst(facet)}.`,
    cells: (fill: string) => `Color: ${lowerFirst(fill)}.`,
    error: (low: string, high: string) => `Bars: ${lowerFirst(low)} to ${lowerFirst(high)}.`,
    shade: (low: string, high: string) => `Shaded: ${lowerFirst(low)} to ${lowerFirst(high)}.`,
    to: (low: string, high: string) => `${low} to ${lowerFirst(high)}`,
    hollow: (column: string) => `Hollow: ${lowerFirst(column)}.`,
    thinned: (count: number) => `Each point is the mean of ${count} neighboring rows.`,
    notOnLog: "What is not above 0 is not on a logarithmic axis.",
    undrawn: (panels: string) => `Without values, so without a panel: ${panels}.`,
    noValues: "No values",
    noValuesHere: "There are no values to draw.",
    low: "Interval, low",
    high: "Interval, high",
  },
};

export type Phrases = typeof en;

/** Lower-cases the first letter of a word, not of an abbreviation such as LC or a name such as Jain's. */
function lowerFirst(text: string): string {
  return /^(Gini|Jain)/.test(text) || !/^[A-Z][a-z]/.test(text)
    ? text
    : text.charAt(0).toLowerCase() + text.slice(1);
}
