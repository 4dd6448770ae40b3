import { type ComponentChildren, createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import { type Place, placeAt } from "./routes.ts";

const Here = createContext<Place>(placeAt("/console/", ""));

/** The place that is shown. */
export function usePlace(): Place {
  return useContext(Here);
}

const moved = "console:moved";

/** Goes to an address of the console. `replace`: without a new step for the back button, as for a filter. */
export function go(href: string, replace = false): void {
  if (replace) history.replaceState(null, "", href);
  else history.pushState(null, "", href);
  dispatchEvent(new Event(moved));
}

/** Keeps the place as the address says, and takes every plain click on a link within the console. */
export function Router({ children }: { children: ComponentChildren }) {
  const [place, setPlace] = useState(() => placeAt(location.pathname, location.search));
  useEffect(() => {
    const read = () => setPlace(placeAt(location.pathname, location.search));
    addEventListener("popstate", read);
    addEventListener(moved, read);
    document.addEventListener("click", follow);
    return () => {
      removeEventListener("popstate", read);
      removeEventListener(moved, read);
      document.removeEventListener("click", follow);
    };
  }, []);
  return <Here.Provider value={place}>{children}</Here.Provider>;
}

function follow(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return;
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute("download")) return;
  if (link.origin !== location.origin || !link.pathname.startsWith("/console/")) return;
  if (link.hash || link.pathname.startsWith("/console/sign-in")) return;
  event.preventDefault();
  go(link.pathname + link.search);
  scrollTo(0, 0);
}
