#!/usr/bin/env node
// Nothing but Node's oldest parts is imported before the version is known: a later one would end in a message of the parser.
import { readFileSync } from 'node:fs';

const { version, engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  readonly version: string;
  readonly engines: { readonly node: string };
};
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const [least = 0, leastMinor = 0] = engines.node.replace(/^\D*/, '').split('.').map(Number);

if (major < least || (major === least && minor < leastMinor)) {
  process.stderr.write(`error: stdp needs Node ${least}.${leastMinor} or later, this is ${process.versions.node}\n`);
  process.exitCode = 2;
} else {
  const { run } = await import('./program.js');
  const code = await run(version);
  process.exitCode ||= code; // output that could not be written has set its own
}
