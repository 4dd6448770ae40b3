import { useText } from "../../app/preferences.tsx";
import { useCountryName } from "./countries.ts";
import { outlines } from "./europe.ts";
import type { Place } from "./places.ts";

/** Where sub-processors are. A drawing beside the table, which says the same in words. */
export function EuropeMap({ places }: { places: readonly Place[] }) {
  const text = useText();
  const words = text.subprocessors;
  const nameOf = useCountryName();
  const byCode = new Map(places.map((place) => [place.country, place]));
  const outside = places.filter((place) => place.at === null);
  const listed = places.map((place) => nameOf(place.country)).join(", ");
  return (
    <figure class="europe">
      <svg viewBox="0 0 520 520" role="img" aria-label={words.map(listed)}>
        {Object.entries(outlines).map(([code, outline]) => {
          const place = byCode.get(code);
          return (
            <path key={code} d={outline} class={place ? `land land-${kindOf(place)}` : "land"}>
              {place ? <title>{words.inCountry(nameOf(code), place.names.join(", "))}</title> : null}
            </path>
          );
        })}
        {places.map(({ country, at, names, announced }) =>
          at ? (
            <g key={country} class={announced ? "mark mark-new" : "mark"} transform={`translate(${at[0]} ${at[1]})`}>
              <circle r="11" />
              <text y="4.5" text-anchor="middle">
                {names.length}
              </text>
            </g>
          ) : null,
        )}
      </svg>
      <figcaption>
        <ul class="legend">
          <li class="legend-work">{words.legend.WORK}</li>
          <li class="legend-seat">{words.legend.SEAT}</li>
          <li class="legend-new">{words.legend.NEW}</li>
        </ul>
        {outside.length > 0 ? (
          <p>
            {words.outside}:{" "}
            {outside.map((place) => words.inCountry(nameOf(place.country), place.names.join(", "))).join("; ")}
          </p>
        ) : null}
      </figcaption>
    </figure>
  );
}

function kindOf(place: Place): "new" | "work" | "seat" {
  if (place.announced) return "new";
  return place.processing ? "work" : "seat";
}
