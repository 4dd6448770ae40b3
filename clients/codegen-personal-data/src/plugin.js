import { tableOf } from "./table.js";

const RUNTIME = "@privacy-gateway/codegen-personal-data/runtime";

/** @type {typeof import("./plugin.js").plugin} */
export const plugin = (schema, _documents, config) => {
  const { directive = "personalData", categoryArgument = "category" } = config;
  const { table, coordinates } = tableOf(schema, { directive, categoryArgument });
  if (coordinates.size === 0) {
    throw new Error(
      `No field is marked with @${directive}. Load the schema as SDL: introspection does not tell which directives a field has.`,
    );
  }
  return `${[
    "// Generated; not to be edited.",
    `import { personalDataOf } from ${JSON.stringify(RUNTIME)};`,
    "",
    "/** The fields that carry personal data, as `Type.field`, and the category of each. */",
    `export const personalDataFields = ${printed(Object.fromEntries(coordinates))} as const;`,
    "",
    "/** `Type.field` of a field that carries personal data. */",
    "export type PersonalDataCoordinate = keyof typeof personalDataFields;",
    "",
    "export const { carriesPersonalData, personalDataIn, redact } = personalDataOf({",
    `  roots: ${JSON.stringify(table.roots)},`,
    "  types: {",
    ...lines(table.types),
    "  },",
    "  possible: {",
    ...lines(table.possible),
    "  },",
    "});",
  ].join("\n")}\n`;
};

/** @type {typeof import("./plugin.js").validate} */
export const validate = (_schema, _documents, _config, outputFile) => {
  if (!/\.[cm]?tsx?$/.test(outputFile)) {
    throw new Error(`@privacy-gateway/codegen-personal-data writes TypeScript; "${outputFile}" has another extension.`);
  }
};

const lines = (/** @type {object} */ entries) => Object.entries(entries).map(([key, value]) => `    ${key}: ${JSON.stringify(value)},`);

/** @type {(value: unknown) => string} */
const printed = (value) => JSON.stringify(value, null, 2);
