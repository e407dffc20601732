/** Where a key leads in a row of `count` things, of which `current` has the focus; undefined for a key that leads nowhere. */
export function stepTo(
  key: string,
  current: number,
  count: number,
  back: string,
  forth: string,
  page = 1,
): number | undefined {
  const within = (index: number) => Math.max(0, Math.min(index, count - 1));
  switch (key) {
    case forth:
      return within(current + 1);
    case back:
      return within(current - 1);
    case "PageDown":
      return page > 1 ? within(current + page) : undefined;
    case "PageUp":
      return page > 1 ? within(current - page) : undefined;
    case "Home":
      return 0;
    case "End":
      return within(count - 1);
    default:
      return undefined;
  }
}
