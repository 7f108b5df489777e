import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright';
import { inject } from 'vitest';
import * as machine from '../../machine.js';

/** Why the lab can't be tried here; undefined where it can. */
export const missing = machine.missingChromium;

/** A page that was opened, and what went wrong in it: errors in the console, and requests to anything but its server. */
export interface Visit {
  readonly page: Page;
  readonly complaints: readonly string[];
}

/** Static files behind a plain web server, and a browser to look at them. */
export interface Site {
  readonly url: string;
  visit(path?: string, options?: BrowserContextOptions & { readonly before?: (page: Page) => Promise<void> }): Promise<Visit>;
  close(): Promise<void>;
}

/** Serves the lab from a path that it knows nothing of. */
export const openLab = (): Promise<Site> => serve(inject('lab'));

/** Serves a folder under `/some/where/`, and starts the browser. */
export async function serve(folder: string, cleanUp = async (): Promise<void> => {}): Promise<Site> {
  const server = await staticServer(folder);
  const browser = await chromium.launch(machine.chromium);
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = `${origin}/some/where/`;
  return {
    url,
    visit: async (path = '', { before, ...options } = {}) => {
      const { page, complaints } = await newPage(browser, origin, options);
      await before?.(page);
      await page.goto(url + path);
      return { page, complaints };
    },
    close: async () => {
      await browser.close();
      server.close();
      await cleanUp();
    },
  };
}

async function newPage(browser: Browser, origin: string, options: BrowserContextOptions): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(240_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  context.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(origin)) complaints.push(`asks ${request.url()}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
  });
  return { page, complaints };
}

const types: { readonly [extension: string]: string } = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
};

/** As plain as a web server can be. */
function staticServer(folder: string): Promise<Server> {
  const server = createServer(async ({ url = '' }, response) => {
    const [path = ''] = url.split('?');
    const name = path.replace(/^\/some\/where\/?/, '') || 'index.html';
    try {
      const content = await readFile(join(folder, name));
      response.writeHead(200, { 'content-type': types[extname(name)] ?? 'application/octet-stream' }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((started) => server.listen(0, '127.0.0.1', () => started(server)));
}

/** Keeps a picture of the page, to be looked at. */
export async function keep(page: Page, name: string): Promise<void> {
  const folder = join(import.meta.dirname, 'screenshots');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
