/** Twice as many pixels as the drawing asks for: sharp on today's screens and in print. */
const SCALE = 2;

/** An SVG that refers to nothing outside, as PNG. */
export async function toPng(svg: Blob): Promise<Blob> {
  const url = URL.createObjectURL(svg);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth * SCALE;
    canvas.height = image.naturalHeight * SCALE;
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
    const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!png) throw new Error('the browser could not draw the picture');
    return png;
  } finally {
    URL.revokeObjectURL(url);
  }
}
