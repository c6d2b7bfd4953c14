import { defineConfig } from "vite";

// The package is the one around this directory; its module stays a file, beside the page's.
export default defineConfig({
  build: { outDir: "../../dist/example", emptyOutDir: true, assetsInlineLimit: 0 },
});
