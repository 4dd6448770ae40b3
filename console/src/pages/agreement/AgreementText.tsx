import { useEffect, useState } from "preact/hooks";
import { useAnswer } from "../../api/hooks.ts";
import { useText } from "../../app/preferences.tsx";
import { type AgreementHeadFragment, AgreementTextDocument } from "../../gql/graphql.ts";
import { CopyButton } from "../../parts/CopyButton.tsx";
import { sha256 } from "../../parts/digest.ts";
import { Markdown } from "../../parts/Markdown.tsx";
import { Loaded } from "../../parts/states.tsx";

/** A version, and the cursor before it in the list of all: by that its text is read. */
export interface Listed {
  readonly head: AgreementHeadFragment;
  readonly after: string | null;
}

/** The versions of a list, each with the cursor before it. */
export function listed(
  edges: readonly { readonly cursor: string; readonly node: AgreementHeadFragment }[],
): readonly Listed[] {
  return edges.map(({ node }, index) => ({ head: node, after: edges[index - 1]?.cursor ?? null }));
}

interface AgreementTextProps {
  readonly after: string | null;
  /** Told the digest of the very text that is shown. */
  readonly onShown?: (sha256: string) => void;
}

/** The document of one version, and whether it is the one that the digest names: computed here, from what is shown. */
export function AgreementText({ after, onShown }: AgreementTextProps) {
  const answer = useAnswer(AgreementTextDocument, { after });
  return (
    <Loaded of={answer}>
      {({ viewer }) => {
        const node = viewer.tenant.agreements.edges[0]?.node;
        return node ? (
          <>
            <article class="paper agreement-paper">
              <Markdown source={node.document} level={3} lang={node.language} />
            </article>
            <Digest document={node.document} expected={node.documentSha256} {...(onShown ? { onShown } : {})} />
          </>
        ) : null;
      }}
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
