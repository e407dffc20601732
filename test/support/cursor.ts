/** A text with `<|>` where the cursor is, taken apart. The marker occurs in no real Dockerfile or Compose file. */
export function readCursor(fixture: string): { readonly text: string; readonly offset: number } {
  const offset = fixture.indexOf("<|>");
  if (offset < 0 || fixture.indexOf("<|>", offset + 3) >= 0)
    throw new Error("One <|> has to mark the cursor.");
  return { text: fixture.slice(0, offset) + fixture.slice(offset + 3), offset };
}
