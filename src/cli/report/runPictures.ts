import type { Report } from '../../io/report.js';

/** What a run of some kind has to show beside what all have; its facts stand among those of all. */
export type RunPictures = Pick<Report, 'facts' | 'fields' | 'raster' | 'histograms' | 'learning'>;
