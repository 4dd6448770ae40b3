import "./people.css";
import { useState } from "preact/hooks";
import { useAnswer } from "../../api/hooks.ts";
import { useText } from "../../app/preferences.tsx";
import { go, usePlace } from "../../app/router.tsx";
import { hrefTo } from "../../app/routes.ts";
import { useMay } from "../../app/session.tsx";
import { PeopleDocument, type Purpose, type SubjectStatus } from "../../gql/graphql.ts";
import { Button, ButtonLink } from "../../parts/Button.tsx";
import { useCursors } from "../../parts/cursors.ts";
import { Icon } from "../../parts/Icon.tsx";
import { PageHead } from "../../parts/PageHead.tsx";
import { Paging } from "../../parts/Paging.tsx";
import { Section } from "../../parts/Section.tsx";
import { EmptyState, Loaded } from "../../parts/states.tsx";
import { PeopleTable } from "./PeopleTable.tsx";
import { SearchForm } from "./SearchForm.tsx";
import { filterOf, purposeNamed, type Search, usualPurpose } from "./search.ts";

const nothing: Search = { key: "nameWords", words: "" };

/** What was searched for last, so that the way back from a person leads to the same list. It ends with the page. */
let lastSearch = nothing;

/** The persons whose data the tenant controls. What is searched for never stands in the address. */
export function People() {
  const text = useText();
  const words = text.people;
  const { query } = usePlace();
  const usual = usualPurpose(useMay("rights:read"));
  const purpose = purposeNamed(query.get("purpose"), usual);
  const status = statusNamed(query.get("status"), Object.keys(text.codes.subjectStatus));
  const [search, setSearch] = useState(lastSearch);
  const [values, setValues] = useState(false);
  const cursors = useCursors();
  const answer = useAnswer(PeopleDocument, {
    filter: filterOf(search, status),
    purpose,
    after: cursors.after,
    values,
  });
  const find = (asked: Search) => {
    lastSearch = asked;
    cursors.start();
    setSearch(asked);
  };
  const choose = (chosen: { readonly status?: SubjectStatus | ""; readonly purpose?: Purpose }) => {
    cursors.start();
    const next = { status: chosen.status ?? status ?? "", purpose: chosen.purpose ?? purpose };
    go(hrefTo("people", "", { ...next, purpose: next.purpose === usual ? "" : next.purpose }), true);
  };
  return (
    <>
      <PageHead title={words.title} lead={words.lead}>
        {useMay("subjects:write") ? (
          <ButtonLink href={hrefTo("newPerson")} tone="primary">
            <Icon name="plus" />
            {words.register}
          </ButtonLink>
        ) : null}
      </PageHead>
      <SearchForm search={search} status={status ?? ""} purpose={purpose} onFind={find} onChoose={choose} />
      <Section title={words.listTitle} aside={<ShowNames shown={values} onShow={() => setValues(true)} />}>
        <Loaded of={answer}>
          {({ dataSubjects }) =>
            dataSubjects.edges.length > 0 ? (
              <>
                <p class="soft" role="status">
                  {words.count(dataSubjects.totalCount)}
                </p>
                <PeopleTable
                  people={dataSubjects.edges.map((edge) => edge.node)}
                  values={values}
                  purpose={purpose === usual ? "" : purpose}
                />
                <Paging
                  behind={cursors.behind}
                  hasNext={dataSubjects.pageInfo.hasNextPage}
                  onNext={() => cursors.next(dataSubjects.pageInfo.endCursor)}
                  onBack={cursors.back}
                />
              </>
            ) : (
              <EmptyState
                title={words.none}
                body={purpose === "DIRECT_MARKETING" ? words.noneMarketing : words.noneHint}
              >
                {search.words || status ? (
                  <Button
                    onClick={() => {
                      find(nothing);
                      choose({ status: "" });
                    }}
                  >
                    {words.showAll}
                  </Button>
                ) : null}
              </EmptyState>
            )
          }
        </Loaded>
      </Section>
    </>
  );
}

function ShowNames({ shown, onShow }: { shown: boolean; onShow: () => void }) {
  const { people, parts } = useText();
  if (shown) return <span class="soft people-hint">{people.namesShown}</span>;
  return (
    <span class="people-show">
      <span class="soft people-hint">{parts.shownIsRecorded}</span>
      <Button onClick={onShow}>
        <Icon name="eye" />
        {people.showNames}
      </Button>
    </span>
  );
}

function statusNamed(name: string | null, known: readonly string[]): SubjectStatus | null {
  return name && known.includes(name) ? (name as SubjectStatus) : null;
}
