/** What went over the network for the pieces of a job, in bytes. */
export interface JobTraffic {
  readonly pieces: number;
  /** Bytes sent to the store by who trains; `received`: those that came from it. */
  readonly sent: number;
  readonly received: number;
  /** Bytes that workers fetched from the store. */
  readonly fetched: number;
}

/** What went over the network, job by job. */
export interface Traffic {
  readonly [job: string]: JobTraffic;
}

/** One more piece of a job. */
export function addTraffic(traffic: Traffic, job: string, { sent, received, fetched }: Omit<JobTraffic, 'pieces'>): Traffic {
  const before = traffic[job] ?? { pieces: 0, sent: 0, received: 0, fetched: 0 };
  const after = {
    pieces: before.pieces + 1,
    sent: before.sent + sent,
    received: before.received + received,
    fetched: before.fetched + fetched,
  };
  return { ...traffic, [job]: after };
}

/** Traffic in words: `encode 1 piece, 0.0 MB; …`. */
export const trafficText = (traffic: Traffic): string =>
  Object.entries(traffic)
    .map(([job, { pieces, sent, received, fetched }]) => {
      const megabytes = ((sent + received + fetched) / 1e6).toFixed(1);
      return `${job} ${pieces} ${pieces === 1 ? 'piece' : 'pieces'}, ${megabytes} MB`;
    })
    .join('; ');
