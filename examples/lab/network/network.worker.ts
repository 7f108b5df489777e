import { type BackendName, StdpError } from 'tfjs-stdp';
import { generateDigits } from 'tfjs-stdp/networks';
import { DeviceLost, switchBackend, unlessLost } from './backend.js';
import { centreDigit } from './centreDigit.js';
import { Clock } from './clock.js';
import { decodePicture, isPicture } from './decodePicture.js';
import { exportJson } from './exportJson.js';
import { generatedImages, type ImageSet, imagesFromFiles } from './images.js';
import { defaultPace } from './pace.js';
import type { Command, Report } from './protocol.js';
import { answer, fitReadout, toldPicture } from './readout.js';
import { dataReport, learnedReport } from './reports.js';
import { learn, networkFor, newSession, type Session } from './session.js';
import { encodeSet, withDrawings } from './trainingSet.js';

/** Milliseconds between two reports while the network learns. */
const reportEvery = 100;

const clock = new Clock();
let session: Session | undefined;
let backend: BackendName = 'wasm';
let running = false;
let fitting = false;
let pace = defaultPace;
let hurried = false; // this run doesn't keep to the pace
let waiting = 0;
let queue: Promise<void> = Promise.resolve();
let interruption = new AbortController();

const tell = (report: Report, transfer: Transferable[] = []): void => self.postMessage(report, { transfer });
const onWork = (what: string, done: number, total: number): void => tell({ type: 'working', what, done, total });

/** What cuts a fit short; everything else waits for its end. Learning makes way for any command within milliseconds. */
const endsFit: readonly Command['type'][] = ['pause', 'reset', 'backend', 'files', 'generated'];

/** Commands are obeyed one after the other; learning goes on between them. */
self.onmessage = ({ data }: MessageEvent<Command>) => {
  waiting++;
  if (!fitting || endsFit.includes(data.type)) interruption.abort();
  queue = queue.then(async () => {
    waiting--;
    interruption = new AbortController();
    try {
      await obey(data);
      tell({ type: 'idle' });
      while (running && waiting === 0) await takeTurn();
    } catch (reason) {
      complain(reason);
    }
  });
};

async function obey(command: Command): Promise<void> {
  const seed = session?.seed ?? 1;
  switch (command.type) {
    case 'begin':
      await switchTo(command.backend).catch((reason) => {
        complain(reason);
        return switchTo('cpu');
      });
      return prepare(command.seed, generatedImages(command.seed));
    case 'run':
      setRunning(session?.finished === false);
      hurried = command.hurried;
      return;
    case 'pause':
      return setRunning(false);
    case 'step':
      setRunning(false);
      return advance(1);
    case 'pace':
      pace = command.pace;
      hurried = false;
      return clock.start(session?.seen ?? 0);
    case 'backend':
      return switchTo(command.name);
    case 'files':
      return useFiles(seed, command);
    case 'generated':
      return prepare(seed, generatedImages(seed));
    case 'example': {
      const { pixels, labels } = generateDigits(1, 1000 + command.number);
      return tell({ type: 'example', pixels, label: labels[0] ?? 0 });
    }
    case 'reset':
      return session && reset(session, command.seed);
    case 'addDrawing':
      return session && addDrawing(session, command.pixels, command.label);
    case 'fit':
      return session && fitNow(session);
    case 'classify':
      return session && classify(session, command.pixels);
    case 'export':
      return session && tell({ type: 'exported', json: exportJson(session) });
    default:
      command satisfies never;
  }
}

/** Images to learn from, or one picture to look at. */
async function useFiles(seed: number, { files, label }: Extract<Command, { readonly type: 'files' }>): Promise<void> {
  const [first, ...others] = files;
  const bytes = first !== undefined && others.length === 0 ? new Uint8Array(await first.file.arrayBuffer()) : undefined;
  if (first !== undefined && bytes !== undefined && isPicture(bytes)) return lookAt(first.path, bytes);
  return prepare(seed, await imagesFromFiles(files, label));
}

async function lookAt(path: string, bytes: Uint8Array): Promise<void> {
  const picture = await decodePicture(bytes, path);
  if (session?.readout === undefined)
    throw new StdpError(
      'picture',
      path,
      'can be told once the network is trained and its read-out fitted; to learn from pictures, drop a folder with a folder for each class',
    );
  tell(await unlessLost(toldPicture(session, picture, path)));
}

function setRunning(on: boolean): void {
  running = on;
  clock.start(session?.seen ?? 0);
  tell({ type: 'running', on });
}

async function switchTo(name: BackendName): Promise<void> {
  try {
    await switchBackend(name);
    backend = name;
  } finally {
    clock.start(session?.seen ?? 0);
    tell({ type: 'backend', name: backend });
  }
}

/** A new session on other images, with the drawings that fit them. */
async function prepare(seed: number, images: ImageSet): Promise<void> {
  const fits = session?.set.images.rows === images.rows && session.set.images.columns === images.columns;
  const drawings = fits && session ? session.set.drawings : [];
  const progress = (done: number, total: number) => onWork('Turning images into spikes', done, total);
  const set = await unlessLost(encodeSet(images, drawings, networkFor(0).encoder, progress));
  clock.start(0);
  become(await unlessLost(newSession(seed, set)));
  tell(dataReport(set));
}

/** From the beginning; generated digits are others with another seed. */
async function reset({ set, seed: before }: Session, seed: number): Promise<void> {
  setRunning(false);
  if (seed !== before && set.images.generated) return prepare(seed, generatedImages(seed));
  become(await unlessLost(newSession(seed, set)));
}

async function addDrawing(present: Session, pixels: Uint8Array, label: number): Promise<void> {
  const { set } = present;
  const { rows, columns } = set.images;
  if (rows * columns !== pixels.length) throw new Error(`These images have ${rows} × ${columns} pixels, drawings have 28 × 28.`);
  const drawings = [...set.drawings, { pixels: centreDigit(pixels, columns), label }];
  const larger = await unlessLost(withDrawings(set, drawings, networkFor(0).encoder));
  become({ ...present, set: larger, finished: false });
  tell(dataReport(larger));
}

async function classify(present: Session, pixels: Uint8Array): Promise<void> {
  const { rows, columns } = present.set.images;
  if (rows * columns !== pixels.length)
    throw new Error(`The network looks at ${rows} × ${columns} pixels, drawings have 28 × 28.`);
  tell(await unlessLost(answer(present, centreDigit(pixels, columns))));
}

/** Waits for its time, then learns; any command cuts it short. */
async function takeTurn(): Promise<void> {
  const images = await clock.turn(hurried ? Number.POSITIVE_INFINITY : pace, reportEvery, interruption.signal);
  if (images !== undefined) await advance(images);
}

/** Learns from so many images, or until it is time to report; the last by itself: its winners are shown. Then a read-out is fitted. */
async function advance(images: number): Promise<void> {
  if (session === undefined) return;
  const start = performance.now();
  const before = Math.min(images, session.set.times.count - session.seen) - 1;
  const enough = (done: number): boolean => done >= before || performance.now() - start > reportEvery;
  const many = before <= 0 ? session : await unlessLost(learn(session, enough, interruption.signal));
  const next = await unlessLost(learn(many, () => true, new AbortController().signal));
  if (running) clock.mark(next.seen);
  become(next);
  if (!next.finished || !running) return;
  setRunning(false);
  if (next.set.images.classNames.length > 0) await fitNow(next);
}

async function fitNow(present: Session): Promise<void> {
  fitting = true;
  try {
    const readout = await unlessLost(fitReadout(present, onWork, interruption.signal));
    if (readout === undefined) return;
    become({ ...present, readout });
    const { images, seen, accuracy, tested } = readout;
    tell({ type: 'fitted', images, seen, accuracy, tested });
  } finally {
    fitting = false;
    tell({ type: 'idle' });
  }
}

/** The session from now on; the page is told. */
function become(next: Session): void {
  session = next;
  const report = learnedReport(next, clock.rate);
  tell(report, [report.colours.buffer]);
}

/** Nothing is lost: the session is as it was before the piece of work that failed. */
function complain(reason: unknown): void {
  setRunning(false);
  tell({ type: 'idle' });
  const message = reason instanceof Error ? reason.message : String(reason);
  if (reason instanceof DeviceLost) tell({ type: 'deviceLost', message });
  else tell({ type: 'problem', message });
}
