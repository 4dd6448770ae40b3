import { agreement } from "./sv/agreement.ts";
import { app, signIn } from "./sv/app.ts";
import { auditActions } from "./sv/auditActions.ts";
import { breaches } from "./sv/breaches.ts";
import { codes } from "./sv/codes.ts";
import { evidence } from "./sv/evidence.ts";
import { newRequest } from "./sv/newrequest.ts";
import { parts } from "./sv/parts.ts";
import { people } from "./sv/people.ts";
import { requests } from "./sv/requests.ts";
import { retention } from "./sv/retention.ts";
import { subprocessors } from "./sv/subprocessors.ts";
import { systems } from "./sv/systems.ts";
import { today } from "./sv/today.ts";

/** All that the console says, in Swedish. The other languages have the same keys, or they do not compile. */
export const sv = {
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

export type Text = typeof sv;
