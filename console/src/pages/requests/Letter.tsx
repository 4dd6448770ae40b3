import { useState } from "preact/hooks";
import { useAnswer } from "../../api/hooks.ts";
import { type Language, usePreferences } from "../../app/preferences.tsx";
import { RequestLetterDocument, type RightsRequestStatus } from "../../gql/graphql.ts";
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
  /** Where the request stands: in another state there is another letter. */
  readonly status: RightsRequestStatus;
}

/** The letter as the request stands, to be read, printed and sent: that is the controller's to do. */
export function Letter(props: LetterProps) {
  const { text, language } = usePreferences();
  const words = text.requests.letter;
  const [wanted, setWanted] = useState(false);
  const [written, setWritten] = useState<Language>(language);
  return (
    <div class="letter">
      <Section title={words.title}>
        {wanted ? (
          <Shown>
            <LetterText key={props.status} {...props} written={written} setWritten={setWritten} />
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

interface LetterTextProps extends LetterProps {
  readonly written: Language;
  readonly setWritten: (language: Language) => void;
}

function LetterText({ id, reference, written, setWritten }: LetterTextProps) {
  const { text } = usePreferences();
  const words = text.requests.letter;
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
