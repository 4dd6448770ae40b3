import { defineConfig } from "vitest/config";
import { trustedDocuments } from "./build/trusted-documents.ts";

export default defineConfig({
  base: "/console/",
  plugins: [trustedDocuments("src/gql/persisted-documents.json")],
  build: {
    target: "es2022",
    // The content security policy allows no data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssCodeSplit: false,
    sourcemap: false,
    reportCompressedSize: true,
  },
  test: { include: ["src/**/*.test.ts", "src/**/*.test.tsx", "e2e/**/*.test.ts"] },
});
