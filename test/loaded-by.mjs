/** Tells how it was loaded, for the test of threads: `require` leaves its frames on the stack of what it loads. */
const { stack } = new Error("how it was loaded");

export default () => ({
  by: stack.includes("loadESMFromCJS") ? "require" : "import",
  flags: process.execArgv,
});
