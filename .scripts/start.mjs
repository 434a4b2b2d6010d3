// npm start: installs, builds and serves the static site on localhost.
import { installPackages } from './install.mjs';

installPackages();
const { build, preview } = await import('vite');
await build({ logLevel: 'warn' });
const server = await preview({ preview: { host: 'localhost', port: 4173, open: false } });
console.log(`\nTrailglass is at ${server.resolvedUrls.local[0]}  (Ctrl+C stops it)\n`);
