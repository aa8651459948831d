/** A point to be named in a picture. */
export interface LabelledPoint {
  readonly x: number;
  readonly y: number;
  readonly label: string;
  /** Half of the side of the point. */
  readonly radius: number;
}

/** Where a label stands: its anchor point, at the middle of its height. */
export interface PlacedLabel {
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "middle" | "end";
}

/** A part of the picture. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Options of {@link placeLabels}. */
export interface PlaceLabelsOptions {
  /** Labels stay inside. */
  readonly bounds: Box;
  /** Width of a character and height of a line. */
  readonly character: { readonly width: number; readonly height: number };
  /** What labels must not lie on, besides points. */
  readonly obstacles?: readonly Box[];
}

/** Least distance of a label from the points of others. */
const APART = 4;

/**
 * Finds room for labels beside their points, the first points first: right, left, above, below, then the corners. A label that
 * would lie on another or on a point gets no place. O(n²).
 */
export function placeLabels(
  points: readonly LabelledPoint[],
  { bounds, character, obstacles = [] }: PlaceLabelsOptions,
): (PlacedLabel | undefined)[] {
  const taken: Box[] = points.map(({ x, y, radius }) => ({
    // A little wider, so that no label seems to belong to a point that is not its own.
    left: x - radius - APART,
    right: x + radius + APART,
    top: y - radius - APART,
    bottom: y + radius + APART,
  }));
  const half = character.height / 2;
  return points.map(({ x, y, label, radius }, own) => {
    const gap = radius + APART + 1;
    const width = character.width * label.length;
    const candidates: PlacedLabel[] = [
      { x: x + gap, y, anchor: "start" },
      { x: x - gap, y, anchor: "end" },
      { x, y: y - gap - half, anchor: "middle" },
      { x, y: y + gap + half, anchor: "middle" },
      { x: x + radius, y: y - gap - half / 2, anchor: "start" },
      { x: x - radius, y: y - gap - half / 2, anchor: "end" },
      { x: x + radius, y: y + gap + half / 2, anchor: "start" },
      { x: x - radius, y: y + gap + half / 2, anchor: "end" },
      { x: x + radius, y: y - gap - half, anchor: "end" },
      { x: x - radius, y: y - gap - half, anchor: "start" },
      { x: x + radius, y: y + gap + half, anchor: "end" },
      { x: x - radius, y: y + gap + half, anchor: "start" },
    ];
    return candidates.find((place) => {
      const left =
        place.anchor === "start" ? place.x : place.anchor === "end" ? place.x - width : place.x - width / 2;
      const box = { left, right: left + width, top: place.y - half, bottom: place.y + half };
      const isInside =
        box.left >= bounds.left &&
        box.right <= bounds.right &&
        box.top >= bounds.top &&
        box.bottom <= bounds.bottom;
      const isFree =
        taken.every((other, i) => i === own || !overlap(box, other)) &&
        obstacles.every((other) => !overlap(box, other));
      if (isInside && isFree) taken.push(box);
      return isInside && isFree;
    });
  });
}

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
