import type { BackendName } from 'tfjs-stdp';
import type { PlacedFile } from '../ui/droppedFiles.js';

/** What the page asks of the worker that holds the network. */
export type Command =
  | { readonly type: 'begin'; readonly backend: BackendName; readonly seed: number }
  | { readonly type: 'run'; readonly hurried: boolean }
  | { readonly type: 'pause' }
  | { readonly type: 'pace'; readonly pace: number }
  | { readonly type: 'step' }
  | { readonly type: 'reset'; readonly seed: number }
  | { readonly type: 'backend'; readonly name: BackendName }
  | { readonly type: 'generated' }
  | { readonly type: 'files'; readonly files: readonly PlacedFile[]; readonly label: string | undefined }
  | { readonly type: 'addDrawing'; readonly pixels: Uint8Array; readonly label: number }
  | { readonly type: 'fit' }
  | { readonly type: 'classify'; readonly pixels: Uint8Array }
  | { readonly type: 'example'; readonly number: number }
  | { readonly type: 'export' };

/** The images that the network learns from; `classNames` are empty where there are no labels. */
export interface DataReport {
  readonly type: 'data';
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly count: number;
  readonly drawn: number;
  readonly classNames: readonly string[];
  readonly tested: number;
}

/**
 * How far learning has come; comes a few times a second.
 *
 * @property total        images to learn from, all in all.
 * @property finished     whether there is nothing more to learn: all images seen, or converged.
 * @property convergence  C = mean w(1 − w).
 * @property rate         images a second; 0 when nothing was timed.
 * @property colours      `[maps, size, size, 4]`, see `fieldColours`.
 * @property winners      maps that learned from the last image, where they are known.
 * @property image        the last image, grey; undefined before the first.
 */
export interface LearnedReport {
  readonly type: 'learned';
  readonly seen: number;
  readonly total: number;
  readonly finished: boolean;
  readonly convergence: number;
  readonly rate: number;
  readonly maps: number;
  readonly size: number;
  readonly colours: Uint8ClampedArray<ArrayBuffer>;
  readonly winners: readonly number[] | undefined;
  readonly image: Uint8Array | undefined;
}

/** A read-out was fitted: on how many images, when, and how it did on images kept aside. */
export interface FittedReport {
  readonly type: 'fitted';
  readonly images: number;
  readonly seen: number;
  readonly accuracy: number;
  readonly tested: number;
}

/**
 * What the network makes of a drawing.
 *
 * @property pixels    the drawing as the network sees it: centred and scaled.
 * @property times     `[rows, columns, 2]`: when each pixel spikes, ON and OFF; `steps` means never.
 * @property features  `[grid, grid, maps]`.
 * @property scores    of each class; undefined while no read-out is fitted.
 */
export interface AnswerReport {
  readonly type: 'answer';
  readonly rows: number;
  readonly columns: number;
  readonly pixels: Uint8Array;
  readonly times: Uint8Array;
  readonly steps: number;
  readonly features: Float32Array;
  readonly grid: number;
  readonly maps: number;
  readonly scores: readonly number[] | undefined;
}

/**
 * What the network takes a picture file for.
 *
 * @property margins  of each class, in the order of the labels.
 */
export interface PictureReport {
  readonly type: 'picture';
  readonly picture: string;
  readonly answer: string;
  readonly margins: readonly number[];
}

/** What the worker tells the page. */
export type Report =
  | { readonly type: 'backend'; readonly name: BackendName }
  | { readonly type: 'running'; readonly on: boolean }
  | { readonly type: 'idle' }
  | { readonly type: 'working'; readonly what: string; readonly done: number; readonly total: number }
  | { readonly type: 'example'; readonly pixels: Uint8Array; readonly label: number }
  | { readonly type: 'exported'; readonly json: string }
  | { readonly type: 'problem'; readonly message: string }
  | { readonly type: 'deviceLost'; readonly message: string }
  | DataReport
  | LearnedReport
  | FittedReport
  | AnswerReport
  | PictureReport;
