import type { ComponentType } from "preact";
import { usePreferences } from "../app/preferences.tsx";
import { usePlace } from "../app/router.tsx";
import { hrefTo, type PageName } from "../app/routes.ts";
import { ButtonLink } from "../parts/Button.tsx";
import { PageHead } from "../parts/PageHead.tsx";
import { EmptyState } from "../parts/states.tsx";
import { Agreement } from "./agreement/Agreement.tsx";
import { Breaches } from "./breaches/Breaches.tsx";
import { BreachPage } from "./breaches/BreachPage.tsx";
import { Event } from "./evidence/Event.tsx";
import { Evidence } from "./evidence/Evidence.tsx";
import { NewRequest } from "./newrequest/NewRequest.tsx";
import { NewPerson } from "./people/NewPerson.tsx";
import { People } from "./people/People.tsx";
import { Person } from "./people/Person.tsx";
import { RequestList } from "./requests/RequestList.tsx";
import { RequestPage } from "./requests/RequestPage.tsx";
import { Retention } from "./retention/Retention.tsx";
import { SubprocessorPage } from "./subprocessors/SubprocessorPage.tsx";
import { Systems } from "./systems/Systems.tsx";
import { Today } from "./today/Today.tsx";

/** What a page is given: the object that its address names, or an empty text. */
export interface PageProps {
  readonly id: string;
}

const pages: Partial<Record<PageName, ComponentType<PageProps>>> = {
  today: Today,
  requests: RequestList,
  request: RequestPage,
  newRequest: NewRequest,
  agreement: Agreement,
  subprocessor: SubprocessorPage,
  breaches: Breaches,
  breach: BreachPage,
  people: People,
  newPerson: NewPerson,
  person: Person,
  retention: Retention,
  evidence: Evidence,
  event: Event,
  systems: Systems,
};

/** The page of the place, anew for each object. */
export function Page() {
  const place = usePlace();
  const { text } = usePreferences();
  const Shown = place.page === "notFound" ? undefined : pages[place.page];
  if (Shown) return <Shown key={`${place.page}/${place.id}`} id={place.id} />;
  const known = place.page !== "notFound";
  return (
    <>
      <PageHead title={text.app.notFound} />
      <EmptyState title={known ? text.app.building : text.app.notFoundHint}>
        <ButtonLink href={hrefTo("today")}>{text.app.toToday}</ButtonLink>
      </EmptyState>
    </>
  );
}
