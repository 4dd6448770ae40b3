/** Every page of the console by its path below `/console/`. `:id` is an identifier of the gateway. */
export const paths = {
  today: "",
  requests: "requests",
  newRequest: "requests/new",
  request: "requests/:id",
  people: "people",
  newPerson: "people/new",
  person: "people/:id",
  agreement: "agreement",
  subprocessor: "subprocessors/:id",
  breaches: "breaches",
  breach: "breaches/:id",
  retention: "retention",
  evidence: "evidence",
  event: "evidence/:id",
  systems: "systems",
} as const;

export type PageName = keyof typeof paths;

/** Where the browser is: which page, of what, and with which filters. */
export interface Place {
  readonly page: PageName | "notFound";
  readonly id: string;
  readonly query: URLSearchParams;
}

const base = "/console/";

/** The address of a page. Filters go into the query; personal data never does. */
export function hrefTo(page: PageName, id = "", query?: Readonly<Record<string, string | undefined>>): string {
  const path = base + paths[page].replace(":id", encodeURIComponent(id));
  const set = Object.entries(query ?? {}).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return set.length > 0 ? `${path}?${new URLSearchParams(set)}` : path;
}

/** The page at an address. */
export function placeAt(pathname: string, search: string): Place {
  const query = new URLSearchParams(search);
  const rest = pathname.startsWith(base) ? pathname.slice(base.length).replace(/\/$/, "") : null;
  if (rest === null) return { page: pathname === "/console" ? "today" : "notFound", id: "", query };
  for (const [page, path] of Object.entries(paths) as [PageName, string][]) {
    if (path === rest) return { page, id: "", query };
    const [head, tail] = path.split("/:id");
    const found = tail === "" && head ? rest.match(new RegExp(`^${head}/([^/]+)$`)) : null;
    if (found?.[1]) return { page, id: decodeId(found[1]), query };
  }
  return { page: "notFound", id: "", query };
}

function decodeId(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
