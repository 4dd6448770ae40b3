import type {
  DataCategory,
  Purpose,
  RectificationFault,
  RequestChannel,
  RestrictionGround,
  RightsRequestKind,
} from "../../gql/codes.ts";

/** One correction as it is typed. An address has parts; every other value is one line. */
export interface Correction {
  readonly key: number;
  readonly category: DataCategory;
  readonly fault: RectificationFault;
  readonly value: string;
  readonly address: {
    readonly lines: string;
    readonly postalCode: string;
    readonly locality: string;
    readonly country: string;
  };
}

/** What the form holds, for whichever right. */
export interface Draft {
  readonly kind: RightsRequestKind;
  readonly subjectId: string;
  readonly channel: RequestChannel;
  /** The Swedish day on which it came in, `2026-11-22`. */
  readonly day: string;
  readonly categories: readonly DataCategory[];
  readonly corrections: readonly Correction[];
  readonly restrictMeanwhile: boolean;
  readonly ground: RestrictionGround;
  readonly purpose: Purpose;
  readonly grounds: string;
}

/** What can be corrected by a request: accounting records and passwords cannot. */
export const correctable: readonly DataCategory[] = ["NAME", "POSITION", "PHONE", "ADDRESS", "EMAIL", "LOGIN_NAME"];

/** The purposes that an objection can end; the others are the law's or what the person asks for. */
export const objectable: readonly Purpose[] = ["DIRECT_MARKETING", "SERVICE_DELIVERY"];

export function emptyCorrection(key: number): Correction {
  const address = { lines: "", postalCode: "", locality: "", country: "SE" };
  return { key, category: "NAME", fault: "INCORRECT", value: "", address };
}

/** When it came in: now for today; for an earlier day noon in Sweden, since the clock counts days. */
export function receivedAt(day: string, today: string): string | undefined {
  return day === today ? undefined : `${day}T12:00:00+01:00`;
}

/** The value of a correction as the gateway takes it: an address as the JSON of its parts. */
export function newValueOf({ category, value, address }: Correction): string {
  if (category !== "ADDRESS") return value;
  const lines = address.lines
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  return JSON.stringify({
    lines,
    postalCode: address.postalCode,
    locality: address.locality,
    country: address.country,
  });
}

/** What every submission has. */
export function commonInput(draft: Draft, today: string, idempotencyKey: string) {
  const received = receivedAt(draft.day, today);
  return {
    subjectId: draft.subjectId,
    channel: draft.channel,
    idempotencyKey,
    ...(received ? { receivedAt: received } : {}),
  };
}
