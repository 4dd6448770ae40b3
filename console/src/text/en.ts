import { agreement } from "./en/agreement.ts";
import { app, signIn } from "./en/app.ts";
import { auditActions } from "./en/auditActions.ts";
import { breaches } from "./en/breaches.ts";
import { codes } from "./en/codes.ts";
import { evidence } from "./en/evidence.ts";
import { newRequest } from "./en/newrequest.ts";
import { parts } from "./en/parts.ts";
import { people } from "./en/people.ts";
import { requests } from "./en/requests.ts";
import { retention } from "./en/retention.ts";
import { subprocessors } from "./en/subprocessors.ts";
import { systems } from "./en/systems.ts";
import { today } from "./en/today.ts";
import type { Text } from "./sv.ts";

/** All that the console says, in English. */
export const en: Text = {
  app,
  signIn,
  parts,
  codes,
  today,
  requests,
  newRequest,
  agreement,
  subprocessors,
  breaches,
  people,
  retention,
  evidence,
  systems,
  auditActions,
};
