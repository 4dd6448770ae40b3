import { useState } from "preact/hooks";
import { useText } from "../../app/preferences.tsx";
import type { Purpose, SubjectStatus } from "../../gql/graphql.ts";
import { Button } from "../../parts/Button.tsx";
import { SelectField, TextField } from "../../parts/Field.tsx";
import { Icon } from "../../parts/Icon.tsx";
import { guessedKey, purposes, type Search, type SearchKey, searchKeys, searchProblem } from "./search.ts";

interface SearchFormProps {
  readonly search: Search;
  readonly status: SubjectStatus | "";
  readonly purpose: Purpose;
  readonly onFind: (search: Search) => void;
  readonly onChoose: (chosen: { readonly status?: SubjectStatus | ""; readonly purpose?: Purpose }) => void;
}

/** What is looked for, by what, and for which purpose. */
export function SearchForm({ search, status, purpose, onFind, onChoose }: SearchFormProps) {
  const text = useText();
  const words = text.people.search;
  const [typed, setTyped] = useState(search.words);
  const [key, setKey] = useState<SearchKey>(search.key);
  // Until the reader says by what to search, it is guessed from what is typed.
  const [chosen, setChosen] = useState(search.words !== "");
  const [tried, setTried] = useState(false);
  const problem = tried ? searchProblem({ key, words: typed }) : null;
  return (
    <search>
      <form
        class="people-search"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (!searchProblem({ key, words: typed })) onFind({ key, words: typed });
        }}
      >
        <div class="people-words">
          <TextField
            label={words.what}
            hint={words.hint}
            type="search"
            value={typed}
            maxLength={500}
            error={problem ? words.problems[problem] : undefined}
            onValue={(value) => {
              setTyped(value);
              if (!chosen) setKey(guessedKey(value));
              if (value === "") {
                setChosen(false);
                onFind({ key, words: "" });
              }
            }}
          />
        </div>
        <SelectField
          label={words.by}
          value={key}
          options={searchKeys.map((one) => [one, words.keys[one]])}
          onValue={(one) => {
            setChosen(true);
            setKey(one);
          }}
        />
        <Button type="submit" tone="primary">
          <Icon name="search" />
          {words.find}
        </Button>
      </form>
      <div class="people-filters">
        <SelectField<SubjectStatus | "">
          label={words.status}
          value={status}
          options={
            [["", words.anyStatus], ...Object.entries(text.codes.subjectStatus)] as [SubjectStatus | "", string][]
          }
          onValue={(chosenStatus) => onChoose({ status: chosenStatus })}
        />
        <SelectField
          label={text.people.purpose}
          hint={text.people.purposeHint[purpose]}
          value={purpose}
          options={purposes.map((one) => [one, text.codes.purpose[one]])}
          onValue={(one) => onChoose({ purpose: one })}
        />
      </div>
    </search>
  );
}
