import "./subprocessors.css";
import { useState } from "preact/hooks";
import { useAnswer } from "../../api/hooks.ts";
import { useText } from "../../app/preferences.tsx";
import { hrefTo } from "../../app/routes.ts";
import { SubprocessorsDocument, type SubprocessorWholeFragment } from "../../gql/graphql.ts";
import { Badge } from "../../parts/Badge.tsx";
import { Section } from "../../parts/Section.tsx";
import { Loaded } from "../../parts/states.tsx";
import { Table } from "../../parts/Table.tsx";
import { Day } from "../../parts/When.tsx";
import { useCountryName } from "./countries.ts";
import { EuropeMap } from "./EuropeMap.tsx";
import { placesOf } from "./places.ts";
import { standingTones } from "./standing.ts";

/** Who else processes the tenant's data: on a map, and as a list. */
export function SubprocessorSection() {
  const words = useText().subprocessors;
  const [includeEnded, setIncludeEnded] = useState(false);
  const answer = useAnswer(SubprocessorsDocument, { includeEnded });
  return (
    <Section title={words.title}>
      <p class="soft">{words.lead}</p>
      <Loaded of={answer}>
        {({ subprocessors }) =>
          subprocessors.length === 0 ? (
            <p>{words.none}</p>
          ) : (
            <div class="subprocessors">
              <EuropeMap places={placesOf(subprocessors)} />
              <List of={subprocessors} />
            </div>
          )
        }
      </Loaded>
      <label class="field-choice">
        <input
          type="checkbox"
          checked={includeEnded}
          onChange={(event) => setIncludeEnded(event.currentTarget.checked)}
        />
        <span>{words.ended}</span>
      </label>
    </Section>
  );
}

function List({ of }: { of: readonly SubprocessorWholeFragment[] }) {
  const text = useText();
  const { columns, title, objectBy } = text.subprocessors;
  const nameOf = useCountryName();
  return (
    <Table
      caption={title}
      rows={of}
      keyOf={(row) => row.id}
      columns={[
        {
          name: columns.name,
          heads: true,
          cell: (row) => (
            <>
              <a href={hrefTo("subprocessor", row.id)}>{row.name}</a>
              <p class="subprocessor-does">{row.purpose}</p>
            </>
          ),
        },
        { name: columns.where, cell: (row) => row.processingCountries.map(nameOf).join(", ") },
        {
          name: columns.standing,
          cell: (row) => (
            <>
              <Badge tone={standingTones[row.standing]}>{text.codes.standing[row.standing]}</Badge>
              {row.standing === "ANNOUNCED" && row.objectionDeadline ? (
                <p class="subprocessor-does">
                  {objectBy} <Day on={row.objectionDeadline} />
                </p>
              ) : null}
            </>
          ),
        },
      ]}
    />
  );
}
