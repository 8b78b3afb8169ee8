// Bundle one ES module with what it imports, minify it, and write it to standard output: `node bundle.mjs FILE`.
import { rollup } from "@rollup/wasm-node";
import { minify } from "terser";

const bundle = await rollup({ input: process.argv[2], onwarn(warning) { throw new Error(warning.message); } });
const { output } = await bundle.generate({ format: "iife" });
const small = await minify(output[0].code, { ecma: 2020, compress: { passes: 2 } });
process.stdout.write(small.code);
