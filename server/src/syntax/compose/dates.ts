const DATE =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:([Tt ])(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.\d+)?(Z|[-+]\d\d:\d\d)?)?$/;

/**
 * Whether Compose's YAML reader takes a plain scalar for a date, for which the Compose specification has no place
 * (yaml.v3 resolve.go, read 2026-11; docker compose 2.40.3 asked about each form).
 */
export function isDate(plain: string): boolean {
  const [, year, month, day, between, hour, minute, second, zone] = DATE.exec(plain) ?? [];
  if (year === undefined) return false;
  // With `T` there is a zone, with a blank there is none.
  if (between !== undefined && (between === " ") === (zone !== undefined)) return false;
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  const fits = (text: string | undefined, least: number, most: number) =>
    text === undefined || (Number(text) >= least && Number(text) <= most);
  return (
    fits(month, 1, 12) &&
    fits(day, 1, days) &&
    fits(hour, 0, 23) &&
    fits(minute, 0, 59) &&
    fits(second, 0, 59)
  );
}
