import { useForm } from "../../api/form.ts";
import { useAnswer } from "../../api/hooks.ts";
import { useText } from "../../app/preferences.tsx";
import { type AccessLogActors, ActorNamingDocument, SetActorNamingDocument } from "../../gql/graphql.ts";
import { SelectField } from "../../parts/Field.tsx";
import { FormProblems } from "../../parts/FormProblems.tsx";
import { Section } from "../../parts/Section.tsx";
import { Loaded } from "../../parts/states.tsx";
import { useToast } from "../../parts/Toasts.tsx";

/** How persons who read their own access log are told who acted; it can be set back at any time. */
export function ActorNaming() {
  const { evidence } = useText();
  const words = evidence.naming;
  const say = useToast();
  const answer = useAnswer(ActorNamingDocument, {});
  const form = useForm(SetActorNamingDocument, ["accessLogActors"]);
  const set = async (accessLogActors: AccessLogActors) => {
    if (!(await form.send({ input: { accessLogActors } })).done) return;
    say(words.done);
    answer.reload();
  };
  return (
    <Section title={words.title}>
      <p>{words.hint}</p>
      <Loaded of={answer}>
        {({ viewer }) => (
          <div class="evidence-naming">
            <SelectField<AccessLogActors>
              label={words.label}
              value={viewer.tenant.accessLogActors}
              options={Object.entries(words.ways) as [AccessLogActors, string][]}
              onValue={(chosen) => void set(chosen)}
              error={form.errorAt("accessLogActors")}
            />
          </div>
        )}
      </Loaded>
      <FormProblems form={form} />
    </Section>
  );
}
