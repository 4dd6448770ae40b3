import { useEffect, useState } from "preact/hooks";
import { useAnswer } from "../../api/hooks.ts";
import { useText } from "../../app/preferences.tsx";
import { AgreementTextDocument } from "../../gql/graphql.ts";
import { CopyButton } from "../../parts/CopyButton.tsx";
import { sha256 } from "../../parts/digest.ts";
import { Markdown } from "../../parts/Markdown.tsx";
import { Loaded } from "../../parts/states.tsx";

interface AgreementTextProps {
  readonly id: string;
  /** Told the digest of the very text that is shown. */
  readonly onShown?: (sha256: string) => void;
}

/** The document of one version, and whether it is the one that the digest names: computed here, from what is shown. */
export function AgreementText({ id, onShown }: AgreementTextProps) {
  const answer = useAnswer(AgreementTextDocument, { id });
  return (
    <Loaded of={answer}>
      {({ node }) =>
        node && "document" in node ? (
          <>
            <article class="paper agreement-paper">
              <Markdown source={node.document} level={3} lang={node.language} />
            </article>
            <Digest document={node.document} expected={node.documentSha256} {...(onShown ? { onShown } : {})} />
          </>
        ) : null
      }
    </Loaded>
  );
}

interface DigestProps {
  readonly document: string;
  readonly expected: string;
  readonly onShown?: (sha256: string) => void;
}

function Digest({ document, expected, onShown }: DigestProps) {
  const words = useText().agreement;
  const [computed, setComputed] = useState("");
  useEffect(() => {
    let current = true;
    void sha256(document).then((digest) => {
      if (!current) return;
      setComputed(digest);
      onShown?.(digest);
    });
    return () => {
      current = false;
    };
  }, [document, onShown]);
  return (
    <p class="agreement-digest" role="status">
      {words.digest}: <code>{expected}</code> <CopyButton value={expected} of={words.digest} />
      {computed === "" ? null : <strong>{computed === expected ? words.digestRight : words.digestWrong}</strong>}
    </p>
  );
}
