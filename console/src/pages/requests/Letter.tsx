import { useState } from "preact/hooks";
import { useAnswer } from "../../api/hooks.ts";
import { type Language, usePreferences } from "../../app/preferences.tsx";
import { RequestLetterDocument } from "../../gql/graphql.ts";
import { Button } from "../../parts/Button.tsx";
import { CopyButton } from "../../parts/CopyButton.tsx";
import { saveText } from "../../parts/download.ts";
import { SelectField } from "../../parts/Field.tsx";
import { Icon } from "../../parts/Icon.tsx";
import { Markdown } from "../../parts/Markdown.tsx";
import { Shown } from "../../parts/OnDemand.tsx";
import { Section } from "../../parts/Section.tsx";
import { Loaded } from "../../parts/states.tsx";

interface LetterProps {
  readonly id: string;
  readonly reference: string;
}

/** The letter as the request stands, to be read, printed and sent: that is the controller's to do. */
export function Letter(props: LetterProps) {
  const { text } = usePreferences();
  const words = text.requests.letter;
  const [wanted, setWanted] = useState(false);
  return (
    <div class="letter">
      <Section title={words.title}>
        {wanted ? (
          <Shown>
            <LetterText {...props} />
          </Shown>
        ) : (
          <div class="on-demand">
            <Button onClick={() => setWanted(true)}>
              <Icon name="eye" />
              {words.show}
            </Button>
            <p class="field-hint">{text.parts.shownIsRecorded}</p>
          </div>
        )}
      </Section>
    </div>
  );
}

function LetterText({ id, reference }: LetterProps) {
  const { text, language } = usePreferences();
  const words = text.requests.letter;
  const [written, setWritten] = useState<Language>(language);
  const answer = useAnswer(RequestLetterDocument, { id, language: written });
  const letter = answer.data?.rightsRequest?.letter;
  return (
    <>
      <div class="letter-tools">
        <SelectField
          label={words.language}
          value={written}
          options={[
            ["sv", "Svenska"],
            ["en", "English"],
          ]}
          onValue={setWritten}
        />
        {letter ? (
          <div class="letter-actions">
            <Button onClick={() => print()}>
              <Icon name="print" />
              {text.parts.print}
            </Button>
            <Button onClick={() => saveText(`${reference}-${written}.md`, letter)}>
              <Icon name="down" />
              {text.parts.download}
            </Button>
            <CopyButton value={letter} of={words.copy} />
          </div>
        ) : null}
      </div>
      <Loaded of={answer}>
        {() =>
          letter ? (
            <article class="paper">
              <Markdown source={letter} level={3} lang={written} />
            </article>
          ) : (
            <p>{words.none}</p>
          )
        }
      </Loaded>
    </>
  );
}
