const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

export const today = {
  title: "Today",
  lead: (open: number, overdue: number) =>
    open === 0
      ? "No request is waiting for an answer."
      : `${plural(open, "request is", "requests are")} waiting for an answer${overdue > 0 ? `, ${overdue} of them late` : ""}.`,
  due: "Requests waiting for an answer",
  all: "All requests",
  noneDue: "No request is waiting",
  noneDueHint: "When somebody asks for something it stands here, with the last day for the answer.",
  register: "Register a request",
  received: "Came in",
  now: "today",
  more: (count: number) => `and ${count} more`,
  agreement: "Agreement",
  inForce: (version: number) => `Version ${version} is in force.`,
  inForceSince: "Since",
  noAgreement: "No agreement is in force. No personal data is processed until one is signed.",
  offered: (version: number) => `Version ${version} is waiting for your signature.`,
  read: "Read and sign",
  seeAgreement: "See the agreement",
  subprocessors: (count: number) =>
    `${plural(count, "sub-processor is", "sub-processors are")} waiting for your answer.`,
  breaches: "Open breach notices",
  noBreaches: "No breach notice is waiting to be read.",
  authorityBy: "Notify the authority by",
  hoursLeft: (hours: number) => (hours < 0 ? "the time has passed" : `${plural(hours, "hour", "hours")} left`),
  tasks: "Systems that have not answered",
  noTasks: "No task of another system has failed or is overdue.",
  forRequest: (reference: string) => `for ${reference}`,
};
