import { type Crew, localCrew } from '../../../src/networks/crew/crew.js';

/** Three members of whom the first is the slowest: pieces come back in another order than they were given out in. They wait by turns. */
export function hastyCrew(): Crew {
  const crew = localCrew();
  return {
    ...crew,
    size: 3,
    begin: (name, setup) => {
      const task = crew.begin(name, setup);
      return {
        ...task,
        run: async (member, from, to, news) => {
          for (let turn = 0; turn < 30 * (2 - member); turn++) await Promise.resolve();
          return task.run(member, from, to, news);
        },
      };
    },
  };
}
