import "./paging.css";
import { useText } from "../app/preferences.tsx";
import { Button } from "./Button.tsx";

interface PagingProps {
  /** How many pages are behind this one. */
  readonly behind: number;
  readonly hasNext: boolean;
  readonly onNext: () => void;
  readonly onBack: () => void;
}

/** Leafs through a list by cursors. */
export function Paging({ behind, hasNext, onNext, onBack }: PagingProps) {
  const text = useText();
  if (behind === 0 && !hasNext) return null;
  return (
    <nav class="paging" aria-label={text.parts.pages}>
      <Button disabled={behind === 0} onClick={onBack}>
        {text.parts.previousPage}
      </Button>
      <span>{text.parts.page(behind + 1)}</span>
      <Button disabled={!hasNext} onClick={onNext}>
        {text.parts.nextPage}
      </Button>
    </nav>
  );
}
