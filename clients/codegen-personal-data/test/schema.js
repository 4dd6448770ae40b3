import { buildSchema } from "graphql";
import { personalDataOf } from "../src/runtime.js";
import { tableOf } from "../src/table.js";

/** What each shape of a schema asks of the plugin. */
export const schema = buildSchema(`
  directive @personalData(category: Category) on FIELD_DEFINITION
  enum Category { NAME EMAIL ADDRESS }
  type Query { person: Person people: [Person!]! page: Page! node: Node found: [Found!]! product: Product keeper: Keeper }
  type Mutation { rename(name: String!): Renamed! }
  interface Node { id: ID! }
  interface Titled { title: String }
  interface Keeper { secret: String @personalData }
  union Found = Person | Product
  type Page { edges: [Edge!]! count: Int! }
  type Edge { cursor: String! node: Person! }
  type Renamed { person: Person errors: [String!]! }
  type Person implements Node & Titled {
    id: ID!
    title: String @personalData(category: NAME)
    name: String @personalData(category: NAME)
    emails: [String!] @personalData(category: EMAIL)
    address: Address @personalData(category: ADDRESS)
    note: String @personalData
    friends: [Person!]!
    buys: [Product!]!
  }
  type Address { lines: [String!]! }
  type Product implements Node & Titled & Keeper { id: ID! title: String name: String secret: String price: Int! }
`);

export const { table, coordinates } = tableOf(schema, { directive: "personalData", categoryArgument: "category" });
export const { carriesPersonalData, personalDataIn, redact } = personalDataOf(table);
