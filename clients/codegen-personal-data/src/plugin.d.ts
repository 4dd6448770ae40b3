import type { GraphQLSchema } from "graphql";

/** Settings below `config` in the configuration of GraphQL Code Generator. */
export interface PersonalDataConfig {
  /** The directive that marks a field; `personalData` when left out. */
  readonly directive?: string;
  /** Its argument that names the category; `category` when left out. */
  readonly categoryArgument?: string;
}

/** Writes the module for a schema. Throws where no field is marked, as after introspection, which tells of no directives. */
export declare const plugin: (schema: GraphQLSchema, documents: unknown, config: PersonalDataConfig) => string;

/** Throws where the output is no TypeScript file. */
export declare const validate: (schema: GraphQLSchema, documents: unknown, config: PersonalDataConfig, outputFile: string) => void;
