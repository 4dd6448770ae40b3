import { useState } from "preact/hooks";
import { useAnswer } from "../../api/hooks.ts";
import { useText } from "../../app/preferences.tsx";
import { FindPeopleDocument } from "../../gql/graphql.ts";
import { Badge } from "../../parts/Badge.tsx";
import { Button } from "../../parts/Button.tsx";
import { TextField } from "../../parts/Field.tsx";
import { EmptyState, Loaded } from "../../parts/states.tsx";
import { filterFrom } from "./search.ts";

export interface Found {
  readonly id: string;
  readonly name: string;
}

/** Finds the person by e-mail, telephone, reference or words of the name. What is typed stays out of the address. */
export function FindPerson({ onFound, error }: { onFound: (person: Found) => void; error?: string | undefined }) {
  const text = useText();
  const words = text.newRequest;
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState("");
  const answer = useAnswer(FindPeopleDocument, { filter: filterFrom(asked) }, asked === "");
  return (
    <>
      <form
        class="find"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(typed.trim());
        }}
      >
        <TextField label={words.find} hint={words.findHint} value={typed} onValue={setTyped} error={error} />
        <Button type="submit">{words.search}</Button>
      </form>
      {asked === "" ? null : (
        <div aria-live="polite">
          <Loaded of={answer}>
            {({ dataSubjects: { edges, pageInfo } }) =>
              edges.length === 0 ? (
                <EmptyState title={words.nobody} body={words.nobodyHint} />
              ) : (
                <>
                  <ul class="found">
                    {edges.map(({ node }) => (
                      <li key={node.id}>
                        <button type="button" onClick={() => onFound({ id: node.id, name: node.name ?? node.id })}>
                          <strong>{node.name ?? words.nameless}</strong>
                          <span>{[node.email, node.externalReference].filter(Boolean).join(", ")}</span>
                          {node.status === "ACTIVE" ? null : (
                            <Badge tone="warning">{text.codes.subjectStatus[node.status]}</Badge>
                          )}
                        </button>
                      </li>
                    ))}
                  </ul>
                  {pageInfo.hasNextPage ? <p class="field-hint">{words.moreFound}</p> : null}
                </>
              )
            }
          </Loaded>
        </div>
      )}
    </>
  );
}
