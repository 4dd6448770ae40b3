/** A stretch of time as wide as the time line; `now` in per cent of it. */
export interface Scale {
  readonly from: number;
  readonly until: number;
  readonly now: number;
}

interface Span {
  readonly receivedAt: string;
  readonly dueAt: string;
}

/** From the first receipt to the last deadline, with now within. */
export function scaleOf(spans: readonly Span[], now: Date): Scale {
  const from = Math.min(now.getTime(), ...spans.map((span) => Date.parse(span.receivedAt)));
  const until = Math.max(now.getTime() + 1, ...spans.map((span) => Date.parse(span.dueAt)));
  return { from, until, now: share(from, until, now.getTime()) };
}

/** Where a request lies on the scale, in per cent, and how much of its own time has gone. */
export interface Bar {
  readonly left: number;
  readonly width: number;
  readonly gone: number;
}

export function barOf(scale: Scale, receivedAt: string, dueAt: string): Bar {
  const left = share(scale.from, scale.until, Date.parse(receivedAt));
  const width = Math.max(share(scale.from, scale.until, Date.parse(dueAt)) - left, 0.5);
  const gone = Math.min(100, Math.max(0, Math.round(((scale.now - left) / width) * 100)));
  return { left, width, gone };
}

function share(from: number, until: number, at: number): number {
  return Math.round(((at - from) / (until - from)) * 1000) / 10;
}
