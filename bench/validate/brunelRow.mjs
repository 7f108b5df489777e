export const brunelRow = { name: 'brunelRow', source: '', run: async () => [] };
