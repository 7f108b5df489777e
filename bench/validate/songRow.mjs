export const songRow = { name: 'songRow', source: '', run: async () => [] };
