/** What a `datetime-local` input says, in the reader's zone, as an instant; null while it says nothing. */
export function momentOf(typed: string): string | null {
  const at = new Date(typed);
  return typed === "" || Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** An instant as a `datetime-local` input has it, in the reader's zone. */
export function typedMoment(at: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
