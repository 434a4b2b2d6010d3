import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type Page } from 'playwright-core';
import { CHROMIUM_FLAGS } from '../../support/chromiumFlags';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** One Chromium and a server of a folder on localhost; every page comes with a fresh profile. */
export class BenchBrowser {
  readonly #browser: Browser;
  readonly #server: Server;
  readonly #readers: number;

  private constructor(browser: Browser, server: Server, readers: number) {
    this.#browser = browser;
    this.#server = server;
    this.#readers = readers;
  }

  static async start(folder: string, readers: number): Promise<BenchBrowser> {
    const server = createServer((request, response) => {
      const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
      readFile(join(folder, path === '/' ? 'index.html' : path)).then(
        (content) =>
          response.setHeader('content-type', TYPES[extname(path) || '.html'] ?? '').end(content),
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
    const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
    return new BenchBrowser(browser, server, readers);
  }

  /** Closing its context ends the page and its profile. */
  async open(path: string, initScript: () => void): Promise<Page> {
    const context = await this.#browser.newContext();
    const page = await context.newPage();
    await page.addInitScript((cores) => {
      Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => cores });
    }, this.#readers);
    await page.addInitScript(initScript);
    const { port } = this.#server.address() as AddressInfo;
    await page.goto(`http://localhost:${port}${path}`);
    return page;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#server.close();
  }
}
