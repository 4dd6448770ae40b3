import { useText } from "../../app/preferences.tsx";
import { Facts } from "../../parts/Facts.tsx";
import { Section } from "../../parts/Section.tsx";
import { When } from "../../parts/When.tsx";
import type { WholeRequest } from "./steps.ts";

/** How it came in, who was identified and how, and what was decided by whom. */
export function RequestFacts({ request }: { request: WholeRequest }) {
  const text = useText();
  const words = text.requests.facts;
  const { identityVerification: identity, decision, extension } = request;
  return (
    <Section title={words.title}>
      <Facts
        of={[
          [words.channel, text.codes.channel[request.channel]],
          [words.purpose, request.purpose ? text.codes.purpose[request.purpose] : null],
          [words.ground, request.restrictionGround ? text.codes.restrictionGround[request.restrictionGround] : null],
          [
            words.asked,
            request.erasureCategories
              ? request.erasureCategories.map((code) => text.codes.category[code]).join(", ")
              : null,
          ],
          [
            words.identity,
            identity ? (
              <>
                {text.codes.identification[identity.method]}, <When at={identity.verifiedAt} />{" "}
                <span class="soft">{words.by(identity.verifiedBy)}</span>
              </>
            ) : (
              words.notIdentified
            ),
          ],
          [
            words.decision,
            decision ? (
              <>
                {decision.verdict === "APPROVED" ? words.approved : words.refused}, <When at={decision.decidedAt} />{" "}
                <span class="soft">{words.by(decision.decidedBy)}</span>
                {decision.lateRefusal ? <p>{words.late}</p> : null}
              </>
            ) : null,
          ],
          [
            text.requests.refuse.ground,
            decision?.refusalGround ? text.codes.refusalGround[decision.refusalGround] : null,
          ],
          [words.reasons, decision?.reasons],
          [
            text.requests.clock.extended,
            extension
              ? `${extension.grounds.map((ground) => text.codes.extensionGround[ground]).join(", ")}. ${extension.reason}`
              : null,
          ],
        ]}
      />
    </Section>
  );
}
