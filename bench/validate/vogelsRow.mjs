export const vogelsRow = { name: 'vogelsRow', source: '', run: async () => [] };
