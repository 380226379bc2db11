import { afterEach, expect, it } from "vitest";
import { notebookParameters, PARAMETERS_VARIABLE } from "../../src/notebook/notebook-parameters.js";

const defaults = { trace: "synthetic", machines: 800, seed: 1, isFair: false };
const read = (): object => notebookParameters("notebook 03", defaults, { quick: { machines: 40 } });
const give = (value: string): void => void (process.env[PARAMETERS_VARIABLE] = value);

afterEach(() => {
  Reflect.deleteProperty(process.env, PARAMETERS_VARIABLE);
});

it("returns the defaults without overrides", () => {
  expect(read()).toEqual(defaults);
});

it("lets given values take precedence over quick ones", () => {
  give('{"quick":true,"seed":3}');
  expect(read()).toEqual({ ...defaults, machines: 40, seed: 3 });
  give('{"quick":true,"machines":5}');
  expect(read()).toEqual({ ...defaults, machines: 5 });
  give('{"quick":false,"isFair":true}');
  expect(read()).toEqual({ ...defaults, isFair: true });
});

it("refuses unknown names, values of another type, and what is not an object", () => {
  give('{"sed":4}');
  expect(read).toThrow("unknown parameter of notebook 03: sed (did you mean seed?)");
  give('{"machines":"many"}');
  expect(read).toThrow('invalid machines of notebook 03: "many"; give a number');
  for (const text of ["[1]", "3", "{"]) {
    give(text);
    expect(read).toThrow("give one JSON object");
  }
});
