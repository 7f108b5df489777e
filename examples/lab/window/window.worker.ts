import docs from 'virtual:rule-docs';
import { useBackend } from 'tfjs-stdp';
import type { WindowReply, WindowRequest } from './protocol.js';
import { ruleSchemas } from './ruleSchema.js';
import { simulate } from './simulate.js';

const tell = (reply: WindowReply): void => self.postMessage(reply);

const ready = useBackend('cpu').then(async () => tell({ type: 'rules', rules: await ruleSchemas(docs) }));

self.onmessage = async ({ data }: MessageEvent<WindowRequest>) => {
  await ready;
  await simulate(data).then(tell, (reason: unknown) =>
    tell({ type: 'refused', message: reason instanceof Error ? reason.message : String(reason) }),
  );
};
