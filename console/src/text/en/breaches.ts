import type { Text } from "../sv.ts";

export const breaches: Text["breaches"] = {
  title: "Breaches",
  lead: "Personal data breaches that the vendor has told you of (Art.\u00a033(2)). Whether to notify is for you to decide.",
  none: "No breaches",
  noneHint: "If something happens at the vendor that concerns your data, you are told of it here without undue delay.",
  notFound: "There is no such breach",
  back: "Breaches",
  columns: { what: "What happened", notified: "You were told", deadline: "To the authority by", state: "State" },
  open: "Not read",
  read: "Read",
  facts: {
    title: "What is known",
    description: "What happened",
    detected: "Detected",
    notified: "You were told",
    data: "Personal data",
    people: "About so many people",
    consequences: "Likely consequences",
    measures: "Measures",
  },
  supplements: "What became known later",
  authority: {
    title: "Your notification to the authority",
    why: "Notify the Swedish Authority for Privacy Protection within 72 hours of being told, unless the breach is unlikely to be a risk to the people (Art.\u00a033(1)). Late is better than not at all: say why.",
    deadline: "By",
    left: (hours) => (hours < 0 ? "The time has passed." : `${hours} ${hours === 1 ? "hour" : "hours"} left.`),
    acknowledged: "Read and acknowledged",
  },
  acknowledge: {
    action: "Acknowledge that you have read it",
    hint: "This moves no deadline and is no notification.",
    done: "Acknowledged.",
  },
};
