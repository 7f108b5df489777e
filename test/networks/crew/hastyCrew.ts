import { type Crew, localCrew } from '../../../src/networks/crew/crew.js';

/** Three members of whom the first is the slowest: pieces come back in another order than they were given out in. */
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
          await new Promise((resolve) => setTimeout(resolve, 3 - member));
          return task.run(member, from, to, news);
        },
      };
    },
  };
}
