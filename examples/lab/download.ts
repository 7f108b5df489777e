/** Hands a file to the user. */
export function download(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export const downloadJson = (name: string, json: string): void => download(name, new Blob([json], { type: 'application/json' }));

/** A canvas as a PNG file. */
export const downloadCanvas = (name: string, canvas: HTMLCanvasElement): void =>
  canvas.toBlob((blob) => {
    if (blob !== null) download(name, blob);
  }, 'image/png');

/** A plot as a PNG file, twice as large as on the page, in the page's colours. */
export async function downloadSvg(name: string, svg: SVGSVGElement): Promise<void> {
  const { width, height } = svg.getBoundingClientRect();
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const { color, backgroundColor, fontFamily } = getComputedStyle(document.body);
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(2 * width));
  copy.setAttribute('height', String(2 * height));
  copy.style.color = color;
  copy.style.fontFamily = fontFamily;
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(copy.outerHTML)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [2 * width, 2 * height];
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.fillStyle = backgroundColor;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0);
  downloadCanvas(name, canvas);
}
