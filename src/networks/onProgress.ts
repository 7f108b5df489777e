/** Told of every piece of work done: which stage, how much of it, and what there is to say. */
export type OnProgress = (stage: string, done: number, total: number, note?: string) => void;
