import type { CodegenConfig } from "@graphql-codegen/cli";

// Every scalar of the gateway travels as a string, and is named here: with strictScalars none is `any`.
const scalars = Object.fromEntries(
  ["ID", "CountryCode", "Date", "DateTime", "EmailAddress", "LanguageTag", "PhoneNumber", "Sha256", "URL"].map((name) => [name, "string"]),
);

const config: CodegenConfig = {
  schema: "../gateway.graphql",
  documents: "src/**/*.ts",
  importExtension: ".js",
  generates: {
    "src/gql/": {
      preset: "client",
      presetConfig: { fragmentMasking: { unmaskFunctionName: "readFragment" } },
      config: {
        scalars,
        strictScalars: true,
        enumsAsTypes: true,
        useTypeImports: true,
        immutableTypes: true,
      },
    },
    "src/gql/personal-data.ts": { plugins: ["@privacy-gateway/codegen-personal-data"] },
  },
};

export default config;
