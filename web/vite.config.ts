import { defineConfig } from "vitest/config";

// The page's HTML comes from the Python server, which loads assets/unspiral.js and
// assets/unspiral.css by these names; only what those load by themselves, later, has a
// hash in its name.
export default defineConfig({
  base: "./", // the page may lie in any folder of a site
  build: {
    outDir: "../src/unspiral/assets", // inside the Python package, so inside the wheel
    emptyOutDir: true, // must be said, as it lies outside web/
    target: "es2023",
    license: { fileName: "licenses.md" }, // of the packages bundled in
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { unspiral: "src/main.ts" },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "chunks/[name]-[hash].js",
        assetFileNames: ({ names }) =>
          names.includes("unspiral.css")
            ? "unspiral.css"
            : "chunks/[name]-[hash][extname]",
      },
    },
  },
  test: {
    include: ["src/**/*.test.ts"],
  },
});
