import { agreement } from "./sv/agreement.ts";
import { app, signIn } from "./sv/app.ts";
import { breaches } from "./sv/breaches.ts";
import { codes } from "./sv/codes.ts";
import { newRequest } from "./sv/newrequest.ts";
import { parts } from "./sv/parts.ts";
import { requests } from "./sv/requests.ts";
import { subprocessors } from "./sv/subprocessors.ts";
import { today } from "./sv/today.ts";

/** All that the console says, in Swedish. The other languages have the same keys, or they do not compile. */
export const sv = { app, signIn, parts, codes, today, requests, newRequest, agreement, subprocessors, breaches };

export type Text = typeof sv;
