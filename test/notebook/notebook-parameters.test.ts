import { afterEach, expect, it } from "vitest";
import { notebookParameters, PARAMETERS_VARIABLE } from "../../src/notebook/notebook-parameters.js";

const defaults = { trace: "synthetic", machines: 800, seed: 1, isFair: false };
const read = (): object => notebookParameters(defaults, { quick: { machines: 40 } });
const give = (value: string): void => void (process.env[PARAMETERS_VARIABLE] = value);

afterEach(() => {
  Reflect.deleteProperty(process.env, PARAMETERS_VARIABLE);
});

it("returns the defaults without overrides", () => {
  expect(read()).toEqual(defaults);
});

it("takes only overrides of known names, which take precedence over quick values", () => {
  give('{"quick":true,"seed":3,"unknown":4}');
  expect(read()).toEqual({ ...defaults, machines: 40, seed: 3 });
  give('{"quick":true,"machines":5}');
  expect(read()).toEqual({ ...defaults, machines: 5 });
  give('{"quick":false,"isFair":true}');
  expect(read()).toEqual({ ...defaults, isFair: true });
});

it("refuses values of another type, and overrides that are not an object", () => {
  give('{"machines":"many"}');
  expect(read).toThrow('invalid parameter machines: "many"; give a number');
  for (const text of ["[1]", "3", "{"]) {
    give(text);
    expect(read).toThrow("give one JSON object");
  }
});
