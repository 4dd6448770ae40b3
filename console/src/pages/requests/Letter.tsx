import { useState } from "preact/hooks";
import { type Language, usePreferences } from "../../app/preferences.tsx";
import { RequestLetterDocument } from "../../gql/graphql.ts";
import { Button } from "../../parts/Button.tsx";
import { CopyButton } from "../../parts/CopyButton.tsx";
import { saveText } from "../../parts/download.ts";
import { SelectField } from "../../parts/Field.tsx";
import { Icon } from "../../parts/Icon.tsx";
import { Markdown } from "../../parts/Markdown.tsx";
import { OnDemand } from "../../parts/OnDemand.tsx";
import { Section } from "../../parts/Section.tsx";

/** The letter as the request stands, to be read, printed and sent: that is the controller's to do. */
export function Letter({ id, reference }: { id: string; reference: string }) {
  const { text, language } = usePreferences();
  const words = text.requests.letter;
  const [written, setWritten] = useState<Language>(language);
  return (
    <div class="letter" id="letter">
      <Section title={words.title}>
        <OnDemand document={RequestLetterDocument} variables={{ id, language: written }} label={words.show}>
          {({ rightsRequest }) => {
            const letter = rightsRequest?.letter;
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
                {letter ? (
                  <article class="paper">
                    <Markdown source={letter} level={3} lang={written} />
                  </article>
                ) : (
                  <p>{words.none}</p>
                )}
              </>
            );
          }}
        </OnDemand>
      </Section>
    </div>
  );
}
