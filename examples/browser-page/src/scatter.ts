/** A canvas that shows points of the plane, sharp on every screen and in the colours of the page. */
export interface Scatter {
  show(points: ArrayLike<number>): void;
  /** Circles to hold the points against: x, y, x, y, … */
  frame(centres: ArrayLike<number>, radius: number): void;
}

/** The plane from −EXTENT to EXTENT is shown. */
const EXTENT = 2.4;

/** @param colour - the custom property of the style sheet that holds the colour of the points. */
export function scatter(canvas: HTMLCanvasElement, colour: string): Scatter {
  let points: ArrayLike<number> = [];
  let circles: { centres: ArrayLike<number>; radius: number } | undefined;

  const paint = (): void => {
    const size = Math.round(canvas.clientWidth * devicePixelRatio);
    canvas.width = size;
    canvas.height = size;
    const context = canvas.getContext("2d");
    if (context === null || size === 0) return;
    const style = getComputedStyle(canvas);
    const scale = size / (2 * EXTENT);
    const x = (value: number): number => (value + EXTENT) * scale;
    const y = (value: number): number => (EXTENT - value) * scale;
    if (circles !== undefined) {
      const { centres, radius } = circles;
      context.strokeStyle = style.getPropertyValue("--circle");
      context.lineWidth = devicePixelRatio;
      for (let i = 0; i < centres.length; i += 2) {
        context.beginPath();
        context.arc(x(centres[i]!), y(centres[i + 1]!), radius * scale, 0, 2 * Math.PI);
        context.stroke();
      }
    }
    const side = 1.7 * devicePixelRatio;
    context.fillStyle = style.getPropertyValue(colour);
    context.globalAlpha = 0.55;
    for (let i = 0; i < points.length; i += 2) {
      context.fillRect(x(points[i]!) - side / 2, y(points[i + 1]!) - side / 2, side, side);
    }
  };

  new ResizeObserver(paint).observe(canvas);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
  return {
    show(next) {
      points = next;
      paint();
    },
    frame(centres, radius) {
      circles = { centres, radius };
      paint();
    },
  };
}
