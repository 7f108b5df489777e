/** What the code that Stryker has instrumented reads and writes. */
interface Switches {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: unknown;
}

const scope = globalThis as typeof globalThis & { __stryker__?: Switches };
scope.__stryker__ ??= {};

/** The one record of them on this thread. */
export const switches: Switches = scope.__stryker__;
