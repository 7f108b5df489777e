// `npm run docs` builds the site into docs/dist: `-- --base /x/y/` where it won't be served from the root of its host. The packages that
// only the site needs have a package.json of their own, and are installed when they are missing.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildSite, docs, installSite, writeApi } from './docs/site.mjs';

const { base } = parseArgs({ options: { base: { type: 'string', default: '/' } } }).values;
if (!/^\/(.*\/)?$/.test(base)) {
  console.error(`npm run docs: --base must begin and end with a slash, as /x/y/ does, got ${base}`);
  process.exit(2);
}
await installSite();
console.error('Writing the pages of the API …');
await writeApi();
console.error('Building the site …');
await buildSite(join(docs, 'dist'), base);
console.log(`The site is in docs/dist, to be served from ${base}`);
