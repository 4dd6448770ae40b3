/** Hands a finished document to the browser to keep. */
export function saveDocument(fileName: string, mediaType: string, contentBase64: string): void {
  const bytes = Uint8Array.from(atob(contentBase64), (letter) => letter.charCodeAt(0));
  saveBlob(fileName, new Blob([bytes], { type: mediaType }));
}

export function saveText(fileName: string, text: string): void {
  saveBlob(fileName, new Blob([text], { type: "text/plain;charset=utf-8" }));
}

function saveBlob(fileName: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  follow(address, fileName);
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Follows a link of the gateway to a file. Anything but http and https is left alone. */
export function followDownload(address: string): void {
  if (/^https?:/.test(address)) follow(address, "");
}

function follow(address: string, fileName: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.rel = "noreferrer";
  link.click();
}
