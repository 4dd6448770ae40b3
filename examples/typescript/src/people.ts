import type { Client } from "@urql/core";
import { graphql, type DocumentType } from "./gql/index.js";
import type { RegisterDataSubjectInput } from "./gql/graphql.js";

/** What a row of a list shows. Whoever renders it names this fragment, and gets these fields and no others. */
export const PersonRow = graphql(`
  fragment PersonRow on DataSubject {
    id
    name
    email
    status
  }
`);

/** One page of a list. */
export const PeoplePage = graphql(`
  query PeoplePage($purpose: Purpose!, $first: Int!, $after: String) {
    dataSubjects(purpose: $purpose, first: $first, after: $after) {
      edges {
        node {
          ...PersonRow
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const RegisterPerson = graphql(`
  mutation RegisterPerson($input: RegisterDataSubjectInput!) {
    registerDataSubject(input: $input) {
      dataSubject {
        id
      }
      userErrors {
        code
        message
        path
      }
    }
  }
`);

export type Page = DocumentType<typeof PeoplePage>["dataSubjects"];
type UserError = DocumentType<typeof RegisterPerson>["registerDataSubject"]["userErrors"][number];

/** Either the person's id or what was wrong with the input. */
export type Registered = { readonly id: string } | { readonly wrong: readonly UserError[] };

/** The people that may be read for rendering a service, page by page. */
export async function* pages(client: Client, first: number): AsyncGenerator<Page, void, undefined> {
  let after: string | null = null;
  do {
    const answer: { data?: DocumentType<typeof PeoplePage>; error?: Error } = await client.query(PeoplePage, {
      purpose: "SERVICE_DELIVERY",
      first,
      after,
    });
    if (!answer.data) throw answer.error ?? new Error("the gateway answered without data");
    const page = answer.data.dataSubjects;
    yield page;
    after = page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null;
  } while (after !== null);
}

/** Registers a person. With the same idempotency key and input it can be sent again, and is done once. */
export async function register(client: Client, input: RegisterDataSubjectInput): Promise<Registered> {
  const { data, error } = await client.mutation(RegisterPerson, { input });
  if (!data) throw error ?? new Error("the gateway answered without data");
  const { dataSubject, userErrors } = data.registerDataSubject;
  return dataSubject ? { id: dataSubject.id } : { wrong: userErrors };
}
