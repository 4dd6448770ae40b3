const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

const waiting = (seconds: number) =>
  seconds < 120 ? plural(seconds, "second", "seconds") : plural(Math.ceil(seconds / 60), "minute", "minutes");

export const parts = {
  tryAgain: "Try again",
  close: "Close",
  cancel: "Cancel",
  save: "Save",
  loading: "Loading",
  optional: "(optional)",
  copy: (of: string) => `Copy ${of}`,
  copied: (of: string) => `Copied ${of}`,
  notCopied: "Copying did not work. Select the text and copy it yourself.",
  show: "Show",
  shownIsRecorded: "That you read this goes into the audit log.",
  pages: "Pages of the list",
  previousPage: "Previous",
  nextPage: "Next",
  page: (number: number) => `Page ${number}`,
  typeToConfirm: (word: string) => `Type ${word} to confirm`,
  typedOtherwise: (word: string) => `Type exactly ${word}.`,
  download: "Download",
  print: "Print",
  none: "None",
  notGiven: "Not given",
  swedishTime: (words: string) => `${words}, Swedish time`,
  inYourTime: (words: string) => `(${words} your time)`,
  daysLeft: (days: number) =>
    days < 0
      ? `${plural(-days, "day", "days")} late`
      : days === 0
        ? "last day today"
        : `${plural(days, "day", "days")} left`,
  failures: {
    network: {
      title: "No contact with the service",
      body: "Check the network. The page loads again as soon as it is back.",
    },
    forbidden: {
      title: "Your role may not see this",
      body: (scopes: string) => `Ask whoever manages access in your organisation for: ${scopes}.`,
    },
    agreement: {
      title: "No agreement is in force",
      body: "Without a processor agreement in force no personal data is processed. Read and sign the one that is offered.",
      action: "Go to the agreement",
    },
    notServed: {
      title: "Your organisation is leaving the service",
      body: "This is no longer done. What still goes on is told under Agreement.",
    },
    busy: {
      title: "The service has much to do",
      budgets: {
        requestsPerMinute: "You have asked too often",
        costPerMinuteOfToken: "You have fetched too much in a short time",
        costPerMinuteOfTenant: "Your organisation has fetched too much in a short time",
        subjectsPerHour: "You have read about more people than one hour allows",
      },
      body: (seconds: number) => `Wait ${waiting(seconds)} and try again. What you have typed stays.`,
    },
    signedOut: {
      title: "The session is over",
      body: "Sign in again.",
    },
    tooMuch: {
      title: "That is too much at once",
      body: "Choose less of it, for example fewer days.",
    },
    outdated: {
      title: "The console has been updated",
      body: "Load the new version. Copy what you have typed first.",
      action: "Load the new version",
    },
    input: {
      title: "Something that you entered cannot be used",
    },
    other: {
      title: "Something went wrong on our side",
      body: (message: string, requestId: string) =>
        `${message} Try again; if it happens once more, quote ${requestId}.`,
    },
  },
};
