import type { EventsReply } from './protocol.js';
import { readRecording } from './readRecording.js';

const reply = (message: EventsReply, transfer: Transferable[] = []): void => self.postMessage(message, { transfer });

/** The file that was asked for last: who reads an older one stops. */
let wanted: File | undefined;

self.onmessage = async ({ data: file }: MessageEvent<File>) => {
  wanted = file;
  const { name } = file;
  reply({ type: 'reading', name, events: 0 });
  try {
    const recording = await readRecording(file, (events) => {
      if (wanted === file) reply({ type: 'reading', name, events });
      return wanted === file;
    });
    if (recording === undefined || wanted !== file) return;
    const { x, y, p, t } = recording;
    reply({ type: 'recording', recording }, [x.buffer, y.buffer, p.buffer, t.buffer]);
  } catch (reason) {
    const why = reason instanceof Error ? reason.message : String(reason);
    if (wanted === file) reply({ type: 'refused', message: `${name}: ${why.replace(/^streamEvents: /, '')}` });
  }
};
