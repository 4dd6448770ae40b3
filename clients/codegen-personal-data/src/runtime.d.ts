import type { DocumentNode } from "graphql";

/** What the plugin tells of a schema: only what leads to personal data. */
export interface PersonalDataTable {
  /** The root types by kind of operation. */
  readonly roots: { readonly query?: string; readonly mutation?: string; readonly subscription?: string };
  /**
   * Per type the fields that carry personal data (`category`, null where the schema names none) and those that lead to it
   * (`type`, the named type of what they give).
   */
  readonly types: { readonly [type: string]: { readonly [field: string]: { readonly category: string | null } | { readonly type: string } } };
  /** The object types that an interface or a union can turn out to be. */
  readonly possible: { readonly [abstract: string]: readonly string[] };
}

/** A place in an answer where personal data is. */
export interface PersonalDataPath {
  /** Response keys from the root, aliases included, without the positions of lists. */
  readonly path: readonly string[];
  /** `Type.field` in the schema. */
  readonly coordinate: string;
  /** What the directive names; null where it names nothing. */
  readonly category: string | null;
}

/** JSON, as a logger writes it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Questions to ask of an operation and its answer. */
export interface PersonalData {
  /** Every place where the operation's answers carry personal data, in the order of the document. */
  personalDataIn(document: DocumentNode): PersonalDataPath[];
  /** Whether its answers carry any: do not cache them, do not send them to analytics. */
  carriesPersonalData(document: DocumentNode): boolean;
  /**
   * A copy of an answer's `data` that can be logged: each value that carries personal data is replaced by its category.
   * What the document does not select is replaced too, since nothing is known of it. The answer itself is not changed.
   */
  redact(document: DocumentNode, data: unknown): Json;
}

/** Answers for the schema that the table was made from. */
export declare const personalDataOf: (table: PersonalDataTable) => PersonalData;
