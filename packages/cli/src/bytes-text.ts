/** A size for people: 512 bytes, 29.5 kB, 170.1 MB, 16.4 GB; in powers of ten, as disks and downloads are sold. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  const units = ["kB", "MB", "GB", "TB"];
  let value = bytes / 1000;
  let unit = 0;
  // What would be rounded to 1000.0 has the next unit.
  for (; value >= 999.95 && unit < units.length - 1; unit++) value /= 1000;
  return `${value.toFixed(1)} ${units[unit]}`;
}
