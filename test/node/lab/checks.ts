import { createRequire } from 'node:module';
import type { Page } from 'playwright';
import { expect } from 'vitest';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** axe-core finds nothing to object to in a page, or in a part of it. */
export async function expectAccessible(page: Page, part = 'html'): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.addScriptTag({ path: axe });
  const found = await page.evaluate(async (selector) => {
    const { axe: rules } = window as unknown as {
      readonly axe: { run(part: string): Promise<{ readonly violations: readonly Violation[] }> };
    };
    interface Violation {
      readonly id: string;
      readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
    }
    const { violations } = await rules.run(selector);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`)}`);
  }, part);
  expect(found).toEqual([]);
}

/** Serves everything with these headers of a page's host beside its own. */
export const withHeaders =
  (headers: { readonly [name: string]: string }) =>
  async (page: Page): Promise<void> => {
    await page.route('**', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), ...headers } });
    });
  };

/** What makes a page cross-origin isolated. */
export const isolation = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' } as const;

/** Serves a page so that it is cross-origin isolated, as some hosts do: TensorFlow.js takes its threads there. */
export const isolated = withHeaders(isolation);

/** The number that stands in a place of the page. */
export const numberIn = async (page: Page, place: string): Promise<number> =>
  Number.parseFloat((await page.locator(`[data-test=${place}]`).textContent()) ?? '');

/** How long is waited for what the worker does. */
export const patiently = { timeout: 240_000 } as const;

/** Waits until the network is there. */
export const untilReady = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Start' }).click({ trial: true, ...patiently });

/** Waits until the network has learned from so many images. */
export const untilSeen = (page: Page, images: number, timeout = 240_000): Promise<unknown> =>
  page.waitForFunction((wanted) => Number(document.querySelector('[data-test=seen]')?.textContent) >= wanted, images, {
    timeout,
  });

/** How much the colours of a canvas differ from one another: 0 where it is of one colour. */
export const contrastOf = (page: Page, selector: string): Promise<number> =>
  page
    .locator(selector)
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
      return Math.max(...data.filter((_, index) => index % 4 !== 3)) - Math.min(...data.filter((_, index) => index % 4 !== 3));
    });
