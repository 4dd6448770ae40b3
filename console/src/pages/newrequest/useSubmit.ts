import { useForm } from "../../api/form.ts";
import type { Outcome } from "../../api/hooks.ts";
import {
  SubmitAccessDocument,
  SubmitErasureDocument,
  SubmitObjectionDocument,
  SubmitPortabilityDocument,
  SubmitRectificationDocument,
  SubmitRestrictionDocument,
  type SubmittedFragment,
  SubmitWithdrawalDocument,
} from "../../gql/graphql.ts";
import { commonInput, type Draft, newValueOf } from "./submission.ts";

const inputs = [
  "subjectId",
  "receivedAt",
  "channel",
  "categories",
  "purpose",
  "grounds",
  "ground",
  "newValue",
  "rectifications",
] as const;

/** What came of a submission: the request, or, where one of its kind is open already, that one. */
export interface Submitted {
  readonly done: boolean;
  readonly request: SubmittedFragment | null;
  readonly code: string | null;
}

/** Submits a draft by the mutation of its right. */
export function useSubmit(kind: Draft["kind"]) {
  const access = useForm(SubmitAccessDocument, inputs);
  const rectification = useForm(SubmitRectificationDocument, inputs);
  const erasure = useForm(SubmitErasureDocument, inputs);
  const restriction = useForm(SubmitRestrictionDocument, inputs);
  const portability = useForm(SubmitPortabilityDocument, inputs);
  const objection = useForm(SubmitObjectionDocument, inputs);
  const withdrawal = useForm(SubmitWithdrawalDocument, inputs);
  const forms = {
    ACCESS: access,
    RECTIFICATION: rectification,
    ERASURE: erasure,
    RESTRICTION: restriction,
    PORTABILITY: portability,
    OBJECTION: objection,
    CONSENT_WITHDRAWAL: withdrawal,
  };
  const submit = async (draft: Draft, today: string, idempotencyKey: string): Promise<Submitted> => {
    const common = commonInput(draft, today, idempotencyKey);
    switch (draft.kind) {
      case "ACCESS":
        return told(await access.send({ input: common }));
      case "PORTABILITY":
        return told(await portability.send({ input: common }));
      case "ERASURE": {
        const categories = draft.categories.length > 0 ? { categories: [...draft.categories] } : {};
        return told(await erasure.send({ input: { ...common, ...categories } }));
      }
      case "RESTRICTION":
        return told(await restriction.send({ input: { ...common, ground: draft.ground } }));
      case "OBJECTION": {
        const grounds = draft.purpose === "DIRECT_MARKETING" ? {} : { grounds: draft.grounds };
        return told(await objection.send({ input: { ...common, ...grounds, purpose: draft.purpose } }));
      }
      case "CONSENT_WITHDRAWAL":
        return told(await withdrawal.send({ input: { ...common, purpose: draft.purpose } }));
      case "RECTIFICATION": {
        const rectifications = draft.corrections.map((one) => ({
          category: one.category,
          fault: one.fault,
          newValue: newValueOf(one),
        }));
        const { restrictMeanwhile } = draft;
        return told(await rectification.send({ input: { ...common, rectifications, restrictMeanwhile } }));
      }
    }
  };
  return { form: forms[kind], submit };
}

function told(outcome: Outcome<{ readonly submit: { readonly rightsRequest: SubmittedFragment | null } }>): Submitted {
  const request = outcome.data?.submit.rightsRequest ?? null;
  return { done: outcome.done, request, code: outcome.done ? null : (outcome.userErrors[0]?.code ?? null) };
}
