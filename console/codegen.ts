import type { CodegenConfig } from "@graphql-codegen/cli";

// Every scalar of the gateway travels as a string, and is named here: with strictScalars none is `any`.
const scalars = Object.fromEntries(
  ["ID", "CountryCode", "Date", "DateTime", "EmailAddress", "LanguageTag", "PhoneNumber", "Sha256", "URL"].map(
    (name) => [name, "string"],
  ),
);

const config: CodegenConfig = {
  schema: "../schema/gateway.graphql",
  documents: "src/**/*.graphql",
  generates: {
    "src/gql/": {
      preset: "client",
      presetConfig: {
        fragmentMasking: false,
        // What is sent is the digest alone; the texts go to dist/documents.json, which the gateway trusts.
        persistedDocuments: { mode: "replaceDocumentWithHash", hashAlgorithm: "sha256" },
      },
      config: {
        scalars,
        strictScalars: true,
        enumsAsTypes: true,
        useTypeImports: true,
        immutableTypes: true,
        skipTypename: true,
      },
    },
    // Every closed vocabulary of the schema, used or not: src/text has a word for each code.
    "src/gql/codes.ts": {
      plugins: ["typescript"],
      config: { scalars, strictScalars: true, onlyEnums: true, enumsAsTypes: true },
    },
  },
};

export default config;
