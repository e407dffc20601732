/**
 * Draws parts of the page as they look, in the colours of the theme, and answers a PNG as a `data:` URL. What can be drawn is what
 * this page has: boxes of one colour, their borders, hatched boxes and words. `parts` come below each other.
 */
export function pictureOf(parts: readonly HTMLElement[]): string | undefined {
  const boxes = parts.map((it) => it.getBoundingClientRect());
  const left = Math.min(...boxes.map((it) => it.left));
  const width = Math.max(...boxes.map((it) => it.right)) - left + 2 * margin;
  const height = boxes.reduce((sum, it) => sum + it.height + margin, margin);
  const canvas = document.createElement("canvas");
  // Chromium draws nothing on a canvas that is larger.
  const scale = Math.min(2, 16_000 / Math.max(width, height, 1));
  canvas.width = Math.ceil(width * scale);
  canvas.height = Math.ceil(height * scale);
  const pen = canvas.getContext("2d");
  if (!pen) return undefined;
  pen.scale(scale, scale);
  pen.fillStyle = getComputedStyle(document.body).backgroundColor;
  pen.fillRect(0, 0, width, height);
  let top = margin;
  parts.forEach((part, index) => {
    const box = boxes[index];
    if (!box) return;
    pen.save();
    pen.translate(margin - left, top - box.top);
    draw(pen, part);
    pen.restore();
    top += box.height + margin;
  });
  return canvas.toDataURL("image/png");
}

const margin = 24;

function draw(pen: CanvasRenderingContext2D, element: HTMLElement): void {
  const style = getComputedStyle(element);
  // Words for screen readers, and what does nothing in a picture.
  if (style.display === "none" || style.visibility === "hidden") return;
  if (element.matches(".for-readers, fieldset, .detail, .arrow, .quiet")) return;
  const box = element.getBoundingClientRect();
  drawBox(pen, style, box);
  const isClipped = style.overflowX === "hidden" || style.overflowY === "hidden";
  pen.save();
  if (isClipped) {
    pen.beginPath();
    pen.rect(box.left, box.top, box.width, box.height);
    pen.clip();
  }
  for (const child of element.childNodes) {
    if (child instanceof HTMLElement) draw(pen, child);
    else if (child instanceof Text) drawWords(pen, child, style, isClipped ? box : undefined);
  }
  pen.restore();
}

function drawBox(pen: CanvasRenderingContext2D, style: CSSStyleDeclaration, box: DOMRect): void {
  if (box.width === 0 || box.height === 0) return;
  pen.fillStyle = style.backgroundColor;
  pen.fillRect(box.left, box.top, box.width, box.height);
  if (style.backgroundImage !== "none") hatch(pen, style.getPropertyValue("--hatch"), box);
  drawBorders(pen, style, box);
}

function drawBorders(pen: CanvasRenderingContext2D, style: CSSStyleDeclaration, box: DOMRect): void {
  const { left, top, right, bottom } = box;
  const sides = [
    ["top", left, top, right, top],
    ["right", right, top, right, bottom],
    ["bottom", left, bottom, right, bottom],
    ["left", left, top, left, bottom],
  ] as const;
  for (const [side, fromX, fromY, toX, toY] of sides) {
    const thick = Number.parseFloat(style.getPropertyValue(`border-${side}-width`));
    const kind = style.getPropertyValue(`border-${side}-style`);
    if (!(thick > 0) || kind === "none") continue;
    // A line lies half on either side of where it is drawn.
    const inward = side === "top" || side === "left" ? thick / 2 : -thick / 2;
    const [x, y] = side === "top" || side === "bottom" ? [0, inward] : [inward, 0];
    pen.strokeStyle = style.getPropertyValue(`border-${side}-color`);
    pen.lineWidth = thick;
    pen.setLineDash(kind === "dashed" ? [4, 3] : []);
    pen.beginPath();
    pen.moveTo(fromX + x, fromY + y);
    pen.lineTo(toX + x, toY + y);
    pen.stroke();
  }
}

function hatch(pen: CanvasRenderingContext2D, colour: string, box: DOMRect): void {
  if (colour.trim() === "") return;
  pen.save();
  pen.beginPath();
  pen.rect(box.left, box.top, box.width, box.height);
  pen.clip();
  pen.strokeStyle = colour.trim();
  pen.lineWidth = 2;
  pen.beginPath();
  for (let x = box.left - box.height; x < box.right; x += 9) {
    pen.moveTo(x, box.bottom);
    pen.lineTo(x + box.height, box.top);
  }
  pen.stroke();
  pen.restore();
}

/** Word by word, so that lines are where the page has them. */
function drawWords(
  pen: CanvasRenderingContext2D,
  text: Text,
  style: CSSStyleDeclaration,
  within: DOMRect | undefined,
): void {
  const range = document.createRange();
  pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  pen.fillStyle = style.color;
  pen.textBaseline = "middle";
  for (const word of text.data.matchAll(/\S+/g)) {
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    const at = range.getBoundingClientRect();
    if (at.width === 0) continue;
    if (within && at.right > within.right + 1) {
      const left = Math.min(at.left, within.right - pen.measureText("…").width);
      pen.fillText("…", left, at.top + at.height / 2);
      return;
    }
    pen.fillText(word[0], at.left, at.top + at.height / 2);
  }
}
