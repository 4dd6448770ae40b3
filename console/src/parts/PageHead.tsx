import "./page-head.css";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useText } from "../app/preferences.tsx";
import { usePlace } from "../app/router.tsx";

interface PageHeadProps {
  readonly title: string;
  readonly lead?: ComponentChildren;
  /** Where it belongs, as a link back. */
  readonly back?: { readonly href: string; readonly name: string };
  readonly children?: ComponentChildren;
}

/** The heading of a page: names the window, and takes the focus when the reader has come here by a link. */
export function PageHead({ title, lead, back, children }: PageHeadProps) {
  const text = useText();
  const place = usePlace();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} – ${text.app.product}`;
  }, [title, text]);
  useEffect(() => {
    if (document.querySelector("dialog[open]") === null) heading.current?.focus({ preventScroll: true });
  }, [place.page, place.id]);
  return (
    <header class="page-head">
      {back ? (
        <a class="page-back" href={back.href}>
          <span aria-hidden="true">← </span>
          {back.name}
        </a>
      ) : null}
      <div class="page-head-line">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children ? <div class="page-head-actions">{children}</div> : null}
      </div>
      {lead ? <p class="page-lead">{lead}</p> : null}
    </header>
  );
}
