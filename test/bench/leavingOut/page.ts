/** Tells the console what the worker measures, and sets the title when it is through. */
const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
worker.onmessage = ({ data }: MessageEvent<string>) => {
  console.log(data);
  if (data === '') document.title = 'Measured';
};
