/** Hands a text to the reader as a file. */
export function saveFile(name: string, content: BlobPart, mediaType: string): void {
  const address = URL.createObjectURL(new Blob([content], { type: mediaType }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it on its own time; a minute is more than it needs.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
